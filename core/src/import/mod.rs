//! Files of offices and public directories as records.
//!
//! [`Import`] reads tables and directories in foreign formats to offers or needs, with a [`Mapping`] from columns to fields.
//! Nothing is guessed: a word with several meanings becomes a [`Question`]. Nothing disappears: every record, column and part of a
//! cell has one counted outcome in the [`ImportReport`].
//!
//! Each module depends on earlier ones only:
//!
//! - `record_kind`, `word_kind`, `position`, `file`, `column`, `notes`, `question`, `report`: what the others exchange;
//! - `fault`, `encoding`, `repair`, `csv`, `header`, `layout`, `text_table`, `frame`, `json`, `json_paths`, `fhir`, `json_list`, `source`,
//!   `known_format`, `json_shape`, `archive`, `spreadsheet`, `detect`, `read_source`: bytes to tables of records;
//! - `rules`, `mapping`, `sketch`: the mapping file;
//! - `part`, `date`, `age`, `split`, `word`, `language_part`, `postcode`, `cell`: cells to values;
//! - `test`, `rule`, `crosswalk`, `join`, `record`, `suspicions`, `read`: rows to records, and the report.

mod column;
mod csv;
mod detect;
mod encoding;
mod fault;
mod fhir;
mod file;
mod frame;
mod header;
mod json;
mod json_list;
mod json_paths;
mod json_shape;
mod known_format;
mod layout;
mod mapping;
mod notes;
mod part;
mod position;
mod question;
mod read_source;
mod record_kind;
mod repair;
mod report;
mod rules;
mod source;
mod text_table;
mod word_kind;

pub use self::{
    file::ImportFile,
    mapping::Mapping,
    question::{Question, Why},
    record_kind::RecordKind,
    report::{ColumnReport, ImportReport, Note, Recognized, RecognizedFile, RecordCounts},
    word_kind::WordKind,
};

use crate::{
    model::{need::Need, offer::Offer},
    util::date::Date,
    vocabulary::Vocabulary,
};

/// An import with its options: what to produce, by which mapping and words, on which day.
#[derive(Clone, Debug)]
pub struct Import {
    builder: ImportBuilder,
}

/// The options of an [`Import`], validated by [`build`](Self::build).
#[derive(Clone, Debug)]
pub struct ImportBuilder {
    records: RecordKind,
    mapping: Option<Mapping>,
    vocabulary: Vocabulary,
    within: Option<String>,
    postcodes: Vec<(String, Vec<String>)>,
    prefix: Option<String>,
    as_of: Option<Date>,
}

/// What an import produced.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Imported {
    /// The offers, in the order of the files.
    pub offers: Vec<Offer>,
    /// The needs, in the order of the files.
    pub needs: Vec<Need>,
    /// One counted outcome for every record, column and part of a cell.
    pub report: ImportReport,
    /// Open questions, the most frequent first.
    pub questions: Vec<Question>,
    /// The mapping that was used, also if it was sketched from the header.
    pub mapping: Mapping,
}
