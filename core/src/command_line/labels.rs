//! The labels of tables. Those of codes and fields are in the catalogue of the library; sentences are in English and German.

use crate::{CodeKind, Criterion, Lang, Matcher, Need, Offer, Vocabulary};

use crate::command_line::{args::List, sources::StatedList};

/// The labels of one language. Sentences in plain German are those of German.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Labels {
    pub(crate) lang: Lang,
}

impl Labels {
    /// Returns the English or the German text.
    pub(crate) fn select<T>(self, en: T, de: T) -> T {
        if self.lang == Lang::En { en } else { de }
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
        let noun =
            self.select(if count == 1 { "offer" } else { "offers" }, if count == 1 { "Angebot" } else { "Angebote" });
        format!("{count} {noun}")
    }

    pub(crate) fn needs(self, count: usize) -> String {
        let noun =
            self.select(if count == 1 { "need" } else { "needs" }, if count == 1 { "Bedarf" } else { "Bedarfe" });
        format!("{count} {noun}")
    }

    pub(crate) fn people(self, count: u64) -> String {
        let noun =
            self.select(if count == 1 { "person" } else { "people" }, if count == 1 { "Person" } else { "Personen" });
        format!("{count} {noun}")
    }

    /// Returns a sentence such as "needs.csv has no needs: the list is empty."
    pub(crate) fn empty_list(self, stated: &StatedList) -> String {
        let (file, is_offers) = (stated.file.in_lang(self.lang), stated.list == List::Offers);
        self.select(
            format!("{file} has no {}: the list is empty.", stated.list),
            format!("{file} enthält keine {}: die Liste ist leer.", if is_offers { "Angebote" } else { "Bedarfe" }),
        )
    }

    /// Returns a title such as "Für 3 von 366 Bedarfen passt kein Angebot".
    pub(crate) fn unmet_title(self, unmet: usize, total: usize) -> String {
        self.select(
            format!("No offer matches {unmet} of {}", self.needs(total)),
            format!("Für {unmet} von {total} {} passt kein Angebot", if total == 1 { "Bedarf" } else { "Bedarfen" }),
        )
    }

    pub(crate) fn met_title(self, count: usize) -> String {
        self.select(format!("Offers for {}", self.needs(count)), format!("Angebote für {}", self.needs(count)))
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
