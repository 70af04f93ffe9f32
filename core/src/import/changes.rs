//! The changes since an earlier import.

use serde::Serialize;

/// The changes of records since an earlier import. It has ids and names of fields, but no values.
///
/// # Example: an update
///
/// ```
/// use lotse::{import::{Import, ImportFile, RecordKind}, wire};
/// let first = Import::builder(RecordKind::Offers).build()?;
/// let earlier = first.read(&[ImportFile::new("list.csv", "id;Name;Sprachen\n1;Treff;Deutsch\n2;Haus;Deutsch\n")])?;
/// let second = Import::builder(RecordKind::Offers).previous(wire::to_value(&earlier.offers)?).build()?;
/// let file = ImportFile::new("list.csv", "id;Name;Sprachen\n1;Treff;Deutsch, Arabisch\n3;Hof;Deutsch\n");
/// let changes = second.read(&[file])?.report.changes.unwrap();
/// assert_eq!((changes.new, changes.gone, changes.same), (vec!["3".to_owned()], vec!["2".to_owned()], 0));
/// assert_eq!(changes.changed[0].fields, ["languages"]);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Changes {
    /// The ids of records that the earlier import lacks, in the order of the files.
    pub new: Vec<String>,
    /// Records that differ, in the order of the files.
    pub changed: Vec<ChangedRecord>,
    /// The ids of earlier records that are missing now, in the order of the earlier import. They are not produced.
    pub gone: Vec<String>,
    /// The number of records that are equal.
    pub same: u64,
}

/// A record that differs from the earlier one.
///
/// # Example: a changed name
///
/// ```
/// use lotse::{import::{Import, ImportFile, RecordKind}, wire::Value};
/// let earlier = Value::from_json(r#"[{"id": "1", "name": "Treff"}]"#)?;
/// let import = Import::builder(RecordKind::Offers).previous(earlier).build()?;
/// let report = import.read(&[ImportFile::new("list.csv", "id;Name;Sprachen\n1;Treffpunkt;Deutsch\n")])?.report;
/// let changed = &report.changes.unwrap().changed[0];
/// assert_eq!((changed.id.as_str(), changed.fields.join(", ").as_str()), ("1", "name, languages"));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ChangedRecord {
    /// The id.
    pub id: String,
    /// The names of fields that differ, in the order of a record.
    pub fields: Vec<String>,
}
