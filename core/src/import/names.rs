//! The names of columns in a report, and the use of each.

use crate::{
    import::{
        column::{Column, Columns},
        position::Position,
        record_kind::RecordKind,
        rules::{IdRule, RuleSource, Rules, SameId, Terms, Test, WordOrColumn},
    },
    util::ordered_map::OrderedMap,
};

/// The columns of a source, with what a mapping says about them.
#[derive(Debug)]
pub(crate) struct ColumnNames {
    records: RecordKind,
    /// The columns that a mapping reads, with the fields of each; without the brackets of lists.
    read: OrderedMap<String, Vec<String>>,
    ignore: Vec<String>,
    never: Vec<String>,
}

impl ColumnNames {
    pub(crate) fn new(rules: &Rules) -> Self {
        let mut names = Self {
            records: rules.records,
            read: OrderedMap::default(),
            ignore: rules.ignore.iter().flat_map(Columns::iter).map(|column| plain(column.name())).collect(),
            never: rules.never.iter().flat_map(Columns::iter).map(|column| plain(column.name())).collect(),
        };
        names.add_structure(rules);
        names.add_fields(rules);
        names
    }

    /// Adds the columns of ids, tests, trees and joins, which fill no field.
    fn add_structure(&mut self, rules: &Rules) {
        match &rules.id {
            Some(IdRule::Column { column, part }) => {
                self.add(None, column, "id");
                if let Some(part) = part {
                    self.add(None, part, "");
                }
            }
            Some(IdRule::Join { columns, .. }) => columns.iter().for_each(|column| self.add(None, column, "id")),
            Some(IdRule::Row) | None => {}
        }
        if let SameId::First { column, .. } = &rules.same_id {
            self.add(None, column, "");
        }
        if let Some(tree) = &rules.tree {
            for column in [&tree.id, &tree.parent].into_iter().chain(&tree.inherit) {
                self.add(None, column, "");
            }
        }
        for join in &rules.join {
            self.add(None, &join.on, "");
            let (parent, _) = join.target.rsplit_once('.').unwrap_or_default();
            if !parent.is_empty() {
                self.add(Some(&Columns::from_name(parent)), &join.on, "");
            }
            self.add(Some(&Columns::from_name(&join.target)), &join.to, "");
        }
        let hidden = rules.hide.iter().flat_map(|(_, tests)| tests);
        for test in rules.leave_out.iter().chain(hidden) {
            self.add(None, &test.column, "");
        }
        if let Some((columns, _)) = &rules.unit {
            self.add(None, columns, "capacity.unit");
        }
        for crosswalk in &rules.crosswalk {
            match &crosswalk.terms {
                Terms::Column(columns) => self.add(None, columns, "help"),
                Terms::Objects { path, code } => {
                    for key in code.iter().chain(&crosswalk.scheme) {
                        self.add(Some(path), &Columns::from_name(key), "help");
                    }
                }
            }
        }
    }

    fn add_fields(&mut self, rules: &Rules) {
        for (field, rule) in rules.fields.iter().flat_map(|(field, rules)| rules.iter().map(move |rule| (field, rule)))
        {
            let rows = rule.rows.as_ref();
            match &rule.source {
                RuleSource::Column(columns) => self.add(rows, columns, field),
                RuleSource::Marked(columns, _) => {
                    columns.iter().for_each(|(columns, _)| self.add(rows, columns, field));
                }
                RuleSource::Constant(_) | RuleSource::From(_) => {}
            }
            let of_word = |word: &Option<WordOrColumn>| match word {
                Some(WordOrColumn::Column(columns)) => Some(columns.clone()),
                _ => None,
            };
            for columns in [rule.tag.clone(), of_word(&rule.how), of_word(&rule.level)].into_iter().flatten() {
                self.add(rows, &columns, field);
            }
            let tests = [&rule.when, &rule.unless].into_iter().flatten();
            tests.for_each(|test: &Test| self.add(rows, &test.column, ""));
        }
    }

