//! Random requests as data. The pools of values are small, so that needs and offers often have values that are related: umbrellas
//! and members, vague and precise codes, several spellings of one code.

use proptest::{
    collection::vec,
    prelude::*,
    sample::{Index, select, subsequence},
};
use serde_json::{Map, Value, json};

/// The day on which all capacities are judged.
pub(crate) const AS_OF: &str = "2026-11-23";

/// The criteria in their order, each with the field of a need that requests it.
pub(crate) const CRITERIA: [(&str, &str); 10] = [
    ("help", "help"),
    ("crime", "crime"),
    ("language", "languages"),
    ("region", "region"),
    ("capacity", "people"),
    ("role", "roles"),
    ("gender", "gender"),
    ("age", "age"),
    ("format", "formats"),
    ("access", "access"),
];

/// Data whose `Debug` is JSON, so that a failure can be reproduced.
#[derive(Clone)]
pub(crate) struct Json(pub(crate) Value);

impl std::fmt::Debug for Json {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // In one line, even if `{:#?}` is used.
        f.write_str(&self.0.to_string())
    }
}

type Data = BoxedStrategy<Value>;

const HELP: &[&str] = &[
    "psychosocial",
    "psychosocial.trauma_clinic",
    "psychosocial.acute",
    "legal",
    "legal.first_advice",
    "legal.first_advice.by_night",
    "own-kind_1",
];
const CRIMES: &[&str] = &["01", "0101", "02", "0201", "02011", "020111", "ICCS0101", "0199", "11"];
const CONTEXTS: &[&str] = &["terrorism", "hate", "own_setting"];
const ROLES: &[&str] = &["bereaved", "relative", "relative.bereaved", "witness", "relative_of.someone"];
const ACCESS: &[&str] = &["wheelchair", "easy_language", "own", "own.part"];
const GENDERS: &[&str] = &["female", "male", "other", "unknown"];
const FORMATS: &[&str] = &["on_site", "outreach", "phone", "video", "chat", "email"];
const LEVELS: &[&str] = &["native", "C2", "C1", "B2", "B1", "A2", "A1"];
const STATES: &[&str] = &["open", "waitlist", "assessment", "full", "unlimited"];
/// On `as_of`, recent, just not stale, just stale, stale, in the future.
const DAYS: &[&str] = &["2026-11-23", "2026-11-20", "2026-11-09", "2026-11-08", "2020-02-29", "2027-01-01"];
/// Languages, each in several spellings.
const LANGUAGES: &[&[&str]] = &[
    &["de", "DE-at", "deu", "de-CH-1996", "de_DE"],
    &["de-simple", "de-Latn-simple", "de-DE-x-simple-language"],
    &["de-viennese", "de-AT-viennese-1901"],
    &["en", "en-GB"],
    &["ku"],
    &["ku-simple"],
    &["kmr", "kmr-Latn-TR"],
    &["ckb"],
    &["fa", "pes"],
    &["prs", "fa-AF", "fa_AF"],
    &["sh"],
    &["sr", "sr-Cyrl"],
    &["hr"],
    &["ar"],
    &["apc", "ar-apc"],
    &["uk"],
    &["gsg", "sgn-DE"],
    &["ase"],
    &["xml"],
    &["kun", "kun-Latn"],
    &["zh", "zh-TW"],
    &["zh-HK", "zh_Hant_MO"],
    &["yue"],
];
/// Languages of the additions only.
const OWN_LANGUAGES: &[&[&str]] = &[&["qab"], &["qac", "qad"], &["qau"], &["qas"]];
const REGIONS: &[&str] = &[
    "DE",
    "14",
    "DE-SN",
    "DED2",
    "146",
    "145",
    "14612",
    "DED21",
    "14612000",
    "146120000000",
    "14628",
    "14628010",
    "146285201010",
    "14628020",
    "146285201",
    "14627",
    "14523",
    "14713",
    "14729",
    "14262",
    "12",
    "12062",
    "11",
    "11000",
    "DED4",
    "DEG0",
    "160",
    "16075",
    "14625",
    "14626000",
    "140000000000",
    "145000000000",
];
const OWN_REGIONS: &[&str] = &["14628030", "XJ", "XG", "XH", "AT", "AT-9", "x-alias", "x-vague", "99999"];

/// A request: `offers`, `needs`, `policy`, `as_of`, and sometimes `vocabulary`.
///
/// Some offers differ in their ids only, and some needs too.
pub(crate) fn request(offers: usize, needs: usize) -> impl Strategy<Value = Json> {
    prop_oneof![4 => request_of(false, offers, needs), 1 => request_of(true, offers, needs)].prop_map(Json)
}

