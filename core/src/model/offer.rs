use std::sync::Arc;

use serde::{
    Serialize, Serializer,
    de::{Deserialize, Deserializer, Error as _},
};

use crate::{
    decode::{
        decoder::{Path, Record},
        value::{Draft, Value},
    },
    error::{Error, ErrorKind, ErrorSink},
    model::{
        crime_scope::CrimeScope,
        enums::{CapacityState, CodeKind, DeliveryFormat, Gender, LanguageMode, MOST_AGE},
        language_tag::Tag,
    },
    util::{date::Date, geo::Coordinates},
};

/// Most regions of an area: Germany has about 11 000 Gemeinden.
const MOST_AREAS: usize = 20_000;
/// Most places of an offer.
const MOST_PLACES: u32 = 1_000_000_000;

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

/// The values that an offer serves, with or without `any`. Nothing at all is unknown.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Served<T> {
    pub(crate) any: bool,
    pub(crate) values: Vec<T>,
}

impl<T> Default for Served<T> {
    fn default() -> Self {
        Self { any: false, values: Vec::new() }
    }
}

impl<T> Served<T> {
    pub(crate) fn is_unknown(&self) -> bool {
        !self.any && self.values.is_empty()
    }

    fn read<'t>(
        problems: &mut ErrorSink,
        at: &Path<'_>,
        tree: Option<&'t Value<'t>>,
        mut read: impl FnMut(&mut ErrorSink, &Path<'_>, &'t Value<'t>) -> Option<T>,
    ) -> Self {
        let mut served = Self::default();
        if let Some(tree) = tree {
            let any = &mut served.any;
            let values = problems.each(at, tree, |problems, at, tree| match tree {
                Value::String(text) if text == "any" => {
                    *any = true;
                    None
                }
                _ => read(problems, at, tree),
            });
            served.values = values;
        }
        served
    }
}

impl<T: Serialize> Serialize for Served<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(untagged)]
        enum Item<'a, T> {
            Any(&'static str),
            Value(&'a T),
        }
        let any = self.any.then_some(Item::Any("any"));
        serializer.collect_seq(any.into_iter().chain(self.values.iter().map(Item::Value)))
    }
}

/// A language of an offer: the tag as it was typed, and how it is provided.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct Provided {
    pub(crate) tag: Tag,
    pub(crate) how: LanguageMode,
}

/// Where an offer is.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) region: Option<String>,
    #[serde(flatten)]
    pub(crate) coordinates: Option<Coordinates>,
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

/// The places of an offer: their state, their number if it is known, and the day on which that was known.
///
/// A number of free places, or a state, converts into a capacity.
///
/// # Example: a number of free places, or a state
///
/// ```
/// use lotse::{Capacity, CapacityState};
/// let open = Capacity::open(3).with_total(10);
/// assert_eq!((open.free(), open.total(), open.state()), (Some(3), Some(10), CapacityState::Open));
/// assert_eq!(Capacity::from(3), Capacity::open(3));
///
/// let full = Capacity::new(CapacityState::Full).with_updated("2026-11-20".parse()?);
/// assert_eq!((full.free(), full.updated()), (None, Some("2026-11-20".parse()?)));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct Capacity {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) free: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) total: Option<u32>,
    pub(crate) state: CapacityState,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) updated: Option<Date>,
}

impl Capacity {
    /// Creates a capacity in this state, without a number of places.
    ///
    /// # Example: a hotline
    ///
    /// ```
    /// use lotse::{Capacity, CapacityState};
    /// let capacity = Capacity::new(CapacityState::Unlimited);
    /// assert_eq!((capacity.state(), capacity.free()), (CapacityState::Unlimited, None));
    /// ```
    pub fn new(state: CapacityState) -> Self {
        Self { free: None, total: None, state, updated: None }
    }

    /// Creates an open capacity with this number of free places. More than 1 000 000 000 count as that number.
    ///
    /// # Example: three free places
    ///
    /// ```
    /// use lotse::{Capacity, CapacityState};
    /// let capacity = Capacity::open(3);
    /// assert_eq!((capacity.state(), capacity.free()), (CapacityState::Open, Some(3)));
    /// ```
    pub fn open(free: u32) -> Self {
        Self { free: Some(free.min(MOST_PLACES)), ..Self::new(CapacityState::Open) }
    }

    /// Sets the state.
    ///
    /// # Example: free places after an interview
    ///
    /// ```
    /// use lotse::{Capacity, CapacityState};
    /// let capacity = Capacity::open(3).with_state(CapacityState::Assessment);
    /// assert_eq!((capacity.state(), capacity.free()), (CapacityState::Assessment, Some(3)));
    /// ```
    pub fn with_state(self, state: CapacityState) -> Self {
        Self { state, ..self }
    }

