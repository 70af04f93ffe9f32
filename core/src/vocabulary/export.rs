//! Serializes tables in the form in which [`additions`](crate::vocabulary::additions) are decoded.

use std::borrow::Cow;

use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::{
    decode::code_kind::CodeKind,
    util::{fixed::Ratio, geo::Coordinates, ordered_map::OrderedMap, sort::sort_by_key},
    vocabulary::{additions::FIELDS, region::RegionKind, tables::Tables},
};

#[derive(Serialize)]
struct RegionRow<'a> {
    code: &'a str,
    kind: RegionKind,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    kreisfrei: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    neighbours: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    replace: bool,
}

/// The target of a region alias: one code as a string, several as a list, or either with the kind of the alias.
#[derive(Serialize)]
#[serde(untagged)]
enum AliasTarget {
    One(String),
    Several(Vec<String>),
    Typed { to: Vec<String>, kind: &'static str },
}

#[derive(Serialize)]
struct DegreeRow<'a> {
    from: String,
    to: String,
    degree: Ratio,
    source: &'a str,
}

#[derive(Serialize)]
struct NameRow<'a> {
    kind: CodeKind,
    code: &'a str,
    lang: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct WordRow<'a> {
    kind: CodeKind,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    codes: &'a [Cow<'a, str>],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    context: &'a [Cow<'a, str>],
    lang: &'a str,
    text: &'a str,
}

impl Serialize for Tables {
    /// Serializes all tables as additions. Decoding them yields equal tables.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut data = serializer.serialize_struct("Vocabulary", FIELDS.len())?;
        data.serialize_field("home", self.regions.home())?;
        data.serialize_field("regions", &region_rows(self))?;
        data.serialize_field("region_aliases", &region_aliases(self))?;
        data.serialize_field("languages", self.languages.aliases())?;
        data.serialize_field("sign_languages", &self.languages.sign_languages())?;
        data.serialize_field("umbrellas", &self.languages.umbrellas())?;
        data.serialize_field("comprehension", &degree_rows(self))?;
        data.serialize_field("names", &name_rows(self))?;
        data.serialize_field("words", &word_rows(self))?;
        data.end()
    }
}

fn region_rows(tables: &Tables) -> Vec<RegionRow<'_>> {
    let rows = tables.regions.entries().map(|(entry, parent, neighbours)| RegionRow {
        code: &entry.code,
        kind: entry.kind,
        kreisfrei: entry.kreisfrei,
        parent,
        lat: entry.centre.map(Coordinates::lat),
        lon: entry.centre.map(Coordinates::lon),
        neighbours,
        name: entry.name.as_deref(),
        replace: tables.regions.is_replaced(&entry.code),
    });
    rows.collect()
}

fn region_aliases(tables: &Tables) -> OrderedMap<&str, AliasTarget> {
    OrderedMap::from_iter(tables.regions.aliases().into_entries().map(|(from, (to, kind))| match (kind, to) {
        (Some(kind), to) => (from, AliasTarget::Typed { to, kind: kind.as_str() }),
        (None, mut to) if to.len() == 1 => (from, AliasTarget::One(to.pop().unwrap_or_default())),
        (None, to) => (from, AliasTarget::Several(to)),
    }))
}

fn degree_rows(tables: &Tables) -> Vec<DegreeRow<'_>> {
    let rows = tables.languages.comprehension_rows().into_entries();
    rows.map(|((from, to), row)| DegreeRow { from, to, degree: row.degree, source: &row.source }).collect()
}

/// Returns the names sorted by kind, code and language; those of one language with the display name first.
fn name_rows(tables: &Tables) -> Vec<NameRow<'_>> {
    let codes = CodeKind::open().flat_map(|kind| tables.code_names.iter(kind).map(move |entry| (kind, entry)));
    let rows = codes
        .flat_map(|(kind, (code, names))| names.iter().map(move |(lang, text)| NameRow { kind, code, lang, text }));
    rows.collect()
}

fn word_rows(tables: &Tables) -> Vec<WordRow<'_>> {
    let open = tables.synonyms.iter().filter(|(kind, _)| !kind.is_closed());
    let rows = open.map(|(kind, synonym)| WordRow {
        kind,
        codes: &synonym.codes,
        context: &synonym.context,
        lang: &synonym.lang,
        text: &synonym.text,
    });
    let mut rows: Vec<_> = rows.collect();
    sort_by_key(&mut rows, |row| (row.kind, row.text));
    rows
}
