"""Malformed input raises `lotse.Error` only, and keeps no memory."""

from __future__ import annotations

import json
import math
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from junk import (
    MARK,
    SURROGATES,
    ItselfAtIter,
    Own,
    RaisesAtAnyAttribute,
    RaisesAtIter,
    RaisesAtNext,
    Stream,
    damage,
    junk,
    raises,
)
from samples import AS_OF, FULL_NEED, FULL_OFFER

import lotse
from lotse import wire

TOTAL = 100_000

NEED = FULL_NEED
OFFER: dict[str, Any] = {**FULL_OFFER, "no_access": ["sign_language_interpreter"]}
POLICY_FIELDS = (
    "weights", "rules", "unknown_fit", "language", "region", "crime", "capacity", "priority_weights",
)  # fmt: skip
VOCABULARY_FIELDS = (
    "regions", "region_aliases", "languages", "sign_languages", "umbrellas", "comprehension", "names", "words",
)  # fmt: skip


def matcher() -> lotse.Matcher:
    return lotse.Matcher([{**OFFER, "no_access": []}, {"id": "o-4", "capacity": 1}], as_of=AS_OF)


MATCHER = matcher()


# The kinds of malformed input. Each returns a call, which raises an error or returns `True` if it reports one.

Call = Callable[[], Any]
Kind = Callable[[random.Random], Call]
KINDS: dict[str, Kind] = {}
PRIVATE: set[str] = set()
"""Kinds with invalid needs, whose errors must not repeat the mark."""
ACCEPTED: dict[str, str] = {}
"""Kinds that are all valid, with the reason."""
MAY_PASS = {"needs.raising_object", "offers.raising_object", "solve.raising_object", "solve.values"}
"""Kinds with objects that raise when they are iterated or inspected; their errors pass through."""


def kind(name: str, *, private: bool = True) -> Callable[[Kind], Kind]:
    def register(make: Kind) -> Kind:
        assert name not in KINDS
        KINDS[name] = make
        if private:
            PRIVATE.add(name)
        return make

    return register


def call_with_need(rng: random.Random, need: Any) -> Call:
    """Returns a call of a random function that takes a need."""
    calls: list[Call] = [
        lambda: MATCHER.rank(need),
        lambda: MATCHER.explain(need, "o-3"),
        lambda: MATCHER.diagnose(need),
    ]
    if isinstance(need, dict) and all(isinstance(key, str) for key in need):
        calls.append(lambda: lotse.Need(**need))
    # Those for many needs start a thread, so they are rarer.
    if rng.random() < 0.1:
        calls = [
            lambda: MATCHER.rank_all([need]),
            lambda: MATCHER.rank_table([{"id": "n-1"}, need]),
            lambda: MATCHER.reason_table((need,)),
            lambda: MATCHER.diagnose_all(iter([need])),
            lambda: MATCHER.diagnose_table([need]),
            lambda: MATCHER.allocate([need]),
            lambda: MATCHER.evaluate([need], []),
            lambda: MATCHER.baseline([need], "first_come_first_served"),
            lambda: MATCHER.baseline([need], "greedy"),
            lambda: MATCHER.explain_all([need], []),
            lambda: lotse.read_needs([need]),
            lambda: wire.rank({"needs": [need], "offers": []}),
            lambda: has_errors(lotse.check(needs=[need])),
        ]
    return rng.choice(calls)


def call_with_offer(rng: random.Random, offer: Any) -> Call:
    calls: list[Call] = [
        lambda: lotse.Matcher([offer]),
        lambda: lotse.read_offers([offer]),
        lambda: has_errors(lotse.check(offers=[offer])),
    ]
    if isinstance(offer, dict) and all(isinstance(key, str) for key in offer):
        calls.append(lambda: lotse.Offer(**offer))
    # Some of these are valid by chance, so they must not change the matcher of the others.
    return rng.choice(calls) if rng.random() < 0.8 else lambda: matcher().update(offer)


def has_errors(report: Any) -> bool:
    """Returns whether a check reports errors, which it does not raise."""
    # An error about an offer may repeat a value.
    assert not any(MARK in repr(error) for error in report["errors"] if error["code"].startswith("need."))
    return bool(report["errors"])


