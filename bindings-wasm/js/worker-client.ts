// The client of one worker. It sends one call at a time, so that an abort affects no call but its own.

import { LotseError, inputError } from "./error.js";
import type { BrowserWorker, NodeWorker } from "./platform.js";
import type { AbortOptions, ProgressOptions } from "./progress.js";
import type { Call, CallMessage, CallResult, Failure, InitMessage, MatcherInit, WorkerMessage } from "./worker-protocol.js";

type AnyWorker = BrowserWorker | NodeWorker;

interface PendingCall {
  readonly call: Call;
  readonly onProgress: ProgressOptions["onProgress"];
  /** Runs after success, before the next call is sent. */
  readonly onSuccess: (() => void) | undefined;
  settle(result: () => CallResult): void;
}

/** A queue of calls to a matcher in a worker. Aborting the running call replaces the worker. */
export class WorkerClient {
  readonly #createWorker: () => AnyWorker;
  readonly #initMessage: () => MatcherInit;
  readonly #queue: PendingCall[] = [];
  #module: WebAssembly.Module | undefined;
  #importModule: WebAssembly.Module | undefined;
  #worker: AnyWorker | undefined;
  #isReady = false;
  #current: PendingCall | undefined;
  #endReason: Error | undefined;
  #opening: { resolve(): void; reject(error: unknown): void } | undefined;

  /** The number of offers after the last completed call. */
  size = 0;
  /** The day on which capacities are judged. */
  asOf = "";

  /** `initMessage` is called for every new worker, so it must contain all changes so far. */
  constructor(
    createWorker: () => AnyWorker,
    initMessage: () => MatcherInit,
    module: WebAssembly.Module | undefined,
    importModule: WebAssembly.Module | undefined,
  ) {
    this.#createWorker = createWorker;
    this.#initMessage = initMessage;
    this.#module = module;
    this.#importModule = importModule;
  }

