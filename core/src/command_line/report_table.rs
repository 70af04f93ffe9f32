//! The report of an import as text and as a table for spreadsheets. It begins with what is missing.

use crate::import::{self, ColumnReport, ImportReport, Note, Question, RecognizedFile, RecordKind};

use crate::command_line::{
    choices::Namer,
    csv::CsvWriter,
    error::Error,
    labels::Labels,
    phrases::{describe, localize_position, quote, sample_words},
    terminal::{Style, TerminalText},
};

/// The largest number of questions, and of notes of one section, that the table shows.
const MAX_LINES: usize = 8;
/// The largest number of positions of a note.
const MAX_POSITIONS: usize = 3;
/// The width of counts.
const COUNT_WIDTH: usize = 6;

/// What an import produced, for people.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReportView<'a> {
    pub(crate) records: RecordKind,
    pub(crate) report: &'a ImportReport,
    pub(crate) questions: &'a [Question],
    /// Words of the files that show the encoding.
    pub(crate) samples: &'a [String],
    pub(crate) namer: Namer<'a>,
}

impl<'a> ReportView<'a> {
    fn labels(self) -> Labels {
        Labels { lang: self.namer.lang }
    }

    fn of(self, kind: &str, code: &'a str) -> &'a str {
        import::labels(self.namer.lang).get(kind, code).unwrap_or(code)
    }

    /// Returns the lists of notes by the name of their section, what is missing first.
    fn sections(self) -> [(&'static str, &'a [Note]); 7] {
        let report = self.report;
        [
            ("lost", &report.lost),
            ("left_out", &report.left_out),
            ("assumed", &report.assumed),
            ("repaired", &report.repaired),
            ("merged", &report.merged),
            ("hidden", &report.hidden),
            ("suspicions", &report.suspicions),
        ]
    }

    /// Adds the report to a text.
    pub(crate) fn render(self, out: &mut TerminalText) {
        out.push_title(&self.headline());
        self.open_questions(out);
        for (section, notes) in self.sections() {
            if section == "assumed" {
                self.unmentioned(out);
            }
            self.notes(out, section, notes);
        }
        self.changes(out);
        self.columns(out);
        self.recognized(out);
        for licence in &self.report.licence {
            out.push_hanging(&format!("{}: ", self.of("section", "licence")), Style::Dimmed, licence, Style::Dimmed);
        }
    }

    /// Returns whether anything is open, lost or left out.
    pub(crate) fn has_missing(self) -> bool {
        !(self.questions.is_empty() && self.report.lost.is_empty() && self.report.left_out.is_empty())
    }

    /// Adds what is missing only.
    pub(crate) fn render_missing(self, out: &mut TerminalText, file: &str) {
        out.push_paragraph(&format!("{file}: {}", self.headline()));
        self.open_questions(out);
        self.notes(out, "left_out", &self.report.left_out);
        self.notes(out, "lost", &self.report.lost);
    }

    /// Returns what was produced, and what is missing.
    fn headline(self) -> String {
        let (labels, records) = (self.labels(), &self.report.records);
        let produced = usize::try_from(records.produced).unwrap_or(usize::MAX);
        let mut parts = vec![match self.records {
            RecordKind::Offers => labels.offers(produced),
            RecordKind::Needs => labels.needs(produced),
        }];
        let count = |count: u64, one: &'static str, many: &'static str| {
            (count > 0).then(|| labels.format(if count == 1 { one } else { many }, &[("count", &count)]))
        };
        parts.extend(count(records.left_out, "import.left_out.one", "import.left_out"));
        let open = u64::try_from(self.questions.len()).unwrap_or(u64::MAX);
        parts.extend(count(open, "import.questions.one", "import.questions"));
        parts.join(", ")
    }

    fn open_questions(self, out: &mut TerminalText) {
        if self.questions.is_empty() {
            return;
        }
        self.heading(out, "questions");
        let mut questions: Vec<&Question> = self.questions.iter().collect();
        questions.sort_by_key(|question| std::cmp::Reverse(question.count));
        for question in questions.iter().take(MAX_LINES) {
            let (word, about) = describe(question, self.namer.lang);
            let columns = question.columns.iter().map(|column| quote(column, self.namer.lang));
            let columns = columns.collect::<Vec<_>>().join(", ");
            let place = self.labels().format("import.column", &[("column", &columns)]);
            let text = format!("{word} · {about} · {place}");
            self.line(out, question.count, Style::Caution, &text);
        }
        self.more(out, questions.len());
    }

    fn notes(self, out: &mut TerminalText, section: &'static str, notes: &[Note]) {
        if notes.is_empty() {
            return;
        }
        self.heading(out, section);
        let is_missing = matches!(section, "lost" | "left_out");
        let style = if is_missing { Style::Caution } else { Style::Plain };
        let mut sorted: Vec<&Note> = notes.iter().collect();
        sorted.sort_by_key(|note| std::cmp::Reverse(note.count));
        if section == "hidden" {
            // One line instead of one for each of a dozen columns that all have the same reason.
            self.personal_columns(out, &sorted);
            sorted.retain(|note| note.code != PERSONAL);
        }
        for note in sorted.iter().take(MAX_LINES) {
            self.line(out, note.count, style, &self.sentence(note));
        }
        self.more(out, sorted.len());
    }

    fn personal_columns(self, out: &mut TerminalText, notes: &[&Note]) {
        let columns = notes.iter().filter(|note| note.code == PERSONAL).filter_map(|note| note.column.as_deref());
        let columns = columns.collect::<Vec<_>>();
        if !columns.is_empty() {
            let text = format!("{}: {}", self.of("note", PERSONAL), columns.join(", "));
            self.line(out, u64::try_from(columns.len()).unwrap_or(u64::MAX), Style::Plain, &text);
        }
    }

    /// Returns a note as a clause: column, what it is, where.
    fn sentence(self, note: &Note) -> String {
        let about = note.column.as_deref().map(str::to_owned);
        let about = about.or_else(|| note.field.as_deref().map(|field| self.namer.field(field).to_owned()));
        let label = import::labels(self.namer.lang).get("note", &note.code).map(str::to_owned);
        let label = label.unwrap_or_else(|| note.code.clone());
        let mut text = about.map_or(label.clone(), |about| format!("{about}: {label}"));
        let rows = note.at.iter().take(MAX_POSITIONS).map(|at| localize_position(at, self.namer.lang));
        let mut rows: Vec<String> = rows.collect();
        if note.at.len() > rows.len() {
            rows.push("…".to_owned());
        }
        if !rows.is_empty() {
            text.push_str(&format!(" ({})", rows.join(", ")));
        }
        text
    }

    fn unmentioned(self, out: &mut TerminalText) {
        let columns = self.report.columns.iter().filter(|column| column.usage == "unmentioned" && column.filled > 0);
        let columns: Vec<&str> = columns.map(|column| column.column.as_str()).collect();
        if columns.is_empty() {
            return;
        }
        self.heading(out, "unmentioned");
        let count = u64::try_from(columns.len()).unwrap_or(u64::MAX);
        self.line(out, count, Style::Plain, &columns.join(", "));
    }

    /// Adds what changed since an earlier import.
    fn changes(self, out: &mut TerminalText) {
        let Some(changes) = &self.report.changes else { return };
        self.heading(out, "changes");
        let changed = changes.changed.iter().map(|record| {
            let fields: Vec<&str> = record.fields.iter().map(|field| self.namer.field(field)).collect();
            format!("{} ({})", record.id, fields.join(", "))
        });
        let lists = [("new", changes.new.clone()), ("changed", changed.collect()), ("gone", changes.gone.clone())];
        for (code, mut records) in lists.into_iter().filter(|(_, records)| !records.is_empty()) {
            let count = u64::try_from(records.len()).unwrap_or(u64::MAX);
            if records.len() > MAX_LINES {
                records.truncate(MAX_LINES);
                records.push("…".to_owned());
            }
            self.line(out, count, Style::Plain, &format!("{}: {}", self.of("change", code), records.join(", ")));
        }
        self.line(out, changes.same, Style::Plain, self.of("change", "same"));
    }

    /// Adds what each column was read as, because a sketch is used at once.
    fn columns(self, out: &mut TerminalText) {
        let read: Vec<&ColumnReport> =
            self.report.columns.iter().filter(|column| column.usage == "read" && !column.fields.is_empty()).collect();
        if read.is_empty() {
            return;
        }
        self.heading(out, "columns");
        for column in read {
            let fields = column.fields.iter().map(|field| self.namer.field(field)).collect::<Vec<_>>().join(", ");
            let understood = column.understood.saturating_add(column.assumed).saturating_add(column.no_value);
            let mut text = format!("{} → {fields}", column.column);
            if understood < column.parts {
                let facts: [(&str, &dyn std::fmt::Display); 2] =
                    [("understood", &understood), ("parts", &column.parts)];
                text.push_str(": ");
                text.push_str(&self.labels().format("import.understood", &facts));
            }
            out.push_hanging("  ", Style::Plain, &text, Style::Dimmed);
        }
    }

    fn recognized(self, out: &mut TerminalText) {
        let mapping = match self.report.recognized.mapping.as_str() {
            "sketch" => self.labels().text("import.by_sketch").to_owned(),
            "own" => self.labels().text("import.by_mapping").to_owned(),
            name => self.labels().format("import.by_built_in", &[("name", &name)]),
        };
        out.push_blank_line();
        for file in &self.report.recognized.files {
            out.push_hanging("", Style::Plain, &self.file(file), Style::Dimmed);
        }
        if !self.samples.is_empty() {
            out.push_hanging("", Style::Plain, &sample_words(self.samples, self.namer.lang), Style::Dimmed);
        }
        out.push_hanging("", Style::Plain, &mapping, Style::Dimmed);
    }

    /// Returns a line such as `list.csv: csv, windows-1252, ";", header in row 1`.
    fn file(self, file: &RecognizedFile) -> String {
        let delimiter = file.delimiter.as_deref().map(|delimiter| match delimiter {
            "\t" => "tab".to_owned(),
            other => format!("\"{other}\""),
        });
        let header = file.header.map(|row| self.labels().format("import.header", &[("row", &row)]));
        let sheet = file.sheet.as_deref().map(|sheet| quote(sheet, self.namer.lang));
        let sheet = sheet.map(|sheet| self.labels().format("import.sheet", &[("sheet", &sheet)]));
        let parts = [Some(file.format.clone()), file.encoding.clone(), delimiter, sheet, header];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        format!("{}: {}", file.name, parts.join(", "))
    }

    fn heading(self, out: &mut TerminalText, section: &'static str) {
        let label = self.of("section", section);
        let mut letters = label.chars();
        let title: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        out.push_hanging("", Style::Plain, &title, Style::Bold);
    }

    fn line(self, out: &mut TerminalText, count: u64, style: Style, text: &str) {
        out.push_hanging(&format!("{count:>COUNT_WIDTH$}  "), style, text, Style::Plain);
    }

    fn more(self, out: &mut TerminalText, count: usize) {
        if let Some(more) = count.checked_sub(MAX_LINES).filter(|more| *more > 0) {
            let text = self.labels().format("report.more", &[("more", &more)]);
            out.push_hanging(&" ".repeat(COUNT_WIDTH.saturating_add(2)), Style::Plain, &text, Style::Dimmed);
        }
    }

    /// Returns the report as a table for spreadsheets: questions, then notes, then changes with ids in `at`, then columns.
    pub(crate) fn csv(self, mut out: CsvWriter) -> Result<String, Error> {
        out.write_row(["section", "code", "count", "column", "field", "at", "text"])?;
        for question in self.questions {
            let (word, about) = describe(question, self.namer.lang);
            let (count, columns, at) = (question.count.to_string(), question.columns.join(";"), question.at.join(";"));
            out.write_row(["questions", &question.id, &count, &columns, "", &at, &format!("{word} · {about}")])?;
        }
        for (section, notes) in self.sections() {
            for note in notes {
                let (count, at) = (note.count.to_string(), note.at.join(";"));
                let (column, field) = (note.column.as_deref().unwrap_or(""), note.field.as_deref().unwrap_or(""));
                let text = import::labels(self.namer.lang).get("note", &note.code).unwrap_or_default();
                out.write_row([section, &note.code, &count, column, field, &at, text])?;
            }
        }
        if let Some(changes) = &self.report.changes {
            for record in &changes.changed {
                out.write_row(["changes", "changed", "1", "", &record.fields.join(";"), &record.id, ""])?;
            }
            for (code, ids) in [("new", &changes.new), ("gone", &changes.gone)] {
                for id in ids {
                    out.write_row(["changes", code, "1", "", "", id, ""])?;
                }
            }
        }
        for column in &self.report.columns {
            let (count, fields) = (column.parts.to_string(), column.fields.join(";"));
            out.write_row(["columns", &column.usage, &count, &column.column, &fields, "", ""])?;
        }
        out.into_string()
    }
}

/// The code of a column about people that is not read.
const PERSONAL: &str = "column.personal";

#[cfg(test)]
mod tests {
    use super::ReportView;
    use crate::{
        Lang, Vocabulary,
        command_line::{args::Format, choices::Namer, csv::CsvWriter, terminal::TerminalText},
        import::{ColumnReport, ImportReport, Note, Question, RecordKind, Why, WordKind},
        wire::Value,
    };

