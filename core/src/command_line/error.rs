//! Errors of the command, and how they are printed.

use std::{
    borrow::Cow,
    io::{self, Write as _},
};

use crate::{ErrorDetail, Lang};
use serde::Serialize;

use crate::command_line::{
    args::{Format, lang_of_environment},
    place::Place,
    terminal::{escape_controls, strip_controls},
    texts::{Message, text},
    wrong_file::WrongFile,
};

/// The exit code of success.
pub(crate) const EXIT_SUCCESS: u8 = 0;
/// The exit code if a file cannot be read or written.
const EXIT_FILE: u8 = 1;
/// The exit code if the input or the usage is wrong.
pub(crate) const EXIT_INPUT: u8 = 2;
/// The largest number of errors that the library reports.
const MAX_DETAILS: usize = 100;

/// An error of the command.
#[derive(Debug)]
pub(crate) enum Error {
    /// A file that cannot be read.
    Unreadable { file: Message, kind: io::ErrorKind },
    /// A standard output that cannot be written to.
    Unwritable(io::ErrorKind),
    /// A file that cannot be written.
    Unwritten { file: Message, kind: io::ErrorKind },
    /// Arguments that are unknown, contradict each other, or are missing.
    Usage { message: Message, hint: Option<Message> },
    /// A file that is not what is expected.
    File { file: Message, wrong: Box<WrongFile> },
    /// An option with an id that no record has.
    Option { code: &'static str, message: Message },
    /// Errors of the library about the input, and their places.
    Input(Vec<(ErrorDetail, Option<Place>)>),
}

impl From<Message> for Error {
    /// Creates an error of usage without a hint.
    fn from(message: Message) -> Self {
        Self::Usage { message, hint: None }
    }
}

/// How errors are printed.
#[derive(Clone, Debug)]
pub(crate) struct ErrorStyle {
    pub(crate) format: Format,
    /// The language that was chosen. Otherwise text is in that of the environment, and data in English, which does not depend on
    /// the computer.
    pub(crate) lang: Option<Lang>,
    /// The command whose help is of use.
    pub(crate) command: Option<String>,
}

impl ErrorStyle {
    fn lang(&self) -> Lang {
        match self.format {
            Format::Json => self.lang.unwrap_or(Lang::En),
            Format::Table | Format::Csv | Format::CsvDe => self.lang.unwrap_or_else(lang_of_environment),
        }
    }
}

impl From<crate::Error> for Error {
    fn from(error: crate::Error) -> Self {
        Self::from_details(error.errors().cloned())
    }
}

/// One error in the wire format, and its place.
#[derive(Serialize)]
struct ErrorData<'a> {
    code: &'a str,
    path: &'a str,
    message: Cow<'a, str>,
    hint: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ErrorData<'a>],
    #[serde(flatten)]
    place: PlaceData<'a>,
}

/// The place of an error in data.
#[derive(Clone, Default, Serialize)]
struct PlaceData<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
}

impl<'a> PlaceData<'a> {
    fn new(place: Option<&'a Place>, lang: Lang) -> Self {
        place.map_or_else(Self::default, |place| Self {
            file: Some(place.file.in_lang(lang)),
            line: place.line,
            id: place.id.as_deref(),
        })
    }
}

impl<'a> ErrorData<'a> {
    fn from_detail((detail, place): &'a (ErrorDetail, Option<Place>), lang: Lang) -> Self {
        let (message, hint) = (detail.message_in(lang), detail.hint_in(lang));
        let place = PlaceData::new(place.as_ref(), lang);
        Self { code: detail.code(), path: detail.path(), message, hint, errors: &[], place }
    }
}

