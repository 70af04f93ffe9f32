//! Needs, matches, explanations and diagnoses as text.

use std::cmp::Reverse;

use crate::{BlockedOffers, Criterion, Diagnosis, Explanation, Finding, Fit, Match, Matcher, Need, Score, Weight};

use crate::command_line::{
    labels::Labels,
    terminal::{Style, TerminalText, fit_column},
};

/// The width of a bar.
const BAR_WIDTH: usize = 10;
/// The largest number of reasons of one kind for a match.
const MAX_REASONS: usize = 3;
/// One point of a score, in hundred-millionths.
const POINT: u32 = 1_000_000;
/// The score of a full fit for one unit of weight, a ten-thousandth, in hundred-millionths.
const PER_WEIGHT_UNIT: u32 = 10_000;

/// The labels and the records that rendering needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Renderer<'m> {
    pub(crate) labels: Labels,
    pub(crate) matcher: &'m Matcher,
}

/// Returns a score as points, 0 to 100, rounded half up.
pub(crate) fn score_points(score: Score) -> u32 {
    to_points(score.get())
}

fn to_points(units: u32) -> u32 {
    units.saturating_add(POINT / 2) / POINT
}

/// Returns a weight in points, rounded like contributions, so that a full fit has as many points as its weight.
fn weight_points(weight: Weight) -> u32 {
    to_points(u32::from(weight.get()).saturating_mul(PER_WEIGHT_UNIT))
}

/// Returns a bar that is filled in proportion to `part`.
pub(crate) fn bar(part: usize, total: usize) -> String {
    let filled =
        part.saturating_mul(BAR_WIDTH).saturating_add(total / 2).checked_div(total).unwrap_or(0).min(BAR_WIDTH);
    format!("{}{}", "█".repeat(filled), "░".repeat(BAR_WIDTH.saturating_sub(filled)))
}

/// Returns the codes of criteria, separated by semicolons.
pub(crate) fn criterion_codes(criteria: impl Iterator<Item = Criterion>) -> String {
    criteria.map(Criterion::as_str).collect::<Vec<_>>().join(";")
}

/// Returns what a criterion takes off the score, in hundred-millionths.
fn cost(finding: Finding<'_>) -> u32 {
    let fit = finding.fit().map_or(0, Fit::get);
    u32::from(finding.weight().get()).saturating_mul(u32::from(Fit::FULL.get().saturating_sub(fit)))
}

