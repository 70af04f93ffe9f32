// Loading: own files by dialog or by dragging them here, or the invented example.

import { policy, records, theExample, today, type Records } from "../store.js";
import { openVocabulary } from "../code-names.js";
import { announce } from "../ui/announce.js";
import { button, fill, h, on, type Child } from "../ui/dom.js";
import { foreign } from "../ui/english-text.js";
import { inFull } from "../policy/effective-policy.js";
import { words } from "../i18n.js";
import { clearPlan, defaultOptions, options, pins, startWith } from "./plan.js";
import type { Placed, ReadAnswer } from "./import-worker.js";
import { readFiles } from "./import-client.js";

const SHOWN = 8;
/** What the last files had to say; it stays while the language changes. */
let told: ReadAnswer | null = null;

export function loadPanel(): HTMLElement {
  const text = words().load;
  const messages = h("div", { class: "messages", id: "load-messages", "data-testid": "load-messages" });
  const input = h("input", {
    type: "file",
    id: "files",
    class: "unseen",
    multiple: true,
    accept: ".json,.ndjson,.jsonl,application/json",
    "aria-describedby": "files-lead",
  });
  const day = h("input", {
    type: "date",
    id: "plan-day",
    value: records.value.asOf,
    "aria-describedby": "plan-day-hint",
  });

  const take = async (files: readonly File[]): Promise<void> => {
    if (files.length === 0) return;
    fill(messages, h("p", {}, text.reading));
    const own: Records = records.value.example
      ? { offers: [], needs: [], vocabulary: null, asOf: today(), example: false }
      : records.value;
    input.value = "";
    const reading = readFiles({
      files: [...files],
      offers: own.offers,
      needs: own.needs,
      policy: policy.value,
      vocabulary: own.vocabulary,
      asOf: own.asOf,
    });
    const answer = await reading.catch(() => null);
    if (!answer) return fill(messages, h("p", { class: "problem", role: "alert" }, text.unread));
    const before = told;
    told = answer;
    try {
      if (answer.errors.length === 0 && answer.problems.length === 0) layOut(own, answer);
      else fill(messages, tell(answer));
    } catch {
      told = before;
      return fill(messages, h("p", { class: "problem", role: "alert" }, text.failed, " ", text.errorsKept));
    }
    const said = document.getElementById("load-messages")?.textContent || document.getElementById("have")?.textContent;
    announce(said?.slice(0, 300) ?? "");
  };

  const zone = h(
    "div",
    { class: "drop", id: "drop" },
    h("label", { for: "files", class: "button" }, text.files),
    input,
    h("span", { class: "drop-or" }, text.drop),
    button(text.example, layOutExample, { class: "quiet", id: "load-example" }),
    h("p", { class: "hint" }, text.exampleHint),
  );
  on(input, { change: () => void take([...(input.files ?? [])]) });
  on(zone, {
    dragover: (event) => {
      event.preventDefault();
      zone.classList.add("over");
    },
    dragleave: () => zone.classList.remove("over"),
    drop: (event) => {
      event.preventDefault();
      zone.classList.remove("over");
      void take([...(event.dataTransfer?.files ?? [])]);
    },
  });
  on(day, {
    change: () => {
      if (/^\d{4}-\d\d-\d\d$/.test(day.value)) records.value = { ...records.value, asOf: day.value };
    },
  });

  if (told) fill(messages, tell(told));
  const { needs, offers, example } = records.value;
  return h(
    "section",
    { class: "panel load", "aria-labelledby": "load-title" },
    h("h3", { id: "load-title" }, text.title),
    h("p", { class: "lead", id: "files-lead" }, text.lead),
    zone,
    h(
      "div",
      { class: "load-state" },
      h(
        "p",
        { class: "have", id: "have", "data-testid": "have" },
        text.have(needs.length, offers.length),
        example ? ` ${text.invented}` : null,
      ),
      example ? null : button(text.clear, removeOwn, { class: "quiet small", id: "load-clear" }),
      offers.length === 0 ? h("p", { class: "problem" }, text.noOffers) : null,
      needs.length === 0 ? h("p", { class: "problem" }, text.noNeeds) : null,
      h(
        "div",
        { class: "field narrow" },
        h("label", { for: "plan-day" }, text.day),
        day,
        h("p", { class: "hint", id: "plan-day-hint" }, text.dayHint),
      ),
    ),
    messages,
  );
}

function layOutExample(): void {
  told = null;
  clearPlan();
  openVocabulary();
  // A copy, so that the same example counts as new.
  records.value = { ...theExample() };
  // The panel stays where only the day is another.
  const day = document.querySelector<HTMLInputElement>("#plan-day");
  if (day) day.value = records.value.asOf;
}

/** Back to the example: of the files nothing stays but the rules, which have a reset of their own. */
function removeOwn(): void {
  layOutExample();
  document.getElementById("load-example")?.focus();
  announce(document.getElementById("have")?.textContent ?? "");
}

function layOut(own: Records, { offers, needs, request }: ReadAnswer): void {
  // What may fail comes first, before anything is cleared.
  const rules = request?.policy ? inFull(request.policy) : policy.value;
  const vocabulary = request?.vocabulary ?? own.vocabulary;
  if (vocabulary !== records.value.vocabulary) openVocabulary(vocabulary ?? undefined);
  clearPlan();
  policy.value = rules;
  records.value = { offers, needs, vocabulary, asOf: request?.as_of ?? own.asOf, example: false };
  if (!request) return;
  options.value = {
    minScore: request.min_score ?? defaultOptions.minScore,
    neighbourServes: request.neighbour_serves ?? defaultOptions.neighbourServes,
  };
  startWith({ previous: request.previous ?? [], moves: request.moves ?? "few" });
  pins.value = new Map((request.fixed ?? []).map((fixed) => [fixed.need, fixed]));
}

function tell({ problems, errors, warnings, request }: ReadAnswer): Child[] {
  const text = words().load;
  const bad = problems.length > 0 || errors.length > 0;
  return [
    problems.map(({ file, refusal }) => h("p", { class: "problem" }, h("b", {}, file), ": ", text[refusal])),
    errors.length > 0
      ? h(
          "section",
          { class: "problem-list", "data-testid": "errors" },
          h("p", { class: "problem" }, text.errors(errors.length)),
          details(errors),
        )
      : null,
    bad ? h("p", {}, text.errorsKept) : null,
    !bad && request?.policy ? h("p", {}, text.policyTaken) : null,
    !bad && request?.vocabulary ? h("p", {}, text.vocabularyTaken) : null,
    warnings.length > 0
      ? h(
          "details",
          { class: "warning-list", "data-testid": "warnings" },
          h("summary", {}, text.warnings(warnings.length)),
          details(warnings),
        )
      : null,
  ];
}

function details(list: readonly Placed[]): HTMLElement {
  const text = words().load;
  const row = ({ file, path, message, hint }: Placed): HTMLElement =>
    h(
      "li",
      {},
      h("code", {}, [file, path].filter(Boolean).join(": ")),
      " ",
      foreign(message),
      hint ? h("span", { class: "hint" }, ` ${text.hint}: `, foreign(hint)) : null,
    );
  const items = h("ul", {}, list.slice(0, SHOWN).map(row));
  if (list.length <= SHOWN) return items;
  const rest = button(
    text.more(list.length - SHOWN),
    () => {
      items.append(...list.slice(SHOWN).map(row));
      rest.remove();
    },
    { class: "quiet" },
  );
  return h("div", {}, items, rest);
}
