"""Tests of plans and reports, and of their agreement with the wire operations."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, get_args

import pytest
from samples import AS_OF, NEED, NEEDS, OFFERS, raised_error

import lotse
from lotse import types, wire


def test_a_plan_has_referrals_and_unmet_needs(matcher: lotse.Matcher) -> None:
    plan = matcher.allocate(NEEDS)
    assert [(referral["need"], referral["offer"]) for referral in plan.referrals if referral["need"] == "n-1"] == [
        ("n-1", "o-1")
    ]
    assert [(need["need"], need["reason"]) for need in plan.unmet] == [("n-3", "no_offer")]
    assert {offer["offer"] for offer in plan.offers} == {"o-1", "o-2", "o-3"}
    assert plan.optimal is True and plan.gap is None
    assert plan.certificate == {"optimal": True, "gap": None, "verified": True}
    plan.verify()
    assert plan.objective == plan.bound and plan.objective["people"]["stat"] == 1
    assert repr(plan) == "Allocation(2 referrals, 1 unmet, optimal=True)"
    assert plan == matcher.allocate(NEEDS) and plan != matcher.allocate(NEEDS[:1])
    assert json.loads(plan.to_json()) == plan.to_dict()


@pytest.mark.parametrize(
    "fixed", [[("n-1", "o-2")], [["n-1", "o-2"]], [{"need": "n-1", "offer": "o-2", "counted": False}]]
)
def test_a_fixed_referral_is_kept(fixed: Any, matcher: lotse.Matcher) -> None:
    plan = matcher.allocate(NEEDS, fixed=fixed)
    [referral] = [referral for referral in plan.referrals if referral["need"] == "n-1"]
    assert (referral["offer"], referral["fixed"], referral["breaks"]) == ("o-2", True, ["language"])
    assert raised_error(lambda: matcher.allocate(NEEDS, fixed=[("n-9", "o-2")])).path == "fixed[0].need"


def test_the_mode_of_moves_decides_over_an_earlier_plan() -> None:
    matcher = lotse.Matcher(
        [{"id": "o-best", "languages": ["uk"]}, {"id": "o-other", "languages": [{"tag": "uk", "how": "interpreter"}]}]
    )
    need = {"id": "n-1", "languages": ["uk"]}

    def offer(**options: Any) -> str:
        [referral] = matcher.allocate([need], **options).referrals
        return str(referral["offer"])

    previous = [("n-1", "o-other")]
    assert offer() == offer(previous=previous, moves="free") == "o-best"
    assert (
        offer(previous=previous)
        == offer(previous=previous, moves="few")
        == offer(previous=previous, moves="none")
        == "o-other"
    )
    assert offer(previous=[{"need": "n-1", "offer": "o-other"}]) == "o-other"


FORMS: dict[str, Callable[[lotse.Allocation], Any]] = {
    "plan": lambda plan: plan,
    "dict": lambda plan: plan.to_dict(),
    "text": lambda plan: plan.to_json(),
    "referrals": lambda plan: plan.referrals,
    "text of referrals": lambda plan: json.dumps(plan.referrals),
    "pairs": lambda plan: [(referral["need"], referral["offer"]) for referral in plan.referrals],
}


@pytest.mark.parametrize("form", FORMS)
def test_a_plan_goes_back_in(form: str, matcher: lotse.Matcher) -> None:
    first = matcher.allocate(NEEDS, fixed=[("n-1", "o-2")])
    plan = FORMS[form](first)
    again = matcher.allocate(NEEDS, previous=plan, moves="none")
    assert [referral["offer"] for referral in again.referrals] == [referral["offer"] for referral in first.referrals]
    assert again.objective["kept"] == len(first.referrals)
    fixed = matcher.allocate(NEEDS, fixed=plan)
    assert [referral["fixed"] for referral in fixed.referrals] == [True] * len(first.referrals)
    pairs = FORMS["pairs"](first)
    assert again == matcher.allocate(NEEDS, previous=pairs, moves="none")
    assert fixed == matcher.allocate(NEEDS, fixed=pairs)
    assert matcher.evaluate(NEEDS, plan, previous=plan) == matcher.evaluate(NEEDS, pairs, previous=pairs)


def test_a_plan_that_serves_no_one_goes_back_in() -> None:
    matcher, needs = lotse.Matcher([{"id": "o-1", "capacity": 0}], as_of=AS_OF), [{"id": "n-1"}]
    plan = matcher.allocate(needs)
    assert plan.referrals == []
    for form in FORMS.values():
        assert matcher.allocate(needs, previous=form(plan)) == plan == matcher.allocate(needs, fixed=form(plan))


def test_a_wrong_plan_has_the_path_of_its_form(matcher: lotse.Matcher) -> None:
    def detail(call: Callable[[], Any]) -> tuple[str, str]:
        error = raised_error(call)
        return error.code, error.path

    missing = {"referrals": [{"need": "n-1"}]}
    for wrong, path in ((missing, "referrals[0].offer"), (json.dumps(missing), "referrals[0].offer")):
        assert detail(lambda: matcher.allocate(NEEDS, previous=wrong)) == ("request.missing_field", f"previous.{path}")
        assert detail(lambda: matcher.allocate(NEEDS, fixed=wrong)) == ("request.missing_field", f"fixed.{path}")
        assert detail(lambda: matcher.evaluate(NEEDS, wrong)) == ("request.missing_field", f"plan.{path}")
    assert detail(lambda: matcher.evaluate(NEEDS, [("n-1", "o-1")] * 2))[1] == "plan[1].need"
    assert detail(lambda: matcher.evaluate(NEEDS, "plan.json"))[0] == "json.syntax"
    assert detail(lambda: matcher.evaluate(NEEDS, [], min_score=2))[1] == "min_score"
    assert detail(lambda: matcher.evaluate([{"id": "n-1", "age": "4"}], []))[1] == "needs[0].age"


def test_an_evaluation_has_achievements_and_violations() -> None:
    offers = [
        {"id": "o-1", "languages": ["de"], "capacity": 1},
        {"id": "o-2", "languages": ["uk"], "capacity": 5},
    ]
    needs: list[dict[str, Any]] = [
        {"id": "n-1", "languages": ["de"]},
        {"id": "n-2", "languages": ["de"]},
        {"id": "n-3", "languages": ["uk"]},
        {"id": "n-4", "languages": ["uk"], "group": "g"},
        {"id": "n-5", "languages": ["uk"], "group": "g"},
        {"id": "n-6", "languages": ["uk"]},
        {"id": "n-7", "languages": ["ti"]},
    ]
    matcher = lotse.Matcher(offers, as_of=AS_OF)
    plan = [("n-1", "o-1"), ("n-2", "o-1"), ("n-3", "o-1"), ("n-4", "o-2"), ("gone", "o-1")]
    evaluation = matcher.evaluate(needs, plan)
    assert evaluation.feasible is False
    assert (evaluation.ineligible, evaluation.split_groups, evaluation.over_places) == (["n-3"], ["g"], ["o-1"])
    assert evaluation.servable == ["n-6"] and "n-7" in [need["need"] for need in evaluation.unmet]
    assert [referral["breaks"] for referral in evaluation.referrals] == [[], [], ["language"], []]
    assert evaluation.objective["people"]["routine"] == 4
    assert repr(evaluation) == f"Evaluation(4 referrals, {len(evaluation.unmet)} unmet, feasible=False)"
    assert json.loads(evaluation.to_json()) == evaluation.to_dict()
    best = matcher.allocate(needs)
    assert matcher.evaluate(needs, best).feasible is True
    assert matcher.evaluate(needs, best).objective == best.objective
    [text] = [need["text"] for need in matcher.evaluate(needs, best, lang="de").unmet if need["need"] == "n-7"]
    assert text == next(need["text"] for need in matcher.allocate(needs, lang="de").unmet if need["need"] == "n-7")


def test_the_difference_of_two_plans() -> None:
    offers = [{"id": "o-1", "capacity": 1}, {"id": "o-2", "languages": ["uk"], "capacity": 0}]
    matcher = lotse.Matcher(offers, as_of=AS_OF)
    needs: list[dict[str, Any]] = [{"id": "n-1", "priority": "stat", "languages": ["uk"]}, {"id": "n-2"}]
    before = matcher.allocate(needs)
    assert before.diff(before).to_dict() == {"newly_met": [], "newly_unmet": [], "moved": [], "reason_changed": []}
    matcher.set_capacity("o-2", 1)
    after = matcher.allocate(needs)
    assert before.diff(after).to_dict() == {
        "newly_met": [{"need": "n-2", "from": "no_place", "to": "o-1"}],
        "newly_unmet": [],
        "moved": [{"need": "n-1", "from": "o-1", "to": "o-2"}],
        "reason_changed": [],
    }
    assert after.diff(before).newly_unmet == [{"need": "n-2", "from": "o-1", "to": "no_place"}]
    for form in (after.to_dict(), after.to_json()):
        assert before.diff(form) == before.diff(after)
    # A list of referrals lacks the reasons of unmet needs.
    wrongs: list[Any] = [after.referrals, {"referrals": []}, "plan.json", None, 3, {"unmet": [], "referrals": [{}]}]
    for wrong in wrongs:
        error = raised_error(lambda: before.diff(wrong))
        assert error.code == "json.syntax" or error.path.startswith("after"), wrong


def test_no_referral_is_below_the_minimal_score(matcher: lotse.Matcher) -> None:
    need = {"id": "n-1", "languages": ["de"]}
    score = matcher.rank(need)[0].score
    assert len(matcher.allocate([need], min_score=score).referrals) == 1
    assert len(matcher.allocate([need], min_score=1).referrals) == (score == 1)
    assert matcher.allocate([need], min_score=0) == matcher.allocate([need])


def test_a_neighbour_may_or_may_not_serve() -> None:
    matcher = lotse.Matcher([{"id": "o-1", "area": ["14628"], "capacity": 1}])
    need = {"id": "n-1", "region": "14612"}
    [referral] = matcher.allocate([need]).referrals
    assert referral["neighbour"] is True
    assert matcher.allocate([need], neighbour_serves=False).referrals == []


def test_a_plan_is_at_least_as_good_as_the_baselines(matcher: lotse.Matcher) -> None:
    best = matcher.allocate(NEEDS).objective
    for kind in get_args(types.Baseline):
        baseline = matcher.baseline(NEEDS, kind)
        assert baseline.keys() == best.keys()
        assert best["people"]["stat"] >= baseline["people"]["stat"]
    # The first need takes the only place, although the second one is more urgent.
    one_place = lotse.Matcher([{"id": "o-1", "capacity": 1}])
    needs = [{"id": "n-1"}, {"id": "n-2", "priority": "stat"}]
    assert one_place.baseline(needs, "first_come_first_served")["people"]["stat"] == 0
    assert one_place.allocate(needs).objective["people"]["stat"] == 1
    assert raised_error(lambda: matcher.baseline(NEEDS, "best")).code == "value"  # type: ignore[arg-type]


def test_a_report_counts(matcher: lotse.Matcher) -> None:
    report = matcher.allocate(NEEDS, lang="de").report()
    assert report.total["needs"] == 3 and report.total["met"] == 2 and report.total["unmet"] == 1
    assert repr(report) == "Report(3 needs, 2 met, 1 unmet)"
    assert json.loads(report.to_json()) == report.to_dict()
    for name in (
        "by_priority",
        "by_help",
        "by_language",
        "by_region",
        "by_crime",
        "bottlenecks",
        "wanted",
        "objective",
        "bound",
        "total",
    ):
        assert getattr(report, name) == report.to_dict()[name]
    assert report == matcher.allocate(NEEDS, lang="de").report() != matcher.allocate(NEEDS[:1], lang="de").report()


def test_results_equal_wire_responses(matcher: lotse.Matcher) -> None:
    needs = [NEED, *NEEDS]
    request = {"offers": OFFERS, "needs": needs, "as_of": AS_OF, "lang": "de"}
    pairs = [("n-17", "o-3"), ("n-1", "o-2")]
    named = [{"need": need, "offer": offer} for need, offer in pairs]

    def assert_equal(results: list[Any], responses: list[Any]) -> None:
        assert [result.to_dict() for result in results] == responses
        assert [json.loads(result.to_json()) for result in results] == responses

    assert_equal(matcher.rank_all(needs, lang="de", top=2), wire.rank({**request, "top": 2})["rankings"])
    assert_equal([matcher.rank(NEEDS[0], lang="de")], wire.rank({**request, "needs": NEEDS[:1]})["rankings"])
    assert_equal(
        matcher.explain_all(needs, pairs, lang="de"), wire.explain({**request, "pairs": named})["explanations"]
    )
    assert_equal(matcher.diagnose_all(needs, lang="de"), wire.diagnose(request)["diagnoses"])
    plan = matcher.allocate(needs, lang="de", min_score=0.3)
    assert_equal([plan], [wire.allocate({**request, "min_score": 0.3})])
    assert_equal([plan.report()], [wire.report({**request, "min_score": 0.3})])
    assert lotse.check(offers=OFFERS, needs=needs, as_of=AS_OF) == wire.check(
        {"offers": OFFERS, "needs": needs, "as_of": AS_OF}
    )


def test_json_text_is_a_request(matcher: lotse.Matcher) -> None:
    request = {"offers": OFFERS, "needs": NEEDS, "as_of": AS_OF}
    for operation in (wire.rank, wire.diagnose, wire.allocate, wire.report, wire.check):
        assert operation(request) == operation(json.dumps(request))
    assert json.loads(wire.call_json("rank", json.dumps(request))) == wire.rank(request)
