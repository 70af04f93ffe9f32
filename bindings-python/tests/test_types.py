"""The stubs say what the module does, strict checkers can work with them, and the docs are true."""

from __future__ import annotations

import doctest
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
import stub_docs

import lotse
from lotse import types

HERE = Path(__file__).parent

# Stubtest takes an alias of words for a function, whatever it is declared as.
NOT_UNDERSTOOD = [f"lotse.types.{name}" for name in types.__all__ if get_origin(getattr(types, name)) is Literal]

PUBLIC = [(name, getattr(lotse, name)) for name in lotse.__all__ if name not in ("types", "wire", "example")]


def run(*arguments: str, cwd: Path) -> None:
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_stubs_match_the_module(tmp_path: Path) -> None:
    (tmp_path / "allowed").write_text("\n".join(NOT_UNDERSTOOD))
    run("mypy.stubtest", "lotse", "--allowlist", "allowed", cwd=tmp_path)


def test_the_stub_has_the_docs_of_the_module() -> None:
    stub = stub_docs.STUB.read_text("utf-8")
    assert stub == stub_docs.with_docs(stub), "write it anew: python bindings-python/tests/stub_docs.py"


def test_mypy_strict_on_an_example(tmp_path: Path) -> None:
    run("mypy", "--strict", "--python-version", "3.11", str(HERE / "example.py"), cwd=tmp_path)


def test_pyright_strict_on_an_example(tmp_path: Path) -> None:
    configuration = {"include": [str(HERE / "example.py")], "typeCheckingMode": "strict", "pythonVersion": "3.11"}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(configuration))
    run("pyright", "-p", str(tmp_path), "--pythonpath", sys.executable, cwd=tmp_path)


def test_the_example_runs(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, str(HERE / "example.py")], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name, documented", [("lotse", lotse), ("example", lotse.example), *PUBLIC], ids=lambda value: value if isinstance(value, str) else "")
def test_the_examples_in_the_docs_are_true(name: str, documented: Any) -> None:
    # Compiled functions are of another module than the one in which they are met.
    finder = doctest.DocTestFinder(recurse=isinstance(documented, type))
    runner = doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL | doctest.ELLIPSIS)
    for found in finder.find(documented, name, module=False, globs={}):
        assert runner.run(found).failed == 0, found.name


def _words(wrong: Callable[[], Any]) -> set[str]:
    """The words that the core allows, as it tells whoever gives another."""
    with pytest.raises(lotse.Error) as caught:
        wrong()
    return set((caught.value.hint or "").removeprefix("one of ").split(", "))


def test_the_words_are_those_of_the_core() -> None:
    matcher, wrong = lotse.Matcher([]), "xyz"
    language = {"tag": "de", "level": wrong}
    told: dict[str, Callable[[], Any]] = {
        "Criterion": lambda: lotse.criterion_name(wrong),  # type: ignore[arg-type]
        "Format": lambda: lotse.Need(id="n-1", formats=[wrong]),
        "Gender": lambda: lotse.Need(id="n-1", gender=wrong),  # type: ignore[arg-type]
        "How": lambda: lotse.Offer(id="o-1", languages=[{"tag": "de", "how": wrong}]),
        "Kind": lambda: lotse.resolve("x", wrong),  # type: ignore[arg-type]
        "Lang": lambda: matcher.rank({"id": "n-1"}, lang=wrong),  # type: ignore[arg-type]
        "Level": lambda: lotse.Need(id="n-1", languages=[language]),
        "Moves": lambda: matcher.allocate([], moves=wrong),  # type: ignore[arg-type]
        "OnUnknown": lambda: lotse.Policy(rules={"age": {"rule": "must", "unknown": wrong}}),
        "Priority": lambda: lotse.Need(id="n-1", priority=wrong),  # type: ignore[arg-type]
        "RegionKind": lambda: lotse.Vocabulary({"regions": [{"code": "x", "kind": wrong, "name": "x"}]}),
        "Rule": lambda: lotse.Policy(rules={"age": wrong}),
        "State": lambda: lotse.Offer(id="o-1", capacity={"state": wrong}),
    }
    for name, call in told.items():
        assert set(get_args(getattr(types, name))) == _words(call), name
    # These two only come out; other tests see them.
    assert {name.removeprefix("lotse.types.") for name in NOT_UNDERSTOOD} - told.keys() == {"FoundBy", "UnmetReason"}


def test_the_readme_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chapter = (HERE.parents[1] / "README.md").read_text("utf-8").split("## From Python")[1].split("\n## ")[0]
    blocks = re.findall(r"```python\n(.*?)```", chapter, re.DOTALL)
    assert len(blocks) == 2
    (tmp_path / "needs.csv").write_text("id,languages,region,crime.code\nn-1,uk;de:A2,14612,0101\nn-2,ti,14625,\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for block in blocks:
        exec(compile(block, "README.md", "exec"), names)  # noqa: S102
    assert names["ranked"]["need"].to_list() == ["n-1"]
    assert names["outcome"]["need"].to_list() == ["n-2", "n-1"]


def test_everything_public_is_documented() -> None:
    for name, documented in PUBLIC:
        assert documented.__doc__, name
        if isinstance(documented, type):
            for member, value in vars(documented).items():
                if callable(value) and not member.startswith("_"):
                    assert value.__doc__, f"{name}.{member}"
