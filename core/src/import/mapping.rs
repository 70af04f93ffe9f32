//! The mapping file: how columns become fields.

use serde::{Serialize, Serializer};

use crate::{decode::value::Value, import::rules::Rules};

/// A mapping from the columns of files to the fields of records, which people read and a page edits.
///
/// It serializes to the JSON of a mapping file.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// `own`, `sketch`, or the name of a built-in mapping.
    pub(super) origin: String,
    /// The file as it was written.
    pub(super) written: Value<'static>,
    pub(super) rules: Rules,
}

impl Serialize for Mapping {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.written.serialize(serializer)
    }
}
