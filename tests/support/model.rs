//! A second, plain implementation of the design's rules, which shares no code with the library: requested criteria, effective
//! rules, weights, and the fit of those criteria that depend on the two records alone.

use serde_json::Value;

use crate::records::CRITERIA;

/// Ten-thousandths in one.
pub(crate) const ONE: u64 = 10_000;

/// The fit that the model expects.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Expected {
    Fit(u64),
    Unknown,
    /// The criterion depends on tables of languages or regions.
    NotModelled,
}

/// The effective rule of one criterion.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct EffectiveRule<'v> {
    pub(crate) rule: &'v str,
    pub(crate) minimum: u64,
    pub(crate) excludes_unknown: bool,
}

/// Returns a field, or `None` if it is absent, null or empty.
pub(crate) fn field<'v>(record: &'v Value, name: &str) -> Option<&'v Value> {
    record.get(name).filter(|value| match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    })
}

/// Returns the ten-thousandths of a decimal, from its digits.
pub(crate) fn units(number: &Value) -> u64 {
    let text = number.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    format!("{whole}{decimals:0<4}").parse().unwrap()
}

fn at<'v>(record: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(record, |record, name| field(record, name))
}

fn fit_or(record: &Value, path: &[&str], default: u64) -> u64 {
    at(record, path).map_or(default, units)
}

fn whole_or(record: &Value, path: &[&str], default: u64) -> u64 {
    at(record, path).map_or(default, |number| number.as_u64().unwrap())
}

fn texts(list: Option<&Value>) -> Vec<&str> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Returns the need's rule, or else the policy's, or else the default; each of its three parts separately.
pub(crate) fn effective_rule<'v>(need: &'v Value, policy: &'v Value, criterion: &str) -> EffectiveRule<'v> {
    let stated = |name: &str| {
        [need, policy].into_iter().find_map(|record| match at(record, &["rules", criterion])? {
            short @ Value::String(_) => Some(short).filter(|_| name == "rule"),
            in_full => field(in_full, name),
        })
    };
    EffectiveRule {
        rule: stated("rule").and_then(Value::as_str).unwrap_or("must"),
        minimum: stated("minimum").map_or(if criterion == "language" { 2_500 } else { 1 }, units),
        excludes_unknown: stated("unknown").and_then(Value::as_str) == Some("exclude"),
    }
}

/// Returns `true` if the need states a value for the criterion and the rule does not ignore it.
pub(crate) fn is_requested(need: &Value, policy: &Value, criterion: &str) -> bool {
    let name = CRITERIA.iter().find(|(name, _)| *name == criterion).map_or("", |(_, name)| *name);
    let states = match criterion {
        "capacity" => true,
        "crime" => field(need, "crime").is_some_and(|crime| {
            crime.is_string() || field(crime, "code").is_some() || field(crime, "context").is_some()
        }),
        _ => field(need, name).is_some(),
    };
    states && effective_rule(need, policy, criterion).rule != "ignore"
}

/// Returns the weights of a need by the largest remainder method, in the order of criteria.
pub(crate) fn weights(need: &Value, policy: &Value) -> Vec<u64> {
    let defaults = [16, 20, 29, 20, 15, 0, 0, 0, 0, 0].map(|points| points * ONE);
    let raw = CRITERIA.iter().zip(defaults).map(|((criterion, _), default)| {
        let weight = fit_or(policy, &["weights", criterion], default);
        let preferred = weight == 0 && effective_rule(need, policy, criterion).rule == "prefer";
        let weight = if preferred { fit_or(policy, &["weights", "prefer"], 5 * ONE) } else { weight };
        if is_requested(need, policy, criterion) { weight } else { 0 }
    });
    let raw: Vec<u64> = raw.collect();
    let total: u64 = raw.iter().sum();
    if total == 0 {
        return raw;
    }
    let mut weights: Vec<u64> = raw.iter().map(|weight| weight * ONE / total).collect();
    while weights.iter().sum::<u64>() < ONE {
        // The largest remainder that was not rounded up yet; the first of equal ones.
        let remainder = |position: &usize| {
            let exact = raw[*position] * ONE;
            exact - (weights[*position] * total).min(exact)
        };
        let next = (0..10).rev().max_by_key(remainder).unwrap();
        weights[next] += 1;
    }
    weights
}

