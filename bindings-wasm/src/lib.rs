//! The JavaScript face of `lotse`: JSON text in, JSON text out.
//!
//! `js` turns objects into text and back, and holds the types. An error is thrown as JSON text, the wire form of
//! [`lotse::Error`], and becomes a real `LotseError` there. Text goes both ways because it is refused as strictly as in every
//! other language, and because the browser reads it faster than objects can be built field by field. Only the solver on its own
//! takes arrays of numbers.

mod call;
mod input;
mod matcher;
mod progress;
mod solve;
mod vocabulary;

pub use self::{
    call::{call, check},
    matcher::{RawMatcher, RawPlan},
    progress::Watcher,
    solve::solve,
    vocabulary::RawVocabulary,
};

use lotse::{Criterion, Error};
use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// The version of the library.
#[must_use]
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// A criterion in words.
///
/// # Errors
///
/// Words that are no criterion or no language of sentences, as JSON text with `code`, `path`, `message`, `hint` and `errors`: the
/// form in which every function here throws.
#[wasm_bindgen]
pub fn criterion_name(criterion: &str, lang: &str) -> Result<String, JsValue> {
    Ok(input::word::<Criterion>(criterion)?.label(input::word(lang)?).to_owned())
}

fn thrown(error: &Error) -> JsValue {
    // Five strings always become JSON; were it otherwise, the message would still arrive.
    JsValue::from(serde_json::to_string(error).unwrap_or_else(|_| error.to_string()))
}

fn told(answer: &impl Serialize) -> Result<String, JsValue> {
    serde_json::to_string(answer).map_err(|error| JsValue::from(error.to_string()))
}
