//! The command `lotse`: the library on files, for people at a terminal.
//!
//! It is a module, so that packages of other languages have the same command: in Python it is `python -m lotse`. It knows the
//! library by its public names only. No other module uses the clock, files or the environment.

#![expect(clippy::disallowed_methods, reason = "the command reads files, clock and environment; the library does not")]

mod allocate;
mod args;
mod check;
mod csv;
mod demo;
mod diagnose;
mod error;
mod explain;
mod input;
mod labels;
mod output;
mod progress;
mod rank;
mod render;
mod render_plan;
mod report;
mod resolve;
mod schema;
mod template;
mod terminal;
mod vocabulary;

use std::ffi::OsString;

use clap::Parser as _;

use crate::command_line::{
    args::{Arguments, Command, Format},
    error::{EXIT_INPUT, EXIT_SUCCESS, Error},
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
/// assert_eq!(lotse::command_line::run(["lotse", "rank", "--offers", "no-such-file.json"]), 1);
/// ```
pub fn run(arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> u8 {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return print_usage(&error),
    };
    let format = arguments.command.as_ref().map_or(Format::Table, |command| command.format());
    let text = arguments.command.as_ref().map_or_else(|| Ok(LICENCES.to_owned()), output_of);
    match text.and_then(|text| output::print(&text, format)) {
        Ok(()) => EXIT_SUCCESS,
        Err(error) => {
            error.print(format);
            error.exit_code()
        }
    }
}

/// Prints help or the version, which are output, or an error of usage.
fn print_usage(error: &clap::Error) -> u8 {
    let code = u8::try_from(error.exit_code()).unwrap_or(EXIT_INPUT);
    if error.use_stderr() {
        // If this fails, there is no other output to report it on.
        let _ = error.print();
        return code;
    }
    match output::write(|| error.print()) {
        Ok(()) => code,
        Err(unwritable) => {
            unwritable.print(Format::Table);
            unwritable.exit_code()
        }
    }
}

/// Runs a command and returns its whole output, so that nothing is printed before an error.
fn output_of(command: &Command) -> Result<String, Error> {
    match command {
        Command::Demo(output) => demo::run(output),
        Command::Check(arguments) => check::run(arguments),
        Command::Rank(arguments) => rank::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Diagnose(arguments) => diagnose::run(arguments),
        Command::Allocate(arguments) => allocate::run(arguments),
        Command::Report(arguments) => report::run(arguments),
        Command::Resolve(arguments) => resolve::run(arguments),
        Command::Vocabulary(arguments) => vocabulary::run(arguments),
        Command::Schema(arguments) => schema::run(arguments),
        Command::Template(arguments) => template::run(arguments),
    }
}
