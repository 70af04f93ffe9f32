"""Tests of tables as input and output: results equal those of dicts for every library."""

from __future__ import annotations

import datetime
import importlib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import lotse

pa: Any = importlib.import_module("pyarrow")

AS_OF = "2026-11-23"
OFFERS: list[dict[str, Any]] = [
    {
        "id": "o-1", "languages": ["de", {"tag": "prs", "how": "interpreter"}], "area": ["14612", "14628"],
        "capacity": {"free": 3, "state": "open", "updated": "2026-11-20"}, "crimes": ["any"], "ages": {"min": 18},
    },
    {
        "id": "o-2", "name": "Beratung", "languages": ["uk", "de"], "area": ["14"], "capacity": {"free": 1},
        "access": ["wheelchair"],
    },
    {"id": "o-3", "languages": ["de"], "capacity": {"state": "waitlist"}, "ages": {"min": 0, "max": 17}},
]  # fmt: skip
NAMES = {"o-2": "Beratung"}
NEEDS: list[dict[str, Any]] = [
    {
        "id": "n-1", "languages": ["prs", {"tag": "de", "level": "A2"}], "region": "14612", "age": 34,
        "crime": {"code": "0101", "context": ["terrorism"]}, "roles": ["bereaved"], "priority": "urgent",
    },
    {"id": "n-2", "languages": ["uk"], "region": "14628", "age": 9, "people": 2},
    {"id": "n-3", "languages": ["de"], "access": ["wheelchair"], "crime": {"code": "0201"}},
    {"id": "n-4"},
]  # fmt: skip
# The same needs in the columns of a spreadsheet.
FLAT_NEEDS: dict[str, list[Any]] = {
    "id": ["n-1", "n-2", "n-3", "n-4"],
    "languages": ["prs;de:A2", "uk", " de ;", None],
    "region": ["14612", "14628", "", None],
    "age": [34, 9, None, None],
    "crime.code": ["0101", None, "0201", ""],
    "crime.context": ["terrorism", "", None, None],
    "roles": ["bereaved", None, None, None],
    "access": [None, "", "wheelchair", None],
    "priority": ["urgent", None, None, None],
    "people": [None, 2, None, None],
}
FLAT_OFFERS: dict[str, list[Any]] = {
    "id": ["o-1", "o-2", "o-3"],
    "languages": ["de;prs:interpreter", "uk; de", "de"],
    "area": ["14612;14628", "14", None],
    "capacity.free": [3, 1, None],
    "capacity.state": ["open", None, "waitlist"],
    "capacity.updated": ["2026-11-20", None, None],
    "crimes": ["any", None, ""],
    "access": [None, "wheelchair", None],
    "ages.min": [18, None, 0],
    "ages.max": [None, None, 17],
    "name": [None, "Beratung", None],
}
# The same needs with nested columns. All languages are structs, because a column has one type.
LANGUAGE_TYPE = pa.struct([("tag", pa.string()), ("level", pa.string())])
NESTED_NEEDS = pa.table(
    {
        "id": [need["id"] for need in NEEDS],
        "languages": pa.array(
            [
                [tag if isinstance(tag, dict) else {"tag": tag} for tag in need["languages"]]
                if "languages" in need
                else None
                for need in NEEDS
            ],
            pa.list_(LANGUAGE_TYPE),
        ),
        "region": [need.get("region") for need in NEEDS],
        "age": [need.get("age") for need in NEEDS],
        "crime": [need.get("crime") for need in NEEDS],
        "roles": [need.get("roles") for need in NEEDS],
        "access": [need.get("access") for need in NEEDS],
        "priority": [need.get("priority") for need in NEEDS],
        "people": [need.get("people") for need in NEEDS],
    }
)

