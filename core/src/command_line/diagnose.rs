//! The command `lotse diagnose`.

use crate::{
    Diagnosis, Need, Offer,
    wire::{self, CallOptions, Value},
};

use crate::command_line::{
    args::{DiagnoseArguments, Format},
    csv::CsvWriter,
    error::{Error, to_json_line},
    input::{self, OwnFields, Selection},
    labels::Labels,
    render::{Renderer, criterion_codes},
    terminal::{Style, TerminalText},
};

pub(crate) fn run(arguments: &DiagnoseArguments) -> Result<String, Error> {
    let mut own = OwnFields::new(&["near_misses", "lang"], &arguments.output);
    own.values.extend(arguments.near_misses.map(|count| ("near_misses", Value::Int(count.into()))));
    input::run_request(&arguments.input, own, wire::DiagnoseRequest::from_value, |request, _| {
        let selection = Selection::new(&arguments.need, &request.dataset.needs)?;
        match arguments.output.format {
            Format::Table => table(request, selection),
            Format::Json => json(request, selection),
            format => csv(request, selection, CsvWriter::new(format)),
        }
    })
}

fn json(mut request: wire::DiagnoseRequest, selection: Selection<'_>) -> Result<String, Error> {
    let (matcher, needs) = std::mem::take(&mut request.dataset).into_matcher()?;
    let mut response = request.run_on(&matcher, &needs, &CallOptions::new())?;
    response.retain_needs(|need| selection.contains(need));
    to_json_line(&response)
}

fn table(request: wire::DiagnoseRequest, selection: Selection<'_>) -> Result<String, Error> {
    let labels = Labels { lang: request.lang };
    let (matcher, needs) = request.dataset.into_matcher()?;
    let diagnoses = matcher.diagnose_all(&needs, request.near_misses)?;
    let selected = needs.iter().zip(&diagnoses).filter(|(need, _)| selection.contains(need.id()));
    let (met, unmet): (Vec<(&Need, &Diagnosis)>, Vec<_>) =
        selected.partition(|(_, diagnosis)| diagnosis.matching() > 0);
    let renderer = Renderer { labels, matcher: &matcher };
    let mut out = TerminalText::new();
    let mut section = |title: &str, diagnosed: &[(&Need, &Diagnosis)]| {
        out.push_title(title);
        for (need, diagnosis) in diagnosed {
            renderer.diagnosis(&mut out, need, diagnosis);
            out.push_blank_line();
        }
    };
    if !unmet.is_empty() {
        section(&labels.unmet_title(unmet.len(), unmet.len().saturating_add(met.len())), &unmet);
    }
    if !met.is_empty() || unmet.is_empty() {
        section(&labels.met_title(met.len()), &met);
    }
    let last = labels.text("diagnose.note");
    out.push_hanging("", Style::Plain, last, Style::Dimmed);
    Ok(out.into_string())
}

/// Returns one row for each near miss; a need without one has a row of its own, so that no need is omitted.
fn csv(request: wire::DiagnoseRequest, selection: Selection<'_>, mut out: CsvWriter) -> Result<String, Error> {
    let (lang, near_misses) = (request.lang, request.near_misses);
    let (matcher, needs) = request.dataset.into_matcher()?;
    let columns =
        ["need", "offers", "matching", "excluded_by", "number", "offer", "name", "score", "to_check", "blockers"];
    out.write_row(columns.into_iter().chain(["changes", "text"]))?;
    let diagnoses = matcher.diagnose_all(&needs, near_misses)?;
    for diagnosis in diagnoses.iter().filter(|diagnosis| selection.contains(diagnosis.need())) {
        let blocked = diagnosis.blocked().iter();
        let blocked: Vec<String> =
            blocked.map(|blocked| format!("{}:{}:{}", blocked.criterion(), blocked.offers(), blocked.only())).collect();
        let (offers, matching) = (diagnosis.offers().to_string(), diagnosis.matching().to_string());
        let need_cells = [diagnosis.need().to_owned(), offers, matching, blocked.join(";")];
        if diagnosis.near_misses().is_empty() {
            out.write_row(need_cells.iter().map(String::as_str).chain(std::iter::repeat_n("", 8)))?;
        }
        for (index, miss) in diagnosis.near_misses().iter().enumerate() {
            let codes: Vec<&str> = miss.changes().iter().map(|change| change.reason().code()).collect();
            let texts = miss.changes().iter().map(|change| change.text(lang, matcher.vocabulary()));
            let assessment = miss.assessment();
            let name = matcher.offer(assessment.offer()).and_then(Offer::name);
            let miss_cells = [
                index.saturating_add(1).to_string(),
                assessment.offer().to_owned(),
                name.unwrap_or_default().to_owned(),
                out.number(assessment.score()),
                criterion_codes(assessment.to_check()),
                criterion_codes(miss.blockers()),
                codes.join(";"),
                texts.collect::<Vec<_>>().join(" "),
            ];
            out.write_row(need_cells.iter().chain(&miss_cells).map(String::as_str))?;
        }
    }
    out.into_string()
}
