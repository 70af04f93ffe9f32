// The messages between a worker and its client. Records and responses are sent as text, which is faster than a
// structured clone.

import type { ConfigTexts } from "./config.js";
import type { ErrorData } from "./error.js";
import type { ImportWork } from "./import-session.js";
import type { IsoDate } from "./records.js";
import type { EncodedProblem } from "./solver/problem.js";

/** The methods of a matcher in a worker. */
export type Method =
  | "rank"
  | "rank_all"
  | "explain"
  | "explain_all"
  | "diagnose"
  | "diagnose_all"
  | "allocate"
  | "evaluate"
  | "offer"
  | "offers"
  | "policy"
  | "update"
  | "remove"
  | "set_capacity";

/** The net change of one offer: removal, then insertion, then capacity, as far as present. */
export interface OfferChange {
  readonly id: string;
  readonly removed?: boolean;
  readonly offer?: string;
  readonly capacity?: string;
}

/** The matcher to create. */
export interface MatcherInit {
  readonly offers: string;
  readonly config: ConfigTexts;
  readonly today: IsoDate;
  readonly changes: readonly OfferChange[];
}

/** The first message to a worker. */
export interface InitMessage extends MatcherInit {
  /** The compiled module; if `undefined`, the worker loads `lotse.wasm` from the folder of its script. */
  readonly module: WebAssembly.Module | undefined;
  /** The compiled module of the import; if `undefined`, the worker loads `lotse-import.wasm` at the first import. */
  readonly importModule: WebAssembly.Module | undefined;
}

/** A call of a method of the matcher, or of a function that needs no matcher. */
export type Call =
  | { readonly method: Method; readonly texts: readonly string[] }
  | { readonly method: "diff_plans"; readonly plans: readonly [before: string, after: string] }
  | { readonly method: "solve"; readonly problem: EncodedProblem }
  | { readonly method: "import"; readonly work: ImportWork };

/** Every further message to a worker. */
export type CallMessage = Call & { readonly wantsProgress: boolean };

/** A plan, and its report in every display language: the worker may have been replaced when a report is requested. */
export interface AllocationTexts {
  readonly response: string;
  readonly reports: ReadonlyMap<string, string>;
}

/** The result of a call. */
export type CallResult = string | boolean | undefined | AllocationTexts;

/** A thrown error as data: an error in the input, or a defect. */
export type Failure = { readonly inputError: ErrorData } | { readonly name: string; readonly message: string };

/** A message from a worker. */
export type WorkerMessage =
  | { readonly kind: "ready"; readonly module: WebAssembly.Module; readonly asOf: IsoDate; readonly size: number }
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  /** `importModule` is sent once, when the worker has loaded it. */
  | { readonly kind: "result"; readonly result: CallResult; readonly size: number; readonly importModule?: WebAssembly.Module }
  | { readonly kind: "failure"; readonly failure: Failure };
