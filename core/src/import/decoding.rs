//! Products to records: decoded like any other input, without what would be an error.

use crate::{
    decode::value::Value,
    error::Error,
    import::{
        notes::{Notes, Section},
        position::Position,
    },
    model::{need::Need, offer::Offer},
    util::ordered_map::OrderedSet,
    vocabulary::Vocabulary,
};

/// Decodes products.
pub(crate) struct RecordDecoder<'v> {
    vocabulary: &'v Vocabulary,
    /// Tags and codes of regions that are known, each with the name of its field.
    known: OrderedSet<(&'static str, String)>,
}

impl<'v> RecordDecoder<'v> {
    pub(crate) fn new(vocabulary: &'v Vocabulary) -> Self {
        Self { vocabulary, known: OrderedSet::default() }
    }

    /// Decodes an offer. What it cannot have is lost.
    pub(crate) fn offer(&mut self, value: &mut Value<'static>, at: Position, notes: &mut Notes) -> Option<Offer> {
        self.drop_contradictions(value, at, notes);
        self.drop_unknown(value, at, notes);
        decode(value, at, notes, Offer::from_value)
    }

    /// Decodes a need. What it cannot have is lost.
    pub(crate) fn need(&mut self, value: &mut Value<'static>, at: Position, notes: &mut Notes) -> Option<Need> {
        self.drop_unknown(value, at, notes);
        decode(value, at, notes, Need::from_value)
    }

    /// Drops ages whose ends are exchanged, and tags that the offer both has and lacks.
    fn drop_contradictions(&self, record: &mut Value<'static>, at: Position, notes: &mut Notes) {
        let Value::Object(fields) = record else { return };
        let is_reversed = |value: &Value<'_>| {
            let Value::Object(ends) = value else { return false };
            let end = |name| match ends.iter().find(|(other, _)| other == name) {
                Some((_, Value::Int(number))) => Some(*number),
                _ => None,
            };
            end("min").zip(end("max")).is_some_and(|(min, max)| min > max)
        };
        let before = fields.len();
        fields.retain(|(name, value)| name != "ages" || !is_reversed(value));
        if fields.len() < before {
            notes.add(Section::Lost, "ages.reversed", (None, Some("ages")), Some(at));
        }
        let items = |name: &str| match fields.iter().find(|(other, _)| other == name) {
            Some((_, Value::Array(items))) => items.clone(),
            _ => Vec::new(),
        };
        let (access, no_access) = (items("access"), items("no_access"));
        let both: Vec<&Value<'static>> = access.iter().filter(|tag| no_access.contains(tag)).collect();
        if both.is_empty() {
            return;
        }
        notes.add(Section::Lost, "access.contradiction", (None, Some("access")), Some(at));
        for (_, value) in fields.iter_mut().filter(|(name, _)| name == "access" || name == "no_access") {
            if let Value::Array(items) = value {
                items.retain(|item| !both.contains(&item));
            }
        }
    }

    /// Drops languages and regions that the vocabulary does not know.
    fn drop_unknown(&mut self, record: &mut Value<'static>, at: Position, notes: &mut Notes) {
        let Value::Object(fields) = record else { return };
        let mut lost: Vec<&'static str> = Vec::new();
        for (name, value) in fields.iter_mut() {
            match (&**name, value) {
                ("languages", Value::Array(items)) => items.retain(|item| self.knows("languages", item, &mut lost)),
                ("area", Value::Array(items)) => items.retain(|item| self.knows("area", item, &mut lost)),
                ("place", Value::Object(place)) => {
                    place.retain(|(name, value)| name != "region" || self.knows("place", value, &mut lost));
                }
                _ => {}
            }
        }
        fields.retain(|(name, value)| name != "region" || self.knows("region", value, &mut lost));
        for field in lost {
            notes.add(Section::Lost, "code.unknown", (None, Some(field)), Some(at));
        }
    }

    fn knows(&mut self, field: &'static str, value: &Value<'static>, lost: &mut Vec<&'static str>) -> bool {
        let tag = |fields: &[(std::borrow::Cow<'static, str>, Value<'static>)]| {
            fields.iter().find(|(name, _)| name == "tag").map(|(_, value)| value.clone())
        };
        let code = match value {
            Value::Object(fields) => tag(fields),
            value => Some(value.clone()),
        };
        let Some(Value::String(code)) = code else { return true };
        let key = (field, code.into_owned());
        if self.known.contains(&key) {
            return true;
        }
        let regions = self.vocabulary.regions();
        let is_known = match field {
            "languages" => key.1 == "mul" || self.vocabulary.languages().resolve(&key.1).is_ok(),
            "area" => key.1 == "any" || regions.resolve_area(&key.1).is_some(),
            _ => regions.resolve(&key.1).is_some(),
        };
        if is_known {
            self.known.insert(key);
        } else {
            lost.push(field);
        }
        is_known
    }
}

