//! Decodes added regions and region aliases.
//!
//! The result does not depend on the order of the entries: parents and neighbours are resolved after all regions are
//! inserted, aliases against the regions without any alias, and contradictory entries are errors.

use crate::{
    decode::{decoder::Fields, path::Path, value::Value},
    error::{ErrorKind, ErrorSink, Message, message},
    util::{geo::Coordinates, ordered_map::OrderedMap, sort::sort_by},
    vocabulary::{
        region::{RegionEntry, RegionKind},
        region_aliases::{ANY_REST, AliasKind, RegionAlias},
        region_set::RegionSet,
        regions::Regions,
    },
};

/// The fields of a region.
pub(crate) const REGION_FIELDS: &[&str] =
    &["code", "kind", "kreisfrei", "parent", "lat", "lon", "neighbours", "name", "replace"];
/// The fields of a region that are required.
pub(crate) const REGION_REQUIRED: &[&str] = &["code", "kind"];
/// The fields of an alias that is not a code alone, all of which are required.
pub(crate) const ALIAS_FIELDS: &[&str] = &["to", "kind"];

/// Returns the message of an error about two entries with one key and different values, given the path of the earlier one.
pub(super) fn contradicts(earlier: &Path<'_>) -> Message {
    message!("contradiction").with(&[("earlier", earlier)])
}

/// A decoded region whose parent and neighbours are still to be resolved.
struct Pending<'t> {
    index: usize,
    code: &'t str,
    parent: Option<&'t str>,
    fields: Fields<'t>,
}

/// Decodes `regions` and inserts them.
pub(super) fn decode_regions(regions: &mut Regions, errors: &mut ErrorSink, path: &Path<'_>, value: &Value) {
    let mut seen = OrderedMap::default();
    let list = path;
    let (mut entries, mut pending) = (Vec::new(), Vec::new());
    for (index, item) in errors.array(list, value).iter().enumerate() {
        let path = list.item(index);
        let Some((entry, region)) = decode_region(regions, errors, &path, index, item) else { continue };
        let earlier = seen.insert(region.code, (index, item));
        if let Some((earlier, _)) = earlier.filter(|(_, earlier)| *earlier != item) {
            let message = contradicts(&list.item(earlier));
            errors.push(path.error(ErrorKind::Conflict, "region.contradiction", message));
        }
        entries.push(entry);
        pending.push(region);
    }
    // In the order of codes, so that no result depends on the order of the entries.
    sort_by(&mut entries, |a, b| a.code.cmp(&b.code));
    for entry in entries {
        regions.insert(entry);
    }
    regions.index_codes();
    set_parents(regions, errors, path, &pending);
    regions.index();
    let has_borders = |region: &Pending<'_>| region.fields.get("neighbours").is_some();
    if pending.iter().any(has_borders) {
        for region in &pending {
            insert_neighbours(regions, errors, &path.item(region.index), region);
        }
        regions.index();
    }
}

/// Decodes a region. Of a built-in one, what is not stated stays as it is, and what differs is an error unless it is to be replaced.
fn decode_region<'t>(
    regions: &mut Regions,
    errors: &mut ErrorSink,
    path: &Path<'_>,
    index: usize,
    item: &'t Value<'t>,
) -> Option<(RegionEntry, Pending<'t>)> {
    let fields = errors.fields(path, item, REGION_FIELDS)?;
    for required in REGION_REQUIRED {
        if fields.get(required).is_none() {
            errors.missing_field(&path.field(required));
        }
    }
    let code = fields.get("code").and_then(|value| errors.short_text(&path.field("code"), value));
    let kind = fields.get("kind").and_then(|value| errors.string_enum::<RegionKind>(&path.field("kind"), value));
    let kreisfrei = fields.get("kreisfrei").and_then(|value| errors.boolean(&path.field("kreisfrei"), value));
    let parent = fields.get("parent").and_then(|value| errors.short_text(&path.field("parent"), value));
    let centre = Coordinates::decode(errors, path, &fields);
    let name = fields.get("name").and_then(|value| errors.label(&path.field("name"), value));
    let replace = fields.get("replace").and_then(|value| errors.boolean(&path.field("replace"), value));
    let (code, kind) = (code?, kind?);
    let is_replaced = replace == Some(true);
    // A replaced region is what its entry states, so that a city is no city if the entry does not say so.
    let stated = if is_replaced { Some(kreisfrei.unwrap_or(false)) } else { kreisfrei };
    if regions.is_contradiction(code, kind, (stated, name, parent)) {
        if !is_replaced {
            push_redefined(errors, path, code);
            return None;
        }
        regions.mark_replaced(code);
    }
    let present = regions.entry(code).filter(|_| !is_replaced);
    let entry = RegionEntry {
        code: code.to_owned(),
        kind,
        kreisfrei: kreisfrei.or_else(|| present.map(|present| present.kreisfrei)).unwrap_or(false),
        centre: centre.or_else(|| present.and_then(|present| present.centre)),
        name: name.map(str::to_owned),
    };
    Some((entry, Pending { index, code, parent, fields }))
}

