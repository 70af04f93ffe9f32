//! `lotse explain`.

use lotse::{Need, wire};

use crate::{
    args::{ExplainArguments, Format, lang_of_environment},
    csv::Sheet,
    error::{Failure, unwritten},
    input::{self, Asked},
    labels::Words,
    render::Told,
    terminal::Page,
};

/// More pairs are no reading for people.
const MOST_IN_A_TABLE: usize = 1_000;

pub(crate) fn run(arguments: &ExplainArguments) -> Result<String, Failure> {
    let lang = Some((arguments.shown.lang, lang_of_environment()));
    let asked = Asked { own: &["lang", "pairs"], lang, ..Asked::default() };
    let text = input::request(&arguments.records, &asked)?;
    let mut request = wire::ExplainRequest::from_json(&text)?;
    choose(&mut request, arguments.need.as_deref(), arguments.offer.as_deref())?;
    match arguments.shown.format {
        Format::Table => table(request),
        Format::Json => {
            serde_json::to_string(&wire::explain(request)?).map(|json| json + "\n").map_err(|_| unwritten())
        }
        Format::Csv => csv(&wire::explain(request)?),
    }
}

/// The pairs that were asked for on the command line, before those of the request.
fn choose(request: &mut wire::ExplainRequest, need: Option<&str>, offer: Option<&str>) -> Result<(), Failure> {
    if need.is_none() && offer.is_none() {
        return Ok(());
    }
    let missing = |code, message| Err(Failure::Option { code, message });
    if need.is_some_and(|id| !request.dataset.needs.iter().any(|need| need.id() == id)) {
        return missing("request.pair.unknown_need", "--need: no need has this id");
    }
    if offer.is_some_and(|id| !request.dataset.offers.iter().any(|offer| offer.id() == id)) {
        return missing("request.pair.unknown_offer", "--offer: no offer has this id");
    }
    let mut offers: Vec<&str> = request
        .dataset
        .offers
        .iter()
        .map(lotse::Offer::id)
        .filter(|id| offer.is_none_or(|wanted| wanted == *id))
        .collect();
    offers.sort_unstable();
    offers.dedup();
    let needs = request.dataset.needs.iter().map(Need::id).filter(|id| need.is_none_or(|wanted| wanted == *id));
    let pair = |need: &str, offer: &str| wire::Pair { need: need.to_owned(), offer: offer.to_owned() };
    let pairs = needs.flat_map(|need| offers.iter().map(move |offer| pair(need, offer))).collect();
    request.pairs = Some(pairs);
    Ok(())
}

fn table(mut request: wire::ExplainRequest) -> Result<String, Failure> {
    let (words, pairs) = (Words { lang: request.lang }, request.pairs.take());
    let (matcher, needs) = request.dataset.into_matcher()?;
    let count = pairs.as_ref().map_or(needs.len().saturating_mul(matcher.offers().count()), Vec::len);
    if count > MOST_IN_A_TABLE {
        return Err(Failure::Usage("more than 1000 pairs; choose with --need or --offer, or take --format json"));
    }
    let ids: Vec<(&str, &str)> = match &pairs {
        Some(pairs) => pairs.iter().map(|pair| (pair.need.as_str(), pair.offer.as_str())).collect(),
        None => {
            let pairs = |need| matcher.offers().map(move |offer| (need, offer.id()));
            needs.iter().map(Need::id).flat_map(pairs).collect()
        }
    };
    let told = Told { words, matcher: &matcher };
    let mut page = Page::new();
    for (number, explanation) in matcher.explain_all(&needs, &ids)?.iter().enumerate() {
        if number > 0 {
            page.blank();
        }
        let need = needs.iter().find(|need| need.id() == explanation.need());
        told.explained(&mut page, need, explanation.assessment());
    }
    Ok(page.into_text())
}

fn csv(response: &wire::ExplainResponse) -> Result<String, Failure> {
    let mut sheet = Sheet::new();
    let heads = ["need", "offer", "matches", "score", "criterion", "asked", "fit", "known", "weight", "contribution"];
    sheet.row(heads.into_iter().chain(["rule", "blocks", "code", "text"]))?;
    for pair in &response.explanations {
        for reason in &pair.reasons {
            sheet.row([
                pair.need.as_str(),
                pair.offer.as_str(),
                yes_or_no(pair.matches),
                &pair.score.to_string(),
                reason.criterion.as_str(),
                yes_or_no(reason.asked),
                &reason.fit.map_or(String::new(), |fit| fit.to_string()),
                yes_or_no(reason.known),
                &reason.weight.to_string(),
                &reason.contribution.to_string(),
                reason.rule.as_str(),
                yes_or_no(reason.blocks),
                &reason.code,
                &reason.text,
            ])?;
        }
    }
    sheet.into_text()
}

fn yes_or_no(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}
