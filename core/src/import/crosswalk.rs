//! Codes of taxonomies to fields of records.

use std::borrow::Cow;

use crate::{
    decode::value::Value,
    import::{
        column::{Columns, text_of},
        known_code::FOREIGN,
        part::Outcome,
        rules::{Crosswalk, CrosswalkEntry, Other, Rules, Terms},
    },
    util::lowercase::to_lowercase,
};

/// A term of a record, with what it means.
#[derive(Clone, Debug)]
pub(crate) struct CrosswalkPart {
    /// The column of its code.
    pub(crate) column: String,
    pub(crate) outcome: Outcome,
    /// Fields with their values.
    pub(crate) fields: Vec<(String, Vec<Value<'static>>)>,
}

/// The terms of a record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Crossed {
    pub(crate) parts: Vec<CrosswalkPart>,
    /// `true` if the crosswalk leaves the record out.
    pub(crate) leaves_out: bool,
}

/// A code as it is written, with the scheme that it belongs to.
struct Term {
    column: String,
    code: String,
    scheme: Option<String>,
}

/// Reads the terms of a record.
pub(crate) fn cross(crosswalk: &Crosswalk, rules: &Rules, record: &Value<'_>) -> Crossed {
    let terms = terms(crosswalk, record);
    if terms.is_empty() {
        return Crossed { parts: Vec::new(), leaves_out: crosswalk.leaves_out_without };
    }
    let mut crossed = Crossed::default();
    let mut is_listed = false;
    for term in terms {
        let own = term.scheme.as_deref().and_then(|scheme| own_field(crosswalk, scheme));
        let (outcome, fields) = match (own, entry(crosswalk, &term.code)) {
            (Some(field), _) => (Outcome::Understood, vec![(field.to_owned(), vec![own_value(field, &term.code)])]),
            (None, Some(entry)) => meaning(entry, rules),
            (None, None) => other(crosswalk, &term.code),
        };
        is_listed |= own.is_some() || entry(crosswalk, &term.code).is_some();
        crossed.parts.push(CrosswalkPart { column: term.column, outcome, fields });
    }
    crossed.leaves_out = !is_listed && crosswalk.other == Other::LeaveOut;
    crossed
}

/// Returns `true` if a record has a term.
pub(crate) fn has_terms(crosswalk: &Crosswalk, record: &Value<'_>) -> bool {
    !terms(crosswalk, record).is_empty()
}

fn terms(crosswalk: &Crosswalk, record: &Value<'_>) -> Vec<Term> {
    match &crosswalk.terms {
        Terms::Column(columns) => terms_of_column(columns, crosswalk, record),
        Terms::Objects { path, code } => {
            let Some((column, values)) = path.values(record) else { return Vec::new() };
            let term = |object: &&Value<'_>| {
                let (key, code) = code.iter().find_map(|key| Some((key, text_at(object, key)?)))?;
                let scheme = crosswalk.scheme.as_ref().and_then(|key| text_at(object, key));
                Some(Term { column: format!("{}.{key}", column.name()), code, scheme })
            };
            values.iter().filter_map(term).collect()
        }
    }
}

fn terms_of_column(columns: &Columns, crosswalk: &Crosswalk, record: &Value<'_>) -> Vec<Term> {
    let Some((column, values)) = columns.values(record) else { return Vec::new() };
    let mut terms = Vec::new();
    for text in values.into_iter().filter_map(text_of) {
        let separators = crosswalk.split.as_deref().unwrap_or_default();
        for code in text.split(|letter| separators.contains(letter)).map(str::trim).filter(|code| !code.is_empty()) {
            terms.push(Term { column: column.name().to_owned(), code: code.to_owned(), scheme: None });
        }
    }
    terms
}

/// Returns the text of a field of a term; a path leads to a field of an object in it.
fn text_at(object: &Value<'_>, key: &str) -> Option<String> {
    Columns::from_name(key).text(object).map(|(_, text)| text.trim().to_owned())
}

fn own_field<'c>(crosswalk: &'c Crosswalk, scheme: &str) -> Option<&'c str> {
    crosswalk.own.iter().find(|(other, _)| other == scheme).map(|(_, field)| field.as_str())
}

/// Returns the value of a code of our own. A context of a crime is written as `0102+terrorism`.
fn own_value(field: &str, code: &str) -> Value<'static> {
    let Some((crime, contexts)) = code.split_once('+').filter(|_| field == "crimes" || field == "crime") else {
        return Value::from(code.to_owned());
    };
    let contexts = contexts.split('+').map(|context| Value::from(context.to_owned())).collect();
    let crime = (!crime.is_empty()).then(|| ("code".into(), Value::from(crime.to_owned())));
    Value::Object(crime.into_iter().chain([("context".into(), Value::Array(contexts))]).collect())
}

/// Returns what a code means: the entry of its longest prefix, or of the whole code.
fn entry<'c>(crosswalk: &'c Crosswalk, code: &str) -> Option<&'c CrosswalkEntry> {
    let is_meant = |listed: &str| code == listed || (crosswalk.by_prefix && code.starts_with(listed));
    let listed = crosswalk.codes.iter().filter(|(listed, _)| is_meant(listed));
    listed.max_by_key(|(listed, _)| listed.len()).map(|(_, entry)| entry)
}

