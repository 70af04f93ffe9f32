use std::sync::Arc;

use crate::{
    decode::string_enum::string_enum,
    util::{
        fixed::{from_ten_thousandths, parse_ten_thousandths},
        geo::Coordinates,
        ordered_map::{OrderedMap, OrderedSet},
        packed_code::{ByShort, short},
        signature::bit,
        sort::sort,
        tsv::{REGION_ALIASES, REGIONS, parts, rows},
    },
};

string_enum! {
    /// The levels of a tree of regions.
    RegionKind {
        /// A country.
        Country = "country",
        /// A state of a country.
        Land = "land",
        /// A district: Landkreis or kreisfreie Stadt.
        Kreis = "kreis",
        /// A municipality.
        Gemeinde = "gemeinde",
    }
}

/// A known region: a node of the tree, or a Gemeinde below one that the tree does not list.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Region {
    node: u32,
    gemeinde: Option<Arc<str>>,
}

/// Why a code is no region.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum BadRegion {
    Unknown,
    /// A Gemeinde key that ends in 000, of a Landkreis.
    NotAGemeinde,
}

/// What an area is to a person's region.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Relation {
    /// The person's region lies within the area.
    Within,
    /// The area lies inside the person's region, which is only vaguely known.
    Part,
    /// Another Gemeinde of the same Kreis.
    SameKreis,
    /// The two Kreise touch.
    Neighbour,
    Outside,
}

/// One region as it is loaded.
#[derive(Clone, Debug)]
pub(crate) struct RegionEntry {
    pub(crate) code: String,
    pub(crate) kind: RegionKind,
    pub(crate) kreisfrei: bool,
    pub(crate) centre: Option<Coordinates>,
    pub(crate) name: Option<String>,
}

/// A tree of regions with neighbours and other keys.
#[derive(Clone, Debug, Default)]
pub(crate) struct Regions {
    nodes: Vec<Node>,
    // INVARIANT: as `settle` makes them, for the nodes and parents there are.
    places: Vec<Place>,
    by_code: OrderedMap<String, u32>,
    // INVARIANT: the short ones of these codes.
    by_short: ByShort,
    /// Other official keys, in upper case: NUTS, ISO, Kreise that are gone; each with the key of the tree.
    other_keys: OrderedMap<String, String>,
    /// Loaded keys, in upper case, for one region or several, such as postcodes. They never change what a key means anyway.
    aliases: OrderedMap<String, Vec<Region>>,
}

#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) entry: RegionEntry,
    parent: Option<u32>,
    neighbours: Vec<u32>,
    /// The bits of the neighbours: most others are told apart from them by these.
    near: u64,
}

/// Where a node is in the tree, to be asked often.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// Its number when each node is followed by all that lies within it, and the first number after these.
    numbers: (u32, u32),
    /// The Kreis that it is or lies in.
    kreis: Option<u32>,
    /// The bits of all Kreise that it is or lies in: own regions may have one within another.
    within: u64,
}

impl Regions {
    pub(crate) fn built_in() -> Self {
        let mut regions = Self::default();
        for [code, kind, _, nuts, iso, kreisfrei, name, lat, lon, _] in rows::<10>(REGIONS) {
            let Ok(kind) = kind.parse() else { continue };
            let degrees = |text| parse_ten_thousandths(text).map(from_ten_thousandths);
            let centre = degrees(lat).zip(degrees(lon)).and_then(|(lat, lon)| Coordinates::new(lat, lon).ok());
            regions.add(RegionEntry {
                code: code.to_owned(),
                kind,
                kreisfrei: kreisfrei == "yes",
                centre,
                name: Some(name.to_owned()),
            });
            for alias in [nuts, iso].into_iter().filter(|alias| !alias.is_empty() && *alias != code) {
                regions.other_keys.insert(alias.to_owned(), code.to_owned());
            }
        }
        for [code, _, parent, _, _, _, _, _, _, neighbours] in rows::<10>(REGIONS) {
            regions.set_parent(code, parent);
            for neighbour in parts(neighbours) {
                regions.add_border(code, neighbour);
            }
        }
        for [from, to] in rows::<2>(REGION_ALIASES) {
            regions.other_keys.insert(from.to_owned(), to.to_owned());
        }
        regions.settle();
        regions
    }

