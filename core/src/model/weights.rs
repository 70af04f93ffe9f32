use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{
    decode::{path::Path, value::Value},
    error::ErrorSink,
    model::{
        criterion::{Criterion, PerCriterion},
        enums::Priority,
    },
    util::fixed::{ONE, from_ten_thousandths},
};

/// The largest weight of a criterion in a policy.
pub(crate) const MAX_WEIGHT: u32 = 1_000_000;

/// A weight as the policy states it, in ten-thousandths: 0 to 10¹⁰.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct RawWeight(pub(crate) u64);

impl Serialize for RawWeight {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(from_ten_thousandths(self.0))
    }
}

/// The weights of a policy.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Weights {
    by_criterion: PerCriterion<RawWeight>,
    /// The weight of a preferred criterion whose own weight is 0.
    pub(crate) prefer: RawWeight,
}

impl Default for Weights {
    fn default() -> Self {
        let points = |criterion| match criterion {
            Criterion::Help => 16,
            Criterion::Crime => 20,
            Criterion::Language => 29,
            Criterion::Region => 20,
            Criterion::Capacity => 15,
            Criterion::Role | Criterion::Gender | Criterion::Age | Criterion::Format | Criterion::Access => 0_u64,
        };
        let by_criterion =
            PerCriterion::from_fn(|criterion| RawWeight(points(criterion).saturating_mul(u64::from(ONE))));
        Self { by_criterion, prefer: RawWeight(u64::from(ONE).saturating_mul(5)) }
    }
}

impl Weights {
    /// The fields in JSON.
    pub(crate) const FIELDS: &'static [&'static str] =
        &["help", "crime", "language", "region", "capacity", "role", "gender", "age", "format", "access", "prefer"];

    /// Returns the weight of a criterion.
    pub(crate) fn get(&self, criterion: Criterion) -> RawWeight {
        *self.by_criterion.get(criterion)
    }

    /// Decodes the weights that are stated; the others are unchanged.
    pub(crate) fn decode_overrides(&mut self, sink: &mut ErrorSink, path: &Path<'_>, value: &Value) {
        let Some(fields) = sink.fields(path, value, Self::FIELDS) else { return };
        let mut decode = |name: &str, weight: &mut RawWeight| {
            if let Some(units) = fields.get(name).and_then(|value| sink.decimal(&path.field(name), value, MAX_WEIGHT)) {
                *weight = RawWeight(units);
            }
        };
        for criterion in Criterion::all() {
            decode(criterion.as_str(), self.by_criterion.get_mut(criterion));
        }
        decode("prefer", &mut self.prefer);
    }
}

impl Serialize for Weights {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (criterion, weight) in self.by_criterion.iter() {
            map.serialize_entry(criterion.as_str(), weight)?;
        }
        map.serialize_entry("prefer", &self.prefer)?;
        map.end()
    }
}

/// The factor by which the score of a person counts in an allocation, for each priority.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct PriorityWeights(Vec<(Priority, u32)>);

impl Default for PriorityWeights {
    fn default() -> Self {
        Self(vec![(Priority::Stat, 8), (Priority::Asap, 4), (Priority::Urgent, 2), (Priority::Routine, 1)])
    }
}

impl PriorityWeights {
    /// The fields in JSON.
    pub(crate) const FIELDS: &'static [&'static str] = &["stat", "asap", "urgent", "routine"];
    /// The largest weight.
    pub(crate) const MAX: i64 = 1_000;

    /// Returns the factor of a priority.
    pub(crate) fn get(&self, priority: Priority) -> u32 {
        self.0.iter().find(|(other, _)| *other == priority).map_or(0, |(_, weight)| *weight)
    }

    /// Decodes the weights that are stated; the others are unchanged.
    pub(crate) fn decode_overrides(&mut self, sink: &mut ErrorSink, path: &Path<'_>, value: &Value) {
        let Some(fields) = sink.fields(path, value, Self::FIELDS) else { return };
        for (priority, weight) in &mut self.0 {
            let name = priority.as_str();
            if let Some(value) = fields.get(name) {
                *weight = sink.integer(&path.field(name), value, 0..=Self::MAX).unwrap_or(*weight);
            }
        }
    }
}

impl Serialize for PriorityWeights {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(priority, weight)| (priority.as_str(), weight)))
    }
}
