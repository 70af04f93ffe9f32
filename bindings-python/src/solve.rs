//! The solver without the domain: integers in, a solution and its certificate out.

use lotse::{
    solver::{CLASSES, Edge, Objective, PriceWitness, Problem, Solution, SolveOptions, Supply},
    wire::Value,
};
use pyo3::{prelude::*, types::PyDict};

use crate::{convert, error, progress::run_cancellable};

/// Solves a transportation problem with a lexicographic objective, and certifies the solution.
///
/// - `values`: the value of one unit of supply `i` at sink `j`, as rows of integers (lists or a 2-D array) with `None` for a
///   missing edge, or as a SciPy sparse array, whose stored entries are the edges
/// - `capacities`: the number of places of each sink, or `None` if it is unlimited
/// - `classes`: the class of each supply, 0 (served first) to 3; defaults to 0
/// - `people`: the people of each class that one unit serves, as rows of up to four; by default its size, in its class
/// - `counts`: the number of units of each supply (1); `sizes`: the number of places of one unit (1), all at one sink
/// - `previous`: the sink of each supply in an earlier solution, or `None`, to be kept if possible; in full `kept`: the
///   weight of staying at each sink, as rows of the shape of `values`
/// - `fixed`: the sink of all units of a supply, or `None`
///
/// The objective has these levels: people of class 0, of class 1, 2 and 3, the weights of staying, and the sum of values.
/// With sizes of 1 the solution is a proven optimum; with larger ones it may be approximate, and `bound` is an upper
/// bound on the objective. Raises `lotse.Error` (`problem.*`); Ctrl-C cancels it.
///
/// >>> import lotse
/// >>> solution = lotse.solve([[90, 20], [80, None]], [1, None])
/// >>> solution.assignment, solution.objective["value"], solution.prices[0]["value"]
/// ([1, 0], 100, 70)
#[pyfunction]
#[pyo3(signature = (
    values, capacities, *, classes=None, people=None, counts=None, sizes=None, previous=None, kept=None, fixed=None
))]
#[expect(clippy::too_many_arguments, reason = "all but the first two are keywords in Python")]
pub(crate) fn solve(
    py: Python<'_>,
    values: &Bound<'_, PyAny>,
    capacities: &Bound<'_, PyAny>,
    classes: Option<&Bound<'_, PyAny>>,
    people: Option<&Bound<'_, PyAny>>,
    counts: Option<&Bound<'_, PyAny>>,
    sizes: Option<&Bound<'_, PyAny>>,
    previous: Option<&Bound<'_, PyAny>>,
    kept: Option<&Bound<'_, PyAny>>,
    fixed: Option<&Bound<'_, PyAny>>,
) -> PyResult<PySolution> {
    let edges = decode_edges(values)?;
    let column = |input: Option<&Bound<'_, PyAny>>, path: &str| decode_column(py, input, path, edges.len());
    let columns = SupplyColumns {
        classes: column(classes, "classes")?,
        counts: column(counts, "counts")?,
        sizes: column(sizes, "sizes")?,
        previous: column(previous, "previous")?,
        fixed: column(fixed, "fixed")?,
        people: people.map(|rows| decode_people(rows, edges.len())).transpose()?,
        kept: kept.map(|rows| decode_rows(rows, "kept", edges.len())).transpose()?,
    };
    let mut problem = Problem::default();
    for (index, capacity) in decode_integers(capacities, "capacities")?.into_iter().enumerate() {
        problem.capacities.push(capacity.map(|places| convert_integer(py, places, "capacities", index)).transpose()?);
    }
    for (index, edges) in edges.into_iter().enumerate() {
        problem.supplies.push(columns.supply(py, index, edges)?);
    }
    let inner = run_cancellable(py, false, |on_progress| {
        lotse::solver::solve(&problem, SolveOptions::new().progress(on_progress))
    })?;
    Ok(PySolution { inner })
}

/// A list of integers, each of which may be absent.
type Integers = Vec<Option<i64>>;

/// The data of all supplies but their edges.
struct SupplyColumns {
    classes: Integers,
    counts: Integers,
    sizes: Integers,
    previous: Integers,
    fixed: Integers,
    people: Option<Vec<Integers>>,
    kept: Option<Vec<Integers>>,
}

