//! Files and options as one wire request.

use std::{borrow::Cow, path::Path};

use crate::{Lang, Need, wire::Value};

use crate::command_line::{
    args::{Format, InputArguments, List, OutputArguments, lang_of_environment, today},
    error::Error,
    file::{File, check_single_stdin},
    foreign::read_list,
    labels::Labels,
    sources::{Sources, StatedList},
    terminal::TerminalText,
    texts::Message,
    wrong_file::WrongFile,
};

/// The lists of records that a command requires.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Required {
    Both,
    Either,
}

impl Required {
    /// Checks that the lists are stated.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`], which names the option that is missing.
    fn check(self, is_stated: impl Fn(List) -> bool) -> Result<(), Error> {
        let stated = [List::Offers, List::Needs].map(is_stated);
        let message = match (self, stated) {
            (_, [true, true]) | (Self::Either, [true, _] | [_, true]) => return Ok(()),
            (Self::Either, _) => Message::new("usage.either"),
            (Self::Both, [false, false]) => Message::new("usage.both"),
            (Self::Both, [false, true]) => Message::new("usage.offers"),
            (Self::Both, [true, false]) => Message::new("usage.needs"),
        };
        Err(message.into())
    }
}

/// The fields of an operation, besides those that all requests share.
#[derive(Debug)]
pub(crate) struct OwnFields<'a> {
    /// The lists of records that the operation requires.
    required: Required,
    output: OutputArguments,
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
        let lang = Some((output.lang, lang_of_environment()));
        Self { names, lang, required: Required::Both, ..Self::without_lang(output) }
    }

    /// Creates the fields of an operation that has none, not even a language, and that requires one list only.
    pub(crate) fn without_lang(output: &OutputArguments) -> Self {
        let (values, files) = (Vec::new(), Vec::new());
        Self { required: Required::Either, output: *output, names: &[], values, files, lang: None }
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

/// Decodes one request from all files and options, and runs a command on it. Errors have the places of their records.
///
/// A table of a command that requires both lists is one sentence if a list is empty: anything else would be about nothing.
pub(crate) fn run_request<T>(
    arguments: &InputArguments,
    own: OwnFields<'_>,
    decode: impl FnOnce(&Value<'_>) -> Result<T, crate::Error>,
    run: impl FnOnce(T, &Sources) -> Result<String, Error>,
) -> Result<String, Error> {
    check_single_stdin(own.files(arguments).map(|(_, path)| path).chain(arguments.request.as_deref()))?;
    if arguments.request.is_none() {
        own.required.check(|list| arguments.list(list).is_some())?;
    }
    let request = arguments.request.as_deref().map(File::read).transpose()?;
    let files = own.files(arguments).map(|(name, path)| {
        let file = match List::of(name) {
            Some(list) => read_list(path, list, arguments)?,
            None => File::read(path)?,
        };
        Ok((name, file))
    });
    let mut sources = Sources::new(request, files.collect::<Result<Vec<_>, Error>>()?);
    let (required, format) = (own.required, own.output.format);
    let (decoded, lists, labels) = {
        let (fields, lists) = collect_fields(&sources, arguments, own)?;
        let labels = Labels { lang: lang_of(&fields) };
        (decode(&Value::Object(fields)), lists, labels)
    };
    sources.lists = lists;
    let request = decoded.map_err(|error| sources.locate_error(error.into()))?;
    // A request for `check` may have a policy only.
    if required == Required::Both {
        required.check(|list| sources.list(list).is_some())?;
        if format == Format::Table && sources.empty_lists().next().is_some() {
            let mut out = TerminalText::new();
            sources.empty_lists().for_each(|list| out.push_paragraph(&labels.empty_list(list)));
            return Ok(out.into_string());
        }
    }
    run(request, &sources).map_err(|error| sources.locate_error(error))
}

type Fields<'a> = Vec<(Cow<'a, str>, Value<'a>)>;

/// Returns the fields of a request, and the lists of records that are stated.
fn collect_fields<'a>(
    sources: &'a Sources,
    arguments: &InputArguments,
    own: OwnFields<'a>,
) -> Result<(Fields<'a>, Vec<StatedList>), Error> {
    let mut fields = Fields::new();
    let mut lists = Vec::new();
    if let Some(file) = sources.request() {
        let Value::Object(entries) = file.parse()? else {
            let (message, hint) = (Message::new("file.request"), Message::new("file.request.hint"));
            return Err(file.error(WrongFile::new("request.type", message, hint)));
        };
        let entries = entries.into_iter().filter(|(name, _)| !own.is_replaced(name, arguments));
        for (name, value) in entries {
            lists.extend(StatedList::new(&name, &value, file));
            if !is_absent(&value) {
                fields.push((name, value));
            }
        }
    }
    for (name, file) in sources.files() {
        let value = match List::of(name) {
            Some(list) => file.parse_records(list)?,
            None => file.parse()?,
        };
        // An empty object would count as absent, and what is agreed must not vanish.
        if matches!(name, "fixed" | "previous") && is_absent(&value) && !matches!(value, Value::Array(_)) {
            let (message, hint) = (Message::new("file.referrals"), Message::new("file.referrals.hint"));
            return Err(file.error(WrongFile::new("request.type", message, hint)));
        }
        lists.extend(StatedList::new(name, &value, file));
        fields.push((name.into(), value));
    }
    let has = |fields: &Fields<'_>, name| fields.iter().any(|(field, _)| field == name);
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
    Ok((fields, lists))
}

/// Returns the language of a request, or that of the environment.
fn lang_of(fields: &Fields<'_>) -> Lang {
    let stated = fields.iter().find_map(|(name, value)| match value {
        Value::String(lang) if name == "lang" => lang.parse().ok(),
        _ => None,
    });
    stated.unwrap_or_else(lang_of_environment)
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
        Err(Error::Option { code: "request.pair.unknown_need", message: Message::new("option.need") })
    }

    pub(crate) fn contains(self, id: &str) -> bool {
        self.ids.is_empty() || self.ids.iter().any(|selected| selected == id)
    }
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
