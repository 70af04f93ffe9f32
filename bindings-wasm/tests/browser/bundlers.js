// How each bundler makes a program that uses the package. What stands here beside the bundler's own minimum is what the
// README says that it needs.

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

const there = createRequire(join(project, "program.js"));

/** These bundlers leave `new URL(…, import.meta.url)` as it is: what it names is copied beside the program. */
function beside(out) {
  for (const file of ["lotse.wasm", "worker-script.js"]) {
    copyFileSync(there.resolve(`lotse/${file}`), join(out, file));
  }
}

/** Each writes `program.js` for `page.html`, both into `out`. */
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
          performance: { hints: false }, // else it warns of every file above 244 KiB
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
      format: "esm", // `import.meta` is for modules only
      outdir: out,
      logLevel: "silent",
    });
    assert.deepEqual(warnings, []);
    beside(out);
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
    beside(out);
    copyFileSync(join(source, "page.html"), join(out, "page.html"));
  },
};
