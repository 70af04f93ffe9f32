// The page around the views: header with navigation and language switch, and footer. A change of language rebuilds it.

import { dataView } from "./data/lazy-view.js";
import { displayLanguages, lang, messages } from "./i18n.js";
import { translatePlan } from "./incident/plan.js";
import { incidentView } from "./incident/view.js";
import { renderPrintSheet } from "./person/print-sheet.js";
import { personView } from "./person/view.js";
import { policyView } from "./policy/view.js";
import { records } from "./store.js";
import { fill, h, on } from "./ui/dom.js";

const VIEWS = ["person", "incident", "data", "policy"] as const;
type View = (typeof VIEWS)[number];

const build: Record<View, (until: AbortSignal) => HTMLElement> = {
  person: personView,
  incident: incidentView,
  data: dataView,
  policy: policyView,
};
/** The ids of the headings that receive the focus when a view is opened. */
const titles: Record<View, string> = {
  person: "form-title",
  incident: "incident-title",
  data: "data-title",
  policy: "policy-title",
};

/** Aborted when the view is replaced, which ends its subscriptions. */
let viewLifetime = new AbortController();

export function startPage(): void {
  show(false);
  window.addEventListener("hashchange", () => show(true));
  window.addEventListener("beforeprint", () => {
    if (currentView() === "person") renderPrintSheet();
  });
  document.getElementById("skip")?.addEventListener("click", (event) => {
    // The address selects the view, so the link must not change it.
    event.preventDefault();
    document.getElementById("main")?.focus();
  });
  // A file that is dropped outside the drop zone must not replace the page.
  for (const event of ["dragover", "drop"]) window.addEventListener(event, (drag) => drag.preventDefault());
  lang.subscribe(() => {
    show(false);
    void translatePlan();
  });
  // The suggestions of the form and the ranking depend on the records.
  records.subscribe(() => {
    if (currentView() === "person" || currentView() === "policy") show(false);
  });
}

function currentView(): View {
  const hash = location.hash.slice(1);
  return VIEWS.find((view) => view === hash) ?? "person";
}

function show(navigated: boolean): void {
  viewLifetime.abort();
  viewLifetime = new AbortController();
  const text = messages();
  const view = currentView();
  document.documentElement.lang = lang.value;
  document.title = `${text[view]} – ${text.title}`;
  document.body.dataset.view = view;
  const head = document.getElementById("head");
  const main = document.getElementById("main");
  const foot = document.getElementById("foot");
  const skip = document.getElementById("skip");
  if (!head || !main || !foot || !skip) return;
  skip.textContent = text.skip;
  fill(head, title(), navigation(view), languageSwitch());
  fill(main, build[view](viewLifetime.signal));
  fill(
    foot,
    h("p", { class: "promise" }, text.promise),
    h("p", {}, text.privacy),
    h("p", {}, text.sources, " ", licences()),
  );
  if (navigated) {
    document.getElementById(titles[view])?.focus();
    window.scrollTo(0, 0);
  }
}

function title(): HTMLElement {
  return h("div", { class: "brand" }, h("h1", {}, "lotse"), h("p", {}, messages().subtitle));
}

function navigation(view: View): HTMLElement {
  const text = messages();
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

function languageSwitch(): HTMLElement {
  const select = h(
    "select",
    { id: "lang-switch", "aria-label": messages().language },
    displayLanguages.map(({ lang: code, name }) =>
      h("option", { value: code, selected: code === lang.value, lang: code }, name),
    ),
  );
  return on(h("div", { class: "lang-switch" }, select), {
    change: () => {
      lang.value = displayLanguages.find(({ lang: code }) => code === select.value)?.lang ?? "de";
      document.getElementById("lang-switch")?.focus();
    },
  });
}

/** Links to a new window, because leaving the page would discard what was entered. */
function licences(): HTMLElement {
  const text = messages();
  const link = { href: "licences.txt", target: "_blank", rel: "noopener" };
  return h("a", link, text.licences, h("span", { class: "visually-hidden" }, ` (${text.contact.newTab})`));
}
