//! The list form of a problem, in which Python and JavaScript have it: lists of integers instead of supplies and edges.
//!
//! Decoding takes O(n + m + E) for n supplies, m sinks and E entries; the sparse form is ordered by a bucket sort. All errors
//! are collected in the order of [`NAMES`].

use std::borrow::Cow;

use crate::{
    error::{Error, ErrorKind, ErrorSink},
    solver::problem::{CLASSES, Edge, Problem, Supply, detail},
};

/// The names of the lists.
const NAMES: [&str; 13] = [
    "values",
    "values.supplies",
    "values.sinks",
    "values.values",
    "values.length",
    "capacities",
    "classes",
    "people",
    "counts",
    "sizes",
    "previous",
    "kept",
    "fixed",
];

/// The maximal number of supplies in the sparse form, in which a supply without edge takes no space of the input.
const MAX_SPARSE_SUPPLIES: i64 = 10_000_000;

/// The largest position of a sink: the number of sinks has 32 bits.
const MAX_SINK: i64 = u32::MAX as i64 - 1;

/// The largest integer up to which a floating-point number represents each one exactly: 2⁵³ − 1.
const MAX_EXACT: i64 = (1 << 53) - 1;

/// One entry of a list: an integer, or none.
///
/// # Example: floating-point numbers, as JavaScript has them
///
/// ```
/// use lotse::solver::Entry;
/// assert_eq!(Entry::from(90.0), Entry::Int(90));
/// assert_eq!(Entry::from(f64::NAN), Entry::Null);
/// assert_eq!([0.5, f64::INFINITY, 1e16].map(Entry::from), [Entry::Invalid; 3]);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Entry {
    /// An integer.
    Int(i64),
    /// No integer: a missing edge, an unlimited capacity, or the default.
    Null,
    /// A value of another type, which [`Problem::from_lists`] rejects.
    Invalid,
}

impl From<i64> for Entry {
    fn from(integer: i64) -> Self {
        Self::Int(integer)
    }
}

impl From<Option<i64>> for Entry {
    fn from(integer: Option<i64>) -> Self {
        integer.map_or(Self::Null, Self::Int)
    }
}

impl From<f64> for Entry {
    /// Converts NaN to [`Entry::Null`]; a fraction and a number beyond ±(2⁵³ − 1) are invalid.
    fn from(number: f64) -> Self {
        let integer = number as i64; // saturates
        if number.is_nan() {
            Self::Null
        } else if integer as f64 == number && (-MAX_EXACT..=MAX_EXACT).contains(&integer) {
            Self::Int(integer)
        } else {
            Self::Invalid
        }
    }
}

/// Integers in the list form of a problem: a list, rows, or a single one. It borrows what it can, so that arrays of other
/// languages need no copy.
///
/// # Example: rows of a matrix
///
/// ```
/// use lotse::solver::Integers;
/// let matrix = [90, 20, 80, 0];
/// let rows: Integers<'_, i64> = matrix.chunks(2).map(Integers::from).collect();
/// assert_eq!(rows, Integers::Rows(vec![Integers::from(&[90, 20]), Integers::from(&[80, 0])]));
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Integers<'a, T: Clone> {
    /// A single entry, also in place of a row.
    Single(T),
    /// A list without rows.
    List(Cow<'a, [T]>),
    /// A list with rows. A row of rows is invalid.
    Rows(Vec<Self>),
}

impl<'a, T: Clone> From<&'a [T]> for Integers<'a, T> {
    fn from(list: &'a [T]) -> Self {
        Self::List(Cow::Borrowed(list))
    }
}

impl<'a, T: Clone, const N: usize> From<&'a [T; N]> for Integers<'a, T> {
    fn from(list: &'a [T; N]) -> Self {
        Self::List(Cow::Borrowed(list))
    }
}

impl<T: Clone> From<Vec<T>> for Integers<'_, T> {
    fn from(list: Vec<T>) -> Self {
        Self::List(Cow::Owned(list))
    }
}

impl<T: Clone> FromIterator<Self> for Integers<'_, T> {
    fn from_iter<I: IntoIterator<Item = Self>>(rows: I) -> Self {
        Self::Rows(rows.into_iter().collect())
    }
}

