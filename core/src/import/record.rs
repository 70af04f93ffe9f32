//! One element of a source as a draft of a record: its cells are read, and every part of them is counted.

use crate::{
    decode::value::Value,
    import::{
        cell::CellReader,
        column::{Column, Columns},
        coordinates,
        crosswalk::cross,
        draft::Draft,
        fields::fields_of,
        language_row::LanguageCells,
        names::{plain, report_name},
        notes::Section,
        outcomes::Outcomes,
        part::{Outcome, Part},
        position::Position,
        program::{CellStep, Guard, MarkStep, PlaceStep, Program, Step},
        rules::{Rules, WordOrColumn},
        taken::{Taken, take},
        test::holds,
    },
    util::{date::Date, lowercase::to_lowercase, ordered_map::OrderedMap},
};

/// Reads elements by the rules of a mapping.
pub(crate) struct RecordReader<'r> {
    pub(crate) rules: &'r Rules,
    pub(crate) program: Program<'r>,
    pub(crate) cells: CellReader,
    pub(crate) as_of: Option<Date>,
    /// Coordinates that too many records share, as bits.
    pub(crate) shared: OrderedMap<(u64, u64), u64>,
}

impl RecordReader<'_> {
    /// Reads an element.
    pub(crate) fn read(&mut self, element: &Value<'_>, at: Position, outcomes: &mut Outcomes) -> Draft {
        let mut draft = Draft::new(self.rules.records);
        let (mut places, mut capacity) = (Vec::new(), Vec::new());
        let steps = std::mem::take(&mut self.program.steps);
        for step in &steps {
            match step {
                Step::Cells(step) => {
                    for taken in self.read_cells(step, element, &draft) {
                        match group_of(self.rules, &taken) {
                            Group::Place => places.push(taken),
                            Group::Capacity => capacity.push(taken),
                            Group::None => take(&mut draft, &taken, at, outcomes),
                        }
                    }
                }
                Step::Language(step) => self.read_languages(step, element, &mut draft, at, outcomes),
                Step::Place(step) => self.read_place(step, element, &mut draft, at, outcomes),
                Step::Marks(step) => self.read_marks(step, element, &mut draft, at, outcomes),
                Step::Constant(guard, field, value) => {
                    if self.applies(*guard, element, &draft) {
                        put_constant(&mut draft, *field, value);
                    }
                }
                Step::From(..) => {}
            }
        }
        coordinates::take_both(&self.shared, &mut draft, places, at, outcomes);
        self.take_capacity(&mut draft, element, capacity, at, outcomes);
        self.take_terms(&mut draft, element, at, outcomes);
        for step in &steps {
            if let Step::From(guard, field, from) = step {
                if self.applies(*guard, element, &draft) {
                    draft.copy(from, *field);
                }
            }
        }
        self.program.steps = steps;
        self.hide(&mut draft, element, at, outcomes);
        draft
    }

    fn applies(&self, guard: Guard<'_>, element: &Value<'_>, draft: &Draft) -> bool {
        guard.when_empty.is_none_or(|field| draft.is_empty(field))
            && guard.when.is_none_or(|test| holds(test, element, self.as_of))
            && !guard.unless.is_some_and(|test| holds(test, element, self.as_of))
    }

    fn read_cells(&mut self, step: &CellStep<'_>, element: &Value<'_>, draft: &Draft) -> Vec<Taken> {
        if step.guard.when_empty.is_some_and(|field| !draft.is_empty(field)) {
            return Vec::new();
        }
        let Some(rows) = step.rows else {
            if !self.applies(step.guard, element, draft) {
                return Vec::new();
            }
            return self.read_column(step, None, element);
        };
        let Some((path, items)) = rows.values(element) else { return Vec::new() };
        let mut taken = Vec::new();
        for item in items {
            if self.applies(Guard { when_empty: None, ..step.guard }, item, draft) {
                taken.extend(self.read_column(step, Some(path), item));
            }
        }
        taken
    }

    fn read_column(&mut self, step: &CellStep<'_>, rows: Option<&Column>, element: &Value<'_>) -> Vec<Taken> {
        let Some((column, values)) = step.columns.values(element) else { return Vec::new() };
        let name = report_name(rows, column);
        let mut taken = Vec::new();
        for value in values {
            let parts = self.cells.read(step.request, value).to_vec();
            let of_part = |part| Taken { column: name.clone(), fields: step.fields.clone(), part };
            taken.extend(parts.into_iter().map(of_part));
        }
        taken
    }

    /// Reads languages whose tag, mode or level is in a column of its own.
    fn read_languages(
        &mut self,
        step: &CellStep<'_>,
        element: &Value<'_>,
        draft: &mut Draft,
        at: Position,
        outcomes: &mut Outcomes,
    ) {
        if step.guard.when_empty.is_some_and(|field| !draft.is_empty(field)) {
            return;
        }
        let (path, items) = match step.rows {
            None => (None, vec![element]),
            Some(rows) => match rows.values(element) {
                Some((path, items)) => (Some(path), items),
                None => return,
            },
        };
        for item in items {
            if !self.applies(Guard { when_empty: None, ..step.guard }, item, draft) {
                continue;
            }
            let cell = |columns: Option<&Columns>| {
                let (column, values) = columns?.values(item)?;
                Some((report_name(path, column), values.into_iter().next()?))
            };
            let (how, level) = (column_of(&step.rule.how), column_of(&step.rule.level));
            let [tag, name, how, level] =
                [cell(step.rule.tag.as_ref()), cell(Some(step.columns)), cell(how), cell(level)];
            let parts = self.cells.read_language(
                step.request,
                LanguageCells {
                    tag: value_of(&tag),
                    name: value_of(&name),
                    how: value_of(&how),
                    level: value_of(&level),
                },
            );
            let parts = [(tag, parts.tag), (name, parts.name), (how, parts.how), (level, parts.level)];
            for (column, parts) in parts.into_iter().filter_map(|(cell, parts)| Some((cell?.0, parts))) {
                for part in parts {
                    take(draft, &Taken { column: column.clone(), fields: step.fields.clone(), part }, at, outcomes);
                }
            }
        }
    }

    /// Reads the columns that together state a region.
    fn read_place(
        &mut self,
        step: &PlaceStep<'_>,
        element: &Value<'_>,
        draft: &mut Draft,
        at: Position,
        outcomes: &mut Outcomes,
    ) {
        let (mut columns, mut cells) = (Vec::new(), Vec::new());
        for cell in &step.cells {
            let guard = Guard { when_empty: cell.guard.when_empty.filter(|_| !cells.is_empty()), ..cell.guard };
            let is_skipped = guard.when_empty.is_some() || !self.applies(guard, element, draft);
            let Some((column, values)) = cell.columns.values(element).filter(|_| !is_skipped) else { continue };
            for value in values {
                columns.push(report_name(None, column));
                cells.push((cell.rule, value));
            }
        }
        let (parts, region) = self.cells.read_place(&cells);
        for (column, part) in columns.iter().zip(parts) {
            if let Some(part) = part {
                // The values are those of each cell alone.
                let part = Part { values: Vec::new(), ..part };
                take(draft, &Taken { column: column.clone(), fields: vec![step.field], part }, at, outcomes);
            }
        }
        if let Some(region) = region {
            // A region is short, and the field has no other.
            let _ = draft.put(step.field, region);
        }
    }

    fn read_marks(
        &mut self,
        step: &MarkStep<'_>,
        element: &Value<'_>,
        draft: &mut Draft,
        at: Position,
        outcomes: &mut Outcomes,
    ) {
        if !self.applies(step.guard, element, draft) {
            return;
        }
        let (mut marked, mut denied) = (0_usize, 0_usize);
        for (columns, request) in &step.marks {
            let Some((column, values)) = columns.values(element) else { continue };
            let column = report_name(None, column);
            for value in values {
                for part in self.cells.read(*request, value).to_vec() {
                    let is_mark = part.outcome != Outcome::NoValue;
                    marked = marked.saturating_add(usize::from(is_mark));
                    denied = denied.saturating_add(usize::from(!is_mark && is_no(&part.text)));
                    let taken = Taken { column: column.clone(), fields: vec![step.field], part };
                    take(draft, &taken, at, outcomes);
                }
            }
        }
        // Some programs write "no" if the question was never asked: this states nothing.
        if marked == 0 && denied > 1 {
            let field = fields_of(self.rules.records).get(step.field).map(|field| field.path);
            outcomes.notes.add(Section::Suspicions, "flags.all_false", (None, field), Some(at));
        }
    }

    /// Takes the places of an offer, unless their unit may not be people.
    fn take_capacity(
        &mut self,
        draft: &mut Draft,
        element: &Value<'_>,
        taken: Vec<Taken>,
        at: Position,
        outcomes: &mut Outcomes,
    ) {
        let is_counted = taken.is_empty() || self.counts_places(element, at, outcomes);
        for taken in taken {
            if is_counted {
                take(draft, &taken, at, outcomes);
            } else {
                outcomes.lose(&taken.column, "capacity.unit");
            }
        }
        if !is_counted {
            outcomes.note_lost("capacity.unit", "capacity", at);
        }
    }

    /// Returns `true` if no unit is stated, or one that counts as places; asks about another one.
    fn counts_places(&mut self, element: &Value<'_>, at: Position, outcomes: &mut Outcomes) -> bool {
        let Some((columns, units)) = &self.rules.unit else { return true };
        let Some((column, values)) = columns.values(element) else { return true };
        let column = report_name(None, column);
        let mut is_counted = true;
        for part in values.into_iter().filter_map(|value| self.cells.read_unit(units, value)) {
            outcomes.count(&part, &part.outcome, &column, at);
            is_counted &= part.outcome == Outcome::Understood;
        }
        is_counted
    }

    fn take_terms(&mut self, draft: &mut Draft, element: &Value<'_>, at: Position, outcomes: &mut Outcomes) {
        for crosswalk in &self.rules.crosswalk {
            for term in cross(crosswalk, self.rules, element).parts {
                let values = term.fields.into_iter().flat_map(|(field, values)| {
                    let field = Draft::index(self.rules.records, &field);
                    values.into_iter().filter_map(move |value| Some((field?, value)))
                });
                let (fields, values): (Vec<usize>, Vec<Value<'static>>) = values.unzip();
                let values = (0..).zip(values).collect();
                let part = Part { text: String::new(), outcome: term.outcome, values, repaired: None };
                take(draft, &Taken { column: plain(&term.column), fields, part }, at, outcomes);
            }
        }
    }

    fn hide(&self, draft: &mut Draft, element: &Value<'_>, at: Position, outcomes: &mut Outcomes) {
        for (field, tests) in &self.rules.hide {
            if tests.iter().any(|test| holds(test, element, self.as_of)) && draft.remove(field) {
                outcomes.notes.add(Section::Hidden, "rule", (None, Some(field)), Some(at));
            }
        }
    }
}

