//! Files of offices and public directories as records.
//!
//! [`Import`] reads tables and directories in foreign formats to offers or needs, with a [`Mapping`] from columns to fields.
//! Nothing is guessed: a word with several meanings becomes a [`Question`]. Nothing disappears: every record, column and part of a
//! cell has one counted outcome in the [`ImportReport`].
//!
//! Each module depends on earlier ones only:
//!
//! - `record_kind`, `word_kind`, `position`, `file`, `column`, `notes`, `question`, `report`, `part`, `labels`: what the others exchange;
//! - `encoding`, `csv`, `header`, `json`, `archive`, `spreadsheet`, `detect`, `source`: bytes to tables of records;
//! - `rules`, `mapping`, `sketch`: the mapping file;
//! - `date`, `number`, `age`, `split`, `word`, `language_part`, `region_part`, `code`, `cell_rule`, `cell`, `place`, `disclosure`: cells to values;
//! - `test`, `crosswalk`, `join`, `tree`, `each`, `same_id`, `record`, `suspicions`: rows to records;
//! - `imported`, `sketched`, `strict`, `facade`, `read`: the whole import, and its report.

mod age;
mod age_tokens;
mod cell;
mod cell_rule;
#[cfg(test)]
mod cell_tests;
mod code;
mod column;
mod crosswalk;
mod date;
mod disclosure;
mod draft;
mod each;
mod facade;
mod fields;
mod file;
mod imported;
mod join;
mod labels;
mod language_part;
mod language_row;
mod mapping;
mod notes;
mod number;
mod part;
mod place;
mod position;
mod question;
mod questions;
mod read;
mod record_kind;
mod region_part;
mod report;
mod rules;
mod sketched;
mod source;
mod split;
mod strict;
mod suspicions;
mod tally;
mod test;
mod tree;
mod word;
mod word_kind;

pub use self::{
    facade::{Import, ImportBuilder},
    file::ImportFile,
    imported::Imported,
    labels::labels,
    mapping::Mapping,
    question::{Question, Why},
    read::ImportedRecord,
    record_kind::RecordKind,
    report::{ColumnReport, ImportReport, Note, Recognized, RecognizedFile, RecordCounts},
    sketched::{Sketch, SketchColumn},
    word_kind::WordKind,
};
