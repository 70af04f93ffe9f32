//! The schemas of needs, offers and the values in them.

use crate::{
    decode::{
        decoder::{MAX_CODE_BYTES, MAX_ITEMS, MAX_TEXT_BYTES},
        value::Value,
    },
    model::{
        capacity::{Capacity, MAX_PLACES},
        crime_scope::CrimeScope,
        enums::{
            CapacityState, DeliveryFormat, Gender, LanguageLevel, LanguageMode, MAX_AGE, OnUnknown, Priority, Rule,
        },
        location::Location,
        need::{MAX_PEOPLE, Need, SpokenLanguage},
        offer::{AgeRange, Contact, MAX_AREAS, Offer, OfferedLanguage},
        rules::{PartialRule, PartialRules},
    },
    util::geo::Coordinates,
    wire::schema::builder::{ABSENT, Schema},
};

pub(super) fn definitions() -> Vec<(&'static str, Schema)> {
    let absent = [Value::Null, "".into(), Value::Array(Vec::new()), Value::Object(Vec::new())];
    vec![
        (ABSENT, Schema::new("enum", Value::Array(absent.into())).about("Counts as absent.")),
        ("code", code().except("any").about("Parts of lower-case letters, digits, `_` and `-`, joined by dots.")),
        ("tag", short_text().about("A language tag of BCP 47.")),
        ("crime_code", crime_code()),
        ("date", date()),
        ("fit", Schema::number(0, 1).about("A number from 0 to 1 with at most four decimals.")),
        ("rule", rule()),
        ("rules", rules()),
        ("crime_scope", crime_scope()),
        ("need", Schema::input(Need::FIELDS, &["id"], need_field).about("One request for one kind of help.")),
        ("offer", Schema::input(Offer::FIELDS, &["id"], offer_field).about("One service of one organisation.")),
    ]
}

/// Returns the schema of a field that no function here describes, which a test reports.
pub(super) fn undescribed() -> Schema {
    Schema::default()
}

/// Returns the schema of an id, a tag or a code in any form.
pub(super) fn short_text() -> Schema {
    Schema::text(MAX_CODE_BYTES)
}

/// Returns the schema of other text.
pub(super) fn text() -> Schema {
    Schema::text(MAX_TEXT_BYTES)
}

fn code() -> Schema {
    short_text().with("pattern", r"^[a-z0-9_-]+(\.[a-z0-9_-]+)*$")
}

fn crime_code() -> Schema {
    let schema = Schema::string().with("pattern", "^(ICCS)?([0-9]{2}|[0-9]{4,6})$");
    schema.about("A code of ICCS: 2, 4, 5 or 6 digits as text.")
}

fn date() -> Schema {
    let schema = Schema::string().with("format", "date").with("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    schema.about("A day, such as 2026-11-23.")
}

fn list(items: Schema) -> Schema {
    Schema::list_up_to(MAX_ITEMS, items)
}

/// Returns the schema of a list whose items may also be `any`.
fn list_or_any(items: Schema) -> Schema {
    list(Schema::any_of([Schema::new("const", "any"), items]))
}

fn codes() -> Schema {
    list(Schema::reference("code"))
}

fn rule() -> Schema {
    let object = Schema::input(PartialRule::FIELDS, &[], |field| match field {
        "rule" => Schema::string_enum::<Rule>().about("The effect of the criterion."),
        "minimum" => Schema::reference("fit").about("The fit below which a must excludes."),
        "unknown" => Schema::string_enum::<OnUnknown>().about("The effect of a must on an unknown fit."),
        _ => undescribed(),
    });
    Schema::any_of([Schema::string_enum::<Rule>(), object]).about("A word, or an object of three parts.")
}

fn rules() -> Schema {
    let rule =
        |_| Schema::reference("rule").about("The rule of the criterion; parts that it lacks are looked up further.");
    Schema::input(PartialRules::FIELDS, &[], rule)
}

fn crime_scope() -> Schema {
    let object = Schema::input(CrimeScope::FIELDS, &[], |field| match field {
        "code" => Schema::reference("crime_code").about("The crime."),
        "context" => codes().about("The contexts, such as `terrorism`."),
        _ => undescribed(),
    });
    Schema::any_of([Schema::reference("crime_code"), object]).about("A code alone, or a code and contexts.")
}

/// Returns the schema of a scope of an offer, in which code or context is present.
fn offered_crime() -> Schema {
    let has = |field: &'static str| {
        let present = Schema::new("not", Schema::reference(ABSENT));
        let properties = Value::Object(vec![(field.into(), present.into())]);
        Schema::new("required", Value::Array(vec![field.into()])).with("properties", properties)
    };
    let is_present = Schema::any_of([Schema::string(), has("code"), has("context")]);
    Schema::new("allOf", Value::Array(vec![Schema::reference("crime_scope").into(), is_present.into()]))
}

