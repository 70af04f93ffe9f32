// Imports as objects: their results, answers to their questions, and words that they withhold.

import { today } from "./config.js";
import { type LoadedFile, loadFiles } from "./import-files.js";
import type {
  ImportAnswers,
  ImportFile,
  ImportQuestion,
  ImportReport,
  MappingSketch,
  OffersExport,
  RecordKind,
} from "./import-types.js";
import { checkedString, jsonValue, recordsToJson, toJson } from "./json.js";
import type { MappingFile } from "./mapping-file.js";
import type { AbortOptions, ProgressOptions } from "./progress.js";
import type { AdditionsInput, Imported, IsoDate, Lang, Need, Nullable, Offer, OfferInput } from "./records.js";
import type { Vocabulary } from "./vocabulary.js";

/** The options of a sketch of a mapping. */
export interface SketchOptions extends ProgressOptions, AbortOptions {
  /** A mapping file, or the name of a built-in one; by default the built-in mapping of the format, or a sketch of the header. */
  mapping?: Nullable<MappingFile | Imported<MappingFile> | string>;
  /** The region that narrows ambiguous ones, and that "landesweit" means. */
  within?: Nullable<string>;
  /** Regions by postcode, which take precedence over the built-in table. */
  postcodes?: Nullable<{ readonly [postcode: string]: string | readonly string[] }>;
  /** The text before each id. */
  prefix?: Nullable<string>;
  /** The encoding of text, such as `cp850`, instead of the one that is recognized. */
  encoding?: Nullable<string>;
  /** The day by which ages are computed; defaults to today in the local time zone. */
  asOf?: Nullable<IsoDate>;
  /** Additions to the built-in tables. */
  vocabulary?: Nullable<AdditionsInput | Vocabulary>;
  /** The display language of messages; defaults to English. */
  lang?: Nullable<Lang>;
}

/** The options of an import. */
export interface ImportOptions extends SketchOptions {
  /** Answers to questions of an earlier import of the same files, by id. */
  answers?: Nullable<ImportAnswers>;
  /** The records of an earlier import, to report what changed. */
  previous?: Nullable<readonly object[]>;
  /** Rejects open questions, unmentioned columns and records that are left out. */
  strict?: Nullable<boolean>;
}

/** The options of an export. */
export interface ExportOptions extends ProgressOptions, AbortOptions {
  /** A table with its mapping, or the Human Services Data Specification 3.1; defaults to `csv`. */
  to?: "csv" | "hsds3" | undefined;
  /** Writes `hsds3` as a package of tables. */
  package?: boolean | undefined;
  /** Writes capacities in `hsds3`. */
  withCapacity?: boolean | undefined;
  asOf?: Nullable<IsoDate>;
  vocabulary?: Nullable<AdditionsInput | Vocabulary>;
}

/**
 * An operation of the compiled module with its files and the JSON text of the other fields of its request. `reveal` is an import of
 * which only one withheld word is returned, that of the question `id`.
 *
 * @internal
 */
export interface ImportWork {
  readonly operation: "import" | "sketch" | "export" | "reveal";
  readonly files: readonly LoadedFile[];
  readonly fields: string;
  readonly id?: string;
}

/**
 * Does the work in this thread or in a worker. Returns `undefined` if the word to reveal does not exist.
 *
 * @internal
 */
export type ImportCall = (work: ImportWork, options: ProgressOptions & AbortOptions) => Promise<string | undefined>;

interface ImportResponse {
  offers?: Offer[];
  needs?: Need[];
  report: ImportReport;
  questions: ImportQuestion[];
  mapping: MappingFile;
}

/**
 * What identifies an import, so that it can be repeated with further answers.
 *
 * @internal
 */
interface ImportInput {
  readonly call: ImportCall;
  readonly files: readonly LoadedFile[];
  readonly records: RecordKind;
  readonly options: ImportOptions;
}

abstract class ImportResult {
  /** One counted outcome for every record, column and part of a cell. */
  readonly report: ImportReport;
  /** Open questions, the most frequent first. */
  readonly questions: ImportQuestion[];
  /** The mapping that was used, with all answers that may be saved. */
  readonly mapping: MappingFile;
  readonly #input: ImportInput;

  /** @internal */
  protected constructor(input: ImportInput, response: ImportResponse) {
    this.#input = input;
    this.report = response.report;
    this.questions = response.questions;
    this.mapping = response.mapping;
  }

