//! The known regions: the tree, and the resolution of codes to its nodes.
//!
//! A code of the tree is found by a binary search over packed codes, O(log n). Other codes are tried as an official alias
//! (NUTS, ISO 3166-2, retired AGS), as a level that the tree lacks, as an AGS or ARS below a known Kreis, and last as a loaded
//! alias, such as a postcode.

use std::{cmp::Ordering, sync::Arc};

use crate::{
    util::{
        fixed::{from_ten_thousandths, parse_ten_thousandths},
        geo::Coordinates,
        ordered_map::{OrderedMap, OrderedSet},
        signature::Signature,
        sort::sort,
        tsv::{items, rows},
    },
    vocabulary::{
        countries::{GERMANY, countries, has_form_of_country},
        data::{REGION_ALIASES, REGIONS},
        region::{Region, RegionEntry, RegionIdx, RegionKind},
        region_aliases::{AliasKind, RegionAlias, RegionAliases},
        region_areas::Areas,
        region_extent::RegionExtents,
        region_relation::{Origin, reach},
        region_set::RegionSet,
        region_tree::{RegionTree, Span},
    },
};

/// The greatest number of regions of one area, after aliases.
pub(crate) const MAX_REGIONS: usize = 20_000;

/// The tree of regions and the aliases of its codes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Regions {
    tree: RegionTree,
    /// Official codes in upper case (NUTS, ISO, retired AGS), each with a code of the tree.
    official_aliases: OrderedMap<String, String>,
    /// The NUTS codes of Kreise, of all versions, each with the code of the tree.
    nuts: Arc<Vec<(&'static str, &'static str)>>,
    // INVARIANT: computed by `index` after the last change of the tree.
    /// Official codes in upper case of several Kreise: a Regierungsbezirk, a NUTS 2 region, a NUTS 3 region of two Kreise.
    levels: Arc<OrderedMap<String, RegionSet>>,
    loaded_aliases: RegionAliases,
    /// The country whose codes may be written without it, or `None` for Germany.
    home: Option<String>,
    /// The codes of built-in regions that additions have redefined.
    replaced: OrderedSet<String>,
}

impl Regions {
    /// Returns the regions of the built-in tables.
    pub(crate) fn built_in() -> Self {
        let mut regions = Self::default();
        let (mut codes, mut links, mut nuts_codes) = (Vec::new(), Vec::new(), Vec::new());
        for [code, kind, parent, nuts, iso, kreisfrei, name, lat, lon, _] in rows::<10>(REGIONS) {
            let Ok(kind) = kind.parse() else { continue };
            let degrees = |text| parse_ten_thousandths(text).map(from_ten_thousandths);
            let centre = degrees(lat).zip(degrees(lon)).and_then(|(lat, lon)| Coordinates::new(lat, lon).ok());
            codes.extend(
                [(nuts, code), (iso, code)].into_iter().filter(|(alias, _)| !alias.is_empty() && *alias != code),
            );
            links.push((code, parent));
            if kind == RegionKind::Kreis {
                nuts_codes.push((nuts, code));
            }
            let (code, name) = (code.to_owned(), Some(name.to_owned()));
            regions.insert(RegionEntry { code, kind, kreisfrei: kreisfrei == "yes", centre, name });
        }
        for (code, _) in countries() {
            let (code, kind) = (code.to_owned(), RegionKind::Country);
            regions.insert(RegionEntry { code, kind, kreisfrei: false, centre: None, name: None });
        }
        codes.extend(rows::<2>(REGION_ALIASES).map(|[from, to]| (from, to)));
        nuts_codes.extend(rows::<2>(REGION_ALIASES).filter(|[from, _]| is_nuts(from)).map(|[from, to]| (from, to)));
        sort(&mut nuts_codes);
        // A code of two Kreise is a level.
        let pairs = nuts_codes.iter().zip(nuts_codes.iter().skip(1)).filter(|((a, _), (b, _))| a == b);
        let shared: Vec<&str> = pairs.map(|((nuts, _), _)| *nuts).collect();
        for (from, to) in codes.into_iter().filter(|(from, _)| !shared.contains(from)) {
            regions.official_aliases.insert(from.to_owned(), to.to_owned());
        }
        regions.nuts = Arc::new(nuts_codes);
        regions.index_codes();
        regions.set_parents(&links);
        regions.index();
        for [code, .., neighbours] in rows::<10>(REGIONS) {
            for neighbour in items(neighbours) {
                regions.insert_border(code, neighbour);
            }
        }
        regions.index();
        regions
    }

    /// Inserts a region without a parent, or replaces the entry of a present one. [`index_codes`](Self::index_codes) must
    /// follow.
    pub(crate) fn insert(&mut self, entry: RegionEntry) {
        self.tree.insert(entry);
    }

    /// Indexes the codes. Must be called after the last insertion.
    pub(crate) fn index_codes(&mut self) {
        self.tree.index_codes();
    }

