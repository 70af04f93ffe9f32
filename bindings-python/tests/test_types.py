"""Tests of the stubs, with strict type checkers, and of all examples in the documentation."""

from __future__ import annotations

import ast
import datetime
import doctest
import graphlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MemberDescriptorType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest
import stub_docs
from test_golden import CASES

import lotse
from lotse import _files, _imports, _lotse, _resolve, types, wire

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


CHECKED = [str(HERE / name) for name in ("example.py", "wrong_types.py")]


def test_mypy_strict_on_an_example(tmp_path: Path) -> None:
    # Strict mode reports an ignored error that is none.
    code = "--disable-error-code=ignore-without-code"
    run("mypy", "--strict", code, "--python-version", "3.11", *CHECKED, cwd=tmp_path)


def test_pyright_strict_on_an_example(tmp_path: Path) -> None:
    configuration: dict[str, Any] = {"include": CHECKED, "typeCheckingMode": "strict", "pythonVersion": "3.11"}
    configuration |= {"enableTypeIgnoreComments": True, "reportUnnecessaryTypeIgnoreComment": "error"}
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
        "Operation": lambda: lotse.wire.call(wrong, {}),  # type: ignore[call-overload]
        "OnUnknown": lambda: lotse.Policy(rules={"age": {"rule": "must", "unknown": wrong}}),
        "Priority": lambda: lotse.Need(id="n-1", priority=wrong),  # type: ignore[arg-type]
        "RecordKind": lambda: lotse.sketch_mapping(b"", records=wrong),  # type: ignore[arg-type]
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
        "ColumnUse",
        "FindingState",
        "LabelledField",
        "ResolvedBy",
        "UnmetReason",
        "Why",
        "WordKind",
    }
    for name, kind in (("ColumnUse", "use"), ("Why", "why"), ("WordKind", "word_kind")):
        assert set(get_args(getattr(types, name))) == lotse.import_labels()[kind].keys(), name


RESPONSES: dict[str, Any] = {
    "rank": types.RankResponse,
    "explain": types.ExplainResponse,
    "diagnose": types.DiagnoseResponse,
    "allocate": types.AllocateResponse,
    "report": types.Report,
    "check": types.CheckReport,
    "resolve": types.ResolveResponse,
    "import": types.ImportResponse,
    "sketch": types.Sketch,
    "export": types.Exported,
}


def misfits(data: Any, expected: Any, path: str) -> Iterator[str]:
    """Returns where data are not of a type of `lotse.types`."""
    origin, arguments = get_origin(expected), get_args(expected)
    if expected is Any:
        return
    if is_typeddict(expected):
        if not isinstance(data, dict):
            yield f"{path}: no dict"
            return
        hints = get_type_hints(expected)
        yield from (f"{path}: {key} is missing" for key in expected.__required_keys__ - data.keys())
        for key, value in data.items():
            if key not in hints:
                yield f"{path}: {key} is not in {expected.__name__}"
            else:
                yield from misfits(value, hints[key], f"{path}.{key}")
    elif origin is list:
        if not isinstance(data, list):
            yield f"{path}: no list"
            return
        for index, item in enumerate(data):
            yield from misfits(item, arguments[0], f"{path}[{index}]")
    elif origin is dict:
        if not isinstance(data, dict):
            yield f"{path}: no dict"
            return
        for key, value in data.items():
            yield from misfits(key, arguments[0], f"{path}: the key {key}")
            yield from misfits(value, arguments[1], f"{path}.{key}")
    elif origin is Literal:
        if data not in arguments:
            yield f"{path}: {data!r} is none of {arguments}"
    elif origin in (Union, UnionType):
        if all(list(misfits(data, one, path)) for one in arguments):
            yield f"{path}: {data!r} is not {expected}"
    elif expected is float:
        # In JSON 1 and 1.0 are one number.
        if isinstance(data, bool) or not isinstance(data, (int, float)):
            yield f"{path}: {data!r} is no number"
    elif type(data) is not expected:
        yield f"{path}: {data!r} is no {expected.__name__}"


def test_responses_to_the_golden_cases_have_their_types() -> None:
    assert RESPONSES.keys() == set(get_args(types.Operation))
    cases = [case for case in CASES if "want" in case]
    found = [
        f"{case['name']}: {misfit}"
        for case in cases
        for misfit in misfits(wire.call(case["op"], case["input"]), RESPONSES[case["op"]], "response")
    ]
    assert cases and found == []


