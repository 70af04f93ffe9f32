//! The United States: states and counties of `us-atlas`, whose codes are those of FIPS.

use crate::{
    decode::value::Value,
    import::region_tree::builder::{Level, TreeBuilder, field, items, text},
};

/// The number of digits of a state, with which the code of a county begins.
const STATE_DIGITS: usize = 2;

/// Adds the regions of a topology.
pub(super) fn read(topology: &Value<'_>, tree: &mut TreeBuilder) {
    let Some(objects) = field(topology, "objects") else { return };
    let geometries = |name: &str| items(field(objects, name).and_then(|object| field(object, "geometries")));
    for state in geometries("states") {
        if let Some((code, name)) = code_and_name(state) {
            tree.region(code, Level::Land, tree.country(), name);
        }
    }
    for county in geometries("counties") {
        let Some((code, name)) = code_and_name(county) else { continue };
        let Some(state) = code.get(..STATE_DIGITS) else { continue };
        tree.parent(state, Level::Land, tree.country());
        tree.region(code, Level::Kreis, Some(tree.code(state)), name);
    }
}

fn code_and_name<'v>(geometry: &'v Value<'v>) -> Option<(&'v str, &'v str)> {
    Some((text(geometry, "id")?, text(field(geometry, "properties")?, "name")?))
}