impl SupplyColumns {
    fn supply(&self, py: Python<'_>, index: usize, mut edges: Vec<Edge>) -> PyResult<Supply> {
        let entry = |column: &Integers| column.get(index).copied().flatten();
        let class: usize = convert_integer(py, entry(&self.classes).unwrap_or(0), "classes", index)?;
        let count: u32 = convert_integer(py, entry(&self.counts).unwrap_or(1), "counts", index)?;
        let size: u32 = convert_integer(py, entry(&self.sizes).unwrap_or(1), "sizes", index)?;
        let fixed: Option<u32> =
            entry(&self.fixed).map(|sink| convert_integer(py, sink, "fixed", index)).transpose()?;
        if let Some(previous) = entry(&self.previous) {
            for edge in edges.iter_mut().filter(|edge| i64::from(edge.sink) == previous) {
                edge.kept = 1;
            }
        }
        for edge in &mut edges {
            if let Some(kept) = cell(self.kept.as_ref(), index, edge.sink as usize) {
                edge.kept = convert_integer(py, kept, "kept", index)?;
            }
        }
        Ok(Supply { count, size, people: self.people(py, index, class, size)?, edges, fixed })
    }

    fn people(&self, py: Python<'_>, index: usize, class: usize, size: u32) -> PyResult<[u32; CLASSES]> {
        let mut people = [0; CLASSES];
        match people.get_mut(class) {
            Some(people) => *people = size,
            None => {
                let path = format!("classes[{index}]");
                return Err(error::raise_detail(py, "problem.range", &path, "a class is 0 to 3"));
            }
        }
        if self.people.is_some() {
            for (class, people) in people.iter_mut().enumerate() {
                let entry = cell(self.people.as_ref(), index, class).unwrap_or(0);
                *people = convert_integer(py, entry, "people", index)?;
            }
        }
        Ok(people)
    }
}

/// Decodes the edges of each supply.
fn decode_edges(values: &Bound<'_, PyAny>) -> PyResult<Vec<Vec<Edge>>> {
    let py = values.py();
    if values.hasattr("tocoo")? {
        return decode_sparse(values);
    }
    let Value::Array(rows) = convert::to_value(values) else {
        return Err(error::raise_detail(py, "problem.type", "values", "expected rows of integers"));
    };
    let mut edges = Vec::with_capacity(rows.len());
    for (index, row) in rows.into_iter().enumerate() {
        let invalid =
            || error::raise_detail(py, "problem.type", &format!("values[{index}]"), "expected a row of integers");
        let Value::Array(row) = row else { return Err(invalid()) };
        let mut row_edges = Vec::new();
        for (sink, value) in (0..).zip(row) {
            match value {
                Value::Null => {}
                Value::Int(value) => row_edges.push(Edge { sink, kept: 0, value }),
                _ => return Err(invalid()),
            }
        }
        edges.push(row_edges);
    }
    Ok(edges)
}

/// The maximum of rows of a sparse array, in which empty rows take no memory.
const MAX_SUPPLIES: usize = 10_000_000;

/// Decodes the stored entries of a SciPy sparse array.
fn decode_sparse(values: &Bound<'_, PyAny>) -> PyResult<Vec<Vec<Edge>>> {
    let py = values.py();
    let invalid = |message: &str| error::raise_detail(py, "problem.type", "values", message);
    let coordinates = values.call_method0("tocoo")?;
    let list = |name: &str| decode_integers(&coordinates.getattr(name)?, "values");
    let (rows, sinks, entries) = (list("row")?, list("col")?, list("data")?);
    let (count, _): (usize, usize) =
        values.getattr("shape")?.extract().map_err(|_| invalid("expected two dimensions"))?;
    if count > MAX_SUPPLIES {
        return Err(error::raise_detail(py, "problem.range", "values", "too many supplies"));
    }
    if rows.len() != entries.len() || sinks.len() != entries.len() {
        return Err(invalid("inconsistent array"));
    }
    let mut edges = vec![Vec::new(); count];
    for ((row, sink), value) in rows.into_iter().zip(sinks).zip(entries) {
        let row = row.and_then(|row| edges.get_mut(usize::try_from(row).ok()?));
        let sink = sink.and_then(|sink| u32::try_from(sink).ok());
        let (Some(row), Some(sink), Some(value)) = (row, sink, value) else {
            return Err(invalid("inconsistent array"));
        };
        row.push(Edge { sink, kept: 0, value });
    }
    Ok(edges)
}

/// Decodes one integer for each supply; all are absent without input.
fn decode_column(py: Python<'_>, input: Option<&Bound<'_, PyAny>>, path: &str, count: usize) -> PyResult<Integers> {
    let Some(input) = input else { return Ok(vec![None; count]) };
    let column = decode_integers(input, path)?;
    if column.len() == count {
        return Ok(column);
    }
    Err(error::raise_detail(py, "problem.length", path, "expected one entry for each supply"))
}

