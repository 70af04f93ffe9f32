"""Ranking with NumPy: look-ups for a block of needs and all offers, then the best keys of each row."""

import sys

import numpy as np

from contender import Ranking, checksum, serve

# Small enough that a block fits into the cache.
BLOCK = 32
EXCLUDED = -(1 << 40)

data = Ranking(sys.argv[1])
tables = [np.where(out, EXCLUDED, cells) for out, cells in zip(data.excluded, data.cells())]
offers = np.arange(data.offers, dtype=np.int64)


def block(start):
    # Rows of a table, expanded to all offers; the sum of an excluded pair is negative.
    sums = np.zeros((min(BLOCK, data.needs - start), data.offers), np.int64)
    for table, need_values, offer_values in zip(tables, data.need_values, data.offer_values):
        sums += table[need_values[start : start + BLOCK]].take(offer_values, axis=1)
    keys = data.key(sums, offers)
    top = min(data.top, data.offers)
    best = np.partition(keys, data.offers - top, axis=1)[:, data.offers - top :]
    best = -np.sort(-best, axis=1)
    return np.where(best < 0, -1, best)


def run():
    return data.ranking(np.concatenate([block(start) for start in range(0, data.needs, BLOCK)]))


serve(run, checksum)
