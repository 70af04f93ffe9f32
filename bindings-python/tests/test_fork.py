"""After `fork`, every call works in the child process, and Ctrl-C ends it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

if not hasattr(os, "fork"):
    pytest.skip("this system has no fork", allow_module_level=True)

# Threads do not survive `fork`, so the parent uses them before.
PARENT = """
import json, os, signal, sys, threading, time, warnings
import lotse

warnings.simplefilter("ignore", DeprecationWarning)  # Python warns of threads at a fork
signal.signal(signal.SIGINT, signal.default_int_handler)
REQUEST = {"offers": [{"id": f"o-{n}", "capacity": 1} for n in range(50)], "needs": [{"id": f"n-{n}"} for n in range(40)]}
OFFERS, NEEDS = REQUEST["offers"], REQUEST["needs"]

def calls(matcher):
    needs = [{"id": f"n-{n}", "languages": ["de", "uk", "ti"][: n % 4], "age": n} for n in range(90)]
    return {
        "Matcher": lambda: len(lotse.Matcher(OFFERS)),
        "rank": lambda: matcher.rank(needs[1]).to_dict(),
        "rank_all": lambda: [ranking.to_dict() for ranking in matcher.rank_all(needs)],
        "rank_table": lambda: len(matcher.rank_table(needs)),
        "reason_table": lambda: len(matcher.reason_table(needs)),
        "explain": lambda: matcher.explain(needs[1], "o-1").to_dict(),
        "explain_all": lambda: [found.to_dict() for found in matcher.explain_all(needs, [("n-1", "o-1")])],
        "diagnose": lambda: matcher.diagnose(needs[1]).to_dict(),
        "diagnose_all": lambda: [diagnosis.to_dict() for diagnosis in matcher.diagnose_all(needs)],
        "diagnose_table": lambda: len(matcher.diagnose_table(needs)),
        "allocate": lambda: matcher.allocate(needs).to_dict(),
        "report": lambda: matcher.allocate(needs).report().to_dict(),
        "verify": lambda: matcher.allocate(needs).verify(),
        "evaluate": lambda: matcher.evaluate(needs, [("n-1", "o-1")]).to_dict(),
        "diff": lambda: matcher.allocate(needs).diff(matcher.allocate(needs[:50], moves="free")),
        "with_policy": lambda: matcher.with_policy({"rules": {"language": "prefer"}}).rank(needs[1]).to_dict(),
        "baseline": lambda: matcher.baseline(needs, "greedy"),
        "update": lambda: matcher.update({"id": "o-1", "capacity": 1}),
        "set_capacity": lambda: matcher.set_capacity("o-1", 1),
        "read": lambda: len(lotse.example.needs()) + len(lotse._lotse.decode_needs(needs)),
        "check": lambda: lotse.check(offers=OFFERS, needs=NEEDS),
        "solve": lambda: lotse.solve([[5, None], [None, 7]] * 30, [2, 3]).assignment,
        "resolve": lambda: lotse.resolve("Kurmandschi"),
        "suggest": lambda: lotse.Vocabulary().suggest("Gör", "region"),
        **{f"wire.{name}": lambda name=name: getattr(lotse.wire, name)(REQUEST)
           for name in ("rank", "explain", "diagnose", "allocate", "report", "check")},
        **{f"wire.call_json.{name}": lambda name=name: lotse.wire.call_json(name, json.dumps(REQUEST))
           for name in ("rank", "allocate", "check")},
        "wire.resolve": lambda: lotse.wire.resolve({"words": [{"text": "Dari"}]}),
    }

def in_child(task):
    child = os.fork()
    if child == 0:
        status = 1
        try:
            task()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
"""


def run(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PARENT + script], capture_output=True, text=True, timeout=60, start_new_session=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_call_works_in_a_child() -> None:
    # The call that the parent used, and any other.
    out = run("""
matcher = lotse.Matcher(OFFERS)
wanted = {name: call() for name, call in calls(matcher).items()}
for name, call in calls(matcher).items():
    def task():
        signal.alarm(20)
        assert call() == wanted[name], name
    print(name, in_child(task))
