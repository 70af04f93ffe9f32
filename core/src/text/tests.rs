use crate::text::{criterion_name, sentence};
use crate::{
    criteria::{ignored, not_asked},
    decode::code_kind::CodeKind,
    example,
    matcher::Matcher,
    model::{
        criterion::Criterion,
        enums::Lang,
        reason::{Fact, Reason},
    },
    util::fixed::Ratio,
    vocabulary::Vocabulary,
};

/// One fact of a test, in a short form: lists are joined by blanks.
#[derive(Clone, Copy)]
enum F {
    Code(&'static str, CodeKind, &'static str),
    Codes(&'static str, CodeKind, &'static str),
    Count(&'static str, u64),
    Degree(u16),
    Updated(&'static str),
    Word(&'static str, &'static str),
    Words(&'static str, &'static str),
}

fn reason(code: &str, facts: &[F]) -> Reason {
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

fn help(fact: &'static str, code: &'static str) -> F {
    F::Code(fact, CodeKind::Help, code)
}

fn language(fact: &'static str, code: &'static str) -> F {
    F::Code(fact, CodeKind::Language, code)
}

fn languages(fact: &'static str, codes: &'static str) -> F {
    F::Codes(fact, CodeKind::Language, codes)
}

fn region(fact: &'static str, code: &'static str) -> F {
    F::Code(fact, CodeKind::Region, code)
}

fn roles(fact: &'static str, codes: &'static str) -> F {
    F::Codes(fact, CodeKind::Role, codes)
}

fn access(fact: &'static str, codes: &'static str) -> F {
    F::Codes(fact, CodeKind::Access, codes)
}

/// Every code that the criteria give, with its fewest and its most facts.
fn every_reason() -> Vec<Reason> {
    use F::{Count, Degree, Updated, Word, Words};
    let mut all = Vec::new();
    for criterion in Criterion::all() {
        all.extend([not_asked(criterion), ignored(criterion)]);
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
    let setting = F::Codes("need_context", CodeKind::Context, "terrorism vehicle");
    let scope = F::Code("offer", CodeKind::Crime, "0101");
    let scope_setting = F::Codes("offer_context", CodeKind::Context, "terrorism");
    add("crime.specialist", &[code, scope]);
    add("crime.specialist", &[setting, scope_setting]);
    add("crime.specialist", &[code, setting, scope, scope_setting]);
    add("crime.vague", &[setting, scope]);
    add("crime.vague", &[vague, scope]);
    add("crime.vague", &[vague, setting, scope, scope_setting]);
    add("crime.context_open", &[code, scope_setting]);
    add("crime.context_open", &[code, scope, scope_setting]);
    for word in ["crime.any", "crime.other", "crime.unknown"] {
        add(word, &[code]);
        add(word, &[setting]);
        add(word, &[code, setting]);
    }
    let scopes = F::Codes("offer", CodeKind::Crime, "0101 03");
    add("crime.restricted", &[scopes]);
    add("crime.restricted", &[scope_setting]);
    add("crime.restricted", &[scopes, scope_setting]);

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
        // At least two people stay together, and go in at least two parts.
        add("unmet.no_common_offer", &[Count("parts", count.max(2))]);
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
        add("region.same_kreis", &[&[region("need", "14628010"), region("area", "14628270")], reach].concat());
        add("region.neighbour", &[&[neighbour, region("area", "14612")], reach].concat());
    }
    add("region.outside", &[dresden, F::Codes("area", CodeKind::Region, "14713 14729")]);
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

/// Every code of what would have to change, with its fewest and its most facts.
fn every_change() -> Vec<Reason> {
    use F::{Count, Word, Words};
    let mut all = vec![Reason::new("change.none")];
    let mut add = |word: &str, facts: &[F]| all.push(reason(&format!("change.{word}"), facts));
    let crime = F::Code("crime", CodeKind::Crime, "0101");
    let context = F::Codes("context", CodeKind::Context, "terrorism vehicle");
    for tell in ["", "tell_"] {
        let mut either = |word: &str, facts: &[F]| add(&format!("{tell}{word}"), facts);
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

#[test]
fn every_code_has_a_sentence_in_every_language() {
    let vocabulary = Vocabulary::default();
    for lang in Lang::all() {
        for reason in every_reason() {
            let text = sentence(&reason, lang, &vocabulary);
            let shown = format!("{lang} {reason:?}: {text}");
            assert_ne!(text, reason.code(), "{shown}");
            assert!(text.ends_with('.') && !text.ends_with(".."), "{shown}");
            assert!(!text.starts_with(char::is_lowercase), "{shown}");
            let slips = ["{", "}", "  ", "\n", "\"", " .", " ,", " :", " ;", ",,", ":.", "_"];
            assert!(!slips.iter().any(|slip| text.contains(slip)), "{shown}");
            assert_eq!(text.matches('(').count(), text.matches(')').count(), "{shown}");
            assert!(text.chars().count() < 200, "{shown}");
        }
    }
}

#[test]
fn no_code_shows_where_a_name_is_known() {
    let vocabulary = Vocabulary::default();
    for lang in Lang::all() {
        for reason in every_reason() {
            let text = sentence(&reason, lang, &vocabulary);
            let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && !"._-".contains(c)).collect();
            let codes = reason.facts().flat_map(|(_, fact)| match fact {
                Fact::Code(kind, code) => vec![(*kind, code.as_str())],
                Fact::Codes(kind, codes) => codes.iter().map(|code| (*kind, code.as_str())).collect(),
                _ => Vec::new(),
            });
            for (kind, code) in codes {
                let name = vocabulary.name(kind, code, lang);
                // A Gemeinde outside the tables keeps its key, and some codes are the word itself.
                if !name.contains(code) {
                    assert!(!words.contains(&code), "{lang} {code}: {text}");
                }
            }
        }
    }
}

#[test]
fn plain_words_are_short_sentences_without_brackets() {
    let vocabulary = Vocabulary::default();
    for reason in every_reason() {
        let text = sentence(&reason, Lang::DeSimple, &vocabulary);
        assert!(!text.contains(['(', ')', ';', '?']), "{text}");
        // "2. Sprache" is no end of a sentence.
        let ends = text.replace("2. Sprache", "").replace("3. Sprache", "").matches(['.', ';']).count();
        assert!(ends <= 2, "{text}");
        let passive = ["wird ", "werden", "wurde"];
        assert!(!passive.iter().any(|word| text.contains(word)), "{text}");
    }
}

#[test]
fn a_sentence_for_each_finding() {
    use F::{Count, Degree, Updated, Word, Words};
    let prs = |how| [language("need", "prs"), language("offer", "prs"), Word("how", how)];
    let german = [language("need", "de"), language("offer", "de"), Word("how", "spoken")];
    let persian = [language("need", "prs"), language("offer", "fa"), Word("how", "spoken"), Degree(9_000)];
    let kurdish = [language("need", "kmr"), language("offer", "ku"), Word("how", "spoken")];
    let many = [languages("need", "prs de"), languages("offer", "ar bg cs el fr it uk")];
    let near = [region("need", "14612"), region("area", "14612"), Word("reach", "journey"), Count("km", 4)];
    let cases: Vec<(&str, Vec<F>, [&str; 3])> = vec![
        (
            "help.covered",
            vec![help("need", "legal.first_advice"), help("offer", "legal")],
            [
                "Offers legal help, which includes: first legal consultation.",
                "Bietet Rechtliche Hilfe, dazu gehört Rechtliche Erstberatung.",
                "Hier gibt es Rechtliche Hilfe. Dazu gehört Rechtliche Erstberatung.",
            ],
        ),
        (
            "crime.specialist",
            vec![
                F::Code("need", CodeKind::Crime, "0101"),
                F::Code("offer", CodeKind::Crime, "0101"),
                F::Codes("offer_context", CodeKind::Context, "terrorism"),
            ],
            [
                "Specialises in: intentional killing (terrorism).",
                "Spezialisiert auf: Vorsätzliche Tötung (Terror).",
                "Hier arbeiten Fachleute für diese Tat: Vorsätzliche Tötung, Terror.",
            ],
        ),
        (
            "crime.vague",
            vec![F::Code("need", CodeKind::Crime, "01"), F::Code("offer", CodeKind::Crime, "0101")],
            [
                "Specialises in: intentional killing. Known so far: acts against life.",
                "Spezialisiert auf: Vorsätzliche Tötung. Bisher bekannt: Taten gegen das Leben.",
                "Hier arbeiten Fachleute für diese Tat: Vorsätzliche Tötung. Zur Tat fehlen noch Angaben.",
            ],
        ),
        ("language.spoken", prs("spoken").to_vec(), ["Speaks Dari.", "Spricht Dari.", "Hier spricht man Dari."]),
        (
            "language.spoken",
            [&german[..], &[Word("level", "A2"), Count("order", 2)]].concat(),
            [
                "Speaks German (the person's 2nd language, level A2).",
                "Spricht Deutsch (2. Sprache der Person, Niveau A2).",
                "Hier spricht man Deutsch. Die Person kann diese Sprache ein wenig.",
            ],
        ),
        (
            "language.spoken",
            vec![language("need", "gsg"), language("offer", "gsg"), Word("how", "spoken")],
            ["Uses German Sign Language.", "Kann Deutsche Gebärdensprache.", "Hier kann man Deutsche Gebärdensprache."],
        ),
        (
            "language.interpreter",
            prs("interpreter").to_vec(),
            ["Dari with an interpreter.", "Dari mit Dolmetscher.", "Ein Dolmetscher spricht Dari."],
        ),
        (
            "language.related",
            persian.to_vec(),
            [
                "Speaks Persian; people who speak Dari understand it very well.",
                "Spricht Persisch; wer Dari spricht, versteht es sehr gut.",
                "Hier spricht man Persisch. Wer Dari spricht, versteht das sehr gut.",
            ],
        ),
        (
            "language.umbrella",
            kurdish.to_vec(),
            [
                "The offer says Kurdish, the need says Kurmanji: please check.",
                "Angebot nennt Kurdisch, Bedarf Kurmandschi: bitte klären.",
                "Das Angebot nennt Kurdisch. Bitte nachfragen: Kurmandschi.",
            ],
        ),
        (
            "language.none",
            many.to_vec(),
            [
                "No shared language (person: Dari, German; offer: Arabic, Bulgarian, Czech, Greek and 3 more).",
                "Keine gemeinsame Sprache (Person: Dari, Deutsch; Angebot: Arabisch, Bulgarisch, Tschechisch, Griechisch und 3 weitere).",
                "Die Person kann Dari und Deutsch. Hier gibt es nur Arabisch, Bulgarisch, Tschechisch, Griechisch und 3 weitere.",
            ],
        ),
        (
            "region.within",
            near.to_vec(),
            [
                "Serves Dresden, 4 km away.",
                "Zuständig für Dresden, 4 km entfernt.",
                "Das Angebot gilt für Dresden. Es ist 4 Kilometer entfernt.",
            ],
        ),
        (
            "region.within",
            vec![region("need", "14612"), region("area", "any"), Word("reach", "remote")],
            [
                "Serves everywhere, no journey needed (phone, online or outreach).",
                "Überall zuständig, ohne Anfahrt (Telefon, online oder aufsuchend).",
                "Das Angebot gilt überall. Man muss nicht hinfahren.",
            ],
        ),
        (
            "region.neighbour",
            vec![region("need", "14628"), region("area", "14612"), Word("reach", "unknown")],
            [
                "Serves Dresden, next to Sächsische Schweiz-Osterzgebirge: please check whether it can help.",
                "Zuständig für Dresden, grenzt an Sächsische Schweiz-Osterzgebirge: bitte klären, ob das Angebot hilft.",
                "Das Angebot gilt für die Region Dresden nebenan. Bitte nachfragen: Hilfe für Sächsische Schweiz-Osterzgebirge.",
            ],
        ),
        (
            "capacity.free",
            vec![Count("free", 3), Count("people", 1)],
            ["3 places free.", "3 Plätze frei.", "Es sind 3 Plätze frei."],
        ),
        (
            "capacity.too_few",
            vec![Count("free", 1), Count("people", 3)],
            [
                "1 place free, 3 needed.",
                "1 Platz frei, 3 nötig.",
                "Es ist 1 Platz frei. 3 Menschen brauchen einen Platz.",
            ],
        ),
        (
            "capacity.stale",
            vec![Updated("2026-11-01"), Count("days", 22)],
            [
                "As of 1 November 2026 (22 days old): please ask.",
                "Stand vom 01.11.2026 (22 Tage alt): bitte nachfragen.",
                "Die Angabe zu den Plätzen ist 22 Tage alt. Bitte nachfragen.",
            ],
        ),
        (
            "role.served",
            vec![F::Code("need", CodeKind::Role, "bereaved"), F::Code("offer", CodeKind::Role, "bereaved")],
            ["For bereaved people.", "Für Hinterbliebene.", "Das Angebot ist für Hinterbliebene."],
        ),
        (
            "gender.restricted",
            vec![Words("offer", "female")],
            [
                "Only for women: please check.",
                "Nur für Frauen: bitte klären.",
                "Das Angebot ist nur für Frauen. Bitte klären.",
            ],
        ),
        (
            "age.below",
            vec![Count("need", 16), Count("min", 18)],
            [
                "From age 18, the person is 16.",
                "Ab 18 Jahren, die Person ist 16.",
                "Das Angebot gilt ab 18 Jahren. Die Person ist 16 Jahre alt.",
            ],
        ),
        (
            "format.other",
            vec![Words("need", "on_site video"), Words("offer", "phone")],
            [
                "Helps by phone; asked for: help on site or by video.",
                "Hilft per Telefon, gesucht ist Hilfe vor Ort oder per Video.",
                "Die Hilfe gibt es am Telefon. Die Person sucht Hilfe vor Ort oder mit Video.",
            ],
        ),
        (
            "access.unmentioned",
            vec![access("missing", "wheelchair")],
            [
                "Not mentioned (wheelchair access): please ask.",
                "Nicht erwähnt (rollstuhlgerecht): bitte nachfragen.",
                "Vielleicht gibt es das hier: rollstuhlgerecht. Bitte nachfragen.",
            ],
        ),
        (
            "change.interpreter",
            vec![language("language", "ti")],
            [
                "Would fit with an interpreter for Tigrinya.",
                "Würde mit Dolmetscher für Tigrinya passen.",
                "Mit einem Dolmetscher für Tigrinya passt das Angebot.",
            ],
        ),
        (
            "change.region",
            vec![region("region", "14612"), region("from", "14625")],
            [
                "Would fit if it also served Dresden; it would fit from Bautzen.",
                "Würde passen, wenn das Angebot auch für Dresden zuständig wäre; für Bautzen würde es passen.",
                "Das Angebot passt, wenn es auch für Dresden gilt. Für Bautzen passt es.",
            ],
        ),
        (
            "change.places",
            vec![Count("more", 2), Count("people", 2), Word("state", "full")],
            [
                "Would fit with 2 free places; all places are taken at the moment.",
                "Würde mit 2 freien Plätzen passen, zurzeit sind alle belegt.",
                "Im Moment ist kein Platz frei. Mit 2 freien Plätzen passt das Angebot.",
            ],
        ),
        (
            "change.tell_age",
            vec![Count("age", 34)],
            [
                "Would fit if the offer said that it is for age 34.",
                "Würde passen, wenn das Angebot das ausdrücklich nennt: mit 34 Jahren.",
                "Vielleicht passt das Angebot. Bitte nachfragen: Hilfe mit 34 Jahren.",
            ],
        ),
        (
            "language.not_asked",
            vec![],
            ["Language: not asked for.", "Sprache: keine Angabe im Bedarf.", "Sprache: Dazu gibt es keine Frage."],
        ),
    ];
    let vocabulary = Vocabulary::default();
    for (code, facts, wanted) in cases {
        let reason = reason(code, &facts);
        for (lang, wanted) in [Lang::En, Lang::De, Lang::DeSimple].into_iter().zip(wanted) {
            assert_eq!(sentence(&reason, lang, &vocabulary), wanted, "{lang} {code}");
        }
    }
}

#[test]
fn what_has_no_sentence_shows_its_code() {
    let vocabulary = Vocabulary::default();
    for (code, facts) in
        [("help.no_such_word", vec![]), ("help.same", vec![]), ("age.below", vec![F::Word("need", "x")])]
    {
        assert_eq!(sentence(&reason(code, &facts), Lang::De, &vocabulary), code);
    }
}

#[test]
fn loaded_names_stay_on_one_line() {
    let added = r#"{"names": [{"kind": "help", "code": "legal", "lang": "de", "text": "Rat\n und  Recht"}]}"#;
    let vocabulary = Vocabulary::from_json(added).unwrap();
    let reason = reason("help.same", &[help("need", "legal"), help("offer", "legal")]);
    assert_eq!(sentence(&reason, Lang::De, &vocabulary), "Bietet genau das: Rat und Recht.");
}

#[test]
fn criteria_have_names_of_their_own() {
    for lang in Lang::all() {
        let names: std::collections::BTreeSet<_> = Criterion::all().map(|it| criterion_name(it, lang)).collect();
        assert_eq!(names.len(), Criterion::all().len(), "{lang}");
    }
}

#[test]
fn every_finding_of_the_example_has_a_sentence() {
    let offers = example::offers().unwrap();
    let ids: Vec<String> = offers.iter().map(|offer| offer.id().to_owned()).collect();
    let matcher = Matcher::builder().offers(offers).as_of(example::AS_OF.parse().unwrap()).build().unwrap();
    for need in example::needs().unwrap().into_iter().step_by(10) {
        for id in &ids {
            let explanation = matcher.explain(&need, id).unwrap();
            for finding in explanation.assessment().findings() {
                for lang in Lang::all() {
                    let text = finding.text(lang, matcher.vocabulary());
                    assert!(text.ends_with('.'), "{lang} {:?}: {text}", finding.reason());
                }
            }
        }
    }
}
