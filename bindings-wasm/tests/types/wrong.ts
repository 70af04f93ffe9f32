// Programs that must not compile.

import { LotseError, Matcher, Vocabulary, check, criterionLabel, solve, wire, type Match, type Need, type Offer, type Policy } from "lotse";

const matcher = new Matcher();

// @ts-expect-error an id is required
export const withoutId: Need = {};
// @ts-expect-error a need has no name
export const named: Need = { id: "n-1", name: "x" };
// @ts-expect-error ages are numbers
export const old: Need = { id: "n-1", age: "34" };
// @ts-expect-error no such priority
export const soon: Need = { id: "n-1", priority: "soon" };
// @ts-expect-error no such level
export const fluent: Need = { id: "n-1", languages: [{ tag: "de", level: "fluent" }] };
// @ts-expect-error `how` is for offers
export const through: Need = { id: "n-1", languages: [{ tag: "de", how: "interpreter" }] };
// @ts-expect-error a need has one gender
export const anyone: Need = { id: "n-1", gender: "any" };
// @ts-expect-error misspelt
export const misspelt: Offer = { id: "o-1", langauges: ["de"] };
// @ts-expect-error codes are text
export const crime: Offer = { id: "o-1", crimes: [101] };
// @ts-expect-error no such state
export const shut: Offer = { id: "o-1", capacity: { state: "shut" } };

// @ts-expect-error misspelt
new Matcher({ offer: [] });
// @ts-expect-error camelCase in options
new Matcher({ as_of: "2026-11-23" });
// @ts-expect-error the day is text
new Matcher({ asOf: new Date() });
// @ts-expect-error no such option
matcher.rank({ id: "n-1" }, { limit: 3 });
// @ts-expect-error no such display language
matcher.rank({ id: "n-1" }, { lang: "fr" });
// @ts-expect-error an offer is given by its id
matcher.explain({ id: "n-1" }, { id: "o-1" });
// @ts-expect-error camelCase in options
matcher.diagnose({ id: "n-1" }, { near_misses: 1 });
// @ts-expect-error no such moves
matcher.allocate([], { moves: "some" });
// @ts-expect-error a referral has an offer
matcher.allocate([], { previous: [{ need: "n-1" }] });
// @ts-expect-error a report is no plan
matcher.allocate([], { previous: matcher.allocate([]).report() });
// @ts-expect-error the plan is missing
matcher.evaluate([]);
// @ts-expect-error a list does not say why needs are unmet
matcher.allocate([]).diff([]);
// @ts-expect-error no such rule
export const policy: Policy = { rules: { age: "should" } };
// @ts-expect-error no such criterion
matcher.withPolicy({ rules: { luck: "must" } });
// @ts-expect-error a list is needed
matcher.rankAll({ id: "n-1" });
// @ts-expect-error the arguments are numbers
matcher.allocate([], { onProgress: (done: string) => done === "" });
// @ts-expect-error read only
matcher.size = 3;
// @ts-expect-error the offer may be undefined
export const missing: Offer = matcher.offer("o-1");
// @ts-expect-error reasons are optional
export const reasons: object = matcher.rank({ id: "n-1" })[0]!.reasons;
// @ts-expect-error no such criterion
criterionLabel("luck");
// @ts-expect-error no such kind
new Vocabulary().resolve("x", { kind: "tongue" });
// @ts-expect-error a name is text
export const name: number = new Vocabulary().name("language", "de");
// @ts-expect-error no such field
check({ offer: [] });
// @ts-expect-error snake_case in the wire format
wire.rank({ asOf: "2026-11-23" });
// @ts-expect-error not a field of this operation
wire.rank({ pairs: [] });
// @ts-expect-error no such operation
wire.match({});
// @ts-expect-error a match has no such field
export const rank: number = (undefined as unknown as Match).rank;
// @ts-expect-error capacities are needed
solve({ values: [[1]] });
// @ts-expect-error misspelt
solve({ values: [[1]], capacities: [1], class: [0] });
// @ts-expect-error a missing value is `null`
solve({ values: [[1, undefined]], capacities: [1] });
// @ts-expect-error bigints are not accepted
solve({ values: [[1n]], capacities: [1] });
// @ts-expect-error `sinks` are missing
solve({ values: { supplies: [0], values: [1] }, capacities: [1] });
// @ts-expect-error the sink may be `null`
export const sink: number = solve({ values: [[1]], capacities: [1] }).assignment[0];
// @ts-expect-error read only
solve({ values: [[1]], capacities: [1] }).prices.pop();
// @ts-expect-error the constructor is private
new LotseError("x");
