//! Where the offer serves, and how far it is: relation × proximity.

use crate::criteria::{Context, Outcome, index, sorted};
use crate::{
    decode::code_kind::CodeKind,
    model::{
        enums::{DeliveryFormat, FormatSet},
        reason::{Fact, Reason},
    },
    util::{
        fixed::{Fit, ONE},
        geo::Coordinates,
    },
    vocabulary::region::{Region, RegionKind, Regions, Relation},
};

/// The area lies inside the need's region, which is only vaguely known.
const PART: Fit = Fit::clamped(6_000);
/// A place that is not known, by the kind of the covering area.
const UNKNOWN_IN_KREIS: Fit = Fit::clamped(9_000);
const UNKNOWN_IN_LAND: Fit = Fit::clamped(7_500);
const UNKNOWN_IN_COUNTRY: Fit = Fit::clamped(6_000);

#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue {
    pub(crate) region: Region,
    pub(crate) place: Option<Coordinates>,
    /// The formats that would do; all of them where the need asks for none.
    pub(crate) formats: FormatSet,
}

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue {
    /// Sorted; none are unknown.
    areas: Vec<Area>,
    /// The bits of all of them: most regions lie outside, which these tell.
    bits: u64,
    region: Option<Region>,
    place: Option<Coordinates>,
    formats: Option<FormatSet>,
}

/// One region, or everywhere.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Area {
    One(Region),
    Any,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    /// The position of the area, what it is to the need's region, and how the help gets there.
    Area {
        area: u16,
        relation: Relation,
        reach: Reach,
    },
    Outside,
    Unknown,
}

/// How person and help come together.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Reach {
    Remote,
    Journey(u32),
    SameKreis,
    Unknown,
}

impl OfferValue {
    pub(crate) fn of(
        regions: &Regions,
        areas: impl IntoIterator<Item = Area>,
        region: Option<Region>,
        place: Option<Coordinates>,
        formats: Option<FormatSet>,
    ) -> Self {
        // Without an area nothing else counts; but what would be, if it were told, hangs on the rest too.
        let areas = sorted(areas);
        let bits = |area: &Area| match area {
            Area::One(region) => regions.bits(region),
            Area::Any => u64::MAX,
        };
        Self { bits: areas.iter().fold(0, |all, area| all | bits(area)), areas, region, place, formats }
    }
}

/// An exact fraction of one. Both are at most `ONE` times kilometres in 32 bits, so that `ONE` times that has 64 and no
/// product here wraps around; to look whether one does is slow in a browser.
#[derive(Clone, Copy)]
struct Ratio(u64, u64);

impl Ratio {
    fn of(fit: Fit) -> Self {
        Self(u64::from(fit.get()), u64::from(ONE))
    }

    fn above(self, other: Self) -> bool {
        let cross = |one: Self, other: Self| one.0.wrapping_mul(other.1);
        cross(self, other) > cross(other, self)
    }
}

pub(crate) fn assess(terms: Context<'_>, need: &NeedValue, offered: &OfferValue) -> Outcome<Cause> {
    if offered.areas.is_empty() {
        return terms.unknown(Cause::Unknown);
    }
    let mut best = Outcome::known(Fit::ZERO, Cause::Outside);
    let mut way = None;
    let home = terms.vocabulary.regions().seen_from(&need.region);
    if !home.may_reach(offered.bits) {
        return best;
    }
    for (position, area) in offered.areas.iter().enumerate() {
        let relation = match area {
            Area::Any => Relation::Within,
            Area::One(region) => home.relation(region),
        };
        let neighbour = terms.policy.region.neighbour;
        let (closeness, to_check) = match relation {
            Relation::Within => (Fit::FULL, false),
            Relation::Part => (PART, false),
            Relation::SameKreis | Relation::Neighbour => (neighbour, true),
            Relation::Outside => continue,
        };
        let (Ratio(part, whole), reach) = proximity(terms, need, offered, area, &mut way);
        let fit = Fit::from_quotient(u64::from(closeness.get()).wrapping_mul(part), u64::from(ONE).wrapping_mul(whole));
        let why = Cause::Area { area: index(position), relation, reach };
        best = better(terms, offered, best, Outcome { fit, known: true, to_check, why });
    }
    best
}

