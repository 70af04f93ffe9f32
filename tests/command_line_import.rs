//! The command `lotse import`: every option, what it writes and prints, and foreign lists in the other commands.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "the command reads and writes files")]

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::{Value, json};

const OFFERS: &str = "Nr;Einrichtung;Sprachen;Zuständig für;Farbe\n1;Treff;Deutsch, Kurdisch;Dresden;rot\n\
                      2;Haus;Ukrainisch und Kurdisch;ganz Sachsen;blau\n3;Stube;Farsi;Görlitz;\n";
const NEEDS: &str = "Nr;Name;Sprache;Wohnort\n7;Geheim-7391;Ukrainisch;Dresden\n8;Geheim-7392;Deutsch;Görlitz\n";

/// A folder for the files of one test, in which the command runs.
struct Folder(PathBuf);

/// What a command printed, and how it ended.
#[derive(Debug)]
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Folder {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("import").join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        let folder = Self(path);
        folder.write("offers.csv", OFFERS);
        folder.write("needs.csv", NEEDS);
        folder
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.read(name)).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.0)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_str().unwrap().to_owned())
            .collect();
        names.sort();
        names
    }

    /// Runs a command with its arguments separated by blanks, and this standard input.
    fn type_in(&self, arguments: &str, input: &str) -> Run {
        let mut child = Command::new(env!("CARGO_BIN_EXE_lotse"))
            .args(arguments.split(' '))
            .current_dir(&self.0)
            .envs([("LANG", "C.UTF-8"), ("LC_ALL", ""), ("LC_MESSAGES", ""), ("COLUMNS", "100")])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    fn run(&self, arguments: &str) -> Run {
        self.type_in(arguments, "")
    }

    /// Runs an import that succeeds, and returns its records.
    fn import(&self, arguments: &str) -> Value {
        let run = self.run(&format!("import {arguments} --as-of 2026-11-26"));
        assert_eq!(run.code, Some(0), "{arguments}: {run:?}");
        serde_json::from_str(&run.out).unwrap()
    }
}

#[test]
fn records_and_report_are_apart() {
    let folder = Folder::new("apart");
    let run = folder.run("import --offers offers.csv");
    assert_eq!((run.code, run.out.lines().count()), (Some(0), 3));
    assert!(run.err.starts_with("3 offers, 2 open questions\n"), "{}", run.err);
    assert!(
        run.err.contains("\n  lotse import --offers offers.csv --ask --save-map offers.map.json --out offers.json\n")
    );
    let written = folder.run("import --offers offers.csv --out list.json");
    assert_eq!((written.code, written.err.as_str(), folder.read("list.json")), (Some(0), "", run.out));
    assert!(written.out.starts_with("3 offers, 2 open questions\n"), "{}", written.out);
    folder.run("import --offers offers.csv --out list.ndjson");
    assert!(folder.read("list.ndjson").lines().all(|line| line.starts_with('{') && line.ends_with('}')));
    // A folder is the files in it, and a hyphen standard input.
    fs::create_dir(folder.0.join("lists")).unwrap();
    folder.write("lists/a.csv", OFFERS);
    folder.write("lists/.hidden", "no list");
    assert_eq!(folder.import("--offers lists").as_array().unwrap().len(), 3);
    assert_eq!(folder.type_in("import --offers -", OFFERS).out.lines().count(), 3);
    let german = folder.run("import --offers offers.csv --lang de --out list.json").out;
    assert!(german.starts_with("3 Angebote, 2 offene Fragen\n") && german.contains("Beantworten:"), "{german}");
    let simple = folder.run("import --offers offers.csv --lang de-simple --out list.json").out;
    assert!(simple.starts_with("3 Angebote, 2 Fragen sind offen\n"), "{simple}");
}

