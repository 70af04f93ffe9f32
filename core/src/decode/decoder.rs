//! Decoding of records: each error is reported with its path, and decoding continues.

use std::{borrow::Cow, ops::RangeInclusive};

use crate::{
    decode::{
        code_kind::CodeKind,
        path::{Path, Record},
        string_enum::{StringEnum, UNKNOWN_VARIANT, one_of},
        value::Value,
    },
    error::{ErrorKind, ErrorSink, Message, Template, message},
    util::{
        date::Date,
        edit_distance::did_you_mean,
        fixed::{BadDecimal, Fit, ONE, Ratio, ten_thousandths},
        sort::sort,
    },
};

/// The maximal length of ids and codes, in bytes.
pub(crate) const MAX_CODE_BYTES: usize = 256;
/// The maximal length of other texts, in bytes.
pub(crate) const MAX_TEXT_BYTES: usize = 10_000;
/// The maximal length of a name that sentences display, in bytes.
pub(crate) const MAX_LABEL_BYTES: usize = 200;
/// The maximal number of items of most arrays in a record.
pub(crate) const MAX_ITEMS: usize = 1_000;

/// The known fields of one object; an absent field has no value.
#[derive(Debug)]
pub(crate) struct Fields<'v> {
    entries: Vec<(&'static str, Option<&'v Value<'v>>)>,
}

impl<'v> Fields<'v> {
    /// Returns the value of a field, or `None` if it is absent, null or empty.
    pub(crate) fn get(&self, name: &str) -> Option<&'v Value<'v>> {
        self.entries.iter().find(|(field, _)| is_same(field, name)).and_then(|(_, value)| *value)
    }
}

/// Returns `true` if two names are equal. Most differ in length or in the first letter, which is compared without a call.
#[inline]
fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.as_bytes().first() == b.as_bytes().first() && a == b
}

/// Decoding. A method returns `None` or an empty value after an error, which is then in the sink.
impl ErrorSink {
    fn type_mismatch(&mut self, path: &Path<'_>, expected: Template) {
        self.push(path.error(ErrorKind::Shape, "type", expected));
    }

    /// Reports a value that is not text. A number has a hint, because programs often take codes of digits for numbers.
    ///
    /// `digits` are the numbers of digits that codes of this kind have: a number that lacks one lost the 0 in front.
    fn not_text(&mut self, path: &Path<'_>, value: &Value, digits: &[usize]) {
        self.push_with(|| {
            let error = path.error(ErrorKind::Shape, "type", message!("type.text"));
            match value {
                Value::Int(_) | Value::Float(_) => match digits_of(value, digits) {
                    // A number of a need is a value too.
                    Some(text) if !path.is_private() => {
                        error.with_hint(message!("type.text.digits.hint").with(&[("text", &text)]))
                    }
                    _ => error.with_hint(message!("type.text.hint")),
                },
                _ => error,
            }
        });
    }

