//! `lotse rank`.

use std::collections::BTreeMap;

use lotse::{Criterion, Offer, wire};

use crate::{
    args::{Format, RankArguments, lang_of_environment},
    csv::Sheet,
    error::{Failure, unwritten},
    input::{self, Asked},
    labels::Words,
    progress::Progress,
    render::{Told, codes},
    terminal::{Ink, Page},
};

/// Needs without an offer for which the nearest one is looked up.
const MOST_NEAREST: usize = 200;

pub(crate) fn run(arguments: &RankArguments) -> Result<String, Failure> {
    let lang = Some((arguments.shown.lang, lang_of_environment()));
    let asked = Asked { own: &["top", "lang", "reasons"], lang, top: arguments.top, ..Asked::default() };
    answer(&input::request(&arguments.records, &asked)?, &arguments.need, arguments.shown.format)
}

/// The ranking of a request, of some needs or of all.
pub(crate) fn answer(text: &str, only: &[String], format: Format) -> Result<String, Failure> {
    let request = wire::RankRequest::from_json(text)?;
    if !only.iter().all(|id| request.dataset.needs.iter().any(|need| need.id() == id)) {
        return Err(Failure::Option { code: "request.pair.unknown_need", message: "--need: no need has this id" });
    }
    match format {
        Format::Table => table(request, only),
        Format::Json => serde_json::to_string(&ranked(request, only)?).map(|json| json + "\n").map_err(|_| unwritten()),
        Format::Csv => csv(request, only),
    }
}

/// All needs are ranked, because a group counts its people together; some are shown.
fn ranked(request: wire::RankRequest, only: &[String]) -> Result<wire::RankResponse, Failure> {
    let progress = Progress::new();
    let mut response = wire::rank_with(request, &|now| progress.show(now))?;
    response.rankings.retain(|ranking| is_shown(only, &ranking.need));
    Ok(response)
}

pub(crate) fn is_shown(only: &[String], id: &str) -> bool {
    only.is_empty() || only.iter().any(|wanted| wanted == id)
}

fn table(request: wire::RankRequest, only: &[String]) -> Result<String, Failure> {
    let (words, top) = (Words { lang: request.lang }, request.top.max(1));
    let (matcher, needs) = request.dataset.into_matcher()?;
    let progress = Progress::new();
    let rankings = matcher.rank_all_with(&needs, top, &|now| progress.show(now))?;
    drop(progress);
    let told = Told { words, matcher: &matcher };
    let shown: Vec<_> = needs.iter().zip(&rankings).filter(|(need, _)| is_shown(only, need.id())).collect();
    let unmet: Vec<_> =
        shown.iter().filter(|(_, ranking)| ranking.matches().is_empty()).map(|(need, _)| *need).collect();
    let mut page = Page::new();
    if !unmet.is_empty() {
        page.title(&words.unmet(unmet.len(), shown.len()));
        for (number, need) in unmet.iter().enumerate() {
            if number < MOST_NEAREST {
                told.unmet(&mut page, &needs, need)?;
            } else {
                told.need(&mut page, need);
            }
        }
        page.blank();
    }
    let met = shown.len().saturating_sub(unmet.len());
    if met > 0 || unmet.is_empty() {
        page.title(&words.met(met));
    }
    for (need, ranking) in shown.iter().filter(|(_, ranking)| !ranking.matches().is_empty()) {
        told.need(&mut page, need);
        for (number, pair) in ranking.matches().iter().enumerate() {
            told.ranked(&mut page, number.saturating_add(1), pair);
        }
        page.blank();
    }
    page.put(
        "",
        Ink::Plain,
        words.pick("lotse suggests, a person decides.", "lotse schlägt vor, ein Mensch entscheidet."),
        Ink::Faint,
    );
    Ok(page.into_text())
}

fn csv(mut request: wire::RankRequest, only: &[String]) -> Result<String, Failure> {
    request.top = request.top.max(1);
    let own = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let name = |offer: &Offer| (offer.id().to_owned(), (own(offer.name()), own(offer.organisation())));
    let names: BTreeMap<String, (String, String)> = request.dataset.offers.iter().map(name).collect();
    let reasons = std::mem::replace(&mut request.reasons, true);
    let response = ranked(request, only)?;
    let mut sheet = Sheet::new();
    let fits = Criterion::all().map(|criterion| format!("fit_{criterion}"));
    let heads = ["need", "rank", "offer", "name", "organisation", "score", "to_check"].map(str::to_owned);
    sheet.row(heads.into_iter().chain(fits).chain(["reasons".to_owned()]))?;
    let width = Criterion::all().len().saturating_add(8);
    for ranking in &response.rankings {
        if ranking.matches.is_empty() {
            // Nobody is left out in silence: a need without an offer has a row without an offer.
            let empty = std::iter::repeat_n("", width.saturating_sub(1));
            sheet.row(std::iter::once(ranking.need.as_str()).chain(empty))?;
        }
        for (number, pair) in ranking.matches.iter().enumerate() {
            let (name, organisation) = names.get(&pair.offer).cloned().unwrap_or_default();
            let rank = number.saturating_add(1).to_string();
            let mut row = vec![ranking.need.clone(), rank, pair.offer.clone(), name, organisation];
            row.extend([pair.score.to_string(), codes(&pair.to_check)]);
            let told = pair.reasons.as_deref().unwrap_or_default();
            row.extend(Criterion::all().map(|criterion| {
                let reason = told.iter().find(|reason| reason.criterion == criterion);
                reason.map_or(String::new(), |reason| match reason.fit {
                    Some(fit) if reason.known => fit.to_string(),
                    _ => "unknown".to_owned(),
                })
            }));
            let texts: Vec<&str> = told.iter().filter(|_| reasons).map(|reason| reason.text.as_str()).collect();
            row.push(texts.join(" "));
            sheet.row(row)?;
        }
    }
    sheet.into_text()
}