impl Problem {
    /// Decodes a problem from lists with their names. Each but `values` and `capacities` may be absent.
    ///
    /// | name | content |
    /// |---|---|
    /// | `values` | the value of one unit of each supply at each sink, as rows; `Null` if there is no edge |
    /// | `values.supplies`, `values.sinks`, `values.values` | instead, supply, sink and value of each edge, in any order |
    /// | `values.length` | the number of supplies in this sparse form, up to 10⁷; by default as many as have edges |
    /// | `capacities` | the capacity of each sink; `Null` if it is unlimited |
    /// | `classes` | the class of each supply, 0 (default) to 3, in which a unit serves as many people as it takes places |
    /// | `people` | instead, the people of each class that one unit serves, as rows of up to four |
    /// | `counts`, `sizes` | the number of units, and of the places of one unit; by default 1 |
    /// | `previous` | the sink of each supply in an earlier plan, on whose edge [`Edge::kept`] is 1 |
    /// | `kept` | [`Edge::kept`] at each sink, as rows, which takes precedence over `previous` |
    /// | `fixed` | the sink of all units of each supply |
    ///
    /// # Errors
    ///
    /// All errors at once, with the name and the position as path (`classes[2]`):
    ///
    /// - `problem.type`: an entry that is no integer, or a list that is missing or not of its form
    /// - `problem.range`: an integer out of range
    /// - `problem.length`: a list whose length is not the number of supplies, or more than four classes
    /// - `request.unknown_field`, `request.duplicate_field`: a name that is unknown or repeated
    ///
    /// [`solve`](fn@super::solve) checks the rest, such as sinks that do not exist.
    ///
    /// # Example: one place, two people
    ///
    /// ```
    /// use lotse::solver::{Entry, Integers, Problem, SolveOptions, solve};
    /// let rows = [[Entry::Int(90), Entry::Int(20)], [Entry::Int(80), Entry::Null]];
    /// let capacities = [Entry::Int(1), Entry::Null];
    /// let problem = Problem::from_lists([
    ///     ("values", rows.iter().map(Integers::from).collect()),
    ///     ("capacities", Integers::from(&capacities)),
    /// ])?;
    /// assert_eq!(solve(&problem, SolveOptions::new())?.assignment().collect::<Vec<_>>(), [Some(1), Some(0)]);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    ///
    /// # Example: the sparse form
    ///
    /// ```
    /// use lotse::solver::{Integers, Problem};
    /// let problem = Problem::from_lists([
    ///     ("values.supplies", Integers::from(&[1, 0, 0])),
    ///     ("values.sinks", Integers::from(&[0, 1, 0])),
    ///     ("values.values", Integers::from(&[80, 20, 90])),
    ///     ("capacities", Integers::from(&[1, 5])),
    /// ])?;
    /// assert_eq!(problem.supplies[0].edges.iter().map(|edge| edge.value).collect::<Vec<_>>(), [90, 20]);
    ///
    /// let error = Problem::from_lists([("values", Integers::from(vec![7])), ("classes", Integers::Single(1))]).unwrap_err();
    /// let paths: Vec<&str> = error.errors().map(|detail| detail.path()).collect();
    /// assert_eq!(paths, ["values[0]", "capacities", "classes"]);
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn from_lists<'a, T: Copy + Into<Entry> + 'a>(
        lists: impl IntoIterator<Item = (&'a str, Integers<'a, T>)>,
    ) -> Result<Self, Error> {
        let lists: Vec<_> = lists.into_iter().collect();
        let mut decoder = Decoder { lists: &lists, errors: ErrorSink::default() };
        decoder.check_names();
        let rows = decoder.edges();
        let capacities = decoder.integers("capacities", Null::Allowed, |places| u64::try_from(places).ok());
        let columns = decoder.columns(rows.as_ref().map(Vec::len));
        let rows = rows.unwrap_or_default().into_iter().enumerate();
        let supplies = rows.map(|(index, edges)| columns.supply(index, edges)).collect();
        decoder.errors.into_result(Self { supplies, capacities: capacities.unwrap_or_default() })
    }
}