def need_kind(field: str) -> Kind:
    def make(rng: random.Random) -> Call:
        wrong = damage(rng, NEED[field]) if rng.random() < 0.5 else junk(rng)
        return call_with_need(rng, {**NEED, field: wrong} if rng.random() < 0.5 else {"id": "n-1", field: wrong})

    return make


def offer_kind(field: str) -> Kind:
    def make(rng: random.Random) -> Call:
        wrong = damage(rng, OFFER[field]) if rng.random() < 0.5 else junk(rng)
        return call_with_offer(rng, {"id": "o-1", field: wrong})

    return make


def policy_kind(field: str) -> Kind:
    def make(rng: random.Random) -> Call:
        policy = {field: junk(rng)}
        if rng.random() < 0.5:
            return lambda: lotse.Policy(**policy)
        return lambda: lotse.Matcher([], policy=policy)

    return make


def vocabulary_kind(field: str) -> Kind:
    def make(rng: random.Random) -> Call:
        additions = {field: junk(rng)}
        if rng.random() < 0.5:
            return lambda: lotse.Vocabulary(additions)
        return lambda: lotse.Matcher([], vocabulary=additions)

    return make


for name in NEED:
    kind(f"need.{name}")(need_kind(name))
for name in OFFER:
    kind(f"offer.{name}", private=False)(offer_kind(name))
for name in POLICY_FIELDS:
    kind(f"policy.{name}", private=False)(policy_kind(name))
for name in VOCABULARY_FIELDS:
    kind(f"vocabulary.{name}", private=False)(vocabulary_kind(name))


KEYWORDS: dict[str, Callable[[Any], Any]] = {
    "rank.top": lambda value: MATCHER.rank(NEED, top=value),
    "rank.lang": lambda value: MATCHER.rank(NEED, lang=value),
    "rank_all.top": lambda value: MATCHER.rank_all([], top=value),
    "rank_all.lang": lambda value: MATCHER.rank_all([], lang=value),
    "rank_table.top": lambda value: MATCHER.rank_table([], top=value),
    "reason_table.top": lambda value: MATCHER.reason_table([], top=value),
    "reason_table.lang": lambda value: MATCHER.reason_table([], lang=value),
    "explain.lang": lambda value: MATCHER.explain(NEED, "o-3", lang=value),
    "explain_all.pairs": lambda value: MATCHER.explain_all([NEED], value),
    "explain_all.pair": lambda value: MATCHER.explain_all([NEED], [value]),
    "explain_all.need": lambda value: MATCHER.explain_all([NEED], [(value, "o-3")]),
    "explain_all.offer": lambda value: MATCHER.explain_all([NEED], [{"need": "n-17", "offer": value}]),
    "explain_all.lang": lambda value: MATCHER.explain_all([], [], lang=value),
    "diagnose.near_misses": lambda value: MATCHER.diagnose(NEED, near_misses=value),
    "diagnose.lang": lambda value: MATCHER.diagnose(NEED, lang=value),
    "diagnose_all.near_misses": lambda value: MATCHER.diagnose_all([], near_misses=value),
    "diagnose_all.lang": lambda value: MATCHER.diagnose_all([], lang=value),
    "allocate.fixed": lambda value: MATCHER.allocate([NEED], fixed=value),
    "allocate.fixed_pair": lambda value: MATCHER.allocate([NEED], fixed=[value]),
    "allocate.fixed_offer": lambda value: MATCHER.allocate([NEED], fixed=[("n-17", value)]),
    "allocate.counted": lambda value: MATCHER.allocate(
        [NEED], fixed=[{"need": "n-17", "offer": "o-3", "counted": value}]
    ),
    "allocate.previous": lambda value: MATCHER.allocate([NEED], previous=value),
    "allocate.previous_pair": lambda value: MATCHER.allocate([NEED], previous=[value]),
    "allocate.moves": lambda value: MATCHER.allocate([], moves=value),
    "allocate.min_score": lambda value: MATCHER.allocate([], min_score=value),
    "allocate.neighbour_serves": lambda value: MATCHER.allocate([], neighbour_serves=value),
    "allocate.lang": lambda value: MATCHER.allocate([], lang=value),
    "evaluate.plan": lambda value: MATCHER.evaluate([NEED], value),
    "evaluate.plan_pair": lambda value: MATCHER.evaluate([NEED], [value]),
    "evaluate.referrals": lambda value: MATCHER.evaluate([NEED], {"referrals": value}),
    "evaluate.previous": lambda value: MATCHER.evaluate([NEED], [], previous=value),
    "allocation.diff": lambda value: MATCHER.allocate([]).diff(value),
    "matcher.with_policy": lambda value: MATCHER.with_policy(value),
    "matcher.policy": lambda value: lotse.Matcher([], policy=value),
    "matcher.vocabulary": lambda value: lotse.Matcher([], vocabulary=value),
    "matcher.as_of": lambda value: lotse.Matcher([], as_of=value),
    "matcher.set_capacity": lambda value: matcher().set_capacity("o-4", value),
    "matcher.update": lambda value: matcher().update(value),
    "check.as_of": lambda value: has_errors(lotse.check(as_of=value)),
    "resolve.text": lambda value: lotse.resolve(value),
    "resolve.kind": lambda value: lotse.resolve("Farsi", value),
    "resolve.lang": lambda value: lotse.resolve("Farsi", lang=value),
    "resolve_table.words": lambda value: lotse.Vocabulary().resolve_table([value, "Dari"]),
    "resolve_table.lang": lambda value: lotse.Vocabulary().resolve_table(["Dari"], lang=value),
    "diagnose_table.lang": lambda value: MATCHER.diagnose_table([], lang=value),
    "resolve.vocabulary": lambda value: lotse.resolve("Farsi", vocabulary=value),
    "wire.rank": lambda value: wire.rank(value),
    "wire.needs": lambda value: wire.rank({"needs": value}),
    "wire.report": lambda value: wire.report({"needs": [NEED], "moves": value}),
    "wire.resolve": lambda value: wire.resolve({"words": value}),
}


