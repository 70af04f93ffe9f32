//! Parallel maps through rayon, which the feature `parallel` switches on; without it they are sequential.

use crate::error::ErrorSink;

/// Returns the results of `work` in the order of the items.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Send + Sync) -> Vec<R> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        // Small jobs, since items differ: of the ten criteria, language and region take longest.
        items.par_iter().with_max_len(items.len().div_ceil(64).max(1)).map(work).collect()
    }
    #[cfg(not(feature = "parallel"))]
    {
        items.iter().map(work).collect()
    }
}

/// Splits the items into chunks of equal length, at most one for each thread.
pub(crate) fn chunks<T>(items: &[T]) -> Vec<&[T]> {
    #[cfg(feature = "parallel")]
    let count = rayon::current_num_threads();
    #[cfg(not(feature = "parallel"))]
    let count = 1;
    items.chunks(items.len().div_ceil(count.max(1)).max(1)).collect()
}

/// Returns the results of `work`, which is passed the index of each item, and reports errors in the order of the items.
pub(crate) fn map_with_errors<T: Sync, R: Send>(
    sink: &mut ErrorSink,
    items: &[T],
    work: impl Fn(&mut ErrorSink, usize, &T) -> R + Send + Sync,
) -> Vec<R> {
    let mut next = 0_usize;
    let with_start = |chunk| {
        let start = next;
        next = next.saturating_add(<[T]>::len(chunk));
        (start, chunk)
    };
    let chunks: Vec<(usize, &[T])> = chunks(items).into_iter().map(with_start).collect();
    let mapped = map(&chunks, |(start, chunk)| {
        let mut sink = ErrorSink::default();
        let results: Vec<R> = (*start..).zip(*chunk).map(|(index, item)| work(&mut sink, index, item)).collect();
        (results, sink)
    });
    let mut results = Vec::with_capacity(items.len());
    for (chunk, errors) in mapped {
        results.extend(chunk);
        sink.append(errors);
    }
    results
}
