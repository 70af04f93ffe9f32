// The line to one worker: one question at a time, so that whoever is no longer wanted can be told from those who wait.

import { LotseError, refused } from "./error.js";
import type { Thread } from "./platform.js";
import type { Asked, Failure, Message, Opening, Outcome, Question } from "./worker-protocol.js";
import type { AbortOptions, ProgressOptions } from "./progress.js";

interface Call {
  readonly asked: Asked;
  readonly onProgress: ProgressOptions["onProgress"];
  /** What follows from it once it is done, before the next call. */
  readonly then: (() => void) | undefined;
  settle(outcome: () => Outcome): void;
}

/** One matcher in a worker; in another one when the first had to be stopped. */
export class Line {
  readonly #hire: () => Thread;
  readonly #opening: () => Omit<Opening, "module">;
  readonly #waiting: Call[] = [];
  #module: WebAssembly.Module | undefined;
  #worker: Worker | undefined;
  #open = false;
  #call: Call | undefined;
  #over: Error | undefined;
  #opened: { resolve(): void; reject(failure: unknown): void } | undefined;

  /** What is known of the matcher. */
  size = 0;
  asOf = "";

  constructor(hire: () => Thread, opening: () => Omit<Opening, "module">, module: WebAssembly.Module | undefined) {
    this.#hire = hire;
    this.#opening = opening;
    this.#module = module;
  }

  /** Begins; what is wrong with the offers is told here. */
  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#opened = { resolve, reject };
      this.#begin();
    });
  }

  /** Asks when all before it is answered. */
  ask(asked: Asked, { signal, onProgress }: ProgressOptions & AbortOptions = {}, then?: () => void): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      if (this.#over !== undefined) {
        throw this.#over;
      }
      signal?.throwIfAborted();
      const abort = () => this.#stop(call, signal?.reason);
      const settle = (outcome: () => Outcome) => {
        signal?.removeEventListener("abort", abort);
        try {
          resolve(outcome());
        } catch (failure) {
          reject(failure);
        }
      };
      const call: Call = { asked, onProgress, then, settle };
      signal?.addEventListener("abort", abort);
      this.#waiting.push(call);
      this.#next();
    });
  }

  /** Ends everything; whoever waits is told why. */
  end(why: Error): void {
    if (this.#over !== undefined) {
      return;
    }
    this.#over = why;
    this.#dismiss();
    this.#opened?.reject(why);
    const refuse = () => {
      throw why;
    };
    this.#settle(refuse);
    for (const call of this.#waiting.splice(0)) {
      call.settle(refuse);
    }
  }

  #begin(): void {
    try {
      const worker = this.#hire();
      this.#worker = worker;
      worker.addEventListener("message", ({ data }: MessageEvent<Message>) => {
        if (worker === this.#worker) {
          this.#hear(data);
        }
      });
      worker.addEventListener("messageerror", () => this.#break(worker, "what it said could not be read"));
      worker.addEventListener("error", ({ message }: ErrorEvent) => this.#break(worker, message));
      worker.postMessage({ ...this.#opening(), module: this.#module } satisfies Opening);
    } catch (cause) {
      this.end(new Error("the worker of lotse could not be started", { cause }));
    }
  }

  #break(worker: Worker, message: string | undefined): void {
    if (worker === this.#worker) {
      const reason = message ? `: ${message}` : ", its script could not be loaded";
      this.end(new Error(`the worker of lotse ${this.#open ? "broke" : "could not be started"}${reason}`));
    }
  }

  #dismiss(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#open = false;
  }

  #next(): void {
    if (this.#open && this.#call === undefined) {
      this.#call = this.#waiting.shift();
      if (this.#call !== undefined) {
        const { asked, onProgress } = this.#call;
        this.#worker?.postMessage({ ...asked, watched: onProgress !== undefined } satisfies Question);
      }
    }
  }

  #hear(message: Message): void {
    switch (message.kind) {
      case "open":
        this.#module = message.module; // so that it is compiled once
        this.#open = true;
        this.size = message.size;
        this.asOf = message.asOf;
        this.#opened?.resolve();
        break;
      case "progress":
        this.#tell(message.done, message.all);
        return;
      case "outcome":
        this.size = message.size;
        this.#call?.then?.();
        this.#settle(() => message.outcome);
        break;
      case "failure":
        this.#fail(message.failure);
        break;
    }
    this.#next();
  }

  #tell(done: number, all: number): void {
    const call = this.#call;
    if (call === undefined) {
      return;
    }
    try {
      if (call.onProgress?.(done, all) === false) {
        this.#stop(call, stopped());
      }
    } catch (failure) {
      this.#stop(call, failure);
    }
  }

  #fail(failure: Failure): void {
    const error = rebuilt(failure);
    if (!this.#open) {
      this.end(error);
      return;
    }
    this.#settle(() => {
      throw error;
    });
    if (!("told" in failure)) {
      this.#renew(); // after anything but a refusal nobody knows what state the module is in
    }
  }

  #stop(call: Call, reason: unknown): void {
    const waiting = this.#waiting.indexOf(call);
    if (waiting >= 0) {
      this.#waiting.splice(waiting, 1);
    } else if (call === this.#call) {
      this.#call = undefined;
      this.#renew(); // a busy worker hears nothing
    }
    call.settle(() => {
      throw reason;
    });
  }

  #settle(outcome: () => Outcome): void {
    const call = this.#call;
    this.#call = undefined;
    call?.settle(outcome);
  }

  #renew(): void {
    this.#dismiss();
    this.#begin();
  }
}

function rebuilt(failure: Failure): Error {
  if ("told" in failure) {
    return LotseError.of(failure.told);
  }
  const error = new Error(failure.message);
  error.name = failure.name;
  return error;
}

// As the core says it, which is gone by then.
function stopped(): LotseError {
  return refused("stopped", "", "stopped before it was done");
}
