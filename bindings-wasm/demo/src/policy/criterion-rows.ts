// Weight and rule of each criterion.

import type { Criterion, Rule } from "lotse";
import { criterionHeading } from "../code-names.js";
import { h, on } from "../ui/dom.js";
import { later } from "../ui/debounce.js";
import { words } from "../i18n.js";
import { type Edit, change } from "./edit.js";
import { criteria, thePolicy } from "./effective-policy.js";

const RULES: readonly Rule[] = ["must", "prefer", "ignore"];
const UNKNOWN = ["allow", "exclude"] as const;

export function criterionRows(edit: Edit): HTMLElement {
  const text = words().rules;
  const shares: (() => void)[] = [];
  const rows = criteria().map((criterion) => row(criterion, edit, shares));
  return h(
    "section",
    { class: "panel", "aria-labelledby": "weights-title" },
    h("h3", { id: "weights-title" }, text.weights),
    h("p", { class: "lead" }, text.weightsLead),
    h("ul", { class: "criteria" }, rows),
  );
}

function row(criterion: Criterion, edit: Edit, shares: (() => void)[]): HTMLElement {
  const text = words().rules;
  const name = criterionHeading(criterion);
  const weight = thePolicy().weights[criterion];
  const slider = h("input", {
    type: "range",
    id: `weight-${criterion}`,
    min: 0,
    max: Math.max(100, weight),
    step: 1,
    value: weight,
    "aria-label": text.weightOf(name),
  });
  const shown = h("output", { for: slider.id, class: "weight-number" });
  const share = (): void => {
    const { weights } = thePolicy();
    const all = criteria().reduce((sum, other) => sum + weights[other], 0);
    shown.textContent = words().number(weights[criterion]);
    slider.setAttribute(
      "aria-valuetext",
      `${shown.textContent}, ${text.share(words().percent(all === 0 ? 0 : weights[criterion] / all))}`,
    );
  };
  shares.push(share);
  share();
  const apply = later(() => {
    edit(() => change((draft) => (draft.weights[criterion] = slider.valueAsNumber)));
    for (const renew of shares) renew();
  }, 30);
  on(slider, {
    input: () => {
      shown.textContent = slider.value;
      apply();
    },
    change: () => apply.now(),
  });

  const { rule, unknown } = thePolicy().rules[criterion];
  const rules = h(
    "select",
    { id: `rule-${criterion}`, "aria-label": text.ruleOf(name) },
    RULES.map((code) => h("option", { value: code, selected: code === rule }, words().rule[code])),
  );
  const unknowns = h(
    "select",
    { id: `unknown-${criterion}`, "aria-label": text.unknownOf(name) },
    UNKNOWN.map((code) => h("option", { value: code, selected: code === unknown }, text[code])),
  );
  unknowns.disabled = rule !== "must";
  on(rules, {
    change: () => {
      const chosen = RULES.find((code) => code === rules.value) ?? "must";
      unknowns.disabled = chosen !== "must";
      edit(() => change((draft) => (draft.rules[criterion].rule = chosen)));
    },
  });
  on(unknowns, {
    change: () => {
      const chosen = UNKNOWN.find((code) => code === unknowns.value) ?? "allow";
      edit(() => change((draft) => (draft.rules[criterion].unknown = chosen)));
    },
  });
  return h(
    "li",
    { class: "criterion" },
    h("span", { class: "criterion-name" }, name),
    h("span", { class: "criterion-weight" }, slider, shown),
    rules,
    unknowns,
  );
}
