//! Matcher and allocation.

use lotse::{
    Allocation, Lang, Match, Matcher, Need, Offer, Policy, RankOptions, Vocabulary,
    wire::{self, AllocateRequest, CallOptions, Dataset, DiagnoseRequest, ExplainRequest, RankRequest, Value},
};
use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::{
    input,
    progress::{JsProgressFn, with_progress},
    to_js_error, to_json,
};

/// A matcher: offers under a policy.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RawMatcher {
    inner: Matcher,
}

#[wasm_bindgen]
impl RawMatcher {
    /// Builds a matcher. `offers` is the text of many records, `config` an object with `policy`, `vocabulary` and `as_of`; `today`
    /// replaces a missing `as_of`.
    ///
    /// # Errors
    ///
    /// Every error of the input.
    #[wasm_bindgen(constructor)]
    pub fn new(offers: &str, config: &str, today: &str) -> Result<Self, JsValue> {
        let built = input::request(Some(offers), None, config)
            .and_then(|request| Dataset::decode(&request, &CallOptions::new().today(today.parse()?))?.into_matcher());
        let (inner, _) = built.map_err(|error| to_js_error(&error))?;
        Ok(Self { inner })
    }

    /// Returns the number of offers.
    #[must_use]
    pub fn size(&self) -> usize {
        self.inner.offers().count()
    }

    /// Returns the day on which capacities are assessed.
    #[must_use]
    pub fn as_of(&self) -> Option<String> {
        self.inner.as_of().map(|day| day.to_string())
    }

    /// Returns an offer in full form, or `None` if the id is unknown.
    ///
    /// # Errors
    ///
    /// None is known.
    pub fn offer(&self, id: &str) -> Result<Option<String>, JsValue> {
        self.inner.offer(id).map(to_json).transpose()
    }

    /// Returns all offers in id order.
    ///
    /// # Errors
    ///
    /// None is known.
    pub fn offers(&self) -> Result<String, JsValue> {
        to_json(&self.inner.offers().collect::<Vec<_>>())
    }

    /// Returns the effective policy.
    ///
    /// # Errors
    ///
    /// None is known.
    pub fn policy(&self) -> Result<String, JsValue> {
        to_json(self.inner.policy())
    }

    /// Returns the matches of one need. `options` has the fields of a request, here and below.
    ///
    /// # Errors
    ///
    /// Every error of the need and the options, here and below.
    pub fn rank(&self, need: &str, options: &str) -> Result<String, JsValue> {
        let ranked = decode(options, RankRequest::from_value).and_then(|options| {
            let (need, none) = (Need::from_json(need)?, CallOptions::new());
            if !options.reasons {
                // The type of options that `rank_all` has too: one copy of the code in the module.
                let scored = self.inner.score_all(&[need], RankOptions::new().top(options.top))?;
                return wire::to_json(&scored.first().map(|scored| &**scored).unwrap_or_default(), &none);
            }
            let ranking = self.inner.rank(&need, options.top)?;
            let localize = |matched| Match::localized(matched, options.lang, self.inner.vocabulary());
            wire::to_json(&ranking.matches().iter().map(localize).collect::<Vec<_>>(), &none)
        });
        ranked.map_err(|error| to_js_error(&error))
    }

    /// Returns the response of `rank` for many needs.
    ///
    /// # Errors
    ///
    /// See [`rank`](Self::rank); `cancelled`.
    pub fn rank_all(&self, needs: &str, options: &str, progress: Option<JsProgressFn>) -> Result<String, JsValue> {
        self.run(needs, options, progress, RankRequest::from_value, RankRequest::run_on)
    }

    /// Returns the ten findings of one need and one offer.
    ///
    /// # Errors
    ///
    /// See [`rank`](Self::rank); `offer.unknown_id`.
    pub fn explain(&self, need: &str, offer: &str, options: &str) -> Result<String, JsValue> {
        let explained = decode(options, ExplainRequest::from_value).and_then(|options| {
            let explanation = self.inner.explain(&Need::from_json(need)?, offer)?;
            wire::to_json(&explanation.localized(options.lang, self.inner.vocabulary()), &CallOptions::new())
        });
        explained.map_err(|error| to_js_error(&error))
    }

    /// Returns the response of `explain` for the `pairs` of the options.
    ///
    /// # Errors
    ///
    /// See [`rank`](Self::rank).
    pub fn explain_all(&self, needs: &str, options: &str) -> Result<String, JsValue> {
        self.run(needs, options, None, ExplainRequest::from_value, ExplainRequest::run_on)
    }

    /// Returns the diagnosis of one need.
    ///
    /// # Errors
    ///
    /// See [`rank`](Self::rank).
    pub fn diagnose(&self, need: &str, options: &str) -> Result<String, JsValue> {
        let diagnosed = decode(options, DiagnoseRequest::from_value).and_then(|options| {
            let diagnosis = self.inner.diagnose(&Need::from_json(need)?, options.near_misses)?;
            wire::to_json(&diagnosis.localized(options.lang, self.inner.vocabulary()), &CallOptions::new())
        });
        diagnosed.map_err(|error| to_js_error(&error))
    }

    /// Returns the response of `diagnose` for many needs.
    ///
    /// # Errors
    ///
    /// See [`rank_all`](Self::rank_all).
    pub fn diagnose_all(&self, needs: &str, options: &str, progress: Option<JsProgressFn>) -> Result<String, JsValue> {
        self.run(needs, options, progress, DiagnoseRequest::from_value, DiagnoseRequest::run_on)
    }

