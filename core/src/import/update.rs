//! The changes since an earlier import.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    decode::{to_value::to_value, value::Value},
    error::Error,
    model::{need::Need, offer::Offer},
};

/// The changes of records since an earlier import. It has ids and names of fields, but no values.
///
/// # Example: an update
///
/// ```
/// use lotse::{import::{Import, ImportFile, RecordKind}, wire};
/// let first = Import::builder(RecordKind::Offers).build()?;
/// let earlier = first.read(&[ImportFile::new("list.csv", "id;Name;Sprachen\n1;Treff;Deutsch\n2;Haus;Deutsch\n")])?;
/// let second = Import::builder(RecordKind::Offers).previous(wire::to_value(&earlier.offers)?).build()?;
/// let file = ImportFile::new("list.csv", "id;Name;Sprachen\n1;Treff;Deutsch, Arabisch\n3;Hof;Deutsch\n");
/// let changes = second.read(&[file])?.report.changes.unwrap();
/// assert_eq!((changes.new, changes.gone, changes.same), (vec!["3".to_owned()], vec!["2".to_owned()], 0));
/// assert_eq!(changes.changed[0].fields, ["languages"]);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Changes {
    /// The ids of records that the earlier import lacks, in the order of the files.
    pub new: Vec<String>,
    /// Records that differ, in the order of the files.
    pub changed: Vec<ChangedRecord>,
    /// The ids of earlier records that are missing now, in the order of the earlier import. They are not produced.
    pub gone: Vec<String>,
    /// The number of records that are equal.
    pub same: u64,
}

/// A record that differs from the earlier one.
///
/// # Example: a changed name
///
/// ```
/// use lotse::{import::{Import, ImportFile, RecordKind}, wire::Value};
/// let earlier = Value::from_json(r#"[{"id": "1", "name": "Treff"}]"#)?;
/// let import = Import::builder(RecordKind::Offers).previous(earlier).build()?;
/// let report = import.read(&[ImportFile::new("list.csv", "id;Name;Sprachen\n1;Treffpunkt;Deutsch\n")])?.report;
/// let changed = &report.changes.unwrap().changed[0];
/// assert_eq!((changed.id.as_str(), changed.fields.join(", ").as_str()), ("1", "name, languages"));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ChangedRecord {
    /// The id.
    pub id: String,
    /// The names of fields that differ, in the order of a record.
    pub fields: Vec<String>,
}

/// A record with an id.
pub(crate) trait Identified: Serialize {
    /// The fields in JSON.
    const FIELDS: &'static [&'static str];

    fn id(&self) -> &str;
}

impl Identified for Offer {
    const FIELDS: &'static [&'static str] = Self::FIELDS;

    fn id(&self) -> &str {
        self.id()
    }
}

impl Identified for Need {
    const FIELDS: &'static [&'static str] = Self::FIELDS;

    fn id(&self) -> &str {
        self.id()
    }
}

/// Copies the capacity of an earlier offer to one whose source states none.
pub(crate) fn keep_capacities(offers: &mut [Offer], previous: &[Offer]) {
    let capacities: BTreeMap<&str, _> = previous.iter().map(|offer| (offer.id(), offer.capacity())).collect();
    for offer in offers {
        if offer.capacity.is_none() {
            offer.capacity = capacities.get(&*offer.id).copied().flatten();
        }
    }
}

impl Changes {
    /// Compares records with those of an earlier import, by id. Of two with one id, the first counts.
    pub(crate) fn between<R: Identified + PartialEq>(previous: &[R], records: &[R]) -> Result<Self, Error> {
        let mut earlier: BTreeMap<&str, &R> = BTreeMap::new();
        for record in previous {
            earlier.entry(record.id()).or_insert(record);
        }
        let mut changes = Self::default();
        for record in records {
            match earlier.get(record.id()) {
                None => changes.new.push(record.id().to_owned()),
                Some(before) if *before == record => changes.same = changes.same.saturating_add(1),
                Some(before) => {
                    let fields = changed_fields(R::FIELDS, &to_value(before)?, &to_value(record)?);
                    changes.changed.push(ChangedRecord { id: record.id().to_owned(), fields });
                }
            }
        }
        for record in records {
            earlier.remove(record.id());
        }
        let gone = previous.iter().filter(|record| earlier.remove(record.id()).is_some());
        changes.gone = gone.map(|record| record.id().to_owned()).collect();
        Ok(changes)
    }
}

/// Returns the names of the fields in which two records differ.
fn changed_fields(names: &[&str], before: &Value<'_>, after: &Value<'_>) -> Vec<String> {
    names.iter().filter(|name| field(before, name) != field(after, name)).map(|name| (*name).to_owned()).collect()
}

fn field<'v>(record: &'v Value<'v>, name: &str) -> Option<&'v Value<'v>> {
    let Value::Object(fields) = record else { return None };
    fields.iter().find(|(field, _)| field == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::{Changes, keep_capacities};
    use crate::model::{capacity::Capacity, need::Need, offer::Offer};

    fn offer(json: &str) -> Offer {
        Offer::from_json(json).unwrap()
    }

    #[test]
    fn records_are_compared_by_id() {
        let previous =
            [r#"{"id": "a", "name": "A"}"#, r#"{"id": "b", "help": ["legal"]}"#, r#"{"id": "c"}"#].map(offer);
        let now =
            [r#"{"id": "d"}"#, r#"{"id": "b", "name": "B", "help": ["legal"], "area": ["14"]}"#, r#"{"id": "c"}"#];
        let changes = Changes::between(&previous, &now.map(offer)).unwrap();
        assert_eq!((changes.new, changes.gone, changes.same), (vec!["d".to_owned()], vec!["a".to_owned()], 1));
        assert_eq!(changes.changed.len(), 1);
        assert_eq!(
            (changes.changed[0].id.as_str(), changes.changed[0].fields.join(" ")),
            ("b", "name area".to_owned())
        );
    }

    #[test]
    fn changes_of_needs_have_no_values() {
        let need = |json: &str| Need::from_json(json).unwrap();
        let previous = [need(r#"{"id": "n-1", "age": 34, "crime": "0101"}"#)];
        let now = [need(r#"{"id": "n-1", "age": 35, "crime": "0101"}"#)];
        let json = serde_json::to_string(&Changes::between(&previous, &now).unwrap()).unwrap();
        assert_eq!(json, r#"{"new":[],"changed":[{"id":"n-1","fields":["age"]}],"gone":[],"same":0}"#);
    }

    #[test]
    fn a_capacity_is_kept_if_the_source_has_none() {
        let previous = [offer(r#"{"id": "a", "capacity": 3}"#), offer(r#"{"id": "b", "capacity": 4}"#)];
        let mut offers = [offer(r#"{"id": "a"}"#), offer(r#"{"id": "b", "capacity": 0}"#), offer(r#"{"id": "c"}"#)];
        keep_capacities(&mut offers, &previous);
        let capacities = offers.map(|offer| offer.capacity());
        assert_eq!(capacities, [Some(Capacity::open(3)), Some(Capacity::open(0)), None]);
    }
}
