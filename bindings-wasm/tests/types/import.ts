// A program that imports files. It is compiled, but not run.

import type { Need, Offer } from "lotse";
import {
  exportOffers,
  type ImportedNeeds,
  type ImportedOffers,
  importLabels,
  importNeeds,
  importOffers,
  LotseError,
  type MappingFile,
  ready,
  sketchMapping,
} from "lotse/import";
import { spawnMatcher } from "lotse/worker";

const mapping: MappingFile = {
  lotse_mapping: 1,
  records: "offers",
  within: "14",
  id: "Nr",
  prefix: "lk-",
  hide: { place: [{ column: "Adresse geheim", is: ["ja"] }] },
  fields: {
    name: "Einrichtung",
    languages: ["Sprachen", { columns: { Arabisch: "ar" }, marked: ["x"] }],
    area: "Zuständig für",
    place: { postcode: "PLZ", town: "Ort" },
    access: { column: "Kosten", null: [], values: { keine: ["free_of_charge"], "nach Einkommen": null } },
    capacity: { state: "Status", free: "Plätze frei", updated: "Stand" },
  },
  words: { language: { Kurdisch: ["kmr", "ckb"] } },
  never: ["Ansprechpartner"],
};

export async function use(files: FileList, bytes: Uint8Array): Promise<Offer[]> {
  await ready();
  const stop = new AbortController();
  const options = { mapping, within: "14", asOf: "2026-11-29", signal: stop.signal, onProgress: (done: number) => done < 9 };
  const asked: ImportedOffers = await importOffers(files, options);
  await importOffers({ name: "list.csv", bytes }, { mapping: "hsds3", answers: { "language:kurdisch": ["kmr"] } });
  await importOffers([{ name: "list.csv", text: "" }, ...files], { mapping: asked.mapping, previous: asked.offers });
  for (const { text, candidates, why } of asked.questions) void [text?.length, candidates[0], importLabels("de").why[why]];
  const answered = await asked.answer({ "region:leipzig": null, "crime:anschlag": { code: "0102", context: ["terrorism"] } });
  const needs: ImportedNeeds = await importNeeds(files);
  const word: string | undefined = await needs.reveal("help@row 5");
  const found: Need[] = needs.needs;
  void [word, found, answered.report.records.produced, answered.report.lost[0]?.at];
  const sketch = await sketchMapping(files, { records: "needs" });
  void sketch.columns.map(({ field, sure }) => sure && field);
  const { files: exported } = await exportOffers(answered.offers, { to: "hsds3", withCapacity: true });
  void exported[0]?.text;
  const matcher = await spawnMatcher({}, { importModule: new URL("https://a.example/lotse-import.wasm") });
  void (await matcher.importOffers(files)).offers;
  return answered.offers;
}

export async function wrong(files: FileList): Promise<void> {
  // @ts-expect-error misspelt
  await importOffers(files, { withhin: "14" });
  // @ts-expect-error no such kind
  const other: MappingFile = { lotse_mapping: 1, records: "people", fields: {} };
  // @ts-expect-error a name is required
  await importNeeds({ text: "" });
  void [other, LotseError];
}
