//! A mapping from the names of columns, for a table that has none.

use std::borrow::Cow;

use crate::{
    decode::value::Value,
    error::Error,
    import::{
        fields::fields_of,
        headers::{HeaderMeaning, Reading, meaning_of},
        mapping::{
            Mapping,
            edit::{ColumnReading, append_at, read_column},
        },
        question::Question,
        record_kind::RecordKind,
        sketched::SketchColumn,
        word_kind::WordKind,
    },
};

/// What the cells of a column say, if its name says nothing.
pub(crate) trait ColumnCells {
    /// Returns `true` if no cell has a value.
    fn is_empty(&self, column: &str) -> bool;
    /// Returns the kind of which at least 90 % of the first 200 parts are certain. Asked of offers only.
    fn kind(&self, column: &str) -> Option<WordKind>;
    /// Returns `true` if all cells are ids of a need: with a digit, and not names. Asked of needs only.
    fn are_ids(&self, column: &str) -> bool;
}

/// A mapping that the names of columns suggest.
pub(crate) struct ColumnSketch {
    pub(crate) mapping: Mapping,
    /// The columns in order. They lack what only cells say.
    pub(crate) columns: Vec<SketchColumn>,
    /// Questions about columns. The one who knows the cells counts them.
    pub(crate) questions: Vec<Question>,
    /// A column of ids by its name, whose cells look like names of people.
    pub(crate) rejected_id: Option<String>,
}

impl ColumnSketch {
    /// Returns the questions that a mapping with answers leaves open.
    pub(crate) fn open_questions(&self, mapping: &Mapping) -> Vec<Question> {
        let is_open = |question: &&Question| !question.columns.iter().any(|column| mapping.mentions(column));
        self.questions.iter().filter(is_open).cloned().collect()
    }
}

/// Returns the kind of records that the names of columns suggest: that of which more are known, offers if there are as many.
pub(crate) fn suggested_records(headers: &[String]) -> RecordKind {
    let weight = |records: RecordKind| {
        let weights = headers.iter().map(|header| match meaning_of(records, header) {
            Some(HeaderMeaning::Field(..)) => 2,
            Some(HeaderMeaning::Unsure(_)) => 1_u32,
            // Names and streets are what lists of needs have.
            Some(HeaderMeaning::Never) if records == RecordKind::Needs => 1,
            _ => 0,
        });
        weights.fold(0, u32::saturating_add)
    };
    if weight(RecordKind::Needs) > weight(RecordKind::Offers) { RecordKind::Needs } else { RecordKind::Offers }
}

/// Sketches a mapping from the names of columns. It may have no field, if no name is known.
///
/// # Errors
///
/// Those of a mapping: `import.limit` if the names are longer than a mapping may be.
pub(crate) fn sketch(records: RecordKind, headers: &[String], cells: &dyn ColumnCells) -> Result<ColumnSketch, Error> {
    let mut draft = Draft::new(records);
    // Ages take precedence over dates of birth, whatever the order of the columns.
    let mut births = Vec::new();
    for header in headers {
        let column = SketchColumn { column: header.clone(), usage: draft.unread().to_owned(), ..Default::default() };
        let column = match meaning_of(records, header) {
            Some(HeaderMeaning::Id) => draft.id(column, cells),
            Some(HeaderMeaning::Field(field, Reading::Born)) => {
                births.push((draft.columns.len(), field));
                column
            }
            Some(HeaderMeaning::Field(field, Reading::Default)) => draft.read(column, field, ColumnReading::Default),
            Some(HeaderMeaning::Unsure(fields)) => draft.ask(column, &fields, cells),
            Some(HeaderMeaning::Ignore) => draft.list(column, "ignore"),
            Some(HeaderMeaning::Never) => draft.list(column, "never"),
            None => draft.unknown(column, cells),
        };
        draft.columns.push(column);
    }
    for (index, field) in births {
        if let Some(column) = draft.columns.get(index).cloned() {
            let column = draft.read(column, field, ColumnReading::As("born"));
            draft.columns.splice(index..index.saturating_add(1), [column]);
        }
    }
    draft.finish()
}

/// A sketch under construction.
struct Draft {
    records: RecordKind,
    written: Vec<(Cow<'static, str>, Value<'static>)>,
    id: Option<String>,
    rejected_id: Option<String>,
    columns: Vec<SketchColumn>,
    questions: Vec<Question>,
}

