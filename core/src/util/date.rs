use std::{fmt, str::FromStr};

use jiff::civil;
use serde::{Serialize, Serializer};

use crate::error::{Error, ErrorDetail, ErrorKind, message};

/// A day of the calendar from year 0 to 9999, in the form `2026-11-23`.
///
/// The library reads no clock: the day on which a capacity is assessed is an argument, `as_of`.
///
/// # Example: one form only
///
/// ```
/// use lotse::Date;
/// let day: Date = "2026-11-23".parse()?;
/// assert_eq!(day.to_string(), "2026-11-23");
/// assert!(day > "2026-11-09".parse()?);
/// assert_eq!("23.11.2026".parse::<Date>().unwrap_err().code(), "date");
/// assert_eq!("2026-02-30".parse::<Date>().unwrap_err().code(), "date");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Date(civil::Date);

impl Date {
    /// Returns the number of days from `earlier` to this day, or 0 if `earlier` is later.
    pub(crate) fn days_since(self, earlier: Self) -> u32 {
        u32::try_from(self.0.duration_since(earlier.0).as_hours() / 24).unwrap_or(0)
    }

    fn parse(text: &str) -> Option<Self> {
        let digits = |from: usize, to: usize| -> Option<i16> {
            let part = text.get(from..to)?;
            part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
        };
        let dashes = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
        let (month, day) = (i8::try_from(digits(5, 7)?).ok()?, i8::try_from(digits(8, 10)?).ok()?);
        let date = civil::Date::new(digits(0, 4)?, month, day).ok()?;
        dashes.then_some(Self(date))
    }
}

impl FromStr for Date {
    type Err = Error;

    /// Parses a day in the form `2026-11-23`.
    ///
    /// # Errors
    ///
    /// `date` if the text has another form, or the calendar has no such day.
    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text).ok_or_else(|| {
            let detail = ErrorDetail::new(ErrorKind::Value, "date", message!("date"));
            Error::new(detail.with_hint(message!("date.hint")))
        })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn days_are_counted_across_months_and_leap_days() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(day("2026-11-23").days_since(day("2026-11-09")), 14);
        assert_eq!(day("2028-03-01").days_since(day("2028-02-28")), 2);
        assert_eq!(day("2026-11-23").days_since(day("2026-11-24")), 0);
        assert_eq!(day("9999-12-31").days_since(day("0000-01-01")), 3_652_424);
    }
}
