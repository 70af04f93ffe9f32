//! The schemas of imports: requests, reports, questions and sketches.

use crate::{
    decode::value::Value,
    import::{RecordKind, Why, WordKind},
    wire::{
        export::{self, ExportFormat},
        import::{FIELDS, FILE_FIELDS, MAX_FILES},
        schema::{
            builder::Schema,
            records::{short_text, undescribed},
            requests::shared_field,
        },
    },
};

pub(super) fn definitions() -> Vec<(&'static str, Schema)> {
    let request = || Schema::input(FIELDS, &["files"], field);
    vec![
        ("import.request", request().about("Imports files in foreign formats as offers or needs.")),
        ("sketch.request", request().about("Recognizes files and what their columns mean.")),
        (
            "export.request",
            Schema::input(export::FIELDS, &["to"], export_field).about("Exports records in formats of others."),
        ),
        ("import.response", response()),
        ("export.response", exported()),
        ("sketch.response", sketch()),
        (
            "mapping",
            Schema::new("type", "object").about("A mapping from columns to fields; see the chapter on imports."),
        ),
        ("question", question()),
        ("note", note()),
        ("recognized", recognized()),
        ("import_report", report()),
    ]
}

fn field(name: &'static str) -> Schema {
    match name {
        "files" => Schema::list_up_to(MAX_FILES, Schema::input(FILE_FIELDS, &["name"], file_field)).about("The files."),
        "records" => {
            Schema::string_enum::<RecordKind>().about("What the import produces; by default that of the mapping.")
        }
        "mapping" => Schema::any_of([Schema::reference("mapping"), Schema::string()]).about(
            "A mapping, or the name of a built-in one; by default that of the format, or by the names of columns.",
        ),
        "answers" => Schema::new("type", "object").about("Answers by the ids of questions."),
        "within" => short_text().about("The region that narrows ambiguous ones."),
        "postcodes" => {
            let regions = Schema::any_of([short_text(), Schema::list_up_to(1_000, short_text())]);
            Schema::map(regions).about("The keys of regions by postcode; they take precedence over the built-in table.")
        }
        "prefix" => short_text().about("The text before each id."),
        "encoding" => short_text().about("The encoding of text, instead of the one that is recognized."),
        "previous" => Schema::list(Schema::default()).about("The records of an earlier import."),
        "strict" => Schema::boolean()
            .with_default(Value::Bool(false))
            .about("Whether open questions, unmentioned columns and records left out are errors."),
        "as_of" => Schema::reference("date").about("The day by which ages are computed."),
        name => shared_field(name),
    }
}

fn export_field(name: &'static str) -> Schema {
    match name {
        "to" => Schema::string_enum::<ExportFormat>().about("The format."),
        "package" => Schema::boolean()
            .with_default(Value::Bool(false))
            .about("Whether the export is a package of several tables instead of one file; `hsds3` only."),
        "with_capacity" => {
            Schema::boolean().with_default(Value::Bool(false)).about("Whether capacities are exported; `hsds3` only.")
        }
        name => shared_field(name),
    }
}

fn exported() -> Schema {
    let file = [("name", text("The name, without folders.")), ("text", text("The text, in UTF-8."))];
    let notes = Schema::list(Schema::reference("note")).about("What the files lack or state differently.");
    let report = [("records", count("The number of records.")), ("notes", notes)];
    let fields = [
        ("files", Schema::list(Schema::output(file, &[])).about("The files, the main one first.")),
        ("report", Schema::output(report, &[]).about("What the files lack.")),
    ];
    Schema::output(fields, &[])
}

fn file_field(name: &'static str) -> Schema {
    match name {
        "name" => short_text().about("The name with its ending."),
        "text" => Schema::string().about("The content as text."),
        "base64" => Schema::string().about("The content in base64, instead of `text`."),
        _ => undescribed(),
    }
}

fn count(description: &'static str) -> Schema {
    Schema::integer_from(0).about(description)
}

fn strings(description: &'static str) -> Schema {
    Schema::list(Schema::string()).about(description)
}

fn text(description: &'static str) -> Schema {
    Schema::string().about(description)
}

fn questions() -> Schema {
    Schema::list(Schema::reference("question")).about("Open questions, the most frequent first.")
}

fn response() -> Schema {
    let fields = [
        ("offers", Schema::list(Schema::reference("offer")).about("The offers, if offers were imported.")),
        ("needs", Schema::list(Schema::reference("need")).about("The needs, if needs were imported.")),
        ("report", Schema::reference("import_report")),
        ("questions", questions()),
        ("mapping", Schema::reference("mapping")),
    ];
    Schema::output(fields, &["offers", "needs"])
}

