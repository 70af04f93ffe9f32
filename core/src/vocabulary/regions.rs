//! The known regions: the tree, and the resolution of codes to its nodes.
//!
//! A code of the tree is found by a binary search over packed codes, O(log n). Other codes are tried as an official alias
//! (NUTS, ISO 3166-2, retired AGS), as an AGS or ARS below a known Kreis, as a level that the tree lacks, and last as a
//! loaded alias, such as a postcode.

use crate::{
    util::{
        fixed::{from_ten_thousandths, parse_ten_thousandths},
        geo::Coordinates,
        ordered_map::{OrderedMap, OrderedSet},
        signature::Signature,
        tsv::{items, rows},
    },
    vocabulary::{
        data::{REGION_ALIASES, REGIONS},
        region::{Region, RegionCodeError, RegionEntry, RegionIdx, RegionKind},
        region_extent::RegionExtents,
        region_relation::Origin,
        region_tree::RegionTree,
    },
};

/// The tree of regions and the aliases of its codes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Regions {
    tree: RegionTree,
    /// Official codes in upper case (NUTS, ISO, retired AGS), each with a code of the tree.
    official_aliases: OrderedMap<String, String>,
    /// Loaded codes in upper case, each with one region or several. They never change the meaning of an official code.
    loaded_aliases: OrderedMap<String, Vec<Region>>,
}

impl Regions {
    /// Returns the regions of the built-in tables.
    pub(crate) fn built_in() -> Self {
        let mut regions = Self::default();
        for [code, kind, _, nuts, iso, kreisfrei, name, lat, lon, _] in rows::<10>(REGIONS) {
            let Ok(kind) = kind.parse() else { continue };
            let degrees = |text| parse_ten_thousandths(text).map(from_ten_thousandths);
            let centre = degrees(lat).zip(degrees(lon)).and_then(|(lat, lon)| Coordinates::new(lat, lon).ok());
            let (code, name) = (code.to_owned(), Some(name.to_owned()));
            for alias in [nuts, iso].into_iter().filter(|alias| !alias.is_empty() && *alias != code) {
                regions.official_aliases.insert(alias.to_owned(), code.clone());
            }
            regions.insert(RegionEntry { code, kind, kreisfrei: kreisfrei == "yes", centre, name });
        }
        for [code, _, parent, _, _, _, _, _, _, neighbours] in rows::<10>(REGIONS) {
            regions.set_parent(code, parent);
            for neighbour in items(neighbours) {
                regions.insert_border(code, neighbour);
            }
        }
        for [from, to] in rows::<2>(REGION_ALIASES) {
            regions.official_aliases.insert(from.to_owned(), to.to_owned());
        }
        regions.index();
        regions
    }

    /// Inserts a region without a parent, or replaces the entry of a present one.
    pub(crate) fn insert(&mut self, entry: RegionEntry) {
        self.tree.insert(entry);
    }

    /// Sets the parent of a region. [`index`](Self::index) must follow.
    ///
    /// Returns `false` if one of the codes is unknown, or the region would contain itself.
    pub(crate) fn set_parent(&mut self, child: &str, parent: &str) -> bool {
        let parent = self.canonical_code(parent).and_then(|parent| self.tree.find(&parent));
        match (self.tree.find(child), parent) {
            (Some(child), Some(parent)) => self.tree.set_parent(child, parent),
            _ => false,
        }
    }

    /// Makes two regions neighbours of each other, or returns `false` if one of the codes is unknown.
    pub(crate) fn insert_border(&mut self, a: &str, b: &str) -> bool {
        let (Ok(a), Ok(b)) = (self.resolve(a), self.resolve(b)) else { return false };
        self.tree.insert_border(a.node, b.node);
        true
    }

    /// Inserts another code for one region or several.
    pub(crate) fn insert_alias(&mut self, from: &str, to: Vec<Region>) {
        self.loaded_aliases.insert(from.to_ascii_uppercase(), to);
    }

