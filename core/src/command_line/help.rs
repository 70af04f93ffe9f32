//! Help in each display language: clap's command with the texts of the catalogue.

use clap::{Arg, ArgAction, CommandFactory as _};

use crate::Lang;

use crate::command_line::{
    args::Arguments,
    texts::{self, text},
};

/// The largest width of help in columns: that of a terminal as it opens.
const MAX_WIDTH: usize = 80;

/// Returns the command with its help in a display language.
pub(crate) fn command(lang: Lang) -> clap::Command {
    let after_help =
        ["after_help", "after_help.exit_codes", "after_help.person"].map(|key| text(key, lang)).join("\n\n");
    let version = flag("version", ArgAction::Version).short('V');
    // For the list of commands only: `help rank` is parsed as `rank --help`.
    let help = clap::Command::new("help");
    let command = Arguments::command().max_term_width(MAX_WIDTH).arg(version).subcommand(help).after_help(after_help);
    let command = command
        .subcommand_help_heading(text("heading.commands", lang))
        .mut_subcommands(|command| localize(command, lang));
    let usage = format!("lotse {}\n       lotse {}", text("usage.command", lang), text("usage.options", lang));
    localize(command, lang).override_usage(usage)
}

/// Sets all texts of a command but those of its commands.
fn localize(command: clap::Command, lang: Lang) -> clap::Command {
    let name = command.get_name().to_owned();
    let about = texts::find(&format!("about.{name}"), lang).unwrap_or_else(|| text("about", lang));
    let style = *command.get_styles().get_usage();
    let heading = text("heading.usage", lang);
    let template = format!("{{about}}\n\n{style}{heading}{style:#} {{usage}}\n\n{{all-args}}{{after-help}}\n");
    let command = command
        .about(about)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .arg(flag("help", ArgAction::Help).short('h'))
        .mut_args(|arg| localize_arg(arg, &name, lang))
        .help_template(template);
    let positionals = command.get_positionals().map(|arg| format!(" {arg}")).collect::<String>();
    command.override_usage(format!("lotse {name} {}{positionals}", text("usage.options", lang)))
}

fn flag(name: &'static str, action: ArgAction) -> Arg {
    Arg::new(name).long(name).action(action)
}

fn localize_arg(arg: Arg, command: &str, lang: Lang) -> Arg {
    let id = arg.get_id().as_str();
    let own = texts::find(&format!("help.{command}.{id}"), lang);
    let help = own.or_else(|| texts::find(&format!("help.{id}"), lang)).unwrap_or_default();
    let heading = text(if arg.is_positional() { "heading.arguments" } else { "heading.options" }, lang);
    let arg = arg.help_heading(heading);
    if !arg.get_action().takes_values() {
        return arg.help(help);
    }
    let values: Vec<_> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    // Help that names all values says what each of them means.
    let help = if values.iter().all(|value| help.contains(value)) {
        help.to_owned()
    } else {
        format!("{help} [{}]", values.join(", "))
    };
    let value_name = arg.get_value_names().and_then(|names| names.first()).map(|name| format!("value.{name}"));
    let value_name = value_name.and_then(|key| texts::find(&key, lang));
    let arg = arg.help(help).hide_possible_values(true).hide_default_value(true);
    match value_name {
        Some(name) => arg.value_name(name),
        None => arg,
    }
}
