//! Sine and cosine of angles up to half a turn.
//!
//! They are those of `libm`, which are those of FreeBSD's msun, bit for bit: sums and products alone, so that every platform
//! gets the same. What they leave out is how larger angles come within reach, 5 kB in the browser for angles that no two places
//! have between them.
#![expect(clippy::float_arithmetic, reason = "geodesy: its only caller rounds to whole kilometres at once")]
#![expect(clippy::excessive_precision, reason = "as they stand in msun")]

/// A quarter turn less its last bits, and these.
const QUARTER: (f64, f64) = (1.570_796_326_734_125_614_17, 6.077_100_506_506_192_249_32e-11);

/// Of an angle in radians, from −π to π.
pub(crate) fn sin(angle: f64) -> f64 {
    match reduced(angle) {
        (0, near, rest) => sin_near_zero(near, rest),
        (1, near, rest) => cos_near_zero(near, rest),
        (-1, near, rest) => -cos_near_zero(near, rest),
        (_, near, rest) => -sin_near_zero(near, rest),
    }
}

/// Of an angle in radians, from −π to π.
pub(crate) fn cos(angle: f64) -> f64 {
    match reduced(angle) {
        (0, near, rest) => cos_near_zero(near, rest),
        (1, near, rest) => -sin_near_zero(near, rest),
        (-1, near, rest) => sin_near_zero(near, rest),
        (_, near, rest) => -cos_near_zero(near, rest),
    }
}

/// The nearest number of quarter turns, and what is left of the angle: a number and its last bits.
fn reduced(angle: f64) -> (i8, f64, f64) {
    let quarters: i8 = match angle.abs() {
        size if size <= std::f64::consts::FRAC_PI_4 => return (0, angle, 0.0),
        size if size <= 3.0 * std::f64::consts::FRAC_PI_4 => 1,
        _ => 2,
    };
    let quarters = if angle < 0.0 { quarters.saturating_neg() } else { quarters };
    let off = angle - f64::from(quarters) * QUARTER.0;
    let last = f64::from(quarters) * QUARTER.1;
    let near = off - last;
    (quarters, near, (off - near) - last)
}

fn sin_near_zero(x: f64, rest: f64) -> f64 {
    const S1: f64 = -1.666_666_666_666_663_243_48e-01;
    const S2: f64 = 8.333_333_333_322_489_461_24e-03;
    const S3: f64 = -1.984_126_982_985_794_931_34e-04;
    const S4: f64 = 2.755_731_370_707_006_767_89e-06;
    const S5: f64 = -2.505_076_025_340_686_341_95e-08;
    const S6: f64 = 1.589_690_995_211_550_102_21e-10;
    let square = x * x;
    let high = S2 + square * (S3 + square * S4) + square * (square * square) * (S5 + square * S6);
    let cube = square * x;
    if rest == 0.0 {
        x + cube * (S1 + square * high)
    } else {
        x - ((square * (0.5 * rest - cube * high) - rest) - cube * S1)
    }
}

fn cos_near_zero(x: f64, rest: f64) -> f64 {
    const C1: f64 = 4.166_666_666_666_660_190_37e-02;
    const C2: f64 = -1.388_888_888_887_410_957_49e-03;
    const C3: f64 = 2.480_158_728_947_672_941_78e-05;
    const C4: f64 = -2.755_731_435_139_066_330_35e-07;
    const C5: f64 = 2.087_572_321_298_174_827_90e-09;
    const C6: f64 = -1.135_964_755_778_819_482_65e-11;
    let square = x * x;
    let fourth = square * square;
    let high = square * (C1 + square * (C2 + square * C3)) + fourth * fourth * (C4 + square * (C5 + square * C6));
    let half = 0.5 * square;
    let most = 1.0 - half;
    most + (((1.0 - most) - half) + (square * high - x * rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{cos, sin};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn as_libm_does(degrees in -180.0..180.0_f64, part in 0.0..1.0_f64) {
            for angle in [degrees.to_radians(), degrees.to_radians() / 2.0, degrees.to_radians() * part * part * part] {
                prop_assert_eq!(sin(angle).to_bits(), libm::sin(angle).to_bits(), "sin {}", angle);
                prop_assert_eq!(cos(angle).to_bits(), libm::cos(angle).to_bits(), "cos {}", angle);
            }
        }
    }

    #[test]
    fn at_whole_quarters_as_near_as_can_be_told() {
        for degrees in [-180.0, -90.0, -45.0, 0.0, 45.0, 90.0, 135.0, 180.0_f64] {
            let angle = degrees.to_radians();
            assert!((sin(angle) - libm::sin(angle)).abs() < 1e-16 && (cos(angle) - libm::cos(angle)).abs() < 1e-16);
        }
    }
}
