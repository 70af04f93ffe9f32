//! Typed words among many names.

use super::{WorstCase, Writer, array, length, text};

pub(super) const CASES: &[WorstCase] = &[
    WorstCase::linear("words-unknown", "resolve", |bytes| {
        Writer::new(bytes).list("words", 95, |i| text(r#"{"text":"xyzxyzwvut$"}"#, &[&i])).end()
    }),
    WorstCase::linear("words-near-names-of-languages", "resolve", |bytes| {
        let word = |i: usize| text(r#"{"text":"kurdxrmxnzhi$","kind":"language"}"#, &[&i]);
        Writer::new(bytes).list("words", 95, word).end()
    }),
    WorstCase::linear("words-at-the-limit", "resolve", |bytes| {
        let word = |i: usize| text(r#"{"text":"$$"}"#, &[&"x".repeat(480), &i]);
        Writer::new(bytes).list("words", 95, word).end()
    }),
    WorstCase::linear("words-above-the-limit", "resolve", |bytes| {
        let word = |i: usize| text(r#"{"text":"$$"}"#, &[&"x".repeat(9_900), &i]);
        Writer::new(bytes).list("words", 95, word).end()
    }),
    WorstCase::linear("words-with-umlauts", "resolve", |bytes| {
        let word = |i: usize| text(r#"{"text":"$$"}"#, &[&"äöü".repeat(80), &i]);
        Writer::new(bytes).list("words", 95, word).end()
    }),
    WorstCase::linear("words-of-many-parts", "resolve", |bytes| {
        let word = |_| text(r#"{"text":"$","kind":"language"}"#, &[&"a,".repeat(250)]);
        Writer::new(bytes).list("words", 95, word).end()
    }),
    WorstCase::linear("words-of-spaces-and-hyphens", "resolve", |bytes| {
        let word = |i: usize| text(r#"{"text":"a$$","kind":"region"}"#, &[&" -".repeat(240), &i]);
        Writer::new(bytes).list("words", 95, word).end()
    }),
    WorstCase::linear("words-with-qualifiers", "resolve", |bytes| {
        let word = |i: usize| {
            let words =
                ["Leipzig (Stadt)", "Landkreis Leipzig", "Frankfurt am Main", "LK Bautzn", "Neustadt a.d. Saale"];
            text(r#"{"text":"$"}"#, &[&words[i % 5]])
        };
        Writer::new(bytes).list("words", 95, word).end()
    }),
    WorstCase::linear("words-of-nested-parts", "resolve", |bytes| {
        // Each part may be read with its words of kind or without, and so may each part of it.
        let word = |i: usize| text(r#"{"text":"$$","kind":"region"}"#, &[&"Stadt Leipzig in ".repeat(7), &(i % 1_000)]);
        Writer::new(bytes).list("words", 95, word).end()
    }),
    WorstCase::linear("words-of-nested-brackets", "resolve", |bytes| {
        // Each bracket opens a name within a name; without a limit of the depth, twice as many readings.
        let word = |i: usize| text(r#"{"text":"$$","kind":"region"}"#, &[&"(in ".repeat(30), &(i % 1_000)]);
        Writer::new(bytes).list("words", 95, word).end()
    }),
    WorstCase::linear("words-that-are-postcodes", "resolve", |bytes| {
        Writer::new(bytes).list("words", 95, |i| text(r#"{"text":"$ Dresdn"}"#, &[&(10_000 + i % 80_000)])).end()
    }),
    WorstCase::linear("words-near-own-words", "resolve", |bytes| {
        let own = |i| text(r#"{"kind":"help","codes":["x"],"lang":"de","text":"abcdefghijklmnopqrstuvwx$"}"#, &[&i]);
        let word = |i: usize| text(r#"{"text":"abcdefghijklmnopqrstuvwz$","kind":"help"}"#, &[&i]);
        Writer::new(bytes).open("vocabulary").list("words", 55, own).close().list("words", 40, word).end()
    }),
    WorstCase::linear("words-of-shared-letters", "resolve", |bytes| {
        // Anagrams: neither the lengths nor the letters exclude a name.
        let mixed = |i: usize| {
            let mut letters: Vec<u8> = b"abcdefghijklmnop".to_vec();
            letters.rotate_left(i % 16);
            letters.swap(i / 16 % 16, i / 256 % 16);
            letters.swap(i / 4_096 % 16, i / 65_536 % 16);
            String::from_utf8(letters).unwrap()
        };
        let own = |i| text(r#"{"kind":"help","codes":["x$"],"lang":"de","text":"$"}"#, &[&i, &mixed(i)]);
        let word = |i: usize| text(r#"{"text":"$","kind":"help"}"#, &[&mixed(i * 7 + 3)]);
        Writer::new(bytes)
            .open("vocabulary")
            .list("names", 55, |i| own(i).replace("codes\":[", "code\":").replace("],\"lang", ",\"lang"))
            .close()
            .list("words", 40, word)
            .end()
    }),
    WorstCase::bounded("words-of-a-thousand-codes", "resolve", |bytes| {
        let codes = array(r#""x$""#, 0..length(bytes, 20));
        let own = text(r#""words":[{"kind":"help","codes":$,"lang":"de","text":"abc"}]"#, &[&codes]);
        let word = |_| r#"{"text":"abc","kind":"help"}"#.to_owned();
        Writer::new(bytes).open("vocabulary").members(&own).close().list("words", 60, word).end()
    }),
    WorstCase::bounded("words-for-one-name-of-many-codes", "resolve", |bytes| {
        let name = |i| text(r#"{"kind":"help","code":"x$","lang":"de","text":"abc"}"#, &[&i]);
        let word = |_| r#"{"text":"abc","kind":"help"}"#.to_owned();
        Writer::new(bytes).open("vocabulary").list("names", 48, name).close().list("words", 48, word).end()
    }),
    WorstCase::linear("words-for-names-at-the-limit-of-text", "resolve", |bytes| {
        let long = "n".repeat(190);
        let name = |i| text(r#"{"kind":"help","code":"x$","lang":"de","text":"abc$$"}"#, &[&i, &long, &i]);
        let word = |i: usize| text(r#"{"text":"abd$$","kind":"help"}"#, &[&long, &i]);
        Writer::new(bytes).open("vocabulary").list("names", 48, name).close().list("words", 48, word).end()
    }),
    WorstCase::bounded("suggest-all-of-two-letters", "resolve", |bytes| {
        let word = |_| r#"{"text":"an"}"#.to_owned();
        Writer::new(bytes).members(r#""suggest":100"#).list("words", 95, word).end()
    }),
    WorstCase::bounded("suggest-own-words", "resolve", |bytes| {
        let own = |i| text(r#"{"kind":"help","codes":["x"],"lang":"de","text":"abcd$"}"#, &[&i]);
        let word = |_| r#"{"text":"abcd","kind":"help"}"#.to_owned();
        let writer = Writer::new(bytes).members(r#""suggest":100"#);
        writer.open("vocabulary").list("words", 48, own).close().list("words", 48, word).end()
    }),
    WorstCase::bounded("suggest-own-names-by-later-words", "resolve", |bytes| {
        let name = |i| text(r#"{"kind":"help","code":"x$","lang":"de","text":"$ abcd"}"#, &[&i, &i]);
        let word = |_| r#"{"text":"abcd","kind":"help"}"#.to_owned();
        let writer = Writer::new(bytes).members(r#""suggest":100"#);
        writer.open("vocabulary").list("names", 48, name).close().list("words", 48, word).end()
    }),
    WorstCase::bounded("suggest-names-of-a-thousand-codes", "resolve", |bytes| {
        let codes = length(bytes, 100);
        let own = |i: usize| {
            let codes = array(r#""x$""#, i * codes..(i + 1) * codes);
            text(r#"{"kind":"help","codes":$,"lang":"de","text":"abcd$"}"#, &[&codes, &i])
        };
        let word = |_| r#"{"text":"abc","kind":"help"}"#.to_owned();
        let writer = Writer::new(bytes).members(r#""suggest":100"#);
        writer.open("vocabulary").list("words", 60, own).close().list("words", 35, word).end()
    }),
    WorstCase::linear("suggest-typing-errors", "resolve", |bytes| {
        let word = |i: usize| text(r#"{"text":"ukranxsch$"}"#, &[&(i % 10)]);
        Writer::new(bytes).members(r#""suggest":100"#).list("words", 95, word).end()
    }),
];
