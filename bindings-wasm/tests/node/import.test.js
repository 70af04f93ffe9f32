// The entry of the import: files, archives, answers, withheld words, and the same in a worker.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

import { LotseError } from "lotse";
import * as lotse from "lotse/import";
import { spawnMatcher } from "lotse/worker";

import { project, projectRequire } from "../shared/project.js";
import { zip } from "../shared/zip.js";

const { exportOffers, importNeeds, importOffers, sketchMapping } = lotse;
const AS_OF = "2026-11-29";
const OFFERS = "id;Name;Sprachen\n1;Löwenzahn;Deutsch\n2;Ahorn;Kurdisch\n";
const NEEDS = "Nr;Name;Sprache;Hilfebedarf\n7;Frau Beispiel;Dari;Beratung\n8;Herr Muster;Kurdisch;weint seit gestern viel\n";
const file = (name, text) => ({ name, text });
const list = file("list.csv", OFFERS);

const rejects = (work, code) => assert.rejects(work, (error) => error instanceof LotseError && error.code === code);

test("a file is a File, or a name with bytes or text; one, a list, or any iterable", async () => {
  const bytes = new TextEncoder().encode(OFFERS);
  const inputs = [
    list,
    [list],
    new Set([list]),
    { name: "list.csv", bytes },
    { name: "list.csv", bytes: bytes.buffer },
    { name: "list.csv", bytes: new DataView(bytes.buffer) },
    new File([bytes], "list.csv"),
    Object.assign(new File([bytes], "list.csv"), { bytes: async () => bytes }),
    { name: "list.csv", bytes: Buffer.from(OFFERS, "latin1") },
    { name: "list.csv", bytes: Buffer.from(`\uFEFF${OFFERS}`, "utf16le") },
  ];
  for (const input of inputs) {
    const { offers } = await importOffers(input, { asOf: AS_OF });
    assert.deepEqual(offers.map(({ name }) => name), ["Löwenzahn", "Ahorn"]);
  }
  for (const wrong of [null, undefined, 5, "list.csv", {}, { name: "x" }, { name: 5, text: "" }, { name: "x", bytes: [1] }]) {
    await assert.rejects(importOffers(wrong), TypeError);
  }
});

test("a question is answered by its id, in a new result", async () => {
  const asked = await importOffers(list, { asOf: AS_OF });
  assert.deepEqual(asked.questions.map(({ id }) => id), ["language:kurdisch"]);
  const answered = await asked.answer({ "language:kurdisch": ["kmr", "ckb"] });
  assert.deepEqual([answered.questions, answered.offers[1].languages.map(({ tag }) => tag)], [[], ["kmr", "ckb"]]);
  assert.equal(asked.questions.length, 1);
  // The mapping that was saved with the answers asks nothing.
  const again = await importOffers(list, { asOf: AS_OF, mapping: JSON.parse(JSON.stringify(answered.mapping)) });
  assert.deepEqual([again.questions, again.offers], [[], answered.offers]);
});

test("a word that may identify a person is only revealed on request", async () => {
  const found = await importNeeds(file("needs.csv", NEEDS), { asOf: AS_OF });
  assert.ok(!JSON.stringify(found).includes("weint"));
  assert.ok(!JSON.stringify(found).includes("Beispiel"));
  const withheld = found.questions.find(({ text }) => text === null);
  assert.equal(withheld.id, "help@row 3");
  assert.equal(await found.reveal(withheld.id), "weint seit gestern viel");
  assert.equal(await found.reveal("language:kurdisch"), undefined);
  const { needs } = await found.answer({ [withheld.id]: "psychosocial.acute" });
  assert.equal(needs[1].help, "psychosocial.acute");
});

test("errors of files and options are those of the core", async () => {
  await rejects(importOffers(file("list.csv", "")), "import.format.empty");
  await rejects(importOffers({ name: "x.pdf", bytes: Buffer.from("%PDF-1.7") }), "import.format.pdf");
  await rejects(importOffers(list, { withhin: "14" }), "request.unknown_field");
  await rejects(importOffers(list, { within: "99" }), "import.mapping.code");
  await rejects(importOffers(list, { asOf: AS_OF, strict: true }), "import.strict.question");
});

