"""Tests of vocabularies, and of codes for words."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any, cast, get_args, get_type_hints

import pytest
from samples import ADDITIONS, NEED, WRONG, raised_error

import lotse
from lotse import types, wire


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


def test_codes_and_fields_have_labels() -> None:
    assert lotse.labels("de")["priority"] == {
        "stat": "sofort", "asap": "so bald wie möglich", "urgent": "dringend", "routine": "normal"
    }  # fmt: skip
    assert lotse.labels() == lotse.labels("en")
    assert raised_error(lambda: WRONG.labels("fr")).code == "value"
    hints = get_type_hints(types.Labels)
    for lang in get_args(types.Lang):
        labels = cast("dict[str, dict[str, str]]", lotse.labels(lang))
        assert labels.keys() == hints.keys()
        for kind, found in labels.items():
            keys, _ = get_args(hints[kind])
            assert found.keys() == codes_of(keys), kind
        assert labels["criterion"] == {code: lotse.criterion_label(code, lang=lang) for code in get_args(types.Criterion)}


def codes_of(keys: Any) -> set[str]:
    """Returns the strings of a `Literal`, or of a union of several."""
    return {code for part in get_args(keys) for code in (codes_of(part) if get_args(part) else {part})}


@pytest.mark.parametrize("text", ["\ud800", "de\udfff"])
def test_a_lone_surrogate_is_an_unknown_code(text: Any, matcher: lotse.Matcher) -> None:
    vocabulary, explanation = lotse.Vocabulary(), matcher.explain(NEED, "o-3")
    for call in (
        lambda: lotse.criterion_label(text), lambda: lotse.criterion_label("age", lang=text), lambda: lotse.labels(text),
        lambda: vocabulary.name(text, "de"), lambda: vocabulary.name("language", "de", lang=text),
        lambda: vocabulary.contains(text, "de"), lambda: explanation.reason(text),
        lambda: matcher.rank(NEED)[0].reason(text), lambda: matcher.explain(NEED, text), lambda: matcher.remove(text),
        lambda: matcher.set_capacity(text, 1),
    ):  # fmt: skip
        assert raised_error(call).code
    assert vocabulary.contains("language", text) is False
    assert text not in matcher and matcher.offer(text) is None
