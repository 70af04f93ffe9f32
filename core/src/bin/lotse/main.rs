//! The command `lotse`: the library on files, for people at a terminal.
//!
//! Exit codes: 0 success, 1 a file cannot be read or written, 2 the input or the usage is wrong. After an error, all errors are
//! on standard error and standard output is empty. A closed pipe is not an error.

#![expect(clippy::disallowed_methods, reason = "the command reads files, clock and environment; the library does not")]
#![cfg_attr(not(test), deny(clippy::too_many_lines))]

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
mod progress;
mod rank;
mod render;
mod render_plan;
mod report;
mod resolve;
mod terminal;
mod vocabulary;

use std::{
    io::{self, Write as _},
    process::ExitCode,
};

use clap::Parser as _;

use crate::{
    args::{Arguments, Command},
    error::{EXIT_INPUT, Error},
};

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // If this fails, there is no other output to report it on.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(EXIT_INPUT));
        }
    };
    match run(&arguments.command).and_then(|text| print(&text)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error.print(arguments.command.output().format);
            ExitCode::from(error.exit_code())
        }
    }
}

/// Runs a command and returns its whole output, so that nothing is printed before an error.
fn run(command: &Command) -> Result<String, Error> {
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
    }
}

fn print(text: &str) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::Unwritable(error.kind())),
        _ => Ok(()),
    }
}
