// A matcher in a worker: the methods of `Matcher` as promises.

import { AllocationData } from "./allocation.js";
import { replacePolicy } from "./config.js";
import { inputError, unknownLangError } from "./error.js";
import {
  type ExportOptions,
  type ImportCall,
  type ImportOptions,
  ImportedNeeds,
  ImportedOffers,
  type SketchOptions,
  exportRecords,
  sketch,
} from "./import-session.js";
import type { ImportFile, MappingSketch, OffersExport, RecordKind } from "./import-types.js";
import { checkedString, recordsToJson, toJson } from "./json.js";
import {
  type AllocateOptions,
  type DiagnoseOptions,
  type LangOptions,
  type RankOptions,
  WITHOUT_PAIRS,
  optionsToJson,
} from "./options.js";
import { dispose } from "./platform.js";
import type { AbortOptions, ProgressOptions } from "./progress.js";
import type { Capacity, Imported, IsoDate, NeedInput, Offer, OfferInput, Pair, PolicyInput } from "./records.js";
import type { PlanInput, PlanResult } from "./requests.js";
import type {
  AllocateResponse,
  Diagnosis,
  DiagnoseResponse,
  EffectivePolicy,
  Evaluation,
  ExplainResponse,
  Explanation,
  Match,
  PlanDiff,
  RankResponse,
  Ranking,
  Report,
} from "./responses.js";
import { type Problem, encodeProblem } from "./solver/problem.js";
import type { Solution } from "./solver/solution.js";
import { OfferChanges } from "./worker-changes.js";
import type { WorkerClient } from "./worker-client.js";
import type { AllocationTexts, MatcherInit, Method, OfferChange } from "./worker-protocol.js";

type DiffPlans = (before: string, after: string) => Promise<string>;

/** A plan of {@link RemoteMatcher.allocate}. It is a snapshot: all but {@link diff} outlives the worker. */
export class RemoteAllocation extends AllocationData {
  readonly #reports: ReadonlyMap<string, string>;
  readonly #lang: string;
  readonly #diff: DiffPlans;

  private constructor({ response, reports }: AllocationTexts, lang: string, diff: DiffPlans) {
    super(JSON.parse(response) as AllocateResponse);
    this.#reports = reports;
    this.#lang = lang;
    this.#diff = diff;
  }

  /** @internal */
  static fromTexts(texts: AllocationTexts, lang: string, diff: DiffPlans): RemoteAllocation {
    return new this(texts, lang, diff);
  }

  /**
   * Returns the difference from this plan to a later one; see `Allocation.diff`. The worker compares them, so it rejects
   * once the matcher of this plan was terminated; `diffPlans` of `lotse` needs no worker.
   */
  async diff(later: PlanResult | string): Promise<PlanDiff> {
    return JSON.parse(await this.#diff(toJson(this), recordsToJson(later))) as PlanDiff;
  }

  /**
   * Rejects if the independent check of the plan and its certificate failed; see `Allocation.verify`.
   *
   * The check ran in the worker when the plan was made, and neither the plan nor its certificate can change.
   */
  async verify(): Promise<void> {
    if (!this.certificate.verified) {
      throw inputError("problem.unverified", "", "the plan or its certificate failed the check");
    }
  }

  /** Returns the totals of the plan, its bottlenecks and the missing offers; see `Allocation.report`. */
  async report(options?: LangOptions): Promise<Report> {
    const report = this.#reports.get(options?.lang ?? this.#lang);
    if (report === undefined) {
      throw unknownLangError();
    }
    return JSON.parse(report) as Report;
  }
}

/**
 * A `Matcher` in a worker: the same methods as promises, and `solve`. Calls run in the order in which they are made.
 */
export class RemoteMatcher {
  readonly #client: WorkerClient;
  readonly #init: MatcherInit;
  readonly #changes: OfferChanges;

  private constructor(client: WorkerClient, init: MatcherInit, changes: OfferChanges) {
    this.#client = client;
    this.#init = init;
    this.#changes = changes;
  }

