//! Additions to the tables, as data. The tables in force are written in the same form.

use std::borrow::Cow;

use crate::{
    decode::{code_kind::CodeKind, path::Path, value::Value},
    error::{ErrorKind, ErrorSink},
    model::iccs,
    util::{
        geo::Coordinates,
        ordered_map::{OrderedMap, OrderedSet},
        sort::sort,
    },
    vocabulary::{
        Tables,
        code_names::Text,
        comprehension::{self, ComprehensionRow},
        fold::fold,
        region::{Region, RegionEntry, RegionKind, Regions},
        synonyms::Meaning,
    },
};

pub(super) const FIELDS: &[&str] =
    &["regions", "region_aliases", "languages", "sign_languages", "umbrellas", "comprehension", "names", "words"];

pub(super) fn read(tables: &mut Tables, problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) {
    let Some(fields) = problems.fields(at, tree, FIELDS) else { return };
    if let Some(tree) = fields.get("regions") {
        tables.resolver.renew(CodeKind::Region);
        read_regions(tables, problems, &at.field("regions"), tree);
    }
    if let Some(tree) = fields.get("region_aliases") {
        read_region_aliases(tables, problems, &at.field("region_aliases"), tree);
    }
    if let Some(tree) = fields.get("names") {
        read_names(tables, problems, &at.field("names"), tree);
    }
    if let Some(tree) = fields.get("sign_languages") {
        for tag in problems.decode_items(&at.field("sign_languages"), tree, primary_tag) {
            tables.languages.add(tag, true);
        }
    }
    if let Some(tree) = fields.get("umbrellas") {
        let at = at.field("umbrellas");
        for (umbrella, members) in problems.entries(&at, tree) {
            let at = at.field(umbrella);
            for member in problems.decode_items(&at, members, primary_tag) {
                tables.languages.add_member(umbrella, member);
            }
        }
    }
    if let Some(tree) = fields.get("languages") {
        read_languages(tables, problems, &at.field("languages"), tree);
    }
    if let Some(tree) = fields.get("comprehension") {
        let at = at.field("comprehension");
        let list = problems.array(&at, tree).iter().enumerate();
        let rows =
            list.filter_map(|(index, item)| Some((index, ComprehensionRow::read(problems, &at.item(index), item)?)));
        let rows: Vec<_> = rows.collect();
        comprehension::put(&mut tables.languages, problems, &at, rows.iter().map(|(index, row)| (*index, row)));
    }
    if let Some(tree) = fields.get("words") {
        read_words(tables, problems, &at.field("words"), tree);
    }
}

/// Other keys of regions. Each target is looked up as if the others were not there, so that their order never decides.
fn read_region_aliases(tables: &mut Tables, problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) {
    let mut aliases: OrderedMap<String, Vec<Region>> = OrderedMap::default();
    for (from, to) in problems.entries(at, tree) {
        let at = at.field(from);
        let mut targets = match to {
            Value::Array(_) => {
                problems.decode_items(&at, to, |problems, at, to| target(problems, at, to, &tables.regions)).concat()
            }
            _ => target(problems, &at, to, &tables.regions).unwrap_or_default(),
        };
        sort(&mut targets);
        targets.dedup();
        if targets.is_empty() || tables.regions.keyed(from).is_ok_and(|regions| regions == targets) {
            continue;
        }
        if aliases.insert(from.to_ascii_uppercase(), targets.clone()).is_some_and(|other| other != targets) {
            problems.push(at.error(ErrorKind::Conflict, "alias.contradiction", CONTRADICTION));
        }
    }
    for (from, to) in aliases.into_entries() {
        tables.regions.add_alias(&from, to);
    }
}

const CONTRADICTION: &str = "stands here already, with another meaning";

fn target(problems: &mut ErrorSink, at: &Path<'_>, tree: &Value, regions: &Regions) -> Option<Vec<Region>> {
    let found = regions.keyed(problems.short_text(at, tree)?).ok();
    if found.is_none() {
        problems.push(at.error(ErrorKind::Unknown, "alias.unknown_target", "an unknown region"));
    }
    found
}

/// Other tags for languages, likewise. The tag of a language is no other tag for another one.
fn read_languages(tables: &mut Tables, problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) {
    let mut aliases: OrderedMap<String, String> = OrderedMap::default();
    for (from, to) in problems.entries(at, tree) {
        let at = at.field(from);
        let Some(to) = problems.short_text(&at, to) else { continue };
        let Ok(language) = tables.languages.resolve(to) else {
            problems.push(at.error(ErrorKind::Unknown, "alias.unknown_target", "an unknown language"));
            continue;
        };
        let (from, tag) = (from.to_ascii_lowercase(), tables.languages.tag(&language));
        if tables.languages.tags().any(|own| own == from && own != tag) {
            problems.push(at.error(ErrorKind::Conflict, "alias.known_tag", "the tag of a language of its own"));
        } else if aliases.insert(from, tag.clone()).is_some_and(|other| other != tag) {
            problems.push(at.error(ErrorKind::Conflict, "alias.contradiction", CONTRADICTION));
        }
    }
    for (from, to) in aliases.into_entries() {
        tables.languages.add_alias(&from, &to);
    }
}

