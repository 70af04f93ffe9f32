// The same program runs in Node, Bun and Deno; in Chromium it is the example of Vite.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { project } from "../shared/project.js";

const tool = (name) => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));

// Deno must be allowed to read the package, and nothing else.
const RUNTIMES = {
  node: [process.execPath],
  bun: [tool("bun")],
  deno: [tool("deno"), "run", `--allow-read=${project}`, "--no-prompt"],
};

// The platforms for which npm has Bun and Deno. There a missing program is a failure, not a reason to skip.
const PLATFORMS = ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64"];
const platform = `${process.platform}-${process.arch}`;

for (const [name, [command, ...options]] of Object.entries(RUNTIMES)) {
  const skip = name !== "node" && !PLATFORMS.includes(platform) && `npm has no ${name} for ${platform}`;
  test(`${name}: ranking and plan, in the program and in a worker with progress and abort`, { skip }, () => {
    const file = join(project, "runtimes.mjs");
    copyFileSync(fileURLToPath(new URL("../runtimes/program.mjs", import.meta.url)), file);
    const output = execFileSync(command, [...options, file], { cwd: project, encoding: "utf8", timeout: 60_000 });
    assert.equal(output, "done\n");
  });
}
