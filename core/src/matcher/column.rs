//! A column: the values of all offers for one criterion, interned.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    criteria::OfferValue,
    matcher::idx::{Slot, ValueIdx},
};

/// The distinct values of one criterion, and the value of each slot.
///
/// Interning is what makes ranking fast: an outcome is computed once for each distinct value, not for each offer. Setting the
/// value of a slot takes O(log d) for d distinct values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Column {
    // INVARIANT: a value is `Some` if some slot has it; otherwise its index is in `unused`. `index_of_value` has the index of
    // each value that is `Some`. `slots_of_value` has the slots of each value, without order, and `position_of_slot` the position
    // of each slot there.
    values: Vec<Option<Arc<OfferValue>>>,
    slots_of_value: Vec<Vec<Slot>>,
    index_of_value: BTreeMap<Arc<OfferValue>, ValueIdx>,
    unused: Vec<ValueIdx>,
    value_of_slot: Vec<ValueIdx>,
    position_of_slot: Vec<u32>,
}

impl Column {
    /// Creates a column with a value for each of the first slots.
    pub(crate) fn new<'a>(values: impl Iterator<Item = &'a OfferValue>) -> Self {
        let mut column = Self::default();
        for (slot, value) in values.enumerate() {
            let index = column.intern(value);
            let Some(slots) = column.slots_of_value.get_mut(index.get()) else { continue };
            column.value_of_slot.push(index);
            column.position_of_slot.push(u32::try_from(slots.len()).unwrap_or(u32::MAX));
            slots.push(Slot::new(slot));
        }
        column
    }

    /// Returns the distinct values by index; `None` for an unused index.
    pub(crate) fn values(&self) -> impl ExactSizeIterator<Item = Option<&OfferValue>> {
        self.values.iter().map(Option::as_deref)
    }

    /// Returns the index of each slot's value; [`ValueIdx::NONE`] for a free slot.
    pub(crate) fn value_indices(&self) -> &[ValueIdx] {
        &self.value_of_slot
    }

    /// Returns the index of the value of a slot, or `None` if the slot is free.
    pub(crate) fn value_index(&self, slot: Slot) -> Option<ValueIdx> {
        self.value_of_slot.get(slot.get()).copied().filter(|value| *value != ValueIdx::NONE)
    }

    /// Returns the value of a slot, or `None` if the slot is free.
    pub(crate) fn value(&self, slot: Slot) -> Option<&OfferValue> {
        self.values.get(self.value_index(slot)?.get())?.as_deref()
    }

    /// Returns the slots that have a value, without order.
    pub(crate) fn slots_of(&self, value: ValueIdx) -> &[Slot] {
        self.slots_of_value.get(value.get()).map_or(&[], Vec::as_slice)
    }

    /// Sets the value of a slot; `None` frees it. The previous value is dropped if no other slot has it.
    pub(crate) fn set(&mut self, slot: Slot, value: Option<&OfferValue>) {
        if self.value_of_slot.len() <= slot.get() {
            self.value_of_slot.resize(slot.get().saturating_add(1), ValueIdx::NONE);
            self.position_of_slot.resize(slot.get().saturating_add(1), 0);
        }
        let previous = self.value_index(slot);
        if previous.is_some() && self.value(slot) == value {
            return;
        }
        if let Some(previous) = previous {
            self.unlink(slot, previous);
        }
        let index = value.map_or(ValueIdx::NONE, |value| self.intern(value));
        let slots = self.slots_of_value.get_mut(index.get());
        if let (Some(slots), Some(position)) = (slots, self.position_of_slot.get_mut(slot.get())) {
            *position = u32::try_from(slots.len()).unwrap_or(u32::MAX);
            slots.push(slot);
        }
        if let Some(value_of_slot) = self.value_of_slot.get_mut(slot.get()) {
            *value_of_slot = index;
        }
    }

    fn intern(&mut self, value: &OfferValue) -> ValueIdx {
        if let Some(index) = self.index_of_value.get(value) {
            return *index;
        }
        let index = self.unused.pop().unwrap_or_else(|| {
            self.values.push(None);
            self.slots_of_value.push(Vec::new());
            ValueIdx::new(self.values.len().saturating_sub(1))
        });
        let value = Arc::new(value.clone());
        if let Some(entry) = self.values.get_mut(index.get()) {
            *entry = Some(Arc::clone(&value));
        }
        self.index_of_value.insert(value, index);
        index
    }

    /// Removes a slot from the slots of its value; the last of them takes its position.
    fn unlink(&mut self, slot: Slot, value: ValueIdx) {
        let position = self.position_of_slot.get(slot.get()).map_or(0, |position| *position as usize);
        let Some(slots) = self.slots_of_value.get_mut(value.get()) else { return };
        if position < slots.len() {
            slots.swap_remove(position);
        }
        if let Some(moved) = slots.get(position).and_then(|moved| self.position_of_slot.get_mut(moved.get())) {
            *moved = u32::try_from(position).unwrap_or(u32::MAX);
        }
        if slots.is_empty() {
            if let Some(dropped) = self.values.get_mut(value.get()).and_then(Option::take) {
                self.index_of_value.remove(&dropped);
                self.unused.push(value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criteria::capacity;

    fn places(free: u32) -> OfferValue {
        OfferValue::Capacity(capacity::OfferValue::Open(free))
    }

    #[test]
    fn values_are_shared_and_dropped() {
        let mut column = Column::default();
        for slot in 0..10 {
            column.set(Slot::new(slot), Some(&places(3)));
        }
        assert_eq!(column.values().len(), 1);
        let (first, second) = (Slot::new(0), Slot::new(1));
        for free in 0..1_000 {
            column.set(first, Some(&places(free)));
        }
        assert!(column.values().len() <= 3, "{}", column.values().len());
        assert_eq!(column.value(first), Some(&places(999)));
        assert_eq!(column.value(second), Some(&places(3)));
        column.set(first, None);
        assert_eq!(column.value(first), None);
        let mut equal = column.slots_of(column.value_index(second).unwrap()).to_vec();
        equal.sort_unstable();
        assert!(equal.into_iter().eq((1..10).map(Slot::new)));
    }

    #[test]
    fn each_slot_is_listed_once_with_its_value_only() {
        let mut random = 1_u64;
        let mut column = Column::default();
        for _ in 0..2_000 {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let slot = Slot::new(usize::try_from(random >> 60).unwrap());
            let free = u32::try_from(random >> 40 & 7).unwrap();
            let value = (free > 0).then_some(places(free));
            column.set(slot, value.as_ref());
            assert_eq!(column.value(slot), value.as_ref());
            let values = (0..column.values().len()).map(ValueIdx::new);
            let listed: Vec<_> =
                values.flat_map(|value| column.slots_of(value).iter().map(move |slot| (*slot, value))).collect();
            assert!(listed.iter().all(|(slot, value)| column.value_index(*slot) == Some(*value)));
            let used = (0..16).map(Slot::new).filter(|slot| column.value_index(*slot).is_some()).count();
            assert_eq!(listed.len(), used);
        }
    }
}
