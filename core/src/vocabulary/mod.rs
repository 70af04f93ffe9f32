//! The codes and names of languages, regions, crimes and kinds of help.

mod additions;
mod code_names;
pub(crate) mod comprehension;
mod export;
mod fold;
pub(crate) mod language;
mod meant;
mod name_index;
mod per_kind;
mod qualifiers;
pub(crate) mod region;
mod resolve;
mod suggest;
mod synonyms;

use std::{
    borrow::Cow,
    fmt,
    sync::{Arc, LazyLock},
};

use crate::{
    decode::{
        code_kind::CodeKind,
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorSink},
    model::enums::Lang,
    vocabulary::{
        code_names::Labels, comprehension::ComprehensionRow, language::Languages, region::Regions, resolve::Resolver,
        synonyms::Words,
    },
};

pub use self::{region::RegionKind, resolve::Candidate};

/// The codes and names of languages, regions, crimes and kinds of help.
///
/// The built-in tables know the languages of the world by their names in German and English, the Länder and Kreise of
/// Germany, and the codes of crimes and kinds of help. Own regions, aliases, languages, names and words are added from
/// JSON. What people type becomes a code by [`resolve`](Self::resolve), and while they type by [`suggest`](Self::suggest).
/// Cloning is cheap.
///
/// # Example: names of codes
///
/// ```
/// use lotse::{CodeKind, Lang, Vocabulary};
/// let vocabulary = Vocabulary::default();
/// assert_eq!(vocabulary.name(CodeKind::Language, "prs", Lang::De), "Dari");
/// assert_eq!(vocabulary.name(CodeKind::Region, "14713", Lang::En), "Leipzig (Stadt)");
/// assert_eq!(vocabulary.name(CodeKind::Role, "no-such-role", Lang::En), "no-such-role");
/// ```
#[derive(Clone)]
pub struct Vocabulary {
    tables: Arc<Tables>,
}

#[derive(Clone, Debug)]
pub(crate) struct Tables {
    pub(crate) languages: Languages,
    pub(crate) regions: Regions,
    pub(crate) labels: Labels,
    pub(crate) words: Words,
    resolver: Resolver,
}

static BUILT_IN: LazyLock<Arc<Tables>> = LazyLock::new(|| {
    Arc::new(Tables {
        languages: Languages::built_in(),
        regions: Regions::built_in(),
        labels: Labels::built_in(),
        words: Words::default(),
        resolver: Resolver::default(),
    })
});

impl Default for Vocabulary {
    /// The built-in tables; they are read once, when first asked for.
    fn default() -> Self {
        Self { tables: Arc::clone(&BUILT_IN) }
    }
}

impl Vocabulary {
    /// The built-in tables and the additions in this JSON text: `regions`, `region_aliases` (other keys, each for one region
    /// or several, such as a postcode), `languages` (other tags for a language), `sign_languages`, `umbrellas`,
    /// `comprehension`, `names`, and `words` (what people type for one code or several).
    ///
    /// # Errors
    ///
    /// Every problem of the text, with paths that begin with `vocabulary`.
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
    pub fn from_json(additions: &str) -> Result<Self, Error> {
        Self::from_value(&Value::from_json(additions)?)
    }

    /// The built-in tables and the additions in this data.
    ///
    /// # Errors
    ///
    /// As [`from_json`](Self::from_json).
    pub fn from_value(additions: &Value) -> Result<Self, Error> {
        let mut problems = ErrorSink::default();
        let root = Path::root(Record::Vocabulary);
        let vocabulary = Self::read(&mut problems, &root.field("vocabulary"), additions);
        problems.into_result(vocabulary)
    }

    pub(crate) fn read(problems: &mut ErrorSink, at: &Path<'_>, additions: &Value) -> Self {
        let mut tables = Tables::clone(&BUILT_IN);
        additions::read(&mut tables, problems, at, additions);
        Self { tables: Arc::new(tables) }
    }

    /// The same vocabulary with the rows of comprehension that a policy adds or takes out.
    pub(crate) fn under(self, problems: &mut ErrorSink, at: &Path<'_>, rows: &[ComprehensionRow]) -> Self {
        if rows.is_empty() {
            return self;
        }
        let mut tables = Tables::clone(&self.tables);
        comprehension::put(&mut tables.languages, problems, at, rows.iter().enumerate());
        Self { tables: Arc::new(tables) }
    }

    /// The name of a code in a language, or the code itself where no name is known.
    pub fn name<'a>(&'a self, kind: CodeKind, code: &'a str, lang: Lang) -> Cow<'a, str> {
        if let Some(name) = self.tables.labels.name(kind, code, lang) {
            return name;
        }
        match kind {
            CodeKind::Region => self.tables.regions.name(code).map_or(Cow::Borrowed(code), Cow::Owned),
            _ => Cow::Borrowed(code),
        }
    }

    /// Whether the tables have a name for this code.
    pub fn contains(&self, kind: CodeKind, code: &str) -> bool {
        match kind {
            CodeKind::Region => self.tables.regions.resolve(code).is_ok(),
            CodeKind::Language => self.tables.languages.resolve(code).is_ok(),
            _ => self.tables.labels.knows(kind, code),
        }
    }

    pub(crate) fn languages(&self) -> &Languages {
        &self.tables.languages
    }

    pub(crate) fn regions(&self) -> &Regions {
        &self.tables.regions
    }

    pub(crate) fn labels(&self) -> &Labels {
        &self.tables.labels
    }
}

impl fmt::Debug for Vocabulary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vocabulary").field("languages", &self.tables.languages.tags().count()).finish_non_exhaustive()
    }
}
