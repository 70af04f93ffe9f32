//! The part that all requests share: offers, needs, policy, vocabulary and day.
//!
//! A request is decoded in one pass. If only its form is right, codes and ids are left to the matcher, which looks them up
//! anyway. If the form is wrong there will be no matcher, so they are looked up here: all errors of a request are reported
//! at once, in the order of the input.

use std::{borrow::Borrow, sync::Arc};

use crate::{
    criteria::Context,
    decode::{
        decoder::Fields,
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorDetail, ErrorSink, MAX_ERRORS},
    matcher::{
        Matcher,
        lookup::{duplicate_id, duplicates},
        offer_values::{as_of_missing, needs_as_of, offer_values},
        profile::Profile,
    },
    model::{enums::Lang, need::Need, offer::Offer, policy::Policy},
    util::{
        date::Date,
        ordered_map::OrderedSet,
        parallel::{chunks, map},
        progress::ProgressReporter,
    },
    vocabulary::Vocabulary,
    wire::call_options::CallOptions,
};

/// The part that all requests share: `offers`, `needs`, `policy`, `vocabulary` (additions only) and `as_of`.
///
/// # Example: the records of a request
///
/// ```
/// use lotse::wire::{Dataset, Value};
/// let request = Value::from_json(r#"{"offers": [{"id": "o-1"}], "needs": [{"id": "n-1"}], "as_of": "2026-11-23"}"#)?;
/// let dataset = Dataset::from_value(&request)?;
/// assert_eq!((dataset.offers[0].id(), dataset.needs[0].id()), ("o-1", "n-1"));
///
/// let (matcher, needs) = dataset.into_matcher()?;
/// assert_eq!(matcher.rank_all(&needs, 5)?[0].matches()[0].offer(), "o-1");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    /// The offers.
    pub offers: Vec<Offer>,
    /// The needs.
    pub needs: Vec<Need>,
    /// The weights and rules by which offers are assessed.
    pub policy: Policy,
    /// The tables of codes and names.
    pub vocabulary: Vocabulary,
    /// The day on which capacities are assessed; required if an offer has `updated`.
    pub as_of: Option<Date>,
}

impl Dataset {
    /// Decodes the shared part from a value that has no other fields.
    ///
    /// # Errors
    ///
    /// Every error of the records. If only codes or ids are wrong, [`into_matcher`](Self::into_matcher) reports them.
    ///
    /// # Example: an unknown code next to an error of the form
    ///
    /// ```
    /// use lotse::wire::{Dataset, Value};
    /// let request = Value::from_json(r#"{"needs": [{"id": "n-1", "age": "34", "languages": ["xqq"]}]}"#)?;
    /// let error = Dataset::from_value(&request).unwrap_err();
    /// let codes: Vec<&str> = error.errors().map(|error| error.code()).collect();
    /// assert_eq!(codes, ["need.type", "need.language.unknown_tag"]);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(value: &Value<'_>) -> Result<Self, Error> {
        Self::decode(value, &CallOptions::new())
    }

    /// Decodes the shared part as [`from_value`](Self::from_value) does; the day of `options` replaces a missing `as_of`.
    ///
    /// # Errors
    ///
    /// As [`from_value`](Self::from_value).
    ///
    /// # Example: capacities as of a day
    ///
    /// ```
    /// use lotse::wire::{CallOptions, Dataset, Value};
    /// let options = CallOptions::new().today("2026-11-23".parse()?);
    /// let dataset = Dataset::decode(&Value::Object(vec![]), &options)?;
    /// assert_eq!(dataset.as_of.map(|day| day.to_string()).as_deref(), Some("2026-11-23"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn decode(value: &Value<'_>, options: &CallOptions<'_>) -> Result<Self, Error> {
        let (dataset, (), errors) = decode_request(value, SHARED_FIELDS, options, |_, _, _| (), |_, _, _| ());
        errors.into_result(dataset)
    }

    /// Builds a matcher for the offers, and returns it with the needs.
    ///
    /// # Errors
    ///
    /// Every unknown or malformed language tag and region key, and every duplicate id, of the offers and of the needs;
    /// `request.as_of.missing`.
    pub fn into_matcher(self) -> Result<(Matcher, Vec<Need>), Error> {
        self.into_matcher_with(|_, _| ())
    }

    /// Builds a matcher as [`into_matcher`](Self::into_matcher) does. If a record is wrong, `look_up_ids` adds the errors of ids in the
    /// rest of the request, so that all errors are reported at once.
    pub(super) fn into_matcher_with(
        self,
        look_up_ids: impl FnOnce(&mut ErrorSink, &RecordIds<'_>),
    ) -> Result<(Matcher, Vec<Need>), Error> {
        let mut errors = ErrorSink::default();
        let offers: Vec<Arc<str>> = self.offers.iter().map(|offer| Arc::clone(&offer.id)).collect();
        let matcher = Matcher::with_errors(&mut errors, self.offers, self.policy, self.vocabulary, self.as_of);
        Profile::of_needs(&mut errors, &self.needs, matcher.index.context());
        if !errors.is_empty() {
            let needs = OrderedSet::from_iter(self.needs.iter().map(Need::id));
            let offers = OrderedSet::from_iter(offers.iter().map(|id| &**id));
            look_up_ids(&mut errors, &RecordIds { needs: Some(needs), offers: Some(offers) });
        }
        errors.into_result((matcher, self.needs))
    }
}

