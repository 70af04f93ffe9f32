//! Language: the best pair of a language that the person speaks and one that the offer has.
//!
//! All pairs of two short lists are compared. Of long lists, only the languages that an
//! [index](crate::criteria::language_index) selects are, so that two lists of a thousand languages take some microseconds.

use crate::{
    criteria::{
        assess::{Assess, Context, Outcome},
        canonical::{position, sorted},
        language_index::{Indexed, LanguageIndex, for_each_pair},
    },
    decode::code_kind::CodeKind,
    model::{
        enums::{LanguageLevel, LanguageMode, OnUnknown, Rule},
        reason::{Fact, Reason},
        rules::EffectiveRule,
    },
    util::{
        fixed::{Fit, Ratio},
        signature::Signature,
    },
    vocabulary::language::{Comprehension, Language, Languages, Speaker},
};

/// The criterion `language`.
pub(crate) enum LanguageCriterion {}

/// The languages of the person, in order of preference.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue {
    languages: Vec<(Language, Option<LanguageLevel>)>,
    /// The minimum of a `must`, else 0. An umbrella pair counts only if it would reach it.
    minimum: Fit,
    /// `true` if a `must` excludes an unknown fit, so that a known one that reaches the minimum takes precedence.
    excludes_unknown: bool,
    /// The signature of all languages of which the person may understand something.
    understood: Signature,
    /// `None` if the list is short.
    index: Option<LanguageIndex>,
}

/// The number of pairs of two lists up to which comparing all of them is faster than selecting some.
const MAX_COMPARED: usize = 64;

/// The languages of an offer; an empty list is unknown.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue {
    languages: Vec<(LanguageRange, LanguageMode)>,
    /// The union of the languages' signatures.
    signature: Signature,
    /// `None` if the list is short.
    index: Option<LanguageIndex>,
}

/// One language, or any spoken one (`mul`).
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum LanguageRange {
    Only(Language),
    AnySpoken,
}

impl LanguageRange {
    fn language(&self) -> Option<&Language> {
        match self {
            Self::Only(language) => Some(language),
            Self::AnySpoken => None,
        }
    }
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

impl NeedValue {
    pub(crate) fn new(
        vocabulary: &Languages,
        languages: Vec<(Language, Option<LanguageLevel>)>,
        rule: EffectiveRule,
    ) -> Self {
        let is_must = rule.rule == Rule::Must;
        let (minimum, excludes_unknown) =
            (if is_must { rule.minimum } else { Fit::ZERO }, is_must && rule.unknown == OnUnknown::Exclude);
        // A policy that ignores the rows only lets a person understand less.
        let understood =
            languages.iter().map(|(language, _)| vocabulary.speaker(language, true).understood()).collect();
        let mut value = Self { languages, minimum, excludes_unknown, understood, index: None };
        value.index = LanguageIndex::is_useful(value.languages.len()).then(|| value.new_index(vocabulary));
        value
    }

    fn new_index(&self, vocabulary: &Languages) -> LanguageIndex {
        let languages = self.languages.iter().enumerate();
        // A first language without a level counts differently from a later one.
        let class = |index, level: &Option<LanguageLevel>| (index == 0 && level.is_none(), *level);
        let with_class = languages.map(|(index, (language, level))| (position(index), language, class(index, level)));
        LanguageIndex::new(vocabulary, with_class)
    }

    fn language(&self, position: u16) -> Option<&Language> {
        self.languages.get(usize::from(position)).map(|(language, _)| language)
    }
}

impl OfferValue {
    pub(crate) fn new(
        vocabulary: &Languages,
        languages: impl IntoIterator<Item = (LanguageRange, LanguageMode)>,
    ) -> Self {
        let languages = sorted(languages);
        let signature = |(range, _): &(LanguageRange, LanguageMode)| match range {
            LanguageRange::Only(language) => language.signature(),
            LanguageRange::AnySpoken => Signature::FULL,
        };
        let signature = languages.iter().map(signature).collect();
        let mut value = Self { languages, signature, index: None };
        value.index = LanguageIndex::is_useful(value.languages.len()).then(|| value.new_index(vocabulary));
        value
    }

