//! What can go wrong, and how it is told.

use std::io::{self, Write as _};

use lotse::{Error, ErrorDetail};
use serde::Serialize;

use crate::{args::Format, terminal::clean};

/// A file cannot be read or written.
const UNREADABLE: u8 = 1;
/// The input or the usage is wrong.
pub(crate) const WRONG: u8 = 2;
/// So many errors are told at once; the library stops there.
const MOST: usize = 100;

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A file that cannot be read.
    Unreadable { file: String, why: io::ErrorKind },
    /// Standard output that cannot be written to.
    Unwritable(io::ErrorKind),
    /// Options that do not go together.
    Usage(&'static str),
    /// A file that is not what it should be, seen before the library saw it.
    File { file: String, code: &'static str, message: String },
    /// An option that names something which is not there.
    Option { code: &'static str, message: &'static str },
    /// Records that are wrong.
    Dataset(Vec<ErrorDetail>),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Dataset(error.errors().cloned().collect())
    }
}

/// The answer does not become JSON, which texts and finite numbers always do.
pub(crate) fn unwritten() -> Failure {
    Failure::Option { code: "response.json", message: "the answer cannot be written as JSON" }
}

/// One error, in the shape of the wire format.
#[derive(Serialize)]
struct Told<'a> {
    code: &'a str,
    path: &'a str,
    message: &'a str,
    hint: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [Told<'a>],
}

impl<'a> Told<'a> {
    fn new(code: &'a str, message: &'a str) -> Self {
        Self { code, path: "", message, hint: None, errors: &[] }
    }

    fn of(detail: &'a ErrorDetail) -> Self {
        Self { path: detail.path(), hint: detail.hint(), ..Self::new(detail.code(), detail.message()) }
    }
}

impl Failure {
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Unreadable { .. } | Self::Unwritable(_) => UNREADABLE,
            Self::Usage(_) | Self::File { .. } | Self::Option { .. } | Self::Dataset(_) => WRONG,
        }
    }

    /// Tells it on standard error, as text or in the shape of the wire format.
    pub(crate) fn tell(&self, format: Format) {
        let text = if format == Format::Json { self.json() } else { self.text() };
        // Nobody is left to be told where this fails.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    fn text(&self) -> String {
        match self {
            Self::Unreadable { file, why } => format!("{}: {why}\n", clean(file)),
            Self::Unwritable(why) => format!("standard output: {why}\n"),
            Self::Usage(message) => format!("error: {message}\n\nFor more information, try '--help'.\n"),
            Self::File { file, code, message } => format!("{}: {message} [{code}]\n", clean(file)),
            Self::Option { code, message } => format!("{message} [{code}]\n"),
            Self::Dataset(details) => {
                let mut text: String =
                    details.iter().map(|detail| format!("{}\n", clean(&detail.to_string()))).collect();
                if details.len() >= MOST {
                    text.push_str("... these are the first 100 errors; there may be more\n");
                }
                text
            }
        }
    }

    fn json(&self) -> String {
        let told = |told: &Told<'_>| serde_json::to_string(told).map(|text| text + "\n").unwrap_or_default();
        let alone =
            |code: &str, message: &str| told(&Told { errors: &[Told::new(code, message)], ..Told::new(code, message) });
        match self {
            Self::Unreadable { file, why } => alone("file.unreadable", &format!("{file}: {why}")),
            Self::Unwritable(why) => alone("file.unwritable", &format!("standard output: {why}")),
            Self::Usage(message) => alone("usage", message),
            Self::File { file, code, message } => alone(code, &format!("{file}: {message}")),
            Self::Option { code, message } => alone(code, message),
            Self::Dataset(details) => {
                let errors: Vec<Told<'_>> = details.iter().map(Told::of).collect();
                details.first().map(|first| told(&Told { errors: &errors, ..Told::of(first) })).unwrap_or_default()
            }
        }
    }
}
