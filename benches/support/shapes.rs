//! Random needs and offers with known values: a record consists of nine parts, and each part has one of a pool of values. The
//! score of each pair of values fits into a small table, so that the peers can rank the same records without any knowledge of
//! languages, regions or crimes.

use std::collections::BTreeSet;

use lotse::{Criterion, ExplainOptions, Fit, Matcher, Need, Offer, OnUnknown, PartialRule, Policy, Rule, example};
use serde_json::{Map, Value, json};

use crate::random::Random;

/// The built-in regions, for their codes, neighbours and centres.
const REGIONS: &str = include_str!("../../core/data/regions.tsv");

/// The distribution of the records.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Shape {
    /// One Land; few distinct needs and offers, repeated.
    Incident,
    /// The whole country; all needs are distinct.
    National,
    /// The same as `National`, under a policy that excludes no offer.
    Hard,
}

impl Shape {
    pub(crate) const ALL: [Self; 3] = [Self::Incident, Self::National, Self::Hard];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Incident => "incident",
            Self::National => "national",
            Self::Hard => "hard",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.name() == name)
    }

    /// Returns the numbers of distinct needs and offers, or `None` if records are not repeated.
    fn distinct_counts(self) -> Option<(usize, usize)> {
        (self == Self::Incident).then_some((366, 91))
    }

    fn policy(self) -> Policy {
        let policy = Policy::builder();
        let criteria = Criterion::all().filter(|_| self == Self::Hard);
        // A `must` with a minimum of 0 excludes no offer, and does not change the weights.
        let rule = PartialRule::from(Rule::Must).with_minimum(Fit::ZERO).with_unknown(OnUnknown::Allow);
        criteria.fold(policy, |policy, criterion| policy.rule(criterion, rule)).build().unwrap()
    }
}

/// The criteria that depend on each part.
const CRITERIA: [&[Criterion]; 9] = [
    &[Criterion::Help],
    &[Criterion::Crime],
    &[Criterion::Language],
    &[Criterion::Region, Criterion::Format], // the distance counts less by phone
    &[Criterion::Capacity],
    &[Criterion::Role],
    &[Criterion::Gender],
    &[Criterion::Age],
    &[Criterion::Access],
];

/// The values of one part in needs and in offers. No criterion depends on two parts.
pub(crate) struct Part {
    pub(crate) needs: Vec<Value>,
    pub(crate) offers: Vec<Value>,
}

/// The score of each pair of values of one part: a row for each value of a need, a column for each value of an offer.
#[derive(Default)]
pub(crate) struct ScoreTable {
    /// Weight × fit, in hundred-millionths.
    pub(crate) score: Vec<u32>,
    pub(crate) excluded: Vec<bool>,
    /// The number of criteria to check.
    pub(crate) to_check: Vec<u8>,
}

/// Needs and offers, with the index of each record's value in each part.
pub(crate) struct Records {
    pub(crate) shape: Shape,
    pub(crate) parts: Vec<Part>,
    pub(crate) needs: Vec<Need>,
    pub(crate) offers: Vec<Offer>,
    pub(crate) need_values: Vec<Vec<usize>>,
    pub(crate) offer_values: Vec<Vec<usize>>,
}

impl Records {
    /// Draws records; equal arguments give equal records.
    pub(crate) fn draw(shape: Shape, needs: usize, offers: usize) -> Self {
        let mut random = Random(11);
        let mut parts = parts(shape, &mut random);
        let need_sizes: Vec<usize> = parts.iter().map(|part| part.needs.len()).collect();
        let offer_sizes: Vec<usize> = parts.iter().map(|part| part.offers.len()).collect();
        let (mut need_values, mut offer_values) = match shape.distinct_counts() {
            Some((distinct_needs, distinct_offers)) => (
                repeated(&mut random, &distinct(&need_sizes, distinct_needs), needs),
                repeated(&mut random, &distinct(&offer_sizes, distinct_offers), offers),
            ),
            None => (distinct(&need_sizes, needs), independent(&mut random, &offer_sizes, offers)),
        };
        for (index, part) in parts.iter_mut().enumerate() {
            keep_used(&mut part.needs, &mut need_values, index);
            keep_used(&mut part.offers, &mut offer_values, index);
        }
        let need = |(number, values): (usize, &Vec<usize>)| {
            let values = parts.iter().zip(values).map(|(part, value)| &part.needs[*value]);
            Need::from_json(&record(&need_id(number), values)).unwrap()
        };
        let offer = |(number, values): (usize, &Vec<usize>)| {
            let values = parts.iter().zip(values).map(|(part, value)| &part.offers[*value]);
            Offer::from_json(&record(&offer_id(number), values)).unwrap()
        };
        let needs = need_values.iter().enumerate().map(need).collect();
        let offers = offer_values.iter().enumerate().map(offer).collect();
        Self { shape, needs, offers, need_values, offer_values, parts }
    }

