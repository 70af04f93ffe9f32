"""Tests of the classes: construction, representation, privacy, and agreement with the wire operations."""

from __future__ import annotations

import copy
import datetime
import doctest
import importlib
import io
import json
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import conftest
import pytest

import lotse
from lotse import _files, _lotse, _resolve, types, wire

AS_OF = "2026-11-23"
WRONG: Any = lotse
"""The module for calls that a type checker rejects."""
NEED: dict[str, Any] = {**conftest.NEED, "people": 2}
CONTACT = {"phone": "112", "email": "a@example.org", "url": "https://example.org"}
OFFER: dict[str, Any] = {**conftest.OFFER, "contact": CONTACT}
POLICY: dict[str, Any] = {"weights": {"language": 40}, "rules": {"region": "prefer"}, "unknown_fit": 0.4}
ADDITIONS: dict[str, Any] = {
    "regions": [{"code": "14628010", "kind": "gemeinde", "parent": "14628", "name": "Altenberg"}],
    "words": [{"kind": "help", "codes": ["psychosocial.acute"], "lang": "de", "text": "Kriseninterventionsteam Nord"}],
}
OFFERS: list[dict[str, Any]] = [
    OFFER,
    {"id": "o-1", "languages": ["uk", "de"], "capacity": 2},
    {"id": "o-2", "languages": ["de"], "capacity": 1},
]
NEEDS: list[dict[str, Any]] = [
    {"id": "n-1", "languages": ["uk"]},
    {"id": "n-2", "languages": ["de"], "priority": "stat"},
    {"id": "n-3", "languages": ["ti"]},
]


@pytest.fixture
def matcher() -> lotse.Matcher:
    return lotse.Matcher(OFFERS, as_of=AS_OF)


def raised_error(call: Callable[[], Any]) -> lotse.Error:
    with pytest.raises(lotse.Error) as caught:
        call()
    return caught.value


# Records.


RECORDS: list[tuple[Any, dict[str, Any]]] = [(lotse.Need, NEED), (lotse.Offer, OFFER), (lotse.Policy, POLICY)]
IDS = ["need", "offer", "policy"]


@pytest.mark.parametrize(("record", "fields"), RECORDS, ids=IDS)
def test_a_record_is_created_from_keywords_or_json(record: Any, fields: dict[str, Any]) -> None:
    created = record(**fields)
    assert (
        created
        == record.from_json(json.dumps(fields))
        == record(**created.to_dict())
        == record.from_json(created.to_json())
    )
    assert json.loads(created.to_json()) == created.to_dict()
    assert hash(created) == hash(record(**fields))
    assert created != record(**{**fields, "id": "x"} if "id" in fields else {})
    assert created != fields and created != None and created is not record(**fields)  # noqa: E711


@pytest.mark.parametrize(("record", "fields"), RECORDS, ids=IDS)
def test_attributes_are_the_fields(record: Any, fields: dict[str, Any]) -> None:
    created = record(**fields)
    for name in fields:
        assert getattr(created, name) == created.to_dict()[name], name
    # The full form means the same as the short one.
    assert record(**{name: getattr(created, name) for name in fields}) == created


def test_codes_and_numbers_are_unchanged() -> None:
    need, offer = lotse.Need(**NEED), lotse.Offer(**OFFER)
    for name in (
        "id",
        "case",
        "group",
        "people",
        "priority",
        "help",
        "region",
        "place",
        "roles",
        "gender",
        "age",
        "formats",
    ):
        assert getattr(need, name) == NEED[name], name
    for name in (
        "id",
        "name",
        "organisation",
        "help",
        "area",
        "place",
        "capacity",
        "ages",
        "formats",
        "access",
        "contact",
    ):
        assert getattr(offer, name) == OFFER[name], name
    assert need.crime == NEED["crime"]
    assert lotse.Policy(**POLICY).unknown_fit == 0.4


def test_an_absent_field_is_none_or_an_empty_list() -> None:
    need, offer = lotse.Need(id="n-1"), lotse.Offer(id="o-1")
    assert offer.to_dict() == {"id": "o-1"}
    # These two have defaults: one person, `routine`.
    assert need.to_dict().keys() <= {"id", "people", "priority"}
    for name in ("languages", "roles", "formats", "access"):
        assert getattr(need, name) == []
    for name in ("help", "languages", "area", "crimes", "roles", "genders", "formats", "access", "no_access"):
        assert getattr(offer, name) == []
    for name in ("case", "group", "help", "region", "place", "crime", "gender", "age", "rules"):
        assert getattr(need, name) is None, name
    for name in ("name", "organisation", "place", "capacity", "ages", "contact"):
        assert getattr(offer, name) is None, name


