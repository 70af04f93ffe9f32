"""Input as other libraries have it: empty types, blanks, time zones, absent values, numbers for codes, and what is no table."""

from __future__ import annotations

import datetime
import enum
import importlib
import math
import os
import pathlib
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from samples import AS_OF, WRONG, raised_error

import lotse

pa: Any = importlib.import_module("pyarrow")
pandas: Any = importlib.import_module("pandas")
polars: Any = importlib.import_module("polars")
numpy: Any = importlib.import_module("numpy")

MATCHER = lotse.Matcher([{"id": "a", "capacity": 1}, {"id": "b", "capacity": 1}], as_of=AS_OF)

# Types without a value.

EMPTY: dict[str, list[Any]] = {
    "region": [None, None],
    "languages": [[], []],
    "roles": [[None], None],
    "crime": [{"code": "0101", "context": []}, None],
    "place": [{"lat": None, "lon": None}, None],
    "access": [None, [None]],
    "gender": ["", " "],
    "age": [math.nan, None],
}


def read_by_polars(column: str) -> str:
    """Runs in a process without pyarrow, which would convert the types."""
    return f"""
import sys, polars, lotse
nan = float("nan")
values = {EMPTY[column]!r}
needs = lotse.read_needs(polars.DataFrame({{"id": ["n-1", "n-2"], {column!r}: values}}, strict=False))
offers = lotse.read_offers(polars.DataFrame({{"id": ["o-1"], "name": [None], "area": [[]]}}))
rows = polars.DataFrame({{"id": ["n-1", "n-2"], {column!r}: values}}, strict=False).to_struct("rows")
assert lotse.read_needs(rows) == needs
assert "pyarrow" not in sys.modules
print(needs == [lotse.Need(id="n-1", **{{"crime": "0101"}} if {column!r} == "crime" else {{}}), lotse.Need(id="n-2")], offers)
"""


@pytest.mark.parametrize("column", EMPTY)
def test_a_column_of_polars_without_values_is_absent(column: str) -> None:
    done = subprocess.run([sys.executable, "-c", read_by_polars(column)], capture_output=True, text=True, timeout=60)
    assert done.stdout == "True [Offer(id='o-1', ...)]\n", done.stderr


