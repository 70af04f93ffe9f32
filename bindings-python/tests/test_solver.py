"""Tests of the solver."""

from __future__ import annotations

import importlib
from functools import partial
from typing import Any

from samples import WRONG, raised_error

import lotse


def test_solve_accepts_rows_with_gaps() -> None:
    solution = lotse.solve([[90, 20], [80, None]], [1, None])
    assert solution.assignment == [1, 0] and solution.flows == [[(1, 1)], [(0, 1)]]
    assert solution.objective == solution.bound == {"people": [2, 0, 0, 0], "kept": 0, "value": 100}
    assert [price["value"] for price in solution.prices] == [70, 0] and solution.optimal is True
    assert solution == lotse.solve(((90, 20), (80, None)), (1, None)) != lotse.solve([[90, 20]], [1, None])
    assert solution.witnesses == [{"supply": 0, "from": 1, "moves": 1}, None]
    assert repr(solution) == "Solution(2 of 2 supplies served, optimal=True)"


class Numbers:
    """A stand-in for a NumPy array."""

    def __init__(self, plain: Any) -> None:
        self.plain = plain

    def tolist(self) -> Any:
        return self.plain


class Sparse:
    """A stand-in for a SciPy array, of which only stored entries are edges."""

    def __init__(self, row: Any, col: Any, data: Any, shape: Any) -> None:
        self.row, self.col, self.data, self.shape = Numbers(row), Numbers(col), Numbers(data), shape

    def tocoo(self) -> Sparse:
        return self


def test_solve_accepts_arrays() -> None:
    dense = lotse.solve([[90, 20], [80, None]], [1, None])
    assert lotse.solve(Sparse([0, 0, 1], [0, 1, 0], [90, 20, 80], (2, 2)), [1, None]) == dense
    values, capacities = Numbers([[90, 20], [80, 0]]), Numbers([1, 5])
    assert WRONG.solve(values, capacities).assignment == [1, 0]
    # A supply without an entry has no edge.
    assert lotse.solve(Sparse([1], [0], [5], (3, 1)), [1]).assignment == [None, 0, None]


def test_solve_with_numpy() -> None:
    numpy = importlib.import_module("numpy")
    values = numpy.array([[90, 20], [80, 0]], dtype=numpy.int32)
    assert lotse.solve(values, numpy.array([1, 5])) == lotse.solve(values.tolist(), [1, 5])
    assert lotse.Need(id="n-1", age=numpy.int64(34), languages=numpy.array(["de"])) == lotse.Need(
        id="n-1", age=34, languages=["de"]
    )


def test_solve_puts_classes_before_values_and_keeps_earlier_sinks() -> None:
    assert lotse.solve([[90], [1]], [1], classes=[1, 0]).assignment == [None, 0]
    assert lotse.solve([[90, 20]], [1, 1], previous=[1]).assignment == [1]
    assert lotse.solve([[90, 20]], [1, 1], fixed=[1]).assignment == [1]
    assert lotse.solve([[90, 20]], [1, 1], previous=[None], fixed=[None]).assignment == [0]
    assert lotse.solve([[5]], [7], counts=[9]).flows == [[(0, 7)]]
    assert lotse.solve([[5], [4]], [3], sizes=[4, 2]).assignment == [None, 0]
    error = raised_error(lambda: lotse.solve([[5]], [1], classes=[0, 0]))
    assert (error.code, error.path) == ("problem.length", "classes")
    error = raised_error(lambda: lotse.solve([[5], [5]], [1], people=[[1], [1, 0, 0, 0, 9]]))
    assert (error.code, error.path) == ("problem.length", "people[1]")
    assert raised_error(lambda: lotse.solve([[5]], [1], fixed=[7])).code == "problem.sink"


def test_solve_reports_all_errors_at_once() -> None:
    lists: Any = {"classes": [0, 4], "counts": [1], "kept": 1, "fixed": [0, "1"]}
    error = raised_error(lambda: WRONG.solve([[1], ["2"]], [-1, 1], **lists))
    assert [(detail["code"], detail["path"]) for detail in error.errors] == [
        ("problem.type", "values[1]"),
        ("problem.range", "capacities[0]"),
        ("problem.range", "classes[1]"),
        ("problem.length", "counts"),
        ("problem.type", "kept"),
        ("problem.type", "fixed[1]"),
    ]


def test_solve_accepts_sparse_values_in_any_order() -> None:
    dense = lotse.solve([[90, 20], [80, None]], [1, None])
    assert lotse.solve(Sparse([1, 0, 0], [0, 1, 0], [80, 20, 90], (2, 2)), [1, None]) == dense
    shapes: list[Any] = [(2,), 5, None, (2, 2, 2), (1.5, 2)]
    for values in [Sparse([0], [0], [5], shape) for shape in shapes]:
        error = raised_error(partial(lotse.solve, values, [1]))
        assert (error.code, error.path) == ("problem.type", "values.length")
    error = raised_error(lambda: lotse.solve(Sparse([0], [0], [5], (2**60, 2)), [1]))
    assert (error.code, error.path) == ("problem.range", "values.length")
    error = raised_error(lambda: lotse.solve(Sparse([0, 2], [0, 0], [5, 5], (2, 2)), [1]))
    assert (error.code, error.path) == ("problem.range", "values.supplies[1]")


def test_solve_accepts_iterables_of_rows() -> None:
    for name in ("people", "kept"):
        rows = ([count] for count in (0, 1))
        assert WRONG.solve([[5], [4]], [1], **{name: rows}).assignment == [None, 0]
