// Allocations, and the progress of long work.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Allocation, LotseError, Matcher, diffPlans, ready, wire } from "lotse";

import { NEEDS, OFFERS } from "../shared/incident.js";
import { AS_OF } from "../shared/records.js";

await ready();

const matcher = new Matcher({ offers: OFFERS, asOf: AS_OF });
const request = { offers: OFFERS, needs: NEEDS, as_of: AS_OF };

test("an allocation equals the response of wire", () => {
  const plan = matcher.allocate(NEEDS);
  assert.ok(plan instanceof Allocation);
  const response = wire.allocate(request);
  assert.deepEqual(plan.toJSON(), response);
  assert.deepEqual(JSON.parse(JSON.stringify(plan)), response);
  for (const part of ["unmet", "referrals", "offers", "objective", "bound", "certificate"]) {
    assert.deepEqual(plan[part], response[part], part);
  }
  assert.equal(plan.certificate.verified, true);
});

test("an allocation repeats its check, also after changes of the matcher", () => {
  const own = new Matcher({ offers: OFFERS, asOf: AS_OF });
  const plan = own.allocate(NEEDS);
  own.remove("o-01");
  assert.equal(plan.verify(), undefined);
  own.free();
  assert.equal(plan.verify(), undefined);
});

test("the report of an allocation equals that of wire, in every display language", () => {
  const plan = matcher.allocate(NEEDS, { lang: "de" });
  assert.deepEqual(plan.report(), wire.report({ ...request, lang: "de" }));
  assert.deepEqual(plan.report({ lang: "en" }), wire.report({ ...request, lang: "en" }));
  const plain = { lang: "de-simple" };
  assert.deepEqual(matcher.allocate(NEEDS).report(plain), wire.report({ ...request, ...plain }));
  assert.throws(() => plan.report({ lang: "fr" }), LotseError);
  assert.equal(plan.report().total.needs, NEEDS.length);
});

test("an allocation outlives its matcher", () => {
  const own = new Matcher({ offers: OFFERS, asOf: AS_OF });
  const plan = own.allocate(NEEDS);
  own.remove("o-01");
  own.free();
  assert.deepEqual(plan.report(), wire.report(request));
});

test("an allocation takes fixed referrals and an earlier plan", () => {
  const offers = [{ id: "o-1", capacity: 1 }, { id: "o-2", capacity: 1 }];
  const needs = [{ id: "n-1" }, { id: "n-2" }];
  const own = new Matcher({ offers });
  const pairs = (plan) => plan.referrals.map(({ need, offer }) => `${need} ${offer}`);
  assert.deepEqual(pairs(own.allocate(needs)), ["n-1 o-1", "n-2 o-2"]);
  const fixed = [{ need: "n-1", offer: "o-2" }];
  assert.deepEqual(pairs(own.allocate(needs, { fixed })), ["n-1 o-2", "n-2 o-1"]);
  const previous = [{ need: "n-1", offer: "o-2" }];
  assert.deepEqual(pairs(own.allocate(needs, { previous })), ["n-1 o-2", "n-2 o-1"]);
  assert.deepEqual(pairs(own.allocate(needs, { previous, moves: "free" })), ["n-1 o-1", "n-2 o-2"]);
  // The referrals of a plan are valid as those of an earlier one.
  const earlier = own.allocate(needs, { fixed }).referrals;
  assert.deepEqual(pairs(own.allocate(needs, { previous: earlier.map(({ need, offer }) => ({ need, offer })) })), [
    "n-1 o-2",
    "n-2 o-1",
  ]);
});

