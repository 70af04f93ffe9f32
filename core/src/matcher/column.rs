use std::{collections::BTreeMap, sync::Arc};

use crate::criteria::Offered;

/// What the offers say of one criterion: each distinct value once, and which one each slot has.
#[derive(Clone, Debug, Default)]
pub(crate) struct Column {
    // INVARIANT: `numbers` holds exactly the values that some slot has; a number no slot has is in `unused`.
    values: Vec<Option<Arc<Offered>>>,
    uses: Vec<u32>,
    numbers: BTreeMap<Arc<Offered>, u32>,
    unused: Vec<u32>,
    of_slot: Vec<u32>,
}

/// The slots of a column by the numbers of their values.
#[derive(Debug)]
pub(crate) struct Slots {
    /// Where those of each number begin, and where the last ones end.
    starts: Vec<u32>,
    slots: Vec<u32>,
    end: usize,
}

impl Slots {
    pub(crate) fn of(&self, number: usize) -> &[u32] {
        let start = self.starts.get(number).map_or(0, |start| *start as usize);
        let end = self.starts.get(number.saturating_add(1)).map_or(0, |end| *end as usize);
        self.slots.get(start..end).unwrap_or_default()
    }

    /// One more than the last slot, whether it has a value or not.
    pub(crate) fn end(&self) -> usize {
        self.end
    }
}

/// The number of an empty slot.
const NONE: u32 = u32::MAX;

impl Column {
    /// A value for each slot.
    pub(crate) fn of<'a>(values: impl Iterator<Item = &'a Offered>) -> Self {
        let mut column = Self::default();
        for value in values {
            let number = column.take(value);
            column.of_slot.push(number);
        }
        column
    }

    /// The distinct values by number; a number may be out of use.
    pub(crate) fn values(&self) -> impl ExactSizeIterator<Item = Option<&Offered>> {
        self.values.iter().map(Option::as_deref)
    }

    /// The number of each slot's value; one beyond all values where the slot is empty.
    pub(crate) fn numbers(&self) -> &[u32] {
        &self.of_slot
    }

    pub(crate) fn number(&self, slot: usize) -> Option<u32> {
        self.of_slot.get(slot).copied().filter(|number| *number != NONE)
    }

    pub(crate) fn value(&self, slot: usize) -> Option<&Offered> {
        self.values.get(self.number(slot)? as usize)?.as_deref()
    }

    /// The slots of each value.
    pub(crate) fn slots(&self) -> Slots {
        let mut starts = vec![0_u32; self.values.len().saturating_add(1)];
        let mut total = 0_u32;
        for (start, uses) in starts.iter_mut().skip(1).zip(&self.uses) {
            total = total.saturating_add(*uses);
            *start = total;
        }
        let mut slots = vec![0; total as usize];
        let mut next = starts.clone();
        for (slot, number) in (0_u32..).zip(&self.of_slot) {
            if let Some(next) = next.get_mut(*number as usize) {
                if let Some(place) = slots.get_mut(*next as usize) {
                    *place = slot;
                }
                *next = next.saturating_add(1);
            }
        }
        Slots { starts, slots, end: self.of_slot.len() }
    }

    /// Gives a slot a value, or none; the old one is let go.
    pub(crate) fn put(&mut self, slot: usize, value: Option<Offered>) {
        if self.of_slot.len() <= slot {
            self.of_slot.resize(slot.saturating_add(1), NONE);
        }
        let number = value.map_or(NONE, |value| self.take(&value));
        let old = self.of_slot.get_mut(slot).map(|present| std::mem::replace(present, number));
        if let Some(old) = old {
            self.release(old);
        }
    }

    fn take(&mut self, value: &Offered) -> u32 {
        if let Some(number) = self.numbers.get(value).copied() {
            if let Some(uses) = self.uses.get_mut(number as usize) {
                *uses = uses.saturating_add(1);
            }
            return number;
        }
        let value = Arc::new(value.clone());
        let number = self.unused.pop().unwrap_or_else(|| {
            self.values.push(None);
            self.uses.push(0);
            u32::try_from(self.values.len().saturating_sub(1)).unwrap_or(u32::MAX)
        });
        if let (Some(place), Some(uses)) = (self.values.get_mut(number as usize), self.uses.get_mut(number as usize)) {
            *place = Some(Arc::clone(&value));
            *uses = 1;
        }
        self.numbers.insert(value, number);
        number
    }

    fn release(&mut self, number: u32) {
        let Some(uses) = self.uses.get_mut(number as usize) else { return };
        *uses = uses.saturating_sub(1);
        if *uses == 0 {
            if let Some(value) = self.values.get_mut(number as usize).and_then(Option::take) {
                self.numbers.remove(&value);
                self.unused.push(number);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::capacity;

    #[test]
    fn values_are_shared_and_let_go() {
        let places = |free| Some(Offered::Capacity(capacity::Offered::Open(free)));
        let mut column = Column::default();
        for slot in 0..10 {
            column.put(slot, places(3));
        }
        assert_eq!(column.values().len(), 1);
        for free in 0..1_000 {
            column.put(0, places(free));
        }
        assert!(column.values().len() <= 3, "{}", column.values().len());
        assert_eq!(column.value(0).cloned(), places(999));
        assert_eq!(column.value(1).cloned(), places(3));
        column.put(0, None);
        assert_eq!(column.value(0), None);
    }
}
