//! Needs and offers become an allocation problem, and its plan becomes referrals.

use std::sync::Arc;

use crate::{
    allocate::{
        allocation::{Allocation, OfferUsage, Referral, Subject, UnmetNeed},
        options::AllocateOptions,
        party::{Candidate, Choice, Party, parties, people},
        unmet,
    },
    solver::{
        problem::{Edge, Objective, Problem, Solution, Supply},
        solve::solve_reporting,
    },
};
use crate::{
    decode::decoder::{Path, Record},
    error::{Error, ErrorDetail, ErrorKind, ErrorSink},
    matcher::{Finding, Matcher, profile::Profile},
    model::{criterion::Criterion, enums::MoveMode, need::Need},
    util::{
        fixed::Score,
        ordered_map::{OrderedMap, OrderedSet, ordered_map},
        progress::{NO_PROGRESS, ProgressFn, ProgressReporter},
        sort::{sort_by, sort_by_key},
    },
};

/// A need that people have agreed on.
#[derive(Clone, Copy, Debug)]
struct Agreed {
    /// The position in the list of fixed referrals.
    entry: usize,
    /// The position of the offer in the order of ids.
    offer: usize,
    counted: bool,
}

impl Matcher {
    /// One plan for many needs: whom to give which place, so that the most people of the first priority are served, then of the
    /// next, and with the best fit.
    ///
    /// Each need goes to one offer at most, a group to one offer as a whole or to none, and no offer gets more people than it has
    /// places. The capacity criterion scores, but never excludes: only places count. The plan is verified before it
    /// is returned, and does not depend on the order of needs and offers.
    ///
    /// # Errors
    ///
    /// As [`rank_all`](Self::rank_all); and fixed referrals that cannot be, each with its place in the list: `request.fixed.`
    /// `unknown_need`, `unknown_offer`, `duplicate`, `split_group`, `group` (another of the group does not match),
    /// `over_places`; `request.previous.duplicate`.
    ///
    /// # Example: two people, one place each
    ///
    /// ```
    /// use lotse::{AllocateOptions, Matcher, Need, Offer};
    /// let matcher = Matcher::builder()
    ///     .offers([
    ///         Offer::builder("o-1").language("de").language("uk").free(1).build()?,
    ///         Offer::builder("o-2").language("de").free(1).build()?,
    ///     ])
    ///     .build()?;
    /// let needs = [Need::builder("n-1").language("de").build()?, Need::builder("n-2").language("uk").build()?];
    /// let plan = matcher.allocate(&needs, &AllocateOptions::new())?;
    /// // Whoever speaks German leaves the Ukrainian place to the other.
    /// let pairs: Vec<_> = plan.referrals().iter().map(|referral| (referral.need(), referral.offer())).collect();
    /// assert_eq!(pairs, [("n-1", "o-2"), ("n-2", "o-1")]);
    /// assert!(plan.is_optimal() && plan.unmet().is_empty());
    /// # Ok::<(), lotse::Error>(())
    /// ```
    pub fn allocate(&self, needs: &[Need], options: &AllocateOptions) -> Result<Allocation, Error> {
        self.allocate_with(needs, options, NO_PROGRESS)
    }

    /// As [`allocate`](Self::allocate), while somebody looks on: first offers are found for the needs, `look(done, all)`, then a
    /// plan is sought, `look(0, 0)`.
    ///
    /// # Errors
    ///
    /// As [`allocate`](Self::allocate), and `stopped` where `look` broke the work off.
    pub fn allocate_with(
        &self,
        needs: &[Need],
        options: &AllocateOptions,
        on_progress: &ProgressFn<'_>,
    ) -> Result<Allocation, Error> {
        let progress = ProgressReporter::new(on_progress);
        let mut problems = ErrorSink::default();
        let profiles = Self::without_capacity(self.profiles(&mut problems, needs));
        let slots: Vec<usize> = self.by_id.values().copied().collect();
        let mut incident = Incident { matcher: self, needs, profiles, slots, candidates: Vec::new() };
        let agreed = incident.agreed(&mut problems, options);
        let previous = incident.previous(&mut problems, options);
        let (agreed, previous) = problems.into_result((agreed, previous))?;
        incident.candidates = progress.unless_cancelled(self.candidates(&incident.profiles, options, &progress))?;
        let parties = progress.unless_cancelled(incident.parties(&progress)?)?;
        let mut problems = ErrorSink::default();
        incident.check_agreed(&mut problems, &parties, &agreed);
        problems.into_result(())?;
        incident.plan(parties, &agreed, &previous, options, &progress)
    }
}

