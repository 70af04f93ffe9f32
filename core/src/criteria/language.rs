//! Language: the best pair of a language that the person speaks and one that the offer has.

use crate::{
    criteria::{
        assess::{Assess, Context, Outcome},
        canonical::{position, sorted},
    },
    decode::code_kind::CodeKind,
    model::{
        enums::{LanguageLevel, LanguageMode},
        reason::{Fact, Reason},
    },
    util::{
        fixed::{Fit, Ratio},
        signature::Signature,
    },
    vocabulary::language::{Comprehension, Language},
};

/// The criterion `language`.
pub(crate) enum LanguageCriterion {}

/// The languages of the person, in order of preference.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue(pub(crate) Vec<(Language, Option<LanguageLevel>)>);

/// The languages of an offer; an empty list is unknown.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue {
    languages: Vec<(LanguageRange, LanguageMode)>,
    /// The union of the languages' signatures: most people understand none of the languages, and one comparison finds that.
    signature: Signature,
}

/// One language, or any spoken one (`mul`).
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum LanguageRange {
    Only(Language),
    AnySpoken,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    /// The deciding pair of languages: their positions, and how well the offer's is understood.
    Pair { need: u16, offer: u16, comprehension: Comprehension, any: bool },
    /// The person understands no language of the offer.
    None,
    /// The offer states nothing.
    Unknown,
}

impl OfferValue {
    pub(crate) fn new(languages: impl IntoIterator<Item = (LanguageRange, LanguageMode)>) -> Self {
        let languages = sorted(languages);
        let signature = |(range, _): &(LanguageRange, LanguageMode)| match range {
            LanguageRange::Only(language) => language.signature(),
            LanguageRange::AnySpoken => Signature::FULL,
        };
        let signature = languages.iter().map(signature).collect();
        Self { languages, signature }
    }
}

impl Assess for LanguageCriterion {
    type NeedValue = NeedValue;
    type OfferValue = OfferValue;
    type Cause = Cause;

    fn assess(context: Context<'_>, NeedValue(need): &NeedValue, offer: &OfferValue) -> Outcome<Cause> {
        if offer.languages.is_empty() {
            return context.unknown(Cause::Unknown);
        }
        let policy = &context.policy.language;
        let (mut best_known, mut best_unknown): (Option<Outcome<Cause>>, Option<Outcome<Cause>>) = (None, None);
        let mut steps = Fit::ZERO;
        for (need_index, (language, level)) in need.iter().enumerate() {
            let speaker = context.vocabulary.languages().speaker(language, policy.related);
            let order = steps;
            steps = Fit::clamped(steps.get().saturating_add(policy.order_step.get()));
            if !speaker.may_understand(offer.signature) {
                continue;
            }
            let level = match level {
                Some(level) => policy.levels.get(*level),
                None if need_index == 0 => Fit::FULL,
                None => policy.levels.get(LanguageLevel::B1),
            };
            let level = level.saturating_sub(order);
            for (offer_index, (range, mode)) in offer.languages.iter().enumerate() {
                let (comprehension, any) = match range {
                    LanguageRange::Only(language) => (speaker.comprehension(language), false),
                    LanguageRange::AnySpoken if context.vocabulary.languages().is_sign(language) => {
                        (Comprehension::None, true)
                    }
                    LanguageRange::AnySpoken => (Comprehension::Same, true),
                };
                let degree = match comprehension {
                    Comprehension::Same => Ratio::ONE,
                    Comprehension::Related(degree) | Comprehension::Variant(degree) => degree,
                    Comprehension::Umbrella => context.policy.unknown_fit.0.into(),
                    Comprehension::None => continue,
                };
                let fit = Fit::from_product([level.into(), degree, policy.how.get(*mode).into()]);
                let (need, offer) = (position(need_index), position(offer_index));
                let cause = Cause::Pair { need, offer, comprehension, any };
                if comprehension == Comprehension::Umbrella {
                    let outcome = Outcome::unknown(fit, cause);
                    best_unknown = Some(best_unknown.map_or(outcome, |best| best.better(outcome)));
                } else {
                    let outcome = Outcome::known(fit, cause);
                    best_known = Some(best_known.map_or(outcome, |best| better(best, outcome)));
                }
            }
        }
        match (best_known, best_unknown) {
            (Some(known), Some(unknown)) if known.fit > unknown.fit => known,
            (_, Some(unknown)) => unknown,
            (Some(known), None) => known,
            (None, None) => Outcome::known(Fit::ZERO, Cause::None),
        }
    }

