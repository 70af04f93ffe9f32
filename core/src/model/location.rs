use serde::Serialize;

use crate::{
    decode::{decoder::Fields, path::Path, value::Value},
    error::{ErrorKind, ErrorSink},
    util::geo::Coordinates,
};

/// Where an offer is.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub(crate) struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) region: Option<String>,
    #[serde(flatten)]
    pub(crate) coordinates: Option<Coordinates>,
}

impl Place {
    pub(crate) fn read(problems: &mut ErrorSink, at: &Path<'_>, tree: &Value) -> Option<Self> {
        let fields = problems.fields(at, tree, &["region", "lat", "lon"])?;
        let coordinates = Coordinates::read(problems, at, &fields);
        let region = fields.get("region").and_then(|tree| problems.short_text(&at.field("region"), tree));
        let known = region.is_some() || coordinates.is_some();
        known.then(|| Self { region: region.map(str::to_owned), coordinates })
    }
}

impl Coordinates {
    /// Reads `lat` and `lon` of an object; neither is absent without the other.
    pub(crate) fn read(problems: &mut ErrorSink, at: &Path<'_>, fields: &Fields<'_>) -> Option<Self> {
        let (lat, lon) = (fields.get("lat"), fields.get("lon"));
        if lat.is_some() != lon.is_some() {
            let message = "one coordinate without the other";
            problems.push(at.error(ErrorKind::Missing, "place.incomplete", message));
        }
        let lat = lat.and_then(|tree| problems.degrees(&at.field("lat"), tree, 90));
        let lon = lon.and_then(|tree| problems.degrees(&at.field("lon"), tree, 180));
        Some(Self { lat: lat?, lon: lon? })
    }
}
