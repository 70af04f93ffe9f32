//! An invented incident, for examples and tests: an attack at a city festival.
//!
//! Every organisation, person and contact in it is fictitious.
//!
//! # Example: rank all needs
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
    error::Error,
    model::{need::Need, offer::Offer},
};

/// The offers of the incident, as a JSON array.
///
/// # Example: search the text
///
/// ```
/// assert!(lotse::example::OFFERS.contains("(fiktiv)"));
/// ```
pub const OFFERS: &str = include_str!("../data/incident/offers.json");
/// The needs of the incident, as a JSON array.
///
/// # Example: search the text
///
/// ```
/// assert!(lotse::example::NEEDS.contains(r#""priority": "stat""#));
/// ```
pub const NEEDS: &str = include_str!("../data/incident/needs.json");
/// The day as of which the capacities are meant, two days after the attack.
///
/// # Example: parse the day
///
/// ```
/// let day: lotse::Date = lotse::example::AS_OF.parse()?;
/// assert_eq!(day.to_string(), "2026-11-23");
/// # Ok::<(), lotse::Error>(())
/// ```
pub const AS_OF: &str = "2026-11-23";

/// Returns the offers of the incident.
///
/// # Errors
///
/// None: a test decodes them.
///
/// # Example: count the organisations
///
/// ```
/// use std::collections::BTreeSet;
/// let offers = lotse::example::offers()?;
/// let organisations: BTreeSet<_> = offers.iter().filter_map(|offer| offer.organisation()).collect();
/// assert_eq!((offers.len(), organisations.len()), (91, 25));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn offers() -> Result<Vec<Offer>, Error> {
    Offer::list_from_json(OFFERS)
}

/// Returns the needs of the incident.
///
/// # Errors
///
/// None: a test decodes them.
///
/// # Example: count the urgent needs
///
/// ```
/// use lotse::Priority;
/// let needs = lotse::example::needs()?;
/// let urgent = needs.iter().filter(|need| need.priority() == Priority::Urgent);
/// assert_eq!((needs.len(), urgent.count()), (366, 109));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn needs() -> Result<Vec<Need>, Error> {
    Need::list_from_json(NEEDS)
}