    fn new_index(&self, vocabulary: &Languages) -> LanguageIndex {
        let languages = self.languages.iter().enumerate();
        let only = languages.filter_map(|(index, (range, mode))| Some((position(index), range.language()?, *mode)));
        LanguageIndex::new(vocabulary, only)
    }

    fn language(&self, position: u16) -> Option<&Language> {
        self.languages.get(usize::from(position)).and_then(|(range, _)| range.language())
    }
}

/// The best pairs of languages, of those that were considered.
struct BestPairs<'a> {
    context: Context<'a>,
    need: &'a NeedValue,
    offer: &'a OfferValue,
    known: Option<Outcome<Cause>>,
    unknown: Option<Outcome<Cause>>,
}

impl<'a> BestPairs<'a> {
    /// Finds the best pairs of a need and an offer.
    fn new(context: Context<'a>, need: &'a NeedValue, offer: &'a OfferValue) -> Self {
        let mut best = Self { context, need, offer, known: None, unknown: None };
        if need.languages.len().saturating_mul(offer.languages.len()) <= MAX_COMPARED {
            best.consider_all();
        } else {
            best.consider_selected();
        }
        best
    }

    fn consider_all(&mut self) {
        for (need_index, (language, _)) in self.need.languages.iter().enumerate() {
            let speaker = self.speaker(language);
            if !speaker.understood().intersects(self.offer.signature) {
                continue;
            }
            let level = self.level(need_index);
            for offer_index in 0..self.offer.languages.len() {
                self.consider(&speaker, level, position(need_index), position(offer_index));
            }
        }
    }

    fn consider_selected(&mut self) {
        let (need, offer, vocabulary) = (self.need, self.offer, self.context.vocabulary.languages());
        let (mut of_need, mut of_offer) = (None, None);
        let need_index = need.index.as_ref().unwrap_or_else(|| of_need.insert(need.new_index(vocabulary)));
        let offer_index = offer.index.as_ref().unwrap_or_else(|| of_offer.insert(offer.new_index(vocabulary)));
        let mut consider = |need_position: u16, offer_position: u16| {
            if let Some(language) = need.language(need_position) {
                let (speaker, level) = (self.speaker(language), self.level(usize::from(need_position)));
                self.consider(&speaker, level, need_position, offer_position);
            }
        };
        for_each_pair(
            vocabulary,
            Indexed { index: need_index, language: &|position| need.language(position) },
            Indexed { index: offer_index, language: &|position| offer.language(position) },
            &mut consider,
        );
        for (index, _) in offer.languages.iter().enumerate().filter(|(_, (range, _))| range.language().is_none()) {
            need_index.selected().into_iter().for_each(|need| consider(need, position(index)));
        }
    }

