//! What becomes of each record, before its cells are read: left out, merged, or a record of its own.

use crate::{
    decode::value::Value,
    import::{
        column::{Columns, text_of},
        crosswalk::cross,
        notes::{Notes, Section},
        position::{Position, Step},
        record_kind::RecordKind,
        rules::{IdRule, Other, Rules, SameId},
        test::holds,
    },
    util::{
        date::Date,
        ordered_map::{OrderedMap, OrderedSet},
    },
};

/// The largest number of bytes of an id.
const MAX_ID_BYTES: usize = 256;
/// The largest number of bytes of the id of a need.
const MAX_NEED_ID_BYTES: usize = 64;

/// What the records of a source become.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// One for each element of each record, in the order of the source.
    elements: Vec<Element>,
    /// The records to produce.
    groups: Vec<Group>,
    pub(crate) counts: PlanCounts,
    /// Coordinates that more records have than the mapping allows, as bits.
    pub(crate) shared: OrderedMap<(u64, u64), u64>,
    /// The first record with a generated id, which another import may give to another record.
    pub(crate) generated_id: Option<Position>,
}

/// How many records of the source are used, merged and left out.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct PlanCounts {
    pub(crate) read: u64,
    pub(crate) used: u64,
    pub(crate) merged: u64,
    pub(crate) left_out: u64,
}

/// The index of a group, or none for an element that is left out or replaced by another.
pub(crate) type Element = Option<u32>;

/// Elements with one id.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) id: String,
    /// The number of elements that are read.
    pub(crate) members: u32,
}

impl Plan {
    pub(crate) fn element(&self, index: usize) -> Element {
        self.elements.get(index).copied().flatten()
    }

    pub(crate) fn group(&self, index: u32) -> Option<&Group> {
        self.groups.get(usize::try_from(index).ok()?)
    }

    /// Returns the ids of all records.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().map(|group| group.id.as_str())
    }
}

/// An element before ids are known to be unique.
#[derive(Debug)]
struct Draft {
    at: Position,
    record: usize,
    id: Option<String>,
    is_generated: bool,
    /// The place in the order of `first`.
    rank: usize,
    /// The column of the rule that leaves it out, or the code of another reason.
    left_out: Option<Exclusion>,
}

impl Draft {
    /// Sets the id of a record by its row.
    fn generate_id(&mut self) {
        let number = match self.at.step {
            Step::Row(row) => row,
            Step::Item(item) => item.saturating_add(1),
        };
        self.id = Some(format!("row-{number}"));
        self.is_generated = true;
    }
}

#[derive(Debug)]
enum Exclusion {
    Rule(String),
    Code(&'static str),
}

/// Collects the elements of a source, and decides what becomes of them.
#[derive(Debug)]
pub(crate) struct Planner<'r> {
    rules: &'r Rules,
    as_of: Option<Date>,
    prefix: &'r str,
    drafts: Vec<Draft>,
    records: usize,
    coordinates: OrderedMap<(u64, u64), u64>,
    lat_lon: Option<(&'r Columns, &'r Columns)>,
}

impl<'r> Planner<'r> {
    /// Creates a planner; `lat_lon` are the columns of coordinates of which too many records may share a pair.
    pub(crate) fn new(rules: &'r Rules, prefix: &'r str, as_of: Option<Date>) -> Self {
        let column = |path| crate::import::rules::column_of(rules, path);
        let lat_lon = rules.not_shared_by.and_then(|_| Some((column("place.lat")?, column("place.lon")?)));
        let coordinates = OrderedMap::default();
        Self { rules, as_of, prefix, drafts: Vec::new(), records: 0, coordinates, lat_lon }
    }

