use serde::{Serialize, Serializer};

/// The item of a list that states that an offer serves everything.
pub(crate) const ANY: &str = "any";

use crate::{
    decode::{path::Path, value::Value},
    error::ErrorSink,
};

/// The values that an offer serves, among them possibly `any`. If there is none, they are unknown.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct ValuesOrAny<T> {
    pub(crate) any: bool,
    pub(crate) values: Vec<T>,
}

impl<T> Default for ValuesOrAny<T> {
    fn default() -> Self {
        Self { any: false, values: Vec::new() }
    }
}

impl<T> ValuesOrAny<T> {
    pub(crate) fn is_unknown(&self) -> bool {
        !self.any && self.values.is_empty()
    }

    /// Decodes an array whose items are `any` or what `decode` accepts.
    pub(crate) fn decode<'v>(
        sink: &mut ErrorSink,
        path: &Path<'_>,
        value: Option<&'v Value<'v>>,
        mut decode: impl FnMut(&mut ErrorSink, &Path<'_>, &'v Value<'v>) -> Option<T>,
    ) -> Self {
        let Some(value) = value else { return Self::default() };
        let mut any = false;
        let values = sink.decode_items(path, value, |sink, path, value| match value {
            Value::String(text) if text == ANY => {
                any = true;
                None
            }
            _ => decode(sink, path, value),
        });
        Self { any, values }
    }
}

impl<T: Serialize> Serialize for ValuesOrAny<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(untagged)]
        enum Item<'a, T> {
            Any(&'static str),
            Value(&'a T),
        }
        let any = self.any.then_some(Item::Any(ANY));
        serializer.collect_seq(any.into_iter().chain(self.values.iter().map(Item::Value)))
    }
}
