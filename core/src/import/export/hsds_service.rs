//! An offer as the objects of HSDS 3.1.

use std::borrow::Cow;

use crate::{
    decode::{code_kind::CodeKind, to_value::to_value, value::Value},
    error::Error,
    import::export::{notes::ExportNotes, options::ExportOptions},
    model::{
        capacity::Capacity,
        enums::{DeliveryFormat, Lang, LanguageMode},
        offer::{Contact, Offer},
        table_cell::text_of_item,
        values_or_any::ANY,
    },
};

/// The fields of an object, without those of objects in it.
pub(super) type Fields = Vec<(&'static str, Value<'static>)>;

/// The unit of a capacity: one place for one person.
pub(super) const UNIT: &str = "person";

/// The lists of a record that become terms of a taxonomy.
const TAXONOMIES: [(&str, &str, CodeKind); 7] = [
    ("help", "lotse-help", CodeKind::Help),
    ("crimes", "lotse-crime", CodeKind::Crime),
    ("roles", "lotse-role", CodeKind::Role),
    ("genders", "lotse-gender", CodeKind::Gender),
    ("formats", "lotse-format", CodeKind::Format),
    ("access", "lotse-access", CodeKind::Access),
    ("no_access", "lotse-no-access", CodeKind::Access),
];

/// The ages that HSDS directories state for no limit, and that the import therefore reads as none.
const NO_LIMIT: [u8; 4] = [99, 100, 120, 150];

/// A service and the objects that belong to it.
#[derive(Debug, Default)]
pub(super) struct HsdsService {
    pub(super) service: Fields,
    pub(super) organisation: Option<String>,
    pub(super) languages: Vec<Fields>,
    pub(super) areas: Vec<Fields>,
    pub(super) phones: Vec<Fields>,
    pub(super) location: Option<Fields>,
    pub(super) capacity: Option<Fields>,
    pub(super) terms: Vec<Term>,
}

/// A term of a taxonomy, which is an attribute of a service.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Term {
    pub(super) taxonomy: &'static str,
    pub(super) code: String,
    pub(super) name: String,
}

impl Term {
    /// Returns the id of the term in all taxonomies.
    pub(super) fn id(&self) -> String {
        format!("{}:{}", self.taxonomy, self.code)
    }

    pub(super) fn fields(&self) -> Fields {
        vec![
            ("id", self.id().into()),
            ("code", self.code.clone().into()),
            ("name", self.name.clone().into()),
            ("description", self.name.clone().into()),
            ("taxonomy", self.taxonomy.into()),
        ]
    }
}

impl HsdsService {
    /// Converts an offer, and notes what the service lacks.
    pub(super) fn of_offer(offer: &Offer, options: &ExportOptions, notes: &mut ExportNotes) -> Result<Self, Error> {
        let mut service = Self { organisation: offer.organisation().map(str::to_owned), ..Self::default() };
        if offer.name().is_none() {
            notes.add("name.missing", None, offer.id());
        }
        service.push_description(offer);
        service.push_languages(offer, options);
        service.push_areas(offer, options);
        service.push_location(offer);
        service.push_terms(offer, options)?;
        service.push_ages(offer, notes);
        if let Some(capacity) = offer.capacity() {
            service.push_capacity(offer.id(), capacity, options, notes);
        }
        Ok(service)
    }

    fn push_description(&mut self, offer: &Offer) {
        let fields = [
            ("name", offer.name()),
            ("email", offer.contact().and_then(Contact::email)),
            ("url", offer.contact().and_then(Contact::url)),
        ];
        self.service = vec![("id", offer.id().to_owned().into()), ("status", "active".into())];
        self.service.extend(fields.into_iter().filter_map(|(name, text)| Some((name, text?.to_owned().into()))));
        if let Some(number) = offer.contact().and_then(Contact::phone) {
            self.phones.push(vec![("id", part_id(offer, "phone", 0)), ("number", number.to_owned().into())]);
        }
    }

    fn push_languages(&mut self, offer: &Offer, options: &ExportOptions) {
        for (index, (tag, how)) in offer.languages().enumerate() {
            let name = options.vocabulary.name(CodeKind::Language, tag, Lang::En).into_owned();
            let mut fields =
                vec![("id", part_id(offer, "language", index)), ("name", name.into()), ("code", tag.to_owned().into())];
            match how {
                LanguageMode::Spoken => {}
                LanguageMode::Interpreter => fields.push(("note", "with interpreter".into())),
                LanguageMode::OnRequest => fields.push(("note", "on request".into())),
            }
            self.languages.push(fields);
        }
    }

    fn push_areas(&mut self, offer: &Offer, options: &ExportOptions) {
        for (index, code) in offer.area.iter().enumerate() {
            let name = if code == ANY {
                "everywhere".to_owned()
            } else {
                options.vocabulary.name(CodeKind::Region, code, Lang::En).into_owned()
            };
            let uri = uri_of_region(code).into();
            self.areas.push(vec![("id", part_id(offer, "area", index)), ("name", name.into()), ("uri", uri)]);
        }
    }