/// The better fit; of equals the closer relation, then the smaller area.
fn better(terms: Context<'_>, offered: &OfferValue, one: Outcome<Cause>, other: Outcome<Cause>) -> Outcome<Cause> {
    let distance = |met: &Outcome<Cause>| match met.why {
        Cause::Area { area, relation, .. } => (relation, std::cmp::Reverse(kind(terms, offered, area))),
        Cause::Outside | Cause::Unknown => (Relation::Outside, std::cmp::Reverse(RegionKind::Country)),
    };
    if other.fit == one.fit && distance(&other) < distance(&one) { other } else { one.better(other) }
}

fn kind(terms: Context<'_>, offered: &OfferValue, area: u16) -> RegionKind {
    match offered.areas.get(usize::from(area)) {
        Some(Area::One(region)) => terms.vocabulary.regions().kind(region),
        Some(Area::Any) | None => RegionKind::Country,
    }
}

/// `way`: how far it is from the person to the offer, once that is found out.
fn proximity(
    terms: Context<'_>,
    need: &NeedValue,
    offered: &OfferValue,
    area: &Area,
    way: &mut Option<Way>,
) -> (Ratio, Reach) {
    let shared = offered.formats.map(|formats| formats.intersection(need.formats)).unwrap_or_default();
    let remote = (Ratio::of(terms.policy.region.remote), Reach::Remote);
    let travels = shared.contains(DeliveryFormat::OnSite) || shared.is_empty();
    match (shared.has_remote(), travels) {
        (true, false) => remote,
        (false, _) => journey(terms, way.get_or_insert_with(|| Way::of(terms, need, offered)), area),
        (true, true) => {
            let journey = journey(terms, way.get_or_insert_with(|| Way::of(terms, need, offered)), area);
            if journey.0.above(remote.0) { journey } else { remote }
        }
    }
}

/// From the person to the offer.
#[derive(Clone, Copy)]
enum Way {
    SameKreis,
    Km(u32),
    Unknown,
}

impl Way {
    fn of(terms: Context<'_>, need: &NeedValue, offered: &OfferValue) -> Self {
        let regions = terms.vocabulary.regions();
        if need.place.is_none() && offered.place.is_none() {
            let kreis = regions.kreis(&need.region);
            if kreis.is_some() && kreis == offered.region.as_ref().and_then(|region| regions.kreis(region)) {
                return Self::SameKreis;
            }
        }
        let from = need.place.or_else(|| regions.centre(&need.region));
        let to = offered.place.or_else(|| offered.region.as_ref().and_then(|region| regions.centre(region)));
        from.zip(to).map_or(Self::Unknown, |(from, to)| Self::Km(from.km_to(to)))
    }
}

fn journey(terms: Context<'_>, way: &Way, area: &Area) -> (Ratio, Reach) {
    let regions = terms.vocabulary.regions();
    match way {
        Way::SameKreis => return (Ratio::of(Fit::FULL), Reach::SameKreis),
        Way::Km(km) => return (fit_of_km(terms, *km), Reach::Journey(*km)),
        Way::Unknown => {}
    }
    let kind = match area {
        Area::One(region) => regions.kind(region),
        Area::Any => RegionKind::Country,
    };
    let fit = match kind {
        RegionKind::Gemeinde | RegionKind::Kreis => UNKNOWN_IN_KREIS,
        RegionKind::Land => UNKNOWN_IN_LAND,
        RegionKind::Country => UNKNOWN_IN_COUNTRY,
    };
    (Ratio::of(fit), Reach::Unknown)
}

