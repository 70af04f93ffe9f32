//! The command `lotse allocate`.

use crate::wire::{self, CallOptions, Operation as _, Value, op};

use crate::command_line::{
    args::{AllocateArguments, Format},
    csv::CsvWriter,
    error::{Error, to_json_line},
    input::{self, OwnFields},
    labels::Labels,
    render::{Renderer, criterion_codes},
    terminal::TerminalText,
};

pub(crate) fn run(arguments: &AllocateArguments) -> Result<String, Error> {
    let request = decode_request(arguments)?;
    match arguments.output.format {
        Format::Table => table(request),
        Format::Json => to_json_line(&op::Allocate::run(request, &CallOptions::new())?),
        Format::Csv => csv(request),
    }
}

/// Decodes the request of `allocate` and `report` from files and options.
pub(crate) fn decode_request(arguments: &AllocateArguments) -> Result<wire::AllocateRequest, Error> {
    const FIELDS: &[&str] = &["lang", "fixed", "previous", "moves", "min_score", "neighbour_serves"];
    let mut own = OwnFields::new(FIELDS, &arguments.output);
    let files = [("fixed", &arguments.fixed), ("previous", &arguments.previous)];
    own.files.extend(files.into_iter().filter_map(|(name, path)| Some((name, path.as_deref()?))));
    own.values.extend(arguments.moves.map(|moves| ("moves", moves.as_str().into())));
    own.values.extend(arguments.min_score.map(|score| ("min_score", Value::Float(score))));
    if arguments.no_neighbours {
        own.values.push(("neighbour_serves", Value::Bool(false)));
    }
    input::decode_request(&arguments.input, own, |value| wire::AllocateRequest::from_value(&value))
}

fn table(mut request: wire::AllocateRequest) -> Result<String, Error> {
    let labels = Labels { lang: request.lang };
    let (matcher, needs) = request.take_matcher()?;
    let plan = matcher.allocate(&needs, &request.options)?;
    let renderer = Renderer { labels, matcher: &matcher };
    let report = plan.report();
    let mut out = TerminalText::new();
    renderer.unmet_needs(&mut out, &needs, &plan, usize::MAX);
    out.push_blank_line();
    renderer.coverage(&mut out, &report);
    out.push_blank_line();
    renderer.referrals(&mut out, &needs, &plan);
    renderer.bottlenecks(&mut out, &report);
    out.push_blank_line();
    renderer.certificate(&mut out, &plan);
    Ok(out.into_string())
}

fn csv(mut request: wire::AllocateRequest) -> Result<String, Error> {
    let (matcher, needs) = request.take_matcher()?;
    let plan = matcher.allocate(&needs, &request.options)?;
    let mut out = CsvWriter::new();
    out.write_row(["need", "offer", "score", "fixed", "neighbour", "to_check", "breaks", "reason", "text"])?;
    for unmet in plan.unmet() {
        let text = unmet.reason().text(request.lang, matcher.vocabulary());
        out.write_row([unmet.need(), "", "", "", "", "", "", unmet.reason().code(), &text])?;
    }
    for referral in plan.referrals() {
        out.write_row([
            referral.need(),
            referral.offer(),
            &referral.score().to_string(),
            &referral.is_fixed().to_string(),
            &referral.is_from_neighbour().to_string(),
            &criterion_codes(referral.to_check().iter().copied()),
            &criterion_codes(referral.violations().iter().copied()),
            "",
            "",
        ])?;
    }
    out.into_string()
}