    pub(crate) fn matcher(&self, offers: Vec<Offer>) -> Matcher {
        let builder = Matcher::builder().offers(offers).policy(self.shape.policy());
        builder.as_of(example::AS_OF.parse().unwrap()).build().unwrap()
    }

    /// Returns the score tables of all parts, by explaining each pair of values.
    ///
    /// Every need requests every criterion with a weight, so that all needs have the same weights.
    pub(crate) fn tables(&self) -> Vec<ScoreTable> {
        let first_offers: Vec<&Value> = self.parts.iter().map(|part| &part.offers[0]).collect();
        let first_needs: Vec<&Value> = self.parts.iter().map(|part| &part.needs[0]).collect();
        let table = |(index, part): (usize, &Part)| {
            let ids: Vec<String> = (0..part.offers.len()).map(offer_id).collect();
            let offers = ids
                .iter()
                .zip(&part.offers)
                .map(|(id, value)| Offer::from_json(&record(id, with_value(&first_offers, index, value))).unwrap());
            let matcher = self.matcher(offers.collect());
            let mut table = ScoreTable::default();
            for value in &part.needs {
                let need = Need::from_json(&record("n", with_value(&first_needs, index, value))).unwrap();
                table.add_row(&matcher, need, &ids, CRITERIA[index]);
            }
            table
        };
        self.parts.iter().enumerate().map(table).collect()
    }
}

impl ScoreTable {
    fn add_row(&mut self, matcher: &Matcher, need: Need, offers: &[String], criteria: &[Criterion]) {
        let pairs: Vec<(&str, &str)> = offers.iter().map(|offer| ("n", offer.as_str())).collect();
        for explanation in matcher.explain_all(&[need], &pairs, ExplainOptions::new()).unwrap() {
            let assessment = explanation.assessment();
            let findings = || criteria.iter().map(|criterion| assessment.finding(*criterion).unwrap());
            self.score.push(findings().map(|finding| finding.contribution().get()).sum());
            self.excluded.push(findings().any(|finding| finding.is_blocking()));
            let to_check = assessment.to_check().filter(|criterion| criteria.contains(criterion)).count();
            self.to_check.push(u8::try_from(to_check).unwrap());
        }
    }
}

pub(crate) fn need_id(number: usize) -> String {
    format!("n-{number:06}")
}

/// Returns ids in numerical order, because ids decide ties.
pub(crate) fn offer_id(number: usize) -> String {
    format!("o-{number:06}")
}

/// Returns the first value of each part, with another value in one part.
fn with_value<'a>(first: &'a [&'a Value], index: usize, value: &'a Value) -> impl Iterator<Item = &'a Value> {
    first.iter().enumerate().map(move |(part, first)| if part == index { value } else { *first })
}

/// Returns a record as JSON: an id, and the fields of these values.
fn record<'a>(id: &str, values: impl Iterator<Item = &'a Value>) -> String {
    let mut fields = Map::new();
    fields.insert("id".to_owned(), id.into());
    for value in values {
        fields.extend(value.as_object().unwrap().clone());
    }
    Value::Object(fields).to_string()
}

