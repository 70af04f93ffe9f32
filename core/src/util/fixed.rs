//! Fixed-point numbers: every quantity that affects a result is an integer, which JSON shows as a decimal.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::error::{Error, ErrorDetail, ErrorKind, Template, message};

/// Ten-thousandths in one: the unit of ratios, fits and weights.
pub(crate) const ONE: u16 = 10_000;

/// A number from 0 to 1 in ten-thousandths, such as the similarity of two words.
///
/// # Example: three quarters
///
/// ```
/// let ratio = lotse::Ratio::new(7_500)?;
/// assert_eq!(ratio.to_string(), "0.7500");
/// assert_eq!(f64::from(ratio), 0.75);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Ratio(u16); // INVARIANT: at most 10 000

impl Ratio {
    /// The ratio 0.
    pub const ZERO: Self = Self(0);
    /// The ratio 1.
    pub const ONE: Self = Self(ONE);

    /// Creates a ratio from ten-thousandths.
    ///
    /// # Errors
    ///
    /// `ratio.range` above 10 000.
    ///
    /// # Example: at most 1
    ///
    /// ```
    /// use lotse::Ratio;
    /// assert_eq!(Ratio::new(10_000)?, Ratio::ONE);
    /// assert_eq!(Ratio::new(10_001).unwrap_err().code(), "ratio.range");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn new(ten_thousandths: u16) -> Result<Self, Error> {
        Self::in_range(ten_thousandths).ok_or_else(|| out_of_range("ratio.range", message!("ratio.range")))
    }

    const fn in_range(ten_thousandths: u16) -> Option<Self> {
        if ten_thousandths > ONE { None } else { Some(Self(ten_thousandths)) }
    }

    /// Creates a ratio from ten-thousandths, at most 1.
    pub(crate) const fn clamped(ten_thousandths: u16) -> Self {
        if ten_thousandths > ONE { Self::ONE } else { Self(ten_thousandths) }
    }

    /// Returns the ten-thousandths.
    pub fn get(self) -> u16 {
        self.0
    }

    /// Returns `numerator / denominator`, rounded half up to a ten-thousandth and at most 1; 0 if the denominator is 0.
    ///
    /// This is the only rounding of a formula, at its end.
    #[inline]
    pub(crate) fn from_quotient(numerator: u64, denominator: u64) -> Self {
        // Nearly all are small, and a browser divides 64 bits twenty times as fast as 128. Below these bounds nothing can wrap
        // around; with checked operations a browser would multiply in 128 bits.
        let rounded = if numerator < 1 << 48 && denominator < 1 << 62 {
            let doubled = numerator.wrapping_mul(u64::from(ONE)).wrapping_mul(2).wrapping_add(denominator);
            doubled.checked_div(denominator.wrapping_mul(2)).unwrap_or(0)
        } else {
            large_quotient(numerator, denominator)
        };
        Self(u16::try_from(rounded.min(u64::from(ONE))).unwrap_or(ONE))
    }

    /// Returns the difference, or 0 if `other` is larger.
    pub(crate) const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// Returns `numerator / denominator` in ten-thousandths, rounded half up, if 64 bits are too few for the products.
#[cold]
fn large_quotient(numerator: u64, denominator: u64) -> u64 {
    let (numerator, denominator) = (u128::from(numerator), u128::from(denominator));
    let doubled = numerator.saturating_mul(u128::from(ONE)).saturating_mul(2).saturating_add(denominator);
    let rounded = doubled.checked_div(denominator.saturating_mul(2)).unwrap_or(0);
    u64::try_from(rounded).unwrap_or(u64::MAX)
}

impl From<Ratio> for f64 {
    /// Returns the float that is nearest to the ratio.
    #[expect(clippy::float_arithmetic, reason = "one division to show an integer as a decimal; it decides nothing")]
    fn from(ratio: Ratio) -> Self {
        Self::from(ratio.0) / Self::from(ONE)
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:04}", self.0 / ONE, self.0 % ONE)
    }
}

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64((*self).into())
    }
}

/// The degree to which one criterion is met, in ten-thousandths: 0 not at all, 10 000 fully.
///
/// # Example: three quarters
///
/// ```
/// let fit = lotse::Fit::new(7_500)?;
/// assert_eq!(fit.to_string(), "0.7500");
/// assert_eq!(f64::from(fit), 0.75);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Fit(Ratio);

impl Fit {
    /// Not met.
    pub const ZERO: Self = Self(Ratio::ZERO);
    /// Fully met.
    pub const FULL: Self = Self(Ratio::ONE);

