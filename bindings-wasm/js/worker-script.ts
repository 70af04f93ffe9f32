// What runs in the worker: one matcher, asked one thing after another.

import { ask, start } from "./module.js";
import { LotseError } from "./error.js";
import type { Failure, Message, Method, Opening, Outcome, Question } from "./worker-protocol.js";
import type { RawMatcher, RawPlan } from "./raw.js";
import { compiled } from "./source.js";
import { together } from "./surroundings.js";
import type { Look } from "./progress.js";

// Often enough for the eye, and seldom enough not to hold up the work.
const PROGRESS_EVERY = 30;

const LANGUAGES = ["de", "en", "de-simple"];

interface Scope {
  postMessage(message: Message): void;
  addEventListener(type: "message", listener: (event: { readonly data: Opening | Question }) => void): void;
}
// The types of a page and of a worker exclude each other.
const scope = globalThis as unknown as Scope;

let matcher: RawMatcher | undefined;

scope.addEventListener("message", ({ data }) => {
  const done = "method" in data ? answer(data) : open(data);
  done.catch((thrown: unknown) => scope.postMessage({ kind: "failure", failure: failure(thrown) }));
});

async function open({ offers, surroundings, today, changes, module: given }: Opening): Promise<void> {
  const module = await compiled(given ?? new URL("./lotse.wasm", import.meta.url));
  start(() => module);
  const setup = together(surroundings);
  const raw = ask((core) => new core.RawMatcher(offers, setup, today));
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
  matcher = raw;
  scope.postMessage({ kind: "open", module, asOf: raw.as_of() ?? today, size: raw.size() });
}

async function answer(question: Question): Promise<void> {
  const raw = matcher as RawMatcher; // nothing is asked before it is open
  const outcome = ask((core) => {
    const watcher = question.watched ? look() : undefined;
    return question.method === "solve"
      ? core.solve(...question.problem, watcher)
      : work(raw, question.method, question.texts, watcher);
  });
  scope.postMessage({ kind: "outcome", outcome, size: raw.size() });
}

function work(raw: RawMatcher, method: Method, texts: readonly string[], look: Look | undefined): Outcome {
  const [first = "", second = "", third = ""] = texts;
  switch (method) {
    case "rank":
    case "explain_all":
    case "diagnose":
      return raw[method](first, second);
    case "rank_all":
    case "diagnose_all":
      return raw[method](first, second, look);
    case "explain":
      return raw.explain(first, second, third);
    case "allocate":
      return plan(raw.allocate(first, second, look));
    case "offer":
    case "remove":
      return raw[method](first);
    case "offers":
    case "policy":
      return raw[method]();
    case "update": {
      const before = raw.size();
      raw.update(first);
      return raw.size() === before;
    }
    case "set_capacity":
      raw.set_capacity(first, second);
      return undefined;
  }
}

function plan(raw: RawPlan): Outcome {
  const texts = { plan: raw.told(), reports: new Map(LANGUAGES.map((lang) => [lang, raw.report(lang)])) };
  raw.free();
  return texts;
}

function look(): Look {
  let last = Number.NEGATIVE_INFINITY;
  return (done, all) => {
    const now = performance.now();
    if (now - last >= PROGRESS_EVERY) {
      last = now;
      scope.postMessage({ kind: "progress", done, all });
    }
    return false;
  };
}

function failure(thrown: unknown): Failure {
  if (thrown instanceof LotseError) {
    const { code, path, message, hint, errors } = thrown;
    return { told: { code, path, message, hint, errors } };
  }
  const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
  return { name, message };
}
