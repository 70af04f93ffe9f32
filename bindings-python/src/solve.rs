//! The allocation problem on its own: numbers in, a plan and its proof out.

use lotse::{
    solver::{self, CLASSES, Edge, Objective, PriceWitness, Problem, Solution, SolveOptions, Supply},
    wire::Value,
};
use pyo3::{prelude::*, types::PyDict};

use crate::{convert, error, progress::watched};

/// Give supplies to sinks of limited places in the best plan, and prove it.
///
/// - `values`: what a unit of supply `i` is worth at sink `j`, as whole numbers in rows (lists or a 2-D array) with `None` where it
///   cannot go, or a SciPy sparse array, where it can only go to stored entries
/// - `places`: how many places each sink has, `None` where there is no limit
/// - `classes`: the class of each supply, 0 (served first) to 3; 0 if left out. Served people count before value
/// - `people`: instead of classes, how many people of each class one unit serves, as rows of four; a unit of a class serves as many
///   people as it takes places
/// - `counts`: how many units each supply has (1); `sizes`: how many places one unit takes (1), all at one sink
/// - `previous`: the sink where each supply was before, or `None`; staying counts after people and before value. In full
///   `kept`: how much staying at each sink counts, as rows of the shape of `values`
/// - `fixed`: the sink that all units of a supply must go to, or `None`
///
/// The plan serves as many people of class 0 as possible, then of class 1 and so on; among such plans most stay where they
/// were; among those the sum of values is highest. With sizes of 1 it is a proven optimum. With larger ones it may be
/// approximate; `bound` tells how far. Raises `lotse.Error` (`problem.*`); Ctrl-C stops it.
///
/// >>> import lotse
/// >>> solution = lotse.solve([[90, 20], [80, None]], [1, None])
/// >>> solution.assignment, solution.objective["value"], solution.prices[0]["value"]
/// ([1, 0], 100, 70)
#[pyfunction]
#[pyo3(signature = (
    values, places, *, classes=None, people=None, counts=None, sizes=None, previous=None, kept=None, fixed=None
))]
#[expect(clippy::too_many_arguments, reason = "they are keywords in Python")]
pub(crate) fn solve(
    py: Python<'_>,
    values: &Bound<'_, PyAny>,
    places: &Bound<'_, PyAny>,
    classes: Option<&Bound<'_, PyAny>>,
    people: Option<&Bound<'_, PyAny>>,
    counts: Option<&Bound<'_, PyAny>>,
    sizes: Option<&Bound<'_, PyAny>>,
    previous: Option<&Bound<'_, PyAny>>,
    kept: Option<&Bound<'_, PyAny>>,
    fixed: Option<&Bound<'_, PyAny>>,
) -> PyResult<PySolution> {
    let edges = edges(values)?;
    let of_each = |given: Option<&Bound<'_, PyAny>>, path: &str| -> PyResult<Vec<Option<i64>>> {
        let Some(given) = given else { return Ok(vec![None; edges.len()]) };
        let list = wholes(given, path)?;
        if list.len() == edges.len() {
            return Ok(list);
        }
        Err(error::refuse(py, "problem.length", path, "one entry for each supply is needed"))
    };
    let (classes, counts, sizes) = (of_each(classes, "classes")?, of_each(counts, "counts")?, of_each(sizes, "sizes")?);
    let (previous, fixed) = (of_each(previous, "previous")?, of_each(fixed, "fixed")?);
    let people = people.map(|rows| rows_of(rows, "people", edges.len())).transpose()?;
    if let Some(row) = people.iter().flatten().position(|row| row.len() > CLASSES) {
        let path = format!("people[{row}]");
        return Err(error::refuse(py, "problem.length", &path, &format!("at most {CLASSES} entries")));
    }
    let kept = kept.map(|rows| rows_of(rows, "kept", edges.len())).transpose()?;
    let mut problem = Problem::default();
    for (index, places) in wholes(places, "places")?.into_iter().enumerate() {
        problem.capacities.push(places.map(|places| number(py, places, "places", index)).transpose()?);
    }
    for (index, mut edges) in edges.into_iter().enumerate() {
        let of = |list: &[Option<i64>]| list.get(index).copied().flatten();
        let class: usize = number(py, of(&classes).unwrap_or(0), "classes", index)?;
        let count: u32 = number(py, of(&counts).unwrap_or(1), "counts", index)?;
        let size: u32 = number(py, of(&sizes).unwrap_or(1), "sizes", index)?;
        let fixed: Option<u32> = of(&fixed).map(|sink| number(py, sink, "fixed", index)).transpose()?;
        if let Some(before) = of(&previous) {
            for edge in edges.iter_mut().filter(|edge| i64::from(edge.sink) == before) {
                edge.kept = 1;
            }
        }
        for edge in &mut edges {
            if let Some(kept) = at(kept.as_ref(), index, edge.sink as usize) {
                edge.kept = number(py, kept, "kept", index)?;
            }
        }
        let mut served = [0; CLASSES];
        match served.get_mut(class) {
            Some(served) => *served = size,
            None => return Err(error::refuse(py, "problem.range", &format!("classes[{index}]"), "a class is 0 to 3")),
        }
        if people.is_some() {
            for (class, served) in served.iter_mut().enumerate() {
                *served = number(py, at(people.as_ref(), index, class).unwrap_or(0), "people", index)?;
            }
        }
        problem.supplies.push(Supply { count, size, people: served, edges, fixed });
    }
    let solution = watched(py, false, |look| solver::solve(&problem, SolveOptions::new().progress(look)))?;
    Ok(PySolution { inner: solution })
}

