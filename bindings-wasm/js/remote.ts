import type { AllocateResponse, Diagnosis, Explanation, Match, EffectivePolicy, Ranking, Report } from "./responses.js";
import { Changes } from "./worker-changes.js";
import { dispose } from "./dispose.js";
import type { Line } from "./worker-client.js";
import {
  type AllocateOptions,
  type DiagnoseOptions,
  type LangOptions,
  ONE_PAIR,
  type RankOptions,
  optionsText,
} from "./options.js";
import { Plan } from "./plan.js";
import { type Problem, packed } from "./solver/problem.js";
import type { Method, PlanTexts } from "./worker-protocol.js";
import type { Capacity, IsoDate, Need, Offer, Pair } from "./records.js";
import { type Solution, solutionOf } from "./solver/solution.js";
import { json, text, word } from "./json.js";
import type { AbortOptions, ProgressOptions } from "./progress.js";

/** A plan that a worker made. It stays as it is whatever becomes of the worker. */
export class RemoteAllocation extends Plan {
  readonly #reports: ReadonlyMap<string, string>;
  readonly #lang: string;

  private constructor(texts: PlanTexts, lang: string) {
    super(JSON.parse(texts.plan) as AllocateResponse);
    this.#reports = texts.reports;
    this.#lang = lang;
  }

  /** @internal */
  static of(texts: PlanTexts, lang: string): RemoteAllocation {
    return new this(texts, lang);
  }

  /** What the plan amounts to; see `Allocation.report`. */
  async report(options?: LangOptions): Promise<Report> {
    const report = this.#reports.get(options?.lang ?? this.#lang);
    if (report === undefined) {
      throw new TypeError(`lang must be one of ${[...this.#reports.keys()].join(", ")}`);
    }
    return JSON.parse(report) as Report;
  }
}

/**
 * A `Matcher` in a worker: the same methods, with promises, and `solve`. Whatever is asked is done in its order.
 */
export class RemoteMatcher {
  readonly #line: Line;
  readonly #changes: Changes;

  private constructor(line: Line, changes: Changes) {
    this.#line = line;
    this.#changes = changes;
  }

  /** @internal */
  static of(line: Line, changes: Changes): RemoteMatcher {
    return new this(line, changes);
  }

  /** How many offers there are, after all that is done so far. */
  get size(): number {
    return this.#line.size;
  }

  /** The day on which capacities are judged. */
  get asOf(): IsoDate {
    return this.#line.asOf;
  }

  /** The offer with this id, in full form. */
  async offer(id: string): Promise<Offer | undefined> {
    const offer = await this.#line.ask({ method: "offer", texts: [word(id, "an id")] });
    return offer === undefined ? undefined : (JSON.parse(offer as string) as Offer);
  }

  /** All offers, in the order of their ids. */
  async offers(): Promise<Offer[]> {
    return this.#data("offers", []);
  }

  /** The policy in force; see `Matcher.policy`. */
  async policy(): Promise<EffectivePolicy> {
    return this.#data("policy", []);
  }

  /** Ranks the offers for one need; see `Matcher.rank`. */
  async rank(need: Need | string, options?: RankOptions & AbortOptions): Promise<Match[]> {
    return this.#data("rank", [text(need), optionsText(options)], options);
  }

  /** Ranks the offers for each need; see `Matcher.rankAll`. */
  async rankAll(needs: readonly Need[] | string, options?: RankOptions & ProgressOptions & AbortOptions): Promise<Ranking[]> {
    return this.#data("rank_all", [text(needs), optionsText(options)], options);
  }

  /** Tells why an offer does or does not fit a need; see `Matcher.explain`. */
  async explain(need: Need | string, offerId: string, options?: LangOptions & AbortOptions): Promise<Explanation> {
    return this.#data("explain", [text(need), word(offerId, "an id"), optionsText(options, ONE_PAIR)], options);
  }

  /** Explains pairs of needs and offers; see `Matcher.explainAll`. */
  async explainAll(
    needs: readonly Need[] | string,
    pairs: readonly Pair[],
    options?: LangOptions & AbortOptions,
  ): Promise<Explanation[]> {
    return this.#data("explain_all", [text(needs), optionsText(options, { pairs })], options);
  }

  /** Tells why a need has no more matches; see `Matcher.diagnose`. */
  async diagnose(need: Need | string, options?: DiagnoseOptions & AbortOptions): Promise<Diagnosis> {
    return this.#data("diagnose", [text(need), optionsText(options)], options);
  }

  /** Diagnoses each need; see `Matcher.diagnoseAll`. */
  async diagnoseAll(
    needs: readonly Need[] | string,
    options?: DiagnoseOptions & ProgressOptions & AbortOptions,
  ): Promise<Diagnosis[]> {
    return this.#data("diagnose_all", [text(needs), optionsText(options)], options);
  }

  /** Gives many needs to the offers in one plan; see `Matcher.allocate`. */
  async allocate(
    needs: readonly Need[] | string,
    options?: AllocateOptions & ProgressOptions & AbortOptions,
  ): Promise<RemoteAllocation> {
    const texts = [text(needs), optionsText(options)];
    const outcome = await this.#line.ask({ method: "allocate", texts }, options);
    return RemoteAllocation.of(outcome as PlanTexts, options?.lang ?? "en");
  }

  /** Puts an offer in, or in the place of the one with its id. Whether there was one. */
  async update(offer: Offer | string): Promise<boolean> {
    const given = text(offer);
    const keep = () => this.#changes.update((JSON.parse(given) as Offer).id, given);
    return (await this.#line.ask({ method: "update", texts: [given] }, undefined, keep)) as boolean;
  }

  /** Takes an offer out and gives it back. */
  async remove(id: string): Promise<Offer> {
    return this.#data("remove", [word(id, "an id")], undefined, () => this.#changes.remove(id));
  }

  /** Changes what is known of an offer's places; a bare number is that of free places. */
  async setCapacity(id: string, capacity: Capacity | number): Promise<void> {
    const given = json(capacity);
    const keep = () => this.#changes.setCapacity(id, given);
    await this.#line.ask({ method: "set_capacity", texts: [word(id, "an id"), given] }, undefined, keep);
  }

  /** Gives supplies to sinks of limited places, without the matcher; see `solve` of `lotse`. */
  async solve(problem: Problem, options?: ProgressOptions & AbortOptions): Promise<Solution> {
    return solutionOf((await this.#line.ask({ method: "solve", problem: packed(problem) }, options)) as string);
  }

  /** Ends the worker. What waits for it is rejected, and so is all that is asked later. */
  terminate(): void {
    this.#line.end(new Error("this matcher was terminated"));
  }

  /** The same as `terminate()`, for `using`. */
  [dispose](): void {
    this.terminate();
  }

  async #data<T>(method: Method, texts: string[], options?: ProgressOptions & AbortOptions, then?: () => void): Promise<T> {
    return JSON.parse((await this.#line.ask({ method, texts }, options, then)) as string) as T;
  }
}
