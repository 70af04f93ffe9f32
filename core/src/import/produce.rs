//! Drafts to records: elements of one id are united or split, needs of several kinds of help become several.

use crate::{
    decode::value::Value,
    import::{
        draft::Draft,
        notes::{Notes, Section},
        plan::Plan,
        position::Position,
        record_kind::RecordKind,
        rules::{Rules, SameId},
    },
    util::ordered_map::{OrderedMap, OrderedSet},
};

/// The largest number of bytes of an id.
const MAX_ID_BYTES: usize = 256;

/// An element whose cells are read.
pub(crate) struct Member {
    pub(crate) draft: Draft,
    pub(crate) at: Position,
    /// The part of the id by which elements of one id are distinguished.
    pub(crate) part: Option<String>,
    /// The index of the record that it is an element of.
    pub(crate) record: usize,
}

/// A record as JSON has it, before it is decoded.
pub(crate) struct Product {
    /// The index of its id in the plan, which is the order of the records.
    pub(crate) group: u32,
    pub(crate) at: Position,
    pub(crate) value: Value<'static>,
}

/// Collects the elements of each id until all are read.
pub(crate) struct Producer<'r> {
    rules: &'r Rules,
    plan: &'r Plan,
    ids: OrderedSet<String>,
    pending: OrderedMap<u32, Vec<Member>>,
}

impl<'r> Producer<'r> {
    pub(crate) fn new(rules: &'r Rules, plan: &'r Plan) -> Self {
        let derives = rules.records == RecordKind::Needs || matches!(rules.same_id, SameId::Parts);
        let ids = if derives { plan.ids().map(str::to_owned).collect() } else { OrderedSet::default() };
        Self { rules, plan, ids, pending: OrderedMap::default() }
    }

    /// Adds an element, and returns the records that are complete.
    pub(crate) fn add(&mut self, group: u32, member: Member, notes: &mut Notes) -> Vec<Product> {
        let Some(of_id) = self.plan.group(group) else { return Vec::new() };
        let mut members = vec![member];
        if of_id.members > 1 {
            let mut earlier = self.pending.remove(&group).unwrap_or_default();
            earlier.append(&mut members);
            members = earlier;
            if u32::try_from(members.len()).unwrap_or(u32::MAX) < of_id.members {
                self.pending.insert(group, members);
                return Vec::new();
            }
        }
        let products = self.complete(&of_id.id, members, notes);
        let product = |(at, value)| Product { group, at, value };
        products.into_iter().map(product).collect()
    }

    fn complete(&mut self, id: &str, members: Vec<Member>, notes: &mut Notes) -> Vec<(Position, Value<'static>)> {
        let mut members = members.into_iter();
        let Some(first) = members.next() else { return Vec::new() };
        let others: Vec<Member> = members.collect();
        let splits = matches!(self.rules.same_id, SameId::Parts)
            && others.iter().any(|other| first.draft.differs_in_service(&other.draft));
        if splits {
            return self.split(id, std::iter::once(first).chain(others), notes);
        }
        let (at, draft) = (first.at, unite(first, others, notes));
        self.needs(id, at, draft, notes)
    }

    /// Returns a record for each part of an id.
    fn split(
        &mut self,
        id: &str,
        members: impl Iterator<Item = Member>,
        notes: &mut Notes,
    ) -> Vec<(Position, Value<'static>)> {
        let mut parts: Vec<(Option<String>, Vec<Member>)> = Vec::new();
        for member in members {
            match parts.iter_mut().find(|(part, _)| part.is_some() && *part == member.part) {
                Some((_, members)) => members.push(member),
                None => parts.push((member.part.clone(), vec![member])),
            }
        }
        let mut products = Vec::new();
        for (number, (part, members)) in (1_u32..).zip(parts) {
            let mut members = members.into_iter();
            let Some(first) = members.next() else { continue };
            let (at, draft) = (first.at, unite(first, members.collect(), notes));
            let named = part.map(|part| format!("{id}@{part}")).filter(|id| id.len() <= MAX_ID_BYTES);
            let id = self.free_id(named.unwrap_or_else(|| format!("{id}@{number}")));
            notes.add(Section::Assumed, "offer.by_place", (None, None), Some(at));
            products.push((at, draft.to_value(&id, at, notes)));
        }
        products
    }

    /// Returns the record, or a need for each kind of help, tied by a case.
    fn needs(
        &mut self,
        id: &str,
        at: Position,
        mut draft: Draft,
        notes: &mut Notes,
    ) -> Vec<(Position, Value<'static>)> {
        let helps = draft.take_needs();
        if helps.len() > 1 && draft.get("case").is_empty() {
            draft.set("case", Value::from(id.to_owned()));
        }
        let mut products = Vec::new();
        for (number, help) in (1_u32..).zip(helps) {
            draft.set("help", help);
            let id = if number == 1 { id.to_owned() } else { self.free_id(format!("{id}-{number}")) };
            products.push((at, draft.to_value(&id, at, notes)));
        }
        if products.is_empty() {
            products.push((at, draft.to_value(id, at, notes)));
        }
        products
    }

    /// Returns an id that no other record has.
    fn free_id(&mut self, id: String) -> String {
        let numbered = (2_u32..).map(|number| format!("{id}-{number}"));
        let free = std::iter::once(id.clone()).chain(numbered).find(|id| !self.ids.contains(id.as_str()));
        let free = free.unwrap_or(id);
        self.ids.insert(free.clone());
        free
    }
}

/// Unites the elements of one id.
fn unite(first: Member, others: Vec<Member>, notes: &mut Notes) -> Draft {
    let Member { mut draft, record, at, .. } = first;
    // One of several locations would be wrong for the others.
    for path in ["place.lat", "place.lon", "place.region"] {
        let is_other = |other: &Member| !other.draft.get(path).is_empty() && other.draft.get(path) != draft.get(path);
        if !draft.get(path).is_empty() && others.iter().any(is_other) {
            return unite_elsewhere(draft, others, (at, record), notes);
        }
    }
    unite_all(&mut draft, others, record, notes);
    draft
}

fn unite_elsewhere(
    mut draft: Draft,
    mut others: Vec<Member>,
    (at, record): (Position, usize),
    notes: &mut Notes,
) -> Draft {
    notes.add(Section::Lost, "place.several", (None, Some("place")), Some(at));
    draft.remove("place");
    for other in &mut others {
        other.draft.remove("place");
    }
    unite_all(&mut draft, others, record, notes);
    draft
}

fn unite_all(draft: &mut Draft, others: Vec<Member>, record: usize, notes: &mut Notes) {
    for other in others {
        // Elements of one record were never several.
        if other.record != record {
            notes.add(Section::Merged, "id.united", (None, Some("id")), Some(other.at));
        }
        draft.unite(other.draft, other.at, notes);
    }
}