    /// To be called after the last region has its parent: works out what lies where.
    pub(crate) fn settle(&mut self) {
        let mut below: Vec<Vec<u32>> = vec![Vec::new(); self.nodes.len()];
        let mut open = Vec::new();
        for (number, node) in (0_u32..).zip(&self.nodes) {
            match node.parent.and_then(|parent| below.get_mut(parent as usize)) {
                Some(siblings) => siblings.push(number),
                None => open.push(number),
            }
        }
        self.places = vec![Place::default(); self.nodes.len()];
        let mut order = Vec::with_capacity(self.nodes.len());
        while let Some(number) = open.pop() {
            open.append(below.get_mut(number as usize).unwrap_or(&mut Vec::new()));
            let Some(node) = self.node(number) else { continue };
            let around = node.parent.map(|parent| self.place(parent)).unwrap_or_default();
            let (kreis, within) = match node.entry.kind {
                RegionKind::Kreis => (Some(number), around.within | bit(number)),
                _ => (around.kreis, around.within),
            };
            let first = u32::try_from(order.len()).unwrap_or(u32::MAX);
            order.push((number, node.parent));
            if let Some(place) = self.places.get_mut(number as usize) {
                *place = Place { numbers: (first, first.saturating_add(1)), kreis, within };
            }
        }
        // What lies within a node comes after it, so that from the end each is complete before it is told to its parent.
        for (number, parent) in order.into_iter().rev() {
            let (_, end) = self.place(number).numbers;
            if let Some(place) = parent.and_then(|parent| self.places.get_mut(parent as usize)) {
                place.numbers.1 = place.numbers.1.max(end);
            }
        }
    }

    fn place(&self, node: u32) -> Place {
        self.places.get(node as usize).copied().unwrap_or_default()
    }

    /// Adds a region, or replaces what is known of one.
    pub(crate) fn add(&mut self, entry: RegionEntry) {
        match self.by_code.get(&entry.code).and_then(|node| self.nodes.get_mut(*node as usize)) {
            Some(node) => {
                let name = entry.name.clone().or_else(|| node.entry.name.clone());
                node.entry = RegionEntry { name, ..entry };
            }
            None => {
                let node = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
                self.by_code.insert(entry.code.clone(), node);
                if let Some(short) = short(&entry.code) {
                    self.by_short.add(short, node);
                }
                self.nodes.push(Node { entry, parent: None, neighbours: Vec::new(), near: 0 });
            }
        }
    }

    /// Puts a region below another. False where that would make a circle, or one of the two is not known.
    pub(crate) fn set_parent(&mut self, code: &str, parent: &str) -> bool {
        let parent = self.key(parent).and_then(|parent| self.by_code.get(&parent)).copied();
        let (Some(child), Some(parent)) = (self.by_code.get(code).copied(), parent) else { return false };
        if self.path(parent).any(|above| above == child) {
            return false;
        }
        if let Some(node) = self.nodes.get_mut(child as usize) {
            node.parent = Some(parent);
        }
        true
    }

    /// Makes two regions neighbours of each other.
    pub(crate) fn add_border(&mut self, one: &str, other: &str) -> bool {
        let (Ok(one), Ok(other)) = (self.resolve(one), self.resolve(other)) else { return false };
        for (node, neighbour) in [(one.node, other.node), (other.node, one.node)] {
            let node = self.nodes.get_mut(node as usize);
            if let Some(node) = node.filter(|node| !node.neighbours.contains(&neighbour)) {
                node.neighbours.push(neighbour);
                node.near |= bit(neighbour);
            }
        }
        true
    }

    /// Lets another key stand for one region or several.
    pub(crate) fn add_alias(&mut self, from: &str, to: Vec<Region>) {
        self.aliases.insert(from.to_ascii_uppercase(), to);
    }

    /// The region of a code: as loaded, NUTS, ISO 3166-2, AGS or ARS. A level that the tree lacks becomes its parent, a
    /// key of several regions the smallest region that holds them all.
    pub(crate) fn resolve(&self, code: &str) -> Result<Region, BadRegion> {
        if let Some(region) = self.listed(code) {
            return Ok(region);
        }
        let regions = self.resolve_area(code)?;
        let (first, others) = regions.split_first().ok_or(BadRegion::Unknown)?;
        if others.is_empty() {
            return Ok(first.clone());
        }
        let mut common: Vec<u32> = self.path(first.node).collect();
        for other in others {
            let above = OrderedSet::from_iter(self.path(other.node));
            common.retain(|node| above.contains(node));
        }
        common.first().copied().map(Region::of_node).ok_or(BadRegion::Unknown)
    }