def test_none_is_absent() -> None:
    assert lotse.Need(id="n-1", age=None, languages=None) == lotse.Need(id="n-1", languages=[]) == lotse.Need(id="n-1")


def test_an_attribute_is_a_copy() -> None:
    need = lotse.Need(**NEED)
    languages: Any = need.languages
    languages.append("uk")
    need.to_dict()["age"] = 5
    assert need == lotse.Need(**NEED)


def test_equal_records_have_equal_hashes_in_all_forms() -> None:
    pairs: list[tuple[Any, Any]] = [
        (lotse.Need(id="n", crime="0101"), lotse.Need(id="n", crime={"code": "0101"})),
        (lotse.Need(id="n", age=34), WRONG.Need(id="n", age=34.0)),
        (lotse.Offer(id="o", capacity=3), lotse.Offer(id="o", capacity={"free": 3, "state": "open"})),
        (lotse.Need(id="n", languages=["de"]), lotse.Need(id="n", languages=[{"tag": "de"}])),
        (lotse.Policy(rules={"region": "prefer"}), lotse.Policy(rules={"region": {"rule": "prefer"}})),
        (lotse.Policy(rules={"region": "must"}), lotse.Policy()),
        (lotse.Policy(weights={"language": 35}), lotse.Policy(weights={"language": 35.0})),
        (
            lotse.Offer(id="o", capacity={"free": 3, "updated": datetime.date(2026, 11, 20)}),
            lotse.Offer(id="o", capacity={"free": 3, "updated": "2026-11-20"}),
        ),
    ]
    for a, b in pairs:
        assert a == b and hash(a) == hash(b), a.to_dict()
        assert len({a, b}) == 1


@pytest.mark.parametrize(("record", "fields"), RECORDS, ids=IDS)
def test_a_record_cannot_be_changed(record: Any, fields: dict[str, Any]) -> None:
    created = record(**fields)
    for name in (*fields, "something_new"):
        with pytest.raises(AttributeError):
            setattr(created, name, 1)
        with pytest.raises(AttributeError):
            delattr(created, name)
    assert created == record(**fields)


@pytest.mark.parametrize(("record", "fields"), RECORDS, ids=IDS)
def test_a_record_can_be_pickled_and_copied(record: Any, fields: dict[str, Any]) -> None:
    created = record(**fields)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(created, protocol))
        assert again == created and type(again) is record and again.to_json() == created.to_json()
    assert copy.copy(created) == copy.deepcopy(created) == created
    assert copy.deepcopy([created, created])[1] == created


def test_the_representation_of_a_need_is_its_id() -> None:
    need = lotse.Need(**NEED)
    assert repr(need) == str(need) == f"{need}" == "Need(id='n-17', ...)"
    assert repr([need]) == "[Need(id='n-17', ...)]"
    assert repr(lotse.Offer(**OFFER)) == "Offer(id='o-3', ...)"
    assert repr(lotse.Policy()) == "Policy()" and repr(lotse.Policy(**POLICY)) == "Policy(...)"


@pytest.mark.parametrize("name", ["it's", 'a"b', "a\\b", "a\nb", "ä"])
def test_an_id_is_represented_as_a_literal(name: str) -> None:
    for shown in (repr(lotse.Need(id=name)), repr(lotse.Offer(id=name))):
        found = re.search(r"id=(.*), \.\.\.\)", shown)
        # A quote in an id must not be taken for its end.
        assert found and eval(found[1], {}) == name, shown


def test_results_represent_no_value_of_a_need(matcher: lotse.Matcher) -> None:
    need = lotse.Need(**NEED)
    plan = matcher.allocate([need])
    shown = [
        matcher.rank(need), matcher.rank(need)[0], matcher.explain(need, "o-3"), matcher.diagnose(need),
        plan, plan.report(),
        matcher.rank_table([need]), plan.to_table(), matcher,
    ]  # fmt: skip
    for value in (
        "c-9",
        "g-3",
        "urgent",
        "trauma",
        "prs",
        "A2",
        "14612",
        "51",
        "0101",
        "terror",
        "female",
        "34",
        "wheel",
    ):
        assert not any(value in repr(result) + str(result) for result in shown), value


