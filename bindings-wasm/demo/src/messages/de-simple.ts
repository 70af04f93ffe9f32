// The catalogue in plain German (einfache Sprache), as far as it differs: short sentences, common words, no "würde".

import { de, type Messages } from "./de.js";
const count = (number: number, one: string, many: string): string =>
  `${number.toLocaleString("de")} ${number === 1 ? one : many}`;
const { offers, people, date } = de;
const needs = (number: number): string => count(number, "Anfrage", "Anfragen");
/** "1 Anfrage hat", "3 Anfragen haben". */
const have = (what: string, number: number): string => `${what} ${number === 1 ? "hat" : "haben"}`;
const amongOffers = (number: number): string => count(number, "Angebot", "Angeboten");

export const deSimple: Messages = {
  ...de,
  subtitle: "Hier finden Sie Hilfe, die passt",
  views: "Teile der Seite",
  promise: "Diese Seite macht Vorschläge. Ein Mensch entscheidet.",
  privacy:
    "Ihre Eingaben bleiben auf diesem Gerät. Die Seite schickt nichts weg. Die Seite speichert keine Eingaben. " +
    "Nur die Seite selbst bleibt auf dem Gerät. So geht sie auch ohne Internet. " +
    "Wenn Sie die Seite schließen, sind alle Eingaben weg.",
  sources:
    "Die Angebote und die Personen im Beispiel sind erfunden. Regionen: © GeoBasis-DE / BKG, verändert. " +
    "Namen der Sprachen: Unicode CLDR.",
  newer:
    "Es gibt eine neue Seite. Machen Sie erst Ihre Arbeit fertig. Drücken Sie dann auf „Neu laden“. " +
    "Dann sind alle Eingaben weg.",
  broken: "Die Seite geht nicht auf. Bitte laden Sie die Seite neu. Vielleicht ist Ihr Browser zu alt.",
  needs,
  choose: { ...de.choose, typo: "Meinen Sie das?" },
  form: {
    ...de.form,
    title: "Wer braucht Hilfe?",
    lead: "Sie müssen nichts ausfüllen. Ein leeres Feld schließt kein Angebot aus.",
    languages: "Welche Sprachen kann die Person?",
    languagesHint: "Schreiben Sie die beste Sprache zuerst.",
    languagesList: "Liste der Sprachen",
    region: "Wo soll die Hilfe sein?",
    regionHint: "zum Beispiel: Dresden, Kreis Leipzig",
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
    asOf: (day: string): string => `Die Zahlen zu den Plätzen sind vom ${date(day)}.`,
  },
  results: {
    ...de.results,
    title: "Diese Angebote passen",
    example: (number: number): string => `Die Seite sucht in ${amongOffers(number)}. Alle Angebote sind erfunden.`,
    own: (number: number): string => `Die Seite sucht in ${amongOffers(number)} aus Ihren Dateien.`,
    empty: "Füllen Sie ein Feld aus. Dann sehen Sie hier die Angebote.",
    tryExample: "Ein Beispiel ausfüllen",
    best: (name: string): string => `Das beste Angebot: ${name}`,
    shown: (shown: number, all: number): string => `Sie sehen die besten ${shown} von ${all}.`,
    why: "Warum passt das?",
    nearLead: "Diese Angebote passen noch nicht. Das fehlt:",
    blocked: (all: number, only: number): string =>
      only === 0
        ? `passt bei ${amongOffers(all)} nicht.`
        : `passt bei ${amongOffers(all)} nicht. Bei ${only} ist das der einzige Grund.`,
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
    day: (day: string): string => `Die Zahlen zu den Plätzen sind vom ${date(day)}.`,
    example: "Achtung: Diese Angebote sind erfunden.",
  },
  load: {
    ...de.load,
    title: "Dateien laden",
    lead:
      "Laden Sie Listen mit Angeboten und mit Anfragen. Die Namen enden mit .json oder .ndjson. " +
      "Die Dateien bleiben auf diesem Gerät.",
    drop: "oder Dateien hierher ziehen",
    exampleHint: "Das Beispiel ist ein Anschlag. Es hat 366 Anfragen und 91 Angebote. Alles ist erfunden.",
    day: "Für welchen Tag ist der Plan?",
    dayHint: "Alte Zahlen zu Plätzen gelten an diesem Tag vielleicht nicht mehr. Das prüft die Seite.",
    reading: "Die Seite liest die Dateien …",
    have: (needsThere: number, offersThere: number): string => `Geladen: ${needs(needsThere)}, ${offers(offersThere)}.`,
    noNeeds: "Es fehlen noch Anfragen.",
    unread: "Die Seite kann diese Datei nicht lesen. Die Datei ist kein JSON.",
    unknown: "In dieser Datei sind keine Angebote und keine Anfragen.",
    mixed: "In dieser Liste stehen nicht nur Angebote oder Anfragen.",
    tooLarge: "Diese Datei ist zu groß. Eine Datei darf höchstens 64 MB haben.",
    interrupted: "Die Seite konnte die Dateien nicht zu Ende lesen. Vielleicht sind die Dateien zu groß.",
    errors: (number: number): string =>
      `${count(number, "Fehler", "Fehler")} in den Daten. Bitte verbessern Sie die Dateien. ` +
      "Laden Sie die Dateien dann noch einmal.",
    failed: "Die Seite kann diese Daten nicht nehmen.",
    errorsKept: "Die Daten von vorher bleiben da.",
    policyTaken: "Jetzt gelten die Regeln aus der Datei.",
    vocabularyTaken: "Jetzt gelten die Wörter aus der Datei.",
  },
  plan: {
    ...de.plan,
    lead: "Viele Personen brauchen Hilfe. Die Seite verteilt die freien Plätze. Wer keinen Platz hat, steht oben.",
    run: "Plan machen",
    again: "Neuer Plan mit wenig Änderungen",
    fresh: "Ganz neuer Plan",
    neighbour: "Angebote helfen auch im Kreis daneben",
    running: "Die Seite macht den Plan …",
    progress: "So weit ist der Plan",
    cancelled: "Abgebrochen. Der letzte Plan gilt weiter.",
    failed: "Die Seite kann keinen Plan machen.",
    changed: "Ihre Änderungen sind noch nicht im Plan.",
    stale: "Sie haben etwas geändert. Unten steht noch der alte Plan.",
    summary: (met: number, all: number, peopleMet: number, peopleAll: number): string =>
      `${met.toLocaleString("de")} von ${count(all, "Anfrage", "Anfragen")} haben einen Platz. ` +
      `Das sind ${peopleMet.toLocaleString("de")} von ${people(peopleAll)}.`,
    without: (number: number, pressing: string): string =>
      number === 0
        ? "Alle haben einen Platz."
        : `${have(needs(number), number)} keinen Platz${pressing ? `, davon ${pressing}` : ""}.`,
    neighbourShare: (number: number): string => `${number}-mal kommt die Hilfe aus dem Kreis daneben.`,
    best: "Einen besseren Plan gibt es nicht. Das ist bewiesen.",
    nearBest: "Gruppen bleiben zusammen. Vielleicht gibt es einen etwas besseren Plan.",
    jump: "Zu den Ergebnissen",
    gapPeople: (gain: string): string => `Bewiesen ist: Ein besserer Plan hilft höchstens ${gain}.`,
    gapKept: (number: number): string =>
      `Bewiesen ist: In einem besseren Plan ${number === 1 ? "bleibt" : "bleiben"} höchstens ` +
      `${count(number, "Vorschlag", "Vorschläge")} mehr wie vorher.`,
    gapScore:
      "Bewiesen ist: Ein besserer Plan hilft gleich vielen Personen. Die Hilfe passt dann nur noch besser.",
    fixedProblems: new Map([
      ["request.fixed.over_places", "Das Angebot hat nicht so viele Plätze."],
      ["request.fixed.group", "Die Gruppe bleibt zusammen. Das Angebot passt nicht für alle aus der Gruppe."],
      ["request.fixed.split_group", "Die Gruppe bleibt zusammen. Sie hat hier mehrere Angebote."],
      ["request.fixed.unknown_need", "Diese Anfrage gibt es nicht."],
      ["request.fixed.unknown_offer", "Dieses Angebot gibt es nicht."],
    ]),
  },
  unmet: {
    ...de.unmet,
    none: "Alle haben einen Platz.",
    lead: "Diese Personen haben keinen Platz. Bitte zuerst um sie kümmern.",
    nearest: (name: string, change: string): string => `Fast passend: ${name}. ${change}`,
    split: "Getrennt geht es so",
    blocks: "Für wen passt welches Angebot nicht?",
  },
  table: {
    ...de.table,
    filter: "In der Tabelle suchen",
    sortedUp: "sortiert: das Kleinste zuerst",
    sortedDown: "sortiert: das Größte zuerst",
    scroll: "Tabelle zum Schieben",
  },
  referrals: {
    ...de.referrals,
    lead: "Jede Zeile ist ein Vorschlag. Sie können einen Vorschlag behalten. Oder Sie wählen ein anderes Angebot.",
    pin: "Behalten",
    pinFor: (need: string, offer: string): string => `Behalten: ${need}, ${offer}`,
    pins: "Das bleibt so",
    pinsLead: "Diese Vorschläge bleiben auch im nächsten Plan. Dafür müssen genug Plätze frei sein.",
    chooseLead: "Das beste Angebot steht oben. Sie können auch ein anderes Angebot wählen.",
    counted: "Der Platz ist schon abgezogen",
    countedFor: (need: string, offer: string): string => `Der Platz ist schon abgezogen: ${need}, ${offer}`,
    overHint: "Sind Plätze schon abgezogen? Dann kreuzen Sie das an. Oder entfernen Sie etwas.",
    noneFits: "Kein Angebot passt.",
    rankFailed: "Die Seite findet gerade keine Vorschläge.",
    any: "Ein anderes Angebot",
    current: "jetzt im Plan",
    look: "Diese Anfrage öffnen",
    free: (places: string, used: number): string => `${used} von ${places} Plätzen sind weg`,
    noLimit: "Plätze für alle",
  },
  changes: {
    ...de.changes,
    title: "Was ist jetzt anders?",
    none: "Nichts ist anders als im letzten Plan.",
    summary: (gained: number, lost: number, moved: number): string =>
      `${have(needs(gained), gained)} jetzt einen Platz. ${have(needs(lost), lost)} keinen Platz mehr. ` +
      `${have(needs(moved), moved)} ein anderes Angebot.`,
    gained: "jetzt mit Platz",
  },
  report: {
    ...de.report,
    bottlenecksLead: "Hier hilft ein Platz mehr am meisten.",
    noBottlenecks: "Kein Angebot hat zu wenige Plätze. Ein Platz mehr hilft niemandem.",
    betterFit: "Mit einem Platz mehr passt die Hilfe besser. Es bekommt aber niemand zusätzlich Hilfe.",
    manyPlaces: (places: number): string =>
      places === 1
        ? "1 Platz mehr: Dann ist Platz für jemanden, der wartet."
        : `${places} Plätze mehr: Dann ist Platz für eine Gruppe, die wartet.`,
    keepsMore: "Mit einem Platz mehr bleiben mehr Vorschläge wie vorher. Es bekommt aber niemand zusätzlich Hilfe.",
    inexact: "geschätzt: Gruppen bleiben zusammen",
    used: (used: number, places: string): string => `${used} von ${places} Plätzen sind weg`,
    wantedLead: "Neue Angebote wie diese helfen am meisten.",
    wantedRow: (personCount: number, needCount: number): string => `${people(personCount)}, ${needs(needCount)}`,
    shares: "Wer hat einen Platz?",
    by: "Aufteilen nach",
  },
  map: {
    ...de.map,
    caption:
      "Die Karte zeigt: Wo haben Personen keinen Platz? Die Grenzen auf der Karte sind nicht genau. " +
      "Dicke Linien trennen die Länder. In der Tabelle stehen die gleichen Zahlen.",
    elsewhere: (number: number): string =>
      `Bei ${needs(number)} ohne Platz ist der Kreis nicht bekannt. Sie fehlen auf der Karte.`,
    alt: (list: string): string =>
      `Die Karte zeigt die Kreise. Die Farbe zeigt, wie viele keinen Platz haben. Am meisten: ${list}.`,
    altNone: "Die Karte zeigt die Kreise. In allen Kreisen haben alle einen Platz.",
    cell: (name: string, all: number, unmet: number): string => `${name}: ${needs(all)}, ${unmet} ohne Platz`,
    noNeeds: "keine Anfrage",
    legend: "Anfragen ohne Platz",
    part: "Nur Kreise mit Anfragen",
  },
  exporting: {
    ...de.exporting,
    title: "Plan mitnehmen",
    lead: "Die Dateien bleiben auf diesem Gerät.",
    met: "mit Platz",
  },
  rules: {
    ...de.rules,
    lead: "So vergleicht die Seite die Angebote. Sie können die Regeln ändern. Machen Sie danach einen neuen Plan.",
    weights: "Gewicht und Regel",
    weightsLead: "Das Gewicht sagt: So wichtig ist das. Die Regel sagt: Muss es passen?",
    tables: "Mehr Regeln",
    general: "Alles andere",
    order_step: "Abzug für jede bessere Sprache davor",
    interpreter: "So viel zählt Hilfe mit Dolmetscher",
    on_request: "So viel zählt „auf Anfrage“",
    minimum: "So gut muss die Sprache passen",
    related: "Ähnliche Sprachen zählen, wenn man sie versteht",
    near_km: "Nah ist es bis (km)",
    far_km: "Weit weg ist es ab (km)",
    far_fit: "So viel zählt „weit weg“",
    neighbour: "So viel zählt der Kreis daneben",
    remote: "So viel zählt Hilfe ohne Fahrt",
    help_any: "So viel zählt ein Angebot für jede Hilfe",
    help_covered: "So viel zählt ein Angebot, das die Hilfe nur allgemein nennt",
    help_part: "So viel zählt ein Teil der Hilfe",
    crimeGeneral: "So viel zählt ein Angebot für jede Tat",
    vague: "So viel zählt eine Tat, die nicht genau bekannt ist",
    context_open: "So viel zählt es, wenn „Mehr zu der Tat“ fehlt",
    enough: "So viel zählt es, wenn die Plätze gerade reichen",
    comfortable: "Genug Platz heißt: So viele Plätze für jede Person",
    waitlist: "So viel zählt eine Warteliste",
    assessment: "So viel zählt: erst ein Gespräch",
    stale_days: "So alt dürfen die Zahlen sein (Tage)",
    assume: "So viele Plätze, wenn die Zahl nicht bekannt ist",
    unknown_fit: "So viel zählt „nicht bekannt“",
    prefer: "Gewicht von „soll passen“",
    reset: "Regeln wie am Anfang",
    resetDone: "Die Regeln sind wieder wie am Anfang.",
    invalid: "Diese Regeln gehen nicht. Die Regeln von vorher gelten weiter.",
    preview: "So ändert sich die Liste",
    previewEmpty: "Füllen Sie unter „Eine Person“ etwas aus. Dann sehen Sie hier die Liste.",
    previewSame: "wie am Anfang",
    changed: "Anders als am Anfang",
    asDefault: "Alles ist wie am Anfang.",
  },
};
