//! Files that a command reads.

use std::{
    io::{self, Read as _},
    path::Path,
};

use crate::{ErrorKind, wire::Value};

use crate::command_line::{
    args::List,
    error::Error,
    place::Place,
    records::{self, Position},
    texts::Message,
    wrong_file::{self, WrongFile},
};

/// A file of text, and its name for errors.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) name: Message,
    content: Content,
}

/// What a file has.
#[derive(Debug)]
enum Content {
    Text(String),
    /// Records that were imported, with their positions.
    Records(Vec<Value<'static>>, Vec<Position>),
}

impl File {
    /// Reads a file; `-` is standard input.
    ///
    /// # Errors
    ///
    /// [`Error::Unreadable`]; [`Error::File`] if it is no text in UTF-8, or in UTF-16 with a byte order mark.
    pub(crate) fn read(path: &Path) -> Result<Self, Error> {
        Self::from_bytes(path, read_bytes(path)?)
    }

    /// Creates a file from its bytes.
    ///
    /// # Errors
    ///
    /// [`Error::File`] if it is no text in UTF-8, or in UTF-16 with a byte order mark.
    pub(crate) fn from_bytes(path: &Path, bytes: Vec<u8>) -> Result<Self, Error> {
        let name = name_of(path);
        match wrong_file::decode_text(bytes) {
            Ok(text) => Ok(Self { name, content: Content::Text(text) }),
            Err(wrong) => Err(Error::File { file: name, wrong: Box::new(wrong) }),
        }
    }

    /// Creates a file of records that were imported.
    pub(crate) fn imported(path: &Path, records: Vec<(Value<'static>, Position)>) -> Self {
        let (records, positions) = records.into_iter().unzip();
        Self { name: name_of(path), content: Content::Records(records, positions) }
    }

    /// Returns the text; that of imported records is empty.
    pub(crate) fn text(&self) -> &str {
        match &self.content {
            Content::Text(text) => text,
            Content::Records(..) => "",
        }
    }

    /// Parses the file as one JSON value.
    pub(crate) fn parse(&self) -> Result<Value<'_>, Error> {
        if self.text().trim().is_empty() {
            return Err(self.error(WrongFile::empty()));
        }
        if let Some(wrong) = wrong_file::of_markup(self.text()) {
            return Err(self.error(wrong));
        }
        Value::from_json(self.text()).map_err(|error| {
            debug_assert_eq!(error.kind(), ErrorKind::Syntax);
            self.error(records::broken_json(self.text(), &error))
        })
    }

    /// Parses offers or needs: a JSON list, an object such as `{"offers": […]}`, one record after another (NDJSON), or a table.
    pub(crate) fn parse_records(&self, list: List) -> Result<Value<'_>, Error> {
        match &self.content {
            Content::Text(text) => records::parse(text, list).map_err(|wrong| self.error(wrong)),
            Content::Records(records, _) => Ok(Value::Array(records.clone())),
        }
    }

    /// Returns the position of each record of a list.
    pub(crate) fn positions(&self, list: List) -> Vec<Position> {
        match &self.content {
            Content::Text(text) => records::positions(text, list),
            Content::Records(_, positions) => positions.clone(),
        }
    }

    /// Returns the lines, trimmed, without empty ones.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        self.text().lines().map(str::trim).filter(|line| !line.is_empty())
    }

    /// Creates an error of this file.
    pub(crate) fn error(&self, wrong: WrongFile) -> Error {
        Error::File { file: self.name.clone(), wrong: Box::new(wrong) }
    }
}

/// Returns the name of a file for errors.
pub(crate) fn name_of(path: &Path) -> Message {
    if is_stdin(path) { Message::new("file.stdin") } else { path.display().to_string().into() }
}

/// Reads the bytes of a file; `-` is standard input.
///
/// # Errors
///
/// [`Error::Unreadable`].
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let result =
        if is_stdin(path) { io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes) } else { std::fs::read(path) };
    result.map_err(|error| Error::Unreadable { file: name_of(path), kind: error.kind() })
}

pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Decodes a JSON file on its own, such as additions to the vocabulary.
pub(crate) fn decode_file<T>(
    path: &Path,
    decode: impl FnOnce(&Value<'_>) -> Result<T, crate::Error>,
) -> Result<T, Error> {
    let file = File::read(path)?;
    decode(&file.parse()?).map_err(|error| {
        let place = || Some(Place::of_file(&file.name));
        Error::Input(error.errors().map(|detail| (detail.clone(), place())).collect())
    })
}

/// Returns the lines of a file, trimmed, without empty ones.
pub(crate) fn read_lines(path: &Path) -> Result<Vec<String>, Error> {
    Ok(File::read(path)?.lines().map(str::to_owned).collect())
}

/// Checks that at most one of the files is standard input.
pub(crate) fn check_single_stdin<'a>(paths: impl Iterator<Item = &'a Path>) -> Result<(), Error> {
    if paths.filter(|path| is_stdin(path)).count() > 1 {
        return Err(Message::new("usage.stdin_twice").into());
    }
    Ok(())
}
