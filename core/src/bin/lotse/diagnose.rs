//! The command `lotse diagnose`.

use std::collections::BTreeMap;

use lotse::{
    Diagnosis, Need, Offer,
    wire::{self, Value},
};

use crate::{
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
    let request = input::decode_request(&arguments.input, own, |value| wire::DiagnoseRequest::from_value(&value))?;
    let selection = Selection::new(&arguments.need, &request.dataset.needs)?;
    match arguments.output.format {
        Format::Table => table(request, selection),
        Format::Json => to_json_line(&diagnose(request, selection)?),
        Format::Csv => csv(request, selection),
    }
}

fn diagnose(request: wire::DiagnoseRequest, selection: Selection<'_>) -> Result<wire::DiagnoseResponse, Error> {
    let mut response = wire::diagnose(request)?;
    response.diagnoses.retain(|diagnosis| selection.contains(&diagnosis.need));
    Ok(response)
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
    let last = labels.select(
        "Only all changes of an offer together make it match. lotse suggests, a person decides.",
        "Erst alle Änderungen eines Angebots zusammen machen es passend. lotse schlägt vor, ein Mensch entscheidet.",
    );
    out.push_hanging("", Style::Plain, last, Style::Dimmed);
    Ok(out.into_string())
}

/// Returns one row for each near miss; a need without one has a row of its own, so that no need is omitted.
fn csv(request: wire::DiagnoseRequest, selection: Selection<'_>) -> Result<String, Error> {
    let name = |offer: &Offer| (offer.id().to_owned(), offer.name().unwrap_or_default().to_owned());
    let names: BTreeMap<String, String> = request.dataset.offers.iter().map(name).collect();
    let response = diagnose(request, selection)?;
    let mut out = CsvWriter::new();
    let columns =
        ["need", "offers", "matching", "excluded_by", "number", "offer", "name", "score", "to_check", "blockers"];
    out.write_row(columns.into_iter().chain(["changes", "text"]))?;
    for diagnosis in &response.diagnoses {
        let blocked = diagnosis.blocked.iter();
        let blocked: Vec<String> =
            blocked.map(|blocked| format!("{}:{}:{}", blocked.criterion, blocked.offers, blocked.only)).collect();
        let (offers, matching) = (diagnosis.offers.to_string(), diagnosis.matching.to_string());
        let need_cells = [diagnosis.need.clone(), offers, matching, blocked.join(";")];
        if diagnosis.near_misses.is_empty() {
            out.write_row(need_cells.iter().map(String::as_str).chain(std::iter::repeat_n("", 8)))?;
        }
        for (index, miss) in diagnosis.near_misses.iter().enumerate() {
            let codes: Vec<&str> = miss.changes.iter().map(|change| change.code.as_str()).collect();
            let texts: Vec<&str> = miss.changes.iter().map(|change| change.text.as_str()).collect();
            let miss_cells = [
                index.saturating_add(1).to_string(),
                miss.offer.clone(),
                names.get(&miss.offer).cloned().unwrap_or_default(),
                miss.score.to_string(),
                criterion_codes(&miss.to_check),
                criterion_codes(&miss.blockers),
                codes.join(";"),
                texts.join(" "),
            ];
            out.write_row(need_cells.iter().chain(&miss_cells).map(String::as_str))?;
        }
    }
    out.into_string()
}
