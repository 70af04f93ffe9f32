// Whole requests of the wire format, objects or JSON text, as every language of lotse takes them.

import type {
  AllocateResponse,
  CheckReport,
  DiagnoseResponse,
  ExplainResponse,
  RankResponse,
  Report,
  ResolveResponse,
} from "./responses.js";
import { ask } from "./module.js";
import type {
  AllocateRequest,
  DiagnoseRequest,
  ExplainRequest,
  RankRequest,
  Dataset,
  ResolveRequest,
} from "./requests.js";
import { today } from "./today.js";
import { text } from "./json.js";
import { type ProgressOptions, watched } from "./progress.js";

/** Ranks the offers for each need, best first, with a reason for every point of the score. */
export function rank(request: RankRequest | string, watch?: ProgressOptions): RankResponse {
  return call("rank", request, watch);
}

/** Explains pairs of needs and offers: all ten criteria, excluded pairs too. */
export function explain(request: ExplainRequest | string): ExplainResponse {
  return call("explain", request);
}

/** Tells why so few offers match: what excludes how many of them, and what would have to change for the nearest. */
export function diagnose(request: DiagnoseRequest | string, watch?: ProgressOptions): DiagnoseResponse {
  return call("diagnose", request, watch);
}

/** Gives many needs to offers of limited places in one provably best plan; those who get nothing come first. */
export function allocate(request: AllocateRequest | string, watch?: ProgressOptions): AllocateResponse {
  return call("allocate", request, watch);
}

/** Tells what a plan amounts to: who is served, which offers are short of places, and which are missing. */
export function report(request: AllocateRequest | string, watch?: ProgressOptions): Report {
  return call("report", request, watch);
}

/** Checks records without ranking, and finds all errors and warnings at once. */
export function check(request: Dataset | string): CheckReport {
  return call("check", request);
}

/** Finds the codes for words as people type them: candidates, best first, never silently wrong. */
export function resolve(request: ResolveRequest | string): ResolveResponse {
  return call("resolve", request);
}

function call<Answer>(operation: string, request: unknown, watch?: ProgressOptions): Answer {
  const given = text(request);
  const answer = watched(watch?.onProgress, (look) => ask((core) => core.call(operation, given, today(), look)));
  return JSON.parse(answer) as Answer;
}
