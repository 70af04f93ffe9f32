// Importing records: own files by a dialog or by dragging, or the invented example.

import { loadVocabulary } from "../code-names.js";
import { messages } from "../i18n.js";
import { completePolicy } from "../policy/effective-policy.js";
import { exampleRecords, policy, records, today, type Records } from "../store.js";
import { announce } from "../ui/announce.js";
import { button, fill, h, on, type Child } from "../ui/dom.js";
import { englishText } from "../ui/english-text.js";
import { importFiles } from "./import-client.js";
import type { FileDetail, ImportResult } from "./import-worker.js";
import { clearPlan, defaultOptions, fixedReferrals, options, referralsOf, setInitialPlan } from "./plan.js";

const DETAILS_SHOWN = 8;
const MAX_ANNOUNCEMENT = 300;

/** The result of the last import, kept to be shown again in another language. */
let lastResult: ImportResult | null = null;

export function importPanel(): HTMLElement {
  const text = messages().load;
  const output = h("div", { class: "messages", id: "load-messages", "data-testid": "load-messages" });
  if (lastResult) fill(output, resultMessages(lastResult));
  return h(
    "section",
    { class: "panel load", "aria-labelledby": "load-title" },
    h("h3", { id: "load-title" }, text.title),
    h("p", { class: "lead", id: "files-lead" }, text.lead),
    dropZone((files) => void loadFiles(files, output)),
    recordsState(),
    output,
  );
}

function dropZone(load: (files: readonly File[]) => void): HTMLElement {
  const text = messages().load;
  const input = h("input", {
    type: "file",
    id: "files",
    class: "visually-hidden",
    multiple: true,
    accept: ".json,.ndjson,.jsonl,application/json",
    "aria-describedby": "files-lead",
  });
  on(input, {
    change: () => {
      const files = [...(input.files ?? [])];
      // So that the same file can be selected again.
      if (files.length > 0) input.value = "";
      load(files);
    },
  });
  const zone = h(
    "div",
    { class: "drop", id: "drop" },
    h("label", { for: "files", class: "button" }, text.files),
    input,
    h("span", { class: "drop-or" }, text.drop),
    button(text.example, restoreExample, { class: "quiet", id: "load-example" }),
    h("p", { class: "hint" }, text.exampleHint),
  );
  return on(zone, {
    dragover: (event) => {
      event.preventDefault();
      zone.classList.add("over");
    },
    dragleave: () => zone.classList.remove("over"),
    drop: (event) => {
      event.preventDefault();
      zone.classList.remove("over");
      load([...(event.dataTransfer?.files ?? [])]);
    },
  });
}

/** The number of records, and the day on which capacities are judged. */
function recordsState(): HTMLElement {
  const text = messages().load;
  const { needs, offers, example, asOf } = records.value;
  const day = h("input", { type: "date", id: "plan-day", value: asOf, "aria-describedby": "plan-day-hint" });
  on(day, {
    change: () => {
      if (/^\d{4}-\d\d-\d\d$/.test(day.value)) records.value = { ...records.value, asOf: day.value };
    },
  });
  return h(
    "div",
    { class: "load-state" },
    h(
      "p",
      { class: "record-count", id: "record-count", "data-testid": "record-count" },
      text.have(needs.length, offers.length),
      example ? ` ${text.invented}` : null,
    ),
    example ? null : button(text.clear, removeOwnRecords, { class: "quiet small", id: "load-clear" }),
    offers.length === 0 ? h("p", { class: "problem" }, text.noOffers) : null,
    needs.length === 0 ? h("p", { class: "problem" }, text.noNeeds) : null,
    h(
      "div",
      { class: "field narrow" },
      h("label", { for: "plan-day" }, text.day),
      day,
      h("p", { class: "hint", id: "plan-day-hint" }, text.dayHint),
    ),
  );
}

