//! `lotse report`, and the picture of a plan that other commands show too.

use lotse::{CodeKind, Priority, Report, ReportRow, Tally, solver::Objective, wire};

use crate::{
    allocate::request,
    args::{AllocateArguments, Format},
    csv::Sheet,
    error::{Failure, unwritten},
    labels::Words,
    render::{Told, bar},
    terminal::{Ink, Page, column},
};

/// Most rows of one part of the picture.
const MOST_ROWS: usize = 10;
/// Most offers that are short or missing.
const MOST_OFFERS: usize = 8;

pub(crate) fn run(arguments: &AllocateArguments) -> Result<String, Failure> {
    let request = request(arguments)?;
    match arguments.shown.format {
        Format::Table => {
            let words = Words { lang: request.lang };
            let (matcher, needs) = request.dataset.into_matcher()?;
            let report = matcher.allocate(&needs, &request.options)?.report();
            let told = Told { words, matcher: &matcher };
            let mut page = Page::new();
            picture(&mut page, told, &report);
            page.blank();
            short(&mut page, told, &report);
            page.blank();
            wanted(&mut page, told, &report);
            Ok(page.into_text())
        }
        Format::Json => serde_json::to_string(&wire::report(request)?).map(|json| json + "\n").map_err(|_| unwritten()),
        Format::Csv => csv(&wire::report(request)?),
    }
}

/// Who is served and who is not, at a glance: in all, by priority, language and region.
pub(crate) fn picture(page: &mut Page, told: Told<'_>, report: &Report) {
    let words = told.words;
    let total = report.total;
    page.title(&words.pick(
        format!("A place for {} of {} needs, {} of {} people", total.met, total.needs, total.people_met, total.people),
        format!(
            "Ein Platz für {} von {} Bedarfen, {} von {} Personen",
            total.met, total.needs, total.people_met, total.people
        ),
    ));
    let legend = words.pick("█ has a place   ░ has none", "█ hat einen Platz   ░ hat keinen");
    page.put("  ", Ink::Plain, legend, Ink::Faint);
    if total.met_by_neighbour > 0 {
        let text = words.pick(
            format!("{} of them in the neighbouring Kreis: please ask whether that will do.", total.met_by_neighbour),
            format!("{} davon im Nachbarkreis: bitte klären, ob das geht.", total.met_by_neighbour),
        );
        page.put("  ", Ink::Plain, &text, Ink::Plain);
    }
    for priority in Priority::all() {
        let row = report.by_priority.iter().find(|row| row.code.as_deref() == Some(priority.as_str()));
        if let Some(row) = row {
            line(page, words, words.priority(priority), row.tally);
        }
    }
    let parts = [
        (words.pick("By first language", "Nach erster Sprache"), &report.by_language, CodeKind::Language),
        (words.pick("By region", "Nach Region"), &report.by_region, CodeKind::Region),
    ];
    for (title, rows, kind) in parts {
        page.blank();
        page.put("  ", Ink::Strong, title, Ink::Strong);
        rows_of(page, told, rows, kind);
    }
}

/// Those with the most unmet needs first; the rest together.
fn rows_of(page: &mut Page, told: Told<'_>, rows: &[ReportRow], kind: CodeKind) {
    let words = told.words;
    let mut rows: Vec<&ReportRow> = rows.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.tally.unmet, row.tally.needs)));
    for row in rows.iter().take(MOST_ROWS) {
        let name = match &row.code {
            Some(code) => told.matcher.vocabulary().name(kind, code, words.lang).into_owned(),
            None => words.pick("not told", "nicht bekannt").to_owned(),
        };
        line(page, words, &name, row.tally);
    }
    let mut rest = (0_u64, 0_u64);
    for row in rows.iter().skip(MOST_ROWS) {
        rest = (rest.0.saturating_add(row.tally.met), rest.1.saturating_add(row.tally.needs));
    }
    if rest.1 > 0 {
        counts(page, words, words.pick("others", "andere"), rest.0, rest.1);
    }
}

fn line(page: &mut Page, words: Words, name: &str, tally: Tally) {
    counts(page, words, name, tally.met, tally.needs);
}

fn counts(page: &mut Page, words: Words, name: &str, met: u64, needs: u64) {
    let count = |number| usize::try_from(number).unwrap_or(usize::MAX);
    let shown = bar(count(met), count(needs));
    let text = words.pick(format!("{met} of {needs}"), format!("{met} von {needs}"));
    let ink = if met < needs { Ink::Care } else { Ink::Plain };
    page.put(&format!("  {} {shown}  ", column(name, 31)), Ink::Plain, &text, ink);
}