def test_null_types_of_polars_are_replaced_at_any_depth() -> None:
    script = """
import polars, lotse
from lotse._arrow import _without_null_types
frame = polars.DataFrame(
    {"a": [None], "b": [[[None]]], "c": [{"d": {"e": [None]}, "f": 1}], "g": [[{"h": None}]], "i": ["x"]}
).with_columns(polars.Series("j", [[None, None]], dtype=polars.Array(polars.Null, 2)))
print(str(frame.schema).count("Null"), str(_without_null_types(frame).schema).count("Null"))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.stdout == "5 0\n", done.stdout + done.stderr


@pytest.mark.parametrize("column", EMPTY)
@pytest.mark.parametrize("library", ["pyarrow", "polars", "pandas"])
def test_a_column_without_values_is_absent(library: str, column: str) -> None:
    data: dict[str, Any] = {"id": ["n-1", "n-2"], column: EMPTY[column]}
    table = {
        "pyarrow": lambda: pa.table({"id": data["id"], column: pa.array(data[column])}),
        "polars": lambda: polars.DataFrame(data, strict=False),
        "pandas": lambda: pandas.DataFrame(data),
    }[library]()
    first: dict[str, Any] = {"crime": "0101"} if column == "crime" else {}
    assert lotse.read_needs(table) == [lotse.Need(id="n-1", **first), lotse.Need(id="n-2")]


# Blanks.

BLANKS: dict[str, tuple[Any, Any]] = {
    "id": (" n-1 ", "n-1"), "group": ("g ", "g"), "case": ("\tc", "c"), "gender": ("female ", "female"),
    "region": (" 14612\u00a0", "14612"), "age": (" 34 ", 34), "priority": (" urgent", "urgent"), "help": ("legal ", "legal"),
    "languages": (" uk ; de : B1 ;", ["uk", {"tag": "de", "level": "B1"}]), "crime": (" 0101", "0101"),
    "roles": ([" bereaved ", " ", ""], ["bereaved"]), "access": (["wheelchair\n", None], ["wheelchair"]),
    "formats": (" phone;", ["phone"]),
}  # fmt: skip


@pytest.mark.parametrize("library", [pa.table, polars.DataFrame, pandas.DataFrame])
@pytest.mark.parametrize("field", BLANKS)
def test_blanks_around_a_cell_are_ignored(field: str, library: Callable[[Any], Any]) -> None:
    cell, value = BLANKS[field]
    row = {"id": ["n-1"], field: [cell]}
    assert lotse.read_needs(library(row)) == [lotse.Need(**{"id": "n-1", field: value})]
    if field != "id":
        assert lotse.read_needs(library({"id": ["n-1"], f" {field} ": [" \t "]})) == [lotse.Need(id="n-1")]


def test_a_family_is_one_party_in_spite_of_blanks() -> None:
    plan = MATCHER.allocate(polars.DataFrame({"id": ["n-1", "n-2"], "group": ["g", "g "]}))
    assert [unmet["reason"] for unmet in plan.unmet] == ["party_too_large", "party_too_large"]


# Days.

DAY = "2026-11-20"
HOURS = ["00:00", "12:30", "23:59:59"]
ZONES = ["Europe/Berlin", "Pacific/Kiritimati", "America/Los_Angeles", "UTC", "Etc/UTC", "+01:00", "-09:30"]


def updated(table: Any) -> list[Any]:
    return [offer.capacity and offer.capacity.get("updated") for offer in lotse.read_offers(table)]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", ZONES)
def test_a_time_with_a_zone_is_the_day_that_the_table_shows(zone: str, unit: str) -> None:
    for hour in HOURS:
        local = pandas.to_datetime([f"{DAY} {hour}", None]).tz_localize(zone)
        times = pa.array(local).cast(pa.timestamp(unit, zone))
        flat = pa.table({"id": ["o-1", "o-2"], "capacity.free": [3, 3], "capacity.updated": times})
        capacity = pa.StructArray.from_arrays([pa.array([3, 3]), times], ["free", "updated"])
        for table in (flat, pa.table({"id": ["o-1", "o-2"], "capacity": capacity})):
            assert updated(table) == [DAY, None]


@pytest.mark.parametrize("zone", ZONES)
def test_a_time_with_a_zone_is_the_day_that_other_libraries_show(zone: str) -> None:
    for hour in HOURS:
        frame = pandas.DataFrame(
            {"id": ["o-1"], "capacity.free": [3], "capacity.updated": pandas.to_datetime([f"{DAY} {hour}"]).tz_localize(zone)}
        )
        assert updated(frame) == [DAY]
        records = [{"id": "o-1", "capacity": {"free": 3, "updated": time}} for time in frame["capacity.updated"]]
        assert updated(records) == [DAY]
        if "/" in zone:
            assert updated(polars.from_pandas(frame)) == [DAY]


def test_a_midnight_in_berlin_is_as_current_as_a_date() -> None:
    table = pandas.DataFrame(
        {"id": ["o"], "capacity.free": [3], "capacity.updated": pandas.to_datetime([DAY]).tz_localize("Europe/Berlin")}
    )
    matches = lotse.Matcher(table, as_of="2026-12-04").rank({"id": "n"})
    assert matches == lotse.Matcher([{"id": "o", "capacity": {"free": 3, "updated": DAY}}], as_of="2026-12-04").rank({"id": "n"})
    assert [finding["code"] for finding in matches[0].reasons if finding["criterion"] == "capacity"] == ["capacity.free"]


def test_times_before_1970_and_beyond_all_years() -> None:
    times = pa.array([-1, -(2**62), 2**62, None], pa.timestamp("s", "Europe/Berlin"))
    table = pa.table({"id": ["a", "b", "c", "d"], "capacity.free": [1] * 4, "capacity.updated": times})
    assert updated(table.slice(0, 1)) == ["1970-01-01"]
    paths = [error["path"] for error in raised_error(lambda: lotse.read_offers(table)).errors]
    assert paths == ["offers[1].capacity.updated", "offers[2].capacity.updated"]


def test_a_zone_that_is_not_known_is_a_clear_error() -> None:
    times = pa.array([0], pa.timestamp("s")).cast(pa.int64())
    table = pa.table({"id": ["o-1"], "capacity.updated": times.view(pa.timestamp("s", "Europe/Atlantis"))})
    error = raised_error(lambda: lotse.read_offers(table))
    assert (error.code, error.path) == ("table.type", "offers")
    assert error.hint is not None and "tzdata" in error.hint


# Values of other types in dicts.


class Gender(enum.Enum):
    FEMALE = "female"


class Level(str, enum.Enum):
    B1 = "B1"


ABSENT = {
    "None": None, "nan": math.nan, "numpy.nan": numpy.nan, "numpy.float32": numpy.float32("nan"), "pandas.NA": pandas.NA,
    "pandas.NaT": pandas.NaT, "datetime64": numpy.datetime64("NaT"), "Decimal": Decimal("nan"),
}  # fmt: skip
VALUES: dict[str, tuple[str, Any, Any]] = {
    "numpy.int64": ("age", numpy.int64(34), 34), "numpy.uint8": ("age", numpy.uint8(34), 34),
    "numpy.float64": ("age", numpy.float64(34), 34), "numpy.float32": ("age", numpy.float32(34), 34),
    "Decimal": ("age", Decimal(34), 34), "numpy.str_": ("region", numpy.str_("14612"), "14612"),
    "Enum": ("gender", Gender.FEMALE, "female"), "str enum": ("languages", [{"tag": "de", "level": Level.B1}], None),
    "numpy.array": ("languages", numpy.array(["de", "uk"]), ["de", "uk"]), "tuple": ("languages", ("de", "uk"), ["de", "uk"]),
}  # fmt: skip


@pytest.mark.parametrize("name", ABSENT)
def test_an_absent_value_of_a_dict_is_absent(name: str) -> None:
    value = ABSENT[name]
    assert lotse.read_needs([{"id": "n-1", **dict.fromkeys(["age", "region", "languages", "crime", "gender"], value)}]) == [
        lotse.Need(id="n-1")
    ]
    assert MATCHER.rank({"id": "n-1", "age": value}) == MATCHER.rank({"id": "n-1"})
    assert lotse.Need(id="n-1", age=value, crime={"code": "0101", "context": value}) == lotse.Need(id="n-1", crime="0101")
    offers = [{"id": "o-1", "capacity": {"free": 3, "updated": value}, "name": value}]
    assert lotse.read_offers(offers) == [lotse.Offer(id="o-1", capacity=3)]
    assert lotse.wire.rank({"needs": [{"id": "n-1", "age": value}]}) == lotse.wire.rank({"needs": [{"id": "n-1"}]})
    error = raised_error(lambda: lotse.read_needs([{"id": value}]))
    assert (error.code, error.path) == ("need.missing_field", "needs[0].id")
    if name != "None":
        # No value is missing in a list, so this is an error as for null.
        assert raised_error(lambda: lotse.read_needs([{"id": "n", "roles": [value]}])).path == "needs[0].roles[0]"


@pytest.mark.parametrize("name", VALUES)
def test_a_value_of_another_library_is_that_of_json(name: str) -> None:
    field, value, want = VALUES[name]
    want = [{"tag": "de", "level": "B1"}] if want is None else want
    assert lotse.Need(**{"id": "n-1", field: value}) == lotse.Need(**{"id": "n-1", field: want})
    assert lotse.read_needs([{"id": "n-1", field: value}]) == [lotse.Need(**{"id": "n-1", field: want})]


DAYS: list[Any] = [
    datetime.date(2026, 11, 20), datetime.datetime(2026, 11, 20), datetime.datetime(2026, 11, 20, 23, 59),
    datetime.datetime(2026, 11, 20, tzinfo=datetime.timezone(datetime.timedelta(hours=14))),
    pandas.Timestamp("2026-11-20 12:00"), pandas.Timestamp("2026-11-20", tz="Europe/Berlin"),
    numpy.datetime64("2026-11-20"), numpy.datetime64("2026-11-20T23:59:59.5"), numpy.datetime64("2026-11-20T12:00", "ns"),
]  # fmt: skip


@pytest.mark.parametrize("day", DAYS, ids=repr)
def test_a_day_of_a_dict_may_be_a_date_or_a_time(day: Any) -> None:
    want = lotse.Offer(id="o-1", capacity={"free": 3, "updated": DAY})
    assert lotse.Offer(id="o-1", capacity={"free": 3, "updated": day}) == want
    assert lotse.Matcher([want], as_of=day) == lotse.Matcher([want], as_of=DAY)


@pytest.mark.parametrize(
    "value",
    [b"de", object(), {1}, 1j, datetime.timedelta(1), datetime.time(1), Gender],
    ids=lambda value: type(value).__name__,
)
def test_a_value_of_no_type_of_json_is_an_error_with_its_path(value: Any) -> None:
    for field in ("age", "region", "gender"):
        error = raised_error(lambda: lotse.read_needs([{"id": "n-1", field: value}]))
        assert (error.code, error.path) == ("need.type", f"needs[0].{field}")


def test_records_of_a_frame_equal_the_frame() -> None:
    frame = pandas.DataFrame(
        {
            "id": ["n-1", "n-2"], "age": [34, None], "region": ["14612", None], "languages": [["uk"], None],
            "people": pandas.array([2, None], "Int64"), "gender": pandas.array(["female", None], "string"),
        }
    )  # fmt: skip
    assert lotse.read_needs(frame.to_dict("records")) == lotse.read_needs(frame)
    assert lotse.read_needs(frame)[1] == lotse.Need(id="n-2")


# Numbers where codes belong.


def records(data: dict[str, list[Any]]) -> list[dict[str, Any]]:
    return pandas.DataFrame(data).to_dict("records")


@pytest.mark.parametrize("table", [polars.DataFrame, pandas.DataFrame, pa.table, records])
def test_a_number_for_a_code_has_a_hint(table: Callable[[Any], Any]) -> None:
    for field, number, text in [("area", [1001], "01001"), ("area", [14612.0], "14612"), ("crimes", [101], "0101"), ("id", 17, "17")]:
        error = raised_error(lambda: lotse.read_offers(table({"id": ["o-1"], field: [number]})))
        assert error.hint is not None and error.hint.startswith(f'write it as "{text}"; read the column as text')
    for field, value in [("region", 14612), ("region", 1067.0), ("crime", 101), ("id", 1067), ("group", 1067)]:
        error = raised_error(lambda: lotse.read_needs(table({"id": ["n-1"], field: [value]})))
        assert (error.code, error.path) == ("need.type", f"needs[0].{field}")
        assert error.hint is not None and "dtype=str" in error.hint and "infer_schema=False" in error.hint
        assert not any(str(value)[:4] in text for text in (str(error), repr(vars(error))))


# Unknown columns.


@pytest.mark.parametrize("library", [pa.table, polars.DataFrame, pandas.DataFrame])
def test_an_unknown_column_is_reported_once(library: Callable[[Any], Any]) -> None:
    rows = 150
    data = {"id": [f"n-{row}" for row in range(rows)], "langauges": ["de"] * rows, "age": ["x", *["1"] * (rows - 1)]}
    calls: list[Callable[[], Any]] = [
        lambda: lotse.read_needs(library(data)), lambda: MATCHER.rank_table(library(data)),
        lambda: MATCHER.allocate(library(data)),
    ]  # fmt: skip
    for call in calls:
        error = raised_error(call)
        assert [(detail["code"], detail["path"]) for detail in error.errors] == [
            ("need.unknown_field", "needs"), ("need.type", "needs[0].age"),
        ]  # fmt: skip
        assert error.hint == "did you mean `languages`?" and "langauges" not in str(error)
        assert error.errors[0]["message"] == "unknown field in column 2 of the table"
    assert [error["path"] for error in lotse.check(needs=library(data))["errors"]] == ["needs", "needs[0].age"]
    # Also if no row fills it.
    empty = {"id": ["n-1"], "sprachen": [None]}
    hint = raised_error(lambda: lotse.read_needs(library(empty))).hint
    assert hint is not None and hint.startswith("the fields here are id, case,")


def test_an_unknown_column_of_offers_has_its_name() -> None:
    table = polars.DataFrame({"id": ["o-1", "o-2"], "langauges": ["de", "de"], "capacity.fre": [1, 1]})
    errors = raised_error(lambda: lotse.Matcher(table)).errors
    assert [error["path"] for error in errors] == ["offers.langauges", "offers.capacity.fre"]
    both = lotse.check(offers=table, needs=polars.DataFrame({"id": ["n-1"], "x": [1]}))["errors"]
    assert [error["path"] for error in both] == ["offers.langauges", "offers.capacity.fre", "needs"]


def test_an_index_of_pandas_without_a_name_is_no_column() -> None:
    frame = pandas.DataFrame({"id": ["n-1", "n-2", "n-3"], "age": [1, 50, 60]})
    assert lotse.read_needs(frame[frame["age"] > 40]) == [lotse.Need(id="n-2", age=50), lotse.Need(id="n-3", age=60)]
    assert lotse.read_needs(frame.set_index("id")) == lotse.read_needs(frame)


# What is no table.


class LazyCollection:
    """As a collection of Dask."""

    def compute(self) -> Any:
        raise AssertionError

    def __len__(self) -> int:
        raise AssertionError

    def __getitem__(self, key: Any) -> Any:
        raise TypeError(key)


FRAME = pandas.DataFrame({"id": ["n-1", "n-2"], "region": ["x", "x"]})
NO_TABLES: dict[str, tuple[Callable[[], Any], str]] = {
    "LazyFrame": (lambda: polars.LazyFrame({"id": ["n-1"]}), "collect() it first"),
    "lazy collection": (LazyCollection, "compute() it first"),
    "GroupBy of pandas": (lambda: FRAME.groupby("region"), "pass the table itself"),
    "GroupBy of Polars": (lambda: polars.DataFrame({"id": ["n-1"]}).group_by("id"), "pass the table itself"),
    "lazy GroupBy": (lambda: polars.LazyFrame({"id": ["n-1"]}).group_by("id"), "pass the table itself"),
    "Series of pandas": (lambda: FRAME["id"], "one column is no table"),
    "Series of Polars": (lambda: polars.Series("id", ["n-1"]), "one column is no table"),
    "array": (lambda: numpy.array([[1, 2], [3, 4]]), "an array has no names of fields"),
    "array of text": (lambda: numpy.array(["n-1"]), "an array has no names of fields"),
    "array of no dimension": (lambda: numpy.array(1), "an array has no names of fields"),
    "path": (lambda: pathlib.Path("needs.json"), "read files"),
    "columns of mixed types": (lambda: pandas.DataFrame({"id": ["n-1", 2]}), "dtype=str"),
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_is_no_table_is_an_error_with_a_remedy(name: str) -> None:
    create, remedy = NO_TABLES[name]
    calls: dict[str, list[Callable[[], Any]]] = {
        "needs": [
            lambda: MATCHER.rank_table(create()), lambda: MATCHER.rank_all(create()), lambda: MATCHER.allocate(create()),
            lambda: lotse.check(needs=create()),
        ],
        "offers": [lambda: lotse.Matcher(create()), lambda: lotse.check(offers=create())],
    }  # fmt: skip
    for path, some in calls.items():
        for call in some:
            error = raised_error(call)
            assert (error.code, error.path) == ("table.type", path)
            assert error.hint is not None and remedy in error.hint and remedy in str(error)


def test_the_name_of_a_file_is_an_error_with_a_remedy() -> None:
    error = raised_error(lambda: lotse.Matcher("offers.json"))
    assert error.code == "json.syntax" and error.hint is not None and "lotse.read_offers" in error.hint
    assert raised_error(lambda: lotse.Matcher('[{"id": }]')).hint is None


def test_a_frame_of_an_old_pandas_is_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(pandas.DataFrame, "__arrow_c_stream__", raising=False)
    old = pandas.DataFrame({"id": ["n-1"], "region": ["14612"]})
    assert not hasattr(old, "__arrow_c_stream__")
    assert lotse.read_needs(old) == [lotse.Need(id="n-1", region="14612")]
    assert len(MATCHER.rank_table(old)) == 2


def test_pandas_without_pyarrow_is_an_error_with_a_remedy() -> None:
    script = """
