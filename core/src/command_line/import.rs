//! The command `lotse import`.

use std::{
    io::{self, BufReader, IsTerminal as _},
    path::Path,
};

use crate::{
    Lang, Vocabulary,
    import::{Import, Imported, Mapping, Note, RecordKind},
    wire::Value,
};

use crate::command_line::{
    args::{Format, ImportArguments, List, lang_of_environment, today},
    ask::{Decisions, Interview, Next},
    ask_command::ask_command,
    choices::Namer,
    csv::CsvWriter,
    error::{Error, ErrorStyle, to_json_line, to_pretty_json},
    file::{File, decode_file},
    import_files::{read_files, read_mapping, read_postcodes},
    output::print_to_stderr,
    provenance::provenance_text,
    questions::{answers_of, questions_file},
    report_table::ReportView,
    sketch_table,
    terminal::TerminalText,
    texts::{Message, text},
    write::{Outputs, records_text, write_file},
};

/// Runs the command and returns what belongs on standard output: the records, or the report if `--out` has the records.
pub(crate) fn run(arguments: &ImportArguments) -> Result<String, Error> {
    let session = Session::new(arguments)?;
    if arguments.sketch {
        return session.sketch();
    }
    let answers = arguments.answers.as_deref().map(answers_of).transpose()?;
    let imported = match arguments.ask {
        true => session.ask()?,
        false => session.read(answers.as_ref())?,
    };
    session.finish(&imported)
}

/// The files and options of one call.
struct Session<'a> {
    arguments: &'a ImportArguments,
    list: List,
    lang: Lang,
    files: Vec<crate::import::ImportFile>,
    mapping: Option<Mapping>,
    vocabulary: Vocabulary,
    postcodes: Vec<(String, Vec<String>)>,
    previous: Option<Value<'static>>,
    /// The day of the import.
    as_of: String,
}

impl<'a> Session<'a> {
    fn new(arguments: &'a ImportArguments) -> Result<Self, Error> {
        let (list, paths) = match arguments.offers.is_empty() {
            true => (List::Needs, &arguments.needs),
            false => (List::Offers, &arguments.offers),
        };
        let previous = |path: &Path| Ok::<_, Error>(File::read(path)?.parse_records(list)?.into_owned());
        Ok(Self {
            arguments,
            list,
            lang: arguments.output.lang.unwrap_or_else(lang_of_environment),
            files: read_files(paths)?,
            mapping: arguments.map.as_deref().map(read_mapping).transpose()?,
            vocabulary: match &arguments.vocabulary {
                Some(path) => decode_file(path, Vocabulary::from_value)?,
                None => Vocabulary::default(),
            },
            postcodes: arguments.postcodes.as_deref().map(read_postcodes).transpose()?.unwrap_or_default(),
            previous: arguments.update.as_deref().map(previous).transpose()?,
            as_of: arguments.as_of.map_or_else(today, |day| day.to_string()),
        })
    }

    fn records(&self) -> RecordKind {
        self.list.records()
    }

