//! Files and options as one wire request.

use std::{
    borrow::Cow,
    io::{self, Read as _},
    path::Path,
};

use crate::{ErrorKind, Lang, Need, wire::Value};

use crate::command_line::{
    args::{InputArguments, OutputArguments, lang_of_environment, today},
    error::Error,
};

/// The fields of an operation, besides those that all requests share.
#[derive(Debug, Default)]
pub(crate) struct OwnFields<'a> {
    /// The names of all fields that the operation knows.
    pub(crate) names: &'static [&'static str],
    /// The fields that options state.
    pub(crate) values: Vec<(&'static str, Value<'a>)>,
    /// The fields that are files of their own.
    pub(crate) files: Vec<(&'static str, &'a Path)>,
    /// The language that was chosen and its default, if the operation has one.
    pub(crate) lang: Option<(Option<Lang>, Lang)>,
}

impl OwnFields<'_> {
    /// Creates the fields of an operation with a language.
    pub(crate) fn new(names: &'static [&'static str], output: &OutputArguments) -> Self {
        Self { names, lang: Some((output.lang, lang_of_environment())), ..Self::default() }
    }

    /// Returns `true` if the field is not taken from a request: an option replaces it, or only other operations know it.
    fn is_replaced(&self, name: &str, arguments: &InputArguments) -> bool {
        let has_value = self.values.iter().any(|(own, _)| *own == name);
        let has_file = self.files(arguments).any(|(file, _)| file == name);
        let has_option = match name {
            "as_of" => arguments.as_of.is_some(),
            "lang" => self.lang.is_some_and(|(chosen, _)| chosen.is_some()),
            _ => false,
        };
        has_value || has_file || has_option || (OPERATION_FIELDS.contains(&name) && !self.names.contains(&name))
    }

    /// Returns the fields that are files, with their paths.
    fn files<'a>(&'a self, arguments: &'a InputArguments) -> impl Iterator<Item = (&'static str, &'a Path)> {
        let shared = [
            ("offers", &arguments.offers),
            ("needs", &arguments.needs),
            ("policy", &arguments.policy),
            ("vocabulary", &arguments.vocabulary),
        ];
        let shared = shared.into_iter().filter_map(|(name, path)| Some((name, path.as_deref()?)));
        shared.chain(self.files.iter().copied())
    }
}

/// The fields that only some operations know. A request for one operation is accepted by the others.
const OPERATION_FIELDS: [&str; 10] =
    ["top", "lang", "reasons", "pairs", "near_misses", "fixed", "previous", "moves", "min_score", "neighbour_serves"];

