//! A record under construction: values by field, and how several of them become one.

use crate::{
    decode::value::Value,
    import::{
        fields::fields_of,
        notes::{Notes, Section},
        position::Position,
        record_kind::RecordKind,
        word_kind::WordKind,
    },
};

/// The largest number of bytes of a text that a record may have.
const MAX_TEXT_BYTES: usize = 10_000;
/// The largest number of items of most lists of a record.
const MAX_ITEMS: usize = 1_000;

/// The values of a record, by the index of their field.
#[derive(Clone)]
pub(crate) struct Draft {
    records: RecordKind,
    values: Vec<Vec<Value<'static>>>,
}

/// How many values a field has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Shape {
    One,
    List,
    Languages,
    Ranges,
    /// The kinds of help of a need, each of which becomes a need of its own.
    Needs,
}

fn shape(records: RecordKind, path: &str) -> Shape {
    match (records, path) {
        (_, "languages") => Shape::Languages,
        (RecordKind::Offers, "ages") => Shape::Ranges,
        (RecordKind::Needs, "help") => Shape::Needs,
        (RecordKind::Offers, "help" | "area" | "crimes" | "genders" | "no_access") => Shape::List,
        (_, "roles" | "formats" | "access") => Shape::List,
        _ => Shape::One,
    }
}

impl Draft {
    pub(crate) fn new(records: RecordKind) -> Self {
        Self { records, values: vec![Vec::new(); fields_of(records).len()] }
    }

    /// Returns the index of a field in drafts of this kind.
    pub(crate) fn index(records: RecordKind, path: &str) -> Option<usize> {
        fields_of(records).iter().position(|field| field.path == path)
    }

    pub(crate) fn get(&self, path: &str) -> &[Value<'static>] {
        let index = Self::index(self.records, path);
        index.and_then(|index| self.values.get(index)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the path of a field.
    pub(crate) fn path(&self, field: usize) -> &'static str {
        fields_of(self.records).get(field).map_or("", |field| field.path)
    }

    /// Returns the kind of the words of a field.
    pub(crate) fn kind(&self, field: usize) -> Option<WordKind> {
        fields_of(self.records).get(field)?.kind
    }

    pub(crate) fn is_empty(&self, field: usize) -> bool {
        self.values.get(field).is_none_or(Vec::is_empty)
    }

    /// Adds a value.
    ///
    /// # Errors
    ///
    /// The code of the note if the field cannot have the value.
    pub(crate) fn put(&mut self, field: usize, value: Value<'static>) -> Result<(), &'static str> {
        let path = fields_of(self.records).get(field).map_or("", |field| field.path);
        let shape = shape(self.records, path);
        let Some(values) = self.values.get_mut(field) else { return Ok(()) };
        if matches!(&value, Value::String(text) if text.len() > MAX_TEXT_BYTES) {
            return Err("too_long");
        }
        match shape {
            _ if values.contains(&value) => Ok(()),
            Shape::One if !values.is_empty() => Err("several"),
            Shape::Languages => {
                put_language(values, value);
                Ok(())
            }
            // Germany has about 11 000 Gemeinden, and areas may list them.
            Shape::List | Shape::Needs if path != "area" && values.len() >= MAX_ITEMS => Err("too_long"),
            _ => {
                values.push(value);
                Ok(())
            }
        }
    }

    /// Sets the only value of a field.
    pub(crate) fn set(&mut self, path: &str, value: Value<'static>) {
        let index = Self::index(self.records, path);
        if let Some(values) = index.and_then(|index| self.values.get_mut(index)) {
            *values = vec![value];
        }
    }

    /// Removes the values of a field, or of an object of fields such as `place`; returns `true` if there were any.
    pub(crate) fn remove(&mut self, path: &str) -> bool {
        let mut removed = false;
        for (field, values) in fields_of(self.records).iter().zip(&mut self.values) {
            let rest = field.path.strip_prefix(path);
            if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) {
                removed |= !values.is_empty();
                values.clear();
            }
        }
        removed
    }

    /// Copies the values of a field to another.
    pub(crate) fn copy(&mut self, from: &str, to: usize) {
        for value in self.get(from).to_vec() {
            // The values were accepted by a field of the same kind.
            let _ = self.put(to, value);
        }
    }

    /// Returns the distinct kinds of help of a need.
    pub(crate) fn take_needs(&mut self) -> Vec<Value<'static>> {
        let index = Self::index(self.records, "help").filter(|_| self.records == RecordKind::Needs);
        index.and_then(|index| self.values.get_mut(index)).map(std::mem::take).unwrap_or_default()
    }

    /// Adds the values of another draft of the same record. What contradicts is noted, and the first value is kept.
    pub(crate) fn unite(&mut self, other: Self, at: Position, notes: &mut Notes) {
        for (index, values) in other.values.into_iter().enumerate() {
            for value in values {
                let path = fields_of(self.records).get(index).map_or("", |field| field.path);
                if self.put(index, value).is_err() {
                    notes.add(Section::Lost, "id.contradiction", (None, Some(path)), Some(at));
                }
            }
        }
    }

