//! The rules of a mapping, decoded.

use std::fmt;

use crate::{
    decode::value::Value,
    import::{column::Columns, record_kind::RecordKind, word_kind::WordKind},
    util::date::Date,
};

/// What marks a cell of a column that stands for one value, unless a rule states it.
pub(crate) const MARKS: [&str; 7] = ["x", "ja", "yes", "true", "1", "wahr", "✓"];

/// Texts of which a part of a cell contains one, and what it means then.
pub(crate) type Contained = (Vec<String>, Answer);

/// A mapping file, decoded, with its base merged into it.
///
/// `Debug` shows no words, since those of needs may be about a person.
#[derive(Clone)]
pub(crate) struct Rules {
    pub(crate) records: RecordKind,
    pub(crate) licence: Vec<String>,
    pub(crate) source: SourceRules,
    pub(crate) within: Option<String>,
    pub(crate) prefix: String,
    /// What replaces the built-in nulls, if anything.
    pub(crate) null: Option<Vec<String>>,
    pub(crate) id: Option<IdRule>,
    pub(crate) same_id: SameId,
    pub(crate) each: Option<Columns>,
    pub(crate) tree: Option<TreeRule>,
    pub(crate) join: Vec<Join>,
    pub(crate) leave_out: Vec<Test>,
    /// Fields such as `place` or `contact.phone`, and the tests of records that lack them.
    pub(crate) hide: Vec<(String, Vec<Test>)>,
    /// The paths of fields such as `capacity.state`, each with its rules, in the order of the fields of a record.
    pub(crate) fields: Vec<(String, Vec<Rule>)>,
    /// `place.not_shared_by`: coordinates of more records are dropped.
    pub(crate) not_shared_by: Option<u32>,
    /// `capacity.unit`: the column, and the units that count as places.
    pub(crate) unit: Option<(Columns, Vec<String>)>,
    pub(crate) crosswalk: Vec<Crosswalk>,
    /// Answers by kind: the word as written, and what it means.
    pub(crate) words: Vec<(WordKind, Vec<(String, Answer)>)>,
    pub(crate) contains: Vec<(WordKind, Vec<Contained>)>,
    /// Codes of assumptions, and false for those to ask about.
    pub(crate) assume: Vec<(String, bool)>,
    pub(crate) postcodes: Vec<(String, Vec<String>)>,
    pub(crate) ignore: Vec<Columns>,
    pub(crate) never: Vec<Columns>,
    pub(crate) not_personal: Vec<Columns>,
    /// Answers to questions whose text is withheld, by their id. They are used and never saved.
    pub(crate) withheld: Vec<(String, Answer)>,
}

impl Rules {
    /// Creates rules that read nothing.
    pub(crate) fn new(records: RecordKind) -> Self {
        Self {
            records,
            licence: Vec::new(),
            source: SourceRules::default(),
            within: None,
            prefix: String::new(),
            null: None,
            id: None,
            same_id: SameId::default(),
            each: None,
            tree: None,
            join: Vec::new(),
            leave_out: Vec::new(),
            hide: Vec::new(),
            fields: Vec::new(),
            not_shared_by: None,
            unit: None,
            crosswalk: Vec::new(),
            words: Vec::new(),
            contains: Vec::new(),
            assume: Vec::new(),
            postcodes: Vec::new(),
            ignore: Vec::new(),
            never: Vec::new(),
            not_personal: Vec::new(),
            withheld: Vec::new(),
        }
    }

    /// Returns whether an assumption may be made; otherwise a question is asked instead.
    pub(crate) fn assumes(&self, code: &str) -> bool {
        self.assume.iter().find(|(other, _)| other == code).is_none_or(|(_, flag)| *flag)
    }
}

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields: Vec<&str> = self.fields.iter().map(|(field, _)| field.as_str()).collect();
        f.debug_struct("Rules").field("records", &self.records).field("fields", &fields).finish_non_exhaustive()
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct SourceRules {
    pub(crate) format: Option<String>,
    pub(crate) encoding: Option<String>,
    pub(crate) delimiter: Option<char>,
    pub(crate) sheet: Option<String>,
    pub(crate) header: Option<HeaderRule>,
    /// Rows that are none, from 1.
    pub(crate) skip: Vec<u32>,
    /// Stems of the files of the main table.
    pub(crate) files: Vec<String>,
    /// Whether a leading `'` of a cell is removed.
    pub(crate) guard: bool,
}

impl SourceRules {
    /// Returns the last row of the header, or 0 if no row is given.
    pub(super) fn header_end(&self) -> u32 {
        match self.header {
            Some(HeaderRule::Row(row)) => row,
            Some(HeaderRule::Rows(upper, lower)) => upper.max(lower),
            Some(HeaderRule::None) | None => 0,
        }
    }

    /// Returns `true` if a row is given as the header.
    pub(super) fn is_header(&self, number: u32) -> bool {
        match self.header {
            Some(HeaderRule::Row(row)) => row == number,
            Some(HeaderRule::Rows(upper, lower)) => upper == number || lower == number,
            Some(HeaderRule::None) | None => false,
        }
    }
}

/// Where the names of columns are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum HeaderRule {
    /// Nowhere: the columns are `1`, `2`, …
    None,
    Row(u32),
    Rows(u32, u32),
}

#[derive(Clone, Debug)]
pub(crate) enum IdRule {
    Column { column: Columns, part: Option<Columns> },
    Join { columns: Vec<Columns>, separator: String },
    Row,
}

