//! Typed indices, so that the compiler separates index spaces.
//!
//! An index has 32 bits, because ranking is bound by memory: the columns that it reads have half the size of those with `usize`.

macro_rules! index_types {
    ($($(#[$doc:meta])+ $name:ident),+ $(,)?) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
        pub(crate) struct $name(u32);

        impl $name {
            #[inline]
            pub(crate) fn new(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            #[inline]
            pub(crate) fn get(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

index_types! {
    /// The position of an offer in the [`Index`](crate::matcher::index::Index).
    Slot,
    /// The position of a distinct value in a [`Column`](crate::matcher::column::Column).
    ValueIdx,
    /// The position of a distinct requirement in [`InternedProfiles`](crate::matcher::intern::InternedProfiles).
    RequirementIdx,
    /// The position of a distinct profile in [`InternedProfiles`](crate::matcher::intern::InternedProfiles).
    ProfileIdx,
    /// The position of a table in [`MemoTables`](crate::matcher::memo::MemoTables).
    TableIdx,
    /// The position of a finding in a list that assessments share.
    FindingIdx,
}

impl ValueIdx {
    /// The index of no value, in the entry of a free slot.
    pub(crate) const NONE: Self = Self(u32::MAX);
}

impl TableIdx {
    /// The index of no table, for a requirement without one.
    pub(crate) const NONE: Self = Self(u32::MAX);
}

impl FindingIdx {
    /// The index of no finding, for one that does not exist yet.
    pub(crate) const NONE: Self = Self(u32::MAX);
}
