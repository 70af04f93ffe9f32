//! Files of offices and public directories as records.
//!
//! [`Import`] reads tables and directories in foreign formats to offers or needs, with a [`Mapping`] from columns to fields.
//! Nothing is guessed: a word with several meanings becomes a [`Question`]. Nothing disappears: every record, column and part of a
//! cell has one counted outcome in the [`ImportReport`].
//!
//! Each module depends on earlier ones only:
//!
//! - `record_kind`, `word_kind`, `position`, `file`, `column`, `notes`, `question`, `report`, `part`: what the others exchange;
//! - `encoding`, `csv`, `header`, `json`, `archive`, `spreadsheet`, `detect`, `source`: bytes to tables of records;
//! - `rules`, `mapping`, `sketch`: the mapping file;
//! - `date`, `number`, `age`, `split`, `word`, `language_part`, `code`, `postcode`, `cell`, `disclosure`: cells to values;
//! - `test`, `crosswalk`, `join`, `tree`, `each`, `same_id`, `record`, `suspicions`: rows to records;
//! - `imported`, `sketched`, `facade`, `read`: the whole import, and its report.

mod column;
mod crosswalk;
mod draft;
mod each;
mod facade;
mod fields;
mod file;
mod headers;
mod imported;
mod join;
mod mapping;
mod notes;
mod part;
mod position;
mod question;
mod questions;
mod read;
mod record_kind;
mod report;
mod rules;
mod sketch;
mod sketched;
mod source;
mod suspicions;
mod tally;
mod test;
mod tree;
mod word_kind;

pub use self::{
    facade::{Import, ImportBuilder},
    file::ImportFile,
    imported::Imported,
    mapping::Mapping,
    question::{Question, Why},
    read::ImportedRecord,
    record_kind::RecordKind,
    report::{ColumnReport, ImportReport, Note, Recognized, RecognizedFile, RecordCounts},
    sketched::{Sketch, SketchColumn},
    word_kind::WordKind,
};
