//! The surroundings of a call.

use std::fmt;

use crate::util::{
    date::Date,
    progress::{NO_PROGRESS, ProgressFn},
};

/// The surroundings of a call: the day, and a progress callback.
///
/// # Example: the day of the call
///
/// ```
/// use lotse::wire::{self, CallOptions, Value};
/// let text = r#"{"offers": [{"id": "o-1", "capacity": {"free": 2, "updated": "2026-11-22"}}], "needs": [{"id": "n-1"}]}"#;
/// let request = Value::from_json(text)?;
/// let error = wire::call("rank", &request, &CallOptions::new()).unwrap_err();
/// assert_eq!(error.code(), "request.as_of.missing");
/// let options = CallOptions::new().today("2026-11-23".parse()?);
/// assert!(wire::call("rank", &request, &options)?.contains(r#""offer":"o-1""#));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct CallOptions<'a> {
    today: Option<Date>,
    progress: &'a ProgressFn<'a>,
}

impl fmt::Debug for CallOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions").field("today", &self.today).finish_non_exhaustive()
    }
}

impl Default for CallOptions<'_> {
    fn default() -> Self {
        Self { today: None, progress: NO_PROGRESS }
    }
}

impl<'a> CallOptions<'a> {
    /// Creates options without a day and without a progress callback.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the day that replaces a missing `as_of`.
    ///
    /// # Example: a day as text
    ///
    /// ```
    /// let options = lotse::wire::CallOptions::new().today("2026-11-23".parse()?);
    /// assert!(format!("{options:?}").contains("2026"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn today(self, today: Date) -> Self {
        Self { today: Some(today), ..self }
    }

    /// Sets the progress callback; `Break` cancels the call with the error `cancelled`.
    ///
    /// # Example: cancel at once
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use lotse::wire::{self, CallOptions, Value};
    /// let request = Value::from_json(r#"{"offers": [{"id": "o-1"}], "needs": [{"id": "n-1"}]}"#)?;
    /// let options = CallOptions::new().progress(&|_| ControlFlow::Break(()));
    /// assert_eq!(wire::call("allocate", &request, &options).unwrap_err().code(), "cancelled");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn progress(self, progress: &'a ProgressFn<'a>) -> Self {
        Self { progress, ..self }
    }

    pub(super) fn on_progress(&self) -> &'a ProgressFn<'a> {
        self.progress
    }

    pub(super) fn today_or_none(&self) -> Option<Date> {
        self.today
    }
}
