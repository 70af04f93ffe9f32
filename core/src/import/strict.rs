//! The strict import: whatever is open, unmentioned or left out is an error.

use crate::{
    error::{Error, ErrorDetail, ErrorKind, ErrorSink, message},
    import::{imported::Imported, report::ImportReport},
};

impl Imported {
    /// Checks that nothing is open and nothing was left out.
    ///
    /// # Errors
    ///
    /// `import.strict.question` for each open question, `import.strict.column` for each column with content that the mapping does not
    /// mention, and `import.strict.left_out` for each reason why records were left out. A path ends at the column; no error has a
    /// cell.
    ///
    /// # Example: a word with several meanings
    ///
    /// ```
    /// use lotse::import::{Import, ImportFile, RecordKind};
    /// let import = Import::builder(RecordKind::Offers).build()?;
    /// let imported = import.read(&[ImportFile::new("list.csv", "id;Sprachen\n1;Deutsch, Kurdisch\n")])?;
    /// let error = imported.check_strict().unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("import.strict.question", "row 2, Sprachen"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn check_strict(&self) -> Result<(), Error> {
        let mut errors = ErrorSink::default();
        for question in &self.questions {
            let kind = question.kind.as_str();
            let message = message!("import.strict.question").with(&[("kind", &kind), ("count", &question.count)]);
            let path = path_of(question.at.first().map(String::as_str), question.columns.first().map(String::as_str));
            let error = ErrorDetail::new(ErrorKind::Unknown, "import.strict.question", message);
            errors.push(ErrorDetail { path, ..error.with_hint(message!("import.strict.question.hint")) });
        }
        report_columns(&mut errors, &self.report);
        for note in &self.report.left_out {
            let message = message!("import.strict.left_out").with(&[("count", &note.count), ("code", &note.code)]);
            let path = path_of(note.at.first().map(String::as_str), note.column.as_deref());
            let error = ErrorDetail::new(ErrorKind::Value, "import.strict.left_out", message);
            errors.push(ErrorDetail { path, ..error });
        }
        errors.into_result(())
    }
}

fn report_columns(errors: &mut ErrorSink, report: &ImportReport) {
    for column in report.columns.iter().filter(|column| column.usage == "unmentioned" && column.filled > 0) {
        let message = message!("import.strict.column").with(&[("count", &column.filled)]);
        let error = ErrorDetail::new(ErrorKind::Unknown, "import.strict.column", message);
        let error = error.with_hint(message!("import.strict.column.hint"));
        errors.push(ErrorDetail { path: column.column.clone(), ..error });
    }
}

/// Returns a path such as `row 57, maximum_age`.
fn path_of(position: Option<&str>, column: Option<&str>) -> String {
    position.into_iter().chain(column).collect::<Vec<_>>().join(", ")
}