fn coordinate(field: &'static str) -> Schema {
    match field {
        "lat" => Schema::number((-Coordinates::MAX_LAT).into(), Coordinates::MAX_LAT.into())
            .about("The latitude in degrees."),
        "lon" => Schema::number((-Coordinates::MAX_LON).into(), Coordinates::MAX_LON.into())
            .about("The longitude in degrees."),
        _ => undescribed(),
    }
}

fn language<const N: usize>(fields: &[&'static str; N], attribute: &Schema) -> Schema {
    let object = Schema::input(fields, &["tag"], |field| match field {
        "tag" => Schema::reference("tag").about("The language."),
        "level" => attribute.clone().about("The level at which the person speaks it."),
        "how" => {
            attribute.clone().with_default(LanguageMode::Spoken.as_str()).about("The mode in which it is provided.")
        }
        _ => undescribed(),
    });
    Schema::any_of([Schema::reference("tag"), object])
}

fn need_field(field: &'static str) -> Schema {
    match field {
        "id" => short_text().about("The id, unique among the needs."),
        "case" => short_text().about("Connects the needs of one person."),
        "group" => short_text().about("All needs of a group go to the same offer."),
        "people" => Schema::integer(&(1..=MAX_PEOPLE))
            .with_default(Value::Int(1))
            .about("The number of people who stay together."),
        "priority" => Schema::string_enum::<Priority>()
            .with_default(Priority::Routine.as_str())
            .about("The priority; never computed."),
        "help" => Schema::reference("code").about("The kind of help."),
        "languages" => list(language(SpokenLanguage::FIELDS, &Schema::string_enum::<LanguageLevel>()))
            .about("The person's languages, the best first."),
        "region" => short_text().except("any").about("The code of the person's region; a `place` requires it."),
        "place" => Schema::input(Coordinates::FIELDS, &[], coordinate)
            .about("The person's location; both coordinates or none."),
        "crime" => Schema::reference("crime_scope").about("The crime and its context."),
        "roles" => codes().about("The roles of the person, such as `bereaved`."),
        "gender" => Schema::string_enum::<Gender>().about("The gender; it matters only if an offer restricts it."),
        "age" => Schema::integer(&(0..=MAX_AGE)).about("The age in years."),
        "formats" => list(Schema::string_enum::<DeliveryFormat>()).about("Formats, one of which is enough."),
        "access" => codes().about("What the person requires to use an offer, such as `wheelchair`."),
        "rules" => Schema::reference("rules").about("Rules that take precedence over those of the policy."),
        _ => undescribed(),
    }
}

fn offer_field(field: &'static str) -> Schema {
    match field {
        "id" => short_text().about("The id, unique among the offers."),
        "name" => text().about("The name of the service."),
        "organisation" => text().about("The name of the organisation."),
        "help" => list_or_any(Schema::reference("code")).about("The kinds of help."),
        "languages" => list(language(OfferedLanguage::FIELDS, &Schema::string_enum::<LanguageMode>()))
            .about("The languages, in any order."),
        "area" => {
            Schema::list_up_to(MAX_AREAS, short_text()).about("The codes of the regions that are served, or `any`.")
        }
        "place" => Schema::input(Location::FIELDS, &[], |field| match field {
            "region" => short_text().about("The code of the region in which the offer is."),
            _ => coordinate(field),
        })
        .about("The location of the offer; both coordinates or none."),
        "crimes" => list_or_any(offered_crime()).about("The crimes that the offer is for."),
        "capacity" => capacity().about("A number of free places, or an object."),
        "roles" => list_or_any(Schema::reference("code")).about("The roles that are served."),
        "genders" => list_or_any(Schema::string_enum::<Gender>()).about("The genders that are served."),
        "ages" => ages().about("The ages that are served, both ends included."),
        "formats" => list_or_any(Schema::string_enum::<DeliveryFormat>()).about("The formats of the help."),
        "access" => codes().about("The requirements that are met."),
        "no_access" => codes().about("The requirements that are not met."),
        "contact" => contact().about("How to reach the offer."),
        _ => undescribed(),
    }
}

fn capacity() -> Schema {
    let places = || Schema::integer(&(0..=MAX_PLACES.into()));
    let object = Schema::input(Capacity::FIELDS, &[], |field| match field {
        "free" => places().about("The number of free places."),
        "total" => places().about("The number of all places."),
        "state" => {
            Schema::string_enum::<CapacityState>().with_default(CapacityState::Open.as_str()).about("The state.")
        }
        "updated" => Schema::reference("date").about("The day on which the numbers were known."),
        _ => undescribed(),
    });
    Schema::any_of([places(), object])
}

fn ages() -> Schema {
    Schema::input(AgeRange::FIELDS, &[], |field| match field {
        "min" => Schema::integer(&(0..=MAX_AGE)).about("The lowest age in years."),
        "max" => Schema::integer(&(0..=MAX_AGE)).about("The highest age in years."),
        _ => undescribed(),
    })
}

fn contact() -> Schema {
    Schema::input(Contact::FIELDS, &[], |field| match field {
        "phone" => text().about("The telephone number."),
        "email" => text().about("The e-mail address."),
        "url" => text().about("The web address."),
        _ => undescribed(),
    })
}
