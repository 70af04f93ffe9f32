"""Many processes and threads: no call waits for ever, none loses an answer, and memory does not grow."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMON = """
import concurrent.futures, multiprocessing, os, signal, socket, sys, threading, time, warnings
import lotse

warnings.simplefilter("ignore", DeprecationWarning)  # Python warns of threads at a fork
OFFERS = [{"id": f"o-{n}", "languages": ["de", "uk", "prs"][n % 3 :], "capacity": 1 + n % 3} for n in range(60)]
NEEDS = [{"id": f"n-{n}", "languages": ["de", "uk", "ti"][n % 3 :], "age": n} for n in range(60)]

def answers(matcher):
    rankings = [ranking.to_dict() for ranking in matcher.rank_all(NEEDS)]
    return rankings, matcher.allocate(NEEDS).to_dict(), matcher.rank(NEEDS[1]).to_dict(), len(matcher.rank_table(NEEDS))

def answers_of(arguments):
    matcher, _ = arguments
    return answers(matcher)
"""


def run(directory: Path, script: str, *arguments: str, timeout: int = 180) -> str:
    """Runs a script as a file, which processes that are not forked import again. A hang is a failure."""
    file = directory / "script.py"
    file.write_text(COMMON + script, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(file), *arguments], capture_output=True, text=True, timeout=timeout, start_new_session=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


METHODS = ["spawn", *(["fork", "forkserver"] if hasattr(os, "fork") else [])]
POOLS = """
if __name__ == "__main__":
    method, kind = sys.argv[1:]
    matcher = lotse.Matcher(OFFERS, as_of="2026-11-23")
    wanted = answers(matcher)  # with threads of the parent
    context = multiprocessing.get_context(method)
    tasks = [(matcher, number) for number in range(6)]
    if kind == "Pool":
        with context.Pool(3) as pool:
            got = pool.map(answers_of, tasks)
    elif kind == "Process":
        pipes = [context.Pipe() for _ in tasks]
        processes = [context.Process(target=send, args=(theirs, task)) for (_, theirs), task in zip(pipes, tasks)]
        for process in processes:
            process.start()
        got = [ours.recv() for ours, _ in pipes]
        for process in processes:
            process.join()
            assert process.exitcode == 0, process.exitcode
    else:
        with concurrent.futures.ProcessPoolExecutor(3, mp_context=context) as pool:
            got = list(pool.map(answers_of, tasks))
    assert got == [wanted] * len(tasks)
    assert answers(matcher) == wanted
    print(len(got))
"""


@pytest.mark.parametrize("kind", ["Pool", "Process", "ProcessPoolExecutor"])
@pytest.mark.parametrize("method", METHODS)
def test_processes_of_each_start_method_have_the_same_answers(method: str, kind: str, tmp_path: Path) -> None:
    send = """
def send(pipe, task):
    pipe.send(answers_of(task))
"""
    assert run(tmp_path, send + POOLS, method, kind) == "6\n"


def test_threads_of_a_pool_have_the_same_answers(tmp_path: Path) -> None:
    script = """
matcher = lotse.Matcher(OFFERS, as_of="2026-11-23")
wanted = answers(matcher)
with concurrent.futures.ThreadPoolExecutor(8) as pool:
    assert list(pool.map(answers_of, [(matcher, number) for number in range(40)])) == [wanted] * 40
print("same")
"""
    assert run(tmp_path, script) == "same\n"


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")

# As gunicorn and uWSGI with their application loaded before the fork.
SERVER = """
def serve(listener, matcher):
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        def answer(connection):
            with connection:
                number = int(connection.recv(100))
                ranking = matcher.rank(NEEDS[number])
                plan = matcher.allocate(NEEDS[: number + 1])
                connection.sendall(f"{os.getpid()} {len(ranking)} {len(plan.referrals)}".encode())
        while True:
            connection, _ = listener.accept()
            pool.submit(answer, connection)

def ask(address, number):
    with socket.create_connection(address, timeout=30) as connection:
        connection.sendall(str(number).encode())
        return connection.recv(1000).decode().split()

matcher = lotse.Matcher(OFFERS, as_of="2026-11-23")
wanted = [
    [str(len(matcher.rank(need))), str(len(matcher.allocate(NEEDS[: number + 1]).referrals))]
    for number, need in enumerate(NEEDS[:20])
]
listener = socket.create_server(("127.0.0.1", 0))
workers = []

def start():
    child = os.fork()
    if child == 0:
        try:
            serve(listener, matcher)
        finally:
            os._exit(1)
    workers.append(child)

try:
    for _ in range(3):
        start()
    with concurrent.futures.ThreadPoolExecutor(8) as clients:
        got = list(clients.map(lambda number: ask(listener.getsockname(), number % 20), range(100)))
        # A worker is replaced while the master serves clients of its own.
        os.kill(workers[0], signal.SIGKILL)
        os.waitpid(workers.pop(0), 0)
        start()
        got += clients.map(lambda number: ask(listener.getsockname(), number % 20), range(100))
finally:
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
assert [answer[1:] for answer in got] == [wanted[number % 20] for number in range(100)] * 2
print(len({answer[0] for answer in got}) > 1)
"""


@needs_fork
def test_a_server_that_forks_its_workers_answers(tmp_path: Path) -> None:
    assert run(tmp_path, SERVER) == "True\n"


LOAD = """
def resident_mib():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20

THREADS, FORKS, CALLS = 8, 100, 100_000
matcher = lotse.Matcher(OFFERS[:12], as_of="2026-11-23")
need, kept = lotse.Need(**NEEDS[1]), []
wanted = matcher.rank(need)

def call(count):
    for number in range(count):
        ranking = matcher.rank(need)
        if number % 1_000 == 0:
            assert ranking == wanted
            matcher.rank_all(NEEDS[:10])
            matcher.set_capacity("o-0", 1)
        if "--keep" in sys.argv and number % 100 == 0:
            kept.append(matcher.rank_all(NEEDS))

def child():
    signal.alarm(60)
    matcher.rank_all(NEEDS[:10])
    matcher.allocate(NEEDS[:10])
    assert matcher.rank(need) == wanted

def fork():
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            child()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

def load(calls, forks):
    threads = [threading.Thread(target=call, args=(calls // THREADS,)) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    codes = [fork() for _ in range(forks)]
    for thread in threads:
        thread.join()
    assert codes == [0] * forks, codes

load(CALLS // 10, FORKS // 10)  # until allocator and threads have what they need
before = resident_mib()
load(CALLS, FORKS)
print(resident_mib() - before)
"""
MAX_GROWTH_MIB = 8
"""With `--keep` the script keeps an answer after each hundred calls, and grows beyond it."""


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="the resident memory is measured on Linux")
def test_a_hundred_forks_and_a_hundred_thousand_calls_of_eight_threads(tmp_path: Path) -> None:
    assert float(run(tmp_path, LOAD)) < MAX_GROWTH_MIB
