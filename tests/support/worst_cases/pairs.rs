//! Needs and offers of which each pair differs.

use super::{Request, WorstCase, Writer, text};

/// The rules of a need, different for each number.
fn rules(i: usize) -> String {
    let criteria = ["help", "crime", "language", "region", "role", "gender", "age", "format", "access"];
    let rule = |(position, criterion): (usize, &&str)| {
        text(
            r#""$":{"rule":"$","minimum":0.$}"#,
            &[criterion, &["must", "prefer", "ignore"][(i / (position + 1)) % 3], &(1_000 + i % 9_000)],
        )
    };
    criteria.iter().enumerate().map(rule).collect::<Vec<_>>().join(",")
}

/// Needs and offers that state everything and exclude each other by everything.
fn all_criteria(bytes: usize, members: &str) -> Request {
    Writer::new(bytes)
        .members(members)
        .needs(45, |i| {
            text(
                r#"{"id":"n$","people":$,"help":"a","languages":["de"],"region":"14612","roles":["a"],"gender":"male","age":10,"formats":["chat"],"access":["b"],"crime":"01"}"#,
                &[&i, &(1 + i % 1_000)],
            )
        })
        .offers(45, |i| {
            text(
                r#"{"id":"o$","capacity":0,"help":["a"],"languages":["en"],"area":["01"],"roles":["b"],"genders":["female"],"ages":{"min":18},"formats":["phone"],"no_access":["b"],"crimes":["02"]}"#,
                &[&i],
            )
        })
        .end()
}

pub(super) const CASES: &[WorstCase] = &[
    WorstCase::pairs("capacities-all-different", "rank", |bytes| {
        Writer::new(bytes)
            .needs(45, |i| text(r#"{"id":"n$","people":$}"#, &[&i, &(1 + i % 100_000)]))
            .offers(45, |i| text(r#"{"id":"o$","capacity":$}"#, &[&i, &i]))
            .end()
    }),
    WorstCase::pairs("locations-all-different", "rank", |bytes| {
        Writer::new(bytes)
            .needs(45, |i| text(r#"{"id":"n$","region":"14612","place":{"lat":51.$,"lon":13}}"#, &[&i, &(10_000 + i)]))
            .offers(45, |i| text(r#"{"id":"o$","area":["14612"],"place":{"lat":51.$,"lon":13}}"#, &[&i, &(10_000 + i)]))
            .end()
    }),
    WorstCase::pairs("ages-all-different", "rank", |bytes| {
        Writer::new(bytes)
            .needs(45, |i| text(r#"{"id":"n$","age":$,"people":$}"#, &[&i, &(i % 151), &(1 + i % 50)]))
            .offers(45, |i| text(r#"{"id":"o$","ages":{"min":$}}"#, &[&i, &(i % 151)]))
            .end()
    }),
    WorstCase::pairs("rules-all-different", "rank", |bytes| {
        Writer::new(bytes)
            .needs(60, |i| text(r#"{"id":"n$","help":"legal","age":$,"rules":{$}}"#, &[&i, &(i % 150), &rules(i)]))
            .offers(35, |i| text(r#"{"id":"o$","help":["legal"],"ages":{"min":$}}"#, &[&i, &(i % 100)]))
            .end()
    }),
    WorstCase::pairs("everything-excludes", "rank", |bytes| all_criteria(bytes, r#""top":5"#)),
    WorstCase::pairs("everything-excludes", "diagnose", |bytes| all_criteria(bytes, r#""near_misses":3"#)),
    WorstCase::bounded("everything-excludes-near-misses", "diagnose", |bytes| {
        all_criteria(bytes, r#""near_misses":1000"#)
    }),
    WorstCase::pairs("everything-excludes", "allocate", |bytes| all_criteria(bytes, r#""lang":"de""#)),
    WorstCase::linear("needs-alike", "rank", |bytes| {
        Writer::new(bytes)
            .needs(45, |i| text(r#"{"id":"n$"}"#, &[&i]))
            .offers(45, |i| text(r#"{"id":"o$"}"#, &[&i]))
            .end()
    }),
    WorstCase::linear("needs-alike", "diagnose", |bytes| {
        Writer::new(bytes)
            .needs(45, |i| text(r#"{"id":"n$","help":"a"}"#, &[&i]))
            .offers(45, |i| text(r#"{"id":"o$","help":["b"]}"#, &[&i]))
            .end()
    }),
];
