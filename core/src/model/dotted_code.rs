//! Dotted codes, whose dots form a hierarchy: kinds of help and roles.

/// Returns `true` if `umbrella` covers `code`: `legal` covers itself and `legal.first_advice`.
pub(crate) fn covers(umbrella: &str, code: &str) -> bool {
    code.strip_prefix(umbrella).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn an_umbrella_ends_at_a_dot() {
        assert!(covers("legal", "legal.first_advice"));
        assert!(covers("legal", "legal"));
        assert!(!covers("legal", "legally.blind"));
        assert!(!covers("legal.first_advice", "legal"));
    }
}
