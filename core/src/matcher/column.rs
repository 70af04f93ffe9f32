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

/// The number of an empty slot.
const NONE: u32 = u32::MAX;

impl Column {
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

    /// Gives a slot a value, or none; the old one is let go.
    pub(crate) fn put(&mut self, slot: usize, value: Option<Offered>) {
        if self.of_slot.len() <= slot {
            self.of_slot.resize(slot.saturating_add(1), NONE);
        }
        let number = value.map_or(NONE, |value| self.take(value));
        let old = self.of_slot.get_mut(slot).map(|present| std::mem::replace(present, number));
        if let Some(old) = old {
            self.release(old);
        }
    }

    fn take(&mut self, value: Offered) -> u32 {
        if let Some(number) = self.numbers.get(&value).copied() {
            if let Some(uses) = self.uses.get_mut(number as usize) {
                *uses = uses.saturating_add(1);
            }
            return number;
        }
        let value = Arc::new(value);
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
