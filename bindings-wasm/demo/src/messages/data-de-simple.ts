// The texts of the view of data in plain German, as far as they differ.

import { dataDe, type DataMessages } from "./data-de.js";

const count = (value: number, one: string, many: string): string =>
  `${value.toLocaleString("de")} ${value === 1 ? one : many}`;
const records = (kind: string, value: number): string =>
  kind === "offers" ? count(value, "Angebot", "Angebote") : count(value, "Anfrage", "Anfragen");

export const dataDeSimple: DataMessages = {
  ...dataDe,
  lead: "Hier laden Sie Ihre Liste. Die Seite fragt, was ein Wort heißt. Die Liste bleibt auf diesem Gerät.",
  step: { files: "Datei wählen", recognized: "Das ist die Liste", columns: "Spalten", questions: "Fragen", result: "Fertig" },
  filesLead:
    "Sie können eine Tabelle laden. Der Name endet mit .csv. Haben Sie eine Excel-Datei? " +
    "Dann speichern Sie die Datei zuerst als „CSV UTF-8“.",
  template: "Leere Liste zum Ausfüllen",
  templateNeeds: "Anfragen (CSV)",
  mixed: "Das sind verschiedene Dateien. Bitte laden Sie eine nach der anderen.",
  unreadable: "Diese Datei geht nicht:",
  kindOf: { offers: "Angebote", needs: "Anfragen" },
  sample: "Sind diese Wörter richtig?",
  encoding: "Buchstaben lesen als",
  within: "Wo gilt die Liste?",
  withinHint: "Sie müssen hier nichts ausfüllen.",
  meaning: "heißt",
  personalLead: "In diesen Spalten geht es um Menschen. Die Seite liest sie nicht:",
  meant: "Was heißt das?",
  columnMeant: "Was steht in dieser Spalte?",
  search: "Ein anderes Wort suchen",
  putOff: (value) => count(value, "Frage ist noch offen.", "Fragen sind noch offen."),
  headline: (kind, produced, leftOut) =>
    `${records(kind, produced)}. ${leftOut === 0 ? "Alle Zeilen sind dabei." : `${count(leftOut, "Zeile fehlt", "Zeilen fehlen")}.`}`,
  ask: (kind, present) => `Es gibt schon ${records(kind, present)}. Sollen die neuen dazu kommen?`,
  add: (present, taken) => `Dazu (${present} + ${taken})`,
  replace: (present, taken) => `Nur die neuen (${taken} statt ${present})`,
  same: (value) => `${count(value, "Nummer", "Nummern")} gibt es schon. Dann gilt der neue Eintrag.`,
  dropsPlan: "Der Plan ist dann weg.",
  taken: (kind, value) => `${records(kind, value)} sind jetzt geladen.`,
  saveMapping: "Antworten speichern",
  saveRecords: "Einträge speichern",
  saveHint: "Laden Sie die Antworten beim nächsten Mal mit. Dann fragt die Seite das nicht noch einmal.",
};
