//! Residual capacities.

/// The places of a sink that are free: its capacity less what has been reserved.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Residual(u64);

impl Residual {
    /// The residual capacity of a sink without a limit; reserving places does not reduce it.
    pub(crate) const UNLIMITED: Self = Self(u64::MAX);

    /// Creates the residual capacity of an empty sink; `None` is unlimited.
    #[inline]
    pub(crate) fn new(capacity: Option<u64>) -> Self {
        capacity.map_or(Self::UNLIMITED, Self)
    }

    #[inline]
    pub(crate) fn is_limited(self) -> bool {
        self.0 != u64::MAX
    }

    /// Returns the number of free places, or `u64::MAX` if it is unlimited.
    #[inline]
    pub(crate) fn places(self) -> u64 {
        self.0
    }

    /// Returns `true` if `places` more places are free.
    #[inline]
    pub(crate) fn fits(self, places: u64) -> bool {
        self.0 >= places
    }

    /// Returns the number of places that are missing so that `places` fit; 0 if they fit.
    #[inline]
    pub(crate) fn shortage(self, places: u64) -> u64 {
        places.saturating_sub(self.0)
    }

    /// Reserves places; all of them if there are fewer.
    #[inline]
    pub(crate) fn reserve(&mut self, places: u64) {
        if self.is_limited() {
            self.0 = self.0.saturating_sub(places);
        }
    }

    /// Releases places that were reserved.
    #[inline]
    pub(crate) fn release(&mut self, places: u64) {
        if self.is_limited() {
            self.0 = self.0.saturating_add(places);
        }
    }

    /// Limits the residual capacity to `places`; an unlimited one stays unlimited.
    #[inline]
    pub(crate) fn at_most(self, places: u64) -> Self {
        if self.is_limited() { Self(self.0.min(places)) } else { self }
    }
}
