// What is said otherwise in plain German (einfache Sprache): short sentences, known words, no "würde".

import { de, type Words } from "./de.js";

export const deSimple: Words = {
  ...de,
  subtitle: "Hier finden Sie Hilfe, die passt",
  promise: "Diese Seite macht Vorschläge. Ein Mensch entscheidet.",
  privacy:
    "Alle Daten bleiben auf diesem Gerät. Die Seite schickt nichts weg. Die Seite speichert nichts. " +
    "Wenn Sie die Seite schließen, sind alle Daten weg.",
  sources:
    "Die Angebote und die Personen im Beispiel sind erfunden. Regionen: © GeoBasis-DE / BKG, verändert. " +
    "Namen der Sprachen: Unicode CLDR.",
  gender: { female: "Frau", male: "Mann", other: "anderes Geschlecht" },
  format: { ...de.format, on_site: "dort", outreach: "Jemand kommt zu Ihnen" },
  level: {
    native: "Muttersprache",
    C2: "fast wie Muttersprache (C2)",
    C1: "sehr gut (C1)",
    B2: "gut (B2)",
    B1: "recht gut (B1)",
    A2: "ein wenig (A2)",
    A1: "sehr wenig (A1)",
  },
  rule: { must: "muss passen", prefer: "soll passen", ignore: "ist egal" },
  form: {
    ...de.form,
    title: "Wer braucht Hilfe?",
    lead: "Sie müssen nichts ausfüllen. Ein leeres Feld schließt kein Angebot aus.",
    languages: "Welche Sprachen kann die Person?",
    languagesHint: "Schreiben Sie die beste Sprache zuerst.",
    region: "Wo soll die Hilfe sein?",
    crime: "Was ist passiert?",
    context: "Mehr zu der Tat",
    contextAdd: "Mehr zu der Tat",
    contextHint: "Entfernen Sie, was nicht stimmt.",
    about: "Für wen ist die Hilfe?",
    roles: "Wer ist die Person?",
    people: "Für wie viele Personen?",
    peopleHint: "Eine Familie bleibt zusammen.",
    formats: "Wie soll die Hilfe sein?",
    access: "Was braucht die Person noch?",
    reset: "Neu anfangen",
  },
  results: {
    ...de.results,
    title: "Diese Angebote passen",
    empty: "Füllen Sie links ein Feld aus. Dann sehen Sie hier die Angebote.",
    why: "Warum passt das?",
    toCheck: "Bitte nachfragen",
    near: "Fast passend",
    nearLead: "Diese Angebote passen noch nicht. Das fehlt:",
    blockers: "Warum passt vieles nicht?",
    noWeight: "ohne Punkte",
    print: "Blatt drucken",
    printHint: "Kreuzen Sie an, was auf das Blatt soll. Ohne Kreuz kommen die ersten fünf.",
  },
  whyNot: {
    ...de.whyNot,
    title: "Warum passt ein anderes Angebot nicht?",
    lead: "Suchen Sie ein Angebot. Sie sehen dann alle Gründe.",
  },
  sheet: {
    ...de.sheet,
    title: "Diese Hilfe kann passen",
    lead: "Rufen Sie dort an. Oder schreiben Sie. Sie entscheiden.",
    example: "Achtung: Diese Angebote sind erfunden.",
  },
  load: {
    ...de.load,
    title: "Dateien laden",
    lead: "Laden Sie Listen mit Angeboten und mit Bedarfen. Die Dateien bleiben auf diesem Gerät.",
    dayHint: "Alte Zahlen zu Plätzen gelten dann nicht mehr.",
  },
  plan: {
    ...de.plan,
    lead: "Viele Personen brauchen Hilfe. Die Seite verteilt die freien Plätze. Wer keinen Platz hat, steht oben.",
    run: "Plan machen",
    running: "Die Seite macht den Plan …",
    best: "Einen besseren Plan gibt es nicht. Das ist bewiesen.",
    nearBest: "Gruppen bleiben zusammen. Vielleicht gibt es einen etwas besseren Plan.",
  },
  unmet: {
    ...de.unmet,
    lead: "Diese Personen haben keinen Platz. Bitte zuerst um sie kümmern.",
    near: "Fast passend",
    nearest: (name: string, change: string): string => `Fast passend: ${name}. ${change}`,
  },
  referrals: {
    ...de.referrals,
    title: "Wer bekommt welche Hilfe?",
    lead: "Jede Zeile ist ein Vorschlag. Sie können einen Vorschlag behalten. Oder Sie wählen ein anderes Angebot.",
    pin: "Behalten",
    pinFor: (need: string, offer: string): string => `Behalten: ${need}, ${offer}`,
    fixed: "bleibt so",
  },
  report: {
    ...de.report,
    bottlenecks: "Wo fehlen Plätze?",
    bottlenecksLead: "Hier hilft ein Platz mehr am meisten.",
    wanted: "Welche Angebote fehlen?",
    wantedLead: "Diese Angebote gibt es nicht. Sie helfen vielen.",
    betterFit: "Mit einem Platz mehr passt die Hilfe besser. Es bekommt aber niemand zusätzlich Hilfe.",
  },
  map: {
    ...de.map,
    caption:
      "Die Karte zeigt: Wo haben Personen keinen Platz? Die Grenzen auf der Karte sind nicht genau. " +
      "Dicke Linien trennen die Länder. In der Tabelle stehen die gleichen Zahlen.",
  },
  rules: {
    ...de.rules,
    lead: "So vergleicht die Seite die Angebote. Sie können die Regeln ändern.",
    weightsLead: "Das Gewicht sagt: So wichtig ist das. Die Regel sagt: Muss es passen?",
  },
};
