//! Where the records of a request come from, so that errors name file, line and id.

use std::cell::OnceCell;

use crate::{ErrorDetail, wire::Value};

use crate::command_line::{args::List, error::Error, file::File, place::Place, records::Position, texts::Message};

/// The files of a request.
#[derive(Debug)]
pub(crate) struct Sources {
    request: Option<File>,
    /// The fields of the request that are files of their own.
    files: Vec<(&'static str, File)>,
    positions: [OnceCell<Vec<Position>>; 2],
    /// The lists of records that are stated.
    pub(crate) lists: Vec<StatedList>,
}

/// A list of records that a file states.
#[derive(Debug)]
pub(crate) struct StatedList {
    pub(crate) list: List,
    pub(crate) file: Message,
    pub(crate) is_empty: bool,
}

impl StatedList {
    /// Creates it from a field of a request, or returns `None` if the field is absent or no list of records.
    pub(crate) fn new(field: &str, value: &Value<'_>, file: &File) -> Option<Self> {
        let list = List::of(field)?;
        let is_empty = match value {
            Value::Null => return None,
            Value::Array(records) => records.is_empty(),
            _ => false,
        };
        Some(Self { list, file: file.name.clone(), is_empty })
    }
}

impl Sources {
    pub(crate) fn new(request: Option<File>, files: Vec<(&'static str, File)>) -> Self {
        Self { request, files, positions: Default::default(), lists: Vec::new() }
    }

    pub(crate) fn request(&self) -> Option<&File> {
        self.request.as_ref()
    }

    pub(crate) fn files(&self) -> impl Iterator<Item = (&'static str, &File)> {
        self.files.iter().map(|(name, file)| (*name, file))
    }

    /// Returns the file that states a field of the request: its own, or else the request.
    pub(crate) fn file_of(&self, field: &str) -> Option<&File> {
        let own = self.files().find(|(name, _)| *name == field);
        own.map(|(_, file)| file).or(self.request.as_ref())
    }

    /// Returns a list, if it is stated.
    pub(crate) fn list(&self, list: List) -> Option<&StatedList> {
        self.lists.iter().find(|stated| stated.list == list)
    }

    pub(crate) fn empty_lists(&self) -> impl Iterator<Item = &StatedList> {
        self.lists.iter().filter(|stated| stated.is_empty)
    }

    /// Adds the places of errors about the input.
    pub(crate) fn locate_error(&self, error: Error) -> Error {
        match error {
            Error::Input(details) => {
                Error::Input(details.into_iter().map(|(detail, _)| self.with_place(detail)).collect())
            }
            other => other,
        }
    }

    fn with_place(&self, detail: ErrorDetail) -> (ErrorDetail, Option<Place>) {
        let place = self.locate(detail.path());
        (detail, place)
    }

    /// Returns the place of a path such as `needs[17].age`, or `None` if it comes from no file.
    pub(crate) fn locate(&self, path: &str) -> Option<Place> {
        let end = path.find(['.', '[']).unwrap_or(path.len());
        let (field, rest) = path.split_at_checked(end)?;
        let file = self.file_of(field)?;
        let position = List::of(field).and_then(|list| {
            let index: usize = rest.strip_prefix('[')?.split_once(']')?.0.parse().ok()?;
            let [offers, needs] = &self.positions;
            let positions = match list {
                List::Offers => offers,
                List::Needs => needs,
            };
            positions.get_or_init(|| file.positions(list)).get(index).cloned()
        });
        let (line, id) = position.map_or((None, None), |position| (position.line, position.id));
        Some(Place { file: file.name.clone(), line, id })
    }
}