/// Fields of which several are decided on together.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Group {
    Place,
    Capacity,
    None,
}

fn group_of(rules: &Rules, taken: &Taken) -> Group {
    let path =
        taken.fields.first().and_then(|field| fields_of(rules.records).get(*field)).map_or("", |field| field.path);
    match path.split('.').next() {
        Some("place") => Group::Place,
        Some("capacity") if rules.unit.is_some() => Group::Capacity,
        _ => Group::None,
    }
}

fn put_constant(draft: &mut Draft, field: usize, value: &Value<'static>) {
    let values = match value {
        Value::Array(values) => values.as_slice(),
        value => std::slice::from_ref(value),
    };
    for value in values {
        // The mapping was decoded: a value that a field cannot take is one of several.
        let _ = draft.put(field, value.clone());
    }
}

fn lower(text: &str) -> String {
    text.trim().chars().map(to_lowercase).collect()
}

/// Returns `true` for a flag that denies.
fn is_no(text: &str) -> bool {
    matches!(lower(text).as_str(), "false" | "no" | "nein" | "n" | "0" | "falsch")
}

/// Returns the value of a cell that is there.
fn value_of<'v>(cell: &Option<(String, &'v Value<'v>)>) -> Option<&'v Value<'v>> {
    cell.as_ref().map(|(_, value)| *value)
}

/// Returns the columns in which a mode or a level is.
fn column_of(word: &Option<WordOrColumn>) -> Option<&Columns> {
    match word {
        Some(WordOrColumn::Column(columns)) => Some(columns),
        _ => None,
    }
}
