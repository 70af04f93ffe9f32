//! ICCS codes: strings of 2, 4, 5 or 6 digits in which a parent is a prefix of its child.

/// How Eurostat begins a code.
pub(crate) const PREFIX: &str = "ICCS";

/// The digits of a code; Eurostat's spelling `ICCS0101` is understood too.
pub(crate) fn digits(text: &str) -> Option<&str> {
    let digits = text.strip_prefix(PREFIX).unwrap_or(text);
    let form = matches!(digits.len(), 2 | 4 | 5 | 6) && digits.bytes().all(|byte| byte.is_ascii_digit());
    form.then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn levels_have_two_four_five_or_six_digits() {
        for good in ["01", "0101", "02011", "020111"] {
            assert_eq!(digits(good), Some(good));
        }
        assert_eq!(digits("ICCS020111"), Some("020111"));
        for bad in ["", "1", "010", "0201111", "0x01", "ICCS", "iccs01", "٠١"] {
            assert_eq!(digits(bad), None, "{bad}");
        }
    }
}
