//! Decodes additions to the tables. [`export`](crate::vocabulary::export) writes tables in the same form.

use std::borrow::Cow;

use crate::{
    decode::{
        code_kind::CodeKind,
        decoder::Fields,
        path::Path,
        string_enum::{StringEnum, UNKNOWN_VARIANT},
        value::Value,
    },
    error::{ErrorKind, ErrorSink, message},
    model::{comprehension_row::ComprehensionRow, iccs},
    util::ordered_map::OrderedMap,
    vocabulary::{
        code_names::{LangName, Text},
        comprehension::insert_rows,
        fold::fold,
        language::{Languages, normalized},
        lexicon::Lexicon,
        region_additions::{contradicts, decode_aliases, decode_home, decode_regions},
        region_set::RegionSet,
        synonyms::Synonym,
        tables::Tables,
    },
};

/// The keys of additions.
pub(crate) const FIELDS: &[&str] = &[
    "home",
    "regions",
    "region_aliases",
    "languages",
    "sign_languages",
    "umbrellas",
    "comprehension",
    "names",
    "words",
];
/// The fields of a name, all of which are required.
pub(crate) const NAME_FIELDS: &[&str] = &["kind", "code", "lang", "text"];
/// The fields of a word.
pub(crate) const WORD_FIELDS: &[&str] = &["kind", "codes", "context", "lang", "text"];
/// The fields of a word that are required.
pub(crate) const WORD_REQUIRED: &[&str] = &["kind", "lang", "text"];

/// Decodes additions and inserts them. Each key may refer to what the keys before it add, in the order of this function.
pub(super) fn decode(lexicon: &mut Lexicon, errors: &mut ErrorSink, path: &Path<'_>, value: &Value) {
    let Some(fields) = errors.fields(path, value, FIELDS) else { return };
    if let Some(value) = fields.get("regions") {
        decode_regions(lexicon.regions_mut(), errors, &path.field("regions"), value);
    }
    if let Some(value) = fields.get("region_aliases") {
        decode_aliases(lexicon.regions_mut(), errors, &path.field("region_aliases"), value);
    }
    if let Some(value) = fields.get("names") {
        decode_names(lexicon, errors, &path.field("names"), value);
    }
    decode_languages(lexicon, errors, path, &fields);
    if let Some(value) = fields.get("words") {
        decode_synonyms(lexicon, errors, &path.field("words"), value);
    }
    // Last, because additions state codes with their country.
    if let Some(value) = fields.get("home") {
        decode_home(lexicon.regions_mut(), errors, &path.field("home"), value);
    }
}

/// Decodes the keys that change languages.
fn decode_languages(lexicon: &mut Lexicon, errors: &mut ErrorSink, path: &Path<'_>, fields: &Fields<'_>) {
    if ["sign_languages", "umbrellas", "languages", "comprehension"].iter().all(|key| fields.get(key).is_none()) {
        return;
    }
    let languages = lexicon.languages_mut();
    if let Some(value) = fields.get("sign_languages") {
        for tag in decode_primary_languages(languages, errors, &path.field("sign_languages"), value) {
            languages.insert(&tag, true);
        }
    }
    if let Some(value) = fields.get("umbrellas") {
        decode_umbrellas(languages, errors, &path.field("umbrellas"), value);
    }
    if let Some(value) = fields.get("languages") {
        decode_language_aliases(languages, errors, &path.field("languages"), value);
    }
    if let Some(value) = fields.get("comprehension") {
        let path = path.field("comprehension");
        let mut rows = Vec::new();
        for (index, item) in errors.array(&path, value).iter().enumerate() {
            rows.extend(ComprehensionRow::decode(errors, &path.item(index), item).map(|row| (index, row)));
        }
        insert_rows(languages, errors, &path, rows.iter().map(|(index, row)| (*index, row)));
    }
}

/// Reports every required field that is absent.
fn require(errors: &mut ErrorSink, path: &Path<'_>, fields: &Fields<'_>, required: &[&str]) {
    for name in required {
        if fields.get(name).is_none() {
            errors.missing_field(&path.field(name));
        }
    }
}

fn decode_umbrellas(languages: &mut Languages, errors: &mut ErrorSink, path: &Path<'_>, value: &Value) {
    for (umbrella, members) in errors.entries(path, value) {
        let path = path.field(umbrella);
        let umbrella = decode_primary_language(languages, errors, &path, umbrella);
        let members = decode_primary_languages(languages, errors, &path, members);
        for (umbrella, member) in
            umbrella.iter().flat_map(|umbrella| members.iter().map(move |member| (umbrella, member)))
        {
            languages.insert_member(umbrella, member);
        }
    }
}

