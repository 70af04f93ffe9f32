// Chromium, and what a page tells of itself.

import { chromium } from "playwright-core";

/** A browser; `CHROMIUM` names it. */
export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM });
}

/** Opens a page and waits for its `outcome`. Whatever it complains of is in `complaints`. */
export async function openPage(browser, address) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      complaints.push(`${message.text()} ${message.location().url}`);
    }
  });
  page.on("pageerror", (error) => complaints.push(`${error.stack}`));
  await page.goto(address);
  const told = page.waitForFunction(() => globalThis.outcome, undefined, { timeout: 120_000 });
  const done = await told.catch((failure) => {
    throw new Error([failure.message, ...complaints].join("\n"));
  });
  const outcome = await done.jsonValue();
  await context.close();
  return { outcome, complaints };
}
