import datetime
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as _Map
from os import PathLike
from typing import Any, Literal, Protocol, TypeAlias, final, overload

from lotse import types

__all__ = [
    "Allocation",
    "Diagnosis",
    "Error",
    "Evaluation",
    "Explanation",
    "Exported",
    "ImportReport",
    "Imported",
    "Mapping",
    "Match",
    "Matcher",
    "Need",
    "Offer",
    "PlanDiff",
    "Policy",
    "Questions",
    "Ranking",
    "Report",
    "Sketch",
    "Solution",
    "Table",
    "Vocabulary",
    "before_fork",
    "call",
    "call_json",
    "check",
    "criterion_label",
    "decode_needs",
    "decode_offers",
    "example_day",
    "example_needs",
    "example_offers",
    "export_records",
    "import_labels",
    "import_records",
    "labels",
    "restore",
    "restore_solution",
    "restore_table",
    "run_command_line",
    "schema",
    "sketch_records",
    "solve",
    "version",
]

class _Table(Protocol):
    """An object with the Arrow PyCapsule interface."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

# Dicts whose keys are known when the program runs have no type of `lotse.types`.
_Data: TypeAlias = _Map[str, Any] | str
_NeedLike: TypeAlias = Need | types.NeedRecord | _Data
_OfferLike: TypeAlias = Offer | types.OfferRecord | _Data
_Needs: TypeAlias = Iterable[_NeedLike] | _Table | str
_Offers: TypeAlias = Iterable[_OfferLike] | _Table | str
_PolicyLike: TypeAlias = Policy | types.PolicyRecord | types.EffectivePolicy | _Data
_VocabularyLike: TypeAlias = Vocabulary | _Data
_DateLike: TypeAlias = datetime.date | str
_Json: TypeAlias = str | PathLike[str]
_MappingLike: TypeAlias = Mapping | types.MappingFile | _Map[str, Any] | _Json
_Answers: TypeAlias = _Map[str, Any] | Iterable[types.Question] | _Json
_Pairs: TypeAlias = Sequence[tuple[str, str] | _Map[str, Any]]
_Plan: TypeAlias = Allocation | _Pairs | _Data
_CapacityLike: TypeAlias = int | types.CapacityRecord
_Crime: TypeAlias = str | types.CrimeScope
_Rules: TypeAlias = _Map[types.Criterion, types.Rule | types.PartialRule]
_Codes: TypeAlias = Sequence[str]
_Reduced: TypeAlias = tuple[Any, tuple[str, str, str, str, dict[str, str]]]

class Error(ValueError):
    """An error about the input, with `code`, `path`, `message` and `hint`; `errors` has all errors that were found.

    Branch on `code`, which is stable. An error about a need has a path, but no value.
    """
    code: str
    path: str
    message: str
    hint: str | None
    errors: list[types.ErrorDetail]

@final
class Need:
    """One request for one kind of help, by one person or by one party that stays together.

    Only `id` is required; an absent field is *not requested*, and does not count. There is no field for a name, a birth
    date or an address. The attributes are the fields in their full form, `None` or `[]` if absent.

    - `help`: a code such as `legal.first_advice`; `crime`: an ICCS code, or `{"code": ..., "context": [...]}`
    - `languages`: tags, best first, or `{"tag": "de", "level": "A2"}` with a level of `native`, `C2` to `A1`
    - `region`: a key (AGS, NUTS, ISO); `place`: `{"lat": ..., "lon": ...}` in degrees, within the region
    - `people`: 1 to 100 000; `age`: 0 to 150 years; `gender`: `female`, `male`, `other`, `unknown`
    - `priority`: `stat`, `asap`, `urgent`, `routine`; `group`: needs of one group go to the same offer
    - `formats`: `on_site`, `outreach`, `phone`, `video`, `chat`, `email`; `roles`, `access`: codes
    - `rules`: the rules of this need, which take precedence over the policy: `{"language": "prefer"}`

    Raises `lotse.Error` with all errors. They have a path, but no value.

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
        languages: Sequence[str | types.SpokenLanguage] | None = None,
        region: str | None = None,
        place: types.Coordinates | None = None,
        crime: _Crime | None = None,
        roles: _Codes | None = None,
        gender: types.Gender | None = None,
        age: int | None = None,
        formats: Sequence[types.DeliveryFormat] | None = None,
        access: _Codes | None = None,
        rules: _Rules | None = None,
    ) -> Need: ...
    @staticmethod
    def from_json(text: str, /) -> Need:
        """Decodes a record from JSON text.

        Raises `lotse.Error` with all errors.
        """
    def to_json(self) -> str:
        """Returns the record as JSON text."""
    def to_dict(self) -> types.NeedRecord:
        """Returns the record as a new dict, without absent fields."""
    @property
    def id(self) -> str:
        """The id, unique among the needs."""
    @property
    def case(self) -> str | None:
        """The id of the case to which the need belongs, or `None`."""
    @property
    def group(self) -> str | None:
        """The group whose needs go to the same offer, or `None`."""
    @property
    def people(self) -> int:
        """The number of people, 1 if not stated."""
    @property
    def priority(self) -> types.Priority:
        """The priority, `routine` if not stated."""
    @property
    def help(self) -> str | None:
        """The requested kind of help, or `None`."""
    @property
    def languages(self) -> list[types.SpokenLanguage]:
        """The languages, best first."""
    @property
    def region(self) -> str | None:
        """The key of the region (AGS, NUTS, ISO), or `None`."""
    @property
    def place(self) -> types.Coordinates | None:
        """The coordinates within the region, or `None`."""
    @property
    def crime(self) -> types.CrimeScope | None:
        """The crime with its code and context, or `None`."""
    @property
    def roles(self) -> list[str]:
        """The codes of roles."""
    @property
    def gender(self) -> types.Gender | None:
        """The gender, or `None`."""
    @property
    def age(self) -> int | None:
        """The age in years, or `None`."""
    @property
    def formats(self) -> list[types.DeliveryFormat]:
        """The requested formats."""
    @property
    def access(self) -> list[str]:
        """The codes of access that is needed."""
    @property
    def rules(self) -> dict[types.Criterion, types.PartialRule] | None:
        """The rules that take precedence over those of the policy, or `None`."""
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Need: ...
    def __deepcopy__(self, memo: Any, /) -> Need: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, Any]]: ...