def test_an_unknown_field_has_a_hint() -> None:
    error = raised_error(lambda: WRONG.Need(id="n-1", langauges=["de"]))
    assert (error.code, error.path) == ("need.unknown_field", "need")
    assert error.hint == "did you mean `languages`?" and str(error).endswith("did you mean `languages`?")
    error = raised_error(lambda: WRONG.Offer(id="o-1", capasity=1))
    assert error.code == "offer.unknown_field" and error.hint == "did you mean `capacity`?"
    error = raised_error(lambda: WRONG.Policy(weight={}))
    assert error.code == "policy.unknown_field" and error.hint == "did you mean `weights`?"
    error = raised_error(lambda: lotse.Vocabulary({"region": []}))
    assert error.code == "vocabulary.unknown_field" and error.hint == "did you mean `regions`?"


def test_an_invalid_record_raises_all_errors() -> None:
    error = raised_error(lambda: WRONG.Need(age="geheim", gender="geheim", people=0))
    assert {detail["path"] for detail in error.errors} == {"need.id", "need.age", "need.gender", "need.people"}
    assert "geheim" not in str(error) + repr(vars(error))
    assert raised_error(lambda: lotse.Need.from_json("{")).code == "json.syntax"
    assert raised_error(lambda: lotse.Need.from_json("[]")).code == "need.type"
    assert isinstance(error, ValueError)


def test_a_lone_surrogate_in_json_is_a_syntax_error() -> None:
    # Python's own error would have the whole text of a need.
    error = raised_error(lambda: lotse.Need.from_json('{"id": "n-1", "case": "geheim\ud800"}'))
    assert error.code == "json.syntax" and "geheim" not in repr(vars(error))


def test_a_record_takes_keywords_only() -> None:
    for record in (WRONG.Need, WRONG.Offer, WRONG.Policy):
        with pytest.raises(TypeError):
            record({"id": "x"})


# Vocabulary.


def test_a_vocabulary_has_names_and_codes() -> None:
    own, plain = lotse.Vocabulary(ADDITIONS), lotse.Vocabulary()
    assert own == lotse.Vocabulary(json.dumps(ADDITIONS)) == lotse.Vocabulary(own) != plain == lotse.Vocabulary(None)
    assert own.name("region", "14628010") == "Altenberg" != plain.name("region", "14628010")
    assert plain.name("role", "unknown_role") == "unknown_role"
    assert plain.contains("language", "prs") and not plain.contains("language", "qqx")
    assert not plain.contains("role", "unknown_role")
    assert plain.name("language", "prs", lang="de") == "Dari"
    assert [candidate["code"] for candidate in own.resolve("Kriseninterventionsteam Nord")] == ["psychosocial.acute"]
    assert plain.resolve("Kriseninterventionsteam Nord") == []
    assert repr(own) == "Vocabulary(...)" and repr(plain) == "Vocabulary()"


def test_a_vocabulary_can_be_pickled_and_copied() -> None:
    for vocabulary in (lotse.Vocabulary(ADDITIONS), lotse.Vocabulary()):
        for copied in (pickle.loads(pickle.dumps(vocabulary)), copy.copy(vocabulary), copy.deepcopy(vocabulary)):
            assert copied == vocabulary
            assert copied.name("region", "14628010") == vocabulary.name("region", "14628010")
    with pytest.raises(AttributeError):
        vocabulary.additions = {}  # type: ignore[attr-defined]


def test_words_are_resolved() -> None:
    candidates = lotse.resolve("Kurdisch", "language", lang="de")
    [word] = wire.resolve({"words": [{"text": "Kurdisch", "kind": "language"}], "lang": "de"})["resolved"]
    assert candidates == word["candidates"] == lotse.Vocabulary().resolve("Kurdisch", "language", lang="de")
    assert candidates[0]["how"] == "umbrella" and len(candidates) > 1
    assert lotse.resolve("Farsi") and lotse.resolve("") == []
    forms: tuple[Any, ...] = (ADDITIONS, json.dumps(ADDITIONS), lotse.Vocabulary(ADDITIONS))
    own = [lotse.resolve("Altenberg", "region", vocabulary=form) for form in forms]
    assert own[0] == own[1] == own[2] and own[0][0]["code"] == "14628010"
    assert raised_error(lambda: lotse.resolve("Farsi", "tongue")).path == "words[0].kind"  # type: ignore[arg-type]


