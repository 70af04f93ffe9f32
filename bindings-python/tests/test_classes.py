"""The classes: how they are made, what they show, what they keep to themselves, and that they agree with the wire."""

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
from typing import Any

import conftest
import pytest

import lotse
from lotse import _lotse, _resolve, wire

AS_OF = "2026-11-23"
WRONG: Any = lotse
"""The same for calls that a type checker knows to be wrong."""
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


def refused(call: Callable[[], Any]) -> lotse.Error:
    with pytest.raises(lotse.Error) as caught:
        call()
    return caught.value


# Records.


RECORDS: list[tuple[Any, dict[str, Any]]] = [(lotse.Need, NEED), (lotse.Offer, OFFER), (lotse.Policy, POLICY)]
IDS = ["need", "offer", "policy"]


@pytest.mark.parametrize(("record", "fields"), RECORDS, ids=IDS)
def test_a_record_is_made_from_keywords_or_json(record: Any, fields: dict[str, Any]) -> None:
    made = record(**fields)
    assert made == record.from_json(json.dumps(fields)) == record(**made.to_dict()) == record.from_json(made.to_json())
    assert json.loads(made.to_json()) == made.to_dict()
    assert hash(made) == hash(record(**fields))
    assert made != record(**{**fields, "id": "x"} if "id" in fields else {})
    assert made != fields and made != None and made is not record(**fields)  # noqa: E711


@pytest.mark.parametrize(("record", "fields"), RECORDS, ids=IDS)
def test_attributes_are_the_fields(record: Any, fields: dict[str, Any]) -> None:
    made = record(**fields)
    for name in fields:
        assert getattr(made, name) == made.to_dict()[name], name
    # However they are written, they mean the same.
    assert record(**{name: getattr(made, name) for name in fields}) == made


def test_codes_and_numbers_are_as_they_were_given() -> None:
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


def test_what_is_absent_is_none_or_an_empty_list() -> None:
    need, offer = lotse.Need(id="n-1"), lotse.Offer(id="o-1")
    assert offer.to_dict() == {"id": "o-1"}
    # One person and no haste are what a need means that says nothing.
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


def test_equal_records_have_equal_hashes_however_they_are_written() -> None:
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
    for one, two in pairs:
        assert one == two and hash(one) == hash(two), one.to_dict()
        assert len({one, two}) == 1


@pytest.mark.parametrize(("record", "fields"), RECORDS, ids=IDS)
def test_a_record_cannot_be_changed(record: Any, fields: dict[str, Any]) -> None:
    made = record(**fields)
    for name in (*fields, "something_new"):
        with pytest.raises(AttributeError):
            setattr(made, name, 1)
        with pytest.raises(AttributeError):
            delattr(made, name)
    assert made == record(**fields)


@pytest.mark.parametrize(("record", "fields"), RECORDS, ids=IDS)
def test_a_record_can_be_pickled_and_copied(record: Any, fields: dict[str, Any]) -> None:
    made = record(**fields)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(made, protocol))
        assert again == made and type(again) is record and again.to_json() == made.to_json()
    assert copy.copy(made) == copy.deepcopy(made) == made
    assert copy.deepcopy([made, made])[1] == made


def test_what_is_shown_of_a_need_is_its_id() -> None:
    need = lotse.Need(**NEED)
    assert repr(need) == str(need) == f"{need}" == "Need(id='n-17', ...)"
    assert repr([need]) == "[Need(id='n-17', ...)]"
    assert repr(lotse.Offer(**OFFER)) == "Offer(id='o-3', ...)"
    assert repr(lotse.Policy()) == "Policy()" and repr(lotse.Policy(**POLICY)) == "Policy(...)"


@pytest.mark.parametrize("name", ["it's", 'a"b', "a\\b", "a\nb", "ä"])
def test_an_id_is_shown_as_python_text(name: str) -> None:
    for shown in (repr(lotse.Need(id=name)), repr(lotse.Offer(id=name))):
        found = re.search(r"id=(.*), \.\.\.\)", shown)
        # What is shown is one literal, so that nobody takes a quote in an id for its end.
        assert found and eval(found[1], {}) == name, shown


