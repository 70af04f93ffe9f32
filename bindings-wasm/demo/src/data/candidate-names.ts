// The names of what a word may mean.

import type { CodeKind } from "lotse";
import type { ImportQuestion } from "lotse/import";
import { codeLabels, codeName, crimeName, landName } from "../code-names.js";
import { messages } from "../i18n.js";
import { UNREAD } from "./columns.js";
import { dataMessages } from "./messages.js";

const NAMED: ReadonlySet<string> = new Set(["language", "region", "crime", "context", "help", "role", "access"]);
const LABELLED = ["format", "gender", "state", "how", "level", "priority"] as const;

/** Returns the kind of codes to search for an answer, or `null` if there are none to find. */
export function searchKind({ kind }: ImportQuestion): CodeKind | null {
  return NAMED.has(kind) || (LABELLED as readonly string[]).includes(kind) ? (kind as CodeKind) : kind === "postcode" ? "region" : null;
}

export function candidateName(question: ImportQuestion, value: unknown): string {
  if (Array.isArray(value)) return messages().and(value.map((item) => candidateName(question, item)));
  if (typeof value === "number") return dataMessages().theNumber(value);
  if (typeof value === "boolean") return value ? dataMessages().yes : dataMessages().no;
  if (typeof value === "object" && value !== null) return objectName(value as Record<string, unknown>);
  return codeText(question.kind, String(value));
}

function codeText(kind: ImportQuestion["kind"], code: string): string {
  if (kind === "column") return fieldName(code);
  if (kind === "personal") return code === "never" ? dataMessages().never : dataMessages().harmless;
  if (kind === "region" || kind === "postcode" || kind === "region_tree") return regionName(code);
  if (NAMED.has(kind)) return codeName(kind as CodeKind, code);
  const labels = codeLabels();
  for (const labelled of LABELLED) {
    const label = kind === labelled || kind === "value" ? (labels[labelled] as Record<string, string>)[code] : undefined;
    if (label !== undefined) return label;
  }
  return code;
}

/** Regions of the same name are distinguished by their Land and their kind. */
function regionName(code: string): string {
  const land = landName(code);
  const name = codeName("region", code);
  return land ? `${name} (${land})` : name;
}

function objectName(value: Record<string, unknown>): string {
  if (typeof value.tag === "string") {
    const { how, level } = value as { how?: string; level?: string };
    const labels = codeLabels();
    const details = [how && labels.how[how as keyof typeof labels.how], level && labels.level[level as keyof typeof labels.level]];
    return [codeName("language", value.tag), ...details].filter(Boolean).join(", ");
  }
  if ("code" in value || "context" in value) return crimeName(value as Parameters<typeof crimeName>[0]);
  if ("is" in value) return String(value.is);
  if ("min" in value || "max" in value) return `${String(value.min ?? "")}–${String(value.max ?? "")}`;
  return Object.values(value).map(String).join(", ");
}

/** Returns the name of a field of records. */
export function fieldName(field: string): string {
  const text = dataMessages();
  if (field === UNREAD || field === "ignore" || field === "never") return text.unread;
  // Of a column for one code, such as `access.free_of_charge`, the name of the code.
  const [kind, code] = field.split(".");
  return text.field[field] ?? (kind === "access" && code ? codeName(kind, code) : field);
}
