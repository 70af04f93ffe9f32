//! What is found in files: their parts, and what is noted about them.

use crate::import::{
    known_format::Recognition,
    notes::Notes,
    record_kind::RecordKind,
    rules::SourceRules,
    source::{Records, SourcePart},
};

/// What is read of files, and how.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SourceOptions<'o> {
    pub(crate) rules: &'o SourceRules,
    pub(crate) records: RecordKind,
    /// The stems of side tables: files and sheets that are read next to the main table.
    pub(crate) sides: &'o [String],
}

/// What is found in files so far.
#[derive(Debug, Default)]
pub(super) struct Found<'f> {
    pub(super) parts: Vec<SourcePart<'f>>,
    /// The format of each part, and the name by which it is recognized.
    pub(super) recognitions: Vec<Recognition>,
    /// The number of the page that a part is, and of all pages.
    pub(super) pages: Vec<(u64, u64)>,
    /// Whether a description of a package lists services.
    pub(super) has_services: bool,
    pub(super) samples: Vec<String>,
    pub(super) notes: Notes,
}

impl<'f> Found<'f> {
    /// Returns the index of the next part.
    pub(super) fn next_index(&self) -> u32 {
        u32::try_from(self.parts.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn push(&mut self, part: SourcePart<'f>, recognition: Recognition) {
        self.parts.push(part);
        self.recognitions.push(recognition);
    }
}

/// Creates a part of a file.
pub(super) fn part<'f>(name: &str, format: &'static str, index: u32, records: Records<'f>) -> SourcePart<'f> {
    let name = file_name(name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    SourcePart {
        name: name.to_owned(),
        stem: stem.to_owned(),
        index,
        format,
        encoding: None,
        delimiter: None,
        sheet: None,
        header: Vec::new(),
        columns: Vec::new(),
        records,
    }
}

/// Returns a name without folders.
pub(super) fn file_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}
