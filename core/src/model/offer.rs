use std::sync::Arc;

use serde::{
    Serialize,
    de::{Deserialize, Deserializer, Error as _},
};

use crate::{
    decode::{
        code_kind::CodeKind,
        decoder::Fields,
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorKind, ErrorSink, message},
    model::{
        capacity::Capacity,
        crime_scope::CrimeScope,
        criterion::Criterion,
        enums::{DeliveryFormat, Gender, LanguageMode, MAX_AGE},
        language_tag::LanguageTag,
        location::Location,
        values_or_any::{ANY, ValuesOrAny},
    },
    util::geo::Coordinates,
};

/// The maximal number of regions of an offer. Germany has about 11 000 Gemeinden.
pub(crate) const MAX_AREAS: usize = 20_000;

/// One service of one organisation, with a number of places.
///
/// Only the id is required. An absent field is *unknown*, which is never "no" and never 0. `"any"` states that the offer serves
/// everything.
///
/// # Example: from JSON, or by a builder
///
/// ```
/// use lotse::{LanguageMode, Offer};
/// let json =
///     r#"{"id": "o-3", "languages": ["de", {"tag": "prs", "how": "interpreter"}], "area": ["14612"], "capacity": 3}"#;
/// let offer = Offer::builder("o-3")
///     .language("de")
///     .language_with_mode("prs", LanguageMode::Interpreter)
///     .area("14612")
///     .capacity(3)
///     .build()?;
/// assert_eq!(offer, Offer::from_json(json)?);
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

/// A language of an offer, and the mode in which it is provided.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct OfferedLanguage {
    pub(crate) tag: LanguageTag,
    pub(crate) how: LanguageMode,
}

/// The ages that an offer serves, both ends included. An absent end is open; if both are absent, the ages are unknown.
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

/// The contact data of an offer.
///
/// # Example: a telephone number alone
///
/// ```
/// let offer = lotse::Offer::builder("o-1").phone("0351 000000").build()?;
/// let contact = offer.contact().unwrap();
/// assert_eq!((contact.phone(), contact.email(), contact.url()), (Some("0351 000000"), None, None));
/// # Ok::<(), lotse::Error>(())
/// ```
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
    /// Returns the telephone number, or `None` if it is not stated.
    pub fn phone(&self) -> Option<&str> {
        self.phone.as_deref()
    }

    /// Returns the e-mail address, or `None` if it is not stated.
    pub fn email(&self) -> Option<&str> {
        self.email.as_deref()
    }

    /// Returns the web address as it was stated, or `None` if it is not. Validate it before you show it as a link.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }
}

