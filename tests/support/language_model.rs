//! A second, plain implementation of the design's rules for languages, which shares no code with the library. It reads the same
//! tables of data, but knows only the tags that `records` draws.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::model::{ONE, effective_rule, field, units};

/// The fit that the model expects, and whether it is known.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct LanguageFit {
    pub(crate) fit: u64,
    pub(crate) is_known: bool,
}

/// A primary language and a variant that is spoken.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Tag {
    primary: String,
    variant: String,
}

impl Tag {
    fn is_simple(&self) -> bool {
        self.variant == "simple"
    }
}

/// Umbrella codes, comprehension rows and aliases, of the data, a vocabulary and a policy.
struct Tables {
    aliases: BTreeMap<String, String>,
    sign_languages: BTreeSet<String>,
    members: BTreeSet<(String, String)>,
    rows: BTreeMap<(Tag, Tag), u64>,
}

const ADDITIONS: &str = include_str!("../../core/data/language_additions.tsv");
const ROWS: &str = include_str!("../../core/data/comprehension.tsv");

fn cells(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split('\t').collect())
}

impl Tables {
    fn new(vocabulary: Option<&Value>, policy: &Value) -> Self {
        let aliases =
            [("deu", "de"), ("pes", "fa"), ("fa-af", "prs"), ("zh-mo", "zh-hk"), ("sgn-de", "gsg"), ("ar-apc", "apc")];
        let mut tables = Self {
            aliases: aliases.map(|(from, to)| (from.to_owned(), to.to_owned())).into(),
            sign_languages: ["gsg", "ase", "xml", "qas"].map(str::to_owned).into(),
            members: BTreeSet::new(),
            rows: BTreeMap::new(),
        };
        for row in cells(ADDITIONS) {
            let members = row[6].split(';').filter(|member| !member.is_empty());
            tables.members.extend(members.map(|member| (row[0].to_lowercase(), member.to_owned())));
        }
        for row in cells(ROWS) {
            let degree = format!("{:0<4}", row[2].trim_start_matches("0."));
            tables.rows.insert((tables.tag(row[0]), tables.tag(row[1])), degree.parse().unwrap());
        }
        let own = |name: &str| vocabulary.and_then(|own| field(own, name));
        for (umbrella, members) in own("umbrellas").and_then(Value::as_object).into_iter().flatten() {
            let members = members.as_array().unwrap().iter();
            tables.members.extend(members.map(|member| (umbrella.clone(), member.as_str().unwrap().to_owned())));
        }
        for (from, to) in own("languages").and_then(Value::as_object).into_iter().flatten() {
            tables.aliases.insert(from.clone(), to.as_str().unwrap().to_owned());
        }
        let of_policy = field(policy, "language").and_then(|language| field(language, "comprehension"));
        for row in [own("comprehension"), of_policy].into_iter().flatten().filter_map(Value::as_array).flatten() {
            let end = |name: &str| tables.tag(row[name].as_str().unwrap());
            tables.rows.insert((end("from"), end("to")), units(&row["degree"]));
        }
        tables
    }

    /// Returns the meaning of a tag: aliases, the variant, and nothing of script, region and orthography.
    fn tag(&self, text: &str) -> Tag {
        let text = text.to_lowercase().replace('_', "-");
        let text = text.replace("-x-simple-language", "-simple");
        let subtags: Vec<&str> = text.split('-').collect();
        let with_region =
            subtags.iter().skip(1).find(|part| part.len() == 2).map(|region| format!("{}-{region}", subtags[0]));
        let known = |tag: &str| self.aliases.get(tag).cloned();
        let primary = known(&text).or_else(|| with_region.as_ref().and_then(|tag| known(tag)));
        let primary = primary.or_else(|| with_region.filter(|tag| tag == "zh-hk")).or_else(|| known(subtags[0]));
        let is_spoken = |part: &&&str| ["simple", "viennese"].contains(*part);
        let variant = subtags.iter().find(is_spoken).map_or("", |part| part);
        Tag { primary: primary.unwrap_or_else(|| subtags[0].to_owned()), variant: variant.to_owned() }
    }

