"""Tests of matchers: input, updates, rankings, explanations, diagnoses and progress."""

from __future__ import annotations

import copy
import datetime
import importlib
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from samples import ADDITIONS, AS_OF, NEED, NEEDS, OFFER, OFFERS, POLICY, WRONG, raised_error

import lotse


def test_offers_have_many_forms(matcher: lotse.Matcher) -> None:
    records = [lotse.Offer(**offer) for offer in OFFERS]
    forms: list[Any] = [
        records, OFFERS, tuple(OFFERS), iter(OFFERS), (offer for offer in records), json.dumps(OFFERS),
        [json.dumps(offer) for offer in OFFERS], [records[0], *OFFERS[1:]], "\n".join(map(json.dumps, OFFERS)),
        json.dumps({"offers": OFFERS}), {offer.id: offer for offer in records}.values(), reversed(OFFERS),
    ]  # fmt: skip
    for offers in forms:
        assert lotse.Matcher(offers, as_of=AS_OF) == matcher
    assert len(lotse.Matcher([])) == 0


def test_needs_have_many_forms(matcher: lotse.Matcher) -> None:
    records = [lotse.Need(**need) for need in NEEDS]
    want = matcher.rank_all(NEEDS)
    forms: list[Any] = [
        records, tuple(NEEDS), iter(records), json.dumps(NEEDS), list(map(json.dumps, NEEDS)), [records[0], *NEEDS[1:]],
        "\n".join(map(json.dumps, NEEDS)), json.dumps({"needs": NEEDS}), (need for need in NEEDS),
    ]  # fmt: skip
    for needs in forms:
        assert matcher.rank_all(needs) == want
    for need in (records[0], NEEDS[0], json.dumps(NEEDS[0])):
        assert matcher.rank(need) == want[0]


def test_policy_vocabulary_and_date_have_many_forms() -> None:
    policies: Any = (lotse.Policy(**POLICY), POLICY, json.dumps(POLICY))
    vocabularies: Any = (lotse.Vocabulary(ADDITIONS), ADDITIONS, json.dumps(ADDITIONS))
    days: Any = (AS_OF, datetime.date(2026, 11, 23), datetime.datetime(2026, 11, 23))
    created = [
        lotse.Matcher(OFFERS, policy=policy, vocabulary=vocabulary, as_of=day)
        for policy, vocabulary, day in zip(policies, vocabularies, days, strict=True)
    ]
    assert created[0] == created[1] == created[2]
    assert created[0].policy == lotse.Policy(**POLICY) and created[0].vocabulary == lotse.Vocabulary(ADDITIONS)
    assert created[0].as_of == datetime.date(2026, 11, 23)
    plain = lotse.Matcher(OFFERS, as_of=AS_OF)
    assert created[0] != plain and plain.policy == lotse.Policy() and plain.vocabulary == lotse.Vocabulary()


def test_as_of_defaults_to_today() -> None:
    before = datetime.date.today()
    assert before <= lotse.Matcher([]).as_of <= datetime.date.today()
    assert lotse.Matcher([], as_of=None).as_of >= before


def test_a_matcher_is_a_container_of_offers(matcher: lotse.Matcher) -> None:
    assert len(matcher) == 3 and repr(matcher) == "Matcher(3 offers)"
    assert "o-3" in matcher and "o-9" not in matcher and 3 not in matcher and None not in matcher
    assert matcher.offer("o-3") == lotse.Offer(**OFFER) and matcher.offer("o-9") is None
    assert matcher.offers == sorted((lotse.Offer(**offer) for offer in OFFERS), key=lambda offer: offer.id)
    assert matcher != 3 and matcher != lotse.Matcher([], as_of=AS_OF)
    with pytest.raises(AttributeError):
        matcher.policy = lotse.Policy()  # type: ignore[misc]