    fn note(code: &str, count: u64, column: Option<&str>) -> Note {
        let at = vec!["row 3".to_owned(), "row 7".to_owned(), "row 8".to_owned(), "list.csv: row 9".to_owned()];
        Note { code: code.to_owned(), count, at, column: column.map(str::to_owned), field: None }
    }

    fn report() -> ImportReport {
        let mut report = ImportReport::default();
        report.records.read = 341;
        report.records.produced = 331;
        report.records.left_out = 10;
        report.lost.push(note("list.more", 9, Some("Sprachen")));
        report.left_out.push(note("row.cells", 10, None));
        report.assumed.push(note("encoding.windows_1252", 1, None));
        report.repaired.push(note("code.leading_zero", 2, Some("PLZ")));
        report.hidden.push(note("column.personal", 1, Some("Name")));
        report.hidden.push(note("column.personal", 1, Some("Telefon")));
        report.suspicions.push(note("a.code.without.label", 1, None));
        let column = |column: &str, usage: &str, fields: &[&str]| ColumnReport {
            column: column.to_owned(),
            usage: usage.to_owned(),
            fields: fields.iter().map(|field| (*field).to_owned()).collect(),
            filled: 9,
            parts: 9,
            understood: 7,
            ..ColumnReport::default()
        };
        report.columns = vec![column("Sprachen", "read", &["languages"]), column("Farbe", "unmentioned", &[])];
        report.recognized.mapping = "sketch".to_owned();
        report
    }

