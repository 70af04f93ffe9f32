// Detects the page's own formats among files: records or whole requests of the library, and saved mappings. The fields decide; the
// file name only breaks ties. Everything else is a foreign format, which the import recognizes.

import type { MoveMode, Need, Offer, PlanInput, Policy, VocabularyAdditions } from "lotse";
import type { MappingFile } from "lotse/import";

export interface OwnRecords {
  kind: "records";
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

export type OwnFormat = OwnRecords | { kind: "mapping"; mapping: MappingFile };

/** Fields of both kinds of records. */
const COMMON_FIELDS = ["id", "help", "languages", "place", "roles", "formats", "access", "identifiers"];
const OFFER_FIELDS = ["name", "organisation", "area", "crimes", "capacity", "genders", "ages", "no_access", "contact"];
const NEED_FIELDS = ["case", "group", "people", "priority", "region", "crime", "gender", "age", "rules", "known_since"];
const REQUEST_FIELDS = ["offers", "needs", "policy", "vocabulary"];
const OWN_FIELDS = new Set([...COMMON_FIELDS, ...OFFER_FIELDS, ...NEED_FIELDS]);

/** Fields of directories, which records of the library do not have. */
const FOREIGN_FIELDS = ["resourceType", "type", "organization", "status", "structure_id", "thematiques", "service_at_locations"];

/** Returns the content of a file in an own format, or `null` for every other file. */
export function detectOwnFormat(fileName: string, text: string): OwnFormat | null {
  const data = parseJson(text.replace(/^\uFEFF/, ""));
  if (data === undefined) return null;
  if (isObject(data) && "lotse_mapping" in data) return { kind: "mapping", mapping: data as unknown as MappingFile };
  if (isObject(data) && !("id" in data) && REQUEST_FIELDS.some((field) => field in data)) {
    const { offers, needs } = data;
    if ([offers, needs].some((list) => list != null && !Array.isArray(list))) return null;
    return { kind: "records", offers: arrayOf(offers) as Offer[], needs: arrayOf(needs) as Need[], request: data as WireRequest };
  }
  const list = Array.isArray(data) ? data : [data];
  if (list.length === 0 || !list.every(isOwnRecord)) return null;
  const kinds = list.map(detectKind);
  // Records that may be either are of the same kind as the others, or of the kind that the file name suggests.
  const fallback = kinds.find((kind) => kind !== "either") ?? kindFromName(fileName);
  if (fallback === null) return null;
  const found: OwnRecords = { kind: "records", offers: [], needs: [], request: null };
  for (const [index, record] of list.entries()) {
    const kind = kinds[index] === "either" ? fallback : kinds[index];
    if (kind === "offer") found.offers.push(record as unknown as Offer);
    else found.needs.push(record as unknown as Need);
  }
  return found;
}

/** A field that is misspelt does not make a record foreign: the check names it. */
function isOwnRecord(record: unknown): record is Record<string, unknown> {
  if (!isObject(record) || !("id" in record) || FOREIGN_FIELDS.some((field) => field in record)) return false;
  const names = Object.keys(record);
  return names.filter((name) => OWN_FIELDS.has(name)).length * 2 >= names.length;
}

function detectKind(record: Record<string, unknown>): "offer" | "need" | "either" {
  if (Array.isArray(record.help) || OFFER_FIELDS.some((field) => field in record)) return "offer";
  if (typeof record.help === "string" || NEED_FIELDS.some((field) => field in record)) return "need";
  return "either";
}

function kindFromName(fileName: string): "offer" | "need" | null {
  if (/offer|angebot/i.test(fileName)) return "offer";
  return /need|bedarf/i.test(fileName) ? "need" : null;
}

/** Parses JSON, or one JSON object after another (NDJSON); returns `undefined` for any other text. */
function parseJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
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
