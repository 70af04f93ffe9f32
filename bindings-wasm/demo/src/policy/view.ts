// The rules: weights, what excludes, and the numbers behind them. All of it is data that people write.

import { LotseError, type Policy } from "lotse";
import { policy } from "../store.js";
import { announce } from "../ui/announce.js";
import { button, fill, h, on } from "../ui/dom.js";
import { foreign } from "../ui/english-text.js";
import { download } from "../ui/download.js";
import { words } from "../i18n.js";
import type { Edit } from "./edit.js";
import { inFull, isDefault } from "./effective-policy.js";
import { preview } from "./preview.js";
import { criterionRows } from "./criterion-rows.js";
import { policyTables } from "./parameters.js";

export function policyView(until: AbortSignal): HTMLElement {
  const text = words().rules;
  const message = h("div", { class: "messages", id: "policy-message" });
  const state = h("p", { class: "hint", id: "policy-state" });
  const showState = (): void => {
    state.textContent = isDefault() ? text.asDefault : text.changed;
  };
  const edit: Edit = (act) => {
    try {
      act();
      fill(message);
      showState();
      return true;
    } catch (error) {
      fill(message, problem(error));
      return false;
    }
  };

  const fields = h("div", { class: "policy-fields" });
  const build = (): void => fill(fields, criterionRows(edit), policyTables(edit));
  const take = (written: Policy, said: string): void => {
    const fine = edit(() => {
      policy.value = inFull(written);
    });
    if (!fine) return;
    build();
    fill(message, h("p", {}, said));
    announce(said);
  };

  const file = h("input", { type: "file", id: "policy-file", class: "unseen", accept: ".json,application/json" });
  on(file, {
    change: async () => {
      const text_ = await file.files?.[0]?.text();
      file.value = "";
      if (text_ === undefined) return;
      let written: Policy;
      try {
        written = JSON.parse(text_) as Policy;
      } catch {
        return fill(message, h("p", { class: "problem", role: "alert" }, words().load.unread));
      }
      take(written, text.taken);
    },
  });

  build();
  showState();
  return h(
    "div",
    { class: "policy" },
    h("h2", { id: "policy-title", tabindex: "-1" }, text.title),
    h("p", { class: "lead" }, text.lead),
    h(
      "div",
      { class: "line" },
      button(text.reset, () => take({}, text.resetDone), { id: "policy-reset" }),
      button(text.export, save, { class: "quiet", id: "policy-export" }),
      h("label", { for: "policy-file", class: "button quiet" }, text.import),
      file,
      state,
    ),
    message,
    h("div", { class: "policy-columns" }, fields, preview(until)),
  );
}

function save(): void {
  download("lotse-policy.json", "application/json", `${JSON.stringify(policy.value, null, 2)}\n`);
}

function problem(error: unknown): HTMLElement {
  const details = error instanceof LotseError ? error.errors : [];
  return h(
    "div",
    { class: "problem-list", role: "alert" },
    h("p", { class: "problem" }, words().rules.invalid),
    h(
      "ul",
      {},
      details.map(({ path, message, hint }) =>
        h("li", {}, h("code", {}, path), " ", foreign(message), hint ? [" (", foreign(hint), ")"] : null),
      ),
    ),
  );
}