    /// Sets the parents of regions, given pairs of codes. [`index`](Self::index) must follow.
    ///
    /// Returns for each pair `None` if one of the codes is not that of one node, or `false` if the region would contain itself.
    pub(crate) fn set_parents(&mut self, links: &[(&str, &str)]) -> Vec<Option<bool>> {
        let nodes: Vec<_> =
            links.iter().map(|(child, parent)| self.tree.find(child).zip(self.find_node(parent))).collect();
        let known: Vec<_> = nodes.iter().flatten().copied().collect();
        let mut set = self.tree.set_parents(&known).into_iter();
        nodes.iter().map(|node| node.and_then(|_| set.next())).collect()
    }

    /// Returns the node of a code of one node. A listed code is that of its own node, even of a city Land.
    fn find_node(&self, code: &str) -> Option<RegionIdx> {
        let official = || match self.resolve_official(code)? {
            RegionSet::One(Region { node, gemeinde: 0 }) => Some(node),
            _ => None,
        };
        self.tree.find(code).or_else(official)
    }

    /// Makes two regions neighbours of each other, or returns `false` if one of the codes is unknown. A code of several regions
    /// makes all of them neighbours. [`index`](Self::index) must follow.
    pub(crate) fn insert_border(&mut self, a: &str, b: &str) -> bool {
        let (Some(a), Some(b)) = (self.resolve(a), self.resolve(b)) else { return false };
        for (a, b) in a.regions().iter().flat_map(|a| b.regions().iter().map(move |b| (a, b))) {
            self.tree.insert_border(a.node, b.node);
        }
        true
    }

    /// Inserts another code for one region or several.
    pub(super) fn insert_alias(&mut self, from: &str, alias: RegionAlias) {
        self.loaded_aliases.insert(from, alias);
    }

    /// Sets the country whose codes may be written without it. Returns `false` if it is unknown.
    pub(super) fn set_home(&mut self, country: &str) -> bool {
        let country = country.to_ascii_uppercase();
        let node = self.tree.find(&country);
        let is_country =
            node.and_then(|node| self.tree.entry(node)).is_some_and(|entry| entry.kind == RegionKind::Country);
        self.home = (is_country && country != GERMANY).then_some(country);
        is_country
    }

    /// Returns the country whose codes may be written without it.
    pub(super) fn home(&self) -> &str {
        self.home.as_deref().unwrap_or(GERMANY)
    }

    /// Returns the node of a code of the home country that is written without it, unless that is Germany.
    fn find_at_home(&self, code: &str) -> Option<RegionIdx> {
        let full = format!("{}-{code}", self.home.as_deref()?);
        self.tree.find(&full).or_else(|| self.tree.find(&full.to_ascii_uppercase()))
    }

    /// Returns a code as input may state it: with `DE-` if it would otherwise be read as one of the home country.
    pub(super) fn unambiguous(&self, code: String) -> String {
        let is_misread = is_number(&code) && self.find_at_home(&code).is_some();
        if is_misread { format!("{GERMANY}-{code}") } else { code }
    }

    /// Returns the code of a region in the tree, for a canonical code or one as input states it.
    pub(super) fn listed_code<'c>(&'c self, code: &'c str) -> &'c str {
        let at_home = self.find_at_home(code).and_then(|node| self.tree.entry(node));
        at_home.map_or_else(|| german_key(code).unwrap_or(code), |entry| &entry.code)
    }

    /// Returns the region of a code in the tree, regardless of the home country.
    pub(super) fn listed(&self, code: &str) -> Option<RegionSet> {
        self.tree.find(code).map(|node| self.preferred(node))
    }

    /// Returns `true` if an entry has another kind, name or parent than the present one of its code, or is another kind of city.
    /// What is `None` does not differ.
    pub(super) fn is_contradiction(
        &self,
        code: &str,
        kind: RegionKind,
        (kreisfrei, name, parent): (Option<bool>, Option<&str>, Option<&str>),
    ) -> bool {
        let Some((node, present)) = self.tree.find(code).and_then(|node| Some((node, self.tree.entry(node)?))) else {
            return false;
        };
        // Countries have their names in several languages, and thus not in the tree.
        let has_other_name = |present: &str| name.is_some_and(|name| name != present);
        kind != present.kind
            || kreisfrei.is_some_and(|kreisfrei| kreisfrei != present.kreisfrei)
            || present.name.as_deref().is_some_and(has_other_name)
            || parent.is_some_and(|parent| self.find_node(parent) != self.tree.parent(node))
    }

    /// Returns `true` if the displayed name of a region of the tree has that of its parent.
    pub(super) fn has_parent_in_name(&self, code: &str) -> bool {
        self.tree.find(code).is_some_and(|node| self.tree.shared_name(node).with_same_kind)
    }

    /// Returns the properties of a region of the tree.
    pub(super) fn entry(&self, code: &str) -> Option<&RegionEntry> {
        self.tree.entry(self.tree.find(code)?)
    }

