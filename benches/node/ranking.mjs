// Benchmarks `rankAll` against plain JavaScript and the native library, all on one thread.

import { deepStrictEqual } from "node:assert";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { PlainMatcher } from "./plain.mjs";
import { contender, start } from "./process.mjs";
import { AS_OF, TOP, readRecords, writeShape } from "./records.mjs";
import { median, takeTurns, timed } from "./turns.mjs";

const BARE = { top: TOP, reasons: false };
const FULL = { top: TOP };

export const contenders = {
  "objects, bare": (given) => rankAll(given, ({ needs }) => needs, BARE),
  "text, bare": (given) => rankAll(given, ({ texts }) => texts.needs, BARE),
  "core, bare": (given) => rankInWasm(given, BARE),
  objects: (given) => rankAll(given, ({ needs }) => needs, FULL),
  text: (given) => rankAll(given, ({ texts }) => texts.needs, FULL),
  core: (given) => rankInWasm(given, FULL),
  request: requestInWasm,
  "build from objects": (given) => build(given, ({ offers }) => offers),
  "build from text": (given) => build(given, ({ texts }) => texts.offers),
  plain: rankPlainly,
};

export async function ranking({ ours, dist, data, shape, needs, offers, rounds }) {
  const folder = join(data, `records-${shape}-${needs}-${offers}`);
  writeShape(ours, shape, needs, offers, folder);
  const given = { dist, folder };
  assertSameResult(given);

  const tables = join(data, `ranking-${shape}-${needs}-${offers}`);
  execFileSync(ours, ["write-ranking", shape, String(needs), String(offers), tables]);
  const arrays = join(import.meta.dirname, "../peers/node_arrays.mjs");
  const all = [
    ...Object.keys(contenders).map((name) => contender(name, import.meta.filename, given)),
    start("arrays", process.execPath, [arrays, tables], ({ seconds }) => seconds * 1e3),
    start("native", ours, ["text", "rank", folder], ({ parts }) => parts),
  ];
  const turns = await takeTurns(await Promise.all(all), { rounds });

  const took = (name) => median(turns[name]);
  const native = (part) => median(turns.native.map((parts) => parts[part] * 1e3));
  return [
    [`Ranking, ${shape}, ${needs} × ${offers}, top ${TOP}, without reasons`],
    ...boundaryRows(turns, ", bare"),
    ["plain JavaScript on records", took("plain"), took("objects, bare"), "objects"],
    ["plain JavaScript on precomputed tables", took("arrays"), took("objects, bare"), "objects"],
    ["native, text to text", native("without_reasons"), took("core, bare"), "text to text"],
    ["The same with reasons"],
    ...boundaryRows(turns, ""),
    ["native, text to text", native("with_reasons"), took("core"), "text to text"],
    ["native, records without text", native("records"), took("objects"), "objects"],
    ["a request with offers, text to text", took("request")],
    ["native, the same request", native("whole"), took("request"), "ours"],
    ["build a matcher from objects", took("build from objects")],
    ["build a matcher from text", took("build from text"), took("build from objects"), "objects"],
    ["native, build a matcher from text", native("build"), took("build from text"), "text"],
  ];
}

function boundaryRows(turns, kind) {
  const [objects, text, core] = ["objects", "text", "core"].map((name) => turns[name + kind]);
  const difference = (a, b) => median(a.map((took, turn) => took - b[turn]));
  const all = median(objects);
  return [
    ["lotse, needs as objects", all],
    ["… of it encoding the needs", difference(objects, text), all, "objects"],
    ["… of it parsing the response", difference(text, core), all, "objects"],
    ["lotse, needs as text", median(text), all, "objects"],
    ["lotse, text to text", median(core), all, "objects"],
  ];
}

function assertSameResult(given) {
  const { matcher, needs, texts } = prepared(given);
  const result = matcher.rankAll(needs, BARE);
  deepStrictEqual(plainMatcher(given).rankAll(needs, TOP), result, "plain JavaScript ranks differently");
  deepStrictEqual(matcher.rankAll(texts.needs, BARE), result);
  deepStrictEqual(matcher.rankAll(needs, FULL).map(withoutReasons), result);
}

function withoutReasons({ need, matches }) {
  return { need, matches: matches.map(({ reasons: _, ...match }) => match) };
}

function prepared({ dist, folder }) {
  const { Matcher, Vocabulary } = createRequire(import.meta.url)(join(dist, "node.cjs"));
  const records = readRecords(folder);
  const matcher = new Matcher({ offers: records.offers, policy: records.policy, asOf: AS_OF });
  return { ...records, Matcher, Vocabulary, matcher };
}

function rankAll(given, needsOf, options) {
  const { matcher, ...records } = prepared(given);
  const needs = needsOf(records);
  return () => timed(() => matcher.rankAll(needs, options))[0];
}

/** Ranks from text to text: the difference to objects is the time of encoding and parsing. */
async function rankInWasm({ dist, folder }, options) {
  const wasm = await loadWasm(dist);
  const { texts } = readRecords(folder);
  const matcher = new wasm.RawMatcher(texts.offers, configText(texts), AS_OF);
  return () => timed(() => matcher.rank_all(texts.needs, JSON.stringify(options)))[0];
}

async function requestInWasm({ dist, folder }) {
  const wasm = await loadWasm(dist);
  const { needs, offers, policy } = readRecords(folder);
  const request = JSON.stringify({ needs, offers, policy, as_of: AS_OF, ...FULL });
  return () => timed(() => wasm.call("rank", request))[0];
}

async function loadWasm(dist) {
  const { instantiate, wasm } = await import(join(dist, "module.js"));
  instantiate(() => new WebAssembly.Module(readFileSync(join(dist, "lotse.wasm"))));
  return wasm;
}

const configText = ({ policy }) => `{"policy":${policy},"as_of":"${AS_OF}"}`;

function build(given, offersOf) {
  const { Matcher, policy, ...records } = prepared(given);
  const offers = offersOf(records);
  return () => {
    const [took, matcher] = timed(() => new Matcher({ offers, policy, asOf: AS_OF }));
    matcher.free();
    return took;
  };
}

function rankPlainly(given) {
  const matcher = plainMatcher(given);
  const { needs } = readRecords(given.folder);
  return () => timed(() => matcher.rankAll(needs, TOP))[0];
}

function plainMatcher(given) {
  const { Vocabulary, offers, policy } = prepared(given);
  return new PlainMatcher({ offers, policy, asOf: AS_OF, tables: new Vocabulary().tables() });
}
