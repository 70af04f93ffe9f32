//! The import and its options.

use crate::{
    decode::{
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorDetail, ErrorKind, ErrorSink, message},
    import::{
        imported::ImportedRecord, mapping::Mapping, record_kind::RecordKind, rules::SourceRules,
        update::decode_previous,
    },
    util::date::Date,
    vocabulary::Vocabulary,
};

/// An import with its options: what to produce, by which mapping and words, on which day.
///
/// It is a pure function of its options and the files, and may be used for many files.
///
/// # Example: a table of offers without a mapping
///
/// ```
/// use lotse::import::{Import, ImportFile, RecordKind};
/// let import = Import::builder(RecordKind::Offers).as_of("2026-11-29".parse()?).build()?;
/// let imported = import.read(&[ImportFile::new("list.csv", "id;Name;Sprachen\n1;Treff;Deutsch und Dari\n")])?;
/// let languages: Vec<&str> = imported.offers[0].languages().map(|(tag, _)| tag).collect();
/// assert_eq!((languages, imported.questions.len()), (vec!["de", "prs"], 0));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Import {
    pub(super) options: Options,
    /// The records of an earlier import.
    pub(super) previous: Option<Vec<ImportedRecord>>,
}

/// The options of an [`Import`], validated by [`build`](Self::build).
#[derive(Clone, Debug)]
pub struct ImportBuilder {
    options: Options,
    previous: Option<Value<'static>>,
}

/// What a caller states about an import.
#[derive(Clone, Debug)]
pub(super) struct Options {
    pub(super) records: RecordKind,
    pub(super) mapping: Option<Mapping>,
    pub(super) vocabulary: Vocabulary,
    pub(super) within: Option<String>,
    pub(super) postcodes: Vec<(String, Vec<String>)>,
    pub(super) prefix: Option<String>,
    pub(super) answers: Option<Value<'static>>,
    pub(super) as_of: Option<Date>,
    /// What the caller states about the files; it takes precedence over the mapping.
    pub(super) source: SourceRules,
}

impl Options {
    /// Returns the rules about the files: those of the mapping, unless the caller states others.
    pub(super) fn source_rules(&self, rules: Option<&SourceRules>) -> SourceRules {
        let (own, rules) = (self.source.clone(), rules.cloned().unwrap_or_default());
        SourceRules {
            format: own.format.or(rules.format),
            encoding: own.encoding.or(rules.encoding),
            delimiter: own.delimiter.or(rules.delimiter),
            sheet: own.sheet.or(rules.sheet),
            ..rules
        }
    }
}

impl Import {
    /// Returns a builder of an import that produces records of this kind.
    ///
    /// # Example: needs
    ///
    /// ```
    /// use lotse::import::{Import, ImportFile, RecordKind};
    /// let import = Import::builder(RecordKind::Needs).build()?;
    /// let imported = import.read(&[ImportFile::new("list.csv", "Nr;Sprache;Alter\n7;Dari;34\n")])?;
    /// assert_eq!((imported.needs[0].id(), imported.needs[0].age()), ("7", Some(34)));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn builder(records: RecordKind) -> ImportBuilder {
        let options = Options {
            records,
            mapping: None,
            vocabulary: Vocabulary::default(),
            within: None,
            postcodes: Vec::new(),
            prefix: None,
            answers: None,
            as_of: None,
            source: SourceRules::default(),
        };
        ImportBuilder { options, previous: None }
    }
}