    /// Marks a built-in region as redefined.
    pub(super) fn mark_replaced(&mut self, code: &str) {
        self.replaced.insert(code.to_owned());
    }

    /// Returns `true` if additions have redefined a built-in region.
    pub(super) fn is_replaced(&self, code: &str) -> bool {
        self.replaced.contains(code)
    }

    /// Returns the regions of all sets, or `None` if there is no set. One set is returned as it is, so that all aliases of a level
    /// share its regions.
    pub(super) fn union(&self, mut sets: Vec<RegionSet>) -> Option<RegionSet> {
        if sets.len() == 1 {
            return sets.pop();
        }
        let mut regions: Vec<Region> = sets.iter().flat_map(RegionSet::all_regions).copied().collect();
        sort(&mut regions);
        regions.dedup();
        RegionSet::new(&self.tree, regions)
    }

    /// Computes the derived data. Must be called after the last change of regions, parents and borders.
    pub(crate) fn index(&mut self) {
        self.tree.index();
        self.levels = Arc::new(self.levels());
    }

    /// Returns the codes of levels that the tree lacks with their known Kreise, or with the Land if these are all of it.
    fn levels(&self) -> OrderedMap<String, RegionSet> {
        let kreise = self.tree.nodes().filter(|(_, entry)| entry.kind == RegionKind::Kreis);
        let ags = kreise.filter(|(_, entry)| entry.code.len() == 5 && is_number(&entry.code));
        let ags: Vec<(&str, RegionIdx)> = ags.map(|(node, entry)| (entry.code.as_str(), node)).collect();
        let nuts = self.nuts.iter().filter_map(|(nuts, code)| Some((*nuts, self.tree.find(code)?)));
        let nuts: Vec<(&str, RegionIdx)> = nuts.collect();
        let shared = nuts.iter().zip(nuts.iter().skip(1)).filter(|((a, _), (b, _))| a == b);
        let shared = shared.flat_map(|(a, b)| [*a, *b]).collect();
        let (mut levels, no_lands) = (OrderedMap::default(), Vec::new());
        let ags_levels = ags.iter().filter_map(|(code, node)| Some((code.get(..3)?, *node))).collect();
        let nuts_levels = nuts.iter().filter_map(|(code, node)| Some((code.get(..4)?, *node))).collect();
        for (level, all) in [(ags_levels, &ags), (nuts_levels, &nuts), (shared, &no_lands)] {
            self.insert_levels(&mut levels, level, all);
        }
        levels
    }

    /// Inserts the levels of one system of codes, given the level of each Kreis, and all Kreise of the system.
    fn insert_levels(
        &self,
        levels: &mut OrderedMap<String, RegionSet>,
        mut members: Vec<(&str, RegionIdx)>,
        all: &[(&str, RegionIdx)],
    ) {
        let land = |node: RegionIdx| self.tree.land(node);
        let mut by_land: Vec<(Option<RegionIdx>, RegionIdx)> =
            all.iter().map(|(_, node)| (land(*node), *node)).collect();
        sort(&mut by_land);
        by_land.dedup();
        sort(&mut members);
        members.dedup();
        for level in members.chunk_by(|(a, _), (b, _)| a == b) {
            let Some((code, first)) = level.first().copied() else { continue };
            let of_land = by_land.iter().filter(|(land, _)| *land == self.tree.land(first)).count();
            let is_land = level.len() == of_land && level.len() > 1;
            let whole_land = self.tree.land(first).filter(|_| is_land).map(|land| vec![Region::from_node(land)]);
            let regions = level.iter().map(|(_, node)| Region::from_node(*node)).collect();
            if let Some(regions) = RegionSet::new(&self.tree, whole_land.unwrap_or(regions)) {
                levels.insert(code.to_owned(), regions);
            }
        }
    }

    /// Resolves a code to the region, or the regions, in which a person or an offer is.
    pub(crate) fn resolve(&self, code: &str) -> Option<RegionSet> {
        self.resolve_area(code).map(RegionSet::into_maximal)
    }

    /// Resolves a code to all regions that it stands for, as the area of an offer has it.
    pub(crate) fn resolve_area(&self, code: &str) -> Option<RegionSet> {
        self.resolve_official(code).or_else(|| self.resolve_loaded(code).cloned())
    }

    /// Returns the regions of a loaded alias.
    fn resolve_loaded(&self, alias: &str) -> Option<&RegionSet> {
        self.loaded(alias).map(|alias| &alias.to)
    }

    /// Returns the meaning of a loaded alias that is no car plate.
    pub(super) fn loaded(&self, alias: &str) -> Option<&RegionAlias> {
        self.loaded_aliases.get(alias)
    }

    /// Returns the codes of the regions of a loaded car plate.
    #[cfg(feature = "import")]
    pub(crate) fn plate(&self, letters: &str) -> Vec<String> {
        let plate = self.loaded_aliases.plate(letters);
        plate.map(|alias| self.codes(alias.to.all_regions())).unwrap_or_default()
    }

