// Runs the cases of imports in a page; every other language runs the same ones.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { importCases, printCount } from "../shared/import-cases.js";
import { launch, openPage } from "./chromium.js";
import { servePages } from "./pages.js";

const server = await servePages();
const browser = await launch();
const { outcome, messages } = await openPage(browser, `${server.address}/pages/import.html`);
await browser.close();
server.close();

for (const { name, failure } of outcome) {
  test(name, () => assert.equal(failure, null));
}

test("every case ran, without other messages", () => {
  assert.notEqual(importCases.length, 0, "no cases");
  const ran = outcome.map(({ name }) => name);
  assert.deepEqual(importCases.map(({ name }) => name).filter((name) => !ran.includes(name)), []);
  assert.deepEqual([messages, server.violations], [[], []]);
});

after(printCount);
