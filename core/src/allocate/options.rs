use crate::{model::enums::MoveMode, util::fixed::Score};

/// How needs are given to offers.
///
/// # Example: keep what people agreed, change little else
///
/// ```
/// use lotse::{AllocateOptions, FixedReferral, MoveMode};
/// let options = AllocateOptions::new()
///     .fixed([FixedReferral::new("n-1", "o-2")])
///     .previous([("n-7", "o-1")])
///     .moves(MoveMode::Few);
/// # let _ = options;
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct AllocateOptions {
    pub(crate) fixed: Vec<FixedReferral>,
    pub(crate) previous: Vec<(String, String)>,
    pub(crate) moves: MoveMode,
    pub(crate) min_score: Score,
    pub(crate) neighbour_serves: bool,
}

/// A referral that people agreed on: it stays, even if it breaks rules.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FixedReferral {
    pub(crate) need: String,
    pub(crate) offer: String,
    pub(crate) counted: bool,
}

impl FixedReferral {
    /// This need goes to this offer.
    pub fn new(need: impl Into<String>, offer: impl Into<String>) -> Self {
        Self { need: need.into(), offer: offer.into(), counted: false }
    }

    /// The same; its place is already taken off the offer's free places.
    pub fn counted(self) -> Self {
        Self { counted: true, ..self }
    }
}

impl Default for AllocateOptions {
    fn default() -> Self {
        Self {
            fixed: Vec::new(),
            previous: Vec::new(),
            moves: MoveMode::Few,
            min_score: Score::ZERO,
            neighbour_serves: true,
        }
    }
}

impl AllocateOptions {
    /// Nothing fixed, nothing earlier, every score, neighbouring Kreise too.
    pub fn new() -> Self {
        Self::default()
    }

    /// More referrals that stay.
    pub fn fixed(mut self, fixed: impl IntoIterator<Item = FixedReferral>) -> Self {
        self.fixed.extend(fixed);
        self
    }

    /// More referrals of an earlier plan: ids of a need and an offer. Ids that are gone are ignored.
    pub fn previous<N: Into<String>, O: Into<String>>(mut self, previous: impl IntoIterator<Item = (N, O)>) -> Self {
        self.previous.extend(previous.into_iter().map(|(need, offer)| (need.into(), offer.into())));
        self
    }

    /// What may be done with the earlier referrals.
    pub fn moves(self, moves: MoveMode) -> Self {
        Self { moves, ..self }
    }

    /// The least score of a new referral.
    pub fn min_score(self, min_score: Score) -> Self {
        Self { min_score, ..self }
    }

    /// Whether an offer may serve a need of the neighbouring Kreis, or of another Gemeinde of its own.
    pub fn neighbour_serves(self, neighbour_serves: bool) -> Self {
        Self { neighbour_serves, ..self }
    }
}
