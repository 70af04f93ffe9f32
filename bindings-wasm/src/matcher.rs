//! Offers under a policy, ready to be ranked, and plans.

use lotse::{
    Allocation, Lang, Matcher, Need, Offer, Vocabulary,
    wire::{
        AllocateRequest, AllocateResponse, Dataset, DiagnoseRequest, DiagnosisData, ExplainRequest, ExplanationData,
        RankRequest, RankResponse, RankingData, ReportResponse, Value,
    },
};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::{
    input,
    progress::{Watcher, watched},
    thrown, told,
};

/// Offers under a policy.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RawMatcher {
    inner: Matcher,
}

#[wasm_bindgen]
impl RawMatcher {
    /// `offers` is the text of many records, `setup` an object with `policy`, `vocabulary` and `as_of`.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them.
    #[wasm_bindgen(constructor)]
    pub fn new(offers: &str, setup: &str, today: &str) -> Result<Self, JsValue> {
        let built = input::request(Some(offers), None, setup, today)
            .and_then(|request| Dataset::from_value(&request)?.into_matcher());
        let (inner, _) = built.map_err(|error| thrown(&error))?;
        Ok(Self { inner })
    }

    /// How many offers there are.
    #[must_use]
    pub fn size(&self) -> usize {
        self.inner.offers().count()
    }

    /// The day on which capacities are judged.
    #[must_use]
    pub fn as_of(&self) -> Option<String> {
        self.inner.as_of().map(|day| day.to_string())
    }

    /// One offer, in full form.
    ///
    /// # Errors
    ///
    /// None that is known.
    pub fn offer(&self, id: &str) -> Result<Option<String>, JsValue> {
        self.inner.offer(id).map(told).transpose()
    }

    /// All offers, in the order of their ids.
    ///
    /// # Errors
    ///
    /// None that is known.
    pub fn offers(&self) -> Result<String, JsValue> {
        told(&self.inner.offers().collect::<Vec<_>>())
    }

    /// The policy in force.
    ///
    /// # Errors
    ///
    /// None that is known.
    pub fn policy(&self) -> Result<String, JsValue> {
        told(self.inner.policy())
    }

    /// The matches of one need. `options` are the fields of a request, here and below.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the need and the options, here and below.
    pub fn rank(&self, need: &str, options: &str) -> Result<String, JsValue> {
        let ranked = read(options, RankRequest::from_value).and_then(|options| {
            let need = Need::from_json(need)?;
            if !options.reasons {
                return rank_all(&self.inner, &[need], &options, None);
            }
            let ranking = self.inner.rank(&need, options.top)?;
            Ok(vec![RankingData::new(&ranking, options.lang, self.inner.vocabulary())])
        });
        let ranked = ranked.map_err(|error| thrown(&error))?.into_iter().next();
        told(&ranked.map(|ranked| ranked.matches).unwrap_or_default())
    }

    /// The matches of each need, in the order of the needs.
    ///
    /// # Errors
    ///
    /// See [`rank`](Self::rank); `stopped` where the function stopped the work.
    pub fn rank_all(&self, needs: &str, options: &str, look: Option<Watcher>) -> Result<String, JsValue> {
        let ranked = read(options, RankRequest::from_value)
            .and_then(|options| rank_all(&self.inner, &input::needs(&self.inner, needs)?, &options, look));
        told(&ranked.map_err(|error| thrown(&error))?)
    }

    /// All ten criteria of one pair.
    ///
    /// # Errors
    ///
    /// See [`rank`](Self::rank); where no offer has this id.
    pub fn explain(&self, need: &str, offer: &str, options: &str) -> Result<String, JsValue> {
        let explained = read(options, ExplainRequest::from_value).and_then(|options| {
            let explanation = self.inner.explain(&Need::from_json(need)?, offer)?;
            Ok(ExplanationData::new(&explanation, options.lang, self.inner.vocabulary()))
        });
        told(&explained.map_err(|error| thrown(&error))?)
    }

    /// All ten criteria of each of the `pairs`.
    ///
    /// # Errors
    ///
    /// See [`rank`](Self::rank).
    pub fn explain_all(&self, needs: &str, options: &str) -> Result<String, JsValue> {
        let explained = read(options, ExplainRequest::from_value).and_then(|options| {
            let needs = input::needs(&self.inner, needs)?;
            let pairs = options.pairs.iter().flatten().map(|pair| (pair.need.as_str(), pair.offer.as_str()));
            let explained = self.inner.explain_all(&needs, &pairs.collect::<Vec<_>>())?;
            let told = |one| ExplanationData::new(one, options.lang, self.inner.vocabulary());
            Ok(explained.iter().map(told).collect::<Vec<_>>())
        });
        told(&explained.map_err(|error| thrown(&error))?)
    }

