"""Allocation with SciPy: `linear_sum_assignment` with a column for each place, for small problems only."""

import sys
import time

import numpy as np
from scipy.optimize import linear_sum_assignment

from contender import Problem, serve_timed

data = Problem(sys.argv[1])
# Exact, because these sums are below 2^53.
weights = data.weights().astype(np.float64)
supplies, sinks = len(data.classes), len(data.capacities)
# A missing edge has weight 0, like an unserved supply.
by_sink = np.zeros((supplies, sinks))
by_sink[data.supply, data.sink] = weights
edge = np.full((supplies, sinks), -1)
edge[data.supply, data.sink] = np.arange(len(weights))
place_sink = np.repeat(np.arange(sinks), data.capacities)
matrix = by_sink[:, place_sink]


def run():
    start = time.perf_counter()
    rows, columns = linear_sum_assignment(matrix, maximize=True)
    seconds = time.perf_counter() - start
    taken = edge[rows, place_sink[columns]]
    return seconds, data.checksum(taken[taken >= 0])


serve_timed(run)
