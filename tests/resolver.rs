//! What people type, against what is meant: `tests/words.tsv`, written from the facts of the field, not from the tables.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "a test may read the clock")]

#[path = "support/cases.rs"]
mod cases;

use std::{collections::BTreeSet, sync::LazyLock};

use lotse::{Candidate, CodeKind, Lang, Matcher, Need, Offer, ResolvedBy, Vocabulary};
use proptest::prelude::*;

const WORDS: &str = include_str!("words.tsv");

/// One line of the list; its head says what the marks mean.
struct Word {
    kind: CodeKind,
    typed: &'static str,
    wanted: BTreeSet<String>,
    mark: Mark,
    misspelt: bool,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Mark {
    /// These and no others.
    Just,
    /// `+`: others too.
    AndMore,
    /// `?`: this one or none.
    Perhaps,
    /// `-`: no single one.
    NoSingle,
}

impl Word {
    fn all() -> Vec<Self> {
        let lines = WORDS.lines().filter(|line| !line.starts_with('#')).skip(1);
        let word = |line: &'static str| {
            let cells: Vec<&str> = line.split('\t').collect();
            let (mark, codes) = match cells[2].split_at(1) {
                ("-", "") => (Mark::NoSingle, ""),
                ("+", codes) => (Mark::AndMore, codes),
                ("?", code) => (Mark::Perhaps, code),
                _ => (Mark::Just, cells[2]),
            };
            let wanted = codes.split(';').filter(|code| !code.is_empty()).map(sorted_setting).collect();
            let misspelt = cells[3].starts_with("typo");
            Self { kind: cells[0].parse().unwrap(), typed: cells[1], wanted, mark, misspelt }
        };
        lines.map(word).collect()
    }
}

/// `0101@b+a` as `0101@a+b`.
fn sorted_setting(code: &str) -> String {
    let (code, setting) = code.split_once('@').unwrap_or((code, ""));
    named(code, setting.split('+').filter(|tag| !tag.is_empty()))
}

fn named<'a>(code: &str, setting: impl Iterator<Item = &'a str>) -> String {
    let setting: BTreeSet<&str> = setting.collect();
    if setting.is_empty() {
        return code.to_owned();
    }
    format!("{code}@{}", setting.into_iter().collect::<Vec<_>>().join("+"))
}

fn told(candidate: &Candidate) -> String {
    named(candidate.code(), candidate.context())
}

#[test]
fn what_people_type_is_understood_or_asked_back() {
    let vocabulary = Vocabulary::default();
    let (mut resolvable, mut first, mut open, mut certain_slips, mut slips) = (0_u32, 0_u32, 0_u32, 0_u32, 0_u32);
    let (mut wrong, mut unsure) = (Vec::new(), Vec::new());
    for word in Word::all() {
        let found = vocabulary.resolve(word.typed, word.kind, None);
        let codes: Vec<String> = found.iter().map(told).collect();
        let all: BTreeSet<String> = codes.iter().cloned().collect();
        let line = format!("{} {:?}: wanted {:?} {:?}, found {codes:?}", word.kind, word.typed, word.mark, word.wanted);
        // The worst that can happen: one answer, and it is not what was meant.
        let wrong_single = codes.len() == 1 && !word.wanted.contains(&codes[0]);
        match (word.mark, word.wanted.len()) {
            (Mark::Just, 1) => {
                resolvable += 1;
                slips += u32::from(word.misspelt);
                if codes.first() == word.wanted.first() {
                    first += 1;
                    let sure = found.len() == 1 && matches!(found[0].how(), ResolvedBy::Exact | ResolvedBy::Alias);
                    if !sure && !word.misspelt {
                        unsure.push(format!("asked back: {line}"));
                    }
                    // What is misspelt and found all the same must be confirmed, unless the list of words has it as it is.
                    certain_slips += u32::from(word.misspelt && sure);
                } else if wrong_single {
                    wrong.push(line);
                } else {
                    unsure.push(format!("not first: {line}"));
                }
            }
            (Mark::Perhaps | Mark::NoSingle, _) => {
                open += 1;
                if wrong_single {
                    wrong.push(line);
                }
            }
            (Mark::Just | Mark::AndMore, _) => {
                open += u32::from(word.wanted.len() > 1);
                if !word.wanted.is_subset(&all) || word.mark == Mark::Just && all != word.wanted {
                    wrong.push(line);
                }
            }
        }
    }
    println!("{first} of {resolvable} words first; {open} that no single code answers\n{}", unsure.join("\n"));
    // Some common misspellings are known words by now; all others must be told as typing errors.
    assert!(
        slips >= 120 && certain_slips * 5 < slips,
        "{certain_slips} of {slips} misspellings were taken for certain"
    );
    assert!(resolvable >= 400 && open >= 100, "the list is too short");
    assert!(wrong.is_empty(), "{} wrong answers:\n{}", wrong.len(), wrong.join("\n"));
    assert!(first * 100 >= resolvable * 95, "only {first} of {resolvable} first:\n{}", unsure.join("\n"));
}

