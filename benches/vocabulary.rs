//! What looking words up costs.
#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use lotse::{Kind, Lang, Vocabulary};

/// Typed words of every sort: known, ambiguous, mistyped, unknown, long.
const WORDS: [(&str, &str, Kind); 7] = [
    ("a name", "Kurmandschi", Kind::Language),
    ("a word for several", "Afghanisch", Kind::Language),
    ("a typing error", "ukranisch", Kind::Language),
    ("a long typing error", "Sächsische Schwiez-Osterzgebirge", Kind::Region),
    ("a sign language, mistyped", "Österreichische Gebärdensprahce", Kind::Language),
    ("an unknown word", "Fahrradschloss", Kind::Language),
    ("a crime with its setting", "Terroranschlag", Kind::Crime),
];

fn vocabulary(criterion: &mut Criterion) {
    let vocabulary = Vocabulary::default();
    for (name, typed, kind) in WORDS {
        criterion.bench_function(&format!("resolve, {name}"), |bencher| {
            bencher.iter(|| vocabulary.resolve(black_box(typed), kind, Lang::De));
        });
    }
    for (typed, kind) in [("Sa", Kind::Region), ("Ge", Kind::Language), ("Xyzzy", Kind::Region)] {
        criterion.bench_function(&format!("suggest, {typed}, {kind}"), |bencher| {
            bencher.iter(|| vocabulary.suggest(black_box(typed), kind, Lang::De, 10));
        });
    }
    criterion.bench_function("additions, one language alias", |bencher| {
        bencher.iter(|| Vocabulary::from_json(black_box(r#"{"languages": {"fa-xx": "prs"}}"#)).unwrap());
    });
    // A name of each kind, so that none is shared with the built-in tables.
    for kind in [Kind::Language, Kind::Region, Kind::Crime] {
        let additions = format!(r#"{{"words": [{{"kind": "{kind}", "lang": "de", "text": "Xyzzy"}}]}}"#);
        criterion.bench_function(&format!("build the index of names, {kind}"), |bencher| {
            bencher.iter_batched(
                || Vocabulary::from_json(&additions).unwrap(),
                |vocabulary| vocabulary.resolve("Xyzzy", kind, None),
                BatchSize::SmallInput,
            );
        });
    }
}

criterion_group!(benches, vocabulary);
criterion_main!(benches);
