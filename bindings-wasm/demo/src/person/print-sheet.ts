// The sheet to hand over: the picked offers, or the first five, in plain layout. It is made when printing begins.

import { needOf, picked, query, records, theMatcher } from "../store.js";
import { contactList } from "../ui/contact.js";
import { fill, h } from "../ui/dom.js";
import { offerName } from "../code-names.js";
import { lang, words } from "../i18n.js";

const UNPICKED = 5;

export function makeSheet(): void {
  const sheet = document.getElementById("sheet");
  if (!sheet) return;
  const need = needOf(query.value);
  if (!need) return fill(sheet);
  const text = words();
  const matches = theMatcher().rank(need, { top: 200, lang: lang.value });
  const chosen = matches.filter(({ offer }) => picked.has(offer));
  const shown = chosen.length > 0 ? chosen : matches.slice(0, UNPICKED);
  fill(
    sheet,
    h("h2", {}, text.sheet.title),
    h("p", {}, text.sheet.lead),
    records.value.example ? h("p", { class: "sheet-example" }, text.sheet.example) : null,
    h(
      "ol",
      {},
      shown.map((match) => {
        const offer = theMatcher().offer(match.offer);
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