def test_nothing_of_a_need_is_shown_by_its_results(matcher: lotse.Matcher) -> None:
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
        assert not any(value in repr(one) + str(one) for one in shown), value


def test_an_unknown_field_is_told_with_what_may_be_meant() -> None:
    error = refused(lambda: WRONG.Need(id="n-1", langauges=["de"]))
    assert (error.code, error.path) == ("need.unknown_field", "need")
    assert error.hint == "did you mean `languages`?" and str(error).endswith("did you mean `languages`?")
    error = refused(lambda: WRONG.Offer(id="o-1", capasity=1))
    assert error.code == "offer.unknown_field" and error.hint == "did you mean `capacity`?"
    error = refused(lambda: WRONG.Policy(weight={}))
    assert error.code == "policy.unknown_field" and error.hint == "did you mean `weights`?"
    error = refused(lambda: lotse.Vocabulary({"region": []}))
    assert error.code == "vocabulary.unknown_field" and error.hint == "did you mean `regions`?"


def test_a_wrong_record_is_refused_with_everything_that_is_wrong() -> None:
    error = refused(lambda: WRONG.Need(age="geheim", gender="geheim", people=0))
    assert {detail["path"] for detail in error.errors} == {"need.id", "need.age", "need.gender", "need.people"}
    assert "geheim" not in str(error) + repr(vars(error))
    assert refused(lambda: lotse.Need.from_json("{")).code == "json.syntax"
    assert refused(lambda: lotse.Need.from_json("[]")).code == "need.type"
    assert isinstance(error, ValueError)


def test_half_a_surrogate_pair_in_json_is_no_json() -> None:
    # Python's own error would carry the whole text of a need.
    error = refused(lambda: lotse.Need.from_json('{"id": "n-1", "case": "geheim\ud800"}'))
    assert error.code == "json.syntax" and "geheim" not in repr(vars(error))


def test_a_record_takes_keywords_only() -> None:
    for record in (WRONG.Need, WRONG.Offer, WRONG.Policy):
        with pytest.raises(TypeError):
            record({"id": "x"})


# Vocabulary and words.


def test_a_vocabulary_names_resolves_and_knows() -> None:
    own, plain = lotse.Vocabulary(ADDITIONS), lotse.Vocabulary()
    assert own == lotse.Vocabulary(json.dumps(ADDITIONS)) == lotse.Vocabulary(own) != plain == lotse.Vocabulary(None)
    assert own.name("region", "14628010") == "Altenberg" != plain.name("region", "14628010")
    assert plain.name("role", "nobody_knows") == "nobody_knows"
    assert (
        plain.knows("language", "prs")
        and not plain.knows("language", "qqx")
        and not plain.knows("role", "nobody_knows")
    )
    assert plain.name("language", "prs", lang="de") == "Dari"
    assert [found["code"] for found in own.resolve("Kriseninterventionsteam Nord")] == ["psychosocial.acute"]
    assert plain.resolve("Kriseninterventionsteam Nord") == []
    assert repr(own) == "Vocabulary(...)" and repr(plain) == "Vocabulary()"


def test_a_vocabulary_can_be_pickled_and_copied() -> None:
    for one in (lotse.Vocabulary(ADDITIONS), lotse.Vocabulary()):
        for again in (pickle.loads(pickle.dumps(one)), copy.copy(one), copy.deepcopy(one)):
            assert again == one
            assert again.name("region", "14628010") == one.name("region", "14628010")
    with pytest.raises(AttributeError):
        one.additions = {}  # type: ignore[attr-defined]


