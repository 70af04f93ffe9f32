use std::ops::RangeInclusive;

use serde::{
    Serialize, Serializer,
    de::{Deserialize, Deserializer, Error as _},
};

use crate::{
    decode::{
        decoder::{Fields, known_fields},
        path::{Path, Record},
        string_enum::StringEnum,
        value::Value,
    },
    error::{Error, ErrorKind, ErrorSink, message},
    model::{
        comprehension_row::ComprehensionRow,
        criterion::Criterion,
        enums::{LanguageLevel, LanguageMode},
        rules::{EffectiveRule, EffectiveRules, PartialRules},
        weights::{PriorityWeights, Weights},
    },
    util::fixed::Fit,
};

/// The largest distance of a policy, in kilometres: more than half the circumference of the earth.
pub(crate) const MAX_KM: i64 = 30_000;

/// The weights, rules and tables by which offers are assessed. All of them are data.
///
/// An absent field has the value of [`Policy::default`]. A policy equals one that states the defaults, and a serialized policy
/// states every field.
///
/// # Example: from JSON, or by a builder
///
/// ```
/// use lotse::{Criterion, Policy, Rule};
/// let json = r#"{"weights": {"language": 40}, "rules": {"region": "prefer"}}"#;
/// let policy = Policy::builder().weight(Criterion::Language, 40.0).rule(Criterion::Region, Rule::Prefer).build()?;
/// assert_eq!(policy, Policy::from_json(json)?);
/// # Ok::<(), lotse::Error>(())
/// ```
///
/// # Example: a serialized policy states the defaults
///
/// ```
/// use lotse::Policy;
/// let policy = Policy::from_json(r#"{"rules": {"region": "must"}}"#)?;
/// assert_eq!(policy, Policy::default());
/// let json = serde_json::to_string(&policy).unwrap();
/// assert!(json.contains(r#""language":{"rule":"must","minimum":0.25,"unknown":"allow"}"#));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Policy {
    pub(crate) weights: Weights,
    pub(crate) rules: EffectiveRules,
    pub(crate) unknown_fit: UnknownFit,
    pub(crate) language: LanguagePolicy,
    pub(crate) region: RegionPolicy,
    pub(crate) help: HelpPolicy,
    pub(crate) crime: CrimePolicy,
    pub(crate) capacity: CapacityPolicy,
    pub(crate) priority_weights: PriorityWeights,
}

