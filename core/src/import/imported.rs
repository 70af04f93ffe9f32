//! What an import produces.

use std::fmt;

use crate::{
    import::{
        mapping::Mapping,
        position::{Position, Step},
        question::Question,
        report::ImportReport,
    },
    model::{need::Need, offer::Offer},
    util::ordered_map::OrderedMap,
};

/// What an import produced.
///
/// # Example: records, a report and questions
///
/// ```
/// use lotse::import::{Import, ImportFile, RecordKind};
/// let import = Import::builder(RecordKind::Offers).build()?;
/// let imported = import.read(&[ImportFile::new("list.csv", "id;Name;Sprachen\n1;Treff;Kurdisch\n")])?;
/// assert_eq!((imported.offers.len(), imported.report.questions, imported.questions.len()), (1, 1, 1));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Imported {
    /// The offers, in the order of the files; empty if needs were imported.
    pub offers: Vec<Offer>,
    /// The needs, in the order of the files; empty if offers were imported.
    pub needs: Vec<Need>,
    /// One counted outcome for every record, column and part of a cell.
    pub report: ImportReport,
    /// Open questions, the most frequent first.
    pub questions: Vec<Question>,
    /// The mapping that was used, also if it was sketched from the header.
    pub mapping: Mapping,
    /// Where each record comes from, in the order of the records.
    pub(crate) origins: Vec<Position>,
    pub(crate) withheld: Withheld,
}

/// A record that [`for_each`](crate::import::Import::for_each) passes on.
///
/// # Example: the id
///
/// ```
/// use lotse::{Offer, import::ImportedRecord};
/// let record = ImportedRecord::Offer(Offer::builder("o-1").build()?);
/// assert!(matches!(record, ImportedRecord::Offer(offer) if offer.id() == "o-1"));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ImportedRecord {
    /// An offer.
    Offer(Offer),
    /// A need.
    Need(Need),
}

impl ImportedRecord {
    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Offer(offer) => offer.id(),
            Self::Need(need) => need.id(),
        }
    }
}

impl Imported {
    /// Returns the word of a question about needs that is withheld, or `None` if the question has its text or does not exist.
    ///
    /// It is for the person who opened the file: no other result has the word.
    ///
    /// # Example: a sentence in a column of languages
    ///
    /// ```
    /// use lotse::import::{Import, ImportFile, RecordKind};
    /// let import = Import::builder(RecordKind::Needs).build()?;
    /// let imported = import.read(&[ImportFile::new("list.csv", "Nr;Sprache\n7;Frau Beispiel spricht wenig\n")])?;
    /// let question = &imported.questions[0];
    /// assert_eq!((question.id.as_str(), question.text.as_deref()), ("language@row 2", None));
    /// assert_eq!(imported.reveal("language@row 2"), Some("Frau Beispiel spricht wenig"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn reveal(&self, id: &str) -> Option<&str> {
        self.withheld.0.get(id).map(String::as_str)
    }
}

impl Imported {
    /// Returns the row that a record comes from, as a spreadsheet numbers it, or `None` if it comes from no table.
    ///
    /// # Example: the second row
    ///
    /// ```
    /// use lotse::import::{Import, ImportFile, RecordKind};
    /// let import = Import::builder(RecordKind::Offers).build()?;
    /// let imported = import.read(&[ImportFile::new("list.csv", "id;Name\n1;Treff\n")])?;
    /// assert_eq!((imported.row(0), imported.row(1)), (Some(2), None));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn row(&self, index: usize) -> Option<u32> {
        match self.origins.get(index)?.step {
            Step::Row(row) => Some(row),
            Step::Item(_) => None,
        }
    }

    /// Returns the file that a record comes from and its position there, or `None` if there are fewer records.
    ///
    /// A position is a row, or the index of an item of a list.
    ///
    /// # Example: a row and an item
    ///
    /// ```
    /// use lotse::import::{Import, ImportFile, RecordKind};
    /// let import = Import::builder(RecordKind::Offers).build()?;
    /// let imported = import.read(&[ImportFile::new("list.csv", "id;Name\n1;Treff\n")])?;
    /// assert_eq!(imported.origin(0), Some(("list.csv", "row 2".to_owned())));
    /// let page = r#"{"contents": [{"id": "s-1", "status": "active", "name": "Treff"}]}"#;
    /// let imported = import.read(&[ImportFile::new("page.json", page)])?;
    /// assert_eq!(imported.origin(0), Some(("page.json", "[0]".to_owned())));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn origin(&self, index: usize) -> Option<(&str, String)> {
        let position = self.origins.get(index)?;
        let file = self.report.recognized.files.get(usize::try_from(position.file).ok()?)?;
        Some((file.name.as_str(), position.step.to_string()))
    }
}

/// The withheld words by the ids of their questions. `Debug` shows their number.
#[derive(Clone, Default)]
pub(crate) struct Withheld(pub(crate) OrderedMap<String, String>);

impl fmt::Debug for Withheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Withheld({})", self.0.len())
    }
}
