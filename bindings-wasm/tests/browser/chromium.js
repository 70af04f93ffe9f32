// Opens pages in Chromium.

import { chromium } from "playwright-core";

/** Launches the browser that `CHROMIUM` names. */
export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM });
}

/** Opens a page and waits for its `outcome`. Its errors and warnings are in `messages`. */
export async function openPage(browser, address) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const messages = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      messages.push(`${message.text()} ${message.location().url}`);
    }
  });
  page.on("pageerror", (error) => messages.push(`${error.stack}`));
  await page.goto(address);
  const waiting = page.waitForFunction(() => globalThis.outcome, undefined, { timeout: 120_000 });
  const done = await waiting.catch((failure) => {
    throw new Error([failure.message, ...messages].join("\n"));
  });
  const outcome = await done.jsonValue();
  await context.close();
  return { outcome, messages };
}
