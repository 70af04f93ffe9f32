//! The records and their parts, decoded but not resolved in a vocabulary.

pub(crate) mod capacity;
pub(crate) mod comprehension_row;
pub(crate) mod crime_scope;
pub(crate) mod criterion;
pub(crate) mod dotted_code;
pub(crate) mod enums;
pub(crate) mod iccs;
pub(crate) mod language_tag;
pub(crate) mod location;
pub(crate) mod need;
pub(crate) mod need_builder;
pub(crate) mod offer;
pub(crate) mod offer_builder;
pub(crate) mod policy;
pub(crate) mod policy_builder;
pub(crate) mod reason;
pub(crate) mod reason_codes;
pub(crate) mod rules;
pub(crate) mod table_cell;
pub(crate) mod table_layout;
pub(crate) mod values_or_any;
pub(crate) mod weights;
