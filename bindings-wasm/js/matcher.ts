import { Allocation } from "./allocation.js";
import type { Diagnosis, Explanation, Match, EffectivePolicy, Ranking } from "./responses.js";
import { ask } from "./module.js";
import { dispose } from "./dispose.js";
import {
  type AllocateOptions,
  type DiagnoseOptions,
  type LangOptions,
  ONE_PAIR,
  type RankOptions,
  optionsText,
} from "./options.js";
import type { RawMatcher } from "./raw.js";
import type { Capacity, IsoDate, Need, Offer, Pair } from "./records.js";
import { type MatcherOptions, surroundingTexts } from "./config.js";
import { together } from "./surroundings.js";
import { today } from "./today.js";
import { json, maybeText, text, word } from "./json.js";
import { type Look, type ProgressOptions, watched } from "./progress.js";

/**
 * Offers under a policy, ready to be ranked.
 *
 * Needs are records or JSON text; many of them a list, its JSON text, or one JSON object after another (NDJSON).
 * Whatever is wrong with what is given is a {@link LotseError}.
 *
 * @example
 * const matcher = new Matcher({ offers: [{ id: "o-1", languages: ["de", "uk"], capacity: 2 }] });
 * const [best] = matcher.rank({ id: "n-1", languages: ["uk"] }, { lang: "de" });
 */
export class Matcher {
  #raw: RawMatcher | undefined;
  #working = 0;

  /** Reads all offers; what is wrong in them is told at once. */
  constructor(setup: MatcherOptions = {}) {
    const offers = maybeText(setup.offers) ?? "";
    const surroundings = together(surroundingTexts(setup, ["offers"]));
    this.#raw = ask((core) => new core.RawMatcher(offers, surroundings, today()));
  }

  /** How many offers there are. */
  get size(): number {
    return this.#alive().size();
  }

  /** The day on which capacities are judged. */
  get asOf(): IsoDate {
    return this.#alive().as_of() as IsoDate;
  }

  /** The offer with this id, in full form. */
  offer(id: string): Offer | undefined {
    const known = word(id, "an id");
    const offer = this.#ask((raw) => raw.offer(known));
    return offer === undefined ? undefined : (JSON.parse(offer) as Offer);
  }

  /** All offers, in the order of their ids. */
  offers(): Offer[] {
    return JSON.parse(this.#ask((raw) => raw.offers())) as Offer[];
  }

  /** The policy in force, with nothing left out. */
  policy(): EffectivePolicy {
    return JSON.parse(this.#ask((raw) => raw.policy())) as EffectivePolicy;
  }

  /** Ranks the offers for one need, best first, with a reason for every point of the score. */
  rank(need: Need | string, options?: RankOptions): Match[] {
    const [given, how] = [text(need), optionsText(options)];
    return JSON.parse(this.#ask((raw) => raw.rank(given, how))) as Match[];
  }

  /** Ranks the offers for each need, in the order of the needs. The people of a group are counted together. */
  rankAll(needs: readonly Need[] | string, options?: RankOptions & ProgressOptions): Ranking[] {
    const [given, how] = [text(needs), optionsText(options)];
    return JSON.parse(this.#watch(options, (raw, look) => raw.rank_all(given, how, look))) as Ranking[];
  }

  /** Tells why an offer does or does not fit a need: all ten criteria. */
  explain(need: Need | string, offerId: string, options?: LangOptions): Explanation {
    const [given, id, how] = [text(need), word(offerId, "an id"), optionsText(options, ONE_PAIR)];
    return JSON.parse(this.#ask((raw) => raw.explain(given, id, how))) as Explanation;
  }

  /** Explains pairs of needs and offers, in the order of the pairs. The people of a group are counted together. */
  explainAll(needs: readonly Need[] | string, pairs: readonly Pair[], options?: LangOptions): Explanation[] {
    const [given, how] = [text(needs), optionsText(options, { pairs })];
    return JSON.parse(this.#ask((raw) => raw.explain_all(given, how))) as Explanation[];
  }

  /** Tells why a need has no more matches, and what would have to change for the nearest. */
  diagnose(need: Need | string, options?: DiagnoseOptions): Diagnosis {
    const [given, how] = [text(need), optionsText(options)];
    return JSON.parse(this.#ask((raw) => raw.diagnose(given, how))) as Diagnosis;
  }

  /** Diagnoses each need, in the order of the needs. The people of a group are counted together. */
  diagnoseAll(needs: readonly Need[] | string, options?: DiagnoseOptions & ProgressOptions): Diagnosis[] {
    const [given, how] = [text(needs), optionsText(options)];
    return JSON.parse(this.#watch(options, (raw, look) => raw.diagnose_all(given, how, look))) as Diagnosis[];
  }

  /** Gives many needs to the offers in one plan, proven to be the best where everyone goes alone. */
  allocate(needs: readonly Need[] | string, options?: AllocateOptions & ProgressOptions): Allocation {
    const [given, how] = [text(needs), optionsText(options)];
    return Allocation.of(this.#watch(options, (raw, look) => raw.allocate(given, how, look)));
  }

  /** Puts an offer in, or in the place of the one with its id. Whether there was one. */
  update(offer: Offer | string): boolean {
    const [given, before] = [text(offer), this.size];
    this.#change((raw) => raw.update(given));
    return this.size === before;
  }

  /** Takes an offer out and gives it back. */
  remove(id: string): Offer {
    const known = word(id, "an id");
    return JSON.parse(this.#change((raw) => raw.remove(known))) as Offer;
  }

  /** Changes what is known of an offer's places; a bare number is that of free places. */
  setCapacity(id: string, capacity: Capacity | number): void {
    const [known, given] = [word(id, "an id"), json(capacity)];
    this.#change((raw) => raw.set_capacity(known, given));
  }

  /** Gives the memory back. The matcher cannot be used after that; plans and answers can. */
  free(): void {
    if (this.#raw !== undefined) {
      this.#change((raw) => raw.free());
      this.#raw = undefined;
    }
  }

  /** The same as `free()`, for `using`. */
  [dispose](): void {
    this.free();
  }

  #alive(): RawMatcher {
    if (this.#raw === undefined) {
      throw new Error("this matcher was freed");
    }
    return this.#raw;
  }

  #ask<T>(work: (raw: RawMatcher) => T): T {
    const raw = this.#alive();
    return ask(() => work(raw));
  }

  #watch<T>(options: ProgressOptions | undefined, work: (raw: RawMatcher, look?: Look) => T): T {
    this.#working += 1;
    try {
      return watched(options?.onProgress, (look) => this.#ask((raw) => work(raw, look)));
    } finally {
      this.#working -= 1;
    }
  }

  #change<T>(work: (raw: RawMatcher) => T): T {
    if (this.#working > 0) {
      throw new Error("a matcher cannot change while it works");
    }
    return this.#ask(work);
  }
}
