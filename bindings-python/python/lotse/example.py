"""An invented incident for first trials: an attack at a city festival.

All organisations, persons and contact data are made up.

>>> import lotse
>>> matcher = lotse.Matcher(lotse.example.offers(), as_of=lotse.example.AS_OF)
>>> len(matcher.rank_all(lotse.example.needs(), top=3))
366
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from lotse._lotse import example_day, example_needs, example_offers

if TYPE_CHECKING:
    from lotse._lotse import Need, Offer

__all__ = ["AS_OF", "needs", "offers"]

AS_OF = datetime.date.fromisoformat(example_day())
"""The day of the data, two days after the incident."""


def offers() -> list[Offer]:
    """Returns the offers of the incident."""
    return example_offers()


def needs() -> list[Need]:
    """Returns the needs of the incident."""
    return example_needs()
