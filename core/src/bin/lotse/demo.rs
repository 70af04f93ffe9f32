//! `lotse demo`: the main job on an invented incident.

use std::{cmp::Reverse, collections::BTreeMap};

use lotse::{AllocateOptions, CodeKind, Need, Priority, Ranking, example, solver::Objective, wire};

use crate::{
    allocate,
    args::{Format, Shown, lang_of_environment},
    error::Failure,
    labels::Words,
    rank,
    render::{Told, bar},
    report,
    terminal::{Ink, Page, column},
};

/// People whose rankings show something each: an interpreter, a child, a bereaved person, a sign language.
const SHOWN: [&str; 4] = ["n-069", "n-076", "n-003", "n-155"];
/// How many offers for each of them.
const TOP: usize = 2;
/// Somebody whom no offer matches, and the offer that is nearest.
const UNMET: &str = "n-070";
const NEAREST: &str = "o-01";
/// Most needs without an offer that are shown one by one.
const MOST_UNMET: usize = 3;
/// Hundred-millionths in one.
const POINT: i128 = 100_000_000;
/// Most needs without a place that are shown one by one.
const MOST_UNMET_OF_PLAN: usize = 3;
/// Most languages of the summary.
const MOST_LANGUAGES: usize = 8;

pub(crate) fn run(shown: &Shown) -> Result<String, Failure> {
    let lang = shown.lang.unwrap_or_else(lang_of_environment);
    let (offers, needs, day) = (example::OFFERS, example::NEEDS, example::AS_OF);
    let text = format!(r#"{{"offers": {offers}, "needs": {needs}, "as_of": "{day}", "lang": "{lang}"}}"#);
    match shown.format {
        Format::Table => table(wire::RankRequest::from_json(&text)?),
        format => rank::answer(&text, &[], format),
    }
}

fn table(request: wire::RankRequest) -> Result<String, Failure> {
    let words = Words { lang: request.lang };
    let (matcher, needs) = request.dataset.into_matcher()?;
    let rankings = matcher.rank_all(&needs, TOP)?;
    let told = Told { words, matcher: &matcher };
    let mut page = Page::new();
    page.title(words.pick("An attack at a city festival", "Ein Anschlag auf ein Stadtfest"));
    page.text(words.pick(
        "All of this is invented: the incident, every organisation, every person and every telephone number.",
        "Alles hier ist erfunden: der Vorfall, alle Organisationen, alle Personen und alle Telefonnummern.",
    ));
    page.blank();
    summary(&mut page, told, &needs);
    let unmet: Vec<&Need> = without_offer(&needs, &rankings);
    page.blank();
    page.title(&words.unmet(unmet.len(), needs.len()));
    for need in unmet.iter().take(MOST_UNMET) {
        told.unmet(&mut page, &needs, need)?;
    }
    let more = unmet.len().saturating_sub(MOST_UNMET);
    page.text(&words.pick(
        format!("… and {more} more; `lotse rank` shows them all first."),
        format!("… und {more} weitere; `lotse rank` zeigt sie alle zuerst."),
    ));
    page.blank();
    page.title(words.pick("Suggestions for four people", "Vorschläge für vier Menschen"));
    for id in SHOWN {
        let found = needs.iter().zip(&rankings).find(|(need, _)| need.id() == id);
        let Some((need, ranking)) = found else { continue };
        told.need(&mut page, need);
        for (number, pair) in ranking.matches().iter().enumerate() {
            told.ranked(&mut page, number.saturating_add(1), pair);
        }
        page.blank();
    }
    page.title(words.pick("Why not?", "Warum nicht?"));
    if let [explanation] = matcher.explain_all(&needs, &[(UNMET, NEAREST)])?.as_slice() {
        told.explained(&mut page, needs.iter().find(|need| need.id() == UNMET), explanation.assessment());
    }
    page.blank();
    let plan = matcher.allocate(&needs, &AllocateOptions::new())?;
    page.put("", Ink::Plain, words.pick("One plan for all of them", "Ein Plan für alle"), Ink::Strong);
    page.blank();
    allocate::unmet(&mut page, told, &needs, &plan, MOST_UNMET_OF_PLAN);
    page.blank();
    report::picture(&mut page, told, &plan.report());
    page.blank();
    allocate::proof(&mut page, words, &plan);
    let (planned, queue) = (plan.objective(), matcher.first_come(&needs)?);
    let people = |worth: Objective| worth.people.iter().sum::<i128>();
    page.text(&words.pick(
        format!(
            "First come, first served would give a place to {} people, this plan to {}; the sum of fits, weighted by \
             priority, is {} there and {} here.",
            people(queue),
            people(planned),
            queue.value / POINT,
            planned.value / POINT
        ),
        format!(
            "Der Reihe nach bekämen {} Personen einen Platz, mit diesem Plan {}; die Summe der Eignung, gewichtet nach \
             Dringlichkeit, ist dort {} und hier {}.",
            people(queue),
            people(planned),
            queue.value / POINT,
            planned.value / POINT
        ),
    ));
    page.blank();
    page.text(words.pick(
        "lotse suggests, a person decides. With your own data:",
        "lotse schlägt vor, ein Mensch entscheidet. Mit eigenen Daten:",
    ));
    page.put("  ", Ink::Plain, "lotse check --offers offers.json --needs needs.json", Ink::Plain);
    page.put("  ", Ink::Plain, "lotse rank --offers offers.json --needs needs.json", Ink::Plain);
    page.put("  ", Ink::Plain, "lotse allocate --offers offers.json --needs needs.json", Ink::Plain);
    Ok(page.into_text())
}

/// The needs that no offer matches, the most pressing first.
fn without_offer<'n>(needs: &'n [Need], rankings: &[Ranking]) -> Vec<&'n Need> {
    let pairs = needs.iter().zip(rankings);
    let mut unmet: Vec<&Need> =
        pairs.filter(|(_, ranking)| ranking.matches().is_empty()).map(|(need, _)| need).collect();
    unmet.sort_by_key(|need| (need.priority(), need.id()));
    unmet
}

