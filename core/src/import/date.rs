//! Days as people write them: ISO 8601 with or without a time, German, and with names of months.
//!
//! A day such as `03/04/2026` has two readings. A year of two digits is the latest that is not in the future.

use crate::{decode::value::Value, import::part::Meaning, util::date::Date};

/// Names of months by their number, at least three letters of each.
const MONTHS: [&[&str]; 12] = [
    &["januar", "jänner", "january"],
    &["februar", "feber", "february"],
    &["märz", "maerz", "march", "mrz"],
    &["april"],
    &["mai", "may"],
    &["juni", "june"],
    &["juli", "july"],
    &["august"],
    &["september", "sept"],
    &["oktober", "october", "okt"],
    &["november"],
    &["dezember", "december", "dez"],
];

/// Longest text of a day, in bytes.
const MAX_BYTES: usize = 64;

/// The days that a text may mean.
pub(super) struct Days {
    /// One day, or two if month and day may be exchanged.
    pub(super) days: Vec<Date>,
    pub(super) has_two_digit_year: bool,
}

/// Year, month and day.
type Ymd = (u16, u8, u8);

/// Reads a day, for the field of a record.
pub(super) fn read_day(text: &str, as_of: Option<Date>) -> Meaning {
    let Some(Days { days, has_two_digit_year }) = days(text, as_of) else { return Meaning::lost("date.invalid") };
    let [day] = days.as_slice() else { return Meaning::lost("date.ambiguous") };
    let value = vec![Value::from(day.to_string())];
    if has_two_digit_year { Meaning::assumed("date.two_digit_year", value) } else { Meaning::understood(value) }
}

/// Returns the days that a text may mean, or `None` if it is no day.
pub(super) fn days(text: &str, as_of: Option<Date>) -> Option<Days> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let text = without_time(text.trim());
    let numbers = numbers(text)?;
    let year_digits = |digits: &str| digits.len() == 4;
    let [a, b, c] = numbers.as_slice() else { return None };
    let (separator, has_month_name) = (b.before, a.is_month || b.is_month);
    let number = |part: &Number<'_>| part.digits.parse::<u16>().ok();
    let small = |part: &Number<'_>| {
        if part.is_month || part.digits.len() <= 2 { u8::try_from(number(part)?).ok() } else { None }
    };
    if year_digits(a.digits) {
        return one((number(a)?, small(b)?, small(c)?));
    }
    let (day, month) = if a.is_month { (small(b)?, small(a)?) } else { (small(a)?, small(b)?) };
    let years = match c.digits.len() {
        4 => vec![number(c)?],
        2 => latest(number(c)?, (month, day), as_of)?,
        _ => return None,
    };
    let has_two_digit_year = c.digits.len() == 2;
    let year = *years.first()?;
    let mut days: Vec<Date> = date((year, month, day)).into_iter().collect();
    if separator != '.' && !has_month_name && month != day {
        days.extend(date((year, day, month)));
    }
    (!days.is_empty()).then_some(Days { days, has_two_digit_year })
}

fn one(ymd: Ymd) -> Option<Days> {
    Some(Days { days: vec![date(ymd)?], has_two_digit_year: false })
}

/// Returns the latest year with these last two digits in which the day is not in the future.
fn latest(digits: u16, (month, day): (u8, u8), as_of: Option<Date>) -> Option<Vec<u16>> {
    let (today, (this_year, ..)) = (as_of?, ymd(as_of?));
    let century = this_year.checked_div(100)?.checked_mul(100)?;
    let year = century.checked_add(digits)?;
    let is_past = date((year, month, day)).is_none_or(|date| date <= today) && year <= this_year;
    Some(vec![if is_past { year } else { year.checked_sub(100)? }])
}

fn date((year, month, day): Ymd) -> Option<Date> {
    format!("{year:04}-{month:02}-{day:02}").parse().ok()
}

/// Returns year, month and day.
pub(super) fn ymd(date: Date) -> Ymd {
    let text = date.to_string();
    let mut parts = text.splitn(3, '-');
    let year = parts.next().and_then(|year| year.parse().ok()).unwrap_or(0);
    let mut small = || parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
    (year, small(), small())
}

/// A number of a day, or the name of a month.
struct Number<'t> {
    digits: &'t str,
    is_month: bool,
    /// The last sign before it that is no blank, or a blank.
    before: char,
}

