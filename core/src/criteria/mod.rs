//! The ten criteria. Each is one pure function from a need's value and an offer's value to a finding.
//!
//! A criterion has `NeedValue` (what a need asks), `OfferValue` (what an offer says), `Cause` (how they met), `assess`, `reason`,
//! which puts a `Cause` into facts, and `change`, which tells what would have to be otherwise where the rule excludes.
//! Values are canonical: lists are sorted, so the order of the input cannot show.

pub(crate) mod access;
pub(crate) mod age;
pub(crate) mod capacity;
pub(crate) mod crime;
pub(crate) mod format;
pub(crate) mod gender;
pub(crate) mod help;
pub(crate) mod language;
pub(crate) mod region;
pub(crate) mod role;

use crate::{
    model::{criterion::Criterion, policy::Policy, reason::Reason, rules::EffectiveRule},
    util::{fixed::Fit, sort::sort},
    vocabulary::Vocabulary,
};

/// What every criterion may look at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) vocabulary: &'a Vocabulary,
}

/// How well a criterion is met.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Outcome<W> {
    /// The value counted.
    pub(crate) fit: Fit,
    /// False where the fit is unknown and the value stands in for it.
    pub(crate) known: bool,
    /// Whether a person should look at it.
    pub(crate) to_check: bool,
    pub(crate) why: W,
}

impl<W> Outcome<W> {
    pub(crate) fn known(fit: Fit, why: W) -> Self {
        Self { fit, known: true, to_check: false, why }
    }

    pub(crate) fn to_check(fit: Fit, why: W) -> Self {
        Self { fit, known: true, to_check: true, why }
    }

    pub(crate) fn unknown(fit: Fit, why: W) -> Self {
        Self { fit, known: false, to_check: true, why }
    }

    pub(crate) fn map<V>(self, make: impl FnOnce(W) -> V) -> Outcome<V> {
        Outcome { fit: self.fit, known: self.known, to_check: self.to_check, why: make(self.why) }
    }

    /// The better of two; the earlier of equals.
    pub(crate) fn better(self, other: Self) -> Self {
        if other.fit > self.fit { other } else { self }
    }
}

impl Context<'_> {
    pub(crate) fn unknown<W>(self, why: W) -> Outcome<W> {
        Outcome::unknown(self.policy.unknown_fit.0, why)
    }
}

/// Joins the ten criteria into one type for each of their parts.
macro_rules! criteria {
    ($($name:ident = $module:ident),+ $(,)?) => {
        /// What a need asks of one criterion.
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub(crate) enum NeedValue { $($name($module::NeedValue)),+ }

        /// What an offer says of one criterion.
        #[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
        pub(crate) enum OfferValue { $($name($module::OfferValue)),+ }

        /// How the two met.
        #[derive(Clone, Copy, Debug, Eq, PartialEq)]
        pub(crate) enum Cause {
            $($name($module::Cause),)+
            /// Values of two criteria were laid side by side, which the matcher never does.
            Mixed,
        }

        /// How well the offer's value fits the need's.
        pub(crate) fn assess(terms: Context<'_>, wanted: &NeedValue, offered: &OfferValue) -> Outcome<Cause> {
            match (wanted, offered) {
                $((NeedValue::$name(wanted), OfferValue::$name(offered)) => {
                    $module::assess(terms, wanted, offered).map(Cause::$name)
                })+
                _ => terms.unknown(Cause::Mixed),
            }
        }

        /// How well each of many offers' values fits the need's, as `tell` puts it; its default where there is no value.
        ///
        /// The same as `assess` one by one, but which criterion it is is asked once, and nobody wants to know why.
        pub(crate) fn assess_all<'o, T: Default>(
            terms: Context<'_>,
            wanted: &NeedValue,
            offered: impl Iterator<Item = Option<&'o OfferValue>>,
            tell: impl Fn(Outcome<()>) -> T,
        ) -> Vec<T> {
            match wanted {
                $(NeedValue::$name(wanted) => {
                    let one = |offered: Option<&OfferValue>| match offered {
                        Some(OfferValue::$name(offered)) => tell($module::assess(terms, wanted, offered).map(drop)),
                        Some(_) => tell(terms.unknown(())),
                        None => T::default(),
                    };
                    offered.map(one).collect()
                })+
            }
        }

        /// The finding in a code and facts.
        pub(crate) fn reason(terms: Context<'_>, wanted: &NeedValue, offered: &OfferValue, why: Cause) -> Reason {
            match (wanted, offered, why) {
                $((NeedValue::$name(wanted), OfferValue::$name(offered), Cause::$name(why)) => {
                    $module::reason(terms, wanted, offered, why)
                })+
                _ => not_asked(offered.criterion()),
            }
        }

        /// Nothing was asked.
        pub(crate) fn not_asked(criterion: Criterion) -> Reason {
            Reason::new(match criterion {
                $(Criterion::$name => concat!(stringify!($module), ".not_asked")),+
            })
        }

        /// The rule is to ignore the criterion.
        pub(crate) fn ignored(criterion: Criterion) -> Reason {
            Reason::new(match criterion {
                $(Criterion::$name => concat!(stringify!($module), ".ignored")),+
            })
        }

        /// What would have to change so that the rule does not exclude the offer any more.
        ///
        /// Each criterion tries values that differ in one respect only. It tells the first that passes when assessed
        /// anew, so what it tells is true under this policy and this rule.
        pub(crate) fn change(terms: Context<'_>, rule: EffectiveRule, wanted: &NeedValue, offered: &OfferValue) -> Reason {
            let change = match (wanted, offered) {
                $((NeedValue::$name(wanted), OfferValue::$name(offered)) => {
                    let passes = |wanted: &$module::NeedValue, offered: &$module::OfferValue| {
                        let met = $module::assess(terms, wanted, offered);
                        !rule.is_blocking(met.fit, met.known)
                    };
                    let met = $module::assess(terms, wanted, offered);
                    $module::change(terms, wanted, offered, met, passes)
                })+
                _ => None,
            };
            change.unwrap_or_else(|| Reason::new("change.none"))
        }

        impl OfferValue {
            pub(crate) fn criterion(&self) -> Criterion {
                match self { $(Self::$name(_) => Criterion::$name),+ }
            }
        }
    };
}

criteria! {
    Help = help,
    Crime = crime,
    Language = language,
    Region = region,
    Capacity = capacity,
    Role = role,
    Gender = gender,
    Age = age,
    Format = format,
    Access = access,
}

/// What the offer restricts, where the need leaves it open: to be checked, without weight.
pub(crate) fn restriction(offered: &OfferValue) -> Option<Reason> {
    match offered {
        OfferValue::Crime(offered) => crime::restriction(offered),
        OfferValue::Role(offered) => role::restriction(offered),
        OfferValue::Gender(offered) => gender::restriction(offered),
        OfferValue::Age(offered) => age::restriction(offered),
        OfferValue::Help(_)
        | OfferValue::Language(_)
        | OfferValue::Region(_)
        | OfferValue::Capacity(_)
        | OfferValue::Format(_)
        | OfferValue::Access(_) => None,
    }
}

/// Sorted, each value once.
pub(crate) fn sorted<T: Ord>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.into_iter().collect();
    sort(&mut values);
    values.dedup();
    values
}

/// A position in a short list.
pub(crate) fn index(position: usize) -> u16 {
    u16::try_from(position).unwrap_or(u16::MAX)
}

/// A sorted list with one more value.
fn and_one<T: Ord + Clone>(values: &[T], value: T) -> Vec<T> {
    sorted(values.iter().cloned().chain([value]))
}