impl Error {
    /// Creates an error of details whose places are not known yet.
    pub(crate) fn from_details(details: impl IntoIterator<Item = ErrorDetail>) -> Self {
        Self::Input(details.into_iter().map(|detail| (detail, None)).collect())
    }

    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Unreadable { .. } | Self::Unwritable(_) | Self::Unwritten { .. } => EXIT_FILE,
            Self::Usage { .. } | Self::File { .. } | Self::Option { .. } | Self::Input(_) => EXIT_INPUT,
        }
    }

    /// Prints the error on standard error, as text or in the wire format.
    pub(crate) fn print(&self, style: &ErrorStyle) {
        // If this fails, there is no other output to report it on.
        let _ = io::stderr().lock().write_all(self.render(style).as_bytes());
    }

    pub(crate) fn render(&self, style: &ErrorStyle) -> String {
        let lang = style.lang();
        match style.format {
            Format::Json => escape_controls(&self.to_json(lang)),
            Format::Table | Format::Csv | Format::CsvDe => self.to_text(style.command.as_deref(), lang),
        }
    }

    /// Returns the code, the message and the hint of an error that is not the library's.
    fn to_parts(&self, lang: Lang) -> (&str, String, Option<String>) {
        let hint = |hint: Option<&Message>| hint.map(|hint| hint.in_lang(lang));
        match self {
            Self::Unreadable { kind, .. } => {
                ("file.unreadable", os_message(*kind, lang), hint(os_hint(*kind).as_ref()))
            }
            Self::Unwritable(kind) => {
                let message = format!("{}: {}", text("file.stdout", lang), os_message(*kind, lang));
                ("file.unwritable", message, None)
            }
            Self::Unwritten { kind, .. } => {
                let message = Message::new("file.unwritten").with("cause", os_message(*kind, lang)).in_lang(lang);
                ("file.unwritable", message, None)
            }
            Self::Usage { message, hint: next } => ("usage", message.in_lang(lang), hint(next.as_ref())),
            Self::File { wrong, .. } => (wrong.code, wrong.message.in_lang(lang), hint(Some(&wrong.hint))),
            Self::Option { code, message } => (code, message.in_lang(lang), None),
            Self::Input(_) => ("", String::new(), None),
        }
    }

    /// Returns the place of an error that is not the library's.
    fn place(&self) -> Option<Place> {
        match self {
            Self::Unreadable { file, .. } | Self::Unwritten { file, .. } => Some(Place::of_file(file)),
            Self::File { file, wrong } => Some(Place { line: wrong.line, ..Place::of_file(file) }),
            Self::Unwritable(_) | Self::Usage { .. } | Self::Option { .. } | Self::Input(_) => None,
        }
    }

    fn to_text(&self, command: Option<&str>, lang: Lang) -> String {
        let (code, message, hint) = self.to_parts(lang);
        let place = self.place().map(|place| place.to_text(lang) + ": ").unwrap_or_default();
        match self {
            Self::Unreadable { .. }
            | Self::Unwritable(_)
            | Self::Unwritten { .. }
            | Self::File { .. }
            | Self::Option { .. } => {
                let hint = hint.map(|hint| format!(" - {hint}")).unwrap_or_default();
                strip_controls(&format!("{place}{message} [{code}]{hint}")) + "\n"
            }
            Self::Usage { .. } => {
                let help = ["lotse"].into_iter().chain(command).chain(["--help"]).collect::<Vec<_>>().join(" ");
                let help = Message::new("error.help").with("command", help).in_lang(lang);
                let hint = hint.map(|hint| format!("  {}\n", strip_controls(&hint))).unwrap_or_default();
                format!("{}: {}\n{hint}\n{help}\n", text("error.prefix", lang), strip_controls(&message))
            }
            Self::Input(details) => {
                let lines = details.iter().map(|(detail, place)| {
                    let place = place.as_ref().map(|place| place.to_text(lang)).unwrap_or_default();
                    strip_controls(&before_path(&place, detail.path())) + &detail_line(detail, lang) + "\n"
                });
                let mut text: String = lines.collect();
                if details.len() >= MAX_DETAILS {
                    let more = Message::new("errors.first").with("max", MAX_DETAILS.to_string());
                    text.push_str(&format!("... {}\n", more.in_lang(lang)));
                }
                text
            }
        }
    }

    fn to_json(&self, lang: Lang) -> String {
        let line = |data: &ErrorData<'_>| serde_json::to_string(data).map(|json| json + "\n").unwrap_or_default();
        let with_errors = |errors: &[ErrorData<'_>]| {
            let first = errors.first().map(|first| ErrorData {
                message: first.message.clone(),
                hint: first.hint.clone(),
                place: first.place.clone(),
                errors,
                ..*first
            });
            first.map(|first| line(&first)).unwrap_or_default()
        };
        if let Self::Input(details) = self {
            return with_errors(&details.iter().map(|detail| ErrorData::from_detail(detail, lang)).collect::<Vec<_>>());
        }
        let (code, message, hint) = self.to_parts(lang);
        let (place, hint) = (self.place(), hint.map(Into::into));
        let place = PlaceData::new(place.as_ref(), lang);
        with_errors(&[ErrorData { code, path: "", message: message.into(), hint, errors: &[], place }])
    }
}

