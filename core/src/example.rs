//! An invented incident to try things on: an attack at a city festival that never was.
//!
//! Every organisation, every person and every way to call in it is made up.
//!
//! # Example: rank all of it
//!
//! ```
//! use lotse::{Matcher, example};
//! let needs = example::needs()?;
//! let matcher = Matcher::builder().offers(example::offers()?).as_of(example::AS_OF.parse()?).build()?;
//! let rankings = matcher.rank_all(&needs, 3)?;
//! assert_eq!(rankings.len(), needs.len());
//! # Ok::<(), lotse::Error>(())
//! ```

use crate::{
    error::{Error, Problems},
    need::Need,
    offer::Offer,
    read::{At, Record},
    tree::Tree,
};

/// The offers, as a JSON array.
pub const OFFERS: &str = include_str!("../data/incident/offers.json");
/// The needs, as a JSON array.
pub const NEEDS: &str = include_str!("../data/incident/needs.json");
/// The day on which the incident is looked at, two days after it.
pub const AS_OF: &str = "2026-11-23";

/// The offers.
///
/// # Errors
///
/// None that a test has not ruled out.
pub fn offers() -> Result<Vec<Offer>, Error> {
    let tree = Tree::from_json(OFFERS)?;
    let mut problems = Problems::default();
    let root = At::root(Record::Offer);
    let offers =
        problems.each(&root.field("offers"), &tree, |problems, at, tree| Some(Offer::read(problems, at, tree)));
    problems.or(offers)
}

/// The needs.
///
/// # Errors
///
/// None that a test has not ruled out.
pub fn needs() -> Result<Vec<Need>, Error> {
    let tree = Tree::from_json(NEEDS)?;
    let mut problems = Problems::default();
    let root = At::root(Record::Need);
    let needs = problems.each(&root.field("needs"), &tree, |problems, at, tree| Some(Need::read(problems, at, tree)));
    problems.or(needs)
}
