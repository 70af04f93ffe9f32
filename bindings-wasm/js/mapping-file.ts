// The mapping file: how columns become fields.

import type { IsoDate } from "./records.js";

/** A column: a header, a path such as `organization.name` or `phones[].number`, a number from 1, or the first of these that is not empty. */
export type MappingColumn = string | number | readonly (string | number)[];

/** A condition on a record. */
export type MappingTest = { readonly column: MappingColumn } & (
  | { readonly is: readonly string[] }
  | { readonly not: readonly string[] }
  | { readonly empty: boolean }
  | { readonly contains: readonly string[] }
  | { readonly before: IsoDate | "as_of" }
);

/** A single value: a code, a number, or an object such as `{ tag: "kmr", how: "interpreter" }` or `{ code: "0101", context: ["terrorism"] }`. */
export type MappingValue = string | number | boolean | { readonly [key: string]: unknown };

/** The meaning of a word: a value, several, or `null` for a word that states nothing. */
export type MappingAnswer =
  | MappingValue
  | readonly MappingValue[]
  | { readonly is: MappingValue | readonly MappingValue[] | null; readonly assumed: string }
  | null;

/** The kind of a word in a cell, and of a question about it. */
export type WordKind =
  | "language" | "region" | "crime" | "context" | "help" | "role" | "access"
  | "format" | "gender" | "state" | "how" | "level" | "priority" | "truth"
  | "age" | "value" | "unit" | "postcode" | "column" | "personal" | "region_tree";

/** Options of a rule, whatever its source is. */
export interface MappingRuleOptions {
  /** How a cell is read; by default as its field. */
  as?: "word" | "code" | "either" | "text" | "number" | "date" | "phone" | "postcode" | "plate" | "age" | "born";
  /** The kind of the words, if it is not that of the field. */
  words?: WordKind;
  /** The meaning of each cell, instead of words. */
  values?: { readonly [cell: string]: MappingAnswer };
  /** The meaning of cells that `values` lacks; without it they are asked. */
  else?: MappingAnswer;
  /** `list`, `none`, or the separators as text. */
  split?: string;
  /** What an empty cell of this column looks like. */
  null?: readonly string[];
  /** Numbers that mean no limit. */
  no_limit?: readonly number[];
  when?: MappingTest;
  unless?: MappingTest;
  /** Applies only if the rules before gave nothing. */
  when_empty?: boolean;
  /** A path to a list: the rule is read for each of its items. */
  rows?: string;
  /** Of languages: a column with a tag, which replaces `column` if it is a known one. */
  tag?: MappingColumn;
  how?: string | { readonly column: MappingColumn };
  level?: string | { readonly column: MappingColumn };
  /** The language that a column of levels is about. */
  language?: string;
  /** The length to which zeros in front are restored. */
  pad?: number;
  /** The text before each code. */
  prefix?: string;
  /** Only cells that begin with one of these are read, without it. */
  strip?: readonly string[];
  rules?: readonly ({ readonly digits: number | readonly number[] } | { readonly is: string })[];
}

/** How values of a field are read: a column, or a source with options. */
export type MappingRule =
  | string
  | number
  | (MappingRuleOptions &
      (
        | { readonly column: MappingColumn }
        /** Columns that are marked, such as with an `x`, and the value of each. */
        | { readonly columns: { readonly [column: string]: MappingValue }; readonly marked?: readonly string[] }
        | { readonly constant: MappingValue }
        | { readonly from: string }
      ));

/** A rule, or several of which each may give values. */
export type MappingRules = MappingRule | readonly MappingRule[];

/** The rules of a location. */
export interface MappingPlace {
  region?: MappingRules;
  postcode?: MappingRules;
  town?: MappingRules;
  plate?: MappingRules;
}

/** Rules by field. */
export interface MappingFields {
  // Of offers.
  name?: MappingRules;
  organisation?: MappingRules;
  area?: MappingRules;
  crimes?: MappingRules;
  genders?: MappingRules;
  no_access?: MappingRules;
  place?: MappingPlace & { lat?: MappingRules; lon?: MappingRules; not_shared_by?: number };
  ages?: MappingRules | { min?: MappingRules; max?: MappingRules; no_limit?: readonly number[] };
  capacity?: {
    state?: MappingRules;
    free?: MappingRules;
    total?: MappingRules;
    updated?: MappingRules;
    /** The column of units, and the units that count as places. */
    unit?: unknown;
  };
  contact?: { phone?: MappingRules; email?: MappingRules; url?: MappingRules };
  // Of needs.
  case?: MappingRules;
  group?: MappingRules;
  people?: MappingRules;
  priority?: MappingRules;
  crime?: MappingRules;
  gender?: MappingRules;
  age?: MappingRules;
  region?: MappingRules | MappingPlace;
  // Of both.
  help?: MappingRules;
  languages?: MappingRules;
  roles?: MappingRules;
  formats?: MappingRules;
  access?: MappingRules;
}

/** A taxonomy: its codes, and what each means in fields. */
export interface MappingCrosswalk {
  name: string;
  column?: MappingColumn;
  /** A path to term objects. */
  terms?: string;
  code?: readonly string[];
  scheme?: string;
  split?: string;
  by?: "prefix" | "whole";
  codes?: { readonly [code: string]: { readonly [field: string]: unknown } };
  own?: { readonly [scheme: string]: string };
  other?: "foreign" | "unknown" | "leave_out";
  without?: "unknown" | "leave_out";
}

/** A mapping file. Unknown keys are errors. */
export interface MappingFile {
  lotse_mapping: 1;
  records: "offers" | "needs";
  name?: string;
  note?: string;
  licence?: readonly string[];
  /** The name of a built-in mapping, which this one amends. */
  base?: string;
  source?: {
    format?: string;
    encoding?: string;
    delimiter?: string;
    sheet?: string;
    /** The row of the header, two rows, or 0 if there is none. */
    header?: number | readonly [number, number];
    skip?: readonly number[];
    files?: readonly string[];
    guard?: boolean;
  };
  /** The region that narrows ambiguous ones, and that "landesweit" means. */
  within?: string;
  /** The text before each id. */
  prefix?: string;
  null?: readonly string[];
  id?:
    | MappingColumn
    | { readonly column: MappingColumn; readonly part?: MappingColumn }
    | { readonly join: readonly MappingColumn[]; readonly sep?: string }
    | { readonly row: true };
  same_id?: "refuse" | "unite" | "parts" | { readonly first: { readonly column: MappingColumn; readonly order: readonly string[] } };
  /** A path to a list: one record for each of its items. */
  each?: string;
  tree?: { readonly id: MappingColumn; readonly parent: MappingColumn; readonly inherit?: readonly MappingColumn[] };
  join?: readonly {
    readonly file: string | readonly string[];
    readonly on: MappingColumn;
    readonly to: MappingColumn;
    readonly as: string;
  }[];
  leave_out?: readonly MappingTest[];
  hide?: { readonly [field: string]: readonly MappingTest[] };
  fields: MappingFields;
  crosswalk?: readonly MappingCrosswalk[];
  /** Answers: what a word of a kind means. */
  words?: { readonly [kind in WordKind]?: { readonly [text: string]: MappingAnswer } };
  contains?: { readonly [kind in WordKind]?: readonly { readonly text: readonly string[]; readonly is: MappingAnswer }[] };
  /** Assumptions by code; `false` asks instead. */
  assume?: { readonly [code: string]: boolean };
  postcodes?: { readonly [postcode: string]: string | readonly string[] };
  ignore?: readonly MappingColumn[];
  never?: readonly MappingColumn[];
  not_personal?: readonly MappingColumn[];
}
