use std::fmt;

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{
    decode::{path::Path, value::Value},
    error::ErrorSink,
    model::{
        criterion::{Criterion, PerCriterion},
        enums::{OnUnknown, Rule},
    },
    util::fixed::Fit,
};

/// A rule of which any part may be absent, as a need or a policy states it.
///
/// An absent part is taken from the policy, or else from the defaults. A [`Rule`] alone converts into a partial rule.
///
/// # Example: some of the parts
///
/// ```
/// use lotse::{Fit, OnUnknown, PartialRule, Rule};
/// let rule = PartialRule::new().with_minimum(Fit::new(7_000)?);
/// assert_eq!((rule.rule(), rule.minimum(), rule.unknown()), (None, Some(Fit::new(7_000)?), None));
///
/// let rule = PartialRule::from(Rule::Must).with_unknown(OnUnknown::Exclude);
/// assert_eq!((rule.rule(), rule.unknown()), (Some(Rule::Must), Some(OnUnknown::Exclude)));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize)]
pub struct PartialRule {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rule: Option<Rule>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) minimum: Option<Fit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) unknown: Option<OnUnknown>,
}

impl PartialRule {
    /// The fields in JSON, of a rule that is not a word.
    pub(crate) const FIELDS: &'static [&'static str] = &["rule", "minimum", "unknown"];

    /// Creates a rule without any part.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the effect of the criterion.
    ///
    /// # Example: preferred
    ///
    /// ```
    /// use lotse::{PartialRule, Rule};
    /// assert_eq!(PartialRule::new().with_rule(Rule::Prefer), Rule::Prefer.into());
    /// ```
    pub fn with_rule(self, rule: Rule) -> Self {
        Self { rule: Some(rule), ..self }
    }

    /// Sets the fit below which a [`Rule::Must`] excludes an offer.
    ///
    /// # Example: at least .7
    ///
    /// ```
    /// use lotse::{Fit, PartialRule};
    /// let minimum = Fit::new(7_000)?;
    /// assert_eq!(PartialRule::new().with_minimum(minimum).minimum(), Some(minimum));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn with_minimum(self, minimum: Fit) -> Self {
        Self { minimum: Some(minimum), ..self }
    }

    /// Sets the effect of a [`Rule::Must`] on an offer whose fit is unknown.
    ///
    /// # Example: unknown is not enough
    ///
    /// ```
    /// use lotse::{OnUnknown, PartialRule};
    /// let strict = PartialRule::new().with_unknown(OnUnknown::Exclude);
    /// assert_eq!(strict.unknown(), Some(OnUnknown::Exclude));
    /// ```
    pub fn with_unknown(self, unknown: OnUnknown) -> Self {
        Self { unknown: Some(unknown), ..self }
    }

    /// Returns the effect of the criterion, or `None` if it is not stated.
    pub fn rule(self) -> Option<Rule> {
        self.rule
    }

    /// Returns the fit below which a [`Rule::Must`] excludes an offer, or `None` if it is not stated.
    pub fn minimum(self) -> Option<Fit> {
        self.minimum
    }

    /// Returns the effect of a [`Rule::Must`] on an offer whose fit is unknown, or `None` if it is not stated.
    pub fn unknown(self) -> Option<OnUnknown> {
        self.unknown
    }

    /// Encodes the rule as JSON states it in a need or a policy.
    pub(crate) fn to_value(self) -> Value<'static> {
        let fields = [
            self.rule.map(|rule| ("rule", rule.as_str().into())),
            self.minimum.map(|fit| ("minimum", Value::Float(fit.into()))),
            self.unknown.map(|unknown| ("unknown", unknown.as_str().into())),
        ];
        Value::Object(fields.into_iter().flatten().map(|(name, value)| (name.into(), value)).collect())
    }
}

impl From<Rule> for PartialRule {
    fn from(rule: Rule) -> Self {
        Self::new().with_rule(rule)
    }
}

/// The rules that a need or a policy states, for some of the criteria.
#[derive(Clone, Default, Eq, PartialEq)]
pub(crate) struct PartialRules(pub(crate) PerCriterion<Option<PartialRule>>);

