//! Invalid files of every kind: the result is records with a report that adds up, or errors, never a panic, and in bounded time.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "a test may read files and the clock")]

#[path = "support/import_checks.rs"]
mod import_checks;
#[path = "support/random.rs"]
mod random;

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use lotse::{
    Error,
    import::{Import, ImportFile, Imported, Mapping, RecordKind, Table},
};

use crate::{import_checks::broken, random::Random};

/// The number of mutations of each golden case.
const ROUNDS: usize = 60;
/// The longest time of one import: many times the usual one, since machines differ and are busy.
const LONGEST: Duration = Duration::from_secs(60);

/// The input of a golden case.
struct Case {
    records: RecordKind,
    mapping: Option<String>,
    files: Vec<(String, Vec<u8>)>,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/import");
    let mut folders: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    let case = |folder: &std::path::PathBuf| {
        let options = fs::read_to_string(folder.join("options.json")).unwrap();
        let options: serde_json::Value = serde_json::from_str(&options).unwrap();
        let mut paths: Vec<_> =
            fs::read_dir(folder.join("input")).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let file = |path: &std::path::PathBuf| {
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())
        };
        Case {
            records: options["records"].as_str().unwrap().parse().unwrap(),
            mapping: fs::read_to_string(folder.join("mapping.json")).ok(),
            files: paths.iter().map(file).collect(),
        }
    };
    folders.iter().map(case).collect()
}

/// Imports, sketches and reads files as a table, and checks what comes of it.
fn import(records: RecordKind, mapping: Option<&Mapping>, files: &[ImportFile]) -> Result<Imported, Error> {
    let start = Instant::now();
    let mut import = Import::builder(records).as_of("2026-11-29".parse().unwrap()).within("14");
    if let Some(mapping) = mapping {
        import = import.mapping(mapping.clone());
    }
    let import = import.build().unwrap();
    let result = import.read(files);
    match &result {
        Ok(imported) => assert_eq!(broken(imported, None), Vec::<String>::new()),
        Err(error) => check_error(error),
    }
    if let Err(error) = import.sketch(files) {
        check_error(&error);
    }
    if let Some(Err(error)) = files.first().map(Table::read) {
        check_error(&error);
    }
    assert!(start.elapsed() < LONGEST, "an import took {:?}", start.elapsed());
    result
}

fn check_error(error: &Error) {
    let count = error.errors().count();
    assert!((1..=100).contains(&count), "{count} errors");
    for error in error.errors() {
        assert!(!error.code().is_empty() && !error.message().is_empty());
    }
}

fn offers(name: &str, bytes: impl Into<Vec<u8>>) -> Result<Imported, Error> {
    import(RecordKind::Offers, None, &[ImportFile::new(name, bytes)])
}

/// Returns the first code of the error that files lead to.
fn code(name: &str, bytes: impl Into<Vec<u8>>) -> String {
    offers(name, bytes).unwrap_err().code().to_owned()
}

/// What damages text more than a random byte does.
const PIECES: [&[u8]; 20] = [
    b"\"",
    b";",
    b",",
    b"\n",
    b"\r",
    b"\0",
    b"\t",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b"&quot",
    b"\xff",
    b"\xc3",
    b"\xef\xbb\xbf",
    b"sep=|\n",
    b"1e999",
    b"18446744073709551616",
    b"\\u0000",
];

/// Flips, inserts, removes, repeats or truncates bytes.
fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len().max(1));
        let end = at.saturating_add(random.below(64)).min(bytes.len());
        match random.below(7) {
            0 => bytes.truncate(at),
            1 => {
                let part = bytes.get(at..end).unwrap_or_default().to_vec();
                bytes.splice(at.min(bytes.len())..at.min(bytes.len()), part);
            }
            2 => drop(bytes.drain(at.min(end)..end)),
            3 | 4 => {
                let at = at.min(bytes.len());
                bytes.splice(at..at, PIECES[random.below(PIECES.len())].iter().copied());
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= u8::try_from(random.below(255)).unwrap().saturating_add(1);
                }
            }
        }
    }
}

