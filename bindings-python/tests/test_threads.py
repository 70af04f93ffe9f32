"""Tests of threads that share a matcher, and of Ctrl-C."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pyarrow as pa
import pytest
from samples import AS_OF

import lotse

Call = Callable[[], Any]


def test_eight_threads_share_one_matcher() -> None:
    # Half of the offers are Ukrainian and never change, the others change all the time.
    stable: list[dict[str, Any]] = [
        {"id": f"o-stable-{number}", "languages": ["uk"], "capacity": 1 + number} for number in range(20)
    ]
    changing: list[dict[str, Any]] = [
        {"id": f"o-changing-{number}", "languages": ["ti"], "capacity": 1} for number in range(20)
    ]
    shared = lotse.Matcher([*stable, *changing], as_of=AS_OF)
    needs: list[dict[str, Any]] = [
        {"id": f"n-{number}", "languages": ["uk"], "people": 1 + number % 3} for number in range(10)
    ]
    records = [lotse.Need(**need) for need in needs]
    table = pa.table(
        {"id": [need["id"] for need in needs], "languages": ["uk"] * 10, "people": [need["people"] for need in needs]}
    )
    rankings = [ranking.to_dict() for ranking in shared.rank_all(needs, top=30)]
    table_rows = pa.table(shared.rank_table(table, top=30)).to_pylist()
    plan = shared.allocate(needs).referrals
    start, rounds = threading.Barrier(8), 30

    def ignore_error(call: Call) -> None:
        try:
            call()
        except lotse.Error:
            pass

    def rank() -> None:
        for _ in range(rounds):
            assert [ranking.to_dict() for ranking in shared.rank_all(records, top=30)] == rankings
            assert shared.rank(needs[0], top=30).to_dict() == rankings[0]
            assert pa.table(shared.rank_table(table, top=30)).to_pylist() == table_rows

    def allocate() -> None:
        for _ in range(rounds):
            assert shared.allocate(needs).referrals == plan

    def update() -> None:
        for number in range(rounds * 20):
            shared.update(changing[number % 20])
            ignore_error(lambda: shared.update({"id": "o-changing-1", "capacity": "many"}))

    def set_capacity() -> None:
        for number in range(rounds * 20):
            ignore_error(lambda: shared.set_capacity(f"o-changing-{number % 20}", number % 5))
            ignore_error(lambda: shared.set_capacity("o-changing-0", -1))

    def remove() -> None:
        for number in range(rounds * 20):
            ignore_error(lambda: shared.remove(f"o-changing-{number % 20}"))
            shared.update(changing[number % 20])

    def inspect() -> None:
        for _ in range(rounds):
            assert {offer.id for offer in shared.offers} >= {offer["id"] for offer in stable}
            assert "o-stable-0" in shared and 20 <= len(shared) <= 40
            shared.diagnose({"id": "n-x", "languages": ["ti"]})

    def run(task: Call) -> None:
        start.wait()
        task()

    with ThreadPoolExecutor(8) as pool:
        tasks = (rank, rank, rank, allocate, update, set_capacity, remove, inspect)
        done = [pool.submit(run, task) for task in tasks]
    for future in done:
        future.result()  # raises what the thread raised
    assert len(shared) == 40


# Ctrl-C.

# Uninterrupted, on two free cores: ten seconds for the rankings and for the plan, four for the solver.
LONG = """
import os, random, signal, sys, threading, time
import lotse

# A shell that runs the tests in the background makes them ignore this signal.
signal.signal(signal.SIGINT, signal.default_int_handler)

rng = random.Random(5)
TAGS = ["de", "en", "prs", "uk", "ar", "ti", "so", "fa", "tr", "ru", "fr", "es", "pl", "ro", "ku"]
AREAS = ["14612", "14713", "14511", "14521", "14522", "14523", "14524", "14625", "14626", "14627", "14628", "14729"]

def matcher(count):
    return lotse.Matcher([
        {"id": f"o-{n}", "languages": rng.sample(TAGS, 3), "area": rng.sample(AREAS, 3), "capacity": 1 + n % 5}
        for n in range(count)
    ])

def needs(count):
    return [
        lotse.Need(id=f"n-{n}", languages=rng.sample(TAGS, 2), region=rng.choice(AREAS), age=n % 100)
        for n in range(count)
    ]

if sys.argv[1] == "solve":
    # Parties of several sizes are the hard case.
    values = [[rng.randrange(10**6) for _ in range(300)] for _ in range(7_000)]
    sizes, capacities = [1 + n % 5 for n in range(7_000)], [40] * 300
    work, check = lambda: lotse.solve(values, capacities, sizes=sizes), lambda: lotse.solve([[1]], [1]).assignment == [0]
elif sys.argv[1] == "rank_all":
    many, people = matcher(20_000), needs(60_000)
    work, check = lambda: many.rank_all(people), lambda: len(many.rank(people[0])) == 5
elif sys.argv[1] == "import":
    rows = "".join(f"{n};Beratung {n};dt., Dari (Dolm.), ukr.;Dresden, Leipzig\n" for n in range(400_000))
    table = ("Nr;Träger;Sprachen;Zuständig für\n" + rows).encode()
    work, check = lambda: lotse.import_offers(table), lambda: len(lotse.import_offers(table[:100]).offers) == 2
else:
    many, people = matcher(8_000), needs(50_000)  # some 15 seconds
    work, check = lambda: many.allocate(people), lambda: len(many.allocate(people[:3]).referrals) == 3

sent = 0.0
def interrupt():
    global sent
    time.sleep(2.5 if sys.argv[1] == "allocate" else 1.5)  # while it runs
    sent = time.monotonic()
    os.kill(os.getpid(), signal.SIGINT)

if sys.argv[2:] != ["whole"]:
    threading.Thread(target=interrupt, daemon=True).start()
begun = time.monotonic()
try:
    work()
except KeyboardInterrupt:
    print("cancelled", time.monotonic() - sent)
else:
    print("done", time.monotonic() - begun)
assert check()
print("works")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there Ctrl-C is no signal that a process can send to itself")
@pytest.mark.parametrize("what", ["rank_all", "allocate", "solve", "import"])
def test_ctrl_c_cancels_long_operations(what: str) -> None:
    done = subprocess.run([sys.executable, "-c", LONG, what], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    how, seconds, works = done.stdout.split()
    # The cores may be busy with other processes.
    assert (how, works) == ("cancelled", "works") and float(seconds) < 2
