//! The list form of a problem, in which Python and JavaScript have it: lists of integers instead of supplies and edges.
//!
//! Decoding takes O(n + m + E) for n supplies, m sinks and E entries; the sparse form is ordered by a bucket sort. All errors
//! are collected in the order of [`NAMES`].

use std::{borrow::Cow, iter, ops::RangeInclusive};

use crate::{
    error::{Error, ErrorKind, ErrorSink, Template, message},
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

/// The last class, which is served last.
const MAX_CLASS: i64 = CLASSES as i64 - 1;

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
    #[inline] // called for each entry of a matrix
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
        let mut decoder = Decoder { lists: &lists, errors: ErrorSink::default(), supply_count: None };
        decoder.check_names();
        let edges = decoder.edges().unwrap_or_default();
        let capacities = decoder.integers("capacities", Null::Allowed, 0..=i64::MAX);
        let columns = decoder.columns();
        let supplies = edges.into_iter().enumerate().map(|(index, edges)| columns.supply(index, edges)).collect();
        let sinks = 0..capacities.map_or(0, Integers::len);
        let capacities = sinks.map(|sink| integer_at(capacities, sink).map(i64::unsigned_abs)).collect();
        decoder.errors.into_result(Self { supplies, capacities })
    }
}

impl<T: Copy + Into<Entry>> Integers<'_, T> {
    /// Returns the number of entries or rows of a list.
    fn len(&self) -> usize {
        match self {
            Self::Single(_) => 0,
            Self::List(list) => list.len(),
            Self::Rows(rows) => rows.len(),
        }
    }

    /// Returns an entry. A row is an invalid one.
    fn entry(&self, index: usize) -> Entry {
        let entry = match self {
            Self::Single(_) => None,
            Self::List(list) => list.get(index),
            Self::Rows(rows) => match rows.get(index) {
                Some(Self::Single(entry)) => Some(entry),
                _ => None,
            },
        };
        entry.map_or(Entry::Invalid, |entry| (*entry).into())
    }

    /// Returns a row, or `None` if there is something else at the position.
    fn row(&self, index: usize) -> Option<&[T]> {
        let Self::Rows(rows) = self else { return None };
        if let Self::List(row) = rows.get(index)? { Some(row) } else { None }
    }
}

/// The kind and the code of an error.
type Code = (ErrorKind, &'static str);

const TYPE: Code = (ErrorKind::Shape, "problem.type");
const RANGE: Code = (ErrorKind::Value, "problem.range");
const LENGTH: Code = (ErrorKind::Conflict, "problem.length");

const EXPECTED_INTEGER: Template = message!("problem.integer");
const EXPECTED_ROW: Template = message!("problem.row");
const OUT_OF_RANGE: Template = message!("problem.range");

/// Whether an entry of a list may be null.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Null {
    Allowed,
    Rejected,
}

/// A decoder of lists that collects every error.
struct Decoder<'a, T: Clone> {
    lists: &'a [(&'a str, Integers<'a, T>)],
    errors: ErrorSink,
    /// The number of supplies, or `None` if it is not known.
    supply_count: Option<usize>,
}

impl<'a, T: Copy + Into<Entry>> Decoder<'a, T> {
    /// Reports unknown and duplicate names, and input without any list.
    fn check_names(&mut self) {
        for (index, (name, _)) in self.lists.iter().enumerate() {
            if !NAMES.contains(name) {
                self.push((ErrorKind::Shape, "request.unknown_field"), name, &[], message!("unknown_field"));
            } else if self.lists.iter().take(index).any(|(earlier, _)| earlier == name) {
                self.push((ErrorKind::Shape, "request.duplicate_field"), name, &[], message!("duplicate_field"));
            }
        }
        if self.lists.is_empty() {
            self.push(TYPE, "", &[], message!("problem.type"));
        }
    }

    /// Decodes the edges of each supply, or returns `None` if there is no list of them.
    fn edges(&mut self) -> Option<Vec<Vec<Edge>>> {
        let is_sparse = self.lists.iter().any(|(name, _)| name.starts_with("values."));
        let edges = match self.get("values") {
            None if is_sparse => self.sparse_edges()?,
            Some(Integers::List(_) | Integers::Rows(_)) if !is_sparse => self.dense_edges(),
            _ => {
                self.push(TYPE, "values", &[], message!("problem.values"));
                return None;
            }
        };
        self.supply_count = Some(edges.len());
        Some(edges)
    }

    fn dense_edges(&mut self) -> Vec<Vec<Edge>> {
        let mut edges = Vec::new();
        for (index, row) in self.rows_of("values").enumerate() {
            let row = row.and_then(edges_of_row);
            if row.is_none() {
                self.push(TYPE, "values", &[index], EXPECTED_ROW);
            }
            edges.push(row.unwrap_or_default());
        }
        edges
    }