test("a plan goes back in: itself, its response, a saved one, its referrals", () => {
  const own = new Matcher({ offers: [{ id: "o-1", capacity: 1 }, { id: "o-2", capacity: 1 }] });
  const needs = [{ id: "n-1" }, { id: "n-2" }];
  const earlier = own.allocate(needs, { fixed: [{ need: "n-1", offer: "o-2" }] });
  const free = own.allocate(needs);
  assert.notDeepEqual(free.referrals, earlier.referrals);
  own.update({ id: "o-3", capacity: 1 });
  for (const plan of [earlier, earlier.toJSON(), JSON.parse(JSON.stringify(earlier)), earlier.referrals]) {
    const kept = own.allocate(needs, { previous: plan });
    assert.deepEqual([kept.objective.kept, kept.referrals.map(({ offer }) => offer)], [2, ["o-2", "o-1"]]);
    const fixed = own.allocate(needs, { fixed: plan });
    assert.ok(fixed.referrals.every((referral, index) => referral.fixed && referral.offer === kept.referrals[index].offer));
    assert.deepEqual(wire.allocate({ offers: own.offers(), needs, previous: plan }), kept.toJSON());
    assert.equal(own.evaluate(needs, plan).feasible, true);
  }
  const empty = new Matcher().allocate(needs);
  assert.equal(own.allocate(needs, { previous: empty, fixed: empty }).referrals.length, 2);
  assert.throws(() => own.allocate(needs, { previous: { ...earlier.toJSON(), why: "x" } }), { path: "previous" });
  assert.throws(() => own.allocate(needs, { previous: "[]" }), { code: "request.type", path: "previous" });
});

test("a plan is compared with a later one, also when the matcher is gone", () => {
  const own = new Matcher({ offers: [{ id: "o-1", capacity: 1 }, { id: "o-2", capacity: 0 }] });
  const needs = [{ id: "n-1" }, { id: "n-2" }];
  const before = own.allocate(needs);
  own.update({ id: "o-1", capacity: 0 });
  own.update({ id: "o-2", capacity: 2 });
  const after = own.allocate(needs);
  own.free();
  const diff = {
    newly_met: [{ need: "n-2", from: "no_place", to: "o-2" }],
    newly_unmet: [],
    moved: [{ need: "n-1", from: "o-1", to: "o-2" }],
    reason_changed: [],
  };
  for (const later of [after, after.toJSON(), JSON.stringify(after)]) {
    assert.deepEqual(before.diff(later), diff);
    assert.deepEqual(diffPlans(before.toJSON(), later), diff);
  }
  assert.deepEqual(after.diff(before).newly_unmet, [{ need: "n-2", from: "o-2", to: "no_place" }]);
  assert.deepEqual(before.diff(before), { newly_met: [], newly_unmet: [], moved: [], reason_changed: [] });
  assert.throws(() => before.diff(after.referrals), { code: "request.type", path: "after" });
  assert.throws(() => before.diff(undefined), LotseError);
  assert.throws(() => diffPlans({ referrals: [] }, after), { code: "request.missing_field", path: "before.unmet" });
});

test("a plan is evaluated under another policy, with the options of a plan", () => {
  const own = new Matcher({ offers: [{ id: "o-1", roles: ["witness"], capacity: 1 }], policy: { rules: { role: "prefer" } } });
  const needs = [{ id: "n-1", roles: ["bereaved"] }, { id: "n-2", roles: ["witness"] }];
  const plan = [{ need: "n-1", offer: "o-1" }];
  const lenient = own.evaluate(needs, plan, { lang: "de" });
  assert.deepEqual([lenient.feasible, lenient.unmet.map(({ need, reason }) => [need, reason])], [true, [["n-2", "no_place"]]]);
  assert.match(lenient.unmet[0].text, /voll|Platz|Plätze/);
  const strict = own.withPolicy({});
  const { feasible, ineligible, referrals } = strict.evaluate(needs, plan);
  assert.deepEqual([feasible, ineligible, referrals[0].breaks], [false, ["n-1"], ["role"]]);
  assert.equal(own.evaluate(needs, plan, { previous: plan }).objective.kept, 1);
  assert.equal(own.evaluate(needs, "[]", { onProgress: () => undefined }).servable.length, 2);
  assert.throws(() => own.evaluate(needs, plan, { onProgress: () => false }), { code: "cancelled" });
  assert.throws(() => own.evaluate(needs, [{ need: "n-1" }]), { code: "request.missing_field", path: "plan[0].offer" });
  assert.throws(() => own.evaluate(needs, null), { code: "request.type", path: "plan" });
  assert.throws(() => own.evaluate(needs), { code: "request.type" });
  assert.throws(() => own.evaluate(needs, plan, { offers: [] }), { code: "request.unknown_field" });
});

const LONG = {
  rankAll: (onProgress) => matcher.rankAll(NEEDS, { onProgress }),
  diagnoseAll: (onProgress) => matcher.diagnoseAll(NEEDS, { onProgress }),
  allocate: (onProgress) => matcher.allocate(NEEDS, { onProgress }).toJSON(),
};

