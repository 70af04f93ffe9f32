//! Matches the needs of people harmed by crime with offers of support, with a reason for every point of a score.
//!
//! *Lotse* is German for a ship's pilot. After an attack with many victims, each person needs an offer that speaks their
//! language, serves their region, knows their kind of crime and has a free place. This library suggests; a person decides.
//!
//! # Example: the best offer for one need, and why
//!
//! ```
//! use lotse::{Criterion, LanguageMode, Lang, Matcher, Need, Offer};
//!
//! let offers = [
//!     Offer::builder("o-1").help("psychosocial.trauma_clinic").language("de").area("14612").capacity(4).build()?,
//!     Offer::builder("o-2")
//!         .help("psychosocial")
//!         .language("de")
//!         .language_with_mode("prs", LanguageMode::Interpreter)
//!         .area("14")
//!         .capacity(1)
//!         .build()?,
//! ];
//! let matcher = Matcher::builder().offers(offers).build()?;
//!
//! // A person in Dresden who speaks Dari needs a trauma clinic.
//! let need = Need::builder("n-1").help("psychosocial.trauma_clinic").language("prs").region("14612").build()?;
//! let ranking = matcher.rank(&need, 5)?;
//! let best = &ranking.matches()[0];
//! assert_eq!(best.offer(), "o-2");
//!
//! // Every point has a reason, as data and as a sentence.
//! let finding = best.finding(Criterion::Language).unwrap();
//! assert_eq!(finding.reason().code(), "language.interpreter");
//! assert_eq!(finding.text(Lang::De, matcher.vocabulary()), "Dari mit Dolmetscher.");
//!
//! // So has every exclusion.
//! let other = matcher.explain(&need, "o-1")?;
//! assert!(other.assessment().finding(Criterion::Language).unwrap().is_blocking());
//! # Ok::<(), lotse::Error>(())
//! ```
//!
//! # Main types
//!
//! - A [`Need`] is one request for one kind of help; an [`Offer`] is one service with a [`Capacity`]. Both are decoded from JSON or
//!   built. An absent field of a need is not requested; an absent field of an offer is unknown, which is never "no".
//! - A [`Matcher`] holds offers under a [`Policy`] (weights, rules, tables) and a [`Vocabulary`] (codes and names). It computes the
//!   [`Ranking`] of a need, which consists of [`Match`]es, for many needs at once on all cores, and the [`Explanation`] of any pair of
//!   need and offer. Long operations report progress and can be cancelled, see [`ProgressFn`]. A clone is a read-only copy that shares
//!   the offers; [`SharedMatcher`] gives such copies to the threads of a service.
//! - A [`Diagnosis`] explains why a need has few matches: the offers that each criterion excludes, and the required changes of
//!   the nearest of them.
//! - [`Vocabulary::resolve`] returns the codes that typed text may mean, as [`Candidate`]s; it never chooses silently among
//!   several. [`Vocabulary::suggest`] completes text at each keystroke.
//! - Each match has ten [`Finding`]s, one for every [`Criterion`]: the [`Fit`], the weight, their contribution to the
//!   [`Score`], whether the criterion excludes the offer, and a [`Reason`] with a stable code and facts.
//! - An [`Allocation`] assigns many needs to offers of limited capacity, with a proof that [`Allocation::verify`] checks again.
//!   Its [`Report`] counts needs met and unmet by help, language, region, crime and priority, and lists bottlenecks and missing offers.
//!   [`Matcher::baseline`] computes what a simpler rule would achieve, [`Matcher::evaluate`] what a given plan does, and
//!   [`Allocation::diff`] lists what differs between two plans.
//! - [`labels`] names codes and fields in each [`Lang`], for forms and tables.
//! - An [`Error`] has a stable code and a path for each fault of the input, and never a value of a need.
//! - [`solver`] is the allocation problem without the domain. [`wire`] has every operation on JSON-like data, for bindings.
//!   [`example`] is an invented incident.
//!
//! # How a score is computed
//!
//! The criteria that a need requests share the policy's weights, scaled to a sum of 1. Each has a fit from 0 to 1, and the score
//! is Σ weight × fit. Every quantity that affects a result is an integer, so results are the same on every platform, with any
//! number of threads, and in any order of the input. An unknown fit counts as the policy states and is listed among the
//! criteria to check. A rule makes a criterion a [`Rule::Must`], which excludes, a [`Rule::Prefer`] or a [`Rule::Ignore`].
//!
//! # The manual
//!
//! This page is the tour. The chapters have every field, key, formula and code:
//!
//! | chapter | contents |
//! |---|---|
//! | [records](_documentation::records) | every field of a need and of an offer: type, limit, default, meaning when absent |
//! | [policy](_documentation::policy) | every key: default, range, effect |
//! | [scoring](_documentation::scoring) | rules, weights, the ten formulas, an example by hand, diagnosis, every reason |
//! | [vocabulary](_documentation::vocabulary) | code systems and sources, additions, `resolve` and `suggest` |
//! | [allocation](_documentation::allocation) | the objective, re-planning, the certificate, prices, unmet reasons, the report |
//! | [errors](_documentation::errors) | the error type, privacy, every code with its cause and remedy |
//! | [wire](_documentation::wire) | each operation as request and response, tables, the command line |
//! | [service](_documentation::service) | how a service holds a matcher |
//! | [changelog](_documentation::changelog) | by release, breaking changes first |
//!
//! # Features
//!
//! - `parallel` (default): ranks many needs on all cores, by rayon.
//! - `cli`: the command `lotse`, which a program may call as `command_line::run`.
//!
//! Besides the command, the library uses no clock, file, network, environment or log; the day on which capacities are assessed is the argument
//! `as_of`.

