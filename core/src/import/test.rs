//! Tests of a mapping on a record.

use crate::{
    decode::value::Value,
    import::{
        column::text_of,
        rules::{Condition, Test},
    },
    util::{date::Date, lowercase::to_lowercase},
};

/// Returns `true` if a test holds for a record, or for an element of a list.
///
/// Texts are compared without case, since a mark such as "Ja" in a column of secret addresses must not be missed.
pub(crate) fn holds(test: &Test, record: &Value<'_>, as_of: Option<Date>) -> bool {
    let values = test.column.values(record).map(|(_, values)| values).unwrap_or_default();
    let texts = || values.iter().copied().filter_map(text_of);
    match &test.condition {
        Condition::Is(expected) => texts().any(|text| expected.iter().any(|expected| is_same(expected, &text))),
        Condition::Not(excluded) => !texts().any(|text| excluded.iter().any(|excluded| is_same(excluded, &text))),
        Condition::Empty(is_empty) => values.is_empty() == *is_empty,
        Condition::Contains(parts) => texts().any(|text| {
            let text = lower(&text);
            parts.iter().any(|part| text.contains(&lower(part)))
        }),
        Condition::Before(day) => match day.or(as_of) {
            Some(day) => texts().any(|text| day_of(&text).is_some_and(|other| other < day)),
            None => false,
        },
    }
}

fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim(), b.trim());
    a == b || a.chars().map(to_lowercase).eq(b.chars().map(to_lowercase))
}

fn lower(text: &str) -> String {
    text.chars().map(to_lowercase).collect()
}

/// Returns the day of a date or a time stamp in ISO 8601.
fn day_of(text: &str) -> Option<Date> {
    text.trim().get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::holds;
    use crate::{
        decode::value::Value,
        import::{
            column::Columns,
            rules::{Condition, Test},
        },
        util::date::Date,
    };

    fn test(column: &str, condition: Condition) -> bool {
        let record =
            r#"{"Status": "Inaktiv ", "Bis": "2022-12-31T00:00", "Orte": [{"PLZ": "1"}, {"PLZ": "2"}], "leer": ""}"#;
        let today: Date = "2026-11-29".parse().unwrap();
        let test = Test { column: Columns::from_name(column), condition };
        holds(&test, &Value::from_json(record).unwrap(), Some(today))
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn texts_are_compared_without_case() {
        assert!(test("Status", Condition::Is(texts(&["aktiv", "INAKTIV"]))));
        assert!(!test("Status", Condition::Is(texts(&["aktiv"]))));
        assert!(test("Status", Condition::Contains(texts(&["AKTIV"]))));
        assert!(test("Orte[].PLZ", Condition::Is(texts(&["2"]))));
    }

    #[test]
    fn an_empty_cell_is_no_text() {
        assert!(test("leer", Condition::Empty(true)) && test("fehlt", Condition::Empty(true)));
        assert!(test("Status", Condition::Empty(false)));
        assert!(test("leer", Condition::Not(texts(&["x"]))) && !test("leer", Condition::Is(texts(&[""]))));
    }

    #[test]
    fn a_day_is_compared_to_another_or_to_that_of_the_import() {
        assert!(test("Bis", Condition::Before(None)));
        assert!(!test("Bis", Condition::Before(Some("2022-12-31".parse().unwrap()))));
        assert!(!test("Status", Condition::Before(None)) && !test("leer", Condition::Before(None)));
    }
}
