//! The commands `lotse completions` and `lotse man`: what a shell and a manual know of the arguments.

use std::io;

use clap_mangen::Man;

use crate::Lang;

use crate::command_line::{
    args::{CompletionsArguments, ManArguments},
    error::Error,
    help,
    texts::Message,
};

/// Returns the script that completes commands and options in a shell.
pub(crate) fn run(arguments: &CompletionsArguments, lang: Lang) -> Result<String, Error> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut help::command(lang), "lotse", &mut script);
    to_text(script)
}

/// Returns the manual page of the command, or of one of its commands.
pub(crate) fn man(arguments: &ManArguments, lang: Lang) -> Result<String, Error> {
    let mut command = help::command(lang);
    command.build();
    let page = match &arguments.command {
        None => command,
        Some(name) => command
            .find_subcommand(name)
            .cloned()
            .ok_or_else(|| Message::new("usage.unknown_command").with("command", name.as_str()))?,
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
