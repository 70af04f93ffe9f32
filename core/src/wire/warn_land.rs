//! Warnings about regions in another Land than most records of their list.

use crate::{
    decode::path::{Path, Record},
    error::{ErrorKind, ErrorSink},
    model::{need::Need, offer::Offer},
    util::{ordered_map::OrderedMap, sort::sort},
    vocabulary::{region::RegionIdx, regions::Regions},
    wire::dataset::Dataset,
};

/// Warns of each Kreis in another Land than most records of its list.
///
/// A postcode also has five digits, and if it is typed as the key of a Kreis, it is often a Kreis of another Land.
pub(super) fn warn_of_other_land(warnings: &mut ErrorSink, at: &Path<'_>, dataset: &Dataset) {
    let regions = dataset.vocabulary.regions();
    let list = at.field("offers");
    let usual = majority_land(dataset.offers.iter().map(|offer| lands(offer, regions)));
    for (index, offer) in dataset.offers.iter().enumerate() {
        let at = list.item(index).with_record(Record::Offer);
        warn_of_offer_in_other_land(warnings, &at, offer, regions, usual);
    }
    let list = at.field("needs");
    let land = |need: &Need| need.region.iter().filter_map(|key| regions.land(key)).collect();
    let usual = majority_land(dataset.needs.iter().map(land));
    for (index, need) in dataset.needs.iter().enumerate() {
        if need.region.as_deref().is_some_and(|key| other_land(regions, key, usual).is_some()) {
            push_other_land(warnings, &list.item(index).with_record(Record::Need).field("region"));
        }
    }
}

fn warn_of_offer_in_other_land(
    warnings: &mut ErrorSink,
    at: &Path<'_>,
    offer: &Offer,
    regions: &Regions,
    usual: Option<RegionIdx>,
) {
    // Several regions in the same other Land are intended.
    let mut counts = OrderedMap::<RegionIdx, usize>::default();
    for land in lands(offer, regions) {
        let count = counts.entry(land).or_default();
        *count = count.saturating_add(1);
    }
    let is_suspect = |key: &str| {
        let is_single = |land| counts.get(&land) == Some(&1);
        other_land(regions, key, usual).is_some_and(is_single)
    };
    let area = at.field("area");
    for (index, key) in offer.area.iter().enumerate() {
        if is_suspect(key) {
            push_other_land(warnings, &area.item(index));
        }
    }
    if location_region(offer).is_some_and(is_suspect) {
        push_other_land(warnings, &at.field("place").field("region"));
    }
}

/// Returns the Land of each region in the area and the location of an offer.
fn lands(offer: &Offer, regions: &Regions) -> Vec<RegionIdx> {
    let keys = offer.area.iter().map(String::as_str).chain(location_region(offer));
    keys.filter_map(|key| regions.land(key)).collect()
}

fn location_region(offer: &Offer) -> Option<&str> {
    offer.place.as_ref()?.region.as_deref()
}

/// Returns the Land in which more than half of the records lie, or `None` if there is none; a record counts once for each
/// of its Länder.
fn majority_land(records: impl Iterator<Item = Vec<RegionIdx>>) -> Option<RegionIdx> {
    let (mut counts, mut total) = (OrderedMap::<RegionIdx, usize>::default(), 0_usize);
    for mut lands in records {
        sort(&mut lands);
        lands.dedup();
        total = total.saturating_add(usize::from(!lands.is_empty()));
        for land in lands {
            let count = counts.entry(land).or_default();
            *count = count.saturating_add(1);
        }
    }
    let (land, count) = counts.into_entries().max_by_key(|(_, count)| *count)?;
    (count.saturating_mul(2) > total).then_some(land)
}

/// Returns the Land of a key that may be a postcode, or `None` if it is the usual one.
fn other_land(regions: &Regions, key: &str, usual: Option<RegionIdx>) -> Option<RegionIdx> {
    let may_be_postcode = key.len() == 5 && key.bytes().all(|byte| byte.is_ascii_digit());
    regions.land(key).filter(|land| may_be_postcode && usual.is_some_and(|usual| usual != *land))
}

fn push_other_land(warnings: &mut ErrorSink, at: &Path<'_>) {
    let warning = at.error(ErrorKind::Value, "region.other_land", "in another Land than most of this list");
    warnings.push(warning.with_hint("right as it is, unless a postcode was typed: five digits are the key of a Kreis"));
}
