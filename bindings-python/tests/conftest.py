"""The fixture that tests share, and a summary line with the number of golden cases that ran."""

import pathlib

import pytest
from samples import AS_OF, OFFERS

import lotse

GOLDEN = pathlib.Path(__file__).parents[2] / "tests" / "golden"


@pytest.fixture
def matcher() -> lotse.Matcher:
    return lotse.Matcher(OFFERS, as_of=AS_OF)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [report for key in ("passed", "failed") for report in terminalreporter.getreports(key)]
    for name, file in (("golden", "test_golden.py"), ("import", "test_golden_import.py")):
        ran = sum(report.when == "call" and f"{file}::test_case[" in report.nodeid for report in reports)
        terminalreporter.write_line(f"{name}: {ran} cases")
