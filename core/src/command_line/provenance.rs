//! The file that states where each imported record comes from.

use std::path::Path;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::{Need, Offer, import::Imported};

use crate::command_line::{
    error::{Error, to_pretty_json},
    write::records_text,
};

/// Where a record comes from. It has no value of the record.
#[derive(Serialize)]
struct Provenance<'i> {
    id: &'i str,
    file: &'i str,
    /// The row or the item in the file.
    at: String,
    /// The SHA-256 of the mapping as `--save-map` writes it.
    mapping: &'i str,
    /// The day of the import.
    as_of: &'i str,
    licence: &'i [String],
}

/// Returns the text of the file.
pub(crate) fn provenance_text(imported: &Imported, as_of: &str, path: Option<&Path>) -> Result<String, Error> {
    let digest = Sha256::digest(to_pretty_json(&imported.mapping)?);
    let mapping: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let ids = imported.offers.iter().map(Offer::id).chain(imported.needs.iter().map(Need::id));
    let records = ids.enumerate().filter_map(|(index, id)| {
        let (file, at) = imported.origin(index)?;
        Some(Provenance { id, file, at, mapping: &mapping, as_of, licence: &imported.report.licence })
    });
    records_text(&records.collect::<Vec<_>>(), path)
}
