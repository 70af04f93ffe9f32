"""Tests of records from files, and of checks."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from samples import AS_OF, NEED, NEEDS, OFFER, OFFERS, raised_error

import lotse


def test_a_check_reports_errors_and_warnings() -> None:
    report = lotse.check(offers=[OFFER], needs=[NEED, {"id": "n-1", "age": "geheim"}], as_of=AS_OF)
    assert (report["offers"], report["needs"]) == (1, 2)
    assert [(error["code"], error["path"]) for error in report["errors"]] == [("need.type", "needs[1].age")]
    assert "geheim" not in repr(report)
    records = [lotse.Need(**NEED), lotse.Need(**NEED)]
    assert [error["code"] for error in lotse.check(needs=records)["errors"]] == ["need.id.duplicate"]
    assert lotse.check() == {"offers": 0, "needs": 0, "errors": [], "warnings": []}
    assert lotse.check(offers=json.dumps([OFFER]), as_of=AS_OF)["errors"] == []
    wrong = lotse.check(policy={"weights": {"help": -1}}, vocabulary={"regions": 5}, as_of="2026-02-30")["errors"]
    assert {error["code"].split(".")[0] for error in wrong} == {"policy", "vocabulary", "request"}


# Files.


TEXTS = {
    "list": json.dumps(NEEDS),
    "object": json.dumps({"needs": NEEDS}),
    "ndjson": "\n".join(map(json.dumps, NEEDS)) + "\n",
    "mark": "\ufeff" + json.dumps(NEEDS),
    "windows": "\r\n".join(map(json.dumps, NEEDS)),
}


@pytest.mark.parametrize("form", TEXTS)
def test_records_are_read_from_files(form: str, tmp_path: Path) -> None:
    want, text = [lotse.Need(**need) for need in NEEDS], TEXTS[form]
    path = tmp_path / "needs.json"
    path.write_bytes(text.encode())
    assert lotse.read_needs(path) == lotse.read_needs(str(path)) == want
    with open(path, encoding="utf-8") as file:
        assert lotse.read_needs(file) == want
    with open(path, "rb") as binary:
        assert lotse.read_needs(binary) == want
    assert lotse.read_needs(io.StringIO(text)) == lotse.read_needs(io.BytesIO(text.encode())) == want
    path.write_bytes(text.replace('"needs"', '"offers"').replace("priority", "name").encode())
    assert [offer.id for offer in lotse.read_offers(path)] == ["n-1", "n-2", "n-3"]


def test_lists_are_accepted_instead_of_files() -> None:
    assert lotse.read_offers(OFFERS) == [lotse.Offer(**offer) for offer in OFFERS]
    assert lotse.read_needs([]) == lotse.read_needs(io.StringIO("")) == []


BROKEN: dict[str, str | bytes] = {
    "cut": '[{"id": "n-1", "case": "geheim',
    "no json": "geheim",
    "latin": '[{"id": "geheim ä"}]'.encode("latin-1"),
    "utf-16": '[{"id": "geheim"}]'.encode("utf-16"),
    "zeros": b"\0" * 10 + b"geheim",
    "wrong": '[{"id": "n-1", "age": "geheim", "geheim": 1}]',
    "number": "5",
    "trailing": '[{"id": "geheim"}] geheim',
}


@pytest.mark.parametrize("form", BROKEN)
def test_the_error_of_a_broken_file_does_not_repeat_its_content(form: str, tmp_path: Path) -> None:
    content, path = BROKEN[form], tmp_path / "needs.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def in_text() -> Any:
        with open(path, encoding="utf-8") as file:
            return lotse.read_needs(file)

    for read in (lambda: lotse.read_needs(path), in_text, lambda: lotse.read_needs(io.BytesIO(path.read_bytes()))):
        error = raised_error(read)
        assert "geheim" not in str(error) + repr(error) + repr(vars(error))
        # Python shows the context of an error, which would have the content.
        assert error.__context__ is None and error.__cause__ is None


def test_a_missing_file_raises_the_error_of_python(tmp_path: Path) -> None:
    for source in (tmp_path / "none.json", str(tmp_path / "none.json")):
        for read in (lotse.read_needs, lotse.read_offers):
            with pytest.raises(FileNotFoundError):
                read(source)
    with pytest.raises(OSError):
        lotse.read_needs(tmp_path)


def test_a_file_of_a_number_is_no_file() -> None:
    class Number(io.BytesIO):
        def read(self, size: int | None = -1) -> Any:
            return 10**12

    with pytest.raises(TypeError):
        lotse.read_needs(Number())
