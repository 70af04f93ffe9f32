//! The operation `explain`.

use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::{
    decode::{
        decoder::Fields,
        path::{Path, Record},
        value::Value,
    },
    error::{Error, ErrorKind, ErrorSink, message},
    matcher::{ExplainOptions, Explanation, Matcher},
    model::{enums::Lang, need::Need},
    vocabulary::Vocabulary,
    wire::{
        call_options::CallOptions,
        dataset::{Dataset, RecordIds, decode_lang, decode_request},
        limits::MAX_WITH_REASONS,
        op,
        operation::Operation,
        pair::Pair,
    },
};

/// The keys of a request.
pub(super) const FIELDS: &[&str] = &["offers", "needs", "policy", "vocabulary", "as_of", "pairs", "lang"];

/// A request to explain pairs of needs and offers.
///
/// # Example: one pair of two
///
/// ```
/// use lotse::wire::{ExplainRequest, Value};
/// let request = ExplainRequest::from_value(&Value::from_json(
///     r#"{"offers": [{"id": "o-1"}, {"id": "o-2"}], "needs": [{"id": "n-1"}], "pairs": [{"need": "n-1", "offer": "o-2"}]}"#,
/// )?)?;
/// assert_eq!(request.pairs.unwrap_or_default()[0].offer, "o-2");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct ExplainRequest {
    /// Offers, needs, and how they are assessed.
    pub dataset: Dataset,
    /// The pairs, at most 100 000, or `None`, the default, for every need with every offer.
    pub pairs: Option<Vec<Pair>>,
    /// The language of sentences; English by default.
    pub lang: Lang,
}

impl Default for ExplainRequest {
    fn default() -> Self {
        Self { dataset: Dataset::default(), pairs: None, lang: Lang::En }
    }
}

impl ExplainRequest {
    /// Decodes a request.
    ///
    /// # Errors
    ///
    /// Every error of the request. If only codes or ids are wrong, the operation reports them.
    ///
    /// # Example: a pair without an offer
    ///
    /// ```
    /// use lotse::wire::{ExplainRequest, Value};
    /// let error = ExplainRequest::from_value(&Value::from_json(r#"{"pairs": [{"need": "n-1"}]}"#)?).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("request.missing_field", "pairs[0].offer"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(value: &Value<'_>) -> Result<Self, Error> {
        op::Explain::decode(value, &CallOptions::new())
    }

    fn decode_options(errors: &mut ErrorSink, at: &Path<'_>, fields: &Fields<'_>) -> Self {
        let mut request = Self { lang: decode_lang(errors, at, fields), ..Self::default() };
        if let Some(value) = fields.get("pairs") {
            request.pairs = Some(errors.decode_items_up_to(MAX_WITH_REASONS, &at.field("pairs"), value, Pair::decode));
        }
        request
    }

    /// Takes the dataset out of the request, and builds a matcher for its offers; returns it with the needs.
    ///
    /// # Errors
    ///
    /// As [`Dataset::into_matcher`], and the unknown ids of pairs if there are other errors: all are reported at once.
    ///
    /// # Example: an unknown code and an unknown id
    ///
    /// ```
    /// use lotse::wire::{ExplainRequest, Value};
    /// let text = r#"{"offers": [{"id": "o-1", "area": ["99999"]}], "needs": [], "pairs": [{"need": "n-9", "offer": "o-1"}]}"#;
    /// let mut request = ExplainRequest::from_value(&Value::from_json(text)?)?;
    /// let error = request.take_matcher().unwrap_err();
    /// let codes: Vec<&str> = error.errors().map(|error| error.code()).collect();
    /// assert_eq!(codes, ["offer.region.unknown", "request.pair.unknown_need"]);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn take_matcher(&mut self) -> Result<(Matcher, Vec<Need>), Error> {
        let dataset = std::mem::take(&mut self.dataset);
        dataset.into_matcher_with(|errors, ids| self.look_up_ids(errors, ids))
    }

    /// Reports the ids of pairs that no need or no offer has, for a request with wrong records.
    fn look_up_ids(&self, errors: &mut ErrorSink, ids: &RecordIds<'_>) {
        let root = Path::root(Record::Request);
        let at = root.field("pairs");
        for (index, pair) in self.pairs.iter().flatten().enumerate() {
            let at = at.item(index);
            if !ids.has_need(&pair.need) {
                let at = at.field("need");
                errors.push(at.error(ErrorKind::Unknown, "pair.unknown_need", message!("unknown_need")));
            }
            if !ids.has_offer(&pair.offer) {
                let at = at.field("offer");
                errors.push(at.error(ErrorKind::Unknown, "pair.unknown_offer", message!("unknown_offer")));
            }
        }
    }

    /// Explains pairs with the offers of an existing matcher; the dataset of the request is ignored.
    ///
    /// # Errors
    ///
    /// `request.pair.too_many` above 100 000 pairs, every error of the needs, unknown ids of pairs, and `cancelled`.
    ///
    /// # Example: every need with every offer
    ///
    /// ```
    /// use lotse::{Matcher, Need, Offer, wire::{CallOptions, ExplainRequest}};
    /// let offers = [Offer::builder("o-1").build()?, Offer::builder("o-2").build()?];
    /// let matcher = Matcher::builder().offers(offers).build()?;
    /// let needs = [Need::builder("n-1").build()?, Need::builder("n-2").build()?];
    /// let response = ExplainRequest::default().run_on(&matcher, &needs, &CallOptions::new())?;
    /// assert_eq!(response.explanations().len(), 4);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn run_on(
        &self,
        matcher: &Matcher,
        needs: &[Need],
        options: &CallOptions<'_>,
    ) -> Result<ExplainResponse, Error> {
        let offers = matcher.offers().count();
        let count = self.pairs.as_ref().map_or(needs.len().saturating_mul(offers), Vec::len);
        if count > MAX_WITH_REASONS {
            let root = Path::root(Record::Request);
            let message = message!("pair.too_many").with(&[("max", &MAX_WITH_REASONS)]);
            return Err(Error::new(root.field("pairs").error(ErrorKind::Value, "pair.too_many", message)));
        }
        let ids: Vec<(&str, &str)> = match &self.pairs {
            Some(pairs) => pairs.iter().map(|pair| (pair.need.as_str(), pair.offer.as_str())).collect(),
            None => {
                let pairs = |need| matcher.offers().map(move |offer| (need, offer.id()));
                needs.iter().map(Need::id).flat_map(pairs).collect()
            }
        };
        let explain_options = ExplainOptions::new().progress(options.on_progress());
        let explanations = matcher.explain_all(needs, &ids, explain_options)?;
        Ok(ExplainResponse { explanations, lang: self.lang, vocabulary: matcher.vocabulary().clone() })
    }
}

