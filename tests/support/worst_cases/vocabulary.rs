//! Additions to the vocabulary that are long or refer to each other.

use super::{WorstCase, Writer, array, length, letters, repeated, text};

pub(super) const CASES: &[WorstCase] = &[
    WorstCase::linear("names-of-one-code", "check", |bytes| {
        let name = |i| text(r#"{"kind":"help","code":"x","lang":"l","text":"y$"}"#, &[&i]);
        Writer::new(bytes).open("vocabulary").list("names", 95, name).close().end()
    }),
    WorstCase::linear("names-in-many-languages", "check", |bytes| {
        let name = |i| text(r#"{"kind":"help","code":"x","lang":"l$","text":"y"}"#, &[&i]);
        Writer::new(bytes).open("vocabulary").list("names", 95, name).close().end()
    }),
    WorstCase::linear("names-shared-by-codes", "check", |bytes| {
        let name = |i| text(r#"{"kind":"help","code":"x$","lang":"de","text":"y"}"#, &[&i]);
        Writer::new(bytes).open("vocabulary").list("names", 95, name).close().end()
    }),
    WorstCase::linear("names-at-the-limit-of-text", "check", |bytes| {
        let long = "n".repeat(length(bytes, 20) / 6);
        let name = |i| text(r#"{"kind":"help","code":"x$","lang":"de","text":"$$"}"#, &[&i, &long, &i]);
        Writer::new(bytes).open("vocabulary").list("names", 95, name).close().end()
    }),
    WorstCase::linear("names-of-new-languages-and-aliases", "check", |bytes| {
        let name = |i| text(r#"{"kind":"language","code":"$","lang":"de","text":"x$"}"#, &[&letters(i, 5), &i]);
        let alias = |i: usize| text(r#""qqq-x-$":"de""#, &[&(10_000 + i)]);
        Writer::new(bytes).open("vocabulary").list("names", 50, name).object("languages", 45, alias).close().end()
    }),
    WorstCase::linear("aliases-of-aliases-of-languages", "check", |bytes| {
        let alias = |i: usize| text(r#""$":"de-$""#, &[&letters(i, 6), &(10_000 + i)]);
        Writer::new(bytes).open("vocabulary").object("languages", 95, alias).close().end()
    }),
    WorstCase::linear("umbrella-in-many-spellings", "check", |bytes| {
        let members = length(bytes, 240 * 8);
        let spelling = |i: usize| {
            let letter = |(bit, letter): (usize, char)| {
                if i >> bit & 1 == 1 { letter.to_ascii_uppercase() } else { letter }
            };
            let key: String = letters(i / 256, 8).chars().enumerate().map(letter).collect();
            let members: Vec<String> = (0..members).map(|j| text(r#""$""#, &[&letters(i * members + j, 5)])).collect();
            text(r#""$":[$]"#, &[&key, &members.join(",")])
        };
        Writer::new(bytes).open("vocabulary").object("umbrellas", 95, spelling).close().end()
    }),
    WorstCase::linear("umbrellas-in-a-chain", "check", |bytes| {
        let umbrella = |i| text(r#""$":["$"]"#, &[&letters(i, 6), &letters(i + 1, 6)]);
        Writer::new(bytes).open("vocabulary").object("umbrellas", 95, umbrella).close().end()
    }),
    WorstCase::linear("words-of-one-beginning", "check", |bytes| {
        let word = |i: usize| text(r#"{"kind":"help","codes":["x"],"lang":"de","text":"ab$"}"#, &[&i]);
        Writer::new(bytes).open("vocabulary").list("words", 95, word).close().end()
    }),
    WorstCase::linear("words-of-a-thousand-codes", "check", |bytes| {
        let codes = length(bytes, 100);
        let word = |i: usize| {
            let codes = array(r#""x$""#, i * codes..(i + 1) * codes);
            text(r#"{"kind":"help","codes":$,"lang":"de","text":"ab$"}"#, &[&codes, &i])
        };
        Writer::new(bytes).open("vocabulary").list("words", 95, word).close().end()
    }),
    WorstCase::linear("words-of-a-region-level", "check", |bytes| {
        let codes = length(bytes, 60);
        let word = |i: usize| {
            text(r#"{"kind":"region","codes":$,"lang":"de","text":"ab$"}"#, &[&repeated(r#""145""#, codes), &i])
        };
        Writer::new(bytes).open("vocabulary").list("words", 95, word).close().end()
    }),
    WorstCase::linear("words-of-a-thousand-contexts", "check", |bytes| {
        let codes = length(bytes, 100);
        let word = |i: usize| {
            let context = array(r#""x$""#, i * codes..(i + 1) * codes);
            text(r#"{"kind":"crime","codes":["0101"],"context":$,"lang":"de","text":"ab$"}"#, &[&context, &i])
        };
        Writer::new(bytes).open("vocabulary").list("words", 95, word).close().end()
    }),
];
