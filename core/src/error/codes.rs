//! The codes of errors and warnings.
//!
//! An error is created with a code of these tables only, which debug builds assert; so the tables are complete. The manual has to
//! explain each of them, which `tests/book.rs` checks.

/// A group of codes: the types of records, and the names that each of them may be followed by. A code without a record has the
/// empty type.
pub(crate) type CodeGroup = (&'static [&'static str], &'static [&'static str]);

/// The types of records, and a request.
const ALL: &[&str] = &["import.mapping", "need", "offer", "policy", "request", "vocabulary"];
const NEED_OR_OFFER: &[&str] = &["need", "offer"];
const NEED: &[&str] = &["need"];
const OFFER: &[&str] = &["offer"];
const REQUEST: &[&str] = &["request"];
const IMPORT: &[&str] = &["import"];
const VOCABULARY: &[&str] = &["vocabulary"];

/// The codes of errors of the library.
pub(crate) const ERRORS: &[CodeGroup] = &[
    (ALL, &["duplicate_field", "missing_field", "range", "too_long", "too_many", "type", "unknown_field", "value"]),
    (&["need", "offer", "vocabulary"], &["any", "code", "empty", "language.malformed", "place.incomplete"]),
    (&["need", "policy", "request", "vocabulary"], &["decimals"]),
    (&["offer", "request"], &["date"]),
    (NEED_OR_OFFER, &["crime.code", "id.duplicate", "language.any", "language.unknown_tag", "region.unknown"]),
    (NEED, &["language.duplicate", "place.without_region"]),
    (OFFER, &["access.contradiction", "ages.reversed", "crime.empty_scope", "unknown_id"]),
    (&["policy"], &["region.near_far"]),
    (&["import.mapping"], &["circle", "code", "column", "date", "empty", "kind"]),
    (IMPORT, &["answers.contradiction", "answers.unknown_id", "limit"]),
    (&["policy", "vocabulary"], &["comprehension.contradiction", "comprehension.sign_language"]),
    (&["policy", "vocabulary"], &["comprehension.unknown_language"]),
    (VOCABULARY, &["alias.contradiction", "alias.known_tag", "alias.unknown_target", "unknown_code"]),
    (VOCABULARY, &["region.circle", "region.contradiction", "region.unknown_neighbour", "region.unknown_parent"]),
    (VOCABULARY, &["word.context", "word.contradiction"]),
    (REQUEST, &["as_of.missing", "previous.duplicate", "unknown_operation"]),
    (REQUEST, &["fixed.duplicate", "fixed.group", "fixed.over_places", "fixed.split_group"]),
    (REQUEST, &["fixed.unknown_need", "fixed.unknown_offer"]),
    (REQUEST, &["pair.too_many", "pair.unknown_need", "pair.unknown_offer"]),
    (
        IMPORT,
        &["format.empty", "format.gzip", "format.pdf", "format.unknown", "format.xls", "format.xlsx", "format.xml"],
    ),
    (IMPORT, &["archive.bomb", "archive.encrypted", "archive.path", "xlsx.damaged", "xlsx.sheet"]),
    (IMPORT, &["csv.quotes", "encoding", "header.missing", "page.gap", "short_view"]),
    (IMPORT, &["strict.column", "strict.left_out", "strict.question", "update.generated_ids"]),
    (&["problem"], &["fixed", "length", "range", "sink", "too_large", "type", "unverified"]),
    (&["fit", "ratio", "score", "weight"], &["range"]),
    (&[""], &["cancelled", "date", "json.syntax", "response.json", "value"]),
];

/// The codes of warnings, which only the operation `check` reports.
pub(crate) const WARNINGS: &[CodeGroup] = &[
    (NEED_OR_OFFER, &["access.unlisted", "context.unlisted", "crime.unlisted", "help.unlisted", "language.unlisted"]),
    (NEED_OR_OFFER, &["place.outside", "place.swapped", "place.zero", "region.other_land", "region.postcode"]),
    (NEED_OR_OFFER, &["role.unlisted"]),
    (OFFER, &["capacity.above_total", "capacity.full_with_free", "capacity.future", "capacity.stale"]),
];

/// Returns `true` if the library may report an error or a warning of this code.
pub(crate) fn is_declared(code: &str) -> bool {
    ERRORS.iter().chain(WARNINGS).any(|(records, names)| {
        let mut rests = records.iter().filter_map(|record| rest_of(code, record));
        rests.any(|rest| names.contains(&rest))
    })
}

/// Returns the code without the type of its record, or `None` if it begins with another one.
fn rest_of<'c>(code: &'c str, record: &str) -> Option<&'c str> {
    if record.is_empty() { Some(code) } else { code.strip_prefix(record)?.strip_prefix('.') }
}

#[cfg(test)]
mod tests {
    use super::is_declared;

    #[test]
    fn a_code_is_declared_with_its_record() {
        for code in ["need.type", "offer.capacity.stale", "cancelled", "json.syntax", "problem.sink"] {
            assert!(is_declared(code), "{code}");
        }
        for code in ["type", "need.capacity.stale", "offers.type", "needtype", "cancel", "usage", ""] {
            assert!(!is_declared(code), "{code}");
        }
    }
}
