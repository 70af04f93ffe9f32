//! The command `lotse`: the library on files, for people at a terminal.
//!
//! It is a module, so that packages of other languages have the same command: in Python it is `python -m lotse`. It knows the
//! library by its public names only. No other module uses the clock, files or the environment.

#![expect(clippy::disallowed_methods, reason = "the command reads files, clock and environment; the library does not")]

mod allocate;
mod args;
mod ask;
mod ask_command;
mod check;
mod choices;
mod completions;
mod csv;
mod demo;
mod diagnose;
mod error;
mod explain;
mod export;
mod file;
mod foreign;
mod help;
mod import;
mod import_files;
mod input;
mod labels;
mod mapping;
mod output;
mod phrases;
mod place;
mod progress;
mod provenance;
mod questions;
mod rank;
mod records;
mod regions;
mod render;
mod render_plan;
mod report;
mod report_table;
mod resolve;
mod schema;
mod sketch_table;
mod sources;
mod table;
mod template;
mod terminal;
#[cfg(test)]
mod tests;
mod texts;
mod usage;
mod vocabulary;
mod write;
mod wrong_file;

use std::ffi::OsString;

use clap::{FromArgMatches as _, error::ErrorKind};

use crate::Lang;

use crate::command_line::{
    args::{Arguments, Command, Format, lang_of_environment},
    error::{EXIT_INPUT, EXIT_SUCCESS, Error, ErrorStyle},
    texts::Message,
    usage::FirstLook,
};

/// The licences of all crates of the command, which they require.
const LICENCES: &str = include_str!("../../data/licences.txt");

/// Runs the command with arguments, of which the first is its name, and returns its exit code.
///
/// 0: success; 1: a file cannot be read or written; 2: the input or the usage is wrong. After an error, all errors are on
/// standard error, and standard output is empty. A closed pipe is not an error.
///
/// # Example: the command in a program with commands of its own
///
/// ```
/// assert_eq!(lotse::command_line::run(["lotse", "resolve", "Kurmandschi"]), 0);
/// assert_eq!(lotse::command_line::run(["lotse", "check", "--offers", "no-such-file.json"]), 1);
/// ```
pub fn run(arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
    let look = FirstLook::new(&arguments);
    let (arguments, command) = look.expand_help(arguments);
    let format = if look.is_json { Format::Json } else { Format::Table };
    let mut style = ErrorStyle { format, lang: None, command };
    match look.lang {
        Some(Err(value)) => return print_unknown_lang(&value, style),
        Some(Ok(lang)) => style.lang = Some(lang),
        None => {}
    }
    let lang = style.lang.unwrap_or_else(lang_of_environment);
    let parser = help::command(lang);
    // An unknown command has no help of its own.
    style.command = style.command.filter(|name| parser.find_subcommand(name).is_some());
    let matches = parser.try_get_matches_from(arguments);
    let arguments = match matches.and_then(|mut matches| Arguments::from_arg_matches_mut(&mut matches)) {
        Ok(arguments) => arguments,
        Err(error) => return print_usage(&error, &style),
    };
    style.format = arguments.command.as_ref().map_or(Format::Table, |command| command.format());
    match output_of_arguments(arguments).and_then(|text| output::print(&text, style.format)) {
        Ok(()) => EXIT_SUCCESS,
        Err(error) => {
            error.print(&style);
            error.exit_code()
        }
    }
}

/// Prints the error of an unknown language in both languages, because it is not known which one the user reads.
fn print_unknown_lang(value: &str, style: ErrorStyle) -> u8 {
    let error = usage::unknown_lang(value);
    let langs = if style.format == Format::Json { &[Lang::En][..] } else { &[Lang::En, Lang::De] };
    for lang in langs {
        error.print(&ErrorStyle { lang: Some(*lang), ..style.clone() });
    }
    error.exit_code()
}

/// Prints help or the version, which are output, or an error of usage.
fn print_usage(error: &clap::Error, style: &ErrorStyle) -> u8 {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => match output::write(|| error.print()) {
            Ok(()) => EXIT_SUCCESS,
            Err(unwritable) => {
                unwritable.print(style);
                unwritable.exit_code()
            }
        },
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            // If this fails, there is no other output to report it on.
            let _ = error.print();
            EXIT_INPUT
        }
        _ => {
            Error::from(error).print(style);
            EXIT_INPUT
        }
    }
}

/// Returns the licences, or the output of a command.
fn output_of_arguments(arguments: Arguments) -> Result<String, Error> {
    match (arguments.licences, arguments.command) {
        (true, None) => Ok(LICENCES.to_owned()),
        (true, Some(_)) => Err(Message::new("usage.licences").into()),
        (false, Some(command)) => output_of(&command, arguments.lang.unwrap_or_else(lang_of_environment)),
        (false, None) => Err(Message::new("usage.no_command").into()),
    }
}

/// Runs a command and returns its whole output, so that nothing is printed before an error.
fn output_of(command: &Command, lang: Lang) -> Result<String, Error> {
    match command {
        Command::Demo(output) => demo::run(output),
        Command::Check(arguments) => check::run(arguments),
        Command::Rank(arguments) => rank::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Diagnose(arguments) => diagnose::run(arguments),
        Command::Allocate(arguments) => allocate::run(arguments),
        Command::Report(arguments) => report::run(arguments),
        Command::Import(arguments) => import::run(arguments),
        Command::Mapping(arguments) => mapping::run(arguments),
        Command::Export(arguments) => export::run(arguments),
        Command::Regions(arguments) => regions::run(arguments),
        Command::Resolve(arguments) => resolve::run(arguments),
        Command::Vocabulary(arguments) => vocabulary::run(arguments),
        Command::Schema(arguments) => schema::run(arguments),
        Command::Template(arguments) => template::run(arguments),
        Command::Completions(arguments) => completions::run(arguments, lang),
        Command::Man(arguments) => completions::man(arguments, lang),
    }
}
