// The numeric parameters of the criteria, grouped by topic.

import type { EffectivePolicy } from "lotse";
import { codeLabels, heading } from "../code-names.js";
import { messages } from "../i18n.js";
import { h, on } from "../ui/dom.js";
import { editPolicy, type ApplyEdit } from "./edit.js";
import { currentPolicy } from "./effective-policy.js";

interface Parameter {
  id: string;
  label: string;
  /** `true` if the value is a fit, 0 to 1; otherwise it is a whole number. */
  isFit: boolean;
  /** The minimum of a whole number. */
  min?: number;
  read: (policy: EffectivePolicy) => number;
  write: (draft: EffectivePolicy, value: number) => void;
}

const MAX_NUMBER = 100_000;
/** Fits have at most four decimals. */
const FIT_UNITS = 10_000;

export function parametersPanel(applyEdit: ApplyEdit): HTMLElement {
  const text = messages().rules;
  const groups: [title: string, parameters: Parameter[], extra?: HTMLElement][] = [
    [text.help, helpParameters()],
    [text.languages, languageParameters(), relatedField(applyEdit)],
    [text.regions, regionParameters()],
    [text.places, capacityParameters()],
    [text.crimes, crimeParameters()],
    [text.general, generalParameters()],
    [heading(codeLabels().kind.priority), priorityParameters()],
  ];
  return h(
    "section",
    { class: "panel", "aria-labelledby": "tables-title" },
    h("h3", { id: "tables-title" }, text.tables),
    h(
      "div",
      { class: "tables" },
      groups.map(([title, parameters, extra]) =>
        h(
          "fieldset",
          { class: "table-group" },
          h("legend", {}, title),
          parameters.map((parameter) => numberField(parameter, applyEdit)),
          extra ?? null,
        ),
      ),
    ),
  );
}

function helpParameters(): Parameter[] {
  const text = messages().rules;
  return [
    fit("help_any", text.help_any, (policy) => policy.help, "any"),
    fit("help_covered", text.help_covered, (policy) => policy.help, "covered"),
    fit("help_part", text.help_part, (policy) => policy.help, "part"),
  ];
}

function languageParameters(): Parameter[] {
  const text = messages().rules;
  return [
    fit("order_step", text.order_step, (policy) => policy.language, "order_step"),
    fit("interpreter", text.interpreter, (policy) => policy.language.how, "interpreter"),
    fit("on_request", text.on_request, (policy) => policy.language.how, "on_request"),
    fit("language_minimum", text.minimum, (policy) => policy.rules.language, "minimum"),
  ];
}

function regionParameters(): Parameter[] {
  const text = messages().rules;
  return [
    whole("near_km", text.near_km, (policy) => policy.region, "near_km", 0),
    whole("far_km", text.far_km, (policy) => policy.region, "far_km", 1),
    fit("far_fit", text.far_fit, (policy) => policy.region, "far_fit"),
    fit("neighbour", text.neighbour, (policy) => policy.region, "neighbour"),
    fit("remote", text.remote, (policy) => policy.region, "remote"),
  ];
}

function capacityParameters(): Parameter[] {
  const text = messages().rules;
  return [
    whole("stale_days", text.stale_days, (policy) => policy.capacity, "stale_days", 0),
    whole("assume", text.assume, (policy) => policy.capacity, "assume", 0),
    fit("enough", text.enough, (policy) => policy.capacity, "enough"),
    whole("comfortable", text.comfortable, (policy) => policy.capacity, "comfortable", 1),
    fit("waitlist", text.waitlist, (policy) => policy.capacity, "waitlist"),
    fit("assessment", text.assessment, (policy) => policy.capacity, "assessment"),
  ];
}

function crimeParameters(): Parameter[] {
  const text = messages().rules;
  return [
    fit("general", text.crimeGeneral, (policy) => policy.crime, "general"),
    fit("vague", text.vague, (policy) => policy.crime, "vague"),
    fit("context_open", text.context_open, (policy) => policy.crime, "context_open"),
  ];
}

function generalParameters(): Parameter[] {
  const text = messages().rules;
  return [
    fit("unknown_fit", text.unknown_fit, (policy) => policy, "unknown_fit"),
    whole("prefer", text.prefer, (policy) => policy.weights, "prefer", 0),
  ];
}

function priorityParameters(): Parameter[] {
  return (["stat", "asap", "urgent", "routine"] as const).map((code) =>
    whole(`priority-${code}`, codeLabels().priority[code], (policy) => policy.priority_weights, code, 0),
  );
}

function fit<Key extends string>(
  id: string,
  label: string,
  part: (policy: EffectivePolicy) => Record<Key, number>,
  key: Key,
): Parameter {
  return {
    id,
    label,
    isFit: true,
    read: (policy) => part(policy)[key],
    write: (draft, value) => (part(draft)[key] = value),
  };
}

function whole<Key extends string>(
  id: string,
  label: string,
  part: (policy: EffectivePolicy) => Record<Key, number>,
  key: Key,
  min: number,
): Parameter {
  return { ...fit(id, label, part, key), isFit: false, min };
}

function numberField({ id, label, isFit, min = 0, read, write }: Parameter, applyEdit: ApplyEdit): HTMLElement {
  const name = `policy-${id}`;
  const field = h("input", {
    type: "number",
    id: name,
    min: isFit ? 0 : min,
    max: isFit ? 1 : MAX_NUMBER,
    step: isFit ? 0.05 : 1,
    value: read(currentPolicy()),
    inputmode: "decimal",
  });
  on(field, {
    change: () => {
      const value = field.valueAsNumber;
      if (!Number.isFinite(value)) {
        field.value = String(read(currentPolicy()));
        return;
      }
      const rounded = isFit
        ? Math.round(Math.min(1, Math.max(0, value)) * FIT_UNITS) / FIT_UNITS
        : Math.max(min, Math.round(value));
      const isValid = applyEdit(() => editPolicy((draft) => write(draft, rounded)));
      field.setAttribute("aria-invalid", String(!isValid));
      if (isValid) field.value = String(read(currentPolicy()));
    },
  });
  return h("div", { class: "table-field" }, h("label", { for: name }, label), field);
}

function relatedField(applyEdit: ApplyEdit): HTMLElement {
  const box = h("input", { type: "checkbox", id: "policy-related" });
  box.checked = currentPolicy().language.related;
  on(box, {
    change: () => void applyEdit(() => editPolicy((draft) => (draft.language.related = box.checked))),
  });
  return h("label", { class: "check-line" }, box, messages().rules.related);
}
