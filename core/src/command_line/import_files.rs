//! The files of an import: lists, mappings and tables of postcodes.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use crate::import::{ImportFile, Mapping};

use crate::command_line::{
    error::Error,
    file::{File, check_single_stdin, decode_file, is_stdin, read_bytes},
    texts::Message,
    wrong_file::WrongFile,
};

/// Reads files; a folder is the files in it, by name, without hidden ones and further folders.
pub(crate) fn read_files(paths: &[PathBuf]) -> Result<Vec<ImportFile>, Error> {
    check_single_stdin(paths.iter().map(PathBuf::as_path))?;
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            for path in files_of(path)? {
                files.push(read_file(&path)?);
            }
        } else {
            files.push(read_file(path)?);
        }
    }
    Ok(files)
}

fn read_file(path: &Path) -> Result<ImportFile, Error> {
    Ok(import_file(path, read_bytes(path)?))
}

/// Returns a file with the name that it has in its folder.
pub(crate) fn import_file(path: &Path, bytes: Vec<u8>) -> ImportFile {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    ImportFile::new(name, bytes)
}

fn files_of(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let unreadable =
        |error: io::Error| Error::Unreadable { file: folder.display().to_string().into(), kind: error.kind() };
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(unreadable)?;
    let is_hidden = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.retain(|path| path.is_file() && !is_hidden(path));
    paths.sort();
    Ok(paths)
}

/// Reads a mapping: a file, or the name of a built-in one if there is no such file.
pub(crate) fn read_mapping(path: &Path) -> Result<Mapping, Error> {
    let built_in = path.to_str().filter(|_| !is_stdin(path) && !path.exists());
    if let Some(mapping) = built_in.and_then(|name| Mapping::built_in(name).ok()) {
        return Ok(mapping);
    }
    decode_file(path, Mapping::from_value)
}

/// Reads a table of postcodes: a postcode and the key of a region in each line, separated by `;`, `,` or a tab.
///
/// A postcode in several regions has several lines. A first line without any digit is a heading.
pub(crate) fn read_postcodes(path: &Path) -> Result<Vec<(String, Vec<String>)>, Error> {
    let file = File::read(path)?;
    let mut regions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (index, line) in file.lines().enumerate() {
        if index == 0 && !line.contains(|letter: char| letter.is_ascii_digit()) {
            continue;
        }
        let mut cells = line.split([';', ',', '\t']).map(|cell| cell.trim().trim_matches('"'));
        let (Some(postcode), Some(region)) = (cells.next(), cells.next()) else {
            let (message, hint) = (Message::new("file.postcodes"), Message::new("file.postcodes.hint"));
            return Err(file.error(WrongFile::new("table.syntax", message, hint).at_line(index.saturating_add(1))));
        };
        regions.entry(postcode.to_owned()).or_default().push(region.to_owned());
    }
    Ok(regions.into_iter().collect())
}
