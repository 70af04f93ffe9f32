//! The operation `diagnose`.

use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::{
    decode::{decoder::Fields, path::Path, value::Value},
    error::{Error, ErrorSink},
    matcher::{DEFAULT_NEAR_MISSES, DiagnoseOptions, Diagnosis, Matcher},
    model::{enums::Lang, need::Need},
    vocabulary::Vocabulary,
    wire::{
        call_options::CallOptions,
        dataset::{Dataset, decode_lang, decode_request},
        limits::{MAX_WITH_REASONS, check_results},
        op,
        operation::Operation,
    },
};

/// The keys of a request.
pub(super) const FIELDS: &[&str] = &["offers", "needs", "policy", "vocabulary", "as_of", "near_misses", "lang"];

/// The largest number of near misses.
pub(super) const MAX_NEAR_MISSES: i64 = 1_000;

/// A request to diagnose why no more offers match.
///
/// # Example: no near misses
///
/// ```
/// use lotse::wire::{DiagnoseRequest, Value};
/// let request = DiagnoseRequest::from_value(&Value::from_json(r#"{"needs": [{"id": "n-1"}], "near_misses": 0}"#)?)?;
/// assert_eq!(request.near_misses, 0);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct DiagnoseRequest {
    /// Offers, needs, and how they are assessed.
    pub dataset: Dataset,
    /// The largest number of near misses for each need, 0 to 1 000; 3 by default.
    pub near_misses: usize,
    /// The language of sentences; English by default.
    pub lang: Lang,
}

impl Default for DiagnoseRequest {
    fn default() -> Self {
        Self { dataset: Dataset::default(), near_misses: DEFAULT_NEAR_MISSES, lang: Lang::En }
    }
}

impl DiagnoseRequest {
    /// Decodes a request.
    ///
    /// # Errors
    ///
    /// Every error of the request. If only codes or ids are wrong, the operation reports them.
    ///
    /// # Example: too many near misses
    ///
    /// ```
    /// use lotse::wire::{DiagnoseRequest, Value};
    /// let error = DiagnoseRequest::from_value(&Value::from_json(r#"{"near_misses": 1001}"#)?).unwrap_err();
    /// assert_eq!((error.code(), error.path()), ("request.range", "near_misses"));
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_value(value: &Value<'_>) -> Result<Self, Error> {
        op::Diagnose::decode(value, &CallOptions::new())
    }

    fn decode_options(errors: &mut ErrorSink, at: &Path<'_>, fields: &Fields<'_>) -> Self {
        let mut request = Self::default();
        if let Some(value) = fields.get("near_misses") {
            let at = at.field("near_misses");
            request.near_misses = errors.integer(&at, value, 0..=MAX_NEAR_MISSES).unwrap_or(request.near_misses);
        }
        request.lang = decode_lang(errors, at, fields);
        request
    }

    /// Diagnoses needs with the offers of an existing matcher; the dataset of the request is ignored.
    ///
    /// # Errors
    ///
    /// `request.too_many` if `near_misses` asks for more than 10 of each need and for more than 100 000 in all; every error of
    /// the needs; `cancelled`.
    ///
    /// # Example: no offer speaks the language
    ///
    /// ```
    /// use lotse::{Matcher, Need, Offer, wire::{CallOptions, DiagnoseRequest}};
    /// let matcher = Matcher::builder().offers([Offer::builder("o-1").language("de").build()?]).build()?;
    /// let needs = [Need::builder("n-1").language("ti").build()?];
    /// let response = DiagnoseRequest::default().run_on(&matcher, &needs, &CallOptions::new())?;
    /// assert_eq!(response.diagnoses()[0].matching(), 0);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn run_on(
        &self,
        matcher: &Matcher,
        needs: &[Need],
        options: &CallOptions<'_>,
    ) -> Result<DiagnoseResponse, Error> {
        let each = self.near_misses.min(matcher.offers().count());
        check_results("near_misses", needs.len(), each, MAX_WITH_REASONS)?;
        let diagnose_options = DiagnoseOptions::new().near_misses(self.near_misses).progress(options.on_progress());
        let diagnoses = matcher.diagnose_all(needs, diagnose_options)?;
        Ok(DiagnoseResponse { diagnoses, lang: self.lang, vocabulary: matcher.vocabulary().clone() })
    }
}

/// A diagnosis of each need, in the order of the needs.
///
/// # Example: one diagnosis for each need
///
/// ```
/// use lotse::wire::{CallOptions, DiagnoseRequest, Operation, Value, op};
/// let request = DiagnoseRequest::from_value(&Value::from_json(r#"{"needs": [{"id": "n-1"}]}"#)?)?;
/// let response = op::Diagnose::run(request, &CallOptions::new())?;
/// assert_eq!(response.diagnoses().len(), 1);
/// # Ok::<(), lotse::Error>(())
/// ```
#[derive(Clone)]
pub struct DiagnoseResponse {
    diagnoses: Vec<Diagnosis>,
    lang: Lang,
    vocabulary: Vocabulary,
}

impl DiagnoseResponse {
    /// Returns the diagnoses.
    pub fn diagnoses(&self) -> &[Diagnosis] {
        &self.diagnoses
    }

    /// Keeps only the diagnoses of the needs for whose id `keep` returns `true`.
    ///
    /// # Example: one of two needs
    ///
    /// ```
    /// use lotse::{Matcher, Need, wire::{CallOptions, DiagnoseRequest}};
    /// let needs = [Need::builder("n-1").build()?, Need::builder("n-2").build()?];
    /// let mut response = DiagnoseRequest::default().run_on(&Matcher::builder().build()?, &needs, &CallOptions::new())?;
    /// response.retain_needs(|need| need == "n-2");
    /// assert_eq!(response.diagnoses()[0].need(), "n-2");
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn retain_needs(&mut self, keep: impl Fn(&str) -> bool) {
        self.diagnoses.retain(|diagnosis| keep(diagnosis.need()));
    }
}

impl fmt::Debug for DiagnoseResponse {
    /// Shows the number of diagnoses only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DiagnoseResponse").field("diagnoses", &self.diagnoses.len()).finish_non_exhaustive()
    }
}

impl Serialize for DiagnoseResponse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let localized = self.diagnoses.iter().map(|diagnosis| diagnosis.localized(self.lang, &self.vocabulary));
        let mut data = serializer.serialize_struct("DiagnoseResponse", 1)?;
        data.serialize_field("diagnoses", &localized.collect::<Vec<_>>())?;
        data.end()
    }
}

impl Operation for op::Diagnose {
    const NAME: &'static str = "diagnose";
    type Request = DiagnoseRequest;
    type Response = DiagnoseResponse;

    fn decode(value: &Value<'_>, options: &CallOptions<'_>) -> Result<DiagnoseRequest, Error> {
        let (dataset, request, errors) =
            decode_request(value, FIELDS, options, DiagnoseRequest::decode_options, |_, _, _| ());
        errors.into_result(DiagnoseRequest { dataset, ..request })
    }

    fn run(mut request: DiagnoseRequest, options: &CallOptions<'_>) -> Result<DiagnoseResponse, Error> {
        let (matcher, needs) = std::mem::take(&mut request.dataset).into_matcher()?;
        request.run_on(&matcher, &needs, options)
    }
}
