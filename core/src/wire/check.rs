use std::{borrow::Cow, fmt};

use serde::Serialize;

use crate::wire::{
    answer,
    dataset::{COMMON, Dataset, Reading, day},
    other_land,
};
use crate::{
    criteria::capacity,
    decode::{
        code_kind::CodeKind,
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorDetail, ErrorKind, ErrorSink},
    model::{crime_scope::CrimeScope, need::Need, offer::Offer},
    util::date::Date,
    vocabulary::Vocabulary,
};

/// Records to be checked, right or wrong.
#[derive(Clone)]
pub struct CheckRequest<'a> {
    tree: Value<'a>,
    today: Option<Date>,
}

/// What is wrong, and what looks wrong.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct CheckResponse {
    /// How many offers there are, wrong ones included.
    pub offers: usize,
    /// How many needs there are, wrong ones included.
    pub needs: usize,
    /// What is wrong: nothing can be done with these records. At most 100.
    pub errors: Vec<ErrorDetail>,
    /// What a person should look at: it can be used as it is. At most 100.
    pub warnings: Vec<Warning>,
}

/// Something that can be used as it is, and may be meant otherwise. It has the shape of an error.
pub type Warning = ErrorDetail;

impl<'a> CheckRequest<'a> {
    /// Takes a request as JSON text.
    ///
    /// # Errors
    ///
    /// `json.syntax` where the text is not JSON; everything else is found by [`check`].
    pub fn from_json(text: &'a str) -> Result<Self, Error> {
        Ok(Self::from_value(Value::from_json(text)?))
    }

    /// Takes a request as data.
    pub fn from_value(tree: Value<'a>) -> Self {
        Self { tree, today: None }
    }
}

impl fmt::Debug for CheckRequest<'_> {
    /// Nothing of the records: needs are among them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CheckRequest").finish_non_exhaustive()
    }
}

/// Checks records and finds all their errors.
///
/// # Errors
///
/// None: what is wrong with the records is the answer.
pub fn check(request: CheckRequest<'_>) -> Result<CheckResponse, Error> {
    let mut problems = ErrorSink::default();
    let at = Path::root(Record::Request);
    let Some(fields) = problems.fields(&at, &request.tree, &COMMON) else {
        return Ok(CheckResponse { offers: 0, needs: 0, errors: problems.into_details(), warnings: Vec::new() });
    };
    let mut records = Dataset::read(&mut problems, &at, &fields, Reading::All);
    let mut errors = problems.into_details();
    if let Some(today) = request.today {
        records.as_of.get_or_insert(today);
        errors.retain(|error| error.code() != "request.as_of.missing");
    }
    let mut warnings = ErrorSink::default();
    let list = at.field("offers");
    for (index, offer) in records.offers.iter().enumerate() {
        let at = list.item(index).with_record(Record::Offer).with_suggestions(&records.vocabulary);
        warn_of_offer(&mut warnings, &at, offer, &records);
    }
    let list = at.field("needs");
    for (index, need) in records.needs.iter().enumerate() {
        warn_of_need(&mut warnings, &list.item(index).with_record(Record::Need), need, &records.vocabulary);
    }
    other_land::warn(&mut warnings, &at, &records.offers, &records.needs, records.vocabulary.regions());
    Ok(CheckResponse {
        offers: records.offers.len(),
        needs: records.needs.len(),
        errors,
        warnings: warnings.into_details(),
    })
}

/// [`check`] on JSON text.
///
/// # Errors
///
/// Text that is not JSON.
pub fn check_json(request: &str) -> Result<String, Error> {
    answer(check(CheckRequest::from_json(request)?)?)
}

/// [`check_json`], with a day that stands in where the request has no `as_of`.
///
/// # Errors
///
/// As [`check_json`], and `date` where `today` is no day.
pub fn check_json_on(request: &str, today: &str) -> Result<String, Error> {
    let tree = Value::from_json(request)?;
    check_tree_on(tree, today)
}

/// [`check_json_on`] for a request that is data already.
///
/// # Errors
///
/// `date` where `today` is no day.
pub fn check_tree_on(request: Value<'_>, today: &str) -> Result<String, Error> {
    let today = Some(day(today)?);
    answer(check(CheckRequest { today, ..CheckRequest::from_value(request) })?)
}

fn warn_of_offer(warnings: &mut ErrorSink, at: &Path<'_>, offer: &Offer, records: &Dataset) {
    let vocabulary = &records.vocabulary;
    let lists = [
        ("help", CodeKind::Help, &offer.help.values),
        ("roles", CodeKind::Role, &offer.roles.values),
        ("access", CodeKind::Access, &offer.access),
        ("no_access", CodeKind::Access, &offer.no_access),
    ];
    for (name, kind, codes) in lists {
        let at = at.field(name);
        for (index, code) in codes.iter().enumerate() {
            unlisted(warnings, &at.item(index), kind, code, vocabulary);
        }
    }
    let crimes = at.field("crimes");
    for (index, scope) in offer.crimes.values.iter().enumerate() {
        warn_of_scope(warnings, &crimes.item(index), scope, vocabulary);
    }
    if let Some(capacity) = offer.capacity {
        let at = at.field("capacity");
        if capacity.free.zip(capacity.total).is_some_and(|(free, total)| free > total) {
            let problem = at.error(ErrorKind::Conflict, "capacity.above_total", "more free places than places");
            warnings.push(problem);
        }
        let known = capacity::OfferValue::new(Some(capacity), records.as_of, &records.policy.capacity);
        if let capacity::OfferValue::Stale { days, .. } = known {
            let message = format!("known for {days} days, so it counts as unknown");
            warnings.push(at.field("updated").error(ErrorKind::Value, "capacity.stale", message));
        }
    }
}

fn warn_of_need(warnings: &mut ErrorSink, at: &Path<'_>, need: &Need, vocabulary: &Vocabulary) {
    if let Some(code) = &need.help {
        unlisted(warnings, &at.field("help"), CodeKind::Help, code, vocabulary);
    }
    for (name, kind, codes) in [("roles", CodeKind::Role, &need.roles), ("access", CodeKind::Access, &need.access)] {
        let at = at.field(name);
        for (index, code) in codes.iter().enumerate() {
            unlisted(warnings, &at.item(index), kind, code, vocabulary);
        }
    }
    if let Some(scope) = &need.crime {
        warn_of_scope(warnings, &at.field("crime"), scope, vocabulary);
    }
}

fn warn_of_scope(warnings: &mut ErrorSink, at: &Path<'_>, scope: &CrimeScope, vocabulary: &Vocabulary) {
    if let Some(code) = &scope.code {
        unlisted(warnings, at, CodeKind::Crime, code, vocabulary);
    }
    let at = at.field("context");
    for (index, tag) in scope.context.iter().enumerate() {
        unlisted(warnings, &at.item(index), CodeKind::Context, tag, vocabulary);
    }
}

/// A code that the tables do not list matches only itself: right for a code of one's own, wrong for a typing error.
fn unlisted(warnings: &mut ErrorSink, at: &Path<'_>, kind: CodeKind, code: &str, vocabulary: &Vocabulary) {
    if vocabulary.contains(kind, code) {
        return;
    }
    let name = format!("{kind}.unlisted");
    let warning = at.error(ErrorKind::Unknown, &name, "a code that the tables do not list");
    let own = Cow::Borrowed("it matches only itself; give it a name to use it as your own");
    warnings.push(warning.with_hint(at.suggestion(kind, code).map_or(own, Cow::Owned)));
}