/// The tag of a language without script, region or variant.
fn primary_tag<'t>(problems: &mut ErrorSink, at: &Path<'_>, tree: &'t Value<'t>) -> Option<&'t str> {
    let text = problems.short_text(at, tree)?;
    let form = (2..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !form {
        problems.push(at.error(ErrorKind::Value, "language.malformed", "not the tag of a language"));
    }
    form.then_some(text)
}

fn read_regions(tables: &mut Tables, problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) {
    let names = &["code", "kind", "kreisfrei", "parent", "lat", "lon", "neighbours", "name"];
    let (mut placed, mut said) = (Vec::new(), OrderedMap::default());
    for (index, item) in problems.array(at, tree).iter().enumerate() {
        let at = at.item(index);
        let Some(fields) = problems.fields(&at, item, names) else { continue };
        for required in ["code", "kind"] {
            if fields.get(required).is_none() {
                problems.missing_field(&at.field(required));
            }
        }
        let code = fields.get("code").and_then(|tree| problems.short_text(&at.field("code"), tree));
        let kind = fields.get("kind").and_then(|tree| problems.string_enum::<RegionKind>(&at.field("kind"), tree));
        let kreisfrei = fields.get("kreisfrei").and_then(|tree| problems.boolean(&at.field("kreisfrei"), tree));
        let centre = Coordinates::decode(problems, &at, &fields);
        let name = fields.get("name").and_then(|tree| problems.text(&at.field("name"), tree));
        if let (Some(code), Some(kind)) = (code, kind) {
            if said.insert(code, item).is_some_and(|other| other != item) {
                problems.push(at.error(ErrorKind::Conflict, "region.contradiction", CONTRADICTION));
            }
            tables.regions.add(RegionEntry {
                code: code.to_owned(),
                kind,
                kreisfrei: kreisfrei.unwrap_or(false),
                centre,
                name: name.map(str::to_owned),
            });
            placed.push((index, code, fields));
        }
    }
    for (index, code, fields) in &placed {
        let at = at.item(*index);
        if let Some(tree) = fields.get("parent") {
            let at = at.field("parent");
            if let Some(parent) = problems.short_text(&at, tree) {
                if tables.regions.resolve(parent).is_err() {
                    problems.push(at.error(ErrorKind::Unknown, "region.unknown_parent", "an unknown region"));
                } else if !tables.regions.set_parent(code, parent) {
                    problems.push(at.error(ErrorKind::Conflict, "region.circle", "a region that lies within itself"));
                }
            }
        }
    }
    tables.regions.settle();
    for (index, code, fields) in &placed {
        let at = at.item(*index);
        if let Some(tree) = fields.get("neighbours") {
            let at = at.field("neighbours");
            for (index, item) in problems.array(&at, tree).iter().enumerate() {
                let at = at.item(index);
                if let Some(neighbour) = problems.short_text(&at, item) {
                    if !tables.regions.add_border(code, neighbour) {
                        let problem = at.error(ErrorKind::Unknown, "region.unknown_neighbour", "an unknown region");
                        problems.push(problem);
                    }
                }
            }
        }
    }
}

fn read_names(tables: &mut Tables, problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) {
    let mut first = OrderedSet::default();
    for (index, item) in problems.array(at, tree).iter().enumerate() {
        let at = at.item(index);
        let names = &["kind", "code", "lang", "text"];
        let Some(fields) = problems.fields(&at, item, names) else { continue };
        for required in *names {
            if fields.get(required).is_none() {
                problems.missing_field(&at.field(required));
            }
        }
        let kind = fields.get("kind").and_then(|tree| problems.string_enum::<CodeKind>(&at.field("kind"), tree));
        let mut text = |name| fields.get(name).and_then(|tree| problems.text(&at.field(name), tree));
        let (lang, text) = (text("lang"), text("text"));
        let code = kind.zip(fields.get("code")).and_then(|(kind, tree)| {
            let at = at.field("code");
            match kind {
                CodeKind::Language => named_language(problems, &at, tree, tables),
                _ => match codes_of(problems, &at, tree, kind, tables)?.as_slice() {
                    [code] => Some(code.clone()),
                    _ => {
                        problems.push(at.error(ErrorKind::Unknown, "unknown_code", "a code for several regions"));
                        None
                    }
                },
            }
        });
        let (Some(kind), Some(code), Some(lang), Some(text)) = (kind, code, lang, text) else { continue };
        tables.resolver.renew(kind);
        // The first name that is given for a code is the one to show, also before a built-in one.
        if first.insert((kind, code.clone(), lang)) {
            tables.labels.put_first(kind, code, own(lang), own(text));
        } else {
            tables.labels.add(kind, code, own(lang), own(text));
        }
    }
}

