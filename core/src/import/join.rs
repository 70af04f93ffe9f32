//! Side tables that belong to the records of a main table.
//!
//! Each join has a sorted index from a key to the rows of its side table, so that a record is completed in O(log n) per join.

use crate::{
    decode::value::Value,
    import::{
        column::text_of,
        notes::{Notes, Section},
        position::Position,
        rules::Join,
    },
    util::ordered_map::OrderedMap,
};

/// A side table: the stem of its file, and its rows.
#[derive(Debug)]
pub(crate) struct SideTable<'s, 'f> {
    pub(crate) stem: &'s str,
    pub(crate) rows: &'s [(Position, Value<'f>)],
}

/// The joins of a mapping with the rows of their side tables.
#[derive(Debug)]
pub(crate) struct Joins<'s, 'f> {
    joins: Vec<IndexedJoin<'s, 'f>>,
}

#[derive(Debug)]
struct IndexedJoin<'s, 'f> {
    rule: &'s Join,
    /// The names of the objects on the way to those that get the rows.
    parents: Vec<&'s str>,
    name: &'s str,
    is_list: bool,
    rows: Vec<JoinedRow<'s, 'f>>,
    /// Indices of `rows` by key.
    index: OrderedMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct JoinedRow<'s, 'f> {
    stem: &'s str,
    at: Position,
    value: &'s Value<'f>,
    is_used: bool,
}

impl<'s, 'f> Joins<'s, 'f> {
    /// Indexes the side tables of each join. A join without a table does nothing.
    pub(crate) fn new(rules: &'s [Join], tables: &[SideTable<'s, 'f>]) -> Self {
        let mut joins = Vec::new();
        for rule in rules {
            let of_rule = |table: &&SideTable<'s, 'f>| rule.files.iter().any(|stem| stem == table.stem);
            let mut rows = Vec::new();
            for table in tables.iter().filter(of_rule) {
                let row = |(at, value): &'s (Position, Value<'f>)| JoinedRow {
                    stem: table.stem,
                    at: *at,
                    value,
                    is_used: false,
                };
                rows.extend(table.rows.iter().map(row));
            }
            let mut index: OrderedMap<String, Vec<usize>> = OrderedMap::default();
            for (position, row) in rows.iter().enumerate() {
                if let Some((_, key)) = rule.to.text(row.value) {
                    index.entry(key.into_owned()).or_default().push(position);
                }
            }
            let (path, is_list) =
                rule.target.strip_suffix("[]").map_or((rule.target.as_str(), false), |path| (path, true));
            let mut parents: Vec<&str> = path.split('.').map(|step| step.trim_end_matches("[]")).collect();
            let name = parents.pop().unwrap_or_default();
            if !rows.is_empty() {
                joins.push(IndexedJoin { rule, parents, name, is_list, rows, index });
            }
        }
        Self { joins }
    }

    /// Nests the rows of side tables into a record.
    pub(crate) fn complete(&mut self, record: &mut Value<'f>, at: Position, notes: &mut Notes) {
        for join in &mut self.joins {
            let parents = std::mem::take(&mut join.parents);
            join.complete(record, &parents, at, notes);
            join.parents = parents;
        }
    }

    /// Notes the rows of side tables whose key no record has.
    pub(crate) fn note_unused(&self, notes: &mut Notes) {
        // A table of a list has rows that name their record; one of single objects, such as terms, may have more than are used.
        for join in self.joins.iter().filter(|join| join.is_list) {
            for row in join.rows.iter().filter(|row| !row.is_used) {
                notes.add(Section::Lost, "reference", (Some(row.stem), None), Some(row.at));
            }
        }
    }
}

impl<'f> IndexedJoin<'_, 'f> {
    /// Goes down to the objects at `parents`. The recursion is as deep as the path of the join.
    fn complete(&mut self, value: &mut Value<'f>, parents: &[&str], at: Position, notes: &mut Notes) {
        match (value, parents.split_first()) {
            (Value::Array(items), _) => items.iter_mut().for_each(|item| self.complete(item, parents, at, notes)),
            (Value::Object(fields), Some((step, rest))) => {
                if let Some((_, inner)) = fields.iter_mut().find(|(name, _)| name == step) {
                    self.complete(inner, rest, at, notes);
                }
            }
            (object @ Value::Object(_), None) => self.attach(object, at, notes),
            _ => {}
        }
    }

    fn attach(&mut self, object: &mut Value<'f>, at: Position, notes: &mut Notes) {
        let Some(key) = self.rule.on.values(object).and_then(|(_, values)| values.into_iter().find_map(text_of)) else {
            return;
        };
        let indices = self.index.get(&*key).map(Vec::as_slice).unwrap_or_default();
        if indices.is_empty() && !self.is_list {
            let column = self.rule.on.to_string();
            notes.add(Section::Lost, "reference", (Some(&column), None), Some(at));
        }
        let mut found = Vec::new();
        for index in indices {
            if let Some(row) = self.rows.get_mut(*index) {
                row.is_used = true;
                found.push(row.value.clone());
            }
        }
        let Value::Object(fields) = object else { return };
        if found.is_empty() {
            return;
        }
        let existing = fields.iter().position(|(name, _)| name == self.name);
        let value = if self.is_list {
            Value::Array(found)
        } else {
            // The first of several rows with this key: the key of a table of single objects is its own.
            found.into_iter().next().unwrap_or(Value::Null)
        };
        match existing.and_then(|index| fields.get_mut(index)) {
            Some((_, Value::Array(items))) if self.is_list => {
                if let Value::Array(found) = value {
                    items.extend(found);
                }
            }
            Some((_, other)) => *other = value,
            None => fields.push((self.name.to_owned().into(), value)),
        }
    }
}

