//! Codes and names.

use std::sync::Arc;

use lotse::{CodeKind, Lang, wire::Value};
use pyo3::{prelude::*, types::PyString};

use crate::{convert, error};

/// Codes and names of languages, regions, crimes and kinds of help: the built-in tables, and additions.
///
/// `additions` is a dict or JSON text: `regions`, `region_aliases`, `languages`, `sign_languages`, `umbrellas`,
/// `comprehension`, `names`, `words`; see the README. Raises `lotse.Error` with everything that is wrong.
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
    pub(crate) fn of(inner: lotse::Vocabulary, additions: Option<Arc<Value<'static>>>) -> Self {
        Self { inner, additions }
    }

    /// What is added to the built-in tables by an object of this class, a dict or JSON text.
    pub(crate) fn additions(given: &Bound<'_, PyAny>) -> PyResult<Option<Arc<Value<'static>>>> {
        if let Ok(vocabulary) = given.cast::<Self>() {
            return Ok(vocabulary.get().additions.clone());
        }
        let tree = convert::record(given).map_err(|error| error::raise(given.py(), &error))?;
        Ok(Some(Arc::new(tree)))
    }

    /// Additions as JSON text.
    pub(crate) fn json(additions: &Value<'_>) -> String {
        serde_json::to_string(&Written(additions)).unwrap_or_default()
    }
}

#[pymethods]
impl PyVocabulary {
    #[new]
    #[pyo3(signature = (additions=None, /))]
    fn new(py: Python<'_>, additions: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let additions = additions.map(Self::additions).transpose()?.flatten();
        let read = py.detach(|| match &additions {
            Some(tree) => lotse::Vocabulary::from_value(tree),
            None => Ok(lotse::Vocabulary::default()),
        });
        Ok(Self { inner: read.map_err(|error| error::raise(py, &error))?, additions })
    }

    /// The codes that a typed word may stand for, best first: never one in silence where several may be meant.
    ///
    /// `kind` is one of `language`, `region`, `crime`, `context`, `help`, `role`, `access`; all of them if left out. `lang` is the
    /// language of the names in the answer. Each candidate has `kind`, `code`, `name`, `context`, `how` it was found
    /// (`exact`, `alias`, `umbrella`, `typo`) and a `score` from 0 to 1.
    ///
    /// >>> import lotse
    /// >>> [found["code"] for found in lotse.Vocabulary().resolve("Kurdisch", "language")][:2]
    /// ['kmr', 'ckb']
    #[pyo3(signature = (text, kind=None, *, lang=None), text_signature = "($self, text, kind=None, *, lang='en')")]
    fn resolve<'py>(
        &self,
        py: Python<'py>,
        text: &Bound<'py, PyAny>,
        kind: Option<&Bound<'py, PyAny>>,
        lang: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.candidates(py, text, kind, lang, None)
    }

    /// What a field may suggest at every letter: at most `top` codes (0 to 100) of each kind, each with its setting once.
    ///
    /// First what `resolve` says for certain, then what has a name or another word that begins so (`how` is `completed`, and
    /// `word` is that word where the name itself does not begin so), then what may be a typing error. `kind` and `lang` are
    /// as for `resolve`.
    ///
    /// >>> import lotse
    /// >>> [found["name"] for found in lotse.Vocabulary().suggest("Görl", "region", lang="de")]
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
        self.candidates(py, text, kind, lang, Some(top.map_or(Value::Int(10), convert::tree)))
    }

    /// The name of a code, or the code itself where no name is known.
    #[pyo3(signature = (kind, code, *, lang=None), text_signature = "($self, kind, code, *, lang='en')")]
    fn name(
        &self,
        kind: &Bound<'_, PyString>,
        code: &Bound<'_, PyString>,
        lang: Option<&Bound<'_, PyString>>,
    ) -> PyResult<String> {
        let (kind, lang): (CodeKind, Lang) = (convert::word(kind)?, lang.map_or(Ok(Lang::En), convert::word)?);
        Ok(self.inner.name(kind, &convert::unicode(code), lang).into_owned())
    }

    /// Whether the tables know this code.
    #[pyo3(signature = (kind, code))]
    fn knows(&self, kind: &Bound<'_, PyString>, code: &Bound<'_, PyString>) -> PyResult<bool> {
        Ok(self.inner.contains(convert::word(kind)?, &convert::unicode(code)))
    }

    /// All tables in force as a new dict, in the form of additions.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        convert::to_python(py, &self.inner)
    }

    /// All tables in force as JSON text, in the form of additions.
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
        (self.additions.as_ref().map(|tree| Self::json(tree)),)
    }
}

impl PyVocabulary {
    fn candidates<'py>(
        &self,
        py: Python<'py>,
        text: &Bound<'py, PyAny>,
        kind: Option<&Bound<'py, PyAny>>,
        lang: Option<&Bound<'py, PyAny>>,
        suggest: Option<Value<'_>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let word = convert::object([("text", Some(text)), ("kind", kind)]);
        let mut fields = vec![("words".into(), Value::Array(vec![word]))];
        fields.extend(lang.map(|lang| ("lang".into(), convert::tree(lang))));
        fields.extend(suggest.map(|top| ("suggest".into(), top)));
        let found = lotse::wire::ResolveRequest::from_value(&Value::Object(fields)).and_then(|mut request| {
            request.vocabulary = self.inner.clone();
            py.detach(|| lotse::wire::resolve(request))
        });
        let found = found.map_err(|error| error::raise(py, &error))?;
        let candidates = found.resolved.into_iter().next().map(|word| word.candidates);
        convert::to_python(py, &candidates.unwrap_or_default())
    }
}

/// Data as JSON.
struct Written<'a>(&'a Value<'a>);

impl serde::Serialize for Written<'_> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => to.serialize_none(),
            Value::Bool(truth) => to.serialize_bool(*truth),
            Value::Int(number) => to.serialize_i64(*number),
            Value::Float(number) => to.serialize_f64(*number),
            Value::String(text) => to.serialize_str(text),
            Value::Array(items) => to.collect_seq(items.iter().map(Written)),
            Value::Object(fields) => to.collect_map(fields.iter().map(|(name, value)| (name, Written(value)))),
        }
    }
}
