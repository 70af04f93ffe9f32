"""Ranks support offers for people harmed by crime, with a reason for every point of the score."""

from lotse._lotse import Error, allocate, check, diagnose, explain, rank, report, resolve, version

__all__ = ["Error", "allocate", "check", "diagnose", "explain", "rank", "report", "resolve", "version"]
__version__ = version()
