use crate::decode::string_enum::string_enum;

string_enum! {
    /// A criterion by which an offer is assessed for a need. Results list criteria in this order.
    ///
    /// # Example: ten criteria in a fixed order
    ///
    /// ```
    /// use lotse::Criterion;
    /// assert_eq!(Criterion::all().len(), 10);
    /// assert_eq!(Criterion::all().next(), Some(Criterion::Help));
    /// assert_eq!("language".parse(), Ok(Criterion::Language));
    /// ```
    Criterion {
        /// The kind of help.
        Help = "help",
        /// The crime and its context.
        Crime = "crime",
        /// A language in common.
        Language = "language",
        /// The area that the offer serves, and the journey.
        Region = "region",
        /// The number of free places.
        Capacity = "capacity",
        /// The person's relation to the crime.
        Role = "role",
        /// The gender, if the offer restricts it.
        Gender = "gender",
        /// The age in years.
        Age = "age",
        /// The format in which help is delivered.
        Format = "format",
        /// The accessibility requirements of the person.
        Access = "access",
    }
}

/// The number of criteria.
pub(crate) const CRITERIA: usize = 10;

/// A map with one value for each criterion.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct PerCriterion<T>([T; CRITERIA]); // INVARIANT: `Criterion` has `CRITERIA` variants, numbered from 0

impl<T> PerCriterion<T> {
    pub(crate) fn from_fn(mut value: impl FnMut(Criterion) -> T) -> Self {
        use Criterion::{Access, Age, Capacity, Crime, Format, Gender, Help, Language, Region, Role};
        Self([Help, Crime, Language, Region, Capacity, Role, Gender, Age, Format, Access].map(&mut value))
    }

    #[expect(clippy::indexing_slicing, reason = "there are as many values as criteria")]
    pub(crate) fn get(&self, criterion: Criterion) -> &T {
        &self.0[criterion as usize]
    }

    #[expect(clippy::indexing_slicing, reason = "there are as many values as criteria")]
    pub(crate) fn get_mut(&mut self, criterion: Criterion) -> &mut T {
        &mut self.0[criterion as usize]
    }

    /// Returns the values in the order of criteria.
    pub(crate) fn as_array(&self) -> [T; CRITERIA]
    where
        T: Copy,
    {
        self.0
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Criterion, &T)> {
        Criterion::all().zip(&self.0)
    }
}
