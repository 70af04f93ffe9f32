// Weight and rule of each criterion.

import type { Criterion, Rule } from "lotse";
import { codeLabels, criterionHeading } from "../code-names.js";
import { messages } from "../i18n.js";
import { debounce } from "../ui/debounce.js";
import { h, on } from "../ui/dom.js";
import { editPolicy, type ApplyEdit } from "./edit.js";
import { criteria, currentPolicy } from "./effective-policy.js";

const RULES: readonly Rule[] = ["must", "prefer", "ignore"];
const UNKNOWN = ["allow", "exclude"] as const;
const SLIDER_DELAY_MS = 30;

export function criterionRows(applyEdit: ApplyEdit): HTMLElement {
  const text = messages().rules;
  // Every share depends on all weights.
  const updateShares: (() => void)[] = [];
  const rows = criteria().map((criterion) =>
    h(
      "li",
      { class: "criterion" },
      h("span", { class: "criterion-name" }, criterionHeading(criterion)),
      weightField(criterion, applyEdit, updateShares),
      ruleFields(criterion, applyEdit),
    ),
  );
  return h(
    "section",
    { class: "panel", "aria-labelledby": "weights-title" },
    h("h3", { id: "weights-title" }, text.weights),
    h("p", { class: "lead" }, text.weightsLead),
    h("ul", { class: "criteria" }, rows),
  );
}

function weightField(criterion: Criterion, applyEdit: ApplyEdit, updateShares: (() => void)[]): HTMLElement {
  const text = messages().rules;
  const weight = currentPolicy().weights[criterion];
  const slider = h("input", {
    type: "range",
    id: `weight-${criterion}`,
    min: 0,
    max: Math.max(100, weight),
    step: 1,
    value: weight,
    "aria-label": text.weightOf(criterionHeading(criterion)),
  });
  const output = h("output", { for: slider.id, class: "weight-number" });
  const updateShare = (): void => {
    const { weights } = currentPolicy();
    const total = criteria().reduce((sum, other) => sum + weights[other], 0);
    output.textContent = messages().number(weights[criterion]);
    const share = messages().percent(total === 0 ? 0 : weights[criterion] / total);
    slider.setAttribute("aria-valuetext", `${output.textContent}, ${text.share(share)}`);
  };
  updateShares.push(updateShare);
  updateShare();
  const apply = debounce(() => {
    applyEdit(() => editPolicy((draft) => (draft.weights[criterion] = slider.valueAsNumber)));
    for (const update of updateShares) update();
  }, SLIDER_DELAY_MS);
  on(slider, {
    input: () => {
      output.textContent = slider.value;
      apply();
    },
    change: () => apply.flush(),
  });
  return h("span", { class: "criterion-weight" }, slider, output);
}

function ruleFields(criterion: Criterion, applyEdit: ApplyEdit): HTMLElement[] {
  const text = messages().rules;
  const name = criterionHeading(criterion);
  const { rule, unknown } = currentPolicy().rules[criterion];
  const rules = h(
    "select",
    { id: `rule-${criterion}`, "aria-label": text.ruleOf(name) },
    RULES.map((code) => h("option", { value: code, selected: code === rule }, codeLabels().rule[code])),
  );
  const unknowns = h(
    "select",
    { id: `unknown-${criterion}`, "aria-label": text.unknownOf(name) },
    UNKNOWN.map((code) => h("option", { value: code, selected: code === unknown }, codeLabels().on_unknown[code])),
  );
  // Only `must` distinguishes unknown fits.
  unknowns.disabled = rule !== "must";
  on(rules, {
    change: () => {
      const selected = RULES.find((code) => code === rules.value) ?? "must";
      unknowns.disabled = selected !== "must";
      applyEdit(() => editPolicy((draft) => (draft.rules[criterion].rule = selected)));
    },
  });
  on(unknowns, {
    change: () => {
      const selected = UNKNOWN.find((code) => code === unknowns.value) ?? "allow";
      applyEdit(() => editPolicy((draft) => (draft.rules[criterion].unknown = selected)));
    },
  });
  return [rules, unknowns];
}
