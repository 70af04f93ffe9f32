use serde::Serialize;

use crate::{
    decode::{decoder::Fields, path::Path, value::Value},
    error::{ErrorKind, ErrorSink, message},
    util::geo::Coordinates,
};

/// The location of an offer: a region, coordinates or both.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) region: Option<String>,
    #[serde(flatten)]
    pub(crate) coordinates: Option<Coordinates>,
}

impl Location {
    /// The fields in JSON.
    pub(crate) const FIELDS: &'static [&'static str] = &["region", "lat", "lon"];

    pub(crate) fn decode(sink: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Option<Self> {
        let fields = sink.fields(path, value, Self::FIELDS)?;
        let coordinates = Coordinates::decode(sink, path, &fields);
        let region = fields.get("region").and_then(|value| sink.short_text(&path.field("region"), value));
        let is_known = region.is_some() || coordinates.is_some();
        is_known.then(|| Self { region: region.map(str::to_owned), coordinates })
    }
}

impl Coordinates {
    /// The fields in JSON.
    pub(crate) const FIELDS: &'static [&'static str] = &["lat", "lon"];

    /// Decodes the fields `lat` and `lon` of an object; each requires the other.
    pub(crate) fn decode(sink: &mut ErrorSink, path: &Path<'_>, fields: &Fields<'_>) -> Option<Self> {
        let (lat, lon) = (fields.get("lat"), fields.get("lon"));
        if lat.is_some() != lon.is_some() {
            let message = message!("place.incomplete");
            sink.push(path.error(ErrorKind::Missing, "place.incomplete", message));
        }
        let lat = lat.and_then(|value| sink.degrees(&path.field("lat"), value, Self::MAX_LAT));
        let lon = lon.and_then(|value| sink.degrees(&path.field("lon"), value, Self::MAX_LON));
        Self::new(lat?, lon?).ok()
    }
}
