//! The store of offers: a slot for each offer, and a column of interned values for each criterion.

use std::sync::Arc;

use crate::{
    criteria::{Context, OfferValue, capacity},
    decode::path::{Path, Record},
    error::{Error, ErrorKind, ErrorSink, message},
    matcher::{
        column::Column,
        idx::{Slot, ValueIdx},
        lookup::{duplicate_id, duplicates},
        offer_values::{as_of_missing, depends_on_day, language_value, needs_as_of, offer_values},
    },
    model::{
        capacity::Capacity,
        criterion::{Criterion, PerCriterion},
        offer::Offer,
        policy::Policy,
    },
    util::{
        bitset::Bitset,
        date::Date,
        ordered_map::OrderedMap,
        parallel::{map, map_with_errors},
        shared_vec::SharedVec,
    },
    vocabulary::Vocabulary,
};

/// Offers under a policy and a vocabulary, indexed for ranking.
///
/// Changing one offer takes O(log n) and rebuilds nothing. Clones share everything large: a change copies the parts that it
/// changes if a clone has them too.
#[derive(Clone)]
pub(crate) struct Index {
    policy: Arc<Policy>,
    /// The vocabulary with the comprehension rows of the policy.
    vocabulary: Vocabulary,
    /// The vocabulary without them, for another policy.
    given_vocabulary: Vocabulary,
    as_of: Option<Date>,
    // INVARIANT: `slots_by_id` has the slot of each offer. `live` and all columns have exactly these slots; the others are in
    // `free_slots`.
    offers: SharedVec<Option<Arc<Offer>>>,
    slots_by_id: Arc<OrderedMap<Arc<str>, Slot>>,
    free_slots: Vec<Slot>,
    columns: PerCriterion<Arc<Column>>,
    live: Bitset,
}

/// A stored offer, as the assessment of a pair reads it.
pub(crate) struct StoredOffer<'i> {
    pub(crate) id: Arc<str>,
    pub(crate) values: PerCriterion<Option<&'i OfferValue>>,
}

impl Index {
    /// Builds an index of the offers without an error.
    pub(crate) fn new(
        errors: &mut ErrorSink,
        offers: impl IntoIterator<Item = Offer>,
        policy: Policy,
        vocabulary: Vocabulary,
        as_of: Option<Date>,
    ) -> Self {
        let given_vocabulary = vocabulary;
        let vocabulary = given_vocabulary.clone().with_comprehension_of(&policy, errors);
        let offers: Vec<Offer> = offers.into_iter().collect();
        let duplicates = duplicates(offers.iter().map(Offer::id));
        let context = Context { policy: &policy, vocabulary: &vocabulary };
        let root = Path::root(Record::Offer).with_suggestions(&vocabulary);
        let list = root.field("offers");
        let values = map_with_errors(errors, &offers, |errors, index, offer| {
            let path = list.item(index);
            let values = offer_values(errors, &path, offer, context, as_of);
            if duplicates.get(index) == Some(&true) {
                errors.push(duplicate_id(&path));
            }
            values
        });
        if as_of.is_none() && offers.iter().any(needs_as_of) {
            errors.push(as_of_missing());
        }
        let is_first = || duplicates.iter().map(|duplicate| !duplicate);
        let criteria: Vec<Criterion> = Criterion::all().collect();
        let mut columns = map(&criteria, |criterion| {
            let distinct = values.iter().zip(is_first()).filter(|(_, is_first)| *is_first);
            Arc::new(Column::new(distinct.map(|(values, _)| values.get(*criterion))))
        })
        .into_iter();
        let distinct = offers.into_iter().zip(is_first()).filter(|(_, is_first)| *is_first);
        let offers: SharedVec<Option<Arc<Offer>>> = distinct.map(|(offer, _)| Some(Arc::new(offer))).collect();
        let ids = offers.iter().flatten().map(|offer| Arc::clone(&offer.id));
        Self {
            slots_by_id: Arc::new(OrderedMap::from_iter(ids.zip((0..).map(Slot::new)))),
            free_slots: Vec::new(),
            columns: PerCriterion::from_fn(|_| columns.next().unwrap_or_default()),
            live: Bitset::with_first(offers.len()),
            offers,
            policy: Arc::new(policy),
            vocabulary,
            given_vocabulary,
            as_of,
        }
    }

