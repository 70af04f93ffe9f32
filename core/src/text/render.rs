//! Renders a reason as a sentence, by substituting its facts into the messages of a display language.

use crate::{
    decode::{code_kind::CodeKind, string_enum::StringEnum},
    model::{
        criterion::Criterion,
        enums::Lang,
        reason::{Fact, Reason, more_than_listed},
    },
    text::catalogue::{Catalogue, Condition, Placeholder},
    util::{fixed::Ratio, lowercase::to_uppercase},
    vocabulary::Vocabulary,
};

/// Length of the longest list that is rendered completely.
const MAX_LIST: usize = 6;
/// Number of items that are rendered of a longer list.
const SHOWN_OF_LONG_LIST: usize = 4;

/// Initial capacity of a sentence, in bytes; most need no more.
const CAPACITY: usize = 64;

/// Returns a reason as a sentence, or its code if the catalogue has no message for it.
pub(crate) fn sentence(reason: &Reason, lang: Lang, vocabulary: &Vocabulary) -> String {
    let renderer = Renderer { reason, catalogue: Catalogue::get(lang), vocabulary };
    let code = reason.code();
    let of_any_criterion = || renderer.render(code.trim_start_matches(|letter| letter != '.'));
    renderer.render(code).or_else(of_any_criterion).unwrap_or_else(|| code.to_owned())
}

/// The facts of one reason, rendered with the messages of one display language.
///
/// Methods return `None` if a fact is missing or has another type, so that the message does not apply.
struct Renderer<'a> {
    reason: &'a Reason,
    catalogue: &'static Catalogue,
    vocabulary: &'a Vocabulary,
}

