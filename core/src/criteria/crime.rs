//! What was done, and in which setting.

use std::sync::Arc;

use crate::criteria::{Context, Outcome, and_one, index, sorted};
use crate::{
    decode::code_kind::CodeKind,
    model::{crime_scope::CrimeScope, reason::Reason, values_or_any::ValuesOrAny},
    util::fixed::Fit,
};

/// A code and settings, sorted: the crime of a need, or one scope of an offer.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct NeedValue {
    code: Option<Arc<str>>,
    context: Vec<Arc<str>>,
}

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct OfferValue {
    any: bool,
    scopes: Vec<NeedValue>,
}

/// The numbers are positions in the offer's scopes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Cause {
    Specialist(u16),
    Vague(u16),
    ContextOpen(u16),
    Any,
    Other,
    Unknown,
}

impl NeedValue {
    pub(crate) fn of(scope: &CrimeScope) -> Self {
        Self { code: scope.code.clone(), context: sorted(scope.context.iter().cloned()) }
    }
}

impl OfferValue {
    pub(crate) fn of(served: &ValuesOrAny<CrimeScope>) -> Self {
        Self { any: served.any, scopes: sorted(served.values.iter().map(NeedValue::of)) }
    }
}

pub(crate) fn assess(terms: Context<'_>, need: &NeedValue, offered: &OfferValue) -> Outcome<Cause> {
    if !offered.any && offered.scopes.is_empty() {
        return terms.unknown(Cause::Unknown);
    }
    let mut best = Outcome::known(Fit::ZERO, Cause::Other);
    for (position, scope) in offered.scopes.iter().enumerate() {
        best = better(best, assess_scope(terms, need, scope, index(position)));
    }
    let any = Outcome::known(terms.policy.crime.general, Cause::Any);
    if offered.any { better(best, any) } else { best }
}

fn assess_scope(terms: Context<'_>, need: &NeedValue, scope: &NeedValue, position: u16) -> Outcome<Cause> {
    let policy = &terms.policy.crime;
    let (fits, vague) = match (&scope.code, &need.code) {
        (None, _) => (true, false),
        (Some(_), None) => (false, true),
        (Some(scope), Some(need)) => (need.starts_with(&**scope), scope.starts_with(&**need)),
    };
    // A setting that the need does not tell may only not have been asked.
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

/// The better fit; of equals the one that is certain.
fn better(one: Outcome<Cause>, other: Outcome<Cause>) -> Outcome<Cause> {
    if other.fit == one.fit && (one.why == Cause::Other || (one.to_check && !other.to_check)) {
        return other;
    }
    one.better(other)
}

pub(crate) fn reason(_: Context<'_>, need: &NeedValue, offered: &OfferValue, why: Cause) -> Reason {
    let reason = |code| need.tell(Reason::new(code), "need", "need_context");
    let with_scope = |code, position: u16| match offered.scopes.get(usize::from(position)) {
        Some(scope) => scope.tell(reason(code), "offer", "offer_context"),
        None => reason(code),
    };
    match why {
        Cause::Specialist(position) => with_scope("crime.specialist", position),
        Cause::Vague(position) => with_scope("crime.vague", position),
        Cause::ContextOpen(position) => with_scope("crime.context_open", position),
        Cause::Any => reason("crime.any"),
        Cause::Other => reason("crime.other"),
        Cause::Unknown => reason("crime.unknown"),
    }
}

impl NeedValue {
    fn tell(&self, reason: Reason, code: &'static str, context: &'static str) -> Reason {
        let reason = match &self.code {
            Some(digits) => reason.with_code(code, CodeKind::Crime, digits),
            None => reason,
        };
        reason.with_codes(context, CodeKind::Context, &self.context)
    }
}

pub(crate) fn restriction(offered: &OfferValue) -> Option<Reason> {
    let restricts = !offered.any && !offered.scopes.is_empty();
    let codes = sorted(offered.scopes.iter().filter_map(|scope| scope.code.clone()));
    let context = sorted(offered.scopes.iter().flat_map(|scope| scope.context.iter().cloned()));
    let reason = || Reason::new("crime.restricted").with_codes("offer", CodeKind::Crime, codes);
    restricts.then(|| reason().with_codes("offer_context", CodeKind::Context, context))
}

pub(crate) fn change(
    _: Context<'_>,
    need: &NeedValue,
    offered: &OfferValue,
    met: Outcome<Cause>,
    passes: impl Fn(&NeedValue, &OfferValue) -> bool,
) -> Option<Reason> {
    // The setting may only not have been asked: that is easier to find out than a new offer.
    if let Cause::ContextOpen(position) = met.why {
        let scope = offered.scopes.get(usize::from(position))?;
        let told = NeedValue { code: need.code.clone(), context: scope.context.clone() };
        if passes(&told, offered) {
            return Some(Reason::new("change.context").with_codes("context", CodeKind::Context, scope.context.iter()));
        }
    }
    let also = OfferValue { any: offered.any, scopes: and_one(&offered.scopes, need.clone()) };
    passes(need, &also).then(|| {
        need.tell(Reason::new(if met.known { "change.crime" } else { "change.tell_crime" }), "crime", "context")
    })
}
