"""Tests of results as tables: names next to ids, the content that notebooks show, and every library's constructor."""

from __future__ import annotations

import html
import importlib
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import lotse

AS_OF = "2026-11-23"
OFFERS: list[dict[str, Any]] = [
    {"id": "o-1", "name": "Traumaambulanz Görlitz", "languages": ["de"], "capacity": 2},
    {"id": "o-2", "name": "Opferhilfe Bautzen", "languages": ["de", "uk"], "capacity": 1},
    {"id": "o-3", "languages": ["de"], "capacity": 0},
]
NEEDS: list[dict[str, Any]] = [
    {"id": "n-1", "languages": ["uk"], "region": "14626", "help": "legal"},
    {"id": "n-2", "languages": ["uk"], "priority": "stat"},
    {"id": "n-3", "languages": ["de"], "people": 2},
    {"id": "n-4", "languages": ["ti"]},
    {"id": "g-1", "group": "g", "languages": ["uk"]},
    {"id": "g-2", "group": "g", "languages": ["de"], "people": 3},
]
NAMES = {offer["id"]: offer.get("name") for offer in OFFERS}


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    matcher = lotse.Matcher(OFFERS, as_of=AS_OF)
    plan = matcher.allocate(NEEDS, lang="de")
    matcher.set_capacity("o-2", 0)
    later = matcher.allocate(NEEDS, lang="de")
    vocabulary = lotse.Vocabulary()
    return {
        "Ranking": matcher.rank(NEEDS[2], lang="de"),
        "Match": matcher.rank(NEEDS[2], lang="de")[0],
        "Explanation": matcher.explain(NEEDS[0], "o-1", lang="de"),
        "Diagnosis": matcher.diagnose(NEEDS[0], lang="de"),
        "Allocation": plan,
        "Report": plan.report(),
        "Evaluation": matcher.evaluate(NEEDS, [("n-3", "o-2"), ("n-4", "o-1"), ("g-1", "o-1")], lang="de"),
        "PlanDiff": plan.diff(later),
        "Solution": lotse.solve([[9, 2], [8, None], [None, None]], [1, None]),
        "Vocabulary": vocabulary,
    }


def tables(results: dict[str, Any]) -> Iterator[tuple[str, lotse.Table]]:
    for name, result in results.items():
        for member in dir(result):
            if member == "resolve_table":
                yield f"{name}.{member}", result.resolve_table(["Dari", "xyzzy", "Kurdisch"], lang="de")
            elif member.endswith("_table"):
                yield f"{name}.{member}", getattr(result, member)()
    matcher = lotse.Matcher(OFFERS, as_of=AS_OF)
    for member in ("rank_table", "reason_table", "diagnose_table"):
        yield f"Matcher.{member}", getattr(matcher, member)(NEEDS)


def test_everything_that_a_notebook_shows_has_a_table(results: dict[str, Any]) -> None:
    shown = {name for name in lotse.__all__ if hasattr(getattr(lotse, name), "_repr_html_")} - {"Table"}
    assert shown == results.keys() - {"Solution", "Vocabulary"}
    for name in shown:
        assert hasattr(getattr(lotse, name), "to_table"), name
    assert all(len(table) for _, table in tables(results))


def test_offers_have_names_next_to_ids(results: dict[str, Any]) -> None:
    named = 0
    for name, table in tables(results):
        columns = table.column_names
        assert ("offer" in columns) <= ("offer_name" in columns), name
        assert ("criterion" in columns) <= ("criterion_name" in columns), name
        for row in table:
            if row.get("offer"):
                assert row["offer_name"] == NAMES[row["offer"]], name
                named += row["offer_name"] is not None
    assert named > 20
    shown = "".join(result._repr_html_() for result in results.values() if hasattr(result, "_repr_html_"))
    assert all(shown.count(name) > 5 for name in NAMES.values() if name)


def plain(text: str) -> str:
    """Returns the text of HTML without tags and marks of direction."""
    return re.sub(r"[\u2066-\u2069]", "", html.unescape(re.sub(r"<[^>]*>", " ", text)))


COLUMNS = ("need", "offer", "offer_name", "criterion_name", "text", "from_name", "to_name", "change_name", "gain", "name")
"""Columns of which every cell is in the HTML."""