/// Returns `true` if a join reads the files of this stem.
pub(crate) fn joins_stem(rules: &[Join], stem: &str) -> bool {
    rules.iter().any(|rule| rule.files.iter().any(|other| other == stem))
}

#[cfg(test)]
mod tests {
    use super::{Joins, SideTable};
    use crate::{
        decode::value::Value,
        import::{
            column::Columns,
            notes::{Notes, Section},
            position::{Position, Step},
            rules::Join,
        },
    };

    fn join(file: &str, on: &str, to: &str, target: &str) -> Join {
        let (on, to) = (Columns::from_name(on), Columns::from_name(to));
        Join { files: vec![file.to_owned()], on, to, target: target.to_owned() }
    }

    fn rows(json: &'static str) -> Vec<(Position, Value<'static>)> {
        let Value::Array(items) = Value::from_json(json).unwrap() else { panic!("not a list") };
        let at = |row| Position { file: 0, step: Step::Row(row) };
        (2..).map(at).zip(items).collect()
    }

    #[test]
    fn rows_are_nested_by_their_keys() {
        let rules = [
            join("languages", "id", "service_id", "languages[]"),
            join("links", "id", "service_id", "links[]"),
            join("locations", "location_id", "id", "links[].location"),
            join("access", "id", "location_id", "links[].location.access[]"),
            join("missing", "id", "id", "missing"),
        ];
        let languages =
            rows(r#"[{"service_id": "1", "name": "de"}, {"service_id": 1, "name": "en"}, {"name": "lost"}]"#);
        let links = rows(r#"[{"service_id": "1", "location_id": "9"}, {"service_id": "1", "location_id": "8"}]"#);
        let locations = rows(r#"[{"id": "9", "lat": 1}, {"id": "7", "lat": 2}]"#);
        let access = rows(r#"[{"location_id": "9", "name": "ramp"}]"#);
        let tables = [("languages", &languages), ("links", &links), ("locations", &locations), ("access", &access)];
        let tables = tables.map(|(stem, rows)| SideTable { stem, rows });
        let mut joins = Joins::new(&rules, &tables);
        let (mut notes, at) = (Notes::default(), Position { file: 0, step: Step::Row(2) });
        let mut record = Value::from_json(r#"{"id": "1"}"#).unwrap();
        joins.complete(&mut record, at, &mut notes);
        joins.note_unused(&mut notes);
        let expected = r#"{"id":"1","languages":[{"service_id":"1","name":"de"},{"service_id":1,"name":"en"}],"#
            .to_owned()
            + r#""links":[{"service_id":"1","location_id":"9","location":{"id":"9","lat":1,"#
            + r#""access":[{"location_id":"9","name":"ramp"}]}},{"service_id":"1","location_id":"8"}]}"#;
        assert_eq!(serde_json::to_string(&record).unwrap(), expected);
        let lost: Vec<_> = notes.of(Section::Lost).map(|(key, count)| (key.column.as_deref(), count.count)).collect();
        assert_eq!(lost, [(Some("languages"), 1), (Some("location_id"), 1)]);
    }

    #[test]
    fn no_table_changes_nothing() {
        let rules = [join("languages", "id", "service_id", "languages[]")];
        let (mut notes, at) = (Notes::default(), Position { file: 0, step: Step::Row(2) });
        let mut record = Value::from_json(r#"{"id": "1"}"#).unwrap();
        let mut joins = Joins::new(&rules, &[]);
        joins.complete(&mut record, at, &mut notes);
        joins.note_unused(&mut notes);
        assert_eq!(serde_json::to_string(&record).unwrap(), r#"{"id":"1"}"#);
        assert_eq!(notes.of(Section::Lost).count(), 0);
    }
}
