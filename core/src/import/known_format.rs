//! The formats of directories, recognized by the names of their columns and fields.

use crate::{
    import::source::SourceFormat,
    model::{
        capacity::Capacity,
        crime_scope::CrimeScope,
        location::Location,
        need::Need,
        offer::{AgeRange, Contact, Offer},
    },
    util::geo::Coordinates,
};

/// Columns and fields that only data-inclusion has.
const DATA_INCLUSION: [&str; 4] = ["thematiques", "structure_id", "zone_eligibilite", "zone_diffusion_type"];

/// Fields that HSDS has and records of lotse do not.
const HSDS: [&str; 5] = ["service", "service_at_locations", "capacities", "organization", "status"];

/// The columns of the table of services in a package of HSDS.
const HSDS_SERVICES: [&str; 3] = ["id", "name", "organization_id"];

/// A format, and the name of the column or field by which it is recognized.
pub(super) type Recognition = (SourceFormat, Option<&'static str>);

/// Recognizes a table by its columns.
pub(super) fn of_columns(columns: &[String]) -> Recognition {
    let has = |name: &str| columns.iter().any(|column| column == name);
    if is_lotse(columns.iter().map(String::as_str), true) {
        return (SourceFormat::Lotse, None);
    }
    if has("ResourceAgencyNum") {
        return (SourceFormat::Airs, Some("ResourceAgencyNum"));
    }
    if has("TaxonomyLevelName") && has("ParentAgencyNum") {
        return (SourceFormat::Airs, Some("TaxonomyLevelName"));
    }
    match DATA_INCLUSION.into_iter().find(|name| has(name)) {
        Some(name) => (SourceFormat::DataInclusion, Some(name)),
        None => (SourceFormat::Table, None),
    }
}

/// Recognizes a list of JSON objects by the fields of the first.
pub(super) fn of_fields<'k>(fields: impl Iterator<Item = &'k str> + Clone) -> Recognition {
    if is_lotse(fields.clone(), false) {
        return (SourceFormat::Lotse, None);
    }
    let find = |names: &[&'static str]| names.iter().copied().find(|name| fields.clone().any(|field| field == *name));
    if let Some(name) = find(&DATA_INCLUSION) {
        return (SourceFormat::DataInclusion, Some(name));
    }
    match find(&HSDS) {
        Some(name) => (SourceFormat::Hsds3, Some(name)),
        None => (SourceFormat::Json, None),
    }
}

/// Returns `true` if these are the columns of the table of services in a package of HSDS.
pub(super) fn is_hsds_services(columns: &[String]) -> bool {
    HSDS_SERVICES.iter().all(|name| columns.iter().any(|column| column == name))
}

/// Returns `true` if there is an id, and all names are fields of a need, or all are fields of an offer; in a table, parts of a
/// field may be columns of their own.
fn is_lotse<'k>(names: impl Iterator<Item = &'k str> + Clone, is_table: bool) -> bool {
    let all = |fields: &[&str], parts: fn(&str) -> &'static [&'static str]| {
        names.clone().all(|name| match name.split_once('.') {
            Some((field, part)) => is_table && parts(field).contains(&part),
            None => fields.contains(&name),
        })
    };
    names.clone().any(|name| name == "id") && (all(Need::FIELDS, need_parts) || all(Offer::FIELDS, offer_parts))
}

fn need_parts(field: &str) -> &'static [&'static str] {
    match field {
        "place" => Coordinates::FIELDS,
        "crime" => CrimeScope::FIELDS,
        _ => &[],
    }
}

fn offer_parts(field: &str) -> &'static [&'static str] {
    match field {
        "place" => Location::FIELDS,
        "capacity" => Capacity::FIELDS,
        "ages" => AgeRange::FIELDS,
        "contact" => Contact::FIELDS,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::{is_hsds_services, of_columns, of_fields};
    use crate::import::source::SourceFormat;

    fn columns(names: &str) -> SourceFormat {
        let names: Vec<String> = names.split(',').map(str::to_owned).collect();
        of_columns(&names).0
    }

    #[test]
    fn a_table_is_recognized_by_its_columns() {
        assert_eq!(columns("Nr,Einrichtung,Sprachen"), SourceFormat::Table);
        assert_eq!(columns("ResourceAgencyNum,PublicName"), SourceFormat::Airs);
        assert_eq!(columns("TaxonomyLevelName,ParentAgencyNum"), SourceFormat::Airs);
        assert_eq!(columns("TaxonomyLevelName,PublicName"), SourceFormat::Table);
        assert_eq!(columns("id,nom,zone_eligibilite"), SourceFormat::DataInclusion);
    }

    #[test]
    fn records_of_lotse_are_recognized_by_all_their_names() {
        assert_eq!(columns("id,name,languages,capacity.free"), SourceFormat::Lotse);
        assert_eq!(columns("id,people,crime.code"), SourceFormat::Lotse);
        for other in ["id,people,capacity.free", "name,languages", "id,Alter", "id,name,Fees"] {
            assert_eq!(columns(other), SourceFormat::Table, "{other}");
        }
        assert_eq!(of_fields(["id", "name", "help"].into_iter()).0, SourceFormat::Lotse);
    }

    #[test]
    fn objects_are_recognized_by_the_fields_of_the_first() {
        assert_eq!(of_fields(["id", "nom", "structure_id"].into_iter()).0, SourceFormat::DataInclusion);
        assert_eq!(of_fields(["id", "name", "status"].into_iter()), (SourceFormat::Hsds3, Some("status")));
        assert_eq!(of_fields(["id", "service", "location"].into_iter()).0, SourceFormat::Hsds3);
        assert_eq!(of_fields(["Nr", "Sprachen"].into_iter()).0, SourceFormat::Json);
    }

    #[test]
    fn services_of_a_package() {
        let names = |names: &str| names.split(',').map(str::to_owned).collect::<Vec<_>>();
        assert!(is_hsds_services(&names("id,organization_id,name,status")));
        assert!(!is_hsds_services(&names("id,name")));
    }
}
