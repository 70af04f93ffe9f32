//! Region: the relation of the offer's areas to the need's region × the proximity of the help.

use std::sync::Arc;

use crate::{
    criteria::assess::{Assess, Context, Outcome},
    decode::code_kind::CodeKind,
    model::{
        enums::{DeliveryFormat, FormatSet},
        reason::{Fact, Reason},
    },
    util::{
        fixed::{Fit, ONE},
        geo::Coordinates,
        signature::Signature,
    },
    vocabulary::{
        region::{Region, RegionIdx, RegionKind},
        region_areas::{Area, Areas},
        region_relation::Relation,
        region_set::RegionSet,
        regions::Regions,
    },
};

/// The fit of areas that serve a part of the need's region.
const PART: Fit = Fit::clamped(6_000);
/// The proximity if the distance is unknown, by the kind of the area.
const UNKNOWN_IN_KREIS: Fit = Fit::clamped(9_000);
const UNKNOWN_IN_LAND: Fit = Fit::clamped(7_500);
const UNKNOWN_IN_COUNTRY: Fit = Fit::clamped(6_000);

/// The criterion `region`.
pub(crate) enum RegionCriterion {}

/// The location of the person, and the formats that decide if the distance counts.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue {
    region: RegionSet,
    location: Option<Coordinates>,
    /// The formats that suit the person; all of them if the need states none.
    formats: FormatSet,
    /// The signature of all areas that have a relation to the region.
    reach: Signature,
}

impl NeedValue {
    pub(crate) fn new(regions: &Regions, region: RegionSet, location: Option<Coordinates>, formats: FormatSet) -> Self {
        let reach = regions.reach(&region);
        Self { region, location, formats, reach }
    }
}

/// The areas and the location of an offer; without areas, its region is unknown.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue {
    // Shared, because offers whose area is one alias have the same areas.
    pub(crate) areas: Arc<Areas>,
    pub(crate) region: Option<RegionSet>,
    pub(crate) location: Option<Coordinates>,
    pub(crate) formats: Option<FormatSet>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    /// The deciding area, its relation to the need's region, and the way in which the help gets there.
    Area { area: Area, relation: Relation, reach: Reach },
    /// Every area is outside.
    Outside,
    /// The offer states no area.
    Unknown,
}

/// The way in which the person and the help come together.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Reach {
    /// By a format without a journey.
    Remote,
    /// A journey of this many kilometres.
    Journey(u32),
    /// A journey within the Kreis.
    SameKreis,
    /// A journey of unknown length.
    Unknown,
}

impl Assess for RegionCriterion {
    type NeedValue = NeedValue;
    type OfferValue = OfferValue;
    type Cause = Cause;

    fn assess(context: Context<'_>, need: &NeedValue, offer: &OfferValue) -> Outcome<Cause> {
        if offer.areas.is_empty() {
            return context.unknown(Cause::Unknown);
        }
        // Most areas are outside of most regions, and one comparison finds that.
        if !need.reach.intersects(offer.areas.signature()) {
            return Outcome::known(Fit::ZERO, Cause::Outside);
        }
        let origin = context.vocabulary.regions().origin(&need.region);
        if origin.is_only_area_outside(&offer.areas) {
            return Outcome::known(Fit::ZERO, Cause::Outside);
        }
        let mut best: Option<Outcome<Cause>> = None;
        let mut distance = None;
        // The closest relation comes first and wins if fits are equal.
        for (relation, area) in origin.candidates(&offer.areas).iter() {
            let neighbour = context.policy.region.neighbour;
            let (closeness, to_check) = match relation {
                Relation::Within => (Fit::FULL, false),
                Relation::Part => (PART, true),
                Relation::SameKreis | Relation::Neighbour => (neighbour, true),
                Relation::Outside => continue,
            };
            let (Fraction { numerator, denominator }, reach) = proximity(context, need, offer, area, &mut distance);
            let fit = Fit::from_quotient(
                u64::from(closeness.get()).wrapping_mul(numerator),
                u64::from(ONE).wrapping_mul(denominator),
            );
            if best.is_none_or(|best| fit > best.fit) {
                best = Some(Outcome { fit, known: true, to_check, cause: Cause::Area { area, relation, reach } });
            }
        }
        best.unwrap_or(Outcome::known(Fit::ZERO, Cause::Outside))
    }

