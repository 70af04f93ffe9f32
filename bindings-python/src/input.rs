//! What may stand for records: themselves, dicts, JSON text, tables.

use std::borrow::Cow;

use lotse::wire::{self, Dataset, Value};
use pyo3::{
    prelude::*,
    types::{PyBytes, PyDict, PyString},
};

use crate::{
    arrow_in::Rows,
    convert, error,
    record::{PyNeed, PyOffer, PyPolicy},
};

/// A list of records as it was given.
pub(crate) enum Given<R> {
    /// Records that were checked before.
    Ready(Vec<R>),
    /// Data, one for each.
    Data(Vec<Value<'static>>),
    /// Rows of a table.
    Rows(Rows),
    /// Something else, which the core refuses.
    Unfit(Value<'static>),
}

/// Which records a list holds.
pub(crate) trait Listed: Sized {
    /// The field of a request.
    const NAME: &'static str;

    /// The record in an object of its class.
    fn ready(item: &Bound<'_, PyAny>) -> Option<Self>;

    /// The columns of a table of such records.
    fn columns<'n>(names: impl IntoIterator<Item = &'n str>) -> wire::TableLayout;
}

impl Listed for lotse::Need {
    const NAME: &'static str = "needs";

    fn ready(item: &Bound<'_, PyAny>) -> Option<Self> {
        item.cast::<PyNeed>().ok().map(|need| need.get().inner.clone())
    }

    fn columns<'n>(names: impl IntoIterator<Item = &'n str>) -> wire::TableLayout {
        wire::TableLayout::from_need_columns(names)
    }
}

impl Listed for lotse::Offer {
    const NAME: &'static str = "offers";

    fn ready(item: &Bound<'_, PyAny>) -> Option<Self> {
        item.cast::<PyOffer>().ok().map(|offer| offer.get().inner.clone())
    }

    fn columns<'n>(names: impl IntoIterator<Item = &'n str>) -> wire::TableLayout {
        wire::TableLayout::from_offer_columns(names)
    }
}

impl<R: Listed> Given<R> {
    /// Takes a list, anything that can be gone through, a table, or JSON text of one record or many.
    pub(crate) fn of(given: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = given.py();
        if let Ok(text) = given.cast::<PyString>() {
            let text = convert::unicode(text);
            let read = py.detach(|| Value::parse_records(&text, R::NAME).map(Value::into_owned));
            return match read.map_err(|error| error::raise(py, &error))? {
                Value::Array(items) => Ok(Self::Data(items)),
                other => Ok(Self::Unfit(other)),
            };
        }
        if Rows::are(given)? {
            return Rows::of::<R>(given).map(Self::Rows);
        }
        if given.is_none() || given.is_instance_of::<PyDict>() || given.is_instance_of::<PyBytes>() {
            return Ok(Self::Unfit(Value::Bool(false)));
        }
        let Ok(items) = given.try_iter() else { return Ok(Self::Unfit(Value::Bool(false))) };
        let items: Vec<Bound<'_, PyAny>> = items.collect::<PyResult<_>>()?;
        let mut ready = Vec::with_capacity(items.len());
        for item in &items {
            match R::ready(item) {
                Some(record) => ready.push(record),
                None => break,
            }
        }
        if ready.len() == items.len() {
            return Ok(Self::Ready(ready));
        }
        // Text that is no JSON stays text, which is no record.
        let read = |item: &Bound<'_, PyAny>| convert::record(item).unwrap_or_else(|_| "?".into());
        Ok(Self::Data(items.iter().map(read).collect()))
    }

    /// As data, in the form of a request.
    fn into_value(self) -> Result<Value<'static>, Vec<R>> {
        match self {
            Self::Ready(records) => Err(records),
            Self::Data(items) => Ok(Value::Array(items)),
            Self::Rows(rows) => Ok(Value::Array((0..rows.len()).map(|row| rows.record(row).into_owned()).collect())),
            Self::Unfit(tree) => Ok(tree),
        }
    }
}