  /** @internal */
  static async open(init: MatcherInit, connect: (init: () => MatcherInit) => WorkerClient): Promise<RemoteMatcher> {
    const changes = new OfferChanges(init.changes);
    const client = connect(() => ({ ...init, changes: changes.list() }));
    await client.open();
    return new this(client, init, changes);
  }

  /** The number of offers after the last completed call. */
  get size(): number {
    return this.#client.size;
  }

  /** The day on which capacities are judged. */
  get asOf(): IsoDate {
    return this.#client.asOf;
  }

  /** Returns the offer with this id in full form, or `undefined` if there is none. */
  async offer(id: string): Promise<Offer | undefined> {
    const offer = await this.#client.call({ method: "offer", texts: [checkedString(id, "an id")] });
    return offer === undefined ? undefined : (JSON.parse(offer as string) as Offer);
  }

  /** Returns all offers in id order. */
  async offers(): Promise<Offer[]> {
    return this.#call("offers", []);
  }

  /** Returns the effective policy; see `Matcher.policy`. */
  async policy(): Promise<EffectivePolicy> {
    return this.#call("policy", []);
  }

  /** Ranks the offers for one need; see `Matcher.rank`. */
  async rank(need: NeedInput | string, options?: RankOptions & AbortOptions): Promise<Match[]> {
    return this.#call("rank", [recordsToJson(need), optionsToJson(options)], options);
  }

