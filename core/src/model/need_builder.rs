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
    /// Sets out a need with this id.
    pub fn builder(id: impl Into<String>) -> NeedBuilder {
        NeedBuilder { draft: Draft::default() }.set(&["id"], Value::from(Into::<String>::into(id)))
    }
}

/// Builds a [`Need`]; everything is checked once, in [`build`](Self::build), so the order of calls never matters but for
/// languages.
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
    /// The case that ties several needs of one person.
    pub fn case(self, case: impl Into<String>) -> Self {
        self.set(&["case"], Value::from(Into::<String>::into(case)))
    }

    /// The group whose needs must go to the same offer.
    pub fn group(self, group: impl Into<String>) -> Self {
        self.set(&["group"], Value::from(Into::<String>::into(group)))
    }

    /// How many people it is for: 1 to 100 000, 1 where not said.
    pub fn people(self, people: u32) -> Self {
        self.set(&["people"], u64::from(people).into())
    }

    /// How soon it must be met; routine where not said.
    pub fn priority(self, priority: Priority) -> Self {
        self.set(&["priority"], priority.as_str().into())
    }

    /// The kind of help, such as `legal.first_advice`.
    pub fn help(self, code: &str) -> Self {
        self.set(&["help"], code.into())
    }

    /// One more language; the first one is the person's best.
    pub fn language(self, tag: &str) -> Self {
        self.push(&["languages"], tag.into())
    }

    /// One more language, and how well the person speaks it.
    pub fn language_with_level(self, tag: &str, level: LanguageLevel) -> Self {
        let language = [("tag", tag), ("level", level.as_str())];
        self.push(
            &["languages"],
            Value::Object(language.map(|(name, text)| (name.into(), text.to_owned().into())).into()),
        )
    }

    /// Where the person is: the key of a region.
    pub fn region(self, code: &str) -> Self {
        self.set(&["region"], code.into())
    }

    /// Where in the region the person is, in degrees.
    pub fn place(self, lat: f64, lon: f64) -> Self {
        self.set(&["place", "lat"], Value::Float(lat)).set(&["place", "lon"], Value::Float(lon))
    }

    /// What was done: an ICCS code.
    pub fn crime(self, code: &str) -> Self {
        self.set(&["crime", "code"], code.into())
    }

    /// One more setting of the crime, such as `terrorism`.
    pub fn crime_context(self, tag: &str) -> Self {
        self.push(&["crime", "context"], tag.into())
    }

    /// One more role, such as `bereaved`.
    pub fn role(self, code: &str) -> Self {
        self.push(&["roles"], code.into())
    }

    /// The gender.
    pub fn gender(self, gender: Gender) -> Self {
        self.set(&["gender"], gender.as_str().into())
    }

    /// The age in years, 0 to 150.
    pub fn age(self, years: u8) -> Self {
        self.set(&["age"], u64::from(years).into())
    }

    /// One more format that would do; without any, every format does.
    pub fn format(self, format: DeliveryFormat) -> Self {
        self.push(&["formats"], format.as_str().into())
    }

    /// One more thing that the person needs, such as `wheelchair`.
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

    /// Checks and builds.
    ///
    /// # Errors
    ///
    /// Every problem, with paths that begin with `need`. Tags and keys are looked up later, by a matcher, because only
    /// that knows the vocabulary.
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