fn question() -> Schema {
    let fields = [
        ("id", text("Identifies the question in answers.")),
        ("kind", Schema::string_enum::<WordKind>().about("The kind of the word.")),
        ("text", Schema::string().or_null().about("The word as written first; null if it is withheld.")),
        ("columns", strings("The columns that have the word.")),
        ("count", count("The number of parts of cells that have the word.")),
        ("at", strings("The first positions.")),
        ("candidates", Schema::list(Schema::default()).about("Values that may be meant, best first.")),
        ("why", Schema::string_enum::<Why>().about("Why the question is asked.")),
        ("answer", Schema::default().about("The answer; null until one is given.")),
    ];
    Schema::output(fields, &[]).about("A question that only a person can answer.")
}

fn note() -> Schema {
    let fields = [
        ("code", text("A stable code.")),
        ("count", count("How often it applies.")),
        ("at", strings("Rows or paths, at most 100.")),
        ("column", text("The column.")),
        ("field", text("The field.")),
    ];
    Schema::output(fields, &["column", "field"]).about("A counted note.")
}

fn recognized() -> Schema {
    let file = [
        ("name", text("The name of the file.")),
        ("format", text("The format, such as `csv`.")),
        ("encoding", text("The encoding of text.")),
        ("delimiter", text("The delimiter of cells.")),
        ("sheet", text("The sheet of a spreadsheet.")),
        ("header", count("The row of the header, from 1.")),
    ];
    let file = Schema::output(file, &["encoding", "delimiter", "sheet", "header"]);
    let fields = [
        ("files", Schema::list(file).about("The files that were read.")),
        ("mapping", text("`own`, `sketch`, or the name of a built-in mapping.")),
        ("why", strings("Why the format was recognized.")),
    ];
    Schema::output(fields, &[]).about("What was recognized.")
}

fn report() -> Schema {
    let notes = |description| Schema::list(Schema::reference("note")).about(description);
    let records = [
        ("read", count("Records of the files.")),
        ("used", count("Those that became a record of their own.")),
        ("merged", count("Those that were merged into another.")),
        ("left_out", count("Those that were left out.")),
        ("added", count("Further records that one record became.")),
        ("produced", count("Records produced.")),
    ];
    let columns = [
        ("column", text("The name of the column.")),
        ("use", text("`read`, `ignore`, `never` or `unmentioned`.")),
        ("fields", strings("The fields that are read from it.")),
        ("filled", count("Cells that are not empty.")),
        ("parts", count("Parts of cells.")),
        ("understood", count("Parts that are understood.")),
        ("assumed", count("Parts that are understood with an assumption.")),
        ("asked", count("Parts that are asked about.")),
        ("no_value", count("Parts that are known to state nothing.")),
        ("lost", count("Parts that are lost.")),
    ];
    let changed = [("id", text("The id.")), ("fields", strings("The names of fields that differ."))];
    let changes = [
        ("new", strings("The ids of records that the earlier import lacks.")),
        ("changed", Schema::list(Schema::output(changed, &[])).about("Records that differ.")),
        ("gone", strings("The ids of earlier records that are missing now.")),
        ("same", count("The number of records that are equal.")),
    ];
    let fields = [
        ("recognized", Schema::reference("recognized")),
        ("as_of", Schema::string().or_null().about("The day of the import.")),
        ("records", Schema::output(records, &[]).about("Counts of records.")),
        ("columns", Schema::list(Schema::output(columns, &[])).about("The outcome of each column.")),
        ("questions", count("The number of open questions.")),
        ("assumed", notes("What was assumed.")),
        ("repaired", notes("What was repaired.")),
        ("left_out", notes("Why records were left out.")),
        ("merged", notes("Why records were merged.")),
        ("lost", notes("What has no counterpart.")),
        ("hidden", notes("What was hidden or not read.")),
        ("suspicions", notes("What a person should look at.")),
        ("licence", strings("The licences of the data.")),
        (
            "changes",
            Schema::output(changes, &[]).about("The changes since an earlier import, if its records were given."),
        ),
    ];
    Schema::output(fields, &["changes"]).about("One counted outcome for every record, column and part of a cell.")
}

fn sketch() -> Schema {
    let column = [
        ("column", text("The name of the column.")),
        ("field", Schema::string().or_null().about("The field, or null if it is not read.")),
        ("sure", Schema::boolean().about("Whether the name has this one meaning.")),
        ("use", text("`read`, `ignore`, `never` or `unmentioned`.")),
        ("filled", count("Cells that are not empty; 0 for a column that is never read.")),
        ("samples", strings("The first cells of an offer.")),
    ];
    let rows = Schema::list(Schema::list(Schema::string()));
    let fields = [
        ("records", Schema::string_enum::<RecordKind>().about("The kind of records.")),
        ("recognized", Schema::reference("recognized")),
        ("mapping", Schema::reference("mapping")),
        ("columns", Schema::list(Schema::output(column, &[])).about("The columns in the order of the files.")),
        ("rows", rows.about("The first rows of offers.")),
        ("samples", strings("Words that show the encoding.")),
        ("questions", questions()),
    ];
    Schema::output(fields, &[])
}
