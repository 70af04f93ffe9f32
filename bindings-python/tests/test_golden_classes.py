"""Runs the golden cases through the classes, whose results must equal those of the wire operations."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from test_golden import CASES, assert_same

import lotse

Case = dict[str, Any]

RECORDS = {"offers", "needs", "policy", "vocabulary", "as_of"}
PLAN = {*RECORDS, "fixed", "previous", "moves", "min_score", "neighbour_serves", "lang"}
IMPORT = {"files", "records", "mapping", "answers", "within", "postcodes", "prefix", "as_of", "vocabulary", "lang"}
FIELDS = {
    "rank": {*RECORDS, "top", "lang", "reasons"},
    "explain": {*RECORDS, "pairs", "lang"},
    "diagnose": {*RECORDS, "near_misses", "lang"},
    "allocate": PLAN,
    "report": PLAN,
    "check": RECORDS,
    "resolve": {"words", "lang", "suggest", "vocabulary"},
    "import": {*IMPORT, "previous", "strict"},
    "sketch": IMPORT,
}


def wanted_error(case: Case) -> tuple[str, str]:
    error = case.get("want_error", {})
    return error.get("code", ""), error.get("path", "")


# The reasons why a case cannot run through the classes, each with the condition for it.
SKIPPED: dict[str, Callable[[Case], bool]] = {
    # A keyword that a method does not have is Python's TypeError, before anything is decoded.
    "a field that the request does not have": lambda case: not case["input"].keys() <= FIELDS[case["op"]],
    "`reasons` of a request: a match has its reasons in an attribute": lambda case: wanted_error(case)[1] == "reasons",
    "a missing `as_of`, which defaults to today in the classes": lambda case: (
        wanted_error(case)[0] == "request.as_of.missing"
    ),
    "a word without text, which is an argument without a default": lambda case: (
        case["op"] == "resolve" and any("text" not in word for word in case["input"].get("words", []))
    ),
    "an unknown field of a word, which is an argument": lambda case: (
        case["op"] == "resolve" and any(set(word) - {"text", "kind"} for word in case["input"].get("words", []))
    ),
}
MAX_SKIPPED = 10


def skipped(case: Case) -> str | None:
    """Returns the reason why a case cannot run through the classes, or `None` if it can."""
    return next((reason for reason, cannot in SKIPPED.items() if cannot(case)), None)


RUN = [case for case in CASES if skipped(case) is None]


def keywords(request: dict[str, Any], *names: str) -> dict[str, Any]:
    """Returns the keys that are in the request; for the others the methods have defaults."""
    return {name: request[name] for name in names if name in request}


def matcher(request: dict[str, Any]) -> lotse.Matcher:
    return lotse.Matcher(request.get("offers", []), **keywords(request, "policy", "vocabulary", "as_of"))


def rank(request: dict[str, Any]) -> Any:
    rankings = matcher(request).rank_all(request.get("needs", []), **keywords(request, "top", "lang"))
    dicts = [ranking.to_dict() for ranking in rankings]
    if request.get("reasons") is False:
        for match in (match for ranking in dicts for match in ranking["matches"]):
            del match["reasons"]
    return {"rankings": dicts}


def explain(request: dict[str, Any]) -> Any:
    own, needs = matcher(request), request.get("needs", [])
    pairs = request.get("pairs")
    if pairs is None:
        # If the needs are not records, there are no ids for pairs, and the error is that of the needs.
        ids = [need.get("id") if isinstance(need, dict) else None for need in needs]
        pairs = [(need, offer.id) for need in ids for offer in own.offers]
    return {"explanations": [pair.to_dict() for pair in own.explain_all(needs, pairs, **keywords(request, "lang"))]}


def diagnose(request: dict[str, Any]) -> Any:
    diagnoses = matcher(request).diagnose_all(request.get("needs", []), **keywords(request, "near_misses", "lang"))
    return {"diagnoses": [diagnosis.to_dict() for diagnosis in diagnoses]}


def plan(request: dict[str, Any]) -> lotse.Allocation:
    options = keywords(request, "fixed", "previous", "moves", "min_score", "neighbour_serves", "lang")
    return matcher(request).allocate(request.get("needs", []), **options)


def allocate(request: dict[str, Any]) -> Any:
    return plan(request).to_dict()


def report(request: dict[str, Any]) -> Any:
    return plan(request).report().to_dict()


def check(request: dict[str, Any]) -> Any:
    return lotse.check(**request)


def resolve(request: dict[str, Any]) -> Any:
    vocabulary, options = lotse.Vocabulary(*keywords(request, "vocabulary").values()), keywords(request, "lang")
    resolved = []
    for word in request.get("words", []):
        arguments = {**keywords(word, "text", "kind"), **options}
        if request.get("suggest") is not None:
            candidates = vocabulary.suggest(**arguments, top=request["suggest"])
        else:
            candidates = vocabulary.resolve(**arguments)
            # The function takes an object or additions.
            assert lotse.resolve(**arguments, vocabulary=vocabulary) == candidates
            assert lotse.resolve(**arguments, **keywords(request, "vocabulary")) == candidates
        resolved.append({"text": word["text"], "candidates": candidates})
    return {"resolved": resolved}


def files(request: dict[str, Any]) -> dict[str, bytes]:
    """Returns the files of a request as a source."""
    return {
        file["name"]: file["text"].encode() if "text" in file else base64.b64decode(file.get("base64", ""))
        for file in request["files"]
    }


def import_records(request: dict[str, Any]) -> Any:
    function = lotse.import_needs if request["records"] == "needs" else lotse.import_offers
    return function(files(request), **keywords(request, *(FIELDS["import"] - {"files", "records"}))).to_dict()


def sketch(request: dict[str, Any]) -> Any:
    return lotse.sketch_mapping(files(request), **keywords(request, *(IMPORT - {"files"}))).to_dict()


OPERATIONS = {run.__name__: run for run in (rank, explain, diagnose, allocate, report, check, resolve, sketch)}
OPERATIONS["import"] = import_records


def test_few_cases_are_skipped_each_for_a_reason() -> None:
    reasons = {case["name"]: reason for case in CASES if (reason := skipped(case)) is not None}
    assert set(reasons.values()) == SKIPPED.keys(), "a reason that skips nothing"
    assert len(reasons) <= MAX_SKIPPED, "\n".join(f"{name}: {reason}" for name, reason in reasons.items())


@pytest.mark.parametrize("case", RUN, ids=lambda case: case["name"])
def test_case(case: Case) -> None:
    operation = OPERATIONS[case["op"]]
    if "want" in case:
        assert_same(operation(case["input"]), case["want"], "response")
        return
    with pytest.raises(lotse.Error) as caught:
        operation(case["input"])
    # Offers are decoded before needs, so there may be fewer errors than for a request, but no others.
    wanted = case["want_error"].get("errors") or [case["want_error"]]
    for detail in caught.value.errors:
        assert any(stated.items() <= detail.items() for stated in wanted), (detail["code"], detail["path"], wanted)
