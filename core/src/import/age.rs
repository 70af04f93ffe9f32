//! Ages in words: "ab 16 Jahren", "12-17", "under 18"; and birth dates.
//!
//! A text is understood only as a whole. Months are cut to years, which is an assumption.

use crate::{
    decode::value::Value,
    import::{
        age_tokens::{Token, tokens},
        date::{Days, days, ymd},
        part::Meaning,
        question::Why,
        word_kind::WordKind,
    },
    model::enums::MAX_AGE,
    util::date::Date,
    vocabulary::fold::fold,
};

const MONTHS: &str = "ages.months";
/// A birth date or a year of birth that is none.
const NO_BIRTH: &str = "age.date";
/// Ages of an offer: both ends, in years.
pub(super) type Range = (Option<i64>, Option<i64>);

/// Words for ages, folded, with the ranges that they may mean. A word of several is asked about.
const WORDS: [(&[&str], &[Range]); 9] = [
    (
        &[
            "alle",
            "all",
            "allages",
            "anyage",
            "everyone",
            "alleAlter",
            "jedesalter",
            "jederzeit",
            "allealtersgruppen",
            "allealtersstufen",
            "altersunabhangig",
            "altersoffen",
            "keinealtersbegrenzung",
            "ohnealtersbegrenzung",
            "keinealtersgrenze",
            "ohnealtersgrenze",
            "keinealtersbeschrankung",
            "ohnealtersbeschrankung",
            "unbegrenzt",
            "noagelimit",
            "nolimit",
            "kinderjugendlicheunderwachsene",
            "kinderjugendlicheerwachsene",
            "kinderunderwachsene",
            "erwachseneundkinder",
            "erwachsenekinderundjugendliche",
            "jungundalt",
            "childrenandadults",
            "adultsandchildren",
            "touslesages",
            "toutage",
        ],
        &[(Some(0), None)],
    ),
    (
        &[
            "erwachsene",
            "erwachsener",
            "adults",
            "adult",
            "volljahrige",
            "volljahrig",
            "nurerwachsene",
            "adultsonly",
            "adultes",
        ],
        &[(Some(18), None)],
    ),
    (&["minderjahrige", "minderjahrig", "minors", "minor", "underage", "mineurs"], &[(None, Some(17))]),
    (
        &["kinderundjugendliche", "kinderjugendliche", "kinderu", "childrenandyouth", "childrenandyoungpeople", "kiju"],
        &[(None, Some(17)), (None, Some(26))],
    ),
    (&["kinder", "kind", "children", "child", "kids", "enfants"], &[(None, Some(13)), (None, Some(17))]),
    (
        &[
            "jugendliche",
            "jugendlicher",
            "jugend",
            "youth",
            "youngpeople",
            "teenager",
            "teens",
            "teenagers",
            "adolescents",
            "jeunes",
        ],
        &[(Some(14), Some(17)), (Some(12), Some(17)), (Some(14), Some(26))],
    ),
    (&["jungeerwachsene", "youngadults"], &[(Some(18), Some(26)), (Some(18), Some(20))]),
    (
        &["jugendlicheundjungeerwachsene", "jugendlichejungeerwachsene", "youthandyoungadults", "jungemenschen"],
        &[(Some(14), Some(26)), (Some(14), Some(20))],
    ),
    (
        &[
            "senioren",
            "seniorinnen",
            "seniorinnenundsenioren",
            "seniors",
            "olderpeople",
            "elderly",
            "alteremenschen",
            "altere",
        ],
        &[(Some(60), None), (Some(65), None)],
    ),
];

/// Reads the ages that an offer serves.
pub(super) fn read_ages(text: &str, no_limit: &[i64]) -> Meaning {
    let folded = fold(text);
    if let Some((_, ranges)) = WORDS.iter().find(|(words, _)| words.iter().any(|word| fold(word) == folded)) {
        let values: Vec<Value<'static>> = ranges.iter().map(|range| range_value(*range)).collect();
        return if values.len() == 1 { Meaning::understood(values) } else { asked(values) };
    }
    let Some(tokens) = tokens(text) else { return asked(Vec::new()) };
    let Some(Ranges { ranges, has_months }) = ranges(&tokens) else {
        return asked(possible(&tokens).into_iter().map(range_value).collect());
    };
    let limited: Option<Vec<Range>> = ranges.into_iter().map(|range| within_limits(range, no_limit)).collect();
    let Some(ranges) = limited else { return asked(Vec::new()) };
    let values = ranges.into_iter().map(range_value).collect();
    if has_months { Meaning::assumed(MONTHS, values) } else { Meaning::understood(values) }
}

