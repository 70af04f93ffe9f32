// The controls of a plan: start, options, progress, cancel, and its errors.

import { LotseError, type ErrorDetail, type FixedReferral } from "lotse";
import { offerName } from "../code-names.js";
import { messages } from "../i18n.js";
import { policy, records } from "../store.js";
import { announce } from "../ui/announce.js";
import { button, fill, h, on, type Child } from "../ui/dom.js";
import { englishText } from "../ui/english-text.js";
import { cancelPlan, fixedReferrals, isStale, makePlan, options, plan, status, type Status } from "./plan.js";

export function planControls(until: AbortSignal): HTMLElement {
  const text = messages().plan;
  const run = button(text.run, () => void makePlan("few"), { class: "primary", id: "plan-run" });
  const fresh = button(text.fresh, () => void makePlan("free"), { class: "quiet", id: "plan-fresh" });
  const stale = h("p", { class: "stale", id: "plan-stale" }, text.stale);
  const progress = h("progress", { id: "plan-progress", "aria-label": text.progress });
  const cancel = button(messages().cancel, cancelPlan, { id: "plan-cancel" });
  const running = h(
    "div",
    { class: "running", "data-testid": "running" },
    h("span", {}, text.running),
    progress,
    cancel,
  );
  const message = h("div", { class: "plan-message", id: "plan-message" });

  const show = (): void => {
    const current = status.value;
    const isRunning = current.kind === "running";
    const hasRecords = records.value.needs.length > 0 && records.value.offers.length > 0;
    run.disabled = isRunning || !hasRecords;
    fresh.hidden = plan.value === null;
    fresh.disabled = isRunning;
    run.textContent = plan.value ? text.again : text.run;
    running.hidden = !isRunning;
    stale.hidden = isRunning || plan.value === null || !isStale(plan.value);
    if (isRunning && current.total > 0) {
      progress.max = current.total;
      progress.value = current.done;
    } else progress.removeAttribute("value");
  };
  let lastKind = status.value.kind;
  status.subscribe((current) => {
    // A control that is hidden or disabled loses the focus; so does the button of the bar at the bottom.
    const hadFocus =
      [running, run, fresh].some((element) => element.contains(document.activeElement)) ||
      Boolean(document.activeElement?.closest(".replan"));
    show();
    if (current.kind === lastKind) return;
    lastKind = current.kind;
    showMessage(current, message);
    if (hadFocus) (current.kind === "running" ? cancel : run).focus();
  }, until);
  for (const signal of [plan, fixedReferrals, options, policy, records]) signal.subscribe(show, until);
  show();

  return h(
    "section",
    { class: "panel controls", "aria-label": text.run },
    h("div", { class: "controls-line" }, run, fresh, optionFields(until)),
    running,
    stale,
    message,
  );
}

/** Shows and announces a change of the status. */
function showMessage(current: Status, message: HTMLElement): void {
  const text = messages().plan;
  switch (current.kind) {
    case "running":
      fill(message);
      announce(text.running);
      break;
    case "cancelled": {
      const sentence = plan.value ? text.cancelled : text.cancelledFirst;
      fill(message, h("p", {}, sentence));
      announce(sentence);
      break;
    }
    case "failed":
      fill(message, errorList(current.error, current.fixed));
      announce(text.failed);
      break;
    case "idle":
      break;
  }
}

function optionFields(until: AbortSignal): HTMLElement {
  const text = messages().plan;
  const neighbour = h("input", { type: "checkbox", id: "plan-neighbour" });
  on(neighbour, { change: () => (options.value = { ...options.value, neighbourServes: neighbour.checked }) });
  const minimum = h("input", {
    type: "number",
    id: "plan-min-score",
    min: 0,
    max: 100,
    step: 5,
  });
  const show = ({ minScore, neighbourServes }: typeof options.value): void => {
    neighbour.checked = neighbourServes;
    minimum.value = String(Number((minScore * 100).toFixed(2)));
  };
  show(options.value);
  options.subscribe(show, until);
  on(minimum, {
    change: () => {
      const points = minimum.valueAsNumber;
      const minScore = Number.isFinite(points) ? Math.min(100, Math.max(0, Math.round(points))) / 100 : 0;
      options.value = { ...options.value, minScore };
    },
  });
  return h(
    "div",
    { class: "plan-options" },
    h("label", { class: "check-line" }, neighbour, text.neighbour),
    h("label", { class: "check-line" }, text.minScore, minimum),
  );
}

function errorList(error: unknown, fixed: readonly FixedReferral[]): HTMLElement {
  const text = messages().plan;
  const details = error instanceof LotseError ? error.errors : [];
  return h(
    "div",
    { class: "problem-list", role: "alert" },
    h("p", { class: "problem" }, text.failed),
    h(
      "ul",
      {},
      details.map((detail) => h("li", {}, fixedReferralError(detail, fixed) ?? errorDetail(detail))),
    ),
    details.some(({ code }) => code === "request.fixed.over_places") ? h("p", {}, messages().referrals.overHint) : null,
  );
}

function errorDetail({ path, message, hint }: ErrorDetail): Child {
  const hintText = hint ? h("span", { class: "hint" }, ` ${messages().load.hint}: `, englishText(hint)) : null;
  return [h("code", {}, path), " ", englishText(message), hintText];
}

/** Names need and offer of a fixed referral, because its index is not shown. Returns `null` for other errors. */
function fixedReferralError({ code, path }: ErrorDetail, fixed: readonly FixedReferral[]): Child {
  const problem = messages().plan.fixedProblems.get(code);
  const match = /^fixed\[(\d+)\]/.exec(path);
  const referral = match ? fixed[Number(match[1])] : undefined;
  if (!problem || !referral) return null;
  const offer = records.value.offers.find(({ id }) => id === referral.offer);
  return [h("b", {}, referral.need), ` → ${offerName(offer, referral.offer)}: ${problem}`];
}
