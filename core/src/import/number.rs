//! Whole numbers and degrees as people write them.

use crate::{decode::value::Value, import::part::Meaning, import::question::Why, import::word_kind::WordKind};

/// Words behind a number of places or of people, in lower case.
const UNITS: [&str; 24] = [
    "platz",
    "plätze",
    "plaetze",
    "freie",
    "freier",
    "frei",
    "bett",
    "betten",
    "person",
    "personen",
    "pers",
    "pers.",
    "leute",
    "menschen",
    "place",
    "places",
    "bed",
    "beds",
    "people",
    "persons",
    "free",
    "available",
    "verfügbar",
    "spaces",
];
/// Words before a number that is not exact, in lower case.
const ABOUT: [&str; 13] = [
    "ca.",
    "ca",
    "circa",
    "etwa",
    "ungefähr",
    "ungef.",
    "rund",
    "about",
    "approx.",
    "approximately",
    "around",
    "roughly",
    "~",
];
/// Words for no places, in lower case.
const NONE: [&str; 12] =
    ["keine", "kein", "keiner", "none", "no", "nein", "null", "voll", "belegt", "ausgebucht", "keine plätze", "full"];

/// The numbers that a field may have.
pub(super) struct Limits {
    pub(super) min: i64,
    pub(super) max: i64,
}

/// Reads a whole number within limits. A word is asked about.
pub(super) fn read_whole(text: &str, limits: &Limits) -> Meaning {
    let lower = text.trim().to_lowercase();
    let (rest, is_about) = match ABOUT.iter().find_map(|about| lower.strip_prefix(about)) {
        Some(rest) if rest.starts_with(|letter: char| letter.is_whitespace() || letter.is_ascii_digit()) => {
            (rest.trim(), true)
        }
        _ => (lower.as_str(), false),
    };
    let number = rest.trim_end_matches(|letter: char| letter == '.' || letter.is_whitespace());
    let number = UNITS.iter().fold(number, |text, _| without_unit(text));
    let Some((value, has_thousands)) = whole(number) else {
        let is_none = NONE.contains(&lower.as_str()) || lower.starts_with("keine ");
        let candidates = if is_none && limits.min == 0 { vec![Value::Int(0)] } else { Vec::new() };
        return Meaning::asked(WordKind::Value, Why::Value, candidates);
    };
    if value < limits.min || value > limits.max {
        return Meaning::lost("number.out_of_range");
    }
    let value = vec![Value::Int(value)];
    match (is_about, has_thousands) {
        (true, _) => Meaning::assumed("number.about", value),
        (_, true) => Meaning::assumed("number.thousands", value),
        _ => Meaning::understood(value),
    }
}

fn without_unit(text: &str) -> &str {
    match text.rsplit_once(|letter: char| letter.is_whitespace()) {
        Some((rest, unit)) if UNITS.contains(&unit) => rest.trim_end(),
        _ => text,
    }
}

/// Returns a whole number, and `true` if it has separators of thousands. A fraction of zeros is none.
fn whole(text: &str) -> Option<(i64, bool)> {
    let text = text.strip_prefix('+').unwrap_or(text);
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(digits) => (-1_i64, digits),
        None => (1, text),
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = |digits: &str| digits.parse::<i64>().ok().and_then(|number| number.checked_mul(sign));
    if is_digits(digits) {
        return Some((number(digits)?, false));
    }
    let parts: Vec<&str> = digits.split(['.', ',', '\'', '\u{a0}', '\u{202f}', ' ']).collect();
    let (first, groups) = parts.split_first()?;
    let is_grouped = !first.starts_with('0') && first.len() <= 3 && groups.iter().all(|group| group.len() == 3);
    if is_digits(first) && groups.iter().all(|group| is_digits(group)) && is_grouped {
        return Some((number(&parts.concat())?, true));
    }
    match groups {
        [fraction] if is_digits(first) && is_digits(fraction) && fraction.bytes().all(|byte| byte == b'0') => {
            Some((number(first)?, false))
        }
        _ => None,
    }
}

/// Reads degrees of latitude or longitude, with a point or a comma, at most `max` on both sides of zero.
pub(super) fn read_degrees(text: &str, max: i64) -> Meaning {
    let text = text.trim().trim_end_matches('°').trim_end().replace('−', "-");
    let is_plain = text.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, '.' | ',' | '-' | '+'));
    let number = if is_plain { text.replace(',', ".").parse::<f64>().ok() } else { None };
    match number.filter(|number| number.is_finite()) {
        Some(number) if is_within(number, max) => Meaning::understood(vec![Value::Float(number)]),
        Some(_) => Meaning::lost("place.out_of_range"),
        None => Meaning::lost("number.invalid"),
    }
}

fn is_within(number: f64, max: i64) -> bool {
    i32::try_from(max).is_ok_and(|max| number.abs() <= f64::from(max))
}

#[cfg(test)]
mod tests {
    use super::{Limits, read_degrees, read_whole};
    use crate::{decode::value::Value, import::part::Outcome};

    #[test]
    fn whole_numbers_have_units_and_separators() {
        let read = |text| {
            let meaning = read_whole(text, &Limits { min: 0, max: 100_000 });
            let value = match meaning.values.as_slice() {
                [Value::Int(number)] => Some(*number),
                _ => None,
            };
            (value, matches!(meaning.outcome, Outcome::Assumed(_)))
        };
        for (text, expected) in [
            ("3", (Some(3), false)),
            ("3.0", (Some(3), false)),
            ("3,00", (Some(3), false)),
            ("3 Plätze", (Some(3), false)),
            ("3 freie Plätze", (Some(3), false)),
            ("4 Pers.", (Some(4), false)),
            ("ca. 5", (Some(5), true)),
            ("1.000", (Some(1_000), true)),
            ("0,125", (None, false)),
            ("3,5", (None, false)),
            ("2-3", (None, false)),
            ("-1", (None, false)),
            ("999999999999999999999", (None, false)),
            ("keine", (None, false)),
            ("4 von 6", (None, false)),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn degrees_have_a_point_or_a_comma() {
        let read = |text| read_degrees(text, 90).values;
        assert_eq!(read("51,05"), [Value::Float(51.05)]);
        assert_eq!(read("-33.9°"), [Value::Float(-33.9)]);
        for text in ["100", "51.05.1", "north", "nan", "1e1", ""] {
            assert!(read(text).is_empty(), "{text}");
        }
    }
}