    /// Computes the derived data of the tree. Must be called after the last change of regions and parents.
    pub(crate) fn index(&mut self) {
        self.tree.index();
    }

    /// Resolves a code to one region, as a need has it.
    ///
    /// Several regions, as of a level that the tree lacks, become their lowest common ancestor.
    ///
    /// # Errors
    ///
    /// [`RegionCodeError`] if the code is unknown, or the regions have no common ancestor.
    pub(crate) fn resolve(&self, code: &str) -> Result<Region, RegionCodeError> {
        if let Some(region) = self.resolve_listed(code) {
            return Ok(region);
        }
        let regions = self.resolve_area(code)?;
        let (first, others) = regions.split_first().ok_or(RegionCodeError::Unknown)?;
        if others.is_empty() {
            return Ok(first.clone());
        }
        let mut common: Vec<RegionIdx> = self.tree.self_and_ancestors(first.node).collect();
        for other in others {
            let ancestors = OrderedSet::from_iter(self.tree.self_and_ancestors(other.node));
            common.retain(|node| ancestors.contains(node));
        }
        common.first().copied().map(Region::from_node).ok_or(RegionCodeError::Unknown)
    }

    /// Resolves a code to all regions that it stands for, as the area of an offer has it.
    ///
    /// # Errors
    ///
    /// [`RegionCodeError`] if the code is unknown.
    pub(crate) fn resolve_area(&self, code: &str) -> Result<Vec<Region>, RegionCodeError> {
        self.resolve_official(code).or_else(|error| self.resolve_loaded(code).map(<[_]>::to_vec).ok_or(error))
    }

    /// Resolves a code of the tree.
    #[inline]
    fn resolve_listed(&self, code: &str) -> Option<Region> {
        self.tree.find(code).map(|node| self.prefer_kreis(Region::from_node(node)))
    }

    /// Returns the regions of a loaded alias.
    pub(crate) fn resolve_loaded(&self, alias: &str) -> Option<&[Region]> {
        self.loaded_aliases.get(&alias.to_ascii_uppercase()).map(Vec::as_slice)
    }

    /// Resolves a code of the tree or of an official system of codes, regardless of loaded aliases.
    ///
    /// - A retired Kreis is the Kreis that it became part of.
    /// - An ARS of 9 digits (Gemeindeverband) is its Kreis; one of 12 digits has the AGS in its first five and last three.
    /// - A level that the tree lacks (Regierungsbezirk, NUTS 2) is its Kreise.
    ///
    /// # Errors
    ///
    /// [`RegionCodeError`] if the code is unknown.
    pub(crate) fn resolve_official(&self, code: &str) -> Result<Vec<Region>, RegionCodeError> {
        if let Some(region) = self.resolve_listed(code) {
            return Ok(vec![region]);
        }
        let upper = code.to_ascii_uppercase();
        if let Some(region) = self.listed_or_alias(&upper) {
            return Ok(vec![self.prefer_kreis(region)]);
        }
        let is_number = upper.bytes().all(|byte| byte.is_ascii_digit());
        let (kreis, gemeinde) = match (is_number, upper.len()) {
            (true, 9) => (upper.get(..5), None),
            (true, 8) => (upper.get(..5), upper.get(5..)),
            (true, 12) => (upper.get(..5), upper.get(9..)),
            (true, 3) => return self.kreise_with_prefix(self.tree.codes(), &upper, 5),
            (false, 4) => return self.kreise_with_prefix(self.official_aliases.keys(), &upper, 5),
            _ => return Err(RegionCodeError::Unknown),
        };
        let kreis = kreis.ok_or(RegionCodeError::Unknown)?;
        self.resolve_gemeinde(kreis, gemeinde).map(|region| vec![region])
    }

