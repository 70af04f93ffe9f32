//! `lotse diagnose`.

use std::collections::BTreeMap;

use lotse::{Diagnosis, Need, wire};

use crate::{
    args::{DiagnoseArguments, Format, lang_of_environment},
    csv::Sheet,
    error::{Failure, unwritten},
    input::{self, Asked},
    labels::Words,
    rank::is_shown,
    render::{Told, codes},
    terminal::{Ink, Page},
};

pub(crate) fn run(arguments: &DiagnoseArguments) -> Result<String, Failure> {
    let lang = Some((arguments.shown.lang, lang_of_environment()));
    let near_misses = arguments.near_misses;
    let asked = Asked { own: &["near_misses", "lang"], lang, near_misses, ..Asked::default() };
    let request = wire::DiagnoseRequest::from_json(&input::request(&arguments.records, &asked)?)?;
    let only = &arguments.need;
    if !only.iter().all(|id| request.dataset.needs.iter().any(|need| need.id() == id)) {
        return Err(Failure::Option { code: "request.pair.unknown_need", message: "--need: no need has this id" });
    }
    match arguments.shown.format {
        Format::Table => table(request, only),
        Format::Json => diagnosed(request, only)
            .and_then(|response| serde_json::to_string(&response).map(|json| json + "\n").map_err(|_| unwritten())),
        Format::Csv => csv(request, only),
    }
}

/// All needs are diagnosed, because a group counts its people together; some are shown.
fn diagnosed(request: wire::DiagnoseRequest, only: &[String]) -> Result<wire::DiagnoseResponse, Failure> {
    let mut response = wire::diagnose(request)?;
    response.diagnoses.retain(|diagnosis| is_shown(only, &diagnosis.need));
    Ok(response)
}

fn table(request: wire::DiagnoseRequest, only: &[String]) -> Result<String, Failure> {
    let words = Words { lang: request.lang };
    let (matcher, needs) = request.dataset.into_matcher()?;
    let diagnoses = matcher.diagnose_all(&needs, request.near_misses)?;
    let shown: Vec<(&Need, &Diagnosis)> =
        needs.iter().zip(&diagnoses).filter(|(need, _)| is_shown(only, need.id())).collect();
    let (met, unmet): (Vec<_>, Vec<_>) = shown.iter().partition(|(_, diagnosis)| diagnosis.matching() > 0);
    let told = Told { words, matcher: &matcher };
    let mut page = Page::new();
    let mut part = |title: &str, needs: &[&(&Need, &Diagnosis)]| {
        page.title(title);
        for (need, diagnosis) in needs {
            told.diagnosed(&mut page, need, diagnosis);
            page.blank();
        }
    };
    if !unmet.is_empty() {
        part(&words.unmet(unmet.len(), shown.len()), &unmet);
    }
    if !met.is_empty() || unmet.is_empty() {
        part(&words.met(met.len()), &met);
    }
    let last = words.pick(
        "Only all changes of an offer together make it match. lotse suggests, a person decides.",
        "Erst alle Änderungen eines Angebots zusammen machen es passend. lotse schlägt vor, ein Mensch entscheidet.",
    );
    page.put("", Ink::Plain, last, Ink::Faint);
    Ok(page.into_text())
}

/// One row for each near miss; a need without one has a row too, so that nobody is left out in silence.
fn csv(request: wire::DiagnoseRequest, only: &[String]) -> Result<String, Failure> {
    let name = |offer: &lotse::Offer| (offer.id().to_owned(), offer.name().unwrap_or_default().to_owned());
    let names: BTreeMap<String, String> = request.dataset.offers.iter().map(name).collect();
    let response = diagnosed(request, only)?;
    let mut sheet = Sheet::new();
    let heads =
        ["need", "offers", "matching", "excluded_by", "number", "offer", "name", "score", "to_check", "blockers"];
    sheet.row(heads.into_iter().chain(["changes", "text"]))?;
    for diagnosis in &response.diagnoses {
        let blocked: Vec<String> = diagnosis
            .blocked
            .iter()
            .map(|blocked| format!("{}:{}:{}", blocked.criterion, blocked.offers, blocked.only))
            .collect();
        let about =
            [diagnosis.need.clone(), diagnosis.offers.to_string(), diagnosis.matching.to_string(), blocked.join(";")];
        if diagnosis.near_misses.is_empty() {
            sheet.row(about.iter().map(String::as_str).chain(std::iter::repeat_n("", 8)))?;
        }
        for (number, miss) in diagnosis.near_misses.iter().enumerate() {
            let join = |parts: Vec<&str>, with| parts.join(with);
            let row = [
                number.saturating_add(1).to_string(),
                miss.offer.clone(),
                names.get(&miss.offer).cloned().unwrap_or_default(),
                miss.score.to_string(),
                codes(&miss.to_check),
                codes(&miss.blockers),
                join(miss.changes.iter().map(|change| change.code.as_str()).collect(), ";"),
                join(miss.changes.iter().map(|change| change.text.as_str()).collect(), " "),
            ];
            sheet.row(about.iter().chain(&row).map(String::as_str))?;
        }
    }
    sheet.into_text()
}
