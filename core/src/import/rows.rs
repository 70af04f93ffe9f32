//! The records of a source with their side tables, parents and elements, one at a time.

use crate::{
    decode::value::Value,
    error::Error,
    import::{
        column::Columns,
        each::expand,
        join::{Joins, SideTable, joins_stem},
        notes::Notes,
        position::Position,
        rules::Rules,
        source::{Source, SourcePart, Wanted},
        tree::Tree,
    },
};

/// A record of a source.
pub(crate) struct Row<'r, 's> {
    pub(crate) at: Position,
    /// The record itself, or one copy for each element of its list.
    pub(crate) elements: Vec<Value<'s>>,
    /// `true` if other rows point to it.
    pub(crate) is_parent: bool,
    /// The record as the file has it, if that is not the only element.
    source: Option<&'r Value<'s>>,
}

impl<'s> Row<'_, 's> {
    /// Returns the record as the file has it, with its side tables.
    pub(crate) fn source(&self) -> Option<&Value<'s>> {
        self.source.or(self.elements.first())
    }
}

/// The parts of a source by their purpose.
#[derive(Debug)]
pub(crate) struct PartKinds<'s, 'f> {
    /// The parts whose records become records.
    pub(crate) main: Vec<&'s SourcePart<'f>>,
    /// Those that joins read.
    pub(crate) side: Vec<&'s SourcePart<'f>>,
    /// Those that nothing reads.
    pub(crate) unused: Vec<&'s SourcePart<'f>>,
}

impl<'s, 'f> PartKinds<'s, 'f> {
    pub(crate) fn new(source: &'s Source<'f>, rules: &Rules) -> Self {
        let is_named = |part: &&SourcePart<'f>| rules.source.files.contains(&part.stem);
        let has_main = source.parts.iter().any(|part| is_named(&part));
        let mut kinds = Self { main: Vec::new(), side: Vec::new(), unused: Vec::new() };
        for part in &source.parts {
            let is_side = joins_stem(&rules.join, &part.stem);
            let list = match is_named(&part) {
                true => &mut kinds.main,
                // A file of another name is the main table if none has a name of the mapping.
                false if !is_side && !has_main => &mut kinds.main,
                false if is_side => &mut kinds.side,
                false => &mut kinds.unused,
            };
            list.push(part);
        }
        kinds
    }
}

/// The rows of side tables, by part.
pub(crate) type SideRows<'s> = Vec<(&'s str, Vec<(Position, Value<'s>)>)>;

/// Reads the side tables of a source.
///
/// # Errors
///
/// Those of the files.
pub(crate) fn side_rows<'s, 'f>(
    kinds: &PartKinds<'s, 'f>,
    is_wanted: &dyn Fn(&str) -> bool,
    notes: &mut Notes,
) -> Result<SideRows<'s>, Error> {
    let mut tables = Vec::new();
    for part in &kinds.side {
        let mut rows = Vec::new();
        part.for_each(&part.wanted(is_wanted), notes, &mut |at, value| {
            rows.push((at, value));
            Ok(())
        })?;
        tables.push((part.stem.as_str(), rows));
    }
    Ok(tables)
}

/// Reads the records of a source, several times if need be.
pub(crate) struct Rows<'r, 's, 'f> {
    parts: Vec<(&'s SourcePart<'f>, Wanted)>,
    joins: Joins<'r, 's>,
    each: Option<&'r Columns>,
    /// The rows of a tree, which are held because they refer to each other.
    tree: Option<Tree<'r, 's>>,
    held: &'r [(Position, Value<'s>)],
}

impl<'r, 's, 'f> Rows<'r, 's, 'f> {
    pub(crate) fn new(
        kinds: &PartKinds<'s, 'f>,
        rules: &'r Rules,
        side: &'r SideRows<'s>,
        held: &'r [(Position, Value<'s>)],
        is_wanted: &dyn Fn(&str) -> bool,
    ) -> Self {
        let tables: Vec<SideTable<'r, 's>> = side.iter().map(|(stem, rows)| SideTable { stem, rows }).collect();
        Self {
            parts: kinds.main.iter().map(|part| (*part, part.wanted(is_wanted))).collect(),
            joins: Joins::new(&rules.join, &tables),
            each: rules.each.as_ref(),
            tree: rules.tree.as_ref().map(|rule| Tree::new(rule, held)),
            held,
        }
    }

    /// Calls `each` with every record in order.
    ///
    /// # Errors
    ///
    /// Those of the files and of `each`.
    pub(crate) fn for_each(
        &mut self,
        notes: &mut Notes,
        each: &mut dyn FnMut(Row<'_, 's>, &mut Notes) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let (joins, list) = (&mut self.joins, self.each);
        if let Some(tree) = &self.tree {
            for (at, row) in self.held {
                let (at, is_parent) = (*at, !tree.is_leaf(row));
                let mut record = if is_parent { row.clone() } else { tree.inherit(row) };
                joins.complete(&mut record, at, notes);
                each(Row { at, elements: expand(list, record), is_parent, source: Some(row) }, notes)?;
            }
            return Ok(());
        }
        for (part, wanted) in &self.parts {
            let mut of_part = Notes::default();
            part.for_each(wanted, &mut of_part, &mut |at, mut record| {
                joins.complete(&mut record, at, notes);
                if list.is_none() {
                    return each(Row { at, elements: vec![record], is_parent: false, source: None }, notes);
                }
                let elements = expand(list, record.clone());
                each(Row { at, elements, is_parent: false, source: Some(&record) }, notes)
            })?;
            notes.append(of_part);
        }
        Ok(())
    }

    /// Notes the rows of side tables that belong to no record.
    pub(crate) fn note_unused(&self, notes: &mut Notes) {
        self.joins.note_unused(notes);
    }
}

/// Reads the rows of a tree.
///
/// # Errors
///
/// Those of the files.
pub(crate) fn held_rows<'s, 'f>(
    kinds: &PartKinds<'s, 'f>,
    rules: &Rules,
    is_wanted: &dyn Fn(&str) -> bool,
    notes: &mut Notes,
) -> Result<Vec<(Position, Value<'s>)>, Error> {
    let mut rows = Vec::new();
    if rules.tree.is_some() {
        for part in &kinds.main {
            part.for_each(&part.wanted(is_wanted), notes, &mut |at, value| {
                rows.push((at, value));
                Ok(())
            })?;
        }
    }
    Ok(rows)
}
