// The worker that reads, imports and checks files, so that large ones do not block the page. It keeps the files that are being
// imported, until others replace them.

import {
  check,
  LotseError,
  ready,
  type CheckReport,
  type ErrorDetail,
  type Need,
  type Offer,
  type Policy,
  type VocabularyAdditions,
} from "lotse";
import {
  type ImportAnswers,
  type ImportedNeeds,
  type ImportedOffers,
  type ImportQuestion,
  type ImportReport,
  importNeeds,
  importOffers,
  type MappingFile,
  type MappingSketch,
  type RecordKind,
  sketchMapping,
} from "lotse/import";
import { detectOwnFormat, type OwnRecords, type WireRequest } from "./own-format.js";
import { validateRequest } from "./validate-request.js";

/** The records that stay if the files have only offers or only needs, and what they are checked against. */
export interface CurrentRecords {
  offers: readonly Offer[];
  needs: readonly Need[];
  policy: Policy;
  vocabulary: VocabularyAdditions | null;
  asOf: string;
}

/** An error or a warning with the name of its file, or `null` if it is about no single record of a file. */
export interface FileDetail extends ErrorDetail {
  file: string | null;
}

/** Own records of files, checked. */
export interface OwnResult {
  kind: "own";
  offers: Offer[];
  needs: Need[];
  request: WireRequest | null;
  errors: FileDetail[];
  warnings: FileDetail[];
}

/** Foreign files that are recognized. */
export interface SketchResult {
  kind: "sketch";
  sketch: MappingSketch;
  /** The saved mapping among the files. */
  mapping: MappingFile | null;
  names: string[];
}

/** Files that cannot be read. */
export interface Failure {
  kind: "failed";
  reason: "mixed" | "tooLarge" | "input";
  errors: ErrorDetail[];
}

/** How files are imported. */
export interface ImportSettings {
  records: RecordKind | null;
  mapping: MappingFile | null;
  encoding: string | null;
  within: string | null;
  answers: ImportAnswers;
  vocabulary: VocabularyAdditions | null;
  asOf: string;
}

/** An import without its records, which are fetched when they are needed. */
export interface Outcome {
  kind: "imported";
  records: RecordKind;
  count: number;
  report: ImportReport;
  questions: ImportQuestion[];
  mapping: MappingFile;
}

export interface Calls {
  open(files: File[], current: CurrentRecords): OwnResult | SketchResult | Failure;
  sketch(settings: ImportSettings): SketchResult | Failure;
  import(settings: ImportSettings): Outcome | Failure;
  reveal(id: string): string | null;
  records(): (Offer | Need)[];
}
export type CallName = keyof Calls;
export type CallMessage = { [Name in CallName]: { id: number; name: Name; args: Parameters<Calls[Name]> } }[CallName];

const KINDS: readonly RecordKind[] = ["offers", "needs"];
const MAX_FILE_BYTES = 64 * 1024 * 1024;
let module: WebAssembly.Module | undefined;
let files: File[] = [];
let savedMapping: MappingFile | null = null;
let imported: ImportedOffers | ImportedNeeds | undefined;

const handlers: { [Name in CallName]: (...args: Parameters<Calls[Name]>) => Promise<ReturnType<Calls[Name]>> } = {
  open,
  sketch: (settings) => recognize(settings),
  import: importFiles,
  reveal: async (id) => (await imported?.reveal(id)) ?? null,
  records: async () => importedRecords(imported),
};

self.onmessage = async ({ data }: MessageEvent<{ module: WebAssembly.Module } | CallMessage>) => {
  if ("module" in data) {
    module = data.module;
    return;
  }
  const handler = handlers[data.name] as (...args: unknown[]) => Promise<unknown>;
  try {
    await ready(module);
    postMessage({ id: data.id, result: await handler(...data.args) });
  } catch {
    postMessage({ id: data.id, result: null });
  }
};

async function open(opened: File[], current: CurrentRecords): Promise<OwnResult | SketchResult | Failure> {
  if (opened.some(({ size }) => size > MAX_FILE_BYTES)) return { kind: "failed", reason: "tooLarge", errors: [] };
  const own: { file: string; found: OwnRecords }[] = [];
  const foreign: File[] = [];
  let mapping: MappingFile | null = null;
  for (const file of opened) {
    const format = await ownFormat(file);
    if (format === null) foreign.push(file);
    else if (format.kind === "mapping") mapping = format.mapping;
    else own.push({ file: file.name, found: format });
  }
  if (own.length > 0 && foreign.length > 0) return { kind: "failed", reason: "mixed", errors: [] };
  if (own.length > 0) return checkOwn(own, current);
  // A mapping alone amends the import of the files that are open.
  if (foreign.length > 0) files = foreign;
  savedMapping = mapping;
  imported = undefined;
  const { vocabulary, asOf } = current;
  return recognize({ records: null, mapping: null, encoding: null, within: null, answers: {}, vocabulary, asOf });
}