/// Returns the place of an error as it precedes the path. The path of an import begins with the name of the file, which is not
/// repeated: `lists/` before `needs.csv: row 3`.
fn before_path(place: &str, path: &str) -> String {
    let file = path.split_once(": ").map_or(path, |(file, _)| file);
    let folder = place.strip_suffix(file).filter(|folder| folder.is_empty() || folder.ends_with(['/', '\\']));
    match folder {
        Some(folder) if !file.is_empty() => folder.to_owned(),
        _ if place.is_empty() => String::new(),
        _ => format!("{place}: "),
    }
}

/// Returns an error or a warning of the library as one line.
pub(crate) fn detail_line(detail: &ErrorDetail, lang: Lang) -> String {
    let path = if detail.path().is_empty() { String::new() } else { format!("{}: ", detail.path()) };
    let hint = detail.hint_in(lang).map(|hint| format!(" - {hint}")).unwrap_or_default();
    strip_controls(&format!("{path}{} [{}]{hint}", detail.message_in(lang), detail.code()))
}

/// Returns what the operating system reports.
fn os_message(kind: io::ErrorKind, lang: Lang) -> String {
    let key = match kind {
        io::ErrorKind::NotFound => "os.not_found",
        io::ErrorKind::PermissionDenied => "os.permission",
        io::ErrorKind::IsADirectory => "os.folder",
        io::ErrorKind::NotADirectory => "os.not_a_folder",
        io::ErrorKind::InvalidInput => "os.name",
        io::ErrorKind::StorageFull => "os.full",
        io::ErrorKind::NotConnected => "os.closed",
        _ => return Message::new("os.other").with("kind", format!("{kind:?}")).in_lang(lang),
    };
    text(key, lang).to_owned()
}

/// Returns what to do about it, if it is plain.
fn os_hint(kind: io::ErrorKind) -> Option<Message> {
    Some(match kind {
        io::ErrorKind::NotFound => Message::new("os.not_found.hint"),
        io::ErrorKind::PermissionDenied => Message::new("os.permission.hint"),
        io::ErrorKind::IsADirectory => Message::new("os.folder.hint"),
        _ => return None,
    })
}

/// Serializes a response to one line of JSON.
///
/// # Errors
///
/// As [`unserializable`].
pub(crate) fn to_json_line(response: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(response).map(|json| json + "\n").map_err(|_| unserializable())
}

/// Serializes a value to JSON that people read and edit.
///
/// # Errors
///
/// As [`unserializable`].
pub(crate) fn to_pretty_json(value: &impl Serialize) -> Result<String, Error> {
    let text = serde_json::to_string_pretty(value).map_err(|_| unserializable())?;
    Ok(escape_controls(&text) + "\n")
}

/// Creates the error `response.json`, which is a defect: responses contain only strings and finite numbers.
pub(crate) fn unserializable() -> Error {
    Error::Option { code: "response.json", message: Message::new("response.json") }
}

#[cfg(test)]
mod tests {
    use super::before_path;

    #[test]
    fn the_name_of_a_file_occurs_once() {
        for (place, path, expected) in [
            ("lists/needs.csv", "needs.csv: row 3", "lists/"),
            ("needs.csv", "needs.csv", ""),
            ("my needs.csv", "needs.csv: row 3", "my needs.csv: "),
            ("needs.csv, line 3, n-1", "needs[0].age", "needs.csv, line 3, n-1: "),
            ("needs.csv", "", "needs.csv: "),
            ("", "needs.csv", ""),
        ] {
            assert_eq!(before_path(place, path), expected, "{place} {path}");
        }
    }
}