/// Names as they are shown lead back to their codes, whatever the letters.
#[test]
fn every_name_is_found_again() {
    let vocabulary = Vocabulary::default();
    let tables = serde_json::to_value(&vocabulary).unwrap();
    let text = |row: &serde_json::Value, field: &str| row[field].as_str().unwrap_or_default().to_owned();
    let regions = tables["regions"].as_array().unwrap().iter();
    let regions = regions.map(|row| ("region".to_owned(), text(row, "code"), text(row, "name")));
    let names = tables["names"].as_array().unwrap().iter();
    let names = names.map(|row| (text(row, "kind"), text(row, "code"), text(row, "text")));
    let mut checked = 0_u32;
    for (kind, code, name) in regions.chain(names) {
        // Berlin and Hamburg are told as the Kreis.
        let code = match (kind.as_str(), code.as_str()) {
            ("region", "11") => "11000".to_owned(),
            ("region", "02") => "02000".to_owned(),
            _ => code,
        };
        for written in [name.clone(), name.to_uppercase(), name.replace(['-', '(', ')'], " ")] {
            let found = vocabulary.resolve(&written, kind.parse().unwrap(), Lang::De);
            assert!(found.iter().any(|candidate| candidate.code() == code), "{kind} {code} is not found by {written}");
            let sure = |candidate: &Candidate| candidate.how() != ResolvedBy::Typo;
            assert!(found.iter().all(sure), "{written} is taken for a typing error");
        }
        checked += 1;
    }
    assert!(checked > 2_500, "only {checked} names");
}

/// What may be meant is told of offers wherever one comes in, and of needs nowhere.
#[test]
fn a_wrong_code_of_an_offer_is_set_right() {
    let farsi = || Offer::builder("o-1").language("Farsi").build().unwrap();
    let mut matcher = Matcher::builder().build().unwrap();
    let wanted = Some("did you mean `fa` (Persian) or `prs` (Dari)?");
    assert_eq!(matcher.update(farsi()).unwrap_err().hint(), wanted);
    assert_eq!(Matcher::builder().offers([farsi()]).build().unwrap_err().hint(), wanted);
    let need = Need::builder("n-1").language("Farsi").region("Dresden").build().unwrap();
    let error = matcher.rank(&need, 1).unwrap_err();
    assert_eq!(error.errors().len(), 2);
    assert!(!error.errors().any(|detail| detail.to_string().contains("did you mean")));
}

/// Any text gives candidates or none, at once, and the same ones each time.
#[test]
fn any_text_is_safe() {
    let vocabulary = Vocabulary::default();
    let long = "Kurdisch ".repeat(120_000);
    let texts = [
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
    ];
    let start = std::time::Instant::now();
    for text in texts {
        for kind in CodeKind::all() {
            let found = vocabulary.resolve(text, kind, Lang::De);
            assert_eq!(found, vocabulary.resolve(text, kind, Lang::De));
            assert!(text.len() < 600 || found.is_empty());
            let suggested = vocabulary.suggest(text, kind, Lang::De, 10);
            assert_eq!(suggested, vocabulary.suggest(text, kind, Lang::De, 10));
            assert!(text.len() < 600 || suggested.is_empty());
        }
    }
    assert_eq!(vocabulary.resolve("\u{1b}[31mDeutsch", CodeKind::Language, None).len(), 0);
    // 1 ms each is promised, and a busy machine is slow.
    let calls = u32::try_from(texts.len() * CodeKind::all().len() * 4).unwrap();
    assert!(start.elapsed() / calls < std::time::Duration::from_millis(4), "too slow: {:?}", start.elapsed());
}

/// What is suggested: the names, with the words that were completed.
fn suggested(text: &str, kind: CodeKind, top: usize) -> Vec<String> {
    let found = Vocabulary::default().suggest(text, kind, Lang::De, top);
    let word = |candidate: &Candidate| candidate.word().map(|word| format!(" ({word})")).unwrap_or_default();
    found.iter().map(|candidate| format!("{}{}", candidate.name(), word(candidate))).collect()
}

