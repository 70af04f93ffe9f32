use std::{fmt, str::FromStr};

use jiff::civil;
use serde::{Serialize, Serializer};

use crate::error::{Error, ErrorDetail, ErrorKind};

/// A calendar day, written `2026-11-23`.
///
/// The library never asks a clock: the day on which capacities are judged comes in as `as_of`.
///
/// # Example: only the long form
///
/// ```
/// use lotse::Date;
/// let day: Date = "2026-11-23".parse()?;
/// assert_eq!(day.to_string(), "2026-11-23");
/// assert!("23.11.2026".parse::<Date>().is_err());
/// assert!("2026-02-30".parse::<Date>().is_err());
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Date(civil::Date);

impl Date {
    /// Whole days from `earlier` to this day; 0 where `earlier` is later.
    pub(crate) fn days_since(self, earlier: Self) -> u32 {
        u32::try_from(self.0.duration_since(earlier.0).as_hours() / 24).unwrap_or(0)
    }

    fn read(text: &str) -> Option<Self> {
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

    /// # Errors
    ///
    /// `date` where the text is no day of the calendar in the form `2026-11-23`.
    fn from_str(text: &str) -> Result<Self, Error> {
        Self::read(text).ok_or_else(|| {
            Error::new(ErrorDetail {
                kind: ErrorKind::Value,
                code: "date".into(),
                path: String::new(),
                message: "not a day of the calendar".into(),
                hint: Some("write it as 2026-11-23".into()),
            })
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
    fn days_cross_months_and_leap_days() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(day("2026-11-23").days_since(day("2026-11-09")), 14);
        assert_eq!(day("2028-03-01").days_since(day("2028-02-28")), 2);
        assert_eq!(day("2026-11-23").days_since(day("2026-11-24")), 0);
        assert_eq!(day("9999-12-31").days_since(day("0000-01-01")), 3_652_424);
    }
}
