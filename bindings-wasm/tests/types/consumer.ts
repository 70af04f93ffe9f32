// A program that uses the package. It is compiled as an ES module, as CommonJS and for bundlers, but not run.

import {
  Allocation,
  LotseError,
  Matcher,
  Vocabulary,
  check,
  criterionLabel,
  diffPlans,
  labels,
  ready,
  solve,
  version,
  wire,
  type VocabularyAdditions,
  type AllocateResponse,
  type Candidate,
  type Capacity,
  type RequiredChange,
  type CheckReport,
  type Criterion,
  type Labels,
  type ErrorDetail,
  type Diagnosis,
  type Evaluation,
  type SparseValues,
  type Explanation,
  type CodeKind,
  type Lang,
  type SolverObjective,
  type Match,
  type NearMiss,
  type Need,
  type IntArrayLike,
  type Offer,
  type OfferUsage,
  type OutcomeChange,
  type Pair,
  type PlanDiff,
  type PlanInput,
  type Policy,
  type EffectivePolicy,
  type Price,
  type Problem,
  type Ranking,
  type Finding,
  type Referral,
  type Report,
  type ReportRow,
  type Solution,
  type PriceWitness,
  type Tally,
  type UnmetNeed,
  type Objective,
} from "lotse";
import * as inline from "lotse/inline";
import * as slim from "lotse/slim";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only if the two types are identical. */
function exactly<A, B>(same: Same<A, B>): void {
  void same;
}

const need: Need = { id: "n-1", languages: ["prs", { tag: "de", level: "A2" }], rules: { language: "prefer" } };
const offer: Offer = { id: "o-1", capacity: 3, languages: [{ tag: "prs", how: "interpreter" }], genders: ["any"] };
const policy: Policy = { weights: { language: 35, prefer: 5 }, rules: { age: { rule: "must", unknown: "exclude" } } };
const additions: VocabularyAdditions = { languages: { "fa-af": "prs" }, regions: [{ code: "XA", kind: "country" }] };

