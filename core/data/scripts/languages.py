#!/usr/bin/env python3
"""Writes languages.tsv, language_aliases.tsv, language_codes.tsv and countries.tsv, and compares the manually kept tables with their sources.

    npm pack cldr-localenames-full@48.2.0 cldr-core@48.2.0 language-subtag-registry@0.4.2     (unpack each one)
    python3 core/data/scripts/languages.py LOCALENAMES CORE REGISTRY

LOCALENAMES, CORE and REGISTRY are the three folders `package`. The comparison writes four kinds of errors to standard
error: cells of language_additions.tsv that only repeat CLDR; sign languages of it that the registry does not have; rows
of comprehension.tsv whose source names a distance that CLDR does not have; variants that the registry describes as
writing and language_variants.tsv does not list, or the reverse.
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
# sign languages by country, and the long form with a preceding primary language (ar-apc, zh-yue). The long form of a
# sign language (sgn-gsg) follows from language_codes.tsv.
#   from     tag in lower case, without script
#   to       tag of a language, listed or not
# No alias removes what matters in speech: kmr, diq, rmy, cld, pbu, pnb and sh, which CLDR maps to ku, zza, rom, syr,
# ps, lah and sr-Latn, are languages of their own here, fa-af is prs, and zh-hk is not zh. For fat, tw and emk, CLDR's
# mapping to ak and man is kept.
# Source: languageAlias of CLDR 48.2, except the rows of EXTRA in scripts/languages.py; long forms by the IANA
#   language subtag registry (2025-08-25), as of the npm package language-subtag-registry 0.4.2 (CC0-1.0).
# Licence: Unicode-3.0, Copyright © 2004-2026 Unicode, Inc., see LICENSE-UNICODE.
# Written by scripts/languages.py; do not edit by hand.
"""

CODES_HEAD = """\
# Every code of three letters that ISO 639-3 gives, or once gave, to a language: all subtags of the IANA registry but
# collections, special codes (mis, mul, und, zxx) and the private range (qaa to qtz). Codes that ISO 639-1 has in two
# letters (deu) are not among them; they are in language_aliases.tsv.
#   letter  first letter
#   codes   the set of the second and third letters, as 169 hexadecimal digits: bit 26 a + b, counted from the highest
#           bit of the first digit, stands for the a-th and b-th letter of the alphabet, counted from 0
#   signs   those of its codes that are sign languages, without the first letter, joined by ";"
# Source: IANA language subtag registry (2025-08-25), as of the npm package language-subtag-registry 0.4.2. A sign
#   language is an extended language subtag with the prefix sgn.
# Licence: CC0-1.0. Written by scripts/languages.py; do not edit by hand.
"""

COUNTRIES_HEAD = """\
# The countries of ISO 3166-1 and Kosovo, without Germany, which is in regions.tsv.
#   code     ISO 3166-1 alpha-2; XK, which ISO leaves to its users, is Kosovo
#   de, en   name in German and English; en is empty if it is the same
#   aliases  other names of CLDR, joined by ";"; everyday names are in words.tsv
# Source: CLDR 48.2 (cldr-localenames-full).
# Licence: Unicode-3.0, Copyright © 2004-2026 Unicode, Inc., see LICENSE-UNICODE.
# Written by scripts/languages.py; do not edit by hand.
"""

# Aliases that CLDR lacks, or maps to another language.
EXTRA = {
    "fa-af": "prs", "fas-af": "prs", "per-af": "prs", "drw": "prs", "tnf": "prs",
    # Spoken, Chinese of Hong Kong and Macao is Cantonese or Mandarin.
    "zh-mo": "zh-HK", "zho-hk": "zh-HK", "zho-mo": "zh-HK", "chi-hk": "zh-HK", "chi-mo": "zh-HK",
    "swc": "sw", "en-gb-oed": "en",
    "hbs": "sh",
    "lah": "pnb",
    # Sign languages by country; CLDR has others, but not these.
    "sgn-af": "afg", "sgn-at": "asq", "sgn-bg": "bqn", "sgn-ch-fr": "ssr", "sgn-ch-it": "slf", "sgn-cz": "cse",
    "sgn-hr": "csq", "sgn-hu": "hsh", "sgn-ir": "psc", "sgn-jo": "jos", "sgn-pl": "pso", "sgn-ro": "rms",
    "sgn-ru": "rsl", "sgn-sk": "svk", "sgn-tr": "tsm", "sgn-ua": "ukl",
}  # fmt: skip
# What the description or a comment of a variant says if it is about writing, and variants of which that is known otherwise:
# modern Greek is printed with one accent or several; the Belarusian of 1959 is a norm of spelling, as tarask is;
# the variant `posix` belongs to a locale, not to the registry.
WRITING = re.compile(r"orthograph|romani[sz]ation|transcription|transliteration|alphabet|spelling|phonetic|hieroglyphs|written standard for", re.I)
ALSO_WRITING = {"1959acad", "monoton", "polyton", "posix"}

