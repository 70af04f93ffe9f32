//! The vocabulary: codes and names of languages, regions, crimes and kinds of help, and their resolution from typed text.
//!
//! [`Vocabulary`] is a facade over these modules, each of which depends on earlier ones only:
//!
//! - `data`, `countries`: the built-in tables; `fold`: the form in which names are compared;
//! - `language_code`, `language_variant`, `language`; `region`, `region_tree`, `region_areas`, `region_set`,
//!   `region_relation`, `region_extent`, `region_aliases`, `regions`; `terms`; `code_names`; `synonyms`; together: `tables`;
//! - `statutes`, `inflections`: other forms of typed words; `names`: all names of the tables; `other_words`: words
//!   that are none; `name_index` and `prefix_index`: indexes of names; with the tables: `lexicon`;
//! - `qualifiers`, `postcodes`, `candidate`, `resolve`, `suggest`: text to codes;
//! - `comprehension`, `region_additions`, `additions`: JSON to tables; `export`: tables to JSON.

mod abbreviations;
pub(crate) mod additions;
mod candidate;
mod code_names;
mod comprehension;
mod countries;
pub(crate) mod data;
mod export;
pub(crate) mod fold;
mod inflections;
pub(crate) mod label_table;
pub(crate) mod language;
pub(crate) mod language_code;
mod language_variant;
mod lexicon;
mod name_index;
mod name_list;
mod names;
mod other_words;
pub(crate) mod postcodes;
mod prefix_index;
mod qualifiers;
mod reading;
pub(crate) mod region;
pub(crate) mod region_additions;
pub(crate) mod region_aliases;
pub(crate) mod region_areas;
pub(crate) mod region_extent;
pub(crate) mod region_relation;
pub(crate) mod region_set;
mod region_tree;
mod region_words;
pub(crate) mod regions;
mod resolve;
mod statutes;
mod suggest;
mod synonyms;
mod tables;
mod terms;

use std::{
    borrow::Cow,
    fmt,
    sync::{Arc, LazyLock},
};

use serde::{Serialize, Serializer};

use crate::{
    decode::{
        code_kind::CodeKind,
        path::{Path, Record},
        suggest::Suggest,
        value::Value,
    },
    error::{Error, ErrorSink, Message},
    model::{enums::Lang, policy::Policy},
    util::progress::{ProgressReporter, WorkMeter},
};

use self::{language::Languages, lexicon::Lexicon, regions::Regions, suggest::Suggester, tables::Tables};

pub use self::{candidate::Candidate, region::RegionKind};

/// The codes and names of languages, regions, crimes and kinds of help.
///
/// The built-in tables have the languages and the countries of the world with their names in German and English, the Länder and
/// Kreise of Germany, and the codes of crimes and kinds of help. [`from_json`](Self::from_json) adds regions, aliases, languages, names
/// and words. [`resolve`](Self::resolve) returns the codes for typed text, [`suggest`](Self::suggest) for text that is being
/// typed.
///
/// A vocabulary serializes to JSON in the form that `from_json` accepts. Cloning is cheap.
///
/// # Example: names of codes
///
/// ```
/// use lotse::{CodeKind, Lang, Vocabulary};
/// let vocabulary = Vocabulary::default();
/// assert_eq!(vocabulary.name(CodeKind::Language, "prs", Lang::De), "Dari");
/// assert_eq!(vocabulary.name(CodeKind::Region, "14713", Lang::En), "Leipzig (Stadt)");
/// ```
///
/// # Example: export and import
///
/// ```
/// use lotse::Vocabulary;
/// let json = serde_json::to_string(&Vocabulary::default())?;
/// let imported = Vocabulary::from_json(&json)?;
/// assert_eq!(serde_json::to_string(&imported)?, json);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Vocabulary {
    lexicon: Arc<Lexicon>,
}

static BUILT_IN: LazyLock<Arc<Lexicon>> = LazyLock::new(|| Arc::new(Lexicon::new(Tables::built_in())));

