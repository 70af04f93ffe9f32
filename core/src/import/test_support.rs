//! Imports of small lists, for tests.

use crate::{
    decode::value::Value,
    import::{Import, ImportFile, Imported, Mapping},
};

/// Reads a list by a mapping on 29 November 2026.
pub(crate) fn import(mapping: &str, list: &str) -> Imported {
    imported_with(mapping, list, "{}")
}

/// Reads a list by a mapping with answers to questions.
pub(crate) fn imported_with(mapping: &str, list: &str, answers: &str) -> Imported {
    let mapping = Mapping::from_json(mapping).unwrap();
    let import = Import::builder(mapping.rules.records).mapping(mapping).as_of("2026-11-29".parse().unwrap());
    let import = import.answers(Value::from_json(answers).unwrap()).build().unwrap();
    import.read(&[ImportFile::new("list.csv", list)]).unwrap()
}
