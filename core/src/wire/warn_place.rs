//! Warnings about coordinates that cannot be meant.

use crate::{
    decode::path::Path,
    error::{ErrorKind, ErrorSink, message},
    model::{need::Need, offer::Offer},
    util::geo::Coordinates,
    vocabulary::{
        region_extent::{MARGIN_KM, RegionExtents},
        regions::Regions,
    },
};

/// The regions with their extents, which the warnings of all records share.
pub(super) struct Places<'v> {
    regions: &'v Regions,
    extents: RegionExtents,
}

impl<'v> Places<'v> {
    pub(super) fn new(regions: &'v Regions) -> Self {
        Self { regions, extents: regions.extents() }
    }

    /// Warns of the location of an offer. If it names no region, swapped coordinates are found by the area.
    pub(super) fn warn_of_offer(&self, warnings: &mut ErrorSink, at: &Path<'_>, offer: &Offer) {
        let Some(place) = &offer.place else { return };
        let Some(coordinates) = place.coordinates else { return };
        let at = at.field("place");
        if let Some(region) = place.region.as_deref() {
            self.warn(warnings, &at, coordinates, region);
        } else if is_zero(coordinates) {
            push_zero(warnings, &at);
        } else {
            let is_swapped = |code: &String| self.is_swapped(code, coordinates);
            let mut areas = offer.area.iter().filter(|code| self.regions.is_known(code)).peekable();
            if areas.peek().is_some() && areas.all(is_swapped) {
                push_swapped(warnings, &at);
            }
        }
    }

    pub(super) fn warn_of_need(&self, warnings: &mut ErrorSink, at: &Path<'_>, need: &Need) {
        if let (Some(coordinates), Some(region)) = (need.place, need.region.as_deref()) {
            self.warn(warnings, &at.field("place"), coordinates, region);
        }
    }

    fn warn(&self, warnings: &mut ErrorSink, at: &Path<'_>, coordinates: Coordinates, region: &str) {
        if is_zero(coordinates) {
            push_zero(warnings, at);
        } else if self.is_swapped(region, coordinates) {
            push_swapped(warnings, at);
        } else if self.is_outside(region, coordinates) {
            let message = message!("warn.outside").with(&[("max", &MARGIN_KM)]);
            let warning = at.error(ErrorKind::Conflict, "place.outside", message);
            warnings.push(warning.with_hint(message!("warn.outside.hint")));
        }
    }

    fn is_outside(&self, region: &str, coordinates: Coordinates) -> bool {
        self.regions.may_contain(&self.extents, region, coordinates) == Some(false)
    }

    fn is_swapped(&self, region: &str, coordinates: Coordinates) -> bool {
        let swapped = Coordinates::new(coordinates.lon(), coordinates.lat());
        self.is_outside(region, coordinates) && swapped.is_ok_and(|swapped| !self.is_outside(region, swapped))
    }
}

/// Returns `true` for the point on the equator south of Ghana that empty cells become.
fn is_zero(coordinates: Coordinates) -> bool {
    (coordinates.lat(), coordinates.lon()) == (0.0, 0.0)
}

fn push_zero(warnings: &mut ErrorSink, at: &Path<'_>) {
    let warning = at.error(ErrorKind::Value, "place.zero", message!("warn.zero"));
    warnings.push(warning.with_hint(message!("warn.zero.hint")));
}

fn push_swapped(warnings: &mut ErrorSink, at: &Path<'_>) {
    let warning = at.error(ErrorKind::Conflict, "place.swapped", message!("warn.swapped"));
    warnings.push(warning.with_hint(message!("warn.swapped.hint")));
}
