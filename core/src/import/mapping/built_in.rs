//! The mappings of public formats.

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
