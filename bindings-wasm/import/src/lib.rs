//! The import of `lotse` in JavaScript: JSON text in, JSON text out.
//!
//! A module of its own, because most programs read no foreign files: it is loaded on first use. It names its operations, since
//! [`wire::call`] would link the matcher and the solver too.

#[path = "../../src/progress.rs"]
mod progress;

pub use self::progress::JsProgressFn;

use lotse::{
    Error,
    wire::{self, CallOptions, Operation, Value, op},
};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use self::progress::with_progress;

/// Returns the response to an `import` request.
///
/// # Errors
///
/// Every error of the request and its files, and `cancelled`; as JSON text with `code`, `path`, `message`, `hint` and `errors`, like
/// every error of this module.
#[wasm_bindgen]
pub fn import_files(request: &str, progress: Option<JsProgressFn>) -> Result<String, JsValue> {
    call::<op::Import>(request, progress)
}

/// Returns the response to a `sketch` request.
///
/// # Errors
///
/// Every error of the request and its files, and `cancelled`.
#[wasm_bindgen]
pub fn sketch(request: &str, progress: Option<JsProgressFn>) -> Result<String, JsValue> {
    call::<op::Sketch>(request, progress)
}

/// Returns the response to an `export` request.
///
/// # Errors
///
/// Every error of the request and its records, and `cancelled`.
#[wasm_bindgen]
pub fn export_records(request: &str, progress: Option<JsProgressFn>) -> Result<String, JsValue> {
    call::<op::Export>(request, progress)
}

/// Returns the word that a question of an import withholds, or `None` if it has its text or does not exist. The import is repeated:
/// nothing keeps the words of needs.
///
/// # Errors
///
/// See [`import_files`].
#[wasm_bindgen]
pub fn reveal(request: &str, id: &str) -> Result<Option<String>, JsValue> {
    let word = response::<op::Import>(request, &CallOptions::new())
        .map(|response| response.imported().reveal(id).map(str::to_owned));
    word.map_err(|error| to_js_error(&error))
}

fn call<O: Operation>(request: &str, progress: Option<JsProgressFn>) -> Result<String, JsValue> {
    let text = with_progress(progress, |progress| {
        let options = CallOptions::new().progress(progress);
        wire::to_json(&response::<O>(request, &options)?, &options)
    });
    text.map_err(|error| to_js_error(&error))
}

fn response<O: Operation>(request: &str, options: &CallOptions<'_>) -> Result<O::Response, Error> {
    O::run(O::decode(&Value::from_json(request)?, options)?, options)
}

/// Returns an error as the JSON text that JavaScript throws.
fn to_js_error(error: &Error) -> JsValue {
    // Serializing five strings does not fail; the message is a fallback.
    JsValue::from(wire::to_json(error, &CallOptions::new()).unwrap_or_else(|_| error.to_string()))
}