/// Draws `count` records independently. Small indices are drawn more often, because a pool begins with its usual values.
fn independent(random: &mut Random, sizes: &[usize], count: usize) -> Vec<Vec<usize>> {
    (0..count).map(|_| sizes.iter().map(|size| usual(random, *size)).collect()).collect()
}

/// Draws `count` distinct records.
fn distinct(sizes: &[usize], count: usize) -> Vec<Vec<usize>> {
    let (mut random, mut seen, mut drawn) = (Random(13), BTreeSet::new(), Vec::with_capacity(count));
    while drawn.len() < count {
        let record: Vec<usize> = sizes.iter().map(|size| usual(&mut random, *size)).collect();
        if seen.insert(record.clone()) {
            drawn.push(record);
        }
    }
    drawn
}

/// Draws `count` records from some distinct ones.
fn repeated(random: &mut Random, distinct: &[Vec<usize>], count: usize) -> Vec<Vec<usize>> {
    (0..count).map(|_| distinct[random.below(distinct.len())].clone()).collect()
}

/// Removes the values of a part that no record has, so that its table is as small as possible.
fn keep_used(values: &mut Vec<Value>, records: &mut [Vec<usize>], part: usize) {
    let used: BTreeSet<usize> = records.iter().map(|record| record[part]).collect();
    let used: Vec<usize> = used.into_iter().collect();
    *values = used.iter().map(|value| values[*value].clone()).collect();
    for record in records {
        record[part] = used.binary_search(&record[part]).unwrap();
    }
}

/// Draws an index below `size`; small ones are more likely.
fn usual(random: &mut Random, size: usize) -> usize {
    let end = 1 + random.below(size);
    random.below(end)
}

fn one<'a>(random: &mut Random, words: &[&'a str]) -> &'a str {
    words[random.below(words.len())]
}

/// Draws up to `most` distinct words, in the order of the list.
fn some<'a>(random: &mut Random, words: &[&'a str], most: usize) -> Vec<&'a str> {
    let count = 1 + random.below(most);
    let chosen: BTreeSet<usize> = (0..count).map(|_| usual(random, words.len())).collect();
    chosen.into_iter().map(|index| words[index]).collect()
}

/// Returns up to `count` distinct values, the usual ones first.
fn pool(usual: Vec<Value>, count: usize, mut draw: impl FnMut() -> Value) -> Vec<Value> {
    let mut seen: BTreeSet<String> = usual.iter().map(Value::to_string).collect();
    let mut values = usual;
    // The number of draws is limited, because there may be fewer distinct values.
    for _ in 0..count * 20 {
        let value = draw();
        if values.len() < count && seen.insert(value.to_string()) {
            values.push(value);
        }
    }
    values
}

fn parts(shape: Shape, random: &mut Random) -> Vec<Part> {
    vec![
        help(random),
        crime(random),
        language(random),
        location(shape, random),
        capacity(random),
        role(random),
        gender(),
        age(),
        access(random),
    ]
}

const HELP: [&str; 28] = [
    "psychosocial.counselling",
    "psychosocial.trauma_clinic",
    "psychosocial.acute",
    "financial.compensation_claim",
    "psychosocial.child_support",
    "financial.emergency_money",
    "legal.first_advice",
    "practical.everyday",
    "psychosocial.bereavement_group",
    "practical.case_management",
    "legal.witness_support",
    "practical.authority_accompaniment",
    "information.referral",
    "legal.representation",
    "protection.safety_advice",
    "protection.shelter",
    "psychosocial.psychotherapy",
    "psychosocial.pastoral",
    "legal.court_accompaniment",
    "medical.rehabilitation",
    "medical.care",
    "financial.accident_insurance",
    "financial.hardship_payment",
    "practical.housing_work",
    "practical.interpreting",
    "information.missing_person",
    "medical.forensic_documentation",
    "protection.media",
];
const HELP_GROUPS: [&str; 5] = ["psychosocial", "legal", "financial", "practical", "protection"];

