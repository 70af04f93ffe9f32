//! Cells that hold codes: restores lost zeros, adds prefixes.

use crate::import::{
    cell_rule::CellRule,
    known_code::known_item,
    part::Meaning,
    question::Why,
    record_kind::RecordKind,
    rules::{CodeCondition, CodeResult},
    word::{WordReader, plain},
    word_kind::WordKind,
};

/// What was repaired in a code without its leading zeros.
pub(super) const LEADING_ZERO: &str = "code.leading_zero";
/// Most zeros that a code gets back.
const MAX_PAD: usize = 16;

/// Reads a code by the keys of its rule. A code that the vocabulary lacks is asked about.
pub(super) fn read_code(reader: &WordReader, rule: &CellRule, text: &str) -> Meaning {
    let kind = rule.kind.unwrap_or(WordKind::Value);
    let stripped = match rule.strip.as_slice() {
        [] => Some(text),
        beginnings => beginnings.iter().find_map(|beginning| text.strip_prefix(beginning.as_str())),
    };
    // A cell of another system, such as a web address, is no code.
    let Some(stripped) = stripped.map(str::trim).filter(|code| !code.is_empty()) else { return Meaning::nothing() };
    if let Some(answered) = reader.answered(kind, text) {
        return answered;
    }
    let (code, is_repaired) = completed(rule, stripped);
    let records = if reader.reads_needs() { RecordKind::Needs } else { RecordKind::Offers };
    match known_item(reader.vocabulary(), records, kind, &code) {
        Some(value) => Meaning { repaired: is_repaired.then_some(LEADING_ZERO), ..Meaning::understood(vec![value]) },
        None => Meaning::asked(kind, Why::Unknown, Vec::new()),
    }
}

/// Returns a code with its zeros and its prefix, and `true` if it had lost zeros.
fn completed(rule: &CellRule, text: &str) -> (String, bool) {
    let (code, is_padded) = padded(text, rule.pad);
    if rule.code_rules.is_empty() {
        return (format!("{}{code}", rule.prefix), is_padded);
    }
    let apply = |code: &str| {
        rule.code_rules.iter().find_map(|rule| {
            let applies = match &rule.condition {
                CodeCondition::Digits(lengths) => has_digits(code, lengths),
                CodeCondition::Is(text) => plain(text) == plain(code),
            };
            applies.then(|| match &rule.result {
                CodeResult::Prefix(prefix) => format!("{prefix}{code}"),
                CodeResult::Value(value) => value.clone(),
            })
        })
    };
    if let Some(code) = apply(&code) {
        return (code, is_padded);
    }
    // A number has lost its zero.
    let with_zero = format!("0{code}");
    let restored = if is_digits(&code) { apply(&with_zero) } else { None };
    match restored {
        Some(code) => (code, true),
        None => (format!("{}{code}", rule.prefix), is_padded),
    }
}

/// Returns digits with zeros before them up to a length, and `true` if there were fewer.
pub(super) fn padded(text: &str, length: Option<u32>) -> (String, bool) {
    let length = length.and_then(|length| usize::try_from(length).ok()).unwrap_or(0).min(MAX_PAD);
    if !is_digits(text) || text.len() >= length {
        return (text.to_owned(), false);
    }
    (format!("{text:0>length$}"), true)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn has_digits(code: &str, lengths: &[u32]) -> bool {
    is_digits(code) && lengths.iter().any(|length| usize::try_from(*length) == Ok(code.len()))
}
