//! A reason for every code, for tests of the catalogue.

use crate::{
    decode::code_kind::CodeKind,
    model::{
        criterion::Criterion,
        reason::{Fact, Reason},
    },
    util::fixed::Ratio,
};

/// A fact of a test reason; lists are joined by spaces.
#[derive(Clone, Copy)]
pub(super) enum F {
    Code(&'static str, CodeKind, &'static str),
    Codes(&'static str, CodeKind, &'static str),
    Count(&'static str, u64),
    Degree(u16),
    Updated(&'static str),
    Word(&'static str, &'static str),
    Words(&'static str, &'static str),
}

pub(super) fn reason(code: &str, facts: &[F]) -> Reason {
    let list = |text: &'static str| text.split(' ');
    facts.iter().fold(Reason::new(code.to_owned().leak()), |reason, fact| match *fact {
        F::Code(name, kind, code) => reason.with_code(name, kind, code),
        F::Codes(name, kind, codes) => reason.with_codes(name, kind, list(codes).map(str::to_owned)),
        F::Count(name, count) => reason.with_count(name, count),
        F::Degree(degree) => reason.with_fact("degree", Fact::Degree(Ratio::clamped(degree))),
        F::Updated(day) => reason.with_fact("updated", Fact::Day(day.parse().unwrap())),
        F::Word(name, word) => reason.with_fact(name, Fact::Word(word)),
        F::Words(name, words) => reason.with_fact(name, Fact::Words(list(words).collect())),
    })
}

pub(super) fn help(fact: &'static str, code: &'static str) -> F {
    F::Code(fact, CodeKind::Help, code)
}

pub(super) fn language(fact: &'static str, code: &'static str) -> F {
    F::Code(fact, CodeKind::Language, code)
}

pub(super) fn languages(fact: &'static str, codes: &'static str) -> F {
    F::Codes(fact, CodeKind::Language, codes)
}

pub(super) fn region(fact: &'static str, code: &'static str) -> F {
    F::Code(fact, CodeKind::Region, code)
}

pub(super) fn regions(fact: &'static str, codes: &'static str) -> F {
    F::Codes(fact, CodeKind::Region, codes)
}

pub(super) fn roles(fact: &'static str, codes: &'static str) -> F {
    F::Codes(fact, CodeKind::Role, codes)
}

pub(super) fn access(fact: &'static str, codes: &'static str) -> F {
    F::Codes(fact, CodeKind::Access, codes)
}

/// Returns a reason for every code of the criteria and of plans, with the fewest and with the most facts.
pub(super) fn every_reason() -> Vec<Reason> {
    use F::{Count, Degree, Updated, Word, Words};
    let mut all = Vec::new();
    for criterion in Criterion::all() {
        for outcome in ["not_asked", "ignored"] {
            all.push(reason(&format!("{criterion}.{outcome}"), &[]));
        }
    }
    let mut add = |code: &str, facts: &[F]| all.push(reason(code, facts));

    let clinic = help("need", "psychosocial.trauma_clinic");
    add("help.same", &[clinic, help("offer", "psychosocial.trauma_clinic")]);
    add("help.covered", &[help("need", "legal.first_advice"), help("offer", "legal")]);
    add("help.any", &[clinic]);
    add("help.part", &[help("need", "legal"), help("offer", "legal.first_advice")]);
    let codes = "legal.first_advice practical.interpreting";
    add("help.other", &[clinic, F::Codes("offer", CodeKind::Help, codes)]);
    add("help.unknown", &[clinic]);

    let code = F::Code("need", CodeKind::Crime, "0101");
    let vague = F::Code("need", CodeKind::Crime, "01");
    let context = F::Codes("need_context", CodeKind::Context, "terrorism vehicle");
    let scope = F::Code("offer", CodeKind::Crime, "0101");
    let scope_context = F::Codes("offer_context", CodeKind::Context, "terrorism");
    add("crime.specialist", &[code, scope]);
    add("crime.specialist", &[context, scope_context]);
    add("crime.specialist", &[code, context, scope, scope_context]);
    add("crime.vague", &[context, scope]);
    add("crime.vague", &[vague, scope]);
    add("crime.vague", &[vague, context, scope, scope_context]);
    add("crime.context_open", &[code, scope_context]);
    add("crime.context_open", &[code, scope, scope_context]);
    for word in ["crime.any", "crime.other", "crime.unknown"] {
        add(word, &[code]);
        add(word, &[context]);
        add(word, &[code, context]);
    }
    let scopes = F::Codes("offer", CodeKind::Crime, "0101 03");
    add("crime.restricted", &[scopes]);
    add("crime.restricted", &[scope_context]);
    add("crime.restricted", &[scopes, scope_context]);

    for word in ["spoken", "interpreter", "on_request"] {
        let facts = [language("need", "prs"), language("offer", "prs"), Word("how", word)];
        let code = format!("language.{word}");
        add(&code, &facts);
        add(&code, &[&facts[..], &[Word("level", "native")]].concat());
        add(&code, &[&facts[..], &[Count("order", 3)]].concat());
        add(&code, &[&facts[..], &[Word("level", "A2"), Count("order", 2)]].concat());
        add(&code, &[language("need", "gsg"), language("offer", "gsg"), Word("how", word)]);
        let pairs = [
            ("related", "prs", "fa"),
            ("variant", "de-simple", "de"),
            ("any", "prs", "mul"),
            ("umbrella", "kmr", "ku"),
        ];
        for (code, need, offer) in pairs {
            let facts = [language("need", need), language("offer", offer), Word("how", word)];
            let code = format!("language.{code}");
            let degrees: &[u16] = if code == "language.related" { &[9_000, 8_000, 5_000, 4_999] } else { &[0] };
            for degree in degrees {
                let facts = if *degree > 0 { [&facts[..], &[Degree(*degree)]].concat() } else { facts.to_vec() };
                add(&code, &facts);
                add(&code, &[&facts[..], &[Word("level", "C1"), Count("order", 2)]].concat());
            }
        }
    }
    for count in [0, 1, 2] {
        add("unmet.no_offer", &[Count("matching", count)]);
        // A party without a common offer has at least one part with an offer, and a party that is too large two people.
        add("unmet.no_common_offer", &[Count("parts", count.max(1))]);
        add("unmet.party_too_large", &[Count("people", count.max(2)), Count("left", count)]);
        add("unmet.place_unknown", &[Count("offers", count)]);
        add("unmet.no_place", &[Count("offers", count), Count("taken_by", count)]);
    }
    add("language.none", &[languages("need", "prs"), languages("offer", "uk")]);
    add("language.none", &[languages("need", "prs de"), languages("offer", "ar bg cs el fr it uk")]);
    add("language.none", &[languages("need", "gsg"), languages("offer", "mul")]);
    add("language.unknown", &[languages("need", "prs")]);
    add("language.unknown", &[languages("need", "prs de en")]);

    let dresden = region("need", "14612");
    let neighbour = region("need", "14628");
    let reaches: [&[F]; 5] = [
        &[Word("reach", "remote")],
        &[Word("reach", "journey"), Count("km", 0)],
        &[Word("reach", "journey"), Count("km", 4)],
        &[Word("reach", "same_kreis")],
        &[Word("reach", "unknown")],
    ];
    for reach in reaches {
        add("region.within", &[&[dresden, region("area", "any")], reach].concat());
        add("region.within", &[&[dresden, region("area", "14")], reach].concat());
        add("region.part", &[&[region("need", "14"), region("area", "14612")], reach].concat());
        add("region.within", &[&[regions("need", "14523 16075"), regions("area", "14523 16075")], reach].concat());
        add("region.part", &[&[regions("need", "14523 16075"), region("area", "14523")], reach].concat());
        add("region.neighbour", &[&[regions("need", "14523 16075"), region("area", "14524")], reach].concat());
        add("region.same_kreis", &[&[region("need", "14628010"), region("area", "14628270")], reach].concat());
        add("region.neighbour", &[&[neighbour, region("area", "14612")], reach].concat());
    }
    add("region.outside", &[dresden, regions("area", "14713 14729")]);
    add("region.outside", &[regions("need", "14523 16075"), regions("area", "02000")]);
    add("region.unknown", &[dresden]);

    for (free, people) in [(1, 1), (3, 1), (3, 2)] {
        add("capacity.free", &[Count("free", free), Count("people", people)]);
    }
    for (free, people) in [(0, 1), (0, 3), (1, 3)] {
        add("capacity.too_few", &[Count("free", free), Count("people", people)]);
        add("capacity.assessment", &[Count("free", free), Count("people", people)]);
    }
    add("capacity.assessment", &[Count("free", 2), Count("people", 1)]);
    add("capacity.assessment", &[Count("free", 5), Count("people", 2)]);
    for code in ["unlimited", "waitlist", "full", "unknown", "assessment"] {
        add(&format!("capacity.{code}"), &[]);
    }
    add("capacity.future", &[Updated("2026-12-31")]);
    add("capacity.stale", &[Updated("2026-11-01"), Count("days", 22)]);
    add("capacity.stale", &[Updated("2026-12-31"), Count("days", 1)]);

    let role = |fact, code| F::Code(fact, CodeKind::Role, code);
    add("role.served", &[role("need", "bereaved"), role("offer", "bereaved")]);
    add("role.served", &[role("need", "bereaved"), role("offer", "relative")]);
    for word in ["role.any", "role.unknown"] {
        add(word, &[roles("need", "bereaved")]);
        add(word, &[roles("need", "bereaved relative witness")]);
    }
    add("role.other", &[roles("need", "bereaved"), roles("offer", "injured")]);
    add("role.other", &[roles("need", "bereaved relative"), roles("offer", "injured witness")]);
    add("role.restricted", &[roles("offer", "bereaved injured")]);

    for gender in ["female", "male", "other", "unknown"] {
        let need = Word("need", gender);
        for code in ["gender.served", "gender.any", "gender.unknown"] {
            add(code, &[need]);
        }
        add("gender.other", &[need, Words("offer", "male")]);
        add("gender.unclear", &[need, Words("offer", "female male")]);
    }
    add("gender.restricted", &[Words("offer", "female")]);
    add("gender.restricted", &[Words("offer", "female other")]);

    let (min, max) = (Count("min", 18), Count("max", 27));
    let need = Count("need", 34);
    add("age.within", &[need, min]);
    add("age.within", &[need, Count("min", 0)]);
    add("age.within", &[Count("need", 1), Count("min", 0), Count("max", 1)]);
    add("age.within", &[Count("need", 20), min, max]);
    add("age.within", &[Count("need", 18), min, Count("max", 18)]);
    add("age.below", &[Count("need", 16), min]);
    add("age.above", &[need, max]);
    add("age.unknown", &[need]);
    add("age.unknown", &[Count("need", 1)]);
    add("age.restricted", &[min]);
    add("age.restricted", &[max]);
    add("age.restricted", &[min, max]);

    let every = "on_site outreach phone video chat email";
    add("format.shared", &[Words("shared", "on_site")]);
    add("format.shared", &[Words("shared", every)]);
    add("format.any", &[Words("need", "on_site video")]);
    add("format.other", &[Words("need", "on_site video"), Words("offer", "outreach phone")]);
    add("format.unknown", &[Words("need", "on_site")]);
    add("format.unknown", &[Words("need", "on_site video chat")]);

    add("access.offered", &[access("need", "free_of_charge wheelchair")]);
    add("access.lacking", &[access("lacking", "wheelchair")]);
    add("access.unmentioned", &[access("missing", "induction_loop wheelchair")]);
    add("access.unknown", &[access("need", "easy_language")]);
    all.extend(every_change());
    all
}

/// Returns a reason for every code of a required change, with the fewest and with the most facts.
fn every_change() -> Vec<Reason> {
    use F::{Count, Word, Words};
    let mut all = vec![Reason::new("change.none")];
    let mut add = |word: &str, facts: &[F]| all.push(reason(&format!("change.{word}"), facts));
    let crime = F::Code("crime", CodeKind::Crime, "0101");
    let context = F::Codes("context", CodeKind::Context, "terrorism vehicle");
    for prefix in ["", "tell_"] {
        let mut either = |word: &str, facts: &[F]| add(&format!("{prefix}{word}"), facts);
        either("help", &[help("help", "psychosocial.trauma_clinic")]);
        either("crime", &[crime]);
        either("crime", &[context]);
        either("crime", &[crime, context]);
        either("region", &[region("region", "14612")]);
        either("role", &[roles("roles", "bereaved")]);
        either("role", &[roles("roles", "bereaved relative witness")]);
        for gender in ["female", "male", "other", "unknown"] {
            either("gender", &[Word("gender", gender)]);
        }
        either("format", &[Words("formats", "on_site")]);
        either("format", &[Words("formats", "on_site outreach phone video chat email")]);
        either("access", &[access("missing", "wheelchair")]);
        either("access", &[access("missing", "induction_loop wheelchair")]);
    }
    add("context", &[context]);
    for word in ["interpreter", "spoken", "tell_language"] {
        add(word, &[language("language", "ti")]);
        add(word, &[language("language", "gsg")]);
    }
    add("region", &[region("region", "14612"), region("from", "14625")]);
    add("from", &[region("from", "14729")]);
    add("remote", &[Words("formats", "phone")]);
    add("remote", &[Words("formats", "outreach phone video chat email")]);
    for more in [1, 3] {
        let (more, people) = (Count("more", more), Count("people", 3));
        add("places", &[more, people]);
        add("places", &[more, people, Word("state", "full")]);
        add("places", &[more, people, Word("state", "waitlist")]);
    }
    add("tell_places", &[Count("places", 1)]);
    add("tell_places", &[Count("places", 3)]);
    add("know_gender", &[Words("genders", "female")]);
    add("know_gender", &[Words("genders", "female male")]);
    for (end, years) in [("min", 0), ("min", 1), ("min", 16), ("max", 0), ("max", 1), ("max", 40)] {
        add("age", &[Count(end, years)]);
    }
    add("tell_age", &[Count("age", 1)]);
    add("tell_age", &[Count("age", 34)]);
    all
}
