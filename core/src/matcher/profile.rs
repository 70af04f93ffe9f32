//! Records become values that can be compared: codes are looked up, rules resolved, weights shared out.

use std::borrow::Cow;

use crate::{
    criteria::{
        Context, NeedValue, OfferValue, access, age, capacity, crime, format, gender, help, language, region, role,
    },
    decode::{code_kind::CodeKind, path::Path},
    error::{ErrorKind, ErrorSink},
    model::{
        criterion::{Criterion, PerCriterion},
        enums::{CapacityState, FormatSet, Rule},
        need::Need,
        offer::Offer,
        policy::Policy,
        rules::EffectiveRule,
    },
    util::{date::Date, fixed::ONE},
    vocabulary::{
        Vocabulary,
        language::{BadTag, Language},
        region::{BadRegion, Region},
    },
};

/// All of a need that decides its ranking. Needs with equal profiles have equal rankings.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Profile {
    /// What is asked; nothing where the need is silent or the rule is to ignore.
    pub(crate) wanted: PerCriterion<Option<NeedValue>>,
    pub(crate) rules: PerCriterion<EffectiveRule>,
    /// Ten-thousandths that add up to 10 000, or are all 0.
    pub(crate) weights: PerCriterion<u16>,
}

impl Profile {
    /// `people`: of the need, or of its group.
    pub(crate) fn of(problems: &mut ErrorSink, at: &Path<'_>, need: &Need, people: u64, terms: Context<'_>) -> Self {
        let formats: FormatSet = need.formats.iter().copied().collect();
        let languages = look_up_languages(problems, at, need, terms.vocabulary);
        let region = need.region.as_deref().and_then(|code| look_up(problems, &at.field("region"), code, terms));
        let mut wanted = PerCriterion::from_fn(|criterion| match criterion {
            Criterion::Help => need.help.clone().map(|code| NeedValue::Help(help::NeedValue(code))),
            Criterion::Crime => need.crime.as_ref().map(|scope| NeedValue::Crime(crime::NeedValue::of(scope))),
            Criterion::Language => {
                (!languages.is_empty()).then(|| NeedValue::Language(language::NeedValue(languages.clone())))
            }
            Criterion::Region => region.clone().map(|region| {
                let formats = if formats.is_empty() { FormatSet::ALL } else { formats };
                NeedValue::Region(region::NeedValue { region, place: need.place, formats })
            }),
            Criterion::Capacity => Some(NeedValue::Capacity(capacity::NeedValue(people))),
            Criterion::Role => (!need.roles.is_empty()).then(|| NeedValue::Role(role::NeedValue::of(&need.roles))),
            Criterion::Gender => need.gender.map(|gender| NeedValue::Gender(gender::NeedValue(gender))),
            Criterion::Age => need.age.map(|years| NeedValue::Age(age::NeedValue(years))),
            Criterion::Format => (!formats.is_empty()).then_some(NeedValue::Format(format::NeedValue(formats))),
            Criterion::Access => {
                (!need.access.is_empty()).then(|| NeedValue::Access(access::NeedValue::of(&need.access)))
            }
        });
        let rules = PerCriterion::from_fn(|criterion| terms.policy.rule(criterion, &need.rules));
        for criterion in Criterion::all() {
            if rules.get(criterion).rule == Rule::Ignore {
                *wanted.get_mut(criterion) = None;
            }
        }
        let weights = share_weights(terms.policy, &wanted, &rules);
        Self { wanted, rules, weights }
    }
}

