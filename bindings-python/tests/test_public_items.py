"""Compares the public items of the crate with the names of the package: each has one, or a reason for its absence."""

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
    path = os.environ.get("LOTSE_PUBLIC_ITEMS")
    if path:
        text = Path(path).read_text("utf-8")
    else:
        script = HERE.parents[1] / "tests" / "support" / "public-items"
        text = subprocess.run([script], check=True, stdout=subprocess.PIPE, text=True).stdout
    return text.splitlines()


@dataclass(frozen=True)
class Line:
    """A line of the table: the names of items in Python, or the reason for their absence."""

    item: str
    names: tuple[str, ...] = ()
    reason: str = ""

    @functools.cached_property
    def breadth(self) -> int:
        """0 for one item, 1 for a list of names, 2 for any name."""
        return 2 if "*" in self.item else int("{" in self.item)

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        # The first group replaces `*` in a name.
        pattern = ""
        for part in re.split(r"(\*|\{[^}]*\})", self.item):
            if part == "*":
                pattern += r"([^:\s]+)"
            elif part.startswith("{"):
                pattern += f"({'|'.join(map(re.escape, part[1:-1].split(',')))})"
            else:
                pattern += re.escape(part)
        return re.compile(pattern)

    def names_for(self, item: str) -> tuple[str, ...]:
        match = self.pattern.fullmatch(item)
        star = match.group(1) if match and match.groups() else "*"
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
def example_error() -> lotse.Error:
    """Returns a raised error, because others have no attributes."""
    with pytest.raises(lotse.Error) as caught:
        lotse.Need.from_json("")
    return caught.value


def has_member(owner: Any, name: str) -> bool:
    """Returns whether lotse defines a member; those of every class or dict do not count."""
    if owner is lotse.Error:
        return name in vars(example_error())
    if isinstance(owner, type):
        return any(name in vars(base) for base in owner.__mro__ if base.__module__.partition(".")[0] == "lotse")
    return inspect.ismodule(owner) and (not hasattr(owner, "__all__") or name in owner.__all__)


@functools.cache
def exists(name: str) -> bool:
    """Returns whether Python has a name: `lotse.Offer.capacity`, `lotse.Need(age)`, `lotse.types.Finding[fit]`."""
    parts = re.fullmatch(r"([\w.]+)(?:\((\w+)\)|\[(\w+)\])?", name)
    if parts is None:
        return False
    dotted, keyword, key = parts.groups()
    module, *attributes = dotted.split(".")
    found: Any = importlib.import_module(module)
    for attribute in attributes:
        if module == "lotse" and not has_member(found, attribute):
            return False
        if found is lotse.Error:
            found = getattr(example_error(), attribute)
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
    """Returns the equal name of an item in `lotse` or `lotse.types`, or `None`."""
    sort, path = item.split(" ")
    names = path.split("::")
    candidates = ["lotse." + ".".join(names)]
    if sort in ("struct", "enum") and len(names) == 1:
        candidates.append(f"lotse.types.{path}")
    if sort in ("method", "field") and len(names) == 2:
        owner, member = names
        candidates.append(f"lotse.types.{owner}[{member}]")
        codes = getattr(lotse.types, owner, None)
        if member in ("all", "as_str") and typing.get_origin(codes) is typing.Literal:
            candidates.append(f"lotse.types.{owner}")
    return next(filter(exists, candidates), None)


def faults(items: list[str], lines: list[Line]) -> list[str]:
    """Returns the contradictions between the table, the crate and the package."""
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
    return found + [f"{line.item}: matches no item" for line in lines if line not in used]


def test_python_has_every_public_item() -> None:
    items = public_items()
    # The list of another crate could pass too.
    assert {"struct Matcher", "method Matcher::rank_all", "field Report::total", "function wire::call"} <= set(items)
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
    "method Matcher::novelty",
    # Members of every object, class, tuple or dict.
    "method Matcher::mro",
    "method Matcher::__init__",
    "method Error::args",
    "method Tally::get",
    "method Tally::items",
    "field Report::novelty",
    "field Referral::novelty",
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
def test_a_new_item_is_reported(item: str) -> None:
    assert [fault for fault in faults([item], parse(TABLE)) if fault.startswith(f"{item}: ")]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("method Matcher::gone -> lotse.Matcher.rank", "method Matcher::gone: matches no item"),
        ("struct Old* -- gone", "struct Old*: matches no item"),
        ("type ProgressFn -- ", "type ProgressFn: no reason"),
        ("struct Matcher -- it has one", "struct Matcher: a reason, but there is lotse.Matcher"),
        ("struct Matcher -> lotse.Novelty", "struct Matcher: there is no lotse.Novelty"),
        ("struct Matcher -> lotse.Matcher.rank.novelty", "struct Matcher: there is no lotse.Matcher.rank.novelty"),
        ("struct Matcher -> lotse.Matcher(novelty)", "struct Matcher: there is no lotse.Matcher(novelty)"),
        (
            "struct Matcher -> lotse.types.ReportRow[novelty]",
            "struct Matcher: there is no lotse.types.ReportRow[novelty]",
        ),
        ("struct Match{er,} -> lotse.types.*", "struct Matcher: there is no lotse.types.er"),
        ("method Finding::wei* -> lotse.types.Finding[weight]", "method Finding::weight: more than one line: "),
    ],
)
def test_a_wrong_line_is_reported(line: str, fault: str) -> None:
    found = faults(public_items(), [*parse(TABLE), *parse(line)])
    assert any(text.startswith(fault) for text in found), found
    assert not any(text.startswith(fault) for text in faults(public_items(), parse(TABLE)))


def test_a_line_has_a_name_or_a_reason() -> None:
    with pytest.raises(ValueError, match="neither a name nor a reason"):
        parse("struct Matcher")
