#!/usr/bin/env python3
"""Checks all tables of core/data: format, order, duplicates, references between them.

    python3 core/data/scripts/check.py

Prints one line for each error and exits with 1, or prints the number of rows of each table and exits with 0.
Needs only Python's standard library.
"""

import re
import sys
import unicodedata
from collections import Counter
from fractions import Fraction
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent
COLUMNS = {
    "capitals": "distance step capitals",
    "comprehension": "from to degree source",
    "contexts": "tag de en de-simple",
    "countries": "code de en aliases",
    "country_languages": "country language",
    "frequent_languages": "rank tag",
    "crimes": "code de en de-simple status",
    "headers": "records field as sure de en",
    "help": "code de en de-simple",
    "tags": "kind code de en de-simple",
    "terms": "kind codes join de en fr",
    "language_additions": "tag kind de en own aliases members",
    "language_aliases": "from to",
    "language_codes": "letter codes signs",
    "language_variants": "subtag meaning",
    "languages": "tag de en own",
    "region_aliases": "from to",
    "letters": "plain written",
    "other_words": "kind initial words",
    "plates": "region plates",
    "postcodes": "kreis postcodes",
    "regions": "code kind parent nuts iso kreisfrei name lat lon neighbours",
    "towns": "kreis guess names short",
    "words": "kind codes context de en",
}
# Number of leading columns that form the key; one for all other tables.
# In the folder of the messages.
LABELS = ("words.tsv", "labels.tsv", "import.tsv")
TEXTS = ("errors.tsv", "command_line.tsv")
KEY_COLUMNS = {"capitals": 2, "comprehension": 2, "other_words": 2, "tags": 2, "terms": 2, "words": 3}
# Kept by hand: related rows are next to each other.
IN_ORDER_OF_MEANING = {"headers"}
MAY_BE_EMPTY = {
    "contexts": {"de-simple"},
    "countries": {"en", "aliases"},
    "crimes": {"de-simple"},
    "headers": {"as", "de", "en"},
    "help": {"de-simple"},
    "language_additions": {"de", "en", "own", "aliases", "members"},
    "language_codes": {"signs"},
    "languages": {"de", "own"},
    "regions": {"parent", "nuts", "iso", "kreisfrei", "lat", "lon", "neighbours"},
    "tags": {"de-simple"},
    "terms": {"codes", "join", "de", "en", "fr"},
    "towns": {"guess", "names", "short"},
    "words": {"codes", "context", "de", "en"},
}
LANGUAGES = ("languages", "language_additions", "language_aliases", "comprehension", "language_codes", "language_variants", "country_languages",
    "frequent_languages")
KREISE_PER_LAND = {
    "01": 15, "02": 1, "03": 45, "04": 2, "05": 53, "06": 27, "07": 36, "08": 44,
    "09": 96, "10": 6, "11": 1, "12": 18, "13": 8, "14": 13, "15": 14, "16": 22,
}  # fmt: skip
# Centres of the Kreise of Sachsen, computed once from another source.
CENTRES_IN_SACHSEN = {
    "14511": (50.83, 12.91), "14521": (50.61, 12.95), "14522": (50.96, 13.14), "14523": (50.46, 12.24),
    "14524": (50.75, 12.53), "14612": (51.07, 13.78), "14625": (51.27, 14.23), "14626": (51.23, 14.75),
    "14627": (51.24, 13.48), "14628": (50.92, 13.87), "14713": (51.34, 12.37), "14729": (51.22, 12.60),
    "14730": (51.47, 12.78),
}  # fmt: skip
# NUTS codes of two Kreise, because one was divided since the last version.
SHARED_NUTS = {"DE719": 2}
# Pairs of languages that must have no row in comprehension.tsv, in either direction.
UNRELATED = [
    ("uk", "ru"), ("be", "ru"), ("kmr", "ckb"), ("kmr", "sdh"), ("ckb", "sdh"), ("ku", "tr"), ("ckb", "ar"),
    ("yue", "zh"), ("hsb", "de"), ("dsb", "de"), ("hsb", "dsb"), ("ps", "prs"), ("ps", "fa"), ("bg", "mk"),
]  # fmt: skip
# Crimes whose parent is not in the table.
WITHOUT_PARENT = {"010321", "010322", "020291", "020292", "07041", "080322", "09051"}
# Names of two languages, which resolve to both.
SHARED_NAMES = {"makua"}
# Codes of the closed kinds: those of records, which core/src/model/enums.rs declares.
CLOSED = {
    "format": {"any", "on_site", "outreach", "phone", "video", "chat", "email"},
    "gender": {"any", "female", "male", "other"},
    "how": {"spoken", "interpreter", "on_request"},
    "level": {"native", "C2", "C1", "B2", "B1", "A2", "A1"},
    "priority": {"stat", "asap", "urgent", "routine"},
    "state": {"open", "waitlist", "assessment", "full", "unlimited"},
    "truth": {"yes", "no"},
}
TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*|zh-HK")
DOTTED = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")