    /// Creates a fit from ten-thousandths.
    ///
    /// # Errors
    ///
    /// `fit.range` above 10 000.
    ///
    /// # Example: at most 1
    ///
    /// ```
    /// use lotse::Fit;
    /// assert_eq!(Fit::new(10_000)?, Fit::FULL);
    /// assert_eq!(Fit::new(10_001).unwrap_err().code(), "fit.range");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn new(ten_thousandths: u16) -> Result<Self, Error> {
        Ratio::in_range(ten_thousandths).map(Self).ok_or_else(|| out_of_range("fit.range", message!("fit.range")))
    }

    /// Creates a fit from ten-thousandths, at most 1.
    pub(crate) const fn clamped(ten_thousandths: u16) -> Self {
        Self(Ratio::clamped(ten_thousandths))
    }

    /// Returns the ten-thousandths.
    pub fn get(self) -> u16 {
        self.0.get()
    }

    /// Returns `numerator / denominator`, rounded half up to a ten-thousandth and at most 1; 0 if the denominator is 0.
    #[inline]
    pub(crate) fn from_quotient(numerator: u64, denominator: u64) -> Self {
        Self(Ratio::from_quotient(numerator, denominator))
    }

    /// Returns the product of the factors, rounded half up once.
    pub(crate) fn from_product<const N: usize>(factors: [Ratio; N]) -> Self {
        const { assert!(N <= 4, "the product of more factors may wrap around") };
        let numerator = factors.iter().fold(1_u64, |product, factor| product.wrapping_mul(u64::from(factor.0)));
        let denominator = factors.iter().fold(1_u64, |product, _| product.wrapping_mul(u64::from(ONE)));
        Self::from_quotient(numerator, denominator)
    }

    /// Returns the difference, or 0 if `other` is larger.
    pub(crate) const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl From<Ratio> for Fit {
    fn from(ratio: Ratio) -> Self {
        Self(ratio)
    }
}

impl From<Fit> for Ratio {
    fn from(fit: Fit) -> Self {
        fit.0
    }
}

impl From<Fit> for f64 {
    /// Returns the float that is nearest to the fit, from 0 to 1.
    fn from(fit: Fit) -> Self {
        fit.0.into()
    }
}

impl fmt::Display for Fit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Fit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The share of one criterion in the score of a need, in ten-thousandths.
///
/// The weights of one need add up to 10 000, or all are 0.
///
/// # Example: the weights of a need
///
/// ```
/// use lotse::{Criterion, Matcher, Need, Offer};
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("de").capacity(9).build()?]).build()?;
/// let ranking = matcher.rank(&Need::builder("n-1").language("de").build()?, 1)?;
/// let best = &ranking.matches()[0];
/// assert_eq!(best.findings().map(|finding| finding.weight().get()).sum::<u16>(), 10_000);
/// assert_eq!(best.finding(Criterion::Language).unwrap().weight().to_string(), "0.6591");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Weight(Ratio);

impl Weight {
    /// No share: the criterion does not affect the score.
    pub const ZERO: Self = Self(Ratio::ZERO);
    /// The whole score depends on this criterion.
    pub const FULL: Self = Self(Ratio::ONE);

    /// Creates a weight from ten-thousandths.
    ///
    /// # Errors
    ///
    /// `weight.range` above 10 000.
    ///
    /// # Example: at most 1
    ///
    /// ```
    /// use lotse::Weight;
    /// assert_eq!(Weight::new(10_000)?, Weight::FULL);
    /// assert_eq!(Weight::new(10_001).unwrap_err().code(), "weight.range");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn new(ten_thousandths: u16) -> Result<Self, Error> {
        Ratio::in_range(ten_thousandths).map(Self).ok_or_else(|| out_of_range("weight.range", message!("weight.range")))
    }

    /// Creates a weight from ten-thousandths, at most 1.
    pub(crate) const fn clamped(ten_thousandths: u16) -> Self {
        Self(Ratio::clamped(ten_thousandths))
    }

    /// Returns the ten-thousandths.
    pub fn get(self) -> u16 {
        self.0.get()
    }
}

