//! Questions of an import as a file: a person fills in the answers, and the next call reads them.

use std::path::Path;

use crate::{import::Question, wire::Value};

use crate::command_line::{
    error::{Error, to_pretty_json},
    file::File,
    texts::Message,
    wrong_file::WrongFile,
};

/// Returns the text of a file of questions.
pub(crate) fn questions_file(questions: &[Question]) -> Result<String, Error> {
    to_pretty_json(&questions)
}

/// Reads answers: an object from ids to answers, or a list of questions whose `answer` is not null.
///
/// In a list an empty list is the answer that a word states nothing, because null is the mark of an open question.
pub(crate) fn answers_of(path: &Path) -> Result<Value<'static>, Error> {
    let file = File::read(path)?;
    match file.parse()?.into_owned() {
        Value::Array(questions) => {
            let answers: Option<Vec<_>> = questions.into_iter().map(answer_of).collect();
            let answers = answers.ok_or_else(|| wrong(&file))?;
            Ok(Value::Object(answers.into_iter().flatten().collect()))
        }
        answers @ Value::Object(_) => Ok(answers),
        _ => Err(wrong(&file)),
    }
}

type Answer = (std::borrow::Cow<'static, str>, Value<'static>);

/// Returns the answer of a question, if it has one, or `None` if this is no question.
fn answer_of(question: Value<'static>) -> Option<Option<Answer>> {
    let Value::Object(fields) = question else { return None };
    let (mut id, mut answer) = (None, Value::Null);
    for (name, value) in fields {
        match (&*name, value) {
            ("id", Value::String(text)) => id = Some(text),
            ("answer", value) => answer = value,
            _ => {}
        }
    }
    let id = id?;
    Some(match answer {
        Value::Null => None,
        Value::Array(items) if items.is_empty() => Some((id, Value::Null)),
        answer => Some((id, answer)),
    })
}

fn wrong(file: &File) -> Error {
    let (message, hint) = (Message::new("file.answers"), Message::new("file.answers.hint"));
    file.error(WrongFile::new("request.type", message, hint))
}
