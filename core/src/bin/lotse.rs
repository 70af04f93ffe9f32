//! The command `lotse`.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(lotse::command_line::run(std::env::args_os()))
}