    fn speaker(&self, language: &'a Language) -> Speaker<'a> {
        self.context.vocabulary.languages().speaker(language, self.context.policy.language.related)
    }

    /// Returns the fit of the person's level, less the steps for earlier languages.
    fn level(&self, index: usize) -> Fit {
        let policy = &self.context.policy.language;
        let level = match self.need.languages.get(index).and_then(|(_, level)| *level) {
            Some(level) => policy.levels.get(level),
            None if index == 0 => Fit::FULL,
            None => policy.levels.get(LanguageLevel::B1),
        };
        let steps = u16::try_from(index).unwrap_or(u16::MAX).saturating_mul(policy.order_step.get());
        level.saturating_sub(Fit::clamped(steps))
    }

    #[inline]
    fn consider(&mut self, speaker: &Speaker<'_>, level: Fit, need: u16, offer: u16) {
        let Some((range, _)) = self.offer.languages.get(usize::from(offer)) else { return };
        let (comprehension, any) = match range {
            LanguageRange::Only(language) => (speaker.comprehension(language), false),
            LanguageRange::AnySpoken if speaker.is_sign() => return,
            LanguageRange::AnySpoken => (Comprehension::Same, true),
        };
        if comprehension != Comprehension::None {
            self.add(level, Cause::Pair { need, offer, comprehension, any });
        }
    }

    // Not inlined, because few pairs get here, and saving registers for it would double the time of the loop over all pairs.
    #[inline(never)]
    fn add(&mut self, level: Fit, cause: Cause) {
        let Cause::Pair { offer, comprehension, .. } = cause else { return };
        let Some((_, mode)) = self.offer.languages.get(usize::from(offer)) else { return };
        let how = self.context.policy.language.how.get(*mode);
        let fit = |degree: Ratio| Fit::from_product([level.into(), degree, how.into()]);
        match comprehension {
            Comprehension::None => {}
            // Nothing is understood, so that nothing is to be said about the pair.
            Comprehension::Related(Ratio::ZERO) => push(&mut self.known, Outcome::known(Fit::ZERO, Cause::None)),
            Comprehension::Related(degree) | Comprehension::Variant(degree) => {
                push(&mut self.known, Outcome::known(fit(degree), cause));
            }
            Comprehension::Same => push(&mut self.known, Outcome::known(fit(Ratio::ONE), cause)),
            Comprehension::Umbrella => {
                if fit(Ratio::ONE) >= self.need.minimum {
                    push(&mut self.unknown, Outcome::unknown(fit(self.context.policy.unknown_fit.0.into()), cause));
                }
            }
        }
    }

    /// Adds the pairs with further languages of the offer.
    fn union(&self, further: &Self) -> Self {
        let mut union = Self { ..*self };
        further.known.into_iter().for_each(|outcome| push(&mut union.known, outcome));
        further.unknown.into_iter().for_each(|outcome| push(&mut union.unknown, outcome));
        union
    }

    /// Returns the outcome that decides: the best known pair, unless an unknown one has a higher fit or both have 0. If unknown
    /// fits are excluded, a known pair that reaches the minimum takes precedence.
    fn outcome(&self) -> Outcome<Cause> {
        match (self.known, self.unknown) {
            (Some(known), Some(unknown)) => {
                let is_enough = self.need.excludes_unknown && known.fit >= self.need.minimum;
                let is_better = known.fit >= unknown.fit && known.fit > Fit::ZERO;
                if is_enough || is_better { known } else { unknown }
            }
            (Some(only), None) | (None, Some(only)) => only,
            (None, None) => Outcome::known(Fit::ZERO, Cause::None),
        }
    }
}

/// Replaces the best outcome if another one precedes it.
fn push(best: &mut Option<Outcome<Cause>>, outcome: Outcome<Cause>) {
    if best.is_none_or(|best| precedes(&outcome, &best)) {
        *best = Some(outcome);
    }
}

/// Returns `true` if a pair decides rather than another: of a higher fit; of an earlier language of the need; of the same
/// language, a variant, a related language, any spoken language, in this order; of an earlier language of the offer.
fn precedes(a: &Outcome<Cause>, b: &Outcome<Cause>) -> bool {
    let rank = |outcome: &Outcome<Cause>| match outcome.cause {
        Cause::Pair { need, offer, any: true, .. } => (need, 3, offer),
        Cause::Pair { need, offer, comprehension: Comprehension::Same, .. } => (need, 0, offer),
        Cause::Pair { need, offer, comprehension: Comprehension::Variant(_), .. } => (need, 1, offer),
        Cause::Pair { need, offer, .. } => (need, 2, offer),
        Cause::None | Cause::Unknown => (u16::MAX, u16::MAX, u16::MAX),
    };
    a.fit > b.fit || a.fit == b.fit && rank(a) < rank(b)
}

impl Assess for LanguageCriterion {
    type NeedValue = NeedValue;
    type OfferValue = OfferValue;
    type Cause = Cause;

    fn assess(context: Context<'_>, need: &NeedValue, offer: &OfferValue) -> Outcome<Cause> {
        if offer.languages.is_empty() {
            return context.unknown(Cause::Unknown);
        }
        // Most people understand none of the languages of most offers.
        if !need.understood.intersects(offer.signature) {
            return Outcome::known(Fit::ZERO, Cause::None);
        }
        BestPairs::new(context, need, offer).outcome()
    }

