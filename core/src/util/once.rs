//! Values that are computed on first use.

use std::sync::OnceLock;

/// Returns the value, which is computed if there is none. Threads that come at the same time may compute it twice.
///
/// It is computed before the cell is locked, because threads do not survive `fork`: a child process would wait for ever for one
/// that held the lock, which [`OnceLock::get_or_init`] does for the time of the computation.
pub(crate) fn get_or_compute<T>(value: &OnceLock<T>, compute: impl FnOnce() -> T) -> &T {
    if let Some(value) = value.get() {
        return value;
    }
    let computed = compute();
    value.get_or_init(|| computed)
}
