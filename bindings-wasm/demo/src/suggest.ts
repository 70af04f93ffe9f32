// Suggestions for what is being typed. Every code comes from the resolver; the page only completes the word.

import type { Candidate, Kind } from "lotse";
import { nameOf, theTables, theVocabulary } from "./names.js";
import { lang } from "./tongue.js";

export interface Suggestion {
  code: string;
  context: readonly string[];
  name: string;
  how: Candidate["how"] | "completed";
  /** The word that led here, where it is not the name itself. */
  word: string | null;
}

const MOST = 10;
/** Words of each kind with their folded form, made once for each language and set of tables. */
const indexes = new Map<string, { text: string; folded: string; own: boolean }[]>();
let indexed: unknown;

export function suggest(kind: Kind, typed: string): Suggestion[] {
  const text = typed.trim();
  if (text === "") return [];
  const found: Suggestion[] = [];
  add(found, resolve(kind, text), null);
  if (fold(text).length >= 2) {
    for (const word of completions(kind, text)) {
      if (found.length >= MOST) break;
      add(
        found,
        resolve(kind, word).filter(({ how }) => how !== "typo"),
        word,
      );
    }
  }
  // A likely typing error is the last guess where words that begin so are there.
  const begin = fold(text);
  const begins = ({ how, name }: Suggestion): number =>
    how === "exact" || how === "alias" || fold(name).startsWith(begin) ? 0 : 1;
  const sure = found.filter(({ how }) => how !== "typo").sort((a, b) => begins(a) - begins(b));
  return [...sure, ...found.filter(({ how }) => how === "typo")].slice(0, MOST);
}

/** A suggestion for a code that is known, as for the list of an empty field. */
export function known(kind: Kind, code: string): Suggestion {
  return { code, context: [], name: nameOf(kind, code), how: "exact", word: null };
}

export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/[\s()\-/.,]+/g, " ")
    .trim();
}

function resolve(kind: Kind, text: string): Candidate[] {
  return theVocabulary().resolve(text, { kind, lang: lang.value });
}

function add(found: Suggestion[], candidates: readonly Candidate[], word: string | null): void {
  for (const { code, context = [], name, how } of candidates) {
    const there = found.some((other) => other.code === code && String(other.context) === String(context));
    if (there) continue;
    const said = word !== null && fold(word) !== fold(name) ? word : null;
    found.push({ code, context, name, how: word === null ? how : "completed", word: said });
  }
}

/** Words that begin like this, or hold a word that does: those of the page's language first, then short ones. */
function completions(kind: Kind, typed: string): string[] {
  const begin = fold(typed);
  const hits = index(kind)
    .map((entry) => ({ ...entry, at: entry.folded.startsWith(begin) ? 0 : entry.folded.includes(` ${begin}`) ? 1 : 2 }))
    .filter(({ at, folded }) => at < 2 && folded !== begin);
  hits.sort(
    (a, b) =>
      a.at - b.at || Number(b.own) - Number(a.own) || a.text.length - b.text.length || (a.text < b.text ? -1 : 1),
  );
  return [...new Set(hits.slice(0, 3 * MOST).map(({ text }) => text))];
}

function index(kind: Kind): { text: string; folded: string; own: boolean }[] {
  const tables = theTables();
  if (indexed !== tables) indexes.clear();
  indexed = tables;
  const language = lang.value === "en" ? "en" : "de";
  const key = `${kind} ${language}`;
  const made = indexes.get(key);
  if (made) return made;
  const texts = [
    ...(tables.names ?? []).filter((entry) => entry.kind === kind),
    ...(tables.words ?? []).filter((entry) => entry.kind === kind && entry.codes && entry.codes.length > 0),
  ].map(({ text, lang: of }) => ({ text, folded: fold(text), own: of === language }));
  if (kind === "region") {
    for (const { code, name } of tables.regions ?? []) {
      if (name) texts.push({ text: name, folded: fold(name), own: true });
      texts.push({ text: code, folded: code, own: true });
    }
  }
  indexes.set(key, texts);
  return texts;
}