struct Incident<'a> {
    matcher: &'a Matcher,
    needs: &'a [Need],
    profiles: Vec<Profile>,
    /// The slot of each offer, in the order of ids.
    slots: Vec<usize>,
    /// What matches each need.
    candidates: Vec<Arc<[Candidate]>>,
}

impl Incident<'_> {
    /// The fixed referral of each need.
    fn agreed(&self, problems: &mut ErrorSink, options: &AllocateOptions) -> OrderedMap<usize, Agreed> {
        let needs = self.positions_of_needs();
        let offers = self.positions_of_offers();
        let mut agreed = OrderedMap::default();
        let mut twice = OrderedSet::default();
        for (entry, fixed) in options.fixed.iter().enumerate() {
            let (need, offer) = (needs.get(fixed.need.as_str()), offers.get(fixed.offer.as_str()));
            if need.is_none() {
                let (name, message) = ("fixed.unknown_need", "no need has this id");
                problems.push(problem("fixed", entry, Some("need"), ErrorKind::Unknown, name, message));
            }
            if offer.is_none() {
                let (name, message) = ("fixed.unknown_offer", "no offer has this id");
                problems.push(problem("fixed", entry, Some("offer"), ErrorKind::Unknown, name, message));
            }
            let (Some(need), Some(offer)) = (need, offer) else { continue };
            let one = Agreed { entry, offer: *offer, counted: fixed.counted };
            if let Some(other) = agreed.insert(*need, one) {
                for entry in [other.entry, entry] {
                    twice.insert_key(entry);
                }
            }
        }
        for entry in twice.keys().copied() {
            let (name, message) = ("fixed.duplicate", "this need is fixed twice");
            problems.push(problem("fixed", entry, Some("need"), ErrorKind::Conflict, name, message));
        }
        agreed
    }

    /// The offer that each need had, where both are still there.
    fn previous(&self, problems: &mut ErrorSink, options: &AllocateOptions) -> OrderedMap<usize, usize> {
        let needs = self.positions_of_needs();
        let offers = self.positions_of_offers();
        let mut previous = OrderedMap::default();
        let mut seen = OrderedSet::default();
        for (entry, (need, offer)) in options.previous.iter().enumerate() {
            if !seen.insert_key(need.as_str()) {
                let (name, message) = ("previous.duplicate", "this need stands here twice");
                problems.push(problem("previous", entry, Some("need"), ErrorKind::Conflict, name, message));
            }
            if let (Some(need), Some(offer)) = (needs.get(need.as_str()), offers.get(offer.as_str())) {
                previous.insert(*need, *offer);
            }
        }
        if options.moves == MoveMode::Free { OrderedMap::default() } else { previous }
    }

    fn positions_of_needs(&self) -> OrderedMap<&str, usize> {
        ordered_map(self.needs.iter().enumerate().map(|(position, need)| (need.id(), position)))
    }

    fn positions_of_offers(&self) -> OrderedMap<&str, usize> {
        ordered_map(self.matcher.by_id.keys().enumerate().map(|(position, id)| (&**id, position)))
    }

    /// The parties, each with the offers that match all of it.
    fn parties(&self, progress: &ProgressReporter<'_>) -> Result<Vec<Party>, Error> {
        let mut parties = parties(self.needs);
        if !parties.iter().all(|party| self.adds_up(party)) {
            return Err(too_large());
        }
        for party in &mut parties {
            if progress.is_cancelled() {
                break;
            }
            let mut found: Vec<Choice> = Vec::new();
            for member in &party.members {
                let candidates = self.candidates.get(*member).into_iter().flat_map(|candidates| candidates.iter());
                found.extend(
                    candidates.map(|candidate| Choice {
                        offer: candidate.offer,
                        value: self.value(*member, candidate.score),
                    }),
                );
            }
            party.choose(found);
        }
        Ok(parties)
    }

    /// Whether the people of a party, and its value at the highest scores, are within the range of the sums made of them.
    fn adds_up(&self, party: &Party) -> bool {
        let members = || party.members.iter().filter_map(|member| self.needs.get(*member));
        let people: u64 = members().map(|need| u64::from(need.people())).sum();
        let value: i128 = members().map(|need| i128::from(self.worth(need, Score::FULL))).sum();
        people <= u64::from(u32::MAX) && value <= i128::from(i64::MAX)
    }

    /// Score × people × priority weight.
    fn value(&self, need: usize, score: u32) -> i64 {
        self.needs.get(need).map_or(0, |need| self.worth(need, score))
    }

    fn worth(&self, need: &Need, score: u32) -> i64 {
        let weight = self.matcher.policy().priority_weights.of(need.priority());
        // At most 10⁸ × 10⁵ × 10³.
        i64::from(score).saturating_mul(i64::from(need.people())).saturating_mul(i64::from(weight))
    }

    /// The score of a pair, also where it does not match.
    fn score(&self, need: usize, offer: usize) -> Score {
        let found = self.candidates.get(need).and_then(|candidates| {
            let place = candidates.binary_search_by_key(&offer, |candidate| candidate.offer).ok()?;
            candidates.get(place).map(|candidate| candidate.score)
        });
        let pair = || Some(self.matcher.lay_beside(self.profiles.get(need)?, *self.slots.get(offer)?).score());
        found.map(Score::clamped).or_else(pair).unwrap_or_default()
    }

    /// A group goes as a whole, and not beyond the places of an offer.
    fn check_agreed(&self, problems: &mut ErrorSink, parties: &[Party], agreed: &OrderedMap<usize, Agreed>) {
        let mut taken: OrderedMap<usize, (u64, Vec<usize>)> = OrderedMap::default();
        for party in parties {
            let fixed: Vec<&Agreed> = party.members.iter().filter_map(|member| agreed.get(member)).collect();
            let Some(first) = fixed.first() else { continue };
            let one = fixed.iter().all(|other| other.offer == first.offer);
            let lacks = |member: &usize| {
                let candidates = self.candidates.get(*member).map(|found| &**found).unwrap_or_default();
                candidates.iter().all(|candidate| candidate.offer != first.offer)
            };
            let unfit = party.members.iter().any(|member| !agreed.contains_key(member) && lacks(member));
            for other in &fixed {
                if !one {
                    let (name, message) = ("fixed.split_group", "its group is fixed to several offers");
                    problems.push(problem("fixed", other.entry, None, ErrorKind::Conflict, name, message));
                } else if unfit {
                    let (name, message) = ("fixed.group", "another need of its group does not match this offer");
                    problems.push(problem("fixed", other.entry, None, ErrorKind::Conflict, name, message));
                }
            }
            if !one {
                continue;
            }
            let (places, entries) = taken.entry_or_default(first.offer);
            *places = places.saturating_add(u64::from(self.size(party, agreed)));
            // Whose places are counted takes none, unless it draws others of its group after it.
            let all = fixed.iter().all(|other| other.counted);
            entries.extend(fixed.iter().filter(|other| all || !other.counted).map(|other| other.entry));
        }
        let mut over: OrderedMap<usize, u64> = OrderedMap::default();
        for (offer, (places, entries)) in taken.into_entries() {
            let limit = self.slots.get(offer).and_then(|slot| self.matcher.places(*slot).limit);
            if let Some(limit) = limit.filter(|limit| places > *limit) {
                for entry in entries {
                    over.insert(entry, limit);
                }
            }
        }
        for (entry, limit) in over.into_entries() {
            let message = format!("more people are fixed to this offer than it has places, which are {limit}");
            let hint = "`\"counted\": true` where the place is already taken off the free ones";
            let detail = problem("fixed", entry, None, ErrorKind::Conflict, "fixed.over_places", message);
            problems.push(detail.with_hint(hint));
        }
    }

    /// How many places a party takes, beside those that are counted already.
    fn size(&self, party: &Party, agreed: &OrderedMap<usize, Agreed>) -> u32 {
        self.people(party, agreed, false).into_iter().fold(0, u32::saturating_add)
    }

    /// The people of a party, of those whose place is counted already, or of the others.
    fn people(&self, party: &Party, agreed: &OrderedMap<usize, Agreed>, counted: bool) -> [u32; 4] {
        people(self.members(party, agreed, counted).filter_map(|member| self.needs.get(member)))
    }

    fn members<'p>(
        &self,
        party: &'p Party,
        agreed: &'p OrderedMap<usize, Agreed>,
        counted: bool,
    ) -> impl Iterator<Item = usize> + 'p {
        let is_counted = |member: &usize| agreed.get(member).is_some_and(|agreed| agreed.counted);
        party.members.iter().copied().filter(move |member| is_counted(member) == counted)
    }

    fn plan(
        &self,
        parties: Vec<Party>,
        agreed: &OrderedMap<usize, Agreed>,
        previous: &OrderedMap<usize, usize>,
        options: &AllocateOptions,
        progress: &ProgressReporter<'_>,
    ) -> Result<Allocation, Error> {
        let places: Vec<_> = self.slots.iter().map(|slot| self.matcher.places(*slot)).collect();
        let at = self.settled(&parties, agreed, previous, options.moves);
        let mut problem =
            Problem { supplies: Vec::new(), capacities: places.iter().map(|places| places.limit).collect() };
        // The parties of each supply, and what is there beside the problem.
        let mut dealt: Vec<Vec<usize>> = Vec::new();
        let mut beside = Objective::ZERO;
        let mut alike: OrderedMap<(&Profile, u8, u32, Option<usize>), usize> = OrderedMap::default();
        let mut goes: Vec<Option<usize>> = vec![None; parties.len()];
        for (number, party) in parties.iter().enumerate() {
            if progress.is_cancelled() {
                break;
            }
            let fixed = at.get(number).copied().flatten();
            if let Some(offer) = fixed {
                beside = self.add(beside, party, agreed, previous, offer).ok_or_else(too_large)?;
            }
            let size = self.size(party, agreed);
            if size == 0 {
                if let Some(place) = goes.get_mut(number) {
                    *place = fixed;
                }
                continue;
            }
            let supply = self.supply(party, agreed, previous, fixed, size);
            let one = match (party.members.as_slice(), party.group, fixed) {
                ([member], false, None) => {
                    self.needs.get(*member).zip(self.profiles.get(*member)).map(|(need, profile)| {
                        (profile, need.priority() as u8, need.people(), previous.get(member).copied())
                    })
                }
                _ => None,
            };
            let next = problem.supplies.len();
            let place = one.map_or(next, |key| *alike.entry_or_insert_with(key, || next));
            match (problem.supplies.get_mut(place), dealt.get_mut(place)) {
                (Some(supply), Some(dealt)) => {
                    supply.count = supply.count.saturating_add(1);
                    dealt.push(number);
                }
                _ => {
                    problem.supplies.push(supply);
                    dealt.push(vec![number]);
                }
            }
        }
        progress.unless_cancelled(())?;
        let solution = solve_reporting(&problem, progress)?;
        for (flows, dealt) in solution.flows.iter().zip(&dealt) {
            let offers = flows.iter().flat_map(|(sink, count)| std::iter::repeat_n(*sink as usize, *count as usize));
            for (offer, party) in offers.zip(dealt) {
                if let Some(place) = goes.get_mut(*party) {
                    *place = Some(offer);
                }
            }
        }
        let total = |worth: Objective| worth.plus(beside, 1).ok_or_else(too_large);
        let (objective, bound) = (total(solution.objective)?, total(solution.bound)?);
        let taken = self.taken(&problem, &solution);
        let left: Vec<Option<u64>> = problem
            .capacities
            .iter()
            .zip(&taken)
            .map(|(places, used)| places.map(|places| places.saturating_sub(*used)))
            .collect();
        let mut allocation = Allocation {
            referrals: Vec::new(),
            unmet: Vec::new(),
            offers: Vec::new(),
            objective,
            bound,
            subjects: self.subjects(),
        };
        let mut taken_by = vec![0_u64; self.slots.len()];
        for (party, offer) in parties.iter().zip(&goes) {
            let Some(offer) = offer else { continue };
            if let Some(count) = taken_by.get_mut(*offer) {
                *count = count.saturating_add(u64::try_from(party.members.len()).unwrap_or(u64::MAX));
            }
            allocation
                .referrals
                .extend(party.members.iter().filter_map(|member| self.referral(*member, *offer, agreed)));
        }
        for (party, _) in parties.iter().zip(&goes).filter(|(_, offer)| offer.is_none()) {
            if progress.is_cancelled() {
                break;
            }
            let around = unmet::Around {
                matcher: self.matcher,
                needs: self.needs,
                profiles: &self.profiles,
                candidates: &self.candidates,
                places: &places,
                left: &left,
                taken_by: &taken_by,
            };
            let reason = around.reason(party, u64::from(self.size(party, agreed)));
            let unmet = party.members.iter().filter_map(|member| {
                Some(UnmetNeed { need: self.needs.get(*member)?.id().to_owned(), reason: reason.clone() })
            });
            allocation.unmet.extend(unmet);
        }
        progress.unless_cancelled(())?;
        sort_by(&mut allocation.referrals, |one, other| one.need.cmp(&other.need));
        sort_by(&mut allocation.unmet, |one, other| one.need.cmp(&other.need));
        let exact = problem.supplies.iter().all(|supply| supply.size == 1);
        let waiting: Vec<(&Party, u64)> = parties
            .iter()
            .zip(&goes)
            .filter(|(_, offer)| offer.is_none())
            .map(|(party, _)| (party, u64::from(self.size(party, agreed))))
            .collect();
        for (number, (id, places)) in self.matcher.by_id.keys().zip(&places).enumerate() {
            let fits = |(party, _): &&(&Party, u64)| party.fits(number);
            let lacking =
                |(_, size): &(&Party, u64)| size.saturating_sub(left.get(number).copied().flatten().unwrap_or(0));
            allocation.offers.push(OfferUsage {
                offer: id.to_string(),
                places: places.limit,
                used: taken.get(number).copied().unwrap_or(0),
                assumed: places.assumed,
                price: solution.certificate.prices.get(number).copied().unwrap_or(Objective::ZERO),
                exact,
                min_extra_places: if exact { None } else { waiting.iter().filter(fits).map(lacking).min() },
            });
        }
        Ok(allocation)
    }

    /// The offer of each party that is not free to choose: what people agreed on, and with moves `none` what was before.
    fn settled(
        &self,
        parties: &[Party],
        agreed: &OrderedMap<usize, Agreed>,
        previous: &OrderedMap<usize, usize>,
        moves: MoveMode,
    ) -> Vec<Option<usize>> {
        let fixed = |party: &Party| party.members.iter().find_map(|member| agreed.get(member)).map(|one| one.offer);
        let mut settled: Vec<Option<usize>> = parties.iter().map(fixed).collect();
        if moves != MoveMode::None {
            return settled;
        }
        let limit = |slot: &usize| self.matcher.places(*slot).limit;
        let mut left: Vec<Option<u64>> = self.slots.iter().map(limit).collect();
        let mut take = |offer: usize, size: u64| {
            let Some(Some(left)) = left.get_mut(offer) else { return true };
            let rest = left.checked_sub(size);
            *left = rest.unwrap_or(*left);
            rest.is_some()
        };
        for (party, offer) in parties.iter().zip(&settled) {
            if let Some(offer) = offer {
                take(*offer, u64::from(self.size(party, agreed)));
            }
        }
        // Where places have become too few, the most pressing stay.
        let first =
            |party: &Party| party.members.iter().filter_map(|need| self.needs.get(*need)).map(Need::priority).min();
        let mut free: Vec<_> = parties.iter().zip(&mut settled).filter(|(_, offer)| offer.is_none()).collect();
        sort_by_key(&mut free, |(party, _)| first(party));
        for (party, offer) in free {
            let mut before = party.members.iter().filter_map(|member| previous.get(member));
            let Some(first) = before.next().filter(|first| party.fits(**first)) else { continue };
            if before.all(|other| other == first) && take(*first, u64::from(self.size(party, agreed))) {
                *offer = Some(*first);
            }
        }
        settled
    }

    /// What is there already: the referrals whose places are counted.
    fn add(
        &self,
        sum: Objective,
        party: &Party,
        agreed: &OrderedMap<usize, Agreed>,
        previous: &OrderedMap<usize, usize>,
        offer: usize,
    ) -> Option<Objective> {
        let value = self.members(party, agreed, true).map(|member| self.value(member, self.score(member, offer).get()));
        let worth = Objective {
            people: self.people(party, agreed, true).map(i128::from),
            kept: i128::from(self.kept(party, agreed, previous, true, offer)),
            value: i128::from(value.fold(0, i64::saturating_add)),
        };
        sum.plus(worth, 1)
    }

    fn kept(
        &self,
        party: &Party,
        agreed: &OrderedMap<usize, Agreed>,
        previous: &OrderedMap<usize, usize>,
        counted: bool,
        offer: usize,
    ) -> u32 {
        let kept = self.members(party, agreed, counted).filter(|member| previous.get(member) == Some(&offer));
        u32::try_from(kept.count()).unwrap_or(u32::MAX)
    }

    fn supply(
        &self,
        party: &Party,
        agreed: &OrderedMap<usize, Agreed>,
        previous: &OrderedMap<usize, usize>,
        fixed: Option<usize>,
        size: u32,
    ) -> Supply {
        let sink = |offer: usize| u32::try_from(offer).unwrap_or(u32::MAX);
        let edge = |offer: usize, value| Edge {
            sink: sink(offer),
            kept: self.kept(party, agreed, previous, false, offer),
            value,
        };
        let edges = match fixed {
            Some(offer) => {
                let members = self.members(party, agreed, false);
                let value = members.map(|member| self.value(member, self.score(member, offer).get()));
                vec![edge(offer, value.fold(0, i64::saturating_add))]
            }
            None => party.choices.iter().map(|choice| edge(choice.offer, choice.value)).collect(),
        };
        let people = self.people(party, agreed, false);
        Supply { count: 1, size, people, edges, fixed: fixed.map(sink) }
    }

    /// How many places of each offer the plan fills.
    fn taken(&self, problem: &Problem, solution: &Solution) -> Vec<u64> {
        let mut taken = vec![0_u64; self.slots.len()];
        for (supply, flows) in problem.supplies.iter().zip(&solution.flows) {
            for (sink, count) in flows {
                if let Some(taken) = taken.get_mut(*sink as usize) {
                    *taken = taken.saturating_add(u64::from(*count).saturating_mul(u64::from(supply.size)));
                }
            }
        }
        taken
    }

    fn referral(&self, member: usize, offer: usize, agreed: &OrderedMap<usize, Agreed>) -> Option<Referral> {
        let need = self.needs.get(member)?;
        let slot = *self.slots.get(offer)?;
        let fixed = agreed.contains_key(&member);
        let pair = self.matcher.lay_beside(self.profiles.get(member)?, slot);
        let region = pair.finding(Criterion::Region);
        let neighbour =
            region.is_some_and(|finding| finding.is_requested() && finding.is_known() && finding.needs_check());
        Some(Referral {
            need: need.id().to_owned(),
            offer: pair.offer().to_owned(),
            score: pair.score(),
            fixed,
            neighbour,
            to_check: pair.to_check().collect(),
            breaks: pair.findings().filter(Finding::is_blocking).map(|finding| finding.criterion()).collect(),
        })
    }

    fn subjects(&self) -> Vec<Subject> {
        let vocabulary = self.matcher.vocabulary();
        let (languages, regions) = (vocabulary.languages(), vocabulary.regions());
        let subject = |need: &Need| Subject {
            need: need.id().to_owned(),
            case: need.case().map(str::to_owned),
            people: need.people(),
            priority: need.priority(),
            help: need.help().map(str::to_owned),
            language: need
                .languages()
                .next()
                .and_then(|(tag, _)| languages.resolve(tag).ok())
                .map(|language| languages.tag(&language)),
            region: need.region().and_then(|code| regions.resolve(code).ok()).map(|region| regions.kreis_code(&region)),
            crime: need
                .crime
                .as_ref()
                .and_then(|scope| scope.code.as_deref())
                .map(|code| code.get(..4).unwrap_or(code).to_owned()),
        };
        let mut subjects: Vec<Subject> = self.needs.iter().map(subject).collect();
        sort_by(&mut subjects, |one, other| one.need.cmp(&other.need));
        subjects
    }
}

fn too_large() -> Error {
    crate::solver::problem::too_large()
}

fn problem(
    list: &str,
    entry: usize,
    field: Option<&str>,
    kind: ErrorKind,
    name: &str,
    message: impl Into<std::borrow::Cow<'static, str>>,
) -> ErrorDetail {
    let root = Path::root(Record::Request);
    let list = root.field(list);
    let item = list.item(entry);
    match field {
        Some(field) => item.field(field).error(kind, name, message),
        None => item.error(kind, name, message),
    }
}
