//! The commands `lotse completions` and `lotse man`: what a shell and a manual know of the arguments.

use std::io;

use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::command_line::{
    args::{Arguments, CompletionsArguments, ManArguments},
    error::Error,
};

/// Returns the script that completes commands and options in a shell.
pub(crate) fn run(arguments: &CompletionsArguments) -> Result<String, Error> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "lotse", &mut script);
    to_text(script)
}

/// Returns the manual page of the command, or of one of its commands.
pub(crate) fn man(arguments: &ManArguments) -> Result<String, Error> {
    let mut command = Arguments::command();
    command.build();
    let page = match &arguments.command {
        None => command,
        Some(name) => {
            command.find_subcommand(name).cloned().ok_or(Error::Usage("lotse man: no command has this name"))?
        }
    };
    let mut text = Vec::new();
    let version = env!("CARGO_PKG_VERSION");
    Man::new(page)
        .date("")
        .source(format!("lotse {version}"))
        .manual("lotse")
        .render(&mut text)
        .map_err(|error| Error::Unwritable(error.kind()))?;
    to_text(text)
}

fn to_text(bytes: Vec<u8>) -> Result<String, Error> {
    String::from_utf8(bytes).map_err(|_| Error::Unwritable(io::ErrorKind::InvalidData))
}
