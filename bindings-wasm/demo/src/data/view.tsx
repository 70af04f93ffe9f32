// The view of data: from a file to records in five steps, in one column.

import { render } from "preact";
import { ColumnsStep } from "./columns-step.js";
import { FilesStep } from "./files-step.js";
import { QuestionsStep } from "./questions-step.js";
import { RecognizedStep } from "./recognized-step.js";
import { ResultStep } from "./result-step.js";
import { importErrors, isImporting, open, outcome, queue } from "./state.js";
import { dataMessages } from "./messages.js";

/** Renders the steps, until the view is replaced. Their state outlives it. */
export function renderSteps(root: HTMLElement, until: AbortSignal): void {
  render(<Steps />, root);
  until.addEventListener("abort", () => render(null, root), { once: true });
}

function Steps() {
  const text = dataMessages();
  return (
    <>
      <p class="lead">{text.lead}</p>
      {open.value ? <StepList /> : null}
      <FilesStep />
      {open.value ? <RecognizedStep /> : null}
      {importErrors.value.length > 0 ? <ImportErrors /> : null}
      <ColumnsStep />
      <QuestionsStep />
      <ResultStep />
    </>
  );
}

/** Buttons that jump to the steps. Links would change the address, which selects the view. */
function StepList() {
  const text = dataMessages();
  const steps = ["files", "recognized", "columns", "questions", "result"] as const;
  const jump = (step: string): void => {
    const title = document.getElementById(`step-${step}`);
    title?.focus({ preventScroll: true });
    title?.scrollIntoView({ block: "start" });
  };
  return (
    <nav class="step-list" aria-label={text.steps}>
      <ol>
        {steps.map((step, index) => (
          <li key={step}>
            <button type="button" class="quiet small" disabled={index > 1 && !outcome.value} onClick={() => jump(step)}>
              {index + 1} {text.step[step]}
              {step === "questions" && outcome.value ? ` (${text.number(queue.value.length)})` : ""}
            </button>
          </li>
        ))}
      </ol>
      <span class="hint importing" aria-hidden="true">
        {isImporting.value ? text.importing : ""}
      </span>
    </nav>
  );
}

function ImportErrors() {
  const text = dataMessages();
  return (
    <section class="problem-list panel" data-testid="import-errors" role="alert">
      <p class="problem">{text.unreadable}</p>
      <ul>
        {importErrors.value.map(({ code, path, message, hint }, index) => (
          <li key={index}>
            <b>{text.at(path)}</b> {text.formats.get(code) ?? <span lang="en">{[message, hint].filter(Boolean).join(". ")}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