/// 1 up to `near_km`, then in a straight line to `far_fit` at `far_km`.
fn fit_of_km(terms: Context<'_>, km: u32) -> Ratio {
    let policy = &terms.policy.region;
    let beyond = u64::from(km.min(policy.far_km).saturating_sub(policy.near_km));
    let stretch = u64::from(policy.far_km.saturating_sub(policy.near_km)).max(1);
    let fall = u64::from(ONE.saturating_sub(policy.far_fit.get()));
    let whole = u64::from(ONE).wrapping_mul(stretch);
    Ratio(whole.saturating_sub(fall.wrapping_mul(beyond)), whole)
}

pub(crate) fn reason(terms: Context<'_>, need: &NeedValue, offered: &OfferValue, why: Cause) -> Reason {
    let regions = terms.vocabulary.regions();
    let reason = |code| Reason::new(code).with_code("need", CodeKind::Region, regions.code(&need.region));
    let code = |area: &Area| match area {
        Area::One(region) => regions.code(region),
        Area::Any => "any".to_owned(),
    };
    match why {
        Cause::Unknown => reason("region.unknown"),
        Cause::Outside => {
            reason("region.outside").with_codes("area", CodeKind::Region, sorted(offered.areas.iter().map(code)))
        }
        Cause::Area { area, relation, reach } => {
            let found = match relation {
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
            reason(found)
                .with_code("area", CodeKind::Region, offered.areas.get(usize::from(area)).map(code).unwrap_or_default())
                .with_fact("reach", Fact::Word(reach))
                .with_fact_if_some("km", km)
        }
    }
}

/// The offer would have to serve the region, help without a journey, or the person be in the nearest part of its area.
pub(crate) fn change(
    terms: Context<'_>,
    need: &NeedValue,
    offered: &OfferValue,
    met: Outcome<Cause>,
    passes: impl Fn(&NeedValue, &OfferValue) -> bool,
) -> Option<Reason> {
    let regions = terms.vocabulary.regions();
    let code = |region: &Region| Fact::Code(CodeKind::Region, regions.code(region));
    let areas = offered.areas.iter().cloned().chain([Area::One(need.region.clone())]);
    let also = OfferValue::of(regions, areas, offered.region.clone(), offered.place, offered.formats);
    let serves = passes(need, &also);
    if !met.known {
        return serves.then(|| Reason::new("change.tell_region").with_fact("region", code(&need.region)));
    }
    let from = nearest(terms, need, offered)
        .filter(|region| passes(&NeedValue { region: (*region).clone(), place: None, formats: need.formats }, offered));
    if serves {
        let reason = Reason::new("change.region").with_fact("region", code(&need.region));
        return Some(reason.with_fact_if_some("from", from.map(code)));
    }
    let formats: Vec<DeliveryFormat> = need.formats.iter().filter(|format| *format != DeliveryFormat::OnSite).collect();
    let with = |format: &DeliveryFormat| Some(offered.formats.unwrap_or_default().with(*format));
    if !formats.is_empty()
        && formats.iter().all(|it| passes(need, &OfferValue { formats: with(it), ..offered.clone() }))
    {
        let words = formats.iter().map(|format| format.as_str()).collect();
        return Some(Reason::new("change.remote").with_fact("formats", Fact::Words(words)));
    }
    from.map(|region| Reason::new("change.from").with_fact("from", code(region)))
}

/// The region of the offer's area whose centre is nearest; of equals, or where centres are unknown, the first by key.
fn nearest<'o>(terms: Context<'_>, need: &NeedValue, offered: &'o OfferValue) -> Option<&'o Region> {
    let regions = terms.vocabulary.regions();
    let home = need.place.or_else(|| regions.centre(&need.region));
    let km = |region| home.zip(regions.centre(region)).map_or(u32::MAX, |(from, to)| from.km_to(to));
    let named = offered.areas.iter().filter_map(|area| match area {
        Area::One(region) => Some(region),
        Area::Any => None,
    });
    named.min_by_key(|region| (km(region), regions.code(region)))
}
