//! The region of a place: postcode, town, region and car plate of one record.
//!
//! Each of them may stand for several regions; together they stand for those that all have in common. One region is taken, several
//! are asked about. If there is none, they contradict each other and nothing is taken. A postcode is looked up in tables of postcodes
//! only, because it has as many digits as the key of a Kreis.

use crate::{
    decode::value::Value,
    import::{
        cell_rule::CellRule,
        code::{LEADING_ZERO, padded},
        part::{CONTRADICTION, Meaning, Outcome},
        question::Why,
        word::WordReader,
        word_kind::WordKind,
    },
    util::{
        ordered_map::OrderedMap,
        tsv::{items, rows},
    },
    vocabulary::{data::PLATES, postcodes::postcode_regions},
};

/// A postcode that no table has.
const UNKNOWN_POSTCODE: &str = "postcode.unknown";
/// The number of digits of a German postcode.
const DIGITS: u32 = 5;
/// What may be before a postcode.
const PREFIXES: [&str; 8] = ["DE-", "de-", "D-", "d-", "D ", "PLZ ", "PLZ: ", "plz "];

/// Postcodes of the import, with the regions in which each lies. They take precedence over the built-in table.
pub(super) type Postcodes = OrderedMap<String, Vec<String>>;

/// Returns the meaning of a postcode: its region, or a question about several.
pub(super) fn read_postcode(reader: &WordReader, rule: &CellRule, postcodes: &Postcodes, text: &str) -> Meaning {
    if let Some(answered) = reader.answered(WordKind::Postcode, text) {
        return answered;
    }
    let bare = PREFIXES.iter().find_map(|prefix| text.strip_prefix(prefix)).unwrap_or(text).trim();
    let bare = bare.strip_suffix(".0").unwrap_or(bare);
    let (code, regions) = postcode(reader, postcodes, bare, None);
    let (code, regions) =
        if regions.is_empty() { postcode(reader, postcodes, bare, Some(rule)) } else { (code, regions) };
    let is_repaired = code != bare && !regions.is_empty();
    let regions: Vec<Value<'static>> = regions.into_iter().map(Value::from).collect();
    let meaning = match regions.len() {
        0 => Meaning::lost(UNKNOWN_POSTCODE),
        1 => Meaning::understood(regions),
        _ => Meaning::asked(WordKind::Postcode, Why::Several, regions).about(&code),
    };
    Meaning { repaired: is_repaired.then_some(LEADING_ZERO), ..meaning }
}

/// Returns a postcode and its regions: of the import, of the vocabulary, or built in. A rule restores a lost zero.
fn postcode(reader: &WordReader, postcodes: &Postcodes, text: &str, rule: Option<&CellRule>) -> (String, Vec<String>) {
    let length = rule.map(|rule| rule.pad.unwrap_or(DIGITS));
    let code = if length.is_some() { padded(text, length).0 } else { text.to_owned() };
    // Four digits lost one zero; fewer are rather a mistake.
    let is_plausible = code.len() <= text.len().saturating_add(1) || rule.is_some_and(|rule| rule.pad.is_some());
    if !is_plausible {
        return (code, Vec::new());
    }
    let regions = reader.vocabulary().regions();
    let own = postcodes.get(&code).cloned();
    let found = own.unwrap_or_else(|| regions.codes(&postcode_regions(regions, &code)));
    (code, found)
}

/// Returns the meaning of the letters of a car plate.
pub(super) fn read_plate(reader: &WordReader, text: &str) -> Meaning {
    if let Some(answered) = reader.answered(WordKind::Region, text) {
        return answered;
    }
    let letters: String = text.trim().to_uppercase();
    let mut found = reader.vocabulary().regions().plate(&letters);
    if found.is_empty() {
        let is_plate = |plates: &'static str| items(plates).any(|plate| plate == letters);
        let with_plate = rows::<2>(PLATES).filter(|[_, plates]| is_plate(plates));
        found = with_plate.map(|[region, _]| region.to_owned()).collect();
    }
    let regions: Vec<Value<'static>> = found.into_iter().map(Value::from).collect();
    match regions.len() {
        1 => Meaning::understood(regions),
        0 => Meaning::asked(WordKind::Region, Why::Unknown, regions),
        _ => Meaning::asked(WordKind::Region, Why::Several, regions),
    }
}

