"""Everything that Rust can, Python can: each public item of the crate has a name here, or a reason why not."""

from __future__ import annotations

import functools
import importlib
import inspect
import os
import re
import subprocess
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import lotse

HERE = Path(__file__).parent
TABLE = (HERE / "public_items.txt").read_text("utf-8")


@functools.cache
def public_items() -> list[str]:
    given = os.environ.get("LOTSE_PUBLIC_ITEMS")
    if given:
        text = Path(given).read_text("utf-8")
    else:
        script = HERE.parents[1] / "tests" / "support" / "public-items"
        text = subprocess.run([script], check=True, stdout=subprocess.PIPE, text=True).stdout
    return text.splitlines()


@dataclass(frozen=True)
class Line:
    """What the table says of an item: names in Python, or a reason why there is none."""

    item: str
    names: tuple[str, ...] = ()
    reason: str = ""

    @functools.cached_property
    def breadth(self) -> int:
        """How much it takes in: one item, a few that are named, or any."""
        return 2 if "*" in self.item else int("{" in self.item)

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        # The first group is what `*` stands for in a name.
        whole = ""
        for part in re.split(r"(\*|\{[^}]*\})", self.item):
            if part == "*":
                whole += r"([^:\s]+)"
            elif part.startswith("{"):
                whole += f"({'|'.join(map(re.escape, part[1:-1].split(',')))})"
            else:
                whole += re.escape(part)
        return re.compile(whole)

    def names_for(self, item: str) -> tuple[str, ...]:
        found = self.pattern.fullmatch(item)
        star = found.group(1) if found and found.groups() else "*"
        return tuple(name.replace("*", star) for name in self.names)


def parse(table: str) -> list[Line]:
    lines = []
    for text in table.splitlines():
        if not text or text.startswith("#"):
            continue
        if (parts := re.fullmatch(r"(.+?) -> (.+)", text)) is not None:
            lines.append(Line(parts[1], names=tuple(parts[2].split(", "))))
        elif (parts := re.fullmatch(r"(.+?) -- *(.*)", text)) is not None:
            lines.append(Line(parts[1], reason=parts[2].strip()))
        else:
            raise ValueError(f"neither a name nor a reason: {text}")
    return lines


@functools.cache
def an_error() -> lotse.Error:
    """An error has its attributes only when it is raised."""
    with pytest.raises(lotse.Error) as caught:
        lotse.Need.from_json("")
    return caught.value


def has(owner: Any, name: str) -> bool:
    """Whether somebody wrote this: what every class or dict has counts for nothing."""
    if owner is lotse.Error:
        return name in vars(an_error())
    if isinstance(owner, type):
        return any(name in vars(one) for one in owner.__mro__ if one.__module__.partition(".")[0] == "lotse")
    return inspect.ismodule(owner) and (not hasattr(owner, "__all__") or name in owner.__all__)


@functools.cache
def exists(name: str) -> bool:
    """Whether Python has it: `lotse.Offer.capacity`, `lotse.Need(age)`, `lotse.types.Reason[fit]`."""
    parts = re.fullmatch(r"([\w.]+)(?:\((\w+)\)|\[(\w+)\])?", name)
    if parts is None:
        return False
    dotted, keyword, key = parts.groups()
    module, *attributes = dotted.split(".")
    found: Any = importlib.import_module(module)
    for attribute in attributes:
        if module == "lotse" and not has(found, attribute):
            return False
        if found is lotse.Error:
            found = getattr(an_error(), attribute)
        elif hasattr(found, attribute):
            found = getattr(found, attribute)
        else:
            return False
    if keyword is not None:
        return keyword in inspect.signature(found).parameters
    if key is not None:
        return typing.is_typeddict(found) and key in found.__required_keys__ | found.__optional_keys__
    return True


def same_name(item: str) -> str | None:
    """The name that an item has anyway: its own, or that of its row or its words in `lotse.types`."""
    sort, path = item.split(" ")
    names = path.split("::")
    candidates = ["lotse." + ".".join(names)]
    if sort in ("struct", "enum") and len(names) == 1:
        candidates.append(f"lotse.types.{path}")
    if sort in ("method", "field") and len(names) == 2:
        row, member = names
        candidates.append(f"lotse.types.{row}[{member}]")
        words = getattr(lotse.types, row, None)
        if member in ("all", "as_str") and typing.get_origin(words) is typing.Literal:
            candidates.append(f"lotse.types.{row}")
    return next(filter(exists, candidates), None)


