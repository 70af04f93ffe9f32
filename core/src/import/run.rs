//! One run over a source by a mapping: plans, reads and counts.

use std::ops::ControlFlow;

use crate::{
    decode::value::Value,
    error::{Error, ErrorDetail, ErrorKind, message},
    import::{
        cell::{CellOptions, CellReader},
        changes::Changes,
        column::Columns,
        crosswalk::has_terms,
        decoding::RecordDecoder,
        disclosure::is_disclosable,
        facade::Options,
        imported::{ImportedRecord, Withheld},
        key_or_postcode::{KeysOrPostcodes, without_columns},
        names::{ColumnNames, display},
        needs::NeedNames,
        notes::{Notes, Section},
        outcomes::Outcomes,
        part::Outcome,
        plan::{Plan, PlanCounts, Planner},
        position::Position,
        produce::{Member, Producer, Product},
        program::Program,
        question::Question,
        questions::{MAX_QUESTIONS, Word},
        record::RecordReader,
        record_kind::RecordKind,
        report::{ImportReport, RecordCounts},
        report_columns::{ColumnFacts, fill},
        rows::{PartKinds, Row, Rows, held_rows, side_rows},
        rules::{IdRule, Rules},
        source::Source,
        suspicions::Suspicions,
        update::Update,
    },
    util::progress::ProgressReporter,
};

/// The number of records after which progress is reported.
const REPORTED: usize = 256;
/// The fields of a record to which nothing is matched.
const UNMATCHED: [&str; 7] = ["id", "name", "organisation", "contact", "case", "group", "people"];

/// A source with the rules by which it is read.
pub(crate) struct Run<'a> {
    pub(crate) options: &'a Options,
    pub(crate) source: &'a Source<'a>,
    pub(crate) rules: &'a Rules,
    /// Questions about columns whose meaning is unsure.
    pub(crate) unsure: &'a [Question],
    /// What the choice of the mapping assumed.
    pub(crate) notes: &'a Notes,
    /// The records of an earlier import.
    pub(crate) previous: Option<&'a [ImportedRecord]>,
    pub(crate) progress: &'a ProgressReporter<'a>,
}

/// What a run counted.
pub(crate) struct Counted {
    pub(crate) report: ImportReport,
    pub(crate) questions: Vec<Question>,
    pub(crate) withheld: Withheld,
}

/// A consumer of records, each with the index that orders it and its position.
pub(crate) type Pass<'p> = dyn FnMut(u32, Position, ImportedRecord) -> ControlFlow<()> + 'p;

