//! The fixed and previous referrals that a caller gives, from ids to positions.

use crate::{
    allocate::{
        index::{EntryIdx, Idx, IndexVec, NeedIdx, OfferIdx},
        options::{AllocateOptions, FixedReferral, ListPath, PreviousReferral},
        records::Records,
    },
    decode::path::{Path, Record},
    error::{ErrorDetail, ErrorKind, ErrorSink, Message, message},
    model::enums::MoveMode,
    util::ordered_map::OrderedSet,
};

/// The fixed referral of one need.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FixedOffer {
    pub(crate) entry: EntryIdx,
    pub(crate) offer: OfferIdx,
    /// `true` if its places are already deducted from the offer's free places.
    pub(crate) is_counted: bool,
}

/// The previous referral of one need.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PreviousOffer {
    pub(crate) offer: OfferIdx,
    /// `true` if its places are already deducted from the offer's free places.
    pub(crate) is_counted: bool,
}

/// The fixed and the previous referral of each need.
#[derive(Debug)]
pub(crate) struct GivenReferrals {
    fixed: IndexVec<NeedIdx, Option<FixedOffer>>,
    previous: IndexVec<NeedIdx, Option<PreviousOffer>>,
    moves: MoveMode,
    pub(crate) fixed_path: ListPath,
}

impl GivenReferrals {
    /// Looks up the ids of fixed and previous referrals.
    ///
    /// Adds `request.fixed.{unknown_need, unknown_offer, duplicate}` and `request.previous.duplicate` to `errors`. Unknown ids of
    /// previous referrals are ignored.
    pub(crate) fn decode(errors: &mut ErrorSink, records: &Records<'_>, options: &AllocateOptions<'_>) -> Self {
        Self {
            fixed: decode_fixed(errors, records, &options.fixed, options.fixed_path),
            previous: decode_previous(errors, records, &options.previous, options.previous_path),
            moves: options.moves,
            fixed_path: options.fixed_path,
        }
    }

    /// Returns the fixed referral of a need.
    #[inline]
    pub(crate) fn fixed(&self, need: NeedIdx) -> Option<FixedOffer> {
        self.fixed.get(need).copied().flatten()
    }

    /// Returns `true` if the need has a fixed referral whose places are already deducted.
    #[inline]
    pub(crate) fn is_counted(&self, need: NeedIdx) -> bool {
        self.fixed(need).is_some_and(|fixed| fixed.is_counted)
    }

    /// Returns the offer of a need's previous referral, whether the plan takes it into account or not.
    #[inline]
    pub(crate) fn known_previous(&self, need: NeedIdx) -> Option<OfferIdx> {
        self.previous.get(need).copied().flatten().map(|previous| previous.offer)
    }

    /// Returns the offer that a need should keep: that of its previous referral, or `None` under [`MoveMode::Free`].
    #[inline]
    pub(crate) fn previous(&self, need: NeedIdx) -> Option<OfferIdx> {
        if self.moves == MoveMode::Free { None } else { self.known_previous(need) }
    }

    /// Returns the needs whose previous referral is counted, with its offer: their places are to be added back.
    ///
    /// A fixed referral that is counted keeps its place out of the plan, so that one to the same offer is left out.
    pub(crate) fn counted_previous(&self) -> impl Iterator<Item = (NeedIdx, OfferIdx)> {
        let counted = self.previous.iter().filter_map(|(need, previous)| {
            let previous = (*previous).filter(|previous| previous.is_counted)?;
            Some((need, previous.offer))
        });
        counted.filter(|(need, offer)| self.fixed(*need).is_none_or(|fixed| !fixed.is_counted || fixed.offer != *offer))
    }
}

