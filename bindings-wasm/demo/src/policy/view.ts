// The view of the policy: weights, rules and parameters. A policy can be saved to a file and loaded from one.

import { LotseError, type Policy } from "lotse";
import { messages } from "../i18n.js";
import { policy } from "../store.js";
import { announce } from "../ui/announce.js";
import { button, fill, h, on } from "../ui/dom.js";
import { download } from "../ui/download.js";
import { englishText } from "../ui/english-text.js";
import { criterionRows } from "./criterion-rows.js";
import type { ApplyEdit } from "./edit.js";
import { completePolicy, isDefaultPolicy } from "./effective-policy.js";
import { parametersPanel } from "./parameters.js";
import { preview } from "./preview.js";

export function policyView(until: AbortSignal): HTMLElement {
  const text = messages().rules;
  const message = h("div", { class: "messages", id: "policy-message" });
  const state = h("p", { class: "hint", id: "policy-state" });
  const showState = (): void => {
    state.textContent = isDefaultPolicy() ? text.asDefault : text.changed;
  };
  const applyEdit: ApplyEdit = (apply) => {
    try {
      apply();
      fill(message);
      showState();
      return true;
    } catch (error) {
      fill(message, errorList(error));
      return false;
    }
  };
  const fields = h("div", { class: "policy-fields" });
  const showFields = (): void => fill(fields, criterionRows(applyEdit), parametersPanel(applyEdit));
  const replace = (partial: Policy, success: string): void => {
    const isValid = applyEdit(() => {
      policy.value = completePolicy(partial);
    });
    if (!isValid) return;
    showFields();
    fill(message, h("p", {}, success));
    announce(success);
  };
  const file = fileField((loaded) => {
    if (loaded !== undefined) replace(loaded, text.taken);
    else fill(message, h("p", { class: "problem", role: "alert" }, messages().load.unread));
  });

  showFields();
  showState();
  return h(
    "div",
    { class: "policy" },
    h("h2", { id: "policy-title", tabindex: "-1" }, text.title),
    h("p", { class: "lead" }, text.lead),
    h(
      "div",
      { class: "line" },
      button(text.reset, () => replace({}, text.resetDone), { id: "policy-reset" }),
      button(text.export, save, { class: "quiet", id: "policy-export" }),
      h("label", { for: "policy-file", class: "button quiet" }, text.import),
      file,
      state,
    ),
    message,
    h("div", { class: "policy-columns" }, fields, preview(until)),
  );
}

/** A field for a file; `load` gets its policy, or `undefined` if it is not JSON. */
function fileField(load: (policy: Policy | undefined) => void): HTMLElement {
  const attributes = { type: "file", id: "policy-file", class: "visually-hidden", accept: ".json,application/json" };
  const file = h("input", attributes);
  return on(file, {
    change: async () => {
      const content = await file.files?.[0]?.text();
      file.value = "";
      if (content === undefined) return;
      let loaded: Policy;
      try {
        loaded = JSON.parse(content) as Policy;
      } catch {
        return load(undefined);
      }
      load(loaded);
    },
  });
}

function save(): void {
  download("lotse-policy.json", "application/json", `${JSON.stringify(policy.value, null, 2)}\n`);
}

function errorList(error: unknown): HTMLElement {
  const details = error instanceof LotseError ? error.errors : [];
  return h(
    "div",
    { class: "problem-list", role: "alert" },
    h("p", { class: "problem" }, messages().rules.invalid),
    h(
      "ul",
      {},
      details.map(({ path, message, hint }) =>
        h("li", {}, h("code", {}, path), " ", englishText(message), hint ? [" (", englishText(hint), ")"] : null),
      ),
    ),
  );
}
