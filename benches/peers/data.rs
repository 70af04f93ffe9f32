//! The input of the peers: the value of each record in each part, and the score table of each part.
//!
//! A folder has `shape.json` with the sizes and, little-endian and part by part, the value indices `need_numbers.u16` and
//! `offer_numbers.u16` and the rows of the tables `score.i32`, `excluded.u8` and `to_check.u8`.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::shapes::{Records, ScoreTable};

/// The number of matches per need.
pub(crate) const TOP: usize = 5;

/// The index of an offer and its score.
pub(crate) type Ranked = (i64, i64);

/// The entry of a need with fewer matches.
pub(crate) const NO_MATCH: Ranked = (-1, -1);

pub(crate) struct Data {
    /// For each part, the numbers of values of needs and of offers.
    pub(crate) sizes: Vec<(usize, usize)>,
    /// The value index of each need, by part.
    pub(crate) needs: Vec<Vec<u16>>,
    pub(crate) offers: Vec<Vec<u16>>,
    pub(crate) tables: Vec<ScoreTable>,
}

impl Data {
    pub(crate) fn new(records: &Records) -> Self {
        let by_part = |records_values: &[Vec<usize>]| -> Vec<Vec<u16>> {
            let part = |part: usize| records_values.iter().map(|values| u16::try_from(values[part]).unwrap()).collect();
            (0..records.parts.len()).map(part).collect()
        };
        Self {
            sizes: records.parts.iter().map(|part| (part.needs.len(), part.offers.len())).collect(),
            needs: by_part(&records.need_values),
            offers: by_part(&records.offer_values),
            tables: records.tables(),
        }
    }

    pub(crate) fn write(&self, folder: &Path) {
        fs::create_dir_all(folder).unwrap();
        let put = |name: &str, bytes: Vec<u8>| fs::write(folder.join(name), bytes).unwrap();
        let indices = |parts: &[Vec<u16>]| parts.iter().flatten().flat_map(|value| value.to_le_bytes()).collect();
        put("need_numbers.u16", indices(&self.needs));
        put("offer_numbers.u16", indices(&self.offers));
        let scores = self.tables.iter().flat_map(|table| &table.score);
        put("score.i32", scores.flat_map(|score| i32::try_from(*score).unwrap().to_le_bytes()).collect());
        put("excluded.u8", self.tables.iter().flat_map(|table| &table.excluded).map(|yes| u8::from(*yes)).collect());
        put("to_check.u8", self.tables.iter().flat_map(|table| &table.to_check).copied().collect());
        let sizes = json!({
            "needs": self.needs[0].len(),
            "offers": self.offers[0].len(),
            "top": TOP,
            "parts": self.sizes,
        });
        put("shape.json", sizes.to_string().into_bytes());
    }

    pub(crate) fn read(folder: &Path) -> Self {
        let get = |name: &str| fs::read(folder.join(name)).unwrap();
        let shape: Value = serde_json::from_slice(&get("shape.json")).unwrap();
        let sizes: Vec<(usize, usize)> = serde_json::from_value(shape["parts"].clone()).unwrap();
        let indices = |name: &str| -> Vec<Vec<u16>> {
            let bytes = get(name);
            let part = |part: &[u8]| part.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
            bytes.chunks_exact(bytes.len() / sizes.len()).map(part).collect()
        };
        let scores = get("score.i32");
        let mut scores = scores.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]));
        let (excluded, to_check) = (get("excluded.u8"), get("to_check.u8"));
        let (mut excluded, mut to_check) = (excluded.into_iter().map(|byte| byte != 0), to_check.into_iter());
        let table = |(needs, offers): &(usize, usize)| ScoreTable {
            score: scores.by_ref().take(needs * offers).collect(),
            excluded: excluded.by_ref().take(needs * offers).collect(),
            to_check: to_check.by_ref().take(needs * offers).collect(),
        };
        let tables = sizes.iter().map(table).collect();
        Self { needs: indices("need_numbers.u16"), offers: indices("offer_numbers.u16"), tables, sizes }
    }
}

/// Returns a checksum of offers, their order and their scores. All intermediate values are exact in a double, so that peers in every
/// language can compute it.
pub(crate) fn checksum(ranked: &[Ranked]) -> i64 {
    let term = |(position, (offer, score)): (i64, &Ranked)| {
        let mixed = ((position + 1) * 7_919 + (offer + 1) * 104_729) % 1_000_003;
        (mixed * (score + 2)) % 2_147_483_647
    };
    (0..).zip(ranked).map(term).sum()
}
