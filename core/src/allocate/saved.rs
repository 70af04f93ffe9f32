//! The proof of a plan as data, for plans that are kept outside the process that computed them.
//!
//! The layout is compact and no part of the wire format: rows of integers. Integers beyond 64 bits are strings.

use std::sync::Arc;

use crate::{
    allocate::{
        allocation::{Allocation, OfferUsage, Referral},
        index::{Idx, IndexVec, NeedIdx, OfferIdx, SupplyIdx},
        proof::{NeedLink, Proof},
        summary::NeedSummary,
        unmet::{UnmetNeed, UnmetReason},
        verify::unverified,
    },
    decode::{to_value::to_value, value::Value},
    error::{Error, message},
    model::enums::Priority,
    solver::problem::{CLASSES, Certificate, Edge, Flow, Objective, PriceWitness, Problem, Solution, Supply},
    util::fixed::Score,
};

/// Returns what [`verify_plan`] needs besides the response: the solver's problem and solution, and the link of each need to them.
///
/// Its size is that of the [problem](Allocation::problem). Of each need it has the id, the number of people and the priority.
///
/// # Example: a plan that is saved with its proof
///
/// ```
/// use lotse::{AllocateOptions, Matcher, Need, Offer, wire};
/// let matcher = Matcher::builder().offers([Offer::builder("o-1").capacity(1).build()?]).build()?;
/// let plan = matcher.allocate(&[Need::builder("n-1").build()?], &AllocateOptions::new())?;
/// let proof = wire::plan_proof(&plan);
/// wire::verify_plan(&wire::to_value(&plan)?, &proof)?;
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn plan_proof(plan: &Allocation) -> Value<'static> {
    let (problem, solution, links) = (&plan.proof.problem, &plan.proof.solution, &plan.proof.links);
    let prices = solution.certificate.prices.iter();
    let needs = plan.needs.values().zip(links.values()).map(|(need, link)| {
        let mut row = vec![Value::from(need.need.clone())];
        row.extend([int(need.people), int(need.priority as u8)]);
        row.push(optional(link.supply.map(Idx::to_usize)));
        row.push(optional(link.previous.map(Idx::to_usize)));
        row.push(int(link.priority_weight));
        Value::Array(row)
    });
    object([
        ("supplies", problem.supplies.iter().map(supply_row).collect()),
        ("capacities", problem.capacities.iter().map(|places| places.map_or(Value::Null, int)).collect()),
        (
            "flows",
            solution.flows.iter().map(|flow| row(flow.iter().flat_map(|(sink, units)| [*sink, *units]))).collect(),
        ),
        ("objectives", [solution.objective, solution.bound, plan.objective, plan.bound].map(level_row).into()),
        ("prices", prices.copied().map(level_row).collect()),
        (
            "witnesses",
            solution.certificate.witnesses.iter().map(|unit| unit.as_ref().map_or(Value::Null, witness_row)).collect(),
        ),
        ("needs", needs.collect()),
    ])
}

/// Checks a response of `allocate` and its [proof](plan_proof), as [`Allocation::verify`] checks a plan.
///
/// # Errors
///
/// `problem.unverified` if the response or the proof was changed, or if they do not belong together.
///
/// # Example: a response that was changed
///
/// ```
/// use lotse::{AllocateOptions, Matcher, Need, Offer, wire};
/// let offers = [Offer::builder("o-1").capacity(1).build()?, Offer::builder("o-2").capacity(1).build()?];
/// let matcher = Matcher::builder().offers(offers).build()?;
/// let plan = matcher.allocate(&[Need::builder("n-1").build()?], &AllocateOptions::new())?;
/// let changed = serde_json::to_string(&plan).unwrap().replacen("o-1", "o-2", 1);
/// let error = wire::verify_plan(&wire::Value::from_json(&changed)?, &wire::plan_proof(&plan)).unwrap_err();
/// assert_eq!(error.code(), "problem.unverified");
/// # Ok::<(), lotse::Error>(())
/// ```
pub fn verify_plan(plan: &Value<'_>, proof: &Value<'_>) -> Result<(), Error> {
    let allocation = decode(plan, proof).ok_or_else(|| unverified(message!("verify.form")))?;
    allocation.verify()?;
    // What the check does not read is computed from what it has read.
    let computed = to_value(&allocation)?;
    let is_equal = |name| field(plan, name).zip(field(&computed, name)).is_some_and(|(a, b)| a == b);
    match ["offers", "objective", "bound", "certificate"].into_iter().all(is_equal) {
        true => Ok(()),
        false => Err(unverified(message!("verify.plan"))),
    }
}

