//! The coordinates of an offer, which are taken only together.

use crate::{
    decode::value::Value,
    import::{
        draft::Draft,
        notes::Section,
        outcomes::Outcomes,
        part::Outcome,
        position::Position,
        taken::{Taken, take},
    },
    util::{geo::Coordinates, ordered_map::OrderedMap},
};

/// Takes latitude and longitude: both, or neither.
pub(crate) fn take_both(
    shared: &OrderedMap<(u64, u64), u64>,
    draft: &mut Draft,
    coordinates: Vec<Taken>,
    at: Position,
    outcomes: &mut Outcomes,
) {
    if coordinates.is_empty() {
        return;
    }
    let path = |taken: &Taken| taken.fields.first().map_or("", |field| draft.path(*field));
    let number = |wanted: &str| {
        let taken = coordinates.iter().find(|taken| path(taken) == wanted && !taken.part.values.is_empty())?;
        taken.part.values.first().and_then(|(_, value)| number(value))
    };
    let problem = match (number("place.lat"), number("place.lon")) {
        (Some(lat), Some(lon)) if Coordinates::new(lat, lon).is_err() => Some((Section::Lost, "place.out_of_range")),
        (Some(lat), Some(lon)) if shared.contains_key(&(lat.to_bits(), lon.to_bits())) => {
            Some((Section::Suspicions, "place.shared"))
        }
        (Some(_), Some(_)) | (None, None) => None,
        _ => Some((Section::Lost, "place.incomplete")),
    };
    let Some((section, code)) = problem else {
        coordinates.iter().for_each(|taken| take(draft, taken, at, outcomes));
        return;
    };
    outcomes.notes.add(section, code, (None, Some("place")), Some(at));
    for taken in coordinates {
        match taken.part.outcome {
            Outcome::Understood | Outcome::Assumed(_) => outcomes.lose(&taken.column, code),
            _ => take(draft, &taken, at, outcomes),
        }
    }
}

fn number(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Float(number) => Some(*number),
        Value::Int(number) => i32::try_from(*number).ok().map(f64::from),
        _ => None,
    }
}