impl PartialRules {
    /// The fields in JSON.
    pub(crate) const FIELDS: &'static [&'static str] =
        &["help", "crime", "language", "region", "capacity", "role", "gender", "age", "format", "access"];

    /// Returns `true` if no rule is stated.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, rule)| rule.is_none())
    }

    pub(crate) fn decode(sink: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Self {
        let mut rules = Self::default();
        let Some(fields) = sink.fields(path, value, Self::FIELDS) else { return rules };
        for criterion in Criterion::all() {
            let name = criterion.as_str();
            if let Some(value) = fields.get(name) {
                *rules.0.get_mut(criterion) = decode_rule(sink, &path.field(name), value);
            }
        }
        rules
    }
}

/// Decodes a rule: a [`Rule`] alone, or an object of parts; `None` if it is empty.
fn decode_rule(sink: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Option<PartialRule> {
    if let Value::String(_) = value {
        return sink.string_enum::<Rule>(path, value).map(PartialRule::from);
    }
    let fields = sink.fields(path, value, PartialRule::FIELDS)?;
    let rule = PartialRule {
        rule: fields.get("rule").and_then(|value| sink.string_enum(&path.field("rule"), value)),
        minimum: fields.get("minimum").and_then(|value| sink.fit(&path.field("minimum"), value)),
        unknown: fields.get("unknown").and_then(|value| sink.string_enum(&path.field("unknown"), value)),
    };
    (rule != PartialRule::default()).then_some(rule)
}

impl Serialize for PartialRules {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (criterion, rule) in self.0.iter() {
            if let Some(rule) = rule {
                map.serialize_entry(criterion.as_str(), rule)?;
            }
        }
        map.end()
    }
}

impl fmt::Debug for PartialRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stated = self.0.iter().filter_map(|(criterion, rule)| rule.map(|rule| (criterion, rule)));
        f.debug_map().entries(stated).finish()
    }
}

/// The rules of a policy, in which every part has a value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct EffectiveRules(pub(crate) PerCriterion<EffectiveRule>);

impl Default for EffectiveRules {
    fn default() -> Self {
        Self(PerCriterion::from_fn(EffectiveRule::default_for))
    }
}

impl EffectiveRules {
    /// Replaces each part for which a value is stated.
    pub(crate) fn override_with(&mut self, stated: &PartialRules) {
        self.0 = PerCriterion::from_fn(|criterion| self.0.get(criterion).overridden_by(*stated.0.get(criterion)));
    }
}

impl Serialize for EffectiveRules {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(criterion, rule)| (criterion.as_str(), rule)))
    }
}

/// The rule of one criterion, in which every part has a value.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub(crate) struct EffectiveRule {
    pub(crate) rule: Rule,
    pub(crate) minimum: Fit,
    pub(crate) unknown: OnUnknown,
}

impl EffectiveRule {
    /// Returns the default rule. The minimum for language allows a conversation; for other criteria any fit above 0 is enough.
    fn default_for(criterion: Criterion) -> Self {
        let minimum = if criterion == Criterion::Language { Fit::clamped(2_500) } else { Fit::clamped(1) };
        Self { rule: Rule::Must, minimum, unknown: OnUnknown::Allow }
    }

    /// Returns the rule with each part replaced for which a value is stated.
    pub(crate) fn overridden_by(self, stated: Option<PartialRule>) -> Self {
        let Some(PartialRule { rule, minimum, unknown }) = stated else { return self };
        Self {
            rule: rule.unwrap_or(self.rule),
            minimum: minimum.unwrap_or(self.minimum),
            unknown: unknown.unwrap_or(self.unknown),
        }
    }

    /// Returns `true` if an offer with this fit is excluded.
    pub(crate) fn is_blocking(self, fit: Fit, is_known: bool) -> bool {
        self.rule == Rule::Must && if is_known { fit < self.minimum } else { self.unknown == OnUnknown::Exclude }
    }
}
