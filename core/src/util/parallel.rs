//! Work on all cores.

use crate::error::ErrorSink;

/// Every item through `work`, on all cores where the feature `parallel` is on; results in the order of the items.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Send + Sync) -> Vec<R> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        // Small pieces, since items differ: of the ten criteria, language and region take longest.
        items.par_iter().with_max_len(items.len().div_ceil(64).max(1)).map(work).collect()
    }
    #[cfg(not(feature = "parallel"))]
    {
        items.iter().map(work).collect()
    }
}

/// The items in as many even pieces as there are cores at work; one where the feature `parallel` is off.
pub(crate) fn chunks<T>(items: &[T]) -> Vec<&[T]> {
    #[cfg(feature = "parallel")]
    let count = rayon::current_num_threads();
    #[cfg(not(feature = "parallel"))]
    let count = 1;
    items.chunks(items.len().div_ceil(count.max(1)).max(1)).collect()
}

/// As `map`, with the number of each item, and what is wrong with them in their order.
pub(crate) fn map_with_errors<T: Sync, R: Send>(
    problems: &mut ErrorSink,
    items: &[T],
    work: impl Fn(&mut ErrorSink, usize, &T) -> R + Send + Sync,
) -> Vec<R> {
    let mut start = 0_usize;
    let number = |piece| {
        let first = start;
        start = start.saturating_add(<[T]>::len(piece));
        (first, piece)
    };
    let pieces: Vec<(usize, &[T])> = chunks(items).into_iter().map(number).collect();
    let worked = map(&pieces, |(first, piece)| {
        let mut problems = ErrorSink::default();
        let results: Vec<R> = (*first..).zip(*piece).map(|(number, item)| work(&mut problems, number, item)).collect();
        (results, problems)
    });
    let mut results = Vec::with_capacity(items.len());
    for (some, noted) in worked {
        results.extend(some);
        problems.append(noted);
    }
    results
}
