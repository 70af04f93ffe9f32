//! Cells as offices write them, with what each of them means.

use crate::{
    decode::value::Value,
    import::{
        cell::{CellOptions, CellReader, RuleId},
        mapping::Mapping,
        part::{Outcome, Part},
        record_kind::RecordKind,
        rules::Rules,
    },
    vocabulary::Vocabulary,
};

/// Field, cell, and the parts: values, `~code: values`, `?kind.why "text": candidates`, `-` for nothing, `x code` for lost.
///
/// `N` is a field of needs, `O` one of offers; `+` joins fields that read one column; further keys of the rule follow.
const CELLS: &str = include_str!("cells.tsv");

fn reader(rules: &Rules) -> CellReader {
    let options = CellOptions {
        records: rules.records,
        as_of: "2026-11-29".parse().ok(),
        within: Some("14".to_owned()),
        postcodes: Default::default(),
    };
    CellReader::new(rules, &Vocabulary::default(), options)
}

fn show_value(value: &Value<'_>) -> String {
    let text = |value: &Value<'_>| match value {
        Value::String(text) => text.to_string(),
        Value::Array(items) => items.iter().map(show_value).collect::<Vec<_>>().join("+"),
        value => serde_json::to_string(value).unwrap(),
    };
    let Value::Object(fields) = value else { return text(value) };
    let get = |key| fields.iter().find(|(name, _)| name == key).map(|(_, value)| text(value));
    if let Some(tag) = get("tag") {
        return format!("{tag}/{}", get("how").or(get("level")).unwrap());
    }
    if let Some(context) = get("context") {
        return format!("{}+{context}", get("code").unwrap_or_default());
    }
    format!("{}..{}", get("min").unwrap_or_default(), get("max").unwrap_or_default())
}

fn show(part: &Part, cell: &str, fields: &[&str]) -> String {
    let values: Vec<String> = part
        .values
        .iter()
        .map(|(field, value)| match fields {
            [_] => show_value(value),
            _ => format!("{}={}", fields[*field], show_value(value)),
        })
        .collect();
    let values = values.join(" ");
    let repaired = part.repaired.map(|code| format!(" !{code}")).unwrap_or_default();
    let shown = match &part.outcome {
        Outcome::Understood => values,
        Outcome::Assumed(code) => format!("~{code}: {values}"),
        Outcome::NoValue => "-".to_owned(),
        Outcome::Lost(code) => format!("x {code}"),
        Outcome::Asked(asked) => {
            let text = if part.text == cell { String::new() } else { format!(" \"{}\"", part.text) };
            let candidates: Vec<String> = asked.candidates.iter().map(show_value).collect();
            let candidates = if candidates.is_empty() { String::new() } else { format!(": {}", candidates.join(" ")) };
            format!("?{}.{}{text}{candidates}", asked.kind, asked.why)
        }
    };
    format!("{shown}{repaired}")
}

/// Returns the mapping in which these fields read column `A`, each with the further keys of a rule.
fn mapping(records: RecordKind, fields: &[&str], keys: &str) -> Rules {
    let keys = keys.trim().strip_prefix('{').and_then(|keys| keys.strip_suffix('}')).unwrap_or_default();
    let comma = if keys.is_empty() { "" } else { ", " };
    let rule = format!(r#"{{"column": "A"{comma}{keys}}}"#);
    let field = |path: &&str| match path.split_once('.') {
        Some((outer, inner)) => format!(r#""{outer}": {{"{inner}": {rule}}}"#),
        None => format!(r#""{path}": {rule}"#),
    };
    let fields: Vec<String> = fields.iter().map(field).collect();
    let fields = fields.join(", ");
    let json = format!(r#"{{"lotse_mapping": 1, "records": "{records}", "fields": {{{fields}}}}}"#);
    Mapping::from_json(&json).unwrap().rules
}

#[test]
fn cells_of_offices_have_one_meaning() {
    let mut wrong = Vec::new();
    let rows = CELLS.lines().filter(|row| !row.starts_with('#') && !row.is_empty());
    let mut count = 0;
    for row in rows {
        let columns: Vec<&str> = row.split('\t').collect();
        let [field, cell, expected] = columns[..] else { panic!("{row}") };
        let (kind, fields) = field.split_once(':').unwrap();
        let (fields, keys) = fields.split_once(' ').unwrap_or((fields, ""));
        let records = if kind == "N" { RecordKind::Needs } else { RecordKind::Offers };
        let fields: Vec<&str> = fields.split('+').collect();
        let mapping = mapping(records, &fields, keys);
        let mut reader = reader(&mapping);
        let rule_of = |path: &&str| mapping.fields.iter().find(|(other, _)| other == path).unwrap().1.first().unwrap();
        let rules: Vec<RuleId> = fields.iter().map(|path| reader.add_rule(path, rule_of(path))).collect();
        let request = reader.request(&rules);
        let cell = cell.replace("\\n", "\n");
        let parts = reader.read(request, &Value::from(cell.as_str())).to_vec();
        let shown: Vec<String> = parts.iter().map(|part| show(part, cell.trim(), &fields)).collect();
        let shown = shown.join(" | ");
        if shown != expected {
            wrong.push(format!("{field}\t{cell}\t{shown}\n\twant {expected}"));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{} of {count} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
