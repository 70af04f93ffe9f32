// The examples are type-checked and built with the packed archive, and do in Chromium what their READMEs say.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { NEEDS, NEEDS_TEXT } from "../shared/incident.js";
import { project } from "../shared/project.js";
import { launch } from "./chromium.js";
import { serve } from "./server.js";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const copies = join(project, "examples");
const names = readdirSync(path("../../examples"));
const server = await serve(Object.fromEntries(names.map((name) => [name, join(copies, name, "dist")])));
const browser = await launch();
after(async () => {
  await browser.close();
  server.close();
});

/** Copies an example, with the packed archive and the other packages that it names, and builds it. */
function build(name) {
  const folder = join(copies, name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(path(`../../examples/${name}`), folder, { recursive: true });
  const modules = join(folder, "node_modules");
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { devDependencies: tested } = JSON.parse(readFileSync(path("../package.json"), "utf8"));
  for (const [dependency, range] of Object.entries({ ...dependencies, ...devDependencies })) {
    const target = join(modules, dependency);
    mkdirSync(join(target, ".."), { recursive: true });
    if (dependency === "lotse") {
      mkdirSync(target);
      execFileSync("tar", ["-xzf", join(project, "../lotse-0.1.0.tgz"), "-C", target, "--strip-components=1"]);
    } else {
      assert.equal(range, `^${tested[dependency]}`, `${name}: ${dependency}`);
      symlinkSync(path(`../node_modules/${dependency}`), target);
    }
  }
  const run = (tool, ...args) => execFileSync(process.execPath, [join(modules, tool), ...args], { cwd: folder, encoding: "utf8", stdio: "pipe" });
  run("typescript/bin/tsc");
  run("vite/bin/vite.js", "build", "--base", "./", "--logLevel", "warn");
}

// Distinct needs, which the memo tables of the matcher do not speed up: work for seconds.
const many = Array.from({ length: 20_000 }, (_, number) => {
  const need = NEEDS[number % NEEDS.length];
  return { ...need, id: `m-${number}`, group: null, place: null, age: number % 97, people: 1 + (number % 3) };
});
const file = (text) => ({ name: "needs.json", mimeType: "application/json", buffer: Buffer.from(text) });

/** Runs in the page, because the work may be done before a test outside of it notices the progress. */
function cancelAtFirstProgress() {
  const observer = new MutationObserver(() => {
    if (document.querySelector("progress:not([hidden])")?.value > 0) {
      observer.disconnect();
      [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Cancel").click();
    }
  });
  observer.observe(document.body, { attributes: true, childList: true, subtree: true });
}

for (const name of names) {
  test(name, { timeout: 180_000 }, async () => {
    try {
      build(name);
    } catch ({ message, stdout }) {
      assert.fail(`${message}\n${stdout}`);
    }
    const page = await browser.newPage();
    const complaints = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.stack));
    await page.goto(`${server.address}/${name}/index.html`);

    // The ranking follows each keystroke.
    const first = page.locator("#matches li").first();
    await first.waitFor();
    await page.getByLabel("Region").fill("Dresden");
    await page.getByLabel("Language").pressSequentially("Dari");
    await page.waitForFunction(() => document.querySelector("#matches li")?.textContent.startsWith("Trauma clinic"));
    assert.match(await first.textContent(), /Dari with an interpreter/);
    await page.getByLabel("Language").fill("Ukrainian");
    await page.waitForFunction(() => document.querySelector("#matches li")?.textContent.startsWith("Counselling centre Dresden"));

    // Long work reports progress and is cancelled; the next plan succeeds.
    const status = page.getByRole("status");
    await page.evaluate(cancelAtFirstProgress);
    await page.locator("input[type=file]").setInputFiles(file(JSON.stringify(many)));
    await status.getByText("Cancelled.").waitFor();
    await page.locator("input[type=file]").setInputFiles(file(NEEDS_TEXT));
    await status.getByText(/\d+ referrals, \d+ unmet needs/).waitFor();
    const [, met, unmet] = (await status.textContent()).match(/(\d+) referrals, (\d+) unmet needs/);
    assert.equal(Number(met) + Number(unmet), NEEDS.length);
    assert.ok(met > 0 && unmet > 0, `${met} ${unmet}`);
    assert.equal(await page.locator("#unmet li").count(), 20);
    assert.deepEqual([complaints, server.violations], [[], []]);
    await page.close();
  });
}