fn decode_fixed(
    errors: &mut ErrorSink,
    records: &Records<'_>,
    referrals: &[FixedReferral],
    list: ListPath,
) -> IndexVec<NeedIdx, Option<FixedOffer>> {
    let mut fixed: IndexVec<NeedIdx, Option<FixedOffer>> = IndexVec::repeat(None, records.needs.len());
    let mut duplicates = OrderedSet::default();
    for (position, referral) in referrals.iter().enumerate() {
        let entry = EntryIdx::from_usize(position);
        let (need, offer) = (records.need_idx(&referral.need), records.offer_idx(&referral.offer));
        report_unknown_ids(errors, list, entry, need.is_some(), offer.is_some());
        let (Some(need), Some(offer)) = (need, offer) else { continue };
        let Some(present) = fixed.get_mut(need) else { continue };
        if let Some(earlier) = present.replace(FixedOffer { entry, offer, is_counted: referral.is_counted }) {
            duplicates.insert(earlier.entry);
            duplicates.insert(entry);
        }
    }
    for entry in duplicates.iter() {
        let (name, message) = ("fixed.duplicate", message!("fixed.duplicate"));
        errors.push(referral_error(list, *entry, Some("need"), ErrorKind::Conflict, name, message.into()));
    }
    fixed
}

fn report_unknown_ids(errors: &mut ErrorSink, list: ListPath, entry: EntryIdx, has_need: bool, has_offer: bool) {
    if !has_need {
        let (name, message) = ("fixed.unknown_need", message!("unknown_need"));
        errors.push(referral_error(list, entry, Some("need"), ErrorKind::Unknown, name, message.into()));
    }
    if !has_offer {
        let (name, message) = ("fixed.unknown_offer", message!("unknown_offer"));
        errors.push(referral_error(list, entry, Some("offer"), ErrorKind::Unknown, name, message.into()));
    }
}

impl AllocateOptions<'_> {
    /// Reports the ids of fixed referrals that no need or no offer has, for a request with wrong records.
    pub(crate) fn report_unknown_ids(
        &self,
        errors: &mut ErrorSink,
        has_need: impl Fn(&str) -> bool,
        has_offer: impl Fn(&str) -> bool,
    ) {
        for (position, referral) in self.fixed.iter().enumerate() {
            let entry = EntryIdx::from_usize(position);
            report_unknown_ids(errors, self.fixed_path, entry, has_need(&referral.need), has_offer(&referral.offer));
        }
    }
}

/// Looks up the ids of referrals of a previous plan. Unknown ones are ignored.
///
/// Adds `request.previous.duplicate` to `errors`.
pub(crate) fn decode_previous(
    errors: &mut ErrorSink,
    records: &Records<'_>,
    referrals: &[PreviousReferral],
    list: ListPath,
) -> IndexVec<NeedIdx, Option<PreviousOffer>> {
    let mut previous = IndexVec::repeat(None, records.needs.len());
    let mut ids = OrderedSet::default();
    for (position, PreviousReferral { need, offer, is_counted }) in referrals.iter().enumerate() {
        if !ids.insert(need.as_str()) {
            let (entry, name) = (EntryIdx::from_usize(position), "previous.duplicate");
            let message = message!("previous.duplicate");
            errors.push(referral_error(list, entry, Some("need"), ErrorKind::Conflict, name, message.into()));
        }
        if let (Some(need), Some(offer)) = (records.need_idx(need), records.offer_idx(offer)) {
            previous.set(need, Some(PreviousOffer { offer, is_counted: *is_counted }));
        }
    }
    previous
}

/// Creates an error about an entry of a list of referrals, or about a field of the entry.
pub(crate) fn referral_error(
    list: ListPath,
    entry: EntryIdx,
    field: Option<&str>,
    kind: ErrorKind,
    name: &str,
    message: Message,
) -> ErrorDetail {
    let root = Path::root(Record::Request);
    let field_of_list = root.field(list.name);
    let referrals = field_of_list.field("referrals");
    let list = if list.is_plan { &referrals } else { &field_of_list };
    let item = list.item(entry.to_usize());
    match field {
        Some(field) => item.field(field).error(kind, name, message),
        None => item.error(kind, name, message),
    }
}
