//! The Python binding of `lotse`: records, dicts, JSON text and tables in, results out.
//!
//! It only converts. Every rule, default and sentence is in the core.

mod allocation;
mod answers;
mod arrow_in;
mod arrow_out;
mod convert;
mod diff;
mod error;
mod evaluation;
mod export;
mod functions;
mod immutable;
mod import;
mod import_report;
mod imported;
mod input;
mod mapping;
mod matcher;
mod options;
mod payload;
mod pool;
mod progress;
mod record;
mod record_methods;
mod report;
mod restore;
mod result_methods;
mod results;
mod shared;
mod sketch;
mod solve;
mod sources;
mod table;
mod vocabulary;
mod wire;

use pyo3::prelude::*;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

// The module has no mutable state, so it does not need the interpreter lock.
#[pymodule(gil_used = false)]
mod _lotse {
    #[pymodule_export]
    use super::{
        allocation::PyAllocation,
        diff::PyPlanDiff,
        error::Error,
        evaluation::PyEvaluation,
        export::{PyExported, export_records},
        functions::{
            check, criterion_label, decode_needs, decode_offers, example_day, example_needs, example_offers, labels,
            run_command_line, version,
        },
        import::{import_records, sketch_records},
        import_report::{PyImportReport, PyQuestions, import_labels},
        imported::PyImported,
        mapping::PyMapping,
        matcher::PyMatcher,
        pool::before_fork,
        record::{PyNeed, PyOffer, PyPolicy},
        report::PyReport,
        restore::restore,
        results::{PyDiagnosis, PyExplanation, PyMatch, PyRanking},
        sketch::PySketch,
        solve::{PySolution, restore_solution, solve},
        table::{PyTable, restore_table},
        vocabulary::PyVocabulary,
        wire::{call, call_json, schema},
    };
}
