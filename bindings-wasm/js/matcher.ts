import { Allocation } from "./allocation.js";
import { type MatcherOptions, configTexts, joinConfig, today } from "./config.js";
import { checkedString, optionalRecordsToJson, recordsToJson, toJson } from "./json.js";
import { RawMatcher, callWasm, rejectInvalidJson } from "./module.js";
import {
  type AllocateOptions,
  type DiagnoseOptions,
  type LangOptions,
  type RankOptions,
  WITHOUT_PAIRS,
  optionsToJson,
} from "./options.js";
import { dispose } from "./platform.js";
import { type ProgressOptions, type WasmProgressFn, withProgress } from "./progress.js";
import type { Capacity, Imported, IsoDate, NeedInput, Offer, OfferInput, Pair, PolicyInput } from "./records.js";
import type { PlanInput } from "./requests.js";
import type {
  Diagnosis,
  DiagnoseResponse,
  EffectivePolicy,
  Evaluation,
  ExplainResponse,
  Explanation,
  Match,
  RankResponse,
  Ranking,
} from "./responses.js";

/**
 * Offers under a policy, indexed for ranking.
 *
 * Needs are records or JSON text; several needs are a list, its JSON text, or one JSON object after another (NDJSON).
 * Every error in the input is a {@link LotseError}.
 *
 * @example
 * const matcher = new Matcher({ offers: [{ id: "o-1", languages: ["de", "uk"], capacity: 2 }] });
 * const [best] = matcher.rank({ id: "n-1", languages: ["uk"] }, { lang: "de" });
 */
export class Matcher {
  #raw: RawMatcher | undefined;
  #running = 0;

  /** Decodes all offers. Throws a {@link LotseError} with every error in them. */
  constructor(options?: MatcherOptions);
  /** @internal */
  constructor(options: MatcherOptions | RawMatcher);
  constructor(options: MatcherOptions | RawMatcher = {}) {
    this.#raw = options instanceof RawMatcher ? options : build(options);
  }

  /** The number of offers. */
  get size(): number {
    return this.#instance().size();
  }

  /** The day on which capacities are judged. */
  get asOf(): IsoDate {
    return this.#instance().as_of() as IsoDate;
  }

  /** Returns the offer with this id in full form, or `undefined` if there is none. */
  offer(id: string): Offer | undefined {
    const checkedId = checkedString(id, "an id");
    const offer = this.#call((raw) => raw.offer(checkedId));
    return offer === undefined ? undefined : (JSON.parse(offer) as Offer);
  }

