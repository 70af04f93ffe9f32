//! What a careful programmer would write with the tables at hand: every pair, on one core, and the five best kept.

use crate::data::{Data, NOBODY, Ranked, TOP};

/// How many parts a record has; a fixed number, so that the loop over them is unrolled.
const PARTS: usize = 9;

/// Keeps the sum below nothing, whatever else is added.
const EXCLUDED: i64 = -(1 << 40);

/// Above any number of criteria to check.
const CHECKS: i64 = 16;

pub(crate) struct PlainLoop {
    needs: Vec<[u16; PARTS]>,
    offers: Vec<[u16; PARTS]>,
    tables: Vec<Table>,
}

/// Score and what to check in one number, so that one comparison orders by both.
struct Table {
    width: usize,
    cells: Vec<i64>,
}

impl PlainLoop {
    pub(crate) fn of(data: &Data) -> Self {
        let mut order: Vec<usize> = (0..PARTS).collect();
        // What excludes most comes first, so that most pairs end early.
        let passing = |part: &usize| {
            let excluded = &data.tables[*part].excluded;
            excluded.iter().filter(|excluded| !**excluded).count() * 10_000 / excluded.len()
        };
        order.sort_by_key(passing);
        let records = |numbers: &[Vec<u16>]| -> Vec<[u16; PARTS]> {
            (0..numbers[0].len()).map(|record| std::array::from_fn(|part| numbers[order[part]][record])).collect()
        };
        let table = |part: &usize| {
            let table = &data.tables[*part];
            let cell = |((score, excluded), to_check): ((&u32, &bool), &u8)| {
                if *excluded { EXCLUDED } else { i64::from(*score) * CHECKS - i64::from(*to_check) }
            };
            Table {
                width: data.sizes[*part].1,
                cells: table.score.iter().zip(&table.excluded).zip(&table.to_check).map(cell).collect(),
            }
        };
        Self { needs: records(&data.needs), offers: records(&data.offers), tables: order.iter().map(table).collect() }
    }

    pub(crate) fn rank_all(&self) -> Vec<Ranked> {
        self.needs.iter().flat_map(|need| self.rank(need)).collect()
    }

    fn rank(&self, need: &[u16; PARTS]) -> [Ranked; TOP] {
        let rows: [&[i64]; PARTS] = std::array::from_fn(|part| {
            let (table, row) = (&self.tables[part], usize::from(need[part]));
            &table.cells[row * table.width..(row + 1) * table.width]
        });
        let mut best = [(0_i64, 0_usize); TOP];
        for (offer, numbers) in self.offers.iter().enumerate() {
            let mut key = CHECKS - 1;
            for (row, number) in rows.iter().zip(numbers) {
                key = key.wrapping_add(row[usize::from(*number)]);
                if key < 0 {
                    break;
                }
            }
            // Offers come in the order of their ids, so the earlier of equals stays in front.
            if key > best[TOP - 1].0 {
                insert(&mut best, (key, offer));
            }
        }
        best.map(|(key, offer)| if key == 0 { NOBODY } else { (i64::try_from(offer).unwrap(), key / CHECKS) })
    }
}

fn insert(best: &mut [(i64, usize); TOP], new: (i64, usize)) {
    let mut place = TOP - 1;
    while place > 0 && best[place - 1].0 < new.0 {
        best[place] = best[place - 1];
        place -= 1;
    }
    best[place] = new;
}
