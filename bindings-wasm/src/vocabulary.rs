//! Codes and names.

use lotse::{
    Vocabulary,
    wire::{self, Value},
};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::{input, thrown, told};

/// The built-in tables, and additions.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RawVocabulary {
    inner: Vocabulary,
}

#[wasm_bindgen]
impl RawVocabulary {
    /// Reads additions from JSON text.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them.
    #[wasm_bindgen(constructor)]
    pub fn new(additions: Option<String>) -> Result<Self, JsValue> {
        let read = additions.map_or_else(|| Ok(Vocabulary::default()), |text| Vocabulary::from_json(&text));
        Ok(Self { inner: read.map_err(|error| thrown(&error))? })
    }

    /// The answer to a request to resolve words.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the request.
    pub fn resolve(&self, request: &str) -> Result<String, JsValue> {
        let resolved = Value::from_json(request).and_then(|tree| wire::ResolveRequest::from_value(&tree)).and_then(
            |mut request| {
                request.vocabulary = self.inner.clone();
                wire::resolve(request)
            },
        );
        told(&resolved.map_err(|error| thrown(&error))?)
    }

    /// The name of a code, or the code itself where no name is known.
    ///
    /// # Errors
    ///
    /// Words that are no kind or no language of names.
    pub fn name(&self, kind: &str, code: &str, lang: &str) -> Result<String, JsValue> {
        Ok(self.inner.name(input::word(kind)?, code, input::word(lang)?).into_owned())
    }

    /// Whether the tables know a code.
    ///
    /// # Errors
    ///
    /// A word that is no kind.
    pub fn knows(&self, kind: &str, code: &str) -> Result<bool, JsValue> {
        Ok(self.inner.contains(input::word(kind)?, code))
    }

    /// All tables in force, in the form of additions.
    ///
    /// # Errors
    ///
    /// None that is known.
    pub fn tables(&self) -> Result<String, JsValue> {
        told(&self.inner)
    }
}
