//! All files of an import as one source, in one format.

use crate::{
    error::{Error, ErrorKind, message},
    import::{
        detect,
        fault::{self, Place},
        file::ImportFile,
        found::{Found, SourceOptions},
        known_format::is_hsds_services,
        source::{Source, SourceFormat},
    },
    util::ordered_map::OrderedSet,
};

impl<'f> Source<'f> {
    /// Recognizes files, and reads the names of their columns.
    ///
    /// # Errors
    ///
    /// `import.format.*` for a format that is not read, or for files of several formats; `import.encoding`;
    /// `import.header.missing`; `import.csv.quotes`; `import.page.gap`; `json.syntax`; `import.limit`: those of all files.
    pub(crate) fn read(files: &'f [ImportFile], options: SourceOptions<'_>) -> Result<Self, Error> {
        let rules = if files.len() > 1 {
            detect::package_rules(files.iter().map(ImportFile::name), options.rules)
        } else {
            options.rules.clone()
        };
        let options = SourceOptions { rules: &rules, ..options };
        let mut found = Found::default();
        let mut errors: Option<Error> = None;
        for file in files {
            if let Err(error) = detect::add_file(file, options, &mut found) {
                errors = Some(if let Some(errors) = errors { errors.and(error) } else { error });
            }
        }
        if let Some(errors) = errors {
            return Err(errors);
        }
        if found.parts.is_empty() {
            return Err(Error::new(fault::at(
                &Place::file(""),
                (ErrorKind::Missing, "import.format.empty"),
                message!("import.format.empty"),
            )));
        }
        check_pages(&found.pages)?;
        let (format, why) = format(&found, options.rules.format.as_deref())?;
        let Found { parts, samples, notes, .. } = found;
        Ok(Self { format, why, parts, samples, notes })
    }
}

/// Returns the format of all parts, and the names by which they are recognized.
fn format(found: &Found<'_>, given: Option<&str>) -> Result<(SourceFormat, Vec<String>), Error> {
    if let Some(name) = given {
        let unknown = || {
            let message = message!("import.format.name");
            let error = fault::at(&Place::file(""), (ErrorKind::Unknown, "import.format.unknown"), message);
            Error::new(error.with_hint(message!("import.format.name.hint")))
        };
        return Ok((SourceFormat::from_name(name).ok_or_else(unknown)?, Vec::new()));
    }
    let services = found.parts.iter().find(|part| part.stem == "services" && is_hsds_services(&part.columns));
    if found.has_services {
        return Ok((SourceFormat::HsdsPackage, vec!["datapackage.json".to_owned()]));
    }
    if let Some(services) = services.filter(|_| found.parts.len() > 1) {
        return Ok((SourceFormat::HsdsPackage, vec![services.name.clone()]));
    }
    let mut format = SourceFormat::Table;
    let mut why = Vec::new();
    for (part, (other, name)) in found.parts.iter().zip(&found.recognitions) {
        let is_directory = |format: SourceFormat| format.mapping().is_some();
        if is_directory(format) && is_directory(*other) && format != *other {
            let error = fault::at(
                &Place::file(&part.name),
                (ErrorKind::Conflict, "import.format.unknown"),
                message!("import.format.several"),
            );
            return Err(Error::new(error.with_hint(message!("import.format.several.hint"))));
        }
        // Side tables of a directory have no names of their own; so a directory takes precedence, and then a table.
        let is_first_table = !is_directory(format) && part.index == 0;
        let replaces_records = format == SourceFormat::Lotse && *other != SourceFormat::Lotse;
        if is_directory(*other) || is_first_table || replaces_records {
            format = *other;
        }
        if let Some(name) = name.filter(|name| !why.iter().any(|other| other == name)) {
            why.push(name.to_owned());
        }
    }
    Ok((format, why))
}