fn object<const N: usize>(fields: [(&'static str, Vec<Value<'static>>); N]) -> Value<'static> {
    Value::Object(fields.into_iter().map(|(name, items)| (name.into(), Value::Array(items))).collect())
}

fn int(number: impl Into<i128>) -> Value<'static> {
    let number = number.into();
    i64::try_from(number).map_or_else(|_| Value::from(number.to_string()), Value::Int)
}

fn optional(position: Option<usize>) -> Value<'static> {
    position.and_then(|position| i64::try_from(position).ok()).map_or(Value::Null, Value::Int)
}

fn row<T: Into<i128>>(numbers: impl IntoIterator<Item = T>) -> Value<'static> {
    Value::Array(numbers.into_iter().map(int).collect())
}

fn level_row(objective: Objective) -> Value<'static> {
    row(objective.levels())
}

fn supply_row(supply: &Supply) -> Value<'static> {
    let mut numbers = vec![supply.fixed.map_or(Value::Null, int), int(supply.count), int(supply.size)];
    numbers.extend(supply.people.map(int));
    numbers.extend(supply.edges.iter().flat_map(|edge| [int(edge.sink), int(edge.kept), int(edge.value)]));
    Value::Array(numbers)
}

fn witness_row(unit: &PriceWitness) -> Value<'static> {
    Value::Array(vec![int(unit.supply), unit.from.map_or(Value::Null, int), int(unit.moves)])
}

/// Decodes the parts of a plan that its check reads, or returns `None` for data of another form.
fn decode(plan: &Value<'_>, proof: &Value<'_>) -> Option<Allocation> {
    let [solution_objective, solution_bound, objective, bound] = items(proof, "objectives")? else { return None };
    let certificate = Certificate {
        prices: all(items(proof, "prices")?, levels)?,
        witnesses: all(items(proof, "witnesses")?, |value| nullable(value, witness))?,
    };
    let problem = Problem {
        supplies: all(items(proof, "supplies")?, supply)?,
        capacities: all(items(proof, "capacities")?, |value| nullable(value, number))?,
    };
    let (flows, prices) = (all(items(proof, "flows")?, flow)?, certificate.prices.clone());
    let solution =
        Solution { flows, objective: levels(solution_objective)?, bound: levels(solution_bound)?, certificate };
    let (needs, links) = all(items(proof, "needs")?, need)?.into_iter().unzip::<_, _, Vec<_>, Vec<_>>();
    let offers = items(plan, "offers")?.iter().zip(prices);
    Some(Allocation {
        referrals: all(items(plan, "referrals")?, referral)?,
        unmet: all(items(plan, "unmet")?, unmet)?,
        offers: offers.map(|(value, price)| usage(value, price)).collect::<Option<_>>()?,
        objective: levels(objective)?,
        bound: levels(bound)?,
        needs: needs.into_iter().collect::<IndexVec<NeedIdx, _>>(),
        proof: Arc::new(Proof { problem, solution, links: links.into_iter().collect() }),
    })
}

fn field<'v>(value: &'v Value<'_>, name: &str) -> Option<&'v Value<'v>> {
    let Value::Object(fields) = value else { return None };
    fields.iter().find(|(field, _)| field == name).map(|(_, value)| value)
}

fn list<'v>(value: &'v Value<'_>) -> Option<&'v [Value<'v>]> {
    if let Value::Array(items) = value { Some(items) } else { None }
}

fn items<'v>(value: &'v Value<'_>, name: &str) -> Option<&'v [Value<'v>]> {
    list(field(value, name)?)
}

fn all<T>(values: &[Value<'_>], decode: impl Fn(&Value<'_>) -> Option<T>) -> Option<Vec<T>> {
    values.iter().map(decode).collect()
}

fn nullable<T>(value: &Value<'_>, decode: impl Fn(&Value<'_>) -> Option<T>) -> Option<Option<T>> {
    if matches!(value, Value::Null) { Some(None) } else { decode(value).map(Some) }
}

fn number<T: TryFrom<i128>>(value: &Value<'_>) -> Option<T> {
    let number = match value {
        Value::Int(number) => i128::from(*number),
        Value::String(digits) => digits.parse().ok()?,
        _ => return None,
    };
    T::try_from(number).ok()
}

fn text(value: &Value<'_>) -> Option<String> {
    if let Value::String(text) = value { Some(text.to_string()) } else { None }
}

fn flag(value: &Value<'_>) -> Option<bool> {
    if let Value::Bool(flag) = value { Some(*flag) } else { None }
}