    /// Resolves a Gemeinde by the AGS of its Kreis and its own three digits, or the Kreis if `gemeinde` is `None`.
    fn resolve_gemeinde(&self, kreis: &str, gemeinde: Option<&str>) -> Result<Region, RegionCodeError> {
        let ags = gemeinde.map(|gemeinde| format!("{kreis}{gemeinde}"));
        if let Some(region) = ags.as_deref().and_then(|ags| self.listed_or_alias(ags)) {
            return Ok(region);
        }
        let region = self.listed_or_alias(kreis).ok_or(RegionCodeError::Unknown)?;
        let entry = self.tree.entry(region.node).filter(|entry| entry.kind == RegionKind::Kreis);
        let entry = entry.ok_or(RegionCodeError::Unknown)?;
        match ags {
            // The Gemeinden of a dissolved Kreis got new codes, so only today's Kreis is certain.
            Some(_) if entry.code != kreis => Ok(region),
            Some(ags) if !ags.ends_with("000") => Ok(Region { gemeinde: Some(ags.into()), ..region }),
            Some(_) if !entry.kreisfrei => Err(RegionCodeError::NotAGemeinde),
            _ => Ok(region),
        }
    }

    fn listed_or_alias(&self, code: &str) -> Option<Region> {
        let alias = || self.tree.find(self.official_aliases.get(code)?);
        self.tree.find(code).or_else(alias).map(Region::from_node)
    }