    /// Returns `true` if two drafts of one record differ in an area, a language, a format or a capacity.
    pub(crate) fn differs_in_service(&self, other: &Self) -> bool {
        let fields = ["area", "languages", "formats", "capacity.state", "capacity.free", "capacity.total"];
        fields.iter().any(|path| self.get(path) != other.get(path))
    }

    /// Returns the record as JSON has it, with this id.
    pub(crate) fn to_value(&self, id: &str, at: Position, notes: &mut Notes) -> Value<'static> {
        let mut record = vec![("id".into(), Value::from(id.to_owned()))];
        for (field, values) in fields_of(self.records).iter().zip(&self.values) {
            let Some(first) = values.first() else { continue };
            let value = match shape(self.records, field.path) {
                Shape::List | Shape::Languages => Value::Array(values.clone()),
                Shape::One | Shape::Needs => first.clone(),
                Shape::Ranges => merge_ranges(values, at, notes),
            };
            insert(&mut record, field.path, value);
        }
        Value::Object(record)
    }
}

/// Inserts a value at a path of one or two names.
fn insert(
    record: &mut Vec<(std::borrow::Cow<'static, str>, Value<'static>)>,
    path: &'static str,
    value: Value<'static>,
) {
    let Some((outer, inner)) = path.split_once('.') else {
        record.push((path.into(), value));
        return;
    };
    // A state of a capacity may be an object with a number.
    let entries = match value {
        Value::Object(entries) if inner == "state" => entries,
        value => vec![(inner.into(), value)],
    };
    match record.iter_mut().find(|(name, _)| name == outer) {
        Some((_, Value::Object(fields))) => {
            for (name, value) in entries {
                if !fields.iter().any(|(other, _)| *other == name) {
                    fields.push((name, value));
                }
            }
        }
        Some(_) => {}
        None => record.push((outer.into(), Value::Object(entries))),
    }
}

/// Adds a language: of one that is named twice, the better mode counts, in a need the one with a level.
fn put_language(values: &mut Vec<Value<'static>>, value: Value<'static>) {
    let tag = text_at(&value, "tag").map(str::to_owned);
    let existing = values.iter().position(|other| text_at(other, "tag") == tag.as_deref());
    let Some(index) = existing else {
        if values.len() < MAX_ITEMS {
            values.push(value);
        }
        return;
    };
    if let Some(existing) = values.get_mut(index).filter(|existing| rank(&value) < rank(existing)) {
        *existing = value;
    }
}

/// Returns the order of language modes, the best first; one with a level precedes one without.
fn rank(language: &Value<'_>) -> u8 {
    let mode = match text_at(language, "how") {
        None | Some("spoken") => 0,
        Some("interpreter") => 2,
        _ => 4,
    };
    mode | u8::from(text_at(language, "level").is_none())
}

/// Returns a text of an object; that of a language without an object is its tag.
fn text_at<'v>(value: &'v Value<'_>, key: &str) -> Option<&'v str> {
    match value {
        Value::String(text) if key == "tag" => Some(text),
        Value::Object(fields) => fields.iter().find(|(name, _)| name == key).and_then(|(_, value)| match value {
            Value::String(text) => Some(&**text),
            _ => None,
        }),
        _ => None,
    }
}