def test_words_become_codes() -> None:
    found = lotse.resolve("Kurdisch", "language", lang="de")
    [answer] = wire.resolve({"words": [{"text": "Kurdisch", "kind": "language"}], "lang": "de"})["resolved"]
    assert found == answer["candidates"] == lotse.Vocabulary().resolve("Kurdisch", "language", lang="de")
    assert [one["how"] for one in found][0] == "umbrella" and len(found) > 1
    assert lotse.resolve("Farsi") and lotse.resolve("") == []
    forms: tuple[Any, ...] = (ADDITIONS, json.dumps(ADDITIONS), lotse.Vocabulary(ADDITIONS))
    own = [lotse.resolve("Altenberg", "region", vocabulary=given) for given in forms]
    assert own[0] == own[1] == own[2] and own[0][0]["code"] == "14628010"
    assert refused(lambda: lotse.resolve("Farsi", "tongue")).path == "words[0].kind"  # type: ignore[arg-type]


def test_words_that_are_begun_are_completed() -> None:
    vocabulary = lotse.Vocabulary()
    found = vocabulary.suggest("Traum", "help", lang="de")
    assert [(one["name"], one["how"], one.get("word")) for one in found] == [
        ("Traumaambulanz", "completed", None),
        ("Psychotherapie", "completed", "Trauma"),
    ]
    [answer] = wire.resolve({"words": [{"text": "Leip"}], "lang": "de", "suggest": 2})["resolved"]
    assert answer["candidates"] == vocabulary.suggest("Leip", lang="de", top=2) and answer["candidates"]
    assert len(vocabulary.suggest("Sa", "region")) == 10 and vocabulary.suggest("K") == []
    assert refused(lambda: vocabulary.suggest("Sa", top=101)).path == "suggest"
    assert refused(lambda: vocabulary.suggest("Sa", top="3")).path == "suggest"  # type: ignore[arg-type]


def test_criteria_have_names() -> None:
    assert lotse.criterion_name("language", lang="de") == "Sprache"
    assert lotse.criterion_name("language") == "language"
    assert refused(lambda: WRONG.criterion_name("tongue")).code == "value"
    assert refused(lambda: lotse.criterion_name("language", lang="fr")).code  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["\ud800", "de\udfff"])
def test_half_a_surrogate_pair_is_a_wrong_word_and_an_unknown_code(text: Any, matcher: lotse.Matcher) -> None:
    vocabulary, explained = lotse.Vocabulary(), matcher.explain(NEED, "o-3")
    for call in (
        lambda: lotse.criterion_name(text), lambda: lotse.criterion_name("age", lang=text),
        lambda: vocabulary.name(text, "de"), lambda: vocabulary.name("language", "de", lang=text),
        lambda: vocabulary.knows(text, "de"), lambda: explained.reason(text),
        lambda: matcher.rank(NEED)[0].reason(text), lambda: matcher.explain(NEED, text), lambda: matcher.remove(text),
        lambda: matcher.set_capacity(text, 1),
    ):  # fmt: skip
        assert refused(call).code
    assert vocabulary.knows("language", text) is False
    assert text not in matcher and matcher.offer(text) is None


# The matcher.


def test_offers_come_in_many_forms(matcher: lotse.Matcher) -> None:
    records = [lotse.Offer(**offer) for offer in OFFERS]
    forms: list[Any] = [
        records, OFFERS, tuple(OFFERS), iter(OFFERS), (offer for offer in records), json.dumps(OFFERS),
        [json.dumps(offer) for offer in OFFERS], [records[0], *OFFERS[1:]], "\n".join(map(json.dumps, OFFERS)),
        json.dumps({"offers": OFFERS}), {offer.id: offer for offer in records}.values(), reversed(OFFERS),
    ]  # fmt: skip
    for offers in forms:
        assert lotse.Matcher(offers, as_of=AS_OF) == matcher
    assert len(lotse.Matcher([])) == 0