/// The explanations, in the order of the pairs; if the request has none, in the order of needs, then of the ids of offers.
///
/// # Example: one explanation for each pair
///
/// ```
/// use lotse::wire::{CallOptions, ExplainRequest, Operation, Value, op};
/// let request = ExplainRequest::from_value(&Value::from_json(r#"{"offers": [{"id": "o-1"}], "needs": [{"id": "n-1"}]}"#)?)?;
/// let response = op::Explain::run(request, &CallOptions::new())?;
/// assert_eq!(response.explanations()[0].need(), "n-1");
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone)]
pub struct ExplainResponse {
    explanations: Vec<Explanation>,
    lang: Lang,
    vocabulary: Vocabulary,
}

impl ExplainResponse {
    /// Returns the explanations.
    pub fn explanations(&self) -> &[Explanation] {
        &self.explanations
    }
}

impl fmt::Debug for ExplainResponse {
    /// Shows the number of explanations only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExplainResponse").field("explanations", &self.explanations.len()).finish_non_exhaustive()
    }
}

impl Serialize for ExplainResponse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let localized = self.explanations.iter().map(|explanation| explanation.localized(self.lang, &self.vocabulary));
        let mut data = serializer.serialize_struct("ExplainResponse", 1)?;
        data.serialize_field("explanations", &localized.collect::<Vec<_>>())?;
        data.end()
    }
}

impl Operation for op::Explain {
    const NAME: &'static str = "explain";
    type Request = ExplainRequest;
    type Response = ExplainResponse;

    fn decode(value: &Value<'_>, options: &CallOptions<'_>) -> Result<ExplainRequest, Error> {
        let (dataset, request, errors) =
            decode_request(value, FIELDS, options, ExplainRequest::decode_options, ExplainRequest::look_up_ids);
        errors.into_result(ExplainRequest { dataset, ..request })
    }

    fn run(mut request: ExplainRequest, options: &CallOptions<'_>) -> Result<ExplainResponse, Error> {
        let (matcher, needs) = request.take_matcher()?;
        request.run_on(&matcher, &needs, options)
    }
}
