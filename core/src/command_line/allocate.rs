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
    run_request(arguments, |request| match arguments.output.format {
        Format::Table => table(request),
        Format::Json => to_json_line(&op::Allocate::run(request, &CallOptions::new())?),
        format => csv(request, CsvWriter::new(format)),
    })
}

/// Decodes the request of `allocate` and `report` from files and options, and runs the command on it.
pub(crate) fn run_request(
    arguments: &AllocateArguments,
    run: impl FnOnce(wire::AllocateRequest) -> Result<String, Error>,
) -> Result<String, Error> {
    const FIELDS: &[&str] = &["lang", "fixed", "previous", "moves", "min_score", "neighbour_serves"];
    let mut own = OwnFields::new(FIELDS, &arguments.output);
    let files = [("fixed", &arguments.fixed), ("previous", &arguments.previous)];
    own.files.extend(files.into_iter().filter_map(|(name, path)| Some((name, path.as_deref()?))));
    own.values.extend(arguments.moves.map(|moves| ("moves", moves.as_str().into())));
    own.values.extend(arguments.min_score.map(|score| ("min_score", Value::Float(score))));
    if arguments.no_neighbours {
        own.values.push(("neighbour_serves", Value::Bool(false)));
    }
    input::run_request(&arguments.input, own, wire::AllocateRequest::from_value, |request, _| run(request))
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

fn csv(mut request: wire::AllocateRequest, mut out: CsvWriter) -> Result<String, Error> {
    let (matcher, needs) = request.take_matcher()?;
    let plan = matcher.allocate(&needs, &request.options)?;
    out.write_row(["need", "offer", "score", "fixed", "neighbour", "to_check", "breaks", "reason", "text"])?;
    for unmet in plan.unmet() {
        let text = unmet.reason().text(request.lang, matcher.vocabulary());
        out.write_row([unmet.need(), "", "", "", "", "", "", unmet.reason().code(), &text])?;
    }
    for referral in plan.referrals() {
        let row = [
            referral.need(),
            referral.offer(),
            &out.number(referral.score()),
            &referral.is_fixed().to_string(),
            &referral.is_from_neighbour().to_string(),
            &criterion_codes(referral.to_check().iter().copied()),
            &criterion_codes(referral.violations().iter().copied()),
            "",
            "",
        ];
        out.write_row(row)?;
    }
    out.into_string()
}
