//! Cuts a cell into its parts.
//!
//! A text that is certain as a whole is one part. Otherwise it is cut, each piece being tested before it is cut further: at signs
//! between items, at commas, at words such as "und", at strokes between letters, and behind a bracket. Brackets are never cut. A
//! text that leaves something out is not cut behind the word that says so.

use crate::import::word::is_more;

/// What a text is known to be before it is cut.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Known {
    /// It needs no answer.
    Certain,
    /// It means one of several values, or several values: its pieces may say more.
    Vague,
    Unknown,
}

/// Signs between the items of a list, of the first level. A spreadsheet may also write a line end as `\n`.
const ITEM_SIGNS: [char; 6] = [';', '|', '•', '\n', '\r', '·'];
/// Words between the items of a list.
const CONJUNCTIONS: [&str; 8] = ["und", "and", "et", "u.", "sowie", "oder", "or", "bzw."];
/// Signs between items only if letters surround them.
const STROKES: [char; 3] = ['/', '&', '+'];
/// Words after which a text names what is not meant.
const EXCLUSIONS: [&str; 8] = ["außer", "ausser", "ausgenommen", "ohne", "except", "excluding", "without", "nicht"];
/// Most words after which a list goes on.
const MAX_MORE_WORDS: usize = 4;
/// The number of levels at which a text is cut.
const LEVELS: u8 = 5;

/// Cuts a cell into its parts, without blanks around them.
pub(super) fn split_list<'t>(text: &'t str, knows: &mut dyn FnMut(&str) -> Known) -> Vec<&'t str> {
    let mut parts = Vec::new();
    split_at_level(text.trim(), 0, knows, &mut parts);
    parts
}

/// Cuts a cell at each of these signs outside of brackets.
pub(super) fn split_at_signs<'t>(text: &'t str, signs: &str) -> Vec<&'t str> {
    let pieces = cut(text, &|piece| signs.contains(piece.sign).then(|| piece.sign.len_utf8()));
    pieces.into_iter().map(str::trim).filter(|piece| !piece.is_empty()).collect()
}

/// Returns `true` if a text has a sign that separates items of the first level, such as a semicolon.
pub(super) fn has_item_signs(text: &str) -> bool {
    text.contains(ITEM_SIGNS) || text.contains("\\n")
}

/// Returns `true` if a text names what is not meant, outside or inside of brackets.
pub(super) fn leaves_out(text: &str) -> bool {
    exclusion(text).is_some()
}

/// Returns the text before the word that leaves something out.
pub(super) fn before_exclusion(text: &str) -> Option<&str> {
    let head = text.get(..exclusion(text)?)?;
    Some(head.trim_end_matches(|letter: char| letter.is_whitespace() || matches!(letter, '(' | ',' | ';' | '-' | '–')))
}

fn exclusion(text: &str) -> Option<usize> {
    let mut start = 0_usize;
    for part in text.split_inclusive(is_between_words) {
        let word = part.trim_end_matches(is_between_words).to_lowercase();
        if EXCLUSIONS.contains(&word.as_str()) {
            return Some(start);
        }
        start = start.saturating_add(part.len());
    }
    None
}

fn is_between_words(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '(' | ')' | ',' | ';' | '/')
}

fn split_at_level<'t>(text: &'t str, level: u8, knows: &mut dyn FnMut(&str) -> Known, parts: &mut Vec<&'t str>) {
    if text.is_empty() {
        return;
    }
    let known = knows(text);
    if known == Known::Certain {
        parts.push(text);
        return;
    }
    for level in level..LEVELS {
        let pieces = pieces(text, level);
        if pieces.len() < 2 {
            continue;
        }
        let mut cut = Vec::new();
        for piece in &pieces {
            split_at_level(piece, level.saturating_add(1), knows, &mut cut);
        }
        // "Dresden und Umgebung" and "Stadt und Landkreis Leipzig" are names as a whole: a piece alone is none.
        let is_one = known == Known::Vague && cut.iter().any(|piece| knows(piece) == Known::Unknown);
        if is_one {
            parts.push(text);
        } else {
            parts.append(&mut cut);
        }
        return;
    }
    parts.push(text);
}

