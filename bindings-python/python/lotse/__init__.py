"""Ranks support offers for people harmed by crime, with a reason for every point of the score."""

from lotse._lotse import Error, check, diagnose, explain, rank, resolve, version

__all__ = ["Error", "check", "diagnose", "explain", "rank", "resolve", "version"]
__version__ = version()