""")
    assert len(out.splitlines()) == 34
    assert [line for line in out.splitlines() if not line.endswith(" 0")] == []


def test_a_child_of_a_child_works() -> None:
    run("""
matcher = lotse.Matcher(OFFERS)
wanted = matcher.rank_all(NEEDS)

def grandchild():
    assert matcher.rank_all(NEEDS) == wanted

def child():
    assert matcher.rank_all(NEEDS) == wanted
    assert in_child(grandchild) == 0

signal.alarm(50)
assert in_child(grandchild) == 0
assert in_child(child) == 0
assert matcher.rank_all(NEEDS) == wanted
""")


def test_children_of_a_busy_parent_work() -> None:
    # Other threads rank, look up names for the first time, and change the matcher at the moment of the fork.
    run("""
signal.alarm(50)
matcher = lotse.Matcher(OFFERS)
done = threading.Event()

def rank():
    while not done.is_set():
        matcher.rank_all(NEEDS)

def change():
    while not done.is_set():
        matcher.set_capacity("o-1", 2)
        lotse.Matcher(OFFERS)

def child():
    matcher.rank_all(NEEDS)
    matcher.set_capacity("o-2", 3)
    lotse.resolve("Kurmandschi")
    lotse.Vocabulary().suggest("Gör", "region")

threads = [threading.Thread(target=target) for target in (rank, change, lambda: lotse.resolve("Dari"))]
for thread in threads:
    thread.start()
codes = [in_child(child) for _ in range(40)]
done.set()
for thread in threads:
    thread.join()
assert codes == [0] * 40, codes
""")


def test_multiprocessing_by_fork_works() -> None:
    out = run("""
import multiprocessing
matcher = lotse.Matcher(OFFERS)
matcher.rank_all(NEEDS)

def ranked(top):
    return [len(ranking) for ranking in matcher.rank_all(NEEDS, top=top)]

signal.alarm(50)
with multiprocessing.get_context("fork").Pool(3) as pool:
    print(pool.map(ranked, [1, 2, 3]) == [[n] * 40 for n in (1, 2, 3)])
""")
    assert out == "True\n"


# The call takes much longer than the wait before the signal, on an idle machine too.
@pytest.mark.parametrize(("call", "offers", "needs"), [("rank_all", 20_000, 120_000), ("allocate", 5_000, 60_000)])
def test_ctrl_c_ends_a_call_in_a_child(call: str, offers: int, needs: int) -> None:
    out = run(f"""
import random
rng = random.Random(5)
tags = ["de", "en", "prs", "uk", "ar", "ti", "so", "fa", "tr", "ru", "fr", "es", "pl", "ro", "ku"]
big = lotse.Matcher([{{"id": f"o-{{n}}", "languages": rng.sample(tags, 3), "capacity": 1 + n % 5}} for n in range({offers})])
many = [
    lotse.Need(id=f"n-{{n}}", languages=rng.sample(tags, 2), age=n % 100, people=1 + n % 3) for n in range({needs})
]
big.rank_all(many[:100])

def task():
    try:
        big.{call}(many)
    except KeyboardInterrupt:
        return
    sys.exit("not cancelled")

child = os.fork()
if child == 0:
    status = 1
    try:
        task()
        status = 0
    finally:
        os._exit(status)
time.sleep(2)
sent = time.monotonic()
os.kill(child, signal.SIGINT)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), time.monotonic() - sent)
""")
    status, seconds = out.split()
    # The cores may be busy with other processes.
    assert status == "0" and float(seconds) < 2


def test_a_system_without_further_threads_is_a_clear_error() -> None:
    script = """
import lotse
try:
    lotse.Matcher([{"id": "o-1"}])
except RuntimeError as error:
    print(error)
"""
    # No system has as much memory for the stack of a thread.
    environment = {**os.environ, "RUST_MIN_STACK": str(2**60)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, env=environment)
    assert (done.returncode, done.stdout) == (0, "can't start new thread\n"), done.stderr
