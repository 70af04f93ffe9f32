//! The Python face of `lotse`: records, dicts, JSON text and tables in, results out.
//!
//! It only translates. Every rule, default and sentence is in the core.

mod allocation;
mod arrow_in;
mod arrow_out;
mod convert;
mod error;
mod functions;
mod html;
mod input;
mod matcher;
mod progress;
mod record;
mod results;
mod solve;
mod vocabulary;
mod wire;

use pyo3::prelude::*;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

// The module keeps no state of its own, so that it works without the interpreter lock.
#[pymodule(gil_used = false)]
mod _lotse {
    #[pymodule_export]
    use super::{
        allocation::{PyAllocation, PyReport},
        arrow_out::PyTable,
        error::Error,
        functions::{check, criterion_name, example_day, example_needs, example_offers, needs, offers, version},
        matcher::PyMatcher,
        record::{PyNeed, PyOffer, PyPolicy},
        results::{PyDiagnosis, PyExplanation, PyMatch, PyRanking},
        solve::{PySolution, solve},
        vocabulary::PyVocabulary,
        wire::{
            allocate, allocate_json, check_json, diagnose, diagnose_json, explain, explain_json, rank, rank_json,
            report, report_json, resolve, resolve_json,
        },
    };

    /// `check` of a request; the one above is of records.
    #[pymodule_export]
    use super::wire::check_request;
}
