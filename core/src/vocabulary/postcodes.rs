//! Postcodes: the built-in table, and texts such as "01067 Dresden".
//!
//! A postcode has as many digits as the key of a Kreis, and no table of postcodes is complete, so five digits alone are never
//! certain. A town next to them decides if both readings have a region in common.

use std::borrow::Cow;

use crate::vocabulary::{
    countries::GERMANY,
    names::{FoundTarget, NameSource},
    region::Region,
    region_aliases::AliasKind,
    region_set::RegionSet,
    region_tree::Span,
    regions::Regions,
};

/// The largest number of regions of each reading up to which both are compared. A postcode has at most a handful.
const MAX_READINGS: usize = 200;

/// Words that state that the digits are a postcode, in lower case.
const LABELS: [&str; 4] = ["plz", "postleitzahl", "postcode", "zip"];
/// Prefixes of a postcode that state its country.
const PREFIXES: [&str; 4] = ["D-", "d-", "DE-", "de-"];

/// Returns `true` for the key of a Kreis, or a postcode.
pub(crate) fn is_five_digits(text: &str) -> bool {
    text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the regions of a postcode: those of a loaded alias, else those of the built-in table; none if it is unknown.
pub(crate) fn postcode_regions(regions: &Regions, postcode: &str) -> Vec<Region> {
    if let Some(loaded) = regions.loaded(postcode).filter(|alias| alias.kind != Some(AliasKind::Key)) {
        return loaded.to.all_regions().to_vec();
    }
    if !is_five_digits(postcode) || regions.home() != GERMANY {
        return Vec::new();
    }
    let kreise = table::kreise(postcode).filter_map(|kreis| regions.resolve_official(&kreis));
    kreise.flat_map(|kreis| kreis.all_regions().to_vec()).collect()
}

/// A text with one group of five digits, such as "01067 Dresden" or "Dresden (PLZ 01067)".
pub(super) struct Address<'t> {
    /// The five digits, also if the leading zero was lost, as spreadsheets do.
    pub(super) digits: Cow<'t, str>,
    /// The rest of the text.
    pub(super) town: String,
    /// `true` if the text states that the digits are a postcode.
    pub(super) is_postcode: bool,
}

impl<'t> Address<'t> {
    /// Returns the parts of a text, or `None` if it does not have exactly one group of five digits, or one loaded postcode.
    pub(super) fn new(text: &'t str, regions: &Regions) -> Option<Self> {
        let (mut digits, mut town, mut is_postcode): (Option<Cow<'t, str>>, _, _) = (None, String::new(), false);
        for word in text.split_inclusive(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';')) {
            let bare = word.trim_matches(|letter: char| letter.is_whitespace() || letter.is_ascii_punctuation());
            let unprefixed = PREFIXES.iter().find_map(|prefix| bare.strip_prefix(prefix));
            if LABELS.iter().any(|label| bare.eq_ignore_ascii_case(label)) {
                is_postcode = true;
            } else if is_five_digits(unprefixed.unwrap_or(bare)) || regions.is_loaded_postcode(bare) {
                is_postcode |= unprefixed.is_some();
                if digits.replace(unprefixed.unwrap_or(bare).into()).is_some() {
                    return None;
                }
            } else if is_five_digits(&format!("0{bare}")) {
                is_postcode = true;
                if digits.replace(format!("0{bare}").into()).is_some() {
                    return None;
                }
            } else {
                town.push_str(word);
            }
        }
        let town = town.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';'));
        // Four digits alone are no postcode.
        let digits = digits.filter(|digits| matches!(digits, Cow::Borrowed(_)) || !town.is_empty());
        digits.map(|digits| Self { digits, town: town.to_owned(), is_postcode })
    }
}

/// Returns the regions that five digits and the town next to them share, and `true` if the town confirms the digits.
///
/// Regions of the town that lie in one of the digits do; a Land in which the digits lie does not.
pub(super) fn shared<'l>(
    regions: &Regions,
    digits: &[FoundTarget<'l>],
    town: &[FoundTarget<'l>],
) -> (Vec<FoundTarget<'l>>, bool) {
    if digits.len().max(town.len()) > MAX_READINGS {
        return (Vec::new(), false);
    }
    let in_town = within(regions, town, digits);
    if in_town.is_empty() { (within(regions, digits, town), false) } else { (in_town, true) }
}

/// Returns those targets that lie in one of the others.
fn within<'l>(regions: &Regions, targets: &[FoundTarget<'l>], others: &[FoundTarget<'l>]) -> Vec<FoundTarget<'l>> {
    let spans = |target: &FoundTarget<'l>| -> Vec<Span> {
        let found = regions.resolve(&target.code);
        found.iter().flat_map(RegionSet::regions).map(|region| regions.span(*region)).collect()
    };
    let others: Vec<Span> = others.iter().flat_map(spans).collect();
    let is_within = |target: &&FoundTarget<'l>| {
        let spans = spans(target);
        !spans.is_empty() && spans.iter().all(|span| others.iter().any(|other| other.contains(*span)))
    };
    let alias = |target: &FoundTarget<'l>| FoundTarget { source: NameSource::Alias, ..target.clone() };
    targets.iter().filter(is_within).map(alias).collect()
}

