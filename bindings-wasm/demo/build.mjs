// Builds demo/dist: the page, the package's worker and module, the invented example, and the service worker.

import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const demo = fileURLToPath(new URL(".", import.meta.url));
const out = join(demo, "dist");
const lotse = join(demo, "../dist");
const core = join(demo, "../../core");

const options = {
  absWorkingDir: demo,
  outdir: out,
  bundle: true,
  minify: true,
  charset: "utf8",
  target: "es2022",
  format: "esm",
  logLevel: "warning",
  jsx: "automatic",
  jsxImportSource: "preact",
  alias: {
    lotse: join(lotse, "index.js"),
    "lotse/import": join(lotse, "import.js"),
    "lotse/worker": join(lotse, "worker.js"),
  },
};

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
// The view of data is a file of its own, which is loaded after the page.
await build({ ...options, splitting: true, chunkNames: "[name]", entryPoints: { page: "src/main.ts" } });
await build({
  ...options,
  entryPoints: {
    "data-worker": "src/data/data-worker.ts",
    // The library loads its worker from the folder of its own file, which is bundled into the page.
    "worker-script": join(lotse, "worker-script.js"),
  },
});
await build({ ...options, entryPoints: { page: "styles/page.css" } });
for (const file of ["index.html", "icon.svg", "manifest.webmanifest"]) copyFileSync(join(demo, file), join(out, file));
for (const file of ["lotse.wasm", "lotse-import.wasm"]) copyFileSync(join(lotse, file), join(out, file));
for (const list of ["offers", "needs"]) {
  const records = JSON.parse(readFileSync(join(core, `data/incident/${list}.json`), "utf8"));
  writeFileSync(join(out, `${list}.json`), JSON.stringify(records));
}
const day = /AS_OF: &str = "([\d-]+)"/.exec(readFileSync(join(core, "src/example.rs"), "utf8"))?.[1];
if (!day) throw new Error("core/src/example.rs has no constant AS_OF");
writeFileSync(join(out, "as-of.json"), JSON.stringify(day));

// The licences of everything in the page, which they require.
const licences = ["d3-delaunay", "delaunator", "preact", "@preact/signals", "@preact/signals-core", "robust-predicates"].map(
  (name) => `${name}\n\n${readFileSync(join(lotse, "../node_modules", name, "LICENSE"), "utf8").trim()}\n`,
);
licences.unshift(readFileSync(join(lotse, "../LICENSE-THIRD-PARTY"), "utf8"));
writeFileSync(join(out, "licences.txt"), licences.join("\n\n"));

// Last, because the name of its cache is a hash of all other files.
const files = readdirSync(out).sort();
const hash = createHash("sha256");
for (const file of files) hash.update(file).update(readFileSync(join(out, file)));
await build({
  ...options,
  format: "iife",
  entryPoints: { "offline-worker": "src/offline-worker.ts" },
  define: { VERSION: JSON.stringify(hash.digest("hex").slice(0, 16)), FILES: JSON.stringify(["./", ...files]) },
});

const size = readdirSync(out).reduce((sum, file) => sum + readFileSync(join(out, file)).length, 0);
console.log(`demo/dist: ${readdirSync(out).length} files, ${Math.round(size / 1000)} kB`);
