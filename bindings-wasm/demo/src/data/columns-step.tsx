// The third step: the meaning of each column, and how much of it is understood.

import type { ColumnReport } from "lotse/import";
import { fieldName } from "./candidate-names.js";
import { FIELDS, isBirthDate, UNREAD } from "./columns.js";
import { kind, outcome, setMeaning } from "./state.js";
import { dataMessages } from "./messages.js";

export function ColumnsStep() {
  const text = dataMessages();
  const found = outcome.value;
  if (!found) return null;
  const { columns, hidden } = found.report;
  const personal = new Set(hidden.filter(({ code }) => code === "column.personal").map(({ column }) => column));
  const shown = columns.filter(({ column }) => !personal.has(column));
  return (
    <section class="panel" aria-labelledby="step-columns">
      <h3 id="step-columns" tabIndex={-1}>
        {text.step.columns}
      </h3>
      <ul class="column-list" data-testid="columns">
        {shown.map((column) => (
          <Column key={column.column} column={column} />
        ))}
      </ul>
      {personal.size > 0 ? (
        <>
          <p>{text.personalLead}</p>
          <ul class="personal-columns" data-testid="personal">
            {[...personal].map((column) => (
              <li key={column}>
                <s>{column}</s> <span class="hint">{text.personal}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

function Column({ column }: { column: ColumnReport }) {
  const text = dataMessages();
  const { column: name, use, fields, filled, parts, understood, assumed, no_value: noValue, asked, lost } = column;
  const id = `column-${name}`;
  const field = outcome.value && isBirthDate(outcome.value.mapping, name) ? "born" : fields.join(" ");
  const meaning = use === "read" ? field : use === "unmentioned" ? "" : UNREAD;
  const known = understood + assumed + noValue;
  return (
    <li class="column">
      <label for={id} class="column-name">
        {name} <span class="visually-hidden">{text.meaning}</span>
      </label>
      <span class="hint column-filled">
        {/* Nothing looks into a column that is never read. */}
        {use === "never" ? "" : `${text.number(filled)} ${text.filled}`}
      </span>
      <select id={id} value={meaning} onChange={(event) => void setMeaning(name, event.currentTarget.value)}>
        {meaning === "" ? <option value="">{text.noMeaning}</option> : null}
        {use === "read" && !FIELDS[kind.value].includes(meaning) ? (
          <option value={meaning}>{fields.length > 1 ? text.several(fields.map(fieldName).join(", ")) : fieldName(meaning)}</option>
        ) : null}
        {FIELDS[kind.value].map((field) => (
          <option key={field} value={field}>
            {fieldName(field)}
          </option>
        ))}
        <option value={UNREAD}>{text.unread}</option>
      </select>
      <span class="column-parts">
        {parts > 0 ? (
          <>
            <span class="coverage-bar" aria-hidden="true">
              <span class="coverage-met" style={{ "--fill": String(known / parts) }} />
            </span>
            <span class="hint">
              {text.understoodOf(known, parts)}
              {asked + lost > 0 ? `, ${text.openParts(asked + lost)}` : ""}
            </span>
          </>
        ) : null}
      </span>
    </li>
  );
}
