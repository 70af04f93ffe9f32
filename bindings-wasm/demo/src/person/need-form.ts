// The form for one person. Every field is optional, and every change ranks at once.

import { ask, begin, emptyQuery, query, records } from "../store.js";
import { nameOf, theTables } from "../code-names.js";
import { checks } from "../ui/checks.js";
import { combobox } from "../ui/combobox.js";
import { button, h, on } from "../ui/dom.js";
import { known } from "../suggest.js";
import { words } from "../i18n.js";
import { choices } from "./suggestion-items.js";
import { crimeFields } from "./crime-field.js";
import { languagesField } from "./language-field.js";

const FORMATS = ["on_site", "outreach", "phone", "video", "chat", "email"] as const;
const GENDERS = ["female", "male", "other"] as const;
/** As for the roles: those concerned most come first. */
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

export function personForm(until: AbortSignal): HTMLElement {
  const text = words().form;
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
      value: help ? nameOf("help", help) : "",
      keep: true,
      suggest: (typed) => choices("help", typed, () => codes("help").map((code) => known("help", code))),
      choose: ({ code }) => ask({ help: code }),
      clear: () => ask({ help: null }),
    }),
    languagesField(),
    combobox({
      id: "field-region",
      label: text.region,
      hint: text.regionHint,
      value: region ? nameOf("region", region) : "",
      keep: true,
      suggest: (typed) => choices("region", typed, () => served().map((code) => known("region", code))),
      choose: ({ code }) => ask({ region: code }),
      clear: () => ask({ region: null }),
    }),
    crimeFields(until),
    h("h3", {}, text.about),
    checks(text.roles, "role", named("role", ROLES), query.value.roles, (roles) => ask({ roles })),
    h("div", { class: "field-row" }, ageField(), genderField(), peopleField()),
    checks(
      text.formats,
      "format",
      FORMATS.map((code) => ({ code, name: words().format[code] })),
      query.value.formats,
      (chosen) => ask({ formats: FORMATS.filter((code) => chosen.includes(code)) }),
    ),
    checks(text.access, "access", named("access", []), query.value.access, (access) => ask({ access })),
    h(
      "div",
      { class: "form-end" },
      button(text.reset, () => begin(emptyQuery), { class: "quiet", id: "reset-person" }),
      h("p", { class: "hint" }, text.asOf(records.value.asOf)),
    ),
  );
  return on(form, { submit: (event) => event.preventDefault() });
}

function ageField(): HTMLElement {
  const text = words().form;
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
      const fine = !input.validity.badInput && (age === null || (Number.isInteger(age) && age >= 0 && age <= 150));
      problem.hidden = fine;
      input.setAttribute("aria-invalid", String(!fine));
      if (fine) input.removeAttribute("aria-describedby");
      else input.setAttribute("aria-describedby", problem.id);
      ask({ age: fine ? age : null });
    },
  });
  return h("div", { class: "field narrow" }, h("label", { for: input.id }, text.age), input, problem);
}

function genderField(): HTMLElement {
  const select = h(
    "select",
    { id: "field-gender" },
    h("option", { value: "" }, words().none),
    GENDERS.map((code) => h("option", { value: code, selected: query.value.gender === code }, words().gender[code])),
  );
  on(select, { change: () => ask({ gender: GENDERS.find((code) => code === select.value) ?? null }) });
  return h("div", { class: "field narrow" }, h("label", { for: select.id }, words().form.gender), select);
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
      ask({ people: Number.isInteger(people) && people >= 1 && people <= 99 ? people : 1 });
    },
    blur: () => (input.value = String(query.value.people)),
  });
  const hint = h("p", { class: "hint", id: "field-people-hint" }, words().form.peopleHint);
  return h("div", { class: "field narrow" }, h("label", { for: input.id }, words().form.people), input, hint);
}

/** The codes of a kind that have names. */
function codes(kind: "help" | "role" | "access"): string[] {
  const named = (theTables().names ?? []).filter((entry) => entry.kind === kind).map(({ code }) => code);
  return [...new Set(named)];
}

function named(kind: "role" | "access", first: readonly string[]): { code: string; name: string }[] {
  const known = codes(kind);
  const order = [...first.filter((code) => known.includes(code)), ...known.filter((code) => !first.includes(code))];
  return order.map((code) => ({ code, name: nameOf(kind, code) }));
}

/** For the open list: the regions that the offers serve, the most frequent first. */
function served(): string[] {
  const times = new Map<string, number>();
  for (const { area } of records.value.offers) {
    for (const code of area ?? []) if (code !== "any") times.set(code, (times.get(code) ?? 0) + 1);
  }
  return [...times]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, 16)
    .map(([code]) => code);
}
