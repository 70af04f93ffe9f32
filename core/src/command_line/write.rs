//! Files that a command writes: each is complete or not there.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use serde::Serialize;

use crate::command_line::{
    error::{Error, unserializable},
    terminal::escape_controls,
};

/// Files to be written together, after everything else has succeeded.
#[derive(Debug, Default)]
pub(crate) struct Outputs {
    files: Vec<(PathBuf, String)>,
}

impl Outputs {
    /// Adds a file, if a path is given.
    pub(crate) fn add(
        &mut self,
        path: Option<&Path>,
        text: impl FnOnce() -> Result<String, Error>,
    ) -> Result<(), Error> {
        if let Some(path) = path {
            self.files.push((path.to_owned(), text()?));
        }
        Ok(())
    }

    /// Writes each file to a temporary name next to it, then renames all of them.
    ///
    /// # Errors
    ///
    /// [`Error::Unwritten`], which names the file. No file is changed if one of them cannot be written.
    pub(crate) fn commit(self) -> Result<(), Error> {
        let mut temporary: Vec<(PathBuf, &PathBuf)> = Vec::new();
        for (path, text) in &self.files {
            let draft = draft_of(path);
            let written = fs::write(&draft, text);
            temporary.push((draft, path));
            if let Err(error) = written {
                temporary.iter().for_each(|(draft, _)| drop(fs::remove_file(draft)));
                return Err(unwritten(path, &error));
            }
        }
        for (draft, path) in temporary {
            fs::rename(&draft, path).map_err(|error| {
                let _ = fs::remove_file(&draft);
                unwritten(path, &error)
            })?;
        }
        Ok(())
    }
}

/// Writes one file.
///
/// # Errors
///
/// As [`Outputs::commit`].
pub(crate) fn write_file(path: &Path, text: String) -> Result<(), Error> {
    Outputs { files: vec![(path.to_owned(), text)] }.commit()
}

/// Returns records as a JSON list with one record in a line, or as NDJSON if the file is named so.
pub(crate) fn records_text(records: &[impl Serialize], path: Option<&Path>) -> Result<String, Error> {
    let lines = records.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>();
    let lines = lines.map_err(|_| unserializable())?;
    let is_by_line = path.and_then(Path::extension).is_some_and(|ending| ending == "ndjson" || ending == "jsonl");
    let text = match is_by_line {
        true => lines.iter().map(|line| format!("{line}\n")).collect(),
        false if lines.is_empty() => "[]\n".to_owned(),
        false => format!("[{}]\n", lines.join(",\n ")),
    };
    Ok(escape_controls(&text))
}

/// Returns a name in the same folder, so that a rename replaces the file in one step.
fn draft_of(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", std::process::id()));
    path.with_file_name(name)
}

fn unwritten(path: &Path, error: &io::Error) -> Error {
    Error::Unwritten { file: path.display().to_string().into(), kind: error.kind() }
}
