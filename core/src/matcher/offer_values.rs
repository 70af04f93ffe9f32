//! The values of an offer: codes resolved, capacity judged on the day `as_of`.

use std::sync::Arc;

use crate::{
    criteria::{Context, OfferValue, access, age, capacity, crime, format, gender, help, language, region, role},
    decode::path::{Path, Record},
    error::{ErrorDetail, ErrorKind, ErrorSink, message},
    matcher::lookup::{look_up_language, look_up_region, push_unknown_region},
    model::{
        capacity::Capacity,
        criterion::{Criterion, PerCriterion},
        enums::CapacityState,
        offer::Offer,
    },
    util::date::Date,
    vocabulary::{Vocabulary, region_areas::Areas, region_set::RegionSet, regions::MAX_REGIONS},
};

/// Returns what an offer states for each criterion.
pub(crate) fn offer_values(
    errors: &mut ErrorSink,
    path: &Path<'_>,
    offer: &Offer,
    context: Context<'_>,
    as_of: Option<Date>,
) -> PerCriterion<OfferValue> {
    let coordinates = offer.place.as_ref().and_then(|place| place.coordinates);
    let format = format::OfferValue::new(&offer.formats);
    PerCriterion::from_fn(|criterion| match criterion {
        Criterion::Help => OfferValue::Help(help::OfferValue::new(&offer.help)),
        Criterion::Crime => OfferValue::Crime(crime::OfferValue::new(&offer.crimes)),
        Criterion::Language => OfferValue::Language(language_value(errors, path, offer, context.vocabulary)),
        Criterion::Region => OfferValue::Region(region::OfferValue {
            areas: areas(errors, path, offer, context),
            region: region_of_location(errors, path, offer, context),
            location: coordinates,
            formats: format.formats(),
        }),
        Criterion::Capacity => {
            OfferValue::Capacity(capacity::OfferValue::new(offer.capacity, as_of, &context.policy.capacity))
        }
        Criterion::Role => OfferValue::Role(role::OfferValue::new(&offer.roles)),
        Criterion::Gender => OfferValue::Gender(gender::OfferValue::new(&offer.genders)),
        Criterion::Age => OfferValue::Age(age::OfferValue(offer.ages)),
        Criterion::Format => OfferValue::Format(format),
        Criterion::Access => OfferValue::Access(access::OfferValue::new(&offer.access, &offer.no_access)),
    })
}

/// Returns `true` if the offer's capacity can be judged on a known day only.
pub(crate) fn needs_as_of(offer: &Offer) -> bool {
    offer.capacity.is_some_and(depends_on_day)
}

/// Returns `true` if a capacity can be judged on a known day only.
pub(crate) fn depends_on_day(capacity: Capacity) -> bool {
    capacity.updated.is_some() && capacity.state != CapacityState::Unlimited
}

/// Returns the error of a missing `as_of`.
pub(crate) fn as_of_missing() -> ErrorDetail {
    let root = Path::root(Record::Request);
    let message = message!("as_of.missing");
    root.field("as_of").error(ErrorKind::Missing, "as_of.missing", message).with_hint(message!("as_of.missing.hint"))
}

/// Returns the languages of an offer.
pub(super) fn language_value(
    errors: &mut ErrorSink,
    path: &Path<'_>,
    offer: &Offer,
    vocabulary: &Vocabulary,
) -> language::OfferValue {
    let list = path.field("languages");
    let mut languages = Vec::with_capacity(offer.languages.len());
    for (index, offered) in offer.languages.iter().enumerate() {
        let item = list.item(index);
        let tag_path = item.field("tag");
        let tag_path = if offered.tag.in_object { &tag_path } else { &item };
        if offered.tag.text.eq_ignore_ascii_case("any") {
            let error = tag_path.error(ErrorKind::Value, "language.any", message!("language.any.offer"));
            errors.push(error.with_hint(message!("language.any.offer.hint")));
        } else if offered.tag.text.eq_ignore_ascii_case("mul") {
            languages.push((language::LanguageRange::AnySpoken, offered.how));
        } else if let Some(language) = look_up_language(errors, tag_path, &offered.tag.text, vocabulary) {
            languages.push((language::LanguageRange::Only(language), offered.how));
        }
    }
    language::OfferValue::new(vocabulary.languages(), languages)
}

fn areas(errors: &mut ErrorSink, path: &Path<'_>, offer: &Offer, context: Context<'_>) -> Arc<Areas> {
    let (list, regions) = (path.field("area"), context.vocabulary.regions());
    let (mut areas, mut any) = (Vec::with_capacity(offer.area.len()), false);
    for (index, code) in offer.area.iter().enumerate() {
        if code == "any" {
            any = true;
            continue;
        }
        match regions.resolve_area(code) {
            Some(region) => areas.push(region),
            None => push_unknown_region(errors, &list.item(index), code),
        }
    }
    regions.areas(areas, any).unwrap_or_else(|| {
        let message = message!("too_many.regions").with(&[("max", &MAX_REGIONS)]);
        let hint = message!("too_many.regions.hint");
        errors.push(list.error(ErrorKind::Value, "too_many", message).with_hint(hint));
        Arc::default()
    })
}

fn region_of_location(
    errors: &mut ErrorSink,
    path: &Path<'_>,
    offer: &Offer,
    context: Context<'_>,
) -> Option<RegionSet> {
    let code = offer.place.as_ref()?.region.as_deref()?;
    let location = path.field("place");
    look_up_region(errors, &location.field("region"), code, context)
}