/// Where each supply can go.
fn edges(values: &Bound<'_, PyAny>) -> PyResult<Vec<Vec<Edge>>> {
    let py = values.py();
    if values.hasattr("tocoo")? {
        return sparse(values);
    }
    let Value::Array(rows) = convert::tree(values) else {
        return Err(error::refuse(py, "problem.type", "values", "expected rows of whole numbers"));
    };
    let mut edges = Vec::with_capacity(rows.len());
    for (index, row) in rows.into_iter().enumerate() {
        let refused =
            || error::refuse(py, "problem.type", &format!("values[{index}]"), "expected a row of whole numbers");
        let Value::Array(row) = row else { return Err(refused()) };
        let mut ways = Vec::new();
        for (sink, value) in (0..).zip(row) {
            match value {
                Value::Null => {}
                Value::Int(value) => ways.push(Edge { sink, kept: 0, value }),
                _ => return Err(refused()),
            }
        }
        edges.push(ways);
    }
    Ok(edges)
}

/// Most rows of a sparse array, which takes no memory for empty ones.
const MOST_SUPPLIES: usize = 10_000_000;

/// The stored entries of a SciPy sparse array.
fn sparse(values: &Bound<'_, PyAny>) -> PyResult<Vec<Vec<Edge>>> {
    let py = values.py();
    let refused = |what: &str| error::refuse(py, "problem.type", "values", what);
    let entries = values.call_method0("tocoo")?;
    let list = |name: &str| wholes(&entries.getattr(name)?, "values");
    let (rows, sinks, worths) = (list("row")?, list("col")?, list("data")?);
    let (count, _): (usize, usize) =
        values.getattr("shape")?.extract().map_err(|_| refused("expected two dimensions"))?;
    if count > MOST_SUPPLIES {
        return Err(error::refuse(py, "problem.range", "values", "too many supplies"));
    }
    if rows.len() != worths.len() || sinks.len() != worths.len() {
        return Err(refused("a damaged array"));
    }
    let mut edges = vec![Vec::new(); count];
    for ((row, sink), value) in rows.into_iter().zip(sinks).zip(worths) {
        let row = row.and_then(|row| edges.get_mut(usize::try_from(row).ok()?));
        let sink = sink.and_then(|sink| u32::try_from(sink).ok());
        let (Some(row), Some(sink), Some(value)) = (row, sink, value) else { return Err(refused("a damaged array")) };
        row.push(Edge { sink, kept: 0, value });
    }
    Ok(edges)
}