    /// Returns the degree to which speakers of `from` understand `to`: `None` if the pair does not count, 1.1 if it is unknown.
    fn degree(&self, from: &Tag, to: &Tag, uses_rows: bool) -> Option<u64> {
        if from == to {
            return Some(ONE);
        }
        if from.primary != to.primary && [from, to].iter().any(|tag| self.sign_languages.contains(&tag.primary)) {
            return None;
        }
        let plain = |tag: &Tag| Tag { variant: String::new(), ..tag.clone() };
        let pairs = [
            (from.clone(), to.clone()),
            (from.clone(), plain(to)),
            (plain(from), to.clone()),
            (plain(from), plain(to)),
        ];
        if let Some(degree) = pairs.iter().filter(|_| uses_rows).find_map(|pair| self.rows.get(pair)) {
            return Some(*degree);
        }
        if from.primary == to.primary {
            return Some(if from.is_simple() && !to.is_simple() { 5_000 } else { ONE });
        }
        let is_member = |a: &Tag, b: &Tag| self.members.contains(&(a.primary.clone(), b.primary.clone()));
        (is_member(from, to) || is_member(to, from)).then_some(UNKNOWN)
    }
}

/// The degree of an umbrella code and its member.
const UNKNOWN: u64 = ONE + 1;

/// Returns the fit of an offer's languages for a need that states some.
pub(crate) fn fit(need: &Value, offer: &Value, policy: &Value, vocabulary: Option<&Value>) -> LanguageFit {
    let of_policy = |path: &[&str], default: u64| {
        path.iter().try_fold(policy, |record, name| field(record, name)).map_or(default, units)
    };
    let unknown_fit = of_policy(&["unknown_fit"], 5_000);
    let Some(offered) = field(offer, "languages").and_then(Value::as_array) else {
        return LanguageFit { fit: unknown_fit, is_known: false };
    };
    let tables = Tables::new(vocabulary, policy);
    let rule = effective_rule(need, policy, "language");
    let uses_rows = field(policy, "language").and_then(|language| language.get("related")) != Some(&Value::Bool(false));
    let parts = |language: &Value, attribute: &str| match language {
        Value::String(tag) => (tag.clone(), None),
        _ => (
            language["tag"].as_str().unwrap().to_owned(),
            field(language, attribute).and_then(Value::as_str).map(str::to_owned),
        ),
    };
    let (mut known, mut unknown) = (None, None);
    for (index, spoken) in need["languages"].as_array().unwrap().iter().enumerate() {
        let (tag, level) = parts(spoken, "level");
        let default = |level: &str| match level {
            "native" | "C2" => ONE,
            "C1" => 9_500,
            "B2" => 8_500,
            "B1" => 7_000,
            "A2" => 4_000,
            _ => 2_500,
        };
        let level = match level.as_deref() {
            None if index == 0 => ONE,
            stated => {
                let stated = stated.unwrap_or("B1");
                of_policy(&["language", "levels", stated], default(stated))
            }
        };
        let level = level.saturating_sub(of_policy(&["language", "order_step"], 500) * u64::try_from(index).unwrap());
        let from = tables.tag(&tag);
        for language in offered {
            let (tag, how) = parts(language, "how");
            let how = how.as_deref().unwrap_or("spoken");
            let default = match how {
                "spoken" => ONE,
                "interpreter" => 7_500,
                _ => 5_000,
            };
            let how = of_policy(&["language", "how", how], default);
            let product = |degree: u64| (level * how * degree * 2 + ONE * ONE) / (2 * ONE * ONE);
            let degree = match tag.as_str() {
                "mul" => (!tables.sign_languages.contains(&from.primary)).then_some(ONE),
                _ => tables.degree(&from, &tables.tag(&tag), uses_rows),
            };
            match degree {
                Some(UNKNOWN) if rule.rule != "must" || product(ONE) >= rule.minimum => {
                    unknown = unknown.max(Some(product(unknown_fit)));
                }
                Some(UNKNOWN) | None => {}
                Some(degree) => known = known.max(Some(product(degree))),
            }
        }
    }
    let is_enough = |fit: u64| rule.rule == "must" && rule.excludes_unknown && fit >= rule.minimum;
    match (known, unknown) {
        (Some(fit), Some(other)) if !is_enough(fit) && (other > fit || fit == 0) => {
            LanguageFit { fit: other, is_known: false }
        }
        (Some(fit), _) => LanguageFit { fit, is_known: true },
        (None, Some(fit)) => LanguageFit { fit, is_known: false },
        (None, None) => LanguageFit { fit: 0, is_known: true },
    }
}