RANK_SCHEMA = [
    ("need", pa.string()), ("rank", pa.int32()), ("offer", pa.string()), ("offer_name", pa.string()),
    ("score", pa.float64()), ("to_check", pa.list_(pa.string())),
]  # fmt: skip
REASON_SCHEMA = [
    ("need", pa.string()), ("offer", pa.string()), ("offer_name", pa.string()), ("criterion", pa.string()),
    ("criterion_name", pa.string()), ("fit", pa.float64()),
    ("known", pa.bool_()), ("weight", pa.float64()), ("contribution", pa.float64()), ("code", pa.string()),
    ("text", pa.string()),
]  # fmt: skip
PLAN_SCHEMA = [
    ("need", pa.string()), ("offer", pa.string()), ("offer_name", pa.string()), ("score", pa.float64()), ("fixed", pa.bool_()),
    ("neighbour", pa.bool_()), ("to_check", pa.list_(pa.string())), ("reason", pa.string()), ("text", pa.string()),
]  # fmt: skip
COUNTS = ["needs", "people", "cases", "met", "met_by_neighbour", "unmet", "people_met", "people_unmet"]
REPORT_SCHEMA = [(name, pa.string()) for name in ("by", "code", "name")] + [(name, pa.int64()) for name in COUNTS]
DIAGNOSIS_SCHEMA = [(name, pa.string()) for name in ("need", "criterion", "criterion_name")] + [
    (name, pa.int32()) for name in ("blocked", "only", "offers", "matching")
]


@pytest.fixture(scope="module")
def matcher() -> lotse.Matcher:
    return lotse.Matcher(OFFERS, as_of=AS_OF)


def rows(table: Any) -> list[dict[str, Any]]:
    return pa.table(table).to_pylist()


def schema(table: Any) -> list[tuple[str, Any]]:
    return [(field.name, field.type) for field in pa.table(table).schema]


def has(name: str) -> bool:
    return hasattr(pa, name)


# Input.


def polars_frame() -> Any:
    return importlib.import_module("polars").DataFrame(FLAT_NEEDS)


def polars_nested() -> Any:
    return importlib.import_module("polars").from_arrow(NESTED_NEEDS)


def polars_categories() -> Any:
    polars = importlib.import_module("polars")
    return polars.DataFrame(FLAT_NEEDS).with_columns(polars.col("priority", "region").cast(polars.Categorical))


def pandas_frame() -> Any:
    pandas = importlib.import_module("pandas")
    frame = pandas.DataFrame(FLAT_NEEDS)
    if not hasattr(frame, "__arrow_c_stream__"):
        pytest.skip("this pandas has no Arrow interface")
    return frame


def pandas_categories() -> Any:
    return pandas_frame().astype({"priority": "category", "region": "category"})


def duckdb_relation() -> Any:
    duckdb = importlib.import_module("duckdb")
    needs = pa.table(FLAT_NEEDS)
    return duckdb.connect().from_arrow(needs)


def record_batch() -> Any:
    return pa.RecordBatch.from_pydict(FLAT_NEEDS)


def chunks() -> Any:
    table = pa.table(FLAT_NEEDS)
    return pa.concat_tables([table.slice(0, 1), table.slice(1, 0), table.slice(1, 2), table.slice(3)])


def slices() -> Any:
    # Offsets must be applied, because the rows are in the middle of a buffer.
    table = pa.concat_tables(
        [pa.table({"id": ["x"] * 5}), NESTED_NEEDS, pa.table({"id": ["y"] * 5})], promote_options="default"
    )
    return table.combine_chunks().slice(5, 4)


def large_text() -> Any:
    return pa.table({name: pa.array(column, large(column)) for name, column in FLAT_NEEDS.items()})


def large(column: list[Any]) -> Any:
    return pa.int64() if any(isinstance(cell, int) for cell in column) else pa.large_string()


def text_views() -> Any:
    if not has("string_view"):
        pytest.skip("this pyarrow has no string views")
    text = pa.string_view()
    return pa.table(
        {
            name: pa.array(column, pa.int16() if large(column) == pa.int64() else text)
            for name, column in FLAT_NEEDS.items()
        }
    )


def dictionaries() -> Any:
    table = pa.table(FLAT_NEEDS)
    for index, name in enumerate(table.column_names):
        if pa.types.is_string(table.schema.field(name).type):
            table = table.set_column(index, name, table.column(name).dictionary_encode())
    return table


