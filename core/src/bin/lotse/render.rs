//! Matches, explanations and needs without an offer, drawn on a page.

use lotse::{BlockedOffers, Criterion, Diagnosis, Error, Finding, Fit, Match, Matcher, Need, Score};

use crate::{
    labels::Words,
    nearest::{Nearest, blocking},
    terminal::{Ink, Page, column},
};

/// Cells of a bar.
const CELLS: usize = 10;
/// Most reasons of one sort beside a match.
const MOST: usize = 3;
/// Hundred-millionths of a score in one point.
const POINT: u32 = 1_000_000;

/// What is drawn, in which words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told<'m> {
    pub(crate) words: Words,
    pub(crate) matcher: &'m Matcher,
}

/// A score as 0 to 100 points.
pub(crate) fn points(score: Score) -> u32 {
    rounded(score.get())
}

fn rounded(units: u32) -> u32 {
    units.saturating_add(POINT / 2) / POINT
}

/// A share of `all` as a bar.
pub(crate) fn bar(part: usize, all: usize) -> String {
    let full = part.saturating_mul(CELLS).saturating_add(all / 2).checked_div(all).unwrap_or(0).min(CELLS);
    format!("{}{}", "█".repeat(full), "░".repeat(CELLS.saturating_sub(full)))
}

/// What a criterion took off the score, in hundred-millionths.
fn cost(finding: Finding<'_>) -> u32 {
    let fit = finding.fit().map_or(0, Fit::get);
    u32::from(finding.weight().get()).saturating_mul(u32::from(Fit::FULL.get().saturating_sub(fit)))
}

