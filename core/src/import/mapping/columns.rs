//! The columns that a mapping names, and those that the files have.

use crate::{
    error::{Error, ErrorDetail, ErrorKind, ErrorSink, message},
    import::{
        column::{Column, Columns},
        headers::is_personal,
        mapping::{Mapping, OWN},
        record_kind::RecordKind,
        rules::{IdRule, Rule, RuleSource, Rules, SameId, Terms, WordOrColumn},
    },
    util::edit_distance::did_you_mean,
};

/// Receives where a mapping names columns, the list that they are relative to, and the columns.
type Visit<'f> = &'f mut dyn FnMut(&str, Option<&Columns>, &mut Columns);

impl Rules {
    /// Replaces numbers by the headers of a table.
    pub(crate) fn bind(&mut self, headers: &[String]) {
        self.visit_columns(&mut |_, _, columns| columns.bind(headers));
        for columns in self.ignore.iter_mut().chain(&mut self.never).chain(&mut self.not_personal) {
            columns.bind(headers);
        }
    }

    /// Returns the personal columns that a mapping of needs reads, as the files name them, unless it states that they are harmless.
    /// They are not read until a person has said so.
    pub(crate) fn personal_columns(&self, headers: &[String]) -> Vec<String> {
        if self.records == RecordKind::Offers {
            return Vec::new();
        }
        let is_listed = |list: &[Columns], header: &str| list.iter().any(|columns| columns.are_named(header));
        let headers = headers.iter().filter(|header| {
            is_personal(header)
                && !is_listed(&self.not_personal, header)
                && !is_listed(&self.never, header)
                && self.reads(header)
        });
        headers.cloned().collect()
    }

    /// Returns whether a column is read, for whatever purpose.
    pub(crate) fn reads(&self, header: &str) -> bool {
        let mut is_read = false;
        self.clone().visit_columns(&mut |_, rows, columns| {
            is_read |= names_of(rows, columns).iter().any(|column| column.is_named(header));
        });
        is_read
    }

    /// Returns whether a field is read from a column.
    pub(crate) fn field_reads(&self, field: &str, header: &str) -> bool {
        let rules = self.fields.iter().filter(|(other, _)| other == field).flat_map(|(_, rules)| rules);
        let mut rules = rules.map(|rule| &rule.source);
        rules.any(|source| match source {
            RuleSource::Column(columns) => columns.are_named(header),
            RuleSource::Marked(marked, _) => marked.iter().any(|(columns, _)| columns.are_named(header)),
            RuleSource::Constant(_) | RuleSource::From(_) => false,
        })
    }

    fn visit_columns(&mut self, visit: Visit<'_>) {
        self.visit_structure(visit);
        for (field, rules) in &mut self.fields {
            let place = format!("fields.{field}");
            rules.iter_mut().for_each(|rule| visit_rule(&place, rule, visit));
        }
        if let Some((columns, _)) = &mut self.unit {
            visit("fields.capacity.unit", None, columns);
        }
        for crosswalk in &mut self.crosswalk {
            match &mut crosswalk.terms {
                Terms::Column(columns) | Terms::Objects { path: columns, .. } => visit("crosswalk", None, columns),
            }
        }
    }

    /// Visits the columns of ids, tests, trees and joins, which fill no field.
    fn visit_structure(&mut self, visit: Visit<'_>) {
        match &mut self.id {
            Some(IdRule::Column { column, part }) => {
                visit("id", None, column);
                part.iter_mut().for_each(|part| visit("id.part", None, part));
            }
            Some(IdRule::Join { columns, .. }) => columns.iter_mut().for_each(|column| visit("id.join", None, column)),
            Some(IdRule::Row) | None => {}
        }
        if let SameId::First { column, .. } = &mut self.same_id {
            visit("same_id.first", None, column);
        }
        if let Some(tree) = &mut self.tree {
            visit("tree.id", None, &mut tree.id);
            visit("tree.parent", None, &mut tree.parent);
            tree.inherit.iter_mut().for_each(|columns| visit("tree.inherit", None, columns));
        }
        for join in &mut self.join {
            visit("join", None, &mut join.on);
            visit("join", None, &mut join.to);
        }
        self.leave_out.iter_mut().for_each(|test| visit("leave_out", None, &mut test.column));
        let hidden = self.hide.iter_mut().flat_map(|(_, tests)| tests);
        hidden.for_each(|test| visit("hide", None, &mut test.column));
    }
}

