//! Sentences in English.

use super::facts::{Facts, Tongue, capital};
use crate::{criterion::Criterion, terms::Lang};

pub(super) const TONGUE: Tongue = Tongue {
    lang: Lang::En,
    sentence,
    criterion,
    term,
    and: "and",
    or: "or",
    more: "more",
    any_spoken: "any spoken language",
};

fn criterion(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Help => "help",
        Criterion::Crime => "crime",
        Criterion::Language => "language",
        Criterion::Region => "region",
        Criterion::Capacity => "places",
        Criterion::Role => "role",
        Criterion::Gender => "gender",
        Criterion::Age => "age",
        Criterion::Format => "format",
        Criterion::Access => "access",
    }
}

fn term(word: &'static str) -> &'static str {
    match word {
        "on_site" => "on site",
        "outreach" => "by outreach",
        "phone" => "by phone",
        "video" => "by video",
        "chat" => "by chat",
        "email" => "by e-mail",
        "female" => "women",
        "male" => "men",
        "other" => "people of another gender",
        "unknown" => "people who state no gender",
        word => word,
    }
}

fn sentence(facts: &Facts<'_>) -> Option<String> {
    let name = |fact| facts.name(fact);
    Some(match facts.code() {
        "help.same" => format!("Offers exactly this: {}.", name("need")?),
        "help.covered" => format!("Offers {}, which includes: {}.", name("offer")?, name("need")?),
        "help.any" => format!("Offers every kind of help, including: {}.", name("need")?),
        "help.part" => format!("Offers a part of it: {} (asked for: {}).", name("offer")?, name("need")?),
        "help.other" => format!("Offers {}; asked for: {}.", facts.all("offer")?, name("need")?),
        "help.unknown" => format!("Not known whether it offers this help ({}): please ask.", name("need")?),

        "crime.specialist" => format!("Specialises in: {}.", scope(facts)?),
        "crime.vague" => match crime(facts) {
            Some(crime) => format!("Specialises in: {}. Known so far: {crime}.", scope(facts)?),
            None => format!("Specialises in: {}. The kind of crime is still open.", scope(facts)?),
        },
        "crime.context_open" => format!("Specialises in: {}. Please check the setting.", scope(facts)?),
        "crime.any" => "For every kind of crime.".to_owned(),
        "crime.other" => format!("Specialises in something else; asked for: {}.", crime(facts)?),
        "crime.unknown" => format!("Not known whether it covers this crime ({}): please ask.", crime(facts)?),
        "crime.restricted" => {
            format!("Only for certain crimes ({}): please check.", facts.crimes("offer", "offer_context")?)
        }

        "language.spoken" | "language.interpreter" | "language.on_request" => {
            format!("{}{}.", speech(facts)?, command(facts))
        }
        "language.related" => {
            let (speech, need) = (speech(facts)?, name("need")?);
            let much = match facts.degree("degree")? {
                9_000.. => "very well",
                7_500.. => "well",
                5_000.. => "in part",
                _ => "a little",
            };
            format!("{speech}; people who speak {need} understand it {much}{}.", command(facts))
        }
        "language.variant" => {
            let (speech, offer, need) = (speech(facts)?, name("offer")?, name("need")?);
            format!("{speech}; {need} and {offer} are forms of one language{}.", command(facts))
        }
        "language.any" => {
            let how = match facts.word("how")? {
                "interpreter" => "Any language with an interpreter",
                "on_request" => "Any language on request",
                _ => "Any language is possible",
            };
            format!("{how}, including {}{}.", name("need")?, command(facts))
        }
        "language.umbrella" => {
            let (offer, need) = (name("offer")?, name("need")?);
            let how = match facts.word("how")? {
                "interpreter" => " with an interpreter",
                "on_request" => " on request",
                _ => "",
            };
            format!("The offer says {offer}{how}, the need says {need}{}: please check.", command(facts))
        }
        "language.none" => {
            let (need, offer) = (facts.list("need")?, facts.list("offer")?);
            format!("No shared language (person: {need}; offer: {offer}).")
        }
        "language.unknown" => format!("Not known whether {} is possible: please ask.", facts.either("need")?),

        "region.within" => format!("{}{}.", area(facts), reach(facts)?),
        "region.part" => {
            format!("{} (part of the region asked for, {}){}.", area(facts), name("need")?, reach(facts)?)
        }
        "region.same_kreis" => {
            let (area, need, km) = (area(facts), name("need")?, journey(facts));
            format!("{area}, in the same district as {need}{km}: please check whether it can help.")
        }
        "region.neighbour" => {
            let (area, need, km) = (area(facts), name("need")?, journey(facts));
            format!("{area}, next to {need}{km}: please check whether it can help.")
        }
        "region.outside" => format!("Serves {}; asked for: {}.", facts.all("area")?, name("need")?),
        "region.unknown" => format!("Not known whether it serves {}: please ask.", name("need")?),

        "capacity.free" | "capacity.too_few" => format!("{}.", capital(&places(facts)?)),
        "capacity.unlimited" => "Places without limit.".to_owned(),
        "capacity.waitlist" => "Takes people from a waiting list.".to_owned(),
        "capacity.assessment" => match places(facts) {
            Some(places) => format!("A talk comes first, {places}."),
            None => "A talk comes first.".to_owned(),
        },
        "capacity.full" => "All places are taken at the moment.".to_owned(),
        "capacity.unknown" => "Not known whether places are free: please ask.".to_owned(),
        "capacity.stale" => {
            let (day, age) = (day(facts)?, facts.count("days")?);
            let days = if age == 1 { "day" } else { "days" };
            format!("As of {day} ({age} {days} old): please ask.")
        }

        "role.served" => match (name("need")?, name("offer")?) {
            (need, offer) if need == offer => format!("For {offer}."),
            (need, offer) => format!("For {offer} (asked for: {need})."),
        },
        "role.any" => format!("For everyone, including {}.", facts.all("need")?),
        "role.other" => format!("For {}; asked for: {}.", facts.all("offer")?, facts.all("need")?),
        "role.unknown" => format!("Not known whether it is for {}: please ask.", facts.either("need")?),
        "role.restricted" | "gender.restricted" => format!("Only for {}: please check.", facts.all("offer")?),

        "gender.served" => format!("For {}.", facts.term("need")?),
        "gender.any" => "For every gender.".to_owned(),
        "gender.other" => format!("For {} (person: {}).", facts.all("offer")?, gender(facts)?),
        "gender.unclear" => format!("For {} (person: {}): please check.", facts.all("offer")?, gender(facts)?),
        "gender.unknown" => format!("Not known whether it is for {}: please ask.", facts.term("need")?),

        "age.within" | "age.below" | "age.above" => match (ages(facts), facts.count("need")?) {
            (Some(ages), age) => format!("{}, the person is {age}.", capital(&ages)),
            (None, _) => "For every age.".to_owned(),
        },
        "age.unknown" => format!("Not known whether it is for age {}: please ask.", facts.count("need")?),
        "age.restricted" => format!("Only {}: please check.", ages(facts)?),

        "format.shared" => format!("Helps {}.", facts.all("shared")?),
        "format.any" => format!("Helps in every way, including {}.", facts.all("need")?),
        "format.other" => format!("Helps {}; asked for: help {}.", facts.all("offer")?, facts.either("need")?),
        "format.unknown" => format!("Not known whether it helps {}: please ask.", facts.either("need")?),

        "access.offered" => format!("Available: {}.", facts.list("need")?),
        "access.lacking" => format!("Not available: {}.", facts.list("lacking")?),
        "access.unmentioned" => format!("Not mentioned ({}): please ask.", facts.list("missing")?),
        "access.unknown" => format!("Nothing known about access ({}): please ask.", facts.list("need")?),

        code if code.starts_with("change.") => change(facts)?,
        code if code.starts_with("unmet.") => unmet(facts)?,
        code if code.ends_with(".not_asked") => format!("{}: not asked for.", capital(facts.criterion()?)),
        code if code.ends_with(".ignored") => format!("{}: does not count here.", capital(facts.criterion()?)),
        _ => return None,
    })
}

/// What would have to change.
fn change(facts: &Facts<'_>) -> Option<String> {
    let said = |what: String| format!("Would fit if the offer said that {what}.");
    Some(match facts.code() {
        "change.help" => format!("Would fit if it also offered: {}.", facts.name("help")?),
        "change.tell_help" => said(format!("it offers this: {}", facts.name("help")?)),
        "change.crime" => format!("Would fit if it also covered: {}.", facts.crimes("crime", "context")?),
        "change.tell_crime" => said(format!("it covers this: {}", facts.crimes("crime", "context")?)),
        "change.context" => format!("Would fit in this setting: {}. Please check.", facts.list("context")?),
        "change.interpreter" => format!("Would fit with an interpreter for {}.", facts.name("language")?),
        "change.spoken" => {
            let verb = if facts.is_sign("language") { "used" } else { "spoke" };
            format!("Would fit if someone there {verb} {}.", facts.name("language")?)
        }
        "change.tell_language" => said(format!("{} is possible", facts.name("language")?)),
        "change.region" => match (facts.name("region")?, facts.name("from")) {
            (region, Some(from)) => format!("Would fit if it also served {region}; it would fit from {from}."),
            (region, None) => format!("Would fit if it also served {region}."),
        },
        "change.tell_region" => said(format!("it serves {}", facts.name("region")?)),
        "change.remote" => format!("Would fit without a journey, with help {}.", facts.either("formats")?),
        "change.from" => format!("Would fit from {}.", facts.name("from")?),
        "change.places" => {
            let places = |count: u64, sort| format!("{count} {sort} {}", if count == 1 { "place" } else { "places" });
            match (facts.count("more")?, facts.word("state")) {
                (more, Some("full")) => {
                    format!("Would fit with {}; all places are taken at the moment.", places(more, "free"))
                }
                (more, Some(_)) => format!("Would fit with {}; now there is a waiting list.", places(more, "free")),
                (more, None) => format!("Would fit with {}.", places(more, "more")),
            }
        }
        "change.tell_places" => said(match facts.count("places")? {
            1 => "1 place is free".to_owned(),
            places => format!("{places} places are free"),
        }),
        "change.role" => format!("Would fit if it was also for {}.", facts.either("roles")?),
        "change.tell_role" => said(format!("it is for {}", facts.either("roles")?)),
        "change.gender" => format!("Would fit if it was also for {}.", facts.term("gender")?),
        "change.tell_gender" => said(format!("it is for {}", facts.term("gender")?)),
        "change.know_gender" => format!("Would fit if the person belongs to: {}. Please ask.", facts.list("genders")?),
        "change.age" => match ages(facts) {
            Some(ages) => format!("Would fit if it took people {ages}."),
            None => "Would fit if it was for every age.".to_owned(),
        },
        "change.tell_age" => said(format!("it is for age {}", facts.count("age")?)),
        "change.format" => format!("Would fit if it also helped {}.", facts.either("formats")?),
        "change.tell_format" => said(format!("it helps {}", facts.either("formats")?)),
        "change.access" => format!("Would fit if it also had: {}.", facts.list("missing")?),
        "change.tell_access" => said(format!("it has: {}", facts.list("missing")?)),
        "change.none" => "Under these rules, no change of the offer would be enough.".to_owned(),
        _ => return None,
    })
}

fn scope(facts: &Facts<'_>) -> Option<String> {
    facts.scope("offer", "offer_context", "crimes")
}

fn crime(facts: &Facts<'_>) -> Option<String> {
    facts.crimes("need", "need_context")
}

fn speech(facts: &Facts<'_>) -> Option<String> {
    let offer = facts.name("offer")?;
    Some(match facts.word("how")? {
        "interpreter" => format!("{offer} with an interpreter"),
        "on_request" => format!("{offer} on request"),
        _ if facts.is_sign("offer") => format!("Uses {offer}"),
        _ => format!("Speaks {offer}"),
    })
}

/// How well the person speaks the language, in brackets.
fn command(facts: &Facts<'_>) -> String {
    match (facts.count("order").map(ordinal), facts.word("level")) {
        (None, None) => String::new(),
        (Some(order), None) => format!(" (the person's {order} language)"),
        (Some(order), Some("native")) => format!(" (the person's {order} language, native)"),
        (Some(order), Some(level)) => format!(" (the person's {order} language, level {level})"),
        (None, Some("native")) => " (native language of the person)".to_owned(),
        (None, Some(level)) => format!(" (the person's level: {level})"),
    }
}

fn ordinal(number: u64) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn area(facts: &Facts<'_>) -> String {
    match facts.name("area") {
        Some(area) => format!("Serves {area}"),
        None => "Serves everywhere".to_owned(),
    }
}

fn reach(facts: &Facts<'_>) -> Option<String> {
    Some(match facts.word("reach")? {
        "remote" => ", no journey needed (phone, online or outreach)".to_owned(),
        "same_kreis" => ", in the same district".to_owned(),
        "journey" => journey(facts),
        _ => ", distance unknown".to_owned(),
    })
}

fn journey(facts: &Facts<'_>) -> String {
    match facts.count("km") {
        None => String::new(),
        // Between centres of regions, 0 km would sound more exact than it is.
        Some(0) => ", close by".to_owned(),
        Some(km) => format!(", {km} km away"),
    }
}

fn places(facts: &Facts<'_>) -> Option<String> {
    let free = match facts.count("free")? {
        0 => "no place free".to_owned(),
        1 => "1 place free".to_owned(),
        free => format!("{free} places free"),
    };
    match facts.count("people")? {
        1 => Some(free),
        people => Some(format!("{free}, {people} needed")),
    }
}

fn gender(facts: &Facts<'_>) -> Option<&'static str> {
    Some(match facts.word("need")? {
        "female" => "female",
        "male" => "male",
        "other" => "another gender",
        _ => "gender not known",
    })
}

/// `from age 18`, and so on; nothing where every age is meant.
fn ages(facts: &Facts<'_>) -> Option<String> {
    match (facts.count("min").filter(|min| *min > 0), facts.count("max")) {
        (None, None) => None,
        (Some(min), None) => Some(format!("from age {min}")),
        (None, Some(max)) => Some(format!("up to age {max}")),
        (Some(min), Some(max)) if min == max => Some(format!("at age {min}")),
        (Some(min), Some(max)) => Some(format!("from age {min} to {max}")),
    }
}

fn day(facts: &Facts<'_>) -> Option<String> {
    let [year, month, day] = facts.day("updated")?;
    let month = match month.as_str() {
        "01" => "January",
        "02" => "February",
        "03" => "March",
        "04" => "April",
        "05" => "May",
        "06" => "June",
        "07" => "July",
        "08" => "August",
        "09" => "September",
        "10" => "October",
        "11" => "November",
        _ => "December",
    };
    Some(format!("{} {month} {year}", day.trim_start_matches('0')))
}

/// Why somebody got nothing.
fn unmet(facts: &Facts<'_>) -> Option<String> {
    let count = |name, one: &str, many: &str| match facts.count(name)? {
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    Some(match facts.code() {
        "unmet.no_offer" if facts.count("matching")? > 0 => {
            "The options of this plan leave out every offer that matches.".to_owned()
        }
        "unmet.no_offer" => "No offer matches.".to_owned(),
        "unmet.no_common_offer" => match facts.count("parts")? {
            0 => "No offer matches the whole group.".to_owned(),
            _ => {
                format!("No offer matches the whole group; split in {} it could go.", count("parts", "part", "parts")?)
            }
        },
        "unmet.party_too_large" if facts.count("left")? == 0 => {
            let people = count("people", "person", "people")?;
            format!("{people} must stay together; no place is left at any offer that matches.")
        }
        "unmet.party_too_large" => format!(
            "{} must stay together; no offer that matches has more than {} left.",
            count("people", "person", "people")?,
            count("left", "place", "places")?
        ),
        "unmet.place_unknown" => format!(
            "{}, but the places are not known: please phone first.",
            count("offers", "offer matches", "offers match")?
        ),
        "unmet.no_place" => match facts.count("taken_by")? {
            0 => format!("{}, but without a free place.", count("offers", "offer matches", "offers match")?),
            _ => format!(
                "{}, but all places are taken, by {}.",
                count("offers", "offer matches", "offers match")?,
                count("taken_by", "other need", "other needs")?
            ),
        },
        _ => return None,
    })
}
