use serde::{
    Serialize, Serializer,
    de::{Deserialize, Deserializer, Error as _},
};

use crate::{
    decode::{
        path::{Path, Record},
        string_enum::StringEnum,
        value::Value,
    },
    error::{Error, ErrorKind, ErrorSink},
    model::{
        comprehension_row::ComprehensionRow,
        criterion::Criterion,
        enums::{LanguageLevel, LanguageMode},
        rules::{EffectiveRule, EffectiveRules, PartialRules},
        weights::{PriorityWeights, Weights},
    },
    util::fixed::Fit,
};

/// Longest distance of a policy, in kilometres: more than half the way round the earth.
const MAX_KM: i64 = 30_000;

/// How offers are judged: weights, rules and tables. All of it is data that people write and read.
///
/// A policy may leave out anything; [`Policy::default`] fills the rest. What was filled in is written out with the rest, and a
/// policy equals the one in which the defaults are written out.
///
/// # Example: from JSON, or step by step
///
/// ```
/// use lotse::{Criterion, Policy, Rule};
/// let written = Policy::from_json(r#"{"weights": {"language": 40}, "rules": {"region": "prefer"}}"#)?;
/// let built = Policy::builder().weight(Criterion::Language, 40.0).rule(Criterion::Region, Rule::Prefer).build()?;
/// assert_eq!(written, built);
/// # Ok::<(), lotse::Error>(())
/// ```
///
/// # Example: nothing is left out of what is told
///
/// ```
/// use lotse::Policy;
/// let policy = Policy::from_json(r#"{"rules": {"region": "must"}}"#)?;
/// assert_eq!(policy, Policy::default());
/// let told = serde_json::to_string(&policy).unwrap_or_default();
/// assert!(told.contains(r#""language":{"rule":"must","minimum":0.25,"unknown":"allow"}"#));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Policy {
    pub(crate) weights: Weights,
    pub(crate) rules: EffectiveRules,
    pub(crate) unknown_fit: UnknownFit,
    pub(crate) language: LanguagePolicy,
    pub(crate) region: RegionPolicy,
    pub(crate) crime: CrimePolicy,
    pub(crate) capacity: CapacityPolicy,
    pub(crate) priority_weights: PriorityWeights,
}

const FIELDS: &[&str] =
    &["weights", "rules", "unknown_fit", "language", "region", "crime", "capacity", "priority_weights"];

impl Policy {
    /// Reads a policy as JSON.
    ///
    /// # Errors
    ///
    /// Every problem of the text, with paths that begin with `policy`.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Self::from_value(&Value::from_json(text)?)
    }

    /// Reads a policy from data.
    ///
    /// # Errors
    ///
    /// As [`from_json`](Self::from_json).
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        let mut sink = ErrorSink::default();
        let root = Path::root(Record::Policy);
        let policy = Self::decode(&mut sink, &root.field("policy"), value);
        sink.into_result(policy)
    }

    pub(crate) fn decode(sink: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Self {
        let mut policy = Self::default();
        let Some(fields) = sink.fields(path, value, FIELDS) else { return policy };
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
            policy.language.read(sink, &path.field("language"), value);
        }
        if let Some(value) = fields.get("region") {
            policy.region.read(sink, &path.field("region"), value);
        }
        if let Some(value) = fields.get("crime") {
            policy.crime.read(sink, &path.field("crime"), value);
        }
        if let Some(value) = fields.get("capacity") {
            policy.capacity.read(sink, &path.field("capacity"), value);
        }
        if let Some(value) = fields.get("priority_weights") {
            policy.priority_weights.decode_overrides(sink, &path.field("priority_weights"), value);
        }
        policy
    }

    /// The rule in force: what the need leaves out comes from the policy.
    pub(crate) fn rule(&self, criterion: Criterion, need: &PartialRules) -> EffectiveRule {
        self.rules.0.get(criterion).overridden_by(*need.0.get(criterion))
    }
}

impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_value(&Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct UnknownFit(pub(crate) Fit);

impl Default for UnknownFit {
    fn default() -> Self {
        Self(Fit::clamped(5_000))
    }
}

/// A fit for each word of a closed set.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct FitTable<W>(Vec<(W, Fit)>);

impl<W: StringEnum> FitTable<W> {
    pub(crate) fn get(&self, word: W) -> Fit {
        self.0.iter().find(|(present, _)| *present == word).map_or(Fit::ZERO, |(_, fit)| *fit)
    }

    fn read(&mut self, sink: &mut ErrorSink, path: &Path<'_>, value: &Value) {
        for (key, value) in sink.entries(path, value) {
            let path = path.field(key);
            match self.0.iter_mut().find(|(word, _)| W::from_code(key) == Some(*word)) {
                Some((_, fit)) => {
                    if !value.is_absent() {
                        *fit = sink.fit(&path, value).unwrap_or(*fit);
                    }
                }
                None => {
                    let words: Vec<&str> = W::ALL.iter().map(|(word, _)| *word).collect();
                    let error = path.error(ErrorKind::Shape, "unknown_field", "unknown field");
                    sink.push(error.with_hint(format!("the fields here are {}", words.join(", "))));
                }
            }
        }
    }
}

impl<W: StringEnum> Serialize for FitTable<W> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = |value: W| W::ALL.iter().find(|(_, other)| *other == value).map_or("", |(word, _)| *word);
        serializer.collect_map(self.0.iter().map(|(value, fit)| (word(*value), fit)))
    }
}

