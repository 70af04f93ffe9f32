// The worker: the same results as a matcher in the page, with progress and abort.

import { LotseError, Matcher, Vocabulary, ready, solve } from "/lotse/dist/index.js";
import { spawnMatcher } from "/lotse/dist/worker.js";

import { AS_OF, NEED, OFFER, POLICY } from "/shared/records.js";
import { MARK, Own, junkFrom } from "/shared/junk.js";
import { EXAMPLE, SOLUTION, smallProblems } from "/shared/problems.js";
import { ensure, equal, rejection, run } from "/pages/outcome.js";

await ready();
const { offers, needs } = await (await fetch("/incident.json")).json();
const options = { offers, asOf: AS_OF };
// Offers without a matching need only make the work longer.
const others = offers.map((offer) => ({ ...offer, id: `x-${offer.id}`, help: ["legal.other"] }));
const small = { offers: [OFFER, { id: "o-4", help: ["any"], capacity: 1 }, ...others], asOf: AS_OF };
const local = new Matcher(options);

// Distinct needs, which the memo tables of the matcher do not speed up: work for seconds. As text, so that encoding
// does not block the page.
const many = (count) =>
  JSON.stringify(
    Array.from({ length: count }, (_, number) => {
      const need = needs[number % needs.length];
      const place = { lat: 47.3 + (number % 7000) / 1000, lon: 6 + ((number * 31) % 8000) / 1000 };
      return { ...need, id: `m-${number}`, group: null, region: need.region ?? "14612", place, age: number % 97 };
    }),
  );
const long = many(12_000);
const veryLong = many(40_000);

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Starts long work, and returns when it is running. */
async function busy(matcher, signal, needs = long) {
  let work;
  await new Promise((resolve, reject) => {
    work = matcher.diagnoseAll(needs, { signal, onProgress: resolve });
    work.then(() => reject(new Error("done too soon")), reject);
  });
  return { work };
}

const lines = (records) => records.map((record) => JSON.stringify(record)).join("\n");
const ids = (list) => list.map(({ id }) => id).filter((id) => id.startsWith("o-"));

