//! Untyped data to typed data, collecting every error.

pub(crate) mod code_kind;
pub(crate) mod decoder;
pub(crate) mod draft;
pub(crate) mod path;
pub(crate) mod string_enum;
pub(crate) mod suggest;
pub(crate) mod value;
