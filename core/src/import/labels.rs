//! Labels of reports and questions, for every interface.

use crate::{model::enums::Lang, text::labels::Labels};

/// Returns the labels of reports and questions in a display language.
///
/// The kinds are `section` and `change` (of a report), `use` (of a column), `word_kind` and `why` (of a question), `field` (of a mapping), `note`
/// (of a report) and `export` (note of the report of an export). Notes are clauses without count, column and rows, which a program
/// puts next to them.
///
/// # Example: a note as people read it
///
/// ```
/// use lotse::{Lang, import};
/// let german = import::labels(Lang::De);
/// assert_eq!(german.get("why", "typo"), Some("vielleicht ein Tippfehler"));
/// assert_eq!(german.get("section", "lost"), Some("nicht übernommen"));
/// ```
pub fn labels(lang: Lang) -> Labels {
    Labels::of_imports(lang)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::labels;
    use crate::{
        decode::string_enum::StringEnum,
        import::{question::Why, word_kind::WordKind},
        model::enums::Lang,
    };

    #[test]
    fn every_question_has_labels_in_every_language() {
        for lang in Lang::all() {
            let codes = |kind| labels(lang).of_kind(kind).map(|(code, _)| code).collect::<Vec<_>>();
            assert_eq!(codes("why"), Why::ALL.iter().map(|(code, _)| *code).collect::<Vec<_>>());
            assert_eq!(codes("word_kind"), WordKind::ALL.iter().map(|(code, _)| *code).collect::<Vec<_>>());
        }
    }

    #[test]
    fn labels_are_short_and_distinct_texts() {
        for lang in Lang::all() {
            let mut seen = BTreeSet::new();
            for (kind, code, label) in labels(lang).iter() {
                assert!(seen.insert((kind, code)), "{kind} {code} twice");
                assert!(!label.is_empty() && label.trim() == label && !label.contains(['_', '{', '}']), "{label}");
                let max = if lang == Lang::DeSimple { 50 } else { 80 };
                assert!(label.chars().count() <= max, "{lang} {kind} {code}: {label}");
            }
        }
    }
}
