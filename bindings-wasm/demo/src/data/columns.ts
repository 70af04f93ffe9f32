// The columns of a list and their meanings, as an edit of the mapping.

import type { MappingFile, RecordKind } from "lotse/import";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

/** What a column may mean, in the order of the list to choose from. `born` is a date of birth, of which only the age is kept. */
export const FIELDS: Record<RecordKind, readonly string[]> = {
  offers: [
    "id", "name", "organisation", "help", "languages", "area", "place.postcode", "place.town", "place.region", "crimes",
    "roles", "genders", "ages", "ages.min", "ages.max", "formats", "access", "no_access", "capacity.free", "capacity.total",
    "capacity.state", "capacity.updated", "contact.phone", "contact.email", "contact.url",
  ],
  needs: [
    "id", "case", "group", "help", "languages", "region", "region.postcode", "region.town", "crime", "roles", "age", "born",
    "gender", "people", "priority", "formats", "access",
  ],
};

/** A column that is not read. */
export const UNREAD = "unread";

/** Returns the mapping in which a column has another meaning: a field, or {@link UNREAD}. Its rules of other fields are removed. */
export function assignColumn(mapping: MappingFile, column: string, meaning: string): MappingFile {
  const edited = structuredClone(mapping) as unknown as JsonObject;
  edited.fields = withoutColumn(asObject(edited.fields), column);
  for (const list of ["ignore", "never"]) {
    const rest = asArray(edited[list]).filter((other) => other !== column);
    if (rest.length > 0) edited[list] = rest;
    else delete edited[list];
  }
  if (edited.id === column) delete edited.id;
  if (meaning === UNREAD) edited.never = [...asArray(edited.never), column];
  else if (meaning === "id") edited.id = column;
  else addRule(asObject(edited.fields), meaning, column);
  return edited as unknown as MappingFile;
}

/** Returns `true` if the age is computed from the column. */
export function isBirthDate(mapping: MappingFile, column: string): boolean {
  const { age } = mapping.fields as unknown as JsonObject;
  return (Array.isArray(age) ? age : [age]).some((rule) => isObject(rule) && rule.column === column && rule.as === "born");
}

function addRule(fields: JsonObject, meaning: string, column: string): void {
  const rule: Json = meaning === "born" ? { column, as: "born", when_empty: true } : column;
  const [field, part] = (meaning === "born" ? "age" : meaning).split(".");
  if (field === undefined) return;
  if (part === undefined) {
    const present = fields[field];
    // A location of a need, or a range of ages, may consist of parts.
    if (isObject(present) && !isRule(present)) (fields[field] as JsonObject)[field === "region" ? "region" : "min"] = rule;
    else fields[field] = joined(present, rule);
    return;
  }
  const present = fields[field];
  const parts: JsonObject =
    isObject(present) && !isRule(present) ? present : present === undefined ? {} : { [field === "region" ? "region" : "min"]: present };
  parts[part] = joined(parts[part], rule);
  fields[field] = parts;
}

/** Adds a rule to those of a field. */
function joined(present: Json | undefined, rule: Json): Json {
  return present === undefined ? rule : [...(Array.isArray(present) ? present : [present]), rule];
}

function withoutColumn(fields: JsonObject, column: string): JsonObject {
  const kept: JsonObject = {};
  for (const [field, value] of Object.entries(fields)) {
    const rest = ruleWithout(value, column);
    if (rest !== undefined) kept[field] = rest;
  }
  return kept;
}

function ruleWithout(value: Json, column: string): Json | undefined {
  if (value === column) return undefined;
  if (Array.isArray(value)) {
    const rest = value.flatMap((rule) => ruleWithout(rule, column) ?? []);
    return rest.length > 1 ? rest : rest[0];
  }
  if (!isObject(value)) return value;
  if (!isRule(value)) {
    const rest = withoutColumn(value, column);
    return Object.keys(rest).length > 0 ? rest : undefined;
  }
  if (value.column === column) return undefined;
  if (isObject(value.columns) && column in value.columns) {
    const { [column]: _, ...columns } = value.columns;
    return Object.keys(columns).length > 0 ? { ...value, columns } : undefined;
  }
  return value;
}

function isRule(value: JsonObject): boolean {
  return ["column", "columns", "constant", "from"].some((source) => source in value);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function asArray(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
