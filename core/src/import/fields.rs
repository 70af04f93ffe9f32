//! The fields of records that a mapping may fill.

use crate::import::{record_kind::RecordKind, word_kind::WordKind};

/// A field of a record, or a part of one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// Its path, such as `capacity.state`.
    pub(crate) path: &'static str,
    /// The kind of its words, or `None` if it has text, numbers or days.
    pub(crate) kind: Option<WordKind>,
}

const fn field(path: &'static str, kind: Option<WordKind>) -> Field {
    Field { path, kind }
}

/// The fields of an offer, in its order.
const OFFER: &[Field] = &[
    field("name", None),
    field("organisation", None),
    field("help", Some(WordKind::Help)),
    field("languages", Some(WordKind::Language)),
    field("area", Some(WordKind::Region)),
    field("place.region", Some(WordKind::Region)),
    field("place.postcode", Some(WordKind::Postcode)),
    field("place.town", Some(WordKind::Region)),
    field("place.plate", Some(WordKind::Region)),
    field("place.lat", None),
    field("place.lon", None),
    field("crimes", Some(WordKind::Crime)),
    field("capacity.state", Some(WordKind::State)),
    field("capacity.free", None),
    field("capacity.total", None),
    field("capacity.updated", None),
    field("roles", Some(WordKind::Role)),
    field("genders", Some(WordKind::Gender)),
    field("ages", Some(WordKind::Age)),
    field("ages.min", None),
    field("ages.max", None),
    field("formats", Some(WordKind::Format)),
    field("access", Some(WordKind::Access)),
    field("no_access", Some(WordKind::Access)),
    field("contact.phone", None),
    field("contact.email", None),
    field("contact.url", None),
];

/// The fields of a need, in its order. A list has no coordinates and streets of people to import.
const NEED: &[Field] = &[
    field("case", None),
    field("group", None),
    field("people", None),
    field("priority", Some(WordKind::Priority)),
    field("help", Some(WordKind::Help)),
    field("languages", Some(WordKind::Language)),
    field("region", Some(WordKind::Region)),
    field("region.postcode", Some(WordKind::Postcode)),
    field("region.town", Some(WordKind::Region)),
    field("region.plate", Some(WordKind::Region)),
    field("crime", Some(WordKind::Crime)),
    field("roles", Some(WordKind::Role)),
    field("gender", Some(WordKind::Gender)),
    field("age", Some(WordKind::Age)),
    field("formats", Some(WordKind::Format)),
    field("access", Some(WordKind::Access)),
];

/// Returns the fields of a kind of records, in the order of a record.
pub(crate) fn fields_of(records: RecordKind) -> &'static [Field] {
    match records {
        RecordKind::Offers => OFFER,
        RecordKind::Needs => NEED,
    }
}

/// Returns the field at a path, or `None` if a mapping cannot fill it.
pub(crate) fn field_at(records: RecordKind, path: &str) -> Option<Field> {
    fields_of(records).iter().find(|field| field.path == path).copied()
}

/// Returns the kind of the words of a field.
pub(crate) fn kind_of(records: RecordKind, path: &str) -> Option<WordKind> {
    field_at(records, path)?.kind
}

/// Returns `true` if a path is that of a field, or of an object of fields such as `place`.
pub(crate) fn is_field_or_group(records: RecordKind, path: &str) -> bool {
    let is_within =
        |field: &Field| field.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    fields_of(records).iter().any(is_within)
}

#[cfg(test)]
mod tests {
    use super::{field_at, is_field_or_group, kind_of};
    use crate::import::{record_kind::RecordKind, word_kind::WordKind};

    #[test]
    fn offers_and_needs_have_different_fields() {
        assert!(field_at(RecordKind::Offers, "area").is_some());
        assert!(field_at(RecordKind::Needs, "area").is_none());
        assert_eq!(kind_of(RecordKind::Needs, "region.town"), Some(WordKind::Region));
        assert_eq!(kind_of(RecordKind::Offers, "name"), None);
    }

    #[test]
    fn an_object_of_fields_is_a_group() {
        for path in ["place", "place.lat", "contact", "name"] {
            assert!(is_field_or_group(RecordKind::Offers, path), "{path}");
        }
        for path in ["pla", "place.", "place.latitude", ""] {
            assert!(!is_field_or_group(RecordKind::Offers, path), "{path}");
        }
    }
}
