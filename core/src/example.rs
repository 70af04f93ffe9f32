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
    decode::{
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorSink},
    model::{need::Need, offer::Offer},
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
    let tree = Value::from_json(OFFERS)?;
    let mut problems = ErrorSink::default();
    let root = Path::root(Record::Offer);
    let offers = problems.decode_items_up_to(usize::MAX, &root.field("offers"), &tree, |problems, at, tree| {
        Some(Offer::decode(problems, at, tree))
    });
    problems.into_result(offers)
}

/// The needs.
///
/// # Errors
///
/// None that a test has not ruled out.
pub fn needs() -> Result<Vec<Need>, Error> {
    let tree = Value::from_json(NEEDS)?;
    let mut problems = ErrorSink::default();
    let root = Path::root(Record::Need);
    let needs = problems.decode_items_up_to(usize::MAX, &root.field("needs"), &tree, |problems, at, tree| {
        Some(Need::decode(problems, at, tree))
    });
    problems.into_result(needs)
}

#[cfg(test)]
mod tests {
    use crate::wire;

    #[test]
    fn nothing_is_wrong_with_the_incident() {
        let request =
            format!(r#"{{"offers": {}, "needs": {}, "as_of": "{}"}}"#, super::OFFERS, super::NEEDS, super::AS_OF);
        let answer = wire::check(wire::CheckRequest::from_json(&request).unwrap()).unwrap();
        assert_eq!(answer.errors, []);
        // Some places are old, and some people and offers come from other Länder: as it is on such a day.
        let meant = ["offer.capacity.stale", "offer.region.other_land", "need.region.other_land"];
        let unexpected = answer.warnings.iter().find(|warning| !meant.contains(&warning.code()));
        assert_eq!(unexpected, None);
        assert!(answer.offers >= 60 && answer.needs >= 300);
    }
}