@final
class Offer:
    """One service of one organisation, with a capacity.

    Only `id` is required; an absent field is *unknown*, which means neither "no" nor 0. `"any"` means that
    everything is served. The attributes are the fields in their full form, `None` or `[]` if absent.

    - `help`, `roles`, `access`, `no_access`: codes; `area`: keys of regions (AGS, NUTS, ISO)
    - `languages`: tags, or `{"tag": "prs", "how": "interpreter"}` with `spoken`, `interpreter`, `on_request`
    - `crimes`: codes, `any`, or `{"code": ..., "context": [...]}`; `genders`, `formats`: as in a need
    - `capacity`: free places, or `{"free": ..., "total": ..., "state": ..., "updated": ...}` with a state of `open`,
      `waitlist`, `assessment`, `full`, `unlimited`, and the day on which it was last confirmed
    - `ages`: `{"min": ..., "max": ...}` in years, both ends included
    - `place`: `{"region": ..., "lat": ..., "lon": ...}`; `contact`: `{"phone": ..., "email": ..., "url": ...}`

    Raises `lotse.Error` with all errors.

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
        help: _Codes | None = None,
        languages: Sequence[str | types.OfferedLanguageRecord] | None = None,
        area: _Codes | None = None,
        place: types.Location | None = None,
        crimes: Sequence[_Crime] | None = None,
        capacity: _CapacityLike | None = None,
        roles: _Codes | None = None,
        genders: Sequence[types.Gender | Literal["any"]] | None = None,
        ages: types.AgeRange | None = None,
        formats: Sequence[types.DeliveryFormat | Literal["any"]] | None = None,
        access: _Codes | None = None,
        no_access: _Codes | None = None,
        contact: types.Contact | None = None,
    ) -> Offer: ...
    @staticmethod
    def from_json(text: str, /) -> Offer:
        """Decodes a record from JSON text.

        Raises `lotse.Error` with all errors.
        """
    def to_json(self) -> str:
        """Returns the record as JSON text."""
    def to_dict(self) -> types.OfferRecord:
        """Returns the record as a new dict, without absent fields."""
    @property
    def id(self) -> str:
        """The id, unique among the offers."""
    @property
    def name(self) -> str | None:
        """The name of the service, or `None`."""
    @property
    def organisation(self) -> str | None:
        """The name of the organisation, or `None`."""
    @property
    def help(self) -> list[str]:
        """The kinds of help."""
    @property
    def languages(self) -> list[types.OfferedLanguage]:
        """The languages, each with the mode in which it is provided."""
    @property
    def area(self) -> list[str]:
        """The keys of the regions that are served."""
    @property
    def place(self) -> types.Location | None:
        """The location: a region, coordinates or both, or `None`."""
    @property
    def crimes(self) -> list[str | types.CrimeScope]:
        """The crimes, as codes or with a context."""
    @property
    def capacity(self) -> types.CapacityRecord | None:
        """The capacity, or `None` if it is unknown."""
    @property
    def roles(self) -> list[str]:
        """The codes of roles that are served."""
    @property
    def genders(self) -> list[str]:
        """The genders that are served."""
    @property
    def ages(self) -> types.AgeRange | None:
        """The range of ages, both ends included, or `None`."""
    @property
    def formats(self) -> list[types.DeliveryFormat]:
        """The formats in which help is provided."""
    @property
    def access(self) -> list[str]:
        """The codes of access that is provided."""
    @property
    def no_access(self) -> list[str]:
        """The codes of access that is known to be missing."""
    @property
    def contact(self) -> types.Contact | None:
        """The contact: `phone`, `email` and `url`, or `None`."""
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Offer: ...
    def __deepcopy__(self, memo: Any, /) -> Offer: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, Any]]: ...

@final
class Policy:
    """The weights, rules and parameters by which offers are scored. Absent keys have defaults, which are attributes too.

    - `weights`: `{"help": 16, "crime": 20, "language": 29, "region": 20, "capacity": 15, "prefer": 5}`
    - `rules`: by criterion, `"must"`, `"prefer"`, `"ignore"`, or `{"rule": "must", "minimum": 0.25, "unknown": "exclude"}`
    - `unknown_fit`: the fit that counts if it is unknown, 0 to 1
    - `language`, `region`, `help`, `crime`, `capacity`, `priority_weights`: parameters, see the README

    Fits and weights have at most 4 decimals. Raises `lotse.Error` with all errors.

    >>> import lotse
    >>> lotse.Policy(weights={"language": 40}, rules={"region": "prefer"}).rules["region"]
    {'rule': 'prefer', 'minimum': 0.0001, 'unknown': 'allow'}
    """
    def __new__(
        cls,
        *,
        weights: _Map[types.Criterion | Literal["prefer"], float] | None = None,
        rules: _Rules | None = None,
        unknown_fit: float | None = None,
        language: types.LanguageParameters | None = None,
        region: types.RegionParameters | None = None,
        help: types.HelpParameters | None = None,
        crime: types.CrimeParameters | None = None,
        capacity: types.CapacityParameters | None = None,
        priority_weights: _Map[types.Priority, int] | None = None,
    ) -> Policy: ...
    @staticmethod
    def from_json(text: str, /) -> Policy:
        """Decodes a record from JSON text.

        Raises `lotse.Error` with all errors.
        """
    def to_json(self) -> str:
        """Returns the record as JSON text."""
    def to_dict(self) -> types.EffectivePolicy:
        """Returns the record as a new dict, without absent fields."""
    @property
    def weights(self) -> dict[str, float]:
        """The weight of each criterion, and of preferences."""
    @property
    def rules(self) -> dict[types.Criterion, types.EffectiveRule]:
        """The rule of each criterion."""
    @property
    def unknown_fit(self) -> float:
        """The fit that counts if it is unknown, from 0 to 1."""
    @property
    def language(self) -> dict[str, Any]:
        """The parameters of languages."""
    @property
    def region(self) -> dict[str, float]:
        """The parameters of regions and distances."""
    @property
    def help(self) -> dict[str, float]:
        """The parameters of kinds of help."""
    @property
    def crime(self) -> dict[str, float]:
        """The parameters of crimes."""
    @property
    def capacity(self) -> dict[str, float]:
        """The parameters of capacities."""
    @property
    def priority_weights(self) -> dict[types.Priority, int]:
        """The weight of one person of each priority in an objective."""
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Policy: ...
    def __deepcopy__(self, memo: Any, /) -> Policy: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, Any]]: ...

@final
class Vocabulary:
    """The codes and names of languages, regions, crimes and kinds of help: the built-in tables, and additions.

    `additions` is a dict or JSON text: `home`, `regions`, `region_aliases`, `languages`, `sign_languages`, `umbrellas`,
    `comprehension`, `names`, `words`; see the README. Raises `lotse.Error` with all errors.

    >>> import lotse
    >>> lotse.Vocabulary().name("language", "prs", lang="de")
    'Dari'
    """
    def __new__(cls, additions: _VocabularyLike | None = None, /) -> Vocabulary: ...
    def resolve(
        self, text: str, kind: types.CodeKind | None = None, *, lang: types.Lang = "en"
    ) -> list[types.Candidate]:
        """Returns the codes that a typed word may mean, best first; all of them if it is ambiguous.

        `kind` is one of `language`, `region`, `crime`, `context`, `help`, `role`, `access`, or `None` for all of these; or one of the
        closed sets of records, which have words of their own: `format`, `gender`, `state`, `how`, `level`, `priority`, `truth`.
        `lang` is the display language of the names. Each candidate has `kind`, `code`, `name`, `context`, `how` (`exact`, `alias`,
        `umbrella`, `list`, `typo`) and a `score` from 0 to 1. Only a single `exact` or `alias` is certain.

        >>> import lotse
        >>> [candidate["code"] for candidate in lotse.Vocabulary().resolve("Kurdisch", "language")][:2]
        ['kmr', 'ckb']
        """
    def suggest(
        self, text: str, kind: types.CodeKind | None = None, *, lang: types.Lang = "en", top: int = 10
    ) -> list[types.Candidate]:
        """Returns suggestions for a field while a person types: at most `top` codes (0 to 100) of each kind.

        They are sorted by:

        1. the certain candidates of `resolve`
        2. completions: the name, or another `word`, begins with the text (`how` is `completed`)
        3. possible typing errors

        `kind` and `lang` are those of `resolve`.

        >>> import lotse
        >>> [candidate["name"] for candidate in lotse.Vocabulary().suggest("Görl", "region", lang="de")]
        ['Görlitz']
        """
    def resolve_table(
        self, words: Iterable[str | None], kind: types.CodeKind | None = None, *, lang: types.Lang = "en"
    ) -> Table:
        """Resolves many typed words, as a table with a row for each candidate; a word without one has a row without a code.

        `words` is a list of texts, such as a column of a frame. `kind` and `lang` are those of `resolve`. Columns: `text`, `rank` (1
        for the best), `kind`, `code`, `name`, `how`, `score` (0 to 1), `context` (list of tags).

        >>> import lotse
        >>> table = lotse.Vocabulary().resolve_table(["Dari", "Tigrinisch", "xyzzy"], "language", lang="de")
        >>> [(row["text"], row["code"], row["name"]) for row in table]
        [('Dari', 'prs', 'Dari'), ('Tigrinisch', 'ti', 'Tigrinya'), ('xyzzy', None, None)]
        """
    def to_table(self, kind: types.CodeKind | None = None, *, lang: types.Lang = "en") -> Table:
        """Returns all codes with their names in a display language, as a table.

        `kind` is one of `language`, `region`, `crime`, `context`, `help`, `role`, `access`, or `None` for all of these. Columns: `kind`,
        `code`, `name`.

        >>> import lotse
        >>> table = lotse.Vocabulary().to_table("help", lang="de")
        >>> next(row["name"] for row in table if row["code"] == "legal")
        'Rechtliche Hilfe'
        """
    def name(self, kind: types.CodeKind, code: str, *, lang: types.Lang = "en") -> str:
        """Returns the name of a code, or the code itself if it has none.

        >>> import lotse
        >>> lotse.Vocabulary().name("language", "prs", lang="de")
        'Dari'
        """
    def to_dict(self) -> dict[str, Any]:
        """Returns all tables as a new dict, in the form of additions."""
    def to_json(self) -> str:
        """Returns all tables as JSON text, in the form of additions."""
    def contains(self, kind: types.CodeKind, code: str) -> bool:
        """Returns whether the tables contain a code.

        >>> import lotse
        >>> lotse.Vocabulary().contains("language", "prs")
        True
        """
    def __eq__(self, value: object, /) -> bool: ...
    def __getnewargs__(self) -> tuple[str | None]: ...
    __hash__: None  # type: ignore[assignment]

@final
class Matcher:
    """Offers under a policy, with the codes and names of a vocabulary.

    `offers` is a list of `Offer`, dicts or JSON texts, a table (any object with the Arrow PyCapsule interface), or the
    JSON text of a list. `policy` and `vocabulary` are objects, dicts or JSON text. `as_of` is the day on which capacities
    are judged, a date or a text such as `2026-11-23`; it defaults to today. `needs` of a method have the same forms as
    `offers`.

    A matcher may be called from many threads at once, and in a child process after `os.fork`. An update is visible to the
    calls that begin after it.

    Raises `lotse.Error` with all errors.

    >>> import lotse
    >>> matcher = lotse.Matcher([{"id": "o-1", "languages": ["de", "uk"], "capacity": 2}, {"id": "o-2", "languages": ["de"]}])
    >>> matcher.rank({"id": "n-1", "languages": ["uk"]})[0]
    Match(offer='o-1', score=0.99147750)
    """
    def __new__(
        cls,
        offers: _Offers,
        *,
        policy: _PolicyLike | None = None,
        vocabulary: _VocabularyLike | None = None,
        as_of: _DateLike | None = None,
    ) -> Matcher: ...
    def rank(self, need: _NeedLike, *, top: int = 5, lang: types.Lang = "en") -> Ranking:
        """Ranks the offers for one need, best first, with a reason for every point of the score.

        `need` is a `Need`, a dict or JSON text; `top` is the maximum of matches, `lang` the display language (`en`, `de`,
        `de-simple`). Raises `lotse.Error` for an invalid need.

        >>> import lotse
        >>> matcher = lotse.Matcher([{"id": "o-1", "languages": ["de", {"tag": "prs", "how": "interpreter"}]}])
        >>> best = matcher.rank({"id": "n-1", "languages": ["prs"]}, lang="de")[0]
        >>> [finding["text"] for finding in best.reasons]
        ['Dari mit Dolmetscher.', 'Nicht bekannt, ob Plätze frei sind: bitte nachfragen.']
        """
    def rank_all(
        self, needs: _Needs, *, top: int = 5, lang: types.Lang = "en", progress: bool = False
    ) -> list[Ranking]:
        """Ranks the offers for each need, in the order of the needs, on all cores.

        The people of a group are counted together, because they need their places at one offer. `progress` shows a bar
        (needs tqdm). Raises `lotse.Error` with all errors of the needs; Ctrl-C cancels it.

        >>> import lotse
        >>> matcher = lotse.Matcher([{"id": "o-1", "capacity": 2}])
        >>> matcher.rank_all([{"id": "n-1"}, {"id": "n-2", "people": 3}])
        [Ranking(need='n-1', 1 matches), Ranking(need='n-2', 0 matches)]
        """
    def rank_table(self, needs: _Needs, *, top: int = 5, progress: bool = False) -> Table:
        """Ranks the offers for each need, as a table with one row for each match.

        Columns: `need` (id), `rank` (1 for the best), `offer` (id), `offer_name` (null if it has none), `score` (0 to 1),
        `to_check` (list of criteria). A need without a match has no row.

        `needs` is usually a table too. Its columns have the names of the fields of a need, with lists and structs nested or
        flat: `languages` may be the text `prs;de:A2`, `crime.code` and `crime.context` may be columns of their own, numbers may be
        text. An empty cell is not requested; a column that is not a field is an error.
        """
    def reason_table(
        self, needs: _Needs, *, top: int = 5, lang: types.Lang = "en", progress: bool = False
    ) -> Table:
        """Returns the findings of each match as a table with one row for each requested criterion.

        Columns: `need`, `offer` (id), `offer_name` (null if it has none), `criterion` (code), `criterion_name`, `fit` (0 to 1),
        `known` (whether the fit is known), `weight`, `contribution` (0 to 1), `code` (stable), `text` (a sentence). The
        contributions of a match add up to its score.
        """
    def explain(self, need: _NeedLike, offer: str, *, lang: types.Lang = "en") -> Explanation:
        """Explains the assessment of an offer against a need: all ten criteria.

        `offer` is an id. Raises `lotse.Error` for an invalid need, and if no offer has this id.

        >>> import lotse
        >>> matcher = lotse.Matcher([{"id": "o-1", "languages": ["de"]}])
        >>> matcher.explain({"id": "n-1", "languages": ["uk"]}, "o-1").reason("language")["blocks"]
        True
        """
    def explain_all(self, needs: _Needs, pairs: _Pairs, *, lang: types.Lang = "en") -> list[Explanation]:
        """Explains pairs of needs and offers, in the order of the pairs; the people of a group are counted together.

        A pair is `(need, offer)` or `{"need": ..., "offer": ...}`, with ids. Raises `lotse.Error` with all errors.
        """
    def diagnose(self, need: _NeedLike, *, near_misses: int = 3, lang: types.Lang = "en") -> Diagnosis:
        """Diagnoses a need with few matches: counts the offers that each criterion excludes, and lists near misses.

        `near_misses` is their maximum, 0 to 1000. Raises `lotse.Error` for an invalid need.

        >>> import lotse
        >>> matcher = lotse.Matcher([{"id": "o-1", "languages": ["de"]}])
        >>> matcher.diagnose({"id": "n-1", "languages": ["uk"]}).blocked
        [{'criterion': 'language', 'offers': 1, 'only': 1}]
        """
    def diagnose_all(
        self, needs: _Needs, *, near_misses: int = 3, lang: types.Lang = "en", progress: bool = False
    ) -> list[Diagnosis]:
        """Diagnoses each need, in the order of the needs, on all cores; the people of a group are counted together.

        The keywords are those of `diagnose` and `rank_all`.
        """
    def diagnose_table(
        self, needs: _Needs, *, lang: types.Lang = "en", progress: bool = False
    ) -> Table:
        """Diagnoses each need, as a table with one row for each criterion that excludes some offer.

        Columns: `need`, `criterion` (code), `criterion_name`, `blocked` (offers that it excludes), `only` (those that it alone
        excludes), `offers` (all), `matching`.
        """
    def allocate(
        self,
        needs: _Needs,
        *,
        fixed: _Plan = (),
        previous: _Plan = (),
        moves: types.MoveMode = "few",
        min_score: float = 0.0,
        neighbour_serves: bool = True,
        lang: types.Lang = "en",
        progress: bool = False,
    ) -> Allocation:
        """Allocates needs to offers of limited capacity in one plan, which is proven optimal if no party has several people.

        - `fixed`: referrals that people agreed on, `(need, offer)` or `{"need": ..., "offer": ..., "counted": True}`; or those of a
          whole plan: an `Allocation`, or its dict or JSON text
        - `previous`: those of an earlier plan, as for `fixed`; `moves`: `few` keeps as many of them as possible, `none` all, `free` none
        - `min_score`: the minimal score of a referral, 0 to 1
        - `neighbour_serves`: whether an offer may serve the neighbouring Kreis

        Raises `lotse.Error` with all errors; Ctrl-C cancels it.

        >>> import lotse
        >>> matcher = lotse.Matcher([{"id": "o-1", "capacity": 1}])
        >>> plan = matcher.allocate([{"id": "n-1"}, {"id": "n-2", "priority": "stat"}])
        >>> plan
        Allocation(1 referrals, 1 unmet, optimal=True)
        >>> plan.unmet[0]["need"], plan.unmet[0]["reason"]
        ('n-1', 'no_place')
        """
    def evaluate(
        self,
        needs: _Needs,
        plan: _Plan,
        *,
        fixed: _Plan = (),
        previous: _Plan = (),
        moves: types.MoveMode = "few",
        min_score: float = 0.0,
        neighbour_serves: bool = True,
        lang: types.Lang = "en",
        progress: bool = False,
    ) -> Evaluation:
        """Evaluates a given plan without changing it: its objective, the scores and violations of its referrals, and the reasons
        of unmet needs.

        `plan` is an `Allocation`, its dict or JSON text, or a list of referrals as for `fixed`; ids that do not exist any more are
        ignored. The keywords are those of `allocate`, for a comparison with its result.

        >>> import lotse
        >>> matcher = lotse.Matcher([{"id": "o-1", "roles": ["witness"]}], policy={"rules": {"role": "prefer"}})
        >>> needs = [{"id": "n-1", "roles": ["bereaved"]}]
        >>> plan = matcher.allocate(needs)
        >>> matcher.with_policy({}).evaluate(needs, plan).ineligible
        ['n-1']
        """
    def baseline(self, needs: _Needs, kind: types.Baseline) -> types.Objective:
        """Returns the objective that a simple strategy attains with these needs, for comparison with a plan.

        `kind` is `first_come_first_served` (in the order of the needs) or `greedy` (best fit first). The dict has `people` by
        priority, and the weighted `score`. Raises `lotse.Error` with all errors; Ctrl-C cancels it.

        >>> import lotse
        >>> matcher = lotse.Matcher([{"id": "o-1", "capacity": 1}])
        >>> needs = [{"id": "n-1"}, {"id": "n-2", "priority": "stat"}]
        >>> matcher.baseline(needs, "first_come_first_served")["people"]["stat"]
        0
        """
    def with_policy(self, policy: _PolicyLike, /) -> Matcher:
        """Returns a new matcher of the same offers, vocabulary and day under another policy: an object, a dict or JSON text.

        It takes a fraction of the time of a new build. Raises `lotse.Error` with all errors of the policy.

        >>> import lotse
        >>> matcher = lotse.Matcher([{"id": "o-1", "roles": ["witness"]}])
        >>> need = {"id": "n-1", "roles": ["bereaved"]}
        >>> len(matcher.rank(need)), len(matcher.with_policy({"rules": {"role": "prefer"}}).rank(need))
        (0, 1)
        """
    def update(self, offer: _OfferLike, /) -> None:
        """Adds an offer, or replaces the one with its id, without a rebuild.

        Raises `lotse.Error` for an invalid offer, and then changes nothing.
        """
    def remove(self, id: str, /) -> Offer:
        """Removes an offer and returns it.

        Raises `lotse.Error` if no offer has this id.
        """
    def set_capacity(self, id: str, capacity: _CapacityLike, /) -> None:
        """Replaces the capacity of an offer by a number of free places, or by a dict as in an offer.

        Raises `lotse.Error` if no offer has this id, or for an invalid capacity, and then changes nothing.

        >>> import lotse
        >>> matcher = lotse.Matcher([{"id": "o-1", "capacity": 1}])
        >>> matcher.set_capacity("o-1", 0)
        >>> len(matcher.rank({"id": "n-1"}))
        0
        """
    def offer(self, id: str, /) -> Offer | None:
        """Returns the offer with this id, or `None`."""
    @property
    def offers(self) -> list[Offer]:
        """All offers, in the order of ids."""
    @property
    def policy(self) -> Policy:
        """The policy, with defaults."""
    @property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary, with the comprehension table of the policy."""
    @property
    def as_of(self) -> datetime.date:
        """The day on which capacities are judged."""
    def __len__(self) -> int: ...
    def __contains__(self, key: object, /) -> bool: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __copy__(self) -> Matcher: ...
    def __deepcopy__(self, memo: Any, /) -> Matcher: ...
    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]: ...
    __hash__: None  # type: ignore[assignment]

