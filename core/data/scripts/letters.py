#!/usr/bin/env python3
"""Writes letters.tsv from the Unicode data in Python's standard library.

    python3 core/data/scripts/letters.py

A test of the library compares the table with a full implementation of Unicode's normalization.
"""

import unicodedata
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent

HEAD = """\
# Letters with marks and presentation forms, and their decomposition: é, ｆ, ﻋ.
#   plain    the decomposition in lower case, with U+0308 (ä) and the marks of Cyrillic letters (й), without other marks
#   written  the letters with this decomposition, one after another, in lower case if there is one
# For comparing names as people type them. The blocks of Latin, Greek, Cyrillic, Hebrew, Arabic with its basic shapes,
# the scripts of India and beyond, kana, and full width; syllables of Hangul are decomposed by calculation.
# Source: compatibility decomposition (NFKD) of the Unicode Character Database.
# Licence: Unicode-3.0, Copyright © 1991-2026 Unicode, Inc., see LICENSE-UNICODE.
# Written by scripts/letters.py; do not edit by hand.
"""

BLOCKS = [
    (0x0080, 0x1CFF), (0x1E00, 0x1FFF), (0x3041, 0x30FF),
    (0xFB00, 0xFB4F), (0xFB50, 0xFBB1), (0xFBD3, 0xFBFF), (0xFE70, 0xFEFC), (0xFF01, 0xFF9F),
]  # fmt: skip
DIAERESIS = "\u0308"


def is_accent(letter):
    return any(low <= letter <= high for low, high in ("\u0300\u036f", "\u1ab0\u1aff", "\u1dc0\u1dff"))


def is_dropped(letter):
    """Returns True for vowel points of Hebrew and Arabic, tatweel, and modifier letters."""
    return (
        "\u0591" <= letter <= "\u05c7" or letter in "\u0640\u0670" or "\u064b" <= letter <= "\u065f"
        or "\u06d6" <= letter <= "\u06ed" or "\u02b0" <= letter <= "\u02ff"
    )  # fmt: skip


def decomposition(letter):
    """Returns the letters of a letter without the marks that folding removes."""
    kept, cyrillic = "", False
    for part in unicodedata.normalize("NFKD", letter).lower():
        if is_accent(part):
            kept += part if cyrillic or part == DIAERESIS else ""
        elif (part.isalnum() or unicodedata.category(part) in ("Mn", "Mc")) and not is_dropped(part):  # vowels of India
            cyrillic = "\u0400" <= part <= "\u052f"
            kept += part
    return kept.strip(DIAERESIS) and kept


def main():
    rows = {}
    for low, high in BLOCKS:
        for letter in map(chr, range(low, high + 1)):
            lower = letter.lower()
            is_capital = len(lower) == 1 and lower != letter  # folding looks up lower-case letters only
            if not is_capital and unicodedata.normalize("NFKD", letter) != letter and (plain := decomposition(letter)):
                rows.setdefault(plain, []).append(letter)
    lines = ["plain\twritten", *(f"{plain}\t{''.join(rows[plain])}" for plain in sorted(rows, key=str.encode))]
    (DATA / "letters.tsv").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
