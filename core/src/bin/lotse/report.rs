//! The command `lotse report`.

use lotse::wire;

use crate::{
    allocate::decode_request,
    args::{AllocateArguments, Format},
    csv::CsvWriter,
    error::{Error, to_json_line},
    labels::Labels,
    render::Renderer,
    terminal::TerminalText,
};

pub(crate) fn run(arguments: &AllocateArguments) -> Result<String, Error> {
    let request = decode_request(arguments)?;
    match arguments.output.format {
        Format::Table => table(request),
        Format::Json => to_json_line(&wire::report(request)?),
        Format::Csv => csv(&wire::report(request)?),
    }
}

fn table(request: wire::AllocateRequest) -> Result<String, Error> {
    let labels = Labels { lang: request.lang };
    let (matcher, needs) = request.dataset.into_matcher()?;
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

fn csv(report: &wire::ReportResponse) -> Result<String, Error> {
    let mut out = CsvWriter::new();
    let columns = ["table", "code", "name", "needs", "people", "cases", "met", "met_by_neighbour", "unmet"];
    out.write_row(columns.into_iter().chain(["people_met", "people_unmet"]))?;
    let total = wire::ReportRowData { code: None, name: None, tally: report.total };
    let tables = [
        ("total", std::slice::from_ref(&total)),
        ("priority", &report.by_priority),
        ("help", &report.by_help),
        ("language", &report.by_language),
        ("region", &report.by_region),
        ("crime", &report.by_crime),
    ];
    for (table, rows) in tables {
        for row in rows {
            let tally = row.tally;
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
            let keys = [table, row.code.as_deref().unwrap_or(""), row.name.as_deref().unwrap_or("")];
            out.write_row(keys.into_iter().map(str::to_owned).chain(counts.map(|count| count.to_string())))?;
        }
    }
    out.into_string()
}
