"""Ranks support offers for people harmed by crime, with a reason for every point of the score.

A `Matcher` has offers and a `Policy`. It ranks the offers for one need or many, explains the assessment of any offer,
diagnoses needs with few matches, and allocates the needs of a whole incident to the places of offers. It suggests; a
person decides.

>>> import lotse
>>> matcher = lotse.Matcher([{"id": "o-1", "languages": ["de", "uk"], "capacity": 2}])
>>> for match in matcher.rank({"id": "n-1", "languages": ["uk"]}):
...     print(match.offer, match.score, [finding["text"] for finding in match.reasons])
o-1 0.9914775 ['Speaks Ukrainian.', '2 places free.']
"""

import os

from lotse import _lotse, example, types, wire
from lotse._files import read_needs, read_offers
from lotse._imports import export_needs, export_offers, import_needs, import_offers, sketch_mapping
from lotse._lotse import (
    Allocation,
    Diagnosis,
    Error,
    Evaluation,
    Explanation,
    Exported,
    Imported,
    ImportReport,
    Mapping,
    Match,
    Matcher,
    Need,
    Offer,
    PlanDiff,
    Policy,
    Questions,
    Ranking,
    Report,
    Sketch,
    Solution,
    Table,
    Vocabulary,
    check,
    criterion_label,
    import_labels,
    labels,
    solve,
    version,
)
from lotse._resolve import resolve

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
    "check",
    "criterion_label",
    "example",
    "export_needs",
    "export_offers",
    "import_labels",
    "import_needs",
    "import_offers",
    "labels",
    "read_needs",
    "read_offers",
    "resolve",
    "sketch_mapping",
    "solve",
    "types",
    "version",
    "wire",
]
__version__ = version()

if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_lotse.before_fork)
