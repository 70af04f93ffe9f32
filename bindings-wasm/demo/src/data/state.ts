// The state of the view of data, in memory only: the open files, the answers, and the last result.

import { batch, computed, signal } from "@preact/signals";
import type { ErrorDetail } from "lotse";
import type { ImportAnswers, ImportQuestion, MappingFile, RecordKind } from "lotse/import";
import { policy, records } from "../store.js";
import { announce } from "../ui/announce.js";
import { assignColumn } from "./columns.js";
import { callDataWorker } from "./data-client.js";
import type { Failure, FileDetail, ImportSettings, Outcome, OwnResult, SketchResult } from "./data-worker.js";
import { countCommonIds, ownRecords, takeImported, takeOwn, type Mode } from "./own-records.js";
import { dataMessages } from "./messages.js";

export type Answer = ImportAnswers[string];

/** What is shown under the first step. */
export type Message =
  | { kind: "none" | "reading" | "broken" | "taken" }
  | { kind: "failed"; reason: Failure["reason"]; errors: readonly ErrorDetail[] }
  | { kind: "own"; result: OwnResult; isTaken: boolean };

export const message = signal<Message>({ kind: "none" });
export const open = signal<SketchResult | null>(null);
export const kind = signal<RecordKind>("offers");
export const encoding = signal<string | null>(null);
/** Whether a person confirmed the sample words. */
export const encodingConfirmed = signal(false);
export const within = signal<string | null>(null);
/** The mapping after a person has changed the meaning of a column. */
export const editedMapping = signal<MappingFile | null>(null);
export const answers = signal<Readonly<Record<string, Answer>>>({});
/** The ids of the questions that were put off. */
export const later = signal<ReadonlySet<string>>(new Set());
export const outcome = signal<Outcome | null>(null);
export const isImporting = signal(false);
/** Errors of the import of files that were recognized. */
export const importErrors = signal<readonly ErrorDetail[]>([]);
/** The number of records that were taken over last. */
export const taken = signal<{ kind: RecordKind; count: number } | null>(null);
/** Changes with the records of the page, which are not those of this view. */
export const present = signal(records.value);
records.subscribe((current) => (present.value = current));

/** Every question that was asked, so that one can be asked again. */
const asked = signal<ReadonlyMap<string, ImportQuestion>>(new Map());
/** The ids of questions that were answered or put off, the last one at the end. */
const decided = signal<readonly string[]>([]);

/** The questions that are neither answered nor put off, the most frequent first. */
export const queue = computed<readonly ImportQuestion[]>(() =>
  [...asked.value.values()].filter(({ id }) => !(id in answers.value) && !later.value.has(id)),
);
export const decidedCount = computed(() => decided.value.length);
export const askedCount = computed(() => asked.value.size);

export async function openFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  const { offers, needs, vocabulary, asOf } = ownRecords();
  message.value = { kind: "reading" };
  const current = { offers, needs, policy: policy.value, vocabulary, asOf };
  const result = await callDataWorker("open", [...files], current).catch(() => null);
  if (result === null) message.value = { kind: "broken" };
  else if (result.kind === "failed") message.value = result;
  else if (result.kind === "own") showOwn(result);
  else await startImport(result);
  announceMessage();
}

function showOwn(result: OwnResult): void {
  const { offers, needs } = ownRecords();
  const asks = (offers.length > 0 && result.offers.length > 0) || (needs.length > 0 && result.needs.length > 0);
  message.value = { kind: "own", result, isTaken: false };
  if (result.errors.length === 0 && !asks) takeOwnResult(result, "replace");
}

export function takeOwnResult(result: OwnResult, mode: Mode): void {
  try {
    takeOwn(result, mode);
    message.value = { kind: "own", result, isTaken: true };
  } catch {
    message.value = { kind: "broken" };
  }
}

async function startImport(result: SketchResult): Promise<void> {
  batch(() => {
    message.value = { kind: "none" };
    open.value = result;
    kind.value = result.sketch.records;
    encoding.value = null;
    encodingConfirmed.value = false;
    editedMapping.value = null;
    taken.value = null;
    forgetAnswers();
    outcome.value = null;
  });
  await importAgain();
}

function forgetAnswers(): void {
  answers.value = {};
  later.value = new Set();
  asked.value = new Map();
  decided.value = [];
}

export function closeFiles(): void {
  batch(() => {
    open.value = null;
    outcome.value = null;
    message.value = { kind: "none" };
    forgetAnswers();
  });
}

function settings(): ImportSettings {
  return {
    records: kind.value,
    mapping: editedMapping.value,
    encoding: encoding.value,
    within: within.value,
    answers: answers.value,
    vocabulary: records.value.vocabulary,
    asOf: ownRecords().asOf,
  };
}

