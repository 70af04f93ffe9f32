//! The command `lotse demo`: ranking and allocation for an invented incident.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    AllocateOptions, Baseline, CodeKind, ExplainOptions, Matcher, Need, Priority, Ranking, example,
    solver::Objective,
    wire::{RankRequest, Value},
};

use crate::command_line::{
    args::{Format, OutputArguments, lang_of_environment},
    error::Error,
    labels::Labels,
    rank,
    render::{Renderer, bar},
    terminal::{Style, TerminalText, fit_column},
};

/// Needs with instructive rankings: an interpreter, a child, a bereaved person, a sign language.
const RANKED: [&str; 4] = ["n-069", "n-076", "n-003", "n-155"];
/// The number of offers for each of them.
const TOP: usize = 2;
/// A need that no offer matches, and its nearest offer.
const UNMET: &str = "n-070";
const NEAREST: &str = "o-01";
/// The largest number of unmet needs, of the rankings and of the plan.
const MAX_UNMET: usize = 3;
/// The largest number of languages in the summary.
const MAX_LANGUAGES: usize = 8;
/// One unit of score, in hundred-millionths.
const SCORE_UNIT: i128 = 100_000_000;

pub(crate) fn run(output: &OutputArguments) -> Result<String, Error> {
    let lang = output.lang.unwrap_or_else(lang_of_environment);
    let request = RankRequest::from_value(&Value::Object(vec![
        ("offers".into(), Value::from_json(example::OFFERS)?),
        ("needs".into(), Value::from_json(example::NEEDS)?),
        ("as_of".into(), example::AS_OF.into()),
        ("lang".into(), lang.as_str().into()),
    ]))?;
    match output.format {
        Format::Table => table(request),
        format => rank::run_request(request, &[], format),
    }
}

fn table(request: RankRequest) -> Result<String, Error> {
    let labels = Labels { lang: request.lang };
    let (matcher, needs) = request.dataset.into_matcher()?;
    let rankings = matcher.rank_all(&needs, TOP)?;
    let renderer = Renderer { labels, matcher: &matcher };
    let mut out = TerminalText::new();
    out.push_title(labels.text("demo.title"));
    out.push_paragraph(labels.text("demo.invented"));
    out.push_blank_line();
    summary(&mut out, renderer, &needs);
    out.push_blank_line();
    unmet_needs(&mut out, renderer, &needs, &rankings)?;
    out.push_blank_line();
    suggestions(&mut out, renderer, &needs, &rankings);
    out.push_title(labels.text("demo.why_not"));
    if let [explanation] = matcher.explain_all(&needs, &[(UNMET, NEAREST)], ExplainOptions::new())?.as_slice() {
        renderer.explanation(&mut out, needs.iter().find(|need| need.id() == UNMET), explanation);
    }
    out.push_blank_line();
    plan(&mut out, renderer, &needs)?;
    out.push_blank_line();
    out.push_paragraph(labels.text("demo.own_data"));
    for command in ["check", "rank", "allocate"] {
        let line = format!("lotse {command} --offers offers.json --needs needs.json");
        out.push_hanging("  ", Style::Plain, &line, Style::Plain);
    }
    Ok(out.into_string())
}

