//! The command `lotse rank`.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Criterion, Diagnosis, Finding, Match, Matcher, Need, Offer, RankOptions, Ranking,
    wire::{self, CallOptions, Value},
};

use crate::command_line::{
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
    input::run_request(&arguments.input, own, wire::RankRequest::from_value, |request, _| {
        run_request(request, &arguments.need, arguments.output.format)
    })
}

/// Ranks offers for all needs, and returns the rankings of the needs with these ids, or all if there are none.
pub(crate) fn run_request(request: wire::RankRequest, ids: &[String], format: Format) -> Result<String, Error> {
    let selection = Selection::new(ids, &request.dataset.needs)?;
    match format {
        Format::Table => table(request, selection),
        Format::Json => json(request, selection),
        Format::Csv | Format::CsvDe => csv(request, selection, CsvWriter::new(format)),
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

fn json(mut request: wire::RankRequest, selection: Selection<'_>) -> Result<String, Error> {
    let (matcher, needs) = std::mem::take(&mut request.dataset).into_matcher()?;
    let mut response = rank(&request, &matcher, &needs)?;
    response.retain_needs(|need| selection.contains(need));
    to_json_line(&response)
}

fn rank(request: &wire::RankRequest, matcher: &Matcher, needs: &[Need]) -> Result<wire::RankResponse, Error> {
    let display = ProgressDisplay::new();
    let on_progress = |progress| display.show(progress);
    Ok(request.run_on(matcher, needs, &CallOptions::new().progress(&on_progress))?)
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
    let last = labels.text("rank.note");
    out.push_hanging("", Style::Plain, last, Style::Dimmed);
    Ok(out.into_string())
}

/// Returns one row for each match; a need without one has a row of its own, so that no need is omitted.
fn csv(mut request: wire::RankRequest, selection: Selection<'_>, mut out: CsvWriter) -> Result<String, Error> {
    request.top = request.top.max(1);
    // The fits are taken from the reasons.
    let has_texts = std::mem::replace(&mut request.reasons, true);
    let (matcher, needs) = std::mem::take(&mut request.dataset).into_matcher()?;
    let response = rank(&request, &matcher, &needs)?;
    let columns = ["need", "rank", "offer", "name", "organisation", "score", "to_check"].map(str::to_owned);
    let fits = Criterion::all().map(|criterion| format!("fit_{criterion}"));
    let columns: Vec<String> = columns.into_iter().chain(fits).chain(["reasons".to_owned()]).collect();
    out.write_row(&columns)?;
    let rankings = response.rankings().unwrap_or_default().iter();
    for ranking in rankings.filter(|ranking| selection.contains(ranking.need())) {
        if ranking.matches().is_empty() {
            let empty = std::iter::repeat_n("", columns.len().saturating_sub(1));
            out.write_row(std::iter::once(ranking.need()).chain(empty))?;
        }
        for (index, matched) in ranking.matches().iter().enumerate() {
            let offer = matcher.offer(matched.offer());
            let name = offer.and_then(Offer::name).unwrap_or_default();
            let organisation = offer.and_then(Offer::organisation).unwrap_or_default();
            let rank = index.saturating_add(1).to_string();
            let mut row = [ranking.need(), &rank, matched.offer(), name, organisation].map(str::to_owned).to_vec();
            row.extend([out.number(matched.score()), criterion_codes(matched.to_check())]);
            row.extend(Criterion::all().map(|criterion| fit_cell(&out, matched, criterion)));
            let texts = matched.requested().filter(|_| has_texts);
            let texts: Vec<String> = texts.map(|finding| finding.text(request.lang, matcher.vocabulary())).collect();
            row.push(texts.join(" "));
            out.write_row(row)?;
        }
    }
    out.into_string()
}

/// Returns the fit of a criterion, `unknown`, or an empty cell if it is not requested.
fn fit_cell(out: &CsvWriter, matched: &Match, criterion: Criterion) -> String {
    let finding = matched.finding(criterion).filter(Finding::is_requested);
    finding.map_or(String::new(), |finding| match finding.fit() {
        Some(fit) if finding.is_known() => out.number(fit),
        _ => "unknown".to_owned(),
    })
}