    fn reason(context: Context<'_>, NeedValue(need): &NeedValue, offer: &OfferValue, cause: Cause) -> Reason {
        let languages = context.vocabulary.languages();
        let need_tags = || need.iter().map(|(language, _)| languages.tag(language));
        let tag = |range: &LanguageRange| match range {
            LanguageRange::Only(language) => languages.tag(language),
            LanguageRange::AnySpoken => "mul".to_owned(),
        };
        let unknown = || Reason::new("language.unknown").with_codes("need", CodeKind::Language, need_tags());
        match cause {
            Cause::Unknown => unknown(),
            Cause::None => {
                let offer_tags = sorted(offer.languages.iter().map(|(range, _)| tag(range)));
                Reason::new("language.none").with_codes("need", CodeKind::Language, need_tags()).with_codes(
                    "offer",
                    CodeKind::Language,
                    offer_tags,
                )
            }
            Cause::Pair { need: position, offer: offer_position, comprehension, any } => {
                let pair = need.get(usize::from(position)).zip(offer.languages.get(usize::from(offer_position)));
                let Some(((language, level), (range, mode))) = pair else { return unknown() };
                let degree = match comprehension {
                    Comprehension::Related(degree) => Some(Fact::Degree(degree)),
                    _ => None,
                };
                let order = (position > 0).then(|| Fact::Count(u64::from(position).saturating_add(1)));
                Reason::new(pair_code(comprehension, any, *mode))
                    .with_code("need", CodeKind::Language, languages.tag(language))
                    .with_code("offer", CodeKind::Language, tag(range))
                    .with_fact("how", Fact::Word(mode.as_str()))
                    .with_fact_if_some("degree", degree)
                    .with_fact_if_some("level", level.map(|level| Fact::Word(level.as_str())))
                    .with_fact_if_some("order", order)
            }
        }
    }

    /// Returns an interpreter for the first language for which one is enough, or else a language that the offer would have to
    /// speak.
    fn required_change(
        context: Context<'_>,
        need: &NeedValue,
        offer: &OfferValue,
        outcome: Outcome<Cause>,
        passes: impl Fn(&NeedValue, &OfferValue) -> bool,
    ) -> Option<Reason> {
        let NeedValue(languages) = need;
        let with_language = |language: &Language, mode| {
            let added = (LanguageRange::Only(language.clone()), mode);
            OfferValue::new(offer.languages.iter().cloned().chain([added]))
        };
        let first_with = |mode| {
            let languages = languages.iter().map(|(language, _)| language);
            languages.into_iter().find(|language| passes(need, &with_language(language, mode)))
        };
        let change = |code, language| {
            let tag = context.vocabulary.languages().tag(language);
            Some(Reason::new(code).with_code("language", CodeKind::Language, tag))
        };
        if !outcome.known {
            return change("change.tell_language", first_with(LanguageMode::Spoken)?);
        }
        match (first_with(LanguageMode::Interpreter), first_with(LanguageMode::Spoken)) {
            (Some(language), _) => change("change.interpreter", language),
            (None, Some(language)) => change("change.spoken", language),
            (None, None) => None,
        }
    }
}

/// Returns the outcome with the higher fit. Of equal ones, the earlier language of the need wins; then, in this order, the
/// same language, a variant, a related language, and any spoken language.
fn better(a: Outcome<Cause>, b: Outcome<Cause>) -> Outcome<Cause> {
    let distance = |outcome: &Outcome<Cause>| match outcome.cause {
        Cause::Pair { need, any: true, .. } => (need, 3),
        Cause::Pair { need, comprehension: Comprehension::Same, .. } => (need, 0),
        Cause::Pair { need, comprehension: Comprehension::Variant(_), .. } => (need, 1),
        Cause::Pair { need, .. } => (need, 2),
        Cause::None | Cause::Unknown => (u16::MAX, u16::MAX),
    };
    if a.fit == b.fit && distance(&b) < distance(&a) { b } else { a.better(b) }
}

fn pair_code(comprehension: Comprehension, any: bool, mode: LanguageMode) -> &'static str {
    match comprehension {
        _ if any => "language.any",
        Comprehension::Same | Comprehension::None => match mode {
            LanguageMode::Spoken => "language.spoken",
            LanguageMode::Interpreter => "language.interpreter",
            LanguageMode::OnRequest => "language.on_request",
        },
        Comprehension::Related(_) => "language.related",
        Comprehension::Variant(_) => "language.variant",
        Comprehension::Umbrella => "language.umbrella",
    }
}