@final
class Ranking:
    """The matches of one need, best first; a sequence of `Match`.

    `need` is the id of the need. Notebooks show a ranking as a table. A ranking can be pickled.
    """
    @property
    def need(self) -> str:
        """The id of the need."""
    @property
    def matches(self) -> list[Match]:
        """The matches, best first."""
    def to_table(self) -> Table:
        """Returns the ranking as a table with one row for each match, best first.

        Columns: `need` (id), `rank` (1 for the best), `offer` (id), `offer_name` (null if it has none), `score` (0 to 1),
        `to_check` (list of criteria). They are those of `Matcher.rank_table`.
        """
    def reason_table(self) -> Table:
        """Returns the findings of the matches as a table with one row for each requested criterion of each match.

        Its columns are those of `Matcher.reason_table`.
        """
    def to_dict(self) -> types.Ranking:
        """Returns the ranking as a new dict, in the wire form."""
    def to_json(self) -> str:
        """Returns the ranking as JSON text, in the wire form."""
    def __len__(self) -> int: ...
    @overload
    def __getitem__(self, key: int, /) -> Match: ...
    @overload
    def __getitem__(self, key: slice, /) -> list[Match]: ...
    def __iter__(self) -> Iterator[Match]: ...
    def __reversed__(self) -> Iterator[Match]: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __copy__(self) -> Ranking: ...
    def __deepcopy__(self, memo: Any, /) -> Ranking: ...
    def __reduce__(self) -> _Reduced: ...
    def _repr_html_(self) -> str: ...
    __hash__: None  # type: ignore[assignment]