impl Default for Vocabulary {
    /// Returns the built-in tables, which are parsed once, on the first call.
    fn default() -> Self {
        Self { lexicon: Arc::clone(&BUILT_IN) }
    }
}

impl Vocabulary {
    /// Returns the built-in tables with the additions in a JSON text.
    ///
    /// All keys are optional:
    ///
    /// - `home`: the country whose keys records may state without it, `DE` by default. With `FR`, `59350` is `FR-59350` if that is
    ///   known, and a key of Germany that would be misread is `DE-14612`. Additions state all codes in full;
    /// - `regions`: nodes of the tree, each below a `parent`. An entry that gives a built-in region another kind, parent or name is
    ///   an error, unless it has `"replace": true`; what it does not state stays as it is;
    /// - `region_aliases`: other codes, each for one region or several. `{"to": ["14612"], "kind": "postcode"}` states the kind:
    ///   a `postcode` is never certain alone, a `key` is, a `plate` is not read as a region. An alias that ends in `*` is one
    ///   for every code that begins with the rest; of several the longest counts;
    /// - `languages`: other tags for a language; `sign_languages`; `umbrellas`: codes with their members;
    /// - `comprehension`: rows with the degree to which speakers of one language understand another;
    /// - `names`: names of codes; the first of a language is displayed;
    /// - `words`: words that people type for one code, for several, or for none.
    ///
    /// # Errors
    ///
    /// All errors of the text, with paths that begin with `vocabulary`.
    ///
    /// # Example: a region below a Kreis
    ///
    /// ```
    /// use lotse::{CodeKind, Lang, Vocabulary};
    /// let vocabulary = Vocabulary::from_json(
    ///     r#"{"regions": [{"code": "14628010", "kind": "gemeinde", "parent": "14628", "name": "Altenberg"}]}"#,
    /// )?;
    /// assert_eq!(vocabulary.name(CodeKind::Region, "14628010", Lang::De), "Altenberg");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    ///
    /// # Example: regions of another country
    ///
    /// ```
    /// use lotse::{CodeKind, Lang, Vocabulary};
    /// let vocabulary = Vocabulary::from_json(
    ///     r#"{"regions": [{"code": "AT-9", "kind": "land", "parent": "AT", "name": "Wien"}],
    ///         "region_aliases": {"1*": {"to": "AT-9", "kind": "postcode"}}}"#,
    /// )?;
    /// let codes = |text| -> Vec<String> {
    ///     let candidates = vocabulary.resolve(text, CodeKind::Region, Lang::De);
    ///     candidates.iter().map(|candidate| candidate.code().to_owned()).collect()
    /// };
    /// assert_eq!((codes("1010 Wien"), codes("Österreich")), (vec!["AT-9".to_owned()], vec!["AT".to_owned()]));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    ///
    /// # Example: a built-in code for another region
    ///
    /// ```
    /// use lotse::Vocabulary;
    /// let additions = r#"{"regions": [{"code": "14", "kind": "land", "parent": "FR", "name": "Calvados"}]}"#;
    /// let error = Vocabulary::from_json(additions).unwrap_err();
    /// assert_eq!(error.code(), "vocabulary.region.contradiction");
    /// assert_eq!(error.hint(), Some("prefix the country, such as `FR-14`, or state `\"replace\": true`"));
    /// ```
    ///
    /// # Example: an unknown parent
    ///
    /// ```
    /// use lotse::Vocabulary;
    /// let additions = r#"{"regions": [{"code": "x-1", "kind": "gemeinde", "parent": "99999"}]}"#;
    /// let error = Vocabulary::from_json(additions).unwrap_err();
    /// assert_eq!(error.code(), "vocabulary.region.unknown_parent");
    /// assert_eq!(error.path(), "vocabulary.regions[0].parent");
    /// ```
    pub fn from_json(additions: &str) -> Result<Self, Error> {
        Self::from_value(&Value::from_json(additions)?)
    }

