//! Amendments: a mapping that names another as its `base` is merged into it.
//!
//! - Objects whose entries have names of their own (`fields`, `words`, `codes` of a crosswalk, …) are merged by entry.
//! - Crosswalks are merged by `name`.
//! - Lists are appended; tests of the base hold as well. Of texts to search for, those of the amendment come first, because the first
//!   that occurs counts.
//! - Any other key is replaced.

use std::borrow::Cow;

use crate::{decode::value::Value, import::mapping::decoder::raw, vocabulary::fold::fold};

type Entries = Vec<(Cow<'static, str>, Value<'static>)>;

/// Merges a mapping into its base. The result has the `base` of the base.
pub(super) fn amend(base: Value<'_>, own: Value<'static>) -> Value<'static> {
    let (Value::Object(mut merged), Value::Object(own)) = (base.into_owned(), own) else { return Value::Null };
    for (key, value) in own {
        if key != "base" {
            put(&mut merged, key, value, amend_key);
        }
    }
    // The merged mapping amends what its base amends.
    Value::Object(merged)
}

/// Sets an entry, merged by `merge` into the one that exists.
fn put(
    entries: &mut Entries,
    key: Cow<'static, str>,
    value: Value<'static>,
    merge: fn(&str, Value<'static>, Value<'static>) -> Value<'static>,
) {
    match entries.iter_mut().find(|(other, _)| *other == key) {
        Some((_, old)) => *old = merge(&key, std::mem::replace(old, Value::Null), value),
        None => entries.push((key, value)),
    }
}

fn amend_key(key: &str, base: Value<'static>, own: Value<'static>) -> Value<'static> {
    match key {
        "fields" => by_entry(base, own, amend_field),
        "source" | "assume" | "postcodes" => by_entry(base, own, replace),
        "words" => by_entry(base, own, |_, base, own| words(base, own)),
        "contains" => by_entry(base, own, |_, base, own| append(own, base)),
        "hide" => by_entry(base, own, |_, base, own| append(base, own)),
        "crosswalk" => crosswalks(base, own),
        _ => append(base, own),
    }
}

fn replace(_: &str, _: Value<'static>, own: Value<'static>) -> Value<'static> {
    own
}

/// Appends lists; anything else is replaced.
fn append(base: Value<'static>, own: Value<'static>) -> Value<'static> {
    match (base, own) {
        (Value::Array(mut items), Value::Array(own)) => {
            items.extend(own);
            Value::Array(items)
        }
        (_, own) => own,
    }
}

fn by_entry(
    base: Value<'static>,
    own: Value<'static>,
    merge: fn(&str, Value<'static>, Value<'static>) -> Value<'static>,
) -> Value<'static> {
    match (base, own) {
        (Value::Object(mut entries), Value::Object(own)) => {
            for (key, value) in own {
                put(&mut entries, key, value, merge);
            }
            Value::Object(entries)
        }
        (_, own) => own,
    }
}

/// Merges the parts of a field such as `place`; a rule replaces what there was.
fn amend_field(field: &str, base: Value<'static>, own: Value<'static>) -> Value<'static> {
    let is_object_of_fields = match field {
        "place" | "capacity" | "contact" => true,
        "ages" | "region" => !is_rule(&base) && !is_rule(&own),
        _ => false,
    };
    if is_object_of_fields { by_entry(base, own, replace) } else { own }
}

/// Returns `true` for a rule, a list of rules or a bare column, in contrast to an object of fields.
pub(super) fn is_rule(value: &Value<'_>) -> bool {
    const PARTS: [&str; 7] = ["min", "max", "no_limit", "region", "postcode", "town", "plate"];
    const SOURCES: [&str; 4] = ["column", "columns", "constant", "from"];
    match value {
        Value::Object(entries) => {
            let has = |names: &[&str]| entries.iter().any(|(key, _)| names.contains(&&**key));
            has(&SOURCES) || !has(&PARTS)
        }
        _ => true,
    }
}

/// Merges words, which are compared folded.
fn words(base: Value<'static>, own: Value<'static>) -> Value<'static> {
    let (Value::Object(mut entries), Value::Object(own)) = (base, own) else { return Value::Null };
    entries.retain(|(text, _)| !own.iter().any(|(other, _)| fold(other) == fold(text)));
    entries.extend(own);
    Value::Object(entries)
}

/// Merges crosswalks of the same name, key by key.
fn crosswalks(base: Value<'static>, own: Value<'static>) -> Value<'static> {
    let (Value::Array(mut items), Value::Array(own)) = (base, own) else { return Value::Null };
    for crosswalk in own {
        let same = items.iter_mut().find(|item| match (raw(item, "name"), raw(&crosswalk, "name")) {
            (Some(Value::String(a)), Some(Value::String(b))) => a == b,
            _ => false,
        });
        match same {
            Some(item) => *item = amend_crosswalk(std::mem::replace(item, Value::Null), crosswalk),
            None => items.push(crosswalk),
        }
    }
    Value::Array(items)
}

fn amend_crosswalk(base: Value<'static>, own: Value<'static>) -> Value<'static> {
    let (Value::Object(mut entries), Value::Object(own)) = (base, own) else { return Value::Null };
    // A column and a path to terms exclude each other.
    for (key, other) in [("column", "terms"), ("terms", "column")] {
        if own.iter().any(|(own, _)| own == key) {
            entries.retain(|(entry, _)| entry != other);
        }
    }
    for (key, value) in own {
        put(&mut entries, key, value, |key, base, own| match key {
            "codes" | "own" => by_entry(base, own, replace),
            _ => own,
        });
    }
    Value::Object(entries)
}
