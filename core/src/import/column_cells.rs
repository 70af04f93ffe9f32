//! What the first cells of columns say, for a sketch and for the page that shows it.

use crate::{
    decode::value::Value,
    error::{Error, ErrorDetail, ErrorKind, message},
    import::{
        cell::{CellOptions, CellReader},
        column::{Columns, text_of},
        facade::Options,
        headers::{HeaderMeaning, meaning_of},
        notes::Notes,
        part::Outcome,
        plan::is_need_id,
        record_kind::RecordKind,
        rules::{Rule, RuleSource, Rules},
        sketch::ColumnCells,
        source::Source,
        word_kind::WordKind,
    },
    util::ordered_map::OrderedMap,
};

/// The number of parts by which the kind of a column is judged, and the least number.
const MAX_PARTS: usize = 200;
const MIN_PARTS: usize = 3;
/// The number of parts of a hundred that must be certain.
const SHARE: usize = 90;
/// The number of rows and samples that a page shows.
const SHOWN: usize = 3;
/// The longest cell that is shown, in characters.
const MAX_SHOWN: usize = 80;

/// Fields of which each stands for the words of a kind.
const FIELDS: [&str; 8] = ["languages", "area", "help", "crimes", "roles", "genders", "formats", "access"];

/// The first cells of a source.
pub(crate) struct FirstCells<'a> {
    options: &'a Options,
    columns: OrderedMap<String, FirstCellsOfColumn>,
    /// The first records, of offers only.
    pub(crate) rows: Vec<OrderedMap<String, String>>,
}

#[derive(Default)]
struct FirstCellsOfColumn {
    filled: u64,
    cells: Vec<String>,
    has_name: bool,
}

impl<'a> FirstCells<'a> {
    /// Reads all cells of a source that a sketch may look at: of needs, not those of personal and unknown columns.
    ///
    /// # Errors
    ///
    /// Those of the files.
    pub(crate) fn read(options: &'a Options, source: &Source<'_>) -> Result<Self, Error> {
        let records = options.records;
        let is_wanted = |column: &str| match meaning_of(records, column) {
            Some(HeaderMeaning::Never) => false,
            Some(HeaderMeaning::Ignore) | None => records == RecordKind::Offers,
            Some(_) => true,
        };
        Self::read_columns(options, source, &is_wanted)
    }

    /// Reads the cells of these columns.
    ///
    /// # Errors
    ///
    /// Those of the files.
    pub(crate) fn read_columns(
        options: &'a Options,
        source: &Source<'_>,
        is_wanted: &dyn Fn(&str) -> bool,
    ) -> Result<Self, Error> {
        let mut first = Self { options, columns: OrderedMap::default(), rows: Vec::new() };
        for part in &source.parts {
            part.for_each(&part.wanted(is_wanted), &mut Notes::default(), &mut |_, record| {
                first.add(&record);
                Ok(())
            })?;
        }
        Ok(first)
    }

    fn add(&mut self, record: &Value<'_>) {
        let mut row = OrderedMap::default();
        each_cell("", record, &mut |column, cell| {
            if !self.columns.contains_key(column) {
                self.columns.insert(column.to_owned(), FirstCellsOfColumn::default());
            }
            let of_column = self.columns.entry(column.to_owned()).or_default();
            of_column.filled = of_column.filled.saturating_add(1);
            of_column.has_name |= !is_need_id(cell);
            if self.options.records == RecordKind::Offers {
                if of_column.cells.len() < MAX_PARTS {
                    of_column.cells.push(cell.to_owned());
                }
                if self.rows.len() < SHOWN && !row.contains_key(column) {
                    row.insert(column.to_owned(), shortened(cell));
                }
            }
        });
        if self.options.records == RecordKind::Offers && self.rows.len() < SHOWN {
            self.rows.push(row);
        }
    }

    /// Returns the number of cells of a column that are not empty.
    pub(crate) fn filled(&self, column: &str) -> u64 {
        self.columns.get(column).map_or(0, |column| column.filled)
    }

    /// Returns the first cells of a column of offers.
    pub(crate) fn samples(&self, column: &str) -> Vec<String> {
        let cells = self.columns.get(column).map(|column| column.cells.as_slice()).unwrap_or_default();
        cells.iter().take(SHOWN).map(|cell| shortened(cell)).collect()
    }

    /// Returns the share of the parts of a column, of a hundred, that are certain words of a field.
    fn share(&self, cells: &[String], field: &str) -> usize {
        let rules = Rules::new(self.options.records);
        let options = CellOptions {
            records: self.options.records,
            as_of: self.options.as_of,
            within: self.options.within.clone(),
            postcodes: OrderedMap::default(),
        };
        let mut reader = CellReader::new(&rules, &self.options.vocabulary, options);
        let rule = reader.add_rule(field, &Rule::new(RuleSource::Column(Columns::from_name(field))));
        let request = reader.request(&[rule]);
        let (mut parts, mut certain) = (0_usize, 0_usize);
        for cell in cells.iter().filter(|cell| cell.chars().any(char::is_alphabetic)) {
            for part in reader.read(request, &Value::from(cell.as_str())) {
                let is_certain = matches!(part.outcome, Outcome::Understood | Outcome::Assumed(_));
                parts = parts.saturating_add(1);
                certain = certain.saturating_add(usize::from(is_certain));
            }
            if parts >= MAX_PARTS {
                break;
            }
        }
        if parts < MIN_PARTS { 0 } else { certain.saturating_mul(100).checked_div(parts).unwrap_or(0) }
    }
}

impl ColumnCells for FirstCells<'_> {
    fn is_empty(&self, column: &str) -> bool {
        self.filled(column) == 0
    }

    fn kind(&self, column: &str) -> Option<WordKind> {
        let cells = &self.columns.get(column)?.cells;
        let shares = FIELDS.iter().map(|field| (self.share(cells, field), *field));
        let (share, field) = shares.max_by_key(|(share, _)| *share)?;
        (share >= SHARE).then(|| crate::import::fields::kind_of(self.options.records, field)).flatten()
    }

    fn are_ids(&self, column: &str) -> bool {
        self.columns.get(column).is_some_and(|column| !column.has_name)
    }
}

/// Calls `each` with the path and the text of every cell that is not empty.
fn each_cell(path: &str, value: &Value<'_>, each: &mut dyn FnMut(&str, &str)) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if path.is_empty() {
                    each_cell(name, value, each);
                } else {
                    each_cell(&format!("{path}.{name}"), value, each);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| each_cell(path, item, each)),
        scalar => {
            if let Some(text) = text_of(scalar).filter(|text| !text.trim().is_empty()) {
                each(path, text.trim());
            }
        }
    }
}

fn shortened(cell: &str) -> String {
    let mut shown: String = cell.chars().take(MAX_SHOWN).collect();
    if shown.len() < cell.len() {
        shown.push('…');
    }
    shown
}

/// Returns the error of a table of which no column is recognized.
pub(crate) fn nothing_recognized() -> Error {
    let detail = ErrorDetail::new(ErrorKind::Missing, "import.short_view", message!("import.short_view"));
    Error::new(detail.with_hint(message!("import.short_view.hint")))
}