#[test]
fn words_that_are_begun_are_completed() {
    for (kind, typed, wanted) in [
        (CodeKind::Language, "K", &[][..]),
        (CodeKind::Language, "kur", &["Kurmandschi", "Kurdisch", "Sorani (Kurdi)"]),
        (CodeKind::Language, "TÜRK", &["Türkisch", "Kurmandschi (Türkisch-Kurdisch)"]),
        (CodeKind::Language, "tuerk", &["Türkisch", "Kurmandschi (Türkisch-Kurdisch)"]),
        (CodeKind::Language, "km", &[]),
        (CodeKind::Region, "Gör", &["Görlitz", "Erzgebirgskreis (Gornau)"]),
        (CodeKind::Region, "gor", &["Erzgebirgskreis (Gornau)", "Görlitz"]),
        (CodeKind::Region, "frankfurt (o", &["Frankfurt (Oder)"]),
        (CodeKind::Region, "Frankfurt/O", &["Frankfurt (Oder)"]),
        (CodeKind::Region, "schweiz-ost", &["Sächsische Schweiz-Osterzgebirge"]),
        (CodeKind::Region, "Osterzg", &["Sächsische Schweiz-Osterzgebirge (Osterzgebirge)"]),
        (CodeKind::Region, "146", &["Dresden", "Bautzen", "Görlitz"]),
        (CodeKind::Region, "1461", &["Dresden (14612)"]),
        (CodeKind::Region, "LK Leipz", &["Leipzig (Stadt)", "Leipzig (Landkreis)"]),
        (CodeKind::Region, "Xyzzy", &[]),
        (CodeKind::Help, "Traum", &["Traumaambulanz", "Psychotherapie (Trauma)"]),
        (CodeKind::Help, "Trauma", &["Traumaambulanz", "Psychotherapie"]),
    ] {
        let found = suggested(typed, kind, 3);
        assert!(found.starts_with(&wanted.iter().map(ToString::to_string).collect::<Vec<_>>()), "{typed}: {found:?}");
        assert!(!wanted.is_empty() || found.is_empty(), "{typed}: {found:?}");
    }
    assert_eq!(suggested("Kur", CodeKind::Language, 0), [""; 0]);
    // 512 bytes are looked up, more are not.
    let long = |bytes: usize| format!("{:bytes$}", "Kurm");
    assert_eq!(suggested(&long(512), CodeKind::Language, 1), ["Kurmandschi"]);
    assert_eq!(suggested(&long(513), CodeKind::Language, 1), [""; 0]);
}

/// Every name and word of the tables with its kind and its codes.
static NAMES: LazyLock<Vec<(CodeKind, String, Vec<String>)>> = LazyLock::new(|| {
    let tables = serde_json::to_value(Vocabulary::default()).unwrap();
    let rows = ["names", "words", "regions"].map(|table| tables[table].as_array().unwrap().clone());
    let name = |row: serde_json::Value| {
        // That of a region is its own.
        let kind = row["kind"].as_str().and_then(|kind| kind.parse().ok()).unwrap_or(CodeKind::Region);
        let text = row["text"].as_str().or(row["name"].as_str())?.to_owned();
        let codes = row["codes"].as_array().cloned().unwrap_or_else(|| vec![row["code"].clone()]);
        // Berlin and Hamburg are told as the Kreis.
        let code = |code: serde_json::Value| match (kind, code.as_str()) {
            (CodeKind::Region, Some("11")) => "11000".to_owned(),
            (CodeKind::Region, Some("02")) => "02000".to_owned(),
            (_, code) => code.unwrap_or_default().to_owned(),
        };
        Some((kind, text, codes.into_iter().map(code).filter(|code| !code.is_empty()).collect()))
    };
    rows.into_iter().flatten().filter_map(name).collect()
});

