use crate::{
    decode::{draft::Draft, value::Value},
    error::Error,
    model::{criterion::Criterion, policy::Policy, rules::PartialRule},
    util::fixed::{Fit, Ratio},
};

impl Policy {
    /// Creates a builder for a policy in which everything has its default.
    ///
    /// # Example: the defaults
    ///
    /// ```
    /// use lotse::Policy;
    /// assert_eq!(Policy::builder().build()?, Policy::default());
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn builder() -> PolicyBuilder {
        PolicyBuilder::default()
    }
}

/// A builder for a [`Policy`].
///
/// All values are validated in [`build`](Self::build), so the order of calls never matters.
///
/// # Example: language first, region preferred
///
/// ```
/// use lotse::{Criterion, Policy, Rule};
/// let policy = Policy::builder().weight(Criterion::Language, 40.0).rule(Criterion::Region, Rule::Prefer).build()?;
/// assert_eq!(policy, Policy::from_json(r#"{"weights": {"language": 40}, "rules": {"region": "prefer"}}"#)?);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct PolicyBuilder {
    draft: Draft,
}

impl PolicyBuilder {
    /// Sets the weight of a criterion: 0 to 1 000 000 with at most four decimals, in any unit. Weights are scaled so that those of
    /// one need add up to 1.
    ///
    /// # Example: language counts twice as much as by default
    ///
    /// ```
    /// use lotse::{Criterion, Policy};
    /// let policy = Policy::builder().weight(Criterion::Language, 70.0).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"weights": {"language": 70}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn weight(self, criterion: Criterion, weight: f64) -> Self {
        self.set(&["weights", criterion.as_str()], Value::Float(weight))
    }

    /// Sets the weight of a preferred criterion whose own weight is 0: 0 to 1 000 000 with at most four decimals.
    ///
    /// # Example: small preferences
    ///
    /// ```
    /// use lotse::Policy;
    /// let policy = Policy::builder().prefer_weight(2.5).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"weights": {"prefer": 2.5}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn prefer_weight(self, weight: f64) -> Self {
        self.set(&["weights", "prefer"], Value::Float(weight))
    }

    /// Sets the rule of a criterion. Parts that are not set keep their defaults.
    ///
    /// # Example: a rule alone, or with its minimum
    ///
    /// ```
    /// use lotse::{Criterion, Fit, OnUnknown, PartialRule, Policy, Rule};
    /// let strict = PartialRule::from(Rule::Must).with_minimum(Fit::new(7_000)?).with_unknown(OnUnknown::Exclude);
    /// let policy = Policy::builder().rule(Criterion::Region, Rule::Prefer).rule(Criterion::Language, strict).build()?;
    /// let json = r#"{"rules": {"region": "prefer", "language": {"rule": "must", "minimum": 0.7, "unknown": "exclude"}}}"#;
    /// assert_eq!(policy, Policy::from_json(json)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn rule(self, criterion: Criterion, rule: impl Into<PartialRule>) -> Self {
        self.set(&["rules", criterion.as_str()], rule.into().to_value())
    }

    /// Sets the value that an unknown fit counts as.
    ///
    /// # Example: an unknown fit counts a quarter
    ///
    /// ```
    /// use lotse::{Fit, Policy};
    /// let policy = Policy::builder().unknown_fit(Fit::new(2_500)?).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"unknown_fit": 0.25}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn unknown_fit(self, fit: Fit) -> Self {
        self.set(&["unknown_fit"], Value::Float(fit.into()))
    }

    /// Sets the fit of an offer of any help, if it does not state the requested kind.
    ///
    /// # Example: an offer of any help counts as much as an umbrella
    ///
    /// ```
    /// use lotse::{Fit, Policy};
    /// let policy = Policy::builder().help_any(Fit::new(8_000)?).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"help": {"any": 0.8}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn help_any(self, fit: Fit) -> Self {
        self.set(&["help", "any"], Value::Float(fit.into()))
    }

    /// Sets the fit of an offer that states an umbrella of the requested kind of help.
    ///
    /// # Example: `psychosocial` for `psychosocial.counselling`
    ///
    /// ```
    /// use lotse::{Fit, Policy};
    /// let policy = Policy::builder().help_covered(Fit::new(7_000)?).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"help": {"covered": 0.7}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn help_covered(self, fit: Fit) -> Self {
        self.set(&["help", "covered"], Value::Float(fit.into()))
    }

    /// Sets the fit of an offer that gives a part of the requested umbrella.
    ///
    /// # Example: `psychosocial.counselling` for `psychosocial`
    ///
    /// ```
    /// use lotse::{Fit, Policy};
    /// let policy = Policy::builder().help_part(Fit::FULL).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"help": {"part": 1}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn help_part(self, fit: Fit) -> Self {
        self.set(&["help", "part"], Value::Float(fit.into()))
    }

    /// Sets the distance in kilometres up to which a journey has fit 1: 0 to 30 000, and below [`far_km`](Self::far_km).
    ///
    /// # Example: in a large city
    ///
    /// ```
    /// use lotse::Policy;
    /// let policy = Policy::builder().near_km(5).far_km(30).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"region": {"near_km": 5, "far_km": 30}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn near_km(self, km: u32) -> Self {
        self.set(&["region", "near_km"], u64::from(km).into())
    }

    /// Sets the distance in kilometres from which a journey has its lowest fit: 0 to 30 000, and above
    /// [`near_km`](Self::near_km).
    ///
    /// # Example: near is not below far
    ///
    /// ```
    /// let error = lotse::Policy::builder().near_km(30).far_km(30).build().unwrap_err();
    /// assert_eq!(error.code(), "policy.region.near_far");
    /// ```
    pub fn far_km(self, km: u32) -> Self {
        self.set(&["region", "far_km"], u64::from(km).into())
    }

    /// Sets the number of days after which a capacity is stale: 0 to 36 500.
    ///
    /// # Example: a week
    ///
    /// ```
    /// use lotse::Policy;
    /// let policy = Policy::builder().stale_days(7).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"capacity": {"stale_days": 7}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn stale_days(self, days: u32) -> Self {
        self.set(&["capacity", "stale_days"], u64::from(days).into())
    }

    /// Sets the fit of exactly as many free places as people. More places raise it, up to 1 at
    /// [`comfortable`](Self::comfortable) many.
    ///
    /// # Example: a last place counts less
    ///
    /// ```
    /// use lotse::{Fit, Policy};
    /// let policy = Policy::builder().enough(Fit::new(7_000)?).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"capacity": {"enough": 0.7}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn enough(self, fit: Fit) -> Self {
        self.set(&["capacity", "enough"], Value::Float(fit.into()))
    }

    /// Sets the number of free places, as a multiple of those that a party takes, from which the fit is 1: 1 to 1 000 000.
    ///
    /// # Example: twice the places
    ///
    /// ```
    /// use lotse::Policy;
    /// let policy = Policy::builder().comfortable(2).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"capacity": {"comfortable": 2}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn comfortable(self, times: u32) -> Self {
        self.set(&["capacity", "comfortable"], u64::from(times).into())
    }

    /// Sets whether the table of comprehension between related languages is used.
    ///
    /// # Example: only the languages that are stated
    ///
    /// ```
    /// use lotse::Policy;
    /// let policy = Policy::builder().related(false).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"language": {"related": false}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn related(self, related: bool) -> Self {
        self.set(&["language", "related"], Value::Bool(related))
    }

    /// Adds a row to the table of comprehension: the degree to which speakers of `from` understand `to`.
    ///
    /// It takes precedence over the row of the vocabulary for these languages. A degree of 0 removes that row. It has no
    /// effect if [`related`](Self::related) is `false`.
    ///
    /// # Example: Slovene speakers and Croatian
    ///
    /// ```
    /// use lotse::{Policy, Ratio};
    /// let policy = Policy::builder().comprehension("sl", "hr", Ratio::new(7_000)?).build()?;
    /// let json = r#"{"language": {"comprehension": [{"from": "sl", "to": "hr", "degree": 0.7}]}}"#;
    /// assert_eq!(policy, Policy::from_json(json)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn comprehension(self, from: &str, to: &str, degree: Ratio) -> Self {
        let row = [("from", from.into()), ("to", to.into()), ("degree", Value::Float(degree.into()))];
        let row = Value::Object(row.map(|(name, value)| (name.into(), value)).into());
        self.push(&["language", "comprehension"], row)
    }

    /// Validates all values and builds the policy.
    ///
    /// # Errors
    ///
    /// `policy.range` and `policy.decimals` for numbers, `policy.region.near_far` if near is not below far.
    ///
    /// # Example: a negative weight
    ///
    /// ```
    /// use lotse::{Criterion, Policy};
    /// let error = Policy::builder().weight(Criterion::Help, -1.0).build().unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("policy.range", "policy.weights.help"));
    /// ```
    pub fn build(self) -> Result<Policy, Error> {
        Policy::from_value(&self.draft.into_value())
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
