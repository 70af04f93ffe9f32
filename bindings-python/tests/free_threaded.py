"""Tests with eight threads on a Python without the interpreter lock. Run by tests/support/free-threaded.

It uses the standard library only, because that Python has no pytest.
"""

import json
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lotse
from lotse import wire

THREADS = 8
ROUNDS = 40
ROOT = Path(__file__).resolve().parents[2]
INCIDENT = ROOT / "core" / "data" / "incident"
AS_OF = "2026-11-23"


def load(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def run_in_threads(*tasks: Callable[[], Any]) -> list[Any]:
    """Starts all tasks together, each in a thread, and returns their results or raises one of their exceptions."""
    start = threading.Barrier(len(tasks))
    results: list[Any] = [None] * len(tasks)
    raised: list[BaseException] = []

    def run(index: int, task: Callable[[], Any]) -> None:
        try:
            start.wait()
            results[index] = task()
        except BaseException as error:  # a panic in Rust is not an Exception
            raised.append(error)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if raised:
        raise raised[0]
    return results


def test_the_import_does_not_enable_the_lock() -> None:
    # Python enables the lock for the whole process unless a module declares that it does not need it.
    assert sys._is_gil_enabled() is False


def test_threads_get_equal_responses() -> None:
    request = {"offers": load(INCIDENT / "offers.json"), "needs": load(INCIDENT / "needs.json")[:40], "as_of": AS_OF}
    want = wire.rank(request)
    assert any(ranking["matches"] for ranking in want["rankings"])

    def task() -> bool:
        return all(wire.rank(request) == want for _ in range(3))

    assert run_in_threads(*[task] * THREADS) == [True] * THREADS


def test_threads_get_equal_responses_for_golden_cases() -> None:
    cases = [case for file in sorted((ROOT / "tests" / "golden").glob("*.json")) for case in load(file)["cases"]]
    calls = [(case["op"], json.dumps(case["input"])) for case in cases]

    def call(operation: lotse.types.Operation, text: str) -> Any:
        try:
            return wire.call_json(operation, text)
        except lotse.Error as error:
            return vars(error)

    def task() -> list[Any]:
        return [call(*arguments) for arguments in calls]

    want = task()
    assert want
    for got in run_in_threads(*[task] * THREADS):
        for case, a, b in zip(cases, got, want, strict=True):
            assert a == b, case["name"]


def test_a_request_may_change_while_it_is_converted() -> None:
    offers: list[dict[str, Any]] = [{"id": f"o-{number}", "languages": ["uk"]} for number in range(100)]
    request = {"offers": offers, "needs": [{"id": "n-1", "languages": ["uk"]}], "as_of": AS_OF}
    done = threading.Event()

    def change() -> None:
        while not done.is_set():
            offers[5]["formats"] = ["phone"]
            offers.append({"id": "o-new"})
            offers[5].pop("formats")
            offers.pop()

    def task() -> None:
        for _ in range(ROUNDS):
            # It may see any of the records, or raise `lotse.Error`, but no other exception, and it must not panic.
            try:
                response = wire.rank(request)
            except lotse.Error:
                continue
            assert [ranking["need"] for ranking in response["rankings"]] == ["n-1"]

    def convert() -> None:
        try:
            run_in_threads(*[task] * (THREADS - 1))
        finally:
            done.set()

    run_in_threads(change, convert)


def test_threads_share_one_matcher() -> None:
    need = {"id": "n-1", "languages": ["uk"]}
    places = {"id": "o-places", "languages": ["uk"], "capacity": 5}
    matching = {"id": "o-language", "languages": ["uk"], "capacity": 2}
    excluded = {"id": "o-language", "languages": ["de"], "capacity": 2}
    others = [{"id": f"o-{number}", "languages": ["uk"], "capacity": 1} for number in range(20)]

    def rank_offers(matcher: Any) -> list[tuple[str, float]]:
        return [(match.offer, match.score) for match in matcher.rank(need, top=30).matches]

    def create(*changing: dict[str, Any]) -> Any:
        return lotse.Matcher([*others, *changing], as_of=AS_OF)

    # Two threads toggle one offer each: a ranking is that of one of four states, and never a mixture.
    states = [
        rank_offers(create({**places, "capacity": free}, offer)) for free in (5, 0) for offer in (matching, excluded)
    ]
    assert all(states.count(state) == 1 for state in states)
    matcher = create(places, matching)

    def rank() -> None:
        for _ in range(ROUNDS):
            assert rank_offers(matcher) in states

    def update() -> None:
        for _ in range(ROUNDS):
            matcher.update(excluded)
            matcher.update(matching)

    def set_capacity() -> None:
        for _ in range(ROUNDS):
            matcher.set_capacity("o-places", 0)
            matcher.set_capacity("o-places", 5)

    run_in_threads(rank, rank, rank, rank, update, update, set_capacity, set_capacity)
    # Each thread ends with the first state of its offer.
    assert rank_offers(matcher) == states[0]


TESTS = [
    test_the_import_does_not_enable_the_lock,
    test_threads_get_equal_responses,
    test_threads_get_equal_responses_for_golden_cases,
    test_a_request_may_change_while_it_is_converted,
    test_threads_share_one_matcher,
]


def main() -> int:
    failed = 0
    for test in TESTS:
        try:
            test()
        except KeyboardInterrupt:
            raise
        except BaseException:  # a panic in Rust is not an Exception
            failed += 1
            traceback.print_exc()
            print("FAILED", test.__name__)
        else:
            print("ok", test.__name__)
    print(f"{len(TESTS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
