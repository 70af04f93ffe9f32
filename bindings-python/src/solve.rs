//! The solver without the domain: integers in, a solution and its certificate out.

use lotse::{
    solver::{CLASSES, Certificate, Entry, Flow, Integers, Objective, PriceWitness, Problem, Solution, SolveOptions},
    wire::Value,
};
use pyo3::{prelude::*, types::PyDict};

use crate::{convert, immutable::immutable, progress::run_cancellable, table::PyTable};

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
    let mut lists = value_lists(values)?;
    for (name, input) in [
        ("capacities", Some(capacities)),
        ("classes", classes),
        ("counts", counts),
        ("sizes", sizes),
        ("previous", previous),
        ("fixed", fixed),
    ] {
        lists.extend(input.map(|input| (name, integers(convert::to_value(input)))));
    }
    for (name, input) in [("people", people), ("kept", kept)] {
        lists.extend(input.map(|input| Ok::<_, PyErr>((name, integers(rows(input)?)))).transpose()?);
    }
    let inner = run_cancellable(py, false, |on_progress| {
        let problem = Problem::from_lists(lists)?;
        lotse::solver::solve(&problem, SolveOptions::new().progress(on_progress))
    })?;
    Ok(PySolution { inner })
}

type NamedList = (&'static str, Integers<'static, Entry>);

/// Returns the lists of the values: rows, or the stored entries of a SciPy sparse array.
fn value_lists(values: &Bound<'_, PyAny>) -> PyResult<Vec<NamedList>> {
    if !values.hasattr("tocoo")? {
        return Ok(vec![("values", integers(convert::to_value(values)))]);
    }
    let coordinates = values.call_method0("tocoo")?;
    let list = |name| coordinates.getattr(name).map(|list| integers(convert::to_value(&list)));
    let shape = values.getattr("shape")?;
    let length = match shape.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>() {
        Ok((length, _)) => entry(&convert::to_value(&length)),
        Err(_) => Entry::Invalid,
    };
    Ok(vec![
        ("values.supplies", list("row")?),
        ("values.sinks", list("col")?),
        ("values.values", list("data")?),
        ("values.length", Integers::Single(length)),
    ])
}

/// Converts any iterable of rows.
fn rows(input: &Bound<'_, PyAny>) -> PyResult<Value<'static>> {
    let Ok(rows) = input.try_iter() else { return Ok(convert::to_value(input)) };
    rows.map(|row| Ok(convert::to_value(&row?))).collect::<PyResult<_>>().map(Value::Array)
}

fn integers(value: Value<'_>) -> Integers<'static, Entry> {
    match value {
        Value::Array(items) if items.iter().any(|item| matches!(item, Value::Array(_))) => {
            items.iter().map(row).collect()
        }
        value => row(&value),
    }
}

fn row(value: &Value<'_>) -> Integers<'static, Entry> {
    match value {
        Value::Array(items) => items.iter().map(entry).collect::<Vec<_>>().into(),
        value => Integers::Single(entry(value)),
    }
}

fn entry(value: &Value<'_>) -> Entry {
    match value {
        Value::Null => Entry::Null,
        Value::Int(integer) => Entry::Int(*integer),
        _ => Entry::Invalid,
    }
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
    /// The sink of each supply, or `None`; for several units that of the first.
    #[getter]
    fn assignment(&self) -> Vec<Option<u32>> {
        self.inner.assignment().collect()
    }

    /// The sinks of each supply with the number of units, as `(sink, units)`.
    #[getter]
    fn flows(&self) -> Vec<Vec<(u32, u32)>> {
        self.inner.flows.clone()
    }

    /// The objective that the solution attains.
    #[getter]
    fn objective<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        objective(py, self.inner.objective)
    }

    /// The upper bound on the objective of every solution.
    #[getter]
    fn bound<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        objective(py, self.inner.bound)
    }

    /// The shadow price of each sink: the gain by one more place.
    #[getter]
    fn prices<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        self.inner.certificate.prices.iter().map(|price| objective(py, *price)).collect()
    }

    /// The unit that attains the price of each sink, or `None`; empty if any size is above 1.
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

    /// True if the objective equals the bound.
    #[getter]
    fn optimal(&self) -> bool {
        self.inner.is_optimal()
    }

    /// Returns the flows as a table with one row for each supply and sink.
    ///
    /// Columns: `supply`, `sink` (null if no unit is served), `units`. Both are positions from 0.
    fn to_table(&self, py: Python<'_>) -> PyResult<PyTable> {
        let flows = convert::to_python(py, &self.inner.flows)?;
        PyTable::from_columns(&py.import("lotse._tables")?.getattr("flows")?.call1((flows,))?)
    }

    /// Returns the solution as a new dict, with its attributes as keys.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("assignment", self.assignment())?;
        dict.set_item("flows", self.flows())?;
        dict.set_item("objective", self.objective(py)?)?;
        dict.set_item("bound", self.bound(py)?)?;
        dict.set_item("optimal", self.optimal())?;
        dict.set_item("prices", self.prices(py)?)?;
        dict.set_item("witnesses", self.witnesses(py)?)?;
        Ok(dict)
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.inner == other.inner
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, State)> {
        let certificate = &self.inner.certificate;
        let witnesses = certificate.witnesses.iter();
        let witnesses = witnesses.map(|witness| witness.map(|unit| (unit.supply, unit.from, unit.moves)));
        let state = (
            self.inner.flows.clone(),
            levels(self.inner.objective),
            levels(self.inner.bound),
            certificate.prices.iter().copied().map(levels).collect(),
            witnesses.collect(),
        );
        Ok((py.import("lotse._lotse")?.getattr("restore_solution")?, state))
    }

    fn __repr__(&self) -> String {
        let served = self.inner.flows.iter().filter(|flow| !flow.is_empty()).count();
        let optimal = if self.optimal() { "True" } else { "False" };
        format!("Solution({served} of {} supplies served, optimal={optimal})", self.inner.flows.len())
    }
}

immutable!(PySolution);

/// The levels of an objective: people by class, the weights of staying, and the value.
type Levels = ([i128; CLASSES], i128, i128);

/// The arguments of `restore_solution`: flows, objective, bound, prices, and witnesses as supply, sink and moves.
type State = (Vec<Flow>, Levels, Levels, Vec<Levels>, Vec<Option<(u32, Option<u32>, u32)>>);

fn levels(objective: Objective) -> Levels {
    (objective.people, objective.kept, objective.value)
}

fn from_levels((people, kept, value): Levels) -> Objective {
    Objective { people, kept, value }
}

/// Restores a pickled solution.
#[pyfunction]
#[pyo3(signature = (flows, objective, bound, prices, witnesses, /))]
pub(crate) fn restore_solution(
    flows: Vec<Flow>,
    objective: Levels,
    bound: Levels,
    prices: Vec<Levels>,
    witnesses: Vec<Option<(u32, Option<u32>, u32)>>,
) -> PySolution {
    let to_witness = |(supply, from, moves)| PriceWitness { supply, from, moves };
    let certificate = Certificate {
        prices: prices.into_iter().map(from_levels).collect(),
        witnesses: witnesses.into_iter().map(|witness| witness.map(to_witness)).collect(),
    };
    let (objective, bound) = (from_levels(objective), from_levels(bound));
    PySolution { inner: Solution { flows, objective, bound, certificate } }
}

fn objective(py: Python<'_>, objective: Objective) -> PyResult<Bound<'_, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("people", objective.people.to_vec())?;
    dict.set_item("kept", objective.kept)?;
    dict.set_item("value", objective.value)?;
    Ok(dict)
}
