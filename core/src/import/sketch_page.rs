//! A sketch with the first cells of its columns, as a page shows it.

use crate::{
    error::Error,
    import::{
        column_cells::FirstCells,
        facade::Options,
        file::ImportFile,
        found::SourceOptions,
        names::ColumnNames,
        prepare::{Prepared, headers, recognized},
        question::Question,
        record_kind::RecordKind,
        rules::SourceRules,
        sketch::suggested_records,
        sketched::{Sketch, SketchColumn},
        source::Source,
    },
};

/// Returns the kind of records that the names of the columns of files suggest. No cell is looked at.
///
/// # Errors
///
/// Those of the files.
pub(crate) fn suggested_records_of(files: &[ImportFile]) -> Result<RecordKind, Error> {
    let rules = SourceRules::default();
    let source = Source::read(files, SourceOptions { rules: &rules, records: RecordKind::Needs, sides: &[] })?;
    Ok(if source.format.mapping().is_some() { RecordKind::Offers } else { suggested_records(&headers(&source)) })
}

/// Returns what is recognized in files.
///
/// # Errors
///
/// Those of the files.
pub(crate) fn sketch_of(options: &Options, prepared: Prepared<'_>) -> Result<Sketch, Error> {
    let names = ColumnNames::new(&prepared.rules);
    let cells = FirstCells::read_columns(options, &prepared.source, &|column| names.is_wanted(column))?;
    let headers = headers(&prepared.source);
    let columns: Vec<SketchColumn> = headers
        .iter()
        .map(|header| {
            let sketched = prepared.sketched.iter().find(|column| column.column == *header);
            let field = names.fields(header).into_iter().next();
            let is_asked = prepared.unsure.iter().any(|question| question.columns.contains(header));
            SketchColumn {
                column: header.clone(),
                // A field that is proposed, if no rule reads the column.
                field: field.or_else(|| sketched.and_then(|column| column.field.clone())),
                sure: !is_asked,
                usage: names.usage(header).to_owned(),
                filled: cells.filled(header),
                samples: cells.samples(header),
            }
        })
        .collect();
    let row = |row: &crate::util::ordered_map::OrderedMap<String, String>| {
        headers.iter().map(|header| row.get(header).cloned().unwrap_or_default()).collect()
    };
    let rows = if options.records == RecordKind::Offers { cells.rows.iter().map(row).collect() } else { Vec::new() };
    let question = |question: &Question| {
        let count = question.columns.first().map_or(0, |column| cells.filled(column));
        Question { count, ..question.clone() }
    };
    Ok(Sketch {
        records: options.records,
        recognized: recognized(&prepared.source, &prepared.mapping),
        questions: prepared.unsure.iter().map(question).collect(),
        samples: prepared.source.samples.clone(),
        mapping: prepared.mapping,
        columns,
        rows,
    })
}
