//! The solver's problem and solution behind an allocation, with the link of each need to them.

use crate::{
    allocate::index::{IndexVec, NeedIdx, OfferIdx, SupplyIdx},
    solver::problem::{Problem, Solution},
};

/// The solver's problem and solution behind an allocation.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Proof {
    pub(crate) problem: Problem,
    pub(crate) solution: Solution,
    pub(crate) links: IndexVec<NeedIdx, NeedLink>,
}

/// The relation of one need to the solver's problem.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct NeedLink {
    /// The supply that contains the need, or `None` if its places are counted and therefore outside the problem.
    pub(crate) supply: Option<SupplyIdx>,
    /// The offer of its previous referral.
    pub(crate) previous: Option<OfferIdx>,
    /// The weight of one person of its priority.
    pub(crate) priority_weight: u32,
}
