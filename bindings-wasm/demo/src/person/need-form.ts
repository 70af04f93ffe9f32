// The form for one person. Every field is optional, and every change updates the ranking.

import { codeLabels, codeName, currentTables } from "../code-names.js";
import { messages } from "../i18n.js";
import { emptyQuery, query, records, startQuery, updateQuery } from "../store.js";
import { suggestionOf } from "../suggest.js";
import { checkboxGroup } from "../ui/checks.js";
import { combobox } from "../ui/combobox.js";
import { button, h, on } from "../ui/dom.js";
import { crimeFields } from "./crime-field.js";
import { languageField } from "./language-field.js";
import { suggestionItems } from "./suggestion-items.js";

/** The number of regions in the open list. */
const MAX_FREQUENT = 16;
const FORMATS = ["on_site", "outreach", "phone", "video", "chat", "email"] as const;
const GENDERS = ["female", "male", "other"] as const;
/** The order of the roles: the most directly affected first. */
const ROLES = [
  "injured",
  "affected",
  "bereaved",
  "relative",
  "close_person",
  "missing_someone",
  "witness",
  "first_aider",
  "supporter",
  "emergency_crew",
];

export function needForm(until: AbortSignal): HTMLElement {
  const text = messages().form;
  const { help, region } = query.value;
  const form = h(
    "form",
    { class: "form", id: "person-form", autocomplete: "off", "aria-labelledby": "form-title" },
    h("h2", { id: "form-title", tabindex: "-1" }, text.title),
    h("p", { class: "lead" }, text.lead),
    combobox({
      id: "field-help",
      label: text.help,
      hint: text.helpHint,
      value: help ? codeName("help", help) : "",
      keep: true,
      suggest: (typed) =>
        suggestionItems("help", typed, () => namedCodes("help").map((code) => suggestionOf("help", code))),
      choose: ({ code }) => updateQuery({ help: code }),
      clear: () => updateQuery({ help: null }),
    }),
    languageField(),
    combobox({
      id: "field-region",
      label: text.region,
      hint: text.regionHint,
      value: region ? codeName("region", region) : "",
      keep: true,
      suggest: (typed) =>
        suggestionItems("region", typed, () => frequentRegions().map((code) => suggestionOf("region", code))),
      choose: ({ code }) => updateQuery({ region: code }),
      clear: () => updateQuery({ region: null }),
    }),
    crimeFields(until),
    h("h3", {}, text.about),
    checkboxGroup(text.roles, "role", namedOptions("role", ROLES), query.value.roles, (roles) =>
      updateQuery({ roles }),
    ),
    h("div", { class: "field-row" }, ageField(), genderField(), peopleField()),
    checkboxGroup(
      text.formats,
      "format",
      FORMATS.map((code) => ({ code, name: codeLabels().format[code] })),
      query.value.formats,
      (chosen) => updateQuery({ formats: FORMATS.filter((code) => chosen.includes(code)) }),
    ),
    checkboxGroup(text.access, "access", namedOptions("access", []), query.value.access, (access) =>
      updateQuery({ access }),
    ),
    h(
      "div",
      { class: "form-end" },
      button(text.reset, () => startQuery(emptyQuery), { class: "quiet", id: "reset-person" }),
      h("p", { class: "hint" }, text.asOf(records.value.asOf)),
    ),
  );
  return on(form, { submit: (event) => event.preventDefault() });
}

function ageField(): HTMLElement {
  const text = messages().form;
  const input = h("input", {
    id: "field-age",
    type: "number",
    min: 0,
    max: 150,
    step: 1,
    inputmode: "numeric",
    value: query.value.age,
  });
  const problem = h("p", { class: "problem", id: "field-age-problem", hidden: true }, text.ageHint);
  on(input, {
    input: () => {
      const age = input.value === "" ? null : input.valueAsNumber;
      const isValid = !input.validity.badInput && (age === null || (Number.isInteger(age) && age >= 0 && age <= 150));
      problem.hidden = isValid;
      input.setAttribute("aria-invalid", String(!isValid));
      if (isValid) input.removeAttribute("aria-describedby");
      else input.setAttribute("aria-describedby", problem.id);
      updateQuery({ age: isValid ? age : null });
    },
  });
  return h("div", { class: "field narrow" }, h("label", { for: input.id }, text.age), input, problem);
}

function genderField(): HTMLElement {
  const select = h(
    "select",
    { id: "field-gender" },
    h("option", { value: "" }, codeLabels().none.code),
    GENDERS.map((code) =>
      h("option", { value: code, selected: query.value.gender === code }, codeLabels().gender[code]),
    ),
  );
  on(select, { change: () => updateQuery({ gender: GENDERS.find((code) => code === select.value) ?? null }) });
  return h("div", { class: "field narrow" }, h("label", { for: select.id }, messages().form.gender), select);
}

function peopleField(): HTMLElement {
  const input = h("input", {
    id: "field-people",
    type: "number",
    min: 1,
    max: 99,
    step: 1,
    inputmode: "numeric",
    value: query.value.people,
    "aria-describedby": "field-people-hint",
  });
  on(input, {
    input: () => {
      const people = input.valueAsNumber;
      updateQuery({ people: Number.isInteger(people) && people >= 1 && people <= 99 ? people : 1 });
    },
    blur: () => (input.value = String(query.value.people)),
  });
  const hint = h("p", { class: "hint", id: "field-people-hint" }, messages().form.peopleHint);
  return h("div", { class: "field narrow" }, h("label", { for: input.id }, messages().form.people), input, hint);
}

/** Returns the codes of a kind that have names. */
function namedCodes(kind: "help" | "role" | "access"): string[] {
  const names = (currentTables().names ?? []).filter((entry) => entry.kind === kind);
  return [...new Set(names.map(({ code }) => code))];
}

/** Returns the codes of a kind with their names; those of `first` come first. */
function namedOptions(kind: "role" | "access", first: readonly string[]): { code: string; name: string }[] {
  const known = namedCodes(kind);
  const order = [...first.filter((code) => known.includes(code)), ...known.filter((code) => !first.includes(code))];
  return order.map((code) => ({ code, name: codeName(kind, code) }));
}

/** Returns the regions that most offers serve, for the open list. */
function frequentRegions(): string[] {
  const counts = new Map<string, number>();
  for (const { area } of records.value.offers) {
    for (const code of area ?? []) if (code !== "any") counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, MAX_FREQUENT)
    .map(([code]) => code);
}
