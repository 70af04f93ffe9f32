//! Sections of the German criminal code as people cite them.

/// Returns the form in which the table lists the section that a folded text cites: `§223` for "StGB 223" and for
/// "§§ 223 Abs. 1 StGB".
///
/// A number alone cites nothing, nor does the section of another law.
pub(super) fn cited_section(folded: &str) -> Option<String> {
    let section = folded.replace("stgb", "");
    let section = section.trim_start_matches('§');
    if section.len() == folded.len() {
        return None;
    }
    let end = section.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(section.len());
    let (number, rest) = section.split_at_checked(end)?;
    let is_part = |text: &str| ["abs", "nr", "satz"].iter().any(|part| text.starts_with(part));
    (!number.is_empty() && (rest.is_empty() || is_part(rest))).then(|| format!("§{number}"))
}

#[cfg(test)]
mod tests {
    use super::cited_section;
    use crate::vocabulary::fold::fold;

    #[test]
    fn a_section_is_cited_with_its_sign_or_its_law() {
        for typed in ["§ 223", "§223", "§ 223 StGB", "StGB 223", "StGB § 223", "223 StGB", "§§ 223 Abs. 1 Nr. 2 StGB"]
        {
            assert_eq!(cited_section(&fold(typed)).as_deref(), Some("§223"), "{typed}");
        }
        for typed in ["223", "§ 223 BGB", "§ 176a StGB", "StGB", "§", "", "Raub"] {
            assert_eq!(cited_section(&fold(typed)), None, "{typed}");
        }
    }
}
