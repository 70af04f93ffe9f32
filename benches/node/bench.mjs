// Runs all benchmarks and prints one table.

import { existsSync } from "node:fs";
import { cpus } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import { allocation } from "./allocation.mjs";
import { browser } from "./browser.mjs";
import { ranking } from "./ranking.mjs";

const { values: options } = parseArgs({
  options: {
    ours: { type: "string" }, // the bench program `peers`
    data: { type: "string" }, // the folder for records
    dist: { type: "string", default: join(import.meta.dirname, "../../bindings-wasm/dist") },
    playwright: {
      type: "string",
      default: join(import.meta.dirname, "../../bindings-wasm/tests/node_modules/playwright-core/index.mjs"),
    },
    only: { type: "string", multiple: true, default: ["ranking", "allocation", "browser"] },
    rounds: { type: "string", default: "9" },
    quick: { type: "boolean", default: false }, // small sizes, to check that all give the same result
  },
});

const dist = resolve(options.dist);
const [rounds, size] = options.quick ? [2, 0.1] : [Number(options.rounds), 1];
const given = { ...options, dist, rounds };
const count = (number) => Math.round(number * size);
const parts = [];
if (options.only.includes("ranking")) {
  for (const shape of ["national", "incident"]) {
    parts.push(() => ranking({ ...given, shape, needs: count(2_000), offers: count(2_000) }));
  }
}
if (options.only.includes("allocation")) {
  for (const problem of ["incident", "everywhere"]) {
    parts.push(() => allocation({ ...given, problem, needs: count(1_000), offers: count(200) }));
  }
}
if (options.only.includes("browser")) {
  if (existsSync(options.playwright)) {
    parts.push(() => browser({ ...given, shape: "national", needs: 200, offers: count(5_000) }));
  } else {
    console.error("skipping the browser: run tests/support/browser first");
  }
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0].model}, ${process.platform} ${process.arch}\n`);
console.log("| | median | |\n|---|---|---|");
for (const part of parts) {
  for (const row of await part()) {
    console.log(formatRow(row));
  }
}

// Formats a row: its name, its milliseconds, and pairs of milliseconds and name to which it is compared.
function formatRow([name, took, ...baselines]) {
  if (took === undefined) {
    return `| **${name}** | | |`;
  }
  if (Number.isNaN(took)) {
    return `| ${name} | | |`;
  }
  const ratios = [];
  for (let index = 0; index < baselines.length; index += 2) {
    const [baseline, label] = baselines.slice(index, index + 2);
    if (baseline !== took) {
      ratios.push(`${Number((took / baseline).toPrecision(2))} × ${label}`);
    }
  }
  return `| ${name} | ${formatTime(took)} | ${ratios.join(", ")} |`;
}

function formatTime(took) {
  return took < 1_000 ? `${Number(took.toPrecision(3))} ms` : `${Number((took / 1e3).toPrecision(3))} s`;
}