#[derive(Clone, Debug, Default)]
pub(crate) enum SameId {
    #[default]
    Refuse,
    Unite,
    Parts,
    First {
        column: Columns,
        order: Vec<String>,
    },
}

#[derive(Clone, Debug)]
pub(crate) struct TreeRule {
    pub(crate) id: Columns,
    pub(crate) parent: Columns,
    pub(crate) inherit: Vec<Columns>,
}

#[derive(Clone, Debug)]
pub(crate) struct Join {
    pub(crate) files: Vec<String>,
    pub(crate) on: Columns,
    pub(crate) to: Columns,
    /// A path such as `service_at_locations[].location`; one that ends in `[]` is a list.
    pub(crate) target: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Test {
    pub(crate) column: Columns,
    pub(crate) condition: Condition,
}

#[derive(Clone, Debug)]
pub(crate) enum Condition {
    Is(Vec<String>),
    Not(Vec<String>),
    Empty(bool),
    Contains(Vec<String>),
    /// Before a day, or before that of the import.
    Before(Option<Date>),
}

/// How values of one field are read.
#[derive(Clone)]
pub(crate) struct Rule {
    pub(crate) source: RuleSource,
    pub(crate) reading: Option<ReadAs>,
    pub(crate) words: Option<WordKind>,
    pub(crate) values: Option<Values>,
    pub(crate) split: Option<Split>,
    pub(crate) null: Option<Vec<String>>,
    /// Numbers that mean no limit; `None` for the default of the field.
    pub(crate) no_limit: Option<Vec<i64>>,
    pub(crate) when: Option<Test>,
    pub(crate) unless: Option<Test>,
    pub(crate) when_empty: bool,
    pub(crate) rows: Option<Columns>,
    pub(crate) tag: Option<Columns>,
    pub(crate) how: Option<WordOrColumn>,
    pub(crate) level: Option<WordOrColumn>,
    /// The language that a column of levels is about.
    pub(crate) language: Option<String>,
    pub(crate) pad: Option<u32>,
    pub(crate) prefix: String,
    pub(crate) strip: Vec<String>,
    pub(crate) code_rules: Vec<CodeRule>,
}

impl Rule {
    /// Creates a rule without further keys.
    pub(crate) fn new(source: RuleSource) -> Self {
        Self {
            source,
            reading: None,
            words: None,
            values: None,
            split: None,
            null: None,
            no_limit: None,
            when: None,
            unless: None,
            when_empty: false,
            rows: None,
            tag: None,
            how: None,
            level: None,
            language: None,
            pad: None,
            prefix: String::new(),
            strip: Vec::new(),
            code_rules: Vec::new(),
        }
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rule").field("source", &self.source).finish_non_exhaustive()
    }
}

#[derive(Clone, Debug)]
pub(crate) enum RuleSource {
    Column(Columns),
    /// Marked columns, each with its value, and the words that mark.
    Marked(Vec<(Columns, Value<'static>)>, Vec<String>),
    Constant(Value<'static>),
    /// Another field of the record.
    From(String),
}

/// The manner in which a cell is read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum ReadAs {
    Word,
    Code,
    Either,
    Text,
    Number,
    Date,
    Phone,
    Postcode,
    Plate,
    Age,
    Born,
}

#[derive(Clone)]
pub(crate) struct Values {
    pub(crate) entries: Vec<(String, Answer)>,
    /// What other cells mean, if they are not to be asked about.
    pub(crate) otherwise: Option<Answer>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Split {
    List,
    None,
    Separators(String),
}

#[derive(Clone, Debug)]
pub(crate) enum WordOrColumn {
    Word(String),
    Column(Columns),
}

#[derive(Clone, Debug)]
pub(crate) struct CodeRule {
    pub(crate) condition: CodeCondition,
    pub(crate) result: CodeResult,
}

#[derive(Clone, Debug)]
pub(crate) enum CodeCondition {
    Digits(Vec<u32>),
    Is(String),
}

#[derive(Clone, Debug)]
pub(crate) enum CodeResult {
    Prefix(String),
    Value(String),
}

/// What a word means: values, or none for a word that states nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Answer {
    pub(crate) values: Vec<Value<'static>>,
    /// The code of the assumption, if it is one.
    pub(crate) assumed: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Crosswalk {
    pub(crate) name: String,
    pub(crate) terms: Terms,
    pub(crate) scheme: Option<String>,
    pub(crate) split: Option<String>,
    pub(crate) by_prefix: bool,
    /// Codes with the values of fields.
    pub(crate) codes: Vec<(String, CrosswalkEntry)>,
    /// Schemes of our own codes, and the field of each.
    pub(crate) own: Vec<(String, String)>,
    pub(crate) other: Other,
    pub(crate) leaves_out_without: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Terms {
    Column(Columns),
    /// A path to term objects, and the keys of their codes: the first that has one.
    Objects {
        path: Columns,
        code: Vec<String>,
    },
}

#[derive(Clone, Debug)]
pub(crate) struct CrosswalkEntry {
    pub(crate) fields: Vec<(String, Vec<Value<'static>>)>,
    pub(crate) assumed: Option<String>,
}

/// What a code that a crosswalk does not list means.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Other {
    /// A help code that matches no need.
    Foreign,
    Unknown,
    LeaveOut,
}

/// Returns the column of the first rule of a field that reads one.
pub(crate) fn column_of<'r>(rules: &'r Rules, path: &str) -> Option<&'r Columns> {
    let (_, rules) = rules.fields.iter().find(|(field, _)| field == path)?;
    rules.iter().find_map(|rule| match &rule.source {
        RuleSource::Column(columns) => Some(columns),
        _ => None,
    })
}
