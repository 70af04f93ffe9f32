use std::borrow::Borrow;

use crate::{
    criteria::Context,
    decode::{
        decoder::Fields,
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorKind, ErrorSink},
    matcher::{
        Matcher,
        offer_values::{as_of_missing, needs_as_of, offer_values},
        profile::Profile,
    },
    model::{need::Need, offer::Offer, policy::Policy},
    util::{date::Date, ordered_map::OrderedSet, parallel::map_with_errors},
    vocabulary::Vocabulary,
};

/// What every request carries: `offers`, `needs`, `policy`, `vocabulary` (additions only), `as_of`.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    /// The offers.
    pub offers: Vec<Offer>,
    /// The needs.
    pub needs: Vec<Need>,
    /// How offers are judged.
    pub policy: Policy,
    /// The tables of codes and names.
    pub vocabulary: Vocabulary,
    /// The day on which capacities are judged; needed when an offer has `updated`.
    pub as_of: Option<Date>,
}

impl Dataset {
    /// A matcher for the offers, and the needs.
    ///
    /// # Errors
    ///
    /// Every tag, key and id that is wrong, of the offers and of the needs.
    pub fn into_matcher(self) -> Result<(Matcher, Vec<Need>), Error> {
        let mut problems = ErrorSink::default();
        let matcher = Matcher::with_errors(&mut problems, self.offers, self.policy, self.vocabulary, self.as_of);
        Profile::of_needs(&mut problems, &self.needs, matcher.index.context());
        problems.into_result((matcher, self.needs))
    }
}

/// How thoroughly a request is read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Reading {
    /// The form only; the matcher looks the codes up.
    Form,
    /// Codes, ids and the day too, because a person wants to hear of everything at once.
    All,
}

/// The fields of every request.
pub(super) const COMMON: [&str; 5] = ["offers", "needs", "policy", "vocabulary", "as_of"];

/// Reads a request. Where its form is wrong it is read once more, with everything that can be wrong.
pub(super) fn read<T>(tree: &Value, mut read: impl FnMut(&mut ErrorSink, &Value, Reading) -> T) -> Result<T, Error> {
    let mut problems = ErrorSink::default();
    let request = read(&mut problems, tree, Reading::Form);
    if problems.is_empty() {
        return Ok(request);
    }
    let mut problems = ErrorSink::default();
    let request = read(&mut problems, tree, Reading::All);
    problems.into_result(request)
}

/// Reads needs for a matcher, each from its own data: `need(0)` to `need(count - 1)`, on all cores.
///
/// # Errors
///
/// Every error of the needs, codes that the matcher's vocabulary does not know and ids that stand twice included.
///
/// # Example: two needs, one of them wrong
///
/// ```
/// use lotse::{Matcher, wire::{Value, decode_needs}};
/// let matcher = Matcher::builder().build()?;
/// let data = [Value::from_json(r#"{"id": "n-1", "age": 34}"#)?, Value::from_json(r#"{"id": "n-2", "age": "34"}"#)?];
/// let error = decode_needs(&matcher, data.len(), |number| &data[number]).unwrap_err();
/// assert_eq!((error.code(), error.path()), ("need.type", "needs[1].age"));
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn decode_needs<'a, T: Borrow<Value<'a>>>(
    matcher: &Matcher,
    count: usize,
    need: impl Fn(usize) -> T + Sync,
) -> Result<Vec<Need>, Error> {
    let root = Path::root(Record::Need);
    let at = root.field("needs");
    let numbers: Vec<usize> = (0..count).collect();
    let read = |problems: &mut ErrorSink, index: usize| Need::decode(problems, &at.item(index), need(index).borrow());
    let mut problems = ErrorSink::default();
    let needs = map_with_errors(&mut problems, &numbers, |problems, index, _| read(problems, index));
    if problems.is_empty() {
        return Ok(needs);
    }
    let mut problems = ErrorSink::default();
    let mut ids = OrderedSet::default();
    for index in 0..count {
        let need = read(&mut problems, index);
        look_up(&mut problems, &at.item(index), &need, matcher.index.context(), &mut ids);
    }
    problems.into_result(needs)
}

