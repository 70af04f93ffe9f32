//! Long work that tells how far it is, and can be stopped.

use std::{
    ops::ControlFlow,
    sync::atomic::{AtomicBool, Ordering},
};

use crate::error::{Error, ErrorDetail, ErrorKind};

/// What looks on while long work is done: `look(done, all)`, in any order, from any thread. A `Break` stops the work.
///
/// `all` is 0 while nobody knows how much there is to do, as in the search for a plan. It is called often, so it should
/// only take note.
pub type Look<'a> = dyn Fn(usize, usize) -> ControlFlow<()> + Sync + 'a;

/// Nobody looks on.
pub(crate) const UNWATCHED: &Look<'static> = &|_, _| ControlFlow::Continue(());

/// Who looks on, and whether they have stopped the work.
pub(crate) struct Watch<'a> {
    look: &'a Look<'a>,
    stopped: AtomicBool,
}

impl<'a> Watch<'a> {
    pub(crate) fn new(look: &'a Look<'a>) -> Self {
        Self { look, stopped: AtomicBool::new(false) }
    }

    /// Nobody looks on.
    pub(crate) fn nobody() -> Watch<'static> {
        Watch::new(UNWATCHED)
    }

    /// Tells how far the work is. Whether it must stop.
    pub(crate) fn stops(&self, done: usize, all: usize) -> bool {
        if !self.stopped.load(Ordering::Relaxed) && (self.look)(done, all).is_continue() {
            return false;
        }
        self.stopped.store(true, Ordering::Relaxed);
        true
    }

    /// What came of the work, unless it was stopped: then it is only half done.
    pub(crate) fn whole<T>(&self, work: T) -> Result<T, Error> {
        if !self.stopped.load(Ordering::Relaxed) {
            return Ok(work);
        }
        Err(Error::new(ErrorDetail {
            kind: ErrorKind::Cancelled,
            code: "cancelled".into(),
            path: String::new(),
            message: "cancelled before it was done".into(),
            hint: None,
        }))
    }
}
