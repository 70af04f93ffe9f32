// The examples of the README and of the chapter on JavaScript run in Node.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { project } from "../shared/project.js";

const texts = ["README.md", "core/docs/javascript.md"].map((name) =>
  readFileSync(new URL(`../../../${name}`, import.meta.url), "utf8"),
);
const blocks = texts.flatMap((text) => [...text.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code));

test("both have examples", () => {
  assert.ok(blocks.length > 3);
});

// Workers need a browser.
for (const [index, code] of blocks.filter((code) => !code.includes("lotse/worker")).entries()) {
  test(`example ${index + 1} runs`, () => {
    writeFileSync(join(project, `readme-${index + 1}.mjs`), code);
    execFileSync(process.execPath, [`readme-${index + 1}.mjs`], { cwd: project, encoding: "utf8", stdio: "pipe" });
  });
}