    /// Decodes an object with these fields and no others.
    pub(crate) fn fields<'v>(
        &mut self,
        path: &Path<'_>,
        value: &'v Value<'v>,
        names: &'static [&'static str],
    ) -> Option<Fields<'v>> {
        let Value::Object(entries) = value else {
            self.type_mismatch(path, message!("type.object"));
            return None;
        };
        let mut fields = Fields { entries: Vec::with_capacity(entries.len()) };
        for (key, value) in entries {
            let Some(name) = names.iter().copied().find(|name| is_same(name, key)) else {
                self.unknown_field(path, key, names);
                continue;
            };
            if fields.entries.iter().any(|(seen, _)| is_same(seen, name)) {
                self.push(path.field(name).error(ErrorKind::Shape, "duplicate_field", message!("duplicate_field")));
                continue;
            }
            fields.entries.push((name, (!value.is_absent()).then_some(value)));
        }
        Some(fields)
    }

    fn unknown_field(&mut self, path: &Path<'_>, key: &str, names: &[&'static str]) {
        // A key is input too. The path ends before it if it may disclose something about a person.
        let field = path.field(key);
        let path = if path.is_private() || key.len() > MAX_CODE_BYTES { path } else { &field };
        self.push_with(|| {
            let hint = unknown_field_hint(key, names);
            path.error(ErrorKind::Shape, "unknown_field", message!("unknown_field")).with_hint(hint)
        });
    }

    /// Reports a column of a table that is not a field: the part `key` of its name is not one of `names`.
    ///
    /// `position` is counted from 1. It names a column of needs, whose name is input.
    pub(crate) fn unknown_column(&mut self, path: &Path<'_>, position: usize, key: &str, names: &[&str]) {
        let field = path.field(key);
        let path = if path.is_private() || key.len() > MAX_CODE_BYTES { path } else { &field };
        self.push_with(|| {
            let message = message!("unknown_field.column").with(&[("position", &position)]);
            path.error(ErrorKind::Shape, "unknown_field", message).with_hint(unknown_field_hint(key, names))
        });
    }

    /// Reports that a required field is absent.
    pub(crate) fn missing_field(&mut self, path: &Path<'_>) {
        self.push(path.error(ErrorKind::Shape, "missing_field", message!("missing_field")));
    }

    /// Decodes the required id of a record. Unlike that of other fields, an empty value is an error, not absent.
    pub(crate) fn id(&mut self, path: &Path<'_>, value: &Value) -> String {
        let Value::Object(entries) = value else { return String::new() };
        let path = path.field("id");
        match entries.iter().find(|(key, _)| key == "id") {
            None | Some((_, Value::Null)) => {
                self.missing_field(&path);
                String::new()
            }
            Some((_, value)) => self.short_text(&path, value).unwrap_or_default().to_owned(),
        }
    }

    /// Reports `any` if it is the text and has no meaning here; returns `true` if so.
    pub(crate) fn reject_any(&mut self, path: &Path<'_>, text: &str) -> bool {
        let is_any = text == "any";
        if is_any {
            let error = path.error(ErrorKind::Value, "any", message!("any"));
            self.push(error.with_hint(message!("any.hint")));
        }
        is_any
    }

    /// Decodes an array of any length.
    pub(crate) fn array<'v>(&mut self, path: &Path<'_>, value: &'v Value<'v>) -> &'v [Value<'v>] {
        match value {
            Value::Array(items) => items,
            _ => {
                self.type_mismatch(path, message!("type.list"));
                &[]
            }
        }
    }

    /// Decodes an object with any fields, each of which may occur once.
    pub(crate) fn entries<'v>(&mut self, path: &Path<'_>, value: &'v Value<'v>) -> &'v [(Cow<'v, str>, Value<'v>)] {
        let Value::Object(entries) = value else {
            self.type_mismatch(path, message!("type.object"));
            return &[];
        };
        let mut keys: Vec<&str> = entries.iter().map(|(key, _)| &**key).collect();
        sort(&mut keys);
        if keys.windows(2).any(|pair| matches!(pair, [a, b] if a == b)) {
            self.push(path.error(ErrorKind::Shape, "duplicate_field", message!("duplicate_field")));
        }
        entries
    }

    fn text_up_to<'v>(&mut self, path: &Path<'_>, value: &'v Value<'v>, max_bytes: usize) -> Option<&'v str> {
        self.text_with_digits(path, value, max_bytes, &[])
    }

    fn text_with_digits<'v>(
        &mut self,
        path: &Path<'_>,
        value: &'v Value<'v>,
        max_bytes: usize,
        digits: &[usize],
    ) -> Option<&'v str> {
        let Value::String(text) = value else {
            self.not_text(path, value, digits);
            return None;
        };
        if text.is_empty() {
            self.push(path.error(ErrorKind::Value, "empty", message!("empty")));
            return None;
        }
        if text.len() > max_bytes {
            let message = message!("too_long").with(&[("max", &max_bytes)]);
            self.push(path.error(ErrorKind::Value, "too_long", message));
            return None;
        }
        Some(text)
    }

    /// Decodes text that is not empty, of at most 10 000 bytes.
    pub(crate) fn text<'v>(&mut self, path: &Path<'_>, value: &'v Value<'v>) -> Option<&'v str> {
        self.text_up_to(path, value, MAX_TEXT_BYTES)
    }

    /// Decodes an id, a tag or a code in any form: text that is not empty, of at most 256 bytes.
    pub(crate) fn short_text<'v>(&mut self, path: &Path<'_>, value: &'v Value<'v>) -> Option<&'v str> {
        self.text_up_to(path, value, MAX_CODE_BYTES)
    }

    /// Decodes a code that may consist of digits, with their possible numbers, as [`short_text`](Self::short_text) does.
    pub(crate) fn code_of_digits<'v>(
        &mut self,
        path: &Path<'_>,
        value: &'v Value<'v>,
        digits: &[usize],
    ) -> Option<&'v str> {
        self.text_with_digits(path, value, MAX_CODE_BYTES, digits)
    }

    /// Decodes a name that sentences display: text that is not empty, of at most 200 bytes.
    pub(crate) fn label<'v>(&mut self, path: &Path<'_>, value: &'v Value<'v>) -> Option<&'v str> {
        self.text_up_to(path, value, MAX_LABEL_BYTES)
    }

    /// Decodes a code of an open vocabulary: parts of lower-case letters, digits, `_` and `-`, joined by dots.
    pub(crate) fn code<'v>(&mut self, path: &Path<'_>, value: &'v Value<'v>, kind: CodeKind) -> Option<&'v str> {
        let text = self.short_text(path, value)?;
        if !is_code(text) {
            self.push_with(|| {
                let error = path.error(ErrorKind::Value, "code", message!("code"));
                let form = message!("code.hint");
                error.with_hint(path.suggestion(kind, text).unwrap_or_else(|| form.into()))
            });
            return None;
        }
        // A caller that accepts `any` has handled it before.
        if self.reject_any(path, text) {
            return None;
        }
        Some(text)
    }

    /// Decodes a whole number in the range. A float is accepted if it is whole.
    pub(crate) fn integer<T: TryFrom<i64>>(
        &mut self,
        path: &Path<'_>,
        value: &Value,
        range: RangeInclusive<i64>,
    ) -> Option<T> {
        let number = match value {
            Value::Int(number) => *number,
            // The cast saturates, and no range includes the limits of `i64`.
            Value::Float(number) if number.is_finite() && number.trunc() == *number => *number as i64,
            _ => {
                self.type_mismatch(path, message!("type.integer"));
                return None;
            }
        };
        let decoded = range.contains(&number).then(|| T::try_from(number).ok()).flatten();
        if decoded.is_none() {
            self.out_of_range(path, range.start(), range.end());
        }
        decoded
    }

    fn out_of_range(&mut self, path: &Path<'_>, min: &i64, max: &i64) {
        let message = message!("range").with(&[("min", min), ("max", max)]);
        self.push(path.error(ErrorKind::Value, "range", message));
    }

    /// Decodes a number from 0 to `max` with at most four decimals, in ten-thousandths.
    pub(crate) fn decimal(&mut self, path: &Path<'_>, value: &Value, max: u32) -> Option<u64> {
        let units = match value {
            Value::Int(number) => u64::try_from(*number)
                .ok()
                .and_then(|number| number.checked_mul(u64::from(ONE)))
                .ok_or(BadDecimal::Range),
            Value::Float(number) if !number.is_nan() => ten_thousandths(*number),
            _ => {
                self.type_mismatch(path, message!("type.number"));
                return None;
            }
        };
        match units {
            Ok(units) if units <= u64::from(max).saturating_mul(u64::from(ONE)) => Some(units),
            Err(BadDecimal::Decimals) => {
                self.push(path.error(ErrorKind::Value, "decimals", message!("decimals")));
                None
            }
            Ok(_) | Err(BadDecimal::Range) => {
                self.out_of_range(path, &0, &max.into());
                None
            }
        }
    }

    /// Decodes a number from 0 to 1 with at most four decimals.
    pub(crate) fn ratio(&mut self, path: &Path<'_>, value: &Value) -> Option<Ratio> {
        let units = self.decimal(path, value, 1)?;
        u16::try_from(units).ok().map(Ratio::clamped)
    }

    /// Decodes a fit: a number from 0 to 1 with at most four decimals.
    pub(crate) fn fit(&mut self, path: &Path<'_>, value: &Value) -> Option<Fit> {
        self.ratio(path, value).map(Fit::from)
    }

    /// Decodes an angle in degrees, from −`max` to `max`.
    pub(crate) fn degrees(&mut self, path: &Path<'_>, value: &Value, max: i32) -> Option<f64> {
        let number = match value {
            Value::Int(number) => i32::try_from(*number).map_or(f64::MAX, f64::from),
            Value::Float(number) if !number.is_nan() => *number,
            _ => {
                self.type_mismatch(path, message!("type.number"));
                return None;
            }
        };
        if number.abs() > f64::from(max) {
            self.out_of_range(path, &i64::from(max).saturating_neg(), &max.into());
            return None;
        }
        Some(number)
    }

    /// Decodes `true` or `false`.
    pub(crate) fn boolean(&mut self, path: &Path<'_>, value: &Value) -> Option<bool> {
        match value {
            Value::Bool(value) => Some(*value),
            _ => {
                self.type_mismatch(path, message!("type.boolean"));
                None
            }
        }
    }

    /// Decodes a value of a string enum.
    pub(crate) fn string_enum<T: StringEnum>(&mut self, path: &Path<'_>, value: &Value) -> Option<T> {
        let text = self.text_up_to(path, value, MAX_TEXT_BYTES)?;
        let variant = T::from_code(text);
        if variant.is_none() && !(path.record() == Record::Need && self.reject_any(path, text)) {
            self.push(path.error(ErrorKind::Value, "value", UNKNOWN_VARIANT).with_hint(one_of::<T>()));
        }
        variant
    }

    /// Decodes a day in the form `2026-11-23`.
    pub(crate) fn date(&mut self, path: &Path<'_>, value: &Value) -> Option<Date> {
        let text = self.text_up_to(path, value, MAX_TEXT_BYTES)?;
        let date = text.parse().ok();
        if date.is_none() {
            let error = path.error(ErrorKind::Value, "date", message!("date"));
            self.push(error.with_hint(message!("date.hint")));
        }
        date
    }

    /// Decodes an array of at most 1 000 items. Items for which `decode` returns `None` are left out.
    pub(crate) fn decode_items<'v, T>(
        &mut self,
        path: &Path<'_>,
        value: &'v Value<'v>,
        decode: impl FnMut(&mut Self, &Path<'_>, &'v Value<'v>) -> Option<T>,
    ) -> Vec<T> {
        self.decode_items_up_to(MAX_ITEMS, path, value, decode)
    }

    /// Decodes an array of at most `max` items. Items for which `decode` returns `None` are left out.
    pub(crate) fn decode_items_up_to<'v, T>(
        &mut self,
        max: usize,
        path: &Path<'_>,
        value: &'v Value<'v>,
        mut decode: impl FnMut(&mut Self, &Path<'_>, &'v Value<'v>) -> Option<T>,
    ) -> Vec<T> {
        let items = self.array(path, value);
        if items.len() > max {
            let message = message!("too_many.items").with(&[("max", &max)]);
            self.push(path.error(ErrorKind::Value, "too_many", message));
            return Vec::new();
        }
        items.iter().enumerate().filter_map(|(index, item)| decode(self, &path.item(index), item)).collect()
    }
}

