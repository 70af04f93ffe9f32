//! x
mod criteria;
mod criterion;
mod date;
mod error;
pub mod example;
mod geo;
mod matcher;
mod need;
mod number;
mod offer;
mod policy;
mod read;
mod reason;
mod scope;
mod similar;
mod terms;
mod text;
mod tree;
mod vocabulary;
pub mod wire;
mod word;
pub use crate::{
    criterion::Criterion,
    date::Date,
    error::{Detail, Error, ErrorKind},
    matcher::{Explanation, Finding, Match, Matcher, MatcherBuilder, Ranking},
    need::{Need, NeedBuilder},
    number::{Fit, Score},
    offer::{Capacity, Contact, Offer, OfferBuilder},
    policy::{Policy, PolicyBuilder},
    reason::{Fact, Reason},
    terms::{Format, Gender, How, Lang, Level, OnUnknown, Priority, Rule, State},
    vocabulary::{Kind, RegionKind, Vocabulary},
};
