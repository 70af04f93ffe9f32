use std::{fmt, sync::Arc};

use serde::{Serialize, Serializer};

use crate::{
    decode::code_kind::CodeKind,
    model::reason_codes,
    util::{date::Date, fixed::Ratio},
};

/// The maximal number of codes that a fact lists. A sentence lists fewer.
const MAX_CODES: usize = 20;

/// Returns the name of the fact that counts the codes which the fact `list` does not list.
pub(crate) fn more_than_listed(list: &str) -> &'static str {
    match list {
        "area" => "area_more",
        "lacking" => "lacking_more",
        "missing" => "missing_more",
        "need" => "need_more",
        "need_context" => "need_context_more",
        "offer" => "offer_more",
        "offer_context" => "offer_context_more",
        "roles" => "roles_more",
        _ => "more",
    }
}

/// The reason of a finding: a stable code with facts.
///
/// A list of codes has at most 20. If there are more, their number is another fact, such as `offer_more` for `offer`.
///
/// The code begins with that of the criterion. The code of a required change ([`RequiredChange`](crate::RequiredChange)) begins with
/// `change`. [`Finding::text`](crate::Finding::text) and [`RequiredChange::text`](crate::RequiredChange::text) render a reason as a
/// sentence.
///
/// # Example: an interpreter
///
/// ```
/// use lotse::{CodeKind, Criterion, Fact, LanguageMode, Matcher, Need, Offer};
/// let offer = Offer::builder("o-1").language_with_mode("prs", LanguageMode::Interpreter).build()?;
/// let matcher = Matcher::builder().offers([offer]).build()?;
/// let explanation = matcher.explain(&Need::builder("n-1").language("prs").build()?, "o-1")?;
/// let reason = explanation.assessment().finding(Criterion::Language).unwrap().reason();
/// assert_eq!(reason.code(), "language.interpreter");
/// assert_eq!(reason.fact("need"), Some(&Fact::Code(CodeKind::Language, "prs".to_owned())));
/// assert_eq!(reason.fact("how"), Some(&Fact::Word("interpreter")));
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct Reason {
    code: &'static str,
    // `None` if there are no facts. Shared, because the matches of many needs have the same reason.
    facts: Option<Arc<Vec<(&'static str, Fact)>>>,
}

impl fmt::Debug for Reason {
    /// Shows no fact, so that no log repeats a value of a need.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reason").field("code", &self.code).finish_non_exhaustive()
    }
}

impl Reason {
    /// Creates a reason without facts. Its code has to be declared.
    pub(crate) fn new(code: &'static str) -> Self {
        debug_assert!(reason_codes::facts_of(code).is_some(), "no declared code: {code}");
        Self { code, facts: None }
    }

    /// Returns the stable code, such as `language.interpreter`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Returns the facts with their names, in a fixed order.
    pub fn facts(&self) -> impl ExactSizeIterator<Item = (&'static str, &Fact)> {
        self.list().iter().map(|(name, fact)| (*name, fact))
    }

    fn list(&self) -> &[(&'static str, Fact)] {
        self.facts.as_deref().map_or(&[], Vec::as_slice)
    }

    /// Returns the fact of this name, or `None` if the reason has none.
    ///
    /// # Example: the number of places
    ///
    /// ```
    /// use lotse::{Criterion, Fact, Matcher, Need, Offer};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").capacity(1).build()?]).build()?;
    /// let explanation = matcher.explain(&Need::builder("n-1").people(2).build()?, "o-1")?;
    /// let reason = explanation.assessment().finding(Criterion::Capacity).unwrap().reason();
    /// assert_eq!(reason.code(), "capacity.too_few");
    /// assert_eq!((reason.fact("free"), reason.fact("km")), (Some(&Fact::Count(1)), None));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn fact(&self, name: &str) -> Option<&Fact> {
        self.list().iter().find(|(present, _)| *present == name).map(|(_, fact)| fact)
    }

    /// Adds a fact. Its name has to be declared for the code.
    pub(crate) fn with_fact(mut self, name: &'static str, fact: Fact) -> Self {
        debug_assert!(reason_codes::may_have(self.code, name), "no declared fact of {}: {name}", self.code);
        Arc::make_mut(self.facts.get_or_insert_default()).push((name, fact));
        self
    }

    /// Adds a fact, unless it is `None`.
    pub(crate) fn with_fact_if_some(self, name: &'static str, fact: Option<Fact>) -> Self {
        match fact {
            Some(fact) => self.with_fact(name, fact),
            None => self,
        }
    }

    /// Adds a code.
    pub(crate) fn with_code(self, name: &'static str, kind: CodeKind, code: impl AsRef<str>) -> Self {
        self.with_fact(name, Fact::Code(kind, code.as_ref().to_owned()))
    }

    /// Adds a list of codes, unless it is empty: the first [`MAX_CODES`], and the number of further ones as a fact of its own.
    pub(crate) fn with_codes(
        self,
        name: &'static str,
        kind: CodeKind,
        codes: impl IntoIterator<Item: AsRef<str>>,
    ) -> Self {
        let mut codes = codes.into_iter();
        let listed: Vec<String> = codes.by_ref().take(MAX_CODES).map(|code| code.as_ref().to_owned()).collect();
        if listed.is_empty() {
            return self;
        }
        let more = codes.fold(0_u64, |more, _| more.saturating_add(1));
        let reason = self.with_fact(name, Fact::Codes(kind, listed));
        if more > 0 { reason.with_count(more_than_listed(name), more) } else { reason }
    }

    /// Adds a number.
    pub(crate) fn with_count(self, name: &'static str, count: impl Into<u64>) -> Self {
        self.with_fact(name, Fact::Count(count.into()))
    }
}

/// A fact of a [`Reason`]: text, a number, or a list of texts. Codes are canonical.
///
/// # Example: facts as JSON
///
/// ```
/// use lotse::{CodeKind, Fact, Ratio};
/// let json = |fact: Fact| serde_json::to_string(&fact).unwrap();
/// assert_eq!(json(Fact::Code(CodeKind::Language, "prs".to_owned())), r#""prs""#);
/// assert_eq!(json(Fact::Count(3)), "3");
/// assert_eq!(json(Fact::Degree(Ratio::new(7_000)?)), "0.7");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Eq, PartialEq)]
#[non_exhaustive]
pub enum Fact {
    /// A code of the vocabulary.
    Code(CodeKind, String),
    /// Several codes of one kind.
    Codes(CodeKind, Vec<String>),
    /// A number of places, people, kilometres, years or days.
    Count(u64),
    /// A comprehension degree.
    Degree(Ratio),
    /// A day.
    Day(Date),
    /// A value of a string enum.
    Word(&'static str),
    /// Several values of string enums.
    Words(Vec<&'static str>),
}

impl fmt::Debug for Fact {
    /// Shows the variant only, so that no log repeats a value of a need.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Code(..) => "Code(..)",
            Self::Codes(..) => "Codes(..)",
            Self::Count(_) => "Count(..)",
            Self::Degree(_) => "Degree(..)",
            Self::Day(_) => "Day(..)",
            Self::Word(_) => "Word(..)",
            Self::Words(_) => "Words(..)",
        })
    }
}

impl Serialize for Fact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Code(_, code) => code.serialize(serializer),
            Self::Codes(_, codes) => codes.serialize(serializer),
            Self::Count(count) => count.serialize(serializer),
            Self::Degree(degree) => degree.serialize(serializer),
            Self::Day(day) => day.serialize(serializer),
            Self::Word(word) => word.serialize(serializer),
            Self::Words(words) => words.serialize(serializer),
        }
    }
}
