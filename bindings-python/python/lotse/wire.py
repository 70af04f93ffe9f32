"""All operations as functions from a request to a response, in the wire format that all languages share.

Each takes a dict or JSON text and returns plain data. `as_of` defaults to today. The functions `..._json` take and
return JSON text; they have no default for `as_of`, so that tests do not depend on the day.

>>> from lotse import wire
>>> request = {"offers": [{"id": "o-1", "languages": ["uk"]}], "needs": [{"id": "n-1", "languages": ["uk"]}]}
>>> [match["offer"] for match in wire.rank(request)["rankings"][0]["matches"]]
['o-1']
"""

from lotse._lotse import (
    allocate,
    allocate_json,
    check_json,
    diagnose,
    diagnose_json,
    explain,
    explain_json,
    rank,
    rank_json,
    report,
    report_json,
    resolve,
    resolve_json,
)
from lotse._lotse import check_request as check

__all__ = [
    "allocate",
    "allocate_json",
    "check",
    "check_json",
    "diagnose",
    "diagnose_json",
    "explain",
    "explain_json",
    "rank",
    "rank_json",
    "report",
    "report_json",
    "resolve",
    "resolve_json",
]
