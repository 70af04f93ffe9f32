//! An invented incident to try things on: every organisation, every person and every place to call is made up.

/// The offers, as a JSON array.
pub const OFFERS: &str = include_str!("../data/incident/offers.json");
/// The needs, as a JSON array.
pub const NEEDS: &str = include_str!("../data/incident/needs.json");
/// The day on which it is looked at.
pub const AS_OF: &str = "2026-11-23";