type Meaning = (Outcome, Vec<(String, Vec<Value<'static>>)>);

fn meaning(entry: &CrosswalkEntry, rules: &Rules) -> Meaning {
    let is_nothing = entry.fields.iter().all(|(_, values)| values.is_empty());
    let outcome = match entry.assumed.as_deref() {
        // What may not be assumed is lost, because a code is no word to ask about.
        Some(code) if !rules.assumes(code) => return (Outcome::Lost("crosswalk.unlisted"), Vec::new()),
        _ if is_nothing => Outcome::NoValue,
        Some(code) => Outcome::Assumed(Cow::Owned(code.to_owned())),
        None => Outcome::Understood,
    };
    (outcome, entry.fields.clone())
}

fn other(crosswalk: &Crosswalk, code: &str) -> Meaning {
    match crosswalk.other {
        Other::Foreign => {
            let code = Value::from(format!("{FOREIGN}{}.{}", code_of(&crosswalk.name), code_of(code)));
            (Outcome::Assumed(Cow::Borrowed("help.foreign")), vec![("help".to_owned(), vec![code])])
        }
        Other::Unknown | Other::LeaveOut => (Outcome::Lost("crosswalk.unlisted"), Vec::new()),
    }
}

/// Returns a part of a code: in lower case, other signs than `a-z 0-9 _ -` become `_`.
fn code_of(text: &str) -> String {
    let is_allowed =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || matches!(letter, '_' | '-');
    text.chars().map(to_lowercase).map(|letter| if is_allowed(letter) { letter } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::{code_of, cross, has_terms};
    use crate::{
        decode::value::Value,
        import::{
            column::Columns,
            part::Outcome,
            record_kind::RecordKind,
            rules::{Crosswalk, CrosswalkEntry, Other, Rules, Terms},
        },
    };

    fn entry(help: &'static str) -> CrosswalkEntry {
        let values = if help.is_empty() { Vec::new() } else { vec![help.into()] };
        CrosswalkEntry { fields: vec![("help".to_owned(), values)], assumed: None }
    }

    fn crosswalk(other: Other) -> Crosswalk {
        Crosswalk {
            name: "Taxonomy 1".to_owned(),
            terms: Terms::Column(Columns::from_name("Codes")),
            scheme: None,
            split: Some(";*".to_owned()),
            by_prefix: true,
            codes: vec![
                ("A".to_owned(), entry("legal")),
                ("A-1".to_owned(), entry("financial")),
                ("B".to_owned(), entry("")),
            ],
            own: Vec::new(),
            other,
            leaves_out_without: false,
        }
    }

    /// Returns the values of help, with a sign for each outcome.
    fn read(crosswalk: &Crosswalk, json: &str) -> Vec<String> {
        let record = Value::from_json(json).unwrap();
        let crossed = cross(crosswalk, &Rules::new(RecordKind::Offers), &record);
        let text = |value: &Value<'_>| serde_json::to_string(value).unwrap();
        let parts = crossed.parts.iter().map(|part| {
            let sign = match &part.outcome {
                Outcome::Understood => '=',
                Outcome::Assumed(_) => '~',
                Outcome::Asked(_) => '?',
                Outcome::NoValue => '0',
                Outcome::Lost(_) => '!',
            };
            let values: Vec<String> = part.fields.iter().flat_map(|(_, values)| values).map(text).collect();
            format!("{sign}{}", values.join(","))
        });
        parts.chain(crossed.leaves_out.then(|| "out".to_owned())).collect()
    }

    #[test]
    fn the_longest_prefix_wins_and_other_codes_are_foreign() {
        let json = r#"{"Codes": "A-100;A.5*B9; Xy.Z"}"#;
        let expected = ["=\"financial\"", "=\"legal\"", "0", "~\"foreign.taxonomy_1.xy_z\""];
        assert_eq!(read(&crosswalk(Other::Foreign), json), expected);
        let whole = Crosswalk { by_prefix: false, ..crosswalk(Other::Unknown) };
        assert_eq!(read(&whole, r#"{"Codes": "A-1; A-10"}"#), ["=\"financial\"", "!"]);
    }

    #[test]
    fn a_record_may_be_left_out_by_its_codes() {
        assert_eq!(read(&crosswalk(Other::LeaveOut), r#"{"Codes": "X"}"#), ["!", "out"]);
        assert_eq!(read(&crosswalk(Other::LeaveOut), r#"{"Codes": "X;A"}"#), ["!", "=\"legal\""]);
        let without = Crosswalk { leaves_out_without: true, ..crosswalk(Other::Foreign) };
        assert_eq!(read(&without, "{}"), ["out"]);
        assert!(!has_terms(&without, &Value::from_json("{}").unwrap()));
    }

    #[test]
    fn a_scheme_of_our_own_has_our_codes() {
        let terms =
            Terms::Objects { path: Columns::from_name("terms[].term"), code: vec!["code".into(), "name".into()] };
        let own = vec![("lotse-help".to_owned(), "help".to_owned()), ("lotse-crime".to_owned(), "crimes".to_owned())];
        let crosswalk = Crosswalk { terms, own, scheme: Some("taxonomy".into()), ..crosswalk(Other::Foreign) };
        let json = r#"{"terms": [
            {"term": {"code": "legal.first_advice", "taxonomy": "lotse-help"}}, {"term": {"name": "A", "taxonomy": "x"}},
            {"term": {"code": "0102+terrorism", "taxonomy": "lotse-crime"}}, {"term": {}}
        ]}"#;
        let expected = ["=\"legal.first_advice\"", "=\"legal\"", "={\"code\":\"0102\",\"context\":[\"terrorism\"]}"];
        assert_eq!(read(&crosswalk, json), expected);
        assert_eq!(code_of("famille--Surmonter conflits/é"), "famille--surmonter_conflits__");
    }
}