    /// The regions of a code in an area. A level that the tree lacks becomes its known members, as does a key of several.
    pub(crate) fn resolve_area(&self, code: &str) -> Result<Vec<Region>, BadRegion> {
        self.keyed(code).or_else(|bad| self.aliased(code).map(<[_]>::to_vec).ok_or(bad))
    }

    /// The region of a key of the tree, which nearly all codes are.
    fn listed(&self, code: &str) -> Option<Region> {
        let node = match short(code) {
            Some(short) => self.by_short.get(short),
            None => self.by_code.get(code).copied(),
        };
        node.map(|node| self.city(Region::of_node(node)))
    }

    /// Whether a key is another official one, beside that of the tree.
    pub(crate) fn is_other_key(&self, key: &str) -> bool {
        let key = key.to_ascii_uppercase();
        self.other_keys.contains_key(&key) && !self.by_code.contains_key(&key)
    }

    /// Whether the tree has this key itself.
    pub(crate) fn is_listed(&self, key: &str) -> bool {
        self.by_code.contains_key(key)
    }

    /// Whether a key names a city that is a Kreis of its own; nothing where it names no Kreis.
    pub(crate) fn is_city(&self, key: &str) -> Option<bool> {
        let entry = &self.node(*self.by_code.get(key)?)?.entry;
        (entry.kind == RegionKind::Kreis).then_some(entry.kreisfrei)
    }

    /// The regions that a loaded key stands for.
    pub(crate) fn aliased(&self, key: &str) -> Option<&[Region]> {
        self.aliases.get(&key.to_ascii_uppercase()).map(Vec::as_slice)
    }

    /// The regions of a key as the tree and the official systems of keys have it, whatever is loaded beside them.
    pub(crate) fn keyed(&self, code: &str) -> Result<Vec<Region>, BadRegion> {
        if let Some(region) = self.listed(code) {
            return Ok(vec![region]);
        }
        let listed = |key: &str| self.by_code.get(key).copied().map(Region::of_node);
        let upper = code.to_ascii_uppercase();
        let known = |key: &str| listed(key).or_else(|| listed(self.other_keys.get(key)?));
        if let Some(region) = known(&upper) {
            return Ok(vec![self.city(region)]);
        }
        // An association (9 digits) lies within its Kreis; a Gemeinde (12) has its AGS in the first five and last three.
        let digits = upper.bytes().all(|byte| byte.is_ascii_digit());
        let (kreis, gemeinde) = match (digits, upper.len()) {
            (true, 9) => (upper.get(..5), None),
            (true, 8) => (upper.get(..5), upper.get(5..)),
            (true, 12) => (upper.get(..5), upper.get(9..)),
            (true, 3) => return self.level(self.by_code.keys(), &upper, 5),
            (false, 4) => return self.level(self.other_keys.keys(), &upper, 5),
            _ => return Err(BadRegion::Unknown),
        };
        let kreis = kreis.ok_or(BadRegion::Unknown)?;
        let ags = gemeinde.map(|gemeinde| format!("{kreis}{gemeinde}"));
        if let Some(region) = ags.as_deref().and_then(known) {
            return Ok(vec![region]);
        }
        let region = known(kreis).ok_or(BadRegion::Unknown)?;
        let node = self.node(region.node).ok_or(BadRegion::Unknown)?;
        if node.entry.kind != RegionKind::Kreis {
            return Err(BadRegion::Unknown);
        }
        match ags {
            // Gemeinden of a dissolved Kreis were numbered anew: all that is sure is today's Kreis.
            Some(_) if node.entry.code != kreis => Ok(vec![region]),
            Some(ags) if !ags.ends_with("000") => Ok(vec![Region { gemeinde: Some(ags.into()), ..region }]),
            Some(_) if !node.entry.kreisfrei => Err(BadRegion::NotAGemeinde),
            _ => Ok(vec![region]),
        }
    }

    /// The key of a region within the tree: as loaded, where it is, so that a Land that is one city stays the Land.
    pub(crate) fn key(&self, code: &str) -> Option<String> {
        if self.by_code.contains_key(code) {
            return Some(code.to_owned());
        }
        self.resolve(code).ok().map(|region| self.code(&region))
    }