    fn question() -> Question {
        Question {
            id: "language:kurdisch".to_owned(),
            kind: WordKind::Language,
            text: Some("Kurdisch".to_owned()),
            columns: vec!["Sprachen".to_owned()],
            count: 17,
            at: vec!["row 4".to_owned()],
            candidates: vec![Value::from("kmr")],
            why: Why::Umbrella,
            answer: Value::Null,
        }
    }

    #[test]
    fn the_report_begins_with_what_is_missing() {
        let (report, questions, vocabulary) = (report(), [question()], Vocabulary::default());
        for (lang, texts) in [
            (
                Lang::De,
                [
                    "331 Angebote, 10 Zeilen nicht übernommen, 1 offene Frage",
                    "„Kurdisch“ · Sprache · eins davon ist gemeint · Spalte „Sprachen“",
                    "Sprachen: „und weitere“",
                    "(Zeile 3, Zeile 7, Zeile 8, …)",
                    "Zeilen nicht übernommen",
                    "Farbe",
                    "Angenommen",
                    "Name, Telefon",
                    "Sprachen → Sprachen: 7 von 9 verstanden",
                ],
            ),
            (
                Lang::En,
                [
                    "331 offers, 10 rows left out, 1 open question",
                    "“Kurdisch” · language · one of these is meant · column “Sprachen”",
                    "Sprachen: “and more”",
                    "(row 3, row 7, row 8, …)",
                    "Records left out",
                    "Farbe",
                    "Assumed",
                    "Name, Telefon",
                    "Sprachen → languages: 7 of 9 understood",
                ],
            ),
        ] {
            let namer = Namer { vocabulary: &vocabulary, lang };
            let view =
                ReportView { records: RecordKind::Offers, report: &report, questions: &questions, samples: &[], namer };
            let mut out = TerminalText::for_files();
            view.render(&mut out);
            let text = out.into_string();
            let mut from = 0;
            for expected in texts {
                let found = text.get(from..).unwrap_or_default().find(expected);
                assert!(found.is_some(), "{expected}\n{text}");
                from += found.unwrap_or(0);
            }
            assert!(text.contains("a.code.without.label"), "{text}");
            let csv = view.csv(CsvWriter::new(Format::Csv)).unwrap();
            assert!(
                csv.starts_with("section,code,count,column,field,at,text\nquestions,language:kurdisch,17,"),
                "{csv}"
            );
        }
    }
}