    fn reason(
        context: Context<'_>,
        NeedValue { languages: need, .. }: &NeedValue,
        offer: &OfferValue,
        cause: Cause,
    ) -> Reason {
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
        let vocabulary = context.vocabulary.languages();
        let present = BestPairs::new(context, need, offer);
        // Of two languages of one class the first is at least as good, so that the index has the first one that is enough.
        let positions = need.index.as_ref().map(LanguageIndex::selected);
        let positions = positions.unwrap_or_else(|| (0..need.languages.len()).map(position).collect());
        let with = |language: &Language, mode| (LanguageRange::Only(language.clone()), mode);
        let is_enough = |language: &Language, mode| {
            let added = OfferValue::new(vocabulary, [with(language, mode)]);
            let outcome = present.union(&BestPairs::new(context, need, &added)).outcome();
            if outcome.known { outcome.fit >= need.minimum } else { !need.excludes_unknown }
        };
        let first_with = |mode| {
            let mut languages = positions.iter().filter_map(|position| need.language(*position));
            let language = languages.find(|language| is_enough(language, mode))?;
            let languages = offer.languages.iter().cloned().chain([with(language, mode)]);
            passes(need, &OfferValue::new(vocabulary, languages)).then_some(language)
        };
        let change = |code, language| {
            Some(Reason::new(code).with_code("language", CodeKind::Language, vocabulary.tag(language)))
        };
        if !outcome.known {
            return change("change.tell_language", first_with(LanguageMode::Spoken)?);
        }
        match first_with(LanguageMode::Interpreter) {
            Some(language) => change("change.interpreter", language),
            None => change("change.spoken", first_with(LanguageMode::Spoken)?),
        }
    }
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

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};

    use super::*;
    use crate::{
        model::{enums::OnUnknown, policy::Policy},
        vocabulary::Vocabulary,
    };

    /// Languages with rows, variants, umbrella codes and signs.
    const TAGS: [&str; 17] = [
        "de",
        "de-simple",
        "sl-nedis",
        "sl-rozaj",
        "ar",
        "ary",
        "apc",
        "ku",
        "kmr",
        "ckb",
        "fa",
        "prs",
        "haz",
        "sl",
        "hr",
        "gsg",
        "kun",
    ];

    /// Rows about one variant, which is not understood like others of its language.
    const ROWS: &str = r#"{"comprehension": [
        {"from": "sl-rozaj", "to": "hr", "degree": 0.9}, {"from": "hr", "to": "sl-nedis", "degree": 0.8}
    ]}"#;

    proptest! {
        // Few lists have a variant with a row of its own in the best pair.
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn the_index_selects_the_languages_of_the_best_pairs(
            needs in prop::collection::vec((select(&TAGS), prop::option::of(select(&[LanguageLevel::A1, LanguageLevel::B2]))), 1..9),
            offers in prop::collection::vec((select(&TAGS), select(&[LanguageMode::Spoken, LanguageMode::OnRequest])), 1..6),
            (related, minimum, any) in (any::<bool>(), select(&[0, 2_500, 10_000]), any::<bool>()),
        ) {
            let vocabulary = Vocabulary::from_json(ROWS).unwrap();
            let policy = Policy::builder().related(related).build().unwrap();
            let context = Context { policy: &policy, vocabulary: &vocabulary };
            let language = |tag: &str| vocabulary.languages().resolve(tag).unwrap();
            let mut spoken: Vec<(Language, Option<LanguageLevel>)> = Vec::new();
            for (tag, level) in needs {
                if spoken.iter().all(|(present, _)| *present != language(tag)) {
                    spoken.push((language(tag), level));
                }
            }
            let rule = EffectiveRule { rule: Rule::Must, minimum: Fit::clamped(minimum), unknown: OnUnknown::Allow };
            let need = NeedValue::new(vocabulary.languages(), spoken, rule);
            let ranges = offers.into_iter().map(|(tag, mode)| (LanguageRange::Only(language(tag)), mode));
            let ranges = ranges.chain(any.then_some((LanguageRange::AnySpoken, LanguageMode::OnRequest)));
            let offer = OfferValue::new(vocabulary.languages(), ranges);
            let new = || BestPairs { context, need: &need, offer: &offer, known: None, unknown: None };
            let (mut all, mut selected) = (new(), new());
            all.consider_all();
            selected.consider_selected();
            prop_assert_eq!(selected.outcome(), all.outcome());
            prop_assert_eq!(LanguageCriterion::assess(context, &need, &offer), all.outcome());
        }
    }
}
