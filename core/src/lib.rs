//! Match the needs of people harmed by crime with offers of support, and say why.
//!
//! *Lotse* is German for a pilot who brings a ship to its berth. After an attack with many victims, somebody must find for
//! each person an offer that speaks their language, serves their region, knows their kind of crime and has a free place.
//! This library suggests; a person decides.
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
//! // Someone in Dresden who speaks Dari looks for a trauma clinic.
//! let need = Need::builder("n-1").help("psychosocial.trauma_clinic").language("prs").region("14612").build()?;
//! let ranking = matcher.rank(&need, 5)?;
//! let best = &ranking.matches()[0];
//! assert_eq!(best.offer(), "o-2");
//!
//! // Every point has its reason, as data and as a sentence.
//! let finding = best.finding(Criterion::Language).unwrap();
//! assert_eq!(finding.reason().code(), "language.interpreter");
//! assert_eq!(finding.text(Lang::De, matcher.vocabulary()), "Dari mit Dolmetscher.");
//!
//! // So has every refusal.
//! let other = matcher.explain(&need, "o-1")?;
//! assert!(other.assessment().finding(Criterion::Language).unwrap().is_blocking());
//! # Ok::<(), lotse::Error>(())
//! ```
//!
//! # What there is
//!
//! - A [`Need`] is one request for one kind of help; an [`Offer`] is one service with places. Both come from JSON or from
//!   builders. What a need leaves out was not asked; what an offer leaves out is unknown, which is never "no".
//! - A [`Matcher`] holds offers under a [`Policy`] (weights, rules, tables) and a [`Vocabulary`] (codes and names). It turns a
//!   need into a [`Ranking`] of [`Match`]es, many needs at once on all cores, and any pair into an [`Explanation`]. Long work can be
//!   watched and stopped, see [`ProgressFn`].
//! - A [`Diagnosis`] tells why a need has so few matches: what excludes how many offers, and what would have to change for
//!   the nearest of them.
//! - [`Vocabulary::resolve`] finds the codes for what people type, as [`Candidate`]s: never one in silence where several may
//!   be meant. [`Vocabulary::suggest`] does so at every letter.
//! - Each match has ten [`Finding`]s, one for every [`Criterion`]: the [`Fit`], the weight, what they contribute to the
//!   [`Score`], whether they exclude the offer, and a [`Reason`] with stable code and facts.
//! - An [`Allocation`] gives many needs to offers with few places. Its [`Report`] counts who is served and who is not, by help,
//!   language, region, crime and priority, and names the bottlenecks and the offers that are missing. [`Allocation::verify`]
//!   repeats the check of its proof; a [`Baseline`] shows what a queue would have achieved.
//! - An [`Error`] has a stable code and a path for each problem, and never a value of a need.
//! - [`wire`] has every operation as data in and data out, which is what other languages use; [`example`] has an invented
//!   incident to try things on.
//!
//! # How a score arises
//!
//! The criteria that a need asks share the policy's weights, scaled to add up to 1. Each has a fit from 0 to 1, and the score
//! is the sum of weight × fit. Everything that decides is an integer, so results are the same on every platform, with any
//! number of threads, and in any order of the input. An unknown fit counts as the policy says and goes on the list of what a
//! person should check. A rule makes a criterion a [`Rule::Must`], which excludes, a [`Rule::Prefer`], or a [`Rule::Ignore`].
//!
//! # Features
//!
//! - `parallel` (default): many needs on all cores, through rayon.
//! - `cli`: the command `lotse`.
//!
//! The library touches no clock, file, network, environment or log; the day on which capacities are judged comes in as
//! `as_of`.

pub use crate::{
    allocate::{
        allocation::{Allocation, OfferUsage, Referral},
        baselines::{Baseline, BaselineOptions},
        options::{AllocateOptions, FixedReferral},
        report::{Bottleneck, MissingOffer, Report, ReportRow, Tally},
        unmet::{GroupPart, UnmetNeed, UnmetReason},
    },
    decode::code_kind::CodeKind,
    error::{Error, ErrorDetail, ErrorKind},
    matcher::{
        Assessment, BlockedOffers, DiagnoseOptions, Diagnosis, Explanation, Finding, Match, Matcher, MatcherBuilder,
        NearMiss, RankOptions, Ranking, RequiredChange, ScoredOffer,
    },
    model::{
        capacity::Capacity,
        criterion::Criterion,
        enums::{
            CapacityState, DeliveryFormat, Gender, Lang, LanguageLevel, LanguageMode, MoveMode, OnUnknown, Priority,
            ResolvedBy, Rule,
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
    util::{
        date::Date,
        fixed::{Fit, Ratio, Score, Weight},
        geo::Coordinates,
        progress::{Progress, ProgressFn},
    },
    vocabulary::{Candidate, RegionKind, Vocabulary},
};

mod allocate;
mod criteria;
mod decode;
mod error;
pub mod example;
mod matcher;
mod model;
pub mod solver;
mod text;
mod util;
mod vocabulary;
pub mod wire;

// The examples of the README are tests too.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct ReadmeDoctests;
