// The reasons for a score: for each criterion a bar (how much it could add, how much it adds) and a sentence.

import type { Finding } from "lotse";
import { criterionHeading } from "../code-names.js";
import { h } from "../ui/dom.js";
import { words } from "../i18n.js";

export function reasonList(reasons: readonly Finding[], toCheck: readonly string[]): HTMLElement {
  const heaviest = Math.max(...reasons.map(({ weight }) => weight), 0.0001);
  return h(
    "ul",
    { class: "reasons" },
    reasons.map((reason) => {
      const { criterion, text } = reason;
      const open = toCheck.includes(criterion);
      return h(
        "li",
        { class: open ? "reason open" : "reason", "data-criterion": criterion },
        h("span", { class: "reason-name" }, criterionHeading(criterion)),
        contributionBar(reason, heaviest),
        h("span", { class: "reason-text" }, text),
      );
    }),
  );
}

/** The bar of one criterion; its numbers are said in words too. */
export function contributionBar({ weight, contribution, known, fit }: Finding, heaviest: number): HTMLElement {
  const { results, number } = words();
  if (weight === 0) return h("span", { class: "bar-none" }, results.noWeight);
  const track = h(
    "span",
    { class: known ? "bar" : "bar unknown", "aria-hidden": "true" },
    h("span", { class: "bar-got" }),
  );
  track.style.setProperty("--most", String(weight / heaviest));
  track.style.setProperty("--got", String(fit ?? 0));
  const points = `${number(contribution * 100, 1)} / ${number(weight * 100, 1)}`;
  const said = results.points(number(contribution * 100, 1), number(weight * 100, 1));
  return h(
    "span",
    { class: "bar-line" },
    track,
    h("span", { class: "bar-number", "aria-hidden": "true" }, points),
    h("span", { class: "unseen" }, known ? said : `${said}, ${results.unknown}`),
  );
}
