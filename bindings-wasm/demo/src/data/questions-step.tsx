// The fourth step: one question at a time, the most frequent first, by mouse or by keys.

import type { CodeKind } from "lotse";
import { importLabels, type ImportQuestion } from "lotse/import";
import { useState } from "preact/hooks";
import { codeLabels, crimeName, heading } from "../code-names.js";
import { lang, messages } from "../i18n.js";
import { suggest, type Suggestion } from "../suggest.js";
import { announce } from "../ui/announce.js";
import { candidateName, searchKind } from "./candidate-names.js";
import { Combobox } from "./combobox.js";
import { focusLater } from "./focus.js";
import {
  answer,
  askedCount,
  askLater,
  decidedCount,
  goBack,
  later,
  outcome,
  putOff,
  queue,
  reveal,
  type Answer,
} from "./state.js";
import { dataMessages } from "./messages.js";

/** Keys for candidates. */
const MAX_KEYS = 9;
const HEADING = "question";

export function QuestionsStep() {
  const text = dataMessages();
  if (!outcome.value) return null;
  const [current] = queue.value;
  return (
    <section class="panel" aria-labelledby="step-questions">
      <h3 id="step-questions" tabIndex={-1}>
        {text.step.questions}
      </h3>
      {current ? <Card key={current.id} question={current} /> : <NoQuestions />}
    </section>
  );
}

function NoQuestions() {
  const text = dataMessages();
  const put = later.value.size;
  return (
    <div class="no-questions" onKeyDown={goBackAtKey}>
      <p id={HEADING} tabIndex={-1}>
        {put === 0 ? text.noQuestions : text.putOff(put)}
      </p>
      {put > 0 ? (
        <button
          type="button"
          id="ask-later"
          onClick={() => {
            askLater();
            focusLater(HEADING);
          }}
        >
          {text.askAgain}
        </button>
      ) : null}
      {decidedCount.value > 0 ? <BackButton /> : null}
    </div>
  );
}

/** Moves to the next question, whose heading is read out. */
function next(act: () => void): void {
  act();
  focusLater(HEADING);
  const text = dataMessages();
  if (queue.value.length === 0) announce(later.value.size === 0 ? text.noQuestions : text.putOff(later.value.size), HEADING);
}

/** Goes back at the key for it. */
function goBackAtKey(event: KeyboardEvent): void {
  if (event.key !== "z" || event.ctrlKey || event.metaKey || event.altKey || decidedCount.value === 0) return;
  next(goBack);
  event.preventDefault();
}

function BackButton() {
  return (
    <button type="button" class="quiet" id="question-back" onClick={() => next(goBack)}>
      {dataMessages().back} <kbd aria-hidden="true">z</kbd>
    </button>
  );
}

/** A meaning that can be chosen. */
interface Choice {
  value: Exclude<Answer, null>;
  name: string;
}

function Card({ question }: { question: ImportQuestion }) {
  const text = dataMessages();
  const choices: Choice[] = question.candidates.map((value) => ({ value, name: candidateName(question, value) }));
  const hasOneMeaning = question.kind === "column" || question.kind === "personal" || question.kind === "value";
  const hasSeveral = !hasOneMeaning && (choices.length > 1 || searchKind(question) !== null);
  const [isMultiple, setMultiple] = useState(false);
  const [chosen, setChosen] = useState<readonly Choice[]>([]);
  const give = (value: Answer): void => next(() => answer(question.id, value));
  const toggle = (choice: Choice): void =>
    setChosen(chosen.some(({ name }) => name === choice.name) ? chosen.filter(({ name }) => name !== choice.name) : [...chosen, choice]);
  const choose = (choice: Choice): void => (isMultiple ? toggle(choice) : give(choice.value));

  const onKeyDown = (event: KeyboardEvent): void => {
    // Not while a word is typed, nor with a key of the browser.
    if (event.target instanceof HTMLInputElement && event.target.type !== "checkbox") return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : -1;
    const choice = choices[index];
    if (choice) choose(choice);
    else if (event.key === "0") give(null);
    else if (event.key === "s") next(() => putOff(question.id));
    else return goBackAtKey(event);
    event.preventDefault();
  };

  return (
    <div class="question" role="group" aria-labelledby={HEADING} onKeyDown={onKeyDown} data-question={question.id}>
      <Heading question={question} />
      {question.text === null ? <Withheld question={question} /> : null}
      <ul class="choices">
        {choices.map((choice, index) => (
          <li key={index}>
            <button
              type="button"
              class="choice"
              aria-pressed={isMultiple ? chosen.some(({ name }) => name === choice.name) : undefined}
              onClick={() => choose(choice)}
            >
              {index < MAX_KEYS ? <kbd aria-hidden="true">{index + 1}</kbd> : null}
              {choice.name}
            </button>
          </li>
        ))}
      </ul>
      <Search question={question} choose={choose} />
      {isMultiple && chosen.length > 0 ? (
        <p class="chosen">
          <b>{messages().and(chosen.map(({ name }) => name))}</b>{" "}
          <button type="button" class="primary" id="question-multiple-take" onClick={() => give(chosen.map(({ value }) => value) as Answer)}>
            {text.takeMultiple}
          </button>
        </p>
      ) : null}
      <div class="question-actions">
        {hasSeveral ? (
          <button type="button" id="question-multiple" aria-pressed={isMultiple} onClick={() => setMultiple(!isMultiple)}>
            {text.multiple}
          </button>
        ) : null}
        <button type="button" id="question-nothing" onClick={() => give(null)}>
          {text.nothing} <kbd aria-hidden="true">0</kbd>
        </button>
        <button type="button" id="question-later" onClick={() => next(() => putOff(question.id))}>
          {text.later} <kbd aria-hidden="true">s</kbd>
        </button>
        {decidedCount.value > 0 ? <BackButton /> : null}
      </div>
      <p class="hint">{text.keys}</p>
    </div>
  );
}

