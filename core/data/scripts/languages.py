#!/usr/bin/env python3
"""Compares languages.tsv and comprehension.tsv with CLDR and writes language_aliases.tsv.

    npm pack cldr-localenames-full@48.2.0 cldr-core@48.2.0      (unpack each one)
    python3 core/data/scripts/languages.py LOCALENAMES CORE > core/data/language_aliases.tsv

LOCALENAMES and CORE are the two folders `package`. What the comparison finds goes to standard error: names by CLDR
that are neither name nor alias here (each is meant, see the head of languages.tsv, or a mistake), and rows whose
source names a distance that CLDR does not have (mistakes).
"""

import json
import re
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent

HEAD = """\
# Other tags for the languages of languages.tsv: three-letter codes of ISO 639, old codes, sign languages by country,
# and the long form with the language before (ar-apc, sgn-gsg).
#   from     tag in lower case, without script
#   to       tag of languages.tsv
# No alias takes away what matters in speech: kmr, diq, rmy, cld, pbu, pnb and sh, which CLDR folds into ku, zza, rom,
# syr, ps, lah and sr-Latn, are languages of their own here, and fa-af is prs. For fat, tw and emk, CLDR's folding into
# ak and man is kept.
# Source: languageAlias of CLDR 48.2, but for the rows of EXTRA in scripts/languages.py; long forms by the IANA
#   language subtag registry (2025-08-25).
# Licence: Unicode-3.0, Copyright © 2004-2026 Unicode, Inc., see LICENSE-UNICODE.
# Written by scripts/languages.py; do not edit by hand.
"""

# What CLDR does not say, or says otherwise.
EXTRA = {
    "fa-af": "prs", "fas-af": "prs", "per-af": "prs",
    "hbs": "sh",
    "lah": "pnb",
    # Sign languages by country; CLDR knows more, but not these.
    "sgn-af": "afg", "sgn-at": "asq", "sgn-bg": "bqn", "sgn-ch-fr": "ssr", "sgn-ch-it": "slf", "sgn-cz": "cse",
    "sgn-hr": "csq", "sgn-hu": "hsh", "sgn-ir": "psc", "sgn-jo": "jos", "sgn-pl": "pso", "sgn-ro": "rms",
    "sgn-ru": "rsl", "sgn-sk": "svk", "sgn-tr": "tsm", "sgn-ua": "ukl",
}  # fmt: skip
# Extended language subtags: the language before them -> those of its varieties that are in the table.
# All members of ar and all sign languages are such, too.
LONG = {"uz": ["uzs"], "zh": ["hak", "nan", "wuu", "yue"]}


def read_table(name):
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    header, *rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [dict(zip(header, row, strict=True)) for row in rows]


def cldr_names(localenames, locale):
    path = localenames / "main" / locale / "languages.json"
    if not path.exists():
        return {}
    return json.loads(path.read_text(encoding="utf-8"))["main"][locale]["localeDisplayNames"]["languages"]


def read_cldr(core, name):
    return json.loads((core / "supplemental" / name).read_text(encoding="utf-8"))["supplemental"]


def compare_names(rows, localenames):
    names = {locale: cldr_names(localenames, locale) for locale in ("de", "en")}
    for row in rows:
        here = {row["de"], row["en"], row["own"], *row["aliases"].split(";")}
        there = [names[locale].get(row["tag"]) for locale in ("de", "en")]
        there.append(cldr_names(localenames, row["tag"]).get(row["tag"]))
        for name in there:
            if name and name not in here:
                print(f"{row['tag']}: not here: {name}", file=sys.stderr)


def compare_distances(rows, core):
    distances = {}
    for match in read_cldr(core, "languageMatching.json")["languageMatching"]["written-new"]["languageMatch"]:
        desired, supported = match["_desired"], match["_supported"]
        one_way = match.get("_oneway", False)
        distances[desired, supported] = match["_distance"], one_way
        if not one_way:
            distances[supported, desired] = match["_distance"], one_way
    for row in rows:
        named = re.search(r"languageMatching distance (\d+)(, one-way)?", row["source"])
        here = (int(named[1]), bool(named[2])) if named else None
        there = distances.get((row["from"], row["to"]))
        if here and here != there:
            print(f"{row['from']} to {row['to']}: distance is {there}", file=sys.stderr)


def aliases(rows, core):
    tags = {row["tag"] for row in rows}
    cldr = read_cldr(core, "aliases.json")["metadata"]["alias"]["languageAlias"]
    found = {}
    for tag, alias in cldr.items():
        if alias["_replacement"] in tags and tag.lower() not in tags:
            found[tag.lower()] = alias["_replacement"]
    for row in rows:
        if row["kind"] == "sign":
            found[f"sgn-{row['tag']}"] = row["tag"]
        if row["tag"] == "ar":
            for member in row["members"].split(";"):
                found[f"ar-{member}"] = member
    for language, varieties in LONG.items():
        found.update({f"{language}-{variety}": variety for variety in varieties})
    return found | EXTRA


def main(localenames, core):
    rows = read_table("languages.tsv")
    compare_names(rows, localenames)
    compare_distances(read_table("comprehension.tsv"), core)
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(HEAD)
    print("from", "to", sep="\t")
    for alias in sorted(aliases(rows, core).items()):
        print(*alias, sep="\t")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
