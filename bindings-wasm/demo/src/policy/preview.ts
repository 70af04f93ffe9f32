// What the rules do to the request at hand: its best offers, and how they moved against the defaults.

import { Matcher } from "lotse";
import { needOf, policy, query, records, theMatcher, type Records } from "../store.js";
import { offerName } from "../code-names.js";
import { fill, h } from "../ui/dom.js";
import { later } from "../ui/debounce.js";
import { lang, words } from "../i18n.js";
import { isDefault } from "./effective-policy.js";

const SHOWN = 6;
let plain: { records: Records; matcher: Matcher } | undefined;

/** A matcher with the default rules, for comparison. */
function defaults(): Matcher {
  const now = records.value;
  if (plain?.records === now) return plain.matcher;
  plain?.matcher.free();
  const { offers, vocabulary, asOf } = now;
  plain = { records: now, matcher: new Matcher({ offers, asOf, ...(vocabulary && { vocabulary }) }) };
  return plain.matcher;
}

export function preview(until: AbortSignal): HTMLElement {
  const text = words().rules;
  const body = h("div", { "data-testid": "preview" });
  const show = (): void => {
    const need = needOf(query.value);
    if (!need) return fill(body, h("p", { class: "empty" }, text.previewEmpty));
    const matches = theMatcher().rank(need, { top: SHOWN, lang: lang.value });
    const before = defaults()
      .rank(need, { top: 500, reasons: false, lang: lang.value })
      .map(({ offer }) => offer);
    const moved = (offer: string, now: number): string => {
      const was = before.indexOf(offer);
      if (was < 0) return text.previewNew;
      return was === now
        ? isDefault()
          ? ""
          : text.previewSame
        : was > now
          ? text.previewUp(was - now)
          : text.previewDown(now - was);
    };
    fill(
      body,
      matches.length === 0 ? h("p", {}, words().results.fits(0)) : null,
      h(
        "ol",
        { class: "preview" },
        matches.map(({ offer, score }, index) =>
          h(
            "li",
            {},
            h("span", {}, offerName(theMatcher().offer(offer), offer)),
            h("span", { class: "preview-score" }, words().number(score * 100)),
            h("span", { class: "hint" }, moved(offer, index)),
          ),
        ),
      ),
    );
  };
  show();
  policy.watch(later(show, 60), until);
  return h(
    "section",
    { class: "panel preview-panel", "aria-labelledby": "preview-title" },
    h("h3", { id: "preview-title" }, text.preview),
    body,
  );
}
