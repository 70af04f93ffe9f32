// Runs all golden cases through the entry for browsers.

import { LotseError, ready, wire } from "/lotse/dist/index.js";

import { WITHOUT_A_DAY, judge } from "/shared/golden.js";
import { callOperation } from "/pages/module.js";
import { run } from "/pages/outcome.js";

const cases = await (await fetch("/golden.json")).json();
await ready();

const tests = cases.map((one) => {
  const operation = one.name === WITHOUT_A_DAY ? (request) => callOperation(one.op, request) : wire[one.op];
  return [one.name, () => judge(one, operation, LotseError)];
});
await run(Object.fromEntries(tests));