def test_a_notebook_shows_what_the_tables_have(results: dict[str, Any]) -> None:
    for name, result in results.items():
        if not hasattr(result, "_repr_html_"):
            continue
        shown = re.sub(r"\s+", " ", plain(result._repr_html_()))
        for member in (member for member in dir(result) if member.endswith("_table")):
            if (name, member) == ("Allocation", "offer_table"):
                continue  # the notebook shows those of them that are short of places
            for row in getattr(result, member)():
                for column in COLUMNS:
                    value = row.get(column)
                    assert value is None or re.sub(r"\s+", " ", value) in shown, f"{name}.{member}: {column} {value}"
                for text in (*row.get("remedies", ()), *row.get("changes", ())):
                    assert all(part in shown for part in re.split(r"[ ()]*o-\d\W*", text)), f"{name}.{member}: {text}"


def test_the_rows_of_results(results: dict[str, Any]) -> None:
    def rows(name: str, member: str, *columns: str) -> list[tuple[Any, ...]]:
        return [tuple(row[column] for column in columns) for row in getattr(results[name], member)()]

    assert rows("Ranking", "to_table", "need", "rank", "offer")[0] == ("n-3", 1, "o-1")
    assert ("o-1", "language", "Sprache") in rows("Ranking", "reason_table", "offer", "criterion", "criterion_name")
    explained = rows("Explanation", "to_table", "need", "offer", "criterion", "blocks")
    assert len(explained) == 10 and ("n-1", "o-1", "language", True) in explained
    assert rows("Diagnosis", "to_table", "criterion", "criterion_name", "blocked") == [
        ("language", "Sprache", 2), ("capacity", "Plätze", 2),
    ]  # fmt: skip
    [(miss, changes), *_] = rows("Diagnosis", "near_miss_table", "offer", "changes")
    assert miss in NAMES and changes
    assert ("n-2", "o-2", "Opferhilfe Bautzen") in rows("Allocation", "to_table", "need", "offer", "offer_name")
    unmet = {need: (reason, text, remedies) for need, reason, text, remedies in rows(
        "Allocation", "unmet_table", "need", "reason", "text", "remedies"
    )}  # fmt: skip
    assert unmet["n-4"][0] == "no_offer" and unmet["n-4"][1] and "Traumaambulanz Görlitz (o-1)" in unmet["n-4"][2][0]
    usage = {offer: rest for offer, *rest in rows("Allocation", "offer_table", "offer", "places", "used", "gain")}
    assert usage["o-2"][:2] == [1, 1] and "Personen" in usage["o-2"][2]
    assert [offer for (offer,) in rows("Report", "bottleneck_table", "offer")] == [
        row["offer"] for row in results["Report"].bottlenecks
    ]
    assert ("ti", "Tigrinya") in rows("Report", "missing_offer_table", "language", "language_name")
    assert ("priority", "stat", "sofort") in rows("Report", "to_table", "by", "code", "name")
    assert ("language", "uk", "Ukrainisch") in rows("Report", "to_table", "by", "code", "name")
    assert ("over_places", "o-2", "Opferhilfe Bautzen") in rows("Evaluation", "violation_table", "violation", "id", "offer_name")
    assert ("n-4", "o-1", True) in rows("Evaluation", "to_table", "need", "offer", "ineligible")
    changes = rows("PlanDiff", "to_table", "need", "change", "from", "from_name", "to")
    assert ("n-2", "newly_unmet", "o-2", "Opferhilfe Bautzen", "no_place") in changes
    assert rows("Solution", "to_table", "supply", "sink", "units") == [(0, 1, 1), (1, 0, 1), (2, None, 0)]


def test_an_offer_with_the_id_of_a_reason_is_an_offer() -> None:
    matcher = lotse.Matcher([{"id": "no_place", "name": "Haus", "capacity": 1}], as_of=AS_OF)
    before = matcher.allocate([{"id": "n-1"}])
    matcher.set_capacity("no_place", 0)
    diff = before.diff(matcher.allocate([{"id": "n-1"}]))
    [row] = diff.to_table()
    assert (row["from"], row["from_name"], row["to"]) == ("no_place", "Haus", "no_place")
    assert row["to_name"] == lotse.labels()["unmet"]["no_place"] and "Haus" in diff._repr_html_()


