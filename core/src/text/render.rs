//! The facts of a reason become the parts of a sentence.

use crate::text::catalogue::{Condition, Part, Tongue};
use crate::{
    decode::{code_kind::CodeKind, string_enum::StringEnum},
    model::{
        criterion::Criterion,
        enums::Lang,
        reason::{Fact, Reason},
    },
    util::{fixed::Ratio, lowercase::capital},
    vocabulary::Vocabulary,
};

/// A list that is longer shows its first four only, so that a sentence stays short.
const LONGEST_LIST: usize = 6;
const SHOWN_OF_LONG: usize = 4;

/// Room for most sentences at once, in bytes, instead of in steps.
const USUAL: usize = 64;

/// The facts of one reason, put into the sentences of one language.
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

    /// What the first row with this key says whose conditions hold and whose parts are all there.
    pub(super) fn say(&self, key: &str) -> Option<String> {
        let mut said = String::with_capacity(USUAL);
        self.put_row(&mut said, key)?;
        Some(said)
    }

    // Each `put_…` writes to the end of a text; what it has written where it gives nothing is to be taken back.

    fn put_row(&self, text: &mut String, key: &str) -> Option<()> {
        let before = text.len();
        self.tongue.rows(key).find_map(|row| {
            text.truncate(before);
            if !row.conditions.iter().all(|condition| self.meets(condition)) {
                return None;
            }
            text.push_str(row.begins);
            row.parts.iter().try_for_each(|(part, after)| {
                self.put(text, part)?;
                text.push_str(after);
                Some(())
            })
        })
    }

    fn meets(&self, condition: &Condition) -> bool {
        match *condition {
            Condition::IsThere(fact) => self.reason.fact(fact).is_some(),
            Condition::Is(fact, value) => self.is(fact, value),
            Condition::AtLeast(fact, least) => self.number(fact).is_some_and(|number| number >= least),
            Condition::IsSign(fact) => self.is_sign(fact),
        }
    }

    /// Whether a fact has this value, or reads as this other fact does.
    fn is(&self, fact: &str, value: &str) -> bool {
        match (self.reason.fact(fact), self.reason.fact(value)) {
            (Some(Fact::Word(word)), None) => *word == value,
            (Some(Fact::Code(kind, code)), Some(Fact::Code(other_kind, other))) => {
                self.name_of(*kind, code) == self.name_of(*other_kind, other)
            }
            _ => self.number(fact).is_some_and(|number| Some(number) == self.number(value).or(value.parse().ok())),
        }
    }

    fn put(&self, text: &mut String, part: &Part) -> Option<()> {
        match part {
            Part::Row(key) => self.put_row(text, key)?,
            Part::RowIfAny(key) => {
                let before = text.len();
                if self.put_row(text, key).is_none() {
                    text.truncate(before);
                }
            }
            Part::Criterion => {
                let (criterion, _) = self.reason.code().split_once('.')?;
                text.push_str(self.tongue.word(Criterion::from_code(criterion)?.as_str()));
            }
            Part::Fact(fact) => self.put_fact(text, fact)?,
            Part::Names(facts, before_last) => self.put_names(text, facts, *before_last)?,
            Part::Ordinal(fact) => text.push_str(&ordinal(self.number(fact)?)),
            Part::Day(fact, part) => self.put_of_day(text, fact, part)?,
            Part::Capital(part) => {
                let mut said = String::new();
                self.put(&mut said, part)?;
                text.push_str(&with_capital(&said));
            }
        }
        Some(())
    }

    /// Nothing for `any`, which every language puts in its own way.
    fn put_fact(&self, text: &mut String, fact: &str) -> Option<()> {
        match self.reason.fact(fact)? {
            Fact::Code(_, code) if code == "any" => return None,
            Fact::Code(kind, code) => self.put_name(text, *kind, code),
            Fact::Word(word) => text.push_str(self.tongue.word(word)),
            Fact::Codes(..) | Fact::Words(_) => self.put_names(text, &[fact], None)?,
            _ => text.push_str(&self.number(fact)?.to_string()),
        }
        Some(())
    }

    fn number(&self, fact: &str) -> Option<u64> {
        match self.reason.fact(fact)? {
            Fact::Count(count) => Some(*count),
            Fact::Degree(degree) => Some(u64::from(Ratio::get(*degree))),
            _ => None,
        }
    }

    /// `year`, `month` by its name where the table has one, `day` in two digits, `date` without a zero before it.
    fn put_of_day(&self, text: &mut String, fact: &str, part: &str) -> Option<()> {
        let Fact::Day(day) = self.reason.fact(fact)? else { return None };
        let written = day.to_string();
        let mut digits = written.split('-');
        let (year, month, day) = (digits.next()?, digits.next()?, digits.next()?);
        match part {
            "year" => text.push_str(year),
            "month" => text.push_str(&self.say(month).unwrap_or_else(|| month.to_owned())),
            "day" => text.push_str(day),
            _ => text.push_str(day.trim_start_matches('0')),
        }
        Some(())
    }

    fn put_name(&self, text: &mut String, kind: CodeKind, code: &str) {
        if (kind, code) == (CodeKind::Language, "mul") {
            return text.push_str(self.tongue.word("any_spoken"));
        }
        let name = self.vocabulary.name(kind, code, self.tongue.lang);
        let before = text.len();
        // Loaded names may hold anything; a sentence is one line.
        let mut words = name.split_whitespace();
        text.extend(words.next());
        words.for_each(|word| text.extend([" ", word]));
        if self.tongue.lang == Lang::DeSimple {
            let name = text.split_off(before);
            text.push_str(&without_brackets(&name));
        }
    }

    fn name_of(&self, kind: CodeKind, code: &str) -> String {
        let mut name = String::new();
        self.put_name(&mut name, kind, code);
        name
    }

    /// Whether the fact is a sign language, which nobody "speaks".
    fn is_sign(&self, fact: &str) -> bool {
        let Some(Fact::Code(CodeKind::Language, tag)) = self.reason.fact(fact) else { return false };
        let languages = self.vocabulary.languages();
        languages.resolve(tag).is_ok_and(|language| languages.is_sign(&language))
    }

    /// `A, B, C`, or `A, B and C`.
    fn put_names(&self, text: &mut String, facts: &[&str], before_last: Option<&'static str>) -> Option<()> {
        let mut names: Vec<String> = facts.iter().flat_map(|fact| self.names(fact)).collect();
        let mut before_last = before_last;
        if names.len() > LONGEST_LIST {
            let left_out = names.split_off(SHOWN_OF_LONG).len();
            names.push(format!("{left_out} {}", self.tongue.word("more")));
            before_last = before_last.or(Some("and"));
        }
        let last = names.pop()?;
        text.push_str(&names.join(", "));
        if !names.is_empty() {
            match before_last {
                Some(word) => text.extend([" ", self.tongue.word(word), " "]),
                None => text.push_str(", "),
            }
        }
        text.push_str(&last);
        Some(())
    }

    fn names(&self, fact: &str) -> Vec<String> {
        match self.reason.fact(fact) {
            Some(Fact::Code(kind, code)) => vec![self.name_of(*kind, code)],
            Some(Fact::Codes(kind, codes)) => codes.iter().map(|code| self.name_of(*kind, code)).collect(),
            Some(Fact::Words(words)) => words.iter().map(|word| self.tongue.word(word).to_owned()).collect(),
            _ => Vec::new(),
        }
    }
}

/// In English, the only language here that writes more than a full stop.
fn ordinal(number: u64) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// `Leipzig (Landkreis)` is `Landkreis Leipzig` in plain words, `Nachstellung (Stalking)` is `Nachstellung, Stalking`.
fn without_brackets(name: &str) -> String {
    match name.strip_suffix(')').and_then(|name| name.split_once('(')) {
        Some((name, kind @ ("Stadt" | "Landkreis"))) if name.ends_with(' ') => format!("{kind} {}", name.trim_end()),
        _ => {
            let mut pieces = name.split('(');
            let mut plain = pieces.next().unwrap_or_default().to_owned();
            for piece in pieces {
                match plain.strip_suffix(' ') {
                    Some(before) => plain = format!("{before}, {piece}"),
                    None => plain.extend(["(", piece]),
                }
            }
            plain.retain(|letter| letter != ')');
            plain
        }
    }
}

/// The text with a capital at its beginning.
fn with_capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| std::iter::once(capital(first)).chain(letters).collect()).unwrap_or_default()
}