/// Returns the smallest range that contains all; a gap between them is noted.
fn merge_ranges(values: &[Value<'static>], at: Position, notes: &mut Notes) -> Value<'static> {
    let mut ranges: Vec<(i64, Option<i64>)> =
        values.iter().map(|value| (integer(value, "min").unwrap_or(0), integer(value, "max"))).collect();
    ranges.sort_unstable();
    let mut reached: Option<i64> = Some(-1);
    let mut has_gap = false;
    for (index, (min, max)) in ranges.iter().enumerate() {
        has_gap |= index > 0 && reached.is_some_and(|reached| *min > reached.saturating_add(1));
        reached = match (reached, max) {
            (Some(reached), Some(max)) => Some(reached.max(*max)),
            _ => None,
        };
    }
    if has_gap {
        notes.add(Section::Lost, "ages.gap", (None, Some("ages")), Some(at));
    }
    let states_min = values.iter().all(|value| integer(value, "min").is_some()) || reached.is_none();
    let min = ranges.first().filter(|_| states_min).map(|(min, _)| ("min".into(), Value::Int(*min)));
    let max = reached.map(|max| ("max".into(), Value::Int(max)));
    Value::Object(min.into_iter().chain(max).collect())
}

fn integer(value: &Value<'_>, key: &str) -> Option<i64> {
    let Value::Object(fields) = value else { return None };
    fields.iter().find(|(name, _)| name == key).and_then(|(_, value)| match value {
        Value::Int(number) => Some(*number),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::Draft;
    use crate::{
        decode::value::Value,
        import::{
            notes::{Notes, Section},
            position::{Position, Step},
            record_kind::RecordKind,
        },
    };

    const AT: Position = Position { file: 0, step: Step::Row(2) };

    fn draft(records: RecordKind, values: &[(&str, &'static str)]) -> Draft {
        let mut draft = Draft::new(records);
        for (path, json) in values {
            let _ = draft.put(Draft::index(records, path).unwrap(), Value::from_json(json).unwrap());
        }
        draft
    }

    fn json(draft: &Draft) -> String {
        serde_json::to_string(&draft.to_value("1", AT, &mut Notes::default())).unwrap()
    }

    #[test]
    fn values_are_nested_as_in_a_record() {
        let values = [
            ("contact.email", r#""a@example.org""#),
            ("capacity.state", r#"{"free": 4, "state": "open"}"#),
            ("capacity.free", "5"),
            ("place.region", r#""14""#),
            ("area", r#""14""#),
            ("area", r#""14""#),
            ("name", r#""Treff""#),
        ];
        let expected =
            r#"{"id":"1","name":"Treff","area":["14"],"place":{"region":"14"},"capacity":{"free":4,"state":"open"},"#
                .to_owned()
                + r#""contact":{"email":"a@example.org"}}"#;
        assert_eq!(json(&draft(RecordKind::Offers, &values)), expected);
    }

    #[test]
    fn the_better_mode_of_a_language_counts() {
        let values = [
            ("languages", r#"{"tag": "ur", "how": "on_request"}"#),
            ("languages", r#"{"tag": "ur", "how": "interpreter"}"#),
            ("languages", r#""de""#),
            ("languages", r#"{"tag": "de", "how": "on_request"}"#),
        ];
        let expected = r#"{"id":"1","languages":[{"tag":"ur","how":"interpreter"},"de"]}"#;
        assert_eq!(json(&draft(RecordKind::Offers, &values)), expected);
        let values = [("languages", r#""de""#), ("languages", r#"{"tag": "de", "level": "B1"}"#)];
        assert_eq!(json(&draft(RecordKind::Needs, &values)), r#"{"id":"1","languages":[{"tag":"de","level":"B1"}]}"#);
    }

    #[test]
    fn several_ranges_of_ages_become_one() {
        for (ranges, expected, gaps) in [
            (&[r#"{"min": 14, "max": 17}"#, r#"{"min": 0, "max": 5}"#][..], r#"{"min":0,"max":17}"#, 1),
            (&[r#"{"min": 6, "max": 13}"#, r#"{"min": 14, "max": 17}"#], r#"{"min":6,"max":17}"#, 0),
            (&[r#"{"max": 12}"#, r#"{"min": 13, "max": 17}"#], r#"{"max":17}"#, 0),
            (&[r#"{"max": 17}"#, r#"{"min": 18}"#], r#"{"min":0}"#, 0),
            (&[r#"{"min": 18}"#], r#"{"min":18}"#, 0),
        ] {
            let values: Vec<_> = ranges.iter().map(|json| ("ages", *json)).collect();
            let mut notes = Notes::default();
            let value = draft(RecordKind::Offers, &values).to_value("1", AT, &mut notes);
            assert_eq!(serde_json::to_string(&value).unwrap(), format!(r#"{{"id":"1","ages":{expected}}}"#));
            assert_eq!(notes.of(Section::Lost).count(), gaps, "{expected}");
        }
    }

    #[test]
    fn a_field_of_one_value_keeps_the_first() {
        let mut need =
            draft(RecordKind::Needs, &[("crime", r#""0102""#), ("help", r#""legal""#), ("help", r#""financial""#)]);
        let crime = Draft::index(RecordKind::Needs, "crime").unwrap();
        assert_eq!(need.put(crime, "0301".into()), Err("several"));
        assert_eq!(need.put(crime, "0102".into()), Ok(()));
        assert_eq!(need.take_needs().len(), 2);
        assert_eq!(json(&need), r#"{"id":"1","crime":"0102"}"#);
    }

    #[test]
    fn a_field_or_an_object_of_fields_is_removed() {
        let mut offer =
            draft(RecordKind::Offers, &[("place.lat", "1.5"), ("place.lon", "2.5"), ("name", r#""Treff""#)]);
        assert!(offer.remove("place") && !offer.remove("place") && !offer.remove("nam"));
        assert_eq!(json(&offer), r#"{"id":"1","name":"Treff"}"#);
    }

    #[test]
    fn drafts_of_one_record_are_united() {
        let mut offer = draft(RecordKind::Offers, &[("area", r#""14""#), ("name", r#""Treff""#)]);
        let other = draft(RecordKind::Offers, &[("area", r#""15""#), ("name", r#""Haus""#)]);
        assert!(offer.differs_in_service(&other));
        let mut notes = Notes::default();
        offer.unite(other, AT, &mut notes);
        assert_eq!(json(&offer), r#"{"id":"1","name":"Treff","area":["14","15"]}"#);
        assert_eq!(notes.of(Section::Lost).count(), 1);
    }
}
