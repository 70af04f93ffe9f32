// The decompression of `lotse/inline` agrees with zlib, and restores the compiled module.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { constants, deflateRawSync } from "node:zlib";

import { installedFile } from "../shared/project.js";

const { inflate } = await import(installedFile("dist/inflate.js"));
const { BASE64, SIZE } = await import(installedFile("dist/embedded-data.js"));
const module = readFileSync(installedFile("dist/lotse.wasm"));

const equal = (bytes, want) => assert.ok(Buffer.from(inflate(bytes, want.length)).equals(want));

test("the embedded module is lotse.wasm", () => {
  assert.equal(SIZE, module.length);
  const before = performance.now();
  equal(Buffer.from(BASE64, "base64"), module);
  console.log(`${SIZE} bytes in ${Math.round(performance.now() - before)} ms`);
});

// Every kind of block: stored, with fixed codes and with codes of its own; all lengths and distances.
const { Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE, Z_DEFAULT_STRATEGY } = constants;
const random = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * index * 31 + (index >> 3)) % 251));
const data = {
  "nothing": Buffer.alloc(0),
  "one byte": Buffer.from([7]),
  "one byte many times": Buffer.alloc(100_000, 7),
  "noise": random,
  "noise twice": Buffer.concat([random.subarray(0, 30_000), random.subarray(0, 30_000)]),
  "text": readFileSync(new URL("../../README.md", import.meta.url)),
};
for (const [name, bytes] of Object.entries(data)) {
  test(`${name}, as zlib compresses it`, () => {
    for (const strategy of [Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE]) {
      for (const level of [0, 1, 6, 9]) {
        equal(deflateRawSync(bytes, { level, strategy }), bytes);
      }
    }
  });
}