/// Returns the fit of an offer for a need in one criterion. `people` counts the need's group.
pub(crate) fn fit(criterion: &str, need: &Value, people: u64, offer: &Value, policy: &Value, as_of: &str) -> Expected {
    let served = |name: &str| texts(field(offer, name));
    let (known, full, none) = (Expected::Fit, Expected::Fit(ONE), Expected::Fit(0));
    let yes_no = |yes: bool| if yes { full } else { none };
    let is_unstated = |name: &str| field(offer, name).is_none();
    match criterion {
        "help" if is_unstated("help") => Expected::Unknown,
        "help" => {
            let requested = need["help"].as_str().unwrap();
            let fit = |code: &str| match code {
                _ if code == requested => 10_000,
                "any" => fit_or(policy, &["help", "any"], 5_000),
                _ if requested.starts_with(&format!("{code}.")) => fit_or(policy, &["help", "covered"], 8_000),
                _ if code.starts_with(&format!("{requested}.")) => fit_or(policy, &["help", "part"], 9_000),
                _ => 0,
            };
            known(served("help").into_iter().map(fit).max().unwrap())
        }
        "crime" if is_unstated("crimes") => Expected::Unknown,
        "crime" => {
            let scopes = field(offer, "crimes").and_then(Value::as_array).unwrap();
            known(scopes.iter().map(|scope| fit_of_scope(&need["crime"], scope, policy)).max().unwrap())
        }
        "capacity" => capacity(people, field(offer, "capacity"), policy, as_of),
        "role" if is_unstated("roles") => Expected::Unknown,
        "role" => {
            let below = |a: &str, b: &str| a == b || a.starts_with(&format!("{b}."));
            let requested = texts(field(need, "roles"));
            let common = |code: &&str| requested.iter().any(|role| below(role, code) || below(code, role));
            yes_no(served("roles").iter().any(|code| *code == "any" || common(code)))
        }
        "gender" if is_unstated("genders") => Expected::Unknown,
        "gender" => {
            let (gender, mut served) = (need["gender"].as_str().unwrap(), served("genders"));
            served.sort_unstable();
            served.dedup();
            match gender {
                _ if served.contains(&gender) || served.contains(&"any") || served.len() == 3 => full,
                "unknown" => Expected::Unknown,
                "other" if served.len() > 1 => Expected::Unknown,
                _ => none,
            }
        }
        "age" => {
            let end = |name| at(offer, &["ages", name]).and_then(Value::as_u64);
            let age = need["age"].as_u64().unwrap();
            match (end("min"), end("max")) {
                (None, None) => Expected::Unknown,
                (min, max) => yes_no(min.is_none_or(|min| min <= age) && max.is_none_or(|max| age <= max)),
            }
        }
        "format" if is_unstated("formats") => Expected::Unknown,
        "format" => {
            let requested = texts(field(need, "formats"));
            yes_no(served("formats").iter().any(|format| *format == "any" || requested.contains(format)))
        }
        "access" => {
            let (requested, offered, lacking) = (texts(field(need, "access")), served("access"), served("no_access"));
            match () {
                () if requested.iter().any(|tag| lacking.contains(tag)) => none,
                () if requested.iter().all(|tag| offered.contains(tag)) => full,
                () => Expected::Unknown,
            }
        }
        _ => Expected::NotModelled,
    }
}

fn fit_of_scope(crime: &Value, scope: &Value, policy: &Value) -> u64 {
    if scope == "any" {
        return fit_or(policy, &["crime", "general"], 8_000);
    }
    let code = |of: &'_ Value| {
        let code = of.as_str().or_else(|| field(of, "code").and_then(Value::as_str));
        code.map(|code| code.trim_start_matches("ICCS").to_owned())
    };
    let (requested, offered) = (code(crime), code(scope));
    let (stated, required) = (texts(field(crime, "context")), texts(field(scope, "context")));
    let fits = match (&requested, &offered) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(requested), Some(offered)) => requested.starts_with(offered),
    };
    let vague = match (&requested, &offered) {
        (None, Some(_)) => true,
        (Some(requested), Some(offered)) => requested != offered && offered.starts_with(requested),
        (_, None) => false,
    };
    let in_context = required.iter().all(|tag| stated.contains(tag));
    match (fits, vague, in_context) {
        (true, _, true) => ONE,
        (_, true, true) => fit_or(policy, &["crime", "vague"], 6_000),
        (true, _, false) | (_, true, false) if stated.is_empty() => fit_or(policy, &["crime", "context_open"], 4_000),
        _ => 0,
    }
}

fn capacity(people: u64, capacity: Option<&Value>, policy: &Value, as_of: &str) -> Expected {
    let Some(capacity) = capacity else { return Expected::Unknown };
    let state = field(capacity, "state").and_then(Value::as_str).unwrap_or("open");
    if state == "unlimited" {
        return Expected::Fit(ONE);
    }
    if let Some(day) = field(capacity, "updated").and_then(Value::as_str) {
        let age = days(as_of) - days(day);
        if age < 0 || age > i64::try_from(whole_or(policy, &["capacity", "stale_days"], 14)).unwrap() {
            return Expected::Unknown;
        }
    }
    let free = capacity.as_u64().or_else(|| field(capacity, "free").and_then(Value::as_u64));
    match (state, free) {
        ("waitlist", _) => Expected::Fit(fit_or(policy, &["capacity", "waitlist"], 2_000)),
        ("assessment", None) => Expected::Fit(fit_or(policy, &["capacity", "assessment"], 6_000)),
        ("full", _) => Expected::Fit(0),
        (_, None) => Expected::Unknown,
        (_, Some(free)) if free < people => Expected::Fit(0),
        (_, Some(free)) => {
            let comfort = people * (whole_or(policy, &["capacity", "comfortable"], 3) - 1);
            let spare = (free - people).min(comfort);
            // enough + (1 − enough) × spare / comfort in ten-thousandths, half up.
            let enough = fit_or(policy, &["capacity", "enough"], 9_500);
            let fit = (enough * comfort + (ONE - enough) * spare + comfort / 2).checked_div(comfort).unwrap_or(ONE);
            Expected::Fit(fit)
        }
    }
}

/// Returns the days of the calendar since the year 0, counted one by one.
fn days(day: &str) -> i64 {
    let parts: Vec<i64> = day.split('-').map(|part| part.parse().unwrap()).collect();
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let of_month = |year, month| match month {
        2 => 28 + i64::from(leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let years: i64 = (0..parts[0]).map(|year| 365 + i64::from(leap(year))).sum();
    years + (1..parts[1]).map(|month| of_month(parts[0], month)).sum::<i64>() + parts[2]
}
