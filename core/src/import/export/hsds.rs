//! Offers as services of HSDS 3.1.

use std::{borrow::Cow, collections::BTreeMap};

use crate::{
    decode::value::Value,
    error::Error,
    import::{
        export::{
            check_import::{Check, values},
            data_package::pretty,
            exported::{ExportReport, Exported, ExportedFile},
            hsds_package,
            hsds_service::{Fields, HsdsService, organisation_fields, text, unit_fields},
            notes::ExportNotes,
            options::ExportOptions,
        },
        record_kind::RecordKind,
    },
    model::offer::Offer,
};

/// Writes offers as services of the Human Services Data Specification 3.1: a page in JSON, or with
/// [`package`](ExportOptions::package) a package of CSV files.
///
/// What HSDS lacks is an attribute of a service: a term of the taxonomy `lotse-help`, `lotse-crime`, `lotse-role`, `lotse-gender`,
/// `lotse-format`, `lotse-access`, `lotse-no-access`, `lotse-state` or `lotse-place`, which the import reads back.
///
/// # Errors
///
/// None for valid offers.
///
/// # Example: a page
///
/// ```
/// use lotse::{LanguageMode, Offer, import::export::{ExportOptions, to_hsds3}};
/// let offer = Offer::builder("o-1").name("Treff").language_with_mode("prs", LanguageMode::Interpreter).area("14713").build()?;
/// let page = &to_hsds3(&[offer], &ExportOptions::new())?.files[0];
/// assert_eq!(page.name, "services.json");
/// let page: serde_json::Value = serde_json::from_str(&page.text).unwrap();
/// let service = &page["contents"][0];
/// assert_eq!(service["service_areas"][0]["uri"], "urn:ags:14713");
/// assert_eq!(service["languages"][0]["note"], "with interpreter");
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn to_hsds3(offers: &[Offer], options: &ExportOptions) -> Result<Exported, Error> {
    let mut notes = ExportNotes::default();
    let services: Result<Vec<HsdsService>, Error> =
        offers.iter().map(|offer| HsdsService::of_offer(offer, options, &mut notes)).collect();
    let services = services?;
    let before = values(offers)?;
    let organisations = organisation_ids(&services);
    let files = if options.package {
        hsds_package::files(&services, &organisations, options)?
    } else {
        vec![ExportedFile { name: "services.json".to_owned(), text: pretty(&page(services, &organisations))? }]
    };
    let left_out: &[&str] = if options.with_capacity { &[] } else { &["capacity"] };
    Check { records: RecordKind::Offers, before: &before, mapping: None, files: &files, left_out }
        .run(options, &mut notes)?;
    let records = u64::try_from(offers.len()).unwrap_or(u64::MAX);
    Ok(Exported { files, report: ExportReport { records, notes: notes.into_notes() } })
}

/// Returns an id for the name of each organisation, in order of the names.
fn organisation_ids(services: &[HsdsService]) -> BTreeMap<String, String> {
    let mut ids: BTreeMap<String, String> =
        services.iter().filter_map(|service| Some((service.organisation.clone()?, String::new()))).collect();
    for (id, number) in ids.values_mut().zip(1_u64..) {
        *id = format!("organization-{number}");
    }
    ids
}

/// Returns one page with all services.
fn page(services: Vec<HsdsService>, organisations: &BTreeMap<String, String>) -> Value<'static> {
    let count = Value::Int(i64::try_from(services.len()).unwrap_or(i64::MAX));
    let is_empty = services.is_empty();
    object(vec![
        ("total_items", count.clone()),
        ("total_pages", Value::Int(1)),
        ("page_number", Value::Int(1)),
        ("size", count),
        ("first_page", Value::Bool(true)),
        ("last_page", Value::Bool(true)),
        ("empty", Value::Bool(is_empty)),
        ("contents", Value::Array(services.into_iter().map(|service| nested(service, organisations)).collect())),
    ])
}

/// Returns a service with the objects that belong to it.
fn nested(service: HsdsService, organisations: &BTreeMap<String, String>) -> Value<'static> {
    let mut fields = service.service;
    let id = fields.first().map(|(_, id)| text(id)).unwrap_or_default();
    if let Some((name, id)) = service.organisation.as_ref().and_then(|name| organisations.get_key_value(name)) {
        fields.push(("organization", object(organisation_fields(name, id))));
    }
    let attributes = service.terms.iter().map(|term| {
        let attribute_id = format!("{id}/{}", term.id());
        object(vec![("id", attribute_id.into()), ("taxonomy_term", object(term.fields()))])
    });
    let attributes = attributes.collect();
    let location = service.location.map(|location| {
        object(vec![("id", format!("{id}/service-at-location").into()), ("location", object(location))])
    });
    let capacity = service.capacity.map(|mut capacity| {
        capacity.push(("unit", object(unit_fields())));
        object(capacity)
    });
    for (name, list) in [
        ("phones", objects(service.phones)),
        ("languages", objects(service.languages)),
        ("service_areas", objects(service.areas)),
        ("service_at_locations", location.into_iter().collect()),
        ("capacities", capacity.into_iter().collect()),
        ("attributes", attributes),
    ] {
        if !list.is_empty() {
            fields.push((name, Value::Array(list)));
        }
    }
    object(fields)
}

