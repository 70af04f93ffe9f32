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
        enums::{DeliveryFormat, Gender, LanguageMode, MOST_AGE},
        language_tag::Tag,
        location::Place,
        served::Served,
    },
};

/// Most regions of an area: Germany has about 11 000 Gemeinden.
const MOST_AREAS: usize = 20_000;

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
    #[serde(skip_serializing_if = "Served::is_unknown")]
    pub(crate) help: Served<Arc<str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) languages: Vec<Provided>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) area: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) place: Option<Place>,
    #[serde(skip_serializing_if = "Served::is_unknown")]
    pub(crate) crimes: Served<CrimeScope>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) capacity: Option<Capacity>,
    #[serde(skip_serializing_if = "Served::is_unknown")]
    pub(crate) roles: Served<Arc<str>>,
    #[serde(skip_serializing_if = "Served::is_unknown")]
    pub(crate) genders: Served<Gender>,
    #[serde(skip_serializing_if = "Ages::is_unknown")]
    pub(crate) ages: Ages,
    #[serde(skip_serializing_if = "Served::is_unknown")]
    pub(crate) formats: Served<DeliveryFormat>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) access: Vec<Arc<str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) no_access: Vec<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) contact: Option<Contact>,
}

/// A language of an offer: the tag as it was typed, and how it is provided.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct Provided {
    pub(crate) tag: Tag,
    pub(crate) how: LanguageMode,
}

/// Ages served, both ends included; a missing end is open, two missing ends are unknown.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub(crate) struct Ages {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) min: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max: Option<u8>,
}

impl Ages {
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
    pub fn from_value(tree: &Value) -> Result<Self, Error> {
        let mut problems = ErrorSink::default();
        let root = Path::root(Record::Offer);
        let offer = Self::read(&mut problems, &root.field("offer"), tree);
        problems.into_result(offer)
    }

    /// What can be read; where something was wrong, the problem is noted and the field is left out.
    pub(crate) fn read(problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) -> Self {
        let mut offer = Self {
            id: Arc::default(),
            name: None,
            organisation: None,
            help: Served::default(),
            languages: Vec::new(),
            area: Vec::new(),
            place: None,
            crimes: Served::default(),
            capacity: None,
            roles: Served::default(),
            genders: Served::default(),
            ages: Ages::default(),
            formats: Served::default(),
            access: Vec::new(),
            no_access: Vec::new(),
            contact: None,
        };
        let Some(fields) = problems.fields(at, tree, FIELDS) else { return offer };
        let own =
            |kind| move |problems: &mut ErrorSink, at: &Path<'_>, tree| problems.code(at, tree, kind).map(Arc::from);
        offer.id = problems.id(at, tree).into();
        for (name, field) in [("name", &mut offer.name), ("organisation", &mut offer.organisation)] {
            *field = fields.get(name).and_then(|tree| problems.text(&at.field(name), tree)).map(str::to_owned);
        }
        offer.help = Served::read(problems, &at.field("help"), fields.get("help"), own(CodeKind::Help));
        if let Some(tree) = fields.get("languages") {
            offer.languages = problems.each(&at.field("languages"), tree, Provided::read);
        }
        if let Some(tree) = fields.get("area") {
            let key = |problems: &mut ErrorSink, at: &Path<'_>, tree| problems.short_text(at, tree).map(str::to_owned);
            offer.area = problems.each_up_to(MOST_AREAS, &at.field("area"), tree, key);
        }
        if let Some(tree) = fields.get("place") {
            offer.place = Place::read(problems, &at.field("place"), tree);
        }
        offer.crimes = Served::read(problems, &at.field("crimes"), fields.get("crimes"), |problems, at, tree| {
            let scope = CrimeScope::read(problems, at, tree)?;
            if scope.is_empty() {
                let message = "a scope without code and context";
                problems.push(at.error(ErrorKind::Missing, "crime.empty_scope", message));
                return None;
            }
            Some(scope)
        });
        offer.capacity = fields.get("capacity").and_then(|tree| Capacity::read(problems, &at.field("capacity"), tree));
        offer.roles = Served::read(problems, &at.field("roles"), fields.get("roles"), own(CodeKind::Role));
        offer.genders = Served::read(problems, &at.field("genders"), fields.get("genders"), ErrorSink::string_enum);
        if let Some(tree) = fields.get("ages") {
            offer.ages = Ages::read(problems, &at.field("ages"), tree);
        }
        offer.formats = Served::read(problems, &at.field("formats"), fields.get("formats"), ErrorSink::string_enum);
        if let Some(tree) = fields.get("access") {
            offer.access = problems.each(&at.field("access"), tree, own(CodeKind::Access));
        }
        if let Some(tree) = fields.get("no_access") {
            let offered = &offer.access;
            let no_access = problems.each(&at.field("no_access"), tree, |problems, at, tree| {
                let code: Arc<str> = own(CodeKind::Access)(problems, at, tree)?;
                if offered.contains(&code) {
                    let message = "this stands in `access` too";
                    problems.push(at.error(ErrorKind::Conflict, "access.contradiction", message));
                }
                Some(code)
            });
            offer.no_access = no_access;
        }
        offer.contact = fields.get("contact").and_then(|tree| Contact::read(problems, &at.field("contact"), tree));
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

impl Provided {
    fn read(problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) -> Option<Self> {
        let (tag, how) = problems.tagged::<LanguageMode>(at, tree, &["tag", "how"])?;
        Some(Self { tag, how: how.unwrap_or(LanguageMode::Spoken) })
    }
}

impl Ages {
    fn read(problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) -> Self {
        let Some(fields) = problems.fields(at, tree, &["min", "max"]) else { return Self::default() };
        let mut end =
            |name| fields.get(name).and_then(|tree| problems.integer::<u8>(&at.field(name), tree, 0..=MOST_AGE));
        let ages = Self { min: end("min"), max: end("max") };
        if let (Some(min), Some(max)) = (ages.min, ages.max) {
            if min > max {
                problems.push(at.error(ErrorKind::Conflict, "ages.reversed", "min is above max"));
            }
        }
        ages
    }
}

impl Contact {
    fn read(problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) -> Option<Self> {
        let fields = problems.fields(at, tree, &["phone", "email", "url"])?;
        let mut text = |name| fields.get(name).and_then(|tree| problems.text(&at.field(name), tree)).map(str::to_owned);
        let contact = Self { phone: text("phone"), email: text("email"), url: text("url") };
        let known = contact.phone.is_some() || contact.email.is_some() || contact.url.is_some();
        known.then_some(contact)
    }
}
