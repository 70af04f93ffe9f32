"""Imports: sources in every form, tables of other libraries, answers, what a result keeps, and what it never shows."""

from __future__ import annotations

import copy
import datetime
import importlib
import io
import json
import pickle
import random
import string
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from samples import WRONG, raised_error

import lotse
from lotse import _sources

duckdb: Any = importlib.import_module("duckdb")
numpy: Any = importlib.import_module("numpy")
pa: Any = importlib.import_module("pyarrow")
pandas: Any = importlib.import_module("pandas")
polars: Any = importlib.import_module("polars")

AS_OF = "2026-11-29"
CSV = "Nr;Träger;Sprachen;freie Plätze\n1;Löwenzahn;Deutsch, Dari;3\n2;Elbe;dt., ukr.;\n3;Mulde;Kurdisch;0\n"
ROWS: dict[str, list[Any]] = {
    "Nr": [1, 2, 3], "Träger": ["Löwenzahn", "Elbe", "Mulde"], "Sprachen": ["Deutsch, Dari", "dt., ukr.", "Kurdisch"],
    "freie Plätze": [3, None, 0],
}  # fmt: skip
CALLS = "Nr;Name;Sprache;Alter;Bemerkung\n7;Beispiel;Dari;34;ruft zurück\n8;Muster;Frau Muster spricht wenig;5;\n"


def offers(source: Any, **options: Any) -> lotse.Imported:
    return lotse.import_offers(source, as_of=AS_OF, **options)


def needs(source: Any, **options: Any) -> lotse.Imported:
    return lotse.import_needs(source, as_of=AS_OF, **options)


EXPECTED = offers(CSV.encode()).offers


def opened(folder: Path, mode: str, **options: Any) -> Any:
    (folder / "list.csv").write_bytes(CSV.encode("cp1252"))
    return open(folder / "list.csv", mode, **options)  # noqa: SIM115


SOURCES: dict[str, Any] = {
    "bytes": lambda folder: CSV.encode(),
    "windows-1252": lambda folder: CSV.encode("cp1252"),
    "bytearray": lambda folder: bytearray(CSV.encode()),
    "memoryview": lambda folder: memoryview(CSV.encode()),
    "str": lambda folder: opened(folder, "rb").name,
    "path": lambda folder: Path(opened(folder, "rb").name),
    "folder": lambda folder: Path(opened(folder, "rb").name).parent,
    "binary file": lambda folder: opened(folder, "rb"),
    "text file": lambda folder: opened(folder, "r", encoding="cp1252"),
    "text file that was opened with another encoding": lambda folder: opened(folder, "r", encoding="utf-8"),
    "BytesIO": lambda folder: io.BytesIO(CSV.encode()),
    "StringIO": lambda folder: io.StringIO(CSV),
    "dict": lambda folder: {"list.csv": CSV.encode()},
    "list": lambda folder: [CSV.encode()],
    "tuple": lambda folder: (io.BytesIO(CSV.encode()),),
    "pandas": lambda folder: pandas.DataFrame(ROWS),
    "pandas with an index": lambda folder: pandas.DataFrame(ROWS).set_index("Nr"),
    "selected rows": lambda folder: pandas.concat([pandas.DataFrame(ROWS)] * 2)[:3],
    "polars": lambda folder: polars.DataFrame(ROWS),
    "pyarrow": lambda folder: pa.table(ROWS),
    "batches": lambda folder: pa.table(ROWS).to_reader(max_chunksize=2),
    "duckdb": lambda folder: duckdb.from_arrow(pa.table(ROWS)),
}


@pytest.mark.parametrize("source", SOURCES)
def test_a_source_in_any_form_gives_the_same_offers(source: str, tmp_path: Path) -> None:
    imported = offers(SOURCES[source](tmp_path))
    assert imported.offers == EXPECTED and imported.needs == []
    assert [question["id"] for question in imported.questions] == ["language:kurdisch"]
    assert [offer.id for offer in imported.offers] == ["1", "2", "3"]


def test_offers_go_into_a_matcher() -> None:
    ranking = lotse.Matcher(EXPECTED, as_of=AS_OF).rank({"id": "n-1", "languages": ["prs"]})
    assert [match.offer for match in ranking] == ["1"]
    with pytest.raises(lotse.Error) as caught:
        lotse.Matcher(offers(CSV.encode()))  # type: ignore[arg-type]
    assert caught.value.hint == "pass its offers or its needs"