impl Draft {
    fn new(records: RecordKind) -> Self {
        let written = vec![
            (Cow::Borrowed("lotse_mapping"), Value::Int(1)),
            (Cow::Borrowed("records"), Value::from(records.as_str())),
            (Cow::Borrowed("id"), Value::Object(vec![(Cow::Borrowed("row"), Value::Bool(true))])),
            (Cow::Borrowed("fields"), Value::Object(Vec::new())),
        ];
        Self { records, written, id: None, rejected_id: None, columns: Vec::new(), questions: Vec::new() }
    }

    /// Returns the use of a column that no rule reads: of needs, it is never read.
    fn unread(&self) -> &'static str {
        match self.records {
            RecordKind::Offers => "unmentioned",
            RecordKind::Needs => "never",
        }
    }

    /// Takes the first column of ids.
    fn id(&mut self, column: SketchColumn, cells: &dyn ColumnCells) -> SketchColumn {
        if self.id.is_some() {
            return column;
        }
        if self.records == RecordKind::Needs && !cells.are_ids(&column.column) {
            self.rejected_id.get_or_insert(column.column.clone());
            return column;
        }
        self.id = Some(column.column.clone());
        read(column, "id")
    }

    fn read(&mut self, column: SketchColumn, field: &str, reading: ColumnReading) -> SketchColumn {
        let is_read = read_column(&mut self.written, self.records, field, &column.column, reading);
        if is_read { read(column, field) } else { column }
    }

    fn list(&mut self, column: SketchColumn, key: &'static str) -> SketchColumn {
        append_at(&mut self.written, key, Value::from(column.column.clone()));
        let usage = if self.records == RecordKind::Needs { "never" } else { key };
        SketchColumn { usage: usage.to_owned(), sure: true, ..column }
    }

    /// Asks what a column means, unless it has nothing.
    fn ask(&mut self, column: SketchColumn, fields: &[&str], cells: &dyn ColumnCells) -> SketchColumn {
        if !cells.is_empty(&column.column) {
            let candidates = fields.iter().map(|field| Value::from((*field).to_owned())).collect();
            self.questions.push(Question::about_column(&column.column, candidates));
        }
        SketchColumn { field: fields.first().map(|field| (*field).to_owned()), ..column }
    }

    /// Asks about a column of offers that has words of one kind.
    fn unknown(&mut self, column: SketchColumn, cells: &dyn ColumnCells) -> SketchColumn {
        // Cells of needs in a column with an unknown name are not even looked at.
        if self.records == RecordKind::Needs || cells.is_empty(&column.column) {
            return column;
        }
        let kind = cells.kind(&column.column);
        let fields = fields_of(self.records).iter().filter(|field| kind.is_some() && field.kind == kind);
        let fields: Vec<&str> = fields.map(|field| field.path).collect();
        if fields.is_empty() { column } else { self.ask(column, &fields, cells) }
    }

    fn finish(self) -> Result<ColumnSketch, Error> {
        let Self { mut written, id, rejected_id, columns, questions, .. } = self;
        if let (Some(id), Some((_, value))) = (id, written.iter_mut().find(|(key, _)| key == "id")) {
            *value = Value::from(id);
        }
        let headers = columns.iter().map(|column| column.column.clone()).collect();
        let mapping = Mapping::sketched(&Value::Object(written), headers)?;
        Ok(ColumnSketch { mapping, columns, questions, rejected_id })
    }
}

fn read(column: SketchColumn, field: &str) -> SketchColumn {
    SketchColumn { field: Some(field.to_owned()), sure: true, usage: "read".to_owned(), ..column }
}

#[cfg(test)]
mod tests {
    use super::{ColumnCells, ColumnSketch, sketch, suggested_records};
    use crate::{
        decode::value::Value,
        import::{
            mapping::Mapping,
            record_kind::RecordKind::{self, Needs, Offers},
            word_kind::WordKind,
        },
    };

