//! Long lists of help, roles, access and contexts, whose codes are compared in pairs.

use super::{Request, WorstCase, Writer, array, length, repeated, text};

/// Needs and offers with a long list of codes each, of which no two are equal or cover each other.
fn lists(bytes: usize, members: &str, [need, offer]: [&str; 2]) -> Request {
    let count = length(bytes, 60);
    let codes = |letter: char, i: usize| {
        array(&format!("\"{letter}$\""), 0..count - 1).replacen('[', &text(r#"["z$","#, &[&i]), 1).replace(",]", "]")
    };
    Writer::new(bytes)
        .members(members)
        .needs(45, |i| text(need, &[&i, &codes('k', i)]))
        .offers(45, |i| text(offer, &[&i, &codes('b', i + 1_000_000)]))
        .end()
}

const ROLES: [&str; 2] = [r#"{"id":"n$","roles":$}"#, r#"{"id":"o$","roles":$}"#];
const ACCESS: [&str; 2] = [r#"{"id":"n$","access":$}"#, r#"{"id":"o$","access":$}"#];
const NO_ACCESS: [&str; 2] = [r#"{"id":"n$","access":$}"#, r#"{"id":"o$","no_access":$}"#];
const CONTEXT: [&str; 2] = [r#"{"id":"n$","crime":{"context":$}}"#, r#"{"id":"o$","crimes":[{"context":$}]}"#];

/// Needs of which each lacks what the few offers have, so that a near miss names it.
fn few_offers_of_long_lists(bytes: usize, members: &str, [need, offer]: [&str; 2], code: &str) -> Request {
    let codes = array(code, 100..100 + length(bytes, 300).min(900));
    let offers: Vec<String> = (0..5).map(|i| text(offer, &[&i, &codes])).collect();
    Writer::new(bytes)
        .members(members)
        .members(&text(r#""offers":[$]"#, &[&offers.join(",")]))
        .needs(70, |i| text(need, &[&i]))
        .end()
}

/// Codes of many parts: each begins as all others do.
fn deep_codes(bytes: usize) -> Request {
    let count = length(bytes, 1_500);
    let stem = "a.".repeat(120);
    let codes = |letter: char| -> String {
        let code = |i: usize| format!("\"{stem}{letter}{i}\"");
        (0..count).map(code).collect::<Vec<_>>().join(",")
    };
    let (needed, offered) = (codes('k'), codes('b'));
    Writer::new(bytes)
        .needs(45, |i| text(r#"{"id":"n$","roles":["z$",$]}"#, &[&i, &i, &needed]))
        .offers(45, |i| text(r#"{"id":"o$","roles":["y$",$]}"#, &[&i, &i, &offered]))
        .end()
}

/// One need and one offer with every list at its limit.
fn all_lists(bytes: usize) -> Request {
    let count = length(bytes, 400);
    let codes = |letter: char| array(&format!("\"{letter}$\""), 0..count);
    let languages = |first: usize| array(r#""de-$""#, first..first + count);
    let scopes: Vec<String> = (0..count / 30 + 1)
        .map(|i| text(r#"{"code":"0101","context":$}"#, &[&array(r#""s$""#, i..i + count / 3 + 1)]))
        .collect();
    Writer::new(bytes)
        .needs(45, |i| {
            text(
                r#"{"id":"n$","help":"k$","languages":$,"region":"14612","crime":{"code":"0101","context":$},"roles":$,"access":$}"#,
                &[&i, &i, &languages(10_000), &codes('c'), &codes('r'), &codes('a')],
            )
        })
        .offers(45, |i| {
            text(
                r#"{"id":"o$","help":$,"languages":$,"area":$,"crimes":[$],"roles":$,"access":$,"no_access":$}"#,
                &[
                    &i,
                    &codes('h'),
                    &languages(5_000_000),
                    &repeated(r#""14628""#, count),
                    &scopes.join(","),
                    &codes('s'),
                    &codes('b'),
                    &codes('d'),
                ],
            )
        })
        .end()
}

pub(super) const CASES: &[WorstCase] = &[
    WorstCase::pairs("roles-on-both-sides", "rank", |bytes| lists(bytes, r#""top":5"#, ROLES)),
    WorstCase::pairs("roles-on-both-sides", "diagnose", |bytes| lists(bytes, r#""near_misses":1000"#, ROLES)),
    WorstCase::pairs("roles-on-both-sides", "allocate", |bytes| lists(bytes, r#""lang":"de""#, ROLES)),
    WorstCase::pairs("access-on-both-sides", "rank", |bytes| lists(bytes, r#""top":5"#, ACCESS)),
    WorstCase::bounded("access-on-both-sides", "explain", |bytes| lists(bytes, r#""lang":"de""#, ACCESS)),
    WorstCase::pairs("access-that-is-lacking", "diagnose", |bytes| lists(bytes, r#""near_misses":1000"#, NO_ACCESS)),
    WorstCase::pairs("contexts-on-both-sides", "rank", |bytes| lists(bytes, r#""top":5"#, CONTEXT)),
    WorstCase::pairs("contexts-on-both-sides", "diagnose", |bytes| lists(bytes, r#""near_misses":1000"#, CONTEXT)),
    WorstCase::pairs("roles-of-many-parts", "rank", deep_codes),
    WorstCase::pairs("lists-at-their-limits", "rank", all_lists),
    WorstCase::bounded("lists-at-their-limits", "explain", all_lists),
    WorstCase::pairs("lists-at-their-limits", "diagnose", all_lists),
    WorstCase::pairs("lists-at-their-limits", "allocate", all_lists),
    WorstCase::pairs("help-and-long-lists", "rank", |bytes| {
        let count = length(bytes, 60);
        Writer::new(bytes)
            .needs(25, |i| text(r#"{"id":"n$","help":"k$"}"#, &[&i, &i]))
            .offers(70, |i| text(r#"{"id":"o$","help":$}"#, &[&i, &array(r#""b$""#, i * count..(i + 1) * count)]))
            .end()
    }),
    WorstCase::linear("scopes-with-contexts", "check", |bytes| {
        let contexts = array(r#""s$""#, 0..length(bytes, 300));
        let scopes = (0..length(bytes, 100_000)).map(|_| text(r#"{"code":"0101","context":$}"#, &[&contexts]));
        let scopes = scopes.collect::<Vec<_>>().join(",");
        Writer::new(bytes).offers(95, |i| text(r#"{"id":"o$","crimes":[$]}"#, &[&i, &scopes])).end()
    }),
    WorstCase::linear("codes-unlisted", "check", |bytes| {
        let count = length(bytes, 60);
        let codes = |i: usize| array(r#""psychosocjal.tra$""#, i * count..(i + 1) * count);
        Writer::new(bytes).offers(95, |i| text(r#"{"id":"o$","help":$}"#, &[&i, &codes(i)])).end()
    }),
    WorstCase::linear("codes-of-256-bytes", "check", |bytes| {
        let long = "psychosocjal".repeat(20);
        Writer::new(bytes)
            .offers(95, |i| text(r#"{"id":"o$","help":["$$"],"roles":["$$"]}"#, &[&i, &long, &i, &long, &i]))
            .end()
    }),
    WorstCase::linear("help-of-the-nearest-named", "diagnose", |bytes| {
        let records = [r#"{"id":"n$","help":"z"}"#, r#"{"id":"o$","help":$}"#];
        few_offers_of_long_lists(bytes, r#""near_misses":3"#, records, r#""k$""#)
    }),
    WorstCase::linear("roles-of-the-nearest-named", "diagnose", |bytes| {
        let records = [r#"{"id":"n$","roles":["z"]}"#, r#"{"id":"o$","roles":$}"#];
        few_offers_of_long_lists(bytes, r#""near_misses":3"#, records, r#""k$""#)
    }),
    WorstCase::linear("area-of-the-nearest-named", "diagnose", |bytes| {
        let records = [r#"{"id":"n$","region":"01001"}"#, r#"{"id":"o$","area":$}"#];
        few_offers_of_long_lists(bytes, r#""near_misses":3"#, records, r#""14612$""#)
    }),
    WorstCase::linear("languages-of-the-nearest-named", "diagnose", |bytes| {
        let records = [r#"{"id":"n$","languages":["fr"]}"#, r#"{"id":"o$","languages":$}"#];
        few_offers_of_long_lists(bytes, r#""near_misses":3"#, records, r#""de-10$""#)
    }),
    WorstCase::linear("restrictions-named", "rank", |bytes| {
        let records = [r#"{"id":"n$","age":1}"#, r#"{"id":"o$","roles":$}"#];
        few_offers_of_long_lists(bytes, r#""top":5"#, records, r#""k$""#)
    }),
    WorstCase::bounded("restrictions-named", "explain", |bytes| {
        let records = [r#"{"id":"n$"}"#, r#"{"id":"o$","roles":$}"#];
        few_offers_of_long_lists(bytes, r#""lang":"de""#, records, r#""k$""#)
    }),
];
