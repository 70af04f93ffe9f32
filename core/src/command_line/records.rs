//! Files of records: JSON lists, NDJSON and tables, with the line of each record.

use std::{borrow::Cow, collections::BTreeMap};

use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::{ErrorKind, import::ImportFile, wire::Value};

use crate::command_line::{
    args::List,
    table::{self, Record, Sheet},
    texts::Message,
    wrong_file::{self, WrongFile},
};

/// The largest number of broken lines that an error names.
const MAX_BROKEN: usize = 5;
/// The number of records from which it is seen that a file has the other list.
const MAX_EXAMINED: usize = 1_000;
/// The longest id that an error shows, in bytes.
const MAX_ID: usize = 256;

/// Where a record is: the line where it begins, from 1, and its id, if they are known.
#[derive(Clone, Debug)]
pub(crate) struct Position {
    pub(crate) line: Option<usize>,
    pub(crate) id: Option<String>,
}

/// Returns whether a text is a table or JSON of which most names are no fields of records, nor similar to any.
///
/// A text that is empty, markup or another file of lotse is not foreign: [`parse`] says what it is.
pub(crate) fn is_foreign(text: &str, list: List) -> bool {
    if text.trim().is_empty() || wrong_file::of_markup(text).is_some() {
        return false;
    }
    if !is_json(text) {
        return is_mostly_unknown(&Sheet::heading_of(text, list));
    }
    let Some(start) = text.find('{') else { return false };
    let object = text.get(start..).unwrap_or_default();
    let mut values = serde_json::Deserializer::from_str(object).into_iter::<Value<'_>>();
    let Some(Ok(first)) = values.next() else { return false };
    let fields: Vec<String> = field_names(&first).map(str::to_owned).collect();
    let is_map = field_names(&first).any(|name| name == "features");
    (is_map || of_single_object(&first, list).is_none()) && is_mostly_unknown(&fields)
}

/// Returns whether fewer than half of the names are columns or fields of a list, or similar to one.
fn is_mostly_unknown(names: &[String]) -> bool {
    let named = names.iter().filter(|name| !name.is_empty());
    let known = named.clone().filter(|name| table::is_like_column(name));
    known.count().saturating_mul(2) < named.count()
}

/// Returns the records of a table in the columns of lotse that is no text in UTF-8, such as a spreadsheet, or `None` if it has others.
pub(crate) fn of_own_table(
    file: &ImportFile,
    list: List,
) -> Option<Result<Vec<(Value<'static>, Position)>, WrongFile>> {
    let sheet = Sheet::of_file(file)?;
    let records = sheet.and_then(|sheet| sheet.into_records(list)).map(|records| {
        let record = |Record { line, value }| {
            let id = id_of(&value);
            (value, Position { line: Some(line), id })
        };
        records.into_iter().map(record).collect()
    });
    Some(records)
}

/// Parses the text of a file of records to an array.
///
/// A text that begins with `{` or `[` is JSON, any other is a table.
///
/// # Errors
///
/// [`WrongFile`], which says what the file is and what to do next.
pub(crate) fn parse(text: &str, list: List) -> Result<Value<'_>, WrongFile> {
    if text.trim().is_empty() {
        return Err(WrongFile::empty());
    }
    if let Some(wrong) = wrong_file::of_markup(text) {
        return Err(wrong);
    }
    if !is_json(text) {
        let records = Sheet::parse(text, list)?.into_records(list)?;
        return Ok(Value::Array(records.into_iter().map(|record| record.value).collect()));
    }
    let value = Value::parse_records(text, list.as_str()).map_err(|error| match error.kind() {
        ErrorKind::Shape => {
            let known = Value::from_json(text).ok().and_then(|value| of_single_object(&value, list));
            known.unwrap_or_else(|| {
                WrongFile::new(
                    "request.type",
                    library_message(&error),
                    Message::new("next.option").with("option", "--request"),
                )
            })
        }
        _ => broken_json(text, &error),
    })?;
    if let Value::Array(records) = &value {
        if let [record @ Value::Object(_)] = records.as_slice() {
            if let Some(wrong) = of_single_object(record, list) {
                return Err(wrong);
            }
        }
        if let Some(wrong) = wrong_file::if_swapped(records.iter().take(MAX_EXAMINED).flat_map(field_names), list) {
            return Err(wrong);
        }
    }
    Ok(value)
}

