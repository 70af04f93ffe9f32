//! Region: the relation of the offer's areas to the need's region × the proximity of the help.

use std::cmp::Reverse;

use crate::{
    criteria::{
        assess::{Assess, Context, Outcome},
        canonical::{position, sorted},
    },
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
        region::{Region, RegionKind},
        region_relation::Relation,
        regions::Regions,
    },
};

/// The fit of an area that lies within the need's region.
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
    pub(crate) region: Region,
    pub(crate) location: Option<Coordinates>,
    /// The formats that suit the person; all of them if the need states none.
    pub(crate) formats: FormatSet,
}

/// The areas and the location of an offer; without areas, its region is unknown.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue {
    areas: Vec<Area>,
    /// The union of the areas' signatures: most needs lie outside of all areas, and one comparison finds that.
    signature: Signature,
    region: Option<Region>,
    location: Option<Coordinates>,
    formats: Option<FormatSet>,
}

/// An area that an offer serves.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Area {
    Only(Region),
    Any,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    /// The position of the deciding area, its relation to the need's region, and the way in which the help gets there.
    Area { area: u16, relation: Relation, reach: Reach },
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

impl OfferValue {
    pub(crate) fn new(
        regions: &Regions,
        areas: impl IntoIterator<Item = Area>,
        region: Option<Region>,
        location: Option<Coordinates>,
        formats: Option<FormatSet>,
    ) -> Self {
        // Without areas the outcome is unknown whatever the rest is, but a required change adds an area to it.
        let areas = sorted(areas);
        let signature = |area: &Area| match area {
            Area::Only(region) => regions.signature(region),
            Area::Any => Signature::FULL,
        };
        let signature = areas.iter().map(signature).collect();
        Self { areas, signature, region, location, formats }
    }
}

impl Assess for RegionCriterion {
    type NeedValue = NeedValue;
    type OfferValue = OfferValue;
    type Cause = Cause;

    fn assess(context: Context<'_>, need: &NeedValue, offer: &OfferValue) -> Outcome<Cause> {
        if offer.areas.is_empty() {
            return context.unknown(Cause::Unknown);
        }
        let mut best = Outcome::known(Fit::ZERO, Cause::Outside);
        let mut distance = None;
        let origin = context.vocabulary.regions().origin(&need.region);
        if !origin.may_relate(offer.signature) {
            return best;
        }
        for (index, area) in offer.areas.iter().enumerate() {
            let relation = match area {
                Area::Any => Relation::Within,
                Area::Only(region) => origin.relation(region),
            };
            let neighbour = context.policy.region.neighbour;
            let (closeness, to_check) = match relation {
                Relation::Within => (Fit::FULL, false),
                Relation::Part => (PART, false),
                Relation::SameKreis | Relation::Neighbour => (neighbour, true),
                Relation::Outside => continue,
            };
            let (Fraction { numerator, denominator }, reach) = proximity(context, need, offer, area, &mut distance);
            let fit = Fit::from_quotient(
                u64::from(closeness.get()).wrapping_mul(numerator),
                u64::from(ONE).wrapping_mul(denominator),
            );
            let cause = Cause::Area { area: position(index), relation, reach };
            best = better(context, offer, best, Outcome { fit, known: true, to_check, cause });
        }
        best
    }