def test_needs_come_in_many_forms(matcher: lotse.Matcher) -> None:
    records = [lotse.Need(**need) for need in NEEDS]
    want = matcher.rank_all(NEEDS)
    forms: list[Any] = [
        records, tuple(NEEDS), iter(records), json.dumps(NEEDS), list(map(json.dumps, NEEDS)), [records[0], *NEEDS[1:]],
        "\n".join(map(json.dumps, NEEDS)), json.dumps({"needs": NEEDS}), (need for need in NEEDS),
    ]  # fmt: skip
    for needs in forms:
        assert matcher.rank_all(needs) == want
    for one in (records[0], NEEDS[0], json.dumps(NEEDS[0])):
        assert matcher.rank(one) == want[0]


def test_policy_vocabulary_and_day_come_in_many_forms() -> None:
    policies: Any = (lotse.Policy(**POLICY), POLICY, json.dumps(POLICY))
    vocabularies: Any = (lotse.Vocabulary(ADDITIONS), ADDITIONS, json.dumps(ADDITIONS))
    days: Any = (AS_OF, datetime.date(2026, 11, 23), datetime.datetime(2026, 11, 23))
    made = [
        lotse.Matcher(OFFERS, policy=policy, vocabulary=vocabulary, as_of=day)
        for policy, vocabulary, day in zip(policies, vocabularies, days, strict=True)
    ]
    assert made[0] == made[1] == made[2]
    assert made[0].policy == lotse.Policy(**POLICY) and made[0].vocabulary == lotse.Vocabulary(ADDITIONS)
    assert made[0].as_of == datetime.date(2026, 11, 23)
    plain = lotse.Matcher(OFFERS, as_of=AS_OF)
    assert made[0] != plain and plain.policy == lotse.Policy() and plain.vocabulary == lotse.Vocabulary()


def test_today_is_the_day_if_none_is_given() -> None:
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


def test_offers_can_be_added_replaced_and_taken_out(matcher: lotse.Matcher) -> None:
    matcher.update({"id": "o-4", "languages": ["ti"], "capacity": 1})
    assert [match.offer for match in matcher.rank({"id": "n", "languages": ["ti"]})] == ["o-4"]
    matcher.update(lotse.Offer(id="o-4", languages=["so"]))
    matcher.update('{"id": "o-5", "languages": ["so"]}')
    assert len(matcher) == 5
    assert {match.offer for match in matcher.rank({"id": "n", "languages": ["so"]})} == {"o-4", "o-5"}
    assert matcher.remove("o-4") == lotse.Offer(id="o-4", languages=["so"])
    assert "o-4" not in matcher and refused(lambda: matcher.remove("o-4")).code == "request.pair.unknown_offer"
    matcher.remove("o-5")
    assert matcher == lotse.Matcher(OFFERS, as_of=AS_OF)
    assert matcher.rank_all(NEEDS) == lotse.Matcher(OFFERS, as_of=AS_OF).rank_all(NEEDS)


def test_a_wrong_update_changes_nothing(matcher: lotse.Matcher) -> None:
    before = matcher.offers
    for offer in ({"id": "o-3", "ages": {"min": 9, "max": 8}}, {"id": "o-3", "languages": ["xx-nope"]}, {}, None, "{"):
        assert refused(lambda offer=offer: matcher.update(offer)).errors  # type: ignore[misc]
    for capacity in (None, -1, "many", {"free": -1}, {}, {"frei": 3}, 1.5):
        assert refused(lambda capacity=capacity: matcher.set_capacity("o-3", capacity)).errors  # type: ignore[misc]
    assert refused(lambda: matcher.set_capacity("o-9", 1)).code == "request.pair.unknown_offer"
    assert matcher.offers == before


def test_places_can_be_set(matcher: lotse.Matcher) -> None:
    matcher.set_capacity("o-2", 7)
    assert matcher.offers[1] == lotse.Offer(id="o-2", languages=["de"], capacity=7)
    matcher.set_capacity("o-2", {"state": "full"})
    assert matcher.offers[1].to_dict()["capacity"]["state"] == "full"
    assert "o-2" not in [match.offer for match in matcher.rank({"id": "n-1", "languages": ["de"]})]
    assert matcher == lotse.Matcher([*OFFERS[:2], {**OFFERS[2], "capacity": {"state": "full"}}], as_of=AS_OF)


