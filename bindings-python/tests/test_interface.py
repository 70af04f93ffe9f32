"""Tests of the interface: input, responses and errors. The semantics are tested in tests/golden."""

import datetime
import importlib.metadata
import json
import math
import pickle
import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from samples import FULL_NEED as NEED
from samples import FULL_OFFER as OFFER

import lotse
from lotse import wire

REQUEST: dict[str, Any] = {"needs": [NEED], "offers": [OFFER], "as_of": "2026-11-23"}


def need(**fields: Any) -> dict[str, Any]:
    return {**REQUEST, "needs": [{**NEED, **fields}]}


def offer(**fields: Any) -> dict[str, Any]:
    return {**REQUEST, "offers": [{**OFFER, **fields}]}


def error(request: Any) -> lotse.Error:
    with pytest.raises(lotse.Error) as caught:
        wire.rank(request)
    return caught.value


def test_version() -> None:
    assert lotse.version() == lotse.__version__ == importlib.metadata.version("lotse-matching")


def test_rank() -> None:
    [ranking] = wire.rank(REQUEST)["rankings"]
    assert ranking["need"] == "n-17"
    [match] = ranking["matches"]
    assert (match["offer"], match["score"], match["to_check"]) == ("o-3", 0.9275, [])
    contributions = [round(finding["contribution"] * 10**8) for finding in match["reasons"]]
    assert sum(contributions) == round(match["score"] * 10**8)
    assert all(finding["text"] for finding in match["reasons"])


def test_explain() -> None:
    [explanation] = wire.explain(REQUEST)["explanations"]
    assert (explanation["need"], explanation["offer"], explanation["matches"]) == ("n-17", "o-3", True)
    assert len(explanation["reasons"]) == 10


def test_allocate_and_report() -> None:
    needs = [{"id": "n-1"}, {"id": "n-2", "priority": "urgent"}]
    request = {"offers": [{"id": "o-1", "capacity": 1}], "needs": needs}
    plan = wire.allocate(request)
    assert [(referral["need"], referral["offer"]) for referral in plan["referrals"]] == [("n-2", "o-1")]
    assert [(need["need"], need["reason"]) for need in plan["unmet"]] == [("n-1", "no_place")]
    assert plan["certificate"] == {"optimal": True, "gap": None, "verified": True}
    assert wire.report(request)["total"]["met"] == 1


def test_diagnose() -> None:
    [diagnosis] = wire.diagnose(need(languages=["ti"], rules={}))["diagnoses"]
    assert (diagnosis["need"], diagnosis["offers"], diagnosis["matching"]) == ("n-17", 1, 0)
    assert diagnosis["blocked"] == [{"criterion": "language", "offers": 1, "only": 1}]
    [miss] = diagnosis["near_misses"]
    assert (miss["offer"], miss["blockers"]) == ("o-3", ["language"])
    assert [change["code"] for change in miss["changes"]] == ["change.interpreter"]
    assert wire.diagnose({**REQUEST, "near_misses": 0})["diagnoses"][0]["matching"] == 1


def test_check() -> None:
    report = wire.check({**REQUEST, "needs": [NEED, {"id": "n-18", "age": "thirty"}]})
    assert (report["offers"], report["needs"]) == (1, 2)
    assert [(error["code"], error["path"]) for error in report["errors"]] == [("need.type", "needs[1].age")]


def test_resolve() -> None:
    request = {"words": [{"text": "Farsi", "kind": "language"}, {"text": "LK Leipzig"}, {"text": ""}], "lang": "de"}
    response = wire.resolve(request)
    assert response == wire.resolve(json.dumps(request))
    farsi, leipzig, empty = response["resolved"]
    assert [(candidate["code"], candidate["name"], candidate["how"]) for candidate in farsi["candidates"]] == [
        ("fa", "Persisch", "umbrella"),
        ("prs", "Dari", "umbrella"),
    ]
    assert [candidate["code"] for candidate in leipzig["candidates"]] == ["14729"]
    assert empty == {"text": "", "candidates": []}
    with pytest.raises(lotse.Error) as caught:
        wire.resolve({"words": [{"text": "Farsi", "kind": "tongue"}]})
    assert (caught.value.code, caught.value.path) == ("request.value", "words[0].kind")