import sys
sys.modules["pyarrow"] = None
import pandas, lotse
try:
    lotse.read_needs(pandas.DataFrame({"id": ["n-1"]}))
except lotse.Error as error:
    print(error.code, error.hint)
print(lotse.read_needs(pandas.DataFrame({"id": ["n-1"]}).to_dict("records")))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.stdout == "table.type install pyarrow, which pandas uses for Arrow\n[Need(id='n-1', ...)]\n", done.stderr


RECORDS: dict[str, Callable[[], Any]] = {
    "generator": lambda: ({"id": f"n-{row}"} for row in range(2)),
    "dict view": lambda: {1: {"id": "n-0"}, 2: {"id": "n-1"}}.values(),
    "tuple": lambda: ({"id": "n-0"}, lotse.Need(id="n-1")),
    "map": lambda: map(dict, [[("id", "n-0")], [("id", "n-1")]]),
    "array of dicts": lambda: numpy.array([{"id": "n-0"}, {"id": "n-1"}], dtype=object),
    "Series of dicts": lambda: pandas.Series([{"id": "n-0"}, {"id": "n-1"}]),
    "Series of structs": lambda: polars.Series([{"id": "n-0"}, {"id": "n-1"}]),
    "JSON": lambda: ['{"id": "n-0"}', ' {"id": "n-1"}'],
}


@pytest.mark.parametrize("name", RECORDS)
def test_any_iterable_of_records_is_a_list(name: str) -> None:
    assert [ranking.need for ranking in MATCHER.rank_all(RECORDS[name]())] == ["n-0", "n-1"]


def test_an_exception_of_a_generator_is_its_own() -> None:
    def needs() -> Any:
        yield {"id": "n-1"}
        raise TypeError("mine")

    with pytest.raises(TypeError, match="mine"):
        MATCHER.rank_all(needs())
    for value in (None, 5, b"[]", {"id": "n-1"}, object()):
        error = raised_error(lambda: WRONG.Matcher(value))
        assert (error.code, error.path) == ("request.type", "offers")
    # An open file is read by its function.
    with open(os.devnull) as file:
        assert lotse.read_needs(file) == []
