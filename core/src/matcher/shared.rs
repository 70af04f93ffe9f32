//! A matcher that threads share: readers get a read-only copy, an update replaces it.

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::{error::Error, matcher::Matcher};

/// A [`Matcher`] that a service shares among threads: readers take read-only copies while updates go on.
///
/// - [`read`](Self::read) returns the current matcher. It never changes, however long the reader keeps it, and costs the increment of
///   a counter.
/// - [`update`](Self::update) changes a copy and publishes it as a whole, if no error occurs. Updates come one after another; readers
///   never wait for one.
///
/// An update copies what it touches of a matcher: some microseconds for a capacity, a fraction of a millisecond for an offer among
/// 20 000. Many changes at a time are one update, which copies everything once.
///
/// # Example: readers, and an update of a capacity
///
/// ```
/// use std::thread;
/// use lotse::{Capacity, Matcher, Need, Offer, SharedMatcher};
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").capacity(1).build()?]).build()?;
/// let shared = SharedMatcher::new(matcher);
/// let need = Need::builder("n-1").build()?;
///
/// let before = shared.read();
/// thread::scope(|scope| {
///     for _ in 0..4 {
///         // Each reader sees the place or not, but never half an update.
///         scope.spawn(|| assert!(shared.read().rank(&need, 5).is_ok_and(|ranking| ranking.matches().len() <= 1)));
///     }
///     scope.spawn(|| shared.update(|matcher| matcher.set_capacity("o-1", Capacity::open(0))))
///         .join()
///         .expect("an update does not panic")
/// })?;
/// assert!(shared.read().rank(&need, 5)?.matches().is_empty());
/// // A copy that was taken before the update still has the place.
/// assert_eq!(before.rank(&need, 5)?.matches().len(), 1);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Debug)]
pub struct SharedMatcher {
    // INVARIANT: locked only to clone or to replace the pointer, so that neither readers nor a publication ever wait for work.
    current: RwLock<Arc<Matcher>>,
    /// Locked during an update, so that none is lost.
    updating: Mutex<()>,
}

impl SharedMatcher {
    /// Shares a matcher.
    ///
    /// # Example: in a static or an `Arc`
    ///
    /// ```
    /// use std::sync::Arc;
    /// use lotse::{Matcher, SharedMatcher};
    /// let shared = Arc::new(SharedMatcher::new(Matcher::builder().build()?));
    /// assert_eq!(shared.read().offers().count(), 0);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn new(matcher: impl Into<Arc<Matcher>>) -> Self {
        Self { current: RwLock::new(matcher.into()), updating: Mutex::new(()) }
    }

    /// Returns the current matcher, which no later update changes.
    pub fn read(&self) -> Arc<Matcher> {
        // A lock that a panic has poisoned is sound: the pointer in it is always that of a whole matcher.
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes a copy of the current matcher, and publishes it if `change` succeeds. Readers have the old matcher until then.
    ///
    /// `change` must not call `update` of the same matcher, which would wait for itself. If it panics, nothing is published, and later
    /// updates work.
    ///
    /// # Errors
    ///
    /// That of `change`; the matcher is unchanged.
    ///
    /// # Example: all changes or none
    ///
    /// ```
    /// use lotse::{Capacity, Matcher, Offer, SharedMatcher};
    /// let shared = SharedMatcher::new(Matcher::builder().offers([Offer::builder("o-1").build()?]).build()?);
    /// let error = shared.update(|matcher| {
    ///     matcher.set_capacity("o-1", Capacity::open(3))?;
    ///     matcher.set_capacity("o-9", Capacity::open(2))
    /// });
    /// assert_eq!(error.unwrap_err().code(), "offer.unknown_id");
    /// assert_eq!(shared.read().offer("o-1").and_then(|offer| offer.capacity()), None);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    ///
    /// # Example: a new list of offers
    ///
    /// ```
    /// use lotse::{Matcher, Offer, SharedMatcher};
    /// let shared = SharedMatcher::new(Matcher::builder().build()?);
    /// // Built before the update, so that others can go on meanwhile.
    /// let new = Matcher::builder().offers([Offer::builder("o-1").build()?]).build()?;
    /// shared.update(|matcher| {
    ///     *matcher = new;
    ///     Ok(())
    /// })?;
    /// assert_eq!(shared.read().offers().count(), 1);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn update<T>(&self, change: impl FnOnce(&mut Matcher) -> Result<T, Error>) -> Result<T, Error> {
        let _updating = self.updating.lock().unwrap_or_else(PoisonError::into_inner);
        let mut matcher = Matcher::clone(&self.read());
        let result = change(&mut matcher)?;
        let new = Arc::new(matcher);
        let previous = {
            let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *current, new)
        };
        // After the lock is released, because what no reader shares is freed here.
        drop(previous);
        Ok(result)
    }
}

impl From<Matcher> for SharedMatcher {
    fn from(matcher: Matcher) -> Self {
        Self::new(matcher)
    }
}

#[cfg(test)]
mod tests {
    use std::{
        panic::{AssertUnwindSafe, catch_unwind},
        thread,
    };

    use super::SharedMatcher;
    use crate::{
        matcher::Matcher,
        model::{capacity::Capacity, need::Need, offer::Offer},
    };

    fn shared(count: usize) -> SharedMatcher {
        let offers = (0..count).map(|number| Offer::builder(format!("o-{number}")).capacity(1).build().unwrap());
        SharedMatcher::new(Matcher::builder().offers(offers).build().unwrap())
    }

    fn free(matcher: &Matcher) -> Vec<Option<u32>> {
        matcher.offers().map(|offer| offer.capacity().and_then(|capacity| capacity.free())).collect()
    }

    #[test]
    fn readers_see_whole_updates_only_and_none_is_lost() {
        let shared = shared(2);
        let need = Need::builder("n-1").build().unwrap();
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    for _ in 0..100 {
                        let add = |matcher: &mut Matcher| {
                            let next = free(matcher)[0].unwrap() + 1;
                            matcher.set_capacity("o-0", Capacity::open(next))?;
                            matcher.set_capacity("o-1", Capacity::open(next))
                        };
                        shared.update(add).unwrap();
                    }
                });
            }
            for _ in 0..100 {
                let matcher = shared.read();
                let free = free(&matcher);
                assert_eq!(free[0], free[1]);
                assert_eq!(matcher.rank(&need, 5).unwrap().matches().len(), 2);
            }
        });
        assert_eq!(free(&shared.read()), [Some(201), Some(201)]);
    }

    #[test]
    fn a_failed_update_or_one_that_panics_changes_nothing() {
        let shared = shared(1);
        let before = shared.read();
        let result = shared.update(|matcher| {
            matcher.remove("o-0")?;
            matcher.remove("o-0")
        });
        assert_eq!(result.unwrap_err().code(), "offer.unknown_id");
        let panics = AssertUnwindSafe(|| {
            shared.update::<()>(|matcher| {
                matcher.remove("o-0")?;
                panic!("in the middle of an update")
            })
        });
        assert!(catch_unwind(panics).is_err());
        assert!(std::sync::Arc::ptr_eq(&before, &shared.read()));
        shared.update(|matcher| matcher.set_capacity("o-0", Capacity::open(7))).unwrap();
        assert_eq!((free(&before), free(&shared.read())), (vec![Some(1)], vec![Some(7)]));
    }
}