/// Decodes one request from all files and options.
pub(crate) fn decode_request<T>(
    arguments: &InputArguments,
    own: OwnFields<'_>,
    decode: impl FnOnce(Value<'_>) -> Result<T, crate::Error>,
) -> Result<T, Error> {
    check_single_stdin(own.files(arguments).map(|(_, path)| path).chain(arguments.request.as_deref()))?;
    if arguments.request.is_none() && arguments.offers.is_none() && arguments.needs.is_none() {
        return Err(Error::Usage("give --offers and --needs, or --request"));
    }
    let request = arguments.request.as_deref().map(File::read).transpose()?;
    let files = own.files(arguments).map(|(name, path)| Ok((name, File::read(path)?)));
    let files = files.collect::<Result<Vec<_>, Error>>()?;

    let mut fields: Vec<(Cow<'_, str>, Value<'_>)> = Vec::new();
    if let Some(file) = &request {
        let Value::Object(entries) = file.parse()? else {
            return Err(file.error("request.type", "a request is a JSON object"));
        };
        let is_kept = |(name, value): &(Cow<'_, str>, _)| !is_absent(value) && !own.is_replaced(name, arguments);
        fields.extend(entries.into_iter().filter(is_kept));
    }
    for (name, file) in &files {
        let value = if matches!(*name, "offers" | "needs") { file.parse_records(name)? } else { file.parse()? };
        // An empty object would count as absent, and what is agreed must not vanish.
        if matches!(*name, "fixed" | "previous") && is_absent(&value) && !matches!(value, Value::Array(_)) {
            return Err(file.error("request.type", "expected a list of referrals, or a plan"));
        }
        fields.push(((*name).into(), value));
    }
    let has = |fields: &[(Cow<'_, str>, Value<'_>)], name| fields.iter().any(|(field, _)| field == name);
    if let Some(day) = arguments.as_of {
        fields.push(("as_of".into(), day.to_string().into()));
    } else if !has(&fields, "as_of") {
        fields.push(("as_of".into(), today().into()));
    }
    if let Some((chosen, default)) = own.lang {
        if chosen.is_some() || !has(&fields, "lang") {
            fields.push(("lang".into(), chosen.unwrap_or(default).as_str().into()));
        }
    }
    fields.extend(own.values.into_iter().map(|(name, value)| (name.into(), value)));
    Ok(decode(Value::Object(fields))?)
}

/// Decodes a JSON file on its own, such as additions to the vocabulary.
pub(crate) fn decode_file<T>(
    path: &Path,
    decode: impl FnOnce(&Value<'_>) -> Result<T, crate::Error>,
) -> Result<T, Error> {
    let file = File::read(path)?;
    Ok(decode(&file.parse()?)?)
}

/// Returns the lines of a file, trimmed, without empty ones.
pub(crate) fn read_lines(path: &Path) -> Result<Vec<String>, Error> {
    let file = File::read(path)?;
    Ok(file.text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// Checks that at most one of the files is standard input.
pub(crate) fn check_single_stdin<'a>(paths: impl Iterator<Item = &'a Path>) -> Result<(), Error> {
    if paths.filter(|path| is_stdin(path)).count() > 1 {
        return Err(Error::Usage("standard input can be read once only"));
    }
    Ok(())
}

/// The needs that are shown. All needs are assessed nevertheless, because the people of a group count together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Selection<'a> {
    ids: &'a [String],
}

impl<'a> Selection<'a> {
    /// Selects the needs with these ids, or all needs if there are none.
    ///
    /// # Errors
    ///
    /// `request.pair.unknown_need` if no need has one of the ids.
    pub(crate) fn new(ids: &'a [String], needs: &[Need]) -> Result<Self, Error> {
        if ids.iter().all(|id| needs.iter().any(|need| need.id() == id)) {
            return Ok(Self { ids });
        }
        Err(Error::Option { code: "request.pair.unknown_need", message: "--need: no need has this id" })
    }

    pub(crate) fn contains(self, id: &str) -> bool {
        self.ids.is_empty() || self.ids.iter().any(|selected| selected == id)
    }
}

/// A file, and its name for errors.
#[derive(Debug)]
struct File {
    name: String,
    text: String,
}

impl File {
    fn read(path: &Path) -> Result<Self, Error> {
        let name = if is_stdin(path) { "standard input".to_owned() } else { path.display().to_string() };
        let mut bytes = Vec::new();
        let result = if is_stdin(path) {
            io::stdin().lock().read_to_end(&mut bytes).map(|_| ())
        } else {
            std::fs::read(path).map(|content| bytes = content)
        };
        if let Err(error) = result {
            return Err(Error::Unreadable { file: name, kind: error.kind() });
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self { name, text: text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text) }),
            Err(_) => Err(Self { name, text: String::new() }.error("json.syntax", "not text in UTF-8")),
        }
    }

    /// Parses the file as one JSON value.
    fn parse(&self) -> Result<Value<'_>, Error> {
        Value::from_json(&self.text).map_err(|error| self.parse_error(&error))
    }

    /// Parses offers or needs: a list, an object such as `{"offers": […]}`, or one record after another (NDJSON).
    fn parse_records(&self, name: &str) -> Result<Value<'_>, Error> {
        // An empty file is a mistake rather than an empty list.
        if self.text.trim().is_empty() {
            return self.parse();
        }
        Value::parse_records(&self.text, name).map_err(|error| match error.kind() {
            ErrorKind::Shape => self.error(error.code(), &format!("{}; use --request for a request", error.message())),
            _ => self.parse_error(&error),
        })
    }

    fn parse_error(&self, error: &crate::Error) -> Error {
        self.error(error.code(), error.message())
    }

    fn error(&self, code: &str, message: &str) -> Error {
        Error::File { file: self.name.clone(), code: code.to_owned(), message: message.to_owned() }
    }
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Returns `true` for null and empty values, which count as absent, as they do in the library.
fn is_absent(value: &Value<'_>) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        Value::Bool(_) | Value::Int(_) | Value::Float(_) => false,
    }
}