errors = []


def report(where, message):
    errors.append(f"{where}: {message}")


def check(condition, where, message):
    if not condition:
        report(where, message)


def read_table(name):
    """Returns the rows of a table that have the right number of columns."""
    table = f"{name}.tsv"
    raw = (DATA / table).read_bytes()
    check(raw.endswith(b"\n") and not raw.endswith(b"\n\n"), table, "must end with one line feed")
    for sign, name_of_sign in ((b"\r", "carriage return"), (b"\xef\xbb\xbf", "byte order mark"), (b"\xc2\xa0", "no-break space")):
        check(sign not in raw, table, f"has a {name_of_sign}")
    lines = raw.decode("utf-8").split("\n")[:-1]
    head = [line for line in lines if line.startswith("#")]
    check(lines[: len(head)] == head, table, "a comment below the head")
    for word in ("Source:", "Licence"):
        check(any(word in line for line in head), table, f"its head does not state {word}")
    for line in head:
        check(len(line) <= 120 and line == line.rstrip(), table, f"head: too long, or trailing spaces: {line}")
    columns = COLUMNS[name].split()
    check(lines[len(head)].split("\t") == columns, table, "header row")

    rows, keys = [], []
    for number, line in enumerate(lines[len(head) + 1 :], len(head) + 2):
        where = f"{table}:{number}"
        cells = line.split("\t")
        if len(cells) != len(columns):
            report(where, f"{len(cells)} columns, not {len(columns)}")
            continue
        row = dict(zip(columns, cells))
        for column, cell in row.items():
            check(cell == cell.strip() and "  " not in cell, where, f"superfluous spaces in {column}")
            check(name == "letters" or unicodedata.is_normalized("NFC", cell), where, f"{column} is not in normal form C")
            check(cell or column in MAY_BE_EMPTY.get(name, ()), where, f"{column} is empty")
        rows.append(row | {"where": where})
        keys.append(tuple(cell.encode() for cell in cells[: KEY_COLUMNS.get(name, 1)]))
    for a, b in zip(keys, keys[1:] if name not in IN_ORDER_OF_MEANING else ()):
        check(a < b, table, f"not sorted, or a duplicate: {a} before {b}")
    return rows


def items(cell):
    """Returns the items of a cell that holds a list."""
    return cell.split(";") if cell else []


def folded(name):
    """Returns the folded forms of a name: ä as a and as ae."""
    forms = set()
    for umlauts in ({}, {"ä": "ae", "ö": "oe", "ü": "ue"}):
        text = unicodedata.normalize("NFKC", name).lower().replace("ß", "ss")
        text = "".join(umlauts.get(sign, sign) for sign in text)
        kept, latin = [], False
        for sign in unicodedata.normalize("NFD", text):
            if unicodedata.combining(sign):
                if latin:
                    continue
            else:
                latin = "LATIN" in unicodedata.name(sign, "")
            if sign.isalnum() or sign in "§✓✔☑" or unicodedata.category(sign).startswith("M"):
                kept.append(sign)
        forms.add("".join(kept))
    return forms


