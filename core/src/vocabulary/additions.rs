//! The vocabulary as data: additions in, the tables in force out, both in one form.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::{
    error::{ErrorKind, Problems},
    geo::Coordinates,
    number::Fit,
    read::At,
    tree::Tree,
    vocabulary::{
        Tables, Vocabulary,
        labels::Kind,
        language::{BadTag, Language},
        region::{RegionEntry, RegionKind},
    },
};

const FIELDS: &[&str] =
    &["regions", "region_aliases", "languages", "sign_languages", "umbrellas", "comprehension", "names"];

pub(super) fn read(tables: &mut Tables, problems: &mut Problems, at: &At<'_>, tree: &Tree) {
    let Some(fields) = problems.fields(at, tree, FIELDS) else { return };
    if let Some(tree) = fields.get("regions") {
        read_regions(tables, problems, &at.field("regions"), tree);
    }
    if let Some(tree) = fields.get("region_aliases") {
        let at = at.field("region_aliases");
        for (from, to) in problems.entries(&at, tree) {
            let at = at.field(from);
            let Some(to) = problems.short_text(&at, to) else { continue };
            match tables.regions.key(to) {
                Some(key) => tables.regions.add_alias(from, &key),
                None => problems.push(at.problem(ErrorKind::Unknown, "alias.unknown_target", "an unknown region")),
            }
        }
    }
    if let Some(tree) = fields.get("names") {
        read_names(tables, problems, &at.field("names"), tree);
    }
    if let Some(tree) = fields.get("sign_languages") {
        for tag in problems.each(&at.field("sign_languages"), tree, primary_tag) {
            tables.languages.add(tag, true);
        }
    }
    if let Some(tree) = fields.get("umbrellas") {
        let at = at.field("umbrellas");
        for (umbrella, members) in problems.entries(&at, tree) {
            let at = at.field(umbrella);
            for member in problems.each(&at, members, primary_tag) {
                tables.languages.add_member(umbrella, member);
            }
        }
    }
    if let Some(tree) = fields.get("languages") {
        let at = at.field("languages");
        for (from, to) in problems.entries(&at, tree) {
            let at = at.field(from);
            let Some(to) = problems.short_text(&at, to) else { continue };
            match tables.languages.resolve(to) {
                Ok(language) => {
                    let tag = tables.languages.tag(&language);
                    tables.languages.add_alias(from, &tag);
                }
                Err(_) => problems.push(at.problem(ErrorKind::Unknown, "alias.unknown_target", "an unknown language")),
            }
        }
    }
    if let Some(tree) = fields.get("comprehension") {
        read_comprehension(tables, problems, &at.field("comprehension"), tree);
    }
}

/// The tag of a language without script, region or variant.
fn primary_tag<'t>(problems: &mut Problems, at: &At<'_>, tree: &'t Tree) -> Option<&'t str> {
    let text = problems.short_text(at, tree)?;
    let form = (2..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !form {
        problems.push(at.problem(ErrorKind::Value, "language.malformed", "not the tag of a language"));
    }
    form.then_some(text)
}

fn read_regions(tables: &mut Tables, problems: &mut Problems, at: &At<'_>, tree: &Tree) {
    let names = &["code", "kind", "kreisfrei", "parent", "lat", "lon", "neighbours", "name"];
    let mut placed = Vec::new();
    for (index, item) in problems.list(at, tree).iter().enumerate() {
        let at = at.item(index);
        let Some(fields) = problems.fields(&at, item, names) else { continue };
        for required in ["code", "kind"] {
            if fields.get(required).is_none() {
                problems.missing(&at.field(required));
            }
        }
        let code = fields.get("code").and_then(|tree| problems.short_text(&at.field("code"), tree));
        let kind = fields.get("kind").and_then(|tree| problems.word::<RegionKind>(&at.field("kind"), tree));
        let kreisfrei = fields.get("kreisfrei").and_then(|tree| problems.truth(&at.field("kreisfrei"), tree));
        let centre = Coordinates::read(problems, &at, &fields);
        let name = fields.get("name").and_then(|tree| problems.text(&at.field("name"), tree));
        if let (Some(code), Some(kind)) = (code, kind) {
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
                    problems.push(at.problem(ErrorKind::Unknown, "region.unknown_parent", "an unknown region"));
                } else if !tables.regions.set_parent(code, parent) {
                    problems.push(at.problem(ErrorKind::Conflict, "region.circle", "a region that lies within itself"));
                }
            }
        }
    }
    for (index, code, fields) in &placed {
        let at = at.item(*index);
        if let Some(tree) = fields.get("neighbours") {
            let at = at.field("neighbours");
            for (index, item) in problems.list(&at, tree).iter().enumerate() {
                let at = at.item(index);
                if let Some(neighbour) = problems.short_text(&at, item) {
                    if !tables.regions.add_border(code, neighbour) {
                        let problem = at.problem(ErrorKind::Unknown, "region.unknown_neighbour", "an unknown region");
                        problems.push(problem);
                    }
                }
            }
        }
    }
}