def keyword_kind(call: Callable[[Any], Any]) -> Kind:
    def make(rng: random.Random) -> Call:
        value = junk(rng)
        return lambda: call(value)

    return make


for name, call in KEYWORDS.items():
    kind(name, private=name == "wire.needs")(keyword_kind(call))


# Functions that take text only. For other types Python raises TypeError.
MATCH: Any = MATCHER.rank({"id": "n-1"})[0]
EXPLANATION: Any = MATCHER.explain({"id": "n-1"}, "o-3")
TEXTS: dict[str, Callable[[Any], Any]] = {
    "text.need_from_json": lotse.Need.from_json,
    "text.offer_from_json": lotse.Offer.from_json,
    "text.policy_from_json": lotse.Policy.from_json,
    "text.explain_offer": lambda text: MATCHER.explain(NEED, text),
    "text.remove": lambda text: MATCHER.remove(text),
    "text.set_capacity": lambda text: MATCHER.set_capacity(text, 1),
    "text.criterion_label": lambda text: lotse.criterion_label(text),
    "text.criterion_label_lang": lambda text: lotse.criterion_label("age", lang=text),
    "text.labels": lambda text: lotse.labels(text),
    "text.name_kind": lambda text: lotse.Vocabulary().name(text, "de"),
    "text.name_lang": lambda text: lotse.Vocabulary().name("language", "de", lang=text),
    "text.contains_kind": lambda text: lotse.Vocabulary().contains(text, "de"),
    "text.baseline_kind": lambda text: MATCHER.baseline([], text),
    "text.reason": lambda text: MATCH.reason(text),
    "text.explanation_reason": lambda text: EXPLANATION.reason(text),
}


def text_kind(call: Callable[[Any], Any]) -> Kind:
    def make(rng: random.Random) -> Call:
        text = rng.choice(
            [*SURROGATES, "", "\0", MARK, "{", f'{{"id": "{MARK}", "age": "{MARK}"}}', MARK * 1000, "Age"]
        )
        return lambda: call(text)

    return make


for name, call_of_text in TEXTS.items():
    kind(name, private=name == "text.need_from_json")(text_kind(call_of_text))


@kind("text.codes")
def _(rng: random.Random) -> Call:
    # An unknown code is its own name.
    text = rng.choice(SURROGATES)
    calls: list[Call] = [
        lambda: lotse.Vocabulary().name("language", text),
        lambda: lotse.Vocabulary().contains("language", text),
        lambda: MATCHER.offer(text),
        lambda: text in MATCHER,
    ]
    return rng.choice(calls)


ACCEPTED["text.codes"] = "a lone surrogate is an unknown code, which is no error"