    /// Returns an index of the same offers under another policy.
    ///
    /// Values that the policy has no part in are shared: all but capacities, if the days after which they are stale differ, and
    /// languages, if comprehension rows do.
    pub(crate) fn with_policy(&self, errors: &mut ErrorSink, policy: Policy) -> Self {
        let is_stale_equal = policy.capacity.stale_days == self.policy.capacity.stale_days;
        let are_rows_equal = policy.language.comprehension == self.policy.language.comprehension;
        let vocabulary = match are_rows_equal {
            true => self.vocabulary.clone(),
            false => self.given_vocabulary.clone().with_comprehension_of(&policy, errors),
        };
        let mut index = Self { policy: Arc::new(policy), vocabulary, ..self.clone() };
        if !is_stale_equal {
            let policy = &index.policy.capacity;
            let value = |offer: &Offer| capacity::OfferValue::new(offer.capacity, self.as_of, policy);
            let column = self.new_column(|offer| OfferValue::Capacity(value(offer)));
            *index.columns.get_mut(Criterion::Capacity) = Arc::new(column);
        }
        if !are_rows_equal {
            let root = Path::root(Record::Offer);
            let path = root.field("offer");
            let column =
                self.new_column(|offer| OfferValue::Language(language_value(errors, &path, offer, &index.vocabulary)));
            *index.columns.get_mut(Criterion::Language) = Arc::new(column);
        }
        index
    }

    /// Creates a column with the values of all offers.
    fn new_column(&self, mut value: impl FnMut(&Offer) -> OfferValue) -> Column {
        let mut column = Column::default();
        for (slot, offer) in (0..).map(Slot::new).zip(self.offers.iter()) {
            column.set(slot, offer.as_deref().map(&mut value).as_ref());
        }
        column
    }

    pub(crate) fn policy(&self) -> &Policy {
        &self.policy
    }

    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    pub(crate) fn as_of(&self) -> Option<Date> {
        self.as_of
    }

