//! What the columns of a file mean, as a table.

use crate::import::{Sketch, labels};

use crate::command_line::{
    choices::Namer,
    labels::Labels,
    phrases::sample_words,
    terminal::{Style, TerminalText, fit_column},
};

/// The limits of the width of column names.
const WIDTH: (usize, usize) = (8, 32);

/// Adds one line for each column: its name, what it is read as, and whether that is sure.
pub(crate) fn render(out: &mut TerminalText, sketch: &Sketch, namer: Namer<'_>) {
    let own = Labels { lang: namer.lang };
    let (min, max) = WIDTH;
    let width = sketch.columns.iter().map(|column| column.column.chars().count()).max().unwrap_or(0).clamp(min, max);
    for column in &sketch.columns {
        let usage = labels(namer.lang).get("use", &column.usage).unwrap_or(&column.usage);
        let field = column.field.as_deref().map(|field| namer.field(field));
        let (text, style) = match (field, column.sure) {
            (Some(field), true) => (field.to_owned(), Style::Plain),
            (Some(field), false) => (own.format("sketch.unsure", &[("field", &field)]), Style::Caution),
            (None, _) => (usage.to_owned(), Style::Dimmed),
        };
        out.push_hanging(&format!("{}  ", fit_column(&column.column, width)), Style::Plain, &text, style);
    }
    if !sketch.samples.is_empty() {
        out.push_hanging("", Style::Plain, &sample_words(&sketch.samples, namer.lang), Style::Dimmed);
    }
}