/// Renders the number of needs: in total, by priority and by language.
fn summary(out: &mut TerminalText, renderer: Renderer<'_>, needs: &[Need]) {
    let Renderer { labels, matcher } = renderer;
    let cases: BTreeSet<&str> = needs.iter().filter_map(Need::case).collect();
    let offers = labels.offers(matcher.offers().count());
    let people = labels.people(u64::try_from(cases.len()).unwrap_or(u64::MAX));
    let total = labels.needs(needs.len());
    out.push_paragraph(&labels.format("demo.total", &[("total", &total), ("people", &people), ("offers", &offers)]));
    out.push_blank_line();
    let mut line = |name: &str, count: usize| {
        let lead = format!("  {}{}  ", fit_column(name, 26), bar(count, needs.len()));
        out.push_hanging(&lead, Style::Plain, &count.to_string(), Style::Plain);
    };
    for priority in Priority::all() {
        line(priority.label(labels.lang), needs.iter().filter(|need| need.priority() == priority).count());
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (tag, _) in needs.iter().filter_map(|need| need.languages().next()) {
        let count = counts.entry(tag).or_default();
        *count = count.saturating_add(1);
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(tag, count)| (Reverse(*count), *tag));
    for (tag, count) in counts.iter().take(MAX_LANGUAGES) {
        line(&matcher.vocabulary().name(CodeKind::Language, tag, labels.lang), *count);
    }
    let others: usize = counts.iter().skip(MAX_LANGUAGES).map(|(_, count)| count).sum();
    if others > 0 {
        line(labels.text("demo.other_languages"), others);
    }
}

/// Renders the first needs that no offer matches, in the order of priority.
fn unmet_needs(
    out: &mut TerminalText,
    renderer: Renderer<'_>,
    needs: &[Need],
    rankings: &[Ranking],
) -> Result<(), Error> {
    let Renderer { labels, matcher } = renderer;
    let unmet = needs.iter().zip(rankings).filter(|(_, ranking)| ranking.matches().is_empty());
    let mut unmet: Vec<&Need> = unmet.map(|(need, _)| need).collect();
    unmet.sort_by_key(|need| (need.priority(), need.id()));
    out.push_title(&labels.unmet_title(unmet.len(), needs.len()));
    let shown = unmet.get(..MAX_UNMET).unwrap_or(&unmet);
    let diagnoses = rank::diagnose_unmet(matcher, needs, shown)?;
    for need in shown {
        if let Some(diagnosis) = diagnoses.get(need.id()) {
            renderer.unmet_need(out, need, diagnosis);
        }
    }
    let more = unmet.len().saturating_sub(MAX_UNMET);
    out.push_paragraph(&labels.format("demo.more_needs", &[("more", &more)]));
    Ok(())
}

/// Renders the best offers for a few needs.
fn suggestions(out: &mut TerminalText, renderer: Renderer<'_>, needs: &[Need], rankings: &[Ranking]) {
    out.push_title(renderer.labels.text("demo.suggestions"));
    for id in RANKED {
        let Some((need, ranking)) = needs.iter().zip(rankings).find(|(need, _)| need.id() == id) else { continue };
        renderer.need(out, need);
        for (index, matched) in ranking.matches().iter().enumerate() {
            renderer.ranked_match(out, index.saturating_add(1), matched);
        }
        out.push_blank_line();
    }
}

/// Renders one plan for all needs, and compares it with serving them in the order of the list.
fn plan(out: &mut TerminalText, renderer: Renderer<'_>, needs: &[Need]) -> Result<(), Error> {
    let Renderer { labels, matcher } = renderer;
    let plan = matcher.allocate(needs, &AllocateOptions::new())?;
    let title = labels.text("demo.plan");
    out.push_hanging("", Style::Plain, title, Style::Bold);
    out.push_blank_line();
    renderer.unmet_needs(out, needs, &plan, MAX_UNMET);
    out.push_blank_line();
    renderer.coverage(out, &plan.report());
    out.push_blank_line();
    renderer.certificate(out, &plan);
    let baseline = baseline(matcher, needs)?;
    let (served, queued) = (people(plan.objective()), people(baseline));
    let (score, queued_score) = (plan.objective().value / SCORE_UNIT, baseline.value / SCORE_UNIT);
    out.push_paragraph(&labels.format(
        "demo.baseline",
        &[("queued", &queued), ("served", &served), ("queued_score", &queued_score), ("score", &score)],
    ));
    Ok(())
}

fn baseline(matcher: &Matcher, needs: &[Need]) -> Result<Objective, Error> {
    Ok(matcher.baseline(needs, Baseline::FirstComeFirstServed)?)
}

fn people(objective: Objective) -> i128 {
    objective.people.iter().sum()
}
