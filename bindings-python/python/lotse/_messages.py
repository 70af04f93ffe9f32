"""The sentences and headings that only notebooks and charts have. Labels of codes and fields are those of the core."""

from collections.abc import Mapping
from typing import Final, cast

from lotse import types
from lotse._lotse import import_labels, labels

MESSAGES: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "rank": "rank",
        "score": "score",
        "fit": "fit",
        "contribution": "contribution",
        "offers_for": "Offers for {need}",
        "no_match": "No offer matches.",
        "explanation_of": "{need} and {offer}",
        "excluded_by": "does not match, because of: {criteria}",
        "allocated": "Needs without a place: {unmet} of {needs}. With a place: {met}. People with a place: {people}.",
        "optimal": (
            "No other plan serves more people of the first priorities, nor the same people with a better fit: "
            "this is proven."
        ),
        "gap_possible": "A slightly better plan may exist, because parties stay together.",
        "gap": "At most by: {gap}.",
        "all_met": "Nobody is left without a place.",
        "remedy": "what may help",
        "to_phone": "to phone: {offers}",
        "split": "in parts: {parts}",
        "no_referrals": "There is no referral.",
        "no_bottleneck": "More places alone would serve nobody.",
        "used": "places taken",
        "part_of": "{part} of {all}",
        "no_limit": "{used}, no limit",
        "assumed": "assumed: please phone first",
        "one_more": "one more place would add",
        "people_gain": "people: {people}",
        "kept_gain": "earlier referrals kept: {kept}",
        "score_gain": "score {score}",
        "approximate": "{gain} (approximate)",
        "party_fits": "with {places} more, a party fits in",
        "report": (
            "Needs with a place: {met} of {needs}. People with a place: {people_met} of {people}. Cases: {cases}."
        ),
        "report_neighbour": "In the neighbouring Kreis: {neighbour}. Please check whether that will do.",
        "of_which_by_neighbour": "of these, in the neighbouring Kreis",
        "total": "all",
        "no_rows": "There is nothing to count.",
        "nothing_wanted": "None: every need has a place.",
        "matching": "Offers that match {need}: {matching} of {offers}.",
        "nothing_blocked": "Nothing excludes an offer.",
        "blocked_offers": "offers excluded",
        "blocked_only": "by this alone",
        "no_near_miss": "No offer comes near.",
        "blockers": "what excludes",
        "changes": "what would have to change",
        "more_rows": "… and {more} more",
        "contributions_chart": "{offer}: score {score}",
        "excluded": "excluded",
        "settled": "settled",
        "weight_share": "pale: what the weight allows",
        "running": "running total",
        "coverage_chart": "Needs: {title}",
        "outcome": "outcome",
        "shadow_prices_chart": "What one more place would add",
        "people_axis": "more people with a place",
        "feasible": "The plan keeps to all rules and capacities.",
        "infeasible": "Violations of the plan: {count}.",
        "violations": "Violations",
        "violation": "violation",
        "ineligible": "not possible under these rules and options",
        "split_groups": "the group has several offers",
        "over_places": "more people than places",
        "violated_by": "need, group or offer",
        "servable": "an offer that matches has places left",
        "outcome_changes": "Needs with another outcome: {count}.",
        "no_outcome_changes": "No need has another outcome.",
        "change": "change",
        "newly_unmet": "now without a place",
        "newly_met": "now with a place",
        "moved": "another offer",
        "reason_changed": "without a place for another reason",
        "before": "before",
        "after": "after",
        "import.summary": (
            "Records: {produced}. Read: {read}, left out: {left_out}, merged: {merged}. Open questions: {questions}."
        ),
        "import.columns": "Columns",
        "import.column": "column",
        "import.meaning": "read as",
        "import.filled": "cells",
        "import.understood": "understood",
        "import.assumed": "assumed",
        "import.asked": "asked",
        "import.lost": "lost",
        "import.samples": "first cells",
        "import.encoding_words": "Are these words right? {words}",
        "import.no_column": "There is no column.",
        "import.note": "what",
        "import.count": "count",
        "import.at": "where",
        "import.row": "row {row}",
        "import.header": "header in row {row}",
        "import.word": "word",
        "import.kind": "is about",
        "import.candidates": "may mean",
        "import.withheld": "not shown",
        "import.no_question": "No question is open.",
        "import.how_to_answer": (
            "answer() takes a dict from ids to what is meant, or to None for a word that states nothing, and imports again."
        ),
        "import.by_mapping": "Read by a mapping.",
        "import.by_sketch": "The columns were recognized by their names.",
        "import.by_built_in": "Read as {name}.",
    },
    "de": {
        "rank": "Rang",
        "score": "Wert",
        "fit": "Passung",
        "contribution": "Beitrag",
        "offers_for": "Angebote für {need}",
        "no_match": "Kein Angebot passt.",
        "explanation_of": "{need} und {offer}",
        "excluded_by": "passt nicht, wegen: {criteria}",
        "allocated": "Bedarfe ohne Platz: {unmet} von {needs}. Mit Platz: {met}. Personen mit Platz: {people}.",
        "optimal": (
            "Kein anderer Plan versorgt mehr Menschen der ersten Dringlichkeiten, und keiner passt dabei besser: "
            "das ist bewiesen."
        ),
        "gap_possible": "Ein etwas besserer Plan ist möglich, weil Gruppen zusammenbleiben.",
        "gap": "Höchstens um: {gap}.",
        "all_met": "Niemand bleibt ohne Platz.",
        "remedy": "was helfen kann",
        "to_phone": "anrufen: {offers}",
        "split": "in Teilen: {parts}",
        "no_referrals": "Es gibt keine Vermittlung.",
        "no_bottleneck": "Mehr Plätze allein helfen niemandem.",
        "used": "Plätze vergeben",
        "part_of": "{part} von {all}",
        "no_limit": "{used}, ohne Grenze",
        "assumed": "angenommen: bitte erst anrufen",
        "one_more": "ein Platz mehr bringt",
        "people_gain": "Personen: {people}",
        "kept_gain": "behaltene Vermittlungen: {kept}",
        "score_gain": "Wert {score}",
        "approximate": "{gain} (ungefähr)",
        "party_fits": "mit {places} mehr passt eine Gruppe hinein",
        "report": (
            "Bedarfe mit Platz: {met} von {needs}. Personen mit Platz: {people_met} von {people}. Fälle: {cases}."
        ),
        "report_neighbour": "Davon im Nachbarkreis: {neighbour}. Bitte klären, ob das geht.",
        "of_which_by_neighbour": "davon im Nachbarkreis",
        "total": "alle",
        "no_rows": "Es gibt nichts zu zählen.",
        "nothing_wanted": "Keine: jeder Bedarf hat einen Platz.",
        "matching": "Angebote, die zu {need} passen: {matching} von {offers}.",
        "nothing_blocked": "Nichts schließt ein Angebot aus.",
        "blocked_offers": "Angebote ausgeschlossen",
        "blocked_only": "allein dadurch",
        "no_near_miss": "Kein Angebot kommt nahe.",
        "blockers": "was ausschließt",
        "changes": "was sich ändern müsste",
        "more_rows": "… und {more} weitere",
        "contributions_chart": "{offer}: Wert {score}",
        "excluded": "ausgeschlossen",
        "settled": "geklärt",
        "weight_share": "blass: was das Gewicht zulässt",
        "running": "Zwischensumme",
        "coverage_chart": "Bedarfe: {title}",
        "outcome": "Ergebnis",
        "shadow_prices_chart": "Was ein Platz mehr bringt",
        "people_axis": "mehr Personen mit Platz",
        "feasible": "Der Plan hält alle Regeln und Plätze ein.",
        "infeasible": "Verstöße im Plan: {count}.",
        "violations": "Verstöße",
        "violation": "Verstoß",
        "ineligible": "nach diesen Regeln und Optionen nicht möglich",
        "split_groups": "die Gruppe hat mehrere Angebote",
        "over_places": "mehr Personen als Plätze",
        "violated_by": "Bedarf, Gruppe oder Angebot",
        "servable": "ein passendes Angebot hat noch Plätze",
        "outcome_changes": "Bedarfe mit anderem Ergebnis: {count}.",
        "no_outcome_changes": "Kein Bedarf hat ein anderes Ergebnis.",
        "change": "Änderung",
        "newly_unmet": "jetzt ohne Platz",
        "newly_met": "jetzt mit Platz",
        "moved": "anderes Angebot",
        "reason_changed": "aus anderem Grund ohne Platz",
        "before": "vorher",
        "after": "nachher",
        "import.summary": (
            "Datensätze: {produced}. Gelesen: {read}, nicht übernommen: {left_out}, zusammengeführt: {merged}. "
            "Offene Fragen: {questions}."
        ),
        "import.columns": "Spalten",
        "import.column": "Spalte",
        "import.meaning": "gelesen als",
        "import.filled": "Zellen",
        "import.understood": "verstanden",
        "import.assumed": "angenommen",
        "import.asked": "offen",
        "import.lost": "nicht übernommen",
        "import.samples": "erste Zellen",
        "import.encoding_words": "Stimmen diese Wörter? {words}",
        "import.no_column": "Es gibt keine Spalte.",
        "import.note": "was",
        "import.count": "Anzahl",
        "import.at": "wo",
        "import.row": "Zeile {row}",
        "import.header": "Kopfzeile in Zeile {row}",
        "import.word": "Wort",
        "import.kind": "betrifft",
        "import.candidates": "kann heißen",
        "import.withheld": "nicht gezeigt",
        "import.no_question": "Keine Frage ist offen.",
        "import.how_to_answer": (
            "answer() nimmt ein dict von ids zu dem, was gemeint ist, oder zu None für ein Wort ohne Aussage, und importiert neu."
        ),
        "import.by_mapping": "Nach einer Zuordnung gelesen.",
        "import.by_sketch": "Die Spalten wurden an ihren Namen erkannt.",
        "import.by_built_in": "Gelesen als {name}.",
    },
    # Plain German: short clauses, common words, no brackets.
    "de-simple": {
        "rank": "Platz in der Liste",
        "score": "Punkte",
        "fit": "Wie gut passt es",
        "contribution": "Punkte",
        "offers_for": "Angebote für {need}",
        "no_match": "Kein Angebot passt.",
        "explanation_of": "{need} und {offer}",
        "excluded_by": "passt nicht. Das liegt an: {criteria}",
        "allocated": (
            "Anfragen ohne Platz: {unmet} von {needs}. Anfragen mit Platz: {met}. Personen mit Platz: {people}."
        ),
        "optimal": "Kein anderer Plan ist besser. Das ist geprüft.",
        "gap_possible": "Vielleicht gibt es einen besseren Plan. Gruppen bleiben hier zusammen.",
        "gap": "Er ist höchstens so viel besser: {gap}.",
        "all_met": "Alle haben einen Platz.",
        "remedy": "Was kann helfen",
        "to_phone": "Bitte anrufen: {offers}",
        "split": "In Teilen geht es: {parts}",
        "no_referrals": "Niemand hat einen Platz.",
        "no_bottleneck": "Mehr Plätze allein helfen niemandem.",
        "used": "Plätze besetzt",
        "part_of": "{part} von {all}",
        "no_limit": "{used}, ohne Grenze",
        "assumed": "nicht sicher: bitte erst anrufen",
        "one_more": "Das bringt 1 Platz mehr",
        "people_gain": "Personen: {people}",
        "kept_gain": "Vermittlungen wie bisher: {kept}",
        "score_gain": "Punkte {score}",
        "approximate": "{gain}, ungefähr",
        "party_fits": "mit {places} mehr passt eine Gruppe hinein",
        "report": (
            "Anfragen mit Platz: {met} von {needs}. Personen mit Platz: {people_met} von {people}. Fälle: {cases}."
        ),
        "report_neighbour": "Im Nachbarkreis sind: {neighbour}. Bitte nachfragen, ob das geht.",
        "of_which_by_neighbour": "davon im Nachbarkreis",
        "total": "alle",
        "no_rows": "Es gibt nichts zu zählen.",
        "nothing_wanted": "Keine. Alle haben einen Platz.",
        "matching": "Angebote für {need}: {matching} von {offers} passen.",
        "nothing_blocked": "Alle Angebote passen.",
        "blocked_offers": "Angebote passen nicht",
        "blocked_only": "nur deshalb",
        "no_near_miss": "Kein Angebot passt fast.",
        "blockers": "Was passt nicht",
        "changes": "Was muss sich ändern",
        "more_rows": "… und {more} weitere",
        "contributions_chart": "{offer}: {score} Punkte",
        "excluded": "passt nicht",
        "settled": "klar",
        "weight_share": "hell: so viel ist möglich",
        "running": "Punkte bis hier",
        "coverage_chart": "Anfragen: {title}",
        "outcome": "Ergebnis",
        "shadow_prices_chart": "Das bringt 1 Platz mehr",
        "people_axis": "Personen mehr mit Platz",
        "feasible": "Der Plan passt zu allen Regeln und Plätzen.",
        "infeasible": "So oft passt der Plan nicht: {count}.",
        "violations": "Das passt nicht",
        "violation": "Was passt nicht",
        "ineligible": "Die Regeln erlauben das nicht.",
        "split_groups": "Die Gruppe ist getrennt.",
        "over_places": "Es gibt zu wenige Plätze.",
        "violated_by": "Anfrage, Gruppe oder Angebot",
        "servable": "Ein Angebot passt und hat noch Plätze.",
        "outcome_changes": "Anfragen mit anderem Ergebnis: {count}.",
        "no_outcome_changes": "Alles ist gleich.",
        "change": "Was ist anders",
        "newly_unmet": "jetzt ohne Platz",
        "newly_met": "jetzt mit Platz",
        "moved": "anderes Angebot",
        "reason_changed": "ohne Platz aus anderem Grund",
        "before": "vorher",
        "after": "nachher",
        "import.summary": (
            "So viele sind da: {produced}. Gelesen: {read}. Das fehlt: {left_out}. Zusammengelegt: {merged}. "
            "Offene Fragen: {questions}."
        ),
        "import.columns": "Spalten",
        "import.column": "Spalte",
        "import.meaning": "Bedeutung",
        "import.filled": "Zellen",
        "import.understood": "verstanden",
        "import.assumed": "vermutet",
        "import.asked": "noch offen",
        "import.lost": "fehlt",
        "import.samples": "erste Zellen",
        "import.encoding_words": "Stimmen diese Wörter? {words}",
        "import.no_column": "Es gibt keine Spalte.",
        "import.note": "was",
        "import.count": "wie oft",
        "import.at": "wo",
        "import.row": "Zeile {row}",
        "import.header": "Namen der Spalten in Zeile {row}",
        "import.word": "Wort",
        "import.kind": "Thema",
        "import.candidates": "kann heißen",
        "import.withheld": "nicht gezeigt",
        "import.no_question": "Alles ist klar.",
        "import.how_to_answer": "answer() nimmt Antworten. Dann wird neu gelesen. None heißt: Das Wort sagt nichts.",
        "import.by_mapping": "Gelesen mit einer Zuordnung.",
        "import.by_sketch": "Die Namen der Spalten sind bekannt.",
        "import.by_built_in": "Gelesen als {name}.",
    },
}

