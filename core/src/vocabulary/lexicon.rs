//! The tables of a vocabulary together with the indexes of their names, which are built on first use.

use std::sync::{Arc, OnceLock};

use crate::{
    decode::code_kind::CodeKind,
    util::progress::WorkMeter,
    vocabulary::{code_names::PerKind, name_index::NameIndex, prefix_index::PrefixIndex, tables::Tables},
};

/// Tables and the indexes of their names.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    pub(super) tables: Tables,
    // INVARIANT: an index that is built has exactly the names of `tables`, with their codes there. Clones share
    // an index until the codes of its kind change.
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

    /// Drops the indexes of a kind. Must be called when its codes, their aliases or their names change.
    pub(super) fn invalidate(&mut self, kind: CodeKind) {
        *self.indexes.get_mut(kind) = Arc::default();
    }
}

/// Returns the value, which is built if there is none. An incomplete one, which is `None`, is not kept.
fn get_or_build<T>(value: &OnceLock<T>, build: impl FnOnce() -> Option<T>) -> Option<&T> {
    if let Some(value) = value.get() {
        return Some(value);
    }
    let built = build()?;
    Some(value.get_or_init(|| built))
}
