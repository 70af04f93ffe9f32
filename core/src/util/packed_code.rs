//! Short codes packed into one integer, and maps with them as keys.
//!
//! Nearly all language tags and region codes have at most eight bytes. Packed, two codes are compared by one integer
//! comparison, so that a look-up is a binary search without string comparisons: O(log n).

use crate::util::sort::sort_by_key;

/// A code of at most eight bytes as one integer.
///
/// Distinct codes have distinct integers. Their order is that of big-endian integers, not that of the codes.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct PackedCode(u64);

impl PackedCode {
    /// Packs a code, or returns `None` if it is longer than eight bytes or has a zero byte.
    #[inline]
    pub(crate) fn new(code: &str) -> Option<Self> {
        // Zero bytes pad short codes, so a code that has one would not be distinct.
        let fits = code.len() <= 8 && !code.as_bytes().contains(&0);
        fits.then(|| Self(code.bytes().fold(0, |packed: u64, byte| packed.rotate_left(8) | u64::from(byte))))
    }
}

/// A map from packed codes to small values, as a sorted array: O(log n) look-up.
#[derive(Clone, Debug)]
pub(crate) struct PackedCodeMap<V>(Vec<(PackedCode, V)>); // INVARIANT: sorted by code, each code once

impl<V> Default for PackedCodeMap<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V> FromIterator<(PackedCode, V)> for PackedCodeMap<V> {
    /// Collects codes in O(n log n). Of equal ones the first is kept.
    fn from_iter<I: IntoIterator<Item = (PackedCode, V)>>(entries: I) -> Self {
        let mut entries: Vec<(PackedCode, V)> = entries.into_iter().collect();
        sort_by_key(&mut entries, |(code, _)| *code);
        entries.dedup_by_key(|(code, _)| *code);
        Self(entries)
    }
}

impl<V: Copy> PackedCodeMap<V> {
    fn find(&self, code: PackedCode) -> Result<usize, usize> {
        self.0.binary_search_by_key(&code, |(present, _)| *present)
    }

    /// Returns the value of a code, or `None` if the code is not in the map.
    #[inline]
    pub(crate) fn get(&self, code: PackedCode) -> Option<V> {
        self.0.get(self.find(code).ok()?).map(|(_, value)| *value)
    }
}

#[cfg(test)]
mod tests {
    use super::{PackedCode, PackedCodeMap};

    #[test]
    fn distinct_codes_have_distinct_integers() {
        let codes = ["", "d", "de", "ed", "DE", "14", "014", "14612", "14612000", "ü"];
        for a in codes {
            for b in codes {
                assert_eq!(PackedCode::new(a) == PackedCode::new(b), a == b, "{a} {b}");
            }
        }
        assert_eq!(PackedCode::new("146120000"), None);
        assert_eq!(PackedCode::new("\0de"), None);
    }

    #[test]
    fn the_first_value_of_a_code_is_kept() {
        let code = PackedCode::new("de").unwrap();
        let map: PackedCodeMap<i32> = [(code, 1), (code, 2)].into_iter().collect();
        assert_eq!(map.get(code), Some(1));
    }
}
