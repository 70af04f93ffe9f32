//! Errors of usage in our words: what clap found, in each display language.

use std::{error::Error as _, ffi::OsString};

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::Lang;

use crate::command_line::{
    args::{DelimiterError, NumberError},
    error::Error,
    texts::Message,
};

/// What the arguments state before they are parsed: the language of the help and of the errors of parsing.
#[derive(Debug)]
pub(crate) struct FirstLook {
    /// The language that `--lang` states, or its value if that is no language.
    pub(crate) lang: Option<Result<Lang, String>>,
    /// Whether errors are for programs.
    pub(crate) is_json: bool,
    /// The position of the command.
    command: Option<usize>,
}

impl FirstLook {
    pub(crate) fn new(arguments: &[OsString]) -> Self {
        let mut look = Self { lang: None, is_json: false, command: None };
        let mut rest =
            arguments.iter().enumerate().skip(1).map(|(index, argument)| (index, argument.to_string_lossy()));
        while let Some((index, argument)) = rest.next() {
            let (name, value) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (&*argument, None),
            };
            match name {
                "--" => break,
                "--lang" | "--format" => {
                    let Some(value) = value.or_else(|| rest.next().map(|(_, value)| value.into_owned())) else { break };
                    if name == "--lang" {
                        look.lang = Some(value.parse().map_err(|_| value));
                    } else {
                        look.is_json = value == "json";
                    }
                }
                _ if look.command.is_none() && !argument.starts_with('-') => look.command = Some(index),
                _ => {}
            }
        }
        look
    }

    /// Returns the arguments with `help rank` as `rank --help`, and the name of the command.
    pub(crate) fn expand_help(&self, mut arguments: Vec<OsString>) -> (Vec<OsString>, Option<String>) {
        let name = |arguments: &[OsString], index| {
            arguments.get(index).and_then(|name: &OsString| name.to_str()).map(str::to_owned)
        };
        let Some(index) = self.command else { return (arguments, None) };
        if name(&arguments, index).as_deref() != Some("help") {
            let name = name(&arguments, index);
            return (arguments, name);
        }
        arguments.remove(index);
        arguments.push("--help".into());
        (arguments, None)
    }
}

/// Returns the error of a value of `--lang` that is no language.
pub(crate) fn unknown_lang(value: &str) -> Error {
    let values = Lang::all().map(Lang::as_str).collect::<Vec<_>>().join(", ");
    Message::new("usage.lang").with("value", value).with("values", values).into()
}

impl From<&clap::Error> for Error {
    fn from(error: &clap::Error) -> Self {
        let (message, hint) = message_and_hint(error);
        Self::Usage { message, hint }
    }
}

fn message_and_hint(error: &clap::Error) -> (Message, Option<Message>) {
    let fact = |kind| context(error, kind);
    let option = || fact(ContextKind::InvalidArg);
    let value = || fact(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidValue if value().is_empty() => {
            (Message::new("usage.missing_value").with("option", option()), possible_values(error))
        }
        ErrorKind::InvalidValue => {
            let (suggested, values) = (fact(ContextKind::SuggestedValue), fact(ContextKind::ValidValue));
            let hint = match suggested.is_empty() {
                true => possible_values(error),
                false => Some(Message::new("usage.did_you_mean_of").with("value", suggested).with("values", values)),
            };
            (invalid_value(option(), value()), hint)
        }
        ErrorKind::ValueValidation => (invalid_value(option(), value()), cause(error)),
        ErrorKind::UnknownArgument => {
            let hint = did_you_mean(fact(ContextKind::SuggestedArg));
            match option() {
                name if name.starts_with('-') => (Message::new("usage.unknown_option").with("option", name), hint),
                value => (Message::new("usage.unexpected").with("value", value), hint),
            }
        }
        ErrorKind::InvalidSubcommand => {
            let name = fact(ContextKind::InvalidSubcommand);
            let hint = did_you_mean(fact(ContextKind::SuggestedSubcommand));
            (Message::new("usage.unknown_command").with("command", name), hint)
        }
        ErrorKind::MissingRequiredArgument => {
            (Message::new("usage.missing_argument").with("arguments", option()), possible_values(error))
        }
        ErrorKind::TooManyValues => (Message::new("usage.no_value").with("option", option()), None),
        ErrorKind::ArgumentConflict if option() == fact(ContextKind::PriorArg) => {
            (Message::new("usage.twice").with("option", option()), None)
        }
        ErrorKind::ArgumentConflict => {
            let message = Message::new("usage.conflict").with("option", option());
            (message.with("other", fact(ContextKind::PriorArg)), None)
        }
        ErrorKind::InvalidUtf8 => (Message::new("usage.not_text"), None),
        _ => (Message::new("usage.other"), None),
    }
}

fn invalid_value(option: String, value: String) -> Message {
    Message::new("usage.invalid_value").with("option", option).with("value", value)
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    error.get(kind).map(ContextValue::to_string).unwrap_or_default()
}

fn did_you_mean(value: String) -> Option<Message> {
    (!value.is_empty()).then(|| Message::new("usage.did_you_mean").with("value", value))
}

fn possible_values(error: &clap::Error) -> Option<Message> {
    let values = context(error, ContextKind::ValidValue);
    (!values.is_empty()).then(|| Message::new("usage.values").with("values", values))
}

/// Returns what a parser of ours expects.
fn cause(error: &clap::Error) -> Option<Message> {
    let source = error.source()?;
    if let Some(NumberError { key, min, max }) = source.downcast_ref() {
        return Some(Message::new(key).with("min", min.to_string()).with("max", max.to_string()));
    }
    if source.is::<DelimiterError>() {
        return Some(Message::new("usage.delimiter"));
    }
    let detail = source.downcast_ref::<crate::Error>()?.errors().next()?;
    Some(Message::LibraryHint(Box::new(detail.clone())))
}
