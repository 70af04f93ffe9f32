"""Imports of sources that nobody should have: odd objects, cells of any type, and junk."""

from __future__ import annotations

import array
import datetime
import enum
import importlib
import io
import json
import random
import tempfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from junk import MARK, SURROGATES, ItselfAtIter, Own, RaisesAtAnyAttribute, RaisesAtIter, RaisesAtNext, Stream, junk, raises
from samples import WRONG, raised_error

import lotse
from lotse import _sources

numpy: Any = importlib.import_module("numpy")
pa: Any = importlib.import_module("pyarrow")
pandas: Any = importlib.import_module("pandas")
polars: Any = importlib.import_module("polars")

AS_OF = "2026-11-29"
LIST = b"Nr;Sprachen\n1;Deutsch\n"
OUTCOMES = ("understood", "assumed", "asked", "no_value", "lost")


def offers(source: Any, **options: Any) -> lotse.Imported:
    return lotse.import_offers(source, as_of=AS_OF, **options)


def cell(value: Any) -> Any:
    """Returns what the import reads of a cell of a frame."""
    [(_, (_, [[found]]))] = _sources.read(pandas.DataFrame({"a": pandas.Series([value], dtype=object)}))
    return found


class Colour(enum.Enum):
    RED = "rot"


CELLS: list[tuple[Any, Any]] = [
    (Decimal("12345678901234567890"), "12345678901234567890"), (Decimal("9007199254740993"), 9007199254740993),
    (Decimal("3.00"), 3), (Decimal("51.05"), 51.05), (Decimal("NaN"), None), (Decimal("sNaN"), None),
    (Decimal("-Infinity"), "-Infinity"), (Decimal("1E+999999"), "1E+999999"), (Fraction(6, 2), 3), (Fraction(1, 4), 0.25),
    (Fraction(10**400, 3), "inf"), (10**5000, hex(10**5000)), (2**64, str(2**64)), (numpy.int64(4), 4), (numpy.float32(0.5), 0.5),
    (numpy.bool_(True), True), (numpy.datetime64("2026-11-20T09:30:00.000000001", "ns"), "2026-11-20"),
    (numpy.datetime64("NaT"), None), (numpy.array(["2026-11-20", "NaT"], "datetime64[ns]"), ["2026-11-20", None]),
    (numpy.timedelta64(90, "m"), "1:30:00"), (numpy.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]), (numpy.array(7), 7),
    (datetime.timedelta(hours=2), "2:00:00"), (datetime.time(9, 30), "09:30:00"),
    (datetime.datetime(2026, 11, 20, 23, 59, tzinfo=datetime.timezone.utc), "2026-11-20"),
    (pandas.Timestamp("2026-11-20 09:30"), "2026-11-20"), (pandas.Period("2026-11"), "2026-11"), (pandas.NA, None), (pandas.NaT, None),
    ("K\xf6ln".encode(), "Köln"), ("K\xf6ln".encode("cp1252"), "Köln"), (b"\x81", "\\x81"), (Colour.RED, "rot"),
    (("a", None, 1.0), ["a", None, 1.0]), ({"a": {1, 2}}, {"a": [1, 2]}), (1j, "1j"), (["\ud800"], ["\\ud800"]),
]  # fmt: skip


# By index, because a name of a test is no place for a number of thousands of digits.
@pytest.mark.parametrize("index", range(len(CELLS)))
def test_a_cell_of_any_type_is_plain_data(index: int) -> None:
    value, expected = CELLS[index]
    found = cell(value)
    assert found == expected and type(found) is type(expected)


def test_a_lone_surrogate_is_an_escape() -> None:
    for text in SURROGATES:
        [offer] = offers(pandas.DataFrame({"Nr": [1], "Name": [text], "Sprachen": ["Deutsch"], "x\ud800": [1]})).offers
        assert offer.name == text.encode("utf-8", "backslashreplace").decode()
    [offer] = offers({"list\ud800.csv": LIST}).offers
    assert offer.id == "1"


def test_text_with_bytes_of_another_encoding_is_read_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Nr;Träger;Sprachen\n1;Löwenzahn;Deutsch\n".encode("cp1252"))
    with path.open(encoding="utf-8", errors="surrogateescape") as file:
        assert [offer.organisation for offer in offers(file).offers] == ["Löwenzahn"]
    assert offers(io.StringIO("Nr;Träger;Sprachen\n1;L\ud800we;Deutsch\n")).offers[0].organisation == "L\\ud800we"