/// A name makes a language known that was not.
fn named_language(problems: &mut ErrorSink, at: &Path<'_>, tree: &Value, tables: &mut Tables) -> Option<Text> {
    let text = problems.short_text(at, tree)?;
    if tables.languages.resolve(text).is_err() {
        tables.languages.add(primary_tag(problems, at, tree)?, false);
    }
    let language = tables.languages.resolve(text).ok()?;
    Some(Cow::Owned(tables.languages.tag(&language)))
}

fn read_words(tables: &mut Tables, problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) {
    let names = &["kind", "codes", "context", "lang", "text"];
    let mut said: OrderedMap<(CodeKind, String), (Vec<Text>, Vec<Text>)> = OrderedMap::default();
    for (index, item) in problems.array(at, tree).iter().enumerate() {
        let at = at.item(index);
        let Some(fields) = problems.fields(&at, item, names) else { continue };
        for required in ["kind", "lang", "text"] {
            if fields.get(required).is_none() {
                problems.missing_field(&at.field(required));
            }
        }
        let kind = fields.get("kind").and_then(|tree| problems.string_enum::<CodeKind>(&at.field("kind"), tree));
        let mut text = |name| fields.get(name).and_then(|tree| problems.text(&at.field(name), tree));
        let (lang, text) = (text("lang"), text("text"));
        let (Some(kind), Some(lang), Some(text)) = (kind, lang, text) else { continue };
        let code = |problems: &mut ErrorSink, at: &Path<'_>, tree| codes_of(problems, at, tree, kind, tables);
        let codes =
            fields.get("codes").map(|tree| problems.decode_items(&at.field("codes"), tree, code)).unwrap_or_default();
        let (codes, text) = (codes.concat(), own(text));
        let tag = |problems: &mut ErrorSink, at: &Path<'_>, tree| {
            problems.code(at, tree, CodeKind::Context).map(|tag| Cow::Owned(tag.to_owned()))
        };
        let context = fields.get("context").map(|tree| problems.decode_items(&at.field("context"), tree, tag));
        if context.is_some() && kind != CodeKind::Crime {
            let message = "only a crime has a setting";
            problems.push(at.field("context").error(ErrorKind::Conflict, "word.context", message));
        }
        let context = context.unwrap_or_default();
        let meaning = (codes.clone(), context.clone());
        if said.insert((kind, fold(&text)), meaning.clone()).is_some_and(|other| other != meaning) {
            problems.push(at.field("text").error(ErrorKind::Conflict, "word.contradiction", CONTRADICTION));
        }
        tables.resolver.renew(kind);
        tables.words.put(kind, Meaning { text, likely: true, lang: own(lang), codes, context });
    }
}

/// A code in the form in which everything is told of it; of a level that the tree of regions lacks, its members.
fn codes_of(
    problems: &mut ErrorSink,
    at: &Path<'_>,
    tree: &Value,
    kind: CodeKind,
    tables: &Tables,
) -> Option<Vec<Text>> {
    let text = problems.short_text(at, tree)?;
    let codes = match kind {
        CodeKind::Language => tables.languages.resolve(text).ok().map(|language| vec![tables.languages.tag(&language)]),
        CodeKind::Region if tables.regions.is_listed(text) => tables.regions.key(text).map(|key| vec![key]),
        CodeKind::Region => {
            let regions = tables.regions.keyed(text).ok();
            regions.map(|regions| regions.iter().map(|region| tables.regions.code(region)).collect())
        }
        CodeKind::Crime => iccs::digits(text).map(|code| vec![code.to_owned()]),
        CodeKind::Context | CodeKind::Help | CodeKind::Role | CodeKind::Access => {
            return problems.code(at, tree, kind).map(|code| vec![own(code)]);
        }
    };
    if codes.is_none() {
        problems.push(at.error(ErrorKind::Unknown, "unknown_code", "an unknown code"));
    }
    codes.map(|codes| codes.into_iter().map(Cow::Owned).collect())
}

fn own(text: &str) -> Text {
    Cow::Owned(text.to_owned())
}
