//! A progress bar on standard error, if the remaining time exceeds one second.

use std::{
    io::{self, IsTerminal as _},
    ops::ControlFlow,
    sync::OnceLock,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};

/// The time after which the speed is known well enough to estimate the remaining time.
const MEASURED: Duration = Duration::from_millis(200);
/// The remaining time that a bar needs, in milliseconds.
const MIN_REMAINING: u128 = 1_000;

/// The progress of a long operation, shown as a bar.
#[derive(Debug)]
pub(crate) struct ProgressDisplay {
    start: Instant,
    is_terminal: bool,
    bar: OnceLock<ProgressBar>,
}

impl ProgressDisplay {
    pub(crate) fn new() -> Self {
        Self { start: Instant::now(), is_terminal: io::stderr().is_terminal(), bar: OnceLock::new() }
    }

    pub(crate) fn show(&self, progress: crate::Progress) -> ControlFlow<()> {
        if self.is_terminal {
            self.draw(progress.done, progress.total.unwrap_or(0));
        }
        ControlFlow::Continue(())
    }

    fn draw(&self, done: usize, total: usize) {
        let (done, total) = (u64::try_from(done).unwrap_or(u64::MAX), u64::try_from(total).unwrap_or(u64::MAX));
        if let Some(bar) = self.bar.get() {
            // Threads report in any order.
            if done > bar.position() {
                bar.set_position(done);
            }
            return;
        }
        let elapsed = self.start.elapsed();
        let weighted = elapsed.as_millis().saturating_mul(u128::from(total.saturating_sub(done)));
        let is_long = weighted.checked_div(u128::from(done)).is_some_and(|remaining| remaining > MIN_REMAINING);
        if elapsed >= MEASURED && is_long {
            let bar = self.bar.get_or_init(|| ProgressBar::new(total));
            if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len}  {eta}") {
                bar.set_style(style);
            }
            bar.set_position(done);
        }
    }
}

impl Drop for ProgressDisplay {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}
