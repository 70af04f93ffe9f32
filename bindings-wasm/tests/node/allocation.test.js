// Allocations, and the progress of long work.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Allocation, LotseError, Matcher, ready, wire } from "lotse";

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