#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct LanguagePolicy {
    pub(crate) levels: FitTable<LanguageLevel>,
    pub(crate) how: FitTable<LanguageMode>,
    pub(crate) order_step: Fit,
    pub(crate) related: bool,
    /// Rows that go before those of the vocabulary.
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
    fn read(&mut self, sink: &mut ErrorSink, path: &Path<'_>, value: &Value) {
        let names = &["levels", "how", "order_step", "related", "comprehension"];
        let Some(fields) = sink.fields(path, value, names) else { return };
        if let Some(value) = fields.get("levels") {
            self.levels.read(sink, &path.field("levels"), value);
        }
        if let Some(value) = fields.get("how") {
            self.how.read(sink, &path.field("how"), value);
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
            // Where the form of one is wrong, the places of the others would be; their languages are looked up when it is mended.
            if matches!(value, Value::Array(items) if items.len() == rows.len()) {
                self.comprehension = rows;
            }
        }
    }
}

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
    fn read(&mut self, sink: &mut ErrorSink, path: &Path<'_>, value: &Value) {
        let names = &["near_km", "far_km", "far_fit", "neighbour", "remote"];
        let Some(fields) = sink.fields(path, value, names) else { return };
        for (name, km) in [("near_km", &mut self.near_km), ("far_km", &mut self.far_km)] {
            if let Some(value) = fields.get(name) {
                *km = sink.integer(&path.field(name), value, 0..=MAX_KM).unwrap_or(*km);
            }
        }
        let fits = [("far_fit", &mut self.far_fit), ("neighbour", &mut self.neighbour), ("remote", &mut self.remote)];
        for (name, fit) in fits {
            if let Some(value) = fields.get(name) {
                *fit = sink.fit(&path.field(name), value).unwrap_or(*fit);
            }
        }
        if self.near_km >= self.far_km {
            let error = path.error(ErrorKind::Conflict, "region.near_far", "near_km is not below far_km");
            sink.push(error);
        }
    }
}

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
    fn read(&mut self, sink: &mut ErrorSink, path: &Path<'_>, value: &Value) {
        let Some(fields) = sink.fields(path, value, &["general", "vague", "context_open"]) else { return };
        let fits =
            [("general", &mut self.general), ("vague", &mut self.vague), ("context_open", &mut self.context_open)];
        for (name, fit) in fits {
            if let Some(value) = fields.get(name) {
                *fit = sink.fit(&path.field(name), value).unwrap_or(*fit);
            }
        }
    }
}

#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct CapacityPolicy {
    pub(crate) comfortable: u32,
    pub(crate) waitlist: Fit,
    pub(crate) assessment: Fit,
    pub(crate) stale_days: u32,
    /// Places that an allocation assumes where none are stated.
    pub(crate) assume: u32,
}

impl Default for CapacityPolicy {
    fn default() -> Self {
        Self {
            comfortable: 3,
            waitlist: Fit::clamped(2_000),
            assessment: Fit::clamped(6_000),
            stale_days: 14,
            assume: 1,
        }
    }
}

impl CapacityPolicy {
    fn read(&mut self, sink: &mut ErrorSink, path: &Path<'_>, value: &Value) {
        let names = &["comfortable", "waitlist", "assessment", "stale_days", "assume"];
        let Some(fields) = sink.fields(path, value, names) else { return };
        let wholes = [
            ("comfortable", &mut self.comfortable, 1..=1_000_000),
            ("stale_days", &mut self.stale_days, 0..=36_500),
            ("assume", &mut self.assume, 0..=1_000_000),
        ];
        for (name, number, range) in wholes {
            if let Some(value) = fields.get(name) {
                *number = sink.integer(&path.field(name), value, range).unwrap_or(*number);
            }
        }
        for (name, fit) in [("waitlist", &mut self.waitlist), ("assessment", &mut self.assessment)] {
            if let Some(value) = fields.get(name) {
                *fit = sink.fit(&path.field(name), value).unwrap_or(*fit);
            }
        }
    }
}