fn help(random: &mut Random) -> Part {
    let needs = HELP.iter().map(|code| json!({"help": code})).collect();
    let offers = pool(HELP.iter().map(|code| json!({"help": [code]})).collect(), 120, || match random.below(8) {
        0 => json!({"help": some(random, &HELP_GROUPS, 2)}),
        _ => json!({"help": some(random, &HELP, 4)}),
    });
    Part { needs, offers }
}

const CRIMES: [&str; 16] = [
    "0102", "0101", "02", "02011", "020111", "0201", "01", "020112", "02012", "0202", "02022", "03", "0301", "04",
    "0401", "0103",
];
const CRIME_GROUPS: [&str; 6] = ["01", "02", "03", "04", "0101", "0201"];
const CONTEXTS: [&str; 8] =
    ["major_event", "terrorism", "hate", "amok", "domestic", "vehicle", "gender_based", "hate.racist"];

fn crime(random: &mut Random) -> Part {
    let usual = CRIMES.iter().map(|code| json!({"crime": {"code": code}})).collect();
    let needs = pool(usual, 160, || match random.below(6) {
        0 => json!({"crime": {"context": some(random, &CONTEXTS, 2)}}),
        _ => json!({"crime": {"code": one(random, &CRIMES), "context": some(random, &CONTEXTS, 3)}}),
    });
    let usual = vec![json!({"crimes": ["any"]}), json!({}), json!({"crimes": ["01", "02", "03"]})];
    let offers = pool(usual, 60, || match random.below(4) {
        0 => json!({"crimes": [{"code": one(random, &CRIMES), "context": some(random, &CONTEXTS, 2)}]}),
        1 => json!({"crimes": [{"context": some(random, &CONTEXTS, 2)}]}),
        _ => json!({"crimes": some(random, &CRIME_GROUPS, 4)}),
    });
    Part { needs, offers }
}

const LANGUAGES: [&str; 48] = [
    "de", "en", "uk", "ru", "ar", "tr", "prs", "fa", "pl", "kmr", "vi", "ckb", "ro", "bg", "es", "fr", "apc", "sr",
    "hr", "sq", "ps", "so", "ti", "it", "pt", "el", "cs", "hsb", "gsg", "ur", "hi", "zh", "ka", "hy", "ku", "am", "az",
    "bn", "ta", "th", "sw", "ha", "hu", "sk", "lt", "mk", "arz", "rom",
];
const LEVELS: [&str; 7] = ["A2", "B1", "A1", "B2", "C1", "native", "C2"];
const HOWS: [&str; 3] = ["interpreter", "on_request", "spoken"];

fn language(random: &mut Random) -> Part {
    let usual = vec![json!({"languages": ["de"]}), json!({"languages": ["de", {"tag": "en", "level": "B2"}]})];
    let needs = pool(usual, 500, || {
        let mut languages: Vec<Value> = Vec::new();
        let first = usual_word(random, &LANGUAGES);
        languages.push(json!(first));
        for tag in ["de", "en"] {
            if first != tag && random.below(2) == 0 {
                languages.push(json!({"tag": tag, "level": one(random, &LEVELS)}));
            }
        }
        json!({"languages": languages})
    });
    let usual = vec![json!({"languages": ["de"]}), json!({"languages": ["de", "en"]})];
    let offers = pool(usual, 400, || {
        let mut languages = vec![json!("de")];
        for tag in some(random, &LANGUAGES[1..], 4) {
            languages.push(match random.below(2) {
                0 => json!(tag),
                _ => json!({"tag": tag, "how": one(random, &HOWS)}),
            });
        }
        json!({"languages": languages})
    });
    Part { needs, offers }
}

fn usual_word<'a>(random: &mut Random, words: &[&'a str]) -> &'a str {
    words[usual(random, words.len())]
}

/// A Kreis with its centre and its neighbours.
struct Kreis {
    code: &'static str,
    lat: f64,
    lon: f64,
    neighbours: Vec<&'static str>,
}