    /// Adds a record with its elements; `is_parent` if other rows point to it, so that it is no record of its own.
    pub(crate) fn add(&mut self, at: Position, elements: &[Value<'_>], is_parent: bool) {
        for element in elements {
            let left_out = if is_parent { Some(Exclusion::Code("tree.parent")) } else { self.exclusion(element) };
            let id = self.id(element);
            let rank = self.rank(element);
            if left_out.is_none() {
                self.count_coordinates(element);
            }
            self.drafts.push(Draft { at, record: self.records, id, is_generated: false, rank, left_out });
        }
        self.records = self.records.saturating_add(1);
    }

    fn exclusion(&self, element: &Value<'_>) -> Option<Exclusion> {
        if let Some(test) = self.rules.leave_out.iter().find(|test| holds(test, element, self.as_of)) {
            let column =
                test.column.values(element).map_or_else(|| test.column.iter().next(), |(column, _)| Some(column));
            return Some(Exclusion::Rule(column.map(ToString::to_string).unwrap_or_default()));
        }
        let may_leave_out = |crosswalk: &&crate::import::rules::Crosswalk| {
            crosswalk.leaves_out_without || crosswalk.other == Other::LeaveOut
        };
        let mut crosswalks = self.rules.crosswalk.iter().filter(may_leave_out);
        let leaves_out = crosswalks.any(|crosswalk| cross(crosswalk, self.rules, element).leaves_out);
        leaves_out.then_some(Exclusion::Code("crosswalk.without"))
    }

    fn id(&self, element: &Value<'_>) -> Option<String> {
        let id = match self.rules.id.as_ref()? {
            IdRule::Row => return None,
            IdRule::Column { column, .. } => column.text(element)?.1.trim().to_owned(),
            IdRule::Join { columns, separator } => {
                let texts = columns.iter().map(|column| Some(column.text(element)?.1.trim().to_owned()));
                texts.collect::<Option<Vec<String>>>()?.join(separator)
            }
        };
        let length = id.len().saturating_add(self.prefix.len());
        (!id.is_empty() && length <= MAX_ID_BYTES).then_some(id)
    }

    fn rank(&self, element: &Value<'_>) -> usize {
        let SameId::First { column, order } = &self.rules.same_id else { return 0 };
        let text = column.text(element).map(|(_, text)| text.trim().to_owned()).unwrap_or_default();
        order.iter().position(|other| *other == text).unwrap_or(order.len())
    }

    fn count_coordinates(&mut self, element: &Value<'_>) {
        let number = |columns: &Columns| columns.values(element)?.1.into_iter().find_map(number);
        let Some((lat, lon)) = self.lat_lon.and_then(|(lat, lon)| Some((number(lat)?, number(lon)?))) else { return };
        let count = self.coordinates.entry((lat, lon)).or_default();
        *count = count.saturating_add(1);
    }

    /// Decides on all elements. `stem` returns the stem of the file at a position.
    pub(crate) fn finish(mut self, stem: &dyn Fn(Position) -> String, notes: &mut Notes) -> Plan {
        self.withhold_names(notes);
        self.complete_ids(notes);
        let is_generated = |draft: &&Draft| draft.left_out.is_none() && draft.is_generated;
        let generated_id = self.drafts.iter().find(is_generated).map(|draft| draft.at);
        self.prefix_files(stem, notes);
        let limit = self.rules.not_shared_by.map_or(u64::MAX, u64::from);
        let mut plan = Plan { generated_id, ..Plan::default() };
        for (coordinates, count) in std::mem::take(&mut self.coordinates).into_entries() {
            if count > limit {
                plan.shared.insert(coordinates, count);
            }
        }
        self.group(&mut plan, notes);
        plan
    }

    /// Replaces the ids of needs by rows if one of them may be a name.
    fn withhold_names(&mut self, notes: &mut Notes) {
        if self.rules.records != RecordKind::Needs || matches!(self.rules.id, None | Some(IdRule::Row)) {
            return;
        }
        let is_name = |draft: &Draft| draft.id.as_deref().is_some_and(|id| !is_need_id(id));
        if !self.drafts.iter().any(is_name) {
            return;
        }
        let column = match &self.rules.id {
            Some(IdRule::Column { column, .. }) => Some(column.to_string()),
            _ => None,
        };
        let count = u64::try_from(self.drafts.len()).unwrap_or(u64::MAX);
        notes.add_all(Section::Assumed, "id.looks_like_name", (column.as_deref(), Some("id")), count);
        for draft in &mut self.drafts {
            draft.generate_id();
        }
    }

    /// Generates the ids of records that have none.
    fn complete_ids(&mut self, notes: &mut Notes) {
        for draft in &mut self.drafts {
            if draft.id.is_none() {
                draft.generate_id();
                if draft.left_out.is_none() {
                    notes.add(Section::Assumed, "id.row", (None, Some("id")), Some(draft.at));
                }
            }
        }
    }

    /// Adds the stem of the file to all ids if two files have one of them.
    fn prefix_files(&mut self, stem: &dyn Fn(Position) -> String, notes: &mut Notes) {
        let mut files: OrderedMap<&str, u32> = OrderedMap::default();
        let mut twice = OrderedSet::default();
        for draft in self.drafts.iter().filter(|draft| draft.left_out.is_none()) {
            let Some(id) = draft.id.as_deref() else { continue };
            if *files.entry(id).or_insert_with(|| draft.at.file) != draft.at.file {
                twice.insert(id.to_owned());
            }
        }
        drop(files);
        if twice.is_empty() {
            return;
        }
        let count = u64::try_from(twice.len()).unwrap_or(u64::MAX);
        notes.add_all(Section::Suspicions, "id.one_file_only", (None, Some("id")), count);
        for draft in &mut self.drafts {
            let id = draft.id.take().unwrap_or_default();
            draft.id = Some(format!("{}/{id}", stem(draft.at)));
            if draft.left_out.is_none() {
                notes.add(Section::Assumed, "id.file_prefix", (None, Some("id")), Some(draft.at));
            }
        }
    }

    fn group(self, plan: &mut Plan, notes: &mut Notes) {
        let best = self.best_by_id();
        let mut by_id: OrderedMap<String, u32> = OrderedMap::default();
        let mut fates = vec![Fate::LeftOut; self.records];
        for (index, draft) in self.drafts.into_iter().enumerate() {
            let (mut fate, mut element) = (Fate::LeftOut, None);
            let id = format!("{}{}", self.prefix, draft.id.unwrap_or_default());
            let known = by_id.get(&id).copied();
            if let Some(exclusion) = draft.left_out {
                match exclusion {
                    Exclusion::Rule(column) => {
                        notes.add(Section::LeftOut, "rule", (Some(&column), None), Some(draft.at));
                    }
                    Exclusion::Code(code) => notes.add(Section::LeftOut, code, (None, None), Some(draft.at)),
                }
            } else if best.as_ref().is_some_and(|best| best.get(&id).is_some_and(|best| *best != index)) {
                notes.add(Section::Merged, "id.first", (None, Some("id")), Some(draft.at));
                fate = Fate::Merged;
            } else if let Some(group) = known {
                match self.rules.same_id {
                    SameId::Refuse => notes.add(Section::LeftOut, "id.same", (None, Some("id")), Some(draft.at)),
                    SameId::Unite | SameId::Parts | SameId::First { .. } => {
                        fate = Fate::Merged;
                        element = Some(group);
                        if let Some(group) = usize::try_from(group).ok().and_then(|group| plan.groups.get_mut(group)) {
                            group.members = group.members.saturating_add(1);
                        }
                    }
                }
            } else {
                let group = u32::try_from(plan.groups.len()).unwrap_or(u32::MAX);
                by_id.insert(id.clone(), group);
                plan.groups.push(Group { id, members: 1 });
                (fate, element) = (Fate::Used, Some(group));
            }
            plan.elements.push(element);
            if let Some(of_record) = fates.get_mut(draft.record) {
                *of_record = (*of_record).max(fate);
            }
        }
        let count = |fate| u64::try_from(fates.iter().filter(|other| **other == fate).count()).unwrap_or(u64::MAX);
        plan.counts = PlanCounts {
            read: u64::try_from(fates.len()).unwrap_or(u64::MAX),
            used: count(Fate::Used),
            merged: count(Fate::Merged),
            left_out: count(Fate::LeftOut),
        };
    }

    /// Returns for each id, with its prefix, the element that the order of `first` prefers.
    fn best_by_id(&self) -> Option<OrderedMap<String, usize>> {
        if !matches!(self.rules.same_id, SameId::First { .. }) {
            return None;
        }
        let mut best: OrderedMap<String, (usize, usize)> = OrderedMap::default();
        for (index, draft) in self.drafts.iter().enumerate().filter(|(_, draft)| draft.left_out.is_none()) {
            let id = format!("{}{}", self.prefix, draft.id.as_deref().unwrap_or_default());
            let entry = best.entry(id).or_insert_with(|| (draft.rank, index));
            if draft.rank < entry.0 {
                *entry = (draft.rank, index);
            }
        }
        let mut indices = OrderedMap::default();
        for (id, (_, index)) in best.into_entries() {
            indices.insert(id, index);
        }
        Some(indices)
    }
}

/// What becomes of a record: the largest of its elements.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Fate {
    LeftOut,
    Merged,
    Used,
}

