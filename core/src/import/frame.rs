//! A table whose cells are values: a sheet, or a data frame of a program.

use std::borrow::Cow;

use crate::{
    decode::value::Value,
    error::Error,
    import::{
        fault::{self, MAX_RECORDS, Place},
        layout::{Layout, Row},
        notes::Notes,
        position::Position,
    },
};

/// A table of values.
#[derive(Debug)]
pub(super) struct Frame<'f> {
    pub(super) layout: Layout,
    /// The number of the first row.
    pub(super) first_row: u32,
    pub(super) rows: Cow<'f, [Vec<Value<'static>>]>,
}

impl Frame<'_> {
    /// Reads the wanted cells of each row.
    ///
    /// # Errors
    ///
    /// `import.limit`, or an error of `each`.
    pub(super) fn for_each<'s>(
        &'s self,
        (file, name): (u32, &str),
        wanted: &[bool],
        notes: &mut Notes,
        each: &mut dyn FnMut(Position, Value<'s>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut count = 0_u64;
        for (number, row) in (self.first_row..).zip(self.rows.iter()) {
            let row: &'s [Value<'static>] = row;
            if !self.layout.is_record(number, &row) {
                continue;
            }
            count = count.saturating_add(1);
            if count > MAX_RECORDS {
                return Err(fault::too_many_records(&Place::file(name)));
            }
            if let Some((at, record)) = self.layout.record((file, number), &row, wanted, notes) {
                each(at, record)?;
            }
        }
        Ok(())
    }
}

impl<'s> Row<'s> for &'s [Value<'static>] {
    fn len(&self) -> usize {
        <[_]>::len(self)
    }

    fn is_empty_at(&self, index: usize) -> bool {
        self.get(index).is_none_or(|value| match value {
            Value::Float(number) => number.is_nan(),
            Value::String(text) => text.trim().is_empty(),
            value => value.is_absent(),
        })
    }

    fn value(&self, index: usize) -> Value<'s> {
        self.get(index).map_or(Value::Null, plain)
    }
}

/// Returns a value that borrows its text. A whole float is an integer, and a number that is none is null, at any depth.
pub(super) fn plain<'s>(value: &'s Value<'static>) -> Value<'s> {
    match value {
        Value::Float(number) if number.is_nan() => Value::Null,
        Value::Float(number) => whole(*number).map_or(Value::Float(*number), Value::Int),
        Value::String(text) => Value::String(Cow::Borrowed(text)),
        Value::Array(items) => Value::Array(items.iter().map(plain).collect()),
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(name, field)| (Cow::Borrowed(&**name), plain(field))).collect())
        }
        Value::Null => Value::Null,
        Value::Bool(flag) => Value::Bool(*flag),
        Value::Int(number) => Value::Int(*number),
    }
}

/// Returns a float as an integer, if it is whole and exact.
pub(super) fn whole(number: f64) -> Option<i64> {
    // Beyond 2^53, the display of a float is exact too, but the program held a rounded number.
    if number.abs() > 9_007_199_254_740_992.0 || number.fract() != 0.0 {
        return None;
    }
    // A whole float displays without a point: this is the conversion without a cast.
    number.to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{plain, whole};
    use crate::decode::value::Value;

    #[test]
    fn whole_floats_are_integers_and_nan_is_empty() {
        assert!(plain(&Value::Float(3.0)) == Value::Int(3));
        assert!(plain(&Value::Float(f64::NAN)) == Value::Null);
        assert!(plain(&Value::Float(0.5)) == Value::Float(0.5));
        let list = Value::Array(vec![Value::Float(2.0), "de".into()]);
        assert!(plain(&list) == Value::Array(vec![Value::Int(2), "de".into()]));
        assert_eq!((whole(-0.0), whole(1e300), whole(f64::INFINITY)), (Some(0), None, None));
    }
}
