//! Lists in foreign columns and formats, which are imported where a list of records is expected.
//!
//! A list is taken directly if a mapping is given, or if its columns are clear by their names. Words that are open are warnings.

use std::path::Path;

use crate::{
    Vocabulary,
    import::{Import, ImportBuilder, ImportFile, Imported, Sketch, WordKind},
    wire::{Value, to_value},
};

use crate::command_line::{
    args::{InputArguments, List, lang_of_environment, today},
    ask_command::ask_command,
    choices::Namer,
    error::Error,
    file::{File, decode_file, name_of, read_bytes},
    import_files::{import_file, read_mapping},
    output::print_to_stderr,
    place::Place,
    records::{self, Position},
    report_table::ReportView,
    terminal::TerminalText,
    texts::{Message, text},
    wrong_file::{self, WrongFile},
};

/// Reads a list of records: in the formats of lotse, or in any that an import reads.
///
/// # Errors
///
/// Those of [`File::from_bytes`] and of an import; `json.foreign_format` if a person has to say what columns mean.
pub(crate) fn read_list(path: &Path, list: List, arguments: &InputArguments) -> Result<File, Error> {
    let bytes = read_bytes(path)?;
    let map = arguments.map_of(list);
    if map.is_none() && !is_foreign(&bytes, list) {
        return File::from_bytes(path, bytes);
    }
    let file = import_file(path, bytes.clone());
    if map.is_none() {
        if let Some(table) = records::of_own_table(&file, list) {
            return table.map(|records| File::imported(path, records)).map_err(|wrong| wrong_error(path, wrong));
        }
    }
    let list = ForeignList { path, list, arguments };
    list.read(file).map_err(|error| match error {
        // What the file is, in our words, if it is nothing that can be imported.
        Error::Input(details) if details.iter().all(|(detail, _)| is_about_format(detail.code())) => {
            let own = File::from_bytes(path, bytes).and_then(|own| own.parse_records(list.list).map(drop));
            own.err().unwrap_or(Error::Input(details))
        }
        error => error,
    })
}

fn wrong_error(path: &Path, wrong: WrongFile) -> Error {
    Error::File { file: name_of(path), wrong: Box::new(wrong) }
}

fn is_about_format(code: &str) -> bool {
    let codes = ["import.format.", "import.header.", "import.encoding", "import.short_view", "json.syntax"];
    codes.iter().any(|prefix| code.starts_with(prefix))
}

/// Returns whether a file is not in a format of lotse, by its encoding and by the names of its columns or fields.
fn is_foreign(bytes: &[u8], list: List) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(text) => records::is_foreign(text.trim_start_matches('\u{feff}'), list),
        Err(_) => wrong_file::decode_text(bytes.to_owned()).map_or(true, |text| records::is_foreign(&text, list)),
    }
}

/// A list that is imported.
#[derive(Clone, Copy)]
struct ForeignList<'a> {
    path: &'a Path,
    list: List,
    arguments: &'a InputArguments,
}

impl ForeignList<'_> {
    fn read(self, file: ImportFile) -> Result<File, Error> {
        let files = [file];
        let vocabulary = match &self.arguments.vocabulary {
            Some(path) => decode_file(path, Vocabulary::from_value)?,
            None => Vocabulary::default(),
        };
        let builder = self.builder(&vocabulary)?;
        if self.arguments.map_of(self.list).is_none() {
            let sketch = builder
                .clone()
                .build()
                .and_then(|import| import.sketch(&files))
                .map_err(|error| self.at_file(&error))?;
            if asks_about_columns(&sketch) {
                return Err(self.foreign_format(&sketch));
            }
        }
        let imported = builder.build().and_then(|import| import.read(&files)).map_err(|error| self.at_file(&error))?;
        self.warn(&imported, &vocabulary);
        Ok(File::imported(self.path, self.records(&imported)?))
    }

    fn builder(self, vocabulary: &Vocabulary) -> Result<ImportBuilder, Error> {
        let mut builder = Import::builder(self.list.records()).vocabulary(vocabulary);
        builder = match self.arguments.as_of {
            Some(day) => builder.as_of(day),
            None => builder.as_of(today().parse()?),
        };
        Ok(match self.arguments.map_of(self.list) {
            Some(map) => builder.mapping(read_mapping(map)?),
            None => builder,
        })
    }

    fn records(self, imported: &Imported) -> Result<Vec<(Value<'static>, Position)>, Error> {
        let values = match self.list {
            List::Offers => to_value(&imported.offers)?,
            List::Needs => to_value(&imported.needs)?,
        };
        let Value::Array(values) = values else { return Ok(Vec::new()) };
        let records = values.into_iter().enumerate().map(|(index, value)| {
            let line = imported.row(index).and_then(|row| usize::try_from(row).ok());
            let position = Position { line, id: records::id_of(&value) };
            (value, position)
        });
        Ok(records.collect())
    }

    /// Prints what is missing, and the command that asks about it. The records are used nevertheless.
    fn warn(self, imported: &Imported, vocabulary: &Vocabulary) {
        let lang = lang_of_environment();
        let view = ReportView {
            records: self.list.records(),
            report: &imported.report,
            questions: &imported.questions,
            samples: &[],
            namer: Namer { vocabulary, lang },
        };
        if !view.has_missing() {
            return;
        }
        let mut out = TerminalText::for_errors();
        view.render_missing(&mut out, &name_of(self.path).in_lang(lang));
        if !imported.questions.is_empty() {
            out.push_paragraph(text("import.ask_them", lang));
            out.push_command(&self.command());
        }
        out.push_blank_line();
        print_to_stderr(&out.into_string());
    }

    fn command(self) -> String {
        ask_command(self.list, &[self.path], self.arguments.map_of(self.list), self.arguments.vocabulary.as_deref())
    }

    /// Creates the error of a list whose columns a person has to explain.
    fn foreign_format(self, sketch: &Sketch) -> Error {
        let format = sketch.recognized.files.first().map_or("csv", |file| file.format.as_str());
        let columns = sketch.questions.iter().filter(|question| question.kind == WordKind::Column);
        let columns: Vec<String> = columns.flat_map(|question| question.columns.clone()).collect();
        let message = match columns.is_empty() {
            true => Message::new("foreign.no_column"),
            false => Message::new("foreign.columns").with("columns", columns.join(", ")),
        };
        let hint = Message::new("foreign.hint").with("command", self.command());
        let message = message.with("format", format).with("list", wrong_file::name_of(self.list));
        wrong_error(self.path, WrongFile::new("json.foreign_format", message, hint))
    }

    fn at_file(self, error: &crate::Error) -> Error {
        let place = || Some(Place::of_file(&name_of(self.path)));
        Error::Input(error.errors().map(|detail| (detail.clone(), place())).collect())
    }
}

/// Returns whether a person has to say what columns mean, or no column has a meaning.
fn asks_about_columns(sketch: &Sketch) -> bool {
    let asks = |kind| matches!(kind, WordKind::Column | WordKind::Personal);
    let is_table = sketch.recognized.mapping == "sketch";
    let is_read = sketch.columns.iter().any(|column| column.usage == "read");
    sketch.questions.iter().any(|question| asks(question.kind)) || (is_table && !is_read)
}