/// Returns the three numbers of a day, or `None` if there is anything else but words before it.
fn numbers(text: &str) -> Option<Vec<Number<'_>>> {
    let mut numbers: Vec<Number<'_>> = Vec::new();
    let (mut rest, mut before) = (text, ' ');
    while let Some(first) = rest.chars().next() {
        let len =
            rest.find(|letter: char| letter.is_ascii_digit() != first.is_ascii_digit() || !letter.is_alphanumeric());
        let len =
            len.filter(|len| *len > 0).unwrap_or(if first.is_alphanumeric() { rest.len() } else { first.len_utf8() });
        let (token, behind) = rest.split_at_checked(len)?;
        if first.is_ascii_digit() {
            numbers.push(Number { digits: token, is_month: false, before });
            before = ' ';
        } else if first.is_alphanumeric() {
            match month(token) {
                Some(digits) => numbers.push(Number { digits, is_month: true, before }),
                // "Stand 3.11.2026", "Montag, 3.11.2026"
                None if numbers.is_empty() => {}
                None => return None,
            }
            before = ' ';
        } else if matches!(first, '.' | '/' | '-' | ',' | ':' | '*') || first.is_whitespace() {
            before = if first.is_whitespace() { before } else { first };
        } else {
            return None;
        }
        rest = behind;
    }
    (numbers.len() == 3).then_some(numbers)
}

/// Returns the number of a month as text.
fn month(name: &str) -> Option<&'static str> {
    const NUMBERS: [&str; 12] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];
    let name = name.to_lowercase();
    let is_month = |names: &&[&str]| {
        names.iter().any(|full| *full == name || name.chars().count() >= 3 && full.starts_with(name.as_str()))
    };
    let index = MONTHS.iter().position(is_month)?;
    NUMBERS.get(index).copied()
}

/// Returns a text without the time behind a day: "2026-11-25T14:23:06.5+01:00", "25.11.2026, 14:23 Uhr".
fn without_time(text: &str) -> &str {
    let is_time = |time: &str| {
        let hours = time.split(':').next().unwrap_or_default();
        time.contains(':') && (1..=2).contains(&hours.len()) && hours.bytes().all(|byte| byte.is_ascii_digit())
    };
    let text = text.trim_end_matches("Uhr").trim_end();
    let cut = |sign: char| text.split_once(sign).filter(|(day, time)| day.len() >= 8 && is_time(time.trim()));
    if let Some((day, _)) = cut('T') {
        return day;
    }
    match text.find(':').and_then(|colon| text.get(..colon)?.rfind(char::is_whitespace)) {
        Some(blank) => match (text.get(..blank), text.get(blank..).map(str::trim)) {
            (Some(day), Some(time)) if is_time(time) => day.trim_end().trim_end_matches(','),
            _ => text,
        },
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn days_are_read_as_people_write_them() {
        let as_of = "2026-11-29".parse().ok();
        let read = |text: &str| -> Vec<String> {
            days(text, as_of).map(|days| days.days.iter().map(ToString::to_string).collect()).unwrap_or_default()
        };
        for (text, expected) in [
            ("2026-11-25", &["2026-11-25"][..]),
            ("2026-11-25T14:23:06.5+01:00", &["2026-11-25"]),
            ("2026-11-25 00:00:00", &["2026-11-25"]),
            ("25.11.2026", &["2026-11-25"]),
            ("3. 4. 2026", &["2026-04-03"]),
            ("25.11.2026, 14:23 Uhr", &["2026-11-25"]),
            ("Stand: 03.11.26", &["2026-11-03"]),
            ("30.11.26", &["1926-11-30"]),
            ("12. März 1984", &["1984-03-12"]),
            ("12.Mrz.84", &["1984-03-12"]),
            ("March 12, 1984", &["1984-03-12"]),
            ("12 Oct 1984", &["1984-10-12"]),
            ("03/04/2026", &["2026-04-03", "2026-03-04"]),
            ("25/11/2026", &["2026-11-25"]),
            ("11/25/2026", &["2026-11-25"]),
            ("04/04/2026", &["2026-04-04"]),
            ("30.02.2026", &[]),
            ("1984", &[]),
            ("46000", &[]),
            ("11/2026", &[]),
            ("1.2.3.2026", &[]),
            ("heute", &[]),
            ("3.11.2026 und 4.11.2026", &[]),
            ("3.11.206", &[]),
            ("", &[]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
