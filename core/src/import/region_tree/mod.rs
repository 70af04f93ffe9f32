//! Regions of other countries, from official tables, as additions to a vocabulary.
//!
//! None of the tables is part of lotse. They are read as their publishers offer them:
//!
//! - `etalab`: `regions.json`, `departements.json`, `communes.json` and `epci.json` of the npm package
//!   `@etalab/decoupage-administratif` (France);
//! - `us-atlas`: `counties-10m.json` of the npm package of this name (United States);
//! - `nuts-csv`: the table of NUTS by Eurostat, with the columns `NUTS_ID` and `NAME_LATN` or `NUTS_NAME`;
//! - `gss-csv`: lookups of the Office for National Statistics, with pairs of columns such as `LAD23CD` and `LAD23NM`
//!   (United Kingdom).
//!
//! Each module depends on earlier ones only: `builder`; `etalab`, `us_atlas`, `csv_tables`.

mod builder;
mod csv_tables;
mod etalab;
mod us_atlas;

use self::builder::TreeBuilder;
use crate::{
    decode::{string_enum::string_enum, value::Value},
    error::{Error, ErrorDetail, ErrorKind, Message, message},
    vocabulary::Vocabulary,
};

string_enum! {
    /// An official table of regions.
    ///
    /// # Example: the string of a table
    ///
    /// ```
    /// use lotse::import::region_tree::RegionTable;
    /// assert_eq!("us-atlas".parse(), Ok(RegionTable::UsAtlas));
    /// ```
    #[non_exhaustive]
    RegionTable {
        /// France: regions, departments and communes in JSON.
        Etalab = "etalab",
        /// The United States: states and counties in TopoJSON.
        UsAtlas = "us-atlas",
        /// NUTS of one or several European countries as CSV. German regions are built in and left out.
        NutsCsv = "nuts-csv",
        /// The United Kingdom: regions, districts and wards as CSV.
        GssCsv = "gss-csv",
    }
}

impl RegionTable {
    /// Returns the country of the table. Codes of NUTS begin with theirs.
    fn country(self) -> Option<&'static str> {
        match self {
            Self::Etalab => Some("FR"),
            Self::UsAtlas => Some("US"),
            Self::NutsCsv => None,
            Self::GssCsv => Some("GB"),
        }
    }

    /// Returns the usual prefix of codes, which names the country. NUTS codes begin with it.
    fn prefix(self) -> &'static str {
        match self {
            Self::Etalab => "FR-",
            Self::UsAtlas => "US-",
            Self::NutsCsv => "",
            Self::GssCsv => "GB-",
        }
    }
}

/// Converts official tables to additions to a vocabulary: an object with `regions` and `region_aliases`.
///
/// Each code gets the prefix; `None` is the usual one of the table, such as `FR-`. Several texts are read together: those of
/// France are one for each level.
///
/// # Errors
///
/// `import.format.unknown` if a text is not such a table, `json.syntax`, and those of a vocabulary if the table contradicts itself.
///
/// # Example: two levels of France
///
/// ```
/// use lotse::{Vocabulary, CodeKind, Lang, import::region_tree::{self, RegionTable}};
/// let departments = r#"[{"code": "14", "region": "28", "chefLieu": "14118", "nom": "Calvados"}]"#;
/// let communes = r#"[{"code": "14118", "nom": "Caen", "departement": "14", "region": "28", "type": "commune-actuelle"}]"#;
/// let additions = region_tree::convert(RegionTable::Etalab, &[departments, communes], None)?;
/// let vocabulary = Vocabulary::from_value(&additions)?;
/// assert_eq!(vocabulary.name(CodeKind::Region, "FR-D14", Lang::De), "Calvados");
/// assert_eq!(vocabulary.name(CodeKind::Region, "FR-14118", Lang::De), "Caen");
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn convert(table: RegionTable, texts: &[&str], prefix: Option<&str>) -> Result<Value<'static>, Error> {
    let mut tree = TreeBuilder::new(prefix.unwrap_or_else(|| table.prefix()), table.country());
    for text in texts {
        let text = text.trim_start_matches('\u{feff}');
        let count = tree.len();
        match table {
            RegionTable::Etalab => etalab::read(&Value::from_json(text)?, &mut tree),
            RegionTable::UsAtlas => us_atlas::read(&Value::from_json(text)?, &mut tree),
            RegionTable::NutsCsv => csv_tables::read_nuts(text, &mut tree),
            RegionTable::GssCsv => csv_tables::read_gss(text, &mut tree),
        }
        if tree.len() == count {
            return Err(not_a_table(table));
        }
    }
    let additions = tree.into_additions();
    Vocabulary::from_value(&additions)?;
    Ok(additions)
}

fn not_a_table(table: RegionTable) -> Error {
    let hint = match table {
        RegionTable::Etalab => Message::from(message!("import.regions.etalab.hint")),
        RegionTable::UsAtlas => message!("import.regions.us_atlas.hint").into(),
        RegionTable::NutsCsv => message!("import.regions.nuts.hint").into(),
        RegionTable::GssCsv => message!("import.regions.gss.hint").into(),
    };
    let message = message!("import.regions").with(&[("table", &table.as_str())]);
    Error::new(ErrorDetail::new(ErrorKind::Shape, "import.format.unknown", message).with_hint(hint))
}

#[cfg(test)]
mod tests {
    use super::{RegionTable, convert};
    use crate::decode::value::Value;

