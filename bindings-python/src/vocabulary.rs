//! The class of vocabularies.

use std::{collections::BTreeSet, sync::Arc};

use lotse::{
    CodeKind, Lang,
    wire::{self, CallOptions, Operation as _, ResolveRequest, Value, op},
};
use pyo3::{prelude::*, types::PyString};

use crate::{convert, error, payload, table::PyTable};

/// The codes and names of languages, regions, crimes and kinds of help: the built-in tables, and additions.
///
/// `additions` is a dict or JSON text: `home`, `regions`, `region_aliases`, `languages`, `sign_languages`, `umbrellas`,
/// `comprehension`, `names`, `words`; see the README. Raises `lotse.Error` with all errors.
///
/// >>> import lotse
/// >>> lotse.Vocabulary().name("language", "prs", lang="de")
/// 'Dari'
#[pyclass(frozen, name = "Vocabulary", module = "lotse")]
pub(crate) struct PyVocabulary {
    inner: lotse::Vocabulary,
    additions: Option<Arc<Value<'static>>>,
}

impl PyVocabulary {
    pub(crate) fn from_parts(inner: lotse::Vocabulary, additions: Option<Arc<Value<'static>>>) -> Self {
        Self { inner, additions }
    }

    /// Returns the additions to the built-in tables in an object of this class, a dict or JSON text.
    pub(crate) fn additions(input: &Bound<'_, PyAny>) -> PyResult<Option<Arc<Value<'static>>>> {
        if let Ok(vocabulary) = input.cast::<Self>() {
            return Ok(vocabulary.get().additions.clone());
        }
        let additions = convert::record_to_value(input).map_err(|error| error::raise(input.py(), &error))?;
        Ok(Some(Arc::new(additions)))
    }

    /// Returns the tables of an object of this class, or of additions as a dict or JSON text.
    pub(crate) fn tables(input: &Bound<'_, PyAny>) -> PyResult<lotse::Vocabulary> {
        match input.cast::<Self>() {
            Ok(vocabulary) => Ok(vocabulary.get().inner.clone()),
            Err(_) => Self::new(input.py(), Some(input)).map(|vocabulary| vocabulary.inner),
        }
    }

    /// Serializes additions as JSON text.
    pub(crate) fn to_json_text(additions: &Value<'_>) -> String {
        wire::to_json(additions, &CallOptions::new()).unwrap_or_default()
    }
}

#[pymethods]
impl PyVocabulary {
    #[new]
    #[pyo3(signature = (additions=None, /))]
    fn new(py: Python<'_>, additions: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let additions = additions.map(Self::additions).transpose()?.flatten();
        let decoded = py.detach(|| match &additions {
            Some(additions) => lotse::Vocabulary::from_value(additions),
            None => Ok(lotse::Vocabulary::default()),
        });
        Ok(Self { inner: decoded.map_err(|error| error::raise(py, &error))?, additions })
    }

    /// Returns the codes that a typed word may mean, best first; all of them if it is ambiguous.
    ///
    /// `kind` is one of `language`, `region`, `crime`, `context`, `help`, `role`, `access`, or `None` for all of these; or one of the
    /// closed sets of records, which have words of their own: `format`, `gender`, `state`, `how`, `level`, `priority`, `truth`.
    /// `lang` is the display language of the names. Each candidate has `kind`, `code`, `name`, `context`, `how` (`exact`, `alias`,
    /// `umbrella`, `list`, `typo`) and a `score` from 0 to 1. Only a single `exact` or `alias` is certain.
    ///
    /// >>> import lotse
    /// >>> [candidate["code"] for candidate in lotse.Vocabulary().resolve("Kurdisch", "language")][:2]
    /// ['kmr', 'ckb']
    #[pyo3(signature = (text, kind=None, *, lang=None), text_signature = "($self, text, kind=None, *, lang='en')")]
    fn resolve<'py>(
        &self,
        py: Python<'py>,
        text: &Bound<'py, PyAny>,
        kind: Option<&Bound<'py, PyAny>>,
        lang: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.candidates(py, [text], kind, lang, None)?.get_item(0)
    }

