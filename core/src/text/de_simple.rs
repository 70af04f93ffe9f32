//! Sentences in plain German (einfache Sprache, DIN 8581-1).
//!
//! Short main clauses, common words, one thought a sentence, two sentences at most. No passive, no brackets, no
//! semicolons, no abbreviations; numbers are digits.

use super::{
    de,
    facts::{Facts, Tongue},
};
use crate::{criterion::Criterion, terms::Lang};

pub(super) const TONGUE: Tongue = Tongue {
    lang: Lang::DeSimple,
    sentence,
    criterion,
    term,
    and: "und",
    or: "oder",
    more: "weitere",
    any_spoken: "gesprochene Sprachen",
};

fn criterion(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Help => "Hilfe",
        Criterion::Crime => "Tat",
        Criterion::Language => "Sprache",
        Criterion::Region => "Ort",
        Criterion::Capacity => "Plätze",
        Criterion::Role => "Personen",
        Criterion::Gender => "Geschlecht",
        Criterion::Age => "Alter",
        Criterion::Format => "Kontakt",
        Criterion::Access => "Zugang",
    }
}

fn term(word: &'static str) -> &'static str {
    match word {
        "on_site" => "vor Ort",
        "outreach" => "als Besuch",
        "phone" => "am Telefon",
        "video" => "mit Video",
        "chat" => "im Chat",
        "email" => "mit E-Mail",
        "female" => "Frauen",
        "male" => "Männer",
        "other" => "Menschen mit anderem Geschlecht",
        "unknown" => "Menschen ohne Angabe zum Geschlecht",
        word => word,
    }
}

fn sentence(facts: &Facts<'_>) -> Option<String> {
    let name = |fact| facts.name(fact);
    Some(match facts.code() {
        "help.same" => format!("Hier gibt es {}.", name("need")?),
        "help.covered" => format!("Hier gibt es {}. Dazu gehört {}.", name("offer")?, name("need")?),
        "help.any" => format!("Hier gibt es jede Hilfe. Dazu gehört {}.", name("need")?),
        "help.part" => format!("Hier gibt es {}. Das ist ein Teil der gesuchten Hilfe.", name("offer")?),
        "help.other" => format!("Hier gibt es {}. Die Person sucht {}.", facts.all("offer")?, name("need")?),
        "help.unknown" => format!("Vielleicht gibt es hier {}. Bitte nachfragen.", name("need")?),

        "crime.specialist" => format!("Hier arbeiten Fachleute für diese Tat: {}.", scope(facts)?),
        "crime.vague" => {
            format!("Hier arbeiten Fachleute für diese Tat: {}. Zur Tat fehlen noch Angaben.", scope(facts)?)
        }
        "crime.context_open" => format!("Hier arbeiten Fachleute für diese Tat: {}. Bitte nachfragen.", scope(facts)?),
        "crime.any" => "Das Angebot gilt für jede Tat.".to_owned(),
        "crime.other" => format!("Das Angebot gilt für andere Taten. Hier geht es um: {}.", crime(facts)?),
        "crime.unknown" => format!("Vielleicht gilt das Angebot für diese Tat: {}. Bitte nachfragen.", crime(facts)?),
        "crime.restricted" => format!("Das Angebot gilt nur für diese Taten: {}. Bitte klären.", scope(facts)?),

        "language.spoken" | "language.interpreter" => format!("{}{}", speech(facts)?, command(facts)),
        "language.on_request" => format!("{} Bitte vorher fragen.", speech(facts)?),
        "language.related" => {
            let (speech, need) = (speech(facts)?, name("need")?);
            let much = match facts.degree("degree")? {
                9_000.. => "sehr gut",
                7_500.. => "gut",
                5_000.. => "zum Teil",
                _ => "ein wenig",
            };
            format!("{speech} Wer {need} spricht, versteht das {much}.")
        }
        "language.variant" => format!("{} {} ist sehr ähnlich.", speech(facts)?, name("need")?),
        "language.any" => match facts.word("how")? {
            "interpreter" => format!("Ein Dolmetscher hilft in jeder Sprache. Auch {} ist möglich.", name("need")?),
            "on_request" => format!("Auch {} ist vielleicht möglich. Bitte vorher fragen.", name("need")?),
            _ => format!("Hier geht jede Sprache. Auch {} ist möglich.", name("need")?),
        },
        "language.umbrella" => {
            format!("Das Angebot nennt {}. Bitte nachfragen: {}.", name("offer")?, name("need")?)
        }
        "language.none" => {
            format!("Die Person kann {}. Hier gibt es nur {}.", facts.all("need")?, facts.all("offer")?)
        }
        "language.unknown" => format!("Vielleicht geht hier {}. Bitte nachfragen.", facts.either("need")?),

        "region.within" => format!("{}{}", area(facts), reach(facts)?),
        "region.part" => match name("area") {
            Some(area) => format!("Das Angebot gilt für {area} in der Region {}.{}", name("need")?, reach(facts)?),
            None => format!("Das Angebot gilt überall.{}", reach(facts)?),
        },
        "region.same_kreis" => {
            let (area, need) = (name("area")?, name("need")?);
            format!("Das Angebot gilt im selben Kreis für {area}. Bitte nachfragen: Hilfe für {need}.")
        }
        "region.neighbour" => {
            let (area, need) = (name("area")?, name("need")?);
            format!("Das Angebot gilt für die Region {area} nebenan. Bitte nachfragen: Hilfe für {need}.")
        }
        "region.outside" => {
            format!("Das Angebot gilt für {}. Die Hilfe soll für {} sein.", facts.all("area")?, name("need")?)
        }
        "region.unknown" => format!("Vielleicht gilt das Angebot für {}. Bitte nachfragen.", name("need")?),

        "capacity.free" | "capacity.too_few" => match facts.count("people")? {
            1 => places(facts)?,
            people => format!("{} {people} Menschen brauchen einen Platz.", places(facts)?),
        },
        "capacity.unlimited" => "Es gibt immer Platz.".to_owned(),
        "capacity.waitlist" => "Es gibt eine Warteliste.".to_owned(),
        "capacity.assessment" => match (places(facts), facts.count("people")) {
            (Some(places), Some(1)) => format!("Zuerst gibt es ein Gespräch. {places}"),
            (Some(_), Some(people)) => {
                let free = match facts.count("free")? {
                    0 => "Frei ist kein Platz".to_owned(),
                    1 => "Frei ist 1 Platz".to_owned(),
                    free => format!("Frei sind {free} Plätze"),
                };
                format!("Zuerst gibt es ein Gespräch. {free} für {people} Menschen.")
            }
            _ => "Zuerst gibt es ein Gespräch.".to_owned(),
        },
        "capacity.full" => "Im Moment ist kein Platz frei.".to_owned(),
        "capacity.unknown" => "Vielleicht sind Plätze frei. Bitte nachfragen.".to_owned(),
        "capacity.stale" => match facts.count("days")? {
            1 => "Die Angabe zu den Plätzen ist 1 Tag alt. Bitte nachfragen.".to_owned(),
            days => format!("Die Angabe zu den Plätzen ist {days} Tage alt. Bitte nachfragen."),
        },

        "role.served" => format!("Das Angebot ist für {}.", name("offer")?),
        "role.any" => format!("Das Angebot ist für alle. Dazu gehören {}.", facts.all("need")?),
        "role.other" => {
            format!("Das Angebot ist für {}. Die Hilfe soll für {} sein.", facts.all("offer")?, facts.all("need")?)
        }
        "role.unknown" => format!("Vielleicht ist das Angebot auch für {}. Bitte nachfragen.", facts.either("need")?),
        "role.restricted" | "gender.restricted" => {
            format!("Das Angebot ist nur für {}. Bitte klären.", facts.all("offer")?)
        }

        "gender.served" => format!("Das Angebot ist für {}.", facts.term("need")?),
        "gender.any" => "Das Angebot ist für alle Geschlechter.".to_owned(),
        "gender.other" => format!("Das Angebot ist für {}. {}", facts.all("offer")?, gender(facts)?),
        "gender.unclear" => format!("Das Angebot ist für {}. Bitte klären.", facts.all("offer")?),
        "gender.unknown" => format!("Vielleicht ist das Angebot auch für {}. Bitte nachfragen.", facts.term("need")?),

        "age.within" | "age.below" | "age.above" => match (de::ages(facts), facts.count("need")?) {
            (None, _) => "Das Angebot gilt für jedes Alter.".to_owned(),
            (Some(ages), 1) => format!("Das Angebot gilt {ages}. Die Person ist 1 Jahr alt."),
            (Some(ages), age) => format!("Das Angebot gilt {ages}. Die Person ist {age} Jahre alt."),
        },
        "age.unknown" => {
            format!("Vielleicht gilt das Angebot auch mit {}. Bitte nachfragen.", de::years(facts.count("need")?))
        }
        "age.restricted" => format!("Das Angebot gilt nur {}. Bitte klären.", de::ages(facts)?),

        "format.shared" => format!("Die Hilfe gibt es {}.", facts.all("shared")?),
        "format.any" => format!("Die Hilfe gibt es auch {}.", facts.all("need")?),
        "format.other" => {
            format!("Die Hilfe gibt es {}. Die Person sucht Hilfe {}.", facts.all("offer")?, facts.either("need")?)
        }
        "format.unknown" => format!("Vielleicht gibt es die Hilfe {}. Bitte nachfragen.", facts.either("need")?),

        "access.offered" => format!("Das gibt es hier: {}.", facts.list("need")?),
        "access.lacking" => format!("Das gibt es hier nicht: {}.", facts.list("lacking")?),
        "access.unmentioned" => format!("Vielleicht gibt es das hier: {}. Bitte nachfragen.", facts.list("missing")?),
        "access.unknown" => format!("Vielleicht gibt es das hier: {}. Bitte nachfragen.", facts.list("need")?),

        code if code.starts_with("change.") => change(facts)?,
        code if code.starts_with("unmet.") => unmet(facts)?,
        code if code.ends_with(".not_asked") => format!("{}: Dazu gibt es keine Frage.", facts.criterion()?),
        code if code.ends_with(".ignored") => format!("{}: Das zählt hier nicht.", facts.criterion()?),
        _ => return None,
    })
}

/// What would have to change; as what is so, since plain words know no "would".
fn change(facts: &Facts<'_>) -> Option<String> {
    let ask = |what: String| format!("Vielleicht passt das Angebot. Bitte nachfragen: {what}.");
    let fits_for = |who: &str| format!("Das Angebot passt, wenn es auch für {who} gilt.");
    let fits_with = |free| match free {
        1 => "Mit 1 freien Platz passt das Angebot.".to_owned(),
        free => format!("Mit {free} freien Plätzen passt das Angebot."),
    };
    Some(match facts.code() {
        "change.help" => format!("Hier fehlt {}. Damit passt das Angebot.", facts.name("help")?),
        "change.tell_help" => ask(facts.name("help")?),
        "change.crime" => {
            format!("Das Angebot passt, wenn es auch für diese Tat gilt: {}.", facts.crimes("crime", "context")?)
        }
        "change.tell_crime" => ask(facts.crimes("crime", "context")?),
        "change.context" => ask(facts.list("context")?),
        "change.interpreter" => format!("Mit einem Dolmetscher für {} passt das Angebot.", facts.name("language")?),
        "change.spoken" => {
            let verb = if facts.is_sign("language") { "kann" } else { "spricht" };
            format!("Das Angebot passt, wenn dort jemand {} {verb}.", facts.name("language")?)
        }
        "change.tell_language" => ask(facts.name("language")?),
        "change.region" => match (facts.name("region")?, facts.name("from")) {
            (region, Some(from)) => format!("{} Für {from} passt es.", fits_for(&region)),
            (region, None) => fits_for(&region),
        },
        "change.tell_region" => ask(format!("Hilfe für {}", facts.name("region")?)),
        "change.remote" => format!("Ohne Fahrt passt das Angebot, mit Hilfe {}.", facts.either("formats")?),
        "change.from" => format!("Für {} passt das Angebot.", facts.name("from")?),
        "change.places" => match (facts.count("more")?, facts.word("state")) {
            (more, Some("full")) => format!("Im Moment ist kein Platz frei. {}", fits_with(more)),
            (more, Some(_)) => format!("Es gibt eine Warteliste. {}", fits_with(more)),
            (1, None) => "Es fehlt 1 Platz. Damit passt das Angebot.".to_owned(),
            (more, None) => format!("Es fehlen {more} Plätze. Damit passt das Angebot."),
        },
        "change.tell_places" => match facts.count("places")? {
            1 => "Vielleicht ist 1 Platz frei. Bitte nachfragen.".to_owned(),
            places => format!("Vielleicht sind {places} Plätze frei. Bitte nachfragen."),
        },
        "change.role" => fits_for(&facts.either("roles")?),
        "change.tell_role" => ask(format!("Hilfe für {}", facts.either("roles")?)),
        "change.gender" => fits_for(facts.term("gender")?),
        "change.tell_gender" => ask(format!("Hilfe für {}", facts.term("gender")?)),
        "change.know_gender" => {
            format!("Das Angebot passt nur für {}. Bitte die Person fragen.", facts.all("genders")?)
        }
        "change.age" => match de::ages(facts) {
            Some(ages) => format!("Das Angebot passt, wenn es {ages} gilt."),
            None => "Das Angebot passt, wenn es für jedes Alter gilt.".to_owned(),
        },
        "change.tell_age" => ask(format!("Hilfe mit {}", de::years(facts.count("age")?))),
        "change.format" => format!("Das Angebot passt, wenn es auch Hilfe {} gibt.", facts.either("formats")?),
        "change.tell_format" => ask(format!("Hilfe {}", facts.either("formats")?)),
        "change.access" => format!("Das Angebot passt, wenn es auch das gibt: {}.", facts.list("missing")?),
        "change.tell_access" => ask(facts.list("missing")?),
        "change.none" => "Nach diesen Regeln passt das Angebot auch mit einer Änderung nicht.".to_owned(),
        _ => return None,
    })
}

fn scope(facts: &Facts<'_>) -> Option<String> {
    facts.crimes("offer", "offer_context")
}

fn crime(facts: &Facts<'_>) -> Option<String> {
    facts.crimes("need", "need_context")
}

fn speech(facts: &Facts<'_>) -> Option<String> {
    let offer = facts.name("offer")?;
    Some(match (facts.word("how")?, facts.is_sign("offer")) {
        ("interpreter", false) => format!("Ein Dolmetscher spricht {offer}."),
        ("interpreter", true) => format!("Ein Dolmetscher kann {offer}."),
        ("on_request", false) => format!("Vielleicht spricht hier jemand {offer}."),
        ("on_request", true) => format!("Vielleicht kann hier jemand {offer}."),
        (_, false) => format!("Hier spricht man {offer}."),
        (_, true) => format!("Hier kann man {offer}."),
    })
}

/// How well the person speaks the language, as a sentence of its own.
fn command(facts: &Facts<'_>) -> String {
    let well = match facts.word("level") {
        Some("native" | "C2" | "C1") => "sehr gut",
        Some("B2") => "gut",
        Some("B1") => "recht gut",
        Some("A2") => "ein wenig",
        Some(_) => "nur sehr wenig",
        None => match facts.count("order") {
            Some(order) => return format!(" Das ist die {order}. Sprache der Person."),
            None => return String::new(),
        },
    };
    format!(" Die Person kann diese Sprache {well}.")
}

fn area(facts: &Facts<'_>) -> String {
    match facts.name("area") {
        Some(area) => format!("Das Angebot gilt für {area}."),
        None => "Das Angebot gilt überall.".to_owned(),
    }
}

fn reach(facts: &Facts<'_>) -> Option<String> {
    Some(match facts.word("reach")? {
        "remote" => " Man muss nicht hinfahren.".to_owned(),
        "same_kreis" => " Es liegt im selben Kreis.".to_owned(),
        "journey" => match facts.count("km")? {
            // Between centres of regions, 0 km would sound more exact than it is.
            0 => " Es liegt in der Nähe.".to_owned(),
            km => format!(" Es ist {km} Kilometer entfernt."),
        },
        _ => " Die Entfernung ist nicht bekannt.".to_owned(),
    })
}

fn places(facts: &Facts<'_>) -> Option<String> {
    Some(match facts.count("free")? {
        0 => "Es ist kein Platz frei.".to_owned(),
        1 => "Es ist 1 Platz frei.".to_owned(),
        free => format!("Es sind {free} Plätze frei."),
    })
}

fn gender(facts: &Facts<'_>) -> Option<&'static str> {
    Some(match facts.word("need")? {
        "female" => "Die Person ist eine Frau.",
        "male" => "Die Person ist ein Mann.",
        "other" => "Die Person hat ein anderes Geschlecht.",
        _ => "Das Geschlecht der Person ist nicht bekannt.",
    })
}

/// Why somebody got nothing.
fn unmet(facts: &Facts<'_>) -> Option<String> {
    let count = |name, one: &str, many: &str| match facts.count(name)? {
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    Some(match facts.code() {
        "unmet.no_offer" if facts.count("matching")? > 0 => {
            "Die Regeln für diesen Plan lassen kein Angebot zu.".to_owned()
        }
        "unmet.no_offer" => "Kein Angebot passt.".to_owned(),
        "unmet.no_common_offer" => "Kein Angebot passt für die ganze Gruppe.".to_owned(),
        "unmet.party_too_large" if facts.count("left")? == 0 => {
            let people = count("people", "Person", "Personen")?;
            format!("{people} wollen zusammen bleiben. Kein Angebot hat noch einen Platz.")
        }
        "unmet.party_too_large" => format!(
            "{} wollen zusammen bleiben. Kein Angebot hat mehr als {}.",
            count("people", "Person", "Personen")?,
            count("left", "Platz", "Plätze")?
        ),
        "unmet.place_unknown" => format!(
            "{}, aber wir kennen die Plätze nicht. Bitte erst anrufen.",
            count("offers", "Angebot passt", "Angebote passen")?
        ),
        "unmet.no_place" => {
            format!("{}. Aber alle Plätze sind besetzt.", count("offers", "Angebot passt", "Angebote passen")?)
        }
        _ => return None,
    })
}
