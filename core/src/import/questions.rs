//! Questions collected from the cells of an import, each asked once.

use crate::{
    decode::value::Value,
    import::{
        imported::Withheld,
        part::Asked,
        position::Position,
        question::{Question, Why, word_id},
        record_kind::RecordKind,
        word_kind::WordKind,
    },
    util::{
        ordered_map::{OrderedMap, OrderedSet},
        sort::sort_by,
    },
    vocabulary::fold::fold,
};

/// The largest number of positions of a question.
const MAX_POSITIONS: usize = 3;
/// The largest number of questions of an import.
pub(crate) const MAX_QUESTIONS: usize = 10_000;
/// The number of words of regions from which on their table may be missing.
const MIN_REGION_WORDS: usize = 20;

/// Words to ask about, by kind and folded text.
#[derive(Default)]
pub(crate) struct Questions {
    words: OrderedMap<(WordKind, String), Word>,
    /// Words of regions that are known, as written.
    known_regions: OrderedSet<String>,
}

/// A word to ask about.
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) columns: Vec<String>,
    pub(crate) count: u64,
    /// The number of records that have the word.
    pub(crate) records: u64,
    at: Vec<Position>,
    last: Option<Position>,
    pub(crate) candidates: Vec<Value<'static>>,
    pub(crate) why: Why,
}

impl Questions {
    /// Counts a part that is asked about.
    pub(crate) fn ask(&mut self, asked: &Asked, text: &str, column: &str, at: Position) {
        let key = (asked.kind, word_id(text));
        let new = || Word {
            text: text.trim().to_owned(),
            columns: Vec::new(),
            count: 0,
            records: 0,
            at: Vec::new(),
            last: None,
            candidates: asked.candidates.clone(),
            why: asked.why,
        };
        let word = self.words.entry(key).or_insert_with(new);
        word.count = word.count.saturating_add(1);
        if word.last != Some(at) {
            word.records = word.records.saturating_add(1);
            word.last = Some(at);
            if word.at.len() < MAX_POSITIONS {
                word.at.push(at);
            }
        }
        if !word.columns.iter().any(|other| other == column) {
            word.columns.push(column.to_owned());
        }
    }

    /// Asks about a column, which counts as one question about all of its cells.
    pub(crate) fn ask_about_column(&mut self, question: &Question) {
        let word = Word {
            text: question.text.clone().unwrap_or_default(),
            columns: question.columns.clone(),
            count: question.count,
            records: 0,
            at: Vec::new(),
            last: None,
            candidates: question.candidates.clone(),
            why: question.why,
        };
        self.words.insert((question.kind, word_id(&word.text)), word);
    }