/// Returns the positions of the records of a file that [`parse`] has parsed.
pub(crate) fn positions(text: &str, list: List) -> Vec<Position> {
    if is_json(text) {
        return json_positions(text, list.as_str()).unwrap_or_default();
    }
    let records = Sheet::parse(text, list).and_then(|sheet| sheet.into_records(list)).unwrap_or_default();
    records.into_iter().map(|record| Position { line: Some(record.line), id: id_of(&record.value) }).collect()
}

fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

fn of_single_object(value: &Value<'_>, list: List) -> Option<WrongFile> {
    wrong_file::of_object(&field_names(value).collect::<Vec<_>>(), list)
}

fn field_names<'v>(value: &'v Value<'_>) -> impl Iterator<Item = &'v str> {
    let fields = if let Value::Object(fields) = value { fields.as_slice() } else { &[] };
    fields.iter().map(|(name, _)| &**name)
}

/// Creates the error of a text that is not JSON. In a file with one record per line it names the broken lines.
pub(crate) fn broken_json(text: &str, error: &crate::Error) -> WrongFile {
    let hint = if !is_json(text) {
        Message::new("json.here.hint")
    } else if is_too_short(text) {
        Message::new("next.incomplete")
    } else {
        Message::new("json.broken.hint")
    };
    let whole = || WrongFile::new("json.syntax", library_message(error), hint.clone());
    let lines = || text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let is_record = |line: &str| line.trim_start().starts_with('{') && Value::from_json(line).is_ok();
    if lines().filter(|(_, line)| is_record(line)).take(2).count() < 2
        && !lines().next().is_some_and(|(_, line)| is_record(line))
    {
        return whole();
    }
    let broken =
        || lines().filter(|(_, line)| Value::from_json(line).is_err()).map(|(index, _)| index.saturating_add(1));
    let Some(first) = broken().next() else { return whole() };
    let count = broken().count();
    let total = lines().count();
    if count == 1 {
        let message = Message::new("json.line").with("count", total.saturating_sub(1).to_string());
        return WrongFile::new("json.syntax", message, Message::new("json.line.hint")).at_line(first);
    }
    let mut numbers: Vec<String> = broken().take(MAX_BROKEN).map(|line| line.to_string()).collect();
    if numbers.len() < count {
        numbers.push("…".to_owned());
    }
    let message = Message::new("json.lines").with("count", count.to_string()).with("total", total.to_string());
    let message = message.with("lines", numbers.join(", "));
    WrongFile::new("json.syntax", message, Message::new("json.lines.hint")).at_line(first)
}

/// Returns whether JSON text ends before its value does.
fn is_too_short(text: &str) -> bool {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    values.find_map(Result::err).is_some_and(|error| error.is_eof())
}

/// Returns the message of the first error.
fn library_message(error: &crate::Error) -> Message {
    let detail = error.errors().next().cloned();
    detail.map_or_else(|| error.message().into(), |detail| Message::Library(Box::new(detail)))
}

