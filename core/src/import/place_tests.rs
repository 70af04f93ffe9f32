//! Postcode, town, region and car plate of one record, and what they state together.

use crate::{
    decode::value::Value,
    import::{
        cell::{CellOptions, CellReader},
        mapping::Mapping,
        part::Outcome,
        record_kind::RecordKind,
    },
    vocabulary::Vocabulary,
};

const FIELDS: [&str; 4] = ["postcode", "town", "region", "plate"];

/// Returns the region of a need with these cells, and the outcome of each cell that is not empty.
///
/// `+` is understood, `~` assumed, `?` asked with its candidates, `-` without a value, `x` lost with its code.
fn place(vocabulary: &Vocabulary, mapping_keys: &str, cells: [&str; 4]) -> (Option<String>, String) {
    let fields = FIELDS.map(|field| format!(r#""{field}": "{field}""#)).join(", ");
    let json =
        format!(r#"{{"lotse_mapping": 1, "records": "needs", "fields": {{"region": {{{fields}}}}}{mapping_keys}}}"#);
    let rules = Mapping::from_json(&json).unwrap().rules;
    let options = CellOptions { records: RecordKind::Needs, as_of: None, within: None, postcodes: Default::default() };
    let mut reader = CellReader::new(&rules, vocabulary, options);
    let values = cells.map(Value::from);
    let mut of_rules = Vec::new();
    for (field, value) in FIELDS.iter().zip(&values) {
        let path = if *field == "region" { "region".to_owned() } else { format!("region.{field}") };
        let rule = rules.fields.iter().find(|(other, _)| *other == path).unwrap().1.first().unwrap();
        of_rules.push((reader.add_rule(&path, rule), value));
    }
    let (parts, region) = reader.read_place(&of_rules);
    let show = |value: &Value<'_>| serde_json::to_string(value).unwrap().replace('"', "");
    let shown = parts.iter().flatten().map(|part| match &part.outcome {
        Outcome::Understood => "+".to_owned(),
        Outcome::Assumed(_) => "~".to_owned(),
        Outcome::NoValue => "-".to_owned(),
        Outcome::Lost(code) => format!("x {code}"),
        Outcome::Asked(asked) => format!("?{}", asked.candidates.iter().map(show).collect::<Vec<_>>().join(",")),
    });
    (region.map(|region| show(&region)), shown.collect::<Vec<_>>().join(" "))
}

#[test]
#[cfg(feature = "postcodes")]
fn what_states_a_place_is_intersected() {
    let vocabulary = Vocabulary::default();
    let mut wrong = Vec::new();
    for (cells, region, outcomes) in [
        (["04103", "Leipzig", "", ""], Some("14713"), "+ +"),
        (["02999", "Lohsa", "", ""], Some("14625"), "+ +"),
        (["02999", "", "", ""], None, "?14625,14626"),
        (["02999", "", "Sachsen", ""], None, "?14625,14626 +"),
        (["", "Leipzig", "", ""], None, "?14713,14729"),
        (["", "Leipzig", "", "L"], None, "?14713,14729 -"),
        (["", "", "Sachsen", "DD"], Some("14612"), "+ +"),
        (["01067", "Leipzig", "", ""], None, "x place.contradiction x place.contradiction"),
        (["01067", "", "Bayern", ""], None, "x place.contradiction x place.contradiction"),
        (["01067", "Dresdn", "", ""], Some("14612"), "+ +"),
        (["01067", "Nirgendwo", "", ""], Some("14612"), "+ -"),
        (["99000", "Dresden", "", ""], Some("14612"), "x postcode.unknown +"),
        (["1067", "Dresden", "", ""], Some("14612"), "+ +"),
        // The key of Dresden is the postcode of Falkensee.
        (["14612", "Falkensee", "", ""], Some("12063"), "+ +"),
        (["14612", "Dresden", "", ""], None, "x place.contradiction x place.contradiction"),
    ] {
        let (found, shown) = place(&vocabulary, "", cells);
        if found.as_deref() != region || shown != outcomes {
            wrong.push(format!("{cells:?}: {found:?} {shown}\n\twant {region:?} {outcomes}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn own_postcodes_take_precedence() {
    let aliases = r#"{
        "regions": [
            {"code": "GB-E10000032", "kind": "kreis", "parent": "GB", "name": "West Sussex"},
            {"code": "FR-59527", "kind": "gemeinde", "parent": "FR", "name": "Saint-André-lez-Lille"}
        ],
        "region_aliases": {
            "BN11*": {"to": "GB-E10000032", "kind": "postcode"},
            "59350": {"to": ["FR-59527"], "kind": "postcode"},
            "K-59": {"to": "FR-59527", "kind": "key"},
            "75": {"to": "FR-59527", "kind": "plate"}
        }
    }"#;
    let vocabulary = Vocabulary::from_json(aliases).unwrap();
    let region = |keys, cells| place(&vocabulary, keys, cells).0;
    assert_eq!(region("", ["BN11 3AB", "", "", ""]).as_deref(), Some("GB-E10000032"));
    assert_eq!(region("", ["59350", "", "", ""]).as_deref(), Some("FR-59527"));
    assert_eq!(region("", ["", "", "K-59", ""]).as_deref(), Some("FR-59527"));
    assert_eq!(region("", ["", "", "", "75"]).as_deref(), Some("FR-59527"));
    // A key is no postcode, a plate no region.
    assert_eq!(place(&vocabulary, "", ["K-59", "", "", ""]), (None, "x postcode.unknown".to_owned()));
    assert_eq!(region("", ["", "", "75", ""]), None);
    let of_mapping = r#", "postcodes": {"59350": "14612", "01067": ["14612", "14628"]}"#;
    assert_eq!(region(of_mapping, ["59350", "", "", ""]).as_deref(), Some("14612"));
    assert_eq!(place(&vocabulary, of_mapping, ["01067", "", "", ""]), (None, "?14612,14628".to_owned()));
    assert_eq!(region(of_mapping, ["01067", "Freital", "", ""]).as_deref(), Some("14628"));
}