test("a sketch recognizes columns", async () => {
  const sketch = await sketchMapping(list, { records: "offers" });
  assert.deepEqual(sketch.columns.map(({ field }) => field), ["id", "name", "languages"]);
  assert.equal(sketch.recognized.files[0].delimiter, ";");
});

test("exported offers are imported again", async () => {
  const offers = [
    { id: "o-1", name: "Löwenzahn", languages: ["de", { tag: "ckb", how: "interpreter" }], area: ["14612"], capacity: 3 },
    { id: "o-2", name: "=Ahorn", help: ["psychosocial.acute"], ages: { min: 16 }, contact: { phone: "+49 351 000" } },
  ];
  const table = await exportOffers(offers, { asOf: AS_OF });
  assert.deepEqual(table.files.map(({ name }) => name).sort(), ["datapackage.json", "offers.csv", "offers.map.json"]);
  const text = (name) => table.files.find((found) => found.name === name).text;
  const read = await importOffers(file("offers.csv", text("offers.csv")), { asOf: AS_OF, mapping: JSON.parse(text("offers.map.json")) });
  const page = await exportOffers(JSON.stringify(offers), { to: "hsds3", withCapacity: true, asOf: AS_OF });
  assert.equal(page.files.length, 1);
  const again = await importOffers(page.files[0], { asOf: AS_OF });
  for (const { offers: found, questions } of [read, again]) {
    assert.deepEqual([questions, found.map(({ id, name }) => [id, name])], [[], offers.map(({ id, name }) => [id, name])]);
  }
  assert.deepEqual((await exportOffers(read.offers, { asOf: AS_OF })).files, table.files);
  const tables = await exportOffers(offers, { to: "hsds3", package: true });
  assert.ok(tables.files.some(({ name }) => name === "services.csv"));
  await rejects(exportOffers(offers, { to: "xml" }), "request.value");
  await rejects(exportOffers([{ id: "o-1", helpp: [] }]), "offer.unknown_field");
  await assert.rejects(exportOffers(offers, { signal: AbortSignal.abort(new Error("own")) }), /own/);
});

test("an archive is read as its files", async () => {
  for (const stored of [false, true]) {
    const bytes = zip([["__MACOSX/._list.csv", "x"], ["folder/list.csv", OFFERS, { stored }]]);
    const { offers, report } = await importOffers({ name: "list.zip", bytes });
    assert.deepEqual([offers.length, report.recognized.files.map(({ name }) => name)], [2, ["list.csv"]]);
  }
});

test("hostile archives end in an error", async () => {
  const open = (bytes) => importOffers({ name: "list.zip", bytes });
  await rejects(open(zip([["../list.csv", OFFERS]])), "import.archive.path");
  await rejects(open(zip([["C:\\list.csv", OFFERS]])), "import.archive.path");
  await rejects(open(zip([["list.csv", OFFERS]], (central) => central.writeUInt16LE(1, 8))), "import.archive.encrypted");
  await rejects(open(zip([["list.csv", "x".repeat(5_000_000)]])), "import.archive.bomb");
  // The directory states a small size.
  await rejects(
    open(zip([["list.csv", "x".repeat(5_000_000)]], (central) => central.writeUInt32LE(10, 24))),
    "import.archive.bomb",
  );
  await rejects(open(zip([["xl/workbook.xml", "<x/>"]])), "import.format.xlsx");
  const whole = zip([["list.csv", OFFERS]]);
  for (let length = 30; length < whole.length; length += 1) {
    await assert.rejects(open(whole.subarray(0, length)), LotseError, `${length} bytes`);
  }
  for (let at = 4; at < whole.length; at += 1) {
    const damaged = Buffer.from(whole);
    damaged[at] ^= 0xff;
    const read = await open(damaged).catch((error) => assert.ok(error instanceof LotseError, `byte ${at}: ${error}`));
    assert.ok(read === undefined || read.offers[0].name === "Löwenzahn", `byte ${at}`);
  }
});