/// Scales the weights of what is asked to 10 000 by largest remainder; ties go in the order of criteria.
fn share_weights(
    policy: &Policy,
    wanted: &PerCriterion<Option<NeedValue>>,
    rules: &PerCriterion<EffectiveRule>,
) -> PerCriterion<u16> {
    let one = u64::from(ONE);
    let weight = |criterion: Criterion| -> u64 {
        let weight = policy.weights.get(criterion).0;
        let preferred = weight == 0 && rules.get(criterion).rule == Rule::Prefer;
        let weight = if preferred { policy.weights.prefer.0 } else { weight };
        if wanted.get(criterion).is_some() { weight } else { 0 }
    };
    let total: u64 = Criterion::all().map(weight).fold(0, u64::saturating_add);
    let scaled = |criterion| weight(criterion).saturating_mul(one);
    let mut shares = PerCriterion::from_fn(|criterion| {
        u16::try_from(scaled(criterion).checked_div(total).unwrap_or(0)).unwrap_or(ONE)
    });
    if total > 0 {
        let given: u64 = shares.iter().map(|(_, share)| u64::from(*share)).fold(0, u64::saturating_add);
        let mut remainders = PerCriterion::from_fn(|criterion| scaled(criterion).checked_rem(total).unwrap_or(0));
        // What is left is the sum of the remainders over the total, so that more of them than that are above 0.
        for _ in given..one {
            let largest = remainders.iter().map(|(_, remainder)| *remainder).max();
            let next =
                remainders.iter().find(|(_, remainder)| Some(**remainder) == largest).map(|(criterion, _)| criterion);
            if let Some(criterion) = next {
                let share = shares.get_mut(criterion);
                *share = share.saturating_add(1);
                *remainders.get_mut(criterion) = 0;
            }
        }
    }
    shares
}

/// What an offer says of each criterion, on the day `as_of`.
pub(crate) fn offered(
    problems: &mut ErrorSink,
    at: &Path<'_>,
    offer: &Offer,
    terms: Context<'_>,
    as_of: Option<Date>,
) -> PerCriterion<OfferValue> {
    let languages = provided(problems, at, offer, terms.vocabulary);
    let (areas, place_region) = (areas(problems, at, offer, terms), place_region(problems, at, offer, terms));
    let coordinates = offer.place.as_ref().and_then(|place| place.coordinates);
    let format = format::OfferValue::of(&offer.formats);
    PerCriterion::from_fn(|criterion| match criterion {
        Criterion::Help => OfferValue::Help(help::OfferValue::of(&offer.help)),
        Criterion::Crime => OfferValue::Crime(crime::OfferValue::of(&offer.crimes)),
        Criterion::Language => OfferValue::Language(language::OfferValue::of(languages.iter().cloned())),
        Criterion::Region => OfferValue::Region(region::OfferValue::of(
            terms.vocabulary.regions(),
            areas.iter().cloned(),
            place_region.clone(),
            coordinates,
            format.formats(),
        )),
        Criterion::Capacity => {
            OfferValue::Capacity(capacity::OfferValue::of(offer.capacity, as_of, &terms.policy.capacity))
        }
        Criterion::Role => OfferValue::Role(role::OfferValue::of(&offer.roles)),
        Criterion::Gender => OfferValue::Gender(gender::OfferValue::of(&offer.genders)),
        Criterion::Age => OfferValue::Age(age::OfferValue(offer.ages)),
        Criterion::Format => OfferValue::Format(format),
        Criterion::Access => OfferValue::Access(access::OfferValue::of(&offer.access, &offer.no_access)),
    })
}

/// Whether a day must be known to judge the capacity.
pub(crate) fn needs_a_day(offer: &Offer) -> bool {
    offer.capacity.is_some_and(|capacity| capacity.updated.is_some() && capacity.state != CapacityState::Unlimited)
}

fn look_up_languages(
    problems: &mut ErrorSink,
    at: &Path<'_>,
    need: &Need,
    vocabulary: &Vocabulary,
) -> Vec<(Language, Option<crate::model::enums::LanguageLevel>)> {
    let at = at.field("languages");
    let mut languages: Vec<(Language, _)> = Vec::with_capacity(need.languages.len());
    for (index, spoken) in need.languages.iter().enumerate() {
        let item = at.item(index);
        let tag_at = item.field("tag");
        let tag_at = if spoken.tag.in_object { &tag_at } else { &item };
        if spoken.tag.text.eq_ignore_ascii_case("any") || spoken.tag.text.eq_ignore_ascii_case("mul") {
            let problem = tag_at.error(ErrorKind::Value, "language.any", "a person speaks certain languages");
            problems.push(problem.with_hint("leave `languages` out where they are not known"));
            continue;
        }
        let Some(language) = look_up_language(problems, tag_at, &spoken.tag.text, vocabulary) else { continue };
        if languages.iter().any(|(present, _)| *present == language) {
            problems.push(item.error(ErrorKind::Conflict, "language.duplicate", "a language stands here twice"));
        } else {
            languages.push((language, spoken.level));
        }
    }
    languages
}

