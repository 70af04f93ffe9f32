// Whole requests in the wire format, as objects or JSON text: the interface that all languages share.

import { today } from "./config.js";
import { recordsToJson } from "./json.js";
import { callWasm } from "./module.js";
import { type ProgressOptions, withProgress } from "./progress.js";
import type { Imported } from "./records.js";
import type {
  AllocateRequest,
  Dataset,
  DiagnoseRequest,
  ExplainRequest,
  RankRequest,
  ResolveRequest,
} from "./requests.js";
import type {
  AllocateResponse,
  CheckReport,
  DiagnoseResponse,
  ExplainResponse,
  RankResponse,
  Report,
  ResolveResponse,
} from "./responses.js";

/** Ranks the offers for each need, best first, with a reason for every point of the score. */
export function rank(request: RankRequest | Imported<RankRequest> | string, options?: ProgressOptions): RankResponse {
  return call("rank", request, options);
}

/** Explains pairs of needs and offers: all ten criteria, also of excluded offers. */
export function explain(request: ExplainRequest | Imported<ExplainRequest> | string): ExplainResponse {
  return call("explain", request);
}

/** Diagnoses needs with few matches: the offers that each criterion excludes, and the changes of near misses. */
export function diagnose(request: DiagnoseRequest | Imported<DiagnoseRequest> | string, options?: ProgressOptions): DiagnoseResponse {
  return call("diagnose", request, options);
}

/** Allocates limited places to many needs in one plan, with a certificate of its quality. */
export function allocate(request: AllocateRequest | Imported<AllocateRequest> | string, options?: ProgressOptions): AllocateResponse {
  return call("allocate", request, options);
}

/** Allocates as {@link allocate}, and returns the totals of the plan, its bottlenecks and the missing offers. */
export function report(request: AllocateRequest | Imported<AllocateRequest> | string, options?: ProgressOptions): Report {
  return call("report", request, options);
}

/** Checks records and returns all errors and warnings as data. */
export function check(request: Dataset | Imported<Dataset> | string): CheckReport {
  return call("check", request);
}

/** Resolves typed words to candidate codes, best first. */
export function resolve(request: ResolveRequest | Imported<ResolveRequest> | string): ResolveResponse {
  return call("resolve", request);
}

function call<Response>(operation: string, request: unknown, options?: ProgressOptions): Response {
  const text = recordsToJson(request);
  const response = withProgress(options?.onProgress, (progress) =>
    callWasm((wasm) => wasm.call(operation, text, today(), progress)),
  );
  return JSON.parse(response) as Response;
}