/// The ids of the records of a request, which other parts of it refer to.
///
/// A list that the request does not state is `None`: bindings and services send ids alone when a matcher holds the records.
pub(super) struct RecordIds<'a> {
    needs: Option<OrderedSet<&'a str>>,
    offers: Option<OrderedSet<&'a str>>,
}

impl RecordIds<'_> {
    pub(super) fn has_need(&self, id: &str) -> bool {
        self.needs.as_ref().is_none_or(|needs| needs.contains(id))
    }

    pub(super) fn has_offer(&self, id: &str) -> bool {
        self.offers.as_ref().is_none_or(|offers| offers.contains(id))
    }
}

/// The fields that all requests on records share.
pub(super) const SHARED_FIELDS: &[&str] = &["offers", "needs", "policy", "vocabulary", "as_of"];

/// Decodes the display language of a response; English by default.
pub(super) fn decode_lang(errors: &mut ErrorSink, at: &Path<'_>, fields: &Fields<'_>) -> Lang {
    let lang = fields.get("lang").and_then(|value| errors.string_enum(&at.field("lang"), value));
    lang.unwrap_or(Lang::En)
}

/// Decodes a request: the shared part, and the operation's own fields through `decode_own`.
///
/// Returns the errors together with what could be decoded. They are in the order of the input, and complete: if there is an
/// error of the form, codes and ids of the records are looked up as well.
pub(super) fn decode_request<T: Default>(
    value: &Value,
    names: &'static [&'static str],
    options: &CallOptions<'_>,
    decode_own: impl FnOnce(&mut ErrorSink, &Path<'_>, &Fields<'_>) -> T,
    look_up_ids: impl FnOnce(&T, &mut ErrorSink, &RecordIds<'_>),
) -> (Dataset, T, ErrorSink) {
    let mut errors = ErrorSink::default();
    let at = Path::root(Record::Request);
    let Some(fields) = errors.fields(&at, value, names) else { return (Dataset::default(), T::default(), errors) };
    let partial = PartialDataset::decode(&at, &fields, options);
    let mut own_errors = ErrorSink::default();
    let own = decode_own(&mut own_errors, &at, &fields);
    if errors.is_empty() && own_errors.is_empty() && !partial.has_errors() {
        return (partial.dataset, own, errors);
    }
    let dataset = partial.look_up(&mut errors, &at, &ProgressReporter::silent());
    let has = |name| fields.get(name).is_some();
    let needs = has("needs").then(|| OrderedSet::from_iter(dataset.needs.iter().map(Need::id)));
    let offers = has("offers").then(|| OrderedSet::from_iter(dataset.offers.iter().map(Offer::id)));
    look_up_ids(&own, &mut own_errors, &RecordIds { needs, offers });
    errors.append(own_errors);
    (dataset, own, errors)
}

/// Decodes the fields that all requests share, and looks up every code and id.
///
/// Returns all errors, in the order of the input, together with what could be decoded.
pub(super) fn decode_and_look_up(
    value: &Value,
    options: &CallOptions<'_>,
    progress: &ProgressReporter<'_>,
) -> (Dataset, ErrorSink) {
    let mut errors = ErrorSink::default();
    let at = Path::root(Record::Request);
    let fields = errors.fields(&at, value, SHARED_FIELDS);
    let dataset =
        fields.map(|fields| PartialDataset::decode(&at, &fields, options).look_up(&mut errors, &at, progress));
    (dataset.unwrap_or_default(), errors)
}