def test_a_full_offer_is_not_offered(matcher: lotse.Matcher) -> None:
    matcher.set_capacity("o-1", 0)
    assert [match.offer for match in matcher.rank({"id": "n-1", "languages": ["uk"]})] == []


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_a_copy_of_a_matcher_is_on_its_own(copied: Callable[[lotse.Matcher], lotse.Matcher]) -> None:
    one = lotse.Matcher(OFFERS, policy=POLICY, vocabulary=ADDITIONS, as_of=AS_OF)
    two = copied(one)
    assert one == two and two.as_of == one.as_of and two.policy == one.policy and two.vocabulary == one.vocabulary
    assert one.rank_all(NEEDS) == two.rank_all(NEEDS)
    two.update({"id": "o-9"})
    two.set_capacity("o-1", 0)
    one.remove("o-2")
    assert len(one) == 2 and len(two) == 4 and "o-2" in two and "o-9" not in one
    assert one.offer("o-1") == lotse.Offer(**OFFERS[1])
    assert one != two


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


def test_a_ranking_can_be_gone_through_from_its_end(matcher: lotse.Matcher) -> None:
    ranking = matcher.rank({"id": "n-1", "languages": ["de"]})
    assert list(reversed(ranking)) == ranking.matches[::-1]  # as any sequence


def test_a_match_tells_its_reasons(matcher: lotse.Matcher) -> None:
    match = matcher.rank(NEED, lang="de")[0]
    assert match.offer == "o-3" and repr(match).startswith("Match(offer='o-3', score=")
    assert match.to_dict()["reasons"] == match.reasons and json.loads(match.to_json()) == match.to_dict()
    assert match.reason("language") in match.reasons and match.reason("language")["text"].startswith("Dari")
    assert matcher.rank({"id": "n-1"})[0].reason("age")["asked"] is False
    assert refused(lambda: match.reason("tongue")).code == "value"  # type: ignore[arg-type]
    assert match == matcher.rank(NEED)[0] and match != matcher.rank({"id": "n-1"})[0]


def test_top_is_the_most_matches(matcher: lotse.Matcher) -> None:
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
    explained = matcher.explain_all(needs, pairs)
    assert [(one.need, one.offer) for one in explained] == pairs
    forms: tuple[Any, ...] = (
        list(map(list, pairs)),
        [{"need": need, "offer": offer} for need, offer in pairs],
        tuple(pairs),
    )
    for same in forms:
        assert matcher.explain_all(needs, same) == explained
    assert explained[0] == matcher.explain(NEED, "o-3") and matcher.explain_all(needs, []) == []
    assert refused(lambda: matcher.explain_all(needs, [("n-9", "o-3")])).path == "pairs[0].need"
    assert refused(lambda: matcher.explain_all(needs, [("n-1", "o-9")])).path == "pairs[0].offer"


def test_an_explanation_tells_all_ten_criteria(matcher: lotse.Matcher) -> None:
    fits, excluded = matcher.explain(NEED, "o-3", lang="de"), matcher.explain({"id": "n-1", "languages": ["ti"]}, "o-2")
    for one in (fits, excluded):
        assert len(one.reasons) == 10 and one.to_dict()["reasons"] == one.reasons
        assert json.loads(one.to_json()) == one.to_dict()
    assert (fits.need, fits.offer, fits.matches, fits.score) == ("n-17", "o-3", True, matcher.rank(NEED)[0].score)
    assert excluded.matches is False and excluded.reason("language")["blocks"] is True
    assert repr(excluded) == "Explanation(need='n-1', offer='o-2', matches=False)"
    assert refused(lambda: matcher.explain(NEED, "o-9")).code == "request.pair.unknown_offer"
    assert fits.to_check == matcher.rank(NEED)[0].to_check