for (const [name, work] of Object.entries(LONG)) {
  test(`${name} reports its progress`, () => {
    const seen = [];
    const observed = work((done, total) => {
      seen.push([done, total]);
    });
    assert.deepEqual(observed, work(undefined), "a callback does not change the result");
    assert.ok(seen.length > 1, `${seen.length} times`);
    assert.ok(seen.every(([done, total]) => Number.isInteger(done) && Number.isInteger(total) && done >= 0));
    const counted = seen.filter(([, total]) => total > 0);
    assert.ok(counted.every(([done, total]) => done <= total && total <= NEEDS.length));
    assert.ok(counted.at(-1)[0] >= counted.at(-1)[1] - 1, `the last call is near the end: ${counted.at(-1)}`);
  });

  test(`${name} is cancelled by false, and by no other value`, () => {
    for (const cancelAt of [1, 2]) {
      let calls = 0;
      assert.throws(
        () =>
          work(() => {
            calls += 1;
            return calls < cancelAt;
          }),
        (thrown) => {
          assert.ok(thrown instanceof LotseError, thrown);
          assert.equal(thrown.code, "cancelled");
          return true;
        },
      );
      assert.equal(calls, cancelAt, "no call after the cancelling one");
    }
    const want = work(undefined);
    for (const value of [undefined, null, 0, "", true, NaN, "false"]) {
      assert.deepEqual(work(() => value), want);
    }
  });

  test(`${name} throws the exception of onProgress`, () => {
    for (const own of [new Error("own"), new TypeError("own"), "text", undefined, null, 0, { code: "own" }]) {
      let caught;
      try {
        work(() => {
          throw own;
        });
        assert.fail("nothing was thrown");
      } catch (thrown) {
        caught = { thrown };
      }
      assert.equal(caught.thrown, own);
    }
    assert.deepEqual(work(undefined), work(undefined));
  });

  test(`${name}: onProgress may call the same matcher`, () => {
    const want = work(undefined);
    const inner = matcher.rank(NEEDS[0]);
    let calls = 0;
    const got = work(() => {
      calls += 1;
      assert.deepEqual(matcher.rank(NEEDS[0]), inner);
      if (calls === 1) {
        assert.ok(matcher.rankAll(NEEDS.slice(0, 9), { onProgress: () => true }).length === 9);
        assert.throws(() => matcher.rankAll(NEEDS, { onProgress: () => false }), { code: "cancelled" });
        assert.throws(() => matcher.rank({ id: "" }), LotseError);
      }
    });
    assert.deepEqual(got, want);
  });

  test(`${name}: a change from within onProgress is applied or rejected as a whole`, () => {
    const own = new Matcher({ offers: OFFERS, asOf: AS_OF });
    const before = own.offers();
    const changes = [() => own.update({ id: "o-new" }), () => own.remove("o-01"), () => own.setCapacity("o-01", 0)];
    for (const change of changes) {
      let rejection;
      try {
        own[name](NEEDS, {
          onProgress: () => {
            try {
              change();
            } catch (thrown) {
              rejection = thrown;
            }
            return false;
          },
        });
      } catch (thrown) {
        assert.equal(thrown.code, "cancelled");
      }
      if (rejection !== undefined) {
        assert.ok(rejection instanceof Error && !(rejection instanceof WebAssembly.RuntimeError), `${rejection}`);
        assert.deepEqual(own.offers(), before);
      }
    }
    assert.equal(typeof own.update({ id: "o-after" }), "boolean", "it can be changed afterwards");
    // Freeing it meanwhile is rejected or delayed; it must not crash the module.
    try {
      own[name](NEEDS, { onProgress: () => own.free() });
    } catch (thrown) {
      assert.ok(thrown instanceof Error && !(thrown instanceof WebAssembly.RuntimeError), `${thrown}`);
    }
    assert.deepEqual(work(undefined), work(undefined));
  });
}

test("onProgress is rejected if it is not a function", () => {
  for (const onProgress of [1, "x", {}, []]) {
    assert.throws(
      () => matcher.rankAll(NEEDS, { onProgress }),
      (thrown) => thrown instanceof TypeError || thrown instanceof LotseError,
    );
  }
});