    /// Berlin and Hamburg are a Land and a Kreis at once: taken for the Kreis, so that the two keys mean one place.
    fn city(&self, region: Region) -> Region {
        let city = self.node(region.node).is_some_and(|n| n.entry.kind == RegionKind::Land && n.entry.kreisfrei);
        if !city {
            return region;
        }
        let kreis = self.nodes.iter().position(|node| node.parent == Some(region.node)).map(u32::try_from);
        kreis.and_then(Result::ok).map_or(region, Region::of_node)
    }

    /// The Kreise whose key of `length` begins with `prefix`: a Regierungsbezirk, or NUTS 2.
    fn level<'a>(
        &self,
        keys: impl Iterator<Item = &'a String>,
        prefix: &str,
        length: usize,
    ) -> Result<Vec<Region>, BadRegion> {
        let mut members = OrderedSet::default();
        for key in keys.filter(|key| key.len() == length && key.starts_with(prefix)) {
            let code = self.other_keys.get(key).unwrap_or(key);
            let node = self.by_code.get(code).and_then(|node| Some((*node, self.node(*node)?)));
            if let Some((node, _)) = node.filter(|(_, node)| node.entry.kind == RegionKind::Kreis) {
                members.insert(node);
            }
        }
        if members.is_empty() {
            return Err(BadRegion::Unknown);
        }
        Ok(members.iter().copied().map(Region::of_node).collect())
    }

    /// Those of most regions that have nothing to do with each other differ. What is larger than a Kreis has all.
    pub(crate) fn bits(&self, region: &Region) -> u64 {
        let place = self.place(region.node);
        if place.kreis.is_some() { place.within } else { u64::MAX }
    }

    /// The regions as they are to one of them.
    pub(crate) fn seen_from<'r>(&'r self, region: &'r Region) -> SeenFrom<'r> {
        let place = self.place(region.node);
        let kreis = place.kreis.and_then(|kreis| self.node(kreis));
        let (neighbours, near) = kreis.map_or((&[][..], 0), |kreis| (&kreis.neighbours, kreis.near | place.within));
        SeenFrom { regions: self, region, place, neighbours, near }
    }

    /// The Kreis that a region is or lies in.
    pub(crate) fn kreis(&self, region: &Region) -> Option<u32> {
        self.place(region.node).kreis
    }

    /// The key of the Kreis that a region is or lies in; of the region itself where that is larger.
    pub(crate) fn kreis_code(&self, region: &Region) -> String {
        let kreis = self.kreis(region).and_then(|node| self.node(node));
        kreis.map_or_else(|| self.code(region), |node| node.entry.code.clone())
    }

    /// The Land that a code names, or lies in; nothing where nobody knows the code, or it spans several.
    pub(crate) fn land(&self, code: &str) -> Option<u32> {
        let region = self.resolve(code).ok()?;
        self.path(region.node).find(|node| self.node(*node).is_some_and(|node| node.entry.kind == RegionKind::Land))
    }

    /// The centre of a region that is a Kreis or smaller. A Gemeinde without one takes that of its Kreis.
    pub(crate) fn centre(&self, region: &Region) -> Option<Coordinates> {
        self.path(region.node)
            .filter_map(|node| self.node(node))
            .take_while(|node| matches!(node.entry.kind, RegionKind::Kreis | RegionKind::Gemeinde))
            .find_map(|node| node.entry.centre)
    }

    pub(crate) fn kind(&self, region: &Region) -> RegionKind {
        match &region.gemeinde {
            Some(_) => RegionKind::Gemeinde,
            None => self.node(region.node).map_or(RegionKind::Country, |node| node.entry.kind),
        }
    }

    /// The key that everything is told by.
    pub(crate) fn code(&self, region: &Region) -> String {
        match &region.gemeinde {
            Some(gemeinde) => gemeinde.to_string(),
            None => self.node(region.node).map_or_else(String::new, |node| node.entry.code.clone()),
        }
    }

    /// The name of a code; where two Kreise share one, with their kind.
    pub(crate) fn name(&self, code: &str) -> Option<String> {
        let region = self.resolve(code).ok()?;
        let node = self.node(region.node)?;
        let name = node.entry.name.as_deref()?;
        let twins = |other: &&Node| other.entry.kind == RegionKind::Kreis && other.entry.name.as_deref() == Some(name);
        let name = match (node.entry.kind, self.nodes.iter().filter(twins).take(2).count()) {
            (RegionKind::Kreis, 2..) => {
                format!("{name} ({})", if node.entry.kreisfrei { "Stadt" } else { "Landkreis" })
            }
            _ => name.to_owned(),
        };
        Some(match &region.gemeinde {
            Some(gemeinde) => format!("Gemeinde {gemeinde} ({name})"),
            None => name,
        })
    }

    fn node(&self, node: u32) -> Option<&Node> {
        self.nodes.get(node as usize)
    }

    /// A node and all above it.
    fn path(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some(node), |node| self.node(*node)?.parent)
    }

    /// Every region in the order of codes: the node, its parent's code, its neighbours' codes.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&RegionEntry, Option<&str>, Vec<&str>)> {
        let code = |node: u32| self.node(node).map(|node| node.entry.code.as_str());
        self.by_code.values().filter_map(|node| self.node(*node)).map(move |node| {
            let mut neighbours: Vec<&str> = node.neighbours.iter().filter_map(|other| code(*other)).collect();
            sort(&mut neighbours);
            (&node.entry, node.parent.and_then(code), neighbours)
        })
    }

    /// Every other key with the keys of its regions.
    pub(crate) fn aliases(&self) -> OrderedMap<&str, Vec<String>> {
        let official = self.other_keys.iter().map(|(from, to)| (from.as_str(), vec![to.clone()]));
        let codes = |to: &Vec<Region>| to.iter().map(|region| self.code(region)).collect();
        let loaded = self.aliases.iter().map(|(from, to)| (from.as_str(), codes(to)));
        // What is official stands here once: a loaded key that says the same is not kept, one that says otherwise is.
        OrderedMap::from_iter(official.chain(loaded))
    }
}

