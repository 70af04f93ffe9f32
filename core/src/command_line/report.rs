//! The command `lotse report`.

use crate::{
    CodeKind, Tally,
    wire::{self, CallOptions, Operation as _, op},
};

use crate::command_line::{
    allocate::run_request,
    args::{AllocateArguments, Format},
    csv::CsvWriter,
    error::{Error, to_json_line},
    labels::Labels,
    render::Renderer,
    terminal::TerminalText,
};

pub(crate) fn run(arguments: &AllocateArguments) -> Result<String, Error> {
    run_request(arguments, |request| match arguments.output.format {
        Format::Table => table(request),
        Format::Json => to_json_line(&op::Report::run(request, &CallOptions::new())?),
        format => csv(request, CsvWriter::new(format)),
    })
}

fn table(mut request: wire::AllocateRequest) -> Result<String, Error> {
    let labels = Labels { lang: request.lang };
    let (matcher, needs) = request.take_matcher()?;
    let report = matcher.allocate(&needs, &request.options)?.report();
    let renderer = Renderer { labels, matcher: &matcher };
    let mut out = TerminalText::new();
    renderer.coverage(&mut out, &report);
    out.push_blank_line();
    renderer.bottlenecks(&mut out, &report);
    out.push_blank_line();
    renderer.missing_offers(&mut out, &report);
    Ok(out.into_string())
}

fn csv(mut request: wire::AllocateRequest, mut out: CsvWriter) -> Result<String, Error> {
    let (matcher, needs) = request.take_matcher()?;
    let report = matcher.allocate(&needs, &request.options)?.report();
    let columns = ["table", "code", "name", "needs", "people", "cases", "met", "met_by_neighbour", "unmet"];
    out.write_row(columns.into_iter().chain(["people_met", "people_unmet"]))?;
    write_tally(&mut out, ["total", "", ""], &report.total)?;
    let tables = [
        ("priority", None, &report.by_priority),
        ("help", Some(CodeKind::Help), &report.by_help),
        ("language", Some(CodeKind::Language), &report.by_language),
        ("region", Some(CodeKind::Region), &report.by_region),
        ("crime", Some(CodeKind::Crime), &report.by_crime),
    ];
    for (table, kind, rows) in tables {
        for row in rows {
            let code = row.code.as_deref();
            let name = kind.zip(code).map(|(kind, code)| matcher.vocabulary().name(kind, code, request.lang));
            write_tally(&mut out, [table, code.unwrap_or(""), name.as_deref().unwrap_or("")], &row.tally)?;
        }
    }
    out.into_string()
}

fn write_tally(out: &mut CsvWriter, keys: [&str; 3], tally: &Tally) -> Result<(), Error> {
    let counts = [
        tally.needs,
        tally.people,
        tally.cases,
        tally.met,
        tally.met_by_neighbour,
        tally.unmet,
        tally.people_met,
        tally.people_unmet,
    ];
    out.write_row(keys.into_iter().map(str::to_owned).chain(counts.map(|count| count.to_string())))
}
