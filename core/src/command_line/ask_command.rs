//! The command that asks the open questions of an import, for people to copy.

use std::{ffi::OsStr, path::Path};

use crate::command_line::args::List;

/// Returns a command that asks the open questions of files and saves the answers next to them, or in the mapping that was given.
pub(crate) fn ask_command(list: List, files: &[&Path], map: Option<&Path>, vocabulary: Option<&Path>) -> String {
    let path = |path: &Path| quoted(&path.display().to_string());
    let stem = files.first().and_then(|file| file.file_stem()).and_then(OsStr::to_str).unwrap_or("list");
    // The name of a built-in mapping is no file that could be amended.
    let own_map = map.filter(|map| map.extension().is_some());
    let save_map = own_map.map_or_else(|| quoted(&format!("{stem}.map.json")), path);
    let mut command = format!("lotse import --{list}");
    files.iter().for_each(|file| command.push_str(&format!(" {}", path(file))));
    for (option, file) in [("--map", map), ("--vocabulary", vocabulary)] {
        command.extend(file.map(|file| format!(" {option} {}", path(file))));
    }
    command + &format!(" --ask --save-map {save_map} --out {list}.json")
}

/// Returns a word of a command, in quotes if a shell would split it.
fn quoted(word: &str) -> String {
    let is_plain = |letter: char| {
        letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '/' | ':' | '\\' | '~' | '=' | ',')
    };
    if word.chars().all(is_plain) { word.to_owned() } else { format!("\"{word}\"") }
}

#[cfg(test)]
mod tests {
    use super::ask_command;
    use crate::command_line::args::List;
    use std::path::Path;

    #[test]
    fn a_command_can_be_copied() {
        let file = Path::new("Liste neu.csv");
        assert_eq!(
            ask_command(List::Needs, &[file], None, None),
            r#"lotse import --needs "Liste neu.csv" --ask --save-map "Liste neu.map.json" --out needs.json"#
        );
        let files = [Path::new("a.csv"), Path::new("b.csv")];
        assert_eq!(
            ask_command(List::Offers, &files, Some(Path::new("own.json")), Some(Path::new("words.json"))),
            "lotse import --offers a.csv b.csv --map own.json --vocabulary words.json --ask --save-map own.json --out offers.json"
        );
        let command = ask_command(List::Offers, &files[..1], Some(Path::new("hsds3")), None);
        assert_eq!(command, "lotse import --offers a.csv --map hsds3 --ask --save-map a.map.json --out offers.json");
    }
}
