//! Records of which each element of a list becomes one.

use crate::{decode::value::Value, import::column::Columns};

/// Returns a copy of the record for each element of its list, in which the list has that element only; the record itself if the
/// list is empty or absent, or has one element.
pub(crate) fn expand<'f>(each: Option<&Columns>, record: Value<'f>) -> Vec<Value<'f>> {
    let Some(column) = each.and_then(|each| each.iter().next()) else { return vec![record] };
    let steps: Vec<&str> = column.name().split('.').map(|step| step.trim_end_matches("[]")).collect();
    let count = list(&record, &steps).map_or(0, <[Value<'_>]>::len);
    if count < 2 {
        return vec![record];
    }
    let copy = |index| {
        let mut copy = record.clone();
        keep_only(&mut copy, &steps, index);
        copy
    };
    (0..count).map(copy).collect()
}

fn list<'v, 'f>(value: &'v Value<'f>, steps: &[&str]) -> Option<&'v [Value<'f>]> {
    match (value, steps.split_first()) {
        (Value::Array(items), None) => Some(items),
        (Value::Object(fields), Some((step, rest))) => {
            let (_, inner) = fields.iter().find(|(name, _)| name == step)?;
            list(inner, rest)
        }
        _ => None,
    }
}

fn keep_only(value: &mut Value<'_>, steps: &[&str], index: usize) {
    match (value, steps.split_first()) {
        (Value::Array(items), None) => {
            let kept = (index < items.len()).then(|| items.swap_remove(index));
            *items = kept.into_iter().collect();
        }
        (Value::Object(fields), Some((step, rest))) => {
            if let Some((_, inner)) = fields.iter_mut().find(|(name, _)| name == step) {
                keep_only(inner, rest, index);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::expand;
    use crate::{decode::value::Value, import::column::Columns};

    fn expanded(each: &str, json: &str) -> Vec<String> {
        let copies = expand(Some(&Columns::from_name(each)), Value::from_json(json).unwrap());
        copies.iter().map(|copy| serde_json::to_string(copy).unwrap()).collect()
    }

    #[test]
    fn each_element_is_a_record() {
        let expected = [r#"{"id":1,"at":{"list":["a"]}}"#, r#"{"id":1,"at":{"list":["b"]}}"#];
        assert_eq!(expanded("at.list[]", r#"{"id": 1, "at": {"list": ["a", "b"]}}"#), expected);
    }

    #[test]
    fn a_record_without_a_list_is_one() {
        for json in [r#"{"id":1}"#, r#"{"list":[]}"#, r#"{"list":["a"]}"#, r#"{"list":"a"}"#] {
            assert_eq!(expanded("list[]", json), [json]);
        }
    }
}