# CLDR codes that are no countries of ISO 3166-1, and Germany.
NO_COUNTRIES = {"AC", "CP", "CQ", "DE", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
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


def countries(localenames):
    """Yields code, names and aliases of every country but Germany. CLDR also has codes that ISO only reserves, and unions."""
    path = "main/{}/territories.json"
    de, en = (
        json.loads((localenames / path.format(locale)).read_text(encoding="utf-8"))["main"][locale]["localeDisplayNames"]["territories"]
        for locale in ("de", "en")
    )
    for code in sorted(de):
        if not re.fullmatch("[A-Z]{2}", code) or code in NO_COUNTRIES:
            continue
        # The short form is the name; of Hongkong and Macau the long one names their relation to China.
        short = "-alt-short" if code in ("HK", "MO") else ""
        names = [locale.get(code + short, locale[code]) for locale in (de, en)]
        others = (locale.get(f"{code}-alt-{form}", "") for form in ("short", "variant") for locale in (de, en))
        aliases = {name for name in others if len(name) > 2 and "(" not in name} - set(names)
        yield code, names[0], names[1] if names[1] != names[0] else "", ";".join(sorted(aliases))


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


def compare_variants(variants, registry):
    def is_writing(row):
        return any(WRITING.search(text) for text in row["Description"] + row.get("Comments", []))

    listed = {row["subtag"] for row in variants if row["meaning"] == "writing"}
    described = {row["Subtag"] for row in registry if row["Type"] == "variant" and is_writing(row)} | ALSO_WRITING
    for subtag in sorted(listed ^ described):
        print(f"{subtag}: a variant about writing, {'not in the registry' if subtag in listed else 'not listed'}", file=sys.stderr)


def iso_codes(registry):
    """Returns the codes of three letters that stand for a language."""
    rows = (row for row in registry if row["Type"] == "language")
    return {row["Subtag"] for row in rows if len(row["Subtag"]) == 3 and row.get("Scope") in (None, "macrolanguage")}


def sign_languages(registry):
    return {row["Subtag"] for row in registry if row["Type"] == "extlang" and row["Prefix"] == ["sgn"]}


def code_rows(codes, signs):
    letters = "abcdefghijklmnopqrstuvwxyz"
    for first in letters:
        bits = "".join(str(int(first + second + third in codes)) for second in letters for third in letters)
        yield first, f"{int(bits, 2):0169x}", ";".join(sorted(code[1:] for code in signs if code[0] == first))


def aliases(tags, codes, cldr, registry):
    found = dict(EXTRA)
    for tag, replacement in cldr.items():
        if tag.lower() not in found and replacement in tags | codes and tag.lower() not in tags:
            found[tag.lower()] = replacement
    for row in registry:
        if row["Type"] == "extlang" and row["Prefix"] != ["sgn"]:
            for prefix in row["Prefix"]:
                found.setdefault(f"{prefix}-{row['Subtag']}", found.get(row["Subtag"], row["Subtag"]))
    return found.items()


def main(localenames, core, registry):
    registry = json.loads((registry / "data" / "json" / "registry.json").read_text(encoding="utf-8"))
    additions = read_table("language_additions.tsv")
    cldr = {tag: alias["_replacement"] for tag, alias in read_cldr(core, "aliases.json")["metadata"]["alias"]["languageAlias"].items()}
    added = {row["tag"] for row in additions}
    named = {tag: names for tag, *names in languages(localenames, set(cldr) | set(EXTRA), added)}
    write_table("languages.tsv", LANGUAGES_HEAD, ("tag", "de", "en", "own"), [(tag, *names) for tag, names in named.items()])
    codes, signs = iso_codes(registry), sign_languages(registry)
    write_table("language_aliases.tsv", ALIASES_HEAD, ("from", "to"), aliases(set(named) | added, codes, cldr, registry))
    write_table("language_codes.tsv", CODES_HEAD, ("letter", "codes", "signs"), code_rows(codes, signs))
    write_table("countries.tsv", COUNTRIES_HEAD, ("code", "de", "en", "aliases"), countries(localenames))
    for tag in sorted({row["tag"] for row in additions if row["kind"] == "sign"} - signs):
        print(f"{tag}: no sign language of the registry", file=sys.stderr)
    compare_variants(read_table("language_variants.tsv"), registry)
    compare_names(additions, named)
    compare_distances(read_table("comprehension.tsv"), core)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
