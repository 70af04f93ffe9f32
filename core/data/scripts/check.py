#!/usr/bin/env python3
"""Checks all tables of core/data: shape, order, doubles, references between them.

    python3 core/data/scripts/check.py

Prints what is wrong, one line each, and ends with 1; or the number of rows of each table, and ends with 0.
Needs nothing but Python's standard library.
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
    "contexts": "tag de en",
    "crimes": "code de en status",
    "help": "code de en",
    "tags": "kind code de en",
    "language_additions": "tag kind de en own aliases members",
    "language_aliases": "from to",
    "languages": "tag de en own",
    "region_aliases": "from to",
    "letters": "plain written",
    "regions": "code kind parent nuts iso kreisfrei name lat lon neighbours",
    "towns": "kreis guess names short",
    "words": "kind codes context de en",
}
KEY = {"capitals": 2, "comprehension": 2, "tags": 2, "words": 3}  # so many of the first columns are the key; else one
MAY_BE_EMPTY = {
    "language_additions": {"de", "en", "own", "aliases", "members"},
    "languages": {"de", "own"},
    "regions": {"parent", "nuts", "iso", "kreisfrei", "lat", "lon", "neighbours"},
    "towns": {"guess", "names", "short"},
    "words": {"codes", "context", "de", "en"},
}
LANGUAGES = ("languages", "language_additions", "language_aliases", "comprehension")
KREISE = {
    "01": 15, "02": 1, "03": 45, "04": 2, "05": 53, "06": 27, "07": 36, "08": 44,
    "09": 96, "10": 6, "11": 1, "12": 18, "13": 8, "14": 13, "15": 14, "16": 22,
}  # fmt: skip
# Centres of the Saxon Kreise, worked out once by other means.
SAXONY = {
    "14511": (50.83, 12.91), "14521": (50.61, 12.95), "14522": (50.96, 13.14), "14523": (50.46, 12.24),
    "14524": (50.75, 12.53), "14612": (51.07, 13.78), "14625": (51.27, 14.23), "14626": (51.23, 14.75),
    "14627": (51.24, 13.48), "14628": (50.92, 13.87), "14713": (51.34, 12.37), "14729": (51.22, 12.60),
    "14730": (51.47, 12.78),
}  # fmt: skip
NO_NUTS = {"06415"}
# Languages that must never stand in for each other.
STRANGERS = [
    ("uk", "ru"), ("be", "ru"), ("kmr", "ckb"), ("kmr", "sdh"), ("ckb", "sdh"), ("ku", "tr"), ("ckb", "ar"),
    ("yue", "zh"), ("hsb", "de"), ("dsb", "de"), ("hsb", "dsb"), ("ps", "prs"), ("ps", "fa"), ("bg", "mk"),
]  # fmt: skip
# Crimes whose parent is not in the table.
ORPHANS = {"010321", "010322", "020291", "020292", "07041", "080322", "09051"}
# Names that two languages have, so that a person is asked which.
SHARED = {"makua"}
TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
DOTTED = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")

errors = []


def wrong(where, what):
    errors.append(f"{where}: {what}")


def check(right, where, what):
    if not right:
        wrong(where, what)


def read(name):
    """The rows of a table, as far as their shape is right."""
    table = f"{name}.tsv"
    raw = (DATA / table).read_bytes()
    check(raw.endswith(b"\n") and not raw.endswith(b"\n\n"), table, "must end with one line feed")
    for sign, what in ((b"\r", "carriage return"), (b"\xef\xbb\xbf", "byte order mark"), (b"\xc2\xa0", "hard space")):
        check(sign not in raw, table, f"has a {what}")
    lines = raw.decode("utf-8").split("\n")[:-1]
    head = [line for line in lines if line.startswith("#")]
    check(lines[: len(head)] == head, table, "comments only at the head")
    for word in ("Source:", "Licence"):
        check(any(word in line for line in head), table, f"its head does not say {word}")
    for line in head:
        check(len(line) <= 120 and line == line.rstrip(), table, f"head: too long, or blanks at the end: {line}")
    columns = COLUMNS[name].split()
    check(lines[len(head)].split("\t") == columns, table, "header row")

    rows, keys = [], []
    for number, line in enumerate(lines[len(head) + 1 :], len(head) + 2):
        where = f"{table}:{number}"
        cells = line.split("\t")
        if len(cells) != len(columns):
            wrong(where, f"{len(cells)} columns, not {len(columns)}")
            continue
        row = dict(zip(columns, cells))
        for column, cell in row.items():
            check(cell == cell.strip() and "  " not in cell, where, f"blanks in {column}")
            check(name == "letters" or unicodedata.is_normalized("NFC", cell), where, f"{column} is not in normal form C")
            check(cell or column in MAY_BE_EMPTY.get(name, ()), where, f"{column} is empty")
        rows.append(row | {"where": where})
        keys.append(tuple(cell.encode() for cell in cells[: KEY.get(name, 1)]))
    for one, next in zip(keys, keys[1:]):
        check(one < next, table, f"order or double: {one} before {next}")
    return rows


def members(cell):
    return cell.split(";") if cell else []


def folded(name):
    """The forms under which a typed name is looked up: ä as a and as ae."""
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
            if sign.isalnum() or unicodedata.category(sign).startswith("M"):
                kept.append(sign)
        forms.add("".join(kept))
    return forms


def check_languages(cldr, additions, aliases, comprehension):
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
        known = names.get(tag, ["", "", ""])
        names[tag] = [row[column] or other for column, other in zip(("de", "en", "own"), known)]
        check(names[tag][0] and names[tag][1], where, "no name")
        check(tag not in {row["tag"] for row in cldr} or any(list(row.values())[2:7]), where, "adds nothing")
        listed = members(row["aliases"])
        check(not set(listed) & set(names[tag]), where, "an alias repeats a name")
        check(len(set(listed)) == len(listed), where, "an alias twice")
        names[tag] += listed
        listed = members(row["members"])
        check(listed == sorted(set(listed)), where, "members: order or double")
        for member in listed:
            check(kind.get(member) == row["kind"] and member != tag, where, f"member {member}")
            check(member not in member_of, where, f"{member} is also a member of {member_of.get(member)}")
            member_of[member] = tag
    owner = {}
    for tag in names:
        for name in filter(None, names[tag]):
            for form in folded(name):
                check(form, tag, f"nothing left of {name}")
                if owner.setdefault(form, tag) != tag and form not in SHARED:
                    wrong(tag, f"{name} is also {owner[form]}")
    for tag, umbrella in member_of.items():
        check(umbrella not in member_of, "language_additions.tsv", f"umbrella {umbrella} of {tag} is itself a member")

    for row in aliases:
        check(TAG.fullmatch(row["from"]) or re.fullmatch("i-[a-z]+", row["from"]), row["where"], "not a lower-case tag")
        check(row["from"] not in kind, row["where"], "is the tag of a language")
        check(row["to"] in kind, row["where"], f"unknown {row['to']}")

    for row in comprehension:
        for end in (row["from"], row["to"]):
            check(kind.get(end) == "spoken", row["where"], f"{end} is not a spoken language")
        check(row["from"] != row["to"], row["where"], "from and to are the same")
        check(re.fullmatch(r"0\.[5-9]\d{0,3}", row["degree"]), row["where"], "degree")
        check(re.match("CLDR 48 |measured: |fact: ", row["source"]), row["where"], "source")
    pairs = {(row["from"], row["to"]): Fraction(row["degree"]) for row in comprehension}
    # Closed: what two rows say of a third pair has a row of its own, no lower.
    for (one, middle), first in pairs.items():
        for (other, last), second in pairs.items():
            if other == middle and one != last and first * second >= Fraction(1, 2):
                own = pairs.get((one, last), 0)
                check(own >= first * second, "comprehension.tsv", f"{one} to {last} by way of {middle} is only {own}")
    for pair in STRANGERS:
        for one, other in (pair, pair[::-1]):
            check((one, other) not in pairs, "comprehension.tsv", f"{one} to {other} must not be there")
    for one, other in pairs:
        check(one not in ("ps", "ar", "ku"), "comprehension.tsv", f"{one} to {other} must stay unknown")


def check_regions(rows, aliases):
    by_code = {row["code"]: row for row in rows}
    depth = {"country": None, "land": "country", "kreis": "land"}
    shape = {"country": r"[A-Z]{2}", "land": r"\d{2}", "kreis": r"\d{5}"}
    nuts = {"country": r"DE", "land": r"DE[0-9A-G]", "kreis": r"DE[0-9A-G][0-9A-Z]{2}"}
    bordering = set()
    for row in rows:
        code, kind, where = row["code"], row["kind"], row["where"]
        if kind not in depth:
            wrong(where, "kind")
            continue
        check(re.fullmatch(shape[kind], code), where, "code")
        check(re.fullmatch(nuts[kind], row["nuts"]) or code in NO_NUTS and not row["nuts"], where, "NUTS")
        parent = by_code.get(row["parent"])
        if depth[kind] is None:
            check(row["parent"] == "", where, "parent")
        else:
            check(parent and parent["kind"] == depth[kind], where, f"parent {row['parent']}")
            below = code in NO_NUTS or parent and row["nuts"].startswith(parent["nuts"])
            check(below, where, "NUTS is not below that of the parent")
        if kind == "kreis":
            check(row["iso"] == "", where, "ISO code")
            check(row["parent"] == code[:2], where, "parent")
            check(row["kreisfrei"] in ("yes", "no"), where, "kreisfrei")
            for column, low, high in (("lat", 47, 55.2), ("lon", 5.8, 15.1)):
                check(re.fullmatch(r"\d{1,2}\.\d{4}", row[column]), where, f"{column}: 4 decimals")
                check(low < float(row[column]) < high, where, f"{column} is not in Germany")
            near = members(row["neighbours"])
            check(near == sorted(set(near)), where, "neighbours: order or double")
            for other in near:
                check(other > code and other in by_code, where, f"neighbour {other} is unknown, or not of a greater code")
                bordering |= {code, other}
        else:
            check(re.fullmatch(r"DE(-[A-Z]{2})?", row["iso"]), where, "ISO code")
            check(row["kreisfrei"] == ("yes" if KREISE.get(code) == 1 else ""), where, "kreisfrei of a Land")
            for column in ("lat", "lon", "neighbours"):
                check(row[column] == "", where, f"only a Kreis has {column}")
    for column in ("nuts", "iso"):
        for value, count in Counter(row[column] for row in rows if row[column]).items():
            check(count == 1, "regions.tsv", f"{value} {count} times")

    alone = {row["code"] for row in rows if row["kind"] == "kreis"} - bordering
    check(not alone, "regions.tsv", f"no neighbour: {sorted(alone)}")
    kreise = Counter(row["parent"] for row in rows if row["kind"] == "kreis")
    check(kreise == KREISE, "regions.tsv", f"number of Kreise: {dict(kreise)}")
    for (name, city), count in Counter((row["name"], row["kreisfrei"]) for row in rows if row["kind"] == "kreis").items():
        check(count == 1, "regions.tsv", f"{name} {count} times among {'cities' if city == 'yes' else 'Landkreise'}")
    twice = Counter(row["name"] for row in rows if row["kind"] == "kreis")
    check(Counter(twice.values())[2] == 22 and max(twice.values()) == 2, "regions.tsv", "22 names occur twice")
    for code, centre in SAXONY.items():
        row = by_code[code]
        for column, value in zip(("lat", "lon"), centre):
            check(abs(float(row[column]) - value) <= 0.01, row["where"], f"{column} is not {value}")

    own_nuts = {row["nuts"] for row in rows}
    for row in aliases:
        check(re.fullmatch(r"\d{5}|06435014|DE[0-9A-G][0-9A-Z]{2}", row["from"]), row["where"], "from")
        check(row["from"] not in by_code and row["from"] not in own_nuts, row["where"], "is in force")
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
            listed = members(row[column])
            check(listed == sorted(set(listed)), row["where"], f"{column}: order or double")
            check(kreise.get(row["kreis"], row).get("name") not in listed, row["where"], "the name of the Kreis itself")


def check_words(rows, tables):
    known = {
        "language": {row["tag"] for name in ("languages", "language_additions") for row in tables[name]},
        "region": {row["code"] for row in tables["regions"]},
        "crime": {row["code"] for row in tables["crimes"]},
        "context": {row["tag"] for row in tables["contexts"]},
        "help": {row["code"] for row in tables["help"]},
    } | {kind: {row["code"] for row in tables["tags"] if row["kind"] == kind} for kind in ("role", "access")}
    owner = {}
    for row in rows:
        where, kind = row["where"], row["kind"]
        codes = members(row["codes"])
        check(kind in known, where, "kind")
        check(len(set(codes)) == len(codes), where, "a code twice")
        for code in codes:
            check(code in known.get(kind, ()), where, f"unknown {code}")
        context = members(row["context"])
        check(context == sorted(set(context)), where, "context: order or double")
        check(not context or kind == "crime", where, "only a crime has a setting")
        for tag in context:
            check(tag in known["context"], where, f"unknown {tag}")
        check(row["de"] or row["en"], where, "no word")
        for column in ("de", "en"):
            for word in members(row[column]):
                for form in folded(word):
                    check(form, where, f"nothing left of {word}")
                    # The same word in German and English is one word.
                    if owner.setdefault((kind, form), where) != where:
                        wrong(where, f"{word} is also in {owner[kind, form]}")


def check_letters(rows):
    times = Counter("".join(row["written"] for row in rows))
    for row in rows:
        check(not set(row["plain"]) & set(times), row["where"], "made of letters that are made of others")
    check(max(times.values()) == 1, "letters.tsv", "a letter stands twice")


def check_codes(tables):
    crimes = {row["code"] for row in tables["crimes"]}
    for row in tables["crimes"]:
        code = row["code"]
        if not re.fullmatch(r"\d{2}|\d{4,6}", code):
            wrong(row["where"], "2, 4, 5 or 6 digits")
            continue
        parent = code[: {2: 2, 4: 2, 5: 4, 6: 5}[len(code)]]
        check(code[:2] in crimes, row["where"], "its level 1 is missing")
        check((parent not in crimes) == (code in ORPHANS), row["where"], f"parent {parent}")
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
                check(count == 1, f"{name}.tsv", f"label {label} {count} times")


def check_readme(tables):
    """README.md tells rows and bytes of each table."""
    told = {}
    for line in (DATA / "README.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 5 and cells[1].startswith("`") and cells[1].endswith(".tsv`"):
            told[cells[1].strip("`")] = tuple(int(cell.replace(" ", "")) for cell in cells[3:5])
    for name, rows in tables.items():
        table = f"{name}.tsv"
        held = len(rows), (DATA / table).stat().st_size
        check(told.get(table) == held, "README.md", f"{table} has {held} rows and bytes, not {told.get(table)}")


def check_sentences():
    """Each language says each reason, in rows that can be read, with rows to refer to. What a row needs tells the head of en.tsv."""
    reasons, counts = {}, {}
    for path in sorted((DATA / "messages").glob("*.tsv")):
        table = f"messages/{path.name}"
        lines = path.read_text("utf-8").split("\n")
        check(lines.pop() == "", table, "must end with a line feed")
        rows = [(number, line.split("\t")) for number, line in enumerate(lines, 1) if not line.startswith("#")]
        check(rows and rows.pop(0)[1] == ["key", "if", "text"], table, "header row")
        keys = {cells[0] for _, cells in rows}
        last = set()
        for number, cells in rows:
            where = f"{table}:{number}"
            if len(cells) != 3:
                wrong(where, f"{len(cells)} columns, not 3")
                continue
            key, condition, text = cells
            check(key not in last, where, "comes after a row of its key that always holds")
            if not condition and "{" not in text:
                last.add(key)
            pieces = re.split(r"\{([^{}]*)\}", text)
            check(not any(sign in piece for piece in pieces[::2] for sign in "{}"), where, "a bracket without its other")
            for part in pieces[1::2]:
                part = part.removeprefix("^")
                if part.startswith(":") and not part.endswith("?"):
                    check(part[1:] in keys, where, f"no row for {part}")
        reasons[table] = {key for key in keys if re.match(r"[a-z_]*\.", key)}
        counts[table] = len(rows)
    every = set().union(*reasons.values())
    for table, own in reasons.items():
        # What a row that begins with a dot says for every criterion need not stand once more.
        missing = {key for key in every - own if key[key.index(".") :] not in own}
        check(not missing, table, f"says nothing of {sorted(missing)}")
    return counts


def main():
    on_disk = {path.stem for path in DATA.glob("*.tsv")}
    check(on_disk == set(COLUMNS), "core/data", f"tables: {sorted(on_disk ^ set(COLUMNS))}")
    tables = {name: read(name) for name in COLUMNS}
    check_languages(*(tables[name] for name in LANGUAGES))
    check_regions(tables["regions"], tables["region_aliases"])
    check_towns(tables["towns"], tables["regions"])
    check_words(tables["words"], tables)
    check_letters(tables["letters"])
    check_codes(tables)
    check_readme(tables)
    sentences = check_sentences()
    for error in errors:
        print(error)
    if not errors:
        for name, rows in tables.items():
            print(f"{name}.tsv", len(rows), sep="\t")
        for table, count in sentences.items():
            print(table, count, sep="\t")
    sys.exit(bool(errors))


if __name__ == "__main__":
    main()
