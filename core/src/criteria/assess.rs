//! The interface of a criterion, and the outcome of assessing it.

use crate::{
    model::{policy::Policy, reason::Reason},
    util::fixed::Fit,
    vocabulary::Vocabulary,
};

/// A criterion: pure functions of a value of the need and a value of the offer.
///
/// Values are canonical (lists are sorted and without duplicates), so that equal values are assessed once and the order of the
/// input has no effect.
pub(crate) trait Assess {
    /// The value that a need states.
    type NeedValue;
    /// The value of an offer; an offer that states nothing has a value too.
    type OfferValue;
    /// The variant of an outcome, from which [`reason`](Self::reason) is made together with the two values.
    type Cause: Copy;

    /// Assesses the offer's value against the need's.
    fn assess(context: Context<'_>, need: &Self::NeedValue, offer: &Self::OfferValue) -> Outcome<Self::Cause>;

    /// Returns the code and the facts of an outcome of [`assess`](Self::assess) for the same values.
    fn reason(context: Context<'_>, need: &Self::NeedValue, offer: &Self::OfferValue, cause: Self::Cause) -> Reason;

    /// Returns what the offer restricts, or `None`. If the need states nothing, a restriction must be checked.
    fn restriction(_offer: &Self::OfferValue) -> Option<Reason> {
        None
    }

    /// Returns the smallest change after which the rule no longer excludes the offer, or `None` if there is none.
    ///
    /// An implementation changes one of the values in one respect and returns the change only if `passes` confirms it.
    /// `outcome` is the outcome of [`assess`](Self::assess) for the unchanged values.
    fn required_change(
        context: Context<'_>,
        need: &Self::NeedValue,
        offer: &Self::OfferValue,
        outcome: Outcome<Self::Cause>,
        passes: impl Fn(&Self::NeedValue, &Self::OfferValue) -> bool,
    ) -> Option<Reason>;
}

/// The environment of an assessment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) vocabulary: &'a Vocabulary,
}

impl Context<'_> {
    /// Returns the outcome of an unknown fit, which counts as the policy's `unknown_fit`.
    pub(crate) fn unknown<C>(self, cause: C) -> Outcome<C> {
        Outcome::unknown(self.policy.unknown_fit.0, cause)
    }
}

/// The outcome of one criterion, before its rule is applied.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Outcome<C> {
    /// The fit that counts.
    pub(crate) fit: Fit,
    /// `false` if the fit is unknown and `fit` is a value of the policy.
    pub(crate) known: bool,
    /// `true` if a person should check the criterion.
    pub(crate) to_check: bool,
    pub(crate) cause: C,
}

impl<C> Outcome<C> {
    pub(crate) fn known(fit: Fit, cause: C) -> Self {
        Self { fit, known: true, to_check: false, cause }
    }

    /// Creates an outcome whose fit is known, but uncertain enough to be checked.
    pub(crate) fn to_check(fit: Fit, cause: C) -> Self {
        Self { fit, known: true, to_check: true, cause }
    }

    pub(crate) fn unknown(fit: Fit, cause: C) -> Self {
        Self { fit, known: false, to_check: true, cause }
    }

    pub(crate) fn without_cause(self) -> Outcome<()> {
        Outcome { fit: self.fit, known: self.known, to_check: self.to_check, cause: () }
    }

    /// Returns the outcome with the higher fit, or `self` if both are equal.
    pub(crate) fn better(self, other: Self) -> Self {
        if other.fit > self.fit { other } else { self }
    }
}