_TITLES: Final = (
    "bottlenecks", "blocked", "by_crime", "by_help", "by_language", "by_priority", "by_region", "near_misses", "referrals",
    "unmet", "wanted",
)  # fmt: skip
"""Fields whose labels are titles, with a capital."""

_with_labels: dict[str, Mapping[str, str]] = {}
"""A cache: the messages of each display language with the labels of the core."""


def messages_for(lang: str) -> Mapping[str, str]:
    """Returns the messages of a display language, with the labels of the core.

    A label has the key `kind.code`, such as `priority.stat`; as a title it has `title.` in front of the field, and one of imports
    `import.` in front of the kind.

    Raises:
        ValueError: `lang` is none of the three display languages.
    """
    if lang not in MESSAGES:
        raise ValueError(f"lang must be one of {', '.join(MESSAGES)}")
    if lang not in _with_labels:
        by_kind = cast("Mapping[str, Mapping[str, str]]", labels(cast("types.Lang", lang)))
        keyed = {f"{kind}.{code}": label for kind, found in by_kind.items() for code, label in found.items()}
        of_imports = cast("Mapping[str, Mapping[str, str]]", import_labels(cast("types.Lang", lang)))
        keyed |= {f"import.{kind}.{code}": label for kind, found in of_imports.items() for code, label in found.items()}
        titles = {f"title.{field}": _capitalized(by_kind["field"][field]) for field in _TITLES}
        _with_labels[lang] = {**MESSAGES[lang], **keyed, **titles}
    return _with_labels[lang]


def _capitalized(label: str) -> str:
    return label[:1].upper() + label[1:]
