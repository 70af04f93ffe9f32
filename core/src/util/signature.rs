//! A 64-bit prefilter for set membership.
//!
//! A [`Signature`] is a Bloom filter with one hash function, the index modulo 64 (Bloom 1970). Two sets with a common index
//! always intersect in their signatures; two disjoint sets rarely do if they are small. One `and` therefore rejects most
//! pairs before the exact comparison.

/// The set of the indices that were inserted, each reduced modulo 64.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Signature(u64);

impl Signature {
    /// The signature of the empty set, which intersects none.
    pub(crate) const EMPTY: Self = Self(0);
    /// The signature of the universal set, which intersects every non-empty one.
    pub(crate) const FULL: Self = Self(u64::MAX);

    /// Returns the signature of one index.
    #[inline]
    pub(crate) const fn from_index(index: u32) -> Self {
        Self(1_u64.rotate_left(index))
    }

    /// Returns the signature of the union of both sets.
    #[inline]
    #[must_use]
    pub(crate) const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns `false` only if the sets are disjoint.
    #[inline]
    pub(crate) const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns a lower bound of the number of members that `other` lacks.
    #[inline]
    pub(crate) const fn difference_len(self, other: Self) -> u32 {
        (self.0 & !other.0).count_ones()
    }
}

impl FromIterator<Signature> for Signature {
    fn from_iter<I: IntoIterator<Item = Signature>>(signatures: I) -> Self {
        signatures.into_iter().fold(Self::EMPTY, Self::union)
    }
}

#[cfg(test)]
mod tests {
    use super::Signature;

    #[test]
    fn sets_with_a_common_index_intersect() {
        for a in 0..200 {
            for b in 0..200 {
                let (a_signature, b_signature) = (Signature::from_index(a), Signature::from_index(b));
                assert_eq!(a_signature.intersects(b_signature), a % 64 == b % 64, "{a} {b}");
                assert_eq!(a_signature.difference_len(b_signature), u32::from(a % 64 != b % 64), "{a} {b}");
            }
            assert!(Signature::FULL.intersects(Signature::from_index(a)));
            assert!(!Signature::EMPTY.intersects(Signature::from_index(a)));
        }
    }
}
