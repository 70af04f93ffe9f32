use std::fmt;

use serde::{
    Serialize, Serializer,
    de::{Deserialize, Deserializer, Error as _},
    ser::SerializeMap,
};

use crate::{
    decode::{
        decoder::{Path, Record},
        string_enum::StringEnum,
        value::{Draft, Value},
    },
    error::{Error, ErrorKind, ErrorSink},
    model::{
        comprehension_row::ComprehensionRow,
        criterion::{Criterion, PerCriterion},
        enums::{LanguageLevel, LanguageMode, OnUnknown, Priority, Rule},
    },
    util::fixed::{Fit, ONE},
};

/// Largest weight of a criterion.
const MOST_WEIGHT: u32 = 1_000_000;
/// Longest distance of a policy, in kilometres: more than half the way round the earth.
const MOST_KM: i64 = 30_000;

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
    pub(crate) rules: RulesInForce,
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
    /// Sets out from the defaults.
    pub fn builder() -> PolicyBuilder {
        PolicyBuilder::default()
    }

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
    pub fn from_value(tree: &Value) -> Result<Self, Error> {
        let mut problems = ErrorSink::default();
        let root = Path::root(Record::Policy);
        let policy = Self::read(&mut problems, &root.field("policy"), tree);
        problems.into_result(policy)
    }

    pub(crate) fn read(problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) -> Self {
        let mut policy = Self::default();
        let Some(fields) = problems.fields(at, tree, FIELDS) else { return policy };
        if let Some(tree) = fields.get("weights") {
            policy.weights.read(problems, &at.field("weights"), tree);
        }
        if let Some(tree) = fields.get("rules") {
            policy.rules.amend(&Rules::read(problems, &at.field("rules"), tree));
        }
        if let Some(tree) = fields.get("unknown_fit") {
            if let Some(fit) = problems.fit(&at.field("unknown_fit"), tree) {
                policy.unknown_fit = UnknownFit(fit);
            }
        }
        if let Some(tree) = fields.get("language") {
            policy.language.read(problems, &at.field("language"), tree);
        }
        if let Some(tree) = fields.get("region") {
            policy.region.read(problems, &at.field("region"), tree);
        }
        if let Some(tree) = fields.get("crime") {
            policy.crime.read(problems, &at.field("crime"), tree);
        }
        if let Some(tree) = fields.get("capacity") {
            policy.capacity.read(problems, &at.field("capacity"), tree);
        }
        if let Some(tree) = fields.get("priority_weights") {
            policy.priority_weights.read(problems, &at.field("priority_weights"), tree);
        }
        policy
    }

    /// The rule in force: what the need leaves out comes from the policy.
    pub(crate) fn rule(&self, criterion: Criterion, need: &Rules) -> EffectiveRule {
        self.rules.0.get(criterion).with(*need.0.get(criterion))
    }
}

impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_value(&Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// Builds a [`Policy`]; everything is checked once, in [`build`](Self::build).
#[derive(Clone, Debug, Default)]
pub struct PolicyBuilder {
    draft: Draft,
}

impl PolicyBuilder {
    fn set(mut self, path: &[&'static str], value: Value<'_>) -> Self {
        self.draft.set(path, value);
        self
    }

    fn push(mut self, path: &[&'static str], value: Value<'_>) -> Self {
        self.draft.push(path, value);
        self
    }

    /// The weight of a criterion, in any unit: weights are scaled so that those of one need add up to 1.
    pub fn weight(self, criterion: Criterion, weight: f64) -> Self {
        self.set(&["weights", criterion.as_str()], Value::Float(weight))
    }

    /// The weight that a preferred criterion gets when its own is 0.
    pub fn prefer_weight(self, weight: f64) -> Self {
        self.set(&["weights", "prefer"], Value::Float(weight))
    }

    /// What a criterion does.
    pub fn rule(self, criterion: Criterion, rule: Rule) -> Self {
        self.set(&["rules", criterion.as_str()], rule.as_str().into())
    }

    /// Makes a criterion a `must` with this minimum, 0 to 1.
    pub fn must(self, criterion: Criterion, minimum: f64, unknown: OnUnknown) -> Self {
        let rule = vec![
            ("rule".into(), Rule::Must.as_str().into()),
            ("minimum".into(), Value::Float(minimum)),
            ("unknown".into(), unknown.as_str().into()),
        ];
        self.set(&["rules", criterion.as_str()], Value::Object(rule))
    }

    /// What an unknown fit counts, 0 to 1.
    pub fn unknown_fit(self, fit: f64) -> Self {
        self.set(&["unknown_fit"], Value::Float(fit))
    }

    /// Up to how many kilometres a journey is near, and from how many it is far.
    pub fn journey_km(self, near: u32, far: u32) -> Self {
        self.set(&["region", "near_km"], u64::from(near).into()).set(&["region", "far_km"], u64::from(far).into())
    }

    /// After how many days a capacity is stale.
    pub fn stale_days(self, days: u32) -> Self {
        self.set(&["capacity", "stale_days"], u64::from(days).into())
    }

    /// How many times the places that a party takes are comfortable.
    pub fn comfortable(self, times: u32) -> Self {
        self.set(&["capacity", "comfortable"], u64::from(times).into())
    }

    /// Switches the table of comprehension between languages on or off.
    pub fn related_languages(self, on: bool) -> Self {
        self.set(&["language", "related"], Value::Bool(on))
    }

    /// How well, 0 to 1, speakers of one language understand another; goes before the table. 0 takes the row out: what is left
    /// is what would be without it. Off with [`related_languages`](Self::related_languages), as the table is.
    pub fn comprehension(self, from: &str, to: &str, degree: f64) -> Self {
        let row = [("from", from.into()), ("to", to.into()), ("degree", Value::Float(degree))];
        let row = Value::Object(row.map(|(name, value)| (name.into(), value)).into());
        self.push(&["language", "comprehension"], row)
    }

    /// Checks and builds.
    ///
    /// # Errors
    ///
    /// `policy.range` and `policy.decimals` for numbers, `policy.region.near_far` where near is not below far.
    pub fn build(self) -> Result<Policy, Error> {
        Policy::from_value(&self.draft.into_value())
    }
}

/// A weight as it was written, in ten-thousandths of its unit.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Weight(pub(crate) u64);

impl Serialize for Weight {
    #[expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "shown as a decimal; decides nothing")]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0 as f64 / f64::from(ONE))
    }
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Weights {
    of: PerCriterion<Weight>,
    pub(crate) prefer: Weight,
}

impl Default for Weights {
    fn default() -> Self {
        let points = |criterion| match criterion {
            Criterion::Help => 10,
            Criterion::Crime => 20,
            Criterion::Language => 35,
            Criterion::Region => 20,
            Criterion::Capacity => 15,
            Criterion::Role | Criterion::Gender | Criterion::Age | Criterion::DeliveryFormat | Criterion::Access => {
                0_u64
            }
        };
        let of = PerCriterion::from_fn(|criterion| Weight(points(criterion).saturating_mul(u64::from(ONE))));
        Self { of, prefer: Weight(u64::from(ONE).saturating_mul(5)) }
    }
}

impl Weights {
    pub(crate) fn get(&self, criterion: Criterion) -> Weight {
        *self.of.get(criterion)
    }

    fn read(&mut self, problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) {
        const FIELDS: &[&str] =
            &["help", "crime", "language", "region", "capacity", "role", "gender", "age", "format", "access", "prefer"];
        let Some(fields) = problems.fields(at, tree, FIELDS) else { return };
        let mut read = |name: &str, weight: &mut Weight| {
            if let Some(units) = fields.get(name).and_then(|tree| problems.decimal(&at.field(name), tree, MOST_WEIGHT))
            {
                *weight = Weight(units);
            }
        };
        for criterion in Criterion::all() {
            read(criterion.as_str(), self.of.get_mut(criterion));
        }
        read("prefer", &mut self.prefer);
    }
}

impl Serialize for Weights {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (criterion, weight) in self.of.iter() {
            map.serialize_entry(criterion.as_str(), weight)?;
        }
        map.serialize_entry("prefer", &self.prefer)?;
        map.end()
    }
}

/// One rule as a need or a policy writes it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct WrittenRule {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rule: Option<Rule>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) minimum: Option<Fit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) unknown: Option<OnUnknown>,
}

/// Rules as written, for some criteria.
#[derive(Clone, Default, Eq, PartialEq)]
pub(crate) struct Rules(PerCriterion<Option<WrittenRule>>);

impl Rules {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, rule)| rule.is_none())
    }

    pub(crate) fn read(problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) -> Self {
        const FIELDS: &[&str] =
            &["help", "crime", "language", "region", "capacity", "role", "gender", "age", "format", "access"];
        let mut rules = Self::default();
        let Some(fields) = problems.fields(at, tree, FIELDS) else { return rules };
        for criterion in Criterion::all() {
            let name = criterion.as_str();
            if let Some(tree) = fields.get(name) {
                *rules.0.get_mut(criterion) = read_rule(problems, &at.field(name), tree);
            }
        }
        rules
    }
}