#[test]
fn mutated_cases() {
    let mut random = Random(5);
    let (mut read, mut refused) = (0_usize, 0_usize);
    for case in cases() {
        let mapping = case.mapping.as_deref().map(|text| Mapping::from_json(text).unwrap());
        for round in 0..ROUNDS {
            let mut files = case.files.clone();
            if random.below(8) == 0 {
                files.extend(files.clone());
            }
            for (_, bytes) in &mut files {
                mutate(bytes, &mut random);
            }
            let files: Vec<_> = files.into_iter().map(|(name, bytes)| ImportFile::new(name, bytes)).collect();
            // Now and then, a mapping that was not made for the file.
            let records = match (round % 6, case.records) {
                (0, RecordKind::Offers) => RecordKind::Needs,
                (0, RecordKind::Needs) => RecordKind::Offers,
                (_, records) => records,
            };
            let mapping = mapping.as_ref().filter(|_| round % 3 != 0);
            match import(records, mapping, &files) {
                Ok(_) => read = read.saturating_add(1),
                Err(_) => refused = refused.saturating_add(1),
            }
        }
    }
    // The mutations are neither without effect nor destructive.
    assert!(read > 100 && refused > 100, "{read} read, {refused} refused");
}

#[test]
fn mutated_mappings() {
    let mut random = Random(6);
    for case in cases() {
        let Some(text) = &case.mapping else { continue };
        let files: Vec<_> = case.files.iter().map(|(name, bytes)| ImportFile::new(name, bytes.clone())).collect();
        for _ in 0..ROUNDS {
            let mut bytes = text.clone().into_bytes();
            mutate(&mut bytes, &mut random);
            match Mapping::from_json(&String::from_utf8_lossy(&bytes)) {
                Ok(mapping) if mapping.records() == case.records => drop(import(case.records, Some(&mapping), &files)),
                Ok(_) => {}
                Err(error) => check_error(&error),
            }
        }
    }
}

#[test]
fn random_tables() {
    const CELLS: [&str; 24] = [
        "",
        "1",
        "01067",
        "Deutsch",
        "Kurdisch (Sorani",
        "Deutsch, Engl.",
        "ab 16",
        "9999999999999999999",
        "-1",
        "1e308",
        "\"",
        "\"\"",
        "a\"b",
        "'=1",
        "k.A.",
        "31.02.2026",
        "2026-02-31",
        "\u{0}",
        "\u{202e}x",
        "MÃ¼nchen",
        "&quot",
        "LK Leipzig (außer Grimma",
        "x",
        "alle",
    ];
    const NAMES: [&str; 12] = [
        "Nr",
        "Sprachen",
        "Zuständig für",
        "PLZ",
        "Alter",
        "Geburtsdatum",
        "Zielgruppe",
        "Kosten",
        "Stand",
        "",
        "2026-01-01",
        "Name",
    ];
    let mut random = Random(8);
    for _ in 0..1_000 {
        let (width, delimiter) = (random.below(8).saturating_add(1), [";", ",", "\t", "|"][random.below(4)]);
        let mut text = String::new();
        for row in 0..random.below(12) {
            let words: &[&str] = if row == 0 { &NAMES } else { &CELLS };
            let count = if random.below(6) == 0 { random.below(10) } else { width };
            let cells: Vec<_> = (0..count).map(|_| words[random.below(words.len())]).collect();
            text.push_str(&cells.join(delimiter));
            text.push_str(["\n", "\r\n", "\r", "\n\n"][random.below(4)]);
        }
        let records = if random.below(2) == 0 { RecordKind::Offers } else { RecordKind::Needs };
        drop(import(records, None, &[ImportFile::new("a.csv", text)]));
    }
}

#[test]
fn quotes_that_are_never_closed() {
    assert_eq!(code("a.csv", "Nr;Sprachen\n1;\"Deutsch\n2;Dari\n"), "import.csv.quotes");
    for text in ["\"a;".repeat(50_000) + "\"", "\"\"\"a;".repeat(1_000), "a\n\"b\"\"\n".repeat(50_000) + "\""] {
        drop(offers("a.csv", text));
    }
}

