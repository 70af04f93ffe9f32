//! Healthcare services of FHIR, with the resources that they refer to.
//!
//! A reference such as `{"reference": "Location/l1"}` gets the field `resource`: the resource with this type and id, that with this
//! full URL in the bundle, or one that the service contains (`#l1`). References in these resources are not resolved.

use std::borrow::Cow;

use crate::{
    decode::value::Value,
    error::{Error, message},
    import::fault::{self, Place},
    util::ordered_map::OrderedMap,
};

/// The largest number of values in the resources that one service refers to: a small file may repeat a large one.
const MAX_VALUES: usize = 100_000;

type Fields<'s> = Vec<(Cow<'s, str>, Value<'s>)>;

/// Resources that services refer to, by type and id and by full URL.
#[derive(Default)]
pub(super) struct Resources<'s> {
    indices: OrderedMap<String, usize>,
    /// Resources with the number of their values.
    resources: Vec<(Value<'s>, usize)>,
}

impl<'s> Resources<'s> {
    /// Adds a resource, or that of an entry of a bundle, unless it is a service.
    pub(super) fn add(&mut self, value: Value<'s>) {
        let (url, resource) = entry(value);
        let Value::Object(fields) = &resource else { return };
        let kind = text(fields, "resourceType").unwrap_or_default();
        if kind == SERVICE {
            return;
        }
        let index = self.resources.len();
        let names = text(fields, "id").map(|id| format!("{kind}/{id}")).into_iter().chain(url.map(Cow::into_owned));
        for name in names {
            self.indices.insert(name, index);
        }
        let size = size(&resource);
        self.resources.push((resource, size));
    }

    /// Returns a service in which each reference has its resource.
    ///
    /// # Errors
    ///
    /// `import.limit` if the resources are too large together.
    pub(super) fn resolve(&self, service: Value<'s>, (file, index): (&str, u32)) -> Result<Value<'s>, Error> {
        let contained: Vec<Value<'s>> = match &service {
            Value::Object(fields) => match fields.iter().find(|(key, _)| key == "contained") {
                Some((_, Value::Array(items))) => items.clone(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        let mut budget = MAX_VALUES;
        self.resolved(service, &contained, &mut budget).ok_or_else(|| {
            let message = message!("import.limit.references").with(&[("max", &MAX_VALUES)]);
            fault::limit(&Place::Item(file, index), message)
        })
    }

    /// Returns a value with its references resolved, or `None` if the budget is spent.
    fn resolved(&self, value: Value<'s>, contained: &[Value<'s>], budget: &mut usize) -> Option<Value<'s>> {
        match value {
            Value::Array(items) => {
                let items: Option<Vec<Value<'s>>> =
                    items.into_iter().map(|item| self.resolved(item, contained, budget)).collect();
                items.map(Value::Array)
            }
            Value::Object(fields) => {
                let mut resolved = Vec::with_capacity(fields.len());
                let mut target = None;
                for (key, value) in fields {
                    if key == "reference" {
                        target = self.target(&value, contained);
                    }
                    // What the service contains is there once; references in it are not resolved.
                    let value = if key == "contained" { value } else { self.resolved(value, contained, budget)? };
                    resolved.push((key, value));
                }
                if let Some((resource, size)) = target {
                    *budget = budget.checked_sub(size)?;
                    resolved.push((Cow::Borrowed("resource"), resource.clone()));
                }
                Some(Value::Object(resolved))
            }
            value => Some(value),
        }
    }

    /// Returns the resource that a reference names, with the number of its values.
    fn target<'r>(&'r self, reference: &Value<'_>, contained: &'r [Value<'s>]) -> Option<(&'r Value<'s>, usize)> {
        let Value::String(reference) = reference else { return None };
        if let Some(id) = reference.strip_prefix('#') {
            let has_id = |value: &&Value<'s>| matches!(value, Value::Object(fields) if text(fields, "id") == Some(id));
            let resource = contained.iter().find(has_id)?;
            return Some((resource, size(resource)));
        }
        // A version, and the address of a server, may surround type and id.
        let name = reference.split("/_history/").next().unwrap_or_default();
        let relative = name.rsplitn(3, '/').take(2).collect::<Vec<_>>();
        let relative = relative.into_iter().rev().collect::<Vec<_>>().join("/");
        let index = self.indices.get(name).or_else(|| self.indices.get(relative.as_str()))?;
        self.resources.get(*index).map(|(resource, size)| (resource, *size))
    }
}

/// The type of the resources that are records.
const SERVICE: &str = "HealthcareService";

/// Returns the service that a value or an entry of a bundle is, or `None` for another resource.
pub(super) fn service(value: Value<'_>) -> Option<Value<'_>> {
    let (_, resource) = entry(value);
    let is_service = matches!(&resource, Value::Object(fields) if text(fields, "resourceType") == Some(SERVICE));
    is_service.then_some(resource)
}

/// Returns the full URL and the resource of an entry, or the value itself if it is none.
fn entry(value: Value<'_>) -> (Option<Cow<'_, str>>, Value<'_>) {
    let Value::Object(fields) = value else { return (None, value) };
    if text(&fields, "resourceType").is_some() {
        return (None, Value::Object(fields));
    }
    let (mut url, mut resource) = (None, Value::Null);
    for (key, value) in fields {
        match (&*key, value) {
            ("fullUrl", Value::String(text)) => url = Some(text),
            ("resource", value) => resource = value,
            _ => {}
        }
    }
    (url, resource)
}

fn text<'v>(fields: &'v Fields<'_>, name: &str) -> Option<&'v str> {
    match fields.iter().find(|(key, _)| key == name) {
        Some((_, Value::String(text))) => Some(text),
        _ => None,
    }
}

/// Returns the number of values at any depth.
fn size(value: &Value<'_>) -> usize {
    let parts: usize = match value {
        Value::Array(items) => items.iter().map(size).fold(0, usize::saturating_add),
        Value::Object(fields) => fields.iter().map(|(_, field)| size(field)).fold(0, usize::saturating_add),
        _ => 0,
    };
    parts.saturating_add(1)
}
