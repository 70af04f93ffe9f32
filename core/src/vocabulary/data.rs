//! The built-in tables of the vocabulary. The head of each file states columns, source and licence.

use crate::{model::enums::Lang, util::tsv::table};

/// Columns: `tag de en own`. Every language that CLDR names.
pub(super) const LANGUAGES: &str = table!("languages.tsv");
/// Columns: `tag kind de en own aliases members`. Takes precedence over [`LANGUAGES`].
pub(super) const LANGUAGE_ADDITIONS: &str = table!("language_additions.tsv");
/// Columns: `from to`, in lower case.
pub(super) const LANGUAGE_ALIASES: &str = table!("language_aliases.tsv");
/// Columns: `letter codes signs`. Every code of ISO 639-3, as a set of bits for each first letter.
pub(super) const LANGUAGE_CODES: &str = table!("language_codes.tsv");
/// Columns: `subtag meaning`. Orthographies, and simplified forms.
pub(super) const LANGUAGE_VARIANTS: &str = table!("language_variants.tsv");
/// Columns: `code de en aliases`. Every country but Germany.
pub(super) const COUNTRIES: &str = table!("countries.tsv");
/// Columns: `country language`. Codes of countries that people write instead of codes of languages.
pub(super) const COUNTRY_LANGUAGES: &str = table!("country_languages.tsv");
/// Columns: `rank tag`. The most frequent languages, in order.
pub(super) const FREQUENT_LANGUAGES: &str = table!("frequent_languages.tsv");
/// Columns: `from to degree source`.
pub(super) const COMPREHENSION: &str = table!("comprehension.tsv");
/// Columns: `code kind parent nuts iso kreisfrei name lat lon neighbours`. A border is in the row of the lesser code only.
pub(super) const REGIONS: &str = table!("regions.tsv");
/// Columns: `from to`.
pub(super) const REGION_ALIASES: &str = table!("region_aliases.tsv");
/// Columns: `code de en de-simple`.
pub(super) const CRIMES: &str = table!("crimes.tsv");
/// Columns: `tag de en de-simple`.
pub(super) const CONTEXTS: &str = table!("contexts.tsv");
/// Columns: `code de en de-simple`.
pub(super) const HELP: &str = table!("help.tsv");
/// Columns: `kind code de en de-simple`. Roles, access tags, and codes that the table of their kind cannot name.
pub(super) const TAGS: &str = table!("tags.tsv");
/// Columns: `kreis guess names short`.
pub(super) const TOWNS: &str = table!("towns.tsv");
/// Columns: `kreis postcodes`.
#[cfg(feature = "postcodes")]
pub(super) const POSTCODES: &str = table!("postcodes.tsv");
/// Columns: `region plates`.
#[cfg(feature = "import")]
pub(crate) const PLATES: &str = table!("plates.tsv");
/// Columns: `kind codes context de en`.
pub(super) const WORDS: &str = table!("words.tsv");
/// Columns: `kind initial words`, the words folded.
pub(super) const OTHER_WORDS: &str = table!("other_words.tsv");
/// Columns: `plain written`. The decomposition of letters with marks and of presentation forms.
pub(super) const LETTERS: &str = table!("letters.tsv");
/// Columns: `kind codes join de en fr`. Words for the closed kinds.
pub(super) const TERMS: &str = table!("terms.tsv");

/// Columns: `key if text`. The message catalogue in each display language.
pub(crate) const MESSAGES: [(Lang, &str); 3] = [
    (Lang::En, table!("messages/en.tsv")),
    (Lang::De, table!("messages/de.tsv")),
    (Lang::DeSimple, table!("messages/de-simple.tsv")),
];
/// Columns: `kinds code en de de-simple`. Words for codes in sentences, which are labels too.
pub(super) const MESSAGE_WORDS: &str = table!("messages/words.tsv");
/// Columns: `kinds code en de de-simple`. The other labels of codes and fields.
pub(super) const LABELS: &str = table!("messages/labels.tsv");
/// Columns: `kinds code en de de-simple`. The labels of reports and questions of imports.
#[cfg(feature = "import")]
pub(super) const IMPORT_LABELS: &str = table!("messages/import.tsv");
