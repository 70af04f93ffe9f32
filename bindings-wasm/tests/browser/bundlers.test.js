// Bundled programs that use the installed package return the expected ranking in a browser.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { build as esbuild } from "esbuild";

import { project } from "../shared/project.js";
import { BUNDLERS } from "./bundlers.js";
import { launch, openPage } from "./chromium.js";
import { serve } from "./server.js";

// The weights are .7 for language and .3 for capacity. The fits are 1 and .85 for the first offer (two places, one
// needed) and .75 and .5 for the other one (an interpreter, unknown places).
const RANKING = "o-1 0.9914775, o-3 0.664775";
const PROGRAMS = { waiting: `${RANKING} | ${RANKING} | LotseError | 7`, inline: RANKING };

const bundled = fileURLToPath(new URL("bundled/", import.meta.url));
const built = join(project, "built");
rmSync(built, { recursive: true, force: true });
const server = await serve({ built });
const browser = await launch();
after(async () => {
  await browser.close();
  server.close();
});

// Inside the project, so that the bundler resolves the package like any other.
function sources(name, program) {
  const source = join(project, "programs", name);
  mkdirSync(source, { recursive: true });
  cpSync(join(bundled, "page.html"), join(source, "page.html"));
  cpSync(join(bundled, `${program}.js`), join(source, "program.js"));
  return source;
}

for (const [program, want] of Object.entries(PROGRAMS)) {
  for (const [bundler, build] of Object.entries(BUNDLERS)) {
    test(`${bundler}, ${program}`, async () => {
      const name = `${bundler}-${program}`;
      await build(sources(name, program), join(built, name));
      const { outcome, messages } = await openPage(browser, `${server.address}/built/${name}/page.html`);
      assert.equal(outcome, want);
      assert.deepEqual([messages, server.violations], [[], []]);
    });
  }
}

/** Bundles a program for Node with esbuild, runs it, and returns its output. */
async function bundleAndRun(program, format, external = []) {
  const file = join(project, `bundled-${format}.${format === "esm" ? "mjs" : "cjs"}`);
  await esbuild({
    stdin: { contents: program, resolveDir: project },
    bundle: true,
    external,
    format,
    platform: "node",
    outfile: file,
    logLevel: "error",
  });
  return execFileSync(process.execPath, [file], { encoding: "utf8", stdio: "pipe" });
}

for (const format of ["esm", "cjs"]) {
  const version = (entry) => `import { version } from "${entry}"; console.log(version());`;

  test(`esbuild for Node, ${format}: the bundle needs no file, with lotse or lotse/inline`, async () => {
    assert.equal(await bundleAndRun(version("lotse"), format), "0.1.0\n");
    assert.equal(await bundleAndRun(version("lotse/inline"), format), "0.1.0\n");
    assert.equal(await bundleAndRun(version("lotse"), format, ["lotse"]), "0.1.0\n");
  });

  test(`esbuild for Node, ${format}: a worker needs lotse outside the bundle, as its error says`, async () => {
    const spawn = 'import { spawnMatcher } from "lotse/worker";';
    const program = `${spawn} spawnMatcher().then(({ size }) => console.log(size), ({ message }) => console.log(message));`;
    assert.match(await bundleAndRun(program, format), /worker-script\.cjs does not exist: leave lotse out of the bundle/);
    assert.equal(await bundleAndRun(program, format, ["lotse"]), "0\n");
  });
}
