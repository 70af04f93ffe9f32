//! Long lists of languages, comprehension rows and umbrellas.

use super::{Request, WorstCase, Writer, array, length, letters, text};

/// Needs and offers with long lists that share no language.
fn lists_on_both_sides(bytes: usize, members: &str, rules: &str) -> Request {
    let count = length(bytes, 100);
    let tags = |first: usize| array(r#""de-$""#, first..first + count);
    Writer::new(bytes)
        .members(members)
        .needs(45, |i| text(r#"{"id":"n$","languages":$$}"#, &[&i, &tags(10_000 + i * count), &rules]))
        .offers(45, |i| text(r#"{"id":"o$","languages":$}"#, &[&i, &tags(5_000_000 + i * count)]))
        .end()
}

fn row(i: usize) -> String {
    text(r#"{"from":"de","to":"en-$","degree":1}"#, &[&(10_000 + i)])
}

pub(super) const CASES: &[WorstCase] = &[
    WorstCase::linear("comprehension-rows-of-one-language", "check", |bytes| {
        Writer::new(bytes).open("vocabulary").list("comprehension", 95, row).close().end()
    }),
    WorstCase::linear("comprehension-rows-to-one-language", "check", |bytes| {
        let row = |i: usize| text(r#"{"from":"en-$","to":"de","degree":1}"#, &[&(10_000 + i)]);
        Writer::new(bytes).open("vocabulary").list("comprehension", 95, row).close().end()
    }),
    WorstCase::linear("comprehension-rows-of-a-policy", "check", |bytes| {
        let writer = Writer::new(bytes).open("policy").open("language");
        writer.list("comprehension", 95, row).close().close().end()
    }),
    WorstCase::linear("comprehension-rows-in-a-chain", "check", |bytes| {
        let row = |i: usize| text(r#"{"from":"de-$","to":"de-$","degree":1}"#, &[&(10_000 + i), &(10_001 + i)]);
        Writer::new(bytes).open("vocabulary").list("comprehension", 95, row).close().end()
    }),
    WorstCase::linear("comprehension-rows-twice", "check", |bytes| {
        // The same rows in vocabulary and policy.
        let writer = Writer::new(bytes).open("vocabulary").list("comprehension", 48, row).close();
        writer.open("policy").open("language").list("comprehension", 48, row).close().close().end()
    }),
    WorstCase::pairs("languages-on-both-sides", "rank", |bytes| lists_on_both_sides(bytes, r#""lang":"de""#, "")),
    WorstCase::bounded("languages-on-both-sides", "explain", |bytes| lists_on_both_sides(bytes, r#""lang":"de""#, "")),
    WorstCase::pairs("languages-on-both-sides", "allocate", |bytes| {
        let rule = r#","rules":{"language":{"rule":"must","minimum":1}}"#;
        lists_on_both_sides(bytes, r#""lang":"de""#, rule)
    }),
    WorstCase::pairs("languages-on-both-sides", "diagnose", |bytes| {
        let rule = r#","rules":{"language":{"rule":"must","minimum":1}}"#;
        lists_on_both_sides(bytes, r#""near_misses":1000"#, rule)
    }),
    WorstCase::pairs("languages-and-rows", "rank", |bytes| {
        let tags = |first: usize| array(r#""de-$""#, first..first + 20);
        Writer::new(bytes)
            .per_pair(20)
            .needs(30, |i| {
                let tags = tags(10_000 + i * 20).replacen('[', r#"["de","#, 1);
                text(r#"{"id":"n$","languages":$}"#, &[&i, &tags])
            })
            .offers(30, |i| text(r#"{"id":"o$","languages":$}"#, &[&i, &tags(2_000_000 + i * 20)]))
            .open("vocabulary")
            .list("comprehension", 30, |i| text(r#"{"from":"de","to":"de-$","degree":1}"#, &[&(2_000_000 + i)]))
            .close()
            .end()
    }),
    WorstCase::pairs("languages-of-umbrellas", "rank", |bytes| {
        // The needs name umbrellas, the offers their members.
        let count = length(bytes, 120);
        let words = |first: usize, width: usize| {
            let words: Vec<String> = (first..first + count).map(|i| text(r#""$""#, &[&letters(i, width)])).collect();
            format!("[{}]", words.join(","))
        };
        let members = words(0, 6);
        let umbrellas = (bytes * 3 / 10 / members.len()).max(1);
        Writer::new(bytes)
            .open("vocabulary")
            .object("umbrellas", 30, |i| text(r#""$":$"#, &[&letters(i, 7), &members]))
            .close()
            .needs(30, |i| text(r#"{"id":"n$","languages":["$"]}"#, &[&i, &letters(i % umbrellas, 7)]))
            .offers(30, |i| text(r#"{"id":"o$","languages":$}"#, &[&i, &members]))
            .end()
    }),
    WorstCase::pairs("languages-all-different", "rank", |bytes| {
        Writer::new(bytes)
            .needs(45, |i| text(r#"{"id":"n$","languages":["de-$"]}"#, &[&i, &(10_000 + i)]))
            .offers(45, |i| text(r#"{"id":"o$","languages":["de-$"]}"#, &[&i, &(10_000 + i)]))
            .end()
    }),
    WorstCase::linear("languages-in-every-mode", "rank", |bytes| {
        let count = length(bytes, 300);
        let mode = |i: usize| ["spoken", "interpreter", "on_request"][i % 3];
        let item = |i: usize| text(r#"{"tag":"de-$","how":"$"}"#, &[&(10_000 + i), &mode(i)]);
        let all: Vec<String> = (0..count).map(item).collect();
        Writer::new(bytes)
            .needs(10, |i| text(r#"{"id":"n$","languages":[{"tag":"de-10001","level":"B1"}]}"#, &[&i]))
            .offers(80, |i| text(r#"{"id":"o$","languages":[$]}"#, &[&i, &all.join(",")]))
            .end()
    }),
    WorstCase::linear("languages-repeated", "check", |bytes| {
        let tags = array(r#""en-$""#, 10_000..10_000 + length(bytes, 50));
        Writer::new(bytes).offers(95, |i| text(r#"{"id":"o$","languages":$}"#, &[&i, &tags])).end()
    }),
    WorstCase::error("languages-unknown", "check", "offer.language.unknown_tag", |bytes| {
        let count = length(bytes, 50);
        Writer::new(bytes)
            .offers(95, |i| {
                text(
                    r#"{"id":"o$","languages":$}"#,
                    &[&i, &array(r#""qk-$""#, 10_000 + i * count..10_000 + (i + 1) * count)],
                )
            })
            .end()
    }),
    WorstCase::error("languages-of-private-use", "check", "offer.language.unknown_tag", |bytes| {
        let count = length(bytes, 50);
        let tag = |i: usize| text(r#""$-x-$""#, &[&letters(9_000 + i % 5_000, 3), &i]);
        Writer::new(bytes)
            .offers(95, |i| {
                let tags: Vec<String> = (i * count..(i + 1) * count).map(tag).collect();
                text(r#"{"id":"o$","languages":[$]}"#, &[&i, &tags.join(",")])
            })
            .end()
    }),
    WorstCase::linear("languages-of-many-subtags", "check", |bytes| {
        let variants: String = (0..38).map(|i| format!("-{}", 10_000 + i)).collect();
        let count = length(bytes, 500);
        let tags = |i: usize| -> String {
            let tag = |j: usize| text(r#""de$-$""#, &[&variants, &(10_100 + i * count + j)]);
            (0..count).map(tag).collect::<Vec<_>>().join(",")
        };
        Writer::new(bytes).offers(95, |i| text(r#"{"id":"o$","languages":[$]}"#, &[&i, &tags(i)])).end()
    }),
];
