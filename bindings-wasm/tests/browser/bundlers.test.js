// Programs that use the package, built by bundlers from the installed archive, give the expected ranking in a browser.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import { build as esbuild } from "esbuild";
import { createServer } from "vite";

import { project } from "../shared/project.js";
import { BUNDLERS } from "./bundlers.js";
import { launch, openPage } from "./chromium.js";
import { serve } from "./server.js";

// Language counts .7 and capacity .3: 1 and .85 for the first (two places, one needed), .75 and .5 for the other
// (through an interpreter, places not stated).
const RANKING = "o-1 0.955, o-3 0.675";
const PROGRAMS = { waiting: `${RANKING} | ${RANKING} | LotseError | 7`, inline: RANKING };

const given = fileURLToPath(new URL("bundled/", import.meta.url));
const built = join(project, "built");
rmSync(built, { recursive: true, force: true });
const server = await serve({ built });
const browser = await launch();
after(async () => {
  await browser.close();
  server.close();
});

// Inside the project, so that the bundler finds the package as it would find any other.
function sources(name, program) {
  const source = join(project, "programs", name);
  mkdirSync(source, { recursive: true });
  cpSync(join(given, "page.html"), join(source, "page.html"));
  cpSync(join(given, `${program}.js`), join(source, "program.js"));
  return source;
}

for (const [program, want] of Object.entries(PROGRAMS)) {
  for (const [bundler, build] of Object.entries(BUNDLERS)) {
    test(`${bundler}, ${program}`, async () => {
      const name = `${bundler}-${program}`;
      await build(sources(name, program), join(built, name));
      const { outcome, complaints } = await openPage(browser, `${server.address}/built/${name}/page.html`);
      assert.equal(outcome, want);
      assert.deepEqual([complaints, server.violations], [[], []]);
    });
  }

  test(`vite while one writes the program, ${program}`, async () => {
    const source = sources(`vite-served-${program}`, program);
    const served = await createServer({
      root: source,
      configFile: false,
      logLevel: "error",
      server: { host: "127.0.0.1", port: 0, hmr: false },
    });
    try {
      await served.listen();
      const { port } = served.httpServer.address();
      const { outcome, complaints } = await openPage(browser, `http://127.0.0.1:${port}/page.html`);
      assert.equal(outcome, want);
      assert.deepEqual(complaints.filter((complaint) => !complaint.includes("favicon.ico")), []);
    } finally {
      await served.close();
    }
  });
}

/** What a program prints that esbuild has made one file of, for Node. */
async function inNode(entry, format, external = []) {
  const file = join(project, `bundled-${format}.${format === "esm" ? "mjs" : "cjs"}`);
  await esbuild({
    stdin: { contents: `import { version } from "${entry}"; console.log(version());`, resolveDir: project },
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
  test(`esbuild for Node, ${format}: with the module inside, or the package beside`, async () => {
    assert.equal(await inNode("lotse/inline", format), "0.1.0\n");
    assert.equal(await inNode("lotse", format, ["lotse"]), "0.1.0\n");
  });
}

test("esbuild for Node: whoever forgets that is told", async () => {
  await assert.rejects(inNode("lotse", "cjs"), /in a bundle, use `lotse\/inline`/);
});
