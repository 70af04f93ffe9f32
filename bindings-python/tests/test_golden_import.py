"""Runs every case of tests/golden/import: a folder with files as people have them, and what the import produces."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import GOLDEN
from test_types import misfits

import lotse
from lotse import types

CASES = sorted(path.parent for path in (GOLDEN / "import").glob("*/options.json"))
LISTS = ("assumed", "repaired", "left_out", "merged", "lost", "hidden", "suspicions")
OUTCOMES = ("understood", "assumed", "asked", "no_value", "lost")


def load(path: Path) -> Any:
    return json.loads(path.read_text("utf-8")) if path.exists() else None


def run(case: Path, source: Any = None) -> lotse.Imported:
    options: dict[str, Any] = load(case / "options.json")
    records = options.pop("records")
    options |= {key: load(case / f"{key}.json") for key in ("mapping", "vocabulary")}
    function = lotse.import_offers if records == "offers" else lotse.import_needs
    return function(case / "input" if source is None else source, **options)


def is_subset(wanted: Any, found: Any) -> bool:
    """Returns whether each key is present with an equal value, and each object of a list in some object of the list."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(key in found and is_subset(value, found[key]) for key, value in wanted.items())
    if isinstance(wanted, list) and any(isinstance(item, dict) for item in wanted):
        return isinstance(found, list) and all(any(is_subset(item, other) for other in found) for item in wanted)
    return isinstance(wanted, bool) == isinstance(found, bool) and wanted == found


def test_there_are_cases() -> None:
    assert CASES, "no golden cases of imports"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path) -> None:
    imported = run(case)
    result, wanted = imported.to_dict(), load(case / "report.json")
    # As they are decoded, because a default may be absent.
    read = lotse.read_offers if load(case / "options.json")["records"] == "offers" else lotse.read_needs
    with (case / "want.ndjson").open(encoding="utf-8") as file:
        assert (imported.offers or imported.needs) == read(file)
    questions, absent = wanted.pop("questions", None), wanted.pop("absent", [])
    report: Any = result["report"]
    for key, value in wanted.items():
        assert is_subset(value, report[key]), key
    if questions is not None:
        assert bool(questions) == bool(result["questions"]) and is_subset(questions, result["questions"])
    shown = json.dumps(result, ensure_ascii=False) + imported._repr_html_() + repr(imported)
    assert [text for text in absent if text in shown] == []
    assert list(misfits(result, types.ImportResponse, "response")) == []
    assert_equations(result)


def assert_equations(result: Any) -> None:
    report = result["report"]
    counts = report["records"]
    assert counts["read"] == counts["used"] + counts["merged"] + counts["left_out"]
    assert counts["produced"] == counts["used"] + counts["added"]
    for column in report["columns"]:
        assert column["parts"] == sum(column[outcome] for outcome in OUTCOMES), column["column"]
    assert sum(column["asked"] for column in report["columns"]) == sum(question["count"] for question in result["questions"])
    assert report["questions"] == len(result["questions"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_mapping_of_a_result_gives_the_same_records(case: Path) -> None:
    imported = run(case)
    options: dict[str, Any] = load(case / "options.json")
    function = lotse.import_offers if options.pop("records") == "offers" else lotse.import_needs
    options["vocabulary"] = load(case / "vocabulary.json")
    again = function(case / "input", mapping=imported.mapping, **options)
    assert (again.offers, again.needs) == (imported.offers, imported.needs)
    assert list(again.questions) == list(imported.questions)
