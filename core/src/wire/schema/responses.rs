//! The schemas of responses and errors. They describe what `Serialize` of the results writes, which tests compare.

use crate::{
    allocate::report::Tally,
    decode::code_kind::CodeKind,
    model::{
        criterion::Criterion,
        enums::{PlanOption, Priority, ResolvedBy, Rule},
        reason_codes::REASONS,
    },
    wire::schema::builder::Schema,
};

pub(super) fn definitions() -> Vec<(&'static str, Schema)> {
    let mut all = vec![
        ("criterion", Schema::string_enum::<Criterion>()),
        (
            "to_check",
            Schema::list(Schema::reference("criterion")).about("Criteria whose fit is unknown: ask before referring."),
        ),
        ("score", Schema::number(0, 1).about("A number from 0 to 1 with at most eight decimals.")),
        ("facts", facts()),
        ("finding", finding()),
        ("change", change()),
        ("diagnosis", diagnosis()),
        ("objective", objective(true)),
        ("price", objective(false)),
        ("referral", referral()),
        ("unmet", unmet()),
        ("row", row()),
        ("error_detail", error_detail()),
        ("error", error()),
    ];
    all.extend(responses());
    all
}

fn responses() -> [(&'static str, Schema); 7] {
    let one_list = |name, items, description| Schema::output([(name, Schema::list(items).about(description))], &[]);
    [
        ("rank.response", one_list("rankings", ranking(), "The matches of each need.")),
        ("explain.response", one_list("explanations", explanation(), "The findings of each pair.")),
        ("diagnose.response", one_list("diagnoses", Schema::reference("diagnosis"), "The diagnosis of each need.")),
        ("allocate.response", allocation()),
        ("report.response", report()),
        ("check.response", check()),
        (
            "resolve.response",
            one_list("resolved", resolved(), "The candidates for each word, in the order of the words."),
        ),
    ]
}

fn reference(name: &str, description: &'static str) -> Schema {
    Schema::reference(name).about(description)
}

fn id() -> Schema {
    Schema::string()
}

fn need() -> (&'static str, Schema) {
    ("need", id().about("The id of the need."))
}

fn offer() -> (&'static str, Schema) {
    ("offer", id().about("The id of the offer."))
}

fn score() -> (&'static str, Schema) {
    ("score", reference("score", "The score."))
}

fn to_check() -> (&'static str, Schema) {
    ("to_check", Schema::reference("to_check"))
}

fn count(description: &'static str) -> Schema {
    Schema::integer_from(0).about(description)
}

fn sentence() -> (&'static str, Schema) {
    ("text", Schema::string().about("The reason as a sentence."))
}

/// Returns the codes of reasons that begin with `prefix`, without it.
fn reason_codes(prefix: &'static str) -> impl Iterator<Item = &'static str> {
    REASONS.iter().filter_map(move |(code, _)| code.strip_prefix(prefix))
}

fn facts() -> Schema {
    let values = [Schema::string(), Schema::new("type", "number"), Schema::list(Schema::string())];
    Schema::map(Schema::any_of(values)).about("The facts of a reason: codes, numbers and days.")
}

fn finding() -> Schema {
    let is_criterion = |code: &&str| !code.starts_with("change.") && !code.starts_with("unmet.");
    let codes = Schema::strings(reason_codes("").filter(is_criterion));
    let fields = [
        ("criterion", reference("criterion", "The criterion.")),
        (
            "fit",
            Schema::reference("fit")
                .or_null()
                .about("The fit; the one that counts if it is unknown; null if the criterion is not requested."),
        ),
        ("known", Schema::boolean().about("Whether the fit is known.")),
        ("weight", Schema::number(0, 1).about("The share of the score.")),
        ("contribution", reference("score", "Weight × fit.")),
        ("rule", Schema::string_enum::<Rule>().about("The rule in force.")),
        ("blocks", Schema::boolean().about("Whether the criterion excludes the offer.")),
        ("code", codes.about("The code of the reason.")),
        ("asked", Schema::boolean().about("Whether the need requests the criterion.")),
        ("facts", Schema::reference("facts")),
        sentence(),
    ];
    Schema::output(fields, &[]).about("The outcome of one criterion.")
}

fn ranking() -> Schema {
    let reasons =
        Schema::list(Schema::reference("finding")).about("The findings that the need requests, if `reasons` is true.");
    let found = Schema::output([offer(), score(), to_check(), ("reasons", reasons)], &["reasons"]);
    let matches = Schema::list(found).about("The matches, best first.");
    Schema::output([need(), ("matches", matches)], &[])
}

fn explanation() -> Schema {
    let fields = [
        need(),
        offer(),
        ("matches", Schema::boolean().about("Whether no criterion excludes the offer.")),
        score(),
        to_check(),
        ("reasons", Schema::list(Schema::reference("finding")).about("The findings of all ten criteria.")),
    ];
    Schema::output(fields, &[])
}

fn change() -> Schema {
    let fields = [
        ("criterion", reference("criterion", "The criterion.")),
        (
            "code",
            Schema::strings(REASONS.iter().map(|(code, _)| *code).filter(|code| code.starts_with("change.")))
                .about("The code of the change."),
        ),
        ("facts", Schema::reference("facts")),
        sentence(),
    ];
    Schema::output(fields, &[]).about("A change that would stop a criterion from excluding the offer.")
}

fn diagnosis() -> Schema {
    let blocked = Schema::output(
        [
            ("criterion", reference("criterion", "The criterion.")),
            ("offers", count("The number of offers that it excludes.")),
            ("only", count("The number of offers that no other criterion excludes.")),
        ],
        &[],
    );
    let near_miss = Schema::output(
        [
            offer(),
            score(),
            to_check(),
            ("blockers", Schema::list(Schema::reference("criterion")).about("The criteria that exclude the offer.")),
            ("changes", Schema::list(Schema::reference("change")).about("The required changes.")),
        ],
        &[],
    );
    let fields = [
        need(),
        ("offers", count("The number of all offers.")),
        ("matching", count("The number of offers that match.")),
        ("blocked", Schema::list(blocked).about("The offers that each criterion excludes.")),
        ("near_misses", Schema::list(near_miss).about("Excluded offers that are close.")),
    ];
    Schema::output(fields, &[]).about("Why a need has few matches.")
}

/// Returns the schema of levels of the objective, of which a price has only the priorities that change.
fn objective(has_all: bool) -> Schema {
    let people = Priority::all()
        .map(|priority| (priority.as_str(), Schema::new("type", "integer").about("The number of people.")));
    let required = Priority::all().map(Priority::as_str).filter(|_| has_all);
    let fields = [
        ("people", Schema::object(people, required).about("People by priority.")),
        ("kept", Schema::new("type", "integer").about("The number of previous referrals that are kept.")),
        ("score", Schema::new("type", "number").about("The sum of scores.")),
    ];
    Schema::output(fields, &[]).about("The levels of the objective, in lexicographic order.")
}

fn referral() -> Schema {
    let fields = [
        need(),
        offer(),
        score(),
        ("fixed", Schema::boolean().about("Whether the request fixed it.")),
        ("neighbour", Schema::boolean().about("Whether the offer is of a neighbouring Kreis only.")),
        to_check(),
        ("breaks", Schema::list(Schema::reference("criterion")).about("The musts that a fixed referral violates.")),
    ];
    Schema::output(fields, &[])
}

fn unmet() -> Schema {
    let list = |name| (name, Schema::list(id()));
    let part = Schema::output(
        [offer(), ("needs", Schema::list(id()).about("Ids of needs.")), ("needs_more", count("Needs not listed."))],
        &["needs_more"],
    );
    let parts = |description| Schema::list(part.clone()).about(description);
    let (offers, to_phone) = (count("The number of offers."), list("to_phone").1.about("The offers to phone."));
    let options = Schema::list(Schema::string_enum::<PlanOption>()).about("Options that rule out offers that match.");
    let reason = |code: &'static str, facts: Vec<(&'static str, Schema)>| {
        let required: Vec<&str> = facts.iter().map(|(name, _)| *name).filter(|name| !name.ends_with("_more")).collect();
        let previous = ("previous", id().about("The previous offer of the need."));
        let facts = Schema::object(facts.into_iter().chain([previous]), required);
        let code = Schema::new("const", code);
        Schema::output(
            [
                need(),
                ("reason", code.about("The code of the reason.")),
                ("facts", facts.about("Its facts.")),
                sentence(),
            ],
            &[],
        )
    };
    let reasons = [
        reason("no_offer", vec![("diagnosis", Schema::reference("diagnosis")), ("options", options)]),
        reason(
            "no_common_offer",
            vec![
                ("blocks", parts("For each offer, the needs of the group that it excludes.")),
                ("blocks_more", count("Offers not listed.")),
                ("split", parts("Parts of the group with a common offer each.")),
                ("split_more", count("Parts not listed.")),
            ],
        ),
        reason(
            "party_too_large",
            vec![("people", count("The people of the party.")), ("left", count("The most places left at one offer."))],
        ),
        reason("place_unknown", vec![("to_phone", to_phone), ("to_phone_more", count("Offers not listed."))]),
        reason("no_place", vec![("offers", offers), ("taken_by", count("The number of needs that have the places."))]),
    ];
    Schema::any_of(reasons).about("A need without a referral.")
}

fn usage(price: Schema) -> [(&'static str, Schema); 6] {
    [
        offer(),
        ("places", Schema::integer_from(0).or_null().about("The number of places; null if there is no limit.")),
        ("used", count("The number of places used.")),
        ("price", price),
        ("exact", Schema::boolean().about("Whether the price is exact.")),
        (
            "helps",
            Schema::integer_from(0).or_null().about(
                "The least number of further places that improve the plan; null if none would, or it is not known.",
            ),
        ),
    ]
}

fn allocation() -> Schema {
    let [offer, places, used, price, exact, helps] = usage(reference("price", "What one more place is worth."));
    let assumed = ("assumed", Schema::boolean().about("Whether the policy assumes the places."));
    let offers = Schema::list(Schema::output([offer, places, used, assumed, price, exact, helps], &[]));
    let certificate = Schema::output(
        [
            ("optimal", Schema::boolean().about("Whether no plan is better.")),
            ("gap", Schema::reference("objective").or_null().about("The distance to the bound, or null.")),
            ("verified", Schema::boolean().about("Whether the proof was checked.")),
        ],
        &[],
    );
    let fields = [
        ("unmet", Schema::list(Schema::reference("unmet")).about("The needs without a referral.")),
        ("referrals", Schema::list(Schema::reference("referral")).about("The referrals.")),
        ("offers", offers.about("The offers and the use of their places.")),
        ("objective", Schema::reference("objective")),
        ("bound", reference("objective", "No plan is better than this.")),
        ("certificate", certificate.about("The quality of the plan.")),
    ];
    Schema::output(fields, &[])
}

fn tally() -> impl Iterator<Item = (&'static str, Schema)> {
    Tally::default().counts().into_iter().map(|(name, _)| (name, count("A number.")))
}

fn row() -> Schema {
    let code = Schema::string().or_null().about("The code, or null for needs that state none.");
    let own = [("code", code), ("name", Schema::string().about("The name of the code."))];
    let required = std::iter::once("code").chain(tally().map(|(name, _)| name));
    Schema::object(own.into_iter().chain(tally()), required)
}

fn report() -> Schema {
    let rows = |description| Schema::list(Schema::reference("row")).about(description);
    let total = Schema::object(tally(), tally().map(|(name, _)| name)).about("The counts of all needs.");
    let bottleneck = Schema::output(usage(reference("objective", "What one more place is worth.")), &[]);
    let code = |description| {
        let named = [("code", Schema::string().about("The code.")), ("name", Schema::string().about("Its name."))];
        Schema::output(named, &[]).or_null().about(description)
    };
    let by_priority = Priority::all().map(|priority| (priority.as_str(), count("The number of people.")));
    let missing = Schema::output(
        [
            ("help", code("The kind of help.")),
            ("language", code("The language.")),
            ("region", code("The region.")),
            ("needs", count("The number of needs.")),
            ("people", count("The number of people.")),
            (
                "people_by_priority",
                Schema::object(by_priority, Priority::all().map(Priority::as_str)).about("People by priority."),
            ),
        ],
        &[],
    );
    let fields = [
        ("total", total),
        ("by_priority", rows("Counts by priority.")),
        ("by_help", rows("Counts by help.")),
        ("by_language", rows("Counts by first language.")),
        ("by_region", rows("Counts by region.")),
        ("by_crime", rows("Counts by crime.")),
        ("bottlenecks", Schema::list(bottleneck).about("Offers of which more places would help.")),
        ("wanted", Schema::list(missing).about("Offers that are lacking.")),
        ("objective", Schema::reference("objective")),
        ("bound", reference("objective", "No plan is better than this.")),
    ];
    Schema::output(fields, &[])
}

fn check() -> Schema {
    let details = |description| Schema::list(Schema::reference("error_detail")).about(description);
    let fields = [
        ("offers", count("The number of offers.")),
        ("needs", count("The number of needs.")),
        ("errors", details("The errors, at most 100.")),
        ("warnings", details("The warnings, at most 100.")),
    ];
    Schema::output(fields, &[])
}

fn detail() -> [(&'static str, Schema); 4] {
    [
        ("code", Schema::string().about("A stable code.")),
        ("path", Schema::string().about("The position in the input, such as `needs[3].age`.")),
        ("message", Schema::string().about("The message; it never repeats a value of a need.")),
        ("hint", Schema::string().or_null().about("What to do, or null.")),
    ]
}

fn error_detail() -> Schema {
    Schema::output(detail(), &[]).about("One error or warning.")
}

fn error() -> Schema {
    let [code, path, message, hint] = detail();
    let errors = Schema::list(Schema::reference("error_detail")).about("All errors of the input, at most 100.");
    Schema::output([code, path, message, hint, ("errors", errors)], &[])
        .about("The first error of an input, and all of them.")
}

fn resolved() -> Schema {
    let candidate = Schema::output(
        [
            ("kind", Schema::string_enum::<CodeKind>().about("The kind of code.")),
            ("code", Schema::string().about("The code.")),
            ("context", Schema::list(Schema::string()).about("The contexts of a crime, if the word means any.")),
            ("name", Schema::string().about("The name of the code.")),
            ("how", Schema::string_enum::<ResolvedBy>().about("How the word was resolved.")),
            ("score", reference("fit", "How similar the word is.")),
            ("word", Schema::string().about("The word that was resolved, if it differs from the text.")),
        ],
        &["context", "word"],
    );
    let fields = [
        ("text", Schema::string().about("The text as it was typed.")),
        ("candidates", Schema::list(candidate).about("The candidates, best first within each kind.")),
    ];
    Schema::output(fields, &[])
}
