// Detects the content of a file: offers, needs, or a whole request. The fields decide; the file name only breaks ties.

import type { MoveMode, Need, Offer, PlanInput, Policy, VocabularyAdditions } from "lotse";

export interface DetectedRecords {
  offers: Offer[];
  needs: Need[];
  request: WireRequest | null;
}

/** The fields of a request in the wire format, besides its records. */
export interface WireRequest {
  policy?: Policy | null;
  vocabulary?: VocabularyAdditions | null;
  as_of?: string | null;
  fixed?: PlanInput | null;
  previous?: PlanInput | null;
  moves?: MoveMode | null;
  min_score?: number | null;
  neighbour_serves?: boolean | null;
}

/** The reason why a file is rejected: it is not JSON, has no known records, or has records of several kinds. */
export type FormatError = "unread" | "unknown" | "mixed";

const OFFER_FIELDS = ["name", "organisation", "area", "crimes", "capacity", "genders", "ages", "no_access", "contact"];
const NEED_FIELDS = ["case", "group", "people", "priority", "region", "crime", "gender", "age", "rules"];
const REQUEST_FIELDS = ["offers", "needs", "policy", "vocabulary"];

export function detectFormat(fileName: string, text: string): DetectedRecords | FormatError {
  const data = parseJson(text.replace(/^\uFEFF/, ""));
  if (data === undefined) return "unread";
  if (isObject(data) && !("id" in data) && REQUEST_FIELDS.some((field) => field in data)) {
    const { offers, needs } = data;
    if ([offers, needs].some((list) => list != null && !Array.isArray(list))) return "unknown";
    return { offers: arrayOf(offers) as Offer[], needs: arrayOf(needs) as Need[], request: data as WireRequest };
  }
  const list = Array.isArray(data) ? data : [data];
  if (list.length === 0) return "unknown";
  const kinds = list.map(detectKind);
  // Records that may be either are of the same kind as the others, or of the kind that the file name suggests.
  const others = kinds.find((kind) => kind === "offer" || kind === "need");
  const fallback = others ?? kindFromName(fileName);
  const detected: DetectedRecords = { offers: [], needs: [], request: null };
  for (const [index, record] of list.entries()) {
    const kind = kinds[index] === "either" ? fallback : kinds[index];
    if (kind === "offer") detected.offers.push(record as Offer);
    else if (kind === "need") detected.needs.push(record as Need);
    else return detected.offers.length + detected.needs.length > 0 ? "mixed" : "unknown";
  }
  return detected;
}

function detectKind(record: unknown): "offer" | "need" | "either" | null {
  if (!isObject(record)) return null;
  if (Array.isArray(record.help) || OFFER_FIELDS.some((field) => field in record)) return "offer";
  if (typeof record.help === "string" || NEED_FIELDS.some((field) => field in record)) return "need";
  return "id" in record ? "either" : null;
}

function kindFromName(fileName: string): "offer" | "need" | null {
  if (/offer|angebot/i.test(fileName)) return "offer";
  return /need|bedarf/i.test(fileName) ? "need" : null;
}

/** Parses JSON, or one JSON object after another (NDJSON); returns `undefined` for any other text. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    rethrowUnlessSyntax(error);
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
    try {
      return lines.length > 1 ? lines.map((line) => JSON.parse(line) as unknown) : undefined;
    } catch (error) {
      rethrowUnlessSyntax(error);
      return undefined;
    }
  }
}

/** Lets an error pass that says nothing about the file, such as a lack of memory. */
function rethrowUnlessSyntax(error: unknown): void {
  if (!(error instanceof SyntaxError)) throw error;
}

function arrayOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
