//! Files become the text of one wire request.

use std::{
    io::{self, Read as _},
    path::Path,
};

use lotse::Lang;
use serde::de::Deserialize as _;

use crate::{
    args::{Dataset, today},
    error::Failure,
    members::{Member, Skimmed, members},
};

/// A file, and what to call it when something is wrong with it.
#[derive(Debug)]
struct File {
    name: String,
    text: String,
}

/// What a command takes out of a request, and what it puts in.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// The fields of a request that the command knows, beside those of every request.
    pub(crate) own: &'static [&'static str],
    /// Fields of its own that were typed, as JSON.
    pub(crate) put: Vec<(&'static str, String)>,
    /// Language that was typed, and the one that stands in.
    pub(crate) lang: Option<(Option<Lang>, Lang)>,
    /// How many matches, as it was typed.
    pub(crate) top: Option<u32>,
    /// How many near misses, as it was typed.
    pub(crate) near_misses: Option<u32>,
}

/// Fields that only some commands know: a request for one command is good for the others too.
const OPTIONAL: [&str; 10] =
    ["top", "lang", "reasons", "pairs", "near_misses", "fixed", "previous", "moves", "min_score", "neighbour_serves"];

/// The text of one request, made of all files and options.
pub(crate) fn request(records: &Dataset, asked: &Asked) -> Result<String, Failure> {
    let paths = [&records.offers, &records.needs, &records.request, &records.policy, &records.vocabulary];
    if paths.iter().filter(|path| path.as_deref() == Some(Path::new("-"))).count() > 1 {
        return Err(Failure::Usage("standard input can be read once only"));
    }
    if records.request.is_none() && records.offers.is_none() && records.needs.is_none() {
        return Err(Failure::Usage("give --offers and --needs, or --request"));
    }
    let mut request = String::from("{");
    let mut put = |name: &str, value: &str| {
        let comma = if request.len() > 1 { ", " } else { "" };
        for part in [comma, name, ": ", value] {
            request.push_str(part);
        }
    };
    let mut said = vec![("offers", &records.offers), ("needs", &records.needs), ("policy", &records.policy)];
    said.push(("vocabulary", &records.vocabulary));
    let mut replaced: Vec<&str> = said.iter().filter(|(_, path)| path.is_some()).map(|(name, _)| *name).collect();
    replaced.extend(records.as_of.map(|_| "as_of"));
    let counts = [("top", asked.top), ("near_misses", asked.near_misses)];
    replaced.extend(counts.iter().filter(|(_, count)| count.is_some()).map(|(name, _)| *name));
    replaced.extend(asked.lang.and_then(|(typed, _)| typed).map(|_| "lang"));
    replaced.extend(asked.put.iter().map(|(name, _)| *name));
    replaced.extend(OPTIONAL.iter().filter(|name| !asked.own.contains(name)));

    let file = records.request.as_deref().map(read_json).transpose()?;
    let (mut has_day, mut has_lang) = (records.as_of.is_some(), asked.lang.is_none());
    if let Some(file) = &file {
        let members = members(&file.text).ok_or_else(|| file.problem("request.type", "a request is a JSON object"))?;
        for member in members {
            if member.is_absent() || replaced.iter().any(|name| member.is(name)) {
                continue;
            }
            has_day |= member.is("as_of");
            has_lang |= member.is("lang");
            put(member.name, member.value);
        }
    }
    for (name, path) in said {
        let Some(path) = path else { continue };
        let file = if matches!(name, "offers" | "needs") { read_records(path, name)? } else { read_json(path)? };
        let value = match members(&file.text) {
            Some(members) if matches!(name, "offers" | "needs") => inner(&file, name, &members)?,
            _ => file.text.as_str(),
        };
        put(&format!("\"{name}\""), value);
    }
    if let Some(day) = records.as_of {
        put("\"as_of\"", &format!("\"{day}\""));
    } else if !has_day {
        put("\"as_of\"", &format!("\"{}\"", today()));
    }
    if let Some((typed, otherwise)) = asked.lang {
        if typed.is_some() || !has_lang {
            put("\"lang\"", &format!("\"{}\"", typed.unwrap_or(otherwise)));
        }
    }
    for (name, count) in counts {
        if let Some(count) = count {
            put(&format!("\"{name}\""), &count.to_string());
        }
    }
    for (name, value) in &asked.put {
        put(&format!("\"{name}\""), value);
    }
    request.push('}');
    Ok(request)
}

