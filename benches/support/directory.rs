//! Lists as offices keep them, drawn with a seed: services with several languages, an area and a postcode; and people in need.

use std::fmt::Write as _;

use crate::random::Random;

/// The built-in table of postcodes, for postcodes that exist.
const POSTCODES: &str = include_str!("../../core/data/postcodes.tsv");
/// The built-in regions, for names of districts.
const REGIONS: &str = include_str!("../../core/data/regions.tsv");

const LANGUAGES: [&str; 20] = [
    "Deutsch",
    "Englisch",
    "Arabisch",
    "Türkisch",
    "Russisch",
    "Ukrainisch",
    "Dari",
    "Farsi",
    "Polnisch",
    "Rumänisch",
    "Französisch",
    "Spanisch",
    "Vietnamesisch",
    "Kurdisch (Sorani)",
    "Kurdisch",
    "Tigrinya",
    "Engl.",
    "Türk.",
    "DGS",
    "Klingonisch",
];
const NAMES: [&str; 8] =
    ["Beratungsstelle", "Opferberatung", "Fachstelle", "Treff", "Frauenhaus", "Traumaambulanz", "Notruf", "Haus"];
const WORDS: [&str; 12] = [
    "Löwenzahn",
    "Brücke",
    "Übergang",
    "Ankommen",
    "Lichtblick",
    "Hafen",
    "Kompass",
    "Anker",
    "Horizont",
    "Wegweiser",
    "Insel",
    "Rückhalt",
];
const HELP: [&str; 8] = [
    "Traumaambulanz",
    "Krisenintervention",
    "Rechtsberatung",
    "Prozessbegleitung",
    "psychosoziale Prozessbegleitung",
    "Rechtsanwalt",
    "Schutzunterkunft",
    "Dolmetscher",
];
const AGES: [&str; 8] = ["ab 16 Jahren", "18+", "bis 27", "14–17", "Erwachsene", "alle", "k.A.", ""];

/// A mapping for the services.
pub(crate) const MAPPING: &str = r#"{"lotse_mapping": 1, "records": "offers", "id": "Nr", "fields": {
    "name": "Einrichtung", "organisation": "Träger", "help": "Hilfeart", "languages": "Sprachen", "area": "Zuständig für",
    "place": {"postcode": "PLZ"}, "ages": "Alter",
    "access": {"columns": {"rollstuhlgerecht": "wheelchair"}}}}"#;

/// A table: names of columns, and rows.
pub(crate) struct List {
    columns: &'static [&'static str],
    rows: Vec<Vec<String>>,
}

impl List {
    /// Returns the list as CSV with semicolons.
    pub(crate) fn csv(&self) -> String {
        let mut text = self.columns.join(";");
        for row in &self.rows {
            text.push('\n');
            for (index, cell) in row.iter().enumerate() {
                let delimiter = if index == 0 { "" } else { ";" };
                if cell.contains([';', '"', '\n']) {
                    write!(text, "{delimiter}\"{}\"", cell.replace('"', "\"\"")).unwrap();
                } else {
                    write!(text, "{delimiter}{cell}").unwrap();
                }
            }
        }
        text
    }

    /// Returns the list as an object in each line.
    pub(crate) fn ndjson(&self) -> String {
        let mut text = String::new();
        for row in &self.rows {
            let object: serde_json::Map<_, _> = self
                .columns
                .iter()
                .zip(row)
                .map(|(column, cell)| ((*column).to_owned(), cell.as_str().into()))
                .collect();
            writeln!(text, "{}", serde_json::Value::from(object)).unwrap();
        }
        text
    }
}

/// Draws services.
pub(crate) fn services(count: usize) -> List {
    let mut random = Random(11);
    let (postcodes, districts) = (postcodes(), districts());
    let row = |number: usize| {
        let name = format!("{} {} {number}", pick(&mut random, &NAMES), pick(&mut random, &WORDS));
        let organisation = format!("Verein {} e.V.", pick(&mut random, &WORDS));
        let mut languages = vec!["Deutsch"];
        for _ in 0..random.below(5) {
            let rank = random.below(LANGUAGES.len()).min(random.below(LANGUAGES.len()));
            languages.push(LANGUAGES[rank]);
        }
        let separator = pick(&mut random, &[", ", ", ", "; ", " / ", " und "]);
        let areas: Vec<&str> = (0..=random.below(3)).map(|_| pick(&mut random, &districts)).collect();
        vec![
            number.to_string(),
            name,
            organisation,
            pick(&mut random, &HELP).to_owned(),
            languages.join(separator),
            areas.join(", "),
            pick(&mut random, &postcodes).to_owned(),
            pick(&mut random, &AGES).to_owned(),
            pick(&mut random, &["ja", "nein", ""]).to_owned(),
        ]
    };
    let columns =
        &["Nr", "Einrichtung", "Träger", "Hilfeart", "Sprachen", "Zuständig für", "PLZ", "Alter", "rollstuhlgerecht"];
    List { columns, rows: (1..=count).map(row).collect() }
}

/// Draws people in need.
pub(crate) fn needs(count: usize) -> List {
    let mut random = Random(13);
    let postcodes = postcodes();
    let row = |number: usize| {
        vec![
            number.to_string(),
            format!("Beispiel {number}"),
            pick(&mut random, &LANGUAGES).to_owned(),
            pick(&mut random, &postcodes).to_owned(),
            random.below(90).to_string(),
            pick(&mut random, &["w", "m", "d", ""]).to_owned(),
            pick(&mut random, &["Stalking", "gef. KV", "Raub", "häusl. Gewalt", "Einbruch"]).to_owned(),
            pick(&mut random, &["sofort", "dringend", "normal"]).to_owned(),
            pick(&mut random, &HELP).to_owned(),
        ]
    };
    let columns = &["Nr", "Name", "Sprache", "PLZ", "Alter", "Geschlecht", "Delikt", "Dringlichkeit", "Hilfebedarf"];
    List { columns, rows: (1..=count).map(row).collect() }
}

fn pick<'w>(random: &mut Random, words: &[&'w str]) -> &'w str {
    words[random.below(words.len())]
}

fn postcodes() -> Vec<&'static str> {
    cells(POSTCODES, 1).flat_map(|postcodes| postcodes.split(';')).collect()
}

/// Returns the names of districts, some of which a city and the district around it share.
fn districts() -> Vec<&'static str> {
    let kinds = cells(REGIONS, 1).zip(cells(REGIONS, 6));
    kinds.filter(|(kind, _)| *kind == "kreis").map(|(_, name)| name).collect()
}

/// Returns a column of a built-in table, without its header.
fn cells(table: &'static str, column: usize) -> impl Iterator<Item = &'static str> {
    let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(move |row| row.split('\t').nth(column))
}
