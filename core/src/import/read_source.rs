//! All files of an import as one source, in one format.

use crate::{
    error::{Error, ErrorKind, message},
    import::{
        detect::{self, Found, SourceOptions},
        fault::{self, Place},
        file::ImportFile,
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
    if let Some(format) = given.and_then(SourceFormat::from_name) {
        return Ok((format, Vec::new()));
    }
    let services = found.parts.iter().find(|part| part.stem == "services" && is_hsds_services(&part.columns));
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
        if is_directory(*other) || (!is_directory(format) && part.index == 0) {
            format = *other;
        } else if format == SourceFormat::Lotse && *other != SourceFormat::Lotse {
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