fn visit_rule(place: &str, rule: &mut Rule, visit: Visit<'_>) {
    let rows = rule.rows.clone();
    match &mut rule.source {
        RuleSource::Column(columns) => visit(place, rows.as_ref(), columns),
        RuleSource::Marked(marked, _) => {
            marked.iter_mut().for_each(|(columns, _)| visit(place, rows.as_ref(), columns))
        }
        RuleSource::Constant(_) | RuleSource::From(_) => {}
    }
    for word in [&mut rule.how, &mut rule.level] {
        if let Some(WordOrColumn::Column(columns)) = word {
            visit(place, rows.as_ref(), columns);
        }
    }
    if let Some(columns) = &mut rule.tag {
        visit(place, rows.as_ref(), columns);
    }
    for test in [&mut rule.when, &mut rule.unless].into_iter().flatten() {
        visit(place, rows.as_ref(), &mut test.column);
    }
}

/// Returns the whole paths of columns that may be relative to a list.
fn names_of(rows: Option<&Columns>, columns: &Columns) -> Vec<Column> {
    match rows {
        None => columns.0.clone(),
        Some(rows) => {
            let paths = rows.iter().flat_map(|rows| columns.iter().map(move |column| format!("{rows}.{column}")));
            paths.map(|path| Column::new(&path)).collect()
        }
    }
}

impl Mapping {
    /// Returns `true` if the mapping reads a column, or states that it does not.
    pub(crate) fn mentions(&self, header: &str) -> bool {
        let rules = &self.rules;
        let mut lists = rules.ignore.iter().chain(&rules.never);
        lists.any(|columns| columns.are_named(header)) || rules.reads(header)
    }

    /// Checks the columns of a mapping that a person wrote against those of the tables.
    ///
    /// A built-in mapping names columns of several versions of a format, and objects lack the keys without values: neither is
    /// checked.
    ///
    /// # Errors
    ///
    /// `import.mapping.column` for each column that no table has, unless the files have another one of the same list.
    pub(crate) fn check_columns(&self, tables: &[&[String]]) -> Result<(), Error> {
        let mut errors = ErrorSink::default();
        if self.origin == OWN {
            // A joined table is at its path.
            let mut known: Vec<String> = tables.iter().flat_map(|headers| headers.iter().cloned()).collect();
            let targets = self.rules.join.iter().map(|join| join.target.as_str());
            let prefixes: Vec<&str> = targets.chain(self.rules.tree.is_some().then_some("parent")).collect();
            let nested = prefixes.iter().flat_map(|prefix| known.iter().map(move |name| format!("{prefix}.{name}")));
            let nested: Vec<String> = nested.collect();
            known.extend(nested);
            self.rules.clone().visit_columns(&mut |place, rows, columns| {
                let names = names_of(rows, columns);
                if !names.iter().any(|column| known.iter().any(|header| column.is_named(header))) {
                    errors.push_with(|| unknown_column(place, names.first(), &known));
                }
            });
        }
        errors.into_result(())
    }
}

fn unknown_column(place: &str, column: Option<&Column>, known: &[String]) -> ErrorDetail {
    let name = column.map_or("", Column::name);
    let message = message!("import.mapping.column").with(&[("name", &name)]);
    let mut detail = ErrorDetail::new(ErrorKind::Unknown, "import.mapping.column", message);
    place.clone_into(&mut detail.path);
    match did_you_mean(name, known.iter().map(String::as_str)) {
        Some(name) => detail.with_hint(message!("did_you_mean.field").with(&[("name", &name)])),
        None => detail,
    }
}