#[test]
fn a_report_has_the_format_of_its_option_or_its_file() {
    let folder = Folder::new("report");
    let printed = folder.run("import --offers offers.csv --out list.json --format json").out;
    folder.run("import --offers offers.csv --out list.json --report report.json");
    assert_eq!(printed.trim(), folder.read("report.json").trim());
    assert_eq!(folder.json("report.json")["records"]["produced"], 3);
    assert!(
        folder.run("import --offers offers.csv --out list.json --format csv").out.starts_with("section,code,count,")
    );
    folder.run("import --offers offers.csv --out list.json --report report.csv --format csv-de");
    assert!(folder.read("report.csv").starts_with("\u{feff}section;code;count;"));
    folder.run("import --offers offers.csv --out list.json --report report.txt");
    assert!(folder.read("report.txt").starts_with("3 offers, 2 open questions\n"));
    folder.run("import --offers offers.csv --out list.json --provenance from.json");
    assert_eq!(
        (&folder.json("from.json")[1]["id"], &folder.json("from.json")[1]["at"]),
        (&json!("2"), &json!("row 3"))
    );
}

#[test]
fn strict_refuses_whatever_is_missing_and_writes_nothing() {
    let folder = Folder::new("strict");
    let before = folder.names();
    let strict =
        "import --offers offers.csv --strict --out o.json --save-map m.json --report r.json --questions q.json";
    let run = folder.run(strict);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{run:?}");
    for code in ["import.strict.question", "import.strict.column"] {
        assert!(run.err.contains(code), "{}", run.err);
    }
    assert_eq!(folder.names(), before);
    folder.write("clear.csv", "Nr;Einrichtung;Sprachen\n1;Treff;Deutsch\n");
    assert_eq!(folder.run("import --offers clear.csv --strict --out o.json").code, Some(0));
}

#[test]
fn files_are_written_together_or_not_at_all() {
    let folder = Folder::new("together");
    folder.write("o.json", "old");
    let before = folder.names();
    let run = folder.run("import --offers offers.csv --out o.json --save-map m.json --report no/such/folder.json");
    assert_eq!(
        (run.code, run.out.as_str(), folder.names(), folder.read("o.json").as_str()),
        (Some(1), "", before, "old")
    );
    assert!(run.err.contains("no/such/folder.json"), "{}", run.err);
    assert_eq!(folder.run("import --offers missing.csv").code, Some(1));
    for usage in
        ["import", "import --offers offers.csv --needs needs.csv", "import --offers offers.csv --ask --questions q"]
    {
        assert_eq!(folder.run(usage).code, Some(2), "{usage}");
    }
}

#[test]
fn each_answer_is_saved_at_once_and_keeps_its_meaning() {
    let folder = Folder::new("ask");
    let ask = "import --offers offers.csv --ask --save-map map.json --out o.json";
    // Standard input ends after one answer, as if the terminal were closed.
    let run = folder.type_in(ask, "1 2\n");
    assert_eq!(run.code, Some(0), "{run:?}");
    let asked = run.err.find("Kurdisch").unwrap();
    assert!(asked < run.err.find("Farsi").unwrap(), "the most frequent word comes first: {}", run.err);
    let words = |name: &str| folder.json(name)["words"]["language"].clone();
    assert_eq!(words("map.json"), json!({"kurdisch": ["kmr", "ckb"]}));
    // The rest, with the mapping: skip, undo, nothing, stop.
    let rest = "import --offers offers.csv --map map.json --ask --save-map rest.json --out o.json";
    for (typed, farsi) in
        [("s\n", Value::Null), ("q\n", Value::Null), ("2\n", json!(["prs"])), ("z\n2\n", json!(["prs"]))]
    {
        let run = folder.type_in(rest, typed);
        assert_eq!((run.code, &words("rest.json")["farsi"]), (Some(0), &farsi), "{typed:?}: {}", run.err);
    }
    folder.type_in(rest, "0\n");
    assert!(words("rest.json").as_object().unwrap().contains_key("farsi"), "a word that states nothing is an answer");
    let again = folder.run("import --offers offers.csv --map rest.json --out o.json");
    assert!(again.out.starts_with("3 offers\n"), "{}", again.out);
    let undone = folder.type_in("import --offers offers.csv --ask --save-map undone.json --out o.json", "1\nz\n2\nq\n");
    assert_eq!((undone.code, words("undone.json")), (Some(0), json!({"kurdisch": ["ckb"]})), "{}", undone.err);
    folder.type_in("import --offers offers.csv --ask --save-map all.json --out o.json", "s\na\n");
    assert_eq!(words("all.json"), json!({"farsi": ["fa", "prs"]}));
}

