//! A second, plain implementation of the design's rules about regions, which shares no code with the library. It reads the tables
//! of regions, but not the library's code: every question is answered by a walk to the root and a loop over all Kreise.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::model::{Expected, ONE, field, units};

const REGIONS: &str = include_str!("../../core/data/regions.tsv");
const ALIASES: &str = include_str!("../../core/data/region_aliases.tsv");

#[derive(Clone, Debug, Default)]
struct Node {
    kind: String,
    parent: Option<String>,
    is_city: bool,
    centre: Option<(f64, f64)>,
    neighbours: BTreeSet<String>,
}

/// The regions of a request.
pub(crate) struct RegionModel {
    nodes: BTreeMap<String, Node>,
    /// NUTS and ISO codes and retired keys, each with the code of a node.
    codes: Vec<(String, String)>,
    loaded: BTreeMap<String, Vec<String>>,
}

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split('\t').collect())
}

fn point(lat: &Value, lon: &Value) -> Option<(f64, f64)> {
    Some((lat.as_f64()?, lon.as_f64()?))
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

impl RegionModel {
    pub(crate) fn new(additions: &Value) -> Self {
        let mut model = Self { nodes: BTreeMap::new(), codes: Vec::new(), loaded: BTreeMap::new() };
        let mut borders = Vec::new();
        for row in rows(REGIONS) {
            let [code, kind, parent, nuts, iso, city, _, lat, lon, neighbours] = row.try_into().unwrap();
            let centre = lat.parse().ok().zip(lon.parse().ok());
            let parent = Some(parent.to_owned()).filter(|parent| !parent.is_empty());
            let node = Node { kind: kind.to_owned(), parent, is_city: city == "yes", centre, ..Node::default() };
            model.nodes.insert(code.to_owned(), node);
            model.codes.extend([nuts, iso].map(|alias| (alias.to_owned(), code.to_owned())));
            borders.extend(neighbours.split(';').map(|other| (code.to_owned(), other.to_owned())));
        }
        model.codes.extend(rows(ALIASES).map(|row| (row[0].to_owned(), row[1].to_owned())));
        let added = additions["regions"].as_array().cloned().unwrap_or_default();
        for region in &added {
            let code = region["code"].as_str().unwrap().to_owned();
            let node = model.nodes.entry(code.clone()).or_default();
            node.kind = region["kind"].as_str().unwrap().to_owned();
            node.is_city = region["kreisfrei"] == true;
            node.centre = point(&region["lat"], &region["lon"]);
            if let Some(parent) = region["parent"].as_str() {
                node.parent = Some(parent.to_owned());
            }
            borders.extend(texts(&region["neighbours"]).into_iter().map(|other| (code.clone(), other)));
        }
        for (a, b) in borders {
            let (a, b) = (model.resolve(&a), model.resolve(&b));
            for (a, b) in a.iter().flat_map(|a| b.iter().map(move |b| (a, b))) {
                model.nodes.get_mut(a).unwrap().neighbours.insert(b.clone());
                model.nodes.get_mut(b).unwrap().neighbours.insert(a.clone());
            }
        }
        for (alias, to) in additions["region_aliases"].as_object().into_iter().flatten() {
            let to = to.as_str().map_or_else(|| texts(to), |code| vec![code.to_owned()]);
            let to: BTreeSet<String> = to.iter().flat_map(|code| model.resolve(code)).collect();
            model.loaded.insert(alias.to_uppercase(), to.into_iter().collect());
        }
        model
    }

    /// Returns the regions of a code, an unlisted Gemeinde by its AGS; none if it is unknown.
    fn resolve(&self, code: &str) -> Vec<String> {
        let upper = code.to_uppercase();
        let official = self.official(code).or_else(|| self.official(&upper));
        official.or_else(|| self.loaded.get(&upper).cloned()).unwrap_or_default()
    }

    fn official(&self, code: &str) -> Option<Vec<String>> {
        let is_number = code.bytes().all(|byte| byte.is_ascii_digit());
        if self.nodes.contains_key(code) {
            return Some(vec![self.city(code)]);
        }
        // A Land lies in its NUTS 1 region, a Kreis in that of NUTS 2.
        let with_code = |length: usize| self.codes.iter().filter(move |(other, _)| other.get(..length) == Some(code));
        let exact: BTreeSet<String> = with_code(code.len())
            .filter(|(other, _)| other == code && !code.is_empty())
            .map(|(_, to)| self.city(to))
            .collect();
        if !exact.is_empty() {
            return Some(exact.into_iter().collect());
        }
        let level = |members: BTreeSet<&String>, all: &dyn Fn(&str) -> bool| {
            let land = members.first().and_then(|kreis| kreis.get(..2))?;
            let kreise = self.nodes.iter().filter(|(code, node)| node.kind == "kreis" && code.starts_with(land));
            let is_land = kreise.filter(|(code, _)| all(code)).count() == members.len();
            Some(if is_land { vec![self.city(land)] } else { members.into_iter().cloned().collect() })
        };
        let is_kreis =
            |code: &&String| code.len() == 5 && self.nodes.get(*code).is_some_and(|node| node.kind == "kreis");
        match (is_number, code.len()) {
            (true, 3) => {
                level(self.nodes.keys().filter(is_kreis).filter(|kreis| kreis.starts_with(code)).collect(), &|code| {
                    code.bytes().all(|byte| byte.is_ascii_digit())
                })
            }
            (false, 4) => level(
                with_code(4).filter(|(nuts, _)| nuts.len() == 5).map(|(_, to)| to).filter(is_kreis).collect(),
                &|code| self.codes.iter().any(|(nuts, to)| nuts.len() == 5 && nuts.starts_with("DE") && to == code),
            ),
            (true, 8 | 9 | 12) => self.long_number(code),
            _ => None,
        }
    }

    fn long_number(&self, code: &str) -> Option<Vec<String>> {
        let (kreis, rest) = code.split_at(5);
        if rest.trim_matches('0').is_empty() {
            let level = [5, 3, 2].into_iter().map(|length| &code[..length]);
            let mut padded = level.filter(|level| code[level.len()..].trim_matches('0').is_empty());
            return padded.find_map(|level| match level {
                "00" => Some(vec!["DE".to_owned()]),
                // `010` is the Land 01, unless it has a Regierungsbezirk 0.
                _ => self.official(level),
            });
        }
        let gemeinde = if code.len() == 9 { "000" } else { &code[code.len() - 3..] };
        // Of 12 digits, as an ARS has them, the shorter AGS of the same Gemeinde may be listed.
        if gemeinde != "000" && code.len() == 12 {
            if let Some(known) = self.official(&format!("{kreis}{gemeinde}")) {
                return Some(known);
            }
        }
        let today = self.official(kreis)?;
        match today.as_slice() {
            [only] if only == kreis && gemeinde != "000" => Some(vec![format!("{kreis}{gemeinde}")]),
            [only] if self.kind(only) == "kreis" => Some(today),
            _ => None,
        }
    }

    /// Returns the Kreis of a Land that is a city, or the code itself.
    fn city(&self, code: &str) -> String {
        let is_city = self.nodes.get(code).is_some_and(|node| node.kind == "land" && node.is_city);
        let mut kreise =
            self.nodes.iter().filter(|(_, node)| node.parent.as_deref() == Some(code) && node.kind == "kreis");
        kreise.next().filter(|_| is_city).map_or(code, |(kreis, _)| kreis).to_owned()
    }

    fn kind(&self, region: &str) -> &str {
        self.nodes.get(region).map_or("gemeinde", |node| &node.kind)
    }

    /// Returns the region and all that contain it.
    fn path(&self, region: &str) -> Vec<String> {
        let mut path = vec![region.to_owned()];
        let mut next = match self.nodes.get(region) {
            Some(node) => node.parent.clone(),
            None => Some(region[..5].to_owned()),
        };
        while let Some(parent) = next {
            next = self.nodes[&parent].parent.clone();
            path.push(parent);
        }
        path
    }

    fn contains(&self, outer: &str, inner: &str) -> bool {
        self.path(inner).iter().any(|region| region == outer)
    }

    fn kreis(&self, region: &str) -> Option<String> {
        self.path(region).into_iter().find(|region| self.kind(region) == "kreis")
    }

    fn centre(&self, regions: &[String]) -> Option<(f64, f64)> {
        let [region] = regions else { return None };
        let path = self.path(region);
        let small = path.iter().take_while(|region| matches!(self.kind(region), "kreis" | "gemeinde"));
        small.filter_map(|region| self.nodes.get(region)?.centre).next()
    }

    /// Returns 3 for a country or `any`, 2 for a Land, 1 for a Kreis, 0 for a Gemeinde.
    fn size(&self, area: &str) -> usize {
        if area == "any" {
            return 3;
        }
        ["gemeinde", "kreis", "land", "country"].iter().position(|kind| *kind == self.kind(area)).unwrap()
    }

    /// Returns the expected fit.
    pub(crate) fn fit(&self, need: &Value, offer: &Value, policy: &Value) -> Expected {
        let mut regions = self.resolve(need["region"].as_str().unwrap());
        let all = regions.clone();
        regions.retain(|region| !all.iter().any(|other| other != region && self.contains(other, region)));
        let Some(area) = field(offer, "area") else { return Expected::Unknown };
        let (mut areas, mut any) = (Vec::new(), false);
        for code in texts(area) {
            if code == "any" { any = true } else { areas.extend(self.resolve(&code)) }
        }
        let policy = field(policy, "region").unwrap_or(&Value::Null);
        let neighbour = field(policy, "neighbour").map_or(4_000, units);
        let proximity = |size: usize| self.proximity(need, &regions, offer, size, policy);
        let mut best = 0;
        let mut consider = |closeness: u64, size: usize| {
            let (part, whole) = proximity(size);
            best = best.max((2 * closeness * part + whole) / (2 * whole));
        };
        let smallest = |region: &String| {
            let containing = areas.iter().filter(|area| self.contains(area, region)).map(|area| self.size(area));
            containing.chain(any.then_some(3)).min()
        };
        if let Some(sizes) = regions.iter().map(smallest).collect::<Option<Vec<_>>>() {
            consider(ONE, sizes.into_iter().max().unwrap());
        }
        for area in &areas {
            if regions.iter().any(|region| self.contains(region, area) || self.contains(area, region)) {
                consider(6_000, self.size(area));
            } else if regions.iter().any(|region| self.is_near(region, area)) {
                consider(neighbour, self.size(area));
            }
        }
        Expected::Fit(best)
    }

    /// Returns `true` if an area is in the Kreis of a region, or in a neighbouring one.
    fn is_near(&self, region: &str, area: &str) -> bool {
        let kreise = self.kreis(region).zip(self.kreis(area));
        kreise.is_some_and(|(own, other)| own == other || self.nodes[&own].neighbours.contains(&other))
    }

    /// Returns a fraction.
    fn proximity(&self, need: &Value, regions: &[String], offer: &Value, size: usize, policy: &Value) -> (u64, u64) {
        let wanted = field(need, "formats").map(texts);
        let given = field(offer, "formats").map(texts);
        let has = |formats: &Option<Vec<String>>, format: &str| {
            formats.as_ref().is_none_or(|formats| formats.iter().any(|one| one == format || one == "any"))
        };
        let shared = |format: &&str| given.is_some() && has(&given, format) && has(&wanted, format);
        let shared: Vec<&str> =
            ["on_site", "outreach", "phone", "video", "chat", "email"].into_iter().filter(shared).collect();
        let remote = (field(policy, "remote").map_or(9_000, units), ONE);
        let journey = self.journey(need, regions, offer, size, policy);
        let is_remote = shared.iter().any(|format| *format != "on_site");
        match (is_remote, shared.contains(&"on_site") || shared.is_empty()) {
            (true, false) => remote,
            (false, _) => journey,
            (true, true) => greater(journey, remote),
        }
    }

    fn journey(&self, need: &Value, regions: &[String], offer: &Value, size: usize, policy: &Value) -> (u64, u64) {
        let unknown = ([9_000, 9_000, 7_500, 6_000][size], ONE);
        let place = |record: &Value| point(&record["place"]["lat"], &record["place"]["lon"]);
        let offer_regions = offer["place"]["region"].as_str().map(|code| self.resolve(code)).unwrap_or_default();
        // The Kreis of the need contains all of its regions.
        let kreise: BTreeSet<Option<String>> = regions.iter().map(|region| self.kreis(region)).collect();
        let kreis = kreise.first().cloned().flatten().filter(|_| kreise.len() == 1);
        let is_in = |kreis: &String| offer_regions.iter().all(|region| self.contains(kreis, region));
        let is_in_kreis = !offer_regions.is_empty() && kreis.as_ref().is_some_and(is_in);
        if is_in_kreis && place(need).is_none() {
            return (ONE, ONE);
        }
        let ends =
            place(need).or_else(|| self.centre(regions)).zip(place(offer).or_else(|| self.centre(&offer_regions)));
        let Some(km) = ends.map(|(a, b)| kilometres(a, b)) else { return unknown };
        let whole = |name: &str, default: u64| field(policy, name).map_or(default, |km| km.as_u64().unwrap());
        let (near, far) = (whole("near_km", 15), whole("far_km", 150));
        let fall = ONE - field(policy, "far_fit").map_or(3_000, units);
        let beyond = km.clamp(near, far) - near;
        let known = (ONE * (far - near) - fall * beyond, ONE * (far - near));
        if is_in_kreis { greater(known, unknown) } else { known }
    }
}

fn greater(a: (u64, u64), b: (u64, u64)) -> (u64, u64) {
    if a.0 * b.1 > b.0 * a.1 { a } else { b }
}

#[expect(
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::as_conversions,
    reason = "a distance is the only floating-point result"
)]
fn kilometres(a: (f64, f64), b: (f64, f64)) -> u64 {
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let h = half(a.0, b.0) + a.0.to_radians().cos() * b.0.to_radians().cos() * half(a.1, b.1);
    (2.0 * 6_371.0 * h.sqrt().min(1.0).asin() + 0.5).floor() as u64
}
