"""What the Python face costs beside the same call in Rust: needs as a table, as dicts and as records.

Rust and Python take turns on the same records in one run, so that a busy machine is busy for both. The call in Rust has
records that stand ready; Python also reads its needs and writes its answer.
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
    answer = call()
    return time.perf_counter() - start, answer


def table_of(needs: list[dict[str, Any]]) -> pa.Table:
    """The needs with nested columns. A language that is only a tag is a struct without level."""
    rows = []
    for need in needs:
        row = {name: value for name, value in need.items() if name != "rules"}
        row["languages"] = [item if isinstance(item, dict) else {"tag": item} for item in need.get("languages", [])]
        row["crime"] = {"code": need["crime"]} if isinstance(need.get("crime"), str) else need.get("crime")
        rows.append(row)
    # Of the first row alone Arrow would take the columns.
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
    read = {name: json.loads((folder / f"{name}.json").read_text("utf-8")) for name in ("needs", "offers", "policy")}
    matcher = lotse.Matcher(read["offers"], policy=read["policy"], as_of=AS_OF)
    dicts, records, table = read["needs"], [lotse.Need(**need) for need in read["needs"]], table_of(read["needs"])

    ways: dict[str, Callable[[], Any]] = {
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
    times: dict[str, list[float]] = {name: [] for name in ["Rust", *ways]}
    for _ in range(options.rounds):
        rust.stdin.write("go\n")
        rust.stdin.flush()
        times["Rust"].append(json.loads(rust.stdout.readline())["parts"]["rank"])
        for name, call in ways.items():
            times[name].append(timed(call)[0])
    rust.stdin.close()
    rust.wait()

    answers = matcher.rank_table(table, top=TOP), matcher.rank_all(dicts, top=TOP)
    rows = [(ranking.need, match.offer, match.score) for ranking in answers[1] for match in ranking]
    columns = pa.table(answers[0]).select(["need", "offer", "score"]).to_pydict()
    assert rows == list(zip(*columns.values(), strict=True)), "tables and dicts rank differently"

    base = statistics.median(times["Rust"])
    print(f"{shape}, {needs_count} needs, {offers_count} offers, medians of {options.rounds}")
    for name, seconds in times.items():
        middle = statistics.median(seconds)
        over = statistics.median(one - rust for one, rust in zip(seconds, times["Rust"], strict=True))
        print(f"  {name:15} {middle * 1e3:7.1f} ms  {middle / base:5.2f} x  {over * 1e3:+7.1f} ms")


if __name__ == "__main__":
    main()
