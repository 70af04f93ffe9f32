// The text in `lotse/inline` is the compiled module.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inflateRawSync } from "node:zlib";

import { installedFile } from "../shared/project.js";

const { BASE64, SIZE } = await import(installedFile("dist/embedded-data.js"));
const { compileEmbedded } = await import(installedFile("dist/embedded.js"));
const bytes = readFileSync(installedFile("dist/lotse.wasm"));

test("the embedded module is lotse.wasm", () => {
  assert.equal(SIZE, bytes.length);
  assert.ok(inflateRawSync(Buffer.from(BASE64, "base64")).equals(bytes));
  const names = (module) => WebAssembly.Module.exports(module).map(({ name }) => name);
  assert.deepEqual(names(compileEmbedded()), names(new WebAssembly.Module(bytes)));
});