impl Run<'_> {
    /// Reads the source, and passes each record on.
    ///
    /// # Errors
    ///
    /// Those of the files; `import.short_view`, `import.limit`, `cancelled`.
    pub(crate) fn run(&self, pass: &mut Pass<'_>) -> Result<Counted, Error> {
        let names = ColumnNames::new(self.rules);
        let is_wanted = |column: &str| names.is_wanted(column);
        let kinds = PartKinds::new(self.source, self.rules);
        let mut outcomes = Outcomes::default();
        let mut side_notes = Notes::default();
        let wants_all = |column: &str| self.options.records == RecordKind::Offers || is_wanted(column);
        let side = side_rows(&kinds, &wants_all, &mut side_notes)?;
        let held = held_rows(&kinds, self.rules, &is_wanted, &mut side_notes)?;
        let mut rows = Rows::new(&kinds, self.rules, &side, &held, &is_wanted);
        let mut keys_or_postcodes = KeysOrPostcodes::new(self.rules);
        let plan = self.plan(&mut rows, &mut keys_or_postcodes, &mut outcomes.notes)?;
        self.check_ids(&plan)?;
        let undecided = keys_or_postcodes.questions();
        // Their cells are not read until the question is answered.
        let rules = without_columns(self.rules, &undecided);
        let unsure = [self.unsure, &undecided].concat();

        let cells = CellOptions {
            records: self.options.records,
            as_of: self.options.as_of,
            within: self.options.within.clone().or_else(|| self.rules.within.clone()),
            postcodes: self.options.postcodes.iter().cloned().collect(),
        };
        let mut cells = CellReader::new(&rules, &self.options.vocabulary, cells);
        let program = Program::new(&rules, &mut cells);
        let shared = plan.shared.clone();
        let reader = RecordReader { rules: &rules, program, cells, as_of: self.options.as_of, shared };
        let reading = Reading {
            run: self,
            reader,
            producer: Producer::new(self.rules, &plan),
            decoder: RecordDecoder::new(&self.options.vocabulary),
            suspicions: Suspicions::new(self.options.records),
            update: self.previous.map(Update::new),
            without_terms: vec![WithoutTerms::default(); self.rules.crosswalk.len()],
            needs: Vec::new(),
            produced: 0,
            has_anything: false,
            is_anything_asked: !unsure.is_empty(),
            outcomes,
            pass,
        };
        let (mut outcomes, produced, changes) = reading.read(&mut rows, &plan)?;
        rows.note_unused(&mut outcomes.notes);
        let counts = record_counts(plan.counts, produced, &outcomes.notes);
        outcomes.notes.append(self.source.notes.clone());
        outcomes.notes.append(self.notes.clone());
        outcomes.notes.append(side_notes);
        for part in &kinds.unused {
            outcomes.notes.add(Section::Lost, "no_field", (Some(&part.stem), None), None);
        }
        let facts = ColumnFacts { rules: self.rules, names: &names, unsure: &unsure };
        let mut counted = self.count(outcomes, &facts, &kinds, counts)?;
        counted.report.changes = changes;
        Ok(counted)
    }

    /// Refuses generated ids if records are compared by their ids with those of an earlier import.
    fn check_ids(&self, plan: &Plan) -> Result<(), Error> {
        let Some(at) = plan.generated_id.filter(|_| self.previous.is_some()) else { return Ok(()) };
        let message = message!("import.update.generated_ids");
        let detail = ErrorDetail::new(ErrorKind::Missing, "import.update.generated_ids", message);
        let detail = detail.with_hint(message!("import.update.generated_ids.hint"));
        Err(Error::new(ErrorDetail { path: self.display(at), ..detail }))
    }

    fn display(&self, at: Position) -> String {
        let files: Vec<&str> = self.source.parts.iter().map(|part| part.name.as_str()).collect();
        display(at, &files)
    }

    fn plan(
        &self,
        rows: &mut Rows<'_, '_, '_>,
        keys_or_postcodes: &mut KeysOrPostcodes,
        notes: &mut Notes,
    ) -> Result<Plan, Error> {
        let prefix = self.options.prefix.as_deref().unwrap_or(&self.rules.prefix);
        let mut planner = Planner::new(self.rules, prefix, self.options.as_of);
        let mut count = 0_usize;
        rows.for_each(&mut Notes::default(), &mut |row, _| {
            count = count.saturating_add(1);
            if count % REPORTED == 1 && self.progress.is_cancelled() {
                return self.progress.unless_cancelled(());
            }
            row.elements.iter().for_each(|element| keys_or_postcodes.look_at(element));
            planner.add(row.at, &row.elements, row.is_parent);
            Ok(())
        })?;
        let stem = |at: Position| {
            let part = usize::try_from(at.file).ok().and_then(|file| self.source.parts.get(file));
            part.map(|part| part.stem.clone()).unwrap_or_default()
        };
        Ok(planner.finish(&stem, notes))
    }

    /// Counts columns and questions when all records are read.
    fn count(
        &self,
        mut outcomes: Outcomes,
        facts: &ColumnFacts<'_>,
        kinds: &PartKinds<'_, '_>,
        records: RecordCounts,
    ) -> Result<Counted, Error> {
        for question in facts.unsure {
            let column = question.columns.first().map(String::as_str).unwrap_or_default();
            // A question that was asked before the records were read has counted its cells.
            let count = if question.count > 0 { question.count } else { outcomes.tally.filled(column) };
            let asked = crate::import::part::Asked { kind: question.kind, why: question.why, candidates: Vec::new() };
            outcomes.tally.count_all(column, &Outcome::Asked(asked), count);
            outcomes.questions.ask_about_column(&Question { count, ..question.clone() });
        }
        let columns = facts.report(kinds, &mut outcomes);
        let Outcomes { notes, questions, .. } = outcomes;
        let position = |at: Position| self.display(at);
        let is_disclosable =
            |kind, word: &Word| is_disclosable(kind, &word.text, !word.candidates.is_empty(), word.records);
        let (questions, withheld) = questions.finish(self.options.records, &is_disclosable, &position);
        if questions.len() > MAX_QUESTIONS {
            let message = message!("import.limit.questions").with(&[("max", &MAX_QUESTIONS)]);
            return Err(Error::new(ErrorDetail::new(ErrorKind::Value, "import.limit", message)));
        }
        let mut report = ImportReport::new(&notes, &position);
        report.records = records;
        report.columns = columns;
        report.questions = u64::try_from(questions.len()).unwrap_or(u64::MAX);
        report.as_of = self.options.as_of.map(|day| day.to_string());
        report.licence.clone_from(&self.rules.licence);
        Ok(Counted { report, questions, withheld })
    }
}

/// Returns the counts of records. Rows that the reader leaves out count as read.
fn record_counts(plan: PlanCounts, produced: u64, notes: &Notes) -> RecordCounts {
    let is_of_reader = |code: &str| code.starts_with("row.");
    let rows = notes.of(Section::LeftOut).filter(|(key, _)| is_of_reader(&key.code)).map(|(_, count)| count.count);
    let rows = rows.fold(0, u64::saturating_add);
    RecordCounts {
        read: plan.read.saturating_add(rows),
        used: plan.used,
        merged: plan.merged,
        left_out: plan.left_out.saturating_add(rows),
        added: produced.saturating_sub(plan.used),
        produced,
    }
}

/// How many records have no term of a crosswalk, and where.
#[derive(Clone, Debug, Default)]
struct WithoutTerms {
    with: u64,
    without: Notes,
    count: u64,
}

