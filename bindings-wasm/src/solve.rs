//! The allocation problem on its own: arrays of numbers in, a plan and its proof out.

use lotse::solver::{self, Edge, Flow, Objective, PriceWitness, Problem, Solution, SolveOptions, Supply};
use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::{
    progress::{Watcher, watched},
    thrown, told,
};

/// Gives supplies to sinks of limited places in the best plan.
///
/// `places` has NaN where there is no limit. `supplies` has eight numbers for each: how many edges, how many units, how many
/// places one takes, how many people of each class one serves, and the sink that all must go to or `u32::MAX`. The edges stand
/// one supply after another in `sinks`, `values` and `kept`, which may be empty. Values and places are whole.
///
/// # Errors
///
/// Arrays that do not fit together, and everything that is wrong with the problem; `stopped` where the function stopped the work.
#[wasm_bindgen]
pub fn solve(
    places: &[f64],
    supplies: &[u32],
    sinks: &[u32],
    values: &[f64],
    kept: &[u32],
    look: Option<Watcher>,
) -> Result<String, JsValue> {
    let problem = problem(places, supplies, sinks, values, kept).ok_or_else(|| JsValue::from(UNFIT))?;
    let solution = watched(look, |look| solver::solve(&problem, SolveOptions::new().progress(look))).map_err(|error| thrown(&error))?;
    told(&ToldSolution::of(&solution))
}

const UNFIT: &str = r#"{"code":"problem.length","path":"","message":"arrays that do not fit together","hint":null,"errors":[{"code":"problem.length","path":"","message":"arrays that do not fit together","hint":null}]}"#;

/// Nothing where the arrays do not fit together.
fn problem(places: &[f64], supplies: &[u32], sinks: &[u32], values: &[f64], kept: &[u32]) -> Option<Problem> {
    if values.len() != sinks.len() || !kept.is_empty() && kept.len() != sinks.len() {
        return None;
    }
    let mut edges = sinks.iter().zip(values).enumerate().map(|(place, (sink, value))| Edge {
        sink: *sink,
        kept: kept.get(place).copied().unwrap_or(0),
        value: *value as i64,
    });
    let supplies = supplies.chunks(8).map(|numbers| {
        let [ways, count, size, first, second, third, fourth, fixed] = *numbers else { return None };
        let ways = ways as usize;
        let edges: Vec<_> = if ways <= edges.len() { edges.by_ref().take(ways).collect() } else { return None };
        let fixed = (fixed != u32::MAX).then_some(fixed);
        Some(Supply { count, size, people: [first, second, third, fourth], edges, fixed })
    });
    let supplies = supplies.collect::<Option<_>>()?;
    let places = places.iter().map(|places| (!places.is_nan()).then_some(*places as u64)).collect();
    edges.next().is_none().then_some(Problem { supplies, capacities: places })
}

/// A solution as JavaScript gets it.
#[derive(Serialize)]
struct ToldSolution<'a> {
    flows: &'a [Flow],
    objective: ObjectiveData,
    bound: ObjectiveData,
    optimal: bool,
    prices: Vec<ObjectiveData>,
    takers: Vec<Option<ToldTaker>>,
}

impl<'a> ToldSolution<'a> {
    fn of(Solution { flows, objective, bound, certificate }: &'a Solution) -> Self {
        Self {
            flows,
            objective: ObjectiveData::of(objective),
            bound: ObjectiveData::of(bound),
            optimal: objective == bound,
            prices: certificate.prices.iter().map(ObjectiveData::of).collect(),
            takers: certificate.witnesses.iter().map(|taker| taker.as_ref().map(ToldTaker::of)).collect(),
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
    fn of(&Objective { people, kept, value }: &Objective) -> Self {
        Self { people, kept, value }
    }
}

#[derive(Serialize)]
struct ToldTaker {
    supply: u32,
    from: Option<u32>,
    moves: u32,
}

impl ToldTaker {
    fn of(&PriceWitness { supply, from, moves }: &PriceWitness) -> Self {
        Self { supply, from, moves }
    }
}