impl Policy {
    /// The fields in JSON.
    pub(crate) const FIELDS: &'static [&'static str] =
        &["weights", "rules", "unknown_fit", "language", "region", "help", "crime", "capacity", "priority_weights"];

    /// Decodes a policy from JSON text.
    ///
    /// # Errors
    ///
    /// `json.syntax`, or all errors of the policy, with paths that begin with `policy`.
    ///
    /// # Example: a weight out of range
    ///
    /// ```
    /// use lotse::Policy;
    /// assert_eq!(Policy::from_json("{}")?, Policy::default());
    /// let error = Policy::from_json(r#"{"weights": {"help": -1}}"#).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("policy.range", "policy.weights.help"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_value(&Value::from_json(text)?)
    }

    /// Decodes a policy from JSON-like data.
    ///
    /// # Errors
    ///
    /// All errors of the policy, with paths that begin with `policy`.
    ///
    /// # Example: data of another format
    ///
    /// ```
    /// use lotse::{Fit, Policy, wire::Value};
    /// let value = Value::Object(vec![("unknown_fit".into(), Value::Float(0.25))]);
    /// assert_eq!(Policy::from_value(&value)?, Policy::builder().unknown_fit(Fit::new(2_500)?).build()?);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        let mut sink = ErrorSink::default();
        let root = Path::root(Record::Policy);
        let policy = Self::decode(&mut sink, &root.field("policy"), value);
        sink.into_result(policy)
    }

    /// Decodes a policy. Absent fields and those with errors have their defaults.
    pub(crate) fn decode(sink: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Self {
        let mut policy = Self::default();
        let Some(fields) = sink.fields(path, value, Self::FIELDS) else { return policy };
        if let Some(value) = fields.get("weights") {
            policy.weights.decode_overrides(sink, &path.field("weights"), value);
        }
        if let Some(value) = fields.get("rules") {
            policy.rules.override_with(&PartialRules::decode(sink, &path.field("rules"), value));
        }
        if let Some(value) = fields.get("unknown_fit") {
            if let Some(fit) = sink.fit(&path.field("unknown_fit"), value) {
                policy.unknown_fit = UnknownFit(fit);
            }
        }
        if let Some(value) = fields.get("language") {
            policy.language.decode_overrides(sink, &path.field("language"), value);
        }
        if let Some(value) = fields.get("region") {
            policy.region.decode_overrides(sink, &path.field("region"), value);
        }
        if let Some(value) = fields.get("help") {
            policy.help.decode_overrides(sink, &path.field("help"), value);
        }
        if let Some(value) = fields.get("crime") {
            policy.crime.decode_overrides(sink, &path.field("crime"), value);
        }
        if let Some(value) = fields.get("capacity") {
            policy.capacity.decode_overrides(sink, &path.field("capacity"), value);
        }
        if let Some(value) = fields.get("priority_weights") {
            policy.priority_weights.decode_overrides(sink, &path.field("priority_weights"), value);
        }
        policy
    }

    /// Returns the rule of a criterion for a need: each part is that of the need, or else that of the policy.
    pub(crate) fn rule(&self, criterion: Criterion, need: &PartialRules) -> EffectiveRule {
        self.rules.0.get(criterion).overridden_by(*need.0.get(criterion))
    }
}

impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_value(&Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The value that an unknown fit counts as.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct UnknownFit(pub(crate) Fit);

impl Default for UnknownFit {
    fn default() -> Self {
        Self(Fit::clamped(5_000))
    }
}

/// A fit for each value of a string enum.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct FitTable<T>(Vec<(T, Fit)>);

impl<T: StringEnum> FitTable<T> {
    /// Returns the fit of a value.
    pub(crate) fn get(&self, value: T) -> Fit {
        self.0.iter().find(|(other, _)| *other == value).map_or(Fit::ZERO, |(_, fit)| *fit)
    }

    fn decode_overrides(&mut self, sink: &mut ErrorSink, path: &Path<'_>, value: &Value) {
        for (key, value) in sink.entries(path, value) {
            let path = path.field(key);
            match self.0.iter_mut().find(|(variant, _)| T::from_code(key) == Some(*variant)) {
                Some((_, fit)) => {
                    if !value.is_absent() {
                        *fit = sink.fit(&path, value).unwrap_or(*fit);
                    }
                }
                None => {
                    let names: Vec<&str> = T::ALL.iter().map(|(name, _)| *name).collect();
                    let error = path.error(ErrorKind::Shape, "unknown_field", message!("unknown_field"));
                    sink.push(error.with_hint(known_fields(&names)));
                }
            }
        }
    }
}

impl<T: StringEnum> Serialize for FitTable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = |value: T| T::ALL.iter().find(|(_, other)| *other == value).map_or("", |(name, _)| *name);
        serializer.collect_map(self.0.iter().map(|(value, fit)| (name(*value), fit)))
    }
}

