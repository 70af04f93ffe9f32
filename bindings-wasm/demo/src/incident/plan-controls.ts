// Starting a plan, watching it, cancelling it.

import { LotseError, type ErrorDetail, type FixedReferral } from "lotse";
import { policy, records } from "../store.js";
import { offerName } from "../code-names.js";
import { announce } from "../ui/announce.js";
import { button, fill, h, on, type Child } from "../ui/dom.js";
import { foreign } from "../ui/english-text.js";
import { words } from "../i18n.js";
import { cancelPlan, isStale, makePlan, options, pins, plan, status } from "./plan.js";

export function planControls(until: AbortSignal): HTMLElement {
  const text = words().plan;
  const run = button(text.run, () => void makePlan("few"), { class: "primary", id: "plan-run" });
  const fresh = button(text.fresh, () => void makePlan("free"), { class: "quiet", id: "plan-fresh" });
  const stale = h("p", { class: "stale", id: "plan-stale" }, text.stale);
  const progress = h("progress", { id: "plan-progress", "aria-label": text.progress });
  const cancel = button(words().cancel, cancelPlan, { id: "plan-cancel" });
  const running = h(
    "div",
    { class: "running", "data-testid": "running" },
    h("span", {}, text.running),
    progress,
    cancel,
  );
  const message = h("div", { class: "plan-message", id: "plan-message" });

  const show = (): void => {
    const now = status.value;
    const busy = now.kind === "running";
    const ready = records.value.needs.length > 0 && records.value.offers.length > 0;
    run.disabled = busy || !ready;
    fresh.hidden = plan.value === null;
    fresh.disabled = busy;
    run.textContent = plan.value ? text.again : text.run;
    running.hidden = !busy;
    stale.hidden = busy || plan.value === null || !isStale(plan.value);
    if (now.kind === "running" && now.all > 0) {
      progress.max = now.all;
      progress.value = now.done;
    } else progress.removeAttribute("value");
  };
  let was = status.value.kind;
  status.watch((now) => {
    // A button that is hidden or disabled would drop the focus to the top of the page; so would that of the bar below.
    const hadFocus =
      [running, run, fresh].some((element) => element.contains(document.activeElement)) ||
      Boolean(document.activeElement?.closest(".replan"));
    show();
    if (now.kind === was) return;
    if (now.kind === "running") {
      fill(message);
      announce(text.running);
      if (hadFocus) cancel.focus();
    } else if (hadFocus) run.focus();
    if (now.kind === "stopped") {
      const said = plan.value ? text.stopped : text.stoppedFirst;
      fill(message, h("p", {}, said));
      announce(said);
    }
    if (now.kind === "failed") {
      fill(message, failure(now.error, now.fixed));
      announce(text.failed);
    }
    was = now.kind;
  }, until);
  for (const cell of [plan, pins, options, policy, records]) cell.watch(show, until);
  show();

  return h(
    "section",
    { class: "panel controls", "aria-label": words().plan.run },
    h("div", { class: "controls-line" }, run, fresh, optionFields(until)),
    running,
    stale,
    message,
  );
}

function optionFields(until: AbortSignal): HTMLElement {
  const text = words().plan;
  const neighbour = h("input", { type: "checkbox", id: "plan-neighbour" });
  on(neighbour, { change: () => (options.value = { ...options.value, neighbourServes: neighbour.checked }) });
  const least = h("input", {
    type: "number",
    id: "plan-min-score",
    min: 0,
    max: 100,
    step: 5,
  });
  const show = ({ minScore, neighbourServes }: typeof options.value): void => {
    neighbour.checked = neighbourServes;
    least.value = String(Number((minScore * 100).toFixed(2)));
  };
  show(options.value);
  options.watch(show, until);
  on(least, {
    change: () => {
      const points = least.valueAsNumber;
      const minScore = Number.isFinite(points) ? Math.min(100, Math.max(0, Math.round(points))) / 100 : 0;
      options.value = { ...options.value, minScore };
    },
  });
  return h(
    "div",
    { class: "plan-options" },
    h("label", { class: "check-line" }, neighbour, text.neighbour),
    h("label", { class: "check-line" }, text.minScore, least),
  );
}

function failure(error: unknown, fixed: readonly FixedReferral[]): HTMLElement {
  const text = words().plan;
  const details = error instanceof LotseError ? error.errors : [];
  return h(
    "div",
    { class: "problem-list", role: "alert" },
    h("p", { class: "problem" }, text.failed),
    h(
      "ul",
      {},
      details.map((detail) => h("li", {}, aboutFixed(detail, fixed) ?? told(detail))),
    ),
    details.some(({ code }) => code === "request.fixed.over_places") ? h("p", {}, words().referrals.overHint) : null,
  );
}

function told({ path, message, hint }: ErrorDetail): Child {
  const tip = hint ? h("span", { class: "hint" }, ` ${words().load.hint}: `, foreign(hint)) : null;
  return [h("code", {}, path), " ", foreign(message), tip];
}

/** What was fixed is known to people by its need and offer, not by its number in a list. */
function aboutFixed({ code, path }: ErrorDetail, fixed: readonly FixedReferral[]): Child {
  const problem = words().plan.fixedProblems.get(code);
  const at = /^fixed\[(\d+)\]/.exec(path);
  const one = at ? fixed[Number(at[1])] : undefined;
  if (!problem || !one) return null;
  const offer = records.value.offers.find(({ id }) => id === one.offer);
  return [h("b", {}, one.need), ` → ${offerName(offer, one.offer)}: ${problem}`];
}