def test_an_id_is_text(matcher: lotse.Matcher) -> None:
    number: Any = 3
    calls: list[Callable[[], Any]] = [
        lambda: matcher.explain(NEED, number), lambda: matcher.remove(number), lambda: matcher.set_capacity(number, 1),
        lambda: matcher.offer(number), lambda: WRONG.Need.from_json(b"{}"),
    ]  # fmt: skip
    for call in calls:
        with pytest.raises(TypeError):
            call()


def test_a_diagnosis_tells_why_and_what_would_have_to_change(matcher: lotse.Matcher) -> None:
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


def test_a_plan_gives_needs_to_places(matcher: lotse.Matcher) -> None:
    plan = matcher.allocate(NEEDS)
    assert [(one["need"], one["offer"]) for one in plan.referrals if one["need"] == "n-1"] == [("n-1", "o-1")]
    assert [(one["need"], one["reason"]) for one in plan.unmet] == [("n-3", "no_offer")]
    assert {one["offer"] for one in plan.offers} == {"o-1", "o-2", "o-3"}
    assert plan.optimal is True and plan.gap is None
    assert plan.certificate == {"optimal": True, "gap": None, "verified": True}
    assert plan.objective == plan.bound and plan.objective["people"]["stat"] == 1
    assert repr(plan) == "Allocation(2 referrals, 1 unmet, optimal=True)"
    assert plan == matcher.allocate(NEEDS) and plan != matcher.allocate(NEEDS[:1])
    assert json.loads(plan.to_json()) == plan.to_dict()


@pytest.mark.parametrize(
    "fixed", [[("n-1", "o-2")], [["n-1", "o-2"]], [{"need": "n-1", "offer": "o-2", "counted": False}]]
)
def test_what_is_fixed_stays(fixed: Any, matcher: lotse.Matcher) -> None:
    plan = matcher.allocate(NEEDS, fixed=fixed)
    [referral] = [one for one in plan.referrals if one["need"] == "n-1"]
    assert (referral["offer"], referral["fixed"], referral["breaks"]) == ("o-2", True, ["language"])
    assert refused(lambda: matcher.allocate(NEEDS, fixed=[("n-9", "o-2")])).path == "fixed[0].need"


def test_moves_tell_what_an_earlier_plan_is_worth() -> None:
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


def test_a_least_score_leaves_out_what_is_below(matcher: lotse.Matcher) -> None:
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


def test_a_plan_is_no_worse_than_simple_ways(matcher: lotse.Matcher) -> None:
    best, first, fit = matcher.allocate(NEEDS).objective, matcher.first_come(NEEDS), matcher.best_fit_first(NEEDS)
    for one in (first, fit):
        assert one.keys() == {"people", "kept", "score"} or one.keys() == {"people", "score"}
        assert best["people"]["stat"] >= one["people"]["stat"]
    # Who comes first takes the only place, however urgent the next one is.
    one_place = lotse.Matcher([{"id": "o-1", "capacity": 1}])
    needs = [{"id": "n-1"}, {"id": "n-2", "priority": "stat"}]
    assert one_place.first_come(needs)["people"]["stat"] == 0
    assert one_place.allocate(needs).objective["people"]["stat"] == 1


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


def test_results_agree_with_the_wire(matcher: lotse.Matcher) -> None:
    needs = [NEED, *NEEDS]
    request = {"offers": OFFERS, "needs": needs, "as_of": AS_OF, "lang": "de"}
    pairs = [("n-17", "o-3"), ("n-1", "o-2")]
    named = [{"need": need, "offer": offer} for need, offer in pairs]

    def same(got: list[Any], want: list[Any]) -> None:
        assert [one.to_dict() for one in got] == want
        assert [json.loads(one.to_json()) for one in got] == want

    same(matcher.rank_all(needs, lang="de", top=2), wire.rank({**request, "top": 2})["rankings"])
    same([matcher.rank(NEEDS[0], lang="de")], wire.rank({**request, "needs": NEEDS[:1]})["rankings"])
    same(matcher.explain_all(needs, pairs, lang="de"), wire.explain({**request, "pairs": named})["explanations"])
    same(matcher.diagnose_all(needs, lang="de"), wire.diagnose(request)["diagnoses"])
    plan = matcher.allocate(needs, lang="de", min_score=0.3)
    same([plan], [wire.allocate({**request, "min_score": 0.3})])
    same([plan.report()], [wire.report({**request, "min_score": 0.3})])
    assert lotse.check(offers=OFFERS, needs=needs, as_of=AS_OF) == wire.check(
        {"offers": OFFERS, "needs": needs, "as_of": AS_OF}
    )


