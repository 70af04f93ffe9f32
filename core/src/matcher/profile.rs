//! The profile of a need: codes resolved, rules looked up, weights apportioned.

use crate::{
    criteria::{
        Context, NeedValue, access, age, capacity, crime, format, gender, has_restrictions, help, language, region,
        role,
    },
    decode::path::{Path, Record},
    error::{Error, ErrorKind, ErrorSink, message},
    matcher::{
        lookup::{duplicate_id, duplicates, look_up_language, look_up_region},
        weights::weights,
    },
    model::{
        criterion::{Criterion, PerCriterion},
        enums::{FormatSet, LanguageLevel, Rule},
        need::Need,
        rules::EffectiveRule,
    },
    util::{ordered_map::OrderedMap, parallel::map_with_errors},
    vocabulary::{Vocabulary, language::Language},
};

/// Everything of a need that decides its ranking. Needs with equal profiles have equal rankings.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Profile {
    /// The value that the need states; `None` if it states nothing or the rule ignores the criterion.
    pub(crate) values: PerCriterion<Option<NeedValue>>,
    pub(crate) rules: PerCriterion<EffectiveRule>,
    // INVARIANT: ten-thousandths that add up to 10 000 or are all 0.
    pub(crate) weights: PerCriterion<u16>,
}

/// One criterion of a profile: what the need states and the rule.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Requirement<'p> {
    pub(crate) criterion: Criterion,
    /// The value that the need states; `None` if it states nothing or the rule ignores the criterion.
    pub(crate) value: Option<&'p NeedValue>,
    pub(crate) rule: EffectiveRule,
}

impl Profile {
    /// Creates the profile of a need for a number of people: the need's, or its group's.
    pub(crate) fn new(errors: &mut ErrorSink, path: &Path<'_>, need: &Need, people: u64, context: Context<'_>) -> Self {
        let formats: FormatSet = need.formats.iter().copied().collect();
        let languages = look_up_languages(errors, path, need, context.vocabulary);
        let region_code = need.region.as_deref();
        let region = region_code.and_then(|code| look_up_region(errors, &path.field("region"), code, context));
        let mut values = PerCriterion::from_fn(|criterion| match criterion {
            Criterion::Help => need.help.clone().map(|code| NeedValue::Help(help::NeedValue(code))),
            Criterion::Crime => need.crime.as_ref().map(|scope| NeedValue::Crime(crime::Scope::new(scope))),
            Criterion::Language => (!languages.is_empty()).then(|| {
                let rule = context.policy.rule(criterion, &need.rules);
                NeedValue::Language(language::NeedValue::new(context.vocabulary.languages(), languages.clone(), rule))
            }),
            Criterion::Region => region.clone().map(|region| {
                let formats = if formats.is_empty() { FormatSet::ALL } else { formats };
                NeedValue::Region(region::NeedValue::new(context.vocabulary.regions(), region, need.place, formats))
            }),
            Criterion::Capacity => Some(NeedValue::Capacity(capacity::NeedValue::People(people))),
            Criterion::Role => (!need.roles.is_empty()).then(|| NeedValue::Role(role::NeedValue::new(&need.roles))),
            Criterion::Gender => need.gender.map(|gender| NeedValue::Gender(gender::NeedValue(gender))),
            Criterion::Age => need.age.map(|years| NeedValue::Age(age::NeedValue(years))),
            Criterion::Format => (!formats.is_empty()).then_some(NeedValue::Format(format::NeedValue(formats))),
            Criterion::Access => {
                (!need.access.is_empty()).then(|| NeedValue::Access(access::NeedValue::new(&need.access)))
            }
        });
        let rules = PerCriterion::from_fn(|criterion| context.policy.rule(criterion, &need.rules));
        for criterion in Criterion::all() {
            if rules.get(criterion).rule == Rule::Ignore {
                *values.get_mut(criterion) = None;
            }
        }
        let weights = weights(context.policy, &values, &rules);
        Self { values, rules, weights }
    }

    /// Creates the profile of one need, alone.
    ///
    /// # Errors
    ///
    /// Every code of the need that the vocabulary cannot resolve.
    pub(crate) fn of_need(need: &Need, context: Context<'_>) -> Result<Self, Error> {
        let mut errors = ErrorSink::default();
        let root = Path::root(Record::Need);
        let profile = Self::new(&mut errors, &root.field("need"), need, u64::from(need.people), context);
        errors.into_result(profile)
    }

    /// Creates the profiles of a list of needs, in its order, and counts the people of a group together.
    pub(crate) fn of_needs(errors: &mut ErrorSink, needs: &[Need], context: Context<'_>) -> Vec<Self> {
        let mut people_of_group: OrderedMap<&str, u64> = OrderedMap::default();
        for need in needs {
            if let Some(group) = &need.group {
                let people = people_of_group.entry(group).or_default();
                *people = people.saturating_add(u64::from(need.people));
            }
        }
        let root = Path::root(Record::Need);
        let list = root.field("needs");
        let duplicates = duplicates(needs.iter().map(Need::id));
        map_with_errors(errors, needs, |errors, index, need| {
            let path = list.item(index);
            let group = need.group.as_deref().and_then(|group| people_of_group.get(group)).copied();
            let people = group.unwrap_or(u64::from(need.people));
            let profile = Self::new(errors, &path, need, people, context);
            if duplicates.get(index) == Some(&true) {
                errors.push(duplicate_id(&path));
            }
            profile
        })
    }

    pub(crate) fn requirement(&self, criterion: Criterion) -> Requirement<'_> {
        Requirement { criterion, value: self.values.get(criterion).as_ref(), rule: *self.rules.get(criterion) }
    }
}

impl Requirement<'_> {
    /// Returns `true` if the outcome depends on the offer. If the need states nothing, an offer may still restrict the criterion.
    pub(crate) fn depends_on_offer(&self) -> bool {
        self.rule.rule != Rule::Ignore && (self.value.is_some() || has_restrictions(self.criterion))
    }

    /// Returns `true` if some outcome excludes an offer.
    pub(crate) fn can_exclude(&self) -> bool {
        self.value.is_some() && self.rule.rule == Rule::Must
    }
}

fn look_up_languages(
    errors: &mut ErrorSink,
    path: &Path<'_>,
    need: &Need,
    vocabulary: &Vocabulary,
) -> Vec<(Language, Option<LanguageLevel>)> {
    let list = path.field("languages");
    let mut languages: Vec<(Language, _)> = Vec::with_capacity(need.languages.len());
    for (index, spoken) in need.languages.iter().enumerate() {
        let item = list.item(index);
        let tag_path = item.field("tag");
        let tag_path = if spoken.tag.in_object { &tag_path } else { &item };
        if spoken.tag.text.eq_ignore_ascii_case("any") || spoken.tag.text.eq_ignore_ascii_case("mul") {
            let error = tag_path.error(ErrorKind::Value, "language.any", message!("language.any.need"));
            errors.push(error.with_hint(message!("language.any.need.hint")));
            continue;
        }
        let Some(language) = look_up_language(errors, tag_path, &spoken.tag.text, vocabulary) else { continue };
        if languages.iter().any(|(present, _)| *present == language) {
            errors.push(item.error(ErrorKind::Conflict, "language.duplicate", message!("language.duplicate")));
        } else {
            languages.push((language, spoken.level));
        }
    }
    languages
}