def differences(expected: Any, schema: dict[str, Any], definitions: dict[str, Any], path: str) -> Iterator[str]:
    """Returns where a type of records has other keys or codes than the JSON Schema."""
    arguments: tuple[Any, ...] = get_args(expected)
    branches = list(resolved(schema, definitions))
    if is_typeddict(expected):
        [fields] = [branch for branch in branches if branch.get("type") == "object"]
        hints = get_type_hints(expected)
        if hints.keys() != fields["properties"].keys():
            yield f"{path}: {hints.keys() ^ fields['properties'].keys()}"
        # A location of a need has both coordinates or none, which is no keyword of a schema.
        if expected is not types.Coordinates and expected.__required_keys__ != set(fields.get("required", ())):
            yield f"{path}: required"
        for key in hints.keys() & fields["properties"].keys():
            yield from differences(hints[key], fields["properties"][key], definitions, f"{path}.{key}")
    elif get_origin(expected) is Mapping:
        [fields] = [branch for branch in branches if branch.get("type") == "object"]
        if codes_of(arguments[0]) != fields["properties"].keys():
            yield f"{path}: {codes_of(arguments[0]) ^ fields['properties'].keys()}"
        for key, field in fields["properties"].items():
            yield from differences(arguments[1], field, definitions, f"{path}.{key}")
    elif get_origin(expected) in (Sequence, list):
        [items] = [branch["items"] for branch in branches if branch.get("type") == "array"]
        yield from differences(arguments[0], items, definitions, f"{path}[]")
    elif get_origin(expected) in (Union, UnionType):
        for argument in arguments:
            if argument is not type(None) and not is_literal(argument):
                yield from differences(argument, schema, definitions, path)
        yield from code_differences(expected, branches, path)
    elif is_literal(expected):
        yield from code_differences(expected, branches, path)
    else:
        kinds = {branch.get("type") for branch in branches} | {"string" for branch in branches if "const" in branch}
        wanted = {str: "string", int: "integer", float: "number", bool: "boolean", datetime.date: "string"}[expected]
        if wanted not in kinds:
            yield f"{path}: {expected} is none of {kinds}"


def is_literal(expected: Any) -> bool:
    return get_origin(expected) is Literal


def code_differences(expected: Any, branches: list[dict[str, Any]], path: str) -> Iterator[str]:
    codes = codes_of(expected)
    found = {code for branch in branches for code in branch.get("enum", ()) if isinstance(code, str) and code}
    found |= {branch["const"] for branch in branches if "const" in branch} if codes else set()
    if codes != found:
        yield f"{path}: {codes ^ found}"


def codes_of(expected: Any) -> set[str]:
    """Returns the codes of a `Literal`, or of all in a union."""
    if is_literal(expected):
        return set(get_args(expected))
    is_union = get_origin(expected) in (Union, UnionType)
    return {code for argument in get_args(expected) for code in codes_of(argument)} if is_union else set()


