"""Types of the plain data in records and results, and of their closed sets of codes.

The keys are those of the wire format. A key that may be absent is optional in its `TypedDict`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, TypedDict

__all__ = [
    "AgeRange",
    "AllocateResponse",
    "Baseline",
    "BlockedOffers",
    "Bottleneck",
    "Candidate",
    "CapacityParameters",
    "CapacityRecord",
    "CapacityState",
    "Certificate",
    "ChangedRecord",
    "Changes",
    "CheckReport",
    "CodeKind",
    "ColumnReport",
    "ColumnUse",
    "ComprehensionRow",
    "Contact",
    "Coordinates",
    "CrimeParameters",
    "CrimeScope",
    "Criterion",
    "CrosswalkRule",
    "DeliveryFormat",
    "DiagnoseResponse",
    "Diagnosis",
    "EffectivePolicy",
    "EffectiveRule",
    "ErrorDetail",
    "Evaluation",
    "ExplainResponse",
    "Explanation",
    "ExportReport",
    "Exported",
    "ExportedFile",
    "Finding",
    "FindingState",
    "Gender",
    "GroupPart",
    "HelpParameters",
    "IdRule",
    "ImportReport",
    "ImportResponse",
    "JoinRule",
    "LabelledField",
    "Labels",
    "Lang",
    "LanguageLevel",
    "LanguageMode",
    "LanguageParameters",
    "Location",
    "MappingFile",
    "MappingRule",
    "MappingSource",
    "MappingTest",
    "Match",
    "MissingOffer",
    "MoveMode",
    "NamedCode",
    "NearMiss",
    "NeedRecord",
    "Note",
    "Objective",
    "OfferRecord",
    "OfferUsage",
    "OfferedLanguage",
    "OfferedLanguageRecord",
    "OnUnknown",
    "Operation",
    "OutcomeChange",
    "PartialRule",
    "PlanDiff",
    "PolicyRecord",
    "Price",
    "PriceWitness",
    "Priority",
    "Question",
    "RankResponse",
    "Ranking",
    "Recognized",
    "RecognizedFile",
    "RecordCounts",
    "RecordKind",
    "Referral",
    "RegionKind",
    "RegionParameters",
    "Report",
    "ReportRow",
    "RequiredChange",
    "ResolveResponse",
    "ResolvedBy",
    "ResolvedWord",
    "Rule",
    "Sketch",
    "SketchColumn",
    "SolverObjective",
    "SpokenLanguage",
    "Tally",
    "TreeRule",
    "UnmetFacts",
    "UnmetNeed",
    "UnmetReason",
    "Why",
    "WordKind",
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
ColumnUse: TypeAlias = Literal["read", "ignore", "never", "unmentioned"]
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
Operation: TypeAlias = Literal["rank", "explain", "diagnose", "allocate", "report", "check", "resolve", "import", "sketch", "export"]
Priority: TypeAlias = Literal["stat", "asap", "urgent", "routine"]
RecordKind: TypeAlias = Literal["offers", "needs"]
RegionKind: TypeAlias = Literal["country", "land", "kreis", "gemeinde"]
ResolvedBy: TypeAlias = Literal["exact", "alias", "umbrella", "list", "completed", "typo"]
Rule: TypeAlias = Literal["must", "prefer", "ignore"]
UnmetReason: TypeAlias = Literal["no_offer", "no_common_offer", "party_too_large", "place_unknown", "no_place"]
Why: TypeAlias = Literal[
    "umbrella", "typo", "unknown", "several", "level", "leaves_out", "which", "value", "unit", "no_tag", "column", "personal",
    "assume_off",
]  # fmt: skip
WordKind: TypeAlias = Literal[
    "language", "region", "crime", "context", "help", "role", "access", "format", "gender", "state", "how", "level", "priority",
    "truth", "age", "value", "unit", "postcode", "column", "personal", "region_tree",
]  # fmt: skip


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


class _ComprehensionRows(TypedDict, total=False):
    comprehension: list[ComprehensionRow]


class _LanguageParameters(_ComprehensionRows):
    levels: dict[LanguageLevel, float]
    how: dict[LanguageMode, float]
    order_step: float
    related: bool


class EffectivePolicy(TypedDict):
    """A policy completed by the defaults. It is valid input for a `Policy`.

    `language` has no `comprehension` if there are no rows.
    """

    weights: dict[Criterion | Literal["prefer"], float]
    rules: dict[Criterion, EffectiveRule]
    unknown_fit: float
    language: _LanguageParameters
    region: dict[Literal["near_km", "far_km", "far_fit", "neighbour", "remote"], float]
    help: dict[Literal["any", "covered", "part"], float]
    crime: dict[Literal["general", "vague", "context_open"], float]
    capacity: dict[Literal["enough", "comfortable", "waitlist", "assessment", "stale_days", "assume"], float]
    priority_weights: dict[Priority, int]


# Records as input: dicts for `Matcher` and its methods, and keywords of `Need`, `Offer` and `Policy`. `None` counts as absent.

_Rule: TypeAlias = Rule | PartialRule
_Crime: TypeAlias = str | CrimeScope


class OfferedLanguageRecord(_Tag, total=False):
    """A language that an offer provides. `how` is `spoken` if it is absent."""

    how: LanguageMode


class CapacityRecord(TypedDict, total=False):
    """The capacity of an offer: places, its state, and the day on which these were last confirmed."""

    free: int | None
    total: int | None
    state: CapacityState | None
    updated: datetime.date | str | None


class AgeRange(TypedDict, total=False):
    """A range of ages in years, both ends included."""

    min: int | None
    max: int | None


class Contact(TypedDict, total=False):
    """The contact of an offer."""

    phone: str | None
    email: str | None
    url: str | None


class _Id(TypedDict):
    id: str


class NeedRecord(_Id, total=False):
    """A need as a dict. Only `id` is required; an absent field is not requested."""

    case: str | None
    group: str | None
    people: int | None
    priority: Priority | None
    help: str | None
    languages: Sequence[str | SpokenLanguage] | None
    region: str | None
    place: Coordinates | None
    crime: _Crime | None
    roles: Sequence[str] | None
    gender: Gender | None
    age: int | None
    formats: Sequence[DeliveryFormat] | None
    access: Sequence[str] | None
    rules: Mapping[Criterion, _Rule] | None


class OfferRecord(_Id, total=False):
    """An offer as a dict. Only `id` is required; an absent field is unknown."""

    name: str | None
    organisation: str | None
    help: Sequence[str] | None
    languages: Sequence[str | OfferedLanguageRecord] | None
    area: Sequence[str] | None
    place: Location | None
    crimes: Sequence[_Crime] | None
    capacity: int | CapacityRecord | None
    roles: Sequence[str] | None
    genders: Sequence[Gender | Literal["any"]] | None
    ages: AgeRange | None
    formats: Sequence[DeliveryFormat | Literal["any"]] | None
    access: Sequence[str] | None
    no_access: Sequence[str] | None
    contact: Contact | None


class LanguageParameters(TypedDict, total=False):
    """The parameters of languages in a policy."""

    levels: Mapping[LanguageLevel, float] | None
    how: Mapping[LanguageMode, float] | None
    order_step: float | None
    related: bool | None
    comprehension: Sequence[ComprehensionRow] | None


class RegionParameters(TypedDict, total=False):
    """The parameters of regions and distances in a policy."""

    near_km: int | None
    far_km: int | None
    far_fit: float | None
    neighbour: float | None
    remote: float | None


class HelpParameters(TypedDict, total=False):
    """The parameters of kinds of help in a policy."""

    any: float | None
    covered: float | None
    part: float | None


class CrimeParameters(TypedDict, total=False):
    """The parameters of crimes in a policy."""

    general: float | None
    vague: float | None
    context_open: float | None


class CapacityParameters(TypedDict, total=False):
    """The parameters of capacities in a policy."""

    enough: float | None
    comfortable: int | None
    waitlist: float | None
    assessment: float | None
    stale_days: int | None
    assume: int | None


class PolicyRecord(TypedDict, total=False):
    """A policy as a dict. Absent keys have defaults, which are those of an `EffectivePolicy`."""

    weights: Mapping[Criterion | Literal["prefer"], float] | None
    rules: Mapping[Criterion, _Rule] | None
    unknown_fit: float | None
    language: LanguageParameters | None
    region: RegionParameters | None
    help: HelpParameters | None
    crime: CrimeParameters | None
    capacity: CapacityParameters | None
    priority_weights: Mapping[Priority, int] | None


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
    """The response of `check`: the number of offers and needs, and at most 100 errors and 100 warnings."""

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


class ResolvedWord(TypedDict):
    """A word and its candidates, best first within each kind."""

    text: str
    candidates: list[Candidate]


class ResolveResponse(TypedDict):
    """The response of `resolve`."""

    resolved: list[ResolvedWord]


class _Reasons(TypedDict, total=False):
    reasons: list[Finding]


class Match(_Reasons):
    """An offer in a ranking: no criterion excludes it. `reasons` is absent if the request has `reasons: false`."""

    offer: str
    score: float
    to_check: list[Criterion]


class Ranking(TypedDict):
    """The matches of one need, best first."""

    need: str
    matches: list[Match]


class RankResponse(TypedDict):
    """The response of `rank`."""

    rankings: list[Ranking]


class Explanation(TypedDict):
    """The assessment of one offer against one need. `matches` is true if no criterion excludes the offer."""

    need: str
    offer: str
    matches: bool
    score: float
    to_check: list[Criterion]
    reasons: list[Finding]


class ExplainResponse(TypedDict):
    """The response of `explain`."""

    explanations: list[Explanation]


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


class Diagnosis(TypedDict):
    """The diagnosis of a need with few matches. `offers` and `matching` are counts."""

    need: str
    offers: int
    matching: int
    blocked: list[BlockedOffers]
    near_misses: list[NearMiss]


class DiagnoseResponse(TypedDict):
    """The response of `diagnose`."""

    diagnoses: list[Diagnosis]


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


class UnmetFacts(TypedDict, total=False):
    """The facts of an unmet need, of which only those of its reason are present.

    - `no_offer`: the `diagnosis`, without the options, and the `options` that rule out matches
    - `no_common_offer`: `blocks` (the needs that each offer excludes), a `split` of the group of which each part has a common
      offer, and the numbers of further ones
    - `party_too_large`: the size of the party in `people`, and the maximum of places `left` at one offer
    - `place_unknown`: the offers `to_phone`, whose capacity is to be asked, and the number of further ones
    - `no_place`: the number of matching `offers`, and of needs that have their places (`taken_by`)
    - any reason: the offer of a `previous` referral
    """

    diagnosis: Diagnosis
    options: list[Literal["min_score", "neighbour_serves"]]
    blocks: list[GroupPart]
    blocks_more: int
    split: list[GroupPart]
    split_more: int
    people: int
    left: int
    to_phone: list[str]
    to_phone_more: int
    offers: int
    taken_by: int
    previous: str


class UnmetNeed(TypedDict):
    """A need without a referral, with its reason."""

    need: str
    reason: UnmetReason
    facts: UnmetFacts
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


class AllocateResponse(TypedDict):
    """The response of `allocate`: a plan. `bound` is an upper bound on the objective of every plan."""

    unmet: list[UnmetNeed]
    referrals: list[Referral]
    offers: list[OfferUsage]
    objective: Objective
    bound: Objective
    certificate: Certificate


class Evaluation(TypedDict):
    """The evaluation of a given plan. It is `feasible` if `ineligible`, `split_groups` and `over_places` are empty."""

    feasible: bool
    unmet: list[UnmetNeed]
    referrals: list[Referral]
    servable: list[str]
    ineligible: list[str]
    split_groups: list[str]
    over_places: list[str]
    objective: Objective


_Outcomes = TypedDict("_Outcomes", {"from": str, "to": str})


class OutcomeChange(_Outcomes):
    """The outcome of a need in two plans: the id of an offer, or the code of the reason why it is unmet."""

    need: str


class PlanDiff(TypedDict):
    """The needs of two plans whose outcome differs, in the order of ids."""

    newly_met: list[OutcomeChange]
    newly_unmet: list[OutcomeChange]
    moved: list[OutcomeChange]
    reason_changed: list[OutcomeChange]


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


class Report(TypedDict):
    """The response of `report`: totals, tables, bottlenecks, and the missing offers that would serve most people first."""

    total: Tally
    by_priority: list[ReportRow]
    by_help: list[ReportRow]
    by_language: list[ReportRow]
    by_region: list[ReportRow]
    by_crime: list[ReportRow]
    bottlenecks: list[Bottleneck]
    wanted: list[MissingOffer]
    objective: Objective
    bound: Objective


# Imports.

_Column: TypeAlias = str | int | Sequence[str | int]
"""A header, a path such as `organization.name`, a number, or a list of these: the first that is not empty."""
_Values: TypeAlias = Mapping[str, Any]
"""What words or cells mean: a value, a list, `None` (states nothing), or `{"is": value, "assumed": code}`."""

_Is = TypedDict(
    "_Is",
    {"is": "Sequence[str]", "not": "Sequence[str]", "empty": bool, "contains": "Sequence[str]", "before": str},
    total=False,
)


class MappingTest(_Is):
    """A test on a record: its column, and one of `is`, `not`, `empty`, `contains`, `before`."""

    column: _Column


_Source = TypedDict(
    "_Source",
    {"column": "_Column", "columns": "Mapping[str, Any]", "constant": Any, "from": str, "as": str},
    total=False,
)


class MappingRule(_Source, total=False):
    """A rule for a field: one of the sources `column`, `columns`, `constant`, `from`, and how its cells are read."""

    marked: Sequence[str]
    words: WordKind
    values: _Values
    split: str
    null: Sequence[str]
    no_limit: Sequence[int]
    when: MappingTest
    unless: MappingTest
    when_empty: bool
    rows: _Column
    tag: _Column
    how: str | Mapping[str, _Column]
    level: str | Mapping[str, _Column]
    language: str
    pad: int
    prefix: str
    strip: Sequence[str]
    rules: Sequence[Mapping[str, Any]]


class MappingSource(TypedDict, total=False):
    """How files are read, if that is not recognized."""

    format: str
    encoding: str
    delimiter: str
    sheet: str
    header: int | Sequence[int]
    skip: Sequence[int]
    files: Sequence[str]
    guard: bool


class IdRule(TypedDict, total=False):
    """The id of a record: a column with a part, columns to join, or the number of its row."""

    column: _Column
    part: _Column
    join: Sequence[_Column]
    sep: str
    row: bool


class TreeRule(TypedDict, total=False):
    """Rows that point to parent rows, from which they inherit cells."""

    id: _Column
    parent: _Column
    inherit: Sequence[_Column]


_To = TypedDict("_To", {"as": str})


class JoinRule(_To):
    """A side table: its rows whose `to` equals `on`, as an object or as a list (`as[]`)."""

    file: str | Sequence[str]
    on: _Column
    to: _Column


class CrosswalkRule(TypedDict, total=False):
    """The meaning of the codes of a taxonomy. `column` or `terms` has the codes."""

    name: str
    column: _Column
    terms: str
    code: Sequence[str]
    scheme: str
    split: str
    by: Literal["prefix", "whole"]
    codes: Mapping[str, Any]
    own: Mapping[str, str]
    other: Literal["foreign", "unknown", "leave_out"]
    without: Literal["unknown", "leave_out"]


class _RequiredOfMapping(TypedDict):
    lotse_mapping: Literal[1]
    records: RecordKind


class MappingFile(_RequiredOfMapping, total=False):
    """A mapping from the columns of files to the fields of records. `fields` may be absent if it has a `base`."""

    name: str
    note: str
    licence: Sequence[str]
    base: str
    source: MappingSource
    within: str
    prefix: str
    null: Sequence[str]
    id: _Column | IdRule
    same_id: Literal["refuse", "unite", "parts"] | Mapping[str, Any]
    each: str
    tree: TreeRule
    join: Sequence[JoinRule]
    leave_out: Sequence[MappingTest]
    hide: Mapping[str, Sequence[MappingTest]]
    fields: Mapping[str, Any]
    crosswalk: Sequence[CrosswalkRule]
    words: Mapping[WordKind, _Values]
    contains: Mapping[WordKind, Sequence[Mapping[str, Any]]]
    assume: Mapping[str, bool]
    postcodes: Mapping[str, str | Sequence[str]]
    ignore: Sequence[_Column]
    never: Sequence[_Column]
    not_personal: Sequence[_Column]


class _FileFacts(TypedDict, total=False):
    encoding: str
    delimiter: str
    sheet: str
    header: int


class RecognizedFile(_FileFacts):
    """A file that was read. Only text has an encoding and a delimiter, only a spreadsheet a sheet, only a table a header."""

    name: str
    format: str


class Recognized(TypedDict):
    """The files of a source, the mapping (`own`, `sketch` or the name of a built-in one), and why the format was recognized."""

    files: list[RecognizedFile]
    mapping: str
    why: list[str]


class RecordCounts(TypedDict):
    """Counts of records: `read = used + merged + left_out`, `produced = used + added`."""

    read: int
    used: int
    merged: int
    left_out: int
    added: int
    produced: int


_Use = TypedDict("_Use", {"use": ColumnUse})


class ColumnReport(_Use):
    """The outcome of a column: `parts = understood + assumed + asked + no_value + lost`."""

    column: str
    fields: list[str]
    filled: int
    parts: int
    understood: int
    assumed: int
    asked: int
    no_value: int
    lost: int


class _Where(TypedDict, total=False):
    column: str
    field: str


class Note(_Where):
    """A counted note. `at` has rows or paths, at most 100."""

    code: str
    count: int
    at: list[str]


class ChangedRecord(TypedDict):
    """A record that differs from that of an earlier import."""

    id: str
    fields: list[str]


class Changes(TypedDict):
    """The changes since an earlier import: ids of new and gone records, changed records, and the number of equal ones."""

    new: list[str]
    changed: list[ChangedRecord]
    gone: list[str]
    same: int


class _WithChanges(TypedDict, total=False):
    changes: Changes


class ImportReport(_WithChanges):
    """The report of an import. `questions` is their number; `changes` is present if there was an earlier import."""

    recognized: Recognized
    as_of: str | None
    records: RecordCounts
    columns: list[ColumnReport]
    questions: int
    assumed: list[Note]
    repaired: list[Note]
    left_out: list[Note]
    merged: list[Note]
    lost: list[Note]
    hidden: list[Note]
    suspicions: list[Note]
    licence: list[str]


class Question(TypedDict):
    """A question that only a person can answer. `text` is `None` if it may identify a person; `answer` is `None`."""

    id: str
    kind: WordKind
    text: str | None
    columns: list[str]
    count: int
    at: list[str]
    candidates: list[Any]
    why: Why
    answer: Any


class _Records(TypedDict, total=False):
    offers: list[dict[str, Any]]
    needs: list[dict[str, Any]]


class ImportResponse(_Records):
    """The response of `import`: `offers` or `needs`, the report, the open questions, and the mapping that was used."""

    report: ImportReport
    questions: list[Question]
    mapping: dict[str, Any]


class SketchColumn(_Use):
    """A column and the field to which it would be read, if any. Of needs there are no samples of cells."""

    column: str
    field: str | None
    sure: bool
    filled: int
    samples: list[str]


class Sketch(TypedDict):
    """The response of `sketch`: what is recognized in files before they are imported."""

    records: RecordKind
    recognized: Recognized
    mapping: dict[str, Any]
    columns: list[SketchColumn]
    rows: list[list[str]]
    samples: list[str]
    questions: list[Question]


class ExportedFile(TypedDict):
    """A file of an export."""

    name: str
    text: str


class ExportReport(TypedDict):
    """The report of an export: the number of records, and what the files lack, with the ids of the first records."""

    records: int
    notes: list[Note]


class Exported(TypedDict):
    """The response of `export`: the files, the main one first, and the report."""

    files: list[ExportedFile]
    report: ExportReport


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
