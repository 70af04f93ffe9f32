// A page on which a counsellor ranks offers for one person, plans for an incident, and edits the policy.
//
// Architecture: `ui/` has components that are independent of the domain (elements, a combobox, a paged table); `person/`,
// `incident/`, `data/` and `policy/` are the four views, of which `data/` is rendered by Preact with signals, as later ones
// are to be, and the others build their elements; `store.ts` has the state that they share, in memory only; `messages/` has all texts, one file per language. The library is the built package in `../dist`. The order of
// layers is in `tests/node/layers.test.js`.
//
// Invariants: nothing is sent, and nothing that is entered is stored; a text from a file is set as text, never as
// markup; long work runs in a worker; once the page is loaded it makes no more requests, but for the service worker,
// which fills its cache, and the browser, which checks for a newer one.

import type { Need, Offer } from "lotse";
import { ready } from "lotse";
import { startPage } from "./app.js";
import { loadVocabulary } from "./code-names.js";
import { startDataWorker } from "./data/data-client.js";
import { loadSteps } from "./data/lazy-view.js";
import { messages } from "./i18n.js";
import { currentVoronoi } from "./incident/map.js";
import { startPlanner } from "./incident/plan.js";
import { workOffline } from "./offline.js";
import { cachePlannerScript } from "./planner-script.js";
import { completePolicy } from "./policy/effective-policy.js";
import { loadExample, policy } from "./store.js";
import { trustOwnWorkers } from "./trusted-types.js";
import { yieldToMain } from "./ui/debounce.js";

async function fetchJson<Value>(file: string): Promise<Value> {
  const response = await fetch(new URL(file, document.baseURI));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return (await response.json()) as Value;
}

async function loadPage(): Promise<void> {
  trustOwnWorkers();
  const module = WebAssembly.compileStreaming(fetch(new URL("./lotse.wasm", document.baseURI)));
  const example = Promise.all([
    fetchJson<Offer[]>("./offers.json"),
    fetchJson<Need[]>("./needs.json"),
    fetchJson<string>("./as-of.json"),
  ]);
  const compiled = await module;
  await ready(compiled);
  loadVocabulary();
  await yieldToMain();
  loadExample(...(await example));
  policy.value = completePolicy({});
  startPage();
  // After the first paint, one after another: the workers for files and plans, the offline cache, the map, the view of data.
  await yieldToMain();
  startDataWorker(compiled);
  await cachePlannerScript();
  startPlanner(compiled);
  for (const start of [workOffline, currentVoronoi, () => void loadSteps().catch(() => undefined)]) {
    await yieldToMain();
    start();
  }
}

loadPage().catch((error: unknown) => {
  console.error(error);
  const loading = document.getElementById("loading");
  if (loading) loading.textContent = messages().broken;
});