    /// Returns `true` if a loaded alias is known to be a postcode.
    pub(super) fn is_loaded_postcode(&self, alias: &str) -> bool {
        self.loaded(alias).is_some_and(|alias| alias.kind == Some(AliasKind::Postcode))
    }

    /// Resolves a code of the tree or of an official system of codes, regardless of loaded aliases.
    ///
    /// - A retired Kreis is the Kreis that it became part of.
    /// - A level that the tree lacks (Regierungsbezirk, NUTS 2) is its Kreise, or its Land if these are all of it.
    /// - An ARS of 9 digits (Gemeindeverband) is its Kreis; one of 12 digits has the AGS in its first five and last three.
    /// - A key that is padded with zeros to 8, 9 or 12 digits is the level that it names.
    /// - `DE-` may precede the key of Germany. A code of the home country takes precedence over a key without it.
    pub(crate) fn resolve_official(&self, code: &str) -> Option<RegionSet> {
        if let Some(node) = self.find_at_home(code) {
            return Some(self.preferred(node));
        }
        let code = german_key(code).unwrap_or(code);
        if let Some(node) = self.tree.find(code) {
            return Some(self.preferred(node));
        }
        let upper = code.to_ascii_uppercase();
        if let Some(node) = self.listed_or_alias(&upper) {
            return Some(self.preferred(node));
        }
        if let Some(level) = self.levels.get(&upper) {
            return Some(level.clone());
        }
        if !matches!(upper.len(), 8 | 9 | 12) || !is_number(&upper) {
            return None;
        }
        let (kreis, rest) = upper.split_at_checked(5)?;
        if rest.bytes().all(|digit| digit == b'0') {
            return self.resolve_padded(kreis);
        }
        let gemeinde = match rest.len() {
            3 => rest,
            4 => "000",
            _ => rest.get(4..)?,
        };
        self.resolve_gemeinde(kreis, gemeinde)
    }

    /// Resolves the first five digits of a key that ends in zeros.
    fn resolve_padded(&self, kreis: &str) -> Option<RegionSet> {
        if let Some(node) = self.listed_or_alias(kreis) {
            return Some(self.preferred(node));
        }
        let level = kreis.strip_suffix("00")?;
        match level.strip_suffix('0') {
            Some("00") => self.tree.find(GERMANY).map(|node| self.preferred(node)),
            Some(land) => self.tree.find(land).map(|node| self.preferred(node)),
            None => self.levels.get(level).cloned(),
        }
    }

    /// Resolves a Gemeinde by the AGS of its Kreis and its own three digits; `000` is the Kreis.
    fn resolve_gemeinde(&self, kreis: &str, gemeinde: &str) -> Option<RegionSet> {
        if let Some(node) = self.listed_or_alias(&format!("{kreis}{gemeinde}")) {
            return Some(self.preferred(node));
        }
        let node = self.listed_or_alias(kreis)?;
        let entry = self.tree.entry(node).filter(|entry| entry.kind == RegionKind::Kreis)?;
        // The Gemeinden of a dissolved Kreis got new codes, so only today's Kreis is certain.
        let gemeinde = if entry.code == kreis { gemeinde.parse().ok()? } else { 0 };
        Some(RegionSet::One(Region { node, gemeinde }))
    }

    fn listed_or_alias(&self, code: &str) -> Option<RegionIdx> {
        let alias = || self.tree.find(self.official_aliases.get(code)?);
        self.tree.find(code).or_else(alias)
    }

    /// Replaces a Land that is one city by its Kreis, so that both codes of Berlin and of Hamburg are one region.
    fn preferred(&self, node: RegionIdx) -> RegionSet {
        let is_city = |entry: &RegionEntry| entry.kind == RegionKind::Land && entry.kreisfrei;
        let kreis = self.tree.entry(node).filter(|entry| is_city(entry)).and_then(|_| self.tree.first_kreis(node));
        RegionSet::One(Region::from_node(kreis.unwrap_or(node)))
    }

    /// Returns `true` if a code is an official alias and no code of the tree.
    pub(crate) fn is_official_alias(&self, code: &str) -> bool {
        let code = code.to_ascii_uppercase();
        self.official_aliases.contains_key(&code) && !self.is_listed(&code)
    }

    /// Returns `true` if a code is that of a country other than Germany, and of a Land if `DE-` precedes it.
    pub(crate) fn is_abbreviation_of_land(&self, code: &str) -> bool {
        let upper = code.to_ascii_uppercase();
        has_form_of_country(&upper) && self.is_listed(&upper) && self.official_aliases.contains_key(&iso_code(&upper))
    }

    /// Returns `true` if the tree has this code.
    pub(crate) fn is_listed(&self, code: &str) -> bool {
        self.tree.find(self.listed_code(code)).is_some()
    }

