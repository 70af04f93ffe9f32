//! The offers whose help can be related to that of a need, found by the first part of a code.
//!
//! Codes are related only if their first parts are equal: `psychosocial.trauma_clinic` and `psychosocial`. If all needs ask for
//! different help, a search among the first parts takes the place of an assessment of every value.

use crate::{
    criteria::{NeedValue, OfferValue},
    matcher::{
        column::Column,
        idx::{Slot, ValueIdx},
        profile::Requirement,
    },
    util::{fixed::Fit, sort::sort},
};

/// The values of the column `help` by the first parts of their codes.
pub(super) struct HelpRoots<'i> {
    column: &'i Column,
    // INVARIANT: sorted.
    by_root: Vec<(&'i str, ValueIdx)>,
    /// The values that are related to every code: any help, and none stated.
    broad: Vec<ValueIdx>,
}

impl<'i> HelpRoots<'i> {
    /// Sorts the first parts of all codes: O(c log c) for c codes of distinct values.
    pub(super) fn new(column: &'i Column) -> Self {
        let (mut by_root, mut broad) = (Vec::new(), Vec::new());
        for (index, value) in (0..).map(ValueIdx::new).zip(column.values()) {
            let Some(OfferValue::Help(help)) = value else { continue };
            match help.codes() {
                Some(codes) => by_root.extend(codes.map(|code| (root(code), index))),
                None => broad.push(index),
            }
        }
        sort(&mut by_root);
        by_root.dedup();
        Self { column, by_root, broad }
    }

    /// Returns all slots that a requirement does not exclude, and maybe others, without order; or `None` if it does not exclude
    /// unrelated help.
    pub(super) fn related(&self, requirement: Requirement<'_>) -> Option<impl Iterator<Item = Slot>> {
        let Some(NeedValue::Help(help)) = requirement.value else { return None };
        if !requirement.rule.is_blocking(Fit::ZERO, true) {
            return None;
        }
        let root = root(&help.0);
        let start = self.by_root.partition_point(|(other, _)| *other < root);
        let related = self.by_root.get(start..).unwrap_or_default().iter().take_while(move |(other, _)| *other == root);
        let values = related.map(|(_, value)| *value).chain(self.broad.iter().copied());
        Some(values.flat_map(|value| self.column.slots_of(value)).copied())
    }
}

fn root(code: &str) -> &str {
    code.split_once('.').map_or(code, |(root, _)| root)
}