@kind("need.unknown_field")
def _(rng: random.Random) -> Call:
    field = rng.choice([MARK, "Age", "langauges", "", "birthday", "id ", "crime.code", "\ud800", "ä" * 50])
    return call_with_need(rng, {**NEED, field: MARK})


@kind("offer.unknown_field", private=False)
def _(rng: random.Random) -> Call:
    return call_with_offer(
        rng, {"id": "o-1", rng.choice([MARK, "Help", "langauges", "", "id ", "capacity.free", "\ud800"]): 1}
    )


@kind("policy.unknown_field", private=False)
def _(rng: random.Random) -> Call:
    policy: Any = {rng.choice([MARK, "weight", "", "\ud800", "rule"]): 1}
    return rng.choice([lambda: lotse.Policy(**policy), lambda: lotse.Matcher([], policy=policy)])


@kind("vocabulary.unknown_field", private=False)
def _(rng: random.Random) -> Call:
    additions: Any = {rng.choice([MARK, "region", "", "\ud800"]): []}
    return lambda: lotse.Vocabulary(additions)


@kind("needs.duplicate_ids")
def _(rng: random.Random) -> Call:
    need: Any = rng.choice([{"id": MARK}, lotse.Need(id=MARK), f'{{"id": "{MARK}"}}'])
    needs = [need] * rng.randint(2, 5)
    return rng.choice(
        [lambda: MATCHER.rank_all(needs), lambda: MATCHER.allocate(needs), lambda: has_errors(lotse.check(needs=needs))]
    )


@kind("offers.duplicate_ids", private=False)
def _(rng: random.Random) -> Call:
    offer: Any = rng.choice([{"id": "o-1"}, lotse.Offer(id="o-1"), '{"id": "o-1"}'])
    return lambda: lotse.Matcher([offer, {"id": "o-2"}, offer])


WHOLE = json.dumps([{**NEED, "case": MARK, "group": MARK}])


@kind("needs.cut_json")
def _(rng: random.Random) -> Call:
    text = WHOLE[: rng.randrange(1, len(WHOLE))]
    return rng.choice([lambda: MATCHER.rank_all(text), lambda: lotse.read_needs([text]), lambda: wire.rank(text)])


@kind("needs.broken_json")
def _(rng: random.Random) -> Call:
    index = rng.randrange(len(WHOLE))
    text = WHOLE[:index] + rng.choice(["\ud800", "\0", "NaN", "}", "'", "\\", MARK, '"', "[" * 200]) + WHOLE[index:]
    return rng.choice(
        [lambda: MATCHER.rank_all(text), lambda: MATCHER.rank(text[1:-1]), lambda: lotse.Need.from_json(text[1:-1])]
    )


@kind("needs.deep_json")
def _(rng: random.Random) -> Call:
    text = rng.choice(["[", '{"a":', "[{", '{"id":[']) * rng.choice([100, 127, 128, 129, 1_000, 10_000])
    return rng.choice([lambda: MATCHER.rank(text), lambda: MATCHER.rank_all(text), lambda: lotse.Need.from_json(text)])


@kind("needs.equal_json_keys")
def _(rng: random.Random) -> Call:
    field = rng.choice(list(NEED))
    text = f'{{"id": "n-1", "{field}": {json.dumps(NEED[field])}, "{field}": "{MARK}"}}'
    return rng.choice(
        [lambda: MATCHER.rank(text), lambda: lotse.Need.from_json(text), lambda: MATCHER.rank_all([text])]
    )


@kind("needs.not_a_list")
def _(rng: random.Random) -> Call:
    needs: Any = rng.choice(
        [None, 5, {"id": MARK}, MARK.encode(), 1.5, True, object(), lotse.Need(id=MARK), MATCHER, "5", "null", MARK]
    )
    return rng.choice(
        [lambda: MATCHER.rank_all(needs), lambda: MATCHER.allocate(needs), lambda: MATCHER.rank_table(needs)]
    )


@kind("offers.not_a_list", private=False)
def _(rng: random.Random) -> Call:
    offers: Any = rng.choice(
        [None, 5, {"id": "o"}, b"[]", 1.5, True, object(), lotse.Offer(id="o"), MATCHER, "5", "null", "x"]
    )
    checked: Any = 5 if offers is None else offers  # `None` is valid for a check
    return rng.choice([lambda: lotse.Matcher(offers), lambda: has_errors(lotse.check(offers=checked))])