def test_infinity_is_no_number_of_places() -> None:
    for library in (pandas.DataFrame, polars.DataFrame, pa.table):
        imported = offers(library({"Nr": [1, 2], "freie Plätze": [float("inf"), 3.0]}))
        assert [(offer.capacity or {}).get("free") for offer in imported.offers] == [None, 3]
        [places] = [column for column in imported.report.columns if column["column"] == "freie Plätze"]
        assert (places["parts"], places["understood"], places["lost"] + places["asked"]) == (2, 1, 1)


# Sources.


class Number:
    """A file that reads a number, which would be a length."""

    def read(self) -> Any:
        return 10**12


class Nothing(io.RawIOBase):
    """A file that has nothing to read yet."""

    def read(self, size: int = -1) -> Any:
        return None


WRONG_SOURCES: dict[str, Any] = {
    "file of a number": Number,
    "file of nothing": Nothing,
    "text with a zero": lambda: "list\0.csv",
    "dict of a dict of a list": lambda: {"a": {"b": [[1]]}},
    "dict of columns": lambda: {"Nr": [1, 2], "Sprachen": ["\n", "\n"]},
    "rows": lambda: [{"Nr": 1, "Sprachen": "Deutsch\n"}],
    "array of numbers": lambda: array.array("i", [1]),
    "iterator of lists": lambda: iter([[LIST]]),
    "set": lambda: {LIST},
    "class": lambda: pandas.DataFrame,
    "function": lambda: raises,
    "iteration that raises": RaisesAtIter,
    "endless iteration": ItselfAtIter,
    "stream that raises": lambda: Stream(raises),
    "stream of nothing": lambda: Stream(object),
    "bytes as a column": lambda: pa.table({"Nr": [1], "x": pa.array([b"a"])}),
    "bytes in lists": lambda: polars.DataFrame({"Nr": [1], "x": [[b"a"]]}),
    "map": lambda: pa.table({"x": pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64()))}),
    "objects": lambda: polars.DataFrame({"x": [object()]}, schema={"x": polars.Object}),
}


@pytest.mark.parametrize("source", WRONG_SOURCES)
def test_what_is_no_source_is_an_error(source: str) -> None:
    for function in (WRONG.import_offers, WRONG.import_needs, WRONG.sketch_mapping):
        error = raised_error(lambda function=function: function(WRONG_SOURCES[source]()))
        assert (error.code, error.path) == ("table.type", "source"), error
        assert "Deutsch" not in str(error) and MARK not in str(error)


def test_a_column_without_cells_is_named() -> None:
    error = raised_error(lambda: offers(polars.DataFrame({"Nr": [1], "Bild": [b"a"]})))
    assert error.hint == 'cast the column "Bild" to text'


def test_an_exception_of_the_caller_is_passed_on() -> None:
    for source in (RaisesAtAnyAttribute(), RaisesAtNext()):
        with pytest.raises(Own):
            offers(source)

    def lists() -> Any:
        yield LIST
        raise Own(MARK)

    with pytest.raises(Own):
        offers(lists())