def test_json_text_is_a_request(matcher: lotse.Matcher) -> None:
    request = {"offers": OFFERS, "needs": NEEDS, "as_of": AS_OF}
    for operation in (wire.rank, wire.diagnose, wire.allocate, wire.report, wire.check):
        assert operation(request) == operation(json.dumps(request))
    assert json.loads(wire.rank_json(json.dumps(request))) == wire.rank(request)


# Documentation.


@pytest.mark.parametrize("module", [lotse, _lotse, _resolve, lotse.example], ids=lambda module: module.__name__)
def test_the_examples_in_the_documentation_hold(module: Any) -> None:
    finder, runner = doctest.DocTestFinder(), doctest.DocTestRunner(verbose=False)
    for test in examples(finder, module):
        runner.run(test)
    assert runner.failures == 0 and runner.tries > 0


def examples(finder: doctest.DocTestFinder, module: Any) -> list[doctest.DocTest]:
    """Of what is compiled too: there doctest does not look for methods by itself."""
    found = finder.find(module)
    if module is _lotse:
        parts: dict[str, Any] = dict(vars(module))
        for name, one in vars(module).items():
            parts.update({f"{name}.{of}": part for of, part in vars(one).items()} if isinstance(one, type) else {})
        for path, part in parts.items():
            text = getattr(part, "__doc__", None)
            if isinstance(text, str) and ">>>" in text:
                found.append(doctest.DocTestParser().get_doctest(text, {}, path, None, 0))
    return found


# Checks.


def test_a_check_finds_errors_and_warnings() -> None:
    found = lotse.check(offers=[OFFER], needs=[NEED, {"id": "n-1", "age": "geheim"}], as_of=AS_OF)
    assert (found["offers"], found["needs"]) == (1, 2)
    assert [(error["code"], error["path"]) for error in found["errors"]] == [("need.type", "needs[1].age")]
    assert "geheim" not in repr(found)
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
def test_records_come_from_files(form: str, tmp_path: Path) -> None:
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


def test_lists_are_no_files_and_will_do() -> None:
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
def test_a_broken_file_is_refused_without_its_content(form: str, tmp_path: Path) -> None:
    given, path = BROKEN[form], tmp_path / "needs.json"
    path.write_bytes(given if isinstance(given, bytes) else given.encode())

    def in_text() -> Any:
        with open(path, encoding="utf-8") as file:
            return lotse.read_needs(file)

    for read in (lambda: lotse.read_needs(path), in_text, lambda: lotse.read_needs(io.BytesIO(path.read_bytes()))):
        error = refused(read)
        assert "geheim" not in str(error) + repr(error) + repr(vars(error))
        # Python shows what led to an error, and that would carry the content.
        assert error.__context__ is None and error.__cause__ is None


def test_a_missing_file_is_python_s_error(tmp_path: Path) -> None:
    for source in (tmp_path / "none.json", str(tmp_path / "none.json")):
        for read in (lotse.read_needs, lotse.read_offers):
            with pytest.raises(FileNotFoundError):
                read(source)
    with pytest.raises(OSError):
        lotse.read_needs(tmp_path)


# The problem on its own.