impl Renderer<'_> {
    fn sentence(&self, finding: Finding<'_>) -> String {
        finding.text(self.labels.lang, self.matcher.vocabulary())
    }

    /// Renders the heading of a need.
    pub(crate) fn need(&self, out: &mut TerminalText, need: &Need) {
        let line = self.labels.need(need, self.matcher.vocabulary());
        out.push_hanging(&format!("{}  ", need.id()), Style::Bold, &line, Style::Bold);
    }

    /// Renders one match: bar, name, provider, and the reasons that matter.
    pub(crate) fn ranked_match(&self, out: &mut TerminalText, rank: usize, matched: &Match) {
        let labels = self.labels;
        let points = score_points(matched.score());
        let filled = bar(usize::try_from(points).unwrap_or(0), 100);
        let name = labels.offer(self.matcher, matched.offer());
        out.push_hanging(&format!("{rank:>3}  {filled} {points:>3}  "), Style::Good, &name, Style::Bold);
        let provider = labels.provider(self.matcher, matched.offer());
        if !provider.is_empty() {
            out.push_hanging(&" ".repeat(21), Style::Plain, &provider, Style::Dimmed);
        }
        let known = matched.requested().filter(|finding| !finding.needs_check() && finding.weight() > Weight::ZERO);
        let (mut good, mut costly): (Vec<Finding<'_>>, Vec<_>) =
            known.partition(|finding| to_points(cost(*finding)) == 0);
        good.sort_by_key(|finding| Reverse(finding.contribution()));
        costly.sort_by_key(|finding| Reverse(cost(*finding)));
        let good = good.into_iter().take(MAX_REASONS).map(|finding| self.sentence(finding));
        self.reasons(out, labels.text("rank.for_it"), Style::Good, good.collect());
        let costly = costly.into_iter().take(MAX_REASONS).map(|finding| {
            let (text, points) = (self.sentence(finding), to_points(cost(finding)));
            format!("{text} (−{points})")
        });
        self.reasons(out, labels.text("rank.costs"), Style::Plain, costly.collect());
        let to_check = matched.findings().filter(Finding::needs_check).map(|finding| self.sentence(finding));
        self.reasons(out, labels.of("finding", "to_check"), Style::Caution, to_check.collect());
    }

    fn reasons(&self, out: &mut TerminalText, label: &str, style: Style, sentences: Vec<String>) {
        if !sentences.is_empty() {
            let label = format!("{label}:");
            let width = label.chars().count().max(15);
            let lead = format!("     {} ", fit_column(&label, width));
            out.push_hanging(&lead, style, &sentences.join(" "), Style::Plain);
        }
    }

    /// Renders a need without an offer: the blocking criteria, and the nearest offer.
    pub(crate) fn unmet_need(&self, out: &mut TerminalText, need: &Need, diagnosis: &Diagnosis) {
        self.need(out, need);
        let other_help = diagnosis.blocked_by(Criterion::Help).map_or(0, BlockedOffers::offers);
        if other_help == diagnosis.offers() {
            let text = self.labels.text("rank.no_help");
            out.push_hanging("     ", Style::Plain, text, Style::Plain);
            return;
        }
        self.blocked_offers(out, diagnosis);
        self.near_misses(out, diagnosis, 1);
    }

    /// Renders why no more offers match a need, and the changes that would make the nearest ones match.
    pub(crate) fn diagnosis(&self, out: &mut TerminalText, need: &Need, diagnosis: &Diagnosis) {
        self.need(out, need);
        self.blocked_offers(out, diagnosis);
        self.near_misses(out, diagnosis, usize::MAX);
    }

    /// Renders the number of offers that match, and that each criterion excludes.
    fn blocked_offers(&self, out: &mut TerminalText, diagnosis: &Diagnosis) {
        let labels = self.labels;
        let (offers, matching) = (labels.of_offers(diagnosis.offers()), diagnosis.matching());
        let line = match matching {
            0 if diagnosis.offers() == 0 => labels.text("diagnose.no_offers").to_owned(),
            0 => labels.format("diagnose.none", &[("offers", &offers)]),
            1 => labels.format("diagnose.one", &[("offers", &offers)]),
            _ => labels.format("diagnose.many", &[("matching", &matching), ("offers", &offers)]),
        };
        out.push_hanging("     ", Style::Plain, &line, if matching == 0 { Style::Caution } else { Style::Plain });
        let mut blocked: Vec<&BlockedOffers> = diagnosis.blocked().iter().collect();
        blocked.sort_by_key(|blocked| Reverse((blocked.only(), blocked.offers())));
        let blocked = blocked.into_iter().map(|blocked| {
            let (name, offers) = (labels.criterion(blocked.criterion()), blocked.offers());
            match blocked.only() {
                0 => format!("{name} {offers}"),
                only => labels.format("diagnose.only", &[("name", &name), ("offers", &offers), ("only", &only)]),
            }
        });
        let blocked: Vec<String> = blocked.collect();
        if !blocked.is_empty() {
            let label = labels.text("diagnose.excluded_by");
            let lead = format!("     {} ", fit_column(label, 15));
            out.push_hanging(&lead, Style::Plain, &blocked.join(", "), Style::Plain);
        }
    }

    /// Renders at most `max` near misses, and the changes that would make them match.
    pub(crate) fn near_misses(&self, out: &mut TerminalText, diagnosis: &Diagnosis, max: usize) {
        let labels = self.labels;
        for miss in diagnosis.near_misses().iter().take(max) {
            let offer = miss.assessment().offer();
            let label = labels.text("diagnose.almost");
            let lead = format!("     {} ", fit_column(label, 15));
            out.push_hanging(&lead, Style::Caution, &labels.offer(self.matcher, offer), Style::Bold);
            let indent = " ".repeat(21);
            let provider = labels.provider(self.matcher, offer);
            if !provider.is_empty() {
                out.push_hanging(&indent, Style::Plain, &provider, Style::Dimmed);
            }
            for change in miss.changes() {
                // The sentence does not name the criterion: `help: Would fit if …`.
                let text = change.text(labels.lang, self.matcher.vocabulary());
                let lead = format!("{indent}{}: ", labels.criterion(change.criterion()));
                out.push_hanging(&lead, Style::Plain, &text, Style::Plain);
            }
        }
    }

    /// Renders all ten criteria of one pair.
    pub(crate) fn explanation(&self, out: &mut TerminalText, need: Option<&Need>, explanation: &Explanation) {
        let labels = self.labels;
        let assessment = explanation.assessment();
        if let Some(need) = need {
            self.need(out, need);
        }
        out.push_hanging("→ ", Style::Bold, &labels.offer(self.matcher, assessment.offer()), Style::Bold);
        let provider = labels.provider(self.matcher, assessment.offer());
        if !provider.is_empty() {
            out.push_hanging("  ", Style::Plain, &provider, Style::Dimmed);
        }
        if assessment.is_match() {
            let points = score_points(assessment.score());
            let filled = bar(usize::try_from(points).unwrap_or(0), 100);
            let lead = format!("  {filled} {points:>3}  ");
            out.push_hanging(&lead, Style::Good, labels.field("matches"), Style::Good);
        } else {
            let blocking = assessment.findings().filter(Finding::is_blocking);
            let blockers = labels.criteria(blocking.map(|finding| finding.criterion()));
            let line = labels.format("explain.no_match", &[("criteria", &blockers)]);
            out.push_hanging("  ", Style::Plain, &line, Style::Caution);
        }
        let (relevant, not_requested): (Vec<Finding<'_>>, Vec<_>) =
            assessment.findings().partition(|finding| finding.is_requested() || finding.needs_check());
        for finding in relevant {
            self.finding(out, finding);
        }
        if !not_requested.is_empty() {
            let label = labels.of("finding", "not_asked");
            let criteria = labels.criteria(not_requested.into_iter().map(|finding| finding.criterion()));
            out.push_hanging(&format!("  {} ", fit_column(label, 14)), Style::Dimmed, &criteria, Style::Dimmed);
        }
    }

    fn finding(&self, out: &mut TerminalText, finding: Finding<'_>) {
        let (verdict, style) = self.verdict(finding);
        let (points, max) = (to_points(finding.contribution().get()), weight_points(finding.weight()));
        let share = if finding.is_requested() && max > 0 { format!("{points:>3}/{max:<3}") } else { " ".repeat(7) };
        let criterion = fit_column(self.labels.criterion(finding.criterion()), 15);
        let verdict = fit_column(verdict, self.labels.verdict_width());
        let lead = format!("  {criterion}{verdict}{share}  ");
        out.push_hanging(&lead, style, &self.sentence(finding), Style::Plain);
    }

    fn verdict(&self, finding: Finding<'_>) -> (&'static str, Style) {
        let labels = self.labels;
        if finding.is_blocking() {
            (labels.of("finding", "blocks"), Style::Caution)
        } else if finding.needs_check() {
            (labels.of("finding", "to_check"), Style::Caution)
        } else if finding.fit() == Some(Fit::FULL) {
            (labels.of("finding", "met"), Style::Good)
        } else if finding.fit() == Some(Fit::ZERO) {
            (labels.of("finding", "not_met"), Style::Plain)
        } else {
            (labels.of("finding", "partly_met"), Style::Plain)
        }
    }
}
