use std::{fmt, sync::Arc};

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
        crime_scope::CrimeScope,
        criterion::Criterion,
        enums::{DeliveryFormat, Gender, LanguageLevel, MAX_AGE, Priority},
        language_tag::LanguageTag,
        rules::{PartialRule, PartialRules},
    },
    util::geo::Coordinates,
};

/// The maximal number of people of one need.
pub(crate) const MAX_PEOPLE: i64 = 100_000;

/// A request for one kind of help by one person, or by a party of people who stay together.
///
/// Only the id is required. An absent field is *not requested* and has no weight. There is no field for a name, a birth date or an
/// address, and `Debug` shows only the id.
///
/// # Example: from JSON, or by a builder
///
/// ```
/// use lotse::{LanguageLevel, Need};
/// let json = r#"{"id": "n-17", "help": "legal.first_advice", "languages": ["prs", {"tag": "de", "level": "A2"}]}"#;
/// let need = Need::builder("n-17")
///     .help("legal.first_advice")
///     .language("prs")
///     .language_with_level("de", LanguageLevel::A2)
///     .build()?;
/// assert_eq!(need, Need::from_json(json)?);
/// assert_eq!(format!("{need:?}"), r#"Need { id: "n-17", .. }"#);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Eq, PartialEq, Serialize)]
pub struct Need {
    pub(crate) id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) case: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) group: Option<String>,
    pub(crate) people: u32,
    pub(crate) priority: Priority,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) help: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) languages: Vec<SpokenLanguage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) place: Option<Coordinates>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) crime: Option<CrimeScope>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) roles: Vec<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) gender: Option<Gender>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) age: Option<u8>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) formats: Vec<DeliveryFormat>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) access: Vec<Arc<str>>,
    #[serde(skip_serializing_if = "PartialRules::is_empty")]
    pub(crate) rules: PartialRules,
}

/// A language of a need, and the level of the person if it is stated.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct SpokenLanguage {
    pub(crate) tag: LanguageTag,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) level: Option<LanguageLevel>,
}