/// Decodes needs for a matcher on all cores, each from its own value: `need(0)` to `need(count - 1)`.
///
/// # Errors
///
/// Every error of the needs, unknown codes and duplicate ids included, if the form of any need is wrong. Otherwise codes and
/// ids are left to the matcher.
///
/// # Example: two needs, one of them wrong
///
/// ```
/// use lotse::{Matcher, wire::{Value, decode_needs}};
/// let matcher = Matcher::builder().build()?;
/// let values = [Value::from_json(r#"{"id": "n-1", "age": 34}"#)?, Value::from_json(r#"{"id": "n-2", "age": "34"}"#)?];
/// let error = decode_needs(&matcher, values.len(), |index| &values[index]).unwrap_err();
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
    let indices: Vec<usize> = (0..count).collect();
    let decoded = map(&chunks(&indices), |chunk| {
        let mut form_errors = RecordErrors::default();
        let decode = |index: &usize| {
            form_errors.collect(*index, |errors| Need::decode(errors, &at.item(*index), need(*index).borrow()))
        };
        (chunk.iter().map(decode).collect::<Vec<Need>>(), form_errors)
    });
    let (mut needs, mut form_errors) = (Vec::with_capacity(count), RecordErrors::default());
    for (some, errors) in decoded {
        needs.extend(some);
        form_errors.append(errors);
    }
    let mut errors = ErrorSink::default();
    if !form_errors.is_empty() {
        let progress = ProgressReporter::silent();
        look_up_needs(&mut errors, &at, &needs, form_errors, matcher.index.context(), &progress);
    }
    errors.into_result(needs)
}

/// A dataset of which the form is decoded, and the errors of the form.
struct PartialDataset {
    dataset: Dataset,
    offers: RecordErrors,
    needs: RecordErrors,
    /// The errors of policy and vocabulary.
    tables: ErrorSink,
    as_of: ErrorSink,
    lacks_as_of: bool,
}

impl PartialDataset {
    fn decode(at: &Path<'_>, fields: &Fields<'_>, options: &CallOptions<'_>) -> Self {
        let mut dataset = Dataset::default();
        let (mut tables, mut as_of) = (ErrorSink::default(), ErrorSink::default());
        if let Some(value) = fields.get("policy") {
            dataset.policy = Policy::decode(&mut tables, &at.field("policy").with_record(Record::Policy), value);
        }
        if let Some(value) = fields.get("vocabulary") {
            let at = at.field("vocabulary").with_record(Record::Vocabulary);
            dataset.vocabulary = Vocabulary::decode(&mut tables, &at, value);
        }
        dataset.as_of = match fields.get("as_of") {
            Some(value) => as_of.date(&at.field("as_of"), value),
            None => options.today_or_none(),
        };
        let (mut offers, mut needs) = (RecordErrors::default(), RecordErrors::default());
        if let Some(value) = fields.get("offers") {
            dataset.offers = offers.decode_list(&at.field("offers"), value, |errors, at, value| {
                let at = at.with_record(Record::Offer).with_suggestions(&dataset.vocabulary);
                Offer::decode(errors, &at, value)
            });
        }
        if let Some(value) = fields.get("needs") {
            dataset.needs = needs.decode_list(&at.field("needs"), value, |errors, at, value| {
                Need::decode(errors, &at.with_record(Record::Need), value)
            });
        }
        let lacks_as_of = fields.get("as_of").is_none() && dataset.as_of.is_none();
        Self { dataset, offers, needs, tables, as_of, lacks_as_of }
    }

    fn has_errors(&self) -> bool {
        !(self.offers.is_empty() && self.needs.is_empty() && self.tables.is_empty() && self.as_of.is_empty())
    }

