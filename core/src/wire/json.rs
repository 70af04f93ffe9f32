//! Responses as JSON text.

use std::io;

use serde::Serialize;

use crate::{
    error::{Error, ErrorDetail, ErrorKind, message},
    util::progress::ProgressReporter,
    wire::call_options::CallOptions,
};

/// The number of bytes between two calls of the progress callback.
const BYTES_PER_REPORT: usize = 1 << 16;

/// Serializes a response to JSON text. Sentences are rendered at this time, so it can be cancelled like the call.
///
/// # Errors
///
/// `cancelled`; `response.json`, which is a defect: responses contain only strings and finite numbers.
///
/// # Example: rankings in German
///
/// ```
/// use lotse::{Lang, Matcher, Need, Offer, wire::{self, CallOptions}};
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").build()?]).build()?;
/// let ranking = matcher.rank(&Need::builder("n-1").build()?, 1)?;
/// let json = wire::to_json(&ranking.localized(Lang::De, matcher.vocabulary()), &CallOptions::new())?;
/// assert!(json.starts_with(r#"{"need":"n-1","matches":[{"offer":"o-1","#));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn to_json(response: &impl Serialize, options: &CallOptions<'_>) -> Result<String, Error> {
    let reporter = ProgressReporter::new(options.on_progress());
    let mut writer = CancellableWriter { bytes: Vec::new(), next_report: BYTES_PER_REPORT, reporter: &reporter };
    let written = serde_json::to_writer(&mut writer, response);
    let text = written.ok().and_then(|()| String::from_utf8(writer.bytes).ok());
    reporter.unless_cancelled(text)?.ok_or_else(|| {
        let message = message!("response.json");
        Error::new(ErrorDetail::new(ErrorKind::Internal, "response.json", message))
    })
}

/// Bytes in memory that end with an error once the operation is cancelled.
struct CancellableWriter<'a> {
    bytes: Vec<u8>,
    next_report: usize,
    reporter: &'a ProgressReporter<'a>,
}

impl io::Write for CancellableWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() >= self.next_report {
            self.next_report = self.bytes.len().saturating_add(BYTES_PER_REPORT);
            if self.reporter.is_cancelled() {
                return Err(io::ErrorKind::Interrupted.into());
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::{
        ops::ControlFlow,
        sync::atomic::{AtomicUsize, Ordering},
    };

    use super::{BYTES_PER_REPORT, to_json};
    use crate::wire::call_options::CallOptions;

    #[test]
    fn a_long_response_is_cancelled_while_it_is_written() {
        let response = vec!["x".repeat(100); 5_000];
        let calls = AtomicUsize::new(0);
        let at_second_call = |_| match calls.fetch_add(1, Ordering::Relaxed) {
            0 => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        };
        let error = to_json(&response, &CallOptions::new().progress(&at_second_call)).unwrap_err();
        assert_eq!((error.code(), calls.into_inner()), ("cancelled", 2));
        assert!(to_json(&response, &CallOptions::new()).unwrap().len() > 2 * BYTES_PER_REPORT);
    }
}
