// The view of an incident. The panels of a plan are rendered in separate tasks, so that none blocks the page.

import { messages } from "../i18n.js";
import { policy, records } from "../store.js";
import { announce } from "../ui/announce.js";
import { yieldToMain } from "../ui/debounce.js";
import { button, fill, h } from "../ui/dom.js";
import { bottlenecksPanel, missingOffersPanel } from "./bottlenecks.js";
import { coveragePanel } from "./coverage.js";
import { exportPanel } from "./export.js";
import { fixedReferralsPanel } from "./fixed-referrals.js";
import { mapPanel } from "./map.js";
import { planControls } from "./plan-controls.js";
import { planChanges, planDiffPanel, planDiffSentence } from "./plan-diff.js";
import { fixedReferrals, isStale, makePlan, options, plan, status, type Plan } from "./plan.js";
import { recordsPanel } from "./records-panel.js";
import { referralsPanel } from "./referrals.js";
import { summary, summarySentence } from "./summary.js";
import { unmetPanel } from "./unmet.js";

export function incidentView(until: AbortSignal): HTMLElement {
  const text = messages().plan;
  const load = h("div", {}, recordsPanel());
  const outcome = h("div", { class: "outcome", id: "outcome", "data-testid": "outcome" });
  let planLifetime = new AbortController();
  until.addEventListener("abort", () => planLifetime.abort(), { once: true });

  /** `true` if the running plan was started by the bar at the bottom, whose button is hidden then. */
  let fromBar = false;

  const show = (current: Plan | null): void => {
    planLifetime.abort();
    planLifetime = new AbortController();
    if (current) void renderPlan(current, outcome, fromBar, planLifetime.signal);
    else fill(outcome);
  };
  let lastRequest = plan.value?.request;
  plan.subscribe((current) => {
    show(current);
    // The same plan in another language is not announced.
    if (current && current.request !== lastRequest)
      announce(
        `${text.done} ${current.previousOffers ? planDiffSentence(planChanges(current)) : summarySentence(current.report)}`,
      );
    lastRequest = current?.request;
  }, until);
  status.subscribe(({ kind }) => {
    if (kind !== "running") fromBar = false;
  }, until);
  let lastRecords = records.value;
  records.subscribe((current) => {
    // A change of the day alone must not rebuild the field in which it is typed.
    if (
      current.offers !== lastRecords.offers ||
      current.needs !== lastRecords.needs ||
      current.example !== lastRecords.example
    )
      fill(load, recordsPanel());
    lastRecords = current;
  }, until);
  show(plan.value);

  return h(
    "div",
    { class: "incident" },
    h("h2", { id: "incident-title", tabindex: "-1" }, text.title),
    h("p", { class: "lead" }, text.lead),
    load,
    planControls(until),
    fixedReferralsPanel(until),
    outcome,
    replanBar(() => {
      fromBar = true;
      void makePlan("few");
    }, until),
  );
}

async function renderPlan(current: Plan, outcome: HTMLElement, fromBar: boolean, until: AbortSignal): Promise<void> {
  const panels: (() => HTMLElement | null)[] = [
    () => summary(current),
    () => jumpList(outcome),
    () => planDiffPanel(current),
    () => unmetPanel(current),
    () => referralsPanel(current, until),
    () => bottlenecksPanel(current),
    () => missingOffersPanel(current),
    () => coveragePanel(current),
    () => mapPanel(current),
    () => exportPanel(current),
  ];
  const elements: (HTMLElement | null)[] = [];
  for (const panel of panels) {
    await yieldToMain();
    if (until.aborted) return;
    elements.push(panel());
  }
  // All panels are rendered before the old ones are removed, to keep the layout stable. A focus within them moves to
  // the summary, and so does one that moved to the controls because the bar was hidden.
  const startedByBar = fromBar && Boolean(document.activeElement?.closest(".controls"));
  const hadFocus = startedByBar || outcome.contains(document.activeElement);
  outcome.replaceChildren();
  for (const element of elements) {
    if (!element) continue;
    outcome.append(element);
    await yieldToMain();
    if (until.aborted) return;
  }
  outcome.dispatchEvent(new Event("rendered"));
  if (hadFocus) document.getElementById("summary-text")?.focus();
}

/** Buttons that jump to the panels. Links would change the address, which selects the view. */
function jumpList(outcome: HTMLElement): HTMLElement {
  const nav = h("nav", { class: "jump-list", "aria-label": messages().plan.jump });
  // Shown when the panels are rendered.
  const showButtons = (): void => {
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
  outcome.addEventListener("rendered", showButtons, { once: true });
  return nav;
}

/** A bar that is visible at every scroll position while the plan is stale. */
function replanBar(again: () => void, until: AbortSignal): HTMLElement {
  const text = messages().plan;
  const bar = h(
    "div",
    { class: "replan", "data-testid": "replan" },
    h("span", {}, text.changed),
    button(text.again, again, { class: "primary small" }),
  );
  const show = (): void => {
    bar.hidden = plan.value === null || status.value.kind === "running" || !isStale(plan.value);
  };
  for (const signal of [plan, fixedReferrals, options, status, policy, records]) signal.subscribe(show, until);
  show();
  return bar;
}