    fn reason(context: Context<'_>, need: &NeedValue, offer: &OfferValue, cause: Cause) -> Reason {
        let regions = context.vocabulary.regions();
        let reason = |code| with_regions(Reason::new(code), "need", regions, need.region.regions());
        match cause {
            Cause::Unknown => reason("region.unknown"),
            Cause::Outside => with_all_regions(reason("region.outside"), "area", regions, offer.areas.regions()),
            Cause::Area { area, relation, reach } => {
                let relation_code = match relation {
                    Relation::Within => "region.within",
                    Relation::Part => "region.part",
                    Relation::SameKreis => "region.same_kreis",
                    Relation::Neighbour => "region.neighbour",
                    Relation::Outside => "region.outside",
                };
                let (reach, km) = match reach {
                    Reach::Remote => ("remote", None),
                    Reach::Journey(km) => ("journey", Some(Fact::Count(u64::from(km)))),
                    Reach::SameKreis => ("same_kreis", None),
                    Reach::Unknown => ("unknown", None),
                };
                let reason = match (relation, area) {
                    (_, Area::Any) => reason(relation_code).with_code("area", CodeKind::Region, "any"),
                    (Relation::Within, Area::Only(_)) if need.region.regions().len() > 1 => {
                        let containing = regions.origin(&need.region).containing(&offer.areas);
                        with_regions(reason(relation_code), "area", regions, &containing)
                    }
                    (_, Area::Only(area)) => with_regions(reason(relation_code), "area", regions, &[area]),
                };
                reason.with_fact("reach", Fact::Word(reach)).with_fact_if_some("km", km)
            }
        }
    }

    /// Returns, of these, the first that is enough: the offer serves the need's region; it gives the help without a journey;
    /// the person comes from the nearest region that it serves.
    fn required_change(
        context: Context<'_>,
        need: &NeedValue,
        offer: &OfferValue,
        outcome: Outcome<Cause>,
        passes: impl Fn(&NeedValue, &OfferValue) -> bool,
    ) -> Option<Reason> {
        let regions = context.vocabulary.regions();
        let with_need = |reason| with_regions(reason, "region", regions, need.region.regions());
        // The areas of the offer would not raise the fit: with them alone the offer is excluded.
        let areas = regions.areas(vec![need.region.clone()], false).unwrap_or_default();
        let serves = passes(need, &OfferValue { areas, ..offer.clone() });
        if !outcome.known {
            return serves.then(|| with_need(Reason::new("change.tell_region")));
        }
        let from = nearest_area(context, need, offer)
            .filter(|region| passes(&NeedValue::new(regions, RegionSet::One(*region), None, need.formats), offer));
        let from = from.map(|region| Fact::Code(CodeKind::Region, regions.code(region)));
        if serves {
            return Some(with_need(Reason::new("change.region")).with_fact_if_some("from", from));
        }
        let remote: Vec<DeliveryFormat> =
            need.formats.iter().filter(|format| *format != DeliveryFormat::OnSite).collect();
        let with_format = |format: &DeliveryFormat| OfferValue {
            formats: Some(offer.formats.unwrap_or_default().with(*format)),
            ..offer.clone()
        };
        // The change lists alternatives, so that each of them must be enough.
        if !remote.is_empty() && remote.iter().all(|format| passes(need, &with_format(format))) {
            let words = remote.iter().map(|format| format.as_str()).collect();
            return Some(Reason::new("change.remote").with_fact("formats", Fact::Words(words)));
        }
        from.map(|from| Reason::new("change.from").with_fact("from", from))
    }
}

/// Returns `true` if the offer serves the person from a neighbouring Kreis, or from another Gemeinde of the same Kreis.
pub(crate) fn is_from_neighbour(context: Context<'_>, need: &NeedValue, offer: &OfferValue) -> bool {
    let cause = RegionCriterion::assess(context, need, offer).cause;
    matches!(cause, Cause::Area { relation: Relation::SameKreis | Relation::Neighbour, .. })
}

/// Adds the code of one region, or the list of several.
fn with_regions(reason: Reason, name: &'static str, regions: &Regions, list: &[Region]) -> Reason {
    match list {
        [region] => reason.with_code(name, CodeKind::Region, regions.code(*region)),
        _ => with_all_regions(reason, name, regions, list),
    }
}

/// Adds a list of regions.
fn with_all_regions(reason: Reason, name: &'static str, regions: &Regions, list: &[Region]) -> Reason {
    reason.with_codes(name, CodeKind::Region, regions.codes(list))
}

fn kind(context: Context<'_>, area: Area) -> RegionKind {
    match area {
        Area::Only(region) => context.vocabulary.regions().kind(region),
        Area::Any => RegionKind::Country,
    }
}

/// A fraction between 0 and 1, so that a formula is rounded once, at its end.
#[derive(Clone, Copy)]
struct Fraction {
    // INVARIANT: both are at most `ONE` times kilometres, which have 32 bits. A product with another `ONE` therefore has at most
    // 64 bits and cannot wrap. An overflow check would be slow in a browser.
    numerator: u64,
    denominator: u64,
}

impl Fraction {
    fn new(fit: Fit) -> Self {
        Self { numerator: u64::from(fit.get()), denominator: u64::from(ONE) }
    }

    fn is_above(self, other: Self) -> bool {
        let cross = |a: Self, b: Self| a.numerator.wrapping_mul(b.denominator);
        cross(self, other) > cross(other, self)
    }
}

