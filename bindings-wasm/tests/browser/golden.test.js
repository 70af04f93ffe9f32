// Runs every golden case in a page; every other language runs the same cases.

import assert from "node:assert/strict";
import { after, test } from "node:test";

import { cases } from "../shared/cases.js";
import { launch, openPage } from "./chromium.js";
import { servePages } from "./pages.js";

const server = await servePages();
const browser = await launch();
const { outcome, messages } = await openPage(browser, `${server.address}/pages/golden.html`);
await browser.close();
server.close();

for (const { name, failure } of outcome) {
  test(name, () => assert.equal(failure, null));
}

test("every case ran, without other messages", () => {
  assert.notEqual(cases.length, 0, "no golden cases");
  assert.deepEqual(outcome.map(({ name }) => name), cases.map(({ name }) => name));
  assert.deepEqual([messages, server.violations], [[], []]);
});

after(() => console.log(`golden: ${outcome.length} cases`));