impl Need {
    /// The fields in JSON.
    pub(crate) const FIELDS: &'static [&'static str] = &[
        "id",
        "case",
        "group",
        "people",
        "priority",
        "help",
        "languages",
        "region",
        "place",
        "crime",
        "roles",
        "gender",
        "age",
        "formats",
        "access",
        "rules",
    ];

    /// Decodes a need from JSON text.
    ///
    /// # Errors
    ///
    /// `json.syntax`, or all errors of the need, with paths that begin with `need`. They repeat no value.
    ///
    /// # Example: an error has the path, not the value
    ///
    /// ```
    /// use lotse::Need;
    /// assert_eq!(Need::from_json(r#"{"id": "n-1", "people": 2}"#)?.people(), 2);
    /// let error = Need::from_json(r#"{"id": "n-1", "age": "thirty"}"#).unwrap_err();
    /// assert_eq!(error.to_string(), "need.age: expected a whole number [need.type]");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_value(&Value::from_json(text)?)
    }

    /// Decodes a need from JSON-like data.
    ///
    /// # Errors
    ///
    /// All errors of the need, with paths that begin with `need`. They repeat no value.
    ///
    /// # Example: data of another format
    ///
    /// ```
    /// use lotse::{Need, wire::Value};
    /// let value = Value::Object(vec![("id".into(), "n-1".into()), ("help".into(), "legal".into())]);
    /// assert_eq!(Need::from_value(&value)?, Need::builder("n-1").help("legal").build()?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        let mut sink = ErrorSink::default();
        let root = Path::root(Record::Need);
        let need = Self::decode(&mut sink, &root.field("need"), value);
        sink.into_result(need)
    }

    /// Reads a list of needs: a JSON array, an object `{"needs": […]}`, or one record after another (NDJSON).
    ///
    /// # Errors
    ///
    /// `json.syntax`, or all errors of the needs, with paths such as `needs[3].help`. Codes and ids are not looked up.
    ///
    /// # Example: one record a line
    ///
    /// ```
    /// use lotse::Need;
    /// let needs = Need::list_from_json("{\"id\": \"n-1\"}\n{\"id\": \"n-2\"}\n")?;
    /// assert_eq!(needs.len(), 2);
    /// let error = Need::list_from_json(r#"[{"id": "n-1", "age": "thirty"}]"#).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("need.type", "needs[0].age"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn list_from_json(text: &str) -> Result<Vec<Self>, Error> {
        Self::list_from_value(&Value::parse_records(text, "needs")?)
    }

    /// Decodes a list of needs from an array.
    ///
    /// # Errors
    ///
    /// As [`list_from_json`](Self::list_from_json), without `json.syntax`.
    ///
    /// # Example: rows of a table
    ///
    /// ```
    /// use lotse::{Need, wire::Value};
    /// let row = Value::Object(vec![("id".into(), "n-1".into())]);
    /// assert_eq!(Need::list_from_value(&Value::Array(vec![row]))?[0].id(), "n-1");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn list_from_value(value: &Value<'_>) -> Result<Vec<Self>, Error> {
        let mut sink = ErrorSink::default();
        let root = Path::root(Record::Need);
        let decode = |sink: &mut ErrorSink, path: &Path<'_>, value: &Value<'_>| Some(Self::decode(sink, path, value));
        let records = sink.decode_items_up_to(usize::MAX, &root.field("needs"), value, decode);
        sink.into_result(records)
    }

    /// Decodes a need. Fields with errors are absent in the result.
    pub(crate) fn decode(sink: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Self {
        let mut need = Self::empty();
        if let Some(fields) = sink.fields(path, value, Self::FIELDS) {
            need.id = sink.id(path, value);
            need.decode_party(sink, path, &fields);
            need.decode_request(sink, path, &fields);
            need.decode_person(sink, path, &fields);
        }
        need
    }

    fn empty() -> Self {
        Self {
            id: String::new(),
            case: None,
            group: None,
            people: 1,
            priority: Priority::Routine,
            help: None,
            languages: Vec::new(),
            region: None,
            place: None,
            crime: None,
            roles: Vec::new(),
            gender: None,
            age: None,
            formats: Vec::new(),
            access: Vec::new(),
            rules: PartialRules::default(),
        }
    }

    fn decode_party(&mut self, sink: &mut ErrorSink, path: &Path<'_>, fields: &Fields<'_>) {
        for (name, field) in [("case", &mut self.case), ("group", &mut self.group)] {
            *field = fields.get(name).and_then(|value| sink.short_text(&path.field(name), value)).map(str::to_owned);
        }
        if let Some(value) = fields.get("people") {
            self.people = sink.integer(&path.field("people"), value, 1..=MAX_PEOPLE).unwrap_or(1);
        }
        if let Some(value) = fields.get("priority") {
            self.priority = sink.string_enum(&path.field("priority"), value).unwrap_or(Priority::Routine);
        }
    }

    fn decode_request(&mut self, sink: &mut ErrorSink, path: &Path<'_>, fields: &Fields<'_>) {
        self.help =
            fields.get("help").and_then(|value| sink.code(&path.field("help"), value, CodeKind::Help)).map(Arc::from);
        if let Some(value) = fields.get("languages") {
            self.languages = sink.decode_items(&path.field("languages"), value, SpokenLanguage::decode);
        }
        if let Some(value) = fields.get("region") {
            let path = path.field("region");
            let code = sink.short_text(&path, value).filter(|code| !sink.reject_any(&path, code));
            self.region = code.map(str::to_owned);
        }
        if let Some(value) = fields.get("place") {
            let path = path.field("place");
            let place = sink.fields(&path, value, Coordinates::FIELDS);
            self.place = place.and_then(|fields| Coordinates::decode(sink, &path, &fields));
            if fields.get("region").is_none() {
                let message = message!("place.without_region");
                sink.push(path.error(ErrorKind::Missing, "place.without_region", message));
            }
        }
        if let Some(value) = fields.get("crime") {
            let scope = CrimeScope::decode(sink, &path.field("crime"), value);
            self.crime = scope.filter(|scope| !scope.is_empty());
        }
    }

    fn decode_person(&mut self, sink: &mut ErrorSink, path: &Path<'_>, fields: &Fields<'_>) {
        let lists = [("roles", CodeKind::Role, &mut self.roles), ("access", CodeKind::Access, &mut self.access)];
        for (name, kind, codes) in lists {
            if let Some(value) = fields.get(name) {
                let decode = |sink: &mut ErrorSink, path: &Path<'_>, value| sink.code(path, value, kind).map(Arc::from);
                *codes = sink.decode_items(&path.field(name), value, decode);
            }
        }
        self.gender = fields.get("gender").and_then(|value| sink.string_enum(&path.field("gender"), value));
        self.age = fields.get("age").and_then(|value| sink.integer(&path.field("age"), value, 0..=MAX_AGE));
        if let Some(value) = fields.get("formats") {
            self.formats = sink.decode_items(&path.field("formats"), value, ErrorSink::string_enum);
        }
        if let Some(value) = fields.get("rules") {
            self.rules = PartialRules::decode(sink, &path.field("rules"), value);
        }
    }

    /// Returns the id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the case, which connects the needs of one person, or `None` if it is not stated.
    pub fn case(&self) -> Option<&str> {
        self.case.as_deref()
    }

    /// Returns the group, all needs of which go to the same offer, or `None` if it is not stated.
    pub fn group(&self) -> Option<&str> {
        self.group.as_deref()
    }

    /// Returns the number of people, 1 to 100 000.
    pub fn people(&self) -> u32 {
        self.people
    }

    /// Returns the priority.
    pub fn priority(&self) -> Priority {
        self.priority
    }

    /// Returns the code of the kind of help, or `None` if it is not requested.
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// Returns the language tags as they were stated, the person's best language first, with levels that are `None` if not stated.
    pub fn languages(&self) -> impl ExactSizeIterator<Item = (&str, Option<LanguageLevel>)> {
        self.languages.iter().map(|language| (language.tag.text.as_str(), language.level))
    }

    /// Returns the code of the region as it was stated, or `None` if it is not.
    pub fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    /// Returns the location, or `None` if it is not stated.
    pub fn place(&self) -> Option<Coordinates> {
        self.place
    }

    /// Returns the code of the crime, or `None` if it is not stated.
    pub fn crime(&self) -> Option<&str> {
        self.crime.as_ref()?.code.as_deref()
    }

    /// Returns the codes of the contexts of the crime.
    pub fn crime_context(&self) -> impl ExactSizeIterator<Item = &str> {
        self.crime.as_ref().map_or(&[][..], |crime| &crime.context).iter().map(|code| &**code)
    }

    /// Returns the codes of the roles of the person.
    pub fn roles(&self) -> impl ExactSizeIterator<Item = &str> {
        self.roles.iter().map(|code| &**code)
    }

    /// Returns the gender, or `None` if it is not stated.
    pub fn gender(&self) -> Option<Gender> {
        self.gender
    }

    /// Returns the age in years, or `None` if it is not stated.
    pub fn age(&self) -> Option<u8> {
        self.age
    }

    /// Returns the formats, one of which is enough; empty if none is requested.
    pub fn formats(&self) -> &[DeliveryFormat] {
        &self.formats
    }

    /// Returns the codes of what the person requires to use an offer.
    pub fn access(&self) -> impl ExactSizeIterator<Item = &str> {
        self.access.iter().map(|code| &**code)
    }

    /// Returns the rule of a criterion, or `None` if the need states none. The parts that it lacks are those of the policy.
    ///
    /// # Example: a preference
    ///
    /// ```
    /// use lotse::{Criterion, Need, Rule};
    /// let need = Need::builder("n-1").region("14612").rule(Criterion::Region, Rule::Prefer).build()?;
    /// assert_eq!(need.rule(Criterion::Region).and_then(|rule| rule.rule()), Some(Rule::Prefer));
    /// assert_eq!(need.rule(Criterion::Age), None);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn rule(&self, criterion: Criterion) -> Option<PartialRule> {
        *self.rules.0.get(criterion)
    }
}

impl fmt::Debug for Need {
    /// Shows only the id, so that no log repeats a value of a need.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Need").field("id", &self.id).finish_non_exhaustive()
    }
}

impl<'de> Deserialize<'de> for Need {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_value(&Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl SpokenLanguage {
    /// The fields in JSON, of a language that is not the tag alone.
    pub(crate) const FIELDS: &'static [&'static str; 2] = &["tag", "level"];

    fn decode(sink: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Option<Self> {
        let (tag, level) = sink.language_tag::<LanguageLevel>(path, value, Self::FIELDS)?;
        Some(Self { tag, level })
    }
}