/// Returns the targets of regions.
pub(super) fn targets(regions: &Regions, found: &[Region], source: NameSource) -> Vec<FoundTarget<'static>> {
    let target = |region: &Region| FoundTarget { source, code: Cow::Owned(regions.code(*region)), context: &[] };
    found.iter().map(target).collect()
}

/// Returns the targets of a loaded alias or a postcode, which follow those of an official code.
pub(super) fn postcode_targets(regions: &Regions, code: &str) -> Vec<FoundTarget<'static>> {
    let mut found = targets(regions, &postcode_regions(regions, code), NameSource::Synonym);
    if let Some(key) = regions.loaded(code).filter(|alias| alias.kind == Some(AliasKind::Key)) {
        found.extend(targets(regions, key.to.all_regions(), NameSource::Alias));
    }
    found
}

/// The built-in table, parsed on first use.
#[cfg(feature = "postcodes")]
mod table {
    use std::sync::OnceLock;

    use crate::{
        util::{
            once::get_or_compute,
            sort::sort,
            tsv::{items, rows},
        },
        vocabulary::data::POSTCODES,
    };

    /// Returns the keys of the Kreise in which a postcode lies, sorted. O(log n).
    pub(super) fn kreise(postcode: &str) -> impl Iterator<Item = String> {
        let postcode: Option<u32> = postcode.parse().ok();
        let start = table().partition_point(|(other, _)| Some(*other) < postcode);
        let from = table().iter().skip(start);
        from.take_while(move |(other, _)| Some(*other) == postcode).map(|(_, kreis)| format!("{kreis:05}"))
    }

    /// Returns the pairs of a postcode and the key of a Kreis, sorted. As numbers they take a quarter of the memory.
    fn table() -> &'static [(u32, u32)] {
        static TABLE: OnceLock<Vec<(u32, u32)>> = OnceLock::new();
        get_or_compute::<Vec<_>>(&TABLE, || {
            let mut pairs = Vec::new();
            for [kreis, postcodes] in rows::<2>(POSTCODES) {
                let postcodes = items(postcodes).filter_map(|postcode| postcode.parse().ok());
                pairs.extend(postcodes.zip(std::iter::repeat(kreis.parse().unwrap_or(0))));
            }
            sort(&mut pairs);
            pairs
        })
    }
}

/// No table: only loaded postcodes are known.
#[cfg(not(feature = "postcodes"))]
mod table {
    pub(super) fn kreise(_postcode: &str) -> impl Iterator<Item = String> {
        std::iter::empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::region_aliases::RegionAlias;

    #[test]
    fn one_group_of_five_digits_is_separated_from_the_rest() {
        let regions = Regions::built_in();
        for (text, digits, town, is_postcode) in [
            ("01067 Dresden", "01067", "Dresden", false),
            ("Frankfurt (Oder), 15230", "15230", "Frankfurt (Oder)", false),
            ("01067,Dresden,Sachsen", "01067", "Dresden,Sachsen", false),
            ("Dresden (PLZ: 01067)", "01067", "Dresden", true),
            ("DE-01067 Dresden", "01067", "Dresden", true),
            ("1067 Dresden", "01067", "Dresden", true),
        ] {
            let address = Address::new(text, &regions).unwrap();
            assert_eq!(
                (&*address.digits, address.town.as_str(), address.is_postcode),
                (digits, town, is_postcode),
                "{text}"
            );
        }
        for text in ["", "Dresden", "1067", "010670 Dresden", "01067 04103 Leipzig", "01067a", "PLZ"] {
            assert!(Address::new(text, &regions).is_none(), "{text}");
        }
    }

    #[test]
    fn a_loaded_postcode_replaces_the_built_in_one() {
        let mut regions = Regions::built_in();
        let codes = |regions: &Regions, postcode| regions.codes(&postcode_regions(regions, postcode));
        let is_built_in = cfg!(feature = "postcodes");
        assert_eq!(codes(&regions, "02999"), if is_built_in { vec!["14625", "14626"] } else { vec![] });
        assert_eq!(codes(&regions, "63450"), if is_built_in { vec!["06415"] } else { vec![] });
        for unknown in ["", "2999", "99999", "02999 ", "１２３４５"] {
            assert!(codes(&regions, unknown).is_empty(), "{unknown}");
        }
        let meissen = regions.resolve("14627").unwrap();
        regions.insert_alias("02999", RegionAlias { to: meissen, kind: None });
        assert_eq!(codes(&regions, "02999"), ["14627"]);
    }

    #[test]
    fn more_readings_than_a_postcode_has_are_not_compared() {
        let regions = Regions::built_in();
        let dresden = targets(&regions, regions.resolve("14612").unwrap().regions(), NameSource::Exact);
        let many: Vec<_> = std::iter::repeat_n(dresden.as_slice(), MAX_READINGS + 1).flatten().cloned().collect();
        assert_eq!(shared(&regions, &many, &dresden).0.len(), 0);
        assert!(shared(&regions, &dresden, &dresden).1);
    }
}
