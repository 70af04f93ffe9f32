// The numbers behind the criteria that are worth a field of their own.

import type { EffectivePolicy } from "lotse";
import { h, on } from "../ui/dom.js";
import { words } from "../i18n.js";
import { type Edit, change } from "./edit.js";
import { thePolicy } from "./effective-policy.js";

interface Field {
  id: string;
  label: string;
  /** A fit, 0 to 1; or a whole number. */
  fit: boolean;
  /** The least whole number. */
  least?: number;
  read: (policy: EffectivePolicy) => number;
  write: (draft: EffectivePolicy, value: number) => void;
}

export function policyTables(edit: Edit): HTMLElement {
  const text = words().rules;
  const groups: [title: string, fields: Field[]][] = [
    [
      text.languages,
      [
        fit("order_step", text.order_step, (policy) => policy.language, "order_step"),
        fit("interpreter", text.interpreter, (policy) => policy.language.how, "interpreter"),
        fit("on_request", text.on_request, (policy) => policy.language.how, "on_request"),
        fit("language_minimum", text.minimum, (policy) => policy.rules.language, "minimum"),
      ],
    ],
    [
      text.regions,
      [
        whole("near_km", text.near_km, (policy) => policy.region, "near_km", 0),
        whole("far_km", text.far_km, (policy) => policy.region, "far_km", 1),
        fit("far_fit", text.far_fit, (policy) => policy.region, "far_fit"),
        fit("neighbour", text.neighbour, (policy) => policy.region, "neighbour"),
        fit("remote", text.remote, (policy) => policy.region, "remote"),
      ],
    ],
    [
      text.places,
      [
        whole("stale_days", text.stale_days, (policy) => policy.capacity, "stale_days", 0),
        whole("assume", text.assume, (policy) => policy.capacity, "assume", 0),
        whole("comfortable", text.comfortable, (policy) => policy.capacity, "comfortable", 1),
        fit("waitlist", text.waitlist, (policy) => policy.capacity, "waitlist"),
        fit("assessment", text.assessment, (policy) => policy.capacity, "assessment"),
      ],
    ],
    [
      text.crimes,
      [
        fit("general", text.crimeGeneral, (policy) => policy.crime, "general"),
        fit("vague", text.vague, (policy) => policy.crime, "vague"),
        fit("context_open", text.context_open, (policy) => policy.crime, "context_open"),
      ],
    ],
    [
      text.general,
      [
        fit("unknown_fit", text.unknown_fit, (policy) => policy, "unknown_fit"),
        whole("prefer", text.prefer, (policy) => policy.weights, "prefer", 0),
      ],
    ],
    [
      text.priorities,
      (["stat", "asap", "urgent", "routine"] as const).map((code) =>
        whole(`priority-${code}`, words().priority[code], (policy) => policy.priority_weights, code, 0),
      ),
    ],
  ];
  return h(
    "section",
    { class: "panel", "aria-labelledby": "tables-title" },
    h("h3", { id: "tables-title" }, text.tables),
    h(
      "div",
      { class: "tables" },
      groups.map(([title, fields]) =>
        h(
          "fieldset",
          { class: "table-group" },
          h("legend", {}, title),
          fields.map((field) => input(field, edit)),
          title === text.languages ? related(edit) : null,
        ),
      ),
    ),
  );
}

function fit<Key extends string>(
  id: string,
  label: string,
  part: (policy: EffectivePolicy) => Record<Key, number>,
  key: Key,
): Field {
  return {
    id,
    label,
    fit: true,
    read: (policy) => part(policy)[key],
    write: (draft, value) => (part(draft)[key] = value),
  };
}

function whole<Key extends string>(
  id: string,
  label: string,
  part: (policy: EffectivePolicy) => Record<Key, number>,
  key: Key,
  least: number,
): Field {
  return { ...fit(id, label, part, key), fit: false, least };
}

function input({ id, label, fit: isFit, least = 0, read, write }: Field, edit: Edit): HTMLElement {
  const name = `policy-${id}`;
  const field = h("input", {
    type: "number",
    id: name,
    min: isFit ? 0 : least,
    max: isFit ? 1 : 100_000,
    step: isFit ? 0.05 : 1,
    value: read(thePolicy()),
    inputmode: "decimal",
  });
  on(field, {
    change: () => {
      const value = field.valueAsNumber;
      if (!Number.isFinite(value)) {
        field.value = String(read(thePolicy()));
        return;
      }
      // Fits have at most four decimals.
      const rounded = isFit
        ? Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000
        : Math.max(least, Math.round(value));
      const fine = edit(() => change((draft) => write(draft, rounded)));
      field.setAttribute("aria-invalid", String(!fine));
      if (fine) field.value = String(read(thePolicy()));
    },
  });
  return h("div", { class: "table-field" }, h("label", { for: name }, label), field);
}

function related(edit: Edit): HTMLElement {
  const box = h("input", { type: "checkbox", id: "policy-related" });
  box.checked = thePolicy().language.related;
  on(box, { change: () => void edit(() => change((draft) => (draft.language.related = box.checked))) });
  return h("label", { class: "check-line" }, box, words().rules.related);
}
