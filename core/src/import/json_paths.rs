//! The dotted paths that occur in JSON objects, which are the columns of a table of objects.

use crate::decode::value::Value;

/// The paths of objects, as a tree of keys (a trie): a path is written once, however often it occurs.
#[derive(Debug, Default)]
pub(super) struct Paths {
    /// Whether a value that is no object ends here.
    is_column: bool,
    /// Keys in the order of their first occurrence, with `[]` if the value is a list of objects.
    children: Vec<(String, Paths)>,
}

impl Paths {
    /// Adds the paths of a record. `left` is the number of keys that may be added; returns `false` if there are more.
    pub(super) fn add(&mut self, value: &Value<'_>, left: &mut usize) -> bool {
        match value {
            Value::Object(fields) => {
                for (key, field) in fields {
                    match field {
                        Value::Array(items) if items.iter().any(is_object) => {
                            let Some(child) = self.child(key, true, left) else { return false };
                            if !items.iter().all(|item| child.add(item, left)) {
                                return false;
                            }
                        }
                        field if field.is_absent() => {}
                        field => {
                            if !self.child(key, false, left).is_some_and(|child| child.add(field, left)) {
                                return false;
                            }
                        }
                    }
                }
            }
            _ => self.is_column = true,
        }
        true
    }

    fn child(&mut self, key: &str, is_list: bool, left: &mut usize) -> Option<&mut Self> {
        let position = self.children.iter().position(|(name, _)| is_named(name, key, is_list));
        let index = position.unwrap_or(self.children.len());
        if position.is_none() {
            *left = left.checked_sub(1)?;
            let name = if is_list { format!("{}[]", escaped(key)) } else { escaped(key) };
            self.children.push((name, Self::default()));
        }
        self.children.get_mut(index).map(|(_, child)| child)
    }

    /// Returns the paths of all columns, each after those that begin a record with it.
    pub(super) fn columns(&self) -> Vec<String> {
        let mut columns = Vec::new();
        self.collect("", &mut columns);
        columns
    }

    fn collect(&self, path: &str, columns: &mut Vec<String>) {
        if self.is_column && !path.is_empty() {
            columns.push(path.to_owned());
        }
        for (name, child) in &self.children {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            child.collect(&path, columns);
        }
    }

    /// Returns the same tree with the wanted columns only; `wanted` is in the order of [`columns`](Self::columns).
    pub(super) fn wanted(&self, wanted: &mut dyn Iterator<Item = bool>) -> Self {
        self.wanted_below(true, wanted)
    }

    fn wanted_below(&self, is_root: bool, wanted: &mut dyn Iterator<Item = bool>) -> Self {
        let is_column = self.is_column && !is_root && wanted.next().unwrap_or_default();
        let children = self.children.iter().map(|(name, child)| (name.clone(), child.wanted_below(false, wanted)));
        Self {
            is_column,
            children: children.filter(|(_, child)| child.is_column || !child.children.is_empty()).collect(),
        }
    }

    /// Removes everything from a value that is not at one of these paths.
    pub(super) fn retain<'v>(&self, value: Value<'v>) -> Value<'v> {
        match value {
            Value::Object(fields) => {
                let fields = fields.into_iter().filter_map(|(key, field)| {
                    let is_list = matches!(&field, Value::Array(items) if items.iter().any(is_object));
                    let (_, child) = self.children.iter().find(|(name, _)| is_named(name, &key, is_list))?;
                    Some((key, child.retain(field)))
                });
                Value::Object(fields.collect())
            }
            Value::Array(items) if items.iter().any(is_object) => {
                Value::Array(items.into_iter().map(|item| self.retain(item)).collect())
            }
            value if self.is_column => value,
            _ => Value::Null,
        }
    }
}

fn is_object(value: &Value<'_>) -> bool {
    matches!(value, Value::Object(_))
}

/// Returns `true` if this is the name of a key: `\.` stands for a point in it, and `[]` after it for a list.
fn is_named(name: &str, key: &str, is_list: bool) -> bool {
    let (name, has_list) = name.strip_suffix("[]").map_or((name, false), |name| (name, true));
    has_list == is_list && if key.contains('.') { name == escaped(key) } else { name == key }
}

fn escaped(key: &str) -> String {
    key.replace('.', "\\.")
}

#[cfg(test)]
mod tests {
    use super::Paths;
    use crate::decode::value::Value;

    fn paths(records: &[&str]) -> Paths {
        let mut paths = Paths::default();
        assert!(records.iter().all(|record| paths.add(&Value::from_json(record).unwrap(), &mut 100)));
        paths
    }

    #[test]
    fn a_path_runs_through_objects_and_lists() {
        let record = r#"{"id": 1, "organization": {"name": "x", "url": ""}, "phones": [{"number": "1"}], "topics": ["a"], "a.b": 2}"#;
        let columns = ["id", "organization.name", "phones[].number", "topics", "a\\.b", "more"];
        assert_eq!(paths(&[record, r#"{"more": true, "none": [], "null": null}"#]).columns(), columns);
    }

    #[test]
    fn a_value_that_is_an_object_elsewhere_is_a_column_too() {
        assert_eq!(paths(&[r#"{"unit": "bed"}"#, r#"{"unit": {"name": "bed"}}"#]).columns(), ["unit", "unit.name"]);
    }

    #[test]
    fn what_is_not_wanted_is_removed() {
        let record =
            r#"{"id": 1, "name": "secret", "phones": [{"number": "1", "note": "secret"}], "unit": {"name": "secret"}}"#;
        let paths = paths(&[record]);
        assert_eq!(paths.columns(), ["id", "name", "phones[].number", "phones[].note", "unit.name"]);
        let wanted = paths.wanted(&mut [true, false, true, false, false].into_iter());
        let kept = wanted.retain(Value::from_json(record).unwrap());
        assert!(kept == Value::from_json(r#"{"id": 1, "phones": [{"number": "1"}]}"#).unwrap());
    }
}
