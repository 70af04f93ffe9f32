"""Allocation with SciPy: `linear_sum_assignment`, each place a column of its own; only where that matrix is small."""

import sys
import time

import numpy as np
from scipy.optimize import linear_sum_assignment

from contender import Problem, serve_timed

data = Problem(sys.argv[1])
# Doubles hold these sums without loss.
worth = data.worth().astype(np.float64)
supplies, sinks = len(data.classes), len(data.places)
# Where there is no way, a place is worth nothing, which is the same as none.
by_sink = np.zeros((supplies, sinks))
by_sink[data.supply, data.sink] = worth
way = np.full((supplies, sinks), -1)
way[data.supply, data.sink] = np.arange(len(worth))
sink_of_place = np.repeat(np.arange(sinks), data.places)
matrix = by_sink[:, sink_of_place]


def run():
    start = time.perf_counter()
    rows, columns = linear_sum_assignment(matrix, maximize=True)
    seconds = time.perf_counter() - start
    taken = way[rows, sink_of_place[columns]]
    return seconds, data.checksum(taken[taken >= 0])


serve_timed(run)