/// Decodes `languages`, that is, aliases of languages. The tag of one language is never an alias of another.
fn decode_language_aliases(languages: &mut Languages, errors: &mut ErrorSink, path: &Path<'_>, value: &Value) {
    let mut aliases: OrderedMap<String, (&str, String)> = OrderedMap::default();
    let list = path;
    for (key, to) in errors.entries(list, value) {
        let path = list.field(key);
        let Some(to) = errors.short_text(&path, to) else { continue };
        let Ok(language) = languages.resolve(to) else {
            errors.push(path.error(ErrorKind::Unknown, "alias.unknown_target", message!("language.unknown_tag")));
            continue;
        };
        let (from, tag) = (normalized(key), languages.tag(&language));
        if languages.is_known_otherwise(&from, &language) {
            errors.push(path.error(ErrorKind::Conflict, "alias.known_tag", message!("alias.known_tag")));
        } else if let Some((earlier, _)) = aliases.insert(from, (key, tag.clone())).filter(|(_, other)| *other != tag) {
            errors.push(path.error(ErrorKind::Conflict, "alias.contradiction", contradicts(&list.field(earlier))));
        }
    }
    for (from, (_, to)) in aliases.into_entries() {
        languages.insert_alias(&from, &to);
    }
}

/// Decodes a list of tags of primary languages.
fn decode_primary_languages(
    languages: &Languages,
    errors: &mut ErrorSink,
    path: &Path<'_>,
    value: &Value,
) -> Vec<String> {
    errors.decode_items(path, value, |errors, path, value| {
        let tag = errors.short_text(path, value)?;
        decode_primary_language(languages, errors, path, tag)
    })
}

/// Returns the canonical tag of a known language without a variant, or a tag that may be that of a new one.
fn decode_primary_language(
    languages: &Languages,
    errors: &mut ErrorSink,
    path: &Path<'_>,
    tag: &str,
) -> Option<String> {
    let is_new = || (2..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphabetic());
    match languages.resolve(tag) {
        Ok(language) if !language.has_variant() => Some(languages.tag(&language)),
        Err(_) if is_new() => Some(tag.to_owned()),
        _ => {
            errors.push(path.error(ErrorKind::Value, "language.malformed", message!("language.malformed_addition")));
            None
        }
    }
}

/// Decodes `names`. The first name of a code in a language becomes its display name, the others further names.
fn decode_names(lexicon: &mut Lexicon, errors: &mut ErrorSink, path: &Path<'_>, value: &Value) {
    let mut added: OrderedMap<(CodeKind, Text), Vec<LangName>> = OrderedMap::default();
    for (index, item) in errors.array(path, value).iter().enumerate() {
        let path = path.item(index);
        let Some(fields) = errors.fields(&path, item, NAME_FIELDS) else { continue };
        require(errors, &path, &fields, NAME_FIELDS);
        let kind = fields.get("kind").and_then(|value| decode_kind(errors, &path.field("kind"), value));
        let lang = fields.get("lang").and_then(|value| errors.short_text(&path.field("lang"), value));
        let text = fields.get("text").and_then(|value| errors.label(&path.field("text"), value));
        let code = kind.zip(fields.get("code")).and_then(|(kind, value)| {
            let path = path.field("code");
            match kind {
                CodeKind::Language => decode_named_language(errors, &path, value, lexicon.languages_mut()),
                _ => decode_code(errors, &path, value, kind, lexicon.tables()),
            }
        });
        let (Some(kind), Some(code), Some(lang), Some(text)) = (kind, code, lang, text) else { continue };
        added.entry((kind, code)).or_default().push((owned(lang), owned(text)));
    }
    for ((kind, code), names) in added.into_entries() {
        lexicon.insert_names(kind, code, names);
    }
}