def reader() -> Any:
    return pa.table(FLAT_NEEDS).to_reader(max_chunksize=3)


def plain_lists() -> Any:
    """Returns roles as a list of large text."""
    return NESTED_NEEDS.set_column(5, "roles", pa.array([["bereaved"], [], None, []], pa.large_list(pa.large_string())))


def list_views() -> Any:
    if not has("list_view"):
        pytest.skip("this pyarrow has no list views")
    roles = pa.array([["bereaved"], None, [], None], pa.list_view(pa.string()))
    return NESTED_NEEDS.set_column(5, "roles", roles)


def fixed_lists() -> Any:
    return NESTED_NEEDS.set_column(5, "roles", pa.array([["bereaved"], None, None, None], pa.list_(pa.string(), 1)))


def flat_in_nested() -> Any:
    return NESTED_NEEDS.set_column(1, "languages", pa.array(FLAT_NEEDS["languages"]))


SOURCES: list[Callable[[], Any]] = [
    lambda: pa.table(FLAT_NEEDS), lambda: NESTED_NEEDS, polars_frame, polars_nested, polars_categories, pandas_frame,
    pandas_categories, duckdb_relation, record_batch, chunks, slices, large_text, text_views, dictionaries, plain_lists,
    list_views, fixed_lists, flat_in_nested,
]  # fmt: skip
SOURCE_NAMES = ["flat", "nested", *(source.__name__ for source in SOURCES[2:])]


@pytest.mark.parametrize("source", SOURCES, ids=SOURCE_NAMES)
def test_a_table_of_needs_equals_dicts(source: Callable[[], Any], matcher: lotse.Matcher) -> None:
    needs = source()
    assert lotse.read_needs(needs) == [lotse.Need(**need) for need in NEEDS]
    assert rows(matcher.rank_table(needs)) == rows(matcher.rank_table(NEEDS))
    assert matcher.rank_all(needs) == matcher.rank_all(NEEDS)
    assert rows(matcher.reason_table(needs, lang="de")) == rows(matcher.reason_table(NEEDS, lang="de"))
    assert rows(matcher.diagnose_table(needs)) == rows(matcher.diagnose_table(NEEDS))
    assert matcher.allocate(needs) == matcher.allocate(NEEDS)
    assert matcher.baseline(needs, "greedy") == matcher.baseline(NEEDS, "greedy")
    assert matcher.explain_all(needs, [("n-1", "o-1")]) == matcher.explain_all(NEEDS, [("n-1", "o-1")])
    assert lotse.check(needs=needs)["errors"] == []


def test_a_stream_that_can_be_read_once_is_accepted(matcher: lotse.Matcher) -> None:
    assert rows(matcher.rank_table(reader())) == rows(matcher.rank_table(NEEDS))


def test_columns_may_have_any_order(matcher: lotse.Matcher) -> None:
    names = sorted(FLAT_NEEDS, reverse=True)
    assert matcher.rank_all(pa.table(FLAT_NEEDS).select(names)) == matcher.rank_all(NEEDS)