def resolved(schema: dict[str, Any], definitions: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Returns the alternatives of a schema."""
    if "$ref" in schema:
        yield from resolved(definitions[schema["$ref"].removeprefix("#/$defs/")], definitions)
    elif "anyOf" in schema and "properties" not in schema:
        for branch in schema["anyOf"]:
            yield from resolved(branch, definitions)
    elif "allOf" in schema:
        yield from resolved(schema["allOf"][0], definitions)
    else:
        yield schema


@pytest.mark.parametrize(
    ("name", "expected"),
    [("need", types.NeedRecord), ("offer", types.OfferRecord), ("policy", types.PolicyRecord)],
)
def test_records_have_the_keys_and_codes_of_the_schema(name: str, expected: Any) -> None:
    schema = wire.schema(name)
    assert list(differences(expected, schema, schema["$defs"], name)) == []
    damaged = {**schema, "properties": {**schema["properties"], "novelty": {"type": "string"}}}
    assert list(differences(expected, damaged, schema["$defs"], name))


def test_the_keywords_of_a_record_are_its_keys() -> None:
    stub = ast.parse(stub_docs.STUB.read_text("utf-8"))
    records = {"Need": types.NeedRecord, "Offer": types.OfferRecord, "Policy": types.PolicyRecord}
    found = 0
    for node in ast.walk(stub):
        if isinstance(node, ast.ClassDef) and node.name in records:
            [new] = [item for item in node.body if isinstance(item, ast.FunctionDef) and item.name == "__new__"]
            assert {keyword.arg for keyword in new.args.kwonlyargs} == get_type_hints(records[node.name]).keys()
            found += 1
    assert found == 3


def test_other_results_have_their_types() -> None:
    example = lotse.example
    matcher, needs = lotse.Matcher(example.offers(), as_of=example.AS_OF), example.needs()
    plan = matcher.allocate(needs)
    matcher.set_capacity(plan.referrals[0]["offer"], 0)
    later = matcher.allocate(needs, min_score=0.5)
    row = {"from": "xaa", "to": "de", "degree": 0.5, "source": "x"}
    results = [
        (lotse.Policy().to_dict(), types.EffectivePolicy),
        (lotse.Policy(language={"comprehension": [row]}).to_dict(), types.EffectivePolicy),
        (plan.diff(later).to_dict(), types.PlanDiff),
        (matcher.evaluate(needs, plan).to_dict(), types.Evaluation),
        (matcher.baseline(needs, "greedy"), types.Objective),
        (lotse.labels(), types.Labels),
    ]
    assert plan.diff(later)
    for data, expected in results:
        assert list(misfits(data, expected, expected.__name__)) == []


def typescript_interfaces() -> dict[str, set[str]]:
    """Returns the fields of each response in TypeScript."""
    source = (HERE.parents[1] / "bindings-wasm" / "js" / "responses.ts").read_text("utf-8")
    fields: dict[str, set[str]] = {"Pair": {"need", "offer"}}
    for name, base, body in re.findall(r"export interface (\w+)(?: extends (\w+))? \{\n(.*?)\n\}", source, re.DOTALL):
        fields[name] = set(re.findall(r"^  (\w+)\??:", body, re.MULTILINE)) | fields.get(base, set())
    # Unions by `code` or `reason`: TypeScript has an interface for each variant, Python one type with all fields.
    for name, code in (("Finding", "code"), ("RequiredChange", "code"), ("UnmetNeed", "reason")):
        fields[name] = fields.pop(f"{name}Fields") | {code, "facts"}
    variants = {name for name in fields if fields[name] >= {"need", "reason", "facts"}} - {"UnmetNeed"}
    facts = {name for name in fields if name.endswith("Facts")}
    fields["UnmetFacts"] = {field for name in facts for field in fields[name]}
    return {name: found for name, found in fields.items() if name not in variants | facts - {"UnmetFacts"}}


def test_responses_have_the_names_of_typescript() -> None:
    interfaces = typescript_interfaces()
    assert {"RankResponse", "Finding", "AllocateResponse", "Report"} <= interfaces.keys()
    del interfaces["Pair"]
    for name, fields in interfaces.items():
        typed = getattr(types, name)
        assert fields == typed.__required_keys__ | typed.__optional_keys__, name


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"rankings": 3}, types.RankResponse),
        ({}, types.RankResponse),
        ({"rankings": [], "more": 1}, types.RankResponse),
        ({"rankings": [{"need": 3, "matches": []}]}, types.RankResponse),
        ({"optimal": True, "gap": 3, "verified": True}, types.Certificate),
        ({"people": {"xyz": 1}, "kept": 0, "score": 0.0}, types.Price),
        ({"people": {}, "kept": True, "score": 0.0}, types.Price),
    ],
)
def test_a_misfit_is_found(data: Any, expected: Any) -> None:
    assert list(misfits(data, expected, "response"))


def test_the_examples_in_the_readme_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [(HERE.parents[1] / name).read_text("utf-8") for name in ("README.md", "core/docs/python.md")]
    blocks = [block for text in texts for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL)]
    assert len(blocks) == 4
    shutil.copy(HERE.parent / "examples" / "Beratungsstellen.xlsx", tmp_path)
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
                if not member.startswith("_") and not isinstance(vars(documented)[member], MemberDescriptorType):
                    described = getattr(documented, member)
                    assert FIRST_LINE.match(described.__doc__ or ""), f"{name}.{member}"


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
    "module", [lotse, _lotse, _resolve, _files, _imports, lotse.example, wire], ids=lambda module: module.__name__
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
