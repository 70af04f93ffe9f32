from typing import Any, Final, TypedDict

__all__ = ["Error", "allocate", "check", "diagnose", "explain", "rank", "report", "resolve", "version"]

__version__: Final[str]

class _Detail(TypedDict):
    code: str
    path: str
    message: str
    hint: str | None

class Error(ValueError):
    """What is wrong with a request: `code`, `path`, `message`, `hint`, and in `errors` everything found.

    Branch on `code`, which is stable. An error about a need tells the place, never a value.
    """

    code: str
    path: str
    message: str
    hint: str | None
    errors: list[_Detail]

def version() -> str:
    """The version of the library."""

def rank(request: dict[str, Any] | str, /) -> dict[str, Any]:
    """Rank the offers for each need, best first, with a reason for every point of the score.

    The request is a dict or JSON text: `offers`, `needs`, `policy`, `vocabulary`, `as_of` (today if
    left out), `top`, `lang`, `reasons`.
    """

def explain(request: dict[str, Any] | str, /) -> dict[str, Any]:
    """Explain pairs of needs and offers: all ten criteria, excluded pairs too.

    The request is a dict or JSON text: as for `rank`, with `pairs` instead of `top` and `reasons`.
    """

def diagnose(request: dict[str, Any] | str, /) -> dict[str, Any]:
    """Tell why so few offers match: what excludes how many of them, and what would have to change for the nearest.

    The request is a dict or JSON text: as for `rank`, with `near_misses` (3) instead of `top` and `reasons`.
    """

def allocate(request: dict[str, Any] | str, /) -> dict[str, Any]:
    """Give many needs to offers of limited places in one provably best plan; those who get nothing come first.

    The request is a dict or JSON text: `offers`, `needs`, `policy`, `vocabulary`, `as_of` (today if left out), `fixed` and
    `previous` referrals, `moves` (`none`, `few` or `free`), `min_score`, `neighbour_serves`, `lang`.
    """

def report(request: dict[str, Any] | str, /) -> dict[str, Any]:
    """Tell what a plan amounts to: who is served by help, language, region, crime and priority, which offers are short of
    places, and which are missing.

    The request is as for `allocate`.
    """

def check(request: dict[str, Any] | str, /) -> dict[str, Any]:
    """Check records without ranking, and find all errors and warnings at once.

    The request is a dict or JSON text: `offers`, `needs`, `policy`, `vocabulary`, `as_of`.
    """

def resolve(request: dict[str, Any] | str, /) -> dict[str, Any]:
    """Find the codes for words as people type them: candidates, best first, never silently wrong.

    The request is a dict or JSON text: `words` (each with `text` and, for one sort of code only, `kind`), `lang` of the names
    in the answer, `vocabulary`.
    """
