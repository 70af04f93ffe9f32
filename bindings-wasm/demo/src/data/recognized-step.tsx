// The second step: what the files are, whether their letters are read correctly, and the first rows.

import type { RecordKind } from "lotse/import";
import { useState } from "preact/hooks";
import { codeName } from "../code-names.js";
import { regionSuggestions } from "./region-suggestions.js";
import { Combobox } from "./combobox.js";
import { focusLater } from "./focus.js";
import { encoding, encodingConfirmed, kind, open, outcome, setEncoding, setKind, setWithin, within } from "./state.js";
import { dataMessages } from "./messages.js";

const KINDS: readonly RecordKind[] = ["offers", "needs"];
const ENCODINGS = ["utf-8", "windows-1252", "iso-8859-15", "windows-1250", "macintosh", "cp850", "utf-16le", "utf-16be"];

export function RecognizedStep() {
  const text = dataMessages();
  const current = open.value;
  if (!current) return null;
  const { recognized, rows, columns } = current.sketch;
  return (
    <section class="panel" aria-labelledby="step-recognized">
      <h3 id="step-recognized" tabIndex={-1}>
        {text.step.recognized}
      </h3>
      <ul class="recognized" data-testid="recognized">
        {recognized.files.map(({ name, format, delimiter, encoding: read, sheet }, index) => (
          <li key={index}>
            <b>{name}</b>{" "}
            {text.recognized(
              text.format.get(format) ?? format,
              [delimiter && (text.delimiter.get(delimiter) ?? delimiter), read, sheet, readRows(index)].filter(Boolean).join(", "),
            )}
          </li>
        ))}
      </ul>
      <fieldset class="checks">
        <legend>{text.kind}</legend>
        {KINDS.map((other) => (
          <label key={other} class="tag-box">
            <input
              type="radio"
              name="kind"
              id={`kind-${other}`}
              checked={kind.value === other}
              onChange={() => void setKind(other)}
            />
            <span>{text.kindOf[other]}</span>
          </label>
        ))}
      </fieldset>
      <Samples words={current.sketch.samples} />
      {rows.length > 0 ? (
        <div class="scroll" role="region" tabIndex={0} aria-label={text.firstRows} data-testid="first-rows">
          <table>
            <caption>{text.firstRows}</caption>
            <thead>
              <tr>
                {columns.map(({ column }) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((cells, row) => (
                <tr key={row}>
                  {cells.map((cell, index) => (
                    <td key={index}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      <div class="narrow-field">
        <Combobox
          id="within"
          label={text.within}
          hint={text.withinHint}
          value={within.value ? codeName("region", within.value) : ""}
          suggest={regionSuggestions}
          choose={({ key }) => void setWithin(key)}
          clear={() => void setWithin(null)}
          keep
        />
      </div>
    </section>
  );
}

/** The number of rows, which is known of a single file. */
function readRows(index: number): string | null {
  const found = outcome.value;
  return found && index === 0 && found.report.recognized.files.length === 1 ? dataMessages().read(found.report.records.read) : null;
}

/** Words that show whether the encoding is right. */
function Samples({ words }: { words: readonly string[] }) {
  const text = dataMessages();
  const [isChanging, setChanging] = useState(false);
  if (words.length === 0 && encoding.value === null) return null;
  const isChosen = encoding.value !== null;
  const change = (): void => {
    setChanging(true);
    focusLater("encoding");
  };
  return (
    <div class="samples" data-testid="samples">
      {words.length > 0 ? (
        <p id="sample-words" tabIndex={-1}>
          {text.sample} <b>{words.join(", ")}</b>
          {encodingConfirmed.value ? ` – ${text.sampleYes.toLowerCase()}.` : null}
        </p>
      ) : null}
      {isChosen || isChanging ? (
        <>
          <label for="encoding">{text.encoding}</label>
          <select
            id="encoding"
            value={encoding.value ?? open.value?.sketch.recognized.files[0]?.encoding ?? ""}
            onChange={(event) => void setEncoding(event.currentTarget.value)}
          >
            {ENCODINGS.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </>
      ) : null}
      {encodingConfirmed.value ? null : (
        <button type="button" class="small" id="sample-yes" onClick={confirmEncoding}>
          {text.sampleYes}
        </button>
      )}
      {isChosen || isChanging ? null : (
        <button type="button" class="small" id="sample-no" onClick={change}>
          {text.sampleNo}
        </button>
      )}
    </div>
  );
}

function confirmEncoding(): void {
  encodingConfirmed.value = true;
  focusLater("sample-words");
}