@pytest.mark.parametrize("operation", [wire.rank, wire.explain, wire.diagnose, wire.allocate, wire.report, wire.check])
def test_a_request_is_a_dict_or_json_text(operation: Any) -> None:
    assert operation(REQUEST) == operation(json.dumps(REQUEST))
    assert operation(REQUEST) == operation({**REQUEST, "needs": (NEED,)})


def test_a_date_may_be_a_date() -> None:
    assert wire.rank({**REQUEST, "as_of": datetime.date(2026, 11, 23)}) == wire.rank(REQUEST)


def test_a_number_may_be_any_object_with_an_index() -> None:
    class Count:
        def __index__(self) -> int:
            return 34

    assert wire.rank(need(age=Count())) == wire.rank(REQUEST)


def test_as_of_defaults_to_today() -> None:
    today = datetime.date.today()
    capacity = {"free": 3, "updated": today.isoformat()}
    request = {"needs": [NEED], "offers": [{**OFFER, "capacity": capacity}]}
    assert wire.rank(request) in (
        wire.rank({**request, "as_of": today}),
        wire.rank({**request, "as_of": today + datetime.timedelta(1)}),  # if midnight has passed in between
    )
    with pytest.raises(lotse.Error) as caught:
        wire.call_json("rank", json.dumps(request))
    assert (caught.value.code, caught.value.path) == ("request.as_of.missing", "as_of")


def test_an_error_has_code_path_hint_and_all_errors() -> None:
    raised = error({**need(gender="femal"), "offers": [{"id": "o-1", "ages": {"min": 9, "max": 8}}]})
    assert isinstance(raised, ValueError)
    assert raised.message in str(raised)
    assert {detail["code"] for detail in raised.errors} == {"offer.ages.reversed", "need.value"}
    first = raised.errors[0]
    assert first == {"code": raised.code, "path": raised.path, "message": raised.message, "hint": raised.hint}


def test_an_error_survives_pickling() -> None:
    raised = error(need(age="thirty"))
    assert vars(pickle.loads(pickle.dumps(raised))) == vars(raised)


@pytest.mark.parametrize("field", ["id", "age", "gender", "languages", "people", "priority", "rules", "help"])
def test_an_error_about_a_need_repeats_no_value(field: str) -> None:
    for value in ("Zefira!", {"Zefira!": 1}, ["Zefira!", {"tag": "Zefira!"}], [["Zefira!"]]):
        try:
            wire.rank(need(**{field: value}))
        except lotse.Error as raised:
            assert "Zefira" not in str(raised) + repr(raised) + repr(vars(raised))


LOOP: list[Any] = []
LOOP += [LOOP, LOOP]
# Without NaN, which is an absent value: `test_foreign_input`.
INVALID = {
    "inf": math.inf,
    "set": {34},
    "bytes": b"34",
    "object": object(),
    "type": int,
    "complex": 1j,
    "loop": LOOP,
    "int key": {1: 2},
    "none key": {None: 2},
    "tuple key": {("a",): 2},
    "surrogate key": {"\ud800": 2},
    "surrogate": "\ud800",
}


@pytest.mark.parametrize("value", INVALID.values(), ids=INVALID.keys())
def test_a_value_that_json_does_not_have_is_an_error_with_its_path(value: Any) -> None:
    raised = error(need(age=value))
    assert (raised.code, raised.path) == ("need.type", "needs[0].age")
    raised = error(offer(id=value))
    assert (raised.code, raised.path) == ("offer.type", "offers[0].id")


def test_a_number_out_of_range() -> None:
    for value in (10**30, -(10**30), 2**63, 1e300, 151):
        raised = error(need(age=value))
        assert raised.path == "needs[0].age"
        assert raised.code in ("need.range", "need.type")
    assert error(need(age=10**400)).code in ("need.range", "need.type")


def test_deep_nesting() -> None:
    deep: Any = 1
    for _ in range(100_000):
        deep = [deep]
    assert error(need(age=deep)).path == "needs[0].age"
    assert error({"needs": deep}).path.startswith("needs")
    assert error("[" * 1_000_000).code == "json.syntax"
    assert error('{"needs":' * 100_000).code == "json.syntax"
    while isinstance(deep, list):  # one level at a time, because an old Python frees deep lists recursively
        [deep] = deep