/// What other regions are to a person's region, to be asked for many.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SeenFrom<'r> {
    regions: &'r Regions,
    region: &'r Region,
    place: Place,
    neighbours: &'r [u32],
    /// The bits of the Kreise around it, and of the neighbours of its own.
    near: u64,
}

impl SeenFrom<'_> {
    /// False where all areas that have these bits lie outside.
    pub(crate) fn may_reach(&self, bits: u64) -> bool {
        self.place.kreis.is_none() || self.near & bits != 0
    }

    /// What an area is to the region.
    pub(crate) fn relation(&self, area: &Region) -> Relation {
        let (inner, outer) = (self.place, self.regions.place(area.node));
        let apart = outer.numbers.1 <= inner.numbers.0 || inner.numbers.1 <= outer.numbers.0;
        if !apart {
            // One node holds the other; a Gemeinde that the tree does not list holds nothing but itself.
            let holds = |holder: &Region, around: Place, at: Place| match &holder.gemeinde {
                Some(_) => self.region == area,
                None => around.numbers.0 <= at.numbers.0,
            };
            if holds(area, outer, inner) {
                return Relation::Within;
            }
            if holds(self.region, inner, outer) {
                return Relation::Part;
            }
        }
        match (inner.kreis, outer.kreis) {
            (Some(_), Some(other)) if self.near & bit(other) == 0 => Relation::Outside,
            (Some(one), Some(other)) if one == other => Relation::SameKreis,
            (Some(_), Some(other)) if self.neighbours.contains(&other) => Relation::Neighbour,
            _ => Relation::Outside,
        }
    }
}

