//! Loaded aliases of regions: other codes, each for one region or several.

use crate::{decode::string_enum::StringEnum, util::ordered_map::OrderedMap, vocabulary::region_set::RegionSet};

/// The last letter of an alias that stands for every code that begins with the letters before it.
pub(super) const ANY_REST: char = '*';

/// The kind of code that an alias is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum AliasKind {
    /// A postcode, which alone is never certain.
    Postcode,
    /// The key of an official system.
    Key,
    /// A car plate, which is read only where plates are expected: `L` is a letter, too.
    Plate,
}

impl StringEnum for AliasKind {
    const ALL: &'static [(&'static str, Self)] =
        &[("postcode", Self::Postcode), ("key", Self::Key), ("plate", Self::Plate)];
}

impl AliasKind {
    /// Returns the string of the kind in JSON.
    pub(super) fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// The meaning of an alias.
#[derive(Clone, Debug)]
pub(crate) struct RegionAlias {
    pub(super) to: RegionSet,
    /// `None` if it may be a code of any kind but a plate.
    pub(super) kind: Option<AliasKind>,
}

/// All loaded aliases. None of them changes the meaning of an official code.
#[derive(Clone, Debug, Default)]
pub(super) struct RegionAliases {
    /// By code in upper case. That of a prefix ends in [`ANY_REST`].
    aliases: OrderedMap<String, RegionAlias>,
    has_prefixes: bool,
}

impl RegionAliases {
    /// Inserts an alias, or replaces the present one of the same code in any case.
    pub(super) fn insert(&mut self, code: &str, alias: RegionAlias) {
        self.has_prefixes |= code.ends_with(ANY_REST);
        self.aliases.insert(code.to_ascii_uppercase(), alias);
    }

    /// Returns the alias of a car plate.
    #[cfg(feature = "import")]
    pub(super) fn plate(&self, letters: &str) -> Option<&RegionAlias> {
        self.aliases.get(letters).filter(|alias| alias.kind == Some(AliasKind::Plate))
    }

    /// Returns the alias of a code, or else that of its longest prefix; never a plate. O(l log n) for l letters.
    pub(super) fn get(&self, code: &str) -> Option<&RegionAlias> {
        let code = code.to_ascii_uppercase();
        let of_code = self.aliases.get(&code).filter(|_| !code.ends_with(ANY_REST));
        of_code.or_else(|| self.of_prefix(code)).filter(|alias| alias.kind != Some(AliasKind::Plate))
    }

    fn of_prefix(&self, mut prefix: String) -> Option<&RegionAlias> {
        if !self.has_prefixes {
            return None;
        }
        while !prefix.is_empty() {
            prefix.push(ANY_REST);
            if let Some(alias) = self.aliases.get(&prefix) {
                return Some(alias);
            }
            prefix.pop();
            prefix.pop();
        }
        None
    }

    /// Returns every alias in the order of codes.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &RegionAlias)> {
        self.aliases.iter().map(|(code, alias)| (code.as_str(), alias))
    }
}
