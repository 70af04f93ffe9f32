//! Reading records from data: every problem is noted with its place, and reading goes on.

use std::{borrow::Cow, ops::RangeInclusive};

use crate::{
    decode::{
        code_kind::CodeKind,
        path::{Path, Record},
        string_enum::{StringEnum, one_of},
        value::Value,
    },
    error::{ErrorKind, ErrorSink},
    util::{
        date::Date,
        edit_distance::did_you_mean,
        fixed::{BadDecimal, Fit, ONE, Ratio, ten_thousandths},
        sort::sort,
    },
};

/// Longest id and code, in bytes.
pub(crate) const MAX_CODE_BYTES: usize = 256;
/// Longest other text, in bytes.
const MAX_TEXT_BYTES: usize = 10_000;

/// Most items of a list inside a record.
const MAX_ITEMS: usize = 1_000;

/// The fields of one object that are known; those that are absent have no value.
#[derive(Debug)]
pub(crate) struct Fields<'t> {
    entries: Vec<(&'static str, Option<&'t Value<'t>>)>,
}

impl<'t> Fields<'t> {
    pub(crate) fn get(&self, name: &str) -> Option<&'t Value<'t>> {
        self.entries.iter().find(|(field, _)| same(field, name)).and_then(|(_, value)| *value)
    }
}

/// Whether two names are the same. Most differ in length or in the first letter, which is seen without a call.
#[inline]
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.as_bytes().first() == other.as_bytes().first() && one == other
}

impl ErrorSink {
    fn type_mismatch(&mut self, path: &Path<'_>, wanted: &'static str) {
        self.push(path.error(ErrorKind::Shape, "type", format!("expected {wanted}")));
    }