await run({
  "the results equal those of a matcher in the page": async () => {
    const matcher = await spawnMatcher(options);
    const need = needs[0];
    const pairs = [{ need: need.id, offer: "o-01" }, { need: need.id, offer: "o-02" }];
    const rankOptions = { top: 2, lang: "de", reasons: false };
    equal(await matcher.rank(need, rankOptions), local.rank(need, rankOptions), "rank");
    equal(await matcher.rankAll(needs), local.rankAll(needs), "rankAll");
    equal(await matcher.rankAll(lines(needs), rankOptions), local.rankAll(needs, rankOptions), "rankAll of lines");
    equal(await matcher.explain(need, "o-01", { lang: "de" }), local.explain(need, "o-01", { lang: "de" }), "explain");
    equal(await matcher.explainAll([need], pairs), local.explainAll([need], pairs), "explainAll");
    equal(await matcher.diagnose(need, { nearMisses: 1 }), local.diagnose(need, { nearMisses: 1 }), "diagnose");
    equal(await matcher.diagnoseAll(needs), local.diagnoseAll(needs), "diagnoseAll");
    equal(await matcher.offer("o-01"), local.offer("o-01"), "offer");
    ensure((await matcher.offer("o-none")) === undefined, "an unknown offer");
    equal(await matcher.offers(), local.offers(), "offers");
    equal(await matcher.policy(), local.policy(), "policy");
    equal(await matcher.size, local.size, "size");
    equal(await matcher.asOf, local.asOf, "asOf");
    matcher.terminate();
  },
  "an allocation and its report equal those of a matcher in the page": async () => {
    const matcher = await spawnMatcher(options);
    const planOptions = { lang: "de", minScore: 0.3, neighbourServes: false };
    const [plan, want] = [await matcher.allocate(needs, planOptions), local.allocate(needs, planOptions)];
    for (const part of ["unmet", "referrals", "offers", "objective", "bound", "certificate"]) {
      equal(plan[part], want[part], part);
    }
    equal(await plan.verify(), undefined, "verify");
    equal(await plan.report(), want.report(), "report");
    equal(await plan.report({ lang: "en" }), want.report({ lang: "en" }), "report in another language");
    const unknown = await rejection(plan.report({ lang: "fr" }));
    ensure(unknown instanceof LotseError && unknown.code === "value", `${unknown}`);
    const other = await matcher.allocate(needs.slice(0, 9));
    equal(await plan.report(), want.report(), "report after another plan");
    equal(await other.report(), local.allocate(needs.slice(0, 9)).report(), "report of the other plan");
    matcher.terminate();
  },
  "plans go back in, are evaluated and compared, also under another policy": async () => {
    const matcher = await spawnMatcher(options);
    const policy = { rules: { language: "prefer" } };
    void matcher.setCapacity("o-01", 0);
    const strict = await matcher.withPolicy(policy);
    void matcher.setCapacity("o-01", 5);
    const near = new Matcher({ ...options, policy });
    near.setCapacity("o-01", 0);
    equal(await strict.policy(), near.policy(), "policy");
    equal([strict.size, strict.asOf], [near.size, near.asOf], "size");
    equal(await strict.offers(), near.offers(), "the changes up to the call");
    const [before, want] = [await matcher.allocate(needs.slice(0, 30)), near.allocate(needs)];
    const evaluation = await strict.evaluate(needs, before, { lang: "de", onProgress: () => {} });
    equal(evaluation, near.evaluate(needs, before, { lang: "de" }), "evaluate");
    const after = await strict.allocate(needs, { previous: before });
    equal(after.referrals, near.allocate(needs, { previous: before.toJSON() }).referrals, "previous");
    equal((await strict.allocate(needs, { fixed: want })).referrals.every(({ fixed }) => fixed), true, "fixed");
    const saved = JSON.parse(JSON.stringify(after));
    equal(await before.diff(after), await before.diff(saved), "diff with a saved response");
    equal(await after.diff(want), near.allocate(needs, { previous: before }).diff(want), "diff");
    equal((await rejection(strict.withPolicy({ weights: { help: -1 } }))).path, "policy.weights.help");
    const { errors } = await rejection(before.diff(after.referrals));
    equal([errors[0].code, errors[0].path], ["request.type", "after"]);
    matcher.terminate();
    ensure(/terminated/.test((await rejection(before.diff(after))).message), "diff without its worker");
    equal((await strict.rank(needs[0])).length, near.rank(needs[0]).length, "a worker of its own");
    strict.terminate();
  },
  "the solver needs no offers, reports progress and can be aborted": async () => {
    const worker = await spawnMatcher();
    equal(await worker.solve(EXAMPLE), SOLUTION);
    for (const problem of smallProblems(50, 29)) {
      const got = await worker.solve(problem).catch(({ code, path }) => ({ code, path }));
      let want;
      try {
        want = solve(problem);
      } catch (thrown) {
        ensure(thrown instanceof LotseError, `${thrown}`);
        want = { code: thrown.code, path: thrown.path };
      }
      equal(got, want);
    }
    for (const problem of [null, { capacities: [1] }, { values: [["1"]], capacities: [1] }, { ...EXAMPLE, fixed: [7, null] }]) {
      ensure((await rejection(worker.solve(problem))) instanceof LotseError, "another error");
    }
    const row = () => Int32Array.from({ length: 400 }, (_, sink) => (sink * 7919) % 1009);
    const big = { values: Array.from({ length: 5000 }, (_, supply) => row().map((value) => (value * supply) % 9973)) };
    big.capacities = new Array(400).fill(8);
    const stop = new AbortController();
    const seen = [];
    const onProgress = (done, total) => {
      seen.push([done, total]);
      stop.abort();
    };
    const thrown = await rejection(worker.solve(big, { onProgress, signal: stop.signal }));
    ensure(thrown === stop.signal.reason, `${thrown}`);
    equal(seen[0], [0, 0]);
    const cancelled = await rejection(worker.solve(big, { onProgress: () => false }));
    ensure(cancelled instanceof LotseError && cancelled.code === "cancelled", `${cancelled}`);
    equal(await worker.solve(EXAMPLE), SOLUTION);
    worker.terminate();
  },
  "it accepts all options of a matcher": async () => {
    const additions = { regions: [{ code: "XA", kind: "country", name: "Nordland" }] };
    const offers = [{ id: "o-1", area: ["XA"] }];
    for (const vocabulary of [additions, JSON.stringify(additions), new Vocabulary(additions)]) {
      const matcher = await spawnMatcher({ offers: lines(offers), policy: POLICY, vocabulary, asOf: AS_OF });
      equal((await matcher.rank({ id: "n-1", region: "XA" })).length, 1);
      equal(await matcher.policy(), new Matcher({ policy: POLICY }).policy());
      matcher.terminate();
    }
    const empty = await spawnMatcher();
    equal(await empty.offers(), []);
    empty.terminate();
  },
  "changes are applied in the order of their calls": async () => {
    const matcher = await spawnMatcher(small);
    const before = matcher.rank(NEED);
    const changed = matcher.setCapacity("o-3", 0);
    const after = matcher.rank(NEED);
    const known = matcher.update({ id: "o-4", help: ["any"], languages: ["prs"] });
    const added = matcher.update({ id: "o-5", help: ["any"], languages: ["prs"] });
    const removed = matcher.remove("o-3");
    equal(ids(await matcher.offers()), ["o-4", "o-5"]);
    equal((await before).map(({ offer }) => offer), ["o-3", "o-4"]);
    ensure((await changed) === undefined, "setCapacity returns undefined");
    equal((await after).map(({ offer }) => offer), ["o-4"]);
    equal([await known, await added, (await removed).id], [true, false, "o-3"]);
    matcher.terminate();
  },
  "invalid input rejects with a LotseError without values of needs": async () => {
    const matcher = await spawnMatcher(small);
    const invalid = [
      matcher.rank({ ...NEED, age: "geheim" }),
      matcher.rankAll([NEED, { ...NEED, id: "n-2", gender: "geheim" }]),
      matcher.allocate([{ id: "n-1", geheim: 1 }]),
      matcher.diagnoseAll('{"id": "geheim'),
      matcher.rank({ ...NEED, age: NaN }),
      matcher.rank({ ...NEED, case: "\ud800geheim" }),
      matcher.rank(NEED, { top: -1 }),
      matcher.explain(NEED, "o-none"),
      matcher.update({ id: "o-3", ages: { min: 9, max: 8 } }),
      matcher.remove("o-none"),
      matcher.setCapacity("o-3", { state: "shut" }),
      spawnMatcher({ offers: [{ id: "o-1", capacity: -1 }] }),
      spawnMatcher({ policy: "{" }),
      spawnMatcher({ asOf: "yesterday" }),
    ];
    for (const [index, { reason: thrown }] of (await Promise.allSettled(invalid)).entries()) {
      ensure(thrown instanceof LotseError, `${index}: ${thrown}`);
      ensure(typeof thrown.code === "string" && thrown.errors.length > 0, `${index}: ${JSON.stringify(thrown)}`);
      ensure(!`${thrown} ${thrown.stack} ${JSON.stringify(thrown)}`.includes("geheim"), `${index}: ${thrown}`);
    }
    equal((await matcher.rank(NEED))[0].score, 0.9275);
    matcher.terminate();
  },
  "values that cannot be cloned are rejected, or their own exception is thrown": async () => {
    const matcher = await spawnMatcher(small);
    const own = new Error("own");
    const raising = { get id() { throw own; } };
    for (const need of [raising, () => 1, Symbol("x"), document.body, new Proxy({}, { ownKeys() { throw own; } })]) {
      const thrown = await rejection((async () => matcher.rank(need))());
      ensure(thrown === own || thrown instanceof LotseError, `${thrown}`);
    }
    equal((await matcher.rank(NEED))[0].score, 0.9275);
    matcher.terminate();
  },
  "many invalid inputs in a row do no harm": async () => {
    const matcher = await spawnMatcher(small);
    const { damaged, junk } = junkFrom(17);
    const before = await matcher.rank(NEED);
    const invalid = [
      async () => matcher.rank(junk()),
      async () => matcher.rank(damaged(NEED)),
      async () => matcher.allocate(damaged([NEED])),
    ];
    const calls = Array.from({ length: 3000 }, (_, number) => invalid[number % invalid.length]());
    let rejections = 0;
    for (const { reason: thrown } of (await Promise.allSettled(calls)).filter(({ status }) => status === "rejected")) {
      rejections += 1;
      ensure([LotseError, Own, TypeError].some((known) => thrown instanceof known), `${thrown?.stack ?? thrown}`);
      const leaks = thrown instanceof LotseError && `${thrown.stack} ${JSON.stringify(thrown)}`.includes(MARK);
      ensure(!leaks, `${thrown.stack} ${JSON.stringify(thrown)}`);
    }
    ensure(rejections > 2000, `${rejections} rejections`);
    equal(await matcher.rank(NEED), before);
    matcher.terminate();
  },
  "progress is reported, and the page is not blocked": async () => {
    const matcher = await spawnMatcher(options);
    for (const work of ["rankAll", "diagnoseAll", "allocate"]) {
      const seen = [];
      await matcher[work](needs, { onProgress: (done, total) => void seen.push([done, total]) });
      ensure(seen.length > 0, `${work}: no progress`);
      ensure(seen.every(([done, total]) => done >= 0 && (total === 0 || done <= total)), `${work}: ${JSON.stringify(seen)}`);
    }
    const stop = new AbortController();
    const { work } = await busy(matcher, stop.signal);
    const begun = performance.now();
    let ticks = 0;
    while (performance.now() - begun < 200) {
      await wait(5);
      ticks += 1;
    }
    ensure(ticks > 5, `the page was blocked: ${ticks} ticks`);
    stop.abort();
    await rejection(work);
    matcher.terminate();
  },
  "an exception of onProgress rejects the promise": async () => {
    const matcher = await spawnMatcher(options);
    const own = new Error("own");
    ensure((await rejection(matcher.rankAll(needs, { onProgress: () => { throw own; } }))) === own, "another error");
    equal((await matcher.rankAll(needs)).length, needs.length);
    matcher.terminate();
  },
  "onProgress cancels the work by false": async () => {
    const matcher = await spawnMatcher(options);
    const thrown = await rejection(matcher.diagnoseAll(long, { onProgress: () => false }));
    ensure(thrown instanceof LotseError && thrown.code === "cancelled", `${thrown}`);
    equal(await matcher.rank(needs[0]), local.rank(needs[0]));
    matcher.terminate();
  },
  "aborting rejects at once, and the matcher keeps its changes": async () => {
    const matcher = await spawnMatcher(small);
    await matcher.update({ id: "o-5", help: ["any"], languages: ["prs"], capacity: 2 });
    await matcher.update({ id: "o-6", help: ["any"], languages: ["prs"] });
    await matcher.remove("o-6");
    await matcher.remove("o-4");
    await matcher.update({ id: "o-4", help: ["any"], capacity: 3 });
    await matcher.setCapacity("o-3", 2);
    await matcher.setCapacity("o-3", { free: 1, total: 9 });
    await rejection(matcher.update({ id: "o-3", ages: { min: 9, max: 8 } }));
    const [offers, matches] = [await matcher.offers(), await matcher.rank(NEED)];
    const stop = new AbortController();
    const { work } = await busy(matcher, stop.signal, veryLong);
    const begun = performance.now();
    stop.abort();
    const thrown = await rejection(work);
    const took = performance.now() - begun;
    ensure(thrown.name === "AbortError" && thrown === stop.signal.reason, `${thrown}`);
    ensure(took < 500, `it took ${took} ms`);
    equal(await matcher.offers(), offers, "offers");
    equal(await matcher.rank(NEED), matches, "matches");
    ensure(performance.now() - begun < 4000, `not aborted: ${performance.now() - begun} ms`);
    equal(ids(offers), ["o-3", "o-4", "o-5"]);
    matcher.terminate();
  },
  "the reason of the rejection is that of the signal": async () => {
    const matcher = await spawnMatcher(small);
    const stop = new AbortController();
    const { work } = await busy(matcher, stop.signal);
    const own = new Error("own");
    stop.abort(own);
    ensure((await rejection(work)) === own, "another reason");
    const timed = matcher.diagnoseAll(veryLong, { signal: AbortSignal.timeout(300) });
    equal((await rejection(timed)).name, "TimeoutError");
    ensure((await rejection(matcher.allocate([NEED], { signal: AbortSignal.abort(own) }))) === own, "aborted before");
    equal((await matcher.rank(NEED))[0].score, 0.9275);
    matcher.terminate();
  },
  "queued calls complete in their order": async () => {
    const matcher = await spawnMatcher(small);
    const stop = new AbortController();
    const { work } = await busy(matcher, stop.signal);
    const waiting = [
      matcher.rank(NEED),
      matcher.setCapacity("o-3", 0),
      matcher.rank(NEED),
      matcher.rank({ ...NEED, age: "x" }).catch(({ code }) => code),
      matcher.update({ id: "o-5" }),
      matcher.allocate([NEED]).then((plan) => plan.report()).then((report) => report.total.needs),
      matcher.remove("o-3").then(({ id }) => id),
      matcher.offers().then(ids),
    ];
    await wait(20);
    stop.abort();
    await rejection(work);
    const [before, none, after, code, known, planned, removed, left] = await Promise.all(waiting);
    equal(before.map(({ offer }) => offer), ["o-3", "o-4"], "before");
    ensure(none === undefined, "setCapacity returns undefined");
    equal(after.map(({ offer }) => offer), ["o-4"], "after");
    equal([code, known, planned, removed], ["need.type", false, 1, "o-3"]);
    equal(left, ["o-4", "o-5"]);
    matcher.terminate();
  },
  "aborting a queued call does not affect others": async () => {
    const matcher = await spawnMatcher(options);
    const [first, second] = [new AbortController(), new AbortController()];
    const running = matcher.rankAll(needs, { signal: first.signal });
    const waiting = matcher.diagnoseAll(veryLong, { signal: second.signal });
    const last = matcher.rank(needs[0]);
    const begun = performance.now();
    second.abort();
    equal((await rejection(waiting)).name, "AbortError");
    equal((await running).length, needs.length);
    equal(await last, local.rank(needs[0]));
    ensure(performance.now() - begun < 4000, "the aborted call ran");
    first.abort(); // without effect: the call is complete
    equal(await matcher.rank(needs[0]), local.rank(needs[0]));
    matcher.terminate();
  },
  "repeated aborts": async () => {
    const matcher = await spawnMatcher(small);
    for (let round = 0; round < 3; round += 1) {
      const stops = [new AbortController(), new AbortController()];
      const { work } = await busy(matcher, stops[0].signal);
      const other = matcher.diagnoseAll(long, { signal: stops[1].signal });
      stops[0].abort();
      stops[1].abort();
      const reasons = (await Promise.allSettled([work, other])).map(({ reason }) => reason?.name);
      equal(reasons, ["AbortError", "AbortError"]);
      await matcher.update({ id: `o-${10 + round}` });
    }
    equal(ids(await matcher.offers()), ["o-10", "o-11", "o-12", "o-3", "o-4"]);
    matcher.terminate();
  },
  "an allocation from before an abort still has its report": async () => {
    const matcher = await spawnMatcher(options);
    const plan = await matcher.allocate(needs);
    const stop = new AbortController();
    const { work } = await busy(matcher, stop.signal);
    stop.abort();
    await rejection(work);
    equal(await plan.report({ lang: "de" }), local.allocate(needs).report({ lang: "de" }));
    matcher.terminate();
  },
  "terminate() rejects all pending and later calls": async () => {
    const matcher = await spawnMatcher(small);
    const { work } = await busy(matcher);
    const waiting = matcher.rank(NEED);
    matcher.terminate();
    matcher.terminate();
    const later = [matcher.rank(NEED), matcher.update(OFFER), matcher.offers()];
    for (const outcome of await Promise.allSettled([work, waiting, ...later])) {
      const thrown = outcome.reason;
      ensure(thrown instanceof Error && /terminat/.test(thrown.message), `${thrown}`);
    }
  },
  "two matchers are independent": async () => {
    const [first, second] = await Promise.all([spawnMatcher(small), spawnMatcher(small)]);
    await first.remove("o-3");
    equal([ids(await first.offers()), ids(await second.offers())], [["o-4"], ["o-3", "o-4"]]);
    first.terminate();
    equal((await second.rank(NEED))[0].score, 0.9275);
    second.terminate();
  },
  "the worker and the module may have other sources": async () => {
    const worker = () => new Worker("/lotse/dist/worker-script.js", { type: "module" });
    const address = "/lotse/dist/lotse.wasm";
    const bytes = await (await fetch(address)).arrayBuffer();
    const module = await WebAssembly.compile(bytes);
    for (const source of [address, new URL(address, location.href), bytes.slice(0), new Uint8Array(bytes), module]) {
      const matcher = await spawnMatcher(small, { worker, module: source });
      equal((await matcher.rank(NEED))[0].score, 0.9275);
      const stop = new AbortController();
      const { work } = await busy(matcher, stop.signal);
      stop.abort();
      await rejection(work);
      equal((await matcher.rank(NEED))[0].score, 0.9275, "after an abort");
      matcher.terminate();
    }
    equal(bytes.byteLength > 0, true, "the buffer is not transferred");
  },
});
