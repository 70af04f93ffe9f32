//! A part of a cell of regions.

use crate::{
    decode::value::Value,
    import::{
        part::{Meaning, Outcome},
        question::Why,
        split::{before_exclusion, leaves_out},
        word::WordReader,
        word_kind::WordKind,
    },
    vocabulary::{fold::fold, postcodes::is_five_digits},
};

/// The assumption that the region of the import is meant, or that a name means the region there.
const WITHIN: &str = "region.within";

/// Words for the whole of the region of the import, folded.
const WHOLE: [&str; 11] = [
    "landesweit",
    "landesweites",
    "landesweitesangebot",
    "landesweittatig",
    "imganzenland",
    "imgesamtenland",
    "ganzesbundesland",
    "gesamtesbundesland",
    "imgesamtenbundesland",
    "statewide",
    "provincewide",
];

/// Returns the meaning of a part of a cell of regions.
pub(super) fn read_region(reader: &mut WordReader, text: &str) -> Meaning {
    reader.remember(WordKind::Region, text, |reader| {
        let meaning = reader.answered(WordKind::Region, text).unwrap_or_else(|| read(reader, text));
        reader.unless_off(WordKind::Region, meaning)
    })
}

fn read(reader: &WordReader, text: &str) -> Meaning {
    if WHOLE.contains(&fold(text).as_str()) {
        return match &reader.within {
            Some(within) => Meaning::assumed(WITHIN, vec![Value::from(within.clone())]),
            None => Meaning::asked(WordKind::Region, Why::Which, Vec::new()),
        };
    }
    let meaning = reader.resolved(WordKind::Region, text);
    if meaning.is_unknown() && leaves_out(text) {
        let whole = before_exclusion(text).unwrap_or_default();
        let whole = reader.resolved(WordKind::Region, whole);
        return Meaning::asked(WordKind::Region, Why::LeavesOut, whole.possible().to_vec());
    }
    match &meaning.outcome {
        Outcome::Asked(asked) if is_five_digits(text.trim()) => {
            Meaning::asked(WordKind::Region, Why::Which, asked.candidates.clone())
        }
        Outcome::Asked(asked) if asked.why == Why::Umbrella => narrowed(reader, &asked.candidates).unwrap_or(meaning),
        _ => meaning,
    }
}

/// Returns the only region of several that lies within that of the import.
fn narrowed(reader: &WordReader, candidates: &[Value<'static>]) -> Option<Meaning> {
    let (within, regions) = (reader.within.as_deref()?, reader.vocabulary().regions());
    let is_within = |candidate: &&Value<'static>| match candidate {
        Value::String(code) => code == within || regions.contains(within, code),
        _ => false,
    };
    let mut inside = candidates.iter().filter(is_within);
    match (inside.next(), inside.next()) {
        (Some(only), None) if candidates.len() > 1 => Some(Meaning::assumed(WITHIN, vec![only.clone()])),
        _ => None,
    }
}