/// Checks that no page of a list is missing.
fn check_pages(pages: &[(u64, u64)]) -> Result<(), Error> {
    let Some(total) = pages.iter().map(|(_, total)| *total).max() else { return Ok(()) };
    let present: OrderedSet<u64> = pages.iter().map(|(page, _)| *page).collect();
    // Some interfaces count from 0.
    let first = u64::from(!present.contains(&0));
    let last = total.saturating_add(first).saturating_sub(1);
    let missing: Vec<String> =
        (first..=last).filter(|page| !present.contains(page)).take(10).map(|page| page.to_string()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let message = message!("import.page.gap").with(&[("pages", &missing.join(", ")), ("total", &total)]);
    let error = fault::at(&Place::file(""), (ErrorKind::Missing, "import.page.gap"), message);
    Err(Error::new(error.with_hint(message!("import.page.gap.hint"))))
}

#[cfg(test)]
mod tests {
    use crate::{
        decode::value::Value,
        error::Error,
        import::{
            file::ImportFile,
            found::SourceOptions,
            notes::{Notes, Section},
            record_kind::RecordKind,
            rules::{HeaderRule, SourceRules},
            source::{Source, SourceFormat},
        },
    };

    fn read<'f>(files: &'f [ImportFile], rules: &SourceRules) -> Result<Source<'f>, Error> {
        Source::read(files, SourceOptions { rules, records: RecordKind::Offers, sides: &[] })
    }

    fn file(name: &str, content: impl Into<Vec<u8>>) -> ImportFile {
        ImportFile::new(name, content)
    }

    /// Returns the records of the first part as JSON with their positions, and the notes.
    fn records(
        files: &[ImportFile],
        rules: &SourceRules,
        is_wanted: impl Fn(&str) -> bool,
    ) -> (Vec<String>, Vec<String>) {
        let source = read(files, rules).unwrap();
        let part = source.parts.first().unwrap();
        let (mut records, mut notes) = (Vec::new(), source.notes.clone());
        part.for_each(&part.wanted(is_wanted), &mut notes, &mut |at, record| {
            records.push(format!("{}: {}", at.step, serde_json::to_string(&record).unwrap()));
            Ok(())
        })
        .unwrap();
        (records, all(&notes))
    }

    fn all(notes: &Notes) -> Vec<String> {
        let sections = [Section::Assumed, Section::Repaired, Section::LeftOut, Section::Lost, Section::Suspicions];
        let notes = sections.into_iter().flat_map(|section| notes.of(section));
        let text = notes.map(|(key, count)| {
            let at: String = count.at.iter().map(|at| format!(" {}", at.step)).collect();
            let column = key.column.as_ref().map(|column| format!(" {column}")).unwrap_or_default();
            format!("{}{column} {}{at}", key.code, count.count)
        });
        text.collect()
    }

    #[test]
    fn a_table_is_read_row_by_row() {
        let text = b"Liste;;\r\n\r\nNr;Tr\xe4ger;\r\n1; Br\xfccke ;\r\n;;\r\n2\r\n3;\"a\r\nb\";x\r\n4;a;;b\r\n";
        let files = [file("Liste 2026.csv", *text)];
        let source = read(&files, &SourceRules::default()).unwrap();
        assert_eq!((source.format, source.samples.join(" ")), (SourceFormat::Table, "Träger Brücke".to_owned()));
        let part = source.parts.first().unwrap();
        assert_eq!((part.name.as_str(), part.stem.as_str(), part.format), ("Liste 2026.csv", "Liste 2026", "csv"));
        assert_eq!(
            (part.encoding, part.delimiter, part.header.as_slice()),
            (Some("windows-1252"), Some(';'), [3].as_slice())
        );
        assert_eq!((part.columns.join(","), part.column_at(3)), ("Nr,Träger,#3".to_owned(), Some("#3")));
        let (records, notes) = records(&files, &SourceRules::default(), |_| true);
        let expected = [
            r#"row 4: {"Nr":"1","Träger":"Brücke"}"#,
            r#"row 6: {"Nr":"2"}"#,
            r##"row 7: {"Nr":"3","Träger":"a\r\nb","#3":"x"}"##,
        ];
        assert_eq!(records, expected);
        let expected =
            ["encoding.windows_1252 1", "row.short 1 row 6", "rows.before_header 1 row 1", "row.cells 1 row 8"];
        assert_eq!(notes, expected);
    }

    #[test]
    fn columns_that_are_not_wanted_are_not_read() {
        let files = [file("a.csv", "Nr,Name,Sprache\n1,MÃ¼ller,Dari\n")];
        let (records, notes) = records(&files, &SourceRules::default(), |column| column != "Name");
        assert_eq!(records, [r#"row 2: {"Nr":"1","Sprache":"Dari"}"#]);
        assert!(notes.is_empty());
        let files = [file("a.json", r#"[{"Nr": 1, "Name": "secret", "more": {"Name": "secret", "Ort": "Riesa"}}]"#)];
        let (records, _) = self::records(&files, &SourceRules::default(), |column| !column.ends_with("Name"));
        assert_eq!(records, [r#"[0]: {"Nr":1,"more":{"Ort":"Riesa"}}"#]);
    }

    #[test]
    fn the_delimiter_has_the_largest_share_of_equal_rows() {
        let delimiter = |text: &str| {
            let files = [file("a.csv", text)];
            read(&files, &SourceRules::default()).unwrap().parts.first().unwrap().delimiter.unwrap()
        };
        assert_eq!(delimiter("a;b;c\n1;2,5;3\n1;2,5;3,5\n"), ';');
        assert_eq!(delimiter("a\tb\n1,5\t2\n"), '\t');
        assert_eq!(delimiter("a|b,c|d\n1|2,5|3\n"), '|');
        assert_eq!(delimiter("sep=,\na,b;c\n1,2\n"), ',');
        assert_eq!(delimiter("\"sep=|\"\r\na|b\n1|2\n"), '|');
        let files = [file("a.csv", "sep=;\na;b\n1;2\n")];
        let (records, _) = records(&files, &SourceRules::default(), |_| true);
        assert_eq!(records, [r#"row 2: {"a":"1","b":"2"}"#]);
    }

    #[test]
    fn of_equal_shares_more_cells_and_then_the_order_decide() {
        let delimiter = |text: &str| {
            let rules = SourceRules { header: Some(HeaderRule::Row(1)), ..SourceRules::default() };
            read(&[file("a.csv", text)], &rules).unwrap().parts.first().unwrap().delimiter.unwrap()
        };
        assert_eq!(delimiter("a;b,c,d\n1;2,3,4\n"), ',');
        assert_eq!(delimiter("a,b;c,d\n"), ',');
        assert_eq!(delimiter("a|b,c\n1|2,3\n"), ',');
        assert_eq!(delimiter("a,b\tc;d\n1,2\t3;4\n"), ';');
        // A row with a comma in its text is one of a few.
        assert_eq!(delimiter(&("a;b;c\n1,5;2,5,1;3\n".to_owned() + &"1;2;3\n".repeat(9))), ';');
        let files = [file("a.csv", "Sprachen\nDeutsch\nDari\n")];
        assert_eq!(read(&files, &SourceRules::default()).map(drop).unwrap_err().code(), "import.header.missing");
        let rules = SourceRules { header: Some(HeaderRule::Row(1)), ..SourceRules::default() };
        assert_eq!(records(&files, &rules, |_| true).0.len(), 2);
    }

    #[test]
    fn cells_are_trimmed() {
        let files = [file("a.csv", "Nr;Ort\n 1\u{a0};\u{a0} Riesa \n2;\u{a0}\n")];
        assert_eq!(
            records(&files, &SourceRules::default(), |_| true).0,
            [r#"row 2: {"Nr":"1","Ort":"Riesa"}"#, r#"row 3: {"Nr":"2"}"#]
        );
    }

    #[test]
    fn words_of_needs_that_show_the_encoding_are_of_the_header() {
        let files = [file("a.csv", *b"Nr;Stra\xdfe;Gr\xf6\xdfe\n1;M\xfcller;\xd6\n")];
        let samples = |records| {
            let options = SourceOptions { rules: &SourceRules::default(), records, sides: &[] };
            Source::read(&files, options).unwrap().samples.join(" ")
        };
        assert_eq!(samples(RecordKind::Offers), "Straße Größe Müller");
        assert_eq!(samples(RecordKind::Needs), "Straße Größe");
    }

    #[test]
    fn a_given_encoding_takes_precedence() {
        let rules = |encoding: &str| SourceRules { encoding: Some(encoding.to_owned()), ..SourceRules::default() };
        let files = [file("a.csv", *b"Nr;Ort\n1;K\x94ln\n")];
        let (records, notes) = records(&files, &rules("cp850"), |_| true);
        assert_eq!((records, notes), (vec![r#"row 2: {"Nr":"1","Ort":"Köln"}"#.to_owned()], Vec::new()));
        assert_eq!(read(&files, &rules("utf-8")).map(drop).unwrap_err().path(), "a.csv: row 2");
    }

    #[test]
    fn every_name_of_a_directory_recognizes_it() {
        let format = |name: &str, text: String| read(&[file(name, text)], &SourceRules::default()).unwrap().format;
        for name in ["thematiques", "structure_id", "zone_eligibilite", "zone_diffusion_type"] {
            assert_eq!(format("a.json", format!(r#"[{{"id": 1, "{name}": []}}]"#)), SourceFormat::DataInclusion);
            assert_eq!(format("a.csv", format!("id,nom,{name}\n1,x,y\n")), SourceFormat::DataInclusion);
        }
        for name in ["service", "service_at_locations", "capacities", "organization", "status"] {
            assert_eq!(format("a.json", format!(r#"[{{"id": 1, "{name}": []}}]"#)), SourceFormat::Hsds3);
        }
        assert_eq!(format("a.csv", "ResourceAgencyNum,PublicName\n1,x\n".to_owned()), SourceFormat::Airs);
        assert_eq!(format("a.ndjson", "{\"resourceType\": \"Location\"}\n".to_owned()), SourceFormat::Fhir);
        for text in [r#"{"contents": [{"id": "o-1"}]}"#, r#"{"services": [{"id": "o-1"}]}"#, r#"[{"id": "o-1"}]"#] {
            assert_eq!(format("a.json", text.to_owned()), SourceFormat::Lotse, "{text}");
        }
        let rules = SourceRules { format: Some("hsds3".to_owned()), ..SourceRules::default() };
        assert_eq!(read(&[file("a.json", r#"[{"name": "x"}]"#)], &rules).unwrap().format, SourceFormat::Hsds3);
    }

    #[test]
    fn the_size_and_the_number_of_records_have_limits() {
        let code = |name: &str, text: String| {
            let files = [file(name, text)];
            let source = read(&files, &SourceRules::default()).map_err(|error| error.code().to_owned())?;
            let part = source.parts.first().unwrap();
            let result = part.for_each(&part.wanted(|_| true), &mut Notes::default(), &mut |_, _| Ok(()));
            result.map_err(|error| error.code().to_owned())
        };
        let limit = Err("import.limit".to_owned());
        assert_eq!(code("a.csv", "Nr;Ort\n".to_owned() + &"1;2\n".repeat(20_001)), limit);
        assert_eq!(code("a.csv", "Nr;Ort\n".to_owned() + &"1;2\n".repeat(20_000)), Ok(()));
        assert_eq!(code("a.json", "{\"a\": 1}\n".repeat(20_001)), limit);
        assert_eq!(code("a.json", "{\"a\": 1}\n".repeat(20_000)), Ok(()));
        let error = read(&[file("a.csv", " ".repeat(8_000_001))], &SourceRules::default()).map(drop).unwrap_err();
        assert_eq!((error.code(), error.message()), ("import.limit", "larger than 2 GB"));
    }

    #[test]
    fn rules_take_precedence() {
        let files = [file("a.csv", "x;y\na|b\n-|-\n1|'=2\n")];
        let rules = SourceRules {
            delimiter: Some('|'),
            header: Some(HeaderRule::Row(2)),
            skip: vec![3],
            guard: true,
            ..SourceRules::default()
        };
        let (records, _) = records(&files, &rules, |_| true);
        assert_eq!(records, [r#"row 4: {"a":"1","b":"=2"}"#]);
        let rules = SourceRules { header: Some(HeaderRule::None), delimiter: Some('|'), ..SourceRules::default() };
        let (records, _) = self::records(&files, &rules, |_| true);
        assert_eq!(records.get(1).unwrap(), r#"row 2: {"1":"a","2":"b"}"#);
        let rules = SourceRules { format: Some("table".to_owned()), ..SourceRules::default() };
        assert_eq!(read(&[file("a.csv", "[a];b\n1;2\n")], &rules).unwrap().parts.first().unwrap().format, "csv");
    }

    #[test]
    fn damage_is_repaired_and_counted() {
        let files = [file("a.csv", "Nr;Ort\n1;MÃ¼nchen\n2;&quotHaus&quot\n3;Görlitz\n")];
        let (records, notes) = records(&files, &SourceRules::default(), |_| true);
        assert_eq!(records.first().unwrap(), r#"row 2: {"Nr":"1","Ort":"München"}"#);
        assert_eq!(notes, ["text.twice_encoded Ort 2 row 2 row 3"]);
        let files = [file("a.csv", b"Nr;Ort\n1;M\xfcnchen\n2;\"x\ny\"\n3;G\xc3\xb6rlitz\n4;K\xf6ln\n")];
        let (records, notes) = self::records(&files, &SourceRules::default(), |_| true);
        assert_eq!(records.last().unwrap(), r#"row 5: {"Nr":"4","Ort":"Köln"}"#);
        assert_eq!(notes, ["encoding.mixed 2 row 2 row 5"]);
    }

    #[test]
    fn headers_are_suspicious() {
        let files = [file("a.csv", "id,2026-02-23,nom,ort,plz,lien,lien\n1,2,3,4,5,6,7\n")];
        let (_, notes) = records(&files, &SourceRules::default(), |_| true);
        assert_eq!(notes, ["header.number 2026-02-23 1 row 1", "header.twice lien#2 1 row 1"]);
    }

    #[test]
    fn lists_of_objects_are_unwrapped() {
        let format = |text: &str| {
            let files = [file("a.json", text)];
            let source = read(&files, &SourceRules::default()).unwrap();
            let part = source.parts.first().unwrap();
            let mut count = 0;
            let mut each = |_, _| {
                count += 1;
                Ok(())
            };
            part.for_each(&part.wanted(|_| true), &mut Notes::default(), &mut each).unwrap();
            (source.format, part.format, count)
        };
        assert_eq!(format(r#"[{"Nr": 1}, {"Nr": 2}]"#), (SourceFormat::Json, "json", 2));
        assert_eq!(format("{\"Nr\": 1}\n{\"Nr\": 2}\n"), (SourceFormat::Json, "ndjson", 2));
        assert_eq!(format(r#"{"Nr": 1}"#), (SourceFormat::Json, "json", 1));
        assert_eq!(format(r#"{"contents": [{"id": 1, "status": "active"}]}"#), (SourceFormat::Hsds3, "json", 1));
        assert_eq!(
            format(r#"{"id": "s", "service_at_locations": [{"id": 1}, {"id": 2}]}"#),
            (SourceFormat::Hsds3, "json", 1)
        );
        assert_eq!(format(r#"{"items": [{"structure_id": 1}], "total": 1}"#), (SourceFormat::DataInclusion, "json", 1));
        assert_eq!(format(r#"{"version": 0.6, "elements": [{"id": 1, "tags": {}}]}"#), (SourceFormat::Osm, "json", 1));
        assert_eq!(format(r#"{"offers": [{"id": "o-1"}]}"#), (SourceFormat::Lotse, "json", 1));
        assert_eq!(format(r#"[{"id": "o-1", "languages": ["de"]}]"#), (SourceFormat::Lotse, "json", 1));
        assert_eq!(format("[]"), (SourceFormat::Json, "json", 0));
    }

    fn objects(text: &str) -> Vec<String> {
        records(&[file("a.json", text)], &SourceRules::default(), |_| true).0
    }

    #[test]
    fn services_inherit_their_organization() {
        let text = r#"{"services": [{"id": 1, "status": "active"}, {"id": 2, "organization": {"name": "Y"}}], "organization": {"name": "X"}}"#;
        let expected = [
            r#"[0]: {"id":1,"status":"active","organization":{"name":"X"}}"#,
            r#"[1]: {"id":2,"organization":{"name":"Y"}}"#,
        ];
        assert_eq!(objects(text), expected);
        let text = r#"[{"id": "o", "name": "X", "services": [{"id": 1}, {"id": 2}]}, {"id": "p", "name": "Y", "services": []}]"#;
        let expected = [
            r#"[0]: {"id":1,"organization":{"id":"o","name":"X"}}"#,
            r#"[0]: {"id":2,"organization":{"id":"o","name":"X"}}"#,
        ];
        assert_eq!(objects(text), expected);
        let text = r#"{"id": "o", "name": "X", "services": [{"id": 1}]}"#;
        assert_eq!(objects(text), [r#"[0]: {"id":1,"organization":{"id":"o","name":"X"}}"#]);
    }

    #[test]
    fn features_are_their_properties() {
        let text = r#"{"type": "FeatureCollection", "features": [
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": [13.74, 51.05]}, "properties": {"name": "X"}},
            {"type": "Feature", "geometry": null, "properties": {"name": "Y", "lat": 1}}]}"#;
        assert_eq!(objects(text), [r#"[0]: {"name":"X","lat":51.05,"lon":13.74}"#, r#"[1]: {"name":"Y","lat":1}"#]);
    }

    #[test]
    fn references_of_fhir_are_resolved() {
        let text = r##"{"resourceType": "Bundle", "entry": [
            {"resource": {"resourceType": "HealthcareService", "id": "s", "contained": [{"resourceType": "Location", "id": "c"}],
                "providedBy": {"reference": "Organization/o"}, "location": [{"reference": "#c"}, {"reference": "urn:uuid:1"}, {"display": "x"}]}},
            {"fullUrl": "https://example.org/fhir/Organization/o", "resource": {"resourceType": "Organization", "id": "o", "name": "X"}},
            {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Location", "name": "L"}}]}"##;
        let expected = concat!(
            r#"[0]: {"resourceType":"HealthcareService","id":"s","contained":[{"resourceType":"Location","id":"c"}],"#,
            r##""providedBy":{"reference":"Organization/o","resource":{"resourceType":"Organization","id":"o","name":"X"}},"##,
            r##""location":[{"reference":"#c","resource":{"resourceType":"Location","id":"c"}},"##,
            r#"{"reference":"urn:uuid:1","resource":{"resourceType":"Location","name":"L"}},{"display":"x"}]}"#,
        );
        assert_eq!(objects(text), [expected]);
        let files = [file("a.json", text)];
        assert_eq!(read(&files, &SourceRules::default()).unwrap().format, SourceFormat::Fhir);
    }

    #[test]
    fn repeated_references_have_a_limit() {
        let place = format!("{{\"resourceType\": \"Location\", \"id\": \"l\", \"x\": [{}0]}}", "0,".repeat(1_000));
        let references = "{\"reference\": \"Location/l\"},".repeat(1_000);
        let text = format!("[{place}, {{\"resourceType\": \"HealthcareService\", \"location\": [{references}{{}}]}}]");
        let error = read(&[file("a.json", text)], &SourceRules::default()).map(drop).unwrap_err();
        assert_eq!((error.code(), error.path()), ("import.limit", "a.json: [1]"));
    }

    #[test]
    fn files_of_a_package_are_read_together() {
        let files = [
            file("services.csv", "id,organization_id,name\n70,7,Rat\n"),
            file("organizations.csv", "id,name\n7,1\n"),
            file("datapackage.json", r#"{"name": "x", "resources": []}"#),
        ];
        let source = read(&files, &SourceRules::default()).unwrap();
        assert_eq!(
            (source.format, source.parts.len(), source.why.join(" ")),
            (SourceFormat::HsdsPackage, 2, "services.csv".to_owned())
        );
        let files =
            [file("x.csv", "id,name\n70,Rat\n"), file("datapackage.json", r#"{"resources": [{"name": "services"}]}"#)];
        assert_eq!(read(&files, &SourceRules::default()).unwrap().format, SourceFormat::HsdsPackage);
    }

    #[test]
    fn files_have_one_format() {
        let files =
            [file("services.json", r#"[{"structure_id": 1}]"#), file("structures.json", r#"[{"id": 1, "siret": 2}]"#)];
        assert_eq!(read(&files, &SourceRules::default()).unwrap().format, SourceFormat::DataInclusion);
        let files = [file("a.json", r#"[{"structure_id": 1}]"#), file("b.json", r#"[{"resourceType": "X"}]"#)];
        let error = read(&files, &SourceRules::default()).map(drop).unwrap_err();
        assert_eq!((error.code(), error.path()), ("import.format.unknown", "b.json"));
    }

    #[test]
    fn missing_pages_are_an_error() {
        let page = |number, total| {
            format!(
                "{{\"page_number\": {number}, \"total_pages\": {total}, \"contents\": [{{\"id\": {number}, \"status\": 1}}]}}"
            )
        };
        let files = |numbers: &[u32]| numbers.iter().map(|number| file("p.json", page(*number, 3))).collect::<Vec<_>>();
        assert!(read(&files(&[1, 2, 3]), &SourceRules::default()).is_ok());
        assert!(read(&files(&[0, 1, 2]), &SourceRules::default()).is_ok());
        let error = read(&files(&[1, 3]), &SourceRules::default()).map(drop).unwrap_err();
        assert_eq!((error.code(), error.message()), ("import.page.gap", "pages 2 of 3 are missing"));
    }

    #[test]
    fn formats_that_are_not_read_are_errors_with_a_hint() {
        let formats = [
            (&b"\xd0\xcf\x11\xe0\xa1\xb1"[..], "import.format.xls"),
            (b"%PDF-1.7", "import.format.pdf"),
            (b"\x1f\x8b\x08", "import.format.gzip"),
            (b"\xef\xbb\xbf <html>", "import.format.xml"),
            (b"\x89PNG\x0d\x0a\x1a\x0a\0\0\0\x0dIHDR", "import.format.unknown"),
            (b"[1, 2]", "import.format.unknown"),
            (b"{} 1", "import.format.unknown"),
        ];
        for (bytes, code) in formats {
            let error = read(&[file("a", bytes)], &SourceRules::default()).map(drop).unwrap_err();
            assert_eq!(error.code(), code);
            assert!(error.hint().is_some(), "{code}");
        }
        for empty in ["", "\u{feff} \n"] {
            let error = read(&[file("a", empty)], &SourceRules::default()).map(drop).unwrap_err();
            assert_eq!((error.code(), error.hint().is_some()), ("import.format.empty", true));
        }
        assert_eq!(read(&[], &SourceRules::default()).map(drop).unwrap_err().code(), "import.format.empty");
    }

    #[test]
    fn all_files_with_errors_are_named() {
        let files = [file("a.csv", "%PDF-1.7"), file("b.csv", "a,b\n1,\"2"), file("c.csv", "1,2\n3,4\n")];
        let error = read(&files, &SourceRules::default()).map(drop).unwrap_err();
        let errors: Vec<_> = error.errors().map(|error| (error.code(), error.path())).collect();
        let expected =
            [("import.format.pdf", "a.csv"), ("import.csv.quotes", "b.csv: row 2"), ("import.header.missing", "c.csv")];
        assert_eq!(errors, expected);
    }

    #[test]
    fn json_has_errors_with_a_position_and_a_limit_of_depth() {
        let error = |text: &str| read(&[file("a.json", text)], &SourceRules::default()).map(drop).unwrap_err();
        assert_eq!((error("[{\"a\": 1},\n {\"a\": }]").code(), error("[{").code()), ("json.syntax", "json.syntax"));
        assert_eq!(error("[{\"a\": 1},\n {\"a\": }]").message(), "not JSON at line 2, column 8");
        let deep = format!("[{{\"a\": {}1{}}}]", "[".repeat(200), "]".repeat(200));
        assert_eq!(error(&deep).code(), "import.limit");
        assert_eq!(error(&"[".repeat(100_000)).code(), "import.limit");
    }

    #[test]
    fn a_data_frame_is_a_table() {
        let list = Value::Array(vec!["de".into(), Value::Float(2.0)]);
        let rows = vec![
            vec![Value::Float(7.0), " Treff ".into(), list],
            vec![Value::Float(f64::NAN), Value::Null, Value::Null],
            vec![Value::Int(8), "".into(), Value::Array(Vec::new())],
        ];
        let columns = ["Nr", "Name", "Sprachen"].map(str::to_owned).to_vec();
        let files = [ImportFile::from_table("frame", columns, rows)];
        let (records, notes) = records(&files, &SourceRules::default(), |_| true);
        assert_eq!(records, [r#"row 2: {"Nr":7,"Name":"Treff","Sprachen":["de",2]}"#, r#"row 4: {"Nr":8}"#]);
        assert!(notes.is_empty());
    }

    #[test]
    fn a_table_of_lotse_is_recognized() {
        let files = [file("a.csv", "id;languages;capacity.free\no-1;de;2\n")];
        assert_eq!(read(&files, &SourceRules::default()).unwrap().format, SourceFormat::Lotse);
        let rules = SourceRules { format: Some("table".to_owned()), ..SourceRules::default() };
        assert_eq!(read(&files, &rules).unwrap().format, SourceFormat::Table);
    }
}
