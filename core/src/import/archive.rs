//! Archives (zip): the files in them, and what keeps a small archive from filling the memory.

use std::{
    io::{self, Cursor, Read},
    panic::{AssertUnwindSafe, catch_unwind},
};

use zip::{ZipArchive, result::ZipError};

use crate::{
    error::{Error, ErrorKind, Template, message},
    import::fault::{self, MAX_BYTES, Place},
};

/// The largest number of members.
const MAX_MEMBERS: usize = 10_000;
/// How many times larger than the archive its files may be together.
const MAX_RATIO: u64 = 200;
/// Files that are smaller together are no bomb, however well they are compressed.
const SMALL: u64 = 10_000_000;

/// What an archive is.
#[derive(Debug)]
pub(super) enum Archive {
    Xlsx,
    Ods,
    /// Files by name, and the number of those that are not read.
    Files(Vec<(String, Vec<u8>)>, u64),
}

/// Checks and unpacks an archive; of a spreadsheet, nothing is kept.
///
/// # Errors
///
/// `import.archive.bomb`, `import.archive.encrypted`, `import.archive.path`, `import.xlsx.damaged`, or `import.format.unknown` if it
/// has no file that can be read.
pub(super) fn unpack(bytes: &[u8], name: &str) -> Result<Archive, Error> {
    let place = Place::file(name);
    // The library is not ours: a panic in it is a damaged file, not the end of the program.
    catch_unwind(AssertUnwindSafe(|| unpack_members(bytes, &place))).unwrap_or_else(|_| Err(damaged(&place)))
}

/// Returns what an archive may be by its members, without a check of them; `None` if the bytes are no archive.
pub(super) fn kind(bytes: &[u8]) -> Option<Archive> {
    if !bytes.starts_with(b"PK") {
        return None;
    }
    let zip = catch_unwind(|| ZipArchive::new(Cursor::new(bytes)).ok()).ok()??;
    let has = |name: &str| zip.file_names().any(|other| other == name);
    Some(match (has("xl/workbook.xml"), has("content.xml")) {
        (true, _) => Archive::Xlsx,
        (_, true) => Archive::Ods,
        _ => Archive::Files(Vec::new(), 0),
    })
}

type Zip<'b> = ZipArchive<Cursor<&'b [u8]>>;

fn unpack_members(bytes: &[u8], place: &Place<'_>) -> Result<Archive, Error> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged(place))?;
    check_members(&mut zip, place)?;
    let has = |name: &str| zip.file_names().any(|other| other == name);
    let (is_xlsx, is_ods) = (has("xl/workbook.xml"), has("content.xml") && has("mimetype"));
    let len = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let mut budget = len.saturating_mul(MAX_RATIO).clamp(SMALL.min(MAX_BYTES), MAX_BYTES);
    let (mut files, mut unread) = (Vec::new(), 0_u64);
    for index in 0..zip.len() {
        let member = zip.by_index(index).map_err(|error| zip_error(&error, place))?;
        if member.is_dir() {
            continue;
        }
        let name = member.name().to_owned();
        let mut member = member.take(budget.saturating_add(1));
        let size = if is_xlsx || is_ods || !is_read(&name) {
            unread = unread.saturating_add(u64::from(!is_hidden(&name)));
            io::copy(&mut member, &mut io::sink()).map_err(|_| damaged(place))?
        } else {
            let mut bytes = Vec::new();
            member.read_to_end(&mut bytes).map_err(|_| damaged(place))?;
            let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            files.push((name, bytes));
            size
        };
        budget = budget.checked_sub(size).ok_or_else(|| bomb(place))?;
    }
    match (is_xlsx, is_ods) {
        (true, _) => Ok(Archive::Xlsx),
        (_, true) => Ok(Archive::Ods),
        _ if files.is_empty() => Err(error(
            "import.format.unknown",
            place,
            message!("import.format.archive"),
            message!("import.format.archive.hint"),
        )),
        _ => Ok(Archive::Files(files, unread)),
    }
}

/// Checks the number of members, their names, and that none is encrypted.
fn check_members(zip: &mut Zip<'_>, place: &Place<'_>) -> Result<(), Error> {
    if zip.len() > MAX_MEMBERS {
        return Err(bomb(place));
    }
    for index in 0..zip.len() {
        let member = zip.by_index_raw(index).map_err(|error| zip_error(&error, place))?;
        if member.encrypted() {
            return Err(encrypted(place));
        }
        if member.enclosed_name().is_none() {
            return Err(error(
                "import.archive.path",
                place,
                message!("import.archive.path"),
                message!("import.archive.path.hint"),
            ));
        }
    }
    Ok(())
}

/// Returns `true` if a member is a file that programs write for themselves.
fn is_hidden(name: &str) -> bool {
    name.starts_with("__MACOSX/")
        || name.rsplit('/').next().is_some_and(|file| file.starts_with('.') || file == "Thumbs.db")
}

/// Returns `true` if a member may have records. An archive in an archive is not opened.
fn is_read(name: &str) -> bool {
    const ENDINGS: [&str; 9] = ["csv", "tsv", "txt", "json", "ndjson", "jsonl", "geojson", "xlsx", "ods"];
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    !is_hidden(name) && ENDINGS.contains(&ending.as_str())
}

fn zip_error(error: &ZipError, place: &Place<'_>) -> Error {
    match error {
        ZipError::UnsupportedArchive(text) if *text == ZipError::PASSWORD_REQUIRED => encrypted(place),
        _ => damaged(place),
    }
}

fn error(code: &'static str, place: &Place<'_>, message: Template, hint: Template) -> Error {
    Error::new(fault::at(place, (ErrorKind::Value, code), message).with_hint(hint))
}

fn encrypted(place: &Place<'_>) -> Error {
    error(
        "import.archive.encrypted",
        place,
        message!("import.archive.encrypted"),
        message!("import.archive.encrypted.hint"),
    )
}

fn bomb(place: &Place<'_>) -> Error {
    error("import.archive.bomb", place, message!("import.archive.bomb"), message!("import.archive.bomb.hint"))
}

/// Returns the error of an archive or a spreadsheet that is damaged.
pub(super) fn damaged(place: &Place<'_>) -> Error {
    error("import.xlsx.damaged", place, message!("import.xlsx.damaged"), message!("import.xlsx.damaged.hint"))
}
