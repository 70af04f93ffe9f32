"""Runs every case of tests/golden, like the tests of the other languages."""

import json
from collections import Counter
from typing import Any

import pytest
from conftest import GOLDEN

import lotse
from lotse import wire

KEYS = {"name", "why", "op", "input", "want", "want_error"}
FEATURES = {"postcodes", "import", "xlsx"}  # on which a case may depend; the wheel has all of them
SENTENCES = {"text", "message", "hint"}

FILES = sorted(GOLDEN.glob("*.json"))
CASES = [case for file in FILES for case in json.loads(file.read_text("utf-8"))["cases"]]


def assert_same(got: Any, want: Any, path: str = "") -> None:
    """Asserts equality as data. A sentence that the wanted object leaves out may be any."""
    if isinstance(want, dict):
        assert isinstance(got, dict), f"{path}: not an object"
        extra = got.keys() - want.keys() - SENTENCES
        assert not extra, f"{path}: unwanted {sorted(extra)}"
        missing = want.keys() - got.keys()
        assert not missing, f"{path}: missing {sorted(missing)}"
        for key in want:
            assert_same(got[key], want[key], f"{path}.{key}")
    elif isinstance(want, list):
        assert isinstance(got, list), f"{path}: not a list"
        assert len(got) == len(want), f"{path}: {len(got)} items, wanted {len(want)}"
        for index, (a, b) in enumerate(zip(got, want, strict=True)):
            assert_same(a, b, f"{path}[{index}]")
    else:
        # In Python True == 1, in JSON it is not; 1 and 1.0 are one number in both.
        assert isinstance(got, bool) == isinstance(want, bool), f"{path}: {got!r}, wanted {want!r}"
        assert got == want, f"{path}: {got!r}, wanted {want!r}"


def assert_same_stated(got: Any, want: dict[str, Any], path: str = "error") -> None:
    """Asserts that every stated key is equal."""
    for key, value in want.items():
        assert key in got, f"{path}.{key}: missing"
        if key == "errors":
            assert len(got[key]) == len(value), f"{path}.errors: {len(got[key])} items, wanted {len(value)}"
            for index, (a, b) in enumerate(zip(got[key], value, strict=True)):
                assert_same_stated(a, b, f"{path}.errors[{index}]")
        else:
            assert_same(got[key], value, f"{path}.{key}")


def test_the_files_have_well_formed_cases() -> None:
    assert CASES, "no golden cases"
    for file in FILES:
        assert json.loads(file.read_text("utf-8")).keys() == {"cases"}, file.name
    for case in CASES:
        assert case.keys() - {"want", "want_error", "feature"} == KEYS - {"want", "want_error"}, case.get("name")
        assert case.get("feature", "postcodes") in FEATURES, case["name"]
        assert ("want" in case) != ("want_error" in case), case["name"]
    assert [name for name, count in Counter(case["name"] for case in CASES).items() if count > 1] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    text = json.dumps(case["input"])
    if "want" in case:
        assert_same(json.loads(wire.call_json(case["op"], text)), case["want"], "response")
    else:
        with pytest.raises(lotse.Error) as caught:
            wire.call_json(case["op"], text)
        assert_same_stated(vars(caught.value), case["want_error"])
