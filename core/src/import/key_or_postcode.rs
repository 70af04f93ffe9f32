//! The question whether a column of five digits has keys of regions or postcodes, which look alike.

use crate::{
    decode::value::Value,
    import::{
        cell_rule::CellRule,
        column::{Column, text_of},
        fields::kind_of,
        question::Question,
        rules::{Rule, RuleSource, Rules},
        word_kind::WordKind,
    },
    vocabulary::postcodes::is_five_digits,
};

/// The answers: ways of reading that a rule states by `as`.
const READINGS: [&str; 2] = ["code", "postcode"];
/// What separates the codes of a cell.
const SEPARATORS: [char; 6] = [',', ';', '|', '/', '\n', ' '];

/// Columns of regions whose rules do not state how they are read.
pub(crate) struct KeysOrPostcodes {
    columns: Vec<RegionColumn>,
}

struct RegionColumn {
    column: Column,
    /// What is empty in this column.
    rule: CellRule,
    /// The number of cells that are not empty.
    cells: u64,
    has_others: bool,
}

impl KeysOrPostcodes {
    pub(crate) fn new(rules: &Rules) -> Self {
        let of_fields = rules.fields.iter().flat_map(|(field, rules)| rules.iter().map(move |rule| (field, rule)));
        let open = of_fields.clone().filter(|(field, rule)| is_open(rules, field, rule));
        let mut columns: Vec<RegionColumn> = Vec::new();
        let open = open.filter_map(|(field, rule)| Some((field, rule, only_column(rule)?)));
        for (field, rule, column) in open {
            let is_known = columns.iter().any(|other| other.column == *column);
            let mut reads_it = of_fields.clone().filter(|(_, rule)| reads(rule, column));
            if !is_known && reads_it.all(|(field, rule)| is_open(rules, field, rule)) {
                let rule = CellRule::new(field, rule, rules.null.as_deref(), rules.records);
                columns.push(RegionColumn { column: column.clone(), rule, cells: 0, has_others: false });
            }
        }
        Self { columns }
    }

    /// Looks at the cells of a record.
    pub(crate) fn look_at(&mut self, record: &Value<'_>) {
        for column in self.columns.iter_mut().filter(|column| !column.has_others) {
            let texts = column.column.values(record).into_iter().filter_map(text_of);
            for text in texts.filter(|text| !column.rule.is_null(text)) {
                let mut parts = text.split(SEPARATORS).filter(|part| part.contains(char::is_alphanumeric));
                // A cell of signs only, such as "-", is empty.
                let is_empty = parts.clone().next().is_none();
                column.cells = column.cells.saturating_add(u64::from(!is_empty));
                column.has_others |= !parts.all(is_five_digits);
            }
        }
    }

    /// Returns a question for each column that has nothing but five digits.
    pub(crate) fn questions(&self) -> Vec<Question> {
        let columns = self.columns.iter().filter(|column| column.cells > 0 && !column.has_others);
        let readings = || READINGS.map(Value::from).to_vec();
        let question = |column: &RegionColumn| Question {
            count: column.cells,
            ..Question::about_column(column.column.name(), readings())
        };
        columns.map(question).collect()
    }
}

/// Returns rules without those that read columns which are asked about.
pub(crate) fn without_columns(rules: &Rules, questions: &[Question]) -> Rules {
    let mut rules = rules.clone();
    let is_asked =
        |column: &Column| questions.iter().flat_map(|question| &question.columns).any(|name| name == column.name());
    for (_, rules) in &mut rules.fields {
        rules.retain(|rule| !only_column(rule).is_some_and(is_asked));
    }
    rules
}

/// Returns `true` for a rule of words of regions that says nothing about codes.
fn is_open(rules: &Rules, field: &str, rule: &Rule) -> bool {
    let is_region = rule.words.or(kind_of(rules.records, field)) == Some(WordKind::Region);
    let says_codes =
        rule.reading.is_some() || rule.values.is_some() || rule.pad.is_some() || !rule.code_rules.is_empty();
    let is_answered = rules
        .words
        .iter()
        .any(|(kind, words)| *kind == WordKind::Region && words.iter().any(|(word, _)| is_five_digits(word.trim())));
    is_region
        && !says_codes
        && !is_answered
        && rule.prefix.is_empty()
        && rule.rows.is_none()
        && field != "place.plate"
        && field != "region.plate"
}

fn only_column(rule: &Rule) -> Option<&Column> {
    match &rule.source {
        RuleSource::Column(columns) => match columns.0.as_slice() {
            [only] => Some(only),
            _ => None,
        },
        _ => None,
    }
}

fn reads(rule: &Rule, column: &Column) -> bool {
    match &rule.source {
        RuleSource::Column(columns) => columns.are_named(column.name()),
        RuleSource::Marked(marks, _) => marks.iter().any(|(columns, _)| columns.are_named(column.name())),
        RuleSource::Constant(_) | RuleSource::From(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::import::test_support::{import, imported_with};

    const LIST: &str = "Nr;Zuständig\n1;14612\n2;14713, 14612\n3;-\n";
    const MAPPING: &str = r#"{"lotse_mapping": 1, "records": "offers", "id": "Nr", "fields": {"area": "Zuständig"}}"#;

    #[test]
    fn a_column_of_five_digits_is_one_question() {
        let imported = import(MAPPING, LIST);
        let questions: Vec<_> =
            imported.questions.iter().map(|q| (q.id.as_str(), q.count, q.candidates.len())).collect();
        assert_eq!(questions, [("column:zustandig", 2, 2)]);
        assert!(imported.offers.iter().all(|offer| offer.area().count() == 0));
    }

    #[test]
    fn its_answer_is_how_the_cells_are_read() {
        let areas = |answer: &str| -> Vec<String> {
            let imported = imported_with(MAPPING, LIST, &format!(r#"{{"column:zustandig": {answer}}}"#));
            assert!(imported.questions.is_empty());
            imported.offers.iter().map(|offer| offer.area().collect::<Vec<_>>().join(" ")).collect()
        };
        assert_eq!(areas(r#""code""#), ["14612", "14713 14612", ""]);
        assert_eq!(areas(r#""postcode""#)[0], "12063");
    }

    #[test]
    fn a_column_with_a_word_or_with_codes_is_no_question() {
        let words = import(MAPPING, "Nr;Zuständig\n1;14612\n2;Dresden\n");
        assert!(words.questions.iter().all(|question| !question.id.starts_with("column:")));
        let codes = MAPPING.replace(r#""Zuständig""#, r#"{"column": "Zuständig", "as": "code"}"#);
        assert!(import(&codes, LIST).questions.is_empty());
    }
}