    fn sparse_edges(&mut self) -> Option<Vec<Vec<Edge>>> {
        let count = self.sparse_supply_count();
        let last = count.unwrap_or(MAX_SPARSE_SUPPLIES).saturating_sub(1);
        let supplies = self.integers("values.supplies", Null::Rejected, 0..=last);
        let sinks = self.integers("values.sinks", Null::Rejected, 0..=MAX_SINK);
        let values = self.integers("values.values", Null::Rejected, i64::MIN..=i64::MAX);
        let (supplies, sinks, values) = (supplies?, sinks?, values?);
        for (name, column) in [("values.sinks", sinks), ("values.values", values)] {
            if column.len() != supplies.len() {
                self.push(LENGTH, name, &[], message!("problem.length.supplies"));
            }
        }
        if !self.errors.is_empty() {
            return None;
        }
        // A bucket sort by sink, then by supply, which `kept` has meanwhile. Sinks that do not exist share the last bucket: `solve`
        // rejects them.
        let sink_count = self.get("capacities").map_or(0, Integers::len);
        let mut by_sink = empty_lists(sink_count.saturating_add(1));
        let mut supply_count = count.map_or(0, |count| usize::try_from(count).unwrap_or(0));
        for index in 0..values.len() {
            let value = integer_at(Some(values), index).unwrap_or(0);
            let (kept, sink) = (unsigned_at(Some(supplies), index, 0), unsigned_at(Some(sinks), index, 0));
            supply_count = supply_count.max((kept as usize).saturating_add(1));
            if let Some(bucket) = by_sink.get_mut((sink as usize).min(sink_count)) {
                bucket.push(Edge { sink, kept, value });
            }
        }
        let mut by_supply = empty_lists(supply_count);
        for bucket in by_sink {
            for edge in bucket {
                if let Some(edges) = by_supply.get_mut(edge.kept as usize) {
                    edges.push(Edge { kept: 0, ..edge });
                }
            }
        }
        Some(by_supply)
    }

    /// Returns the number of supplies of the sparse form, or `None` if it is not stated.
    fn sparse_supply_count(&mut self) -> Option<i64> {
        let name = "values.length";
        let entry = match self.get(name)? {
            Integers::Single(entry) => (*entry).into(),
            _ => Entry::Invalid,
        };
        match entry {
            Entry::Int(count) if (0..=MAX_SPARSE_SUPPLIES).contains(&count) => return Some(count),
            Entry::Int(_) => self.push(RANGE, name, &[], OUT_OF_RANGE),
            Entry::Null => {}
            Entry::Invalid => self.push(TYPE, name, &[], EXPECTED_INTEGER),
        }
        None
    }

