// The ranking for the query. It is updated shortly after every change.

import type { Match, Need } from "lotse";
import { offerName } from "../code-names.js";
import { lang, messages } from "../i18n.js";
import { currentMatcher, exampleQuery, needFromQuery, policy, query, records, startQuery } from "../store.js";
import { announce } from "../ui/announce.js";
import { debounce } from "../ui/debounce.js";
import { button, fill, h } from "../ui/dom.js";
import { explainOfferSection } from "./explain-offer.js";
import { nearMissesSection } from "./near-misses.js";
import { offerCard, type OfferCardData } from "./offer-card.js";

const INITIAL_MATCHES = 5;
const MORE_MATCHES = 10;
/** The number of matches below which near misses are shown. */
const FEW_MATCHES = 3;
const NEAR_MISSES = 5;
/** The number of cards whose reasons are open initially. */
const OPEN_CARDS = 3;
const UPDATE_DELAY_MS = 40;

export function rankingSection(until: AbortSignal): HTMLElement {
  const text = messages().results;
  const { offers, example } = records.value;
  const count = h("p", { class: "count", id: "result-count", "data-testid": "result-count" });
  const cards = h("div", { class: "cards", "data-testid": "results" });
  const jump = jumpLink();
  const print = h(
    "div",
    { class: "print-line" },
    button(text.print, () => window.print(), { id: "print", class: "quiet" }),
    h("p", { class: "hint" }, text.printHint),
  );
  let top = INITIAL_MATCHES;

  const show = (): void => {
    const need = needFromQuery(query.value);
    const total = need ? countMatches(need) : 0;
    jump.hidden = need === null;
    jump.textContent = need ? messages().form.toResults(total) : jump.textContent;
    print.hidden = total === 0;
    if (!need) {
      count.textContent = "";
      return fill(cards, emptyState());
    }
    const matches = currentMatcher().rank(need, { top, lang: lang.value });
    const isCut = total > matches.length;
    count.textContent = isCut ? `${text.fits(total)} ${text.shown(matches.length, total)}` : text.fits(total);
    fill(
      cards,
      matches.map((match, index) => matchCard(match, need, index < OPEN_CARDS)),
      isCut ? button(text.more, showMore) : null,
      total < FEW_MATCHES ? nearMisses(need) : null,
    );
    announceMatches(matches, total);
  };
  const showMore = (): void => {
    top += MORE_MATCHES;
    const previous = cards.querySelectorAll(".offer").length;
    show();
    cards.querySelectorAll<HTMLElement>(".offer summary")[previous]?.focus();
  };
  show();
  const update = debounce(show, UPDATE_DELAY_MS);
  query.subscribe(() => {
    top = INITIAL_MATCHES;
    update();
  }, until);
  policy.subscribe(update, until);
  hideWhileVisible(jump, cards, until);
  return h(
    "section",
    { class: "results", id: "results", "aria-labelledby": "results-title" },
    h("h2", { id: "results-title", tabindex: "-1" }, text.title),
    h("p", { class: "hint" }, example ? text.example(offers.length) : text.own(offers.length)),
    h("div", { class: "count-line" }, count, print),
    cards,
    explainOfferSection(until),
    jump,
  );
}

function matchCard(match: Match, need: Need, isOpen: boolean): HTMLElement {
  return offerCard(cardData(match, need), currentMatcher().offer(match.offer), isOpen);
}

function countMatches(need: Need): number {
  const top = Math.max(records.value.offers.length, 1);
  return currentMatcher().rank(need, { top, reasons: false, lang: lang.value }).length;
}

function emptyState(): (HTMLElement | null)[] {
  const text = messages().results;
  const tryExample = button(text.tryExample, () => startQuery(exampleQuery), { class: "quiet", id: "try-example" });
  return [h("p", { class: "empty" }, text.empty), records.value.example ? tryExample : null];
}

function nearMisses(need: Need): HTMLElement {
  const diagnosis = currentMatcher().diagnose(need, { nearMisses: NEAR_MISSES, lang: lang.value });
  return nearMissesSection(diagnosis, (id) => currentMatcher().offer(id));
}

function announceMatches([best]: readonly Match[], total: number): void {
  const text = messages().results;
  const name = best && offerName(currentMatcher().offer(best.offer), best.offer);
  announce(name ? `${text.fits(total)} ${text.best(name)}` : text.fits(total), "results");
}

/** A link to the results for small screens, where they are below the form. */
function jumpLink(): HTMLElement {
  const link = h("a", { class: "jump", href: "#results", id: "jump" });
  link.addEventListener("click", (event) => {
    // The address selects the view, so the link must not change it.
    event.preventDefault();
    document.getElementById("results-title")?.focus();
  });
  return link;
}

/** Hides the link while its target is in the viewport. */
function hideWhileVisible(link: HTMLElement, target: HTMLElement, until: AbortSignal): void {
  const observer = new IntersectionObserver(([entry]) =>
    link.classList.toggle("target-visible", entry?.isIntersecting ?? false),
  );
  observer.observe(target);
  until.addEventListener("abort", () => observer.disconnect(), { once: true });
}

/** Adds the findings of the criteria to check. These may not be requested, and then only an explanation has them. */
function cardData(match: Match, need: Need): OfferCardData {
  const reasons = match.reasons ?? [];
  const known = reasons.map(({ criterion }) => criterion);
  if (match.to_check.every((criterion) => known.includes(criterion))) return { match, checks: reasons };
  return { match, checks: currentMatcher().explain(need, match.offer, { lang: lang.value }).reasons };
}
