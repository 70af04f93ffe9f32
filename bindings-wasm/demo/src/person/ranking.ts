// The ranking for the request, made again a moment after every change.

import type { Match, Need } from "lotse";
import { begin, exampleQuery, needOf, policy, query, records, theMatcher } from "../store.js";
import { offerName } from "../code-names.js";
import { announce } from "../ui/announce.js";
import { button, fill, h } from "../ui/dom.js";
import { later } from "../ui/debounce.js";
import { lang, words } from "../i18n.js";
import { offerCard, type Shown } from "./offer-card.js";
import { nearMisses } from "./near-misses.js";
import { whyNot } from "./explain-offer.js";

const FIRST = 5;
const MORE = 10;
/** With fewer matches than this the near misses are told. */
const FEW = 3;
/** How many cards show their reasons unasked. */
const OPEN = 3;

export function personResults(until: AbortSignal): HTMLElement {
  const text = words().results;
  const { offers, example } = records.value;
  const count = h("p", { class: "count", id: "result-count", "data-testid": "result-count" });
  const cards = h("div", { class: "cards", "data-testid": "results" });
  const jump = h("a", { class: "jump", href: "#results", id: "jump" });
  jump.addEventListener("click", (event) => {
    // The address tells the view; a jump within it must not change it.
    event.preventDefault();
    document.getElementById("results-title")?.focus();
  });
  let shown = FIRST;

  const show = (): void => {
    const need = needOf(query.value);
    jump.hidden = need === null;
    print.hidden = true;
    if (!need) {
      count.textContent = "";
      const example = button(text.tryExample, () => begin(exampleQuery), { class: "quiet", id: "try-example" });
      return fill(cards, h("p", { class: "empty" }, text.empty), records.value.example ? example : null);
    }
    const matcher = theMatcher();
    const all = matcher.rank(need, { top: Math.max(offers.length, 1), reasons: false, lang: lang.value }).length;
    const matches = matcher.rank(need, { top: shown, lang: lang.value });
    count.textContent = all > matches.length ? `${text.fits(all)} ${text.shown(matches.length, all)}` : text.fits(all);
    print.hidden = all === 0;
    jump.textContent = words().form.toResults(all);
    const rest = button(text.more, () => {
      shown += MORE;
      const before = cards.querySelectorAll(".offer").length;
      show();
      cards.querySelectorAll<HTMLElement>(".offer summary")[before]?.focus();
    });
    fill(
      cards,
      matches.map((match, index) => offerCard(withChecks(match, need), matcher.offer(match.offer), index < OPEN)),
      all > matches.length ? rest : null,
      all < FEW
        ? nearMisses(matcher.diagnose(need, { nearMisses: 5, lang: lang.value }), (id) => matcher.offer(id))
        : null,
    );
    const [best] = matches;
    announce(
      best ? `${text.fits(all)} ${text.best(offerName(matcher.offer(best.offer), best.offer))}` : text.fits(all),
      "results",
    );
  };
  const soon = later(show, 40);
  const print = h(
    "div",
    { class: "print-line" },
    button(text.print, () => window.print(), { id: "print", class: "quiet" }),
    h("p", { class: "hint" }, text.printHint),
  );
  show();
  query.watch(() => {
    shown = FIRST;
    soon();
  }, until);
  policy.watch(soon, until);

  const section = h(
    "section",
    { class: "results", id: "results", "aria-labelledby": "results-title" },
    h("h2", { id: "results-title", tabindex: "-1" }, text.title),
    h("p", { class: "hint" }, example ? text.example(offers.length) : text.own(offers.length)),
    h("div", { class: "count-line" }, count, print),
    cards,
    whyNot(until),
    jump,
  );
  // On small screens the way to the results is at hand, until they are in sight.
  const sight = new IntersectionObserver(([entry]) => jump.classList.toggle("arrived", entry?.isIntersecting ?? false));
  sight.observe(cards);
  until.addEventListener("abort", () => sight.disconnect(), { once: true });
  return section;
}

/** What is to be checked may be about what was not asked, such as the age; only an explanation says that. */
function withChecks(match: Match, need: Need): Shown {
  const told = (match.reasons ?? []).map(({ criterion }) => criterion);
  if (match.to_check.every((criterion) => told.includes(criterion))) return { match, checks: match.reasons ?? [] };
  return { match, checks: theMatcher().explain(need, match.offer, { lang: lang.value }).reasons };
}