@final
class Match:
    """An offer that matches a need.

    `offer` is its id, `score` is from 0 to 1, `to_check` has the criteria that a person should check, and `reasons` the
    findings of the requested criteria.
    """
    @property
    def offer(self) -> str:
        """The id of the offer."""
    @property
    def score(self) -> float:
        """The score, from 0 to 1."""
    @property
    def to_check(self) -> list[types.Criterion]:
        """The criteria that a person should check."""
    @property
    def reasons(self) -> list[types.Finding]:
        """The findings of the requested criteria."""
    def reason(self, criterion: types.Criterion, /) -> types.Finding:
        """Returns the finding of one criterion, requested or not.

        Raises `lotse.Error` if there is no such criterion.

        >>> import lotse
        >>> matcher = lotse.Matcher([{"id": "o-1", "languages": ["uk"]}])
        >>> matcher.rank({"id": "n-1", "languages": ["uk"]})[0].reason("language")["code"]
        'language.spoken'
        """
    def to_table(self) -> Table:
        """Returns the findings as a table with one row for each requested criterion.

        Columns: `offer` (id), `offer_name` (null if it has none), `criterion` (code), `criterion_name`, `fit` (0 to 1, null if it is
        not requested), `known` (whether the fit is known), `weight`, `contribution` (0 to 1), `rule`, `blocks` (whether the
        criterion excludes the offer), `to_check` (whether a person should check it), `code` (stable), `text` (a sentence).
        """
    def to_dict(self) -> types.Match:
        """Returns the match as a new dict, in the wire form."""
    def to_json(self) -> str:
        """Returns the match as JSON text, in the wire form."""
    def __eq__(self, value: object, /) -> bool: ...
    def __copy__(self) -> Match: ...
    def __deepcopy__(self, memo: Any, /) -> Match: ...
    def __reduce__(self) -> _Reduced: ...
    def _repr_html_(self) -> str: ...
    __hash__: None  # type: ignore[assignment]

@final
class Explanation:
    """The assessment of an offer against a need: the findings of all ten criteria, also if the offer is excluded.

    `need` and `offer` are ids; `matches` is true if no criterion excludes the offer. The other attributes are those of
    `Match`.
    """
    @property
    def need(self) -> str:
        """The id of the need."""
    @property
    def offer(self) -> str:
        """The id of the offer."""
    @property
    def matches(self) -> bool:
        """True if no criterion excludes the offer."""
    @property
    def score(self) -> float:
        """The score, from 0 to 1."""
    @property
    def to_check(self) -> list[types.Criterion]:
        """The criteria that a person should check."""
    @property
    def reasons(self) -> list[types.Finding]:
        """The findings of all ten criteria."""
    def reason(self, criterion: types.Criterion, /) -> types.Finding:
        """Returns the finding of one criterion.

        Raises `lotse.Error` if there is no such criterion.
        """
    def to_table(self) -> Table:
        """Returns the findings as a table with one row for each of the ten criteria.

        Columns: `need`, and those of `Match.to_table`.
        """
    def to_dict(self) -> types.Explanation:
        """Returns the explanation as a new dict, in the wire form."""
    def to_json(self) -> str:
        """Returns the explanation as JSON text, in the wire form."""
    def __eq__(self, value: object, /) -> bool: ...
    def __copy__(self) -> Explanation: ...
    def __deepcopy__(self, memo: Any, /) -> Explanation: ...
    def __reduce__(self) -> _Reduced: ...
    def _repr_html_(self) -> str: ...
    __hash__: None  # type: ignore[assignment]

@final
class Diagnosis:
    """The diagnosis of a need with few matches.

    `need` is its id; `offers` and `matching` are counts. `blocked` has the number of offers that each criterion excludes,
    and of those that it alone excludes; `near_misses` has the closest excluded offers, with the required changes.
    """
    @property
    def need(self) -> str:
        """The id of the need."""
    @property
    def offers(self) -> int:
        """The number of all offers."""
    @property
    def matching(self) -> int:
        """The number of offers that match."""
    @property
    def blocked(self) -> list[types.BlockedOffers]:
        """The numbers of offers that each criterion excludes, and that it alone excludes."""
    @property
    def near_misses(self) -> list[types.NearMiss]:
        """The closest excluded offers, with the required changes."""
    def to_table(self) -> Table:
        """Returns the diagnosis as a table with one row for each criterion that excludes some offer.

        Its columns are those of `Matcher.diagnose_table`.
        """
    def near_miss_table(self) -> Table:
        """Returns the near misses as a table with one row for each, the closest first.

        Columns: `need`, `offer` (id), `offer_name` (null if it has none), `score` (0 to 1), `blockers` (list of the criteria that
        exclude it), `changes` (list of the required changes as sentences), `to_check` (list of criteria).
        """
    def to_dict(self) -> types.Diagnosis:
        """Returns the diagnosis as a new dict, in the wire form."""
    def to_json(self) -> str:
        """Returns the diagnosis as JSON text, in the wire form."""
    def __eq__(self, value: object, /) -> bool: ...
    def __copy__(self) -> Diagnosis: ...
    def __deepcopy__(self, memo: Any, /) -> Diagnosis: ...
    def __reduce__(self) -> _Reduced: ...
    def _repr_html_(self) -> str: ...
    __hash__: None  # type: ignore[assignment]

