// What a worker and its owner say to each other. Records and answers travel as text, which is quicker than objects.

import type { Told } from "./error.js";
import type { Packed } from "./solver/problem.js";
import type { IsoDate } from "./records.js";
import type { SurroundingTexts } from "./config.js";

/** What a matcher in a worker can be asked. */
export type Method =
  | "rank"
  | "rank_all"
  | "explain"
  | "explain_all"
  | "diagnose"
  | "diagnose_all"
  | "allocate"
  | "offer"
  | "offers"
  | "policy"
  | "update"
  | "remove"
  | "set_capacity";

/** What became of one offer since the start. */
export interface Change {
  readonly id: string;
  readonly removed?: boolean;
  readonly offer?: string;
  readonly capacity?: string;
}

/** The first message: what the matcher is made of. */
export interface Opening {
  readonly offers: string;
  readonly surroundings: SurroundingTexts;
  readonly today: IsoDate;
  readonly changes: readonly Change[];
  /** `lotse.wasm` beside the script, if left out. */
  readonly module: WebAssembly.Module | undefined;
}

/** What is asked: of the matcher, or of the solver, which needs none. */
export type Asked =
  | { readonly method: Method; readonly texts: readonly string[] }
  | { readonly method: "solve"; readonly problem: Packed };

/** All further ones. */
export type Question = Asked & { readonly watched: boolean };

/** The data of a plan, and what it amounts to in every language: the worker may be gone when that is asked. */
export interface PlanTexts {
  readonly plan: string;
  readonly reports: ReadonlyMap<string, string>;
}

/** What a method gives. */
export type Outcome = string | boolean | undefined | PlanTexts;

/** What is thrown, as data. */
export type Failure = { readonly told: Told } | { readonly name: string; readonly message: string };

/** What the worker says. */
export type Message =
  | { readonly kind: "open"; readonly module: WebAssembly.Module; readonly asOf: IsoDate; readonly size: number }
  | { readonly kind: "progress"; readonly done: number; readonly all: number }
  | { readonly kind: "outcome"; readonly outcome: Outcome; readonly size: number }
  | { readonly kind: "failure"; readonly failure: Failure };
