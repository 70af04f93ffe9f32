//! Answers that repeat for each pair or need what the request states once, and requests of nothing but errors.

use super::{Request, WorstCase, Writer, array, length, text};

fn plain(bytes: usize, members: &str) -> Request {
    Writer::new(bytes)
        .members(members)
        .needs(45, |i| text(r#"{"id":"n$"}"#, &[&i]))
        .offers(45, |i| text(r#"{"id":"o$"}"#, &[&i]))
        .end()
}

fn excluded(bytes: usize, members: &str) -> Request {
    Writer::new(bytes)
        .members(members)
        .needs(45, |i| text(r#"{"id":"n$","region":"14612","age":1}"#, &[&i]))
        .offers(45, |i| text(r#"{"id":"o$","area":["01"],"ages":{"min":18}}"#, &[&i]))
        .end()
}

/// Needs and offers whose codes have names of `length` bytes.
fn long_names(bytes: usize, name_length: usize, members: &str) -> Request {
    let long = "n".repeat(name_length);
    let name = |kind: &str| text(r#"{"kind":"$","code":"a","lang":"en","text":"$"}"#, &[&kind, &long]);
    let names = text(r#""names":[$,$,$]"#, &[&name("help"), &name("role"), &name("access")]);
    Writer::new(bytes)
        .members(members)
        .open("vocabulary")
        .members(&names)
        .close()
        .needs(25, |i| text(r#"{"id":"n$","help":"a","roles":["a"],"access":["a"]}"#, &[&i]))
        .offers(25, |i| text(r#"{"id":"o$","help":["a"],"roles":["a"],"access":["a"]}"#, &[&i]))
        .end()
}

fn report_rows(bytes: usize) -> Request {
    Writer::new(bytes)
        .needs(90, |i| {
            text(
                r#"{"id":"n$","help":"k$","languages":["de-$"],"region":"14612","case":"c$","crime":"$"}"#,
                &[&i, &i, &(10_000 + i), &i, &(1_000 + i % 9_000)],
            )
        })
        .members(r#""offers":[]"#)
        .end()
}

pub(super) const CASES: &[WorstCase] = &[
    WorstCase::bounded("top-of-a-million", "rank", |bytes| plain(bytes, r#""top":1000000,"reasons":false"#)),
    WorstCase::bounded("top-of-a-million-with-reasons", "rank", |bytes| plain(bytes, r#""top":1000000"#)),
    WorstCase::bounded("pairs-all", "explain", |bytes| plain(bytes, r#""lang":"de-simple""#)),
    WorstCase::linear("pairs-one-many-times", "explain", |bytes| {
        Writer::new(bytes)
            .members(r#""offers":[{"id":"o"}],"needs":[{"id":"n"}]"#)
            .list("pairs", 90, |_| r#"{"need":"n","offer":"o"}"#.to_owned())
            .end()
    }),
    WorstCase::error("pairs-unknown", "explain", "request.pair.unknown_need", |bytes| {
        Writer::new(bytes)
            .members(r#""offers":[{"id":"o"}],"needs":[{"id":"n"}]"#)
            .list("pairs", 90, |i| text(r#"{"need":"m$","offer":"p$"}"#, &[&i, &i]))
            .end()
    }),
    WorstCase::bounded("near-misses-of-a-thousand", "diagnose", |bytes| excluded(bytes, r#""near_misses":1000"#)),
    WorstCase::bounded("near-misses-of-a-thousand-in-three-languages", "diagnose", |bytes| {
        excluded(bytes, r#""near_misses":1000,"lang":"de-simple""#)
    }),
    WorstCase::bounded("names-of-9-999-bytes", "explain", |bytes| long_names(bytes, 9_999, r#""lang":"en""#)),
    WorstCase::bounded("names-of-200-bytes", "explain", |bytes| long_names(bytes, 200, r#""lang":"en""#)),
    WorstCase::bounded("names-of-200-bytes", "rank", |bytes| long_names(bytes, 200, r#""top":1000"#)),
    WorstCase::bounded("access-of-a-thousand", "explain", |bytes| {
        let access = array(r#""k$""#, 0..length(bytes, 60));
        Writer::new(bytes)
            .needs(45, |i| text(r#"{"id":"n$","access":$}"#, &[&i, &access]))
            .offers(45, |i| text(r#"{"id":"o$"}"#, &[&i]))
            .end()
    }),
    WorstCase::linear("rows-all-different", "report", report_rows),
    WorstCase::linear("unmet-all-different", "allocate", report_rows),
    WorstCase::error("errors-in-every-offer", "check", "offer.unknown_field", |bytes| {
        let offer = |i| {
            text(
                r#"{"id":$,"help":"A!","area":["x"],"languages":["q"],"capacity":-1,"ages":{"min":200},"zz":1}"#,
                &[&i],
            )
        };
        Writer::new(bytes).offers(95, offer).end()
    }),
    WorstCase::error("errors-in-every-need", "rank", "need.unknown_field", |bytes| {
        let need =
            |i| text(r#"{"id":$,"help":"A!","region":"x","languages":["q"],"people":-1,"age":200,"zz":1}"#, &[&i]);
        Writer::new(bytes).needs(95, need).members(r#""offers":[]"#).end()
    }),
    WorstCase::linear("warnings-in-every-offer", "check", |bytes| {
        let offer = |i| {
            text(
                r#"{"id":"o$","name":"x","help":["k$"],"roles":["r$"],"area":["14612"],"place":{"region":"14612","lat":13.7,"lon":51.0},"capacity":{"free":3,"total":2,"state":"full","updated":"2030-01-01"}}"#,
                &[&i, &i, &i],
            )
        };
        Writer::new(bytes).members(r#""as_of":"2026-11-23""#).offers(95, offer).end()
    }),
    WorstCase::error("ids-equal", "check", "offer.id.duplicate", |bytes| {
        Writer::new(bytes).offers(95, |_| r#"{"id":"o"}"#.to_owned()).end()
    }),
    WorstCase::error("offers-without-fields", "check", "offer.missing_field", |bytes| {
        Writer::new(bytes).offers(95, |_| "{}".to_owned()).end()
    }),
    WorstCase::error("needs-without-fields", "rank", "need.missing_field", |bytes| {
        Writer::new(bytes).needs(95, |_| "{}".to_owned()).end()
    }),
];
