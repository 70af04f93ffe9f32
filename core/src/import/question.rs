//! Questions that only a person can answer.

use serde::Serialize;

use crate::{
    decode::{string_enum::string_enum, value::Value},
    import::word_kind::WordKind,
    vocabulary::fold::fold,
};

string_enum! {
    /// Why a question is asked.
    ///
    /// # Example: the string of a reason
    ///
    /// ```
    /// use lotse::import::Why;
    /// assert_eq!(Why::LeavesOut.as_str(), "leaves_out");
    /// ```
    #[non_exhaustive]
    Why {
        /// One of several meanings is meant.
        Umbrella = "umbrella",
        /// The word may be misspelt.
        Typo = "typo",
        /// The word is not known.
        Unknown = "unknown",
        /// Several values are possible.
        Several = "several",
        /// A level that says too little.
        Level = "level",
        /// A region with an exception.
        LeavesOut = "leaves_out",
        /// Which of several readings.
        Which = "which",
        /// A cell that the values of its rule do not list.
        Value = "value",
        /// A unit that may not count places.
        Unit = "unit",
        /// A language without a tag.
        NoTag = "no_tag",
        /// What a column means.
        Column = "column",
        /// Whether a column is personal.
        Personal = "personal",
        /// The mapping switches this assumption off.
        AssumeOff = "assume_off",
    }
}

/// A question about a word, asked once for all cells that have it.
///
/// Of needs, the text of a word that may identify a person is withheld: `text` is `None`, and the id has the row instead.
/// `Debug` shows the kind and the count.
///
/// # Example: a word with several meanings
///
/// ```
/// use lotse::import::{Import, ImportFile, RecordKind};
/// let import = Import::builder(RecordKind::Offers).build()?;
/// let imported = import.read(&[ImportFile::new("list.csv", "id;Name;Sprachen\n1;Treff;Kurdisch\n")])?;
/// assert_eq!(imported.questions[0].id, "language:kurdisch");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Question {
    /// Identifies the question in answers: kind and folded text, or kind, column and row if the text is withheld.
    pub id: String,
    /// The kind of the word.
    pub kind: WordKind,
    /// The word as written first, or `None` if it is withheld.
    pub text: Option<String>,
    /// The columns that have the word.
    pub columns: Vec<String>,
    /// The number of parts that have the word.
    pub count: u64,
    /// The first positions, at most three.
    pub at: Vec<String>,
    /// Values that may be meant, best first.
    pub candidates: Vec<Value<'static>>,
    /// Why the question is asked.
    pub why: Why,
    /// The answer; null until one is given.
    pub answer: Value<'static>,
}

impl Question {
    /// Asks what a column means. The one who knows its cells counts them.
    pub(crate) fn about_column(column: &str, candidates: Vec<Value<'static>>) -> Self {
        Self {
            id: format!("{}:{}", WordKind::Column, word_id(column)),
            kind: WordKind::Column,
            text: Some(column.to_owned()),
            columns: vec![column.to_owned()],
            count: 0,
            at: Vec::new(),
            candidates,
            why: Why::Column,
            answer: Value::Null,
        }
    }

    /// Asks whether a column is about people.
    pub(crate) fn about_personal_column(column: &str) -> Self {
        let id = format!("{}:{}", WordKind::Personal, word_id(column));
        Self { id, kind: WordKind::Personal, why: Why::Personal, ..Self::about_column(column, Vec::new()) }
    }
}

/// Returns the form in which words of questions are compared: folded, or as written if only signs are left out by folding.
pub(crate) fn word_id(text: &str) -> String {
    let folded = fold(text);
    if folded.is_empty() { text.trim().to_owned() } else { folded }
}

impl std::fmt::Debug for Question {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Question").field("kind", &self.kind).field("count", &self.count).finish_non_exhaustive()
    }
}
