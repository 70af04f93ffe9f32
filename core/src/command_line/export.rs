//! The command `lotse export`.

use std::fs;

use crate::{
    Need, Offer, Vocabulary,
    import::{
        self, Note,
        export::{ExportOptions, Exported, to_hsds3, to_table},
    },
};

use crate::command_line::{
    args::{ExportArguments, ExportFormat, Format, List, lang_of_environment, today},
    csv::CsvWriter,
    error::{Error, to_json_line},
    file::{File, decode_file},
    labels::Labels,
    terminal::{Style, TerminalText},
    texts::Message,
    write::Outputs,
};

/// The largest number of ids of a note.
const MAX_IDS: usize = 3;
/// The width of counts.
const COUNT_WIDTH: usize = 6;

pub(crate) fn run(arguments: &ExportArguments) -> Result<String, Error> {
    let exported = exported(arguments)?;
    fs::create_dir_all(&arguments.out)
        .map_err(|error| Error::Unwritten { file: arguments.out.display().to_string().into(), kind: error.kind() })?;
    let mut outputs = Outputs::default();
    for file in &exported.files {
        outputs.add(Some(&arguments.out.join(&file.name)), || Ok(file.text.clone()))?;
    }
    outputs.commit()?;
    match arguments.output.format {
        Format::Json => to_json_line(&exported.report),
        Format::Csv | Format::CsvDe => csv(&exported.report.notes, CsvWriter::new(arguments.output.format)),
        Format::Table => Ok(table(arguments, &exported)),
    }
}

fn exported(arguments: &ExportArguments) -> Result<Exported, Error> {
    let mut options = ExportOptions::new().package(arguments.package).with_capacity(arguments.with_capacity);
    options = match arguments.as_of {
        Some(day) => options.as_of(day),
        None => options.as_of(today().parse()?),
    };
    if let Some(path) = &arguments.vocabulary {
        options = options.vocabulary(&decode_file(path, Vocabulary::from_value)?);
    }
    for licence in &arguments.licence {
        options = options.licence(licence);
    }
    match (&arguments.offers, &arguments.needs, arguments.to) {
        (_, Some(_), ExportFormat::Hsds3) => Err(Message::new("usage.export_needs").into()),
        (_, Some(path), ExportFormat::Csv) => {
            let needs = Need::list_from_value(&File::read(path)?.parse_records(List::Needs)?)?;
            Ok(to_table(&needs, &options)?)
        }
        (Some(path), None, format) => {
            let offers = Offer::list_from_value(&File::read(path)?.parse_records(List::Offers)?)?;
            Ok(if format == ExportFormat::Csv { to_table(&offers, &options)? } else { to_hsds3(&offers, &options)? })
        }
        (None, None, _) => Err(Message::new("usage.no_command").into()),
    }
}

fn csv(notes: &[Note], mut out: CsvWriter) -> Result<String, Error> {
    out.write_row(["code", "field", "count", "ids"])?;
    for note in notes {
        let (field, count) = (note.field.as_deref().unwrap_or_default(), out.number(note.count));
        out.write_row([note.code.as_str(), field, &count, &note.at.join(";")])?;
    }
    out.into_string()
}

fn table(arguments: &ExportArguments, exported: &Exported) -> String {
    let labels = Labels { lang: arguments.output.lang.unwrap_or_else(lang_of_environment) };
    let count = usize::try_from(exported.report.records).unwrap_or(usize::MAX);
    let records = if arguments.needs.is_some() { labels.needs(count) } else { labels.offers(count) };
    let paths = exported.files.iter().map(|file| arguments.out.join(&file.name).display().to_string());
    let files = paths.collect::<Vec<_>>().join(", ");
    let mut out = TerminalText::new();
    out.push_paragraph(
        &Message::new("export.written").with("records", records).with("files", files).in_lang(labels.lang),
    );
    for note in &exported.report.notes {
        let label = import::labels(labels.lang).get("export", &note.code).unwrap_or(&note.code);
        let mut ids: Vec<&str> = note.at.iter().take(MAX_IDS).map(String::as_str).collect();
        if note.at.len() > MAX_IDS {
            ids.push("…");
        }
        let field = note.field.as_deref().map(|field| format!("{field}: ")).unwrap_or_default();
        let text = format!("{field}{label} ({})", ids.join(", "));
        out.push_hanging(&format!("{:>COUNT_WIDTH$}  ", note.count), Style::Bold, &text, Style::Plain);
    }
    out.into_string()
}
