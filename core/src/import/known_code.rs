//! Codes that a record may have, and how a table of records writes them.

use crate::{
    decode::{code_kind::CodeKind, value::Value},
    import::{record_kind::RecordKind, word_kind::WordKind},
    model::{
        enums::{Gender, LanguageLevel, LanguageMode},
        table_cell::{crime_of_text, language_of_text},
        values_or_any::ANY,
    },
    vocabulary::Vocabulary,
};

/// The beginning of help codes of other taxonomies, which match no need.
pub(crate) const FOREIGN: &str = "foreign.";
/// Every spoken language.
const ANY_LANGUAGE: &str = "mul";

/// Returns `true` for a code of the vocabulary, a tag of any language, and a help code of another taxonomy.
pub(crate) fn is_known(vocabulary: &Vocabulary, kind: CodeKind, code: &str) -> bool {
    match kind {
        CodeKind::Language => code == ANY_LANGUAGE || vocabulary.languages().resolve(code).is_ok(),
        CodeKind::Help if code.starts_with(FOREIGN) => true,
        CodeKind::Gender => code.parse::<Gender>().is_ok(),
        kind => vocabulary.contains(kind, code),
    }
}

/// Returns the value of an item of a list, such as `14612`, `prs:interpreter` or `0102+terrorism`, or `None` if one of its codes is
/// unknown.
pub(crate) fn known_item(
    vocabulary: &Vocabulary,
    records: RecordKind,
    kind: WordKind,
    text: &str,
) -> Option<Value<'static>> {
    let kind = kind.code_kind()?;
    let value = match (kind, records) {
        (CodeKind::Language, RecordKind::Needs) => language_of_text(text, "level"),
        (CodeKind::Language, RecordKind::Offers) => language_of_text(text, "how"),
        (CodeKind::Crime, _) => crime_of_text(text),
        _ => Value::from(text.to_owned()),
    };
    let is_any = records == RecordKind::Offers && text == ANY;
    let has_known_codes = match &value {
        Value::Object(fields) => fields.iter().all(|(name, value)| is_known_part(vocabulary, name, value)),
        _ => is_known(vocabulary, kind, text),
    };
    (is_any || has_known_codes).then_some(value)
}

/// Returns `true` for a known part of a language or of a crime.
fn is_known_part(vocabulary: &Vocabulary, name: &str, value: &Value<'_>) -> bool {
    match (name, value) {
        ("tag", Value::String(tag)) => is_known(vocabulary, CodeKind::Language, tag),
        ("how", Value::String(mode)) => mode.parse::<LanguageMode>().is_ok(),
        ("level", Value::String(level)) => level.parse::<LanguageLevel>().is_ok(),
        ("code", Value::String(code)) => is_known(vocabulary, CodeKind::Crime, code),
        ("context", Value::Array(contexts)) => contexts
            .iter()
            .all(|context| matches!(context, Value::String(code) if is_known(vocabulary, CodeKind::Context, code))),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::known_item;
    use crate::{
        decode::value::Value,
        import::{record_kind::RecordKind, word_kind::WordKind},
        vocabulary::Vocabulary,
    };

    #[test]
    fn an_item_is_known_if_all_of_its_codes_are() {
        let (offers, needs) = (RecordKind::Offers, RecordKind::Needs);
        let vocabulary = Vocabulary::default();
        for (records, kind, text, want) in [
            (offers, WordKind::Language, "prs:interpreter", Some(r#"{"tag": "prs", "how": "interpreter"}"#)),
            (needs, WordKind::Language, "de:A2", Some(r#"{"tag": "de", "level": "A2"}"#)),
            (needs, WordKind::Language, "de:interpreter", None),
            (offers, WordKind::Crime, "0102+terrorism", Some(r#"{"code": "0102", "context": ["terrorism"]}"#)),
            (offers, WordKind::Crime, "+hate", Some(r#"{"context": ["hate"]}"#)),
            (offers, WordKind::Crime, "0102+own", None),
            (offers, WordKind::Crime, "any", Some(r#""any""#)),
            (needs, WordKind::Crime, "any", None),
            (needs, WordKind::Gender, "unknown", Some(r#""unknown""#)),
            (offers, WordKind::Help, "foreign.taxonomy.a", Some(r#""foreign.taxonomy.a""#)),
            (offers, WordKind::Help, "own", None),
            (offers, WordKind::Age, "18", None),
        ] {
            let got = known_item(&vocabulary, records, kind, text);
            assert!(got == want.map(|json| Value::from_json(json).unwrap()), "{text}");
        }
    }
}
