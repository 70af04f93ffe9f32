//! The command `lotse rank`.

use std::collections::{BTreeMap, BTreeSet};

use lotse::{
    Criterion, Diagnosis, Matcher, Need, Offer, RankOptions, Ranking,
    wire::{self, Value},
};

use crate::{
    args::{Format, RankArguments},
    csv::CsvWriter,
    error::{Error, to_json_line},
    input::{self, OwnFields, Selection},
    labels::Labels,
    progress::ProgressDisplay,
    render::{Renderer, criterion_codes},
    terminal::{Style, TerminalText},
};

/// The largest number of unmet needs that are diagnosed.
const MAX_DIAGNOSES: usize = 200;

pub(crate) fn run(arguments: &RankArguments) -> Result<String, Error> {
    let mut own = OwnFields::new(&["top", "lang", "reasons"], &arguments.output);
    own.values.extend(arguments.top.map(|top| ("top", Value::Int(top.into()))));
    let request = input::decode_request(&arguments.input, own, |value| wire::RankRequest::from_value(&value))?;
    run_request(request, &arguments.need, arguments.output.format)
}

/// Ranks offers for all needs, and returns the rankings of the needs with these ids, or all if there are none.
pub(crate) fn run_request(request: wire::RankRequest, ids: &[String], format: Format) -> Result<String, Error> {
    let selection = Selection::new(ids, &request.dataset.needs)?;
    match format {
        Format::Table => table(request, selection),
        Format::Json => to_json_line(&rank(request, selection)?),
        Format::Csv => csv(request, selection),
    }
}

/// Diagnoses unmet needs, with one near miss each; the key of a diagnosis is the need's id.
pub(crate) fn diagnose_unmet(
    matcher: &Matcher,
    needs: &[Need],
    unmet: &[&Need],
) -> Result<BTreeMap<String, Diagnosis>, Error> {
    // The people of a group count together, so a need is diagnosed with its whole group.
    let ids: BTreeSet<&str> = unmet.iter().map(|need| need.id()).collect();
    let groups: BTreeSet<&str> = unmet.iter().filter_map(|need| need.group()).collect();
    let has_unmet = |need: &&Need| ids.contains(need.id()) || need.group().is_some_and(|group| groups.contains(group));
    let needs: Vec<Need> = needs.iter().filter(has_unmet).cloned().collect();
    let diagnoses = matcher.diagnose_all(&needs, 1)?;
    Ok(diagnoses.into_iter().map(|diagnosis| (diagnosis.need().to_owned(), diagnosis)).collect())
}

fn rank(request: wire::RankRequest, selection: Selection<'_>) -> Result<wire::RankResponse, Error> {
    let display = ProgressDisplay::new();
    let mut response = wire::rank_with(request, &|progress| display.show(progress))?;
    response.rankings.retain(|ranking| selection.contains(&ranking.need));
    Ok(response)
}

fn table(request: wire::RankRequest, selection: Selection<'_>) -> Result<String, Error> {
    let (labels, top) = (Labels { lang: request.lang }, request.top.max(1));
    let (matcher, needs) = request.dataset.into_matcher()?;
    let display = ProgressDisplay::new();
    let rankings =
        matcher.rank_all(&needs, RankOptions::new().top(top).progress(&|progress| display.show(progress)))?;
    drop(display);
    let selected = needs.iter().zip(&rankings).filter(|(need, _)| selection.contains(need.id()));
    let (met, unmet): (Vec<(&Need, &Ranking)>, Vec<_>) =
        selected.partition(|(_, ranking)| !ranking.matches().is_empty());
    let unmet: Vec<&Need> = unmet.into_iter().map(|(need, _)| need).collect();
    let diagnosed = unmet.get(..MAX_DIAGNOSES).unwrap_or(&unmet);
    let diagnoses = diagnose_unmet(&matcher, &needs, diagnosed)?;
    let renderer = Renderer { labels, matcher: &matcher };
    let mut out = TerminalText::new();
    if !unmet.is_empty() {
        out.push_title(&labels.unmet_title(unmet.len(), unmet.len().saturating_add(met.len())));
        for need in &unmet {
            match diagnoses.get(need.id()) {
                Some(diagnosis) => renderer.unmet_need(&mut out, need, diagnosis),
                None => renderer.need(&mut out, need),
            }
        }
        out.push_blank_line();
    }
    if !met.is_empty() || unmet.is_empty() {
        out.push_title(&labels.met_title(met.len()));
    }
    for (need, ranking) in &met {
        renderer.need(&mut out, need);
        for (index, matched) in ranking.matches().iter().enumerate() {
            renderer.ranked_match(&mut out, index.saturating_add(1), matched);
        }
        out.push_blank_line();
    }
    let last = labels.select("lotse suggests, a person decides.", "lotse schlägt vor, ein Mensch entscheidet.");
    out.push_hanging("", Style::Plain, last, Style::Dimmed);
    Ok(out.into_string())
}

/// Returns one row for each match; a need without one has a row of its own, so that no need is omitted.
fn csv(mut request: wire::RankRequest, selection: Selection<'_>) -> Result<String, Error> {
    request.top = request.top.max(1);
    let own = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let name = |offer: &Offer| (offer.id().to_owned(), (own(offer.name()), own(offer.organisation())));
    let names: BTreeMap<String, (String, String)> = request.dataset.offers.iter().map(name).collect();
    // The fits are taken from the reasons.
    let has_texts = std::mem::replace(&mut request.reasons, true);
    let response = rank(request, selection)?;
    let mut out = CsvWriter::new();
    let columns = ["need", "rank", "offer", "name", "organisation", "score", "to_check"].map(str::to_owned);
    let fits = Criterion::all().map(|criterion| format!("fit_{criterion}"));
    let columns: Vec<String> = columns.into_iter().chain(fits).chain(["reasons".to_owned()]).collect();
    out.write_row(&columns)?;
    for ranking in &response.rankings {
        if ranking.matches.is_empty() {
            let empty = std::iter::repeat_n("", columns.len().saturating_sub(1));
            out.write_row(std::iter::once(ranking.need.as_str()).chain(empty))?;
        }
        for (index, matched) in ranking.matches.iter().enumerate() {
            let (name, organisation) = names.get(&matched.offer).cloned().unwrap_or_default();
            let rank = index.saturating_add(1).to_string();
            let mut row = vec![ranking.need.clone(), rank, matched.offer.clone(), name, organisation];
            row.extend([matched.score.to_string(), criterion_codes(&matched.to_check)]);
            let reasons = matched.reasons.as_deref().unwrap_or_default();
            row.extend(Criterion::all().map(|criterion| fit_cell(criterion, reasons)));
            let texts: Vec<&str> = reasons.iter().filter(|_| has_texts).map(|reason| reason.text.as_str()).collect();
            row.push(texts.join(" "));
            out.write_row(row)?;
        }
    }
    out.into_string()
}

/// Returns the fit of a criterion, `unknown`, or an empty cell if it is not requested.
fn fit_cell(criterion: Criterion, reasons: &[wire::FindingData]) -> String {
    let reason = reasons.iter().find(|reason| reason.criterion == criterion);
    reason.map_or(String::new(), |reason| match reason.fit {
        Some(fit) if reason.known => fit.to_string(),
        _ => "unknown".to_owned(),
    })
}
