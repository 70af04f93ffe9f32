//! Services of HSDS 3.1 as a package of CSV files, with the names of its specification.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    decode::value::Value,
    error::Error,
    import::export::{
        csv_text::CsvText,
        data_package::{self, TableDescription, pretty},
        exported::ExportedFile,
        hsds_service::{Fields, HsdsService, Term, UNIT, organisation_fields, text, unit_fields},
        options::ExportOptions,
    },
};

/// A table of the package: its name, its file and its columns.
type Table = (&'static str, &'static str, &'static [&'static str]);

const ORGANISATIONS: Table = ("organization", "organizations.csv", &["id", "name", "description"]);
const SERVICES: Table = (
    "service",
    "services.csv",
    &["id", "organization_id", "name", "url", "email", "status", "minimum_age", "maximum_age"],
);
const LANGUAGES: Table = ("language", "languages.csv", &["id", "service_id", "name", "code", "note"]);
const AREAS: Table = ("service_area", "service_areas.csv", &["id", "service_id", "name", "uri"]);
const PHONES: Table = ("phone", "phones.csv", &["id", "service_id", "number"]);
const AT_LOCATIONS: Table = ("service_at_location", "service_at_locations.csv", &["id", "service_id", "location_id"]);
const LOCATIONS: Table = ("location", "locations.csv", &["id", "location_type", "latitude", "longitude"]);
const CAPACITIES: Table =
    ("service_capacity", "service_capacity.csv", &["id", "service_id", "unit_id", "available", "maximum", "updated"]);
const UNITS: Table = ("unit", "units.csv", &["id", "name"]);
const ATTRIBUTES: Table = ("attribute", "attributes.csv", &["id", "link_id", "taxonomy_term_id", "link_entity"]);
const TERMS: Table =
    ("taxonomy_term", "taxonomy_terms.csv", &["id", "code", "name", "description", "taxonomy", "taxonomy_id"]);
const TAXONOMIES: Table = ("taxonomy", "taxonomies.csv", &["id", "name", "description"]);

/// Returns the files of the package, without empty tables.
pub(super) fn files(
    services: &[HsdsService],
    organisations: &BTreeMap<String, String>,
    options: &ExportOptions,
) -> Result<Vec<ExportedFile>, Error> {
    let mut tables: Vec<(Table, Vec<Fields>)> = vec![
        (SERVICES, services.iter().map(|service| service_row(service, organisations)).collect()),
        (ORGANISATIONS, organisations.iter().map(|(name, id)| organisation_fields(name, id)).collect()),
        (LANGUAGES, rows_of(services, |service| service.languages.clone())),
        (AREAS, rows_of(services, |service| service.areas.clone())),
        (PHONES, rows_of(services, |service| service.phones.clone())),
        (AT_LOCATIONS, rows_of(services, at_location)),
        (LOCATIONS, services.iter().filter_map(|service| service.location.clone()).collect()),
        (CAPACITIES, rows_of(services, capacity)),
        (ATTRIBUTES, services.iter().flat_map(attributes).collect()),
    ];
    if services.iter().any(|service| service.capacity.is_some()) {
        tables.push((UNITS, vec![unit_fields()]));
    }
    let terms: BTreeSet<&Term> = services.iter().flat_map(|service| &service.terms).collect();
    let taxonomies: BTreeSet<&'static str> = terms.iter().map(|term| term.taxonomy).collect();
    tables.push((TERMS, terms.into_iter().map(term_row).collect()));
    tables.push((TAXONOMIES, taxonomies.into_iter().map(taxonomy_row).collect()));
    tables.retain(|(table, rows)| *table == SERVICES || !rows.is_empty());
    let mut files = Vec::with_capacity(tables.len().saturating_add(1));
    for ((_, file, columns), rows) in &tables {
        files.push(ExportedFile { name: (*file).to_owned(), text: table_text(columns, rows)? });
    }
    let descriptions: Vec<TableDescription<'_, &str>> = tables
        .iter()
        .map(|((name, file, columns), _)| TableDescription { name, file, columns, key: Some("id") })
        .collect();
    let package = data_package::of_tables("lotse-hsds", &descriptions, options);
    files.push(ExportedFile { name: "datapackage.json".to_owned(), text: pretty(&package)? });
    Ok(files)
}

fn table_text(columns: &[&'static str], rows: &[Fields]) -> Result<String, Error> {
    let mut out = CsvText::for_programs();
    out.write_row(columns)?;
    for row in rows {
        let cell = |column: &&str| row.iter().find(|(name, _)| name == column).map(|(_, value)| text(value));
        out.write_row(columns.iter().map(|column| cell(column).unwrap_or_default()))?;
    }
    out.into_string()
}

fn id_of(service: &HsdsService) -> Value<'static> {
    service.service.first().map_or(Value::Null, |(_, id)| id.clone())
}

fn service_row(service: &HsdsService, organisations: &BTreeMap<String, String>) -> Fields {
    let mut row = service.service.clone();
    if let Some(id) = service.organisation.as_ref().and_then(|name| organisations.get(name)) {
        row.push(("organization_id", id.clone().into()));
    }
    row
}

/// Returns rows that refer to their service.
fn rows_of(services: &[HsdsService], rows: impl Fn(&HsdsService) -> Vec<Fields>) -> Vec<Fields> {
    let rows = services.iter().flat_map(|service| {
        let id = id_of(service);
        rows(service).into_iter().map(move |mut row| {
            row.push(("service_id", id.clone()));
            row
        })
    });
    rows.collect()
}

fn at_location(service: &HsdsService) -> Vec<Fields> {
    let id = text(&id_of(service));
    let location_id = service.location.as_ref().and_then(|location| location.first()).map(|(_, id)| id.clone());
    let row =
        location_id.map(|location| vec![("id", format!("{id}/service-at-location").into()), ("location_id", location)]);
    row.into_iter().collect()
}

fn capacity(service: &HsdsService) -> Vec<Fields> {
    let row = service.capacity.clone().map(|mut row| {
        row.push(("unit_id", UNIT.into()));
        row
    });
    row.into_iter().collect()
}

fn attributes(service: &HsdsService) -> Vec<Fields> {
    let link = id_of(service);
    let id = text(&link);
    let rows = service.terms.iter().map(|term| {
        vec![
            ("id", format!("{id}/{}", term.id()).into()),
            ("link_id", link.clone()),
            ("taxonomy_term_id", term.id().into()),
            ("link_entity", "service".into()),
        ]
    });
    rows.collect()
}

fn term_row(term: &Term) -> Fields {
    let mut row = term.fields();
    row.push(("taxonomy_id", term.taxonomy.into()));
    row
}

fn taxonomy_row(taxonomy: &'static str) -> Fields {
    vec![("id", taxonomy.into()), ("name", taxonomy.into()), ("description", "Codes of lotse".into())]
}
