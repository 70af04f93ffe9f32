use serde::Serialize;

use crate::{
    decode::{path::Path, string_enum::StringEnum, value::Value},
    error::ErrorSink,
};

/// A language tag as it was stated. The vocabulary resolves it later.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct LanguageTag {
    pub(crate) text: String,
    /// `true` if the tag was a field of an object, which is then part of the path of an error. It does not affect equality.
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
    /// Decodes a language: a tag alone, or an object with a tag and an optional string enum. `names` are those of its fields.
    pub(crate) fn language_tag<T: StringEnum>(
        &mut self,
        path: &Path<'_>,
        value: &Value,
        names: &'static [&'static str; 2],
    ) -> Option<(LanguageTag, Option<T>)> {
        let [tag_name, attribute_name] = names;
        let mut attribute = None;
        let in_object = matches!(value, Value::Object(_));
        let field = path.field(tag_name);
        let (value, path) = if in_object {
            let fields = self.fields(path, value, names)?;
            attribute =
                fields.get(attribute_name).and_then(|value| self.string_enum(&path.field(attribute_name), value));
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
        Some((LanguageTag { text, in_object }, attribute))
    }
}
