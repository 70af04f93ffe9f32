use std::sync::Arc;

use serde::{
    Serialize,
    de::{Deserialize, Deserializer, Error as _},
};

use crate::{
    decode::{
        code_kind::CodeKind,
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorKind, ErrorSink},
    model::{
        capacity::Capacity,
        crime_scope::CrimeScope,
        enums::{DeliveryFormat, Gender, LanguageMode, MAX_AGE},
        language_tag::LanguageTag,
        location::Location,
        values_or_any::ValuesOrAny,
    },
};

/// Most regions of an area: Germany has about 11 000 Gemeinden.
const MAX_AREAS: usize = 20_000;

/// One service of one organisation, with places.
///
/// Only the id is required; what is left out is *unknown*, which is never "no" and never 0. `"any"` says that everything
/// is served.
///
/// # Example: from JSON, or step by step
///
/// ```
/// use lotse::{LanguageMode, Offer};
/// let written = Offer::from_json(
///     r#"{"id": "o-3", "languages": ["de", {"tag": "prs", "how": "interpreter"}], "area": ["14612"], "capacity": 3}"#,
/// )?;
/// let built = Offer::builder("o-3")
///     .language("de")
///     .language_with_mode("prs", LanguageMode::Interpreter)
///     .area("14612")
///     .capacity(3)
///     .build()?;
/// assert_eq!(written, built);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Offer {
    pub(crate) id: Arc<str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) organisation: Option<String>,
    #[serde(skip_serializing_if = "ValuesOrAny::is_unknown")]
    pub(crate) help: ValuesOrAny<Arc<str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) languages: Vec<OfferedLanguage>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) area: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) place: Option<Location>,
    #[serde(skip_serializing_if = "ValuesOrAny::is_unknown")]
    pub(crate) crimes: ValuesOrAny<CrimeScope>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) capacity: Option<Capacity>,
    #[serde(skip_serializing_if = "ValuesOrAny::is_unknown")]
    pub(crate) roles: ValuesOrAny<Arc<str>>,
    #[serde(skip_serializing_if = "ValuesOrAny::is_unknown")]
    pub(crate) genders: ValuesOrAny<Gender>,
    #[serde(skip_serializing_if = "AgeRange::is_unknown")]
    pub(crate) ages: AgeRange,
    #[serde(skip_serializing_if = "ValuesOrAny::is_unknown")]
    pub(crate) formats: ValuesOrAny<DeliveryFormat>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) access: Vec<Arc<str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) no_access: Vec<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) contact: Option<Contact>,
}

/// A language of an offer: the tag as it was typed, and how it is provided.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct OfferedLanguage {
    pub(crate) tag: LanguageTag,
    pub(crate) how: LanguageMode,
}

/// Ages served, both ends included; a missing end is open, two missing ends are unknown.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub(crate) struct AgeRange {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) min: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max: Option<u8>,
}

impl AgeRange {
    pub(crate) fn is_unknown(&self) -> bool {
        self.min.is_none() && self.max.is_none()
    }
}

/// How to reach an offer.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Contact {
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl Contact {
    /// Telephone number.
    pub fn phone(&self) -> Option<&str> {
        self.phone.as_deref()
    }

    /// E-mail address.
    pub fn email(&self) -> Option<&str> {
        self.email.as_deref()
    }

    /// Web address, as it was given: check it before it becomes a link.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }
}

const FIELDS: &[&str] = &[
    "id",
    "name",
    "organisation",
    "help",
    "languages",
    "area",
    "place",
    "crimes",
    "capacity",
    "roles",
    "genders",
    "ages",
    "formats",
    "access",
    "no_access",
    "contact",
];