/// Returns `true` for an id of a need that is no name: letters, digits and `. _ / -`, among them a digit.
pub(crate) fn is_need_id(id: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'/' | b'-');
    id.len() <= MAX_NEED_ID_BYTES
        && id.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric())
        && id.bytes().all(is_allowed)
        && id.bytes().any(|byte| byte.is_ascii_digit())
}

/// Returns the bits of a number.
fn number(value: &Value<'_>) -> Option<u64> {
    let text = text_of(value)?;
    let number: f64 = text.trim().replace(',', ".").parse().ok()?;
    number.is_finite().then_some(number.to_bits())
}

#[cfg(test)]
mod tests {
    use super::{Plan, PlanCounts, Planner, is_need_id};
    use crate::{
        decode::value::Value,
        import::{
            column::Columns,
            notes::{Notes, Section},
            position::{Position, Step},
            record_kind::RecordKind,
            rules::{Condition, IdRule, Rules, SameId, Test},
        },
    };

    fn rules(records: RecordKind, same_id: SameId) -> Rules {
        let id = IdRule::Column { column: Columns::from_name("id"), part: None };
        let out = Test { column: Columns::from_name("out"), condition: Condition::Is(vec!["x".to_owned()]) };
        Rules { id: Some(id), same_id, leave_out: vec![out], ..Rules::new(records) }
    }

