//! Resolution and suggestion of typed text, against `tests/words.tsv`, which was written without knowledge of the tables.

#[path = "support/cases.rs"]
mod cases;

use std::{
    collections::BTreeSet,
    ops::ControlFlow,
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use lotse::{
    Candidate, CodeKind, Lang, Matcher, Need, Offer, ProgressFn, ResolvedBy, Vocabulary,
    wire::{self, CallOptions, Operation as _, Value, op},
};
use proptest::prelude::*;

const WORDS: &str = include_str!("words.tsv");
/// Words of spreadsheets, whose head states the format.
const TABLE_WORDS: &str = include_str!("table_words.tsv");

/// A row of `tests/words.tsv`, whose head states the format.
struct Word {
    kind: CodeKind,
    typed: &'static str,
    expected: BTreeSet<String>,
    mark: Mark,
    is_misspelt: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Mark {
    /// The expected codes and no others.
    Exactly,
    /// `+`: the expected codes, and possibly others.
    AtLeast,
    /// `?`: the expected code may be missing, but no other code may be the only one.
    Optional,
    /// `-`: no code may be the only one.
    NoSingle,
}

impl Word {
    #[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
    fn all() -> Vec<Self> {
        let lines = WORDS.lines().filter(|line| !line.starts_with('#')).skip(1);
        let word = |line: &'static str| {
            let cells: Vec<&str> = line.split('\t').collect();
            let (mark, codes) = match cells[2].split_at(1) {
                ("-", "") => (Mark::NoSingle, ""),
                ("+", codes) => (Mark::AtLeast, codes),
                ("?", code) => (Mark::Optional, code),
                _ => (Mark::Exactly, cells[2]),
            };
            let expected = codes.split(';').filter(|code| !code.is_empty()).map(with_sorted_context).collect();
            let is_misspelt = cells[3].starts_with("typo");
            Self { kind: cells[0].parse().unwrap(), typed: cells[1], expected, mark, is_misspelt }
        };
        lines.map(word).collect()
    }
}

/// Returns `0101@a+b` for `0101@b+a`.
fn with_sorted_context(code: &str) -> String {
    let (code, context) = code.split_once('@').unwrap_or((code, ""));
    with_context(code, context.split('+').filter(|tag| !tag.is_empty()))
}

fn with_context<'a>(code: &str, context: impl Iterator<Item = &'a str>) -> String {
    let context: BTreeSet<&str> = context.collect();
    if context.is_empty() {
        return code.to_owned();
    }
    format!("{code}@{}", context.into_iter().collect::<Vec<_>>().join("+"))
}

/// Returns the code of a candidate with its context, as `tests/words.tsv` writes it.
fn full_code(candidate: &Candidate) -> String {
    with_context(candidate.code(), candidate.context())
}

/// Returns `true` if the candidate needs no confirmation by a person.
fn is_certain(candidate: &Candidate) -> bool {
    matches!(candidate.how(), ResolvedBy::Exact | ResolvedBy::Alias)
}

#[test]
fn typed_words_resolve_to_the_expected_codes_or_are_ambiguous() {
    let vocabulary = Vocabulary::default();
    let (mut resolvable, mut first, mut open, mut certain_typos, mut typos) = (0_u32, 0_u32, 0_u32, 0_u32, 0_u32);
    let (mut wrong, mut uncertain) = (Vec::new(), Vec::new());
    for word in Word::all() {
        let Word { kind, typed, expected, mark, is_misspelt } = word;
        let candidates = vocabulary.resolve(typed, kind, None);
        let codes: Vec<String> = candidates.iter().map(full_code).collect();
        let all: BTreeSet<String> = codes.iter().cloned().collect();
        let line = format!("{kind} {typed:?}: expected {mark:?} {expected:?}, actual {codes:?}");
        // The worst result: a single code that is not meant.
        let wrong_single = codes.len() == 1 && !expected.contains(&codes[0]);
        match (mark, expected.len()) {
            (Mark::Exactly, 1) => {
                resolvable += 1;
                typos += u32::from(is_misspelt);
                if codes.first() == expected.first() {
                    first += 1;
                    let is_certain = candidates.len() == 1 && is_certain(&candidates[0]);
                    if !is_certain && !is_misspelt {
                        uncertain.push(format!("ambiguous: {line}"));
                    }
                    // A misspelt word must be confirmed, unless the tables have that spelling as a word.
                    certain_typos += u32::from(is_misspelt && is_certain);
                } else if wrong_single {
                    wrong.push(line);
                } else {
                    uncertain.push(format!("not first: {line}"));
                }
            }
            (Mark::Optional | Mark::NoSingle, _) => {
                open += 1;
                if wrong_single {
                    wrong.push(line);
                }
            }
            (Mark::Exactly | Mark::AtLeast, _) => {
                open += u32::from(expected.len() > 1);
                if !expected.is_subset(&all) || mark == Mark::Exactly && all != expected {
                    wrong.push(line);
                }
            }
        }
    }
    println!("{first} of {resolvable} words first; {open} without a single code\n{}", uncertain.join("\n"));
    // Some common misspellings are words of the tables; all others must be marked as typing errors.
    assert!(typos >= 120 && certain_typos * 5 < typos, "{certain_typos} of {typos} misspellings are certain");
    assert!(resolvable >= 400 && open >= 100, "the list is too short");
    assert!(wrong.is_empty(), "{} wrong results:\n{}", wrong.len(), wrong.join("\n"));
    assert!(first * 100 >= resolvable * 95, "only {first} of {resolvable} first:\n{}", uncertain.join("\n"));
}

