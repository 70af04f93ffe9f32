// The fifth step: what was produced and what was not, then taking it over and saving it.

import { importLabels, type ImportNote } from "lotse/import";
import { useEffect, useState } from "preact/hooks";
import { heading } from "../code-names.js";
import { lang } from "../i18n.js";
import { announce } from "../ui/announce.js";
import { download } from "../ui/download.js";
import { fieldName } from "./candidate-names.js";
import { focusLater } from "./focus.js";
import type { Mode } from "./own-records.js";
import { commonIds, importedRecords, kind, open, outcome, presentCount, queue, later, taken, takeOver } from "./state.js";
import { dataMessages } from "./messages.js";

const SECTIONS = ["lost", "left_out", "assumed", "hidden", "merged", "repaired", "suspicions"] as const;
const POSITIONS_SHOWN = 5;

export function ResultStep() {
  const text = dataMessages();
  const found = outcome.value;
  if (!found) return null;
  const { records, licence, columns } = found.report;
  const openCount = queue.value.length + later.value.size;
  const labels = importLabels(lang.value);
  const unmentioned = columns.filter(({ use }) => use === "unmentioned").map(({ column }) => column);
  const sections = SECTIONS.filter((section) => found.report[section].length > 0);
  return (
    <section class="panel" aria-labelledby="step-result">
      <h3 id="step-result" tabIndex={-1}>
        {text.step.result}
      </h3>
      <p class="summary-text" id="result-text" tabIndex={-1} data-testid="result">
        {text.headline(kind.value, records.produced, records.left_out)}
      </p>
      <ul class="report" data-testid="report">
        {openCount > 0 ? (
          <li>
            <b>{heading(labels.section.questions)}</b>: {text.number(openCount)}
          </li>
        ) : null}
        {unmentioned.length > 0 ? (
          <li>
            <b>{heading(labels.section.unmentioned)}</b>: {unmentioned.join(", ")}
          </li>
        ) : null}
        {sections.map((section) => (
          <li key={section}>
            <details>
              <summary>
                {heading(labels.section[section])}: {text.number(total(found.report[section]))}
              </summary>
              <ul>
                {found.report[section].map((note, index) => (
                  <Note key={index} note={note} label={labels.note[note.code]} />
                ))}
              </ul>
            </details>
          </li>
        ))}
        {licence.length > 0 ? (
          <li>
            <b>{heading(labels.section.licence)}</b>: {licence.join(", ")}
          </li>
        ) : null}
      </ul>
      <TakeOver />
      <div class="save">
        <button type="button" id="save-mapping" onClick={saveMapping}>
          {text.saveMapping}
        </button>
        <button type="button" id="save-records" onClick={() => void saveRecords()}>
          {text.saveRecords}
        </button>
        <p class="hint">{text.saveHint}</p>
      </div>
    </section>
  );
}

function total(notes: readonly ImportNote[]): number {
  return notes.reduce((sum, { count }) => sum + count, 0);
}

function Note({ note: { code, count, at, column, field }, label }: { note: ImportNote; label: string | undefined }) {
  const text = dataMessages();
  const places = at.slice(0, POSITIONS_SHOWN).map(text.at).join(", ");
  const more = count > POSITIONS_SHOWN && at.length > 0 ? ` ${text.moreRows(count - Math.min(at.length, POSITIONS_SHOWN))}` : "";
  return (
    <li>
      {text.times(count)} {label ?? <code>{code}</code>}
      {column ? ` (${text.inColumn(column)})` : field ? ` (${fieldName(field)})` : ""}
      {places ? <span class="hint">: {places + more}</span> : null}
    </li>
  );
}

/** Takes the records over; next to own ones of the same kind, or in their place. */
function TakeOver() {
  const text = dataMessages();
  const count = outcome.value?.count ?? 0;
  const now = presentCount();
  const [common, setCommon] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    void commonIds()
      .then((found) => isCurrent && setCommon(found))
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [outcome.value, now]);
  const take = (mode: Mode): void => {
    void takeOver(mode).then(() => {
      if (!taken.value) return;
      announce(text.taken(taken.value.kind, taken.value.count));
      focusLater("taken");
    });
  };
  if (taken.value) {
    return (
      <p class="taken" id="taken" tabIndex={-1} data-testid="taken">
        <b>{text.taken(taken.value.kind, taken.value.count)}</b>{" "}
        <a class="button" href="#incident">
          {dataMessages().to}
        </a>
      </p>
    );
  }
  if (now === 0) {
    return (
      <p>
        <button type="button" class="primary" id="take-over" disabled={count === 0} onClick={() => take("replace")}>
          {text.take}
        </button>
      </p>
    );
  }
  return (
    <div class="ask" role="group" aria-labelledby="ask-mode">
      <p id="ask-mode">
        {text.ask(kind.value, now)} {common > 0 ? text.same(common) : ""} {text.dropsPlan}
      </p>
      <button type="button" class="primary" id="take-add" disabled={count === 0} onClick={() => take("add")}>
        {text.add(now, count - common)}
      </button>
      <button type="button" id="take-replace" disabled={count === 0} onClick={() => take("replace")}>
        {text.replace(now, count)}
      </button>
    </div>
  );
}

function stem(): string {
  return (open.value?.names[0] ?? "liste").replace(/\.[^.]*$/, "");
}

function saveMapping(): void {
  const mapping = outcome.value?.mapping;
  if (mapping) download(`${stem()}.map.json`, "application/json", `${JSON.stringify(mapping, null, 2)}\n`);
}

async function saveRecords(): Promise<void> {
  const records = await importedRecords();
  download(`${stem()}.${kind.value}.json`, "application/json", `${JSON.stringify(records, null, 1)}\n`);
}