/// A JSON file on its own, such as additions to the vocabulary.
pub(crate) fn text_of(path: &Path) -> Result<String, Failure> {
    read_json(path).map(|file| file.text)
}

/// The lines of a file, without empty ones.
pub(crate) fn lines_of(path: &Path) -> Result<Vec<String>, Failure> {
    let file = read(path)?;
    Ok(file.text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// The list in an object such as `{"offers": […]}`.
fn inner<'t>(file: &File, name: &str, members: &[Member<'t>]) -> Result<&'t str, Failure> {
    match members {
        [member] if member.is(name) => Ok(member.value),
        _ => Err(file
            .problem("request.type", &format!("an object here has one field, `{name}`; use --request for a request"))),
    }
}

/// Offers or needs: a list, an object that holds one, or one record after another.
fn read_records(path: &Path, name: &str) -> Result<File, Failure> {
    let file = read(path)?;
    if !file.text.trim_start().starts_with('{') {
        return file.checked();
    }
    let mut values = serde_json::Deserializer::from_str(&file.text).into_iter::<Skimmed>();
    let first = values.next().is_some_and(|value| value.is_ok());
    let (object, rest) = file.text.split_at_checked(values.byte_offset()).unwrap_or((&file.text, ""));
    let holds_list = members(object).is_some_and(|members| members.iter().any(|member| member.is(name)));
    if first && holds_list && rest.trim().is_empty() { file.checked() } else { file.joined() }
}

fn read_json(path: &Path) -> Result<File, Failure> {
    read(path)?.checked()
}

fn read(path: &Path) -> Result<File, Failure> {
    let name = if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() };
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().read_to_end(&mut bytes).map(|_| ())
    } else {
        std::fs::read(path).map(|read| bytes = read)
    };
    if let Err(error) = read {
        return Err(Failure::Unreadable { file: name, why: error.kind() });
    }
    let file = |text: String| File { name: name.clone(), text };
    match String::from_utf8(bytes) {
        Ok(text) => Ok(file(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))),
        Err(_) => Err(file(String::new()).problem("json.syntax", "not text in UTF-8")),
    }
}

impl File {
    fn problem(&self, code: &'static str, message: &str) -> Failure {
        Failure::File { file: self.name.clone(), code, message: message.to_owned() }
    }

    /// The place where the text stops being JSON, and nothing of the text.
    fn syntax(&self, error: &serde_json::Error) -> Failure {
        let what = if error.is_eof() { "the text ends too early," } else { "not JSON" };
        self.problem("json.syntax", &format!("{what} at line {}, column {}", error.line(), error.column()))
    }

    fn checked(self) -> Result<Self, Failure> {
        let mut text = serde_json::Deserializer::from_str(&self.text);
        match Skimmed::deserialize(&mut text).and_then(|_| text.end()) {
            Ok(()) => Ok(self),
            Err(error) => Err(self.syntax(&error)),
        }
    }

    /// One record after another, usually one a line, as a list.
    fn joined(self) -> Result<Self, Failure> {
        let mut list = String::with_capacity(self.text.len().saturating_add(2));
        let mut values = serde_json::Deserializer::from_str(&self.text).into_iter::<Skimmed>();
        let mut start = 0;
        while let Some(value) = values.next() {
            value.map_err(|error| self.syntax(&error))?;
            list.push(if list.is_empty() { '[' } else { ',' });
            list.push_str(self.text.get(start..values.byte_offset()).unwrap_or_default());
            start = values.byte_offset();
        }
        list.push(']');
        Ok(Self { text: list, ..self })
    }
}
