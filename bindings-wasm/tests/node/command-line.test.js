// The command line, a native build, gives the same responses for the example incident.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

import { Matcher, ready, wire } from "lotse";

import { NEEDS, OFFERS } from "../shared/incident.js";
import { AS_OF } from "../shared/records.js";

await ready();

const request = { offers: OFFERS, needs: NEEDS, as_of: AS_OF };

function runCommand(operation, request) {
  const response = execFileSync(process.env.LOTSE_COMMAND, [operation, "--format", "json", "--request", "-"], {
    input: JSON.stringify(request),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(response);
}

const REQUESTS = {
  rank: { ...request, lang: "de" },
  diagnose: { ...request, near_misses: 2 },
  allocate: request,
  report: { ...request, lang: "de-simple" },
};

for (const [operation, request] of Object.entries(REQUESTS)) {
  test(`${operation} is the same`, { skip: process.env.LOTSE_COMMAND === undefined && "no command line" }, () => {
    const want = runCommand(operation, request);
    // As text, because the order of fields must be equal too.
    assert.equal(JSON.stringify(wire[operation](request)), JSON.stringify(want));
  });
}

test("a matcher gives the same", { skip: process.env.LOTSE_COMMAND === undefined && "no command line" }, () => {
  const matcher = new Matcher({ offers: OFFERS, asOf: AS_OF });
  const rankings = matcher.rankAll(NEEDS, { lang: "de" });
  assert.equal(JSON.stringify(rankings), JSON.stringify(runCommand("rank", REQUESTS.rank).rankings));
  assert.equal(JSON.stringify(matcher.allocate(NEEDS)), JSON.stringify(runCommand("allocate", request)));
});
