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
        rules::{EffectiveRule, Rules, RulesInForce},
        weights::{PriorityWeights, Weights},
    },
    util::fixed::Fit,
};

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