@pytest.mark.parametrize("bits", ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"])
def test_a_number_may_be_of_any_size(bits: str, matcher: lotse.Matcher) -> None:
    ages = pa.array([34, None], getattr(pa, bits)())
    needs = lotse.read_needs(pa.table({"id": ["n-1", "n-2"], "age": ages}))
    assert [need.age for need in needs] == [34, None]


@pytest.mark.parametrize("type_name", ["float16", "float32", "float64", "decimal"])
def test_an_age_may_be_an_integral_float(type_name: str) -> None:
    # pandas converts integers to floats if one is missing.
    kind = pa.decimal128(5, 1) if type_name == "decimal" else getattr(pa, type_name)()
    numbers = [Decimal("34.0"), None] if type_name == "decimal" else [34.0, None]
    assert [
        need.age for need in lotse.read_needs(pa.table({"id": ["n-1", "n-2"], "age": pa.array(numbers, kind)}))
    ] == [34, None]
    half = [Decimal("34.5"), None] if type_name == "decimal" else [34.5, None]
    with pytest.raises(lotse.Error) as caught:
        lotse.read_needs(pa.table({"id": ["n-1", "n-2"], "age": pa.array(half, kind)}))
    assert (caught.value.code, caught.value.path) == ("need.type", "needs[0].age")


def test_a_missing_age_in_pandas_is_absent(matcher: lotse.Matcher) -> None:
    pandas = importlib.import_module("pandas")
    pandas_frame()
    frame = pandas.DataFrame({"id": ["n-1", "n-2"], "age": [34, float("nan")]})
    assert [need.age for need in lotse.read_needs(frame)] == [34, None]


OVERFLOWS: dict[str, tuple[str, Any]] = {
    "capacity": ("capacity", pa.array([1, 2**63], pa.uint64())),
    "capacity.free": ("capacity.free", pa.array([1, 2**64 - 1], pa.uint64())),
    "capacity.updated": ("capacity.updated", pa.array([86_400_000, 2**62]).view(pa.date64())),
    "time": ("capacity.updated", pa.array([86_400, 2**62]).view(pa.timestamp("s"))),
}


@pytest.mark.parametrize("name", OVERFLOWS)
def test_a_cell_out_of_range_is_an_error_with_its_path(name: str) -> None:
    column, values = OVERFLOWS[name]
    with pytest.raises(lotse.Error) as caught:
        lotse.read_offers(pa.table({"id": ["o-1", "o-2"], column: values}))
    assert caught.value.path == f"offers[1].{column}"


@pytest.mark.parametrize("number", [2**63, 2**64 - 1])
def test_a_number_beyond_64_bits_is_an_error(number: int, matcher: lotse.Matcher) -> None:
    # It must not become "not requested".
    table = pa.table({"id": ["n-1", "n-2"], "age": pa.array([1, number], pa.uint64())})
    with pytest.raises(lotse.Error) as caught:
        matcher.rank_table(table)
    assert caught.value.path == "needs[1].age"


def test_a_location_has_two_coordinates(matcher: lotse.Matcher) -> None:
    need: dict[str, Any] = {"id": "n-1", "region": "14612", "place": {"lat": 51.05, "lon": 13.5}}
    flat = {
        "id": ["n-1"],
        "region": ["14612"],
        "place.lat": pa.array([51.05]),
        "place.lon": pa.array([13.5], pa.float32()),
    }
    assert lotse.read_needs(pa.table(flat)) == lotse.read_needs(pa.Table.from_pylist([need])) == [lotse.Need(**need)]


# Offers.


def test_a_table_of_offers_equals_dicts(matcher: lotse.Matcher) -> None:
    flat = pa.table(FLAT_OFFERS)
    sources = [flat, flat.to_batches()[0], dictionary(flat)]
    for module in ("polars", "pandas"):
        try:
            frame = importlib.import_module(module).DataFrame(FLAT_OFFERS)
        except ImportError:
            continue
        sources += [frame] if hasattr(frame, "__arrow_c_stream__") else []
    for offers in sources:
        assert lotse.read_offers(offers) == [lotse.Offer(**offer) for offer in OFFERS]
        assert lotse.Matcher(offers, as_of=AS_OF) == matcher
        assert lotse.check(offers=offers, as_of=AS_OF)["errors"] == []


def dictionary(table: Any) -> Any:
    return table.set_column(1, "languages", table.column("languages").dictionary_encode())


DAY = datetime.date(2026, 11, 20)
NOON = datetime.datetime(2026, 11, 20, 12, 30)
DAYS = {
    "text": ("2026-11-20", pa.string()),
    "date32": (DAY, pa.date32()),
    "date64": (DAY, pa.date64()),
    "seconds": (NOON, pa.timestamp("s")),
    "milliseconds": (NOON, pa.timestamp("ms")),
    "microseconds": (NOON, pa.timestamp("us")),
    "nanoseconds": (NOON, pa.timestamp("ns")),
    "utc": (NOON.replace(tzinfo=datetime.timezone.utc), pa.timestamp("us", tz="UTC")),
    "berlin": (NOON.replace(tzinfo=datetime.timezone.utc), pa.timestamp("us", tz="Europe/Berlin")),
}


@pytest.mark.parametrize("name", DAYS)
def test_the_date_of_a_capacity_may_be_a_date_or_a_time(name: str) -> None:
    value, kind = DAYS[name]
    want = [lotse.Offer(id="o-1", capacity={"free": 3, "updated": "2026-11-20"}), lotse.Offer(id="o-2", capacity=1)]
    updated = pa.array([value, None], kind)
    flat = pa.table({"id": ["o-1", "o-2"], "capacity.free": [3, 1], "capacity.updated": updated})
    assert lotse.read_offers(flat) == want
    capacity = pa.StructArray.from_arrays([pa.array([3, 1]), updated], ["free", "updated"])
    assert lotse.read_offers(pa.table({"id": ["o-1", "o-2"], "capacity": capacity})) == want


@pytest.mark.parametrize("year", [1, 1969, 9999])
def test_dates_of_any_year_are_unchanged(year: int) -> None:
    updated = pa.array([datetime.date(year, 3, 1)], pa.date32())
    [offer] = lotse.read_offers(pa.table({"id": ["o-1"], "capacity.free": [1], "capacity.updated": updated}))
    assert offer == lotse.Offer(id="o-1", capacity={"free": 1, "updated": f"{year:04}-03-01"})


def test_capacity_may_be_a_number(matcher: lotse.Matcher) -> None:
    table = pa.table({"id": ["o-1", "o-2"], "capacity": pa.array([2, None], pa.uint8())})
    assert lotse.read_offers(table) == [lotse.Offer(id="o-1", capacity=2), lotse.Offer(id="o-2")]


def test_a_csv_file_can_be_read_by_polars(tmp_path: Path, matcher: lotse.Matcher) -> None:
    polars = importlib.import_module("polars")
    needs, offers = tmp_path / "needs.csv", tmp_path / "offers.csv"
    text = {"region": polars.String, "crime.code": polars.String}
    polars.DataFrame(FLAT_NEEDS).write_csv(needs)
    polars.DataFrame(FLAT_OFFERS).write_csv(offers)
    # Keys are text: a CSV reader would infer numbers and drop leading zeros.
    read = lotse.read_offers(polars.read_csv(offers, schema_overrides={"area": polars.String}))
    own = lotse.Matcher(read, as_of=AS_OF)
    assert own == matcher
    assert own.rank_all(polars.read_csv(needs, schema_overrides=text)) == matcher.rank_all(NEEDS)


# Empty tables.


def test_empty_tables_have_no_needs(matcher: lotse.Matcher) -> None:
    empty = [
        pa.table({}), pa.table({"id": pa.array([], pa.string())}), NESTED_NEEDS.slice(0, 0),
        NESTED_NEEDS.schema.empty_table(),
        pa.table(FLAT_NEEDS).slice(2, 0), pa.RecordBatchReader.from_batches(pa.schema([("id", pa.string())]), []),
    ]  # fmt: skip
    for needs in empty:
        assert matcher.rank_all(needs) == []
    assert len(lotse.Matcher(pa.table({"id": pa.array([], pa.string())}))) == 0


def outputs(matcher: lotse.Matcher, needs: Any) -> list[tuple[Any, list[tuple[str, Any]]]]:
    plan = matcher.allocate(needs)
    return [
        (matcher.rank_table(needs), RANK_SCHEMA),
        (matcher.reason_table(needs), REASON_SCHEMA),
        (matcher.diagnose_table(needs), DIAGNOSIS_SCHEMA),
        (plan.to_table(), PLAN_SCHEMA),
        (plan.report().to_table(), REPORT_SCHEMA),
    ]


@pytest.mark.parametrize("needs", [NEEDS, []], ids=["some", "none"])
def test_tables_have_the_columns_that_are_documented(needs: Any, matcher: lotse.Matcher) -> None:
    for table, want in outputs(matcher, needs):
        assert schema(table) == want
        assert table.column_names == [name for name, _ in want]
        assert pa.schema(table) == pa.table(table).schema
        assert len(table) == pa.table(table).num_rows
        assert (len(table) > 0) == bool(needs) or table.column_names[0] == "by"
        assert repr(table) == f"Table({len(table)} rows: {', '.join(table.column_names)})"


def test_a_need_without_a_match_has_no_row(matcher: lotse.Matcher) -> None:
    needs = [{"id": "n-none", "languages": ["ti"]}]
    assert rows(matcher.rank_table(needs)) == []
    assert schema(matcher.rank_table(needs)) == RANK_SCHEMA
    assert {row["need"] for row in rows(matcher.diagnose_table(needs))} == {"n-none"}


# Output.


def test_rankings_equal_those_of_dicts(matcher: lotse.Matcher) -> None:
    want = [
        {
            "need": ranking.need, "rank": rank, "offer": match.offer, "offer_name": NAMES.get(match.offer), "score": match.score,
            "to_check": match.to_check,
        }
        for ranking in matcher.rank_all(NEEDS, top=2)
        for rank, match in enumerate(ranking, 1)
    ]  # fmt: skip
    assert want and rows(matcher.rank_table(NEEDS, top=2)) == want


def test_reasons_equal_those_of_dicts(matcher: lotse.Matcher) -> None:
    names = [name for name, _ in REASON_SCHEMA[5:]]
    want = [
        {
            "need": ranking.need, "offer": match.offer, "offer_name": NAMES.get(match.offer),
            "criterion": finding["criterion"], "criterion_name": lotse.criterion_label(finding["criterion"], lang="de"),
            **{name: finding[name] for name in names},
        }
        for ranking in matcher.rank_all(NEEDS, lang="de")
        for match in ranking
        for finding in match.to_dict()["reasons"]
    ]  # fmt: skip
    assert want and rows(matcher.reason_table(NEEDS, lang="de")) == want


def test_contributions_add_up_to_the_score() -> None:
    matcher = lotse.Matcher(lotse.example.offers(), as_of=lotse.example.AS_OF)
    needs = lotse.example.needs()
    sums: dict[tuple[str, str], Decimal] = {}
    for row in rows(matcher.reason_table(needs)):
        pair = (row["need"], row["offer"])
        # Contributions have eight decimals, so this is exact.
        sums[pair] = sums.get(pair, Decimal(0)) + Decimal(str(round(row["contribution"], 8)))
    scores = {
        (row["need"], row["offer"]): Decimal(str(round(row["score"], 8))) for row in rows(matcher.rank_table(needs))
    }
    assert len(scores) > 500 and sums == scores


def test_many_needs_are_one_table_of_several_batches(matcher: lotse.Matcher) -> None:
    count = 12_000
    table = pa.table(matcher.rank_table([{"id": f"n-{number}"} for number in range(count)], top=1))
    assert table.column("need").to_pylist() == [f"n-{number}" for number in range(count)]
    assert set(table.column("rank").to_pylist()) == {1}
    # Also as input.
    again = matcher.rank_table(pa.table({"id": table.column("need")}), top=1)
    assert pa.table(again).equals(table)


def test_a_plan_has_a_row_for_each_need_unmet_needs_first(matcher: lotse.Matcher) -> None:
    plan = matcher.allocate([*NEEDS, {"id": "n-5", "languages": ["ti"]}], fixed=[("n-4", "o-2")], lang="de")
    got = rows(plan.to_table())
    unmet, met = got[: len(plan.unmet)], got[len(plan.unmet) :]
    assert unmet and met
    assert [(row["need"], row["reason"], row["text"]) for row in unmet] == [
        (need["need"], need["reason"], need["text"]) for need in plan.unmet
    ]
    assert all(row["offer"] is None and row["score"] is None and row["to_check"] == [] for row in unmet)
    names = ("need", "offer", "score", "fixed", "neighbour", "to_check")
    assert [[row[name] for name in names] for row in met] == [
        [row[name] for name in names] for row in plan.to_dict()["referrals"]
    ]
    assert all(row["reason"] is None and row["text"] is None for row in met)
    assert [row["fixed"] for row in met if row["need"] == "n-4"] == [True]


def test_a_report_has_a_row_for_each_line_of_its_tables(matcher: lotse.Matcher) -> None:
    report = matcher.allocate(NEEDS).report()
    labels = {**lotse.labels()["priority"], None: lotse.labels()["none"]["code"]}
    tables = {name: getattr(report, f"by_{name}") for name in ("priority", "help", "language", "region", "crime")}
    want = [
        {"by": by, "code": row["code"], "name": row.get("name", labels.get(row["code"])), **{count: row[count] for count in COUNTS}}
        for by, table in tables.items()
        for row in table
    ]
    assert want and rows(report.to_table()) == want


def test_a_diagnosis_has_a_row_for_each_criterion_that_excludes(matcher: lotse.Matcher) -> None:
    want = [
        {
            "need": diagnosis.need, "criterion": blocked["criterion"],
            "criterion_name": lotse.criterion_label(blocked["criterion"]), "blocked": blocked["offers"], "only": blocked["only"], "offers": diagnosis.offers, "matching": diagnosis.matching,
        }
        for diagnosis in matcher.diagnose_all(NEEDS)
        for blocked in diagnosis.blocked
    ]  # fmt: skip
    assert want and rows(matcher.diagnose_table(NEEDS)) == want


def test_polars_accepts_tables(matcher: lotse.Matcher) -> None:
    polars = importlib.import_module("polars")
    for needs in (NEEDS, []):
        for table, want in outputs(matcher, needs):
            frame = polars.DataFrame(table)
            assert frame.columns == [name for name, _ in want]
            assert frame.to_dicts() == rows(table)
    frame = polars.DataFrame(matcher.rank_table(NEEDS))
    kinds = [polars.String, polars.Int32, polars.String, polars.String, polars.Float64, polars.List(polars.String)]
    assert frame.dtypes == kinds == polars.DataFrame(matcher.rank_table([])).dtypes


def test_pandas_accepts_tables(matcher: lotse.Matcher) -> None:
    pandas = importlib.import_module("pandas")
    if not hasattr(pandas.DataFrame, "from_arrow"):
        pytest.skip("this pandas does not accept Arrow")
    for needs in (NEEDS, []):
        for table, want in outputs(matcher, needs):
            frame = pandas.DataFrame.from_arrow(table)
            assert list(frame.columns) == [name for name, _ in want]
            assert len(frame) == len(table)
    frame = pandas.DataFrame.from_arrow(matcher.rank_table(NEEDS))
    assert list(frame["score"]) == [row["score"] for row in rows(matcher.rank_table(NEEDS))]


def test_an_older_pandas_accepts_tables_through_pyarrow(matcher: lotse.Matcher) -> None:
    importlib.import_module("pandas")
    for needs in (NEEDS, []):
        for table, want in outputs(matcher, needs):
            frame = pa.table(table).to_pandas()
            assert list(frame.columns) == [name for name, _ in want] and len(frame) == len(table)


def test_duckdb_accepts_tables(matcher: lotse.Matcher) -> None:
    duckdb = importlib.import_module("duckdb")
    connection = duckdb.connect()
    for needs in (NEEDS, []):
        for table, want in outputs(matcher, needs):
            connection.register("result", table)
            selected = connection.sql("select * from result")
            assert selected.columns == [name for name, _ in want]
            assert selected.fetchall() == [tuple(row.values()) for row in rows(table)]
            connection.unregister("result")
    rankings = matcher.rank_table(NEEDS)
    connection.register("rankings", rankings)
    best = connection.sql("select need, offer from rankings where rank = 1 order by need").fetchall()
    assert best == [(row["need"], row["offer"]) for row in rows(rankings) if row["rank"] == 1]


def test_a_table_can_be_read_many_times_and_in_other_types(matcher: lotse.Matcher) -> None:
    table = matcher.rank_table(NEEDS)
    assert rows(table) == rows(table)
    wanted = pa.schema([("need", pa.large_string()), ("rank", pa.int64()), *RANK_SCHEMA[2:]])
    converted = pa.RecordBatchReader.from_stream(table, schema=wanted).read_all()
    assert converted.schema == wanted and converted.to_pylist() == rows(table)


# Errors.


def raised_error(call: Callable[[], Any]) -> lotse.Error:
    with pytest.raises(lotse.Error) as caught:
        call()
    return caught.value


def test_an_invalid_cell_has_its_row_in_the_path(matcher: lotse.Matcher) -> None:
    table = pa.table({"id": [f"n-{row}" for row in range(5)], "age": [1, 2, 3, 999, 5]})
    for needs in (table, table.slice(0, 2).to_batches()[0], pa.concat_tables([table.slice(0, 2), table.slice(2)])):
        if needs.num_rows < 4:
            assert len(matcher.rank_table(needs)) > 0
            continue
        error = raised_error(lambda: matcher.rank_table(needs))
        assert (error.code, error.path) == ("need.range", "needs[3].age")
        assert "999" not in str(error)


def test_every_invalid_cell_is_reported(matcher: lotse.Matcher) -> None:
    table = pa.table(
        {"id": ["n-0", "n-0", None], "age": [-1, 2, 3], "gender": ["femal", None, None], "crime.code": ["99x", "", ""]}
    )
    paths = [error["path"] for error in raised_error(lambda: matcher.rank_table(table)).errors]
    assert sorted(paths) == ["needs[0].age", "needs[0].crime.code", "needs[0].gender", "needs[1].id", "needs[2].id"]


def test_an_unknown_column_is_an_error(matcher: lotse.Matcher) -> None:
    error = raised_error(lambda: matcher.rank_table(pa.table({"id": ["n-1"], "langauges": ["de"]})))
    assert error.code == "need.unknown_field" and error.hint is not None and "languages" in error.hint
    error = raised_error(lambda: lotse.Matcher(pa.table({"id": ["o-1"], "capacity.fre": [1]})))
    assert error.code == "offer.unknown_field" and error.path == "offers.capacity.fre"


def test_a_field_as_flat_and_nested_columns_is_an_error(matcher: lotse.Matcher) -> None:
    table = pa.table([["n-1"], ["0101"], ["0201"]], names=["id", "crime", "crime.code"])
    assert raised_error(lambda: matcher.rank_table(table)).code == "need.duplicate_field"


def test_a_table_without_records_is_an_error(matcher: lotse.Matcher) -> None:
    error = raised_error(lambda: matcher.rank_table(pa.chunked_array([[1, 2]])))
    assert (error.code, error.path) == ("table.type", "needs")
    error = raised_error(lambda: lotse.Matcher(pa.chunked_array([[1, 2]])))
    assert (error.code, error.path) == ("table.type", "offers")


@pytest.mark.parametrize("kind", ["binary", "bool_", "time", "duration", "date32", "map", "list", "struct"])
def test_a_column_of_a_type_that_no_field_has_is_an_error(kind: str, matcher: lotse.Matcher) -> None:
    kinds: dict[str, tuple[Any, Any]] = {
        "binary": (b"34", pa.binary()), "bool_": (True, pa.bool_()), "time": (5, pa.time32("s")),
        "duration": (5, pa.duration("s")), "date32": (DAY, pa.date32()),
        "map": ([("a", 1)], pa.map_(pa.string(), pa.int8())),
        "list": ([34], pa.list_(pa.int8())), "struct": ({"age": 34}, pa.struct([("age", pa.int8())])),
    }  # fmt: skip
    value, arrow = kinds[kind]
    table = pa.table({"id": ["n-1", "n-2"], "age": pa.array([None, value], arrow)})
    error = raised_error(lambda: matcher.rank_table(table))
    assert (error.code, error.path) == ("need.type", "needs[1].age")
