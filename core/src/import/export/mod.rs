//! Offers and needs in formats of others: tables for spreadsheets, and the Human Services Data Specification (HSDS).
//!
//! An import of the files gives the same records again. What it cannot give is noted in the [`ExportReport`].
//!
//! Each module depends on earlier ones only: `options`, `exported`, `notes`, `check_import`, `csv_text`, `data_package`; `table_mapping`, `table`;
//! `hsds_service`, `hsds_package`, `hsds`.

mod check_import;
mod csv_text;
mod data_package;
mod exported;
mod hsds;
mod hsds_package;
mod hsds_service;
mod notes;
mod options;
mod table;
mod table_mapping;

pub use self::{
    exported::{ExportReport, Exported, ExportedFile},
    hsds::to_hsds3,
    options::{ExportOptions, ExportRecords},
    table::to_table,
};