impl<T: Copy + Into<Entry>> Integers<'_, T> {
    /// Returns the number of entries or rows, or `None` for a single entry.
    fn len(&self) -> Option<usize> {
        match self {
            Self::Single(_) => None,
            Self::List(list) => Some(list.len()),
            Self::Rows(rows) => Some(rows.len()),
        }
    }

    /// Returns an entry. A row is an invalid one.
    fn entry(&self, index: usize) -> Entry {
        let entry = match self {
            Self::Single(_) => None,
            Self::List(list) => list.get(index),
            Self::Rows(rows) => {
                rows.get(index).and_then(|row| if let Self::Single(entry) = row { Some(entry) } else { None })
            }
        };
        entry.map_or(Entry::Invalid, |entry| (*entry).into())
    }

    /// Returns a row, or `None` if there is something else at the position.
    fn row(&self, index: usize) -> Option<&[T]> {
        let Self::Rows(rows) = self else { return None };
        if let Self::List(row) = rows.get(index)? { Some(row) } else { None }
    }
}

/// A decoder of lists that collects every error.
struct Decoder<'a, T: Clone> {
    lists: &'a [(&'a str, Integers<'a, T>)],
    errors: ErrorSink,
}

impl<'a, T: Copy + Into<Entry>> Decoder<'a, T> {
    /// Reports unknown and duplicate names, and input without any list.
    fn check_names(&mut self) {
        for (index, (name, _)) in self.lists.iter().enumerate() {
            if !NAMES.contains(name) {
                self.push(ErrorKind::Shape, "request.unknown_field", || (*name).to_owned(), "unknown field");
            } else if self.lists.iter().take(index).any(|(earlier, _)| earlier == name) {
                self.push(ErrorKind::Shape, "request.duplicate_field", || (*name).to_owned(), "duplicate field");
            }
        }
        if self.lists.is_empty() {
            self.push_type(String::new, "expected a problem");
        }
    }

    /// Decodes the edges of each supply, or returns `None` if there is no list of them.
    fn edges(&mut self) -> Option<Vec<Vec<Edge>>> {
        let is_sparse = self.lists.iter().any(|(name, _)| name.starts_with("values."));
        match self.get("values") {
            None if is_sparse => self.sparse_edges(),
            Some(values) if !is_sparse && values.len().is_some() => Some(self.dense_edges(values)),
            _ => {
                self.push_type(|| "values".into(), "expected rows of integers, or a sparse form");
                None
            }
        }
    }

    fn dense_edges(&mut self, values: &Integers<'_, T>) -> Vec<Vec<Edge>> {
        let mut edges = Vec::new();
        for index in 0..values.len().unwrap_or(0) {
            let row = values.row(index).and_then(edges_of_row);
            if row.is_none() {
                self.push_type(|| format!("values[{index}]"), "expected a row of integers");
            }
            edges.push(row.unwrap_or_default());
        }
        edges
    }

    fn sparse_edges(&mut self) -> Option<Vec<Vec<Edge>>> {
        let count = self.sparse_supply_count();
        let last = count.unwrap_or(MAX_SPARSE_SUPPLIES).saturating_sub(1);
        let supplies = self.integers("values.supplies", Null::Rejected, |supply| in_range(supply, last));
        let sinks = self.integers("values.sinks", Null::Rejected, |sink| in_range(sink, MAX_SINK));
        let values = self.integers("values.values", Null::Rejected, Some);
        let (supplies, sinks, values) = (supplies?, sinks?, values?);
        for (name, len) in [("values.sinks", sinks.len()), ("values.values", values.len())] {
            if len != supplies.len() {
                self.push_length(|| name.into(), "expected one entry for each of the supplies");
            }
        }
        if !self.errors.is_empty() {
            return None; // of no use, and the positions may be out of range
        }
        let count = count
            .unwrap_or_else(|| supplies.iter().flatten().max().map_or(0, |last| i64::from(*last).saturating_add(1)));
        let sink_count = self.get("capacities").and_then(Integers::len).unwrap_or(0);
        // A bucket sort by sink, then by supply. Sinks that do not exist share the last bucket: `solve` rejects them.
        let mut by_sink = vec![Vec::new(); sink_count.saturating_add(1)];
        for ((supply, sink), value) in supplies.into_iter().zip(sinks).zip(values) {
            let (Some(supply), Some(sink), Some(value)) = (supply, sink, value) else { continue };
            if let Some(bucket) = by_sink.get_mut((sink as usize).min(sink_count)) {
                bucket.push((supply, Edge { sink, kept: 0, value }));
            }
        }
        let mut edges = vec![Vec::new(); usize::try_from(count).unwrap_or(0)];
        for (supply, edge) in by_sink.into_iter().flatten() {
            if let Some(row) = edges.get_mut(supply as usize) {
                row.push(edge);
            }
        }
        Some(edges)
    }

