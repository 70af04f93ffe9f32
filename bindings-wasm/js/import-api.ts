// The exports that the entries of the import share: everything but `ready`.

import { workHere } from "./import-run.js";
import {
  type ExportOptions,
  ImportedNeeds,
  ImportedOffers,
  type ImportOptions,
  type SketchOptions,
  exportRecords,
  sketch,
} from "./import-session.js";
import type { ImportFile, MappingSketch, OffersExport, RecordKind } from "./import-types.js";
import type { OfferInput } from "./records.js";

export { LotseError } from "./error.js";
export { type ImportLabels, importLabels } from "./import-labels.js";
export { type ExportOptions, ImportedNeeds, ImportedOffers, type ImportOptions, type SketchOptions } from "./import-session.js";
export type * from "./import-types.js";
export type * from "./mapping-file.js";
export type { AbortOptions, ProgressOptions } from "./progress.js";
export type { ModuleSource } from "./source.js";

/**
 * Imports offers from the list of an office or from a public directory. Nothing is guessed: what a word means that has several
 * meanings is a question. Files of one format are read together.
 *
 * @example
 * const { offers, questions, report } = await importOffers(input.files, { within: "14" });
 */
export function importOffers(files: ImportFile | Iterable<ImportFile>, options: ImportOptions = {}): Promise<ImportedOffers> {
  return ImportedOffers.import(workHere, files, options);
}

/** Imports needs; see {@link importOffers}. Only mapped columns are read, and no cell occurs in the report. */
export function importNeeds(files: ImportFile | Iterable<ImportFile>, options: ImportOptions = {}): Promise<ImportedNeeds> {
  return ImportedNeeds.import(workHere, files, options);
}

/** Returns what an import would do with files: the recognized columns and the mapping, for a person to confirm. */
export function sketchMapping(
  files: ImportFile | Iterable<ImportFile>,
  options: SketchOptions & { records?: RecordKind | undefined } = {},
): Promise<MappingSketch> {
  return sketch(workHere, files, options);
}

/** Exports offers as files that other programs read. The report lists what they cannot state. */
export function exportOffers(offers: readonly OfferInput[] | string, options: ExportOptions = {}): Promise<OffersExport> {
  return exportRecords(workHere, offers, options);
}