function Heading({ question }: { question: ImportQuestion }) {
  const text = dataMessages();
  const { kind, text: word, columns, count, at, why } = question;
  const labels = importLabels(lang.value);
  const [position = ""] = at;
  const subject =
    word === null
      ? text.withheld(text.at(position), columns.join(", "))
      : kind === "column"
        ? text.columnSubject(word, count)
        : text.subject(word, count);
  const index = Math.min(decidedCount.value + 1, askedCount.value);
  return (
    <>
      <p class="question-number" data-testid="question-number">
        {text.questionOf(index, askedCount.value)} · {heading(labels.word_kind[kind])}
      </p>
      <h4 id={HEADING} tabIndex={-1}>
        {subject}. <span class="question-meant">{kind === "column" ? text.columnMeant : text.meant}</span>
      </h4>
      <p class="hint">
        {kind === "column" || word === null ? null : `${text.where(columns.join(", "), at.map(text.at).join(", "))} `}
        {kind === "column" ? null : sentence(labels.why[why])}
      </p>
    </>
  );
}

function sentence(text: string): string {
  return /[.?!]$/.test(text) ? heading(text) : `${heading(text)}.`;
}

/** A word that may identify a person is shown on request only, and kept nowhere. */
function Withheld({ question }: { question: ImportQuestion }) {
  const text = dataMessages();
  const [word, setWord] = useState<string | null>(null);
  const look = async (): Promise<void> => {
    setWord(await reveal(question.id));
    focusLater("revealed");
  };
  return (
    <p class="withheld">
      {word === null ? (
        <button type="button" class="small" id="question-look" onClick={() => void look()}>
          {text.look}
        </button>
      ) : (
        <span id="revealed" tabIndex={-1}>
          {text.inFile} <q data-testid="revealed">{word}</q>
        </span>
      )}
    </p>
  );
}

function Search({ question, choose }: { question: ImportQuestion; choose: (choice: Choice) => void }) {
  const text = dataMessages();
  const kind = searchKind(question);
  if (!kind) return null;
  return (
    <Combobox
      id={`question-search-${question.id}`}
      label={text.search}
      suggest={(typed) => (typed.trim() === "" ? [] : suggestions(kind, typed))}
      choose={({ value, name }) => choose({ value, name })}
    />
  );
}

function suggestions(kind: CodeKind, typed: string) {
  return suggest(kind, typed).map((found) => {
    const value = valueOf(kind, found);
    const name = nameOf(kind, found);
    return { key: JSON.stringify(value), name, value, ...(found.word && { note: found.word }) };
  });
}

function valueOf(kind: CodeKind, { code, context }: Suggestion): Choice["value"] {
  if (kind === "crime" && context && context.length > 0) return { code, context: [...context] };
  return kind === "truth" ? code === "yes" : code;
}

function nameOf(kind: CodeKind, { code, context, name }: Suggestion): string {
  if (kind === "crime" && context && context.length > 0) return crimeName({ code, context });
  return name ?? (codeLabels()[kind as "priority"] as Record<string, string> | undefined)?.[code] ?? code;
}