/// Decodes the kind of a name or a word. Closed kinds have no additions.
fn decode_kind(errors: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Option<CodeKind> {
    let kind = CodeKind::from_code(errors.text(path, value)?).filter(|kind| !kind.is_closed());
    if kind.is_none() {
        let kinds: Vec<&str> = CodeKind::open().map(CodeKind::as_str).collect();
        let hint = message!("value.hint").with(&[("names", &kinds.join(", "))]);
        errors.push(path.error(ErrorKind::Value, "value", UNKNOWN_VARIANT).with_hint(hint));
    }
    kind
}

/// Decodes the tag of a language, and inserts the language if it is unknown.
fn decode_named_language(
    errors: &mut ErrorSink,
    path: &Path<'_>,
    value: &Value,
    languages: &mut Languages,
) -> Option<Text> {
    let text = errors.short_text(path, value)?;
    let language = match languages.resolve(text) {
        Ok(language) => language,
        Err(_) => {
            languages.insert(&decode_primary_language(languages, errors, path, text)?, false);
            languages.resolve(text).ok()?
        }
    };
    languages.list(&language);
    Some(Cow::Owned(languages.tag(&language)))
}

/// The codes and the context of a synonym.
type Meaning = (Vec<Text>, Vec<Text>);

/// Decodes `words`, that is, synonyms.
fn decode_synonyms(lexicon: &mut Lexicon, errors: &mut ErrorSink, path: &Path<'_>, value: &Value) {
    let mut seen: OrderedMap<(CodeKind, String), (usize, Meaning)> = OrderedMap::default();
    let list = path;
    for (index, item) in errors.array(list, value).iter().enumerate() {
        let path = list.item(index);
        let Some((kind, synonym)) = decode_synonym(errors, &path, item, lexicon.tables()) else { continue };
        let meaning = (synonym.codes.clone(), synonym.context.clone());
        let earlier = seen.insert((kind, fold(&synonym.text)), (index, meaning.clone()));
        if let Some((earlier, _)) = earlier.filter(|(_, earlier)| *earlier != meaning) {
            let message = contradicts(&list.item(earlier));
            errors.push(path.field("text").error(ErrorKind::Conflict, "word.contradiction", message));
        }
        lexicon.insert_synonym(kind, synonym);
    }
}

fn decode_synonym(
    errors: &mut ErrorSink,
    path: &Path<'_>,
    item: &Value,
    tables: &Tables,
) -> Option<(CodeKind, Synonym)> {
    let fields = errors.fields(path, item, WORD_FIELDS)?;
    require(errors, path, &fields, WORD_REQUIRED);
    let kind = fields.get("kind").and_then(|value| decode_kind(errors, &path.field("kind"), value));
    let lang = fields.get("lang").and_then(|value| errors.short_text(&path.field("lang"), value));
    let text = fields.get("text").and_then(|value| errors.label(&path.field("text"), value));
    let (kind, lang, text) = (kind?, lang?, text?);
    let codes = fields.get("codes").map(|value| {
        errors.decode_items(&path.field("codes"), value, |errors, path, value| {
            decode_codes(errors, path, value, kind, tables)
        })
    });
    let context = fields.get("context").map(|value| {
        errors.decode_items(&path.field("context"), value, |errors, path, value| {
            errors.code(path, value, CodeKind::Context).map(owned)
        })
    });
    if context.is_some() && kind != CodeKind::Crime {
        let message = message!("word.context");
        errors.push(path.field("context").error(ErrorKind::Conflict, "word.context", message));
    }
    let (codes, context) = (codes.unwrap_or_default().concat(), context.unwrap_or_default());
    Some((kind, Synonym { text: owned(text), allows_typos: true, lang: owned(lang), codes, context }))
}

/// Decodes a code that stands for itself alone, in its canonical form.
fn decode_code(
    errors: &mut ErrorSink,
    path: &Path<'_>,
    value: &Value,
    kind: CodeKind,
    tables: &Tables,
) -> Option<Text> {
    let codes = decode_codes(errors, path, value, kind, tables)?;
    match codes.as_slice() {
        [code] => Some(code.clone()),
        _ => {
            errors.push(path.error(ErrorKind::Unknown, "unknown_code", message!("unknown_code.regions")));
            None
        }
    }
}

/// Decodes a code in its canonical form. A level that the tree of regions lacks becomes several codes, unless it has a name.
fn decode_codes(
    errors: &mut ErrorSink,
    path: &Path<'_>,
    value: &Value,
    kind: CodeKind,
    tables: &Tables,
) -> Option<Vec<Text>> {
    let Tables { languages, regions, .. } = tables;
    let text = errors.short_text(path, value)?;
    let codes = match kind {
        CodeKind::Language => languages.resolve(text).ok().map(|language| vec![languages.tag(&language)]),
        CodeKind::Region if regions.is_listed(text) => Some(vec![text.to_owned()]),
        CodeKind::Region => {
            let official = regions.resolve_official(text);
            let codes = |official: RegionSet| match tables.named_level(&official) {
                Some(level) => vec![level],
                None => official.all_regions().iter().map(|region| regions.code(*region)).collect(),
            };
            official.map(codes)
        }
        CodeKind::Crime => iccs::digits(text).map(|code| vec![code.to_owned()]),
        _ => {
            return errors.code(path, value, kind).map(|code| vec![owned(code)]);
        }
    };
    if codes.is_none() {
        errors.push(path.error(ErrorKind::Unknown, "unknown_code", message!("unknown_code")));
    }
    codes.map(|codes| codes.into_iter().map(Cow::Owned).collect())
}

fn owned(text: &str) -> Text {
    Cow::Owned(text.to_owned())
}