/// One code is certain; of several a person chooses one, and a word without a code is not even a typing error.
#[test]
fn words_of_spreadsheets_have_exactly_the_stated_codes() {
    let vocabulary = Vocabulary::default();
    let (mut checked, mut wrong) = (0_u32, Vec::new());
    for row in TABLE_WORDS.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let [kind, codes, context, de, en] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let items = |cell: &'static str| cell.split(';').filter(|item| !item.is_empty());
        let expected: BTreeSet<String> = items(codes).map(|code| with_context(code, items(context))).collect();
        for typed in items(de).chain(items(en)) {
            let candidates = vocabulary.resolve(typed, kind.parse::<CodeKind>().unwrap(), None);
            let actual: BTreeSet<String> = candidates.iter().map(full_code).collect();
            let is_right = match candidates.as_slice() {
                [only] => actual == expected && is_certain(only),
                several => actual == expected && several.iter().all(|found| found.how() == ResolvedBy::Umbrella),
            };
            checked += 1;
            if !is_right {
                let how: Vec<_> = candidates.iter().map(|found| (full_code(found), found.how().as_str())).collect();
                wrong.push(format!("{kind} {typed:?}: expected {expected:?}, actual {how:?}"));
            }
        }
    }
    assert!(checked >= 360, "the list is too short");
    assert!(wrong.is_empty(), "{} of {checked} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Words of closed sets are those of many things ("x", "gut", "voll"), so that they are resolved only for their kind.
#[test]
fn words_of_closed_sets_are_resolved_by_kind_only() {
    let vocabulary = Vocabulary::default();
    for (kind, typed, code) in [
        (CodeKind::Format, "telefonisch", "phone"),
        (CodeKind::Gender, "nur für Frauen", "female"),
        (CodeKind::State, "Aufnahmestopp", "full"),
        (CodeKind::How, "mit Sprachmittlung", "interpreter"),
        (CodeKind::Level, "Muttersprachler", "native"),
        (CodeKind::Priority, "schnellstmöglich", "asap"),
        (CodeKind::Truth, "trifft zu", "yes"),
    ] {
        let candidates = vocabulary.resolve(typed, kind, None);
        assert!(matches!(candidates.as_slice(), [only] if only.code() == code && is_certain(only)), "{typed}");
        let request = format!(r#"{{"words": [{{"text": "{typed}"}}]}}"#);
        let response = wire::call_json("resolve", &request, &CallOptions::new()).unwrap();
        let open: serde_json::Value = serde_json::from_str(&response).unwrap();
        let candidates = open["resolved"][0]["candidates"].as_array().unwrap();
        assert!(candidates.iter().all(|found| found["kind"] != kind.as_str()), "{typed}: {open}");
    }
}

/// Every name resolves to its code, regardless of case and punctuation.
#[test]
fn every_name_resolves_to_its_code() {
    let vocabulary = Vocabulary::default();
    let tables = serde_json::to_value(&vocabulary).unwrap();
    let text = |row: &serde_json::Value, field: &str| row[field].as_str().unwrap_or_default().to_owned();
    let regions = tables["regions"].as_array().unwrap().iter();
    let regions = regions.map(|row| ("region".to_owned(), text(row, "code"), text(row, "name")));
    let names = tables["names"].as_array().unwrap().iter();
    let names = names.map(|row| (text(row, "kind"), text(row, "code"), text(row, "text")));
    let mut checked = 0_u32;
    // Countries are named in several languages, with the names of codes.
    for (kind, code, name) in regions.filter(|(.., name)| !name.is_empty()).chain(names) {
        // The code of the Land of Berlin or Hamburg resolves to the Kreis.
        let code = match (kind.as_str(), code.as_str()) {
            ("region", "11") => "11000".to_owned(),
            ("region", "02") => "02000".to_owned(),
            _ => code,
        };
        for written in [name.clone(), name.to_uppercase(), name.replace(['-', '(', ')'], " ")] {
            let candidates = vocabulary.resolve(&written, kind.parse().unwrap(), Lang::De);
            let has_code = candidates.iter().any(|candidate| candidate.code() == code);
            assert!(has_code, "{kind} {code} is no candidate for {written}");
            let is_typo = |candidate: &Candidate| candidate.how() == ResolvedBy::Typo;
            assert!(!candidates.iter().any(is_typo), "{written} is resolved as a typing error");
        }
        checked += 1;
    }
    assert!(checked > 2_500, "only {checked} names");
}

/// The official name of each Kreis is certain in every spelling: with its kind before or behind, abbreviated, without umlauts, in
/// upper case, without hyphens and with prepositions abbreviated.
#[test]
fn every_kreis_is_certain_by_its_official_name() {
    let vocabulary = Vocabulary::default();
    let tables = serde_json::to_value(&vocabulary).unwrap();
    let kreise = tables["regions"].as_array().unwrap().iter().filter(|row| row["kind"] == "kreis");
    let (mut checked, mut failed) = (0_u32, Vec::new());
    for row in kreise {
        let (code, name) = (row["code"].as_str().unwrap(), row["name"].as_str().unwrap());
        let land = code.get(..2).unwrap();
        let (kind, short) = match (row["kreisfrei"].as_bool().unwrap_or(false), land) {
            (true, "08") => ("Stadtkreis", "SK"),
            (true, _) => ("Kreisfreie Stadt", "SK"),
            (false, "01" | "05") => ("Kreis", "Kr."),
            (false, _) => ("Landkreis", "LK"),
        };
        let plain = [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")];
        let plain = plain.iter().fold(name.to_owned(), |name, (umlaut, plain)| name.replace(umlaut, plain));
        let prepositions = [(" an der ", " a. d. "), (" in der ", " i.d. "), (" am ", " a. "), (" im ", " i. ")];
        let abbreviated = prepositions.iter().fold(name.to_owned(), |name, (long, short)| name.replace(long, short));
        for written in [
            format!("{kind} {name}"),
            format!("{name}, {kind}"),
            format!("{short} {name}"),
            format!("{kind} {plain}"),
            format!("{kind} {name}").to_uppercase(),
            format!("{short} {}", name.replace('-', " ")),
            format!("{kind} {abbreviated}"),
        ] {
            let candidates = vocabulary.resolve(&written, CodeKind::Region, Lang::De);
            checked += 1;
            if !matches!(candidates.as_slice(), [only] if only.code() == code && is_certain(only)) {
                let codes: Vec<_> = candidates.iter().map(|found| (found.code(), found.how().as_str())).collect();
                failed.push(format!("{written}: expected {code}, actual {codes:?}"));
            }
        }
    }
    assert_eq!(checked, 401 * 7);
    assert!(failed.is_empty(), "{} of {checked}:\n{}", failed.len(), failed.join("\n"));
}

/// Few people mean a country, and most names of countries are shorter than those of Kreise.
#[test]
fn countries_are_suggested_after_the_regions_of_germany() {
    let vocabulary = Vocabulary::default();
    for (typed, country) in [("Sa", "WS"), ("Be", "BE"), ("Nor", "NO"), ("Au", "AU"), ("Ma", "ML")] {
        let suggestions = vocabulary.suggest(typed, CodeKind::Region, Lang::De, 100);
        let is_country = |candidate: &Candidate| candidate.code().bytes().all(|byte| byte.is_ascii_uppercase());
        let first = suggestions.iter().position(is_country).unwrap();
        assert!(first > 0, "{typed}");
        assert!(suggestions.iter().any(|candidate| candidate.code() == country), "{typed}");
        let by_name = |candidate: &Candidate| candidate.name().starts_with(typed);
        let last = suggestions.iter().rposition(|candidate| !is_country(candidate) && by_name(candidate));
        assert!(last.unwrap_or(0) < first, "{typed}: {suggestions:?}");
    }
}

/// Errors about an offer propose a code; errors about a need never do, because that would repeat a value.
#[test]
fn an_unknown_code_has_a_hint_in_offers_but_not_in_needs() {
    let farsi = || Offer::builder("o-1").language("Farsi").build().unwrap();
    let mut matcher = Matcher::builder().build().unwrap();
    let hint = Some("did you mean `fa` (Persian) or `prs` (Dari)?");
    assert_eq!(matcher.update(farsi()).unwrap_err().hint(), hint);
    assert_eq!(Matcher::builder().offers([farsi()]).build().unwrap_err().hint(), hint);
    let need = Need::builder("n-1").language("Farsi").region("Dresden").build().unwrap();
    let error = matcher.rank(&need, 1).unwrap_err();
    assert_eq!(error.errors().len(), 2);
    assert!(!error.errors().any(|detail| detail.to_string().contains("did you mean")));
}

/// The code of a country is a common mistake, so that the hint names the language that is meant; but not in a need.
#[test]
fn the_code_of_a_country_has_a_hint_with_the_language() {
    for (country, hint) in [
        ("ua", "did you mean `uk` (Ukrainian)?"),
        ("cz-CZ", "did you mean `cs` (Czech)?"),
        ("DK", "did you mean `da` (Danish)?"),
        ("cn", "did you mean `zh` (Mandarin)?"),
        ("hk", "did you mean `zh-HK` (Chinese (Hong Kong, Macao))?"),
    ] {
        let offer = Offer::builder("o-1").language(country).build().unwrap();
        let error = Matcher::builder().offers([offer]).build().unwrap_err();
        assert_eq!((error.code(), error.hint()), ("offer.language.unknown_tag", Some(hint)));
        let need = Need::builder("n-1").language(country).build().unwrap();
        let error = Matcher::builder().build().unwrap().rank(&need, 1).unwrap_err();
        assert!(!error.to_string().contains("did you mean"), "{error}");
    }
    for language in ["se", "ar", "kr"] {
        let offer = Offer::builder("o-1").language(language).build().unwrap();
        assert!(Matcher::builder().offers([offer]).build().is_ok(), "{language} is the code of a language");
    }
}

/// Hostile text is resolved quickly, and to the same candidates each time.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test may read the clock")]
fn hostile_text_is_resolved_quickly_and_deterministically() {
    let vocabulary = Vocabulary::default();
    let long = "Kurdisch ".repeat(120_000);
    let texts: [&str; 23] = [
        "",
        " ",
        "\u{0}",
        "\u{200e}\u{200f}\u{202e}\u{2066}",
        "\u{feff}",
        "🙂🙃👩‍👩‍👧",
        "\u{fdfa}\u{fdfa}\u{fdfa}",
        "a\u{300}\u{301}\u{302}\u{303}\u{304}",
        "ﷺ",
        "()[]{}<>.,;:!?\"'`´",
        "\u{1b}[31mDeutsch",
        "İ",
        "ẞ",
        "1".repeat(500).leak(),
        "ä".repeat(256).leak(),
        "é́́́́́́́́́́́",
        &long,
        &"Stadt Leipzig in ".repeat(30),
        &"LK Leipzig (Stadt ".repeat(28),
        &"Kurdisch (".repeat(50),
        &"Kurdisch/".repeat(56),
        &"Stadt und Kreis und ".repeat(25),
        &"in ".repeat(170),
    ];
    let start = std::time::Instant::now();
    for text in texts {
        for kind in CodeKind::all() {
            let candidates = vocabulary.resolve(text, kind, Lang::De);
            assert_eq!(candidates, vocabulary.resolve(text, kind, Lang::De));
            assert!(text.len() < 600 || candidates.is_empty());
            let suggested = vocabulary.suggest(text, kind, Lang::De, 10);
            assert_eq!(suggested, vocabulary.suggest(text, kind, Lang::De, 10));
            assert!(text.len() < 600 || suggested.is_empty());
        }
    }
    assert_eq!(vocabulary.resolve("\u{1b}[31mDeutsch", CodeKind::Language, None).len(), 0);
    // A call takes less than 1 ms on an idle machine.
    let calls = u32::try_from(texts.len() * CodeKind::all().len() * 4).unwrap();
    assert!(start.elapsed() / calls < std::time::Duration::from_millis(4), "too slow: {:?}", start.elapsed());
}

/// Returns the names of the suggestions, with the completed words in brackets.
fn suggested(text: &str, kind: CodeKind, top: usize) -> Vec<String> {
    let suggestions = Vocabulary::default().suggest(text, kind, Lang::De, top);
    let word = |candidate: &Candidate| candidate.word().map(|word| format!(" ({word})")).unwrap_or_default();
    suggestions.iter().map(|candidate| format!("{}{}", candidate.name(), word(candidate))).collect()
}

#[test]
fn prefixes_of_words_are_completed() {
    for (kind, typed, expected) in [
        (CodeKind::Language, "K", &[][..]),
        (CodeKind::Language, "kur", &["Kurdisch", "Kurmandschi", "Sorani (Kurdisch)"]),
        (CodeKind::Language, "Kur", &["Kurmandschi", "Kurdisch", "Sorani (Kurdisch)"]),
        (CodeKind::Language, "Ar", &["Arabisch"]),
        (CodeKind::Language, "Ara", &["Arabisch"]),
        (CodeKind::Language, "Fra", &["Französisch"]),
        (CodeKind::Language, "Ru", &["Russisch", "Rumänisch"]),
        (CodeKind::Language, "Ser", &["Serbisch"]),
        (CodeKind::Language, "Tur", &["Türkisch"]),
        (CodeKind::Language, "Chin", &["Chinesisch (Mandarin)"]),
        (CodeKind::Language, "Ti", &["Tigrinya"]),
        (CodeKind::Language, "So", &["Sorani", "Somali"]),
        (CodeKind::Language, "TÜRK", &["Türkisch", "Kurmandschi (Türkisch-Kurdisch)"]),
        (CodeKind::Language, "tuerk", &["Türkisch", "Kurmandschi (Türkisch-Kurdisch)"]),
        (CodeKind::Language, "km", &["Khmer (km)", "Kimbundu (kmb)", "Kurmandschi (kmr)"]),
        (CodeKind::Region, "Gör", &["Görlitz", "Erzgebirgskreis (Gornau)"]),
        (CodeKind::Region, "gor", &["Erzgebirgskreis (Gornau)", "Görlitz"]),
        (CodeKind::Region, "frankfurt (o", &["Frankfurt (Oder)"]),
        (CodeKind::Region, "Frankfurt/O", &["Frankfurt (Oder)"]),
        (CodeKind::Region, "schweiz-ost", &["Sächsische Schweiz-Osterzgebirge"]),
        (CodeKind::Region, "Osterzg", &["Sächsische Schweiz-Osterzgebirge (Osterzgebirge)"]),
        (CodeKind::Region, "146", &["Direktionsbezirk Dresden", "Dresden (14612)", "Bautzen (14625)"]),
        (CodeKind::Region, "1461", &["Dresden (14612)"]),
        (CodeKind::Region, "LK Leipz", &["Leipzig (Landkreis)"]),
        (CodeKind::Region, "Landkreis Münche", &["München (Landkreis)"]),
        (CodeKind::Region, "Lkr. Rosto", &["Rostock (Landkreis)"]),
        (CodeKind::Region, "Kreis Kass", &["Kassel (Landkreis)"]),
        (CodeKind::Region, "Stadt Leipzi", &["Leipzig (Stadt)"]),
        (CodeKind::Region, "Stadt Pirn", &["Sächsische Schweiz-Osterzgebirge (Pirna)"]),
        (CodeKind::Region, "LK L", &["Leer", "Lippe", "Lindau (Bodensee)"]),
        (CodeKind::Region, "Kreis Rhe", &["Rhein-Erft-Kreis", "Rhein-Lahn-Kreis", "Rhein-Sieg-Kreis"]),
        (CodeKind::Region, "Xyzzy", &[]),
        (CodeKind::Help, "Traum", &["Traumaambulanz", "Psychotherapie (Trauma)"]),
        (CodeKind::Help, "Trauma", &["Traumaambulanz", "Psychotherapie"]),
    ] {
        let actual = suggested(typed, kind, 3);
        let expected: Vec<String> = expected.iter().map(ToString::to_string).collect();
        assert!(actual.starts_with(&expected), "{typed}: {actual:?}");
        assert!(!expected.is_empty() || actual.is_empty(), "{typed}: {actual:?}");
    }
    assert_eq!(suggested("Kur", CodeKind::Language, 0), [""; 0]);
    // The length limit is 512 bytes.
    let long = |bytes: usize| format!("{:bytes$}", "Kurm");
    assert_eq!(suggested(&long(512), CodeKind::Language, 1), ["Kurmandschi"]);
    assert_eq!(suggested(&long(513), CodeKind::Language, 1), [""; 0]);
}

/// What is added to one vocabulary is suggested by that one alone, whichever of two is asked first.
#[test]
fn additions_never_change_the_suggestions_of_another_vocabulary() {
    for (kind, typed, code, additions) in [
        (CodeKind::Region, "Dresd", "14730", r#"{"region_aliases":{"Dresden":"14730"}}"#),
        (CodeKind::Language, "ku", "kun", r#"{"comprehension":[{"from":"kun","to":"de","degree":0.5}]}"#),
        (CodeKind::Language, "ym", "ymm", r#"{"umbrellas":{"so":["ymm"]}}"#),
        (
            CodeKind::Help,
            "zzzhilfe",
            "legal",
            r#"{"words":[{"kind":"help","codes":["legal"],"lang":"de","text":"Zzzhilfe"}]}"#,
        ),
    ] {
        let has_code = |vocabulary: &Vocabulary| {
            vocabulary.suggest(typed, kind, Lang::De, 1_000).iter().any(|candidate| candidate.code() == code)
        };
        for is_first in [true, false, true] {
            let (built_in, extended) = (Vocabulary::default(), Vocabulary::from_json(additions).unwrap());
            let order = if is_first {
                [(&extended, true), (&built_in, false)]
            } else {
                [(&built_in, false), (&extended, true)]
            };
            for (vocabulary, expected) in order {
                assert_eq!(has_code(vocabulary), expected, "{typed} {is_first}");
            }
        }
    }
}

/// Every name and word of the tables, with its kind and its codes, except names in plain German, which only it suggests.
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
static NAMES: LazyLock<Vec<(CodeKind, String, Vec<String>)>> = LazyLock::new(|| {
    let tables = serde_json::to_value(Vocabulary::default()).unwrap();
    let rows = ["names", "words", "regions"].map(|table| tables[table].as_array().unwrap().clone());
    let name = |row: serde_json::Value| {
        if row["lang"].as_str() == Some(Lang::DeSimple.as_str()) {
            return None;
        }
        // Rows of regions have the level in `kind`.
        let kind = row["kind"].as_str().and_then(|kind| kind.parse().ok()).unwrap_or(CodeKind::Region);
        let text = row["text"].as_str().or(row["name"].as_str())?.to_owned();
        let codes = row["codes"].as_array().cloned().unwrap_or_else(|| vec![row["code"].clone()]);
        // The code of the Land of Berlin or Hamburg resolves to the Kreis.
        let code = |code: serde_json::Value| match (kind, code.as_str()) {
            (CodeKind::Region, Some("11")) => "11000".to_owned(),
            (CodeKind::Region, Some("02")) => "02000".to_owned(),
            (_, code) => code.unwrap_or_default().to_owned(),
        };
        Some((kind, text, codes.into_iter().map(code).filter(|code| !code.is_empty()).collect()))
    };
    rows.into_iter().flatten().filter_map(name).collect()
});

/// A name in plain German is exact in every display language, and is suggested in plain German only.
#[test]
fn names_in_plain_german_are_exact_and_suggested_to_their_readers() {
    let vocabulary = Vocabulary::default();
    let tables = serde_json::to_value(&vocabulary).unwrap();
    let names = tables["names"].as_array().unwrap().iter();
    // Plain German, as a language, has an own name.
    let names = names.filter(|row| row["kind"] != "language");
    let names: Vec<_> = names.filter(|row| row["lang"] == Lang::DeSimple.as_str()).collect();
    assert!(names.len() > 120, "only {} names", names.len());
    for row in names {
        let kind: CodeKind = row["kind"].as_str().unwrap().parse().unwrap();
        let (code, text) = (row["code"].as_str().unwrap(), row["text"].as_str().unwrap());
        assert_eq!(vocabulary.name(kind, code, Lang::DeSimple), text);
        for lang in Lang::all() {
            let resolved = vocabulary.resolve(text, kind, lang);
            assert_eq!(resolved.len(), 1, "{text}");
            assert_eq!((resolved[0].code(), resolved[0].how()), (code, ResolvedBy::Exact), "{text}");
        }
        let prefix: String = text.chars().take(text.chars().count() - 1).collect();
        let suggested = vocabulary.suggest(&prefix, kind, Lang::DeSimple, 10);
        assert!(suggested.iter().any(|candidate| candidate.code() == code), "{prefix}");
        let others = vocabulary.suggest(&prefix, kind, Lang::En, 10);
        // Some names are also words of everyday language.
        assert!(!text.contains('(') || others.iter().all(|candidate| candidate.word() != Some(text)), "{prefix}");
    }
}

proptest! {
    #![proptest_config(cases::config(500))]

    #[test]
    fn a_prefix_of_a_name_suggests_its_codes(
        index in any::<prop::sample::Index>(),
        letters in 1..20_usize,
        german in any::<bool>(),
    ) {
        let (kind, name, codes) = index.get(&NAMES);
        let lang = if german { Lang::De } else { Lang::En };
        let typed: String = name.chars().take(letters).collect();
        let vocabulary = Vocabulary::default();
        let all = vocabulary.suggest(&typed, *kind, lang, usize::MAX);
        let has = |code: &String| all.iter().any(|candidate| candidate.code() == code);
        // The sign that precedes vowels in Hawaiian is a letter by its properties, and no one types it.
        let is_too_short = typed.chars().filter(|letter| letter.is_alphanumeric() && *letter != 'ʻ').count() < 2;
        prop_assert!(is_too_short || codes.iter().all(has), "{} {:?}", typed, all);

        let distinct: BTreeSet<String> = all.iter().map(full_code).collect();
        prop_assert_eq!(distinct.len(), all.len(), "a duplicate code");
        prop_assert!(all.is_sorted_by(|a, b| a.score() >= b.score()), "not sorted by score");
        for candidate in &all {
            let shown = candidate.word().unwrap_or(candidate.name());
            let resolved = vocabulary.resolve(shown, *kind, lang);
            // The code of a language with two letters is only suggested.
            prop_assert!(shown == candidate.code() || resolved.iter().any(|other| other.code() == candidate.code()), "{} does not resolve", shown);
        }
        let top = vocabulary.suggest(&typed, *kind, lang, 3);
        prop_assert_eq!(top.len(), all.len().min(3));
        prop_assert_eq!(&top[..], &all[..top.len()]);
    }

    /// Without completions, the suggestions are the resolved codes: for names, prefixes of names, misspelt names, and any text.
    #[test]
    fn suggestions_without_completions_are_the_resolved_codes(
        index in any::<prop::sample::Index>(), mutation in 0..4, at in any::<prop::sample::Index>(), other in any::<String>(),
    ) {
        let (vocabulary, (kind, name, _)) = (Vocabulary::default(), index.get(&NAMES));
        let (kind, at) = (*kind, at.index(name.chars().count()));
        let text: String = match mutation {
            0 => name.clone(),
            1 => name.chars().take(at.saturating_add(1)).collect(),
            2 => name.chars().enumerate().map(|(index, letter)| if index == at { 'x' } else { letter }).collect(),
            _ => other,
        };
        let resolved = vocabulary.resolve(&text, kind, None);
        let suggestions = vocabulary.suggest(&text, kind, None, usize::MAX);
        let resolved: BTreeSet<String> = resolved.iter().map(full_code).collect();
        let is_completed = |candidate: &&Candidate| candidate.how() == ResolvedBy::Completed;
        let others = suggestions.iter().filter(|candidate| !is_completed(candidate)).map(full_code).collect();
        prop_assert!(resolved.is_superset(&others));
        prop_assert!(resolved.is_subset(&suggestions.iter().map(full_code).collect()));
    }
}

proptest! {
    #![proptest_config(cases::config(500))]

    #[test]
    fn random_text_resolves_to_distinct_sorted_candidates(text in any::<String>(), index in 0..CodeKind::all().len()) {
        let kind = CodeKind::all().nth(index).unwrap();
        let candidates = Vocabulary::default().resolve(&text, kind, Lang::En);
        let codes: BTreeSet<String> = candidates.iter().map(full_code).collect();
        prop_assert_eq!(codes.len(), candidates.len(), "a duplicate code");
        prop_assert!(candidates.is_sorted_by(|a, b| a.score() > b.score()), "not sorted by score");
        prop_assert!(candidates.len() == 1 || !candidates.iter().any(is_certain), "one of several is certain");
    }

    /// A word that is not understood never vanishes: no code is certain, and no list is complete.
    #[test]
    fn an_unknown_word_next_to_a_name_leaves_nothing_certain(
        index in any::<prop::sample::Index>(),
        form in prop::sample::select(&[
            "Xyzzy {}", "{} Xyzzy", "{} (Xyzzy)", "(Xyzzy) {}", "{}, Xyzzy", "{}/Xyzzy", "{} und Xyzzy", "{} - Xyzzy", "{} im Xyzzy",
            "{} a.d. Xyzzy", "LK {} Xyzzy", "Sprache {} Xyzzy", "{} außer Xyzzy", "{} ohne Xyzzy",
        ]),
    ) {
        let (kind, name, _) = index.get(&NAMES);
        let candidates = Vocabulary::default().resolve(&form.replace("{}", name), *kind, Lang::De);
        let is_settled = |candidate: &Candidate| is_certain(candidate) || candidate.how() == ResolvedBy::List;
        prop_assert!(!candidates.iter().any(is_settled), "{} {}: {:?}", form, name, candidates);
    }

    /// A typing error in a name never yields a certain candidate that is wrong.
    #[test]
    fn a_typing_error_is_never_certain(index in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), letter in "[a-z]") {
        let words: Vec<Word> = Word::all().into_iter().filter(|word| word.mark == Mark::Exactly && !word.is_misspelt && word.typed.is_ascii()).collect();
        let word = index.get(&words);
        let mut letters: Vec<char> = word.typed.chars().collect();
        letters[at.index(word.typed.chars().count())] = letter.chars().next().unwrap();
        let typed: String = letters.into_iter().collect();
        for candidate in Vocabulary::default().resolve(&typed, word.kind, None) {
            let is_tag = word.kind == CodeKind::Language && (typed.len() == 3 || Vocabulary::default().contains(word.kind, &typed));
            let is_expected = word.expected.contains(&full_code(&candidate)) || is_name(&typed, word.kind) || is_tag;
            prop_assert!(!is_certain(&candidate) || is_expected, "{}", typed);
        }
    }
}

/// Returns `true` if a name or word of the tables has this spelling.
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
fn is_name(typed: &str, kind: CodeKind) -> bool {
    let plain = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase();
    let tables = serde_json::to_value(Vocabulary::default()).unwrap();
    let rows = ["names", "words", "regions"].map(|table| tables[table].as_array().unwrap().clone());
    let mut rows = rows.iter().flatten().filter(|row| row["kind"] == kind.as_str() || row["name"].is_string());
    rows.any(|row| {
        [&row["text"], &row["name"]].iter().any(|text| text.as_str().is_some_and(|text| plain(text) == plain(typed)))
    }) || kind == CodeKind::Region && Vocabulary::default().contains(kind, typed)
}

/// One word may take long if a vocabulary is large, so the operation is cancelled within it too.
#[test]
fn resolve_is_cancelled_between_words_and_within_one() {
    let words: Vec<String> = (0..20_000)
        .map(|number| format!(r#"{{"kind":"help","codes":["x{number}"],"lang":"de","text":"wort{number}"}}"#))
        .collect();
    let request = |typed: &str, suggest: &str| {
        let words = words.join(",");
        let request = format!(r#"{{"vocabulary":{{"words":[{words}]}},"words":[{typed}]{suggest}}}"#);
        wire::ResolveRequest::from_value(&Value::from_json(&request).unwrap()).unwrap()
    };
    let one = r#"{"text":"wrt77777","kind":"help"}"#;
    for (typed, suggest) in [(one.to_owned(), ""), (one.to_owned(), r#","suggest":5"#), (format!("{one},{one}"), "")] {
        let calls = AtomicUsize::new(0);
        let at_second_call: &ProgressFn<'_> = &|progress| {
            assert!(progress.done < progress.total.unwrap());
            let is_first = calls.fetch_add(1, Ordering::Relaxed) == 0;
            if is_first { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let error =
            op::Resolve::run(request(&typed, suggest), &CallOptions::new().progress(at_second_call)).unwrap_err();
        assert_eq!((error.code(), calls.into_inner()), ("cancelled", 2));
    }
    // A cancelled index is not kept: the next call finds every word.
    let request = request(one, "");
    let vocabulary = request.vocabulary.clone();
    let at_fifth_call = AtomicUsize::new(0);
    let cancels = |_| match at_fifth_call.fetch_add(1, Ordering::Relaxed) {
        0..4 => ControlFlow::Continue(()),
        _ => ControlFlow::Break(()),
    };
    op::Resolve::run(request, &CallOptions::new().progress(&cancels)).unwrap_err();
    assert_eq!(vocabulary.resolve("wort19999", CodeKind::Help, Lang::De).len(), 1);
}
