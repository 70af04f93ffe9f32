"""Ranks support offers for people harmed by crime, with a reason for every point of the score.

A `Matcher` holds offers under a `Policy`. It ranks them for one need or many, explains any pair, tells why a need has no
more matches, and gives the needs of a whole incident to the places there are. It suggests; a person decides.

>>> import lotse
>>> matcher = lotse.Matcher([{"id": "o-1", "languages": ["de", "uk"], "capacity": 2}])
>>> for match in matcher.rank({"id": "n-1", "languages": ["uk"]}):
...     print(match.offer, match.score, [reason["text"] for reason in match.reasons])
o-1 0.955 ['Speaks Ukrainian.', '2 places free.']
"""

from lotse import example, types, wire
from lotse._files import read_needs, read_offers
from lotse._lotse import (
    Allocation,
    Diagnosis,
    Error,
    Explanation,
    Match,
    Matcher,
    Need,
    Offer,
    Policy,
    Ranking,
    Report,
    Solution,
    Table,
    Vocabulary,
    check,
    criterion_name,
    solve,
    version,
)
from lotse._resolve import resolve

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
    "check",
    "criterion_name",
    "example",
    "read_needs",
    "read_offers",
    "resolve",
    "solve",
    "types",
    "version",
    "wire",
]
__version__ = version()