/// A request with additions to the vocabulary, or without.
pub(crate) fn request_of(own: bool, offers: usize, needs: usize) -> Data {
    let ids = |most: usize| vec((any::<Index>(), 0_usize..5), 0..=most);
    let offer_bodies = vec(offer(own), 1..=offers.div_ceil(2));
    let need_bodies = vec(need(own), 1..=needs.saturating_sub(needs / 4).max(1));
    let additions = if own { vocabulary().prop_map(Some).boxed() } else { Just(None).boxed() };
    let parts = (offer_bodies, ids(offers), need_bodies, ids(needs), maybe(6, 1, policy()), additions);
    let request = parts.prop_map(|(offer_bodies, offer_ids, need_bodies, need_ids, policy, additions)| {
        let mut request = json!({
            "offers": with_ids("o", &offer_bodies, &offer_ids),
            "needs": with_ids("n", &need_bodies, &need_ids),
            "as_of": AS_OF,
        });
        for (name, value) in [("policy", policy), ("vocabulary", additions)] {
            if let (Some(value), Some(fields)) = (value, request.as_object_mut()) {
                fields.insert(name.to_owned(), value);
            }
        }
        request
    });
    request.boxed()
}

/// Gives the records ids whose order by bytes is neither numerical nor alphabetical.
fn with_ids(letter: &str, bodies: &[Value], picks: &[(Index, usize)]) -> Vec<Value> {
    let records = picks.iter().enumerate().map(|(number, (pick, style))| {
        let capital = letter.to_uppercase();
        let id = match style {
            0 => format!("{letter}-{number}"),
            1 => format!("{letter}-0{number}"),
            2 => format!("{capital}-{number}"),
            3 => format!("ö-{number}"),
            _ => format!("😀{number}"),
        };
        with_id(pick.get(bodies), &id)
    });
    records.collect()
}

/// Returns the record with this id.
pub(crate) fn with_id(body: &Value, id: &str) -> Value {
    let mut record = body.clone();
    if let Some(fields) = record.as_object_mut() {
        fields.insert("id".to_owned(), id.into());
    }
    record
}

/// An offer without an id. `own` includes the codes of the additions.
pub(crate) fn offer(own: bool) -> Data {
    let language = prop_oneof![
        6 => one_language(own).prop_map(Value::from),
        4 => (one_language(own), select(&["spoken", "interpreter", "on_request"])).prop_map(|(tag, how)| json!({"tag": tag, "how": how})),
        1 => Just(json!("mul")),
        1 => Just(json!({"tag": "mul", "how": "interpreter"})),
    ];
    let place = object(vec![("region", 2, 1, word(&regions(own)))], coordinates(1, 1));
    let scope = prop_oneof![
        2 => word(CRIMES),
        1 => word(CRIMES).prop_map(|code| json!({"code": code})),
        1 => some_of(CONTEXTS, 1..=2).prop_map(|context| json!({"context": context})),
        2 => (word(CRIMES), some_of(CONTEXTS, 1..=2)).prop_map(|(code, context)| json!({"code": code, "context": context})),
    ];
    let access = subsequence(ACCESS.to_vec(), 0..=3).prop_shuffle().prop_flat_map(|tags| {
        (Just(tags.clone()), 0..=tags.len()).prop_map(|(tags, middle)| {
            let (offered, lacking) = tags.split_at(middle);
            json!({"access": offered, "no_access": lacking})
        })
    });
    let contact = object(vec![("phone", 1, 1, text()), ("email", 1, 1, text()), ("url", 1, 1, text())], empty());
    let fields = vec![
        ("name", 1, 3, text()),
        ("organisation", 1, 3, text()),
        ("help", 3, 2, list(or_any(word(HELP)), 3)),
        ("languages", 4, 1, list(language.boxed(), 6)),
        ("area", 4, 1, list(or_any(word(&regions(own))), 3)),
        ("place", 1, 1, place),
        ("crimes", 3, 2, list(or_any(scope.boxed()), 3)),
        ("capacity", 5, 1, capacity()),
        ("roles", 1, 1, list(or_any(word(ROLES)), 2)),
        ("genders", 1, 1, list(or_any(word(GENDERS)), 2)),
        ("ages", 1, 1, ages()),
        ("formats", 1, 1, list(or_any(word(FORMATS)), 3)),
        ("contact", 1, 6, contact),
    ];
    object(fields, access.boxed())
}

