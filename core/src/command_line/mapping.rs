//! The command `lotse mapping`.

use crate::import::Mapping;

use crate::command_line::{
    args::MappingArguments,
    error::{Error, to_pretty_json},
    texts::Message,
};

/// Returns a built-in mapping, or the names of all of them.
pub(crate) fn run(arguments: &MappingArguments) -> Result<String, Error> {
    let Some(name) = &arguments.name else {
        return Ok(Mapping::built_in_names().map(|name| format!("{name}\n")).collect());
    };
    match Mapping::built_in(name) {
        Ok(mapping) => to_pretty_json(&mapping),
        Err(_) => {
            let names: Vec<&str> = Mapping::built_in_names().collect();
            let hint = Some(Message::new("usage.values").with("values", names.join(", ")));
            Err(Error::Usage { message: Message::new("usage.mapping").with("name", name.as_str()), hint })
        }
    }
}
