//! Tables whose rows point to parent rows: only leaves are records, with cells of the rows above.

use crate::{
    decode::value::Value,
    import::{column::Columns, position::Position, rules::TreeRule},
    util::ordered_map::{OrderedMap, OrderedSet},
};

/// The largest number of rows above a leaf that are nested as `parent`.
const MAX_DEPTH: usize = 8;

/// The rows of a table, with their parents.
#[derive(Debug)]
pub(crate) struct Tree<'s, 'f> {
    rule: &'s TreeRule,
    rows: &'s [(Position, Value<'f>)],
    /// The index of the first row with an id.
    by_id: OrderedMap<String, usize>,
    /// The ids to which a row points.
    parents: OrderedSet<String>,
}

impl<'s, 'f> Tree<'s, 'f> {
    pub(crate) fn new(rule: &'s TreeRule, rows: &'s [(Position, Value<'f>)]) -> Self {
        let mut by_id = OrderedMap::default();
        let mut parents = OrderedSet::default();
        for (index, (_, row)) in rows.iter().enumerate() {
            if let Some((_, id)) = rule.id.text(row) {
                by_id.entry(id.clone().into_owned()).or_insert_with(|| index);
                let parent = rule.parent.text(row).map(|(_, parent)| parent.into_owned());
                // A row that points to itself has no parent.
                if let Some(parent) = parent.filter(|parent| *parent != *id) {
                    parents.insert(parent);
                }
            }
        }
        Self { rule, rows, by_id, parents }
    }

    /// Returns `true` if no row points to this one.
    pub(crate) fn is_leaf(&self, row: &Value<'f>) -> bool {
        self.rule.id.text(row).is_none_or(|(_, id)| !self.parents.contains(&*id))
    }

    /// Returns a row with its parent as `parent`, and with the nearest cells above in the columns that it inherits.
    pub(crate) fn inherit(&self, row: &Value<'f>) -> Value<'f> {
        let ancestors = self.ancestors(row);
        let mut parent: Option<Value<'f>> = None;
        for ancestor in ancestors.iter().rev() {
            let mut object = (*ancestor).clone();
            if let (Value::Object(fields), Some(above)) = (&mut object, parent.take()) {
                fields.push(("parent".into(), above));
            }
            parent = Some(object);
        }
        let mut row = row.clone();
        for columns in &self.rule.inherit {
            self.inherit_column(&mut row, columns, &ancestors);
        }
        if let (Value::Object(fields), Some(parent)) = (&mut row, parent) {
            fields.push(("parent".into(), parent));
        }
        row
    }

    fn inherit_column(&self, row: &mut Value<'f>, columns: &Columns, ancestors: &[&Value<'f>]) {
        if columns.values(row).is_some() {
            return;
        }
        for ancestor in ancestors {
            for column in columns.iter() {
                let Value::Object(cells) = ancestor else { continue };
                let cell = cells.iter().find(|(name, value)| name == column.name() && !value.is_absent());
                if let (Some((name, value)), Value::Object(fields)) = (cell, &mut *row) {
                    fields.retain(|(other, _)| other != name);
                    fields.push((name.clone(), value.clone()));
                    return;
                }
            }
        }
    }

    /// Returns the rows above, the nearest first; a circle ends where it would repeat.
    fn ancestors(&self, row: &Value<'f>) -> Vec<&'s Value<'f>> {
        let (mut ancestors, mut seen): (Vec<&'s Value<'f>>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut next = self.parent_of(row);
        while let Some(index) = next.filter(|index| ancestors.len() < MAX_DEPTH && !seen.contains(index)) {
            let Some((_, parent)) = self.rows.get(index) else { break };
            seen.push(index);
            ancestors.push(parent);
            next = self.parent_of(parent);
        }
        ancestors
    }

    fn parent_of(&self, row: &Value<'f>) -> Option<usize> {
        let (_, id) = self.rule.parent.text(row)?;
        self.by_id.get(&*id).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;
    use crate::{
        decode::value::Value,
        import::{
            column::Columns,
            position::{Position, Step},
            rules::TreeRule,
        },
    };

    fn leaves(json: &'static str) -> Vec<String> {
        let Value::Array(items) = Value::from_json(json).unwrap() else { panic!("not a list") };
        let rows: Vec<_> = (2..).map(|row| Position { file: 0, step: Step::Row(row) }).zip(items).collect();
        let column = Columns::from_name;
        let rule = TreeRule { id: column("id"), parent: column("up"), inherit: vec![column("lang"), column("fee")] };
        let tree = Tree::new(&rule, &rows);
        let leaves = rows.iter().filter(|(_, row)| tree.is_leaf(row));
        leaves.map(|(_, row)| serde_json::to_string(&tree.inherit(row)).unwrap()).collect()
    }

    #[test]
    fn a_leaf_inherits_from_the_nearest_row_that_has_a_cell() {
        let json =
            r#"[{"id": 1, "lang": "de", "fee": "1"}, {"id": 2, "up": 1, "lang": "en"}, {"id": 3, "up": 2, "fee": ""}]"#;
        let expected = r#"{"id":3,"up":2,"lang":"en","fee":"1","parent":{"id":2,"up":1,"lang":"en","parent":"#
            .to_owned()
            + r#"{"id":1,"lang":"de","fee":"1"}}}"#;
        assert_eq!(leaves(json), [expected]);
    }

    #[test]
    fn a_parent_that_does_not_exist_is_none() {
        assert_eq!(leaves(r#"[{"id": "1", "up": "0"}, {"up": "9"}]"#).len(), 2);
    }

    #[test]
    fn a_circle_ends() {
        let json =
            r#"[{"id": "1", "up": "2"}, {"id": "2", "up": "1"}, {"id": "3", "up": "1"}, {"id": "4", "up": "4"}]"#;
        let leaves = leaves(json);
        assert_eq!(leaves.len(), 2);
        assert!(leaves[0].starts_with(r#"{"id":"3","up":"1","parent":{"id":"1""#));
    }
}
