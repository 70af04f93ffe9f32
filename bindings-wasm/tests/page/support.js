// Opens the page in a browser, served by its own server, and records its faults.

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../../../", import.meta.url));
export const demo = join(root, "bindings-wasm/demo");
const shots = process.env.LOTSE_SHOTS ?? join(root, "target/screens");
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Builds the page and serves it; `requests` is the log of the server. */
export async function servePage() {
  const child = spawn(process.execPath, [join(demo, "serve"), "--port", "0", "--log"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const requests = [];
  const address = await new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error("the server did not start")));
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith("http")) resolve(line);
      else requests.push(line);
    });
  });
  return { address, requests, close: () => child.kill() };
}

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium" });
}

/**
 * Opens the page in a new context. `faults` are errors, violations of the content policy, and requests to other
 * addresses; `window.long` has the tasks of more than 50 ms.
 */
export async function open(browser, address, { hash = "", ...options } = {}) {
  const context = await browser.newContext({ locale: "de-DE", viewport: { width: 1280, height: 900 }, ...options });
  const faults = [];
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith("blob:") && !url.startsWith("data:"))
      faults.push(`request to ${url}`);
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
    window.long = [];
    const record = (list) =>
      window.long.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration })));
    new PerformanceObserver(record).observe({ type: "longtask", buffered: true });
  });
  await page.goto(address + hash);
  await page.waitForSelector("#head nav a");
  const close = async () => {
    const violations = await page.evaluate(() => window.violations);
    await context.close();
    return [...faults, ...violations];
  };
  return { page, context, faults, close };
}

/** Waits until the workers run and the files are cached for offline use. */
export async function settled(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 20));
  });
  await page.waitForTimeout(300);
}

/** Returns the accessibility violations that axe finds in the current page, abridged. */
export async function audit(page) {
  // The debugger evaluates it, so the content policy does not block it.
  await page.evaluate(axeSource);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
  const { violations } = await page.evaluate(
    (values) => window.axe.run(document, { runOnly: { type: "tag", values } }),
    tags,
  );
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html }) => html.slice(0, 120))
        .slice(0, 3)
        .join(" | ")}`,
  );
}

export async function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

export async function shot(page, name, options = {}) {
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true, ...options });
}

/** Types into the focused combobox and selects a suggestion by keyboard. */
export async function choose(page, text, { nth = 1 } = {}) {
  await page.keyboard.type(text);
  await page.waitForSelector('[role="combobox"]:focus[aria-expanded="true"]');
  for (let step = 0; step < nth; step += 1) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
}

/** Presses Tab until the element with this id has the focus. */
export async function tabTo(page, id, maxSteps = 60) {
  for (let step = 0; step < maxSteps; step += 1) {
    if (await page.evaluate((focused) => document.activeElement?.id === focused, id)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the keyboard does not reach #${id}`);
}

/** Opens files of the page's own formats in the view of data, in place of own ones, and returns to the incident. */
export async function load(page, files) {
  await page.click("#nav-data");
  await page.setInputFiles("#files", files);
  await page.waitForSelector('[data-testid="taken"], #own-replace', { timeout: 60_000 });
  if (await page.isVisible("#own-replace")) await page.click("#own-replace");
  await page.waitForSelector('[data-testid="taken"]');
  await page.click("#nav-incident");
  await page.waitForSelector("#incident-title");
}

export async function plan(page) {
  await page.click("#plan-run");
  await planned(page);
}

export async function planned(page) {
  await page.waitForSelector('[data-testid="running"]', { state: "hidden", timeout: 60_000 });
  await page.waitForSelector("#export-csv", { timeout: 60_000 });
}

export function file(name, content) {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return { name, mimeType: "application/json", buffer: Buffer.from(text) };
}

/** Clicks, and returns name and text of the downloaded file. */
export async function downloaded(page, selector) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(selector)]);
  const stream = await download.createReadStream();
  let text = "";
  for await (const part of stream) text += part;
  return { name: download.suggestedFilename(), text };
}
