// The first step: files by a dialog or by dragging, and what is loaded now.

import { useRef, useState } from "preact/hooks";
import { messages } from "../i18n.js";
import { announce } from "../ui/announce.js";
import { download } from "../ui/download.js";
import type { FileDetail, OwnResult } from "./data-worker.js";
import { focusLater } from "./focus.js";
import { restoreExample } from "./own-records.js";
import { closeFiles, message, openFiles, present, takeOwnResult, type Message } from "./state.js";
import { template } from "./template.js";
import { dataMessages } from "./messages.js";

const DETAILS_SHOWN = 8;

export function FilesStep() {
  const text = dataMessages();
  return (
    <section class="panel load" aria-labelledby="step-files">
      <h3 id="step-files" tabIndex={-1}>
        {text.step.files}
      </h3>
      <p class="lead" id="files-lead">
        {text.filesLead}
      </p>
      <DropZone />
      <div id="load-messages" class="messages" data-testid="load-messages">
        <Messages shown={message.value} />
      </div>
      <Present />
    </section>
  );
}

function DropZone() {
  const text = messages();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  return (
    <div
      class={isOver ? "drop over" : "drop"}
      id="drop"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void openFiles([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <label for="files" class="button">
        {text.load.files}
      </label>
      <input
        ref={input}
        type="file"
        id="files"
        class="visually-hidden"
        multiple
        aria-describedby="files-lead"
        onChange={() => {
          const files = [...(input.current?.files ?? [])];
          // So that the same file can be selected again.
          if (input.current) input.current.value = "";
          void openFiles(files);
        }}
      />
      <span class="drop-or">{text.load.drop}</span>
      <p class="templates">
        {dataMessages().template}:{" "}
        {(["offers", "needs"] as const).map((kind) => (
          <button
            key={kind}
            type="button"
            class="quiet small"
            id={`template-${kind}`}
            onClick={() => download(`${dataMessages().kindOf[kind].toLowerCase()}.csv`, "text/csv;charset=utf-8", template(kind))}
          >
            {kind === "offers" ? dataMessages().templateOffers : dataMessages().templateNeeds}
          </button>
        ))}
      </p>
    </div>
  );
}

/** The records that the page has, and the way back to the example. */
function Present() {
  const text = messages();
  const { needs, offers, example } = present.value;
  const restore = (): void => {
    restoreExample();
    closeFiles();
    announce(text.load.have(present.value.needs.length, present.value.offers.length));
    focusLater("load-example");
  };
  return (
    <div class="load-state">
      <p class="record-count" id="record-count">
        {text.load.have(needs.length, offers.length)} {example ? text.load.invented : null}
      </p>
      <span class="load-actions">
        {example ? null : (
          <button type="button" class="quiet small" id="load-clear" onClick={restore}>
            {text.load.clear}
          </button>
        )}
        <button type="button" class="quiet small" id="load-example" onClick={restore}>
          {text.load.example}
        </button>
      </span>
      {offers.length === 0 ? <p class="problem">{text.load.noOffers}</p> : null}
      {needs.length === 0 ? <p class="problem">{text.load.noNeeds}</p> : null}
    </div>
  );
}

function Messages({ shown }: { shown: Message }) {
  const text = messages();
  switch (shown.kind) {
    case "none":
    case "taken":
      return null;
    case "reading":
      return <p>{text.load.reading}</p>;
    case "broken":
      return (
        <p class="problem" role="alert">
          {text.load.interrupted} {text.load.errorsKept}
        </p>
      );
    case "failed":
      return <Failed shown={shown} />;
    case "own":
      return <Own result={shown.result} isTaken={shown.isTaken} />;
  }
}

function Failed({ shown }: { shown: Extract<Message, { kind: "failed" }> }) {
  const text = messages();
  if (shown.reason !== "input") {
    return (
      <p class="problem" role="alert">
        {shown.reason === "mixed" ? dataMessages().mixed : text.load.tooLarge} {text.load.errorsKept}
      </p>
    );
  }
  return (
    <section class="problem-list" data-testid="errors" role="alert">
      <p class="problem">{dataMessages().unreadable}</p>
      <ul>
        {shown.errors.map(({ code, path, message: sentence, hint }, index) => {
          const own = dataMessages().formats.get(code);
          return (
            <li key={index}>
              <b>{dataMessages().at(path)}</b>
              {path ? ": " : null}
              {own ?? <span lang="en">{[sentence, hint].filter(Boolean).join(". ")}</span>}
            </li>
          );
        })}
      </ul>
      <p>{text.load.errorsKept}</p>
    </section>
  );
}

/** Records in the page's own formats: their errors, the question what becomes of the present ones, and what was taken over. */
function Own({ result, isTaken }: { result: OwnResult; isTaken: boolean }) {
  const text = messages();
  const { offers, needs, request, errors, warnings } = result;
  const hasErrors = errors.length > 0;
  const { offers: presentOffers, needs: presentNeeds } = present.value;
  const [now, then] =
    offers.length > 0 ? [presentOffers.length, offers.length] : [presentNeeds.length, needs.length];
  const kind = offers.length > 0 ? "offers" : "needs";
  return (
    <>
      {hasErrors ? (
        <section class="problem-list" data-testid="errors">
          <p class="problem">{text.load.errors(errors.length)}</p>
          <Details details={errors} />
        </section>
      ) : null}
      {hasErrors ? <p>{text.load.errorsKept}</p> : null}
      {!hasErrors && !isTaken ? (
        <div class="ask" role="group" aria-labelledby="own-ask">
          <p id="own-ask">
            {dataMessages().ask(kind, now)} {dataMessages().dropsPlan}
          </p>
          <button type="button" id="own-add" onClick={() => takeOwnResult(result, "add")}>
            {dataMessages().add(now, then)}
          </button>
          <button type="button" id="own-replace" onClick={() => takeOwnResult(result, "replace")}>
            {dataMessages().replace(now, then)}
          </button>
        </div>
      ) : null}
      {isTaken && request?.policy ? <p>{text.load.policyTaken}</p> : null}
      {isTaken && request?.vocabulary ? <p>{text.load.vocabularyTaken}</p> : null}
      {isTaken ? (
        <p class="taken" data-testid="taken">
          <a class="button" href="#incident">
            {dataMessages().to}
          </a>
        </p>
      ) : null}
      {warnings.length > 0 ? (
        <details class="warning-list" data-testid="warnings">
          <summary>{text.load.warnings(warnings.length)}</summary>
          <Details details={warnings} />
        </details>
      ) : null}
    </>
  );
}

function Details({ details }: { details: readonly FileDetail[] }) {
  const text = messages().load;
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? details : details.slice(0, DETAILS_SHOWN);
  return (
    <div>
      <ul>
        {shown.map(({ file, path, message: sentence, hint }, index) => (
          <li key={index}>
            <code>{[file, path].filter(Boolean).join(": ")}</code> <span lang="en">{sentence}</span>
            {hint ? (
              <span class="hint">
                {" "}
                {text.hint}: <span lang="en">{hint}</span>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {details.length > shown.length ? (
        <button type="button" class="quiet" onClick={() => setWhole(true)}>
          {text.more(details.length - shown.length)}
        </button>
      ) : null}
    </div>
  );
}
