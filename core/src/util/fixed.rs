//! Everything that decides is an integer; JSON shows it as a decimal.
#![expect(clippy::float_arithmetic, reason = "one division to show an integer as a decimal; it decides nothing")]

use std::fmt;

use serde::{Serialize, Serializer};

use crate::error::{Error, ErrorDetail, ErrorKind};

/// Ten-thousandths in one: the unit of fits and weights.
pub(crate) const ONE: u16 = 10_000;

/// How well one criterion is met, in ten-thousandths: 0 not at all, 10 000 fully.
///
/// # Example: three quarters
///
/// ```
/// let fit = lotse::Fit::new(7_500)?;
/// assert_eq!(fit.to_string(), "0.7500");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Fit(u16); // INVARIANT: at most 10 000

impl Fit {
    /// Not met.
    pub const ZERO: Self = Self(0);
    /// Fully met.
    pub const FULL: Self = Self(ONE);

    /// A fit of so many ten-thousandths.
    ///
    /// # Errors
    ///
    /// `fit.range` above 10 000.
    pub fn new(ten_thousandths: u16) -> Result<Self, Error> {
        if ten_thousandths > ONE {
            return Err(Error::new(ErrorDetail {
                kind: ErrorKind::Value,
                code: "fit.range".into(),
                path: String::new(),
                message: "a fit is at most 10 000 ten-thousandths".into(),
                hint: None,
            }));
        }
        Ok(Self(ten_thousandths))
    }

    /// For figures of this crate, which are known to be in range; what is above is full.
    pub(crate) const fn clamped(ten_thousandths: u16) -> Self {
        if ten_thousandths > ONE { Self::FULL } else { Self(ten_thousandths) }
    }

    /// The ten-thousandths.
    pub fn get(self) -> u16 {
        self.0
    }

    /// `numerator / denominator`, the one rounding of a formula: half up to a whole ten-thousandth.
    ///
    /// The fraction is in ones, not ten-thousandths. A denominator of 0 gives 0.
    #[inline]
    pub(crate) fn from_ratio(numerator: u64, denominator: u64) -> Self {
        // Nearly all are small, and a browser divides half as many bits twenty times as fast. Nothing can wrap around below
        // these bounds; to look whether it does, a browser would multiply twice as many bits.
        let rounded = if numerator < 1 << 48 && denominator < 1 << 62 {
            let doubled = numerator.wrapping_mul(u64::from(ONE)).wrapping_mul(2).wrapping_add(denominator);
            doubled.checked_div(denominator.wrapping_mul(2)).unwrap_or(0)
        } else {
            large_ratio(numerator, denominator)
        };
        Self(u16::try_from(rounded.min(u64::from(ONE))).unwrap_or(ONE))
    }

    /// The product of some fits, rounded half up once.
    pub(crate) fn product<const N: usize>(fits: [Self; N]) -> Self {
        const { assert!(N <= 4, "more could wrap around") };
        let numerator = fits.iter().fold(1_u64, |all, fit| all.wrapping_mul(u64::from(fit.0)));
        let denominator = fits.iter().fold(1_u64, |all, _| all.wrapping_mul(u64::from(ONE)));
        Self::from_ratio(numerator, denominator)
    }

    pub(crate) fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl From<Fit> for f64 {
    /// The fit as a decimal, 0 to 1: the number that is nearest to it.
    fn from(fit: Fit) -> Self {
        Self::from(fit.0) / Self::from(ONE)
    }
}

impl fmt::Display for Fit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:04}", self.0 / ONE, self.0 % ONE)
    }
}

impl Serialize for Fit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64((*self).into())
    }
}

/// `of_ratio` where 64 bits are too few.
#[cold]
fn large_ratio(numerator: u64, denominator: u64) -> u64 {
    let (numerator, denominator) = (u128::from(numerator), u128::from(denominator));
    let doubled = numerator.saturating_mul(u128::from(ONE)).saturating_mul(2).saturating_add(denominator);
    let rounded = doubled.checked_div(denominator.saturating_mul(2)).unwrap_or(0);
    u64::try_from(rounded).unwrap_or(u64::MAX)
}

/// A score or a contribution to one, in hundred-millionths: 0..=100 000 000.
///
/// It is a sum of weight × fit; the weights of one need add up to 10 000, so nothing is ever rounded.
///
/// # Example: shown with eight digits
///
/// ```
/// # use lotse::{Matcher, Need, Offer};
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").free(9).build()?]).build()?;
/// let ranking = matcher.rank(&Need::builder("n-1").build()?, 1)?;
/// assert_eq!(ranking.matches()[0].score().to_string(), "1.00000000");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Score(u32); // INVARIANT: at most 100 000 000

impl Score {
    /// Hundred-millionths in a full score.
    pub(crate) const FULL: u32 = 100_000_000;

