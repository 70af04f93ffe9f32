//! Files and a mapping, before the first record is read.

use crate::{
    error::{Error, ErrorSink},
    import::{
        column::Columns,
        column_cells::{FirstCells, nothing_recognized},
        facade::Options,
        file::ImportFile,
        found::SourceOptions,
        imported::Withheld,
        mapping::Mapping,
        notes::{Notes, Section},
        question::Question,
        record_kind::RecordKind,
        report::{Recognized, RecognizedFile},
        rules::Rules,
        sketch::sketch,
        sketched::SketchColumn,
        source::{Source, SourcePart},
    },
};

/// A source with the mapping by which it is read.
pub(crate) struct Prepared<'f> {
    pub(crate) source: Source<'f>,
    pub(crate) mapping: Mapping,
    /// The rules of the mapping, with numbers of columns bound to names.
    pub(crate) rules: Rules,
    /// Questions about columns: what they mean, and whether they are personal.
    pub(crate) unsure: Vec<Question>,
    /// The columns as they are sketched; empty if a mapping was given or is built in.
    pub(crate) sketched: Vec<SketchColumn>,
    /// What the choice of the mapping assumed.
    pub(crate) notes: Notes,
}

impl<'f> Prepared<'f> {
    /// Recognizes files, and chooses their mapping: that of the options, the built-in one of their format, or a sketch.
    ///
    /// # Errors
    ///
    /// Those of the files, of the mapping and of the answers.
    pub(crate) fn new(options: &Options, files: &'f [ImportFile]) -> Result<Self, Error> {
        let given = options.mapping.as_ref();
        let mut source = read(options, files, given.map(|mapping| &mapping.rules))?;
        let built_in = source.format.mapping().filter(|_| given.is_none() && options.records == RecordKind::Offers);
        let mut prepared = match (given, built_in) {
            (Some(mapping), _) => Self::with_mapping(source, mapping.clone(), options)?,
            (None, Some(name)) => {
                let mapping = Mapping::built_in(name)?;
                // Which sheets and members are side tables is known only now.
                if !mapping.rules.join.is_empty() {
                    source = read(options, files, Some(&mapping.rules))?;
                }
                Self::with_mapping(source, mapping, options)?
            }
            (None, None) => Self::sketch(source, options)?,
        };
        prepared.ask_about_personal_columns();
        Ok(prepared)
    }

    fn with_mapping(source: Source<'f>, mapping: Mapping, options: &Options) -> Result<Self, Error> {
        let mapping = with_answers(mapping, options)?;
        let tables: Vec<&[String]> = source.parts.iter().map(|part| part.columns.as_slice()).collect();
        mapping.check_columns(&tables)?;
        let rules = bound(&source, &mapping);
        Ok(Self { source, mapping, rules, unsure: Vec::new(), sketched: Vec::new(), notes: Notes::default() })
    }

    fn sketch(source: Source<'f>, options: &Options) -> Result<Self, Error> {
        let cells = FirstCells::read(options, &source)?;
        let headers = headers(&source);
        let sketch = sketch(options.records, &headers, &cells)?;
        let mapping = with_answers(sketch.mapping.clone(), options)?;
        let unsure = sketch.open_questions(&mapping);
        let mut notes = Notes::default();
        if let Some(column) = &sketch.rejected_id {
            notes.add(Section::Assumed, "id.looks_like_name", (Some(column), Some("id")), None);
        }
        if mapping.rules.fields.is_empty() && unsure.is_empty() {
            return Err(nothing_recognized());
        }
        let rules = bound(&source, &mapping);
        Ok(Self { source, mapping, rules, unsure, sketched: sketch.columns, notes })
    }

    /// Asks about personal columns that the mapping reads, and does not read them.
    fn ask_about_personal_columns(&mut self) {
        for column in self.rules.personal_columns(&headers(&self.source)) {
            self.unsure.push(Question::about_personal_column(&column));
            self.rules.never.push(Columns::from_name(&column));
        }
    }
}

/// Returns the names of all columns of a source, each once.
pub(crate) fn headers(source: &Source<'_>) -> Vec<String> {
    let mut headers: Vec<String> = Vec::new();
    for column in source.parts.iter().flat_map(|part| &part.columns) {
        if !headers.contains(column) {
            headers.push(column.clone());
        }
    }
    headers
}

fn with_answers(mapping: Mapping, options: &Options) -> Result<Mapping, Error> {
    let mapping = match &options.answers {
        Some(answers) => mapping.with_answers(answers)?,
        None => mapping,
    };
    let mut errors = ErrorSink::default();
    mapping.check_codes(&options.vocabulary, &mut errors);
    errors.into_result(mapping)
}

/// Returns the rules of a mapping with numbers of columns bound to names.
fn bound(source: &Source<'_>, mapping: &Mapping) -> Rules {
    let mut rules = mapping.rules.clone();
    if let Some(part) = source.parts.first() {
        let headers: Vec<String> = (1..).map_while(|number| part.column_at(number).map(str::to_owned)).collect();
        rules.bind(&headers);
    }
    rules
}

fn read<'f>(options: &Options, files: &'f [ImportFile], rules: Option<&Rules>) -> Result<Source<'f>, Error> {
    let sides: Vec<String> = rules.iter().flat_map(|rules| &rules.join).flat_map(|join| join.files.clone()).collect();
    let rules = options.source_rules(rules.map(|rules| &rules.source));
    Source::read(files, SourceOptions { rules: &rules, records: options.records, sides: &sides })
}

/// Returns rules with the answers to withheld words of an earlier run as words.
pub(crate) fn with_withheld(rules: &Rules, questions: &[Question], withheld: &Withheld) -> Rules {
    let mut rules = rules.clone();
    for (id, answer) in &rules.withheld.clone() {
        let question = questions.iter().find(|question| question.id == *id);
        let Some((question, text)) = question.zip(withheld.0.get(id)) else { continue };
        rules.words.push((question.kind, vec![(text.clone(), answer.clone())]));
    }
    rules
}

/// Returns what was recognized in files.
pub(crate) fn recognized(source: &Source<'_>, mapping: &Mapping) -> Recognized {
    let file = |part: &SourcePart<'_>| RecognizedFile {
        name: part.name.clone(),
        format: part.format.to_owned(),
        encoding: part.encoding.map(str::to_owned),
        delimiter: part.delimiter.map(|delimiter| delimiter.to_string()),
        sheet: part.sheet.clone(),
        header: part.header.first().copied(),
    };
    let files = source.parts.iter().map(file).collect();
    Recognized { files, mapping: mapping.origin.clone(), why: source.why.clone() }
}