/// Returns the text that a number was, with the 0 in front that it lost, or `None` if it is not a whole number.
fn digits_of(value: &Value, digits: &[usize]) -> Option<String> {
    let text = match value {
        Value::Int(number) if *number >= 0 => number.to_string(),
        // Not beyond the whole numbers that a float represents exactly. Floats are not formatted: that would be 6 kB of code.
        Value::Float(number) if (0.0..=MAX_EXACT).contains(number) && number.trunc() == *number => {
            (*number as i64).to_string()
        }
        _ => return None,
    };
    let has_lost_zero = !digits.contains(&text.len()) && digits.contains(&text.len().saturating_add(1));
    Some(if has_lost_zero { format!("0{text}") } else { text })
}

/// The largest float up to which all whole numbers are floats: 2⁵³.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

fn unknown_field_hint(key: &str, names: &[&str]) -> Message {
    match did_you_mean(key, names.iter().copied()) {
        Some(name) => message!("did_you_mean.field").with(&[("name", &name)]),
        None if names.is_empty() => message!("unknown_field.no_parts.hint").into(),
        None => known_fields(names),
    }
}

/// Returns a hint that lists the fields of an object.
pub(crate) fn known_fields(names: &[&str]) -> Message {
    message!("unknown_field.hint").with(&[("names", &names.join(", "))])
}

