//! France: the files of `@etalab/decoupage-administratif`.
//!
//! Codes of levels overlap, so that those of departments, regions and groups of communes get the letters `D`, `R` and `E`.

use crate::{
    decode::value::Value,
    import::region_tree::builder::{Level, TreeBuilder, field, items, text},
};

/// Adds the regions of one file, of whichever level.
pub(super) fn read(file: &Value<'_>, tree: &mut TreeBuilder) {
    for item in items(Some(file)) {
        let (Some(code), Some(name)) = (text(item, "code"), text(item, "nom")) else { continue };
        match (text(item, "departement"), text(item, "region"), text(item, "type")) {
            (Some(department), region, Some(kind)) => read_commune(item, code, name, (department, region, kind), tree),
            (None, Some(region), _) => read_department(code, name, region, tree),
            (None, None, _) if field(item, "membres").is_some() => {
                for member in items(field(item, "membres")) {
                    if let Some(member) = text(member, "code") {
                        tree.alias(&format!("E{code}"), member);
                    }
                }
            }
            (None, None, None) if field(item, "chefLieu").is_some() => {
                tree.region(&format!("R{code}"), Level::Land, tree.country(), name);
            }
            // An arrondissement, which is no level of its own.
            _ => {}
        }
    }
}

fn read_department(code: &str, name: &str, region: &str, tree: &mut TreeBuilder) {
    let region = format!("R{region}");
    tree.parent(&region, Level::Land, tree.country());
    tree.region(&format!("D{code}"), Level::Kreis, Some(tree.code(&region)), name);
}

fn read_commune(
    item: &Value<'_>,
    code: &str,
    name: &str,
    (department, region, kind): (&str, Option<&str>, &str),
    tree: &mut TreeBuilder,
) {
    // A part of a commune, or one that has joined another, means that commune.
    if let Some(whole) = text(item, "commune").or(text(item, "chefLieu")) {
        if whole != code {
            tree.alias(code, whole);
        }
        return;
    }
    if kind != "commune-actuelle" {
        return;
    }
    let department = format!("D{department}");
    let above = match region {
        Some(region) => {
            let region = format!("R{region}");
            tree.parent(&region, Level::Land, tree.country());
            Some(tree.code(&region))
        }
        None => tree.country(),
    };
    tree.parent(&department, Level::Kreis, above);
    tree.region(code, Level::Gemeinde, Some(tree.code(&department)), name);
    for former in items(field(item, "anciensCodes")) {
        if let Value::String(former) = former {
            tree.alias(former, code);
        }
    }
}
