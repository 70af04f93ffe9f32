//! Resolution and suggestion of typed text, additions to the vocabulary, and construction of the name index.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use lotse::{CodeKind, Lang, Vocabulary};

/// Typed text for each stage of resolution.
const WORDS: [(&str, &str, CodeKind); 7] = [
    ("a name", "Kurmandschi", CodeKind::Language),
    ("an ambiguous word", "Afghanisch", CodeKind::Language),
    ("a typing error", "ukranisch", CodeKind::Language),
    ("a long typing error", "Sächsische Schwiez-Osterzgebirge", CodeKind::Region),
    ("a sign language, mistyped", "Österreichische Gebärdensprahce", CodeKind::Language),
    ("an unknown word", "Fahrradschloss", CodeKind::Language),
    ("a crime with a context", "Terroranschlag", CodeKind::Crime),
];

#[expect(clippy::unwrap_used, reason = "a bench fails by panicking")]
fn vocabulary(criterion: &mut Criterion) {
    let vocabulary = Vocabulary::default();
    for (name, typed, kind) in WORDS {
        criterion.bench_function(&format!("resolve, {name}"), |bencher| {
            bencher.iter(|| vocabulary.resolve(black_box(typed), kind, Lang::De));
        });
    }
    for (typed, kind) in [("Sa", CodeKind::Region), ("Ge", CodeKind::Language), ("Xyzzy", CodeKind::Region)] {
        criterion.bench_function(&format!("suggest, {typed}, {kind}"), |bencher| {
            bencher.iter(|| vocabulary.suggest(black_box(typed), kind, Lang::De, 10));
        });
    }
    criterion.bench_function("additions, one language alias", |bencher| {
        bencher.iter(|| Vocabulary::from_json(black_box(r#"{"languages": {"interpreters-12": "prs"}}"#)).unwrap());
    });
    // The added word invalidates the index of the kind, which is shared with the built-in tables otherwise.
    for kind in [CodeKind::Language, CodeKind::Region, CodeKind::Crime] {
        let additions = format!(r#"{{"words": [{{"kind": "{kind}", "lang": "de", "text": "Xyzzy"}}]}}"#);
        criterion.bench_function(&format!("build the name index, {kind}"), |bencher| {
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