/// Decodes a record; each field with an error is lost, and the rest is decoded again.
fn decode<T>(
    record: &mut Value<'static>,
    at: Position,
    notes: &mut Notes,
    from_value: fn(&Value) -> Result<T, Error>,
) -> Option<T> {
    let error = match from_value(record) {
        Ok(decoded) => return Some(decoded),
        Err(error) => error,
    };
    let paths: Vec<String> = error.errors().map(|detail| detail.path().to_owned()).collect();
    if let Value::Object(fields) = record {
        fields.retain(|(name, _)| {
            let is_wrong = name != "id" && paths.iter().any(|path| is_below(path, name));
            if is_wrong {
                notes.add(Section::Lost, "value.rejected", (None, Some(name)), Some(at));
            }
            !is_wrong
        });
    }
    from_value(record).ok()
}

/// Returns `true` if a path such as `offer.ages.min` leads to a field or into it.
fn is_below(path: &str, field: &str) -> bool {
    let field_of_path = path.split('.').nth(1).unwrap_or_default();
    field_of_path.split('[').next() == Some(field)
}

#[cfg(test)]
mod tests {
    use super::RecordDecoder;
    use crate::{
        decode::value::Value,
        import::{
            notes::{Notes, Section},
            position::{Position, Step},
        },
        model::offer::Offer,
        vocabulary::Vocabulary,
    };

    #[test]
    fn what_an_offer_cannot_have_is_lost() {
        let vocabulary = Vocabulary::default();
        let mut decoder = RecordDecoder::new(&vocabulary);
        let json = r#"{"id": "1", "languages": ["de", "xqq", {"tag": "mul", "how": "interpreter"}], "area": ["99", "14"],
            "place": {"region": "1", "lat": 51.5, "lon": 12.5}, "ages": {"min": 60, "max": 18}, "help": ["Not a code"],
            "access": ["wheelchair", "quiet"], "no_access": ["wheelchair"]}"#;
        let (mut notes, at) = (Notes::default(), Position { file: 0, step: Step::Row(2) });
        let offer = decoder.offer(&mut Value::from_json(json).unwrap().into_owned(), at, &mut notes).unwrap();
        let expected = r#"{"id": "1", "languages": ["de", {"tag": "mul", "how": "interpreter"}], "area": ["14"],
            "place": {"lat": 51.5, "lon": 12.5}, "access": ["quiet"]}"#;
        assert_eq!(offer, Offer::from_json(expected).unwrap());
        let codes: Vec<String> = notes
            .of(Section::Lost)
            .map(|(key, _)| format!("{} {}", key.code, key.field.clone().unwrap_or_default()))
            .collect();
        let expected = [
            "access.contradiction access",
            "ages.reversed ages",
            "code.unknown area",
            "code.unknown languages",
            "code.unknown place",
            "value.rejected help",
        ];
        assert_eq!(codes, expected);
    }

    #[test]
    fn an_error_about_a_need_drops_its_field_alone() {
        let vocabulary = Vocabulary::default();
        let (mut notes, at) = (Notes::default(), Position { file: 0, step: Step::Row(2) });
        let mut value = Value::from_json(r#"{"id": "1", "people": 0, "age": 34}"#).unwrap().into_owned();
        let need = RecordDecoder::new(&vocabulary).need(&mut value, at, &mut notes).unwrap();
        assert_eq!((need.people(), need.age()), (1, Some(34)));
    }
}
