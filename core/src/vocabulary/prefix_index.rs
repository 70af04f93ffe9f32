//! An index of names by the words in them, for completion.
//!
//! The index is an array of folded suffixes that begin at a word, sorted, so that those that begin with a prefix are a range,
//! which a binary search finds. One pass over the range finds the best name of each code: O(h) for h hits. Only the codes that are
//! returned are sorted.

use std::cmp::Ordering;

use crate::{
    decode::code_kind::CodeKind,
    model::{enums::Lang, iccs},
    util::{
        ordered_map::OrderedMap,
        progress::WorkMeter,
        sort::{select_first_by, sort_by},
        tsv::rows,
    },
    vocabulary::{
        countries::has_form_of_country,
        data::FREQUENT_LANGUAGES,
        fold::folded_forms,
        names::{Name, NameSource, NameTarget, for_each_name},
        tables::Tables,
    },
};

/// Fewest letters that are completed; one letter would match a large part of all names.
pub(super) const MIN_LETTERS: usize = 2;

/// The rank of most names.
const UNRANKED: usize = usize::MAX - 1;

/// A code with its context.
pub(super) type CodeInContext = (String, Vec<String>);

/// All names of one kind of code by the words in them.
#[derive(Debug, Default)]
pub(super) struct PrefixIndex {
    // INVARIANT: sorted by folded form.
    suffixes: Vec<NameSuffix>,
    names: Vec<CompletedName>,
    codes: Vec<CodeInContext>,
}

/// The part of a name with which a suffix begins. The order is that of completions.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum NamePart {
    /// The whole name.
    Name,
    /// A later word.
    LaterWord,
    /// The tag of a language. Last, because most people type names.
    LanguageTag,
}

/// A name from one of its words to its end.
#[derive(Debug)]
struct NameSuffix {
    folded: String,
    part: NamePart,
    /// The position of the name.
    name: usize,
}

/// The language of a name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum NameLang {
    /// Of codes and regions, whose names are the same in all languages.
    All,
    /// A display language.
    Display(Lang),
    Other,
}

impl NameLang {
    fn from_tag(tag: &str) -> Self {
        if tag.is_empty() { Self::All } else { tag.parse().map_or(Self::Other, Self::Display) }
    }

    /// Returns `true` if the name is one of the display language. Plain German also has the names of German.
    fn is_of(self, lang: Lang) -> bool {
        match self {
            Self::All => true,
            Self::Display(of) => of == lang || (of, lang) == (Lang::De, Lang::DeSimple),
            Self::Other => false,
        }
    }
}

/// A name, and its codes.
#[derive(Debug)]
struct CompletedName {
    text: String,
    /// The rank of the language of which this is the display name among the most frequent ones; then come other names, and last
    /// the words for several regions, such as landscapes.
    rank: usize,
    /// In letters.
    length: usize,
    lang: NameLang,
    /// The positions of the codes, in the order of candidates.
    codes: Vec<usize>,
}

/// A name to insert.
struct NameToComplete<'n> {
    text: &'n str,
    lang: &'n str,
    rank: usize,
}

/// A code with the best name that completes a prefix.
#[derive(Clone, Copy, Debug)]
pub(super) struct Completion<'i> {
    pub(super) code: &'i str,
    pub(super) context: &'i [String],
    /// The name that completes the prefix.
    pub(super) name: &'i str,
    /// The part of the name that begins with the prefix.
    pub(super) part: NamePart,
}

impl PrefixIndex {
    /// Builds the index of one kind of code in O(n log n), or returns `None` if it is cancelled.
    ///
    /// `resolve` returns the codes of a name.
    pub(super) fn new(
        tables: &Tables,
        kind: CodeKind,
        meter: &WorkMeter<'_>,
        resolve: &dyn Fn(&str) -> Vec<CodeInContext>,
    ) -> Option<Self> {
        let mut index = Self::default();
        let mut numbers: OrderedMap<CodeInContext, usize> = OrderedMap::default();
        let ranks: OrderedMap<&str, usize> = match kind {
            CodeKind::Language => {
                rows::<2>(FREQUENT_LANGUAGES).enumerate().map(|(rank, [_, tag])| (tag, rank)).collect()
            }
            _ => OrderedMap::default(),
        };
        let rank = |targets: &[NameTarget]| match targets {
            [NameTarget { source: NameSource::Exact, code, .. }] => {
                ranks.get(code.as_str()).copied().unwrap_or(UNRANKED)
            }
            [_, _, ..] if kind == CodeKind::Region => usize::MAX,
            _ => UNRANKED,
        };
        for_each_name(tables, kind, &mut |Name { text, lang, is_region_code, targets, .. }| {
            // The prefix of ICCS codes is no word that people type.
            if !targets.is_empty() && !text.starts_with(iccs::PREFIX) && !meter.is_cancelled() {
                let part = |start| if start > 0 { NamePart::LaterWord } else { NamePart::Name };
                let parts = word_starts(text).map(|start| (part(start), text.get(start..).unwrap_or_default()));
                // Typed digits complete to keys; a postcode of equal digits is another region.
                let of_target = |target: &NameTarget| (target.code.clone(), target.context.clone());
                let codes = if is_region_code { targets.iter().map(of_target).collect() } else { resolve(text) };
                let name = NameToComplete { text, lang, rank: rank(targets) };
                index.insert(&mut numbers, name, parts, codes);
            }
        });
        let tags = if kind == CodeKind::Language { tables.languages.tags() } else { Vec::new() };
        for tag in tags {
            let part = [(NamePart::LanguageTag, tag)];
            let name = NameToComplete { text: tag, lang: "", rank: UNRANKED };
            index.insert(&mut numbers, name, part.into_iter(), vec![(tag.to_owned(), Vec::new())]);
        }
        sort_by(&mut index.suffixes, |a, b| a.folded.cmp(&b.folded));
        let mut codes: Vec<(usize, CodeInContext)> =
            numbers.into_entries().map(|(code, number)| (number, code)).collect();
        sort_by(&mut codes, |(a, _), (b, _)| a.cmp(b));
        index.codes = codes.into_iter().map(|(_, code)| code).collect();
        (!meter.is_cancelled()).then_some(index)
    }

