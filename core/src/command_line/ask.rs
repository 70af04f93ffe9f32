//! Questions of an import, asked one after another at a terminal.

use std::io::{BufRead, Write};

use crate::{import::Question, wire::Value};

use crate::command_line::{
    choices::{Choice, Namer, Search},
    labels::Labels,
    phrases::{describe, localize_position, quote},
    terminal::{Style, TerminalText},
};

/// An answer to a question, or the decision to skip it for now.
#[derive(Clone)]
pub(crate) struct Decision {
    pub(crate) id: String,
    pub(crate) answer: Option<Value<'static>>,
}

/// The decisions of one session, in their order.
#[derive(Default)]
pub(crate) struct Decisions(Vec<Decision>);

/// What comes after a question.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Next {
    /// The answer is taken, or the question skipped.
    Decided,
    /// The decision before is withdrawn.
    Undone,
    /// The person stops, or standard input has ended.
    Stop,
}

impl Decisions {
    /// Returns the answers by the ids of their questions.
    pub(crate) fn answers(&self) -> Value<'static> {
        let answers = self.0.iter().filter_map(|decision| Some((decision.id.clone().into(), decision.answer.clone()?)));
        Value::Object(answers.collect())
    }

    /// Returns whether a decision about a question was made.
    fn has(&self, id: &str) -> bool {
        self.0.iter().any(|decision| decision.id == id)
    }

    /// Returns the most frequent question without a decision, and the number of those that are open.
    pub(crate) fn next<'q>(&self, questions: &'q [Question]) -> Option<(&'q Question, usize)> {
        let open = || questions.iter().filter(|question| !self.has(&question.id));
        // Of equal ones `max_by_key` returns the last.
        let first = open().rev().max_by_key(|question| question.count)?;
        Some((first, open().count()))
    }

    /// Drops the last decision, whose answer cannot be used.
    pub(crate) fn withdraw(&mut self) -> Option<Decision> {
        self.0.pop()
    }
}

/// A person at a terminal.
pub(crate) struct Interview<'a, R, W> {
    pub(crate) input: R,
    pub(crate) output: W,
    pub(crate) namer: Namer<'a>,
    pub(crate) decisions: Decisions,
}

/// A line that was typed.
enum Reply {
    Answer(Value<'static>),
    Skip,
    Undo,
    Stop,
    Reveal,
    Help,
    Word(String),
}

impl<R: BufRead, W: Write> Interview<'_, R, W> {
    fn labels(&self) -> Labels {
        Labels { lang: self.namer.lang }
    }

    fn print(&mut self, text: &str) {
        // Without standard error there is nowhere to ask.
        let _ = self.output.write_all(text.as_bytes()).and_then(|()| self.output.flush());
    }

    /// Prints a sentence of the command.
    pub(crate) fn say(&mut self, text: &str) {
        let mut out = TerminalText::for_errors();
        out.push_paragraph(text);
        self.print(&out.into_string());
    }

    /// Prints which keys answer a question.
    pub(crate) fn explain_keys(&mut self) {
        let text = self.labels().text("ask.keys");
        self.say(text);
    }

    /// Asks one question until it is decided. `reveal` returns the word of a question whose text is withheld.
    pub(crate) fn ask(&mut self, question: &Question, open: usize, reveal: &dyn Fn(&str) -> Option<String>) -> Next {
        let mut choices = self.namer.choices(question);
        let mut out = TerminalText::for_errors();
        self.show_question(&mut out, question, open);
        self.show_choices(&mut out, &choices);
        self.print(&out.into_string());
        loop {
            let Some(line) = self.read_line() else { return Next::Stop };
            let reply = match parse(&line, &choices) {
                Ok(reply) => reply,
                Err(key) => {
                    let text = self.labels().text(key);
                    self.say(text);
                    continue;
                }
            };
            match reply {
                Reply::Stop => return Next::Stop,
                Reply::Skip => return self.decide(question, None),
                Reply::Answer(value) => return self.decide(question, Some(value)),
                Reply::Undo if self.decisions.withdraw().is_some() => return Next::Undone,
                Reply::Undo => {
                    let text = self.labels().text("ask.first");
                    self.say(text);
                }
                Reply::Help => self.explain_keys(),
                Reply::Reveal => {
                    let word = question.text.clone().or_else(|| reveal(&question.id));
                    let text = word.unwrap_or_else(|| self.labels().text("ask.no_word").to_owned());
                    self.say(&text);
                }
                Reply::Word(word) => match self.namer.search(question.kind, &word) {
                    Search::Found(Choice { value, label }) => {
                        self.say(&format!("→ {label}"));
                        return self.decide(question, Some(value));
                    }
                    Search::Choices(found) if found.is_empty() => {
                        let text = self.labels().text("ask.unknown");
                        self.say(text);
                    }
                    Search::Choices(found) => {
                        choices = found;
                        let mut out = TerminalText::for_errors();
                        self.show_choices(&mut out, &choices);
                        self.print(&out.into_string());
                    }
                },
            }
        }
    }