let lastRun = 0;

/** Imports the open files with the current settings. Of overlapping runs only the last one counts. */
export async function importAgain(): Promise<void> {
  lastRun += 1;
  const run = lastRun;
  isImporting.value = true;
  // What was taken over is no longer what would be.
  taken.value = null;
  const result = await callDataWorker("import", settings()).catch(() => null);
  if (run !== lastRun) return;
  batch(() => {
    isImporting.value = false;
    if (result === null) {
      message.value = { kind: "broken" };
      return;
    }
    importErrors.value = result.kind === "failed" ? result.errors : [];
    outcome.value = result.kind === "failed" ? null : result;
    if (result.kind === "imported") noteQuestions(result.questions);
  });
}

/** Keeps the order of the import for what is open, and what was answered for the way back. */
function noteQuestions(questions: readonly ImportQuestion[]): void {
  const next = new Map(questions.map((question) => [question.id, question]));
  for (const [id, question] of asked.value) if (!next.has(id) && id in answers.value) next.set(id, question);
  asked.value = next;
}

export async function setKind(records: RecordKind): Promise<void> {
  await recognizeAgain(() => (kind.value = records));
}

export async function setEncoding(name: string): Promise<void> {
  await recognizeAgain(() => (encoding.value = name));
}

async function recognizeAgain(change: () => void): Promise<void> {
  batch(() => {
    change();
    editedMapping.value = null;
    encodingConfirmed.value = false;
    forgetAnswers();
  });
  const result = await callDataWorker("sketch", settings()).catch(() => null);
  if (result?.kind === "sketch") open.value = result;
  await importAgain();
}

export async function setWithin(region: string | null): Promise<void> {
  within.value = region;
  await importAgain();
}

/**
 * Changes the meaning of a column. The answers so far are in the mapping of the last import; those to withheld words are not, and are
 * given again.
 */
export async function setMeaning(column: string, meaning: string): Promise<void> {
  const mapping = outcome.value?.mapping;
  if (!mapping) return;
  batch(() => {
    editedMapping.value = assignColumn(mapping, column, meaning);
    const isKept = (id: string): boolean => {
      const question = asked.value.get(id);
      return question?.text === null && !question.columns.includes(column);
    };
    answers.value = Object.fromEntries(Object.entries(answers.value).filter(([id]) => isKept(id)));
    asked.value = new Map([...asked.value].filter(([id]) => !(id in answers.value) || isKept(id)));
    decided.value = decided.value.filter(isKept);
  });
  await importAgain();
}

export function answer(id: string, value: Answer): void {
  batch(() => {
    answers.value = { ...answers.value, [id]: value };
    decided.value = [...decided.value.filter((other) => other !== id), id];
  });
  void importAgain();
}

export function putOff(id: string): void {
  batch(() => {
    later.value = new Set([...later.value, id]);
    decided.value = [...decided.value.filter((other) => other !== id), id];
  });
}

/** Asks the last question again that was answered or put off. */
export function goBack(): void {
  const id = decided.value.at(-1);
  if (id === undefined) return;
  const wasAnswered = id in answers.value;
  batch(() => {
    decided.value = decided.value.slice(0, -1);
    const { [id]: _, ...others } = answers.value;
    answers.value = others;
    later.value = new Set([...later.value].filter((other) => other !== id));
    const question = asked.value.get(id);
    if (question) asked.value = new Map([[id, question], ...asked.value]);
  });
  if (wasAnswered) void importAgain();
}

/** Asks those questions again that were put off. */
export function askLater(): void {
  later.value = new Set();
}

export function reveal(id: string): Promise<string | null> {
  return callDataWorker("reveal", id);
}

export function importedRecords() {
  return callDataWorker("records");
}

/** The number of present records of the kind that is imported, without those of the example. */
export function presentCount(): number {
  return present.value.example ? 0 : present.value[kind.value].length;
}

/** The number of records that have the id of a present one. */
export async function commonIds(): Promise<number> {
  return presentCount() === 0 ? 0 : countCommonIds(present.value[kind.value], await importedRecords());
}

export async function takeOver(mode: Mode): Promise<void> {
  const list = await importedRecords().catch(() => null);
  if (list === null) {
    message.value = { kind: "broken" };
    return;
  }
  takeImported(kind.value, list, mode);
  taken.value = { kind: kind.value, count: list.length };
}

function announceMessage(): void {
  const text = dataMessages();
  const found = outcome.value;
  if (message.value.kind === "none" && found) announce(text.recognizedShort(found.report.records.read, found.questions.length));
}

export type { FileDetail };
