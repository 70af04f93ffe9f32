// The entries of the package in a page, and the worker.

import assert from "node:assert/strict";
import { test } from "node:test";

import { launch, openPage } from "./chromium.js";
import { servePages } from "./pages.js";

// The expected messages of pages: missing files.
const EXPECTED = { "slim": /404/, "no-worker": /404/ };

const server = await servePages();
const browser = await launch();
const pages = [];
for (const name of ["entries", "slim", "worker", "no-worker"]) {
  pages.push({ name, ...(await openPage(browser, `${server.address}/pages/${name}.html`)) });
}
const broken = await openPage(browser, `${server.address}/pages/inline-script.html`);
await browser.close();
server.close();

for (const { name: page, outcome, messages } of pages) {
  for (const { name, failure } of outcome) {
    test(`${page}: ${name}`, () => assert.equal(failure, null));
  }
  test(`${page}: no other messages`, () => {
    assert.ok(outcome.length > 0);
    assert.deepEqual(messages.filter((message) => !EXPECTED[page]?.test(message)), []);
  });
}

test("no page violates the content policy, and a violation is detected", () => {
  assert.equal(server.violations.length, 1);
  assert.match(server.violations[0], /inline-script\.html/);
  assert.equal(broken.messages.length, 1);
});
