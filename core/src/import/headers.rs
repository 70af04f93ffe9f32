//! Names of columns as people write them, and the field of each.

use std::sync::LazyLock;

use crate::{
    import::record_kind::RecordKind,
    util::tsv::{items, rows, table},
    vocabulary::fold::folded_forms,
};

/// Columns: `records field as sure de en`.
const HEADERS: &str = table!("headers.tsv");
/// Marks a name that stands for every name which begins with it.
const ANY_ENDING: char = '*';

/// What the name of a column says about its cells.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum HeaderMeaning {
    /// The id of a record.
    Id,
    /// A field that the name has for its one meaning, and whether the cells are dates of birth.
    Field(&'static str, Reading),
    /// Fields that may be meant, the likeliest first.
    Unsure(Vec<&'static str>),
    /// Nothing that a record has.
    Ignore,
    /// Something that is not read: staff and internal notes of offers, personal data of needs.
    Never,
}

/// How cells are read, if that is not the way of their field.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Reading {
    Default,
    /// Dates or years of birth.
    Born,
}

/// A row of the table, with folded names.
struct Row {
    records: Option<RecordKind>,
    fields: &'static str,
    reading: Reading,
    is_sure: bool,
    /// Each with `true` if it stands for every name that begins with it.
    names: Vec<(String, bool)>,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let row = |[records, fields, reading, sure, de, en]: [&'static str; 6]| {
        let names = items(de).chain(items(en)).flat_map(|name| {
            let stem = name.strip_suffix(ANY_ENDING);
            folded_forms(stem.unwrap_or(name)).map(move |form| (form, stem.is_some()))
        });
        Row {
            // Neither, if the name is the same in both kinds.
            records: records.parse().ok(),
            fields,
            reading: if reading == "born" { Reading::Born } else { Reading::Default },
            is_sure: sure == "yes",
            names: names.collect(),
        }
    };
    rows::<6>(HEADERS).map(row).collect()
});

/// Returns what a name of a column says about its cells, or `None` if it says nothing.
///
/// The name is compared as a whole, then without what is in brackets. A name of needs that has a personal name in brackets, such as
/// "Kontakt (Telefon)", is personal.
pub(crate) fn meaning_of(records: RecordKind, header: &str) -> Option<HeaderMeaning> {
    let (outside, inside) = without_brackets(header);
    if is_never(records, header) || is_never(records, &outside) {
        return Some(HeaderMeaning::Never);
    }
    if records == RecordKind::Needs && inside.split([',', ';', '/']).any(|name| is_never(records, name)) {
        return Some(HeaderMeaning::Never);
    }
    if let Some(whole) = meaning_of_name(records, header) {
        return Some(whole);
    }
    let meaning = meaning_of_name(records, &outside).filter(|_| outside != header)?;
    // "Wohnort (PLZ)" may be either.
    match (&meaning, meaning_of_name(records, &inside)) {
        (HeaderMeaning::Field(outer, _), Some(HeaderMeaning::Field(inner, _))) if *outer != inner => {
            Some(HeaderMeaning::Unsure(vec![inner, outer]))
        }
        _ => Some(meaning),
    }
}

/// Returns `true` if a column of needs has a personal name, such as that of a street.
pub(crate) fn is_personal(header: &str) -> bool {
    meaning_of(RecordKind::Needs, header) == Some(HeaderMeaning::Never)
}

fn is_never(records: RecordKind, name: &str) -> bool {
    rows_named(records, name).any(|row| row.fields == "never")
}

fn meaning_of_name(records: RecordKind, name: &str) -> Option<HeaderMeaning> {
    let rows: Vec<&Row> = rows_named(records, name).collect();
    let first = rows.first()?;
    let is_same = |row: &&Row| row.fields == first.fields && row.reading == first.reading;
    if first.is_sure && rows.iter().all(|row| row.is_sure && is_same(row)) {
        return Some(match first.fields {
            "id" => HeaderMeaning::Id,
            "ignore" => HeaderMeaning::Ignore,
            field => HeaderMeaning::Field(field, first.reading),
        });
    }
    let fields = rows.iter().flat_map(|row| items(row.fields)).filter(|field| !matches!(*field, "id" | "ignore"));
    let mut candidates = Vec::new();
    for field in fields {
        if !candidates.contains(&field) {
            candidates.push(field);
        }
    }
    Some(HeaderMeaning::Unsure(candidates))
}

/// Returns the rows that have a name.
fn rows_named(records: RecordKind, name: &str) -> impl Iterator<Item = &'static Row> {
    let forms: Vec<String> = folded_forms(name).collect();
    let rows = ROWS.iter().filter(move |row| row.records.is_none_or(|of| of == records));
    rows.filter(move |row| {
        let is_name = |form: &String| {
            row.names.iter().any(|(name, is_stem)| name == form || (*is_stem && form.starts_with(name.as_str())))
        };
        forms.iter().any(is_name)
    })
}