    /// Returns the codes of regions with their parents, and the aliases.
    fn tree(table: RegionTable, texts: &[&str]) -> String {
        let additions = convert(table, texts, None).unwrap();
        let additions: serde_json::Value = serde_json::from_str(&serde_json::to_string(&additions).unwrap()).unwrap();
        let regions = additions["regions"].as_array().unwrap().iter().map(|region| {
            let part = |name: &str| region[name].as_str().unwrap_or("-").to_owned();
            [part("code"), part("kind"), part("parent"), part("name")].join(" ")
        });
        let aliases = additions["region_aliases"].as_object().into_iter().flatten();
        let aliases = aliases.map(|(from, to)| format!("{from} = {to}"));
        regions.chain(aliases).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn france_has_regions_departments_communes_and_groups_of_communes() {
        let texts = [
            r#"[{"code": "84", "chefLieu": "69123", "nom": "Auvergne-Rhône-Alpes", "typeLiaison": 1, "zone": "metro"}]"#,
            r#"[{"code": "01", "region": "84", "chefLieu": "01053", "nom": "Ain", "typeLiaison": 5, "zone": "metro"}]"#,
            r#"[{"code": "01015", "nom": "Arboys en Bugey", "departement": "01", "region": "84", "type": "commune-actuelle",
                 "anciensCodes": ["01015", "01340"]},
                {"code": "01015", "nom": "Arbignieu", "type": "commune-deleguee", "chefLieu": "01015", "departement": "01"},
                {"code": "01120", "nom": "Cordieux", "type": "commune-associee", "chefLieu": "01015", "departement": "01"},
                {"code": "97501", "nom": "Miquelon", "departement": "975", "region": "975", "type": "commune-actuelle"}]"#,
            r#"[{"code": "200000172", "nom": "CC", "type": "CC", "membres": [{"code": "01015"}, {"code": "97501"}]}]"#,
        ];
        let want = "FR-01015 gemeinde FR-D01 Arboys en Bugey; FR-97501 gemeinde FR-D975 Miquelon; FR-D01 kreis FR-R84 Ain; \
            FR-D975 kreis FR-R975 -; FR-R84 land FR Auvergne-Rhône-Alpes; FR-R975 land FR -; FR-01120 = [\"FR-01015\"]; \
            FR-01340 = [\"FR-01015\"]; FR-E200000172 = [\"FR-01015\",\"FR-97501\"]";
        assert_eq!(tree(RegionTable::Etalab, &texts), want);
    }

    #[test]
    fn the_united_states_have_states_and_counties() {
        let text = r#"{"type": "Topology", "arcs": [], "objects": {
            "counties": {"geometries": [{"id": "12095", "properties": {"name": "Orange"}, "arcs": [[1]]}]},
            "states": {"geometries": [{"id": "12", "properties": {"name": "Florida"}}]},
            "nation": {"geometries": [{"type": "MultiPolygon"}]}}}"#;
        assert_eq!(tree(RegionTable::UsAtlas, &[text]), "US-12 land US Florida; US-12095 kreis US-12 Orange");
    }

    #[test]
    fn nuts_is_a_tree_by_its_codes() {
        let text = "\u{feff}CNTR_CODE,NUTS_ID,NAME_LATN,NUTS_NAME,MOUNT_TYPE\nEL,EL,Elláda,Ελλάδα,0\nEL,EL5,Voreia Elláda,x,0\n\
            EL,EL52,\"Kentriki, Makedonía\",x,0\nEL,EL522,Thessaloníki,x,0\nDE,DE1,Baden-Württemberg,x,0\n";
        let want = "EL5 land GR Voreia Elláda; EL52 land EL5 Kentriki, Makedonía; EL522 kreis EL52 Thessaloníki";
        assert_eq!(tree(RegionTable::NutsCsv, &[text]), want);
    }

    #[test]
    fn british_lookups_have_pairs_of_columns() {
        let text = "WD23CD,WD23NM,WD23NMW,LAD23CD,LAD23NM,CTRY23CD,CTRY23NM,ObjectId\n\
            E05000026,Abbey,,E09000002,Barking and Dagenham,E92000001,England,1\n\
            E05000027,Alibon,,E09000002,Barking and Dagenham,E92000001,England,2\n";
        let want = "GB-E05000026 gemeinde GB-E09000002 Abbey; GB-E05000027 gemeinde GB-E09000002 Alibon; \
            GB-E09000002 kreis GB-E92000001 Barking and Dagenham; GB-E92000001 land GB England";
        assert_eq!(tree(RegionTable::GssCsv, &[text]), want);
        let text = "LAD23CD,LAD23NM,RGN23CD,RGN23NM\nE06000001,Hartlepool,E12000001,North East\nW06000001,Anglesey,W99999999,(pseudo)\n";
        let want = "GB-E06000001 kreis GB-E12000001 Hartlepool; GB-E12000001 land GB North East; GB-W06000001 kreis GB Anglesey";
        assert_eq!(tree(RegionTable::GssCsv, &[text]), want);
    }

    #[test]
    fn another_file_is_an_error() {
        for table in [RegionTable::Etalab, RegionTable::UsAtlas] {
            assert_eq!(convert(table, &["{}"], None).unwrap_err().code(), "import.format.unknown");
            assert_eq!(convert(table, &["a,b"], None).unwrap_err().code(), "json.syntax");
        }
        for table in [RegionTable::NutsCsv, RegionTable::GssCsv] {
            for text in ["", "a,b\n1,2\n", "[]", "\"", "NUTS_ID\nDE1\n"] {
                assert_eq!(convert(table, &[text], None).unwrap_err().code(), "import.format.unknown", "{text}");
            }
        }
        let text = "LAD23CD,LAD23NM\nE06000001,Hartlepool\nE06000001,Hart\n";
        let error = convert(RegionTable::GssCsv, &[text], None).unwrap_err();
        assert_eq!(error.code(), "vocabulary.region.contradiction");
        assert!(matches!(convert(RegionTable::GssCsv, &["LAD23CD,LAD23NM\nE06000001,\n"], None), Ok(Value::Object(_))));
    }
}
