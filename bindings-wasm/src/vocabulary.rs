//! Codes and names of the vocabulary.

use lotse::{
    Vocabulary,
    wire::{self, CallOptions, Operation as _, ResolveRequest, Value, op},
};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::{input, to_js_error, to_json};

/// A vocabulary: the built-in tables with additions.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RawVocabulary {
    inner: Vocabulary,
}

#[wasm_bindgen]
impl RawVocabulary {
    /// Builds a vocabulary from additions as JSON text.
    ///
    /// # Errors
    ///
    /// Every error of the additions.
    #[wasm_bindgen(constructor)]
    pub fn new(additions: Option<String>) -> Result<Self, JsValue> {
        let read = additions.map_or_else(|| Ok(Vocabulary::default()), |text| Vocabulary::from_json(&text));
        Ok(Self { inner: read.map_err(|error| to_js_error(&error))? })
    }

    /// Returns the response to a `resolve` request.
    ///
    /// # Errors
    ///
    /// Every error of the request.
    pub fn resolve(&self, request: &str) -> Result<String, JsValue> {
        let (resolve, options) = (op::Resolve::run, CallOptions::new());
        let resolved = Value::from_json(request).and_then(|value| ResolveRequest::from_value(&value));
        let resolved = resolved.and_then(|request| {
            let request = ResolveRequest { vocabulary: self.inner.clone(), ..request };
            wire::to_json(&resolve(request, &options)?, &options)
        });
        resolved.map_err(|error| to_js_error(&error))
    }

    /// Returns the displayed name of a code, or the code itself if it has none.
    ///
    /// # Errors
    ///
    /// `value` if the kind or the display language is unknown.
    pub fn name(&self, kind: &str, code: &str, lang: &str) -> Result<String, JsValue> {
        Ok(self.inner.name(input::parse(kind)?, code, input::parse(lang)?).into_owned())
    }

    /// Returns `true` if the tables list a code.
    ///
    /// # Errors
    ///
    /// `value` if the kind is unknown.
    pub fn contains(&self, kind: &str, code: &str) -> Result<bool, JsValue> {
        Ok(self.inner.contains(input::parse(kind)?, code))
    }

    /// Returns all effective tables in the form of additions.
    ///
    /// # Errors
    ///
    /// None is known.
    pub fn tables(&self) -> Result<String, JsValue> {
        to_json(&self.inner)
    }
}