    pub(crate) fn context(&self) -> Context<'_> {
        Context { policy: &self.policy, vocabulary: &self.vocabulary }
    }

    /// Returns the slot of each offer, in the order of ids.
    pub(crate) fn slots_by_id(&self) -> &OrderedMap<Arc<str>, Slot> {
        &self.slots_by_id
    }

    /// Returns the slot of an offer.
    ///
    /// # Errors
    ///
    /// `offer.unknown_id` if no offer has this id.
    pub(crate) fn slot(&self, id: &str) -> Result<Slot, Error> {
        self.slots_by_id.get(id).copied().ok_or_else(unknown_id)
    }

    /// Returns the number of slots, free ones included.
    pub(crate) fn slot_count(&self) -> usize {
        self.offers.len()
    }

    /// Returns the slots that have an offer.
    pub(super) fn live(&self) -> &Bitset {
        &self.live
    }

    /// Returns the offer in a slot, or `None` if the slot is free.
    pub(crate) fn offer(&self, slot: Slot) -> Option<&Offer> {
        self.offers.get(slot.get())?.as_deref()
    }

    /// Returns the id of the offer in a slot; empty if the slot is free.
    pub(super) fn id(&self, slot: Slot) -> Arc<str> {
        self.offer(slot).map(|offer| Arc::clone(&offer.id)).unwrap_or_default()
    }

    pub(super) fn column(&self, criterion: Criterion) -> &Column {
        self.columns.get(criterion)
    }

    /// Returns the value of a slot for one criterion, or `None` if the slot is free.
    pub(crate) fn value(&self, criterion: Criterion, slot: Slot) -> Option<&OfferValue> {
        self.columns.get(criterion).value(slot)
    }

    /// Returns the index of the value of a slot for one criterion, or `None` if the slot is free. Equal values have equal indices.
    pub(crate) fn value_index(&self, criterion: Criterion, slot: Slot) -> Option<ValueIdx> {
        self.columns.get(criterion).value_index(slot)
    }

    pub(super) fn stored_offer(&self, slot: Slot) -> StoredOffer<'_> {
        StoredOffer { id: self.id(slot), values: PerCriterion::from_fn(|criterion| self.value(criterion, slot)) }
    }

    /// Adds an offer, or replaces the one with the same id.
    ///
    /// # Errors
    ///
    /// Every code that the vocabulary cannot resolve, and a missing `as_of`; the index is unchanged.
    pub(crate) fn update(&mut self, offer: Offer) -> Result<(), Error> {
        let mut errors = ErrorSink::default();
        let root = Path::root(Record::Offer).with_suggestions(&self.vocabulary);
        let values = offer_values(&mut errors, &root.field("offer"), &offer, self.context(), self.as_of);
        if self.as_of.is_none() && needs_as_of(&offer) {
            errors.push(as_of_missing());
        }
        let values = errors.into_result(values)?;
        let slot = match self.slots_by_id.get(&offer.id) {
            Some(slot) => *slot,
            None => {
                let slot = self.free_slots.pop().unwrap_or(Slot::new(self.offers.len()));
                Arc::make_mut(&mut self.slots_by_id).insert(Arc::clone(&offer.id), slot);
                self.live.set(slot.get(), true);
                slot
            }
        };
        for criterion in Criterion::all() {
            self.set_value(criterion, slot, Some(values.get(criterion)));
        }
        let offer = Some(Arc::new(offer));
        match self.offers.get_mut(slot.get()) {
            Some(stored) => *stored = offer,
            None => self.offers.push(offer),
        }
        Ok(())
    }

    /// Removes an offer and returns it.
    ///
    /// # Errors
    ///
    /// `offer.unknown_id` if no offer has this id.
    pub(crate) fn remove(&mut self, id: &str) -> Result<Offer, Error> {
        let slot = self.slot(id)?;
        Arc::make_mut(&mut self.slots_by_id).remove(id);
        self.live.set(slot.get(), false);
        for criterion in Criterion::all() {
            self.set_value(criterion, slot, None);
        }
        self.free_slots.push(slot);
        let removed = self.offers.get_mut(slot.get()).and_then(Option::take);
        removed.map(Arc::unwrap_or_clone).ok_or_else(unknown_id)
    }

    /// Sets the capacity of an offer.
    ///
    /// # Errors
    ///
    /// `offer.unknown_id` if no offer has this id, and a missing `as_of`; the index is unchanged.
    pub(crate) fn set_capacity(&mut self, id: &str, capacity: Capacity) -> Result<(), Error> {
        let slot = self.slot(id)?;
        if self.as_of.is_none() && depends_on_day(capacity) {
            return Err(Error::new(as_of_missing()));
        }
        if let Some(Some(offer)) = self.offers.get_mut(slot.get()) {
            Arc::make_mut(offer).capacity = Some(capacity);
        }
        let value = capacity::OfferValue::new(Some(capacity), self.as_of, &self.policy.capacity);
        self.set_value(Criterion::Capacity, slot, Some(&OfferValue::Capacity(value)));
        Ok(())
    }

    /// Sets the value of a slot for one criterion; `None` frees it. The column is copied if a clone shares it and the value is new.
    fn set_value(&mut self, criterion: Criterion, slot: Slot, value: Option<&OfferValue>) {
        let column = self.columns.get_mut(criterion);
        if value.is_none() || column.value(slot) != value {
            Arc::make_mut(column).set(slot, value);
        }
    }
}

fn unknown_id() -> Error {
    let root = Path::root(Record::Offer);
    Error::new(root.field("offer").error(ErrorKind::Unknown, "unknown_id", message!("unknown_offer")))
}
