//! The command that asks the open questions of an import, for people to copy.

use std::{ffi::OsStr, path::Path};

use crate::command_line::args::List;

/// Returns a command that asks the open questions of files and saves the answers next to them.
pub(crate) fn ask_command(list: List, files: &[&Path]) -> String {
    let stem = files.first().and_then(|file| file.file_stem()).and_then(OsStr::to_str).unwrap_or("list");
    let map = quoted(&format!("{stem}.map.json"));
    let files = files.iter().map(|file| quoted(&file.display().to_string())).collect::<Vec<_>>().join(" ");
    format!("lotse import --{list} {files} --ask --save-map {map} --out {list}.json")
}

/// Returns a word of a command, in quotes if a shell would split it.
fn quoted(word: &str) -> String {
    let is_plain = |letter: char| {
        letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '/' | ':' | '\\' | '~' | '=' | ',')
    };
    if word.chars().all(is_plain) { word.to_owned() } else { format!("\"{word}\"") }
}
