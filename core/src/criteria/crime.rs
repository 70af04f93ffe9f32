//! What was done, and in which setting.

use std::sync::Arc;

use crate::criteria::{Met, Terms, and_one, index, sorted};
use crate::{
    model::{crime_scope::Scope, enums::Kind, offer::Served, reason::Reason},
    util::fixed::Fit,
};

/// A code and settings, sorted: the crime of a need, or one scope of an offer.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Wanted {
    code: Option<Arc<str>>,
    context: Vec<Arc<str>>,
}

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Offered {
    any: bool,
    scopes: Vec<Wanted>,
}

/// The numbers are positions in the offer's scopes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Why {
    Specialist(u16),
    Vague(u16),
    ContextOpen(u16),
    Any,
    Other,
    Unknown,
}

impl Wanted {
    pub(crate) fn of(scope: &Scope) -> Self {
        Self { code: scope.code.clone(), context: sorted(scope.context.iter().cloned()) }
    }
}

impl Offered {
    pub(crate) fn of(served: &Served<Scope>) -> Self {
        Self { any: served.any, scopes: sorted(served.values.iter().map(Wanted::of)) }
    }
}

pub(crate) fn assess(terms: Terms<'_>, need: &Wanted, offered: &Offered) -> Met<Why> {
    if !offered.any && offered.scopes.is_empty() {
        return terms.unknown(Why::Unknown);
    }
    let mut best = Met::known(Fit::ZERO, Why::Other);
    for (position, scope) in offered.scopes.iter().enumerate() {
        best = better(best, assess_scope(terms, need, scope, index(position)));
    }
    let any = Met::known(terms.policy.crime.general, Why::Any);
    if offered.any { better(best, any) } else { best }
}

fn assess_scope(terms: Terms<'_>, need: &Wanted, scope: &Wanted, position: u16) -> Met<Why> {
    let policy = &terms.policy.crime;
    let (fits, vague) = match (&scope.code, &need.code) {
        (None, _) => (true, false),
        (Some(_), None) => (false, true),
        (Some(scope), Some(need)) => (need.starts_with(&**scope), scope.starts_with(&**need)),
    };
    // A setting that the need does not tell may only not have been asked.
    let in_context = scope.context.iter().all(|tag| need.context.contains(tag));
    if fits && in_context {
        Met::known(Fit::FULL, Why::Specialist(position))
    } else if vague && in_context {
        Met::known(policy.vague, Why::Vague(position))
    } else if (fits || vague) && need.context.is_empty() {
        Met::to_check(policy.context_open, Why::ContextOpen(position))
    } else {
        Met::known(Fit::ZERO, Why::Other)
    }
}

/// The better fit; of equals the one that is certain.
fn better(one: Met<Why>, other: Met<Why>) -> Met<Why> {
    if other.fit == one.fit && (one.why == Why::Other || (one.to_check && !other.to_check)) {
        return other;
    }
    one.better(other)
}

pub(crate) fn reason(_: Terms<'_>, need: &Wanted, offered: &Offered, why: Why) -> Reason {
    let reason = |code| need.tell(Reason::new(code), "need", "need_context");
    let with_scope = |code, position: u16| match offered.scopes.get(usize::from(position)) {
        Some(scope) => scope.tell(reason(code), "offer", "offer_context"),
        None => reason(code),
    };
    match why {
        Why::Specialist(position) => with_scope("crime.specialist", position),
        Why::Vague(position) => with_scope("crime.vague", position),
        Why::ContextOpen(position) => with_scope("crime.context_open", position),
        Why::Any => reason("crime.any"),
        Why::Other => reason("crime.other"),
        Why::Unknown => reason("crime.unknown"),
    }
}

impl Wanted {
    fn tell(&self, reason: Reason, code: &'static str, context: &'static str) -> Reason {
        let reason = match &self.code {
            Some(digits) => reason.code_of(code, Kind::Crime, digits),
            None => reason,
        };
        reason.codes(context, Kind::Context, &self.context)
    }
}

pub(crate) fn restriction(offered: &Offered) -> Option<Reason> {
    let restricts = !offered.any && !offered.scopes.is_empty();
    let codes = sorted(offered.scopes.iter().filter_map(|scope| scope.code.clone()));
    let context = sorted(offered.scopes.iter().flat_map(|scope| scope.context.iter().cloned()));
    let reason = || Reason::new("crime.restricted").codes("offer", Kind::Crime, codes);
    restricts.then(|| reason().codes("offer_context", Kind::Context, context))
}

pub(crate) fn change(
    _: Terms<'_>,
    need: &Wanted,
    offered: &Offered,
    met: Met<Why>,
    passes: impl Fn(&Wanted, &Offered) -> bool,
) -> Option<Reason> {
    // The setting may only not have been asked: that is easier to find out than a new offer.
    if let Why::ContextOpen(position) = met.why {
        let scope = offered.scopes.get(usize::from(position))?;
        let told = Wanted { code: need.code.clone(), context: scope.context.clone() };
        if passes(&told, offered) {
            return Some(Reason::new("change.context").codes("context", Kind::Context, scope.context.iter()));
        }
    }
    let also = Offered { any: offered.any, scopes: and_one(&offered.scopes, need.clone()) };
    passes(need, &also).then(|| {
        need.tell(Reason::new(if met.known { "change.crime" } else { "change.tell_crime" }), "crime", "context")
    })
}