    /// Returns `true` for a city that is a Kreis of its own, `false` for a Landkreis, `None` if the code is no Kreis.
    pub(crate) fn is_kreisfrei(&self, code: &str) -> Option<bool> {
        let entry = self.entry(self.listed_code(code))?;
        (entry.kind == RegionKind::Kreis).then_some(entry.kreisfrei)
    }

    /// Returns `true` if each region of the second code lies in one of the first, also if both are the same.
    pub(crate) fn contains(&self, outer: &str, inner: &str) -> bool {
        let (Some(outer), Some(inner)) = (self.resolve_area(outer), self.resolve_area(inner)) else { return false };
        let is_within = |region: &Region| {
            outer.all_regions().iter().any(|area| self.tree.span(*area).contains(self.tree.span(*region)))
        };
        inner.all_regions().iter().all(is_within)
    }

    /// Prepares the area of an offer, given the regions of each of its codes. Returns `None` if these are more than
    /// [`MAX_REGIONS`].
    pub(crate) fn areas(&self, mut codes: Vec<RegionSet>, any: bool) -> Option<Arc<Areas>> {
        // An alias may occur often, and has up to some thousand regions.
        if codes.iter().any(|code| matches!(code, RegionSet::Several(_))) {
            sort(&mut codes);
            codes.dedup();
        }
        if let ([RegionSet::Several(group)], false) = (codes.as_slice(), any) {
            return Some(Arc::clone(group.areas()));
        }
        let count = codes.iter().fold(0, |count: usize, code| count.saturating_add(code.all_regions().len()));
        if count > MAX_REGIONS {
            return None;
        }
        let regions = codes.iter().flat_map(RegionSet::all_regions).copied().collect();
        Some(Arc::new(Areas::new(&self.tree, regions, any)))
    }

    /// Returns the signature of all areas that have a relation to regions. If that of an offer's areas is disjoint, all of them are
    /// outside.
    pub(crate) fn reach(&self, regions: &RegionSet) -> Signature {
        reach(&self.tree, regions)
    }

    /// Prepares regions for queries about their relation to many areas.
    pub(crate) fn origin<'r>(&'r self, regions: &'r RegionSet) -> Origin<'r> {
        Origin::new(&self.tree, regions)
    }

    /// Returns the Kreis that contains all of the regions, or `None` if there is none.
    pub(crate) fn kreis(&self, regions: &RegionSet) -> Option<RegionIdx> {
        self.tree.position(regions.ancestor()?).kreis
    }

    /// Returns `true` if a Kreis contains all of the regions.
    pub(crate) fn is_in_kreis(&self, regions: &RegionSet, kreis: RegionIdx) -> bool {
        let kreis = self.tree.span(Region::from_node(kreis));
        regions.ancestor().is_some_and(|node| kreis.contains(self.tree.span(Region::from_node(node))))
    }

    /// Returns the code of the Kreis that contains all of the regions, or of the smallest larger region, or `None` if there is
    /// none.
    pub(crate) fn kreis_code(&self, regions: &RegionSet) -> Option<String> {
        let node = self.kreis(regions).or_else(|| regions.ancestor())?;
        Some(self.code(Region::from_node(node)))
    }

    /// Returns the Land that contains the regions of a code, or `None` if the code is unknown or spans several Länder.
    pub(crate) fn land(&self, code: &str) -> Option<RegionIdx> {
        self.tree.land(self.resolve(code)?.ancestor()?)
    }

    /// Returns the Land that contains a region, or `None` if there is none.
    pub(crate) fn land_of(&self, region: Region) -> Option<RegionIdx> {
        self.tree.land(region.node)
    }

    /// Returns the centre of one Kreis or Gemeinde; that of its Kreis if the Gemeinde has none; `None` for larger regions, and
    /// for several.
    pub(crate) fn centre(&self, regions: &RegionSet) -> Option<Coordinates> {
        match regions {
            RegionSet::One(region) => self.centre_of(*region),
            RegionSet::Several(_) => None,
        }
    }

    /// Returns the centre of a Kreis or Gemeinde; that of its Kreis if the Gemeinde has none; `None` for larger regions.
    pub(crate) fn centre_of(&self, region: Region) -> Option<Coordinates> {
        self.tree.centre(region.node)
    }

    /// Returns `true` if the code resolves to one region or several.
    pub(crate) fn is_known(&self, code: &str) -> bool {
        self.resolve_area(code).is_some()
    }

    /// Computes the extents of all regions.
    pub(crate) fn extents(&self) -> RegionExtents {
        RegionExtents::new(&self.tree)
    }

    /// Returns `true` if the coordinates may lie in a region of the code, or `None` if the code is unknown.
    pub(crate) fn may_contain(&self, extents: &RegionExtents, code: &str, at: Coordinates) -> Option<bool> {
        let regions = self.resolve(code)?;
        Some(regions.regions().iter().any(|region| extents.may_contain(region.node, at)))
    }

