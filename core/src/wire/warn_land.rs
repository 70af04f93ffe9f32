//! Warnings about regions in another Land, or in another country, than is meant.

use crate::{
    decode::path::{Path, Record},
    error::{ErrorKind, ErrorSink, message},
    model::{need::Need, offer::Offer},
    util::{ordered_map::OrderedMap, sort::sort},
    vocabulary::{
        postcodes::{is_five_digits, postcode_regions},
        region::RegionIdx,
        regions::Regions,
    },
    wire::dataset::Dataset,
};

/// Warns of each Kreis whose key is rather a postcode, and of each other one in another Land than most records of its list.
///
/// A postcode also has five digits, and if it is typed as the key of a Kreis, it is often a Kreis of another Land.
pub(super) fn warn_of_other_land(warnings: &mut ErrorSink, at: &Path<'_>, dataset: &Dataset) {
    let regions = dataset.vocabulary.regions();
    let mut served = ServedLands::new(regions, &dataset.offers);
    let list = at.field("offers");
    let usual = majority_land(dataset.offers.iter().map(|offer| lands(offer, regions)));
    for (index, offer) in dataset.offers.iter().enumerate() {
        let at = list.item(index).with_record(Record::Offer);
        warn_of_offer(warnings, &at, offer, &mut served, usual);
    }
    let list = at.field("needs");
    let land = |need: &Need| need.region.iter().filter_map(|key| regions.land(key)).collect();
    let usual = majority_land(dataset.needs.iter().map(land));
    for (index, need) in dataset.needs.iter().enumerate() {
        let Some(key) = need.region.as_deref() else { continue };
        let at = list.item(index).with_record(Record::Need);
        let at = at.field("region");
        if served.is_postcode(key, 0) {
            push_postcode(warnings, &at);
        } else if regions.is_abbreviation_of_land(key) {
            push_country(warnings, &at);
        } else if other_land(regions, key, usual).is_some() {
            push_other_land(warnings, &at);
        }
    }
}

fn warn_of_offer<'d>(
    warnings: &mut ErrorSink,
    at: &Path<'_>,
    offer: &'d Offer,
    served: &mut ServedLands<'d>,
    usual: Option<RegionIdx>,
) {
    let regions = served.regions;
    // Several regions in the same other Land are intended.
    let mut counts = OrderedMap::<RegionIdx, usize>::default();
    for land in lands(offer, regions) {
        let count = counts.entry(land).or_default();
        *count = count.saturating_add(1);
    }
    let mut warn = |at: &Path<'_>, key: &'d str, own_areas| {
        let is_single = |land| counts.get(&land) == Some(&1);
        if served.is_postcode(key, own_areas) {
            push_postcode(warnings, at);
        } else if regions.is_abbreviation_of_land(key) {
            push_country(warnings, at);
        } else if other_land(regions, key, usual).is_some_and(is_single) {
            push_other_land(warnings, at);
        }
    };
    let area = at.field("area");
    for (index, key) in offer.area.iter().enumerate() {
        warn(&area.item(index), key, 1);
    }
    if let Some(key) = location_region(offer) {
        warn(&at.field("place").field("region"), key, 0);
    }
}

/// The Länder in which the areas of the offers lie. An area that spans several Länder counts for none, and neither does `any`.
struct ServedLands<'d> {
    regions: &'d Regions,
    /// The number of areas in each Land.
    areas: OrderedMap<RegionIdx, usize>,
    /// The Länder of each postcode that was looked up, since a loaded one may have thousands of regions.
    postcodes: OrderedMap<&'d str, Vec<RegionIdx>>,
}

impl<'d> ServedLands<'d> {
    fn new(regions: &'d Regions, offers: &'d [Offer]) -> Self {
        let mut areas = OrderedMap::<RegionIdx, usize>::default();
        for land in offers.iter().flat_map(|offer| &offer.area).filter_map(|key| regions.land(key)) {
            let count = areas.entry(land).or_default();
            *count = count.saturating_add(1);
        }
        Self { regions, areas, postcodes: OrderedMap::default() }
    }

    /// Returns `true` if a key lies in no served Land, `own_areas` that it stands for aside, but is a postcode in one.
    fn is_postcode(&mut self, key: &'d str, own_areas: usize) -> bool {
        let Some(land) = self.regions.land(key).filter(|_| is_five_digits(key)) else { return false };
        if self.areas.get(&land).is_some_and(|count| *count > own_areas) {
            return false;
        }
        let regions = self.regions;
        let lands = self.postcodes.entry(key).or_insert_with(|| {
            let mut lands: Vec<RegionIdx> =
                postcode_regions(regions, key).into_iter().filter_map(|region| regions.land_of(region)).collect();
            sort(&mut lands);
            lands.dedup();
            lands
        });
        lands.iter().any(|other| *other != land && self.areas.contains_key(other))
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
    regions.land(key).filter(|land| is_five_digits(key) && usual.is_some_and(|usual| usual != *land))
}

fn push_other_land(warnings: &mut ErrorSink, at: &Path<'_>) {
    let warning = at.error(ErrorKind::Value, "region.other_land", message!("warn.other_land"));
    warnings.push(warning.with_hint(message!("warn.other_land.hint")));
}

fn push_country(warnings: &mut ErrorSink, at: &Path<'_>) {
    let warning = at.error(ErrorKind::Value, "region.other_land", message!("warn.country"));
    warnings.push(warning.with_hint(message!("warn.country.hint")));
}

fn push_postcode(warnings: &mut ErrorSink, at: &Path<'_>) {
    let message = message!("warn.postcode");
    let warning = at.error(ErrorKind::Value, "region.postcode", message);
    warnings.push(warning.with_hint(message!("warn.postcode.hint")));
}
