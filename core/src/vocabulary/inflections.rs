//! The other forms of a typed word by which the tables may list it: the masculine of a feminine, the singular of a plural,
//! the section of a citation.
//!
//! Rules, not lists: "Zeug:innen", "ZeugInnen" and "Zeuge/-innen" all fold to a stem with a feminine ending. A form is only
//! looked up if the tables do not list the text as it is, so that no rule changes the meaning of a listed word.

use crate::{decode::code_kind::CodeKind, vocabulary::statutes::cited_section};

/// Returns the folded forms under which the tables may list a folded text, the most likely first.
pub(super) fn forms(kind: CodeKind, folded: &str) -> Vec<String> {
    match kind {
        // Their names have endings of their own: "Latein" is not the feminine of "Late".
        CodeKind::Language => Vec::new(),
        CodeKind::Region => area(folded).into_iter().collect(),
        CodeKind::Crime => cited_section(folded).into_iter().collect(),
        CodeKind::Role => [gender_forms(folded), singulars(folded, 3)].concat(),
        // A short stem is rather another word: "Kurs" is not "Kur".
        CodeKind::Help | CodeKind::Access => [gender_forms(folded), singulars(folded, 6)].concat(),
        CodeKind::Context => gender_forms(folded),
        // A term states its endings.
        _ => Vec::new(),
    }
}

/// Returns the form in which the table lists the area around a city: "Raum Dresden" for "Dresden und Umland".
fn area(folded: &str) -> Option<String> {
    let prefixes = ["grossraum", "umkreis", "umland"].iter().find_map(|prefix| folded.strip_prefix(prefix));
    let suffixes = || ["undumland", "undumgebung", "umland"].iter().find_map(|suffix| folded.strip_suffix(suffix));
    prefixes.or_else(suffixes).map(|city| format!("raum{city}"))
}

/// Returns the singular forms of a person's name in the feminine or in both genders: of "Zeuginnen", "Zeugeinnen" (written
/// Zeuge/-innen), and "Zeugen und Zeuginnen".
fn gender_forms(folded: &str) -> Vec<String> {
    let feminine = |text: &str| {
        let stem = text.strip_suffix("innen").or_else(|| text.strip_suffix("in"))?;
        (stem.chars().count() >= 3).then(|| stem.to_owned())
    };
    let singulars = |stem: String| [format!("{stem}in"), format!("{stem}e"), stem];
    let of_pair = || {
        pairs(folded).find_map(|(a, b)| {
            let (stem, other) = feminine(b).map(|stem| (stem, a)).or_else(|| Some((feminine(a)?, b)))?;
            let ending = other.strip_prefix(stem.as_str())?;
            ["", "e", "en", "n", "er", "r"].contains(&ending).then_some(stem)
        })
    };
    of_pair().or_else(|| feminine(folded)).map(singulars).into_iter().flatten().collect()
}

/// Returns each way to split a text into two words that begin alike, with or without a conjunction between them.
fn pairs(folded: &str) -> impl Iterator<Item = (&str, &str)> {
    let first = folded.chars().next();
    folded.char_indices().skip(3).filter_map(move |(middle, _)| {
        let (a, b) = folded.split_at_checked(middle)?;
        let b = ["und", "oder", "bzw"].iter().find_map(|conjunction| b.strip_prefix(conjunction)).unwrap_or(b);
        (b.chars().next() == first).then_some((a, b))
    })
}

/// Returns a word without each ending of the plural, or of a case, that leaves enough letters. "Zeuginn" is a typing error.
fn singulars(folded: &str, min_letters: usize) -> Vec<String> {
    let stems = ["n", "en", "e", "s"].iter().filter_map(|ending| folded.strip_suffix(ending));
    stems
        .filter(|_| !folded.ends_with("inn"))
        .filter(|stem| stem.chars().count() >= min_letters)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::forms;
    use crate::{decode::code_kind::CodeKind, vocabulary::fold::fold};

    #[test]
    fn every_spelling_of_both_genders_has_the_form_of_the_table() {
        for (written, listed) in [
            ("Zeug:innen", "zeugin"),
            ("Zeug*innen", "zeugin"),
            ("ZeugInnen", "zeugin"),
            ("Zeug_innen", "zeugin"),
            ("Zeuge/-innen", "zeuge"),
            ("Zeuge/in", "zeuge"),
            ("Zeugen und Zeuginnen", "zeuge"),
            ("Zeuginnen und Zeugen", "zeugin"),
            ("Zeuge/Zeugin", "zeuge"),
            ("Ersthelfer/-innen", "ersthelfer"),
            ("Ärzt*innen", "arzt"),
            ("Freundinnen oder Freunde", "freund"),
            ("Angehörigen", "angehorige"),
            ("Söhne", "sohn"),
        ] {
            assert!(forms(CodeKind::Role, &fold(written)).iter().any(|form| form == listed), "{written}");
        }
    }

    #[test]
    fn the_area_around_a_city_has_one_form() {
        for written in ["Großraum Dresden", "Dresden und Umgebung", "Dresden und Umland", "Dresden-Umland"] {
            assert_eq!(forms(CodeKind::Region, &fold(written)), ["raumdresden"], "{written}");
        }
    }

    #[test]
    fn other_words_have_no_other_form() {
        assert_eq!(forms(CodeKind::Language, "zeuginnen"), Vec::<String>::new());
        assert_eq!(forms(CodeKind::Help, "kurs"), Vec::<String>::new());
        assert_eq!(forms(CodeKind::Role, "in"), Vec::<String>::new());
        assert_eq!(forms(CodeKind::Role, "zeuginn"), Vec::<String>::new());
        assert_eq!(forms(CodeKind::Crime, "raubin"), Vec::<String>::new());
    }
}