@kind("needs.not_a_record")
def _(rng: random.Random) -> Call:
    return call_with_need(rng, rng.choice([junk(rng), lotse.Offer(id="o-1", name=MARK), lotse.Policy(), MATCHER, None]))


@kind("offers.not_a_record", private=False)
def _(rng: random.Random) -> Call:
    return call_with_offer(rng, rng.choice([junk(rng), lotse.Need(id="n-1", age=5), lotse.Policy(), MATCHER, None]))


@kind("needs.raising_object")
def _(rng: random.Random) -> Call:
    needs: Any = rng.choice([RaisesAtIter, RaisesAtNext, ItselfAtIter, RaisesAtAnyAttribute])()
    return rng.choice(
        [lambda: MATCHER.rank_all(needs), lambda: MATCHER.allocate(needs), lambda: lotse.check(needs=needs)]
    )


@kind("offers.raising_object", private=False)
def _(rng: random.Random) -> Call:
    offers: Any = rng.choice([RaisesAtIter, RaisesAtNext, ItselfAtIter, RaisesAtAnyAttribute])()
    return rng.choice([lambda: lotse.Matcher(offers), lambda: lotse.check(offers=offers)])


# Tables.


def call_with_table(rng: random.Random, table: Any) -> Call:
    calls: list[Call] = [
        lambda: MATCHER.rank_table(table),
        lambda: MATCHER.rank_all(table),
        lambda: MATCHER.diagnose_table(table),
        lambda: lotse.read_needs(table),
        lambda: has_errors(lotse.check(needs=table)),
    ]
    return rng.choice(calls)


def invalid_columns() -> list[tuple[str, Any]]:
    """Returns columns of types that no field accepts, or not every field."""
    values = {
        pa.binary(): MARK.encode(), pa.large_binary(): MARK.encode(), pa.bool_(): True, pa.duration("s"): 5,
        pa.time32("s"): 5, pa.time64("us"): 5, pa.string(): MARK, pa.large_string(): MARK, pa.string_view(): MARK,
        pa.list_(pa.string()): [MARK], pa.list_(pa.list_(pa.int8())): [[1]],
        pa.struct([("x", pa.string())]): {"x": MARK},
        pa.map_(pa.string(), pa.int64()): [(MARK, 1)], pa.dictionary(pa.int8(), pa.string()): MARK,
        pa.float64(): math.nan, pa.float32(): math.inf, pa.decimal128(5, 2): 34, pa.timestamp("us"): 10**9,
        pa.timestamp("ns", tz="UTC"): 10**9, pa.date32(): 20_000, pa.date64(): 86_400_000, pa.int64(): -(2**62),
        pa.uint64(): 2**64 - 1, pa.list_(pa.int8(), 1): [1], pa.month_day_nano_interval(): (1, 1, 1),
    }  # fmt: skip
    columns = [(str(kind), pa.array([value] * 2, kind)) for kind, value in values.items()]
    # Dates out of range.
    for data_type, bits in (
        (pa.date32(), pa.int32()),
        (pa.timestamp("s"), pa.int64()),
        (pa.timestamp("ns", "UTC"), pa.int64()),
    ):
        columns += [(str(data_type), pa.array([end] * 2, bits).view(data_type)) for end in (2**31 - 1, -(2**31))]
    columns += [("timestamp", pa.array([end] * 2).view(pa.timestamp("s"))) for end in (2**63 - 1, -(2**63) + 1)]
    return columns


COLUMNS = invalid_columns()


@kind("table.column_type")
def _(rng: random.Random) -> Call:
    field = rng.choice([name for name in NEED if name != "id"] + ["crime.code", "crime.context", "place.lat"])
    return call_with_table(rng, pa.table({"id": ["n-1", "n-2"], field: rng.choice(COLUMNS)[1]}))


@kind("table.id_type")
def _(rng: random.Random) -> Call:
    column = rng.choice([column for name, column in COLUMNS if "string" not in name])
    return call_with_table(rng, pa.table({"id": column}))


@kind("table.unknown_column")
def _(rng: random.Random) -> Call:
    name = rng.choice([MARK, "", ".", "..", "age.", ".age", "crime.code.x", "Age", "id.x", "crime.x", "languages.tag"])
    return call_with_table(rng, pa.table([["n-1"], [MARK]], names=["id", name]))