    /// Cells of which nothing is known but what a test states.
    struct Cells {
        empty: &'static [&'static str],
        kinds: &'static [(&'static str, WordKind)],
        names: &'static [&'static str],
    }

    const FULL: Cells = Cells { empty: &[], kinds: &[], names: &[] };

    impl ColumnCells for Cells {
        fn is_empty(&self, column: &str) -> bool {
            self.empty.contains(&column)
        }

        fn kind(&self, column: &str) -> Option<WordKind> {
            self.kinds.iter().find(|(name, _)| *name == column).map(|(_, kind)| *kind)
        }

        fn are_ids(&self, column: &str) -> bool {
            !self.names.contains(&column)
        }
    }

    fn of(records: RecordKind, headers: &str, cells: &Cells) -> ColumnSketch {
        let headers: Vec<String> = headers.split(';').map(str::to_owned).collect();
        sketch(records, &headers, cells).unwrap()
    }

    /// Returns `id` and `fields` of a sketch as JSON, and the columns that are asked about.
    fn fields(records: RecordKind, headers: &str) -> (serde_json::Value, Vec<String>) {
        let sketch = of(records, headers, &FULL);
        let json = serde_json::to_value(&sketch.mapping).unwrap();
        let asked = sketch.questions.iter().filter_map(|question| question.text.clone()).collect();
        (serde_json::json!({"id": json["id"], "fields": json["fields"]}), asked)
    }

    #[test]
    fn a_list_of_offers_is_sketched() {
        let (sketched, asked) =
            fields(Offers, "Nr;Einrichtung;Träger;Sprachen;Zuständig für;PLZ;Ort;Alter;Zielgruppe;Kosten;Stand;Foto");
        let expected = serde_json::json!({"id": "Nr", "fields": {"name": "Einrichtung", "organisation": "Träger",
            "languages": "Sprachen", "area": "Zuständig für", "place": {"postcode": "PLZ", "town": "Ort"}, "ages": "Alter",
            "capacity": {"updated": "Stand"}}});
        assert_eq!(sketched, expected);
        assert_eq!(asked, ["Zielgruppe", "Kosten"]);
    }

    #[test]
    fn marks_limits_and_several_columns_of_a_field_are_sketched() {
        let (sketched, _) = fields(
            Offers,
            "id;name;min_age;max_age;age;rollstuhlgerecht;kostenlos;Barrierefreiheit;Sprache;languages;Titel;Telefon;Tel.",
        );
        let expected = serde_json::json!({"id": "id", "fields": {
            "name": ["name", {"column": "Titel", "when_empty": true}], "ages": {"min": "min_age", "max": "max_age"},
            "access": [{"columns": {"rollstuhlgerecht": "wheelchair", "kostenlos": "free_of_charge"}}, "Barrierefreiheit"],
            "languages": ["Sprache", "languages"], "contact": {"phone": ["Telefon", {"column": "Tel.", "when_empty": true}]}}});
        assert_eq!(sketched, expected);
    }

    #[test]
    fn a_list_of_needs_is_sketched() {
        let (sketched, asked) = fields(
            Needs,
            "Lfd. Nr.;Geburtsdatum;Sprache;weitere Sprachen;Deutschkenntnisse;Wohnort;PLZ;Landkreis;Alter;Jahrgang;Anrede;Hilfe;Familie",
        );
        let expected = serde_json::json!({"id": "Lfd. Nr.", "fields": {
            "languages": ["Sprache", "weitere Sprachen", {"column": "Deutschkenntnisse", "language": "de"}],
            "region": {"town": "Wohnort", "postcode": "PLZ", "region": "Landkreis"},
            "age": ["Alter", {"column": "Geburtsdatum", "as": "born", "when_empty": true},
                {"column": "Jahrgang", "as": "born", "when_empty": true}],
            "help": "Hilfe", "group": "Familie"}});
        assert_eq!(sketched, expected);
        assert_eq!(asked, ["Anrede"]);
        let (sketched, _) = fields(Needs, "Kreis;Ort");
        assert_eq!(sketched["fields"]["region"], serde_json::json!({"region": "Kreis", "town": "Ort"}));
        let (sketched, _) = fields(Needs, "Kreis;Region");
        let expected = serde_json::json!(["Kreis", {"column": "Region", "when_empty": true}]);
        assert_eq!((&sketched["id"], &sketched["fields"]["region"]), (&serde_json::json!({"row": true}), &expected));
    }

    #[test]
    fn columns_that_are_not_read_are_listed() {
        let usages = |records, headers: &str, cells: &Cells| -> Vec<String> {
            of(records, headers, cells).columns.into_iter().map(|column| column.usage).collect()
        };
        let header = "Nr;Name;Straße;Sprache;Foto;Status;Fallnummer";
        assert_eq!(usages(Needs, header, &FULL), ["read", "never", "never", "read", "never", "never", "never"]);
        let offers = "Nr;Name;Straße;Ansprechpartnerin;Foto;Status;Kennung";
        let expected = ["read", "read", "ignore", "never", "unmentioned", "unmentioned", "unmentioned"];
        assert_eq!(usages(Offers, offers, &FULL), expected);
        let sketch = of(Needs, "Nr;Sprache;Fallnummer", &Cells { names: &["Nr"], ..FULL });
        assert_eq!(sketch.rejected_id.as_deref(), Some("Nr"));
        assert_eq!(serde_json::to_value(&sketch.mapping).unwrap()["id"], "Fallnummer");
    }

    #[test]
    fn an_unknown_column_of_offers_with_words_of_one_kind_is_asked_about() {
        let cells = Cells { kinds: &[("Wo", WordKind::Region), ("x", WordKind::Language)], empty: &["Kosten"], ..FULL };
        let sketch = of(Offers, "Wo;y;Kosten", &cells);
        let candidates: Vec<&Value<'_>> = sketch.questions.iter().flat_map(|question| &question.candidates).collect();
        assert_eq!(
            candidates,
            [&Value::from("area"), &"place.region".into(), &"place.town".into(), &"place.plate".into()]
        );
        assert!(of(Needs, "x", &cells).questions.is_empty());
    }

    #[test]
    fn a_sketch_with_answers_is_a_mapping_without_questions() {
        let sketch = of(Offers, "Nr;Zielgruppe;barrierefrei;Kosten;Plätze;Status;Region;Alter", &FULL);
        assert_eq!((sketch.questions.len(), sketch.mapping.origin.as_str()), (6, "sketch"));
        let answers = r#"{"column:zielgruppe": ["roles", "genders"], "column:barrierefrei": "access.wheelchair", "column:kosten": "access",
            "column:platze": "capacity.free", "column:status": null, "column:region": "place.region"}"#;
        let mapping = sketch.mapping.with_answers(&Value::from_json(answers).unwrap()).unwrap();
        assert_eq!((sketch.open_questions(&mapping).len(), sketch.open_questions(&sketch.mapping).len()), (0, 6));
        let json = serde_json::to_value(&mapping).unwrap();
        let expected = serde_json::json!({"ages": "Alter", "roles": "Zielgruppe", "genders": "Zielgruppe",
            "access": [{"columns": {"barrierefrei": "wheelchair"}}, "Kosten"], "capacity": {"free": "Plätze"},
            "place": {"region": "Region"}});
        assert_eq!((&json["fields"], &json["ignore"]), (&expected, &serde_json::json!(["Status"])));
        // It can be saved and read again.
        assert_eq!(Mapping::from_json(&json.to_string()).unwrap().rules.fields.len(), mapping.rules.fields.len());
    }

    #[test]
    fn the_names_of_columns_suggest_the_kind_of_records() {
        let suggested = |headers: &str| suggested_records(&headers.split(';').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(suggested("Nr;Einrichtung;Träger;Sprachen;Zuständig für;PLZ;Alter;Zielgruppe;Kosten;Stand"), Offers);
        assert_eq!(suggested("Nr;Name;Straße;PLZ;Ort;Telefon;E-Mail;Sprachen"), Offers);
        assert_eq!(
            suggested("Nr;Name;Vorname;Straße;PLZ;Ort;Telefon;Sprache;Hilfe;Staatsangehörigkeit;Bemerkung"),
            Needs
        );
        assert_eq!(
            suggested("Lfd. Nr.;Sprache;Wohnort;Alter;Geschlecht;Delikt;Rolle;Dringlichkeit;Hilfebedarf"),
            Needs
        );
        assert_eq!(suggested("a;b"), Offers);
    }

    #[test]
    fn a_sketch_may_have_no_field() {
        let sketch = of(Offers, "a;b", &FULL);
        assert!(sketch.mapping.rules.fields.is_empty() && sketch.questions.is_empty());
    }
}