# Tables.


def cells(frame: Any) -> dict[str, list[Any]]:
    [(_, (names, columns))] = _sources.read(frame)
    return dict(zip(names, columns, strict=True))


def test_the_cells_of_a_frame_are_plain_data() -> None:
    day = pandas.Timestamp("2026-11-20 13:30")
    frame = pandas.DataFrame(
        {
            "mixed": ["ab 18", 34, None],
            "days": [day, pandas.NaT, day],
            "date": [datetime.date(2026, 11, 20), None, datetime.datetime(2026, 11, 20, 9)],
            "clock": [datetime.time(9, 30), None, ""],
            "lists": [["Deutsch", "Dari"], numpy.array(["Dari"]), ()],
            "numbers": [Decimal("3"), numpy.int64(4), pandas.NA],
            "large": [2**64 - 1, 2**70, -1],
            "flags": pandas.array([True, None, False], dtype="boolean"),
            "kinds": pandas.Categorical(["a", "b", "a"]),
        }
    )
    found = cells(frame)
    assert found["mixed"] == ["ab 18", 34, None] and found["clock"] == ["09:30:00", None, ""]
    assert found["days"] == ["2026-11-20", None, "2026-11-20"] == found["date"][:1] + [None] + found["date"][2:]
    assert found["lists"] == [["Deutsch", "Dari"], ["Dari"], []] and found["numbers"] == [3.0, 4, None]
    assert found["large"] == [str(2**64 - 1), str(2**70), -1] and found["flags"] == [True, None, False]
    assert found["kinds"] == ["a", "b", "a"]


def test_the_columns_of_a_frame_have_any_names() -> None:
    frame = pandas.DataFrame([[1, 2, 3, 4]], columns=["Nr", "Unnamed: 1", None, datetime.date(2026, 11, 20)])
    assert list(zip(*cells_of(frame), strict=True)) == [("Nr", [1]), ("", [2]), ("", [3]), ("2026-11-20", [4])]
    levels = pandas.MultiIndex.from_tuples([("Nr", "Unnamed: 0_level_1"), ("Plätze", "frei"), ("Plätze", "gesamt")])
    assert cells_of(pandas.DataFrame([[1, 2, 3]], columns=levels))[0] == ["Nr", "Plätze frei", "Plätze gesamt"]
    assert cells_of(pandas.DataFrame([[1, 2]]))[0] == ["1", "2"]
    twice = pandas.DataFrame([[1, 2]], columns=["Nr", "Nr"], index=pandas.Index(["a"], name="Nr"))
    assert cells_of(twice) == (["Nr", "Nr", "Nr"], [["a"], [1], [2]])


def cells_of(frame: Any) -> Any:
    [(_, columns)] = _sources.read(frame)
    return columns


LIBRARIES: dict[str, Any] = {"pandas": pandas.DataFrame, "polars": polars.DataFrame, "pyarrow": pa.table}


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_table_of_any_library_means_the_same(library: str) -> None:
    data = {
        "Nr": [7.0, 8.0, 9.0],
        "Träger": ["A", "B", None],
        "Sprachen": [["Deutsch", "Dari"], ["Ukrainisch"], []],
        "PLZ": [1067.0, float("nan"), 4103.0],
        "freie Plätze": [3.0, float("nan"), 0.0],
        "Stand": [datetime.date(2026, 11, 20), None, datetime.date(2026, 11, 21)],
    }
    imported = offers(LIBRARIES[library](data))
    first, second, third = imported.offers
    assert [offer.id for offer in imported.offers] == ["7", "8", "9"]
    assert [language["tag"] for language in first.languages] == ["de", "prs"] and third.languages == []
    assert (first.place or {})["region"] == "14612" and second.place is None and (third.place or {})["region"] == "14713"
    assert (first.capacity or {}).items() >= {"free": 3, "updated": "2026-11-20"}.items() and second.capacity is None
    assert third.organisation is None and not list(imported.questions)