fn read_rule(problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) -> Option<WrittenRule> {
    if let Value::String(_) = tree {
        return Some(WrittenRule { rule: Some(problems.string_enum(at, tree)?), minimum: None, unknown: None });
    }
    let fields = problems.fields(at, tree, &["rule", "minimum", "unknown"])?;
    let written = WrittenRule {
        rule: fields.get("rule").and_then(|tree| problems.string_enum(&at.field("rule"), tree)),
        minimum: fields.get("minimum").and_then(|tree| problems.fit(&at.field("minimum"), tree)),
        unknown: fields.get("unknown").and_then(|tree| problems.string_enum(&at.field("unknown"), tree)),
    };
    let empty = written.rule.is_none() && written.minimum.is_none() && written.unknown.is_none();
    (!empty).then_some(written)
}

impl Serialize for Rules {
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

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = self.0.iter().filter_map(|(criterion, rule)| rule.map(|rule| (criterion, rule)));
        f.debug_map().entries(written).finish()
    }
}

/// The rules of a policy, with nothing left out.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct RulesInForce(PerCriterion<EffectiveRule>);

impl Default for RulesInForce {
    fn default() -> Self {
        Self(PerCriterion::from_fn(EffectiveRule::default_of))
    }
}

impl RulesInForce {
    /// Puts what is written in the place of what was in force.
    fn amend(&mut self, written: &Rules) {
        self.0 = PerCriterion::from_fn(|criterion| self.0.get(criterion).with(*written.0.get(criterion)));
    }
}

impl Serialize for RulesInForce {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(criterion, rule)| (criterion.as_str(), rule)))
    }
}

/// The rule of one criterion, with nothing left out.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub(crate) struct EffectiveRule {
    pub(crate) rule: Rule,
    pub(crate) minimum: Fit,
    pub(crate) unknown: OnUnknown,
}

impl EffectiveRule {
    /// A `must` excludes what is below the minimum: languages that carry a talk; for the others, anything above nothing.
    fn default_of(criterion: Criterion) -> Self {
        let minimum = if criterion == Criterion::Language { Fit::clamped(2_500) } else { Fit::clamped(1) };
        Self { rule: Rule::Must, minimum, unknown: OnUnknown::Allow }
    }

    /// This rule, but for what is written.
    fn with(self, written: Option<WrittenRule>) -> Self {
        let Some(WrittenRule { rule, minimum, unknown }) = written else { return self };
        Self {
            rule: rule.unwrap_or(self.rule),
            minimum: minimum.unwrap_or(self.minimum),
            unknown: unknown.unwrap_or(self.unknown),
        }
    }

