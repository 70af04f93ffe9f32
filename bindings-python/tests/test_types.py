"""Tests of the stubs, with strict type checkers, and of all examples in the documentation."""

from __future__ import annotations

import ast
import doctest
import graphlib
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
from lotse import _files, _lotse, _resolve, types, wire

HERE = Path(__file__).parent

# Stubtest takes an alias of `Literal` for a function.
LITERALS = [f"lotse.types.{name}" for name in types.__all__ if get_origin(getattr(types, name)) is Literal]

PUBLIC = [(name, getattr(lotse, name)) for name in lotse.__all__ if name not in ("types", "wire", "example")]


def run(*arguments: str, cwd: Path) -> None:
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_stubs_match_the_module(tmp_path: Path) -> None:
    (tmp_path / "allowed").write_text("\n".join(LITERALS))
    run("mypy.stubtest", "lotse", "--allowlist", "allowed", cwd=tmp_path)


def test_the_stub_has_the_docs_of_the_module() -> None:
    stub = stub_docs.STUB.read_text("utf-8")
    assert stub == stub_docs.with_docs(stub), "update it: python bindings-python/tests/stub_docs.py"


def test_mypy_strict_on_an_example(tmp_path: Path) -> None:
    run("mypy", "--strict", "--python-version", "3.11", str(HERE / "example.py"), cwd=tmp_path)


def test_pyright_strict_on_an_example(tmp_path: Path) -> None:
    configuration = {"include": [str(HERE / "example.py")], "typeCheckingMode": "strict", "pythonVersion": "3.11"}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(configuration))
    run("pyright", "-p", str(tmp_path), "--pythonpath", sys.executable, cwd=tmp_path)


def test_the_example_runs(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, str(HERE / "example.py")], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "name, documented",
    [("lotse", lotse), ("example", lotse.example), *PUBLIC],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_examples_in_the_docs_hold(name: str, documented: Any) -> None:
    # Compiled functions have another module than the one that exports them.
    finder = doctest.DocTestFinder(recurse=isinstance(documented, type))
    runner = doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL | doctest.ELLIPSIS)
    for found in finder.find(documented, name, module=False, globs={}):
        assert runner.run(found).failed == 0, found.name


def _allowed_codes(call: Callable[[], Any]) -> set[str]:
    """Returns the codes in the hint of the error that a call with another code raises."""
    with pytest.raises(lotse.Error) as caught:
        call()
    return set((caught.value.hint or "").removeprefix("one of ").split(", "))


def test_the_codes_are_those_of_the_core() -> None:
    matcher, wrong = lotse.Matcher([]), "xyz"
    language = {"tag": "de", "level": wrong}
    calls: dict[str, Callable[[], Any]] = {
        "Criterion": lambda: lotse.criterion_label(wrong),  # type: ignore[arg-type]
        "DeliveryFormat": lambda: lotse.Need(id="n-1", formats=[wrong]),
        "Gender": lambda: lotse.Need(id="n-1", gender=wrong),  # type: ignore[arg-type]
        "LanguageMode": lambda: lotse.Offer(id="o-1", languages=[{"tag": "de", "how": wrong}]),
        "CodeKind": lambda: lotse.resolve("x", wrong),  # type: ignore[arg-type]
        "Lang": lambda: matcher.rank({"id": "n-1"}, lang=wrong),  # type: ignore[arg-type]
        "LanguageLevel": lambda: lotse.Need(id="n-1", languages=[language]),
        "MoveMode": lambda: matcher.allocate([], moves=wrong),  # type: ignore[arg-type]
        "Operation": lambda: lotse.wire.call(wrong, {}),  # type: ignore[arg-type]
        "OnUnknown": lambda: lotse.Policy(rules={"age": {"rule": "must", "unknown": wrong}}),
        "Priority": lambda: lotse.Need(id="n-1", priority=wrong),  # type: ignore[arg-type]
        "RegionKind": lambda: lotse.Vocabulary({"regions": [{"code": "x", "kind": wrong, "name": "x"}]}),
        "Rule": lambda: lotse.Policy(rules={"age": wrong}),
        "CapacityState": lambda: lotse.Offer(id="o-1", capacity={"state": wrong}),
    }
    for name, call in calls.items():
        assert set(get_args(getattr(types, name))) == _allowed_codes(call), name
    for kind in get_args(types.Baseline):
        assert matcher.baseline([], kind)["kept"] == 0
    with pytest.raises(lotse.Error):
        matcher.baseline([], wrong)  # type: ignore[arg-type]
    # The others occur in results and labels only.
    assert {name.removeprefix("lotse.types.") for name in LITERALS} - calls.keys() == {
        "Baseline",
        "FindingState",
        "LabelledField",
        "ResolvedBy",
        "UnmetReason",
    }


