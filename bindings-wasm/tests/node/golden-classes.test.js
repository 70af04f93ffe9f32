// Runs the golden cases through the classes, which must find the same as the wire operations do.

import assert from "node:assert/strict";
import { test } from "node:test";

import { LotseError, Matcher, Vocabulary, check } from "lotse";

import { cases } from "../shared/cases.js";
import { same, thrownBy } from "../shared/golden.js";

const RECORDS = ["offers", "needs", "policy", "vocabulary", "as_of", "lang"];
const PLAN = [...RECORDS, "fixed", "previous", "moves", "min_score", "neighbour_serves"];
const FIELDS = {
  rank: [...RECORDS, "top", "reasons"],
  explain: [...RECORDS, "pairs"],
  diagnose: [...RECORDS, "near_misses"],
  allocate: PLAN,
  report: PLAN,
  check: RECORDS,
  resolve: ["words", "lang", "suggest", "vocabulary"],
};

const misses = (one, code) => one.want_error?.code === code;

// Where a face of objects differs from a face of requests: why a case cannot be asked here.
const SKIPPED = {
  "a field that the request does not have": ({ op, input }) =>
    Object.keys(input).some((name) => !FIELDS[op].includes(name)),
  "a day that is missing: the classes take today": (one) => misses(one, "request.as_of.missing"),
  "a word without text, which is no optional argument": ({ op, input }) =>
    op === "resolve" && (!Array.isArray(input.words ?? []) || (input.words ?? []).some((word) => !("text" in word))),
  "one record where a request wants a list: the classes take it": ({ input }) =>
    [input.offers, input.needs].some((records) => records?.id !== undefined),
};
const MOST_SKIPPED = 15;

const skipped = (one) => Object.keys(SKIPPED).find((reason) => SKIPPED[reason](one));

const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

/** What the request says of these, as options: the defaults are those of the methods. */
const given = (request, ...names) =>
  Object.fromEntries(names.filter((name) => name in request).map((name) => [camel(name), request[name]]));

/** The work on a matcher for the request, which is freed at the end. */
function withMatcher(request, work) {
  const matcher = new Matcher(given(request, "offers", "policy", "vocabulary", "as_of"));
  try {
    return work(matcher, request.needs ?? []);
  } finally {
    matcher.free();
  }
}

function plan(request) {
  const options = given(request, "fixed", "previous", "moves", "min_score", "neighbour_serves", "lang");
  return withMatcher(request, (matcher, needs) => matcher.allocate(needs, options));
}

const OPERATIONS = {
  rank: (request) => ({
    rankings: withMatcher(request, (matcher, needs) =>
      matcher.rankAll(needs, given(request, "top", "lang", "reasons")),
    ),
  }),
  explain: (request) => ({
    explanations: withMatcher(request, (matcher, needs) => {
      const all = () => needs.flatMap(({ id }) => matcher.offers().map((offer) => ({ need: id, offer: offer.id })));
      return matcher.explainAll(needs, request.pairs ?? all(), given(request, "lang"));
    }),
  }),
  diagnose: (request) => ({
    diagnoses: withMatcher(request, (matcher, needs) =>
      matcher.diagnoseAll(needs, given(request, "near_misses", "lang")),
    ),
  }),
  allocate: (request) => JSON.parse(JSON.stringify(plan(request))),
  report: (request) => plan(request).report(),
  check: (request) => check(given(request, "offers", "needs", "policy", "vocabulary", "as_of"), given(request, "lang")),
  resolve: (request) => {
    const vocabulary = new Vocabulary(request.vocabulary);
    try {
      const resolved = (request.words ?? []).map((word) => ({
        text: word.text,
        candidates: candidates(vocabulary, request, word),
      }));
      return { resolved };
    } finally {
      vocabulary.free();
    }
  },
};

function candidates(vocabulary, { suggest, lang }, { text, kind }) {
  const asked = { ...(kind !== undefined && { kind }), ...(lang !== undefined && { lang }) };
  return suggest == null ? vocabulary.resolve(text, asked) : vocabulary.suggest(text, { ...asked, top: suggest });
}

test("few cases are skipped, and each for a reason", () => {
  const reasons = cases.map(skipped).filter((reason) => reason !== undefined);
  assert.deepEqual(new Set(reasons), new Set(Object.keys(SKIPPED)), "a reason that skips nothing");
  assert.ok(reasons.length <= MOST_SKIPPED, `${reasons.length} skipped`);
});

for (const one of cases.filter((one) => skipped(one) === undefined)) {
  test(one.name, () => {
    const operation = OPERATIONS[one.op];
    if (one.want !== undefined) {
      same(operation(one.input), one.want, "answer");
      return;
    }
    const thrown = thrownBy(() => operation(one.input));
    assert.ok(thrown instanceof LotseError, `${thrown?.stack}`);
    // Offers are read before needs, so there may be fewer errors than in a request, but none that a request has not.
    const wanted = one.want_error.errors ?? [one.want_error];
    for (const { code, path } of thrown.errors) {
      const known = wanted.some((stated) => (stated.code ?? code) === code && (stated.path ?? path) === path);
      assert.ok(known, `${code} at ${path}, wanted ${JSON.stringify(wanted)}`);
    }
  });
}
