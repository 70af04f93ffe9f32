//! A postcode typed as the key of a Kreis: five digits as well, and often a Kreis of another Land.

use crate::{
    decode::path::{Path, Record},
    error::{ErrorKind, ErrorSink},
    model::{need::Need, offer::Offer},
    util::{ordered_map::OrderedMap, sort::sort},
    vocabulary::{region::RegionIdx, regions::Regions},
};

/// Notes each key of a Kreis that lies in another Land than most records of its list.
pub(super) fn warn(warnings: &mut ErrorSink, at: &Path<'_>, offers: &[Offer], needs: &[Need], regions: &Regions) {
    let list = at.field("offers");
    let lands = |offer: &Offer| -> Vec<RegionIdx> { keys(offer).filter_map(|key| regions.land(key)).collect() };
    let most = most_lie_in(offers.iter().map(lands));
    for (index, offer) in offers.iter().enumerate() {
        let at = list.item(index).with_record(Record::Offer);
        // Who serves several places of another Land means it.
        let mut times = OrderedMap::<RegionIdx, usize>::default();
        for land in lands(offer) {
            let count = times.entry(land).or_default();
            *count = count.saturating_add(1);
        }
        let stray = |key: &str| {
            let alone = |land| times.get(&land) == Some(&1);
            other_land(regions, key, most).is_some_and(alone)
        };
        let area = at.field("area");
        for (index, key) in offer.area.iter().enumerate() {
            if stray(key) {
                note(warnings, &area.item(index));
            }
        }
        if let Some(key) = offer.place.as_ref().and_then(|place| place.region.as_deref()) {
            if stray(key) {
                note(warnings, &at.field("place").field("region"));
            }
        }
    }
    let list = at.field("needs");
    let most = most_lie_in(needs.iter().map(|need| need.region.iter().filter_map(|key| regions.land(key)).collect()));
    for (index, need) in needs.iter().enumerate() {
        if need.region.as_deref().is_some_and(|key| other_land(regions, key, most).is_some()) {
            note(warnings, &list.item(index).with_record(Record::Need).field("region"));
        }
    }
}

fn keys(offer: &Offer) -> impl Iterator<Item = &str> {
    let place = offer.place.as_ref().and_then(|place| place.region.as_deref());
    offer.area.iter().map(String::as_str).chain(place)
}

/// The Land of more than half of all records; a record counts once for each Land that it names.
fn most_lie_in(records: impl Iterator<Item = Vec<RegionIdx>>) -> Option<RegionIdx> {
    let (mut records_in, mut all) = (OrderedMap::<RegionIdx, usize>::default(), 0_usize);
    for mut lands in records {
        sort(&mut lands);
        lands.dedup();
        all = all.saturating_add(usize::from(!lands.is_empty()));
        for land in lands {
            let count = records_in.entry(land).or_default();
            *count = count.saturating_add(1);
        }
    }
    let (land, count) = records_in.into_entries().max_by_key(|(_, count)| *count)?;
    (count.saturating_mul(2) > all).then_some(land)
}

/// The Land of a key that could be a postcode, where it is not that of most.
fn other_land(regions: &Regions, key: &str, most: Option<RegionIdx>) -> Option<RegionIdx> {
    let postcode = key.len() == 5 && key.bytes().all(|byte| byte.is_ascii_digit());
    let land = regions.land(key).filter(|land| postcode && Some(*land) != most)?;
    most.map(|_| land)
}

fn note(warnings: &mut ErrorSink, at: &Path<'_>) {
    let warning = at.error(ErrorKind::Value, "region.other_land", "in another Land than most of this list");
    warnings.push(warning.with_hint("right as it is, unless a postcode was typed: five digits are the key of a Kreis"));
}
