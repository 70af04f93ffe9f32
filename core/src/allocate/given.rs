//! The fixed and previous referrals that a caller gives, from ids to positions.

use crate::{
    allocate::{
        index::{EntryIdx, Idx, IndexVec, NeedIdx, OfferIdx},
        options::{AllocateOptions, FixedReferral},
        records::Records,
    },
    decode::path::{Path, Record},
    error::{ErrorDetail, ErrorKind, ErrorSink},
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

/// The fixed and the previous referral of each need.
#[derive(Debug)]
pub(crate) struct GivenReferrals {
    fixed: IndexVec<NeedIdx, Option<FixedOffer>>,
    previous: IndexVec<NeedIdx, Option<OfferIdx>>,
}

impl GivenReferrals {
    /// Looks up the ids of fixed and previous referrals.
    ///
    /// Adds `request.fixed.{unknown_need, unknown_offer, duplicate}` and `request.previous.duplicate` to `errors`. Unknown ids of
    /// previous referrals are ignored, and with [`MoveMode::Free`] all previous referrals are.
    pub(crate) fn decode(errors: &mut ErrorSink, records: &Records<'_>, options: &AllocateOptions<'_>) -> Self {
        let fixed = decode_fixed(errors, records, &options.fixed);
        let previous = decode_previous(errors, records, &options.previous);
        let previous = match options.moves {
            MoveMode::Free => IndexVec::repeat(None, records.needs.len()),
            MoveMode::Few | MoveMode::None => previous,
        };
        Self { fixed, previous }
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

    /// Returns the offer of a need's previous referral.
    #[inline]
    pub(crate) fn previous(&self, need: NeedIdx) -> Option<OfferIdx> {
        self.previous.get(need).copied().flatten()
    }
}

fn decode_fixed(
    errors: &mut ErrorSink,
    records: &Records<'_>,
    referrals: &[FixedReferral],
) -> IndexVec<NeedIdx, Option<FixedOffer>> {
    let mut fixed: IndexVec<NeedIdx, Option<FixedOffer>> = IndexVec::repeat(None, records.needs.len());
    let mut duplicates = OrderedSet::default();
    for (position, referral) in referrals.iter().enumerate() {
        let entry = EntryIdx::from_usize(position);
        let (need, offer) = (records.need_idx(&referral.need), records.offer_idx(&referral.offer));
        if need.is_none() {
            let (name, message) = ("fixed.unknown_need", "no need has this id");
            errors.push(referral_error("fixed", entry, Some("need"), ErrorKind::Unknown, name, message));
        }
        if offer.is_none() {
            let (name, message) = ("fixed.unknown_offer", "no offer has this id");
            errors.push(referral_error("fixed", entry, Some("offer"), ErrorKind::Unknown, name, message));
        }
        let (Some(need), Some(offer)) = (need, offer) else { continue };
        let Some(present) = fixed.get_mut(need) else { continue };
        if let Some(earlier) = present.replace(FixedOffer { entry, offer, is_counted: referral.is_counted }) {
            duplicates.insert(earlier.entry);
            duplicates.insert(entry);
        }
    }
    for entry in duplicates.iter() {
        let (name, message) = ("fixed.duplicate", "this need is fixed twice");
        errors.push(referral_error("fixed", *entry, Some("need"), ErrorKind::Conflict, name, message));
    }
    fixed
}

fn decode_previous(
    errors: &mut ErrorSink,
    records: &Records<'_>,
    referrals: &[(String, String)],
) -> IndexVec<NeedIdx, Option<OfferIdx>> {
    let mut previous = IndexVec::repeat(None, records.needs.len());
    let mut ids = OrderedSet::default();
    for (position, (need, offer)) in referrals.iter().enumerate() {
        if !ids.insert(need.as_str()) {
            let (entry, name) = (EntryIdx::from_usize(position), "previous.duplicate");
            let message = "this need is listed twice";
            errors.push(referral_error("previous", entry, Some("need"), ErrorKind::Conflict, name, message));
        }
        if let (Some(need), Some(offer)) = (records.need_idx(need), records.offer_idx(offer)) {
            previous.set(need, Some(offer));
        }
    }
    previous
}

/// Creates an error about an entry of a list of referrals, or about a field of the entry.
pub(crate) fn referral_error(
    list: &str,
    entry: EntryIdx,
    field: Option<&str>,
    kind: ErrorKind,
    name: &str,
    message: impl Into<std::borrow::Cow<'static, str>>,
) -> ErrorDetail {
    let root = Path::root(Record::Request);
    let list = root.field(list);
    let item = list.item(entry.to_usize());
    match field {
        Some(field) => item.field(field).error(kind, name, message),
        None => item.error(kind, name, message),
    }
}
