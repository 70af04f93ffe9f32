//! Text for a terminal: wrapped, indented, coloured where that is welcome, and without what could steer the terminal.

use std::io::IsTerminal as _;

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

const WIDTH: usize = 100;
const NARROWEST: usize = 40;
const WIDEST: usize = 160;

/// How a piece of text looks. Meaning never hangs on it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Ink {
    Plain,
    Strong,
    Faint,
    Good,
    Care,
}

impl Ink {
    fn style(self) -> Style {
        match self {
            Self::Plain => Style::new(),
            Self::Strong => Style::new().bold(),
            Self::Faint => Style::new().dimmed(),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Care => AnsiColor::Yellow.on_default(),
        }
    }
}

/// A text that grows line by line.
#[derive(Debug)]
pub(crate) struct Page {
    text: String,
    width: usize,
    colour: bool,
}

impl Page {
    /// A page for standard output.
    pub(crate) fn new() -> Self {
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let colour =
            std::io::stdout().is_terminal() && std::env::var("NO_COLOR").map_or(true, |value| value.is_empty());
        Self { text: String::new(), width: columns.unwrap_or(WIDTH).clamp(NARROWEST, WIDEST), colour }
    }

    pub(crate) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A rule with a title.
    pub(crate) fn title(&mut self, title: &str) {
        let title = clean(title);
        self.ink(&title, Ink::Strong);
        self.text.push('\n');
        let rule = "─".repeat(title.width().min(self.width));
        self.ink(&rule, Ink::Faint);
        self.text.push('\n');
    }

    /// A paragraph.
    pub(crate) fn text(&mut self, text: &str) {
        self.put("", Ink::Plain, text, Ink::Plain);
    }

    /// What stands in front, then text that is wrapped beside it.
    pub(crate) fn put(&mut self, lead: &str, lead_ink: Ink, text: &str, ink: Ink) {
        let (lead, text) = (clean(lead), clean(text));
        let indent = lead.width();
        self.ink(&lead, lead_ink);
        let room = self.width.saturating_sub(indent).max(20);
        for (number, line) in wrap(&text, room).iter().enumerate() {
            if number > 0 {
                self.text.push('\n');
                self.text.push_str(&" ".repeat(indent));
            }
            self.ink(line, ink);
        }
        self.text.push('\n');
    }

    fn ink(&mut self, text: &str, ink: Ink) {
        if self.colour && ink != Ink::Plain && !text.trim().is_empty() {
            let style = ink.style();
            self.text.push_str(&format!("{style}{text}{style:#}"));
        } else {
            self.text.push_str(text);
        }
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

/// Text without characters that steer a terminal: controls, and marks that turn the direction of writing.
pub(crate) fn clean(text: &str) -> String {
    let steers = |letter: &char| {
        letter.is_control()
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().filter(|letter| !steers(letter)).collect()
}

/// Text in a column of its own: cut, or filled up with spaces.
pub(crate) fn column(text: &str, width: usize) -> String {
    let text = clean(text);
    let mut cut = String::new();
    let mut used = 0_usize;
    for letter in text.chars() {
        let next = used.saturating_add(letter.width().unwrap_or(0));
        if next > width {
            break;
        }
        cut.push(letter);
        used = next;
    }
    cut.push_str(&" ".repeat(width.saturating_sub(used)));
    cut
}

fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let with_word = line.width().saturating_add(1).saturating_add(word.width());
        if !line.is_empty() && with_word > room {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}
