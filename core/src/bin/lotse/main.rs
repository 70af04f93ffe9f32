//! The command `lotse`: the library on files, for people at a terminal.
//!
//! Exit codes: 0 done, 1 a file cannot be read or written, 2 the input or the usage is wrong. Where something is wrong all
//! of it is told on standard error, and nothing is written to standard output. A closed pipe is no error.

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
mod members;
mod nearest;
mod progress;
mod rank;
mod render;
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
    error::Failure,
};

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(told) => {
            // Nobody is left to be told where this cannot be printed.
            let _ = told.print();
            return ExitCode::from(u8::try_from(told.exit_code()).unwrap_or(error::WRONG));
        }
    };
    match run(&arguments.command).and_then(|text| write(&text)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.tell(arguments.command.shown().format);
            ExitCode::from(failure.exit_code())
        }
    }
}

/// What goes to standard output: all of it or nothing.
fn run(command: &Command) -> Result<String, Failure> {
    match command {
        Command::Demo(shown) => demo::run(shown),
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

fn write(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Unwritable(error.kind())),
        _ => Ok(()),
    }
}
