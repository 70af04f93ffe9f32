// The packed archive: its size, its files, and what publint and are-the-types-wrong say of it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { project } from "../shared/project.js";

// The module of the import and its scripts are 540 000 of it.
const MAX_BYTES = 1_780_000;

const folder = join(project, "..");
const archives = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
const archive = join(folder, archives[0]);
const npmTool = (name, ...args) =>
  execFileSync(process.execPath, [fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url)), ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: "pipe",
  });

/** Runs a tool; if it fails, its output is the message. */
function passes(...args) {
  try {
    return npmTool(...args);
  } catch ({ stdout, stderr }) {
    return assert.fail(`${stdout}${stderr}`);
  }
}

test("there is one archive, of limited size", () => {
  assert.deepEqual(archives, ["lotse-0.1.0.tgz"]);
  const bytes = statSync(archive).size;
  console.log(`${archives[0]}: ${bytes} bytes`);
  assert.ok(bytes <= MAX_BYTES, `${bytes} bytes, at most ${MAX_BYTES}`);
});

test("only the module of the import has the import", () => {
  const text = (name) => execFileSync("tar", ["-xzOf", archive, `package/dist/${name}`], { encoding: "latin1", maxBuffer: 1e8 });
  const hasImport = (name) => text(name).includes("lotse_mapping");
  assert.deepEqual(["lotse.wasm", "lotse-import.wasm"].map(hasImport), [false, true]);
});

test("the README and all licences are at its root", () => {
  const names = execFileSync("tar", ["-tzf", archive], { encoding: "utf8" }).trim().split("\n");
  const root = names.map((name) => name.replace("package/", "")).filter((name) => !name.includes("/"));
  const licences = ["LICENSE-APACHE", "LICENSE-MIT", "LICENSE-THIRD-PARTY", "LICENSE-UNICODE"];
  assert.deepEqual(root.sort(), [...licences, "README.md", "package.json"]);
});

test("publint has no suggestion", () => {
  assert.match(passes("publint/src/cli.js", "run", archive, "--strict"), /All good!/);
});

test("are-the-types-wrong finds nothing", () => {
  // The oldest resolution of modules, which knows no `exports`, is not supported. Some entries are files, not programs.
  const files = ["worker-script.js", "worker-script.cjs", "lotse.wasm", "lotse-import.wasm"];
  const options = ["--format", "ascii", "--no-emoji", "--profile", "node16", "--exclude-entrypoints", ...files];
  const found = passes("@arethetypeswrong/cli/dist/index.js", archive, ...options);
  assert.equal(found.match(/node16 \(from (CJS|ESM)\): OK/g).length, 2 * 6, found);
});

test("installed in an empty folder, the first example of the README runs", () => {
  const empty = mkdtempSync(join(tmpdir(), "lotse-"));
  try {
    const run = (command, ...args) => execFileSync(command, args, { cwd: empty, encoding: "utf8", stdio: "pipe" });
    run("npm", "install", "--silent", "--no-audit", "--no-fund", "--offline", archive);
    const readme = readFileSync(join(empty, "node_modules/lotse/README.md"), "utf8");
    const [, example] = readme.match(/```js\n([^]*?)```/);
    writeFileSync(join(empty, "example.mjs"), example);
    assert.match(run(process.execPath, "example.mjs"), /^o-1 0\.\d+ \[/);
  } finally {
    rmSync(empty, { recursive: true });
  }
});
