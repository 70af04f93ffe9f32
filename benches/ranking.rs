//! Benchmarks of ranking: the invented incident, its offers repeated up to the size of a large directory, and many distinct needs.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a bench fails by panicking"
)]

#[path = "../tests/support/random.rs"]
mod random;
#[path = "support/shapes.rs"]
#[expect(dead_code, reason = "the score tables are for the peers")]
mod shapes;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use lotse::{Capacity, Matcher, Offer, example};

use crate::shapes::{Records, Shape};

/// Returns `count` offers: those of the incident, repeated with new ids.
fn offers(count: usize) -> Vec<Offer> {
    let records: Vec<serde_json::Value> = serde_json::from_str(example::OFFERS).unwrap();
    let numbered = records.iter().cycle().take(count).enumerate().map(|(number, record)| {
        let mut record = record.clone();
        *record.get_mut("id").unwrap() = format!("o-{number:06}").into();
        Offer::from_json(&record.to_string()).unwrap()
    });
    numbered.collect()
}

fn matcher(offers: Vec<Offer>) -> Matcher {
    Matcher::builder().offers(offers).as_of(example::AS_OF.parse().unwrap()).build().unwrap()
}

fn ranking(criterion: &mut Criterion) {
    let needs = example::needs().unwrap();
    let incident = matcher(example::offers().unwrap());
    criterion.bench_function("rank_all, the incident", |bencher| {
        bencher.iter(|| incident.rank_all(black_box(&needs), 5).unwrap());
    });
    criterion.bench_function("diagnose_all, the incident", |bencher| {
        bencher.iter(|| incident.diagnose_all(black_box(&needs), 3).unwrap());
    });
    for count in [1_000, 10_000, 100_000] {
        let offers = offers(count);
        criterion.bench_function(&format!("build, {count} offers"), |bencher| {
            bencher.iter_batched(|| offers.clone(), matcher, criterion::BatchSize::LargeInput);
        });
        let mut matcher = matcher(offers);
        let need = needs.first().unwrap();
        criterion.bench_function(&format!("rank one need, {count} offers"), |bencher| {
            bencher.iter(|| matcher.rank(black_box(need), 5).unwrap());
        });
        criterion.bench_function(&format!("explain a pair, {count} offers"), |bencher| {
            bencher.iter(|| matcher.explain(black_box(need), "o-000007").unwrap());
        });
        criterion.bench_function(&format!("diagnose one need, {count} offers"), |bencher| {
            bencher.iter(|| matcher.diagnose(black_box(need), 3).unwrap());
        });
        // The language alternates, so that every update changes a value.
        let versions = ["ti", "prs"]
            .map(|tag| Offer::builder("o-000007").help("legal").language(tag).capacity(3).build().unwrap());
        let mut next_version = versions.iter().cycle();
        criterion.bench_function(&format!("update an offer, {count} offers"), |bencher| {
            bencher.iter(|| matcher.update(next_version.next().unwrap().clone()).unwrap());
        });
        let mut free: u32 = 0;
        criterion.bench_function(&format!("set a capacity, {count} offers"), |bencher| {
            bencher.iter(|| {
                free = if free < 4 { free.saturating_add(1) } else { 0 };
                matcher.set_capacity("o-000007", Capacity::open(free)).unwrap();
            });
        });
    }
}

fn many_needs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rank_all");
    group.sample_size(10);
    for (shape, needs, offers) in [
        (Shape::National, 1_000, 1_000),
        (Shape::National, 10_000, 10_000),
        (Shape::National, 100_000, 10_000),
        (Shape::Incident, 10_000, 10_000),
        (Shape::Hard, 10_000, 10_000),
    ] {
        let records = Records::draw(shape, needs, offers);
        let matcher = records.matcher(records.offers.clone());
        group.bench_function(format!("{}, {needs} needs, {offers} offers", shape.name()), |bencher| {
            bencher.iter(|| matcher.rank_all(black_box(&records.needs), 5).unwrap());
        });
    }
    group.finish();
}

criterion_group!(benches, ranking, many_needs);
criterion_main!(benches);
