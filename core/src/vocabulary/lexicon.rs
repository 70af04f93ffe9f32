//! The tables of a vocabulary together with the indexes of their names, which are built on first use.

use std::sync::{Arc, OnceLock};

use crate::{
    decode::code_kind::CodeKind,
    util::{once::get_or_compute, progress::WorkMeter},
    vocabulary::{
        code_names::{LangName, PerKind, Text},
        language::Languages,
        name_index::NameIndex,
        prefix_index::PrefixIndex,
        regions::Regions,
        synonyms::Synonym,
        tables::Tables,
    },
};

/// Tables and the indexes of their names.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    // Changed only by the methods below, each of which drops the indexes that depend on what it changes.
    tables: Tables,
    // INVARIANT: an index that is built has exactly the names and the resolved codes of `tables`. Clones share an index until
    // the tables of its kind change.
    indexes: PerKind<Arc<Indexes>>,
}

/// The indexes of one kind of code.
#[derive(Debug, Default)]
struct Indexes {
    names: OnceLock<NameIndex>,
    prefixes: OnceLock<PrefixIndex>,
}

impl Lexicon {
    pub(super) fn new(tables: Tables) -> Self {
        Self { tables, indexes: PerKind::default() }
    }

    pub(super) fn tables(&self) -> &Tables {
        &self.tables
    }

    /// Returns the languages for a change of any kind: an alias or a comprehension row changes what names resolve to.
    pub(super) fn languages_mut(&mut self) -> &mut Languages {
        self.invalidate(CodeKind::Language);
        &mut self.tables.languages
    }

    /// Returns the regions for a change of any kind, also of aliases.
    pub(super) fn regions_mut(&mut self) -> &mut Regions {
        self.invalidate(CodeKind::Region);
        &mut self.tables.regions
    }

    /// Inserts names of a code, the first of each language as its display name.
    pub(super) fn insert_names(&mut self, kind: CodeKind, code: Text, names: Vec<LangName>) {
        self.invalidate(kind);
        self.tables.code_names.insert_all(kind, code, names);
    }

    /// Inserts a synonym, or replaces the present ones of the same text.
    pub(super) fn insert_synonym(&mut self, kind: CodeKind, synonym: Synonym) {
        self.invalidate(kind);
        self.tables.synonyms.insert(kind, synonym);
    }

    /// Returns the name index of a kind, which is built on the first call, or `None` if that is cancelled.
    pub(super) fn name_index(&self, kind: CodeKind, meter: &WorkMeter<'_>) -> Option<&NameIndex> {
        get_or_build(&self.indexes.get(kind).names, || NameIndex::new(&self.tables, kind, meter))
    }

    /// Returns the prefix index of a kind, which is built on the first call, or `None` if that is cancelled.
    pub(super) fn prefix_index(
        &self,
        kind: CodeKind,
        build: impl FnOnce() -> Option<PrefixIndex>,
    ) -> Option<&PrefixIndex> {
        get_or_build(&self.indexes.get(kind).prefixes, build)
    }

    /// Drops the indexes of a kind.
    fn invalidate(&mut self, kind: CodeKind) {
        *self.indexes.get_mut(kind) = Arc::default();
    }
}

/// Returns the value, which is built if there is none. An incomplete one, which is `None`, is not kept.
fn get_or_build<T>(value: &OnceLock<T>, build: impl FnOnce() -> Option<T>) -> Option<&T> {
    if let Some(value) = value.get() {
        return Some(value);
    }
    let built = build()?;
    Some(get_or_compute(value, || built))
}
