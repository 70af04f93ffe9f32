//! A list of JSON objects as records.

use std::borrow::Cow;

use crate::{
    decode::value::Value,
    error::{Error, message},
    import::{
        fault::{self, MAX_COLUMNS, Place},
        fhir::{self, Resources},
        frame::plain,
        json::{self, Shape},
        json_paths::Paths,
        layout::clean,
        notes::{Notes, Section},
        position::{Position, Step},
    },
};

/// The objects of a text.
#[derive(Debug)]
pub(super) struct JsonList<'f> {
    text: Cow<'f, str>,
    shape: Shape,
    content: Content,
    paths: Paths,
}

/// What an object of the list is.
#[derive(Debug)]
pub(super) enum Content {
    /// A record.
    Records,
    /// A record that inherits a field from the object around the list.
    Inheriting(&'static str, Value<'static>),
    /// An organization with a list of its services, which are the records.
    Organizations,
    /// A feature of GeoJSON, whose properties are the record.
    Features,
    /// A resource of FHIR, or an entry of a bundle.
    Resources,
}

type Fields<'s> = Vec<(Cow<'s, str>, Value<'s>)>;
type Each<'e, 's> = dyn FnMut(u32, Value<'s>) -> Result<(), Error> + 'e;

impl<'f> JsonList<'f> {
    /// Reads the paths of all objects.
    ///
    /// # Errors
    ///
    /// `json.syntax` with line and column, or `import.limit`.
    pub(super) fn new(text: Cow<'f, str>, shape: Shape, content: Content, file: &str) -> Result<Self, Error> {
        let mut list = Self { text, shape, content, paths: Paths::default() };
        let mut paths = Paths::default();
        let mut left = MAX_COLUMNS;
        list.for_each_record(file, &mut |index, value| match paths.add(&value, &mut left) {
            true => Ok(()),
            false => {
                let message = message!("import.limit.columns").with(&[("max", &MAX_COLUMNS)]);
                Err(fault::limit(&Place::Item(file, index), message))
            }
        })?;
        list.paths = paths;
        Ok(list)
    }

    /// Returns the dotted paths that occur.
    pub(super) fn columns(&self) -> Vec<String> {
        self.paths.columns()
    }

    fn for_each_record<'s>(&'s self, file: &str, each: &mut Each<'_, 's>) -> Result<(), Error> {
        let for_each = |each: &mut Each<'_, 's>| json::for_each(&self.text, &self.shape, file, each);
        match &self.content {
            Content::Records => for_each(each),
            Content::Inheriting(name, inherited) => {
                for_each(&mut |index, value| each(index, inherit(value, name, inherited)))
            }
            Content::Organizations => {
                for_each(&mut |index, value| for_each_service(value, &mut |value| each(index, value)))
            }
            Content::Features => for_each(&mut |index, value| each(index, feature(value))),
            Content::Resources => {
                let mut resources = Resources::default();
                for_each(&mut |_, value| {
                    resources.add(value);
                    Ok(())
                })?;
                for_each(&mut |index, value| match fhir::service(value) {
                    Some(service) => each(index, resources.resolve(service, (file, index))?),
                    None => Ok(()),
                })
            }
        }
    }

    /// Reads the wanted paths of each object.
    ///
    /// # Errors
    ///
    /// `json.syntax` with line and column; `import.limit`; or an error of `each`.
    pub(super) fn for_each<'s>(
        &'s self,
        (file, name): (u32, &str),
        wanted: &[bool],
        notes: &mut Notes,
        each: &mut dyn FnMut(Position, Value<'s>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let is_partial = !wanted.iter().all(|is_wanted| *is_wanted);
        let wanted = is_partial.then(|| self.paths.wanted(&mut wanted.iter().copied()));
        self.for_each_record(name, &mut |index, value| {
            let value = if let Some(wanted) = &wanted { wanted.retain(value) } else { value };
            let at = Position { file, step: Step::Item(index) };
            let (value, is_repaired) = clean(value, false);
            if is_repaired {
                notes.add(Section::Repaired, "text.twice_encoded", (None, None), Some(at));
            }
            each(at, value)
        })
    }
}

fn inherit<'s>(value: Value<'s>, name: &'static str, inherited: &'s Value<'static>) -> Value<'s> {
    match value {
        Value::Object(mut fields) => {
            if !fields.iter().any(|(key, _)| key == name) {
                fields.push((Cow::Borrowed(name), plain(inherited)));
            }
            Value::Object(fields)
        }
        value => value,
    }
}

/// Calls `each` with every service of an organization, which each of them has as a field.
fn for_each_service<'s>(value: Value<'s>, each: &mut dyn FnMut(Value<'s>) -> Result<(), Error>) -> Result<(), Error> {
    let Value::Object(mut fields) = value else { return each(value) };
    let Some(index) = fields.iter().position(|(key, value)| key == "services" && matches!(value, Value::Array(_)))
    else {
        return each(Value::Object(fields));
    };
    let (_, services) = fields.remove(index);
    let Value::Array(services) = services else { return Ok(()) };
    let given = fields.iter().position(|(key, _)| key == "organization");
    let organization = match given {
        Some(index) => fields.remove(index).1,
        None => Value::Object(fields.into_iter().filter(|(_, value)| !matches!(value, Value::Array(_))).collect()),
    };
    for service in services {
        let Value::Object(mut fields) = service else { continue };
        if !fields.iter().any(|(key, _)| key == "organization") {
            fields.push((Cow::Borrowed("organization"), organization.clone()));
        }
        each(Value::Object(fields))?;
    }
    Ok(())
}

/// Returns the properties of a feature of GeoJSON, with the coordinates of a point as `lat` and `lon`.
fn feature(value: Value<'_>) -> Value<'_> {
    let Value::Object(fields) = value else { return value };
    let (mut properties, mut point) = (Vec::new(), None);
    for (key, value) in fields {
        match (&*key, value) {
            ("properties", Value::Object(fields)) => properties = fields,
            ("geometry", Value::Object(fields)) => point = coordinates(fields),
            _ => {}
        }
    }
    for (name, value) in point.into_iter().flat_map(|(lon, lat)| [("lat", lat), ("lon", lon)]) {
        if !properties.iter().any(|(key, _)| key == name) {
            properties.push((Cow::Borrowed(name), value));
        }
    }
    Value::Object(properties)
}

/// Returns longitude and latitude of a point.
fn coordinates(geometry: Fields<'_>) -> Option<(Value<'_>, Value<'_>)> {
    let (_, coordinates) = geometry.into_iter().find(|(key, _)| key == "coordinates")?;
    let Value::Array(items) = coordinates else { return None };
    let mut items = items.into_iter();
    let is_number = |value: &Value<'_>| matches!(value, Value::Int(_) | Value::Float(_));
    items.next().zip(items.next()).filter(|(lon, lat)| is_number(lon) && is_number(lat))
}
