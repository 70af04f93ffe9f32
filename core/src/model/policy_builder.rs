use crate::{
    decode::{draft::Draft, value::Value},
    error::Error,
    model::{
        criterion::Criterion,
        enums::{LanguageLevel, LanguageMode, Priority},
        policy::Policy,
        rules::PartialRule,
    },
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

    /// Sets the proximity of a journey of [`far_km`](Self::far_km) and more.
    ///
    /// # Example: long journeys do not count
    ///
    /// ```
    /// use lotse::{Fit, Policy};
    /// let policy = Policy::builder().far_fit(Fit::new(0)?).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"region": {"far_fit": 0}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn far_fit(self, fit: Fit) -> Self {
        self.set(&["region", "far_fit"], Value::Float(fit.into()))
    }

    /// Sets the fit of an offer that serves a neighbouring Kreis, or another Gemeinde of the same Kreis.
    ///
    /// # Example: neighbours are no match
    ///
    /// ```
    /// use lotse::{Fit, Policy};
    /// let policy = Policy::builder().neighbour(Fit::new(0)?).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"region": {"neighbour": 0}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn neighbour(self, fit: Fit) -> Self {
        self.set(&["region", "neighbour"], Value::Float(fit.into()))
    }

    /// Sets the proximity of help without a journey.
    ///
    /// # Example: a telephone is as near as the next street
    ///
    /// ```
    /// use lotse::{Fit, Policy};
    /// let policy = Policy::builder().remote(Fit::new(10_000)?).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"region": {"remote": 1}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn remote(self, fit: Fit) -> Self {
        self.set(&["region", "remote"], Value::Float(fit.into()))
    }

    /// Sets the fit of an offer for any crime.
    ///
    /// # Example: specialists first
    ///
    /// ```
    /// use lotse::{Fit, Policy};
    /// let policy = Policy::builder().crime_general(Fit::new(5_000)?).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"crime": {"general": 0.5}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn crime_general(self, fit: Fit) -> Self {
        self.set(&["crime", "general"], Value::Float(fit.into()))
    }

    /// Sets the fit of an offer whose scope is narrower than what the need states of the crime.
    ///
    /// # Example: nothing vague matches
    ///
    /// ```
    /// use lotse::{Fit, Policy};
    /// let policy = Policy::builder().crime_vague(Fit::new(0)?).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"crime": {"vague": 0}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn crime_vague(self, fit: Fit) -> Self {
        self.set(&["crime", "vague"], Value::Float(fit.into()))
    }

    /// Sets the fit of an offer that requires a context if the need states none.
    ///
    /// # Example: a context must be stated
    ///
    /// ```
    /// use lotse::{Fit, Policy};
    /// let policy = Policy::builder().crime_context_open(Fit::new(0)?).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"crime": {"context_open": 0}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn crime_context_open(self, fit: Fit) -> Self {
        self.set(&["crime", "context_open"], Value::Float(fit.into()))
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

    /// Sets the fit of a waiting list.
    ///
    /// # Example: waiting lists are excluded
    ///
    /// ```
    /// use lotse::{Fit, Policy};
    /// let policy = Policy::builder().waitlist(Fit::new(0)?).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"capacity": {"waitlist": 0}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn waitlist(self, fit: Fit) -> Self {
        self.set(&["capacity", "waitlist"], Value::Float(fit.into()))
    }

    /// Sets the fit of an offer that interviews people first and states no number of places.
    ///
    /// # Example: an interview counts less
    ///
    /// ```
    /// use lotse::{Fit, Policy};
    /// let policy = Policy::builder().assessment(Fit::new(3_000)?).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"capacity": {"assessment": 0.3}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn assessment(self, fit: Fit) -> Self {
        self.set(&["capacity", "assessment"], Value::Float(fit.into()))
    }

    /// Sets the number of places that a plan assumes at an offer whose number is unknown or stale: 0 to 1 000 000. It has no
    /// effect on rankings.
    ///
    /// # Example: a plan of known places only
    ///
    /// ```
    /// use lotse::Policy;
    /// let policy = Policy::builder().assume(0).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"capacity": {"assume": 0}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn assume(self, places: u32) -> Self {
        self.set(&["capacity", "assume"], u64::from(places).into())
    }

    /// Sets the fit of a language that the person speaks at a level.
    ///
    /// # Example: talks at B1 count little
    ///
    /// ```
    /// use lotse::{Fit, LanguageLevel, Policy};
    /// let policy = Policy::builder().level(LanguageLevel::B1, Fit::new(5_000)?).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"language": {"levels": {"B1": 0.5}}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn level(self, level: LanguageLevel, fit: Fit) -> Self {
        self.set(&["language", "levels", level.as_str()], Value::Float(fit.into()))
    }

    /// Sets the factor of a mode in which an offer provides a language.
    ///
    /// # Example: interpreters are nearly as good
    ///
    /// ```
    /// use lotse::{Fit, LanguageMode, Policy};
    /// let policy = Policy::builder().how(LanguageMode::Interpreter, Fit::new(9_000)?).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"language": {"how": {"interpreter": 0.9}}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn how(self, how: LanguageMode, factor: Fit) -> Self {
        self.set(&["language", "how", how.as_str()], Value::Float(factor.into()))
    }

    /// Sets what each earlier language of the need takes off the fit of a language.
    ///
    /// # Example: all languages of a person count alike
    ///
    /// ```
    /// use lotse::{Fit, Policy};
    /// let policy = Policy::builder().order_step(Fit::new(0)?).build()?;
    /// assert_eq!(policy, Policy::from_json(r#"{"language": {"order_step": 0}}"#)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn order_step(self, fit: Fit) -> Self {
        self.set(&["language", "order_step"], Value::Float(fit.into()))
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
        self.comprehension_row(&[("from", from.into()), ("to", to.into()), ("degree", Value::Float(degree.into()))])
    }

    /// Adds a row as [`comprehension`](Self::comprehension) does, and states who says so.
    ///
    /// # Example: a study
    ///
    /// ```
    /// use lotse::{Policy, Ratio};
    /// let policy = Policy::builder().comprehension_with_source("sl", "hr", Ratio::new(7_000)?, "our interpreters").build()?;
    /// let row = r#"{"from": "sl", "to": "hr", "degree": 0.7, "source": "our interpreters"}"#;
    /// assert_eq!(policy, Policy::from_json(&format!(r#"{{"language": {{"comprehension": [{row}]}}}}"#))?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn comprehension_with_source(self, from: &str, to: &str, degree: Ratio, source: &str) -> Self {
        self.comprehension_row(&[
            ("from", from.into()),
            ("to", to.into()),
            ("degree", Value::Float(degree.into())),
            ("source", source.into()),
        ])
    }

    fn comprehension_row(self, row: &[(&'static str, Value<'_>)]) -> Self {
        let row = row.iter().map(|(name, value)| ((*name).into(), value.clone()));
        self.push(&["language", "comprehension"], Value::Object(row.collect()))
    }

    /// Sets the factor of a priority in the sum of scores that a plan maximizes last: 0 to 1 000.
    ///
    /// # Example: the sum of scores counts people alike
    ///
    /// ```
    /// use lotse::{Policy, Priority};
    /// let policy = Priority::all().fold(Policy::builder(), |policy, priority| policy.priority_weight(priority, 1)).build()?;
    /// let json = r#"{"priority_weights": {"stat": 1, "asap": 1, "urgent": 1, "routine": 1}}"#;
    /// assert_eq!(policy, Policy::from_json(json)?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn priority_weight(self, priority: Priority, factor: u32) -> Self {
        self.set(&["priority_weights", priority.as_str()], u64::from(factor).into())
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

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::model::enums::{OnUnknown, Rule};

    /// Sets every key to a value that is not its default.
    fn everything() -> Policy {
        let fit = |units| Fit::new(units).unwrap();
        let rule = PartialRule::from(Rule::Ignore).with_minimum(fit(1_234)).with_unknown(OnUnknown::Exclude);
        let policy = Policy::builder().prefer_weight(4.0).unknown_fit(fit(1));
        let policy =
            Criterion::all().fold(policy, |policy, criterion| policy.weight(criterion, 1.0).rule(criterion, rule));
        let policy = LanguageLevel::all().fold(policy, |policy, level| policy.level(level, fit(1)));
        let policy = LanguageMode::all().fold(policy, |policy, how| policy.how(how, fit(2)));
        let policy = Priority::all().fold(policy, |policy, priority| policy.priority_weight(priority, 9));
        let policy = policy.help_any(fit(1)).help_covered(fit(2)).help_part(fit(3));
        let policy = policy.near_km(1).far_km(2).far_fit(fit(4)).neighbour(fit(5)).remote(fit(6));
        let policy = policy.crime_general(fit(1)).crime_vague(fit(2)).crime_context_open(fit(3));
        let policy = policy.enough(fit(1)).comfortable(9).waitlist(fit(2)).assessment(fit(3)).stale_days(1).assume(9);
        let policy = policy.order_step(fit(1)).related(false);
        policy.comprehension_with_source("sl", "hr", Ratio::new(1).unwrap(), "x").build().unwrap()
    }

    /// Counts the values that are not those of the default, and collects the paths of the others.
    fn compare(set: &Value, default: &Value, path: &str, same: &mut Vec<String>) -> usize {
        match (set, default) {
            (Value::Object(set), Value::Object(default)) => {
                let parts = set.iter().map(|(key, value)| {
                    compare(value, default.get(key).unwrap_or(&Value::Null), &format!("{path}.{key}"), same)
                });
                parts.sum()
            }
            _ if set == default => {
                same.push(path.to_owned());
                0
            }
            _ => 1,
        }
    }

    #[test]
    fn there_is_a_setter_for_each_key() {
        let json = |policy: &Policy| serde_json::to_value(policy).unwrap();
        let mut same = Vec::new();
        let count = compare(&json(&everything()), &json(&Policy::default()), "", &mut same);
        assert!(same.is_empty(), "without a setter: {same:?}");
        assert!(count > 70, "{count}");
    }
}