test("progress is reported, and cancels", async () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => `${index};Treff ${index};Deutsch`);
  const large = file("list.csv", `id;Name;Sprachen\n${rows.join("\n")}\n`);
  const seen = [];
  const { offers } = await importOffers(large, { onProgress: (done, total) => void seen.push([done, total]) });
  assert.equal(offers.length, 20_000);
  assert.ok(seen.length > 0);
  await rejects(importOffers(large, { onProgress: () => false }), "cancelled");
  await assert.rejects(importOffers(large, { signal: AbortSignal.abort(new Error("own")) }), /own/);
});

test("a worker has the same methods, also after an abort", async () => {
  const matcher = await spawnMatcher({ offers: [] });
  try {
    const here = await importOffers(list, { asOf: AS_OF });
    const there = await matcher.importOffers(new File([OFFERS], "list.csv"), { asOf: AS_OF });
    assert.deepEqual(JSON.parse(JSON.stringify(there)), JSON.parse(JSON.stringify(here)));
    assert.deepEqual((await there.answer({ "language:kurdisch": "kmr" })).questions, []);
    const controller = new AbortController();
    const aborted = matcher.importOffers(list, { signal: controller.signal });
    controller.abort(new Error("own"));
    await assert.rejects(aborted, /own/);
    const needs = await matcher.importNeeds(file("needs.csv", NEEDS), { asOf: AS_OF });
    assert.equal(await needs.reveal("help@row 3"), "weint seit gestern viel");
    await rejects(matcher.importOffers(file("list.csv", "")), "import.format.empty");
    assert.equal((await matcher.sketchMapping(list, { records: "offers" })).columns.length, 3);
    const { files } = await matcher.exportOffers(here.offers);
    assert.deepEqual(files, (await exportOffers(here.offers)).files);
    assert.equal(matcher.size, 0);
  } finally {
    matcher.terminate();
  }
});

test("import and require share one instance, and the error class of the library", () => {
  const required = projectRequire("lotse/import");
  for (const name of Object.keys(lotse).filter((name) => !["default", "module.exports"].includes(name))) {
    assert.equal(required[name], lotse[name], name);
  }
  assert.equal(lotse.LotseError, LotseError);
});

test("the module may be given", () => {
  const script = `
    import { readFileSync } from "node:fs";
    import { importOffers, ready } from "lotse/import";
    await ready(readFileSync(${JSON.stringify(projectRequire.resolve("lotse/lotse-import.wasm"))}));
    const { offers } = await importOffers({ name: "list.csv", text: ${JSON.stringify(OFFERS)} });
    console.log(offers.length);`;
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: project, encoding: "utf8" });
  assert.equal(output, "2\n");
});

test("labels exist in every display language", () => {
  assert.equal(lotse.importLabels("de").why.typo, "vielleicht ein Tippfehler");
  assert.throws(() => lotse.importLabels("fr"), LotseError);
});

test("2,000 needs are imported quickly", async () => {
  const rows = Array.from({ length: 2000 }, (_, index) =>
    [index, "Dari, Deutsch", "A2", "01067", index % 90, "weiblich", "Traumaambulanz", "Körperverletzung", "dringend"].join(";"),
  );
  const text = `Nr;Sprache;Deutschkenntnisse;PLZ;Alter;Geschlecht;Hilfebedarf;Delikt;Dringlichkeit\n${rows.join("\n")}\n`;
  await importNeeds(file("needs.csv", NEEDS));
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const start = process.cpuUsage(); // of this process, whatever else runs
    const { needs } = await importNeeds(file("needs.csv", text), { asOf: AS_OF });
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
    assert.equal(needs.length, 2000);
  }
  console.log(`2,000 needs: ${Math.round(best)} ms`);
  assert.ok(best < 300, `${best} ms`);
});
