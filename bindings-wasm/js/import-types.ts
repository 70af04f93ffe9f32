// Files to import, and what an import returns, in the wire format.

import type { MappingAnswer, MappingFile, WordKind } from "./mapping-file.js";

/** A `File` of a browser or of Node, or a name with bytes or text. */
export type ImportFile =
  | { readonly name: string; arrayBuffer(): Promise<ArrayBuffer> }
  | { readonly name: string; readonly bytes: ArrayBuffer | ArrayBufferView }
  | { readonly name: string; readonly text: string };

/** The kind of records that an import produces. */
export type RecordKind = "offers" | "needs";

/** Answers by the id of each question. */
export type ImportAnswers = { readonly [id: string]: MappingAnswer };

/** A question that only a person can answer. */
export interface ImportQuestion {
  id: string;
  kind: WordKind;
  /** The word as written first, or `null` if it is withheld because it may identify a person. */
  text: string | null;
  /** The columns that have the word. */
  columns: string[];
  /** The number of parts of cells that have the word. */
  count: number;
  /** The first positions, at most three, such as `row 5`. */
  at: string[];
  /** The values that may be meant, best first. */
  candidates: Exclude<MappingAnswer, null>[];
  why:
    | "umbrella" | "typo" | "unknown" | "several" | "level" | "leaves_out" | "which" | "value" | "unit" | "no_tag"
    | "column" | "personal" | "assume_off";
  /** Null until one is given. */
  answer: MappingAnswer;
}

/** A counted note of a report. */
export interface ImportNote {
  /** A stable code, such as `encoding.windows_1252`. */
  code: string;
  count: number;
  /** Rows or paths, at most 100. */
  at: string[];
  column?: string;
  field?: string;
}

/** What is done with a column. */
export type ColumnUse = "read" | "ignore" | "never" | "unmentioned";

/** A file that was recognized. */
export interface RecognizedFile {
  name: string;
  format: string;
  encoding?: string;
  delimiter?: string;
  sheet?: string;
  /** The row of the header, from 1. */
  header?: number;
}

/** What an import recognized. */
export interface Recognized {
  files: RecognizedFile[];
  /** `own`, `sketch`, or the name of a built-in mapping. */
  mapping: string;
  why: string[];
}

/** The outcome of a column: `parts = understood + assumed + asked + no_value + lost`. */
export interface ColumnReport {
  column: string;
  use: ColumnUse;
  fields: string[];
  /** The number of cells that are not empty. */
  filled: number;
  parts: number;
  understood: number;
  assumed: number;
  asked: number;
  no_value: number;
  lost: number;
}

/** The report of an import: one counted outcome for every record, column and part of a cell. */
export interface ImportReport {
  recognized: Recognized;
  as_of: string | null;
  /** `read = used + merged + left_out`, `produced = used + added`. */
  records: { read: number; used: number; merged: number; left_out: number; added: number; produced: number };
  columns: ColumnReport[];
  /** The number of open questions. */
  questions: number;
  assumed: ImportNote[];
  repaired: ImportNote[];
  left_out: ImportNote[];
  merged: ImportNote[];
  lost: ImportNote[];
  hidden: ImportNote[];
  suspicions: ImportNote[];
  licence: string[];
  /** The differences from `previous`, if it was given. */
  changes?: { new: string[]; changed: { id: string; fields: string[] }[]; gone: string[]; same: number };
}

/** A column of a sketch. */
export interface SketchColumn {
  column: string;
  /** The field, or `null` if the column is not read. */
  field: string | null;
  /** `true` if the name has this one meaning. */
  sure: boolean;
  use: ColumnUse;
  filled: number;
  /** The first cells, at most three; empty for needs. */
  samples: string[];
}

/** What an import would do with files, for a person to confirm. */
export interface MappingSketch {
  records: RecordKind;
  recognized: Recognized;
  mapping: MappingFile;
  columns: SketchColumn[];
  /** The first rows, at most three; empty for needs. */
  rows: string[][];
  /** Words that show the encoding, at most three. */
  samples: string[];
  questions: ImportQuestion[];
}

/** The files of an export, and what they cannot state. */
export interface OffersExport {
  files: { name: string; text: string }[];
  report: { lost: ImportNote[]; [section: string]: unknown };
}
