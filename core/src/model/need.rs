use std::{fmt, sync::Arc};

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
        crime_scope::CrimeScope,
        enums::{DeliveryFormat, Gender, LanguageLevel, MAX_AGE, Priority},
        language_tag::LanguageTag,
        rules::PartialRules,
    },
    util::geo::Coordinates,
};

/// Most people in one party.
const MAX_PEOPLE: i64 = 100_000;

/// One request for one kind of help by one person, or one party that stays together.
///
/// Only the id is required; what is left out is *not asked*, and does not count. There is no field for a name, a birth
/// date or an address, and `Debug` shows the id only.
///
/// # Example: from JSON, or step by step
///
/// ```
/// use lotse::{LanguageLevel, Need};
/// let written = Need::from_json(
///     r#"{"id": "n-17", "help": "legal.first_advice", "languages": ["prs", {"tag": "de", "level": "A2"}]}"#,
/// )?;
/// let built =
///     Need::builder("n-17").help("legal.first_advice").language("prs").language_with_level("de", LanguageLevel::A2).build()?;
/// assert_eq!(written, built);
/// assert_eq!(format!("{built:?}"), r#"Need { id: "n-17", .. }"#);
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

/// A language of a need: the tag as it was typed, and how well the person speaks it, where that is told.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct SpokenLanguage {
    pub(crate) tag: LanguageTag,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) level: Option<LanguageLevel>,
}

const FIELDS: &[&str] = &[
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

impl Need {
    /// Reads one need as JSON.
    ///
    /// # Errors
    ///
    /// Every problem of the text, with paths that begin with `need`; never a value of it.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_value(&Value::from_json(text)?)
    }

    /// Reads a need from data.
    ///
    /// # Errors
    ///
    /// As [`from_json`](Self::from_json).
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        let mut sink = ErrorSink::default();
        let root = Path::root(Record::Need);
        let need = Self::decode(&mut sink, &root.field("need"), value);
        sink.into_result(need)
    }

    /// What can be read; where something was wrong, the problem is noted and the field is left out.
    pub(crate) fn decode(sink: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Self {
        let mut need = Self {
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
        };
        let Some(fields) = sink.fields(path, value, FIELDS) else { return need };
        need.id = sink.id(path, value);
        let own = |value: &str| value.to_owned();
        for (name, field) in [("case", &mut need.case), ("group", &mut need.group)] {
            *field = fields.get(name).and_then(|value| sink.short_text(&path.field(name), value)).map(own);
        }
        if let Some(value) = fields.get("people") {
            need.people = sink.integer(&path.field("people"), value, 1..=MAX_PEOPLE).unwrap_or(1);
        }
        if let Some(value) = fields.get("priority") {
            need.priority = sink.string_enum(&path.field("priority"), value).unwrap_or(Priority::Routine);
        }
        need.help =
            fields.get("help").and_then(|value| sink.code(&path.field("help"), value, CodeKind::Help)).map(Arc::from);
        if let Some(value) = fields.get("languages") {
            need.languages = sink.decode_items(&path.field("languages"), value, SpokenLanguage::read);
        }
        if let Some(value) = fields.get("region") {
            let path = path.field("region");
            need.region = sink.short_text(&path, value).filter(|code| !sink.reject_any(&path, code)).map(own);
        }
        if let Some(value) = fields.get("place") {
            let path = path.field("place");
            let place = sink.fields(&path, value, &["lat", "lon"]);
            need.place = place.and_then(|fields| Coordinates::decode(sink, &path, &fields));
            if fields.get("region").is_none() {
                let message = "a place without a region";
                sink.push(path.error(ErrorKind::Missing, "place.without_region", message));
            }
        }
        if let Some(value) = fields.get("crime") {
            let scope = CrimeScope::decode(sink, &path.field("crime"), value);
            need.crime = scope.filter(|scope| !scope.is_empty());
        }
        let lists = [("roles", CodeKind::Role, &mut need.roles), ("access", CodeKind::Access, &mut need.access)];
        for (name, kind, codes) in lists {
            if let Some(value) = fields.get(name) {
                let code = |sink: &mut ErrorSink, path: &Path<'_>, value| sink.code(path, value, kind).map(Arc::from);
                *codes = sink.decode_items(&path.field(name), value, code);
            }
        }
        need.gender = fields.get("gender").and_then(|value| sink.string_enum(&path.field("gender"), value));
        let age = 0..=MAX_AGE;
        need.age = fields.get("age").and_then(|value| sink.integer(&path.field("age"), value, age));
        if let Some(value) = fields.get("formats") {
            need.formats = sink.decode_items(&path.field("formats"), value, ErrorSink::string_enum);
        }
        if let Some(value) = fields.get("rules") {
            need.rules = PartialRules::decode(sink, &path.field("rules"), value);
        }
        need
    }

    /// The id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The case that ties several needs of one person, if one is given.
    pub fn case(&self) -> Option<&str> {
        self.case.as_deref()
    }

    /// The group whose needs must go to the same offer, if one is given.
    pub fn group(&self) -> Option<&str> {
        self.group.as_deref()
    }

    /// How many people it is for; at least 1.
    pub fn people(&self) -> u32 {
        self.people
    }

    /// How soon it must be met.
    pub fn priority(&self) -> Priority {
        self.priority
    }

    /// The kind of help, if one is asked for.
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// The languages as they were typed, the first one first, with their levels where told.
    pub fn languages(&self) -> impl ExactSizeIterator<Item = (&str, Option<LanguageLevel>)> {
        self.languages.iter().map(|spoken| (spoken.tag.text.as_str(), spoken.level))
    }

    /// The key of the region as it was typed, if one is given.
    pub fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }
}

impl fmt::Debug for Need {
    /// The id only: what a need says is nobody's business in a log.
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
    fn read(sink: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Option<Self> {
        let (tag, level) = sink.language_tag::<LanguageLevel>(path, value, &["tag", "level"])?;
        Some(Self { tag, level })
    }
}
