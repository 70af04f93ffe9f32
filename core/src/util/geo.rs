//! Distances: the only real-number maths, through `libm`, and integers from there.
#![expect(clippy::float_arithmetic, reason = "geodesy, through libm, rounded to whole kilometres at once")]

use std::{
    cmp::Ordering,
    hash::{Hash, Hasher},
};

use serde::Serialize;

/// Radius of the sphere, in kilometres.
const EARTH_KM: f64 = 6371.0;

/// A point on the earth in degrees (WGS 84): latitude −90..=90, longitude −180..=180.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Coordinates {
    // INVARIANT: both finite and not −0, so that equal places are equal.
    pub(crate) lat: f64,
    pub(crate) lon: f64,
}

impl Coordinates {
    /// Great-circle distance (haversine) in kilometres, rounded half up.
    pub(crate) fn km_to(self, other: Self) -> u32 {
        let half = |from: f64, to: f64| {
            let sine = libm::sin((to - from).to_radians() / 2.0);
            sine * sine
        };
        let parallels = libm::cos(self.lat.to_radians()) * libm::cos(other.lat.to_radians());
        let chord = half(self.lat, other.lat) + parallels * half(self.lon, other.lon);
        let chord = chord.clamp(0.0, 1.0);
        let km = 2.0 * EARTH_KM * libm::atan2(libm::sqrt(chord), libm::sqrt(1.0 - chord));
        // At most half the way round, 20 015 km.
        libm::floor(km + 0.5) as u32
    }
}

impl PartialEq for Coordinates {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Coordinates {}

impl Hash for Coordinates {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // −0 is none of them, so that what is equal has the same bits.
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
        let dresden = Coordinates { lat: 51.0504, lon: 13.7373 };
        let goerlitz = Coordinates { lat: 51.1558, lon: 14.9885 };
        assert_eq!(dresden.km_to(goerlitz), 88);
        assert_eq!(goerlitz.km_to(dresden), 88);
        assert_eq!(dresden.km_to(dresden), 0);
        let (north, south) = (Coordinates { lat: 90.0, lon: 0.0 }, Coordinates { lat: -90.0, lon: 77.0 });
        assert_eq!(north.km_to(south), 20_015);
        let (west, east) = (Coordinates { lat: 0.0, lon: -180.0 }, Coordinates { lat: 0.0, lon: 180.0 });
        assert_eq!(west.km_to(east), 0);
    }
}
