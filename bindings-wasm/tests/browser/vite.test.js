// Vite 6, 7 and 8 serve and build programs that use the installed package, without configuration.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

import * as vite8 from "vite";
import * as vite6 from "vite6";
import * as vite7 from "vite7";

import { project } from "../shared/project.js";
import { launch, openPage } from "./chromium.js";

const RANKING = "o-1 0.9914775, o-3 0.664775";
const PROGRAMS = { waiting: `${RANKING} | ${RANKING} | LotseError | 7`, inline: RANKING };

const bundled = fileURLToPath(new URL("bundled/", import.meta.url));
const browser = await launch();
after(() => browser.close());

/** Copies a program into the project, so that Vite resolves the package like any other, and returns its configuration. */
function configure(vite, program) {
  const root = join(project, "served", `vite-${vite.version}-${program}`);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  cpSync(join(bundled, "page.html"), join(root, "page.html"));
  cpSync(join(bundled, `${program}.js`), join(root, "program.js"));
  const address = { host: "127.0.0.1", port: 0 };
  return {
    root,
    cacheDir: join(root, ".vite"),
    configFile: false,
    logLevel: "error",
    build: { rollupOptions: { input: join(root, "page.html") } },
    server: { ...address, hmr: false },
    preview: address,
  };
}

/** Opens the page of a server, closes the server and returns the outcome. */
async function openServed(server) {
  try {
    const { port } = server.httpServer.address();
    const { outcome, messages } = await openPage(browser, `http://127.0.0.1:${port}/page.html`);
    return { outcome, messages: messages.filter((complaint) => !complaint.includes("favicon.ico")) };
  } finally {
    await server.close();
  }
}

for (const [major, vite] of Object.entries({ 6: vite6, 7: vite7, 8: vite8 })) {
  for (const [program, want] of Object.entries(PROGRAMS)) {
    test(`vite ${major}, ${program}: the development server`, async () => {
      assert.equal(vite.version.split(".")[0], major);
      const server = await vite.createServer(configure(vite, program));
      await server.listen();
      assert.deepEqual(await openServed(server), { outcome: want, messages: [] });
    });
  }

  test(`vite ${major}: the build`, async () => {
    const config = configure(vite, "waiting");
    await vite.build(config);
    assert.deepEqual(await openServed(await vite.preview(config)), { outcome: PROGRAMS.waiting, messages: [] });
  });
}
