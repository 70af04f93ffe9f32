//! The command `lotse schema`.

use crate::wire;

use crate::command_line::{
    args::SchemaArguments,
    error::{Error, unserializable},
    texts::Message,
};

/// Runs the command and returns its output.
pub(crate) fn run(arguments: &SchemaArguments) -> Result<String, Error> {
    let schema = wire::schema(&arguments.name).ok_or_else(|| Message::new("usage.schema"))?;
    let mut text = serde_json::to_string_pretty(&schema).map_err(|_| unserializable())?;
    text.push('\n');
    Ok(text)
}