    /// Returns the number of supplies of the sparse form, or `None` if it is not stated.
    fn sparse_supply_count(&mut self) -> Option<i64> {
        let entry = match self.get("values.length")? {
            Integers::Single(entry) => (*entry).into(),
            _ => Entry::Invalid,
        };
        match entry {
            Entry::Int(count) if (0..=MAX_SPARSE_SUPPLIES).contains(&count) => return Some(count),
            Entry::Int(_) => self.push_range(|| "values.length".into()),
            Entry::Null => {}
            Entry::Invalid => self.push_type(|| "values.length".into(), EXPECTED_INTEGER),
        }
        None
    }

    /// Decodes the lists with an entry or a row for each supply. Their lengths are checked if the number of supplies is known.
    fn columns(&mut self, supply_count: Option<usize>) -> Columns<'a, T> {
        let class = |class| usize::try_from(class).ok().filter(|class| *class < CLASSES);
        let unsigned = |integer| u32::try_from(integer).ok();
        Columns {
            classes: self.column("classes", supply_count, class),
            people: self.rows("people", supply_count, CLASSES),
            counts: self.column("counts", supply_count, unsigned),
            sizes: self.column("sizes", supply_count, unsigned),
            previous: self.column("previous", supply_count, Some),
            kept: self.rows("kept", supply_count, usize::MAX),
            fixed: self.column("fixed", supply_count, |sink| in_range(sink, MAX_SINK)),
        }
    }

    /// Decodes a list with one integer or null for each supply; empty if it is absent.
    fn column<U>(
        &mut self,
        name: &str,
        supply_count: Option<usize>,
        convert: impl Fn(i64) -> Option<U>,
    ) -> Vec<Option<U>> {
        if self.get(name).is_none() {
            return Vec::new();
        }
        let Some(column) = self.integers(name, Null::Allowed, convert) else { return Vec::new() };
        if supply_count.is_some_and(|count| count != column.len()) {
            self.push_length(|| name.to_owned(), "expected one entry for each supply");
        }
        column
    }

    /// Checks a list with one row of unsigned integers or nulls for each supply; empty if it is absent.
    fn rows(&mut self, name: &str, supply_count: Option<usize>, max_len: usize) -> Vec<&'a [T]> {
        let Some(rows) = self.get(name) else { return Vec::new() };
        let Some(count) = rows.len() else {
            self.push_type(|| name.to_owned(), "expected rows of integers");
            return Vec::new();
        };
        if supply_count.is_some_and(|supply_count| supply_count != count) {
            self.push_length(|| name.to_owned(), "expected one row for each supply");
        }
        (0..count).map(|index| self.checked_row(rows, name, index, max_len)).collect()
    }

    fn checked_row(&mut self, rows: &'a Integers<'a, T>, name: &str, index: usize, max_len: usize) -> &'a [T] {
        let Some(row) = rows.row(index) else {
            self.push_type(|| format!("{name}[{index}]"), "expected a row of integers");
            return &[];
        };
        let mut is_in_range = true;
        for (position, entry) in row.iter().enumerate() {
            match (*entry).into() {
                Entry::Null => {}
                Entry::Int(integer) => is_in_range &= u32::try_from(integer).is_ok(),
                Entry::Invalid => self.push_type(|| format!("{name}[{index}][{position}]"), EXPECTED_INTEGER),
            }
        }
        if !is_in_range {
            self.push_range(|| format!("{name}[{index}]"));
        }
        if row.len() > max_len {
            self.push_length(|| format!("{name}[{index}]"), "expected at most one entry for each class");
        }
        row
    }

    /// Decodes a list of integers, or returns `None` if there is none. An entry that is null or rejected is `None`.
    fn integers<U>(&mut self, name: &str, null: Null, convert: impl Fn(i64) -> Option<U>) -> Option<Vec<Option<U>>> {
        let list = self.get(name).and_then(|list| Some((list, list.len()?)));
        let Some((list, count)) = list else {
            self.push_type(|| name.to_owned(), "expected a list of integers");
            return None;
        };
        let mut integers = Vec::with_capacity(count);
        for index in 0..count {
            let integer = match list.entry(index) {
                Entry::Int(integer) => {
                    let converted = convert(integer);
                    if converted.is_none() {
                        self.push_range(|| format!("{name}[{index}]"));
                    }
                    converted
                }
                Entry::Null if null == Null::Allowed => None,
                Entry::Null | Entry::Invalid => {
                    self.push_type(|| format!("{name}[{index}]"), EXPECTED_INTEGER);
                    None
                }
            };
            integers.push(integer);
        }
        Some(integers)
    }

    fn get(&self, name: &str) -> Option<&'a Integers<'a, T>> {
        self.lists.iter().find(|(given, _)| *given == name).map(|(_, integers)| integers)
    }

    fn push_type(&mut self, path: impl FnOnce() -> String, message: &'static str) {
        self.push(ErrorKind::Shape, "problem.type", path, message);
    }

    fn push_range(&mut self, path: impl FnOnce() -> String) {
        self.push(ErrorKind::Value, "problem.range", path, "out of range");
    }

    fn push_length(&mut self, path: impl FnOnce() -> String, message: &'static str) {
        self.push(ErrorKind::Conflict, "problem.length", path, message);
    }

    fn push(&mut self, kind: ErrorKind, code: &'static str, path: impl FnOnce() -> String, message: &'static str) {
        self.errors.push_with(|| detail(kind, code, path(), message));
    }
}

