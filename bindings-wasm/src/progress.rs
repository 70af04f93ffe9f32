//! Progress callbacks from JavaScript.

use std::{cell::RefCell, ops::ControlFlow};

use lotse::{Progress, ProgressFn};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// A function `(done, total) => boolean` that returns `true` to cancel; `total` is 0 if it is unknown.
    #[wasm_bindgen(typescript_type = "(done: number, total: number) => boolean")]
    pub type JsProgressFn;

    #[wasm_bindgen(method, catch)]
    fn call(this: &JsProgressFn, receiver: &JsValue, done: usize, total: usize) -> Result<bool, JsValue>;
}

thread_local! {
    // A `ProgressFn` may be shared by threads and a JavaScript value may not, so the function stays here, in its thread.
    static CALLBACK: RefCell<Option<JsProgressFn>> = const { RefCell::new(None) };
}

/// Runs an operation with the function, if any, as its progress callback.
pub(crate) fn with_progress<T>(callback: Option<JsProgressFn>, operation: impl FnOnce(&ProgressFn<'_>) -> T) -> T {
    let outer = CALLBACK.replace(callback);
    let result = operation(&on_progress);
    CALLBACK.set(outer);
    result
}

fn on_progress(progress: Progress) -> ControlFlow<()> {
    // Taken out during the call, because the function may start another operation.
    let Some(callback) = CALLBACK.take() else { return ControlFlow::Continue(()) };
    // A callback that throws cancels.
    let cancels = callback.call(&JsValue::UNDEFINED, progress.done, progress.total.unwrap_or(0)).unwrap_or(true);
    CALLBACK.set(Some(callback));
    if cancels { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}
