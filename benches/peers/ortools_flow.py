"""Allocation with OR-Tools: `SimpleMinCostFlow`, which scales costs. Only the solver is timed, not the network."""

import sys
import time

import numpy as np
from ortools.graph.python import min_cost_flow

from contender import Problem, serve_timed

data = Problem(sys.argv[1])
supplies, sinks = len(data.classes), len(data.capacities)
weights = data.weights()
source, drain = supplies + sinks, supplies + sinks + 1


def network():
    flow = min_cost_flow.SimpleMinCostFlow()
    edges = flow.add_arcs_with_capacity_and_unit_cost(
        data.supply, data.sink + supplies, np.ones(len(weights), np.int64), -weights
    )
    supply_nodes = np.arange(supplies, dtype=np.int32)
    ones = np.ones(supplies, np.int64)
    flow.add_arcs_with_capacity_and_unit_cost(np.full(supplies, source, np.int32), supply_nodes, ones, ones * 0)
    # The flow of unserved supplies.
    flow.add_arcs_with_capacity_and_unit_cost(supply_nodes, np.full(supplies, drain, np.int32), ones, ones * 0)
    sink_nodes = np.arange(supplies, supplies + sinks, dtype=np.int32)
    drains, capacities = np.full(sinks, drain, np.int32), data.capacities
    flow.add_arcs_with_capacity_and_unit_cost(sink_nodes, drains, capacities, capacities * 0)
    flow.set_node_supply(source, supplies)
    flow.set_node_supply(drain, -supplies)
    return flow, edges


def run():
    flow, edges = network()
    start = time.perf_counter()
    status = flow.solve()
    seconds = time.perf_counter() - start
    assert status == flow.OPTIMAL, status
    return seconds, data.checksum(flow.flows(edges) > 0)


serve_timed(run)