def test_offers_can_be_added_replaced_and_removed(matcher: lotse.Matcher) -> None:
    matcher.update({"id": "o-4", "languages": ["ti"], "capacity": 1})
    assert [match.offer for match in matcher.rank({"id": "n", "languages": ["ti"]})] == ["o-4"]
    matcher.update(lotse.Offer(id="o-4", languages=["so"]))
    matcher.update('{"id": "o-5", "languages": ["so"]}')
    assert len(matcher) == 5
    assert {match.offer for match in matcher.rank({"id": "n", "languages": ["so"]})} == {"o-4", "o-5"}
    assert matcher.remove("o-4") == lotse.Offer(id="o-4", languages=["so"])
    assert "o-4" not in matcher and raised_error(lambda: matcher.remove("o-4")).code == "offer.unknown_id"
    matcher.remove("o-5")
    assert matcher == lotse.Matcher(OFFERS, as_of=AS_OF)
    assert matcher.rank_all(NEEDS) == lotse.Matcher(OFFERS, as_of=AS_OF).rank_all(NEEDS)


def test_an_invalid_update_changes_nothing(matcher: lotse.Matcher) -> None:
    before = matcher.offers
    for offer in ({"id": "o-3", "ages": {"min": 9, "max": 8}}, {"id": "o-3", "languages": ["xx-nope"]}, {}, None, "{"):
        assert raised_error(lambda offer=offer: matcher.update(offer)).errors  # type: ignore[misc]
    for capacity in (None, -1, "many", {"free": -1}, {}, {"frei": 3}, 1.5):
        assert raised_error(lambda capacity=capacity: matcher.set_capacity("o-3", capacity)).errors  # type: ignore[misc]
    assert raised_error(lambda: matcher.set_capacity("o-9", 1)).code == "offer.unknown_id"
    assert matcher.offers == before


def test_a_capacity_can_be_set(matcher: lotse.Matcher) -> None:
    matcher.set_capacity("o-2", 7)
    assert matcher.offers[1] == lotse.Offer(id="o-2", languages=["de"], capacity=7)
    matcher.set_capacity("o-2", {"state": "full"})
    assert matcher.offers[1].to_dict()["capacity"]["state"] == "full"
    assert "o-2" not in [match.offer for match in matcher.rank({"id": "n-1", "languages": ["de"]})]
    assert matcher == lotse.Matcher([*OFFERS[:2], {**OFFERS[2], "capacity": {"state": "full"}}], as_of=AS_OF)


def test_a_full_offer_does_not_match(matcher: lotse.Matcher) -> None:
    matcher.set_capacity("o-1", 0)
    assert [match.offer for match in matcher.rank({"id": "n-1", "languages": ["uk"]})] == []


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda matcher: pickle.loads(pickle.dumps(matcher))])
def test_a_copy_of_a_matcher_is_independent(copied: Callable[[lotse.Matcher], lotse.Matcher]) -> None:
    a = lotse.Matcher(OFFERS, policy=POLICY, vocabulary=ADDITIONS, as_of=AS_OF)
    b = copied(a)
    assert a == b and b.as_of == a.as_of and b.policy == a.policy and b.vocabulary == a.vocabulary
    assert a.rank_all(NEEDS) == b.rank_all(NEEDS)
    b.update({"id": "o-9"})
    b.set_capacity("o-1", 0)
    a.remove("o-2")
    assert len(a) == 2 and len(b) == 4 and "o-2" in b and "o-9" not in a
    assert a.offer("o-1") == lotse.Offer(**OFFERS[1])
    assert a != b


@pytest.mark.parametrize("form", [dict, json.dumps, lambda policy: lotse.Policy(**policy)])
def test_another_policy_needs_no_new_build(form: Callable[[dict[str, Any]], Any]) -> None:
    own = {**POLICY, "capacity": {"stale_days": 1}}
    old = lotse.Matcher(OFFERS, vocabulary=ADDITIONS, as_of=AS_OF)
    new = old.with_policy(form(own))
    built = lotse.Matcher(OFFERS, policy=own, vocabulary=ADDITIONS, as_of=AS_OF)
    assert new == built and new.policy == lotse.Policy(**own) and new.vocabulary == old.vocabulary
    assert new.rank_all(NEEDS) == built.rank_all(NEEDS) != old.rank_all(NEEDS)
    assert old.policy == lotse.Policy() and new.with_policy(lotse.Policy()) == old
    new.set_capacity("o-1", 0)
    assert new != built and old.offer("o-1") == lotse.Offer(**OFFERS[1])


