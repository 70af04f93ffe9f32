use serde::Serialize;

use crate::{
    decode::{path::Path, string_enum::StringEnum, value::Value},
    error::ErrorSink,
};

/// A language tag as it was typed.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct LanguageTag {
    pub(crate) text: String,
    /// Whether it stood in an object, which is where errors point; it says nothing about the language.
    #[serde(skip)]
    pub(crate) in_object: bool,
}

impl PartialEq for LanguageTag {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for LanguageTag {}

impl ErrorSink {
    /// A language as a bare tag, or an object with the tag and one word beside it.
    pub(crate) fn language_tag<W: StringEnum>(
        &mut self,
        path: &Path<'_>,
        value: &Value,
        names: &'static [&'static str; 2],
    ) -> Option<(LanguageTag, Option<W>)> {
        let [tag_name, word_name] = names;
        let mut word = None;
        let in_object = matches!(value, Value::Object(_));
        let field = path.field(tag_name);
        let (value, path) = if in_object {
            let fields = self.fields(path, value, names)?;
            word = fields.get(word_name).and_then(|value| self.string_enum(&path.field(word_name), value));
            match fields.get(tag_name) {
                Some(value) => (value, &field),
                None => {
                    self.missing_field(&field);
                    return None;
                }
            }
        } else {
            (value, path)
        };
        let text = self.short_text(path, value)?.to_owned();
        Some((LanguageTag { text, in_object }, word))
    }
}
