//! The comparison with the records of an earlier import.

use crate::{
    decode::{to_value::to_value, value::Value},
    error::Error,
    import::{
        changes::{ChangedRecord, Changes},
        imported::ImportedRecord,
        notes::{Notes, Section},
        position::Position,
        record_kind::RecordKind,
    },
    model::{need::Need, offer::Offer},
    util::{
        ordered_map::{OrderedMap, OrderedSet},
        sort::sort_by_key,
    },
};

/// Decodes the records of an earlier import.
///
/// # Errors
///
/// All errors of the records.
pub(crate) fn decode_previous(kind: RecordKind, records: &Value<'_>) -> Result<Vec<ImportedRecord>, Error> {
    Ok(match kind {
        RecordKind::Offers => Offer::list_from_value(records)?.into_iter().map(ImportedRecord::Offer).collect(),
        RecordKind::Needs => Need::list_from_value(records)?.into_iter().map(ImportedRecord::Need).collect(),
    })
}

/// Compares records with those of an earlier import, one at a time.
pub(crate) struct Update<'p> {
    previous: &'p [ImportedRecord],
    /// The index of each earlier record by its id. Of two with one id, the first counts.
    by_id: OrderedMap<&'p str, usize>,
    found: OrderedSet<&'p str>,
    /// New and changed records, each with the index that orders it.
    new: Vec<(u32, String)>,
    changed: Vec<(u32, ChangedRecord)>,
    same: u64,
}

impl<'p> Update<'p> {
    pub(crate) fn new(previous: &'p [ImportedRecord]) -> Self {
        let mut by_id = OrderedMap::default();
        for (index, record) in previous.iter().enumerate() {
            by_id.entry(record.id()).or_insert_with(|| index);
        }
        Self { previous, by_id, found: OrderedSet::default(), new: Vec::new(), changed: Vec::new(), same: 0 }
    }

    /// Compares a record, and keeps the earlier capacity of an offer whose source states none.
    pub(crate) fn compare(
        &mut self,
        order: u32,
        record: &mut ImportedRecord,
        at: Position,
        notes: &mut Notes,
    ) -> Result<(), Error> {
        let earlier = self.by_id.get(record.id()).and_then(|index| self.previous.get(*index));
        let Some(earlier) = earlier else {
            self.new.push((order, record.id().to_owned()));
            return Ok(());
        };
        self.found.insert(earlier.id());
        if let (ImportedRecord::Offer(offer), ImportedRecord::Offer(earlier)) = (&mut *record, earlier) {
            if offer.capacity.is_none() && earlier.capacity.is_some() {
                offer.capacity = earlier.capacity;
                notes.add(Section::Assumed, "capacity.kept", (None, Some("capacity")), Some(at));
            }
        }
        if record == earlier {
            self.same = self.same.saturating_add(1);
        } else {
            let (id, fields) = (record.id().to_owned(), changed_fields(earlier, record)?);
            self.changed.push((order, ChangedRecord { id, fields }));
        }
        Ok(())
    }

    /// Returns the changes when all records are compared.
    pub(crate) fn finish(mut self) -> Changes {
        sort_by_key(&mut self.new, |(order, _)| *order);
        sort_by_key(&mut self.changed, |(order, _)| *order);
        let is_first = |(index, id): &(usize, &str)| self.by_id.get(id) == Some(index);
        let ids = self.previous.iter().map(ImportedRecord::id).enumerate().filter(is_first);
        let gone = ids.filter(|(_, id)| !self.found.contains(id)).map(|(_, id)| id.to_owned());
        Changes {
            gone: gone.collect(),
            new: self.new.into_iter().map(|(_, id)| id).collect(),
            changed: self.changed.into_iter().map(|(_, record)| record).collect(),
            same: self.same,
        }
    }
}

/// Returns the names of the fields in which two records differ, in the order of a record.
fn changed_fields(before: &ImportedRecord, after: &ImportedRecord) -> Result<Vec<String>, Error> {
    let value = |record: &ImportedRecord| match record {
        ImportedRecord::Offer(offer) => to_value(offer),
        ImportedRecord::Need(need) => to_value(need),
    };
    let names = match after {
        ImportedRecord::Offer(_) => Offer::FIELDS,
        ImportedRecord::Need(_) => Need::FIELDS,
    };
    let (before, after) = (value(before)?, value(after)?);
    let differs = |name: &&&str| field(&before, name) != field(&after, name);
    Ok(names.iter().filter(differs).map(|name| (*name).to_owned()).collect())
}

