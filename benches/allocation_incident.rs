//! What simple ways of giving out places achieve on the invented incident, and what they cost.
#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use lotse::{Matcher, Priority, allocate::problem::Worth, example};

fn told(name: &str, worth: Worth) {
    let people: i128 = worth.people.iter().sum();
    let by_priority: Vec<String> =
        Priority::all().zip(worth.people).map(|(priority, people)| format!("{priority} {people}")).collect();
    let (whole, rest) = (worth.value / 100_000_000, worth.value % 100_000_000);
    println!("{name:<20} {people:>4} people ({})  score {whole}.{rest:08}", by_priority.join(", "));
}

fn incident(criterion: &mut Criterion) {
    let needs = example::needs().unwrap();
    let offers = example::offers().unwrap();
    let matcher = Matcher::builder().offers(offers).as_of(example::AS_OF.parse().unwrap()).build().unwrap();
    told("first come", matcher.first_come(&needs).unwrap());
    told("best fit first", matcher.best_fit_first(&needs).unwrap());
    criterion.bench_function("first come, the incident", |bencher| {
        bencher.iter(|| matcher.first_come(black_box(&needs)).unwrap());
    });
    criterion.bench_function("best fit first, the incident", |bencher| {
        bencher.iter(|| matcher.best_fit_first(black_box(&needs)).unwrap());
    });
}

criterion_group!(benches, incident);
criterion_main!(benches);
