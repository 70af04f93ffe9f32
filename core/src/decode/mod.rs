//! Untyped data to typed data, collecting every error.

pub(crate) mod decoder;
pub(crate) mod string_enum;
pub(crate) mod value;