def test_suggestions_complete_words() -> None:
    vocabulary = lotse.Vocabulary()
    suggestions = vocabulary.suggest("Traum", "help", lang="de")
    assert [(candidate["name"], candidate["how"], candidate.get("word")) for candidate in suggestions] == [
        ("Traumaambulanz", "completed", None),
        ("Psychotherapie", "completed", "Trauma"),
    ]
    [word] = wire.resolve({"words": [{"text": "Leip"}], "lang": "de", "suggest": 2})["resolved"]
    assert word["candidates"] == vocabulary.suggest("Leip", lang="de", top=2) and word["candidates"]
    assert len(vocabulary.suggest("Sa", "region")) == 10 and vocabulary.suggest("K") == []
    assert raised_error(lambda: vocabulary.suggest("Sa", top=101)).path == "suggest"
    assert raised_error(lambda: vocabulary.suggest("Sa", top="3")).path == "suggest"  # type: ignore[arg-type]


def test_criteria_have_labels() -> None:
    assert lotse.criterion_label("language", lang="de") == "Sprache"
    assert lotse.criterion_label("language") == "language"
    assert raised_error(lambda: WRONG.criterion_label("tongue")).code == "value"
    assert raised_error(lambda: lotse.criterion_label("language", lang="fr")).code  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["\ud800", "de\udfff"])
def test_a_lone_surrogate_is_an_unknown_code(text: Any, matcher: lotse.Matcher) -> None:
    vocabulary, explanation = lotse.Vocabulary(), matcher.explain(NEED, "o-3")
    for call in (
        lambda: lotse.criterion_label(text), lambda: lotse.criterion_label("age", lang=text),
        lambda: vocabulary.name(text, "de"), lambda: vocabulary.name("language", "de", lang=text),
        lambda: vocabulary.contains(text, "de"), lambda: explanation.reason(text),
        lambda: matcher.rank(NEED)[0].reason(text), lambda: matcher.explain(NEED, text), lambda: matcher.remove(text),
        lambda: matcher.set_capacity(text, 1),
    ):  # fmt: skip
        assert raised_error(call).code
    assert vocabulary.contains("language", text) is False
    assert text not in matcher and matcher.offer(text) is None


# The matcher.


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
    assert "o-4" not in matcher and raised_error(lambda: matcher.remove("o-4")).code == "request.pair.unknown_offer"
    matcher.remove("o-5")
    assert matcher == lotse.Matcher(OFFERS, as_of=AS_OF)
    assert matcher.rank_all(NEEDS) == lotse.Matcher(OFFERS, as_of=AS_OF).rank_all(NEEDS)


def test_an_invalid_update_changes_nothing(matcher: lotse.Matcher) -> None:
    before = matcher.offers
    for offer in ({"id": "o-3", "ages": {"min": 9, "max": 8}}, {"id": "o-3", "languages": ["xx-nope"]}, {}, None, "{"):
        assert raised_error(lambda offer=offer: matcher.update(offer)).errors  # type: ignore[misc]
    for capacity in (None, -1, "many", {"free": -1}, {}, {"frei": 3}, 1.5):
        assert raised_error(lambda capacity=capacity: matcher.set_capacity("o-3", capacity)).errors  # type: ignore[misc]
    assert raised_error(lambda: matcher.set_capacity("o-9", 1)).code == "request.pair.unknown_offer"
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
    assert raised_error(lambda: matcher.explain(NEED, "o-9")).code == "request.pair.unknown_offer"
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


# Plans.


def test_a_plan_has_referrals_and_unmet_needs(matcher: lotse.Matcher) -> None:
    plan = matcher.allocate(NEEDS)
    assert [(referral["need"], referral["offer"]) for referral in plan.referrals if referral["need"] == "n-1"] == [
        ("n-1", "o-1")
    ]
    assert [(need["need"], need["reason"]) for need in plan.unmet] == [("n-3", "no_offer")]
    assert {offer["offer"] for offer in plan.offers} == {"o-1", "o-2", "o-3"}
    assert plan.optimal is True and plan.gap is None
    assert plan.certificate == {"optimal": True, "gap": None, "verified": True}
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
    assert json.loads(wire.rank_json(json.dumps(request))) == wire.rank(request)


# Documentation.


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


# Checks.


