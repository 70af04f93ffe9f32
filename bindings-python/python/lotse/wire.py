"""All operations as functions from a request to a response, in the wire format that all languages share.

Each takes a dict or JSON text and returns plain data, of the type in `lotse.types`. `as_of` defaults to today. `call` has the operation as an argument;
`call_json` takes and returns JSON text, and has no default for `as_of`, so that tests do not depend on the day.

>>> from lotse import wire
>>> request = {"offers": [{"id": "o-1", "languages": ["uk"]}], "needs": [{"id": "n-1", "languages": ["uk"]}]}
>>> [match["offer"] for match in wire.rank(request)["rankings"][0]["matches"]]
['o-1']
"""

from collections.abc import Mapping
from typing import Any

from lotse import types
from lotse._lotse import call, call_json, schema

__all__ = [
    "allocate",
    "call",
    "call_json",
    "check",
    "diagnose",
    "explain",
    "import_",
    "rank",
    "report",
    "resolve",
    "schema",
    "sketch",
]

_Request = Mapping[str, Any] | str


def rank(request: _Request, /) -> types.RankResponse:
    """Ranks the offers for each need, best first, with a reason for every point of the score.

    The request is a dict or JSON text: `offers`, `needs`, `policy`, `vocabulary`, `as_of` (defaults to today), `top`,
    `lang`, `reasons`.
    """
    return call("rank", request)


def explain(request: _Request, /) -> types.ExplainResponse:
    """Explains the assessment of offers against needs: all ten criteria, also if an offer is excluded.

    The request is that of `rank`, with `pairs` instead of `top` and `reasons`.
    """
    return call("explain", request)


def diagnose(request: _Request, /) -> types.DiagnoseResponse:
    """Diagnoses needs with few matches: counts the offers that each criterion excludes, and lists near misses.

    The request is that of `rank`, with `near_misses` (3) instead of `top` and `reasons`.
    """
    return call("diagnose", request)


def allocate(request: _Request, /) -> types.AllocateResponse:
    """Allocates needs to offers of limited capacity in one plan, with a certificate; unmet needs are listed first.

    The request is a dict or JSON text: `offers`, `needs`, `policy`, `vocabulary`, `as_of` (defaults to today), `fixed` and
    `previous` referrals, `moves` (`none`, `few` or `free`), `min_score`, `neighbour_serves`, `lang`.
    """
    return call("allocate", request)


def report(request: _Request, /) -> types.Report:
    """Reports on a plan: counts by priority, help, language, region and crime, bottlenecks, and missing offers.

    The request is that of `allocate`.
    """
    return call("report", request)


def check(request: _Request, /) -> types.CheckReport:
    """Checks records without ranking them, and reports all errors and warnings at once.

    The request is a dict or JSON text: `offers`, `needs`, `policy`, `vocabulary`, `as_of`.
    """
    return call("check", request)


def resolve(request: _Request, /) -> types.ResolveResponse:
    """Resolves typed words to candidate codes, best first; to all of them if a word is ambiguous.

    The request is a dict or JSON text: `words` (each with `text` and, for codes of one kind only, `kind`), `lang` (the
    display language of names), `suggest`, `vocabulary`.
    """
    return call("resolve", request)


def import_(request: _Request, /) -> types.ImportResponse:
    """Imports files: their records, a report, open questions, and the mapping that was used.

    The request is a dict or JSON text: `files` (each with `name`, and `text` or `base64`), `records` (`offers` or `needs`), `mapping` (an
    object, or the name of a built-in one), `answers`, `within`, `postcodes`, `prefix`, `previous`, `strict`, `as_of` (defaults to today),
    `vocabulary`, `lang`. `lotse.import_offers` and `lotse.import_needs` take paths and tables too.
    """
    return call("import", request)


def sketch(request: _Request, /) -> types.Sketch:
    """Recognizes files and their columns, without an import.

    The request is that of `import_`.
    """
    return call("sketch", request)
