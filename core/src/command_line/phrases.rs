//! Words, positions and questions of an import, as they occur in a sentence of a display language.

use crate::{
    Lang,
    import::{self, Question},
};

use crate::command_line::labels::Labels;

/// Returns the word of a question, and what is asked about it.
pub(crate) fn describe(question: &Question, lang: Lang) -> (String, String) {
    let labels = import::labels(lang);
    let kind = labels.get("word_kind", question.kind.as_str()).unwrap_or(question.kind.as_str());
    let why = labels.get("why", question.why.as_str()).unwrap_or(question.why.as_str());
    let word = match &question.text {
        Some(text) => quote(text, lang),
        None => question.at.iter().take(1).map(|at| localize_position(at, lang)).collect(),
    };
    (word, format!("{kind} · {why}"))
}

/// Returns a position such as `services.csv: row 57` in a display language.
pub(crate) fn localize_position(at: &str, lang: Lang) -> String {
    let (file, step) = match at.rsplit_once(": ") {
        Some((file, step)) => (format!("{file}: "), step),
        None => (String::new(), at),
    };
    match step.strip_prefix("row ") {
        Some(row) => file + &Labels { lang }.format("import.row", &[("row", &row)]),
        None => at.to_owned(),
    }
}

/// Returns a word of a file in the quotes of a display language.
pub(crate) fn quote(word: &str, lang: Lang) -> String {
    match lang {
        Lang::En => format!("“{word}”"),
        Lang::De | Lang::DeSimple => format!("„{word}“"),
    }
}

/// Returns the words of a file that show its encoding, as a clause.
pub(crate) fn sample_words(words: &[String], lang: Lang) -> String {
    let words: Vec<String> = words.iter().map(|word| quote(word, lang)).collect();
    Labels { lang }.format("sketch.samples", &[("samples", &words.join(", "))])
}

#[cfg(test)]
mod tests {
    use super::localize_position;
    use crate::Lang;

    #[test]
    fn positions_are_in_the_language_of_the_person() {
        assert_eq!(localize_position("services.csv: row 57", Lang::De), "services.csv: Zeile 57");
        assert_eq!(localize_position("[3]", Lang::De), "[3]");
    }
}