impl Told<'_> {
    fn sentence(&self, finding: Finding<'_>) -> String {
        finding.text(self.words.lang, self.matcher.vocabulary())
    }

    /// A need's heading.
    pub(crate) fn need(&self, page: &mut Page, need: &Need) {
        let line = self.words.need(need, self.matcher.vocabulary());
        page.put(&format!("{}  ", need.id()), Ink::Strong, &line, Ink::Strong);
    }

    /// One match: bar, name, whom to call, and the reasons that matter.
    pub(crate) fn ranked(&self, page: &mut Page, rank: usize, pair: &Match) {
        let points = points(pair.score());
        let shown = bar(usize::try_from(points).unwrap_or(0), 100);
        let name = self.words.offer(self.matcher.offer(pair.offer()), pair.offer());
        page.put(&format!("{rank:>3}  {shown} {points:>3}  "), Ink::Good, &name, Ink::Strong);
        let provider = self.words.provider(self.matcher, pair.offer());
        if !provider.is_empty() {
            page.put(&" ".repeat(21), Ink::Plain, &provider, Ink::Faint);
        }
        let settled = pair.requested().filter(|finding| !finding.needs_check() && finding.weight() > Fit::ZERO);
        let (mut good, mut costly): (Vec<Finding<'_>>, Vec<_>) =
            settled.partition(|finding| rounded(cost(*finding)) == 0);
        good.sort_by_key(|finding| std::cmp::Reverse(finding.contribution()));
        costly.sort_by_key(|finding| std::cmp::Reverse(cost(*finding)));
        let good = good.into_iter().take(MOST).map(|finding| self.sentence(finding));
        self.reasons(page, self.words.pick("for it", "dafür"), Ink::Good, good.collect());
        let costly = costly.into_iter().take(MOST).map(|finding| {
            let (text, points) = (self.sentence(finding), rounded(cost(finding)));
            format!("{text} (−{points})")
        });
        self.reasons(page, self.words.pick("costs", "kostet"), Ink::Plain, costly.collect());
        let to_check = pair.findings().filter(Finding::needs_check).map(|finding| self.sentence(finding));
        self.reasons(page, self.words.pick("to check", "bitte klären"), Ink::Care, to_check.collect());
    }

    fn reasons(&self, page: &mut Page, label: &str, ink: Ink, sentences: Vec<String>) {
        if !sentences.is_empty() {
            page.put(&format!("     {} ", column(&format!("{label}:"), 15)), ink, &sentences.join(" "), Ink::Plain);
        }
    }

    /// A need that no offer matches: what most offers lack, and the nearest of them.
    pub(crate) fn unmet(&self, page: &mut Page, needs: &[Need], need: &Need) -> Result<(), Error> {
        self.need(page, need);
        let nearest = Nearest::of(self.matcher, needs, need)?;
        let words = self.words;
        if nearest.same_help == 0 {
            page.put(
                "     ",
                Ink::Plain,
                words.pick("No offer gives this help.", "Kein Angebot gibt diese Hilfe."),
                Ink::Plain,
            );
            return Ok(());
        }
        let blocks: Vec<String> = nearest
            .blocks
            .iter()
            .map(|(criterion, count)| format!("{} {count}", words.criterion(*criterion)))
            .collect();
        let (offers, blocks) = (words.offers(nearest.same_help), blocks.join(", "));
        let verb = if nearest.same_help == 1 { ("gives", "gibt") } else { ("give", "geben") };
        let line = words.pick(
            format!("{offers} {} this help; excluded by {blocks}.", verb.0),
            format!("{offers} {} diese Hilfe; ausgeschlossen durch {blocks}.", verb.1),
        );
        page.put("     ", Ink::Plain, &line, Ink::Plain);
        if let Some(pair) = &nearest.offer {
            let name = words.offer(self.matcher.offer(pair.offer()), pair.offer());
            let against: Vec<String> =
                pair.findings().filter(Finding::is_blocking).map(|finding| self.sentence(finding)).collect();
            let criteria: Vec<&str> = blocking(pair).map(|criterion| words.criterion(criterion)).collect();
            let lacks = words.pick("In the way", "Es hindert");
            let name = format!("{name}. {lacks}: {}", criteria.join(", "));
            let label = words.pick("nearest:", "am nächsten:");
            page.put(&format!("     {label} "), Ink::Care, &format!("{name}. {}", against.join(" ")), Ink::Plain);
        }
        Ok(())
    }

    /// Why so few offers match a need, and what would have to change for the nearest of them.
    pub(crate) fn diagnosed(&self, page: &mut Page, need: &Need, diagnosis: &Diagnosis) {
        self.need(page, need);
        let words = self.words;
        let (offers, matching) = (words.offers(diagnosis.offers()), diagnosis.matching());
        let among =
            if diagnosis.offers() == 1 { "1 Angebot".to_owned() } else { format!("{} Angeboten", diagnosis.offers()) };
        let verb = if matching == 1 { ("matches", "passt") } else { ("match", "passen") };
        let line = match matching {
            0 if diagnosis.offers() == 0 => words.pick("There are no offers.", "Es gibt keine Angebote.").to_owned(),
            0 => words.pick(format!("None of {offers} matches."), format!("Keines von {among} passt.")),
            _ => {
                words.pick(format!("{matching} of {offers} {}.", verb.0), format!("{matching} von {among} {}.", verb.1))
            }
        };
        page.put("     ", Ink::Plain, &line, if matching == 0 { Ink::Care } else { Ink::Plain });
        let mut blocked: Vec<&BlockedOffers> = diagnosis.blocked().iter().collect();
        blocked.sort_by_key(|blocked| std::cmp::Reverse((blocked.only(), blocked.offers())));
        let blocked: Vec<String> = blocked
            .into_iter()
            .map(|blocked| {
                let (name, all) = (words.criterion(blocked.criterion()), blocked.offers());
                match blocked.only() {
                    0 => format!("{name} {all}"),
                    only => words
                        .pick(format!("{name} {all} ({only} by this alone)"), format!("{name} {all} (allein {only})")),
                }
            })
            .collect();
        if !blocked.is_empty() {
            let label = words.pick("excluded by:", "schließt aus:");
            page.put(&format!("     {} ", column(label, 15)), Ink::Plain, &blocked.join(", "), Ink::Plain);
        }
        self.near_misses(page, diagnosis, usize::MAX);
    }

    /// What would have to change for the nearest offers.
    pub(crate) fn near_misses(&self, page: &mut Page, diagnosis: &Diagnosis, most: usize) {
        let words = self.words;
        for miss in diagnosis.near_misses().iter().take(most) {
            let pair = miss.assessment();
            let name = words.offer(self.matcher.offer(pair.offer()), pair.offer());
            let label = words.pick("almost:", "beinahe:");
            page.put(&format!("     {} ", column(label, 15)), Ink::Care, &name, Ink::Strong);
            let indent = " ".repeat(21);
            let provider = words.provider(self.matcher, pair.offer());
            if !provider.is_empty() {
                page.put(&indent, Ink::Plain, &provider, Ink::Faint);
            }
            for change in miss.changes() {
                // `help: Would fit if …`: which of the ten it is about stands before the sentence.
                let text = change.text(words.lang, self.matcher.vocabulary());
                let lead = format!("{indent}{}: ", words.criterion(change.criterion()));
                page.put(&lead, Ink::Plain, &text, Ink::Plain);
            }
        }
    }

    /// All ten criteria of one pair.
    pub(crate) fn explained(&self, page: &mut Page, need: Option<&Need>, pair: &Match) {
        let words = self.words;
        if let Some(need) = need {
            self.need(page, need);
        }
        let name = words.offer(self.matcher.offer(pair.offer()), pair.offer());
        page.put("→ ", Ink::Strong, &name, Ink::Strong);
        let provider = words.provider(self.matcher, pair.offer());
        if !provider.is_empty() {
            page.put("  ", Ink::Plain, &provider, Ink::Faint);
        }
        let points = points(pair.score());
        if pair.is_match() {
            let shown = bar(usize::try_from(points).unwrap_or(0), 100);
            page.put(&format!("  {shown} {points:>3}  "), Ink::Good, words.pick("matches", "passt"), Ink::Good);
        } else {
            let against: Vec<&str> = blocking(pair).map(|criterion| words.criterion(criterion)).collect();
            let line = words.pick("does not match, because of: ", "passt nicht, wegen: ");
            page.put("  ", Ink::Plain, &format!("{line}{}", against.join(", ")), Ink::Care);
        }
        let mut silent = Vec::new();
        for finding in pair.findings() {
            if !finding.is_requested() && !finding.needs_check() {
                silent.push(words.criterion(finding.criterion()));
                continue;
            }
            let (verdict, ink) = self.verdict(finding);
            let (got, most) = (rounded(finding.contribution().get()), finding.weight().get() / 100);
            let share = if finding.is_requested() && most > 0 { format!("{got:>3}/{most:<3}") } else { " ".repeat(7) };
            let lead =
                format!("  {}{}{share}  ", column(words.criterion(finding.criterion()), 15), column(verdict, 14));
            page.put(&lead, ink, &self.sentence(finding), Ink::Plain);
        }
        if !silent.is_empty() {
            let label = words.pick("not asked", "nicht gefragt");
            page.put(&format!("  {} ", column(label, 14)), Ink::Faint, &silent.join(", "), Ink::Faint);
        }
    }

    fn verdict(&self, finding: Finding<'_>) -> (&'static str, Ink) {
        let words = self.words;
        if finding.is_blocking() {
            (words.pick("excludes", "schließt aus"), Ink::Care)
        } else if finding.needs_check() {
            (words.pick("to check", "bitte klären"), Ink::Care)
        } else if finding.fit() == Some(Fit::FULL) {
            (words.pick("fits", "passt"), Ink::Good)
        } else if finding.fit() == Some(Fit::ZERO) {
            (words.pick("does not fit", "passt nicht"), Ink::Plain)
        } else {
            (words.pick("fits in part", "passt teils"), Ink::Plain)
        }
    }
}

/// The criteria by their names on the wire.
pub(crate) fn codes(criteria: &[Criterion]) -> String {
    criteria.iter().map(|criterion| criterion.as_str()).collect::<Vec<_>>().join(";")
}
