use std::{collections::BTreeMap, sync::Arc};

use crate::criteria::OfferValue;

/// What the offers say of one criterion: each distinct value once, and which one each slot has.
#[derive(Clone, Debug, Default)]
pub(crate) struct Column {
    // INVARIANT: `numbers` holds exactly the values that some slot has; a number no slot has is in `unused`. `slots` has the
    // slots of each number, and `places` where each slot stands there.
    values: Vec<Option<Arc<OfferValue>>>,
    slots: Vec<Vec<u32>>,
    numbers: BTreeMap<Arc<OfferValue>, u32>,
    unused: Vec<u32>,
    of_slot: Vec<u32>,
    places: Vec<u32>,
}

/// The number of an empty slot.
const NONE: u32 = u32::MAX;

impl Column {
    /// A value for each slot.
    pub(crate) fn of<'a>(values: impl Iterator<Item = &'a OfferValue>) -> Self {
        let mut column = Self::default();
        for (slot, value) in values.enumerate() {
            column.put(slot, Some(value));
        }
        column
    }

    /// The distinct values by number; a number may be out of use.
    pub(crate) fn values(&self) -> impl ExactSizeIterator<Item = Option<&OfferValue>> {
        self.values.iter().map(Option::as_deref)
    }

    /// The number of each slot's value; one beyond all values where the slot is empty.
    pub(crate) fn numbers(&self) -> &[u32] {
        &self.of_slot
    }

    pub(crate) fn number(&self, slot: usize) -> Option<u32> {
        self.of_slot.get(slot).copied().filter(|number| *number != NONE)
    }

    pub(crate) fn value(&self, slot: usize) -> Option<&OfferValue> {
        self.values.get(self.number(slot)? as usize)?.as_deref()
    }

    /// The slots that have a value, in no order.
    pub(crate) fn slots_of(&self, number: usize) -> &[u32] {
        self.slots.get(number).map_or(&[], Vec::as_slice)
    }

    /// Gives a slot a value, or none; the old one is let go.
    pub(crate) fn put(&mut self, slot: usize, value: Option<&OfferValue>) {
        if self.of_slot.len() <= slot {
            self.of_slot.resize(slot.saturating_add(1), NONE);
            self.places.resize(slot.saturating_add(1), 0);
        }
        let old = self.number(slot);
        if old.is_some() && self.value(slot) == value {
            return;
        }
        if let Some(old) = old {
            self.leave(slot, old);
        }
        let number = value.map_or(NONE, |value| self.number_of(value));
        if let (Some(slots), Some(place)) = (self.slots.get_mut(number as usize), self.places.get_mut(slot)) {
            *place = u32::try_from(slots.len()).unwrap_or(u32::MAX);
            slots.push(u32::try_from(slot).unwrap_or(u32::MAX));
        }
        if let Some(present) = self.of_slot.get_mut(slot) {
            *present = number;
        }
    }

    fn number_of(&mut self, value: &OfferValue) -> u32 {
        if let Some(number) = self.numbers.get(value) {
            return *number;
        }
        let number = self.unused.pop().unwrap_or_else(|| {
            self.values.push(None);
            self.slots.push(Vec::new());
            u32::try_from(self.values.len().saturating_sub(1)).unwrap_or(u32::MAX)
        });
        let value = Arc::new(value.clone());
        if let Some(place) = self.values.get_mut(number as usize) {
            *place = Some(Arc::clone(&value));
        }
        self.numbers.insert(value, number);
        number
    }

    /// Takes a slot out of those of its value; the last of them goes to its place.
    fn leave(&mut self, slot: usize, number: u32) {
        let place = self.places.get(slot).map_or(0, |place| *place as usize);
        let Some(slots) = self.slots.get_mut(number as usize) else { return };
        if place < slots.len() {
            slots.swap_remove(place);
        }
        if let Some(moved) = slots.get(place).and_then(|moved| self.places.get_mut(*moved as usize)) {
            *moved = u32::try_from(place).unwrap_or(u32::MAX);
        }
        if slots.is_empty() {
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
        let places = |free| Some(OfferValue::Capacity(capacity::OfferValue::Open(free)));
        let mut column = Column::default();
        for slot in 0..10 {
            column.put(slot, places(3).as_ref());
        }
        assert_eq!(column.values().len(), 1);
        for free in 0..1_000 {
            column.put(0, places(free).as_ref());
        }
        assert!(column.values().len() <= 3, "{}", column.values().len());
        assert_eq!(column.value(0).cloned(), places(999));
        assert_eq!(column.value(1).cloned(), places(3));
        column.put(0, None);
        assert_eq!(column.value(0), None);
        let number = column.number(1).unwrap();
        let mut alike = column.slots_of(number as usize).to_vec();
        alike.sort_unstable();
        assert!(alike.into_iter().eq(1..10));
    }

    #[test]
    fn each_slot_stands_once_with_its_value_and_nowhere_else() {
        let mut random = 1_u64;
        let mut column = Column::default();
        for _ in 0..2_000 {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let slot = usize::try_from(random >> 60).unwrap();
            let free = u32::try_from(random >> 40 & 7).unwrap();
            let value = (free > 0).then_some(OfferValue::Capacity(capacity::OfferValue::Open(free)));
            column.put(slot, value.as_ref());
            assert_eq!(column.value(slot), value.as_ref());
            let numbers = 0..column.values().len();
            let stands: Vec<_> = numbers.flat_map(|n| column.slots_of(n).iter().map(move |slot| (*slot, n))).collect();
            assert!(stands.iter().all(|(slot, n)| column.number(*slot as usize) == u32::try_from(*n).ok()));
            let some = (0..16).filter(|slot| column.number(*slot).is_some()).count();
            assert_eq!(stands.len(), some);
        }
    }
}