proptest! {
    #![proptest_config(cases::config(500))]

    #[test]
    fn the_beginning_of_a_name_suggests_its_codes(
        index in any::<prop::sample::Index>(),
        letters in 1..20_usize,
        german in any::<bool>(),
    ) {
        let (kind, name, codes) = index.get(&NAMES);
        let lang = if german { Lang::De } else { Lang::En };
        let typed: String = name.chars().take(letters).collect();
        let vocabulary = Vocabulary::default();
        let found = vocabulary.suggest(&typed, *kind, lang, usize::MAX);
        let has = |code: &String| found.iter().any(|candidate| candidate.code() == code);
        let one_letter = typed.chars().filter(|letter| letter.is_alphanumeric()).count() < 2;
        prop_assert!(one_letter || codes.iter().all(has), "{} {:?}", typed, found);

        let all: BTreeSet<String> = found.iter().map(told).collect();
        prop_assert_eq!(all.len(), found.len(), "a code twice");
        prop_assert!(found.is_sorted_by(|one, other| one.score() >= other.score()), "best first");
        for candidate in &found {
            let shown = candidate.word().unwrap_or(candidate.name());
            let again = vocabulary.resolve(shown, *kind, lang);
            prop_assert!(again.iter().any(|other| other.code() == candidate.code()), "{} is nothing", shown);
        }
        // Fewer are the first of more.
        let few = vocabulary.suggest(&typed, *kind, lang, 3);
        prop_assert_eq!(&few[..], &found[..few.len()]);
        prop_assert_eq!(few.len(), found.len().min(3));
    }

    /// Whatever is certain stays certain, and nothing is added to it but what begins so: for names as they are, as far as they
    /// are typed, with a slip, and for any text.
    #[test]
    fn suggestions_begin_with_what_is_certain(
        index in any::<prop::sample::Index>(), how in 0..4, at in any::<prop::sample::Index>(), other in any::<String>(),
    ) {
        let (vocabulary, (kind, name, _)) = (Vocabulary::default(), index.get(&NAMES));
        let (kind, at) = (*kind, at.index(name.chars().count()));
        let text: String = match how {
            0 => name.clone(),
            1 => name.chars().take(at.saturating_add(1)).collect(),
            2 => name.chars().enumerate().map(|(place, letter)| if place == at { 'x' } else { letter }).collect(),
            _ => other,
        };
        let resolved = vocabulary.resolve(&text, kind, None);
        let found = vocabulary.suggest(&text, kind, None, usize::MAX);
        let resolved: BTreeSet<String> = resolved.iter().map(told).collect();
        let others = found.iter().filter(|candidate| candidate.how() != ResolvedBy::Completed).map(told).collect();
        prop_assert!(resolved.is_superset(&others));
        prop_assert!(resolved.is_subset(&found.iter().map(told).collect()));
    }
}

proptest! {
    #![proptest_config(cases::config(500))]

    #[test]
    fn random_text_is_safe(text in any::<String>(), number in 0..CodeKind::all().len()) {
        let kind = CodeKind::all().nth(number).unwrap();
        let found = Vocabulary::default().resolve(&text, kind, Lang::En);
        let codes: BTreeSet<String> = found.iter().map(told).collect();
        prop_assert_eq!(codes.len(), found.len(), "a code twice");
        prop_assert!(found.is_sorted_by(|one, other| one.score() > other.score()), "best first");
        let sure = |candidate: &Candidate| matches!(candidate.how(), ResolvedBy::Exact | ResolvedBy::Alias);
        prop_assert!(found.len() == 1 || !found.iter().any(sure), "one of several is never sure");
    }

    /// A slip in a name never gives one certain answer that is wrong.
    #[test]
    fn a_slip_is_told_as_one(index in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), letter in "[a-z]") {
        let words: Vec<Word> = Word::all().into_iter().filter(|word| word.mark == Mark::Just && !word.misspelt && word.typed.is_ascii()).collect();
        let word = index.get(&words);
        let mut letters: Vec<char> = word.typed.chars().collect();
        letters[at.index(word.typed.chars().count())] = letter.chars().next().unwrap();
        let typed: String = letters.into_iter().collect();
        for candidate in Vocabulary::default().resolve(&typed, word.kind, None) {
            let certain = matches!(candidate.how(), ResolvedBy::Exact | ResolvedBy::Alias);
            prop_assert!(!certain || word.wanted.contains(&told(&candidate)) || is_a_name(&typed, word.kind), "{}", typed);
        }
    }
}

/// Whether another name is spelt like this: then it was meant.
fn is_a_name(typed: &str, kind: CodeKind) -> bool {
    let plain = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase();
    let tables = serde_json::to_value(Vocabulary::default()).unwrap();
    let rows = ["names", "words", "regions"].map(|table| tables[table].as_array().unwrap().clone());
    let mut rows = rows.iter().flatten().filter(|row| row["kind"] == kind.as_str() || row["name"].is_string());
    rows.any(|row| {
        [&row["text"], &row["name"]].iter().any(|text| text.as_str().is_some_and(|text| plain(text) == plain(typed)))
    }) || kind == CodeKind::Region && Vocabulary::default().contains(kind, typed)
}