/// Joins the meanings of the cells of one place. Returns the region, if it is certain.
///
/// Each cell keeps one outcome: those that only together name a region are understood; of several regions, the cell with the
/// fewest is asked about.
pub(super) fn join(reader: &WordReader, cells: &mut [Meaning]) -> Option<Value<'static>> {
    let mut sets: Vec<Option<Vec<String>>> = cells.iter().map(regions_of).collect();
    let common = loop {
        let stated: Vec<&Vec<String>> = sets.iter().flatten().collect();
        if stated.len() < 2 {
            let only = cells.iter().find(|meaning| meaning.values.len() == 1 && meaning.is_certain());
            let region = only.and_then(|meaning| meaning.values.first().cloned());
            settle_unknown(reader, cells, region.as_ref());
            return region;
        }
        let common = common(reader, &stated);
        // A word that is misspelt, or rather unknown, contradicts nothing.
        let misspelt = cells.iter().zip(&sets).position(|(meaning, set)| set.is_some() && is_misspelt(meaning));
        match misspelt.filter(|_| common.is_empty()).and_then(|index| sets.get_mut(index)) {
            Some(set) => *set = None,
            None => break common,
        }
    };
    match common.as_slice() {
        [] => {
            for (meaning, set) in cells.iter_mut().zip(&sets) {
                if set.is_some() {
                    *meaning = Meaning { repaired: meaning.repaired, ..Meaning::lost(CONTRADICTION) };
                }
            }
            None
        }
        [only] => {
            let region = Value::from(only.clone());
            for (meaning, set) in cells.iter_mut().zip(&sets) {
                let is_open = matches!(meaning.outcome, Outcome::Asked(_));
                if set.is_some() && is_open {
                    *meaning = Meaning { repaired: meaning.repaired, ..Meaning::understood(vec![region.clone()]) };
                }
            }
            settle_unknown(reader, cells, Some(&region));
            Some(region)
        }
        several => {
            ask_one(cells, &sets, several);
            None
        }
    }
}

/// Returns the regions that a cell may mean, or `None` if it says nothing.
fn regions_of(meaning: &Meaning) -> Option<Vec<String>> {
    let text = |value: &Value<'static>| match value {
        Value::String(code) => Some(code.to_string()),
        _ => None,
    };
    let is_stated = match &meaning.outcome {
        Outcome::Asked(asked) => !matches!(asked.why, Why::LeavesOut),
        Outcome::Understood | Outcome::Assumed(_) => true,
        Outcome::NoValue | Outcome::Lost(_) => false,
    };
    let regions: Vec<String> = meaning.possible().iter().filter_map(text).collect();
    (is_stated && !regions.is_empty()).then_some(regions)
}

/// Returns the regions that lie in one of each set: of two that contain each other, the smaller one.
fn common(reader: &WordReader, sets: &[&Vec<String>]) -> Vec<String> {
    let regions = reader.vocabulary().regions();
    let lies_in = |inner: &str, outer: &str| inner == outer || regions.contains(outer, inner);
    let mut sets = sets.iter();
    let mut common: Vec<String> = sets.next().map(|set| (*set).clone()).unwrap_or_default();
    for set in sets {
        let mut both: Vec<String> = Vec::new();
        for (a, b) in common.iter().flat_map(|a| set.iter().map(move |b| (a, b))) {
            let smaller = if lies_in(a, b) {
                Some(a)
            } else if lies_in(b, a) {
                Some(b)
            } else {
                None
            };
            if let Some(region) = smaller.filter(|region| !both.contains(region)) {
                both.push(region.clone());
            }
        }
        common = both;
    }
    common
}

fn is_misspelt(meaning: &Meaning) -> bool {
    matches!(&meaning.outcome, Outcome::Asked(asked) if asked.why == Why::Typo)
}

/// An unknown or misspelt town is no question if the Kreis is known, nor if a cell next to it is asked about.
fn settle_unknown(reader: &WordReader, cells: &mut [Meaning], region: Option<&Value<'static>>) {
    let regions = reader.vocabulary().regions();
    let is_small = |code: &str| regions.resolve(code).is_some_and(|set| regions.kreis(&set).is_some());
    let is_known = matches!(region, Some(Value::String(code)) if is_small(code));
    let is_asked = cells.iter().any(|meaning| matches!(meaning.outcome, Outcome::Asked(_)) && !meaning.is_unknown());
    for meaning in cells.iter_mut() {
        let is_settled = is_known && matches!(meaning.outcome, Outcome::Asked(_)) || is_asked && meaning.is_unknown();
        if is_settled {
            *meaning = Meaning { repaired: meaning.repaired, ..Meaning::nothing() };
        }
    }
}

/// Asks about the cell that may mean the fewest regions; the others are understood.
fn ask_one(cells: &mut [Meaning], sets: &[Option<Vec<String>>], several: &[String]) {
    let counts = sets.iter().enumerate().filter_map(|(index, set)| Some((set.as_ref()?.len(), index)));
    let is_several = counts.filter(|(count, _)| *count > 1);
    let asked = is_several.min().map(|(_, index)| index);
    for (index, meaning) in cells.iter_mut().enumerate() {
        match &meaning.outcome {
            Outcome::Asked(question) if Some(index) == asked => {
                let candidates = several.iter().cloned().map(Value::from).collect();
                let asked = Meaning::asked(question.kind, question.why, candidates);
                *meaning = Meaning { repaired: meaning.repaired, about: meaning.about.clone(), ..asked };
            }
            Outcome::Asked(_) => *meaning = Meaning { repaired: meaning.repaired, ..Meaning::nothing() },
            _ => {}
        }
    }
}