    /// Resolves many typed words, as a table with a row for each candidate; a word without one has a row without a code.
    ///
    /// `words` is a list of texts, such as a column of a frame. `kind` and `lang` are those of `resolve`. Columns: `text`, `rank` (1
    /// for the best), `kind`, `code`, `name`, `how`, `score` (0 to 1), `context` (list of tags).
    ///
    /// >>> import lotse
    /// >>> table = lotse.Vocabulary().resolve_table(["Dari", "Tigrinisch", "xyzzy"], "language", lang="de")
    /// >>> [(row["text"], row["code"], row["name"]) for row in table]
    /// [('Dari', 'prs', 'Dari'), ('Tigrinisch', 'ti', 'Tigrinya'), ('xyzzy', None, None)]
    #[pyo3(signature = (words, kind=None, *, lang=None), text_signature = "($self, words, kind=None, *, lang='en')")]
    fn resolve_table<'py>(
        &self,
        py: Python<'py>,
        words: &Bound<'py, PyAny>,
        kind: Option<&Bound<'py, PyAny>>,
        lang: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<PyTable> {
        let words = match words.try_iter() {
            Ok(items) if !words.is_instance_of::<PyString>() => items.collect::<PyResult<Vec<_>>>()?,
            _ => vec![words.clone()],
        };
        let found = self.candidates(py, &words, kind, lang, None)?;
        PyTable::from_columns(&py.import("lotse._tables")?.getattr("candidates")?.call1((words, found))?)
    }

    /// Returns all codes with their names in a display language, as a table.
    ///
    /// `kind` is one of `language`, `region`, `crime`, `context`, `help`, `role`, `access`, or `None` for all of these. Columns: `kind`,
    /// `code`, `name`.
    ///
    /// >>> import lotse
    /// >>> table = lotse.Vocabulary().to_table("help", lang="de")
    /// >>> next(row["name"] for row in table if row["code"] == "legal")
    /// 'Rechtliche Hilfe'
    #[pyo3(signature = (kind=None, *, lang=None), text_signature = "($self, kind=None, *, lang='en')")]
    fn to_table(
        &self,
        py: Python<'_>,
        kind: Option<&Bound<'_, PyString>>,
        lang: Option<&Bound<'_, PyString>>,
    ) -> PyResult<PyTable> {
        let kind: Option<CodeKind> = kind.map(convert::parse).transpose()?;
        let lang: Lang = lang.map_or(Ok(Lang::En), convert::parse)?;
        let tables = wire::to_value(&self.inner).map_err(|error| error::raise(py, &error))?;
        let text = |row, name| payload::text(payload::get(row, name));
        let regions =
            payload::items(payload::get(&tables, "regions")).iter().map(|row| Some(("region", text(row, "code")?)));
        let named = payload::items(payload::get(&tables, "names"));
        let named = named.iter().map(|row| Some((text(row, "kind")?, text(row, "code")?)));
        let codes: BTreeSet<(&str, &str)> = regions.chain(named).flatten().collect();
        let mut rows = Vec::with_capacity(codes.len());
        for (code_kind, code) in codes {
            let parsed: CodeKind = code_kind.parse().map_err(|error| error::raise(py, &error))?;
            if kind.is_none_or(|kind| kind == parsed) {
                rows.push((code_kind, code, self.inner.name(parsed, code, lang)));
            }
        }
        PyTable::from_columns(&py.import("lotse._tables")?.getattr("codes")?.call1((rows,))?)
    }