@kind("table.duplicate_columns")
def _(rng: random.Random) -> Call:
    first, second = rng.choice([("id", "id"), ("crime", "crime.code"), ("crime.code", "crime"), ("age", "age")])
    names = ["id", first, second] if first != "id" else [first, second]
    return call_with_table(rng, pa.table([["n-1"], ["0101"], ["0101"]][: len(names)], names=names))


@kind("table.invalid_cell")
def _(rng: random.Random) -> Call:
    rows = rng.randint(1, 20)
    ages = [34] * rows
    ages[rng.randrange(rows)] = rng.choice([-1, 151, 10**9, -(2**63)])
    return call_with_table(rng, pa.table({"id": [f"n-{row}" for row in range(rows)], "age": ages}))


@kind("table.no_id")
def _(rng: random.Random) -> Call:
    return call_with_table(rng, pa.table({"id": pa.array([None, ""], pa.string()), "case": [MARK, MARK]}))


@kind("table.equal_ids")
def _(rng: random.Random) -> Call:
    return call_with_table(rng, pa.table({"id": [MARK] * rng.randint(2, 9)}))


@kind("table.not_a_struct")
def _(rng: random.Random) -> Call:
    return call_with_table(
        rng, rng.choice([pa.array([1]), pa.array([MARK]), pa.chunked_array([[MARK]]), pa.array([[MARK]])])
    )


@kind("table.capsule")
def _(rng: random.Random) -> Call:
    table = pa.table({"id": [MARK]})
    used = table.__arrow_c_stream__()
    lotse.read_needs(Stream(lambda: used))  # a stream can be read once
    streams: list[Callable[[], Any]] = [
        raises, lambda: None, lambda: 5, lambda: MARK, lambda: table, lambda: used,
        lambda: table.schema.__arrow_c_schema__(), lambda: pa.array([1]).__arrow_c_array__(), object,
    ]  # fmt: skip
    return call_with_table(rng, Stream(rng.choice(streams)))


@kind("table.offers", private=False)
def _(rng: random.Random) -> Call:
    field = rng.choice([name for name in OFFER if name not in ("id", "name", "organisation")])
    table = pa.table({"id": ["o-1", "o-2"], field: rng.choice(COLUMNS)[1]})
    return rng.choice([lambda: lotse.Matcher(table), lambda: lotse.read_offers(table)])


# The solver.


class Sparse:
    """A stand-in for a SciPy array."""

    def __init__(self, row: Any, col: Any, data: Any, shape: Any) -> None:
        self.row, self.col, self.data, self.shape = row, col, data, shape

    def tocoo(self) -> Sparse:
        return self


LISTS = ("classes", "counts", "sizes", "previous", "fixed")


@kind("solve.values")
def _(rng: random.Random) -> Call:
    values = rng.choice([junk(rng), [junk(rng)], [[1, junk(rng)]], [[1, 2], junk(rng)]])
    return lambda: lotse.solve(values, [1, 1])


@kind("solve.ragged")
def _(rng: random.Random) -> Call:
    # A short row has fewer edges; a long one has edges to sinks that do not exist.
    values = [[rng.randrange(100) for _ in range(rng.randint(0, 6))] for _ in range(rng.randint(1, 5))]
    capacities = [1] * rng.randint(0, 3)
    return lambda: lotse.solve(values, capacities)


@kind("solve.capacities")
def _(rng: random.Random) -> Call:
    capacities = rng.choice([junk(rng), [junk(rng), 1], [-1, 1], [2**33, 1], [1, 2**63]])
    return lambda: lotse.solve([[1, 2], [3, 4]], capacities)


@kind("solve.lists")
def _(rng: random.Random) -> Call:
    lists: dict[str, Any] = {
        rng.choice(LISTS): rng.choice([junk(rng), [junk(rng), junk(rng)], [0], [-1, 4], [2**40, 9]])
    }
    return lambda: lotse.solve([[1, 2], [3, 4]], [1, 1], **lists)


@kind("solve.huge")
def _(rng: random.Random) -> Call:
    huge = rng.choice([2**31, 2**32 - 1, 2**32, 2**62, 2**63 - 1, -(2**63), 2**63])
    count = rng.choice([1, 2**31, 2**32 - 1, 2**32])
    return lambda: lotse.solve([[huge, 1], [huge, huge]], [None, 5], counts=[count, count], sizes=[count, 1])