/// How many there are, how soon, and in which languages.
fn summary(page: &mut Page, told: Told<'_>, needs: &[Need]) {
    let words = told.words;
    let cases: std::collections::BTreeSet<&str> = needs.iter().filter_map(Need::case).collect();
    let (offers, persons) = (told.matcher.offers().count(), u64::try_from(cases.len()).unwrap_or(u64::MAX));
    let (offers, all, persons) = (words.offers(offers), words.needs(needs.len()), words.people(persons));
    page.text(&words.pick(format!("{all} of {persons}, {offers}."), format!("{all} von {persons}, {offers}.")));
    page.blank();
    let mut line = |name: &str, count: usize| {
        page.put(
            &format!("  {}{}  ", column(name, 26), bar(count, needs.len())),
            Ink::Plain,
            &count.to_string(),
            Ink::Plain,
        );
    };
    for priority in Priority::all() {
        line(words.priority(priority), needs.iter().filter(|need| need.priority() == priority).count());
    }
    let mut languages: BTreeMap<&str, usize> = BTreeMap::new();
    for (tag, _) in needs.iter().filter_map(|need| need.languages().next()) {
        let count = languages.entry(tag).or_default();
        *count = count.saturating_add(1);
    }
    let mut languages: Vec<(&str, usize)> = languages.into_iter().collect();
    languages.sort_by_key(|(tag, count)| (Reverse(*count), *tag));
    let rest: usize = languages.iter().skip(MOST_LANGUAGES).map(|(_, count)| count).sum();
    for (tag, count) in languages.iter().take(MOST_LANGUAGES) {
        line(&told.matcher.vocabulary().name(CodeKind::Language, tag, words.lang), *count);
    }
    if rest > 0 {
        line(words.pick("other languages", "andere Sprachen"), rest);
    }
}
