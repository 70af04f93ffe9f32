// Whole requests of the wire format, objects or JSON text, as every language of lotse takes them.

import type {
  AllocateAnswer,
  CheckAnswer,
  DiagnoseAnswer,
  ExplainAnswer,
  RankAnswer,
  ReportAnswer,
  ResolveAnswer,
} from "./responses.js";
import { ask } from "./module.js";
import type {
  AllocateRequest,
  DiagnoseRequest,
  ExplainRequest,
  RankRequest,
  Request,
  ResolveRequest,
} from "./requests.js";
import { today } from "./today.js";
import { text } from "./json.js";
import { type Watched, watched } from "./progress.js";

/** Ranks the offers for each need, best first, with a reason for every point of the score. */
export function rank(request: RankRequest | string, watch?: Watched): RankAnswer {
  return call("rank", request, watch);
}

/** Explains pairs of needs and offers: all ten criteria, excluded pairs too. */
export function explain(request: ExplainRequest | string): ExplainAnswer {
  return call("explain", request);
}

/** Tells why so few offers match: what excludes how many of them, and what would have to change for the nearest. */
export function diagnose(request: DiagnoseRequest | string, watch?: Watched): DiagnoseAnswer {
  return call("diagnose", request, watch);
}

/** Gives many needs to offers of limited places in one provably best plan; those who get nothing come first. */
export function allocate(request: AllocateRequest | string, watch?: Watched): AllocateAnswer {
  return call("allocate", request, watch);
}

/** Tells what a plan amounts to: who is served, which offers are short of places, and which are missing. */
export function report(request: AllocateRequest | string, watch?: Watched): ReportAnswer {
  return call("report", request, watch);
}

/** Checks records without ranking, and finds all errors and warnings at once. */
export function check(request: Request | string): CheckAnswer {
  return call("check", request);
}

/** Finds the codes for words as people type them: candidates, best first, never silently wrong. */
export function resolve(request: ResolveRequest | string): ResolveAnswer {
  return call("resolve", request);
}

function call<Answer>(operation: string, request: unknown, watch?: Watched): Answer {
  const given = text(request);
  const answer = watched(watch?.onProgress, (look) => ask((core) => core.call(operation, given, today(), look)));
  return JSON.parse(answer) as Answer;
}
