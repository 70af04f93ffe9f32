//! Tests of spreadsheets and archives, which are built here as programs write them.

use std::io::{Cursor, Write as _};

use zip::{ZipWriter, write::SimpleFileOptions};

use crate::{
    error::Error,
    import::{
        file::ImportFile,
        found::SourceOptions,
        notes::{Notes, Section},
        record_kind::RecordKind,
        rules::SourceRules,
        source::{Source, SourceFormat},
    },
};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Returns a workbook of sheets, each a name, a state, and what is in its XML.
fn xlsx(sheets: &[(&str, &str, &str)], properties: &str) -> ImportFile {
    let (mut list, mut relations, mut members) = (String::new(), String::new(), Vec::new());
    for ((name, state, xml), number) in sheets.iter().zip(1..) {
        list += &format!("<sheet name=\"{name}\" sheetId=\"{number}\" state=\"{state}\" r:id=\"rId{number}\"/>");
        let target = format!("worksheets/sheet{number}.xml");
        relations += &format!("<Relationship Id=\"rId{number}\" Type=\"{RELATIONS}/worksheet\" Target=\"{target}\"/>");
        members.push((format!("xl/{target}"), format!("<worksheet xmlns=\"{MAIN}\">{xml}</worksheet>")));
    }
    relations += &format!("<Relationship Id=\"s\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/>");
    let styles = "<cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/></cellXfs>";
    members.push(("xl/styles.xml".to_owned(), format!("<styleSheet xmlns=\"{MAIN}\">{styles}</styleSheet>")));
    let workbook = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><workbookPr {properties}/><sheets>{list}</sheets></workbook>"
    );
    members.push(("xl/workbook.xml".to_owned(), workbook));
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relations = format!("<Relationships xmlns=\"{package}\">{relations}</Relationships>");
    members.push(("xl/_rels/workbook.xml.rels".to_owned(), relations));
    let members: Vec<_> = members.iter().map(|(name, xml)| (name.as_str(), xml.as_bytes())).collect();
    ImportFile::new("list.xlsx", archive(&members))
}

/// Returns the XML of rows, each of cells: their attributes and content.
fn rows(rows: &[&[(&str, &str)]]) -> String {
    let row = |(cells, number): (&&[(&str, &str)], u32)| {
        let cells = cells
            .iter()
            .zip('A'..)
            .map(|((attributes, content), column)| format!("<c r=\"{column}{number}\" {attributes}>{content}</c>"));
        format!("<row r=\"{number}\">{}</row>", cells.collect::<String>())
    };
    format!("<sheetData>{}</sheetData>", rows.iter().zip(1..).map(row).collect::<String>())
}

/// Returns a cell of text.
fn text(content: &str) -> (&'static str, String) {
    ("t=\"inlineStr\"", format!("<is><t>{content}</t></is>"))
}