impl ImportBuilder {
    /// Sets the mapping. If it is not set, a directory is read by the built-in mapping of its format, and the columns of a table
    /// are recognized by their names.
    ///
    /// # Example: columns with names of their own
    ///
    /// ```
    /// use lotse::import::{Import, ImportFile, Mapping, RecordKind};
    /// let mapping = Mapping::from_json(
    ///     r#"{"lotse_mapping": 1, "records": "offers", "id": "A", "fields": {"languages": "B"}}"#,
    /// )?;
    /// let import = Import::builder(RecordKind::Offers).mapping(mapping).build()?;
    /// let imported = import.read(&[ImportFile::new("list.csv", "A;B\n1;Deutsch\n")])?;
    /// assert_eq!(imported.offers[0].languages().count(), 1);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn mapping(mut self, mapping: Mapping) -> Self {
        self.options.mapping = Some(mapping);
        self
    }

    /// Sets the vocabulary; the built-in one if it is not set.
    ///
    /// # Example: a name of its own
    ///
    /// ```
    /// use lotse::{Vocabulary, import::{Import, ImportFile, RecordKind}};
    /// let words = r#"{"words": [{"kind": "language", "codes": ["ti"], "lang": "de", "text": "Habesha"}]}"#;
    /// let vocabulary = Vocabulary::from_json(words)?;
    /// let import = Import::builder(RecordKind::Offers).vocabulary(&vocabulary).build()?;
    /// let imported = import.read(&[ImportFile::new("list.csv", "id;Sprachen\n1;Habesha\n")])?;
    /// assert_eq!(imported.offers[0].languages().next().map(|(tag, _)| tag), Some("ti"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn vocabulary(mut self, vocabulary: &Vocabulary) -> Self {
        self.options.vocabulary = vocabulary.clone();
        self
    }

    /// Sets the region that narrows ambiguous ones, and that "landesweit" means. It takes precedence over that of the mapping.
    ///
    /// # Example: in Saxony
    ///
    /// ```
    /// use lotse::import::{Import, ImportFile, RecordKind};
    /// let import = Import::builder(RecordKind::Offers).within("14").build()?;
    /// let imported = import.read(&[ImportFile::new("list.csv", "id;Zuständig\n1;landesweit\n")])?;
    /// assert!(imported.offers[0].area().eq(["14"]));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn within(mut self, region: impl Into<String>) -> Self {
        self.options.within = Some(region.into());
        self
    }

    /// Adds postcodes with the regions of each. They take precedence over those of the mapping, which take precedence over the built-in
    /// table.
    ///
    /// # Example: a postcode of a large customer
    ///
    /// ```
    /// use lotse::import::{Import, ImportFile, RecordKind};
    /// let import = Import::builder(RecordKind::Needs).postcodes([("99000".to_owned(), vec!["16051".to_owned()])]).build()?;
    /// let imported = import.read(&[ImportFile::new("list.csv", "Nr;PLZ\n7;99000\n")])?;
    /// assert_eq!(imported.needs[0].region(), Some("16051"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn postcodes(mut self, postcodes: impl IntoIterator<Item = (String, Vec<String>)>) -> Self {
        self.options.postcodes.extend(postcodes);
        self
    }

    /// Sets the text before each id, instead of that of the mapping.
    ///
    /// # Example: ids of a partner
    ///
    /// ```
    /// use lotse::import::{Import, ImportFile, RecordKind};
    /// let import = Import::builder(RecordKind::Offers).prefix("lk-").build()?;
    /// let imported = import.read(&[ImportFile::new("list.csv", "id;Name\n1;Treff\n")])?;
    /// assert_eq!(imported.offers[0].id(), "lk-1");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.options.prefix = Some(prefix.into());
        self
    }

    /// Sets the records of an earlier import: an array as lotse writes it. The report then says what changed since, and an offer
    /// without a capacity keeps the earlier one. Records are compared by their ids, so that generated ids are an error.
    ///
    /// # Example: what is new
    ///
    /// ```
    /// use lotse::{import::{Import, ImportFile, RecordKind}, wire::Value};
    /// let previous = Value::from_json(r#"[{"id": "1", "name": "Treff", "capacity": 3}]"#)?;
    /// let import = Import::builder(RecordKind::Offers).previous(previous).build()?;
    /// let imported = import.read(&[ImportFile::new("list.csv", "id;Name\n1;Treff\n2;Haus\n")])?;
    /// let changes = imported.report.changes.unwrap();
    /// assert_eq!((changes.new, changes.same), (vec!["2".to_owned()], 1));
    /// assert!(imported.offers[0].capacity().is_some());
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn previous(mut self, records: Value<'_>) -> Self {
        self.previous = Some(records.into_owned());
        self
    }

    /// Sets answers to questions: an object from the id of each to its answer. They are written into the mapping, except for
    /// those to words of needs that are withheld.
    ///
    /// # Example: what an office means by a word
    ///
    /// ```
    /// use lotse::{import::{Import, ImportFile, RecordKind}, wire::Value};
    /// let answers = Value::from_json(r#"{"language:kurdisch": ["kmr", "ckb"]}"#)?;
    /// let import = Import::builder(RecordKind::Offers).answers(answers).build()?;
    /// let imported = import.read(&[ImportFile::new("list.csv", "id;Sprachen\n1;Kurdisch\n")])?;
    /// assert_eq!((imported.offers[0].languages().count(), imported.questions.len()), (2, 0));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn answers(mut self, answers: Value<'_>) -> Self {
        self.options.answers = Some(answers.into_owned());
        self
    }

    /// Sets the day of the import, by which ages are computed and prices expire.
    ///
    /// # Example: an age from a date of birth
    ///
    /// ```
    /// use lotse::import::{Import, ImportFile, RecordKind};
    /// let import = Import::builder(RecordKind::Needs).as_of("2026-11-29".parse()?).build()?;
    /// let imported = import.read(&[ImportFile::new("list.csv", "Nr;Geburtsdatum\n7;30.11.1996\n")])?;
    /// assert_eq!(imported.needs[0].age(), Some(29));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn as_of(mut self, day: Date) -> Self {
        self.options.as_of = Some(day);
        self
    }

    /// Sets the format of the files, such as `hsds3`, instead of the one that is recognized.
    ///
    /// # Example: a table, whatever its columns are
    ///
    /// ```
    /// use lotse::import::{Import, ImportFile, RecordKind};
    /// let import = Import::builder(RecordKind::Offers).format("table").build()?;
    /// let imported = import.read(&[ImportFile::new("list.csv", "id;Name\n1;Treff\n")])?;
    /// assert_eq!(imported.offers.len(), 1);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn format(mut self, format: impl Into<String>) -> Self {
        self.options.source.format = Some(format.into());
        self
    }

    /// Sets the encoding of text, such as `cp850`, instead of the one that is recognized.
    ///
    /// # Example: an old export
    ///
    /// ```
    /// use lotse::import::{Import, ImportFile, RecordKind};
    /// let import = Import::builder(RecordKind::Offers).encoding("cp850").build()?;
    /// let imported = import.read(&[ImportFile::new("list.csv", &b"id;Name\n1;Gr\x81n\n"[..])])?;
    /// assert_eq!(imported.offers[0].name(), Some("Grün"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn encoding(mut self, encoding: impl Into<String>) -> Self {
        self.options.source.encoding = Some(encoding.into());
        self
    }

    /// Sets the delimiter of cells, instead of the one that is recognized.
    ///
    /// # Example: an unusual sign
    ///
    /// ```
    /// use lotse::import::{Import, ImportFile, RecordKind};
    /// let import = Import::builder(RecordKind::Offers).delimiter('^').build()?;
    /// let imported = import.read(&[ImportFile::new("list.csv", "id^Name\n1^Treff\n")])?;
    /// assert_eq!(imported.offers[0].name(), Some("Treff"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn delimiter(mut self, delimiter: char) -> Self {
        self.options.source.delimiter = Some(delimiter);
        self
    }

    /// Sets the sheet of a spreadsheet, instead of the first visible one. Text has no sheets.
    ///
    /// # Example: text
    ///
    /// ```
    /// use lotse::import::{Import, ImportFile, RecordKind};
    /// let import = Import::builder(RecordKind::Offers).sheet("Angebote").build()?;
    /// assert_eq!(import.read(&[ImportFile::new("list.csv", "id;Name\n1;Treff\n")])?.offers.len(), 1);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn sheet(mut self, sheet: impl Into<String>) -> Self {
        self.options.source.sheet = Some(sheet.into());
        self
    }

    /// Validates the options.
    ///
    /// # Errors
    ///
    /// `import.mapping.kind` if the mapping produces other records; `import.mapping.code` if a region is unknown; those of the
    /// records of an earlier import.
    ///
    /// # Example: a region that does not exist
    ///
    /// ```
    /// use lotse::import::{Import, RecordKind};
    /// let error = Import::builder(RecordKind::Offers).within("99").build().unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("import.mapping.code", "within"));
    /// ```
    pub fn build(self) -> Result<Import, Error> {
        let mut errors = ErrorSink::default();
        let regions = self.options.vocabulary.regions();
        if self.options.within.as_ref().is_some_and(|code| regions.resolve(code).is_none()) {
            errors.push(unknown_region("within"));
        }
        let postcodes = self.options.postcodes.iter();
        if postcodes.flat_map(|(_, codes)| codes).any(|code| regions.resolve(code).is_none()) {
            errors.push(unknown_region("postcodes"));
        }
        if self.options.mapping.as_ref().is_some_and(|mapping| mapping.rules.records != self.options.records) {
            let message = message!("import.mapping.records");
            let detail = ErrorDetail::new(ErrorKind::Conflict, "import.mapping.kind", message);
            errors.push(ErrorDetail { path: "mapping.records".to_owned(), ..detail });
        }
        let id = self.options.prefix.as_deref().map(Value::from);
        if let Some(prefix) = id.filter(|prefix| !prefix.is_absent()) {
            errors.short_text(&Path::root(Record::Request).field("prefix"), &prefix);
        }
        let previous = self.previous.as_ref().map(|records| decode_previous(self.options.records, records));
        let previous =
            previous.transpose().map_err(|error| error.errors().for_each(|detail| errors.push(of_previous(detail))));
        errors.into_result(Import { options: self.options, previous: previous.unwrap_or_default() })
    }
}

/// Returns an error of an earlier record with its path in the options, such as `previous[3].help`.
fn of_previous(detail: &ErrorDetail) -> ErrorDetail {
    let path = detail.path.trim_start_matches(|sign| sign != '[');
    ErrorDetail { path: format!("previous{path}"), ..detail.clone() }
}

fn unknown_region(path: &str) -> ErrorDetail {
    let detail = ErrorDetail::new(ErrorKind::Unknown, "import.mapping.code", message!("region.unknown"));
    let detail = detail.with_hint(message!("region.unknown.hint"));
    ErrorDetail { path: path.to_owned(), ..detail }
}
