// The server in a worker: creates one matcher and runs its calls one after another.

import { joinConfig } from "./config.js";
import { LotseError } from "./error.js";
import { instantiateImport } from "./import-module.js";
import { callOperation, requestText } from "./import-run.js";
import type { ImportWork } from "./import-session.js";
import { type RawMatcher, type RawAllocation, callWasm, instantiate, rejectInvalidJson } from "./module.js";
import type { WasmProgressFn } from "./progress.js";
import type { CallMessage, CallResult, Failure, InitMessage, MatcherInit, Method, WorkerMessage } from "./worker-protocol.js";

// The minimum time between two progress messages: smooth to the eye, and negligible next to the work.
const PROGRESS_INTERVAL_MS = 30;

const DISPLAY_LANGUAGES = ["de", "en", "de-simple"];

/** The platform of the worker. */
export interface WorkerScope {
  postMessage(message: WorkerMessage): void;
  /** Compiles the module if the client provides none. */
  compileDefault(): Promise<WebAssembly.Module>;
  /** Compiles the module of the import if the client provides none. */
  compileImport(): Promise<WebAssembly.Module>;
}

/** Returns the listener for the messages of the client. */
export function messageListener(scope: WorkerScope): (message: InitMessage | CallMessage) => void {
  let matcher: RawMatcher | undefined;
  let importModule: WebAssembly.Module | undefined;

  async function answerImport(work: ImportWork, wantsProgress: boolean, size: number): Promise<WorkerMessage> {
    const request = await requestText(work);
    const isFirst = importModule === undefined;
    importModule ??= await scope.compileImport();
    const loaded = importModule;
    await instantiateImport(async () => loaded);
    const result = callOperation(work, request, wantsProgress ? progressSender(scope) : undefined);
    return { kind: "result", result, size, ...(isFirst && { importModule }) };
  }

  async function answer(message: InitMessage | CallMessage): Promise<WorkerMessage> {
    if ("method" in message) {
      // INVARIANT: the client sends no call before the message "ready".
      const raw = matcher as RawMatcher;
      return message.method === "import"
        ? answerImport(message.work, message.wantsProgress, raw.size())
        : handleCall(raw, message, scope);
    }
    importModule = message.importModule;
    const module = message.module ?? (await scope.compileDefault());
    instantiate(() => module);
    matcher = createMatcher(message);
    return { kind: "ready", module, asOf: matcher.as_of() ?? message.today, size: matcher.size() };
  }

  return (message) => {
    answer(message)
      .then((response) => scope.postMessage(response))
      .catch((error: unknown) => scope.postMessage({ kind: "failure", failure: failureFromError(error) }));
  };
}

function createMatcher({ offers, config, today, changes }: MatcherInit): RawMatcher {
  const configText = joinConfig(config, rejectInvalidJson);
  const raw = callWasm((wasm) => new wasm.RawMatcher(offers, configText, today));
  for (const { id, removed, offer, capacity } of changes) {
    if (removed === true && raw.offer(id) !== undefined) {
      raw.remove(id);
    }
    if (offer !== undefined) {
      raw.update(offer);
    }
    if (capacity !== undefined) {
      raw.set_capacity(id, capacity);
    }
  }
  return raw;
}

function handleCall(raw: RawMatcher, message: Exclude<CallMessage, { method: "import" }>, scope: WorkerScope): WorkerMessage {
  const result = callWasm((wasm) => {
    const progress = message.wantsProgress ? progressSender(scope) : undefined;
    switch (message.method) {
      case "solve":
        return wasm.solve(...message.problem, progress);
      case "diff_plans":
        return wasm.diff_plans(...message.plans);
      default:
        return callMethod(raw, message.method, message.texts, progress);
    }
  });
  return { kind: "result", result, size: raw.size() };
}

function callMethod(
  raw: RawMatcher,
  method: Method,
  texts: readonly string[],
  progress: WasmProgressFn | undefined,
): CallResult {
  const [first = "", second = "", third = ""] = texts;
  switch (method) {
    case "rank":
    case "explain_all":
    case "diagnose":
      return raw[method](first, second);
    case "rank_all":
    case "diagnose_all":
      return raw[method](first, second, progress);
    case "explain":
      return raw.explain(first, second, third);
    case "allocate":
      return allocationTexts(raw.allocate(first, second, progress));
    case "evaluate":
      return raw.evaluate(first, second, third, progress);
    case "offer":
    case "remove":
      return raw[method](first);
    case "offers":
    case "policy":
      return raw[method]();
    case "update": {
      const sizeBefore = raw.size();
      raw.update(first);
      return raw.size() === sizeBefore;
    }
    case "set_capacity":
      raw.set_capacity(first, second);
      return undefined;
  }
}

function allocationTexts(plan: RawAllocation): CallResult {
  const response = plan.response();
  const reports = new Map(DISPLAY_LANGUAGES.map((lang) => [lang, plan.report(lang)]));
  plan.free();
  return { response, reports };
}

function progressSender(scope: WorkerScope): WasmProgressFn {
  let lastSent = Number.NEGATIVE_INFINITY;
  return (done, total) => {
    const now = performance.now();
    if (now - lastSent >= PROGRESS_INTERVAL_MS) {
      lastSent = now;
      scope.postMessage({ kind: "progress", done, total });
    }
    return false;
  };
}

function failureFromError(error: unknown): Failure {
  if (error instanceof LotseError) {
    const { code, path, message, hint, errors } = error;
    return { inputError: { code, path, message, hint, errors } };
  }
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { name, message };
}
