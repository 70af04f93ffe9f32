//! A tree of regions under construction.

use std::{borrow::Cow, collections::BTreeMap};

use crate::decode::value::Value;

/// The level of a region.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Level {
    Land,
    Kreis,
    Gemeinde,
}

impl Level {
    fn as_str(self) -> &'static str {
        match self {
            Self::Land => "land",
            Self::Kreis => "kreis",
            Self::Gemeinde => "gemeinde",
        }
    }
}

/// What a table states about a region.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Entry {
    level: Level,
    parent: Option<String>,
    name: Option<String>,
}

/// A tree of regions under construction. Codes are given without the prefix.
#[derive(Debug)]
pub(super) struct TreeBuilder {
    prefix: String,
    country: Option<&'static str>,
    /// The entries of each code; several are a contradiction, which the vocabulary reports.
    regions: BTreeMap<String, Vec<Entry>>,
    /// Regions that are parents, and may lack an entry of their own.
    parents: BTreeMap<String, Entry>,
    aliases: BTreeMap<String, Vec<String>>,
}

impl TreeBuilder {
    pub(super) fn new(prefix: &str, country: Option<&'static str>) -> Self {
        let (regions, parents, aliases) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { prefix: prefix.to_owned(), country, regions, parents, aliases }
    }

    /// Returns the number of regions and aliases so far.
    pub(super) fn len(&self) -> usize {
        self.regions.len().saturating_add(self.aliases.len())
    }

    /// Returns the country of all regions, which is built in, or `None` if the codes name several countries.
    pub(super) fn country(&self) -> Option<String> {
        self.country.map(str::to_owned)
    }

    pub(super) fn code(&self, code: &str) -> String {
        format!("{}{code}", self.prefix)
    }

    /// Adds a region. `parent` is a whole code: that of a country, or one with the prefix.
    pub(super) fn region(&mut self, code: &str, level: Level, parent: Option<String>, name: &str) {
        let name = Some(name.trim()).filter(|name| !name.is_empty()).map(str::to_owned);
        let entry = Entry { level, parent, name };
        let entries = self.regions.entry(self.code(code)).or_default();
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }

    /// Adds a region without a name, which counts if no table has it.
    pub(super) fn parent(&mut self, code: &str, level: Level, parent: Option<String>) {
        self.parents.entry(self.code(code)).or_insert(Entry { level, parent, name: None });
    }

    /// Adds a key that means other regions.
    pub(super) fn alias(&mut self, from: &str, to: &str) {
        let to = self.code(to);
        let targets = self.aliases.entry(self.code(from)).or_default();
        if !targets.contains(&to) {
            targets.push(to);
        }
    }

    /// Returns the additions, in order of the codes. A key that is a region is no alias.
    pub(super) fn into_additions(self) -> Value<'static> {
        let Self { mut regions, parents, aliases, .. } = self;
        for (code, entry) in parents {
            regions.entry(code).or_insert_with(|| vec![entry]);
        }
        let aliases = aliases
            .into_iter()
            .filter(|(from, _)| !regions.contains_key(from))
            .map(|(from, to)| (Cow::from(from), Value::Array(to.into_iter().map(Value::from).collect())));
        let aliases: Vec<_> = aliases.collect();
        let regions = regions
            .into_iter()
            .flat_map(|(code, entries)| entries.into_iter().map(move |entry| region_value(code.clone(), entry)));
        let mut additions = vec![(Cow::from("regions"), Value::Array(regions.collect()))];
        if !aliases.is_empty() {
            additions.push(("region_aliases".into(), Value::Object(aliases)));
        }
        Value::Object(additions)
    }
}

fn region_value(code: String, entry: Entry) -> Value<'static> {
    let mut fields = vec![(Cow::from("code"), Value::from(code)), ("kind".into(), entry.level.as_str().into())];
    fields.extend(entry.parent.map(|parent| ("parent".into(), parent.into())));
    fields.extend(entry.name.map(|name| ("name".into(), name.into())));
    Value::Object(fields)
}

/// Returns the field of an object.
pub(super) fn field<'v>(value: &'v Value<'v>, name: &str) -> Option<&'v Value<'v>> {
    let Value::Object(fields) = value else { return None };
    fields.iter().find(|(field, _)| field == name).map(|(_, value)| value)
}

/// Returns a text field of an object.
pub(super) fn text<'v>(value: &'v Value<'v>, name: &str) -> Option<&'v str> {
    if let Some(Value::String(text)) = field(value, name) { Some(text) } else { None }
}

/// Returns the items of a list.
pub(super) fn items<'v>(value: Option<&'v Value<'v>>) -> &'v [Value<'v>] {
    if let Some(Value::Array(items)) = value { items } else { &[] }
}
