"""Results as columns, with the content that notebooks show.

Each function takes one result in its wire format, the display language of names, and the names of offers by id. It
returns columns as triples of name, type and values.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from lotse._format import (
    PRIORITIES,
    format_price,
    format_remedies,
    label_criterion,
    label_of_import,
    label_reason,
    label_row,
)
from lotse._messages import messages_for

_Data: TypeAlias = Mapping[str, Any]
_Names: TypeAlias = Mapping[str, str]
_Columns: TypeAlias = list[tuple[str, str, list[Any]]]
_Spec: TypeAlias = Sequence[tuple[str, str, Callable[[Any], Any]]]
"""The name, the type, and the value of a row, of each column."""


def iterate_rows(columns: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """Yields a dict for each row."""
    names = tuple(columns)
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(names, values, strict=True))


def ranking(data: _Data, lang: str, names: _Names) -> _Columns:
    """Returns a row for each match of one need."""
    rows = list(enumerate(data["matches"], 1))
    spec: _Spec = [
        ("need", "string", lambda row: data["need"]),
        ("rank", "int32", lambda row: row[0]),
        ("offer", "string", lambda row: row[1]["offer"]),
        ("offer_name", "string", lambda row: names.get(row[1]["offer"])),
        ("score", "double", lambda row: float(row[1]["score"])),
        ("to_check", "list", lambda row: row[1]["to_check"]),
    ]
    return _columns(rows, spec)


def ranking_reasons(data: _Data, lang: str, names: _Names) -> _Columns:
    """Returns a row for each requested criterion of each match of one need."""
    rows = [(match, finding) for match in data["matches"] for finding in match.get("reasons") or ()]
    spec: _Spec = [
        ("need", "string", lambda row: data["need"]),
        *_finding_offer(names),
        *_finding(lang),
        ("code", "string", lambda row: row[1]["code"]),
        ("text", "string", lambda row: row[1]["text"]),
    ]
    return _columns(rows, spec)


def findings(data: _Data, lang: str, names: _Names) -> _Columns:
    """Returns a row for each finding of a match or an explanation."""
    rows = [(data, finding) for finding in data["reasons"]]
    need: _Spec = [("need", "string", lambda row: row[0]["need"])] if "need" in data else []
    spec: _Spec = [
        *need,
        *_finding_offer(names),
        *_finding(lang),
        ("rule", "string", lambda row: row[1]["rule"]),
        ("blocks", "bool", lambda row: row[1]["blocks"]),
        ("to_check", "bool", lambda row: row[1]["criterion"] in row[0]["to_check"]),
        ("code", "string", lambda row: row[1]["code"]),
        ("text", "string", lambda row: row[1]["text"]),
    ]
    return _columns(rows, spec)


def diagnosis(data: _Data, lang: str, names: _Names) -> _Columns:
    """Returns a row for each criterion that excludes some offer."""
    messages = messages_for(lang)
    spec: _Spec = [
        ("need", "string", lambda row: data["need"]),
        ("criterion", "string", lambda row: row["criterion"]),
        ("criterion_name", "string", lambda row: label_criterion(row["criterion"], messages)),
        ("blocked", "int32", lambda row: row["offers"]),
        ("only", "int32", lambda row: row["only"]),
        ("offers", "int32", lambda row: data["offers"]),
        ("matching", "int32", lambda row: data["matching"]),
    ]
    return _columns(data["blocked"], spec)


def near_misses(data: _Data, lang: str, names: _Names) -> _Columns:
    """Returns a row for each near miss of one need."""
    spec: _Spec = [
        ("need", "string", lambda row: data["need"]),
        *_offer(names),
        ("score", "double", lambda row: float(row["score"])),
        ("blockers", "list", lambda row: row["blockers"]),
        ("changes", "list", lambda row: [change["text"] for change in row["changes"]]),
        ("to_check", "list", lambda row: row["to_check"]),
    ]
    return _columns(data["near_misses"], spec)


def unmet(data: _Data, lang: str, names: _Names) -> _Columns:
    """Returns a row for each unmet need of a plan."""
    spec: _Spec = [
        ("need", "string", lambda row: row["need"]),
        ("reason", "string", lambda row: row["reason"]),
        ("text", "string", lambda row: row["text"]),
        ("remedies", "list", lambda row: format_remedies(row["facts"], lang, names)),
    ]
    return _columns(data["unmet"], spec)


def offers(data: _Data, lang: str, names: _Names) -> _Columns:
    """Returns a row for each offer of a plan."""
    return _columns(data["offers"], [*_usage(lang, names), ("assumed", "bool", lambda row: row["assumed"])])


def bottlenecks(data: _Data, lang: str, names: _Names) -> _Columns:
    """Returns a row for each offer of a report that is short of places."""
    return _columns(data["bottlenecks"], _usage(lang, names))


def report(data: _Data, lang: str, names: _Names) -> _Columns:
    """Returns a row for each row of the tables of a report."""
    messages = messages_for(lang)
    groups = ("priority", "help", "language", "region", "crime")
    rows = [(by, row) for by in groups for row in data[f"by_{by}"]]
    counts = ("needs", "people", "cases", "met", "met_by_neighbour", "unmet", "people_met", "people_unmet")
    spec: _Spec = [
        ("by", "string", lambda row: row[0]),
        ("code", "string", lambda row: row[1]["code"]),
        ("name", "string", lambda row: label_row(row[1], messages)),
        *((count, "int64", _at(1, count)) for count in counts),
    ]
    return _columns(rows, spec)


def missing_offers(data: _Data, lang: str, names: _Names) -> _Columns:
    """Returns a row for each missing offer of a report."""
    spec: _Spec = [
        ("help", "string", _at("help", "code")),
        ("help_name", "string", _at("help", "name")),
        ("language", "string", _at("language", "code")),
        ("language_name", "string", _at("language", "name")),
        ("region", "string", _at("region", "code")),
        ("region_name", "string", _at("region", "name")),
        ("needs", "int64", lambda row: row["needs"]),
        ("people", "int64", lambda row: row["people"]),
        *_people(lambda row: row["people_by_priority"]),
    ]
    return _columns(data["wanted"], spec)


def evaluation(data: _Data, lang: str, names: _Names) -> _Columns:
    """Returns a row for each need of a given plan, unmet needs first."""
    servable, ineligible = set(data["servable"]), set(data["ineligible"])
    spec: _Spec = [
        ("need", "string", lambda row: row["need"]),
        ("offer", "string", lambda row: row.get("offer")),
        ("offer_name", "string", lambda row: names.get(row.get("offer"))),
        ("score", "double", lambda row: float(row["score"]) if "score" in row else None),
        ("fixed", "bool", lambda row: row.get("fixed", False)),
        ("neighbour", "bool", lambda row: row.get("neighbour", False)),
        ("to_check", "list", lambda row: row.get("to_check", [])),
        ("reason", "string", lambda row: row.get("reason")),
        ("text", "string", lambda row: row.get("text")),
        ("breaks", "list", lambda row: row.get("breaks", [])),
        ("servable", "bool", lambda row: row["need"] in servable),
        ("ineligible", "bool", lambda row: row["need"] in ineligible),
    ]
    return _columns([*data["unmet"], *data["referrals"]], spec)


def violations(data: _Data, lang: str, names: _Names) -> _Columns:
    """Returns a row for each violation of a given plan."""
    kinds = ("ineligible", "split_groups", "over_places")
    spec: _Spec = [
        ("violation", "string", lambda row: row[0]),
        ("id", "string", lambda row: row[1]),
        ("offer_name", "string", lambda row: names.get(row[1]) if row[0] == "over_places" else None),
    ]
    return _columns([(kind, found) for kind in kinds for found in data[kind]], spec)


CHANGES = ("newly_unmet", "newly_met", "moved", "reason_changed")
"""The lists of a difference of plans. Needs that have lost their place come first."""


OFFERS = {"from": ("newly_unmet", "moved"), "to": ("newly_met", "moved")}
"""The lists whose outcome before (`from`) or after (`to`) is an offer; otherwise it is a reason."""


def diff(data: _Data, lang: str, names: _Names) -> _Columns:
    """Returns a row for each need whose outcome differs between two plans."""
    messages = messages_for(lang)

    def outcome(side: str) -> Callable[[Any], str | None]:
        def label(row: tuple[str, _Data]) -> str | None:
            change, value = row[0], row[1][side]
            return names.get(value) if change in OFFERS[side] else label_reason(value, messages)

        return label

    spec: _Spec = [
        ("need", "string", lambda row: row[1]["need"]),
        ("change", "string", lambda row: row[0]),
        ("change_name", "string", lambda row: messages[row[0]]),
        ("from", "string", lambda row: row[1]["from"]),
        ("from_name", "string", outcome("from")),
        ("to", "string", lambda row: row[1]["to"]),
        ("to_name", "string", outcome("to")),
    ]
    return _columns([(change, row) for change in CHANGES for row in data[change]], spec)


SECTIONS = ("lost", "left_out", "assumed", "repaired", "merged", "hidden", "suspicions")
"""The lists of notes in the report of an import; what is missing comes first."""


def import_columns(data: _Data, lang: str, names: _Names) -> _Columns:
    """Returns a row for each column of the source of an import."""
    counts = ("filled", "parts", "understood", "assumed", "asked", "no_value", "lost")
    spec: _Spec = [
        ("column", "string", lambda row: row["column"]),
        ("use", "string", lambda row: row["use"]),
        ("fields", "list", lambda row: row["fields"]),
        *((count, "int64", _at(count)) for count in counts),
    ]
    return _columns(data["columns"], spec)


def import_notes(data: _Data, lang: str, names: _Names) -> _Columns:
    """Returns a row for each note in the report of an import."""
    messages = messages_for(lang)
    spec: _Spec = [
        ("section", "string", lambda row: row[0]),
        ("code", "string", _at(1, "code")),
        ("text", "string", lambda row: label_of_import("note", row[1]["code"], messages)),
        ("count", "int64", _at(1, "count")),
        ("column", "string", _at(1, "column")),
        ("field", "string", _at(1, "field")),
        ("at", "list", _at(1, "at")),
    ]
    return _columns([(section, note) for section in SECTIONS for note in data[section]], spec)


def questions(data: Sequence[_Data], lang: str, names: _Names) -> _Columns:
    """Returns a row for each open question of an import."""
    messages = messages_for(lang)

    def candidates(row: _Data) -> list[str]:
        return [value if isinstance(value, str) else _json(value) for value in row["candidates"]]

    def candidate_names(row: _Data) -> list[str]:
        return [names.get(f"{row['id']}#{index}", text) for index, text in enumerate(candidates(row))]

    spec: _Spec = [
        ("id", "string", lambda row: row["id"]),
        ("kind", "string", lambda row: row["kind"]),
        ("kind_name", "string", lambda row: label_of_import("word_kind", row["kind"], messages)),
        ("text", "string", lambda row: row["text"]),
        ("columns", "list", lambda row: row["columns"]),
        ("count", "int64", lambda row: row["count"]),
        ("at", "list", lambda row: row["at"]),
        ("why", "string", lambda row: row["why"]),
        ("why_name", "string", lambda row: label_of_import("why", row["why"], messages)),
        ("candidates", "list", candidates),
        ("candidate_names", "list", candidate_names),
    ]
    return _columns(data, spec)


def sketch(data: _Data, lang: str, names: _Names) -> _Columns:
    """Returns a row for each column of a source, with the field to which it would be read."""
    messages = messages_for(lang)

    def field_name(row: _Data) -> str | None:
        return None if row["field"] is None else label_of_import("field", row["field"], messages)

    spec: _Spec = [
        ("column", "string", lambda row: row["column"]),
        ("field", "string", lambda row: row["field"]),
        ("field_name", "string", field_name),
        ("sure", "bool", lambda row: row["sure"]),
        ("use", "string", lambda row: row["use"]),
        ("filled", "int64", lambda row: row["filled"]),
        ("samples", "list", lambda row: row["samples"]),
    ]
    return _columns(data["columns"], spec)


def export_notes(data: _Data, lang: str, names: _Names) -> _Columns:
    """Returns a row for each note in the report of an export."""
    messages = messages_for(lang)
    spec: _Spec = [
        ("code", "string", lambda row: row["code"]),
        ("text", "string", lambda row: label_of_import("note", row["code"], messages)),
        ("count", "int64", lambda row: row["count"]),
        ("field", "string", _at("field")),
        ("at", "list", lambda row: row["at"]),
    ]
    return _columns(data["report"]["notes"], spec)


def flows(data: Sequence[Sequence[Sequence[int]]]) -> _Columns:
    """Returns a row for each supply and sink of a solution."""
    unserved: Sequence[tuple[int | None, int]] = [(None, 0)]
    rows = [(supply, *flow) for supply, found in enumerate(data) for flow in (found or unserved)]
    return _columns(rows, [(key, "int64", _at(index)) for index, key in enumerate(("supply", "sink", "units"))])


def candidates(words: Sequence[str | None], found: Sequence[Sequence[_Data]]) -> _Columns:
    """Returns a row for each candidate of each word, and one without a code for a word that has none."""
    rows: list[tuple[str | None, int | None, _Data]] = []
    for word, of_word in zip(words, found, strict=True):
        rows += [(word, rank, candidate) for rank, candidate in enumerate(of_word, 1)] or [(word, None, {})]
    spec: _Spec = [
        ("text", "string", lambda row: row[0]),
        ("rank", "int32", lambda row: row[1]),
        *((key, "string", _at(2, key)) for key in ("kind", "code", "name", "how")),
        ("score", "double", lambda row: float(row[2]["score"]) if row[2] else None),
        ("context", "list", lambda row: row[2].get("context", [])),
    ]
    return _columns(rows, spec)


def codes(rows: Iterable[tuple[str, str, str]]) -> _Columns:
    """Returns a row for each code of a vocabulary."""
    names = ("kind", "code", "name")
    return _columns(list(rows), [(key, "string", _at(index)) for index, key in enumerate(names)])


# Parts.


def _columns(rows: Sequence[Any], spec: _Spec) -> _Columns:
    return [(name, kind, [value(row) for row in rows]) for name, kind, value in spec]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _at(*path: str | int) -> Callable[[Any], Any]:
    """Returns a function that looks up a value in nested data, or returns `None` if it is absent."""

    def value(row: Any) -> Any:
        for key in path:
            if row is None:
                return None
            row = row.get(key) if isinstance(row, dict) else row[key]
        return row

    return value


def _offer(names: _Names) -> _Spec:
    return [("offer", "string", lambda row: row["offer"]), ("offer_name", "string", lambda row: names.get(row["offer"]))]


def _finding_offer(names: _Names) -> _Spec:
    return [
        ("offer", "string", lambda row: row[0]["offer"]),
        ("offer_name", "string", lambda row: names.get(row[0]["offer"])),
    ]


def _finding(lang: str) -> _Spec:
    messages = messages_for(lang)
    return [
        ("criterion", "string", lambda row: row[1]["criterion"]),
        ("criterion_name", "string", lambda row: label_criterion(row[1]["criterion"], messages)),
        ("fit", "double", lambda row: None if row[1]["fit"] is None else float(row[1]["fit"])),
        ("known", "bool", lambda row: row[1]["known"]),
        ("weight", "double", lambda row: float(row[1]["weight"])),
        ("contribution", "double", lambda row: float(row[1]["contribution"])),
    ]


def _usage(lang: str, names: _Names) -> _Spec:
    return [
        *_offer(names),
        ("places", "int64", lambda row: row["places"]),
        ("used", "int64", lambda row: row["used"]),
        *_people(lambda row: row["price"]["people"]),
        ("kept", "int64", lambda row: row["price"]["kept"]),
        ("score", "double", lambda row: float(row["price"]["score"])),
        ("gain", "string", lambda row: format_price(row, lang)),
        ("exact", "bool", lambda row: row["exact"]),
        ("helps", "int64", lambda row: row["helps"]),
    ]


def _people(people: Callable[[Any], Mapping[str, int]]) -> _Spec:
    def count(priority: str) -> Callable[[Any], int]:
        return lambda row: people(row).get(priority, 0)

    return [(priority, "int64", count(priority)) for priority in PRIORITIES]