    /// An object with these fields and no others.
    pub(crate) fn fields<'t>(
        &mut self,
        path: &Path<'_>,
        value: &'t Value<'t>,
        names: &'static [&'static str],
    ) -> Option<Fields<'t>> {
        let Value::Object(entries) = value else {
            self.type_mismatch(path, "an object");
            return None;
        };
        let mut fields = Fields { entries: Vec::with_capacity(entries.len()) };
        for (key, value) in entries {
            let Some(name) = names.iter().copied().find(|name| same(name, key)) else {
                self.unknown_field(path, key, names);
                continue;
            };
            if fields.entries.iter().any(|(seen, _)| same(seen, name)) {
                self.push(path.field(name).error(ErrorKind::Shape, "duplicate_field", "this field stands here twice"));
                continue;
            }
            fields.entries.push((name, (!value.is_absent()).then_some(value)));
        }
        Some(fields)
    }

    fn unknown_field(&mut self, path: &Path<'_>, key: &str, names: &[&'static str]) {
        // A key is input too: in a need it may be about a person, so the path ends before it.
        let field = path.field(key);
        let place = if path.record == Record::Need || key.len() > MAX_CODE_BYTES { path } else { &field };
        let hint = match did_you_mean(key, names.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("the fields here are {}", names.join(", ")),
        };
        self.push(place.error(ErrorKind::Shape, "unknown_field", "unknown field").with_hint(hint));
    }

    pub(crate) fn missing_field(&mut self, path: &Path<'_>) {
        self.push(path.error(ErrorKind::Shape, "missing_field", "this field is required"));
    }

    /// The required id of a record. It is looked up raw, because an empty id is wrong, not absent.
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

    /// Notes an `any` where it has no meaning.
    pub(crate) fn reject_any(&mut self, path: &Path<'_>, text: &str) -> bool {
        let any = text == "any";
        if any {
            self.push(
                path.error(ErrorKind::Value, "any", "`any` has no meaning here").with_hint("leave the field out"),
            );
        }
        any
    }

    pub(crate) fn array<'t>(&mut self, path: &Path<'_>, value: &'t Value<'t>) -> &'t [Value<'t>] {
        match value {
            Value::Array(items) => items,
            _ => {
                self.type_mismatch(path, "a list");
                &[]
            }
        }
    }

    /// The entries of an object whose keys are free; a key that stands twice is a problem.
    pub(crate) fn entries<'t>(&mut self, path: &Path<'_>, value: &'t Value<'t>) -> &'t [(Cow<'t, str>, Value<'t>)] {
        let Value::Object(entries) = value else {
            self.type_mismatch(path, "an object");
            return &[];
        };
        let mut keys: Vec<&str> = entries.iter().map(|(key, _)| &**key).collect();
        sort(&mut keys);
        if keys.windows(2).any(|pair| matches!(pair, [one, other] if one == other)) {
            self.push(path.error(ErrorKind::Shape, "duplicate_field", "a field stands here twice"));
        }
        entries
    }

    fn text_up_to<'t>(&mut self, path: &Path<'_>, value: &'t Value<'t>, longest: usize) -> Option<&'t str> {
        let Value::String(text) = value else {
            self.type_mismatch(path, "text");
            return None;
        };
        if text.is_empty() {
            self.push(path.error(ErrorKind::Value, "empty", "empty text"));
            return None;
        }
        if text.len() > longest {
            let message = format!("longer than {longest} bytes");
            self.push(path.error(ErrorKind::Value, "too_long", message));
            return None;
        }
        Some(text)
    }

    pub(crate) fn text<'t>(&mut self, path: &Path<'_>, value: &'t Value<'t>) -> Option<&'t str> {
        self.text_up_to(path, value, MAX_TEXT_BYTES)
    }

    /// An id or a code, before its form is looked at.
    pub(crate) fn short_text<'t>(&mut self, path: &Path<'_>, value: &'t Value<'t>) -> Option<&'t str> {
        self.text_up_to(path, value, MAX_CODE_BYTES)
    }

    /// A code of an open vocabulary: lower-case words, with dots between them.
    pub(crate) fn code<'t>(&mut self, path: &Path<'_>, value: &'t Value<'t>, kind: CodeKind) -> Option<&'t str> {
        let text = self.short_text(path, value)?;
        if !is_code(text) {
            let error = path.error(ErrorKind::Value, "code", "not a well-formed code");
            let form = "lower-case letters, digits, `_` and `-`, in parts joined by dots";
            self.push(error.with_hint(path.suggestion(kind, text).map_or(form.into(), Cow::Owned)));
            return None;
        }
        // Where `any` is allowed the caller has taken it already.
        if self.reject_any(path, text) {
            return None;
        }
        Some(text)
    }

    pub(crate) fn integer<T: TryFrom<i64>>(
        &mut self,
        path: &Path<'_>,
        value: &Value,
        range: RangeInclusive<i64>,
    ) -> Option<T> {
        let number = match value {
            Value::Int(number) => *number,
            // What is too large becomes the largest or the least, which is out of every range.
            Value::Float(number) if number.is_finite() && number.trunc() == *number => *number as i64,
            _ => {
                self.type_mismatch(path, "a whole number");
                return None;
            }
        };
        let value = range.contains(&number).then(|| T::try_from(number).ok()).flatten();
        if value.is_none() {
            let message = format!("out of range, which is {} to {}", range.start(), range.end());
            self.push(path.error(ErrorKind::Value, "range", message));
        }
        value
    }

    /// A decimal of at most four digits, 0 to `most`, in ten-thousandths.
    pub(crate) fn decimal(&mut self, path: &Path<'_>, value: &Value, most: u32) -> Option<u64> {
        let units = match value {
            Value::Int(number) => u64::try_from(*number)
                .ok()
                .and_then(|number| number.checked_mul(u64::from(ONE)))
                .ok_or(BadDecimal::Range),
            Value::Float(number) if !number.is_nan() => ten_thousandths(*number),
            _ => {
                self.type_mismatch(path, "a number");
                return None;
            }
        };
        match units {
            Ok(units) if units <= u64::from(most).saturating_mul(u64::from(ONE)) => Some(units),
            Err(BadDecimal::Decimals) => {
                self.push(path.error(ErrorKind::Value, "decimals", "more than four decimals"));
                None
            }
            Ok(_) | Err(BadDecimal::Range) => {
                let message = format!("out of range, which is 0 to {most}");
                self.push(path.error(ErrorKind::Value, "range", message));
                None
            }
        }
    }

    /// Decodes a number from 0 to 1 with at most four decimals.
    pub(crate) fn ratio(&mut self, path: &Path<'_>, value: &Value) -> Option<Ratio> {
        let units = self.decimal(path, value, 1)?;
        u16::try_from(units).ok().map(Ratio::clamped)
    }

    /// Decodes a fit, as [`ratio`](Self::ratio) does.
    pub(crate) fn fit(&mut self, path: &Path<'_>, value: &Value) -> Option<Fit> {
        self.ratio(path, value).map(Fit::from)
    }

    /// A coordinate in degrees, from −`most` to `most`.
    pub(crate) fn degrees(&mut self, path: &Path<'_>, value: &Value, most: i32) -> Option<f64> {
        let number = match value {
            Value::Int(number) => i32::try_from(*number).map_or(f64::MAX, f64::from),
            Value::Float(number) if !number.is_nan() => *number,
            _ => {
                self.type_mismatch(path, "a number");
                return None;
            }
        };
        if number.abs() > f64::from(most) {
            let message = format!("out of range, which is -{most} to {most}");
            self.push(path.error(ErrorKind::Value, "range", message));
            return None;
        }
        // One zero: −0 and 0 are the same place.
        Some(if number == 0.0 { 0.0 } else { number })
    }

    pub(crate) fn boolean(&mut self, path: &Path<'_>, value: &Value) -> Option<bool> {
        match value {
            Value::Bool(value) => Some(*value),
            _ => {
                self.type_mismatch(path, "true or false");
                None
            }
        }
    }

    pub(crate) fn string_enum<T: StringEnum>(&mut self, path: &Path<'_>, value: &Value) -> Option<T> {
        let text = self.text_up_to(path, value, MAX_TEXT_BYTES)?;
        if text == "any" && T::from_code("any").is_none() && path.record == Record::Need {
            self.push(
                path.error(ErrorKind::Value, "any", "`any` has no meaning here").with_hint("leave the field out"),
            );
            return None;
        }
        let value = T::from_code(text);
        if value.is_none() {
            let error = path.error(ErrorKind::Value, "value", "not one of the words allowed here");
            self.push(error.with_hint(one_of::<T>()));
        }
        value
    }

    pub(crate) fn date(&mut self, path: &Path<'_>, value: &Value) -> Option<Date> {
        let text = self.text_up_to(path, value, MAX_TEXT_BYTES)?;
        let date = text.parse().ok();
        if date.is_none() {
            let error = path.error(ErrorKind::Value, "date", "not a day of the calendar");
            self.push(error.with_hint("write it as 2026-11-23"));
        }
        date
    }

    /// Each item of a short list through `read`; what is wrong is noted and left out.
    pub(crate) fn decode_items<'t, T>(
        &mut self,
        path: &Path<'_>,
        value: &'t Value<'t>,
        read: impl FnMut(&mut Self, &Path<'_>, &'t Value<'t>) -> Option<T>,
    ) -> Vec<T> {
        self.decode_items_up_to(MAX_ITEMS, path, value, read)
    }

    pub(crate) fn decode_items_up_to<'t, T>(
        &mut self,
        most: usize,
        path: &Path<'_>,
        value: &'t Value<'t>,
        mut read: impl FnMut(&mut Self, &Path<'_>, &'t Value<'t>) -> Option<T>,
    ) -> Vec<T> {
        let items = self.array(path, value);
        if items.len() > most {
            self.push(path.error(ErrorKind::Value, "too_many", format!("more than {most} items")));
            return Vec::new();
        }
        items.iter().enumerate().filter_map(|(index, item)| read(self, &path.item(index), item)).collect()
    }
}

fn is_code(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'-';
    text.split('.').all(|part| !part.is_empty() && part.bytes().all(letter))
}