#[test]
fn questions_are_a_file_that_is_filled_in() {
    let folder = Folder::new("questions");
    assert_eq!(folder.run("import --offers offers.csv --questions open.json --out o.json").code, Some(0));
    let mut questions = folder.json("open.json");
    assert_eq!(questions.as_array().unwrap().len(), 2);
    assert!(questions.as_array().unwrap().iter().all(|question| question["answer"].is_null()));
    questions[0]["answer"] = json!(["kmr"]);
    folder.write("answered.json", questions.to_string());
    let run = folder.run("import --offers offers.csv --answers answered.json --save-map map.json --out o.json");
    assert!(run.out.starts_with("3 offers, 1 open question\n"), "{}", run.out);
    folder.write("object.json", r#"{"language:kurdisch": "kmr", "language:farsi": null}"#);
    let run = folder.run("import --offers offers.csv --answers object.json --out o.json");
    assert!(run.out.starts_with("3 offers\n"), "{}", run.out);
    folder.write("wrong.json", r#"{"nonsense": "kmr"}"#);
    let run = folder.run("import --offers offers.csv --answers wrong.json --out o.json");
    assert!(run.code == Some(2) && run.err.contains("import.answers.unknown_id"), "{run:?}");
    folder.write("number.json", "3");
    assert_eq!(folder.run("import --offers offers.csv --answers number.json").code, Some(2));
}

#[test]
fn each_option_changes_what_is_read() {
    let folder = Folder::new("options");
    let first = |arguments: &str| folder.import(arguments)[0].clone();
    folder.write("map.json", r#"{"lotse_mapping": 1, "records": "offers", "id": "Nr", "fields": {"name": "Farbe", "languages": "Sprachen"}}"#);
    assert_eq!(first("--offers offers.csv --map map.json")["name"], "rot");
    folder.write("hsds.json", r#"[{"id": "s1", "name": "Treff", "status": "active", "languages": [{"code": "deu"}]}]"#);
    assert_eq!(first("--offers hsds.json --map hsds3 --from hsds3")["name"], "Treff");
    assert_eq!(folder.run("import --offers offers.csv --from nonsense").code, Some(2));
    assert_eq!(folder.run("import --offers offers.csv --map nonsense").code, Some(1));
    folder.write("old.csv", b"Nr;Einrichtung;Sprachen\n1;Br\x81cke;Deutsch\n");
    assert_eq!(first("--offers old.csv --encoding cp850")["name"], "Brücke");
    folder.write("tab.csv", "Nr\tEinrichtung\tSprachen\n1\tA;B;C\tDeutsch\n");
    assert_eq!(first("--offers tab.csv --delimiter tab")["name"], "A;B;C");
    folder.write("land.csv", "Nr;Zuständig für\n1;landesweit\n");
    assert_eq!(first("--offers land.csv --within 14")["area"], json!(["14"]));
    assert_eq!(first("--offers offers.csv --prefix lk-")["id"], "lk-1");
    folder.write("post.csv", "Nr;Sprachen;PLZ\n1;Deutsch;99998\n");
    folder.write("post.txt", "postcode;region\n99998;14612\n");
    assert_eq!(first("--offers post.csv --postcodes post.txt")["place"]["region"], "14612");
    folder
        .write("words.json", r#"{"words": [{"kind": "language", "codes": ["uk"], "lang": "de", "text": "Ukr-Test"}]}"#);
    folder.write("own.csv", "Nr;Sprachen\n1;Ukr-Test\n");
    assert_eq!(first("--offers own.csv --vocabulary words.json")["languages"][0]["tag"], "uk");
    folder.write("born.csv", "Nr;Sprache;Geburtsdatum\n7;Deutsch;27.11.2000\n");
    assert_eq!(first("--needs born.csv")["age"], 25);
    let sheet = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/shell/Betroffene.xlsx");
    fs::copy(sheet, folder.0.join("list.xlsx")).unwrap();
    assert_eq!(folder.import("--needs list.xlsx --sheet Betroffene").as_array().unwrap().len(), 10);
    let run = folder.run("import --needs list.xlsx --sheet Nirgends");
    assert!(run.code == Some(2) && run.err.contains("import.xlsx.sheet"), "{run:?}");
    let sketch = folder.run("import --needs needs.csv --sketch");
    let mapping: Value = serde_json::from_str(&sketch.out).unwrap();
    assert_eq!((sketch.code, &mapping["fields"]["languages"]), (Some(0), &json!("Sprache")));
    assert!(sketch.err.contains("Wohnort") && !sketch.err.contains("Geheim"), "{}", sketch.err);
}

#[test]
fn an_update_is_compared_with_the_records_before() {
    let folder = Folder::new("update");
    folder.run("import --offers offers.csv --out old.json");
    folder.write("offers.csv", OFFERS.replace("3;Stube", "4;Stube").replace("2;Haus", "2;Hof"));
    folder.run("import --offers offers.csv --update old.json --out new.json --report report.json");
    let changes = folder.json("report.json")["changes"].clone();
    assert_eq!((&changes["new"], &changes["gone"]), (&json!(["4"]), &json!(["3"])), "{changes}");
    assert_eq!(changes["changed"], json!([{"id": "2", "fields": ["name"]}]));
}

#[test]
fn other_commands_take_foreign_lists() {
    let folder = Folder::new("foreign");
    for command in ["check", "rank", "diagnose", "allocate", "report"] {
        let run = folder.run(&format!("{command} --offers offers.csv --needs needs.csv --as-of 2026-11-26"));
        assert_eq!(run.code, Some(0), "{command}: {run:?}");
        assert!(run.err.starts_with("offers.csv: 3 offers, 2 open questions\n"), "{command}: {}", run.err);
        assert!(
            !run.out.is_empty() && !run.out.contains("Geheim") && !run.err.contains("Geheim"),
            "{command}: {run:?}"
        );
    }
    // Columns that are not clear are one error, with the command that asks.
    folder.write("unclear.csv", "Nr;Angebot;Region\n1;Rechtsberatung;Dresden\n");
    let run = folder.run("check --offers unclear.csv");
    assert_eq!((run.code, run.out.as_str(), run.err.lines().count()), (Some(2), "", 1), "{run:?}");
    assert!(run.err.contains("[json.foreign_format]") && run.err.contains("lotse import --offers unclear.csv --ask"));
    folder.write(
        "map.json",
        r#"{"lotse_mapping": 1, "records": "offers", "id": "Nr", "fields": {"help": "Angebot", "area": "Region"}}"#,
    );
    assert_eq!(folder.run("check --offers unclear.csv --offers-map map.json").code, Some(0));
    folder.write(
        "words.map.json",
        r#"{"lotse_mapping": 1, "records": "needs", "id": "Nr", "fields": {"languages": "Sprache"}}"#,
    );
    let run = folder.run("rank --offers offers.csv --needs needs.csv --needs-map words.map.json --as-of 2026-11-26");
    assert_eq!(run.code, Some(0), "{run:?}");
}

#[test]
fn a_mapping_is_printed_by_its_name() {
    let folder = Folder::new("mapping");
    let names = folder.run("mapping").out;
    assert!(names.lines().any(|name| name == "hsds3"), "{names}");
    for name in names.lines() {
        let mapping: Value = serde_json::from_str(&folder.run(&format!("mapping {name}")).out).unwrap();
        assert_eq!(mapping["lotse_mapping"], 1, "{name}");
    }
    let run = folder.run("mapping hsds4");
    assert!(run.code == Some(2) && run.err.contains("hsds3"), "{run:?}");
}
