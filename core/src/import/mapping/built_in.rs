//! The mappings of public formats.

use crate::{decode::value::Value, import::mapping::decoder::raw};

/// What answers change in a mapping.
const ANSWERED: [&str; 5] = ["words", "fields", "contains", "assume", "postcodes"];

const MAPPINGS: [(&str, &str); 6] = [
    ("hsds3", include_str!("../../../data/mappings/hsds3.json")),
    ("hsds-package", include_str!("../../../data/mappings/hsds-package.json")),
    ("data-inclusion", include_str!("../../../data/mappings/data-inclusion.json")),
    ("airs", include_str!("../../../data/mappings/airs.json")),
    ("osm", include_str!("../../../data/mappings/osm.json")),
    ("fhir", include_str!("../../../data/mappings/fhir.json")),
];

/// Returns the file of a mapping.
pub(super) fn json(name: &str) -> Option<&'static str> {
    MAPPINGS.iter().find(|(other, _)| *other == name).map(|(_, json)| *json)
}

pub(super) fn names() -> impl ExactSizeIterator<Item = &'static str> {
    MAPPINGS.iter().map(|(name, _)| *name)
}

/// Returns the name of the mapping that was saved, with answers or without.
///
/// Such a mapping may name columns that files lack, as a built-in one does.
pub(super) fn saved<'v>(mapping: &'v Value<'v>) -> Option<&'static str> {
    let is_saved = |json: &str| {
        let Ok(Value::Object(fields)) = Value::from_json(json) else { return false };
        fields
            .iter()
            .filter(|(key, _)| !ANSWERED.contains(&&**key))
            .all(|(key, value)| raw(mapping, key) == Some(value))
    };
    MAPPINGS.iter().find(|(_, json)| is_saved(json)).map(|(name, _)| *name)
}
