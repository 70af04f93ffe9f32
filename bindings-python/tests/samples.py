"""Records that tests share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import lotse

# With every field.
FULL_NEED: dict[str, Any] = {
    "id": "n-17", "case": "c-9", "group": "g-3", "people": 1, "priority": "urgent",
    "help": "psychosocial.trauma_clinic",
    "languages": ["prs", {"tag": "de", "level": "A2"}],
    "region": "14612", "place": {"lat": 51.05, "lon": 13.74},
    "crime": {"code": "0101", "context": ["terrorism"]},
    "roles": ["bereaved"], "gender": "female", "age": 34,
    "formats": ["on_site", "video"], "access": ["wheelchair"],
    "rules": {"language": "prefer"},
}  # fmt: skip
FULL_OFFER: dict[str, Any] = {
    "id": "o-3", "name": "Traumaambulanz Beispielstadt", "organisation": "Beispielklinikum",
    "help": ["psychosocial.trauma_clinic"],
    "languages": ["de", "en", {"tag": "prs", "how": "interpreter"}],
    "area": ["14612", "14628"], "place": {"region": "14612", "lat": 51.06, "lon": 13.78},
    "crimes": ["any", {"code": "02"}, {"context": ["terrorism"]}],
    "capacity": {"free": 3, "total": 10, "state": "open", "updated": "2026-11-20"},
    "roles": ["any"], "genders": ["any"], "ages": {"min": 18},
    "formats": ["on_site", "phone"], "access": ["wheelchair"],
    "contact": {"phone": "...", "email": "...", "url": "..."},
}  # fmt: skip

AS_OF = "2026-11-23"
WRONG: Any = lotse
"""The module for calls that a type checker rejects."""
NEED: dict[str, Any] = {**FULL_NEED, "people": 2}
CONTACT = {"phone": "112", "email": "a@example.org", "url": "https://example.org"}
OFFER: dict[str, Any] = {**FULL_OFFER, "contact": CONTACT}
POLICY: dict[str, Any] = {"weights": {"language": 40}, "rules": {"region": "prefer"}, "unknown_fit": 0.4}
ADDITIONS: dict[str, Any] = {
    "regions": [{"code": "14628010", "kind": "gemeinde", "parent": "14628", "name": "Altenberg"}],
    "words": [{"kind": "help", "codes": ["psychosocial.acute"], "lang": "de", "text": "Kriseninterventionsteam Nord"}],
}
OFFERS: list[dict[str, Any]] = [
    OFFER,
    {"id": "o-1", "languages": ["uk", "de"], "capacity": 2},
    {"id": "o-2", "languages": ["de"], "capacity": 1},
]
NEEDS: list[dict[str, Any]] = [
    {"id": "n-1", "languages": ["uk"]},
    {"id": "n-2", "languages": ["de"], "priority": "stat"},
    {"id": "n-3", "languages": ["ti"]},
]


def raised_error(call: Callable[[], Any]) -> lotse.Error:
    with pytest.raises(lotse.Error) as caught:
        call()
    return caught.value
