//! The schemas of requests.

use crate::{
    decode::{code_kind::CodeKind, decoder::MAX_TEXT_BYTES, value::Value},
    matcher::DEFAULT_NEAR_MISSES,
    model::enums::{Lang, MoveMode},
    wire::{
        allocate::{self, MAX_REFERRALS, PLAN_FIELDS, REFERRAL_FIELDS},
        dataset::SHARED_FIELDS,
        diagnose::{self, MAX_NEAR_MISSES},
        explain,
        limits::MAX_WITH_REASONS,
        pair::Pair,
        rank::{self, MAX_TOP, RankRequest},
        resolve::{self, MAX_SUGGESTIONS, MAX_WORDS, WORD_FIELDS},
        schema::{
            builder::Schema,
            records::{short_text, undescribed},
        },
    },
};

pub(super) fn definitions() -> Vec<(&'static str, Schema)> {
    let request = |fields| Schema::input(fields, &[], field);
    vec![
        ("rank.request", request(rank::FIELDS).about("Ranks the offers for each need.")),
        ("explain.request", request(explain::FIELDS).about("Explains pairs of a need and an offer.")),
        ("diagnose.request", request(diagnose::FIELDS).about("Explains why needs have few matches.")),
        ("allocate.request", request(allocate::FIELDS).about("Assigns needs to offers of limited capacity.")),
        ("report.request", request(allocate::FIELDS).about("Counts needs met and unmet by a plan.")),
        ("check.request", request(SHARED_FIELDS).about("Checks records.")),
        ("resolve.request", request(resolve::FIELDS).about("Resolves words to candidates for codes.")),
    ]
}

/// Returns the schema of a key that requests of several operations have.
#[cfg(feature = "import")]
pub(super) fn shared_field(name: &'static str) -> Schema {
    field(name)
}

fn field(name: &'static str) -> Schema {
    let count = |number: usize| Value::from(u64::try_from(number).unwrap_or(u64::MAX));
    match name {
        "offers" => Schema::list(Schema::reference("offer")).about("The offers."),
        "needs" => Schema::list(Schema::reference("need")).about("The needs."),
        "policy" => Schema::reference("policy").about("Weights, rules and parameters."),
        "vocabulary" => Schema::reference("vocabulary").about("Additions to codes and names."),
        "as_of" => {
            Schema::reference("date").about("The day on which capacities are assessed; required if one states its day.")
        }
        "lang" => {
            Schema::string_enum::<Lang>().with_default(Lang::En.as_str()).about("The language of sentences and names.")
        }
        "top" => {
            let top = Schema::integer(&(0..=MAX_TOP)).with_default(count(RankRequest::default().top));
            top.about("The largest number of matches for each need.")
        }
        "reasons" => {
            let reasons = Schema::boolean().with_default(Value::Bool(RankRequest::default().reasons));
            reasons.about("Whether matches have reasons.")
        }
        "pairs" => {
            let pair = Schema::input(Pair::FIELDS, Pair::FIELDS, id);
            Schema::list_up_to(MAX_WITH_REASONS, pair).about("The pairs to explain; all by default.")
        }
        "near_misses" => {
            let near_misses = Schema::integer(&(0..=MAX_NEAR_MISSES)).with_default(count(DEFAULT_NEAR_MISSES));
            near_misses.about("The largest number of near misses for each need.")
        }
        "fixed" => referrals().about("Referrals that stay as they are: a list, or the response of `allocate`."),
        "previous" => referrals().about("Referrals of an earlier plan: a list, or the response of `allocate`."),
        "moves" => {
            let moves = Schema::string_enum::<MoveMode>().with_default(MoveMode::Few.as_str());
            moves.about("The freedom to change the previous referrals.")
        }
        "min_score" => Schema::reference("fit").about("The least score of new referrals."),
        "neighbour_serves" => {
            Schema::boolean().with_default(Value::Bool(true)).about("Whether offers of a neighbouring Kreis serve.")
        }
        "words" => {
            let word = Schema::input(WORD_FIELDS, &["text"], word_field);
            Schema::list_up_to(MAX_WORDS, word).about("The words to resolve.")
        }
        "suggest" => {
            let suggest = Schema::integer(&(0..=MAX_SUGGESTIONS));
            suggest.about(
                "The largest number of suggestions of each kind for incomplete words; absent for complete words.",
            )
        }
        _ => undescribed(),
    }
}

fn id(name: &'static str) -> Schema {
    match name {
        "need" => short_text().about("The id of the need."),
        "offer" => short_text().about("The id of the offer."),
        _ => undescribed(),
    }
}

fn referrals() -> Schema {
    let is_own = |name| Pair::FIELDS.contains(&name) || name == "counted";
    let referral = Schema::object(
        REFERRAL_FIELDS.iter().map(|name| {
            let schema = match *name {
                "counted" => {
                    let flag = Schema::any_of([Schema::boolean(), Schema::reference("absent")]);
                    flag.with_default(Value::Bool(false))
                        .about("Whether the capacity of the offer counts the people already.")
                }
                name if is_own(name) => id(name),
                _ => Schema::default().about("Of a response; it has no effect."),
            };
            (*name, schema)
        }),
        Pair::FIELDS.iter().copied(),
    );
    let list = Schema::list_up_to(MAX_REFERRALS, referral);
    let response = Schema::object(
        PLAN_FIELDS.iter().map(|name| {
            let schema = match *name {
                "referrals" => list.clone().about("The referrals."),
                _ => Schema::default().about("Of a response; it has no effect."),
            };
            (*name, schema)
        }),
        ["referrals"],
    );
    Schema::any_of([list, response])
}

fn word_field(name: &'static str) -> Schema {
    match name {
        "text" => {
            let max = u64::try_from(MAX_TEXT_BYTES).unwrap_or(u64::MAX);
            Schema::string().with("maxLength", max).about("The text as it was typed; it may be empty.")
        }
        "kind" => Schema::string_enum::<CodeKind>().about("The kind of code that is meant; any open kind by default."),
        _ => undescribed(),
    }
}
