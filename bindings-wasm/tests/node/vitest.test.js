// Vitest runs the tests of a program that uses the package, in Node and in jsdom, without configuration.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { installed, project } from "../shared/project.js";

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

for (const environment of ["node", "jsdom"]) {
  test(`vitest in ${environment}`, () => {
    const root = join(project, "vitest", environment);
    rmSync(root, { recursive: true, force: true });
    mkdirSync(join(root, "node_modules"), { recursive: true });
    cpSync(path("vitest/lotse.spec.ts"), join(root, "lotse.spec.ts"));
    cpSync(installed, join(root, "node_modules/lotse"), { recursive: true });
    for (const name of ["vitest", "jsdom"]) {
      symlinkSync(path(`node_modules/${name}`), join(root, "node_modules", name));
    }
    const args = [path("node_modules/vitest/vitest.mjs"), "run", "--environment", environment, "--root", root];
    const output = execFileSync(process.execPath, args, { cwd: root, encoding: "utf8", stdio: "pipe", env: { ...process.env, NO_COLOR: "1" } });
    assert.match(output, /Tests +2 passed/);
  });
}