def test_a_wrong_policy_has_the_errors_of_a_build(matcher: lotse.Matcher) -> None:
    row = {"from": "xx-none", "to": "de", "degree": 0.5}
    wrongs: list[Any] = [{"weight": {}}, {"language": {"comprehension": [row]}}, 3, "{"]
    for wrong in wrongs:
        error = raised_error(lambda: matcher.with_policy(wrong))
        built = raised_error(lambda: lotse.Matcher([], policy=wrong))
        assert (error.code, error.path) == (built.code, built.path), wrong


# Rankings.


def test_a_ranking_is_a_sequence(matcher: lotse.Matcher) -> None:
    ranking = matcher.rank({"id": "n-1", "languages": ["de"]})
    assert ranking.need == "n-1" and len(ranking) == 3
    assert list(ranking) == ranking.matches == [ranking[0], ranking[1], ranking[2]] == ranking[:] == [*ranking]
    assert ranking[-1] == ranking[2] and ranking[1:] == ranking.matches[1:] and ranking[::-1] == ranking.matches[::-1]
    assert ranking[0] in ranking
    for index in (3, -4, 10**30):
        with pytest.raises(IndexError):
            ranking[index]
    with pytest.raises(TypeError):
        ranking["o-1"]  # type: ignore[call-overload]
    assert repr(ranking) == "Ranking(need='n-1', 3 matches)"
    assert not matcher.rank({"id": "n-1", "languages": ["ti"]})
    scores = [match.score for match in ranking]
    assert scores == sorted(scores, reverse=True)


def test_a_ranking_can_be_reversed(matcher: lotse.Matcher) -> None:
    ranking = matcher.rank({"id": "n-1", "languages": ["de"]})
    assert list(reversed(ranking)) == ranking.matches[::-1]


def test_a_match_has_reasons(matcher: lotse.Matcher) -> None:
    match = matcher.rank(NEED, lang="de")[0]
    assert match.offer == "o-3" and repr(match).startswith("Match(offer='o-3', score=")
    assert match.to_dict()["reasons"] == match.reasons and json.loads(match.to_json()) == match.to_dict()
    assert match.reason("language") in match.reasons and match.reason("language")["text"].startswith("Dari")
    assert matcher.rank({"id": "n-1"})[0].reason("age")["asked"] is False
    assert raised_error(lambda: match.reason("tongue")).code == "value"  # type: ignore[arg-type]
    assert match == matcher.rank(NEED)[0] and match != matcher.rank({"id": "n-1"})[0]


def test_top_is_the_maximum_of_matches(matcher: lotse.Matcher) -> None:
    for top in (0, 1, 2, 1_000_000):
        assert len(matcher.rank({"id": "n-1"}, top=top)) == min(top, 3)
        assert [len(ranking) for ranking in matcher.rank_all([{"id": "n-1"}], top=top)] == [min(top, 3)]
    many = lotse.Matcher([{"id": f"o-{number}"} for number in range(9)])
    assert len(many.rank({"id": "n-1"})) == len(many.rank({"id": "n-1"}, top=5)) == 5


def test_people_of_a_group_are_counted_together(matcher: lotse.Matcher) -> None:
    needs = [{"id": f"n-{number}", "group": "g", "languages": ["uk"]} for number in range(3)]
    assert [ranking.matches for ranking in matcher.rank_all(needs)] == [[], [], []]
    assert len(matcher.rank(needs[0])) == 1


def test_the_incident_can_be_ranked() -> None:
    offers, needs = lotse.example.offers(), lotse.example.needs()
    assert all(isinstance(offer, lotse.Offer) for offer in offers) and all(
        isinstance(need, lotse.Need) for need in needs
    )
    assert len(lotse.Matcher(offers, as_of=lotse.example.AS_OF).rank_all(needs, top=3)) == len(needs) == 366


# Explanations and diagnoses.


def test_pairs_are_tuples_or_dicts(matcher: lotse.Matcher) -> None:
    needs = [NEED, *NEEDS]
    pairs = [("n-17", "o-3"), ("n-1", "o-2"), ("n-17", "o-1")]
    explanations = matcher.explain_all(needs, pairs)
    assert [(explanation.need, explanation.offer) for explanation in explanations] == pairs
    forms: tuple[Any, ...] = (
        list(map(list, pairs)),
        [{"need": need, "offer": offer} for need, offer in pairs],
        tuple(pairs),
    )
    for form in forms:
        assert matcher.explain_all(needs, form) == explanations
    assert explanations[0] == matcher.explain(NEED, "o-3") and matcher.explain_all(needs, []) == []
    assert raised_error(lambda: matcher.explain_all(needs, [("n-9", "o-3")])).path == "pairs[0].need"
    assert raised_error(lambda: matcher.explain_all(needs, [("n-1", "o-9")])).path == "pairs[0].offer"


