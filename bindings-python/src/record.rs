//! The classes of needs, offers and policies: validated once, and immutable. Their methods are in `record_methods`.

use lotse::wire::{self, Dataset, TableLayout, Value};
use pyo3::prelude::*;

/// One request for one kind of help, by one person or by one party that stays together.
///
/// Only `id` is required; an absent field is *not requested*, and does not count. There is no field for a name, a birth
/// date or an address. The attributes are the fields in their full form, `None` or `[]` if absent.
///
/// - `help`: a code such as `legal.first_advice`; `crime`: an ICCS code, or `{"code": ..., "context": [...]}`
/// - `languages`: tags, best first, or `{"tag": "de", "level": "A2"}` with a level of `native`, `C2` to `A1`
/// - `region`: a key (AGS, NUTS, ISO); `place`: `{"lat": ..., "lon": ...}` in degrees, within the region
/// - `people`: 1 to 100 000; `age`: 0 to 150 years; `gender`: `female`, `male`, `other`, `unknown`
/// - `priority`: `stat`, `asap`, `urgent`, `routine`; `group`: needs of one group go to the same offer
/// - `formats`: `on_site`, `outreach`, `phone`, `video`, `chat`, `email`; `roles`, `access`: codes
/// - `rules`: the rules of this need, which take precedence over the policy: `{"language": "prefer"}`
///
/// Raises `lotse.Error` with all errors. They have a path, but no value.
///
/// >>> import lotse
/// >>> need = lotse.Need(id="n-1", help="legal", languages=["prs", {"tag": "de", "level": "A2"}], region="14612")
/// >>> need
/// Need(id='n-1', ...)
/// >>> need.languages
/// [{'tag': 'prs'}, {'tag': 'de', 'level': 'A2'}]
/// >>> lotse.Need(id="n-1", langauges=["de"])
/// Traceback (most recent call last):
/// lotse.Error: need: unknown field [need.unknown_field] - did you mean `languages`?
#[pyclass(frozen, eq, name = "Need", module = "lotse")]
#[derive(PartialEq)]
pub(crate) struct PyNeed {
    pub(crate) inner: lotse::Need,
}

/// One service of one organisation, with a capacity.
///
/// Only `id` is required; an absent field is *unknown*, which means neither "no" nor 0. `"any"` means that
/// everything is served. The attributes are the fields in their full form, `None` or `[]` if absent.
///
/// - `help`, `roles`, `access`, `no_access`: codes; `area`: keys of regions (AGS, NUTS, ISO)
/// - `languages`: tags, or `{"tag": "prs", "how": "interpreter"}` with `spoken`, `interpreter`, `on_request`
/// - `crimes`: codes, `any`, or `{"code": ..., "context": [...]}`; `genders`, `formats`: as in a need
/// - `capacity`: free places, or `{"free": ..., "total": ..., "state": ..., "updated": ...}` with a state of `open`,
///   `waitlist`, `assessment`, `full`, `unlimited`, and the day on which it was last confirmed
/// - `ages`: `{"min": ..., "max": ...}` in years, both ends included
/// - `place`: `{"region": ..., "lat": ..., "lon": ...}`; `contact`: `{"phone": ..., "email": ..., "url": ...}`
///
/// Raises `lotse.Error` with all errors.
///
/// >>> import datetime, lotse
/// >>> lotse.Offer(id="o-1", languages=["de"], capacity={"free": 3, "updated": datetime.date(2026, 11, 20)})
/// Offer(id='o-1', ...)
#[pyclass(frozen, eq, name = "Offer", module = "lotse")]
#[derive(PartialEq)]
pub(crate) struct PyOffer {
    pub(crate) inner: lotse::Offer,
}

/// The weights, rules and parameters by which offers are scored. Absent keys have defaults, which are attributes too.
///
/// - `weights`: `{"help": 16, "crime": 20, "language": 29, "region": 20, "capacity": 15, "prefer": 5}`
/// - `rules`: by criterion, `"must"`, `"prefer"`, `"ignore"`, or `{"rule": "must", "minimum": 0.25, "unknown": "exclude"}`
/// - `unknown_fit`: the fit that counts if it is unknown, 0 to 1
/// - `language`, `region`, `help`, `crime`, `capacity`, `priority_weights`: parameters, see the README
///
/// Fits and weights have at most 4 decimals. Raises `lotse.Error` with all errors.
///
/// >>> import lotse
/// >>> lotse.Policy(weights={"language": 40}, rules={"region": "prefer"}).rules["region"]
/// {'rule': 'prefer', 'minimum': 0.0001, 'unknown': 'allow'}
#[pyclass(frozen, eq, name = "Policy", module = "lotse")]
#[derive(PartialEq)]
pub(crate) struct PyPolicy {
    pub(crate) inner: lotse::Policy,
}

/// Returns the value from which the record in an object can be decoded, or `None` for objects of other classes.
pub(crate) fn object_to_value(object: &Bound<'_, PyAny>) -> Option<Value<'static>> {
    if let Ok(need) = object.cast::<PyNeed>() {
        return Some(serialize(&need.get().inner));
    }
    if let Ok(offer) = object.cast::<PyOffer>() {
        return Some(serialize(&offer.get().inner));
    }
    object.cast::<PyPolicy>().ok().map(|policy| serialize(&policy.get().inner))
}

fn serialize(record: &impl serde::Serialize) -> Value<'static> {
    wire::to_value(record).unwrap_or(Value::Null)
}

/// A type of records that a request has a list of.
pub(crate) trait Record: Sized {
    /// The field of a request.
    const FIELD: &'static str;

    /// Returns the record of an object of its class.
    fn from_object(object: &Bound<'_, PyAny>) -> Option<Self>;

    /// Decodes the record.
    fn from_value(value: &Value<'_>) -> Result<Self, lotse::Error>;

    /// Decodes the records of a request.
    fn decode_all(records: Value<'static>) -> Result<Vec<Self>, lotse::Error>;

    /// Returns the layout of a table with columns of these names.
    fn table_layout<'n>(names: impl IntoIterator<Item = &'n str>) -> TableLayout;
}

impl Record for lotse::Need {
    const FIELD: &'static str = "needs";

    fn from_object(object: &Bound<'_, PyAny>) -> Option<Self> {
        object.cast::<PyNeed>().ok().map(|need| need.get().inner.clone())
    }

    fn from_value(value: &Value<'_>) -> Result<Self, lotse::Error> {
        Self::from_value(value)
    }

    fn decode_all(records: Value<'static>) -> Result<Vec<Self>, lotse::Error> {
        Dataset::from_value(&Value::Object(vec![(Self::FIELD.into(), records)])).map(|dataset| dataset.needs)
    }

    fn table_layout<'n>(names: impl IntoIterator<Item = &'n str>) -> TableLayout {
        TableLayout::from_need_columns(names)
    }
}

impl Record for lotse::Offer {
    const FIELD: &'static str = "offers";

    fn from_object(object: &Bound<'_, PyAny>) -> Option<Self> {
        object.cast::<PyOffer>().ok().map(|offer| offer.get().inner.clone())
    }

    fn from_value(value: &Value<'_>) -> Result<Self, lotse::Error> {
        Self::from_value(value)
    }

    fn decode_all(records: Value<'static>) -> Result<Vec<Self>, lotse::Error> {
        Dataset::from_value(&Value::Object(vec![(Self::FIELD.into(), records)])).map(|dataset| dataset.offers)
    }

    fn table_layout<'n>(names: impl IntoIterator<Item = &'n str>) -> TableLayout {
        TableLayout::from_offer_columns(names)
    }
}
