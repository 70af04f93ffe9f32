"""Allocation with OR-Tools: `SimpleMinCostFlow`, a cost scaling. The network is given; only solving counts."""

import sys
import time

import numpy as np
from ortools.graph.python import min_cost_flow

from contender import Problem, serve_timed

data = Problem(sys.argv[1])
supplies, sinks = len(data.classes), len(data.places)
worth = data.worth()
source, drain = supplies + sinks, supplies + sinks + 1


def network():
    flow = min_cost_flow.SimpleMinCostFlow()
    ways = flow.add_arcs_with_capacity_and_unit_cost(
        data.supply, data.sink + supplies, np.ones(len(worth), np.int64), -worth
    )
    people = np.arange(supplies, dtype=np.int32)
    ones = np.ones(supplies, np.int64)
    flow.add_arcs_with_capacity_and_unit_cost(np.full(supplies, source, np.int32), people, ones, ones * 0)
    # Who gets no place goes past all of them.
    flow.add_arcs_with_capacity_and_unit_cost(people, np.full(supplies, drain, np.int32), ones, ones * 0)
    places = np.arange(supplies, supplies + sinks, dtype=np.int32)
    flow.add_arcs_with_capacity_and_unit_cost(places, np.full(sinks, drain, np.int32), data.places, data.places * 0)
    flow.set_node_supply(source, supplies)
    flow.set_node_supply(drain, -supplies)
    return flow, ways


def run():
    flow, ways = network()
    start = time.perf_counter()
    status = flow.solve()
    seconds = time.perf_counter() - start
    assert status == flow.OPTIMAL, status
    return seconds, data.checksum(flow.flows(ways) > 0)


serve_timed(run)
