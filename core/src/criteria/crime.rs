//! Crime: an ICCS code and contexts, such as `terrorism`.

use std::sync::Arc;

use crate::{
    criteria::{
        assess::{Assess, Context, Outcome},
        canonical::{position, sorted, with_value},
    },
    decode::code_kind::CodeKind,
    model::{crime_scope::CrimeScope, reason::Reason, values_or_any::ValuesOrAny},
    util::fixed::Fit,
};

/// The criterion `crime`.
pub(crate) enum CrimeCriterion {}

/// A code and contexts: the crime of a need, or one scope of an offer.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Scope {
    code: Option<Arc<str>>,
    context: Vec<Arc<str>>,
}

/// The crime of a need.
pub(crate) type NeedValue = Scope;

/// The crimes that an offer serves.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue {
    any: bool,
    scopes: Vec<Scope>,
}

/// The cause of an outcome, with the position of the deciding scope of the offer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    /// The code fits and the contexts are met.
    Specialist(u16),
    /// The need's code is absent or too general, and the contexts are met.
    Vague(u16),
    /// The scope requires a context, and the need states none.
    ContextOpen(u16),
    /// The offer serves any crime.
    Any,
    /// No scope fits.
    Other,
    /// The offer states nothing.
    Unknown,
}

impl Scope {
    pub(crate) fn new(scope: &CrimeScope) -> Self {
        Self { code: scope.code.clone(), context: sorted(scope.context.iter().cloned()) }
    }

    /// Adds the code and the contexts to a reason, as facts with these names.
    fn add_to(&self, reason: Reason, code_name: &'static str, context_name: &'static str) -> Reason {
        let reason = match &self.code {
            Some(code) => reason.with_code(code_name, CodeKind::Crime, code),
            None => reason,
        };
        reason.with_codes(context_name, CodeKind::Context, &self.context)
    }
}

impl OfferValue {
    pub(crate) fn new(served: &ValuesOrAny<CrimeScope>) -> Self {
        Self { any: served.any, scopes: sorted(served.values.iter().map(Scope::new)) }
    }
}

impl Assess for CrimeCriterion {
    type NeedValue = NeedValue;
    type OfferValue = OfferValue;
    type Cause = Cause;

    fn assess(context: Context<'_>, need: &NeedValue, offer: &OfferValue) -> Outcome<Cause> {
        if !offer.any && offer.scopes.is_empty() {
            return context.unknown(Cause::Unknown);
        }
        let mut best = Outcome::known(Fit::ZERO, Cause::Other);
        for (index, scope) in offer.scopes.iter().enumerate() {
            best = better(best, assess_scope(context, need, scope, position(index)));
        }
        let any = Outcome::known(context.policy.crime.general, Cause::Any);
        if offer.any { better(best, any) } else { best }
    }

    fn reason(_: Context<'_>, need: &NeedValue, offer: &OfferValue, cause: Cause) -> Reason {
        let reason = |code| need.add_to(Reason::new(code), "need", "need_context");
        let with_scope = |code, position: u16| match offer.scopes.get(usize::from(position)) {
            Some(scope) => scope.add_to(reason(code), "offer", "offer_context"),
            None => reason(code),
        };
        match cause {
            Cause::Specialist(position) => with_scope("crime.specialist", position),
            Cause::Vague(position) => with_scope("crime.vague", position),
            Cause::ContextOpen(position) => with_scope("crime.context_open", position),
            Cause::Any => reason("crime.any"),
            Cause::Other => reason("crime.other"),
            Cause::Unknown => reason("crime.unknown"),
        }
    }

    fn restriction(offer: &OfferValue) -> Option<Reason> {
        if offer.any || offer.scopes.is_empty() {
            return None;
        }
        let codes = sorted(offer.scopes.iter().filter_map(|scope| scope.code.clone()));
        let context = sorted(offer.scopes.iter().flat_map(|scope| scope.context.iter().cloned()));
        let reason = Reason::new("crime.restricted").with_codes("offer", CodeKind::Crime, codes);
        Some(reason.with_codes("offer_context", CodeKind::Context, context))
    }

    fn required_change(
        _: Context<'_>,
        need: &NeedValue,
        offer: &OfferValue,
        outcome: Outcome<Cause>,
        passes: impl Fn(&NeedValue, &OfferValue) -> bool,
    ) -> Option<Reason> {
        // The context may only be missing from the need, and to ask for it is easier than to find another offer.
        if let Cause::ContextOpen(position) = outcome.cause {
            let scope = offer.scopes.get(usize::from(position))?;
            let with_context = Scope { code: need.code.clone(), context: scope.context.clone() };
            if passes(&with_context, offer) {
                return Some(Reason::new("change.context").with_codes(
                    "context",
                    CodeKind::Context,
                    scope.context.iter(),
                ));
            }
        }
        let with_scope = OfferValue { any: offer.any, scopes: with_value(&offer.scopes, need.clone()) };
        let code = if outcome.known { "change.crime" } else { "change.tell_crime" };
        passes(need, &with_scope).then(|| need.add_to(Reason::new(code), "crime", "context"))
    }
}

fn assess_scope(context: Context<'_>, need: &NeedValue, scope: &Scope, position: u16) -> Outcome<Cause> {
    let policy = &context.policy.crime;
    let (fits, vague) = match (&scope.code, &need.code) {
        (None, _) => (true, false),
        (Some(_), None) => (false, true),
        (Some(scope), Some(need)) => (need.starts_with(&**scope), scope.starts_with(&**need)),
    };
    let in_context = scope.context.iter().all(|tag| need.context.contains(tag));
    if fits && in_context {
        Outcome::known(Fit::FULL, Cause::Specialist(position))
    } else if vague && in_context {
        Outcome::known(policy.vague, Cause::Vague(position))
    } else if (fits || vague) && need.context.is_empty() {
        Outcome::to_check(policy.context_open, Cause::ContextOpen(position))
    } else {
        Outcome::known(Fit::ZERO, Cause::Other)
    }
}

/// Returns the outcome with the higher fit; of equal ones, the one that needs no check.
fn better(a: Outcome<Cause>, b: Outcome<Cause>) -> Outcome<Cause> {
    if a.fit == b.fit && (a.cause == Cause::Other || (a.to_check && !b.to_check)) {
        return b;
    }
    a.better(b)
}
