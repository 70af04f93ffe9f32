// The findings behind a score: for each criterion a bar (maximum and actual contribution) and a sentence.

import type { Finding } from "lotse";
import { codeLabels, criterionHeading } from "../code-names.js";
import { messages } from "../i18n.js";
import { h } from "../ui/dom.js";

export function findingList(reasons: readonly Finding[], toCheck: readonly string[]): HTMLElement {
  const heaviest = Math.max(...reasons.map(({ weight }) => weight), 0.0001);
  return h(
    "ul",
    { class: "reasons" },
    reasons.map((reason) => {
      const { criterion, text } = reason;
      const needsCheck = toCheck.includes(criterion);
      return h(
        "li",
        { class: needsCheck ? "reason open" : "reason", "data-criterion": criterion },
        h("span", { class: "reason-name" }, criterionHeading(criterion)),
        contributionBar(reason, heaviest),
        h("span", { class: "reason-text" }, text),
      );
    }),
  );
}

/** The bar of one criterion, with its numbers as text for screen readers. */
export function contributionBar({ weight, contribution, known, fit }: Finding, heaviest: number): HTMLElement {
  const { results, number } = messages();
  if (weight === 0) return h("span", { class: "bar-none" }, results.noWeight);
  const track = h(
    "span",
    { class: known ? "bar" : "bar unknown", "aria-hidden": "true" },
    h("span", { class: "bar-fill" }),
  );
  track.style.setProperty("--max", String(weight / heaviest));
  track.style.setProperty("--fill", String(fit ?? 0));
  const points = `${number(contribution * 100, 1)} / ${number(weight * 100, 1)}`;
  const label = results.points(number(contribution * 100, 1), number(weight * 100, 1));
  return h(
    "span",
    { class: "bar-line" },
    track,
    h("span", { class: "bar-number", "aria-hidden": "true" }, points),
    h("span", { class: "visually-hidden" }, known ? label : `${label}, ${codeLabels().finding.unknown}`),
  );
}