async function ownFormat(file: File) {
  // Bytes that begin as JSON does; every other file need not be decoded here.
  const start = await file.slice(0, 64).text();
  return /^\uFEFF?\s*[[{]/.test(start) ? detectOwnFormat(file.name, await file.text()) : null;
}

function importOptions({ mapping, encoding, within, vocabulary, asOf }: ImportSettings) {
  const chosen = mapping ?? savedMapping;
  return {
    asOf,
    ...(chosen && { mapping: chosen }),
    ...(encoding && { encoding }),
    ...(within && { within }),
    ...(vocabulary && { vocabulary }),
  };
}

async function recognize(settings: ImportSettings): Promise<SketchResult | Failure> {
  const names = files.map(({ name }) => name);
  const kinds: readonly RecordKind[] = [settings.records ?? savedMapping?.records ?? []].flat();
  try {
    const options = importOptions(settings);
    const sketches = await Promise.all(
      (kinds.length > 0 ? kinds : KINDS).map((records) => sketchMapping(files, { ...options, records })),
    );
    // The kind that knows more of the columns; offers, if both know as many.
    const [sketch] = sketches.sort((a, b) => knownColumns(b) - knownColumns(a));
    return sketch ? { kind: "sketch", sketch, mapping: savedMapping, names } : { kind: "failed", reason: "input", errors: [] };
  } catch (error) {
    return failure(error);
  }
}

function knownColumns({ columns }: MappingSketch): number {
  return columns.filter(({ sure, field }) => sure && field !== null).length;
}

async function importFiles(settings: ImportSettings): Promise<Outcome | Failure> {
  const options = { ...importOptions(settings), answers: settings.answers };
  const records = settings.records ?? "offers";
  try {
    imported = await (records === "offers" ? importOffers(files, options) : importNeeds(files, options));
  } catch (error) {
    return failure(error);
  }
  const { report, questions, mapping } = imported;
  return { kind: "imported", records, count: importedRecords(imported).length, report, questions, mapping };
}

function importedRecords(result: ImportedOffers | ImportedNeeds | undefined): (Offer | Need)[] {
  if (result === undefined) return [];
  return "offers" in result ? result.offers : result.needs;
}

function failure(error: unknown): Failure {
  if (!(error instanceof LotseError)) throw error;
  return { kind: "failed", reason: "input", errors: error.errors };
}

function checkOwn(own: readonly { file: string; found: OwnRecords }[], current: CurrentRecords): OwnResult {
  const offers = own.flatMap(({ file, found }) => found.offers.map((record, index) => ({ record, file, index })));
  const needs = own.flatMap(({ file, found }) => found.needs.map((record, index) => ({ record, file, index })));
  const request = own.findLast(({ found }) => found.request !== null)?.found.request ?? null;
  const records = {
    offers: offers.length > 0 ? offers.map(({ record }) => record) : [...current.offers],
    needs: needs.length > 0 ? needs.map(({ record }) => record) : [...current.needs],
  };
  const report = checkRecords(current, records, request);
  const locate = (detail: ErrorDetail): FileDetail => locateInFile(detail, { offers, needs });
  const errors = [...report.errors, ...(request ? validateRequest(request, records) : [])];
  return {
    kind: "own",
    offers: offers.map(({ record }) => record),
    needs: needs.map(({ record }) => record),
    request,
    errors: errors.map(locate),
    warnings: report.warnings.map(locate),
  };
}

function checkRecords(
  { policy, vocabulary, asOf }: CurrentRecords,
  { offers, needs }: { offers: Offer[]; needs: Need[] },
  request: WireRequest | null,
): CheckReport {
  return check({
    offers,
    needs,
    policy: request?.policy ?? policy,
    asOf: request?.as_of ?? asOf,
    vocabulary: request?.vocabulary ?? vocabulary,
  });
}

/** Replaces the index in the concatenated list by the one in the file. */
function locateInFile(
  detail: ErrorDetail,
  lists: Record<"offers" | "needs", readonly { file: string; index: number }[]>,
): FileDetail {
  const match = /^(offers|needs)\[(\d+)\]/.exec(detail.path);
  const origin = match && lists[match[1] as "offers" | "needs"][Number(match[2])];
  if (!match || !origin) return { ...detail, file: null };
  const path = `${match[1]}[${origin.index}]${detail.path.slice(match[0].length)}`;
  return { ...detail, path, file: origin.file };
}
