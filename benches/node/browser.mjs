// Benchmarks ranking of single needs in Chromium, in the main thread of a page.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { AS_OF, TOP, writeShape } from "./records.mjs";
import { median, quantile } from "./turns.mjs";

const TYPES = { ".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm" };
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

export async function browser({ ours, dist, data, playwright, shape, needs, offers }) {
  const folder = join(data, `records-${shape}-${needs}-${offers}`);
  writeShape(ours, shape, needs, offers, folder);
  const server = await serve({ "/lotse/": dist, "/records/": folder });
  const { chromium } = await import(pathToFileURL(playwright).href);
  const running = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  try {
    const page = await running.newPage();
    await page.goto(`http://localhost:${server.address().port}/`);
    const took = await page.evaluate(inPage, AS_OF);
    const { load, build, first, ...ranked } = took;
    return [
      [`One need at a time, ${shape}, ${offers} offers, top ${TOP}, Chromium ${running.version()}`],
      ...Object.entries(ranked).flatMap(([name, turns]) => [
        [`rank, ${name}, median of ${turns.length} needs`, median(turns)],
        [`rank, ${name}, 95th percentile`, quantile(turns, 0.95)],
      ]),
      ["rank for the first time", first],
      ["load and compile the module", load],
      ["build a matcher from objects", build],
    ];
  } finally {
    await running.close();
    server.close();
  }
}

async function inPage(asOf) {
  const { Matcher, ready } = await import("/lotse/index.js");
  const get = async (name) => (await fetch(`/records/${name}.json`)).json();
  const [needs, offers, policy] = await Promise.all(["needs", "offers", "policy"].map(get));
  const timed = (work) => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  const start = performance.now();
  await ready();
  const load = performance.now() - start;
  let matcher;
  const build = timed(() => (matcher = new Matcher({ offers, policy, asOf })));
  const first = timed(() => matcher.rank(needs[0]));
  const ranked = needs.map((need) => timed(() => matcher.rank(need)));
  const bare = needs.map((need) => timed(() => matcher.rank(need, { reasons: false })));
  return { "with reasons": ranked, "without reasons": bare, first, load, build };
}

function serve(folders) {
  const server = createServer(({ url }, response) => {
    // A cross-origin isolated page has a clock with a resolution of five microseconds.
    const headers = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
    if (url === "/") {
      response.writeHead(200, { ...headers, "Content-Type": "text/html" }).end("<!doctype html><title>bench</title>");
      return;
    }
    const prefix = Object.keys(folders).find((prefix) => url.startsWith(prefix));
    try {
      const content = readFileSync(join(folders[prefix], url.slice(prefix.length)));
      response.writeHead(200, { ...headers, "Content-Type": TYPES[extname(url)] ?? "text/plain" }).end(content);
    } catch {
      response.writeHead(404, headers).end();
    }
  });
  return new Promise((resolve) => server.listen(0, "localhost", () => resolve(server)));
}
