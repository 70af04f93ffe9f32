//! A bar on standard error, where a person waits for longer than a second.

use std::{
    io::{self, IsTerminal as _},
    ops::ControlFlow,
    sync::OnceLock,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressStyle};

/// So long the speed is watched before anything is shown.
const WATCHED: Duration = Duration::from_millis(200);
/// A bar is for more than this.
const WORTH_IT: u128 = 1_000;

/// How far long work is.
#[derive(Debug)]
pub(crate) struct Progress {
    start: Instant,
    seen: bool,
    bar: OnceLock<ProgressBar>,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self { start: Instant::now(), seen: io::stderr().is_terminal(), bar: OnceLock::new() }
    }

    pub(crate) fn show(&self, now: lotse::Progress) -> ControlFlow<()> {
        if self.seen {
            self.draw(now.done, now.total.unwrap_or(0));
        }
        ControlFlow::Continue(())
    }

    fn draw(&self, done: usize, all: usize) {
        let (done, all) = (u64::try_from(done).unwrap_or(u64::MAX), u64::try_from(all).unwrap_or(u64::MAX));
        if let Some(bar) = self.bar.get() {
            // Threads tell in any order.
            if done > bar.position() {
                bar.set_position(done);
            }
            return;
        }
        let gone = self.start.elapsed();
        let left = gone.as_millis().saturating_mul(u128::from(all.saturating_sub(done)));
        if gone >= WATCHED && left.checked_div(u128::from(done)).is_some_and(|left| left > WORTH_IT) {
            let bar = self.bar.get_or_init(|| ProgressBar::new(all));
            if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len}  {eta}") {
                bar.set_style(style);
            }
            bar.set_position(done);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}