def test_sources_of_other_forms_are_read(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(LIST)
    spooled = tempfile.SpooledTemporaryFile()
    spooled.write(LIST)
    spooled.seek(0)
    expected = offers(LIST).offers
    for source in (
        tmp_path.glob("*.csv"), (part for part in [LIST]), spooled, memoryview(array.array("b", LIST)), memoryview(LIST + LIST)[: len(LIST)],
        polars.DataFrame({"Nr": [1], "Sprachen": ["Deutsch"]}, schema_overrides={"Sprachen": polars.Categorical}),
        polars.DataFrame({"Nr": [Decimal(1)], "Sprachen": [["Deutsch"]]}),
        pandas.DataFrame({"Nr": [1], "Sprachen": pandas.Categorical(["Deutsch"])}),
        pa.table({"Nr": pa.array([1], pa.decimal128(38, 0)), "Sprachen": pa.array(["Deutsch"]).dictionary_encode()}),
        pa.table([pa.array([1]), pa.array(["Deutsch"]), pa.array([""])], names=["Nr", "Sprachen", "Sprachen"]),
    ):  # fmt: skip
        assert offers(source).offers == expected


def test_a_key_of_a_database_stays_exact() -> None:
    key = Decimal("12345678901234567890")
    for library in (pandas.DataFrame, polars.DataFrame, pa.table):
        [offer] = offers(library({"Nr": [key], "Sprachen": ["Deutsch"]})).offers
        assert offer.id == str(key)


def test_an_empty_source_is_an_error(tmp_path: Path) -> None:
    sources: list[Any] = [[], {}, tmp_path, [tmp_path], pandas.DataFrame(), polars.DataFrame(), pa.table({})]
    for source in sources:
        assert raised_error(lambda source=source: offers(source)).code.startswith("import."), source


def test_files_of_one_name_are_distinguished(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "list.csv").write_bytes(LIST)
    imported = offers([tmp_path / "a" / "list.csv", tmp_path / "b" / "list.csv"])
    assert [offer.id for offer in imported.offers] == ["list/1", "list-2/1"]


# Junk.


def assert_counted(imported: lotse.Imported) -> None:
    report = imported.report
    counts = report.records
    assert counts["read"] == counts["used"] + counts["merged"] + counts["left_out"]
    assert counts["produced"] == counts["used"] + counts["added"] == len(imported.offers) + len(imported.needs)
    columns: Any = report.columns
    for column in columns:
        assert column["parts"] == sum(column[outcome] for outcome in OUTCOMES), column


@pytest.mark.parametrize("seed", range(60))
def test_junk_is_an_error_or_a_counted_result(seed: int) -> None:
    rng = random.Random(seed)
    names = ["Nr", "Name", "Sprache", "Alter", "PLZ", "Hilfebedarf", "Delikt", "Geburtsdatum", "Familie", "Stand"]
    columns = {name: pandas.Series([junk(rng) for _ in range(4)], dtype=object) for name in rng.sample(names, 5)}
    sources = [pandas.DataFrame(columns), junk(rng), [junk(rng), LIST], {"a.csv": junk(rng)}]
    for source in sources:
        for function in (lotse.import_offers, lotse.import_needs):
            try:
                imported = function(source, as_of=AS_OF)
            except lotse.Error as error:
                assert MARK not in str(error)
            except (Own, OSError, TypeError):
                pass
            else:
                assert_counted(imported)


@pytest.mark.parametrize("seed", range(40))
def test_junk_as_an_option_is_an_error(seed: int) -> None:
    rng = random.Random(seed)
    options = ["mapping", "within", "as_of", "answers", "previous", "format", "encoding", "delimiter", "sheet", "prefix", "postcodes"]
    for name in [*options, "vocabulary", "lang", "strict", "progress"]:
        try:
            offers_of = WRONG.import_needs(LIST, **{name: junk(rng)})
        except (ValueError, TypeError, Own, OSError):  # an option is no value of a need, and may be a path that is none
            pass
        else:
            assert_counted(offers_of)


@pytest.mark.parametrize("seed", range(30))
def test_no_value_of_a_need_is_shown(seed: int) -> None:
    rng = random.Random(seed)

    def secret() -> str:
        return " ".join("".join(rng.choices("bcdfghjklmnpqrstvwxyz", k=9)) for _ in range(rng.randint(1, 3)))

    names = ["Nr", "Name", "Sprache", "Alter", "PLZ", "Hilfebedarf", "Delikt", "Geburtsdatum", "Familie", "Bemerkung", "Rolle", "Geschlecht"]
    rows = {name: [secret() for _ in range(3)] for name in rng.sample(names, 8)}
    secrets = [word for cells in rows.values() for cell in cells for word in cell.split()]
    header = ";".join(rows)
    text = "\n".join([header, *map(";".join, zip(*rows.values(), strict=True))])
    damaged = rng.choice([text.encode(), text.replace(";", ';"', 3).encode(), text.encode() + b'\n"x', b"\xef\xbb\xbf" + text.encode("cp1252")])
    shown: list[str] = []
    for source in (damaged, pandas.DataFrame(rows), polars.DataFrame(rows)):
        for options in ({}, {"strict": True}, {"lang": "de"}, {"mapping": {"lotse_mapping": 1, "records": "needs", "id": "Nr", "fields": {"age": "Alter"}}}):
            try:
                imported = WRONG.import_needs(source, as_of=AS_OF, **options)
            except lotse.Error as error:
                shown += [str(error), repr(error), json.dumps(error.errors, default=str), str(error.__context__), str(error.__cause__)]
            else:
                tables = [imported.questions.to_table(), imported.report.to_table(), imported.report.note_table()]
                shown += [repr(imported), repr(imported.report), repr(imported.questions), repr(imported.mapping), imported.mapping.to_json()]
                shown += [imported._repr_html_(), imported.report._repr_html_(), imported.report.to_json(), imported.questions._repr_html_()]
                shown += [imported.questions.to_json(), *(str(table.to_dict()) for table in tables), *map(repr, imported.needs)]
    assert shown
    assert [word for word in secrets for text in shown if word in text] == []