    /// Returns the interval of a region and its parts in pre-order.
    pub(super) fn span(&self, region: Region) -> Span {
        self.tree.span(region)
    }

    /// Returns the level of a region.
    pub(crate) fn kind(&self, region: Region) -> RegionKind {
        self.tree.kind(region)
    }

    /// Returns the canonical code of a region.
    pub(crate) fn code(&self, region: Region) -> String {
        let code = self.tree.entry(region.node).map_or("", |entry| &entry.code);
        self.unambiguous(match region.gemeinde {
            0 => code.to_owned(),
            gemeinde => format!("{code}{gemeinde:03}"),
        })
    }

    /// Compares the canonical codes of two regions.
    pub(crate) fn cmp_codes(&self, a: Region, b: Region) -> Ordering {
        let entry = |region: Region| self.tree.entry(region.node).map_or("", |entry| &entry.code);
        match (a.gemeinde, b.gemeinde) {
            (0, 0) => entry(a).cmp(entry(b)),
            _ => self.code(a).cmp(&self.code(b)),
        }
    }

    /// Returns the canonical codes of regions, sorted.
    pub(crate) fn codes(&self, regions: &[Region]) -> Vec<String> {
        let mut codes: Vec<String> = regions.iter().map(|region| self.code(*region)).collect();
        sort(&mut codes);
        codes
    }

    /// Returns the name of a code of one region. If others of its level share it, it is qualified by "Stadt" or "Landkreis" if these
    /// are Kreise of the other kind, and by the parent, whose name `parent_name` returns for its code, if they are not.
    pub(crate) fn name(&self, code: &str, parent_name: &dyn Fn(&str) -> String) -> Option<String> {
        let RegionSet::One(region) = self.resolve(code)? else { return None };
        let entry = self.tree.entry(region.node)?;
        let name = entry.name.as_deref()?;
        let shared = self.tree.shared_name(region.node);
        let kind = shared.with_other_kind.then(|| if entry.kreisfrei { "Stadt" } else { "Landkreis" }.to_owned());
        let parent = self.tree.parent(region.node).filter(|_| shared.with_same_kind);
        let parent = parent.and_then(|parent| self.tree.entry(parent)).map(|parent| parent_name(&parent.code));
        let qualifiers: Vec<String> = kind.into_iter().chain(parent).collect();
        let name = if qualifiers.is_empty() { name.to_owned() } else { format!("{name} ({})", qualifiers.join(", ")) };
        Some(match region.gemeinde {
            0 => name,
            _ => format!("Gemeinde {} ({name})", self.code(region)),
        })
    }

    /// Returns every node of the tree in the order of codes: its entry, its parent's code, and its neighbours' codes.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&RegionEntry, Option<&str>, Vec<&str>)> {
        self.tree.entries()
    }

    /// Returns every alias, official or loaded, with the codes of its regions and its kind.
    pub(super) fn aliases(&self) -> OrderedMap<&str, (Vec<String>, Option<AliasKind>)> {
        let official = self.official_aliases.iter().map(|(from, to)| (from.as_str(), (vec![to.clone()], None)));
        let codes = |to: &RegionSet| to.all_regions().iter().map(|region| self.code(*region)).collect();
        let loaded = self.loaded_aliases.iter().map(|(from, alias)| (from, (codes(&alias.to), alias.kind)));
        // The later entry of an equal code is kept: additions drop a loaded alias with the meaning of the official one.
        OrderedMap::from_iter(official.chain(loaded))
    }
}

/// Returns the code of a Land by ISO 3166-2, given its last two letters.
pub(super) fn iso_code(land: &str) -> String {
    format!("{GERMANY}-{land}")
}

/// Returns the key of a region of Germany that is written with its country.
fn german_key(code: &str) -> Option<&str> {
    let (country, key) = code.split_once('-')?;
    (country.eq_ignore_ascii_case(GERMANY) && !key.is_empty() && is_number(key)).then_some(key)
}