fn push_redefined(errors: &mut ErrorSink, path: &Path<'_>, code: &str) {
    let message = message!("region.redefined");
    let error = path.error(ErrorKind::Conflict, "region.contradiction", message);
    let hint = message!("region.redefined.hint").with(&[("code", &code)]);
    errors.push(error.with_hint(hint));
}

fn set_parents(regions: &mut Regions, errors: &mut ErrorSink, path: &Path<'_>, pending: &[Pending<'_>]) {
    let (mut links, mut indices) = (Vec::new(), Vec::new());
    for region in pending {
        links.extend(region.parent.map(|parent| (region.code, parent)));
        indices.extend(region.parent.map(|_| region.index));
    }
    for (index, outcome) in indices.into_iter().zip(regions.set_parents(&links)) {
        let region = path.item(index);
        let path = region.field("parent");
        match outcome {
            Some(true) => {}
            Some(false) => {
                errors.push(path.error(ErrorKind::Conflict, "region.circle", message!("region.circle")));
            }
            None => errors.push(path.error(ErrorKind::Unknown, "region.unknown_parent", message!("region.unknown"))),
        }
    }
}

fn insert_neighbours(regions: &mut Regions, errors: &mut ErrorSink, path: &Path<'_>, region: &Pending<'_>) {
    let Some(value) = region.fields.get("neighbours") else { return };
    errors.decode_items(&path.field("neighbours"), value, |errors, path, item| {
        let neighbour = errors.short_text(path, item)?;
        if !regions.insert_border(region.code, neighbour) {
            errors.push(path.error(ErrorKind::Unknown, "region.unknown_neighbour", message!("region.unknown")));
        }
        Some(())
    });
}

/// Decodes `region_aliases` and inserts them. An alias with the official meaning of its key is dropped.
pub(super) fn decode_aliases(regions: &mut Regions, errors: &mut ErrorSink, path: &Path<'_>, value: &Value) {
    let mut aliases: OrderedMap<String, (&str, RegionAlias)> = OrderedMap::default();
    let list = path;
    for (from, to) in errors.entries(list, value) {
        let path = list.field(from);
        let Some(alias) = decode_alias(regions, errors, &path, to) else { continue };
        if from.chars().eq([ANY_REST]) {
            let error = path.error(ErrorKind::Value, "value", message!("value.any_rest"));
            errors.push(error);
        }
        if regions.resolve_official(from).is_some_and(|official| is_same(&official, &alias.to)) {
            continue;
        }
        let earlier = aliases.insert(from.to_ascii_uppercase(), (from, alias.clone()));
        let is_other = |other: &RegionAlias| !is_same(&other.to, &alias.to) || other.kind != alias.kind;
        if let Some((earlier, _)) = earlier.filter(|(_, other)| is_other(other)) {
            errors.push(path.error(ErrorKind::Conflict, "alias.contradiction", contradicts(&list.field(earlier))));
        }
    }
    for (from, (_, alias)) in aliases.into_entries() {
        regions.insert_alias(&from, alias);
    }
}

/// Decodes the meaning of an alias: a code, a list of codes, or an object with these and the kind of the alias.
fn decode_alias(regions: &Regions, errors: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Option<RegionAlias> {
    let Value::Object(_) = value else {
        let to = decode_targets(regions, errors, path, value)?;
        return Some(RegionAlias { to, kind: None });
    };
    let fields = errors.fields(path, value, ALIAS_FIELDS)?;
    for required in ALIAS_FIELDS {
        if fields.get(required).is_none() {
            errors.missing_field(&path.field(required));
        }
    }
    let kind = fields.get("kind").and_then(|value| errors.string_enum::<AliasKind>(&path.field("kind"), value));
    let to = fields.get("to").and_then(|value| decode_targets(regions, errors, &path.field("to"), value));
    Some(RegionAlias { to: to?, kind: Some(kind?) })
}

fn decode_targets(regions: &Regions, errors: &mut ErrorSink, path: &Path<'_>, value: &Value) -> Option<RegionSet> {
    let targets = match value {
        Value::Array(_) => {
            errors.decode_items(path, value, |errors, path, to| decode_target(errors, path, to, regions))
        }
        _ => decode_target(errors, path, value, regions).into_iter().collect(),
    };
    regions.union(targets)
}

/// Decodes `home`, the country whose codes may be written without it.
pub(super) fn decode_home(regions: &mut Regions, errors: &mut ErrorSink, path: &Path<'_>, value: &Value) {
    let country = errors.short_text(path, value);
    if country.is_some_and(|country| !regions.set_home(country)) {
        let error = path.error(ErrorKind::Unknown, "unknown_code", message!("unknown_code.country"));
        errors.push(error.with_hint(message!("unknown_code.country.hint")));
    }
}

/// Returns `true` if two sets have the same regions, also those that another one contains.
fn is_same(a: &RegionSet, b: &RegionSet) -> bool {
    a.all_regions() == b.all_regions()
}

fn decode_target(errors: &mut ErrorSink, path: &Path<'_>, value: &Value, regions: &Regions) -> Option<RegionSet> {
    let target = regions.resolve_official(errors.short_text(path, value)?);
    if target.is_none() {
        errors.push(path.error(ErrorKind::Unknown, "alias.unknown_target", message!("region.unknown")));
    }
    target
}