@final
class Allocation:
    """A plan: unmet needs with their reasons, referrals, the usage of offers, and the certificate.

    `unmet`, `referrals` and `offers` are lists of dicts in the order of ids. `objective` is attained by the plan, and `bound`
    is an upper bound on the objective of every plan. `certificate` has `optimal` and `gap`, which are attributes too.
    Notebooks show a plan as tables, unmet needs first.

    A plan goes back in as `previous` or `fixed` of `Matcher.allocate`. It can be pickled, with its proof.
    """
    @property
    def unmet(self) -> list[types.UnmetNeed]:
        """The needs without a referral, each with its reason, in the order of ids."""
    @property
    def referrals(self) -> list[types.Referral]:
        """The referrals, in the order of the ids of needs."""
    @property
    def offers(self) -> list[types.OfferUsage]:
        """The usage of each offer, in the order of ids: places, used places, and the price of one more place."""
    @property
    def objective(self) -> types.Objective:
        """The objective that the plan attains: people by priority, kept referrals, and the weighted score."""
    @property
    def bound(self) -> types.Objective:
        """The upper bound on the objective of every plan."""
    @property
    def certificate(self) -> types.Certificate:
        """The proven quality of the plan: `optimal`, `gap` and `verified`."""
    @property
    def optimal(self) -> bool:
        """True if no better plan exists."""
    @property
    def gap(self) -> types.Objective | None:
        """The bound minus the objective, or `None` if the plan is optimal."""
    def verify(self) -> None:
        """Repeats the independent check of the plan and its certificate.

        Raises `lotse.Error` with the code `problem.unverified`, which is a defect of the library, or the plan is from a pickle that was
        changed.

        >>> import lotse
        >>> lotse.Matcher([{"id": "o-1", "capacity": 1}]).allocate([{"id": "n-1"}]).verify()
        """
    def diff(self, later: Allocation | _Data, /) -> PlanDiff:
        """Returns the difference from this plan to a later one: the needs of both whose outcome differs.

        `later` is an `Allocation`, or its dict or JSON text. The result has the lists `newly_met`, `newly_unmet`, `moved` and
        `reason_changed`. Raises `lotse.Error` with all errors of `later`.

        >>> import lotse
        >>> matcher = lotse.Matcher([{"id": "o-1", "capacity": 1}])
        >>> before = matcher.allocate([{"id": "n-1"}])
        >>> matcher.set_capacity("o-1", 0)
        >>> before.diff(matcher.allocate([{"id": "n-1"}], previous=before)).newly_unmet
        [{'need': 'n-1', 'from': 'o-1', 'to': 'no_place'}]
        """
    def report(self) -> Report:
        """Reports on the plan: counts by priority, help, language, region and crime, bottlenecks, and missing offers."""
    def to_table(self) -> Table:
        """Returns the plan as a table with one row for each need, unmet needs first.

        Columns: `need`, `offer` (id, null if unmet), `offer_name` (null if it has none), `score` (0 to 1), `fixed`, `neighbour`
        (whether the offer serves the neighbouring Kreis), `to_check` (list of criteria), `reason` (code, null if met), `text` (the
        reason as a sentence).
        """
    def unmet_table(self) -> Table:
        """Returns the unmet needs as a table with one row for each.

        Columns: `need`, `reason` (code), `text` (the reason as a sentence), `remedies` (list of sentences: offers to phone, a split of
        the group, the changes of the nearest miss).
        """
    def offer_table(self) -> Table:
        """Returns the usage of the offers as a table with one row for each, in the order of ids.

        Columns: those of `Report.bottleneck_table`, and `assumed` (whether the capacity is to be confirmed by phone).
        """
    def to_dict(self) -> types.AllocateResponse:
        """Returns the plan as a new dict, in the wire form."""
    def to_json(self) -> str:
        """Returns the plan as JSON text, in the wire form."""
    def __eq__(self, value: object, /) -> bool: ...
    def __copy__(self) -> Allocation: ...
    def __deepcopy__(self, memo: Any, /) -> Allocation: ...
    def __reduce__(self) -> _Reduced: ...
    def _repr_html_(self) -> str: ...
    __hash__: None  # type: ignore[assignment]

@final
class Evaluation:
    """A given plan under the policy, the offers and the options of today: what it achieves, and what it violates.

    `referrals` and `unmet` are those of an `Allocation`. `servable` are the needs without a referral although an offer that
    matches has places left. `feasible` is true if there are no violations: `ineligible` (needs whose outcome no plan has under
    these options), `split_groups` and `over_places` (offers with more people than places). Compare `objective` with the
    objective or the bound of an allocation of the same needs with the same options. Lists are in the order of ids.
    """
    @property
    def feasible(self) -> bool:
        """True if the plan has no violations."""
    @property
    def unmet(self) -> list[types.UnmetNeed]:
        """The needs without a referral, each with its reason, in the order of ids."""
    @property
    def referrals(self) -> list[types.Referral]:
        """The referrals of the plan, in the order of the ids of needs."""
    @property
    def servable(self) -> list[str]:
        """The ids of needs without a referral although an offer that matches has places left."""
    @property
    def ineligible(self) -> list[str]:
        """The ids of needs whose outcome no plan has under these options."""
    @property
    def split_groups(self) -> list[str]:
        """The groups whose needs have several offers."""
    @property
    def over_places(self) -> list[str]:
        """The ids of offers with more people than places."""
    @property
    def objective(self) -> types.Objective:
        """The objective that the plan attains."""
    def to_table(self) -> Table:
        """Returns the plan as a table with one row for each need, unmet needs first.

        Columns: those of `Allocation.to_table`, `breaks` (list of the criteria that exclude the offer), `servable` and `ineligible`
        (whether the need is in the list of this name).
        """
    def violation_table(self) -> Table:
        """Returns the violations as a table with one row for each; it has no row if the plan is feasible.

        Columns: `violation` (`ineligible`, `split_groups`, `over_places`), `id` (of the need, the group or the offer), `offer_name` (null
        unless an offer with a name has more people than places).
        """
    def to_dict(self) -> types.Evaluation:
        """Returns the evaluation as a new dict, in the wire form."""
    def to_json(self) -> str:
        """Returns the evaluation as JSON text, in the wire form."""
    def __eq__(self, value: object, /) -> bool: ...
    def __copy__(self) -> Evaluation: ...
    def __deepcopy__(self, memo: Any, /) -> Evaluation: ...
    def __reduce__(self) -> _Reduced: ...
    def _repr_html_(self) -> str: ...
    __hash__: None  # type: ignore[assignment]

@final
class PlanDiff:
    """The needs of two plans whose outcome differs, in the order of ids.

    Each item of the lists has `need`, `from` and `to`: the id of an offer, or the code of the reason why the need is unmet. Its
    length is the number of these needs, so that it is false if there are none. Notebooks show it as a table.
    """
    @property
    def newly_met(self) -> list[types.OutcomeChange]:
        """The needs that were unmet and are met."""
    @property
    def newly_unmet(self) -> list[types.OutcomeChange]:
        """The needs that were met and are unmet."""
    @property
    def moved(self) -> list[types.OutcomeChange]:
        """The needs that another offer meets."""
    @property
    def reason_changed(self) -> list[types.OutcomeChange]:
        """The needs that are unmet for another reason."""
    def to_table(self) -> Table:
        """Returns the difference as a table with one row for each need whose outcome differs.

        Columns: `need`, `change` (`newly_met`, `newly_unmet`, `moved`, `reason_changed`), `change_name`, `from` and `to` (the id of an
        offer or the code of a reason), `from_name` and `to_name` (the name of the offer, null if it has none, or the label of the
        reason). Needs without a place come first.
        """
    def to_dict(self) -> types.PlanDiff:
        """Returns the difference as a new dict, in the wire form."""
    def to_json(self) -> str:
        """Returns the difference as JSON text, in the wire form."""
    def __len__(self) -> int: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __copy__(self) -> PlanDiff: ...
    def __deepcopy__(self, memo: Any, /) -> PlanDiff: ...
    def __reduce__(self) -> _Reduced: ...
    def _repr_html_(self) -> str: ...
    __hash__: None  # type: ignore[assignment]

@final
class Report:
    """The report on a plan.

    `total` has the counts of all needs; `by_priority`, `by_help`, `by_language`, `by_region` and `by_crime` are lists of dicts
    with the same counts. `bottlenecks` are the offers with a positive shadow price, highest first, and `wanted` the missing
    offers, those that would serve most people first. `objective` and `bound` are those of the plan.
    """
    @property
    def total(self) -> types.Tally:
        """The counts of all needs."""
    @property
    def by_priority(self) -> list[types.ReportRow]:
        """The counts of each priority, the most urgent first."""
    @property
    def by_help(self) -> list[types.ReportRow]:
        """The counts of each kind of help."""
    @property
    def by_language(self) -> list[types.ReportRow]:
        """The counts of each language."""
    @property
    def by_region(self) -> list[types.ReportRow]:
        """The counts of each region."""
    @property
    def by_crime(self) -> list[types.ReportRow]:
        """The counts of each crime."""
    @property
    def bottlenecks(self) -> list[types.Bottleneck]:
        """The offers with a positive shadow price, the highest first."""
    @property
    def wanted(self) -> list[types.MissingOffer]:
        """The missing offers, those that would serve most people first."""
    @property
    def objective(self) -> types.Objective:
        """The objective of the plan."""
    @property
    def bound(self) -> types.Objective:
        """The upper bound on the objective of every plan."""
    def to_table(self) -> Table:
        """Returns the counts as a table with one row for each priority, kind of help, language, region and crime.

        Columns: `by` (`priority`, `help`, `language`, `region`, `crime`), `code` (null if not stated), `name` (also that of what is not
        stated), and the counts `needs`, `people`, `cases`, `met`, `met_by_neighbour`, `unmet`, `people_met`, `people_unmet`.
        """
    def bottleneck_table(self) -> Table:
        """Returns the offers that are short of places as a table, the highest price first.

        Columns: `offer` (id), `offer_name` (null if it has none), `places` (null if unlimited), `used`; the gain by one more place as
        `stat`, `asap`, `urgent`, `routine` (people of each priority), `kept`, `score`, and `gain` as a text; `exact`, `helps`.
        """
    def missing_offer_table(self) -> Table:
        """Returns the missing offers as a table, those that would serve most people first.

        Columns: `help`, `help_name`, `language`, `language_name`, `region`, `region_name` (codes and names, null if the needs have
        none in common), `needs`, `people`, and the people of each priority: `stat`, `asap`, `urgent`, `routine`.
        """
    def to_dict(self) -> types.Report:
        """Returns the report as a new dict, in the wire form."""
    def to_json(self) -> str:
        """Returns the report as JSON text, in the wire form."""
    def __eq__(self, value: object, /) -> bool: ...
    def __copy__(self) -> Report: ...
    def __deepcopy__(self, memo: Any, /) -> Report: ...
    def __reduce__(self) -> _Reduced: ...
    def _repr_html_(self) -> str: ...
    __hash__: None  # type: ignore[assignment]