/// Decodes one row of at most [`CLASSES`] integers for each supply.
fn decode_people(input: &Bound<'_, PyAny>, count: usize) -> PyResult<Vec<Integers>> {
    let rows = decode_rows(input, "people", count)?;
    match rows.iter().position(|row| row.len() > CLASSES) {
        Some(index) => {
            let (path, message) = (format!("people[{index}]"), format!("expected at most {CLASSES} entries"));
            Err(error::raise_detail(input.py(), "problem.length", &path, &message))
        }
        None => Ok(rows),
    }
}

/// Decodes one row of integers for each supply.
fn decode_rows(input: &Bound<'_, PyAny>, path: &str, count: usize) -> PyResult<Vec<Integers>> {
    let py = input.py();
    let Ok(rows) = input.try_iter() else {
        return Err(error::raise_detail(py, "problem.type", path, "expected rows of integers"));
    };
    let decode =
        |(index, row): (usize, PyResult<Bound<'_, PyAny>>)| decode_integers(&row?, &format!("{path}[{index}]"));
    let rows: Vec<_> = rows.enumerate().map(decode).collect::<PyResult<_>>()?;
    if rows.len() == count {
        return Ok(rows);
    }
    Err(error::raise_detail(py, "problem.length", path, "expected one row for each supply"))
}

fn cell(rows: Option<&Vec<Integers>>, row: usize, column: usize) -> Option<i64> {
    rows?.get(row)?.get(column).copied().flatten()
}

/// Decodes a list of integers or `None`; `path` is its position in the input.
fn decode_integers(input: &Bound<'_, PyAny>, path: &str) -> PyResult<Integers> {
    let invalid = |path: &str| error::raise_detail(input.py(), "problem.type", path, "expected integers");
    let Value::Array(items) = convert::to_value(input) else { return Err(invalid(path)) };
    let decode = |(index, item): (usize, Value)| match item {
        Value::Null => Ok(None),
        Value::Int(integer) => Ok(Some(integer)),
        _ => Err(invalid(&format!("{path}[{index}]"))),
    };
    items.into_iter().enumerate().map(decode).collect()
}

fn convert_integer<T: TryFrom<i64>>(py: Python<'_>, integer: i64, path: &str, index: usize) -> PyResult<T> {
    let out_of_range = |_| error::raise_detail(py, "problem.range", &format!("{path}[{index}]"), "out of range");
    T::try_from(integer).map_err(out_of_range)
}

/// A solution of a transportation problem, with its objective and certificate.
///
/// - `assignment`: the sink of each supply, or `None`; for several units that of the first
/// - `flows`: the sinks of each supply with the number of units, as `(sink, units)`
/// - `objective`, `bound`: dicts with `people` (by class), `kept` and `value`; they are equal if the solution is `optimal`
/// - `prices`: the shadow price of each sink, in the same form: the gain by one more place; exact if all sizes are 1
/// - `witnesses`: the unit that attains each price, as a dict with `supply`, the sink `from` which it would move (`None` if
///   it is unserved) and the number of `moves` in the chain; `None` for a price of zero. Empty if any size is above 1
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
        objective(py, self.inner.objective)
    }

    #[getter]
    fn bound<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        objective(py, self.inner.bound)
    }

    #[getter]
    fn prices<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        self.inner.certificate.prices.iter().map(|price| objective(py, *price)).collect()
    }

    #[getter]
    fn witnesses<'py>(&self, py: Python<'py>) -> PyResult<Vec<Option<Bound<'py, PyDict>>>> {
        let dict = |witness: &PriceWitness| {
            let dict = PyDict::new(py);
            dict.set_item("supply", witness.supply)?;
            dict.set_item("from", witness.from)?;
            dict.set_item("moves", witness.moves)?;
            Ok(dict)
        };
        self.inner.certificate.witnesses.iter().map(|witness| witness.as_ref().map(dict).transpose()).collect()
    }

    #[getter]
    fn optimal(&self) -> bool {
        self.inner.objective == self.inner.bound
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.inner == other.inner
    }

    fn __repr__(&self) -> String {
        let served = self.inner.flows.iter().filter(|flow| !flow.is_empty()).count();
        let optimal = if self.optimal() { "True" } else { "False" };
        format!("Solution({served} of {} supplies served, optimal={optimal})", self.inner.flows.len())
    }
}

fn objective(py: Python<'_>, objective: Objective) -> PyResult<Bound<'_, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("people", objective.people.to_vec())?;
    dict.set_item("kept", objective.kept)?;
    dict.set_item("value", objective.value)?;
    Ok(dict)
}