    /// Returns the Kreise whose code has this length and prefix.
    fn kreise_with_prefix<'a>(
        &self,
        codes: impl Iterator<Item = &'a String>,
        prefix: &str,
        length: usize,
    ) -> Result<Vec<Region>, RegionCodeError> {
        let mut kreise = OrderedSet::default();
        for code in codes.filter(|code| code.len() == length && code.starts_with(prefix)) {
            let node = self.tree.find(self.official_aliases.get(code).unwrap_or(code));
            let is_kreis =
                |node: &RegionIdx| self.tree.entry(*node).is_some_and(|entry| entry.kind == RegionKind::Kreis);
            if let Some(node) = node.filter(is_kreis) {
                kreise.insert(node);
            }
        }
        if kreise.is_empty() {
            return Err(RegionCodeError::Unknown);
        }
        Ok(kreise.iter().copied().map(Region::from_node).collect())
    }

    /// Replaces a Land that is one city by its Kreis, so that both codes of Berlin and of Hamburg are one region.
    fn prefer_kreis(&self, region: Region) -> Region {
        let is_city = |entry: &RegionEntry| entry.kind == RegionKind::Land && entry.kreisfrei;
        if !self.tree.entry(region.node).is_some_and(is_city) {
            return region;
        }
        self.tree.first_child(region.node).map_or(region, Region::from_node)
    }

    /// Returns `true` if a code is an official alias and no code of the tree.
    pub(crate) fn is_official_alias(&self, code: &str) -> bool {
        let code = code.to_ascii_uppercase();
        self.official_aliases.contains_key(&code) && !self.is_listed(&code)
    }

    /// Returns `true` if the tree has this code.
    pub(crate) fn is_listed(&self, code: &str) -> bool {
        self.tree.find(code).is_some()
    }

    /// Returns `true` for a city that is a Kreis of its own, `false` for a Landkreis, `None` if the code is no Kreis.
    pub(crate) fn is_kreisfrei(&self, code: &str) -> Option<bool> {
        let entry = self.tree.entry(self.tree.find(code)?)?;
        (entry.kind == RegionKind::Kreis).then_some(entry.kreisfrei)
    }

    /// Returns the code of the tree for any code of one region. A listed code is returned unchanged, even of a city Land.
    pub(crate) fn canonical_code(&self, code: &str) -> Option<String> {
        if self.is_listed(code) {
            return Some(code.to_owned());
        }
        self.resolve(code).ok().map(|region| self.code(&region))
    }

    /// Returns the signature of the Kreise that contain a region, or the full signature if it is larger than a Kreis.
    pub(crate) fn signature(&self, region: &Region) -> Signature {
        let position = self.tree.position(region.node);
        if position.kreis.is_some() { position.kreise } else { Signature::FULL }
    }

    /// Prepares a region for queries about its relation to many areas.
    pub(crate) fn origin<'r>(&'r self, region: &'r Region) -> Origin<'r> {
        Origin::new(&self.tree, region)
    }

    /// Returns the Kreis that contains a region, or `None` if the region is larger.
    pub(crate) fn kreis(&self, region: &Region) -> Option<RegionIdx> {
        self.tree.position(region.node).kreis
    }

    /// Returns the code of the Kreis that contains a region, or the code of the region itself if that is larger.
    pub(crate) fn kreis_code(&self, region: &Region) -> String {
        let kreis = self.kreis(region).and_then(|kreis| self.tree.entry(kreis));
        kreis.map_or_else(|| self.code(region), |entry| entry.code.clone())
    }

    /// Returns the Land that contains the region of a code, or `None` if the code is unknown or spans several Länder.
    pub(crate) fn land(&self, code: &str) -> Option<RegionIdx> {
        let region = self.resolve(code).ok()?;
        let is_land = |node: &RegionIdx| self.tree.entry(*node).is_some_and(|entry| entry.kind == RegionKind::Land);
        self.tree.self_and_ancestors(region.node).find(is_land)
    }

    /// Returns the centre of a Kreis or Gemeinde; that of its Kreis if the Gemeinde has none; `None` for larger regions.
    pub(crate) fn centre(&self, region: &Region) -> Option<Coordinates> {
        self.tree.centre(region.node)
    }

    /// Returns `true` if the code resolves to one region or several.
    pub(crate) fn is_known(&self, code: &str) -> bool {
        self.resolve_area(code).is_ok()
    }

    /// Computes the extents of all regions.
    pub(crate) fn extents(&self) -> RegionExtents {
        RegionExtents::new(&self.tree)
    }

    /// Returns `true` if the coordinates may lie in a region of the code, or `None` if the code is unknown.
    pub(crate) fn may_contain(&self, extents: &RegionExtents, code: &str, at: Coordinates) -> Option<bool> {
        let regions = self.resolve_area(code).ok()?;
        Some(regions.iter().any(|region| extents.may_contain(region.node, at)))
    }

    /// Returns the level of a region.
    pub(crate) fn kind(&self, region: &Region) -> RegionKind {
        match &region.gemeinde {
            Some(_) => RegionKind::Gemeinde,
            None => self.tree.entry(region.node).map_or(RegionKind::Country, |entry| entry.kind),
        }
    }

    /// Returns the canonical code of a region.
    pub(crate) fn code(&self, region: &Region) -> String {
        match &region.gemeinde {
            Some(gemeinde) => gemeinde.to_string(),
            None => self.tree.entry(region.node).map_or_else(String::new, |entry| entry.code.clone()),
        }
    }

    /// Returns the name of a code, qualified by "Stadt" or "Landkreis" if two Kreise share it.
    pub(crate) fn name(&self, code: &str) -> Option<String> {
        let region = self.resolve(code).ok()?;
        let entry = self.tree.entry(region.node)?;
        let name = entry.name.as_deref()?;
        let name = if entry.kind == RegionKind::Kreis && self.tree.is_shared_kreis_name(name) {
            format!("{name} ({})", if entry.kreisfrei { "Stadt" } else { "Landkreis" })
        } else {
            name.to_owned()
        };
        Some(match &region.gemeinde {
            Some(gemeinde) => format!("Gemeinde {gemeinde} ({name})"),
            None => name,
        })
    }

    /// Returns every node of the tree in the order of codes: its entry, its parent's code, and its neighbours' codes.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&RegionEntry, Option<&str>, Vec<&str>)> {
        self.tree.entries()
    }

    /// Returns every alias, official or loaded, with the codes of its regions.
    pub(crate) fn aliases(&self) -> OrderedMap<&str, Vec<String>> {
        let official = self.official_aliases.iter().map(|(from, to)| (from.as_str(), vec![to.clone()]));
        let codes = |to: &Vec<Region>| to.iter().map(|region| self.code(region)).collect();
        let loaded = self.loaded_aliases.iter().map(|(from, to)| (from.as_str(), codes(to)));
        // The later entry of an equal code is kept: additions drop a loaded alias with the meaning of the official one.
        OrderedMap::from_iter(official.chain(loaded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::region_relation::Relation;

    fn code(regions: &Regions, text: &str) -> Result<String, RegionCodeError> {
        regions.resolve(text).map(|region| regions.code(&region))
    }

    #[test]
    fn codes_of_every_official_system_resolve() {
        let regions = Regions::built_in();
        for (typed, expected) in [
            ("DE", "DE"),
            ("de", "DE"),
            ("14", "14"),
            ("DE-SN", "14"),
            ("DED", "14"),
            ("14612", "14612"),
            ("DED21", "14612"),
            ("ded21", "14612"),
            ("14612000", "14612"),
            ("146120000000", "14612"),
            ("14628010", "14628010"),
            ("146285201010", "14628010"),
            ("146285201", "14628"),
            ("145", "14"),
            ("DED4", "14"),
            ("16056", "16063"),
            ("16056000", "16063"),
            ("11", "11000"),
            ("DE-HH", "02000"),
        ] {
            assert_eq!(code(&regions, typed), Ok(expected.to_owned()), "{typed}");
        }
        for unknown in ["", "1", "99", "99999", "DEX", "14999", "14999001", "1461", "146120", "Dresden", "DE-XX"] {
            assert_eq!(code(&regions, unknown), Err(RegionCodeError::Unknown), "{unknown}");
        }
        for no_gemeinde in ["14628000", "146280060000"] {
            assert_eq!(code(&regions, no_gemeinde), Err(RegionCodeError::NotAGemeinde), "{no_gemeinde}");
        }
    }

    #[test]
    fn a_level_that_the_tree_lacks_resolves_to_its_kreise_in_an_area() {
        let regions = Regions::built_in();
        let codes = |text: &str| -> Vec<String> {
            regions.resolve_area(text).unwrap().iter().map(|region| regions.code(region)).collect()
        };
        assert_eq!(codes("DED4"), ["14511", "14521", "14522", "14523", "14524"]);
        assert_eq!(codes("145"), codes("DED4"));
    }

    /// Nested Kreise included, which only additions have.
    #[test]
    fn signatures_of_related_regions_intersect() {
        let mut regions = Regions::built_in();
        let added = (0..130).map(|index| (format!("k-{index}"), if index % 3 == 0 { "11000" } else { "k-0" }));
        for (code, _) in added.clone() {
            let kind = RegionKind::Kreis;
            regions.insert(RegionEntry { code, kind, kreisfrei: false, centre: None, name: None });
        }
        for (code, parent) in added {
            regions.set_parent(&code, parent);
        }
        regions.index();
        let nodes = regions.tree.codes().filter_map(|code| regions.tree.find(code));
        let all: Vec<Region> = nodes.map(Region::from_node).collect();
        for (a, b) in all.iter().flat_map(|a| all.iter().map(move |b| (a, b))) {
            let origin = regions.origin(a);
            let is_sound = origin.may_relate(regions.signature(b)) || origin.relation(b) == Relation::Outside;
            assert!(is_sound, "{} {}", regions.code(a), regions.code(b));
        }
    }

    #[test]
    fn relations_in_saxony() {
        let regions = Regions::built_in();
        let relation = |region: &str, area: &str| {
            regions.origin(&regions.resolve(region).unwrap()).relation(&regions.resolve(area).unwrap())
        };
        assert_eq!(relation("14612", "14612"), Relation::Within);
        assert_eq!(relation("14628010", "14628"), Relation::Within);
        assert_eq!(relation("14628010", "DE"), Relation::Within);
        assert_eq!(relation("14", "14612"), Relation::Part);
        assert_eq!(relation("14628010", "14628020"), Relation::SameKreis);
        assert_eq!(relation("14628010", "14612"), Relation::Neighbour);
        assert_eq!(relation("14612", "14713"), Relation::Outside);
        assert_eq!(relation("12062", "14"), Relation::Outside);
    }

    #[test]
    fn an_alias_of_several_regions_is_their_ancestor_in_a_need_and_all_of_them_in_an_area() {
        let mut regions = Regions::built_in();
        let mut alias = |from: &str, to: &[&str]| {
            let to = to.iter().flat_map(|code| regions.resolve_area(code).unwrap()).collect();
            regions.insert_alias(from, to);
        };
        alias("02999", &["14625", "14626"]);
        alias("07919", &["14523", "16075"]);
        alias("14612", &["12063"]);
        alias("14193", &["11000"]);
        alias("DED4Z", &["14612"]);
        alias("01067", &["14612"]);
        alias("01768", &["14612", "14628010"]);
        alias("vague", &["DED2"]);
        alias("nested", &["14", "14612"]);
        alias("villages", &["14628010", "14628020"]);
        assert_eq!(code(&regions, "02999"), Ok("14".to_owned()));
        assert_eq!(code(&regions, "07919"), Ok("DE".to_owned()));
        assert_eq!(code(&regions, "14612"), Ok("14612".to_owned()), "a code of the tree keeps its meaning");
        assert_eq!(code(&regions, "01067"), Ok("14612".to_owned()));
        assert_eq!(code(&regions, "14193"), Ok("14524".to_owned()), "so does a retired code");
        assert_eq!(code(&regions, "14193010"), Ok("14524".to_owned()));
        assert_eq!(regions.resolve_area("DED4").unwrap().len(), 5, "and so does a level");
        assert_eq!(code(&regions, "01067010"), Err(RegionCodeError::Unknown), "a postcode is no retired code");
        assert_eq!(code(&regions, "01768"), Ok("14".to_owned()));
        assert_eq!(code(&regions, "nested"), Ok("14".to_owned()), "the one that contains the other");
        assert_eq!(code(&regions, "villages"), Ok("14628".to_owned()));
        assert_eq!(regions.resolve_area("vague").unwrap().len(), 5, "not all of Sachsen");
        let area = regions.resolve_area("07919").unwrap();
        assert_eq!(area.iter().map(|region| regions.code(region)).collect::<Vec<_>>(), ["14523", "16075"]);
    }

    #[test]
    fn a_name_that_two_kreise_share_is_qualified() {
        let regions = Regions::built_in();
        assert_eq!(regions.name("14713").as_deref(), Some("Leipzig (Stadt)"));
        assert_eq!(regions.name("14729").as_deref(), Some("Leipzig (Landkreis)"));
        assert_eq!(regions.name("14612").as_deref(), Some("Dresden"));
    }

    #[test]
    fn every_kreis_has_a_centre_a_land_and_symmetric_neighbours() {
        let regions = Regions::built_in();
        let entries: std::collections::BTreeMap<&str, _> = regions
            .entries()
            .map(|(entry, parent, neighbours)| (entry.code.as_str(), (entry, parent, neighbours)))
            .collect();
        let kreise = || entries.iter().filter(|(_, (entry, ..))| entry.kind == RegionKind::Kreis);
        assert_eq!(kreise().count(), 401);
        let named: std::collections::BTreeSet<_> =
            kreise().map(|(_, (entry, ..))| (&entry.name, entry.kreisfrei)).collect();
        assert_eq!(named.len(), 401, "a name is unique among cities and among Landkreise");
        for (code, (entry, parent, neighbours)) in kreise() {
            let centre = entry.centre.unwrap();
            // That each centre lies in Germany is checked with the polygons, by scripts/regions.py.
            assert!((47.0..55.2).contains(&centre.lat()) && (5.8..15.1).contains(&centre.lon()), "{code}");
            assert_eq!(*parent, code.get(..2), "{code}");
            assert!(!neighbours.is_empty(), "{code}");
            assert!(neighbours.iter().all(|other| entries[other].2.contains(code)), "{code}");
        }
    }
}
