"""Says at the end how many golden cases ran."""

import pathlib

import pytest

GOLDEN = pathlib.Path(__file__).parents[2] / "tests" / "golden"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = (report for key in ("passed", "failed") for report in terminalreporter.getreports(key))
    ran = sum(report.when == "call" and "test_golden.py::test_case[" in report.nodeid for report in reports)
    terminalreporter.write_line(f"golden: {ran} cases")
