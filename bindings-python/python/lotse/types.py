"""The shapes of plain data in answers, and the words in them.

Every answer is made of dicts and lists in the wire format. 
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias, TypedDict

__all__ = [
    "Blocked",
    "Bottleneck",
    "Candidate",
    "Certificate",
    "Change",
    "Checked",
    "Criterion",
    "Detail",
    "Format",
    "FoundBy",
    "Gender",
    "How",
    "Kind",
    "Lang",
    "Level",
    "Moves",
    "Named",
    "NearMiss",
    "OfferUse",
    "OnUnknown",
    "Part",
    "Priority",
    "Reason",
    "Referral",
    "RegionKind",
    "Row",
    "Rule",
    "SolutionWorth",
    "State",
    "Taker",
    "Tally",
    "Unmet",
    "UnmetReason",
    "WantedOffer",
    "Worth",
]

Criterion: TypeAlias = Literal[
    "help", "crime", "language", "region", "capacity", "role", "gender", "age", "format", "access"
]
Format: TypeAlias = Literal["on_site", "outreach", "phone", "video", "chat", "email"]
FoundBy: TypeAlias = Literal["exact", "alias", "umbrella", "completed", "typo"]
Gender: TypeAlias = Literal["female", "male", "other", "unknown"]
How: TypeAlias = Literal["spoken", "interpreter", "on_request"]
Level: TypeAlias = Literal["native", "C2", "C1", "B2", "B1", "A2", "A1"]
Moves: TypeAlias = Literal["none", "few", "free"]
OnUnknown: TypeAlias = Literal["allow", "exclude"]
RegionKind: TypeAlias = Literal["country", "land", "kreis", "gemeinde"]
Rule: TypeAlias = Literal["must", "prefer", "ignore"]
State: TypeAlias = Literal["open", "waitlist", "assessment", "full", "unlimited"]
Kind: TypeAlias = Literal["language", "region", "crime", "context", "help", "role", "access"]
Lang: TypeAlias = Literal["en", "de", "de-simple"]
Priority: TypeAlias = Literal["stat", "asap", "urgent", "routine"]
UnmetReason: TypeAlias = Literal["no_offer", "no_common_offer", "party_too_large", "place_unknown", "no_place"]


class Detail(TypedDict):
    """One error or warning."""

    code: str
    path: str
    message: str
    hint: str | None


class Checked(TypedDict):
    """What a check found: how many records there are, and at most 100 errors and 100 warnings."""

    offers: int
    needs: int
    errors: list[Detail]
    warnings: list[Detail]


class Reason(TypedDict):
    """One criterion of a pair: what it contributes, and why. `fit` is `None` where it was not asked."""

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


class _Context(TypedDict, total=False):
    context: list[str]
    word: str


class Candidate(_Context):
    """One code that a typed word may stand for.

    `context`, where it is there, are the settings that come with a crime, `word` is what a suggestion has completed.
    """

    kind: Kind
    code: str
    name: str
    how: FoundBy
    score: float


class Blocked(TypedDict):
    """How many offers a criterion excludes, and how many it alone."""

    criterion: Criterion
    offers: int
    only: int


class Change(TypedDict):
    """What would have to change so that a criterion no longer excludes an offer."""

    criterion: Criterion
    code: str
    facts: dict[str, Any]
    text: str


class NearMiss(TypedDict):
    """An excluded offer that comes close."""

    offer: str
    score: float
    to_check: list[Criterion]
    blockers: list[Criterion]
    changes: list[Change]


class Referral(TypedDict):
    """One need given to an offer. `breaks` is what a fixed referral breaks."""

    need: str
    offer: str
    score: float
    fixed: bool
    neighbour: bool
    to_check: list[Criterion]
    breaks: list[Criterion]


class Part(TypedDict):
    """An offer and some needs of a group."""

    offer: str
    needs: list[str]


class Unmet(TypedDict):
    """A need without a place, and why. `facts` are those of the reason, such as the diagnosis for `no_offer`."""

    need: str
    reason: UnmetReason
    facts: dict[str, Any]
    text: str


class Worth(TypedDict):
    """What a plan or a place is worth: people by priority, referrals kept, and score × people × priority weight."""

    people: dict[Priority, int]
    kept: int
    score: float


class OfferUse(TypedDict):
    """What an offer has and gives. `places` is `None` where there is no limit; `price` is what one more would add."""

    offer: str
    places: int | None
    used: int
    assumed: bool
    price: Worth
    exact: bool
    helps: int | None


class Certificate(TypedDict):
    """How good a plan is. `gap` is `None` where it is optimal."""

    optimal: bool
    gap: Worth | None
    verified: bool


class Tally(TypedDict):
    """Counts of needs, people and cases."""

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


class Row(Tally, _Name):
    """The counts of one code. `code` is `None` where needs do not say; there is no `name` where `code` is `None` or a priority."""

    code: str | None


class Bottleneck(TypedDict):
    """An offer of which one more place would be worth something."""

    offer: str
    places: int | None
    used: int
    price: Worth
    exact: bool
    helps: int | None


class Named(TypedDict):
    """A code and its name."""

    code: str
    name: str


class WantedOffer(TypedDict):
    """What unmet needs have in common: an offer that would help if it existed."""

    help: Named | None
    language: Named | None
    region: Named | None
    needs: int
    people: int
    people_by_priority: dict[Priority, int]


class SolutionWorth(TypedDict):
    """What a plan of `lotse.solve` or a place in it is worth: people by class, supplies that stay, value."""

    people: list[int]
    kept: int
    value: int


Taker = TypedDict("Taker", {"supply": int, "from": "int | None", "moves": int})
"""Who would take one more place at a sink of `lotse.solve`; `from` is the sink that becomes free by it, if any."""