    /// Decodes the lists with an entry or a row for each supply.
    fn columns(&mut self) -> Columns<'a, T> {
        let unsigned = 0..=i64::from(u32::MAX);
        Columns {
            classes: self.column("classes", 0..=MAX_CLASS),
            people: self.rows("people", CLASSES),
            counts: self.column("counts", unsigned.clone()),
            sizes: self.column("sizes", unsigned),
            previous: self.column("previous", i64::MIN..=i64::MAX),
            kept: self.rows("kept", usize::MAX),
            fixed: self.column("fixed", 0..=MAX_SINK),
        }
    }

    /// Checks a list with one integer or null for each supply, or returns `None` if it is absent.
    fn column(&mut self, name: &str, range: RangeInclusive<i64>) -> Option<&'a Integers<'a, T>> {
        self.get(name)?;
        let column = self.integers(name, Null::Allowed, range)?;
        self.check_length(name, column.len());
        Some(column)
    }

    /// Checks a list with one row of unsigned integers or nulls for each supply; empty if it is absent.
    fn rows(&mut self, name: &str, max_len: usize) -> Vec<&'a [T]> {
        match self.get(name) {
            None => return Vec::new(),
            Some(Integers::Single(_)) => self.push(TYPE, name, &[], message!("problem.rows")),
            Some(rows) => self.check_length(name, rows.len()),
        }
        let mut rows = Vec::new();
        for (index, row) in self.rows_of(name).enumerate() {
            if row.is_none() {
                self.push(TYPE, name, &[index], EXPECTED_ROW);
            }
            let row = row.unwrap_or_default();
            self.check_row(row, name, index);
            if row.len() > max_len {
                self.push(LENGTH, name, &[index], message!("problem.length.classes"));
            }
            rows.push(row);
        }
        rows
    }

    fn check_row(&mut self, row: &[T], name: &str, index: usize) {
        let mut is_in_range = true;
        for (position, entry) in row.iter().enumerate() {
            match (*entry).into() {
                Entry::Null => {}
                Entry::Int(integer) => is_in_range &= u32::try_from(integer).is_ok(),
                Entry::Invalid => self.push(TYPE, name, &[index, position], EXPECTED_INTEGER),
            }
        }
        if !is_in_range {
            self.push(RANGE, name, &[index], OUT_OF_RANGE);
        }
    }

    fn check_length(&mut self, name: &str, len: usize) {
        if self.supply_count.is_some_and(|count| count != len) {
            self.push(LENGTH, name, &[], message!("problem.length"));
        }
    }

    /// Checks a list of integers, or returns `None` if there is none.
    fn integers(&mut self, name: &str, null: Null, range: RangeInclusive<i64>) -> Option<&'a Integers<'a, T>> {
        let list = match self.get(name) {
            None | Some(Integers::Single(_)) => {
                self.push(TYPE, name, &[], message!("problem.list"));
                return None;
            }
            Some(list) => list,
        };
        for index in 0..list.len() {
            let (code, message) = match list.entry(index) {
                Entry::Int(integer) if range.contains(&integer) => continue,
                Entry::Null if null == Null::Allowed => continue,
                Entry::Int(_) => (RANGE, OUT_OF_RANGE),
                Entry::Null | Entry::Invalid => (TYPE, EXPECTED_INTEGER),
            };
            self.push(code, name, &[index], message);
        }
        Some(list)
    }

    /// Returns the items of a list; an item that is not a row is `None`.
    fn rows_of(&self, name: &str) -> impl Iterator<Item = Option<&'a [T]>> + use<'a, T> {
        let list = self.get(name);
        (0..list.map_or(0, Integers::len)).map(move |index| list?.row(index))
    }

    fn get(&self, name: &str) -> Option<&'a Integers<'a, T>> {
        self.lists.iter().find(|(given, _)| *given == name).map(|(_, integers)| integers)
    }

    /// Adds an error about a list, or about a position in it.
    #[cold]
    fn push(&mut self, (kind, code): Code, name: &str, position: &[usize], message: Template) {
        self.errors.push_with(|| {
            let mut path = name.to_owned();
            for index in position {
                path.push_str(&format!("[{index}]"));
            }
            detail(kind, code, path, message)
        });
    }
}

fn empty_lists(count: usize) -> Vec<Vec<Edge>> {
    iter::repeat_with(Vec::new).take(count).collect()
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

/// The data of all supplies but their edges; rows are empty if they are absent.
struct Columns<'a, T: Clone> {
    classes: Option<&'a Integers<'a, T>>,
    people: Vec<&'a [T]>,
    counts: Option<&'a Integers<'a, T>>,
    sizes: Option<&'a Integers<'a, T>>,
    previous: Option<&'a Integers<'a, T>>,
    kept: Vec<&'a [T]>,
    fixed: Option<&'a Integers<'a, T>>,
}

impl<T: Copy + Into<Entry>> Columns<'_, T> {
    fn supply(&self, index: usize, mut edges: Vec<Edge>) -> Supply {
        let size = unsigned_at(self.sizes, index, 1);
        let mut people = [0; CLASSES];
        if let Some(row) = self.people.get(index) {
            for (people, entry) in people.iter_mut().zip(*row) {
                *people = unsigned(*entry).unwrap_or(0);
            }
        } else if let Some(people) = people.get_mut(unsigned_at(self.classes, index, 0) as usize) {
            *people = size;
        }
        let (previous, kept) = (integer_at(self.previous, index), self.kept.get(index));
        if previous.is_some() || kept.is_some() {
            for edge in &mut edges {
                let kept = kept.and_then(|row| unsigned(*row.get(edge.sink as usize)?));
                edge.kept = kept.unwrap_or_else(|| u32::from(previous == Some(i64::from(edge.sink))));
            }
        }
        let fixed = integer_at(self.fixed, index).and_then(|sink| u32::try_from(sink).ok());
        Supply { count: unsigned_at(self.counts, index, 1), size, people, edges, fixed }
    }
}

/// Returns an entry of a checked list, or `None` if the entry is null or the list absent.
fn integer_at<T: Copy + Into<Entry>>(list: Option<&Integers<'_, T>>, index: usize) -> Option<i64> {
    if let Entry::Int(integer) = list?.entry(index) { Some(integer) } else { None }
}

/// Returns an entry of 32 bits of a checked list, or the default if it is null or absent.
fn unsigned_at<T: Copy + Into<Entry>>(list: Option<&Integers<'_, T>>, index: usize, default: u32) -> u32 {
    integer_at(list, index).and_then(|integer| u32::try_from(integer).ok()).unwrap_or(default)
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
        let mut lists = sparse(vec![0], vec![0], vec![5], None);
        lists.push(("values.length", vec![1].into()));
        assert_eq!(errors(lists), [("problem.type".to_owned(), "values.length".to_owned())]);
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
