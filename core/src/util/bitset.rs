/// A set of slots.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bitset {
    words: Vec<u64>,
}

impl Bitset {
    /// Room for `length` slots: all of them in the set, with what rounds them up to a word, or none.
    pub(crate) fn new(length: usize, held: bool) -> Self {
        Self { words: vec![if held { u64::MAX } else { 0 }; length.div_ceil(64)] }
    }

    /// The first slots.
    pub(crate) fn with_first(count: usize) -> Self {
        let mut set = Self::new(count, true);
        for slot in count..set.words.len().saturating_mul(64) {
            set.set(slot, false);
        }
        set
    }

    #[inline]
    pub(crate) fn set(&mut self, slot: usize, held: bool) {
        if self.words.len() <= slot / 64 {
            self.words.resize((slot / 64).saturating_add(1), 0);
        }
        let bit = 1_u64.rotate_left(u32::try_from(slot % 64).unwrap_or(0));
        if let Some(word) = self.words.get_mut(slot / 64) {
            *word = if held { *word | bit } else { *word & !bit };
        }
    }

    /// Leaves only what is in both.
    pub(crate) fn intersect_with(&mut self, other: &Self) {
        self.words.truncate(other.words.len());
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    /// Makes 0 what belongs to slots that are not in the set.
    pub(crate) fn mask(&self, values: &mut [u32]) {
        let words = self.words.iter().copied().chain(std::iter::repeat(0));
        for (values, word) in values.chunks_mut(64).zip(words).filter(|(_, word)| *word != u64::MAX) {
            for (bit, value) in (0_u32..).zip(values) {
                if word.rotate_right(bit) & 1 == 0 {
                    *value = 0;
                }
            }
        }
    }

    /// How many slots are in the set.
    pub(crate) fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The slots in the set, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(position, word)| {
            let lowest = std::iter::successors((*word != 0).then_some(*word), |word| {
                let rest = word & word.wrapping_sub(1);
                (rest != 0).then_some(rest)
            });
            let first = position.saturating_mul(64);
            lowest.map(move |word| first.saturating_add(word.trailing_zeros() as usize))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Bitset;

    #[test]
    fn slots_go_in_and_come_out_in_order() {
        let of = |length, holds: fn(&usize) -> bool| {
            let (mut set, mut rest) = (Bitset::new(length, false), Bitset::new(length, true));
            for slot in 0..length {
                set.set(slot, holds(&slot));
                rest.set(slot, holds(&slot));
            }
            assert!(set.iter().eq(rest.iter().filter(|slot| *slot < length)));
            set
        };
        let mut set = of(130, |slot| slot % 3 == 0);
        assert_eq!(set.iter().collect::<Vec<_>>(), (0..130).filter(|slot| slot % 3 == 0).collect::<Vec<_>>());
        set.intersect_with(&of(100, |slot| slot % 2 == 0));
        assert_eq!(set.iter().collect::<Vec<_>>(), (0..100).filter(|slot| slot % 6 == 0).collect::<Vec<_>>());
        let mut values = [7; 130];
        set.mask(&mut values);
        assert!(
            values.iter().enumerate().all(|(slot, value)| *value == if slot < 100 && slot % 6 == 0 { 7 } else { 0 })
        );
        assert_eq!(set.count(), 17);
        let first = |count| Bitset::with_first(count).iter().collect::<Vec<_>>();
        assert!([0, 1, 63, 64, 65, 128].iter().all(|count| first(*count) == (0..*count).collect::<Vec<_>>()));
        set.set(6, false);
        set.set(64, true);
        set.set(200, true);
        assert!(set.iter().all(|slot| slot != 6));
        assert!(set.iter().any(|slot| slot == 64) && set.iter().last() == Some(200));
    }
}
