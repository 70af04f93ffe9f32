//! Crime: an ICCS code and contexts, such as `terrorism`.

use std::{ops::Range, sync::Arc};

use crate::{
    criteria::{
        assess::{Assess, Context, Outcome},
        canonical::{is_subset, position, skip_to, sorted},
    },
    decode::code_kind::CodeKind,
    model::{crime_scope::CrimeScope, policy::CrimePolicy, reason::Reason, values_or_any::ValuesOrAny},
    util::fixed::Fit,
};

/// The number of scopes up to which each is compared on its own.
const MAX_COMPARED: usize = 8;

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
    // INVARIANT: sorted by code, then by contexts, each scope once.
    scopes: Vec<Scope>,
    /// The contexts of all scopes.
    contexts: Vec<Arc<str>>,
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
        let scopes = sorted(served.values.iter().map(Scope::new));
        let contexts = sorted(scopes.iter().flat_map(|scope| scope.context.iter().cloned()));
        Self { any: served.any, scopes, contexts }
    }

    /// Returns the positions of the scopes with a code.
    fn with_code(&self, code: Option<&str>) -> Range<usize> {
        let start = self.scopes.partition_point(|scope| scope.code.as_deref() < code);
        let rest = self.scopes.get(start..).unwrap_or_default();
        start..start.saturating_add(rest.partition_point(|scope| scope.code.as_deref() == code))
    }

    /// Calls `visit` with the positions of the scopes of each code that fits, then of each that is vague: `true` if it fits.
    ///
    /// O(log n) for each code visited.
    fn for_each_code(&self, code: Option<&str>, visit: &mut dyn FnMut(Range<usize>, bool)) {
        visit(self.with_code(None), true);
        let prefixes = code.into_iter().flat_map(|code| (1..=code.len()).filter_map(|len| code.get(..len)));
        prefixes.for_each(|prefix| visit(self.with_code(Some(prefix)), true));
        // The codes that a longer one begins with follow it without a gap.
        let mut next = self.with_code(code).end;
        while let Some(Scope { code: Some(vague), .. }) = self.scopes.get(next) {
            if code.is_some_and(|code| !vague.starts_with(code)) {
                break;
            }
            let scopes = self.with_code(Some(vague));
            next = scopes.end;
            visit(scopes, false);
        }
    }

    /// Returns the position of the first of these scopes whose contexts are all among `context`, or `None` if there is none.
    ///
    /// The scopes have one code, so that they are sorted by context, and share their first `depth` contexts, all of which are
    /// among `context`: a depth-first search of a trie.
    fn first_met(&self, scopes: Range<usize>, depth: usize, context: &[Arc<str>]) -> Option<usize> {
        let mut list = self.scopes.get(scopes.clone())?;
        if list.first()?.context.len() == depth {
            return Some(scopes.start);
        }
        if list.len() <= MAX_COMPARED {
            let is_met = |scope: &Scope| is_subset(scope.context.get(depth..).unwrap_or_default(), context);
            return list.iter().position(is_met).map(|index| scopes.start.saturating_add(index));
        }
        // Visits each tag that is the next context of some scopes and among `context`.
        let mut context = context;
        loop {
            let tag = list.first()?.context.get(depth)?;
            let start = scopes.end.saturating_sub(list.len());
            if skip_to(&mut context, tag) {
                let count = list.partition_point(|scope| scope.context.get(depth) == Some(tag));
                let later = context.get(1..)?;
                let met = self.first_met(start..start.saturating_add(count), depth.saturating_add(1), later);
                if met.is_some() {
                    return met;
                }
                list = list.get(count..)?;
            } else {
                let tag = context.first()?;
                list = list.get(list.partition_point(|scope| scope.context.get(depth) < Some(tag))..)?;
            }
        }
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
        let assess_scopes = if offer.scopes.len() <= MAX_COMPARED { assess_each } else { search };
        let best = assess_scopes(&context.policy.crime, need, offer);
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
        let scopes = offer.scopes.chunk_by(|a, b| a.code == b.code);
        let codes = scopes.filter_map(|scopes| scopes.first()?.code.as_ref());
        let reason = Reason::new("crime.restricted").with_codes("offer", CodeKind::Crime, codes);
        Some(reason.with_codes("offer_context", CodeKind::Context, &offer.contexts))
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
        // The other scopes of the offer cannot lower the fit.
        let with_scope = OfferValue { any: false, scopes: vec![need.clone()], contexts: need.context.clone() };
        let code = if outcome.known { "change.crime" } else { "change.tell_crime" };
        passes(need, &with_scope).then(|| need.add_to(Reason::new(code), "crime", "context"))
    }
}

