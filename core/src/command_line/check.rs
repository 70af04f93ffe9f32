//! The command `lotse check`.

use crate::{
    Lang,
    wire::{self, CallOptions, Operation as _, op},
};

use crate::command_line::{
    args::{CheckArguments, Format, List, lang_of_environment},
    csv::CsvWriter,
    error::{Error, detail_line, to_json_line},
    input::{self, OwnFields},
    labels::Labels,
    sources::Sources,
    terminal::{Style, TerminalText},
};

/// The largest number of warnings that the library reports.
const MAX_WARNINGS: usize = 100;

pub(crate) fn run(arguments: &CheckArguments) -> Result<String, Error> {
    let decode = |value: &wire::Value<'_>| {
        let options = CallOptions::new();
        op::Check::run(op::Check::decode(value, &options)?, &options)
    };
    input::run_request(&arguments.input, OwnFields::without_lang(&arguments.output), decode, |mut report, sources| {
        if !report.errors.is_empty() {
            return Err(Error::from_details(std::mem::take(&mut report.errors)));
        }
        let lang = arguments.output.lang.unwrap_or_else(lang_of_environment);
        match arguments.output.format {
            Format::Json => to_json_line(&report),
            Format::Table => Ok(table(Labels { lang }, &report, sources)),
            format => csv(&report, sources, lang, CsvWriter::new(format)),
        }
    })
}

fn csv(report: &wire::CheckReport, sources: &Sources, lang: Lang, mut out: CsvWriter) -> Result<String, Error> {
    out.write_row(["path", "code", "message", "hint", "file", "line", "id"])?;
    for warning in &report.warnings {
        let place = sources.locate(warning.path());
        let (file, line, id) =
            place.map_or_else(Default::default, |place| (place.file.in_lang(lang), place.line, place.id));
        let line = line.map_or_else(String::new, |line| line.to_string());
        let (message, hint) = (warning.message_in(lang), warning.hint_in(lang).unwrap_or_default());
        out.write_row([warning.path(), warning.code(), &message, &hint, &file, &line, &id.unwrap_or_default()])?;
    }
    out.into_string()
}

fn table(labels: Labels, report: &wire::CheckReport, sources: &Sources) -> String {
    let mut out = TerminalText::new();
    let warnings = report.warnings.len();
    let filled = sources.lists.iter().filter(|stated| !stated.is_empty);
    let counts: Vec<String> = filled
        .map(|stated| match stated.list {
            List::Offers => labels.offers(report.offers),
            List::Needs => labels.needs(report.needs),
        })
        .collect();
    let text = match counts.as_slice() {
        [] => sources.lists.is_empty().then(|| labels.text("check.no_errors").to_owned()),
        [list] => Some(labels.format("check.no_errors_in", &[("list", list)])),
        [list, other, ..] => Some(labels.format("check.no_errors_in_both", &[("list", list), ("other", other)])),
    };
    if let Some(text) = text {
        out.push_hanging("", Style::Plain, &text, Style::Good);
    }
    for stated in sources.empty_lists() {
        out.push_hanging("", Style::Plain, &labels.empty_list(stated), Style::Caution);
    }
    if warnings > 0 {
        let count = if warnings >= MAX_WARNINGS { labels.text("check.many").to_owned() } else { warnings.to_string() };
        out.push_paragraph(&labels.format("check.warnings", &[("count", &count)]));
        for warning in &report.warnings {
            let line = detail_line(warning, labels.lang);
            let text = match sources.locate(warning.path()) {
                Some(place) => format!("{}: {line}", place.to_text(labels.lang)),
                None => line,
            };
            out.push_hanging("  ", Style::Caution, &text, Style::Plain);
        }
    }
    out.into_string()
}