fn asked(candidates: Vec<Value<'static>>) -> Meaning {
    let why = if candidates.is_empty() { Why::Unknown } else { Why::Several };
    Meaning::asked(WordKind::Age, why, candidates)
}

/// Reads one end of the ages that an offer serves, as a number.
pub(super) fn read_end(text: &str, no_limit: &[i64]) -> Meaning {
    match tokens(text).as_deref() {
        Some([Token::Years(age)]) if no_limit.contains(age) => Meaning::nothing(),
        Some([Token::Years(age)]) if *age <= MAX_AGE => Meaning::understood(vec![Value::Int(*age)]),
        Some([Token::Months(months)]) => Meaning::assumed(MONTHS, vec![Value::Int(years(*months))]),
        Some([Token::Years(_)]) => Meaning::lost("age.out_of_range"),
        _ => Meaning::asked(WordKind::Value, Why::Value, Vec::new()),
    }
}

/// Reads the age of a person. Anything but an age is lost, because no question about it may be shown.
pub(super) fn read_age(text: &str, no_limit: &[i64]) -> Meaning {
    let lower = text.to_lowercase();
    let is_estimate = lower.contains('~')
        || lower.trim_end().ends_with('?')
        || lower.split(|letter: char| !letter.is_alphabetic()).any(is_about);
    let words: Vec<&str> = lower
        .split(|letter: char| letter.is_whitespace() || matches!(letter, '~' | '?'))
        .filter(|word| !is_about(word.trim_end_matches('.')))
        .collect();
    let tokens = tokens(&words.join(" "));
    let age = match tokens.as_deref() {
        Some([Token::Years(age)]) if no_limit.contains(age) => return Meaning::nothing(),
        Some([Token::Years(age)] | [Token::Years(age), Token::Months(_)]) => *age,
        Some([Token::Years(age), Token::And | Token::Separator, Token::Months(_)]) => *age,
        Some([Token::Months(months)]) => years(*months),
        Some(tokens) if tokens.iter().any(|token| matches!(token, Token::Years(_))) => {
            return Meaning::lost("age.range");
        }
        _ => return Meaning::lost("age.word"),
    };
    match age {
        _ if age > MAX_AGE => Meaning::lost("age.out_of_range"),
        _ if is_estimate => Meaning::assumed("age.about", vec![Value::Int(age)]),
        _ => Meaning::understood(vec![Value::Int(age)]),
    }
}

fn is_about(word: &str) -> bool {
    matches!(
        word,
        "ca" | "circa"
            | "etwa"
            | "ungefähr"
            | "ungef"
            | "rund"
            | "um"
            | "die"
            | "geschätzt"
            | "geschätzte"
            | "gesch"
            | "about"
            | "approx"
            | "approximately"
            | "around"
            | "roughly"
            | "wohl"
            | "schätzungsweise"
    )
}

/// Computes the age of a person on a day from the birth date or the year of birth.
pub(super) fn read_born(text: &str, as_of: Option<Date>) -> Meaning {
    let Some(today) = as_of else { return Meaning::lost(NO_BIRTH) };
    let (this_year, ..) = ymd(today);
    if let Some(year) = birth_year(text) {
        let age = i64::from(this_year).saturating_sub(year);
        return match age {
            0..=MAX_AGE => Meaning::assumed("age.year_only", vec![Value::Int(age)]),
            _ => Meaning::lost(NO_BIRTH),
        };
    }
    let Some(Days { days, has_two_digit_year }) = days(text, as_of) else { return Meaning::lost(NO_BIRTH) };
    let ages: Vec<Option<i64>> = days.iter().map(|born| age_at(*born, today)).collect();
    let age = ages.first().copied().flatten().filter(|age| ages.iter().all(|other| *other == Some(*age)));
    match age {
        Some(age) if has_two_digit_year => Meaning::assumed("age.two_digit_year", vec![Value::Int(age)]),
        Some(age) => Meaning::understood(vec![Value::Int(age)]),
        None => Meaning::lost(NO_BIRTH),
    }
}

/// Returns a year of birth: four digits, after words such as "Jahrgang".
fn birth_year(text: &str) -> Option<i64> {
    let is_noise = |letter: char| letter.is_alphabetic() || letter.is_whitespace() || matches!(letter, '.' | ':' | '*');
    let digits = text.trim().trim_start_matches(is_noise);
    let is_year = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_year)
}

