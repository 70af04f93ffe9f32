//! The labels of tables. Those of codes and fields are in the catalogue of the library; sentences are in that of the command.

use std::fmt::Display;

use crate::{CodeKind, Criterion, Lang, Matcher, Need, Offer, Vocabulary};

use crate::command_line::{
    args::List,
    sources::StatedList,
    texts::{Message, text},
};

/// The labels of one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Labels {
    pub(crate) lang: Lang,
}

impl Labels {
    /// Returns a text of the command.
    pub(crate) fn text(self, key: &'static str) -> &'static str {
        text(key, self.lang)
    }

    /// Returns a text of the command with its facts.
    pub(crate) fn format(self, key: &'static str, facts: &[(&'static str, &dyn Display)]) -> String {
        let message =
            facts.iter().fold(Message::new(key), |message, (name, fact)| message.with(name, fact.to_string()));
        message.in_lang(self.lang)
    }

    /// Returns a number with its noun, whose text is that of the first key for one, and of the second for others.
    fn count(self, count: u64, [one, many]: [&'static str; 2]) -> String {
        self.format(if count == 1 { one } else { many }, &[("count", &count)])
    }

    pub(crate) fn criterion(self, criterion: Criterion) -> &'static str {
        criterion.label(self.lang)
    }

    /// Returns the labels of criteria, separated by commas.
    pub(crate) fn criteria(self, criteria: impl IntoIterator<Item = Criterion>) -> String {
        criteria.into_iter().map(|criterion| self.criterion(criterion)).collect::<Vec<_>>().join(", ")
    }

    /// Returns the label of a code, or the code itself if it has none.
    pub(crate) fn of(self, kind: &str, code: &'static str) -> &'static str {
        crate::labels(self.lang).get(kind, code).unwrap_or(code)
    }

    /// Returns the label of a field of a record or a result.
    pub(crate) fn field(self, field: &'static str) -> &'static str {
        self.of("field", field)
    }

    /// Returns the label of a field with a capital, as a title.
    pub(crate) fn title(self, field: &'static str) -> String {
        let label = self.field(field);
        let mut letters = label.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    /// Returns the width of the column of how a criterion is met.
    pub(crate) fn verdict_width(self) -> usize {
        let widths = crate::labels(self.lang).of_kind("finding").map(|(_, label)| label.chars().count());
        widths.fold(14, usize::max)
    }

    pub(crate) fn offers(self, count: usize) -> String {
        self.count(to_u64(count), ["count.offer", "count.offers"])
    }

    /// As in "1 of 2 offers", which in German is another case.
    pub(crate) fn of_offers(self, count: usize) -> String {
        self.count(to_u64(count), ["count.of_offer", "count.of_offers"])
    }

    pub(crate) fn needs(self, count: usize) -> String {
        self.count(to_u64(count), ["count.need", "count.needs"])
    }

    /// As in "1 of 2 needs", which in German is another case.
    pub(crate) fn of_needs(self, count: usize) -> String {
        self.count(to_u64(count), ["count.of_need", "count.of_needs"])
    }

    pub(crate) fn people(self, count: u64) -> String {
        self.count(count, ["count.person", "count.people"])
    }

    /// Returns a sentence such as "needs.csv has no needs: the list is empty."
    pub(crate) fn empty_list(self, stated: &StatedList) -> String {
        let key = match stated.list {
            List::Offers => "list.no_offers",
            List::Needs => "list.no_needs",
        };
        self.format(key, &[("file", &stated.file.in_lang(self.lang))])
    }

    /// Returns a title such as "Für 3 von 366 Bedarfen passt kein Angebot".
    pub(crate) fn unmet_title(self, unmet: usize, total: usize) -> String {
        self.format("rank.unmet", &[("unmet", &unmet), ("needs", &self.of_needs(total))])
    }

    pub(crate) fn met_title(self, count: usize) -> String {
        self.format("rank.title", &[("needs", &self.needs(count))])
    }

    /// Returns one line about a need: kind of help, language, region, priority.
    pub(crate) fn need(self, need: &Need, vocabulary: &Vocabulary) -> String {
        let name = |kind, code| vocabulary.name(kind, code, self.lang).into_owned();
        let mut parts = vec![match need.help() {
            Some(code) => name(CodeKind::Help, code),
            None => self.of("none", "help").to_owned(),
        }];
        parts.extend(need.languages().next().map(|(tag, _)| name(CodeKind::Language, tag)));
        parts.extend(need.region().map(|code| name(CodeKind::Region, code)));
        parts.push(need.priority().label(self.lang).to_owned());
        if need.people() > 1 {
            parts.push(self.people(u64::from(need.people())));
        }
        parts.join(" · ")
    }

    /// Returns the name of an offer, or its id if it has none.
    pub(crate) fn offer(self, matcher: &Matcher, id: &str) -> String {
        matcher.offer(id).and_then(Offer::name).unwrap_or(id).to_owned()
    }

    /// Returns one line about the provider of an offer: organisation, contact and the offer's id.
    pub(crate) fn provider(self, matcher: &Matcher, id: &str) -> String {
        let Some(offer) = matcher.offer(id) else { return String::new() };
        let contact = offer.contact();
        let contact = contact.and_then(|contact| contact.phone().or(contact.email()).or(contact.url()));
        let parts = [offer.organisation(), contact, offer.name().map(|_| id)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

fn to_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
