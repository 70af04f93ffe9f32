use std::fmt;

use crate::{
    decode::{draft::Draft, value::Value},
    error::Error,
    model::{
        criterion::Criterion,
        enums::{DeliveryFormat, Gender, LanguageLevel, Priority},
        need::Need,
        rules::PartialRule,
    },
};

impl Need {
    /// Creates a builder for a need with this id.
    ///
    /// # Example: only the id
    ///
    /// ```
    /// let need = lotse::Need::builder("n-1").build()?;
    /// assert_eq!((need.id(), need.people(), need.help()), ("n-1", 1, None));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn builder(id: impl Into<String>) -> NeedBuilder {
        NeedBuilder { draft: Draft::default() }.set(&["id"], Value::from(Into::<String>::into(id)))
    }
}

/// A builder for a [`Need`].
///
/// All values are validated in [`build`](Self::build). The order of calls matters only for languages.
///
/// # Example: a person and their request
///
/// ```
/// use lotse::{DeliveryFormat, Gender, Need, Priority};
/// let need = Need::builder("n-17")
///     .priority(Priority::Urgent)
///     .help("psychosocial.trauma_clinic")
///     .language("prs")
///     .region("14612")
///     .gender(Gender::Female)
///     .format(DeliveryFormat::OnSite)
///     .build()?;
/// assert_eq!((need.help(), need.region()), (Some("psychosocial.trauma_clinic"), Some("14612")));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone)]
pub struct NeedBuilder {
    draft: Draft,
}

impl fmt::Debug for NeedBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NeedBuilder").finish_non_exhaustive()
    }
}