impl Renderer<'_> {
    /// Renders the first applicable message with this key.
    fn render(&self, key: &str) -> Option<String> {
        let mut text = String::with_capacity(CAPACITY);
        self.push_message(&mut text, key)?;
        Some(text)
    }

    // Each `push_…` appends to a text. If it returns `None`, the caller has to truncate the text to its previous length.

    fn push_message(&self, text: &mut String, key: &str) -> Option<()> {
        let length = text.len();
        self.catalogue.messages(key).find_map(|message| {
            text.truncate(length);
            if !message.conditions.iter().all(|condition| self.is_met(condition)) {
                return None;
            }
            text.push_str(message.prefix);
            message.placeholders.iter().try_for_each(|(placeholder, after)| {
                self.push(text, placeholder)?;
                text.push_str(after);
                Some(())
            })
        })
    }

    fn is_met(&self, condition: &Condition) -> bool {
        match *condition {
            Condition::Exists(fact) => self.reason.fact(fact).is_some(),
            Condition::Equals(fact, value) => self.is_equal(fact, value),
            Condition::AtLeast(fact, minimum) => self.number(fact).is_some_and(|number| number >= minimum),
            Condition::IsSign(fact) => self.is_sign(fact),
        }
    }

    /// Compares a fact with a value, or with the fact of that name. Two codes are equal if their names are.
    fn is_equal(&self, fact: &str, value: &str) -> bool {
        match (self.reason.fact(fact), self.reason.fact(value)) {
            (Some(Fact::Word(word)), None) => *word == value,
            (Some(Fact::Code(a_kind, a)), Some(Fact::Code(b_kind, b))) => {
                self.name(*a_kind, a) == self.name(*b_kind, b)
            }
            _ => self.number(fact).is_some_and(|number| Some(number) == self.number(value).or(value.parse().ok())),
        }
    }

    fn push(&self, text: &mut String, placeholder: &Placeholder) -> Option<()> {
        match placeholder {
            Placeholder::Message(key) => self.push_message(text, key)?,
            Placeholder::OptionalMessage(key) => {
                let length = text.len();
                if self.push_message(text, key).is_none() {
                    text.truncate(length);
                }
            }
            Placeholder::Criterion => {
                let (criterion, _) = self.reason.code().split_once('.')?;
                text.push_str(self.catalogue.word(Criterion::from_code(criterion)?.as_str()));
            }
            Placeholder::Fact(fact) => self.push_fact(text, fact)?,
            Placeholder::List(facts, conjunction) => self.push_list(text, facts, *conjunction)?,
            Placeholder::Ordinal(fact) => text.push_str(&english_ordinal(self.number(fact)?)),
            Placeholder::DatePart(fact, part) => self.push_date_part(text, fact, part)?,
            Placeholder::Capitalized(placeholder) => {
                let mut rendered = String::new();
                self.push(&mut rendered, placeholder)?;
                text.push_str(&capitalized(&rendered));
            }
        }
        Some(())
    }

    /// Appends a fact. The code `any` is not rendered, because each language has a message of its own for it.
    fn push_fact(&self, text: &mut String, fact: &str) -> Option<()> {
        match self.reason.fact(fact)? {
            Fact::Code(_, code) if code == "any" => return None,
            Fact::Code(kind, code) => self.push_name(text, *kind, code),
            Fact::Word(word) => text.push_str(self.catalogue.word(word)),
            Fact::Codes(..) | Fact::Words(_) => self.push_list(text, &[fact], None)?,
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

    /// Appends `year`; `month`, as its message if the catalogue has one; `day` in two digits; or `date`, the day without a
    /// leading zero.
    fn push_date_part(&self, text: &mut String, fact: &str, part: &str) -> Option<()> {
        let Fact::Day(day) = self.reason.fact(fact)? else { return None };
        let date = day.to_string();
        let mut components = date.split('-');
        let (year, month, day) = (components.next()?, components.next()?, components.next()?);
        match part {
            "year" => text.push_str(year),
            "month" => text.push_str(&self.render(month).unwrap_or_else(|| month.to_owned())),
            "day" => text.push_str(day),
            _ => text.push_str(day.trim_start_matches('0')),
        }
        Some(())
    }

    fn push_name(&self, text: &mut String, kind: CodeKind, code: &str) {
        if (kind, code) == (CodeKind::Language, "mul") {
            return text.push_str(self.catalogue.word("any_spoken"));
        }
        let name = self.vocabulary.name(kind, code, self.catalogue.lang);
        let length = text.len();
        // Added names may hold line breaks, but a sentence is one line.
        let mut words = name.split_whitespace();
        text.extend(words.next());
        words.for_each(|word| text.extend([" ", word]));
        if self.catalogue.lang == Lang::DeSimple {
            let name = text.split_off(length);
            // A name in plain German has the usual term in brackets, which is no help in a sentence.
            let is_plain =
                self.vocabulary.name(kind, code, Lang::De) != self.vocabulary.name(kind, code, Lang::DeSimple);
            match name.split_once(" (").filter(|_| is_plain) {
                Some((plain, _)) => text.push_str(plain),
                None => text.push_str(&without_brackets(&name)),
            }
        }
    }

    fn name(&self, kind: CodeKind, code: &str) -> String {
        let mut name = String::new();
        self.push_name(&mut name, kind, code);
        name
    }

    /// Returns `true` if the fact is a sign language, for which sentences have another verb than "speak".
    fn is_sign(&self, fact: &str) -> bool {
        let Some(Fact::Code(CodeKind::Language, tag)) = self.reason.fact(fact) else { return false };
        let languages = self.vocabulary.languages();
        languages.resolve(tag).is_ok_and(|language| languages.is_sign(&language))
    }

    /// Appends `A, B, C`, or `A, B and C` with a conjunction. As in [`push_fact`](Self::push_fact), the code `any` is not
    /// rendered.
    fn push_list(&self, text: &mut String, facts: &[&str], conjunction: Option<&'static str>) -> Option<()> {
        let is_any = |fact: &&str| matches!(self.reason.fact(fact), Some(Fact::Code(_, code)) if code == "any");
        if facts.iter().any(is_any) {
            return None;
        }
        let mut names: Vec<String> = facts.iter().flat_map(|fact| self.names(fact)).collect();
        let mut conjunction = conjunction;
        if names.len() > MAX_LIST {
            let further = facts.iter().filter_map(|fact| self.number(more_than_listed(fact))).sum::<u64>();
            let hidden = further.saturating_add(names.split_off(SHOWN_OF_LONG_LIST).len() as u64);
            names.push(format!("{hidden} {}", self.catalogue.word("more")));
            conjunction = conjunction.or(Some("and"));
        }
        let last = names.pop()?;
        text.push_str(&names.join(", "));
        if !names.is_empty() {
            match conjunction {
                Some(conjunction) => text.extend([" ", self.catalogue.word(conjunction), " "]),
                None => text.push_str(", "),
            }
        }
        text.push_str(&last);
        Some(())
    }

    fn names(&self, fact: &str) -> Vec<String> {
        match self.reason.fact(fact) {
            Some(Fact::Code(kind, code)) => vec![self.name(*kind, code)],
            Some(Fact::Codes(kind, codes)) => codes.iter().map(|code| self.name(*kind, code)).collect(),
            Some(Fact::Words(words)) => words.iter().map(|word| self.catalogue.word(word).to_owned()).collect(),
            _ => Vec::new(),
        }
    }
}

/// Returns an English ordinal, such as `2nd`. In German the message itself has the full stop of an ordinal.
fn english_ordinal(number: u64) -> String {
    let suffix = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{suffix}")
}

/// Returns a name in plain German, without brackets: `Landkreis Leipzig` for `Leipzig (Landkreis)`, and
/// `Nachstellung, Stalking` for `Nachstellung (Stalking)`.
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

/// Returns the text with its first letter in upper case.
fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| std::iter::once(to_uppercase(first)).chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{capitalized, english_ordinal, without_brackets};

    #[test]
    fn ordinals_capitals_and_names_without_brackets() {
        assert_eq!([1, 2, 3, 4, 11, 12, 13, 21].map(english_ordinal).join(" "), "1st 2nd 3rd 4th 11th 12th 13th 21st");
        assert_eq!(capitalized("überall"), "Überall");
        assert_eq!(capitalized(""), "");
        assert_eq!(without_brackets("Leipzig (Landkreis)"), "Landkreis Leipzig");
        assert_eq!(without_brackets("Nachstellung (Stalking)"), "Nachstellung, Stalking");
    }
}