def test_a_check_reports_errors_and_warnings() -> None:
    report = lotse.check(offers=[OFFER], needs=[NEED, {"id": "n-1", "age": "geheim"}], as_of=AS_OF)
    assert (report["offers"], report["needs"]) == (1, 2)
    assert [(error["code"], error["path"]) for error in report["errors"]] == [("need.type", "needs[1].age")]
    assert "geheim" not in repr(report)
    records = [lotse.Need(**NEED), lotse.Need(**NEED)]
    assert [error["code"] for error in lotse.check(needs=records)["errors"]] == ["need.id.duplicate"]
    assert lotse.check() == {"offers": 0, "needs": 0, "errors": [], "warnings": []}
    assert lotse.check(offers=json.dumps([OFFER]), as_of=AS_OF)["errors"] == []
    wrong = lotse.check(policy={"weights": {"help": -1}}, vocabulary={"regions": 5}, as_of="2026-02-30")["errors"]
    assert {error["code"].split(".")[0] for error in wrong} == {"policy", "vocabulary", "request"}


# Files.


TEXTS = {
    "list": json.dumps(NEEDS),
    "object": json.dumps({"needs": NEEDS}),
    "ndjson": "\n".join(map(json.dumps, NEEDS)) + "\n",
    "mark": "\ufeff" + json.dumps(NEEDS),
    "windows": "\r\n".join(map(json.dumps, NEEDS)),
}


@pytest.mark.parametrize("form", TEXTS)
def test_records_are_read_from_files(form: str, tmp_path: Path) -> None:
    want, text = [lotse.Need(**need) for need in NEEDS], TEXTS[form]
    path = tmp_path / "needs.json"
    path.write_bytes(text.encode())
    assert lotse.read_needs(path) == lotse.read_needs(str(path)) == want
    with open(path, encoding="utf-8") as file:
        assert lotse.read_needs(file) == want
    with open(path, "rb") as binary:
        assert lotse.read_needs(binary) == want
    assert lotse.read_needs(io.StringIO(text)) == lotse.read_needs(io.BytesIO(text.encode())) == want
    path.write_bytes(text.replace('"needs"', '"offers"').replace("priority", "name").encode())
    assert [offer.id for offer in lotse.read_offers(path)] == ["n-1", "n-2", "n-3"]


def test_lists_are_accepted_instead_of_files() -> None:
    assert lotse.read_offers(OFFERS) == [lotse.Offer(**offer) for offer in OFFERS]
    assert lotse.read_needs([]) == lotse.read_needs(io.StringIO("")) == []


BROKEN: dict[str, str | bytes] = {
    "cut": '[{"id": "n-1", "case": "geheim',
    "no json": "geheim",
    "latin": '[{"id": "geheim ä"}]'.encode("latin-1"),
    "utf-16": '[{"id": "geheim"}]'.encode("utf-16"),
    "zeros": b"\0" * 10 + b"geheim",
    "wrong": '[{"id": "n-1", "age": "geheim", "geheim": 1}]',
    "number": "5",
    "trailing": '[{"id": "geheim"}] geheim',
}


@pytest.mark.parametrize("form", BROKEN)
def test_the_error_of_a_broken_file_does_not_repeat_its_content(form: str, tmp_path: Path) -> None:
    content, path = BROKEN[form], tmp_path / "needs.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def in_text() -> Any:
        with open(path, encoding="utf-8") as file:
            return lotse.read_needs(file)

    for read in (lambda: lotse.read_needs(path), in_text, lambda: lotse.read_needs(io.BytesIO(path.read_bytes()))):
        error = raised_error(read)
        assert "geheim" not in str(error) + repr(error) + repr(vars(error))
        # Python shows the context of an error, which would have the content.
        assert error.__context__ is None and error.__cause__ is None


def test_a_missing_file_raises_the_error_of_python(tmp_path: Path) -> None:
    for source in (tmp_path / "none.json", str(tmp_path / "none.json")):
        for read in (lotse.read_needs, lotse.read_offers):
            with pytest.raises(FileNotFoundError):
                read(source)
    with pytest.raises(OSError):
        lotse.read_needs(tmp_path)


# The solver.


def test_solve_accepts_rows_with_gaps() -> None:
    solution = lotse.solve([[90, 20], [80, None]], [1, None])
    assert solution.assignment == [1, 0] and solution.flows == [[(1, 1)], [(0, 1)]]
    assert solution.objective == solution.bound == {"people": [2, 0, 0, 0], "kept": 0, "value": 100}
    assert [price["value"] for price in solution.prices] == [70, 0] and solution.optimal is True
    assert solution == lotse.solve(((90, 20), (80, None)), (1, None)) != lotse.solve([[90, 20]], [1, None])
    assert solution.witnesses == [{"supply": 0, "from": 1, "moves": 1}, None]
    assert repr(solution) == "Solution(2 of 2 supplies served, optimal=True)"


