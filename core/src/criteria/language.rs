//! A language that both sides speak.

use crate::criteria::{Context, Outcome, index, sorted};
use crate::{
    decode::code_kind::CodeKind,
    model::{
        enums::{LanguageLevel, LanguageMode},
        reason::{Fact, Reason},
    },
    util::fixed::{Fit, Ratio},
    vocabulary::language::{Comprehension, Language},
};

/// The person's languages, the first one first.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue(pub(crate) Vec<(Language, Option<LanguageLevel>)>);

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue {
    /// Sorted; none are unknown.
    languages: Vec<(Speech, LanguageMode)>,
    /// The bits of all of them: most people understand none, which these tell.
    bits: u64,
}

/// One language, or any spoken one.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Speech {
    One(Language),
    Any,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    /// A pair of languages met: their positions on both sides.
    Pair {
        need: u16,
        offer: u16,
        comprehension: Comprehension,
        any: bool,
    },
    None,
    Unknown,
}

impl OfferValue {
    pub(crate) fn of(languages: impl IntoIterator<Item = (Speech, LanguageMode)>) -> Self {
        let languages = sorted(languages);
        let bits = |speech: &Speech| match speech {
            Speech::One(language) => language.bit(),
            Speech::Any => u64::MAX,
        };
        let bits = languages.iter().fold(0, |all, (speech, _)| all | bits(speech));
        Self { languages, bits }
    }
}

pub(crate) fn assess(terms: Context<'_>, NeedValue(need): &NeedValue, offered: &OfferValue) -> Outcome<Cause> {
    if offered.languages.is_empty() {
        return terms.unknown(Cause::Unknown);
    }
    let policy = &terms.policy.language;
    let (mut best, mut unclear): (Option<Outcome<Cause>>, Option<Outcome<Cause>>) = (None, None);
    let mut steps = Fit::ZERO;
    for (position, (language, level)) in need.iter().enumerate() {
        let heard = terms.vocabulary.languages().heard_by(language, policy.related);
        let order = steps;
        steps = Fit::clamped(steps.get().saturating_add(policy.order_step.get()));
        if !heard.may_understand(offered.bits) {
            continue;
        }
        let level = match level {
            Some(level) => policy.levels.get(*level),
            None if position == 0 => Fit::FULL,
            None => policy.levels.get(LanguageLevel::B1),
        };
        let level = level.saturating_sub(order);
        for (offer, (speech, how)) in offered.languages.iter().enumerate() {
            let (comprehension, any) = match speech {
                Speech::One(language) => (heard.comprehension(language), false),
                // Any *spoken* language: no sign language is meant.
                Speech::Any if terms.vocabulary.languages().is_sign(language) => (Comprehension::None, true),
                Speech::Any => (Comprehension::Same, true),
            };
            let degree = match comprehension {
                Comprehension::Same => Ratio::ONE,
                Comprehension::Related(degree) | Comprehension::Variant(degree) => degree,
                Comprehension::Umbrella => terms.policy.unknown_fit.0.into(),
                Comprehension::None => continue,
            };
            let fit = Fit::from_product([level.into(), degree, policy.how.get(*how).into()]);
            let why = Cause::Pair { need: index(position), offer: index(offer), comprehension, any };
            if comprehension == Comprehension::Umbrella {
                let met = Outcome::unknown(fit, why);
                unclear = Some(unclear.map_or(met, |best| best.better(met)));
            } else {
                let met = Outcome::known(fit, why);
                best = Some(best.map_or(met, |best| better(best, met)));
            }
        }
    }
    match (best, unclear) {
        (Some(best), Some(unclear)) if best.fit > unclear.fit => best,
        (_, Some(unclear)) => unclear,
        (Some(best), None) => best,
        (None, None) => Outcome::known(Fit::ZERO, Cause::None),
    }
}

