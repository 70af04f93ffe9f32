// Bundles a program that uses the package, with each bundler. Beyond a minimal configuration, only the steps in the
// README are used.

import assert from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { nodeResolve } from "@rollup/plugin-node-resolve";
import { build as esbuild } from "esbuild";
import { rollup } from "rollup";
import { build as vite } from "vite";
import webpack from "webpack";

import { project } from "../shared/project.js";

const projectRequire = createRequire(join(project, "program.js"));

/** Copies the files of `new URL(…, import.meta.url)`, which these bundlers leave unchanged. */
function copyAssets(out) {
  for (const file of ["lotse.wasm", "lotse-import.wasm", "worker-script.js"]) {
    copyFileSync(projectRequire.resolve(`lotse/${file}`), join(out, file));
  }
}

/** The bundlers; each writes `program.js` and `page.html` into `out`. */
export const BUNDLERS = {
  vite: (source, out) =>
    vite({
      root: source,
      base: "./",
      logLevel: "error",
      configFile: false,
      build: { outDir: out, emptyOutDir: true, rollupOptions: { input: join(source, "page.html") } },
    }),

  webpack: (source, out) =>
    new Promise((resolve, reject) => {
      webpack(
        {
          mode: "production",
          context: source,
          entry: "./program.js",
          output: { path: out, filename: "program.js" },
          performance: { hints: false }, // by default, a file above 244 KiB is a warning
        },
        (failure, stats) => {
          if (failure || stats.hasErrors() || stats.hasWarnings()) {
            reject(failure ?? new Error(stats.toString({ all: false, errors: true, warnings: true })));
          } else {
            copyFileSync(join(source, "page.html"), join(out, "page.html"));
            resolve();
          }
        },
      );
    }),

  esbuild: async (source, out) => {
    const { warnings } = await esbuild({
      entryPoints: [join(source, "program.js")],
      bundle: true,
      minify: true,
      format: "esm", // `import.meta` requires modules
      outdir: out,
      logLevel: "silent",
    });
    assert.deepEqual(warnings, []);
    copyAssets(out);
    copyFileSync(join(source, "page.html"), join(out, "page.html"));
  },

  rollup: async (source, out) => {
    const warnings = [];
    const bundle = await rollup({
      input: join(source, "program.js"),
      plugins: [nodeResolve()],
      onwarn: ({ message }) => warnings.push(message),
    });
    await bundle.write({ dir: out, format: "es" });
    await bundle.close();
    assert.deepEqual(warnings, []);
    copyAssets(out);
    copyFileSync(join(source, "page.html"), join(out, "page.html"));
  },
};
