//! Decodes added regions and region aliases.
//!
//! The result does not depend on the order of the entries: parents and neighbours are resolved after all regions are
//! inserted, aliases against the regions without any alias, and contradictory entries are errors.

use crate::{
    decode::{decoder::Fields, path::Path, value::Value},
    error::{ErrorKind, ErrorSink},
    util::{geo::Coordinates, ordered_map::OrderedMap, sort::sort_by},
    vocabulary::{
        region::{RegionEntry, RegionKind},
        region_set::RegionSet,
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
    let (mut entries, mut pending) = (Vec::new(), Vec::new());
    for (index, item) in errors.array(path, value).iter().enumerate() {
        let path = path.item(index);
        let Some((entry, region)) = decode_region(errors, &path, index, item) else { continue };
        if seen.insert(region.code, item).is_some_and(|earlier| earlier != item) {
            errors.push(path.error(ErrorKind::Conflict, "region.contradiction", CONTRADICTION));
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

fn set_parents(regions: &mut Regions, errors: &mut ErrorSink, path: &Path<'_>, pending: &[Pending<'_>]) {
    let (mut links, mut indices) = (Vec::new(), Vec::new());
    for region in pending {
        let Some(value) = region.fields.get("parent") else { continue };
        let parent = errors.short_text(&path.item(region.index).field("parent"), value);
        links.extend(parent.map(|parent| (region.code, parent)));
        indices.extend(parent.map(|_| region.index));
    }
    for (index, outcome) in indices.into_iter().zip(regions.set_parents(&links)) {
        let region = path.item(index);
        let path = region.field("parent");
        match outcome {
            Some(true) => {}
            Some(false) => {
                errors.push(path.error(ErrorKind::Conflict, "region.circle", "a region that contains itself"));
            }
            None => errors.push(path.error(ErrorKind::Unknown, "region.unknown_parent", "an unknown region")),
        }
    }
}

fn insert_neighbours(regions: &mut Regions, errors: &mut ErrorSink, path: &Path<'_>, region: &Pending<'_>) {
    let Some(value) = region.fields.get("neighbours") else { return };
    errors.decode_items(&path.field("neighbours"), value, |errors, path, item| {
        let neighbour = errors.short_text(path, item)?;
        if !regions.insert_border(region.code, neighbour) {
            errors.push(path.error(ErrorKind::Unknown, "region.unknown_neighbour", "an unknown region"));
        }
        Some(())
    });
}

/// Decodes `region_aliases` and inserts them. An alias with the official meaning of its key is dropped.
pub(super) fn decode_aliases(regions: &mut Regions, errors: &mut ErrorSink, path: &Path<'_>, value: &Value) {
    let mut aliases: OrderedMap<String, RegionSet> = OrderedMap::default();
    for (from, to) in errors.entries(path, value) {
        let path = path.field(from);
        let targets = match to {
            Value::Array(_) => {
                errors.decode_items(&path, to, |errors, path, to| decode_target(errors, path, to, regions))
            }
            _ => decode_target(errors, &path, to, regions).into_iter().collect(),
        };
        let Some(targets) = regions.union(targets) else { continue };
        if regions.resolve_official(from).is_some_and(|official| is_same(&official, &targets)) {
            continue;
        }
        let earlier = aliases.insert(from.to_ascii_uppercase(), targets.clone());
        if earlier.is_some_and(|earlier| !is_same(&earlier, &targets)) {
            errors.push(path.error(ErrorKind::Conflict, "alias.contradiction", CONTRADICTION));
        }
    }
    for (from, to) in aliases.into_entries() {
        regions.insert_alias(&from, to);
    }
}

/// Returns `true` if two sets have the same regions, also those that another one contains.
fn is_same(a: &RegionSet, b: &RegionSet) -> bool {
    a.all_regions() == b.all_regions()
}

fn decode_target(errors: &mut ErrorSink, path: &Path<'_>, value: &Value, regions: &Regions) -> Option<RegionSet> {
    let target = regions.resolve_official(errors.short_text(path, value)?);
    if target.is_none() {
        errors.push(path.error(ErrorKind::Unknown, "alias.unknown_target", "an unknown region"));
    }
    target
}