/// The state of reading records.
struct Reading<'a, 'r, 'v, 'p> {
    run: &'a Run<'a>,
    reader: RecordReader<'r>,
    producer: Producer<'r>,
    decoder: RecordDecoder<'v>,
    suspicions: Suspicions,
    update: Option<Update<'a>>,
    without_terms: Vec<WithoutTerms>,
    /// Needs that wait for the names of their groups.
    needs: Vec<Product>,
    produced: u64,
    has_anything: bool,
    /// Whether a column is asked about, which may be what is matched.
    is_anything_asked: bool,
    outcomes: Outcomes,
    pass: &'p mut Pass<'p>,
}

impl Reading<'_, '_, '_, '_> {
    /// Reads all records, and returns their outcomes, the number of records produced, and the changes since an earlier import.
    fn read(mut self, rows: &mut Rows<'_, '_, '_>, plan: &Plan) -> Result<(Outcomes, u64, Option<Changes>), Error> {
        let (mut element, mut record) = (0_usize, 0_usize);
        let total = usize::try_from(plan.counts.read).unwrap_or(usize::MAX);
        let mut notes = Notes::default();
        rows.for_each(&mut notes, &mut |row, _| {
            if record % REPORTED == 0 && self.run.progress.report(record, total) {
                return self.run.progress.unless_cancelled(());
            }
            if let Some(source) = row.source() {
                fill(&mut self.outcomes.tally, source);
            }
            self.read_row(row, plan, &mut element, record)?;
            record = record.saturating_add(1);
            Ok(())
        })?;
        self.outcomes.notes.append(notes);
        self.finish()
    }

    fn read_row(&mut self, row: Row<'_, '_>, plan: &Plan, element: &mut usize, record: usize) -> Result<(), Error> {
        for value in &row.elements {
            let group = plan.element(*element);
            *element = element.saturating_add(1);
            let Some(group) = group else { continue };
            for (crosswalk, terms) in self.run.rules.crosswalk.iter().zip(&mut self.without_terms) {
                if has_terms(crosswalk, value) {
                    terms.with = terms.with.saturating_add(1);
                } else {
                    terms.count = terms.count.saturating_add(1);
                    terms.without.add(Section::Suspicions, "crosswalk.without", (None, None), Some(row.at));
                }
            }
            let draft = self.reader.read(value, row.at, &mut self.outcomes);
            let part = part_of(self.run.rules, value);
            let member = Member { draft, at: row.at, part, record };
            for product in self.producer.add(group, member, &mut self.outcomes.notes) {
                match self.run.options.records {
                    RecordKind::Needs => self.needs.push(product),
                    RecordKind::Offers => self.produce(product)?,
                }
            }
        }
        Ok(())
    }

    fn produce(&mut self, mut product: Product) -> Result<(), Error> {
        let (at, notes) = (product.at, &mut self.outcomes.notes);
        let record = match self.run.options.records {
            RecordKind::Offers => self.decoder.offer(&mut product.value, at, notes).map(ImportedRecord::Offer),
            RecordKind::Needs => self.decoder.need(&mut product.value, at, notes).map(ImportedRecord::Need),
        };
        self.suspicions.look_at(&product.value, at, &self.run.options.vocabulary, notes);
        self.has_anything |= has_anything(&product.value);
        self.produced = self.produced.saturating_add(1);
        let Some(mut record) = record else { return Ok(()) };
        if let Some(update) = &mut self.update {
            update.compare(product.group, &mut record, at, notes)?;
        }
        if (self.pass)(product.group, at, record).is_break() {
            let message = message!("cancelled");
            return Err(Error::new(ErrorDetail::new(ErrorKind::Cancelled, "cancelled", message)));
        }
        Ok(())
    }

    fn finish(mut self) -> Result<(Outcomes, u64, Option<Changes>), Error> {
        let mut needs = std::mem::take(&mut self.needs);
        NeedNames::new(&needs).rename(&mut needs, &mut self.outcomes.notes);
        for need in needs {
            self.produce(need)?;
        }
        for terms in self.without_terms {
            if terms.with > terms.count {
                self.outcomes.notes.append(terms.without);
            }
        }
        self.suspicions.finish(&mut self.outcomes.notes);
        // A word to ask about may be what is matched.
        if self.produced > 0 && !self.has_anything && self.outcomes.questions.is_empty() && !self.is_anything_asked {
            let detail = ErrorDetail::new(ErrorKind::Missing, "import.short_view", message!("import.short_view"));
            return Err(Error::new(detail.with_hint(message!("import.short_view.hint"))));
        }
        Ok((self.outcomes, self.produced, self.update.map(Update::finish)))
    }
}

fn has_anything(record: &Value<'_>) -> bool {
    let Value::Object(fields) = record else { return false };
    fields.iter().any(|(name, _)| !UNMATCHED.contains(&&**name))
}

/// Returns the part of an id by which elements are distinguished.
fn part_of(rules: &Rules, element: &Value<'_>) -> Option<String> {
    let Some(IdRule::Column { part: Some(part), .. }) = &rules.id else { return None };
    let text = |columns: &Columns| columns.text(element).map(|(_, text)| text.trim().to_owned());
    text(part).filter(|text| !text.is_empty())
}
