// What is in a file: offers, needs, or one whole request. Told by the fields, never by trust in the file's name alone.

import type { VocabularyAdditions, FixedReferral, MoveMode, Need, Offer, Pair, Policy } from "lotse";

export interface Found {
  offers: Offer[];
  needs: Need[];
  request: WireRequest | null;
}

/** What a wire request may hold beside its records. */
export interface WireRequest {
  policy?: Policy | null;
  vocabulary?: VocabularyAdditions | null;
  as_of?: string | null;
  fixed?: FixedReferral[] | null;
  previous?: Pair[] | null;
  moves?: MoveMode | null;
  min_score?: number | null;
  neighbour_serves?: boolean | null;
}

export type Refusal = "unread" | "unknown" | "mixed";

const OFFER_ONLY = ["name", "organisation", "area", "crimes", "capacity", "genders", "ages", "no_access", "contact"];
const NEED_ONLY = ["case", "group", "people", "priority", "region", "crime", "gender", "age", "rules"];
const REQUEST = ["offers", "needs", "policy", "vocabulary"];

export function recognise(fileName: string, text: string): Found | Refusal {
  const data = parse(text.replace(/^\uFEFF/, ""));
  if (data === undefined) return "unread";
  if (isObject(data) && !("id" in data) && REQUEST.some((field) => field in data)) {
    const { offers, needs } = data;
    if ([offers, needs].some((list) => list != null && !Array.isArray(list))) return "unknown";
    return { offers: listOf(offers) as Offer[], needs: listOf(needs) as Need[], request: data as WireRequest };
  }
  const list = Array.isArray(data) ? data : [data];
  if (list.length === 0) return "unknown";
  const kinds = list.map(kindOf);
  // Records that fit both are what the others are, or what the file is called.
  const others = kinds.find((kind) => kind === "offer" || kind === "need");
  const open = others ?? (/offer|angebot/i.test(fileName) ? "offer" : /need|bedarf/i.test(fileName) ? "need" : null);
  const found: Found = { offers: [], needs: [], request: null };
  for (const [index, record] of list.entries()) {
    const kind = kinds[index] === "open" ? open : kinds[index];
    if (kind === "offer") found.offers.push(record as Offer);
    else if (kind === "need") found.needs.push(record as Need);
    else return found.offers.length + found.needs.length > 0 ? "mixed" : "unknown";
  }
  return found;
}

function kindOf(record: unknown): "offer" | "need" | "open" | null {
  if (!isObject(record)) return null;
  if (Array.isArray(record.help) || OFFER_ONLY.some((field) => field in record)) return "offer";
  if (typeof record.help === "string" || NEED_ONLY.some((field) => field in record)) return "need";
  return "id" in record ? "open" : null;
}

/** JSON, or one JSON object after another. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
    try {
      return lines.length > 1 ? lines.map((line) => JSON.parse(line) as unknown) : undefined;
    } catch {
      return undefined;
    }
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
