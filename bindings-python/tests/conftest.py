"""Records that tests share, and a summary line with the number of golden cases that ran."""

import pathlib
from typing import Any

import pytest

GOLDEN = pathlib.Path(__file__).parents[2] / "tests" / "golden"

# With every field.
NEED: dict[str, Any] = {
    "id": "n-17", "case": "c-9", "group": "g-3", "people": 1, "priority": "urgent",
    "help": "psychosocial.trauma_clinic",
    "languages": ["prs", {"tag": "de", "level": "A2"}],
    "region": "14612", "place": {"lat": 51.05, "lon": 13.74},
    "crime": {"code": "0101", "context": ["terrorism"]},
    "roles": ["bereaved"], "gender": "female", "age": 34,
    "formats": ["on_site", "video"], "access": ["wheelchair"],
    "rules": {"language": "prefer"},
}  # fmt: skip
OFFER: dict[str, Any] = {
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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = (report for key in ("passed", "failed") for report in terminalreporter.getreports(key))
    ran = sum(report.when == "call" and "test_golden.py::test_case[" in report.nodeid for report in reports)
    terminalreporter.write_line(f"golden: {ran} cases")
