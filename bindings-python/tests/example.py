"""Code of a user, checked by strict type checkers and run by the tests."""

from __future__ import annotations

import datetime
from typing import assert_type

import lotse
from lotse import types, wire

assert_type(lotse.version(), str)

offers = [
    lotse.Offer(id="o-1", languages=["de", {"tag": "prs", "how": "interpreter"}], area=["14612"], capacity=3),
    lotse.Offer(id="o-2", languages=["de"], capacity={"free": 1, "updated": datetime.date(2026, 11, 20)}),
]
policy = lotse.Policy(weights={"language": 40}, rules={"region": "prefer"})
matcher = lotse.Matcher(offers, policy=policy, as_of="2026-11-23")
assert_type(matcher.as_of, datetime.date)

need = lotse.Need(id="n-1", languages=["prs", {"tag": "de", "level": "A2"}], region="14612")
ranking = matcher.rank(need, top=3, lang="de")
assert_type(need.languages[0]["tag"], str)
assert_type(ranking[0], lotse.Match)
assert_type(ranking[:2], list[lotse.Match])
for match in ranking:
    assert_type(match.score, float)
    assert_type(match.reasons[0]["text"], str)
    assert_type(match.reasons[0]["fit"], float | None)

record: types.NeedRecord = {"id": "n-1", "languages": ["uk", {"tag": "de", "level": "A2"}], "rules": {"age": "must"}}
place: types.OfferRecord = {"id": "o-9", "capacity": {"free": 2, "updated": "2026-11-20"}, "crimes": ["any"]}
weights: types.PolicyRecord = {"weights": {"language": 40, "prefer": 2}, "region": {"near_km": 5}}
assert_type(lotse.Matcher([place], policy=weights).rank(record), lotse.Ranking)
lotse.Matcher([lotse.Offer(**place)]).rank_all([lotse.Need(**record)])
assert_type(lotse.Need(**record).to_dict(), types.NeedRecord)

rankings = matcher.rank_all([need, {"id": "n-2", "age": 34}])
assert_type(rankings, list[lotse.Ranking])
table = matcher.rank_table([need])
assert_type(len(table), int)

explanation = matcher.explain(need, "o-2")
assert_type(explanation.matches, bool)
assert_type(explanation.reason("language"), types.Finding)
for miss in matcher.diagnose(need).near_misses:
    assert_type(miss["changes"], list[types.RequiredChange])

plan = matcher.allocate([need, {"id": "n-2"}], fixed=[("n-1", "o-1")], moves="free")
assert_type(plan.referrals[0]["offer"], str)
assert_type(plan.objective["people"]["routine"], int)
assert_type(plan.report().total["met"], int)
assert_type(plan.gap, types.Objective | None)
assert_type(plan.offers[0]["price"], types.Price)
assert_type(matcher.baseline([need], "greedy"), types.Objective)

# A plan goes back in, in any form.
for previous in (plan, plan.to_dict(), plan.to_json(), plan.referrals, [("n-1", "o-1")]):
    again = matcher.allocate([need], previous=previous)
    assert_type(plan.diff(again).moved, list[types.OutcomeChange])
lenient = matcher.with_policy(lotse.Policy(rules={"language": "prefer"}))
evaluation = lenient.evaluate([need], plan, previous=plan)
assert_type(evaluation, lotse.Evaluation)
assert_type(evaluation.over_places, list[str])
assert_type(evaluation.to_dict()["unmet"][0:], list[types.UnmetNeed])

matcher.update({"id": "o-3", "languages": ["uk"]})
matcher.set_capacity("o-3", 4)
assert_type(matcher.remove("o-3"), lotse.Offer)

assert_type(lotse.resolve("Kurmandschi", "language")[0]["code"], str)
assert_type(lotse.check(needs=[{"id": "n-1", "age": "34"}])["errors"][0]["hint"], str | None)
solution = lotse.solve([[90, 20], [80, None]], capacities=[1, None])
assert_type(solution.assignment, list[int | None])
assert_type(solution.witnesses, list[types.PriceWitness | None])
assert_type(lotse.example.needs(), list[lotse.Need])
request: dict[str, object] = {"needs": [], "offers": []}
assert_type(wire.rank(request)["rankings"], list[types.Ranking])
assert_type(wire.explain(request)["explanations"], list[types.Explanation])
assert_type(wire.diagnose(request), types.DiagnoseResponse)
assert_type(wire.allocate(request), types.AllocateResponse)
assert_type(wire.call("report", request)["total"]["met"], int)
assert_type(wire.check(request), types.CheckReport)
assert_type(wire.resolve({"words": []})["resolved"], list[types.ResolvedWord])

try:
    lotse.Need(id="")
except lotse.Error as error:
    assert_type(error.code, str)
    assert_type([detail["path"] for detail in error.errors], list[str])
