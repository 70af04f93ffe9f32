//! The records and their parts, without look-ups in a vocabulary.

pub(crate) mod comprehension_row;
pub(crate) mod crime_scope;
pub(crate) mod criterion;
pub(crate) mod dotted_code;
pub(crate) mod enums;
pub(crate) mod iccs;
pub(crate) mod language_tag;
pub(crate) mod need;
pub(crate) mod offer;
pub(crate) mod policy;
pub(crate) mod reason;