@final
class Table:
    """A result as columns of equal length, with the Arrow PyCapsule interface.

    `polars.DataFrame(table)`, `pyarrow.table(table)`, `pandas.DataFrame(table)` and DuckDB accept it. Iteration yields a dict for
    each row, and `to_dict` returns a list for each column. A table can be compared, copied and pickled.

    pandas builds a frame of dicts, so a table without rows has no columns there: `pandas.DataFrame(table.to_dict())` keeps them,
    and `pandas.DataFrame.from_arrow(table)` (3 or newer) or `pyarrow.table(table).to_pandas()` is faster for large tables.

    >>> import lotse
    >>> table = lotse.Matcher([{"id": "o-1", "name": "Advice centre"}]).rank_table([{"id": "n-1"}])
    >>> [(row["need"], row["offer"], row["offer_name"]) for row in table]
    [('n-1', 'o-1', 'Advice centre')]
    """
    @property
    def column_names(self) -> list[str]:
        """The names of the columns."""
    def to_dict(self) -> dict[str, list[Any]]:
        """Returns a new dict with the list of values of each column.

        >>> import lotse
        >>> lotse.Matcher([{"id": "o-1"}]).rank_table([{"id": "n-1"}]).to_dict()["offer"]
        ['o-1']
        """
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[dict[str, Any]]: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __copy__(self) -> Table: ...
    def __deepcopy__(self, memo: Any, /) -> Table: ...
    def __reduce__(self) -> tuple[Any, tuple[list[tuple[str, str, list[Any]]]]]: ...
    def _repr_html_(self) -> str: ...
    __hash__: None  # type: ignore[assignment]

@final
class Exported:
    """The files of an export, and a report on what they lack.

    `files` is a dict from names to texts, the main one first; `save` writes them to a folder. `report` has the number of `records`, and
    `notes` with `code`, `count`, and the ids of the first records in `at`.

    >>> import lotse
    >>> exported = lotse.export_offers([lotse.Offer(id="o-1", name="Treff", languages=["de"])])
    >>> list(exported.files)
    ['offers.csv', 'offers.map.json', 'datapackage.json']
    """
    @property
    def files(self) -> dict[str, str]:
        """The texts of the files by name, as a new dict."""
    @property
    def report(self) -> types.ExportReport:
        """The report: the number of records, and notes about what the files lack."""
    def save(self, folder: str | PathLike[str]) -> None:
        """Writes the files to a folder, which is created if it does not exist."""
    def to_table(self) -> Table:
        """Returns the notes as a table with one row for each.

        Columns: `code`, `text` (a label in the display language), `count`, `field` (null if it has none), `at` (list of ids).
        """
    def to_dict(self) -> types.Exported:
        """Returns the export as a new dict, in the wire form."""
    def to_json(self) -> str:
        """Returns the export as JSON text, in the wire form."""
    def __eq__(self, value: object, /) -> bool: ...
    def __copy__(self) -> Exported: ...
    def __deepcopy__(self, memo: Any, /) -> Exported: ...
    def __reduce__(self) -> _Reduced: ...
    def _repr_html_(self) -> str: ...
    __hash__: None  # type: ignore[assignment]

@final
class Imported:
    """What an import produced: `offers` or `needs`, which a `Matcher` accepts, a `report`, open `questions`, and the `mapping` that was used.

    Notebooks show what is missing, and the questions. `answer` answers questions and imports again. A pickle has no source: its `answer`
    raises `lotse.Error`, and its `reveal` returns `None`.

    >>> import lotse
    >>> imported = lotse.import_offers(b"id;Name;Sprachen\\n1;Treff;Deutsch, Kurdisch\\n")
    >>> imported
    Imported(1 offers, 1 open questions)
    >>> imported.questions[0]["id"], imported.questions[0]["candidates"]
    ('language:kurdisch', ['kmr', 'ckb'])
    >>> answered = imported.answer({"language:kurdisch": "kmr"})
    >>> [language["tag"] for language in answered.offers[0].languages]
    ['de', 'kmr']
    """
    @property
    def offers(self) -> list[Offer]:
        """The offers, in the order of the source; empty if needs were imported."""
    @property
    def needs(self) -> list[Need]:
        """The needs, in the order of the source; empty if offers were imported."""
    @property
    def report(self) -> ImportReport:
        """The report: one counted outcome for every record, column and part of a cell."""
    @property
    def questions(self) -> Questions:
        """The open questions, the most frequent first."""
    @property
    def mapping(self) -> Mapping:
        """The mapping that was used, also if it was sketched from the header, with the answers."""
    def answer(self, answers: _Answers, /, *, progress: bool = False) -> Imported:
        """Imports the source once more, with answers to questions; earlier answers are kept.

        `answers` is a dict from the `id` of each question to a value, a list of values, or `None` for a word that states nothing; or a
        list of questions with their `answer`; or JSON text or the path of a file with one of these. `progress` shows a bar. Raises
        `lotse.Error` for an id that is no question.
        """
    def reveal(self, id: str) -> str | None:
        """Returns the word of a question that is withheld because it may identify a person, or `None` if there is no such question.

        It is for the person who opened the source: no other result has the word.
        """
    def to_dict(self) -> types.ImportResponse:
        """Returns the import as a new dict, in the wire form: the records, `report`, `questions` and `mapping`."""
    def to_json(self) -> str:
        """Returns the import as JSON text, in the wire form."""
    def __eq__(self, value: object, /) -> bool: ...
    def __copy__(self) -> Imported: ...
    def __deepcopy__(self, memo: Any, /) -> Imported: ...
    def __reduce__(self) -> _Reduced: ...
    def _repr_html_(self) -> str: ...
    __hash__: None  # type: ignore[assignment]

@final
class ImportReport:
    """The report of an import: one counted outcome for every record, column and part of a cell.

    `records` has the counts of records, `columns` those of each column, and `questions` the number of open questions. The lists `lost`,
    `left_out`, `hidden`, `assumed`, `repaired`, `merged` and `suspicions` have notes: `code`, `count`, `at` (rows or paths, at most 100),
    and if there are such `column` and `field`. No note has a value of a need. Notebooks show what is missing first.
    """
    @property
    def recognized(self) -> types.Recognized:
        """The files, which mapping was used, and why the format was recognized."""
    @property
    def as_of(self) -> str | None:
        """The day of the import, or `None`."""
    @property
    def records(self) -> types.RecordCounts:
        """The counts of records: `read = used + merged + left_out`, `produced = used + added`."""
    @property
    def columns(self) -> list[types.ColumnReport]:
        """The counts of each column: `parts = understood + assumed + asked + no_value + lost`."""
    @property
    def questions(self) -> int:
        """The number of open questions."""
    @property
    def assumed(self) -> list[types.Note]:
        """The notes about readings that are customary but not certain."""
    @property
    def repaired(self) -> list[types.Note]:
        """The notes about damage that was repaired."""
    @property
    def left_out(self) -> list[types.Note]:
        """The notes about records that were left out."""
    @property
    def merged(self) -> list[types.Note]:
        """The notes about records that were merged into others."""
    @property
    def lost(self) -> list[types.Note]:
        """The notes about parts of cells that no field has."""
    @property
    def hidden(self) -> list[types.Note]:
        """The notes about columns that are not read, and values that are hidden."""
    @property
    def suspicions(self) -> list[types.Note]:
        """The notes about what may be a mistake in the source; they change no record."""
    @property
    def licence(self) -> list[str]:
        """The licences of the source."""
    @property
    def changes(self) -> types.Changes | None:
        """The changes since an earlier import, if one was given: `new`, `changed`, `gone`, `same`; else `None`."""
    def to_table(self) -> Table:
        """Returns the columns of the source as a table with one row for each.

        Columns: `column`, `use` (`read`, `ignore`, `never`, `unmentioned`), `fields` (list), and the counts `filled` (cells), `parts` (of
        cells), `understood`, `assumed`, `asked`, `no_value`, `lost` (parts).
        """
    def note_table(self) -> Table:
        """Returns the notes as a table with one row for each; what is missing comes first.

        Columns: `section` (`lost`, `left_out`, `hidden`, `assumed`, `repaired`, `merged`, `suspicions`), `code`, `text` (a label in the
        display language), `count`, `column`, `field` (null if it has none), `at` (list of rows or paths).
        """
    def to_dict(self) -> types.ImportReport:
        """Returns the report as a new dict, in the wire form."""
    def to_json(self) -> str:
        """Returns the report as JSON text, in the wire form."""
    def __eq__(self, value: object, /) -> bool: ...
    def __copy__(self) -> ImportReport: ...
    def __deepcopy__(self, memo: Any, /) -> ImportReport: ...
    def __reduce__(self) -> _Reduced: ...
    def _repr_html_(self) -> str: ...
    __hash__: None  # type: ignore[assignment]

