//! The solver without needs and offers: arrays of numbers in, a solution with its certificate out.

use lotse::{
    Error,
    solver::{self, Integers, Problem, SolveOptions},
    wire::Value,
};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::{
    progress::{JsProgressFn, with_progress},
    to_js_error, to_json,
};

/// The shape of a single number.
const SINGLE: u32 = u32::MAX;

/// The shape of a list with rows, before their number and the shape of each.
const ROWS: u32 = u32::MAX - 1;

/// Solves a problem in the list form of [`Problem::from_lists`].
///
/// `names` is a JSON list of the names of the lists. `shapes` has for each of them its length, 2³² − 1 for a single number, or 2³² − 2
/// for a list with rows, before its length and the shape of each item. `numbers` are all entries in order: NaN is null, and infinity
/// anything but a number.
///
/// # Errors
///
/// Every error of the problem, and `cancelled`.
#[wasm_bindgen]
pub fn solve(names: &str, shapes: &[u32], numbers: &[f64], progress: Option<JsProgressFn>) -> Result<String, JsValue> {
    let solution = problem(names, shapes, numbers).and_then(|problem| {
        with_progress(progress, |progress| solver::solve(&problem, SolveOptions::new().progress(progress)))
    });
    to_json(&solution.map_err(|error| to_js_error(&error))?)
}

fn problem(names: &str, shapes: &[u32], numbers: &[f64]) -> Result<Problem, Error> {
    let names = Value::from_json(names)?;
    let names = if let Value::Array(names) = &names { names.as_slice() } else { &[] };
    let mut arrays = Arrays { shapes: shapes.iter(), numbers };
    let mut lists: Vec<_> = names.iter().map(|name| (text(name), arrays.next())).collect();
    if !arrays.numbers.is_empty() {
        lists.push(("", MISSING));
    }
    Problem::from_lists(lists)
}

/// Returns a name. One that is no text is unknown, as is the empty one.
fn text<'a>(name: &'a Value<'_>) -> &'a str {
    if let Value::String(name) = name { name } else { "" }
}

/// A list that the core rejects.
const MISSING: Integers<'_, f64> = Integers::Single(f64::INFINITY);

/// The arrays that have not been read.
struct Arrays<'a> {
    shapes: std::slice::Iter<'a, u32>,
    numbers: &'a [f64],
}

impl<'a> Arrays<'a> {
    /// Returns the next list.
    fn next(&mut self) -> Integers<'a, f64> {
        let Some(shape) = self.shapes.next() else { return MISSING };
        if *shape != ROWS {
            return self.without_rows(*shape);
        }
        let count = self.shapes.next().map_or(0, |count| *count as usize);
        let Some((rows, rest)) = self.shapes.as_slice().split_at_checked(count) else { return MISSING };
        self.shapes = rest.iter();
        rows.iter().map(|shape| self.without_rows(*shape)).collect()
    }

    /// Returns the next list without rows.
    fn without_rows(&mut self, shape: u32) -> Integers<'a, f64> {
        let len = if shape == SINGLE { 1 } else { shape as usize };
        let Some((list, rest)) = self.numbers.split_at_checked(len) else { return MISSING };
        self.numbers = rest;
        match list {
            [single] if shape == SINGLE => Integers::Single(*single),
            list => list.into(),
        }
    }
}