  /**
   * Returns the word of a question that is withheld because it may identify a person, or `undefined` if the question has its text or
   * does not exist. It is for the person who opened the file: no other result has the word.
   */
  async reveal(id: string): Promise<string | undefined> {
    const { call, files, records, options } = this.#input;
    const fields = importFields(records, options);
    return call({ operation: "reveal", files, fields, id: checkedString(id, "an id") }, {});
  }

  /**
   * Imports the same files with further answers; one to the same question replaces the earlier one.
   *
   * @internal
   */
  protected repeat(answers: ImportAnswers, options: ProgressOptions & AbortOptions): Promise<[ImportInput, ImportResponse]> {
    const { onProgress, signal } = options;
    const merged = { ...this.#input.options.answers, ...answers };
    return run({ ...this.#input, options: { ...this.#input.options, onProgress, signal, answers: merged } });
  }
}

/** Imported offers. */
export class ImportedOffers extends ImportResult {
  readonly offers: Offer[];

  private constructor([input, response]: [ImportInput, ImportResponse]) {
    super(input, response);
    this.offers = response.offers ?? [];
  }

  /** @internal */
  static async import(call: ImportCall, files: ImportFile | Iterable<ImportFile>, options: ImportOptions): Promise<ImportedOffers> {
    return new this(await run({ call, files: await loadFiles(files), records: "offers", options }));
  }

  /** Imports the same files with further answers; one to the same question replaces the earlier one. */
  async answer(answers: ImportAnswers, options: ProgressOptions & AbortOptions = {}): Promise<ImportedOffers> {
    return new ImportedOffers(await this.repeat(answers, options));
  }
}

/** Imported needs. */
export class ImportedNeeds extends ImportResult {
  readonly needs: Need[];

  private constructor([input, response]: [ImportInput, ImportResponse]) {
    super(input, response);
    this.needs = response.needs ?? [];
  }

  /** @internal */
  static async import(call: ImportCall, files: ImportFile | Iterable<ImportFile>, options: ImportOptions): Promise<ImportedNeeds> {
    return new this(await run({ call, files: await loadFiles(files), records: "needs", options }));
  }

  /** Imports the same files with further answers; one to the same question replaces the earlier one. */
  async answer(answers: ImportAnswers, options: ProgressOptions & AbortOptions = {}): Promise<ImportedNeeds> {
    return new ImportedNeeds(await this.repeat(answers, options));
  }
}

async function run(input: ImportInput): Promise<[ImportInput, ImportResponse]> {
  const { call, files, records, options } = input;
  const response = await call({ operation: "import", files, fields: importFields(records, options) }, options);
  return [input, JSON.parse(response ?? "{}") as ImportResponse];
}

/** @internal */
export async function sketch(
  call: ImportCall,
  files: ImportFile | Iterable<ImportFile>,
  { records, ...options }: SketchOptions & { records?: RecordKind | undefined },
): Promise<MappingSketch> {
  const work = { operation: "sketch", files: await loadFiles(files), fields: importFields(records, options) } as const;
  const response = await call(work, options);
  return JSON.parse(response ?? "{}") as MappingSketch;
}

/** @internal */
export async function exportRecords(
  call: ImportCall,
  offers: readonly OfferInput[] | string,
  { to = "csv", ...options }: ExportOptions,
): Promise<OffersExport> {
  const records = JSON.parse(recordsToJson(offers)) as unknown;
  const work = { operation: "export", files: [], fields: wireFields(options, { offers: records, to }) } as const;
  const response = await call(work, options);
  return JSON.parse(response ?? "{}") as OffersExport;
}

function importFields(records: RecordKind | undefined, options: ImportOptions): string {
  return wireFields(options, { records });
}

const WIRE_NAMES = new Map([
  ["asOf", "as_of"],
  ["withCapacity", "with_capacity"],
]);
const LOCAL_OPTIONS = ["onProgress", "signal"];

/** Encodes options as fields of a request. The core rejects unknown names, so that a misspelt option is not lost. */
function wireFields(options: object, extra: object): string {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new TypeError("options must be an object");
  }
  const fields = Object.entries(options)
    .filter(([name, value]) => !LOCAL_OPTIONS.includes(name) && value !== undefined && value !== null)
    .map(([name, value]): [string, unknown] => [WIRE_NAMES.get(name) ?? name, jsonValue(value)]);
  return toJson({ as_of: today(), ...Object.fromEntries(fields), ...extra });
}