fn read_names(tables: &mut Tables, problems: &mut Problems, at: &At<'_>, tree: &Tree) {
    let mut first = Vec::new();
    for (index, item) in problems.list(at, tree).iter().enumerate() {
        let at = at.item(index);
        let names = &["kind", "code", "lang", "text"];
        let Some(fields) = problems.fields(&at, item, names) else { continue };
        for required in *names {
            if fields.get(required).is_none() {
                problems.missing(&at.field(required));
            }
        }
        let kind = fields.get("kind").and_then(|tree| problems.word::<Kind>(&at.field("kind"), tree));
        let mut text = |name| fields.get(name).and_then(|tree| problems.text(&at.field(name), tree));
        let (code, lang, text) = (text("code"), text("lang"), text("text"));
        let (Some(kind), Some(code), Some(lang), Some(text)) = (kind, code, lang, text) else { continue };
        if kind == Kind::Language {
            tables.languages.add(code, false);
        }
        // The first name that is given for a code is the one to show, also before a built-in one.
        if first.contains(&(kind, code, lang)) {
            tables.labels.add(kind, code, lang, text);
        } else {
            tables.labels.put_first(kind, code, lang, text);
            first.push((kind, code, lang));
        }
    }
}

fn read_comprehension(tables: &mut Tables, problems: &mut Problems, at: &At<'_>, tree: &Tree) {
    for (index, item) in problems.list(at, tree).iter().enumerate() {
        let at = at.item(index);
        let Some(fields) = problems.fields(&at, item, &["from", "to", "degree", "source"]) else { continue };
        let mut end = |name: &'static str| -> Option<Language> {
            let at = at.field(name);
            let Some(tree) = fields.get(name) else {
                problems.missing(&at);
                return None;
            };
            let tag = problems.short_text(&at, tree)?;
            let problem = match tables.languages.resolve(tag) {
                Ok(language) if !tables.languages.is_sign(&language) => return Some(language),
                Ok(_) => {
                    let message = "a sign language is understood by its own speakers only";
                    at.problem(ErrorKind::Conflict, "comprehension.sign_language", message)
                }
                Err(BadTag::Malformed | BadTag::Unknown) => {
                    at.problem(ErrorKind::Unknown, "comprehension.unknown_language", "an unknown language")
                }
            };
            problems.push(problem);
            None
        };
        let (from, to) = (end("from"), end("to"));
        let degree: Option<Fit> = match fields.get("degree") {
            Some(tree) => problems.fit(&at.field("degree"), tree),
            None => {
                problems.missing(&at.field("degree"));
                None
            }
        };
        let source = fields.get("source").and_then(|tree| problems.text(&at.field("source"), tree));
        if let (Some(from), Some(to), Some(degree)) = (from, to, degree) {
            tables.languages.add_row(from, to, degree, source.unwrap_or_default());
        }
    }
}

impl Serialize for Vocabulary {
    /// The tables in force, in the form in which additions are read.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Region<'a> {
            code: &'a str,
            kind: RegionKind,
            #[serde(skip_serializing_if = "std::ops::Not::not")]
            kreisfrei: bool,
            #[serde(skip_serializing_if = "Option::is_none")]
            parent: Option<&'a str>,
            #[serde(flatten)]
            centre: Option<Coordinates>,
            #[serde(skip_serializing_if = "Vec::is_empty")]
            neighbours: Vec<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            name: Option<&'a str>,
        }
        #[derive(Serialize)]
        struct Row<'a> {
            from: String,
            to: String,
            degree: Fit,
            source: &'a str,
        }
        #[derive(Serialize)]
        struct Name<'a> {
            kind: Kind,
            code: &'a str,
            lang: &'a str,
            text: &'a str,
        }
        let regions: Vec<_> = self
            .regions()
            .entries()
            .map(|(entry, parent, neighbours)| Region {
                code: &entry.code,
                kind: entry.kind,
                kreisfrei: entry.kreisfrei,
                parent,
                centre: entry.centre,
                neighbours,
                name: entry.name.as_deref(),
            })
            .collect();
        let comprehension: Vec<_> = self
            .languages()
            .comprehension_rows()
            .into_iter()
            .map(|((from, to), row)| Row { from, to, degree: row.degree, source: &row.source })
            .collect();
        let names: Vec<_> =
            self.labels().all().map(|(kind, code, lang, text)| Name { kind, code, lang, text }).collect();
        let umbrellas: BTreeMap<_, _> = self.languages().umbrellas();
        let mut data = serializer.serialize_struct("Vocabulary", FIELDS.len())?;
        data.serialize_field("regions", &regions)?;
        data.serialize_field("region_aliases", self.regions().aliases())?;
        data.serialize_field("languages", self.languages().aliases())?;
        data.serialize_field("sign_languages", &self.languages().sign_languages())?;
        data.serialize_field("umbrellas", &umbrellas)?;
        data.serialize_field("comprehension", &comprehension)?;
        data.serialize_field("names", &names)?;
        data.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_go_out_and_come_back() {
        let out = serde_json::to_string(&Vocabulary::default()).unwrap();
        let back = Vocabulary::from_json(&out).unwrap();
        assert_eq!(serde_json::to_string(&back).unwrap(), out);
    }
}