    fn insert<'n>(
        &mut self,
        numbers: &mut OrderedMap<CodeInContext, usize>,
        NameToComplete { text, lang, rank }: NameToComplete<'_>,
        parts: impl Iterator<Item = (NamePart, &'n str)>,
        codes: Vec<CodeInContext>,
    ) {
        let name = self.names.len();
        for (part, suffix) in parts {
            self.suffixes.extend(folded_forms(suffix).map(|folded| NameSuffix { folded, part, name }));
        }
        let number = |code| {
            let next = numbers.len();
            *numbers.entry(code).or_insert_with(|| next)
        };
        // Few people mean another country, whose code or name would precede most regions by its length.
        let is_country = codes.iter().any(|(code, _)| has_form_of_country(code));
        self.names.push(CompletedName {
            text: text.to_owned(),
            rank,
            length: text.chars().count(),
            lang: if is_country { NameLang::Other } else { NameLang::from_tag(lang) },
            codes: codes.into_iter().map(number).collect(),
        });
    }

    /// Returns the first `top` codes with a name in which a word begins with the folded prefix, and all further codes of the last
    /// name, each code once.
    ///
    /// Names are sorted by:
    ///
    /// 1. a match at the first word before one at a later word, and language tags last;
    /// 2. display names of frequent languages, in their order, before all others; words for several regions last;
    /// 3. names in `lang` before those in other languages;
    /// 4. length in letters;
    /// 5. the name itself.
    pub(super) fn completions(&self, prefix: &str, lang: Lang, top: usize) -> Vec<Completion<'_>> {
        if top == 0 || prefix.is_empty() {
            return Vec::new();
        }
        let start = self.suffixes.partition_point(|suffix| suffix.folded.as_str() < prefix);
        let hits = self.suffixes.get(start..).unwrap_or_default();
        let hits = hits.get(..hits.partition_point(|suffix| suffix.folded.starts_with(prefix))).unwrap_or_default();
        // The best hit of each code, and the position of the code in its name.
        let mut best: Vec<Option<(&NameSuffix, usize)>> = vec![None; self.codes.len()];
        let mut found: Vec<usize> = Vec::new();
        for hit in hits {
            // Names in plain German are paraphrases, of which only their readers type parts.
            let is_typed =
                |name: &&CompletedName| name.lang != NameLang::Display(Lang::DeSimple) || lang == Lang::DeSimple;
            let codes = self.names.get(hit.name).filter(is_typed).map_or(&[][..], |name| &name.codes);
            for (position, code) in codes.iter().enumerate() {
                let Some(best) = best.get_mut(*code) else { continue };
                match best {
                    Some((other, _)) if self.cmp_names(other, hit, lang).is_le() => {}
                    _ => {
                        if best.is_none() {
                            found.push(*code);
                        }
                        *best = Some((hit, position));
                    }
                }
            }
        }
        let hit = |code: &usize| best.get(*code).copied().flatten();
        let order = |a: &usize, b: &usize| match (hit(a), hit(b)) {
            (Some((a, a_position)), Some((b, b_position))) => {
                self.cmp_names(a, b, lang).then(a_position.cmp(&b_position))
            }
            _ => Ordering::Equal,
        };
        let all = found.clone();
        select_first_by(&mut found, top, order);
        let last = found.last().and_then(hit);
        let is_of_last = |code: &usize| {
            let names = last.zip(hit(code));
            names.is_some_and(|((last, _), (name, _))| self.cmp_names(last, name, lang).is_eq())
        };
        let mut of_last: Vec<usize> = all.into_iter().filter(is_of_last).collect();
        sort_by(&mut of_last, order);
        found.retain(|code| !is_of_last(code));
        found.extend(of_last);
        let completion = |code: usize| {
            let (NameSuffix { part, name, .. }, _) = hit(&code)?;
            let (code, context) = self.codes.get(code)?;
            Some(Completion { code, context, name: &self.names.get(*name)?.text, part: *part })
        };
        found.into_iter().filter_map(completion).collect()
    }

    fn cmp_names(&self, a: &NameSuffix, b: &NameSuffix, lang: Lang) -> Ordering {
        let key = |suffix: &NameSuffix| {
            let name = self.names.get(suffix.name)?;
            Some((suffix.part, name.rank, !name.lang.is_of(lang), name.length, name.text.as_str()))
        };
        key(a).cmp(&key(b))
    }
}

/// Returns the byte offsets at which words begin. An apostrophe does not end a word.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let mut after_separator = true;
    text.char_indices().filter_map(move |(offset, letter)| {
        let is_separator = letter.is_whitespace() || letter.is_ascii_punctuation() && letter != '\'';
        let is_start = after_separator && !is_separator;
        after_separator = is_separator;
        is_start.then_some(offset)
    })
}

#[cfg(test)]
mod tests {
    use super::word_starts;

    #[test]
    fn words_begin_after_spaces_and_punctuation() {
        assert_eq!(word_starts("Frankfurt (Oder)").collect::<Vec<_>>(), [0, 11]);
        assert_eq!(word_starts("-K'iche' a").collect::<Vec<_>>(), [1, 9]);
        assert_eq!(word_starts(" ()").count(), 0);
    }
}