impl Offer {
    /// The fields in JSON.
    pub(crate) const FIELDS: &'static [&'static str] = &[
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

    /// Decodes an offer from JSON text.
    ///
    /// # Errors
    ///
    /// `json.syntax`, or all errors of the offer, with paths that begin with `offer`.
    ///
    /// # Example: a misspelt field
    ///
    /// ```
    /// use lotse::Offer;
    /// assert_eq!(Offer::from_json(r#"{"id": "o-1", "name": "Opferhilfe"}"#)?.name(), Some("Opferhilfe"));
    /// let error = Offer::from_json(r#"{"id": "o-1", "langages": ["de"]}"#).unwrap_err();
    /// assert_eq!((error.code(), error.hint()), ("offer.unknown_field", Some("did you mean `languages`?")));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_value(&Value::from_json(text)?)
    }

    /// Decodes an offer from JSON-like data.
    ///
    /// # Errors
    ///
    /// All errors of the offer, with paths that begin with `offer`.
    ///
    /// # Example: data of another format
    ///
    /// ```
    /// use lotse::{Offer, wire::Value};
    /// let value = Value::Object(vec![("id".into(), "o-1".into()), ("capacity".into(), Value::Int(3))]);
    /// assert_eq!(Offer::from_value(&value)?, Offer::builder("o-1").capacity(3).build()?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        let mut sink = ErrorSink::default();
        let root = Path::root(Record::Offer);
        let offer = Self::decode(&mut sink, &root.field("offer"), value);
        sink.into_result(offer)
    }

    /// Reads a list of offers: a JSON array, an object `{"offers": […]}`, or one record after another (NDJSON).
    ///
    /// # Errors
    ///
    /// `json.syntax`, or all errors of the offers, with paths such as `offers[3].help`. Codes and ids are not looked up.
    ///
    /// # Example: a list with a name
    ///
    /// ```
    /// use lotse::Offer;
    /// let offers = Offer::list_from_json(r#"{"offers": [{"id": "o-1"}, {"id": "o-2"}]}"#)?;
    /// assert_eq!(offers.len(), 2);
    /// let error = Offer::list_from_json("{\"id\": \"o-1\"}\n{\"id\": 5}\n").unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("offer.type", "offers[1].id"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn list_from_json(text: &str) -> Result<Vec<Self>, Error> {
        Self::list_from_value(&Value::parse_records(text, "offers")?)
    }

    /// Decodes a list of offers from an array.
    ///
    /// # Errors
    ///
    /// As [`list_from_json`](Self::list_from_json), without `json.syntax`.
    ///
    /// # Example: rows of a table
    ///
    /// ```
    /// use lotse::{Offer, wire::Value};
    /// let row = Value::Object(vec![("id".into(), "o-1".into())]);
    /// assert_eq!(Offer::list_from_value(&Value::Array(vec![row]))?[0].id(), "o-1");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn list_from_value(value: &Value<'_>) -> Result<Vec<Self>, Error> {
        let mut sink = ErrorSink::default();
        let root = Path::root(Record::Offer);
        let decode = |sink: &mut ErrorSink, path: &Path<'_>, value: &Value<'_>| Some(Self::decode(sink, path, value));
        let records = sink.decode_items_up_to(usize::MAX, &root.field("offers"), value, decode);
        sink.into_result(records)
    }

    /// Decodes an offer. Fields with errors are absent in the result.
    pub(crate) fn decode(sink: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Self {
        let mut offer = Self::empty();
        if let Some(fields) = sink.fields(path, value, Self::FIELDS) {
            offer.id = sink.id(path, value).into();
            offer.decode_service(sink, path, &fields);
            offer.decode_eligibility(sink, path, &fields);
            offer.decode_access(sink, path, &fields);
        }
        offer
    }

    fn empty() -> Self {
        Self {
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
        }
    }

    fn decode_service(&mut self, sink: &mut ErrorSink, path: &Path<'_>, fields: &Fields<'_>) {
        for (name, field) in [("name", &mut self.name), ("organisation", &mut self.organisation)] {
            *field = fields.get(name).and_then(|value| sink.text(&path.field(name), value)).map(str::to_owned);
        }
        self.help = ValuesOrAny::decode(sink, &path.field("help"), fields.get("help"), code_of_kind(CodeKind::Help));
        if let Some(value) = fields.get("languages") {
            self.languages = sink.decode_items(&path.field("languages"), value, OfferedLanguage::decode);
        }
        if let Some(value) = fields.get("area") {
            let decode = |sink: &mut ErrorSink, path: &Path<'_>, value| sink.short_text(path, value).map(str::to_owned);
            self.area = sink.decode_items_up_to(MAX_AREAS, &path.field("area"), value, decode);
        }
        if let Some(value) = fields.get("place") {
            self.place = Location::decode(sink, &path.field("place"), value);
        }
    }

    fn decode_eligibility(&mut self, sink: &mut ErrorSink, path: &Path<'_>, fields: &Fields<'_>) {
        self.crimes = ValuesOrAny::decode(sink, &path.field("crimes"), fields.get("crimes"), |sink, path, value| {
            let scope = CrimeScope::decode(sink, path, value)?;
            if scope.is_empty() {
                let message = message!("crime.empty_scope");
                sink.push(path.error(ErrorKind::Missing, "crime.empty_scope", message));
                return None;
            }
            Some(scope)
        });
        self.capacity = fields.get("capacity").and_then(|value| Capacity::decode(sink, &path.field("capacity"), value));
        self.roles = ValuesOrAny::decode(sink, &path.field("roles"), fields.get("roles"), code_of_kind(CodeKind::Role));
        self.genders = ValuesOrAny::decode(sink, &path.field("genders"), fields.get("genders"), ErrorSink::string_enum);
        if let Some(value) = fields.get("ages") {
            self.ages = AgeRange::decode(sink, &path.field("ages"), value);
        }
    }

    fn decode_access(&mut self, sink: &mut ErrorSink, path: &Path<'_>, fields: &Fields<'_>) {
        self.formats = ValuesOrAny::decode(sink, &path.field("formats"), fields.get("formats"), ErrorSink::string_enum);
        if let Some(value) = fields.get("access") {
            self.access = sink.decode_items(&path.field("access"), value, code_of_kind(CodeKind::Access));
        }
        if let Some(value) = fields.get("no_access") {
            let access = &self.access;
            let no_access = sink.decode_items(&path.field("no_access"), value, |sink, path, value| {
                let code: Arc<str> = sink.code(path, value, CodeKind::Access).map(Arc::from)?;
                if access.contains(&code) {
                    let message = message!("access.contradiction");
                    sink.push(path.error(ErrorKind::Conflict, "access.contradiction", message));
                }
                Some(code)
            });
            self.no_access = no_access;
        }
        self.contact = fields.get("contact").and_then(|value| Contact::decode(sink, &path.field("contact"), value));
    }

    /// Returns the id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the display name, or `None` if it is not stated.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Returns the name of the organisation, or `None` if it is not stated.
    pub fn organisation(&self) -> Option<&str> {
        self.organisation.as_deref()
    }

    /// Returns the codes of the kinds of help; empty if they are unknown or [any](Self::serves_any).
    pub fn help(&self) -> impl ExactSizeIterator<Item = &str> {
        self.help.values.iter().map(|code| &**code)
    }

    /// Returns the language tags as they were stated, each with its mode.
    pub fn languages(&self) -> impl ExactSizeIterator<Item = (&str, LanguageMode)> {
        self.languages.iter().map(|language| (language.tag.text.as_str(), language.how))
    }

    /// Returns the codes of the regions that are served, as they were stated; empty if they are unknown or
    /// [any](Self::serves_any).
    pub fn area(&self) -> impl Iterator<Item = &str> {
        self.area.iter().map(String::as_str).filter(|code| *code != ANY)
    }

    /// Returns the code of the region in which the offer is, as it was stated, or `None` if it is unknown.
    pub fn place_region(&self) -> Option<&str> {
        self.place.as_ref()?.region.as_deref()
    }

    /// Returns the location of the offer, or `None` if it is unknown.
    pub fn place(&self) -> Option<Coordinates> {
        self.place.as_ref()?.coordinates
    }

    /// Returns the crimes that the offer is for, each as a code that is `None` for any crime, and the codes of contexts; empty if
    /// they are unknown or [any](Self::serves_any).
    pub fn crimes(&self) -> impl ExactSizeIterator<Item = (Option<&str>, impl ExactSizeIterator<Item = &str>)> {
        self.crimes.values.iter().map(|scope| (scope.code.as_deref(), scope.context.iter().map(|code| &**code)))
    }

    /// Returns the codes of the roles that are served; empty if they are unknown or [any](Self::serves_any).
    pub fn roles(&self) -> impl ExactSizeIterator<Item = &str> {
        self.roles.values.iter().map(|code| &**code)
    }

    /// Returns the genders that are served; empty if they are unknown or [any](Self::serves_any).
    pub fn genders(&self) -> &[Gender] {
        &self.genders.values
    }

    /// Returns the lowest age that is served, in years, or `None` if none is stated.
    pub fn min_age(&self) -> Option<u8> {
        self.ages.min
    }

    /// Returns the highest age that is served, in years, or `None` if none is stated.
    pub fn max_age(&self) -> Option<u8> {
        self.ages.max
    }

    /// Returns the formats of the help; empty if they are unknown or [any](Self::serves_any).
    pub fn formats(&self) -> &[DeliveryFormat] {
        &self.formats.values
    }

    /// Returns the codes of the requirements that are met.
    pub fn access(&self) -> impl ExactSizeIterator<Item = &str> {
        self.access.iter().map(|code| &**code)
    }

    /// Returns the codes of the requirements that are not met.
    pub fn no_access(&self) -> impl ExactSizeIterator<Item = &str> {
        self.no_access.iter().map(|code| &**code)
    }

    /// Returns `true` if the offer states `any` for help, crimes, area, roles, genders or formats: the field of the criterion. It may
    /// state other values besides.
    ///
    /// # Example: any role
    ///
    /// ```
    /// use lotse::{Criterion, Offer};
    /// let offer = Offer::builder("o-1").role("any").role("bereaved").help("legal").build()?;
    /// assert!(offer.serves_any(Criterion::Role) && !offer.serves_any(Criterion::Help));
    /// assert!(offer.roles().eq(["bereaved"]));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn serves_any(&self, criterion: Criterion) -> bool {
        match criterion {
            Criterion::Help => self.help.any,
            Criterion::Crime => self.crimes.any,
            Criterion::Region => self.area.iter().any(|code| code == ANY),
            Criterion::Role => self.roles.any,
            Criterion::Gender => self.genders.any,
            Criterion::Format => self.formats.any,
            Criterion::Language | Criterion::Capacity | Criterion::Age | Criterion::Access => false,
        }
    }

    /// Returns the capacity, or `None` if it is not stated.
    pub fn capacity(&self) -> Option<Capacity> {
        self.capacity
    }

    /// Returns the contact data, or `None` if none are stated.
    pub fn contact(&self) -> Option<&Contact> {
        self.contact.as_ref()
    }
}