fn is_code(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'-';
    text.split('.').all(|part| !part.is_empty() && part.bytes().all(is_allowed))
}

#[cfg(test)]
mod tests {
    use crate::{
        decode::value::Value,
        model::{need::Need, offer::Offer},
    };

    const READ_AS_TEXT: &str = "read the column as text (pandas: dtype=str, Polars: infer_schema=False)";
    const AS_TEXT: &str = "ids and codes are text, since they may begin with 0";

    fn hint(error: &crate::Error) -> &str {
        error.hint().unwrap_or_default()
    }

    #[test]
    fn a_number_of_an_offer_is_written_as_the_text_that_it_was() {
        let cases = [
            (r#"{"id": "o", "area": [1001]}"#, "01001"),
            (r#"{"id": "o", "area": [14612]}"#, "14612"),
            (r#"{"id": "o", "area": [14612.0]}"#, "14612"),
            (r#"{"id": "o", "area": [1]}"#, "01"),
            (r#"{"id": "o", "area": [1001000]}"#, "01001000"),
            (r#"{"id": "o", "area": [10010001000]}"#, "010010001000"),
            (r#"{"id": "o", "place": {"region": 1067}}"#, "01067"),
            (r#"{"id": "o", "crimes": [101]}"#, "0101"),
            (r#"{"id": "o", "crimes": [{"code": 20111}]}"#, "20111"),
            (r#"{"id": "o", "crimes": [1.0]}"#, "01"),
            (r#"{"id": 17}"#, "17"),
            (r#"{"id": "o", "name": 1067}"#, "1067"),
        ];
        for (json, text) in cases {
            let error = Offer::from_json(json).unwrap_err();
            assert_eq!(
                (error.code(), hint(&error)),
                ("offer.type", &*format!("write it as \"{text}\"; {READ_AS_TEXT}"))
            );
        }
        for number in ["-5", "0.5", "1e300", "9007199254740994.0"] {
            let error = Offer::from_json(&format!(r#"{{"id": "o", "area": [{number}]}}"#)).unwrap_err();
            assert_eq!(hint(&error), format!("{AS_TEXT}: {READ_AS_TEXT}"), "{number}");
        }
    }

    #[test]
    fn a_number_of_a_need_has_a_hint_that_does_not_repeat_it() {
        for field in ["region", "crime", "help", "id", "group", "case", "gender"] {
            for number in [Value::Int(1067), Value::Float(1067.0)] {
                let fields = vec![("id".into(), "n".into()), (field.into(), number)];
                let error = Need::from_value(&Value::Object(fields.into_iter().rev().collect())).unwrap_err();
                assert!(!error.to_string().contains("1067"));
                if field != "id" {
                    assert_eq!(
                        (error.code(), hint(&error)),
                        ("need.type", &*format!("{AS_TEXT}: {READ_AS_TEXT}")),
                        "{field}"
                    );
                }
            }
        }
        // Other values have no hint.
        assert_eq!(Need::from_json(r#"{"id": "n", "region": true}"#).unwrap_err().hint(), None);
    }
}