@final
class Questions:
    """The open questions of an import, the most frequent first; a sequence of dicts.

    Each has `id`, `kind`, `text` (as written first; `None` if it may identify a person), `columns`, `count`, `at` (at most three rows),
    `candidates` (values that may be meant, best first), `why`, and `answer`, which is `None`. `Imported.answer` answers them.
    """
    def to_table(self) -> Table:
        """Returns the questions as a table with one row for each, the most frequent first.

        Columns: `id` (the key of an answer), `kind`, `kind_name`, `text` (null if it may identify a person), `columns` (list), `count`,
        `at` (list of rows), `why`, `why_name`, `candidates` and `candidate_names` (lists, best first).
        """
    def to_json(self) -> str:
        """Returns the questions as JSON text: the form of a file in which a person writes the answers."""
    def __len__(self) -> int: ...
    @overload
    def __getitem__(self, index: int, /) -> types.Question: ...
    @overload
    def __getitem__(self, index: slice, /) -> list[types.Question]: ...
    def __iter__(self) -> Iterator[types.Question]: ...
    def __reversed__(self) -> Iterator[types.Question]: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __copy__(self) -> Questions: ...
    def __deepcopy__(self, memo: Any, /) -> Questions: ...
    def __reduce__(self) -> _Reduced: ...
    def _repr_html_(self) -> str: ...
    __hash__: None  # type: ignore[assignment]

@final
class Mapping:
    """A mapping from the columns of files to the fields of records: data that people read and edit.

    `mapping` is a dict, JSON text, the path of a file, or the name of a built-in mapping: `hsds3`, `hsds-package`, `data-inclusion`,
    `airs`, `osm`, `fhir`. `lotse.types.MappingFile` has its keys. Raises `lotse.Error` with all errors.

    >>> import lotse
    >>> mapping = lotse.Mapping({"lotse_mapping": 1, "records": "offers", "id": "Nr", "fields": {"languages": "Sprachen"}})
    >>> mapping.records, mapping.to_dict()["fields"]
    ('offers', {'languages': 'Sprachen'})
    """
    def __new__(cls, mapping: _MappingLike, /) -> Mapping: ...
    @property
    def records(self) -> types.RecordKind:
        """The kind of records that it produces: `offers` or `needs`."""
    def save(self, path: str | PathLike[str]) -> None:
        """Writes the mapping to a file, which `mapping` of an import reads."""
    def to_dict(self) -> dict[str, Any]:
        """Returns the mapping file as a new dict."""
    def to_json(self) -> str:
        """Returns the mapping file as JSON text."""
    def __eq__(self, value: object, /) -> bool: ...
    def __copy__(self) -> Mapping: ...
    def __deepcopy__(self, memo: Any, /) -> Mapping: ...
    def __getnewargs__(self) -> tuple[str]: ...
    __hash__: None  # type: ignore[assignment]

@final
class Sketch:
    """What is recognized in files before they are imported: the format, the columns, and questions about columns.

    `columns` has a dict for each column: `column`, `field` (`None` if it is not read), `sure`, `use` (`read`, `ignore`, `never`,
    `unmentioned`), `filled` cells and `samples` of cells. `rows` has the first rows; of needs there are neither rows nor cells.
    `samples` are words that show the encoding. `mapping` is the mapping that an import would use. Notebooks show the columns.

    >>> import lotse
    >>> sketch = lotse.sketch_mapping(b"id;Sprachen;Status\\n1;Deutsch;frei\\n")
    >>> [(column["column"], column["field"], column["sure"]) for column in sketch.columns][1]
    ('Sprachen', 'languages', True)
    """
    @property
    def records(self) -> types.RecordKind:
        """The kind of records: `offers` or `needs`."""
    @property
    def recognized(self) -> types.Recognized:
        """The files, which mapping an import would use, and why the format was recognized."""
    @property
    def mapping(self) -> Mapping:
        """The mapping that an import would use."""
    @property
    def columns(self) -> list[types.SketchColumn]:
        """The columns, in the order of the source."""
    @property
    def rows(self) -> list[list[str]]:
        """The first rows, at most three, with a cell for each column; empty for needs."""
    @property
    def samples(self) -> list[str]:
        """Words that show the encoding, at most three; of needs from the header only."""
    @property
    def questions(self) -> Questions:
        """The questions about columns."""
    def to_table(self) -> Table:
        """Returns the columns as a table with one row for each.

        Columns: `column`, `field` (null if it is not read), `field_name` (a label in the display language), `sure`, `use`, `filled` (cells),
        `samples` (list of cells; empty for needs).
        """
    def to_dict(self) -> types.Sketch:
        """Returns the sketch as a new dict, in the wire form."""
    def to_json(self) -> str:
        """Returns the sketch as JSON text, in the wire form."""
    def __eq__(self, value: object, /) -> bool: ...
    def __copy__(self) -> Sketch: ...
    def __deepcopy__(self, memo: Any, /) -> Sketch: ...
    def __reduce__(self) -> _Reduced: ...
    def _repr_html_(self) -> str: ...
    __hash__: None  # type: ignore[assignment]

def export_records(records: types.RecordKind, source: Any, options: dict[str, Any], /) -> Exported:
    """Exports records of a kind, with the keywords of `lotse.export_offers`."""
def import_labels(lang: types.Lang = "en") -> dict[str, dict[str, str]]:
    """Returns the labels of reports and questions of imports, by kind and code; `lang` is `en`, `de` or `de-simple`.

    >>> import lotse
    >>> lotse.import_labels("de")["section"]["lost"]
    'nicht übernommen'
    """
def import_records(records: types.RecordKind, source: Any, options: dict[str, Any], /) -> Imported:
    """Imports records of a kind from a source, with the keywords of `lotse.import_offers`."""
def sketch_records(records: types.RecordKind, source: Any, options: dict[str, Any], /) -> Sketch:
    """Recognizes a source and its columns, with the keywords of `lotse.sketch_mapping`."""

@final
class Solution:
    """A solution of a transportation problem, with its objective and certificate.

    - `assignment`: the sink of each supply, or `None`; for several units that of the first
    - `flows`: the sinks of each supply with the number of units, as `(sink, units)`
    - `objective`, `bound`: dicts with `people` (by class), `kept` and `value`; they are equal if the solution is `optimal`
    - `prices`: the shadow price of each sink, in the same form: the gain by one more place; exact if all sizes are 1
    - `witnesses`: the unit that attains each price, as a dict with `supply`, the sink `from` which it would move (`None` if
      it is unserved) and the number of `moves` in the chain; `None` for a price of zero. Empty if any size is above 1
    """
    @property
    def assignment(self) -> list[int | None]:
        """The sink of each supply, or `None`; for several units that of the first."""
    @property
    def flows(self) -> list[list[tuple[int, int]]]:
        """The sinks of each supply with the number of units, as `(sink, units)`."""
    @property
    def objective(self) -> types.SolverObjective:
        """The objective that the solution attains."""
    @property
    def bound(self) -> types.SolverObjective:
        """The upper bound on the objective of every solution."""
    @property
    def prices(self) -> list[types.SolverObjective]:
        """The shadow price of each sink: the gain by one more place."""
    @property
    def witnesses(self) -> list[types.PriceWitness | None]:
        """The unit that attains the price of each sink, or `None`; empty if any size is above 1."""
    @property
    def optimal(self) -> bool:
        """True if the objective equals the bound."""
    def to_table(self) -> Table:
        """Returns the flows as a table with one row for each supply and sink.

        Columns: `supply`, `sink` (null if no unit is served), `units`. Both are positions from 0.
        """
    def to_dict(self) -> dict[str, Any]:
        """Returns the solution as a new dict, with its attributes as keys."""
    def __eq__(self, value: object, /) -> bool: ...
    def __copy__(self) -> Solution: ...
    def __deepcopy__(self, memo: Any, /) -> Solution: ...
    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]: ...
    __hash__: None  # type: ignore[assignment]

