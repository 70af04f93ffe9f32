//! The names of groups and cases of needs, which never are those of people.

use crate::{
    decode::value::Value,
    import::{
        notes::{Notes, Section},
        plan::is_need_id,
        produce::Product,
    },
    util::ordered_map::OrderedMap,
    vocabulary::fold::fold,
};

/// The smallest id of the needs of each group and case, by folded text.
#[derive(Debug, Default)]
pub(crate) struct NeedNames {
    groups: OrderedMap<String, String>,
    cases: OrderedMap<String, String>,
    /// `true` if a case may be a name, so that all are replaced.
    replaces_cases: bool,
}

impl NeedNames {
    pub(crate) fn new(needs: &[Product]) -> Self {
        let mut names = Self::default();
        for need in needs {
            let Some(id) = text(&need.value, "id") else { continue };
            for (field, smallest) in [("group", &mut names.groups), ("case", &mut names.cases)] {
                let Some(text) = text(&need.value, field) else { continue };
                let known = smallest.entry(key(text)).or_insert_with(|| id.to_owned());
                if id < known.as_str() {
                    id.clone_into(known);
                }
            }
            // A case that a need of several kinds of help was given is its own id.
            names.replaces_cases |= text(&need.value, "case").is_some_and(|case| case != id && !is_need_id(case));
        }
        names
    }

    /// Replaces the names of groups, and those of cases that may be names of people.
    pub(crate) fn rename(&self, needs: &mut [Product], notes: &mut Notes) {
        for need in needs {
            rename(&mut need.value, "group", &self.groups, "g-");
            if self.replaces_cases && rename(&mut need.value, "case", &self.cases, "c-") {
                notes.add(Section::Assumed, "id.looks_like_name", (None, Some("case")), Some(need.at));
            }
        }
    }
}

fn rename(need: &mut Value<'static>, field: &str, smallest: &OrderedMap<String, String>, prefix: &str) -> bool {
    let Value::Object(fields) = need else { return false };
    let Some((_, value)) = fields.iter_mut().find(|(name, _)| name == field) else { return false };
    let id = match value {
        Value::String(text) => smallest.get(&key(text)),
        _ => None,
    };
    *value = id.map_or(Value::Null, |id| Value::from(format!("{prefix}{id}")));
    true
}

/// Returns the text by which equal cells are recognized.
fn key(text: &str) -> String {
    let folded = fold(text);
    if folded.is_empty() { text.trim().to_owned() } else { folded }
}

fn text<'v>(record: &'v Value<'_>, key: &str) -> Option<&'v str> {
    let Value::Object(fields) = record else { return None };
    fields.iter().find(|(name, _)| name == key).and_then(|(_, value)| match value {
        Value::String(text) => Some(&**text),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::NeedNames;
    use crate::{
        decode::value::Value,
        import::{
            notes::Notes,
            position::{Position, Step},
            produce::Product,
        },
    };

    fn renamed(needs: &[&str]) -> Vec<String> {
        let product = |(row, json): (u32, &&str)| Product {
            group: row,
            at: Position { file: 0, step: Step::Row(row) },
            value: Value::from_json(json).unwrap().into_owned(),
        };
        let mut products: Vec<Product> = (2..).zip(needs).map(product).collect();
        NeedNames::new(&products).rename(&mut products, &mut Notes::default());
        products.iter().map(|product| serde_json::to_string(&product.value).unwrap()).collect()
    }

    #[test]
    fn a_group_is_named_by_its_smallest_id() {
        let needs = [r#"{"id":"2","group":"Fam. Muster"}"#, r#"{"id":"1","group":"fam muster"}"#, r#"{"id":"3"}"#];
        let expected = [r#"{"id":"2","group":"g-1"}"#, r#"{"id":"1","group":"g-1"}"#, r#"{"id":"3"}"#];
        assert_eq!(renamed(&needs), expected);
    }

    #[test]
    fn cases_are_replaced_if_one_may_be_a_name() {
        let numbers = [r#"{"id":"1","case":"F-1"}"#, r#"{"id":"2","case":"F-2"}"#];
        assert_eq!(renamed(&numbers), numbers);
        let names = [r#"{"id":"1","case":"F-1"}"#, r#"{"id":"2","case":"Muster"}"#];
        assert_eq!(renamed(&names), [r#"{"id":"1","case":"c-1"}"#, r#"{"id":"2","case":"c-2"}"#]);
    }
}
