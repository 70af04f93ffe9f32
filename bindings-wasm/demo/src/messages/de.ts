// The German message catalogue. The other catalogues have its type.

const count = (number: number, one: string, many: string): string =>
  `${number.toLocaleString("de")} ${number === 1 ? one : many}`;
const offers = (number: number): string => count(number, "Angebot", "Angebote");
const amongOffers = (number: number): string => count(number, "Angebot", "Angeboten");
const needs = (number: number): string => count(number, "Bedarf", "Bedarfe");
const people = (number: number): string => count(number, "Person", "Personen");
const date = (iso: string): string => iso.split("-").reverse().join(".");

export const de = {
  title: "lotse – passende Hilfe finden",
  subtitle: "Passende Hilfe für Betroffene finden",
  skip: "Zum Inhalt",
  views: "Bereiche",
  person: "Eine Person",
  incident: "Ein Ereignis",
  data: "Daten",
  policy: "Regeln",
  language: "Sprache der Seite",
  promise: "Diese Seite schlägt vor. Entscheiden muss ein Mensch.",
  privacy:
    "Nichts verlässt dieses Gerät: Die Seite rechnet im Browser, sendet nichts und speichert keine Eingaben. Wenn Sie " +
    "sie schließen, sind die Eingaben weg; nur die Seite selbst bleibt auf dem Gerät, damit sie ohne Netz geht.",
  sources:
    "Regionen: © GeoBasis-DE / BKG, verändert. Namen der Sprachen: Unicode CLDR. Alle Angebote und Personen im " +
    "Beispiel sind erfunden.",
  newer:
    "Es gibt eine neue Fassung dieser Seite. Laden Sie sie neu, wenn Sie fertig sind: Was eingegeben ist, geht verloren.",
  reload: "Neu laden",
  licences: "Lizenzen",
  broken: "Die Seite konnte nicht geladen werden. Bitte laden Sie sie neu. Der Browser braucht WebAssembly.",
  offers,
  needs,
  people,
  date,
  percent: (share: number): string => `${Math.round(share * 100)} %`,
  number: (value: number, digits = 0): string =>
    value.toLocaleString("de", { maximumFractionDigits: digits, minimumFractionDigits: digits }),
  and: (items: readonly string[]): string => new Intl.ListFormat("de").format(items),
  close: "Schließen",
  cancel: "Abbrechen",
  remove: "Entfernen",

  contact: { phone: "Telefon", email: "E-Mail", url: "Internet", newTab: "öffnet ein neues Fenster" },

  choose: {
    none: "Nichts gefunden. Versuchen Sie ein anderes Wort.",
    found: (number: number): string => count(number, "Vorschlag", "Vorschläge"),
    typo: "Meinten Sie das?",
    chosen: (name: string): string => `Gewählt: ${name}`,
    clear: (name: string): string => `${name} entfernen`,
    brings: (names: string): string => `mit: ${names}`,
    dropped: (typed: string): string => `„${typed}“ ist nicht gewählt. Wählen Sie einen Vorschlag aus der Liste.`,
  },

  form: {
    title: "Wer braucht was?",
    lead: "Jede Angabe ist freiwillig. Was Sie offen lassen, schließt nichts aus.",
    help: "Welche Hilfe?",
    helpHint: "zum Beispiel: Beratung, Traumaambulanz, Anwalt",
    languages: "Sprachen der Person",
    languagesHint: "die beste zuerst, zum Beispiel: Dari, Kurmandschi",
    languagesList: "Sprachen in ihrer Reihenfolge",
    level: (name: string): string => `Wie gut: ${name}`,
    levelOpen: "nicht bekannt",
    up: (name: string): string => `${name} nach oben`,
    down: (name: string): string => `${name} nach unten`,
    region: "Kreis oder Region",
    regionHint: "zum Beispiel: Dresden, Kreis Leipzig, 14612",
    crime: "Welche Tat?",
    crimeHint: "zum Beispiel: Anschlag, Überfall, Stalking",
    context: "Zusammenhang der Tat",
    contextHint: "kommt oft mit der Tat; entfernen Sie, was nicht stimmt",
    contextAdd: "Zusammenhang ergänzen",
    about: "Für wen?",
    roles: "Rolle",
    age: "Alter",
    ageHint: "0 bis 150 Jahre",
    gender: "Geschlecht",
    people: "Wie viele Personen zusammen",
    peopleHint: "eine Familie bleibt zusammen",
    formats: "Auf welchem Weg?",
    access: "Was muss da sein?",
    reset: "Neue Anfrage",
    asOf: (day: string): string => `Stand der Plätze: ${date(day)}`,
    toResults: (number: number): string => `${offers(number)} ansehen`,
  },

  results: {
    title: "Passende Angebote",
    example: (number: number): string => `Gesucht wird in ${amongOffers(number)} eines erfundenen Beispiels.`,
    own: (number: number): string => `Gesucht wird in ${amongOffers(number)} aus Ihren Dateien.`,
    empty: "Noch keine Angaben. Beginnen Sie mit der Hilfe oder der Sprache, dann erscheinen hier die Angebote.",
    tryExample: "Beispielanfrage ausfüllen",
    fits: (number: number): string =>
      number === 0 ? "Kein Angebot passt." : number === 1 ? "1 Angebot passt." : `${number} Angebote passen.`,
    best: (name: string): string => `Vorn steht: ${name}`,
    shown: (shown: number, all: number): string => `Die besten ${shown} von ${all}.`,
    more: "Weitere zeigen",
    score: "Punkte",
    of100: "von 100",
    why: "Begründung",
    points: (points: string, most: string): string => `${points} von ${most} Punkten`,
    noWeight: "zählt ohne Punkte",
    sheet: "Auf das Blatt",
    sheetFor: (name: string): string => `Auf das Blatt: ${name}`,
    print: "Blatt drucken",
    printHint: "Gedruckt werden die angekreuzten Angebote, sonst die ersten fünf.",
    nearLead: "Diese Angebote passen nicht. Sie würden passen, wenn sich das ändert:",
    blocked: (all: number, only: number): string =>
      only === 0 ? `schließt ${offers(all)} aus` : `schließt ${offers(all)} aus, davon ${only} als einziger Grund`,
  },

  whyNot: {
    title: "Warum ein anderes nicht?",
    lead: "Suchen Sie ein Angebot nach seinem Namen. Alle zehn Kriterien werden gezeigt.",
    search: "Angebot suchen",
    fits: "Dieses Angebot passt.",
    fitsNot: (criteria: string): string => `Dieses Angebot passt nicht. Der Grund: ${criteria}.`,
    points: "Punkte",
  },

  sheet: {
    title: "Mögliche Hilfen",
    lead: "Diese Angebote können passen. Fragen Sie dort nach. Sie entscheiden.",
    day: (day: string): string => `Stand: ${date(day)}`,
    example: "Achtung: Diese Angebote sind erfunden. Sie gehören zu einem Beispiel.",
  },

  load: {
    title: "Daten laden",
    present: "Daten",
    lead:
      "Listen von Angeboten und Bedarfen als JSON oder NDJSON, auch eine ganze Anfrage. Die Dateien bleiben auf " +
      "diesem Gerät.",
    files: "Dateien wählen",
    drop: "oder Dateien hierher ziehen",
    example: "Erfundenes Beispiel laden",
    exampleHint: "Ein erfundener Anschlag: 366 Bedarfe, 91 Angebote. Alle Personen und Stellen sind erfunden.",
    day: "Tag der Planung",
    dayHint: "Danach richtet sich, welche Platzzahlen veraltet sind.",
    reading: "Die Dateien werden gelesen …",
    have: (needsThere: number, offersThere: number): string => `Geladen: ${needs(needsThere)}, ${offers(offersThere)}.`,
    invented: "Das ist das erfundene Beispiel.",
    noOffers: "Es fehlen noch Angebote.",
    noNeeds: "Es fehlen noch Bedarfe.",
    unread: "Diese Datei ist kein JSON, das die Seite lesen kann.",
    unknown: "In dieser Datei sind weder Angebote noch Bedarfe zu erkennen.",
    mixed: "In dieser Liste stehen Einträge, die weder Angebot noch Bedarf sind.",
    tooLarge: "Diese Datei ist größer als 64 MB.",
    interrupted: "Das Einlesen ist abgebrochen. Vielleicht sind die Dateien zu groß für diesen Browser.",
    errors: (number: number): string =>
      `${count(number, "Fehler", "Fehler")} in den Daten. Bitte berichtigen Sie die Dateien und laden Sie sie neu.`,
    failed: "Die Daten konnten nicht übernommen werden.",
    errorsKept: "Es bleibt bei dem, was vorher geladen war.",
    warnings: (number: number): string => `${count(number, "Hinweis", "Hinweise")} zu den Daten`,
    more: (number: number): string => `und ${number} weitere`,
    hint: "Tipp",
    clear: "Daten entfernen",
    policyTaken: "Die Regeln aus der Datei gelten jetzt.",
    vocabularyTaken: "Die eigenen Wörter aus der Datei gelten jetzt.",
  },

  plan: {
    title: "Ein Ereignis",
    lead: "Verteilt die Bedarfe vieler Personen auf die freien Plätze und zeigt zuerst, für wen es keinen gibt.",
    run: "Plan berechnen",
    again: "Neu planen, wenig ändern",
    fresh: "Ganz neu planen",
    neighbour: "Angebote dürfen auch dem Nachbarkreis helfen",
    minScore: "Mindestens so viele Punkte",
    running: "Der Plan wird berechnet …",
    progress: "Fortschritt",
    cancelled: "Abgebrochen. Es gilt weiter der letzte Plan.",
    cancelledFirst: "Abgebrochen. Es gibt noch keinen Plan.",
    done: "Der Plan ist fertig.",
    failed: "Der Plan konnte nicht berechnet werden.",
    changed: "Noch nicht im Plan: Ihre Änderungen.",
    stale: "Regeln, Daten oder Festlegungen haben sich geändert. Der Plan unten ist noch der alte.",
    served: (met: number, all: number): string => `${met.toLocaleString("de")} von ${all.toLocaleString("de")}`,
    summary: (met: number, all: number, peopleMet: number, peopleAll: number): string =>
      `Ein Platz für ${met.toLocaleString("de")} von ${count(all, "Bedarf", "Bedarfen")}, ` +
      `${peopleMet.toLocaleString("de")} von ${people(peopleAll)}.`,
    without: (number: number, pressing: string): string =>
      number === 0 ? "Alle haben einen Platz." : `${needs(number)} ohne Platz${pressing ? `, davon ${pressing}` : ""}.`,
    neighbourShare: (number: number): string =>
      number === 1
        ? "Bei 1 Vermittlung hilft der Nachbarkreis."
        : `Bei ${number} Vermittlungen hilft der Nachbarkreis.`,
    best: "Es ist bewiesen, dass es keinen besseren Plan gibt.",
    nearBest: "Der Plan hält Gruppen zusammen. Vielleicht gibt es einen etwas besseren.",
    jump: "Zu den Ergebnissen springen",
    gapPeople: (gain: string): string => `Bewiesen ist: Ein besserer Plan versorgt höchstens ${gain}.`,
    gapKept: (number: number): string =>
      number === 1
        ? "Bewiesen ist: In einem besseren Plan bleibt höchstens 1 Vermittlung mehr bestehen."
        : `Bewiesen ist: In einem besseren Plan bleiben höchstens ${number} Vermittlungen mehr bestehen.`,
    gapScore:
      "Bewiesen ist: Ein besserer Plan versorgt von jeder Dringlichkeit gleich viele Personen, nur passender.",
    fixedProblems: new Map([
      ["request.fixed.over_places", "Für dieses Angebot ist mehr festgelegt, als es Plätze hat."],
      ["request.fixed.group", "Jemand aus derselben Gruppe passt nicht zu diesem Angebot."],
      ["request.fixed.split_group", "Die Gruppe ist auf mehrere Angebote festgelegt."],
      ["request.fixed.unknown_need", "Diesen Bedarf gibt es nicht."],
      ["request.fixed.unknown_offer", "Dieses Angebot gibt es nicht."],
    ]),
  },

  unmet: {
    none: "Alle Bedarfe haben einen Platz.",
    lead: "Diese Personen zuerst: Für sie gibt es in diesem Plan keinen Platz.",
    nearest: (name: string, change: string): string => `Am nächsten: ${name}. ${change}`,
    phone: "Zuerst anrufen",
    split: "Geteilt ginge es so",
    blocks: "Wer welches Angebot ausschließt",
  },

  table: {
    filter: "Filtern",
    filterHint: "Name, Sprache, Kreis …",
    rows: (from: number, to: number, all: number): string => `${from} bis ${to} von ${all}`,
    noRows: "Nichts gefunden.",
    previous: "Zurück",
    next: "Weiter",
    sortedUp: "aufsteigend sortiert",
    sortedDown: "absteigend sortiert",
    scroll: "Tabelle, seitlich verschiebbar",
    case: "Fall",
    group: "Gruppe",
    score: "Punkte",
    act: "Ändern",
  },

  referrals: {
    lead: "Jede Zeile ist ein Vorschlag. Halten Sie fest, was vereinbart ist, oder wählen Sie ein anderes Angebot.",
    pin: "Festhalten",
    pinFor: (need: string, offer: string): string => `Festhalten: ${need}, ${offer}`,
    other: "Ändern",
    otherFor: (need: string): string => `Ändern: ${need}`,
    find: "Wählen",
    findFor: (need: string): string => `Wählen: ein Angebot für ${need}`,
    pins: "Festgelegt",
    pinsLead:
      "Diese Vermittlungen gelten im nächsten Plan, auch wenn eine Regel dagegen spricht. Mehr Plätze, als ein " +
      "Angebot hat, gibt es aber auch so nicht.",
    counted: "Platz ist schon abgezogen",
    countedFor: (need: string, offer: string): string => `Platz ist schon abgezogen: ${need}, ${offer}`,
    overHint: "Kreuzen Sie an, welche Plätze schon abgezogen sind, oder entfernen Sie etwas.",
    choose: (need: string): string => `Angebot für ${need}`,
    chooseLead: "Passende Angebote, das beste zuerst. Sie können auch jedes andere wählen.",
    fitting: "Passende Angebote",
    noneFits: "Kein Angebot passt nach den Regeln.",
    rankFailed: "Die passenden Angebote konnten nicht ermittelt werden.",
    any: "Jedes andere Angebot",
    take: "Wählen",
    takeFor: (name: string): string => `Wählen: ${name}`,
    current: "jetzt geplant",
    look: "Als Anfrage öffnen",
    free: (places: string, used: number): string => `${used} von ${places} belegt`,
    noLimit: "ohne Begrenzung",
  },

  changes: {
    title: "Was sich geändert hat",
    none: "Gegenüber dem letzten Plan hat sich nichts geändert.",
    summary: (gained: number, lost: number, moved: number): string =>
      `Gegenüber dem letzten Plan: ${gained} neu mit Platz, ${lost} jetzt ohne Platz, ` +
      `${moved} bei einem anderen Angebot.`,
    gained: "neu mit Platz",
    lost: "jetzt ohne Platz",
    moved: "anderes Angebot",
    before: "vorher",
    after: "jetzt",
  },

  report: {
    bottlenecksLead: "Wo ein Platz mehr am meisten hilft.",
    noBottlenecks: "Kein Angebot ist zu knapp: Ein Platz mehr würde niemandem zusätzlich helfen.",
    onePlace: (gain: string): string => `Ein Platz mehr hilft ${gain}.`,
    manyPlaces: (places: number): string =>
      places === 1
        ? "Mit 1 Platz mehr ist Platz für jemanden, der wartet."
        : `Mit ${places} Plätzen mehr ist Platz für eine Gruppe, die wartet.`,
    keepsMore: "Ein Platz mehr hilft niemandem zusätzlich, aber mehr Vermittlungen bleiben bestehen.",
    more: (number: number, priority: string): string =>
      number === 1 ? `1 Person mehr (${priority})` : `${number} Personen mehr (${priority})`,
    less: (number: number, priority: string): string =>
      number === 1 ? `1 Person weniger (${priority})` : `${number} Personen weniger (${priority})`,
    betterFit: "Ein Platz mehr hilft niemandem zusätzlich, aber es passt besser.",
    inexact: "Schätzung, weil Gruppen zusammen bleiben",
    used: (used: number, places: string): string => `${used} von ${places} Plätzen belegt`,
    wantedLead: "Angebote, die am meisten helfen würden, wenn es sie gäbe.",
    wantedRow: (personCount: number, needCount: number): string => `${people(personCount)}, ${needs(needCount)}`,
    shares: "Mit und ohne Platz",
    by: "Aufgeteilt nach",
    bar: (met: number, unmet: number): string => `${met} mit Platz, ${unmet} ohne`,
    moreRows: (number: number): string => `${number} weitere zeigen`,
    fewerRows: "Weniger zeigen",
  },

  map: {
    title: "Karte",
    caption:
      "Bedarfe ohne Platz nach Kreis. Die Grenzen sind schematisch: Jede Fläche gehört zum nächsten Mittelpunkt " +
      "eines Kreises. Dickere Linien trennen Länder. Die Tabelle enthält dieselben Zahlen.",
    elsewhere: (number: number): string =>
      `Nicht auf der Karte, weil der Kreis nicht bekannt ist: ${needs(number)} ohne Platz.`,
    alt: (list: string): string => `Karte der Kreise, gefärbt nach Bedarfen ohne Platz. Am meisten: ${list}.`,
    altNone: "Karte der Kreise. Kein Kreis hat Bedarfe ohne Platz.",
    cell: (name: string, all: number, unmet: number): string => `${name}: ${needs(all)}, ${unmet} ohne Platz`,
    noNeeds: "kein Bedarf",
    zero: "alle mit Platz",
    legend: "Bedarfe ohne Platz",
    whole: "Ganz Deutschland",
    part: "Nur betroffene Kreise",
    table: "Zahlen zur Karte",
    region: "Kreis",
  },

  exporting: {
    title: "Mitnehmen",
    lead: "Die Dateien entstehen auf diesem Gerät.",
    json: "Plan und Bericht (JSON)",
    csv: "Tabelle (CSV)",
    status: "Stand",
    met: "vermittelt",
  },

  rules: {
    title: "Regeln",
    lead:
      "Wie Angebote verglichen werden. Änderungen wirken sofort auf die Anfrage für eine Person. Einen Plan " +
      "berechnen Sie danach neu.",
    weights: "Gewichte und Regeln",
    weightsLead: "Das Gewicht sagt, wie viel ein Kriterium zählt. Die Regel sagt, ob es ausschließt.",
    weightOf: (name: string): string => `Gewicht von ${name}`,
    ruleOf: (name: string): string => `Regel für ${name}`,
    unknownOf: (name: string): string => `${name}: wenn nicht bekannt`,
    share: (share: string): string => `${share} von allen`,
    tables: "Feinheiten",
    help: "Hilfe",
    languages: "Sprachen",
    regions: "Regionen",
    places: "Plätze",
    crimes: "Taten",
    general: "Allgemeines",
    order_step: "Abzug für jede frühere Sprache",
    interpreter: "Mit Dolmetscher zählt",
    on_request: "Auf Anfrage zählt",
    minimum: "Sprache muss mindestens",
    related: "Verwandte Sprachen zählen, wenn man sie versteht",
    near_km: "Nah bis (km)",
    far_km: "Fern ab (km)",
    far_fit: "Fern zählt",
    neighbour: "Nachbarkreis zählt",
    remote: "Ohne Anfahrt zählt",
    help_any: "Jede Hilfe zählt",
    help_covered: "Oberbegriff der gefragten Hilfe zählt",
    help_part: "Teil der gefragten Hilfe zählt",
    crimeGeneral: "Angebot für jede Tat zählt",
    vague: "Ungenau bekannte Tat zählt",
    context_open: "Offener Zusammenhang zählt",
    enough: "Genau genug Plätze zählt",
    comfortable: "Reichlich Platz ab dem Mehrfachen",
    waitlist: "Warteliste zählt",
    assessment: "Erst ein Gespräch zählt",
    stale_days: "Platzzahl ist veraltet nach (Tagen)",
    assume: "Plätze, wenn nicht bekannt",
    unknown_fit: "Nicht bekannt zählt",
    prefer: "Gewicht von „besser, wenn es passt“",
    reset: "Auf Vorgabe zurücksetzen",
    export: "Regeln speichern (JSON)",
    import: "Regeln laden (JSON)",
    taken: "Die Regeln gelten jetzt.",
    resetDone: "Es gelten wieder die Vorgaben.",
    invalid: "Diese Regeln gelten nicht. Es gelten weiter die letzten gültigen.",
    preview: "Wirkung auf die Anfrage",
    previewEmpty: "Sobald Sie unter „Eine Person“ etwas angeben, sehen Sie hier die Reihenfolge.",
    previewUp: (places: number): string => `${places} nach oben`,
    previewDown: (places: number): string => `${places} nach unten`,
    previewNew: "neu dabei",
    previewSame: "wie mit den Vorgaben",
    changed: "Von der Vorgabe verschieden",
    asDefault: "Es gelten die Vorgaben.",
  },
};

/** A message catalogue. One that lacks a text does not compile. */
export type Messages = typeof de;
