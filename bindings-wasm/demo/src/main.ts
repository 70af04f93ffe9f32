// The page on which a counsellor finds help for one person, plans for an incident, and sets the rules.
//
// How it is built: no framework; `ui/` holds the few pieces that know nothing of the field (elements, a combobox, a
// paged table); `person/`, `incident/` and `policy/` are the three views; `store.ts` holds what they share, in memory
// only; `messages/` holds every text, one file a language. The library comes from `../dist`, as others get it.
//
// What must stay true: nothing is sent, and nothing that is entered is stored; every text from a file is set as text,
// never as markup; all that takes long runs in a worker; once the page is up, nothing more of it is fetched (the service
// worker fetches its own copy then, and the browser looks whether there is a newer one).

import { ready } from "lotse";
import type { Need, Offer } from "lotse";
import { startPage } from "./app.js";
import { layOutExample, policy } from "./store.js";
import { theCells } from "./incident/map.js";
import { startPlanner } from "./incident/plan.js";
import { startReader } from "./incident/import-client.js";
import { openVocabulary } from "./code-names.js";
import { workOffline } from "./offline.js";
import { breathe } from "./ui/debounce.js";
import { keepPlannerScript } from "./planner-script.js";
import { inFull } from "./policy/effective-policy.js";
import { words } from "./i18n.js";

async function json<Value>(file: string): Promise<Value> {
  const response = await fetch(new URL(file, document.baseURI));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return (await response.json()) as Value;
}

async function open(): Promise<void> {
  const module = WebAssembly.compileStreaming(fetch(new URL("./lotse.wasm", document.baseURI)));
  const example = Promise.all([
    json<Offer[]>("./offers.json"),
    json<Need[]>("./needs.json"),
    json<string>("./as-of.json"),
  ]);
  const compiled = await module;
  await ready(compiled);
  openVocabulary();
  await breathe();
  layOutExample(...(await example));
  policy.value = inFull({});
  startPage();
  // After the first painting, one after the other: workers for files and plans, the cache, the map.
  await breathe();
  startReader(compiled);
  await keepPlannerScript();
  startPlanner(compiled);
  for (const start of [workOffline, theCells]) {
    await breathe();
    start();
  }
}

open().catch((error: unknown) => {
  console.error(error);
  const loading = document.getElementById("loading");
  if (loading) loading.textContent = words().broken;
});