/// Returns the better of a remote format and a journey. `distance` caches the distance, which is the same for all areas.
fn proximity(
    context: Context<'_>,
    need: &NeedValue,
    offer: &OfferValue,
    area: Area,
    distance: &mut Option<Distance>,
) -> (Fraction, Reach) {
    let shared = offer.formats.map(|formats| formats.intersection(need.formats)).unwrap_or_default();
    let remote = (Fraction::new(context.policy.region.remote), Reach::Remote);
    let needs_journey = shared.contains(DeliveryFormat::OnSite) || shared.is_empty();
    let mut journey =
        || journey(context, *distance.get_or_insert_with(|| Distance::between(context, need, offer)), area);
    match (shared.has_remote(), needs_journey) {
        (true, false) => remote,
        (false, _) => journey(),
        (true, true) => {
            let journey = journey();
            if journey.0.is_above(remote.0) { journey } else { remote }
        }
    }
}

/// The distance between the person and the offer.
#[derive(Clone, Copy)]
enum Distance {
    /// The offer is in the Kreis of the person, whose coordinates are not known.
    SameKreis,
    /// The offer is in the Kreis of the person, this far away.
    KmInKreis(u32),
    Km(u32),
    Unknown,
}

impl Distance {
    fn between(context: Context<'_>, need: &NeedValue, offer: &OfferValue) -> Self {
        let regions = context.vocabulary.regions();
        let is_in_kreis = is_in_kreis(regions, regions.kreis(&need.region), offer.region.as_ref());
        if is_in_kreis && need.location.is_none() {
            return Self::SameKreis;
        }
        let from = need.location.or_else(|| regions.centre(&need.region));
        let to = offer.location.or_else(|| offer.region.as_ref().and_then(|region| regions.centre(region)));
        match from.zip(to).map(|(from, to)| from.km_to(to)) {
            Some(km) if is_in_kreis => Self::KmInKreis(km),
            Some(km) => Self::Km(km),
            None => Self::Unknown,
        }
    }
}

fn is_in_kreis(regions: &Regions, kreis: Option<RegionIdx>, offer: Option<&RegionSet>) -> bool {
    kreis.zip(offer).is_some_and(|(kreis, offer)| regions.is_in_kreis(offer, kreis))
}

fn journey(context: Context<'_>, distance: Distance, area: Area) -> (Fraction, Reach) {
    let unknown = || {
        Fraction::new(match kind(context, area) {
            RegionKind::Gemeinde | RegionKind::Kreis => UNKNOWN_IN_KREIS,
            RegionKind::Land => UNKNOWN_IN_LAND,
            RegionKind::Country => UNKNOWN_IN_COUNTRY,
        })
    };
    match distance {
        Distance::SameKreis => (Fraction::new(Fit::FULL), Reach::SameKreis),
        Distance::Km(km) => (fit_of_km(context, km), Reach::Journey(km)),
        // A known address counts at least what an unknown one in the same Kreis would.
        Distance::KmInKreis(km) => {
            let (known, unknown) = (fit_of_km(context, km), unknown());
            (if unknown.is_above(known) { unknown } else { known }, Reach::Journey(km))
        }
        Distance::Unknown => (unknown(), Reach::Unknown),
    }
}

/// Returns 1 up to `near_km`, falling linearly to `far_fit` at `far_km` and beyond.
fn fit_of_km(context: Context<'_>, km: u32) -> Fraction {
    let policy = &context.policy.region;
    let beyond_near = u64::from(km.min(policy.far_km).saturating_sub(policy.near_km));
    let span = u64::from(policy.far_km.saturating_sub(policy.near_km)).max(1);
    let fall = u64::from(ONE.saturating_sub(policy.far_fit.get()));
    let denominator = u64::from(ONE).wrapping_mul(span);
    Fraction { numerator: denominator.saturating_sub(fall.wrapping_mul(beyond_near)), denominator }
}

/// Returns the area whose centre is nearest to the person; of equally near ones, and of those without a centre, the first by
/// code.
fn nearest_area(context: Context<'_>, need: &NeedValue, offer: &OfferValue) -> Option<Region> {
    let regions = context.vocabulary.regions();
    let from = need.location.or_else(|| regions.centre(&need.region));
    let km = |region: Region| from.zip(regions.centre_of(region)).map_or(u32::MAX, |(from, to)| from.km_to(to));
    // The Gemeinden of a Kreis that the tree does not list have its centre, and the first of them has the first code.
    let by_centre =
        offer.areas.regions().chunk_by(|a, b| a.has_centre_of(*b)).filter_map(|chunk| chunk.first().copied());
    let mut nearest: Option<(u32, Region)> = None;
    for region in by_centre {
        let km = km(region);
        let is_first =
            |(least, present): (u32, Region)| km < least || km == least && regions.cmp_codes(region, present).is_lt();
        if nearest.is_none_or(is_first) {
            nearest = Some((km, region));
        }
    }
    nearest.map(|(_, region)| region)
}