async function loadFiles(files: readonly File[], output: HTMLElement): Promise<void> {
  if (files.length === 0) return;
  const text = messages().load;
  fill(output, h("p", {}, text.reading));
  const current: Records = records.value.example
    ? { offers: [], needs: [], vocabulary: null, asOf: today(), example: false }
    : records.value;
  const { offers, needs, vocabulary, asOf } = current;
  const request = { files: [...files], offers, needs, policy: policy.value, vocabulary, asOf };
  const result = await importFiles(request).catch(() => null);
  if (!result) return fill(output, h("p", { class: "problem", role: "alert" }, text.interrupted, " ", text.errorsKept));
  const previousResult = lastResult;
  lastResult = result;
  try {
    if (result.errors.length === 0 && result.fileErrors.length === 0) applyImport(current, result);
    else fill(output, resultMessages(result));
  } catch {
    lastResult = previousResult;
    return fill(output, h("p", { class: "problem", role: "alert" }, text.failed, " ", text.errorsKept));
  }
  // The panel may have been rebuilt, so the text is read from the document.
  const shown = document.getElementById("load-messages")?.textContent || recordCountText();
  announce(shown?.slice(0, MAX_ANNOUNCEMENT) ?? "");
}

function recordCountText(): string | null | undefined {
  return document.getElementById("record-count")?.textContent;
}

function restoreExample(): void {
  lastResult = null;
  clearPlan();
  loadVocabulary();
  // A copy, so that the same example counts as a change.
  records.value = { ...exampleRecords() };
  // If only the day has changed, the panel is not rebuilt.
  const day = document.querySelector<HTMLInputElement>("#plan-day");
  if (day) day.value = records.value.asOf;
}

/** Removes the own records. The policy of a file stays; it has a reset of its own. */
function removeOwnRecords(): void {
  restoreExample();
  document.getElementById("load-example")?.focus();
  announce(recordCountText() ?? "");
}

function applyImport(current: Records, { offers, needs, request }: ImportResult): void {
  // The statements that may throw come first, before anything is cleared.
  const importedPolicy = request?.policy ? completePolicy(request.policy) : policy.value;
  const vocabulary = request?.vocabulary ?? current.vocabulary;
  if (vocabulary !== records.value.vocabulary) loadVocabulary(vocabulary ?? undefined);
  clearPlan();
  policy.value = importedPolicy;
  records.value = { offers, needs, vocabulary, asOf: request?.as_of ?? current.asOf, example: false };
  if (!request) return;
  options.value = {
    minScore: request.min_score ?? defaultOptions.minScore,
    neighbourServes: request.neighbour_serves ?? defaultOptions.neighbourServes,
  };
  setInitialPlan({ previous: referralsOf(request.previous), moves: request.moves ?? "few" });
  fixedReferrals.value = new Map(referralsOf(request.fixed).map((fixed) => [fixed.need, fixed]));
}

function resultMessages({ fileErrors, errors, warnings, request }: ImportResult): Child[] {
  const text = messages().load;
  const isRejected = fileErrors.length > 0 || errors.length > 0;
  return [
    fileErrors.map(({ file, error }) => h("p", { class: "problem" }, h("b", {}, file), ": ", text[error])),
    errors.length > 0
      ? h(
          "section",
          { class: "problem-list", "data-testid": "errors" },
          h("p", { class: "problem" }, text.errors(errors.length)),
          detailList(errors),
        )
      : null,
    isRejected ? h("p", {}, text.errorsKept) : null,
    !isRejected && request?.policy ? h("p", {}, text.policyTaken) : null,
    !isRejected && request?.vocabulary ? h("p", {}, text.vocabularyTaken) : null,
    warnings.length > 0
      ? h(
          "details",
          { class: "warning-list", "data-testid": "warnings" },
          h("summary", {}, text.warnings(warnings.length)),
          detailList(warnings),
        )
      : null,
  ];
}

function detailList(details: readonly FileDetail[]): HTMLElement {
  const text = messages().load;
  const item = ({ file, path, message, hint }: FileDetail): HTMLElement =>
    h(
      "li",
      {},
      h("code", {}, [file, path].filter(Boolean).join(": ")),
      " ",
      englishText(message),
      hint ? h("span", { class: "hint" }, ` ${text.hint}: `, englishText(hint)) : null,
    );
  const list = h("ul", {}, details.slice(0, DETAILS_SHOWN).map(item));
  if (details.length <= DETAILS_SHOWN) return list;
  const showMore = button(
    text.more(details.length - DETAILS_SHOWN),
    () => {
      list.append(...details.slice(DETAILS_SHOWN).map(item));
      showMore.remove();
    },
    { class: "quiet" },
  );
  return h("div", {}, list, showMore);
}