fn kreise(shape: Shape) -> Vec<Kreis> {
    let rows = REGIONS.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let rows = rows.filter(|row| row.get(1) == Some(&"kreis"));
    let inside = rows.filter(|row| shape != Shape::Incident || row[0].starts_with("14"));
    let kreis = |row: Vec<&'static str>| Kreis {
        code: row[0],
        lat: row[7].parse().unwrap(),
        lon: row[8].parse().unwrap(),
        neighbours: row[9].split(';').filter(|code| !code.is_empty()).collect(),
    };
    inside.map(kreis).collect()
}

const FORMATS: [&str; 5] = ["on_site", "phone", "video", "outreach", "chat"];

fn location(shape: Shape, random: &mut Random) -> Part {
    let kreise = kreise(shape);
    let usual = kreise.iter().map(|kreis| json!({"region": kreis.code})).collect();
    let needs = pool(usual, 800, || {
        let kreis = &kreise[random.below(kreise.len())];
        json!({"region": kreis.code, "formats": some(random, &FORMATS, 2)})
    });
    let offers = pool(vec![json!({"area": ["DE"], "formats": ["phone"]})], 800, || {
        let kreis = &kreise[random.below(kreise.len())];
        let land = kreis.code.get(..2).unwrap();
        let area = match random.below(6) {
            0 => vec![land],
            1 | 2 => vec![kreis.code],
            _ => std::iter::once(kreis.code).chain(kreis.neighbours.iter().copied()).collect(),
        };
        let place = json!({"region": kreis.code, "lat": kreis.lat, "lon": kreis.lon});
        match random.below(5) {
            0 => json!({"area": area, "place": place}),
            _ => json!({"area": area, "place": place, "formats": some(random, &FORMATS, 3)}),
        }
    });
    Part { needs, offers }
}

fn capacity(random: &mut Random) -> Part {
    let needs = (1..=5).map(|people| json!({"people": people})).collect();
    let usual = (1..=5).map(|free| json!({"capacity": {"free": free, "updated": "2026-11-20"}}));
    let offers = pool(usual.collect(), 60, || {
        let updated = one(random, &["2026-11-22", "2026-11-20", "2026-10-30"]);
        match random.below(8) {
            0 => json!({"capacity": {"state": one(random, &["waitlist", "full", "unlimited"]), "updated": updated}}),
            1 => json!({"capacity": {"state": "assessment", "free": random.below(8), "updated": updated}}),
            _ => json!({"capacity": {"free": random.below(12), "updated": updated}}),
        }
    });
    Part { needs, offers }
}

const ROLES: [&str; 7] = ["injured", "affected", "bereaved", "relative", "witness", "first_aider", "emergency_crew"];

fn role(random: &mut Random) -> Part {
    let usual = ROLES.iter().map(|role| json!({"roles": [role]})).chain([json!({})]);
    let needs = pool(usual.collect(), 20, || json!({"roles": some(random, &ROLES, 3)}));
    let usual = vec![json!({"roles": ["any"]}), json!({})];
    let offers = pool(usual, 16, || json!({"roles": some(random, &ROLES, 4)}));
    Part { needs, offers }
}

fn gender() -> Part {
    let needs = vec![json!({}), json!({"gender": "female"}), json!({"gender": "male"}), json!({"gender": "other"})];
    let offers = vec![json!({}), json!({"genders": ["any"]}), json!({"genders": ["female"]})];
    Part { needs, offers }
}

fn age() -> Part {
    let needs = std::iter::once(json!({})).chain((5..90).map(|years| json!({"age": years}))).collect();
    let ages = [json!({"min": 18}), json!({"max": 17}), json!({"min": 16}), json!({"min": 6, "max": 26})];
    let offers = std::iter::once(json!({})).chain(ages.map(|ages| json!({"ages": ages}))).collect();
    Part { needs, offers }
}

const ACCESS: [&str; 5] = ["wheelchair", "child_friendly", "free_of_charge", "easy_language", "anonymous"];

fn access(random: &mut Random) -> Part {
    let needs = pool(vec![json!({})], 12, || json!({"access": some(random, &ACCESS, 2)}));
    let usual = vec![json!({}), json!({"no_access": ["wheelchair"]})];
    let offers = pool(usual, 24, || json!({"access": some(random, &ACCESS, 3)}));
    Part { needs, offers }
}