/// Returns the XML of a table of text.
fn table(cells: &[&[&str]]) -> String {
    let cells: Vec<Vec<(&str, String)>> = cells.iter().map(|row| row.iter().map(|cell| text(cell)).collect()).collect();
    let cells: Vec<Vec<(&str, &str)>> =
        cells.iter().map(|row| row.iter().map(|(kind, cell)| (*kind, cell.as_str())).collect()).collect();
    rows(&cells.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

fn ods(tables: &str) -> ImportFile {
    let namespace = "urn:oasis:names:tc:opendocument:xmlns";
    let content = format!(
        "<office:document-content xmlns:office=\"{namespace}:office:1.0\" xmlns:table=\"{namespace}:table:1.0\" \
         xmlns:text=\"{namespace}:text:1.0\"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>\
         </office:document-content>"
    );
    let mimetype = b"application/vnd.oasis.opendocument.spreadsheet";
    let members: [(&str, &[u8]); 3] =
        [("mimetype", mimetype), ("content.xml", content.as_bytes()), ("META-INF/manifest.xml", b"<manifest/>")];
    ImportFile::new("list.ods", archive(&members))
}

/// Returns the format, the records of the first part as JSON with their positions, and the notes.
fn read(file: &ImportFile, rules: &SourceRules) -> Result<(SourceFormat, Vec<String>, Vec<String>), Error> {
    let options = SourceOptions { rules, records: RecordKind::Offers, sides: &[] };
    let source = Source::read(std::slice::from_ref(file), options)?;
    let part = source.parts.first().unwrap();
    let (mut records, mut notes) = (Vec::new(), source.notes.clone());
    part.for_each(&part.wanted(|_| true), &mut notes, &mut |at, record| {
        records.push(format!("{}: {}", at.step, serde_json::to_string(&record).unwrap()));
        Ok(())
    })?;
    Ok((source.format, records, all(&notes)))
}

fn all(notes: &Notes) -> Vec<String> {
    let sections = [Section::Assumed, Section::Repaired, Section::LeftOut, Section::Lost, Section::Suspicions];
    let notes = sections.into_iter().flat_map(|section| notes.of(section)).map(|(key, count)| {
        let at: String = count.at.iter().map(|at| format!(" {}", at.step)).collect();
        format!("{} {}{at}", key.code, count.count)
    });
    notes.collect()
}

fn records(file: &ImportFile) -> (Vec<String>, Vec<String>) {
    let (_, records, notes) = read(file, &SourceRules::default()).unwrap();
    (records, notes)
}

#[test]
fn the_first_visible_sheet_or_a_named_one_is_read() {
    let sheets = [
        ("intern", "hidden", table(&[&["Nr", "Notiz"], &["1", "x"]])),
        ("Liste", "visible", table(&[&["Nr", "Ort"], &["7", "Riesa"]])),
        ("Archiv", "visible", table(&[&["Nr", "Ort"], &["8", "Pirna"]])),
    ];
    let file = xlsx(&sheets.each_ref().map(|(name, state, xml)| (*name, *state, xml.as_str())), "");
    assert_eq!(
        records(&file),
        (
            vec![r#"row 2: {"Nr":"7","Ort":"Riesa"}"#.to_owned()],
            vec!["xlsx.sheet 1".to_owned(), "xlsx.sheet 1".to_owned()]
        )
    );
    let named = |sheet: &str| read(&file, &SourceRules { sheet: Some(sheet.to_owned()), ..SourceRules::default() });
    assert_eq!(named("intern").unwrap().1, [r#"row 2: {"Nr":"1","Notiz":"x"}"#]);
    let error = named("Andere").unwrap_err();
    assert_eq!((error.code(), error.path(), error.hint().is_some()), ("import.xlsx.sheet", "list.xlsx", true));
    let hidden = xlsx(&[("A", "veryHidden", &table(&[&["Nr", "Ort"]]))], "");
    assert_eq!(read(&hidden, &SourceRules::default()).unwrap_err().code(), "import.xlsx.sheet");
}

#[test]
fn numbers_dates_and_truth_values_are_text_as_a_person_sees_it() {
    let names = ["Nr", "PLZ", "Stand", "Uhr", "frei"].map(text);
    let header = names.each_ref().map(|(kind, name)| (*kind, name.as_str()));
    let xml = rows(&[
        &header,
        &[
            ("", "<v>7</v>"),
            ("", "<v>1067.0</v>"),
            ("s=\"1\"", "<v>46076</v>"),
            ("s=\"2\"", "<v>46076.5</v>"),
            ("t=\"b\"", "<v>1</v>"),
        ],
        &[
            ("", "<v>7.5</v>"),
            ("t=\"str\"", "<v>01067.0</v>"),
            ("s=\"1\"", "<v>1</v>"),
            ("s=\"2\"", "<v>0.25</v>"),
            ("t=\"b\"", "<v>0</v>"),
        ],
    ]);
    let expected = [
        r#"row 2: {"Nr":7,"PLZ":1067,"Stand":"2026-02-23","Uhr":"2026-02-23T12:00:00","frei":true}"#,
        r#"row 3: {"Nr":7.5,"PLZ":"01067","Stand":"1900-01-01","Uhr":"06:00:00","frei":false}"#,
    ];
    assert_eq!(records(&xlsx(&[("A", "visible", &xml)], "")), (expected.map(str::to_owned).to_vec(), Vec::new()));
    // The date system of old Macintosh computers begins 1,462 days later.
    let xml = rows(&[&header[..2], &[("", "<v>7</v>"), ("s=\"1\"", "<v>44614</v>")]]);
    let (records, _) = records(&xlsx(&[("A", "visible", &xml)], "date1904=\"1\""));
    assert_eq!(records, [r#"row 2: {"Nr":7,"PLZ":"2026-02-23"}"#]);
}

#[test]
fn errors_and_formulas_without_a_value_are_empty_and_counted() {
    let (nr, ort) = (text("Nr"), text("Ort"));
    let xml = rows(&[
        &[(nr.0, &nr.1), (ort.0, &ort.1)],
        &[("", "<v>1</v>"), ("t=\"e\"", "<v>#N/A</v>")],
        &[("", "<v>2</v>"), ("", "<f>A1&amp;B1</f>")],
        &[("", "<v>3</v>"), ("t=\"str\"", "<f>A1</f><v>Riesa</v>")],
    ]);
    let (records, notes) = records(&xlsx(&[("A", "visible", &xml)], ""));
    assert_eq!(records, [r#"row 2: {"Nr":1}"#, r#"row 3: {"Nr":2}"#, r#"row 4: {"Nr":3,"Ort":"Riesa"}"#]);
    assert_eq!(notes, ["xlsx.error 1 row 2", "xlsx.formula 1 row 3"]);
}

#[test]
fn a_merged_cell_holds_for_all_its_rows() {
    let cells = table(&[&["Nr", "Ort", "Name"], &["1", "Riesa", "a"], &["2", "", "b"], &["3", "Pirna", "c"]]);
    let merged = "<mergeCells count=\"2\"><mergeCell ref=\"B2:B3\"/><mergeCell ref=\"A4:B4\"/></mergeCells>";
    let xml = cells.replace("<c r=\"B3\" t=\"inlineStr\"><is><t></t></is></c>", "") + merged;
    let (records, notes) = records(&xlsx(&[("A", "visible", &xml)], ""));
    let expected = [
        r#"row 2: {"Nr":"1","Ort":"Riesa","Name":"a"}"#,
        r#"row 3: {"Nr":"2","Ort":"Riesa","Name":"b"}"#,
        r#"row 4: {"Nr":"3","Ort":"Pirna","Name":"c"}"#,
    ];
    assert_eq!((records, notes), (expected.map(str::to_owned).to_vec(), vec!["xlsx.merged_cell 1 row 2".to_owned()]));
}

#[test]
fn hidden_rows_are_read_and_empty_rows_are_counted() {
    let xml = table(&[&["Liste"], &[], &["Nr", "Ort"], &["1", "Riesa"], &[], &["2", "Pirna", "x"]])
        .replace("<row r=\"4\">", "<row r=\"4\" hidden=\"1\">");
    let (records, notes) = records(&xlsx(&[("A", "visible", &xml)], ""));
    assert_eq!(records, [r#"row 4: {"Nr":"1","Ort":"Riesa"}"#]);
    assert_eq!(notes, ["rows.before_header 1 row 1", "row.cells 1 row 6"]);
}

#[test]
fn a_workbook_of_a_directory_is_recognized() {
    let xml = table(&[&["id", "nom", "zone_eligibilite"], &["x", "Accueil", "1004"]]);
    let (format, ..) = read(&xlsx(&[("A", "visible", &xml)], ""), &SourceRules::default()).unwrap();
    assert_eq!(format, SourceFormat::DataInclusion);
}

#[test]
fn sheets_of_ods_are_read() {
    let cell = |value: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{value}</text:p></table:table-cell>")
    };
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let rows = [
        row(&["Nr", "Ort", "Stand", "frei"].map(cell).concat()),
        row(&[
            "<table:table-cell office:value-type=\"float\" office:value=\"7\"><text:p>7</text:p></table:table-cell>",
            "<table:table-cell table:number-rows-spanned=\"2\" office:value-type=\"string\"><text:p>Riesa</text:p></table:table-cell>",
            "<table:table-cell office:value-type=\"date\" office:date-value=\"2026-02-23\"><text:p>23.02.26</text:p></table:table-cell>",
            "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>WAHR</text:p></table:table-cell>",
        ]
        .concat()),
        row("<table:table-cell office:value-type=\"float\" office:value=\"8\"><text:p>8</text:p></table:table-cell><table:covered-table-cell/>"),
    ];
    let other = "<table:table table:name=\"B\"><table:table-row/></table:table>";
    let file = ods(&format!("<table:table table:name=\"A\">{}</table:table>{other}", rows.concat()));
    let (records, notes) = records(&file);
    let expected =
        [r#"row 2: {"Nr":7,"Ort":"Riesa","Stand":"2026-02-23","frei":true}"#, r#"row 3: {"Nr":8,"Ort":"Riesa"}"#];
    assert_eq!(records, expected);
    assert_eq!(notes, ["xlsx.merged_cell 1 row 2", "xlsx.sheet 1"]);
}

#[test]
fn an_archive_is_its_files() {
    let members: [(&str, &[u8]); 4] = [
        ("liste/a.csv", b"Nr;Ort\n1;Riesa\n"),
        ("liste/lies mich.pdf", b"%PDF-1.7"),
        ("__MACOSX/._a.csv", b"x"),
        ("leer.csv", b"\n"),
    ];
    let file = ImportFile::new("in.zip", archive(&members));
    let (records, notes) = records(&file);
    assert_eq!(
        (records, notes),
        (vec![r#"row 2: {"Nr":"1","Ort":"Riesa"}"#.to_owned()], vec!["archive.member 2".to_owned()])
    );
    let error = read(&ImportFile::new("in.zip", archive(&[("a.bin", b"x")])), &SourceRules::default()).unwrap_err();
    assert_eq!((error.code(), error.hint().is_some()), ("import.format.unknown", true));
    let empty = read(&ImportFile::new("in.zip", archive(&[])), &SourceRules::default()).unwrap_err();
    assert_eq!(empty.code(), "import.format.unknown");
}

#[test]
fn encrypted_members_are_an_error_with_a_hint() {
    let mut bytes = archive(&[("a.csv", b"Nr;Ort\n1;Riesa\n")]);
    // The flag of encryption, in the header of the member and in that of the directory.
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = bytes.windows(4).position(|window| window == signature).unwrap();
        *bytes.get_mut(at.saturating_add(flags)).unwrap() |= 1;
    }
    let error = read(&ImportFile::new("in.zip", bytes), &SourceRules::default()).unwrap_err();
    assert_eq!((error.code(), error.hint().is_some()), ("import.archive.encrypted", true));
}

#[test]
fn limits_of_sheets() {
    let wide = rows(&[&[("", "<v>1</v>")]]).replace("r=\"A1\"", "r=\"XFD1\"");
    let error = read(&xlsx(&[("A", "visible", &wide)], ""), &SourceRules::default()).unwrap_err();
    assert_eq!((error.code(), error.path()), ("import.limit", "list.xlsx: row 1"));
    let huge = table(&[&["Nr", "Ort"], &["1", &"x".repeat(1_000_001)]]);
    let error = read(&xlsx(&[("A", "visible", &huge)], ""), &SourceRules::default()).unwrap_err();
    assert_eq!((error.code(), error.path()), ("import.limit", "list.xlsx: row 2"));
}