def solve(
    values: Any,
    capacities: Iterable[int | None],
    *,
    classes: Iterable[int] | None = None,
    people: Iterable[Iterable[int]] | None = None,
    counts: Iterable[int] | None = None,
    sizes: Iterable[int] | None = None,
    previous: Iterable[int | None] | None = None,
    kept: Iterable[Iterable[int]] | None = None,
    fixed: Iterable[int | None] | None = None,
) -> Solution:
    """Solves a transportation problem with a lexicographic objective, and certifies the solution.

    - `values`: the value of one unit of supply `i` at sink `j`, as rows of integers (lists or a 2-D array) with `None` for a
      missing edge, or as a SciPy sparse array, whose stored entries are the edges
    - `capacities`: the number of places of each sink, or `None` if it is unlimited
    - `classes`: the class of each supply, 0 (served first) to 3; defaults to 0
    - `people`: the people of each class that one unit serves, as rows of up to four; by default its size, in its class
    - `counts`: the number of units of each supply (1); `sizes`: the number of places of one unit (1), all at one sink
    - `previous`: the sink of each supply in an earlier solution, or `None`, to be kept if possible; in full `kept`: the
      weight of staying at each sink, as rows of the shape of `values`
    - `fixed`: the sink of all units of a supply, or `None`

    The objective has these levels: people of class 0, of class 1, 2 and 3, the weights of staying, and the sum of values.
    With sizes of 1 the solution is a proven optimum; with larger ones it may be approximate, and `bound` is an upper
    bound on the objective. Raises `lotse.Error` (`problem.*`); Ctrl-C cancels it.

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
    as_of: _DateLike | None = None,
) -> types.CheckReport:
    """Checks records, and reports all errors and warnings at once.

    `offers` and `needs` are lists, tables or JSON text, valid or not; `policy`, `vocabulary` and `as_of` are those of a
    `Matcher`. Returns a dict: the numbers of `offers` and `needs`, `errors` (invalid input) and `warnings` (valid input that
    may be a mistake). Each of these has `code`, `path`, `message` and `hint`.

    >>> import lotse
    >>> report = lotse.check(needs=[{"id": "n-1", "age": "34"}])
    >>> report["errors"][0]["code"], report["errors"][0]["path"]
    ('need.type', 'needs[0].age')
    """
def criterion_label(criterion: types.Criterion, *, lang: types.Lang = "en") -> str:
    """Returns the label of a criterion, for headings and lists; `lang` is `en`, `de` or `de-simple`.

    >>> import lotse
    >>> lotse.criterion_label("language", lang="de")
    'Sprache'
    """
def labels(lang: types.Lang = "en") -> types.Labels:
    """Returns the labels of codes and fields, by kind and code; `lang` is `en`, `de` or `de-simple`.

    Names of languages, regions, crimes, contexts, kinds of help, roles and access tags are in a `Vocabulary`.

    >>> import lotse
    >>> lotse.labels("de")["priority"]["stat"]
    'sofort'
    """
def before_fork() -> None:
    """Builds all tables, because a child process would wait for ever for a thread that was building one at the fork."""
def run_command_line(arguments: Sequence[str], /) -> int:
    """Runs the command `lotse` with arguments, of which the first is its name, and returns its exit code.

    It reads standard input and writes to the standard output of the process, not to `sys.stdout`.
    """
def version() -> str:
    """Returns the version of the library."""
def decode_offers(records: _Offers, /) -> list[Offer]:
    """Decodes offers from a list, a table or JSON text. Their codes are looked up by a matcher."""
def decode_needs(records: _Needs, /) -> list[Need]:
    """Decodes needs from a list, a table or JSON text. Their codes are looked up by a matcher."""
def example_day() -> str:
    """Returns the day of the invented incident."""
def example_offers() -> list[Offer]:
    """Returns the offers of the invented incident."""
def example_needs() -> list[Need]:
    """Returns the needs of the invented incident."""
def restore_solution(
    flows: Sequence[Sequence[tuple[int, int]]],
    objective: tuple[Sequence[int], int, int],
    bound: tuple[Sequence[int], int, int],
    prices: Sequence[tuple[Sequence[int], int, int]],
    witnesses: Sequence[tuple[int, int | None, int] | None],
    /,
) -> Solution:
    """Restores a pickled solution."""
def restore_table(columns: Sequence[tuple[str, str, list[Any]]], /) -> Table:
    """Restores a pickled table from its columns: names, types and values."""
def restore(
    class_name: str, lang: types.Lang, data: str, additional: str, names: _Map[str, str], /
) -> Any:
    """Restores a pickled result from its data."""
@overload
def call(operation: Literal["rank"], request: _Data, /) -> types.RankResponse:
    """Calls an operation by name with a request, a dict or JSON text, whose `as_of` defaults to today.

    Raises `lotse.Error` with all errors; Ctrl-C cancels it.

    >>> from lotse import wire
    >>> wire.call("resolve", {"words": [{"text": "Dari", "kind": "language"}]})["resolved"][0]["candidates"][0]["code"]
    'prs'
    """
@overload
def call(operation: Literal["explain"], request: _Data, /) -> types.ExplainResponse:
    """Calls an operation by name with a request, a dict or JSON text, whose `as_of` defaults to today.

    Raises `lotse.Error` with all errors; Ctrl-C cancels it.

    >>> from lotse import wire
    >>> wire.call("resolve", {"words": [{"text": "Dari", "kind": "language"}]})["resolved"][0]["candidates"][0]["code"]
    'prs'
    """
@overload
def call(operation: Literal["diagnose"], request: _Data, /) -> types.DiagnoseResponse:
    """Calls an operation by name with a request, a dict or JSON text, whose `as_of` defaults to today.

    Raises `lotse.Error` with all errors; Ctrl-C cancels it.

    >>> from lotse import wire
    >>> wire.call("resolve", {"words": [{"text": "Dari", "kind": "language"}]})["resolved"][0]["candidates"][0]["code"]
    'prs'
    """
@overload
def call(operation: Literal["allocate"], request: _Data, /) -> types.AllocateResponse:
    """Calls an operation by name with a request, a dict or JSON text, whose `as_of` defaults to today.

    Raises `lotse.Error` with all errors; Ctrl-C cancels it.

    >>> from lotse import wire
    >>> wire.call("resolve", {"words": [{"text": "Dari", "kind": "language"}]})["resolved"][0]["candidates"][0]["code"]
    'prs'
    """
@overload
def call(operation: Literal["report"], request: _Data, /) -> types.Report:
    """Calls an operation by name with a request, a dict or JSON text, whose `as_of` defaults to today.

    Raises `lotse.Error` with all errors; Ctrl-C cancels it.

    >>> from lotse import wire
    >>> wire.call("resolve", {"words": [{"text": "Dari", "kind": "language"}]})["resolved"][0]["candidates"][0]["code"]
    'prs'
    """
@overload
def call(operation: Literal["check"], request: _Data, /) -> types.CheckReport:
    """Calls an operation by name with a request, a dict or JSON text, whose `as_of` defaults to today.

    Raises `lotse.Error` with all errors; Ctrl-C cancels it.

    >>> from lotse import wire
    >>> wire.call("resolve", {"words": [{"text": "Dari", "kind": "language"}]})["resolved"][0]["candidates"][0]["code"]
    'prs'
    """
@overload
def call(operation: Literal["resolve"], request: _Data, /) -> types.ResolveResponse:
    """Calls an operation by name with a request, a dict or JSON text, whose `as_of` defaults to today.

    Raises `lotse.Error` with all errors; Ctrl-C cancels it.

    >>> from lotse import wire
    >>> wire.call("resolve", {"words": [{"text": "Dari", "kind": "language"}]})["resolved"][0]["candidates"][0]["code"]
    'prs'
    """
@overload
def call(operation: Literal["import"], request: _Data, /) -> types.ImportResponse:
    """Calls an operation by name with a request, a dict or JSON text, whose `as_of` defaults to today.

    Raises `lotse.Error` with all errors; Ctrl-C cancels it.

    >>> from lotse import wire
    >>> wire.call("resolve", {"words": [{"text": "Dari", "kind": "language"}]})["resolved"][0]["candidates"][0]["code"]
    'prs'
    """
@overload
def call(operation: Literal["sketch"], request: _Data, /) -> types.Sketch:
    """Calls an operation by name with a request, a dict or JSON text, whose `as_of` defaults to today.

    Raises `lotse.Error` with all errors; Ctrl-C cancels it.

    >>> from lotse import wire
    >>> wire.call("resolve", {"words": [{"text": "Dari", "kind": "language"}]})["resolved"][0]["candidates"][0]["code"]
    'prs'
    """
@overload
def call(operation: Literal["export"], request: _Data, /) -> types.Exported:
    """Calls an operation by name with a request, a dict or JSON text, whose `as_of` defaults to today.

    Raises `lotse.Error` with all errors; Ctrl-C cancels it.

    >>> from lotse import wire
    >>> wire.call("resolve", {"words": [{"text": "Dari", "kind": "language"}]})["resolved"][0]["candidates"][0]["code"]
    'prs'
    """
@overload
def call(operation: types.Operation, request: _Data, /) -> Any:
    """Calls an operation by name with a request, a dict or JSON text, whose `as_of` defaults to today.

    Raises `lotse.Error` with all errors; Ctrl-C cancels it.

    >>> from lotse import wire
    >>> wire.call("resolve", {"words": [{"text": "Dari", "kind": "language"}]})["resolved"][0]["candidates"][0]["code"]
    'prs'
    """
def schema(name: str, /) -> dict[str, Any]:
    """Returns the JSON Schema (draft 2020-12) of a record, a request or a response.

    `name` is `need`, `offer`, `policy`, `vocabulary`, `error`, or that of an operation with `.request` or `.response`. Raises
    `lotse.Error` with all names if there is no such schema.

    >>> from lotse import wire
    >>> wire.schema("need")["required"]
    ['id']
    """
def call_json(operation: types.Operation, request: str, /) -> str:
    """Calls an operation by name, from JSON text to JSON text. `as_of` has no default, so that tests do not depend on the day.

    Raises `lotse.Error` with all errors.

    >>> from lotse import wire
    >>> wire.call_json("rank", '{"needs": [{"id": "n-1"}]}')
    '{"rankings":[{"need":"n-1","matches":[]}]}'
    """
