// The imports of the package and of the page: without cycles, and only from higher layers to lower ones.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

/** The layers from the lowest to the highest. A file may import files of lower layers and of its own. */
const LAYERS = {
  "js": [
    "platform reasons records responses requests label-table import-label-table embedded-data",
    "mapping-file import-types",
    "error json int-arrays progress source embedded",
    "module import-module options",
    "vocabulary config",
    "solver/",
    "allocation matcher labels check diff-plans wire",
    "import-archive import-files import-labels import-session import-run import-api",
    "worker-protocol worker-changes worker-client worker-server remote",
    "spawn api worker-script node-worker-script",
    "index inline node slim worker node-worker import node-import",
  ],
  "demo/src": [
    "ui/signal ui/debounce ui/dom ui/download ui/english-text ui/checks",
    "messages/ i18n",
    "ui/",
    "need-crime code-names suggest store planner-script",
    "policy/",
    "person/",
    "incident/",
    "data/",
    "offline offline-worker app trusted-types",
    "main",
  ],
};
const MAX_LINES = 500;

/** Returns the source files of a folder without their extension, with the files that each imports. */
function readImports(folder) {
  const root = fileURLToPath(new URL(`../../${folder}/`, import.meta.url));
  const names = readdirSync(root, { recursive: true }).filter((name) => /\.tsx?$/.test(name) && !name.endsWith(".d.ts"));
  return new Map(
    names.map((name) => {
      const source = readFileSync(join(root, name), "utf8");
      const specifiers = [...source.matchAll(/^(?:import|export|\})[^;]*?from "(\.[^"]*)\.js";$/gm)].map(([, path]) => path);
      const imports = specifiers.map((path) => normalize(join(dirname(name), path))).filter((path) => !path.startsWith(".."));
      return [name.replace(/\.tsx?$/, ""), { imports, lines: source.split("\n").length - 1 }];
    }),
  );
}

/** Returns the index of a file's layer; its own name takes precedence over that of its folder. */
function layerOf(file, layers) {
  const byName = layers.findIndex((layer) => layer.split(" ").includes(file));
  return byName >= 0 ? byName : layers.findIndex((layer) => layer.split(" ").includes(`${dirname(file)}/`));
}

/** Returns a cycle of imports, or `undefined` if there is none (depth-first search). */
function findCycle(files) {
  const done = new Set();
  const visit = (file, path) => {
    if (path.includes(file)) {
      return [...path.slice(path.indexOf(file)), file];
    }
    if (done.has(file)) {
      return undefined;
    }
    for (const imported of files.get(file).imports) {
      const cycle = visit(imported, [...path, file]);
      if (cycle !== undefined) {
        return cycle;
      }
    }
    done.add(file);
    return undefined;
  };
  return [...files.keys()].map((file) => visit(file, [])).find((cycle) => cycle !== undefined);
}

for (const [folder, layers] of Object.entries(LAYERS)) {
  const files = readImports(folder);

  test(`${folder}: no cycle of imports`, () => {
    assert.ok(files.size > 10, `${files.size} files`);
    assert.ok([...files.values()].some(({ imports }) => imports.length > 0));
    assert.equal(findCycle(files), undefined);
  });

  test(`${folder}: every import points to the same or a lower layer`, () => {
    for (const [file, { imports }] of files) {
      const layer = layerOf(file, layers);
      assert.notEqual(layer, -1, `${file} has no layer`);
      for (const imported of imports) {
        assert.ok(files.has(imported), `${file} imports ${imported}, which does not exist`);
        assert.ok(layerOf(imported, layers) <= layer, `${file} imports ${imported} of a higher layer`);
      }
    }
  });

  test(`${folder}: no file has more than ${MAX_LINES} lines`, () => {
    assert.deepEqual([...files].filter(([, { lines }]) => lines > MAX_LINES).map(([file]) => file), []);
  });
}
