"""Allocation with HiGHS, as a linear program, whose vertices are integral. Only the solver is timed, not the model."""

import sys
import time

import highspy
import numpy as np
from scipy import sparse

from contender import Problem, serve_timed

data = Problem(sys.argv[1])
supplies, sinks, edges = len(data.classes), len(data.capacities), len(data.value)
rows = np.concatenate([data.supply, supplies + data.sink])
columns = np.tile(np.arange(edges), 2)
matrix = sparse.csc_array((np.ones(2 * edges), (rows, columns)), shape=(supplies + sinks, edges))


def model():
    linear = highspy.HighsLp()
    linear.num_col_, linear.num_row_ = edges, supplies + sinks
    # Scaled to about 1, because the solver has absolute tolerances.
    linear.col_cost_ = -data.weights() / float(data.value.max())
    linear.col_lower_, linear.col_upper_ = np.zeros(edges), np.ones(edges)
    linear.row_lower_ = np.full(supplies + sinks, -highspy.kHighsInf)
    linear.row_upper_ = np.concatenate([np.ones(supplies), data.capacities.astype(float)])
    linear.a_matrix_.start_, linear.a_matrix_.index_ = matrix.indptr, matrix.indices
    linear.a_matrix_.value_ = matrix.data
    return linear


def run():
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.passModel(model())
    start = time.perf_counter()
    solver.run()
    seconds = time.perf_counter() - start
    taken = np.array(solver.getSolution().col_value) > 0.5
    return seconds, data.checksum(taken)


serve_timed(run)
