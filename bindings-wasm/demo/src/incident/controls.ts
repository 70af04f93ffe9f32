// Starting a plan, watching it, cancelling it.

import { LotseError } from "lotse";
import { policy, records } from "../desk.js";
import { announce } from "../parts/announce.js";
import { button, fill, h, on } from "../parts/dom.js";
import { foreign } from "../parts/foreign.js";
import { words } from "../tongue.js";
import { cancelPlan, isStale, makePlan, options, pins, plan, status } from "./plan.js";

export function planControls(until: AbortSignal): HTMLElement {
  const text = words().plan;
  const run = button(text.run, () => void makePlan(plan.value ? "few" : "free"), { class: "primary", id: "plan-run" });
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
    // A button that is hidden or disabled would drop the focus to the top of the page.
    const hadFocus = [running, run, fresh].some((element) => element.contains(document.activeElement));
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
      fill(message, failure(now.error));
      announce(text.failed);
    }
    was = now.kind;
  }, until);
  for (const cell of [plan, pins, options, policy, records]) cell.watch(show, until);
  show();

  return h(
    "section",
    { class: "panel controls", "aria-label": words().plan.run },
    h("div", { class: "controls-line" }, run, fresh, optionFields()),
    running,
    stale,
    message,
  );
}

function optionFields(): HTMLElement {
  const text = words().plan;
  const neighbour = h("input", { type: "checkbox", id: "plan-neighbour" });
  neighbour.checked = options.value.neighbourServes;
  on(neighbour, { change: () => (options.value = { ...options.value, neighbourServes: neighbour.checked }) });
  const least = h("input", {
    type: "number",
    id: "plan-min-score",
    min: 0,
    max: 100,
    step: 5,
    value: Math.round(options.value.minScore * 100),
  });
  on(least, {
    change: () => {
      const points = least.valueAsNumber;
      const minScore = Number.isFinite(points) ? Math.min(100, Math.max(0, Math.round(points))) / 100 : 0;
      options.value = { ...options.value, minScore };
      least.value = String(Math.round(minScore * 100));
    },
  });
  return h(
    "div",
    { class: "plan-options" },
    h("label", { class: "check-line" }, neighbour, text.neighbour),
    h("label", { class: "check-line" }, text.minScore, least),
  );
}

function failure(error: unknown): HTMLElement {
  const { plan: text, load } = words();
  const details = error instanceof LotseError ? error.errors : [];
  return h(
    "div",
    { class: "problem-list", role: "alert" },
    h("p", { class: "problem" }, text.failed),
    h(
      "ul",
      {},
      details.map(({ path, message, hint }) =>
        h(
          "li",
          {},
          h("code", {}, path),
          " ",
          foreign(message),
          hint ? h("span", { class: "hint" }, ` ${load.hint}: `, foreign(hint)) : null,
        ),
      ),
    ),
  );
}