  /** Returns all offers in id order. */
  offers(): Offer[] {
    return JSON.parse(this.#call((raw) => raw.offers())) as Offer[];
  }

  /** Returns the effective policy: that of the options, completed by the defaults. */
  policy(): EffectivePolicy {
    return JSON.parse(this.#call((raw) => raw.policy())) as EffectivePolicy;
  }

  /** Ranks the offers for one need, best first, with a reason for every point of the score. */
  rank(need: NeedInput | string, options?: RankOptions): Match[] {
    const [needText, optionsText] = [recordsToJson(need), optionsToJson(options)];
    return JSON.parse(this.#call((raw) => raw.rank(needText, optionsText))) as Match[];
  }

  /** Ranks the offers for each need, in the order of the needs. The needs of a group are one party. */
  rankAll(needs: readonly NeedInput[] | string, options?: RankOptions & ProgressOptions): Ranking[] {
    const [needsText, optionsText] = [recordsToJson(needs), optionsToJson(options)];
    const response = this.#callWithProgress(options, (raw, progress) => raw.rank_all(needsText, optionsText, progress));
    return (JSON.parse(response) as RankResponse).rankings;
  }

  /** Explains why an offer matches a need or is excluded: all ten criteria. */
  explain(need: NeedInput | string, offerId: string, options?: LangOptions): Explanation {
    const [needText, id] = [recordsToJson(need), checkedString(offerId, "an id")];
    const optionsText = optionsToJson(options, WITHOUT_PAIRS);
    return JSON.parse(this.#call((raw) => raw.explain(needText, id, optionsText))) as Explanation;
  }

  /** Explains pairs of needs and offers, in the order of the pairs. The needs of a group are one party. */
  explainAll(needs: readonly NeedInput[] | string, pairs: readonly Pair[], options?: LangOptions): Explanation[] {
    const [needsText, optionsText] = [recordsToJson(needs), optionsToJson(options, { pairs })];
    const response = this.#call((raw) => raw.explain_all(needsText, optionsText));
    return (JSON.parse(response) as ExplainResponse).explanations;
  }

  /** Diagnoses why a need has few matches: the excluded offers per criterion, and the changes of near misses. */
  diagnose(need: NeedInput | string, options?: DiagnoseOptions): Diagnosis {
    const [needText, optionsText] = [recordsToJson(need), optionsToJson(options)];
    return JSON.parse(this.#call((raw) => raw.diagnose(needText, optionsText))) as Diagnosis;
  }

  /** Diagnoses each need, in the order of the needs. The needs of a group are one party. */
  diagnoseAll(needs: readonly NeedInput[] | string, options?: DiagnoseOptions & ProgressOptions): Diagnosis[] {
    const [needsText, optionsText] = [recordsToJson(needs), optionsToJson(options)];
    const response = this.#callWithProgress(options, (raw, progress) =>
      raw.diagnose_all(needsText, optionsText, progress),
    );
    return (JSON.parse(response) as DiagnoseResponse).diagnoses;
  }

  /** Allocates the places of the offers in one plan. It is a proven optimum if every party has size 1. */
  allocate(needs: readonly NeedInput[] | string, options?: AllocateOptions & ProgressOptions): Allocation {
    const [needsText, optionsText] = [recordsToJson(needs), optionsToJson(options)];
    const plan = this.#callWithProgress(options, (raw, progress) => raw.allocate(needsText, optionsText, progress));
    return Allocation.fromJson(plan.response(), {
      report: (lang) => callWasm(() => plan.report(lang)),
      verify: () => callWasm(() => plan.verify()),
      diff: (before, after) => callWasm((wasm) => wasm.diff_plans(before, after)),
    });
  }

  /**
   * Evaluates a plan without changing it: its objective, the scores and violations of its referrals, and the reasons of
   * unmet needs. The options are those of the plan to compare with.
   *
   * @example
   * matcher.withPolicy(stricter).evaluate(needs, plan).feasible; // does the plan hold under another policy?
   */
  evaluate(
    needs: readonly NeedInput[] | string,
    plan: PlanInput | string,
    options?: AllocateOptions & ProgressOptions,
  ): Evaluation {
    const [needsText, planText, optionsText] = [recordsToJson(needs), recordsToJson(plan), optionsToJson(options)];
    const evaluation = this.#callWithProgress(options, (raw, progress) =>
      raw.evaluate(needsText, planText, optionsText, progress),
    );
    return JSON.parse(evaluation) as Evaluation;
  }

  /** Returns a matcher of the same offers, vocabulary and day under another policy. Later changes affect only one of them. */
  withPolicy(policy: PolicyInput | string): Matcher {
    const policyText = recordsToJson(policy);
    return new Matcher(this.#call((raw) => raw.with_policy(policyText)));
  }

  /** Inserts an offer, or replaces the one with its id. Returns `true` if one was replaced. */
  update(offer: OfferInput | string): boolean {
    const [offerText, sizeBefore] = [recordsToJson(offer), this.size];
    this.#mutate((raw) => raw.update(offerText));
    return this.size === sizeBefore;
  }

  /** Removes an offer and returns it. */
  remove(id: string): Offer {
    const checkedId = checkedString(id, "an id");
    return JSON.parse(this.#mutate((raw) => raw.remove(checkedId))) as Offer;
  }

  /** Replaces the capacity of an offer; a bare number is the number of free places. */
  setCapacity(id: string, capacity: Capacity | Imported<Capacity> | number): void {
    const [checkedId, capacityText] = [checkedString(id, "an id"), toJson(capacity)];
    this.#mutate((raw) => raw.set_capacity(checkedId, capacityText));
  }

  /** Frees the memory. The matcher cannot be used afterwards; its plans and responses can. */
  free(): void {
    if (this.#raw !== undefined) {
      this.#mutate((raw) => raw.free());
      this.#raw = undefined;
    }
  }

  /** Frees the memory; for `using`. */
  [dispose](): void {
    this.free();
  }

  #instance(): RawMatcher {
    if (this.#raw === undefined) {
      throw new Error("this matcher was freed");
    }
    return this.#raw;
  }

  #call<T>(work: (raw: RawMatcher) => T): T {
    const raw = this.#instance();
    return callWasm(() => work(raw));
  }

  #callWithProgress<T>(
    options: ProgressOptions | undefined,
    work: (raw: RawMatcher, progress?: WasmProgressFn) => T,
  ): T {
    this.#running += 1;
    try {
      return withProgress(options?.onProgress, (progress) => this.#call((raw) => work(raw, progress)));
    } finally {
      this.#running -= 1;
    }
  }

  #mutate<T>(work: (raw: RawMatcher) => T): T {
    if (this.#running > 0) {
      throw new Error("a matcher cannot change while it works");
    }
    return this.#call(work);
  }
}

function build(options: MatcherOptions): RawMatcher {
  const offers = optionalRecordsToJson(options.offers) ?? "";
  const config = joinConfig(configTexts(options, ["offers"]), rejectInvalidJson);
  return callWasm((wasm) => new wasm.RawMatcher(offers, config, today()));
}