  /** Creates a client with a worker of its own, from the same script and the same compiled modules. */
  fork(initMessage: () => MatcherInit): WorkerClient {
    return new WorkerClient(this.#createWorker, initMessage, this.#module, this.#importModule);
  }

  /** Starts the first worker. Rejects with the errors of the offers. */
  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#opening = { resolve, reject };
      this.#start();
    });
  }

  /** Calls a method after all earlier calls. */
  call(
    call: Call,
    { signal, onProgress }: ProgressOptions & AbortOptions = {},
    onSuccess?: () => void,
  ): Promise<CallResult> {
    return new Promise((resolve, reject) => {
      if (this.#endReason !== undefined) {
        throw this.#endReason;
      }
      signal?.throwIfAborted();
      const abort = () => this.#cancel(pending, signal?.reason);
      const settle = (result: () => CallResult) => {
        signal?.removeEventListener("abort", abort);
        try {
          resolve(result());
        } catch (error) {
          reject(error);
        }
      };
      const pending: PendingCall = { call, onProgress, onSuccess, settle };
      signal?.addEventListener("abort", abort);
      this.#queue.push(pending);
      this.#sendNext();
    });
  }

  /** Terminates the worker and rejects all pending and later calls. */
  end(reason: Error): void {
    if (this.#endReason !== undefined) {
      return;
    }
    this.#endReason = reason;
    this.#terminate();
    this.#opening?.reject(reason);
    const reject = () => {
      throw reason;
    };
    this.#settleCurrent(reject);
    for (const pending of this.#queue.splice(0)) {
      pending.settle(reject);
    }
  }

  #start(): void {
    try {
      const worker = this.#createWorker();
      this.#worker = worker;
      const onMessage = (message: WorkerMessage) => {
        if (worker === this.#worker) {
          this.#receive(message);
        }
      };
      const onMessageError = () => this.#crash(worker, "its message could not be read");
      const onError = (error: unknown) => this.#crash(worker, (error as { readonly message?: string } | undefined)?.message);
      if ("on" in worker) {
        worker.on("message", (message) => onMessage(message as WorkerMessage));
        worker.on("messageerror", onMessageError);
        worker.on("error", onError);
        worker.on("exit", (code) => this.#crash(worker, `it ended with exit code ${String(code)}`));
      } else {
        worker.addEventListener("message", ({ data }: MessageEvent<WorkerMessage>) => onMessage(data));
        worker.addEventListener("messageerror", onMessageError);
        worker.addEventListener("error", onError);
      }
      worker.postMessage({
        ...this.#initMessage(),
        module: this.#module,
        importModule: this.#importModule,
      } satisfies InitMessage);
    } catch (cause) {
      this.end(new Error(`the worker of lotse could not be started: ${cause}`, { cause }));
    }
  }

  #crash(worker: AnyWorker, message: string | undefined): void {
    if (worker === this.#worker) {
      const reason = message ? `: ${message}` : ", its script could not be loaded";
      this.end(new Error(`the worker of lotse ${this.#isReady ? "crashed" : "could not be started"}${reason}`));
    }
  }

  #terminate(): void {
    const worker = this.#worker;
    this.#worker = undefined; // first, because Deno reports the end before `terminate` returns
    worker?.terminate();
    this.#isReady = false;
  }

  #restart(): void {
    this.#terminate();
    this.#start();
  }

  #sendNext(): void {
    if (this.#isReady && this.#current === undefined) {
      this.#current = this.#queue.shift();
      if (this.#current !== undefined) {
        const { call, onProgress } = this.#current;
        this.#worker?.postMessage({ ...call, wantsProgress: onProgress !== undefined } satisfies CallMessage);
      }
    }
    this.#keepProcessAlive();
  }

  // In Node, only while a worker starts or a call runs: an idle worker does not keep the process from ending.
  #keepProcessAlive(): void {
    const worker = this.#worker;
    if (worker !== undefined && "unref" in worker) {
      if (this.#isReady && this.#current === undefined) {
        worker.unref();
      } else {
        worker.ref();
      }
    }
  }

  #receive(message: WorkerMessage): void {
    switch (message.kind) {
      case "ready":
        this.#module = message.module; // so that the next worker does not compile it again
        this.#isReady = true;
        this.size = message.size;
        this.asOf = message.asOf;
        this.#opening?.resolve();
        break;
      case "progress":
        this.#reportProgress(message.done, message.total);
        return;
      case "result":
        this.size = message.size;
        this.#importModule ??= message.importModule;
        this.#current?.onSuccess?.();
        this.#settleCurrent(() => message.result);
        break;
      case "failure":
        this.#fail(message.failure);
        break;
    }
    this.#sendNext();
  }

  #reportProgress(done: number, total: number): void {
    const current = this.#current;
    if (current === undefined) {
      return;
    }
    try {
      if (current.onProgress?.(done, total) === false) {
        this.#cancel(current, cancelledError());
      }
    } catch (error) {
      this.#cancel(current, error);
    }
  }

  #fail(failure: Failure): void {
    const error = errorFromFailure(failure);
    if (!this.#isReady) {
      this.end(error);
      return;
    }
    this.#settleCurrent(() => {
      throw error;
    });
    if (!("inputError" in failure)) {
      this.#restart(); // after a defect the state of the module is unknown
    }
  }

  #cancel(pending: PendingCall, reason: unknown): void {
    const queued = this.#queue.indexOf(pending);
    if (queued >= 0) {
      this.#queue.splice(queued, 1);
    } else if (pending === this.#current) {
      this.#current = undefined;
      this.#restart(); // a busy worker receives no messages
    }
    pending.settle(() => {
      throw reason;
    });
  }

  #settleCurrent(result: () => CallResult): void {
    const current = this.#current;
    this.#current = undefined;
    current?.settle(result);
  }
}

function errorFromFailure(failure: Failure): Error {
  if ("inputError" in failure) {
    return LotseError.fromData(failure.inputError);
  }
  const error = new Error(failure.message);
  error.name = failure.name;
  return error;
}

// The error that the core throws when it is cancelled; the worker is terminated before it could send that one.
function cancelledError(): LotseError {
  return inputError("cancelled", "", "cancelled before it was done");
}