    /// Whether an offer with this fit is excluded.
    pub(crate) fn blocks(self, fit: Fit, known: bool) -> bool {
        self.rule == Rule::Must && if known { fit < self.minimum } else { self.unknown == OnUnknown::Exclude }
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

    fn read(&mut self, problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) {
        for (key, value) in problems.entries(at, tree) {
            let at = at.field(key);
            match self.0.iter_mut().find(|(word, _)| W::from_code(key) == Some(*word)) {
                Some((_, fit)) => {
                    if !value.is_absent() {
                        *fit = problems.fit(&at, value).unwrap_or(*fit);
                    }
                }
                None => {
                    let words: Vec<&str> = W::ALL.iter().map(|(word, _)| *word).collect();
                    let problem = at.error(ErrorKind::Shape, "unknown_field", "unknown field");
                    problems.push(problem.with_hint(format!("the fields here are {}", words.join(", "))));
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
    fn read(&mut self, problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) {
        let names = &["levels", "how", "order_step", "related", "comprehension"];
        let Some(fields) = problems.fields(at, tree, names) else { return };
        if let Some(tree) = fields.get("levels") {
            self.levels.read(problems, &at.field("levels"), tree);
        }
        if let Some(tree) = fields.get("how") {
            self.how.read(problems, &at.field("how"), tree);
        }
        if let Some(tree) = fields.get("order_step") {
            self.order_step = problems.fit(&at.field("order_step"), tree).unwrap_or(self.order_step);
        }
        if let Some(tree) = fields.get("related") {
            self.related = problems.boolean(&at.field("related"), tree).unwrap_or(self.related);
        }
        if let Some(tree) = fields.get("comprehension") {
            let at = at.field("comprehension");
            let rows = problems.each(&at, tree, ComprehensionRow::decode);
            // Where the form of one is wrong, the places of the others would be; their languages are looked up when it is mended.
            if matches!(tree, Value::Array(items) if items.len() == rows.len()) {
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
    fn read(&mut self, problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) {
        let names = &["near_km", "far_km", "far_fit", "neighbour", "remote"];
        let Some(fields) = problems.fields(at, tree, names) else { return };
        for (name, km) in [("near_km", &mut self.near_km), ("far_km", &mut self.far_km)] {
            if let Some(tree) = fields.get(name) {
                *km = problems.integer(&at.field(name), tree, 0..=MOST_KM).unwrap_or(*km);
            }
        }
        let fits = [("far_fit", &mut self.far_fit), ("neighbour", &mut self.neighbour), ("remote", &mut self.remote)];
        for (name, fit) in fits {
            if let Some(tree) = fields.get(name) {
                *fit = problems.fit(&at.field(name), tree).unwrap_or(*fit);
            }
        }
        if self.near_km >= self.far_km {
            let problem = at.error(ErrorKind::Conflict, "region.near_far", "near_km is not below far_km");
            problems.push(problem);
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
    fn read(&mut self, problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) {
        let Some(fields) = problems.fields(at, tree, &["general", "vague", "context_open"]) else { return };
        let fits =
            [("general", &mut self.general), ("vague", &mut self.vague), ("context_open", &mut self.context_open)];
        for (name, fit) in fits {
            if let Some(tree) = fields.get(name) {
                *fit = problems.fit(&at.field(name), tree).unwrap_or(*fit);
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
    fn read(&mut self, problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) {
        let names = &["comfortable", "waitlist", "assessment", "stale_days", "assume"];
        let Some(fields) = problems.fields(at, tree, names) else { return };
        let wholes = [
            ("comfortable", &mut self.comfortable, 1..=1_000_000),
            ("stale_days", &mut self.stale_days, 0..=36_500),
            ("assume", &mut self.assume, 0..=1_000_000),
        ];
        for (name, number, range) in wholes {
            if let Some(tree) = fields.get(name) {
                *number = problems.integer(&at.field(name), tree, range).unwrap_or(*number);
            }
        }
        for (name, fit) in [("waitlist", &mut self.waitlist), ("assessment", &mut self.assessment)] {
            if let Some(tree) = fields.get(name) {
                *fit = problems.fit(&at.field(name), tree).unwrap_or(*fit);
            }
        }
    }
}

/// How much a place counts for needs of each priority.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct PriorityWeights(Vec<(Priority, u32)>);

impl Default for PriorityWeights {
    fn default() -> Self {
        Self(vec![(Priority::Stat, 8), (Priority::Asap, 4), (Priority::Urgent, 2), (Priority::Routine, 1)])
    }
}

impl PriorityWeights {
    /// How much a person of this priority counts.
    pub(crate) fn of(&self, priority: Priority) -> u32 {
        self.0.iter().find(|(of, _)| *of == priority).map_or(0, |(_, weight)| *weight)
    }

    fn read(&mut self, problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) {
        let Some(fields) = problems.fields(at, tree, &["stat", "asap", "urgent", "routine"]) else { return };
        for (priority, weight) in &mut self.0 {
            let name = priority.as_str();
            if let Some(tree) = fields.get(name) {
                *weight = problems.integer(&at.field(name), tree, 0..=1_000).unwrap_or(*weight);
            }
        }
    }
}

impl Serialize for PriorityWeights {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(priority, weight)| (priority.as_str(), weight)))
    }
}
