// Runs the golden cases through the classes, whose results must equal those of the wire operations.

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

const WORD = ["text", "kind"];

const misses = (golden, code) => golden.want_error?.code === code;

// The cases that the interface of objects cannot express, by reason.
const SKIPPED = {
  "an unknown field of the request": ({ op, input }) =>
    Object.keys(input).some((name) => !FIELDS[op].includes(name)),
  "a missing day: the classes default to today": (golden) => misses(golden, "request.as_of.missing"),
  "a word without text, which is a required argument": ({ op, input }) =>
    op === "resolve" && (!Array.isArray(input.words ?? []) || (input.words ?? []).some((word) => !("text" in word))),
  "an unknown field of a word, which is an argument": ({ op, input }) =>
    op === "resolve" && (input.words ?? []).some((word) => Object.keys(word).some((name) => !WORD.includes(name))),
  "one record instead of a list: the classes accept it": ({ input }) =>
    [input.offers, input.needs].some((records) => records?.id !== undefined),
};
const MAX_SKIPPED = 15;

const skipped = (golden) => Object.keys(SKIPPED).find((reason) => SKIPPED[reason](golden));

const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());

/** Returns the stated fields of a request as options, so that the defaults are those of the methods. */
const pick = (request, ...names) =>
  Object.fromEntries(names.filter((name) => name in request).map((name) => [camel(name), request[name]]));

/** Runs work with a matcher for the request, and frees the matcher. */
function withMatcher(request, work) {
  const matcher = new Matcher(pick(request, "offers", "policy", "vocabulary", "as_of"));
  try {
    return work(matcher, request.needs ?? []);
  } finally {
    matcher.free();
  }
}

function plan(request) {
  const options = pick(request, "fixed", "previous", "moves", "min_score", "neighbour_serves", "lang");
  return withMatcher(request, (matcher, needs) => matcher.allocate(needs, options));
}

const OPERATIONS = {
  rank: (request) => ({
    rankings: withMatcher(request, (matcher, needs) =>
      matcher.rankAll(needs, pick(request, "top", "lang", "reasons")),
    ),
  }),
  explain: (request) => ({
    explanations: withMatcher(request, (matcher, needs) => {
      const all = () => needs.flatMap(({ id }) => matcher.offers().map((offer) => ({ need: id, offer: offer.id })));
      return matcher.explainAll(needs, request.pairs ?? all(), pick(request, "lang"));
    }),
  }),
  diagnose: (request) => ({
    diagnoses: withMatcher(request, (matcher, needs) =>
      matcher.diagnoseAll(needs, pick(request, "near_misses", "lang")),
    ),
  }),
  allocate: (request) => JSON.parse(JSON.stringify(plan(request))),
  report: (request) => plan(request).report(),
  check: (request) => check(pick(request, "offers", "needs", "policy", "vocabulary", "as_of"), pick(request, "lang")),
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
  const options = { ...(kind !== undefined && { kind }), ...(lang !== undefined && { lang }) };
  return suggest == null ? vocabulary.resolve(text, options) : vocabulary.suggest(text, { ...options, top: suggest });
}

test("few cases are skipped, and every reason applies", () => {
  const reasons = cases.map(skipped).filter((reason) => reason !== undefined);
  assert.deepEqual(new Set(reasons), new Set(Object.keys(SKIPPED)), "a reason that skips nothing");
  assert.ok(reasons.length <= MAX_SKIPPED, `${reasons.length} skipped`);
});

for (const golden of cases.filter((golden) => skipped(golden) === undefined)) {
  test(golden.name, () => {
    const operation = OPERATIONS[golden.op];
    if (golden.want !== undefined) {
      same(operation(golden.input), golden.want, "response");
      return;
    }
    const thrown = thrownBy(() => operation(golden.input));
    assert.ok(thrown instanceof LotseError, `${thrown?.stack}`);
    // Offers are decoded before needs, so some errors of a request may be missing, but none is added.
    const wanted = golden.want_error.errors ?? [golden.want_error];
    for (const { code, path } of thrown.errors) {
      const known = wanted.some((stated) => (stated.code ?? code) === code && (stated.path ?? path) === path);
      assert.ok(known, `${code} at ${path}, wanted ${JSON.stringify(wanted)}`);
    }
  });
}
