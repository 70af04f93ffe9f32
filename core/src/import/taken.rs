//! A part that is read, and the draft that takes its values.

use crate::import::{
    draft::Draft,
    outcomes::Outcomes,
    part::{Outcome, Part},
    position::Position,
};

/// A part that is read, before it is known whether the record takes its values.
pub(crate) struct Taken {
    pub(crate) column: String,
    /// The field of each rule of the request.
    pub(crate) fields: Vec<usize>,
    pub(crate) part: Part,
}

/// Takes the values of a part, and counts it.
pub(crate) fn take(draft: &mut Draft, taken: &Taken, at: Position, outcomes: &mut Outcomes) {
    let (mut accepted, mut rejected) = (false, None);
    for (index, value) in &taken.part.values {
        let Some(field) = taken.fields.get(*index) else { continue };
        match draft.put(*field, value.clone()) {
            Ok(()) => accepted = true,
            Err(code) => rejected = Some(code),
        }
    }
    let lost = rejected.filter(|_| !accepted).map(Outcome::Lost);
    outcomes.count(&taken.part, lost.as_ref().unwrap_or(&taken.part.outcome), &taken.column, at);
    if let Some(field) = taken.fields.first() {
        outcomes.know(draft.kind(*field), &taken.part);
    }
}
