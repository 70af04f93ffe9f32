//! Files to records: reads, interprets and counts.

use std::ops::ControlFlow;

use crate::{
    error::Error,
    import::{
        facade::Import,
        file::ImportFile,
        imported::{Imported, ImportedRecord},
        prepare::{Prepared, recognized, with_withheld},
        run::{Pass, Run},
        sketch_page::sketch_of,
        sketched::Sketch,
    },
    util::{
        progress::{NO_PROGRESS, ProgressFn, ProgressReporter},
        sort::sort_by_key,
    },
};

impl Import {
    /// Reads files to records, a report and questions.
    ///
    /// # Errors
    ///
    /// All errors of the files that prevent an import, such as `import.format.pdf` or `import.short_view`. A value that cannot be
    /// read is none: it is counted and reported.
    ///
    /// # Example: a word with several meanings
    ///
    /// ```
    /// use lotse::import::{Import, ImportFile, RecordKind};
    /// let import = Import::builder(RecordKind::Offers).build()?;
    /// let imported = import.read(&[ImportFile::new("list.csv", "id;Sprachen\n1;Deutsch, Kurdisch\n")])?;
    /// assert_eq!((imported.offers[0].languages().count(), imported.questions[0].count), (1, 1));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn read(&self, files: &[ImportFile]) -> Result<Imported, Error> {
        self.read_with_progress(files, NO_PROGRESS)
    }

    /// Reads files as [`read`](Self::read) does, with a progress callback.
    ///
    /// # Errors
    ///
    /// Those of `read`, and `cancelled`.
    ///
    /// # Example: cancel
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use lotse::{ErrorKind, ProgressFn, import::{Import, ImportFile, RecordKind}};
    /// let import = Import::builder(RecordKind::Offers).build()?;
    /// let cancel: &ProgressFn<'_> = &|_| ControlFlow::Break(());
    /// let error = import.read_with_progress(&[ImportFile::new("list.csv", "id;Name\n1;Treff\n")], cancel).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::Cancelled);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn read_with_progress(&self, files: &[ImportFile], progress: &ProgressFn<'_>) -> Result<Imported, Error> {
        let mut records = Vec::new();
        let mut imported = self.run(files, progress, &mut |order, at, record| {
            records.push((order, at, record));
            ControlFlow::Continue(())
        })?;
        // Stable: elements of one id are complete when the last of them is read.
        if !records.is_sorted_by_key(|(order, ..)| *order) {
            sort_by_key(&mut records, |(order, ..)| *order);
        }
        for (_, at, record) in records {
            imported.origins.push(at);
            match record {
                ImportedRecord::Offer(offer) => imported.offers.push(offer),
                ImportedRecord::Need(need) => imported.needs.push(need),
            }
        }
        Ok(imported)
    }

    /// Reads files and passes each record on, so that not all of them are held; those of the result are empty.
    ///
    /// # Errors
    ///
    /// Those of [`read_with_progress`](Self::read_with_progress); `cancelled` also if `pass` breaks.
    ///
    /// # Example: count
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use lotse::import::{Import, ImportFile, ImportedRecord, RecordKind};
    /// let import = Import::builder(RecordKind::Offers).build()?;
    /// let mut ids = Vec::new();
    /// let files = [ImportFile::new("list.csv", "id;Name\n1;Treff\n2;Haus\n")];
    /// let imported = import.for_each(&files, &|_| ControlFlow::Continue(()), &mut |record| {
    ///     if let ImportedRecord::Offer(offer) = record {
    ///         ids.push(offer.id().to_owned());
    ///     }
    ///     ControlFlow::Continue(())
    /// })?;
    /// assert_eq!((ids.join(" "), imported.offers.len(), imported.report.records.produced), ("1 2".to_owned(), 0, 2));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn for_each(
        &self,
        files: &[ImportFile],
        progress: &ProgressFn<'_>,
        pass: &mut dyn FnMut(ImportedRecord) -> ControlFlow<()>,
    ) -> Result<Imported, Error> {
        self.run(files, progress, &mut |_, _, record| pass(record))
    }

    fn run(&self, files: &[ImportFile], progress: &ProgressFn<'_>, pass: &mut Pass<'_>) -> Result<Imported, Error> {
        let progress = ProgressReporter::new(progress);
        let prepared = Prepared::new(&self.options, files)?;
        let run = |rules| Run {
            options: &self.options,
            source: &prepared.source,
            rules,
            unsure: &prepared.unsure,
            notes: &prepared.notes,
            previous: self.previous.as_deref(),
            progress: &progress,
        };
        let rules;
        let counted = if prepared.rules.withheld.is_empty() {
            run(&prepared.rules).run(pass)?
        } else {
            // The ids of withheld words are known after a run without their answers, which no mapping keeps.
            let first = run(&prepared.rules).run(&mut |_, _, _| ControlFlow::Continue(()))?;
            rules = with_withheld(&prepared.rules, &first.questions, &first.withheld);
            run(&rules).run(pass)?
        };
        let mut report = counted.report;
        report.recognized = recognized(&prepared.source, &prepared.mapping);
        Ok(Imported {
            offers: Vec::new(),
            needs: Vec::new(),
            report,
            questions: counted.questions,
            mapping: prepared.mapping,
            origins: Vec::new(),
            withheld: counted.withheld,
        })
    }

    /// Recognizes files and their columns, without an import.
    ///
    /// # Errors
    ///
    /// All errors of the files that prevent an import.
    ///
    /// # Example: what a header means
    ///
    /// ```
    /// use lotse::import::{Import, ImportFile, RecordKind};
    /// let import = Import::builder(RecordKind::Needs).build()?;
    /// let sketch = import.sketch(&[ImportFile::new("list.csv", "Nr;Name;Sprache\n7;Beispiel;Dari\n")])?;
    /// let usages: Vec<&str> = sketch.columns.iter().map(|column| column.usage.as_str()).collect();
    /// assert_eq!(usages, ["read", "never", "read"]);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn sketch(&self, files: &[ImportFile]) -> Result<Sketch, Error> {
        let prepared = Prepared::new(&self.options, files)?;
        sketch_of(&self.options, prepared)
    }
}