    /// Returns the built-in tables with the additions in a value; see [`from_json`](Self::from_json).
    ///
    /// # Errors
    ///
    /// All errors of the value, with paths that begin with `vocabulary`.
    ///
    /// # Example: another tag for a language
    ///
    /// ```
    /// use lotse::{CodeKind, Vocabulary, wire::Value};
    /// let additions = Value::from_json(r#"{"languages": {"qax": "prs"}}"#)?;
    /// assert!(Vocabulary::from_value(&additions)?.contains(CodeKind::Language, "qax"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(additions: &Value) -> Result<Self, Error> {
        let mut errors = ErrorSink::default();
        let root = Path::root(Record::Vocabulary);
        let vocabulary = Self::decode(&mut errors, &root.field("vocabulary"), additions);
        errors.into_result(vocabulary)
    }

    /// Decodes additions to the built-in tables. Erroneous ones are reported and left out.
    pub(crate) fn decode(errors: &mut ErrorSink, path: &Path<'_>, additions: &Value) -> Self {
        let mut lexicon = Lexicon::clone(&BUILT_IN);
        additions::decode(&mut lexicon, errors, path, additions);
        Self { lexicon: Arc::new(lexicon) }
    }

    /// Returns the vocabulary with the comprehension rows of a policy, which take precedence.
    pub(crate) fn with_comprehension_of(self, policy: &Policy, errors: &mut ErrorSink) -> Self {
        let rows = &policy.language.comprehension;
        if rows.is_empty() {
            return self;
        }
        let (root, mut lexicon) = (Path::root(Record::Policy), Lexicon::clone(&self.lexicon));
        let (policy, languages) = (root.field("policy"), lexicon.languages_mut());
        let path = policy.field("language");
        comprehension::insert_rows(languages, errors, &path.field("comprehension"), rows.iter().enumerate());
        Self { lexicon: Arc::new(lexicon) }
    }

    /// Returns the display name of a code, or the code itself if it has none.
    ///
    /// If there is no name in `lang`, the German or English one is returned, or one in any other language.
    ///
    /// # Example: known and unknown codes
    ///
    /// ```
    /// use lotse::{CodeKind, Lang, Vocabulary};
    /// let vocabulary = Vocabulary::default();
    /// assert_eq!(vocabulary.name(CodeKind::Help, "legal", Lang::De), "Rechtliche Hilfe");
    /// assert_eq!(vocabulary.name(CodeKind::Role, "no-such-role", Lang::En), "no-such-role");
    /// ```
    pub fn name<'a>(&'a self, kind: CodeKind, code: &'a str, lang: Lang) -> Cow<'a, str> {
        self.tables().name(kind, code, lang)
    }

    /// Returns `true` if the tables have a code, in any of its official forms.
    ///
    /// # Example: codes of a Kreis
    ///
    /// ```
    /// use lotse::{CodeKind, Vocabulary};
    /// let vocabulary = Vocabulary::default();
    /// assert!(vocabulary.contains(CodeKind::Region, "14612"));
    /// assert!(vocabulary.contains(CodeKind::Region, "DED21"));
    /// assert!(!vocabulary.contains(CodeKind::Region, "Dresden"));
    /// ```
    pub fn contains(&self, kind: CodeKind, code: &str) -> bool {
        self.tables().contains(kind, code)
    }

    /// Returns the codes that a typed text may stand for, sorted by descending [score](Candidate::score).
    ///
    /// The text may be in any language; names in the result are in `lang`, or in English if it is `None`. Case, accents,
    /// spaces and hyphens are ignored, and ä is a or ae.
    ///
    /// - A [closed](CodeKind::is_closed) kind has its own words: "telefonisch" is the format `phone`.
    /// - Codes are resolved. Of the tags of languages, which are also words (`Ga`, `Ewe`, `Ido`), those of three letters or more that
    ///   are no name are; shorter ones are only [suggested](Self::suggest).
    /// - A country is found by its name, and by its code in capitals if that is no name: `SN` is Sachsen or Senegal.
    /// - Five digits are a Kreis or a postcode, so that even a single candidate is an umbrella. Next to a town (`01067 Dresden`)
    ///   they stand for what both readings share. German postcodes are built in with the feature `postcodes`.
    /// - Words that state the kind of a region select: "LK Leipzig" is the Landkreis alone. Prepositions may be abbreviated.
    /// - A second name selects a meaning of the first, in a bracket, behind a stroke or a space: "Kurdisch (Badini)",
    ///   "Oelsnitz/Vogtland", "Dresden, Sachsen". A bracket that is not understood makes the candidate uncertain, and so does a
    ///   river ("Torgau/Elbe").
    /// - A list of names ("Deutsch, Dari") returns the codes of all of them, as a [`List`](crate::ResolvedBy::List) if each is
    ///   certain; a list with an unknown name has no candidates, nor has a text that leaves something out ("Sachsen außer Leipzig").
    /// - Typing errors: none up to four letters, one up to seven, else two, and two only if no other name is as near. The first
    ///   letters must sound alike, unless the only error is one of eight letters or more; of eight or nine letters with two
    ///   errors, the first four must be right. A word that is known to be something else, such as a place abroad, is none.
    /// - A text of more than 512 bytes has no candidates.
    ///
    /// # Example: certain, ambiguous, mistyped
    ///
    /// ```
    /// use lotse::{ResolvedBy, CodeKind, Lang, Vocabulary};
    /// let vocabulary = Vocabulary::default();
    /// let codes = |text, kind| -> Vec<(String, ResolvedBy)> {
    ///     let candidates = vocabulary.resolve(text, kind, Lang::De);
    ///     candidates.iter().map(|candidate| (candidate.code().to_owned(), candidate.how())).collect()
    /// };
    /// assert_eq!(codes("Kurmandschi", CodeKind::Language), [("kmr".to_owned(), ResolvedBy::Exact)]);
    /// assert_eq!(codes("ukranisch", CodeKind::Language), [("uk".to_owned(), ResolvedBy::Typo)]);
    /// let leipzig = codes("Leipzig", CodeKind::Region);
    /// assert_eq!(leipzig, [("14713".to_owned(), ResolvedBy::Umbrella), ("14729".to_owned(), ResolvedBy::Umbrella)]);
    ///
    /// let attack = &vocabulary.resolve("Terroranschlag", CodeKind::Crime, Lang::De)[0];
    /// assert_eq!((attack.code(), attack.context().collect()), ("0101", vec!["major_event", "terrorism"]));
    /// ```
    pub fn resolve(&self, text: &str, kind: CodeKind, lang: impl Into<Option<Lang>>) -> Vec<Candidate> {
        let silent = ProgressReporter::silent();
        self.resolve_cancellable(text, kind, lang.into().unwrap_or(Lang::En), &WorkMeter::new(&silent, 1))
    }

    /// Like [`resolve`](Self::resolve); of a cancelled operation the candidates are incomplete.
    pub(crate) fn resolve_cancellable(
        &self,
        text: &str,
        kind: CodeKind,
        lang: Lang,
        meter: &WorkMeter<'_>,
    ) -> Vec<Candidate> {
        resolve::resolve(&self.lexicon, text, kind, lang, meter)
    }

    /// Returns at most `top` codes that a text may stand for while it is being typed, each with its context once.
    ///
    /// Suggestions are sorted by:
    ///
    /// 1. certain and ambiguous candidates of [`resolve`](Self::resolve); of one word, first the codes whose names begin with
    ///    the text;
    /// 2. from two letters on, codes with a name, word or code that begins with the text: first those with umlauts as typed;
    /// 3. codes with a name or word in which a later word does: first those with umlauts as typed;
    /// 4. languages whose tags do;
    /// 5. typing errors.
    ///
    /// Within 2 to 4, the names of the most frequent languages come first, then names in `lang` before those in other languages,
    /// then short ones before long ones, then in order of their letters. If there is no certain or ambiguous candidate, words
    /// such as "Landkreis" need not be part of a name, and only regions of that kind are suggested, from one letter on. A text of
    /// more than 512 bytes has no suggestions.
    ///
    /// # Example: text that is being typed
    ///
    /// ```
    /// use lotse::{ResolvedBy, CodeKind, Lang, Vocabulary};
    /// let vocabulary = Vocabulary::default();
    /// let first = |text| {
    ///     let candidate = vocabulary.suggest(text, CodeKind::Language, Lang::De, 5).into_iter().next();
    ///     candidate.map(|first| (first.name().to_owned(), first.how(), first.word().map(str::to_owned)))
    /// };
    /// assert_eq!(first("persi"), Some(("Persisch".to_owned(), ResolvedBy::Completed, None)));
    /// assert_eq!(first("tunes"), Some(("Tunesisches Arabisch".to_owned(), ResolvedBy::Completed, None)));
    /// assert_eq!(first("afgh"), Some(("Dari".to_owned(), ResolvedBy::Completed, Some("Afghanisch".to_owned()))));
    /// assert_eq!(first("afghanisch"), Some(("Dari".to_owned(), ResolvedBy::Umbrella, None)));
    /// ```
    pub fn suggest(&self, text: &str, kind: CodeKind, lang: impl Into<Option<Lang>>, top: usize) -> Vec<Candidate> {
        let silent = ProgressReporter::silent();
        self.suggester(lang.into().unwrap_or(Lang::En), top, &WorkMeter::new(&silent, 1)).suggest(text, kind).0
    }

    /// Returns the suggestions for many words; those of a cancelled operation are incomplete.
    pub(crate) fn suggester<'v>(&'v self, lang: Lang, top: usize, meter: &'v WorkMeter<'v>) -> Suggester<'v> {
        Suggester::new(&self.lexicon, lang, top, meter)
    }

    fn tables(&self) -> &Tables {
        self.lexicon.tables()
    }

    /// Returns `true` if the tables list a text as a word that is no name of this kind.
    #[cfg(feature = "import")]
    pub(crate) fn is_listed_as_no_name(&self, kind: CodeKind, text: &str) -> bool {
        self.tables().synonyms.is_no_name(kind, &terms::folded_term(kind, text))
    }

    /// Returns the known languages.
    pub(crate) fn languages(&self) -> &Languages {
        &self.tables().languages
    }

    /// Returns the known regions.
    pub(crate) fn regions(&self) -> &Regions {
        &self.tables().regions
    }
}

