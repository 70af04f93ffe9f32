//! The solver without needs and offers: arrays of numbers in, a solution with its certificate out.

use lotse::solver::{self, Edge, Flow, Objective, PriceWitness, Problem, Solution, SolveOptions, Supply};
use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::{
    progress::{JsProgressFn, with_progress},
    to_js_error, to_json,
};

/// Assigns supplies to sinks of limited capacity in an optimal plan.
///
/// A capacity of NaN is unlimited. `supplies` has eight numbers for each supply: the number of edges, the number of units, the places that
/// one unit takes, the people of each of four classes that one unit serves, and the fixed sink or `u32::MAX`. `sinks`, `values` and
/// `kept` (which may be empty) list the edges of one supply after those of the previous one. Values and capacities are integers.
///
/// # Errors
///
/// `problem.length` if the lengths of the arrays disagree, every error of the problem, and `cancelled`.
#[wasm_bindgen]
pub fn solve(
    capacities: &[f64],
    supplies: &[u32],
    sinks: &[u32],
    values: &[f64],
    kept: &[u32],
    progress: Option<JsProgressFn>,
) -> Result<String, JsValue> {
    let problem = problem(capacities, supplies, sinks, values, kept).ok_or_else(|| JsValue::from(LENGTH_ERROR))?;
    let solution = with_progress(progress, |progress| solver::solve(&problem, SolveOptions::new().progress(progress)))
        .map_err(|error| to_js_error(&error))?;
    to_json(&SolutionData::new(&solution))
}

const LENGTH_ERROR: &str = r#"{"code":"problem.length","path":"","message":"the lengths of the arrays disagree","hint":null,"errors":[{"code":"problem.length","path":"","message":"the lengths of the arrays disagree","hint":null}]}"#;

/// Returns the problem, or `None` if the lengths of the arrays disagree.
fn problem(capacities: &[f64], supplies: &[u32], sinks: &[u32], values: &[f64], kept: &[u32]) -> Option<Problem> {
    if values.len() != sinks.len() || !kept.is_empty() && kept.len() != sinks.len() {
        return None;
    }
    let mut edges = sinks.iter().zip(values).enumerate().map(|(index, (sink, value))| Edge {
        sink: *sink,
        kept: kept.get(index).copied().unwrap_or(0),
        value: *value as i64,
    });
    let supplies = supplies.chunks(8).map(|numbers| {
        let [edge_count, count, size, first, second, third, fourth, fixed] = *numbers else { return None };
        let edge_count = edge_count as usize;
        let edges: Vec<_> =
            if edge_count <= edges.len() { edges.by_ref().take(edge_count).collect() } else { return None };
        let fixed = (fixed != u32::MAX).then_some(fixed);
        Some(Supply { count, size, people: [first, second, third, fourth], edges, fixed })
    });
    let supplies = supplies.collect::<Option<_>>()?;
    let capacities = capacities.iter().map(|places| (!places.is_nan()).then_some(*places as u64)).collect();
    edges.next().is_none().then_some(Problem { supplies, capacities })
}

/// A solution in its JSON form.
#[derive(Serialize)]
struct SolutionData<'a> {
    flows: &'a [Flow],
    objective: ObjectiveData,
    bound: ObjectiveData,
    optimal: bool,
    prices: Vec<ObjectiveData>,
    witnesses: Vec<Option<WitnessData>>,
}

impl<'a> SolutionData<'a> {
    fn new(Solution { flows, objective, bound, certificate }: &'a Solution) -> Self {
        Self {
            flows,
            objective: ObjectiveData::new(objective),
            bound: ObjectiveData::new(bound),
            optimal: objective == bound,
            prices: certificate.prices.iter().map(ObjectiveData::new).collect(),
            witnesses: certificate.witnesses.iter().map(|witness| witness.as_ref().map(WitnessData::new)).collect(),
        }
    }
}

#[derive(Serialize)]
struct ObjectiveData {
    people: [i128; 4],
    kept: i128,
    value: i128,
}

impl ObjectiveData {
    fn new(&Objective { people, kept, value }: &Objective) -> Self {
        Self { people, kept, value }
    }
}

#[derive(Serialize)]
struct WitnessData {
    supply: u32,
    from: Option<u32>,
    moves: u32,
}

impl WitnessData {
    fn new(&PriceWitness { supply, from, moves }: &PriceWitness) -> Self {
        Self { supply, from, moves }
    }
}