@kind("solve.sparse")
def _(rng: random.Random) -> Call:
    row, col, data = ([rng.choice([0, 0, 1, -1, 2**40, junk(rng)]) for _ in range(3)] for _ in range(3))
    shape = rng.choice([(2, 2), (1, 1), (0, 0), (-1, 2), (2,), 5, None, "ab", (2, 2, 2), (1.5, 2)])
    return lambda: lotse.solve(Sparse(row, col, data, shape), [1, 1])


@kind("solve.sparse_shape")
def _(rng: random.Random) -> Call:
    # That number of rows exceeds every memory; for fewer it depends on the machine.
    shape = (rng.choice([2**60, 2**62, 2**63 - 1, 2**64, 10**30]), 2)
    return lambda: lotse.solve(Sparse([0], [0], [1], shape), [1, 1])


@kind("solve.sparse_lengths")
def _(rng: random.Random) -> Call:
    # The lists of an array must have equal lengths.
    row, col, data = ([0] * count for count in rng.choice([(1, 1, 2), (1, 2, 1), (2, 1, 1), (0, 0, 1)]))
    return lambda: lotse.solve(Sparse(row, col, data, (1, 2)), [1, 1])


@kind("solve.raising_object")
def _(rng: random.Random) -> Call:
    class Raises:
        tocoo = staticmethod(raises)

    values = rng.choice([Raises(), RaisesAtAnyAttribute(), RaisesAtIter()])
    return lambda: lotse.solve(values, [1])


EACH = math.ceil(TOTAL / len(KINDS))


def test_there_are_enough_kinds_and_inputs() -> None:
    assert len(KINDS) >= 50
    assert EACH * len(KINDS) >= TOTAL
    assert KINDS.keys() >= ACCEPTED.keys() | MAY_PASS | PRIVATE


@pytest.mark.parametrize("name", KINDS)
def test_only_lotse_error_is_raised(name: str) -> None:
    rng, make = random.Random(f"17 {name}"), KINDS[name]
    rejected = 0
    for _ in range(EACH):
        call = make(rng)
        try:
            rejected += call() is True
        except lotse.Error as error:
            rejected += 1
            assert error.code and error.errors and error.errors[0]["code"] == error.code
            if name in PRIVATE:
                assert MARK not in str(error) + repr(error) + repr(vars(error))
                assert error.__cause__ is None and error.__context__ is None
        except Own:
            assert name in MAY_PASS
            rejected += 1
    assert (rejected == 0) == (name in ACCEPTED), f"{rejected} rejected"


# Memory.

PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
STATM = Path("/proc/self/statm")


def resident() -> int:
    return int(STATM.read_text().split()[1]) * PAGE


@pytest.mark.skipif(not STATM.exists(), reason="only Linux has this file")
def test_memory_does_not_grow() -> None:
    kinds = [make for name, make in KINDS.items() if name != "solve.sparse_shape" and name not in ACCEPTED]
    table = pa.table({"id": ["n-1", "n-2"], "languages": ["prs;de:A2", "uk"]})
    valid: list[Call] = [
        lambda: MATCHER.rank(NEED).to_dict(),
        lambda: MATCHER.rank_all([NEED, {"id": "n-2"}]),
        lambda: pa.table(MATCHER.rank_table(table)),
        lambda: MATCHER.allocate([NEED]).report().to_dict(),
        lambda: MATCHER.diagnose(NEED).near_misses,
        lambda: lotse.Need(**NEED).to_json(),
        lambda: lotse.Offer(**{**OFFER, "no_access": []}).capacity,
        lambda: MATCHER.update({"id": "o-4", "capacity": 1}),
        lambda: lotse.solve([[1, 2], [3, 4]], [1, 1]).prices,
        lambda: lotse.resolve("Farsi", "language"),
    ]

    def run(times: int) -> None:
        rng = random.Random(3)
        for number in range(times):
            try:
                kinds[number % len(kinds)](rng)()
            except (ValueError, Own):
                pass  # tested above
            valid[number % len(valid)]()

    run(3_000)
    before = resident()
    run(20_000)
    assert resident() - before < 20 * 2**20
