"""Every operation as a request in and an answer out, in the wire format that all languages share.

Each takes a dict or JSON text and gives plain data; `..._json` takes and gives JSON text, and has nothing that stands in
for a missing `as_of`.
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
