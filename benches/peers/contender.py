"""The data, the protocol and the checksum that all contenders in Python share."""

import json
import sys
import time
from pathlib import Path

import numpy as np

# The modulus of the number of criteria to check, which is smaller.
CHECKS = 16


class Ranking:
    """The value indices of needs and offers by part, and the tables of need values by offer values."""

    def __init__(self, folder):
        folder = Path(folder)
        shape = json.loads((folder / "shape.json").read_text())
        self.needs, self.offers, self.top = shape["needs"], shape["offers"], shape["top"]
        parts = shape["parts"]
        self.need_values = np.fromfile(folder / "need_numbers.u16", "<u2").reshape(len(parts), -1)
        self.offer_values = np.fromfile(folder / "offer_numbers.u16", "<u2").reshape(len(parts), -1)
        self.score = split(np.fromfile(folder / "score.i32", "<i4"), parts)
        self.excluded = [table != 0 for table in split(np.fromfile(folder / "excluded.u8", "u1"), parts)]
        self.to_check = split(np.fromfile(folder / "to_check.u8", "u1"), parts)

    def cells(self):
        """Returns score and number of criteria to check of each part in one integer, which orders by both."""
        return [score.astype(np.int64) * CHECKS - check for score, check in zip(self.score, self.to_check)]

    def key(self, cells, offer):
        """Returns an integer that orders offers: by the sum of the cells, then by index, ascending."""
        return (cells + (CHECKS - 1)) * self.offers + (self.offers - 1 - offer)

    def ranking(self, keys):
        """Returns offers and scores from the best keys of each need, best first; a negative key has none."""
        is_empty = keys < 0
        offer = np.where(is_empty, -1, self.offers - 1 - keys % self.offers)
        score = np.where(is_empty, -1, keys // self.offers // CHECKS)
        return offer, score

    def ranking_by_need(self, need, key):
        """Returns `ranking` of rows of a need and a key in any order, at most `top` for each need."""
        order = np.lexsort((-key, need))
        need, key = need[order], key[order]
        rank = np.arange(len(need)) - np.searchsorted(need, need)
        keys = np.full((self.needs, self.top), -1, np.int64)
        keys[need, rank] = key
        return self.ranking(keys)


class Problem:
    """A transportation problem: capacities of sinks, classes of supplies, and edges as columns."""

    def __init__(self, folder):
        folder = Path(folder)
        self.capacities = np.fromfile(folder / "places.i64", "<i8")
        self.classes = np.fromfile(folder / "class.u8", "u1")
        self.supply = np.fromfile(folder / "supply.i32", "<i4")
        self.sink = np.fromfile(folder / "sink.i32", "<i4")
        self.value = np.fromfile(folder / "value.i64", "<i8")

    def weights(self):
        """Returns the value of each edge plus a bonus by class, so large that people come before values here."""
        bonus = np.array([64, 16, 4, 1], np.int64)[self.classes[self.supply]]
        return self.value + bonus * 16 * self.value.max()

    def checksum(self, taken):
        """Returns the people by class and the sum of values of the edges taken, given by indices or a mask."""
        people = np.bincount(self.classes[self.supply[taken]], minlength=4)
        return [people.tolist(), int(self.value[taken].sum())]


def split(cells, parts):
    """Splits concatenated tables, row by row."""
    tables, start = [], 0
    for needs, offers in parts:
        tables.append(cells[start : start + needs * offers].reshape(needs, offers))
        start += needs * offers
    return tables


def checksum(ranking):
    """Returns a checksum of the offers, their ranks and their scores."""
    offer, score = (np.asarray(part, np.int64).reshape(-1) for part in ranking)
    index = np.arange(len(offer), dtype=np.int64)
    mixed = ((index + 1) * 7_919 + (offer + 1) * 104_729) % 1_000_003
    return int(((mixed * (score + 2)) % 2_147_483_647).sum())


def peak_bytes():
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return None
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:"))


def reset_peak():
    """Resets the peak, so that loading does not count. Only Linux can do this."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        pass


def serve(run, checksum, share=1):
    """Times all of `run`. It ranks one need in `share` only, and the time is scaled."""

    def timed():
        start = time.perf_counter()
        result = run()
        seconds = time.perf_counter() - start
        return seconds * share, checksum(result)

    serve_timed(timed, share)


def serve_timed(run, share=1):
    """Performs one run, and prints one line of JSON, for each line of input. `run` returns seconds and a checksum."""
    reset_peak()
    print(json.dumps({"ready": True}), flush=True)
    for _ in sys.stdin:
        seconds, checksum = run()
        result = {"seconds": seconds, "checksum": checksum, "peak_bytes": peak_bytes(), "share": share}
        print(json.dumps(result), flush=True)