impl Suggest for Vocabulary {
    fn did_you_mean(&self, kind: CodeKind, text: &str) -> Option<Message> {
        let of_country = (kind == CodeKind::Language).then(|| self.languages().of_country(text)).flatten();
        let name = of_country.map(|language| self.name(kind, language, Lang::En));
        resolve::did_you_mean(&self.lexicon, name.as_deref().unwrap_or(text), kind)
    }
}

impl Serialize for Vocabulary {
    /// Serializes all tables, in the form that [`from_json`](Self::from_json) accepts.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.tables().serialize(serializer)
    }
}

impl fmt::Debug for Vocabulary {
    /// Formats the number of languages only, since the tables have some thousand rows.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vocabulary").field("languages", &self.languages().tags().len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;
    use crate::{
        decode::code_kind::CodeKind,
        error::ErrorSink,
        model::{enums::Lang, policy::Policy},
        util::fixed::Ratio,
    };

    #[test]
    fn rows_of_a_policy_change_only_the_suggestions_of_its_own_vocabulary() {
        for is_built_in_first in [true, false] {
            let base = Vocabulary::from_json(r#"{"languages": {}}"#).unwrap();
            let degree = Ratio::new(5_000).unwrap();
            let policy = Policy::builder().comprehension("kun", "de", degree).build().unwrap();
            let extended = base.clone().with_comprehension_of(&policy, &mut ErrorSink::default());
            let mut vocabularies = [(&base, false), (&extended, true)];
            if !is_built_in_first {
                vocabularies.reverse();
            }
            for (vocabulary, expected) in vocabularies {
                let suggestions = vocabulary.suggest("ku", CodeKind::Language, None, usize::MAX);
                let has_code = suggestions.iter().any(|candidate| candidate.code() == "kun");
                assert_eq!(has_code, expected, "{is_built_in_first}");
            }
        }
    }

    #[test]
    fn regions_of_one_name_in_several_lands_have_that_of_their_parent() {
        let additions = r#"{"regions": [
            {"code": "US-CA", "kind": "land", "parent": "US", "name": "California"},
            {"code": "US-FL", "kind": "land", "parent": "US", "name": "Florida"},
            {"code": "US-06059", "kind": "kreis", "parent": "US-CA", "name": "Orange County"},
            {"code": "US-12095", "kind": "kreis", "parent": "US-FL", "name": "Orange County"},
            {"code": "US-12011", "kind": "kreis", "parent": "US-FL", "name": "Broward County"}
        ]}"#;
        let vocabulary = Vocabulary::from_json(additions).unwrap();
        let name = |code| vocabulary.name(CodeKind::Region, code, Lang::En).into_owned();
        assert_eq!(name("US-12095"), "Orange County (Florida)");
        assert_eq!(name("US-06059"), "Orange County (California)");
        assert_eq!(name("US-12011"), "Broward County");
        let found = vocabulary.resolve("Orange County", CodeKind::Region, Lang::En);
        assert_eq!(found.iter().map(|candidate| candidate.code()).collect::<Vec<_>>(), ["US-06059", "US-12095"]);
        let found = vocabulary.resolve("Orange County (Florida)", CodeKind::Region, Lang::En);
        assert_eq!(found.iter().map(|candidate| candidate.code()).collect::<Vec<_>>(), ["US-12095"]);
    }

    #[test]
    fn exported_additions_decode_to_equal_tables() {
        let additions = r#"{
            "home": "FR",
            "regions": [
                {"code": "FR-14", "kind": "land", "parent": "FR", "name": "Calvados"},
                {"code": "FR-14612", "kind": "kreis", "parent": "FR-14", "name": "Saint-Exemple"},
                {"code": "14713", "kind": "kreis", "name": "Leipsic", "replace": true},
                {"code": "14627", "kind": "kreis", "lat": 51, "lon": 13, "replace": true, "kreisfrei": false}
            ],
            "region_aliases": {
                "1*": {"to": ["14612", "FR-14612"], "kind": "postcode"}, "K": {"to": "FR-14", "kind": "key"},
                "L": {"to": "14713", "kind": "plate"}, "02999": ["14625", "14626"], "M*": "14627"
            },
            "names": [{"kind": "region", "code": "14612", "lang": "de", "text": "Elbflorenz"}],
            "words": [{"kind": "region", "codes": ["14612"], "lang": "de", "text": "Elbmetropole"}]
        }"#;
        let vocabulary = Vocabulary::from_json(additions).unwrap();
        let exported = serde_json::to_string(&vocabulary).unwrap();
        let imported = Vocabulary::from_json(&exported).unwrap();
        assert_eq!(serde_json::to_string(&imported).unwrap(), exported);
        for vocabulary in [vocabulary, imported] {
            let name = |code| vocabulary.name(CodeKind::Region, code, Lang::De).into_owned();
            assert_eq!(
                ["14612", "FR-14612", "DE-14612", "14713"].map(name),
                ["Saint-Exemple", "Saint-Exemple", "Elbflorenz", "Leipsic"]
            );
            for typed in ["Elbflorenz", "Elbmetropole", "Radebeul"] {
                let candidates = vocabulary.resolve(typed, CodeKind::Region, Lang::De);
                let code = if typed == "Radebeul" { "14627" } else { "DE-14612" };
                assert_eq!(candidates.iter().map(|found| found.code()).collect::<Vec<_>>(), [code], "{typed}");
            }
        }
    }

    #[test]
    fn exported_tables_decode_to_equal_tables() {
        let exported = serde_json::to_string(&Vocabulary::default()).unwrap();
        let imported = Vocabulary::from_json(&exported).unwrap();
        assert_eq!(serde_json::to_string(&imported).unwrap(), exported);
    }
}