    /// Sets the number of all places, taken or free, which is informative: it affects no result. More than
    /// 1 000 000 000 count as that number.
    ///
    /// # Example: three of ten places are free
    ///
    /// ```
    /// assert_eq!(lotse::Capacity::open(3).with_total(10).total(), Some(10));
    /// ```
    pub fn with_total(self, total: u32) -> Self {
        Self { total: Some(total.min(MOST_PLACES)), ..self }
    }

    /// Sets the day on which the capacity was known.
    ///
    /// # Example: a capacity of last week
    ///
    /// ```
    /// let day: lotse::Date = "2026-11-20".parse()?;
    /// assert_eq!(lotse::Capacity::open(3).with_updated(day).updated(), Some(day));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn with_updated(self, day: Date) -> Self {
        Self { updated: Some(day), ..self }
    }

    /// Returns the number of free places, or `None` if it is not stated.
    pub fn free(self) -> Option<u32> {
        self.free
    }

    /// Returns the number of all places, or `None` if it is not stated.
    pub fn total(self) -> Option<u32> {
        self.total
    }

    /// Returns the state.
    pub fn state(self) -> CapacityState {
        self.state
    }

    /// Returns the day on which the capacity was known, or `None` if it is not stated.
    pub fn updated(self) -> Option<Date> {
        self.updated
    }

    /// Decodes a capacity: a number of free places, or an object as in an offer.
    ///
    /// # Errors
    ///
    /// All errors of the data, with paths that begin with `offer.capacity`; `offer.missing_field` if it is null or empty.
    ///
    /// # Example: a number is enough
    ///
    /// ```
    /// use lotse::{Capacity, wire::Value};
    /// assert_eq!(Capacity::from_value(&Value::Int(3))?, Capacity::open(3));
    /// let error = Capacity::from_value(&Value::Null).unwrap_err();
    /// assert_eq!((error.code(), error.path(), error.errors().len()), ("offer.missing_field", "offer.capacity", 1));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(tree: &Value) -> Result<Self, Error> {
        let mut problems = ErrorSink::default();
        let root = Path::root(Record::Offer);
        let (offer, nothing) = (root.field("offer"), Self::new(CapacityState::Open));
        let at = offer.field("capacity");
        let capacity = if tree.is_absent() {
            problems.missing(&at);
            None
        } else {
            Self::read(&mut problems, &at, tree)
        };
        problems.into_result(capacity.unwrap_or(nothing))
    }

    fn read(problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) -> Option<Self> {
        if !matches!(tree, Value::Object(_)) {
            let free = problems.integer(at, tree, 0..=i64::from(MOST_PLACES))?;
            return Some(Self::open(free));
        }
        let fields = problems.fields(at, tree, &["free", "total", "state", "updated"])?;
        let mut places = |name| {
            fields.get(name).and_then(|tree| problems.integer(&at.field(name), tree, 0..=i64::from(MOST_PLACES)))
        };
        let (free, total) = (places("free"), places("total"));
        let state = fields.get("state").and_then(|tree| problems.string_enum(&at.field("state"), tree));
        let updated = fields.get("updated").and_then(|tree| problems.date(&at.field("updated"), tree));
        Some(Self { free, total, state: state.unwrap_or(CapacityState::Open), updated })
    }

    /// Encodes the capacity as JSON states it in an offer.
    fn to_value(self) -> Value<'static> {
        let integer = |name, number: Option<u32>| Some((name, Value::Int(number?.into())));
        let fields = [
            integer("free", self.free),
            integer("total", self.total),
            Some(("state", self.state.as_str().into())),
            self.updated.map(|day| ("updated", day.to_string().into())),
        ];
        Value::Object(fields.into_iter().flatten().map(|(name, value)| (name.into(), value)).collect())
    }
}

impl From<u32> for Capacity {
    /// An [open](Self::open) capacity with this number of free places.
    fn from(free: u32) -> Self {
        Self::open(free)
    }
}