/// Returns the pieces of a text at one level, without blanks around them and without empty ones.
fn pieces(text: &str, level: u8) -> Vec<&str> {
    let pieces = match level {
        0 => cut(text, &|at| {
            let literal = at.rest.starts_with("\\n").then_some(2);
            literal.or_else(|| ITEM_SIGNS.contains(&at.sign).then(|| at.sign.len_utf8()))
        }),
        1 => cut(text, &|at| (at.sign == ',').then_some(1)),
        2 => cut(text, &|at| at.conjunction()),
        3 => cut(text, &|at| (STROKES.contains(&at.sign) && at.is_between_letters()).then(|| at.sign.len_utf8())),
        _ => cut(text, &|at| at.is_behind_bracket().then_some(0)),
    };
    let mut pieces: Vec<&str> = pieces.into_iter().map(str::trim).filter(|piece| !piece.is_empty()).collect();
    if level == 2 {
        if let Some((head, more)) = pieces.last().and_then(|last| before_more(last)) {
            pieces.pop();
            pieces.extend([head, more]);
        }
    }
    // What follows a word such as "außer" belongs to it.
    if level > 0 {
        if let Some(first) = pieces.iter().position(|piece| leaves_out(without_brackets(piece))) {
            let offset = pieces.get(first).map_or(0, |piece| offset_in(text, piece));
            pieces.truncate(first);
            pieces.extend(text.get(offset..));
        }
    }
    pieces
}

/// Cuts off words such as "u. a." or "and more" at the end of a list.
fn before_more(text: &str) -> Option<(&str, &str)> {
    let gaps = text.char_indices().rev().filter(|(_, letter)| letter.is_whitespace()).take(MAX_MORE_WORDS);
    let cuts = gaps.filter_map(|(index, _)| Some((text.get(..index)?.trim_end(), text.get(index..)?.trim_start())));
    cuts.filter(|(head, more)| !head.is_empty() && is_more(more)).last()
}

/// Returns the text before the first bracket.
fn without_brackets(text: &str) -> &str {
    text.split('(').next().unwrap_or_default()
}

/// Returns the byte offset of a piece in the text that it is a part of.
fn offset_in(text: &str, piece: &str) -> usize {
    (piece.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// A position in a text.
struct Position<'t> {
    before: &'t str,
    sign: char,
    rest: &'t str,
}

impl Position<'_> {
    /// Returns the number of bytes of a conjunction with the blanks around it, if one begins here.
    fn conjunction(&self) -> Option<usize> {
        if !self.sign.is_whitespace() || self.before.ends_with(char::is_whitespace) {
            return None;
        }
        let word = self.rest.trim_start();
        let blanks = self.rest.len().saturating_sub(word.len());
        let end = word.find(char::is_whitespace)?;
        let found = word.get(..end).is_some_and(|word| CONJUNCTIONS.contains(&word.to_lowercase().as_str()));
        found.then(|| blanks.saturating_add(end))
    }

    /// Returns `true` if a letter, a bracket or a full stop is on both sides, blanks aside.
    fn is_between_letters(&self) -> bool {
        let is_end = |letter: char| letter.is_alphabetic() || matches!(letter, ')' | '.');
        let before = self.before.trim_end().chars().next_back();
        let behind = self.rest.chars().skip(1).find(|letter| !letter.is_whitespace());
        before.is_some_and(is_end) && behind.is_some_and(|letter| letter.is_alphabetic() || letter == '(')
    }

    /// Returns `true` if a word begins here, behind a closing bracket.
    fn is_behind_bracket(&self) -> bool {
        self.sign.is_alphanumeric() && self.before.trim_end().ends_with([')', ']'])
    }
}

/// Cuts a text outside of brackets, wherever `separator` returns the number of bytes to leave out. O(n) calls.
fn cut<'t>(text: &'t str, separator: &dyn Fn(&Position<'t>) -> Option<usize>) -> Vec<&'t str> {
    let (mut pieces, mut start, mut depth, mut next) = (Vec::new(), 0_usize, 0_usize, 0_usize);
    for (index, sign) in text.char_indices() {
        match sign {
            '(' | '[' => depth = depth.saturating_add(1),
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let (Some(before), Some(rest)) = (text.get(..index), text.get(index..)) else { continue };
        if depth > 0 || index < next || index == 0 {
            continue;
        }
        if let Some(len) = separator(&Position { before, sign, rest }) {
            pieces.extend(text.get(start..index));
            start = index.saturating_add(len);
            next = start;
        }
    }
    pieces.extend(text.get(start..));
    pieces
}