    fn namer(&self) -> Namer<'_> {
        Namer { vocabulary: &self.vocabulary, lang: self.lang }
    }

    fn import(&self, answers: Option<&Value<'static>>) -> Result<Import, Error> {
        let arguments = self.arguments;
        let mut builder =
            Import::builder(self.records()).vocabulary(&self.vocabulary).postcodes(self.postcodes.clone());
        builder = builder.as_of(self.as_of.parse()?);
        if let Some(mapping) = &self.mapping {
            builder = builder.mapping(mapping.clone());
        }
        if let Some(previous) = &self.previous {
            builder = builder.previous(previous.clone());
        }
        if let Some(answers) = answers {
            builder = builder.answers(answers.clone());
        }
        if let Some(key) = &arguments.within {
            builder = builder.within(key);
        }
        if let Some(prefix) = &arguments.prefix {
            builder = builder.prefix(prefix);
        }
        if let Some(format) = &arguments.from {
            builder = builder.format(format);
        }
        if let Some(encoding) = &arguments.encoding {
            builder = builder.encoding(encoding);
        }
        if let Some(delimiter) = arguments.delimiter {
            builder = builder.delimiter(delimiter);
        }
        if let Some(sheet) = &arguments.sheet {
            builder = builder.sheet(sheet);
        }
        Ok(builder.build()?)
    }

    fn read(&self, answers: Option<&Value<'static>>) -> Result<Imported, Error> {
        Ok(self.import(answers)?.read(&self.files)?)
    }

    /// Prints the mapping that would be used, and on standard error what each column means.
    fn sketch(&self) -> Result<String, Error> {
        let sketch = self.import(None)?.sketch(&self.files)?;
        let mut out = TerminalText::for_errors();
        sketch_table::render(&mut out, &sketch, self.namer());
        print_to_stderr(&out.into_string());
        let mapping = to_pretty_json(&sketch.mapping)?;
        let mut outputs = Outputs::default();
        outputs.add(self.arguments.save_map.as_deref(), || Ok(mapping.clone()))?;
        outputs.commit()?;
        Ok(mapping)
    }

    /// Asks a person all questions, the most frequent first, and returns the import with the answers.
    ///
    /// The files are read again after each answer, because an answer about a column changes the words that are asked about.
    fn ask(&self) -> Result<Imported, Error> {
        let mut imported = self.read(None)?;
        if imported.questions.is_empty() {
            return Ok(imported);
        }
        let (input, output) = (BufReader::new(io::stdin()), io::stderr());
        let mut interview = Interview { input, output, namer: self.namer(), decisions: Decisions::default() };
        interview.explain_keys();
        if self.arguments.save_map.is_none() {
            interview.say(&Message::new("ask.not_saved").in_lang(self.lang));
        }
        while let Some((question, open)) = interview.decisions.next(&imported.questions) {
            let reveal = |id: &str| imported.reveal(id).map(str::to_owned);
            if interview.ask(question, open, &reveal) == Next::Stop {
                break;
            }
            match self.read(Some(&interview.decisions.answers())) {
                Ok(answered) => imported = answered,
                Err(error) => {
                    interview.decisions.withdraw();
                    let style = ErrorStyle { format: Format::Table, lang: Some(self.lang), command: None };
                    interview.say(&error.render(&style));
                    continue;
                }
            }
            self.save_map(&imported.mapping)?;
        }
        // The report begins on a line of its own.
        interview.say("");
        Ok(imported)
    }

    /// Returns words that show whether the encoding was recognized, if that is uncertain.
    fn samples(&self, imported: &Imported) -> Result<Vec<String>, Error> {
        let is_uncertain = |note: &Note| note.code == "encoding.windows_1252";
        if !imported.report.assumed.iter().any(is_uncertain) {
            return Ok(Vec::new());
        }
        Ok(self.import(None)?.sketch(&self.files)?.samples)
    }

    fn save_map(&self, mapping: &Mapping) -> Result<(), Error> {
        match &self.arguments.save_map {
            Some(path) => write_file(path, to_pretty_json(mapping)?),
            None => Ok(()),
        }
    }

    /// Writes all files, and returns what belongs on standard output.
    fn finish(&self, imported: &Imported) -> Result<String, Error> {
        let arguments = self.arguments;
        if arguments.strict {
            imported.check_strict()?;
        }
        let samples = self.samples(imported)?;
        let view = ReportView {
            records: self.records(),
            report: &imported.report,
            questions: &imported.questions,
            samples: &samples,
            namer: self.namer(),
        };
        let records = |path: Option<&Path>| match self.list {
            List::Offers => records_text(&imported.offers, path),
            List::Needs => records_text(&imported.needs, path),
        };
        let mut outputs = Outputs::default();
        outputs.add(arguments.out.as_deref(), || records(arguments.out.as_deref()))?;
        outputs.add(arguments.save_map.as_deref(), || to_pretty_json(&imported.mapping))?;
        outputs.add(arguments.questions.as_deref(), || questions_file(&imported.questions))?;
        let provenance = arguments.provenance.as_deref();
        outputs.add(provenance, || provenance_text(imported, &self.as_of, provenance))?;
        outputs.add(arguments.report.as_deref(), || self.report_file(view, arguments.report.as_deref()))?;
        outputs.commit()?;
        let has_out = arguments.out.is_some();
        let mut report = self.report(view, arguments.output.format, has_out)?;
        if has_out {
            return Ok(report);
        }
        // At a terminal the records would push the report out of sight.
        let is_shown = io::stdout().is_terminal();
        if is_shown && arguments.output.format == Format::Table {
            let mut out = TerminalText::for_errors();
            out.push_blank_line();
            out.push_paragraph(&Message::new("import.use_out").in_lang(self.lang));
            report.push_str(&out.into_string());
        }
        print_to_stderr(&report);
        if is_shown { Ok(String::new()) } else { records(None) }
    }

    /// Returns the report in a format.
    fn report(&self, view: ReportView<'_>, format: Format, is_output: bool) -> Result<String, Error> {
        match format {
            Format::Json => to_json_line(view.report),
            Format::Csv | Format::CsvDe => view.csv(CsvWriter::new(format)),
            Format::Table => {
                let mut out = if is_output { TerminalText::new() } else { TerminalText::for_errors() };
                view.render(&mut out);
                self.next_steps(&mut out, view);
                Ok(out.into_string())
            }
        }
    }

    /// Adds the command that answers the open questions.
    fn next_steps(&self, out: &mut TerminalText, view: ReportView<'_>) {
        if view.questions.is_empty() {
            return;
        }
        out.push_blank_line();
        out.push_paragraph(text("import.ask_them", self.lang));
        let arguments = self.arguments;
        let (map, vocabulary) = (arguments.map.as_deref(), arguments.vocabulary.as_deref());
        out.push_command(&ask_command(self.list, &self.paths(), map, vocabulary));
    }

    fn paths(&self) -> Vec<&Path> {
        let paths = if self.list == List::Offers { &self.arguments.offers } else { &self.arguments.needs };
        paths.iter().map(|path| path.as_path()).collect()
    }

    /// Returns the report in the format that the ending of its file states: JSON, CSV or text.
    fn report_file(&self, view: ReportView<'_>, path: Option<&Path>) -> Result<String, Error> {
        let format = match path.and_then(Path::extension).and_then(|ending| ending.to_str()) {
            Some("json") => Format::Json,
            Some("csv") if self.arguments.output.format == Format::CsvDe => Format::CsvDe,
            Some("csv") => Format::Csv,
            _ => self.arguments.output.format,
        };
        if format == Format::Table {
            let mut out = TerminalText::for_files();
            view.render(&mut out);
            return Ok(out.into_string());
        }
        self.report(view, format, true)
    }
}