impl NeedBuilder {
    /// Sets the case, which connects the needs of one person.
    ///
    /// # Example: two needs of one person
    ///
    /// ```
    /// use lotse::Need;
    /// let need = Need::builder("n-1").case("c-9").build()?;
    /// assert_eq!(need, Need::from_json(r#"{"id": "n-1", "case": "c-9"}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn case(self, case: impl Into<String>) -> Self {
        self.set(&["case"], Value::from(Into::<String>::into(case)))
    }

    /// Sets the group. All needs of a group go to the same offer.
    ///
    /// # Example: a family
    ///
    /// ```
    /// use lotse::Need;
    /// let need = Need::builder("n-1").group("g-3").build()?;
    /// assert_eq!(need, Need::from_json(r#"{"id": "n-1", "group": "g-3"}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn group(self, group: impl Into<String>) -> Self {
        self.set(&["group"], Value::from(Into::<String>::into(group)))
    }

    /// Sets the number of people: 1 (the default) to 100 000.
    ///
    /// # Example: a party of three
    ///
    /// ```
    /// use lotse::Need;
    /// let need = Need::builder("n-1").people(3).build()?;
    /// assert_eq!(need, Need::from_json(r#"{"id": "n-1", "people": 3}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn people(self, people: u32) -> Self {
        self.set(&["people"], u64::from(people).into())
    }

    /// Sets the priority; the default is [`Priority::Routine`].
    ///
    /// # Example: urgent
    ///
    /// ```
    /// use lotse::{Need, Priority};
    /// let need = Need::builder("n-1").priority(Priority::Urgent).build()?;
    /// assert_eq!(need, Need::from_json(r#"{"id": "n-1", "priority": "urgent"}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn priority(self, priority: Priority) -> Self {
        self.set(&["priority"], priority.as_str().into())
    }

    /// Sets the kind of help.
    ///
    /// # Example: legal advice
    ///
    /// ```
    /// use lotse::Need;
    /// let need = Need::builder("n-1").help("legal.first_advice").build()?;
    /// assert_eq!(need, Need::from_json(r#"{"id": "n-1", "help": "legal.first_advice"}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn help(self, code: &str) -> Self {
        self.set(&["help"], code.into())
    }

    /// Adds a language; the first one is the person's best.
    ///
    /// # Example: Dari before English
    ///
    /// ```
    /// use lotse::Need;
    /// let need = Need::builder("n-1").language("prs").language("en").build()?;
    /// assert_eq!(need, Need::from_json(r#"{"id": "n-1", "languages": ["prs", "en"]}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn language(self, tag: &str) -> Self {
        self.push(&["languages"], tag.into())
    }

    /// Adds a language with the level of the person.
    ///
    /// # Example: some German
    ///
    /// ```
    /// use lotse::{LanguageLevel, Need};
    /// let need = Need::builder("n-1").language_with_level("de", LanguageLevel::A2).build()?;
    /// assert_eq!(need, Need::from_json(r#"{"id": "n-1", "languages": [{"tag": "de", "level": "A2"}]}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn language_with_level(self, tag: &str, level: LanguageLevel) -> Self {
        let language = [("tag", tag), ("level", level.as_str())];
        self.push(
            &["languages"],
            Value::Object(language.map(|(name, text)| (name.into(), text.to_owned().into())).into()),
        )
    }

    /// Sets the region in which the person is.
    ///
    /// # Example: Dresden
    ///
    /// ```
    /// use lotse::Need;
    /// let need = Need::builder("n-1").region("14612").build()?;
    /// assert_eq!(need, Need::from_json(r#"{"id": "n-1", "region": "14612"}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn region(self, code: &str) -> Self {
        self.set(&["region"], code.into())
    }

    /// Sets the location of the person in the [`region`](Self::region), which is required: latitude and longitude in degrees.
    ///
    /// # Example: in Dresden
    ///
    /// ```
    /// use lotse::Need;
    /// let need = Need::builder("n-1").region("14612").place(51.05, 13.74).build()?;
    /// assert_eq!(need, Need::from_json(r#"{"id": "n-1", "region": "14612", "place": {"lat": 51.05, "lon": 13.74}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn place(self, lat: f64, lon: f64) -> Self {
        self.set(&["place", "lat"], Value::Float(lat)).set(&["place", "lon"], Value::Float(lon))
    }

    /// Sets the ICCS code of the crime.
    ///
    /// # Example: intentional homicide
    ///
    /// ```
    /// use lotse::Need;
    /// let need = Need::builder("n-1").crime("0101").build()?;
    /// assert_eq!(need, Need::from_json(r#"{"id": "n-1", "crime": {"code": "0101"}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn crime(self, code: &str) -> Self {
        self.set(&["crime", "code"], code.into())
    }

    /// Adds a context of the crime.
    ///
    /// # Example: a terror attack
    ///
    /// ```
    /// use lotse::Need;
    /// let need = Need::builder("n-1").crime("0101").crime_context("terrorism").build()?;
    /// assert_eq!(need, Need::from_json(r#"{"id": "n-1", "crime": {"code": "0101", "context": ["terrorism"]}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn crime_context(self, tag: &str) -> Self {
        self.push(&["crime", "context"], tag.into())
    }

    /// Adds a relation of the person to the crime.
    ///
    /// # Example: a bereaved person
    ///
    /// ```
    /// use lotse::Need;
    /// let need = Need::builder("n-1").role("bereaved").build()?;
    /// assert_eq!(need, Need::from_json(r#"{"id": "n-1", "roles": ["bereaved"]}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn role(self, code: &str) -> Self {
        self.push(&["roles"], code.into())
    }

    /// Sets the gender.
    ///
    /// # Example: a woman
    ///
    /// ```
    /// use lotse::{Gender, Need};
    /// let need = Need::builder("n-1").gender(Gender::Female).build()?;
    /// assert_eq!(need, Need::from_json(r#"{"id": "n-1", "gender": "female"}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn gender(self, gender: Gender) -> Self {
        self.set(&["gender"], gender.as_str().into())
    }

    /// Sets the age in years, 0 to 150.
    ///
    /// # Example: 34 years
    ///
    /// ```
    /// use lotse::Need;
    /// let need = Need::builder("n-1").age(34).build()?;
    /// assert_eq!(need, Need::from_json(r#"{"id": "n-1", "age": 34}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn age(self, years: u8) -> Self {
        self.set(&["age"], u64::from(years).into())
    }

    /// Adds an acceptable format. If there is none, every format is acceptable.
    ///
    /// # Example: by telephone or video
    ///
    /// ```
    /// use lotse::{DeliveryFormat, Need};
    /// let need = Need::builder("n-1").format(DeliveryFormat::Phone).format(DeliveryFormat::Video).build()?;
    /// assert_eq!(need, Need::from_json(r#"{"id": "n-1", "formats": ["phone", "video"]}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn format(self, format: DeliveryFormat) -> Self {
        self.push(&["formats"], format.as_str().into())
    }

    /// Adds an accessibility requirement.
    ///
    /// # Example: with a wheelchair
    ///
    /// ```
    /// use lotse::Need;
    /// let need = Need::builder("n-1").access("wheelchair").build()?;
    /// assert_eq!(need, Need::from_json(r#"{"id": "n-1", "access": ["wheelchair"]}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn access(self, code: &str) -> Self {
        self.push(&["access"], code.into())
    }

    /// Sets the rule of a criterion for this need. It takes precedence over the policy, part by part.
    ///
    /// # Example: a rule alone, or with its minimum
    ///
    /// ```
    /// use lotse::{Criterion, Fit, Need, PartialRule, Rule};
    /// let need = Need::builder("n-1")
    ///     .rule(Criterion::Region, Rule::Prefer)
    ///     .rule(Criterion::Language, PartialRule::new().with_minimum(Fit::new(5_000)?))
    ///     .build()?;
    /// let json = r#"{"id": "n-1", "rules": {"region": "prefer", "language": {"minimum": 0.5}}}"#;
    /// assert_eq!(need, Need::from_json(json)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn rule(self, criterion: Criterion, rule: impl Into<PartialRule>) -> Self {
        self.set(&["rules", criterion.as_str()], rule.into().to_value())
    }

    /// Validates all values and builds the need.
    ///
    /// # Errors
    ///
    /// All errors, with paths that begin with `need`. Language tags and region codes are resolved later, by a matcher, because it
    /// has the vocabulary.
    ///
    /// # Example: an error has the path, not the value
    ///
    /// ```
    /// let error = lotse::Need::builder("n-1").age(200).build().unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("need.range", "need.age"));
    /// ```
    pub fn build(self) -> Result<Need, Error> {
        Need::from_value(&self.draft.into_value())
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