impl Offer {
    /// Reads one offer as JSON.
    ///
    /// # Errors
    ///
    /// Every problem of the text, with paths that begin with `offer`.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_value(&Value::from_json(text)?)
    }

    /// Reads an offer from data.
    ///
    /// # Errors
    ///
    /// As [`from_json`](Self::from_json).
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        let mut sink = ErrorSink::default();
        let root = Path::root(Record::Offer);
        let offer = Self::decode(&mut sink, &root.field("offer"), value);
        sink.into_result(offer)
    }

    /// What can be read; where something was wrong, the problem is noted and the field is left out.
    pub(crate) fn decode(sink: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Self {
        let mut offer = Self {
            id: Arc::default(),
            name: None,
            organisation: None,
            help: ValuesOrAny::default(),
            languages: Vec::new(),
            area: Vec::new(),
            place: None,
            crimes: ValuesOrAny::default(),
            capacity: None,
            roles: ValuesOrAny::default(),
            genders: ValuesOrAny::default(),
            ages: AgeRange::default(),
            formats: ValuesOrAny::default(),
            access: Vec::new(),
            no_access: Vec::new(),
            contact: None,
        };
        let Some(fields) = sink.fields(path, value, FIELDS) else { return offer };
        let own =
            |kind| move |sink: &mut ErrorSink, path: &Path<'_>, value| sink.code(path, value, kind).map(Arc::from);
        offer.id = sink.id(path, value).into();
        for (name, field) in [("name", &mut offer.name), ("organisation", &mut offer.organisation)] {
            *field = fields.get(name).and_then(|value| sink.text(&path.field(name), value)).map(str::to_owned);
        }
        offer.help = ValuesOrAny::decode(sink, &path.field("help"), fields.get("help"), own(CodeKind::Help));
        if let Some(value) = fields.get("languages") {
            offer.languages = sink.decode_items(&path.field("languages"), value, OfferedLanguage::read);
        }
        if let Some(value) = fields.get("area") {
            let key = |sink: &mut ErrorSink, path: &Path<'_>, value| sink.short_text(path, value).map(str::to_owned);
            offer.area = sink.decode_items_up_to(MAX_AREAS, &path.field("area"), value, key);
        }
        if let Some(value) = fields.get("place") {
            offer.place = Location::decode(sink, &path.field("place"), value);
        }
        offer.crimes = ValuesOrAny::decode(sink, &path.field("crimes"), fields.get("crimes"), |sink, path, value| {
            let scope = CrimeScope::decode(sink, path, value)?;
            if scope.is_empty() {
                let message = "a scope without code and context";
                sink.push(path.error(ErrorKind::Missing, "crime.empty_scope", message));
                return None;
            }
            Some(scope)
        });
        offer.capacity =
            fields.get("capacity").and_then(|value| Capacity::decode(sink, &path.field("capacity"), value));
        offer.roles = ValuesOrAny::decode(sink, &path.field("roles"), fields.get("roles"), own(CodeKind::Role));
        offer.genders =
            ValuesOrAny::decode(sink, &path.field("genders"), fields.get("genders"), ErrorSink::string_enum);
        if let Some(value) = fields.get("ages") {
            offer.ages = AgeRange::read(sink, &path.field("ages"), value);
        }
        offer.formats =
            ValuesOrAny::decode(sink, &path.field("formats"), fields.get("formats"), ErrorSink::string_enum);
        if let Some(value) = fields.get("access") {
            offer.access = sink.decode_items(&path.field("access"), value, own(CodeKind::Access));
        }
        if let Some(value) = fields.get("no_access") {
            let offered = &offer.access;
            let no_access = sink.decode_items(&path.field("no_access"), value, |sink, path, value| {
                let code: Arc<str> = own(CodeKind::Access)(sink, path, value)?;
                if offered.contains(&code) {
                    let message = "this stands in `access` too";
                    sink.push(path.error(ErrorKind::Conflict, "access.contradiction", message));
                }
                Some(code)
            });
            offer.no_access = no_access;
        }
        offer.contact = fields.get("contact").and_then(|value| Contact::read(sink, &path.field("contact"), value));
        offer
    }

    /// The id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name to show.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Who provides it.
    pub fn organisation(&self) -> Option<&str> {
        self.organisation.as_deref()
    }

    /// Its places, if anything is known of them.
    pub fn capacity(&self) -> Option<Capacity> {
        self.capacity
    }

    /// How to reach it.
    pub fn contact(&self) -> Option<&Contact> {
        self.contact.as_ref()
    }
}

impl<'de> Deserialize<'de> for Offer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_value(&Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl OfferedLanguage {
    fn read(sink: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Option<Self> {
        let (tag, how) = sink.language_tag::<LanguageMode>(path, value, &["tag", "how"])?;
        Some(Self { tag, how: how.unwrap_or(LanguageMode::Spoken) })
    }
}

impl AgeRange {
    fn read(sink: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Self {
        let Some(fields) = sink.fields(path, value, &["min", "max"]) else { return Self::default() };
        let mut end =
            |name| fields.get(name).and_then(|value| sink.integer::<u8>(&path.field(name), value, 0..=MAX_AGE));
        let ages = Self { min: end("min"), max: end("max") };
        if let (Some(min), Some(max)) = (ages.min, ages.max) {
            if min > max {
                sink.push(path.error(ErrorKind::Conflict, "ages.reversed", "min is above max"));
            }
        }
        ages
    }
}

impl Contact {
    fn read(sink: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Option<Self> {
        let fields = sink.fields(path, value, &["phone", "email", "url"])?;
        let mut text = |name| fields.get(name).and_then(|value| sink.text(&path.field(name), value)).map(str::to_owned);
        let contact = Self { phone: text("phone"), email: text("email"), url: text("url") };
        let known = contact.phone.is_some() || contact.email.is_some() || contact.url.is_some();
        known.then_some(contact)
    }
}
