//! Where the records of a JSON text are, and of what format they are.

use crate::{
    decode::value::Value,
    import::{
        json::{Member, Outline, Root, Shape},
        json_list::Content,
        known_format::{Recognition, of_fields},
        source::SourceFormat,
    },
};

/// Fields in which interfaces return a page of records.
const PAGES: [&str; 5] = ["contents", "items", "results", "data", "records"];

/// A JSON text, recognized.
#[derive(Debug)]
pub(super) struct Recognized {
    pub(super) shape: Shape,
    pub(super) content: Content,
    pub(super) recognition: Recognition,
    /// The number of this page and of all pages.
    pub(super) page: Option<(u64, u64)>,
}

/// Recognizes a JSON text by its outline. `None` if it has no object.
pub(super) fn recognize(outline: &Outline<'_>) -> Option<Recognized> {
    let plain = |shape, content, recognition| Some(Recognized { shape, content, recognition, page: None });
    match &outline.root {
        Root::Scalar => None,
        Root::List(None) => plain(Shape::List, Content::Records, (SourceFormat::Json, None)),
        Root::List(Some(first)) => {
            let (content, recognition) = of_record(first)?;
            plain(Shape::List, content, recognition)
        }
        Root::Object(members) => {
            let members: Vec<(&str, &Member<'_>)> = members.iter().map(|(key, member)| (&**key, member)).collect();
            match unwrap(&members).filter(|_| !outline.is_stream) {
                Some(recognized) => Some(recognized),
                None => {
                    let (content, recognition) = of_object(&members);
                    plain(Shape::Values, content, recognition)
                }
            }
        }
    }
}

fn member<'m, 't>(members: &[(&str, &'m Member<'t>)], name: &str) -> Option<&'m Member<'t>> {
    members.iter().find(|(key, _)| *key == name).map(|(_, member)| *member)
}

/// Returns the first item of the list in a field, which is null if the list is empty.
fn list<'m, 't>(members: &[(&str, &'m Member<'t>)], name: &str) -> Option<&'m Value<'t>> {
    match member(members, name)? {
        Member::List(first) => Some(first.as_ref().unwrap_or(&Value::Null)),
        Member::Value(_) => None,
    }
}

fn text<'m>(members: &[(&str, &'m Member<'_>)], name: &str) -> Option<&'m str> {
    match member(members, name)? {
        Member::Value(Value::String(text)) => Some(text),
        _ => None,
    }
}

fn number(members: &[(&str, &Member<'_>)], names: &[&str]) -> Option<u64> {
    names.iter().find_map(|name| match member(members, name)? {
        Member::Value(Value::Int(number)) => u64::try_from(*number).ok(),
        _ => None,
    })
}

/// Returns where the records of an object that is a list with facts about it are, or `None` if it is a record itself.
fn unwrap(members: &[(&str, &Member<'_>)]) -> Option<Recognized> {
    let field = |name: &str, content, recognition| {
        Some(Recognized { shape: Shape::Field(name.to_owned()), content, recognition, page: None })
    };
    if text(members, "resourceType") == Some("Bundle") {
        return field("entry", Content::Resources, (SourceFormat::Fhir, Some("resourceType")));
    }
    if list(members, "elements").is_some() {
        return field("elements", Content::Records, (SourceFormat::Osm, Some("elements")));
    }
    if text(members, "type") == Some("FeatureCollection") && list(members, "features").is_some() {
        return field("features", Content::Features, (SourceFormat::Json, Some("FeatureCollection")));
    }
    if let Some(name) = ["offers", "needs"].into_iter().find(|name| list(members, name).is_some()) {
        return field(name, Content::Records, (SourceFormat::Lotse, Some(name)));
    }
    if let Some(first) = list(members, "services") {
        let organization = organization(members.iter().map(|(key, member)| (*key, *member)));
        let fields = keys(first).chain(organization.as_ref().map(|_| "organization"));
        let recognition = of_fields(fields.collect::<Vec<_>>().into_iter());
        let content = organization.map_or(Content::Records, |value| Content::Inheriting("organization", value));
        return field("services", content, recognition);
    }
    let is_record = member(members, "id").is_some() || member(members, "name").is_some();
    let name = PAGES.into_iter().find(|name| (*name == "contents" || !is_record) && list(members, name).is_some())?;
    let (content, recognition) = match list(members, name)? {
        Value::Null => (Content::Records, (SourceFormat::Json, None)),
        first => of_record(first)?,
    };
    let page = number(members, &["page_number", "page"]).zip(number(members, &["total_pages", "pages"]));
    Some(Recognized { page, ..field(name, content, recognition)? })
}

/// Returns the organization that services inherit: a field of the object around them, or this object without its lists.
fn organization<'m, 't: 'm>(members: impl Iterator<Item = (&'m str, &'m Member<'t>)>) -> Option<Value<'static>> {
    let mut own = Vec::new();
    for (key, member) in members {
        match member {
            Member::Value(value) if key == "organization" => return Some(value.clone().into_owned()),
            Member::Value(value) => own.push((key.to_owned().into(), value.clone().into_owned())),
            Member::List(_) => {}
        }
    }
    own.iter().any(|(key, _)| key == "name").then_some(Value::Object(own))
}

fn keys<'v>(value: &'v Value<'_>) -> impl Iterator<Item = &'v str> + Clone {
    let fields = if let Value::Object(fields) = value { fields.as_slice() } else { &[] };
    fields.iter().map(|(key, _)| &**key)
}

/// Recognizes an object of a list.
fn of_record(value: &Value<'_>) -> Option<(Content, Recognition)> {
    let Value::Object(fields) = value else { return None };
    let has = |name: &str| fields.iter().any(|(key, _)| key == name);
    let services = fields.iter().find(|(key, _)| key == "services");
    if has("resourceType") {
        return Some((Content::Resources, (SourceFormat::Fhir, Some("resourceType"))));
    }
    match services {
        Some((_, Value::Array(items))) if items.iter().all(|item| matches!(item, Value::Object(_))) => {
            let fields: Vec<&str> = items.first().into_iter().flat_map(keys).chain(["organization"]).collect();
            Some((Content::Organizations, of_fields(fields.into_iter())))
        }
        _ => Some((Content::Records, of_fields(keys(value)))),
    }
}

/// Recognizes the first of several objects, or the only one.
fn of_object(members: &[(&str, &Member<'_>)]) -> (Content, Recognition) {
    if member(members, "resourceType").is_some() {
        return (Content::Resources, (SourceFormat::Fhir, Some("resourceType")));
    }
    let content = if list(members, "services").is_some() { Content::Organizations } else { Content::Records };
    let more = matches!(content, Content::Organizations).then_some("organization");
    let fields: Vec<&str> = members.iter().map(|(key, _)| *key).chain(more).collect();
    (content, of_fields(fields.into_iter()))
}