  /** Ranks the offers for each need; see `Matcher.rankAll`. */
  async rankAll(
    needs: readonly NeedInput[] | string,
    options?: RankOptions & ProgressOptions & AbortOptions,
  ): Promise<Ranking[]> {
    const texts = [recordsToJson(needs), optionsToJson(options)];
    return (await this.#call<RankResponse>("rank_all", texts, options)).rankings;
  }

  /** Explains why an offer matches a need or is excluded; see `Matcher.explain`. */
  async explain(need: NeedInput | string, offerId: string, options?: LangOptions & AbortOptions): Promise<Explanation> {
    const texts = [recordsToJson(need), checkedString(offerId, "an id"), optionsToJson(options, WITHOUT_PAIRS)];
    return this.#call("explain", texts, options);
  }

  /** Explains pairs of needs and offers; see `Matcher.explainAll`. */
  async explainAll(
    needs: readonly NeedInput[] | string,
    pairs: readonly Pair[],
    options?: LangOptions & AbortOptions,
  ): Promise<Explanation[]> {
    const texts = [recordsToJson(needs), optionsToJson(options, { pairs })];
    return (await this.#call<ExplainResponse>("explain_all", texts, options)).explanations;
  }

  /** Diagnoses why a need has few matches; see `Matcher.diagnose`. */
  async diagnose(need: NeedInput | string, options?: DiagnoseOptions & AbortOptions): Promise<Diagnosis> {
    return this.#call("diagnose", [recordsToJson(need), optionsToJson(options)], options);
  }

  /** Diagnoses each need; see `Matcher.diagnoseAll`. */
  async diagnoseAll(
    needs: readonly NeedInput[] | string,
    options?: DiagnoseOptions & ProgressOptions & AbortOptions,
  ): Promise<Diagnosis[]> {
    const texts = [recordsToJson(needs), optionsToJson(options)];
    return (await this.#call<DiagnoseResponse>("diagnose_all", texts, options)).diagnoses;
  }

  /** Allocates the places of the offers in one plan; see `Matcher.allocate`. */
  async allocate(
    needs: readonly NeedInput[] | string,
    options?: AllocateOptions & ProgressOptions & AbortOptions,
  ): Promise<RemoteAllocation> {
    const texts = [recordsToJson(needs), optionsToJson(options)];
    const allocation = await this.#client.call({ method: "allocate", texts }, options);
    return RemoteAllocation.fromTexts(allocation as AllocationTexts, options?.lang ?? "en", async (...plans) => {
      return (await this.#client.call({ method: "diff_plans", plans })) as string;
    });
  }

  /** Evaluates a plan without changing it; see `Matcher.evaluate`. */
  async evaluate(
    needs: readonly NeedInput[] | string,
    plan: PlanInput | string,
    options?: AllocateOptions & ProgressOptions & AbortOptions,
  ): Promise<Evaluation> {
    return this.#call("evaluate", [recordsToJson(needs), recordsToJson(plan), optionsToJson(options)], options);
  }

  /**
   * Returns a matcher of the same offers, vocabulary and day under another policy, in a worker of its own; see
   * `Matcher.withPolicy`. The worker builds the offers again.
   */
  async withPolicy(policy: PolicyInput | string): Promise<RemoteMatcher> {
    const policyText = recordsToJson(policy);
    let changes: readonly OfferChange[] = [];
    // After all earlier calls, and before the next one.
    await this.#client.call({ method: "policy", texts: [] }, undefined, () => {
      changes = this.#changes.list();
    });
    const init = { ...this.#init, config: replacePolicy(this.#init.config, policyText), changes };
    return RemoteMatcher.open(init, (message) => this.#client.fork(message));
  }

  /** Inserts an offer, or replaces the one with its id. Returns `true` if one was replaced. */
  async update(offer: OfferInput | string): Promise<boolean> {
    const text = recordsToJson(offer);
    const record = () => this.#changes.update((JSON.parse(text) as Offer).id, text);
    return (await this.#client.call({ method: "update", texts: [text] }, undefined, record)) as boolean;
  }

  /** Removes an offer and returns it. */
  async remove(id: string): Promise<Offer> {
    return this.#call("remove", [checkedString(id, "an id")], undefined, () => this.#changes.remove(id));
  }

  /** Replaces the capacity of an offer; a bare number is the number of free places. */
  async setCapacity(id: string, capacity: Capacity | Imported<Capacity> | number): Promise<void> {
    const text = toJson(capacity);
    const record = () => this.#changes.setCapacity(id, text);
    await this.#client.call({ method: "set_capacity", texts: [checkedString(id, "an id"), text] }, undefined, record);
  }

  /** Solves a transportation problem, independent of the matcher; see `solve` of `lotse`. */
  async solve(problem: Problem, options?: ProgressOptions & AbortOptions): Promise<Solution> {
    const call = { method: "solve", problem: encodeProblem(problem) } as const;
    return JSON.parse((await this.#client.call(call, options)) as string) as Solution;
  }

  /** Imports offers, which do not change the matcher; see `importOffers` of `lotse/import`. */
  async importOffers(files: ImportFile | Iterable<ImportFile>, options: ImportOptions = {}): Promise<ImportedOffers> {
    return ImportedOffers.import(this.#import, files, options);
  }

  /** Imports needs; see `importNeeds` of `lotse/import`. */
  async importNeeds(files: ImportFile | Iterable<ImportFile>, options: ImportOptions = {}): Promise<ImportedNeeds> {
    return ImportedNeeds.import(this.#import, files, options);
  }

  /** Returns what an import would do with files; see `sketchMapping` of `lotse/import`. */
  async sketchMapping(
    files: ImportFile | Iterable<ImportFile>,
    options: SketchOptions & { records?: RecordKind | undefined } = {},
  ): Promise<MappingSketch> {
    return sketch(this.#import, files, options);
  }

  /** Exports offers as files that other programs read; see `exportOffers` of `lotse/import`. */
  async exportOffers(offers: readonly OfferInput[] | string, options: ExportOptions = {}): Promise<OffersExport> {
    return exportRecords(this.#import, offers, options);
  }

  /** Terminates the worker. Pending and later calls are rejected. */
  terminate(): void {
    this.#client.end(new Error("this matcher was terminated"));
  }

  /** Terminates the worker; for `using`. */
  [dispose](): void {
    this.terminate();
  }

  readonly #import: ImportCall = async (work, options) =>
    (await this.#client.call({ method: "import", work }, options)) as string | undefined;

  async #call<T>(
    method: Method,
    texts: string[],
    options?: ProgressOptions & AbortOptions,
    onSuccess?: () => void,
  ): Promise<T> {
    return JSON.parse((await this.#client.call({ method, texts }, options, onSuccess)) as string) as T;
  }
}