/// Returns the age on a day, or `None` in the future or above the highest age.
fn age_at(born: Date, today: Date) -> Option<i64> {
    let ((birth_year, birth_month, birth_day), (year, month, day)) = (ymd(born), ymd(today));
    let years = i64::from(year).saturating_sub(i64::from(birth_year));
    let is_before_birthday = (month, day) < (birth_month, birth_day);
    let age = years.saturating_sub(i64::from(is_before_birthday));
    (born <= today && age <= MAX_AGE).then_some(age)
}

fn years(months: i64) -> i64 {
    months.div_euclid(12)
}

fn range_value((min, max): Range) -> Value<'static> {
    let end = |name: &'static str, age: Option<i64>| age.map(|age| (name.into(), Value::Int(age)));
    Value::Object(end("min", min).into_iter().chain(end("max", max)).collect())
}

/// Drops an upper end that means no limit; `None` if an end is no age.
fn within_limits((min, max): Range, no_limit: &[i64]) -> Option<Range> {
    let max = max.filter(|max| !no_limit.contains(max));
    let is_age = |end: Option<i64>| end.is_none_or(|age| (0..=MAX_AGE).contains(&age));
    let is_ordered = min.zip(max).is_none_or(|(min, max)| min <= max);
    let min = if min.is_none() && max.is_none() { Some(0) } else { min };
    (is_age(min) && is_age(max) && is_ordered).then_some((min, max))
}

struct Ranges {
    ranges: Vec<Range>,
    has_months: bool,
}

/// Returns one range, or several with separators between them.
fn ranges(tokens: &[Token]) -> Option<Ranges> {
    if let Some((range, has_months)) = range(tokens) {
        return Some(Ranges { ranges: vec![range], has_months });
    }
    let parts: Vec<&[Token]> = tokens.split(|token| matches!(token, Token::And | Token::Separator)).collect();
    let read: Option<Vec<(Range, bool)>> = parts.iter().map(|part| range(part)).collect();
    let read = read.filter(|ranges| ranges.len() > 1)?;
    let has_months = read.iter().any(|(_, has_months)| *has_months);
    Some(Ranges { ranges: read.into_iter().map(|(range, _)| range).collect(), has_months })
}

/// Returns the range of tokens that state one, and `true` if it has months.
fn range(tokens: &[Token]) -> Option<(Range, bool)> {
    use Token::{And, AndOlder, AndYounger, Between, Dash, From, Months, To, Under, Until, Years};
    let below = |age: i64| age.checked_sub(1).filter(|age| *age >= 0);
    let plain = |range: Range| Some((range, false));
    match tokens {
        [From, Years(min)] | [Years(min), AndOlder] | [From, Years(min), AndOlder] => plain((Some(*min), None)),
        [To, Years(max)] | [Years(max), AndYounger] | [To, Years(max), AndYounger] => plain((None, Some(*max))),
        [Under | Until, Years(age)] | [To, Under, Years(age)] => plain((None, Some(below(*age)?))),
        [Years(min), Dash | To, Years(max)]
        | [From, Years(min), Dash | To, Years(max)]
        | [Between, Years(min), And | Dash | To, Years(max)] => plain((Some(*min), Some(*max))),
        [Years(min), Dash | To, Under, Years(age)]
        | [From, Years(min), Dash | To, Under, Years(age)]
        | [Years(min), Until, Years(age)]
        | [From, Years(min), Until, Years(age)] => plain((Some(*min), Some(below(*age)?))),
        [From, Months(min)] | [Months(min), AndOlder] => Some(((Some(years(*min)), None), true)),
        [To, Months(max)] => Some(((None, Some(years(*max))), true)),
        // A unit at the end is that of both numbers: "3-6 Monate".
        [Years(min) | Months(min), Dash | To, Months(max)]
        | [From, Years(min) | Months(min), Dash | To, Months(max)] => {
            Some(((Some(years(*min)), Some(years(*max))), true))
        }
        [Months(min), Dash | To, Years(max)] | [From, Months(min), Dash | To, Years(max)] => {
            Some(((Some(years(*min)), Some(*max)), true))
        }
        _ => None,
    }
}

/// Returns what a single number, or one behind "über", may mean.
fn possible(tokens: &[Token]) -> Vec<Range> {
    match tokens {
        [Token::Years(age)] => vec![(Some(*age), None), (Some(*age), Some(*age))],
        [Token::Over, Token::Years(age)] => vec![(Some(*age), None), (Some(age.saturating_add(1)), None)],
        _ => Vec::new(),
    }
}