/// Returns the best outcome of all scopes of the offer, by assessing each of them.
fn assess_each(policy: &CrimePolicy, need: &NeedValue, offer: &OfferValue) -> Outcome<Cause> {
    let scopes = offer.scopes.iter().enumerate();
    scopes.fold(Outcome::known(Fit::ZERO, Cause::Other), |best, (index, scope)| {
        better(best, assess_scope(policy, need, scope, position(index)))
    })
}

fn assess_scope(policy: &CrimePolicy, need: &NeedValue, scope: &Scope, position: u16) -> Outcome<Cause> {
    let (fits, vague) = match (&scope.code, &need.code) {
        (None, _) => (true, false),
        (Some(_), None) => (false, true),
        (Some(scope), Some(need)) => (need.starts_with(&**scope), scope.starts_with(&**need)),
    };
    if !fits && !vague {
        return Outcome::known(Fit::ZERO, Cause::Other);
    }
    match is_subset(&scope.context, &need.context) {
        true if fits => Outcome::known(Fit::FULL, Cause::Specialist(position)),
        true => Outcome::known(policy.vague, Cause::Vague(position)),
        false if need.context.is_empty() => Outcome::to_check(policy.context_open, Cause::ContextOpen(position)),
        false => Outcome::known(Fit::ZERO, Cause::Other),
    }
}

/// Returns the best outcome of all scopes of the offer, by a search for the few that can decide.
fn search(policy: &CrimePolicy, need: &NeedValue, offer: &OfferValue) -> Outcome<Cause> {
    let mut best = Outcome::known(Fit::ZERO, Cause::Other);
    offer.for_each_code(need.code.as_deref(), &mut |scopes, fits| {
        let met = offer.first_met(scopes.clone(), 0, &need.context);
        best = match met.map(position) {
            Some(scope) if fits => better(best, Outcome::known(Fit::FULL, Cause::Specialist(scope))),
            Some(scope) => better(best, Outcome::known(policy.vague, Cause::Vague(scope))),
            None => best,
        };
        // Without a context of the need, only a scope without one is met.
        let open = met.map_or(scopes.start, |met| met.saturating_add(1));
        if need.context.is_empty() && scopes.contains(&open) {
            best = better(best, Outcome::to_check(policy.context_open, Cause::ContextOpen(position(open))));
        }
    });
    best
}

/// Returns the outcome with the higher fit; of equal ones, that of a scope that fits, and of these the one that needs no check.
fn better(a: Outcome<Cause>, b: Outcome<Cause>) -> Outcome<Cause> {
    let precedence = |outcome: &Outcome<Cause>| (outcome.fit, outcome.cause != Cause::Other, !outcome.to_check);
    if precedence(&b) > precedence(&a) { b } else { a }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn scope() -> impl Strategy<Value = Scope> {
        let code = prop::option::of("0[12](0[12])?1?").prop_map(|code| code.map(Arc::from));
        let context = prop::collection::vec("[abcdef]", 0..5);
        (code, context).prop_map(|(code, context)| Scope { code, context: sorted(context.into_iter().map(Arc::from)) })
    }

    proptest! {
        #[test]
        fn the_index_of_scopes_finds_the_best_of_all(
            need in scope(),
            scopes in prop::collection::vec(scope(), 1..60),
            fits in prop::array::uniform2(prop::sample::select(vec![0, 4_000, 6_000, 10_000])),
        ) {
            let [vague, context_open] = fits.map(Fit::clamped);
            let policy = CrimePolicy { vague, context_open, ..CrimePolicy::default() };
            let offer = OfferValue { any: false, contexts: Vec::new(), scopes: sorted(scopes) };
            let (actual, expected) = (search(&policy, &need, &offer), assess_each(&policy, &need, &offer));
            prop_assert_eq!((actual.fit, actual.to_check), (expected.fit, expected.to_check));
            let kind = |outcome: Outcome<Cause>| std::mem::discriminant(&outcome.cause);
            prop_assert!(kind(actual) == kind(expected), "{:?} {:?}", actual, expected);
        }
    }
}
