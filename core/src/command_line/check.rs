//! The command `lotse check`.

use crate::wire::{self, CallOptions, Operation as _, op};

use crate::command_line::{
    args::{CheckArguments, Format, lang_of_environment},
    csv::CsvWriter,
    error::{Error, to_json_line},
    input::{self, OwnFields},
    labels::Labels,
    terminal::{Style, TerminalText},
};

/// The largest number of warnings that the library reports.
const MAX_WARNINGS: usize = 100;

pub(crate) fn run(arguments: &CheckArguments) -> Result<String, Error> {
    let mut report = input::decode_request(&arguments.input, OwnFields::default(), |value| {
        let options = CallOptions::new();
        op::Check::run(op::Check::decode(&value, &options)?, &options)
    })?;
    if !report.errors.is_empty() {
        return Err(Error::Input(std::mem::take(&mut report.errors)));
    }
    match arguments.output.format {
        Format::Json => to_json_line(&report),
        Format::Csv => csv(&report),
        Format::Table => {
            let labels = Labels { lang: arguments.output.lang.unwrap_or_else(lang_of_environment) };
            Ok(table(labels, &report))
        }
    }
}

fn csv(report: &wire::CheckReport) -> Result<String, Error> {
    let mut out = CsvWriter::new();
    out.write_row(["path", "code", "message", "hint"])?;
    for warning in &report.warnings {
        out.write_row([warning.path(), warning.code(), warning.message(), warning.hint().unwrap_or_default()])?;
    }
    out.into_string()
}

fn table(labels: Labels, report: &wire::CheckReport) -> String {
    let mut out = TerminalText::new();
    let (offers, needs, warnings) = (labels.offers(report.offers), labels.needs(report.needs), report.warnings.len());
    let text =
        labels.select(format!("No errors in {offers} and {needs}."), format!("Keine Fehler in {offers} und {needs}."));
    out.push_hanging("", Style::Plain, &text, Style::Good);
    if warnings > 0 {
        let count = if warnings >= MAX_WARNINGS {
            labels.select("100 or more", "100 oder mehr").to_owned()
        } else {
            warnings.to_string()
        };
        out.push_paragraph(&labels.select(format!("To look at ({count}):"), format!("Zum Ansehen ({count}):")));
        for warning in &report.warnings {
            out.push_hanging("  ", Style::Caution, &warning.to_string(), Style::Plain);
        }
    }
    out.into_string()
}
