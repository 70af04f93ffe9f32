//! Plans and reports as text.

use std::{cmp::Reverse, collections::BTreeMap};

use crate::{
    Allocation, Bottleneck, CodeKind, Need, OfferUsage, Priority, Referral, Report, ReportRow, Tally, UnmetReason,
    solver::Objective,
};

use crate::command_line::{
    render::{Renderer, bar, score_points},
    terminal::{Style, TerminalText, fit_column},
};

/// The largest number of rows of one table.
const MAX_ROWS: usize = 10;
/// The largest number of bottlenecks, and of missing offers.
const MAX_OFFERS: usize = 8;
/// The largest number of offers to phone for one need.
const MAX_TO_PHONE: usize = 3;

impl Renderer<'_> {
    /// Renders at most `max` unmet needs with their reasons, in the order of priority.
    pub(crate) fn unmet_needs(&self, out: &mut TerminalText, needs: &[Need], plan: &Allocation, max: usize) {
        let labels = self.labels;
        let count = plan.unmet().len();
        out.push_title(&labels.format("plan.unmet", &[("count", &count), ("needs", &labels.of_needs(needs.len()))]));
        let by_id = by_id(needs);
        let unmet = plan.unmet().iter().filter_map(|unmet| Some((*by_id.get(unmet.need())?, unmet.reason())));
        let mut unmet: Vec<(&Need, &UnmetReason)> = unmet.collect();
        unmet.sort_by_key(|(need, _)| need.priority());
        for (need, reason) in unmet.iter().take(max) {
            self.need(out, need);
            self.unmet_reason(out, reason);
        }
        let more = count.saturating_sub(max);
        if more > 0 {
            out.push_paragraph(&labels.format("plan.more_needs", &[("more", &more)]));
        }
    }

    fn unmet_reason(&self, out: &mut TerminalText, reason: &UnmetReason) {
        let labels = self.labels;
        out.push_hanging("     ", Style::Plain, &reason.text(labels.lang, self.matcher.vocabulary()), Style::Caution);
        match reason {
            UnmetReason::NoOffer { diagnosis, .. } => self.near_misses(out, diagnosis, 1),
            UnmetReason::NoCommonOffer { split, .. } => {
                for part in split.iter() {
                    let name = labels.offer(self.matcher, part.offer());
                    let needs = part.needs().join(", ");
                    out.push_hanging("       ", Style::Plain, &format!("{needs}: {name}"), Style::Plain);
                }
            }
            UnmetReason::PlaceUnknown { offers, .. } => {
                for offer in offers.iter().take(MAX_TO_PHONE) {
                    let (name, provider) = (labels.offer(self.matcher, offer), labels.provider(self.matcher, offer));
                    out.push_hanging("       ", Style::Plain, &format!("{name} · {provider}"), Style::Plain);
                }
            }
            _ => {}
        }
    }

    /// Renders the referrals of each offer.
    pub(crate) fn referrals(&self, out: &mut TerminalText, needs: &[Need], plan: &Allocation) {
        let labels = self.labels;
        out.push_title(labels.text("plan.referrals"));
        let by_id = by_id(needs);
        let mut by_offer: BTreeMap<&str, Vec<&Referral>> = BTreeMap::new();
        for referral in plan.referrals() {
            by_offer.entry(referral.offer()).or_default().push(referral);
        }
        for offer in plan.offers() {
            let Some(referrals) = by_offer.get(offer.offer()) else { continue };
            self.offer_usage(out, offer);
            for referral in referrals {
                let Some(need) = by_id.get(referral.need()) else { continue };
                let lead = format!("  {:>3}  {}  ", score_points(referral.score()), referral.need());
                out.push_hanging(&lead, Style::Good, &labels.need(need, self.matcher.vocabulary()), Style::Plain);
                self.notes(out, referral);
            }
            out.push_blank_line();
        }
    }

    fn offer_usage(&self, out: &mut TerminalText, offer: &OfferUsage) {
        let (labels, used) = (self.labels, offer.used());
        let places = match offer.places() {
            Some(places) if offer.is_assumed() => {
                labels.format("plan.places_assumed", &[("used", &used), ("places", &places)])
            }
            Some(places) => labels.format("plan.places", &[("used", &used), ("places", &places)]),
            None => used.to_string(),
        };
        let name = labels.offer(self.matcher, offer.offer());
        out.push_hanging("", Style::Plain, &format!("{name} ({places})"), Style::Bold);
        let provider = labels.provider(self.matcher, offer.offer());
        if !provider.is_empty() {
            out.push_hanging("  ", Style::Plain, &provider, Style::Dimmed);
        }
    }

    fn notes(&self, out: &mut TerminalText, referral: &Referral) {
        let (labels, indent) = (self.labels, " ".repeat(7));
        if referral.is_fixed() {
            out.push_hanging(&indent, Style::Plain, labels.field("fixed"), Style::Dimmed);
        }
        if !referral.violations().is_empty() {
            let label = labels.field("breaks");
            let criteria = labels.criteria(referral.violations().iter().copied());
            out.push_hanging(&indent, Style::Plain, &format!("{label}: {criteria}"), Style::Caution);
        }
        if !referral.to_check().is_empty() {
            let label = labels.of("finding", "to_check");
            let criteria = labels.criteria(referral.to_check().iter().copied());
            out.push_hanging(&indent, Style::Plain, &format!("{label}: {criteria}"), Style::Plain);
        }
    }

    /// Renders whether the plan is proven to be optimal.
    pub(crate) fn certificate(&self, out: &mut TerminalText, plan: &Allocation) {
        let text = if plan.is_optimal() { self.labels.text("plan.proven") } else { self.labels.text("plan.unproven") };
        out.push_paragraph(text);
    }

    /// Renders the coverage of needs: in total, by priority, language and region.
    pub(crate) fn coverage(&self, out: &mut TerminalText, report: &Report) {
        let labels = self.labels;
        let Tally { met, needs, people_met, people, met_by_neighbour, .. } = report.total;
        out.push_title(&labels.format(
            "report.coverage",
            &[("met", &met), ("needs", &needs), ("people_met", &people_met), ("people", &people)],
        ));
        let legend = labels.text("report.legend");
        out.push_hanging("  ", Style::Plain, legend, Style::Dimmed);
        if met_by_neighbour > 0 {
            let text = labels.format("report.by_neighbour", &[("met_by_neighbour", &met_by_neighbour)]);
            out.push_hanging("  ", Style::Plain, &text, Style::Plain);
        }
        for priority in Priority::all() {
            let row = report.by_priority.iter().find(|row| row.code.as_deref() == Some(priority.as_str()));
            if let Some(row) = row {
                self.coverage_line(out, priority.label(labels.lang), row.tally.met, row.tally.needs);
            }
        }
        let tables = [
            (labels.title("by_language"), &report.by_language, CodeKind::Language),
            (labels.title("by_region"), &report.by_region, CodeKind::Region),
        ];
        for (title, rows, kind) in tables {
            out.push_blank_line();
            out.push_hanging("  ", Style::Bold, &title, Style::Bold);
            self.coverage_table(out, rows, kind);
        }
    }

    /// Renders the rows with the most unmet needs, and the sum of the others.
    fn coverage_table(&self, out: &mut TerminalText, rows: &[ReportRow], kind: CodeKind) {
        let labels = self.labels;
        let mut rows: Vec<&ReportRow> = rows.iter().collect();
        rows.sort_by_key(|row| Reverse((row.tally.unmet, row.tally.needs)));
        for row in rows.iter().take(MAX_ROWS) {
            let name = match &row.code {
                Some(code) => self.matcher.vocabulary().name(kind, code, labels.lang).into_owned(),
                None => labels.of("none", "code").to_owned(),
            };
            self.coverage_line(out, &name, row.tally.met, row.tally.needs);
        }
        let (mut met, mut needs) = (0_u64, 0_u64);
        for row in rows.iter().skip(MAX_ROWS) {
            (met, needs) = (met.saturating_add(row.tally.met), needs.saturating_add(row.tally.needs));
        }
        if needs > 0 {
            self.coverage_line(out, labels.text("report.others"), met, needs);
        }
    }

    fn coverage_line(&self, out: &mut TerminalText, name: &str, met: u64, needs: u64) {
        let count = |number| usize::try_from(number).unwrap_or(usize::MAX);
        let filled = bar(count(met), count(needs));
        let text = self.labels.format("report.met", &[("met", &met), ("needs", &needs)]);
        let style = if met < needs { Style::Caution } else { Style::Plain };
        out.push_hanging(&format!("  {} {filled}  ", fit_column(name, 31)), Style::Plain, &text, style);
    }

    /// Renders the offers at which more places have the highest value.
    pub(crate) fn bottlenecks(&self, out: &mut TerminalText, report: &Report) {
        let labels = self.labels;
        out.push_title(labels.text("report.bottlenecks"));
        if report.bottlenecks.is_empty() {
            out.push_paragraph(labels.text("report.no_bottleneck"));
        }
        for bottleneck in report.bottlenecks.iter().take(MAX_OFFERS) {
            let (used, offer) = (bottleneck.used, bottleneck.offer.as_str());
            let places = match bottleneck.places {
                Some(places) => labels.format("report.places_taken", &[("used", &used), ("places", &places)]),
                None => labels.text("report.no_limit").to_owned(),
            };
            let name = labels.offer(self.matcher, offer);
            out.push_hanging(&format!("  {}  ", fit_column(offer, 6)), Style::Bold, &name, Style::Bold);
            let line = format!("{places}; {}", self.gain(bottleneck));
            out.push_hanging(&" ".repeat(10), Style::Plain, &line, Style::Plain);
        }
        self.omitted(out, report.bottlenecks.len());
    }

    /// Returns what more places at an offer would add.
    fn gain(&self, bottleneck: &Bottleneck) -> String {
        let labels = self.labels;
        if let Some(places) = bottleneck.min_extra_places.filter(|_| bottleneck.price == Objective::ZERO) {
            return labels.format("report.party_fits", &[("places", &places)]);
        }
        let gains = Priority::all().zip(bottleneck.price.people).filter(|(_, people)| *people != 0);
        let gains: Vec<String> =
            gains.map(|(priority, people)| format!("{people:+} {}", priority.label(labels.lang))).collect();
        let gain = if gains.is_empty() {
            labels.text("report.better_fit").to_owned()
        } else {
            let gains = gains.join(", ");
            labels.format("report.people_served", &[("gains", &gains)])
        };
        if bottleneck.exact { gain } else { labels.format("report.about", &[("gain", &gain)]) }
    }

    /// Renders the offers that would help most if they existed.
    pub(crate) fn missing_offers(&self, out: &mut TerminalText, report: &Report) {
        let labels = self.labels;
        out.push_title(&labels.title("wanted"));
        if report.missing_offers.is_empty() {
            out.push_paragraph(labels.text("report.nothing_missing"));
        }
        for offer in report.missing_offers.iter().take(MAX_OFFERS) {
            let name = |kind, code: &Option<String>, none: &'static str| match code {
                Some(code) => self.matcher.vocabulary().name(kind, code, labels.lang).into_owned(),
                None => none.to_owned(),
            };
            let parts = [
                name(CodeKind::Help, &offer.help, labels.of("none", "help")),
                name(CodeKind::Language, &offer.language, labels.of("none", "language")),
                name(CodeKind::Region, &offer.region, labels.of("none", "region")),
            ];
            out.push_hanging(&format!("  {:>4}  ", offer.people), Style::Bold, &parts.join(" · "), Style::Plain);
        }
        self.omitted(out, report.missing_offers.len());
    }

    fn omitted(&self, out: &mut TerminalText, total: usize) {
        let more = total.saturating_sub(MAX_OFFERS);
        if more > 0 {
            out.push_paragraph(&self.labels.format("report.more", &[("more", &more)]));
        }
    }
}

fn by_id(needs: &[Need]) -> BTreeMap<&str, &Need> {
    needs.iter().map(|need| (need.id(), need)).collect()
}
