//! The schema of additions to the vocabulary.

use crate::{
    decode::{
        code_kind::CodeKind,
        decoder::{MAX_ITEMS, MAX_LABEL_BYTES},
        value::Value,
    },
    util::geo::Coordinates,
    vocabulary::{
        RegionKind,
        additions::{self, NAME_FIELDS, WORD_FIELDS, WORD_REQUIRED},
        region_additions::{ALIAS_FIELDS, REGION_FIELDS, REGION_REQUIRED},
        region_aliases::AliasKind,
    },
    wire::schema::{
        builder::Schema,
        records::{short_text, undescribed},
    },
};

pub(super) fn definitions() -> Vec<(&'static str, Schema)> {
    let vocabulary = Schema::input(additions::FIELDS, &[], field);
    vec![("vocabulary", vocabulary.about("Additions to the built-in codes and names."))]
}

fn field(name: &'static str) -> Schema {
    match name {
        "home" => short_text().about("The country whose codes need no prefix, such as `DE`."),
        "regions" => Schema::list(Schema::input(REGION_FIELDS, REGION_REQUIRED, region_field)).about("Regions."),
        "region_aliases" => {
            Schema::map(region_alias()).about("Other codes of regions. `*` at the end stands for any rest.")
        }
        "languages" => Schema::map(short_text()).about("Other tags of languages."),
        "sign_languages" => tags().about("Tags of sign languages."),
        "umbrellas" => Schema::map(tags()).about("Tags that stand for several languages, with these languages."),
        "comprehension" => {
            Schema::list(Schema::reference("comprehension_row")).about("Rows of the comprehension table.")
        }
        "names" => Schema::list(Schema::input(NAME_FIELDS, NAME_FIELDS, word_field)).about("Names of codes."),
        "words" => Schema::list(Schema::input(WORD_FIELDS, WORD_REQUIRED, word_field)).about("Words that mean codes."),
        _ => undescribed(),
    }
}

fn tags() -> Schema {
    Schema::list_up_to(MAX_ITEMS, short_text())
}

fn region_field(name: &'static str) -> Schema {
    match name {
        "code" => short_text().about("The code."),
        "kind" => Schema::string_enum::<RegionKind>().about("The level."),
        "kreisfrei" => Schema::boolean().about("`true` for a city that is a Kreis of its own."),
        "parent" => short_text().about("The code of the region that contains it."),
        "lat" => Schema::number((-Coordinates::MAX_LAT).into(), Coordinates::MAX_LAT.into())
            .about("The latitude of the centre."),
        "lon" => Schema::number((-Coordinates::MAX_LON).into(), Coordinates::MAX_LON.into())
            .about("The longitude of the centre."),
        "neighbours" => tags().about("The codes of neighbouring regions."),
        "name" => label().about("The name."),
        "replace" => Schema::boolean().about("`true` if it replaces a built-in region."),
        _ => undescribed(),
    }
}

fn region_alias() -> Schema {
    let targets = |codes| Schema::any_of([short_text(), codes]);
    let object = Schema::input(ALIAS_FIELDS, ALIAS_FIELDS, |name| match name {
        "to" => targets(tags().with("minItems", Value::Int(1))).about("The code of a region, or several codes."),
        "kind" => Schema::string_enum::<AliasKind>().about("The kind of code that the alias is."),
        _ => undescribed(),
    });
    Schema::any_of([targets(tags()), object])
}

fn word_field(name: &'static str) -> Schema {
    match name {
        "kind" => Schema::strings(CodeKind::open().map(CodeKind::as_str)).about("The kind of code."),
        "code" => short_text().about("The code."),
        "codes" => Schema::list_up_to(MAX_ITEMS, short_text())
            .about("The codes that the word means; none if it means nothing."),
        "context" => Schema::list_up_to(MAX_ITEMS, Schema::reference("code"))
            .about("The contexts that the word of a crime means."),
        "lang" => short_text().about("The language of the text."),
        "text" => label().about("The text."),
        _ => undescribed(),
    }
}

fn label() -> Schema {
    Schema::text(MAX_LABEL_BYTES)
}
