import type { Candidate, ResolveResponse } from "./responses.js";
import { ask } from "./module.js";
import { dispose } from "./dispose.js";
import { type LangOptions, optionsText } from "./options.js";
import type { RawVocabulary } from "./raw.js";
import type { VocabularyAdditions, CodeKind, Lang, Nullable } from "./records.js";
import { maybeText, word } from "./json.js";

/** Where a word is looked for. */
export interface ResolveOptions extends LangOptions {
  /** Every sort of code, if left out. */
  kind?: CodeKind | undefined;
}

/** What is suggested for a word that is being typed. */
export interface SuggestOptions extends ResolveOptions {
  /** Most codes of each sort, 0 to 100; 10 if left out. */
  top?: number | undefined;
}

/** Codes and names of languages, regions, crimes and kinds of help: the built-in tables, and additions. */
export class Vocabulary {
  readonly #additions: string | undefined;
  #raw: RawVocabulary | undefined;

  /** Reads additions; what is wrong in them is told at once. */
  constructor(additions?: Nullable<VocabularyAdditions | Vocabulary | string>) {
    const text = maybeText(additions);
    this.#additions = text;
    this.#raw = ask((core) => new core.RawVocabulary(text));
  }

  /** The codes that a typed word may stand for, best first: never one in silence where several may be meant. */
  resolve(text: string, options?: ResolveOptions): Candidate[] {
    return this.#candidates(text, options ?? {});
  }

  /**
   * What a field may suggest at every letter: first what `resolve` says for certain, then what has a name or another word
   * that begins so, then what may be a typing error; each code with its setting once.
   */
  suggest(text: string, options?: SuggestOptions): Candidate[] {
    const { top, ...others } = options ?? {};
    return this.#candidates(text, others, top ?? 10);
  }

  /** The name of a code, or the code itself where no name is known. */
  name(kind: CodeKind, code: string, lang: Lang = "en"): string {
    const words = [word(kind, "a kind"), word(code, "a code"), word(lang, "lang")] as const;
    return this.#ask((raw) => raw.name(...words));
  }

  /** Whether the tables know a code. */
  contains(kind: CodeKind, code: string): boolean {
    const words = [word(kind, "a kind"), word(code, "a code")] as const;
    return this.#ask((raw) => raw.knows(...words));
  }

  /** All tables in force, in the form of additions. */
  tables(): VocabularyAdditions {
    return JSON.parse(this.#ask((raw) => raw.tables())) as VocabularyAdditions;
  }

  /** What was added. By it a vocabulary stands wherever additions do. */
  toJSON(): VocabularyAdditions {
    return this.#ask(() => JSON.parse(this.#additions ?? "{}") as VocabularyAdditions);
  }

  /** Gives the memory back. The vocabulary cannot be used after that. */
  free(): void {
    this.#raw?.free();
    this.#raw = undefined;
  }

  /** The same as `free()`, for `using`. */
  [dispose](): void {
    this.free();
  }

  #candidates(text: string, { kind, ...others }: ResolveOptions, suggest?: number): Candidate[] {
    const request = optionsText(others, { words: [{ text, kind }], suggest });
    const answer = JSON.parse(this.#ask((raw) => raw.resolve(request))) as ResolveResponse;
    return answer.resolved.flatMap(({ candidates }) => candidates);
  }

  #ask<T>(work: (raw: RawVocabulary) => T): T {
    const raw = this.#raw;
    if (raw === undefined) {
      throw new Error("this vocabulary was freed");
    }
    return ask(() => work(raw));
  }
}
