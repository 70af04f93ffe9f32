//! `lotse allocate`.

use std::collections::BTreeMap;

use lotse::{Allocation, Criterion, Need, Referral, UnmetReason, wire};

use crate::{
    args::{AllocateArguments, Format, lang_of_environment},
    csv::Sheet,
    error::{Failure, unwritten},
    input::{self, Asked},
    labels::Words,
    render::{Told, points},
    report,
    terminal::{Ink, Page},
};

pub(crate) fn run(arguments: &AllocateArguments) -> Result<String, Failure> {
    let request = request(arguments)?;
    match arguments.shown.format {
        Format::Table => table(request),
        Format::Json => {
            serde_json::to_string(&wire::allocate(request)?).map(|json| json + "\n").map_err(|_| unwritten())
        }
        Format::Csv => csv(&wire::allocate(request)?),
    }
}

/// The request of `allocate` and `report`, made of files and options.
pub(crate) fn request(arguments: &AllocateArguments) -> Result<wire::AllocateRequest, Failure> {
    let lang = Some((arguments.shown.lang, lang_of_environment()));
    let mut put: Vec<(&'static str, String)> = Vec::new();
    for (name, path) in [("fixed", &arguments.fixed), ("previous", &arguments.previous)] {
        if let Some(path) = path {
            put.push((name, input::text_of(path)?));
        }
    }
    put.extend(arguments.moves.map(|moves| ("moves", format!("\"{moves}\""))));
    put.extend(arguments.min_score.map(|score| ("min_score", score.to_string())));
    if arguments.no_neighbours {
        put.push(("neighbour_serves", "false".to_owned()));
    }
    let own = &["lang", "fixed", "previous", "moves", "min_score", "neighbour_serves"];
    let asked = Asked { own, lang, put, ..Asked::default() };
    Ok(wire::AllocateRequest::from_json(&input::request(&arguments.records, &asked)?)?)
}

fn table(request: wire::AllocateRequest) -> Result<String, Failure> {
    let words = Words { lang: request.lang };
    let (matcher, needs) = request.dataset.into_matcher()?;
    let plan = matcher.allocate(&needs, &request.options)?;
    let told = Told { words, matcher: &matcher };
    let report = plan.report();
    let mut page = Page::new();
    unmet(&mut page, told, &needs, &plan, usize::MAX);
    page.blank();
    report::picture(&mut page, told, &report);
    page.blank();
    referrals(&mut page, told, &needs, &plan);
    report::short(&mut page, told, &report);
    page.blank();
    proof(&mut page, words, &plan);
    Ok(page.into_text())
}

/// Who got nothing, the most pressing first, and why.
pub(crate) fn unmet(page: &mut Page, told: Told<'_>, needs: &[Need], plan: &Allocation, most: usize) {
    let words = told.words;
    let count = plan.unmet().len();
    page.title(&words.pick(
        format!("No place for {count} of {}", words.needs(needs.len())),
        format!("Kein Platz für {count} von {} {}", needs.len(), if needs.len() == 1 { "Bedarf" } else { "Bedarfen" }),
    ));
    let by_id: BTreeMap<&str, &Need> = needs.iter().map(|need| (need.id(), need)).collect();
    let mut unmet: Vec<_> =
        plan.unmet().iter().filter_map(|unmet| Some((*by_id.get(unmet.need())?, unmet.reason()))).collect();
    unmet.sort_by_key(|(need, _)| need.priority());
    for (need, reason) in unmet.iter().take(most) {
        told.need(page, need);
        page.put("     ", Ink::Plain, &reason.text(words.lang, told.matcher.vocabulary()), Ink::Care);
        match reason {
            UnmetReason::NoOffer { diagnosis } => told.near_misses(page, diagnosis, 1),
            UnmetReason::NoCommonOffer { split, .. } => {
                for (offer, needs) in split {
                    let name = words.offer(told.matcher.offer(offer), offer);
                    page.put("       ", Ink::Plain, &format!("{}: {name}", needs.join(", ")), Ink::Plain);
                }
            }
            UnmetReason::PlaceUnknown { offers } => {
                for offer in offers.iter().take(3) {
                    let name = words.offer(told.matcher.offer(offer), offer);
                    let line = format!("{name} · {}", words.provider(told.matcher, offer));
                    page.put("       ", Ink::Plain, &line, Ink::Plain);
                }
            }
            _ => {}
        }
    }
    let more = count.saturating_sub(most);
    if more > 0 {
        page.text(&words.pick(
            format!("… and {more} more; `lotse allocate` shows them all first."),
            format!("… und {more} weitere; `lotse allocate` zeigt sie alle zuerst."),
        ));
    }
}

/// The referrals of each offer.
fn referrals(page: &mut Page, told: Told<'_>, needs: &[Need], plan: &Allocation) {
    let words = told.words;
    page.title(words.pick("Referrals, by offer", "Vermittlungen, nach Angebot"));
    let by_id: BTreeMap<&str, &Need> = needs.iter().map(|need| (need.id(), need)).collect();
    let mut by_offer: BTreeMap<&str, Vec<&Referral>> = BTreeMap::new();
    for referral in plan.referrals() {
        by_offer.entry(referral.offer()).or_default().push(referral);
    }
    for offer in plan.offers() {
        let Some(referrals) = by_offer.get(offer.offer()) else { continue };
        let name = words.offer(told.matcher.offer(offer.offer()), offer.offer());
        let places = match offer.places() {
            Some(places) if offer.is_assumed() => words.pick(
                format!("{} of {places} places, which is assumed: please phone first", offer.used()),
                format!("{} von {places} Plätzen, das ist nur angenommen: bitte erst anrufen", offer.used()),
            ),
            Some(places) => words
                .pick(format!("{} of {places} places", offer.used()), format!("{} von {places} Plätzen", offer.used())),
            None => offer.used().to_string(),
        };
        page.put("", Ink::Plain, &format!("{name} ({places})"), Ink::Strong);
        let provider = words.provider(told.matcher, offer.offer());
        if !provider.is_empty() {
            page.put("  ", Ink::Plain, &provider, Ink::Faint);
        }
        for referral in referrals {
            let Some(need) = by_id.get(referral.need()) else { continue };
            let lead = format!("  {:>3}  {}  ", points(referral.score()), referral.need());
            page.put(&lead, Ink::Good, &words.need(need, told.matcher.vocabulary()), Ink::Plain);
            notes(page, words, referral);
        }
        page.blank();
    }
}

fn notes(page: &mut Page, words: Words, referral: &Referral) {
    let names = |criteria: &[Criterion]| -> String {
        criteria.iter().map(|criterion| words.criterion(*criterion)).collect::<Vec<_>>().join(", ")
    };
    let indent = " ".repeat(7);
    if referral.is_fixed() {
        page.put(&indent, Ink::Plain, words.pick("agreed", "abgesprochen"), Ink::Faint);
    }
    if !referral.violations().is_empty() {
        let label = words.pick("breaks rules of", "gegen die Regeln für");
        page.put(&indent, Ink::Plain, &format!("{label}: {}", names(referral.violations())), Ink::Care);
    }
    if !referral.to_check().is_empty() {
        let label = words.pick("to check", "bitte klären");
        page.put(&indent, Ink::Plain, &format!("{label}: {}", names(referral.to_check())), Ink::Plain);
    }
}

/// How good the plan is.
pub(crate) fn proof(page: &mut Page, words: Words, plan: &Allocation) {
    let text = if plan.is_optimal() {
        words.pick(
            "No other plan serves more people of the first priorities, nor the same people with a better fit: this is proven.",
            "Kein anderer Plan versorgt mehr Menschen der ersten Dringlichkeiten, und keiner passt dabei besser: das ist bewiesen.",
        )
    } else {
        words.pick(
            "A slightly better plan may exist, because parties stay together; `--format json` tells by how much at most.",
            "Ein etwas besserer Plan ist möglich, weil Gruppen zusammenbleiben; `--format json` sagt, um wie viel höchstens.",
        )
    };
    page.text(text);
}

fn csv(plan: &wire::AllocateResponse) -> Result<String, Failure> {
    let mut sheet = Sheet::new();
    sheet.row(["need", "offer", "score", "fixed", "neighbour", "to_check", "breaks", "reason", "text"])?;
    for unmet in &plan.unmet {
        sheet.row([unmet.need.as_str(), "", "", "", "", "", "", unmet.reason, &unmet.text])?;
    }
    let names = |criteria: &[Criterion]| criteria.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(" ");
    let truth = |value: bool| if value { "true" } else { "false" };
    for referral in &plan.referrals {
        sheet.row([
            referral.need.as_str(),
            &referral.offer,
            &referral.score.to_string(),
            truth(referral.fixed),
            truth(referral.neighbour),
            &names(&referral.to_check),
            &names(&referral.breaks),
            "",
            "",
        ])?;
    }
    sheet.into_text()
}