/// A capacity: a number, or an object.
pub(crate) fn capacity() -> Data {
    let fields = vec![
        ("free", 2, 1, (0..8_u32).prop_map(Value::from).boxed()),
        ("total", 1, 4, (8..20_u32).prop_map(Value::from).boxed()),
        ("state", 2, 1, word(STATES)),
        ("updated", 1, 1, word(DAYS)),
    ];
    prop_oneof![(0..8_u32).prop_map(Value::from), object(fields, empty())].boxed()
}

fn need(own: bool) -> Data {
    let mut known = LANGUAGES.to_vec();
    if own {
        known.extend(OWN_LANGUAGES);
    }
    let level = maybe(1, 1, word(LEVELS));
    let spoken = (any::<Index>(), any::<bool>(), level);
    // Of more than four languages an index selects some.
    let languages = (subsequence(known, 1..=6).prop_shuffle(), vec(spoken, 6)).prop_map(|(languages, spoken)| {
        let spoken = languages.iter().zip(&spoken).map(|(spellings, (spelling, short, level))| {
            let tag = spelling.get(spellings);
            match level {
                None if *short => json!(tag),
                None => json!({"tag": tag}),
                Some(level) => json!({"tag": tag, "level": level}),
            }
        });
        Value::from_iter(spoken)
    });
    // A location requires a region.
    let region = (word(&regions(own)), coordinates(1, 2)).prop_map(|(region, place)| match &place {
        Value::Object(fields) if !fields.is_empty() => json!({"region": region, "place": place}),
        _ => json!({"region": region}),
    });
    let where_to = prop_oneof![4 => region.boxed(), 1 => empty()];
    let crime = prop_oneof![
        word(CRIMES),
        object(vec![("code", 2, 1, word(CRIMES)), ("context", 2, 1, list(word(CONTEXTS), 2))], empty()),
    ];
    let people = prop_oneof![8 => 1..5_u32, 1 => Just(100_000_u32)];
    let fields = vec![
        ("case", 1, 3, word(&["c-1", "c-2"])),
        ("group", 1, 4, word(&["g-1", "g-2"])),
        ("people", 1, 1, people.prop_map(Value::from).boxed()),
        ("priority", 1, 1, word(&["stat", "asap", "urgent", "routine"])),
        ("help", 2, 1, word(HELP)),
        ("languages", 4, 1, languages.boxed()),
        ("crime", 2, 1, crime.boxed()),
        ("roles", 1, 2, list(word(ROLES), 2)),
        ("gender", 1, 2, word(GENDERS)),
        ("age", 1, 2, select(&[0_u8, 5, 17, 18, 34, 65, 150]).prop_map(Value::from).boxed()),
        ("formats", 1, 2, list(word(FORMATS), 3)),
        ("access", 1, 2, list(word(ACCESS), 2)),
        ("rules", 1, 3, rules()),
    ];
    object(fields, where_to.boxed())
}