def test_names_are_those_of_the_day_of_the_result() -> None:
    matcher = lotse.Matcher(OFFERS, as_of=AS_OF)
    plan = matcher.allocate(NEEDS)
    matcher.update({"id": "o-1", "name": "renamed"})
    assert {row["offer_name"] for row in plan.offer_table()} == set(NAMES.values())
    assert "renamed" not in plan._repr_html_()


def test_words_and_codes_as_tables() -> None:
    vocabulary = lotse.Vocabulary()
    table = vocabulary.resolve_table(["Dari", "xyzzy", "Kurdisch"], "language", lang="de")
    assert [(row["text"], row["rank"], row["code"]) for row in table][:3] == [
        ("Dari", 1, "prs"), ("xyzzy", None, None), ("Kurdisch", 1, "kmr"),
    ]  # fmt: skip
    assert vocabulary.resolve_table([]).to_dict().keys() == table.to_dict().keys()
    # A word for a list of words, and empty cells of a column.
    assert vocabulary.resolve_table("Dari", "language") == vocabulary.resolve_table(["Dari"], "language")
    assert vocabulary.resolve_table([None, ""]).to_dict()["text"] == [None, ""]
    codes = vocabulary.to_table(lang="de").to_dict()
    names = {(kind, code): name for kind, code, name in zip(*codes.values(), strict=True)}
    assert names["region", "14626"] == "Görlitz" and names["help", "legal"] == "Rechtliche Hilfe"
    assert {kind for kind, _ in names} == {"language", "region", "crime", "context", "help", "role", "access"}
    assert {row["kind"] for row in vocabulary.to_table("role")} == {"role"}
    for wrong in (lambda: vocabulary.to_table("x"), lambda: vocabulary.resolve_table(["x"], "x"), lambda: vocabulary.resolve_table(3)):  # type: ignore[arg-type]
        with pytest.raises(lotse.Error):
            wrong()


def test_a_table_is_iterable_and_a_dict(results: dict[str, Any]) -> None:
    for name, table in tables(results):
        columns = table.to_dict()
        assert list(columns) == table.column_names and {len(values) for values in columns.values()} == {len(table)}
        assert list(table) == [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        shown = table._repr_html_()
        assert shown.count("<tr>") >= min(len(table), 50) and all(column in shown for column in columns), name


@pytest.mark.parametrize("module", ["pandas", "polars", "pyarrow", "duckdb"])
def test_the_constructor_of_every_library_takes_a_table(module: str, results: dict[str, Any]) -> None:
    library: Any = importlib.import_module(module)
    read: Callable[[lotse.Table], tuple[list[str], list[dict[str, Any]]]] = {
        "pandas": lambda table: read_pandas(library, table),
        "polars": lambda table: (library.DataFrame(table).columns, library.DataFrame(table).to_dicts()),
        "pyarrow": lambda table: (library.table(table).column_names, library.table(table).to_pylist()),
        "duckdb": lambda table: read_duckdb(library, table),
    }[module]
    for name, table in tables(results):
        assert read(table) == (table.column_names, list(table)), name


def read_pandas(pandas: Any, table: lotse.Table) -> tuple[list[str], list[dict[str, Any]]]:
    frame = pandas.DataFrame(table)
    again = pandas.DataFrame(table.to_dict())
    assert list(again.columns) == table.column_names and len(again) == len(frame) == len(table)
    assert frame.equals(again)

    def value(cell: Any) -> Any:
        return cell if isinstance(cell, list) or not pandas.isna(cell) else None

    rows = [{name: value(cell) for name, cell in row.items()} for row in frame.to_dict("records")]
    return list(frame.columns), rows


def read_duckdb(duckdb: Any, table: lotse.Table) -> tuple[list[str], list[dict[str, Any]]]:
    connection = duckdb.connect()
    connection.register("result", table)
    found = connection.sql("select * from result")
    return found.columns, [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def test_a_frame_of_an_empty_table_has_columns_by_its_dict() -> None:
    pandas: Any = importlib.import_module("pandas")
    table = lotse.Matcher([]).rank_table([{"id": "n-1"}])
    assert list(pandas.DataFrame(table.to_dict()).columns) == table.column_names
    assert len(pandas.DataFrame(table)) == 0