    /// Returns suggestions for a field while a person types: at most `top` codes (0 to 100) of each kind.
    ///
    /// They are sorted by:
    ///
    /// 1. the certain candidates of `resolve`
    /// 2. completions: the name, or another `word`, begins with the text (`how` is `completed`)
    /// 3. possible typing errors
    ///
    /// `kind` and `lang` are those of `resolve`.
    ///
    /// >>> import lotse
    /// >>> [candidate["name"] for candidate in lotse.Vocabulary().suggest("Görl", "region", lang="de")]
    /// ['Görlitz']
    #[pyo3(
        signature = (text, kind=None, *, lang=None, top=None),
        text_signature = "($self, text, kind=None, *, lang='en', top=10)"
    )]
    fn suggest<'py>(
        &self,
        py: Python<'py>,
        text: &Bound<'py, PyAny>,
        kind: Option<&Bound<'py, PyAny>>,
        lang: Option<&Bound<'py, PyAny>>,
        top: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.candidates(py, [text], kind, lang, Some(top.map_or(Value::Int(10), convert::to_value)))?.get_item(0)
    }

    /// Returns the name of a code, or the code itself if it has none.
    ///
    /// >>> import lotse
    /// >>> lotse.Vocabulary().name("language", "prs", lang="de")
    /// 'Dari'
    #[pyo3(signature = (kind, code, *, lang=None), text_signature = "($self, kind, code, *, lang='en')")]
    fn name(
        &self,
        kind: &Bound<'_, PyString>,
        code: &Bound<'_, PyString>,
        lang: Option<&Bound<'_, PyString>>,
    ) -> PyResult<String> {
        let (kind, lang): (CodeKind, Lang) = (convert::parse(kind)?, lang.map_or(Ok(Lang::En), convert::parse)?);
        Ok(self.inner.name(kind, &convert::unicode(code), lang).into_owned())
    }

    /// Returns whether the tables contain a code.
    ///
    /// >>> import lotse
    /// >>> lotse.Vocabulary().contains("language", "prs")
    /// True
    #[pyo3(signature = (kind, code))]
    fn contains(&self, kind: &Bound<'_, PyString>, code: &Bound<'_, PyString>) -> PyResult<bool> {
        Ok(self.inner.contains(convert::parse(kind)?, &convert::unicode(code)))
    }

    /// Returns all tables as a new dict, in the form of additions.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.inner)
    }

    /// Returns all tables as JSON text, in the form of additions.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        convert::json(py, &self.inner)
    }

    fn __repr__(&self) -> &'static str {
        if self.additions.is_some() { "Vocabulary(...)" } else { "Vocabulary()" }
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.additions == other.additions
    }

    fn __getnewargs__(&self) -> (Option<String>,) {
        (self.additions.as_ref().map(|additions| Self::to_json_text(additions)),)
    }
}

impl PyVocabulary {
    /// Returns the candidates of each word.
    fn candidates<'a, 'py: 'a>(
        &self,
        py: Python<'py>,
        words: impl IntoIterator<Item = &'a Bound<'py, PyAny>>,
        kind: Option<&Bound<'py, PyAny>>,
        lang: Option<&Bound<'py, PyAny>>,
        suggest: Option<Value<'_>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        // An empty cell of a column has no candidates.
        let empty = PyString::new(py, "").into_any();
        let words = words.into_iter().map(|text| if text.is_none() { &empty } else { text });
        let words = words.map(|text| convert::object([("text", Some(text)), ("kind", kind)]));
        let mut fields = vec![("words".into(), Value::Array(words.collect()))];
        fields.extend(lang.map(|lang| ("lang".into(), convert::to_value(lang))));
        fields.extend(suggest.map(|top| ("suggest".into(), top)));
        let response = ResolveRequest::from_value(&Value::Object(fields)).and_then(|mut request| {
            request.vocabulary = self.inner.clone();
            py.detach(|| op::Resolve::run(request, &CallOptions::new()))
        });
        let response = response.map_err(|error| error::raise(py, &error))?;
        let candidates = response.resolved.into_iter().map(|word| word.candidates);
        convert::to_python(py, &candidates.collect::<Vec<_>>())
    }
}
