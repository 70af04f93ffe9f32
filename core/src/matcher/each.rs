/// Every item through `work`, on all cores where the feature `parallel` is on; results in the order of the items.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Send + Sync) -> Vec<R> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        items.par_iter().map(work).collect()
    }
    #[cfg(not(feature = "parallel"))]
    {
        items.iter().map(work).collect()
    }
}

/// The items in as many even pieces as there are cores at work; one where the feature `parallel` is off.
pub(crate) fn pieces<T>(items: &[T]) -> Vec<&[T]> {
    #[cfg(feature = "parallel")]
    let count = rayon::current_num_threads();
    #[cfg(not(feature = "parallel"))]
    let count = 1;
    items.chunks(items.len().div_ceil(count.max(1)).max(1)).collect()
}