export async function use(): Promise<void> {
  await ready();
  exactly<ReturnType<typeof version>, string>(true);

  const matcher = new Matcher({ offers: [offer], policy, vocabulary: additions, asOf: "2026-11-23" });
  new Matcher();
  new Matcher({ offers: '{"id": "o-1"}', policy: "{}", vocabulary: new Vocabulary() });
  const frozen: readonly Offer[] = Object.freeze([offer]);
  new Matcher({ offers: frozen });

  const matches = matcher.rank(need, { top: 3, lang: "de-simple", reasons: true });
  exactly<typeof matches, Match[]>(true);
  const reasons: Finding[] = matches.flatMap((match) => match.reasons ?? []);
  const criteria: Criterion[] = reasons.map((reason) => reason.criterion);
  criteria.map((criterion) => criterionLabel(criterion, "de"));
  exactly<ReturnType<typeof labels>, Labels>(true);
  const heading: string = labels("de-simple").field.unmet + labels().priority.stat;
  exactly<ReturnType<typeof matcher.rankAll>, Ranking[]>(true);
  matcher.rankAll([need], { top: 1, onProgress: (done, all) => done < all });
  matcher.rankAll('{"id": "n-1"}', { onProgress: () => {} });
  exactly<ReturnType<typeof matcher.explain>, Explanation>(true);
  const pairs: readonly Pair[] = [{ need: "n-1", offer: "o-1" }];
  const explained: Explanation[] = matcher.explainAll([need], pairs, { lang: "en" });
  exactly<ReturnType<typeof matcher.diagnose>, Diagnosis>(true);
  const diagnoses: Diagnosis[] = matcher.diagnoseAll([need], { nearMisses: 1, onProgress: () => undefined });
  const misses: NearMiss[] = diagnoses.flatMap((diagnosis) => diagnosis.near_misses);
  const changes: RequiredChange[] = misses.flatMap((miss) => miss.changes);

  const plan = matcher.allocate([need], {
    fixed: [{ need: "n-1", offer: "o-1", counted: true }],
    previous: [{ need: "n-1", offer: "o-1" }],
    moves: "few",
    minScore: 0.3,
    neighbourServes: false,
    lang: "de",
    onProgress: (done) => done < 9,
  });
  exactly<typeof plan, Allocation>(true);
  const unmet: readonly UnmetNeed[] = plan.unmet;
  const referrals: readonly Referral[] = plan.referrals;
  const uses: readonly OfferUsage[] = plan.offers;
  const prices: Price[] = uses.map((use) => use.price);
  const worths: Objective[] = [plan.objective, plan.bound];
  const proven: boolean = plan.certificate.optimal && plan.certificate.verified;
  const data: AllocateResponse = plan.toJSON();
  const report: Report = plan.report({ lang: "en" });
  const changed: PlanDiff = plan.diff(data);
  const moves: OutcomeChange[] = [...changed.moved, ...plan.diff(plan).newly_met, ...diffPlans(data, plan).newly_unmet];
  exactly<ReturnType<typeof diffPlans>, PlanDiff>(true);
  const given: readonly PlanInput[] = [plan, data, JSON.parse("{}") as AllocateResponse, referrals, pairs, plan.referrals];
  given.map((previous) => matcher.allocate([need], { previous, fixed: previous }));
  wire.allocate({ needs: [need], previous: plan, fixed: data.referrals });
  const other = matcher.withPolicy(policy);
  exactly<typeof other, Matcher>(true);
  exactly<ReturnType<typeof other.evaluate>, Evaluation>(true);
  const evaluation = other.evaluate([need], plan, { minScore: 0.1, previous: data, onProgress: () => true });
  const holds: boolean = evaluation.feasible && matcher.evaluate('{"id": "n-1"}', "[]").objective.kept === 0;
  const rows: ReportRow[] = report.by_language;
  const total: Tally = report.total;

  const was: boolean = matcher.update(offer);
  exactly<ReturnType<typeof matcher.remove>, Offer>(true);
  matcher.setCapacity("o-1", 3);
  const capacity: Capacity = { free: 1, state: "open", updated: "2026-11-23" };
  matcher.setCapacity("o-1", capacity);
  exactly<ReturnType<typeof matcher.offer>, Offer | undefined>(true);
  exactly<ReturnType<typeof matcher.offers>, Offer[]>(true);
  exactly<ReturnType<typeof matcher.policy>, EffectivePolicy>(true);
  const least: number = matcher.policy().rules.language.minimum;
  new Matcher({ offers: matcher.offers(), policy: matcher.policy() });
  const size: number = matcher.size;
  const asOf: string = matcher.asOf;
  matcher.free();

  using held = new Matcher();
  void held.size;

  const vocabulary = new Vocabulary(additions);
  const kind: CodeKind = "language";
  const lang: Lang = "de";
  const candidates: Candidate[] = vocabulary.resolve("Kurmandschi", { kind, lang });
  const suggested: (string | undefined)[] = vocabulary.suggest("Kurm", { kind, lang, top: 3 }).map(({ word }) => word);
  const name: string = vocabulary.name("language", "kmr", "de") + vocabulary.name(kind, "kmr");
  const knows: boolean = vocabulary.contains("region", "14612");
  new Vocabulary(vocabulary.tables()).free();

  const found: CheckReport = check({ offers: [offer, 1], needs: '{"id": "n-1"}', policy, asOf: "2026-11-23" });
  exactly<ReturnType<typeof wire.rank>["rankings"], Ranking[]>(true);
  const answer: Match[] = wire.rank({ offers: [offer], needs: [need], top: 1 }).rankings[0]!.matches;
  wire.resolve({ words: [{ text: "Farsi", kind: "language" }], suggest: 3 }).resolved;
  try {
    wire.rank("{}");
  } catch (thrown) {
    if (thrown instanceof LotseError) {
      exactly<typeof thrown.code, string>(true);
      exactly<typeof thrown.hint, string | null>(true);
      const details: readonly ErrorDetail[] = thrown.errors;
      void [thrown.path, thrown.message, details, thrown satisfies Error];
    }
  }

  const problem: Problem = { values: [[90, 20], Uint8Array.of(80, 0)], capacities: [1, null], classes: [0, null], fixed: null };
  const solution: Solution = solve(problem, { onProgress: (done, all) => done <= all });
  exactly<typeof solution.assignment, readonly (number | null)[]>(true);
  const [sink, units]: readonly [number, number] = solution.flows[0]![0]!;
  const levels: readonly SolverObjective[] = [solution.objective, solution.bound, ...solution.prices];
  const witnesses: readonly (PriceWitness | null)[] = solution.witnesses;
  const column: IntArrayLike = Float64Array.of(sink, units);
  const entries: SparseValues = { supplies: column, sinks: [0, 1], values: Object.freeze([5, -4]), length: 3 };
  const people = [[1, 0, 0, 0], Uint32Array.of(0, 2, 0, 0)];
  solve({ values: entries, capacities: column, people, counts: [1, 2], sizes: [1, 2], previous: [null, 1], kept: people });
  exactly<(typeof levels)[number]["people"], readonly [number, number, number, number]>(true);

  await slim.ready(new Uint8Array());
  new slim.Matcher({ offers: [offer] }).rank(need);
  await inline.ready();
  new inline.Matcher({ offers: [offer] }).rank(need);
  void [explained, changes, unmet, referrals, prices, worths, proven, data, rows, total, moves, holds, was, size, asOf];
  void [levels, witnesses, solution.optimal satisfies boolean, candidates, suggested, name, knows, found, answer, least];
}
