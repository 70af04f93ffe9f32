//! Files of offices and public directories as records.
//!
//! [`Import`] reads tables and directories in foreign formats to offers or needs, with a [`Mapping`] from columns to fields.
//! Nothing is guessed: a word with several meanings becomes a [`Question`]. Nothing disappears: every record, column and part of a
//! cell has one counted outcome in the [`ImportReport`].
//!
//! Each module depends on earlier ones only:
//!
//! - `record_kind`, `word_kind`, `position`, `file`, `column`, `notes`, `question`, `changes`, `report`, `part`, `labels`: what
//!   the others exchange;
//! - `fault`, `encoding`, `repair`, `csv`, `header`, `layout`, `text_table`, `frame`, `json`, `json_paths`, `fhir`, `json_list`, `source`,
//!   `known_format`, `found`, `json_shape`, `archive`, `sheet`, `sheet_xml`, `spreadsheet`, `detect`, `read_source`: bytes to tables of records;
//! - `rules`, `known_code`, `mapping`, `sketch`: the mapping file;
//! - `date`, `number`, `age`, `split`, `word`, `language_part`, `code`, `postcode`, `cell`, `disclosure`: cells to values;
//! - `test`, `crosswalk`, `join`, `tree`, `each`, `same_id`, `taken`, `record`, `suspicions`: rows to records;
//! - `table`, `imported`, `sketched`, `strict`, `update`, `facade`, `read`: the whole import, and its report;
//! - [`export`]: records to files; [`region_tree`]: tables of other countries.

mod age;
mod age_tokens;
#[cfg(feature = "xlsx")]
mod archive;
mod cell;
mod cell_rule;
#[cfg(test)]
mod cell_tests;
mod changes;
mod code;
mod column;
mod column_cells;
mod coordinates;
mod crosswalk;
mod csv;
mod date;
mod decoding;
mod detect;
mod disclosure;
mod draft;
mod each;
mod encoding;
pub mod export;
mod facade;
mod fault;
mod fhir;
mod fields;
mod file;
mod found;
mod frame;
mod guard;
mod header;
mod headers;
mod imported;
mod join;
mod json;
mod json_list;
mod json_paths;
mod json_shape;
mod key_or_postcode;
mod known_code;
mod known_format;
mod labels;
mod language_part;
mod language_row;
mod layout;
mod mapping;
mod names;
mod needs;
#[cfg(test)]
mod needs_tests;
mod notes;
mod number;
mod outcomes;
mod part;
mod place;
#[cfg(test)]
mod place_tests;
mod plan;
mod position;
mod prepare;
mod produce;
mod program;
mod question;
mod questions;
mod read;
mod read_source;
mod record;
mod record_kind;
mod region_part;
pub mod region_tree;
mod repair;
mod report;
mod report_columns;
mod rows;
mod rules;
mod run;
#[cfg(feature = "xlsx")]
mod sheet;
#[cfg(feature = "xlsx")]
mod sheet_xml;
mod sketch;
mod sketch_page;
mod sketched;
mod source;
mod split;
#[cfg(feature = "xlsx")]
mod spreadsheet;
#[cfg(feature = "xlsx")]
#[cfg(test)]
mod spreadsheet_tests;
mod strict;
mod suspicions;
mod table;
mod taken;
mod tally;
mod test;
#[cfg(test)]
mod test_support;
mod text_table;
mod tree;
mod update;
mod word;
mod word_kind;

pub(crate) use self::sketch_page::suggested_records_of;
pub use self::{
    changes::{ChangedRecord, Changes},
    facade::{Import, ImportBuilder},
    file::ImportFile,
    imported::{Imported, ImportedRecord},
    labels::labels,
    mapping::Mapping,
    question::{Question, Why},
    record_kind::RecordKind,
    report::{ColumnReport, ImportReport, Note, Recognized, RecognizedFile, RecordCounts},
    sketched::{Sketch, SketchColumn},
    table::Table,
    word_kind::WordKind,
};