/// A policy with some of the keys.
pub(crate) fn policy() -> Data {
    let weight = || {
        prop_oneof![
            2 => select(&[0_u32, 1, 3, 7, 10, 35, 1_000_000]).prop_map(Value::from),
            1 => select(&[0.0001, 0.5, 3.3333, 12.5]).prop_map(Value::from),
        ]
        .boxed()
    };
    let names: Vec<&'static str> = CRITERIA.iter().map(|(name, _)| *name).chain(["prefer"]).collect();
    let some = object(names.iter().map(|name| (*name, 1, 1, weight())).collect(), empty());
    let none = Value::Object(names.iter().map(|name| ((*name).to_owned(), json!(0))).collect());
    let weights = prop_oneof![8 => some, 1 => Just(none)].boxed();
    let fits = |names: &[&'static str]| object(names.iter().map(|name| (*name, 1, 1, fit())).collect(), empty());
    let language = object(
        vec![
            ("levels", 1, 1, fits(LEVELS)),
            ("how", 1, 1, fits(&["spoken", "interpreter", "on_request"])),
            ("order_step", 1, 1, fit()),
            ("related", 1, 1, any::<bool>().prop_map(Value::from).boxed()),
            (
                "comprehension",
                1,
                2,
                rows(&[("uk", "en"), ("hr", "sr"), ("ku", "kmr"), ("ar", "fa"), ("de-simple", "en")]),
            ),
        ],
        empty(),
    );
    let near_far = select(&[(0, 1), (0, 150), (15, 150), (14, 15), (100, 30_000)]);
    let region = object(
        vec![("far_fit", 1, 1, fit()), ("neighbour", 1, 1, fit()), ("remote", 1, 1, fit())],
        prop_oneof![
            near_far.prop_map(|(near, far)| json!({"near_km": near, "far_km": far})),
            Just(json!({"near_km": 7})),
            empty(),
        ]
        .boxed(),
    );
    let capacity = object(
        vec![
            ("enough", 1, 1, fit()),
            ("comfortable", 1, 1, select(&[1, 2, 3, 7, 1_000_000]).prop_map(Value::from).boxed()),
            ("waitlist", 1, 1, fit()),
            ("assessment", 1, 1, fit()),
            ("stale_days", 1, 1, select(&[0, 3, 14, 36_500]).prop_map(Value::from).boxed()),
            ("assume", 1, 1, (0..3_u32).prop_map(Value::from).boxed()),
        ],
        empty(),
    );
    let priorities = ["stat", "asap", "urgent", "routine"];
    let priorities =
        priorities.map(|name| (name, 1, 1, select(&[0, 1, 5, 1_000]).prop_map(Value::from).boxed())).to_vec();
    let fields = vec![
        ("weights", 1, 1, weights),
        ("rules", 1, 1, rules()),
        ("unknown_fit", 1, 1, fit()),
        ("help", 1, 2, fits(&["any", "covered", "part"])),
        ("language", 1, 1, language),
        ("region", 1, 1, region),
        ("crime", 1, 1, fits(&["general", "vague", "context_open"])),
        ("capacity", 1, 1, capacity),
        ("priority_weights", 1, 3, object(priorities, empty())),
    ];
    object(fields, empty())
}

/// Comprehension rows of some of these pairs.
fn rows(pairs: &[(&'static str, &'static str)]) -> Data {
    let row = |(from, to): &(&'static str, &'static str)| {
        let (from, to) = (*from, *to);
        fit().prop_map(move |degree| json!({"from": from, "to": to, "degree": degree, "source": "made up"})).boxed()
    };
    let rows: Vec<Data> = pairs.iter().map(row).collect();
    let most = rows.len();
    subsequence(rows, 0..=most).prop_flat_map(|rows| rows).prop_map(Value::from).boxed()
}

fn rules() -> Data {
    let rule = || word(&["must", "must", "prefer", "ignore"]);
    let in_full = || {
        object(
            vec![("rule", 2, 1, rule()), ("minimum", 1, 1, fit()), ("unknown", 1, 1, word(&["allow", "exclude"]))],
            empty(),
        )
    };
    let fields = CRITERIA.iter().map(|(name, _)| (*name, 1, 3, prop_oneof![rule(), in_full()].boxed()));
    object(fields.collect(), empty())
}

fn fit() -> Data {
    prop_oneof![
        1 => Just(json!(0)),
        1 => Just(json!(1)),
        3 => select(&[0.0001, 0.25, 0.2501, 0.3333, 0.5, 0.65, 0.7, 0.9999, 1.0]).prop_map(Value::from),
    ]
    .boxed()
}

/// Additions that always define `OWN_LANGUAGES` and `OWN_REGIONS`.
fn vocabulary() -> Data {
    let region = |code: &'static str, kind: &'static str, parent: Option<&'static str>| {
        let neighbours = list(word(&["14612", "14628", "XJ", "99999"]), 2);
        let fixed = coordinates(1, 1).prop_map(move |mut centre| {
            if let Some(fields) = centre.as_object_mut() {
                fields.insert("code".to_owned(), code.into());
                fields.insert("kind".to_owned(), kind.into());
                fields.extend(parent.map(|parent| ("parent".to_owned(), parent.into())));
            }
            centre
        });
        let mut fields = vec![("name", 1, 1, text())];
        if kind == "kreis" {
            fields.push(("neighbours", 1, 1, neighbours));
            fields.push(("kreisfrei", 1, 1, any::<bool>().prop_map(Value::from).boxed()));
        }
        object(fields, fixed.boxed())
    };
    let regions = [
        region("14628030", "gemeinde", Some("14628")),
        region("XG", "gemeinde", Some("XJ")),
        region("XH", "gemeinde", Some("XJ")),
        region("XJ", "kreis", Some("14")),
        region("99999", "kreis", Some("AT-9")),
        region("AT-9", "land", Some("AT")),
        region("AT", "country", None),
    ];
    let rows = rows(&[("qab", "de"), ("de", "qab"), ("qac", "prs"), ("kmr", "ku"), ("uk", "qau")]);
    let target = word(&["14612", "DED2F", "XJ", "14"]);
    (regions, rows, target, text())
        .prop_map(|(regions, rows, target, name)| {
            json!({
                "regions": regions,
                "region_aliases": {"x-alias": target, "x-vague": ["14625", "DED2F", target], "14612": "14713"},
                "languages": {"qad": "qac", "qae": "prs"},
                "sign_languages": ["qas"],
                "umbrellas": {"qau": ["qab", "qac"], "sh": ["hr"]},
                "comprehension": rows,
                "names": [
                    {"kind": "language", "code": "qab", "lang": "de", "text": name},
                    {"kind": "help", "code": "own-kind_1", "lang": "en", "text": "own help"},
                ],
                "words": [
                    {"kind": "language", "codes": ["qab", "fa-AF", "de"], "lang": "de", "text": name},
                    {"kind": "region", "codes": [target, "XJ"], "lang": "de", "text": "Kurdisch"},
                    {"kind": "language", "codes": ["qac"], "lang": "de", "text": "Kurdisch"},
                ],
            })
        })
        .boxed()
}