/// As many rows of whole numbers as there are supplies.
fn rows_of(given: &Bound<'_, PyAny>, path: &str, count: usize) -> PyResult<Vec<Vec<Option<i64>>>> {
    let py = given.py();
    let Ok(rows) = given.try_iter() else {
        return Err(error::refuse(py, "problem.type", path, "expected rows of whole numbers"));
    };
    let row = |(index, row): (usize, PyResult<Bound<'_, PyAny>>)| wholes(&row?, &format!("{path}[{index}]"));
    let rows: Vec<_> = rows.enumerate().map(row).collect::<PyResult<_>>()?;
    if rows.len() == count {
        return Ok(rows);
    }
    Err(error::refuse(py, "problem.length", path, "one row for each supply is needed"))
}

fn at(rows: Option<&Vec<Vec<Option<i64>>>>, row: usize, place: usize) -> Option<i64> {
    rows?.get(row)?.get(place).copied().flatten()
}

/// A list of whole numbers, with nothing where there is none; `path` is where it stands.
fn wholes(given: &Bound<'_, PyAny>, path: &str) -> PyResult<Vec<Option<i64>>> {
    let refused = |at: &str| error::refuse(given.py(), "problem.type", at, "expected whole numbers");
    let Value::Array(items) = convert::tree(given) else { return Err(refused(path)) };
    let whole = |(index, item): (usize, Value)| match item {
        Value::Null => Ok(None),
        Value::Int(number) => Ok(Some(number)),
        _ => Err(refused(&format!("{path}[{index}]"))),
    };
    items.into_iter().enumerate().map(whole).collect()
}

fn number<T: TryFrom<i64>>(py: Python<'_>, number: i64, path: &str, index: usize) -> PyResult<T> {
    T::try_from(number).map_err(|_| error::refuse(py, "problem.range", &format!("{path}[{index}]"), "out of range"))
}

/// A plan, what it is worth, and the proof.
///
/// - `assignment`: the sink of each supply, or `None`; of several units that of the first
/// - `flows`: for each supply the sinks with how many units go there, as `(sink, units)`
/// - `objective`, `bound`: dicts with `people` (by class), `kept` and `value`; they are equal where the plan is optimal
/// - `prices`: what one more place at each sink would add, in the same form; exact where all sizes are 1
/// - `takers`: who would take that place: dicts with `supply`, the sink `from` which it comes or `None`, and how many `moves` follow;
///   `None` where nobody would. Empty where some size is above 1
#[pyclass(frozen, name = "Solution", module = "lotse")]
pub(crate) struct PySolution {
    inner: Solution,
}

#[pymethods]
impl PySolution {
    #[getter]
    fn assignment(&self) -> Vec<Option<u32>> {
        self.inner.flows.iter().map(|flow| flow.first().map(|(sink, _)| *sink)).collect()
    }

    #[getter]
    fn flows(&self) -> Vec<Vec<(u32, u32)>> {
        self.inner.flows.clone()
    }

    #[getter]
    fn objective<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        worth(py, self.inner.objective)
    }

    #[getter]
    fn bound<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        worth(py, self.inner.bound)
    }

    #[getter]
    fn prices<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        self.inner.certificate.prices.iter().map(|price| worth(py, *price)).collect()
    }

    #[getter]
    fn takers<'py>(&self, py: Python<'py>) -> PyResult<Vec<Option<Bound<'py, PyDict>>>> {
        let dict = |taker: &PriceWitness| {
            let dict = PyDict::new(py);
            dict.set_item("supply", taker.supply)?;
            dict.set_item("from", taker.from)?;
            dict.set_item("moves", taker.moves)?;
            Ok(dict)
        };
        self.inner.certificate.witnesses.iter().map(|taker| taker.as_ref().map(dict).transpose()).collect()
    }

    #[getter]
    fn is_optimal(&self) -> bool {
        self.inner.objective == self.inner.bound
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.inner == other.inner
    }

    fn __repr__(&self) -> String {
        let served = self.inner.flows.iter().filter(|flow| !flow.is_empty()).count();
        let optimal = if self.is_optimal() { "True" } else { "False" };
        format!("Solution({served} of {} supplies served, optimal={optimal})", self.inner.flows.len())
    }
}

fn worth(py: Python<'_>, worth: Objective) -> PyResult<Bound<'_, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("people", worth.people.to_vec())?;
    dict.set_item("kept", worth.kept)?;
    dict.set_item("value", worth.value)?;
    Ok(dict)
}
