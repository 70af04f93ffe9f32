//! The words of tables, in English and German.

use lotse::{CodeKind, Criterion, Lang, Matcher, Need, Offer, Priority, Vocabulary};

/// The words of one language; plain German takes the German ones.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    pub(crate) lang: Lang,
}

impl Words {
    /// The English or the German text.
    pub(crate) fn pick<T>(self, en: T, de: T) -> T {
        if self.lang == Lang::En { en } else { de }
    }

    pub(crate) fn criterion(self, criterion: Criterion) -> &'static str {
        lotse::criterion_name(criterion, self.lang)
    }

    pub(crate) fn kind(self, kind: CodeKind) -> &'static str {
        match kind {
            CodeKind::Language => self.pick("language", "Sprache"),
            CodeKind::Region => self.pick("region", "Region"),
            CodeKind::Crime => self.pick("crime", "Straftat"),
            CodeKind::Context => self.pick("setting of a crime", "Tatkontext"),
            CodeKind::Help => self.pick("kind of help", "Hilfeart"),
            CodeKind::Role => self.pick("role", "Rolle"),
            CodeKind::Access => self.pick("access", "Zugang"),
        }
    }

    pub(crate) fn priority(self, priority: Priority) -> &'static str {
        match priority {
            Priority::Stat => self.pick("at once", "sofort"),
            Priority::Asap => self.pick("as soon as possible", "so bald wie möglich"),
            Priority::Urgent => self.pick("urgent", "dringend"),
            Priority::Routine => self.pick("routine", "normal"),
        }
    }

    pub(crate) fn offers(self, count: usize) -> String {
        format!(
            "{count} {}",
            self.pick(if count == 1 { "offer" } else { "offers" }, if count == 1 { "Angebot" } else { "Angebote" })
        )
    }

    pub(crate) fn needs(self, count: usize) -> String {
        format!(
            "{count} {}",
            self.pick(if count == 1 { "need" } else { "needs" }, if count == 1 { "Bedarf" } else { "Bedarfe" })
        )
    }

    pub(crate) fn people(self, count: u64) -> String {
        self.pick(
            format!("{count} {}", if count == 1 { "person" } else { "people" }),
            format!("{count} {}", if count == 1 { "Person" } else { "Personen" }),
        )
    }

    /// "Für 3 von 366 Bedarfen passt kein Angebot".
    pub(crate) fn unmet(self, unmet: usize, all: usize) -> String {
        self.pick(
            format!("No offer matches {unmet} of {}", self.needs(all)),
            format!("Für {unmet} von {all} {} passt kein Angebot", if all == 1 { "Bedarf" } else { "Bedarfen" }),
        )
    }

    pub(crate) fn met(self, count: usize) -> String {
        self.pick(format!("Offers for {}", self.needs(count)), format!("Angebote für {}", self.needs(count)))
    }

    /// One line about a need: kind of help, language, region, priority.
    pub(crate) fn need(self, need: &Need, vocabulary: &Vocabulary) -> String {
        let name = |kind, code| vocabulary.name(kind, code, self.lang).into_owned();
        let mut parts = vec![match need.help() {
            Some(code) => name(CodeKind::Help, code),
            None => self.pick("any help", "Hilfe jeder Art").to_owned(),
        }];
        parts.extend(need.languages().next().map(|(tag, _)| name(CodeKind::Language, tag)));
        parts.extend(need.region().map(|code| name(CodeKind::Region, code)));
        parts.push(self.priority(need.priority()).to_owned());
        if need.people() > 1 {
            parts.push(self.people(u64::from(need.people())));
        }
        parts.join(" · ")
    }

    /// What an offer is called; its id where it has no name.
    pub(crate) fn offer(self, offer: Option<&Offer>, id: &str) -> String {
        offer.and_then(Offer::name).unwrap_or(id).to_owned()
    }

    /// Who provides an offer, and how to reach it.
    pub(crate) fn provider(self, matcher: &Matcher, id: &str) -> String {
        let Some(offer) = matcher.offer(id) else { return String::new() };
        let contact = offer.contact();
        let reach = contact.and_then(|contact| contact.phone().or(contact.email()).or(contact.url()));
        let parts = [offer.organisation(), reach, offer.name().map(|_| id)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}