/// Returns a function that decodes a code of this kind.
fn code_of_kind(kind: CodeKind) -> impl Fn(&mut ErrorSink, &Path<'_>, &Value<'_>) -> Option<Arc<str>> {
    move |sink, path, value| sink.code(path, value, kind).map(Arc::from)
}

impl<'de> Deserialize<'de> for Offer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_value(&Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl OfferedLanguage {
    /// The fields in JSON, of a language that is not the tag alone.
    pub(crate) const FIELDS: &'static [&'static str; 2] = &["tag", "how"];

    fn decode(sink: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Option<Self> {
        let (tag, how) = sink.language_tag::<LanguageMode>(path, value, Self::FIELDS)?;
        Some(Self { tag, how: how.unwrap_or(LanguageMode::Spoken) })
    }
}

impl AgeRange {
    /// The fields in JSON.
    pub(crate) const FIELDS: &'static [&'static str] = &["min", "max"];

    fn decode(sink: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Self {
        let Some(fields) = sink.fields(path, value, Self::FIELDS) else { return Self::default() };
        let mut end =
            |name| fields.get(name).and_then(|value| sink.integer::<u8>(&path.field(name), value, 0..=MAX_AGE));
        let ages = Self { min: end("min"), max: end("max") };
        if let (Some(min), Some(max)) = (ages.min, ages.max) {
            if min > max {
                sink.push(path.error(ErrorKind::Conflict, "ages.reversed", message!("ages.reversed")));
            }
        }
        ages
    }
}

impl Contact {
    /// The fields in JSON.
    pub(crate) const FIELDS: &'static [&'static str] = &["phone", "email", "url"];

    fn decode(sink: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Option<Self> {
        let fields = sink.fields(path, value, Self::FIELDS)?;
        let mut text = |name| fields.get(name).and_then(|value| sink.text(&path.field(name), value)).map(str::to_owned);
        let contact = Self { phone: text("phone"), email: text("email"), url: text("url") };
        let is_known = contact.phone.is_some() || contact.email.is_some() || contact.url.is_some();
        is_known.then_some(contact)
    }
}