def test_the_examples_in_the_readme_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [(HERE.parents[1] / name).read_text("utf-8") for name in ("README.md", "core/docs/python.md")]
    blocks = [block for text in texts for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL)]
    assert len(blocks) == 3
    (tmp_path / "needs.csv").write_text(
        "id,languages,region,crime.code\nn-1,uk;de:A2,14612,0101\nn-2,ti,14625,\n", "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for block in blocks:
        exec(compile(block, "README.md", "exec"), names)  # noqa: S102
    assert names["ranked"]["need"].to_list() == ["n-1"]
    assert names["outcome"]["need"].to_list() == ["n-2", "n-1"]


FIRST_LINE = re.compile(r"(?!What|Who|Whether|How|Where|As )[A-Z][^\n]*[^\n:;,]")
"""A verb or a noun phrase."""


def test_every_public_class_and_method_is_documented() -> None:
    named = [*PUBLIC, *((f"types.{name}", getattr(types, name)) for name in types.__all__)]
    for name, documented in named:
        if get_origin(documented) is Literal:
            continue
        assert FIRST_LINE.match(documented.__doc__ or ""), name
        if isinstance(documented, type):
            for member in vars(documented):
                method = getattr(documented, member)
                if callable(method) and not member.startswith("_"):
                    assert FIRST_LINE.match(method.__doc__ or ""), f"{name}.{member}"


def test_imports_have_no_cycle() -> None:
    folder = Path(lotse.__file__).parent
    paths = [*folder.glob("*.py"), *folder.glob("*.pyi")]
    imports: dict[str, set[str]] = {}
    for path in paths:
        names = imports.setdefault(path.stem, set())
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "lotse":
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("lotse."):
                names.add((node.module or "").split(".")[1])
    # Any other name is exported by the package itself, which no module may import.
    assert set().union(*imports.values()) <= {path.stem for path in paths}
    graphlib.TopologicalSorter(imports).prepare()  # raises `CycleError`


@pytest.mark.parametrize(
    "module", [lotse, _lotse, _resolve, _files, lotse.example, wire], ids=lambda module: module.__name__
)
def test_the_examples_of_a_module_hold(module: Any) -> None:
    finder, runner = doctest.DocTestFinder(), doctest.DocTestRunner(verbose=False)
    for test in examples(finder, module):
        runner.run(test)
    assert runner.failures == 0 and runner.tries > 0


def examples(finder: doctest.DocTestFinder, module: Any) -> list[doctest.DocTest]:
    """Finds examples, also in compiled methods, which doctest does not find by itself."""
    found = finder.find(module)
    if module is _lotse:
        objects: dict[str, Any] = dict(vars(module))
        for name, value in vars(module).items():
            if isinstance(value, type):
                objects.update({f"{name}.{member}": method for member, method in vars(value).items()})
        for path, documented in objects.items():
            text = getattr(documented, "__doc__", None)
            if isinstance(text, str) and ">>>" in text:
                found.append(doctest.DocTestParser().get_doctest(text, {}, path, None, 0))
    return found