#[test]
fn huge_cells() {
    assert_eq!(code("a.csv", format!("Nr;Sprachen\n1;{}\n", "x".repeat(1_000_001))), "import.limit");
    // A cell below the limit with many words.
    for piece in ["Deutsch, ", "(", "((), ", "Deutsch (A2) ", "a / ", "- ", "und ", "&quot", "Ã¼", "1-2, ", "\u{301}"]
    {
        let cell = piece.repeat(10_000_usize.checked_div(piece.len()).unwrap());
        let text =
            format!("Nr;Sprachen;Zuständig für;Alter;Zielgruppe;Hilfe;Stand\n1{}\n", format!(";\"{cell}\"").repeat(6));
        drop(offers("a.csv", text.clone()));
        drop(import(RecordKind::Needs, None, &[ImportFile::new("a.csv", text)]));
    }
}

#[test]
fn many_columns_and_rows() {
    assert_eq!(code("a.csv", "Name;".repeat(4_097) + "\n1;2\n"), "import.limit");
    drop(offers("a.csv", "Name;".repeat(4_000) + "\n" + &"1;".repeat(4_000)));
    drop(offers("a.csv", "Nr;Sprachen\n".to_owned() + &"\n".repeat(500_000) + "1;Deutsch"));
    drop(offers("a.csv", "Nr;Sprachen\n".to_owned() + &"1;Deutsch\n".repeat(5_000)));
    drop(offers("a.csv", "Nr;Sprachen;Sprachen;Sprachen\n".to_owned() + &"x".repeat(100_000)));
}

#[test]
fn many_questions() {
    let mapping = r#"{"lotse_mapping": 1, "records": "offers", "fields": {"name": "Nr", "help": {"column": "Hilfe", "values": {"x": null}}}}"#;
    let mapping = Mapping::from_json(mapping).unwrap();
    let list = |count: usize| {
        let rows = (0..count).map(|number| format!("{number};y{number}\n"));
        ImportFile::new("a.csv", "Nr;Hilfe\n".to_owned() + &rows.collect::<String>())
    };
    let error = import(RecordKind::Offers, Some(&mapping), &[list(10_001)]).unwrap_err();
    assert_eq!((error.code(), error.message()), ("import.limit", "more than 10000 questions"));
    let imported = import(RecordKind::Offers, Some(&mapping), &[list(10_000)]).unwrap();
    assert_eq!(imported.questions.len(), 10_000);
}

#[test]
fn null_bytes() {
    drop(offers("a.csv", vec![0; 100_000]));
    drop(offers("a.csv", "Nr;Sprachen\n1;\0Deutsch\0\n\0;\0\n"));
    drop(offers("a.json", "[{\"Nr\": 1, \"Sprachen\": \"\\u0000\"}]\0"));
    let imported = offers("a.csv", "Nr;Sprachen\n1;\0Deutsch\0\n").unwrap();
    assert_eq!(imported.offers[0].languages().count(), 1);
}

#[test]
fn deep_and_wide_json() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"services\":", "}]")] {
        for depth in [100, 127, 128, 10_000, 1_000_000] {
            drop(offers("a.json", open.repeat(depth) + "1" + &close.repeat(depth)));
            drop(offers("a.json", open.repeat(depth)));
        }
    }
    assert_eq!(code("a.json", "[".repeat(1_000_000)), "import.limit");
    let keys: Vec<String> = (0..20_000).map(|key| format!("\"k{key}\": {key}")).collect();
    assert_eq!(code("a.json", format!("[{{{}}}]", keys.join(","))), "import.limit");
    drop(offers("a.json", "[".to_owned() + &"{\"id\": 1, \"Sprachen\": \"Deutsch\"},".repeat(2_000) + "{}]"));
    drop(offers("a.json", "{}\n".repeat(10_000)));
    drop(offers("a.json", "[1e999, {\"id\": -1e999}]"));
}

#[cfg(feature = "xlsx")]
mod archives {
    use std::io::{Cursor, Write as _};

    use lotse::import::{ImportFile, RecordKind};
    use zip::{ZipWriter, write::SimpleFileOptions};

    use crate::{ROUNDS, Random, cases, code, import, mutate, offers};

    fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in members {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn truncated_archives() {
        for case in cases() {
            for (name, bytes) in case.files.iter().filter(|(_, bytes)| bytes.starts_with(b"PK")) {
                let step = bytes.len().checked_div(ROUNDS).unwrap().max(1);
                for len in (0..bytes.len()).step_by(step) {
                    let part = bytes.get(..len).unwrap().to_vec();
                    assert!(
                        import(case.records, None, &[ImportFile::new(name.clone(), part)]).is_err(),
                        "{name} {len}"
                    );
                }
            }
        }
    }

    /// The members are mutated before they are packed: a mutated archive mostly has a wrong checksum.
    #[test]
    fn archives_of_mutated_members() {
        let mut random = Random(9);
        for case in cases() {
            for (name, bytes) in case.files.iter().filter(|(_, bytes)| bytes.starts_with(b"PK")) {
                let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
                let mut members = Vec::new();
                for index in 0..zip.len() {
                    let mut member = zip.by_index(index).unwrap();
                    let mut bytes = Vec::new();
                    std::io::Read::read_to_end(&mut member, &mut bytes).unwrap();
                    members.push((member.name().to_owned(), bytes));
                }
                for _ in 0..ROUNDS {
                    let mut members = members.clone();
                    let index = random.below(members.len());
                    mutate(&mut members[index].1, &mut random);
                    let members: Vec<_> =
                        members.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
                    drop(import(case.records, None, &[ImportFile::new(name.clone(), archive(&members))]));
                }
            }
        }
    }

    #[test]
    fn nested_archives_are_not_opened() {
        let mut nested = archive(&[("a.csv", b"Nr;Sprachen\n1;Deutsch\n")]);
        assert_eq!(offers("a.zip", nested.clone()).unwrap().offers.len(), 1);
        for name in ["b.zip", "c.csv", "d.xlsx"] {
            nested = archive(&[(name, &nested)]);
            assert!(offers("a.zip", nested.clone()).is_err(), "{name}");
        }
    }

    #[test]
    fn bombs() {
        let zeros = vec![0; 30_000_000];
        let bomb = archive(&[("a.csv", &zeros)]);
        assert!(bomb.len() < 100_000);
        assert_eq!(code("a.zip", bomb.clone()), "import.archive.bomb");
        assert_eq!(
            code("a.zip", archive(&[("xl/workbook.xml", b"<workbook/>"), ("x", &zeros)])),
            "import.archive.bomb"
        );
        assert_eq!(code("a.zip", archive(&[("content.xml", &zeros), ("mimetype", b"x")])), "import.archive.bomb");
        // A bomb that no file is read of, and one in an archive.
        assert_eq!(code("a.zip", archive(&[("a.bin", &zeros)])), "import.archive.bomb");
        assert!(offers("a.zip", archive(&[("b.zip", &bomb), ("c.csv", b"Nr;Sprachen\n1;Deutsch\n")])).is_ok());
        // A sheet whose only cell is the last of all, and one that is repeated.
        let ods = |cell: &str, row: &str| {
            let content = format!(
                "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"A\"><table:table-row {row}>\
                 <table:table-cell {cell} office:value-type=\"float\" office:value=\"1\"><text:p>1</text:p></table:table-cell>\
                 </table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
            );
            let mimetype = b"application/vnd.oasis.opendocument.spreadsheet";
            archive(&[("mimetype", mimetype), ("content.xml", content.as_bytes()), ("META-INF/manifest.xml", b"<x/>")])
        };
        assert_eq!(code("a.ods", ods("table:number-columns-repeated=\"99999999\"", "")), "import.limit");
        let repeated = ods("table:number-columns-repeated=\"16384\"", "table:number-rows-repeated=\"1048576\"");
        assert_eq!(code("a.ods", repeated), "import.limit");
    }

    #[test]
    fn many_members() {
        let names: Vec<String> = (0..10_001).map(|number| format!("{number}.csv")).collect();
        let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"a"[..])).collect();
        assert_eq!(code("a.zip", archive(&members)), "import.archive.bomb");
    }

    #[test]
    fn names_that_leave_the_folder() {
        for name in ["../a.csv", "a/../../b.csv"] {
            assert_eq!(code("a.zip", archive(&[(name, b"Nr;Sprachen\n1;Deutsch\n")])), "import.archive.path", "{name}");
        }
    }

    #[test]
    fn spreadsheets_without_what_they_need() {
        for members in [
            &[("xl/workbook.xml", &b""[..])][..],
            &[(
                "xl/workbook.xml",
                b"<workbook><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
            )],
            &[("content.xml", b""), ("mimetype", b"")],
        ] {
            drop(import(RecordKind::Needs, None, &[ImportFile::new("a.xlsx", archive(members))]));
            assert!(offers("a.xlsx", archive(members)).is_err());
        }
    }
}