@pytest.mark.parametrize("text", ["", "{", "null1", "\ud800", '{"needs": "\ud800"}', '{"a": NaN}', "\0"])
def test_text_that_is_not_json(text: str) -> None:
    raised = error(text)
    assert (raised.code, raised.path) == ("json.syntax", "")


@pytest.mark.parametrize("text", ["null", "1", "[]", '"{}"', "true"])
def test_json_that_is_not_an_object(text: str) -> None:
    assert error(text).code == "request.type"


@pytest.mark.parametrize("request_", [None, 1, [], (), b"{}", {1}, object()], ids=lambda value: type(value).__name__)
def test_a_request_of_another_type(request_: Any) -> None:
    for operation in (wire.rank, wire.explain, wire.diagnose, wire.allocate, wire.report):
        with pytest.raises(lotse.Error) as caught:
            operation(request_)
        assert caught.value.code == "request.type"
    assert [detail["code"] for detail in wire.check(request_)["errors"]] == ["request.type"]


def test_malformed_requests_raise_no_other_error() -> None:
    """Runs some 20 000 requests with junk at random positions."""
    rng = random.Random(17)
    junk = [
        *INVALID.values(),
        None,
        "",
        [],
        {},
        "any",
        "mul",
        -1,
        0,
        1e-9,
        True,
        "x" * 300,
        [None],
        {"": 0},
        "2026-02-30",
    ]

    def damage(value: Any) -> Any:
        if rng.random() < 0.02:
            return rng.choice(junk)
        if isinstance(value, dict):
            fields = {key: damage(item) for key, item in value.items()}
            if rng.random() < 0.02:
                fields[rng.choice(["", "id", "age", "tag", "any", "\ud800"])] = rng.choice(junk)
            return fields
        if isinstance(value, list):
            return [damage(item) for item in value] * rng.choice([1] * 30 + [0, 2])
        return value

    whole = {
        **REQUEST,
        "policy": {"weights": {"help": 10}, "rules": {"format": "prefer"}},
        "vocabulary": {},
        "lang": "de",
    }
    raised = 0
    for _ in range(20_000):
        request = damage(whole)
        if not isinstance(request, dict):
            continue
        for operation in (wire.rank, wire.explain, wire.diagnose, wire.allocate, wire.report, wire.check):
            try:
                operation(request)
            except lotse.Error as caught:
                assert caught.code and caught.errors
                raised += 1
    assert raised > 10_000


def test_threads_get_equal_responses() -> None:
    with ThreadPoolExecutor(8) as pool:
        responses = list(pool.map(wire.rank, [REQUEST] * 64))
    assert all(response == responses[0] for response in responses)


def test_what_is_printed_of_a_result_names_ids_only() -> None:
    # A notebook or a log prints results; it must not state what a person needs.
    matcher = lotse.Matcher([OFFER, {"id": "o-4", "languages": ["uk"], "capacity": 1}], as_of="2026-11-23")
    plan = matcher.allocate([NEED, {"id": "n-18", "languages": ["ti"]}])
    results: list[Any] = [
        lotse.Need(**NEED), matcher, matcher.rank(NEED), matcher.rank(NEED)[0], matcher.rank_all([NEED]),
        matcher.explain(NEED, "o-4"), matcher.diagnose(NEED), matcher.diagnose_all([NEED]), plan, plan.report(),
        matcher.rank_table([NEED]), matcher.reason_table([NEED]), plan.to_table(), lotse.Vocabulary(),
    ]  # fmt: skip
    facts = ["prs", "Dari", "14612", "Dresden", "0101", "terrorism", "bereaved", "female", "34", "wheelchair", "A2"]
    for result in results:
        for text in (repr(result), str(result), f"{result}"):
            assert not [fact for fact in facts if fact in text] and len(text) < 200, text


def test_the_licences_of_all_crates_are_installed() -> None:
    files = importlib.metadata.files("lotse-matching") or []
    [licences] = [file for file in files if file.name == "LICENSE-THIRD-PARTY"]
    text = licences.read_text()
    for name in ("arrow-array", "numpy", "mimalloc", "rayon-core", "pyo3", "jiff", "Unicode", "GeoBasis-DE"):
        assert name in text
