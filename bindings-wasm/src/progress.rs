//! JavaScript looks on while long work is done.

use std::{cell::RefCell, ops::ControlFlow};

use lotse::{Progress, ProgressFn};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// A function `(done, all) => boolean`; true stops the work.
    #[wasm_bindgen(typescript_type = "(done: number, all: number) => boolean")]
    pub type Watcher;

    #[wasm_bindgen(method, catch)]
    fn call(this: &Watcher, receiver: &JsValue, done: usize, all: usize) -> Result<bool, JsValue>;
}

thread_local! {
    // A look may be shared by threads, which a value of JavaScript may not. Here it waits where it was made.
    static WATCHER: RefCell<Option<Watcher>> = const { RefCell::new(None) };
}

/// Does the work while the function, if there is one, looks on.
pub(crate) fn watched<T>(watcher: Option<Watcher>, work: impl FnOnce(&ProgressFn<'_>) -> T) -> T {
    let outer = WATCHER.replace(watcher);
    let result = work(&on_progress);
    WATCHER.set(outer);
    result
}

fn on_progress(progress: Progress) -> ControlFlow<()> {
    // Taken out while it runs, since it may begin other work.
    let Some(watcher) = WATCHER.take() else { return ControlFlow::Continue(()) };
    let stops = watcher.call(&JsValue::UNDEFINED, progress.done, progress.total.unwrap_or(0)).unwrap_or(true);
    WATCHER.set(Some(watcher));
    if stops { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}
