import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeAlias, final, overload

from lotse import types

__all__ = [
    "Allocation",
    "Diagnosis",
    "Error",
    "Explanation",
    "Match",
    "Matcher",
    "Need",
    "Offer",
    "Policy",
    "Ranking",
    "Report",
    "Solution",
    "Table",
    "Vocabulary",
    "allocate",
    "allocate_json",
    "check",
    "check_json",
    "check_request",
    "criterion_name",
    "diagnose",
    "diagnose_json",
    "example_day",
    "example_needs",
    "example_offers",
    "explain",
    "explain_json",
    "needs",
    "offers",
    "rank",
    "rank_json",
    "report",
    "report_json",
    "resolve",
    "resolve_json",
    "solve",
    "version",
]

class _Table(Protocol):
    """Anything that speaks the Arrow PyCapsule interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

_Data: TypeAlias = Mapping[str, Any] | str
_NeedLike: TypeAlias = Need | _Data
_OfferLike: TypeAlias = Offer | _Data
_Needs: TypeAlias = Iterable[_NeedLike] | _Table | str
_Offers: TypeAlias = Iterable[_OfferLike] | _Table | str
_PolicyLike: TypeAlias = Policy | _Data
_VocabularyLike: TypeAlias = Vocabulary | _Data
_Day: TypeAlias = datetime.date | str
_Pairs: TypeAlias = Iterable[tuple[str, str] | Mapping[str, Any]]
_Places: TypeAlias = int | Mapping[str, Any]
_Words: TypeAlias = Sequence[str]

class Error(ValueError):
    """What is wrong with what was given: `code`, `path`, `message`, `hint`, and in `errors` everything found.

    Branch on `code`, which is stable. An error about a need tells the place, never a value.
    """
    code: str
    path: str
    message: str
    hint: str | None
    errors: list[types.Detail]

@final
class Need:
    """One request for one kind of help by one person, or one party that stays together.

    Only `id` is required; what is left out was *not asked*, and does not count. There is no field for a name, a birth
    date or an address. The attributes are the fields in their full form, `None` or `[]` where absent.

    - `help`: a code such as `legal.first_advice`; `crime`: an ICCS code, or `{"code": ..., "context": [...]}`
    - `languages`: tags, best first, or `{"tag": "de", "level": "A2"}` with a level of `native`, `C2` to `A1`
    - `region`: a key (AGS, NUTS, ISO); `place`: `{"lat": ..., "lon": ...}` in degrees, within the region
    - `people`: 1 to 100 000; `age`: 0 to 150 years; `gender`: `female`, `male`, `other`, `unknown`
    - `priority`: `stat`, `asap`, `urgent`, `routine`; `group`: needs of one group go to the same offer
    - `formats`: `on_site`, `outreach`, `phone`, `video`, `chat`, `email`; `roles`, `access`: codes
    - `rules`: what a criterion does for this need, before the policy: `{"language": "prefer"}`

    Raises `lotse.Error` with everything that is wrong, by place and never with a value.

    >>> import lotse
    >>> need = lotse.Need(id="n-1", help="legal", languages=["prs", {"tag": "de", "level": "A2"}], region="14612")
    >>> need
    Need(id='n-1', ...)
    >>> need.languages
    [{'tag': 'prs'}, {'tag': 'de', 'level': 'A2'}]
    >>> lotse.Need(id="n-1", langauges=["de"])
    Traceback (most recent call last):
    lotse.Error: need: unknown field [need.unknown_field] - did you mean `languages`?
    """
    def __new__(
        cls,
        *,
        id: str,
        case: str | None = None,
        group: str | None = None,
        people: int | None = None,
        priority: types.Priority | None = None,
        help: str | None = None,
        languages: Sequence[str | Mapping[str, str]] | None = None,
        region: str | None = None,
        place: Mapping[str, float] | None = None,
        crime: str | Mapping[str, Any] | None = None,
        roles: _Words | None = None,
        gender: types.Gender | None = None,
        age: int | None = None,
        formats: _Words | None = None,
        access: _Words | None = None,
        rules: Mapping[str, Any] | None = None,
    ) -> Need: ...
    @staticmethod
    def from_json(text: str, /) -> Need:
        """Read a record from JSON text.

        Raises `lotse.Error` with everything that is wrong.
        """
    def to_json(self) -> str:
        """The record as JSON text."""
    def to_dict(self) -> dict[str, Any]:
        """The record as a new dict; what is absent is left out."""
    @property
    def id(self) -> str: ...
    @property
    def case(self) -> str | None: ...
    @property
    def group(self) -> str | None: ...
    @property
    def people(self) -> int: ...
    @property
    def priority(self) -> types.Priority: ...
    @property
    def help(self) -> str | None: ...
    @property
    def languages(self) -> list[dict[str, str]]: ...
    @property
    def region(self) -> str | None: ...
    @property
    def place(self) -> dict[str, float] | None: ...
    @property
    def crime(self) -> dict[str, Any] | None: ...
    @property
    def roles(self) -> list[str]: ...
    @property
    def gender(self) -> types.Gender | None: ...
    @property
    def age(self) -> int | None: ...
    @property
    def formats(self) -> list[str]: ...
    @property
    def access(self) -> list[str]: ...
    @property
    def rules(self) -> dict[str, Any] | None: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Need: ...
    def __deepcopy__(self, memo: Any, /) -> Need: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, Any]]: ...

@final
class Offer:
    """One service of one organisation, with places.

    Only `id` is required; what is left out is *unknown*, which is never "no" and never 0. `"any"` says that
    everything is served. The attributes are the fields in their full form, `None` or `[]` where absent.

    - `help`, `roles`, `access`, `no_access`: codes; `area`: keys of regions (AGS, NUTS, ISO)
    - `languages`: tags, or `{"tag": "prs", "how": "interpreter"}` with `spoken`, `interpreter`, `on_request`
    - `crimes`: codes, `any`, or `{"code": ..., "context": [...]}`; `genders`, `formats`: as in a need
    - `capacity`: free places, or `{"free": ..., "total": ..., "state": ..., "updated": ...}` with a state of `open`,
      `waitlist`, `assessment`, `full`, `unlimited`, and the day on which that was known
    - `ages`: `{"min": ..., "max": ...}` in years, both ends included
    - `place`: `{"region": ..., "lat": ..., "lon": ...}`; `contact`: `{"phone": ..., "email": ..., "url": ...}`

    Raises `lotse.Error` with everything that is wrong.

    >>> import datetime, lotse
    >>> lotse.Offer(id="o-1", languages=["de"], capacity={"free": 3, "updated": datetime.date(2026, 11, 20)})
    Offer(id='o-1', ...)
    """
    def __new__(
        cls,
        *,
        id: str,
        name: str | None = None,
        organisation: str | None = None,
        help: _Words | None = None,
        languages: Sequence[str | Mapping[str, str]] | None = None,
        area: _Words | None = None,
        place: Mapping[str, Any] | None = None,
        crimes: Sequence[str | Mapping[str, Any]] | None = None,
        capacity: _Places | None = None,
        roles: _Words | None = None,
        genders: _Words | None = None,
        ages: Mapping[str, int] | None = None,
        formats: _Words | None = None,
        access: _Words | None = None,
        no_access: _Words | None = None,
        contact: Mapping[str, str] | None = None,
    ) -> Offer: ...
    @staticmethod
    def from_json(text: str, /) -> Offer:
        """Read a record from JSON text.

        Raises `lotse.Error` with everything that is wrong.
        """
    def to_json(self) -> str:
        """The record as JSON text."""
    def to_dict(self) -> dict[str, Any]:
        """The record as a new dict; what is absent is left out."""
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str | None: ...
    @property
    def organisation(self) -> str | None: ...
    @property
    def help(self) -> list[str]: ...
    @property
    def languages(self) -> list[dict[str, str]]: ...
    @property
    def area(self) -> list[str]: ...
    @property
    def place(self) -> dict[str, Any] | None: ...
    @property
    def crimes(self) -> list[str | dict[str, Any]]: ...
    @property
    def capacity(self) -> dict[str, Any] | None: ...
    @property
    def roles(self) -> list[str]: ...
    @property
    def genders(self) -> list[str]: ...
    @property
    def ages(self) -> dict[str, int] | None: ...
    @property
    def formats(self) -> list[str]: ...
    @property
    def access(self) -> list[str]: ...
    @property
    def no_access(self) -> list[str]: ...
    @property
    def contact(self) -> dict[str, str] | None: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Offer: ...
    def __deepcopy__(self, memo: Any, /) -> Offer: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, Any]]: ...

@final
class Policy:
    """How offers are judged: weights, rules and tables. What is left out is the default, and is told with the rest.

    - `weights`: `{"help": 10, "crime": 20, "language": 35, "region": 20, "capacity": 15, "prefer": 5}`
    - `rules`: for a criterion `"must"`, `"prefer"`, `"ignore"`, or `{"rule": "must", "minimum": 0.25, "unknown": "exclude"}`
    - `unknown_fit`: what an unknown fit counts, 0 to 1
    - `language`, `region`, `crime`, `capacity`, `priority_weights`: tables, see the README

    Fits and weights have at most 4 decimals. Raises `lotse.Error` with everything that is wrong.

    >>> import lotse
    >>> lotse.Policy(weights={"language": 40}, rules={"region": "prefer"}).rules["region"]
    {'rule': 'prefer', 'minimum': 0.0001, 'unknown': 'allow'}
    """
    def __new__(
        cls,
        *,
        weights: Mapping[str, float] | None = None,
        rules: Mapping[str, Any] | None = None,
        unknown_fit: float | None = None,
        language: Mapping[str, Any] | None = None,
        region: Mapping[str, Any] | None = None,
        crime: Mapping[str, Any] | None = None,
        capacity: Mapping[str, Any] | None = None,
        priority_weights: Mapping[str, int] | None = None,
    ) -> Policy: ...
    @staticmethod
    def from_json(text: str, /) -> Policy:
        """Read a record from JSON text.

        Raises `lotse.Error` with everything that is wrong.
        """
    def to_json(self) -> str:
        """The record as JSON text."""
    def to_dict(self) -> dict[str, Any]:
        """The record as a new dict; what is absent is left out."""
    @property
    def weights(self) -> dict[str, float]: ...
    @property
    def rules(self) -> dict[str, Any]: ...
    @property
    def unknown_fit(self) -> float: ...
    @property
    def language(self) -> dict[str, Any]: ...
    @property
    def region(self) -> dict[str, float]: ...
    @property
    def crime(self) -> dict[str, float]: ...
    @property
    def capacity(self) -> dict[str, float]: ...
    @property
    def priority_weights(self) -> dict[str, int]: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Policy: ...
    def __deepcopy__(self, memo: Any, /) -> Policy: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, Any]]: ...

@final
class Vocabulary:
    """Codes and names of languages, regions, crimes and kinds of help: the built-in tables, and additions.

    `additions` is a dict or JSON text: `regions`, `region_aliases`, `languages`, `sign_languages`, `umbrellas`,
    `comprehension`, `names`, `words`; see the README. Raises `lotse.Error` with everything that is wrong.

    >>> import lotse
    >>> lotse.Vocabulary().name("language", "prs", lang="de")
    'Dari'
    """
    def __new__(cls, additions: _VocabularyLike | None = None, /) -> Vocabulary: ...
    def resolve(
        self, text: str, kind: types.Kind | None = None, *, lang: types.Lang = "en"
    ) -> list[types.Candidate]:
        """The codes that a typed word may stand for, best first: never one in silence where several may be meant.

        `kind` is one of `language`, `region`, `crime`, `context`, `help`, `role`, `access`; all of them if left out. `lang` is the
        language of the names in the answer. Each candidate has `kind`, `code`, `name`, `context`, `how` it was found
        (`exact`, `alias`, `umbrella`, `typo`) and a `score` from 0 to 1.

        >>> import lotse
        >>> [found["code"] for found in lotse.Vocabulary().resolve("Kurdisch", "language")][:2]
        ['kmr', 'ckb']
        """
    def suggest(
        self, text: str, kind: types.Kind | None = None, *, lang: types.Lang = "en", top: int = 10
    ) -> list[types.Candidate]:
        """What a field may suggest at every letter: at most `top` codes (0 to 100) of each kind, each with its setting once.

        First what `resolve` says for certain, then what has a name or another word that begins so (`how` is `completed`, and
        `word` is that word where the name itself does not begin so), then what may be a typing error. `kind` and `lang` are
        as for `resolve`.

        >>> import lotse
        >>> [found["name"] for found in lotse.Vocabulary().suggest("Görl", "region", lang="de")]
        ['Görlitz']
        """
    def name(self, kind: types.Kind, code: str, *, lang: types.Lang = "en") -> str:
        """The name of a code, or the code itself where no name is known."""
    def to_dict(self) -> dict[str, Any]:
        """All tables in force as a new dict, in the form of additions."""
    def to_json(self) -> str:
        """All tables in force as JSON text, in the form of additions."""
    def knows(self, kind: types.Kind, code: str) -> bool:
        """Whether the tables know this code."""
    def __eq__(self, value: object, /) -> bool: ...
    def __getnewargs__(self) -> tuple[str | None]: ...
    __hash__: None  # type: ignore[assignment]

@final
class Matcher:
    """Offers under a policy, with the names and codes of a vocabulary.

    `offers` is a list of `Offer`, dicts or JSON texts, a table (anything that speaks the Arrow PyCapsule interface), or the
    JSON text of a list. `policy` and `vocabulary` are objects, dicts or JSON text. `as_of` is the day on which capacities
    are judged, a date or text such as `2026-11-23`: today if left out.

    Wherever a method takes needs, the same forms will do. It may be called from many threads at once; an update
    is seen by the calls that begin after it.

    Raises `lotse.Error` with everything that is wrong.

    >>> import lotse
    >>> matcher = lotse.Matcher([{"id": "o-1", "languages": ["de", "uk"], "capacity": 2}, {"id": "o-2", "languages": ["de"]}])
    >>> matcher.rank({"id": "n-1", "languages": ["uk"]})[0]
    Match(offer='o-1', score=0.95500000)
    """
    def __new__(
        cls,
        offers: _Offers,
        *,
        policy: _PolicyLike | None = None,
        vocabulary: _VocabularyLike | None = None,
        as_of: _Day | None = None,
    ) -> Matcher: ...
    def rank(self, need: _NeedLike, *, top: int = 5, lang: types.Lang = "en") -> Ranking:
        """Rank the offers for one need, best first, with a reason for every point of the score.

        `need` is a `Need`, a dict or JSON text; `top` is the most matches, `lang` the language of sentences (`en`, `de`,
        `de-simple`). Raises `lotse.Error` for a wrong need.

        >>> import lotse
        >>> matcher = lotse.Matcher([{"id": "o-1", "languages": ["de", {"tag": "prs", "how": "interpreter"}]}])
        >>> best = matcher.rank({"id": "n-1", "languages": ["prs"]}, lang="de")[0]
        >>> [reason["text"] for reason in best.reasons]
        ['Dari mit Dolmetscher.', 'Nicht bekannt, ob Plätze frei sind: bitte nachfragen.']
        """
    def rank_all(
        self, needs: _Needs, *, top: int = 5, lang: types.Lang = "en", progress: bool = False
    ) -> list[Ranking]:
        """Rank the offers for each need, in the order of the needs, on all cores.

        The people of a group are counted together, because they need their places in one offer. `progress` shows a bar
        (needs tqdm). Raises `lotse.Error` with everything that is wrong with the needs; Ctrl-C stops it.
        """
    def rank_table(self, needs: _Needs, *, top: int = 5, progress: bool = False) -> Table:
        """Rank the offers for each need, as a table: one row for each match.

        Columns: `need` (text), `rank` (1 for the best), `offer` (text), `score` (0 to 1), `to_check` (list of criteria). A
        need without a match has no row.

        `needs` is usually a table too. Its columns bear the names of a need's fields, with lists and structs nested or
        flat: `languages` may be the text `prs;de:A2`, `crime.code` and `crime.context` may be columns of their own, numbers may be
        text. An empty cell was not asked; a column that is no field is an error.
        """
    def reason_table(
        self, needs: _Needs, *, top: int = 5, lang: types.Lang = "en", progress: bool = False
    ) -> Table:
        """The reasons of each match, as a table: one row for each criterion that a need asks.

        Columns: `need`, `offer`, `criterion` (text), `fit` (0 to 1), `known` (whether the fit is known), `weight`,
        `contribution` (0 to 1), `code` (stable), `text` (a sentence). The contributions of a match add up to its score.
        """
    def explain(self, need: _NeedLike, offer: str, *, lang: types.Lang = "en") -> Explanation:
        """Tell why an offer does or does not fit a need: all ten criteria.

        `offer` is an id. Raises `lotse.Error` for a wrong need, and where no offer has this id.
        """
    def explain_all(self, needs: _Needs, pairs: _Pairs, *, lang: types.Lang = "en") -> list[Explanation]:
        """Explain pairs of needs and offers, in the order of the pairs; people of a group count together.

        A pair is `(need, offer)` or `{"need": ..., "offer": ...}`, with ids. Raises `lotse.Error` with everything that is wrong.
        """
    def diagnose(self, need: _NeedLike, *, near_misses: int = 3, lang: types.Lang = "en") -> Diagnosis:
        """Tell why a need has no more matches, and what would have to change for the nearest.

        `near_misses` is how many of them, 0 to 1000. Raises `lotse.Error` for a wrong need.
        """
    def diagnose_all(
        self, needs: _Needs, *, near_misses: int = 3, lang: types.Lang = "en", progress: bool = False
    ) -> list[Diagnosis]:
        """Diagnose each need, in the order of the needs, on all cores. As `diagnose`, and the people of a group count together."""
    def diagnose_table(self, needs: _Needs, *, progress: bool = False) -> Table:
        """Why needs have no more matches, as a table: one row for each criterion that excludes some offer.

        Columns: `need`, `criterion` (text), `blocked` (offers that it excludes), `only` (those that it alone excludes),
        `offers` (all), `matching`.
        """
    def allocate(
        self,
        needs: _Needs,
        *,
        fixed: _Pairs = (),
        previous: _Pairs = (),
        moves: types.Moves = "few",
        min_score: float = 0.0,
        neighbour_serves: bool = True,
        lang: types.Lang = "en",
        progress: bool = False,
    ) -> Allocation:
        """Give many needs to offers of limited places in one plan, proven to be the best where everyone goes alone.

        - `fixed`: referrals that people agreed on, `(need, offer)` or `{"need": ..., "offer": ..., "counted": True}`
        - `previous`: those of an earlier plan; `moves`: `few` keeps as many of them as possible, `none` all, `free` none
        - `min_score`: least score of a referral, 0 to 1; `neighbour_serves`: whether an offer serves the next Kreis

        Raises `lotse.Error` with everything that is wrong; Ctrl-C stops it.

        >>> import lotse
        >>> matcher = lotse.Matcher([{"id": "o-1", "capacity": 1}])
        >>> plan = matcher.allocate([{"id": "n-1"}, {"id": "n-2", "priority": "stat"}])
        >>> plan
        Allocation(1 referrals, 1 unmet, optimal=True)
        >>> plan.unmet[0]["need"], plan.unmet[0]["reason"]
        ('n-1', 'no_place')
        """
    def first_come(self, needs: _Needs, /) -> types.Worth:
        """What first come, first served would achieve with these needs: people by priority, and weighted score."""
    def best_fit_first(self, needs: _Needs, /) -> types.Worth:
        """What always giving the best fit first would achieve with these needs: people by priority, and weighted score."""
    def update(self, offer: _OfferLike, /) -> None:
        """Add an offer, or replace the one with its id. Nothing is built anew.

        Raises `lotse.Error` for a wrong offer; nothing is changed then.
        """
    def remove(self, id: str, /) -> Offer:
        """Take an offer out and give it back.

        Raises `lotse.Error` where no offer has this id.
        """
    def set_capacity(self, id: str, capacity: _Places, /) -> None:
        """Change what is known of an offer's places: a number of free places, or a dict as in an offer.

        Raises `lotse.Error` where no offer has this id, and for a wrong capacity; nothing is changed then.
        """
    def offer(self, id: str, /) -> Offer | None:
        """The offer with this id, or `None`."""
    @property
    def offers(self) -> list[Offer]: ...
    @property
    def policy(self) -> Policy: ...
    @property
    def vocabulary(self) -> Vocabulary: ...
    @property
    def as_of(self) -> datetime.date: ...
    def __len__(self) -> int: ...
    def __contains__(self, key: object, /) -> bool: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __copy__(self) -> Matcher: ...
    def __deepcopy__(self, memo: Any, /) -> Matcher: ...
    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]: ...
    __hash__: None  # type: ignore[assignment]

@final
class Ranking:
    """One need's best offers, best first. A sequence of `Match`.

    `need` is the need's id. In notebooks it shows itself as a table.
    """
    @property
    def need(self) -> str: ...
    @property
    def matches(self) -> list[Match]: ...
    def to_dict(self) -> dict[str, Any]:
        """The ranking as a new dict, in the wire form, with reasons."""
    def to_json(self) -> str:
        """The ranking as JSON text, in the wire form, with reasons."""
    def __len__(self) -> int: ...
    @overload
    def __getitem__(self, key: int, /) -> Match: ...
    @overload
    def __getitem__(self, key: slice, /) -> list[Match]: ...
    def __iter__(self) -> Iterator[Match]: ...
    def __reversed__(self) -> Iterator[Match]: ...
    def __eq__(self, value: object, /) -> bool: ...
    def _repr_html_(self) -> str: ...
    __hash__: None  # type: ignore[assignment]

@final
class Match:
    """An offer that fits a need.

    `offer` is its id, `score` goes from 0 to 1, `to_check` names the criteria that a person should check.
    """
    @property
    def offer(self) -> str: ...
    @property
    def score(self) -> float: ...
    @property
    def to_check(self) -> list[types.Criterion]: ...
    @property
    def reasons(self) -> list[types.Reason]: ...
    def reason(self, criterion: types.Criterion, /) -> types.Reason:
        """The reason of one criterion, asked or not.

        Raises `lotse.Error` where there is no such criterion.
        """
    def to_dict(self) -> dict[str, Any]:
        """The match as a new dict, in the wire form."""
    def to_json(self) -> str:
        """The match as JSON text, in the wire form."""
    def __eq__(self, value: object, /) -> bool: ...
    __hash__: None  # type: ignore[assignment]

@final
class Explanation:
    """Why an offer does or does not fit a need: all ten criteria, of excluded pairs too.

    `need` and `offer` are ids; `matches` tells whether nothing excludes the offer.
    """
    @property
    def need(self) -> str: ...
    @property
    def offer(self) -> str: ...
    @property
    def matches(self) -> bool: ...
    @property
    def score(self) -> float: ...
    @property
    def to_check(self) -> list[types.Criterion]: ...
    @property
    def reasons(self) -> list[types.Reason]: ...
    def reason(self, criterion: types.Criterion, /) -> types.Reason:
        """The reason of one criterion.

        Raises `lotse.Error` where there is no such criterion.
        """
    def to_dict(self) -> dict[str, Any]:
        """The explanation as a new dict, in the wire form."""
    def to_json(self) -> str:
        """The explanation as JSON text, in the wire form."""
    def __eq__(self, value: object, /) -> bool: ...
    def _repr_html_(self) -> str: ...
    __hash__: None  # type: ignore[assignment]

@final
class Diagnosis:
    """Why a need has no more matches.

    `need` is its id, `offers` and `matching` are counts, `blocked` tells how many offers each criterion excludes and how
    many it alone, `near_misses` what would have to change for the nearest.
    """
    @property
    def need(self) -> str: ...
    @property
    def offers(self) -> int: ...
    @property
    def matching(self) -> int: ...
    @property
    def blocked(self) -> list[types.Blocked]: ...
    @property
    def near_misses(self) -> list[types.NearMiss]: ...
    def to_dict(self) -> dict[str, Any]:
        """The diagnosis as a new dict, in the wire form."""
    def to_json(self) -> str:
        """The diagnosis as JSON text, in the wire form."""
    def __eq__(self, value: object, /) -> bool: ...
    def _repr_html_(self) -> str: ...
    __hash__: None  # type: ignore[assignment]

@final
class Allocation:
    """A plan: who gets nothing and why, who goes where, what the offers give, and the proof.

    `unmet`, `referrals` and `offers` are lists of dicts in the order of ids; `objective`, `bound` and `certificate` tell
    what the plan is worth, what no plan can exceed, and how far it may be from that. In notebooks it shows
    itself as tables, those without a place first.
    """
    @property
    def unmet(self) -> list[types.Unmet]: ...
    @property
    def referrals(self) -> list[types.Referral]: ...
    @property
    def offers(self) -> list[types.OfferUse]: ...
    @property
    def objective(self) -> types.Worth: ...
    @property
    def bound(self) -> types.Worth: ...
    @property
    def certificate(self) -> types.Certificate: ...
    @property
    def optimal(self) -> bool: ...
    @property
    def gap(self) -> types.Worth | None: ...
    def report(self) -> Report:
        """What the plan amounts to: who is served by help, language, region, crime and priority, which offers are short of
        places, and which are missing.
        """
    def to_table(self) -> Table:
        """The plan as a table: one row for each need, those without a place first.

        Columns: `need`, `offer` (null where unmet), `score` (0 to 1), `fixed`, `neighbour` (whether the next Kreis serves),
        `to_check` (list of criteria), `reason` (code, null where met), `text` (the reason as a sentence).
        """
    def to_dict(self) -> dict[str, Any]:
        """The plan as a new dict, in the wire form."""
    def to_json(self) -> str:
        """The plan as JSON text, in the wire form."""
    def __eq__(self, value: object, /) -> bool: ...
    def _repr_html_(self) -> str: ...
    __hash__: None  # type: ignore[assignment]

@final
class Report:
    """What a plan amounts to.

    `total` counts all needs; `by_priority`, `by_help`, `by_language`, `by_region` and `by_crime` are lists of dicts with the same
    counts; `bottlenecks` are the offers of which one more place would be worth something, highest price first, and `wanted`
    the offers that would help most if they existed.
    """
    @property
    def total(self) -> types.Tally: ...
    @property
    def by_priority(self) -> list[types.Row]: ...
    @property
    def by_help(self) -> list[types.Row]: ...
    @property
    def by_language(self) -> list[types.Row]: ...
    @property
    def by_region(self) -> list[types.Row]: ...
    @property
    def by_crime(self) -> list[types.Row]: ...
    @property
    def bottlenecks(self) -> list[types.Bottleneck]: ...
    @property
    def wanted(self) -> list[types.WantedOffer]: ...
    @property
    def objective(self) -> types.Worth: ...
    @property
    def bound(self) -> types.Worth: ...
    def to_table(self) -> Table:
        """The counts as a table: one row for each priority, kind of help, language, region and crime.

        Columns: `by` (`priority`, `help`, `language`, `region`, `crime`), `code` (null where needs do not say), `name`, and the
        counts `needs`, `people`, `cases`, `met`, `met_by_neighbour`, `unmet`, `people_met`, `people_unmet`.
        """
    def to_dict(self) -> dict[str, Any]:
        """The report as a new dict, in the wire form."""
    def to_json(self) -> str:
        """The report as JSON text, in the wire form."""
    def __eq__(self, value: object, /) -> bool: ...
    def _repr_html_(self) -> str: ...
    __hash__: None  # type: ignore[assignment]

@final
class Table:
    """Columns of equal length, for anything that speaks the Arrow PyCapsule interface.

    `polars.DataFrame(table)`, `pyarrow.table(table)`, `pandas.DataFrame.from_arrow(table)` and DuckDB take it as it is.
    """
    @property
    def column_names(self) -> list[str]: ...
    def __len__(self) -> int: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class Solution:
    """A plan, what it is worth, and the proof.

    - `assignment`: the sink of each supply, or `None`; of several units that of the first
    - `flows`: for each supply the sinks with how many units go there, as `(sink, units)`
    - `objective`, `bound`: dicts with `people` (by class), `kept` and `value`; they are equal where the plan is optimal
    - `prices`: what one more place at each sink would add, in the same form; exact where all sizes are 1
    - `takers`: who would take that place: dicts with `supply`, the sink `from` which it comes or `None`, and how many `moves` follow;
      `None` where nobody would. Empty where some size is above 1
    """
    @property
    def assignment(self) -> list[int | None]: ...
    @property
    def flows(self) -> list[list[tuple[int, int]]]: ...
    @property
    def objective(self) -> types.SolutionWorth: ...
    @property
    def bound(self) -> types.SolutionWorth: ...
    @property
    def prices(self) -> list[types.SolutionWorth]: ...
    @property
    def takers(self) -> list[types.Taker | None]: ...
    @property
    def optimal(self) -> bool: ...
    def __eq__(self, value: object, /) -> bool: ...
    __hash__: None  # type: ignore[assignment]

def solve(
    values: Any,
    places: Iterable[int | None],
    *,
    classes: Iterable[int] | None = None,
    people: Iterable[Iterable[int]] | None = None,
    counts: Iterable[int] | None = None,
    sizes: Iterable[int] | None = None,
    previous: Iterable[int | None] | None = None,
    kept: Iterable[Iterable[int]] | None = None,
    fixed: Iterable[int | None] | None = None,
) -> Solution:
    """Give supplies to sinks of limited places in the best plan, and prove it.

    - `values`: what a unit of supply `i` is worth at sink `j`, as whole numbers in rows (lists or a 2-D array) with `None` where it
      cannot go, or a SciPy sparse array, where it can only go to stored entries
    - `places`: how many places each sink has, `None` where there is no limit
    - `classes`: the class of each supply, 0 (served first) to 3; 0 if left out. Served people count before value
    - `people`: instead of classes, how many people of each class one unit serves, as rows of four; a unit of a class serves as many
      people as it takes places
    - `counts`: how many units each supply has (1); `sizes`: how many places one unit takes (1), all at one sink
    - `previous`: the sink where each supply was before, or `None`; staying counts after people and before value. In full
      `kept`: how much staying at each sink counts, as rows of the shape of `values`
    - `fixed`: the sink that all units of a supply must go to, or `None`

    The plan serves as many people of class 0 as possible, then of class 1 and so on; among such plans most stay where they
    were; among those the sum of values is highest. With sizes of 1 it is a proven optimum. With larger ones it may be
    approximate; `bound` tells how far. Raises `lotse.Error` (`problem.*`); Ctrl-C stops it.

    >>> import lotse
    >>> solution = lotse.solve([[90, 20], [80, None]], [1, None])
    >>> solution.assignment, solution.objective["value"], solution.prices[0]["value"]
    ([1, 0], 100, 70)
    """
def check(
    *,
    offers: _Offers | Iterable[Any] | None = None,
    needs: _Needs | Iterable[Any] | None = None,
    policy: _PolicyLike | None = None,
    vocabulary: _VocabularyLike | None = None,
    as_of: _Day | None = None,
) -> types.Checked:
    """Check records, and find all errors and warnings at once.

    `offers` and `needs` are lists, tables or JSON text, right or wrong; `policy`, `vocabulary` and `as_of` as for a `Matcher`.
    Gives a dict: `offers` and `needs` (how many), `errors` (nothing can be done with these), `warnings` (what a person
    should look at). Each has `code`, `path`, `message` and `hint`.

    >>> import lotse
    >>> found = lotse.check(needs=[{"id": "n-1", "age": "34"}])
    >>> found["errors"][0]["code"], found["errors"][0]["path"]
    ('need.type', 'needs[0].age')
    """
def criterion_name(criterion: types.Criterion, *, lang: types.Lang = "en") -> str:
    """A criterion in words, as a heading or in a list; `lang` is `en`, `de` or `de-simple`.

    >>> import lotse
    >>> lotse.criterion_name("language", lang="de")
    'Sprache'
    """
def version() -> str:
    """The version of the library."""
def offers(given: _Offers, /) -> list[Offer]:
    """Offers from a list, a table or JSON text. The codes in them are looked up by a matcher."""
def needs(given: _Needs, /) -> list[Need]:
    """Needs from a list, a table or JSON text. The codes in them are looked up by a matcher."""
def example_day() -> str:
    """The day of the invented incident."""
def example_offers() -> list[Offer]:
    """The offers of the invented incident."""
def example_needs() -> list[Need]:
    """The needs of the invented incident."""
def rank(request: _Data, /) -> dict[str, Any]:
    """Rank the offers for each need, best first, with a reason for every point of the score.

    The request is a dict or JSON text: `offers`, `needs`, `policy`, `vocabulary`, `as_of` (today if left out), `top`,
    `lang`, `reasons`.
    """
def rank_json(request: str, /) -> str:
    """The same, JSON text in and JSON text out. Nothing stands in for a missing `as_of`."""
def explain(request: _Data, /) -> dict[str, Any]:
    """Explain pairs of needs and offers: all ten criteria, excluded pairs too.

    The request is as for `rank`, with `pairs` instead of `top` and `reasons`.
    """
def explain_json(request: str, /) -> str:
    """The same, JSON text in and JSON text out. Nothing stands in for a missing `as_of`."""
def diagnose(request: _Data, /) -> dict[str, Any]:
    """Tell why so few offers match: what excludes how many of them, and what would have to change for the nearest.

    The request is as for `rank`, with `near_misses` (3) instead of `top` and `reasons`.
    """
def diagnose_json(request: str, /) -> str:
    """The same, JSON text in and JSON text out. Nothing stands in for a missing `as_of`."""
def allocate(request: _Data, /) -> dict[str, Any]:
    """Give many needs to offers of limited places in one provably best plan; those who get nothing come first.

    The request is a dict or JSON text: `offers`, `needs`, `policy`, `vocabulary`, `as_of` (today if left out), `fixed` and
    `previous` referrals, `moves` (`none`, `few` or `free`), `min_score`, `neighbour_serves`, `lang`.
    """
def allocate_json(request: str, /) -> str:
    """The same, JSON text in and JSON text out. Nothing stands in for a missing `as_of`."""
def report(request: _Data, /) -> dict[str, Any]:
    """Tell what a plan amounts to: who is served by help, language, region, crime and priority, which offers are short of
    places, and which are missing.

    The request is as for `allocate`.
    """
def report_json(request: str, /) -> str:
    """The same, JSON text in and JSON text out. Nothing stands in for a missing `as_of`."""
def check_request(request: _Data, /) -> dict[str, Any]:
    """Check records without ranking, and find all errors and warnings at once.

    The request is a dict or JSON text: `offers`, `needs`, `policy`, `vocabulary`, `as_of`.
    """
def check_json(request: str, /) -> str:
    """The same, JSON text in and JSON text out. Nothing stands in for a missing `as_of`."""
def resolve(request: _Data, /) -> dict[str, Any]:
    """Find the codes for words as people type them: candidates, best first, never silently wrong.

    The request is a dict or JSON text: `words` (each with `text` and, for one sort of code only, `kind`), `lang` of the names
    in the answer, `vocabulary`.
    """
def resolve_json(request: str, /) -> str:
    """The same, JSON text in and JSON text out. Nothing stands in for a missing `as_of`."""