/// Returns a text without what is in brackets, and what is in them.
fn without_brackets(text: &str) -> (String, String) {
    let (mut outside, mut inside, mut depth) = (String::new(), String::new(), 0_u32);
    for letter in text.chars() {
        match letter {
            '(' | '[' => depth = depth.saturating_add(1),
            ')' | ']' => depth = depth.saturating_sub(1),
            letter if depth == 0 => outside.push(letter),
            letter => inside.push(letter),
        }
    }
    (outside, inside)
}

#[cfg(test)]
mod tests {
    use super::{HeaderMeaning, Reading, is_personal, meaning_of};
    use crate::import::{
        fields::field_at,
        record_kind::RecordKind::{Needs, Offers},
    };

    #[test]
    fn the_examples_of_the_manual_are_sure_or_unsure() {
        let is_sure = |records, header: &str| match meaning_of(records, header) {
            Some(HeaderMeaning::Field(..)) => true,
            Some(HeaderMeaning::Unsure(_)) => false,
            other => panic!("{header}: {other:?}"),
        };
        let sure_offers = "Einrichtung, Träger, Hilfeart, Sprachen, Zuständig für, PLZ, Ort, Alter, Zugangsweg, \
             rollstuhlgerecht, kostenlos, freie Plätze, Stand";
        let unsure_offers =
            "Angebot, Schwerpunkte, Landkreis, Region, Zielgruppe, barrierefrei, Kosten, Plätze, Status";
        let sure_needs = "Sprache, Deutschkenntnisse, PLZ, Wohnort, Landkreis, Alter, Geburtsdatum, Geschlecht, Delikt, \
             Rolle, Dringlichkeit, Hilfebedarf, Personenzahl, Familie";
        for header in sure_offers.split(", ") {
            assert!(is_sure(Offers, header), "{header}");
        }
        for header in unsure_offers.split(", ") {
            assert!(!is_sure(Offers, header), "{header}");
        }
        for header in sure_needs.split(", ") {
            assert!(is_sure(Needs, header), "{header}");
        }
        assert!(!is_sure(Needs, "Anrede"));
    }

    #[test]
    fn a_name_is_compared_folded_as_a_whole_and_then_without_brackets() {
        let field = |header: &str| match meaning_of(Offers, header) {
            Some(HeaderMeaning::Field(field, _)) => field,
            other => panic!("{header}: {other:?}"),
        };
        assert_eq!(field("TRAEGER"), "organisation");
        assert_eq!(field(" trager "), "organisation");
        assert_eq!(field("Sprache(n)"), "languages");
        assert_eq!(field("Einrichtung (vollständig)"), "name");
        assert_eq!(field("freie Plätze [Anzahl]"), "capacity.free");
        assert_eq!(
            meaning_of(Needs, "Wohnort (PLZ)"),
            Some(HeaderMeaning::Unsure(vec!["region.postcode", "region.town"]))
        );
        assert_eq!(meaning_of(Needs, "geb. (TT.MM.JJJJ)"), Some(HeaderMeaning::Field("age", Reading::Born)));
        for header in ["", "()", "xyz", "Foto", "…"] {
            assert_eq!(meaning_of(Offers, header), None, "{header}");
        }
    }

    #[test]
    fn personal_names_are_never_read() {
        let personal = [
            "Name",
            "Nachname, Vorname",
            "Straße",
            "Strasse und Hausnummer",
            "Telefon privat",
            "Handynummer",
            "E-Mail",
            "Krankenkasse",
            "Staatsangehörigkeit",
            "Religion",
            "Aufenthaltsstatus",
            "Bemerkungen",
            "Sachverhalt",
            "Diagnosen",
            "Aktenzeichen",
            "Tatort",
            "Klient",
            "Geschädigte/r",
            "Opfer",
            "Kontakt (Telefon)",
            "Ort (Straße, Nr.)",
            "Klient (Kürzel)",
        ];
        for header in personal {
            assert!(is_personal(header), "{header}");
        }
        for header in ["Sprache", "Alter (Jahre)", "Familie", "Nr.", "Wohnort (Stadt)", "Betroffenheit", "unbekannt"] {
            assert!(!is_personal(header), "{header}");
        }
        assert_eq!(meaning_of(Offers, "Ansprechpartnerin"), Some(HeaderMeaning::Never));
        assert_eq!(meaning_of(Offers, "Name"), Some(HeaderMeaning::Field("name", Reading::Default)));
    }

    #[test]
    fn every_row_has_fields_that_exist() {
        for row in super::ROWS.iter() {
            assert!(!row.names.is_empty());
            for field in row.fields.split(';').filter(|field| !matches!(*field, "id" | "ignore" | "never")) {
                let whole = field.split_once('.').map_or(field, |(whole, part)| match whole {
                    "access" | "languages" => whole,
                    _ => {
                        assert!(!part.is_empty());
                        field
                    }
                });
                assert!(field_at(row.records.unwrap(), whole).is_some(), "{field}");
            }
        }
    }
}