    fn reason(context: Context<'_>, need: &NeedValue, offer: &OfferValue, cause: Cause) -> Reason {
        let regions = context.vocabulary.regions();
        let reason = |code| Reason::new(code).with_code("need", CodeKind::Region, regions.code(&need.region));
        let code = |area: &Area| match area {
            Area::Only(region) => regions.code(region),
            Area::Any => "any".to_owned(),
        };
        match cause {
            Cause::Unknown => reason("region.unknown"),
            Cause::Outside => {
                reason("region.outside").with_codes("area", CodeKind::Region, sorted(offer.areas.iter().map(code)))
            }
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
                let area = offer.areas.get(usize::from(area)).map(code).unwrap_or_default();
                reason(relation_code)
                    .with_code("area", CodeKind::Region, area)
                    .with_fact("reach", Fact::Word(reach))
                    .with_fact_if_some("km", km)
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
        let code = |region: &Region| Fact::Code(CodeKind::Region, regions.code(region));
        let areas = offer.areas.iter().cloned().chain([Area::Only(need.region.clone())]);
        let with_area = OfferValue::new(regions, areas, offer.region.clone(), offer.location, offer.formats);
        let serves = passes(need, &with_area);
        if !outcome.known {
            return serves.then(|| Reason::new("change.tell_region").with_fact("region", code(&need.region)));
        }
        let from = nearest_area(context, need, offer).filter(|region| {
            let there = NeedValue { region: (*region).clone(), location: None, formats: need.formats };
            passes(&there, offer)
        });
        if serves {
            let reason = Reason::new("change.region").with_fact("region", code(&need.region));
            return Some(reason.with_fact_if_some("from", from.map(code)));
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
        from.map(|region| Reason::new("change.from").with_fact("from", code(region)))
    }
}

/// Returns the outcome with the higher fit; of equal ones, the closer relation, then the smaller area.
fn better(context: Context<'_>, offer: &OfferValue, a: Outcome<Cause>, b: Outcome<Cause>) -> Outcome<Cause> {
    let rank = |outcome: &Outcome<Cause>| match outcome.cause {
        Cause::Area { area, relation, .. } => {
            let kind = offer.areas.get(usize::from(area)).map_or(RegionKind::Country, |area| kind(context, area));
            (relation, Reverse(kind))
        }
        Cause::Outside | Cause::Unknown => (Relation::Outside, Reverse(RegionKind::Country)),
    };
    if a.fit == b.fit && rank(&b) < rank(&a) { b } else { a.better(b) }
}

fn kind(context: Context<'_>, area: &Area) -> RegionKind {
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
    area: &Area,
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
    /// Both are in one Kreis, and neither has coordinates.
    SameKreis,
    Km(u32),
    Unknown,
}

impl Distance {
    fn between(context: Context<'_>, need: &NeedValue, offer: &OfferValue) -> Self {
        let regions = context.vocabulary.regions();
        if need.location.is_none() && offer.location.is_none() {
            let kreis = regions.kreis(&need.region);
            if kreis.is_some() && kreis == offer.region.as_ref().and_then(|region| regions.kreis(region)) {
                return Self::SameKreis;
            }
        }
        let from = need.location.or_else(|| regions.centre(&need.region));
        let to = offer.location.or_else(|| offer.region.as_ref().and_then(|region| regions.centre(region)));
        from.zip(to).map_or(Self::Unknown, |(from, to)| Self::Km(from.km_to(to)))
    }
}

fn journey(context: Context<'_>, distance: Distance, area: &Area) -> (Fraction, Reach) {
    match distance {
        Distance::SameKreis => (Fraction::new(Fit::FULL), Reach::SameKreis),
        Distance::Km(km) => (fit_of_km(context, km), Reach::Journey(km)),
        Distance::Unknown => {
            let fit = match kind(context, area) {
                RegionKind::Gemeinde | RegionKind::Kreis => UNKNOWN_IN_KREIS,
                RegionKind::Land => UNKNOWN_IN_LAND,
                RegionKind::Country => UNKNOWN_IN_COUNTRY,
            };
            (Fraction::new(fit), Reach::Unknown)
        }
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
fn nearest_area<'o>(context: Context<'_>, need: &NeedValue, offer: &'o OfferValue) -> Option<&'o Region> {
    let regions = context.vocabulary.regions();
    let from = need.location.or_else(|| regions.centre(&need.region));
    let km = |region| from.zip(regions.centre(region)).map_or(u32::MAX, |(from, to)| from.km_to(to));
    let areas = offer.areas.iter().filter_map(|area| match area {
        Area::Only(region) => Some(region),
        Area::Any => None,
    });
    areas.min_by_key(|region| (km(region), regions.code(region)))
}