const EXPECTED_INTEGER: &str = "expected an integer";

/// Whether an entry of a list may be null.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Null {
    Allowed,
    Rejected,
}

/// Decodes one row of values, or returns `None` if an entry is invalid.
fn edges_of_row<T: Copy + Into<Entry>>(row: &[T]) -> Option<Vec<Edge>> {
    let mut edges = Vec::with_capacity(row.len());
    for (sink, entry) in (0..).zip(row) {
        match (*entry).into() {
            Entry::Int(value) => edges.push(Edge { sink, kept: 0, value }),
            Entry::Null => {}
            Entry::Invalid => return None,
        }
    }
    edges.shrink_to_fit();
    Some(edges)
}

/// Converts a position from 0 to `last`.
fn in_range(position: i64, last: i64) -> Option<u32> {
    u32::try_from(position).ok().filter(|_| position <= last)
}

/// The data of all supplies but their edges. Each list is empty if it is absent.
struct Columns<'a, T> {
    classes: Vec<Option<usize>>,
    people: Vec<&'a [T]>,
    counts: Vec<Option<u32>>,
    sizes: Vec<Option<u32>>,
    previous: Vec<Option<i64>>,
    kept: Vec<&'a [T]>,
    fixed: Vec<Option<u32>>,
}

impl<T: Copy + Into<Entry>> Columns<'_, T> {
    fn supply(&self, index: usize, mut edges: Vec<Edge>) -> Supply {
        let size = entry(&self.sizes, index).unwrap_or(1);
        let mut people = [0; CLASSES];
        if let Some(row) = self.people.get(index) {
            for (people, entry) in people.iter_mut().zip(*row) {
                *people = unsigned(*entry).unwrap_or(0);
            }
        } else if let Some(people) = people.get_mut(entry(&self.classes, index).unwrap_or(0)) {
            *people = size;
        }
        let (previous, kept) = (entry(&self.previous, index), self.kept.get(index));
        if previous.is_some() || kept.is_some() {
            for edge in &mut edges {
                let kept = kept.and_then(|row| unsigned(*row.get(edge.sink as usize)?));
                edge.kept = kept.unwrap_or_else(|| u32::from(previous == Some(i64::from(edge.sink))));
            }
        }
        let count = entry(&self.counts, index).unwrap_or(1);
        Supply { count, size, people, edges, fixed: entry(&self.fixed, index) }
    }
}