def codes_of(rows):
    """Returns the codes of language_codes.tsv, and those of sign languages."""
    codes, signs = set(), set()
    for row in rows:
        check(re.fullmatch("[a-z]", row["letter"]), row["where"], "letter")
        check(re.fullmatch("[0-9a-f]{169}", row["codes"]), row["where"], "codes: not 169 hexadecimal digits")
        for index, bit in enumerate(f"{int(row['codes'], 16):0676b}"):
            if bit == "1":
                codes.add(row["letter"] + chr(97 + index // 26) + chr(97 + index % 26))
        signs |= {row["letter"] + letters for letters in items(row["signs"])}
    check(len(rows) == 26, "language_codes.tsv", "not 26 rows")
    check(signs <= codes, "language_codes.tsv", "a sign language without a code")
    for code in ("mis", "mul", "und", "zxx", "qaa", "qtz", "sgn", "deu"):
        check(code not in codes, "language_codes.tsv", f"{code} is no language")
    return codes, signs


def check_variants(rows):
    for row in rows:
        subtag, meaning = row["subtag"], row["meaning"]
        check(re.fullmatch("[a-z][a-z0-9]{4,7}|[0-9][a-z0-9]{3,7}|x(-[a-z0-9]{1,8})+", subtag), row["where"], "subtag")
        check(meaning == "simple" or meaning == "writing" and not subtag.startswith("x-"), row["where"], "meaning")


def check_languages(cldr, additions, aliases, comprehension, codes, variants, countries, frequent):
    codes, signs = codes_of(codes)
    check_variants(variants)
    kind = {row["tag"]: "spoken" for row in cldr} | {row["tag"]: row["kind"] for row in additions}
    names = {row["tag"]: [row["de"], row["en"], row["own"]] for row in cldr}
    member_of = {}
    for row in cldr:
        check(re.fullmatch("[a-z]{2,3}", row["tag"]), row["where"], "tag")
        check(row["tag"] not in ("any", "mul", "und", "zxx"), row["where"], "not a language")
    for row in additions:
        tag, where = row["tag"], row["where"]
        check(TAG.fullmatch(tag), where, "tag")
        check(row["kind"] in ("spoken", "sign"), where, "kind")
        check((row["kind"] == "sign") == (tag in signs), where, "not the kind of language_codes.tsv")
        known = names.get(tag, ["", "", ""])
        names[tag] = [row[column] or other for column, other in zip(("de", "en", "own"), known)]
        check(names[tag][0] and names[tag][1], where, "no name")
        check(tag not in {row["tag"] for row in cldr} or any(list(row.values())[2:7]), where, "repeats languages.tsv")
        listed = items(row["aliases"])
        check(not set(listed) & set(names[tag]), where, "an alias repeats a name")
        check(len(set(listed)) == len(listed), where, "a duplicate alias")
        names[tag] += listed
        listed = items(row["members"])
        check(listed == sorted(set(listed)), where, "members: not sorted, or a duplicate")
        for member in listed:
            check(kind.get(member) == row["kind"] and member != tag, where, f"member {member}")
            check(member not in member_of, where, f"{member} is also a member of {member_of.get(member)}")
            member_of[member] = tag
    owner = {}
    for tag in names:
        for name in filter(None, names[tag]):
            for form in folded(name):
                check(form, tag, f"{name} folds to nothing")
                if owner.setdefault(form, tag) != tag and form not in SHARED_NAMES:
                    report(tag, f"{name} is also a name of {owner[form]}")
    for tag, umbrella in member_of.items():
        check(umbrella not in member_of, "language_additions.tsv", f"umbrella {umbrella} of {tag} is itself a member")

    for row in aliases:
        check(TAG.fullmatch(row["from"]) or re.fullmatch("i-[a-z]+", row["from"]), row["where"], "not a lower-case tag")
        check(row["from"] not in kind, row["where"], "is the tag of a language")
        check(row["to"] in kind or row["to"] in codes, row["where"], f"unknown {row['to']}")
    listed = {row["from"] for row in aliases}
    for row in countries:
        check(re.fullmatch("[a-z]{2}", row["country"]), row["where"], "country")
        check(row["country"] not in kind and row["country"] not in listed, row["where"], "is the tag of a language")
        check(row["language"] in kind, row["where"], f"unknown {row['language']}")
    for number, row in enumerate(frequent, start=1):
        check(row["rank"] == f"{number:02}", row["where"], "rank")
        check(row["tag"] in kind, row["where"], f"unknown {row['tag']}")
    check(len({row["tag"] for row in frequent}) == len(frequent), "frequent_languages.tsv", "a duplicate tag")

    for row in comprehension:
        for end in (row["from"], row["to"]):
            check(kind.get(end) == "spoken", row["where"], f"{end} is not a spoken language")
        check(row["from"] != row["to"], row["where"], "from and to are the same")
        check(re.fullmatch(r"0\.[5-9]\d{0,3}", row["degree"]), row["where"], "degree")
        check(re.match("CLDR 48 |measured: |fact: ", row["source"]), row["where"], "source")
    pairs = {(row["from"], row["to"]): Fraction(row["degree"]) for row in comprehension}
    # The table is closed: a chain of two rows of 0.5 or more has a row of its own, of at least that degree.
    for (a, b), first in pairs.items():
        for (start, c), second in pairs.items():
            if start == b and a != c and first * second >= Fraction(1, 2):
                own = pairs.get((a, c), 0)
                check(own >= first * second, "comprehension.tsv", f"{a} to {c} is {own}, less than by way of {b}")
    for pair in UNRELATED:
        for a, b in (pair, pair[::-1]):
            check((a, b) not in pairs, "comprehension.tsv", f"{a} to {b} must have no row")
    for a, b in pairs:
        check(a not in ("ps", "ar", "ku"), "comprehension.tsv", f"{a} to {b} must be unknown")


def check_regions(rows, aliases):
    by_code = {row["code"]: row for row in rows}
    depth = {"country": None, "land": "country", "kreis": "land"}
    shape = {"country": r"[A-Z]{2}", "land": r"\d{2}", "kreis": r"\d{5}"}
    nuts = {"country": r"DE", "land": r"DE[0-9A-G]", "kreis": r"DE[0-9A-G][0-9A-Z]{2}"}
    bordering = set()
    for row in rows:
        code, kind, where = row["code"], row["kind"], row["where"]
        if kind not in depth:
            report(where, "kind")
            continue
        check(re.fullmatch(shape[kind], code), where, "code")
        check(re.fullmatch(nuts[kind], row["nuts"]), where, "NUTS")
        parent = by_code.get(row["parent"])
        if depth[kind] is None:
            check(row["parent"] == "", where, "parent")
        else:
            check(parent and parent["kind"] == depth[kind], where, f"parent {row['parent']}")
            below = parent and row["nuts"].startswith(parent["nuts"])
            check(below, where, "the NUTS code does not begin with that of the parent")
        if kind == "kreis":
            check(row["iso"] == "", where, "ISO code")
            check(row["parent"] == code[:2], where, "parent")
            check(row["kreisfrei"] in ("yes", "no"), where, "kreisfrei")
            for column, low, high in (("lat", 47, 55.2), ("lon", 5.8, 15.1)):
                check(re.fullmatch(r"\d{1,2}\.\d{4}", row[column]), where, f"{column}: 4 decimals")
                check(low < float(row[column]) < high, where, f"{column} is not in Germany")
            near = items(row["neighbours"])
            check(near == sorted(set(near)), where, "neighbours: not sorted, or a duplicate")
            for other in near:
                check(other > code and other in by_code, where, f"neighbour {other} is unknown, or not of a greater code")
                bordering |= {code, other}
        else:
            check(re.fullmatch(r"DE(-[A-Z]{2})?", row["iso"]), where, "ISO code")
            check(row["kreisfrei"] == ("yes" if KREISE_PER_LAND.get(code) == 1 else ""), where, "kreisfrei of a Land")
            for column in ("lat", "lon", "neighbours"):
                check(row[column] == "", where, f"only a Kreis has {column}")
    for column in ("nuts", "iso"):
        for value, count in Counter(row[column] for row in rows if row[column]).items():
            check(count == SHARED_NUTS.get(value, 1), "regions.tsv", f"{value} occurs {count} times")

    isolated = {row["code"] for row in rows if row["kind"] == "kreis"} - bordering
    check(not isolated, "regions.tsv", f"without a neighbour: {sorted(isolated)}")
    kreise = Counter(row["parent"] for row in rows if row["kind"] == "kreis")
    check(kreise == KREISE_PER_LAND, "regions.tsv", f"number of Kreise: {dict(kreise)}")
    for (name, city), count in Counter((row["name"], row["kreisfrei"]) for row in rows if row["kind"] == "kreis").items():
        check(count == 1, "regions.tsv", f"{name} occurs {count} times among {'cities' if city == 'yes' else 'Landkreise'}")
    twice = Counter(row["name"] for row in rows if row["kind"] == "kreis")
    check(Counter(twice.values())[2] == 22 and max(twice.values()) == 2, "regions.tsv", "not 22 names occur twice")
    for code, centre in CENTRES_IN_SACHSEN.items():
        row = by_code[code]
        for column, value in zip(("lat", "lon"), centre):
            check(abs(float(row[column]) - value) <= 0.01, row["where"], f"{column} is not {value}")

    own_nuts = {row["nuts"] for row in rows}
    for row in aliases:
        check(re.fullmatch(r"\d{5}|06435014|DE[0-9A-G][0-9A-Z]{2}", row["from"]), row["where"], "from")
        check(row["from"] not in by_code and row["from"] not in own_nuts, row["where"], "is a code of regions.tsv")
        check(by_code.get(row["to"], {}).get("kind") == "kreis", row["where"], f"unknown {row['to']}")
        if row["from"].isdigit():
            check(row["from"][:2] == row["to"][:2], row["where"], "another Land")


def check_towns(rows, regions):
    kreise = {row["code"]: row for row in regions if row["kind"] == "kreis"}
    for row in rows:
        check(row["kreis"] in kreise, row["where"], "unknown Kreis")
        check(row["names"] or row["short"], row["where"], "no name")
        check(row["guess"] in ("yes", ""), row["where"], "guess")
        for column in ("names", "short"):
            listed = items(row[column])
            check(listed == sorted(set(listed)), row["where"], f"{column}: not sorted, or a duplicate")
            check(kreise.get(row["kreis"], row).get("name") not in listed, row["where"], "the name of the Kreis itself")


def check_countries(rows, regions):
    owner = {}
    for row in rows:
        check(re.fullmatch("[A-Z]{2}", row["code"]) and row["code"] != "DE", row["where"], "code")
        listed = items(row["aliases"])
        check(listed == sorted(set(listed)), row["where"], "aliases: not sorted, or a duplicate")
        for name in {row["de"], row["en"], *listed} - {""}:
            for form in folded(name):
                check(owner.setdefault(form, row["code"]) == row["code"], row["where"], f"{name} is also {owner[form]}")
    for row in regions:
        check(not folded(row["name"]) & set(owner), row["where"], f"{row['name']} is also a country")


def check_postcodes(rows, regions):
    kreise = {row["code"] for row in regions if row["kind"] == "kreis"}
    missing = kreise - {row["kreis"] for row in rows}
    check(not missing, "postcodes.tsv", f"no postcode of {sorted(missing)}")
    for row in rows:
        check(row["kreis"] in kreise, row["where"], "unknown Kreis")
        listed = items(row["postcodes"])
        check(listed == sorted(set(listed)), row["where"], "postcodes: not sorted, or a duplicate")
        for postcode in listed:
            check(re.fullmatch(r"\d{5}", postcode), row["where"], f"postcode {postcode}")


def check_words(rows, tables):
    known = {
        "language": {row["tag"] for name in ("languages", "language_additions") for row in tables[name]},
        # Of levels that the table of regions lacks: a Regierungsbezirk.
        "region": {row["code"] for name in ("regions", "countries", "tags") for row in tables[name] if row.get("kind") != "role"},
        "crime": {row["code"] for row in tables["crimes"]},
        "context": {row["tag"] for row in tables["contexts"]},
        "help": {row["code"] for row in tables["help"]},
    } | {kind: {row["code"] for row in tables["tags"] if row["kind"] == kind} for kind in ("role", "access")}
    owner = {}
    for row in rows:
        where, kind = row["where"], row["kind"]
        codes = items(row["codes"])
        check(kind in known, where, "kind")
        check(len(set(codes)) == len(codes), where, "a duplicate code")
        for code in codes:
            check(code in known.get(kind, ()), where, f"unknown {code}")
        context = items(row["context"])
        check(context == sorted(set(context)), where, "context: not sorted, or a duplicate")
        check(not context or kind == "crime", where, "only a crime has a context")
        for tag in context:
            check(tag in known["context"], where, f"unknown {tag}")
        check(row["de"] or row["en"], where, "no word")
        for column in ("de", "en"):
            for word in items(row[column]):
                for form in folded(word):
                    check(form, where, f"{word} folds to nothing")
                    # A word may be the same in German and English.
                    if owner.setdefault((kind, form), where) != where:
                        report(where, f"{word} is also in {owner[kind, form]}")


def check_terms(rows):
    """Checks words of closed kinds. One that begins with a word of any ending must have the same codes."""
    words = {}
    for row in rows:
        where, kind, codes = row["where"], row["kind"], items(row["codes"])
        check(kind in CLOSED, where, "kind")
        for code in codes:
            check(code in CLOSED.get(kind, ()), where, f"unknown {code}")
        check(row["join"] in (("all", "one") if len(codes) > 1 else ("",)), where, "join")
        check(row["de"] or row["en"], where, "no word")
        for column in ("de", "en", "fr"):
            for word in items(row[column]):
                check("*" not in word[:-1], where, f"{word}: an ending that is not at the end")
                for form in folded(word):
                    key = kind, form
                    check(words.setdefault(key, (where, ""))[0] == where, where, f"{word} is also in {words[key][0]}")
                    words[key] = where, word
    stems = [(kind, form, where) for (kind, form), (where, word) in words.items() if word.endswith("*")]
    for kind, stem, where in stems:
        for (other_kind, form), (other, word) in words.items():
            begins = other_kind == kind and form.startswith(stem) and " " not in word
            check(not begins or other == where, where, f"{word} of {other} begins with {stem}")


def check_headers(rows):
    """Checks names of columns: one that is sure has one field, and no other row has it."""
    owners = {}
    for row in rows:
        check(row["records"] in ("offers", "needs", "both"), row["where"], "records")
        check(row["sure"] in ("yes", "no"), row["where"], "sure")
        check(row["sure"] == "no" or ";" not in row["field"], row["where"], "a sure name of several fields")
        if row["sure"] == "no":
            continue
        for records in ("offers", "needs") if row["records"] == "both" else (row["records"],):
            for name in {name.lower() for name in items(row["de"]) + items(row["en"])}:
                owner = owners.setdefault((records, name), row)
                check(owner is row or "never" in (owner["field"], row["field"]), row["where"], f"{name} is also in {owner['where']}")


def check_plates(rows, regions):
    kreise = {row["code"] for row in regions if row["kind"] == "kreis"}
    for row in rows:
        check(row["region"] in kreise, row["where"], "no Kreis")
        check(all(re.fullmatch("[A-ZÄÖÜ]{1,3}", plate) for plate in items(row["plates"])), row["where"], "plates")


def check_other_words(rows):
    for row in rows:
        where, words = row["where"], items(row["words"])
        check(row["kind"] in ("access", "context", "crime", "help", "language", "region", "role"), where, "kind")
        check(words == sorted(set(words)), where, "words: not sorted, or a duplicate")
        for word in words:
            check(re.fullmatch("[a-z]{5,}", word), where, f"{word} is not folded, or too short to be near to a name")
            check(word[0] == row["initial"], where, f"{word} begins with another letter")


def check_letters(rows):
    counts = Counter("".join(row["written"] for row in rows))
    for row in rows:
        check(not set(row["plain"]) & set(counts), row["where"], "the decomposition is not complete")
    check(max(counts.values()) == 1, "letters.tsv", "a duplicate letter")


def check_codes(tables):
    crimes = {row["code"] for row in tables["crimes"]}
    for row in tables["crimes"]:
        code = row["code"]
        if not re.fullmatch(r"\d{2}|\d{4,6}", code):
            report(row["where"], "2, 4, 5 or 6 digits")
            continue
        parent = code[: {2: 2, 4: 2, 5: 4, 6: 5}[len(code)]]
        check(code[:2] in crimes, row["where"], "its level 1 is missing")
        check((parent not in crimes) == (code in WITHOUT_PARENT), row["where"], f"parent {parent}")
        check(row["status"] in ("A", "B", "R"), row["where"], "status")
    kinds = {row["code"] for row in tables["help"]}
    for row in tables["help"]:
        check(DOTTED.fullmatch(row["code"]), row["where"], "code")
        check(row["code"].count(".") <= 1, row["where"], "group.kind")
        check(row["code"].split(".")[0] in kinds, row["where"], "its group is missing")
    tags = {row["tag"] for row in tables["contexts"]}
    for row in tables["contexts"]:
        check(DOTTED.fullmatch(row["tag"]) and row["tag"].split(".")[0] in tags, row["where"], "tag")
    for row in tables["tags"]:
        check(row["kind"] in ("access", "language", "region", "role"), row["where"], "kind")
        check(row["kind"] in ("language", "region") or DOTTED.fullmatch(row["code"]), row["where"], "code")
    for name, key in (("crimes", 1), ("help", 1), ("contexts", 1), ("tags", 2)):
        for language in ("de", "en"):
            for label, count in Counter(row[language] for row in tables[name]).items():
                check(count == 1, f"{name}.tsv", f"label {label} occurs {count} times")
    check_plain_names(tables)


def check_plain_names(tables):
    """Checks that no name in plain German is a word or a name of another code. A sentence leaves out what is in brackets."""
    for name, kind in (("crimes", "crime"), ("help", "help"), ("contexts", "context"), ("tags", "role"), ("tags", "access")):
        owners, plain = {}, Counter()
        rows = [row for row in tables[name] if row.get("kind", kind) == kind]
        code = lambda row: row.get("code", row.get("tag"))
        for row in rows:
            for column in ("de", "en"):
                owners.setdefault(min(folded(row[column])), set()).add(code(row))
        for row in tables["words"]:
            for word in items(row["de"]) + items(row["en"]) if row["kind"] == kind else ():
                owners.setdefault(min(folded(word)), set()).update(items(row["codes"]) or {""})
        for row in rows:
            names = {row["de-simple"], row["de-simple"].split(" (")[0]} - {""}
            plain.update(names)
            for text in names:
                others = owners.get(min(folded(text)), set()) - {code(row)}
                check(not others, row["where"], f"{text} is also a name of {sorted(others)}")
        for text, count in plain.items():
            check(count == 1, f"{name}.tsv", f"{text} occurs {count} times")


def check_readme(tables):
    """Checks the numbers of rows and bytes that README.md states for each table."""
    stated = {}
    for line in (DATA / "README.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 5 and cells[1].startswith("`") and cells[1].endswith(".tsv`"):
            stated[cells[1].strip("`")] = tuple(int(cell.replace(" ", "")) for cell in cells[3:5])
    for name, rows in tables.items():
        table = f"{name}.tsv"
        actual = len(rows), (DATA / table).stat().st_size
        check(stated.get(table) == actual, "README.md", f"{table} has {actual} rows and bytes, not {stated.get(table)}")


def check_messages():
    """Checks that the messages are well-formed, that references resolve, and that each language has every reason.

    The head of en.tsv states the format.
    """
    reasons, counts = {}, {}
    for path in sorted((DATA / "messages").glob("*.tsv")):
        if path.name in LABELS + TEXTS:
            continue
        table = f"messages/{path.name}"
        lines = path.read_text("utf-8").split("\n")
        check(lines.pop() == "", table, "must end with a line feed")
        rows = [(number, line.split("\t")) for number, line in enumerate(lines, 1) if not line.startswith("#")]
        check(rows and rows.pop(0)[1] == ["key", "if", "text"], table, "header row")
        keys = {cells[0] for _, cells in rows}
        unreachable = set()
        for number, cells in rows:
            where = f"{table}:{number}"
            if len(cells) != 3:
                report(where, f"{len(cells)} columns, not 3")
                continue
            key, condition, text = cells
            check(key not in unreachable, where, "follows a row of its key that always applies")
            if not condition and "{" not in text:
                unreachable.add(key)
            pieces = re.split(r"\{([^{}]*)\}", text)
            check(not any(sign in piece for piece in pieces[::2] for sign in "{}"), where, "an unbalanced bracket")
            for placeholder in pieces[1::2]:
                placeholder = placeholder.removeprefix("^")
                if placeholder.startswith(":") and not placeholder.endswith("?"):
                    check(placeholder[1:] in keys, where, f"no message for {placeholder}")
        reasons[table] = {key for key in keys if re.match(r"[a-z_]*\.", key)}
        counts[table] = len(rows)
    every = set().union(*reasons.values())
    for table, own in reasons.items():
        # A message whose key begins with a dot applies to every criterion.
        missing = {key for key in every - own if key[key.index(".") :] not in own}
        check(not missing, table, f"has no message for {sorted(missing)}")
    return counts


def check_texts():
    """Checks that each text of the library's errors and of the command is in English and German, with the same placeholders."""
    counts = {}
    for name in TEXTS:
        table = f"messages/{name}"
        lines = (DATA / table).read_text("utf-8").split("\n")
        check(lines.pop() == "", table, "must end with a line feed")
        rows = [(number, line.split("\t")) for number, line in enumerate(lines, 1) if not line.startswith("#")]
        check(rows and rows.pop(0)[1] == ["key", "en", "de", "de-simple"], table, "header row")
        keys = Counter(cells[0] for _, cells in rows)
        for number, cells in rows:
            where = f"{table}:{number}"
            if len(cells) != 4:
                report(where, f"{len(cells)} columns, not 4")
                continue
            key, english, german, simple = cells
            check(keys[key] == 1, where, f"{key} occurs {keys[key]} times")
            check(english and german, where, "an empty text")
            names = sorted(re.findall(r"\{([a-z_]+)\}", english))
            for text in filter(None, (german, simple)):
                check(sorted(re.findall(r"\{([a-z_]+)\}", text)) == names, where, "other placeholders than in English")
        counts[table] = len(rows)
    return counts


def check_labels():
    """Checks that each code has one label for each of its kinds, and one word."""
    stated, counts = Counter(), {}
    for name in LABELS:
        table = f"messages/{name}"
        lines = (DATA / table).read_text("utf-8").split("\n")
        check(lines.pop() == "", table, "must end with a line feed")
        rows = [(number, line.split("\t")) for number, line in enumerate(lines, 1) if not line.startswith("#")]
        check(rows and rows.pop(0)[1] == ["kinds", "code", "en", "de", "de-simple"], table, "header row")
        for number, cells in rows:
            where = f"{table}:{number}"
            if len(cells) != 5:
                report(where, f"{len(cells)} columns, not 5")
                continue
            check(all(cells[1:]) and all(cell.strip() == cell for cell in cells), where, "an empty cell, or space around one")
            kinds = items(cells[0])
            check(kinds or name == LABELS[0], where, "a label of no kind")
            # The fields of a mapping are those of records with parts of their own.
            kinds = [f"import {kind}" for kind in kinds] if name == LABELS[2] else kinds
            stated.update((kind, cells[1]) for kind in [*kinds, *(["word"] if name == LABELS[0] else [])])
        counts[table] = len(rows)
    for (kind, code), count in stated.items():
        check(count == 1, "messages", f"{kind} {code} occurs {count} times")
    return counts


def main():
    on_disk = {path.stem for path in DATA.glob("*.tsv")}
    check(on_disk == set(COLUMNS), "core/data", f"tables: {sorted(on_disk ^ set(COLUMNS))}")
    tables = {name: read_table(name) for name in COLUMNS}
    check_languages(*(tables[name] for name in LANGUAGES))
    check_regions(tables["regions"], tables["region_aliases"])
    check_towns(tables["towns"], tables["regions"])
    check_countries(tables["countries"], tables["regions"])
    check_postcodes(tables["postcodes"], tables["regions"])
    check_words(tables["words"], tables)
    check_terms(tables["terms"])
    check_headers(tables["headers"])
    check_plates(tables["plates"], tables["regions"])
    check_other_words(tables["other_words"])
    check_letters(tables["letters"])
    check_codes(tables)
    check_readme(tables)
    messages = check_messages() | check_labels() | check_texts()
    for error in errors:
        print(error)
    if not errors:
        for name, rows in tables.items():
            print(f"{name}.tsv", len(rows), sep="\t")
        for table, count in messages.items():
            print(table, count, sep="\t")
    sys.exit(bool(errors))


if __name__ == "__main__":
    main()