fn is_number(code: &str) -> bool {
    code.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns `true` if a code of the table of aliases is that of a NUTS 3 region.
fn is_nuts(code: &str) -> bool {
    code.len() == 5 && code.starts_with(GERMANY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::region_relation::Relation;

    fn codes(regions: &Regions, text: &str) -> Option<Vec<String>> {
        regions.resolve(text).map(|set| regions.codes(set.regions()))
    }

    fn one(text: &str) -> Option<Vec<String>> {
        Some(vec![text.to_owned()])
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
            ("14628010", "14628010"),
            ("146285201010", "14628010"),
            ("146285201", "14628"),
            ("16056", "16063"),
            ("16056000", "16063"),
            ("16056010", "16063"),
            ("11", "11000"),
            ("DE-HH", "02000"),
            ("06435014", "06415"),
            ("064350014014", "06415"),
        ] {
            assert_eq!(codes(&regions, typed), one(expected), "{typed}");
        }
        let unknown = [
            "", "1", "99", "99999", "DEX", "14999", "14999001", "1461", "146120", "Dresden", "DE-XX", "00", "99000000",
        ];
        for unknown in unknown {
            assert_eq!(codes(&regions, unknown), None, "{unknown}");
        }
    }

    #[test]
    fn keys_padded_with_zeros_are_their_level() {
        let regions = Regions::built_in();
        for (padded, level) in [
            ("000000000000", "DE"),
            ("000000000", "DE"),
            ("00000000", "DE"),
            ("140000000000", "14"),
            ("14000000", "14"),
            ("110000000000", "11000"),
            ("02000000", "02000"),
            ("146120000000", "14612"),
            ("14612000", "14612"),
            ("146280000", "14628"),
            ("14628000", "14628"),
            ("146280060000", "14628"),
            ("145000000000", "145"),
            ("14500000", "145"),
            ("160560000000", "16063"),
        ] {
            assert_eq!(codes(&regions, padded), codes(&regions, level), "{padded}");
        }
    }

    #[test]
    fn a_level_that_the_tree_lacks_is_its_kreise_or_its_whole_land() {
        let regions = Regions::built_in();
        let chemnitz = ["14511", "14521", "14522", "14523", "14524"].map(str::to_owned).to_vec();
        assert_eq!(codes(&regions, "DED4"), Some(chemnitz));
        assert_eq!(codes(&regions, "145"), codes(&regions, "ded4"));
        assert_eq!(codes(&regions, "DEG0"), one("16"));
        assert_eq!(codes(&regions, "160"), one("16"));
        assert_eq!(codes(&regions, "DE60"), one("02000"));
        assert_eq!(codes(&regions, "110"), one("11000"));
    }

    #[test]
    fn every_kreis_belongs_to_a_nuts_2_region_and_to_a_regierungsbezirk_or_land() {
        let regions = Regions::built_in();
        let levels = || regions.levels.iter().filter(|(code, _)| matches!(code.len(), 3 | 4));
        for (node, entry) in regions.tree.nodes().filter(|(_, entry)| entry.kind == RegionKind::Kreis) {
            let span = regions.tree.span(Region::from_node(node));
            let contains =
                |set: &RegionSet| set.regions().iter().any(|region| regions.tree.span(*region).contains(span));
            let of: Vec<&str> = levels().filter(|(_, set)| contains(set)).map(|(code, _)| code.as_str()).collect();
            assert_eq!(of.iter().map(|code| code.len()).collect::<Vec<_>>(), [3, 4], "{} {of:?}", entry.code);
            assert_eq!(of.first(), entry.code.get(..3).as_ref(), "{}", entry.code);
        }
        assert!(codes(&regions, "DE71").unwrap().contains(&"06415".to_owned()));
        assert_eq!(codes(&regions, "DE719"), Some(vec!["06415".to_owned(), "06435".to_owned()]));
    }

    #[test]
    fn relations_in_saxony() {
        let regions = Regions::built_in();
        let relation = |region: &str, area: &str| {
            let (region, area) = (regions.resolve(region).unwrap(), regions.resolve_area(area).unwrap());
            let areas = regions.areas(vec![area], false).unwrap();
            let candidates = regions.origin(&region).candidates(&areas);
            candidates.iter().next().map_or(Relation::Outside, |(relation, _)| relation)
        };
        assert_eq!(relation("14612", "14612"), Relation::Within);
        assert_eq!(relation("14628010", "14628"), Relation::Within);
        assert_eq!(relation("14628010", "DE"), Relation::Within);
        assert_eq!(relation("14", "14612"), Relation::Part);
        assert_eq!(relation("14628", "14628010"), Relation::Part);
        assert_eq!(relation("14628010", "14628020"), Relation::SameKreis);
        assert_eq!(relation("14628010", "14612"), Relation::Neighbour);
        assert_eq!(relation("14612", "14713"), Relation::Outside);
        assert_eq!(relation("12062", "14"), Relation::Outside);
        assert_eq!(relation("14", "15"), Relation::Outside, "a Land has no neighbours");
        assert_eq!(relation("DED4", "145"), Relation::Within);
        assert_eq!(relation("DED4", "14"), Relation::Within);
        assert_eq!(relation("DED4", "14511"), Relation::Part);
        assert_eq!(relation("DED4", "DED2"), Relation::Neighbour);
        assert_eq!(relation("DED4", "14612"), Relation::Outside);
    }

    #[test]
    fn an_alias_of_several_regions_is_all_of_them() {
        let mut regions = Regions::built_in();
        let mut alias = |from: &str, to: &[&str]| {
            let to: Vec<RegionSet> = to.iter().map(|code| regions.resolve_area(code).unwrap()).collect();
            let to = regions.union(to).unwrap();
            regions.insert_alias(from, RegionAlias { to, kind: None });
        };
        alias("02999", &["14625", "14626"]);
        alias("14612", &["12063"]);
        alias("14193", &["11000"]);
        alias("DED4Z", &["14612"]);
        alias("01067", &["14612"]);
        alias("01768", &["14612", "14628010"]);
        alias("vague", &["DED2"]);
        alias("nested", &["14", "14612"]);
        alias("twice", &["14612", "14612"]);
        alias("level", &["DED2"]);
        alias("villages", &["14628010", "14628020"]);
        assert_eq!(codes(&regions, "02999"), Some(vec!["14625".to_owned(), "14626".to_owned()]));
        assert_eq!(codes(&regions, "14612"), one("14612"), "a code of the tree keeps its meaning");
        assert_eq!(codes(&regions, "01067"), one("14612"));
        assert_eq!(codes(&regions, "14193"), one("14524"), "so does a retired code");
        assert_eq!(codes(&regions, "14193010"), one("14524"));
        assert_eq!(regions.resolve_area("DED4").unwrap().regions().len(), 5, "and so does a level");
        assert_eq!(codes(&regions, "01067010"), None, "a postcode is no retired code");
        assert_eq!(codes(&regions, "nested"), one("14"), "the one that contains the other");
        assert_eq!(regions.resolve_area("nested").unwrap().all_regions().len(), 2, "but an area has both");
        assert_eq!(regions.resolve_area("vague").unwrap().regions().len(), 5, "not all of Sachsen");
        assert!(matches!(regions.resolve_area("twice"), Some(RegionSet::One(_))));
        let group = |code: &str| match regions.resolve_area(code) {
            Some(RegionSet::Several(group)) => group,
            _ => panic!("one region"),
        };
        assert!(Arc::ptr_eq(&group("level"), &group("DED2")), "an alias of a level shares its regions");
        let kreis = |code: &str| regions.kreis_code(&regions.resolve(code).unwrap());
        assert_eq!(kreis("villages").as_deref(), Some("14628"));
        assert_eq!(kreis("02999").as_deref(), Some("14"));
        assert_eq!(kreis("DED4").as_deref(), Some("14"));
        assert_eq!(kreis("14628010").as_deref(), Some("14628"));
    }

    #[test]
    fn the_common_ancestor_is_that_of_the_paths_to_the_root() {
        let mut regions = Regions::built_in();
        // A chain with a side branch at each node, and a bush.
        for index in 0..60 {
            let parent = match index {
                0 => "14628".to_owned(),
                _ if index % 3 == 0 => format!("q-{}", index / 2),
                _ => format!("q-{}", index - 1),
            };
            let (code, kind) = (format!("q-{index}"), RegionKind::Gemeinde);
            regions.insert(RegionEntry { code: code.clone(), kind, kreisfrei: false, centre: None, name: None });
            regions.index_codes();
            assert_eq!(regions.set_parents(&[(&code, &parent)]), [Some(true)]);
        }
        regions.index();
        let parents: std::collections::BTreeMap<&str, Option<&str>> =
            regions.entries().map(|(entry, parent, _)| (entry.code.as_str(), parent)).collect();
        let path = |code| std::iter::successors(Some(code), |code| parents.get(code).copied().flatten());
        let find = |code: &str| regions.tree.find(code).unwrap();
        let nodes: Vec<&str> =
            parents.keys().copied().filter(|code| code.starts_with(['q', 'D']) || code.len() < 3).collect();
        for (a, b) in nodes.iter().flat_map(|a| nodes.iter().map(move |b| (*a, *b))) {
            let expected = path(a).find(|ancestor| path(b).any(|other| other == *ancestor)).map(find);
            assert_eq!(regions.tree.common_ancestor(find(a), find(b)), expected, "{a} {b}");
        }
    }

    #[test]
    fn a_region_that_would_contain_itself_is_left_out() {
        let mut regions = Regions::built_in();
        for code in ["a", "b", "c"] {
            let (code, kind) = (code.to_owned(), RegionKind::Kreis);
            regions.insert(RegionEntry { code, kind, kreisfrei: false, centre: None, name: None });
        }
        regions.index_codes();
        let links = [("a", "b"), ("b", "c"), ("c", "a"), ("a", "b"), ("a", "x"), ("DE", "14612")];
        let expected = [Some(true), Some(true), Some(false), Some(true), None, Some(false)];
        assert_eq!(regions.set_parents(&links), expected);
        // Swapping parent and child is no circle, in whichever order.
        for links in [[("b", "a"), ("a", "14")], [("a", "14"), ("b", "a")]] {
            assert_eq!(regions.set_parents(&links), [Some(true), Some(true)]);
        }
    }

    #[test]
    fn a_name_that_two_kreise_share_is_qualified() {
        let regions = Regions::built_in();
        assert_eq!(regions.name("14713", &str::to_owned).as_deref(), Some("Leipzig (Stadt)"));
        assert_eq!(regions.name("14729", &str::to_owned).as_deref(), Some("Leipzig (Landkreis)"));
        assert_eq!(regions.name("14612", &str::to_owned).as_deref(), Some("Dresden"));
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