def test_an_explanation_has_ten_findings(matcher: lotse.Matcher) -> None:
    match, excluded = (
        matcher.explain(NEED, "o-3", lang="de"),
        matcher.explain({"id": "n-1", "languages": ["ti"]}, "o-2"),
    )
    for explanation in (match, excluded):
        assert len(explanation.reasons) == 10 and explanation.to_dict()["reasons"] == explanation.reasons
        assert json.loads(explanation.to_json()) == explanation.to_dict()
    assert (match.need, match.offer, match.matches, match.score) == ("n-17", "o-3", True, matcher.rank(NEED)[0].score)
    assert excluded.matches is False and excluded.reason("language")["blocks"] is True
    assert repr(excluded) == "Explanation(need='n-1', offer='o-2', matches=False)"
    assert raised_error(lambda: matcher.explain(NEED, "o-9")).code == "offer.unknown_id"
    assert match.to_check == matcher.rank(NEED)[0].to_check


def test_an_id_is_text(matcher: lotse.Matcher) -> None:
    number: Any = 3
    calls: list[Callable[[], Any]] = [
        lambda: matcher.explain(NEED, number), lambda: matcher.remove(number), lambda: matcher.set_capacity(number, 1),
        lambda: matcher.offer(number), lambda: WRONG.Need.from_json(b"{}"),
    ]  # fmt: skip
    for call in calls:
        with pytest.raises(TypeError):
            call()


def test_a_diagnosis_has_blocking_criteria_and_required_changes(matcher: lotse.Matcher) -> None:
    need = {"id": "n-3", "languages": ["ti"]}
    diagnosis = matcher.diagnose(need, lang="de")
    assert (diagnosis.need, diagnosis.offers, diagnosis.matching) == ("n-3", 3, 0)
    assert diagnosis.blocked == [{"criterion": "language", "offers": 3, "only": 3}]
    assert len(diagnosis.near_misses) == 3 and diagnosis.near_misses[0]["changes"][0]["text"]
    assert matcher.diagnose_all([need], lang="de") == [diagnosis]
    assert repr(diagnosis) == "Diagnosis(need='n-3', 0 of 3 offers match)"
    assert json.loads(diagnosis.to_json()) == diagnosis.to_dict()
    assert (
        matcher.diagnose(need, near_misses=0).near_misses == []
        and len(matcher.diagnose(need, near_misses=1).near_misses) == 1
    )


# Progress.


def test_progress_is_shown(matcher: lotse.Matcher, capsys: pytest.CaptureFixture[str]) -> None:
    importlib.import_module("tqdm")
    calls: list[Callable[[], Any]] = [
        lambda: matcher.rank_all(NEEDS, progress=True), lambda: matcher.rank_table(NEEDS, progress=True),
        lambda: matcher.reason_table(NEEDS, progress=True), lambda: matcher.diagnose_all(NEEDS, progress=True),
        lambda: matcher.diagnose_table(NEEDS, progress=True), lambda: matcher.allocate(NEEDS, progress=True),
    ]  # fmt: skip
    for call in calls:
        assert call() is not None
        shown = capsys.readouterr()
        assert "3/3" in shown.err and "needs" in shown.err and shown.out == ""
    matcher.rank_all(NEEDS)
    assert capsys.readouterr().err == ""
    assert matcher.rank_all(NEEDS, progress=True) == matcher.rank_all(NEEDS)


def test_progress_ends_after_an_error(matcher: lotse.Matcher, capsys: pytest.CaptureFixture[str]) -> None:
    importlib.import_module("tqdm")
    assert (
        raised_error(lambda: matcher.rank_all([{"id": "n-1", "age": "geheim"}], progress=True)).path == "needs[0].age"
    )
    assert "geheim" not in capsys.readouterr().err