/// The better fit; of equals the same language before a related one, and a named language before any.
fn better(one: Outcome<Cause>, other: Outcome<Cause>) -> Outcome<Cause> {
    let distance = |met: &Outcome<Cause>| match met.why {
        Cause::Pair { need, any: true, .. } => (need, 3),
        Cause::Pair { need, comprehension: Comprehension::Same, .. } => (need, 0),
        Cause::Pair { need, comprehension: Comprehension::Variant(_), .. } => (need, 1),
        Cause::Pair { need, .. } => (need, 2),
        Cause::None | Cause::Unknown => (u16::MAX, u16::MAX),
    };
    if other.fit == one.fit && distance(&other) < distance(&one) { other } else { one.better(other) }
}

pub(crate) fn reason(terms: Context<'_>, NeedValue(need): &NeedValue, offered: &OfferValue, why: Cause) -> Reason {
    let languages = terms.vocabulary.languages();
    let offered = &offered.languages;
    let wanted = || need.iter().map(|(language, _)| languages.tag(language));
    let tag = |speech: &Speech| match speech {
        Speech::One(language) => languages.tag(language),
        Speech::Any => "mul".to_owned(),
    };
    match why {
        Cause::Unknown => Reason::new("language.unknown").with_codes("need", CodeKind::Language, wanted()),
        Cause::None => {
            let offered = sorted(offered.iter().map(|(speech, _)| tag(speech)));
            Reason::new("language.none").with_codes("need", CodeKind::Language, wanted()).with_codes(
                "offer",
                CodeKind::Language,
                offered,
            )
        }
        Cause::Pair { need: position, offer, comprehension, any } => {
            let pair = need.get(usize::from(position)).zip(offered.get(usize::from(offer)));
            let Some(((language, level), (speech, how))) = pair else { return Reason::new("language.unknown") };
            let code = match comprehension {
                _ if any => "language.any",
                Comprehension::Same | Comprehension::None => match how {
                    LanguageMode::Spoken => "language.spoken",
                    LanguageMode::Interpreter => "language.interpreter",
                    LanguageMode::OnRequest => "language.on_request",
                },
                Comprehension::Related(_) => "language.related",
                Comprehension::Variant(_) => "language.variant",
                Comprehension::Umbrella => "language.umbrella",
            };
            let degree = match comprehension {
                Comprehension::Related(degree) => Some(Fact::Degree(degree)),
                _ => None,
            };
            let order = (position > 0).then(|| Fact::Count(u64::from(position).saturating_add(1)));
            Reason::new(code)
                .with_code("need", CodeKind::Language, languages.tag(language))
                .with_code("offer", CodeKind::Language, tag(speech))
                .with_fact("how", Fact::Word(how.as_str()))
                .with_fact_if_some("degree", degree)
                .with_fact_if_some("level", level.map(|level| Fact::Word(level.as_str())))
                .with_fact_if_some("order", order)
        }
    }
}

/// An interpreter for the first language that one would do for; else a language that would have to be spoken.
pub(crate) fn change(
    terms: Context<'_>,
    need: &NeedValue,
    offered: &OfferValue,
    met: Outcome<Cause>,
    passes: impl Fn(&NeedValue, &OfferValue) -> bool,
) -> Option<Reason> {
    let NeedValue(languages) = need;
    let also = |language: &Language, how| {
        OfferValue::of(offered.languages.iter().cloned().chain([(Speech::One(language.clone()), how)]))
    };
    let first = |how| languages.iter().map(|(language, _)| language).find(|it| passes(need, &also(it, how)));
    let tell = |code, language| {
        Some(Reason::new(code).with_code("language", CodeKind::Language, terms.vocabulary.languages().tag(language)))
    };
    if !met.known {
        return tell("change.tell_language", first(LanguageMode::Spoken)?);
    }
    match (first(LanguageMode::Interpreter), first(LanguageMode::Spoken)) {
        (Some(language), _) => tell("change.interpreter", language),
        (None, Some(language)) => tell("change.spoken", language),
        (None, None) => None,
    }
}