def test_keys_beyond_a_float_stay_exact() -> None:
    keys = [2**64 - 1, 2**63 + 1]
    for frame in (polars.DataFrame({"id": keys}, schema={"id": polars.UInt64}), pandas.DataFrame({"id": keys}), pa.table({"id": pa.array(keys, pa.uint64())})):
        frame_offers = offers(frame, mapping={"lotse_mapping": 1, "records": "offers", "id": "id", "fields": {"languages": {"constant": "de"}}})
        assert [offer.id for offer in frame_offers.offers] == [str(key) for key in keys]


# Files.


def test_a_folder_is_its_files(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", ".hidden.csv", "~$a.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "c.csv").write_bytes(b"x")
    assert [name for name, _ in _sources.read(tmp_path)] == ["a.csv", "b.csv"]


def test_a_source_without_a_name_gets_one() -> None:
    names = [name for name, _ in _sources.read([b"a", polars.DataFrame({"a": [1]}), io.BytesIO(b"c"), {"d.csv": b"d"}])]
    assert names == ["data", "table", "data-2", "d.csv"]


WRONG_SOURCES: dict[str, tuple[Any, str | None]] = {
    "text": (CSV, "text is the path of a file here: encode() the content of one"),
    "number": (3, None),
    "None": (None, None),
    "list in a list": ([[CSV.encode()]], None),
    "lazy frame": (polars.DataFrame(ROWS).lazy(), "collect() it first"),
    "column": (polars.DataFrame(ROWS)["Sprachen"], "one column is no table: pass the whole table"),
    "array": (numpy.array([1]), "an array has no names of fields: pass a table, or a list of dicts"),
}


@pytest.mark.parametrize("source", WRONG_SOURCES)
def test_what_is_no_source_is_an_error(source: str) -> None:
    wrong, hint = WRONG_SOURCES[source]
    for function in (WRONG.import_offers, WRONG.import_needs, WRONG.sketch_mapping):
        error = raised_error(lambda function=function: function(wrong))
        assert (error.code, error.path, error.hint) == ("table.type", "source", hint)
        assert "Löwenzahn" not in str(error)


def test_a_file_that_does_not_exist_is_an_error_of_the_system(tmp_path: Path) -> None:
    for wrong in (tmp_path / "list.csv", str(tmp_path / "list.csv")):
        with pytest.raises(FileNotFoundError):
            offers(wrong)
    with pytest.raises(FileNotFoundError):
        offers(CSV.encode(), mapping=tmp_path / "list.map.json")


class Encoded(io.StringIO):
    """Text of another encoding, in a file without bytes."""

    def read(self, size: int | None = -1) -> str:
        return b"K\xf6ln".decode("utf-8")


def test_text_of_another_encoding_is_an_error_without_text() -> None:
    error = raised_error(lambda: offers(Encoded()))
    assert (error.code, error.hint) == ("import.encoding", "open the file in binary mode, or with its encoding")
    assert "K" not in str(error.__context__)


@pytest.mark.parametrize("code, content", [("pdf", b"%PDF-1.7"), ("gzip", b"\x1f\x8b\x08"), ("xml", b"<html>"), ("empty", b"")])
def test_a_file_of_another_format_is_an_error_with_a_remedy(code: str, content: bytes) -> None:
    error = raised_error(lambda: offers({"list.x": content}))
    assert error.code == f"import.format.{code}"


# Options.


def test_options_are_those_of_the_core() -> None:
    [landesweit] = offers("id;Zuständig für\n1;landesweit\n".encode(), within="14").offers
    assert landesweit.area == ["14"]
    [prefixed] = offers(b"id;Sprachen\n1;Deutsch\n", prefix="lk-").offers
    assert prefixed.id == "lk-1"
    [own] = needs(b"Nr;PLZ\n7;99000\n", postcodes={"99000": "16051"}).needs
    assert own.region == "16051"
    words = [{"kind": "language", "codes": ["ti"], "lang": "de", "text": "Habesha"}]
    for vocabulary in ({"words": words}, json.dumps({"words": words}), lotse.Vocabulary({"words": words})):
        [habesha] = offers(b"id;Sprachen\n1;Habesha\n", vocabulary=vocabulary).offers
        assert habesha.languages == [{"tag": "ti", "how": "spoken"}]
    [born] = lotse.import_needs(b"Nr;Geburtsdatum\n7;30.11.1996\n", as_of=datetime.date(2026, 11, 29)).needs
    assert born.age == 29
    assert lotse.import_offers(CSV.encode()).report.as_of == datetime.date.today().isoformat()
    [caret] = offers(b"id^Name^Sprachen\n1^Treff^Deutsch\n", delimiter="^").offers
    [old] = offers(b"id;Name;Sprachen\n1;Gr\x81n;Deutsch\n", encoding="cp850").offers
    assert (caret.name, old.name) == ("Treff", "Grün")