/// Looks up the codes of a need, whose form was read before, and notes its id.
fn look_up(problems: &mut ErrorSink, at: &Path<'_>, need: &Need, terms: Context<'_>, ids: &mut OrderedSet<String>) {
    Profile::new(problems, at, need, 1, terms);
    note_id(problems, at, ids, &need.id);
}

impl Dataset {
    /// Reads what every request carries, from data.
    ///
    /// # Errors
    ///
    /// Every error of the records. Where only codes are wrong, [`into_matcher`](Self::into_matcher) tells.
    pub fn from_value(tree: &Value) -> Result<Self, Error> {
        read(tree, |problems, tree, reading| {
            let at = Path::root(Record::Request);
            let fields = problems.fields(&at, tree, &COMMON);
            fields.map(|fields| Self::read(problems, &at, &fields, reading)).unwrap_or_default()
        })
    }

    pub(super) fn read(problems: &mut ErrorSink, at: &Path<'_>, fields: &Fields<'_>, reading: Reading) -> Self {
        let mut records = Self::default();
        // Records are judged by policy and vocabulary, but a person reads of the records first.
        let mut later = ErrorSink::default();
        if let Some(tree) = fields.get("policy") {
            records.policy = Policy::decode(&mut later, &at.field("policy").with_record(Record::Policy), tree);
        }
        if let Some(tree) = fields.get("vocabulary") {
            let at = at.field("vocabulary").with_record(Record::Vocabulary);
            records.vocabulary = Vocabulary::decode(&mut later, &at, tree);
        }
        if reading == Reading::All {
            // Else the matcher does it.
            records.vocabulary = records.vocabulary.with_comprehension_of(&records.policy, &mut later);
        }
        records.as_of = fields.get("as_of").and_then(|tree| later.date(&at.field("as_of"), tree));
        let mut ids = OrderedSet::default();
        let knows = records.vocabulary.clone();
        if let Some(tree) = fields.get("offers") {
            let at = at.field("offers");
            for (index, tree) in problems.array(&at, tree).iter().enumerate() {
                let at = at.item(index).with_record(Record::Offer).with_suggestions(&knows);
                let offer = Offer::decode(problems, &at, tree);
                if reading == Reading::All {
                    offer_values(problems, &at, &offer, records.terms(), None);
                    note_id(problems, &at, &mut ids, &offer.id);
                }
                records.offers.push(offer);
            }
        }
        ids = OrderedSet::default();
        if let Some(tree) = fields.get("needs") {
            let at = at.field("needs");
            for (index, tree) in problems.array(&at, tree).iter().enumerate() {
                let at = at.item(index).with_record(Record::Need);
                let need = Need::decode(problems, &at, tree);
                if reading == Reading::All {
                    look_up(problems, &at, &need, records.terms(), &mut ids);
                }
                records.needs.push(need);
            }
        }
        problems.append(later);
        let absent = fields.get("as_of").is_none();
        if reading == Reading::All && absent && records.offers.iter().any(needs_as_of) {
            problems.push(as_of_missing());
        }
        records
    }

    fn terms(&self) -> Context<'_> {
        Context { policy: &self.policy, vocabulary: &self.vocabulary }
    }
}

/// Notes an id that stands twice; a missing one was noted before.
fn note_id(problems: &mut ErrorSink, at: &Path<'_>, ids: &mut OrderedSet<String>, id: &str) {
    if !id.is_empty() && !ids.insert(id.to_owned()) {
        problems.push(at.field("id").error(ErrorKind::Conflict, "id.duplicate", "an id stands here twice"));
    }
}

/// The day that stands in for a missing `as_of`.
pub(super) fn day(today: &str) -> Result<Date, Error> {
    today.parse()
}
