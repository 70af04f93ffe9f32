//! Gender, where an offer is for some only.

use crate::criteria::{Met, Terms, and_one, sorted};
use crate::{
    model::{
        enums::Gender,
        offer::Served,
        reason::{Fact, Reason},
    },
    util::fixed::Fit,
};

#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) struct Wanted(pub(crate) Gender);

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Offered {
    any: bool,
    genders: Vec<Gender>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Why {
    Served,
    Any,
    Other,
    /// The offer names some, and nobody can tell whether the person is one of them.
    Unclear,
    Unknown,
}

impl Offered {
    pub(crate) fn of(served: &Served<Gender>) -> Self {
        Self { any: served.any, genders: sorted(served.values.iter().copied()) }
    }
}

pub(crate) fn assess(terms: Terms<'_>, Wanted(gender): &Wanted, offered: &Offered) -> Met<Why> {
    if !offered.any && offered.genders.is_empty() {
        return terms.unknown(Why::Unknown);
    }
    if offered.genders.contains(gender) {
        return Met::known(Fit::FULL, Why::Served);
    }
    if offered.any {
        return Met::known(Fit::FULL, Why::Any);
    }
    // An offer for women and men may well be for everyone; one for women only is not.
    let unclear = match gender {
        Gender::Unknown => true,
        Gender::Other => offered.genders.len() > 1,
        Gender::Female | Gender::Male => false,
    };
    if unclear { terms.unknown(Why::Unclear) } else { Met::known(Fit::ZERO, Why::Other) }
}

pub(crate) fn reason(_: Terms<'_>, Wanted(gender): &Wanted, offered: &Offered, why: Why) -> Reason {
    let reason = |code| Reason::new(code).with("need", Fact::Word(gender.as_str()));
    match why {
        Why::Served => reason("gender.served"),
        Why::Any => reason("gender.any"),
        Why::Other => reason("gender.other").with("offer", words(offered)),
        Why::Unclear => reason("gender.unclear").with("offer", words(offered)),
        Why::Unknown => reason("gender.unknown"),
    }
}

fn words(offered: &Offered) -> Fact {
    Fact::Words(sorted(offered.genders.iter().map(|gender| gender.as_str())))
}

pub(crate) fn restriction(offered: &Offered) -> Option<Reason> {
    let restricts = !offered.any && !offered.genders.is_empty();
    restricts.then(|| Reason::new("gender.restricted").with("offer", words(offered)))
}

pub(crate) fn change(
    _: Terms<'_>,
    need: &Wanted,
    offered: &Offered,
    met: Met<Why>,
    passes: impl Fn(&Wanted, &Offered) -> bool,
) -> Option<Reason> {
    let Wanted(gender) = need;
    let named = |gender: &Gender| passes(&Wanted(*gender), offered);
    if met.why == Why::Unclear && *gender == Gender::Unknown && offered.genders.iter().all(named) {
        return Some(Reason::new("change.know_gender").with("genders", words(offered)));
    }
    let also = Offered { any: offered.any, genders: and_one(&offered.genders, *gender) };
    let reason = || Reason::new(if met.known { "change.gender" } else { "change.tell_gender" });
    passes(need, &also).then(|| reason().with("gender", Fact::Word(gender.as_str())))
}
