//! Parts of cells, and what they mean.

use std::borrow::Cow;

use crate::{
    decode::value::Value,
    import::{question::Why, word_kind::WordKind},
};

/// A part of a cell: one outcome, and the values that it yields.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) text: String,
    pub(crate) outcome: Outcome,
    /// The index of a field among those that were asked for, and its value: a code, an object such as `{"tag", "how"}`, a range of
    /// ages, a number or text.
    pub(crate) values: Vec<(usize, Value<'static>)>,
}

/// The one outcome of a part, which the report counts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    Understood,
    /// Understood, with an assumption of this code, which may be that of a mapping.
    Assumed(Cow<'static, str>),
    Asked(Asked),
    /// Known to state nothing.
    NoValue,
    /// Lost, with this code.
    Lost(&'static str),
}

/// A question about a part.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asked {
    pub(crate) kind: WordKind,
    pub(crate) why: Why,
    pub(crate) candidates: Vec<Value<'static>>,
}