/// The offers of which more places would serve somebody.
pub(crate) fn short(page: &mut Page, told: Told<'_>, report: &Report) {
    let words = told.words;
    page.title(words.pick("Where more places would help most", "Wo mehr Plätze am meisten helfen"));
    if report.bottlenecks.is_empty() {
        page.text(
            words.pick("Nowhere: more places alone would serve nobody.", "Nirgends: Plätze allein helfen niemandem."),
        );
    }
    for offer in report.bottlenecks.iter().take(MOST_OFFERS) {
        let mut gains: Vec<String> = Vec::new();
        for (priority, people) in Priority::all().zip(offer.price.people) {
            if people != 0 {
                gains.push(format!("{people:+} {}", words.priority(priority)));
            }
        }
        let party = offer.helps.filter(|_| offer.price == Objective::ZERO);
        let gain = if let Some(places) = party {
            words.pick(
                format!("with {places} more a party fits in"),
                format!("mit {places} mehr passt eine Gruppe hinein"),
            )
        } else if gains.is_empty() {
            words.pick("a better fit", "es passt besser").to_owned()
        } else {
            words.pick(
                format!("people served: {}", gains.join(", ")),
                format!("versorgte Personen: {}", gains.join(", ")),
            )
        };
        let about = if offer.exact || party.is_some() { "" } else { words.pick("about ", "etwa ") };
        let name = words.offer(told.matcher.offer(&offer.offer), &offer.offer);
        let places = match offer.places {
            Some(places) => words.pick(
                format!("{} of {places} places taken", offer.used),
                format!("{} von {places} Plätzen vergeben", offer.used),
            ),
            None => words.pick("no limit", "ohne Grenze").to_owned(),
        };
        page.put(&format!("  {}  ", column(&offer.offer, 6)), Ink::Strong, &name, Ink::Strong);
        page.put(&" ".repeat(10), Ink::Plain, &format!("{places}; {about}{gain}"), Ink::Plain);
    }
    more(page, words, report.bottlenecks.len());
}

/// The offers that would help most if they existed.
fn wanted(page: &mut Page, told: Told<'_>, report: &Report) {
    let words = told.words;
    page.title(words.pick("What is missing", "Was fehlt"));
    if report.missing_offers.is_empty() {
        page.text(words.pick("Nothing: everybody has a place.", "Nichts: alle haben einen Platz."));
    }
    let vocabulary = told.matcher.vocabulary();
    for offer in report.missing_offers.iter().take(MOST_OFFERS) {
        let name = |kind, code: &Option<String>, none: &'static str| match code {
            Some(code) => vocabulary.name(kind, code, words.lang).into_owned(),
            None => none.to_owned(),
        };
        let parts = [
            name(CodeKind::Help, &offer.help, words.pick("any help", "Hilfe jeder Art")),
            name(CodeKind::Language, &offer.language, words.pick("any language", "jede Sprache")),
            name(CodeKind::Region, &offer.region, words.pick("anywhere", "überall")),
        ];
        page.put(&format!("  {:>4}  ", offer.people), Ink::Strong, &parts.join(" · "), Ink::Plain);
    }
    more(page, words, report.missing_offers.len());
}

fn more(page: &mut Page, words: Words, all: usize) {
    let rest = all.saturating_sub(MOST_OFFERS);
    if rest > 0 {
        page.text(&words.pick(format!("… and {rest} more"), format!("… und {rest} weitere")));
    }
}

fn csv(report: &wire::ReportResponse) -> Result<String, Failure> {
    let mut sheet = Sheet::new();
    sheet.row([
        "table",
        "code",
        "name",
        "needs",
        "people",
        "cases",
        "met",
        "met_by_neighbour",
        "unmet",
        "people_met",
        "people_unmet",
    ])?;
    let total = wire::ReportRowData { code: None, name: None, tally: report.total };
    let tables = [
        ("total", std::slice::from_ref(&total)),
        ("priority", &report.by_priority),
        ("help", &report.by_help),
        ("language", &report.by_language),
        ("region", &report.by_region),
        ("crime", &report.by_crime),
    ];
    for (table, rows) in tables {
        for row in rows {
            let tally = row.tally;
            let counts = [
                tally.needs,
                tally.people,
                tally.cases,
                tally.met,
                tally.met_by_neighbour,
                tally.unmet,
                tally.people_met,
                tally.people_unmet,
            ];
            let heads = [table, row.code.as_deref().unwrap_or(""), row.name.as_deref().unwrap_or("")];
            sheet.row(heads.into_iter().map(str::to_owned).chain(counts.map(|count| count.to_string())))?;
        }
    }
    sheet.into_text()
}