fn field<'v>(record: &'v Value<'v>, name: &str) -> Option<&'v Value<'v>> {
    let Value::Object(fields) = record else { return None };
    fields.iter().find(|(field, _)| field == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::{Changes, Update, decode_previous};
    use crate::{
        decode::value::Value,
        import::{
            imported::ImportedRecord,
            notes::{Notes, Section},
            position::{Position, Step},
            record_kind::RecordKind,
        },
    };

    fn records(kind: RecordKind, json: &str) -> Vec<ImportedRecord> {
        decode_previous(kind, &Value::from_json(json).unwrap()).unwrap()
    }

    /// Returns the changes, and the records as they are produced.
    fn update(kind: RecordKind, previous: &str, now: &str) -> (Changes, Vec<ImportedRecord>, Notes) {
        let (previous, mut now) = (records(kind, previous), records(kind, now));
        let (mut update, mut notes) = (Update::new(&previous), Notes::default());
        for (order, record) in (0..).zip(&mut now) {
            let at = Position { file: 0, step: Step::Row(order) };
            update.compare(order, record, at, &mut notes).unwrap();
        }
        (update.finish(), now, notes)
    }

    #[test]
    fn records_are_compared_by_id() {
        let previous =
            r#"[{"id": "a", "name": "A"}, {"id": "b", "help": ["legal"]}, {"id": "c"}, {"id": "c", "name": "C"}]"#;
        let now = r#"[{"id": "d"}, {"id": "b", "name": "B", "help": ["legal"], "area": ["14"]}, {"id": "c"}]"#;
        let (changes, ..) = update(RecordKind::Offers, previous, now);
        assert_eq!((changes.new, changes.gone, changes.same), (vec!["d".to_owned()], vec!["a".to_owned()], 1));
        assert_eq!(changes.changed.len(), 1);
        assert_eq!(
            (changes.changed[0].id.as_str(), changes.changed[0].fields.join(" ")),
            ("b", "name area".to_owned())
        );
    }

    #[test]
    fn changes_are_in_the_order_of_the_files() {
        let now = records(
            RecordKind::Offers,
            r#"[{"id": "b"}, {"id": "a"}, {"id": "d", "name": "D"}, {"id": "c", "name": "C"}]"#,
        );
        let previous = records(RecordKind::Offers, r#"[{"id": "c"}, {"id": "d"}]"#);
        let mut update = Update::new(&previous);
        // Records of one id are complete when the last of them is read.
        for (order, mut record) in [1, 0, 3, 2].into_iter().zip(now) {
            let at = Position { file: 0, step: Step::Row(order) };
            update.compare(order, &mut record, at, &mut Notes::default()).unwrap();
        }
        let changes = update.finish();
        let changed: Vec<&str> = changes.changed.iter().map(|record| record.id.as_str()).collect();
        assert_eq!((changes.new.join(" "), changed.join(" ")), ("a b".to_owned(), "c d".to_owned()));
    }

    #[test]
    fn changes_of_needs_have_no_values() {
        let previous = r#"[{"id": "n-1", "age": 34, "crime": "0101"}]"#;
        let (changes, ..) = update(RecordKind::Needs, previous, r#"[{"id": "n-1", "age": 35, "crime": "0101"}]"#);
        let json = serde_json::to_string(&changes).unwrap();
        assert_eq!(json, r#"{"new":[],"changed":[{"id":"n-1","fields":["age"]}],"gone":[],"same":0}"#);
    }

    #[test]
    fn a_capacity_is_kept_if_the_source_has_none() {
        let previous = r#"[{"id": "a", "capacity": 3}, {"id": "b", "capacity": 4}]"#;
        let now = r#"[{"id": "a"}, {"id": "b", "capacity": 0}, {"id": "c"}]"#;
        let (changes, offers, notes) = update(RecordKind::Offers, previous, now);
        let expected = r#"[{"id": "a", "capacity": 3}, {"id": "b", "capacity": 0}, {"id": "c"}]"#;
        assert_eq!(offers, records(RecordKind::Offers, expected));
        assert_eq!((changes.same, changes.changed[0].fields.join(" ")), (1, "capacity".to_owned()));
        let (key, count) = notes.of(Section::Assumed).next().unwrap();
        assert_eq!((&*key.code, count.count), ("capacity.kept", 1));
    }
}
