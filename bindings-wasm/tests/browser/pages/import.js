// Runs the cases of imports through the entry, and one of them in a worker.

import { importNeeds, importOffers, LotseError } from "/lotse/dist/import.js";
import { spawnMatcher } from "/lotse/dist/worker.js";

import { checkCase, filesOf, judgeImport } from "/shared/golden-import.js";
import { equal, run } from "/pages/outcome.js";

const cases = await (await fetch("/import-cases.json")).json();

const tests = cases.map((golden) => [golden.name, () => checkCase(golden, { importNeeds, importOffers, LotseError })]);

await run({
  ...Object.fromEntries(tests),
  "a worker has the same methods, with files of the browser": async () => {
    const golden = cases.find(({ name }) => name.startsWith("26-"));
    const matcher = await spawnMatcher();
    const files = filesOf(golden).map(({ name, bytes }) => new File([bytes], name));
    const imported = await matcher.importNeeds(files, { asOf: golden.options.as_of });
    judgeImport(golden, imported);
    const withheld = imported.questions.find(({ text }) => text === null);
    equal(typeof (await imported.reveal(withheld.id)), "string");
    matcher.terminate();
  },
});