impl Region {
    fn of_node(node: u32) -> Self {
        Self { node, gemeinde: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(regions: &Regions, text: &str) -> Result<String, BadRegion> {
        regions.resolve(text).map(|region| regions.code(&region))
    }

    #[test]
    fn keys_of_every_system_are_understood() {
        let regions = Regions::built_in();
        for (typed, key) in [
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
            assert_eq!(code(&regions, typed), Ok(key.to_owned()), "{typed}");
        }
        for unknown in ["", "1", "99", "99999", "DEX", "14999", "14999001", "1461", "146120", "Dresden", "DE-XX"] {
            assert_eq!(code(&regions, unknown), Err(BadRegion::Unknown), "{unknown}");
        }
        for no_gemeinde in ["14628000", "146280060000"] {
            assert_eq!(code(&regions, no_gemeinde), Err(BadRegion::NotAGemeinde), "{no_gemeinde}");
        }
    }

    #[test]
    fn a_level_that_the_tree_lacks_is_its_members_in_an_area() {
        let regions = Regions::built_in();
        let codes = |text: &str| -> Vec<String> {
            regions.resolve_area(text).unwrap().iter().map(|region| regions.code(region)).collect()
        };
        assert_eq!(codes("DED4"), ["14511", "14521", "14522", "14523", "14524"]);
        assert_eq!(codes("145"), codes("DED4"));
    }

    #[test]
    fn bits_tell_nothing_apart_that_has_a_relation() {
        let mut regions = Regions::built_in();
        let added = (0..130).map(|number| (format!("k-{number}"), if number % 3 == 0 { "11000" } else { "k-0" }));
        for (code, _) in added.clone() {
            let kind = RegionKind::Kreis;
            regions.add(RegionEntry { code, kind, kreisfrei: false, centre: None, name: None });
        }
        for (code, parent) in added {
            regions.set_parent(&code, parent);
        }
        regions.settle();
        let all: Vec<Region> = (0..u32::try_from(regions.nodes.len()).unwrap()).map(Region::of_node).collect();
        for (one, other) in all.iter().flat_map(|one| all.iter().map(move |other| (one, other))) {
            let seen = regions.seen_from(one);
            let told = seen.may_reach(regions.bits(other)) || seen.relation(other) == Relation::Outside;
            assert!(told, "{} {}", regions.code(one), regions.code(other));
        }
    }

    #[test]
    fn relations_in_saxony() {
        let regions = Regions::built_in();
        let relation = |region: &str, area: &str| {
            regions.seen_from(&regions.resolve(region).unwrap()).relation(&regions.resolve(area).unwrap())
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
    fn a_key_of_several_is_vague_in_a_need_and_all_of_them_in_an_area() {
        let mut regions = Regions::built_in();
        let mut alias = |from: &str, to: &[&str]| {
            let to = to.iter().flat_map(|key| regions.resolve_area(key).unwrap()).collect();
            regions.add_alias(from, to);
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
        assert_eq!(code(&regions, "14612"), Ok("14612".to_owned()), "a key of the tree stays what it is");
        assert_eq!(code(&regions, "01067"), Ok("14612".to_owned()));
        assert_eq!(code(&regions, "14193"), Ok("14524".to_owned()), "so does a key of old");
        assert_eq!(code(&regions, "14193010"), Ok("14524".to_owned()));
        assert_eq!(regions.resolve_area("DED4").unwrap().len(), 5, "and a level");
        assert_eq!(code(&regions, "01067010"), Err(BadRegion::Unknown), "a postcode is no old key");
        assert_eq!(code(&regions, "01768"), Ok("14".to_owned()));
        assert_eq!(code(&regions, "nested"), Ok("14".to_owned()), "the one that holds the other");
        assert_eq!(code(&regions, "villages"), Ok("14628".to_owned()));
        assert_eq!(regions.resolve_area("vague").unwrap().len(), 5, "not all of Sachsen");
        let area = regions.resolve_area("07919").unwrap();
        assert_eq!(area.iter().map(|region| regions.code(region)).collect::<Vec<_>>(), ["14523", "16075"]);
    }

    #[test]
    fn the_two_leipzigs_stay_apart() {
        let regions = Regions::built_in();
        assert_eq!(regions.name("14713").as_deref(), Some("Leipzig (Stadt)"));
        assert_eq!(regions.name("14729").as_deref(), Some("Leipzig (Landkreis)"));
        assert_eq!(regions.name("14612").as_deref(), Some("Dresden"));
    }

    #[test]
    fn every_kreis_has_a_centre_a_land_and_a_neighbour_that_knows_it() {
        let regions = Regions::built_in();
        let entries: std::collections::BTreeMap<&str, _> = regions
            .entries()
            .map(|(entry, parent, neighbours)| (entry.code.as_str(), (entry, parent, neighbours)))
            .collect();
        let kreise = || entries.iter().filter(|(_, (entry, ..))| entry.kind == RegionKind::Kreis);
        assert_eq!(kreise().count(), 401);
        let named: std::collections::BTreeSet<_> =
            kreise().map(|(_, (entry, ..))| (&entry.name, entry.kreisfrei)).collect();
        assert_eq!(named.len(), 401, "a name stands once among cities, and once among Landkreise");
        for (code, (entry, parent, neighbours)) in kreise() {
            let centre = entry.centre.unwrap();
            // That each lies within the border itself was checked with the polygons, by scripts/regions.py.
            assert!((47.0..55.2).contains(&centre.lat()) && (5.8..15.1).contains(&centre.lon()), "{code}");
            assert_eq!(*parent, code.get(..2), "{code}");
            assert!(!neighbours.is_empty(), "{code}");
            assert!(neighbours.iter().all(|other| entries[other].2.contains(code)), "{code}");
        }
    }
}
