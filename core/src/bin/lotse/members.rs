//! The members of a JSON object as text, so that a request is put together without being read twice.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// One member of an object: its name, and the text of its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member<'t> {
    /// The name as it is written, quotes included.
    pub(crate) name: &'t str,
    pub(crate) value: &'t str,
}

impl Member<'_> {
    pub(crate) fn is(&self, name: &str) -> bool {
        serde_json::from_str::<String>(self.name).is_ok_and(|own| own == name)
    }

    /// Empty and null count as absent, as they do for the library.
    pub(crate) fn is_absent(&self) -> bool {
        let empty = |open, close| {
            self.value
                .strip_prefix(open)
                .and_then(|rest| rest.strip_suffix(close))
                .is_some_and(|rest| rest.trim().is_empty())
        };
        matches!(self.value, "null" | "\"\"") || empty('[', ']') || empty('{', '}')
    }
}

/// The members of an object in well-formed JSON; nothing where the text is no object.
pub(crate) fn members(text: &str) -> Option<Vec<Member<'_>>> {
    let inner = text.trim().strip_prefix('{')?.strip_suffix('}')?;
    let mut members = Vec::new();
    let mut rest = inner;
    while !rest.trim_start().is_empty() {
        let end = end_of(rest, b',')?;
        let (member, after) = rest.split_at_checked(end)?;
        let (name, value) = member.split_at_checked(end_of(member, b':')?)?;
        members.push(Member { name: name.trim(), value: value.strip_prefix(':')?.trim() });
        rest = after.strip_prefix(',').unwrap_or(after);
    }
    Some(members)
}

/// Where a mark stands outside of strings and brackets, or the end.
fn end_of(text: &str, mark: u8) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'[' | b'{' => depth = depth.saturating_add(1),
            b']' | b'}' => depth = depth.checked_sub(1)?,
            _ if byte == mark && depth == 0 => return Some(at),
            _ => {}
        }
    }
    Some(text.len())
}

/// Reads JSON to see that it is well formed, by the same rules as the library, and keeps nothing.
pub(crate) struct Skimmed;

impl<'de> Deserialize<'de> for Skimmed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Skimmed {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("data")
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self, A::Error> {
        while entries.next_entry::<Self, Self>()?.is_some() {}
        Ok(self)
    }
}