impl From<CapacityState> for Capacity {
    /// A capacity [without a number](Self::new) of places.
    fn from(state: CapacityState) -> Self {
        Self::new(state)
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
    /// Sets out an offer with this id.
    pub fn builder(id: impl Into<String>) -> OfferBuilder {
        OfferBuilder { draft: Draft::default() }.set(&["id"], Value::from(Into::<String>::into(id)))
    }

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

impl Place {
    fn read(problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) -> Option<Self> {
        let fields = problems.fields(at, tree, &["region", "lat", "lon"])?;
        let coordinates = Coordinates::read(problems, at, &fields);
        let region = fields.get("region").and_then(|tree| problems.short_text(&at.field("region"), tree));
        let known = region.is_some() || coordinates.is_some();
        known.then(|| Self { region: region.map(str::to_owned), coordinates })
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

/// Builds an [`Offer`]; everything is checked once, in [`build`](Self::build), so the order of calls never matters.
#[derive(Clone, Debug)]
pub struct OfferBuilder {
    draft: Draft,
}

impl OfferBuilder {
    /// The name to show.
    pub fn name(self, name: &str) -> Self {
        self.set(&["name"], name.into())
    }

    /// Who provides it.
    pub fn organisation(self, name: &str) -> Self {
        self.set(&["organisation"], name.into())
    }

    /// One more kind of help, or `any`.
    pub fn help(self, code: &str) -> Self {
        self.push(&["help"], code.into())
    }

    /// One more language that staff speak; `mul` for every spoken one.
    pub fn language(self, tag: &str) -> Self {
        self.push(&["languages"], tag.into())
    }

    /// One more language, and how it is provided.
    pub fn language_with_mode(self, tag: &str, how: LanguageMode) -> Self {
        let language = [("tag", tag), ("how", how.as_str())];
        self.push(
            &["languages"],
            Value::Object(language.map(|(name, text)| (name.into(), text.to_owned().into())).into()),
        )
    }

    /// One more region that is served, or `any`.
    pub fn area(self, code: &str) -> Self {
        self.push(&["area"], code.into())
    }

    /// The region in which the offer is.
    pub fn place_region(self, code: &str) -> Self {
        self.set(&["place", "region"], code.into())
    }

    /// Where the offer is, in degrees.
    pub fn place(self, lat: f64, lon: f64) -> Self {
        self.set(&["place", "lat"], Value::Float(lat)).set(&["place", "lon"], Value::Float(lon))
    }

    /// One more crime that is in scope: an ICCS code, or `any`.
    pub fn crime(self, code: &str) -> Self {
        self.push(&["crimes"], code.into())
    }

    /// One more scope: a crime, if one is given, in these settings.
    pub fn crime_in_context(self, code: Option<&str>, context: &[&str]) -> Self {
        let code = code.map(|code| ("code".into(), code.into()));
        let context = context.iter().map(|tag| Value::from(*tag)).collect();
        let scope = code.into_iter().chain([("context".into(), Value::Array(context))]);
        self.push(&["crimes"], Value::Object(scope.collect()))
    }

    /// Sets the capacity: a number of free places, a state, or both with the day on which they were known.
    ///
    /// # Example: a number, or more than that
    ///
    /// ```
    /// use lotse::{Capacity, CapacityState, Offer};
    /// let offer = Offer::builder("o-1").capacity(3).build()?;
    /// assert_eq!(offer.capacity(), Some(Capacity::open(3)));
    ///
    /// let capacity = Capacity::new(CapacityState::Waitlist).with_updated("2026-11-20".parse()?);
    /// let offer = Offer::builder("o-2").capacity(capacity).build()?;
    /// assert_eq!(offer.capacity(), Some(capacity));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn capacity(self, capacity: impl Into<Capacity>) -> Self {
        self.set(&["capacity"], capacity.into().to_value())
    }

    /// One more role that is served, or `any`.
    pub fn role(self, code: &str) -> Self {
        self.push(&["roles"], code.into())
    }

    /// One more gender that is served.
    pub fn gender(self, gender: Gender) -> Self {
        self.push(&["genders"], gender.as_str().into())
    }

    /// For every gender.
    pub fn any_gender(self) -> Self {
        self.push(&["genders"], "any".into())
    }

    /// The youngest age served, in years.
    pub fn min_age(self, years: u8) -> Self {
        self.set(&["ages", "min"], u64::from(years).into())
    }

    /// The oldest age served, in years.
    pub fn max_age(self, years: u8) -> Self {
        self.set(&["ages", "max"], u64::from(years).into())
    }

    /// One more format.
    pub fn format(self, format: DeliveryFormat) -> Self {
        self.push(&["formats"], format.as_str().into())
    }

    /// One more thing that is offered, such as `wheelchair`.
    pub fn access(self, code: &str) -> Self {
        self.push(&["access"], code.into())
    }

    /// One more thing that the offer surely lacks.
    pub fn no_access(self, code: &str) -> Self {
        self.push(&["no_access"], code.into())
    }

    /// Telephone number.
    pub fn phone(self, number: &str) -> Self {
        self.set(&["contact", "phone"], number.into())
    }

    /// E-mail address.
    pub fn email(self, address: &str) -> Self {
        self.set(&["contact", "email"], address.into())
    }

    /// Web address.
    pub fn url(self, address: &str) -> Self {
        self.set(&["contact", "url"], address.into())
    }

    /// Checks and builds.
    ///
    /// # Errors
    ///
    /// Every problem, with paths that begin with `offer`. Tags and keys are looked up later, by a matcher, because only
    /// that knows the vocabulary.
    pub fn build(self) -> Result<Offer, Error> {
        Offer::from_value(&self.draft.into_value())
    }

    fn set(mut self, path: &[&'static str], value: Value<'_>) -> Self {
        self.draft.set(path, value);
        self
    }

    fn push(mut self, path: &[&'static str], value: Value<'_>) -> Self {
        self.draft.push(path, value);
        self
    }
}
