//! What stands between a need and the offers, where none matches.

use lotse::{Assessment, Criterion, Error, Matcher, Need};

/// Why no offer matches one need.
#[derive(Debug)]
pub(crate) struct Nearest {
    /// How many offers give this kind of help.
    pub(crate) same_help: usize,
    /// How many of those each criterion excludes, most first.
    pub(crate) blocks: Vec<(Criterion, usize)>,
    /// The one with the fewest criteria against it, then the highest score.
    pub(crate) offer: Option<Assessment>,
}

/// The criteria that exclude an offer.
pub(crate) fn blocking(pair: &Assessment) -> impl Iterator<Item = Criterion> {
    pair.findings().filter(lotse::Finding::is_blocking).map(|finding| finding.criterion())
}

impl Nearest {
    pub(crate) fn of(matcher: &Matcher, needs: &[Need], need: &Need) -> Result<Self, Error> {
        // People of a group count together, so the whole group is laid beside the offers.
        let together =
            |other: &&Need| other.id() == need.id() || (need.group().is_some() && other.group() == need.group());
        let group: Vec<Need> = needs.iter().filter(together).cloned().collect();
        let pairs: Vec<(&str, &str)> = matcher.offers().map(|offer| (need.id(), offer.id())).collect();
        let explained = matcher.explain_all(&group, &pairs)?;
        let near: Vec<&Assessment> = explained
            .iter()
            .map(lotse::Explanation::assessment)
            .filter(|pair| !blocking(pair).any(|criterion| criterion == Criterion::Help))
            .collect();
        let count = |criterion| near.iter().filter(|pair| blocking(pair).any(|other| other == criterion)).count();
        let mut blocks: Vec<(Criterion, usize)> =
            Criterion::all().map(|criterion| (criterion, count(criterion))).filter(|(_, count)| *count > 0).collect();
        blocks.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let offer = near.iter().min_by_key(|pair| (blocking(pair).count(), std::cmp::Reverse(pair.score())));
        Ok(Self { same_help: near.len(), blocks, offer: offer.map(|pair| (*pair).clone()) })
    }
}