    /// Looks up every code and id, and reports all errors: those of offers, needs, policy, vocabulary and day.
    ///
    /// Policy and vocabulary decide which codes exist, yet their errors follow those of the records, which people read first.
    fn look_up(self, errors: &mut ErrorSink, at: &Path<'_>, progress: &ProgressReporter<'_>) -> Dataset {
        let Self { mut dataset, offers, needs, mut tables, as_of, lacks_as_of } = self;
        dataset.vocabulary = dataset.vocabulary.with_comprehension_of(&dataset.policy, &mut tables);
        let context = Context { policy: &dataset.policy, vocabulary: &dataset.vocabulary };
        look_up_offers(errors, &at.field("offers"), &dataset.offers, offers, context, progress);
        look_up_needs(errors, &at.field("needs"), &dataset.needs, needs, context, progress);
        errors.append(tables);
        errors.append(as_of);
        if lacks_as_of && dataset.offers.iter().any(needs_as_of) {
            errors.push(as_of_missing());
        }
        dataset
    }
}

/// Reports the errors of offers: of their form, then unknown codes, then a duplicate id, for each offer.
fn look_up_offers(
    errors: &mut ErrorSink,
    at: &Path<'_>,
    offers: &[Offer],
    form_errors: RecordErrors,
    context: Context<'_>,
    progress: &ProgressReporter<'_>,
) {
    let is_duplicate = duplicates(offers.iter().map(Offer::id));
    form_errors.report(errors, offers, progress, |errors, index, offer| {
        let at = at.item(index).with_record(Record::Offer).with_suggestions(context.vocabulary);
        offer_values(errors, &at, offer, context, None);
        report_duplicate_id(errors, &at, &offer.id, is_duplicate.get(index));
    });
}

/// Reports the errors of needs: of their form, then unknown codes, then a duplicate id, for each need.
fn look_up_needs(
    errors: &mut ErrorSink,
    at: &Path<'_>,
    needs: &[Need],
    form_errors: RecordErrors,
    context: Context<'_>,
    progress: &ProgressReporter<'_>,
) {
    let is_duplicate = duplicates(needs.iter().map(Need::id));
    form_errors.report(errors, needs, progress, |errors, index, need| {
        let at = at.item(index).with_record(Record::Need);
        // The number of people has no influence on errors.
        Profile::new(errors, &at, need, 1, context);
        report_duplicate_id(errors, &at, &need.id, is_duplicate.get(index));
    });
}

fn report_duplicate_id(errors: &mut ErrorSink, at: &Path<'_>, id: &str, is_duplicate: Option<&bool>) {
    // The id is empty if it is missing or wrong, which is reported already.
    if is_duplicate == Some(&true) && !id.is_empty() {
        errors.push(duplicate_id(at));
    }
}

/// The errors in the form of the records of a list, each with the index of its record.
// INVARIANT: in ascending order of the index. Errors beyond the first 100 are dropped: merging keeps the order, so they could
// not be among the first 100 of the result either.
#[derive(Debug, Default)]
struct RecordErrors(Vec<(usize, ErrorDetail)>);

impl RecordErrors {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Decodes one record and keeps its errors.
    fn collect<T>(&mut self, index: usize, decode: impl FnOnce(&mut ErrorSink) -> T) -> T {
        let mut errors = ErrorSink::default();
        let record = decode(&mut errors);
        if !errors.is_empty() {
            self.append(Self(errors.into_details().into_iter().map(|detail| (index, detail)).collect()));
        }
        record
    }

    /// Decodes each record of a list; a value that is not a list is an error.
    fn decode_list<T>(
        &mut self,
        at: &Path<'_>,
        value: &Value,
        decode: impl Fn(&mut ErrorSink, Path<'_>, &Value) -> T,
    ) -> Vec<T> {
        let items = self.collect(0, |errors| errors.array(at, value));
        let records = items.iter().enumerate();
        records.map(|(index, item)| self.collect(index, |errors| decode(errors, at.item(index), item))).collect()
    }

    fn append(&mut self, later: Self) {
        self.0.extend(later.0);
        self.0.truncate(MAX_ERRORS);
    }

    /// Reports all errors in the order of the records: for each record those of the form, then those that `look_up` finds.
    fn report<T>(
        self,
        errors: &mut ErrorSink,
        records: &[T],
        progress: &ProgressReporter<'_>,
        look_up: impl Fn(&mut ErrorSink, usize, &T),
    ) {
        let mut details = self.0.into_iter().peekable();
        for (index, record) in records.iter().enumerate() {
            if progress.report(index, records.len()) {
                return;
            }
            while let Some((_, detail)) = details.next_if(|(owner, _)| *owner == index) {
                errors.push(detail);
            }
            look_up(errors, index, record);
        }
        // An error of the whole list, which has no records then.
        for (_, detail) in details {
            errors.push(detail);
        }
    }
}
