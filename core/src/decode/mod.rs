//! Decoding: from JSON-like values to records, with all errors of an input at once.

pub(crate) mod code_kind;
pub(crate) mod decoder;
pub(crate) mod draft;
pub(crate) mod path;
pub(crate) mod string_enum;
pub(crate) mod suggest;
pub(crate) mod to_value;
pub(crate) mod value;