WRONG_OPTIONS: dict[str, tuple[dict[str, Any], str]] = {
    "within": ({"within": "99"}, "import.mapping.code"),
    "as_of": ({"as_of": "yesterday"}, "date"),
    "a number as a day": ({"as_of": 3}, "request.type"),
    "mapping": ({"mapping": {"lotse_mapping": 1, "records": "offers", "fields": {"langauges": "x"}}}, "import.mapping.unknown_field"),
    "mapping of needs": ({"mapping": {"lotse_mapping": 1, "records": "needs", "fields": {"age": "x"}}}, "import.mapping.kind"),
    "name of a mapping": ({"mapping": "osmium"}, "import.mapping.value"),
    "text of a mapping": ({"mapping": "{"}, "json.syntax"),
    "a number as a mapping": ({"mapping": 3}, "json.syntax"),
    "postcodes": ({"postcodes": {"99000": 3}}, "request.type"),
    "delimiter": ({"delimiter": "ab"}, "request.value"),
    "answers": ({"answers": {"language:xyz": "de"}}, "import.answers.unknown_id"),
    "previous": ({"previous": [{"id": ""}]}, "offer.id"),
    "vocabulary": ({"vocabulary": {"novelty": 1}}, "vocabulary.unknown_field"),
    "lang": ({"lang": "xx"}, "value"),
}


@pytest.mark.parametrize("option", WRONG_OPTIONS)
def test_a_wrong_option_is_an_error_with_a_code(option: str) -> None:
    options, code = WRONG_OPTIONS[option]
    error = raised_error(lambda: WRONG.import_offers(CSV.encode(), **options))
    assert error.code.startswith(code), error


def test_a_strict_import_has_no_open_question() -> None:
    error = raised_error(lambda: offers(CSV.encode(), strict=True))
    assert error.code == "import.strict.question"
    assert offers(CSV.encode(), strict=True, answers={"language:kurdisch": "kmr"}).offers[2].languages


# Answers.


def test_answers_import_again() -> None:
    imported = offers(CSV.encode())
    answered = imported.answer({"language:kurdisch": ["kmr", "ckb"]})
    assert [language["tag"] for language in answered.offers[2].languages] == ["kmr", "ckb"]
    assert not answered.questions and len(imported.questions) == 1 and imported.offers == EXPECTED
    assert answered == offers(CSV.encode(), answers={"language:kurdisch": ["kmr", "ckb"]})
    assert imported.answer({"language:kurdisch": None}).offers == EXPECTED
    # An answer replaces an earlier one, and the others stay.
    again = answered.answer({"language:kurdisch": "kmr"})
    assert [language["tag"] for language in again.offers[2].languages] == ["kmr"]
    assert raised_error(lambda: imported.answer({"language:x": "de"})).code == "import.answers.unknown_id"


def test_answers_may_be_questions_text_or_a_file(tmp_path: Path) -> None:
    imported = offers(CSV.encode())
    expected = imported.answer({"language:kurdisch": "kmr"})
    questions = [{**question, "answer": "kmr"} for question in imported.questions]
    (tmp_path / "answers.json").write_text(json.dumps(questions), "utf-8")
    for answers in (questions, json.dumps(questions), tmp_path / "answers.json", str(tmp_path / "answers.json")):
        assert imported.answer(answers) == expected == offers(CSV.encode(), answers=answers)
    assert imported.answer(list(imported.questions)) == imported == imported.answer(imported.questions.to_json())


def test_a_saved_mapping_with_answers_asks_nothing(tmp_path: Path) -> None:
    answered = offers(CSV.encode()).answer({"language:kurdisch": "kmr"})
    path = tmp_path / "list.map.json"
    answered.mapping.save(path)
    assert json.loads(path.read_text("utf-8")) == answered.mapping.to_dict() and lotse.Mapping(path) == answered.mapping
    assert [file.name for file in tmp_path.iterdir()] == ["list.map.json"]
    for mapping in (path, str(path), answered.mapping, answered.mapping.to_dict(), answered.mapping.to_json()):
        again = offers(CSV.encode(), mapping=mapping)
        assert again.offers == answered.offers and not again.questions


