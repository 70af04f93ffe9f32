//! Errors of the command, and how they are printed.

use std::io::{self, Write as _};

use crate::ErrorDetail;
use serde::Serialize;

use crate::command_line::{
    args::Format,
    terminal::{escape_controls, strip_controls},
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
    Unreadable { file: String, kind: io::ErrorKind },
    /// A standard output that cannot be written to.
    Unwritable(io::ErrorKind),
    /// Options that contradict each other, or that are missing.
    Usage(&'static str),
    /// A file that is not JSON, or not of the expected shape.
    File { file: String, code: String, message: String },
    /// An option with an id that no record has.
    Option { code: &'static str, message: &'static str },
    /// Errors of the library about the input.
    Input(Vec<ErrorDetail>),
}

impl From<crate::Error> for Error {
    fn from(error: crate::Error) -> Self {
        Self::Input(error.errors().cloned().collect())
    }
}

/// One error in the wire format.
#[derive(Serialize)]
struct ErrorData<'a> {
    code: &'a str,
    path: &'a str,
    message: &'a str,
    hint: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ErrorData<'a>],
}

impl<'a> ErrorData<'a> {
    fn new(code: &'a str, message: &'a str) -> Self {
        Self { code, path: "", message, hint: None, errors: &[] }
    }

    fn from_detail(detail: &'a ErrorDetail) -> Self {
        Self { path: detail.path(), hint: detail.hint(), ..Self::new(detail.code(), detail.message()) }
    }
}

impl Error {
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Unreadable { .. } | Self::Unwritable(_) => EXIT_FILE,
            Self::Usage(_) | Self::File { .. } | Self::Option { .. } | Self::Input(_) => EXIT_INPUT,
        }
    }

    /// Prints the error on standard error, as text or in the wire format.
    pub(crate) fn print(&self, format: Format) {
        let text = if format == Format::Json { escape_controls(&self.to_json()) } else { self.to_text() };
        // If this fails, there is no other output to report it on.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    fn to_text(&self) -> String {
        match self {
            Self::Unreadable { file, kind } => format!("{}: {kind}\n", strip_controls(file)),
            Self::Unwritable(kind) => format!("standard output: {kind}\n"),
            Self::Usage(message) => format!("error: {message}\n\nFor more information, try '--help'.\n"),
            Self::File { file, code, message } => format!("{}: {message} [{code}]\n", strip_controls(file)),
            Self::Option { code, message } => format!("{message} [{code}]\n"),
            Self::Input(details) => {
                let mut text: String =
                    details.iter().map(|detail| format!("{}\n", strip_controls(&detail.to_string()))).collect();
                if details.len() >= MAX_DETAILS {
                    text.push_str("... these are the first 100 errors; there may be more\n");
                }
                text
            }
        }
    }

    fn to_json(&self) -> String {
        let line = |data: &ErrorData<'_>| serde_json::to_string(data).map(|json| json + "\n").unwrap_or_default();
        let single = |code: &str, message: &str| {
            line(&ErrorData { errors: &[ErrorData::new(code, message)], ..ErrorData::new(code, message) })
        };
        match self {
            Self::Unreadable { file, kind } => single("file.unreadable", &format!("{file}: {kind}")),
            Self::Unwritable(kind) => single("file.unwritable", &format!("standard output: {kind}")),
            Self::Usage(message) => single("usage", message),
            Self::File { file, code, message } => single(code, &format!("{file}: {message}")),
            Self::Option { code, message } => single(code, message),
            Self::Input(details) => {
                let errors: Vec<ErrorData<'_>> = details.iter().map(ErrorData::from_detail).collect();
                let first = details.first().map(ErrorData::from_detail);
                first.map(|first| line(&ErrorData { errors: &errors, ..first })).unwrap_or_default()
            }
        }
    }
}

/// Serializes a response to one line of JSON.
///
/// # Errors
///
/// As [`unserializable`].
pub(crate) fn to_json_line(response: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(response).map(|json| json + "\n").map_err(|_| unserializable())
}

/// Creates the error `response.json`, which is a defect: responses contain only strings and finite numbers.
pub(crate) fn unserializable() -> Error {
    Error::Option { code: "response.json", message: "the response cannot be written as JSON" }
}