/// Returns the positions of the records of JSON text, or `None` if it has another form.
fn json_positions(text: &str, name: &str) -> Option<Vec<Position>> {
    let values = serde_json::Deserializer::from_str(text).into_iter::<&RawValue>();
    let values = values.collect::<Result<Vec<_>, _>>().ok()?;
    let items = match values.as_slice() {
        [list] if list.get().starts_with('[') => serde_json::from_str(list.get()).ok()?,
        [object] if object.get().starts_with('{') => {
            let fields: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(object.get()).ok()?;
            match fields.get(name) {
                Some(list) => serde_json::from_str(list.get()).ok()?,
                None => values,
            }
        }
        _ => values,
    };
    let (mut line, mut from) = (1_usize, 0);
    let mut positions = Vec::with_capacity(items.len());
    for item in items {
        // A raw value borrows from the text.
        let start = (item.get().as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
        line = line.saturating_add(text.get(from..start)?.matches('\n').count());
        from = start;
        positions.push(Position { line: Some(line), id: Value::from_json(item.get()).ok().as_ref().and_then(id_of) });
    }
    Some(positions)
}

pub(crate) fn id_of(record: &Value<'_>) -> Option<String> {
    let Value::Object(fields) = record else { return None };
    let (_, id) = fields.iter().find(|(name, _)| name == "id")?;
    match id {
        Value::String(id) if !id.is_empty() && id.len() <= MAX_ID => Some(id.clone().into_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{parse, positions};
    use crate::{Lang, command_line::args::List, wire::Value};

    fn lines(text: &str) -> Vec<(usize, Option<String>)> {
        parse(text, List::Needs).unwrap();
        positions(text, List::Needs).into_iter().map(|position| (position.line.unwrap(), position.id)).collect()
    }

    #[test]
    fn each_record_has_its_line_and_its_id() {
        let at = |line: usize, id: &str| (line, Some(id.to_owned()));
        let expected = [at(2, "a"), (4, None), at(5, "c")];
        for text in [
            "\n{\"id\": \"a\"}\n\n{\"age\": 3,\n \"id\": 7} {\"id\": \"c\"}",
            "[\n{\"id\": \"a\"},\n\n{\"id\": \"\"},\n{\"age\": 3, \"id\": \"c\"}]",
            "{\"needs\":\n [{\"id\": \"a\"},\n\n{\"id\": null},\n{\"id\": \"c\"}]}",
            "id;age\r\na;\r\n\r\n;3\r\nc;\"\n4\"\r\n",
            "sep=;\nid\na\n\n;\n",
        ] {
            let found = lines(text);
            match found.len() {
                3 => assert_eq!(found, expected, "{text}"),
                _ => assert_eq!(found, [at(3, "a")], "{text}"),
            }
        }
    }

    #[test]
    fn the_separator_is_recognized() {
        let expected = Value::from_json(
            r#"[{"id": "a", "languages": ["de", {"tag": "prs", "level": "A2"}], "place": {"lat": 51.5, "lon": 13.25}}]"#,
        );
        for text in [
            "id;languages;place.lat;place.lon\na;\"de;prs:A2\";51,5;13,25\n",
            "id,languages,place.lat,place.lon\na,de; prs:A2,51.5,\"13.25\"\n",
            "id\tlanguages\tplace.lat\tplace.lon\na\tde;prs:A2\t51,5\t13.25\n",
            "\n \n\"id\" ; languages;place.lat;place.lon;;\n;;;;;\na;\"de;prs:A2\";51.5;13,25;;\n\n",
            "sep=,\nid,languages,place.lat,place.lon\na,de;prs:A2,51.5,13.25",
        ] {
            assert!(parse(text, List::Needs).unwrap() == *expected.as_ref().unwrap(), "{text}");
        }
    }

    #[test]
    fn a_table_that_is_wrong_is_one_error() {
        for (text, line, part) in [
            (
                "id;Sprache;agee\n",
                1,
                "columns that do not exist: 2 (B), 3 (C) - did you mean 3 (C) = `age`? the columns are id, ",
            ),
            ("Nr;Sprache\n1;Maria\n", 1, "its first line has no `id`"),
            ("n-1;Maria;help\n", 1, "columns that do not exist: 1 (A), 2 (B) - the columns are"),
            ("ID;help\n", 1, "columns that do not exist: 1 (A) - did you mean 1 (A) = `id`?"),
            ("id;age;\na;3;x\n", 1, "column 3 (C) has cells but no name"),
            ("id;languages;languages\n", 1, "two columns are named `languages`"),
            ("id;languages\n\na;de;prs\n", 3, "more cells than the first line has columns"),
            ("id;case\na;\"x\nb;y\nc;z\n", 2, "a quote begins here"),
            ("id;name;area\n", 1, "a list of offers, given as --needs"),
        ] {
            let wrong = parse(text, List::Needs).unwrap_err();
            let shown = format!("{} - {}", wrong.message.in_lang(Lang::En), wrong.hint.in_lang(Lang::En));
            assert!(wrong.line == Some(line) && shown.contains(part), "{text}: {wrong:?}");
            assert!(!shown.contains("Maria"), "{shown}");
        }
    }
}
