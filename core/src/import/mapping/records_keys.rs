//! Keys of a mapping about records as a whole: the files, ids, side tables and trees.

use crate::{
    decode::{path::Path, value::Value},
    error::{ErrorKind, message},
    import::{
        mapping::decoder::Decoder,
        rules::{HeaderRule, IdRule, Join, SameId, SourceRules, TreeRule},
    },
};

/// What joins the columns of an id.
const ID_SEPARATOR: &str = "-";

pub(super) const SOURCE: &[&str] = &["format", "encoding", "delimiter", "sheet", "header", "skip", "files", "guard"];
pub(super) const ID: &[&str] = &["column", "part", "join", "sep", "row"];
pub(super) const FIRST: &[&str] = &["column", "order"];
pub(super) const TREE: &[&str] = &["id", "parent", "inherit"];
pub(super) const JOIN: &[&str] = &["file", "on", "to", "as"];

impl Decoder<'_> {
    pub(super) fn source(&mut self, path: &Path<'_>, value: &Value) -> Option<SourceRules> {
        let fields = self.errors.fields(path, value, SOURCE)?;
        let mut text = |key: &'static str| self.text(&path.field(key), fields.get(key)?);
        let (format, encoding, sheet, delimiter) = (text("format"), text("encoding"), text("sheet"), text("delimiter"));
        let delimiter = delimiter.and_then(|text| self.delimiter(&path.field("delimiter"), &text));
        let header = fields.get("header").and_then(|value| self.header(&path.field("header"), value));
        let skip = fields.get("skip").map(|value| self.integers(&path.field("skip"), value));
        let files = fields.get("files").map(|value| self.texts(&path.field("files"), value));
        let guard = fields.get("guard").and_then(|value| self.errors.boolean(&path.field("guard"), value));
        Some(SourceRules {
            format,
            encoding,
            delimiter,
            sheet,
            header,
            skip: skip.unwrap_or_default(),
            files: files.unwrap_or_default(),
            guard: guard.unwrap_or_default(),
        })
    }

    fn delimiter(&mut self, path: &Path<'_>, text: &str) -> Option<char> {
        let mut letters = text.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => Some(letter),
            _ => {
                self.expected(path, message!("import.mapping.delimiter"));
                None
            }
        }
    }

    fn header(&mut self, path: &Path<'_>, value: &Value) -> Option<HeaderRule> {
        let rows: Vec<u32> = self.integers(path, value);
        match (value, rows.as_slice()) {
            (Value::Int(0), [0]) => Some(HeaderRule::None),
            (Value::Int(_), [row]) if *row > 0 => Some(HeaderRule::Row(*row)),
            (Value::Array(_), [first, second]) if *first > 0 && first < second => {
                Some(HeaderRule::Rows(*first, *second))
            }
            (Value::Int(_), _) => None,
            _ => {
                self.expected(path, message!("import.mapping.header"));
                None
            }
        }
    }

    pub(super) fn id(&mut self, path: &Path<'_>, value: &Value) -> Option<IdRule> {
        let Value::Object(_) = value else {
            return Some(IdRule::Column { column: self.columns(path, value)?, part: None });
        };
        let fields = self.errors.fields(path, value, ID)?;
        match (fields.get("column"), fields.get("join"), fields.get("row")) {
            (Some(column), None, None) => {
                let part = fields.get("part").map(|value| self.columns(&path.field("part"), value));
                let column = self.columns(&path.field("column"), column)?;
                Some(IdRule::Column { column, part: part.flatten() })
            }
            (None, Some(join), None) => {
                let separator = fields.get("sep").and_then(|value| self.text(&path.field("sep"), value));
                let columns = self.list_of_columns(&path.field("join"), join);
                Some(IdRule::Join { columns, separator: separator.unwrap_or_else(|| ID_SEPARATOR.to_owned()) })
            }
            (None, None, Some(Value::Bool(true))) => Some(IdRule::Row),
            _ => {
                self.expected_one_of(path, "`column`, `join`, `row`: true");
                None
            }
        }
    }

    pub(super) fn same_id(&mut self, path: &Path<'_>, value: &Value) -> Option<SameId> {
        let Value::Object(_) = value else {
            let rules = [("refuse", SameId::Refuse), ("unite", SameId::Unite), ("parts", SameId::Parts)];
            return self.one_of(path, value, &rules);
        };
        let fields = self.errors.fields(path, value, &["first"])?;
        let (path, first) = (&path.field("first"), fields.get("first").unwrap_or(&Value::Null));
        let fields = self.errors.fields(path, first, FIRST)?;
        let (Some(column), Some(order)) = (fields.get("column"), fields.get("order")) else {
            let missing = if fields.get("column").is_none() { "column" } else { "order" };
            self.errors.missing_field(&path.field(missing));
            return None;
        };
        let order = self.texts(&path.field("order"), order);
        Some(SameId::First { column: self.columns(&path.field("column"), column)?, order })
    }

    pub(super) fn tree(&mut self, path: &Path<'_>, value: &Value) -> Option<TreeRule> {
        let fields = self.errors.fields(path, value, TREE)?;
        let mut column = |key: &'static str| {
            let path = path.field(key);
            match fields.get(key) {
                Some(value) => self.columns(&path, value),
                None => {
                    self.errors.missing_field(&path);
                    None
                }
            }
        };
        let (id, parent) = (column("id"), column("parent"));
        let inherit = fields.get("inherit").map(|value| self.list_of_columns(&path.field("inherit"), value));
        Some(TreeRule { id: id?, parent: parent?, inherit: inherit.unwrap_or_default() })
    }

    pub(super) fn joins(&mut self, path: &Path<'_>, value: &Value) -> Vec<Join> {
        let items = self.errors.array(path, value);
        items.iter().enumerate().filter_map(|(index, item)| self.join(&path.item(index), item)).collect()
    }

    fn join(&mut self, path: &Path<'_>, value: &Value) -> Option<Join> {
        let fields = self.errors.fields(path, value, JOIN)?;
        for key in JOIN.iter().filter(|key| fields.get(key).is_none()) {
            self.errors.missing_field(&path.field(key));
        }
        let files = self.texts(&path.field("file"), fields.get("file")?);
        let on = self.columns(&path.field("on"), fields.get("on")?);
        let to = self.columns(&path.field("to"), fields.get("to")?);
        let target = self.text(&path.field("as"), fields.get("as")?)?;
        if target.split('.').any(|step| matches!(step, "" | "[]")) {
            let error = path.field("as").error(ErrorKind::Value, "value", message!("import.mapping.target"));
            self.errors.push(error);
        }
        Some(Join { files, on: on?, to: to?, target })
    }
}
