//! Codes of the International Classification of Crime for Statistical Purposes (ICCS): 2, 4, 5 or 6 digits. The code of a parent
//! is a prefix of the codes of its children.

/// The prefix of codes in the spelling of Eurostat.
pub(crate) const PREFIX: &str = "ICCS";

/// The numbers of digits of codes.
pub(crate) const DIGITS: &[usize] = &[2, 4, 5, 6];

/// Returns the digits of a code, which may have the prefix (`ICCS0101`), or `None` if it is malformed.
pub(crate) fn digits(text: &str) -> Option<&str> {
    let digits = text.strip_prefix(PREFIX).unwrap_or(text);
    let is_code = DIGITS.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_code.then_some(digits)
}

/// Returns `true` if the first code is a child of the second, at any level.
pub(crate) fn is_below(code: &str, parent: &str) -> bool {
    code.len() > parent.len() && code.starts_with(parent)
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn levels_have_two_four_five_or_six_digits() {
        for valid in ["01", "0101", "02011", "020111"] {
            assert_eq!(digits(valid), Some(valid));
        }
        assert_eq!(digits("ICCS020111"), Some("020111"));
        for invalid in ["", "1", "010", "0201111", "0x01", "ICCS", "iccs01", "٠١"] {
            assert_eq!(digits(invalid), None, "{invalid}");
        }
    }
}
