//! Dotted codes, whose dots form a hierarchy: kinds of help and roles.

use std::cmp::Ordering;

/// Returns `true` if `umbrella` covers `code`: `legal` covers itself and `legal.first_advice`.
pub(crate) fn covers(umbrella: &str, code: &str) -> bool {
    code.strip_prefix(umbrella).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Compares two codes by their parts, so that all codes that an umbrella covers follow it without a gap: `a`, `a.b`, `a-b`.
pub(crate) fn cmp_parts(a: &str, b: &str) -> Ordering {
    // Only the hyphen is below the dot in byte order.
    let key = |byte: u8| if byte == b'.' { 0 } else { byte };
    a.bytes().map(key).cmp(b.bytes().map(key))
}

#[cfg(test)]
mod tests {
    use super::{cmp_parts, covers};

    #[test]
    fn covered_codes_follow_their_umbrella() {
        let mut codes = ["a-b", "a.b", "b", "a", "a.b-c", "a.b.c", "ab", "a.a"];
        codes.sort_by(|a, b| cmp_parts(a, b));
        assert_eq!(codes, ["a", "a.a", "a.b", "a.b.c", "a.b-c", "a-b", "ab", "b"]);
    }

    #[test]
    fn an_umbrella_ends_at_a_dot() {
        assert!(covers("legal", "legal.first_advice"));
        assert!(covers("legal", "legal"));
        assert!(!covers("legal", "legally.blind"));
        assert!(!covers("legal.first_advice", "legal"));
    }
}
