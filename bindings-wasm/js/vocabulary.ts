import { checkedString, optionalRecordsToJson } from "./json.js";
import { type RawVocabulary, callWasm } from "./module.js";
import { type LangOptions, optionsToJson } from "./options.js";
import { dispose } from "./platform.js";
import type { AdditionsInput, CodeKind, Lang, Nullable, VocabularyAdditions } from "./records.js";
import type { Candidate, ResolveResponse } from "./responses.js";

/** The options of a look-up. */
export interface ResolveOptions extends LangOptions {
  /** The kind of code; defaults to every kind that is no {@link ClosedKind}. */
  kind?: CodeKind | undefined;
}

/** The options of suggestions for text that is being typed. */
export interface SuggestOptions extends ResolveOptions {
  /** The maximum number of candidates per kind, 0 to 100; defaults to 10. */
  top?: number | undefined;
}

/**
 * Codes and names of languages, regions, crimes and kinds of help: the built-in tables, and additions.
 *
 * @example
 * const vocabulary = new Vocabulary();
 * vocabulary.resolve("Kurmandschi", { kind: "language" })[0]?.code; // "kmr"
 */
export class Vocabulary {
  readonly #additions: string | undefined;
  #raw: RawVocabulary | undefined;

  /** Decodes additions. Throws a {@link LotseError} with every error in them. */
  constructor(additions?: Nullable<AdditionsInput | Vocabulary | string>) {
    const text = optionalRecordsToJson(additions);
    this.#additions = text;
    this.#raw = callWasm((wasm) => new wasm.RawVocabulary(text));
  }

  /** Returns the candidates for a typed word, best first. An ambiguous word has several. */
  resolve(text: string, options?: ResolveOptions): Candidate[] {
    return this.#resolve(text, options ?? {});
  }

  /**
   * Returns suggestions for text that is being typed: 1. certain results of {@link resolve}, 2. names and words that
   * begin with the text, 3. corrections of typing errors. Each code with its context occurs once.
   */
  suggest(text: string, options?: SuggestOptions): Candidate[] {
    const { top, ...others } = options ?? {};
    return this.#resolve(text, others, top ?? 10);
  }

  /** Returns the name of a code, or the code itself if it has no name. */
  name(kind: CodeKind, code: string, lang: Lang = "en"): string {
    const words = [checkedString(kind, "a kind"), checkedString(code, "a code"), checkedString(lang, "lang")] as const;
    return this.#call((raw) => raw.name(...words));
  }

  /** Returns `true` if the tables contain a code. */
  contains(kind: CodeKind, code: string): boolean {
    const words = [checkedString(kind, "a kind"), checkedString(code, "a code")] as const;
    return this.#call((raw) => raw.contains(...words));
  }

  /** Returns all tables, built-in and added, in the form of additions. */
  tables(): VocabularyAdditions {
    return JSON.parse(this.#call((raw) => raw.tables())) as VocabularyAdditions;
  }

  /** Returns the additions, so that a vocabulary is accepted in their place. */
  toJSON(): VocabularyAdditions {
    return this.#call(() => JSON.parse(this.#additions ?? "{}") as VocabularyAdditions);
  }

  /** Frees the memory. The vocabulary cannot be used afterwards. */
  free(): void {
    this.#raw?.free();
    this.#raw = undefined;
  }

  /** Frees the memory; for `using`. */
  [dispose](): void {
    this.free();
  }

  #resolve(text: string, { kind, ...others }: ResolveOptions, suggest?: number): Candidate[] {
    const request = optionsToJson(others, { words: [{ text, kind }], suggest });
    const response = JSON.parse(this.#call((raw) => raw.resolve(request))) as ResolveResponse;
    return response.resolved.flatMap(({ candidates }) => candidates);
  }

  #call<T>(work: (raw: RawVocabulary) => T): T {
    const raw = this.#raw;
    if (raw === undefined) {
      throw new Error("this vocabulary was freed");
    }
    return callWasm(() => work(raw));
  }
}