fn regions(own: bool) -> Vec<&'static str> {
    let own = if own { OWN_REGIONS } else { &[] };
    REGIONS.iter().chain(own).copied().collect()
}

fn one_language(own: bool) -> BoxedStrategy<&'static str> {
    let mut tags: Vec<&'static str> = LANGUAGES.iter().flat_map(|spellings| spellings.iter().copied()).collect();
    if own {
        tags.extend(OWN_LANGUAGES.iter().flat_map(|spellings| spellings.iter().copied()));
    }
    select(tags).boxed()
}

fn ages() -> Data {
    let age = select(&[0_u8, 5, 6, 17, 18, 34, 65, 150]);
    let both = (age.clone(), age.clone()).prop_map(|(a, b)| json!({"min": a.min(b), "max": a.max(b)}));
    prop_oneof![both, age.clone().prop_map(|min| json!({"min": min})), age.prop_map(|max| json!({"max": max}))].boxed()
}

/// An object with or without `lat` and `lon`.
fn coordinates(some: u32, none: u32) -> Data {
    let near = (5_080..5_150_i32, 1_230..1_500_i32);
    let near = near.prop_map(|(lat, lon)| json!({"lat": hundredths(lat), "lon": hundredths(lon)}));
    let far = select(&[(0.0, 0.0), (-0.0, 180.0), (90.0, -180.0), (-90.0, 13.74), (51.05, 13.74)]);
    let far = far.prop_map(|(lat, lon)| json!({"lat": lat, "lon": lon}));
    let point = prop_oneof![4 => near, 1 => far];
    prop_oneof![some => point.boxed(), none => empty()].boxed()
}

fn hundredths(number: i32) -> Value {
    let (whole, rest) = (number.div_euclid(100), number.rem_euclid(100));
    serde_json::from_str(&format!("{whole}.{rest:02}")).unwrap_or(Value::Null)
}

fn text() -> Data {
    word(&["Weiße Brücke", "x", "<b>\"quoted\"</b>\u{0}\n", "שלום 😀", "null"])
}

fn word(words: &[&'static str]) -> Data {
    select(words.to_vec()).prop_map(Value::from).boxed()
}

fn some_of(words: &'static [&'static str], count: std::ops::RangeInclusive<usize>) -> Data {
    subsequence(words.to_vec(), count).prop_shuffle().prop_map(Value::from).boxed()
}

fn or_any(value: Data) -> Data {
    prop_oneof![7 => value, 1 => Just(json!("any"))].boxed()
}

/// One to `most` values, with occasional duplicates.
fn list(value: Data, most: usize) -> Data {
    vec(value, 1..=most).prop_map(Value::from).boxed()
}

fn empty() -> Data {
    Just(Value::Object(Map::new())).boxed()
}

/// The value, no field, or one of the ways to write an absent value.
fn maybe(some: u32, none: u32, value: Data) -> BoxedStrategy<Option<Value>> {
    let absent = select(vec![json!(null), json!([]), json!({}), json!("")]);
    let weight = |share: u32| share.saturating_mul(6);
    prop_oneof![
        weight(none) => Just(None),
        1 => absent.prop_map(Some),
        weight(some) => value.prop_map(Some),
    ]
    .boxed()
}

/// The object `rest` with these fields: name, the odds of being present and absent, value.
fn object(fields: Vec<(&'static str, u32, u32, Data)>, rest: Data) -> Data {
    let (names, values): (Vec<_>, Vec<_>) =
        fields.into_iter().map(|(name, some, none, value)| (name, maybe(some, none, value))).unzip();
    let all = (rest, values).prop_map(move |(mut all, values)| {
        let given = names.iter().zip(values).filter_map(|(name, value)| Some(((*name).to_owned(), value?)));
        if let Some(fields) = all.as_object_mut() {
            fields.extend(given);
        }
        all
    });
    all.boxed()
}
