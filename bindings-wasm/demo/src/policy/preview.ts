// The effect of the policy on the current query: its best offers, and their ranks compared with the default policy.

import { Matcher } from "lotse";
import { offerName } from "../code-names.js";
import { lang, messages } from "../i18n.js";
import { currentMatcher, needFromQuery, policy, query, records, type Records } from "../store.js";
import { debounce } from "../ui/debounce.js";
import { fill, h } from "../ui/dom.js";
import { isDefaultPolicy } from "./effective-policy.js";

const MATCHES_SHOWN = 6;
const MATCHES_COMPARED = 500;
const UPDATE_DELAY_MS = 60;

let cache: { records: Records; matcher: Matcher } | undefined;

/** Returns a matcher with the default policy. */
function defaultMatcher(): Matcher {
  const current = records.value;
  if (cache?.records === current) return cache.matcher;
  cache?.matcher.free();
  const { offers, vocabulary, asOf } = current;
  cache = { records: current, matcher: new Matcher({ offers, asOf, ...(vocabulary && { vocabulary }) }) };
  return cache.matcher;
}

export function preview(until: AbortSignal): HTMLElement {
  const text = messages().rules;
  const body = h("div", { "data-testid": "preview" });
  const show = (): void => {
    const need = needFromQuery(query.value);
    if (!need) return fill(body, h("p", { class: "empty" }, text.previewEmpty));
    const matches = currentMatcher().rank(need, { top: MATCHES_SHOWN, lang: lang.value });
    const defaultOrder = defaultMatcher()
      .rank(need, { top: MATCHES_COMPARED, reasons: false, lang: lang.value })
      .map(({ offer }) => offer);
    fill(
      body,
      matches.length === 0 ? h("p", {}, messages().results.fits(0)) : null,
      h(
        "ol",
        { class: "preview" },
        matches.map(({ offer, score }, index) =>
          h(
            "li",
            {},
            h("span", {}, offerName(currentMatcher().offer(offer), offer)),
            h("span", { class: "preview-score" }, messages().number(score * 100)),
            h("span", { class: "hint" }, rankChange(index, defaultOrder.indexOf(offer))),
          ),
        ),
      ),
    );
  };
  show();
  policy.subscribe(debounce(show, UPDATE_DELAY_MS), until);
  return h(
    "section",
    { class: "panel preview-panel", "aria-labelledby": "preview-title" },
    h("h3", { id: "preview-title" }, text.preview),
    body,
  );
}

/** Describes the change from the rank under the default policy, which is -1 if the offer was excluded. */
function rankChange(rank: number, defaultRank: number): string {
  const text = messages().rules;
  if (defaultRank < 0) return text.previewNew;
  if (defaultRank > rank) return text.previewUp(defaultRank - rank);
  if (defaultRank < rank) return text.previewDown(rank - defaultRank);
  return isDefaultPolicy() ? "" : text.previewSame;
}