/// Decodes the fits that are stated; the others are unchanged.
fn decode_fits<const N: usize>(
    sink: &mut ErrorSink,
    path: &Path<'_>,
    fields: &Fields<'_>,
    fits: [(&'static str, &mut Fit); N],
) {
    for (name, fit) in fits {
        if let Some(value) = fields.get(name) {
            *fit = sink.fit(&path.field(name), value).unwrap_or(*fit);
        }
    }
}

/// The tables and numbers of the criterion language.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct LanguagePolicy {
    pub(crate) levels: FitTable<LanguageLevel>,
    pub(crate) how: FitTable<LanguageMode>,
    pub(crate) order_step: Fit,
    pub(crate) related: bool,
    /// Rows that take precedence over those of the vocabulary.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) comprehension: Vec<ComprehensionRow>,
}

impl Default for LanguagePolicy {
    fn default() -> Self {
        let levels = [
            (LanguageLevel::Native, 10_000),
            (LanguageLevel::C2, 10_000),
            (LanguageLevel::C1, 9_500),
            (LanguageLevel::B2, 8_500),
            (LanguageLevel::B1, 7_000),
            (LanguageLevel::A2, 4_000),
            (LanguageLevel::A1, 2_500),
        ];
        let how =
            [(LanguageMode::Spoken, 10_000), (LanguageMode::Interpreter, 7_500), (LanguageMode::OnRequest, 5_000)];
        Self {
            levels: FitTable(levels.map(|(level, fit)| (level, Fit::clamped(fit))).into()),
            how: FitTable(how.map(|(how, fit)| (how, Fit::clamped(fit))).into()),
            order_step: Fit::clamped(500),
            related: true,
            comprehension: Vec::new(),
        }
    }
}

impl LanguagePolicy {
    /// The fields in JSON.
    pub(crate) const FIELDS: &'static [&'static str] = &["levels", "how", "order_step", "related", "comprehension"];

    fn decode_overrides(&mut self, sink: &mut ErrorSink, path: &Path<'_>, value: &Value) {
        let Some(fields) = sink.fields(path, value, Self::FIELDS) else { return };
        if let Some(value) = fields.get("levels") {
            self.levels.decode_overrides(sink, &path.field("levels"), value);
        }
        if let Some(value) = fields.get("how") {
            self.how.decode_overrides(sink, &path.field("how"), value);
        }
        if let Some(value) = fields.get("order_step") {
            self.order_step = sink.fit(&path.field("order_step"), value).unwrap_or(self.order_step);
        }
        if let Some(value) = fields.get("related") {
            self.related = sink.boolean(&path.field("related"), value).unwrap_or(self.related);
        }
        if let Some(value) = fields.get("comprehension") {
            let path = path.field("comprehension");
            let rows = sink.decode_items(&path, value, ComprehensionRow::decode);
            // If a row is malformed, the indices of those after it would be wrong in the errors of their languages.
            if matches!(value, Value::Array(items) if items.len() == rows.len()) {
                self.comprehension = rows;
            }
        }
    }
}

/// The numbers of the criterion region.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct RegionPolicy {
    pub(crate) near_km: u32,
    pub(crate) far_km: u32,
    pub(crate) far_fit: Fit,
    pub(crate) neighbour: Fit,
    pub(crate) remote: Fit,
}

impl Default for RegionPolicy {
    fn default() -> Self {
        Self {
            near_km: 15,
            far_km: 150,
            far_fit: Fit::clamped(3_000),
            neighbour: Fit::clamped(4_000),
            remote: Fit::clamped(9_000),
        }
    }
}

impl RegionPolicy {
    /// The fields in JSON.
    pub(crate) const FIELDS: &'static [&'static str] = &["near_km", "far_km", "far_fit", "neighbour", "remote"];

    fn decode_overrides(&mut self, sink: &mut ErrorSink, path: &Path<'_>, value: &Value) {
        let Some(fields) = sink.fields(path, value, Self::FIELDS) else { return };
        for (name, km) in [("near_km", &mut self.near_km), ("far_km", &mut self.far_km)] {
            if let Some(value) = fields.get(name) {
                *km = sink.integer(&path.field(name), value, 0..=MAX_KM).unwrap_or(*km);
            }
        }
        let fits = [("far_fit", &mut self.far_fit), ("neighbour", &mut self.neighbour), ("remote", &mut self.remote)];
        decode_fits(sink, path, &fields, fits);
        if self.near_km >= self.far_km {
            sink.push(path.error(ErrorKind::Conflict, "region.near_far", message!("region.near_far")));
        }
    }
}

