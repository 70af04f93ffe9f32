#!/usr/bin/env python3
"""Writes languages.tsv and language_aliases.tsv from CLDR, and compares the manually kept tables with it.

    npm pack cldr-localenames-full@48.2.0 cldr-core@48.2.0      (unpack each one)
    python3 core/data/scripts/languages.py LOCALENAMES CORE

LOCALENAMES and CORE are the two folders `package`. The comparison writes two kinds of errors to standard error: cells
of language_additions.tsv that only repeat CLDR, and rows of comprehension.tsv whose source names a distance that CLDR
does not have.
"""

import json
import re
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent

LANGUAGES_HEAD = """\
# Every language that CLDR names: its names in German, in English, and in the language itself.
#   tag     BCP 47 tag, canonical after CLDR
#   de, en  name in German and English; empty if CLDR has none
#   own     the name in the language itself; empty if CLDR has none
# Names that mislead here, other words for a language, umbrellas and sign languages are in language_additions.tsv, which
# takes precedence. Left out: mul, und, zxx, and tags that CLDR maps to another (language_aliases.tsv).
# Source: CLDR 48.2 (cldr-localenames-full).
# Licence: Unicode-3.0, Copyright © 2004-2026 Unicode, Inc., see LICENSE-UNICODE.
# Written by scripts/languages.py; do not edit by hand.
"""

ALIASES_HEAD = """\
# Other tags for the languages of languages.tsv and language_additions.tsv: codes of ISO 639, retired codes,
# sign languages by country, and the long form with a preceding primary language (ar-apc, sgn-gsg).
#   from     tag in lower case, without script
#   to       tag of a language
# No alias removes what matters in speech: kmr, diq, rmy, cld, pbu, pnb and sh, which CLDR maps to ku, zza, rom, syr,
# ps, lah and sr-Latn, are languages of their own here, and fa-af is prs. For fat, tw and emk, CLDR's mapping to ak and
# man is kept.
# Source: languageAlias of CLDR 48.2, except the rows of EXTRA in scripts/languages.py; long forms by the IANA
#   language subtag registry (2025-08-25).
# Licence: Unicode-3.0, Copyright © 2004-2026 Unicode, Inc., see LICENSE-UNICODE.
# Written by scripts/languages.py; do not edit by hand.
"""

# Aliases that CLDR lacks, or maps to another language.
EXTRA = {
    "fa-af": "prs", "fas-af": "prs", "per-af": "prs",
    "hbs": "sh",
    "lah": "pnb",
    # Sign languages by country; CLDR has others, but not these.
    "sgn-af": "afg", "sgn-at": "asq", "sgn-bg": "bqn", "sgn-ch-fr": "ssr", "sgn-ch-it": "slf", "sgn-cz": "cse",
    "sgn-hr": "csq", "sgn-hu": "hsh", "sgn-ir": "psc", "sgn-jo": "jos", "sgn-pl": "pso", "sgn-ro": "rms",
    "sgn-ru": "rsl", "sgn-sk": "svk", "sgn-tr": "tsm", "sgn-ua": "ukl",
}  # fmt: skip
# Primary languages with their extended language subtags that are in the table. The members of ar and all sign languages
# are extended language subtags, too.
EXTENDED = {"uz": ["uzs"], "zh": ["hak", "nan", "wuu", "yue"]}

# CLDR codes that are not languages.
NO_LANGUAGES = {"mul", "und", "zxx"}


def read_table(name):
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    header, *rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [dict(zip(header, row, strict=True)) for row in rows]


def write_table(name, head, header, rows):
    with (DATA / name).open("w", encoding="utf-8", newline="\n") as file:
        file.write(head)
        for row in [header, *sorted(rows, key=lambda row: row[0].encode())]:
            print(*row, sep="\t", file=file)


def cldr_names(localenames, locale):
    path = localenames / "main" / locale / "languages.json"
    if not path.exists():
        return {}
    return json.loads(path.read_text(encoding="utf-8"))["main"][locale]["localeDisplayNames"]["languages"]


def read_cldr(core, name):
    return json.loads((core / "supplemental" / name).read_text(encoding="utf-8"))["supplemental"]


def languages(localenames, replaced, added):
    """Yields tag and names of the languages of CLDR, except those that it replaces by another and no addition keeps."""
    names = {locale: cldr_names(localenames, locale) for locale in ("de", "en")}
    tags = {tag for locale in names.values() for tag in locale if re.fullmatch("[a-z]{2,3}", tag)}
    for tag in tags - NO_LANGUAGES - (replaced - added):
        own = cldr_names(localenames, tag).get(tag, "")
        yield tag, names["de"].get(tag, ""), names["en"].get(tag, ""), own


def compare_names(additions, named):
    for row in additions:
        for column, name in zip(("de", "en", "own"), named.get(row["tag"], ())):
            if name and row[column] == name:
                print(f"{row['tag']}: {column} repeats CLDR", file=sys.stderr)


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
        stated = (int(named[1]), bool(named[2])) if named else None
        actual = distances.get((row["from"], row["to"]))
        if stated and stated != actual:
            print(f"{row['from']} to {row['to']}: distance is {actual}", file=sys.stderr)


def aliases(tags, additions, cldr):
    found = {}
    for tag, replacement in cldr.items():
        if replacement in tags and tag.lower() not in tags:
            found[tag.lower()] = replacement
    for row in additions:
        if row["kind"] == "sign":
            found[f"sgn-{row['tag']}"] = row["tag"]
        if row["tag"] == "ar":
            for member in row["members"].split(";"):
                found[f"ar-{member}"] = member
    for language, varieties in EXTENDED.items():
        found.update({f"{language}-{variety}": variety for variety in varieties})
    return (found | EXTRA).items()


def main(localenames, core):
    additions = read_table("language_additions.tsv")
    cldr = {tag: alias["_replacement"] for tag, alias in read_cldr(core, "aliases.json")["metadata"]["alias"]["languageAlias"].items()}
    added = {row["tag"] for row in additions}
    named = {tag: names for tag, *names in languages(localenames, set(cldr) | set(EXTRA), added)}
    write_table("languages.tsv", LANGUAGES_HEAD, ("tag", "de", "en", "own"), [(tag, *names) for tag, names in named.items()])
    write_table("language_aliases.tsv", ALIASES_HEAD, ("from", "to"), aliases(set(named) | added, additions, cldr))
    compare_names(additions, named)
    compare_distances(read_table("comprehension.tsv"), core)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
