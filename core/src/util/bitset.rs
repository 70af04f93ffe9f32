/// A set of slots, as one bit for each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bitset {
    words: Vec<u64>,
}

impl Bitset {
    /// Creates a set with capacity for `len` slots, each of which is in it if `contained`.
    ///
    /// Slots are stored in words of 64: those that fill up the last word are like the others.
    pub(crate) fn new(len: usize, contained: bool) -> Self {
        Self { words: vec![if contained { u64::MAX } else { 0 }; len.div_ceil(64)] }
    }

    /// Creates the set of the first `count` slots.
    pub(crate) fn with_first(count: usize) -> Self {
        let mut set = Self::new(count, true);
        for slot in count..set.words.len().saturating_mul(64) {
            set.set(slot, false);
        }
        set
    }

    /// Puts a slot into the set or removes it; the set grows if necessary.
    #[inline]
    pub(crate) fn set(&mut self, slot: usize, contained: bool) {
        if self.words.len() <= slot / 64 {
            self.words.resize((slot / 64).saturating_add(1), 0);
        }
        let bit = 1_u64.rotate_left(u32::try_from(slot % 64).unwrap_or(0));
        if let Some(word) = self.words.get_mut(slot / 64) {
            *word = if contained { *word | bit } else { *word & !bit };
        }
    }

    /// Returns `true` if a slot is in the set.
    #[inline]
    pub(crate) fn contains(&self, slot: usize) -> bool {
        let bit = u32::try_from(slot % 64).unwrap_or(0);
        self.words.get(slot / 64).is_some_and(|word| word.rotate_right(bit) & 1 == 1)
    }

    /// Removes all slots that are not in `other`.
    pub(crate) fn intersect_with(&mut self, other: &Self) {
        self.words.truncate(other.words.len());
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            *a &= b;
        }
    }

    /// Sets the value of each slot that is not in the set to 0.
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

    /// Returns the number of slots in the set.
    pub(crate) fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Returns the slots in the set, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(index, word)| {
            // The word, and what remains of it as its lowest bit is cleared again and again.
            let remainders = std::iter::successors((*word != 0).then_some(*word), |word| {
                let rest = word & word.wrapping_sub(1);
                (rest != 0).then_some(rest)
            });
            let first = index.saturating_mul(64);
            remainders.map(move |word| first.saturating_add(word.trailing_zeros() as usize))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Bitset;

    fn set_of(len: usize, contains: fn(&usize) -> bool) -> Bitset {
        let (mut from_empty, mut from_full) = (Bitset::new(len, false), Bitset::new(len, true));
        for slot in 0..len {
            from_empty.set(slot, contains(&slot));
            from_full.set(slot, contains(&slot));
        }
        assert!(from_empty.iter().eq(from_full.iter().filter(|slot| *slot < len)));
        from_empty
    }

    #[test]
    fn slots_are_iterated_in_ascending_order() {
        let mut set = set_of(130, |slot| slot % 3 == 0);
        assert_eq!(set.iter().collect::<Vec<_>>(), (0..130).filter(|slot| slot % 3 == 0).collect::<Vec<_>>());
        set.intersect_with(&set_of(100, |slot| slot % 2 == 0));
        assert_eq!(set.iter().collect::<Vec<_>>(), (0..100).filter(|slot| slot % 6 == 0).collect::<Vec<_>>());
        assert_eq!(set.count(), 17);
        let first = |count| Bitset::with_first(count).iter().collect::<Vec<_>>();
        assert!([0, 1, 63, 64, 65, 128].iter().all(|count| first(*count) == (0..*count).collect::<Vec<_>>()));
        set.set(6, false);
        set.set(64, true);
        set.set(200, true);
        assert!(set.iter().all(|slot| slot != 6));
        assert!(set.iter().any(|slot| slot == 64) && set.iter().last() == Some(200));
    }

    #[test]
    fn a_mask_keeps_the_values_of_slots_in_the_set() {
        let mut values = [7; 130];
        set_of(100, |slot| slot % 6 == 0).mask(&mut values);
        let kept = |slot| slot < 100 && slot % 6 == 0;
        assert!(values.iter().enumerate().all(|(slot, value)| *value == if kept(slot) { 7 } else { 0 }));
    }
}
