//! What many needs ask of many offers, answered once for each distinct value.

use std::ops::Range;

use crate::{
    criteria::{OfferValue, Outcome, assess, assess_all, restriction},
    matcher::{
        Matcher,
        column::Column,
        intern::{InternedProfiles, Key, Requirement},
        profile::Profile,
    },
    util::{bitset::Bitset, parallel::map},
};

/// How many cells the tables have at once, 4 bytes each: few enough that they stay small, enough to share nearly all.
const MOST_CELLS: usize = 4_000_000;
/// How many profiles are asked for their questions at once.
const TOGETHER: usize = 512;

/// The answers to a question, by the number of the offer's value.
pub(super) struct Table {
    pub(super) cells: Vec<Cell>,
    /// The slots that it does not exclude; nothing where it excludes none.
    pub(super) passing: Option<Bitset>,
    /// The worst and the best fit.
    pub(super) fits: (u16, u16),
}

#[derive(Clone, Copy, Default)]
pub(super) struct Cell {
    pub(super) fit: u16,
    pub(super) to_check: bool,
    pub(super) blocks: bool,
}

impl Cell {
    fn of(question: Requirement<'_>, met: Outcome<()>) -> Self {
        Self { fit: met.fit.get(), to_check: met.to_check, blocks: question.rule.is_blocking(met.fit, met.known) }
    }
}

/// The tables of some of the questions.
#[derive(Default)]
pub(super) struct Tables {
    /// Where the table of each question is; beyond all tables where it has none.
    places: Vec<u32>,
    tables: Vec<Table>,
}

impl Tables {
    pub(super) fn get(&self, question: u32) -> Option<&Table> {
        self.tables.get(self.place(question)?)
    }

    /// Which of the tables a question has.
    pub(super) fn place(&self, question: u32) -> Option<usize> {
        let place = *self.places.get(question as usize)? as usize;
        (place < self.tables.len()).then_some(place)
    }

    /// How many questions and tables there are.
    pub(super) fn sizes(&self) -> (usize, usize) {
        (self.places.len(), self.tables.len())
    }
}

/// Distinct profiles that share their tables, and the questions that get one.
struct Block {
    profiles: Range<usize>,
    questions: Vec<u32>,
}

impl Matcher {
    /// What is found for each distinct profile, some of them at a time, which share their tables. A question gets a table where
    /// so many of them ask it.
    pub(super) fn in_blocks<T>(
        &self,
        alike: &InternedProfiles<'_>,
        askers: u32,
        find: impl Fn(&[(&Profile, Key)], &Tables) -> Vec<T>,
    ) -> Vec<T> {
        let mut found = Vec::with_capacity(alike.distinct().len());
        for block in self.blocks(alike, MOST_CELLS, askers) {
            let tables = self.tables(alike, &block.questions);
            found.extend(find(alike.distinct().get(block.profiles).unwrap_or_default(), &tables));
        }
        found
    }

    /// Blocks of profiles whose tables have about so many cells.
    fn blocks(&self, alike: &InternedProfiles<'_>, cells: usize, askers: u32) -> Vec<Block> {
        let all = alike.distinct();
        let (mut blocks, mut start, mut end, mut size) = (Vec::new(), 0_usize, 0_usize, 0_usize);
        let mut counts = vec![0_u32; alike.questions().len()];
        while end < all.len() {
            let next = end.saturating_add(TOGETHER).min(all.len());
            for number in all.get(end..next).unwrap_or_default().iter().flat_map(|(_, key)| key) {
                let number = *number as usize;
                let (Some(count), Some(question)) = (counts.get_mut(number), alike.questions().get(number)) else {
                    continue;
                };
                *count = count.saturating_add(1);
                if *count == askers && question.meets_offers() {
                    size = size.saturating_add(self.cells(question));
                }
            }
            end = next;
            if size > cells || end == all.len() {
                let asked = (0_u32..).zip(alike.questions()).zip(&counts);
                let asked = asked.filter(|((_, question), count)| **count >= askers && question.meets_offers());
                blocks.push(Block { profiles: start..end, questions: asked.map(|((number, _), _)| number).collect() });
                counts.fill(0);
                (start, size) = (end, 0);
            }
        }
        blocks
    }

    /// How large the table of a question is, in cells; a bitset has one bit a slot.
    fn cells(&self, question: &Requirement<'_>) -> usize {
        let column = self.columns.get(question.criterion);
        column.values().len().saturating_add(column.numbers().len() / 32)
    }

