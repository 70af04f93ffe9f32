use crate::decode::string_enum::string_enum;

string_enum! {
    /// One respect in which an offer fits a need. This is also their order everywhere.
    ///
    /// # Example: ten, in a fixed order
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
        /// What was done, and in which setting.
        Crime = "crime",
        /// A language both sides speak.
        Language = "language",
        /// Where the offer serves, and how far it is.
        Region = "region",
        /// Free places.
        Capacity = "capacity",
        /// What the person has to do with the crime.
        Role = "role",
        /// Gender, where an offer is for some only.
        Gender = "gender",
        /// Age in years.
        Age = "age",
        /// How the help reaches the person.
        Format = "format",
        /// What a person needs to be able to use the offer.
        Access = "access",
    }
}

/// How many criteria there are.
pub(crate) const CRITERIA: usize = 10;

/// One value for each criterion.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct PerCriterion<T>([T; CRITERIA]);

impl<T> PerCriterion<T> {
    pub(crate) fn from_fn(mut make: impl FnMut(Criterion) -> T) -> Self {
        use Criterion::{Access, Age, Capacity, Crime, Format, Gender, Help, Language, Region, Role};
        Self([Help, Crime, Language, Region, Capacity, Role, Gender, Age, Format, Access].map(&mut make))
    }

    #[expect(clippy::indexing_slicing, reason = "a criterion is one of the ten by its type")]
    pub(crate) fn get(&self, criterion: Criterion) -> &T {
        &self.0[criterion as usize]
    }

    #[expect(clippy::indexing_slicing, reason = "a criterion is one of the ten by its type")]
    pub(crate) fn get_mut(&mut self, criterion: Criterion) -> &mut T {
        &mut self.0[criterion as usize]
    }

    /// In the order of criteria.
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