fn levels(value: &Value<'_>) -> Option<Objective> {
    let levels: [i128; CLASSES + 2] = all(list(value)?, number)?.try_into().ok()?;
    Some(Objective::from_levels(levels))
}

fn witness(value: &Value<'_>) -> Option<PriceWitness> {
    let [supply, from, moves] = list(value)? else { return None };
    Some(PriceWitness { supply: number(supply)?, from: nullable(from, number)?, moves: number(moves)? })
}

fn supply(value: &Value<'_>) -> Option<Supply> {
    let [fixed, count, size, first, second, third, fourth, edges @ ..] = list(value)? else { return None };
    let edge = |edge: &[Value<'_>]| {
        let [sink, kept, value] = edge else { return None };
        Some(Edge { sink: number(sink)?, kept: number(kept)?, value: number(value)? })
    };
    Some(Supply {
        count: number(count)?,
        size: number(size)?,
        people: [number(first)?, number(second)?, number(third)?, number(fourth)?],
        edges: edges.chunks(3).map(edge).collect::<Option<_>>()?,
        fixed: nullable(fixed, number)?,
    })
}

fn flow(value: &Value<'_>) -> Option<Flow> {
    let pair = |pair: &[Value<'_>]| {
        let [sink, units] = pair else { return None };
        Some((number(sink)?, number(units)?))
    };
    list(value)?.chunks(2).map(pair).collect()
}

fn need(value: &Value<'_>) -> Option<(NeedSummary, NeedLink)> {
    let [id, people, priority, supply, previous, weight] = list(value)? else { return None };
    let summary = NeedSummary {
        need: text(id)?,
        people: number(people)?,
        priority: *PRIORITIES.get(number::<usize>(priority)?)?,
        // What only a report counts.
        case: None,
        help: None,
        language: None,
        region: None,
        crime: None,
    };
    let link = NeedLink {
        supply: nullable(supply, number)?.map(SupplyIdx::from_usize),
        previous: nullable(previous, number)?.map(OfferIdx::from_usize),
        priority_weight: number(weight)?,
    };
    Some((summary, link))
}

/// The priorities, in the order of their discriminants.
const PRIORITIES: [Priority; CLASSES] = [Priority::Stat, Priority::Asap, Priority::Urgent, Priority::Routine];

fn referral(value: &Value<'_>) -> Option<Referral> {
    Some(Referral {
        need: text(field(value, "need")?)?,
        offer: text(field(value, "offer")?)?,
        score: score(field(value, "score")?)?,
        is_fixed: flag(field(value, "fixed")?)?,
        is_from_neighbour: flag(field(value, "neighbour")?)?,
        // The check reads neither.
        to_check: Vec::new(),
        violations: Vec::new(),
    })
}

fn unmet(value: &Value<'_>) -> Option<UnmetNeed> {
    // The check reads no reason, so that any does.
    let reason = UnmetReason::PartyTooLarge { people: 0, left: 0 };
    Some(UnmetNeed { need: text(field(value, "need")?)?, reason, previous: None })
}

fn usage(value: &Value<'_>, price: Objective) -> Option<OfferUsage> {
    Some(OfferUsage {
        offer: text(field(value, "offer")?)?,
        places: nullable(field(value, "places")?, number)?,
        used: number(field(value, "used")?)?,
        is_assumed: flag(field(value, "assumed")?)?,
        price,
        is_exact: flag(field(value, "exact")?)?,
        min_extra_places: nullable(field(value, "helps")?, number)?,
    })
}

