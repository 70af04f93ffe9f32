//! Standard output: escaped, written in full or reported; and standard error.

use std::{
    borrow::Cow,
    io::{self, Write as _},
};

use crate::command_line::{args::Format, error::Error, terminal::escape_controls};

/// Prints the whole output of a command.
///
/// # Errors
///
/// Those of [`write`].
pub(crate) fn print(text: &str, format: Format) -> Result<(), Error> {
    let text = if format == Format::Json { Cow::from(escape_controls(text)) } else { Cow::from(text) };
    write(|| io::stdout().lock().write_all(text.as_bytes()))
}

/// Calls a function that writes to standard output.
///
/// # Errors
///
/// [`Error::Unwritable`] if standard output is closed or cannot be written to. A closed pipe is not an error.
pub(crate) fn write(write: impl FnOnce() -> io::Result<()>) -> Result<(), Error> {
    if is_closed() {
        return Err(Error::Unwritable(io::ErrorKind::NotConnected));
    }
    match write().and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::Unwritable(error.kind())),
        _ => Ok(()),
    }
}

/// Prints a text that is not the output. If this fails, there is no other output to report it on.
pub(crate) fn print_to_stderr(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Returns whether the command was started without a standard output: `lotse >&-`.
fn is_closed() -> bool {
    #[cfg(unix)]
    {
        start::IS_CLOSED.load(std::sync::atomic::Ordering::Relaxed)
    }
    #[cfg(not(unix))]
    {
        false
    }
}

#[cfg(unix)]
mod start {
    use std::{
        io,
        os::fd::AsFd as _,
        sync::atomic::{AtomicBool, Ordering},
    };

    /// Whether standard output was closed at the start.
    pub(super) static IS_CLOSED: AtomicBool = AtomicBool::new(false);

    /// Looks at standard output before Rust opens /dev/null in its place, which looks like a redirection in `main`.
    #[ctor::ctor]
    fn record_closed_output() {
        IS_CLOSED.store(io::stdout().as_fd().try_clone_to_owned().is_err(), Ordering::Relaxed);
    }
}
