use serde::Serialize;

use crate::{
    decode::{path::Path, string_enum::StringEnum, value::Value},
    error::ErrorSink,
};

/// A language tag as it was typed.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct Tag {
    pub(crate) text: String,
    /// Whether it stood in an object, which is where errors point; it says nothing about the language.
    #[serde(skip)]
    pub(crate) in_object: bool,
}

impl PartialEq for Tag {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Tag {}

impl ErrorSink {
    /// A language as a bare tag, or an object with the tag and one word beside it.
    pub(crate) fn tagged<W: StringEnum>(
        &mut self,
        at: &Path<'_>,
        tree: &Value,
        names: &'static [&'static str; 2],
    ) -> Option<(Tag, Option<W>)> {
        let [tag_name, word_name] = names;
        let mut word = None;
        let in_object = matches!(tree, Value::Object(_));
        let field = at.field(tag_name);
        let (tree, at) = if in_object {
            let fields = self.fields(at, tree, names)?;
            word = fields.get(word_name).and_then(|tree| self.string_enum(&at.field(word_name), tree));
            match fields.get(tag_name) {
                Some(tree) => (tree, &field),
                None => {
                    self.missing(&field);
                    return None;
                }
            }
        } else {
            (tree, at)
        };
        let text = self.short_text(at, tree)?.to_owned();
        Some((Tag { text, in_object }, word))
    }
}
