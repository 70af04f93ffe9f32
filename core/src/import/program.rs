//! The rules of a mapping, prepared for the records of a source.

use crate::{
    decode::value::Value,
    import::{
        cell::{CellReader, RequestId, RuleId},
        column::Columns,
        draft::Draft,
        record_kind::RecordKind,
        rules::{Rule, RuleSource, Rules, Test, WordOrColumn},
    },
};

/// The steps by which a record is read, in the order of the fields.
pub(crate) struct Program<'r> {
    pub(crate) steps: Vec<Step<'r>>,
}

/// What a step takes values from.
pub(crate) enum Step<'r> {
    /// A column for one field or several.
    Cells(CellStep<'r>),
    /// A language whose tag, mode and level are in columns of their own.
    Language(CellStep<'r>),
    /// Columns that together state one region.
    Place(PlaceStep<'r>),
    /// Columns of which each stands for values.
    Marks(MarkStep<'r>),
    Constant(Guard<'r>, usize, Value<'static>),
    /// Another field of the record.
    From(Guard<'r>, usize, &'r str),
}

/// When a step applies.
#[derive(Clone, Copy)]
pub(crate) struct Guard<'r> {
    pub(crate) when: Option<&'r Test>,
    pub(crate) unless: Option<&'r Test>,
    /// The field that must be empty.
    pub(crate) when_empty: Option<usize>,
}

/// A column, with the fields that are read from it.
pub(crate) struct CellStep<'r> {
    pub(crate) guard: Guard<'r>,
    /// The path to a list whose elements have the column.
    pub(crate) rows: Option<&'r Columns>,
    pub(crate) columns: &'r Columns,
    pub(crate) request: RequestId,
    /// The fields in the order of the request, and their first rule.
    pub(crate) fields: Vec<usize>,
    pub(crate) rule: &'r Rule,
}

/// Columns that together state the region of a field.
pub(crate) struct PlaceStep<'r> {
    pub(crate) field: usize,
    pub(crate) cells: Vec<PlaceCell<'r>>,
}

/// A postcode, a town, a region or a car plate.
pub(crate) struct PlaceCell<'r> {
    pub(crate) guard: Guard<'r>,
    pub(crate) columns: &'r Columns,
    pub(crate) rule: RuleId,
}

/// Columns of marks for one field.
pub(crate) struct MarkStep<'r> {
    pub(crate) guard: Guard<'r>,
    pub(crate) field: usize,
    pub(crate) marks: Vec<(&'r Columns, RequestId)>,
}

impl<'r> Program<'r> {
    pub(crate) fn new(rules: &'r Rules, cells: &mut CellReader) -> Self {
        let mut steps: Vec<Step<'r>> = Vec::new();
        let (mut copies, mut places) = (Vec::new(), Vec::new());
        let mut joined: Vec<(usize, Vec<RuleId>)> = Vec::new();
        for (path, rule) in rules.fields.iter().flat_map(|(path, rules)| rules.iter().map(move |rule| (path, rule))) {
            let Some(field) = field_index(rules.records, path) else { continue };
            let guard = Guard {
                when: rule.when.as_ref(),
                unless: rule.unless.as_ref(),
                when_empty: rule.when_empty.then_some(field),
            };
            match &rule.source {
                RuleSource::Constant(value) => steps.push(Step::Constant(guard, field, value.clone())),
                RuleSource::From(other) => copies.push(Step::From(guard, field, other)),
                RuleSource::Marked(columns, marks) => {
                    let mut mark = |(columns, value): &'r (Columns, Value<'static>)| {
                        let rule = cells.add_marked(path, rule, value, marks);
                        (columns, cells.request(&[rule]))
                    };
                    let marks = columns.iter().map(&mut mark).collect();
                    steps.push(Step::Marks(MarkStep { guard, field, marks }));
                }
                RuleSource::Column(columns) if is_region(path) => {
                    let rule = cells.add_rule(path, rule);
                    places.push(PlaceCell { guard, columns, rule });
                }
                RuleSource::Column(columns) => {
                    let id = cells.add_rule(path, rule);
                    let is_same = |other: &Step<'_>| matches!(other, Step::Cells(other) if other.columns == columns);
                    let is_shared = |(step, _): &&mut (usize, Vec<RuleId>)| steps.get(*step).is_some_and(is_same);
                    let shared = joined.iter_mut().filter(|_| is_alone(rule)).find(is_shared);
                    if let Some((step, ids)) = shared {
                        ids.push(id);
                        if let Some(Step::Cells(step)) = steps.get_mut(*step) {
                            step.fields.push(field);
                            step.request = cells.request(ids);
                        }
                        continue;
                    }
                    if is_alone(rule) {
                        joined.push((steps.len(), vec![id]));
                    }
                    let (rows, request, fields) = (rule.rows.as_ref(), cells.request(&[id]), vec![field]);
                    let step = CellStep { guard, rows, columns, request, fields, rule };
                    steps.push(if is_language_row(rule) { Step::Language(step) } else { Step::Cells(step) });
                }
            }
        }
        let region = ["place.region", "region"].iter().find_map(|path| Draft::index(rules.records, path));
        if let Some(field) = region.filter(|_| !places.is_empty()) {
            steps.push(Step::Place(PlaceStep { field, cells: places }));
        }
        steps.extend(copies);
        Self { steps }
    }
}

/// Returns `true` if a rule depends on its column only, so that other rules may read the column with it.
fn is_alone(rule: &Rule) -> bool {
    let has_test = rule.when.is_some() || rule.unless.is_some() || rule.when_empty;
    !has_test && rule.rows.is_none() && rule.tag.is_none() && rule.how.is_none() && rule.level.is_none()
}

/// Returns `true` for a field of which several together state one region.
fn is_region(path: &str) -> bool {
    let (head, part) = path.split_once('.').unwrap_or((path, "region"));
    matches!(head, "place" | "region") && matches!(part, "region" | "postcode" | "town" | "plate")
}

/// Returns `true` for a language of which further columns state the tag, the mode or the level.
fn is_language_row(rule: &Rule) -> bool {
    let is_column = |word: &Option<WordOrColumn>| matches!(word, Some(WordOrColumn::Column(_)));
    rule.tag.is_some() || is_column(&rule.how) || is_column(&rule.level)
}

/// Returns the index of a field; that of a part such as `access.wheelchair` is that of the list.
fn field_index(records: RecordKind, path: &str) -> Option<usize> {
    Draft::index(records, path).or_else(|| Draft::index(records, path.split_once('.')?.0))
}
