"""An invented incident to try things on: an attack at a city festival that never was.

Every organisation, every person and every way to call in it is made up.

>>> import lotse
>>> matcher = lotse.Matcher(lotse.example.offers(), as_of=lotse.example.AS_OF)
>>> len(matcher.rank_all(lotse.example.needs(), top=3))
366
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from lotse import _lotse

if TYPE_CHECKING:
    from lotse import Need, Offer

__all__ = ["AS_OF", "needs", "offers"]

AS_OF = datetime.date.fromisoformat(_lotse.example_day())
"""The day on which the incident is looked at, two days after it."""


def offers() -> list[Offer]:
    """The offers."""
    return _lotse.example_offers()


def needs() -> list[Need]:
    """The needs."""
    return _lotse.example_needs()