def test_solve_takes_rows_with_gaps() -> None:
    solution = lotse.solve([[90, 20], [80, None]], [1, None])
    assert solution.assignment == [1, 0] and solution.flows == [[(1, 1)], [(0, 1)]]
    assert solution.objective == solution.bound == {"people": [2, 0, 0, 0], "kept": 0, "value": 100}
    assert [price["value"] for price in solution.prices] == [70, 0] and solution.optimal is True
    assert solution == lotse.solve(((90, 20), (80, None)), (1, None)) != lotse.solve([[90, 20]], [1, None])
    assert repr(solution) == "Solution(2 of 2 supplies served, optimal=True)"


class Numbers:
    """What a NumPy array looks like."""

    def __init__(self, plain: Any) -> None:
        self.plain = plain

    def tolist(self) -> Any:
        return self.plain


class Sparse:
    """What a SciPy array looks like: entries that are not stored are no zeros, but ways that are not there."""

    def __init__(self, row: Any, col: Any, data: Any, shape: Any) -> None:
        self.row, self.col, self.data, self.shape = Numbers(row), Numbers(col), Numbers(data), shape

    def tocoo(self) -> Sparse:
        return self


def test_solve_takes_arrays() -> None:
    dense = lotse.solve([[90, 20], [80, None]], [1, None])
    assert lotse.solve(Sparse([0, 0, 1], [0, 1, 0], [90, 20, 80], (2, 2)), [1, None]) == dense
    values, places = Numbers([[90, 20], [80, 0]]), Numbers([1, 5])
    assert WRONG.solve(values, places).assignment == [1, 0]
    # A row without an entry goes nowhere.
    assert lotse.solve(Sparse([1], [0], [5], (3, 1)), [1]).assignment == [None, 0, None]


def test_solve_with_numpy() -> None:
    numpy = importlib.import_module("numpy")
    values = numpy.array([[90, 20], [80, 0]], dtype=numpy.int32)
    assert lotse.solve(values, numpy.array([1, 5])) == lotse.solve(values.tolist(), [1, 5])
    assert lotse.Need(id="n-1", age=numpy.int64(34), languages=numpy.array(["de"])) == lotse.Need(
        id="n-1", age=34, languages=["de"]
    )


def test_solve_serves_classes_before_values_and_keeps_what_was() -> None:
    assert lotse.solve([[90], [1]], [1], classes=[1, 0]).assignment == [None, 0]
    assert lotse.solve([[90, 20]], [1, 1], previous=[1]).assignment == [1]
    assert lotse.solve([[90, 20]], [1, 1], fixed=[1]).assignment == [1]
    assert lotse.solve([[90, 20]], [1, 1], previous=[None], fixed=[None]).assignment == [0]
    assert lotse.solve([[5]], [7], counts=[9]).flows == [[(0, 7)]]
    assert lotse.solve([[5], [4]], [3], sizes=[4, 2]).assignment == [None, 0]
    error = refused(lambda: lotse.solve([[5]], [1], classes=[0, 0]))
    assert (error.code, error.path) == ("problem.length", "classes")
    error = refused(lambda: lotse.solve([[5], [5]], [1], people=[[1], [1, 0, 0, 0, 9]]))
    assert (error.code, error.path) == ("problem.length", "people[1]")
    assert refused(lambda: lotse.solve([[5]], [1], fixed=[7])).code == "problem.sink"


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


def test_progress_ends_with_an_error_too(matcher: lotse.Matcher, capsys: pytest.CaptureFixture[str]) -> None:
    importlib.import_module("tqdm")
    assert refused(lambda: matcher.rank_all([{"id": "n-1", "age": "geheim"}], progress=True)).path == "needs[0].age"
    assert "geheim" not in capsys.readouterr().err


# Notebooks.


def test_results_show_themselves_as_tables() -> None:
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


def test_the_incident_is_there_to_try_things_on() -> None:
    offers, needs = lotse.example.offers(), lotse.example.needs()
    assert all(isinstance(offer, lotse.Offer) for offer in offers) and all(
        isinstance(need, lotse.Need) for need in needs
    )
    assert len(lotse.Matcher(offers, as_of=lotse.example.AS_OF).rank_all(needs, top=3)) == len(needs) == 366