    pub(crate) fn clamped(hundred_millionths: u32) -> Self {
        Self(hundred_millionths.min(Self::FULL))
    }

    /// The hundred-millionths.
    pub fn get(self) -> u32 {
        self.0
    }
}

impl From<Score> for f64 {
    /// The score as a decimal, 0 to 1: the number that is nearest to it.
    fn from(score: Score) -> Self {
        Self::from(score.0) / Self::from(Score::FULL)
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:08}", self.0 / Self::FULL, self.0 % Self::FULL)
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64((*self).into())
    }
}

/// Why a number that came in is no decimal of at most four digits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum BadDecimal {
    Range,
    Decimals,
}

/// The ten-thousandths of a number, exactly: 0.25 is 2 500.
///
/// A float is taken for the shortest decimal that names it, which is what was typed.
pub(crate) fn ten_thousandths(number: f64) -> Result<u64, BadDecimal> {
    // Far above every range; below, a unit is more than the distance of two floats.
    if number.is_nan() || !(0.0..1e11).contains(&number) {
        return Err(BadDecimal::Range);
    }
    let units = (number * f64::from(ONE) + 0.5) as u64;
    // A quotient of two exact numbers is the float that is nearest to it, and so the one that was read.
    if of_ten_thousandths(units) == number { Ok(units) } else { Err(BadDecimal::Decimals) }
}

/// The number that is nearest to so many ten-thousandths; exact up to a hundred thousand million.
#[expect(clippy::cast_precision_loss, reason = "below 2⁵³ there is none")]
pub(crate) fn of_ten_thousandths(units: u64) -> f64 {
    units as f64 / f64::from(ONE)
}

/// The ten-thousandths of a decimal in a built-in table, such as `51.0504`; nothing where it has more digits than that.
pub(crate) fn written(decimal: &str) -> Option<u64> {
    let (whole, decimals) = decimal.split_once('.').unwrap_or((decimal, ""));
    if decimals.len() > 4 {
        return None;
    }
    let decimals: u64 = format!("{decimals:0<4}").parse().ok()?;
    whole.parse::<u64>().ok()?.checked_mul(u64::from(ONE))?.checked_add(decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_is_read_exactly() {
        for units in (0..20_000_000).step_by(7).chain((0..=ONE.into()).map(|units| units * 99_999_999_999)) {
            let shown = format!("{}.{:04}", units / 10_000, units % 10_000);
            assert_eq!((ten_thousandths(shown.parse().unwrap()), written(&shown)), (Ok(units), Some(units)), "{shown}");
        }
        assert_eq!(["1", "0.5", "", "-1", "0.12345"].map(written), [Some(10_000), Some(5_000), None, None, None]);
        assert_eq!(ten_thousandths(0.25), Ok(2_500));
        assert_eq!(ten_thousandths(0.1 + 0.2), Err(BadDecimal::Decimals));
        assert_eq!(ten_thousandths(35.0), Ok(350_000));
        assert_eq!(ten_thousandths(-0.0), Ok(0));
        assert_eq!(ten_thousandths(-0.5), Err(BadDecimal::Range));
        assert_eq!(ten_thousandths(0.00001), Err(BadDecimal::Decimals));
        assert_eq!(ten_thousandths(1e300), Err(BadDecimal::Range));
        assert_eq!(ten_thousandths(f64::NAN), Err(BadDecimal::Range));
        assert_eq!(ten_thousandths(f64::INFINITY), Err(BadDecimal::Range));
    }

    #[test]
    fn a_half_is_rounded_up() {
        // .35 × .75 = .2625; .0001 × .5 = .00005, a half; .0001 × .4999 is below it.
        assert_eq!(Fit::product([Fit::clamped(3_500), Fit::clamped(7_500)]), Fit::clamped(2_625));
        assert_eq!(Fit::product([Fit::clamped(1), Fit::clamped(5_000)]), Fit::clamped(1));
        assert_eq!(Fit::product([Fit::clamped(1), Fit::clamped(4_999)]), Fit::ZERO);
        assert_eq!(Fit::from_ratio(1, 0), Fit::ZERO);
        // Small and large numbers are divided alike.
        for numerator in (0..=20_001_u64).step_by(37) {
            let large = |number: u64| number << 49;
            let (small, denominator) = (Fit::from_ratio(numerator, 20_001), 20_001);
            assert_eq!(Fit::from_ratio(large(numerator), large(denominator)), small, "{numerator}");
        }
        assert_eq!(Fit::from_ratio((1 << 48) - 1, (1 << 48) - 1), Fit::FULL);
        assert_eq!(Fit::from_ratio(1 << 48, 1 << 48), Fit::FULL);
        assert_eq!(Fit::from_ratio(1 << 60, 1 << 61), Fit::clamped(5_000));
        assert_eq!(Fit::from_ratio(1 << 40, 1 << 63), Fit::ZERO);
    }
}
