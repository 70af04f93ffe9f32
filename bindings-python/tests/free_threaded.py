"""Eight threads at once, on a Python without the interpreter lock. Run by tests/support/free-threaded.

Only the standard library is used: such a Python has no pytest here.
"""

import json
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lotse
from lotse import _lotse

try:
    from lotse import wire
except ImportError:
    wire = lotse

THREADS = 8
ROUNDS = 40
ROOT = Path(__file__).resolve().parents[2]
INCIDENT = ROOT / "core" / "data" / "incident"
AS_OF = "2026-11-23"


def data(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each work returns. All start together, each in a thread; an exception in one of them is raised here."""
    start = threading.Barrier(len(works))
    results: list[Any] = [None] * len(works)
    raised: list[BaseException] = []

    def run(index: int, work: Callable[[], Any]) -> None:
        try:
            start.wait()
            results[index] = work()
        except BaseException as error:  # a panic in Rust is no Exception
            raised.append(error)

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if raised:
        raise raised[0]
    return results


def test_the_import_leaves_the_lock_off() -> None:
    # A module that does not say it can do without makes Python switch the lock on for the whole process.
    assert sys._is_gil_enabled() is False


def test_one_request_has_one_answer() -> None:
    request = {"offers": data(INCIDENT / "offers.json"), "needs": data(INCIDENT / "needs.json")[:40], "as_of": AS_OF}
    want = wire.rank(request)
    assert any(ranking["matches"] for ranking in want["rankings"])

    def work() -> bool:
        return all(wire.rank(request) == want for _ in range(3))

    assert at_once(*[work] * THREADS) == [True] * THREADS


def test_every_golden_case_has_one_answer() -> None:
    cases = [case for file in sorted((ROOT / "tests" / "golden").glob("*.json")) for case in data(file)["cases"]]
    calls = [(getattr(_lotse, f"{case['op']}_json"), json.dumps(case["input"])) for case in cases]

    def answer(operation: Callable[[str], str], text: str) -> Any:
        try:
            return operation(text)
        except lotse.Error as error:
            return vars(error)

    def work() -> list[Any]:
        return [answer(*call) for call in calls]

    want = work()
    assert want
    for got in at_once(*[work] * THREADS):
        for case, one, other in zip(cases, got, want, strict=True):
            assert one == other, case["name"]


def test_a_request_that_changes_while_it_is_read() -> None:
    offers: list[dict[str, Any]] = [{"id": f"o-{number}", "languages": ["uk"]} for number in range(100)]
    request = {"offers": offers, "needs": [{"id": "n-1", "languages": ["uk"]}], "as_of": AS_OF}
    done = threading.Event()

    def change() -> None:
        while not done.is_set():
            offers[5]["formats"] = ["phone"]
            offers.append({"id": "o-new"})
            offers[5].pop("formats")
            offers.pop()

    def work() -> None:
        for _ in range(ROUNDS):
            # Which of the records it sees is open; a refusal is fine too. A panic or another exception is not.
            try:
                answer = wire.rank(request)
            except lotse.Error:
                continue
            assert [ranking["need"] for ranking in answer["rankings"]] == ["n-1"]

    def works() -> None:
        try:
            at_once(*[work] * (THREADS - 1))
        finally:
            done.set()

    at_once(change, works)


def test_one_matcher_for_all() -> None:
    need = {"id": "n-1", "languages": ["uk"]}
    places = {"id": "o-places", "languages": ["uk"], "capacity": 5}
    speaks = {"id": "o-speaks", "languages": ["uk"], "capacity": 2}
    silent = {"id": "o-speaks", "languages": ["de"], "capacity": 2}
    others = [{"id": f"o-{number}", "languages": ["uk"], "capacity": 1} for number in range(20)]

    def ranked(matcher: Any) -> list[tuple[str, float]]:
        return [(match.offer, match.score) for match in matcher.rank(need, top=30).matches]

    def fresh(*changing: dict[str, Any]) -> Any:
        return lotse.Matcher([*others, *changing], as_of=AS_OF)

    # Two threads move one offer each between two states: a ranking shows one of the four worlds, and never half of one.
    worlds = [
        ranked(fresh({**places, "capacity": free}, speaker)) for free in (5, 0) for speaker in (speaks, silent)
    ]
    assert all(worlds.count(world) == 1 for world in worlds)
    matcher = fresh(places, speaks)

    def rank() -> None:
        for _ in range(ROUNDS):
            assert ranked(matcher) in worlds

    def update() -> None:
        for _ in range(ROUNDS):
            matcher.update(silent)
            matcher.update(speaks)

    def set_capacity() -> None:
        for _ in range(ROUNDS):
            matcher.set_capacity("o-places", 0)
            matcher.set_capacity("o-places", 5)

    at_once(rank, rank, rank, rank, update, update, set_capacity, set_capacity)
    # Each change ends where it began, so nothing may be lost.
    assert ranked(matcher) == worlds[0]


TESTS = [
    test_the_import_leaves_the_lock_off,
    test_one_request_has_one_answer,
    test_every_golden_case_has_one_answer,
    test_a_request_that_changes_while_it_is_read,
    *([test_one_matcher_for_all] if hasattr(lotse, "Matcher") else []),
]


def main() -> int:
    failed = 0
    for test in TESTS:
        try:
            test()
        except KeyboardInterrupt:
            raise
        except BaseException:  # a panic in Rust is no Exception
            failed += 1
            traceback.print_exc()
            print("FAILED", test.__name__)
        else:
            print("ok", test.__name__)
    print(f"{len(TESTS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