#![cfg_attr(docsrs, feature(doc_cfg))] // the manual states which feature an item needs
#![cfg_attr(not(test), deny(clippy::too_many_lines))]

pub use crate::{
    allocate::{
        allocation::{Allocation, OfferUsage, Referral},
        baselines::{Baseline, BaselineOptions},
        diff::{OutcomeChange, PlanDiff},
        evaluation::Evaluation,
        options::{AllocateOptions, FixedReferral, PreviousReferral},
        report::{Bottleneck, MissingOffer, Report, ReportRow, Tally},
        serialize::PlanObjective,
        unmet::{GroupPart, UnmetNeed, UnmetReason},
    },
    decode::code_kind::CodeKind,
    documentation::_documentation,
    error::{Error, ErrorDetail, ErrorKind},
    matcher::{
        Assessment, BlockedOffers, DiagnoseOptions, Diagnosis, ExplainOptions, Explanation, Finding, Match, Matcher,
        MatcherBuilder, NearMiss, RankOptions, Ranking, RequiredChange, ScoredOffer, shared::SharedMatcher,
    },
    model::{
        capacity::Capacity,
        criterion::Criterion,
        enums::{
            CapacityState, DeliveryFormat, Gender, Lang, LanguageLevel, LanguageMode, MoveMode, OnUnknown, PlanOption,
            Priority, ResolvedBy, Rule,
        },
        need::Need,
        need_builder::NeedBuilder,
        offer::{Contact, Offer},
        offer_builder::OfferBuilder,
        policy::Policy,
        policy_builder::PolicyBuilder,
        reason::{Fact, Reason},
        rules::PartialRule,
    },
    text::{
        labels::{Labels, labels},
        localized::Localized,
    },
    util::{
        date::Date,
        fixed::{Fit, Ratio, Score, Weight},
        geo::Coordinates,
        progress::{Progress, ProgressFn},
    },
    vocabulary::{Candidate, RegionKind, Vocabulary},
};

mod allocate;
#[cfg(feature = "cli")]
pub mod command_line;
mod criteria;
mod decode;
mod documentation;
mod error;
pub mod example;
#[cfg(feature = "import")]
pub mod import;
mod matcher;
mod model;
pub mod solver;
mod text;
mod util;
mod vocabulary;
pub mod wire;

// Runs the examples of the README as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeDoctests;