def test_an_update_reports_what_has_changed() -> None:
    changed = CSV.replace("2;Elbe", "4;Elbe").replace("Löwenzahn", "Distel")
    earlier = offers(CSV.encode())
    for previous in (earlier, earlier.offers, [offer.to_dict() for offer in earlier.offers]):
        changes: Any = offers(changed.encode(), previous=previous).report.changes
        assert (changes["new"], changes["gone"], changes["same"]) == (["4"], ["2"], 1)
        assert changes["changed"] == [{"id": "1", "fields": ["organisation"]}]
    assert earlier.report.changes is None


# What a result keeps, and what it never shows.


def test_a_pickle_has_no_source() -> None:
    imported = needs(CALLS.encode())
    [question] = imported.questions
    assert (question["id"], question["text"]) == ("language@row 3", None)
    assert imported.reveal(question["id"]) == "Frau Muster spricht wenig" and imported.reveal("x") is None
    data = pickle.dumps(imported)
    assert b"Muster" not in data and b"wenig" not in data
    again = pickle.loads(data)
    assert again == imported and again.to_dict() == imported.to_dict() and again._repr_html_() == imported._repr_html_()
    assert again.reveal(question["id"]) is None
    error = raised_error(lambda: again.answer({question["id"]: "prs"}))
    assert error.code == "import.source" and error.hint
    assert copy.copy(imported) is imported
    assert imported.answer({question["id"]: "prs"}).needs[1].languages == [{"tag": "prs"}]


def test_nothing_shows_a_person() -> None:
    random_names = random.Random(3)
    secrets = ["".join(random_names.choices(string.ascii_lowercase, k=12)) for _ in range(40)]
    rows = [f"{index};{a};{b} {c};{d}" for index, (a, b, c, d) in enumerate(zip(*[iter(secrets)] * 4, strict=True))]
    imported = needs(("Nr;Name;Hilfebedarf;Bemerkung\n" + "\n".join(rows)).encode(), lang="de")
    sketch = lotse.sketch_mapping(("Nr;Name;Hilfebedarf;Bemerkung\n" + "\n".join(rows)).encode(), records="needs")
    shown = [
        repr(imported), imported._repr_html_(), imported.to_json(), repr(imported.report), imported.report._repr_html_(),
        repr(imported.questions), imported.questions._repr_html_(), repr(imported.mapping), imported.mapping.to_json(),
        str(imported.questions.to_table().to_dict()), str(imported.report.note_table().to_dict()), repr(sketch), sketch.to_json(),
        sketch._repr_html_(), str(sketch.to_table().to_dict()), pickle.dumps(imported).decode("latin-1"),
    ]  # fmt: skip
    assert len(imported.questions) == 10
    assert [secret for secret in secrets for text in shown if secret in text] == []


def test_questions_are_a_sequence_and_a_table() -> None:
    questions = offers(CSV.encode(), lang="de").questions
    assert len(questions) == 1 and list(questions) == questions[:] == [questions[0]] == list(reversed(questions))
    [row] = questions.to_table()
    assert (row["id"], row["kind_name"], row["text"], row["candidates"]) == (
        "language:kurdisch", "Sprache", "Kurdisch", ["kmr", "ckb", "sdh", "zza", "ku"]
    )  # fmt: skip
    assert row["candidate_names"][0] == "Kurmandschi" and row["columns"] == ["Sprachen"]


def test_a_report_is_two_tables() -> None:
    report = needs(CALLS.encode(), lang="de").report
    columns = {row["column"]: row for row in report.to_table()}
    assert columns["Name"]["use"] == "never" and columns["Sprache"]["asked"] == 1 and columns["Alter"]["understood"] == 2
    notes = [(row["section"], row["code"], row["column"]) for row in report.note_table()]
    assert ("hidden", "column.personal", "Name") in notes


def test_a_bar_shows_the_progress(capsys: pytest.CaptureFixture[str]) -> None:
    assert offers(CSV.encode(), progress=True).offers == EXPECTED
    assert "records" in capsys.readouterr().err
