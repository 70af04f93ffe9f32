"""Runs the golden cases through the classes, which must find the same as the wire operations do."""

from collections.abc import Callable
from typing import Any

import pytest
from test_golden import CASES, same

import lotse

Case = dict[str, Any]

RECORDS = {"offers", "needs", "policy", "vocabulary", "as_of"}
PLAN = {*RECORDS, "fixed", "previous", "moves", "min_score", "neighbour_serves", "lang"}
FIELDS = {
    "rank": {*RECORDS, "top", "lang", "reasons"},
    "explain": {*RECORDS, "pairs", "lang"},
    "diagnose": {*RECORDS, "near_misses", "lang"},
    "allocate": PLAN,
    "report": PLAN,
    "check": RECORDS,
    "resolve": {"words", "lang", "suggest", "vocabulary"},
}


def wanted_error(case: Case) -> tuple[str, str]:
    error = case.get("want_error", {})
    return error.get("code", ""), error.get("path", "")


# Where a face of objects differs from a face of requests: why a case cannot be asked here, and which those are.
SKIPPED: dict[str, Callable[[Case], bool]] = {
    # A keyword that a method does not have is Python's TypeError, before anything is read.
    "a field that the request does not have": lambda case: not case["input"].keys() <= FIELDS[case["op"]],
    "`reasons` of a request: a match has its reasons in an attribute": lambda case: wanted_error(case)[1] == "reasons",
    "a day that is missing: the classes take today": lambda case: wanted_error(case)[0] == "request.as_of.missing",
    "a word without text, which is an argument without a default": lambda case: (
        case["op"] == "resolve" and any("text" not in word for word in case["input"].get("words", []))
    ),
}
MOST_SKIPPED = 10


def skipped(case: Case) -> str | None:
    """Why a case cannot be asked of the classes; nothing where it can."""
    return next((reason for reason, cannot in SKIPPED.items() if cannot(case)), None)


RUN = [case for case in CASES if skipped(case) is None]


def given(request: dict[str, Any], *names: str) -> dict[str, Any]:
    """What the request says of these, as keywords: the defaults are those of the methods."""
    return {name: request[name] for name in names if name in request}


def matcher(request: dict[str, Any]) -> lotse.Matcher:
    return lotse.Matcher(request.get("offers", []), **given(request, "policy", "vocabulary", "as_of"))


def rank(request: dict[str, Any]) -> Any:
    rankings = matcher(request).rank_all(request.get("needs", []), **given(request, "top", "lang"))
    told = [ranking.to_dict() for ranking in rankings]
    if request.get("reasons") is False:
        for match in (match for ranking in told for match in ranking["matches"]):
            del match["reasons"]
    return {"rankings": told}


def explain(request: dict[str, Any]) -> Any:
    holds, needs = matcher(request), request.get("needs", [])
    pairs = request.get("pairs")
    if pairs is None:
        # Where the needs are not even records there are no pairs to name, and the needs themselves are refused.
        ids = [need.get("id") if isinstance(need, dict) else None for need in needs]
        pairs = [(need, offer.id) for need in ids for offer in holds.offers]
    return {"explanations": [pair.to_dict() for pair in holds.explain_all(needs, pairs, **given(request, "lang"))]}


def diagnose(request: dict[str, Any]) -> Any:
    diagnoses = matcher(request).diagnose_all(request.get("needs", []), **given(request, "near_misses", "lang"))
    return {"diagnoses": [diagnosis.to_dict() for diagnosis in diagnoses]}


def plan(request: dict[str, Any]) -> lotse.Allocation:
    options = given(request, "fixed", "previous", "moves", "min_score", "neighbour_serves", "lang")
    return matcher(request).allocate(request.get("needs", []), **options)


def allocate(request: dict[str, Any]) -> Any:
    return plan(request).to_dict()


def report(request: dict[str, Any]) -> Any:
    return plan(request).report().to_dict()


def check(request: dict[str, Any]) -> Any:
    return lotse.check(**request)


def resolve(request: dict[str, Any]) -> Any:
    vocabulary, options = lotse.Vocabulary(*given(request, "vocabulary").values()), given(request, "lang")
    resolved = []
    for word in request.get("words", []):
        asked = {**given(word, "text", "kind"), **options}
        if request.get("suggest") is not None:
            candidates = vocabulary.suggest(**asked, top=request["suggest"])
        else:
            candidates = vocabulary.resolve(**asked)
            # The function takes the object or the additions themselves.
            assert lotse.resolve(**asked, vocabulary=vocabulary) == candidates
            assert lotse.resolve(**asked, **given(request, "vocabulary")) == candidates
        resolved.append({"text": word["text"], "candidates": candidates})
    return {"resolved": resolved}


OPERATIONS = {run.__name__: run for run in (rank, explain, diagnose, allocate, report, check, resolve)}


def test_few_cases_are_skipped_and_each_for_a_reason() -> None:
    reasons = {case["name"]: reason for case in CASES if (reason := skipped(case)) is not None}
    assert set(reasons.values()) == SKIPPED.keys(), "a reason that skips nothing"
    assert len(reasons) <= MOST_SKIPPED, "\n".join(f"{name}: {reason}" for name, reason in reasons.items())


@pytest.mark.parametrize("case", RUN, ids=lambda case: case["name"])
def test_case(case: Case) -> None:
    operation = OPERATIONS[case["op"]]
    if "want" in case:
        same(operation(case["input"]), case["want"], "answer")
        return
    with pytest.raises(lotse.Error) as caught:
        operation(case["input"])
    # Offers are read before needs, so there may be fewer errors than in a request, but none that a request has not.
    wanted = case["want_error"].get("errors") or [case["want_error"]]
    for found in caught.value.errors:
        assert any(stated.items() <= found.items() for stated in wanted), (found["code"], found["path"], wanted)
