// The view of an incident. What a plan shows is put up piece by piece, so that the page never stands still.

import { policy, records } from "../store.js";
import { announce } from "../ui/announce.js";
import { button, fill, h } from "../ui/dom.js";
import { breathe } from "../ui/debounce.js";
import { words } from "../i18n.js";
import { bottlenecksPanel, wantedPanel } from "./bottlenecks.js";
import { changesOf, changesPanel, changesSentence } from "./plan-diff.js";
import { planControls } from "./plan-controls.js";
import { exportPanel } from "./export.js";
import { loadPanel } from "./import.js";
import { mapPanel } from "./map.js";
import { isStale, makePlan, options, pins, plan, status, type Plan } from "./plan.js";
import { pinsPanel } from "./fixed-referrals.js";
import { referralsPanel } from "./referrals.js";
import { sharesPanel } from "./coverage.js";
import { summary, summarySentence } from "./summary.js";
import { unmetPanel } from "./unmet.js";

export function incidentView(until: AbortSignal): HTMLElement {
  const text = words().plan;
  const load = h("div", {}, loadPanel());
  const outcome = h("div", { class: "outcome", id: "outcome", "data-testid": "outcome" });
  let showing = new AbortController();
  until.addEventListener("abort", () => showing.abort(), { once: true });

  /** Whether the plan that is being made was asked for far down, where its button goes away. */
  let fromBar = false;

  const show = (now: Plan | null): void => {
    showing.abort();
    showing = new AbortController();
    if (now) void putUp(now, outcome, fromBar, showing.signal);
    else fill(outcome);
  };
  let told = plan.value?.order;
  plan.watch((now) => {
    show(now);
    // The same plan in another language is no news.
    if (now && now.order !== told)
      announce(`${text.done} ${now.before ? changesSentence(changesOf(now)) : summarySentence(now.report)}`);
    told = now?.order;
  }, until);
  status.watch(({ kind }) => {
    if (kind !== "running") fromBar = false;
  }, until);
  let shown = records.value;
  records.watch((now) => {
    // Another day alone leaves the field in which it is typed.
    if (now.offers !== shown.offers || now.needs !== shown.needs || now.example !== shown.example)
      fill(load, loadPanel());
    shown = now;
  }, until);
  show(plan.value);

  return h(
    "div",
    { class: "incident" },
    h("h2", { id: "incident-title", tabindex: "-1" }, text.title),
    h("p", { class: "lead" }, text.lead),
    load,
    planControls(until),
    pinsPanel(until),
    outcome,
    replanBar(() => {
      fromBar = true;
      void makePlan("few");
    }, until),
  );
}

async function putUp(now: Plan, outcome: HTMLElement, fromBar: boolean, until: AbortSignal): Promise<void> {
  const pieces: (() => HTMLElement | null)[] = [
    () => summary(now),
    () => jumpList(outcome),
    () => changesPanel(now),
    () => unmetPanel(now),
    () => referralsPanel(now, until),
    () => bottlenecksPanel(now),
    () => wantedPanel(now),
    () => sharesPanel(now),
    () => mapPanel(now),
    () => exportPanel(now),
  ];
  const made: (HTMLElement | null)[] = [];
  for (const piece of pieces) {
    await breathe();
    if (until.aborted) return;
    made.push(piece());
  }
  // All is made before the old is taken down, so that little jumps. A focus that was within goes to the summary.
  // So does one that waited at the controls only while the plan was made.
  const waited = fromBar && Boolean(document.activeElement?.closest(".controls"));
  const within = waited || outcome.contains(document.activeElement);
  outcome.replaceChildren();
  for (const element of made) {
    if (!element) continue;
    outcome.append(element);
    await breathe();
    if (until.aborted) return;
  }
  outcome.dispatchEvent(new Event("filled"));
  if (within) document.getElementById("summary-text")?.focus();
}

/** Buttons to the parts of a long page. Links would change the address, which tells the view. */
function jumpList(outcome: HTMLElement): HTMLElement {
  const nav = h("nav", { class: "jump-list", "aria-label": words().plan.jump });
  // Filled when the parts are there.
  const fillIn = (): void => {
    const titles = [...outcome.querySelectorAll<HTMLElement>("section > h3")];
    fill(
      nav,
      titles
        .filter((title) => !title.closest("[hidden]"))
        .map((title) =>
          button(
            title.textContent ?? "",
            () => {
              title.tabIndex = -1;
              title.focus({ preventScroll: true });
              title.scrollIntoView({ block: "start" });
            },
            { class: "quiet small" },
          ),
        ),
    );
  };
  outcome.addEventListener("filled", fillIn, { once: true });
  return nav;
}

/** At hand wherever one has scrolled to, as long as something waits for the next plan. */
function replanBar(again: () => void, until: AbortSignal): HTMLElement {
  const text = words().plan;
  const bar = h(
    "div",
    { class: "replan", "data-testid": "replan" },
    h("span", {}, text.changed),
    button(text.again, again, { class: "primary small" }),
  );
  const show = (): void => {
    bar.hidden = plan.value === null || status.value.kind === "running" || !isStale(plan.value);
  };
  for (const cell of [plan, pins, options, status, policy, records]) cell.watch(show, until);
  show();
  return bar;
}
