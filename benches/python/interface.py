"""The cost of the Python interface compared to the same call in Rust: needs as a table, as dicts and as records.

Rust and Python take turns on the same records in one run, so that the load of the machine affects both. The call in
Rust has decoded records; Python also decodes its needs and converts its result.
"""

from __future__ import annotations

import argparse
import datetime
import gc
import json
import pathlib
import statistics
import subprocess
import time
from collections.abc import Callable
from typing import Any

import pyarrow as pa

import lotse

AS_OF = datetime.date(2026, 11, 23)
TOP = 5


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    gc.collect()
    start = time.perf_counter()
    result = call()
    return time.perf_counter() - start, result


def needs_table(needs: list[dict[str, Any]]) -> pa.Table:
    """Returns the needs with nested columns. A language without a level is a struct with a tag only."""
    rows = []
    for need in needs:
        row = {name: value for name, value in need.items() if name != "rules"}
        row["languages"] = [item if isinstance(item, dict) else {"tag": item} for item in need.get("languages", [])]
        row["crime"] = {"code": need["crime"]} if isinstance(need.get("crime"), str) else need.get("crime")
        rows.append(row)
    # Arrow would infer the columns from the first row.
    names = sorted({name for row in rows for name in row})
    return pa.table({name: [row.get(name) for row in rows] for name in names})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ours", required=True, help="the bench program `peers`")
    parser.add_argument("--data", required=True, type=pathlib.Path, help="a folder for the records")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--shapes", default="national:10000:10000")
    options = parser.parse_args()
    for shape in options.shapes.split(","):
        compare(options, *shape.split(":"))


def compare(options: argparse.Namespace, shape: str, needs_count: str, offers_count: str) -> None:
    folder = options.data / f"{shape}-{needs_count}-{offers_count}"
    subprocess.run([options.ours, "write-records", shape, needs_count, offers_count, str(folder)], check=True)
    data = {name: json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("needs", "offers", "policy")}
    matcher = lotse.Matcher(data["offers"], policy=data["policy"], as_of=AS_OF)
    dicts, records, table = data["needs"], [lotse.Need(**need) for need in data["needs"]], needs_table(data["needs"])

    calls: dict[str, Callable[[], Any]] = {
        "table to table": lambda: matcher.rank_table(table, top=TOP),
        "dicts": lambda: matcher.rank_all(dicts, top=TOP),
        "records": lambda: matcher.rank_all(records, top=TOP),
    }
    rust = subprocess.Popen(
        [options.ours, "ranking", shape, needs_count, offers_count],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert rust.stdin and rust.stdout
    rust.stdout.readline()
    times: dict[str, list[float]] = {name: [] for name in ["Rust", *calls]}
    for _ in range(options.rounds):
        rust.stdin.write("go\n")
        rust.stdin.flush()
        times["Rust"].append(json.loads(rust.stdout.readline())["parts"]["rank"])
        for name, call in calls.items():
            times[name].append(timed(call)[0])
    rust.stdin.close()
    rust.wait()

    ranked_table, rankings = matcher.rank_table(table, top=TOP), matcher.rank_all(dicts, top=TOP)
    rows = [(ranking.need, match.offer, match.score) for ranking in rankings for match in ranking]
    columns = pa.table(ranked_table).select(["need", "offer", "score"]).to_pydict()
    assert rows == list(zip(*columns.values(), strict=True)), "tables and dicts rank differently"

    base = statistics.median(times["Rust"])
    print(f"{shape}, {needs_count} needs, {offers_count} offers, medians of {options.rounds}")
    for name, seconds in times.items():
        median = statistics.median(seconds)
        overhead = statistics.median(second - rust for second, rust in zip(seconds, times["Rust"], strict=True))
        print(f"  {name:15} {median * 1e3:7.1f} ms  {median / base:5.2f} x  {overhead * 1e3:+7.1f} ms")


if __name__ == "__main__":
    main()
