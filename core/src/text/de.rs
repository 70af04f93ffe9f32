//! Sentences in German.

use super::facts::{Facts, Tongue, capital};
use crate::{criterion::Criterion, terms::Lang};

pub(super) const TONGUE: Tongue = Tongue {
    lang: Lang::De,
    sentence,
    criterion,
    term,
    and: "und",
    or: "oder",
    more: "weitere",
    any_spoken: "jede gesprochene Sprache",
};

fn criterion(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Help => "Hilfe",
        Criterion::Crime => "Tat",
        Criterion::Language => "Sprache",
        Criterion::Region => "Region",
        Criterion::Capacity => "Plätze",
        Criterion::Role => "Rolle",
        Criterion::Gender => "Geschlecht",
        Criterion::Age => "Alter",
        Criterion::Format => "Kontaktweg",
        Criterion::Access => "Zugang",
    }
}

fn term(word: &'static str) -> &'static str {
    match word {
        "on_site" => "vor Ort",
        "outreach" => "aufsuchend",
        "phone" => "per Telefon",
        "video" => "per Video",
        "chat" => "per Chat",
        "email" => "per E-Mail",
        "female" => "Frauen",
        "male" => "Männer",
        "other" => "Menschen anderen Geschlechts",
        "unknown" => "Menschen ohne Angabe zum Geschlecht",
        word => word,
    }
}

fn sentence(facts: &Facts<'_>) -> Option<String> {
    let name = |fact| facts.name(fact);
    Some(match facts.code() {
        "help.same" => format!("Bietet genau das: {}.", name("need")?),
        "help.covered" => format!("Bietet {}, dazu gehört {}.", name("offer")?, name("need")?),
        "help.any" => format!("Bietet jede Art von Hilfe, auch {}.", name("need")?),
        "help.part" => format!("Bietet einen Teil davon: {} (gesucht: {}).", name("offer")?, name("need")?),
        "help.other" => format!("Bietet {}, gesucht ist {}.", facts.all("offer")?, name("need")?),
        "help.unknown" => format!("Nicht bekannt, ob es diese Hilfe gibt ({}): bitte nachfragen.", name("need")?),

        "crime.specialist" => format!("Spezialisiert auf: {}.", scope(facts)?),
        "crime.vague" => match crime(facts) {
            Some(crime) => format!("Spezialisiert auf: {}. Bisher bekannt: {crime}.", scope(facts)?),
            None => format!("Spezialisiert auf: {}. Die Art der Tat ist noch offen.", scope(facts)?),
        },
        "crime.context_open" => format!("Spezialisiert auf: {}. Bitte den Zusammenhang klären.", scope(facts)?),
        "crime.any" => "Für jede Art von Tat.".to_owned(),
        "crime.other" => format!("Spezialisiert auf anderes, hier geht es um: {}.", crime(facts)?),
        "crime.unknown" => format!("Nicht bekannt, ob auch für diese Tat ({}): bitte nachfragen.", crime(facts)?),
        "crime.restricted" => {
            format!("Nur für bestimmte Taten ({}): bitte klären.", facts.crimes("offer", "offer_context")?)
        }

        "language.spoken" | "language.interpreter" | "language.on_request" => {
            format!("{}{}.", speech(facts)?, command(facts))
        }
        "language.related" => {
            let (speech, need) = (speech(facts)?, name("need")?);
            let much = match facts.degree("degree")? {
                9_000.. => "sehr gut",
                7_500.. => "gut",
                5_000.. => "zum Teil",
                _ => "wenig",
            };
            format!("{speech}; wer {need} spricht, versteht es {much}{}.", command(facts))
        }
        "language.variant" => {
            let (speech, offer, need) = (speech(facts)?, name("offer")?, name("need")?);
            format!("{speech}; {need} und {offer} sind Formen einer Sprache{}.", command(facts))
        }
        "language.any" => {
            let how = match facts.word("how")? {
                "interpreter" => "Jede Sprache mit Dolmetscher",
                "on_request" => "Jede Sprache auf Anfrage",
                _ => "Jede Sprache möglich",
            };
            format!("{how}, auch {}{}.", name("need")?, command(facts))
        }
        "language.umbrella" => {
            let (offer, need) = (name("offer")?, name("need")?);
            let how = match facts.word("how")? {
                "interpreter" => " mit Dolmetscher",
                "on_request" => " auf Anfrage",
                _ => "",
            };
            format!("Angebot nennt {offer}{how}, Bedarf {need}{}: bitte klären.", command(facts))
        }
        "language.none" => {
            let (need, offer) = (facts.list("need")?, facts.list("offer")?);
            format!("Keine gemeinsame Sprache (Person: {need}; Angebot: {offer}).")
        }
        "language.unknown" => format!("Nicht bekannt, ob {} möglich ist: bitte nachfragen.", facts.either("need")?),

        "region.within" => format!("{}{}.", area(facts), reach(facts)?),
        "region.part" => {
            format!("{} (Teil der gesuchten Region {}){}.", area(facts), name("need")?, reach(facts)?)
        }
        "region.same_kreis" => {
            let (area, need, km) = (area(facts), name("need")?, journey(facts));
            format!("{area}, im selben Kreis wie {need}{km}: bitte klären, ob das Angebot hilft.")
        }
        "region.neighbour" => {
            let (area, need, km) = (area(facts), name("need")?, journey(facts));
            format!("{area}, grenzt an {need}{km}: bitte klären, ob das Angebot hilft.")
        }
        "region.outside" => format!("Zuständig für {}, gesucht ist {}.", facts.all("area")?, name("need")?),
        "region.unknown" => format!("Nicht bekannt, ob für {} zuständig: bitte nachfragen.", name("need")?),

        "capacity.free" | "capacity.too_few" => format!("{}.", capital(&places(facts)?)),
        "capacity.unlimited" => "Platz ohne Begrenzung.".to_owned(),
        "capacity.waitlist" => "Aufnahme über eine Warteliste.".to_owned(),
        "capacity.assessment" => match places(facts) {
            Some(places) => format!("Zuerst ein Gespräch, {places}."),
            None => "Zuerst ein Gespräch.".to_owned(),
        },
        "capacity.full" => "Zurzeit alle Plätze belegt.".to_owned(),
        "capacity.unknown" => "Nicht bekannt, ob Plätze frei sind: bitte nachfragen.".to_owned(),
        "capacity.stale" => {
            let ([year, month, day], age) = (facts.day("updated")?, facts.count("days")?);
            let days = if age == 1 { "Tag" } else { "Tage" };
            format!("Stand vom {day}.{month}.{year} ({age} {days} alt): bitte nachfragen.")
        }

        "role.served" => match (name("need")?, name("offer")?) {
            (need, offer) if need == offer => format!("Für {offer}."),
            (need, offer) => format!("Für {offer} (gesucht: für {need})."),
        },
        "role.any" => format!("Für alle, auch für {}.", facts.all("need")?),
        "role.other" => format!("Für {}, gesucht für {}.", facts.all("offer")?, facts.all("need")?),
        "role.unknown" => format!("Nicht bekannt, ob auch für {}: bitte nachfragen.", facts.either("need")?),
        "role.restricted" | "gender.restricted" => format!("Nur für {}: bitte klären.", facts.all("offer")?),

        "gender.served" => format!("Für {}.", facts.term("need")?),
        "gender.any" => "Für alle Geschlechter.".to_owned(),
        "gender.other" => format!("Für {} (Person: {}).", facts.all("offer")?, gender(facts)?),
        "gender.unclear" => format!("Für {} (Person: {}): bitte klären.", facts.all("offer")?, gender(facts)?),
        "gender.unknown" => format!("Nicht bekannt, ob auch für {}: bitte nachfragen.", facts.term("need")?),

        "age.within" | "age.below" | "age.above" => match (ages(facts), facts.count("need")?) {
            (Some(ages), age) => format!("{}, die Person ist {age}.", capital(&ages)),
            (None, _) => "Für jedes Alter.".to_owned(),
        },
        "age.unknown" => {
            format!("Nicht bekannt, ob auch mit {}: bitte nachfragen.", years(facts.count("need")?))
        }
        "age.restricted" => format!("Nur {}: bitte klären.", ages(facts)?),

        "format.shared" => format!("Hilft {}.", facts.all("shared")?),
        "format.any" => format!("Hilft auf jedem Weg, auch {}.", facts.all("need")?),
        "format.other" => format!("Hilft {}, gesucht ist Hilfe {}.", facts.all("offer")?, facts.either("need")?),
        "format.unknown" => format!("Nicht bekannt, ob Hilfe {} möglich ist: bitte nachfragen.", facts.either("need")?),

        "access.offered" => format!("Vorhanden: {}.", facts.list("need")?),
        "access.lacking" => format!("Nicht vorhanden: {}.", facts.list("lacking")?),
        "access.unmentioned" => format!("Nicht erwähnt ({}): bitte nachfragen.", facts.list("missing")?),
        "access.unknown" => format!("Zum Zugang nichts bekannt ({}): bitte nachfragen.", facts.list("need")?),

        code if code.starts_with("change.") => change(facts)?,
        code if code.starts_with("unmet.") => unmet(facts)?,
        code if code.ends_with(".not_asked") => format!("{}: keine Angabe im Bedarf.", facts.criterion()?),
        code if code.ends_with(".ignored") => format!("{}: zählt hier nicht.", facts.criterion()?),
        _ => return None,
    })
}

/// What would have to change.
fn change(facts: &Facts<'_>) -> Option<String> {
    let said = |what: String| format!("Würde passen, wenn das Angebot das ausdrücklich nennt: {what}.");
    let free = |count| if count == 1 { "freien Platz" } else { "freien Plätzen" };
    Some(match facts.code() {
        "change.help" => format!("Würde passen, wenn es dort auch das gäbe: {}.", facts.name("help")?),
        "change.tell_help" => said(facts.name("help")?),
        "change.crime" => {
            format!("Würde passen, wenn das Angebot auch für diese Tat gälte: {}.", facts.crimes("crime", "context")?)
        }
        "change.tell_crime" => said(facts.crimes("crime", "context")?),
        "change.context" => format!("Würde bei diesem Zusammenhang passen: {}. Bitte klären.", facts.list("context")?),
        "change.interpreter" => format!("Würde mit Dolmetscher für {} passen.", facts.name("language")?),
        "change.spoken" => {
            let verb = if facts.is_sign("language") { "könnte" } else { "spräche" };
            format!("Würde passen, wenn dort jemand {} {verb}.", facts.name("language")?)
        }
        "change.tell_language" => said(facts.name("language")?),
        "change.region" => match (facts.name("region")?, facts.name("from")) {
            (region, Some(from)) => {
                format!("Würde passen, wenn das Angebot auch für {region} zuständig wäre; für {from} würde es passen.")
            }
            (region, None) => format!("Würde passen, wenn das Angebot auch für {region} zuständig wäre."),
        },
        "change.tell_region" => said(format!("zuständig für {}", facts.name("region")?)),
        "change.remote" => format!("Würde ohne Anfahrt passen, mit Hilfe {}.", facts.either("formats")?),
        "change.from" => format!("Würde für {} passen.", facts.name("from")?),
        "change.places" => match (facts.count("more")?, facts.word("state")) {
            (more, Some("full")) => format!("Würde mit {more} {} passen, zurzeit sind alle belegt.", free(more)),
            (more, Some(_)) => format!("Würde mit {more} {} passen, zurzeit gibt es eine Warteliste.", free(more)),
            (1, None) => "Würde mit 1 Platz mehr passen.".to_owned(),
            (more, None) => format!("Würde mit {more} Plätzen mehr passen."),
        },
        "change.tell_places" => said(match facts.count("places")? {
            1 => "1 freier Platz".to_owned(),
            places => format!("{places} freie Plätze"),
        }),
        "change.role" => format!("Würde passen, wenn das Angebot auch für {} wäre.", facts.either("roles")?),
        "change.tell_role" => said(format!("für {}", facts.either("roles")?)),
        "change.gender" => format!("Würde passen, wenn das Angebot auch für {} wäre.", facts.term("gender")?),
        "change.tell_gender" => said(format!("für {}", facts.term("gender")?)),
        "change.know_gender" => {
            format!("Würde passen, wenn die Person dazugehört: {}. Bitte klären.", facts.list("genders")?)
        }
        "change.age" => match ages(facts) {
            Some(ages) => format!("Würde passen, wenn das Angebot auch {ages} gälte."),
            None => "Würde passen, wenn das Angebot für jedes Alter gälte.".to_owned(),
        },
        "change.tell_age" => said(format!("mit {}", years(facts.count("age")?))),
        "change.format" => format!("Würde passen, wenn es auch Hilfe {} gäbe.", facts.either("formats")?),
        "change.tell_format" => said(format!("Hilfe {}", facts.either("formats")?)),
        "change.access" => format!("Würde passen, wenn auch das vorhanden wäre: {}.", facts.list("missing")?),
        "change.tell_access" => said(facts.list("missing")?),
        "change.none" => "Unter diesen Regeln würde keine Änderung des Angebots genügen.".to_owned(),
        _ => return None,
    })
}

fn scope(facts: &Facts<'_>) -> Option<String> {
    facts.scope("offer", "offer_context", "Taten")
}

fn crime(facts: &Facts<'_>) -> Option<String> {
    facts.crimes("need", "need_context")
}

fn speech(facts: &Facts<'_>) -> Option<String> {
    let offer = facts.name("offer")?;
    Some(match facts.word("how")? {
        "interpreter" => format!("{offer} mit Dolmetscher"),
        "on_request" => format!("{offer} auf Anfrage"),
        _ if facts.is_sign("offer") => format!("Kann {offer}"),
        _ => format!("Spricht {offer}"),
    })
}

/// How well the person speaks the language, in brackets.
fn command(facts: &Facts<'_>) -> String {
    match (facts.count("order"), facts.word("level")) {
        (None, None) => String::new(),
        (Some(order), None) => format!(" ({order}. Sprache der Person)"),
        (Some(order), Some("native")) => format!(" ({order}. Sprache der Person, Muttersprache)"),
        (Some(order), Some(level)) => format!(" ({order}. Sprache der Person, Niveau {level})"),
        (None, Some("native")) => " (Muttersprache der Person)".to_owned(),
        (None, Some(level)) => format!(" (Niveau der Person: {level})"),
    }
}

fn area(facts: &Facts<'_>) -> String {
    match facts.name("area") {
        Some(area) => format!("Zuständig für {area}"),
        None => "Überall zuständig".to_owned(),
    }
}

fn reach(facts: &Facts<'_>) -> Option<String> {
    Some(match facts.word("reach")? {
        "remote" => ", ohne Anfahrt (Telefon, online oder aufsuchend)".to_owned(),
        "same_kreis" => ", im selben Kreis".to_owned(),
        "journey" => journey(facts),
        _ => ", Entfernung unbekannt".to_owned(),
    })
}

fn journey(facts: &Facts<'_>) -> String {
    match facts.count("km") {
        None => String::new(),
        // Between centres of regions, 0 km would sound more exact than it is.
        Some(0) => ", in der Nähe".to_owned(),
        Some(km) => format!(", {km} km entfernt"),
    }
}

fn places(facts: &Facts<'_>) -> Option<String> {
    let free = match facts.count("free")? {
        0 => "kein Platz frei".to_owned(),
        1 => "1 Platz frei".to_owned(),
        free => format!("{free} Plätze frei"),
    };
    match facts.count("people")? {
        1 => Some(free),
        people => Some(format!("{free}, {people} nötig")),
    }
}

fn gender(facts: &Facts<'_>) -> Option<&'static str> {
    Some(match facts.word("need")? {
        "female" => "weiblich",
        "male" => "männlich",
        "other" => "divers",
        _ => "Geschlecht nicht bekannt",
    })
}

/// `ab 18 Jahren`, and so on; nothing where every age is meant.
pub(super) fn ages(facts: &Facts<'_>) -> Option<String> {
    match (facts.count("min").filter(|min| *min > 0), facts.count("max")) {
        (None, None) => None,
        (Some(min), None) => Some(format!("ab {}", years(min))),
        (None, Some(1)) => Some("bis 1 Jahr".to_owned()),
        (None, Some(max)) => Some(format!("bis {max} Jahre")),
        (Some(min), Some(max)) if min == max => Some(format!("mit {}", years(min))),
        (Some(min), Some(max)) => Some(format!("von {min} bis {max} Jahren")),
    }
}

/// In the dative.
pub(super) fn years(years: u64) -> String {
    if years == 1 { "1 Jahr".to_owned() } else { format!("{years} Jahren") }
}

/// Why somebody got nothing.
fn unmet(facts: &Facts<'_>) -> Option<String> {
    let count = |name, one: &str, many: &str| match facts.count(name)? {
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    Some(match facts.code() {
        "unmet.no_offer" if facts.count("matching")? > 0 => {
            "Die Vorgaben dieses Plans schließen alle passenden Angebote aus.".to_owned()
        }
        "unmet.no_offer" => "Kein Angebot passt.".to_owned(),
        "unmet.no_common_offer" => match facts.count("parts")? {
            0 => "Kein Angebot passt für die ganze Gruppe.".to_owned(),
            _ => format!("Kein Angebot passt für die ganze Gruppe; in {} ginge es.", count("parts", "Teil", "Teilen")?),
        },
        "unmet.party_too_large" if facts.count("left")? == 0 => {
            let people = count("people", "Person", "Personen")?;
            format!("{people} bleiben zusammen; kein passendes Angebot hat noch einen Platz frei.")
        }
        "unmet.party_too_large" => format!(
            "{} bleiben zusammen; kein passendes Angebot hat mehr als {} frei.",
            count("people", "Person", "Personen")?,
            count("left", "Platz", "Plätze")?
        ),
        "unmet.place_unknown" => format!(
            "{}, aber die Plätze sind nicht bekannt: bitte erst anrufen.",
            count("offers", "Angebot passt", "Angebote passen")?
        ),
        "unmet.no_place" => match facts.count("taken_by")? {
            0 => format!("{}, aber ohne freien Platz.", count("offers", "Angebot passt", "Angebote passen")?),
            _ => format!(
                "{}, aber alle Plätze sind vergeben, an {}.",
                count("offers", "Angebot passt", "Angebote passen")?,
                count("taken_by", "anderen Bedarf", "andere Bedarfe")?
            ),
        },
        _ => return None,
    })
}
