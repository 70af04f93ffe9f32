// The examples of the READMEs and of the chapter on JavaScript compile under `tsc --strict`, and run in Node.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { NEED, OFFER } from "../shared/records.js";
import { project } from "../shared/project.js";

const FILES = ["README.md", "bindings-wasm/README.md", "core/docs/javascript.md"];
const examples = FILES.flatMap((file) => {
  const text = readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");
  return [...text.matchAll(/```[jt]s\n([^]*?)```/g)].map(([, code], index) => ({ title: `${file}, example ${index + 1}`, code }));
});

// The only names that an example may use without declaring them.
const DECLARED = `
declare const offers: import("lotse").Offer[];
declare const needs: import("lotse").Need[];
declare const input: { readonly files: FileList };
declare function show(done: number, total: number): void;
declare function save(name: string, text: string): void;
`;
const DEFINED = `
globalThis.offers = ${JSON.stringify([OFFER])};
globalThis.needs = ${JSON.stringify([NEED])};
globalThis.input = { files: [new File(["Nr;Einrichtung;Sprachen\\n1;Ahorn;Kurdisch\\n"], "list.csv")] };
globalThis.show = (done, total) => console.log(done, total);
globalThis.save = (name, text) => console.log(name, text);
`;

const folder = join(project, "readme");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "declared.d.ts"), DECLARED);
writeFileSync(join(folder, "defined.mjs"), DEFINED);
const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));

test("every file has examples", () => {
  for (const file of FILES) {
    assert.ok(examples.some(({ title }) => title.startsWith(`${file},`)), file);
  }
  assert.ok(examples.length >= 7, `${examples.length} examples`);
});

test("every example compiles under --strict", () => {
  const names = examples.map(({ title, code }, index) => {
    writeFileSync(join(folder, `example-${index}.mts`), `// ${title}\n${code}\nexport {};\n`);
    return `example-${index}.mts`;
  });
  const options = ["--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom", "--types", ""];
  try {
    execFileSync(process.execPath, [tsc, ...options, "--outDir", "built", "declared.d.ts", ...names], { cwd: folder, stdio: "pipe" });
  } catch ({ stdout }) {
    assert.fail(`${stdout}`);
  }
});

for (const [index, { title }] of examples.entries()) {
  test(`${title} runs`, () => {
    const args = ["--import", "./defined.mjs", `built/example-${index}.mjs`];
    execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8", stdio: "pipe", timeout: 60_000 });
  });
}
