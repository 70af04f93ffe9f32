//! Great-circle distances: the only calculation with real numbers. It uses `libm`, whose results have the same bits on every
//! platform, and its result is an integer.

use std::{
    cmp::Ordering,
    hash::{Hash, Hasher},
};

use serde::Serialize;

use crate::error::{Error, ErrorDetail, ErrorKind, message};

/// The radius of the sphere that stands for the earth, in kilometres.
const EARTH_KM: f64 = 6371.0;

/// A point on the earth in degrees (WGS 84).
///
/// # Example: Dresden
///
/// ```
/// use lotse::Coordinates;
/// let dresden = Coordinates::new(51.0504, 13.7373)?;
/// assert_eq!((dresden.lat(), dresden.lon()), (51.0504, 13.7373));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Coordinates {
    // INVARIANT: both are finite and in range, and neither is −0, so that equal points have equal bits.
    lat: f64,
    lon: f64,
}

impl Coordinates {
    /// The largest latitude, in degrees.
    pub(crate) const MAX_LAT: i32 = 90;
    /// The largest longitude, in degrees.
    pub(crate) const MAX_LON: i32 = 180;

    /// Creates a point from a latitude (−90 to 90) and a longitude (−180 to 180) in degrees.
    ///
    /// # Errors
    ///
    /// `value` if one of them is out of range or not a number.
    ///
    /// # Example: latitude comes first
    ///
    /// ```
    /// use lotse::Coordinates;
    /// assert!(Coordinates::new(51.0504, 13.7373).is_ok());
    /// assert_eq!(Coordinates::new(113.7373, 51.0504).unwrap_err().code(), "value");
    /// assert_eq!(Coordinates::new(f64::NAN, 13.7373).unwrap_err().code(), "value");
    /// ```
    pub fn new(lat: f64, lon: f64) -> Result<Self, Error> {
        // A comparison with NaN is false.
        if lat.abs() <= f64::from(Self::MAX_LAT) && lon.abs() <= f64::from(Self::MAX_LON) {
            return Ok(Self { lat: positive_zero(lat), lon: positive_zero(lon) });
        }
        let message = message!("value.coordinates");
        Err(Error::new(ErrorDetail::new(ErrorKind::Value, "value", message)))
    }

    /// Returns the latitude in degrees, −90 to 90.
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Returns the longitude in degrees, −180 to 180.
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// Returns the great-circle distance in whole kilometres, rounded half up.
    ///
    /// Uses the haversine formula on a sphere of radius 6 371 km: accurate enough to rank offers, not to navigate.
    ///
    /// # Example: Dresden to Görlitz
    ///
    /// ```
    /// use lotse::Coordinates;
    /// let (dresden, goerlitz) = (Coordinates::new(51.0504, 13.7373)?, Coordinates::new(51.1558, 14.9885)?);
    /// assert_eq!(dresden.km_to(goerlitz), 88);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    #[expect(clippy::float_arithmetic, reason = "geodesy, through libm, rounded to whole kilometres at once")]
    pub fn km_to(self, other: Self) -> u32 {
        let squared_half_chord = |from: f64, to: f64| {
            let sine = libm::sin((to - from).to_radians() / 2.0);
            sine * sine
        };
        let parallels = libm::cos(self.lat.to_radians()) * libm::cos(other.lat.to_radians());
        let haversine = squared_half_chord(self.lat, other.lat) + parallels * squared_half_chord(self.lon, other.lon);
        let haversine = haversine.clamp(0.0, 1.0);
        let km = 2.0 * EARTH_KM * libm::atan2(libm::sqrt(haversine), libm::sqrt(1.0 - haversine));
        // At most half the circumference, 20 015 km.
        libm::floor(km + 0.5) as u32
    }
}

/// Returns 0 for −0, and any other number as it is.
fn positive_zero(number: f64) -> f64 {
    if number == 0.0 { 0.0 } else { number }
}

impl PartialEq for Coordinates {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Coordinates {}

impl Hash for Coordinates {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Neither is −0, so equal points have equal bits.
        [self.lat, self.lon].map(f64::to_bits).hash(state);
    }
}

impl PartialOrd for Coordinates {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Coordinates {
    fn cmp(&self, other: &Self) -> Ordering {
        self.lat.total_cmp(&other.lat).then(self.lon.total_cmp(&other.lon))
    }
}

#[cfg(test)]
mod tests {
    use super::Coordinates;

    #[test]
    fn known_distances() {
        let point = |lat, lon| Coordinates::new(lat, lon).unwrap();
        let (dresden, goerlitz) = (point(51.0504, 13.7373), point(51.1558, 14.9885));
        assert_eq!(dresden.km_to(goerlitz), 88);
        assert_eq!(goerlitz.km_to(dresden), 88);
        assert_eq!(dresden.km_to(dresden), 0);
        assert_eq!(point(90.0, 0.0).km_to(point(-90.0, 77.0)), 20_015);
        assert_eq!(point(0.0, -180.0).km_to(point(0.0, 180.0)), 0);
    }

    #[test]
    fn zero_has_one_sign() {
        let (a, b) = (Coordinates::new(-0.0, 0.0).unwrap(), Coordinates::new(0.0, -0.0).unwrap());
        assert_eq!(a, b);
        assert!(a.lat().is_sign_positive() && b.lon().is_sign_positive());
    }
}
