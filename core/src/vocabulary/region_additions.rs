//! Decodes added regions and region aliases.
//!
//! The result does not depend on the order of the entries: parents and neighbours are resolved after all regions are
//! inserted, aliases against the regions without any alias, and contradictory entries are errors.

use crate::{
    decode::{decoder::Fields, path::Path, value::Value},
    error::{ErrorKind, ErrorSink},
    util::{geo::Coordinates, ordered_map::OrderedMap, sort::sort},
    vocabulary::{
        region::{Region, RegionEntry, RegionKind},
        regions::Regions,
    },
};

/// The message of errors about two entries with one key and different values.
pub(super) const CONTRADICTION: &str = "contradicts an earlier entry";

/// A decoded region whose parent and neighbours are still to be resolved.
struct Pending<'t> {
    index: usize,
    code: &'t str,
    fields: Fields<'t>,
}

/// Decodes `regions` and inserts them.
pub(super) fn decode_regions(regions: &mut Regions, errors: &mut ErrorSink, path: &Path<'_>, value: &Value) {
    let mut seen = OrderedMap::default();
    let mut pending = Vec::new();
    for (index, item) in errors.array(path, value).iter().enumerate() {
        let path = path.item(index);
        let Some((entry, region)) = decode_region(errors, &path, index, item) else { continue };
        if seen.insert(region.code, item).is_some_and(|earlier| earlier != item) {
            errors.push(path.error(ErrorKind::Conflict, "region.contradiction", CONTRADICTION));
        }
        regions.insert(entry);
        pending.push(region);
    }
    for region in &pending {
        set_parent(regions, errors, &path.item(region.index), region);
    }
    regions.index();
    for region in &pending {
        insert_neighbours(regions, errors, &path.item(region.index), region);
    }
}

fn decode_region<'t>(
    errors: &mut ErrorSink,
    path: &Path<'_>,
    index: usize,
    item: &'t Value<'t>,
) -> Option<(RegionEntry, Pending<'t>)> {
    let names = &["code", "kind", "kreisfrei", "parent", "lat", "lon", "neighbours", "name"];
    let fields = errors.fields(path, item, names)?;
    for required in ["code", "kind"] {
        if fields.get(required).is_none() {
            errors.missing_field(&path.field(required));
        }
    }
    let code = fields.get("code").and_then(|value| errors.short_text(&path.field("code"), value));
    let kind = fields.get("kind").and_then(|value| errors.string_enum::<RegionKind>(&path.field("kind"), value));
    let kreisfrei = fields.get("kreisfrei").and_then(|value| errors.boolean(&path.field("kreisfrei"), value));
    let centre = Coordinates::decode(errors, path, &fields);
    let name = fields.get("name").and_then(|value| errors.label(&path.field("name"), value)).map(str::to_owned);
    let (code, kind) = (code?, kind?);
    let entry = RegionEntry { code: code.to_owned(), kind, kreisfrei: kreisfrei.unwrap_or(false), centre, name };
    Some((entry, Pending { index, code, fields }))
}

fn set_parent(regions: &mut Regions, errors: &mut ErrorSink, path: &Path<'_>, region: &Pending<'_>) {
    let Some(value) = region.fields.get("parent") else { return };
    let path = path.field("parent");
    let Some(parent) = errors.short_text(&path, value) else { return };
    if regions.resolve(parent).is_err() {
        errors.push(path.error(ErrorKind::Unknown, "region.unknown_parent", "an unknown region"));
    } else if !regions.set_parent(region.code, parent) {
        errors.push(path.error(ErrorKind::Conflict, "region.circle", "a region that contains itself"));
    }
}

fn insert_neighbours(regions: &mut Regions, errors: &mut ErrorSink, path: &Path<'_>, region: &Pending<'_>) {
    let Some(value) = region.fields.get("neighbours") else { return };
    let path = path.field("neighbours");
    for (index, item) in errors.array(&path, value).iter().enumerate() {
        let path = path.item(index);
        let Some(neighbour) = errors.short_text(&path, item) else { continue };
        if !regions.insert_border(region.code, neighbour) {
            errors.push(path.error(ErrorKind::Unknown, "region.unknown_neighbour", "an unknown region"));
        }
    }
}

/// Decodes `region_aliases` and inserts them. An alias with the official meaning of its key is dropped.
pub(super) fn decode_aliases(regions: &mut Regions, errors: &mut ErrorSink, path: &Path<'_>, value: &Value) {
    let mut aliases: OrderedMap<String, Vec<Region>> = OrderedMap::default();
    for (from, to) in errors.entries(path, value) {
        let path = path.field(from);
        let mut targets = match to {
            Value::Array(_) => {
                errors.decode_items(&path, to, |errors, path, to| decode_target(errors, path, to, regions)).concat()
            }
            _ => decode_target(errors, &path, to, regions).unwrap_or_default(),
        };
        sort(&mut targets);
        targets.dedup();
        if targets.is_empty() || regions.resolve_official(from).is_ok_and(|official| official == targets) {
            continue;
        }
        if aliases.insert(from.to_ascii_uppercase(), targets.clone()).is_some_and(|earlier| earlier != targets) {
            errors.push(path.error(ErrorKind::Conflict, "alias.contradiction", CONTRADICTION));
        }
    }
    for (from, to) in aliases.into_entries() {
        regions.insert_alias(&from, to);
    }
}

fn decode_target(errors: &mut ErrorSink, path: &Path<'_>, value: &Value, regions: &Regions) -> Option<Vec<Region>> {
    let targets = regions.resolve_official(errors.short_text(path, value)?).ok();
    if targets.is_none() {
        errors.push(path.error(ErrorKind::Unknown, "alias.unknown_target", "an unknown region"));
    }
    targets
}
