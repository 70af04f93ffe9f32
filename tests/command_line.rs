//! The command `lotse`: its files, its output and its exit codes.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "the command reads files")]

use std::{
    fs,
    io::Write as _,
    path::PathBuf,
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use lotse::Lang;
use serde_json::{Value, json};

const OFFERS: &str = r#"[{"id": "o-1", "name": "Beispiel", "languages": ["de"], "area": ["14"], "capacity": 2},
 {"id": "o-2", "languages": ["uk"], "area": ["14612"], "capacity": {"free": 1, "updated": "2026-11-01"}}]"#;
const NEEDS: &str =
    "{\"id\": \"n-1\", \"languages\": [\"de\"], \"region\": \"14612\"}\n\n{\"id\": \"n-2\", \"languages\": [\"ti\"]}\n";
/// A value of a need, which no error may contain.
const SECRET: &str = "GEHEIM-7391";

fn lotse(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_lotse"))
        .args(arguments)
        .env("LANG", "C.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The command may exit before it has read all of its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

/// Writes a file to the temporary folder of this test and returns its path.
fn file(name: &str, text: impl AsRef<[u8]>) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Runs a command that succeeds and returns its output.
fn run(arguments: &[&str]) -> String {
    let output = lotse(arguments, b"");
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()), "{arguments:?}");
    stdout(&output)
}

/// Runs a command that fails with this exit code and an empty standard output, and returns its errors.
fn run_failing(arguments: &[&str], input: &[u8], code: i32) -> String {
    let output = lotse(arguments, input);
    assert_eq!((output.status.code(), stdout(&output)), (Some(code), String::new()), "{arguments:?}");
    let errors = stderr(&output);
    assert!(!errors.is_empty() && !errors.contains("panicked"), "{errors}");
    errors
}