fn objects(list: Vec<Fields>) -> Vec<Value<'static>> {
    list.into_iter().map(object).collect()
}

fn object(fields: Fields) -> Value<'static> {
    Value::Object(fields.into_iter().map(|(name, value)| (Cow::from(name), value)).collect())
}

#[cfg(test)]
mod tests {
    use super::to_hsds3;
    use crate::{import::export::options::ExportOptions, model::offer::Offer};

    fn offers() -> Vec<Offer> {
        Offer::list_from_json(
            r#"{"id": "o-1", "name": "Treff", "organisation": "Verein", "help": ["legal", "any"],
            "languages": ["de", {"tag": "prs", "how": "on_request"}], "area": ["any", "14612"],
            "place": {"region": "14612", "lat": 51.05, "lon": 13.78}, "genders": ["female"],
            "crimes": [{"code": "0102", "context": ["terrorism"]}], "ages": {"min": 14, "max": 99},
            "capacity": {"free": 3, "state": "waitlist"}, "no_access": ["induction_loop"],
            "contact": {"phone": "+49 351", "url": "https://a.de"}}
            {"id": "o-2", "organisation": "Amt"}"#,
        )
        .unwrap()
    }

    #[test]
    fn a_page_has_a_service_for_each_offer() {
        let exported = to_hsds3(&offers(), &ExportOptions::new().with_capacity(true)).unwrap();
        let page: serde_json::Value = serde_json::from_str(&exported.files[0].text).unwrap();
        assert_eq!(page["total_items"], 2);
        let service = &page["contents"][0];
        let texts: Vec<&str> = [
            "/organization/id",
            "/languages/1/note",
            "/service_areas/0/uri",
            "/service_areas/1/name",
            "/service_at_locations/0/location/location_type",
            "/capacities/0/unit/name",
            "/phones/0/number",
        ]
        .iter()
        .map(|path| service.pointer(path).and_then(serde_json::Value::as_str).unwrap())
        .collect();
        let name = service["service_areas"][1]["name"].as_str().unwrap();
        let want = ["organization-2", "on request", "urn:lotse:region:any", name, "postal", "person", "+49 351"];
        assert_eq!(texts, want);
        let terms: Vec<&str> = service["attributes"].as_array().unwrap().iter().map(term_id).collect();
        let want = [
            "lotse-help:any",
            "lotse-help:legal",
            "lotse-crime:0102+terrorism",
            "lotse-gender:female",
            "lotse-no-access:induction_loop",
            "lotse-place:14612",
            "lotse-state:waitlist",
        ];
        assert_eq!(terms, want);
        let codes: Vec<&str> = exported.report.notes.iter().map(|note| note.code.as_str()).collect();
        assert_eq!(codes, ["ages.no_limit", "capacity.incomplete", "name.missing", "record.changed"]);
    }

    fn term_id(attribute: &serde_json::Value) -> &str {
        attribute["taxonomy_term"]["id"].as_str().unwrap()
    }

    #[test]
    fn a_page_has_no_capacity_unless_asked() {
        let exported = to_hsds3(&offers(), &ExportOptions::new()).unwrap();
        assert!(!exported.files[0].text.contains("capacit") && !exported.files[0].text.contains("lotse-state"));
        assert!(exported.report.notes.iter().any(|note| note.code == "capacity.left_out" && note.at == ["o-1"]));
    }

    #[test]
    fn a_package_has_the_tables_of_the_specification() {
        let exported = to_hsds3(&offers(), &ExportOptions::new().package(true).with_capacity(true)).unwrap();
        let file =
            |name: &str| exported.files.iter().find(|file| file.name == name).map(|file| file.text.as_str()).unwrap();
        assert!(file("services.csv").starts_with("id,organization_id,name,"));
        assert!(file("services.csv").contains("o-1,organization-2,Treff,https://a.de,,active,14,99\n"));
        assert!(file("attributes.csv").contains("o-1/lotse-help:legal,o-1,lotse-help:legal,service\n"));
        assert!(file("service_capacity.csv").contains("o-1/capacity,o-1,person,3,,\n"));
        assert!(file("service_at_locations.csv").contains("o-1/service-at-location,o-1,o-1/location\n"));
        let package: serde_json::Value = serde_json::from_str(file("datapackage.json")).unwrap();
        let resources = package["resources"].as_array().unwrap();
        assert_eq!(resources.len() + 1, exported.files.len());
        assert!(
            resources.iter().all(|resource| exported.files.iter().any(|file| resource["path"] == file.name.as_str()))
        );
        let empty = to_hsds3(&[], &ExportOptions::new().package(true)).unwrap();
        assert_eq!(empty.files.len(), 2);
    }
}
