//! Limits on the size of a response, which are checked before the work begins.
//!
//! A response may be far longer than its request: each need may have all offers as its matches. Beyond these limits a response
//! would take more than a gigabyte of memory.

use crate::{
    decode::path::{Path, Record},
    error::{Error, ErrorKind, message},
};

/// The maximal number of results with reasons in one response: matches, near misses or explanations.
pub(super) const MAX_WITH_REASONS: usize = 100_000;
/// The maximal number of matches without reasons in one response.
pub(super) const MAX_WITHOUT_REASONS: usize = 1_000_000;
/// The number of results that every need may have, however many needs there are.
const ALWAYS: usize = 10;

/// Checks the number of results that the field `field` asks for: `each` for every one of `needs`, at most `max` in all.
///
/// # Errors
///
/// `request.too_many` with the path of the field.
pub(super) fn check_results(field: &'static str, needs: usize, each: usize, max: usize) -> Result<(), Error> {
    if each <= ALWAYS || needs.saturating_mul(each) <= max {
        return Ok(());
    }
    let root = Path::root(Record::Request);
    let message = message!("too_many.results").with(&[("each", &each), ("needs", &needs), ("max", &max)]);
    let hint = message!("too_many.results.hint").with(&[("field", &field), ("always", &ALWAYS)]);
    Err(Error::new(root.field(field).error(ErrorKind::Value, "too_many", message).with_hint(hint)))
}
