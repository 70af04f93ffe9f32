// The frame: head with the three views, the switch of languages, and the foot. A change of language builds it anew.

import { records } from "./store.js";
import { incidentView } from "./incident/view.js";
import { retellPlan } from "./incident/plan.js";
import { fill, h, on } from "./ui/dom.js";
import { makeSheet } from "./person/print-sheet.js";
import { personView } from "./person/view.js";
import { policyView } from "./policy/view.js";
import { lang, tongues, words } from "./i18n.js";

const VIEWS = ["person", "incident", "policy"] as const;
type View = (typeof VIEWS)[number];

const build: Record<View, (until: AbortSignal) => HTMLElement> = {
  person: personView,
  incident: incidentView,
  policy: policyView,
};
/** Where the focus goes when a view is opened. */
const titles: Record<View, string> = { person: "form-title", incident: "incident-title", policy: "policy-title" };

let showing = new AbortController();

export function startPage(): void {
  show(false);
  window.addEventListener("hashchange", () => show(true));
  window.addEventListener("beforeprint", () => {
    if (viewNow() === "person") makeSheet();
  });
  document.getElementById("skip")?.addEventListener("click", (event) => {
    // The address tells the view; skipping must not change it.
    event.preventDefault();
    document.getElementById("main")?.focus();
  });
  // Files that miss the field must not replace the page.
  for (const event of ["dragover", "drop"]) window.addEventListener(event, (drag) => drag.preventDefault());
  lang.watch(() => {
    show(false);
    void retellPlan();
  });
  // Other data: the form suggests from other offers, the results are others.
  records.watch(() => {
    if (viewNow() !== "incident") show(false);
  });
}

function viewNow(): View {
  const hash = location.hash.slice(1);
  return VIEWS.find((view) => view === hash) ?? "person";
}

function show(moved: boolean): void {
  showing.abort();
  showing = new AbortController();
  const text = words();
  const view = viewNow();
  document.documentElement.lang = lang.value;
  document.title = `${text[view]} – ${text.title}`;
  document.body.dataset.view = view;
  const head = document.getElementById("head");
  const main = document.getElementById("main");
  const foot = document.getElementById("foot");
  const skip = document.getElementById("skip");
  if (!head || !main || !foot || !skip) return;
  skip.textContent = text.skip;
  fill(head, title(), navigation(view), tongueSwitch());
  fill(main, build[view](showing.signal));
  fill(
    foot,
    h("p", { class: "promise" }, text.promise),
    h("p", {}, text.privacy),
    h("p", {}, text.sources, " ", licences()),
  );
  if (moved) {
    document.getElementById(titles[view])?.focus();
    window.scrollTo(0, 0);
  }
}

function title(): HTMLElement {
  return h("div", { class: "brand" }, h("h1", {}, "lotse"), h("p", {}, words().subtitle));
}

function navigation(view: View): HTMLElement {
  const text = words();
  return h(
    "nav",
    { "aria-label": text.views },
    h(
      "ul",
      {},
      VIEWS.map((other) =>
        h(
          "li",
          {},
          h(
            "a",
            { href: `#${other}`, id: `nav-${other}`, "aria-current": other === view ? "page" : null },
            text[other],
          ),
        ),
      ),
    ),
  );
}

function tongueSwitch(): HTMLElement {
  const select = h(
    "select",
    { id: "tongue", "aria-label": words().language },
    tongues.map(({ lang: code, name }) =>
      h("option", { value: code, selected: code === lang.value, lang: code }, name),
    ),
  );
  return on(h("div", { class: "tongue" }, select), {
    change: () => {
      lang.value = tongues.find(({ lang: code }) => code === select.value)?.lang ?? "de";
      document.getElementById("tongue")?.focus();
    },
  });
}

/** In a window of its own: to leave the page would take away what is entered. */
function licences(): HTMLElement {
  const text = words();
  const link = { href: "licences.txt", target: "_blank", rel: "noopener" };
  return h("a", link, text.licences, h("span", { class: "unseen" }, ` (${text.contact.newTab})`));
}
