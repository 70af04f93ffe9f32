"""Results as data: complete attributes, dicts, JSON text, pickles and copies."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest
from samples import AS_OF, NEED, NEEDS, OFFERS

import lotse
from lotse import types

GROUP = [{"id": "g-1", "group": "g", "languages": ["uk"]}, {"id": "g-2", "group": "g", "languages": ["ti"]}]
ALL = [NEED, *NEEDS, *GROUP, {"id": "n-9", "people": 9}]


def plan(matcher: lotse.Matcher) -> lotse.Allocation:
    return matcher.allocate(ALL, fixed=[("n-1", "o-2")], lang="de")


def imported(words: str) -> lotse.Imported:
    return lotse.import_needs(f"Nr;Name;Sprache\n7;Beispiel;{words}\n".encode(), as_of=AS_OF, lang="de")


def sketch(column: str) -> lotse.Sketch:
    return lotse.sketch_mapping(f"Nr;{column}\n7;frei\n".encode(), as_of=AS_OF, lang="de")


RESULTS: dict[str, Callable[[lotse.Matcher], Any]] = {
    "Ranking": lambda matcher: matcher.rank(NEED, lang="de"),
    "Match": lambda matcher: matcher.rank(NEED, lang="de")[0],
    "Explanation": lambda matcher: matcher.explain(NEED, "o-2", lang="de"),
    "Diagnosis": lambda matcher: matcher.diagnose(NEEDS[2], lang="de"),
    "Allocation": plan,
    "Evaluation": lambda matcher: matcher.evaluate(ALL, [("n-1", "o-2"), ("n-3", "o-1")], lang="de"),
    "Report": lambda matcher: plan(matcher).report(),
    "PlanDiff": lambda matcher: matcher.allocate(ALL, lang="de").diff(plan(matcher)),
    "Imported": lambda matcher: imported("Kurdisch, wenig Deutsch von den Nachbarn"),
    "ImportReport": lambda matcher: imported("Kurdisch").report,
    "Sketch": lambda matcher: sketch("Status"),
    "Exported": lambda matcher: lotse.export_offers(OFFERS, to="hsds3", as_of=AS_OF, lang="de"),
}
OTHERS: dict[str, Callable[[lotse.Matcher], Any]] = {
    "Ranking": lambda matcher: matcher.rank(NEEDS[0], lang="de"),
    "Match": lambda matcher: matcher.rank(NEEDS[0], lang="de")[0],
    "Explanation": lambda matcher: matcher.explain(NEED, "o-1", lang="de"),
    "Diagnosis": lambda matcher: matcher.diagnose(NEEDS[0], lang="de"),
    "Allocation": lambda matcher: matcher.allocate(NEEDS, lang="de"),
    "Evaluation": lambda matcher: matcher.evaluate(ALL, [("n-1", "o-2")], lang="de"),
    "Report": lambda matcher: matcher.allocate(NEEDS, lang="de").report(),
    "PlanDiff": lambda matcher: matcher.allocate(ALL, lang="de").diff(matcher.allocate(ALL)),
    "Imported": lambda matcher: imported("Dari"),
    "ImportReport": lambda matcher: imported("Dari").report,
    "Sketch": lambda matcher: sketch("Sprachen"),
    "Exported": lambda matcher: lotse.export_needs(NEEDS, as_of=AS_OF, lang="de"),
}
CLASSES: dict[str, type[Any]] = {
    name: member for name in lotse.__all__ if isinstance(member := getattr(lotse, name), type)
}
"""All public classes."""


def caught(call: Callable[[], Any]) -> lotse.Error:
    with pytest.raises(lotse.Error) as raised:
        call()
    return raised.value


EVERY: dict[str, Callable[[lotse.Matcher], tuple[Any, Any]]] = {
    **{name: lambda matcher, name=name: (RESULTS[name](matcher), OTHERS[name](matcher)) for name in RESULTS},
    "Error": lambda matcher: (
        caught(lambda: lotse.Need(id="n-1", langauges=["de"], age=999)),  # type: ignore[call-arg]
        caught(lambda: lotse.Offer(id="")),
    ),
    "Matcher": lambda matcher: (
        lotse.Matcher(OFFERS, as_of=AS_OF, policy={"weights": {"language": 40}}, vocabulary={"languages": {"x-a": "uk"}}),
        matcher,
    ),
    "Mapping": lambda matcher: (imported("Dari").mapping, lotse.Mapping("osm")),
    "Questions": lambda matcher: (imported("Kurdisch").questions, imported("Dari").questions),
    "Need": lambda matcher: (lotse.Need(**NEED), lotse.Need(id="n-1")),
    "Offer": lambda matcher: (lotse.Offer(id="o-1", capacity=2), lotse.Offer(id="o-1")),
    "Policy": lambda matcher: (lotse.Policy(weights={"language": 40}), lotse.Policy()),
    "Solution": lambda matcher: (
        lotse.solve([[10**12, 20], [80, None]], [1, None], people=[[2], [0, 1]]), lotse.solve([[1]], [1]),
    ),
    "Table": lambda matcher: (plan(matcher).to_table(), matcher.rank_table([])),
    "Vocabulary": lambda matcher: (
        matcher.with_policy({"language": {"comprehension": [{"from": "xaa", "to": "de", "degree": 0.5}]}}).vocabulary,
        matcher.vocabulary,
    ),
}  # fmt: skip
"""Two objects of each class that differ."""


def attributes(result: Any) -> dict[str, Any]:
    """Returns all attributes, with results in them as dicts."""
    names = [name for name, member in vars(type(result)).items() if type(member).__name__ == "getset_descriptor"]
    values = {name: getattr(result, name) for name in names}
    for key, value in values.items():
        if isinstance(value, list):
            values[key] = [item.to_dict() if hasattr(item, "to_dict") else item for item in value]
        elif key != "files":
            values[key] = plain(value)
    return values


def plain(value: Any) -> Any:
    """Returns a result in another one as data."""
    if isinstance(value, lotse.Questions):
        return list(value)
    return value.to_dict() if hasattr(value, "to_dict") else value


@pytest.fixture(params=RESULTS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_class_of_results_is_tested() -> None:
    records = {name for name, member in CLASSES.items() if hasattr(member, "from_json")}
    results = {name for name, member in CLASSES.items() if hasattr(member, "to_json")} - records
    assert results - {"Vocabulary", "Mapping", "Questions"} == RESULTS.keys() == OTHERS.keys()


def state(value: Any) -> Any:
    """Returns what equal objects have in common. Exceptions are compared by identity, as in all of Python."""
    return (str(value), vars(value)) if isinstance(value, lotse.Error) else value


@pytest.mark.parametrize("class_name", CLASSES)
def test_every_public_class_can_be_pickled_compared_and_copied(class_name: str, matcher: lotse.Matcher) -> None:
    value, other = EVERY[class_name](matcher)
    assert type(value) is type(other) is CLASSES[class_name]
    assert state(value) == state(value) and state(value) != state(other) and value != 1
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again, again_other = pickle.loads(pickle.dumps((value, other), protocol))
        assert type(again) is type(value) and repr(again) == repr(value)
        assert state(again) == state(value) and state(value) == state(again)
        assert state(again_other) == state(other) and state(again) != state(again_other)
        assert state(pickle.loads(pickle.dumps(again))) == state(value)
    for copied in (copy.copy(value), copy.deepcopy(value), copy.deepcopy([value])[0]):
        assert type(copied) is type(value) and state(copied) == state(value)


def test_an_error_has_all_its_attributes_after_a_pickle(matcher: lotse.Matcher) -> None:
    error = caught(lambda: lotse.Need(id="n-1", langauges=["de"], age=999))  # type: ignore[call-arg]
    again = pickle.loads(pickle.dumps(error))
    assert (again.code, again.path, again.message, again.hint) == (error.code, error.path, error.message, error.hint)
    assert len(again.errors) == 2 and again.errors == error.errors and again.args == error.args


def test_a_vocabulary_keeps_the_rows_of_a_policy_in_a_pickle() -> None:
    row = {"from": "xaa", "to": "de", "degree": 0.5}
    vocabulary = lotse.Matcher([], policy={"language": {"comprehension": [row]}}).vocabulary
    again = pickle.loads(pickle.dumps(vocabulary))
    assert again.to_dict() == vocabulary.to_dict() and vocabulary != lotse.Vocabulary()
    assert any(found["from"] == "xaa" for found in again.to_dict()["comprehension"])


def test_tables_are_equal_however_their_rows_are_divided() -> None:
    matcher, needs = lotse.Matcher([{"id": "o-1", "name": "A"}]), [{"id": f"n-{number}"} for number in range(5_001)]
    table = matcher.rank_table(needs)
    again = pickle.loads(pickle.dumps(table))
    assert len(pa.table(table).to_batches()) == 2 and len(pa.table(again).to_batches()) == 1
    assert again == table and table == again and table != matcher.rank_table(needs[1:])
    assert table != matcher.rank_table([*needs[:-1], {"id": "other"}])


@pytest.mark.parametrize("columns", [3, [3], [("a", "int32", ["x"])], [("a", "int32", [2**40])], [("a", "bool", [1])]])
def test_a_damaged_pickle_of_a_table_is_an_error(columns: Any) -> None:
    restore, _ = lotse.Matcher([]).rank_table([]).__reduce__()
    with pytest.raises(lotse.Error):
        restore(columns)
    with pytest.raises(lotse.Error):
        restore([("a", "int32", [1]), ("b", "int32", [1, 2])])


def test_every_key_is_an_attribute(name: str, matcher: lotse.Matcher) -> None:
    result = RESULTS[name](matcher)
    assert type(result).__name__ == name
    data = result.to_dict()
    typed = getattr(types, {"Allocation": "AllocateResponse", "Imported": "ImportResponse"}.get(name, name))
    assert data.keys() <= typed.__required_keys__ | typed.__optional_keys__
    for key, value in data.items():
        if (name, key) != ("Exported", "files"):  # a dict from names to texts
            assert attributes(result)[key] == value, key
    assert json.loads(result.to_json()) == data


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_has_all_data(name: str, protocol: int, matcher: lotse.Matcher) -> None:
    result = RESULTS[name](matcher)
    again = pickle.loads(pickle.dumps(result, protocol))
    assert type(again) is type(result)
    assert attributes(again) == attributes(result)
    assert again.to_dict() == result.to_dict() and again.to_json() == result.to_json()
    assert repr(again) == repr(result)
    assert again == result and result == again and again == pickle.loads(pickle.dumps(again, protocol))
    other = OTHERS[name](matcher)
    assert again != other and other != again and again != pickle.loads(pickle.dumps(other))
    if hasattr(result, "_repr_html_"):
        assert again._repr_html_() == result._repr_html_()
    for table in (member for member in dir(result) if member.endswith("_table")):
        assert getattr(again, table)() == getattr(result, table)(), table
    if hasattr(result, "reason"):
        for criterion in types.Criterion.__args__:  # type: ignore[attr-defined]
            assert again.reason(criterion) == result.reason(criterion) and again.reason(criterion)["text"]
        with pytest.raises(lotse.Error):
            again.reason("xyz")


def test_a_copy_is_the_same_result(name: str, matcher: lotse.Matcher) -> None:
    # Results cannot be changed.
    result = RESULTS[name](matcher)
    assert copy.copy(result) is result and copy.deepcopy([result])[0] is result


def test_a_pickled_ranking_is_a_sequence_of_matches(matcher: lotse.Matcher) -> None:
    ranking = matcher.rank(NEEDS[1])
    again = pickle.loads(pickle.dumps(ranking))
    assert list(again) == list(ranking) == again.matches and len(again) == len(ranking) == 3
    assert again[0].reason("age") == ranking[0].reason("age") and again[::-1] == ranking[::-1]
    assert pickle.loads(pickle.dumps(again[1])).reason("age") == ranking[1].reason("age")


def test_a_pickled_plan_has_its_report_and_its_proof(matcher: lotse.Matcher) -> None:
    before = matcher.allocate(ALL)
    again = pickle.loads(pickle.dumps(before))
    assert again.report() == before.report() and again.report().to_dict() == before.report().to_dict()
    assert again.certificate["verified"] is True
    for plan in (before, again, pickle.loads(pickle.dumps(again))):
        plan.verify()
    matcher.remove(before.referrals[0]["offer"])
    after = matcher.allocate(ALL, previous=again)
    assert after == matcher.allocate(ALL, previous=before)
    assert again.diff(after) == before.diff(after) == before.diff(pickle.loads(pickle.dumps(after)))
    assert before.diff(after).newly_unmet or before.diff(after).moved
    assert matcher.evaluate(ALL, again) == matcher.evaluate(ALL, before)


def test_a_damaged_pickle_is_an_error() -> None:
    restore, arguments = lotse.Matcher(OFFERS, as_of=AS_OF).allocate(NEEDS).__reduce__()
    name, lang, data, additional, names = arguments
    for wrong in [("Novelty", lang, data, additional), (name, "xyz", data, additional), (name, lang, "{", additional)]:
        with pytest.raises(lotse.Error):
            restore(*wrong, names)
    for part, other in [('"optimal":true', '"optimal":false'), ('"used":', '"used":7'), ('"bound":{', '"bound":{"a":1,')]:
        wrong = data.replace(part, other, 1)
        assert wrong != data and caught(restore(name, lang, wrong, additional, names).verify).code == "problem.unverified"
    # Data of another form has no attributes, and ends no process.
    for other in ("null", "[]", '{"referrals": 3, "unmet": [3, {}], "certificate": []}'):
        restored = restore(name, lang, other, other, names)
        assert restored.optimal is False and restored.gap is None and restored.report().total is None
        assert len(restored.to_table()) in (0, 2)
        assert caught(restored.verify).code == "problem.unverified"
    with pytest.raises(lotse.Error):
        restored.diff(restored)