    /// Adds the location of an offer with coordinates.
    fn push_location(&mut self, offer: &Offer) {
        let Some(point) = offer.place() else { return };
        // `physical` states that help is given there; otherwise the location is an address only.
        let is_on_site = offer.formats.any || offer.formats().contains(&DeliveryFormat::OnSite);
        self.location = Some(vec![
            ("id", part_id(offer, "location", 0)),
            ("location_type", if is_on_site { "physical" } else { "postal" }.into()),
            ("latitude", Value::Float(point.lat())),
            ("longitude", Value::Float(point.lon())),
        ]);
    }

    fn push_terms(&mut self, offer: &Offer, options: &ExportOptions) -> Result<(), Error> {
        let Value::Object(record) = to_value(offer)? else { return Ok(()) };
        for (field, taxonomy, kind) in TAXONOMIES {
            let Some((_, Value::Array(items))) = record.iter().find(|(name, _)| name == field) else { continue };
            self.terms.extend(items.iter().map(|item| term(taxonomy, kind, item, options)));
        }
        if let Some(region) = offer.place_region() {
            let name = options.vocabulary.name(CodeKind::Region, region, Lang::En).into_owned();
            self.terms.push(Term { taxonomy: "lotse-place", code: region.to_owned(), name });
        }
        Ok(())
    }

    fn push_ages(&mut self, offer: &Offer, notes: &mut ExportNotes) {
        for (name, age) in [("minimum_age", offer.min_age()), ("maximum_age", offer.max_age())] {
            let Some(age) = age else { continue };
            self.service.push((name, Value::Int(age.into())));
            if NO_LIMIT.contains(&age) {
                notes.add("ages.no_limit", Some("ages"), offer.id());
            }
        }
    }

    fn push_capacity(&mut self, id: &str, capacity: Capacity, options: &ExportOptions, notes: &mut ExportNotes) {
        if !options.with_capacity {
            return notes.add("capacity.left_out", Some("capacity"), id);
        }
        let state = capacity.state().as_str();
        self.terms.push(Term { taxonomy: "lotse-state", code: state.to_owned(), name: state.to_owned() });
        let numbers = [("available", capacity.free()), ("maximum", capacity.total())];
        let mut fields: Fields = vec![("id", format!("{id}/capacity").into())];
        fields.extend(numbers.into_iter().filter_map(|(name, number)| Some((name, Value::Int(number?.into())))));
        fields.extend(capacity.updated().map(|day| ("updated", format!("{day}T00:00:00.000Z").into())));
        if capacity.free().is_none() || capacity.updated().is_none() {
            notes.add("capacity.incomplete", Some("capacity"), id);
        }
        if fields.len() > 1 {
            self.capacity = Some(fields);
        }
    }
}

/// Returns the fields of an organisation, of which HSDS requires a description.
pub(super) fn organisation_fields(name: &str, id: &str) -> Fields {
    vec![("id", id.to_owned().into()), ("name", name.to_owned().into()), ("description", name.to_owned().into())]
}

pub(super) fn unit_fields() -> Fields {
    vec![("id", UNIT.into()), ("name", UNIT.into())]
}

pub(super) fn text(value: &Value<'_>) -> String {
    match value {
        Value::String(text) => text.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Returns the id of an object of an offer.
fn part_id(offer: &Offer, part: &str, index: usize) -> Value<'static> {
    let id = offer.id();
    if index == 0 { format!("{id}/{part}").into() } else { format!("{id}/{part}-{}", index.saturating_add(1)).into() }
}

/// Returns the URN of a region. Codes without an official one, such as `any`, have one of our own.
fn uri_of_region(code: &str) -> String {
    let is_key = code.bytes().all(|byte| byte.is_ascii_digit());
    let mut bytes = code.bytes();
    let has_country = bytes.by_ref().take(2).all(|byte| byte.is_ascii_uppercase());
    let is_nuts = has_country && (2..=5).contains(&code.len()) && bytes.all(|byte| byte.is_ascii_alphanumeric());
    match () {
        () if is_key => format!("urn:ags:{code}"),
        () if is_nuts => format!("urn:nuts:{code}"),
        () => format!("urn:lotse:region:{code}"),
    }
}

fn term(taxonomy: &'static str, kind: CodeKind, item: &Value<'_>, options: &ExportOptions) -> Term {
    let code = text_of_item(item);
    let mut parts = code.split('+');
    let mut names: Vec<Cow<'_, str>> = Vec::new();
    if let Some(first) = parts.next().filter(|first| !first.is_empty()) {
        names.push(if first == ANY { first.into() } else { options.vocabulary.name(kind, first, Lang::En) });
    }
    names.extend(parts.map(|context| options.vocabulary.name(CodeKind::Context, context, Lang::En)));
    let name = names.join(", ");
    Term { taxonomy, name, code }
}

#[cfg(test)]
mod tests {
    use super::uri_of_region;

    #[test]
    fn a_region_has_a_urn() {
        for (code, uri) in [
            ("14713", "urn:ags:14713"),
            ("DED51", "urn:nuts:DED51"),
            ("DE", "urn:nuts:DE"),
            ("any", "urn:lotse:region:any"),
            ("DE-SN", "urn:lotse:region:DE-SN"),
            ("FR-59350", "urn:lotse:region:FR-59350"),
            ("É1", "urn:lotse:region:É1"),
        ] {
            assert_eq!(uri_of_region(code), uri);
        }
    }
}