#[test]
fn resolve_prints_codes_or_asks_the_user() {
    let text = run(&["resolve", "Kurmandschi", "LK Leipzig", "Farsi", "ukranisch", "Xyzzy", "--lang", "de"]);
    for line in [
        "Kurmandschi · Sprache\n  kmr     Kurmandschi",
        "LK Leipzig · Region\n  14729   Leipzig (Landkreis)",
        "Farsi · Sprache · eins davon, bitte wählen\n  fa      Persisch\n  prs     Dari",
        "ukranisch · Sprache · vielleicht dies, bitte bestätigen\n  uk      Ukrainisch",
        "Xyzzy · dafür ist nichts bekannt",
    ] {
        assert!(text.contains(line), "{text}");
    }
    let text = run(&["resolve", "Terroranschlag", "--kind", "crime", "--lang", "en"]);
    assert!(text.contains("0101    intentional killing · many people affected · terrorism"), "{text}");

    let words = file("words.txt", "Farsi\n\n  Xyzzy \r\n");
    let csv = run(&["resolve", "--words", &words, "--kind", "language", "--format", "csv"]);
    let rows: Vec<&str> = csv.lines().collect();
    let expected = [
        "text,kind,code,context,name,how,score,word",
        "Farsi,language,fa,,Persian,umbrella,0.9000,",
        "Farsi,language,prs,,Dari,umbrella,0.8900,",
        "Xyzzy,,,,,,,",
    ];
    assert_eq!(rows, expected);
    let text = run(&["resolve", "Trau", "Kurm", "--suggest", "3", "--lang", "de"]);
    for line in [
        "Trau · Hilfe · vielleicht eins davon, bitte wählen\n",
        "  psychosocial.psychotherapy      Psychotherapie · Trauma\n",
        "Kurm · Sprache · vielleicht dies, bitte bestätigen\n  kmr     Kurmandschi\n",
    ] {
        assert!(text.contains(line), "{text}");
    }
    let csv = run(&["resolve", "Trau", "--kind", "help", "--suggest", "3", "--lang", "de", "--format", "csv"]);
    assert!(csv.ends_with("Trau,help,psychosocial.psychotherapy,,Psychotherapie,completed,0.8500,Trauma\n"), "{csv}");
    assert!(run_failing(&["resolve", "Kurm", "--suggest", "101"], b"", 2).contains("101"));
    let response: Value = serde_json::from_str(&run(&["resolve", "Farsi", "--format", "json"])).unwrap();
    assert_eq!(response.pointer("/resolved/0/candidates/0/code"), Some(&json!("fa")));

    let own = file("own-words.json", r#"{"region_aliases": {"01067": "14612"}}"#);
    assert!(run(&["resolve", "01067", "--vocabulary", &own]).contains("14612   Dresden"));
    let request = file("words.json", r#"{"words": [{"text": "Farsi", "kind": "language"}], "lang": "de"}"#);
    let text = run(&["resolve", "Dresden", "--request", &request]);
    assert!(
        text.starts_with("Farsi · Sprache · eins davon") && text.contains("Dresden · Region\n  14612   Dresden"),
        "{text}"
    );
    assert!(run(&["resolve", "--request", &request, "--lang", "en"]).contains("fa      Persian"));
    assert!(run_failing(&["resolve"], b"", 2).contains("give words"));
    assert!(run_failing(&["resolve", "x", "--kind", "colour"], b"", 2).contains("colour"));
    assert!(run_failing(&["resolve", "--words", "no-such-file"], b"", 1).contains("no-such-file"));
    assert!(run_failing(&["resolve", "--words", "-", "--vocabulary", "-"], b"", 2).contains("once only"));
}

#[test]
fn codes_and_fields_have_the_labels_of_the_library() {
    let needs = r#"[{"id": "n-1", "languages": ["de"], "priority": "stat"}, {"id": "n-2", "languages": ["ti"]}]"#;
    let (offers, needs) = (file("labelled-offers.json", OFFERS), file("labelled-needs.json", needs));
    for lang in Lang::all() {
        let labels = lotse::labels(lang);
        let shown = |command: &str, expected: &[(&str, &str)]| {
            let text = run(&[command, "--offers", &offers, "--needs", &needs, "--lang", lang.as_str()]);
            for (kind, code) in expected {
                let label = labels.get(kind, code).unwrap();
                assert!(text.contains(label), "{command} {lang} {label}: {text}");
            }
        };
        shown("rank", &[("priority", "stat"), ("none", "help")]);
        shown("report", &[("priority", "stat"), ("none", "code"), ("none", "help"), ("none", "region")]);
        shown(
            "explain",
            &[("finding", "not_asked"), ("finding", "blocks"), ("finding", "to_check"), ("finding", "met")],
        );
    }
}

#[test]
fn check_suggests_the_code_that_is_meant() {
    let offers = r#"[{"id": "o-1", "help": ["Traumaambulanz"], "languages": ["Farsi", "ukranisch"], "area": ["Dresden", "Leipzig"],
        "crimes": ["Raub"], "roles": ["Zeugin"], "place": {"region": "LK Bautzen"}, "access": ["wheelchiar"]}]"#;
    let errors = run_failing(&["check", "--offers", &file("meant.json", offers)], b"", 2);
    for hint in [
        "offers[0].help[0]: not a well-formed code [offer.code] - did you mean `psychosocial.trauma_clinic`",
        "offers[0].languages[0]: an unknown language [offer.language.unknown_tag] - did you mean `fa` (Persian) or `prs` (Dari)?",
        "offers[0].languages[1]: not a language tag [offer.language.malformed] - did you mean `uk` (Ukrainian)?",
        "offers[0].area[0]: an unknown region [offer.region.unknown] - did you mean `14612` (Dresden)?",
        "offers[0].area[1]: an unknown region [offer.region.unknown] - did you mean `14713` (Leipzig (Stadt)) or `14729`",
        "offers[0].crimes[0]: not an ICCS code [offer.crime.code] - did you mean `0401` (robbery)?",
        "offers[0].roles[0]: not a well-formed code [offer.code] - did you mean `witness` (witnesses)?",
        "offers[0].place.region: an unknown region [offer.region.unknown] - did you mean `14625` (Bautzen)?",
    ] {
        assert!(errors.replace("\n  ", " ").contains(hint), "{hint}\n{errors}");
    }
    let offers = file("nearly.json", r#"[{"id": "o-1", "access": ["wheelchiar"]}]"#);
    assert!(
        run(&["check", "--offers", &offers])
            .replace("\n  ", " ")
            .contains("did you mean `wheelchair` (wheelchair access)?")
    );
    // For a need, neither the value nor a suggestion is printed.
    let needs =
        file("meant-needs.json", r#"[{"id": "n-1", "languages": ["Farsi"], "region": "Dresden", "help": "Anwalt"}]"#);
    let errors = run_failing(&["check", "--needs", &needs], b"", 2);
    assert!(!errors.contains("did you mean") && !errors.contains("14612") && !errors.contains("`fa`"), "{errors}");
}

#[test]
fn demo_has_three_languages_and_states_that_all_is_invented() {
    for (lang, invented) in
        [("en", "All of this is invented"), ("de", "Alles hier ist erfunden"), ("de-simple", "erfunden")]
    {
        let text = run(&["demo", "--lang", lang]);
        assert!(text.contains(invented), "{lang}");
        // Names in plain German are longer and fill more lines.
        assert!(text.lines().count() < 200 && text.lines().all(|line| line.chars().count() <= 101), "{lang}");
    }
    let response: Value = serde_json::from_str(&run(&["demo", "--format", "json"])).unwrap();
    assert!(response.get("rankings").unwrap().as_array().unwrap().len() >= 300);
    assert!(run(&["demo", "--format", "csv"]).lines().count() > 1_000);
}

#[test]
fn files_are_lists_or_ndjson_or_requests() {
    let (offers, needs) = (file("good-offers.json", OFFERS), file("good-needs.ndjson", NEEDS));
    let by_files = ["--offers", &offers, "--needs", &needs, "--as-of", "2026-11-23"];
    let rank = |more: &[&str]| run(&[&["rank"][..], &by_files, more].concat());
    let response = rank(&["--format", "json"]);
    assert!(response.starts_with(r#"{"rankings":[{"need":"n-1","matches":[{"offer":"o-1","#), "{response}");
    let lines: Vec<Value> = NEEDS.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let request =
        json!({"offers": serde_json::from_str::<Value>(OFFERS).unwrap(), "needs": lines, "as_of": "2026-11-23"});
    let request = file("good-request.json", request.to_string());
    assert_eq!(run(&["rank", "--request", &request, "--format", "json"]), response);
    let piped = lotse(
        &["rank", "--offers", "-", "--needs", &needs, "--as-of", "2026-11-23", "--format", "json"],
        OFFERS.as_bytes(),
    );
    assert_eq!(stdout(&piped), response);

    let table = rank(&["--lang", "de"]);
    let (unmet, met) = (table.find("n-2").unwrap(), table.find("n-1").unwrap());
    assert!(unmet < met, "unmet needs come first: {table}");
    assert!(table.contains("Für 1 von 2 Bedarfen passt kein Angebot"), "{table}");
    assert!(rank(&["--format", "csv"]).starts_with("need,rank,offer,name,organisation,score,to_check,fit_help"));
    // A record may span several lines.
    let over_lines = file("over-lines.json", NEEDS.replace(", ", ",\n "));
    let same = run(&["rank", "--offers", &offers, "--needs", &over_lines, "--as-of", "2026-11-23", "--format", "json"]);
    assert_eq!(same, response);
    let policy = file("policy.json", r#"{"rules": {"language": "ignore"}}"#);
    assert_eq!(rank(&["--policy", &policy, "--top", "1", "--format", "json"]).matches("\"offer\"").count(), 2);

    let explanation =
        run(&[&["explain"][..], &by_files, &["--need", "n-2", "--offer", "o-2", "--lang", "en"]].concat());
    assert!(explanation.contains("No shared language") || explanation.contains("does not match"), "{explanation}");
    let checked = run(&[&["check"][..], &by_files].concat());
    assert!(checked.contains("No errors in 2 offers and 2 needs.") && checked.contains("capacity.stale"), "{checked}");
    let tables: Value = serde_json::from_str(&run(&["vocabulary", "--format", "json"])).unwrap();
    assert!(tables.get("regions").unwrap().as_array().unwrap().len() > 400);
    assert!(run(&["vocabulary", "--kind", "language"]).contains("Dari"));
}

#[test]
fn diagnose_prints_blocking_criteria_and_near_misses() {
    let (offers, needs) = (file("near-offers.json", OFFERS), file("near-needs.ndjson", NEEDS));
    let by_files = ["diagnose", "--offers", &offers, "--needs", &needs, "--as-of", "2026-11-23"];
    let diagnose = |more: &[&str]| run(&[&by_files[..], more].concat());
    let text = diagnose(&["--lang", "en"]);
    for line in [
        "No offer matches 1 of 2 needs",
        "None of 2 offers matches.",
        "language 2 (2 by this alone)",
        "Beispiel",
        "language: Would fit with an interpreter for Tigrinya.",
        "1 of 2 offers matches.",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let (unmet, met) = (text.find("n-2").unwrap(), text.find("n-1").unwrap());
    assert!(unmet < met, "unmet needs come first: {text}");
    let german = diagnose(&["--lang", "de", "--need", "n-2", "--near-misses", "1"]);
    assert!(german.contains("Keines von 2 Angeboten passt.") && !german.contains("n-1"), "{german}");
    assert_eq!(german.matches("Würde mit Dolmetscher für Tigrinya passen.").count(), 1, "{german}");

    let response: Value = serde_json::from_str(&diagnose(&["--format", "json"])).unwrap();
    assert_eq!(response.pointer("/diagnoses/1/near_misses/0/changes/0/code"), Some(&json!("change.interpreter")));
    let csv = diagnose(&["--format", "csv", "--need", "n-1", "--lang", "en"]);
    let rows: Vec<&str> = csv.lines().collect();
    let expected = [
        "need,offers,matching,excluded_by,number,offer,name,score,to_check,blockers,changes,text",
        "n-1,2,1,language:1:1,1,o-2,,0.39845000,capacity,language,change.interpreter,Would fit with an interpreter for German.",
    ];
    assert_eq!(rows, expected);
    let none = diagnose(&["--format", "csv", "--need", "n-2", "--near-misses", "0"]);
    assert_eq!(none.lines().nth(1), Some("n-2,2,0,language:2:2,,,,,,,,"));
    // A request for one command is accepted by the others.
    let request = json!({"needs": [{"id": "n-1"}], "offers": [{"id": "o-1", "capacity": 0}], "near_misses": 1, "top": 1, "pairs": [], "reasons": true});
    let request = file("near-request.json", request.to_string());
    assert!(run(&["diagnose", "--request", &request, "--lang", "en"]).contains("None of 1 offer matches."));
    assert!(run(&["rank", "--request", &request, "--format", "json"]).contains("n-1"));
    assert!(run_failing(&[&by_files[..], &["--need", "n-9"]].concat(), b"", 2).contains("--need: no need has this id"));
}

/// Returns the English texts of the catalogues that no German text contains: pieces between facts, of several words.
fn english_texts() -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/messages");
    let (mut english, mut german) = (Vec::new(), String::new());
    for table in ["errors.tsv", "command_line.tsv"] {
        let text = fs::read_to_string(folder.join(table)).unwrap();
        for line in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let mut cells = line.split('\t').skip(1);
            let pieces = cells.next().unwrap().split(['{', '}']);
            english.extend(pieces.map(|piece| piece.trim().to_owned()));
            german.push_str(cells.next().unwrap());
        }
    }
    english.retain(|piece| piece.contains(' ') && !german.contains(piece.as_str()));
    assert!(english.len() > 200, "{}", english.len());
    english
}

#[test]
fn wrong_input_of_many_kinds_is_reported_in_german() {
    let english = english_texts();
    let needs = file("german-needs.json", r#"[{"id": "n-1", "people": 0, "hiv": 1}, {"id": "n-1", "region": "0"}]"#);
    let offers = r#"[{"id": "o-1", "langauges": [], "access": ["lift"], "no_access": ["lift"], "capacity": 1.5},
        {"id": "o-2", "help": ["Legal"], "genders": ["f"], "ages": {"min": 9, "max": 1}, "languages": ["xqq"]}]"#;
    let offers = file("german-offers.json", offers);
    let good = file("german-good.json", r#"[{"id": "n-1"}]"#);
    let request = file("german-request.json", r#"{"needs": [{"id": "n-1"}], "topp": 3}"#);
    let fixed = file("german-fixed.json", r#"[{"need": "n-9", "offer": "o-9"}]"#);
    let many: Vec<Value> = (0..200).map(|number| json!({"id": format!("n-{number}"), "age": 999})).collect();
    let many = file("german-many.json", json!(many).to_string());
    let (broken, empty) = (file("german-broken.json", "[{"), file("german-empty.json", ""));
    let table = file("german-table.csv", "id;nmae\no-1;x\n");
    let bytes = file("german-bytes.json", [0xff, 0xfe, b'[']);
    let usage: [&[&str]; 18] = [
        &["ranck"],
        &["rank", "--ofers", "x"],
        &["rank", "x"],
        &["rank", "--top"],
        &["rank", "--top", "x"],
        &["rank", "--top", "1", "--top", "2"],
        &["rank", "--as-of", "gestern"],
        &["rank", "--format", "xml"],
        &["rank", "--offers="],
        &["rank"],
        &["rank", "--offers", "-", "--needs", "-"],
        &["allocate", "--min-score", "2"],
        &["allocate", "--moves", "fwe"],
        &["allocate", "--no-neighbours=1"],
        &["resolve"],
        &["template"],
        &["--licences", "demo"],
        &["schema", "person"],
    ];
    let files: [&[&str]; 18] = [
        &["rank", "--needs", &good],
        &["check", "--offers", &table],
        &["check", "--needs", &good, "--policy", &table],
        &["template", "offers", "--rules"],
        &["check", "--needs", &needs, "--offers", &offers],
        &["rank", "--needs", &needs, "--offers", &offers],
        &["rank", "--request", &request],
        &["rank", "--request", &good],
        &["check", "--needs", &many],
        &["check", "--needs", &broken],
        &["check", "--needs", &empty],
        &["check", "--needs", &bytes],
        &["check", "--needs", "no-such-file.json"],
        &["check", "--needs", "."],
        &["rank", "--needs", &good, "--offers", &good, "--need", "n-9"],
        &["explain", "--needs", &good, "--offers", &good, "--offer", "o-9"],
        &["allocate", "--needs", &good, "--offers", &good, "--fixed", &fixed],
        &["check", "--policy", &file("german-policy.json", r#"{"weights": {"luck": 1}}"#), "--needs", &good],
    ];
    for arguments in usage.into_iter().chain(files) {
        for more in [&["--lang", "de"][..], &["--lang=de-simple"]] {
            // Before and after the command.
            for arguments in [[more, arguments].concat(), [arguments, more].concat()] {
                let output = lotse(&arguments, b"");
                let errors = stderr(&output);
                assert!(!errors.is_empty() && matches!(output.status.code(), Some(1 | 2)), "{arguments:?}: {errors}");
                let left = english.iter().find(|text| errors.contains(text.as_str()));
                assert_eq!(left, None, "{arguments:?}: {errors}");
                assert!(!errors.contains("hiv"), "{errors}");
            }
        }
    }
}

#[test]
fn the_language_is_that_of_the_option_or_of_the_environment() {
    let needs = file("language-needs.json", r#"[{"id": "n-1", "people": 0}]"#);
    let check = |more: &[&str], lang: &str| {
        let arguments = [&["check", "--needs", &needs], more].concat();
        let output = Command::new(env!("CARGO_BIN_EXE_lotse")).args(arguments).env_clear().env("LANG", lang).output();
        stderr(&output.unwrap())
    };
    let (english, german) =
        ("out of range, which is 1 to 100000 [need.range]", "erlaubt ist 1 bis 100000 [need.range]");
    assert!(check(&[], "C").contains(english) && check(&[], "de_AT.UTF-8").contains(german));
    assert!(
        check(&["--lang", "en"], "de_DE.UTF-8").contains(english) && check(&["--lang", "de"], "C").contains(german)
    );
    // Data for programs depends on the option only.
    let message = |more: &[&str], lang: &str| {
        let data: Value = serde_json::from_str(&check(more, lang)).unwrap();
        assert_eq!(data["errors"][0]["message"], data["message"]);
        data["message"].as_str().unwrap().to_owned()
    };
    assert!(message(&["--format", "json"], "de_DE.UTF-8").starts_with("out of range"));
    assert!(message(&["--format", "json", "--lang", "de"], "C").starts_with("erlaubt ist"));
    assert!(message(&["--format", "json", "--ofers"], "de_DE.UTF-8").starts_with("there is no option"));

    let both = run_failing(&["rank", "--lang", "fr"], b"", 2);
    assert!(
        both.contains("there are no texts in the language fr") && both.contains("Sprache fr gibt es nicht"),
        "{both}"
    );
    let data = run_failing(&["--format", "json", "--lang", "fr", "rank"], b"", 2);
    assert_eq!(data.lines().count(), 1, "{data}");
    for arguments in [&["--lang", "de", "schema", "need"][..], &["template", "offers", "--lang", "de"]] {
        run(arguments);
    }
    for arguments in
        [&["help", "rank", "--lang", "de"][..], &["--lang", "de", "rank", "--help"], &["--lang=de", "help"]]
    {
        let help = run(arguments);
        assert!(help.contains("Aufruf: lotse ") && help.contains("Optionen:"), "{help}");
    }
    assert_eq!(run(&["help", "rank"]), run(&["rank", "-h"]));
}

/// The nearest offer of an unmet need is the first near miss of its diagnosis.
#[test]
fn rank_and_diagnose_agree_on_the_nearest_offer() {
    let offers = file("nearest-offers.json", lotse::example::OFFERS);
    let needs = file("nearest-needs.json", lotse::example::NEEDS);
    let options = ["--offers", &offers, "--needs", &needs, "--as-of", lotse::example::AS_OF, "--need", "n-264"];
    let diagnosis = run(&[&["diagnose", "--near-misses", "1", "--lang", "en"], &options[..]].concat());
    let ranking = run(&[&["rank", "--lang", "en"], &options[..]].concat());
    let nearest = |text: &str| text.lines().skip_while(|line| !line.contains("almost:")).nth(1).map(str::to_owned);
    assert!(nearest(&diagnosis).is_some_and(|line| line.contains("o-")), "{diagnosis}");
    assert_eq!(nearest(&ranking), nearest(&diagnosis));
}

#[test]
fn explain_shows_at_most_the_points_of_the_weight() {
    // The weights are .6667 and .3333: 67 and 33 points.
    let request = json!({
        "offers": [{"id": "o-1", "languages": ["de"], "capacity": {"state": "unlimited"}}],
        "needs": [{"id": "n-1", "languages": ["de"]}],
        "policy": {"weights": {"language": 2, "capacity": 1}}
    });
    let request = file("rounded-request.json", request.to_string());
    let text = run(&["explain", "--request", &request, "--lang", "en"]);
    assert!(text.contains("67/67") && text.contains("33/33"), "{text}");
}

#[test]
fn forty_wrong_values_are_forty_errors() {
    let offers = json!([
        {"id": "o-0", "languages": ["zz-not-a-tag-because-too-long-1"]}, {"id": "o-1", "languages": ["xqq"]},
        {"id": "o-2", "area": ["99999"]}, {"id": "o-3", "area": ["14599001"]}, {"id": "o-4", "crimes": ["1"]},
        {"id": "o-5", "crimes": [{}]}, {"id": "o-6", "capacity": -1}, {"id": "o-7", "capacity": 1.5},
        {"id": "o-8", "capacity": {"state": "closed"}}, {"id": "o-9", "capacity": {"updated": "23.11.2026"}},
        {"id": "o-10", "ages": {"min": 18, "max": 10}}, {"id": "o-11", "ages": {"min": 200}}, {"id": "o-12", "genders": ["f"]},
        {"id": "o-13", "formats": ["fax"]}, {"id": "o-14", "access": ["lift"], "no_access": ["lift"]},
        {"id": "o-15", "place": {"lat": 91, "lon": 1}}, {"id": "o-16", "place": {"lat": 51}}, {"id": "o-17", "help": ["Legal"]},
        {"id": "o-18", "langages": ["de"]}, {"name": "without id"}, {"id": ""}, {"id": "o-0"}, "not a record",
        {"id": "o-23", "languages": ["any"]}, {"id": "o-24", "name": 5}
    ]);
    let needs = json!([
        {"id": "n-0", "people": 0}, {"id": "n-1", "people": "two"}, {"id": "n-2", "priority": SECRET},
        {"id": "n-3", "languages": ["de", "deu"]}, {"id": "n-4", "languages": ["mul"]}, {"id": "n-5", "region": SECRET},
        {"id": "n-6", "place": {"lat": 51, "lon": 13}}, {"id": "n-7", "crime": SECRET}, {"id": "n-8", "age": 151},
        {"id": "n-9", "gender": "any"}, {"id": "n-10", "roles": [SECRET]}, {"id": "n-11", SECRET: 1},
        {"id": "n-12", "languages": [{"tag": "de", "level": SECRET}]}, {"id": "n-13", "rules": {"language": SECRET}},
        {"id": "n-14", "rules": {"language": {"rule": "must", "minimum": 0.12345}}}
    ]);
    let paths = [
        "offers[0].languages[0]",
        "offers[1].languages[0]",
        "offers[2].area[0]",
        "offers[3].area[0]",
        "offers[4].crimes[0]",
        "offers[5].crimes[0]",
        "offers[6].capacity",
        "offers[7].capacity",
        "offers[8].capacity.state",
        "offers[9].capacity.updated",
        "offers[10].ages",
        "offers[11].ages.min",
        "offers[12].genders[0]",
        "offers[13].formats[0]",
        "offers[14].no_access[0]",
        "offers[15].place.lat",
        "offers[16].place",
        "offers[17].help[0]",
        "offers[18].langages",
        "offers[19].id",
        "offers[20].id",
        "offers[21].id",
        "offers[22]",
        "offers[23].languages[0]",
        "offers[24].name",
        "needs[0].people",
        "needs[1].people",
        "needs[2].priority",
        "needs[3].languages[1]",
        "needs[4].languages[0]",
        "needs[5].region",
        "needs[6].place",
        "needs[7].crime",
        "needs[8].age",
        "needs[9].gender",
        "needs[10].roles[0]",
        "needs[11]",
        "needs[12].languages[0].level",
        "needs[13].rules.language",
        "needs[14].rules.language.minimum",
    ];
    let (offers, needs) = (file("bad-offers.json", offers.to_string()), file("bad-needs.json", needs.to_string()));
    for command in ["check", "rank", "explain", "diagnose"] {
        let errors = run_failing(&[command, "--offers", &offers, "--needs", &needs, "--as-of", "2026-11-23"], b"", 2);
        let found: Vec<&str> = errors.lines().filter_map(|line| line.split(": ").nth(1)).collect();
        assert_eq!(found, paths, "{command}");
        assert!(!errors.contains(SECRET), "{errors}");
        let data = run_failing(
            &[command, "--offers", &offers, "--needs", &needs, "--as-of", "2026-11-23", "--format", "json"],
            b"",
            2,
        );
        let data: Value = serde_json::from_str(&data).unwrap();
        assert_eq!(data.get("errors").unwrap().as_array().unwrap().len(), 40);
    }
}

#[test]
fn invalid_json_is_rejected_quickly() {
    let needs = file("one-need.json", r#"[{"id": "n-1"}]"#);
    let quoted = |text: String| format!(r#"[{{"id": "{text}"}}]"#);
    let inputs: [(&str, String, &str); 12] = [
        ("empty", String::new(), "file.empty"),
        ("truncated", r#"[{"id": "o-1", "name": ""#.to_owned(), "json.syntax"),
        ("no JSON", "{id;name\no-1;x".to_owned(), "json.syntax"),
        ("a long table", format!("id;name\no-1;{}", "x;".repeat(5_000_000)), "table.syntax"),
        ("a long heading", "id;".repeat(100_000) + "\n", "table.column"),
        ("a long name of a column", format!("id;{}\n", "x".repeat(10_000_000)), "table.column"),
        ("NaN", r#"[{"id": "o-1", "capacity": NaN}]"#.to_owned(), "json.syntax"),
        ("too large", r#"[{"id": "o-1", "capacity": 1e400}]"#.to_owned(), "json.syntax"),
        ("brackets", "[".repeat(100_000_000), "json.syntax"),
        ("a long id", quoted("x".repeat(10_000_000)), "offer.too_long"),
        ("a long name", quoted(format!("o\", \"name\": \"{}", "x".repeat(10_000_000))), "offer.too_long"),
        ("a field twice", r#"[{"id": "o-1", "id": "o-2"}]"#.to_owned(), "offer.duplicate_field"),
    ];
    for (name, text, code) in inputs {
        let offers = file("hostile.json", &text);
        let start = Instant::now();
        let errors = run_failing(&["rank", "--offers", &offers, "--needs", &needs], b"", 2);
        assert!(errors.contains(code) && errors.len() < 1_000, "{name}: {errors}");
        // A release build takes less than one second; this one is not optimized.
        assert!(start.elapsed() < Duration::from_secs(10), "{name}: {:?}", start.elapsed());
    }
    let broken_line = file("broken.ndjson", "{\"id\": \"n-1\"}\n{\"id\": }\n{\"id\": \"n-3\"}\n");
    let errors = run_failing(&["rank", "--needs", &broken_line, "--offers", &needs], b"", 2);
    assert!(errors.contains("broken.ndjson") && errors.contains("line 2"), "{errors}");
    run_failing(&["rank", "--offers", &file("bytes.json", [0xff, 0xfe, b'['])], b"", 2);
}

#[test]
fn exit_codes_distinguish_files_from_usage() {
    run_failing(&["check", "--offers", "/no/such/file.json"], b"", 1);
    for usage in [&["rank"][..], &["rank", "--top", "x"], &["frobnicate"], &[], &["rank", "--as-of", "gestern"]] {
        run_failing(usage, b"", 2);
    }
    let both = run_failing(&["rank", "--offers", "-", "--needs", "-"], b"[]", 2);
    assert!(both.contains("once"), "{both}");
    assert!(run(&["--help"]).contains("Exit codes"));
}

#[test]
fn licences_of_all_crates_are_printed() {
    let licences = run(&["--licences"]);
    for part in [
        "lotse\n\nMIT License",
        "\nclap 4.",
        "\nclap_builder 4.",
        "\nrayon-core 1.",
        "Rust Project Contributors",
        "GeoBasis-DE",
    ] {
        assert!(licences.contains(part), "{part}");
    }
    run_failing(&["--licences", "demo"], b"", 2);
}

#[test]
fn names_from_files_control_neither_terminal_nor_spreadsheet() {
    // Of C0 and C1, and all marks that change the direction of writing.
    let controls = "\u{1b}[31m\u{7f}\u{9b}\u{61c}\u{200e}\u{200f}\u{202a}\u{202e}\u{2028}\u{2066}\u{2069}";
    let name = format!("=1+1;=2{controls}red");
    let offers = json!([{"id": "o-1", "name": name, "organisation": "@x"}]);
    let offers = file("controls.json", offers.to_string());
    let needs = file("controlled.json", r#"[{"id": "n-1"}]"#);
    let rank =
        |format: &str| run(&["rank", "--offers", &offers, "--needs", &needs, "--lang", "de", "--format", format]);
    for format in ["table", "csv"] {
        let text = rank(format);
        let is_control = |letter: char| controls.contains(letter) && !"[31m".contains(letter) || letter.is_control();
        assert!(
            text.contains("red") && !text.contains(|letter| is_control(letter) && letter != '\n'),
            "{format}: {text}"
        );
    }
    let csv = rank("csv");
    assert!(csv.contains(",'=1+1;'=2[31mred") && csv.contains(",'@x"), "{csv}");
    // An id of a record is in the response; JSON keeps its value.
    let id = format!("o{}", controls.replace('\u{1b}', ""));
    let offers = file("controlling-id.json", json!([{"id": id, "languages": ["de"]}]).to_string());
    let explained = run(&["explain", "--offers", &offers, "--needs", &needs, "--format", "json"]);
    assert!(explained.contains(r"\u007f\u009b\u061c\u200e"), "{explained}");
    let explained: Value = serde_json::from_str(&explained).unwrap();
    assert_eq!(explained["explanations"][0]["offer"], json!(id));
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_is_not_written_is_an_error() {
    let needs = file("unwritten.json", r#"[{"id": "n-1"}]"#);
    for command in ["demo --format json", &format!("check --needs {needs}"), "vocabulary", "--help", "--version"] {
        for (redirection, code, message) in
            [(">&-", 1, "standard output"), (">/dev/full", 1, "standard output"), (">/dev/null", 0, "")]
        {
            let shell = format!("exec '{}' {command} {redirection}", env!("CARGO_BIN_EXE_lotse"));
            let output = Command::new("sh").args(["-c", &shell]).output().unwrap();
            let errors = stderr(&output);
            assert_eq!(output.status.code(), Some(code), "{command} {redirection}: {errors}");
            assert!(errors.contains(message) && errors.is_empty() == message.is_empty(), "{errors}");
        }
    }
    // Both descriptors of a program may be closed, and a reader may stop early.
    let closed = format!("exec '{}' demo >&- 2>&-", env!("CARGO_BIN_EXE_lotse"));
    assert_eq!(Command::new("sh").args(["-c", &closed]).status().unwrap().code(), Some(1));
    let pipe = format!("'{}' demo --format csv | head -n 1", env!("CARGO_BIN_EXE_lotse"));
    assert_eq!(stderr(&Command::new("sh").args(["-c", &pipe]).output().unwrap()), "");
}

#[test]
fn a_plan_begins_with_unmet_needs() {
    let offers = file("plan-offers.json", r#"[{"id": "o-1", "name": "Haus Eins", "capacity": 1}]"#);
    let needs = file("plan-needs.json", r#"[{"id": "n-1"}, {"id": "n-2", "priority": "stat"}]"#);
    let both = ["--offers", &offers, "--needs", &needs, "--lang", "de"];
    let table = run(&[&["allocate"], &both[..]].concat());
    let places: Vec<usize> =
        ["n-1", "Ein Platz für 1 von 2", "n-2"].iter().map(|text| table.find(text).unwrap()).collect();
    assert!(places.is_sorted(), "{table}");
    assert!(table.contains("bewiesen"), "{table}");
    let fixed = file("plan-fixed.json", r#"[{"need": "n-1", "offer": "o-1"}]"#);
    let json = run(&[&["allocate"], &both[..], &["--fixed", &fixed, "--format", "json"]].concat());
    assert!(json.contains(r#""referrals":[{"need":"n-1","offer":"o-1""#), "{json}");
    let report = run(&[&["report"], &both[..]].concat());
    assert!(report.contains("1 von 2") && report.contains("Haus Eins"), "{report}");
    let csv = run(&[&["report"], &both[..], &["--format", "csv"]].concat());
    assert!(csv.starts_with("table,code,name,needs"), "{csv}");
}

#[test]
fn schema_prints_one_document() {
    let schema: Value = serde_json::from_str(&run(&["schema", "need"])).unwrap();
    assert_eq!((&schema["title"], &schema["required"]), (&json!("need"), &json!(["id"])));
    for name in lotse::wire::schemas() {
        assert!(run(&["schema", name]).starts_with("{\n  \"$schema\": "), "{name}");
        assert!(run(&["schema", "--help"]).contains(name), "{name}");
    }
    assert!(run_failing(&["schema", "person"], b"", 2).contains("rank.request"));
}

#[test]
fn template_prints_an_empty_list() {
    let offers = run(&["template", "offers"]);
    assert!(offers.starts_with("id,name,organisation,help,languages,area,place.region,"), "{offers}");
    assert!(offers.ends_with(",contact.url\n") && offers.lines().count() == 1, "{offers}");
    for (list, more) in [("offers", &[][..]), ("needs", &[]), ("needs", &["--rules"])] {
        for format in ["csv", "csv-de"] {
            let template = run(&[&["template", list, "--format", format], more].concat());
            assert_eq!(template.starts_with("\u{feff}id;"), format == "csv-de", "{template}");
            let template = file("template.csv", template);
            let checked = run(&["check", &format!("--{list}"), &template, "--lang", "en"]);
            assert!(checked.contains(&format!("has no {list}: the list is empty.")), "{checked}");
        }
    }
    // The invented records are the same in each format.
    let examples =
        |list: &str, format: &str, name: &str| file(name, run(&["template", list, "--example", "--format", format]));
    let explained = ["json", "csv", "csv-de"].map(|format| {
        let (offers, needs) =
            (examples("offers", format, "example-offers"), examples("needs", format, "example-needs"));
        let as_of = lotse::example::AS_OF;
        run(&["explain", "--offers", &offers, "--needs", &needs, "--as-of", as_of, "--format", "json"])
    });
    assert_eq!(explained[0].matches("\"matches\"").count(), 9, "{}", explained[0]);
    assert!(explained.iter().all(|text| *text == explained[0]));
    assert!(run_failing(&["template", "offers", "--rules"], b"", 2).contains("an offer has no rules"));
    let rules: Value = serde_json::from_str(&run(&["template", "needs", "--rules", "--format", "json"])).unwrap();
    assert_eq!(rules[0]["rules"]["age"], json!({"rule": null, "minimum": null, "unknown": null}));
    let needs: Value = serde_json::from_str(&run(&["template", "needs", "--format", "json"])).unwrap();
    assert_eq!(needs[0]["crime"], json!({"code": null, "context": null}));
    // Two fields are required: an id, and a region next to a location, which is an object here.
    let filled =
        needs.to_string().replace(r#""id":null"#, r#""id":"n-1""#).replace(r#""region":null"#, r#""region":"14612""#);
    let filled = file("template.json", filled);
    assert!(run(&["check", "--needs", &filled, "--format", "json"]).contains(r#""needs":1,"errors":[]"#));
    assert!(run_failing(&["template", "people"], b"", 2).contains("offers"));
}

#[test]
fn an_error_of_usage_names_the_help_of_the_command_if_there_is_one() {
    for (arguments, help) in [("rnak", "lotse --help"), ("rank --ofers x", "lotse rank --help"), ("", "lotse --help")] {
        let arguments: Vec<&str> = ["--lang", "en"].into_iter().chain(arguments.split_whitespace()).collect();
        assert!(run_failing(&arguments, b"", 2).ends_with(&format!("For help: {help}\n")), "{arguments:?}");
    }
}

#[test]
fn a_list_that_is_not_given_is_an_error_of_usage() {
    let (offers, needs) = (file("given-offers.json", OFFERS), file("given-needs.ndjson", NEEDS));
    let request = file("given-request.json", json!({"needs": [{"id": "n-1"}]}).to_string());
    for command in ["rank", "explain", "diagnose", "allocate", "report"] {
        for (options, message) in [
            (&["--offers", &offers][..], "--needs is missing"),
            (&["--needs", &needs], "--offers is missing"),
            (&["--request", &request], "--offers is missing"),
            (&[], "give --offers and --needs, or --request with both"),
        ] {
            let errors = run_failing(&[&[command], options].concat(), b"", 2);
            assert!(errors.contains(message), "{command}: {errors}");
        }
        run(&[command, "--request", &request, "--offers", &offers, "--as-of", "2026-11-23"]);
    }
    assert!(run_failing(&["check"], b"", 2).contains("--offers or --needs or both"));
    assert_eq!(run(&["check", "--needs", &needs, "--lang", "en"]), "No errors in 2 needs.\n");
    assert_eq!(run(&["check", "--request", &request, "--lang", "de"]), "Keine Fehler in 1 Bedarf.\n");
    let policy = file("given-policy.json", r#"{"policy": {"weights": {"language": 2}}}"#);
    assert_eq!(run(&["check", "--request", &policy, "--lang", "en"]), "No errors.\n");
}

#[test]
fn an_empty_list_says_so() {
    let (offers, needs) = (file("some-offers.json", OFFERS), file("some-needs.ndjson", NEEDS));
    let (empty, heading) = (file("empty-list.json", "[]"), file("heading.csv", "id;area\n\n"));
    let request = file("empty-request.json", json!({"needs": [], "offers": [{"id": "o-1"}]}).to_string());
    for command in ["rank", "explain", "diagnose", "allocate", "report"] {
        let text = run(&[command, "--offers", &offers, "--needs", &empty, "--lang", "en"]);
        assert_eq!(text.replace('\n', " "), format!("{empty} has no needs: the list is empty. "));
        let text = run(&[command, "--offers", &heading, "--needs", &needs, "--lang", "de"]);
        assert_eq!(text.replace('\n', " "), format!("{heading} enthält keine Angebote: die Liste ist leer. "));
        assert!(run(&[command, "--request", &request, "--lang", "en"]).contains("has no needs"));
        // For a program an empty list is a list.
        run(&[command, "--offers", &empty, "--needs", &needs, "--format", "json"]);
    }
    let text = run(&["check", "--offers", &empty, "--needs", &needs, "--lang", "en"]);
    assert!(text.starts_with("No errors in 2 needs.\n") && text.contains("has no offers"), "{text}");
}

/// A table as a German spreadsheet saves it.
const TABLE: &str = "\u{feff}id;name;languages;area;place.region;place.lat;place.lon;capacity.free;capacity.updated;contact.phone\r\n\
    o-1;Beratung „Löwenzahn“;\"de;prs:interpreter\";\"14612;14628\";14612;51,0504;13,7373;3;2026-11-20;+49 351 1\r\n\
    ;;;;;;;;;\r\n\
    o-2;\"Rat; und Tat\";uk ;14;;;;;;\r\n";

#[test]
fn a_table_is_a_file_of_records() {
    let json = json!([
        {"id": "o-1", "name": "Beratung „Löwenzahn“", "languages": ["de", {"tag": "prs", "how": "interpreter"}],
         "area": ["14612", "14628"], "place": {"region": "14612", "lat": 51.0504, "lon": 13.7373},
         "capacity": {"free": 3, "updated": "2026-11-20"}, "contact": {"phone": "+49 351 1"}},
        {"id": "o-2", "name": "Rat; und Tat", "languages": ["uk"], "area": ["14"]}
    ]);
    let needs = "id,languages,region,rules.language.minimum\nn-1,prs;de:A2,14612,0.5\nn-2,uk,14612,\n";
    let rank = |offers: &str, needs: &str| {
        run(&["rank", "--offers", offers, "--needs", needs, "--as-of", "2026-11-23", "--format", "json"])
    };
    let needs = file("table-needs.csv", needs);
    let expected = rank(&file("table-offers.json", json.to_string()), &needs);
    assert!(expected.contains(r#""need":"n-2","matches":[{"offer":"o-2""#), "{expected}");
    let utf16: Vec<u8> = TABLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    // A German spreadsheet changes the form of a day.
    let day = TABLE.replace("2026-11-20", "20.11.2026").into_bytes();
    for table in [TABLE.as_bytes().to_vec(), TABLE.replace("\r\n", "\n").into_bytes(), utf16, day] {
        assert_eq!(rank(&file("table-offers.csv", table), &needs), expected);
    }
    let piped = ["rank", "--offers", "-", "--needs", &needs, "--as-of", "2026-11-23", "--format", "json"];
    assert_eq!(stdout(&lotse(&piped, TABLE.as_bytes())), expected);
}

#[test]
fn an_error_names_file_line_and_id() {
    let table = file("lines.csv", "id;age;region\n\nn-1;34;\nn-2;x;\n;;99999\n");
    let lines =
        file("lines.ndjson", "{\"id\": \"n-1\"}\n\n{\"id\": \"n-2\",\n \"age\": \"x\"}\n{\"region\": \"99999\"}\n");
    let list =
        file("lines.json", "[\n{\"id\": \"n-1\"},\n{\"id\": \"n-2\", \"age\": \"x\"},\n\n{\"region\": \"99999\"}]");
    let request = file(
        "lines-request.json",
        "{\"offers\": [{\"id\": \"o-1\"}],\n\n\n \"needs\": [{\"id\": \"n-1\"}, {\"id\": \"n-2\", \"age\": \"x\"},\n{\"region\": \"99999\"}]}",
    );
    for (option, path, second, third) in
        [("--needs", &table, 4, 5), ("--needs", &lines, 3, 5), ("--needs", &list, 3, 5), ("--request", &request, 4, 5)]
    {
        let errors = run_failing(&["check", option, path], b"", 2);
        let expected = [
            format!("{path}, line {second}, n-2: needs[1].age: expected a whole number [need.type]"),
            format!("{path}, line {third}: needs[2].id: this field is required [need.missing_field]"),
            format!("{path}, line {third}: needs[2].region: an unknown region [need.region.unknown]"),
        ];
        let mut found = errors.lines();
        assert!(expected.iter().all(|line| found.next().is_some_and(|found| found.starts_with(line))), "{errors}");
    }
    let data = run_failing(&["check", "--needs", &table, "--format", "json"], b"", 2);
    let data: Value = serde_json::from_str(&data).unwrap();
    assert_eq!((&data["file"], &data["line"], &data["id"]), (&json!(table), &json!(4), &json!("n-2")));
    assert_eq!((&data["errors"][1]["line"], data["errors"][1].get("id")), (&json!(5), None));

    let own = file("lines-words.json", r#"{"languages": 5}"#);
    let errors = run_failing(&["vocabulary", "--vocabulary", &own], b"", 2);
    assert!(errors.starts_with(&format!("{own}: vocabulary.languages: ")), "{errors}");
    let errors = run_failing(&["vocabulary", "--vocabulary", &table], b"", 2);
    assert!(errors.contains("give JSON here"), "{errors}");

    // Errors that are found later, errors of other files, and warnings.
    let offers = file(
        "lines-offers.json",
        "[{\"id\": \"o-1\"},\n {\"id\": \"o-1\", \"capacity\": {\"free\": 3, \"updated\": \"2026-10-01\"}}]",
    );
    let needs = file("lines-needs.json", r#"[{"id": "n-1"}]"#);
    let errors = run_failing(&["rank", "--offers", &offers, "--needs", &needs], b"", 2);
    assert!(errors.starts_with(&format!("{offers}, line 2, o-1: offers[1].id: ")), "{errors}");
    let policy = file("lines-policy.json", r#"{"weights": {"language": -1}}"#);
    let errors = run_failing(&["rank", "--offers", &needs, "--needs", &needs, "--policy", &policy], b"", 2);
    assert!(errors.starts_with(&format!("{policy}: policy.weights.language: ")), "{errors}");
    let offers = file("lines-warned.csv", "id,capacity.free,capacity.updated\no-1,3,2026-10-01\n");
    let warned = ["check", "--offers", &offers, "--as-of", "2026-11-23", "--lang", "en"];
    let text = run(&warned).replace("\n  ", " ");
    assert!(text.contains(&format!("{offers}, line 2, o-1: offers[0].capacity")), "{text}");
    let csv = run(&[&warned[..], &["--format", "csv"]].concat());
    assert!(csv.starts_with("path,code,message,hint,file,line,id\n") && csv.ends_with(",2,o-1\n"), "{csv}");
}

/// A ZIP archive of one empty file, up to its name: a local file header.
fn zip(name: &str) -> Vec<u8> {
    let mut bytes = b"PK\x03\x04\x14\0\0\0\0\0".to_vec();
    bytes.resize(30, 0);
    bytes.extend(name.as_bytes());
    bytes
}

#[test]
fn a_wrong_file_says_what_it_is_and_what_to_do() {
    let utf16: Vec<u8> = "id;languages\nn-1;de\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let offers = r#"[{"id": "o-1", "name": "Beispiel", "area": ["14"]}]"#;
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        (
            "nothing.csv",
            b" \n".to_vec(),
            ": the file is empty [file.empty] - give another file; `lotse template` prints",
        ),
        (
            "list.xlsx",
            zip("xl/workbook.xml"),
            ": a spreadsheet or an archive that is damaged [import.xlsx.damaged] - open it and save it again",
        ),
        (
            "list.ods",
            zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
            ": a spreadsheet or an archive that is damaged [import.xlsx.damaged] - open it and save it again",
        ),
        (
            "list.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1".to_vec(),
            ": this is a file of an old Office program, such as an Excel workbook (.xls)",
        ),
        (
            "list.zip",
            zip("needs.csv"),
            ": a spreadsheet or an archive that is damaged [import.xlsx.damaged] - open it and save it again",
        ),
        (
            "list.pdf",
            b"%PDF-1.7\n".to_vec(),
            ": this is a PDF document: it looks like a list, but has no columns [file.format] - ask for",
        ),
        (
            "windows.csv",
            b"id;help\nn-1;Rat f\xfcr Opfer\n".to_vec(),
            ", line 2, n-1: needs[0].help: not a well-formed code [need.code]",
        ),
        (
            "utf16.csv",
            utf16,
            ": this is text in UTF-16 without the mark that states it [file.encoding] - save it as UTF-8",
        ),
        (
            "swapped.json",
            offers.into(),
            ": this is a list of offers, given as --needs [file.format] - give it as --offers",
        ),
        (
            "swapped.csv",
            b"id;name;area\no-1;x;14\n".to_vec(),
            ", line 1: this is a list of offers, given as --needs [file.format] - give it as --offers",
        ),
        ("wrapped.json", format!("{{\"offers\": {offers}}}").into(), ": this is a list of offers, given as --needs"),
        (
            "cut.json",
            b"[{\"id\": \"n-1\"}, {\"id\": \"n-".to_vec(),
            ": the text ends too early, at line 1, column 26 [json.syntax] - the file seems to be incomplete",
        ),
        (
            "policy.json",
            br#"{"weights": {"language": 2}}"#.to_vec(),
            ": this is a policy, not a list of needs [file.format] - give it as --policy",
        ),
        (
            "plan.json",
            br#"{"unmet": [], "referrals": []}"#.to_vec(),
            ": this is a plan, the result of `lotse allocate`, not a list of needs [file.format] - give it as --previous",
        ),
        (
            "ranking.json",
            br#"{"rankings": []}"#.to_vec(),
            ": this is a result of `lotse rank`, not a list of needs [file.format] - give the list of needs",
        ),
        (
            "request.json",
            br#"{"offers": [], "needs": []}"#.to_vec(),
            ": this is a request, not a list of needs [file.format] - give it as --request",
        ),
        (
            "words.json",
            br#"{"names": []}"#.to_vec(),
            ": this is a file of additions to the vocabulary, not a list of needs [file.format] - give it as --vocabulary",
        ),
        (
            "map.geojson",
            br#"{"type": "FeatureCollection", "features": []}"#.to_vec(),
            ": this is a map (GeoJSON), not a list of records [file.format] - make one record of each",
        ),
        (
            "page.html",
            b"\n<!DOCTYPE html><html></html>".to_vec(),
            ": this is a web page, not a list [file.format] - the link leads to a page",
        ),
        (
            "one.ndjson",
            b"{\"id\": \"n-1\"}\n{\"id\": n-2}\n{\"id\": \"n-3\"}\n".to_vec(),
            ", line 2: this line is not JSON; the other 2 are [json.syntax] - correct the line, or remove it",
        ),
        (
            "two.ndjson",
            b"{\"id\": \"n-1\"}\n{\"id\": n-2}\n{\"id\": \"n-3\"\n".to_vec(),
            ", line 2: 2 of 3 lines are not JSON: lines 2, 3 [json.syntax]",
        ),
        (
            "unknown.csv",
            b"id;Sprache;langauges\nn-1;Dari;prs\n".to_vec(),
            ", line 1: columns that do not exist: 2 (B), 3 (C) [table.column] - did you mean 3 (C) = `languages`? the columns are id, case",
        ),
        (
            "bare.csv",
            b"n-1;Maria Muster;34\nn-2;Erika Muster;35\n".to_vec(),
            ", line 1: this is neither JSON nor a table",
        ),
        ("folder", Vec::new(), ": a folder, not a file [file.unreadable] - give the file in it"),
    ];
    let english = english_texts();
    let misspelt = file("misspelt.csv", "id;nmae;Straße\no-1;Beispiel;\n");
    let errors = run_failing(&["check", "--offers", &misspelt], b"", 2);
    let message = "columns that do not exist: `nmae`, `Straße` [table.column] - did you mean `nmae` = `name`? the columns are id, name";
    assert!(errors.starts_with(&format!("{misspelt}, line 1: {message}")), "{errors}");
    for (name, bytes, message) in cases {
        let path = if name == "folder" {
            let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
            fs::create_dir_all(&path).unwrap();
            path.to_str().unwrap().to_owned()
        } else {
            file(name, bytes)
        };
        let errors = run_failing(&["check", "--needs", &path], b"", if name == "folder" { 1 } else { 2 });
        assert!(errors.starts_with(&format!("{path}{message}")) && errors.lines().count() == 1, "{name}: {errors}");
        assert!(!errors.contains("Maria"), "{errors}");
        let german =
            run_failing(&["--lang", "de", "check", "--needs", &path], b"", if name == "folder" { 1 } else { 2 });
        let left = english.iter().find(|text| german.contains(text.as_str()));
        assert!(left.is_none() && german.contains(" - ") && !german.contains('{'), "{left:?}: {german}");
    }
}

#[test]
fn csv_for_a_german_spreadsheet() {
    let (offers, needs) = (file("german-offers.csv", TABLE), file("german-needs.ndjson", NEEDS));
    let csv = |command: &str, format: &str| {
        let options = ["--offers", &offers, "--needs", &needs, "--as-of", "2026-11-23", "--lang", "de"];
        run(&[&[command, "--format", format], &options[..]].concat())
    };
    assert!(csv("rank", "csv").contains("n-1,1,o-1,Beratung „Löwenzahn“,,1.00000000,"), "{}", csv("rank", "csv"));
    let ranked = csv("rank", "csv-de");
    assert!(ranked.starts_with("\u{feff}need;rank;offer;name;organisation;score;"), "{ranked}");
    assert!(ranked.contains("\nn-1;1;o-1;Beratung „Löwenzahn“;;1,00000000;"), "{ranked}");
    for command in ["rank", "explain", "diagnose", "allocate", "report"] {
        let (point, comma) = (csv(command, "csv"), csv(command, "csv-de"));
        let rows = |text: &str, separator| {
            let mut reader = csv::ReaderBuilder::new();
            let reader = reader.delimiter(separator).has_headers(false).from_reader(text.as_bytes()).into_records();
            reader.collect::<Result<Vec<csv::StringRecord>, _>>().unwrap()
        };
        let (point, comma) = (rows(&point, b','), rows(comma.trim_start_matches('\u{feff}'), b';'));
        assert_eq!(point.len(), comma.len());
        for (point, comma) in point.iter().zip(&comma) {
            // The cells are the same, but for numbers.
            assert_eq!(point.len(), comma.len());
            for (point, comma) in point.iter().zip(comma) {
                let is_number = point.parse::<f64>().is_ok();
                assert_eq!(if is_number { point.replace('.', ",") } else { point.to_owned() }, comma, "{command}");
            }
        }
    }
}

#[test]
fn completions_and_manual_know_every_command() {
    let help = run(&["--help"]);
    let commands: Vec<&str> =
        help.lines().filter_map(|line| line.strip_prefix("  ")?.split_once("  ")).map(|(name, _)| name).collect();
    let commands: Vec<&str> =
        commands.into_iter().filter(|name| name.chars().all(|letter| letter.is_ascii_lowercase())).collect();
    assert!(commands.len() > 12 && commands.contains(&"completions"), "{commands:?}");
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = run(&["completions", shell]);
        assert!(commands.iter().all(|command| script.contains(command)), "{shell}");
        assert!(script.contains("near-misses"), "{shell}");
        // PowerShell completes no values.
        assert!(["csv-de", "de-simple"].iter().all(|word| script.contains(word) || shell == "powershell"), "{shell}");
        // As far as the shells are installed here.
        let mut check = Command::new(shell);
        let check = check.arg(if shell == "fish" { "--no-execute" } else { "-n" });
        if let ("bash" | "zsh" | "fish", Ok(output)) = (shell, check.arg(file("completions", &script)).output()) {
            assert!(output.status.success() && output.stderr.is_empty(), "{shell}: {}", stderr(&output));
        }
    }
    assert!(run_failing(&["completions", "tcsh"], b"", 2).contains("bash"));
    let page = run(&["man"]);
    assert!(page.contains(".TH lotse 1") && page.contains("lotse\\-rank(1)") && page.contains("Exit codes"), "{page}");
    let rank = run(&["man", "rank"]);
    assert!(rank.contains(".TH lotse-rank 1") && rank.contains("\\-\\-offers"), "{rank}");
    assert!(run_failing(&["man", "cook"], b"", 2).contains("there is no command cook"));
    if let Ok(output) = Command::new("man").args(["--warnings", "-l", &file("lotse.1", &page)]).output() {
        assert!(output.status.success() && output.stderr.is_empty(), "{}", stderr(&output));
    }
}

/// The sessions of the example print their transcripts. After a change: `UPDATE_TRANSCRIPT=1 cargo test …`, and a look at the difference.
#[test]
#[cfg(unix)]
fn the_sessions_of_the_example_print_their_transcripts() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/shell");
    for (session, transcript) in [("session.sh", "transcript.txt"), ("import.sh", "import-transcript.txt")] {
        let session = Command::new("sh").arg(folder.join(session)).env("LOTSE", env!("CARGO_BIN_EXE_lotse")).output();
        let session = session.unwrap();
        assert_eq!((session.status.code(), stderr(&session)), (Some(0), String::new()));
        let (printed, transcript) = (stdout(&session), folder.join(transcript));
        if std::env::var_os("UPDATE_TRANSCRIPT").is_some() {
            fs::write(&transcript, &printed).unwrap();
        }
        assert_eq!(printed, fs::read_to_string(&transcript).unwrap());
    }
}

/// A folder of this test.
fn folder(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    path.to_str().unwrap().to_owned()
}

#[test]
fn export_writes_files_that_import_reads() {
    let offers = file("export-offers.json", OFFERS);
    let out = folder("export-csv");
    let report =
        run(&["export", "--offers", &offers, "--to", "csv", "--out", &out, "--licence", "CC-BY-4.0", "--lang", "en"]);
    assert!(report.contains("2 offers exported") && report.contains("offers.map.json"), "{report}");
    let path = |name: &str| format!("{out}/{name}");
    assert!(
        fs::read_to_string(path("offers.csv")).unwrap().starts_with("\u{feff}id;name;organisation;help;languages;")
    );
    let package: Value = serde_json::from_str(&fs::read_to_string(path("datapackage.json")).unwrap()).unwrap();
    assert_eq!(package.pointer("/licenses/0/name"), Some(&json!("CC-BY-4.0")));
    let records = |arguments: &[&str]| -> Value {
        let output = lotse(arguments, b"");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        serde_json::from_str(&stdout(&output)).unwrap()
    };
    let before: Value =
        serde_json::from_str(&serde_json::to_string(&lotse::Offer::list_from_json(OFFERS).unwrap()).unwrap()).unwrap();
    let (table, map) = (path("offers.csv"), path("offers.map.json"));
    assert_eq!(records(&["import", "--offers", &table, "--map", &map, "--as-of", "2026-11-23"]), before);
    // A directory has capacities on request only.
    let out = folder("export-hsds");
    let hsds = ["export", "--offers", &offers, "--to", "hsds3", "--package", "--out", &out, "--format", "json"];
    let report: Value = serde_json::from_str(&run(&hsds)).unwrap();
    assert_eq!(report.pointer("/notes/0/code"), Some(&json!("capacity.left_out")), "{report}");
    let report: Value = serde_json::from_str(&run(&[&hsds[..], &["--with-capacity"]].concat())).unwrap();
    assert!(!report.to_string().contains("record.changed"), "{report}");
    assert_eq!(records(&["import", "--offers", &out, "--as-of", "2026-11-23"]), before);

    let needs = file("export-needs.ndjson", NEEDS);
    let out = folder("export-needs");
    assert!(
        run(&["export", "--needs", &needs, "--to", "csv", "--out", &out, "--lang", "de"])
            .contains("2 Bedarfe ausgegeben")
    );
    let (table, map) = (format!("{out}/needs.csv"), format!("{out}/needs.map.json"));
    let imported = records(&["import", "--needs", &table, "--map", &map]);
    assert_eq!(imported.pointer("/0/languages/0/tag").or(imported.pointer("/0/languages/0")), Some(&json!("de")));
    let errors = run_failing(&["export", "--needs", &needs, "--to", "hsds3", "--out", &out, "--lang", "en"], b"", 2);
    assert!(errors.contains("needs are exported as csv only"), "{errors}");
    for arguments in
        [&["export", "--to", "csv", "--out", "x"][..], &["export", "--offers", "x", "--to", "pdf", "--out", "x"]]
    {
        run_failing(arguments, b"", 2);
    }
    assert!(run(&["export", "--help"]).contains("--with-capacity"));
}

#[test]
fn provenance_states_where_each_record_comes_from() {
    let table = file("provenance.csv", "Nr;Name;Sprachen\n1;Treff;Deutsch\n2;Haus;Dari\n");
    let path = |name: &str| PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name).to_str().unwrap().to_owned();
    let (out, map, provenance) =
        (path("provenance-offers.json"), path("provenance.map.json"), path("provenance.ndjson"));
    let files = ["--out", &out, "--save-map", &map, "--provenance", &provenance, "--as-of", "2026-11-23"];
    run(&[&["import", "--offers", &table][..], &files].concat());
    let lines = fs::read_to_string(&provenance).unwrap();
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mapping = lines[0]["mapping"].as_str().unwrap().to_owned();
    let want = |id: &str, row: &str| json!({"id": id, "file": "provenance.csv", "at": row, "mapping": mapping, "as_of": "2026-11-23", "licence": []});
    assert_eq!(lines, [want("1", "row 2"), want("2", "row 3")]);
    assert!(mapping.len() == 64 && mapping.bytes().all(|byte| byte.is_ascii_hexdigit()), "{mapping}");
    // It is that of the file which was saved.
    if let Ok(output) = Command::new("sha256sum").arg(&map).output() {
        assert!(stdout(&output).starts_with(&mapping), "{mapping}");
    }
}

#[test]
fn regions_of_other_countries_become_a_vocabulary() {
    let etalab = r#"[{"code": "14118", "nom": "Exempleville", "departement": "14", "region": "28", "type": "commune-actuelle"}]"#;
    let us_atlas = r#"{"objects": {"states": {"geometries": [{"id": "12", "properties": {"name": "Examplestate"}}]},
        "counties": {"geometries": [{"id": "12095", "properties": {"name": "Example"}}]}}}"#;
    let nuts = "NUTS_ID,NAME_LATN,CNTR_CODE\nAT1,Beispielost,AT\nAT13,Musterstadt,AT\n";
    let gss = "LAD23CD,LAD23NM,RGN23CD,RGN23NM\nE06000001,Exampleton,E12000001,Example East\n";
    let sources = [
        ("etalab", etalab, "Exempleville", "FR-14118"),
        ("us-atlas", us_atlas, "Example", "US-12095"),
        ("nuts-csv", nuts, "Musterstadt", "AT13"),
        ("gss-csv", gss, "Exampleton", "GB-E06000001"),
    ];
    for (from, text, name, code) in sources {
        let table = file(&format!("regions-{from}"), text);
        let vocabulary = file(&format!("vocabulary-{from}.json"), run(&["regions", "--from", from, &table]));
        // A list of this country is imported with it, by names and by keys.
        let list = file(&format!("list-{from}.csv"), format!("Nr;Sprachen;Zuständig für\n1;Deutsch;{name}\n"));
        let output = lotse(&["import", "--offers", &list, "--vocabulary", &vocabulary], b"");
        assert_eq!(output.status.code(), Some(0), "{from}: {}", stderr(&output));
        let offers: Value = serde_json::from_str(&stdout(&output)).unwrap();
        assert_eq!(offers.pointer("/0/area"), Some(&json!([code])), "{from}: {}", stderr(&output));
        let resolved = run(&["resolve", name, "--kind", "region", "--vocabulary", &vocabulary]);
        assert!(resolved.contains(code), "{resolved}");
        assert_eq!(
            run(&[
                "check",
                "--offers",
                &file("regions-offers.json", offers.to_string()),
                "--vocabulary",
                &vocabulary,
                "--format",
                "json"
            ])
            .contains("error\""),
            false
        );
        let errors = run_failing(&["regions", "--from", from, &list], b"", 2);
        assert!(errors.contains("import.format.unknown") || errors.contains("json.syntax"), "{from}: {errors}");
    }
    let out = folder("regions.json");
    assert_eq!(run(&["regions", "--from", "gss-csv", &file("regions-own", gss), "--prefix", "UK-", "--out", &out]), "");
    assert!(fs::read_to_string(&out).unwrap().contains("UK-E06000001"));
    assert!(run_failing(&["regions", "--from", "osm", "x"], b"", 2).contains("etalab"));
    assert!(run_failing(&["regions", "--from", "etalab", "no-such-file"], b"", 1).contains("no-such-file"));
    assert!(run(&["regions", "--help", "--lang", "de"]).contains("etalab (Frankreich)"));
}
