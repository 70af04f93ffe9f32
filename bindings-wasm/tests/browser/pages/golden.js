// Runs all golden cases through the default entry.

import { LotseError, ready, wire } from "/lotse/dist/index.js";

import { WITHOUT_A_DAY, judge } from "/shared/golden.js";
import { callOperation } from "/pages/module.js";
import { run } from "/pages/outcome.js";

const cases = await (await fetch("/golden.json")).json();
await ready();

const tests = cases.map((golden) => {
  const operation = golden.name === WITHOUT_A_DAY ? (request) => callOperation(golden.op, request) : wire[golden.op];
  return [golden.name, () => judge(golden, operation, LotseError)];
});
await run(Object.fromEntries(tests));
