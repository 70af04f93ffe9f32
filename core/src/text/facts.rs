//! What the sentences of every language need: the facts of a reason, by name.

use crate::{
    criterion::Criterion,
    number::Fit,
    reason::{Fact, Reason},
    terms::{Kind, Lang},
    vocabulary::Vocabulary,
    word::Word,
};

/// A list that is longer shows its first four only, so that a sentence stays short.
const LONGEST_LIST: usize = 6;
const SHOWN_OF_LONG: usize = 4;

/// A language of sentences.
pub(super) struct Tongue {
    pub(super) lang: Lang,
    /// Nothing where the code, or a fact that it needs, is missing.
    pub(super) sentence: fn(&Facts<'_>) -> Option<String>,
    pub(super) criterion: fn(Criterion) -> &'static str,
    /// How a word of the wire format reads in a sentence.
    pub(super) term: fn(&'static str) -> &'static str,
    pub(super) and: &'static str,
    pub(super) or: &'static str,
    /// What follows the number of those that a long list leaves out.
    pub(super) more: &'static str,
    /// `mul` in a list: it means no sign language.
    pub(super) any_spoken: &'static str,
}

/// The facts of one reason, with names in one language.
///
/// A fact that is missing, or of another shape, is `None`.
pub(super) struct Facts<'a> {
    reason: &'a Reason,
    tongue: &'static Tongue,
    vocabulary: &'a Vocabulary,
}

impl<'a> Facts<'a> {
    pub(super) fn new(reason: &'a Reason, tongue: &'static Tongue, vocabulary: &'a Vocabulary) -> Self {
        Self { reason, tongue, vocabulary }
    }

    pub(super) fn code(&self) -> &'a str {
        self.reason.code()
    }