impl From<Weight> for f64 {
    /// Returns the float that is nearest to the weight, from 0 to 1.
    fn from(weight: Weight) -> Self {
        weight.0.into()
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Weight {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// A score or a contribution to one, in hundred-millionths: 0..=100 000 000.
///
/// It is a sum of weight × fit. The weights of one need add up to 10 000, so a score is exact.
///
/// # Example: eight decimals
///
/// ```
/// # use lotse::{Matcher, Need, Offer};
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").capacity(9).build()?]).build()?;
/// let ranking = matcher.rank(&Need::builder("n-1").build()?, 1)?;
/// assert_eq!(ranking.matches()[0].score().to_string(), "1.00000000");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Score(u32); // INVARIANT: at most 100 000 000

impl Score {
    /// No criterion is met.
    pub const ZERO: Self = Self(0);
    /// Every criterion is fully met.
    pub const FULL: Self = Self(100_000_000);

    /// Creates a score from hundred-millionths.
    ///
    /// # Errors
    ///
    /// `score.range` above 100 000 000.
    ///
    /// # Example: at most 1
    ///
    /// ```
    /// use lotse::Score;
    /// assert_eq!(Score::new(100_000_000)?, Score::FULL);
    /// assert_eq!(Score::new(100_000_001).unwrap_err().code(), "score.range");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn new(hundred_millionths: u32) -> Result<Self, Error> {
        if hundred_millionths > Self::FULL.0 {
            return Err(out_of_range("score.range", message!("score.range")));
        }
        Ok(Self(hundred_millionths))
    }

    /// Creates a score from hundred-millionths, at most 1.
    pub(crate) fn clamped(hundred_millionths: u32) -> Self {
        Self(hundred_millionths.min(Self::FULL.0))
    }

    /// Returns the hundred-millionths.
    pub fn get(self) -> u32 {
        self.0
    }
}

impl From<Fit> for Score {
    /// Returns the score of an offer whose requested criteria all have this fit.
    fn from(fit: Fit) -> Self {
        // At most 10 000 × 10 000, which is a full score.
        Self(u32::from(fit.get()).wrapping_mul(u32::from(ONE)))
    }
}

impl From<Score> for f64 {
    /// Returns the float that is nearest to the score, from 0 to 1.
    #[expect(clippy::float_arithmetic, reason = "one division to show an integer as a decimal; it decides nothing")]
    fn from(score: Score) -> Self {
        Self::from(score.0) / Self::from(Score::FULL.0)
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:08}", self.0 / Self::FULL.0, self.0 % Self::FULL.0)
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64((*self).into())
    }
}

fn out_of_range(code: &'static str, message: Template) -> Error {
    Error::new(ErrorDetail::new(ErrorKind::Value, code, message))
}

/// The reason why a float is not a decimal in ten-thousandths.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum BadDecimal {
    /// It is negative, too large or not finite.
    Range,
    /// It has more than four decimals.
    Decimals,
}

/// Returns the ten-thousandths of a float exactly: 0.25 is 2 500.
///
/// A float stands for the shortest decimal that parses to it, which is the one that was written.
#[expect(clippy::float_arithmetic, reason = "one rounding, whose result is compared with the exact quotient")]
pub(crate) fn ten_thousandths(number: f64) -> Result<u64, BadDecimal> {
    // Far above every range; below it, a ten-thousandth is larger than the distance of two floats.
    if number.is_nan() || !(0.0..1e11).contains(&number) {
        return Err(BadDecimal::Range);
    }
    let units = (number * f64::from(ONE) + 0.5) as u64;
    // A quotient of two exact numbers is the float nearest to it, as the parsed decimal is.
    if from_ten_thousandths(units) == number { Ok(units) } else { Err(BadDecimal::Decimals) }
}

/// Returns the float that is nearest to the number of ten-thousandths; exact up to 10¹¹ units.
#[expect(clippy::float_arithmetic, reason = "one division to show an integer as a decimal")]
#[expect(clippy::cast_precision_loss, reason = "exact below 2⁵³")]
pub(crate) fn from_ten_thousandths(units: u64) -> f64 {
    units as f64 / f64::from(ONE)
}

/// Parses a decimal of a built-in table, such as `51.0504`, to ten-thousandths; `None` if it is malformed or has more than four
/// decimals.
pub(crate) fn parse_ten_thousandths(decimal: &str) -> Option<u64> {
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
    fn a_decimal_is_parsed_exactly() {
        for units in (0..20_000_000).step_by(7).chain((0..=ONE.into()).map(|units| units * 99_999_999_999)) {
            let shown = format!("{}.{:04}", units / 10_000, units % 10_000);
            assert_eq!(
                (ten_thousandths(shown.parse().unwrap()), parse_ten_thousandths(&shown)),
                (Ok(units), Some(units)),
                "{shown}"
            );
        }
        assert_eq!(
            ["1", "0.5", "", "-1", "0.12345"].map(parse_ten_thousandths),
            [Some(10_000), Some(5_000), None, None, None]
        );
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
        let product = |a, b| Fit::from_product([Ratio::clamped(a), Ratio::clamped(b)]);
        assert_eq!(product(3_500, 7_500), Fit::clamped(2_625));
        assert_eq!(product(1, 5_000), Fit::clamped(1));
        assert_eq!(product(1, 4_999), Fit::ZERO);
        assert_eq!(Fit::from_quotient(1, 0), Fit::ZERO);
        // Small and large numbers are divided in the same way.
        for numerator in (0..=20_001_u64).step_by(37) {
            let large = |number: u64| number << 49;
            let (small, denominator) = (Fit::from_quotient(numerator, 20_001), 20_001);
            assert_eq!(Fit::from_quotient(large(numerator), large(denominator)), small, "{numerator}");
        }
        assert_eq!(Fit::from_quotient((1 << 48) - 1, (1 << 48) - 1), Fit::FULL);
        assert_eq!(Fit::from_quotient(1 << 48, 1 << 48), Fit::FULL);
        assert_eq!(Fit::from_quotient(1 << 60, 1 << 61), Fit::clamped(5_000));
        assert_eq!(Fit::from_quotient(1 << 40, 1 << 63), Fit::ZERO);
    }
}