    /// Counts a word of a region that is understood.
    pub(crate) fn know_region(&mut self, text: &str) {
        if !self.known_regions.contains(text) {
            self.known_regions.insert(text.to_owned());
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Returns the questions, the most frequent first, and the withheld words by the ids of their questions.
    ///
    /// `is_disclosable` decides of a need if its word may be shown; `position` displays where a record is.
    pub(crate) fn finish(
        self,
        records: RecordKind,
        is_disclosable: &dyn Fn(WordKind, &Word) -> bool,
        position: &dyn Fn(Position) -> String,
    ) -> (Vec<Question>, Withheld) {
        let (mut questions, mut withheld) = (Vec::new(), Withheld::default());
        let replaces = self.is_region_tree_missing();
        let mut tree: Option<Question> = None;
        for ((kind, folded), word) in self.words.into_entries() {
            if replaces && is_unknown_region(kind, &word) {
                merge_into_tree(&mut tree, &word, position);
                continue;
            }
            let hides = records == RecordKind::Needs && !is_about_column(kind) && !is_disclosable(kind, &word);
            let id = match word.at.first() {
                Some(first) if hides => free_id(format!("{kind}@{}", position(*first)), &withheld),
                _ => format!("{kind}:{folded}"),
            };
            let text = (!hides).then(|| word.text.clone());
            if hides {
                withheld.0.insert(id.clone(), word.text);
            }
            questions.push(Question {
                id,
                kind,
                text,
                columns: word.columns,
                count: word.count,
                at: word.at.into_iter().map(position).collect(),
                candidates: word.candidates,
                why: word.why,
                answer: Value::Null,
            });
        }
        questions.extend(tree);
        // Stable: questions of equal counts keep the order of kind and folded text, whatever the order of the rows.
        sort_by(&mut questions, |a: &Question, b: &Question| b.count.cmp(&a.count));
        (questions, withheld)
    }

    /// Returns `true` if most words of regions are unknown.
    fn is_region_tree_missing(&self) -> bool {
        let unknown = self.words.iter().filter(|((kind, _), word)| is_unknown_region(*kind, word)).count();
        let asked = self.words.keys().filter(|(kind, _)| *kind == WordKind::Region).count();
        let known: OrderedSet<String> = self.known_regions.iter().map(|text| fold(text)).collect();
        let all = asked.saturating_add(known.len());
        all >= MIN_REGION_WORDS && unknown.saturating_mul(2) > all
    }
}

fn is_unknown_region(kind: WordKind, word: &Word) -> bool {
    kind == WordKind::Region && word.why == Why::Unknown && word.candidates.is_empty()
}

/// Returns `true` for a question whose text is the name of a column, which is no data.
fn is_about_column(kind: WordKind) -> bool {
    matches!(kind, WordKind::Column | WordKind::Personal | WordKind::RegionTree)
}

fn merge_into_tree(tree: &mut Option<Question>, word: &Word, position: &dyn Fn(Position) -> String) {
    let tree = tree.get_or_insert_with(|| Question {
        id: WordKind::RegionTree.as_str().to_owned(),
        kind: WordKind::RegionTree,
        text: None,
        columns: Vec::new(),
        count: 0,
        at: Vec::new(),
        candidates: Vec::new(),
        why: Why::Unknown,
        answer: Value::Null,
    });
    tree.count = tree.count.saturating_add(word.count);
    for column in &word.columns {
        if !tree.columns.contains(column) {
            tree.columns.push(column.clone());
        }
    }
    for at in word.at.iter().copied().map(position) {
        if tree.at.len() < MAX_POSITIONS && !tree.at.contains(&at) {
            tree.at.push(at);
        }
    }
}

/// Returns an id that no withheld word has: several words of one kind may be withheld in one row.
fn free_id(id: String, withheld: &Withheld) -> String {
    let numbered = (2_u32..).map(|number| format!("{id}#{number}"));
    let mut ids = std::iter::once(id.clone()).chain(numbered);
    ids.find(|id| !withheld.0.contains_key(id)).unwrap_or(id.clone())
}

#[cfg(test)]
mod tests {
    use super::{Questions, Word};
    use crate::import::{
        part::Asked,
        position::{Position, Step},
        question::{Question, Why},
        record_kind::RecordKind,
        word_kind::WordKind,
    };

    fn at(row: u32) -> Position {
        Position { file: 0, step: Step::Row(row) }
    }

    fn asked(kind: WordKind, why: Why) -> Asked {
        Asked { kind, why, candidates: Vec::new() }
    }

    fn finish(questions: Questions, records: RecordKind) -> Vec<Question> {
        let is_disclosable = |_: WordKind, word: &Word| word.records >= 3;
        questions.finish(records, &is_disclosable, &|at| at.step.to_string()).0
    }

    #[test]
    fn a_word_is_asked_once_the_most_frequent_first() {
        let mut questions = Questions::default();
        let language = asked(WordKind::Language, Why::Umbrella);
        questions.ask(&asked(WordKind::Crime, Why::Unknown), "KV?", "Delikt", at(2));
        for (row, text) in [(2, "Kurdisch"), (2, "kurdisch"), (5, " KURDISCH"), (6, "kurdisch"), (7, "Kurdisch")] {
            questions.ask(&language, text, if row > 5 { "Sprache 2" } else { "Sprache" }, at(row));
        }
        let questions = finish(questions, RecordKind::Offers);
        let ids: Vec<&str> = questions.iter().map(|question| question.id.as_str()).collect();
        assert_eq!(ids, ["language:kurdisch", "crime:kv"]);
        let first = questions.first().unwrap();
        assert_eq!((first.text.as_deref(), first.count), (Some("Kurdisch"), 5));
        assert_eq!((first.columns.len(), first.at.join(", ")), (2, "row 2, row 5, row 6".to_owned()));
    }

    #[test]
    fn a_word_of_a_need_is_withheld_unless_it_is_disclosable() {
        let mut questions = Questions::default();
        let help = asked(WordKind::Help, Why::Unknown);
        questions.ask(&help, "Frau Beispiel braucht Ruhe", "Hilfe", at(5));
        questions.ask(&help, "Herr Muster auch", "Hilfe", at(5));
        for row in [2, 3, 4] {
            questions.ask(&help, "Beratung", "Hilfe", at(row));
        }
        let is_disclosable = |_: WordKind, word: &Word| word.records >= 3;
        let (questions, withheld) = questions.finish(RecordKind::Needs, &is_disclosable, &|at| at.step.to_string());
        let ids: Vec<_> = questions.iter().map(|question| (question.id.as_str(), question.text.is_some())).collect();
        assert_eq!(ids, [("help:beratung", true), ("help@row 5", false), ("help@row 5#2", false)]);
        assert_eq!(withheld.0.get("help@row 5#2").map(String::as_str), Some("Herr Muster auch"));
        assert!(!format!("{questions:?} {withheld:?}").contains("Beispiel"));
    }

    #[test]
    fn unknown_regions_are_one_question_if_they_are_most_of_many() {
        for (unknown, known, expected) in [(15, 5, 1), (10, 10, 10), (19, 0, 19)] {
            let mut questions = Questions::default();
            for number in 0..unknown {
                questions.ask(&asked(WordKind::Region, Why::Unknown), &format!("Ort {number}"), "Ort", at(number));
            }
            for number in 0..known {
                questions.know_region(&format!("Kreis {number}"));
            }
            let questions = finish(questions, RecordKind::Offers);
            assert_eq!(questions.len(), expected, "{unknown} of {known}");
            if let [question] = questions.as_slice() {
                assert_eq!((question.id.as_str(), question.count, question.at.len()), ("region_tree", 15, 3));
            }
        }
    }
}
