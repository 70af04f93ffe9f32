//! A vector that clones share, in chunks.

use std::sync::Arc;

/// The length of all chunks but the last.
const CHUNK: usize = 256;

/// A vector that clones share, in chunks: a clone copies a pointer for each chunk, a change only the chunk that it is in.
///
/// Both are short for a hundred thousand items, and an item is one step farther away than in a `Vec`. A persistent tree would copy
/// less, and be slower to read.
#[derive(Clone, Debug)]
pub(crate) struct SharedVec<T> {
    // INVARIANT: all chunks but the last have `CHUNK` items; the last has at least one.
    chunks: Vec<Arc<Vec<T>>>,
}

impl<T> Default for SharedVec<T> {
    fn default() -> Self {
        Self { chunks: Vec::new() }
    }
}

impl<T> SharedVec<T> {
    pub(crate) fn len(&self) -> usize {
        let full = self.chunks.len().saturating_sub(1).saturating_mul(CHUNK);
        full.saturating_add(self.chunks.last().map_or(0, |last| last.len()))
    }

    #[inline]
    pub(crate) fn get(&self, index: usize) -> Option<&T> {
        self.chunks.get(index / CHUNK)?.get(index % CHUNK)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }
}

impl<T: Clone> SharedVec<T> {
    /// Returns an item to change, in a chunk of its own.
    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        Arc::make_mut(self.chunks.get_mut(index / CHUNK)?).get_mut(index % CHUNK)
    }

    pub(crate) fn push(&mut self, item: T) {
        match self.chunks.last_mut() {
            Some(last) if last.len() < CHUNK => Arc::make_mut(last).push(item),
            _ => self.chunks.push(Arc::new(vec![item])),
        }
    }
}

impl<T> FromIterator<T> for SharedVec<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut items = items.into_iter();
        let mut chunks = Vec::with_capacity(items.size_hint().0.div_ceil(CHUNK));
        loop {
            let mut chunk = Vec::with_capacity(items.size_hint().0.min(CHUNK));
            chunk.extend(items.by_ref().take(CHUNK));
            if chunk.is_empty() {
                return Self { chunks };
            }
            chunks.push(Arc::new(chunk));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{CHUNK, SharedVec};

    #[test]
    fn it_is_a_vector() {
        for len in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK] {
            let collected: SharedVec<usize> = (0..len).collect();
            let mut pushed = SharedVec::default();
            (0..len).for_each(|item| pushed.push(item));
            for mut vector in [collected, pushed] {
                assert_eq!(vector.len(), len);
                vector.push(len);
                assert!((0..=len).all(|index| vector.get(index) == Some(&index)));
                assert!(vector.iter().copied().eq(0..=len));
                assert_eq!((vector.get(len + 1), vector.len()), (None, len + 1));
            }
        }
    }

    #[test]
    fn a_change_copies_one_chunk_and_no_clone_sees_it() {
        let mut vector: SharedVec<usize> = (0..3 * CHUNK).collect();
        let clone = vector.clone();
        *vector.get_mut(CHUNK).unwrap() = 0;
        assert_eq!(vector.get_mut(3 * CHUNK), None);
        assert_eq!((vector.get(CHUNK), clone.get(CHUNK)), (Some(&0), Some(&CHUNK)));
        let shared = vector.chunks.iter().zip(&clone.chunks).map(|(a, b)| Arc::ptr_eq(a, b));
        assert_eq!(shared.collect::<Vec<_>>(), [true, false, true]);
        vector.push(7);
        assert_eq!((vector.len(), clone.len()), (3 * CHUNK + 1, 3 * CHUNK));
    }
}