    /// Why a need has no more matches.
    ///
    /// # Errors
    ///
    /// See [`rank`](Self::rank).
    pub fn diagnose(&self, need: &str, options: &str) -> Result<String, JsValue> {
        let found = Need::from_json(need).and_then(|need| diagnose_all(&self.inner, &[need], options, None));
        told(&found.map_err(|error| thrown(&error))?.into_iter().next())
    }

    /// Why needs have no more matches, in the order of the needs.
    ///
    /// # Errors
    ///
    /// See [`rank_all`](Self::rank_all).
    pub fn diagnose_all(&self, needs: &str, options: &str, look: Option<Watcher>) -> Result<String, JsValue> {
        let found = input::needs(&self.inner, needs).and_then(|needs| diagnose_all(&self.inner, &needs, options, look));
        told(&found.map_err(|error| thrown(&error))?)
    }

    /// One plan for all needs.
    ///
    /// # Errors
    ///
    /// See [`rank_all`](Self::rank_all); fixed referrals that cannot be.
    pub fn allocate(&self, needs: &str, options: &str, look: Option<Watcher>) -> Result<RawPlan, JsValue> {
        let plan = read(options, AllocateRequest::from_value).and_then(|options| {
            let needs = input::needs(&self.inner, needs)?;
            let inner = watched(look, |look| self.inner.allocate_with(&needs, &options.options, look))?;
            Ok(RawPlan { inner, lang: options.lang, vocabulary: self.inner.vocabulary().clone() })
        });
        plan.map_err(|error| thrown(&error))
    }

    /// Puts an offer in, or in the place of the one with its id.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the offer; nothing is changed then.
    pub fn update(&mut self, offer: &str) -> Result<(), JsValue> {
        Offer::from_json(offer).and_then(|offer| self.inner.update(offer)).map_err(|error| thrown(&error))
    }

    /// Takes an offer out and gives it back.
    ///
    /// # Errors
    ///
    /// Where no offer has this id.
    pub fn remove(&mut self, id: &str) -> Result<String, JsValue> {
        told(&self.inner.remove(id).map_err(|error| thrown(&error))?)
    }

    /// Changes what is known of an offer's places.
    ///
    /// # Errors
    ///
    /// Where no offer has this id, and for a wrong capacity; nothing is changed then.
    pub fn set_capacity(&mut self, id: &str, capacity: &str) -> Result<(), JsValue> {
        Value::from_json(capacity)
            .and_then(|capacity| lotse::Capacity::from_value(&capacity))
            .and_then(|capacity| self.inner.set_capacity(id, capacity))
            .map_err(|error| thrown(&error))
    }
}

/// The options of an operation, read as those of a request.
fn read<T>(options: &str, read: fn(&Value<'_>) -> Result<T, lotse::Error>) -> Result<T, lotse::Error> {
    read(&Value::from_json(options)?)
}

fn rank_all(
    matcher: &Matcher,
    needs: &[Need],
    options: &RankRequest,
    look: Option<Watcher>,
) -> Result<Vec<RankingData>, lotse::Error> {
    Ok(watched(look, |look| RankResponse::from_matcher(matcher, needs, options, look))?.rankings)
}

fn diagnose_all(
    matcher: &Matcher,
    needs: &[Need],
    options: &str,
    look: Option<Watcher>,
) -> Result<Vec<DiagnosisData>, lotse::Error> {
    let options = read(options, DiagnoseRequest::from_value)?;
    let found = watched(look, |look| matcher.diagnose_all_with(needs, options.near_misses, look))?;
    Ok(found.iter().map(|one| DiagnosisData::new(one, options.lang, matcher.vocabulary())).collect())
}

/// A plan for a whole incident.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RawPlan {
    inner: Allocation,
    lang: Lang,
    vocabulary: Vocabulary,
}

#[wasm_bindgen]
impl RawPlan {
    /// The plan as data, with sentences in the language that was asked for.
    ///
    /// # Errors
    ///
    /// None that is known.
    pub fn told(&self) -> Result<String, JsValue> {
        told(&AllocateResponse::new(&self.inner, self.lang, &self.vocabulary))
    }

    /// What the plan amounts to, with names in the language that was asked for, or in another.
    ///
    /// # Errors
    ///
    /// A word that is no language of names.
    pub fn report(&self, lang: Option<String>) -> Result<String, JsValue> {
        let lang = lang.map_or(Ok(self.lang), |lang| input::word(&lang))?;
        told(&ReportResponse::new(&self.inner.report(), &self.vocabulary, lang))
    }
}