    fn decide(&mut self, question: &Question, answer: Option<Value<'static>>) -> Next {
        self.decisions.0.push(Decision { id: question.id.clone(), answer });
        Next::Decided
    }

    /// Reads a line; `None` at the end of the input.
    fn read_line(&mut self) -> Option<String> {
        self.print("> ");
        let mut line = String::new();
        let count = self.input.read_line(&mut line).ok()?;
        (count > 0).then(|| line.trim().to_owned())
    }

    fn show_question(&self, out: &mut TerminalText, question: &Question, open: usize) {
        out.push_blank_line();
        let (title, about) = describe(question, self.namer.lang);
        let title = format!("{title} · {about}");
        out.push_hanging("", Style::Plain, &title, Style::Bold);
        let rows: Vec<String> = question.at.iter().map(|at| localize_position(at, self.namer.lang)).collect();
        let columns =
            question.columns.iter().map(|column| quote(column, self.namer.lang)).collect::<Vec<_>>().join(", ");
        let facts: [(&str, &dyn std::fmt::Display); 4] =
            [("count", &question.count), ("columns", &columns), ("rows", &rows.join(", ")), ("open", &open)];
        out.push_hanging("  ", Style::Plain, &self.labels().format("ask.where", &facts), Style::Dimmed);
        if question.text.is_none() {
            out.push_hanging("  ", Style::Plain, self.labels().text("ask.withheld"), Style::Dimmed);
        }
    }

    fn show_choices(&self, out: &mut TerminalText, choices: &[Choice]) {
        for (index, choice) in choices.iter().enumerate() {
            let lead = format!("  {}  ", index.saturating_add(1));
            out.push_hanging(&lead, Style::Bold, &choice.label, Style::Plain);
        }
        if choices.is_empty() {
            out.push_hanging("  ", Style::Plain, self.labels().text("ask.no_choices"), Style::Plain);
        }
    }
}

/// Returns the meaning of a line, or the key of a text that says what is wrong with it.
fn parse(line: &str, choices: &[Choice]) -> Result<Reply, &'static str> {
    match line {
        "" | "s" => return Ok(Reply::Skip),
        "z" => return Ok(Reply::Undo),
        "q" => return Ok(Reply::Stop),
        "w" => return Ok(Reply::Reveal),
        "?" => return Ok(Reply::Help),
        "0" => return Ok(Reply::Answer(Value::Null)),
        "a" if choices.is_empty() => return Err("ask.no_choices"),
        "a" => return Ok(Reply::Answer(union(choices.iter().map(|choice| &choice.value)))),
        _ => {}
    }
    let is_choice = |text: &&str| text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = line.split([' ', ',']).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() || !parts.iter().all(is_choice) || choices.is_empty() {
        return Ok(Reply::Word(line.to_owned()));
    }
    let chosen: Option<Vec<&Choice>> =
        parts.iter().map(|part| choices.get(part.parse::<usize>().ok()?.checked_sub(1)?)).collect();
    let chosen = chosen.ok_or("ask.no_such_choice")?;
    Ok(Reply::Answer(union(chosen.into_iter().map(|choice| &choice.value))))
}