    /// The name of the criterion that the code begins with.
    pub(super) fn criterion(&self) -> Option<&'static str> {
        let (criterion, _) = self.code().split_once('.')?;
        Criterion::of(criterion).map(self.tongue.criterion)
    }

    pub(super) fn count(&self, fact: &str) -> Option<u64> {
        match self.reason.fact(fact)? {
            Fact::Count(count) => Some(*count),
            _ => None,
        }
    }

    /// How much of the language is understood, in ten-thousandths.
    pub(super) fn degree(&self, fact: &str) -> Option<u16> {
        match self.reason.fact(fact)? {
            Fact::Degree(degree) => Some(Fit::get(*degree)),
            _ => None,
        }
    }

    /// Year, month and day, as digits.
    pub(super) fn day(&self, fact: &str) -> Option<[String; 3]> {
        match self.reason.fact(fact)? {
            Fact::Day(day) => {
                <[String; 3]>::try_from(day.to_string().split('-').map(str::to_owned).collect::<Vec<_>>()).ok()
            }
            _ => None,
        }
    }

    /// A word as the wire format writes it.
    pub(super) fn word(&self, fact: &str) -> Option<&'static str> {
        match self.reason.fact(fact)? {
            Fact::Word(word) => Some(*word),
            _ => None,
        }
    }

    /// A word as a sentence writes it.
    pub(super) fn term(&self, fact: &str) -> Option<&'static str> {
        self.word(fact).map(self.tongue.term)
    }

    /// The name of a code; nothing for `any`, which every language puts in its own way.
    pub(super) fn name(&self, fact: &str) -> Option<String> {
        match self.reason.fact(fact)? {
            Fact::Code(_, code) if code == "any" => None,
            Fact::Code(kind, code) => Some(self.name_of(*kind, code)),
            _ => None,
        }
    }

    fn name_of(&self, kind: Kind, code: &str) -> String {
        if (kind, code) == (Kind::Language, "mul") {
            return self.tongue.any_spoken.to_owned();
        }
        let name = self.vocabulary.name(kind, code, self.tongue.lang);
        // Loaded names may hold anything; a sentence is one line.
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        match self.tongue.lang {
            Lang::DeSimple => without_brackets(&name),
            Lang::De | Lang::En => name,
        }
    }

    /// Whether the fact is a sign language, which nobody "speaks".
    pub(super) fn is_sign(&self, fact: &str) -> bool {
        let Some(Fact::Code(Kind::Language, tag)) = self.reason.fact(fact) else { return false };
        let languages = self.vocabulary.languages();
        languages.resolve(tag).is_ok_and(|language| languages.is_sign(&language))
    }

    /// `A, B, C`
    pub(super) fn list(&self, fact: &str) -> Option<String> {
        self.join(self.names([fact]), ", ")
    }

    /// `A, B and C`
    pub(super) fn all(&self, fact: &str) -> Option<String> {
        self.join(self.names([fact]), &format!(" {} ", self.tongue.and))
    }

    /// `A, B or C`
    pub(super) fn either(&self, fact: &str) -> Option<String> {
        self.join(self.names([fact]), &format!(" {} ", self.tongue.or))
    }

    /// Codes of crimes and their settings, in one list.
    pub(super) fn crimes(&self, code: &str, context: &str) -> Option<String> {
        self.join(self.names([code, context]), ", ")
    }

    /// A crime with its settings in brackets; `acts` stands for a crime of any kind.
    pub(super) fn scope(&self, code: &str, context: &str, acts: &str) -> Option<String> {
        match (self.name(code), self.list(context)) {
            (Some(crime), None) => Some(crime),
            (Some(crime), Some(settings)) => Some(format!("{crime} ({settings})")),
            (None, Some(settings)) => Some(format!("{acts} ({settings})")),
            (None, None) => None,
        }
    }

    fn names<const N: usize>(&self, facts: [&str; N]) -> Vec<String> {
        let names = |fact| match self.reason.fact(fact) {
            Some(Fact::Code(kind, code)) => vec![self.name_of(*kind, code)],
            Some(Fact::Codes(kind, codes)) => codes.iter().map(|code| self.name_of(*kind, code)).collect(),
            Some(Fact::Words(words)) => words.iter().map(|word| (self.tongue.term)(word).to_owned()).collect(),
            _ => Vec::new(),
        };
        facts.into_iter().flat_map(names).collect()
    }

    fn join(&self, mut names: Vec<String>, before_last: &str) -> Option<String> {
        let mut before_last = before_last.to_owned();
        if names.len() > LONGEST_LIST {
            let left_out = names.split_off(SHOWN_OF_LONG).len();
            names.push(format!("{left_out} {}", self.tongue.more));
            if before_last == ", " {
                before_last = format!(" {} ", self.tongue.and);
            }
        }
        let last = names.pop()?;
        Some(if names.is_empty() { last } else { format!("{}{before_last}{last}", names.join(", ")) })
    }
}

/// `Leipzig (Landkreis)` is `Landkreis Leipzig` in plain words, `Nachstellung (Stalking)` is `Nachstellung, Stalking`.
fn without_brackets(name: &str) -> String {
    match name.strip_suffix(')').and_then(|name| name.split_once(" (")) {
        Some((name, kind @ ("Stadt" | "Landkreis"))) => format!("{kind} {name}"),
        _ => name.replace(" (", ", ").replace(')', ""),
    }
}

/// The text with a capital at its beginning.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| std::iter::once(large(first)).chain(letters).collect()).unwrap_or_default()
}

/// The capital of a letter, or the letter where it has none.
///
/// Most alphabets have theirs at one of these distances; the table of all capitals would be 12 kB more in the browser.
fn large(letter: char) -> char {
    const DISTANCES: [u32; 8] = [0x20, 1, 0x50, 0x30, 0x25, 0x26, 0x3f, 0x40];
    let mut near = DISTANCES.iter().filter_map(|distance| char::from_u32(u32::from(letter).checked_sub(*distance)?));
    near.find(|capital| capital.to_lowercase().eq([letter])).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::large;

    #[test]
    fn capitals_are_those_of_unicode() {
        for letter in ('a'..='z').chain("äöüéèçñåøžšłőдйёїђαωςάόώԱաև".chars()).chain('\u{100}'..='\u{17f}')
        {
            let capital = large(letter);
            assert!(capital == letter || letter.to_uppercase().eq([capital]), "{letter} {capital}");
        }
        assert_eq!("zäéçłдёїαάաß1".chars().map(large).collect::<String>(), "ZÄÉÇŁДЁЇΑΆԱß1");
    }
}
