//! Items of a list in one cell of a table: a language with its level or mode, a crime with its contexts.

use std::borrow::Cow;

use crate::decode::value::Value;

/// The separator of the items of a list.
pub(crate) const ITEM_SEPARATOR: char = ';';
/// The separator of a tag and its level or mode.
const TAG_SEPARATOR: char = ':';
/// The separator of a crime and its contexts.
const CONTEXT_SEPARATOR: char = '+';

/// Returns the items of a list that are not blank, without blanks around them.
pub(crate) fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(ITEM_SEPARATOR).map(str::trim).filter(|item| !item.is_empty())
}

/// Returns the language that a text such as `de:A2` means; `field` is `level` or `how`.
pub(crate) fn language_of_text(item: &str, field: &'static str) -> Value<'static> {
    match item.split_once(TAG_SEPARATOR) {
        None => text(item),
        Some((tag, addition)) => {
            Value::Object(vec![("tag".into(), text(tag.trim_end())), (field.into(), text(addition.trim_start()))])
        }
    }
}

/// Returns the crime that a text such as `0102+terrorism` means. In `+terrorism` the code is absent.
pub(crate) fn crime_of_text(item: &str) -> Value<'static> {
    let Some((code, contexts)) = item.split_once(CONTEXT_SEPARATOR) else { return text(item) };
    let mut fields = Vec::with_capacity(2);
    if !code.trim().is_empty() {
        fields.push((Cow::from("code"), text(code.trim_end())));
    }
    fields.push((
        "context".into(),
        Value::Array(contexts.split(CONTEXT_SEPARATOR).map(|tag| text(tag.trim())).collect()),
    ));
    Value::Object(fields)
}

/// Returns the text of an item: that of a code, of a language or of a crime; empty if it has none.
pub(crate) fn text_of_item(item: &Value<'_>) -> String {
    let Value::Object(fields) = item else { return string(item).to_owned() };
    let field = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value);
    if let Some(tag) = field("tag") {
        // `spoken` is the default.
        let addition = field("level").or(field("how")).map(string).filter(|addition| *addition != "spoken");
        return addition.map_or(string(tag).to_owned(), |addition| format!("{}{TAG_SEPARATOR}{addition}", string(tag)));
    }
    let mut text = field("code").map(string).unwrap_or_default().to_owned();
    if let Some(Value::Array(contexts)) = field("context") {
        for context in contexts {
            text.push(CONTEXT_SEPARATOR);
            text.push_str(string(context));
        }
    }
    text
}

fn text(text: &str) -> Value<'static> {
    text.to_owned().into()
}

fn string<'v>(value: &'v Value<'_>) -> &'v str {
    if let Value::String(text) = value { text } else { "" }
}

#[cfg(test)]
mod tests {
    use super::{crime_of_text, items, language_of_text, text_of_item};
    use crate::decode::value::Value;

    fn json(text: &str) -> Value<'_> {
        Value::from_json(text).unwrap()
    }

    #[test]
    fn a_crime_and_its_contexts_are_one_text() {
        for (text, crime) in [
            ("0102", r#""0102""#),
            ("any", r#""any""#),
            ("0102+terrorism", r#"{"code": "0102", "context": ["terrorism"]}"#),
            ("02+hate+terrorism", r#"{"code": "02", "context": ["hate", "terrorism"]}"#),
            ("+hate", r#"{"context": ["hate"]}"#),
        ] {
            assert!(crime_of_text(text) == json(crime), "{text}");
            assert_eq!(text_of_item(&json(crime)), text);
        }
        assert!(crime_of_text("02 + hate") == json(r#"{"code": "02", "context": ["hate"]}"#));
        assert_eq!(text_of_item(&json(r#"{"code": "02"}"#)), "02");
    }

    #[test]
    fn a_language_and_its_level_or_mode_are_one_text() {
        assert!(language_of_text("de : A2", "level") == json(r#"{"tag": "de", "level": "A2"}"#));
        assert_eq!(text_of_item(&json(r#"{"tag": "de", "level": "A2"}"#)), "de:A2");
        assert_eq!(text_of_item(&json(r#"{"tag": "prs", "how": "interpreter"}"#)), "prs:interpreter");
        assert_eq!(text_of_item(&json(r#"{"tag": "de", "how": "spoken"}"#)), "de");
    }

    #[test]
    fn blank_items_are_none() {
        assert_eq!(items(" a;; b ;").collect::<Vec<_>>(), ["a", "b"]);
    }
}