impl Given<lotse::Need> {
    /// The needs, checked for a matcher.
    pub(crate) fn for_matcher(self, matcher: &lotse::Matcher) -> Result<Vec<lotse::Need>, lotse::Error> {
        match self {
            Self::Ready(needs) => Ok(needs),
            Self::Data(items) => {
                wire::decode_needs(matcher, items.len(), |number| items.get(number).unwrap_or(&NOTHING))
            }
            Self::Rows(rows) => wire::decode_needs(matcher, rows.len(), |row| rows.record(row)),
            Self::Unfit(tree) => Ok(request(vec![("needs", tree)])?.needs),
        }
    }
}

const NOTHING: Value<'static> = Value::Null;

/// What a request carries, as it was given.
pub(crate) struct GivenRecords {
    fields: Vec<(&'static str, Value<'static>)>,
    offers: Option<Given<lotse::Offer>>,
    needs: Option<Given<lotse::Need>>,
}

impl GivenRecords {
    /// `as_of` is today where nothing is given.
    pub(crate) fn of(
        offers: Option<&Bound<'_, PyAny>>,
        needs: Option<&Bound<'_, PyAny>>,
        policy: Option<&Bound<'_, PyAny>>,
        vocabulary: Option<&Value<'_>>,
        as_of: Option<&Bound<'_, PyAny>>,
        py: Python<'_>,
    ) -> PyResult<Self> {
        let mut fields = Vec::new();
        if let Some(policy) = policy {
            let tree = match policy.cast::<PyPolicy>() {
                Ok(policy) => policy.get().tree(),
                Err(_) => convert::record(policy).map_err(|error| error::raise(py, &error))?,
            };
            fields.push(("policy", tree));
        }
        fields.extend(vocabulary.map(|tree| ("vocabulary", tree.clone().into_owned())));
        let day = as_of.map(convert::tree).filter(|tree| !matches!(tree, Value::Null));
        fields.push(("as_of", day.map_or_else(|| today(py).map(Value::from), Ok)?));
        Ok(Self { fields, offers: offers.map(Given::of).transpose()?, needs: needs.map(Given::of).transpose()? })
    }

    /// The request that these make up, with records that stand ready beside it.
    fn into_request(self) -> (Vec<(&'static str, Value<'static>)>, Vec<lotse::Offer>, Vec<lotse::Need>) {
        let Self { mut fields, offers, needs } = self;
        let (mut ready_offers, mut ready_needs) = (Vec::new(), Vec::new());
        match offers.map(Given::into_value) {
            Some(Ok(tree)) => fields.push(("offers", tree)),
            Some(Err(ready)) => ready_offers = ready,
            None => {}
        }
        match needs.map(Given::into_value) {
            Some(Ok(tree)) => fields.push(("needs", tree)),
            Some(Err(ready)) => ready_needs = ready,
            None => {}
        }
        (fields, ready_offers, ready_needs)
    }

    pub(crate) fn read(self) -> Result<Dataset, lotse::Error> {
        let (fields, offers, needs) = self.into_request();
        let mut records = request(fields)?;
        records.offers.extend(offers);
        records.needs.extend(needs);
        Ok(records)
    }

    /// All of it as data, for a check that finds everything.
    pub(crate) fn into_value(self) -> Value<'static> {
        let (mut fields, offers, needs) = self.into_request();
        let text = |records: Result<String, _>| {
            Value::from_json(&records.unwrap_or_default()).map_or(NOTHING, Value::into_owned)
        };
        if !offers.is_empty() {
            fields.push(("offers", text(serde_json::to_string(&offers))));
        }
        if !needs.is_empty() {
            fields.push(("needs", text(serde_json::to_string(&needs))));
        }
        Value::Object(named(fields))
    }
}

fn request(fields: Vec<(&'static str, Value<'static>)>) -> Result<Dataset, lotse::Error> {
    Dataset::from_value(&Value::Object(named(fields)))
}

fn named(fields: Vec<(&'static str, Value<'static>)>) -> Vec<(Cow<'static, str>, Value<'static>)> {
    fields.into_iter().map(|(name, tree)| (name.into(), tree)).collect()
}

/// Today's date, which the core must be told.
pub(crate) fn today(py: Python<'_>) -> PyResult<String> {
    py.import("datetime")?.getattr("date")?.call_method0("today")?.call_method0("isoformat")?.extract()
}
