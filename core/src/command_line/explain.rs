//! The command `lotse explain`.

use crate::{
    ExplainOptions, Need, Offer,
    wire::{self, CallOptions, Operation as _, op},
};

use crate::command_line::{
    args::{ExplainArguments, Format},
    csv::CsvWriter,
    error::{Error, to_json_line},
    input::{self, OwnFields},
    labels::Labels,
    render::Renderer,
    terminal::TerminalText,
    texts::Message,
};

/// The largest number of pairs of a table, which is for reading.
const MAX_PAIRS: usize = 1_000;

pub(crate) fn run(arguments: &ExplainArguments) -> Result<String, Error> {
    let own = OwnFields::new(&["lang", "pairs"], &arguments.output);
    input::run_request(&arguments.input, own, wire::ExplainRequest::from_value, |mut request, _| {
        select_pairs(&mut request, arguments.need.as_deref(), arguments.offer.as_deref())?;
        match arguments.output.format {
            Format::Table => table(request),
            Format::Json => to_json_line(&op::Explain::run(request, &CallOptions::new())?),
            format => csv(request, CsvWriter::new(format)),
        }
    })
}

/// Replaces the pairs of the request by those that the options select, if there are such options.
fn select_pairs(request: &mut wire::ExplainRequest, need: Option<&str>, offer: Option<&str>) -> Result<(), Error> {
    if need.is_none() && offer.is_none() {
        return Ok(());
    }
    let dataset = &request.dataset;
    let is_selected = |selected: Option<&str>, id: &str| selected.is_none_or(|selected| selected == id);
    let unknown = |code, message| Err(Error::Option { code, message });
    if need.is_some_and(|id| !dataset.needs.iter().any(|need| need.id() == id)) {
        return unknown("request.pair.unknown_need", Message::new("option.need"));
    }
    if offer.is_some_and(|id| !dataset.offers.iter().any(|offer| offer.id() == id)) {
        return unknown("request.pair.unknown_offer", Message::new("option.offer"));
    }
    let offers = dataset.offers.iter().map(Offer::id).filter(|id| is_selected(offer, id));
    let mut offers: Vec<&str> = offers.collect();
    offers.sort_unstable();
    offers.dedup();
    let needs = dataset.needs.iter().map(Need::id).filter(|id| is_selected(need, id));
    let pair = |need: &str, offer: &str| wire::Pair { need: need.to_owned(), offer: offer.to_owned() };
    let pairs = needs.flat_map(|need| offers.iter().map(move |offer| pair(need, offer))).collect();
    request.pairs = Some(pairs);
    Ok(())
}

fn table(mut request: wire::ExplainRequest) -> Result<String, Error> {
    let labels = Labels { lang: request.lang };
    let (matcher, needs) = request.take_matcher()?;
    let pairs = request.pairs;
    let count = pairs.as_ref().map_or(needs.len().saturating_mul(matcher.offers().count()), Vec::len);
    if count > MAX_PAIRS {
        return Err(Message::new("usage.pairs").with("max", MAX_PAIRS.to_string()).into());
    }
    let ids: Vec<(&str, &str)> = match &pairs {
        Some(pairs) => pairs.iter().map(|pair| (pair.need.as_str(), pair.offer.as_str())).collect(),
        None => {
            let pairs = |need| matcher.offers().map(move |offer| (need, offer.id()));
            needs.iter().map(Need::id).flat_map(pairs).collect()
        }
    };
    let renderer = Renderer { labels, matcher: &matcher };
    let mut out = TerminalText::new();
    for (index, explanation) in matcher.explain_all(&needs, &ids, ExplainOptions::new())?.iter().enumerate() {
        if index > 0 {
            out.push_blank_line();
        }
        let need = needs.iter().find(|need| need.id() == explanation.need());
        renderer.explanation(&mut out, need, explanation);
    }
    Ok(out.into_string())
}

fn csv(mut request: wire::ExplainRequest, mut out: CsvWriter) -> Result<String, Error> {
    let (matcher, needs) = request.take_matcher()?;
    let response = request.run_on(&matcher, &needs, &CallOptions::new())?;
    let columns = ["need", "offer", "matches", "score", "criterion", "asked", "fit", "known", "weight", "contribution"];
    out.write_row(columns.into_iter().chain(["rule", "blocks", "code", "text"]))?;
    for explanation in response.explanations() {
        let assessment = explanation.assessment();
        for finding in assessment.findings() {
            let row = [
                explanation.need(),
                assessment.offer(),
                &assessment.is_match().to_string(),
                &out.number(assessment.score()),
                finding.criterion().as_str(),
                &finding.is_requested().to_string(),
                &finding.fit().map_or(String::new(), |fit| out.number(fit)),
                &finding.is_known().to_string(),
                &out.number(finding.weight()),
                &out.number(finding.contribution()),
                finding.rule().as_str(),
                &finding.is_blocking().to_string(),
                finding.reason().code(),
                &finding.text(request.lang, matcher.vocabulary()),
            ];
            out.write_row(row)?;
        }
    }
    out.into_string()
}