    fn plan(rules: &Rules, records: &[&str]) -> (Plan, Vec<String>) {
        let mut planner = Planner::new(rules, "p-", None);
        for (row, record) in (2..).zip(records) {
            let (file, json) = record.split_once('|').map_or((0, *record), |(_, json)| (1, json));
            let at = Position { file, step: Step::Row(row) };
            planner.add(at, &[Value::from_json(json).unwrap()], false);
        }
        let mut notes = Notes::default();
        let plan = planner.finish(&|at| format!("f{}", at.file), &mut notes);
        let sections = [Section::Assumed, Section::LeftOut, Section::Merged, Section::Suspicions];
        let notes = sections
            .into_iter()
            .flat_map(|section| notes.of(section).map(|(key, count)| format!("{} {}", key.code, count.count)));
        let notes = notes.collect();
        (plan, notes)
    }

    fn ids(plan: &Plan) -> Vec<&str> {
        plan.ids().collect()
    }

    #[test]
    fn a_second_record_of_an_id_is_left_out() {
        let rules = rules(RecordKind::Offers, SameId::Refuse);
        let (plan, notes) = plan(&rules, &[r#"{"id": 1}"#, r#"{"id": "1"}"#, r#"{"id": 2, "out": "X"}"#, "{}"]);
        assert_eq!((ids(&plan), notes.join(", ")), (vec!["p-1", "p-row-5"], "id.row 1, id.same 1, rule 1".to_owned()));
        assert_eq!(plan.counts, PlanCounts { read: 4, used: 2, merged: 0, left_out: 2 });
        assert_eq!((0..4).map(|index| plan.element(index)).collect::<Vec<_>>(), [Some(0), None, None, Some(1)]);
    }

    #[test]
    fn records_of_an_id_are_united() {
        let rules = rules(RecordKind::Offers, SameId::Unite);
        let (plan, notes) = plan(&rules, &[r#"{"id": 1}"#, r#"{"id": 2}"#, r#"{"id": 1}"#]);
        assert_eq!((ids(&plan), notes.len()), (vec!["p-1", "p-2"], 0));
        assert_eq!(plan.counts, PlanCounts { read: 3, used: 2, merged: 1, left_out: 0 });
        assert_eq!(plan.group(0).unwrap().members, 2);
    }

    #[test]
    fn the_preferred_record_of_an_id_is_used() {
        let first = SameId::First { column: Columns::from_name("l"), order: vec!["de".into(), "en".into()] };
        let rules = rules(RecordKind::Offers, first);
        let records = [r#"{"id": 1, "l": "fa"}"#, r#"{"id": 1, "l": "en"}"#, r#"{"id": 1, "l": "de"}"#, r#"{"id": 2}"#];
        let (plan, notes) = plan(&rules, &records);
        assert_eq!(plan.counts, PlanCounts { read: 4, used: 2, merged: 2, left_out: 0 });
        assert_eq!((0..4).map(|index| plan.element(index)).collect::<Vec<_>>(), [None, None, Some(0), Some(1)]);
        assert_eq!(notes, ["id.first 2"]);
    }

    #[test]
    fn ids_of_one_file_only_get_its_name() {
        let rules = rules(RecordKind::Offers, SameId::Refuse);
        let (plan, notes) = plan(&rules, &[r#"{"id": 1}"#, r#"{"id": 2}"#, r#"1|{"id": 1}"#]);
        assert_eq!(ids(&plan), ["p-f0/1", "p-f0/2", "p-f1/1"]);
        assert_eq!(notes, ["id.file_prefix 3", "id.one_file_only 1"]);
    }

    #[test]
    fn names_are_no_ids_of_needs() {
        let rules = rules(RecordKind::Needs, SameId::Refuse);
        let (plan, notes) = plan(&rules, &[r#"{"id": "A-1"}"#, r#"{"id": "Erika"}"#]);
        assert_eq!((ids(&plan), notes.join(", ")), (vec!["p-row-2", "p-row-3"], "id.looks_like_name 2".to_owned()));
        for (id, expected) in
            [("A-1", true), ("17", true), ("2026/17", true), ("Erika", false), ("Erika 1", false), ("-1", false)]
        {
            assert_eq!(is_need_id(id), expected, "{id}");
        }
        assert!(!is_need_id(&"1".repeat(65)));
    }
}
