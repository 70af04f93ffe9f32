"""Starts all contenders, sends `go` to each in rounds, and prints a table of medians. Standard library only."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PYTHON = sys.executable

RANKING = ["incident", "national", "hard"]
ALLOCATION = ["1000x200", "1000x100-all", "10000x2000", "10000x100-all", "100000x5000"]
# For the others the matrix of people by places would be too large.
SCIPY = {"quick", "1000x200", "1000x100-all"}
# The others would take minutes.
HIGHS = SCIPY


class Contender:
    """A process that loads its data once, and then performs one timed run for each line that it reads."""

    def __init__(self, name, command, environment=None, limit=600):
        self.name, self.limit = name, limit
        self.runs, self.failed = [], None
        self.process = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | (environment or {}),
        )
        self.read()
        self.loaded = resident_bytes(self.process.pid)

    def read(self):
        # Some solvers print a banner, which cannot be disabled.
        for line in self.process.stdout:
            if line.startswith("{"):
                return json.loads(line)
        self.failed = f"ended with {self.process.wait()}"
        return None

    def go(self):
        if self.failed:
            return
        # A slow contender has fewer rounds.
        if self.runs and sum(run["seconds"] / run.get("share", 1) for run in self.runs) > self.limit:
            return
        try:
            self.process.stdin.write("go\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            self.failed = f"ended with {self.process.wait()}"
            return
        run = self.read()
        if run:
            self.runs.append(run)

    def stop(self):
        self.process.stdin.close()
        self.process.wait()

    def median(self):
        return statistics.median(run["seconds"] for run in self.runs)


def resident_bytes(process):
    """Returns the resident memory of a process, or 0 if the system does not report it."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS:")), 0)


def ranking(options, shape):
    folder = options.data / f"ranking-{shape}-{options.needs}-{options.offers}"
    sizes = [options.needs, options.offers]
    subprocess.run([options.ours, "write-ranking", shape, *map(str, sizes), folder], check=True)
    ours = [options.ours, "ranking", shape, *sizes]
    yield "lotse, from the records", ours, None
    yield "lotse, one thread", ours, {"RAYON_NUM_THREADS": "1"}
    yield "plain loop in Rust", [options.ours, "loop", folder], None
    for name, script in [
        ("NumPy, blocks", "numpy_blocks.py"),
        ("Polars, streaming join", "polars_join.py"),
        ("DuckDB, join", "duckdb_join.py"),
        ("DuckDB, lists", "duckdb_lists.py"),
        ("pandas, merge", "pandas_blocks.py"),
    ]:
        yield name, [PYTHON, HERE / script, folder], None
    if node := shutil.which("node"):
        yield "Node, filter, map, sort", [node, HERE / "node_arrays.mjs", folder], None


def allocation(options, name):
    folder = options.data / f"allocation-{name}"
    subprocess.run([options.ours, "write-allocation", name, folder], check=True)
    yield "lotse, prices and check too", [options.ours, "allocation", name], None
    yield "OR-Tools, cost scaling", [PYTHON, HERE / "ortools_flow.py", folder], None
    if name in SCIPY:
        yield "SciPy, assignment", [PYTHON, HERE / "scipy_assignment.py", folder], None
    if name in HIGHS:
        yield "HiGHS, linear program", [PYTHON, HERE / "highs_linear.py", folder], None


def measure(options, title, commands):
    contenders = []
    for name, command, environment in commands:
        if options.only and not any(word.lower() in name.lower() for word in ["lotse, from", "lotse, prices", *options.only]):
            continue
        contenders.append(Contender(name, command, environment, options.limit))
    for _ in range(options.rounds):
        for contender in contenders:
            contender.go()
    for contender in contenders:
        contender.stop()
    print_table(title, contenders)
    return all(has_equal_result(contenders[0], contender) for contender in contenders)


def has_equal_result(ours, contender):
    if contender.failed or not ours.runs:
        return False
    is_partial = any(run.get("share", 1) != 1 for run in contender.runs)
    expected = ours.runs[0]["checksum_tenth" if is_partial else "checksum"]
    return all(run["checksum"] == expected for run in contender.runs)


def print_table(title, contenders):
    ours = contenders[0]
    print(f"\n{title}\n")
    print("| contender | median | ratio to ours | same result | memory loaded | added |\n|---|---|---|---|---|---|")
    for contender in contenders:
        if not contender.runs:
            print(f"| {contender.name} | {contender.failed} | | no | | |")
            continue
        share = max(run.get("share", 1) for run in contender.runs)
        name = contender.name + (f" (1 need in {share}, time × {share})" if share != 1 else "")
        peak = max(run["peak_bytes"] or 0 for run in contender.runs)
        equal = "yes" if has_equal_result(ours, contender) else "no"
        ratio = contender.median() / ours.median()
        print(f"| {name} | {format_seconds(contender.median())} | {ratio:.2g} | {equal} | {contender.loaded / 1e6:.0f} MB | {max(0, peak - contender.loaded) / 1e6:.0f} MB |")
        parts = [run["parts"] for run in contender.runs if "parts" in run]
        if parts:
            medians = {part: statistics.median(run[part] for run in parts) for part in parts[0]}
            print(f"| … of which {', '.join(f'{part} {format_seconds(median)}' for part, median in medians.items())} | | | | | |")
    sys.stdout.flush()


def format_seconds(seconds):
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


def arguments():
    parser = argparse.ArgumentParser(prog="benches/peers/run", description=__doc__)
    parser.add_argument("--ours", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--data", required=True, type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--ranking", action="store_true", help="ranking only")
    parser.add_argument("--allocation", action="store_true", help="allocation only")
    parser.add_argument("--shapes", nargs="+", choices=RANKING, default=RANKING)
    parser.add_argument("--problems", nargs="+", choices=["quick", *ALLOCATION], default=ALLOCATION)
    parser.add_argument("--needs", type=int, default=10_000)
    parser.add_argument("--offers", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=int, default=600, help="seconds after which a slow contender has no more rounds")
    parser.add_argument("--only", nargs="+", help="contenders whose names contain one of these words")
    parser.add_argument("--quick", action="store_true", help="small, in seconds: are the results equal?")
    options = parser.parse_args()
    if options.quick:
        options.needs, options.offers, options.rounds, options.problems = 200, 300, 2, ["quick"]
    if not options.ranking and not options.allocation:
        options.ranking = options.allocation = True
    return options


def main():
    options = arguments()
    equal = True
    for shape in options.shapes if options.ranking else []:
        title = f"Ranking, {shape}: {options.needs} needs, {options.offers} offers"
        equal &= measure(options, title, ranking(options, shape))
    for name in options.problems if options.allocation else []:
        equal &= measure(options, f"Allocation, {name}", allocation(options, name))
    return 0 if equal else 1


if __name__ == "__main__":
    sys.exit(main())