def faults(items: list[str], lines: list[Line]) -> list[str]:
    """What is wrong with the table, or with Python."""
    found = [f"{line.item}: no reason" for line in lines if not line.names and not line.reason]
    used = set()
    for item in items:
        fitting = [line for line in lines if line.pattern.fullmatch(item)]
        narrowest = min((line.breadth for line in fitting), default=0)
        fitting = [line for line in fitting if line.breadth == narrowest]
        used.update(fitting)
        own = same_name(item)
        if not fitting and own is None:
            found.append(f"{item}: not in Python, and no reason")
        if len(fitting) > 1:
            found.append(f"{item}: more than one line: {', '.join(line.item for line in fitting)}")
        for line in fitting:
            if line.reason and own is not None:
                found.append(f"{item}: a reason, but there is {own}")
            found += [f"{item}: there is no {name}" for name in line.names_for(item) if not exists(name)]
    return found + [f"{line.item}: stands for nothing" for line in lines if line not in used]


def test_everything_that_rust_can_python_can() -> None:
    items = public_items()
    # Another list than that of this crate would be in good order too.
    assert {"struct Matcher", "method Matcher::rank_all", "field Report::total", "function wire::rank"} <= set(items)
    if found := faults(items, parse(TABLE)):
        pytest.fail("\n".join(found), pytrace=False)


NEW = [
    "struct Novelty",
    "enum Novelty",
    "trait Novelty",
    "module novelty",
    "type Novelty",
    "constant NOVELTY",
    "function novelty",
    "function wire::novelty",
    "function wire::novelty_json",
    "function wire::novelty_json_on",
    "struct wire::ToldNovelty",
    "method Matcher::novelty",
    # What every object, class, tuple or dict has.
    "method Matcher::mro",
    "method Matcher::__init__",
    "method Error::args",
    "method Tally::get",
    "method Tally::items",
    "field Report::novelty",
    "field Referral::novelty",
    "field wire::ToldReason::novelty",
    "field wire::RankResponse::novelty",
    "field wire::UnmetFacts::novelty",
    "method NeedBuilder::novelty",
    "method PolicyBuilder::novelty",
    "method AllocateOptions::novelty",
    "method MatcherBuilder::novelty",
    "method Matcher::novelty_with",
    "method Matcher::all",
    "method Vocabulary::to_novelty",
    # A name of another module, and of a nested one, is not that of the root.
    "function wire::solve",
    "struct wire::Tally",
]


@pytest.mark.parametrize("item", NEW)
def test_what_is_new_in_rust_is_missed(item: str) -> None:
    assert [fault for fault in faults([item], parse(TABLE)) if fault.startswith(f"{item}: ")]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("method Matcher::gone -> lotse.Matcher.rank", "method Matcher::gone: stands for nothing"),
        ("struct Old* -- gone", "struct Old*: stands for nothing"),
        ("type Look -- ", "type Look: no reason"),
        ("struct Matcher -- it has one", "struct Matcher: a reason, but there is lotse.Matcher"),
        ("struct Matcher -> lotse.Novelty", "struct Matcher: there is no lotse.Novelty"),
        ("struct Matcher -> lotse.Matcher.rank.novelty", "struct Matcher: there is no lotse.Matcher.rank.novelty"),
        ("struct Matcher -> lotse.Matcher(novelty)", "struct Matcher: there is no lotse.Matcher(novelty)"),
        ("struct Matcher -> lotse.types.Row[novelty]", "struct Matcher: there is no lotse.types.Row[novelty]"),
        ("struct Match{er,} -> lotse.types.*", "struct Matcher: there is no lotse.types.er"),
        ("method Finding::wei* -> lotse.types.Reason[weight]", "method Finding::weight: more than one line: "),
    ],
)
def test_a_line_that_is_wrong_is_told(line: str, fault: str) -> None:
    told = faults(public_items(), [*parse(TABLE), *parse(line)])
    assert any(one.startswith(fault) for one in told), told
    assert not any(one.startswith(fault) for one in faults(public_items(), parse(TABLE)))


def test_a_line_says_something() -> None:
    with pytest.raises(ValueError, match="neither a name nor a reason"):
        parse("struct Matcher")
