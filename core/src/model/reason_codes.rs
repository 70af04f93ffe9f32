//! The codes of reasons, each with the names of its facts.
//!
//! A reason is created with a code of this table only, which debug builds assert; so the table is complete. The manual has to
//! explain each of them, which `tests/book.rs` checks.

/// The codes in byte order, each with the names of the facts that it may have.
///
/// A list of codes may come with the number of those that it leaves out, such as `offer_more` for `offer`.
pub(crate) const REASONS: &[(&str, &[&str])] = &[
    ("access.ignored", &[]),
    ("access.lacking", &["lacking"]),
    ("access.not_asked", &[]),
    ("access.offered", &["need"]),
    ("access.unknown", &["need"]),
    ("access.unmentioned", &["missing"]),
    ("age.above", &["need", "max"]),
    ("age.below", &["need", "min"]),
    ("age.ignored", &[]),
    ("age.not_asked", &[]),
    ("age.restricted", &["min", "max"]),
    ("age.unknown", &["need"]),
    ("age.within", &["need", "min", "max"]),
    ("capacity.assessment", &["free", "people"]),
    ("capacity.free", &["free", "people"]),
    ("capacity.full", &[]),
    ("capacity.future", &["updated"]),
    ("capacity.ignored", &[]),
    ("capacity.not_asked", &[]),
    ("capacity.stale", &["updated", "days"]),
    ("capacity.too_few", &["free", "people"]),
    ("capacity.unknown", &[]),
    ("capacity.unlimited", &[]),
    ("capacity.waitlist", &[]),
    ("change.access", &["missing"]),
    ("change.age", &["min", "max"]),
    ("change.context", &["context"]),
    ("change.crime", &["crime", "context"]),
    ("change.format", &["formats"]),
    ("change.from", &["from"]),
    ("change.gender", &["gender"]),
    ("change.help", &["help"]),
    ("change.interpreter", &["language"]),
    ("change.know_gender", &["genders"]),
    ("change.none", &[]),
    ("change.places", &["more", "people", "state"]),
    ("change.region", &["region", "from"]),
    ("change.remote", &["formats"]),
    ("change.role", &["roles"]),
    ("change.spoken", &["language"]),
    ("change.tell_access", &["missing"]),
    ("change.tell_age", &["age"]),
    ("change.tell_crime", &["crime", "context"]),
    ("change.tell_format", &["formats"]),
    ("change.tell_gender", &["gender"]),
    ("change.tell_help", &["help"]),
    ("change.tell_language", &["language"]),
    ("change.tell_places", &["places"]),
    ("change.tell_region", &["region"]),
    ("change.tell_role", &["roles"]),
    ("crime.any", &["need", "need_context"]),
    ("crime.context_open", &["need", "offer_context", "offer"]),
    ("crime.ignored", &[]),
    ("crime.not_asked", &[]),
    ("crime.other", &["need", "need_context"]),
    ("crime.restricted", &["offer", "offer_context"]),
    ("crime.specialist", &["need", "offer", "need_context", "offer_context"]),
    ("crime.unknown", &["need", "need_context"]),
    ("crime.vague", &["need_context", "offer", "need", "offer_context"]),
    ("format.any", &["need"]),
    ("format.ignored", &[]),
    ("format.not_asked", &[]),
    ("format.other", &["need", "offer"]),
    ("format.shared", &["shared"]),
    ("format.unknown", &["need"]),
    ("gender.any", &["need"]),
    ("gender.ignored", &[]),
    ("gender.not_asked", &[]),
    ("gender.other", &["need", "offer"]),
    ("gender.restricted", &["offer"]),
    ("gender.served", &["need"]),
    ("gender.unclear", &["need", "offer"]),
    ("gender.unknown", &["need"]),
    ("help.any", &["need"]),
    ("help.covered", &["need", "offer"]),
    ("help.ignored", &[]),
    ("help.not_asked", &[]),
    ("help.other", &["need", "offer"]),
    ("help.part", &["need", "offer"]),
    ("help.same", &["need", "offer"]),
    ("help.unknown", &["need"]),
    ("language.any", &["need", "offer", "how", "level", "order"]),
    ("language.ignored", &[]),
    ("language.interpreter", &["need", "offer", "how", "level", "order"]),
    ("language.none", &["need", "offer"]),
    ("language.not_asked", &[]),
    ("language.on_request", &["need", "offer", "how", "level", "order"]),
    ("language.related", &["need", "offer", "how", "degree", "level", "order"]),
    ("language.spoken", &["need", "offer", "how", "level", "order"]),
    ("language.umbrella", &["need", "offer", "how", "level", "order"]),
    ("language.unknown", &["need"]),
    ("language.variant", &["need", "offer", "how", "level", "order"]),
    ("region.ignored", &[]),
    ("region.neighbour", &["need", "area", "reach", "km"]),
    ("region.not_asked", &[]),
    ("region.outside", &["need", "area"]),
    ("region.part", &["need", "area", "reach", "km"]),
    ("region.same_kreis", &["need", "area", "reach", "km"]),
    ("region.unknown", &["need"]),
    ("region.within", &["need", "area", "reach", "km"]),
    ("role.any", &["need"]),
    ("role.ignored", &[]),
    ("role.not_asked", &[]),
    ("role.other", &["need", "offer"]),
    ("role.restricted", &["offer"]),
    ("role.served", &["need", "offer"]),
    ("role.unknown", &["need"]),
    ("unmet.no_common_offer", &["parts"]),
    ("unmet.no_offer", &["matching"]),
    ("unmet.no_place", &["offers", "taken_by"]),
    ("unmet.party_too_large", &["people", "left"]),
    ("unmet.place_unknown", &["offers"]),
];

/// Returns the names of the facts that a code may have, or `None` if it is no code of a reason.
pub(crate) fn facts_of(code: &str) -> Option<&'static [&'static str]> {
    let position = REASONS.binary_search_by(|(declared, _)| (*declared).cmp(code)).ok()?;
    REASONS.get(position).map(|(_, facts)| *facts)
}

/// Returns `true` if a code may have a fact of this name.
pub(crate) fn may_have(code: &str, fact: &str) -> bool {
    // The number of codes that a list leaves out.
    let is_rest =
        |facts: &[&str]| fact == "more" || fact.strip_suffix("_more").is_some_and(|list| facts.contains(&list));
    facts_of(code).is_some_and(|facts| facts.contains(&fact) || is_rest(facts))
}

#[cfg(test)]
mod tests {
    use super::{REASONS, facts_of, may_have};

    #[test]
    fn codes_are_in_byte_order() {
        assert!(REASONS.is_sorted_by(|(a, _), (b, _)| a < b));
    }

    #[test]
    fn a_fact_belongs_to_its_code() {
        assert_eq!(facts_of("help.any"), Some(&["need"][..]));
        assert_eq!(facts_of("help.no_such_word"), None);
        assert!(may_have("help.other", "offer") && may_have("help.other", "offer_more"));
        assert!(!may_have("help.other", "km") && !may_have("help.other", "km_more"));
    }
}
