"""Junk: values for any position of the input, valid at hardly any."""

from __future__ import annotations

import datetime
import json
import math
import random
from collections.abc import Callable, Iterator
from typing import Any

MARK = "geheim"
"""German for secret: a value of needs, which their errors must not repeat."""


class Own(Exception):
    """An error that an object of the caller raises."""


class RaisesAsNumber:
    def __index__(self) -> int:
        raise Own(MARK)

    def __int__(self) -> int:
        raise Own(MARK)

    def __float__(self) -> float:
        raise Own(MARK)

    def __str__(self) -> str:
        raise Own(MARK)

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        raise Own(MARK)

    def __hash__(self) -> int:
        raise Own(MARK)


class RaisesAsArray:
    def tolist(self) -> Any:
        raise Own(MARK)


class ItselfAsArray:
    def tolist(self) -> Any:
        return self


class EndlessAsArray:
    """An endless sequence of new objects."""

    def tolist(self) -> Any:
        return type(self)()


class AroundItselfAsArray:
    def tolist(self) -> Any:
        return [self, self]


class RaisesAsDate(datetime.date):
    def isoformat(self) -> str:
        raise Own(MARK)


class NoTextAsDate(datetime.date):
    def isoformat(self) -> Any:
        return self


class RaisesAtIter:
    def __iter__(self) -> Iterator[Any]:
        raise Own(MARK)


class ItselfAtIter:
    def __iter__(self) -> Any:
        return self


class RaisesAtNext:
    def __iter__(self) -> Any:
        return self

    def __next__(self) -> Any:
        raise Own(MARK)


class RaisesAtAnyAttribute:
    def __getattr__(self, name: str) -> Any:
        raise Own(MARK)


class Stream:
    """An object with the interface of a table."""

    def __init__(self, create: Callable[[], Any]) -> None:
        self.create = create

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.create()


class NeverText(str):
    def __str__(self) -> str:
        raise Own(MARK)


def raises() -> Any:
    raise Own(MARK)


def loop(rng: random.Random) -> Any:
    """Returns a list or dict that contains itself, directly or indirectly."""
    inner: list[Any] = [MARK]
    outer: Any = [inner, {MARK: inner}]
    inner.append(outer if rng.random() < 0.5 else inner)
    named: dict[str, Any] = {"tag": MARK}
    named["level"] = named
    return rng.choice([inner, outer, named, (inner, outer)])


def deep(rng: random.Random) -> Any:
    value: Any = MARK
    for _ in range(rng.choice([15, 16, 17, 18, 40, 200])):
        value = rng.choice([[value], {"code": value}, (value,)])
    return value


SURROGATES = ("\ud800", f"{MARK}\udfff", f"\udc00{MARK}", "14612\ud83d")
NUMBERS = (
    math.nan, math.inf, -math.inf, 10**30, -(10**30), 2**63, -(2**63) - 1, 2**64, 10**400, 1e300, 5e-324, -1, -0.5,
    0.123456, 1.5, 7e7,
)  # fmt: skip
FLAT: tuple[Callable[[random.Random], Any], ...] = (
    lambda rng: rng.choice(NUMBERS),
    lambda rng: rng.choice(SURROGATES),
    lambda rng: rng.choice([True, False, 1j, ..., int, object(), range(3)]),
    lambda rng: rng.choice([b"34", bytearray(b"34"), {34}, frozenset({MARK})]),
    lambda rng: rng.choice([MARK, f" {MARK} ", MARK * 100, "\u202e" + MARK, NeverText(MARK)]),
    lambda rng: rng.choice(["x" * 300, "\0", "2026-02-30", "any!"]),
    lambda rng: rng.choice([{1: 2}, {None: MARK}, {("a",): 2}, {"\ud800": 2}]),
    lambda rng: rng.choice([{MARK: MARK}, {"code": MARK}, {"tag": [MARK]}]),
    lambda rng: rng.choice([[MARK], [None], [[MARK]], [{"tag": MARK}], [1, 2], ("de", 5), [b"x"], [MARK, MARK]]),
    lambda rng: rng.choice([RaisesAsNumber, RaisesAsArray, ItselfAsArray])(),
    lambda rng: rng.choice([EndlessAsArray, AroundItselfAsArray])(),
    lambda rng: rng.choice([RaisesAsDate, NoTextAsDate])(2026, 11, 23),
    lambda rng: rng.choice([RaisesAtIter, ItselfAtIter, RaisesAtNext, RaisesAtAnyAttribute])(),
    loop,
    deep,
    lambda rng: rng.choice([math.sin, lambda: MARK, (item for item in [MARK]), memoryview(b"x"), Exception(MARK), json])
)  # fmt: skip


def junk(rng: random.Random) -> Any:
    return rng.choice(FLAT)(rng)


def damage(rng: random.Random, value: Any) -> Any:
    """Replaces a random part of a value by junk."""
    if isinstance(value, dict) and rng.random() < 0.9:
        key = rng.choice(list(value))
        return {**value, key: damage(rng, value[key])}
    if isinstance(value, list) and rng.random() < 0.7:
        index = rng.randrange(len(value) + 1)
        item = damage(rng, value[index]) if index < len(value) else junk(rng)
        return [*value[:index], item, *value[index + 1 :]]
    return junk(rng)