/// Returns one value as itself, and several as a list.
fn union<'c>(values: impl Iterator<Item = &'c Value<'static>>) -> Value<'static> {
    let mut items = Vec::new();
    for value in values {
        match value {
            Value::Array(values) => items.extend(values.iter().cloned()),
            value => items.push(value.clone()),
        }
    }
    match items.len() {
        1 => items.pop().unwrap_or(Value::Null),
        _ => Value::Array(items),
    }
}

#[cfg(test)]
mod tests {
    use super::{Decisions, Interview, Namer, Next};
    use crate::{
        Lang, Vocabulary,
        import::{Question, Why, WordKind},
        wire::Value,
    };

    fn question(kind: WordKind, text: Option<&str>, count: u64, candidates: &[&'static str]) -> Question {
        Question {
            id: format!("{kind:?}:{}", text.unwrap_or("withheld")).to_lowercase(),
            kind,
            text: text.map(str::to_owned),
            columns: vec!["Sprachen".to_owned()],
            count,
            at: vec!["row 5".to_owned()],
            candidates: candidates.iter().map(|code| Value::from(*code)).collect(),
            why: Why::Umbrella,
            answer: Value::Null,
        }
    }

    fn questions() -> Vec<Question> {
        vec![
            question(WordKind::Help, None, 1, &[]),
            question(WordKind::Language, Some("Kurdisch"), 17, &["kmr", "ckb", "sdh"]),
            question(WordKind::Region, Some("Leipzig"), 4, &["14713", "14729"]),
        ]
    }

    /// Answers all questions with these lines, and returns the answers and what was printed.
    fn interview(lines: &str, lang: Lang) -> (String, String) {
        let (vocabulary, questions) = (Vocabulary::default(), questions());
        let namer = Namer { vocabulary: &vocabulary, lang };
        let mut interview =
            Interview { input: lines.as_bytes(), output: Vec::new(), namer, decisions: Decisions::default() };
        while let Some((question, open)) = interview.decisions.next(&questions) {
            if interview.ask(question, open, &|_| Some("Frau Beispiel".to_owned())) == Next::Stop {
                break;
            }
        }
        let answers = serde_json::to_string(&interview.decisions.answers()).unwrap();
        (answers, String::from_utf8(interview.output).unwrap())
    }

    #[test]
    fn the_most_frequent_word_is_asked_first_and_each_key_has_its_meaning() {
        for (lines, answers) in [
            ("1\n2\n0\n", r#"{"language:kurdisch":"kmr","region:leipzig":"14729","help:withheld":null}"#),
            ("a\ns\ns\n", r#"{"language:kurdisch":["kmr","ckb","sdh"]}"#),
            ("1 3\nq\n", r#"{"language:kurdisch":["kmr","sdh"]}"#),
            ("2,1\n\n\n", r#"{"language:kurdisch":["ckb","kmr"]}"#),
            // Undo takes back the answer before, and its question is asked again.
            ("1\nz\n2\n", r#"{"language:kurdisch":"ckb"}"#),
            ("z\n9\n3\n", r#"{"language:kurdisch":"sdh"}"#),
            // A word that is typed, with one meaning and with several.
            ("Sorani\n", r#"{"language:kurdisch":"ckb"}"#),
            ("Farsi\n2\n", r#"{"language:kurdisch":"prs"}"#),
            ("Xyzzyx\n1\n", r#"{"language:kurdisch":"kmr"}"#),
            ("", "{}"),
        ] {
            assert_eq!(interview(lines, Lang::De).0, answers, "{lines}");
        }
    }

    #[test]
    fn questions_are_in_the_language_of_the_person_and_a_word_is_withheld_until_asked() {
        let (_, german) = interview("s\ns\ns\n", Lang::De);
        for text in ["„Kurdisch“ · Sprache · eins davon ist gemeint", "17-mal", "Zeile 5", "1  Kurmandschi (kmr)"]
        {
            assert!(german.contains(text), "{text}: {german}");
        }
        assert!(
            !german.contains("Frau Beispiel") && german.contains("Das Wort kann eine Person betreffen"),
            "{german}"
        );
        let (_, english) = interview("s\ns\nw\ns\n", Lang::En);
        assert!(english.contains("“Kurdisch” · language · one of these is meant"), "{english}");
        assert!(english.contains("Frau Beispiel"), "{english}");
    }
}
