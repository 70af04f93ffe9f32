#!/usr/bin/env python3
"""Writes letters.tsv from the Unicode data in Python's standard library.

    python3 core/data/scripts/letters.py

A test of the library holds the table to a full implementation of Unicode's normalisation.
"""

import unicodedata
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent

HEAD = """\
# Letters that are written with marks or in another shape, and what they are without: é, ｆ, ﻋ.
#   plain    the letters of which they are made, in lower case, with U+0308 (ä) and the marks of Cyrillic letters (й)
#   written  the letters, one after another, in lower case where there is one
# For comparing names as people type them. The blocks of Latin, Greek, Cyrillic, Hebrew, Arabic with its basic shapes,
# the scripts of India and beyond, kana, and full width; syllables of Hangul are taken apart by calculation.
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
    """Vowel points of Hebrew and Arabic, tatweel, modifier letters."""
    return (
        "\u0591" <= letter <= "\u05c7" or letter in "\u0640\u0670" or "\u064b" <= letter <= "\u065f"
        or "\u06d6" <= letter <= "\u06ed" or "\u02b0" <= letter <= "\u02ff"
    )  # fmt: skip


def plain(letter):
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
            small = letter.lower()
            known = len(small) == 1 and small != letter  # what is looked up is in lower case
            if not known and unicodedata.normalize("NFKD", letter) != letter and (made := plain(letter)):
                rows.setdefault(made, []).append(letter)
    lines = ["plain\twritten", *(f"{made}\t{''.join(rows[made])}" for made in sorted(rows, key=str.encode))]
    (DATA / "letters.tsv").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
