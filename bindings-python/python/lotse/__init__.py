"""Ranks support offers for people harmed by crime, with a reason for every point of the score."""

from lotse._lotse import Error, check, explain, rank, resolve, version

__all__ = ["Error", "check", "explain", "rank", "resolve", "version"]
__version__ = version()