    fn add(&mut self, rows: Option<&Columns>, columns: &Columns, field: &str) {
        for column in columns.iter() {
            let bases: Vec<String> = match rows {
                Some(rows) => rows.iter().map(|rows| plain(rows.name())).collect(),
                None => vec![String::new()],
            };
            for base in bases {
                let fields = self.read.entry(joined(&base, &plain(column.name()))).or_default();
                if !field.is_empty() && !fields.iter().any(|other| other == field) {
                    fields.push(field.to_owned());
                }
            }
        }
    }

    /// Returns the fields that are read from a column.
    pub(crate) fn fields(&self, column: &str) -> Vec<String> {
        self.read.get(&plain(column)).cloned().unwrap_or_default()
    }

    /// Returns `read`, `ignore`, `never` or `unmentioned`. Of needs, whatever no rule reads is never read.
    pub(crate) fn usage(&self, column: &str) -> &'static str {
        let column = plain(column);
        let is_within = |name: &String| {
            let rest = column.strip_prefix(name.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        if self.never.iter().any(is_within) {
            "never"
        } else if self.read.contains_key(&column) || self.is_parent(&column) {
            "read"
        } else if self.records == RecordKind::Needs {
            "never"
        } else if self.ignore.iter().any(is_within) {
            "ignore"
        } else {
            "unmentioned"
        }
    }

    /// Returns `true` if the cells of a column are needed.
    pub(crate) fn is_wanted(&self, column: &str) -> bool {
        match self.records {
            RecordKind::Needs => self.usage(column) == "read",
            RecordKind::Offers => self.usage(column) != "never",
        }
    }

    /// Returns `true` if a column is an object or a list below which a rule reads, or a column of a row above.
    fn is_parent(&self, column: &str) -> bool {
        let is_below = |name: &String| {
            let rest = name.strip_prefix(column).and_then(|rest| rest.strip_prefix('.'));
            rest.is_some() || name.strip_prefix("parent.") == Some(column)
        };
        self.read.keys().any(is_below)
    }
}

/// Returns the name of a column in a report: its path below a list, without brackets.
pub(crate) fn report_name(rows: Option<&Column>, column: &Column) -> String {
    let base = rows.map(|rows| plain(rows.name())).unwrap_or_default();
    joined(&base, &plain(column.name()))
}

fn joined(base: &str, name: &str) -> String {
    if base.is_empty() { name.to_owned() } else { format!("{base}.{name}") }
}

/// Returns a path without the brackets of lists and the escapes of dots. A header that has dots stays as it is.
pub(crate) fn plain(path: &str) -> String {
    path.replace("[].", ".").replace(r"\.", ".").trim_end_matches("[]").to_owned()
}

/// Returns a position as text: the row or item, after the name of its file if there are several.
pub(crate) fn display(at: Position, files: &[&str]) -> String {
    let file = usize::try_from(at.file).ok().and_then(|file| files.get(file)).filter(|_| files.len() > 1);
    match file {
        Some(file) => format!("{file}: {}", at.step),
        None => at.step.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::ColumnNames;
    use crate::import::mapping::Mapping;

    fn usages(json: &str, columns: &[&str]) -> Vec<&'static str> {
        let names = ColumnNames::new(&Mapping::from_json(json).unwrap().rules);
        columns.iter().map(|column| names.usage(column)).collect()
    }

    #[test]
    fn each_column_has_one_use() {
        let json = r#"{"lotse_mapping": 1, "records": "offers", "id": "Nr", "fields": {"name": "a\\.b", "languages": {"rows": "l[]", "column": "n.m"}},
            "ignore": ["Note", "x[]"], "never": ["Kim", "y"]}"#;
        let columns = ["Nr", "a.b", "l", "l.n", "l.n.m", "l.n.mm", "Note", "x.z", "y.z", "Rest"];
        let expected =
            ["read", "read", "read", "read", "read", "unmentioned", "ignore", "ignore", "never", "unmentioned"];
        assert_eq!(usages(json, &columns), expected);
    }

    #[test]
    fn only_mapped_columns_of_needs_are_read() {
        let json =
            r#"{"lotse_mapping": 1, "records": "needs", "id": "Nr", "fields": {"age": "Alter"}, "ignore": ["Note"]}"#;
        assert_eq!(usages(json, &["Nr", "Alter", "Note", "Name"]), ["read", "read", "never", "never"]);
    }
}