    /// The answers to some questions, by their numbers.
    fn tables(&self, alike: &InternedProfiles<'_>, questions: &[u32]) -> Tables {
        let asked = |number: &u32| alike.questions().get(*number as usize).copied();
        let tables = map(questions, |number| asked(number).map(|question| self.table(question)));
        let mut places = vec![u32::MAX; alike.questions().len()];
        for (place, number) in (0_u32..).zip(questions) {
            if let Some(cell) = places.get_mut(*number as usize) {
                *cell = place;
            }
        }
        Tables { places, tables: tables.into_iter().flatten().collect() }
    }

    fn table(&self, question: Requirement<'_>) -> Table {
        let column = self.columns.get(question.criterion);
        let cells = self.answers(question, column);
        let used = || column.values().zip(&cells).filter_map(|(value, cell)| value.map(|_| cell.fit));
        let fits = (used().min().unwrap_or(0), used().max().unwrap_or(0));
        let passing = question.may_exclude().then(|| passing(&cells, column)).flatten();
        Table { cells, passing, fits }
    }

    /// The answer to a question for each number of a value.
    pub(super) fn answers(&self, question: Requirement<'_>, column: &Column) -> Vec<Cell> {
        match question.wanted {
            Some(wanted) => assess_all(self.terms(), wanted, column.values(), |met| Cell::of(question, met)),
            None => column.values().map(|offered| self.answer(question, offered)).collect(),
        }
    }

    /// The answer to a question where an offer says this.
    pub(super) fn answer(&self, question: Requirement<'_>, offered: Option<&OfferValue>) -> Cell {
        match (offered, question.wanted) {
            (None, _) => Cell::default(),
            (Some(offered), None) => Cell { fit: 0, to_check: restriction(offered).is_some(), blocks: false },
            (Some(offered), Some(wanted)) => Cell::of(question, assess(self.terms(), wanted, offered).map(drop)),
        }
    }
}

/// The slots whose values do not exclude them; nothing where none do. Only the fewer of both are looked at.
fn passing(cells: &[Cell], column: &Column) -> Option<Bitset> {
    let excluded: usize =
        (0..).zip(cells).filter(|(_, cell)| cell.blocks).map(|(number, _)| column.slots_of(number).len()).sum();
    if excluded == 0 {
        return None;
    }
    let all = column.numbers().len();
    let mostly = excluded.saturating_mul(2) < all;
    let mut set = Bitset::new(all, mostly);
    for (number, _) in (0..).zip(cells).filter(|(_, cell)| cell.blocks == mostly) {
        for slot in column.slots_of(number) {
            set.set(*slot as usize, !mostly);
        }
    }
    Some(set)
}

#[cfg(test)]
mod tests {
    use super::{Block, TOGETHER};
    use crate::{Matcher, Need, Offer, error::ErrorSink, matcher::intern::InternedProfiles};

    #[test]
    fn blocks_are_all_profiles_with_all_that_enough_of_them_ask() {
        let offers = [Offer::builder("o-1").language("de").build().unwrap()];
        let matcher = Matcher::builder().offers(offers).build().unwrap();
        // Languages are asked most, then people, then ages.
        let need = |number: usize| {
            let age = u8::try_from(number % 100).unwrap();
            let language = ["de", "en", "fr"][number % 3];
            let people = u32::try_from(number / 100 + 1).unwrap();
            Need::builder(format!("n-{number}")).age(age).language(language).people(people).build().unwrap()
        };
        let needs: Vec<Need> = (0..2 * TOGETHER + 7).map(need).collect();
        let profiles = matcher.profiles(&mut ErrorSink::default(), &needs);
        let alike = InternedProfiles::of(&profiles);
        assert_eq!(alike.distinct().len(), needs.len());
        for (cells, count) in [(0, 3), (usize::MAX, 1)] {
            for askers in [1, 20, 2_000] {
                let blocks = matcher.blocks(&alike, cells, askers);
                // Where nobody gets a table, one block is enough.
                assert_eq!(blocks.len(), if askers == 2_000 { 1 } else { count });
                let all: Vec<usize> = blocks.iter().flat_map(|block| block.profiles.clone()).collect();
                assert!(all.into_iter().eq(0..needs.len()));
                for Block { profiles, questions } in blocks {
                    let asked = |number: u32| {
                        let keys = alike.distinct()[profiles.clone()].iter().flat_map(|(_, key)| key);
                        keys.filter(|asked| **asked == number).count()
                    };
                    let enough = |number: &u32| {
                        let question = alike.questions()[*number as usize];
                        question.meets_offers() && asked(*number) >= askers as usize
                    };
                    let all = 0..u32::try_from(alike.questions().len()).unwrap();
                    assert!(questions.into_iter().eq(all.filter(enough)), "{cells} {askers}");
                }
            }
        }
    }
}
