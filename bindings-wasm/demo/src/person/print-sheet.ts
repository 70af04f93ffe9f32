// The printed sheet: the selected offers, or the first five, in a plain layout. It is rendered when printing starts.

import { offerName } from "../code-names.js";
import { lang, messages } from "../i18n.js";
import { currentMatcher, needFromQuery, query, records, selectedOffers } from "../store.js";
import { contactList } from "../ui/contact.js";
import { fill, h } from "../ui/dom.js";

/** The number of offers if none is selected. */
const DEFAULT_OFFERS = 5;
const MAX_MATCHES = 200;

export function renderPrintSheet(): void {
  const sheet = document.getElementById("sheet");
  if (!sheet) return;
  const need = needFromQuery(query.value);
  if (!need) return fill(sheet);
  const text = messages();
  const matches = currentMatcher().rank(need, { top: MAX_MATCHES, lang: lang.value });
  const selected = matches.filter(({ offer }) => selectedOffers.has(offer));
  const shown = selected.length > 0 ? selected : matches.slice(0, DEFAULT_OFFERS);
  fill(
    sheet,
    h("h2", {}, text.sheet.title),
    h("p", {}, text.sheet.lead),
    records.value.example ? h("p", { class: "sheet-example" }, text.sheet.example) : null,
    h(
      "ol",
      {},
      shown.map((match) => {
        const offer = currentMatcher().offer(match.offer);
        return h(
          "li",
          {},
          h("h3", {}, offerName(offer, match.offer)),
          offer?.organisation ? h("p", {}, offer.organisation) : null,
          contactList(offer?.contact),
          h(
            "ul",
            {},
            (match.reasons ?? []).map((reason) => h("li", {}, reason.text)),
          ),
        );
      }),
    ),
    h("p", { class: "sheet-day" }, text.sheet.day(records.value.asOf)),
    h("p", { class: "sheet-day" }, text.promise),
  );
}
