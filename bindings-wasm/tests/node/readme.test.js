// The examples of the README run in Node.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { project } from "../shared/project.js";

const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
const chapter = readme.split("\n## From the browser")[1].split("\n## ")[0];
const blocks = [...chapter.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code);

test("the chapter has examples", () => {
  assert.ok(blocks.length > 0);
});

// Workers need a browser.
for (const [index, code] of blocks.filter((code) => !code.includes("lotse/worker")).entries()) {
  test(`example ${index + 1} runs`, () => {
    writeFileSync(join(project, `readme-${index + 1}.mjs`), code);
    execFileSync(process.execPath, [`readme-${index + 1}.mjs`], { cwd: project, encoding: "utf8", stdio: "pipe" });
  });
}