/// Decodes a score: the only one whose decimal is this number.
fn score(value: &Value<'_>) -> Option<Score> {
    let wanted = match value {
        Value::Float(number) => *number,
        Value::Int(0) => 0.0,
        Value::Int(1) => 1.0,
        _ => return None,
    };
    let (mut low, mut high) = (0, 100_000_000);
    while low < high {
        let middle = u32::midpoint(low, high);
        if f64::from(Score::clamped(middle)).total_cmp(&wanted).is_lt() {
            low = middle.saturating_add(1)
        } else {
            high = middle
        }
    }
    let score = Score::clamped(low);
    f64::from(score).total_cmp(&wanted).is_eq().then_some(score)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{allocate::verify::tests::allocation, model::enums::Lang, vocabulary::Vocabulary};

    /// A plan, and its response and proof as they are read from a file.
    fn saved() -> (Allocation, String, String) {
        let plan = allocation();
        let response = serde_json::to_string(&plan.localized(Lang::De, &Vocabulary::default())).unwrap();
        let proof = serde_json::to_string(&plan_proof(&plan)).unwrap();
        (plan, response, proof)
    }

    fn check(response: &str, proof: &str) -> Result<(), Error> {
        verify_plan(&Value::from_json(response)?, &Value::from_json(proof)?)
    }

    #[test]
    fn a_saved_plan_is_verified() {
        let (plan, response, proof) = saved();
        check(&response, &proof).unwrap();
        assert!(!plan.unmet().is_empty() && plan.objective().kept == 1);
        assert_ne!(plan.objective(), plan.solution().objective, "a counted referral");
    }

    #[test]
    fn a_changed_response_is_detected() {
        let (plan, response, proof) = saved();
        let used = &plan.offers().iter().find(|usage| usage.used() > 0).unwrap();
        let referral = &plan.referrals()[3];
        let other = plan.offers().iter().find(|usage| usage.offer() != referral.offer()).unwrap().offer();
        let pair = |offer| format!(r#""need":"{}","offer":"{offer}""#, referral.need());
        let score = format!(r#"{},"score":"#, pair(referral.offer()));
        let changes = [
            (r#""optimal":true"#.to_owned(), r#""optimal":false"#.to_owned()),
            (r#""verified":true"#.to_owned(), r#""verified":false"#.to_owned()),
            (format!(r#""used":{}"#, used.used()), r#""used":99"#.to_owned()),
            (pair(referral.offer()), pair(other)),
            (score.clone(), format!("{score}0.25,\"was\":")),
            (r#""objective":{"people":{"stat":"#.to_owned(), r#""objective":{"people":{"stat":1"#.to_owned()),
            (r#""bound":{"people":{"stat":"#.to_owned(), r#""bound":{"people":{"stat":1"#.to_owned()),
            (r#""price":{"people":{"#.to_owned(), r#""price":{"people":{"asap":7,"#.to_owned()),
            (r#""kept":1"#.to_owned(), r#""kept":2"#.to_owned()),
        ];
        for (from, to) in changes {
            assert!(response.contains(&from), "{from}");
            let error = check(&response.replacen(&from, &to, 1), &proof).expect_err(&from);
            assert_eq!(error.code(), "problem.unverified", "{from}");
        }
    }

    #[test]
    fn a_damaged_proof_is_an_error() {
        let (_, response, proof) = saved();
        for (part, _) in proof.match_indices(|character: char| "[,".contains(character)).step_by(211) {
            // A number more, a nested list, and a text.
            for other in ["-1,", "[1],", "\"x\","] {
                let (before, after) = proof.split_at(part + 1);
                let damaged = format!("{before}{other}{after}");
                assert!(check(&response, &damaged).is_err(), "{part}");
            }
        }
        for other in ["null", "[]", "{}", "3", r#"{"objectives": [[1], [], 3, null]}"#] {
            assert!(check(&response, other).is_err() && check(other, &proof).is_err(), "{other}");
        }
    }

    #[test]
    fn no_number_of_a_proof_makes_the_check_panic() {
        let (_, response, proof) = saved();
        let parts: Vec<&str> = proof.split_inclusive(['[', ',']).collect();
        let is_digit = |character: char| character.is_ascii_digit() || character == '-';
        let begins = parts.iter().enumerate().filter(|(_, part)| part.starts_with(is_digit)).map(|(index, _)| index);
        let begins: Vec<usize> = begins.collect();
        let largest = format!("\"{}\"", i128::MAX);
        // The rows of needs are the last ones, and few.
        for index in begins.iter().step_by(97).chain(begins.iter().rev().take(40)) {
            for other in ["4294967295", "9223372036854775807", "-9223372036854775808", &largest, "0", "3"] {
                let mut parts = parts.clone();
                let changed = format!("{other}{}", parts[*index].trim_start_matches(is_digit));
                parts[*index] = &changed;
                // Some changes are of no consequence, such as 0 for 0.
                let _ = check(&response, &parts.concat());
            }
        }
    }

    #[test]
    fn scores_and_integers_of_any_size_survive() {
        for units in [0, 1, 3, 7, 33_333_333, 92_750_000, 99_147_750, 99_999_999, 100_000_000] {
            let score = Score::clamped(units);
            assert_eq!(super::score(&Value::Float(score.into())), Some(score));
        }
        assert_eq!(super::score(&Value::Float(0.123_456_789)), None);
        for number in [0, -1, i128::from(i64::MAX), i128::from(i64::MIN) - 1, i128::MAX] {
            assert_eq!(super::number(&int(number)), Some(number));
        }
        assert_eq!(super::number::<u32>(&Value::Int(-1)), None);
    }
}
