//! Text for a terminal: wrapped, indented, coloured if the terminal supports it, and without control characters.

use std::io::IsTerminal as _;

use anstyle::{AnsiColor, Style as AnsiStyle};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// The width of lines in columns, unless `COLUMNS` states another, and its limits.
const DEFAULT_WIDTH: usize = 100;
const MIN_WIDTH: usize = 40;
const MAX_WIDTH: usize = 160;

/// The style of a piece of text. It only repeats what the text says.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Style {
    Plain,
    Bold,
    Dimmed,
    Good,
    Caution,
}

impl Style {
    fn to_ansi(self) -> AnsiStyle {
        match self {
            Self::Plain => AnsiStyle::new(),
            Self::Bold => AnsiStyle::new().bold(),
            Self::Dimmed => AnsiStyle::new().dimmed(),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Caution => AnsiColor::Yellow.on_default(),
        }
    }
}

/// A text that grows line by line.
#[derive(Debug)]
pub(crate) struct TerminalText {
    text: String,
    width: usize,
    has_colour: bool,
}

impl TerminalText {
    /// Creates an empty text for standard output.
    pub(crate) fn new() -> Self {
        Self::with_colour(std::io::stdout().is_terminal())
    }

    /// Creates an empty text for standard error.
    pub(crate) fn for_errors() -> Self {
        Self::with_colour(std::io::stderr().is_terminal())
    }

    /// Creates an empty text for a file.
    pub(crate) fn for_files() -> Self {
        Self::with_colour(false)
    }

    fn with_colour(is_terminal: bool) -> Self {
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let has_colour = is_terminal && std::env::var("NO_COLOR").map_or(true, |value| value.is_empty());
        Self { text: String::new(), width: columns.unwrap_or(DEFAULT_WIDTH).clamp(MIN_WIDTH, MAX_WIDTH), has_colour }
    }

    pub(crate) fn push_blank_line(&mut self) {
        self.text.push('\n');
    }

    /// Adds an underlined title.
    pub(crate) fn push_title(&mut self, title: &str) {
        let title = strip_controls(title);
        self.push_styled(&title, Style::Bold);
        self.text.push('\n');
        let line = "─".repeat(title.width().min(self.width));
        self.push_styled(&line, Style::Dimmed);
        self.text.push('\n');
    }

    /// Adds a paragraph without indentation.
    pub(crate) fn push_paragraph(&mut self, text: &str) {
        self.push_hanging("", Style::Plain, text, Style::Plain);
    }

    /// Adds a paragraph with a hanging indent: all its lines are to the right of `lead`.
    pub(crate) fn push_hanging(&mut self, lead: &str, lead_style: Style, text: &str, style: Style) {
        let (lead, text) = (strip_controls(lead), strip_controls(text));
        let indent = lead.width();
        self.push_styled(&lead, lead_style);
        let width = self.width.saturating_sub(indent).max(20);
        for (index, line) in wrap(&text, width).iter().enumerate() {
            if index > 0 {
                self.text.push('\n');
                self.text.push_str(&" ".repeat(indent));
            }
            self.push_styled(line, style);
        }
        self.text.push('\n');
    }

    /// Adds a command on a line of its own. It is not wrapped, so that it can be copied.
    pub(crate) fn push_command(&mut self, command: &str) {
        self.text.push_str("  ");
        self.push_styled(&strip_controls(command), Style::Bold);
        self.text.push('\n');
    }

    fn push_styled(&mut self, text: &str, style: Style) {
        if self.has_colour && style != Style::Plain && !text.trim().is_empty() {
            let style = style.to_ansi();
            self.text.push_str(&format!("{style}{text}{style:#}"));
        } else {
            self.text.push_str(text);
        }
    }

    pub(crate) fn into_string(self) -> String {
        self.text
    }
}

/// Returns whether a file could steer the terminal with this character: a control character (C0, C1 and DEL), a line or
/// paragraph separator, or a mark that changes the direction of writing.
fn is_control(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Removes every control character of a text.
pub(crate) fn strip_controls(text: &str) -> String {
    text.chars().filter(|letter| !is_control(*letter)).collect()
}

/// Escapes the control characters of JSON text that JSON allows in a string, without a change of its meaning.
pub(crate) fn escape_controls(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for letter in json.chars() {
        // JSON escapes the others itself; those between values are white space.
        if is_control(letter) && !letter.is_ascii_whitespace() {
            escaped.push_str(&format!("\\u{:04x}", u32::from(letter)));
        } else {
            escaped.push(letter);
        }
    }
    escaped
}

/// Truncates text to `width` columns, or pads it with spaces.
pub(crate) fn fit_column(text: &str, width: usize) -> String {
    let text = strip_controls(text);
    let mut cell = String::new();
    let mut used = 0_usize;
    for letter in text.chars() {
        let next = used.saturating_add(letter.width().unwrap_or(0));
        if next > width {
            break;
        }
        cell.push(letter);
        used = next;
    }
    cell.push_str(&" ".repeat(width.saturating_sub(used)));
    cell
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let with_word = line.width().saturating_add(1).saturating_add(word.width());
        if !line.is_empty() && with_word > width {
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