    /// Allocates the needs to the offers in one plan.
    ///
    /// # Errors
    ///
    /// See [`rank_all`](Self::rank_all); `request.fixed.*` and `request.previous.duplicate`.
    pub fn allocate(
        &self,
        needs: &str,
        options: &str,
        progress: Option<JsProgressFn>,
    ) -> Result<RawAllocation, JsValue> {
        let allocation = decode(options, AllocateRequest::from_value).and_then(|options| {
            let needs = input::needs(&self.inner, needs)?;
            let inner =
                with_progress(progress, |progress| self.inner.allocate(&needs, &options.options.progress(progress)))?;
            Ok(RawAllocation { inner, lang: options.lang, vocabulary: self.inner.vocabulary().clone() })
        });
        allocation.map_err(|error| to_js_error(&error))
    }

    /// Evaluates a plan, a list or a response, without changing it.
    ///
    /// # Errors
    ///
    /// See [`allocate`](Self::allocate).
    pub fn evaluate(
        &self,
        needs: &str,
        plan: &str,
        options: &str,
        progress: Option<JsProgressFn>,
    ) -> Result<String, JsValue> {
        let evaluation = decode(options, AllocateRequest::from_value).and_then(|options| {
            let (needs, plan) = (input::needs(&self.inner, needs)?, decode(plan, wire::decode_plan)?);
            let evaluation = with_progress(progress, |progress| {
                self.inner.evaluate(&needs, plan, &options.options.progress(progress))
            })?;
            wire::to_json(&evaluation.localized(options.lang, self.inner.vocabulary()), &CallOptions::new())
        });
        evaluation.map_err(|error| to_js_error(&error))
    }

    /// Returns a matcher of the same offers under another policy.
    ///
    /// # Errors
    ///
    /// Every error of the policy.
    pub fn with_policy(&self, policy: &str) -> Result<Self, JsValue> {
        let matcher = Policy::from_json(policy).and_then(|policy| self.inner.with_policy(policy));
        Ok(Self { inner: matcher.map_err(|error| to_js_error(&error))? })
    }

    /// Adds an offer, or replaces the one with its id.
    ///
    /// # Errors
    ///
    /// Every error of the offer; the matcher is then unchanged.
    pub fn update(&mut self, offer: &str) -> Result<(), JsValue> {
        Offer::from_json(offer).and_then(|offer| self.inner.update(offer)).map_err(|error| to_js_error(&error))
    }

    /// Removes an offer and returns it.
    ///
    /// # Errors
    ///
    /// `offer.unknown_id`.
    pub fn remove(&mut self, id: &str) -> Result<String, JsValue> {
        to_json(&self.inner.remove(id).map_err(|error| to_js_error(&error))?)
    }

    /// Sets the capacity of an offer.
    ///
    /// # Errors
    ///
    /// `offer.unknown_id` and every error of the capacity; the matcher is then unchanged.
    pub fn set_capacity(&mut self, id: &str, capacity: &str) -> Result<(), JsValue> {
        Value::from_json(capacity)
            .and_then(|capacity| lotse::Capacity::from_value(&capacity))
            .and_then(|capacity| self.inner.set_capacity(id, capacity))
            .map_err(|error| to_js_error(&error))
    }
}

impl RawMatcher {
    /// Decodes needs and options, runs an operation on them, and returns its response.
    fn run<O, R: Serialize>(
        &self,
        needs: &str,
        options: &str,
        progress: Option<JsProgressFn>,
        decode_options: fn(&Value<'_>) -> Result<O, lotse::Error>,
        run_on: fn(&O, &Matcher, &[Need], &CallOptions<'_>) -> Result<R, lotse::Error>,
    ) -> Result<String, JsValue> {
        let response = decode(options, decode_options).and_then(|options| {
            let needs = input::needs(&self.inner, needs)?;
            with_progress(progress, |progress| {
                let call_options = CallOptions::new().progress(progress);
                wire::to_json(&run_on(&options, &self.inner, &needs, &call_options)?, &call_options)
            })
        });
        response.map_err(|error| to_js_error(&error))
    }
}

/// Decodes the options of an operation as a request.
fn decode<T>(options: &str, decode: fn(&Value<'_>) -> Result<T, lotse::Error>) -> Result<T, lotse::Error> {
    decode(&Value::from_json(options)?)
}

/// An allocation.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RawAllocation {
    inner: Allocation,
    lang: Lang,
    vocabulary: Vocabulary,
}

#[wasm_bindgen]
impl RawAllocation {
    /// Returns the response, with sentences in the display language of the request.
    ///
    /// # Errors
    ///
    /// None is known.
    pub fn response(&self) -> Result<String, JsValue> {
        to_json(&self.inner.localized(self.lang, &self.vocabulary))
    }

    /// Repeats the independent check of the plan and its certificate.
    ///
    /// # Errors
    ///
    /// `problem.unverified`, which is a defect of the library.
    pub fn verify(&self) -> Result<(), JsValue> {
        self.inner.verify().map_err(|error| to_js_error(&error))
    }

    /// Returns the report, with names in `lang` or else in the display language of the request.
    ///
    /// # Errors
    ///
    /// `value` if the display language is unknown.
    pub fn report(&self, lang: Option<String>) -> Result<String, JsValue> {
        let lang = lang.map_or(Ok(self.lang), |lang| input::parse(&lang))?;
        to_json(&self.inner.report().localized(lang, &self.vocabulary))
    }
}
