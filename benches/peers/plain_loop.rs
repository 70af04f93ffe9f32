//! A double loop over the score tables: every pair, on one core, with the five best in a sorted array.

use crate::data::{Data, NO_MATCH, Ranked, TOP};

/// The number of parts of a record; a constant, so that the compiler unrolls the loop over them.
const PARTS: usize = 9;

/// A summand that keeps a sum negative.
const EXCLUDED: i64 = -(1 << 40);

/// The difference of two keys whose scores differ by one unit: more than there are criteria to check.
const SCORE_STEP: i64 = 16;

pub(crate) struct PlainLoop {
    needs: Vec<[u16; PARTS]>,
    offers: Vec<[u16; PARTS]>,
    tables: Vec<Table>,
}

/// Scores and the numbers of criteria to check, combined into one key, so that one comparison sorts by both.
struct Table {
    width: usize,
    keys: Vec<i64>,
}

impl PlainLoop {
    pub(crate) fn new(data: &Data) -> Self {
        let mut order: Vec<usize> = (0..PARTS).collect();
        // The most selective part comes first, so that most pairs end early.
        let passing = |part: &usize| {
            let excluded = &data.tables[*part].excluded;
            excluded.iter().filter(|excluded| !**excluded).count() * 10_000 / excluded.len()
        };
        order.sort_by_key(passing);
        let records = |values: &[Vec<u16>]| -> Vec<[u16; PARTS]> {
            (0..values[0].len()).map(|record| std::array::from_fn(|part| values[order[part]][record])).collect()
        };
        let table = |part: &usize| {
            let table = &data.tables[*part];
            let key = |((score, excluded), to_check): ((&u32, &bool), &u8)| {
                if *excluded { EXCLUDED } else { i64::from(*score) * SCORE_STEP - i64::from(*to_check) }
            };
            Table {
                width: data.sizes[*part].1,
                keys: table.score.iter().zip(&table.excluded).zip(&table.to_check).map(key).collect(),
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
            &table.keys[row * table.width..(row + 1) * table.width]
        });
        let mut best = [(0_i64, 0_usize); TOP];
        for (offer, values) in self.offers.iter().enumerate() {
            let mut key = SCORE_STEP - 1;
            for (row, value) in rows.iter().zip(values) {
                key = key.wrapping_add(row[usize::from(*value)]);
                if key < 0 {
                    break;
                }
            }
            // Offers are in the order of ids, so that the earlier of equal ones stays first.
            if key > best[TOP - 1].0 {
                insert(&mut best, (key, offer));
            }
        }
        best.map(|(key, offer)| if key == 0 { NO_MATCH } else { (i64::try_from(offer).unwrap(), key / SCORE_STEP) })
    }
}

fn insert(best: &mut [(i64, usize); TOP], new: (i64, usize)) {
    let mut position = TOP - 1;
    while position > 0 && best[position - 1].0 < new.0 {
        best[position] = best[position - 1];
        position -= 1;
    }
    best[position] = new;
}
