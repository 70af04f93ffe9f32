//! JSON that is expensive to hold: many small values, deep values, long strings.

use super::{Request, WorstCase, Writer, text};

fn strings(bytes: usize, piece: &str) -> Request {
    let name = piece.repeat(9_900 / piece.len().min(9_900));
    Writer::new(bytes).offers(95, |i| text(r#"{"id":"o$","name":"$"}"#, &[&i, &name])).end()
}

pub(super) const CASES: &[WorstCase] = &[
    WorstCase::error("objects-of-one-field", "check", "request.unknown_field", |bytes| {
        Writer::new(bytes).list("x", 95, |_| r#"{"":0}"#.to_owned()).end()
    }),
    WorstCase::error("arrays-empty", "check", "offer.type", |bytes| {
        Writer::new(bytes).offers(95, |_| "[]".to_owned()).end()
    }),
    WorstCase::error("numbers", "check", "offer.type", |bytes| Writer::new(bytes).offers(95, |_| "0".to_owned()).end()),
    WorstCase::error("arrays-in-arrays", "check", "request.unknown_field", |bytes| {
        let deep = "[".repeat(120) + &"]".repeat(120);
        Writer::new(bytes).list("x", 95, |_| deep.clone()).end()
    }),
    WorstCase::error("objects-in-objects", "check", "request.unknown_field", |bytes| {
        let deep = r#"{"":"#.repeat(120) + "0" + &"}".repeat(120);
        Writer::new(bytes).list("x", 95, |_| deep.clone()).end()
    }),
    WorstCase::error("arrays-too-deep", "check", "json.syntax", |bytes| {
        Writer::new(bytes)
            .members(&text(r#""x":$"#, &[&("[".repeat(bytes / 2 + 200) + &"]".repeat(bytes / 2 + 200))]))
            .end()
    }),
    WorstCase::error("numbers-of-many-digits", "check", "request.unknown_field", |bytes| {
        let number = text("$.$e-300", &[&"9".repeat(300), &"9".repeat(2_000)]);
        Writer::new(bytes).list("x", 95, |_| number.clone()).end()
    }),
    WorstCase::error("keys-unknown", "check", "offer.unknown_field", |bytes| {
        let fields: Vec<String> = (0..bytes / 20 + 1).map(|i| text(r#""languaegsx$":1"#, &[&i])).collect();
        Writer::new(bytes).members(&text(r#""offers":[{"id":"o",$}]"#, &[&fields.join(",")])).end()
    }),
    WorstCase::error("keys-duplicate", "check", "offer.duplicate_field", |bytes| {
        let fields = vec![r#""name":"x""#; bytes / 11 + 2].join(",");
        Writer::new(bytes).members(&text(r#""offers":[{"id":"o",$}]"#, &[&fields])).end()
    }),
    WorstCase::error("keys-duplicate-in-vocabulary", "check", "vocabulary.duplicate_field", |bytes| {
        Writer::new(bytes)
            .open("vocabulary")
            .object("region_aliases", 95, |i| text(r#""A$":"14612""#, &[&(i / 2)]))
            .close()
            .end()
    }),
    WorstCase::error("keys-long", "check", "policy.unknown_field", |bytes| {
        let key = "k".repeat(9_000);
        Writer::new(bytes).open("policy").object("weights", 95, |i| text(r#""$$":1"#, &[&key, &i])).close().end()
    }),
    WorstCase::linear("strings-at-the-limit", "rank", |bytes| strings(bytes, "x")),
    WorstCase::linear("strings-with-escapes", "rank", |bytes| strings(bytes, "\\u0001")),
    WorstCase::linear("strings-with-combining-letters", "check", |bytes| strings(bytes, "ä\u{301}")),
];
