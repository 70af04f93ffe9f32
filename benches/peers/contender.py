"""What all contenders in Python share: the data, the lines from and to the one who asks, and the checksum."""

import json
import sys
import time
from pathlib import Path

import numpy as np

# Above any number of criteria to check.
CHECKS = 16


class Ranking:
    """Numbers of values by part, and the tables: score, excluded and to_check as matrices, need's value by offer's value."""

    def __init__(self, folder):
        folder = Path(folder)
        shape = json.loads((folder / "shape.json").read_text())
        self.needs, self.offers, self.top = shape["needs"], shape["offers"], shape["top"]
        parts = shape["parts"]
        self.need_numbers = np.fromfile(folder / "need_numbers.u16", "<u2").reshape(len(parts), -1)
        self.offer_numbers = np.fromfile(folder / "offer_numbers.u16", "<u2").reshape(len(parts), -1)
        self.score = split(np.fromfile(folder / "score.i32", "<i4"), parts)
        self.excluded = [table != 0 for table in split(np.fromfile(folder / "excluded.u8", "u1"), parts)]
        self.to_check = split(np.fromfile(folder / "to_check.u8", "u1"), parts)

    def cells(self):
        """For each part score and what to check in one number: one comparison orders by both."""
        return [score.astype(np.int64) * CHECKS - check for score, check in zip(self.score, self.to_check)]

    def key(self, cells, offer):
        """One number that orders offers: the sum of the cells, then the smaller number of the offer."""
        return (cells + (CHECKS - 1)) * self.offers + (self.offers - 1 - offer)

    def answer(self, keys):
        """Offers and scores from the best keys of each need, best first; a key below nothing stands for nobody."""
        nobody = keys < 0
        offer = np.where(nobody, -1, self.offers - 1 - keys % self.offers)
        score = np.where(nobody, -1, keys // self.offers // CHECKS)
        return offer, score

    def by_need(self, need, key):
        """As `answer`, from rows of a need and a key in any order, at most `top` of a need."""
        order = np.lexsort((-key, need))
        need, key = need[order], key[order]
        place = np.arange(len(need)) - np.searchsorted(need, need)
        keys = np.full((self.needs, self.top), -1, np.int64)
        keys[need, place] = key
        return self.answer(keys)


class Problem:
    """An allocation problem: places by sink, class by supply, and the ways as columns."""

    def __init__(self, folder):
        folder = Path(folder)
        self.places = np.fromfile(folder / "places.i64", "<i8")
        self.classes = np.fromfile(folder / "class.u8", "u1")
        self.supply = np.fromfile(folder / "supply.i32", "<i4")
        self.sink = np.fromfile(folder / "sink.i32", "<i4")
        self.value = np.fromfile(folder / "value.i64", "<i8")

    def worth(self):
        """The value of each way with a bonus by class, so large that who is served comes before how well they fit."""
        bonus = np.array([64, 16, 4, 1], np.int64)[self.classes[self.supply]]
        return self.value + bonus * 16 * self.value.max()

    def checksum(self, taken):
        """People by class and the value in all, from the positions of the ways that are taken."""
        people = np.bincount(self.classes[self.supply[taken]], minlength=4)
        return [people.tolist(), int(self.value[taken].sum())]


def split(cells, parts):
    tables, start = [], 0
    for needs, offers in parts:
        tables.append(cells[start : start + needs * offers].reshape(needs, offers))
        start += needs * offers
    return tables


def checksum(answer):
    """A number that differs where an offer, its place or its score differs."""
    offer, score = (np.asarray(part, np.int64).reshape(-1) for part in answer)
    place = np.arange(len(offer), dtype=np.int64)
    mixed = ((place + 1) * 7_919 + (offer + 1) * 104_729) % 1_000_003
    return int(((mixed * (score + 2)) % 2_147_483_647).sum())


def peak_bytes():
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return None
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM:"))


def forget_peak():
    """What loading took does not count. Only Linux can do this; elsewhere it counts."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        pass


def serve(run, checksum, share=1):
    """Times all of `run`. Of the needs only one in `share` is done, and the time scaled up."""

    def timed():
        start = time.perf_counter()
        answer = run()
        seconds = time.perf_counter() - start
        return seconds * share, checksum(answer)

    serve_timed(timed, share)


def serve_timed(run, share=1):
    """One run, and one line of JSON, for every line that comes in. `run` gives seconds and checksum."""
    forget_peak()
    print(json.dumps({"ready": True}), flush=True)
    for _ in sys.stdin:
        seconds, checksum = run()
        said = {"seconds": seconds, "checksum": checksum, "peak_bytes": peak_bytes(), "share": share}
        print(json.dumps(said), flush=True)