/// The fits of the criterion help, if the offer does not state the requested code.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct HelpPolicy {
    /// The offer gives any help.
    pub(crate) any: Fit,
    /// An umbrella of the offer covers the need.
    pub(crate) covered: Fit,
    /// The need is an umbrella, and the offer gives a part of it.
    pub(crate) part: Fit,
}

impl Default for HelpPolicy {
    fn default() -> Self {
        Self { any: Fit::clamped(5_000), covered: Fit::clamped(8_000), part: Fit::clamped(9_000) }
    }
}

impl HelpPolicy {
    /// The fields in JSON.
    pub(crate) const FIELDS: &'static [&'static str] = &["any", "covered", "part"];

    fn decode_overrides(&mut self, sink: &mut ErrorSink, path: &Path<'_>, value: &Value) {
        let Some(fields) = sink.fields(path, value, Self::FIELDS) else { return };
        let fits = [("any", &mut self.any), ("covered", &mut self.covered), ("part", &mut self.part)];
        decode_fits(sink, path, &fields, fits);
    }
}

/// The fits of the criterion crime.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct CrimePolicy {
    pub(crate) general: Fit,
    pub(crate) vague: Fit,
    pub(crate) context_open: Fit,
}

impl Default for CrimePolicy {
    fn default() -> Self {
        Self { general: Fit::clamped(8_000), vague: Fit::clamped(6_000), context_open: Fit::clamped(4_000) }
    }
}

impl CrimePolicy {
    /// The fields in JSON.
    pub(crate) const FIELDS: &'static [&'static str] = &["general", "vague", "context_open"];

    fn decode_overrides(&mut self, sink: &mut ErrorSink, path: &Path<'_>, value: &Value) {
        let Some(fields) = sink.fields(path, value, Self::FIELDS) else { return };
        let fits =
            [("general", &mut self.general), ("vague", &mut self.vague), ("context_open", &mut self.context_open)];
        decode_fits(sink, path, &fields, fits);
    }
}

/// The numbers of the criterion capacity.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct CapacityPolicy {
    /// The fit of exactly as many free places as people.
    pub(crate) enough: Fit,
    pub(crate) comfortable: u32,
    pub(crate) waitlist: Fit,
    pub(crate) assessment: Fit,
    pub(crate) stale_days: u32,
    /// The number of places that an allocation assumes if it is not stated.
    pub(crate) assume: u32,
}

impl Default for CapacityPolicy {
    fn default() -> Self {
        Self {
            enough: Fit::clamped(9_500),
            comfortable: 3,
            waitlist: Fit::clamped(2_000),
            assessment: Fit::clamped(6_000),
            stale_days: 14,
            assume: 1,
        }
    }
}

impl CapacityPolicy {
    /// The fields in JSON.
    pub(crate) const FIELDS: &'static [&'static str] =
        &["enough", "comfortable", "waitlist", "assessment", "stale_days", "assume"];
    /// The range of `comfortable`.
    pub(crate) const COMFORTABLE: RangeInclusive<i64> = 1..=1_000_000;
    /// The range of `stale_days`.
    pub(crate) const STALE_DAYS: RangeInclusive<i64> = 0..=36_500;
    /// The range of `assume`.
    pub(crate) const ASSUME: RangeInclusive<i64> = 0..=1_000_000;

    fn decode_overrides(&mut self, sink: &mut ErrorSink, path: &Path<'_>, value: &Value) {
        let Some(fields) = sink.fields(path, value, Self::FIELDS) else { return };
        let integers = [
            ("comfortable", &mut self.comfortable, Self::COMFORTABLE),
            ("stale_days", &mut self.stale_days, Self::STALE_DAYS),
            ("assume", &mut self.assume, Self::ASSUME),
        ];
        for (name, number, range) in integers {
            if let Some(value) = fields.get(name) {
                *number = sink.integer(&path.field(name), value, range).unwrap_or(*number);
            }
        }
        let fits =
            [("enough", &mut self.enough), ("waitlist", &mut self.waitlist), ("assessment", &mut self.assessment)];
        decode_fits(sink, path, &fields, fits);
    }
}
