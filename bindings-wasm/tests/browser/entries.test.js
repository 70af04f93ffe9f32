// The ways into the package in a page, and the worker.

import assert from "node:assert/strict";
import { test } from "node:test";

import { launch, openPage } from "./chromium.js";
import { servePages } from "./pages.js";

// What a page is meant to complain of: files that are not there.
const MEANT = { "slim": /404/, "no-worker": /404/ };

const server = await servePages();
const browser = await launch();
const pages = [];
for (const name of ["entries", "slim", "worker", "no-worker"]) {
  pages.push({ name, ...(await openPage(browser, `${server.address}/pages/${name}.html`)) });
}
const broken = await openPage(browser, `${server.address}/pages/inline-script.html`);
await browser.close();
server.close();

for (const { name: page, outcome, complaints } of pages) {
  for (const { name, failure } of outcome) {
    test(`${page}: ${name}`, () => assert.equal(failure, null));
  }
  test(`${page}: nothing was complained of`, () => {
    assert.ok(outcome.length > 0);
    assert.deepEqual(complaints.filter((complaint) => !MEANT[page]?.test(complaint)), []);
  });
}

test("no page did what the policy forbids, and it would have been seen", () => {
  assert.equal(server.violations.length, 1);
  assert.match(server.violations[0], /inline-script\.html/);
  assert.equal(broken.complaints.length, 1);
});