class Numbers:
    """A stand-in for a NumPy array."""

    def __init__(self, plain: Any) -> None:
        self.plain = plain

    def tolist(self) -> Any:
        return self.plain


class Sparse:
    """A stand-in for a SciPy array, of which only stored entries are edges."""

    def __init__(self, row: Any, col: Any, data: Any, shape: Any) -> None:
        self.row, self.col, self.data, self.shape = Numbers(row), Numbers(col), Numbers(data), shape

    def tocoo(self) -> Sparse:
        return self


def test_solve_accepts_arrays() -> None:
    dense = lotse.solve([[90, 20], [80, None]], [1, None])
    assert lotse.solve(Sparse([0, 0, 1], [0, 1, 0], [90, 20, 80], (2, 2)), [1, None]) == dense
    values, capacities = Numbers([[90, 20], [80, 0]]), Numbers([1, 5])
    assert WRONG.solve(values, capacities).assignment == [1, 0]
    # A supply without an entry has no edge.
    assert lotse.solve(Sparse([1], [0], [5], (3, 1)), [1]).assignment == [None, 0, None]


def test_solve_with_numpy() -> None:
    numpy = importlib.import_module("numpy")
    values = numpy.array([[90, 20], [80, 0]], dtype=numpy.int32)
    assert lotse.solve(values, numpy.array([1, 5])) == lotse.solve(values.tolist(), [1, 5])
    assert lotse.Need(id="n-1", age=numpy.int64(34), languages=numpy.array(["de"])) == lotse.Need(
        id="n-1", age=34, languages=["de"]
    )


def test_solve_puts_classes_before_values_and_keeps_earlier_sinks() -> None:
    assert lotse.solve([[90], [1]], [1], classes=[1, 0]).assignment == [None, 0]
    assert lotse.solve([[90, 20]], [1, 1], previous=[1]).assignment == [1]
    assert lotse.solve([[90, 20]], [1, 1], fixed=[1]).assignment == [1]
    assert lotse.solve([[90, 20]], [1, 1], previous=[None], fixed=[None]).assignment == [0]
    assert lotse.solve([[5]], [7], counts=[9]).flows == [[(0, 7)]]
    assert lotse.solve([[5], [4]], [3], sizes=[4, 2]).assignment == [None, 0]
    error = raised_error(lambda: lotse.solve([[5]], [1], classes=[0, 0]))
    assert (error.code, error.path) == ("problem.length", "classes")
    error = raised_error(lambda: lotse.solve([[5], [5]], [1], people=[[1], [1, 0, 0, 0, 9]]))
    assert (error.code, error.path) == ("problem.length", "people[1]")
    assert raised_error(lambda: lotse.solve([[5]], [1], fixed=[7])).code == "problem.sink"


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


# Notebooks.


def test_notebooks_show_results_as_tables() -> None:
    need, offer = "n<script>alert(1)</script>", "o<b>&'\""
    matcher = lotse.Matcher([{"id": offer, "name": "<i>name</i>", "languages": ["de"], "capacity": 1}])
    needs = [
        {"id": need, "languages": ["de"]},
        {"id": "n<u>", "languages": ["de"]},
        {"id": "n<s>", "languages": ["ti"]},
    ]
    plan = matcher.allocate(needs, lang="de")
    results = [
        matcher.rank(needs[0]), matcher.explain(needs[0], offer), matcher.diagnose(needs[2]), plan, plan.report(),
    ]  # fmt: skip
    for result in results:
        shown = result._repr_html_()  # type: ignore[attr-defined]
        assert "<table" in shown and "</table>" in shown
        for mark in ("<script", "<u>", "<s>", "<i>", "o<b>"):
            assert mark not in shown, type(result)
    first = matcher.rank(needs[0])._repr_html_()
    assert "&lt;script&gt;" in first and "o&lt;b&gt;&amp;" in first
    assert "Ohne Platz" in plan._repr_html_()  # type: ignore[attr-defined]


def test_the_incident_can_be_ranked() -> None:
    offers, needs = lotse.example.offers(), lotse.example.needs()
    assert all(isinstance(offer, lotse.Offer) for offer in offers) and all(
        isinstance(need, lotse.Need) for need in needs
    )
    assert len(lotse.Matcher(offers, as_of=lotse.example.AS_OF).rank_all(needs, top=3)) == len(needs) == 366
