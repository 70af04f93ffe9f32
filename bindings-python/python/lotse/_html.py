"""Answers as HTML for notebooks.

Each function takes one answer in its wire form and the language of the headings; sentences and names come with the
answer. Ids, names and codes come from files that others wrote, so nothing but `_text` turns data into HTML. There is no
script, no outside resource and no fixed black or white: a notebook may be light or dark.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Final, cast, get_args

from lotse import _lotse, types


class _Html(str):
    """Markup that is safe to join. Plain text does not pass for it, so a type checker sees what was not escaped."""

    __slots__ = ()


MOST: Final = 50  # rows of one table; a notebook is no place for thousands
PRIORITIES: Final = ("stat", "asap", "urgent", "routine")

# All words that do not come with the data, nor from the core. The charts of `lotse.plot` take theirs from here too.
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "priority": "priority",
        "stat": "at once",
        "asap": "as soon as possible",
        "urgent": "urgent",
        "routine": "routine",
        "need": "need",
        "offer": "offer",
        "rank": "rank",
        "score": "score",
        "criterion": "criterion",
        "finding": "finding",
        "fit": "fit",
        "weight": "weight",
        "contribution": "contribution",
        "reason": "reason",
        "fits": "fits",
        "fits_in_part": "fits in part",
        "does_not_fit": "does not fit",
        "excludes": "excludes",
        "check": "please check",
        "not_asked": "not asked",
        "ignored": "does not count",
        "offers_for": "Offers for {need}",
        "no_match": "No offer matches.",
        "pair": "{need} and {offer}",
        "matches": "matches",
        "no_fit": "does not match, because of: {criteria}",
        "allocated": "Needs without a place: {unmet} of {needs}. With a place: {met}. People with a place: {people}.",
        "proven": (
            "No other plan serves more people of the first priorities, nor the same people with a better fit: "
            "this is proven."
        ),
        "not_proven": "A slightly better plan may exist, because parties stay together.",
        "better_by": "At most by: {gap}.",
        "unmet_title": "Without a place",
        "all_met": "Nobody is left without a place.",
        "next": "what may help",
        "to_phone": "to phone: {offers}",
        "split": "in parts: {parts}",
        "referrals": "Referrals",
        "no_referrals": "There is no referral.",
        "notes": "notes",
        "fixed": "agreed before",
        "neighbour": "in the neighbouring Kreis",
        "breaks": "breaks rules of: {criteria}",
        "check_list": "please check: {criteria}",
        "short": "Offers short of places",
        "none_short": "More places alone would serve nobody.",
        "used": "places taken",
        "of": "{part} of {all}",
        "no_limit": "{used}, no limit",
        "assumed": "assumed: please phone first",
        "one_more": "one more place would add",
        "people_gain": "people: {people}",
        "kept_gain": "earlier referrals kept: {kept}",
        "score_gain": "score {score}",
        "about": "{gain} (approximate)",
        "party": "with {places} more, a party fits in",
        "report": (
            "Needs with a place: {met} of {needs}. People with a place: {people_met} of {people}. Cases: {cases}."
        ),
        "report_neighbour": "In the neighbouring Kreis: {neighbour}. Please check whether that will do.",
        "by_priority": "By priority",
        "by_help": "By kind of help",
        "by_language": "By first language",
        "by_region": "By region",
        "by_crime": "By crime",
        "needs": "needs",
        "people": "people",
        "cases": "cases",
        "met": "met",
        "met_by_neighbour": "met by a neighbour",
        "of_met": "of these, by a neighbour",
        "unmet": "unmet",
        "people_met": "people met",
        "people_unmet": "people unmet",
        "total": "all",
        "nothing": "There is nothing to count.",
        "not_told": "not told",
        "any_help": "any help",
        "any_language": "any language",
        "anywhere": "anywhere",
        "wanted": "Offers that would help most if they existed",
        "none_wanted": "None: every need has a place.",
        "matching": "Offers that match {need}: {matching} of {offers}.",
        "blocked": "What excludes offers",
        "none_blocked": "Nothing excludes an offer.",
        "blocked_offers": "offers excluded",
        "blocked_only": "by this alone",
        "near": "Nearest offers",
        "none_near": "No offer comes near.",
        "blockers": "what excludes",
        "changes": "what would have to change",
        "more": "… and {more} more",
        "waterfall": "{offer}: score {score}",
        "excluded": "excluded",
        "settled": "settled",
        "pale": "pale: what the weight allows",
        "running": "running total",
        "met_chart": "Needs: {title}",
        "outcome": "outcome",
        "prices_chart": "What one more place would add",
        "price_people": "more people with a place",
    },
    "de": {
        "priority": "Dringlichkeit",
        "stat": "sofort",
        "asap": "so bald wie möglich",
        "urgent": "dringend",
        "routine": "normal",
        "need": "Bedarf",
        "offer": "Angebot",
        "rank": "Rang",
        "score": "Wert",
        "criterion": "Kriterium",
        "finding": "Befund",
        "fit": "Passung",
        "weight": "Gewicht",
        "contribution": "Beitrag",
        "reason": "Grund",
        "fits": "passt",
        "fits_in_part": "passt teils",
        "does_not_fit": "passt nicht",
        "excludes": "schließt aus",
        "check": "bitte klären",
        "not_asked": "nicht gefragt",
        "ignored": "zählt nicht",
        "offers_for": "Angebote für {need}",
        "no_match": "Kein Angebot passt.",
        "pair": "{need} und {offer}",
        "matches": "passt",
        "no_fit": "passt nicht, wegen: {criteria}",
        "allocated": "Bedarfe ohne Platz: {unmet} von {needs}. Mit Platz: {met}. Personen mit Platz: {people}.",
        "proven": (
            "Kein anderer Plan versorgt mehr Menschen der ersten Dringlichkeiten, und keiner passt dabei besser: "
            "das ist bewiesen."
        ),
        "not_proven": "Ein etwas besserer Plan ist möglich, weil Gruppen zusammenbleiben.",
        "better_by": "Höchstens um: {gap}.",
        "unmet_title": "Ohne Platz",
        "all_met": "Niemand bleibt ohne Platz.",
        "next": "was helfen kann",
        "to_phone": "anrufen: {offers}",
        "split": "in Teilen: {parts}",
        "referrals": "Vermittlungen",
        "no_referrals": "Es gibt keine Vermittlung.",
        "notes": "Hinweise",
        "fixed": "abgesprochen",
        "neighbour": "im Nachbarkreis",
        "breaks": "gegen die Regeln für: {criteria}",
        "check_list": "bitte klären: {criteria}",
        "short": "Angebote mit zu wenigen Plätzen",
        "none_short": "Mehr Plätze allein helfen niemandem.",
        "used": "Plätze vergeben",
        "of": "{part} von {all}",
        "no_limit": "{used}, ohne Grenze",
        "assumed": "angenommen: bitte erst anrufen",
        "one_more": "ein Platz mehr bringt",
        "people_gain": "Personen: {people}",
        "kept_gain": "behaltene Vermittlungen: {kept}",
        "score_gain": "Wert {score}",
        "about": "{gain} (ungefähr)",
        "party": "mit {places} mehr passt eine Gruppe hinein",
        "report": (
            "Bedarfe mit Platz: {met} von {needs}. Personen mit Platz: {people_met} von {people}. Fälle: {cases}."
        ),
        "report_neighbour": "Davon im Nachbarkreis: {neighbour}. Bitte klären, ob das geht.",
        "by_priority": "Nach Dringlichkeit",
        "by_help": "Nach Hilfeart",
        "by_language": "Nach erster Sprache",
        "by_region": "Nach Region",
        "by_crime": "Nach Tat",
        "needs": "Bedarfe",
        "people": "Personen",
        "cases": "Fälle",
        "met": "mit Platz",
        "met_by_neighbour": "Platz im Nachbarkreis",
        "of_met": "davon im Nachbarkreis",
        "unmet": "ohne Platz",
        "people_met": "Personen mit Platz",
        "people_unmet": "Personen ohne Platz",
        "total": "alle",
        "nothing": "Es gibt nichts zu zählen.",
        "not_told": "nicht bekannt",
        "any_help": "Hilfe jeder Art",
        "any_language": "jede Sprache",
        "anywhere": "überall",
        "wanted": "Angebote, die am meisten fehlen",
        "none_wanted": "Keine: jeder Bedarf hat einen Platz.",
        "matching": "Angebote, die zu {need} passen: {matching} von {offers}.",
        "blocked": "Was Angebote ausschließt",
        "none_blocked": "Nichts schließt ein Angebot aus.",
        "blocked_offers": "Angebote ausgeschlossen",
        "blocked_only": "allein dadurch",
        "near": "Nächste Angebote",
        "none_near": "Kein Angebot kommt nahe.",
        "blockers": "was ausschließt",
        "changes": "was sich ändern müsste",
        "more": "… und {more} weitere",
        "waterfall": "{offer}: Wert {score}",
        "excluded": "ausgeschlossen",
        "settled": "geklärt",
        "pale": "blass: was das Gewicht zulässt",
        "running": "Zwischensumme",
        "met_chart": "Bedarfe: {title}",
        "outcome": "Ergebnis",
        "prices_chart": "Was ein Platz mehr bringt",
        "price_people": "mehr Personen mit Platz",
    },
    # Plain German: short clauses, common words, no brackets. The words of criteria are those of the sentences.
    "de-simple": {
        "priority": "Wie eilig",
        "stat": "sofort",
        "asap": "sehr bald",
        "urgent": "eilig",
        "routine": "normal",
        "need": "Anfrage",
        "offer": "Angebot",
        "rank": "Platz in der Liste",
        "score": "Punkte",
        "criterion": "Frage",
        "finding": "Ergebnis",
        "fit": "Wie gut passt es",
        "weight": "Wie wichtig",
        "contribution": "Punkte",
        "reason": "Grund",
        "fits": "passt",
        "fits_in_part": "passt zum Teil",
        "does_not_fit": "passt nicht",
        "excludes": "passt nicht, schließt aus",
        "check": "bitte nachfragen",
        "not_asked": "keine Frage",
        "ignored": "zählt nicht",
        "offers_for": "Angebote für {need}",
        "no_match": "Kein Angebot passt.",
        "pair": "{need} und {offer}",
        "matches": "passt",
        "no_fit": "passt nicht. Das liegt an: {criteria}",
        "allocated": (
            "Anfragen ohne Platz: {unmet} von {needs}. Anfragen mit Platz: {met}. Personen mit Platz: {people}."
        ),
        "proven": "Kein anderer Plan ist besser. Das ist geprüft.",
        "not_proven": "Vielleicht gibt es einen besseren Plan. Gruppen bleiben hier zusammen.",
        "better_by": "Er ist höchstens so viel besser: {gap}.",
        "unmet_title": "Ohne Platz",
        "all_met": "Alle haben einen Platz.",
        "next": "Was kann helfen",
        "to_phone": "Bitte anrufen: {offers}",
        "split": "In Teilen geht es: {parts}",
        "referrals": "Mit Platz",
        "no_referrals": "Niemand hat einen Platz.",
        "notes": "Hinweise",
        "fixed": "schon vereinbart",
        "neighbour": "im Nachbarkreis",
        "breaks": "passt nicht bei: {criteria}",
        "check_list": "bitte nachfragen: {criteria}",
        "short": "Hier fehlen Plätze",
        "none_short": "Mehr Plätze allein helfen niemandem.",
        "used": "Plätze besetzt",
        "of": "{part} von {all}",
        "no_limit": "{used}, ohne Grenze",
        "assumed": "nicht sicher: bitte erst anrufen",
        "one_more": "Das bringt 1 Platz mehr",
        "people_gain": "Personen: {people}",
        "kept_gain": "Vermittlungen wie bisher: {kept}",
        "score_gain": "Punkte {score}",
        "about": "{gain}, ungefähr",
        "party": "mit {places} mehr passt eine Gruppe hinein",
        "report": (
            "Anfragen mit Platz: {met} von {needs}. Personen mit Platz: {people_met} von {people}. Fälle: {cases}."
        ),
        "report_neighbour": "Im Nachbarkreis sind: {neighbour}. Bitte nachfragen, ob das geht.",
        "by_priority": "Wie eilig ist es",
        "by_help": "Welche Hilfe",
        "by_language": "Welche Sprache",
        "by_region": "Welcher Ort",
        "by_crime": "Welche Tat",
        "needs": "Anfragen",
        "people": "Personen",
        "cases": "Fälle",
        "met": "mit Platz",
        "met_by_neighbour": "Platz im Nachbarkreis",
        "of_met": "davon im Nachbarkreis",
        "unmet": "ohne Platz",
        "people_met": "Personen mit Platz",
        "people_unmet": "Personen ohne Platz",
        "total": "alle",
        "nothing": "Es gibt nichts zu zählen.",
        "not_told": "nicht bekannt",
        "any_help": "jede Hilfe",
        "any_language": "jede Sprache",
        "anywhere": "überall",
        "wanted": "Diese Angebote fehlen am meisten",
        "none_wanted": "Keine. Alle haben einen Platz.",
        "matching": "Angebote für {need}: {matching} von {offers} passen.",
        "blocked": "Warum Angebote nicht passen",
        "none_blocked": "Alle Angebote passen.",
        "blocked_offers": "Angebote passen nicht",
        "blocked_only": "nur deshalb",
        "near": "Diese Angebote passen fast",
        "none_near": "Kein Angebot passt fast.",
        "blockers": "Was passt nicht",
        "changes": "Was muss sich ändern",
        "more": "… und {more} weitere",
        "waterfall": "{offer}: {score} Punkte",
        "excluded": "passt nicht",
        "settled": "klar",
        "pale": "hell: so viel ist möglich",
        "running": "Punkte bis hier",
        "met_chart": "Anfragen: {title}",
        "outcome": "Ergebnis",
        "prices_chart": "Das bringt 1 Platz mehr",
        "price_people": "Personen mehr mit Platz",
    },
}

_TABLE = "border-collapse:collapse;margin:.4em 0 1em;color:inherit;max-width:100%"
_CAPTION = "caption-side:top;text-align:left;font-weight:bold;padding:.2em 0;color:inherit"
_CELL = (
    "text-align:left;vertical-align:top;padding:.2em .6em;border-top:1px solid rgba(128,128,128,.35);"
    "white-space:normal;overflow-wrap:anywhere"
)
_WORD = _CELL.replace("anywhere", "normal")  # headings and short words break between words only
_COUNT = _WORD.replace("left", "right") + ";font-variant-numeric:tabular-nums;white-space:nowrap"
_ID = _CELL + ";min-width:4em"  # a long id breaks anywhere, a usual one nowhere
_SHORT = _WORD + ";white-space:nowrap"  # a bar and its number, a finding of two words
_STRONGER = ";border-top:2px solid rgba(128,128,128,.7)"
_FAINT = "opacity:.7"
# Both fills keep a contrast of 3:1 on white and on near black; a word or number beside them says the same.
BLUE: Final = "#3a87c8"
ORANGE: Final = "#d0701c"


def words(lang: str) -> Mapping[str, str]:
    """The words of one language.

    Raises:
        ValueError: `lang` is none of the three.
    """
    if lang not in WORDS:
        raise ValueError(f"lang must be one of {', '.join(WORDS)}")
    # Criteria have their names in the core.
    named = get_args(types.Criterion)
    return {**WORDS[lang], **{name: _lotse.criterion_name(name, lang=cast("types.Lang", lang)) for name in named}}


def number(value: Any, lang: str, *, signed: bool = False) -> str:
    """A score, fit or weight with at most four decimals, as people of that language write it."""
    text = f"{float(value):+.4f}" if signed else f"{float(value):.4f}"
    text = text.rstrip("0").rstrip(".").replace("-", "\N{MINUS SIGN}")
    return text if lang == "en" else text.replace(".", ",")


def ranking(data: Mapping[str, Any], lang: str) -> str:
    """The matches of one need, best first: `rankings[i]` of an answer to `rank`."""
    w = words(lang)
    matches: Sequence[Mapping[str, Any]] = data["matches"]
    caption = _fill(w["offers_for"], need=_id(data["need"]))
    if not matches:
        return _page(lang, [_empty(caption, w["no_match"])])
    widest = max([float(reason["weight"]) for match in matches for reason in match.get("reasons") or ()], default=0.0)
    bodies = [_match(rank, match, widest, lang) for rank, match in enumerate(matches[:MOST], 1)]
    heads = [(w[key], _WORD) for key in ("rank", "offer", "score", "criterion", "finding", "contribution", "reason")]
    return _page(lang, [_table(caption, heads, bodies, _rest(len(matches), w))])


def explanation(data: Mapping[str, Any], lang: str) -> str:
    """All ten criteria of a need and an offer: `explanations[i]` of an answer to `explain`."""
    w = words(lang)
    reasons: Sequence[Mapping[str, Any]] = data["reasons"]
    widest = max([float(reason["weight"]) for reason in reasons], default=0.0)
    verdict = w["matches"]
    if not data["matches"]:
        blocking = [reason["criterion"] for reason in reasons if reason["blocks"]]
        verdict = w["no_fit"].format(criteria=_criteria(blocking, w))
    summary = f"{verdict} · {w['score']} {number(data['score'], lang)}"
    rows: list[_Html] = []
    for reason in reasons:
        counts = reason["asked"] and reason["rule"] != "ignore"
        fit = "" if reason["fit"] is None else number(reason["fit"], lang)
        cells = [
            _cell(_text(_criterion(reason["criterion"], w)), _WORD, scope="row"),
            _cell(_finding(reason, data["to_check"], w), _SHORT),
            _cell(_text(fit), _COUNT),
            _cell(_text(number(reason["weight"], lang) if counts else ""), _COUNT),
            _cell(_contribution(reason, widest, lang, w) if counts else _Html(""), _SHORT),
            _cell(_text(reason["text"]), _CELL),
        ]
        rows.append(_row(cells))
    heads = [(w["criterion"], _WORD), (w["finding"], _WORD), (w["fit"], _COUNT), (w["weight"], _COUNT)]
    heads += [(w["contribution"], _WORD), (w["reason"], _WORD)]
    caption = _fill(w["pair"], need=_id(data["need"]), offer=_id(data["offer"]))
    parts = [_line(_text(summary), strong=True)]
    if data["to_check"]:
        parts.append(_line(_text(w["check_list"].format(criteria=_criteria(data["to_check"], w)))))
    return _page(lang, [*parts, _table(caption, heads, [_body(rows)])])


def allocation(data: Mapping[str, Any], lang: str) -> str:
    """A plan, those without a place first: the answer to `allocate`."""
    w = words(lang)
    unmet: Sequence[Mapping[str, Any]] = data["unmet"]
    referrals: Sequence[Mapping[str, Any]] = data["referrals"]
    people = sum(int(data["objective"]["people"][priority]) for priority in PRIORITIES)
    counts = {"unmet": len(unmet), "needs": len(unmet) + len(referrals), "met": len(referrals), "people": people}
    parts = [_line(_text(w["allocated"].format(**counts)), strong=True), _line(_text(_proof(data, lang)))]
    rows = [
        _row(
            [
                _cell(_id(need["need"]), _ID, scope="row"),
                _cell(_text(need["text"]), _CELL),
                _cell(_next(need, w), _CELL),
            ]
        )
        for need in unmet[:MOST]
    ]
    heads = [(w["need"], _WORD), (w["reason"], _WORD), (w["next"], _WORD)]
    parts.append(_section(w["unmet_title"], heads, rows, len(unmet), w["all_met"], w))
    rows = [
        _row(
            [
                _cell(_id(referral["need"]), _ID, scope="row"),
                _cell(_id(referral["offer"]), _ID),
                _cell(_text(number(referral["score"], lang)), _COUNT),
                _cell(_text(_notes(referral, w)), _CELL),
            ]
        )
        for referral in referrals[:MOST]
    ]
    heads = [(w["need"], _WORD), (w["offer"], _WORD), (w["score"], _COUNT), (w["notes"], _WORD)]
    parts.append(_section(w["referrals"], heads, rows, len(referrals), w["no_referrals"], w))
    short = [offer for offer in data["offers"] if any(worth(offer["price"])) or offer["helps"] is not None]
    short.sort(key=lambda offer: [-part for part in worth(offer["price"])])  # stable: then by id, as the data is
    parts.append(_short(short, lang, w))
    return _page(lang, parts)


def report(data: Mapping[str, Any], lang: str) -> str:
    """What a plan amounts to, in tables that each add up to the total: the answer to `report`."""
    w = words(lang)
    total: Mapping[str, Any] = data["total"]
    parts = [_line(_text(w["report"].format_map(total)), strong=True)]
    if total["met_by_neighbour"]:
        parts.append(_line(_text(w["report_neighbour"].format(neighbour=total["met_by_neighbour"]))))
    for by in ("priority", "help", "language", "region", "crime"):
        parts.append(_tally(by, data[f"by_{by}"], total, w))
    parts.append(_short(data["bottlenecks"], lang, w))
    wanted: Sequence[Mapping[str, Any]] = data["wanted"]
    rows = [
        _row(
            [
                _cell(_named(offer["help"], w["any_help"]), _CELL, scope="row"),
                _cell(_named(offer["language"], w["any_language"]), _CELL),
                _cell(_named(offer["region"], w["anywhere"]), _CELL),
                _cell(_text(_people(offer["people_by_priority"], w)), _CELL),
                _cell(_text(offer["people"]), _COUNT),
                _cell(_text(offer["needs"]), _COUNT),
            ]
        )
        for offer in wanted[:MOST]
    ]
    heads = [(w[key], _WORD) for key in ("help", "language", "region", "priority")]
    heads += [(w["people"], _COUNT), (w["needs"], _COUNT)]
    parts.append(_section(w["wanted"], heads, rows, len(wanted), w["none_wanted"], w))
    return _page(lang, parts)


def diagnosis(data: Mapping[str, Any], lang: str) -> str:
    """Why so few offers match a need: `diagnoses[i]` of an answer to `diagnose`."""
    w = words(lang)
    counts = {"matching": _text(data["matching"]), "offers": _text(data["offers"])}
    parts = [_line(_fill(w["matching"], need=_id(data["need"]), **counts), strong=True)]
    blocked = sorted(data["blocked"], key=lambda found: (-found["only"], -found["offers"]))
    rows = [
        _row(
            [
                _cell(_text(_criterion(found["criterion"], w)), _WORD, scope="row"),
                _cell(_text(found["offers"]), _COUNT),
                _cell(_text(found["only"]), _COUNT),
            ]
        )
        for found in blocked
    ]
    heads = [(w["criterion"], _WORD), (w["blocked_offers"], _COUNT), (w["blocked_only"], _COUNT)]
    parts.append(_section(w["blocked"], heads, rows, len(rows), w["none_blocked"], w))
    misses: Sequence[Mapping[str, Any]] = data["near_misses"]
    rows = [
        _row(
            [
                _cell(_id(miss["offer"]), _ID, scope="row"),
                _cell(_text(number(miss["score"], lang)), _COUNT),
                _cell(_text(_criteria(miss["blockers"], w)), _WORD),
                _cell(_lines(_text(change["text"]) for change in miss["changes"]), _CELL),
                _cell(_text(_criteria(miss["to_check"], w)), _WORD),
            ]
        )
        for miss in misses[:MOST]
    ]
    heads = [(w["offer"], _WORD), (w["score"], _COUNT), (w["blockers"], _WORD)]
    heads += [(w["changes"], _WORD), (w["check"], _WORD)]
    # Where every offer matches, none is near: then there is nothing to say about it.
    if misses or data["matching"] < data["offers"]:
        parts.append(_section(w["near"], heads, rows, len(misses), w["none_near"], w))
    return _page(lang, parts)


def worth(price: Mapping[str, Any]) -> list[float]:
    """A price as numbers that compare level by level, as the plan does."""
    people = [float(price["people"].get(priority, 0)) for priority in PRIORITIES]
    return [*people, float(price["kept"]), float(price["score"])]


# Parts of answers.


def _match(rank: int, match: Mapping[str, Any], widest: float, lang: str) -> _Html:
    w = words(lang)
    reasons: Sequence[Mapping[str, Any]] = match.get("reasons") or ()
    to_check: Sequence[str] = match["to_check"]
    count = len(reasons) + bool(to_check)
    above = _STRONGER  # the first row of a match stands under a stronger line
    cells = [
        _cell(_text(rank), _COUNT + above, rows=count),
        _cell(_id(match["offer"]), _ID + above, scope="rowgroup", rows=count),
        _cell(_Html(f"<b>{_text(number(match['score'], lang))}</b>"), _COUNT + above, rows=count),
    ]
    rows: list[_Html] = []
    for reason in reasons:
        cells += [
            _cell(_text(_criterion(reason["criterion"], w)), _WORD + above, scope="row"),
            _cell(_finding(reason, to_check, w), _SHORT + above),
            _cell(_contribution(reason, widest, lang, w), _SHORT + above),
            _cell(_text(reason["text"]), _CELL + above),
        ]
        rows.append(_row(cells))
        cells, above = [], ""
    # What an offer restricts and the need leaves open has no row of its own, so the whole list stands once more.
    if to_check:
        cells.append(_cell(_text(w["check"]), _WORD + above, scope="row"))
        cells.append(_cell(_text(_criteria(to_check, w)), _CELL + above, columns=3))
        rows.append(_row(cells))
    elif not reasons:
        rows.append(_row([*cells, _cell(_Html(""), _CELL + above, columns=4)]))
    return _body(rows)


def _finding(reason: Mapping[str, Any], to_check: Sequence[str], w: Mapping[str, str]) -> _Html:
    """How a criterion is met, in a word: colour alone would not reach everybody."""
    if reason["blocks"]:
        return _Html(f"<b>✕ {_text(w['excludes'])}</b>")
    if reason["criterion"] in to_check:
        return _Html(f"<b>? {_text(w['check'])}</b>")
    if reason["rule"] == "ignore":
        return _faint(w["ignored"])
    if not reason["asked"] or reason["fit"] is None:
        return _faint(w["not_asked"])
    if reason["fit"] >= 1:
        return _text(w["fits"])
    return _text(w["fits_in_part"] if reason["fit"] > 0 else w["does_not_fit"])


def _contribution(reason: Mapping[str, Any], widest: float, lang: str, w: Mapping[str, str]) -> _Html:
    weight, part = float(reason["weight"]), float(reason["contribution"])
    if weight <= 0:
        return _Html("")
    shown = w["of"].format(part=number(part, lang), all=number(weight, lang))
    return _Html(_bar(part, weight, widest, BLUE) + _text(shown))


def _proof(data: Mapping[str, Any], lang: str) -> str:
    w = words(lang)
    certificate: Mapping[str, Any] = data["certificate"]
    if certificate["optimal"]:
        return w["proven"]
    gap = certificate["gap"]
    return w["not_proven"] if gap is None else f"{w['not_proven']} {w['better_by'].format(gap=_gain(gap, lang))}"


def _next(unmet: Mapping[str, Any], w: Mapping[str, str]) -> _Html:
    """What a person may do about an unmet need: offers to phone, a split group, the nearest miss."""
    facts: Mapping[str, Any] = unmet["facts"]
    lines: list[_Html] = []
    if facts.get("to_phone"):
        lines.append(_fill(w["to_phone"], offers=_ids(facts["to_phone"], w)))
    if facts.get("split"):
        shown = facts["split"][:_FEW]
        parts = [f"{_ids(part['needs'], w)} → {_id(part['offer'])}" for part in shown]
        more = [_text(w["more"].format(more=len(facts["split"]) - _FEW))] if len(facts["split"]) > _FEW else []
        lines.append(_fill(w["split"], parts=_Html("; ".join([*parts, *more]))))
    diagnosis = facts.get("diagnosis")
    if diagnosis and diagnosis["near_misses"]:
        miss = diagnosis["near_misses"][0]
        lines.append(_Html(f"{_id(miss['offer'])}: {_text(' '.join(change['text'] for change in miss['changes']))}"))
    return _lines(lines)


def _notes(referral: Mapping[str, Any], w: Mapping[str, str]) -> str:
    notes = [w[key] for key in ("fixed", "neighbour") if referral[key]]
    if referral["breaks"]:
        notes.append(w["breaks"].format(criteria=_criteria(referral["breaks"], w)))
    if referral["to_check"]:
        notes.append(w["check_list"].format(criteria=_criteria(referral["to_check"], w)))
    return "; ".join(notes)


def _short(offers: Sequence[Mapping[str, Any]], lang: str, w: Mapping[str, str]) -> _Html:
    rows: list[_Html] = []
    for offer in offers[:MOST]:
        places = offer["places"]
        used = w["of"].format(part=offer["used"], all=places)
        if places is None:
            used = w["no_limit"].format(used=offer["used"])
        if offer.get("assumed"):
            used = f"{used} ({w['assumed']})"
        cells = [
            _cell(_id(offer["offer"]), _ID, scope="row"),
            _cell(_text(used), _CELL),
            _cell(_text(price(offer, lang)), _CELL),
        ]
        rows.append(_row(cells))
    heads = [(w["offer"], _WORD), (w["used"], _WORD), (w["one_more"], _WORD)]
    return _section(w["short"], heads, rows, len(offers), w["none_short"], w)


def price(offer: Mapping[str, Any], lang: str) -> str:
    """What one more place would add, in words."""
    w = words(lang)
    if not any(worth(offer["price"])):
        return "" if offer["helps"] is None else w["party"].format(places=offer["helps"])
    gain = _gain(offer["price"], lang)
    return gain if offer["exact"] else w["about"].format(gain=gain)


def _gain(worth: Mapping[str, Any], lang: str) -> str:
    w = words(lang)
    people = [
        f"{number(worth['people'][priority], lang, signed=True)} {w[priority]}"
        for priority in PRIORITIES
        if worth["people"].get(priority)
    ]
    gains = [w["people_gain"].format(people=", ".join(people))] if people else []
    if worth["kept"]:
        gains.append(w["kept_gain"].format(kept=number(worth["kept"], lang, signed=True)))
    gains.append(w["score_gain"].format(score=number(worth["score"], lang, signed=True)))
    return "; ".join(gains)


def _tally(by: str, rows: Sequence[Mapping[str, Any]], total: Mapping[str, Any], w: Mapping[str, str]) -> _Html:
    """One table of a report. Priorities keep their order; elsewhere those with most unmet needs come first."""
    if by != "priority":
        rows = sorted(rows, key=lambda row: (-row["unmet"], -row["needs"]))
    most = max([row["unmet"] for row in rows], default=0)
    shown: list[_Html] = []
    for row in rows[:MOST]:
        name = _text(label(row, w))
        if row["code"] is not None and row.get("name") not in (None, row["code"]):
            name = _Html(f"{name} {_faint(row['code'])}")
        shown.append(_row([_cell(name, _CELL, scope="row"), *_counts(row, most)]))
    rest = _rest(len(rows), w)
    foot = _row([_cell(_text(w["total"]), _CELL + _STRONGER, scope="row"), *_counts(total, 0, _STRONGER)])
    if not shown:
        return _empty(_text(w[f"by_{by}"]), w["nothing"])
    heads = [(w[by], _WORD), (w["unmet"], _COUNT), (w["met"], _COUNT), (w["of_met"], _COUNT)]
    heads += [(w[key], _COUNT) for key in ("needs", "people_unmet", "people_met", "people", "cases")]
    return _table(_text(w[f"by_{by}"]), heads, [_body(shown)], rest, foot)


def _counts(row: Mapping[str, Any], most: int, style: str = "") -> list[_Html]:
    bar = _bar(row["unmet"], row["unmet"], most, ORANGE) if most else ""
    # The room for the number is the same in every row, so that all bars begin in one line.
    unmet = _Html(f'{bar}<span style="display:inline-block;min-width:2.5em">{_text(row["unmet"])}</span>')
    cells = [_cell(unmet, _COUNT + style)]
    keys = ("met", "met_by_neighbour", "needs", "people_unmet", "people_met", "people", "cases")
    return cells + [_cell(_text(row[key]), _COUNT + style) for key in keys]


def label(row: Mapping[str, Any], w: Mapping[str, str]) -> str:
    """What a row of a report is called: its name, the word of its priority, its code, or that it was not told."""
    code = row["code"]
    if code is None:
        return w["not_told"]
    name = row.get("name")
    # A priority comes without a name. Codes of other tables that happen to be words of ours must not be translated.
    return str(name) if name is not None else w[code] if code in PRIORITIES else str(code)


def _people(people: Mapping[str, Any], w: Mapping[str, str]) -> str:
    return ", ".join(f"{people[priority]} {w[priority]}" for priority in PRIORITIES if people.get(priority))


def _criterion(code: Any, w: Mapping[str, str]) -> str:
    return w.get(str(code), str(code))


def _criteria(codes: Iterable[Any], w: Mapping[str, str]) -> str:
    return ", ".join(_criterion(code, w) for code in codes)


# HTML.

_FEW = 5  # ids in one cell


def _text(value: Any) -> _Html:
    return _Html(escape(str(value), quote=True))


def _id(value: Any) -> _Html:
    # An id may be written from right to left; it must not reorder what stands around it.
    return _Html(f"<bdi>{_text(value)}</bdi>")


def _ids(values: Sequence[Any], w: Mapping[str, str]) -> _Html:
    shown = [_id(value) for value in values[:_FEW]]
    if len(values) > _FEW:
        shown.append(_text(w["more"].format(more=len(values) - _FEW)))
    return _Html(", ".join(shown))


def _named(value: Mapping[str, Any] | None, none: str) -> _Html:
    if value is None:
        return _faint(none)
    return _text(value["name"])


def _faint(text: Any) -> _Html:
    return _Html(f'<span style="{_FAINT}">{_text(text)}</span>')


def _fill(sentence: str, **parts: _Html) -> _Html:
    """A sentence of ours with parts that are HTML already."""
    return _Html(escape(sentence, quote=True).format(**parts))


def _lines(lines: Iterable[_Html]) -> _Html:
    return _Html("<br>".join(lines))


def _line(content: _Html, *, strong: bool = False) -> _Html:
    weight = ";font-weight:bold" if strong else ""
    return _Html(f'<p style="margin:.3em 0;color:inherit{weight}">{content}</p>')


def _bar(part: float, whole: float, widest: float, colour: str) -> _Html:
    """A bar of `part` in `whole`, where `widest` fills the room. Not read aloud: the number stands beside it."""
    room = _percent(whole, widest)
    fill = _percent(part, whole)
    return _Html(
        '<span aria-hidden="true" style="display:inline-block;width:6em;height:.7em;margin-right:.5em">'
        f'<span style="display:block;width:{room}%;height:100%;background:rgba(128,128,128,.3)">'
        f'<span style="display:block;width:{fill}%;height:100%;background:{colour}"></span></span></span>'
    )


def _percent(part: float, whole: float) -> str:
    share = float(part) / float(whole) if whole > 0 else 0.0
    return f"{100 * min(max(share, 0.0), 1.0):.1f}"


def _cell(content: _Html, style: str, *, scope: str = "", rows: int = 1, columns: int = 1) -> _Html:
    spans = (f' rowspan="{rows}"' if rows > 1 else "") + (f' colspan="{columns}"' if columns > 1 else "")
    if scope:
        return _Html(f'<th scope="{scope}"{spans} style="{style}">{content}</th>')
    return _Html(f'<td{spans} style="{style}">{content}</td>')


def _row(cells: Iterable[_Html]) -> _Html:
    return _Html(f"<tr>{''.join(cells)}</tr>")


def _body(rows: Iterable[_Html]) -> _Html:
    return _Html(f"<tbody>{''.join(rows)}</tbody>")


def _rest(count: int, w: Mapping[str, str]) -> str:
    return w["more"].format(more=count - MOST) if count > MOST else ""


def _table(
    caption: _Html, heads: Sequence[tuple[str, str]], bodies: Sequence[_Html], rest: str = "", foot: _Html | None = None
) -> _Html:
    top = _row([_cell(_text(text), style, scope="col") for text, style in heads])
    more = _row([_cell(_text(rest), _CELL, columns=len(heads))]) if rest else ""
    end = f"<tfoot>{more}{foot or ''}</tfoot>" if more or foot else ""
    return _Html(
        f'<table style="{_TABLE}"><caption style="{_CAPTION}">{caption}</caption>'
        f"<thead>{top}</thead>{''.join(bodies)}{end}</table>"
    )


def _empty(caption: _Html, sentence: str) -> _Html:
    return _Html(f'<p style="margin:.4em 0 1em;color:inherit"><b>{caption}</b><br>{_text(sentence)}</p>')


def _section(
    caption: str, heads: Sequence[tuple[str, str]], rows: Sequence[_Html], count: int, none: str, w: Mapping[str, str]
) -> _Html:
    if not rows:
        return _empty(_text(caption), none)
    return _table(_text(caption), heads, [_body(rows)], _rest(count, w))


def _page(lang: str, parts: Iterable[_Html]) -> str:
    return f'<div lang="{_text(lang)}">{"".join(parts)}</div>'
