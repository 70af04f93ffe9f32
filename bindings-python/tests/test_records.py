"""Tests of needs, offers and policies: construction, attributes, representation and privacy."""

from __future__ import annotations

import copy
import datetime
import json
import pickle
import re
from typing import Any

import pytest
from samples import NEED, OFFER, POLICY, WRONG, raised_error

import lotse

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
