use serde::Serialize;

use crate::{
    decode::{
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorSink},
    model::enums::CapacityState,
    util::date::Date,
};

/// The maximal number of places of an offer.
pub(crate) const MAX_PLACES: u32 = 1_000_000_000;

/// The places of an offer: their state, their number if it is known, and the day on which that was known.
///
/// A number of free places, or a state, converts into a capacity.
///
/// # Example: a number of free places, or a state
///
/// ```
/// use lotse::{Capacity, CapacityState};
/// let open = Capacity::open(3).with_total(10);
/// assert_eq!((open.free(), open.total(), open.state()), (Some(3), Some(10), CapacityState::Open));
/// assert_eq!(Capacity::from(3), Capacity::open(3));
///
/// let full = Capacity::new(CapacityState::Full).with_updated("2026-11-20".parse()?);
/// assert_eq!((full.free(), full.updated()), (None, Some("2026-11-20".parse()?)));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
pub struct Capacity {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) free: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) total: Option<u32>,
    pub(crate) state: CapacityState,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) updated: Option<Date>,
}

impl Capacity {
    /// The fields in JSON.
    pub(crate) const FIELDS: &'static [&'static str] = &["free", "total", "state", "updated"];

    /// Creates a capacity in this state, without a number of places.
    ///
    /// # Example: a hotline
    ///
    /// ```
    /// use lotse::{Capacity, CapacityState};
    /// let capacity = Capacity::new(CapacityState::Unlimited);
    /// assert_eq!((capacity.state(), capacity.free()), (CapacityState::Unlimited, None));
    /// ```
    pub fn new(state: CapacityState) -> Self {
        Self { free: None, total: None, state, updated: None }
    }

    /// Creates an open capacity with this number of free places. More than 1 000 000 000 count as that number.
    ///
    /// # Example: three free places
    ///
    /// ```
    /// use lotse::{Capacity, CapacityState};
    /// let capacity = Capacity::open(3);
    /// assert_eq!((capacity.state(), capacity.free()), (CapacityState::Open, Some(3)));
    /// ```
    pub fn open(free: u32) -> Self {
        Self { free: Some(free.min(MAX_PLACES)), ..Self::new(CapacityState::Open) }
    }

    /// Sets the state.
    ///
    /// # Example: free places after an interview
    ///
    /// ```
    /// use lotse::{Capacity, CapacityState};
    /// let capacity = Capacity::open(3).with_state(CapacityState::Assessment);
    /// assert_eq!((capacity.state(), capacity.free()), (CapacityState::Assessment, Some(3)));
    /// ```
    pub fn with_state(self, state: CapacityState) -> Self {
        Self { state, ..self }
    }

    /// Sets the number of all places, taken or free, which is informative: it affects no result. More than
    /// 1 000 000 000 count as that number.
    ///
    /// # Example: three of ten places are free
    ///
    /// ```
    /// assert_eq!(lotse::Capacity::open(3).with_total(10).total(), Some(10));
    /// ```
    pub fn with_total(self, total: u32) -> Self {
        Self { total: Some(total.min(MAX_PLACES)), ..self }
    }

    /// Sets the day on which the capacity was known.
    ///
    /// # Example: a capacity of last week
    ///
    /// ```
    /// let day: lotse::Date = "2026-11-20".parse()?;
    /// assert_eq!(lotse::Capacity::open(3).with_updated(day).updated(), Some(day));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn with_updated(self, day: Date) -> Self {
        Self { updated: Some(day), ..self }
    }

    /// Returns the number of free places, or `None` if it is not stated.
    pub fn free(self) -> Option<u32> {
        self.free
    }

    /// Returns the number of all places, or `None` if it is not stated.
    pub fn total(self) -> Option<u32> {
        self.total
    }

    /// Returns the state.
    pub fn state(self) -> CapacityState {
        self.state
    }

    /// Returns the day on which the capacity was known, or `None` if it is not stated.
    pub fn updated(self) -> Option<Date> {
        self.updated
    }

    /// Decodes a capacity: a number of free places, or an object as in an offer.
    ///
    /// # Errors
    ///
    /// All errors of the data, with paths that begin with `offer.capacity`; `offer.missing_field` if it is null or empty.
    ///
    /// # Example: a number is enough
    ///
    /// ```
    /// use lotse::{Capacity, wire::Value};
    /// assert_eq!(Capacity::from_value(&Value::Int(3))?, Capacity::open(3));
    /// let error = Capacity::from_value(&Value::Null).unwrap_err();
    /// assert_eq!((error.code(), error.path(), error.errors().len()), ("offer.missing_field", "offer.capacity", 1));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        let mut sink = ErrorSink::default();
        let root = Path::root(Record::Offer);
        let offer = root.field("offer");
        let path = offer.field("capacity");
        let capacity = if value.is_absent() {
            sink.missing_field(&path);
            None
        } else {
            Self::decode(&mut sink, &path, value)
        };
        sink.into_result(capacity.unwrap_or(Self::new(CapacityState::Open)))
    }

    pub(crate) fn decode(sink: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Option<Self> {
        if !matches!(value, Value::Object(_)) {
            let free = sink.integer(path, value, 0..=i64::from(MAX_PLACES))?;
            return Some(Self::open(free));
        }
        let fields = sink.fields(path, value, Self::FIELDS)?;
        let mut places =
            |name| fields.get(name).and_then(|value| sink.integer(&path.field(name), value, 0..=i64::from(MAX_PLACES)));
        let (free, total) = (places("free"), places("total"));
        let state = fields.get("state").and_then(|value| sink.string_enum(&path.field("state"), value));
        let updated = fields.get("updated").and_then(|value| sink.date(&path.field("updated"), value));
        Some(Self { free, total, state: state.unwrap_or(CapacityState::Open), updated })
    }

    /// Encodes the capacity as JSON states it in an offer.
    pub(crate) fn to_value(self) -> Value<'static> {
        let integer = |name, number: Option<u32>| Some((name, Value::Int(number?.into())));
        let fields = [
            integer("free", self.free),
            integer("total", self.total),
            Some(("state", self.state.as_str().into())),
            self.updated.map(|day| ("updated", day.to_string().into())),
        ];
        Value::Object(fields.into_iter().flatten().map(|(name, value)| (name.into(), value)).collect())
    }
}

impl From<u32> for Capacity {
    /// Creates an [open](Self::open) capacity with this number of free places.
    fn from(free: u32) -> Self {
        Self::open(free)
    }
}

impl From<CapacityState> for Capacity {
    /// Creates a capacity [without a number](Self::new) of places.
    fn from(state: CapacityState) -> Self {
        Self::new(state)
    }
}
