"""Types of the plain data in records and results, and of their closed sets of codes.

The keys are those of the wire format. A key that may be absent is optional in its `TypedDict`.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias, TypedDict

__all__ = [
    "Baseline",
    "BlockedOffers",
    "Bottleneck",
    "Candidate",
    "CapacityState",
    "Certificate",
    "CheckReport",
    "CodeKind",
    "ComprehensionRow",
    "Coordinates",
    "CrimeScope",
    "Criterion",
    "DeliveryFormat",
    "EffectiveRule",
    "ErrorDetail",
    "Finding",
    "FindingState",
    "Gender",
    "GroupPart",
    "LabelledField",
    "Labels",
    "Lang",
    "LanguageLevel",
    "LanguageMode",
    "Location",
    "MissingOffer",
    "MoveMode",
    "NamedCode",
    "NearMiss",
    "Objective",
    "OfferUsage",
    "OfferedLanguage",
    "OnUnknown",
    "Operation",
    "PartialRule",
    "Price",
    "PriceWitness",
    "Priority",
    "Referral",
    "RegionKind",
    "ReportRow",
    "RequiredChange",
    "ResolvedBy",
    "Rule",
    "SolverObjective",
    "SpokenLanguage",
    "Tally",
    "UnmetNeed",
    "UnmetReason",
]

Baseline: TypeAlias = Literal["first_come_first_served", "greedy"]
CapacityState: TypeAlias = Literal["open", "waitlist", "assessment", "full", "unlimited"]
CodeKind: TypeAlias = Literal[
    "language",
    "region",
    "crime",
    "context",
    "help",
    "role",
    "access",
    "format",
    "gender",
    "state",
    "how",
    "level",
    "priority",
    "truth",
]
Criterion: TypeAlias = Literal[
    "help", "crime", "language", "region", "capacity", "role", "gender", "age", "format", "access"
]
DeliveryFormat: TypeAlias = Literal["on_site", "outreach", "phone", "video", "chat", "email"]
Gender: TypeAlias = Literal["female", "male", "other", "unknown"]
Lang: TypeAlias = Literal["en", "de", "de-simple"]
LanguageLevel: TypeAlias = Literal["native", "C2", "C1", "B2", "B1", "A2", "A1"]
LanguageMode: TypeAlias = Literal["spoken", "interpreter", "on_request"]
MoveMode: TypeAlias = Literal["none", "few", "free"]
OnUnknown: TypeAlias = Literal["allow", "exclude"]
Operation: TypeAlias = Literal["rank", "explain", "diagnose", "allocate", "report", "check", "resolve"]
Priority: TypeAlias = Literal["stat", "asap", "urgent", "routine"]
RegionKind: TypeAlias = Literal["country", "land", "kreis", "gemeinde"]
ResolvedBy: TypeAlias = Literal["exact", "alias", "umbrella", "list", "completed", "typo"]
Rule: TypeAlias = Literal["must", "prefer", "ignore"]
UnmetReason: TypeAlias = Literal["no_offer", "no_common_offer", "party_too_large", "place_unknown", "no_place"]


# Records. `total=False` needs a class of its own, since `NotRequired` is not in Python 3.10.


class Coordinates(TypedDict):
    """The location of a need, in degrees (WGS 84)."""

    lat: float
    lon: float


class Location(TypedDict, total=False):
    """The location of an offer: its region, its coordinates in degrees (WGS 84), or both."""

    region: str
    lat: float
    lon: float


class CrimeScope(TypedDict, total=False):
    """A crime and its context: an ICCS code such as `0101`, and tags such as `terrorism`."""

    code: str
    context: list[str]


class _Tag(TypedDict):
    tag: str


class SpokenLanguage(_Tag, total=False):
    """A language that a person speaks. `level` is absent if it is not stated."""

    level: LanguageLevel


class OfferedLanguage(_Tag):
    """A language that an offer provides, and the way in which it does."""

    how: LanguageMode


class PartialRule(TypedDict, total=False):
    """A rule of which every part is optional. An absent part is taken from the policy."""

    rule: Rule
    minimum: float
    unknown: OnUnknown


class EffectiveRule(TypedDict):
    """A rule with all its parts. `must` excludes below the fit `minimum`, and an unknown fit as `unknown` says."""

    rule: Rule
    minimum: float
    unknown: OnUnknown


# `from` is a keyword of Python, so these keys need the functional form.
_Comprehension = TypedDict("_Comprehension", {"from": str, "to": str, "degree": float})


class ComprehensionRow(_Comprehension, total=False):
    """The degree, 0 to 1, to which speakers of the language `from` understand the language `to`, and its source."""

    source: str


# Labels.

FindingState: TypeAlias = Literal["met", "partly_met", "not_met", "blocks", "to_check", "not_asked", "unknown"]
LabelledField: TypeAlias = Literal[
    "need", "offer", "criterion", "finding", "reason", "weight", "notes", "matches", "blocked", "near_misses",
    "referrals", "fixed", "neighbour", "breaks", "bottlenecks", "wanted",
    "by_priority", "by_help", "by_language", "by_region", "by_crime",
    "needs", "people", "cases", "met", "met_by_neighbour", "unmet", "people_met", "people_unmet",
]  # fmt: skip


class Labels(TypedDict):
    """The labels of codes and fields in one display language, by kind and code.

    `kind` has the kinds of codes, `state` the states of a capacity, `how` and `level` the modes and levels of a language,
    `gender` that of a person, `option` the options of a plan, `unmet` the reasons of unmet needs, and `finding` how a
    criterion is met. `none` has what `None` means as the code of a row of a report, or as a field of a missing offer.
    `field` has fields of records and results.
    """

    criterion: dict[Criterion, str]
    kind: dict[CodeKind, str]
    priority: dict[Priority, str]
    state: dict[CapacityState, str]
    how: dict[LanguageMode, str]
    level: dict[LanguageLevel, str]
    format: dict[DeliveryFormat | Literal["any"], str]
    gender: dict[Gender | Literal["any"], str]
    truth: dict[Literal["yes", "no"], str]
    rule: dict[Rule, str]
    on_unknown: dict[OnUnknown, str]
    resolved_by: dict[ResolvedBy, str]
    moves: dict[MoveMode, str]
    option: dict[Literal["min_score", "neighbour_serves"], str]
    unmet: dict[UnmetReason, str]
    finding: dict[FindingState, str]
    none: dict[Literal["code", "help", "language", "region"], str]
    field: dict[LabelledField, str]


# Errors.


class ErrorDetail(TypedDict):
    """One error or warning. `path` is the position in the input; `hint` is `None` if no remedy is known."""

    code: str
    path: str
    message: str
    hint: str | None


class CheckReport(TypedDict):
    """The result of a check: the number of offers and needs, and at most 100 errors and 100 warnings."""

    offers: int
    needs: int
    errors: list[ErrorDetail]
    warnings: list[ErrorDetail]


# Rankings, explanations and diagnoses.


class Finding(TypedDict):
    """The outcome of one criterion, with its reason. `fit` is `None` if the need does not request the criterion."""

    criterion: Criterion
    fit: float | None
    known: bool
    weight: float
    contribution: float
    rule: Rule
    blocks: bool
    code: str
    asked: bool
    facts: dict[str, Any]
    text: str


class _Completion(TypedDict, total=False):
    context: list[str]
    word: str


class Candidate(_Completion):
    """A code that a typed word may mean.

    `context` is present if the code is a crime with a context, `word` if a suggestion completes a word that is not the
    name.
    """

    kind: CodeKind
    code: str
    name: str
    how: ResolvedBy
    score: float


class BlockedOffers(TypedDict):
    """The number of offers that a criterion excludes. `only` counts those that no other criterion excludes."""

    criterion: Criterion
    offers: int
    only: int


class RequiredChange(TypedDict):
    """A change after which one criterion would no longer exclude the offer."""

    criterion: Criterion
    code: str
    facts: dict[str, Any]
    text: str


class NearMiss(TypedDict):
    """An excluded offer that is close to a match. It would match after all its changes together."""

    offer: str
    score: float
    to_check: list[Criterion]
    blockers: list[Criterion]
    changes: list[RequiredChange]


# Allocations and reports.


class Referral(TypedDict):
    """The referral of a need to an offer. `breaks` has the criteria that exclude the offer, if it is fixed or kept."""

    need: str
    offer: str
    score: float
    fixed: bool
    neighbour: bool
    to_check: list[Criterion]
    breaks: list[Criterion]


class _FurtherNeeds(TypedDict, total=False):
    needs_more: int


class GroupPart(_FurtherNeeds):
    """An offer, and the needs of a group that it matches or excludes: at most 20, and the number of further ones."""

    offer: str
    needs: list[str]


class UnmetNeed(TypedDict):
    """A need without a referral, with its reason.

    `facts` depend on the reason: `no_offer` has a diagnosis. They name the offer of a `previous` referral.
    """

    need: str
    reason: UnmetReason
    facts: dict[str, Any]
    text: str


class Objective(TypedDict):
    """A lexicographic objective: people by priority, then kept referrals, then score × people × priority weight."""

    people: dict[Priority, int]
    kept: int
    score: float


class Price(TypedDict):
    """A shadow price: the change of the objective by one more place. Priorities that do not change may be absent."""

    people: dict[Priority, int]
    kept: int
    score: float


class OfferUsage(TypedDict):
    """The usage of an offer in a plan.

    `places` is `None` if the capacity is unlimited; if it is `assumed`, confirm it by phone first. `price` is an
    estimate unless `exact`. `helps` is the fewest extra places with which one more unmet party that
    matches fits while no other referral changes, or `None`.
    """

    offer: str
    places: int | None
    used: int
    assumed: bool
    price: Price
    exact: bool
    helps: int | None


class Certificate(TypedDict):
    """The proven quality of a plan. `gap` is the bound minus the objective, or `None` if the plan is optimal."""

    optimal: bool
    gap: Objective | None
    verified: bool


class Tally(TypedDict):
    """Counts of needs, people and cases. `met` and `unmet` add up to `needs`."""

    needs: int
    people: int
    cases: int
    met: int
    met_by_neighbour: int
    unmet: int
    people_met: int
    people_unmet: int


class _Name(TypedDict, total=False):
    name: str


class ReportRow(Tally, _Name):
    """The counts of one code. `code` is `None` for needs that do not state it; priorities have no `name`."""

    code: str | None


class Bottleneck(TypedDict):
    """An offer with a positive shadow price. The keys are those of `OfferUsage`."""

    offer: str
    places: int | None
    used: int
    price: Price
    exact: bool
    helps: int | None


class NamedCode(TypedDict):
    """A code and its name."""

    code: str
    name: str


class MissingOffer(TypedDict):
    """An offer that does not exist and would serve unmet needs, given by what these have in common."""

    help: NamedCode | None
    language: NamedCode | None
    region: NamedCode | None
    needs: int
    people: int
    people_by_priority: dict[Priority, int]


# The solver.


class SolverObjective(TypedDict):
    """A lexicographic objective of `lotse.solve`: people by class, then the weights of staying, then the value."""

    people: list[int]
    kept: int
    value: int


_Move = TypedDict("_Move", {"from": "int | None"})


class PriceWitness(_Move):
    """The unit that attains a price of `lotse.solve`: it would take one more place at the sink.

    `from` is the sink that it would leave, or `None` if it is unserved. `moves` is the number of moves in the chain,
    which ends when an unserved unit is served or a place stays free.
    """

    supply: int
    moves: int
