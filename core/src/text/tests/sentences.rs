//! Expected sentences, one case or more for each criterion.

use crate::{
    decode::code_kind::CodeKind,
    model::enums::Lang,
    text::{
        render::sentence,
        tests::reasons::{F, access, help, language, languages, reason, region, regions},
    },
    vocabulary::Vocabulary,
};

#[test]
fn reasons_render_as_sentences_in_each_language() {
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
                "Hier gibt es Hilfe bei Fragen zum Recht. Dazu gehört auch: Rat vom Anwalt.",
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
                "Hier arbeiten Fachleute für diese Tat: Mord oder Totschlag, Terror.",
            ],
        ),
        (
            "crime.vague",
            vec![F::Code("need", CodeKind::Crime, "01"), F::Code("offer", CodeKind::Crime, "0101")],
            [
                "Specialises in: intentional killing. Known so far: acts against life.",
                "Spezialisiert auf: Vorsätzliche Tötung. Bisher bekannt: Taten gegen das Leben.",
                "Hier arbeiten Fachleute für diese Tat: Mord oder Totschlag. Zur Tat fehlen noch Angaben.",
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
            "region.within",
            vec![regions("need", "14523 16075"), regions("area", "14523 16075"), Word("reach", "unknown")],
            [
                "Serves Vogtlandkreis and Saale-Orla-Kreis, distance unknown.",
                "Zuständig für Vogtlandkreis und Saale-Orla-Kreis, Entfernung unbekannt.",
                "Das Angebot gilt für Vogtlandkreis und Saale-Orla-Kreis. Die Entfernung ist nicht bekannt.",
            ],
        ),
        (
            "region.part",
            vec![regions("need", "14523 16075"), region("area", "14523"), Word("reach", "unknown")],
            [
                "Serves Vogtlandkreis; covers only part of the region asked for (Vogtlandkreis or Saale-Orla-Kreis), distance unknown: please check whether it can help.",
                "Zuständig für Vogtlandkreis; deckt die gesuchte Region (Vogtlandkreis oder Saale-Orla-Kreis) nur zum Teil ab, Entfernung unbekannt: bitte klären, ob das Angebot hilft.",
                "Das Angebot gilt für Vogtlandkreis. Vielleicht gilt es nicht überall in Vogtlandkreis oder Saale-Orla-Kreis: bitte nachfragen.",
            ],
        ),
        (
            "region.part",
            vec![region("need", "14"), region("area", "14612"), Word("reach", "remote")],
            [
                "Serves Dresden; covers only part of the region asked for (Sachsen), no journey needed (phone, online or outreach): please check whether it can help.",
                "Zuständig für Dresden; deckt die gesuchte Region (Sachsen) nur zum Teil ab, ohne Anfahrt (Telefon, online oder aufsuchend): bitte klären, ob das Angebot hilft.",
                "Das Angebot gilt für Dresden. Vielleicht gilt es nicht überall in Sachsen: bitte nachfragen.",
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
            "capacity.future",
            vec![Updated("2099-01-01")],
            [
                "Dated 1 January 2099, which is still to come: please ask.",
                "Stand vom 01.01.2099, einem Tag in der Zukunft: bitte nachfragen.",
                "Die Angabe zu den Plätzen hat ein falsches Datum. Bitte nachfragen.",
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
            ["For bereaved people.", "Für Hinterbliebene.", "Das Angebot ist für Menschen in Trauer."],
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
                "Vielleicht gibt es das hier: Zugang mit dem Rollstuhl. Bitte nachfragen.",
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
