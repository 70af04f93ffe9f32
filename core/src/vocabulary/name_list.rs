//! Cuts a typed list into its names: "Deutsch, Englisch und Dari".

use crate::vocabulary::{fold::fold, region_words::is_region_kind};

/// Signs between the names of a list.
pub(super) const LIST_SEPARATORS: [char; 6] = [',', ';', '/', '&', '+', '|'];
/// Words between names that are all meant.
const CONJUNCTIONS: [&str; 6] = ["und", "u.", "u", "sowie", "et", "and"];
/// Words between names of which one is meant.
const ALTERNATIVES: [&str; 4] = ["oder", "or", "bzw.", "bzw"];
/// Dashes between spaces, which are strokes: "Arabisch - Irakisch".
const DASHES: [&str; 2] = [" - ", " – "];

/// A name of a list.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct ListItem {
    pub(super) text: String,
    /// What is before it.
    pub(super) separator: Separator,
}

/// What separates a name from the one before it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Separator {
    /// Nothing: the first name.
    None,
    Comma,
    Stroke,
    /// A word or a sign after which the list goes on.
    And,
    /// A word that makes the names alternatives.
    Or,
}

impl Separator {
    fn from_word(word: &str) -> Option<Self> {
        let is_and = CONJUNCTIONS.contains(&word).then_some(Self::And);
        is_and.or_else(|| ALTERNATIVES.contains(&word).then_some(Self::Or))
    }

    fn from_sign(sign: char) -> Option<Self> {
        match sign {
            ',' => Some(Self::Comma),
            '/' => Some(Self::Stroke),
            _ => LIST_SEPARATORS.contains(&sign).then_some(Self::And),
        }
    }
}

/// Cuts a text at signs and words between names, but not within brackets. Words that only state the kind of a region belong to
/// the name before them if `is_region`.
pub(super) fn list_items(text: &str, is_region: bool) -> Vec<ListItem> {
    let mut items: Vec<ListItem> = Vec::new();
    let mut push = |text: String, separator: Separator| {
        let text = text.trim();
        match items.last_mut() {
            _ if fold(text).is_empty() => {}
            Some(last) if is_region && is_region_kind(text) => last.text = format!("{}, {text}", last.text),
            _ => items.push(ListItem { text: text.to_owned(), separator }),
        }
    };
    let (mut item, mut separator, mut depth) = (String::new(), Separator::None, 0_usize);
    let text = DASHES.iter().fold(text.to_owned(), |text, dash| text.replace(dash, " / "));
    let is_end = |letter: char| letter.is_whitespace() || LIST_SEPARATORS.contains(&letter);
    for part in text.split_inclusive(is_end) {
        let word = part.trim_end_matches(is_end);
        let between = Separator::from_word(word).filter(|_| depth == 0);
        if let Some(between) = between {
            push(std::mem::take(&mut item), std::mem::replace(&mut separator, between));
            continue;
        }
        item.push_str(word);
        let (opened, closed) = (word.matches('(').count(), word.matches(')').count());
        depth = depth.saturating_add(opened).saturating_sub(closed);
        match part.chars().next_back().and_then(Separator::from_sign).filter(|_| depth == 0) {
            Some(sign) => push(std::mem::take(&mut item), std::mem::replace(&mut separator, sign)),
            None => item.push_str(part.get(word.len()..).unwrap_or_default()),
        }
    }
    push(item, separator);
    items
}

#[cfg(test)]
mod tests {
    use super::{Separator, list_items};

    #[test]
    fn names_are_cut_outside_of_brackets() {
        let items = |text, is_region| -> Vec<(String, Separator)> {
            list_items(text, is_region).into_iter().map(|item| (item.text, item.separator)).collect()
        };
        let item = |text: &str, separator| (text.to_owned(), separator);
        assert_eq!(
            items("Deutsch, Kurdisch (Sorani, Badini)/Dari und Farsi", false),
            [
                item("Deutsch", Separator::None),
                item("Kurdisch (Sorani, Badini)", Separator::Comma),
                item("Dari", Separator::Stroke),
                item("Farsi", Separator::And),
            ]
        );
        assert_eq!(items("Dari oder Farsi", false), [item("Dari", Separator::None), item("Farsi", Separator::Or)]);
        assert_eq!(items("Arabisch - Irakisch", false)[1], item("Irakisch", Separator::Stroke));
        assert_eq!(items("Dari-Persisch", false), [item("Dari-Persisch", Separator::None)]);
        assert_eq!(items("Leipzig, Stadt; Pirna", true)[0], item("Leipzig, Stadt", Separator::None));
        assert_eq!(items(" , und / ", false), []);
    }
}
