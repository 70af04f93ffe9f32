//! The schema of a policy. The defaults are those of a serialized policy.

use crate::{
    decode::string_enum::StringEnum,
    decode::{decoder::MAX_ITEMS, to_value::to_value, value::Value},
    model::{
        comprehension_row::ComprehensionRow,
        enums::{LanguageLevel, LanguageMode},
        policy::{CapacityPolicy, CrimePolicy, HelpPolicy, LanguagePolicy, MAX_KM, Policy, RegionPolicy},
        weights::{MAX_WEIGHT, PriorityWeights, Weights},
    },
    wire::schema::{
        builder::Schema,
        records::{short_text, text, undescribed},
    },
};

pub(super) fn definitions() -> Vec<(&'static str, Schema)> {
    vec![("comprehension_row", comprehension_row()), ("policy", policy())]
}

fn policy() -> Schema {
    let defaults = to_value(&Policy::default()).unwrap_or(Value::Null);
    let section =
        |fields: &[&'static str], name, field: fn(&'static str) -> Schema| section(&defaults, name, fields, field);
    let schema = Schema::input(Policy::FIELDS, &[], |name| match name {
        "weights" => {
            section(Weights::FIELDS, name, |_| weight()).about("The points of the criteria; only their ratios matter.")
        }
        "rules" => rules(&defaults).about("The rules of the criteria."),
        "unknown_fit" => with_default(fit("The fit that an unknown one counts as."), &defaults, name),
        "language" => language(field_of(&defaults, name)).about("The parameters of the criterion language."),
        "region" => section(RegionPolicy::FIELDS, name, region_field).about("The parameters of the criterion region."),
        "help" => section(HelpPolicy::FIELDS, name, help_field).about("The parameters of the criterion help."),
        "crime" => section(CrimePolicy::FIELDS, name, crime_field).about("The parameters of the criterion crime."),
        "capacity" => {
            section(CapacityPolicy::FIELDS, name, capacity_field).about("The parameters of the criterion capacity.")
        }
        "priority_weights" => section(PriorityWeights::FIELDS, name, |_| priority_weight())
            .about("The factors of the priorities in a plan."),
        _ => undescribed(),
    });
    schema.about("Weights, rules and parameters; a policy states only what differs from the defaults.")
}

/// Returns the field of an object, or null.
fn field_of<'v>(object: &'v Value<'static>, name: &str) -> &'v Value<'static> {
    match object {
        Value::Object(fields) => {
            fields.iter().find(|(field, _)| field == name).map_or(&Value::Null, |(_, value)| value)
        }
        _ => &Value::Null,
    }
}

/// Adds the default value of a field, unless it is absent.
fn with_default(schema: Schema, defaults: &Value<'static>, name: &str) -> Schema {
    let default = field_of(defaults, name);
    if default.is_absent() { schema } else { schema.with_default(default.clone()) }
}

/// Returns the schema of an object in the policy.
fn section(
    defaults: &Value<'static>,
    name: &str,
    fields: &[&'static str],
    field: impl Fn(&'static str) -> Schema,
) -> Schema {
    let defaults = field_of(defaults, name);
    Schema::input(fields, &[], |name| with_default(field(name), defaults, name))
}

fn fit(description: &'static str) -> Schema {
    Schema::reference("fit").about(description)
}

fn weight() -> Schema {
    Schema::number(0, MAX_WEIGHT.into()).about("Points, with at most four decimals.")
}

fn priority_weight() -> Schema {
    Schema::integer(&(0..=PriorityWeights::MAX)).about("A factor.")
}

fn rules(defaults: &Value<'static>) -> Schema {
    section(defaults, "rules", crate::model::rules::PartialRules::FIELDS, |_| {
        Schema::reference("rule").about("The rule of the criterion.")
    })
}

fn fits<T: StringEnum>(defaults: &Value<'static>, name: &str) -> Schema {
    let names: Vec<&'static str> = T::ALL.iter().map(|(name, _)| *name).collect();
    section(defaults, name, &names, |_| fit("The fit, or the factor of the fit."))
}

fn language(defaults: &Value<'static>) -> Schema {
    Schema::input(LanguagePolicy::FIELDS, &[], |name| {
        let schema = match name {
            "levels" => return fits::<LanguageLevel>(defaults, name).about("The fit of each level."),
            "how" => return fits::<LanguageMode>(defaults, name).about("The factor of each mode."),
            "order_step" => fit("What each earlier language of the need takes off."),
            "related" => Schema::boolean().about("Whether rows of the comprehension table count."),
            "comprehension" => {
                let rows = Schema::list_up_to(MAX_ITEMS, Schema::reference("comprehension_row"));
                rows.about("Rows that take precedence over those of the vocabulary.")
            }
            _ => undescribed(),
        };
        with_default(schema, defaults, name)
    })
}

fn region_field(name: &'static str) -> Schema {
    let km = || Schema::integer(&(0..=MAX_KM));
    match name {
        "near_km" => km().about("The distance in kilometres up to which the fit is 1; below `far_km`."),
        "far_km" => km().about("The distance in kilometres from which the fit is `far_fit`."),
        "far_fit" => fit("The fit of a long journey."),
        "neighbour" => fit("The fit of a neighbouring Kreis."),
        "remote" => fit("The fit of help without a journey."),
        _ => undescribed(),
    }
}

fn help_field(name: &'static str) -> Schema {
    match name {
        "any" => fit("The fit of an offer of any help."),
        "covered" => fit("The fit of a more general offer."),
        "part" => fit("The fit of a more specific offer."),
        _ => undescribed(),
    }
}

fn crime_field(name: &'static str) -> Schema {
    match name {
        "general" => fit("The fit of an offer for any crime."),
        "vague" => fit("The fit if the need states the crime less precisely."),
        "context_open" => fit("The fit if the offer states a context that the need does not."),
        _ => undescribed(),
    }
}

fn capacity_field(name: &'static str) -> Schema {
    match name {
        "enough" => fit("The fit of places that are just enough."),
        "comfortable" => Schema::integer(&CapacityPolicy::COMFORTABLE)
            .about("How many times the people have places if the fit is 1."),
        "waitlist" => fit("The fit of a waiting list."),
        "assessment" => fit("The fit of an offer that interviews people first."),
        "stale_days" => Schema::integer(&CapacityPolicy::STALE_DAYS).about("The days after which a number is unknown."),
        "assume" => {
            Schema::integer(&CapacityPolicy::ASSUME).about("The places that a plan assumes if they are unknown.")
        }
        _ => undescribed(),
    }
}

fn comprehension_row() -> Schema {
    let row = Schema::input(ComprehensionRow::FIELDS, ComprehensionRow::REQUIRED, |name| match name {
        "from" => short_text().about("The language that a person speaks."),
        "to" => short_text().about("The language that is to be understood."),
        "degree" => Schema::reference("fit").about("The degree to which it is understood."),
        "source" => text().about("Who says so."),
        _ => undescribed(),
    });
    row.about("How well speakers of one language understand another.")
}