/// Returns an entry of a column, or `None` if the entry is null or the column absent.
fn entry<U: Copy>(column: &[Option<U>], index: usize) -> Option<U> {
    column.get(index).copied().flatten()
}

/// Returns a checked entry of a row, or `None` if it is null.
fn unsigned(entry: impl Into<Entry>) -> Option<u32> {
    if let Entry::Int(integer) = entry.into() { u32::try_from(integer).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Entry, Integers};
    use crate::solver::{Problem, Supply};

    type Lists<'a> = Vec<(&'a str, Integers<'a, i64>)>;

    /// Returns two supplies and two sinks, with more lists.
    fn lists<'a>(more: impl IntoIterator<Item = (&'a str, Integers<'a, i64>)>) -> Lists<'a> {
        let base = [("values", rows([vec![5, 4], vec![3, 2]])), ("capacities", Integers::from(vec![1, 1]))];
        base.into_iter().chain(more).collect()
    }

    fn rows<'a>(rows: impl IntoIterator<Item = Vec<i64>>) -> Integers<'a, i64> {
        rows.into_iter().map(Integers::from).collect()
    }

    fn decode<'a, T: Copy + Into<Entry> + 'a>(
        lists: impl IntoIterator<Item = (&'a str, Integers<'a, T>)>,
    ) -> Vec<Supply> {
        Problem::from_lists(lists).unwrap().supplies
    }

    /// Returns code and path of each error.
    fn errors<'a, T: Copy + Into<Entry> + 'a>(
        lists: impl IntoIterator<Item = (&'a str, Integers<'a, T>)>,
    ) -> Vec<(String, String)> {
        let error = Problem::from_lists(lists).unwrap_err();
        error.errors().map(|detail| (detail.code().to_owned(), detail.path().to_owned())).collect()
    }

    #[track_caller]
    fn assert_error<'a>(more: impl IntoIterator<Item = (&'a str, Integers<'a, i64>)>, code: &str, path: &str) {
        assert_eq!(errors(lists(more)), [(code.to_owned(), path.to_owned())]);
    }

    #[test]
    fn defaults_are_one_unit_of_one_place_in_class_0() {
        let [first, second] = decode(lists([])).try_into().unwrap();
        assert_eq!((first.count, first.size, first.people, first.fixed), (1, 1, [1, 0, 0, 0], None));
        assert_eq!(
            second.edges.iter().map(|edge| (edge.sink, edge.kept, edge.value)).collect::<Vec<_>>(),
            [(0, 0, 3), (1, 0, 2)]
        );
    }

    #[test]
    fn each_list_sets_its_field() {
        let [first, second] = decode(lists([
            ("counts", vec![3, 0].into()),
            ("sizes", vec![2, 1].into()),
            ("classes", vec![1, 3].into()),
            ("fixed", vec![1, 0].into()),
            ("previous", vec![1, 7].into()),
        ]))
        .try_into()
        .unwrap();
        assert_eq!((first.count, first.size, first.people, first.fixed), (3, 2, [0, 2, 0, 0], Some(1)));
        assert_eq!((second.count, second.size, second.people, second.fixed), (0, 1, [0, 0, 0, 1], Some(0)));
        let kept = |supply: &Supply| supply.edges.iter().map(|edge| edge.kept).collect::<Vec<_>>();
        assert_eq!((kept(&first), kept(&second)), (vec![0, 1], vec![0, 0]));
    }

    #[test]
    fn rows_take_precedence_over_short_forms() {
        let null = Entry::Null;
        let entries = |list: &[i64]| list.iter().map(|integer| Entry::Int(*integer)).collect::<Vec<_>>();
        let [supply] = decode([
            ("values", Integers::Rows(vec![vec![Entry::Int(5), null, Entry::Int(-4)].into()])),
            ("capacities", vec![null, null, null].into()),
            ("classes", entries(&[3]).into()),
            ("people", Integers::Rows(vec![vec![null, Entry::Int(2)].into()])),
            ("previous", entries(&[2]).into()),
            ("kept", Integers::Rows(vec![vec![Entry::Int(6), Entry::Int(7), null, Entry::Int(8)].into()])),
        ])
        .try_into()
        .unwrap();
        assert_eq!(supply.people, [0, 2, 0, 0]);
        let edges: Vec<_> = supply.edges.iter().map(|edge| (edge.sink, edge.kept, edge.value)).collect();
        assert_eq!(edges, [(0, 6, 5), (2, 1, -4)]);
    }

    #[test]
    fn lists_of_another_form_are_rejected() {
        for name in ["classes", "counts", "sizes", "previous", "fixed"] {
            assert_error([(name, Integers::Single(0))], "problem.type", name);
            let mixed = Integers::Rows(vec![Integers::Single(0), vec![0].into()]);
            assert_error([(name, mixed)], "problem.type", &format!("{name}[1]"));
            for len in [1, 3] {
                assert_error([(name, vec![0; len].into())], "problem.length", name);
            }
        }
        for name in ["people", "kept"] {
            assert_error([(name, Integers::Single(0))], "problem.type", name);
            let mixed = Integers::Rows(vec![vec![0].into(), Integers::Single(0)]);
            assert_error([(name, mixed)], "problem.type", &format!("{name}[1]"));
            let nested = Integers::Rows(vec![vec![0].into(), rows([vec![0]])]);
            assert_error([(name, nested)], "problem.type", &format!("{name}[1]"));
            assert_error([(name, rows([vec![0]]))], "problem.length", name);
            assert_error([(name, rows([vec![0], vec![-1, 1 << 32]]))], "problem.range", &format!("{name}[1]"));
        }
        assert_error([("people", rows([vec![0; 4], vec![0; 5]]))], "problem.length", "people[1]");
        assert_error([("values.length", Integers::Single(2))], "problem.type", "values");
        assert_error([("class", vec![0, 0].into())], "request.unknown_field", "class");
        assert_error([("capacities", vec![1, 1].into())], "request.duplicate_field", "capacities");
    }

    #[test]
    fn integers_out_of_range_are_rejected() {
        let above = i64::from(u32::MAX) + 1;
        for (name, valid, invalid) in [
            ("classes", vec![0, 3], vec![4, -1, i64::MAX]),
            ("counts", vec![0, above - 1], vec![-1, above]),
            ("sizes", vec![0, above - 1], vec![-1, above, i64::MIN]),
            ("fixed", vec![0, above - 2], vec![-1, above - 1]),
            ("previous", vec![i64::MIN, i64::MAX], vec![]),
        ] {
            assert!(Problem::from_lists(lists([(name, valid.into())])).is_ok(), "{name}");
            for integer in invalid {
                assert_error([(name, vec![0, integer].into())], "problem.range", &format!("{name}[1]"));
            }
        }
    }

    #[test]
    fn an_entry_that_is_no_integer_is_rejected_with_its_path() {
        let (one, invalid) = (Entry::Int(1), Entry::Invalid);
        let row = || Integers::from(vec![one, invalid]);
        let lists = [
            ("values", Integers::Rows(vec![vec![one].into(), row()])),
            ("capacities", row()),
            ("classes", row()),
            ("kept", Integers::Rows(vec![row(), row()])),
        ];
        let paths: Vec<_> = errors(lists).into_iter().map(|(_, path)| path).collect();
        assert_eq!(paths, ["values[1]", "capacities[1]", "classes[1]", "kept[0][1]", "kept[1][1]"]);
    }

    #[test]
    fn a_problem_without_lists_is_rejected() {
        let paths: Vec<_> = errors(Lists::new()).into_iter().map(|(_, path)| path).collect();
        assert_eq!(paths, ["", "values", "capacities"]);
    }

    #[test]
    fn the_sparse_form_is_checked() {
        let sparse = |supplies: Vec<i64>, sinks: Vec<i64>, values: Vec<i64>, length: Option<i64>| {
            let mut lists: Lists<'_> = vec![
                ("values.supplies", supplies.into()),
                ("values.sinks", sinks.into()),
                ("values.values", values.into()),
                ("capacities", vec![1, 1].into()),
            ];
            lists.extend(length.map(|length| ("values.length", Integers::Single(length))));
            lists
        };
        for (lists, code, path) in [
            (sparse(vec![-1], vec![0], vec![5], None), "problem.range", "values.supplies[0]"),
            (sparse(vec![10_000_000], vec![0], vec![5], None), "problem.range", "values.supplies[0]"),
            (sparse(vec![0, 2], vec![0, 0], vec![5, 5], Some(2)), "problem.range", "values.supplies[1]"),
            (sparse(vec![0], vec![-1], vec![5], None), "problem.range", "values.sinks[0]"),
            (sparse(vec![0], vec![1 << 32], vec![5], None), "problem.range", "values.sinks[0]"),
            (sparse(vec![0], vec![], vec![5], None), "problem.length", "values.sinks"),
            (sparse(vec![0], vec![0], vec![5, 5], None), "problem.length", "values.values"),
            (sparse(vec![], vec![], vec![], Some(-1)), "problem.range", "values.length"),
            (sparse(vec![], vec![], vec![], Some(10_000_001)), "problem.range", "values.length"),
        ] {
            assert_eq!(errors(lists), [(code.to_owned(), path.to_owned())]);
        }
        assert_eq!(decode(sparse(vec![], vec![], vec![], Some(3))).len(), 3);
        assert_eq!(decode(sparse(vec![], vec![], vec![], None)).len(), 0);
        let missing = errors([("values.values", Integers::from(vec![Entry::Null])), ("capacities", vec![].into())]);
        let paths: Vec<_> = missing.into_iter().map(|(_, path)| path).collect();
        assert_eq!(paths, ["values.supplies", "values.sinks", "values.values[0]"]);
        // Edges to sinks that do not exist are kept, so that `solve` reports them.
        assert_eq!(decode(sparse(vec![0, 0], vec![9, 1], vec![5, 6], None))[0].edges.len(), 2);
    }

    #[test]
    fn floating_point_numbers_are_exact_or_invalid() {
        let exact = 9_007_199_254_740_991;
        for integer in [0, 1, -1, exact, -exact] {
            assert_eq!(Entry::from(integer as f64), Entry::Int(integer));
        }
        assert_eq!(Entry::from(-0.0), Entry::Int(0));
        assert_eq!(Entry::from(f64::NAN), Entry::Null);
        let invalid = [
            0.5,
            9_007_199_254_740_992.0,
            -9_007_199_254_740_992.0,
            1e300,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::MIN_POSITIVE,
        ];
        assert_eq!(invalid.map(Entry::from), [Entry::Invalid; 7]);
    }

    proptest! {
        #[test]
        fn sparse_values_in_any_order_are_those_of_rows(
            values in prop::collection::vec(prop::collection::vec(prop::option::of(-9_i64..9), 4), 0..6),
            seed in any::<i64>(),
        ) {
            let entries = values.iter().zip(0_i64..).flat_map(|(row, supply)| {
                row.iter().zip(0_i64..).filter_map(move |(value, sink)| Some((supply, sink, (*value)?)))
            });
            let mut entries: Vec<_> = entries.collect();
            entries.sort_by_key(|(supply, sink, _)| (supply ^ sink.rotate_left(7) ^ seed).wrapping_mul(seed));
            let column = |of: fn(&(i64, i64, i64)) -> i64| Integers::from(entries.iter().map(of).collect::<Vec<_>>());
            let sparse = Problem::from_lists([
                ("values.supplies", column(|entry| entry.0)),
                ("values.sinks", column(|entry| entry.1)),
                ("values.values", column(|entry| entry.2)),
                ("values.length", Integers::Single(values.len() as i64)),
                ("capacities", vec![1; 4].into()),
            ]);
            let rows: Vec<Vec<Entry>> = values.iter().map(|row| row.iter().map(|value| (*value).into()).collect()).collect();
            let rows = Integers::Rows(rows.into_iter().map(Integers::from).collect());
            let dense = Problem::from_lists([("values", rows), ("capacities", vec![Entry::Int(1); 4].into())]);
            prop_assert_eq!(sparse, dense);
        }
    }
}
