//! The command `lotse regions`.

use crate::import::region_tree;

use crate::command_line::{
    args::RegionsArguments,
    error::{Error, to_pretty_json},
    file::{File, check_single_stdin},
    write::write_file,
};

pub(crate) fn run(arguments: &RegionsArguments) -> Result<String, Error> {
    check_single_stdin(arguments.files.iter().map(|path| path.as_path()))?;
    let files: Result<Vec<File>, Error> = arguments.files.iter().map(|path| File::read(path)).collect();
    let files = files?;
    let texts: Vec<&str> = files.iter().map(File::text).collect();
    let additions = to_pretty_json(&region_tree::convert(arguments.from, &texts, arguments.prefix.as_deref())?)?;
    match &arguments.out {
        Some(path) => {
            write_file(path, additions)?;
            Ok(String::new())
        }
        None => Ok(additions),
    }
}
