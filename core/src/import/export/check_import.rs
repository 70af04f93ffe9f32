//! Imports what was exported, so that the report names every record that would not be the same again.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    decode::{to_value::to_value, value::Value},
    error::Error,
    import::{
        export::{exported::ExportedFile, notes::ExportNotes, options::ExportOptions},
        facade::Import,
        file::ImportFile,
        mapping::Mapping,
        record_kind::RecordKind,
    },
};

/// The records of an export as data, and how they are imported again.
pub(super) struct Check<'c> {
    pub(super) records: RecordKind,
    pub(super) before: &'c [Value<'static>],
    /// The mapping of a table; the format of a directory has its own.
    pub(super) mapping: Option<&'c Value<'static>>,
    pub(super) files: &'c [ExportedFile],
    /// The fields that were left out on purpose, and noted.
    pub(super) left_out: &'c [&'static str],
}

impl Check<'_> {
    /// Notes each record that an import does not give again. An import that is refused, as is one of records without anything to
    /// match, notes nothing.
    pub(super) fn run(&self, options: &ExportOptions, notes: &mut ExportNotes) -> Result<(), Error> {
        let mut import = Import::builder(self.records).vocabulary(&options.vocabulary);
        if let Some(day) = options.as_of {
            import = import.as_of(day);
        }
        if let Some(mapping) = self.mapping {
            import = import.mapping(Mapping::from_value(mapping)?);
        }
        let files: Vec<ImportFile> =
            self.files.iter().map(|file| ImportFile::new(&file.name, file.text.clone())).collect();
        let Ok(imported) = import.build()?.read(&files) else { return Ok(()) };
        let after = match self.records {
            RecordKind::Offers => values(&imported.offers)?,
            RecordKind::Needs => values(&imported.needs)?,
        };
        let by_id: BTreeMap<&str, &Value<'static>> = after.iter().map(|record| (id_of(record), record)).collect();
        for record in self.before {
            let id = id_of(record);
            if by_id.get(id).is_none_or(|after| !self.is_same(record, after)) {
                notes.add("record.changed", None, id);
            }
        }
        Ok(())
    }

    fn is_same(&self, before: &Value<'_>, after: &Value<'_>) -> bool {
        let (Value::Object(before), Value::Object(after)) = (before, after) else { return false };
        before.iter().filter(|(name, _)| !self.left_out.contains(&&**name)).eq(after)
    }
}

/// Returns records as data.
pub(super) fn values<R: Serialize>(records: &[R]) -> Result<Vec<Value<'static>>, Error> {
    records.iter().map(to_value).collect()
}

/// Returns the id of a record.
pub(super) fn id_of<'v>(record: &'v Value<'_>) -> &'v str {
    match value_at(record, "id") {
        Some(Value::String(id)) => id,
        _ => "",
    }
}

/// Returns a field of a record.
pub(super) fn value_at<'v, 'd>(record: &'v Value<'d>, name: &str) -> Option<&'v Value<'d>> {
    let Value::Object(fields) = record else { return None };
    fields.iter().find(|(field, _)| field == name).map(|(_, value)| value)
}