fn provided(
    problems: &mut ErrorSink,
    at: &Path<'_>,
    offer: &Offer,
    vocabulary: &Vocabulary,
) -> Vec<(language::Speech, crate::model::enums::LanguageMode)> {
    let at = at.field("languages");
    let mut languages = Vec::with_capacity(offer.languages.len());
    for (index, provided) in offer.languages.iter().enumerate() {
        let item = at.item(index);
        let tag_at = item.field("tag");
        let tag_at = if provided.tag.in_object { &tag_at } else { &item };
        if provided.tag.text.eq_ignore_ascii_case("any") {
            let problem = tag_at.error(ErrorKind::Value, "language.any", "`any` is no language tag");
            problems.push(problem.with_hint("`mul` means any spoken language"));
        } else if provided.tag.text.eq_ignore_ascii_case("mul") {
            languages.push((language::Speech::Any, provided.how));
        } else if let Some(language) = look_up_language(problems, tag_at, &provided.tag.text, vocabulary) {
            languages.push((language::Speech::One(language), provided.how));
        }
    }
    languages
}

fn look_up_language(problems: &mut ErrorSink, at: &Path<'_>, tag: &str, vocabulary: &Vocabulary) -> Option<Language> {
    let problem = match vocabulary.languages().resolve(tag) {
        Ok(language) => return Some(language),
        Err(BadTag::Malformed) => at.error(ErrorKind::Value, "language.malformed", "not a language tag"),
        Err(BadTag::Unknown) => at.error(ErrorKind::Unknown, "language.unknown_tag", "an unknown language"),
    };
    let form = Cow::Borrowed("a BCP 47 tag such as `de`, `prs` or `de-simple`; `resolve` finds it by name");
    problems.push(problem.with_hint(at.suggestion(CodeKind::Language, tag).map_or(form, Cow::Owned)));
    None
}

fn look_up(problems: &mut ErrorSink, at: &Path<'_>, code: &str, terms: Context<'_>) -> Option<Region> {
    let region = terms.vocabulary.regions().resolve(code);
    region.map_err(|bad| bad_region(problems, at, code, bad)).ok()
}

fn bad_region(problems: &mut ErrorSink, at: &Path<'_>, code: &str, bad: BadRegion) {
    let problem = match bad {
        BadRegion::Unknown => {
            let problem = at.error(ErrorKind::Unknown, "region.unknown", "an unknown region");
            let form = "the key of a Land, Kreis or Gemeinde (AGS, ARS), or a NUTS or ISO 3166-2 code, as text; `resolve` finds \
                        it by name; a postcode is none, unless `region_aliases` of the vocabulary has it";
            problem.with_hint(at.suggestion(CodeKind::Region, code).map_or(Cow::Borrowed(form), Cow::Owned))
        }
        BadRegion::NotAGemeinde => {
            let message = "the key of a Gemeinde that a Landkreis does not have";
            let problem = at.error(ErrorKind::Value, "region.not_a_gemeinde", message);
            problem.with_hint("for the whole Landkreis write its five digits")
        }
    };
    problems.push(problem);
}

fn areas(problems: &mut ErrorSink, at: &Path<'_>, offer: &Offer, terms: Context<'_>) -> Vec<region::Area> {
    let at = at.field("area");
    let mut areas = Vec::with_capacity(offer.area.len());
    for (index, code) in offer.area.iter().enumerate() {
        if code == "any" {
            areas.push(region::Area::Any);
            continue;
        }
        match terms.vocabulary.regions().resolve_area(code) {
            Ok(regions) => areas.extend(regions.into_iter().map(region::Area::One)),
            Err(bad) => bad_region(problems, &at.item(index), code, bad),
        }
    }
    areas
}

fn place_region(problems: &mut ErrorSink, at: &Path<'_>, offer: &Offer, terms: Context<'_>) -> Option<Region> {
    let code = offer.place.as_ref()?.region.as_deref()?;
    let place = at.field("place");
    look_up(problems, &place.field("region"), code, terms)
}
